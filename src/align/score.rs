//! A possible counterpart with its signals, and the likeness of two items.

use crate::align::side::{Node, Side};
use crate::align::vector::Vector;
use crate::align::weights;
use crate::code::Code;

/// The bonus for an equal code if codes may be seen. It decides between look-alikes and does not
/// outweigh the words.
pub(super) const SAME_CODE: f32 = 0.08;

/// A possible counterpart with the signals for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The number of the right entry or node.
    pub(super) other: u32,
    pub(super) score: f32,
    /// For a paragraph, the confidence that the entries of both items are counterparts. For an
    /// entry, its score.
    pub(super) entry: f32,
    /// The likeness with the words above. If two entries are paired, it is that of their headings.
    pub(super) full: f32,
    /// The likeness of the own words and of those below. If two entries are paired, it is that of
    /// all their words.
    pub(super) own: f32,
    /// The agreement of references, 0 to 1.
    pub(super) references: f32,
    /// The degree to which the assignment gives the two to each other: 1 if it does so by an order
    /// that can be trusted in full.
    pub(super) in_order: f32,
}

impl Candidate {
    pub(super) fn new(other: u32) -> Candidate {
        Candidate {
            other,
            score: 0.0,
            entry: 0.0,
            full: 0.0,
            own: 0.0,
            references: 0.0,
            in_order: 0.0,
        }
    }
}

/// The settings of a comparison.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// True if equal codes count.
    pub(super) same_code: bool,
    /// True if every pair is weighed, which shows what is lost by weighing only the likely ones.
    pub(super) exhaustive: bool,
}

/// For each item of the left side its candidates, the best first.
pub(super) type Candidates = Vec<Vec<Candidate>>;

pub(super) fn code(side: &Side<'_>, node: u32) -> Code {
    side.list.items()[side.nodes[node as usize].item].code
}

/// Returns the cosine of two vectors, or 1 if both are empty.
pub(super) fn alike(empty: (bool, bool), cosine: impl FnOnce() -> f32) -> f32 {
    match empty {
        (true, true) => 1.0,
        _ => cosine(),
    }
}

/// Returns the likeness of two items by their own words and those below them.
pub(super) fn likeness(left: &Node, right: &Node) -> f32 {
    let cosine = |a: &Vector, b: &Vector| alike((a.is_empty(), b.is_empty()), || a.cosine(b));
    let own = cosine(&left.own, &right.own);
    match (left.below.is_empty(), right.below.is_empty()) {
        (true, true) => own,
        _ => own + weights::BELOW * (cosine(&left.below, &right.below) - own),
    }
}
