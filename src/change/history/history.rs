//! A list over many editions.

use std::collections::HashMap;

use indexmap::IndexMap;
use jiff::civil::Date;

use crate::code::Code;
use crate::count::Count;
use crate::error::{Error, Kind};
use crate::list::Item;
use crate::list::{ControlList, Edition, ListInfo};
use crate::measure::{Measure, MeasureId};
use crate::text::steps::step;

use super::spans::Growing;
use super::{HistoryState, Interval, Provisions, Span, Title, Titles};

/// One edition as a history knows it: the list, and the codes of which it cannot tell whether they
/// was on the list.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Snapshot {
    /// The items on the list. They carry fingerprints in place of texts, and titles where their
    /// text is that of the titled edition.
    pub list: ControlList,
    /// The codes that are not covered, in list order.
    pub not_covered: Vec<Code>,
}

impl Snapshot {
    /// Returns an edition with the codes that its sources do not cover.
    pub fn new(list: ControlList, not_covered: Vec<Code>) -> Snapshot {
        Snapshot { list, not_covered }
    }
}

/// The size of a list from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SizeOn {
    /// The first day of the edition.
    pub from: Date,
    /// The count of all that certainly was on the list. The true number is not smaller.
    pub known: Count,
    /// The number with everything that is not covered taken as state. The true number is not
    /// larger, save for what no source ever shows.
    pub at_most: Count,
}

/// Keeps a list through time: which codes it had between which dates, and how large it was.
///
/// For each code, a [`History`] has the intervals in which it did not change, each with the
/// [`Fingerprint`](crate::list::Fingerprint) of its text. The fingerprint shows a rewording without
/// the words.
/// [`History::at`] rebuilds an edition, [`History::changes`] compares two, and [`History::growth`]
/// counts all of them. [`history()`](crate::history()) returns an embedded one.
///
/// # Limits
///
/// - **Holes.** If the sources do not cover a code, the history says
///   [`NotCovered`](HistoryState::NotCovered) and not "absent". A code that is not covered on one
///   of two days makes no change between them. A count says how much larger it can be ([`SizeOn`]).
/// - **Days.** The sources show an edition on its first day. A change took effect after the first
///   day of the edition before, and no later than that of the edition that shows it. For the days
///   between, the history assumes the earlier edition.
/// - **Causes.** A measure is named if it took effect on the day of the edition. That is a match of
///   dates. A measure that took effect since the edition before, or with it, may be behind the
///   change too, and is named apart: see [`History::measures_before`]. A rule that takes effect in
///   steps has one day here, and its later steps show in a later edition. An example is 3A090: it
///   first shows on 2023-01-17, and 87 FR 62186 of 2022-10-07 has the same subject. After a hole no
///   measure is named.
/// - **Words.** A fingerprint is of a provision's own words, without its notes. Reasons for control
///   and license requirements have no history here.
///
/// ```
/// use export_control::{ChangeKind, CountingRule, history};
/// let history = history("us-ccl").expect("an embedded history");
///
/// // What did the firearms rule of March 2020 add?
/// let changes = history.changes("2020-03-08".parse()?, "2020-03-09".parse()?)?;
/// let added: Vec<_> =
///     changes.diff.of_kind(ChangeKind::Added).filter_map(|change| change.code()).collect();
/// assert!(added.contains(&"0A501".parse()?) && added.contains(&"0A505".parse()?));
/// assert_eq!(changes.measures(history, "0A505".parse()?)[0].id.as_str(), "85 FR 4136");
///
/// // How large was the list on every date, under one rule?
/// let growth = history.growth(CountingRule::Provisions)?;
/// let last = growth.last().and_then(|size| size.known.number());
/// let now = export_control::us_ccl().count(CountingRule::Provisions, &Default::default());
/// assert_eq!(last, now.number());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct History {
    pub(crate) info: ListInfo,
    /// The first day of each edition, in order.
    pub(crate) versions: Vec<Date>,
    /// The last day of the last edition.
    pub(crate) through: Date,
    pub(crate) measures: IndexMap<MeasureId, Measure>,
    pub(crate) provisions: Provisions,
    pub(crate) titles: Titles,
}

