//! Records of a text that is in memory, one a line: what list files are, and read without copying
//! what is not quoted.

use std::ops::Range;

use crate::error::Error;
use crate::format::rows::{Fields, Header};

/// Records by column name, with the place of every field.
pub(crate) struct Lines<'a> {
    rest: &'a str,
    /// The number of the line that `rest` begins with.
    next_line: u64,
    line: u64,
    header: Header,
    columns: &'static [&'static str],
    /// The line of the record; `None` where unquoting had to write it anew.
    record: Option<&'a str>,
    /// For each field of the record where it stands in the line, or in what unquoting wrote.
    fields: Vec<Range<usize>>,
    unquote: csv_core::Reader,
    unquoted: String,
}

impl<'a> Lines<'a> {
    /// Reads the header, which follows `offset` other lines.
    pub(crate) fn new(
        text: &'a str,
        offset: u64,
        columns: &'static [&'static str],
        required: &[&str],
    ) -> Result<Lines<'a>, Error> {
        let mut lines = Lines {
            rest: text,
            next_line: offset + 1,
            line: offset + 1,
            header: Header {
                fields: Vec::new(),
                columns: Vec::new(),
            },
            columns,
            record: None,
            fields: Vec::new(),
            unquote: csv_core::Reader::new(),
            unquoted: String::new(),
        };
        if !lines.split()? {
            return Err(Error::unexpected(
                "an empty file",
                format!("a header with {}", columns.join(",")),
            ));
        }
        let names: Vec<&str> = (0..lines.fields.len())
            .map(|field| lines.field(field))
            .collect();
        lines.header = Header::read(names.into_iter(), lines.line - 1, columns, required)?;
        Ok(lines)
    }

    /// How many lines there are left, about.
    pub(crate) fn remaining(&self) -> usize {
        // In short pieces, whose counts fit a byte, which is many times faster.
        self.rest
            .as_bytes()
            .chunks(192)
            .map(|piece| {
                usize::from(
                    piece
                        .iter()
                        .map(|byte| u8::from(*byte == b'\n'))
                        .sum::<u8>(),
                )
            })
            .sum()
    }

    /// The number of the record's line.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Moves to the next record; false at the end.
    pub(crate) fn next(&mut self) -> Result<bool, Error> {
        if !self.split()? {
            return Ok(false);
        }
        let (found, expected) = (self.fields.len(), self.header.columns.len());
        if found != expected {
            return Err(Error::unexpected(
                format!("{found} fields"),
                format!("{expected}, as in the header"),
            )
            .at_line(self.line));
        }
        Ok(true)
    }

    /// The columns of the record that are not empty; most are, so that this is faster than asking
    /// for each.
    pub(crate) fn filled(&self) -> impl Iterator<Item = usize> {
        self.fields
            .iter()
            .zip(&self.header.columns)
            .filter(|(field, _)| !field.is_empty())
            .map(|(_, column)| *column)
    }

    /// Splits the next line that is not blank into fields.
    fn split(&mut self) -> Result<bool, Error> {
        loop {
            self.line = self.next_line;
            self.fields.clear();
            let (end, quoted) = commas(self.rest.as_bytes(), &mut self.fields);
            let line = &self.rest[..end];
            let newline = self.rest.as_bytes().get(end) == Some(&b'\n');
            self.next_line += u64::from(newline);
            self.rest = self.rest.get(end + 1..).unwrap_or_default();
            if line.is_empty() {
                if self.rest.is_empty() {
                    return Ok(false);
                }
                continue;
            }
            self.record = Some(line);
            if quoted && !quoted_fields(line.as_bytes(), &mut self.fields) {
                self.unquote(line)?;
            }
            return Ok(true);
        }
    }

    /// Splits a line whose quotation marks do more than to enclose a field.
    fn unquote(&mut self, line: &str) -> Result<(), Error> {
        // Unquoting only ever shortens.
        let mut output = std::mem::take(&mut self.unquoted).into_bytes();
        output.resize(line.len(), 0);
        let mut ends = vec![0; line.len() + 1];
        self.unquote.reset();
        let (_, _, written, found) =
            self.unquote
                .read_record(line.as_bytes(), &mut output, &mut ends);
        // The line's end closes the last field, unless a quotation mark is open.
        let (result, _, more, last) =
            self.unquote
                .read_record(b"\n", &mut output[written..], &mut ends[found..]);
        if !matches!(result, csv_core::ReadRecordResult::Record) {
            let error = Error::unexpected(
                "a line break within a field",
                "one row a line; is a quotation mark not closed?",
            );
            return Err(error.at(self.line, (found + last) as u64 + 1));
        }
        output.truncate(written + more);
        self.fields.clear();
        self.fields.extend(
            ends[..found + last]
                .iter()
                .scan(0, |start, end| Some(std::mem::replace(start, *end)..*end)),
        );
        // Quotation marks and commas are characters of their own, so that what is left between them
        // is text.
        self.unquoted = String::from_utf8(output).unwrap_or_default();
        self.record = None;
        Ok(())
    }

    fn field(&self, field: usize) -> &str {
        let text = self.record.unwrap_or(&self.unquoted);
        self.fields
            .get(field)
            .and_then(|range| text.get(range.clone()))
            .unwrap_or_default()
    }
}

