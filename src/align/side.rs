//! Prepares one list for comparison. Each item gets a vector of its own words, one with the words
//! above it, and one with those below it. Each entry gets one of all its words.

use crate::align::draft::Draft;
use crate::align::knowledge::Facts;
use crate::align::parallel;
use crate::align::vector::{Counts, Vector, Vocabulary, rarity, sum};
use crate::code::{Category, ProductGroup};
use crate::list::ControlList;
use crate::text::words::ALIGN;

/// The weight of the words of each level above, if that of an item's own words is 1.
const ABOVE: f32 = 0.7;

/// The words by which headings of software and of technology are known.
const SOFTWARE: &str = "software";
const TECHNOLOGY: &str = "technology";

/// The least number of entries out of ten whose letter agrees with the heading if the letters of a
/// list are product groups.
const LETTERS: usize = 8;

/// The stems of the purposes that software and technology can have.
const PURPOSES: [&str; 3] = ["develop", "product", "use"];

/// One item.
#[derive(Debug)]
pub(super) struct Node {
    /// Its number on this side.
    pub(super) at: u32,
    /// The position on its list.
    pub(super) item: usize,
    /// The node one level up.
    pub(super) parent: Option<u32>,
    /// The number of the entry that it belongs to.
    pub(super) entry: u32,
    /// The number of levels below the entry.
    pub(super) depth: usize,
    /// The entries that it refers to in its own text.
    pub(super) references: Vec<u32>,
    /// The CAS numbers among its own words.
    pub(super) cas: Vec<u32>,
    /// Facts that a likeness of words does not weigh.
    pub(super) facts: Facts,
    /// Its own words.
    pub(super) own: Vector,
    /// Its own words with those above it.
    pub(super) full: Vector,
    /// The words of all that is below it.
    pub(super) below: Vector,
    /// Its own words with those below it. It is empty if nothing is below it.
    pub(super) whole: Vector,
}

/// One entry with all that is below it.
#[derive(Debug)]
pub(super) struct Entry {
    /// The entry's own node.
    pub(super) node: u32,
    /// The node after its last paragraph.
    pub(super) end: u32,
    pub(super) category: Category,
    /// The product group by the letter. If the letters of one of the lists mean something else, it
    /// is the group by the words of the heading.
    pub(super) group: ProductGroup,
    /// The heading's words.
    pub(super) head: Vector,
    /// All words of the entry.
    pub(super) whole: Vector,
    /// The words of the headings that it refers to.
    pub(super) referred: Vector,
    /// The other entries that it refers to.
    pub(super) references: Vec<u32>,
    /// The purposes of software and technology that the heading names: a bit each for development,
    /// production and use.
    pub(super) purposes: u8,
}

pub(super) struct Side<'a> {
    pub(super) list: &'a ControlList,
    pub(super) nodes: Vec<Node>,
    pub(super) entries: Vec<Entry>,
}

/// Weighs the words of both lists by how rare they are in the two together.
pub(super) fn weigh<'a>(drafts: [Draft<'a>; 2], vocabulary: &Vocabulary) -> [Side<'a>; 2] {
    let terms = vocabulary.len();
    let purposes = PURPOSES.map(|purpose| vocabulary.find(purpose));
    let rare = rarity(
        terms,
        drafts
            .iter()
            .flat_map(|draft| draft.nodes.iter().map(|node| &node.own)),
    );
    let wholes = [drafts[0].wholes(), drafts[1].wholes()];
    let rare_in_entries = rarity(terms, wholes.iter().flatten());
    let groups = groups(&drafts, vocabulary);
    let [a, b] = drafts;
    let [whole_a, whole_b] = wholes;
    let mut sides = [
        side(a, &whole_a, &rare, &rare_in_entries, &purposes),
        side(b, &whole_b, &rare, &rare_in_entries, &purposes),
    ];
    for (side, groups) in sides.iter_mut().zip(groups) {
        for (entry, group) in side.entries.iter_mut().zip(groups) {
            entry.group = group;
        }
    }
    sides
}

