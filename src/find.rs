//! Search and look-up: by words, by CAS number, by element, by species, by customs code, by code.
//!
//! Each list has one index, built the first time it is asked, so that a look-up visits what it finds and not the whole list.
//!
//! ```
//! let us = export_control::us_ccl();
//!
//! // In words: the best first, each with what matched.
//! let hits = us.find("hydrogen fluoride");
//! assert!(hits.iter().all(|hit| !hit.matched.is_empty()));
//!
//! // By key: what a machine has.
//! let fluoride = us.with_cas("7664-39-3".parse()?).next().expect("a precursor chemical");
//! assert_eq!(fluoride.code.entry().to_string(), "1C350");
//! let cn = export_control::cn_dual_use();
//! assert!(cn.with_hs("2841".parse()?).any(|item| item.code.to_string() == "1C117.d.1"));
//! # Ok::<(), export_control::ParseKeyError>(())
//! ```

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;

use crate::code::Code;
use crate::item::Item;
use crate::keys::{CasNumber, Element, HsCode, Species};
use crate::letters::is_chinese;
use crate::list::ControlList;

/// An item that a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit<'a> {
    /// The item.
    pub item: &'a Item,
    /// How well it fits, from above 0 to 1. A key that is the whole query gives 1; words give less, rare ones more than common ones. Scores of
    /// two queries cannot be compared.
    pub score: f64,
    /// What matched, keys before words.
    pub matched: Vec<Matched>,
}

/// What of an item matched a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Matched {
    /// Its code.
    Code(Code),
    /// A CAS number that its text states.
    Cas(CasNumber),
    /// An element that it names as the controlled thing.
    Element(Element),
    /// A species or toxin that it names as the controlled thing.
    Species(Species),
    /// A customs code that its notice gives for reference.
    Hs(HsCode),
    /// Words of its titles or its text, as the index has them: lower case, without the plural; pairs of Chinese characters.
    Words(Vec<String>),
}

impl fmt::Display for Matched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Matched::Code(code) => write!(f, "code {code}"),
            Matched::Cas(cas) => write!(f, "CAS {cas}"),
            Matched::Element(element) => write!(f, "element {element}"),
            Matched::Species(species) => write!(f, "species {species}"),
            Matched::Hs(hs) => write!(f, "HS {hs}"),
            Matched::Words(words) => write!(f, "words {}", words.join(" ")),
        }
    }
}

/// The index of a list, built when it is first asked. It follows from the items and takes no part in comparing lists.
#[derive(Default)]
pub(crate) struct Lazy(OnceLock<Index>);

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
struct Index {
    /// Sorted, so that what begins with a word stands together.
    words: BTreeMap<String, Vec<u32>>,
    /// For each item the number of its words.
    lengths: Vec<u32>,
    mean_length: f64,
    cas: HashMap<CasNumber, Vec<u32>>,
    elements: HashMap<Element, Vec<u32>>,
    species: HashMap<String, Vec<u32>>,
    /// Sorted, so that the divisions of a code stand together.
    hs: Vec<(HsCode, u32)>,
    references: HashMap<Code, Vec<u32>>,
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
            let texts = [Some(&item.title), item.title_local.as_ref(), item.text.as_ref()];
            let mut words: Vec<String> = texts.into_iter().flatten().flat_map(|text| words(text)).collect();
            index.lengths.push(words.len() as u32);
            words.sort_unstable();
            words.dedup();
            for word in words {
                index.words.entry(word).or_default().push(at);
            }
            item.cas.iter().for_each(|key| index.cas.entry(*key).or_default().push(at));
            item.elements.iter().for_each(|key| index.elements.entry(*key).or_default().push(at));
            item.species.iter().for_each(|key| index.species.entry(key.key()).or_default().push(at));
            item.hs.iter().for_each(|key| index.hs.push((*key, at)));
            item.refers_to.iter().for_each(|key| index.references.entry(*key).or_default().push(at));
        }
        index.hs.sort_unstable();
        let total: f64 = index.lengths.iter().map(|length| f64::from(*length)).sum();
        index.mean_length = (total / items.len().max(1) as f64).max(1.0);
        index
    }

    /// The word itself, or where no item has it, those that begin with it: "Ebola" finds "Ebolavirus".
    fn begun(&self, word: &str) -> impl Iterator<Item = (&String, &Vec<u32>)> {
        const SHORTEST: usize = 4;
        let whole = self.words.contains_key(word);
        let owned = word.to_owned();
        self.words
            .range(word.to_owned()..)
            .take_while(move |(found, _)| if whole { **found == owned } else { found.starts_with(&owned) && owned.len() >= SHORTEST })
    }

    fn hs(&self, wanted: HsCode) -> impl Iterator<Item = (HsCode, u32)> {
        // A code's divisions follow it; the codes that it divides are few and looked up one by one.
        let start = self.hs.partition_point(|(code, _)| *code < wanted);
        let below = self.hs[start..].iter().take_while(move |(code, _)| wanted.contains(*code));
        let above = wanted.above().flat_map(|code| {
            let start = self.hs.partition_point(|(other, _)| *other < code);
            self.hs[start..].iter().take_while(move |(other, _)| *other == code)
        });
        above.chain(below).copied()
    }
}

