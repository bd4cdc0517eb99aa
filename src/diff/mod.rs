//! What changed between two editions of one list.
//!
//! [`ListDiff::between`] pairs the items of two editions and says of each what became of it. Items
//! are paired by what they say, not by where they stand: where a paragraph `b` moved to `c` because
//! another was put before it, that is one paragraph added and one renumbered, not two reworded.
//!
//! # What a pair rests on
//!
//! | both editions have | items are paired by | a rewording is |
//! |---|---|---|
//! | official texts | the words of the law | known, with the figures that differ |
//! | fingerprints of the official texts | the words of the law | known, not what differs |
//! | titles only, as the embedded lists | the titles, which this crate wrote | a change of title, which the law need not share |
//! | neither | the code alone | not known |
//!
//! In this order: an item keeps its code where its words are the same; a wording that exactly one
//! item has on either side is the same item under another code, its parents' wording deciding where
//! a wording stands more than once; the children of a renumbered parent follow it; a parent follows
//! its children; last, where texts are at hand, words that are alike, provided that every figure
//! and code in them is equal. What stays unpaired is added or removed, or, where one code has both,
//! reworded.
//!
//! ```
//! use export_control::{ChangeKind, ControlList, Edition, Item, ListDiff, ListId, ListInfo};
//! let edition = |label: &str, items: &[(&str, &str)]| {
//!     let items = items.iter().map(|(code, title)| {
//!         let mut item = Item::new(code.parse().expect("a code"));
//!         item.title = (*title).into();
//!         item
//!     });
//!     let edition = Edition { label: label.into(), ..Edition::default() };
//!     ControlList::new(ListInfo::new(ListId::new("mine"), "My list"), edition, items.collect())
//! };
//! let old = edition("2024", &[("3A001", "Converters"), ("3A001.a", "Fast converters"), ("3A001.b", "Cold converters")])?;
//! let new = edition("2025", &[("3A001", "Converters"), ("3A001.a", "Tiny converters"), ("3A001.b", "Fast converters"), ("3A001.c", "Cold converters")])?;
//!
//! let diff = ListDiff::between(&old, &new)?;
//! assert_eq!(diff.of_kind(ChangeKind::Renumbered).count(), 2);
//! assert_eq!(diff.of_kind(ChangeKind::Added).count(), 1);
//! assert_eq!(diff.apply(&old)?, new);
//! # Ok::<(), export_control::Error>(())
//! ```

mod aspect;
mod pairing;
mod report;
mod threshold;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::code::{Category, Code};
use crate::error::{Error, Kind};
use crate::item::{Item, Presence};
use crate::licence::LicenceRow;
use crate::list::{ControlList, Edition, ListInfo};
use crate::measure::Measure;
use crate::set::ItemSet;

pub use aspect::Aspect;
pub use pairing::Basis;
pub use report::CountChange;

/// What became of an item, in one word. One change can be of several kinds: a paragraph can be
/// renumbered and reworded at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// New on the list.
    Added,
    /// No longer on the list, under any code.
    Removed,
    /// The same provision under another code.
    Renumbered,
    /// Another text, or where no texts are at hand another title.
    Reworded,
    /// What it covers or how it is controlled differs: a threshold, any-of or all-of, a reason for
    /// control, an exception.
    Rescoped,
    /// Its place is now only kept free.
    Reserved,
    /// A place that was kept free, or an empty heading, has contents.
    Revived,
    /// A place is no longer kept free, and nothing stands in it.
    Released,
    /// Another recorded fact differs: typesetting, a reference, a source, or that its words are
    /// known in one edition only.
    Amended,
}

impl ChangeKind {
    /// Every kind, in the order in which a report shows them.
    pub const ALL: [ChangeKind; 9] = [
        ChangeKind::Added,
        ChangeKind::Removed,
        ChangeKind::Renumbered,
        ChangeKind::Reworded,
        ChangeKind::Rescoped,
        ChangeKind::Reserved,
        ChangeKind::Revived,
        ChangeKind::Released,
        ChangeKind::Amended,
    ];

    /// The kind that the same change is with its sides swapped.
    ///
    /// ```
    /// use export_control::ChangeKind;
    /// assert_eq!(ChangeKind::Added.swapped(), ChangeKind::Removed);
    /// assert_eq!(ChangeKind::Renumbered.swapped(), ChangeKind::Renumbered);
    /// ```
    pub fn swapped(self) -> ChangeKind {
        match self {
            ChangeKind::Added => ChangeKind::Removed,
            ChangeKind::Removed => ChangeKind::Added,
            other => other,
        }
    }
}

