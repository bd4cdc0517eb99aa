//! Finds the items that could be counterparts, and scores them: the third and fourth stage.

use crate::align::confidence;
use crate::align::order::{Pair, chain};
use crate::align::side::{Entry, Node, Side};
use crate::align::vector::{Index, Open, Vector};
use crate::code::{Code, ProductGroup};

/// What each signal counts for. Chosen on the tuning half of the official lists in `benches/align`;
/// nothing hangs on the last figure.
mod weights {
    /// All words of both entries.
    pub(super) const WHOLE: f32 = 0.45;
    /// The words of both headings.
    pub(super) const HEADING: f32 = 0.25;
    /// The part of the left heading that the right entry has words for.
    pub(super) const COVERED: f32 = 0.21;
    /// The part of the right heading that the left entry has words for.
    pub(super) const COVERS: f32 = 0.1;
    /// How much less the words of an entry count that depends on what it refers to.
    pub(super) const DEPENDENT_TEXT: f32 = 0.6;
    /// The same product group.
    pub(super) const GROUP: f32 = 0.12;
    /// The same category.
    pub(super) const CATEGORY: f32 = 0.03;
    /// The same category, for entries that depend on what they refer to.
    pub(super) const DEPENDENT_CATEGORY: f32 = 0.06;
    /// The same product group, for software and for technology, beyond that.
    pub(super) const INTANGIBLE: f32 = 0.1;
    /// Software or technology for the same purpose: development, production, use.
    pub(super) const PURPOSE: f32 = 0.1;
    /// The words of what both refer to.
    pub(super) const REFERRED: f32 = 0.3;
    /// References that are paired with each other.
    pub(super) const REFERENCES: f32 = 0.6;
    /// Lying in the order of both lists, for entries.
    pub(super) const ENTRY_ORDER: f32 = 0.14;
    /// Being given to another by the order, for entries.
    pub(super) const ENTRY_TAKEN: f32 = 0.05;
    /// How much it counts against an entry that it refers to more than the other.
    pub(super) const REFERENCE_PRECISION: f32 = 0.5;
    /// Below this many different words an entry depends on what it refers to.
    pub(super) const FEW_WORDS: f32 = 40.0;
    /// How much software and technology depend on what they refer to, however many words they have.
    pub(super) const DEPENDENCE: f32 = 0.34;
    /// The words of both items with those above them.
    pub(super) const FULL: f32 = 0.4;
    /// The own words of both items, and what stands below them.
    pub(super) const OWN: f32 = 0.35;
    /// HistoryState in entries that correspond.
    pub(super) const ENTRY: f32 = 0.15;
    /// HistoryState under items that correspond.
    pub(super) const PARENT: f32 = 0.2;
    /// How much of the latter is what stands below.
    pub(super) const BELOW: f32 = 0.4;
    /// Lying in the order of both lists.
    pub(super) const ORDER: f32 = 0.1;
    /// Being given to another by the order.
    pub(super) const TAKEN: f32 = 0.05;
    /// Candidates below this part of the best one take no part in the assignment.
    pub(super) const CUT: f32 = 0.5;
}

/// How often the entries are paired anew with what is known of their references.
const PASSES: usize = 3;
/// In how many of the likeliest entries all items are weighed.
const LIKELY: usize = 4;

/// A possible counterpart with what speaks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The other side's entry, or node.
    pub(super) other: u32,
    pub(super) score: f32,
    /// How likely the entries that both stand in are counterparts.
    pub(super) entry: f32,
    /// How much what both refer to agrees.
    pub(super) references: f32,
    /// Whether it lies on the order-keeping chain.
    pub(super) in_order: bool,
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

/// How many possible counterparts are weighed in full for each item.
const WEIGHED: usize = 60;
/// How many places of the index are looked at for one item, which bounds the effort on long lists.
const EFFORT: usize = 15_000;
/// The most items of an entry that are all weighed because the entry is likely.
const NARROW: u32 = 1500;
/// How many candidates of an item take part in the assignment.
const ASSIGNED: usize = 12;

/// What an equal code is worth where codes may be seen: enough between look-alikes, and not against
/// the words.
const SAME_CODE: f32 = 0.08;

fn code(side: &Side<'_>, node: u32) -> Code {
    side.list.items()[side.nodes[node as usize].item].code
}