/// Words that say nothing of a thing.
const STOP_WORDS: [&str; 16] = ["a", "an", "the", "of", "for", "and", "or", "with", "to", "in", "on", "by", "other", "than", "from", "as"];

/// The words of a text: letters and figures in lower case, without the plural; Chinese in pairs of characters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let runs = text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    runs.flat_map(|run| {
        let mut found: Vec<String> = Vec::new();
        // "LEC法" is a Latin word and a Chinese one.
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let chinese = is_chinese(first);
            let end = rest.find(|c| is_chinese(c) != chinese).unwrap_or(rest.len());
            let (part, tail) = rest.split_at(end);
            rest = tail;
            if chinese {
                let chars: Vec<char> = part.chars().collect();
                match chars[..] {
                    [c] => found.push(c.to_string()),
                    _ => found.extend(chars.windows(2).map(|pair| pair.iter().collect())),
                }
            } else {
                let word = part.to_lowercase();
                if !STOP_WORDS.contains(&word.as_str()) {
                    found.push(singular(word));
                }
            }
        }
        found
    })
}

fn singular(mut word: String) -> String {
    if word.len() > 3 && word.is_ascii() && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") {
        word.pop();
    }
    word
}

impl ControlList {
    fn index(&self) -> &Index {
        self.lazy_index().0.get_or_init(|| Index::of(self.items()))
    }

    fn at<'a>(&'a self, positions: Option<&'a Vec<u32>>) -> impl Iterator<Item = &'a Item> {
        positions.into_iter().flatten().map(|at| &self.items()[*at as usize])
    }

