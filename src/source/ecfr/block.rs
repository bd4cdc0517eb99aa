//! Blocks of text out of the XML: a paragraph, a heading, a table row, with what its first words
//! are set in.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, Kind as ErrorKind};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `HD1`: a category, a product group, or a section title within an entry.
    Title,
    /// `HD2`, `HD3`: a title within an entry or a note.
    Subtitle,
    /// `FP-2`, or `FP-1` that begins in bold: an entry's heading, as a rule.
    Heading,
    /// `FP`, `FP-1`: a line of an entry's license part.
    Line,
    /// `P`: a paragraph.
    Paragraph,
    /// A row of a table's head.
    TableHead,
    /// A row of a table's body.
    TableRow,
    /// Text that stands in no known element.
    Stray,
}

/// One block of text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// The line on which it begins.
    pub(super) line: u64,
    /// Its text, white space collapsed, superscripts as Unicode superscripts.
    pub(super) text: String,
    /// Where its first italic character stands.
    pub(super) italic_at: Option<usize>,
    /// Where its first bold or emphasised character stands.
    pub(super) bold_at: Option<usize>,
    /// Whether it stands in a note.
    pub(super) in_note: bool,
    /// Where the cells of a table row begin in the text.
    pub(super) cells: Vec<usize>,
    /// Names of entities that are not known; they stand in the text as written.
    pub(super) unknown_entities: Vec<String>,
}

impl Block {
    fn new() -> Block {
        Block {
            kind: Kind::Stray,
            line: 0,
            text: String::new(),
            italic_at: None,
            bold_at: None,
            in_note: false,
            cells: Vec::new(),
            unknown_entities: Vec::new(),
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        (self.italic_at, self.bold_at) = (None, None);
        self.cells.clear();
        self.unknown_entities.clear();
    }

    /// The texts of a table row's cells.
    pub(super) fn cell(&self, index: usize) -> &str {
        // An empty last cell begins where trailing white space was cut off.
        let begin = |index: usize| {
            self.cells
                .get(index)
                .map_or(self.text.len(), |at| self.text.len().min(*at))
        };
        self.text
            .get(begin(index)..begin(index + 1))
            .unwrap_or_default()
            .trim()
    }
}

/// The part of a document that is wanted, as blocks.
pub(super) struct Blocks<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    block: Block,
    /// Line of the reader's position, and the offset at which that line begins.
    line: u64,
    line_start: u64,
    /// `DIV9` elements within the supplement.
    depth: usize,
    notes: usize,
    in_head: bool,
    in_block: bool,
    italic: usize,
    bold: usize,
    /// For each open `E`, `SU` and `sup`, outermost first, whether it is in bold rather than
    /// raised.
    set: Vec<bool>,
    /// Which of these raises its text, and where that begins. What is open within it, or from an
    /// earlier block, changes nothing.
    superscript: Option<(usize, usize)>,
    state: State,
    /// What the document turned out to be, for the error where the supplement is not in it.
    seen: Vec<String>,
}

#[derive(PartialEq)]
enum State {
    Before,
    Inside,
    After,
}

/// What a document's element is to this reader.
enum Element {
    Block(Kind),
    Row,
    Cell,
    Note,
    Head,
    Italic,
    Bold,
    /// `E`, whose attribute `T` says in what type the text is set.
    Emphasis,
    Superscript,
    Break,
    Image,
    Other,
}

fn element(name: &str) -> Element {
    match name {
        "P" => Element::Block(Kind::Paragraph),
        "FP" | "FP-1" | "HEAD" | "CITA" | "PSPACE" | "CAPTION" => Element::Block(Kind::Line),
        "FP-2" => Element::Block(Kind::Heading),
        "HD1" => Element::Block(Kind::Title),
        "HD2" | "HD3" | "HED" => Element::Block(Kind::Subtitle),
        "TR" => Element::Row,
        "TD" | "TH" => Element::Cell,
        "NOTE" | "EDNOTE" | "TFOOT" => Element::Note,
        "THEAD" => Element::Head,
        "I" => Element::Italic,
        "B" | "strong" => Element::Bold,
        "E" => Element::Emphasis,
        "SU" | "sup" => Element::Superscript,
        "br" => Element::Break,
        "img" => Element::Image,
        _ => Element::Other,
    }
}