/// How much of what an entry refers to agrees with what another refers to, once the entries in
/// between are paired.
fn agreement(mapped: &[u32], other: &[u32]) -> f32 {
    if mapped.is_empty() || other.is_empty() {
        return 0.0;
    }
    let both = mapped
        .iter()
        .filter(|entry| other.binary_search(entry).is_ok())
        .count();
    let (recall, precision) = (
        both as f32 / mapped.len() as f32,
        both as f32 / other.len() as f32,
    );
    recall * (weights::REFERENCE_PRECISION * precision.sqrt() + 1.0 - weights::REFERENCE_PRECISION)
}

/// How much an entry depends on what it refers to: software and technology do, and whatever has few
/// words of its own.
fn dependence(entry: &Entry) -> f32 {
    let words = entry.whole.terms().len() as f32;
    let sparse = (1.0 - words / weights::FEW_WORDS).clamp(0.0, 1.0);
    match entry.group {
        ProductGroup::D | ProductGroup::E => {
            weights::DEPENDENCE + (1.0 - weights::DEPENDENCE) * sparse
        }
        _ => 0.0,
    }
}

/// How far what two entries are for agrees, 0 to 1; a half where neither says it.
fn same_purpose(left: u8, right: u8) -> f32 {
    match (left | right).count_ones() {
        0 => 0.5,
        either => (left & right).count_ones() as f32 / either as f32,
    }
}

/// What speaks for two entries apart from the pairing of their references; and how much that
/// pairing counts.
fn entry_score(left: &Entry, right: &Entry) -> (f32, f32) {
    let dependence = dependence(left).min(dependence(right));
    let text = weights::WHOLE * left.whole.cosine(&right.whole)
        + weights::HEADING * left.head.cosine(&right.head)
        + weights::COVERED * left.head.covered(&right.whole)
        + weights::COVERS * right.head.covered(&left.whole);
    let mut score = text * (1.0 - weights::DEPENDENT_TEXT * dependence);
    if left.group == right.group {
        score += weights::GROUP;
        if matches!(left.group, ProductGroup::D | ProductGroup::E) {
            score += weights::INTANGIBLE
                + weights::PURPOSE * same_purpose(left.purposes, right.purposes);
        }
    }
    if left.category == right.category {
        score += weights::CATEGORY + weights::DEPENDENT_CATEGORY * dependence;
    }
    if dependence > 0.0 {
        score += dependence * weights::REFERRED * left.referred.cosine(&right.referred);
    }
    (score, dependence * weights::REFERENCES)
}

/// Pairs the entries: first by what they say, then with what the first pairing says of their
/// references.
pub(super) fn entries(left: &Side<'_>, right: &Side<'_>, terms: usize, how: How) -> Candidates {
    let mut wholes = Index::new(terms, right.entries.iter().map(|entry| &entry.whole));
    let mut heads = Index::new(terms, right.entries.iter().map(|entry| &entry.head));
    let mut referred = Index::new(terms, right.entries.iter().map(|entry| &entry.referred));
    let mut referring: Vec<Vec<u32>> = vec![Vec::new(); right.entries.len()];
    for (at, entry) in right.entries.iter().enumerate() {
        entry
            .references
            .iter()
            .for_each(|other| referring[*other as usize].push(at as u32));
    }
    let weigh = |entry: &Entry, other: u32| {
        let there = &right.entries[other as usize];
        let (mut score, references) = entry_score(entry, there);
        if how.same_code && code(left, entry.node) == code(right, there.node) {
            score += SAME_CODE;
        }
        (other, score, references)
    };
    // For each entry what is found by its words: it stays the same while the references are paired.
    let found: Vec<Vec<(u32, f32, f32)>> = left
        .entries
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            let near = at as f64 / left.entries.len() as f64;
            let mut found: Vec<u32> = if how.exhaustive {
                (0..right.entries.len() as u32).collect()
            } else {
                let mut found = wholes.find(&entry.whole, WEIGHED, EFFORT, near);
                found.extend(heads.find(&entry.head, WEIGHED, EFFORT, near));
                found.extend(wholes.find(&entry.head, WEIGHED, EFFORT, near));
                if dependence(entry) > 0.0 {
                    found.extend(referred.find(&entry.referred, WEIGHED / 2, EFFORT, near));
                }
                found
            };
            found.sort_unstable();
            found.dedup();
            found.into_iter().map(|other| weigh(entry, other)).collect()
        })
        .collect();
    let mut candidates: Candidates = Vec::new();
    for _ in 0..PASSES {
        let best: Vec<Option<u32>> = candidates
            .iter()
            .map(|list: &Vec<Candidate>| list.first().map(|best| best.other))
            .collect();
        candidates = left
            .entries
            .iter()
            .zip(&found)
            .map(|(entry, found)| {
                let depends = dependence(entry) > 0.0;
                let mut mapped: Vec<u32> = Vec::new();
                if depends {
                    mapped.extend(
                        entry
                            .references
                            .iter()
                            .filter_map(|other| best.get(*other as usize).copied().flatten()),
                    );
                    mapped.sort_unstable();
                    mapped.dedup();
                }
                let mut more: Vec<u32> = mapped
                    .iter()
                    .flat_map(|other| referring[*other as usize].iter().take(WEIGHED).copied())
                    .collect();
                more.sort_unstable();
                more.dedup();
                more.retain(|other| {
                    found
                        .binary_search_by_key(other, |(found, ..)| *found)
                        .is_err()
                });
                let more = more.into_iter().map(|other| weigh(entry, other));
                let candidate = |(other, score, counts): (u32, f32, f32)| {
                    let references = if counts > 0.0 {
                        agreement(&mapped, &right.entries[other as usize].references)
                    } else {
                        0.0
                    };
                    let score = score + counts * references;
                    Candidate {
                        other,
                        score,
                        entry: score,
                        references,
                        in_order: false,
                    }
                };
                found.iter().copied().chain(more).map(candidate).collect()
            })
            .collect();
        assign(
            &mut candidates,
            right.entries.len(),
            weights::ENTRY_ORDER,
            weights::ENTRY_TAKEN,
        );
    }
    candidates
}

