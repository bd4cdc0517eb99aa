//! Delimited records: read by column name with the place of every field, and written into memory.

use std::io::{Cursor, Read};
use std::str::FromStr;

use csv::{ErrorKind, StringRecord};
use indexmap::IndexMap;

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::text::parse_error::ParseError;
use crate::text::short;

/// Records of a CSV file by column name, with the place of every field.
pub(crate) struct Rows {
    reader: csv::Reader<Cursor<Vec<u8>>>,
    /// The number of the record's line.
    line: u64,
    /// How many bytes have been counted for the line.
    counted: usize,
    record: StringRecord,
    /// For each known column its field, where the file has it.
    fields: Vec<Option<usize>>,
    columns: &'static [&'static str],
    /// Columns that only others know, with their fields.
    others: Vec<(String, usize)>,
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
        let unknown = |name: &str| {
            Error::unexpected(
                format!("a column {:?}", short(name)),
                format!("columns among {}", columns.join(",")),
            )
        };
        Header::read_names(names, offset, columns, required, |name, _| {
            Err(unknown(name))
        })
    }

    /// As [`read`](Header::read), and columns of other names may stand beside the known ones: they
    /// come out apart.
    fn read_with_others<'a>(
        names: impl Iterator<Item = &'a str>,
        offset: u64,
        columns: &[&str],
        required: &[&str],
    ) -> Result<(Header, Vec<(String, usize)>), Error> {
        let mut others: IndexMap<String, usize> = IndexMap::new();
        let header =
            Header::read_names(names, offset, columns, required, |name, field| match others
                .insert(name.to_owned(), field)
            {
                None => Ok(()),
                Some(_) => Err(twice(name)),
            })?;
        Ok((header, others.into_iter().collect()))
    }

    /// Reads a header whose unknown names go to `other`, with their fields.
    fn read_names<'a>(
        names: impl Iterator<Item = &'a str>,
        offset: u64,
        columns: &[&str],
        required: &[&str],
        mut other: impl FnMut(&str, usize) -> Result<(), Error>,
    ) -> Result<Header, Error> {
        let mut fields = vec![None; columns.len()];
        let mut columns_of_fields = Vec::new();
        for (field, name) in names.enumerate() {
            let place = |error: Error| error.at(offset + 1, field as u64 + 1);
            let name = name.trim_start_matches('\u{feff}');
            match columns.iter().position(|column| *column == name) {
                Some(column) => {
                    columns_of_fields.push(column);
                    if fields[column].replace(field).is_some() {
                        return Err(place(twice(name)));
                    }
                }
                None => other(name, field).map_err(place)?,
            }
        }
        for name in required {
            if columns
                .iter()
                .zip(&fields)
                .any(|(column, field)| column == name && field.is_none())
            {
                return Err(Error::unexpected(
                    format!("no column {name:?}"),
                    format!("a header with {}", required.join(",")),
                )
                .at_line(offset + 1));
            }
        }
        Ok(Header {
            fields,
            columns: columns_of_fields,
        })
    }
}

fn twice(name: &str) -> Error {
    Error::unexpected(
        format!("the column {:?} twice", short(name)),
        "each column once",
    )
}

