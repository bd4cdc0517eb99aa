//! Maps each word and key to the items that have it.

use std::borrow::Cow;
use std::fmt;

use super::lazy::Lazy;
use super::pack::{KEYS, WORDS};
use super::words::Words;
use crate::code::Code;
use crate::identifier::{CasNumber, Element, HsCode};
use crate::list::Item;
use crate::packed::{Packed, Reader, Source, Writer, packed_struct};

/// The index of a list, in two parts. Each is built when it is first asked: who looks up a key
/// needs no words. It follows from the items and takes no part in comparing lists.
#[derive(Clone, Default)]
pub(crate) struct SearchIndex {
    words: Lazy<Words>,
    keys: Lazy<Keys>,
}

impl SearchIndex {
    /// The index of a packed list, which is packed too.
    pub(super) fn packed(source: &'static Source) -> SearchIndex {
        SearchIndex {
            words: Lazy::packed(source),
            keys: Lazy::packed(source),
        }
    }

    /// Returns the words of these items.
    pub(crate) fn words(&self, items: &[Item]) -> &Words {
        self.words.or_make(|source| {
            let packed = source.and_then(|source| source.section(WORDS)?.value());
            packed.unwrap_or_else(|| Words::of(items))
        })
    }

    /// Returns the keys of these items.
    pub(crate) fn keys(&self, items: &[Item]) -> &Keys {
        self.keys.or_make(|source| {
            let packed = source.and_then(|source| source.section(KEYS)?.value());
            packed.unwrap_or_else(|| Keys::of(items))
        })
    }
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Index")
    }
}

/// Positions of items by keys of one kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Positions<K> {
    /// The keys in order.
    keys: Vec<K>,
    /// For each key where its positions end.
    ends: Vec<u32>,
    positions: Vec<u32>,
}

impl<K: Ord> Positions<K> {
    fn of(mut pairs: Vec<(K, u32)>) -> Positions<K> {
        // Stable: an item that carries a key twice is there twice, in list order.
        pairs.sort_by(|one, other| one.0.cmp(&other.0));
        let mut of = Positions {
            keys: Vec::new(),
            ends: Vec::new(),
            positions: Vec::with_capacity(pairs.len()),
        };
        for (key, at) in pairs {
            of.positions.push(at);
            let end = of.positions.len() as u32;
            match of.ends.last_mut().filter(|_| of.keys.last() == Some(&key)) {
                Some(last) => *last = end,
                None => {
                    of.keys.push(key);
                    of.ends.push(end);
                }
            }
        }
        of
    }

    /// Returns the positions of the items that carry a key.
    pub(crate) fn with<Q: Ord + ?Sized>(&self, key: &Q) -> &[u32]
    where
        K: std::borrow::Borrow<Q>,
    {
        let Ok(at) = self.keys.binary_search_by(|known| known.borrow().cmp(key)) else {
            return &[];
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.positions[start as usize..self.ends[at] as usize]
    }
}

impl<K: Packed> Packed for Positions<K> {
    fn read(from: &mut Reader) -> Option<Positions<K>> {
        Some(Positions {
            keys: from.value()?,
            ends: from.value()?,
            positions: from.value()?,
        })
    }

    fn write(&self, to: &mut Writer) {
        to.value(&self.keys);
        to.value(&self.ends);
        to.value(&self.positions);
    }
}

/// Positions of items by the keys that they carry.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Keys {
    pub(crate) cas: Positions<CasNumber>,
    pub(crate) elements: Positions<Element>,
    pub(crate) species: Positions<Cow<'static, str>>,
    /// Customs codes with positions, sorted so that the divisions of a code are together.
    hs: Vec<(HsCode, u32)>,
    pub(crate) references: Positions<Code>,
}

packed_struct!(Keys {
    cas,
    elements,
    species,
    hs,
    references
});

impl Keys {
    fn of(items: &[Item]) -> Keys {
        let (mut cas, mut elements, mut species) = (Vec::new(), Vec::new(), Vec::new());
        let (mut hs, mut references) = (Vec::new(), Vec::new());
        for (item, at) in items.iter().zip(0u32..) {
            let facts = &*item.facts;
            cas.extend(facts.cas.iter().map(|key| (*key, at)));
            elements.extend(facts.elements.iter().map(|key| (*key, at)));
            species.extend(facts.species.iter().map(|one| (one.key().into(), at)));
            hs.extend(facts.hs.iter().map(|key| (*key, at)));
            references.extend(facts.refers_to.iter().map(|key| (*key, at)));
        }
        hs.sort_unstable();
        Keys {
            cas: Positions::of(cas),
            elements: Positions::of(elements),
            species: Positions::of(species),
            hs,
            references: Positions::of(references),
        }
    }

    /// Returns positions by a customs code, by its divisions and by the codes that it divides.
    pub(crate) fn hs(&self, wanted: HsCode) -> impl Iterator<Item = (HsCode, u32)> {
        // A code's divisions follow it; the codes that it divides are few and looked up one by one.
        let start = self.hs.partition_point(|(code, _)| *code < wanted);
        let below = self.hs[start..]
            .iter()
            .take_while(move |(code, _)| wanted.contains(*code));
        let above = wanted.above().flat_map(|code| {
            let start = self.hs.partition_point(|(other, _)| *other < code);
            self.hs[start..]
                .iter()
                .take_while(move |(other, _)| *other == code)
        });
        above.chain(below).copied()
    }
}
