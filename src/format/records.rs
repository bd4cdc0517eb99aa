//! Reads delimited records, with the line, the field and the byte of each.

use std::io::Read;
use std::str::FromStr;

use csv::{ErrorKind, StringRecord};

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::text::named::named;
use crate::text::parse_error::ParseError;
use crate::text::short;

/// The way in which a file writes records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) delimiter: u8,
    /// True if a quoted field may have more than one line. If it may not, an unclosed quotation
    /// mark is reported at its own line.
    pub(crate) line_breaks: bool,
    /// The number of bytes for each further row. A file may have [`FREE_ROWS`] rows, and one more
    /// for each of these many bytes. A row in memory is many times as large as the shortest row in
    /// the file.
    pub(crate) bytes_per_row: usize,
}

/// The form of this crate's own CSV files.
pub(crate) const CSV: Form = Form {
    delimiter: b',',
    line_breaks: false,
    bytes_per_row: 64,
};

/// The maximum number of columns in a file. The standards that this crate reads have fewer than a
/// hundred.
pub(crate) const MOST_COLUMNS: usize = 1000;

/// The number of rows that a file may have, however short they are.
pub(crate) const FREE_ROWS: usize = 12_000;

/// Reads all input as text, without the byte order mark that some programs put before it.
pub(crate) fn read_text(mut input: impl Read) -> Result<String, Error> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let (line, column) = position(error.as_bytes(), at);
        Error::from(Kind::Encoding(at as u64)).at(line, column)
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// Returns the line of a byte, and its column in bytes.
fn position(bytes: &[u8], at: usize) -> (u64, u64) {
    let before = &bytes[..at];
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let column = before.iter().rev().take_while(|byte| !is_end(byte)).count();
    (line_ends(before) + 1, column as u64 + 1)
}

/// Counts the ends of lines: a line feed, a carriage return, or both.
fn line_ends(bytes: &[u8]) -> u64 {
    // Most files have no carriage return, so one pass of a few instructions is enough.
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let returns = if bytes.contains(&b'\r') {
        let lone = |(at, byte): (usize, &u8)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        bytes.iter().enumerate().filter(|pair| lone(*pair)).count()
    } else {
        0
    };
    (feeds + returns) as u64
}

/// Splits the first line from the rest.
pub(crate) fn first_line(text: &str) -> (&str, &str) {
    let Some(end) = text.find(['\n', '\r']) else {
        return (text, "");
    };
    let rest = &text[end..];
    let rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
    (&text[..end], rest)
}

/// Returns the lines of a text, whichever signs end them.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (line, tail) = first_line(rest);
        rest = tail;
        Some(line)
    })
}

/// Returns the lines that begin with `#`, without that sign, and the rest of the text.
///
/// A spreadsheet fills every line up to the width of the table. The separators that it adds are
/// removed.
pub(crate) fn preamble(text: &str, delimiter: u8) -> (Vec<&str>, &str) {
    let mut count = 0;
    let mut rest = text;
    while let Some(tail) = rest.strip_prefix('#') {
        (count, rest) = (count + 1, first_line(tail).1);
    }
    let (mut lines, mut rest) = (Vec::with_capacity(count), text);
    while let Some(tail) = rest.strip_prefix('#') {
        let (line, tail) = first_line(tail);
        lines.push(line);
        rest = tail;
    }
    let delimiter = char::from(delimiter);
    if first_line(rest).0.ends_with(delimiter) {
        for line in &mut lines {
            *line = line.trim_end_matches(delimiter);
        }
    }
    (lines, rest)
}

/// Records in their order, with the place of every field.
pub(crate) struct Records<'a> {
    text: &'a str,
    form: Form,
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// The line of the record.
    line: u64,
    /// The line after the record.
    next_line: u64,
    /// The first byte after the record.
    next_byte: usize,
    /// The number of fields in a record.
    width: Option<usize>,
    rows: usize,
    most_rows: usize,
}

