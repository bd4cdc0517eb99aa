//! Maps each word and key to the items that have it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::OnceLock;

use crate::code::Code;
use crate::identifier::{CasNumber, Element, HsCode};
use crate::list::Item;
use crate::text::words::search_terms;

/// The index of a list, built when it is first asked. It follows from the items and takes no part
/// in comparing lists.
#[derive(Default)]
pub(crate) struct Lazy(OnceLock<Index>);

impl Lazy {
    /// The index, of these items where it is not yet built.
    pub(crate) fn of(&self, items: &[Item]) -> &Index {
        self.0.get_or_init(|| Index::of(items))
    }
}

impl Clone for Lazy {
    fn clone(&self) -> Lazy {
        Lazy::default()
    }
}

impl PartialEq for Lazy {
    fn eq(&self, _: &Lazy) -> bool {
        true
    }
}

impl fmt::Debug for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Index")
    }
}

/// Positions of items by what they carry.
pub(crate) struct Index {
    /// Positions by word, sorted so that words with the same beginning are together.
    pub(crate) words: BTreeMap<String, Vec<u32>>,
    /// For each item the number of its words.
    pub(crate) lengths: Vec<u32>,
    pub(crate) mean_length: f64,
    pub(crate) cas: HashMap<CasNumber, Vec<u32>>,
    pub(crate) elements: HashMap<Element, Vec<u32>>,
    pub(crate) species: HashMap<String, Vec<u32>>,
    /// Customs codes with positions, sorted so that the divisions of a code are together.
    hs: Vec<(HsCode, u32)>,
    pub(crate) references: HashMap<Code, Vec<u32>>,
}

impl Index {
    fn of(items: &[Item]) -> Index {
        let mut index = Index {
            words: BTreeMap::new(),
            lengths: Vec::with_capacity(items.len()),
            mean_length: 0.0,
            cas: HashMap::new(),
            elements: HashMap::new(),
            species: HashMap::new(),
            hs: Vec::new(),
            references: HashMap::new(),
        };
        for (item, at) in items.iter().zip(0u32..) {
            let texts = [
                Some(&item.title),
                item.title_local.as_ref(),
                item.text.as_ref(),
            ];
            let mut words: Vec<String> = texts
                .into_iter()
                .flatten()
                .flat_map(|text| search_terms(text))
                .collect();
            index.lengths.push(words.len() as u32);
            words.sort_unstable();
            words.dedup();
            for word in words {
                index.words.entry(word).or_default().push(at);
            }
            item.cas
                .iter()
                .for_each(|key| index.cas.entry(*key).or_default().push(at));
            item.elements
                .iter()
                .for_each(|key| index.elements.entry(*key).or_default().push(at));
            item.species
                .iter()
                .for_each(|key| index.species.entry(key.key()).or_default().push(at));
            item.hs.iter().for_each(|key| index.hs.push((*key, at)));
            item.refers_to
                .iter()
                .for_each(|key| index.references.entry(*key).or_default().push(at));
        }
        index.hs.sort_unstable();
        let total: f64 = index.lengths.iter().map(|length| f64::from(*length)).sum();
        index.mean_length = (total / items.len().max(1) as f64).max(1.0);
        index
    }

    /// Returns the word itself, or if no item has it, the words that begin with it: "Ebola" finds
    /// "Ebolavirus".
    pub(crate) fn begun(&self, word: &str) -> impl Iterator<Item = (&String, &Vec<u32>)> {
        const SHORTEST: usize = 4;
        let whole = self.words.contains_key(word);
        let owned = word.to_owned();
        self.words
            .range(word.to_owned()..)
            .take_while(move |(found, _)| {
                if whole {
                    **found == owned
                } else {
                    found.starts_with(&owned) && owned.len() >= SHORTEST
                }
            })
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
