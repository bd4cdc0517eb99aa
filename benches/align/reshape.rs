//! Gives a list another shape: other numbers, or another tree. It is known what each old item has
//! become, so a truth for the old shape gives one for the new shape.

use std::collections::{BTreeMap, BTreeSet};

use export_control::code::Label;
use export_control::{Category, Code, ControlList, ItemState, ProductGroup};

use crate::sources;
use crate::truth::Truth;

/// A way to reshape a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As it is.
    Same,
    /// The numbers of the entries are at random within category and letter.
    Shuffled,
    /// All entries are at random under one category and one letter.
    Hidden,
    /// Each paragraph of the first level is an entry, with the heading before it.
    Split,
    /// Each leaf is an entry, with the words above it.
    Flattened,
    /// Each paragraph of the first level has in its text all that is below it.
    Cut,
}

/// A list in a new shape.
pub struct Reshaped {
    pub list: ControlList,
    /// For each old item the new ones that have its words. If an item with others below it is gone,
    /// they are the ones below it.
    new: BTreeMap<Code, Vec<Code>>,
}

/// Returns a number that looks random and is the same in every run.
fn random(code: Code) -> u32 {
    let hash = code.to_string().bytes().fold(0x811c_9dc5u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ hash >> 15)
        .wrapping_mul(0x85eb_ca6b)
        .rotate_left(13)
}

/// Gives out the numbers of each category and letter in turn.
#[derive(Default)]
struct Numbers(BTreeMap<(Category, ProductGroup), u16>);

impl Numbers {
    fn next(&mut self, like: Code) -> Code {
        let (mut category, group) = (like.category(), like.group());
        // If a category and letter have 999 entries, the list goes on in another category.
        while self
            .0
            .get(&(category, group))
            .is_some_and(|last| *last == 999)
        {
            category = Category::new((category.digit() + 1) % 10).expect("a digit");
        }
        let number = self.0.entry((category, group)).or_default();
        *number += 1;
        Code::from_parts(category, group, *number).expect("three figures")
    }
}

fn under(entry: Code, labels: impl Iterator<Item = Label>) -> Code {
    let child = |code: Code, label| code.child(label).expect("as deep as before");
    labels.fold(entry, child)
}

/// Returns the list in another shape, and rewrites the codes that its texts refer to.
pub fn reshape(list: &ControlList, shape: Shape) -> Reshaped {
    let items: Vec<_> = list
        .items()
        .iter()
        .filter(|item| item.state() != ItemState::Reserved && item.text().is_some())
        .collect();
    let codes: BTreeSet<Code> = items.iter().map(|item| item.code()).collect();
    let has_below = |code: Code| {
        codes
            .range(code..)
            .nth(1)
            .is_some_and(|next| code.contains(*next))
    };
    let text = |code: Code| {
        list.get(code)
            .and_then(|item| item.text())
            .unwrap_or_default()
    };
    let with_above = |code: Code| {
        let mut path: Vec<Code> = code.ancestors().collect();
        path.reverse();
        path.push(code);
        path.into_iter().map(text).collect::<Vec<_>>().join(" ")
    };
    let mut numbers = Numbers::default();
    let mut moved: BTreeMap<Code, Code> = BTreeMap::new();
    let mut texts: BTreeMap<Code, String> = BTreeMap::new();
    let entries: Vec<Code> = match shape {
        Shape::Shuffled | Shape::Hidden => {
            let mut entries: Vec<Code> = list
                .items()
                .iter()
                .map(|item| item.code().entry())
                .collect();
            entries.dedup();
            entries.sort_by_key(|code| (random(*code), *code));
            entries
        }
        _ => Vec::new(),
    };
    let hidden: Code = "0A000".parse().expect("a code");
    let renumbered: BTreeMap<Code, Code> = entries
        .into_iter()
        .map(|entry| {
            let like = if shape == Shape::Hidden {
                hidden
            } else {
                entry
            };
            (entry, numbers.next(like))
        })
        .collect();
    for item in &items {
        let code = item.code();
        match shape {
            Shape::Same => {
                moved.insert(code, code);
                texts.insert(code, text(code).to_owned());
            }
            Shape::Shuffled | Shape::Hidden => {
                let new = under(renumbered[&code.entry()], code.labels());
                moved.insert(code, new);
                texts.insert(new, text(code).to_owned());
            }
            Shape::Split if code.depth() == 0 && has_below(code) => {}
            Shape::Split => {
                let above = code.ancestors().find(|above| above.depth() == 1);
                let entry = above.and_then(|above| moved.get(&above).copied());
                let new = match entry {
                    Some(entry) => under(entry, code.labels().skip(1)),
                    None => numbers.next(code),
                };
                moved.insert(code, new);
                let own = if entry.is_some() {
                    text(code).to_owned()
                } else {
                    with_above(code)
                };
                texts.insert(new, own);
            }
            Shape::Flattened if has_below(code) => {}
            Shape::Flattened => {
                let new = numbers.next(code);
                moved.insert(code, new);
                texts.insert(new, with_above(code));
            }
            Shape::Cut => {
                let to = code
                    .ancestors()
                    .find(|above| above.depth() == 1)
                    .unwrap_or(code);
                moved.insert(code, to);
                let all = texts.entry(to).or_default();
                all.push(' ');
                all.push_str(text(code));
            }
        }
    }
    let mut new: BTreeMap<Code, Vec<Code>> = BTreeMap::new();
    for code in &codes {
        let below = codes
            .range(*code..)
            .take_while(|other| **other == *code || code.contains(**other));
        let all: Vec<Code> = match moved.get(code) {
            Some(one) => vec![*one],
            None => below
                .filter_map(|other| moved.get(other).copied())
                .collect(),
        };
        new.insert(*code, all);
    }
    if shape != Shape::Same && shape != Shape::Cut {
        for text in texts.values_mut() {
            *text = rewritten(text, &new, shape != Shape::Hidden);
        }
    }
    Reshaped {
        list: sources::list(list.id().as_str(), texts),
        new,
    }
}

