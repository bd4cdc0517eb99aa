//! Maps each word and key to the items that have it.

use std::collections::HashMap;
use std::fmt;

use super::lazy::Lazy;
use super::pack::WORDS;
use super::words::Words;
use crate::code::Code;
use crate::identifier::{CasNumber, Element, HsCode};
use crate::list::Item;
use crate::packed::Source;

/// The index of a list, in two parts. Each is built when it is first asked: who looks up a key
/// needs no words. It follows from the items and takes no part in comparing lists.
#[derive(Clone, Default)]
pub(crate) struct SearchIndex {
    words: Lazy<Words>,
    keys: Lazy<Keys>,
}

impl SearchIndex {
    /// The index of a packed list, whose words are packed too.
    pub(super) fn packed(source: &'static Source) -> SearchIndex {
        SearchIndex {
            words: Lazy::packed(source),
            keys: Lazy::default(),
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
        self.keys.or_make(|_| Keys::of(items))
    }
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Index")
    }
}

/// Positions of items by the keys that they carry.
#[derive(Clone, Default)]
pub(crate) struct Keys {
    pub(crate) cas: HashMap<CasNumber, Vec<u32>>,
    pub(crate) elements: HashMap<Element, Vec<u32>>,
    pub(crate) species: HashMap<String, Vec<u32>>,
    /// Customs codes with positions, sorted so that the divisions of a code are together.
    hs: Vec<(HsCode, u32)>,
    pub(crate) references: HashMap<Code, Vec<u32>>,
}

impl Keys {
    fn of(items: &[Item]) -> Keys {
        let mut keys = Keys::default();
        for (item, at) in items.iter().zip(0u32..) {
            let facts = &*item.facts;
            for key in &facts.cas {
                keys.cas.entry(*key).or_default().push(at);
            }
            for key in &facts.elements {
                keys.elements.entry(*key).or_default().push(at);
            }
            for key in &facts.species {
                keys.species.entry(key.key()).or_default().push(at);
            }
            for key in &facts.refers_to {
                keys.references.entry(*key).or_default().push(at);
            }
            keys.hs.extend(facts.hs.iter().map(|key| (*key, at)));
        }
        keys.hs.sort_unstable();
        keys
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
