//! Holds sets of items of one list, with union, intersection and the like.

use std::fmt;

use fixedbitset::FixedBitSet;

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::list::Item;
use crate::list::{ControlList, ListId};

/// A set of items of one edition of one list, with the algebra of sets.
///
/// Two sets can be joined only if they are of the same edition of the same list: a code means
/// nothing without its list. Every operation has a form that only counts (`union_len` …) and builds
/// nothing.
///
/// ```
/// let us = export_control::us_ccl();
/// let software = us.select(|item| item.code().group().letter() == 'D');
/// let lasers = us.select(|item| item.code().category().digit() == 6);
/// let both = software.intersection(&lasers)?;
/// assert_eq!(both.len(), software.intersection_len(&lasers)?);
/// assert!(both.is_subset(&software)?);
/// # Ok::<(), export_control::Error>(())
/// ```
#[derive(Clone)]
pub struct ItemSet<'a> {
    list: &'a ControlList,
    members: FixedBitSet,
}

/// An [`ItemSet`] without its list, for storage: the list's name, the edition's label, and the
/// codes in list order. [`ControlList::restore`] makes it a set again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Selection {
    /// The list.
    pub list: ListId,
    /// The label of its edition.
    pub edition: String,
    /// The members.
    pub codes: Vec<Code>,
}

impl ControlList {
    /// The live items for which a test holds.
    pub fn select(&self, mut test: impl FnMut(&Item) -> bool) -> ItemSet<'_> {
        let mut set = ItemSet::empty(self);
        for (at, item) in self.items().iter().enumerate() {
            set.members.set(at, item.is_live() && test(item));
        }
        set
    }

    /// Every live item.
    pub fn live(&self) -> ItemSet<'_> {
        self.select(|_| true)
    }

    /// The set of these codes.
    ///
    /// # Errors
    /// A code that the list does not have.
    pub fn set_of(&self, codes: impl IntoIterator<Item = Code>) -> Result<ItemSet<'_>, Error> {
        let mut set = ItemSet::empty(self);
        for code in codes {
            let at = self.position(code).ok_or_else(|| {
                Error::unexpected("a code that the list does not have", "an item of the list")
                    .of_list(self.id())
                    .of_code(code)
            })?;
            set.members.insert(at);
        }
        Ok(set)
    }

    /// The set that was stored as a selection.
    ///
    /// # Errors
    /// A selection of another list or edition, or a code that the list does not have.
    pub fn restore(&self, selection: &Selection) -> Result<ItemSet<'_>, Error> {
        if selection.list != *self.id() || selection.edition != self.edition().label {
            let theirs = format!("{} ({})", selection.list, selection.edition);
            return Err(Kind::DifferentLists(name(self), theirs).into());
        }
        self.set_of(selection.codes.iter().copied())
    }
}

fn name(list: &ControlList) -> String {
    format!("{} ({})", list.id(), list.edition().label)
}

impl<'a> ItemSet<'a> {
    /// The set of a list that has no members.
    pub fn empty(list: &'a ControlList) -> ItemSet<'a> {
        ItemSet {
            list,
            members: FixedBitSet::with_capacity(list.items().len()),
        }
    }

    /// The set of the items of a list at these positions.
    pub(crate) fn with_members(list: &'a ControlList, members: FixedBitSet) -> ItemSet<'a> {
        ItemSet { list, members }
    }

    /// Returns the positions of the members.
    pub(crate) fn into_members(self) -> FixedBitSet {
        self.members
    }

    pub(crate) fn insert_at(&mut self, position: usize) {
        self.members.insert(position);
    }

    pub(crate) fn contains_at(&self, position: usize) -> bool {
        self.members.contains(position)
    }

    pub(crate) fn positions(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.members.ones()
    }

    /// The list whose items these are.
    pub fn list(&self) -> &'a ControlList {
        self.list
    }

    /// Members.
    pub fn len(&self) -> usize {
        self.members.count_ones(..)
    }

    /// Returns true if there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_clear()
    }

    /// Returns true if the item with this code is a member.
    pub fn contains(&self, code: Code) -> bool {
        self.list
            .position(code)
            .is_some_and(|at| self.members.contains(at))
    }

    /// Returns the members in list order.
    pub fn iter(&self) -> Members<'a, '_> {
        Members {
            items: self.list.items(),
            left: self.len(),
            positions: self.members.ones(),
        }
    }

    /// Returns the members' codes in list order.
    pub fn codes(&self) -> impl DoubleEndedIterator<Item = Code> + ExactSizeIterator {
        self.iter().map(|item| item.code)
    }

