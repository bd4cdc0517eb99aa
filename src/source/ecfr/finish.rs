//! Completes an entry after its last paragraph: parents that are never printed, gaps, lists that
//! break off, any-of and all-of, references.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::code::{Code, Label};
use crate::list::{ChildLogic, Item, ItemState};
use crate::source::observation::ObservationKind;

use super::logic::{Wording, misspelt, own_lists, quantifier, wording};
use super::notes::{Notes, excerpt};
use super::paragraphs::Paragraphs;
use super::reference::named;

impl Paragraphs {
    /// Adds the parents whose own label is never printed, and reports what is missing. `line` is
    /// that of the entry's heading.
    ///
    /// Returns false if it would have more than so many items, and leaves the parents out.
    pub(super) fn complete(&mut self, line: u64, most: usize) -> bool {
        self.report_gaps(line);
        let left_out = std::mem::take(&mut self.left_out);
        let mut notes = std::mem::take(&mut self.notes);
        left_out.report(|code| self.has(code), &mut notes);
        self.notes = notes;
        let whole = self.add_implied(line, most);
        self.report_broken_off(line);
        whole
    }

    fn add_implied(&mut self, line: u64, most: usize) -> bool {
        // Each with the first paragraph that implies it.
        let mut missing: IndexMap<Code, Code> = IndexMap::new();
        for (at, item) in self.items.iter().enumerate() {
            if missing.is_empty() && self.follows_kin(at) {
                continue;
            }
            for ancestor in item.code.ancestors().filter(|code| !code.is_entry()) {
                if self.has(ancestor) {
                    continue;
                }
                if self.items.len() + missing.len() >= most {
                    return false;
                }
                missing.entry(ancestor).or_insert(item.code);
            }
        }
        for (ancestor, child) in missing {
            self.push(ancestor, ItemState::Implied, None);
            let detail = format!("{ancestor} is never printed; it is implied by {child}");
            self.note(ObservationKind::Repaired, line, detail);
        }
        // If a reserved paragraph has live ones below it, it is a mistake, and the printed
        // paragraphs count.
        let parents: Vec<Code> = self
            .items
            .iter()
            .filter(|item| item.is_live())
            .filter_map(|item| item.code.parent())
            .collect();
        for parent in parents {
            if let Some(item) = self
                .get_mut(parent)
                .filter(|item| item.state == ItemState::Reserved)
            {
                item.state = ItemState::Implied;
                let detail = format!("{parent} is reserved and has live paragraphs");
                self.note(ObservationKind::Repaired, line, detail);
            }
        }
        true
    }

    /// Returns whether a paragraph comes right after its parent or a sibling, so that it has no
    /// ancestor that the paragraph before it does not have or is.
    fn follows_kin(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.items.get(before));
        let parent = self.items.get(at).and_then(|item| item.code.parent());
        before.is_some_and(|before| parent == Some(before.code) || parent == before.code.parent())
    }

    /// Reports each place between siblings that is neither printed nor reserved.
    fn report_gaps(&mut self, line: u64) {
        // A parent that is never printed is reported as implied.
        let mut present: Vec<Code> = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            present.push(item.code);
            if !self.follows_kin(at) {
                present.extend(item.code.ancestors().filter(|code| !code.is_entry()));
            }
        }
        present.sort_unstable();
        present.dedup();
        // For each level, the last sibling so far below the current parent, with letters and
        // numbers apart. Every parent comes before its children.
        let mut elder: Vec<[Option<Code>; 2]> = Vec::new();
        for code in present {
            let (Some(parent), Some(label)) = (code.parent(), code.labels().next_back()) else {
                continue;
            };
            let reach = self.reserved_from(code).unwrap_or(code);
            elder.resize(code.labels().count(), [None; 2]);
            let siblings = elder
                .last_mut()
                .map(|last| &mut last[usize::from(label.is_number())]);
            let before = siblings.and_then(|last| last.replace(reach));
            let expected = before.map_or_else(|| first(label), next);
            if let Some(expected) = expected.filter(|expected| *expected < label)
                && let Some(missing) = parent.child(expected)
            {
                let detail = match label.previous() {
                    Some(last) if last != expected => {
                        let last = parent.child(last).unwrap_or(missing);
                        format!("from {missing} to {last} nothing is printed, though {code} is")
                    }
                    _ => format!("{missing} is not printed, though {code} is"),
                };
                self.note(ObservationKind::Unclear, line, detail);
            }
        }
    }

    /// Reports lists that look incomplete: an announcement without paragraphs, a single paragraph,
    /// or a last paragraph that ends in "and" or "or".
    fn report_broken_off(&mut self, line: u64) {
        let mut children: BTreeMap<Code, Vec<Code>> = BTreeMap::new();
        for item in &self.items {
            if let Some(parent) = item.code.parent() {
                children.entry(parent).or_default().push(item.code);
            }
        }
        children.values_mut().for_each(|list| list.sort_unstable());
        let last = self.items.iter().map(|item| item.code).max();
        let mut notes = std::mem::take(&mut self.notes);
        for item in self.items.iter().filter(|item| item.is_live()) {
            let code = item.code;
            if children.contains_key(&code) {
                continue;
            }
            let end = item.text.as_deref().unwrap_or_default().trim_end();
            let detail = if end.ends_with([':', '—']) {
                "a text that announces paragraphs and has none".to_owned()
            } else if goes_on(end) && !before_the_last(code, &children) {
                format!("the last of its list goes on: {}", excerpt(tail(end)))
            } else if Some(code) == last && end.ends_with([';', ',']) {
                format!("the last paragraph goes on: {}", excerpt(tail(end)))
            } else {
                continue;
            };
            notes.add(ObservationKind::Unclear, line, code, detail);
        }
        for (parent, list) in &children {
            if let [only] = list.as_slice()
                && self
                    .get(*only)
                    .is_some_and(|item| item.state != ItemState::Reserved)
            {
                let detail = format!("the only paragraph below {parent}");
                notes.add(ObservationKind::Unclear, line, *only, detail);
            }
        }
        self.notes = notes;
    }
}

