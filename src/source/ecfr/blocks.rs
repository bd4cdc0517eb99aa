//! Reads the blocks of text of the supplement from the XML.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, Kind as ErrorKind};

use super::block::{Block, Kind};
use super::element::{Element, element, is_raised};
use super::notes::shown;
use super::text::character;
use crate::source::xml::Lines;

/// The wanted part of a document, as blocks.
pub(super) struct Blocks<'a, R> {
    reader: Reader<R>,
    /// The text that an event borrows from, if the document is not in memory.
    buffer: Vec<u8>,
    /// The block that is being read.
    block: Block,
    /// The block that is complete.
    done: Block,
    /// The offset at which the event begins that is being read.
    from: u64,
    lines: Lines<'a>,
    /// The number of open `DIV9` elements inside the supplement.
    depth: usize,
    notes: usize,
    in_head: bool,
    in_block: bool,
    italic: usize,
    bold: usize,
    /// For each open `E`, `SU` and `sup`, the outermost first: true if it is bold, false if it is
    /// raised.
    set: Vec<bool>,
    /// The position in `set` of the element that raises its text, and the offset at which that text
    /// begins. Elements that are open inside it, or from an earlier block, change nothing.
    superscript: Option<(usize, usize)>,
    state: State,
    /// The parts that the document has, for the error if the supplement is not among them.
    seen: Vec<String>,
}

#[derive(PartialEq)]
enum State {
    Before,
    Inside,
    After,
}

const HTML: &str = "an HTML page";

impl<R: BufRead> Blocks<'_, R> {
    pub(super) fn streamed(input: R) -> Self {
        Blocks::new(Reader::from_reader(input), None)
    }

    /// Reads to the end of the next block. Returns `false` at the end of the document.
    ///
    /// # Errors
    /// Returns an error if the XML is broken or truncated, or if the document has no supplement or
    /// two.
    pub(super) fn next(&mut self) -> Result<bool, Error> {
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            self.from = self.reader.buffer_position();
            let event = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.xml_error(&error, &buffer)),
            };
            let done = self.event(&event);
            let at_end = matches!(event, Event::Eof);
            self.lines.pass(&event, self.reader.buffer_position());
            drop(event);
            self.buffer = buffer;
            if done? {
                return Ok(true);
            }
            if at_end {
                return self.end().map(|()| false);
            }
        }
    }
}

impl<'a> Blocks<'a, &'a [u8]> {
    pub(super) fn in_memory(document: &'a [u8]) -> Self {
        // The XML reader does not count this mark.
        let counted = document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document);
        Blocks::new(Reader::from_reader(document), Some(counted))
    }

    /// Reads to the end of the next block as [`next`](Blocks::next) does, without copying what it
    /// reads.
    pub(super) fn next_in_memory(&mut self) -> Result<bool, Error> {
        loop {
            self.from = self.reader.buffer_position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let read = self.lines.since(self.from, self.reader.buffer_position());
                    return Err(self.xml_error(&error, read));
                }
            };
            if self.event(&event)? {
                return Ok(true);
            }
            if matches!(event, Event::Eof) {
                self.from = self.reader.buffer_position();
                return self.end().map(|()| false);
            }
        }
    }
}

impl<'a, R> Blocks<'a, R> {
    fn new(reader: Reader<R>, document: Option<&'a [u8]>) -> Self {
        Blocks {
            reader,
            buffer: Vec::new(),
            block: Block::new(),
            done: Block::new(),
            from: 0,
            lines: Lines::new(document),
            depth: 0,
            notes: 0,
            in_head: false,
            in_block: false,
            italic: 0,
            bold: 0,
            set: Vec::new(),
            superscript: None,
            state: State::Before,
            seen: Vec::new(),
        }
    }

    /// Returns the block that is complete.
    pub(super) fn done(&self) -> &Block {
        &self.done
    }

