//! Computes how likely a candidate is right.
//!
//! The confidence is a logistic curve. It was fitted on the tuning half of the official lists in
//! `benches/align`: on whole lists, and on lists without a third of their entries, so that some
//! queries had nothing to find. The bench shows on the other half how well it holds.
//!
//! The overall likeness of the two lists is a feature too. If most entries have a twin, a candidate
//! that is half alike is likely wrong. Between lists in two languages, a likeness of one half is
//! high.

use crate::align::score::{Candidate, Candidates};
use crate::align::side::{Node, Side};
use crate::code::ProductGroup;

/// The likeness of two lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lists {
    /// The median likeness of an entry's heading and that of its best candidate.
    pub(super) typical: f64,
    /// The median likeness of the sure pairs of entries.
    pub(super) likeness: f64,
}

/// Returns the confidence in a candidate by itself, 0 to 1.
pub(super) fn alone(
    candidates: &[Candidate],
    rank: usize,
    left: &Node,
    right: &Node,
    lists: Lists,
) -> f64 {
    let candidate = candidates[rank];
    let score = f64::from(candidate.score);
    let order = f64::from(candidate.in_order).min(1.0);
    let (full, own) = (f64::from(candidate.full), f64::from(candidate.own));
    let lead = lead(candidates, rank);
    let references = f64::from(candidate.references);
    let Lists { typical, likeness } = lists;
    let crosses = f64::from(u8::from((left.depth == 0) != (right.depth == 0)));
    let sum = if left.depth == 0 {
        let words = left.full.terms().len().min(right.full.terms().len());
        let words = f64::from(words as u32 + 1).ln();
        let features = [
            1.0,
            score,
            order,
            words,
            typical,
            typical * score,
            lead,
            likeness,
            references,
            crosses,
            full,
            own,
        ];
        dot(&ENTRY, &features)
    } else {
        let entry = f64::from(candidate.entry).clamp(0.001, 0.999);
        let odds = (entry / (1.0 - entry)).ln();
        let uneven = f64::from(u8::from(left.below.is_empty() != right.below.is_empty()));
        let features = [
            1.0,
            score,
            lead,
            order,
            full,
            own,
            odds,
            typical,
            typical * full,
            likeness,
            crosses,
            references,
            uneven,
        ];
        dot(&ITEM, &features)
    };
    1.0 / (1.0 + (-sum).exp())
}

/// Returns the lead of a candidate's score over that of the best other one, 0.2 at most.
fn lead(candidates: &[Candidate], rank: usize) -> f64 {
    let others = candidates.iter().enumerate().filter(|(at, _)| *at != rank);
    let rival = others.map(|(_, other)| other.score).fold(0.0, f32::max);
    (f64::from(candidates[rank].score) - f64::from(rival)).min(0.2)
}

fn dot<const N: usize>(weights: &[f64; N], features: &[f64; N]) -> f64 {
    weights.iter().zip(features).map(|(a, b)| a * b).sum()
}

/// The weights of the features of an entry's candidate, in this order:
/// - a constant, the score, the degree of assignment, the logarithm of the number of words;
/// - the likeness of the lists, that likeness times the score, the lead over the other candidates;
/// - the likeness of the sure pairs, the agreement of references, crossing levels;
/// - the likeness of the headings, the likeness of all words.
const ENTRY: [f64; 12] = [
    -5.21, 5.02, 3.83, 0.68, -1.83, 2.98, 2.23, -4.89, -1.32, 0.86, -2.1, 2.11,
];
/// The weights of the features of a paragraph's candidate, in this order:
/// - a constant, the score, the lead over the other candidates, the degree of assignment;
/// - the likeness with the words above, the likeness of the own words, the logarithm of the odds
///   that both entries are counterparts;
/// - the likeness of the lists, that likeness times the one with the words above, the likeness of
///   the sure pairs;
/// - crossing levels, the agreement of references, having items below on one side alone.
const ITEM: [f64; 13] = [
    -3.34, 1.17, 2.12, 2.99, 1.02, 5.71, 0.4, -5.07, 0.12, 2.2, 0.74, 0.34, -0.22,
];

/// Returns the median likeness of an entry's heading and that of its best candidate.
pub(super) fn typical(entries: &Candidates, left: &Side<'_>, right: &Side<'_>) -> f64 {
    let pairs = entries
        .iter()
        .zip(&left.entries)
        .filter_map(|(list, entry)| {
            Some((entry.node, right.entries[list.first()?.other as usize].node))
        });
    let mut alike: Vec<f32> = pairs
        .map(|(node, other)| {
            left.nodes[node as usize]
                .full
                .cosine(&right.nodes[other as usize].full)
        })
        .collect();
    alike.sort_unstable_by(f32::total_cmp);
    alike.get(alike.len() / 2).copied().map_or(0.0, f64::from)
}

/// Lowers the confidence in software and technology to the best one among what they refer to. They
/// cannot be likelier counterparts than the things that they are for.
pub(super) fn cap(side: &Side<'_>, confidences: &mut [Vec<f64>]) {
    for group in [ProductGroup::D, ProductGroup::E] {
        for entry in side.entries.iter().filter(|entry| entry.group == group) {
            for node in entry.node..entry.end {
                let references = match node == entry.node {
                    true => &entry.references,
                    false => &side.nodes[node as usize].references,
                };
                let of = |other: &u32| {
                    let node = side.entries[*other as usize].node;
                    confidences[node as usize].first().copied().unwrap_or(0.0)
                };
                if let Some(most) = references.iter().map(of).reduce(f64::max) {
                    let list = &mut confidences[node as usize];
                    list.iter_mut().for_each(|one| *one = one.min(most));
                }
            }
        }
    }
}

/// Returns the highest confidence that an item has no counterpart, 0 to 1. If the lists have little
/// in common, an item that is not found may still be there in other words. It is 0 if the lists
/// look foreign to each other, and 1 if they have too few entries to tell.
pub(super) fn most_for_none(lists: Lists, sure: usize, entries: usize) -> f64 {
    if entries < FEW {
        return 1.0;
    }
    let (foreign, alike) = FOREIGN;
    if lists.likeness < foreign || sure * 10 < entries {
        return 0.0;
    }
    0.5 + 0.5 * ((lists.likeness - foreign) / (alike - foreign)).min(1.0)
}

/// The least number of entries that show the nature of a list.
const FEW: usize = 10;
/// The likeness of the sure pairs below which a list looks foreign, and the likeness from which it
/// can be sure that an item has no counterpart.
const FOREIGN: (f64, f64) = (0.3, 0.75);

/// Returns the confidence in the first candidates of an item. Only one can be right, so each gets
/// at most what those before it leave, and the best gets most.
pub(super) fn ranked(
    candidates: &[Candidate],
    count: usize,
    left: &Node,
    right: &Side<'_>,
    lists: Lists,
) -> Vec<f64> {
    let (mut last, mut rest) = (1.0f64, 1.0f64);
    let mut confidences = Vec::with_capacity(count.min(candidates.len()));
    for (rank, candidate) in candidates.iter().take(count).enumerate() {
        let confidence = alone(
            candidates,
            rank,
            left,
            &right.nodes[candidate.other as usize],
            lists,
        )
        .min(rest)
        .min(last);
        rest = (rest - confidence).max(0.0);
        last = confidence;
        confidences.push(confidence);
    }
    confidences
}