impl<'a> Records<'a> {
    /// Returns a reader of the records of a text that begins on a line.
    pub(crate) fn new(text: &'a str, line: u64, form: Form) -> Records<'a> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(form.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Records {
            text,
            form,
            reader,
            // Reserves room for the widest line, so that the record does not need to grow.
            record: StringRecord::with_capacity(0, widest(text, form.delimiter)),
            line,
            next_line: line,
            next_byte: 0,
            width: None,
            rows: 0,
            most_rows: FREE_ROWS + text.len() / form.bytes_per_row,
        }
    }

    /// Moves to the next record that is not empty. Returns false at the end.
    ///
    /// The first record sets the number of fields in each.
    pub(crate) fn next(&mut self) -> Result<bool, Error> {
        loop {
            if !self.next_as_it_is()? {
                return Ok(false);
            }
            let (found, expected) = (self.record.len(), self.width.unwrap_or(self.record.len()));
            if self.width.is_some() && self.record.iter().all(str::is_empty) {
                continue;
            }
            if found != expected {
                return Err(Error::unexpected(
                    format!("{found} fields"),
                    format!("{expected}, as in the header"),
                )
                .at(self.line, found.min(expected) as u64 + 1));
            }
            if expected > MOST_COLUMNS {
                return Err(Error::unexpected(
                    format!("{expected} columns"),
                    format!("at most {MOST_COLUMNS}"),
                )
                .at(self.line, MOST_COLUMNS as u64 + 1));
            }
            self.width = Some(expected);
            self.rows += 1;
            // The header is a record too.
            if self.rows > self.most_rows + 1 {
                return Err(Error::unexpected(
                    format!(
                        "more than {} rows in {} bytes",
                        self.most_rows,
                        self.text.len()
                    ),
                    format!(
                        "at most {FREE_ROWS} rows, and one more for each {} bytes",
                        self.form.bytes_per_row
                    ),
                )
                .at(self.line, 1));
            }
            return Ok(true);
        }
    }

    fn next_as_it_is(&mut self) -> Result<bool, Error> {
        let bytes = self.text.as_bytes();
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) => {
                let error = match error.into_kind() {
                    ErrorKind::Io(error) => Kind::Io(error).into(),
                    other => Error::unexpected(format!("{other:?}"), "a record"),
                };
                return Err(error.at(self.next_line, 1));
            }
        }
        let mut end = self.reader.position().byte() as usize;
        // The reader takes the second byte of a line end as part of the next record.
        if bytes[..end].ends_with(b"\r") && bytes[end..].starts_with(b"\n") {
            end += 1;
        }
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let taken = &bytes[self.next_byte..end];
        let blank = taken.iter().take_while(|byte| is_end(byte)).count();
        let body = &taken[blank..];
        let ends = line_ends(body);
        self.line = self.next_line + line_ends(&taken[..blank]);
        (self.next_line, self.next_byte) = (self.line + ends, end);
        if end == bytes.len()
            && let Some(field) = open_quotation(body, self.form.delimiter)
        {
            let error = if ends > 0 && !self.form.line_breaks {
                Error::unexpected(
                    "a line break within a field",
                    "one row a line; is a quotation mark not closed?",
                )
            } else {
                Error::unexpected(
                    "a quotation mark that is not closed",
                    "one at the end of its field",
                )
            };
            return Err(error.at(self.line, field));
        }
        if !self.form.line_breaks && ends > u64::from(body.last().is_some_and(is_end)) {
            let field = self
                .record
                .iter()
                .position(|field| field.contains(['\n', '\r']));
            return Err(Error::unexpected(
                "a line break within a field",
                "one row a line; is a quotation mark not closed?",
            )
            .at(self.line, field.unwrap_or_default() as u64 + 1));
        }
        Ok(true)
    }

    /// Returns the maximum number of rows that there can be.
    pub(crate) fn at_most(&self) -> usize {
        (line_ends(self.text.as_bytes()) as usize + 1).min(self.most_rows)
    }

    /// Returns the number of the record's line.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Returns the fields of the record.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.record.iter()
    }

    /// Returns a field of the record by its number, with its place. A field that the record does
    /// not have is empty.
    pub(crate) fn field<'r>(&'r self, at: usize, name: &'r str) -> Field<'r> {
        Field {
            name,
            text: self.record.get(at).unwrap_or_default(),
            line: self.line,
            column: at as u64 + 1,
        }
    }
}

/// Returns the number of fields in the line with the most separators.
fn widest(text: &str, delimiter: u8) -> usize {
    let separators = |line: &[u8]| line.iter().filter(|byte| **byte == delimiter).count();
    let lines = text.as_bytes().split(|byte| *byte == b'\n');
    // The reader enlarges a full record before it knows that the record ends there.
    lines.map(separators).max().unwrap_or_default() + 8
}

/// Returns the field, counted from 1, whose quotation mark is not closed.
fn open_quotation(record: &[u8], delimiter: u8) -> Option<u64> {
    if !record.contains(&b'"') {
        return None;
    }
    let (mut field, mut at) = (1, 0);
    let next = |at: usize, byte: u8| record.get(at..)?.iter().position(|other| *other == byte);
    loop {
        if record.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let Some(length) = next(at, b'"') else {
                    return Some(field);
                };
                at += length + 1;
                if record.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
        (at, field) = (at + next(at, delimiter)? + 1, field + 1);
    }
}

