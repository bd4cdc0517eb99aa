//! Holds the changes between two editions, applies them and inverts them.

use std::collections::BTreeMap;

use crate::code::{Category, Code};
use crate::error::{Error, Kind};
use crate::list::amendment::Later;
use crate::list::{ControlList, Edition, Item, ItemSet, ItemState, ListInfo};
use crate::measure::Measure;

use super::comparing::{Found, compare};
use super::difference::Difference;
use super::field::{Field, Recorded};
use super::kind::ChangeKind;
use super::license_change::{LicenseChange, license_changes};
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
    /// The fields that only one side records, so that nobody can tell whether they changed.
    pub not_comparable: Vec<Field>,
}

impl Change {
    fn of(
        from: Option<&Item>,
        to: Option<&Item>,
        same_words: Option<bool>,
        recorded: &Recorded,
    ) -> Change {
        let Found {
            aspects,
            not_comparable,
        } = from
            .zip(to)
            .map(|(from, to)| compare(from, to, same_words, recorded))
            .unwrap_or_default();
        Change {
            from: from.cloned(),
            to: to.cloned(),
            aspects,
            not_comparable,
        }
    }

    /// Returns `true` if something is known to differ.
    fn is_change(&self) -> bool {
        self.from.is_none() || self.to.is_none() || !self.aspects.is_empty()
    }

    /// The code by which to file the change: the new one, or that of an item that is gone.
    pub fn code(&self) -> Option<Code> {
        self.to
            .as_ref()
            .or(self.from.as_ref())
            .map(|item| item.code)
    }

    /// Returns the kinds of the change, without repetition, in the order of [`ChangeKind::ALL`].
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
        let aspects = self.aspects.into_iter().map(Difference::swapped);
        Change {
            aspects: aspects.collect(),
            from: self.to,
            to: self.from,
            not_comparable: self.not_comparable,
        }
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

/// Everything that differs between two editions of one list.
///
/// A field that one side does not record makes no change. It is counted apart: see
/// [`ListDiff::not_comparable`].
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
    /// Pairs that each side records in another way without a known difference, so that the diff can be
    /// applied.
    pub(super) unchanged: Unchanged,
}

/// Items and license requirements of which nothing is known to differ, as each side records them.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Unchanged {
    pub(super) items: Vec<Change>,
    pub(super) license_requirements: Vec<LicenseChange>,
}

/// An edition without its items and license rows.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Side {
    pub(super) info: ListInfo,
    pub(super) edition: Edition,
    pub(super) measures: Vec<Measure>,
    /// The amendments, which are known after the edition.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Later::is_empty")
    )]
    pub(super) later: Later,
    /// True if the side is a whole edition, and false if it is a selection of its items.
    pub(super) whole: bool,
    /// The fields that the edition records of its items.
    recorded: Recorded,
}

impl Side {
    pub(super) fn of(list: &ControlList, whole: bool) -> Side {
        Side {
            info: list.info().clone(),
            edition: list.edition().clone(),
            measures: list.measures().cloned().collect(),
            later: list.later().clone(),
            whole,
            recorded: Recorded::of(list),
        }
    }
}

