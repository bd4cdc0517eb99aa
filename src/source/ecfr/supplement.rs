//! Reads the supplement: its entries, and the text outside them.

use std::collections::HashMap;

use crate::code::Code;
use crate::error::Error;
use crate::list::license::LicenseRequirement;
use crate::list::{ControlList, Edition, Item};
use crate::source::observation::{ObservationKind, Reading};

use super::block::{Block, Kind};
use super::description;
use super::entry::{Entry, Finished, Step};
use super::heading::{Heading, heading};
use super::notes::{Notes, excerpt};
use super::outside::Outside;
use super::reference::headings_within;
use super::titles;

#[derive(Default)]
pub(super) struct Supplement {
    items: Vec<Item>,
    rows: Vec<LicenseRequirement>,
    notes: Notes,
    /// Each entry's code and the line of its heading.
    places: Vec<(Code, u64)>,
    current: Option<Entry>,
    outside: Outside,
    /// The category and the product group of the last titles.
    category: Option<char>,
    group: Option<char>,
    /// The previous entry below the same titles.
    before: Option<Code>,
    /// The maximum number of items so far, and then a flag for more.
    most: usize,
    exceeded: bool,
}

/// The maximum number of items of a document, and the bytes for which it may have one more. An item
/// takes half a kilobyte, and twice that while their table grows. The official text has one for each
/// 360 bytes.
const MOST_ITEMS: usize = 12_000;
const BYTES_OF_AN_ITEM: u64 = 400;

impl Supplement {
    /// Notes how many bytes have been read, and checks that there are not too many items for them.
    ///
    /// # Errors
    /// More items than so many bytes may have, with the line of the entry.
    pub(super) fn allow(&mut self, bytes: u64) -> Result<(), Error> {
        self.most =
            MOST_ITEMS + usize::try_from(bytes / BYTES_OF_AN_ITEM).unwrap_or(usize::MAX / 2);
        let open = self.current.as_ref().map_or(0, Entry::count);
        if !self.exceeded && self.items.len() + open <= self.most {
            return Ok(());
        }
        let found = format!("more than {} items in {bytes} bytes", self.most);
        let expected =
            format!("at most {MOST_ITEMS} items, and one more for each {BYTES_OF_AN_ITEM} bytes");
        let line = self.places.last().map_or(1, |(_, line)| *line);
        Err(Error::unexpected(found, expected).at_line(line))
    }

    /// Handles a block.
    pub(super) fn block(&mut self, block: &Block) {
        match heading(block) {
            Heading::Entry {
                code,
                text,
                repairs,
            } => {
                self.close();
                self.check_place(code, block.line);
                self.places.push((code, block.line));
                self.current = Some(Entry::new(block, code, text, &repairs));
            }
            Heading::Division => {
                self.close();
                self.division(block);
                self.outside.begin(block);
            }
            Heading::Unreadable => {
                self.close();
                let detail = format!(
                    "heading whose code cannot be read: {}",
                    excerpt(&block.text)
                );
                self.notes
                    .add(ObservationKind::Unclear, block.line, None, detail);
                self.outside.begin(block);
            }
            Heading::No => self.other(block),
        }
    }

    fn other(&mut self, block: &Block) {
        let step = match &mut self.current {
            Some(entry) => entry.block(block),
            None if block.kind == Kind::Stray => {
                let detail = format!("text outside any known element: {}", excerpt(&block.text));
                self.notes
                    .add(ObservationKind::Skipped, block.line, None, detail);
                Step::Taken
            }
            None => {
                self.outside.add(block);
                Step::Taken
            }
        };
        if step == Step::Another
            && let Some(code) = self.current.as_ref().map(|entry| entry.place().0)
        {
            self.close();
            let detail = format!(
                "a license part begins after the paragraphs; a heading before it is missing: {}",
                excerpt(&block.text)
            );
            self.notes
                .add(ObservationKind::Unclear, block.line, code, detail);
            self.outside.begin(block);
        }
    }

    /// Records the category and the group of the entries that follow.
    fn division(&mut self, block: &Block) {
        self.before = None;
        if let Some(category) = titles::category(&block.text) {
            (self.category, self.group) = (Some(category), None);
        } else if let Some(group) = titles::group(&block.text) {
            self.group = Some(group);
        }
    }

    /// Reports an entry in the part of another category or group, or out of order.
    fn check_place(&mut self, code: Code, line: u64) {
        let name = code.to_string();
        let mut signs = name.chars();
        let (category, group) = (signs.next(), signs.next());
        let differs = |title: Option<char>, own: Option<char>| title.is_some() && title != own;
        if differs(self.category, category) || differs(self.group, group) {
            let title = [self.category, self.group].into_iter().flatten();
            let title: String = title.collect();
            let detail = format!("entry in the part of {title}");
            self.notes.add(ObservationKind::Unclear, line, code, detail);
        }
        if let Some(before) = self.before.replace(code).filter(|before| *before > code) {
            let detail = format!("entry printed after {before}");
            self.notes.add(ObservationKind::Unclear, line, code, detail);
        }
    }

    /// Ends the open entry, or the stretch outside entries.
    fn close(&mut self) {
        self.outside.end(&mut self.notes);
        if let Some(entry) = self.current.take() {
            let Finished {
                mut items,
                mut rows,
                mut notes,
                whole,
            } = entry.finish(self.most.max(MOST_ITEMS).saturating_sub(self.items.len()));
            self.exceeded |= !whole;
            if self.items.is_empty() {
                self.items = items;
            } else {
                self.items.append(&mut items);
            }
            self.rows.append(&mut rows);
            self.notes.0.append(&mut notes.0);
        }
    }

    /// Reports codes of entries that have no heading but that texts name as headings do. Their
    /// headings ran into the line before.
    fn report_lost_headings(&mut self) {
        let entries: HashMap<Code, u64> = self.places.iter().copied().collect();
        for item in &self.items {
            let text = item.text.as_deref().unwrap_or_default();
            let line = entries.get(&item.code.entry()).copied().unwrap_or_default();
            for lost in headings_within(text).filter(|code| !entries.contains_key(code)) {
                let detail = format!("text like the heading of {lost}, which has none");
                self.notes
                    .add(ObservationKind::Unclear, line, item.code, detail);
            }
        }
    }

    /// Makes the list.
    ///
    /// # Errors
    /// Returns an error if an entry is printed twice, with the line of the second, or if there are
    /// too many items.
    pub(super) fn finish(mut self, edition: Edition, bytes: u64) -> Result<Reading, Error> {
        self.close();
        self.allow(bytes)?;
        self.report_lost_headings();
        let mut observations = self.notes.0;
        observations.sort_by_key(|observation| observation.line);
        let (places, rows) = (self.places, self.rows);
        let list = ControlList::new(description::list(), edition, self.items)
            .and_then(|list| list.with_license_requirements(rows))
            .map_err(|error| {
                let of_error = |(code, _): &&(Code, u64)| {
                    error
                        .code()
                        .is_some_and(|at_fault| at_fault.entry() == *code)
                };
                // If an entry is printed twice, the error is at the second place.
                match places.iter().rfind(of_error).copied() {
                    Some((_, line)) => error.at_line(line),
                    None => error,
                }
            })?;
        Ok(Reading { list, observations })
    }
}