impl std::fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Renumbered => "renumbered",
            ChangeKind::Reworded => "reworded",
            ChangeKind::Rescoped => "rescoped",
            ChangeKind::Reserved => "reserved",
            ChangeKind::Revived => "revived",
            ChangeKind::Released => "released",
            ChangeKind::Amended => "amended",
        })
    }
}

/// One item that differs between two editions: as it was, as it is, and in what it differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Change {
    /// The item of the old edition; `None` where it is new.
    pub from: Option<Item>,
    /// The item of the new edition; `None` where it is gone.
    pub to: Option<Item>,
    /// In what the two differ; empty where one of them is missing.
    pub aspects: Vec<Aspect>,
}

impl Change {
    fn of(from: Option<&Item>, to: Option<&Item>) -> Change {
        let aspects = from
            .zip(to)
            .map(|(from, to)| Aspect::between(from, to))
            .unwrap_or_default();
        Change {
            from: from.cloned(),
            to: to.cloned(),
            aspects,
        }
    }

    /// The code by which to file the change: the new one, or that of an item that is gone.
    pub fn code(&self) -> Option<Code> {
        self.to
            .as_ref()
            .or(self.from.as_ref())
            .map(|item| item.code)
    }

    /// What became of the item, without repetition, in the order of [`ChangeKind::ALL`].
    pub fn kinds(&self) -> Vec<ChangeKind> {
        let reserved = |item: &Item| item.presence == Presence::Reserved;
        let mut kinds = match (&self.from, &self.to) {
            (None, Some(item)) => vec![if reserved(item) {
                ChangeKind::Reserved
            } else {
                ChangeKind::Added
            }],
            (Some(item), None) => vec![if reserved(item) {
                ChangeKind::Released
            } else {
                ChangeKind::Removed
            }],
            _ => self.aspects.iter().map(Aspect::kind).collect(),
        };
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    fn swapped(self) -> Change {
        Change::of(self.to.as_ref(), self.from.as_ref())
    }

    /// Orders changes as the lists order codes, an item that is gone before the one that took its
    /// place.
    fn order(&self) -> (Option<Code>, bool, Option<Code>) {
        (
            self.code(),
            self.to.is_some(),
            self.from.as_ref().map(|item| item.code),
        )
    }
}

/// The licence rows of one entry where they differ between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceChange {
    /// The entry.
    pub entry: Code,
    /// Its rows in the old edition, in published order.
    pub from: Vec<LicenceRow>,
    /// Its rows in the new edition, in published order.
    pub to: Vec<LicenceRow>,
}

impl LicenceChange {
    /// The rows of the old edition that the new one does not have, published words apart.
    pub fn removed(&self) -> Vec<&LicenceRow> {
        without(&self.from, &self.to)
    }

    /// The rows of the new edition that the old one does not have, published words apart.
    pub fn added(&self) -> Vec<&LicenceRow> {
        without(&self.to, &self.from)
    }
}

/// The rows that are left of the first when each row of the second takes away one that says the
/// same.
fn without<'a>(rows: &'a [LicenceRow], taken: &[LicenceRow]) -> Vec<&'a LicenceRow> {
    let same = |a: &LicenceRow, b: &LicenceRow| {
        (
            &a.reasons,
            a.applies_to,
            &a.codes,
            &a.columns,
            &a.sections,
            &a.destinations,
        ) == (
            &b.reasons,
            b.applies_to,
            &b.codes,
            &b.columns,
            &b.sections,
            &b.destinations,
        )
    };
    let mut taken: Vec<&LicenceRow> = taken.iter().collect();
    rows.iter()
        .filter(
            |row| match taken.iter().position(|other| same(row, other)) {
                Some(at) => {
                    taken.swap_remove(at);
                    false
                }
                None => true,
            },
        )
        .collect()
}

/// Everything that differs between two editions of one list.
///
/// The laws, which the tests hold it to: the diff of an edition with itself is empty; applied to
/// the old edition it gives the new one; swapping the sides swaps what was added and what was
/// removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListDiff {
    from: Side,
    to: Side,
    basis: Basis,
    changes: Vec<Change>,
    licence_changes: Vec<LicenceChange>,
}