    /// Searches the list. The query is tried as a code, a CAS number, a customs code, an element and a species, and as words of the titles in
    /// both languages (and of the official text, where a reader loaded it), where none has a word by what begins with it. A query without a letter is a key or nothing: its figures are no
    /// words. The best hits come first, equal ones in list order.
    ///
    /// ```
    /// let hits = export_control::cn_dual_use().find("dysprosium");
    /// let first = hits.first().expect("a controlled element");
    /// assert_eq!(first.item.code.to_string(), "1C905");
    /// assert_eq!(first.matched[0].to_string(), "element Dy");
    /// ```
    pub fn find(&self, query: &str) -> Vec<Hit<'_>> {
        let query = query.trim();
        let mut found: BTreeMap<u32, (f64, Vec<Matched>)> = BTreeMap::new();
        for (at, key) in self.by_key(query) {
            let (score, matched) = found.entry(at).or_default();
            *score = 1.0;
            if !matched.contains(&key) {
                matched.push(key);
            }
        }
        let words = if query.contains(char::is_alphabetic) { self.by_words(query) } else { BTreeMap::new() };
        for (at, (score, words)) in words {
            let (best, matched) = found.entry(at).or_default();
            *best = best.max(score);
            matched.push(Matched::Words(words));
        }
        let mut hits: Vec<Hit<'_>> =
            found.into_iter().map(|(at, (score, matched))| Hit { item: &self.items()[at as usize], score, matched }).collect();
        // Stable: list order among equals.
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits
    }

    fn by_key(&self, query: &str) -> Vec<(u32, Matched)> {
        let index = self.index();
        let mut found = Vec::new();
        if let Ok(code) = query.parse::<Code>()
            && let Some(at) = self.position(code)
        {
            found.push((at as u32, Matched::Code(code)));
        }
        let mut all = |positions: Option<&Vec<u32>>, matched: Matched| {
            found.extend(positions.into_iter().flatten().map(|at| (*at, matched.clone())));
        };
        if let Ok(cas) = query.parse::<CasNumber>() {
            all(index.cas.get(&cas), Matched::Cas(cas));
        }
        if let Ok(element) = query.parse::<Element>() {
            all(index.elements.get(&element), Matched::Element(element));
        }
        if let Ok(species) = query.parse::<Species>() {
            all(index.species.get(&species.key()), Matched::Species(species));
        }
        if let Ok(hs) = query.parse::<HsCode>() {
            found.extend(index.hs(hs).map(|(code, at)| (at, Matched::Hs(code))));
        }
        found
    }

    /// Scores after BM25, as a share of what an item of one word each would get.
    fn by_words(&self, query: &str) -> BTreeMap<u32, (f64, Vec<String>)> {
        const K: f64 = 1.2;
        const B: f64 = 0.75;
        let index = self.index();
        let mut wanted: Vec<String> = words(query).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let items = index.lengths.len() as f64;
        let weight = |count: usize| (1.0 + (items - count as f64 + 0.5) / (count as f64 + 0.5)).ln();
        let best: f64 =
            wanted.iter().map(|word| weight(index.words.get(word).map_or(0, Vec::len)) * (K + 1.0) / (1.0 + K * (1.0 - B))).sum();
        let mut found: BTreeMap<u32, (f64, Vec<String>)> = BTreeMap::new();
        for word in wanted {
            for (begun, positions) in index.begun(&word) {
                // What only begins with the word is worth less.
                let weight = weight(positions.len()) * if *begun == word { 1.0 } else { 0.5 };
                for at in positions {
                    let length = f64::from(index.lengths[*at as usize]) / index.mean_length;
                    let (score, matched) = found.entry(*at).or_default();
                    let term = weight * (K + 1.0) / (1.0 + K * (1.0 - B + B * length)) / best;
                    *score = (*score + term).min(1.0);
                    matched.push(begun.clone());
                }
            }
        }
        found
    }

    /// The items whose text states a CAS number, in list order.
    pub fn with_cas(&self, cas: CasNumber) -> impl Iterator<Item = &Item> {
        self.at(self.index().cas.get(&cas))
    }

    /// The items that name an element as the controlled thing, in list order. What stands below them may be of it too without naming it again.
    ///
    /// ```
    /// let tungsten = export_control::us_ccl().with_element("W".parse()?);
    /// assert!(tungsten.map(|item| item.code.to_string()).any(|code| code == "1C226"));
    /// # Ok::<(), export_control::ParseKeyError>(())
    /// ```
    pub fn with_element(&self, element: Element) -> impl Iterator<Item = &Item> {
        self.at(self.index().elements.get(&element))
    }

    /// The items that name a species, a virus or a toxin, in list order.
    ///
    /// ```
    /// let anthrax = "Bacillus anthracis".parse()?;
    /// assert_eq!(export_control::us_ccl().with_species(&anthrax).count(), 1);
    /// assert_eq!(export_control::cn_dual_use().with_species(&anthrax).count(), 1);
    /// # Ok::<(), export_control::ParseKeyError>(())
    /// ```
    pub fn with_species(&self, species: &Species) -> impl Iterator<Item = &Item> {
        self.at(self.index().species.get(&species.key()))
    }

    /// The items whose notice gives a customs code for reference that is this one, a division of it, or one that it divides; in the order of the
    /// codes, an item once for each. Empty for the US list, which publishes none.
    pub fn with_hs(&self, hs: HsCode) -> impl Iterator<Item = &Item> {
        self.index().hs(hs).map(|(_, at)| &self.items()[at as usize])
    }

    /// The items that refer to a code, in list order: what [`Item::refers_to`] says, from the other side. Only the code itself counts, not its
    /// ancestors.
    ///
    /// ```
    /// let us = export_control::us_ccl();
    /// assert!(us.referring_to("2B001".parse()?).any(|item| item.code.to_string() == "2D001.a"));
    /// # Ok::<(), export_control::ParseCodeError>(())
    /// ```
    pub fn referring_to(&self, code: Code) -> impl Iterator<Item = &Item> {
        self.at(self.index().references.get(&code))
    }
}