/// Returns a text with the new codes of what it refers to. Ranges are written out. So are whole
/// product groups if those are gone.
fn rewritten(text: &str, new: &BTreeMap<Code, Vec<Code>>, groups_stay: bool) -> String {
    let named = |codes: &mut dyn Iterator<Item = Code>| {
        let mut all: Vec<String> = Vec::new();
        for code in codes {
            let code = code.to_string();
            if !all.contains(&code) {
                all.push(code);
            }
        }
        all.join(", ")
    };
    let find = |code: Code| {
        std::iter::once(code)
            .chain(code.ancestors())
            .find_map(|code| new.get(&code))
            .cloned()
            .unwrap_or_default()
    };
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let (mut at, mut last): (usize, Option<Code>) = (0, None);
    let mut between = String::new();
    while at < chars.len() {
        let glued =
            at > 0 && (chars[at - 1].is_ascii_alphanumeric() || "-.".contains(chars[at - 1]));
        let word: String = chars[at..]
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric() || **c == '.')
            .collect();
        let word = word.trim_end_matches('.').to_owned();
        let end = at + word.len();
        if glued || !chars[at].is_ascii_digit() {
            out.push(chars[at]);
            between.push(chars[at]);
            at += 1;
        } else if let Ok(code) = word.parse::<Code>() {
            match last {
                Some(first)
                    if ["to", "through"].contains(&between.trim())
                        && first.entry() < code.entry() =>
                {
                    let mut range = new
                        .range(first..=code)
                        .flat_map(|(_, new)| new.iter().map(|code| code.entry()));
                    out.push_str(&format!(", {}", named(&mut range)));
                }
                _ => out.push_str(&named(&mut find(code).into_iter())),
            }
            (at, last) = (end, Some(code));
            between.clear();
        } else if let (2, Some(first), false) = (
            word.len(),
            format!("{word}000").parse::<Code>().ok(),
            groups_stay,
        ) {
            let last = Code::from_parts(first.category(), first.group(), 999).expect("a code");
            let mut group = new
                .range(first..=last)
                .flat_map(|(_, new)| new.iter().map(|code| code.entry()));
            out.push_str(&named(&mut group));
            at = end;
        } else {
            out.push_str(&word);
            between.push_str(&word);
            at = end.max(at + 1);
        }
    }
    out
}

impl Reshaped {
    /// Returns a truth for the new list, given one whose answers are on the old list.
    pub fn answers(&self, truth: &Truth) -> Truth {
        let all = |answers: &Vec<Code>| {
            let new = answers.iter().filter_map(|answer| self.new.get(answer));
            new.flatten()
                .copied()
                .collect::<BTreeSet<Code>>()
                .into_iter()
                .collect::<Vec<_>>()
        };
        truth
            .iter()
            .map(|(query, answers)| (*query, all(answers)))
            .collect()
    }

    /// Returns a truth for the new list, given one whose queries are on the old list. It keeps the
    /// queries that have become one item. If several have become the same item, it keeps the first.
    pub fn queries(&self, truth: &Truth) -> Truth {
        let mut out = Truth::new();
        for (query, answers) in truth {
            if let Some([one]) = self.new.get(query).map(Vec::as_slice) {
                out.entry(*one).or_insert_with(|| answers.clone());
            }
        }
        out
    }
}