/// Returns the product group of each entry. It is the letter if in both lists at least eight of ten
/// letters agree with the words of the headings. If not, it is the group that the heading's words
/// name.
fn groups(drafts: &[Draft<'_>; 2], vocabulary: &Vocabulary) -> [Vec<ProductGroup>; 2] {
    let terms = [SOFTWARE, TECHNOLOGY].map(|word| {
        let term = ALIGN.term(word.to_owned());
        term.and_then(|term| vocabulary.find(&term))
    });
    let lists = [&drafts[0], &drafts[1]].map(|draft| {
        let entries = draft.firsts.iter().map(|first| {
            let own = &draft.nodes[*first as usize].own;
            let has = |term: Option<u32>| {
                term.is_some_and(|term| own.binary_search_by_key(&term, |(term, _)| *term).is_ok())
            };
            let said = match terms.map(has) {
                [_, true] => ProductGroup::E,
                [true, false] => ProductGroup::D,
                [false, false] => ProductGroup::A,
            };
            let code = draft.list.items()[draft.positions[*first as usize]].code;
            (code.group(), said)
        });
        entries.collect::<Vec<(ProductGroup, ProductGroup)>>()
    });
    let is_intangible = |group| matches!(group, ProductGroup::D | ProductGroup::E);
    let letters = lists.iter().all(|list| {
        let agree = |(letter, said): &&(ProductGroup, ProductGroup)| {
            is_intangible(*letter) == is_intangible(*said)
        };
        list.iter().filter(agree).count() * 10 >= list.len() * LETTERS
    });
    lists.map(|list| {
        let group = |(letter, said)| if letters { letter } else { said };
        list.into_iter().map(group).collect()
    })
}

fn side<'a>(
    draft: Draft<'a>,
    wholes: &[Counts],
    rare: &[f32],
    rare_in_entries: &[f32],
    purposes: &[Option<u32>],
) -> Side<'a> {
    let all: Vec<usize> = (0..draft.firsts.len()).collect();
    let nodes = |(): &mut (), entry: &usize| nodes_of(&draft, *entry, rare);
    let nodes = parallel::map(&all, || (), nodes);
    let one = |(): &mut (), entry: &usize| {
        one_entry(&draft, *entry, &wholes[*entry], rare_in_entries, purposes)
    };
    let entries = parallel::map(&all, || (), one);
    Side {
        list: draft.list,
        nodes: nodes.into_iter().flatten().collect(),
        entries,
    }
}

/// Makes the nodes of an entry.
fn nodes_of(draft: &Draft<'_>, entry: usize, rare: &[f32]) -> Vec<Node> {
    let items = draft.list.items();
    let (first, last) = (draft.firsts[entry] as usize, draft.end(entry) as usize);
    let code = |at: usize| items[draft.positions[at]].code;
    let own = |at: usize| &draft.nodes[at].own;
    let mut nodes: Vec<Node> = Vec::with_capacity(last - first);
    // The nodes above the one at hand.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for at in first..last {
        let depth = code(at).depth();
        while open.last().is_some_and(|(_, above)| *above >= depth) {
            open.pop();
        }
        let below = (at + 1..last).take_while(|other| code(at).contains(code(*other)));
        let below = sum(below.map(|other| (own(other), 1.0)));
        let whole = if below.is_empty() {
            Counts::new()
        } else {
            sum([(own(at), 1.0), (&below, 1.0)])
        };
        let above = open.iter().rev().map(|(node, _)| (own(*node), ABOVE));
        let full = sum(std::iter::once((own(at), 1.0)).chain(above));
        nodes.push(Node {
            at: at as u32,
            item: draft.positions[at],
            parent: open.last().map(|(node, _)| *node as u32),
            entry: draft.entry_of[at],
            depth,
            references: draft.nodes[at].references.clone(),
            cas: draft.nodes[at].cas.clone(),
            facts: draft.nodes[at].facts.clone(),
            own: Vector::new(own(at), rare),
            below: Vector::new(&below, rare),
            whole: Vector::new(&whole, rare),
            full: Vector::new(&full, rare),
        });
        open.push((at, depth));
    }
    nodes
}

/// Makes an entry with all that is below it.
fn one_entry(
    draft: &Draft<'_>,
    entry: usize,
    whole: &Counts,
    rare_in_entries: &[f32],
    purposes: &[Option<u32>],
) -> Entry {
    let items = draft.list.items();
    let (node, end) = (draft.firsts[entry], draft.end(entry));
    let code = items[draft.positions[node as usize]].code;
    let mut references: Vec<u32> = draft.nodes[node as usize..end as usize]
        .iter()
        .flat_map(|node| &node.references)
        .copied()
        .collect();
    references.sort_unstable();
    references.dedup();
    let referred = sum(references.iter().map(|other| {
        (
            &draft.nodes[draft.firsts[*other as usize] as usize].own,
            1.0,
        )
    }));
    let has = |term: u32| {
        draft.nodes[node as usize]
            .own
            .binary_search_by_key(&term, |(term, _)| *term)
            .is_ok()
    };
    let purposes = purposes.iter().rev().fold(0, |bits, purpose| {
        bits << 1 | u8::from(purpose.is_some_and(has))
    });
    Entry {
        node,
        end,
        category: code.category(),
        group: code.group(),
        head: Vector::new(&draft.nodes[node as usize].own, rare_in_entries),
        whole: Vector::new(whole, rare_in_entries),
        referred: Vector::new(&referred, rare_in_entries),
        references,
        purposes,
    }
}
