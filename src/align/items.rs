//! Pairs all items, given the candidates of the entries. An entry can be the counterpart of a
//! paragraph, because a flatter list has as an entry what a deeper one has as a paragraph. The
//! comments say then that levels cross.

use crate::align::assign::{self, ASSIGNED, Shift};
use crate::align::confidence::{self, Lists};
use crate::align::entries::{self, EFFORT, FOUND, Paired, WEIGHED};
use crate::align::knowledge;
use crate::align::order::Pair;
use crate::align::parallel;
use crate::align::score::{Candidate, Candidates, How, SAME_CODE, alike, code};
use crate::align::side::{Node, Side};
use crate::align::vector::{Index, Open, Scratch};
use crate::align::weights;
use crate::code::ProductGroup;
use crate::quantity::Stated;

/// The number of the likeliest entries whose items are all weighed.
const LIKELY: usize = 3;
/// The most items of a likely entry that are all weighed. Of a longer entry only those are weighed
/// that the index finds.
const NARROW: u32 = 1500;

/// The same for the items of all left entries: both sides, an index of the right one, and
/// how to weigh.
struct Task<'a> {
    left: &'a Side<'a>,
    right: &'a Side<'a>,
    entries: &'a Candidates,
    index: Index,
    how: How,
    lists: Lists,
    stated: &'a [Vec<Stated>; 2],
    terms: usize,
    /// The penalty for pairing a left paragraph with a right entry. It is higher if the lists share
    /// a family.
    crossing: f32,
    /// The penalty for pairing a left entry with a right paragraph.
    entry_crossing: f32,
}

/// The pairing of the items of one left entry: what is known of the entry and of the item at hand.
struct Search<'a> {
    task: &'a Task<'a>,
    left: &'a Side<'a>,
    right: &'a Side<'a>,
    /// For each right entry its score as a part of the best one, and the confidence that it is the
    /// counterpart of the left entry at hand.
    by_entry: Vec<(f32, f32)>,
    /// The right entries of which `by_entry` says something.
    noted: Vec<u32>,
    /// The likeliest right entries for the left entry at hand, the best first.
    likely: Vec<u32>,
    /// For each right node its score as a candidate of the left item's parent, as a part of the
    /// best one.
    by_parent: Vec<f32>,
    /// The right entries that are paired with what the left item at hand refers to.
    mapped: Vec<u32>,
    full: Open,
    own: Open,
    below: Open,
    whole: Open,
    scratch: Scratch,
    /// The right items to weigh.
    found: Vec<u32>,
}

/// Makes the index in which the counterparts of items are found.
pub(super) fn index(right: &Side<'_>, terms: usize) -> Index {
    Index::new(terms, right.nodes.iter().map(|node| &node.full))
}

