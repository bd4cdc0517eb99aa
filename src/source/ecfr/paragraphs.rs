//! The paragraphs of an entry, collected in order.

use std::collections::{BTreeMap, HashMap};

use crate::code::{Code, Label};
use crate::list::{Item, ItemState};
use crate::source::observation::ObservationKind;

use super::keys;
use super::label::{self, Labeled};
use super::left_out::{LeftOut, Place};
use super::notes::{Notes, excerpt};

/// A text that may be a paragraph.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    pub(super) text: &'a str,
    pub(super) line: u64,
    /// True if it is in italics from its first character on, as a remark is.
    pub(super) italic: bool,
}

pub(super) struct Paragraphs {
    entry: Code,
    pub(super) items: Vec<Item>,
    /// Positions in `items`, unless these are in the order of their codes, as they nearly always
    /// are.
    index: Option<HashMap<Code, usize>>,
    /// For each parent, the ranges that reserve paragraphs, by their first ones. Ranges that touch
    /// are joined.
    reserved: HashMap<Code, BTreeMap<Code, Code>>,
    pub(super) left_out: LeftOut,
    pub(super) notes: Notes,
}

impl Paragraphs {
    pub(super) fn new(entry: Code, notes: Notes) -> Paragraphs {
        Paragraphs {
            entry,
            items: Vec::new(),
            index: None,
            reserved: HashMap::new(),
            left_out: LeftOut::default(),
            notes,
        }
    }

    pub(super) fn note(&mut self, kind: ObservationKind, line: u64, detail: impl Into<String>) {
        self.notes.add(kind, line, self.entry, detail);
    }

    pub(super) fn has(&self, code: Code) -> bool {
        self.position(code).is_some()
    }

