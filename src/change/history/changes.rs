//! Compares two days of a history.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::{History, HistoryState};
use crate::change::{Change, ListDiff};
use crate::code::Code;
use crate::error::Error;
use crate::list::ControlList;
use crate::measure::Measure;

/// The changes in a history between two days.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Changes {
    /// The difference of the two editions, without what is not covered on either day.
    pub diff: ListDiff,
    /// The codes that were left out because they are not covered on one of the days, in list
    /// order.
    pub not_covered: Vec<Code>,
    /// For each code the first days of editions after the old day in which something about it
    /// changed.
    dates: BTreeMap<Code, Vec<Date>>,
}

impl Changes {
    /// The days on which something about a code changed, in order.
    pub fn dates(&self, code: Code) -> &[Date] {
        self.dates.get(&code).map_or(&[], Vec::as_slice)
    }

    /// The changes that show first in the edition of a day, in list order. One that came in several
    /// steps shows on several days.
    pub fn on(&self, date: Date) -> impl Iterator<Item = &Change> {
        self.diff.changes().iter().filter(move |change| {
            change
                .from
                .iter()
                .chain(&change.to)
                .any(|item| self.dates(item.code).contains(&date))
        })
    }

    /// Returns the measures that took effect on the days on which something about a code changed:
    /// none if no measure's day matches, or if the sources do not cover the code in the edition
    /// before the day.
    pub fn measures<'a>(&self, history: &'a History, code: Code) -> Vec<&'a Measure> {
        self.known_days(history, code)
            .flat_map(|date| history.measures_on(date))
            .collect()
    }

    /// Returns the measures that took effect since the edition before the one in which something
    /// about a code changed, or with it. Each of them may be behind the change: see
    /// [`History::measures_before`].
    ///
    /// ```
    /// let history = export_control::history("us-ccl").expect("an embedded history");
    /// let changes = history.changes("2022-12-31".parse()?, "2023-01-31".parse()?)?;
    /// let perhaps = changes.possible_measures(history, "3A090".parse()?);
    /// assert_eq!(perhaps[0].id.as_str(), "87 FR 62186");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn possible_measures<'a>(&self, history: &'a History, code: Code) -> Vec<&'a Measure> {
        self.known_days(history, code)
            .flat_map(|date| history.measures_before(date))
            .collect()
    }

    /// The days on which something about a code changed since an edition that covers it.
    fn known_days(&self, history: &History, code: Code) -> impl Iterator<Item = Date> {
        let days = self.dates(code).iter().copied();
        days.filter(move |date| !history.is_after_gap(code, *date))
    }
}

impl History {
    /// Returns the changes from one day to another. Either day may be the earlier one.
    ///
    /// # Errors
    /// A day that the sources do not cover.
    ///
    /// ```
    /// let history = export_control::history("us-ccl").expect("an embedded history");
    /// let same = history.changes("2024-07-01".parse()?, "2024-08-01".parse()?)?;
    /// assert_eq!(same.diff.why_empty(), Some("both sides are the same edition"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changes(&self, from: Date, to: Date) -> Result<Changes, Error> {
        let (old, new) = (self.version(from)?, self.version(to)?);
        let (old_edition, new_edition) = (self.snapshot(old)?, self.snapshot(new)?);
        let holes: BTreeSet<Code> = old_edition
            .not_covered
            .iter()
            .chain(&new_edition.not_covered)
            .copied()
            .collect();
        let in_hole = |code: Code| {
            !holes.is_empty() && with_ancestors(code).any(|code| holes.contains(&code))
        };
        let covered = |list: &ControlList| {
            let items = list
                .items()
                .iter()
                .filter(|item| !in_hole(item.code))
                .cloned()
                .collect();
            ControlList::new(list.info().clone(), list.edition().clone(), items)
        };
        let diff = ListDiff::between(&covered(&old_edition.list)?, &covered(&new_edition.list)?)?;
        let left_out = |list: &ControlList| {
            list.items()
                .iter()
                .map(|item| item.code)
                .filter(|code| in_hole(*code))
                .collect::<Vec<_>>()
        };
        let not_covered: BTreeSet<Code> = left_out(&old_edition.list)
            .into_iter()
            .chain(left_out(&new_edition.list))
            .chain(holes.iter().copied())
            .collect();
        let dates = self.dates_of(&diff, old.min(new)..=old.max(new));
        Ok(Changes {
            diff,
            not_covered: not_covered.into_iter().collect(),
            dates,
        })
    }

    /// For each code of a diff the first days of the editions in which something about it changed.
    fn dates_of(
        &self,
        diff: &ListDiff,
        versions: RangeInclusive<usize>,
    ) -> BTreeMap<Code, Vec<Date>> {
        let codes = diff
            .changes()
            .iter()
            .flat_map(|change| change.from.iter().chain(&change.to))
            .map(|item| item.code);
        let codes: BTreeSet<Code> = codes.collect();
        let dates = codes.into_iter().map(|code| {
            let mut last = None;
            let mut days = Vec::new();
            for version in versions.clone() {
                let Some(state) = self.covered(code, version) else {
                    continue;
                };
                if last.is_some_and(|last| differ(last, state)) {
                    days.push(self.versions[version]);
                }
                last = Some(state);
            }
            (code, days)
        });
        dates.collect()
    }

    /// Returns the state of a code in an edition, or `None` if the edition does not cover it.
    fn covered(&self, code: Code, version: usize) -> Option<Option<HistoryState>> {
        let state = |code| self.span(code, version as u16).map(|span| span.state);
        with_ancestors(code)
            .all(|code| state(code) != Some(HistoryState::NotCovered))
            .then(|| state(code))
    }

    /// Returns `true` if the sources do not cover a code in the edition before that of a day. What
    /// changed by that day can then be older, and no measure can be named for it.
    ///
    /// ```
    /// let history = export_control::history("us-ccl").expect("an embedded history");
    /// assert!(!history.is_after_gap("3A090".parse()?, "2023-01-17".parse()?));
    /// assert!(history.is_after_gap("3A090".parse()?, "2017-01-15".parse()?)); // the first day
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_after_gap(&self, code: Code, date: Date) -> bool {
        let version = self.versions.partition_point(|first| *first <= date);
        let before = version.checked_sub(2);
        before.is_none_or(|before| self.covered(code, before).is_none())
    }
}

/// Returns a code and its ancestors. A hole reaches down: if a code is not covered, nothing is known
/// of the codes below it either.
fn with_ancestors(code: Code) -> impl Iterator<Item = Code> {
    std::iter::once(code).chain(code.ancestors())
}

/// Returns `true` if two covered editions are known to differ in a code. A text that one of them lost
/// makes no difference.
fn differ(old: Option<HistoryState>, new: Option<HistoryState>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) if old.fingerprint().and(new.fingerprint()).is_none() => {
            old.without_text() != new.without_text()
        }
        _ => old != new,
    }
}