/// Pairs all items.
pub(super) fn pair(
    left: &Side<'_>,
    right: &Side<'_>,
    entries: &Paired,
    lists: Lists,
    stated: &[Vec<Stated>; 2],
    index: Index,
    how: How,
) -> Candidates {
    let task = Task {
        left,
        right,
        entries: &entries.candidates,
        terms: index.terms(),
        index,
        how,
        lists,
        stated,
        crossing: crossing(entries.family),
        entry_crossing: crossing(entries.family) + entry_crossing(left, right),
    };
    let parts: Vec<&[Node]> = left
        .nodes
        .chunk_by(|node, next| node.entry == next.entry)
        .collect();
    let lists = parallel::map(
        &parts,
        || Search::new(&task),
        |search, nodes| search.items(nodes),
    );
    let mut candidates: Candidates = lists.into_iter().flatten().collect();
    drop(task);
    let places = (entries.trust < 1.0).then(|| assign::places(left, right, &candidates));
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

/// Returns the penalty for pairing a paragraph with an entry. It grows with `family`, which says
/// how far the two lists share a family.
fn crossing(family: f32) -> f32 {
    let (from, to) = weights::FAMILY;
    weights::CROSSING + weights::FAMILY_CROSSING * ((family - from) / (to - from)).clamp(0.0, 1.0)
}

/// Returns the further penalty for pairing a left entry with a right paragraph. It is lower if the
/// left list has fewer items per entry than the right one.
fn entry_crossing(left: &Side<'_>, right: &Side<'_>) -> f32 {
    let items = |side: &Side<'_>| side.nodes.len() as f32 / side.entries.len().max(1) as f32;
    let (from, to) = weights::FLAT;
    let part = (items(left) / items(right).max(1.0) - from) / (to - from);
    weights::ENTRY_CROSSING * part.clamp(0.0, 1.0)
}

impl<'a> Search<'a> {
    fn new(task: &'a Task<'a>) -> Search<'a> {
        Search {
            task,
            left: task.left,
            right: task.right,
            by_entry: vec![(0.0, 0.0); task.right.entries.len()],
            noted: Vec::new(),
            likely: Vec::new(),
            by_parent: vec![0.0; task.right.nodes.len()],
            mapped: Vec::new(),
            full: Open::new(task.terms),
            own: Open::new(task.terms),
            below: Open::new(task.terms),
            whole: Open::new(task.terms),
            scratch: Scratch::default(),
            found: Vec::new(),
        }
    }

    /// Returns the candidates of the items of one entry.
    fn items(&mut self, nodes: &[Node]) -> Candidates {
        let entries = self.task.entries;
        let first = nodes.first().map_or(0, |node| node.at);
        let mut candidates: Candidates = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let list = if node.depth == 0 {
                let list = self.entry(node, entries);
                self.open_entry(node, &list);
                list
            } else if node.full.is_empty() {
                Vec::new()
            } else {
                let above = node.parent.and_then(|parent| parent.checked_sub(first));
                let above = above.and_then(|parent| candidates.get(parent as usize));
                let is_parent = nodes
                    .get(at + 1)
                    .is_some_and(|next| next.depth > node.depth);
                self.paragraph(node, is_parent, above.map_or(&[], Vec::as_slice), entries)
            };
            candidates.push(list);
        }
        candidates
    }

    /// Returns the candidates of an entry: the entries that it was paired with, and paragraphs. The
    /// scores of the paragraphs are put on the scale of the best entry.
    fn entry(&mut self, node: &Node, entries: &Candidates) -> Vec<Candidate> {
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
        self.find(node);
        for other in &self.found {
            let other = *other;
            let there = &right.nodes[other as usize];
            let excluded = !self.same_kind(node, there) || node.facts.excludes(&there.facts);
            if there.depth == 0 || excluded {
                continue;
            }
            let (full, own) = self.alike(node, there);
            let referred = entries::agreement(&mapped, &there.references);
            let score = base + score((full, own)) + references * referred
                - self.task.entry_crossing
                - node.facts.contradiction(&there.facts);
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
        assign::keep(&mut list, WEIGHED);
        list
    }

    /// Notes the candidates of an entry, for the paragraphs below it.
    fn open_entry(&mut self, node: &Node, list: &[Candidate]) {
        for entry in self.noted.drain(..) {
            self.by_entry[entry as usize] = (0.0, 0.0);
        }
        self.likely.clear();
        let top = list
            .first()
            .map_or(0.0, |best| best.score)
            .max(weights::STRONG_ENTRY);
        for (rank, candidate) in list.iter().enumerate() {
            let there = &self.right.nodes[candidate.other as usize];
            let entry = there.entry;
            let likely = if rank < 2 * LIKELY {
                confidence::alone(list, rank, node, there, self.task.lists) as f32
            } else {
                0.0
            };
            let (score, held) = &mut self.by_entry[entry as usize];
            *score = score.max(candidate.score / top);
            *held = held.max(likely);
            self.noted.push(entry);
            if self.likely.len() < LIKELY && !self.likely.contains(&entry) {
                self.likely.push(entry);
            }
        }
    }

    /// Returns the candidates of a paragraph, given those of the item above it.
    fn paragraph(
        &mut self,
        node: &Node,
        is_parent: bool,
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
        self.find(node);
        let mut list: Vec<Candidate> = Vec::with_capacity(self.found.len());
        list.extend(
            self.found
                .iter()
                .filter_map(|other| self.weigh(node, *other)),
        );
        // Only the candidates of an item with others below it are looked up again.
        assign::keep(&mut list, WEIGHED);
        self.by_figures(node, &mut list);
        assign::keep(&mut list, if is_parent { WEIGHED } else { ASSIGNED });
        list.shrink_to_fit();
        for candidate in above {
            self.by_parent[candidate.other as usize] = 0.0;
        }
        self.close(node);
        list
    }

    /// Corrects the scores of the best candidates by figures and their units.
    fn by_figures(&self, node: &Node, list: &mut [Candidate]) {
        let [ours, theirs] = self.task.stated;
        let own = &ours[node.at as usize];
        if own.quantities.is_empty() {
            return;
        }
        for candidate in list.iter_mut().take(ASSIGNED) {
            candidate.score += knowledge::figures(own, &theirs[candidate.other as usize]);
        }
    }

    /// Weighs a left paragraph with a right item. Returns nothing if they cannot be a pair: if they
    /// are different elements or species, or if levels cross and one of the two is software or
    /// technology, but not the other.
    ///
    /// A right entry has no parent. Its own words are then used in place of a parent's.
    fn weigh(&self, node: &Node, other: u32) -> Option<Candidate> {
        let there = &self.right.nodes[other as usize];
        let crosses = there.depth == 0;
        if crosses && !self.same_kind(node, there) || node.facts.excludes(&there.facts) {
            return None;
        }
        let (entry, likely) = self.by_entry[there.entry as usize];
        let (full, likeness) = self.alike(node, there);
        let parent = match there.parent {
            Some(parent) => self.by_parent[parent as usize],
            None => full,
        };
        // If the left item's parent resembles the right item itself, that item may have in one text
        // the words of several.
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
            score -= self.task.crossing;
        }
        score -= node.facts.contradiction(&there.facts);
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
        if self.task.how.same_code && here == code(self.right, other) {
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

    /// Returns true if neither item is software or technology, or if both are of the same product
    /// group. Other pairs are not weighed if levels cross.
    fn same_kind(&self, node: &Node, there: &Node) -> bool {
        let (ours, theirs) = (
            self.left.entries[node.entry as usize].group,
            self.right.entries[there.entry as usize].group,
        );
        let is_intangible = |group| matches!(group, ProductGroup::D | ProductGroup::E);
        ours == theirs || !is_intangible(ours) && !is_intangible(theirs)
    }

    /// Returns the likeness of two items with the words above them, and their likeness by their own
    /// words and those below them.
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

    /// Finds the right items to weigh.
    fn find(&mut self, node: &Node) {
        let (left, right) = (self.left, self.right);
        self.found.clear();
        if self.task.how.exhaustive {
            self.found.extend(0..right.nodes.len() as u32);
            return;
        }
        // In a longer entry most items are unlike, so the index alone decides.
        let narrow = |entry: &&u32| {
            let entry = &right.entries[**entry as usize];
            entry.end - entry.node <= NARROW
        };
        for entry in self.likely.iter().filter(narrow) {
            let entry = &right.entries[*entry as usize];
            self.found.extend(entry.node..entry.end);
        }
        let near = f64::from(node.at) / left.nodes.len() as f64;
        let found = (self.task.index).find(&mut self.scratch, &node.full, FOUND, EFFORT, near);
        let is_new = |other: &u32| {
            let entry = right.nodes[*other as usize].entry;
            !self
                .likely
                .iter()
                .filter(narrow)
                .any(|likely| *likely == entry)
        };
        self.found.extend(found.filter(is_new));
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