/// Sorts candidates after raising those on the order-keeping chain, and lowering those that the
/// chain gives to others.
fn assign(candidates: &mut Candidates, right: usize, order: f32, taken: f32) {
    let sort = |list: &mut Vec<Candidate>| {
        list.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.other.cmp(&b.other)))
    };
    let mut pairs = Vec::new();
    for (at, list) in candidates.iter_mut().enumerate() {
        sort(list);
        let top = list.first().map_or(0.0, |best| best.score);
        pairs.extend(
            list.iter()
                .take(ASSIGNED)
                .filter(|candidate| candidate.score > top * weights::CUT)
                .map(|candidate| Pair {
                    left: at as u32,
                    right: candidate.other,
                    weight: candidate.score.max(0.0).powi(3),
                }),
        );
    }
    let mut owner = vec![u32::MAX; right];
    for at in chain(&pairs) {
        owner[pairs[at].right as usize] = pairs[at].left;
    }
    for (at, list) in candidates.iter_mut().enumerate() {
        for candidate in list.iter_mut() {
            match owner[candidate.other as usize] {
                u32::MAX => {}
                holder if holder == at as u32 => {
                    candidate.in_order = true;
                    candidate.score += order;
                }
                _ => candidate.score -= taken,
            }
        }
        sort(list);
    }
}

/// How likely the first candidates of an entry are right.
fn likelihoods(
    list: &[Candidate],
    entry: &Entry,
    left: &Side<'_>,
    right: &Side<'_>,
    typical: f64,
) -> Vec<f32> {
    let node = &left.nodes[entry.node as usize];
    let of = |(rank, c): (usize, &Candidate)| {
        confidence::alone(
            list,
            rank,
            node,
            &right.nodes[right.entries[c.other as usize].node as usize],
            typical,
        ) as f32
    };
    list.iter().take(2 * LIKELY).enumerate().map(of).collect()
}

/// How alike two items' own words are, and what stands below them.
pub(super) fn likeness(left: &Node, right: &Node) -> f32 {
    let alike = |a: &Vector, b: &Vector| {
        if a.is_empty() && b.is_empty() {
            1.0
        } else {
            a.cosine(b)
        }
    };
    together(left, right, alike(&left.own, &right.own), || {
        alike(&left.below, &right.below)
    })
}

fn together(left: &Node, right: &Node, own: f32, below: impl FnOnce() -> f32) -> f32 {
    if left.below.is_empty() && right.below.is_empty() {
        return own;
    }
    own + weights::BELOW * (below() - own)
}

