//! The normal forms of a list's names, each made once, and the names that have one.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use super::{EntryKind, NameRole, PartyEntry, normal_form};

/// A name of a list in its normal form.
pub(super) struct Form {
    /// The place of its entry.
    pub(super) entry: usize,
    /// Which of the entry's names it is, and what it is to it.
    pub(super) number: usize,
    pub(super) role: NameRole,
    pub(super) text: String,
}

/// Returns the names of entries by which they are compared, in their normal forms.
pub(super) fn forms(entries: &[&PartyEntry]) -> Vec<Form> {
    let mut forms = Vec::with_capacity(entries.len());
    for (entry, of) in entries.iter().enumerate().filter(|(_, of)| is_compared(of)) {
        forms.extend(roles(of).enumerate().map(|(number, (name, role))| Form {
            entry,
            number,
            role,
            text: normal_form(name),
        }));
    }
    forms
}

/// Returns whether an entry has names to compare.
pub(super) fn is_compared(entry: &PartyEntry) -> bool {
    entry.kind != EntryKind::Address
}

/// The names by which an entry is compared, with what they are to it.
pub(super) fn roles(entry: &PartyEntry) -> impl Iterator<Item = (&str, NameRole)> {
    let own = std::iter::once(entry.name.as_str()).chain(entry.name_local.as_deref());
    let others = entry.other_names.iter().map(String::as_str);
    let units = entry.units.iter().flat_map(|unit| {
        std::iter::once(unit.name.as_str()).chain(unit.other_names.iter().map(String::as_str))
    });
    own.map(|name| (name, NameRole::Name))
        .chain(others.map(|name| (name, NameRole::OtherName)))
        .chain(units.map(|name| (name, NameRole::Unit)))
}

/// Places by a key, those of one key in a chain: the last that was added comes first.
pub(super) struct Chains<K> {
    heads: HashMap<K, usize>,
    /// Of each place the next with its key.
    next: Vec<Option<usize>>,
}

impl<K: Eq + Hash> Chains<K> {
    /// Returns chains for so many places.
    pub(super) fn new(places: usize) -> Chains<K> {
        Chains {
            heads: HashMap::with_capacity(places),
            next: vec![None; places],
        }
    }

    /// Adds a place, each at most once.
    pub(super) fn add(&mut self, key: K, place: usize) {
        let before = self.heads.insert(key, place);
        if let Some(next) = self.next.get_mut(place) {
            *next = before;
        }
    }

    /// Returns the places of a key.
    pub(super) fn of<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> impl Iterator<Item = usize>
    where
        K: Borrow<Q>,
    {
        let head = self.heads.get(key).copied();
        std::iter::successors(head, |place| self.next.get(*place).copied().flatten())
    }
}