impl<R: BufRead> Blocks<R> {
    pub(super) fn new(input: R) -> Blocks<R> {
        Blocks {
            reader: Reader::from_reader(input),
            buffer: Vec::new(),
            block: Block::new(),
            line: 1,
            line_start: 0,
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

    fn place(&self, error: Error) -> Error {
        error.at(
            self.line,
            self.reader
                .buffer_position()
                .saturating_sub(self.line_start)
                + 1,
        )
    }

    /// An error of the XML reader in what it read from a position on.
    fn xml_error(&self, error: &quick_xml::Error, read: &[u8], from: u64) -> Error {
        match error {
            quick_xml::Error::Io(error) => {
                Error::from(std::io::Error::new(error.kind(), error.to_string()))
            }
            quick_xml::Error::Encoding(_) => {
                // A text is read up to the next tag, of a tag its first bracket may be missing.
                let whole = self.reader.buffer_position() - from == read.len() as u64
                    || read.starts_with(b"<");
                let at =
                    std::str::from_utf8(read).map_or_else(|error| error.valid_up_to(), str::len);
                let offset = from + at as u64 + u64::from(!whole);
                let lines = memchr::memchr_iter(b'\n', &read[..at]).count() as u64;
                let column = match memchr::memrchr(b'\n', &read[..at]) {
                    Some(last) => (at - last) as u64,
                    None => offset.saturating_sub(self.line_start) + 1,
                };
                Error::from(ErrorKind::Encoding(offset)).at(self.line + lines, column)
            }
            other => {
                let found = match self.state {
                    State::Inside => format!("broken XML ({other})"),
                    _ if self.seen.is_empty() => format!("something that is not XML ({other})"),
                    _ => format!("broken XML ({other}) in {}", self.seen.join(", ")),
                };
                self.place(Error::unexpected(found, "the eCFR's XML"))
            }
        }
    }

    /// The next block, or `None` at the end of the document.
    ///
    /// # Errors
    /// Broken or truncated XML; a document without the supplement, or with it twice.
    pub(super) fn next(&mut self) -> Result<Option<&Block>, Error> {
        self.clear();
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let from = self.reader.buffer_position();
            let event = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.xml_error(&error, &buffer, from)),
            };
            let done = self.event(&event);
            let at_end = matches!(event, Event::Eof);
            // The event's bytes are near enough to the document's own to count lines.
            let bytes: &[u8] = event.as_bytes();
            if let Some(last) = memchr::memrchr(b'\n', bytes) {
                self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
                let after = (bytes.len() - last - 1) as u64;
                // What follows the event's own bytes is its closing bracket at most.
                self.line_start = self.reader.buffer_position().saturating_sub(after);
            }
            drop(event);
            self.buffer = buffer;
            if done? {
                return Ok(Some(&self.block));
            }
            if at_end {
                return self.end().map(|()| None);
            }
        }
    }

    fn end(&self) -> Result<(), Error> {
        match self.state {
            State::After => Ok(()),
            State::Inside => Err(self.place(Error::unexpected(
                "the end of the file within the supplement",
                "its end tag </DIV9>",
            ))),
            State::Before => {
                let found = if self.seen.is_empty() {
                    "an empty file".to_owned()
                } else {
                    self.seen.join(", ")
                };
                Err(self.place(Error::unexpected(
                    found,
                    "the eCFR's XML of 15 CFR Part 774, Supplement No. 1",
                )))
            }
        }
    }

    /// Takes in an event; true when a block is complete.
    fn event(&mut self, event: &Event<'_>) -> Result<bool, Error> {
        match event {
            Event::Start(start) => self.start(start, false),
            Event::Empty(start) => self.start(start, true),
            Event::End(end) => Ok(self.state == State::Inside && self.close(end.name().as_ref())),
            Event::Text(text) => Ok(self.text(text)),
            Event::CData(text) => Ok(self.text(text)),
            Event::GeneralRef(reference) => {
                self.reference(reference);
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
            Element::Block(kind) => {
                if !self.in_block {
                    self.open(kind);
                }
            }
            Element::Row => self.open(if self.in_head {
                Kind::TableHead
            } else {
                Kind::TableRow
            }),
            Element::Cell => {
                self.space();
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
            Element::Break => self.space(),
            Element::Image => self.push("[image]"),
            Element::Other => {}
        }
        Ok(false)
    }

    /// Begins a superscript.
    fn raised(&mut self) {
        if self.superscript.is_none() {
            // "10" and its exponent may stand on two lines.
            let kept = self.block.text.trim_end().len();
            self.block.text.truncate(kept);
            self.superscript = Some((self.set.len(), kept));
        }
        self.set.push(false);
    }

    /// Outside the supplement only its beginning matters, and what the document is.
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
            let name: String = name.as_ref().chars().take(40).collect();
            if self.seen.is_empty() && name.eq_ignore_ascii_case("html") {
                self.seen.push("an HTML page".to_owned());
            } else if self.seen.is_empty() || (!title.is_empty() && self.seen.len() < 6) {
                let title: String = title.chars().take(60).collect();
                self.seen.push(format!(
                    "<{name}{}>",
                    if title.is_empty() {
                        String::new()
                    } else {
                        format!(" N={title:?}")
                    }
                ));
            }
        }
        Ok(())
    }

    /// Empties the block. A superscript that is open began in the text that is gone.
    fn clear(&mut self) {
        self.block.clear();
        self.superscript = None;
    }

    fn open(&mut self, kind: Kind) {
        self.clear();
        self.block.kind = kind;
        self.block.line = self.line;
        self.block.in_note = self.notes > 0;
        self.in_block = true;
    }

    fn close(&mut self, name: &str) -> bool {
        match element(name) {
            _ if name == "DIV9" => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.state = State::After;
                }
                false
            }
            Element::Block(_) if !self.block.cells.is_empty() => {
                // A paragraph within a table cell ends the cell's line, not the row.
                self.space();
                false
            }
            Element::Block(_) | Element::Row => {
                self.in_block = false;
                let kept = self.block.text.trim_end().len();
                self.block.text.truncate(kept);
                !self.block.text.is_empty()
            }
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
            // End tags are those of the elements opened last, or the XML is broken.
            Element::Emphasis | Element::Superscript => {
                let bold = self.set.pop();
                if bold == Some(true) {
                    self.bold = self.bold.saturating_sub(1);
                } else if let Some((_, from)) = self
                    .superscript
                    .take_if(|(level, _)| *level == self.set.len())
                {
                    raise(&mut self.block.text, from);
                }
                false
            }
            Element::Cell | Element::Break | Element::Image | Element::Other => false,
        }
    }

    fn text(&mut self, text: &str) -> bool {
        if self.state != State::Inside {
            return false;
        }
        if self.in_block {
            self.push(text);
            return false;
        }
        if text.trim().is_empty() {
            return false;
        }
        self.open(Kind::Stray);
        self.push(text);
        self.in_block = false;
        true
    }

    fn reference(&mut self, name: &str) {
        if self.state != State::Inside || !self.in_block {
            return;
        }
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            other => other.strip_prefix('#').and_then(|number| {
                let number = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                number.ok().and_then(char::from_u32)
            }),
        };
        match character {
            Some(character) => self.push(character.encode_utf8(&mut [0; 4])),
            None => {
                let name: String = name.chars().take(40).collect();
                self.push(&format!("&{name};"));
                self.block.unknown_entities.push(name);
            }
        }
    }

    /// A space, unless the text begins or one stands there already.
    fn space(&mut self) {
        if !self.block.text.is_empty() && !self.block.text.ends_with(' ') {
            self.block.text.push(' ');
        }
    }

    fn push(&mut self, text: &str) {
        let block = &mut self.block;
        let mut marked = false;
        let mut rest = text;
        while !rest.is_empty() {
            let blank = rest.len() - rest.trim_start().len();
            if blank > 0 {
                if !block.text.is_empty() && !block.text.ends_with(' ') {
                    block.text.push(' ');
                }
                rest = &rest[blank..];
                continue;
            }
            if !marked {
                marked = true;
                let at = block.text.len();
                if self.italic > 0 {
                    block.italic_at.get_or_insert(at);
                }
                if self.bold > 0 {
                    block.bold_at.get_or_insert(at);
                }
            }
            // Up to white space that is not a single blank: mostly the whole of the text.
            let length = run(rest);
            block.text.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
}

/// The length of a text up to its first white space other than one blank between words. Blanks at
/// the end and those outside ASCII stay out too.
fn run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' if bytes.get(at + 1).is_none_or(|next| {
                next.is_ascii_whitespace() || matches!(next, 0xc2 | 0xe1 | 0xe3)
            }) =>
            {
                return at;
            }
            b'\t'..=b'\r' => return at,
            // The first byte of what may be white space outside ASCII; curly quotation marks begin
            // with it too and are common.
            0xe2 if bytes.get(at + 1..at + 3).is_some_and(|rest| {
                rest < [0x80, 0x8b].as_slice() || !matches!(rest, [0x80, 0x90..=0xa7])
            }) =>
            {
                if text[at..].starts_with(char::is_whitespace) {
                    return at;
                }
                at += 3;
            }
            0xe2 => at += 3,
            0xc2 | 0xe1 | 0xe3 if text[at..].starts_with(char::is_whitespace) => return at,
            _ => at += 1,
        }
    }
    at
}

/// Whether an `E` sets its text as a superscript: types 51 and, in italics, 53.
fn is_raised(start: &BytesStart<'_>) -> bool {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .any(|attribute| attribute.key.as_ref() == "T" && matches!(&*attribute.value, "51" | "53"))
}

/// Turns the text from an offset on into superscripts; what has none stands after a caret.
fn raise(text: &mut String, from: usize) {
    if !text.is_char_boundary(from) {
        return;
    }
    let plain = text.split_off(from);
    let plain = plain.trim();
    let raised: Option<String> = plain
        .chars()
        .map(|c| {
            Some(match c {
                '0' => '⁰',
                '1' => '¹',
                '2' => '²',
                '3' => '³',
                '4' => '⁴',
                '5' => '⁵',
                '6' => '⁶',
                '7' => '⁷',
                '8' => '⁸',
                '9' => '⁹',
                '+' => '⁺',
                '-' | '−' | '–' => '⁻',
                '(' => '⁽',
                ')' => '⁾',
                'n' => 'ⁿ',
                _ => return None,
            })
        })
        .collect();
    match raised {
        Some(raised) => text.push_str(&raised),
        None => {
            text.push('^');
            text.push_str(plain);
        }
    }
}
