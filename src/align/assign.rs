//! Assigns the items of one list to those of the other, one to one. If the sure pairs keep the
//! order of both lists, the assignment keeps it too. If they do not, it gives the likeliest pair
//! first.

use std::cmp::Ordering;

use crate::align::order::{Pair, chain};
use crate::align::parallel;
use crate::align::score::{Candidate, Candidates};
use crate::align::side::Side;
use crate::align::weights;

/// The most candidates of an item that take part in the assignment.
pub(super) const ASSIGNED: usize = 12;

/// The least lead of the best candidate in a sure pair, as a part of its score.
const AHEAD: f32 = 0.1;
/// The least number of sure pairs that say something of the order.
const FEW: usize = 6;
/// The part of the sure pairs on one chain from which the order counts, and the part from which it
/// counts in full.
const ORDERLY: (f32, f32) = (0.7, 0.9);

/// The bonus for a pair that is assigned, and the penalty for a pair whose right item is given to
/// another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift {
    pub(super) assigned: f32,
    pub(super) taken: f32,
}

/// Returns the pairs that are sure whatever the order: each item is the other's best candidate, and
/// the left item's best one has a clear lead.
pub(super) fn sure_pairs(candidates: &Candidates, right: usize) -> Vec<Pair> {
    let mut best = vec![(0.0f32, u32::MAX); right];
    for (at, list) in candidates.iter().enumerate() {
        for candidate in list {
            let held = &mut best[candidate.other as usize];
            if candidate.score > held.0 {
                *held = (candidate.score, at as u32);
            }
        }
    }
    let sure = candidates.iter().enumerate().filter_map(|(at, list)| {
        let first = list.first()?;
        let next = list.get(1).map_or(0.0, |next| next.score);
        let ahead = first.score > 0.0 && first.score - next >= AHEAD * first.score;
        (ahead && best[first.other as usize].1 == at as u32).then_some(Pair {
            left: at as u32,
            right: first.other,
            weight: 1.0,
        })
    });
    sure.collect()
}

/// Returns how far the order of both lists can be trusted, 0 to 1, by the part of the sure pairs
/// that are on one chain.
pub(super) fn trust(sure: &[Pair]) -> f32 {
    if sure.len() < FEW {
        return 1.0;
    }
    let part = chain(sure).len() as f32 / sure.len() as f32;
    ((part - ORDERLY.0) / (ORDERLY.1 - ORDERLY.0)).clamp(0.0, 1.0)
}

/// Sorts candidates, the best first.
pub(super) fn sort(list: &mut [Candidate]) {
    list.sort_unstable_by(better);
}

/// Keeps the best candidates, `count` of them at most, and sorts them.
pub(super) fn keep(list: &mut Vec<Candidate>, count: usize) {
    if list.len() > count {
        list.select_nth_unstable_by(count, better);
        list.truncate(count);
    }
    sort(list);
}

/// Returns the order of two candidates, the better one first.
fn better(a: &Candidate, b: &Candidate) -> Ordering {
    b.score.total_cmp(&a.score).then(a.other.cmp(&b.other))
}

/// Raises the candidates that are assigned to each other, lowers those that are given to others,
/// and sorts them. A right item's place in the order is its number if `places` is absent.
pub(super) fn assign(
    candidates: &mut Candidates,
    right: usize,
    places: Option<&[u32]>,
    trust: f32,
    shift: Shift,
) {
    parallel::each(candidates, |list| sort(list));
    let mut pairs = Vec::new();
    for (at, list) in candidates.iter().enumerate() {
        let top = list.first().map_or(0.0, |best| best.score);
        pairs.extend(
            list.iter()
                .take(ASSIGNED)
                .filter(|candidate| candidate.score > top * weights::CUT)
                .map(|candidate| Pair {
                    left: at as u32,
                    right: candidate.other,
                    weight: candidate.score.max(0.0),
                }),
        );
    }
    if trust > 0.0 {
        let owners = in_order(&pairs, right, places);
        give(candidates, &owners, trust, shift);
    }
    if trust < 1.0 {
        let owners = by_weight(pairs, right);
        give(candidates, &owners, (1.0 - trust) * weights::GREEDY, shift);
    }
    parallel::each(candidates, |list| sort(list));
}

/// Returns a place for each right item, by which the paragraphs of entries in another order can
/// still be paired in order. A right entry gets the place of the left entry that it resembles most,
/// and its paragraphs follow it.
pub(super) fn places(left: &Side<'_>, right: &Side<'_>, candidates: &Candidates) -> Vec<u32> {
    let mut partners = vec![(f32::MIN, u32::MAX); right.entries.len()];
    for (at, entry) in left.entries.iter().enumerate() {
        for candidate in &candidates[entry.node as usize] {
            let there = &right.nodes[candidate.other as usize];
            let partner = &mut partners[there.entry as usize];
            if there.depth == 0 && candidate.score > partner.0 {
                *partner = (candidate.score, at as u32);
            }
        }
    }
    let mut order: Vec<u32> = (0..right.entries.len() as u32).collect();
    order.sort_by_key(|entry| partners[*entry as usize].1);
    let mut places = vec![0; right.nodes.len()];
    let mut place = 0;
    for entry in order {
        let entry = &right.entries[entry as usize];
        for node in entry.node..entry.end {
            places[node as usize] = place;
            place += 1;
        }
    }
    places
}

/// Returns for each right item the left one that it is assigned to by the weightiest chain in
/// order.
fn in_order(pairs: &[Pair], right: usize, places: Option<&[u32]>) -> Vec<u32> {
    let placed: Vec<Pair> = pairs
        .iter()
        .map(|pair| Pair {
            right: places.map_or(pair.right, |places| places[pair.right as usize]),
            weight: pair.weight.powi(3),
            ..*pair
        })
        .collect();
    let mut owners = vec![u32::MAX; right];
    for at in chain(&placed) {
        owners[pairs[at].right as usize] = pairs[at].left;
    }
    owners
}

/// Returns for each right item the left one that it is assigned to if the likeliest pair is given
/// first.
fn by_weight(mut pairs: Vec<Pair>, right: usize) -> Vec<u32> {
    pairs.sort_unstable_by(|a, b| {
        (b.weight.total_cmp(&a.weight)).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    let left = pairs.iter().map(|pair| pair.left as usize + 1).max();
    let mut free = vec![true; left.unwrap_or(0)];
    let mut owners = vec![u32::MAX; right];
    for pair in pairs {
        let owner = &mut owners[pair.right as usize];
        if *owner == u32::MAX && free[pair.left as usize] {
            *owner = pair.left;
            free[pair.left as usize] = false;
        }
    }
    owners
}

fn give(candidates: &mut Candidates, owners: &[u32], part: f32, shift: Shift) {
    for (at, list) in candidates.iter_mut().enumerate() {
        for candidate in list.iter_mut() {
            match owners[candidate.other as usize] {
                u32::MAX => {}
                owner if owner == at as u32 => {
                    candidate.in_order += part;
                    candidate.score += part * shift.assigned;
                }
                _ => candidate.score -= part * shift.taken,
            }
        }
    }
}