/// What an edition is, apart from its items and licence rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Side {
    info: ListInfo,
    edition: Edition,
    measures: Vec<Measure>,
    /// Whether the side is a whole edition rather than a selection of its items.
    whole: bool,
}

impl Side {
    fn of(list: &ControlList, whole: bool) -> Side {
        Side {
            info: list.info().clone(),
            edition: list.edition().clone(),
            measures: list.measures().cloned().collect(),
            whole,
        }
    }
}

impl ListDiff {
    /// What changed from one edition of a list to another. An empty diff says why it is empty: see
    /// [`ListDiff::why_empty`].
    ///
    /// # Errors
    /// Two different lists.
    ///
    /// ```
    /// use export_control::{ListDiff, cn_dual_use, us_ccl};
    /// assert!(ListDiff::between(us_ccl(), us_ccl())?.is_empty());
    /// let error = ListDiff::between(us_ccl(), cn_dual_use()).unwrap_err();
    /// assert_eq!(error.to_string(), "two editions of one list can be told apart, not two lists: us-ccl and cn-dual-use");
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn between(old: &ControlList, new: &ControlList) -> Result<ListDiff, Error> {
        let old_items: Vec<&Item> = old.items().iter().collect();
        let new_items: Vec<&Item> = new.items().iter().collect();
        let mut diff = ListDiff::of(
            (Side::of(old, true), &old_items),
            (Side::of(new, true), &new_items),
        )?;
        diff.licence_changes = licence_changes(old, new);
        Ok(diff)
    }

