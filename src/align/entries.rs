//! Pairs the entries: first by their words, then also by how the entries that they refer to were
//! paired.

use crate::align::assign::{self, Shift};
use crate::align::order::Pair;
use crate::align::parallel;
use crate::align::score::{Candidate, Candidates, How, SAME_CODE, code};
use crate::align::side::{Entry, Side};
use crate::align::vector::{Index, Open, Scratch, Vector};
use crate::align::weights;
use crate::code::ProductGroup;

/// The number of times that the entries are paired, each time with what the last pairing says of
/// their references.
const PASSES: usize = 3;
/// The most possible counterparts that are weighed in full for an item.
pub(super) const WEIGHED: usize = 60;
/// The most places of the index that are weighed in full for an item.
pub(super) const FOUND: usize = 30;
/// The most places of the index that are read for an item. It bounds the effort on long lists.
pub(super) const EFFORT: usize = 2000;

/// The candidates of the entries, and how far the order of both lists can be trusted.
pub(super) struct Paired {
    pub(super) candidates: Candidates,
    pub(super) trust: f32,
    /// The number of sure pairs.
    pub(super) sure: usize,
    /// The median likeness of the sure pairs.
    pub(super) likeness: f32,
    /// The degree to which the lists share a family: `likeness`, times the part of the shorter
    /// list's entries that have a sure counterpart.
    pub(super) family: f32,
}

/// A possible counterpart that was found by its words.
#[derive(Debug, Clone, Copy)]
struct Found {
    other: u32,
    score: f32,
    /// The likeness of all words of both entries.
    whole: f32,
    /// The likeness of both headings.
    head: f32,
    /// The bonus for the same category, or 0 if the categories differ.
    category: f32,
    /// The weight of the agreement of references.
    references: f32,
}

