//! Prepares one list for comparison. Each item gets a vector of its own words, one with the words
//! above it, and one with those below it. Each entry gets one of all its words.

use crate::align::text;
use crate::align::vector::{Counts, Vector, Vocabulary, counts, rarity, sum};
use crate::code::{Category, Code, ProductGroup};
use crate::list::ControlList;
use crate::list::{Item, ItemState};
use crate::text::words::ALIGN;

/// The weight of the words of each level above, if that of an item's own words is 1.
const ABOVE: f32 = 0.7;

/// The most entries that an item can refer to. A reference such as "all of 1A to 9E" says nothing
/// about any of them.
const REFERENCES: usize = 1000;

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

/// A list that has been read and not yet weighed.
pub(super) struct Draft<'a> {
    list: &'a ControlList,
    positions: Vec<usize>,
    own: Vec<Counts>,
    references: Vec<Vec<u32>>,
    cas: Vec<Vec<u32>>,
    /// For each node the number of its entry.
    entry_of: Vec<u32>,
    /// For each entry its first node.
    firsts: Vec<u32>,
}

/// Returns the texts of an item: the official one, or else its titles.
pub(super) fn texts(item: &Item) -> impl Iterator<Item = &str> {
    let titles = item
        .text
        .is_none()
        .then_some([Some(&*item.title), item.facts.title_local.as_deref()]);
    item.text
        .as_deref()
        .into_iter()
        .chain(titles.into_iter().flatten().flatten())
}

/// Returns true if a list has Chinese texts.
pub(super) fn is_chinese(list: &ControlList) -> bool {
    list.items()
        .iter()
        .flat_map(texts)
        .any(|text| text.chars().any(crate::text::chars::is_chinese))
}

/// Returns true if an entry is in a range. A range over several product groups keeps to the hundred
/// of its ends, because the hundreds are the regimes that the entries come from. So "1A202 to
/// 1D201" has 1B225 in it and not 1B001.
fn is_within(entry: Code, first: Code, last: Code) -> bool {
    let (first, last) = (first.entry(), last.entry());
    let hundred = |code: Code| code.number() / 100;
    let across = (first.category(), first.group()) != (last.category(), last.group())
        && hundred(first) == hundred(last);
    first <= entry && entry <= last && (!across || hundred(entry) == hundred(first))
}

