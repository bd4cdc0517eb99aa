//! Third and fourth stage: which items could be counterparts, and how much speaks for each.

use crate::align::order::{Pair, chain};
use crate::align::side::{Entry, Node, Side};
use crate::align::vector::{Index, Vector};
use crate::code::{Code, ProductGroup};

macro_rules! w {
    ($name:literal, $default:literal) => {{
        static V: std::sync::LazyLock<f32> = std::sync::LazyLock::new(|| std::env::var($name).ok().and_then(|v| v.parse().ok()).unwrap_or($default));
        *V
    }};
}

/// A possible counterpart with what speaks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The other side's entry, or node.
    pub(super) other: u32,
    pub(super) score: f32,
    /// How much what both refer to agrees.
    pub(super) references: f32,
    /// Whether it lies on the order-keeping chain.
    pub(super) in_order: bool,
}

/// For each item of the left side its candidates, the best first.
pub(super) type Candidates = Vec<Vec<Candidate>>;

/// How many possible counterparts are weighed in full for each item.
const WEIGHED: usize = 60;
/// How many places of the index are looked at for one item, which bounds the effort on long lists.
const EFFORT: usize = 60_000;
/// How many candidates of an item take part in the assignment.
const ASSIGNED: usize = 12;

/// What an equal code is worth where codes may be seen: enough between look-alikes, and not against the words.
const SAME_CODE: f32 = 0.08;

fn code(side: &Side<'_>, node: u32) -> Code {
    side.list.items()[side.nodes[node as usize].item].code
}

/// How much of what an entry refers to agrees with what another refers to, once the entries in between are paired.
fn agreement(mapped: &[u32], other: &[u32]) -> f32 {
    if mapped.is_empty() || other.is_empty() {
        return 0.0;
    }
    let both = mapped.iter().filter(|entry| other.binary_search(entry).is_ok()).count();
    let (recall, precision) = (both as f32 / mapped.len() as f32, both as f32 / other.len() as f32);
    recall * (w!("PREC", 0.6) * precision.sqrt() + 1.0 - w!("PREC", 0.6))
}

/// How much an entry depends on what it refers to: software and technology do, and whatever has few words of its own.
fn dependence(entry: &Entry) -> f32 {
    let words = entry.whole.terms().len() as f32;
    let sparse = (1.0 - words / 40.0).clamp(0.0, 1.0);
    match entry.group {
        ProductGroup::D | ProductGroup::E => 0.4 + 0.6 * sparse,
        _ => 0.0,
    }
}

fn entry_score(left: &Entry, right: &Entry, agreement: f32) -> f32 {
    let mut score = w!("E_WHOLE", 0.45) * left.whole.cosine(&right.whole)
        + w!("E_HEAD", 0.25) * left.head.cosine(&right.head)
        + w!("E_COV", 0.15) * left.head.covered(&right.whole)
        + w!("E_COV2", 0.1) * right.head.covered(&left.whole);
    if left.group == right.group {
        score += w!("E_GROUP", 0.12);
    }
    if left.category == right.category {
        score += w!("E_CAT", 0.06);
    }
    let dependence = dependence(left).min(dependence(right));
    score += dependence * (w!("E_REFCOS", 0.15) * left.referred.cosine(&right.referred) + w!("E_REF", 0.3) * agreement);
    score
}

