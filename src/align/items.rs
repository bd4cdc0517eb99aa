//! Pairs all items, given the entries' candidates. Levels cross: an entry can be the counterpart of
//! a paragraph, because a flatter list has as an entry what a deeper one has as a paragraph.

use crate::align::assign::{self, ASSIGNED, Shift};
use crate::align::confidence::{self, Lists};
use crate::align::entries::{self, EFFORT, Paired, WEIGHED};
use crate::align::order::Pair;
use crate::align::score::{Candidate, Candidates, How, SAME_CODE, alike, code};
use crate::align::side::{Node, Side};
use crate::align::vector::{Index, Open};
use crate::align::weights;
use crate::code::ProductGroup;

/// In how many of the likeliest entries all items are weighed.
const LIKELY: usize = 4;
/// The most items of an entry that are all weighed because the entry is likely.
const NARROW: u32 = 1500;

/// What is looked up for every pair: by the other side's entries and nodes, and by terms.
struct Search<'a> {
    left: &'a Side<'a>,
    right: &'a Side<'a>,
    index: Index,
    how: How,
    lists: Lists,
    /// What counts against a pair of a paragraph and an entry: more if the lists are of one family.
    crossing: f32,
    /// The same for a left entry.
    entry_crossing: f32,
    /// For each right entry the score beside the best, and how likely it is.
    by_entry: Vec<(f32, f32)>,
    /// The right entries that the left entry at hand can be, the likeliest first.
    likely: Vec<u32>,
    /// For each right node how well it goes with what is above the left item at hand.
    by_parent: Vec<f32>,
    /// What the entries that the left item at hand refers to are paired with.
    mapped: Vec<u32>,
    full: Open,
    own: Open,
    below: Open,
    whole: Open,
}

/// Pairs all items.
pub(super) fn pair(
    left: &Side<'_>,
    right: &Side<'_>,
    entries: &Paired,
    lists: Lists,
    terms: usize,
    how: How,
) -> Candidates {
    let mut search = Search::new(left, right, entries, lists, terms, how);
    let mut candidates: Candidates = Vec::with_capacity(left.nodes.len());
    for (at, node) in left.nodes.iter().enumerate() {
        let list = if node.depth == 0 {
            let list = search.entry(node, at, &entries.candidates);
            search.open_entry(node, &list);
            list
        } else if node.full.is_empty() {
            Vec::new()
        } else {
            let above = node
                .parent
                .map_or(&[][..], |parent| &candidates[parent as usize]);
            search.paragraph(node, at, above, &entries.candidates)
        };
        candidates.push(list);
    }
    let places = (entries.trust < 1.0).then(|| places(left, right, &candidates));
    let mut sure = assign::sure_pairs(&candidates, right.nodes.len());
    if let Some(places) = &places {
        let place = |pair: &mut Pair| pair.right = places[pair.right as usize];
        sure.iter_mut().for_each(place);
    }
    let shift = Shift {
        assigned: weights::ORDER,
        taken: weights::TAKEN,
    };
    let trust = assign::trust(&sure);
    assign::assign(
        &mut candidates,
        right.nodes.len(),
        places.as_deref(),
        trust,
        shift,
    );
    candidates
}

/// What counts against a pair of a paragraph and an entry: the more, the more the lists are of one
/// family.
fn crossing(family: f32) -> f32 {
    let (from, to) = weights::FAMILY;
    weights::CROSSING + weights::FAMILY_CROSSING * ((family - from) / (to - from)).clamp(0.0, 1.0)
}

/// What counts against a paragraph for an entry beyond that: less, the fewer items the entries of
/// the left list have beside those of the right one.
fn entry_crossing(left: &Side<'_>, right: &Side<'_>) -> f32 {
    let items = |side: &Side<'_>| side.nodes.len() as f32 / side.entries.len().max(1) as f32;
    let (from, to) = weights::FLAT;
    let part = (items(left) / items(right).max(1.0) - from) / (to - from);
    weights::ENTRY_CROSSING * part.clamp(0.0, 1.0)
}

