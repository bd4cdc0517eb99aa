//! Searches a list by words, CAS number, element, species, customs code or code.
//!
//! Each list has one index, which is built on the first search. A look-up then visits only what it
//! finds.
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
//! assert_eq!(fluoride.code().entry().to_string(), "1C350");
//! let cn = export_control::cn_dual_use();
//! assert!(cn.with_hs("2841".parse()?).any(|item| item.code().to_string() == "1C117.d.1"));
//! # Ok::<(), export_control::ParseError>(())
//! ```

use std::collections::BTreeMap;
use std::fmt;

use super::search_index::Keys;
use crate::code::{Answer, Classification, Code, ListId};
use crate::identifier::{CasNumber, Element, HsCode, Species};
use crate::list::ControlList;
use crate::list::Item;
use crate::text::words::search_terms;

/// An item that a search found.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SearchHit<'a> {
    /// The item.
    pub item: &'a Item,
    /// The quality of the fit, from above 0 to 1. A key that is the whole query gives 1. Words give
    /// less, and rare ones more than common ones. Scores of two queries cannot be compared.
    pub score: f64,
    /// The parts of the item that matched, keys before words.
    pub matched: Vec<MatchedBy>,
}

/// A part of an item that matched a query.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum MatchedBy {
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
    /// Words of its titles or its text, as the index has them: lower case, without the plural;
    /// pairs of Chinese characters.
    Words(Vec<String>),
}

/// Reads a query that is nothing but codes: those that it asks of a list. `None` if it is anything
/// else, or if a person would have to say what is meant.
fn codes(query: &str, list: &ListId) -> Option<Vec<Code>> {
    let mut codes = Vec::new();
    for answer in Answer::read(query) {
        let answer = answer.ok().filter(|answer| !answer.is_open())?;
        let Classification::Code(code) = answer.classification else {
            return None;
        };
        if answer.prefix.is_none_or(|prefix| prefix.names(list)) {
            codes.push(code);
        }
    }
    Some(codes)
}

impl fmt::Display for MatchedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MatchedBy::Code(code) => write!(f, "code {code}"),
            MatchedBy::Cas(cas) => write!(f, "CAS {cas}"),
            MatchedBy::Element(element) => write!(f, "element {element}"),
            MatchedBy::Species(species) => write!(f, "species {species}"),
            MatchedBy::Hs(hs) => write!(f, "HS {hs}"),
            MatchedBy::Words(words) => write!(f, "words {}", words.join(" ")),
        }
    }
}

impl ControlList {
    fn keys(&self) -> &Keys {
        self.lazy_index().keys(self.items())
    }

    fn at<'a>(&'a self, positions: &'a [u32]) -> impl Iterator<Item = &'a Item> {
        positions.iter().map(|at| &self.items()[*at as usize])
    }

