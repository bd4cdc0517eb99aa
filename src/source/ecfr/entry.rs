//! An entry that is being read: its license part, then its paragraphs.

use crate::code::Code;
use crate::list::license::LicenseRequirement;
use crate::list::{Elsewhere, Item, ItemState};
use crate::source::observation::ObservationKind;

use super::block::{Block, Kind};
use super::elsewhere::{elsewhere, once_each};
use super::exceptions::Exceptions;
use super::finish::{set_logic, set_references};
use super::keys;
use super::label;
use super::left_out::Place;
use super::license;
use super::notes::{Notes, excerpt};
use super::paragraphs::{Draft, Paragraphs};
use super::reference::headings_within;
use super::titles::{self, LIST_OF_ITEMS, Marker, Section, begins};

pub(super) struct Entry {
    pub(super) item: Item,
    pub(super) line: u64,
    pub(super) section: Section,
    pub(super) list: Paragraphs,
    /// True if the marker "Items:" was read, and not a first paragraph without it.
    pub(super) marked: bool,
    pub(super) exceptions: Exceptions,
    pub(super) rows: Vec<LicenseRequirement>,
    /// True if the current table is a table of license requirements.
    pub(super) license_table: bool,
    /// Rows of other tables: their number, and the line of the first.
    pub(super) other_rows: (usize, u64),
    /// Labeled paragraphs before the list of items: their number, and the line of the first.
    pub(super) early: (usize, u64),
    /// True if the text states a control outside a table.
    pub(super) prose: bool,
    /// Codes that the related controls name.
    pub(super) related: Vec<Code>,
    /// Other lists and agencies that the license part names: notes of the heading, prose in the
    /// place of a table, related controls.
    pub(super) elsewhere: Vec<Elsewhere>,
    pub(super) in_related: bool,
    pub(super) titles: Titles,
}

/// The titles and lines of the license part that were found.
#[derive(Default)]
pub(super) struct Titles {
    exceptions: bool,
    sta: bool,
    list: bool,
    pub(super) related: bool,
}

/// A complete entry.
pub(super) struct Finished {
    pub(super) items: Vec<Item>,
    pub(super) rows: Vec<LicenseRequirement>,
    pub(super) notes: Notes,
    /// `false` if it would have more items than it may have.
    pub(super) whole: bool,
}

/// The answer to whether a block belongs to the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Taken,
    /// The block begins the license part of another entry, whose heading is missing.
    Another,
}

impl Entry {
    pub(super) fn new(block: &Block, code: Code, heading: &str, repairs: &[&str]) -> Entry {
        let mut notes = Notes::default();
        for repair in repairs {
            notes.add(ObservationKind::Repaired, block.line, code, *repair);
        }
        let mut item = Item::new(code);
        if label::is_reserved(heading) {
            item.state = ItemState::Reserved;
        }
        item.text = Some(heading.to_owned());
        keys::read(&mut item, block.line, &mut notes.0);
        let mut entry = Entry {
            item,
            line: block.line,
            section: Section::License,
            list: Paragraphs::new(code, notes),
            marked: false,
            exceptions: Exceptions::default(),
            rows: Vec::new(),
            license_table: false,
            other_rows: (0, 0),
            early: (0, 0),
            prose: false,
            related: Vec::new(),
            elsewhere: Vec::new(),
            in_related: false,
            titles: Titles::default(),
        };
        entry.note_oddities(block);
        entry
    }

    /// Returns its code and the line of its heading.
    pub(super) fn place(&self) -> (Code, u64) {
        (self.item.code, self.line)
    }

    pub(super) fn note(&mut self, kind: ObservationKind, line: u64, detail: impl Into<String>) {
        self.list.note(kind, line, detail);
    }

