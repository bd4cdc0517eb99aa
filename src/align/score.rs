//! What is known of a possible counterpart, and how alike two items are.

use crate::align::side::{Node, Side};
use crate::align::vector::Vector;
use crate::align::weights;
use crate::code::Code;

/// What an equal code is worth where codes may be seen: enough between look-alikes, and not against
/// the words.
pub(super) const SAME_CODE: f32 = 0.08;

/// A possible counterpart with what speaks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The other side's entry, or node.
    pub(super) other: u32,
    pub(super) score: f32,
    /// How likely the entries that both belong to are counterparts.
    pub(super) entry: f32,
    /// How alike all words are, those above included.
    pub(super) full: f32,
    /// How alike the own words are.
    pub(super) own: f32,
    /// How much what both refer to agrees.
    pub(super) references: f32,
    /// How far it is assigned: 1 on the chain of an order that can be trusted.
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

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    /// Whether equal codes count.
    pub(super) same_code: bool,
    /// Whether every pair is weighed, for measuring what pruning loses.
    pub(super) exhaustive: bool,
}

/// For each item of the left side its candidates, the best first.
pub(super) type Candidates = Vec<Vec<Candidate>>;

pub(super) fn code(side: &Side<'_>, node: u32) -> Code {
    side.list.items()[side.nodes[node as usize].item].code
}

/// The cosine of two vectors; nothing is wholly like nothing.
pub(super) fn alike(empty: (bool, bool), cosine: impl FnOnce() -> f32) -> f32 {
    match empty {
        (true, true) => 1.0,
        _ => cosine(),
    }
}

/// How alike two items' own words are, and what is below them.
pub(super) fn likeness(left: &Node, right: &Node) -> f32 {
    let cosine = |a: &Vector, b: &Vector| alike((a.is_empty(), b.is_empty()), || a.cosine(b));
    let own = cosine(&left.own, &right.own);
    match (left.below.is_empty(), right.below.is_empty()) {
        (true, true) => own,
        _ => own + weights::BELOW * (cosine(&left.below, &right.below) - own),
    }
}
