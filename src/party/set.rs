//! Sets of entries of one list of parties, with union, intersection and the like.

use std::fmt;

use fixedbitset::FixedBitSet;

use crate::error::{Error, Kind};

use super::{PartyEntry, PartyList};

/// A set of entries of one edition of one list of parties, with the algebra of sets.
///
/// Two sets can be joined only if they are of the same edition of the same list. What two lists
/// share is a question of names: ask [`PartyOverlap`](super::PartyOverlap).
///
/// ```
/// use export_control::party::{EntryKind, PartyEntry, PartyList, PartyListInfo};
/// use export_control::{Edition, ListId};
/// let mut ship = PartyEntry::new("Example Star");
/// ship.kind = EntryKind::Vessel;
/// let info = PartyListInfo::new(ListId::new("mine"), "My list");
/// let list = PartyList::new(info, Edition::default(), vec![ship, PartyEntry::new("Example Co.")]);
/// let ships = list.select(|entry| entry.kind == EntryKind::Vessel);
/// let rest = list.all().difference(&ships)?;
/// assert_eq!((ships.len(), rest.len()), (1, 1));
/// assert!(ships.is_disjoint(&rest)?);
/// # Ok::<(), export_control::Error>(())
/// ```
#[derive(Clone)]
pub struct PartySet<'a> {
    list: &'a PartyList,
    members: FixedBitSet,
}

impl PartyList {
    /// Returns the entries for which a test holds.
    pub fn select(&self, mut test: impl FnMut(&PartyEntry) -> bool) -> PartySet<'_> {
        let mut set = PartySet::empty(self);
        for (at, entry) in self.entries().iter().enumerate() {
            set.members.set(at, test(entry));
        }
        set
    }

    /// Returns every entry.
    pub fn all(&self) -> PartySet<'_> {
        self.select(|_| true)
    }
}

fn name(list: &PartyList) -> String {
    format!("{} ({})", list.id(), list.edition().label)
}

impl<'a> PartySet<'a> {
    /// Returns the set of a list that has no members.
    pub fn empty(list: &'a PartyList) -> PartySet<'a> {
        let members = FixedBitSet::with_capacity(list.entries().len());
        PartySet { list, members }
    }

    pub(crate) fn insert_at(&mut self, position: usize) {
        self.members.insert(position);
    }

    /// Returns the list whose entries these are.
    pub fn list(&self) -> &'a PartyList {
        self.list
    }

    /// Returns how many members there are.
    pub fn len(&self) -> usize {
        self.members.count_ones(..)
    }

    /// Returns `true` if there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_clear()
    }

    /// Returns the places of the members among the list's entries.
    pub fn positions(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.members.ones()
    }

    /// Returns the members in list order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &'a PartyEntry> {
        let entries = self.list.entries();
        self.members.ones().map(move |at| &entries[at])
    }

    /// Fails unless both sets are of one edition of one list.
    fn beside(&self, other: &PartySet<'_>) -> Result<(), Error> {
        let (ours, theirs) = (self.list, other.list);
        let same = std::ptr::eq(ours, theirs)
            || (ours.id() == theirs.id()
                && ours.edition() == theirs.edition()
                && ours.entries() == theirs.entries());
        match same {
            true => Ok(()),
            false => Err(Kind::DifferentLists(name(ours), name(theirs)).into()),
        }
    }

    fn joined(
        &self,
        other: &PartySet<'_>,
        join: impl FnOnce(&mut FixedBitSet, &FixedBitSet),
    ) -> Result<PartySet<'a>, Error> {
        self.beside(other)?;
        let mut members = self.members.clone();
        join(&mut members, &other.members);
        let list = self.list;
        Ok(PartySet { list, members })
    }

    /// Returns the entries in either set.
    ///
    /// # Errors
    /// Returns an error if the sets are of different lists or editions; so for every operation
    /// below.
    pub fn union(&self, other: &PartySet<'_>) -> Result<PartySet<'a>, Error> {
        self.joined(other, FixedBitSet::union_with)
    }

    /// Returns the entries in both sets.
    ///
    /// # Errors
    /// Returns an error if the sets are of different lists or editions.
    pub fn intersection(&self, other: &PartySet<'_>) -> Result<PartySet<'a>, Error> {
        self.joined(other, FixedBitSet::intersect_with)
    }

    /// Returns the entries in this set and not in the other.
    ///
    /// # Errors
    /// Returns an error if the sets are of different lists or editions.
    pub fn difference(&self, other: &PartySet<'_>) -> Result<PartySet<'a>, Error> {
        self.joined(other, FixedBitSet::difference_with)
    }

    /// Returns the entries in exactly one of the sets.
    ///
    /// # Errors
    /// Returns an error if the sets are of different lists or editions.
    pub fn symmetric_difference(&self, other: &PartySet<'_>) -> Result<PartySet<'a>, Error> {
        self.joined(other, FixedBitSet::symmetric_difference_with)
    }

    /// Returns `true` if every member is a member of the other set too.
    ///
    /// # Errors
    /// Returns an error if the sets are of different lists or editions.
    pub fn is_subset(&self, other: &PartySet<'_>) -> Result<bool, Error> {
        self.beside(other)
            .map(|()| self.members.is_subset(&other.members))
    }

    /// Returns `true` if the sets have no member in common.
    ///
    /// # Errors
    /// Returns an error if the sets are of different lists or editions.
    pub fn is_disjoint(&self, other: &PartySet<'_>) -> Result<bool, Error> {
        self.beside(other)
            .map(|()| self.members.is_disjoint(&other.members))
    }
}

impl PartialEq for PartySet<'_> {
    fn eq(&self, other: &PartySet<'_>) -> bool {
        self.beside(other).is_ok() && self.members == other.members
    }
}

impl Eq for PartySet<'_> {}

impl fmt::Debug for PartySet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartySet of {} ", name(self.list))?;
        f.debug_set().entries(self.iter().map(|e| &e.name)).finish()
    }
}
