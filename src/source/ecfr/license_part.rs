//! Reads the license part of an entry: its table of license requirements, its reasons for control,
//! its exceptions and its references.

use crate::code::codes;
use crate::list::Reason;
use crate::source::observation::ObservationKind;

use super::block::{Block, Kind};
use super::description;
use super::elsewhere::elsewhere;
use super::entry::Entry;
use super::exceptions;
use super::label;
use super::left_out::Place;
use super::license;
use super::notes::excerpt;
use super::titles::{self, Section, begins};

impl Entry {
    /// Handles a row of a table: a license requirement, or a row of another table.
    pub(super) fn row(&mut self, block: &Block) {
        if self.license_table {
            return self.license_requirement(block);
        }
        if self.section < Section::Items && !block.in_note && license::is_row(block.cell(0)) {
            let detail = "license row of a table without its head";
            self.note(ObservationKind::Repaired, block.line, detail);
            return self.license_requirement(block);
        }
        if self.other_rows.0 == 0 {
            self.other_rows.1 = block.line;
        }
        self.other_rows.0 += 1;
        if self.section == Section::Items {
            for cell in 0..block.cells.len() {
                self.leave_out(block.cell(cell), Place::Table, block.line);
            }
        }
    }

    fn license_requirement(&mut self, block: &Block) {
        for extra in (2..block.cells.len())
            .map(|cell| block.cell(cell))
            .filter(|text| !text.is_empty())
        {
            let detail = format!("third cell in a license row: {}", excerpt(extra));
            self.note(ObservationKind::Unclear, block.line, detail);
        }
        if block.cells.len() < 2 {
            self.note(
                ObservationKind::Repaired,
                block.line,
                "license row of one cell",
            );
        }
        let found = license::row(self.item.code, block.cell(0), block.cell(1));
        for detail in found.repairs {
            self.note(ObservationKind::Repaired, block.line, detail);
        }
        for detail in found.doubts {
            self.note(ObservationKind::Unclear, block.line, detail);
        }
        self.rows.push(found.row);
    }

    /// Handles a line of the license part that is neither a title nor the reasons for control.
    pub(super) fn license_line(&mut self, block: &Block) {
        let text = block.text.as_str();
        if begins(text, "related") {
            // "Related" and "Controls:" may be in two elements. In both cases the codes that are
            // named are references.
            self.in_related = !begins(text, "related def");
            self.titles.related |= self.in_related;
            if self.section < Section::ListOfItems && self.exceptions_are_over() {
                let detail = "related controls without the section's title before them";
                self.note(ObservationKind::Repaired, block.line, detail);
                self.section = Section::ListOfItems;
            }
        }
        if self.in_related {
            self.related.extend(codes(text).map(|(_, _, code)| code));
        }
        if self.in_related || self.section == Section::License {
            self.elsewhere.extend(elsewhere(text));
        }
        self.doubts(block);
        match self.section {
            Section::License | Section::Reporting
                if titles::symbol(text).is_some_and(|symbol| symbol.known) =>
            {
                let detail = "license exceptions without the section's title before them";
                self.note(ObservationKind::Repaired, block.line, detail);
                self.section = Section::Exceptions;
                self.exception(block);
            }
            Section::License | Section::ListOfItems => self.prose |= states_control(text),
            Section::Exceptions | Section::Sta => self.exception(block),
            Section::Reporting | Section::Items => {}
        }
    }

    /// Returns whether the section of exceptions has begun, so that only the list of items can
    /// follow.
    fn exceptions_are_over(&self) -> bool {
        self.section >= Section::Exceptions
    }

