//! Drafts a crosswalk of two lists, with or without their codes, in one language or two.
//!
//! [`Aligner::align`] returns an [`Alignment`]: for each item of the left list its likely
//! counterparts, each with a confidence and its evidence in words. The work has six stages:
//!
//! 1. `text`: gives terms in one spelling and one style of numbers. CAS numbers stay whole,
//!    references to codes are kept apart, and Chinese goes through a `glossary`.
//! 2. `vector`, `side`: take each item's own words, with the words above it, and with those below
//!    it. A word weighs more if it is rare in both lists.
//! 3. `entries`, `items`: find candidates that share rare words, or are below a likely counterpart
//!    of the entry. For software and technology, the counterparts of their references count
//!    ("software for 3B001" follows 3B001), and so does their purpose. A paragraph can be paired
//!    with an entry, because lists differ in how deep they are.
//!    `knowledge` rules pairs out that are different elements, or two species of one genus. It
//!    lowers pairs of a thing with its parts, a salt with a base, and a remainder with a thing
//!    itself, and compares figures in any unit.
//! 4. `assign`, `order`: find the weightiest way to pair items one to one without crossings,
//!    because lists of one family keep their order. It counts as far as the sure pairs keep the
//!    order. If they do not, the likeliest pair is given first.
//! 5. `confidence`: computes how likely the best candidate is right. It was fitted on official
//!    lists and on the same lists in other shapes. Software and technology are not likelier than
//!    what they are for.
//! 6. `relation`: proposes a relation by the thresholds, and gives the evidence in words.
//!
//! It needs no network and no model weights, and the same input gives the same output. With the
//! feature `rayon` it uses all cores, and the output is the same bit for bit. If the codes
//! are hidden it compares no number and no label. It still uses the order and the tree of each
//! list. It also uses categories and product groups, which are headings of the lists, as far as
//! they agree with what the items say.
//!
//! Its result is a proposal. It can say that there is no counterpart, and it leaves undecided what
//! it cannot tell.
//!
//! # Limits
//!
//! - The Chinese glossary has the words of export control. A text in a language other than English
//!   or Chinese is compared word by word only.
//! - Entries that only point to another agency are paired by their headings, and the evidence says
//!   so.
//! - On lists of very few words the confidence is less certain than on official texts.
//!
//! `benches/align` measures recall, precision, calibration and speed on official lists.

mod assign;
mod chemical;
mod confidence;
mod draft;
mod entries;
mod glossary;
mod items;
mod knowledge;
mod order;
mod parallel;
mod relation;
mod score;
mod side;
mod text;
mod vector;
mod weights;

use std::collections::BTreeSet;

use crate::code::Code;
use crate::crosswalk::{Crosswalk, Evidence, EvidenceKind, Justification, Mapping, Relation, Side};
use crate::error::Error;
use crate::list::ItemState;
use crate::list::{ControlList, ListId};
use crate::quantity::Stated;

use draft::Draft;
use score::Candidate;
use side::weigh;
use vector::Vocabulary;

/// Aligns two lists.
///
/// ```
/// use export_control::align::Aligner;
/// use export_control::ControlList;
/// let mine = ControlList::from_csv("# list: mine\ncode,title\n1A001,Balancing machines for flexible rotors\n1A002,Gyro test tables\n".as_bytes())?;
/// let theirs = ControlList::from_csv("# list: theirs\ncode,title\n7B004,Tables for testing gyros\n9B229,Rotor balancing machines\n".as_bytes())?;
/// let alignment = Aligner::default().hide_codes(true).align(&mine, &theirs);
/// let best = &alignment.of("1A001".parse()?)[0];
/// assert_eq!(best.right, "9B229".parse()?);
/// println!("{} with confidence {:.2}: {:?}", best.right, best.confidence, best.evidence);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Aligner {
    hide_codes: bool,
    top: usize,
    exhaustive: bool,
}

impl Default for Aligner {
    fn default() -> Aligner {
        Aligner {
            hide_codes: false,
            top: 5,
            exhaustive: false,
        }
    }
}