/// One field of a record, with its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'r> {
    pub(crate) name: &'r str,
    pub(crate) text: &'r str,
    line: u64,
    pub(super) column: u64,
}

impl<'r> Field<'r> {
    /// Returns a part of the field at the same place.
    pub(crate) fn with_text(self, text: &'r str) -> Field<'r> {
        Field { text, ..self }
    }

    /// Returns an error at the field's place.
    pub(crate) fn fail(&self, error: impl Into<Error>) -> Error {
        error.into().at(self.line, self.column)
    }

    fn unexpected(&self, expected: &str) -> Error {
        self.fail(Error::unexpected(
            format!("{} {:?}", self.name, short(self.text)),
            expected,
        ))
    }

    /// Parses the text as a value.
    pub(crate) fn value<T>(
        &self,
        expected: &str,
        parse: impl FnOnce(&'r str) -> Option<T>,
    ) -> Result<T, Error> {
        parse(self.text).ok_or_else(|| self.unexpected(expected))
    }

    /// Returns the value of the text in a table of words.
    pub(crate) fn word<T: Copy>(
        &self,
        words: &[(T, &'static str)],
        expected: &str,
    ) -> Result<T, Error> {
        named(words, self.text).ok_or_else(|| self.unexpected(expected))
    }

    /// Parses values joined by `;`.
    pub(crate) fn values<T>(
        &self,
        expected: &str,
        parse: impl Fn(&'r str) -> Option<T>,
    ) -> Result<Vec<T>, Error> {
        self.each(|text| parse(text).ok_or_else(|| self.unexpected(expected)))
    }

    /// Parses keys joined by `;`, each with or without a name before it. `CAS 7440-05-3` cannot be
    /// taken for a date.
    pub(crate) fn named_keys<T: FromStr<Err = ParseError>>(
        &self,
        name: &str,
    ) -> Result<Vec<T>, Error> {
        self.each(|text| {
            let key = text.strip_prefix(name).unwrap_or(text);
            key.parse().map_err(|error: ParseError| self.fail(error))
        })
    }

    fn each<T>(&self, read: impl Fn(&'r str) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        if self.text.is_empty() {
            return Ok(Vec::new());
        }
        // It reserves exactly as many as there are, because a value is often larger than its text.
        let separators = self.text.bytes().filter(|byte| *byte == b';').count();
        let mut values = Vec::with_capacity(separators + 1);
        for text in self.text.split(';') {
            values.push(read(text)?);
        }
        Ok(values)
    }

    /// Parses the text as a value, or returns `None` if it is empty.
    pub(crate) fn optional<T: FromStr>(&self, expected: &str) -> Result<Option<T>, Error> {
        match self.text {
            "" => Ok(None),
            _ => self.value(expected, |text| text.parse().ok()).map(Some),
        }
    }

    /// Parses the text as a code.
    pub(crate) fn code(&self) -> Result<Code, Error> {
        self.text.parse::<Code>().map_err(|error| self.fail(error))
    }

    /// Returns the text, or `None` if it is empty.
    pub(crate) fn owned(&self) -> Option<String> {
        (!self.text.is_empty()).then(|| self.text.to_owned())
    }

    /// Returns the text, which must not be empty.
    pub(crate) fn filled(&self, expected: &str) -> Result<String, Error> {
        self.owned().ok_or_else(|| self.unexpected(expected))
    }
}

/// Checks that a header names each column once and every required one. `check` is called with each
/// name.
pub(crate) fn check_header(
    header: &Records<'_>,
    required: &[&str],
    check: impl Fn(&str) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut seen = std::collections::HashSet::new();
    for (at, name) in header.fields().enumerate() {
        let place = |error: Error| error.at(header.line(), at as u64 + 1);
        check(name).map_err(place)?;
        if !name.is_empty() && !seen.insert(name) {
            return Err(place(Error::unexpected(
                format!("the column {:?} twice", short(name)),
                "each column once",
            )));
        }
    }
    match required.iter().find(|name| !seen.contains(*name)) {
        Some(name) => Err(
            Error::unexpected(format!("no column {name:?}"), header_with(required))
                .at_line(header.line()),
        ),
        None => Ok(()),
    }
}

/// The error of a file that has no header, with the columns that it needs.
pub(crate) fn empty_file(required: &[&str]) -> Error {
    Error::unexpected("an empty file", header_with(required))
}

fn header_with(required: &[&str]) -> String {
    match required {
        [one] => format!("a header with the column {one}"),
        all => format!("a header with the columns {}", all.join(", ")),
    }
}