    /// Reports the parts of a block that could not be read as usual.
    fn note_oddities(&mut self, block: &Block) {
        for detail in block.odd.details() {
            self.note(ObservationKind::Unclear, block.line, detail);
        }
        if block.cut {
            let detail = format!(
                "text that another element breaks off: {}",
                excerpt(&block.text)
            );
            self.note(ObservationKind::Repaired, block.line, detail);
        }
    }

    /// Handles a block that is not a heading.
    pub(super) fn block(&mut self, block: &Block) -> Step {
        if self.is_anothers(block) {
            return Step::Another;
        }
        self.note_oddities(block);
        match block.kind {
            Kind::TableHead => {
                self.license_table = !block.in_note && license::is_table_head(block.cell(0));
            }
            Kind::TableRow => self.row(block),
            Kind::Title | Kind::Subtitle => self.title(block),
            Kind::Stray => {
                let detail = format!("text outside any known element: {}", excerpt(&block.text));
                self.note(ObservationKind::Skipped, block.line, detail);
            }
            Kind::Heading | Kind::Line | Kind::Paragraph => {
                self.license_table = false;
                if block.in_note {
                    self.noted(block);
                } else {
                    self.line(block);
                }
            }
        }
        Step::Taken
    }

    /// Returns whether a block begins a license part after this entry's own is over, or a second
    /// list of items.
    fn is_anothers(&self, block: &Block) -> bool {
        if self.section < Section::Items || block.in_note {
            return false;
        }
        let text = block.text.as_str();
        match block.kind {
            Kind::Title | Kind::Subtitle | Kind::Line | Kind::Heading => {
                let bold = block.kind != Kind::Line || block.bold_at == Some(0);
                begins(text, "reason for control")
                    || begins(text, "related controls")
                    || bold && titles::section(text, true).is_some()
                    || self.marked && titles::marker(text, block.italic_at == Some(0)).is_some()
            }
            Kind::TableHead => license::is_table_head(block.cell(0)),
            Kind::TableRow => license::is_row(block.cell(0)),
            Kind::Paragraph | Kind::Stray => false,
        }
    }

    /// Handles a title within the entry, of a section or of a group of paragraphs.
    fn title(&mut self, block: &Block) {
        if block.in_note || self.section_title(block) {
            return;
        }
        if self.section < Section::Items {
            let detail = format!("title that names no section: {}", excerpt(&block.text));
            return self.note(ObservationKind::Unclear, block.line, detail);
        }
        // It is a paragraph in the element of a title.
        if let Some(labeled) = label::read(&block.text) {
            if self.list.is_next(&labeled) {
                let detail = "paragraph in the element of a title";
                self.note(ObservationKind::Repaired, block.line, detail);
                self.paragraph(block, &block.text, 0);
            } else {
                self.leave_out(&block.text, Place::Title, block.line);
            }
        }
    }

    /// Keeps labeled text that is not used, so that it is reported if its label is never printed.
    pub(super) fn leave_out(&mut self, text: &str, place: Place, line: u64) {
        if let Some(code) = label::read(text).and_then(|labeled| labeled.code(self.item.code)) {
            self.list.left_out.add(code, place, line, text);
        }
    }

    /// Moves to the section that a title names. Returns whether it names one.
    pub(super) fn section_title(&mut self, block: &Block) -> bool {
        let set = block.kind != Kind::Line || block.bold_at == Some(0);
        let Some(title) = titles::section(&block.text, set) else {
            return false;
        };
        if !title.regular {
            let detail = format!("section title written {}", excerpt(&block.text));
            self.note(ObservationKind::Repaired, block.line, detail);
        }
        match title.section {
            Section::Exceptions => self.titles.exceptions = true,
            Section::Sta => self.titles.sta = true,
            Section::ListOfItems => self.titles.list = true,
            _ => {}
        }
        self.section = title.section;
        self.in_related = false;
        true
    }

