//! The rows of the supplements' tables, and the notes on stays, out of the XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, BytesText, Event};

use crate::error::Error;
use crate::source::xml::{Lines, character};
use crate::text::short;

/// Signs in a cell's text that mark what the XML sets off. No XML may hold them.
pub(super) const ITALIC: char = '\u{1}';
pub(super) const ROMAN: char = '\u{2}';
pub(super) const NOTE: char = '\u{3}';

/// The expected document.
const EXPECTED: &str = "the eCFR's XML of 15 CFR Part 744, with Supplement No. 4, 6 or 7";

/// One thing that the walk finds.
pub(super) enum Found {
    /// A row of a table's body or foot; its cells are [`Rows::cells`].
    Row,
    /// A note on a rule that is stayed; its text is the only one of [`Rows::cells`].
    Note,
}

/// The walk over a document.
pub(super) struct Rows<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The place up to which lines are counted: the beginning of the row, or an error.
    lines: Lines<'static>,
    counted: usize,
    /// The end of the event before this one.
    passed: u64,
    /// The number of the supplement that is open, and how many `DIV9` are.
    supplement: Option<u8>,
    depth: usize,
    /// The line on which the row or note begins.
    pub(super) line: u64,
    cells: Vec<String>,
    used: usize,
    in_head: bool,
    in_cell: bool,
    in_note: bool,
    done_rows: bool,
    /// Which supplements were read, and what else the document holds.
    pub(super) seen: Vec<u8>,
    other: Vec<String>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str) -> Rows<'a> {
        Rows {
            text,
            reader: Reader::from_str(text),
            lines: Lines::new(None),
            counted: 0,
            passed: 0,
            supplement: None,
            depth: 0,
            line: 1,
            cells: Vec::new(),
            used: 0,
            in_head: false,
            in_cell: false,
            in_note: false,
            done_rows: false,
            seen: Vec::new(),
            other: Vec::new(),
        }
    }

    /// The supplement whose row was found.
    pub(super) fn supplement(&self) -> Option<u8> {
        self.supplement
    }

    /// The cells of the row, white space collapsed; a line break is one.
    pub(super) fn cells(&self) -> &[String] {
        &self.cells[..self.used]
    }

    /// Moves to the next row or note; `None` at the end.
    ///
    /// # Errors
    /// Broken or truncated XML; a document without any of the supplements.
    pub(super) fn next(&mut self) -> Result<Option<Found>, Error> {
        if std::mem::take(&mut self.done_rows) {
            self.used = 0;
        }
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.count();
                    let at = self.reader.error_position();
                    let at = at.max(self.reader.buffer_position());
                    return Err(self.lines.error(&error, EXPECTED, at));
                }
            };
            let found = self.event(&event)?;
            self.passed = self.reader.buffer_position();
            if let Some(found) = found {
                self.done_rows = true;
                return Ok(Some(found));
            }
            if matches!(event, Event::Eof) {
                return self.end().map(|()| None);
            }
        }
    }

    /// Counts the lines up to the end of the event before this one.
    fn count(&mut self) {
        let end = usize::try_from(self.passed).unwrap_or(usize::MAX);
        if let Some(passed) = self.text.get(self.counted..end) {
            let passed = Event::Text(BytesText::from_escaped(passed));
            self.lines.pass(&passed, self.passed);
            self.counted = end;
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        let found = match self.supplement {
            Some(number) => format!("the end of the file within Supplement No. {number}"),
            None if !self.seen.is_empty() => return Ok(()),
            None if self.other.is_empty() => "no element of the eCFR".to_owned(),
            None => self.other.join(", "),
        };
        Err(self.place(Error::unexpected(found, EXPECTED)))
    }

    fn place(&mut self, error: Error) -> Error {
        self.count();
        self.lines.place(error, self.reader.buffer_position())
    }

    fn event(&mut self, event: &Event<'_>) -> Result<Option<Found>, Error> {
        match event {
            Event::Start(start) => self.start(start, false)?,
            Event::Empty(start) => self.start(start, true)?,
            Event::End(end) => return Ok(self.close(end.name().as_ref())),
            Event::Text(text) if self.in_cell || self.in_note => self.text(text),
            Event::CData(text) if self.in_cell || self.in_note => self.text(text),
            Event::GeneralRef(name) if self.in_cell || self.in_note => match character(name) {
                Some(c) => self.text(c.encode_utf8(&mut [0; 4])),
                None => self.text(&format!("&{};", short(name))),
            },
            _ => {}
        }
        Ok(None)
    }

    fn start(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        let name = start.name();
        match name.as_ref().as_bytes() {
            b"DIV9" if self.supplement.is_some() => self.depth += usize::from(!empty),
            b"EFFDNOT" => self.begin(),
            _ if self.supplement.is_none() => return self.outside(start, empty),
            b"THEAD" => self.in_head = !empty,
            b"TR" if !self.in_head => {
                self.count();
                self.line = self.lines.line;
                self.used = 0;
            }
            b"TD" | b"TH" if !self.in_head => {
                self.add();
                self.in_cell = !empty;
            }
            b"br" | b"P" if self.in_cell => self.mark('\n'),
            b"E" if self.in_cell && !empty => self.mark(ITALIC),
            b"sup" | b"SU" if self.in_cell && !empty => self.mark(NOTE),
            _ => {}
        }
        Ok(())
    }

    /// Outside the supplements only their beginning matters, and what the document is.
    fn outside(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        let name = start.name();
        if !name.as_ref().starts_with("DIV") {
            if self.other.is_empty() {
                self.other.push(format!("<{}>", short(name.as_ref())));
            }
            return Ok(());
        }
        let mut title = String::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            if attribute.key.as_ref() == "N" {
                title = attribute.value.into_owned();
            }
        }
        let number = title
            .strip_prefix("Supplement No. ")
            .and_then(|rest| rest.strip_suffix(" to Part 744"))
            .and_then(|number| number.parse().ok())
            .filter(|number| matches!(number, 4 | 6 | 7) && name.as_ref() == "DIV9");
        match number {
            Some(number) if self.seen.contains(&number) => {
                let found = format!("Supplement No. {number} a second time");
                Err(self.place(Error::unexpected(found, "one edition of it")))
            }
            Some(number) => {
                self.seen.push(number);
                self.depth = 1;
                self.supplement = Some(number).filter(|_| !empty);
                Ok(())
            }
            None => {
                if self.other.len() < 4 && !title.is_empty() {
                    let name = short(name.as_ref());
                    self.other.push(format!("<{name} N={:?}>", short(&title)));
                }
                Ok(())
            }
        }
    }

    fn close(&mut self, name: &str) -> Option<Found> {
        match name.as_bytes() {
            b"EFFDNOT" if self.in_note => {
                self.in_note = false;
                return Some(Found::Note);
            }
            b"DIV9" if self.supplement.is_some() => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.supplement = None;
                }
            }
            b"THEAD" => self.in_head = false,
            b"TD" | b"TH" => self.in_cell = false,
            b"E" if self.in_cell => self.mark(ROMAN),
            b"sup" | b"SU" if self.in_cell => self.mark(NOTE),
            b"TR" if self.supplement.is_some() && !self.in_head && self.used > 0 => {
                self.in_cell = false;
                return Some(Found::Row);
            }
            _ => {}
        }
        None
    }

    /// Begins a note.
    fn begin(&mut self) {
        self.count();
        self.line = self.lines.line;
        self.used = 0;
        self.add();
        self.in_note = true;
    }

    /// Begins a cell.
    fn add(&mut self) {
        if self.used == self.cells.len() {
            self.cells.push(String::new());
        }
        self.cells[self.used].clear();
        self.used += 1;
    }

    fn mark(&mut self, sign: char) {
        if let Some(cell) = self
            .used
            .checked_sub(1)
            .and_then(|at| self.cells.get_mut(at))
        {
            while sign == '\n' && cell.ends_with(' ') {
                cell.pop();
            }
            cell.push(sign);
        }
    }

    /// Adds text to the cell, white space collapsed.
    fn text(&mut self, text: &str) {
        let Some(cell) = self
            .used
            .checked_sub(1)
            .and_then(|at| self.cells.get_mut(at))
        else {
            return;
        };
        // Most texts are as they should be, with blanks around them.
        let body = text.trim_ascii();
        if is_plain(body.as_bytes()) {
            if text.starts_with(|c: char| c.is_ascii_whitespace()) {
                separate(cell);
            }
            cell.push_str(body);
            if !body.is_empty() && text.ends_with(|c: char| c.is_ascii_whitespace()) {
                cell.push(' ');
            }
            return;
        }
        let blank = |c: char| c.is_whitespace() || c.is_control();
        for c in text.chars() {
            match blank(c) {
                true => separate(cell),
                false => cell.push(c),
            }
        }
    }
}

/// Returns whether a text has no white space but single blanks, and no sign outside ASCII.
fn is_plain(bytes: &[u8]) -> bool {
    // Without a way out of the loops the compiler looks at many bytes at once.
    let odd = |byte: &u8| u8::from(byte.wrapping_sub(b' ') >= 0x7f - b' ');
    let odd = bytes.iter().fold(0, |found, byte| found | odd(byte));
    let after = bytes.get(1..).unwrap_or_default();
    let double = |one: &u8, other: &u8| u8::from(*one == b' ') & u8::from(*other == b' ');
    let pairs = bytes.iter().zip(after);
    odd | pairs.fold(0, |found, (one, other)| found | double(one, other)) == 0
}

/// Ends a word.
fn separate(cell: &mut String) {
    if !cell.is_empty() && !cell.ends_with([' ', '\n']) {
        cell.push(' ');
    }
}