    /// Searches the list. The best hits come first, and equal ones are in list order.
    ///
    /// The query is tried as a code, a CAS number, a customs code, an element (by its CAS number
    /// too) and a species. It is also tried as words of the titles in both languages, and of the
    /// official text if a reader loaded it. A word that no item has is tried as the beginning of
    /// other words. A query without a letter is a key or nothing: its figures are not words.
    ///
    /// Codes are read as [`Answer::read`] does: `us-ccl:3A001.b` names its list, and the reason of
    /// `3A001 (NS)` is not searched.
    ///
    /// ```
    /// let hits = export_control::cn_dual_use().find("dysprosium");
    /// let first = hits.first().expect("a controlled element");
    /// assert_eq!(first.item.code().to_string(), "1C905");
    /// assert_eq!(first.matched[0].to_string(), "element Dy");
    /// ```
    pub fn find(&self, query: &str) -> Vec<SearchHit<'_>> {
        let query = query.trim();
        let mut found: BTreeMap<u32, (f64, Vec<MatchedBy>)> = BTreeMap::new();
        let codes = codes(query, self.id());
        for (at, key) in self.by_key(query, codes.as_deref().unwrap_or_default()) {
            let (score, matched) = found.entry(at).or_default();
            *score = 1.0;
            if !matched.contains(&key) {
                matched.push(key);
            }
        }
        let words = match codes {
            Some(codes) => codes.iter().map(ToString::to_string).collect(),
            None => vec![query.to_owned()],
        };
        let words = words.join(" ");
        let words = if words.contains(char::is_alphabetic) {
            self.by_words(&words)
        } else {
            BTreeMap::new()
        };
        for (at, (score, words)) in words {
            let (best, matched) = found.entry(at).or_default();
            *best = best.max(score);
            matched.push(MatchedBy::Words(words));
        }
        let mut hits: Vec<SearchHit<'_>> = found
            .into_iter()
            .map(|(at, (score, matched))| SearchHit {
                item: &self.items()[at as usize],
                score,
                matched,
            })
            .collect();
        // Stable: list order among equals.
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits
    }

    fn by_key(&self, query: &str, codes: &[Code]) -> Vec<(u32, MatchedBy)> {
        let index = self.keys();
        let mut found = Vec::new();
        for code in codes {
            if let Some(at) = self.position(*code) {
                found.push((at as u32, MatchedBy::Code(*code)));
            }
        }
        let mut all = |positions: &[u32], matched: MatchedBy| {
            found.extend(positions.iter().map(|at| (*at, matched.clone())));
        };
        if let Ok(cas) = query.parse::<CasNumber>() {
            all(index.cas.with(&cas), MatchedBy::Cas(cas));
        }
        // A list names an element by its name, so that its CAS number is another way to write it.
        let cas = query.parse::<CasNumber>().ok();
        let element = query.parse::<Element>().ok();
        if let Some(element) = element.or_else(|| cas.and_then(Element::from_cas)) {
            all(index.elements.with(&element), MatchedBy::Element(element));
        }
        if let Ok(species) = query.parse::<Species>() {
            all(
                index.species.with(species.key().as_str()),
                MatchedBy::Species(species),
            );
        }
        if let Ok(hs) = query.parse::<HsCode>() {
            found.extend(index.hs(hs).map(|(code, at)| (at, MatchedBy::Hs(code))));
        }
        found
    }

    /// Scores after BM25, as a share of what an item of one word each would get.
    fn by_words(&self, query: &str) -> BTreeMap<u32, (f64, Vec<String>)> {
        const K: f64 = 1.2;
        const B: f64 = 0.75;
        let index = self.lazy_index().words(self.items());
        let mut wanted: Vec<String> = search_terms(query).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let items = index.items() as f64;
        let mean_length = index.mean_length();
        let weight =
            |count: usize| (1.0 + (items - count as f64 + 0.5) / (count as f64 + 0.5)).ln();
        let best: f64 = wanted
            .iter()
            .map(|word| weight(index.with(word).len()) * (K + 1.0) / (1.0 + K * (1.0 - B)))
            .sum();
        let mut found: BTreeMap<u32, (f64, Vec<String>)> = BTreeMap::new();
        for word in wanted {
            for (begun, positions) in index.begun(&word) {
                // A word that only begins with the wanted one is worth less.
                let weight = weight(positions.len()) * if begun == word { 1.0 } else { 0.5 };
                for at in positions {
                    let length = index.length(*at) / mean_length;
                    let (score, matched) = found.entry(*at).or_default();
                    let term = weight * (K + 1.0) / (1.0 + K * (1.0 - B + B * length)) / best;
                    *score = (*score + term).min(1.0);
                    matched.push(begun.to_owned());
                }
            }
        }
        found
    }

    /// The items whose text states a CAS number, in list order.
    pub fn with_cas(&self, cas: CasNumber) -> impl Iterator<Item = &Item> {
        self.at(self.keys().cas.with(&cas))
    }

    /// Returns the items that name an element as the controlled thing, in list order. Items below
    /// them may be of it too without naming it again.
    ///
    /// ```
    /// let tungsten = export_control::us_ccl().with_element("W".parse()?);
    /// assert!(tungsten.map(|item| item.code().to_string()).any(|code| code == "1C226"));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn with_element(&self, element: Element) -> impl Iterator<Item = &Item> {
        self.at(self.keys().elements.with(&element))
    }

    /// The items that name a species, a virus or a toxin, in list order.
    ///
    /// ```
    /// let anthrax = "Bacillus anthracis".parse()?;
    /// assert_eq!(export_control::us_ccl().with_species(&anthrax).count(), 1);
    /// assert_eq!(export_control::cn_dual_use().with_species(&anthrax).count(), 1);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn with_species(&self, species: &Species) -> impl Iterator<Item = &Item> {
        self.at(self.keys().species.with(species.key().as_str()))
    }

    /// The items whose notice gives a customs code for reference that is this one, a division of
    /// it, or one that it divides; in the order of the codes, an item once for each. Empty for
    /// the US list, which publishes none.
    pub fn with_hs(&self, hs: HsCode) -> impl Iterator<Item = &Item> {
        self.keys().hs(hs).map(|(_, at)| &self.items()[at as usize])
    }

    /// The items that refer to a code, in list order: what [`Item::refers_to`] says, from the other
    /// side. Only the code itself counts, not its ancestors.
    ///
    /// ```
    /// let us = export_control::us_ccl();
    /// assert!(us.referring_to("2B001".parse()?).any(|item| item.code().to_string() == "2D001.a"));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn referring_to(&self, code: Code) -> impl Iterator<Item = &Item> {
        self.at(self.keys().references.with(&code))
    }
}