    /// What changed from one selection of items to another: those that a list has [in
    /// force](ControlList::as_of) on two days, or one category of two editions. Licence rows
    /// are not compared, and the diff cannot be applied.
    ///
    /// # Errors
    /// Selections of two different lists.
    ///
    /// ```
    /// use export_control::{ChangeKind, ListDiff, cn_dual_use};
    /// let cn = cn_dual_use();
    /// let (before, after) = (cn.as_of("2025-04-03".parse()?), cn.as_of("2025-04-04".parse()?));
    /// let diff = ListDiff::between_sets(&before.expect("covered"), &after.expect("covered"))?;
    /// assert!(diff.of_kind(ChangeKind::Added).count() > 50); // Announcement 2025 No. 18: seven rare earths
    /// assert_eq!(diff.of_kind(ChangeKind::Removed).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn between_sets(old: &ItemSet<'_>, new: &ItemSet<'_>) -> Result<ListDiff, Error> {
        let (old_items, new_items): (Vec<&Item>, Vec<&Item>) =
            (old.iter().collect(), new.iter().collect());
        ListDiff::of(
            (Side::of(old.list(), false), &old_items),
            (Side::of(new.list(), false), &new_items),
        )
    }

    fn of((from, old): (Side, &[&Item]), (to, new): (Side, &[&Item])) -> Result<ListDiff, Error> {
        if from.info.id != to.info.id {
            return Err(Kind::OtherList(from.info.id.to_string(), to.info.id.to_string()).into());
        }
        let (basis, pairs) = pairing::pair(old, new);
        let mut changes: Vec<Change> = pairs
            .into_iter()
            .map(|(from, to)| Change::of(from.map(|at| old[at]), to.map(|at| new[at])))
            .collect();
        changes.sort_by_key(Change::order);
        Ok(ListDiff {
            from,
            to,
            basis,
            changes,
            licence_changes: Vec::new(),
        })
    }

    /// The old edition.
    pub fn from(&self) -> &Edition {
        &self.from.edition
    }

    /// The new edition.
    pub fn to(&self) -> &Edition {
        &self.to.edition
    }

    /// What the list is.
    pub fn info(&self) -> &ListInfo {
        &self.to.info
    }

    /// What the pairing of items rests on.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The items that differ, in list order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The changes of one kind, in list order. A change can be of several kinds.
    pub fn of_kind(&self, kind: ChangeKind) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.kinds().contains(&kind))
    }

    /// The changes in one category, in list order; an item that moved is filed where it went.
    pub fn of_category(&self, category: Category) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| {
            change
                .code()
                .is_some_and(|code| code.category() == category)
        })
    }

    /// What became of the item that had this code in the old edition.
    pub fn fate(&self, code: Code) -> Option<&Change> {
        self.changes
            .iter()
            .find(|change| change.from.as_ref().is_some_and(|item| item.code == code))
    }

    /// The entries whose licence rows differ, in list order.
    pub fn licence_changes(&self) -> &[LicenceChange] {
        &self.licence_changes
    }

    /// Whether no item and no licence row differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.licence_changes.is_empty()
    }

    /// Why the diff is empty, for a reader who expected otherwise; `None` where it is not.
    pub fn why_empty(&self) -> Option<&'static str> {
        self.is_empty()
            .then_some(match (self.from == self.to, self.from.whole) {
                (true, true) => "both sides are the same edition",
                (true, false) => "both sides select the same items of one edition",
                (false, _) => "two editions with the same items and licence rows",
            })
    }

    /// The same diff seen from the other side.
    #[must_use]
    pub fn swapped(self) -> ListDiff {
        let mut changes: Vec<Change> = self.changes.into_iter().map(Change::swapped).collect();
        changes.sort_by_key(Change::order);
        let licence_changes = self.licence_changes.into_iter();
        ListDiff {
            from: self.to,
            to: self.from,
            basis: self.basis,
            changes,
            licence_changes: licence_changes
                .map(|change| LicenceChange {
                    from: change.to,
                    to: change.from,
                    ..change
                })
                .collect(),
        }
    }

    /// The new edition, from the old one and this diff.
    ///
    /// # Errors
    /// A list that is not the old edition of this diff, or a diff of selections, which does not
    /// know the whole.
    pub fn apply(&self, old: &ControlList) -> Result<ControlList, Error> {
        if !self.from.whole || !self.to.whole {
            return Err(Error::unexpected(
                "a diff of two selections of items",
                "a diff of two whole editions",
            )
            .of_list(old.id()));
        }
        let expected = |code: Code| {
            Error::unexpected(
                "another item than the diff's",
                "the old edition of the diff",
            )
            .of_list(old.id())
            .of_code(code)
        };
        if Side::of(old, true) != self.from {
            let theirs = format!("{} ({})", old.id(), old.edition().label);
            let found = format!("the edition {theirs:?}");
            return Err(Error::unexpected(
                found,
                format!("the old edition of the diff, {:?}", self.from.edition.label),
            )
            .of_list(old.id()));
        }
        let mut gone = HashSet::new();
        for item in self
            .changes
            .iter()
            .filter_map(|change| change.from.as_ref())
        {
            if old.get(item.code) != Some(item) {
                return Err(expected(item.code));
            }
            gone.insert(item.code);
        }
        let mut items: Vec<Item> = old
            .items()
            .iter()
            .filter(|item| !gone.contains(&item.code))
            .cloned()
            .collect();
        items.extend(self.changes.iter().filter_map(|change| change.to.clone()));
        let mut rows: Vec<LicenceRow> = Vec::new();
        let mut changed = self.licence_changes.iter().peekable();
        let mut take = |rows: &mut Vec<LicenceRow>, before: Option<Code>| {
            while let Some(change) =
                changed.next_if(|change| before.is_none_or(|entry| change.entry <= entry))
            {
                rows.extend(change.to.iter().cloned());
            }
        };
        for group in old.all_licence_rows().chunk_by(|a, b| a.entry == b.entry) {
            let entry = group[0].entry;
            take(&mut rows, Some(entry));
            match self
                .licence_changes
                .binary_search_by_key(&entry, |change| change.entry)
            {
                Ok(at) if self.licence_changes[at].from != group => return Err(expected(entry)),
                Ok(_) => {}
                Err(_) => rows.extend(group.iter().cloned()),
            }
        }
        take(&mut rows, None);
        ControlList::new(self.to.info.clone(), self.to.edition.clone(), items)?
            .with_measures(self.to.measures.clone())?
            .with_licence_rows(rows)
    }
}

fn licence_changes(old: &ControlList, new: &ControlList) -> Vec<LicenceChange> {
    let mut entries: Vec<Code> = old
        .all_licence_rows()
        .iter()
        .chain(new.all_licence_rows())
        .map(|row| row.entry)
        .collect();
    entries.sort_unstable();
    entries.dedup();
    entries
        .into_iter()
        .filter(|entry| old.licence_rows(*entry) != new.licence_rows(*entry))
        .map(|entry| LicenceChange {
            entry,
            from: old.licence_rows(entry).to_vec(),
            to: new.licence_rows(entry).to_vec(),
        })
        .collect()
}