/// Pairs the entries: first by what they say, then with what the first pairing says of their references.
pub(super) fn entries(left: &Side<'_>, right: &Side<'_>, terms: usize, same_code: bool) -> Candidates {
    let mut wholes = Index::new(terms, right.entries.iter().map(|entry| &entry.whole));
    let mut heads = Index::new(terms, right.entries.iter().map(|entry| &entry.head));
    let mut referred = Index::new(terms, right.entries.iter().map(|entry| &entry.referred));
    let mut referring: Vec<Vec<u32>> = vec![Vec::new(); right.entries.len()];
    for (at, entry) in right.entries.iter().enumerate() {
        entry.references.iter().for_each(|other| referring[*other as usize].push(at as u32));
    }
    let found: Vec<Vec<u32>> = left
        .entries
        .iter()
        .map(|entry| {
            let mut found = wholes.find(&entry.whole, WEIGHED, EFFORT);
            found.extend(heads.find(&entry.head, WEIGHED, EFFORT));
            found.extend(wholes.find(&entry.head, WEIGHED, EFFORT));
            if dependence(entry) > 0.0 {
                found.extend(referred.find(&entry.referred, WEIGHED / 2, EFFORT));
            }
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect();
    let mut candidates: Candidates = Vec::new();
    for pass in 0..3 {
        let best: Vec<Option<u32>> = candidates.iter().map(|list: &Vec<Candidate>| list.first().map(|best| best.other)).collect();
        candidates = left
            .entries
            .iter()
            .zip(&found)
            .map(|(entry, found)| {
                let mut mapped: Vec<u32> = entry.references.iter().filter_map(|other| best.get(*other as usize).copied().flatten()).collect();
                mapped.sort_unstable();
                mapped.dedup();
                let mut found = found.clone();
                if dependence(entry) > 0.0 {
                    found.extend(mapped.iter().flat_map(|other| referring[*other as usize].iter().take(WEIGHED)));
                    found.sort_unstable();
                    found.dedup();
                }
                let weigh = |other: u32| {
                    let there = &right.entries[other as usize];
                    let references = if dependence(entry) > 0.0 { agreement(&mapped, &there.references) } else { 0.0 };
                    let mut score = entry_score(entry, there, references);
                    if same_code && code(left, entry.node) == code(right, there.node) {
                        score += SAME_CODE;
                    }
                    Candidate { other, score, references, in_order: false }
                };
                found.into_iter().map(weigh).collect()
            })
            .collect();
        assign(&mut candidates, right.entries.len(), w!("E_ORDER", 0.1), w!("E_TAKEN", 0.05));
        let _ = pass;
    }
    candidates
}

/// Sorts candidates after raising those on the order-keeping chain, and lowering those that the chain gives to others.
fn assign(candidates: &mut Candidates, right: usize, order: f32, taken: f32) {
    let sort = |list: &mut Vec<Candidate>| list.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.other.cmp(&b.other)));
    let mut pairs = Vec::new();
    for (at, list) in candidates.iter_mut().enumerate() {
        sort(list);
        let top = list.first().map_or(0.0, |best| best.score);
        pairs.extend(list.iter().take(ASSIGNED).filter(|candidate| candidate.score > top * w!("CUT", 0.5)).map(|candidate| Pair {
            left: at as u32,
            right: candidate.other,
            weight: candidate.score.max(0.0).powi(w!("POW", 3.0) as i32),
        }));
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

/// How alike two items' own words are, and what stands below them.
pub(super) fn likeness(left: &Node, right: &Node) -> f32 {
    let alike = |a: &Vector, b: &Vector| if a.is_empty() && b.is_empty() { 1.0 } else { a.cosine(b) };
    let own = alike(&left.own, &right.own);
    if left.below.is_empty() && right.below.is_empty() {
        return own;
    }
    own + w!("I_BELOW", 0.35) * (alike(&left.below, &right.below) - own)
}

/// Pairs all items, given the entries' candidates.
pub(super) fn items(left: &Side<'_>, right: &Side<'_>, entries: &Candidates, terms: usize, same_code: bool) -> Candidates {
    let empty = Vector::default();
    let mut index = Index::new(terms, right.nodes.iter().map(|node| if node.depth > 0 { &node.full } else { &empty }));
    let mut candidates: Candidates = Vec::with_capacity(left.nodes.len());
    for node in &left.nodes {
        let own_entry = &entries[node.entry as usize];
        if node.depth == 0 {
            let as_nodes = own_entry.iter().map(|c| Candidate { other: right.entries[c.other as usize].node, ..*c });
            candidates.push(as_nodes.collect());
            continue;
        }
        if node.full.is_empty() {
            candidates.push(Vec::new());
            continue;
        }
        let mut found = index.find(&node.full, WEIGHED, EFFORT);
        for candidate in own_entry.iter().take(w!("I_ENTRIES", 4.0) as usize) {
            let entry = &right.entries[candidate.other as usize];
            found.extend(entry.node + 1..entry.end);
        }
        found.sort_unstable();
        found.dedup();
        let above: &[Candidate] = node.parent.map_or(&[], |parent| candidates[parent as usize].as_slice());
        let top_above = above.first().map_or(0.0, |best| best.score).max(1e-6);
        let top_entry = own_entry.first().map_or(0.0, |best| best.score).max(1e-6);
        let code_here = left.list.items()[node.item].code;
        let weigh = |other: u32| {
            let node_there = &right.nodes[other as usize];
            let of = |list: &[Candidate], wanted: u32| list.iter().find(|c| c.other == wanted).map_or(0.0, |c| c.score);
            let entry = of(own_entry, node_there.entry) / top_entry;
            let parent = node_there.parent.map_or(0.0, |parent| of(above, parent)) / top_above;
            let score = w!("I_FULL", 0.4) * node.full.cosine(&node_there.full)
                + w!("I_OWN", 0.35) * likeness(node, node_there)
                + w!("I_ENTRY", 0.15) * entry
                + w!("I_PARENT", 0.2) * parent
                + if same_code && code_here == code(right, other) { SAME_CODE } else { 0.0 };
            Candidate { other, score, references: 0.0, in_order: false }
        };
        let mut list: Vec<Candidate> = found.into_iter().map(weigh).collect();
        list.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.other.cmp(&b.other)));
        list.truncate(WEIGHED);
        candidates.push(list);
    }
    assign(&mut candidates, right.nodes.len(), w!("I_ORDER", 0.1), w!("I_TAKEN", 0.05));
    candidates
}