impl ListDiff {
    /// Returns the changes from one edition of a list to another. If there are none,
    /// [`ListDiff::why_empty`] says why.
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
        let recorded = diff.from.recorded.and(&diff.to.recorded);
        (diff.license_changes, diff.unchanged.license_requirements) = license_changes(old, new)
            .into_iter()
            .partition(|change| change.is_change(&recorded));
        Ok(diff)
    }

    /// Returns the changes from one selection of items to another. Selections are, for example,
    /// the items that a list has [in force](ControlList::as_of) on two days, or one category of two
    /// editions. License rows are not compared, and the diff cannot be applied.
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
        let recorded = from.recorded.and(&to.recorded);
        let mut pairs: Vec<Change> = pairs
            .into_iter()
            .map(|pair| {
                let (from, to) = (pair.old.map(|at| old[at]), pair.new.map(|at| new[at]));
                Change::of(from, to, pair.same_words, &recorded)
            })
            .collect();
        pairs.sort_by_key(Change::order);
        let (changes, items) = pairs.into_iter().partition(Change::is_change);
        Ok(ListDiff {
            from,
            to,
            basis,
            changes,
            license_changes: Vec::new(),
            unchanged: Unchanged {
                items,
                license_requirements: Vec::new(),
            },
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

    /// Returns the description of the list in the new edition.
    pub fn info(&self) -> &ListInfo {
        &self.to.info
    }

    /// Returns the basis of the pairing of items.
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

    /// Returns the change of the item that had this code in the old edition.
    pub fn fate(&self, code: Code) -> Option<&Change> {
        self.changes
            .iter()
            .find(|change| change.from.as_ref().is_some_and(|item| item.code == code))
    }

    /// The entries whose license rows differ, in list order.
    pub fn license_changes(&self) -> &[LicenseChange] {
        &self.license_changes
    }

    /// Returns `true` if no item and no license row is known to differ. What cannot be compared is
    /// not a change: see [`ListDiff::not_comparable`].
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.license_changes.is_empty()
    }

    /// Returns the fields that only one side records, each with the number of items for which that
    /// leaves open whether they changed. License requirements are counted by entry.
    ///
    /// ```
    /// use export_control::change::Field;
    /// use export_control::{ControlList, Edition, Item, ListDiff, ListId, ListInfo};
    /// let edition = |text: Option<&str>| {
    ///     let item = Item::new("3A001".parse().expect("a code"));
    ///     let item = item.with_text(text.map(str::to_owned));
    ///     let info = ListInfo::new(ListId::new("mine"), "My list");
    ///     ControlList::new(info, Edition::default(), vec![item])
    /// };
    /// let diff = ListDiff::between(&edition(None)?, &edition(Some("Fast converters"))?)?;
    /// assert!(diff.is_empty());
    /// assert_eq!(diff.not_comparable(), [(Field::Text, 1)]);
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn not_comparable(&self) -> Vec<(Field, usize)> {
        let mut counts: BTreeMap<Field, usize> = BTreeMap::new();
        let pairs = self.changes.iter().chain(&self.unchanged.items);
        for field in pairs.flat_map(|change| &change.not_comparable) {
            *counts.entry(*field).or_default() += 1;
        }
        let one_sided = self.from.recorded.has(Field::LicenseRequirements)
            != self.to.recorded.has(Field::LicenseRequirements);
        let field = if one_sided {
            Field::LicenseRequirements
        } else {
            Field::LicenseText
        };
        let rows = self.unchanged.license_requirements.len();
        counts.extend((rows > 0).then_some((field, rows)));
        counts.into_iter().collect()
    }

    /// Returns the fields of one item that only one side records, whatever else about the item
    /// changed. The code is the one of the new edition.
    pub fn not_comparable_of(&self, code: Code) -> &[Field] {
        let pairs = self.changes.iter().chain(&self.unchanged.items);
        pairs
            .filter(|change| change.to.as_ref().is_some_and(|item| item.code == code))
            .find_map(|change| {
                (!change.not_comparable.is_empty()).then_some(&change.not_comparable)
            })
            .map_or(&[], Vec::as_slice)
    }

    /// Why the diff is empty, for a reader who expected otherwise; `None` where it is not.
    pub fn why_empty(&self) -> Option<&'static str> {
        self.is_empty()
            .then_some(match (self.from == self.to, self.from.whole) {
                (true, true) => "both sides are the same edition",
                (true, false) => "both sides select the same items of one edition",
                (false, _) if self.not_comparable().is_empty() => {
                    "two editions with the same items and license rows"
                }
                (false, _) => "two editions that agree in all that both record",
            })
    }

    /// The same diff seen from the other side.
    #[must_use]
    pub fn swapped(self) -> ListDiff {
        let turned = |changes: Vec<Change>| {
            let mut changes: Vec<Change> = changes.into_iter().map(Change::swapped).collect();
            changes.sort_by_key(Change::order);
            changes
        };
        let turned_rows =
            |rows: Vec<LicenseChange>| rows.into_iter().map(LicenseChange::swapped).collect();
        ListDiff {
            from: self.to,
            to: self.from,
            basis: self.basis,
            changes: turned(self.changes),
            license_changes: turned_rows(self.license_changes),
            unchanged: Unchanged {
                items: turned(self.unchanged.items),
                license_requirements: turned_rows(self.unchanged.license_requirements),
            },
        }
    }
}