    /// Returns the number of bytes read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.reader.buffer_position()
    }

    fn place(&mut self, error: Error) -> Error {
        self.lines.count(self.from);
        self.lines.place(error, self.reader.buffer_position())
    }

    /// Returns an error of the XML reader for the text that it read since the last event.
    fn xml_error(&mut self, error: &quick_xml::Error, read: &[u8]) -> Error {
        let from = self.from;
        self.lines.count(from);
        match error {
            quick_xml::Error::Io(error) => {
                Error::from(std::io::Error::new(error.kind(), error.to_string()))
            }
            quick_xml::Error::Encoding(_) => {
                // A text is read up to the next tag, whose first bracket may be missing.
                let whole = self.reader.buffer_position() - from == read.len() as u64
                    || read.starts_with(b"<");
                let at =
                    std::str::from_utf8(read).map_or_else(|error| error.valid_up_to(), str::len);
                let offset = from + at as u64 + u64::from(!whole);
                let lines = memchr::memchr_iter(b'\n', &read[..at]).count() as u64;
                let column = match memchr::memrchr(b'\n', &read[..at]) {
                    Some(last) => (at - last) as u64,
                    None => self.lines.column(offset),
                };
                Error::from(ErrorKind::Encoding(offset)).at(self.lines.line + lines, column)
            }
            other => {
                // A tag may be as long as the file, so it is shortened.
                let other = shown(&other.to_string(), 100);
                let found = match self.state {
                    State::Inside => format!("broken XML ({other})"),
                    _ if self.seen.is_empty() => format!("something that is not XML ({other})"),
                    _ => format!("broken XML ({other}) in {}", self.seen()),
                };
                self.place(Error::unexpected(found, "the eCFR's XML"))
            }
        }
    }

    /// Returns a few words on what the document contains.
    fn seen(&self) -> String {
        shown(&self.seen.join(", "), 120)
    }

    fn end(&mut self) -> Result<(), Error> {
        match self.state {
            State::After => Ok(()),
            State::Inside => Err(self.place(Error::unexpected(
                "the end of the file within the supplement",
                "its end tag </DIV9>",
            ))),
            State::Before => {
                let found = match (self.seen.is_empty(), self.bytes()) {
                    (true, 0) => "an empty file".to_owned(),
                    (true, _) => "a file without an XML element".to_owned(),
                    (false, _) => self.seen(),
                };
                Err(self.place(Error::unexpected(
                    found,
                    "the eCFR's XML of 15 CFR Part 774, Supplement No. 1",
                )))
            }
        }
    }

    /// Handles an event. Returns true if a block is complete.
    fn event(&mut self, event: &Event<'_>) -> Result<bool, Error> {
        match event {
            Event::Start(start) => self.start(start, false),
            Event::Empty(start) => self.start(start, true),
            Event::End(end) => Ok(self.state == State::Inside && self.close(end.name().as_ref())),
            Event::Text(text) => Ok(self.text(text)),
            Event::CData(text) => Ok(self.text(text)),
            Event::GeneralRef(reference) => Ok(self.reference(reference)),
            Event::DocType(kind) if self.state == State::Before && self.seen.is_empty() => {
                if kind
                    .trim_start()
                    .get(..4)
                    .is_some_and(|name| name.eq_ignore_ascii_case("html"))
                {
                    self.seen.push(HTML.to_owned());
                }
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<bool, Error> {
        let name = start.name();
        if self.state != State::Inside {
            self.outside(start, empty)?;
            return Ok(false);
        }
        match element(name.as_ref()) {
            _ if name.as_ref() == "DIV9" => self.depth += usize::from(!empty),
            Element::Block(_) | Element::Row if empty => {}
            // A paragraph inside a table cell is one of the row's lines.
            Element::Block(_) if self.in_block && !self.block.cells.is_empty() => {}
            Element::Block(kind) => return Ok(self.open(kind)),
            Element::Row => {
                return Ok(self.open(if self.in_head {
                    Kind::TableHead
                } else {
                    Kind::TableRow
                }));
            }
            Element::Cell => {
                self.block.space();
                self.block.cells.push(self.block.text.len());
            }
            Element::Note => self.notes += usize::from(!empty),
            Element::Head => self.in_head = !empty,
            Element::Italic => self.italic += usize::from(!empty),
            Element::Bold => self.bold += usize::from(!empty),
            Element::Emphasis | Element::Superscript if empty => {}
            Element::Emphasis if !is_raised(start) => {
                self.bold += 1;
                self.set.push(true);
            }
            Element::Emphasis | Element::Superscript => self.raised(),
            Element::Break => self.block.space(),
            Element::Image => return Ok(self.text("[image]")),
            Element::Other => {}
        }
        Ok(false)
    }

    /// Begins a superscript.
    fn raised(&mut self) {
        if self.superscript.is_none() {
            // "10" and its exponent may be on two lines.
            let kept = self.block.text.trim_end().len();
            self.block.text.truncate(kept);
            self.superscript = Some((self.set.len(), kept));
        }
        self.set.push(false);
    }

    /// Handles an event outside the supplement. It looks for the beginning of the supplement, and
    /// notes which document this is.
    fn outside(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        let name = start.name();
        let mut title = String::new();
        if name.as_ref().starts_with("DIV") {
            for attribute in start.attributes().with_checks(false).flatten() {
                if attribute.key.as_ref() == "N" {
                    title = attribute.value.into_owned();
                }
            }
        }
        if name.as_ref() == "DIV9" && title.eq_ignore_ascii_case("Supplement No. 1 to Part 774") {
            if self.state == State::After {
                return Err(self.place(Error::unexpected(
                    "the supplement a second time",
                    "one edition of it",
                )));
            }
            self.depth = usize::from(!empty);
            self.state = if empty { State::After } else { State::Inside };
        } else if self.state == State::Before {
            if self.seen.is_empty() && name.as_ref().eq_ignore_ascii_case("html") {
                self.seen.push(HTML.to_owned());
            } else if self.seen.is_empty() || (!title.is_empty() && self.seen.len() < 6) {
                let name = shown(name.as_ref(), 40);
                let title = if title.is_empty() {
                    String::new()
                } else {
                    format!(" N=\"{}\"", shown(&title, 60))
                };
                self.seen.push(format!("<{name}{title}>"));
            }
        }
        Ok(())
    }

    /// Begins a block. Returns true if that ends another block, whose text breaks off.
    fn open(&mut self, kind: Kind) -> bool {
        let cut = self.in_block && self.finish();
        if cut {
            self.done.cut = true;
        } else {
            self.block.clear();
        }
        self.superscript = None;
        self.block.kind = kind;
        self.lines.count(self.from);
        self.block.line = self.lines.line;
        self.block.in_note = self.notes > 0;
        self.in_block = true;
        cut
    }

    /// Ends the block. Returns true if it has text. An open superscript began in that text.
    fn finish(&mut self) -> bool {
        self.in_block = false;
        self.superscript = None;
        let kept = self.block.text.trim_end().len();
        self.block.text.truncate(kept);
        if kept > 0 {
            std::mem::swap(&mut self.block, &mut self.done);
        }
        self.block.clear();
        kept > 0
    }

    fn close(&mut self, name: &str) -> bool {
        match element(name) {
            _ if name == "DIV9" => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.state = State::After;
                }
                // XML is well-formed, so no block is open here.
                false
            }
            Element::Block(_) if self.in_block && !self.block.cells.is_empty() => {
                // A paragraph inside a table cell ends the cell's line, not the row.
                self.block.space();
                false
            }
            Element::Block(_) | Element::Row => self.in_block && self.finish(),
            Element::Note => {
                self.notes = self.notes.saturating_sub(1);
                false
            }
            Element::Head => {
                self.in_head = false;
                false
            }
            Element::Italic => {
                self.italic = self.italic.saturating_sub(1);
                false
            }
            Element::Bold => {
                self.bold = self.bold.saturating_sub(1);
                false
            }
            // An end tag closes the element that was opened last, or else the XML is broken.
            Element::Emphasis | Element::Superscript => {
                let bold = self.set.pop();
                if bold == Some(true) {
                    self.bold = self.bold.saturating_sub(1);
                } else if let Some((_, from)) = self
                    .superscript
                    .take_if(|(level, _)| *level == self.set.len())
                {
                    self.block.raise(from);
                }
                false
            }
            Element::Cell | Element::Break | Element::Image | Element::Other => false,
        }
    }

    fn text(&mut self, text: &str) -> bool {
        match self.state {
            State::Inside if self.in_block => {
                self.block.push(text, self.italic > 0, self.bold > 0);
                false
            }
            State::Inside if text.trim().is_empty() => false,
            State::Inside => {
                self.stray();
                self.block.push(text, self.italic > 0, self.bold > 0);
                self.finish()
            }
            State::Before if self.seen.is_empty() => {
                let text = text.trim_start_matches('\u{feff}').trim_start();
                if text.starts_with(['{', '[']) {
                    self.seen.push(format!("JSON ({})", shown(text, 30)));
                }
                false
            }
            State::Before | State::After => false,
        }
    }

    fn reference(&mut self, name: &str) -> bool {
        match self.state {
            State::Inside if self.in_block => {
                let (italic, bold) = (self.italic > 0, self.bold > 0);
                self.block.push_reference(name, italic, bold);
                false
            }
            State::Inside if character(name).is_some_and(char::is_whitespace) => false,
            State::Inside => {
                self.stray();
                self.block.push_reference(name, false, false);
                self.finish()
            }
            State::Before | State::After => false,
        }
    }

    /// Begins a block of text outside any known element.
    fn stray(&mut self) {
        self.open(Kind::Stray);
    }
}