    /// Reports a line that may be meant as another kind: one with an unknown title or lead, or with
    /// a label.
    fn doubts(&mut self, block: &Block) {
        let text = block.text.as_str();
        if label::read(text).is_some() {
            if self.early.0 == 0 {
                self.early.1 = block.line;
            }
            self.early.0 += 1;
        } else if block.kind == Kind::Line && block.bold_at == Some(0) && !titles::has_lead(text) {
            let detail = format!("line set as a title that is none: {}", excerpt(text));
            self.note(ObservationKind::Unclear, block.line, detail);
        } else if block.kind != Kind::Paragraph
            && block.italic_at == Some(0)
            && let Some(lead) = titles::unknown_lead(text)
        {
            let detail = format!("line that begins with unknown words: {}", excerpt(lead));
            self.note(ObservationKind::Unclear, block.line, detail);
        }
    }

    pub(super) fn reasons(&mut self, block: &Block) {
        if block.kind == Kind::Heading {
            let detail = "reason for control in the element of a heading, FP-2";
            self.note(ObservationKind::Repaired, block.line, detail);
        }
        let list = block.text.split_once("ontrol").map_or("", |(_, rest)| rest);
        let mut words = list
            .split([' ', ',', ':', ';', '.'])
            .filter(|word| !word.is_empty())
            .peekable();
        while let Some(word) = words.next() {
            // "CC1" is a reason with a column.
            let tag = word.trim_end_matches(|c: char| c.is_ascii_digit());
            let named = word.eq_ignore_ascii_case("foreign")
                && words
                    .next_if(|next| next.eq_ignore_ascii_case("policy"))
                    .is_some();
            let reason = if named {
                license::foreign_policy()
            } else {
                license::reason(tag)
            };
            match reason {
                Some(reason) => self.reason(reason, block.line),
                None if word == "and" => {}
                // The rest is not part of the list.
                None => {
                    let detail = format!("reason line that goes on in words: {}", excerpt(list));
                    self.note(ObservationKind::Unclear, block.line, detail);
                    break;
                }
            }
        }
    }

    fn reason(&mut self, reason: Reason, line: u64) {
        if self.item.facts.reasons.contains(&reason) {
            return;
        }
        self.item.facts.reasons.push(reason);
        if !description::is_reason(reason) {
            let detail = format!("reason {reason}, which the list does not explain");
            self.note(ObservationKind::Unclear, line, detail);
        }
    }

    /// Handles a line of the exceptions: "LVS: $3000", or more words on the previous one.
    fn exception(&mut self, block: &Block) {
        let text = block.text.as_str();
        let Some(symbol) = titles::symbol(text) else {
            return self.more_of_exception(block);
        };
        if !symbol.known {
            let detail = format!("license exception of an unknown symbol: {}", excerpt(text));
            self.note(ObservationKind::Unclear, block.line, detail);
        }
        if self.exceptions.has(symbol.symbol) {
            let detail = format!("license exception {} a second time", symbol.symbol);
            self.note(ObservationKind::Repaired, block.line, detail);
        }
        if exceptions::unclear(symbol.words) {
            let detail = format!(
                "license exception whose words are not clear: {}",
                excerpt(text)
            );
            self.note(ObservationKind::Unclear, block.line, detail);
        }
        if let Some(second) = titles::second_symbol(symbol.words) {
            let detail = format!(
                "license exception with {second} on its line: {}",
                excerpt(text)
            );
            self.note(ObservationKind::Unclear, block.line, detail);
        }
        self.exceptions.add(symbol.symbol, symbol.words);
    }

    fn more_of_exception(&mut self, block: &Block) {
        let text = block.text.as_str();
        if self.section == Section::Sta && !self.exceptions.has("STA") {
            return self.exceptions.add("STA", text);
        }
        if !self.exceptions.go_on(text, block.line) {
            let detail = format!("text among the license exceptions: {}", excerpt(text));
            self.note(ObservationKind::Skipped, block.line, detail);
        }
    }
}

/// Returns whether a line of the license part states a control by itself.
fn states_control(text: &str) -> bool {
    text.starts_with("Control(s)")
        || text.contains("applies to")
        || text.contains(" controls with no license exception")
        || text.contains("is required")
}
