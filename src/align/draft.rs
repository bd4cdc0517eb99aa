//! Reads one list for comparison: the words of each item, and the entries that it refers to.

use crate::align::knowledge::{Classes, Facts};
use crate::align::parallel;
use crate::align::text::{self, References, Sink};
use crate::align::vector::{Counts, Vocabulary, counts, sum};
use crate::code::Code;
use crate::list::ControlList;
use crate::list::{Item, ItemState};

/// The most entries that an item can refer to. A reference such as "all of 1A to 9E" says nothing
/// about any of them.
const REFERENCES: usize = 1000;

/// A list that has been read and not yet weighed.
pub(super) struct Draft<'a> {
    pub(super) list: &'a ControlList,
    /// For each node its position on the list.
    pub(super) positions: Vec<usize>,
    /// For each node what is known of it.
    pub(super) nodes: Vec<Read>,
    /// For each node the number of its entry.
    pub(super) entry_of: Vec<u32>,
    /// For each entry its first node.
    pub(super) firsts: Vec<u32>,
}

/// The words and facts of one item.
#[derive(Default)]
pub(super) struct Read {
    /// Its own words.
    pub(super) own: Counts,
    /// The entries that it refers to.
    pub(super) references: Vec<u32>,
    /// The CAS numbers among its own words.
    pub(super) cas: Vec<u32>,
    /// Facts that a likeness of words does not weigh.
    pub(super) facts: Facts,
}

/// Some items of a list that were read with a vocabulary of their own.
struct Part {
    vocabulary: Vocabulary,
    items: Vec<Words>,
}

/// The words of one item, by the vocabulary of its part, and the codes that it names.
#[derive(Default)]
struct Words {
    terms: Vec<u32>,
    references: References,
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
    /// Reads a list. Parts of it are read by themselves. Then their vocabularies are joined in
    /// order, so that the numbers of the terms are those of reading it as a whole.
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
            nodes: Vec::new(),
            entry_of,
            firsts,
        };
        let parts: Vec<&[usize]> = parallel::parts(&draft.positions).collect();
        let parts = parallel::map(&parts, || (), |(), part| part_of(items, part, han));
        let mut words: Vec<(usize, Words)> = Vec::with_capacity(draft.positions.len());
        let mut numbers: Vec<Vec<u32>> = Vec::with_capacity(parts.len());
        for part in parts {
            words.extend(part.items.into_iter().map(|one| (numbers.len(), one)));
            numbers.push(vocabulary.join(part.vocabulary));
        }
        let nodes: Vec<usize> = (0..words.len()).collect();
        let classes = Classes::of(vocabulary);
        let one = |(): &mut (), node: &usize| {
            let (part, words) = &words[*node];
            let terms = words
                .terms
                .iter()
                .map(|term| numbers[*part][*term as usize]);
            let own = counts(terms.collect());
            let is_cas = |term: &u32| vocabulary.term(*term).starts_with("cas ");
            Read {
                facts: Facts::of(&items[draft.positions[*node]], &own, &classes),
                cas: own.iter().map(|(term, _)| *term).filter(is_cas).collect(),
                own,
                references: draft
                    .entries_named(items[draft.positions[*node]].code, &words.references),
            }
        };
        draft.nodes = parallel::map(&nodes, || (), one);
        draft
    }

    /// Returns the entries that an item of this code names, less those that it excepts.
    fn entries_named(&self, own: Code, named: &References) -> Vec<u32> {
        let References { to: codes, except } = named;
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

    /// Returns the node after the last one of an entry.
    pub(super) fn end(&self, entry: usize) -> u32 {
        self.firsts
            .get(entry + 1)
            .copied()
            .unwrap_or(self.positions.len() as u32)
    }

    /// Returns all words of each entry. Those of the heading count twice.
    pub(super) fn wholes(&self) -> Vec<Counts> {
        let entries: Vec<usize> = (0..self.firsts.len()).collect();
        let one = |(): &mut (), entry: &usize| {
            let first = self.firsts[*entry] as usize;
            let nodes = first..self.end(*entry) as usize;
            sum(nodes.map(|node| {
                let weight = if node == first { 2.0 } else { 1.0 };
                (&self.nodes[node].own, weight)
            }))
        };
        parallel::map(&entries, || (), one)
    }
}

/// Reads some items with a vocabulary of their own.
fn part_of(items: &[Item], positions: &[usize], han: bool) -> Part {
    let mut part = Part {
        vocabulary: Vocabulary::default(),
        items: Vec::with_capacity(positions.len()),
    };
    for position in positions {
        let item = &items[*position];
        let mut words = Words::default();
        for text in texts(item) {
            let mut terms = part.vocabulary.reader(&mut words.terms);
            let references = text::read(text, han, &mut terms);
            words.references.to.extend(references.to);
            words.references.except.extend(references.except);
        }
        if item.text.is_none() {
            // A title says little. What is recorded of the text says more, in any language.
            let mut terms = part.vocabulary.reader(&mut words.terms);
            for cas in &item.facts.cas {
                terms.term(&format!("cas {cas}"), || cas.to_string());
            }
            let named = item
                .facts
                .elements
                .iter()
                .map(|element| element.name())
                .chain(item.facts.species.iter().map(|species| species.as_str()));
            for name in named {
                text::read(name, false, &mut terms);
            }
            let named = item.facts.refers_to.iter().map(|code| (*code, *code));
            words.references.to.extend(named);
        }
        part.items.push(words);
    }
    part
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