/// Returns whether a text ends in "and" or "or".
fn goes_on(text: &str) -> bool {
    ["; and", "; or", ", and", ", or"]
        .iter()
        .any(|end| text.ends_with(end))
}

/// Returns whether an "and" or "or" at the end of a paragraph is in its place. Its place is before
/// the last paragraph of its own list or, at the end of that, of the list around it.
fn before_the_last(code: Code, children: &BTreeMap<Code, Vec<Code>>) -> bool {
    let mut inner = code;
    while let Some(parent) = inner.parent() {
        let list = children.get(&parent).map(Vec::as_slice).unwrap_or_default();
        let later = list.len() - list.partition_point(|other| *other <= inner);
        if later > 0 {
            // Inside its own list, any place but the last is right: "a; or b; or c".
            return inner == code || later == 1;
        }
        inner = parent;
    }
    false
}

/// Returns the end of a text, for a message.
fn tail(text: &str) -> &str {
    let at = text.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    &text[at..]
}

fn first(label: Label) -> Option<Label> {
    if label.is_number() {
        Label::number(1)
    } else {
        Label::letters("a")
    }
}

fn next(code: Code) -> Option<Label> {
    code.labels().next_back()?.next()
}

/// Sets the logic of one entry's items, which are in list order.
pub(super) fn set_logic(items: &mut [Item], notes: &mut Notes, line: u64) {
    for at in 0..items.len() {
        let parent = items[at].code;
        let children: Vec<&Item> = items[at + 1..]
            .iter()
            .take_while(|item| parent.contains(item.code))
            .filter(|item| item.code.parent() == Some(parent))
            .collect();
        if !children
            .iter()
            .any(|item| matches!(item.state, ItemState::Live | ItemState::Implied))
        {
            continue;
        }
        let is_list = |code: Code| {
            let place = items.binary_search_by_key(&code, |item| item.code);
            place.is_ok_and(|place| {
                (items.get(place + 1)).is_some_and(|next| code.contains(next.code))
            })
        };
        let lead_in = items[at].text.as_deref().unwrap_or_default();
        if misspelt(lead_in) {
            let detail = format!(
                "words on its paragraphs that are not known: {}",
                excerpt(tail(lead_in))
            );
            notes.add(ObservationKind::Unclear, line, parent, detail);
        }
        let texts = children.iter().filter_map(|item| item.text.as_deref());
        let logic = match wording(lead_in, texts) {
            _ if own_lists(parent, lead_in, is_list) => ChildLogic::OneOfEach,
            Wording::Said(logic) => logic,
            Wording::Joined => {
                notes.add(
                    ObservationKind::Unclear,
                    line,
                    parent,
                    "conditions by sense: properties joined by \"and\", without the words all of the following",
                );
                ChildLogic::All
            }
            Wording::Silent => {
                if let Some(words) = quantifier(lead_in) {
                    let detail = format!(
                        "words on its paragraphs that are not known: {}",
                        excerpt(words)
                    );
                    notes.add(ObservationKind::Unclear, line, parent, detail);
                }
                ChildLogic::Any
            }
        };
        items[at].logic = logic;
    }
}

/// Sets the codes to which each item of an entry refers. The entry's own references include those
/// of its related controls.
pub(super) fn set_references(items: &mut [Item], mut related: Vec<Code>) {
    for item in items {
        let own = item.code;
        let mut codes: Vec<Code> = named(item.text.as_deref().unwrap_or_default()).collect();
        if own.is_entry() {
            codes.append(&mut related);
        }
        codes.sort_unstable();
        codes.dedup();
        codes.retain(|code| *code != own);
        if item.facts.refers_to != codes {
            item.facts.refers_to = codes;
        }
    }
}