    /// Handles a line or paragraph outside notes.
    fn line(&mut self, block: &Block) {
        let text = block.text.as_str();
        if self.section == Section::Items && self.marked {
            return self.paragraph(block, text, 0);
        }
        if let Some(marker) = titles::marker(text, block.italic_at == Some(0)) {
            return self.items_marker(block, &marker);
        }
        if self.section == Section::Items {
            return self.paragraph(block, text, 0);
        }
        if block.kind != Kind::Paragraph
            && (self.section_title(block) || self.title_with_paragraph(block))
        {
            return;
        }
        if begins(text, "reason for control") || begins(text, "reasons for control") {
            return self.reasons(block);
        }
        if self.first_paragraph(block) {
            return;
        }
        self.license_line(block);
    }

    /// Handles a title of the section of paragraphs that has the first paragraph on its line.
    /// Returns whether it is one.
    fn title_with_paragraph(&mut self, block: &Block) -> bool {
        let text = block.text.as_str();
        if !begins(text, LIST_OF_ITEMS) {
            return false;
        }
        let rest = text[LIST_OF_ITEMS.len()..].trim_start();
        if label::read(rest).is_none() {
            return false;
        }
        let detail = "first paragraph on the line of the section's title";
        self.note(ObservationKind::Repaired, block.line, detail);
        self.section = Section::Items;
        self.paragraph(block, rest, text.len() - rest.len());
        true
    }

    /// Handles a first paragraph `a` without the marker. Returns whether it is one.
    fn first_paragraph(&mut self, block: &Block) -> bool {
        let first = self.section == Section::ListOfItems
            && label::read(&block.text).is_some_and(|labeled| {
                labeled.path.len() == 1
                    && !labeled.path[0].is_number()
                    && labeled.path[0].previous().is_none()
            });
        if first {
            let detail = "first paragraph without the marker \"Items:\" before it";
            self.note(ObservationKind::Repaired, block.line, detail);
            self.section = Section::Items;
            self.paragraph(block, &block.text, 0);
        }
        first
    }

    /// Handles "Items:" and the rest of its line: the first paragraph, or a remark that the heading
    /// is complete.
    fn items_marker(&mut self, block: &Block, marker: &Marker<'_>) {
        self.section = Section::Items;
        self.marked = true;
        if !self.list.items.is_empty() {
            let count = self.list.items.len();
            let detail = format!("{count} labeled paragraphs before the marker \"Items:\"");
            self.note(ObservationKind::Skipped, block.line, detail);
            self.list.clear();
        }
        let rest = marker.rest;
        if let Some(repair) = marker.repair {
            self.note(ObservationKind::Repaired, block.line, repair);
        }
        // A heading may have run into a line that is left out.
        let heading = headings_within(rest).next();
        if let Some(heading) = heading.filter(|heading| *heading != self.item.code) {
            let detail = format!("text like the heading of {heading} on the line of \"Items:\"");
            self.note(ObservationKind::Unclear, block.line, detail);
        }
        let lower = rest.to_ascii_lowercase();
        if rest.is_empty()
            || lower.contains("contained in the")
            || lower.contains("heading") && label::read(rest).is_none()
        {
            return;
        }
        self.paragraph(block, rest, block.text.len() - rest.len());
    }

    /// Handles a paragraph in a note. It is an item only if it is set as one: in roman type after
    /// its label, and next in order at its place.
    fn noted(&mut self, block: &Block) {
        if self.section == Section::License {
            self.elsewhere.extend(elsewhere(&block.text));
        }
        if self.section != Section::Items || block.kind != Kind::Paragraph {
            return;
        }
        let Some(labeled) = label::read(&block.text) else {
            return;
        };
        let start = block.text.len() - labeled.rest.len();
        let roman = block.italic_at.is_none_or(|at| at > start);
        if roman && self.list.is_next(&labeled) {
            let detail = "paragraph that stands within a note";
            self.note(ObservationKind::Repaired, block.line, detail);
            self.paragraph(block, &block.text, 0);
        } else if block.italic_at != Some(0) {
            self.leave_out(&block.text, Place::Note, block.line);
        }
    }