impl Rows {
    pub(crate) fn new(
        input: impl Read,
        offset: u64,
        delimiter: u8,
        columns: &'static [&'static str],
        required: &[&str],
    ) -> Result<Rows, Error> {
        let (mut rows, headers) = Rows::open(input, offset, delimiter, columns)?;
        rows.fields = Header::read(headers.iter(), rows.line - 1, columns, required)?.fields;
        Ok(rows)
    }

    /// As [`new`](Rows::new), and columns of other names may stand beside the known ones.
    pub(crate) fn with_others(
        input: impl Read,
        offset: u64,
        delimiter: u8,
        columns: &'static [&'static str],
        required: &[&str],
    ) -> Result<Rows, Error> {
        let (mut rows, headers) = Rows::open(input, offset, delimiter, columns)?;
        let (Header { fields, .. }, others) =
            Header::read_with_others(headers.iter(), rows.line - 1, columns, required)?;
        (rows.fields, rows.others) = (fields, others);
        Ok(rows)
    }

    /// Reads the header.
    fn open(
        mut input: impl Read,
        offset: u64,
        delimiter: u8,
        columns: &'static [&'static str],
    ) -> Result<(Rows, StringRecord), Error> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(Cursor::new(bytes));
        let (record, fields, others) = (StringRecord::new(), Vec::new(), Vec::new());
        let mut rows = Rows {
            reader,
            line: offset + 1,
            counted: 0,
            record,
            fields,
            columns,
            others,
        };
        rows.count_to(0);
        let headers = match rows.reader.headers() {
            Ok(headers) => headers.clone(),
            Err(error) => return Err(rows.error(error)),
        };
        if headers.is_empty() {
            return Err(Error::unexpected(
                "an empty file",
                format!("a header with {}", columns.join(",")),
            ));
        }
        Ok((rows, headers))
    }

    /// Moves the line to the record that begins at a byte, or after line ends there: to the CSV
    /// reader these are part of the record, and it counts the second sign of a line end with
    /// the line after.
    fn count_to(&mut self, from: usize) {
        let bytes = self.reader.get_ref().get_ref();
        let blank = bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count();
        let passed = bytes.get(self.counted..from + blank).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = self.counted.max(from + blank);
    }

    /// The crate's error for one of the CSV reader, at the line of the record that it is about.
    fn error(&mut self, error: csv::Error) -> Error {
        if let Some(position) = error.position() {
            self.count_to(position.byte() as usize);
        }
        let line = self.line;
        let ours = match error.into_kind() {
            ErrorKind::Io(error) => return Kind::Io(error).into(),
            ErrorKind::Utf8 { err, .. } => {
                return Error::unexpected(
                    format!(
                        "bytes that are not UTF-8 at byte {} of field {}",
                        err.valid_up_to() + 1,
                        err.field() + 1
                    ),
                    "UTF-8 text",
                )
                .at(line, err.field() as u64 + 1);
            }
            ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => Error::unexpected(
                format!("{len} fields"),
                format!("{expected_len}, as in the header"),
            ),
            other => Error::unexpected(format!("{other:?}"), "a CSV record"),
        };
        ours.at_line(line)
    }

    /// The names of the columns that only others know.
    pub(crate) fn others(&self) -> impl Iterator<Item = &str> {
        self.others.iter().map(|(name, _)| name.as_str())
    }

    /// What they hold, where they hold anything.
    pub(crate) fn other_values(&self) -> impl Iterator<Item = (&str, &str)> {
        let value = |field: usize| self.record.get(field).filter(|value| !value.is_empty());
        self.others
            .iter()
            .filter_map(move |(name, field)| Some((name.as_str(), value(*field)?)))
    }

    /// Moves to the next record; false at the end.
    pub(crate) fn next(&mut self) -> Result<bool, Error> {
        let before = self.reader.position().line();
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) => return Err(self.error(error)),
        }
        let from = self.record.position().map_or(0, csv::Position::byte);
        self.count_to(from as usize);
        // An unclosed quotation mark swallows the rest of a file, and the list would be shorter
        // without a word. Blank lines move the reader on too.
        if self.reader.position().line() - before > 0
            && let Some(field) = self
                .record
                .iter()
                .position(|field| field.contains(['\n', '\r']))
        {
            return Err(self.at_field(
                field,
                Error::unexpected(
                    "a line break within a field",
                    "one row a line; is a quotation mark not closed?",
                ),
            ));
        }
        Ok(true)
    }

    pub(crate) fn line(&self) -> u64 {
        self.line
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

    fn value<T>(
        &self,
        column: usize,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Error> {
        let text = self.text(column);
        parse(text).ok_or_else(|| {
            self.fail(
                column,
                Error::unexpected(
                    format!("{} {:?}", self.columns()[column], short(text)),
                    expected,
                ),
            )
        })
    }

    fn values<T>(
        &self,
        column: usize,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, Error> {
        match self.text(column) {
            "" => Ok(Vec::new()),
            _ => self.value(column, expected, |text| {
                text.split(';').map(&parse).collect()
            }),
        }
    }

    fn optional<T: FromStr>(&self, column: usize, expected: &str) -> Result<Option<T>, Error> {
        match self.text(column) {
            "" => Ok(None),
            _ => self
                .value(column, expected, |text| text.parse().ok())
                .map(Some),
        }
    }

    fn code(&self, column: usize) -> Result<Code, Error> {
        self.text(column)
            .parse()
            .map_err(|error| self.fail(column, Kind::Parse(error).into()))
    }

    /// Keys joined by `;`; what is wrong with one stands in the error.
    fn keys<T: FromStr<Err = ParseError>>(&self, column: usize) -> Result<Vec<T>, Error> {
        match self.text(column) {
            "" => Ok(Vec::new()),
            text => {
                let mut keys =
                    Vec::with_capacity(1 + text.bytes().filter(|byte| *byte == b';').count());
                for key in text.split(';') {
                    keys.push(
                        key.parse()
                            .map_err(|error| self.fail(column, Kind::Parse(error).into()))?,
                    );
                }
                Ok(keys)
            }
        }
    }

    fn owned(&self, column: usize) -> Option<String> {
        Some(self.text(column))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }
}

impl Fields for Rows {
    fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    fn text(&self, column: usize) -> &str {
        self.fields[column]
            .and_then(|field| self.record.get(field))
            .unwrap_or_default()
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
        let column = before
            .iter()
            .rev()
            .take_while(|byte| **byte != b'\n')
            .count() as u64
            + 1;
        Error::from(Kind::Encoding(at as u64)).at(line, column)
    })
}

/// Writes CSV records into memory, where writing cannot fail.
pub(crate) struct Output(csv::Writer<Vec<u8>>);

impl Output {
    pub(crate) fn new(delimiter: u8) -> Output {
        Output(
            csv::WriterBuilder::new()
                .delimiter(delimiter)
                .from_writer(Vec::new()),
        )
    }

    pub(crate) fn row<F: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = F>) {
        self.0.write_record(fields).unwrap_or_default();
    }

    pub(crate) fn finish(self) -> String {
        self.0
            .into_inner()
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}