/// Finds what stands between the commas of the first line of a text, eight bytes at a time. Gives
/// where the line ends and whether it holds a quotation mark. A return ends a line too, as in the
/// csv crate.
fn commas(text: &[u8], fields: &mut Vec<Range<usize>>) -> (usize, bool) {
    let (mut start, mut quotes) = (0, 0);
    let chunks = text.chunks_exact(8);
    let tail = chunks.remainder();
    for (chunk, at) in chunks.zip((0..).step_by(8)) {
        let word = chunk.try_into().map_or(0, u64::from_le_bytes);
        let ends = bytes_equal(word, b'\n') | bytes_equal(word, b'\r');
        // The bits before the first end.
        let within = ends.wrapping_sub(1) & !ends;
        let mut found = bytes_equal(word, b',') & within;
        quotes |= bytes_equal(word, b'"') & within;
        while found != 0 {
            let comma = at + found.trailing_zeros() as usize / 8;
            fields.push(start..comma);
            start = comma + 1;
            found &= found - 1;
        }
        if ends != 0 {
            let end = at + ends.trailing_zeros() as usize / 8;
            fields.push(start..end);
            return (end, quotes != 0);
        }
    }
    for (byte, at) in tail.iter().zip(text.len() - tail.len()..) {
        match byte {
            b',' => {
                fields.push(start..at);
                start = at + 1;
            }
            b'\n' | b'\r' => {
                fields.push(start..at);
                return (at, quotes != 0);
            }
            b'"' => quotes = 1,
            _ => {}
        }
    }
    fields.push(start..text.len());
    (text.len(), quotes != 0)
}

/// A word whose bytes are 0x80 where a byte equals the one that is sought, and 0 elsewhere.
fn bytes_equal(word: u64, byte: u8) -> u64 {
    const SEVEN_BITS: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let differs = word ^ (0x0101_0101_0101_0101 * u64::from(byte));
    !(((differs & SEVEN_BITS) + SEVEN_BITS) | differs | SEVEN_BITS)
}

/// Finds the fields of a line whose quotation marks only enclose whole fields; false where they do
/// more.
fn quoted_fields(line: &[u8], fields: &mut Vec<Range<usize>>) -> bool {
    fields.clear();
    let mut start = 0;
    loop {
        let rest = &line[start..];
        let next = if rest.first() == Some(&b'"') {
            let Some(length) = rest[1..].iter().position(|byte| *byte == b'"') else {
                return false;
            };
            fields.push(start + 1..start + 1 + length);
            start + length + 2
        } else {
            let length = rest
                .iter()
                .position(|byte| matches!(byte, b',' | b'"'))
                .unwrap_or(rest.len());
            fields.push(start..start + length);
            start + length
        };
        match line.get(next) {
            Some(b',') => start = next + 1,
            Some(_) => return false,
            None => return true,
        }
    }
}

impl Fields for Lines<'_> {
    fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    fn text(&self, column: usize) -> &str {
        self.header.fields[column].map_or("", |field| self.field(field))
    }

    fn fail(&self, column: usize, error: Error) -> Error {
        error.at(
            self.line,
            self.header.fields[column].unwrap_or_default() as u64 + 1,
        )
    }
}
