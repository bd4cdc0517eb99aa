//! Delimited records: read by column name with the place of every field, and written into memory.

use std::io::Read;
use std::str::FromStr;

use csv::{ErrorKind, StringRecord};

use crate::code::{Code, short};
use crate::error::{Error, Kind};
use crate::keys::ParseKeyError;

/// Records of a CSV file by column name, with the place of every field.
pub(crate) struct Rows<R> {
    reader: csv::Reader<R>,
    record: StringRecord,
    /// For each known column its field, where the file has it.
    fields: Vec<Option<usize>>,
    columns: &'static [&'static str],
    /// Columns that only others know, with their fields.
    others: Vec<(String, usize)>,
    /// Lines before the part that the CSV reader sees.
    offset: u64,
}

/// What a header says: for each known column its field, and for each field its column.
pub(crate) struct Header {
    pub(crate) fields: Vec<Option<usize>>,
    pub(crate) columns: Vec<usize>,
}

impl Header {
    /// Reads the names of a header on the line after `offset`.
    pub(crate) fn read<'a>(
        names: impl Iterator<Item = &'a str>,
        offset: u64,
        columns: &[&str],
        required: &[&str],
    ) -> Result<Header, Error> {
        let (header, others) = Header::read_with_others(names, offset, columns, required)?;
        match others.first() {
            Some((name, field)) => {
                let found = Error::unexpected(format!("a column {:?}", short(name)), format!("columns among {}", columns.join(",")));
                Err(found.at(offset + 1, *field as u64 + 1))
            }
            None => Ok(header),
        }
    }

    /// As [`read`](Header::read), and columns of other names may stand beside the known ones: they come out apart.
    fn read_with_others<'a>(
        names: impl Iterator<Item = &'a str>,
        offset: u64,
        columns: &[&str],
        required: &[&str],
    ) -> Result<(Header, Vec<(String, usize)>), Error> {
        let mut fields = vec![None; columns.len()];
        let mut columns_of_fields = Vec::new();
        let mut others: Vec<(String, usize)> = Vec::new();
        for (field, name) in names.enumerate() {
            let place = |error: Error| error.at(offset + 1, field as u64 + 1);
            let name = name.trim_start_matches('\u{feff}');
            let again = match columns.iter().position(|column| *column == name) {
                Some(column) => {
                    columns_of_fields.push(column);
                    fields[column].replace(field).is_some()
                }
                None => {
                    let again = others.iter().any(|(other, _)| other == name);
                    others.push((name.to_owned(), field));
                    again
                }
            };
            if again {
                return Err(place(Error::unexpected(format!("the column {name:?} twice"), "each column once")));
            }
        }
        for name in required {
            if columns.iter().zip(&fields).any(|(column, field)| column == name && field.is_none()) {
                return Err(
                    Error::unexpected(format!("no column {name:?}"), format!("a header with {}", required.join(","))).at_line(offset + 1)
                );
            }
        }
        Ok((Header { fields, columns: columns_of_fields }, others))
    }
}

impl<R: Read> Rows<R> {
    pub(crate) fn new(input: R, offset: u64, delimiter: u8, columns: &'static [&'static str], required: &[&str]) -> Result<Rows<R>, Error> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(input);
        let headers = reader.headers().map_err(|error| csv_error(error, offset))?.clone();
        if headers.is_empty() {
            return Err(Error::unexpected("an empty file", format!("a header with {}", columns.join(","))));
        }
        let Header { fields, .. } = Header::read(headers.iter(), offset, columns, required)?;
        Ok(Rows { reader, record: StringRecord::new(), fields, columns, others: Vec::new(), offset })
    }

    /// As [`new`](Rows::new), and columns of other names may stand beside the known ones.
    pub(crate) fn with_others(
        input: R,
        offset: u64,
        delimiter: u8,
        columns: &'static [&'static str],
        required: &[&str],
    ) -> Result<Rows<R>, Error> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(input);
        let headers = reader.headers().map_err(|error| csv_error(error, offset))?.clone();
        if headers.is_empty() {
            return Err(Error::unexpected("an empty file", format!("a header with {}", columns.join(","))));
        }
        let (Header { fields, .. }, others) = Header::read_with_others(headers.iter(), offset, columns, required)?;
        Ok(Rows { reader, record: StringRecord::new(), fields, columns, others, offset })
    }

    /// The names of the columns that only others know.
    pub(crate) fn others(&self) -> impl Iterator<Item = &str> {
        self.others.iter().map(|(name, _)| name.as_str())
    }

    /// What they hold, where they hold anything.
    pub(crate) fn other_values(&self) -> impl Iterator<Item = (&str, &str)> {
        let value = |field: usize| self.record.get(field).filter(|value| !value.is_empty());
        self.others.iter().filter_map(move |(name, field)| Some((name.as_str(), value(*field)?)))
    }

    /// Moves to the next record; false at the end.
    pub(crate) fn next(&mut self) -> Result<bool, Error> {
        let before = self.reader.position().line();
        if !self.reader.read_record(&mut self.record).map_err(|error| csv_error(error, self.offset))? {
            return Ok(false);
        }
        // An unclosed quotation mark swallows the rest of a file, and the list would be shorter without a word. Blank lines move the reader on too.
        if self.reader.position().line() - before > 1
            && let Some(field) = self.record.iter().position(|field| field.contains('\n'))
        {
            return Err(
                self.at_field(field, Error::unexpected("a line break within a field", "one row a line; is a quotation mark not closed?"))
            );
        }
        Ok(true)
    }

    pub(crate) fn line(&self) -> u64 {
        self.offset + self.record.position().map_or(0, csv::Position::line)
    }

    fn at_field(&self, field: usize, error: Error) -> Error {
        error.at(self.line(), field as u64 + 1)
    }
}