/// Pairs all items, given the entries' candidates.
pub(super) fn items(
    left: &Side<'_>,
    right: &Side<'_>,
    entries: &Candidates,
    typical: f64,
    terms: usize,
    how: How,
) -> Candidates {
    let empty = Vector::default();
    let mut index = Index::new(
        terms,
        right
            .nodes
            .iter()
            .map(|node| if node.depth > 0 { &node.full } else { &empty }),
    );
    let likely: Vec<Vec<f32>> = entries
        .iter()
        .zip(&left.entries)
        .map(|(list, entry)| likelihoods(list, entry, left, right, typical))
        .collect();
    let mut candidates: Candidates = Vec::with_capacity(left.nodes.len());
    // What is looked up for every pair lies open: by the other side's entries and nodes, and by
    // terms.
    let mut by_entry = vec![(0.0f32, 0.0f32); right.entries.len()];
    let mut opened: Option<u32> = None;
    let mut by_parent = vec![0.0f32; right.nodes.len()];
    let [mut full, mut own, mut below] = [Open::new(terms), Open::new(terms), Open::new(terms)];
    for (at, node) in left.nodes.iter().enumerate() {
        let near = at as f64 / left.nodes.len() as f64;
        let own_entry = &entries[node.entry as usize];
        if node.depth == 0 {
            let as_nodes = own_entry.iter().map(|c| Candidate {
                other: right.entries[c.other as usize].node,
                ..*c
            });
            candidates.push(as_nodes.collect());
            continue;
        }
        if node.full.is_empty() {
            candidates.push(Vec::new());
            continue;
        }
        if opened != Some(node.entry) {
            for candidate in opened.iter().flat_map(|entry| &entries[*entry as usize]) {
                by_entry[candidate.other as usize] = (0.0, 0.0);
            }
            opened = Some(node.entry);
            let top = own_entry.first().map_or(0.0, |best| best.score).max(1e-6);
            let likely = likely[node.entry as usize]
                .iter()
                .copied()
                .chain(std::iter::repeat(0.0));
            for (candidate, likely) in own_entry.iter().zip(likely) {
                by_entry[candidate.other as usize] = (candidate.score / top, likely);
            }
        }
        let above: &[Candidate] = node
            .parent
            .map_or(&[], |parent| candidates[parent as usize].as_slice());
        let top = above.first().map_or(0.0, |best| best.score).max(1e-6);
        above
            .iter()
            .for_each(|candidate| by_parent[candidate.other as usize] = candidate.score / top);
        full.open(&node.full);
        own.open(&node.own);
        below.open(&node.below);

        let mut found = if how.exhaustive {
            (0..right.nodes.len() as u32).collect()
        } else {
            index.find(&node.full, WEIGHED, EFFORT, near)
        };
        for candidate in own_entry.iter().take(LIKELY) {
            let entry = &right.entries[candidate.other as usize];
            // Beyond this an entry is no help in finding: the index alone decides.
            if entry.end - entry.node <= NARROW {
                found.extend(entry.node + 1..entry.end);
            }
        }
        found.sort_unstable();
        found.dedup();
        let code_here = left.list.items()[node.item].code;
        let weigh = |other: u32| {
            let there = &right.nodes[other as usize];
            let (entry, likely) = by_entry[there.entry as usize];
            let alike = |open: &Open, a: &Vector, b: &Vector| {
                if a.is_empty() && b.is_empty() {
                    1.0
                } else {
                    open.cosine(b)
                }
            };
            let likeness = together(node, there, alike(&own, &node.own, &there.own), || {
                alike(&below, &node.below, &there.below)
            });
            let score = weights::FULL * full.cosine(&there.full)
                + weights::OWN * likeness
                + weights::ENTRY * entry
                + weights::PARENT
                    * there
                        .parent
                        .map_or(0.0, |parent| by_parent[parent as usize])
                + if how.same_code && code_here == code(right, other) {
                    SAME_CODE
                } else {
                    0.0
                };
            Candidate {
                other,
                score,
                entry: likely,
                references: 0.0,
                in_order: false,
            }
        };
        let mut list: Vec<Candidate> = found.into_iter().map(weigh).collect();
        list.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.other.cmp(&b.other)));
        // Only what stands above others is looked up again.
        let is_parent = left
            .nodes
            .get(at + 1)
            .is_some_and(|next| next.depth > node.depth);
        list.truncate(if is_parent { WEIGHED } else { ASSIGNED });
        list.shrink_to_fit();
        above
            .iter()
            .for_each(|candidate| by_parent[candidate.other as usize] = 0.0);
        full.close(&node.full);
        own.close(&node.own);
        below.close(&node.below);
        candidates.push(list);
    }
    assign(
        &mut candidates,
        right.nodes.len(),
        weights::ORDER,
        weights::TAKEN,
    );
    candidates
}