impl PartialEq for History {
    fn eq(&self, other: &History) -> bool {
        self.info == other.info
            && self.versions == other.versions
            && self.through == other.through
            && self.measures == other.measures
            && self.provisions == other.provisions
            && self.titles() == other.titles()
    }
}

impl History {
    /// The history of some editions of one list, each with its first day, in order; the last one
    /// holds through a day. An edition is dropped before the next one is taken, so that an iterator
    /// that reads them one by one needs the memory of one.
    ///
    /// # Errors
    /// No edition, editions of different lists, days out of order.
    ///
    /// ```
    /// use export_control::change::Snapshot;
    /// use export_control::{ControlList, Edition, History, Item, ListId, ListInfo};
    /// let edition = |code: &str| -> Result<Snapshot, Box<dyn std::error::Error>> {
    ///     let info = ListInfo::new(ListId::new("mine"), "My list");
    ///     let items = vec![Item::new(code.parse()?)];
    ///     Ok(Snapshot::new(ControlList::new(info, Edition::default(), items)?, Vec::new()))
    /// };
    /// let editions = vec![
    ///     ("2024-01-01".parse()?, edition("3A001")?),
    ///     ("2025-01-01".parse()?, edition("3A002")?),
    /// ];
    /// let history = History::new(editions, "2025-12-31".parse()?, vec![])?;
    /// assert_eq!(history.of("3A001".parse()?).len(), 1);
    /// assert!(history.at("2023-12-31".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        editions: impl IntoIterator<Item = (Date, Snapshot)>,
        through: Date,
        measures: Vec<Measure>,
    ) -> Result<History, Error> {
        let mut described: Option<ListInfo> = None;
        let mut versions: Vec<Date> = Vec::new();
        let mut provisions = Growing::default();
        for (date, snapshot) in editions {
            let info = described.get_or_insert_with(|| snapshot.list.info().clone());
            if snapshot.list.id() != &info.id {
                let found = format!("an edition of {} on {date}", snapshot.list.id());
                return Err(Error::unexpected(found, "editions of one list").of_list(&info.id));
            }
            // Too many editions are an error below.
            if let Ok(version) = u16::try_from(versions.len()) {
                for item in snapshot.list.items() {
                    provisions.add(item.code, version, HistoryState::of(item));
                }
                for code in &snapshot.not_covered {
                    provisions.add(*code, version, HistoryState::NotCovered);
                }
            }
            versions.push(date);
        }
        let Some(info) = described else {
            return Err(Error::unexpected("no edition", "at least one edition"));
        };
        check_versions(&versions, through).map_err(|error| error.of_list(&info.id))?;
        History {
            info,
            versions,
            through,
            measures: IndexMap::new(),
            provisions: provisions.finish(),
            titles: Titles::default(),
        }
        .with_measures(measures)
    }

    pub(crate) fn with_measures(mut self, measures: Vec<Measure>) -> Result<History, Error> {
        for measure in measures {
            if let Some(other) = self.measures.insert(measure.id.clone(), measure) {
                return Err(Error::unexpected(
                    format!("measure {} twice", other.id),
                    "one row a measure",
                )
                .of_list(&self.info.id));
            }
        }
        Ok(self)
    }

    /// Checks that every paragraph was below a parent at all times. Otherwise no edition could be
    /// rebuilt.
    pub(crate) fn check_parents(&self) -> Result<(), Error> {
        // The editions that list each code, in runs without a gap: each of a child's intervals is
        // within one run of its parent, which is found in a few steps.
        let runs = |spans: &[Span]| {
            let mut runs: Vec<(u16, u16)> = Vec::new();
            for span in spans
                .iter()
                .filter(|span| span.state != HistoryState::NotCovered)
            {
                match runs.last_mut() {
                    Some((_, last)) if u32::from(*last) + 1 == u32::from(span.first) => {
                        *last = span.last;
                    }
                    _ => runs.push((span.first, span.last)),
                }
            }
            runs
        };
        let listed: HashMap<Code, Vec<(u16, u16)>> = self
            .provisions
            .iter()
            .map(|(code, spans)| (code, runs(spans)))
            .collect();
        for code in self.provisions.codes() {
            let (Some(parent), Some(own)) = (code.parent(), listed.get(code)) else {
                continue;
            };
            let above = listed.get(&parent).map_or(&[][..], Vec::as_slice);
            for (first, last) in own {
                let after = above.partition_point(|(start, _)| {
                    step();
                    start <= first
                });
                let covered = after > 0 && above[after - 1].1 >= *last;
                if !covered {
                    return Err(Error::from(Kind::Orphan(parent))
                        .of_list(&self.info.id)
                        .of_code(*code));
                }
            }
        }
        Ok(())
    }

    /// Returns the history with the titles of a list. A title applies to every day on which the text
    /// was the one of the history's last edition.
    #[must_use]
    pub fn with_titles(mut self, list: &ControlList) -> History {
        self.titles = self.titles_of(list).into();
        // The list, not the history, says what the signs mean.
        self.info = list.info().clone();
        self
    }

    /// Returns the titles of a list that are of this history's last edition.
    pub(super) fn titles_of(&self, list: &ControlList) -> Vec<Title> {
        let last = (self.versions.len() - 1) as u16;
        let titled = list.items().iter().filter(|item| !item.title.is_empty());
        let of_edition = titled.filter_map(|item| match self.span(item.code, last)?.state {
            HistoryState::Listed {
                state, fingerprint, ..
            } => Some(Title {
                code: item.code,
                state,
                fingerprint,
                title: item.title.clone(),
            }),
            HistoryState::NotCovered => None,
        });
        of_edition.collect()
    }

    pub(super) fn titles(&self) -> &[Title] {
        self.titles.or_take(|list| self.titles_of(list))
    }

    /// Returns a list with the fingerprints of this history's last edition, for items that record
    /// no text of their own.
    ///
    /// An embedded list has no texts. With the fingerprints a comparison with the official text
    /// shows rewordings too: see
    /// [`changes_since_embedded`](crate::changes_since_embedded()).
    ///
    /// # Errors
    /// Returns an error if the history is one of another list.
    pub fn with_fingerprints(&self, list: &ControlList) -> Result<ControlList, Error> {
        if list.id() != self.info.id() {
            let lists = Kind::OtherList(self.info.id.to_string(), list.id().to_string());
            return Err(lists.into());
        }
        let last = (self.versions.len() - 1) as u16;
        let fingerprint = |item: &Item| match self.span(item.code, last)?.state {
            HistoryState::Listed {
                state, fingerprint, ..
            } if state == item.state => fingerprint,
            _ => None,
        };
        let items = list.items().iter().map(|item| Item {
            fingerprint: item.fingerprint().or_else(|| fingerprint(item)),
            ..item.clone()
        });
        ControlList::new(list.info().clone(), list.edition().clone(), items.collect())?
            .with_measures(list.measures().cloned().collect())?
            .with_license_requirements(list.all_license_requirements().to_vec())
    }

    /// Returns the description of the list.
    pub fn info(&self) -> &ListInfo {
        &self.info
    }

    /// The first days of the editions, in order.
    pub fn versions(&self) -> &[Date] {
        &self.versions
    }

    /// The last day of which the history speaks.
    pub fn through(&self) -> Date {
        self.through
    }

    /// The measures that took effect on the first day of an edition, in the order of their rows.
    pub fn measures(&self) -> impl ExactSizeIterator<Item = &Measure> {
        self.measures.values()
    }

    /// The measures that took effect on a day.
    pub fn measures_on(&self, date: Date) -> impl Iterator<Item = &Measure> {
        self.measures
            .values()
            .filter(move |measure| measure.in_force == Some(date))
    }

    /// Returns the measures that took effect from the first day of the edition before a day's on,
    /// and before that day. Each of them may be behind a change that shows on the day: the sources
    /// show no edition in between, and a rule that takes effect in steps has only its first day
    /// here.
    ///
    /// ```
    /// let history = export_control::history("us-ccl").expect("an embedded history");
    /// let perhaps: Vec<&str> = history
    ///     .measures_before("2023-01-17".parse()?)
    ///     .map(|measure| measure.id.as_str())
    ///     .collect();
    /// assert_eq!(perhaps, ["87 FR 62186"]); // in force on 2022-10-07
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn measures_before(&self, date: Date) -> impl Iterator<Item = &Measure> {
        let version = self.versions.partition_point(|first| *first < date);
        let before = version.checked_sub(1).map(|at| self.versions[at]);
        self.measures.values().filter(move |measure| {
            let first = measure.in_force;
            before.is_some() && first >= before && first < Some(date)
        })
    }

    /// Every code that the history knows, in list order.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = Code> {
        self.provisions.codes().iter().copied()
    }

    /// Returns the intervals of one code, in order, or nothing if it was never on the list. On the
    /// days between them it was not on the list.
    pub fn of(&self, code: Code) -> Vec<Interval> {
        let spans = self.provisions.of(code);
        spans
            .iter()
            .map(|span| Interval {
                from: self.versions[usize::from(span.first)],
                through: self.last_day(usize::from(span.last)),
                state: span.state,
            })
            .collect()
    }

    pub(super) fn last_day(&self, version: usize) -> Date {
        self.versions
            .get(version + 1)
            .and_then(|next| next.yesterday().ok())
            .unwrap_or(self.through)
    }

    pub(super) fn span(&self, code: Code, version: u16) -> Option<&Span> {
        self.provisions
            .of(code)
            .iter()
            .find(|span| span.first <= version && version <= span.last)
    }

    pub(super) fn title(&self, code: Code) -> Option<&Title> {
        let titles = self.titles();
        let at = titles.binary_search_by_key(&code, |title| title.code);
        at.ok().map(|at| &titles[at])
    }

    pub(super) fn version(&self, date: Date) -> Result<usize, Error> {
        let version = self.versions.partition_point(|first| *first <= date);
        let covered = format!(
            "a day from {} to {}, which the sources cover",
            self.versions[0], self.through
        );
        match version.checked_sub(1) {
            Some(version) if date <= self.through => Ok(version),
            _ => Err(Error::unexpected(format!("the date {date}"), covered).of_list(&self.info.id)),
        }
    }

    /// The edition of a day.
    ///
    /// # Errors
    /// A day before the first edition or after the last day that the sources cover.
    ///
    /// ```
    /// let history = export_control::history("us-ccl").expect("an embedded history");
    /// let error = history.at("2016-12-31".parse()?).unwrap_err();
    /// assert_eq!(error.to_string(), "us-ccl: found the date 2016-12-31, expected a day from 2017-01-15 to 2026-06-24, which the sources cover");
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn at(&self, date: Date) -> Result<Snapshot, Error> {
        self.snapshot(self.version(date)?)
    }

    /// The description of an edition.
    pub(super) fn edition(&self, version: usize) -> Edition {
        let from = self.versions[version];
        Edition {
            label: format!("as the sources show it from {from}"),
            from: Some(from),
            through: Some(self.last_day(version)),
        }
    }

    pub(super) fn snapshot(&self, version: usize) -> Result<Snapshot, Error> {
        let (mut items, mut not_covered) = (Vec::new(), Vec::new());
        for (code, spans) in self.provisions.iter() {
            let Some(span) = super::growth::on(spans, version) else {
                continue;
            };
            match span.state {
                HistoryState::NotCovered => not_covered.push(code),
                HistoryState::Listed {
                    state, fingerprint, ..
                } => {
                    let mut item = span.state.item(code);
                    if let Some(title) = self.title(code)
                        && (title.state, title.fingerprint) == (state, fingerprint)
                    {
                        item.title.clone_from(&title.title);
                    }
                    items.push(item);
                }
            }
        }
        Ok(Snapshot {
            list: ControlList::new(self.info.clone(), self.edition(version), items)?,
            not_covered,
        })
    }
}

pub(crate) fn check_versions(versions: &[Date], through: Date) -> Result<(), Error> {
    if versions.is_empty() {
        return Err(Error::unexpected(
            "no version",
            "the first day of at least one edition",
        ));
    }
    if versions.len() > usize::from(u16::MAX) {
        return Err(Error::unexpected(
            format!("{} editions", versions.len()),
            format!("at most {}", u16::MAX),
        ));
    }
    let days: Vec<Date> = versions.iter().copied().chain([through]).collect();
    match days.windows(2).position(|days| days[0] >= days[1]) {
        Some(at) if at + 2 < days.len() || days[at] > days[at + 1] => Err(Error::unexpected(
            format!("the day {} after {}", days[at + 1], days[at]),
            "days in order",
        )),
        _ => Ok(()),
    }
}