    /// Finds the same codes on another edition, and returns those that it does not have.
    ///
    /// A code means nothing without its list: between two lists, or across a renumbering, the same
    /// code can be another thing. [`ListDiff`](crate::ListDiff) follows items that moved.
    ///
    /// ```
    /// use export_control::{cn_dual_use, us_ccl};
    /// let lasers = us_ccl().select(|item| item.code().entry() == item.code());
    /// let (same, lost) = lasers.same_codes_on(us_ccl());
    /// assert_eq!((same, lost.len()), (lasers.clone(), 0));
    /// assert!(!lasers.same_codes_on(cn_dual_use()).1.is_empty());
    /// ```
    pub fn same_codes_on<'b>(&self, list: &'b ControlList) -> (ItemSet<'b>, Vec<Code>) {
        let (mut set, mut lost) = (ItemSet::empty(list), Vec::new());
        for code in self.codes() {
            match list.position(code) {
                Some(at) => set.insert_at(at),
                None => lost.push(code),
            }
        }
        (set, lost)
    }

    /// The set for storage.
    pub fn selection(&self) -> Selection {
        Selection {
            list: self.list.id().clone(),
            edition: self.list.edition().label.clone(),
            codes: self.codes().collect(),
        }
    }

    /// Fails unless both sets are of one edition of one list.
    fn beside(&self, other: &ItemSet<'_>) -> Result<(), Error> {
        let (ours, theirs) = (self.list, other.list);
        let same = std::ptr::eq(ours, theirs)
            || (ours.info().id == theirs.info().id
                && ours.edition() == theirs.edition()
                && ours.codes() == theirs.codes());
        if same {
            Ok(())
        } else {
            Err(Kind::DifferentLists(name(ours), name(theirs)).into())
        }
    }

    fn joined(
        &self,
        other: &ItemSet<'_>,
        join: impl FnOnce(&mut FixedBitSet, &FixedBitSet),
    ) -> Result<ItemSet<'a>, Error> {
        self.beside(other)?;
        let mut members = self.members.clone();
        join(&mut members, &other.members);
        Ok(ItemSet {
            list: self.list,
            members,
        })
    }

    /// The items in either set.
    ///
    /// # Errors
    /// Sets of different lists or editions; so for every operation below.
    pub fn union(&self, other: &ItemSet<'_>) -> Result<ItemSet<'a>, Error> {
        self.joined(other, FixedBitSet::union_with)
    }

    /// The items in both sets.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn intersection(&self, other: &ItemSet<'_>) -> Result<ItemSet<'a>, Error> {
        self.joined(other, FixedBitSet::intersect_with)
    }

    /// The items in this set and not in the other.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn difference(&self, other: &ItemSet<'_>) -> Result<ItemSet<'a>, Error> {
        self.joined(other, FixedBitSet::difference_with)
    }

    /// The items in exactly one of the sets.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn symmetric_difference(&self, other: &ItemSet<'_>) -> Result<ItemSet<'a>, Error> {
        self.joined(other, FixedBitSet::symmetric_difference_with)
    }

    /// Returns the number of items in the union.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn union_len(&self, other: &ItemSet<'_>) -> Result<usize, Error> {
        self.beside(other)
            .map(|()| self.members.union_count(&other.members))
    }

    /// Returns the number of items in the intersection.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn intersection_len(&self, other: &ItemSet<'_>) -> Result<usize, Error> {
        self.beside(other)
            .map(|()| self.members.intersection_count(&other.members))
    }

    /// Returns the number of items in the difference.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn difference_len(&self, other: &ItemSet<'_>) -> Result<usize, Error> {
        self.beside(other)
            .map(|()| self.members.difference_count(&other.members))
    }

    /// Returns the number of items in the symmetric difference.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn symmetric_difference_len(&self, other: &ItemSet<'_>) -> Result<usize, Error> {
        self.beside(other)
            .map(|()| self.members.symmetric_difference_count(&other.members))
    }

    /// Returns true if every member is a member of the other set too.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn is_subset(&self, other: &ItemSet<'_>) -> Result<bool, Error> {
        self.beside(other)
            .map(|()| self.members.is_subset(&other.members))
    }

    /// Returns `true` if every member of the other set is a member of this one.
    ///
    /// # Errors
    /// Returns an error if the sets are of different lists or editions.
    pub fn is_superset(&self, other: &ItemSet<'_>) -> Result<bool, Error> {
        other.is_subset(self)
    }

    /// Returns true if the sets have no member in common.
    ///
    /// # Errors
    /// Sets of different lists or editions.
    pub fn is_disjoint(&self, other: &ItemSet<'_>) -> Result<bool, Error> {
        self.beside(other)
            .map(|()| self.members.is_disjoint(&other.members))
    }
}

/// The members of an [`ItemSet`], in list order.
pub struct Members<'a, 's> {
    items: &'a [Item],
    left: usize,
    positions: fixedbitset::Ones<'s>,
}

impl<'a> Iterator for Members<'a, '_> {
    type Item = &'a Item;

    fn next(&mut self) -> Option<&'a Item> {
        let at = self.positions.next()?;
        self.left -= 1;
        Some(&self.items[at])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for Members<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let at = self.positions.next_back()?;
        self.left -= 1;
        Some(&self.items[at])
    }
}

impl ExactSizeIterator for Members<'_, '_> {}

impl<'a, 's> IntoIterator for &'s ItemSet<'a> {
    type Item = &'a Item;
    type IntoIter = Members<'a, 's>;

    fn into_iter(self) -> Members<'a, 's> {
        self.iter()
    }
}

impl PartialEq for ItemSet<'_> {
    fn eq(&self, other: &ItemSet<'_>) -> bool {
        self.beside(other).is_ok() && self.members == other.members
    }
}

impl Eq for ItemSet<'_> {}

impl fmt::Debug for ItemSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ItemSet of {} ", name(self.list))?;
        f.debug_set().entries(self.codes()).finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ItemSet<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.selection().serialize(serializer)
    }
}