impl<'a> Draft<'a> {
    pub(super) fn new(list: &'a ControlList, vocabulary: &mut Vocabulary, han: bool) -> Draft<'a> {
        let items = list.items();
        let positions: Vec<usize> = (0..items.len())
            .filter(|at| items[*at].state != ItemState::Reserved || items[*at].code.is_entry())
            .collect();
        let mut firsts: Vec<u32> = Vec::new();
        let mut entry_of = Vec::with_capacity(positions.len());
        for (node, at) in positions.iter().enumerate() {
            if items[*at].code.is_entry() {
                firsts.push(node as u32);
            }
            // Every paragraph has its entry before it.
            entry_of.push((firsts.len() as u32).saturating_sub(1));
        }
        let mut draft = Draft {
            list,
            positions,
            own: Vec::new(),
            references: Vec::new(),
            cas: Vec::new(),
            entry_of,
            firsts,
        };
        for node in 0..draft.positions.len() {
            let item = &items[draft.positions[node]];
            let (mut terms, mut codes, mut except) = (Vec::new(), Vec::new(), Vec::new());
            for text in texts(item) {
                let references = text::read(text, han, |term, shown| {
                    terms.push(vocabulary.id(term, shown))
                });
                codes.extend(references.to);
                except.extend(references.except);
            }
            if item.text.is_none() {
                // A title says little. What is recorded of the text says more, in any language.
                for cas in &item.facts.cas {
                    terms.push(vocabulary.id(&format!("cas {cas}"), &cas.to_string()));
                }
                let named = item
                    .facts
                    .elements
                    .iter()
                    .map(|element| element.name())
                    .chain(item.facts.species.iter().map(|species| species.as_str()));
                for name in named {
                    text::read(name, false, |term, shown| {
                        terms.push(vocabulary.id(term, shown))
                    });
                }
                codes.extend(item.facts.refers_to.iter().map(|code| (*code, *code)));
            }
            let own = counts(terms);
            let is_cas = |term: &u32| vocabulary.term(*term).starts_with("cas ");
            draft
                .cas
                .push(own.iter().map(|(term, _)| *term).filter(is_cas).collect());
            draft.own.push(own);
            let references = draft.entries_named(item.code, &codes, &except);
            draft.references.push(references);
        }
        draft
    }

    /// Returns the entries that an item of this code names, less those that it excepts.
    fn entries_named(
        &self,
        own: Code,
        codes: &[(Code, Code)],
        except: &[(Code, Code)],
    ) -> Vec<u32> {
        let items = self.list.items();
        let entry_at = |code: Code| {
            self.firsts
                .partition_point(|first| items[self.positions[*first as usize]].code < code)
        };
        let mut references: Vec<u32> = codes
            .iter()
            .flat_map(|(first, last)| {
                let entries = entry_at(first.entry())..entry_at(last.entry()) + 1;
                entries.map(move |entry| (entry as u32, *first, *last))
            })
            .take(REFERENCES)
            .filter(|(entry, first, last)| {
                let node = self.firsts.get(*entry as usize);
                let code = node.map(|node| items[self.positions[*node as usize]].code);
                code.is_some_and(|code| {
                    code != own.entry()
                        && is_within(code, *first, *last)
                        && !except.iter().any(|(first, last)| {
                            first.is_entry() && last.is_entry() && is_within(code, *first, *last)
                        })
                })
            })
            .map(|(entry, ..)| entry)
            .collect();
        references.sort_unstable();
        references.dedup();
        references
    }

    fn end(&self, entry: usize) -> u32 {
        self.firsts
            .get(entry + 1)
            .copied()
            .unwrap_or(self.positions.len() as u32)
    }

    /// Returns all words of each entry. Those of the heading count twice.
    fn wholes(&self) -> Vec<Counts> {
        (0..self.firsts.len())
            .map(|entry| {
                let nodes = self.firsts[entry] as usize..self.end(entry) as usize;
                sum(nodes.map(|node| {
                    (
                        &self.own[node],
                        if node == self.firsts[entry] as usize {
                            2.0
                        } else {
                            1.0
                        },
                    )
                }))
            })
            .collect()
    }
}

/// Weighs the words of both lists by how rare they are in the two together.
pub(super) fn weigh<'a>(drafts: [Draft<'a>; 2], vocabulary: &Vocabulary) -> [Side<'a>; 2] {
    let terms = vocabulary.len();
    let purposes = PURPOSES.map(|purpose| vocabulary.find(purpose));
    let rare = rarity(terms, drafts.iter().flat_map(|draft| draft.own.iter()));
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
            let own = &draft.own[*first as usize];
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
    let items = draft.list.items();
    let mut nodes: Vec<Node> = Vec::with_capacity(draft.positions.len());
    let mut open: Vec<u32> = Vec::new();
    for (at, position) in draft.positions.iter().enumerate() {
        let depth = items[*position].code.depth();
        while open
            .last()
            .is_some_and(|above| nodes[*above as usize].depth >= depth)
        {
            open.pop();
        }
        let own = &draft.own[at];
        let end = at
            + draft
                .list
                .subtree(items[*position].code)
                .len()
                .min(draft.positions.len() - at);
        let below = (at + 1..end).filter(|other| {
            items[*position]
                .code
                .contains(items[draft.positions[*other]].code)
        });
        let below = sum(below.map(|other| (&draft.own[other], 1.0)));
        let whole = if below.is_empty() {
            Counts::new()
        } else {
            sum([(own, 1.0), (&below, 1.0)])
        };
        let above = open
            .iter()
            .rev()
            .map(|node| (&draft.own[*node as usize], ABOVE));
        nodes.push(Node {
            item: *position,
            parent: open.last().copied(),
            entry: draft.entry_of[at],
            depth,
            references: draft.references[at].clone(),
            cas: draft.cas[at].clone(),
            own: Vector::new(own, rare),
            below: Vector::new(&below, rare),
            whole: Vector::new(&whole, rare),
            full: Vector::new(&sum(std::iter::once((own, 1.0)).chain(above)), rare),
        });
        open.push(at as u32);
    }
    let entries = (0..draft.firsts.len())
        .map(|entry| one_entry(&draft, entry, &wholes[entry], rare_in_entries, purposes))
        .collect();
    Side {
        list: draft.list,
        nodes,
        entries,
    }
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
    let mut references: Vec<u32> = draft.references[node as usize..end as usize]
        .iter()
        .flatten()
        .copied()
        .collect();
    references.sort_unstable();
    references.dedup();
    let referred = sum(references
        .iter()
        .map(|other| (&draft.own[draft.firsts[*other as usize] as usize], 1.0)));
    let has = |term: u32| {
        draft.own[node as usize]
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
        head: Vector::new(&draft.own[node as usize], rare_in_entries),
        whole: Vector::new(whole, rare_in_entries),
        referred: Vector::new(&referred, rare_in_entries),
        references,
        purposes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_over_product_groups_keeps_to_its_hundred() {
        let code = |text: &str| text.parse().expect("a code");
        let within =
            |entry: &str, first: &str, last: &str| is_within(code(entry), code(first), code(last));
        assert!(
            within("1B225", "1A202", "1D201")
                && !within("1B001", "1A202", "1D201")
                && !within("1D202", "1A202", "1D201")
        );
        assert!(
            within("1B101", "1B001", "1B201"),
            "within one product group a range has all of it"
        );
        assert!(
            within("1B001", "1A002", "1D201"),
            "of two hundreds it has all between"
        );
    }
}