/// Returns how far the references of two entries agree, 0 to 1. `mapped` has the counterparts of
/// what the left entry refers to, and `other` has what the right one refers to.
pub(super) fn agreement(mapped: &[u32], other: &[u32]) -> f32 {
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

/// Returns how much an entry depends on what it refers to, 0 to 1. Software and technology depend
/// on it, and more so if they have few words. Other entries do not.
pub(super) fn dependence(entry: &Entry) -> f32 {
    let words = entry.whole.terms().len() as f32;
    let sparse = (1.0 - words / weights::FEW_WORDS).clamp(0.0, 1.0);
    match entry.group {
        ProductGroup::D | ProductGroup::E => {
            weights::DEPENDENCE + (1.0 - weights::DEPENDENCE) * sparse
        }
        _ => 0.0,
    }
}

/// Returns the part of the purposes of two entries that both have, or one half if neither entry
/// names a purpose.
fn same_purpose(left: u8, right: u8) -> f32 {
    match (left | right).count_ones() {
        0 => 0.5,
        either => (left & right).count_ones() as f32 / either as f32,
    }
}

/// The vectors of a left entry, open for comparison with many right ones, and room to search.
struct Search {
    whole: Open,
    head: Open,
    referred: Open,
    scratch: Scratch,
}

impl Search {
    fn new(terms: usize) -> Search {
        Search {
            whole: Open::new(terms),
            head: Open::new(terms),
            referred: Open::new(terms),
            scratch: Scratch::default(),
        }
    }

    fn open(&mut self, entry: &Entry) {
        self.whole.open(&entry.whole);
        self.head.open(&entry.head);
        self.referred.open(&entry.referred);
    }

    fn close(&mut self, entry: &Entry) {
        self.whole.close(&entry.whole);
        self.head.close(&entry.head);
        self.referred.close(&entry.referred);
    }
}

/// Weighs two entries by everything but the pairing of their references. The left one is open.
fn weigh(
    left: &Side<'_>,
    right: &Side<'_>,
    entry: &Entry,
    other: u32,
    how: How,
    open: &Search,
) -> Found {
    let there = &right.entries[other as usize];
    let dependence = dependence(entry).min(dependence(there));
    let whole = open.whole.cosine(&there.whole);
    let head = open.head.cosine(&there.head);
    let text = weights::WHOLE * whole
        + weights::HEADING * head
        + weights::COVERED * open.head.covered(&there.whole)
        + weights::COVERS * open.whole.covers(&there.head);
    let mut score = text * (1.0 - weights::DEPENDENT_TEXT * dependence);
    if entry.group == there.group {
        score += weights::GROUP;
        if matches!(entry.group, ProductGroup::D | ProductGroup::E) {
            score += weights::INTANGIBLE
                + weights::PURPOSE * same_purpose(entry.purposes, there.purposes);
        }
    }
    if dependence > 0.0 {
        score += dependence * weights::REFERRED * open.referred.cosine(&there.referred);
    }
    if how.same_code && code(left, entry.node) == code(right, there.node) {
        score += SAME_CODE;
    }
    let facts = &left.nodes[entry.node as usize].facts;
    let other_facts = &right.nodes[there.node as usize].facts;
    score -= facts.contradiction(other_facts) + facts.left_over(other_facts);
    let category = if entry.category == there.category {
        weights::CATEGORY + weights::DEPENDENT_CATEGORY * dependence
    } else {
        0.0
    };
    Found {
        other,
        score,
        whole,
        head,
        category,
        references: dependence * weights::REFERENCES,
    }
}

/// Returns for each left entry the right ones that are found by their words. They remain the same
/// while the references are paired.
fn found(left: &Side<'_>, right: &Side<'_>, terms: usize, how: How) -> Vec<Vec<Found>> {
    let index = |of: fn(&Entry) -> &Vector| Index::new(terms, right.entries.iter().map(of));
    let (wholes, (heads, referred)) = parallel::both(
        || index(|entry| &entry.whole),
        || (index(|entry| &entry.head), index(|entry| &entry.referred)),
    );
    let one = |search: &mut Search, at: &usize| {
        let entry = &left.entries[*at];
        let near = *at as f64 / left.entries.len() as f64;
        let mut found: Vec<u32> = if how.exhaustive {
            (0..right.entries.len() as u32).collect()
        } else {
            let mut found = Vec::with_capacity(4 * WEIGHED);
            let scratch = &mut search.scratch;
            for (index, vector) in [
                (&wholes, &entry.whole),
                (&heads, &entry.head),
                (&wholes, &entry.head),
            ] {
                found.extend(index.find(scratch, vector, WEIGHED, EFFORT, near));
            }
            if dependence(entry) > 0.0 {
                found.extend(referred.find(scratch, &entry.referred, WEIGHED / 2, EFFORT, near));
            }
            found
        };
        found.sort_unstable();
        found.dedup();
        search.open(entry);
        let own = &left.nodes[entry.node as usize].facts;
        let excluded = |other: &u32| {
            let there = &right.entries[*other as usize];
            own.excludes(&right.nodes[there.node as usize].facts)
        };
        let weighed = found
            .into_iter()
            .filter(|other| !excluded(other))
            .map(|other| weigh(left, right, entry, other, how, search));
        let weighed = weighed.collect();
        search.close(entry);
        weighed
    };
    let all: Vec<usize> = (0..left.entries.len()).collect();
    parallel::map(&all, || Search::new(terms), one)
}

/// Returns for each entry the entries that refer to it.
fn referring(side: &Side<'_>) -> Vec<Vec<u32>> {
    let mut referring: Vec<Vec<u32>> = vec![Vec::new(); side.entries.len()];
    for (at, entry) in side.entries.iter().enumerate() {
        for other in &entry.references {
            referring[*other as usize].push(at as u32);
        }
    }
    referring
}

/// Returns the counterparts of the entries that an entry refers to.
pub(super) fn mapped(entry: &Entry, candidates: &Candidates) -> Vec<u32> {
    let mut mapped: Vec<u32> = Vec::new();
    if dependence(entry) > 0.0 {
        let best = |other: &u32| Some(candidates.get(*other as usize)?.first()?.other);
        mapped.extend(entry.references.iter().filter_map(best));
        mapped.sort_unstable();
        mapped.dedup();
    }
    mapped
}

/// Returns how far equal categories can be trusted, 0 to 1, by the part of the sure pairs that have
/// them. Two lists may number their categories by other rules.
fn trust_in_categories(sure: &[Pair], left: &Side<'_>, right: &Side<'_>) -> f32 {
    let equal = sure.iter().filter(|pair| {
        left.entries[pair.left as usize].category == right.entries[pair.right as usize].category
    });
    let part = equal.count() as f32 / sure.len().max(1) as f32;
    ((part - 0.3) / 0.4).clamp(0.0, 1.0)
}

/// Returns the median likeness of the entries of the sure pairs.
fn likeness(sure: &[Pair], left: &Side<'_>, right: &Side<'_>) -> f32 {
    let of = |pair: &Pair| {
        let there = &right.entries[pair.right as usize];
        left.entries[pair.left as usize].whole.cosine(&there.whole)
    };
    let mut alike: Vec<f32> = sure.iter().map(of).collect();
    alike.sort_unstable_by(f32::total_cmp);
    alike.get(alike.len() / 2).copied().unwrap_or(0.0)
}

/// Returns right entries that were not found by words, and that refer to counterparts of the left
/// entry's references.
fn more(mapped: &[u32], referring: &[Vec<u32>], found: &[Found]) -> Vec<u32> {
    let mut more: Vec<u32> = mapped
        .iter()
        .flat_map(|other| referring[*other as usize].iter().take(WEIGHED).copied())
        .collect();
    more.sort_unstable();
    more.dedup();
    more.retain(|other| {
        found
            .binary_search_by_key(other, |found| found.other)
            .is_err()
    });
    more
}

/// Makes a candidate of what was found, given the pairing of its references.
fn candidate(right: &Side<'_>, mapped: &[u32], categories: f32, found: Found) -> Candidate {
    let references = if found.references > 0.0 {
        agreement(mapped, &right.entries[found.other as usize].references)
    } else {
        0.0
    };
    Candidate {
        score: found.score + found.category * categories + found.references * references,
        full: found.head,
        own: found.whole,
        references,
        ..Candidate::new(found.other)
    }
}

/// Pairs all entries.
pub(super) fn pair(left: &Side<'_>, right: &Side<'_>, terms: usize, how: How) -> Paired {
    let found = found(left, right, terms, how);
    let referring = referring(right);
    let mut paired = Paired {
        candidates: Candidates::new(),
        trust: 1.0,
        sure: 0,
        likeness: 0.0,
        family: 0.0,
    };
    let mut categories = 1.0;
    let all: Vec<usize> = (0..left.entries.len()).collect();
    for _ in 0..PASSES {
        let one = |search: &mut Search, at: &usize| {
            let (entry, found) = (&left.entries[*at], &found[*at]);
            let mapped = mapped(entry, &paired.candidates);
            let more = more(&mapped, &referring, found);
            search.open(entry);
            let more: Vec<Found> = more
                .into_iter()
                .map(|other| weigh(left, right, entry, other, how, search))
                .collect();
            search.close(entry);
            let candidate = |found| candidate(right, &mapped, categories, found);
            let mut list: Vec<Candidate> =
                found.iter().copied().chain(more).map(candidate).collect();
            assign::sort(&mut list);
            list
        };
        let mut candidates = parallel::map(&all, || Search::new(terms), one);
        let sure = assign::sure_pairs(&candidates, right.entries.len());
        categories = trust_in_categories(&sure, left, right);
        paired.trust = assign::trust(&sure);
        let entries = left.entries.len().min(right.entries.len()).max(1);
        paired.sure = sure.len();
        paired.likeness = likeness(&sure, left, right);
        paired.family = paired.likeness * sure.len() as f32 / entries as f32;
        let shift = Shift {
            assigned: weights::ENTRY_ORDER,
            taken: weights::ENTRY_TAKEN,
        };
        assign::assign(
            &mut candidates,
            right.entries.len(),
            None,
            paired.trust,
            shift,
        );
        paired.candidates = candidates;
    }
    paired
}
