//! Changes between two editions of a list of parties.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::error::{Error, Kind};

use super::{Country, PartyEntry, PartyList, normal_form};

/// A part of an entry that changed. A difference in typography alone is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PartyAspect {
    /// Names or addresses: other words in the entry's cell.
    NamesOrAddresses,
    /// The license requirement.
    Terms,
    /// The review policy.
    Policy,
    /// The rules that list and amend it.
    Citations,
}

impl fmt::Display for PartyAspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            PartyAspect::NamesOrAddresses => "names or addresses",
            PartyAspect::Terms => "license requirement",
            PartyAspect::Policy => "review policy",
            PartyAspect::Citations => "citations",
        })
    }
}

/// An entry that was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartyChange<'a> {
    /// Only the new edition has it.
    Added(&'a PartyEntry),
    /// Only the old edition has it.
    Removed(&'a PartyEntry),
    /// Both have it, and it differs.
    Changed {
        /// The entry of the old edition.
        old: &'a PartyEntry,
        /// The entry of the new edition.
        new: &'a PartyEntry,
        /// The aspects that differ.
        aspects: Vec<PartyAspect>,
    },
}

/// The changes between two editions of one list of parties.
///
/// Entries are paired by heading and name, in their order where a name is there more than once.
///
/// ```
/// use export_control::party::{PartyDiff, PartyEntry, PartyList, PartyListInfo};
/// use export_control::{Edition, ListId};
/// let edition = |names: &[&str]| {
///     let entries = names.iter().map(|name| PartyEntry::new(*name)).collect();
///     PartyList::new(PartyListInfo::new(ListId::new("mine"), "Mine"), Edition::default(), entries)
/// };
/// let (old, new) = (edition(&["Example Co.", "Old Works"]), edition(&["EXAMPLE CO", "New Works"]));
/// let diff = PartyDiff::between(&old, &new)?;
/// assert_eq!(diff.changes().len(), 2); // one removed, one added
/// assert!(PartyDiff::between(&old, &old)?.changes().is_empty());
/// # Ok::<(), export_control::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PartyDiff<'a> {
    changes: Vec<PartyChange<'a>>,
}

impl<'a> PartyDiff<'a> {
    /// Compares two editions of one list.
    ///
    /// # Errors
    /// Returns an error if the two are different lists.
    pub fn between(old: &'a PartyList, new: &'a PartyList) -> Result<PartyDiff<'a>, Error> {
        if old.id() != new.id() {
            let (old, new) = (old.id().to_string(), new.id().to_string());
            return Err(Kind::OtherList(old, new).into());
        }
        let mut before: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, entry) in old.entries().iter().enumerate().rev() {
            before.entry(key(entry)).or_default().push(at);
        }
        let mut pairs: Vec<Option<usize>> = new
            .entries()
            .iter()
            .map(|entry| before.get_mut(&key(entry)).and_then(Vec::pop))
            .collect();
        pair_by_words(old, new, &mut pairs);
        let mut kept = vec![false; old.entries().len()];
        let mut changes = Vec::new();
        for (entry, pair) in new.entries().iter().zip(pairs) {
            let Some(at) = pair else {
                changes.push(PartyChange::Added(entry));
                continue;
            };
            kept[at] = true;
            let aspects = aspects(&old.entries()[at], entry);
            if !aspects.is_empty() {
                changes.push(PartyChange::Changed {
                    old: &old.entries()[at],
                    new: entry,
                    aspects,
                });
            }
        }
        let gone = old.entries().iter().zip(kept).filter(|(_, kept)| !kept);
        changes.extend(gone.map(|(entry, _)| PartyChange::Removed(entry)));
        Ok(PartyDiff { changes })
    }

    /// Returns what changed: in the order of the new edition, and then what was removed.
    pub fn changes(&self) -> &[PartyChange<'a>] {
        &self.changes
    }
}

/// Pairs entries that are left and have the same words under one heading: only a sign may tell
/// where the name ends.
fn pair_by_words(old: &PartyList, new: &PartyList, pairs: &mut [Option<usize>]) {
    let taken: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut left: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, entry) in old.entries().iter().enumerate().rev() {
        if let Some(words) = entry.fingerprint.filter(|_| !taken.contains(&at)) {
            let key = (entry.heading_country(), words);
            left.entry(key).or_default().push(at);
        }
    }
    for (entry, pair) in new.entries().iter().zip(pairs) {
        if let Some(words) = entry.fingerprint.filter(|_| pair.is_none()) {
            *pair = left
                .get_mut(&(entry.heading_country(), words))
                .and_then(Vec::pop);
        }
    }
}

/// The mark of an entry by which editions are paired.
type Key = (Option<Country>, Option<String>, String);

fn key(entry: &PartyEntry) -> Key {
    let number = entry.number.clone();
    (entry.heading_country(), number, normal_form(&entry.name))
}

/// Returns the aspects in which two entries differ. A field that a side does not record makes no difference.
fn aspects(old: &PartyEntry, new: &PartyEntry) -> Vec<PartyAspect> {
    fn differ<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> bool {
        old.as_ref()
            .zip(new.as_ref())
            .is_some_and(|(old, new)| old != new)
    }
    let words = match (old.fingerprint, new.fingerprint) {
        (Some(old), Some(new)) => old != new,
        _ => names(old) != names(new),
    };
    let cited = differ(&old.designation, &new.designation)
        || (old.designation.is_some() && old.amendments != new.amendments);
    [
        (words, PartyAspect::NamesOrAddresses),
        (differ(&old.terms, &new.terms), PartyAspect::Terms),
        (differ(&old.policy, &new.policy), PartyAspect::Policy),
        (cited, PartyAspect::Citations),
    ]
    .into_iter()
    .filter(|(differs, _)| *differs)
    .map(|(_, aspect)| aspect)
    .collect()
}

fn names(entry: &PartyEntry) -> Vec<String> {
    let units = entry.units.iter().map(|unit| unit.name.as_str());
    let mut names: Vec<String> = entry.names().chain(units).map(normal_form).collect();
    names.sort_unstable();
    names
}