/// A likely counterpart of an item.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Proposal {
    /// The item of the left list.
    pub left: Code,
    /// The item of the right list.
    pub right: Code,
    /// The relation of the left item's scope to the right one's, by their words and thresholds.
    pub relation: Relation,
    /// The probability that the right item is the counterpart, 0 to 1. Of the proposals at 0.9,
    /// nine in ten were right on lists like those that it was fitted on.
    pub confidence: f64,
    /// The evidence for it, in words.
    pub evidence: Vec<Evidence>,
}

/// Likely counterparts for every item of a list.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Alignment {
    left: ListId,
    right: ListId,
    items: Vec<(Code, Vec<Proposal>)>,
    /// The items that can never be said to have no counterpart: they, or the whole right list, say
    /// nothing that the aligner understands.
    #[cfg_attr(feature = "serde", serde(default))]
    obscure: BTreeSet<Code>,
    /// The highest confidence that an item has no counterpart.
    #[cfg_attr(feature = "serde", serde(default = "certain"))]
    most_for_none: f64,
}

/// Returns the bound for an alignment that was stored without one: there was none then.
#[cfg(feature = "serde")]
fn certain() -> f64 {
    1.0
}

impl Aligner {
    /// Hides the codes, so that equal ones are not evidence. By default they are weak evidence,
    /// because two lists of one family number much alike.
    #[must_use]
    pub fn hide_codes(mut self, hide: bool) -> Aligner {
        self.hide_codes = hide;
        self
    }

    /// Sets the most proposals for an item. The default is 5.
    #[must_use]
    pub fn top(mut self, count: usize) -> Aligner {
        self.top = count;
        self
    }

    /// Weighs every pair instead of the likely ones only. It is slow, and shows what is lost by
    /// weighing only those.
    #[must_use]
    pub fn exhaustive(mut self, exhaustive: bool) -> Aligner {
        self.exhaustive = exhaustive;
        self
    }

    /// Proposes counterparts on the right list for every item of the left one that says anything,
    /// in its text or else in its title.
    pub fn align(&self, left: &ControlList, right: &ControlList) -> Alignment {
        let mut vocabulary = Vocabulary::default();
        let han = draft::is_chinese(left) && draft::is_chinese(right);
        let drafts = [
            Draft::new(left, &mut vocabulary, han),
            Draft::new(right, &mut vocabulary, han),
        ];
        let sides = weigh(drafts, &vocabulary);
        let [ours, theirs] = &sides;
        let how = score::How {
            same_code: !self.hide_codes,
            exhaustive: self.exhaustive,
        };
        let terms = vocabulary.len();
        let (entries, index) = parallel::both(
            || entries::pair(ours, theirs, terms, how),
            || items::index(theirs, terms),
        );
        let lists = confidence::Lists {
            typical: confidence::typical(&entries.candidates, ours, theirs),
            likeness: f64::from(entries.likeness),
        };
        let stated = [ours, theirs].map(|side| {
            let one =
                |(): &mut (), node: &side::Node| relation::stated(&side.list.items()[node.item]);
            parallel::map(&side.nodes, || (), one)
        });
        let mut nodes = items::pair(ours, theirs, &entries, lists, &stated, index, how);
        let one = |(): &mut (), node: &side::Node| {
            let list = &nodes[node.at as usize];
            confidence::ranked(list, self.top.max(1), node, theirs, lists)
        };
        let mut confidences: Vec<Vec<f64>> = parallel::map(&ours.nodes, || (), one);
        // Only these are shown. On long lists the others take up much of the memory.
        for list in &mut nodes {
            list.truncate(self.top);
            list.shrink_to_fit();
        }
        confidence::cap(ours, &mut confidences);
        let entry_count = ours.entries.len().min(theirs.entries.len());
        Alignment {
            left: left.id().clone(),
            right: right.id().clone(),
            items: self.proposals(&sides, &stated, &vocabulary, &nodes, &confidences),
            obscure: obscure(&sides, &vocabulary, han),
            most_for_none: confidence::most_for_none(lists, entries.sure, entry_count),
        }
    }