    fn position(&self, code: Code) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(&code).copied(),
            None if self.items.last()?.code < code => None,
            None => self
                .items
                .binary_search_by_key(&code, |item| item.code)
                .ok(),
        }
    }

    /// Drops what was read so far.
    pub(super) fn clear(&mut self) {
        self.items.clear();
        self.index = None;
        self.reserved.clear();
    }

    /// Returns whether a labeled text is the next paragraph at its place: its elder sibling exists,
    /// or it is the first below the paragraph before it.
    pub(super) fn is_next(&self, labeled: &Labeled<'_>) -> bool {
        let Some(code) = labeled.code(self.entry).filter(|code| !self.has(*code)) else {
            return false;
        };
        let Some(parent) = code.parent() else {
            return false;
        };
        match labeled.path.last().and_then(|last| last.previous()) {
            Some(before) => parent.child(before).is_some_and(|code| self.has(code)),
            None => self.items.last().is_some_and(|last| last.code == parent),
        }
    }

    /// Adds a text that is labeled or numbered as a paragraph, and reports any other.
    pub(super) fn take(&mut self, draft: Draft<'_>) {
        let text = draft.text;
        let labeled = label::read(text);
        // Text that is in italics from its first character on is a remark, as in a note.
        if draft.italic {
            if labeled.is_some() {
                let detail = format!("labeled remark in italics: {}", excerpt(text));
                self.note(ObservationKind::Skipped, draft.line, detail);
            }
            return;
        }
        let Some(labeled) = labeled.or_else(|| self.numbered(text)) else {
            // Many entries say here that the heading is the whole list.
            if !text.contains("contained in the ECCN heading") {
                let detail = format!("unlabeled text among the paragraphs: {}", excerpt(text));
                self.note(ObservationKind::Skipped, draft.line, detail);
            }
            return;
        };
        let Some(code) = labeled.code(self.entry) else {
            let detail = format!("label deeper than a code can be: {}", excerpt(text));
            return self.note(ObservationKind::Unclear, draft.line, detail);
        };
        self.labeled(draft, &labeled, code);
    }

    fn labeled(&mut self, draft: Draft<'_>, labeled: &Labeled<'_>, code: Code) {
        let reserved = label::is_reserved(labeled.rest);
        if !reserved && self.is_reserved(code) {
            let detail = format!("{code} has text though a range reserves it");
            self.note(ObservationKind::Repaired, draft.line, detail);
        }
        if self.has(code) {
            let detail = format!("{code} a second time: {}", excerpt(draft.text));
            return self.note(ObservationKind::Skipped, draft.line, detail);
        }
        if !labeled.regular {
            let written = excerpt(draft.text.split(' ').next().unwrap_or_default());
            let detail = format!("label of {code} written {written}");
            self.note(ObservationKind::Repaired, draft.line, detail);
        }
        if reserved {
            self.push(code, ItemState::Reserved, None);
            if let (Some(last), Some(item)) = (labeled.through, self.items.last_mut()) {
                item.facts.through = code
                    .parent()
                    .and_then(|parent| parent.child(last))
                    .filter(|last| *last > code);
                if let Some(last) = item.facts.through {
                    self.reserve(code, last);
                }
            }
            return;
        }
        let state = if says_none(labeled.rest) {
            ItemState::Empty
        } else {
            ItemState::Live
        };
        self.push(code, state, Some(labeled.rest.to_owned()));
        if let Some(item) = self.items.last_mut() {
            keys::read(item, draft.line, &mut self.notes.0);
        }
        self.find_within(code, labeled.rest, draft.line);
    }

    /// Finds labels in the middle of a text that would be next in order: two paragraphs that ran
    /// into one.
    fn find_within(&mut self, code: Code, text: &str, line: u64) {
        let bytes = text.as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| matches!(byte, b';' | b'.' | b':' | b']'))
            .map(|(at, _)| at);
        for at in ends {
            let rest = text[at + 1..].trim_start();
            // "10.5", "a.1.": a period within a word.
            if bytes[at] == b'.' && !bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace) {
                continue;
            }
            // Two paragraphs may have run together without a space: "; orb. Drums".
            let rest = ["and", "or"]
                .into_iter()
                .find_map(|word| rest.strip_prefix(word))
                .map_or(rest, str::trim_start);
            // Most texts continue with a word.
            let mut start = rest.bytes().skip_while(u8::is_ascii_alphanumeric);
            if start.next() != Some(b'.') {
                continue;
            }
            let Some(labeled) = label::read(rest) else {
                continue;
            };
            // "sp. nov.": paragraphs begin with a capital letter.
            if let Some(within) = labeled.code(self.entry)
                && follows(code, within)
                && !labeled.rest.starts_with(|c: char| c.is_ascii_lowercase())
            {
                self.left_out.add(within, Place::Within(code), line, rest);
            }
        }
    }

    /// Records that a range reserves the paragraphs after its first.
    fn reserve(&mut self, first: Code, last: Code) {
        let Some(parent) = first.parent() else {
            return;
        };
        let ranges = self.reserved.entry(parent).or_default();
        let (mut first, mut last) = (first, last);
        while let Some((&from, &to)) = ranges
            .range(..=last)
            .next_back()
            .filter(|(_, to)| **to >= first)
        {
            (first, last) = (first.min(from), last.max(to));
            ranges.remove(&from);
        }
        ranges.insert(first, last);
    }

    /// Returns whether a range that begins before a paragraph reserves it.
    pub(super) fn is_reserved(&self, code: Code) -> bool {
        let ranges = code.parent().and_then(|parent| self.reserved.get(&parent));
        ranges
            .and_then(|ranges| ranges.range(..code).next_back())
            .is_some_and(|(_, last)| *last >= code)
    }

    /// Returns the last paragraph of the range that reserves one, if there is such a range.
    pub(super) fn reserved_from(&self, code: Code) -> Option<Code> {
        let ranges = self.reserved.get(&code.parent()?)?;
        let (_, last) = ranges.range(..=code).next_back()?;
        (*last >= code).then_some(*last)
    }

    /// Reads a paragraph with a bare number, "1. …". It is a child of the paragraph before it, or a
    /// sibling of the one that is numbered in this way.
    fn numbered<'a>(&self, text: &'a str) -> Option<Labeled<'a>> {
        let (label, rest) = Label::parse_prefix(text).filter(|(label, _)| label.is_number())?;
        let rest = rest.strip_prefix(". ")?;
        let before = self.items.last().filter(|item| item.is_live())?;
        let mut path: Vec<Label> = before.code.labels().collect();
        match before.code.labels().next_back() {
            Some(last) if last.next() == Some(label) => {
                path.pop();
            }
            Some(last) if !last.is_number() && Label::number(1) == Some(label) => {}
            _ => return None,
        }
        path.push(label);
        Some(Labeled {
            path,
            through: None,
            rest,
            regular: false,
        })
    }

    pub(super) fn push(&mut self, code: Code, state: ItemState, text: Option<String>) {
        if self.has(code) {
            return;
        }
        let mut item = Item::new(code);
        item.state = state;
        item.text = text;
        let in_order = self.items.last().is_none_or(|last| last.code < code);
        if self.index.is_none() && !in_order {
            let places = self.items.iter().enumerate();
            self.index = Some(places.map(|(at, item)| (item.code, at)).collect());
        }
        if let Some(index) = &mut self.index {
            index.insert(code, self.items.len());
        }
        self.items.push(item);
    }

    pub(super) fn get(&self, code: Code) -> Option<&Item> {
        self.items.get(self.position(code)?)
    }

    pub(super) fn get_mut(&mut self, code: Code) -> Option<&mut Item> {
        let at = self.position(code)?;
        self.items.get_mut(at)
    }
}

/// Returns whether a paragraph may be printed right after another: as its first child, or as a
/// later sibling of it or of one of its ancestors.
fn follows(code: Code, next: Code) -> bool {
    let Some(parent) = next.parent() else {
        return false;
    };
    if parent == code {
        return next
            .labels()
            .next_back()
            .is_some_and(|last| last.previous().is_none());
    }
    parent.contains(code) && code < next
}

/// Returns whether a paragraph says that there is nothing of its subject: "Lasers. None."
fn says_none(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ';']);
    text == "None" || text.ends_with(". None")
}