/// The fields of one record, by column.
pub(crate) trait Fields {
    /// The names of the columns.
    fn columns(&self) -> &'static [&'static str];

    /// The text of a column, empty where the file does not have it.
    fn text(&self, column: usize) -> &str;

    /// An error at the place of a column.
    fn fail(&self, column: usize, error: Error) -> Error;

    fn value<T>(&self, column: usize, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Error> {
        let text = self.text(column);
        parse(text).ok_or_else(|| self.fail(column, Error::unexpected(format!("{} {:?}", self.columns()[column], short(text)), expected)))
    }

    fn values<T>(&self, column: usize, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Error> {
        match self.text(column) {
            "" => Ok(Vec::new()),
            _ => self.value(column, expected, |text| text.split(';').map(&parse).collect()),
        }
    }

    fn optional<T: FromStr>(&self, column: usize, expected: &str) -> Result<Option<T>, Error> {
        match self.text(column) {
            "" => Ok(None),
            _ => self.value(column, expected, |text| text.parse().ok()).map(Some),
        }
    }

    fn code(&self, column: usize) -> Result<Code, Error> {
        self.text(column).parse().map_err(|error| self.fail(column, Kind::Code(error).into()))
    }

    /// Keys joined by `;`; what is wrong with one stands in the error.
    fn keys<T: FromStr<Err = ParseKeyError>>(&self, column: usize) -> Result<Vec<T>, Error> {
        match self.text(column) {
            "" => Ok(Vec::new()),
            text => {
                let mut keys = Vec::with_capacity(1 + text.bytes().filter(|byte| *byte == b';').count());
                for key in text.split(';') {
                    keys.push(key.parse().map_err(|error| self.fail(column, Kind::Key(error).into()))?);
                }
                Ok(keys)
            }
        }
    }

    fn owned(&self, column: usize) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

impl<R: Read> Fields for Rows<R> {
    fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    fn text(&self, column: usize) -> &str {
        self.fields[column].and_then(|field| self.record.get(field)).unwrap_or_default()
    }

    fn fail(&self, column: usize, error: Error) -> Error {
        self.at_field(self.fields[column].unwrap_or_default(), error)
    }
}

/// The bytes as text.
pub(crate) fn utf8(bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() as u64 + 1;
        Error::from(Kind::Encoding(at as u64)).at(line, column)
    })
}

fn csv_error(error: csv::Error, offset: u64) -> Error {
    let line = error.position().map(|position| offset + position.line());
    let ours = match error.into_kind() {
        ErrorKind::Io(error) => Kind::Io(error).into(),
        ErrorKind::Utf8 { pos, err } => {
            let found = Error::unexpected(
                format!("bytes that are not UTF-8 at byte {} of field {}", err.valid_up_to() + 1, err.field() + 1),
                "UTF-8 text",
            );
            return match pos {
                Some(pos) => found.at(offset + pos.line(), err.field() as u64 + 1),
                None => found.at_line(offset + 1),
            };
        }
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Error::unexpected(format!("{len} fields"), format!("{expected_len}, as in the header"))
        }
        other => Error::unexpected(format!("{other:?}"), "a CSV record"),
    };
    match line {
        Some(line) => ours.at_line(line),
        None => ours,
    }
}

/// Writes CSV records into memory, where writing cannot fail.
pub(crate) struct Output(csv::Writer<Vec<u8>>);

impl Output {
    pub(crate) fn new(delimiter: u8) -> Output {
        Output(csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new()))
    }

    pub(crate) fn row<F: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = F>) {
        self.0.write_record(fields).unwrap_or_default();
    }

    pub(crate) fn finish(self) -> String {
        self.0.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

pub(crate) fn join<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(";")
}