    /// Returns the proposals of each left item that says anything.
    fn proposals(
        &self,
        sides: &[side::Side<'_>; 2],
        stated: &[Vec<Stated>; 2],
        vocabulary: &Vocabulary,
        nodes: &[Vec<Candidate>],
        confidences: &[Vec<f64>],
    ) -> Vec<(Code, Vec<Proposal>)> {
        let left = &sides[0];
        let one = |(): &mut (), node: &side::Node| {
            let at = node.at as usize;
            let propose = |(candidate, confidence): (&Candidate, &f64)| {
                self.proposal(sides, stated, vocabulary, at, candidate, *confidence)
            };
            let likely = nodes[at].iter().zip(&confidences[at]).take(self.top);
            let says = !node.full.is_empty();
            says.then(|| {
                let code = left.list.items()[node.item].code;
                (code, likely.map(propose).collect())
            })
        };
        let all = parallel::map(&left.nodes, || (), one);
        all.into_iter().flatten().collect()
    }

    fn proposal(
        &self,
        [ours, theirs]: &[side::Side<'_>; 2],
        stated: &[Vec<Stated>; 2],
        vocabulary: &Vocabulary,
        at: usize,
        candidate: &Candidate,
        confidence: f64,
    ) -> Proposal {
        let node = &ours.nodes[at];
        let there = &theirs.nodes[candidate.other as usize];
        let (item, other) = (
            &ours.list.items()[node.item],
            &theirs.list.items()[there.item],
        );
        let likeness = score::likeness(node, there);
        let (our_figures, their_figures) = (&stated[0][at], &stated[1][candidate.other as usize]);
        let mut evidence = in_words(node, there, vocabulary);
        let figures = relation::shared(our_figures, their_figures);
        if !figures.is_empty() {
            evidence.push(Evidence::new(
                EvidenceKind::Quantity,
                figures[..figures.len().min(4)].join(", "),
            ));
        }
        if candidate.references > 0.0 {
            evidence.push(Evidence::new(
                EvidenceKind::Reference,
                "both refer to entries that correspond",
            ));
        }
        if candidate.in_order >= 0.5 {
            evidence.push(Evidence::new(
                EvidenceKind::Place,
                "in the order of both lists",
            ));
        }
        if !self.hide_codes && item.code == other.code {
            evidence.push(Evidence::new(EvidenceKind::Code, "equal codes"));
        }
        if other.state == ItemState::Empty {
            evidence.push(Evidence::new(
                EvidenceKind::Other,
                "a heading that holds nothing: controlled elsewhere",
            ));
        }
        Proposal {
            left: item.code,
            right: other.code,
            relation: relation::relation(our_figures, their_figures, likeness),
            confidence,
            evidence,
        }
    }
}

impl Alignment {
    /// Returns the left list's name.
    pub fn left(&self) -> &ListId {
        &self.left
    }

    /// Returns the right list's name.
    pub fn right(&self) -> &ListId {
        &self.right
    }

    /// Returns every item of the left list that says anything, in list order. Each is with its
    /// proposals, the best first.
    pub fn items(&self) -> impl ExactSizeIterator<Item = (Code, &[Proposal])> {
        self.items
            .iter()
            .map(|(code, proposals)| (*code, proposals.as_slice()))
    }

    /// Returns the proposals for an item of the left list, the best first. There are none if the
    /// item says nothing, or if nothing is like it.
    pub fn of(&self, code: Code) -> &[Proposal] {
        self.items
            .binary_search_by_key(&code, |(code, _)| *code)
            .map_or(&[], |at| &self.items[at].1)
    }

    /// Returns the alignment as a crosswalk of proposals. It has the proposals of an item from this
    /// confidence up, at most `top` of them. If the best one has so little that `1 - confidence`
    /// reaches the threshold, the item has no counterpart, with that confidence.
    ///
    /// In between an item is undecided and has no mapping. So is an item that says nothing in
    /// English, Chinese or keys, and every item if the right list says nothing in them. If the
    /// lists have little in common throughout, the confidence in having no counterpart is lower. If
    /// the right list looks foreign as a whole, no item is said to have none.
    ///
    /// # Errors
    /// A list's name cannot be written before a colon.
    pub fn crosswalk(&self, threshold: f64, top: usize) -> Result<Crosswalk, Error> {
        self.crosswalk_down_to(threshold, threshold, top)
    }

    /// Returns the same with further proposals for an item whose best one is in it: those from the
    /// second confidence up, and still at most `top`.
    ///
    /// # Errors
    /// A list's name cannot be written before a colon.
    pub fn crosswalk_down_to(
        &self,
        threshold: f64,
        least: f64,
        top: usize,
    ) -> Result<Crosswalk, Error> {
        let mut mappings = Vec::new();
        for (code, proposals) in self.items() {
            let best = proposals.first().map_or(0.0, |best| best.confidence);
            if best >= threshold {
                let kept = proposals.iter().take(top);
                mappings.extend(kept.filter(|one| one.confidence >= least).map(mapping));
                continue;
            }
            let none = (1.0 - best).min(self.most_for_none);
            if none >= threshold && !self.obscure.contains(&code) {
                let mut mapping =
                    Mapping::no_counterpart(Side::Left, code, Justification::CompositeMatching);
                mapping.confidence = Some(round(none));
                mappings.push(mapping);
            }
        }
        Crosswalk::new(self.left.clone(), self.right.clone(), mappings)
    }
}

/// Returns the CAS numbers and the words that two items share.
fn in_words(node: &side::Node, there: &side::Node, vocabulary: &Vocabulary) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut words = Vec::new();
    for term in node.own.shared(&there.own) {
        let (shown, term) = (vocabulary.shown(term), vocabulary.term(term));
        if term.starts_with("cas ") {
            evidence.push(Evidence::new(EvidenceKind::Cas, shown));
        } else if !term.starts_with(|c: char| c.is_ascii_digit()) && !words.contains(&shown) {
            words.push(shown);
        }
    }
    if !words.is_empty() {
        let words = words[..words.len().min(6)].join(", ");
        evidence.push(Evidence::new(EvidenceKind::Words, words));
    }
    evidence
}

fn mapping(proposal: &Proposal) -> Mapping {
    let mut mapping = Mapping::pair(
        proposal.left,
        proposal.right,
        proposal.relation,
        Justification::CompositeMatching,
    );
    mapping.confidence = Some(round(proposal.confidence));
    mapping.evidence.clone_from(&proposal.evidence);
    mapping
}

/// Returns the left items that cannot be said to have no counterpart.
fn obscure(
    [left, right]: &[side::Side<'_>; 2],
    vocabulary: &Vocabulary,
    han: bool,
) -> BTreeSet<Code> {
    let understood = |node: &side::Node| {
        let mut terms = node.full.terms().iter();
        terms.any(|(term, _)| is_understood(vocabulary.term(*term), han))
    };
    let there_is_text = right.nodes.iter().any(understood);
    let says = |node: &&side::Node| !node.full.is_empty();
    let obscure = left
        .nodes
        .iter()
        .filter(says)
        .filter(|node| !there_is_text || !understood(node));
    obscure
        .map(|node| left.list.items()[node.item].code)
        .collect()
}

/// Returns true if a term is a word of a language that the aligner reads, or a CAS number. A letter
/// or a figure alone says too little.
fn is_understood(term: &str, han: bool) -> bool {
    let word = term.len() > 1 && term.bytes().all(|byte| byte.is_ascii_alphabetic());
    word || term.starts_with("cas ") || han && term.chars().any(crate::text::chars::is_chinese)
}

/// Rounds a confidence to what is known of it.
fn round(confidence: f64) -> f64 {
    (confidence * 1000.0).round() / 1000.0
}