/// A place for each right item: its entry is where the left entry is that it goes best with. For
/// lists whose entries have another order, the paragraphs of one entry can still have the same.
fn places(left: &Side<'_>, right: &Side<'_>, candidates: &Candidates) -> Vec<u32> {
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

impl<'a> Search<'a> {
    fn new(
        left: &'a Side<'a>,
        right: &'a Side<'a>,
        entries: &Paired,
        lists: Lists,
        terms: usize,
        how: How,
    ) -> Search<'a> {
        Search {
            left,
            right,
            index: Index::new(terms, right.nodes.iter().map(|node| &node.full)),
            how,
            lists,
            crossing: crossing(entries.family),
            entry_crossing: crossing(entries.family) + entry_crossing(left, right),
            by_entry: vec![(0.0, 0.0); right.entries.len()],
            likely: Vec::new(),
            by_parent: vec![0.0; right.nodes.len()],
            mapped: Vec::new(),
            full: Open::new(terms),
            own: Open::new(terms),
            below: Open::new(terms),
            whole: Open::new(terms),
        }
    }

    /// An entry's candidates: the entries that it was paired with, and paragraphs, on the scale of
    /// the best of those.
    fn entry(&mut self, node: &Node, at: usize, entries: &Candidates) -> Vec<Candidate> {
        let (left, right) = (self.left, self.right);
        let paired = &entries[node.entry as usize];
        let as_node = |candidate: &Candidate| Candidate {
            other: right.entries[candidate.other as usize].node,
            entry: candidate.score,
            ..*candidate
        };
        let mut list: Vec<Candidate> = paired.iter().map(as_node).collect();
        if node.full.is_empty() {
            return list;
        }
        self.open(node);
        let entry = &left.entries[node.entry as usize];
        let dependence = entries::dependence(entry);
        let mapped = entries::mapped(entry, entries);
        let references = weights::REFERENCES * dependence;
        let text = 1.0 - weights::DEPENDENT_TEXT * dependence;
        let score = |(full, likeness): (f32, f32)| {
            text * ((weights::FULL + weights::PARENT) * full + weights::OWN * likeness)
        };
        let (top, base) = list.first().map_or((0.0, 0.0), |best| {
            let there = &right.nodes[best.other as usize];
            let by_words = score(self.alike(node, there));
            (
                best.score,
                best.score - references * best.references - by_words,
            )
        });
        self.likely.clear();
        self.likely
            .extend(paired.iter().take(LIKELY).map(|candidate| candidate.other));
        let near = at as f64 / left.nodes.len() as f64;
        for other in self.found(node, near) {
            let there = &right.nodes[other as usize];
            if there.depth == 0 || !self.same_kind(node, there) {
                continue;
            }
            let (full, own) = self.alike(node, there);
            let referred = entries::agreement(&mapped, &there.references);
            let score = base + score((full, own)) + references * referred - self.entry_crossing;
            if score > top * weights::CUT {
                list.push(Candidate {
                    score,
                    entry: score,
                    full,
                    own,
                    references: referred,
                    ..Candidate::new(other)
                });
            }
        }
        self.close(node);
        assign::sort(&mut list);
        list.truncate(WEIGHED);
        list
    }

    /// Notes what an entry can be, for its paragraphs.
    fn open_entry(&mut self, node: &Node, list: &[Candidate]) {
        self.by_entry.fill((0.0, 0.0));
        self.likely.clear();
        let top = list
            .first()
            .map_or(0.0, |best| best.score)
            .max(weights::STRONG_ENTRY);
        for (rank, candidate) in list.iter().enumerate() {
            let entry = self.right.nodes[candidate.other as usize].entry;
            let there = &self.right.nodes[candidate.other as usize];
            let likely = if rank < 2 * LIKELY {
                confidence::alone(list, rank, node, there, self.lists) as f32
            } else {
                0.0
            };
            let (score, held) = &mut self.by_entry[entry as usize];
            *score = score.max(candidate.score / top);
            *held = held.max(likely);
            if self.likely.len() < LIKELY && !self.likely.contains(&entry) {
                self.likely.push(entry);
            }
        }
    }

    /// A paragraph's candidates, given those of what is above it.
    fn paragraph(
        &mut self,
        node: &Node,
        at: usize,
        above: &[Candidate],
        entries: &Candidates,
    ) -> Vec<Candidate> {
        let strong = match node.depth {
            1 => weights::STRONG_ENTRY,
            _ => weights::STRONG_ITEM,
        };
        let top = above.first().map_or(0.0, |best| best.score).max(strong);
        for candidate in above {
            self.by_parent[candidate.other as usize] = candidate.score / top;
        }
        self.open(node);
        self.mapped.clear();
        if entries::dependence(&self.left.entries[node.entry as usize]) > 0.0 {
            let best = |other: &u32| Some(entries[*other as usize].first()?.other);
            self.mapped.extend(node.references.iter().filter_map(best));
            self.mapped.sort_unstable();
            self.mapped.dedup();
        }
        let near = at as f64 / self.left.nodes.len() as f64;
        let found = self.found(node, near);
        let mut list: Vec<Candidate> = Vec::with_capacity(found.len());
        for other in found {
            list.extend(self.weigh(node, other));
        }
        assign::sort(&mut list);
        // Only what has others below it is looked up again.
        let next = self.left.nodes.get(at + 1);
        let is_parent = next.is_some_and(|next| next.depth > node.depth);
        list.truncate(if is_parent { WEIGHED } else { ASSIGNED });
        list.shrink_to_fit();
        for candidate in above {
            self.by_parent[candidate.other as usize] = 0.0;
        }
        self.close(node);
        list
    }

    /// A paragraph beside another, or beside an entry, whose own words are there in place of those
    /// of a parent.
    fn weigh(&self, node: &Node, other: u32) -> Option<Candidate> {
        let there = &self.right.nodes[other as usize];
        let crosses = there.depth == 0;
        if crosses && !self.same_kind(node, there) {
            return None;
        }
        let (entry, likely) = self.by_entry[there.entry as usize];
        let (full, likeness) = self.alike(node, there);
        let parent = match there.parent {
            Some(parent) => self.by_parent[parent as usize],
            None => full,
        };
        // What is above goes with the other itself, which has the words of several in one text.
        let itself = self.by_parent[other as usize];
        let likeness = if itself > parent && there.below.is_empty() {
            likeness.max(weights::COVERED_BELOW * node.own.covered(&there.own))
        } else {
            likeness
        };
        let parent = parent.max(weights::COVERED_BELOW * itself);
        let mut score = weights::FULL * full
            + weights::OWN * likeness
            + weights::ENTRY * entry
            + weights::PARENT * parent;
        if crosses {
            score -= self.crossing;
        }
        let referred = if self.mapped.is_empty() {
            0.0
        } else if there.references.is_empty() {
            let entry = &self.right.entries[there.entry as usize];
            entries::agreement(&self.mapped, &entry.references)
        } else {
            entries::agreement(&self.mapped, &there.references)
        };
        score += weights::ITEM_REFERENCES * referred;
        if node
            .cas
            .iter()
            .any(|cas| there.cas.binary_search(cas).is_ok())
        {
            score += weights::CAS;
        }
        let here = self.left.list.items()[node.item].code;
        if self.how.same_code && here == code(self.right, other) {
            score += SAME_CODE;
        }
        Some(Candidate {
            score,
            entry: likely,
            full,
            own: likeness,
            references: referred,
            ..Candidate::new(other)
        })
    }

    /// Software and technology are counterparts of their like alone, where levels cross.
    fn same_kind(&self, node: &Node, there: &Node) -> bool {
        let (ours, theirs) = (
            self.left.entries[node.entry as usize].group,
            self.right.entries[there.entry as usize].group,
        );
        let is_intangible = |group| matches!(group, ProductGroup::D | ProductGroup::E);
        ours == theirs || !is_intangible(ours) && !is_intangible(theirs)
    }

    /// How alike two items are with the words above them, and by themselves with what is below
    /// them.
    fn alike(&self, node: &Node, there: &Node) -> (f32, f32) {
        let mut full = self.full.cosine(&there.full);
        let own = alike((node.own.is_empty(), there.own.is_empty()), || {
            self.own.cosine(&there.own)
        });
        let below = match (node.below.is_empty(), there.below.is_empty()) {
            (true, true) => own,
            (false, false) => self.below.cosine(&there.below),
            // One list has in one text what the other has in several.
            (true, false) => self.own.cosine(&there.whole),
            (false, true) => self.whole.cosine(&there.own),
        };
        let mut likeness = own + weights::BELOW * (below - own);
        if node.below.is_empty() != there.below.is_empty() {
            likeness = likeness.max(weights::WHOLE_FOR_OWN * below);
            full = full.max(weights::WHOLE_FOR_OWN * below);
        }
        if (node.depth == 0) != (there.depth == 0) {
            likeness = likeness.max(weights::FULL_FOR_OWN * full);
        }
        (full, likeness)
    }

    /// The right items to weigh.
    fn found(&mut self, node: &Node, near: f64) -> Vec<u32> {
        if self.how.exhaustive {
            return (0..self.right.nodes.len() as u32).collect();
        }
        let mut found = self.index.find(&node.full, WEIGHED, EFFORT, near);
        for entry in &self.likely {
            let entry = &self.right.entries[*entry as usize];
            // Beyond this an entry is no help in finding: the index alone decides.
            if entry.end - entry.node <= NARROW {
                found.extend(entry.node..entry.end);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn open(&mut self, node: &Node) {
        self.full.open(&node.full);
        self.own.open(&node.own);
        self.below.open(&node.below);
        self.whole.open(&node.whole);
    }

    fn close(&mut self, node: &Node) {
        self.full.close(&node.full);
        self.own.close(&node.own);
        self.below.close(&node.below);
        self.whole.close(&node.whole);
    }
}
