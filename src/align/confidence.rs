//! How likely a candidate is right.
//!
//! A logistic curve over what is known of a candidate, fitted on the tuning half of the official lists in `benches/align`: on whole lists, and on lists
//! from which a third of the entries had been taken, so that there was nothing to find. The bench shows on the other half how well it holds.

use crate::align::score::Candidate;
use crate::align::side::Node;

/// The confidence in a candidate by itself, 0 to 1.
pub(super) fn alone(candidates: &[Candidate], rank: usize, left: &Node, right: &Node) -> f64 {
    let candidate = candidates[rank];
    let score = f64::from(candidate.score);
    let order = if candidate.in_order { 1.0 } else { 0.0 };
    let full = f64::from(left.full.cosine(&right.full));
    let own = f64::from(left.own.cosine(&right.own));
    let words = f64::from(left.full.terms().len().min(right.full.terms().len()) as u32 + 1).ln();
    let sum = if left.depth == 0 {
        ENTRY[0] + ENTRY[1] * score + ENTRY[2] * order + ENTRY[3] * words
    } else {
        let rival = candidates.iter().enumerate().filter(|(at, _)| *at != rank).map(|(_, other)| other.score).fold(0.0, f32::max);
        let lead = (score - f64::from(rival)).min(0.2);
        let entry = f64::from(candidate.entry).clamp(0.001, 0.999);
        ITEM[0]
            + ITEM[1] * score
            + ITEM[2] * lead
            + ITEM[3] * order
            + ITEM[4] * full
            + ITEM[5] * own
            + ITEM[6] * (entry / (1.0 - entry)).ln()
    };
    1.0 / (1.0 + (-sum).exp())
}

/// Constant, score, lying in order, how many words there are (as a logarithm).
const ENTRY: [f64; 4] = [-4.38, 5.12, 1.34, 0.36];
/// Constant, score, lead over the next, lying in order, likeness of all words, likeness of the own words, how likely the entry is (as the logarithm of
/// its odds).
const ITEM: [f64; 7] = [-6.6, 9.11, 2.88, 0.69, -4.76, 4.63, 0.22];

/// The confidence in the first candidates of an item. Only one can be right: each has at most what those before it leave, so the best has most.
pub(super) fn ranked(candidates: &[Candidate], count: usize, left: &Node, right: &[Node]) -> Vec<f64> {
    let (mut last, mut rest) = (1.0f64, 1.0f64);
    let mut confidences = Vec::with_capacity(count.min(candidates.len()));
    for (rank, candidate) in candidates.iter().take(count).enumerate() {
        let confidence = alone(candidates, rank, left, &right[candidate.other as usize]).min(rest).min(last);
        rest = (rest - confidence).max(0.0);
        last = confidence;
        confidences.push(confidence);
    }
    confidences
}