    /// Handles a paragraph of the list of items. Its text begins at an offset in the block.
    fn paragraph(&mut self, block: &Block, text: &str, offset: usize) {
        self.list.take(Draft {
            text,
            line: block.line,
            italic: offset == 0 && block.italic_at == Some(0),
        });
    }

    /// Returns the number of items so far.
    pub(super) fn count(&self) -> usize {
        self.list.items.len() + 1
    }

    /// Completes the entry, which may have at most `most` items.
    pub(super) fn finish(mut self, most: usize) -> Finished {
        let whole = self.list.complete(self.line, most.saturating_sub(1));
        let live = self
            .list
            .items
            .iter()
            .any(|item| item.state == ItemState::Live);
        if self.item.state == ItemState::Live
            && !live
            && self.rows.is_empty()
            && self.item.facts.reasons.is_empty()
            && !self.prose
        {
            self.item.state = ItemState::Empty;
        }
        self.report();
        let exceptions = self.exceptions.finish();
        if !exceptions.is_empty() {
            self.item.particulars_mut().exceptions = exceptions;
        }
        let mut elsewhere = elsewhere(self.item.text.as_deref().unwrap_or_default());
        elsewhere.append(&mut self.elsewhere);
        if !elsewhere.is_empty() {
            self.item.particulars_mut().elsewhere = once_each(elsewhere);
        }
        let Paragraphs {
            mut items,
            mut notes,
            ..
        } = self.list;
        // The entry comes first. A long list is not copied for it: items are large.
        items.push(self.item);
        items.rotate_right(1);
        if !items.is_sorted_by_key(|item| item.code) {
            items.sort_by_key(|item| item.code);
        }
        set_logic(&mut items, &mut notes, self.line);
        set_references(&mut items, self.related);
        keys::name_things(&mut items);
        Finished {
            items,
            rows: self.rows,
            notes,
            whole,
        }
    }

    /// Reports the problems of the entry as a whole.
    fn report(&mut self) {
        if self.rows.is_empty() && (self.prose || !self.item.facts.reasons.is_empty()) {
            let detail = "license requirements in prose or by reference, without a table";
            self.note(ObservationKind::Prose, self.line, detail);
        }
        if self.item.state == ItemState::Live && self.item.facts.reasons.is_empty() {
            let detail = "no reason for control is stated on a line of its own";
            self.note(ObservationKind::Unclear, self.line, detail);
        }
        if self.titles.exceptions && !self.exceptions.whole() {
            let detail = "license exceptions without LVS and GBS or TSR";
            self.note(ObservationKind::Unclear, self.line, detail);
        }
        if self.titles.sta && !self.exceptions.has("STA") {
            let detail = "special conditions for STA without a word";
            self.note(ObservationKind::Unclear, self.line, detail);
        }
        if self.titles.list && !self.titles.related {
            let detail = "list of items controlled without a line of related controls";
            self.note(ObservationKind::Unclear, self.line, detail);
        }
        let more: Vec<(u64, String)> = self.exceptions.more().collect();
        for (line, detail) in more {
            self.note(ObservationKind::Repaired, line, detail);
        }
        if let (rows @ 1.., line) = self.other_rows {
            let detail = format!("table rows that are no license rows: {rows}");
            self.note(ObservationKind::Skipped, line, detail);
        }
        if let (count @ 1.., line) = self.early {
            let detail = format!("{count} labeled paragraphs before the list of items");
            self.note(ObservationKind::Skipped, line, detail);
        }
        for detail in license::disagreements(&self.item.facts.reasons, &self.rows) {
            self.note(ObservationKind::Unclear, self.line, detail);
        }
        for code in license::unprinted(&self.rows, self.item.code, |code| self.list.has(code)) {
            let detail = format!("license row for {code}, which is not printed");
            self.note(ObservationKind::Unclear, self.line, detail);
        }
    }
}
