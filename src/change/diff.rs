//! Holds the changes between two editions, applies them and inverts them.

use std::collections::HashSet;

use crate::code::{Category, Code};
use crate::error::{Error, Kind};
use crate::list::ItemSet;
use crate::list::license::LicenseRequirement;
use crate::list::{ControlList, Edition, ListInfo};
use crate::list::{Item, ItemState};
use crate::measure::Measure;

use super::difference::Difference;
use super::kind::ChangeKind;
use super::pairing::{self, PairingBasis};

/// One item that differs between two editions: as it was, as it is, and in what it differs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Change {
    /// The item of the old edition; `None` where it is new.
    pub from: Option<Item>,
    /// The item of the new edition; `None` where it is gone.
    pub to: Option<Item>,
    /// In what the two differ; empty where one of them is missing.
    pub aspects: Vec<Difference>,
}

impl Change {
    fn of(from: Option<&Item>, to: Option<&Item>) -> Change {
        let aspects = from
            .zip(to)
            .map(|(from, to)| Difference::between(from, to))
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
        let reserved = |item: &Item| item.state == ItemState::Reserved;
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
            _ => self.aspects.iter().map(Difference::kind).collect(),
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

/// The license rows of one entry where they differ between two editions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LicenseChange {
    /// The entry.
    pub entry: Code,
    /// Its rows in the old edition, in published order.
    pub from: Vec<LicenseRequirement>,
    /// Its rows in the new edition, in published order.
    pub to: Vec<LicenseRequirement>,
}

impl LicenseChange {
    /// The rows of the old edition that the new one does not have, published words apart.
    pub fn removed(&self) -> Vec<&LicenseRequirement> {
        without(&self.from, &self.to)
    }

    /// The rows of the new edition that the old one does not have, published words apart.
    pub fn added(&self) -> Vec<&LicenseRequirement> {
        without(&self.to, &self.from)
    }
}

/// The rows that are left of the first when each row of the second takes away one that says the
/// same.
fn without<'a>(
    rows: &'a [LicenseRequirement],
    taken: &[LicenseRequirement],
) -> Vec<&'a LicenseRequirement> {
    let same = |a: &LicenseRequirement, b: &LicenseRequirement| {
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
    let mut taken: Vec<&LicenseRequirement> = taken.iter().collect();
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
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListDiff {
    pub(super) from: Side,
    pub(super) to: Side,
    pub(super) basis: PairingBasis,
    pub(super) changes: Vec<Change>,
    pub(super) license_changes: Vec<LicenseChange>,
}

/// What an edition is, apart from its items and license rows.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Side {
    pub(super) info: ListInfo,
    pub(super) edition: Edition,
    pub(super) measures: Vec<Measure>,
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
        diff.license_changes = license_changes(old, new);
        Ok(diff)
    }

    /// What changed from one selection of items to another: those that a list has [in
    /// force](ControlList::as_of) on two days, or one category of two editions. License rows
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
            license_changes: Vec::new(),
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
    pub fn basis(&self) -> PairingBasis {
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

    /// The entries whose license rows differ, in list order.
    pub fn license_changes(&self) -> &[LicenseChange] {
        &self.license_changes
    }

    /// Whether no item and no license row differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.license_changes.is_empty()
    }

    /// Why the diff is empty, for a reader who expected otherwise; `None` where it is not.
    pub fn why_empty(&self) -> Option<&'static str> {
        self.is_empty()
            .then_some(match (self.from == self.to, self.from.whole) {
                (true, true) => "both sides are the same edition",
                (true, false) => "both sides select the same items of one edition",
                (false, _) => "two editions with the same items and license rows",
            })
    }

    /// The same diff seen from the other side.
    #[must_use]
    pub fn swapped(self) -> ListDiff {
        let mut changes: Vec<Change> = self.changes.into_iter().map(Change::swapped).collect();
        changes.sort_by_key(Change::order);
        let license_changes = self.license_changes.into_iter();
        ListDiff {
            from: self.to,
            to: self.from,
            basis: self.basis,
            changes,
            license_changes: license_changes
                .map(|change| LicenseChange {
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
        let mut rows: Vec<LicenseRequirement> = Vec::new();
        let mut changed = self.license_changes.iter().peekable();
        let mut take = |rows: &mut Vec<LicenseRequirement>, before: Option<Code>| {
            while let Some(change) =
                changed.next_if(|change| before.is_none_or(|entry| change.entry <= entry))
            {
                rows.extend(change.to.iter().cloned());
            }
        };
        for group in old
            .all_license_requirements()
            .chunk_by(|a, b| a.entry == b.entry)
        {
            let entry = group[0].entry;
            take(&mut rows, Some(entry));
            match self
                .license_changes
                .binary_search_by_key(&entry, |change| change.entry)
            {
                Ok(at) if self.license_changes[at].from != group => return Err(expected(entry)),
                Ok(_) => {}
                Err(_) => rows.extend(group.iter().cloned()),
            }
        }
        take(&mut rows, None);
        ControlList::new(self.to.info.clone(), self.to.edition.clone(), items)?
            .with_measures(self.to.measures.clone())?
            .with_license_requirements(rows)
    }
}

fn license_changes(old: &ControlList, new: &ControlList) -> Vec<LicenseChange> {
    let mut entries: Vec<Code> = old
        .all_license_requirements()
        .iter()
        .chain(new.all_license_requirements())
        .map(|row| row.entry)
        .collect();
    entries.sort_unstable();
    entries.dedup();
    entries
        .into_iter()
        .filter(|entry| old.license_requirements(*entry) != new.license_requirements(*entry))
        .map(|entry| LicenseChange {
            entry,
            from: old.license_requirements(entry).to_vec(),
            to: new.license_requirements(entry).to_vec(),
        })
        .collect()
}
