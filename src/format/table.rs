//! Tables of this crate's own: records whose columns are known by name, read and written.

use std::borrow::Cow;

use super::records::{CSV, Field, Records, check_header, empty_file};
use crate::error::Error;
use crate::text::short;

/// A column of a file form: its name, and how it is read into one kind of value and written from
/// another.
pub(crate) struct Column<R, W = R> {
    pub(crate) name: &'static str,
    /// Reads a field that is not empty.
    pub(crate) read: fn(Field<'_>, &mut R) -> Result<(), Error>,
    pub(crate) write: fn(&W) -> String,
}

impl Column<()> {
    /// A column that is asked for by its name.
    pub(crate) const fn named(name: &'static str) -> Column<()> {
        Column {
            name,
            read: |_, ()| Ok(()),
            write: |()| String::new(),
        }
    }
}

/// Records whose columns are known by name.
pub(crate) struct Table<'a, R: 'static, W: 'static = R> {
    records: Records<'a>,
    columns: &'static [Column<R, W>],
    /// For each field its column; `None` where the header has no name for it.
    column_of: Vec<Option<usize>>,
}

impl<'a, R, W> Table<'a, R, W> {
    /// Reads the header of a text that begins on a line.
    pub(crate) fn new(
        text: &'a str,
        line: u64,
        columns: &'static [Column<R, W>],
        required: &[&str],
    ) -> Result<Table<'a, R, W>, Error> {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let mut records = Records::new(text, line, CSV);
        if !records.next()? {
            return Err(empty_file(&names));
        }
        let position = |name: &str| names.iter().position(|known| *known == name);
        check_header(&records, required, |name| match position(name) {
            None if !name.is_empty() => Err(Error::unexpected(
                format!("a column {:?}", short(name)),
                format!("columns among {}", names.join(",")),
            )),
            _ => Ok(()),
        })?;
        let column_of = records.fields().map(position).collect();
        Ok(Table {
            records,
            columns,
            column_of,
        })
    }

    /// Moves to the next record; returns false at the end.
    pub(crate) fn next(&mut self) -> Result<bool, Error> {
        self.records.next()
    }

    /// How many rows there can be: for a place that need not grow.
    pub(crate) fn at_most(&self) -> usize {
        self.records.at_most()
    }

    /// The number of the record's line.
    pub(crate) fn line(&self) -> u64 {
        self.records.line()
    }

    /// Returns if the file has a column.
    pub(crate) fn has(&self, name: &str) -> bool {
        let mut columns = self.column_of.iter().flatten();
        columns.any(|at| self.columns[*at].name == name)
    }

    /// The field of a column; empty where the file does not have it.
    pub(crate) fn field(&self, name: &'static str) -> Field<'_> {
        let is_it = |column: &Option<usize>| column.is_some_and(|at| self.columns[at].name == name);
        let at = self.column_of.iter().position(is_it);
        let mut field = self.records.field(at.unwrap_or(usize::MAX - 1), name);
        if at.is_none() {
            field.column = 1;
        }
        field.text = unguarded(field.text);
        field
    }

    /// Reads every field that is not empty into a value; most are empty.
    pub(crate) fn fill(&self, value: &mut R) -> Result<(), Error> {
        for (at, column) in self.column_of.iter().enumerate() {
            let name = column.map_or("", |at| self.columns[at].name);
            let mut field = self.records.field(at, name);
            if field.text.is_empty() {
                continue;
            }
            field.text = unguarded(field.text);
            match column {
                Some(column) => (self.columns[*column].read)(field, value)?,
                None => {
                    return Err(field.fail(Error::unexpected(
                        format!("{:?} in a column without a name", short(field.text)),
                        "a name in the header for every column that is filled",
                    )));
                }
            }
        }
        Ok(())
    }
}

/// Writes values as records under a header. Columns that no value fills are left out, save those
/// that `always` names.
pub(crate) fn write_table<'w, R, W: 'w>(
    columns: &[Column<R, W>],
    always: &[&str],
    values: impl IntoIterator<Item = &'w W>,
) -> String {
    let rows: Vec<Vec<String>> = values
        .into_iter()
        .map(|value| columns.iter().map(|column| (column.write)(value)).collect())
        .collect();
    let used: Vec<usize> = (0..columns.len())
        .filter(|at| {
            always.contains(&columns[*at].name) || rows.iter().any(|row| !row[*at].is_empty())
        })
        .collect();
    let mut output = Output::new();
    output.row(used.iter().map(|at| columns[*at].name));
    for row in &rows {
        output.row(used.iter().map(|at| row[*at].as_str()));
    }
    output.finish()
}

/// A cell without the sign that keeps a spreadsheet from taking it for a formula.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before what could be one.
/// [`Table`] takes it off again.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if begins_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Writes CSV records into memory, where writing cannot fail.
pub(crate) struct Output(csv::Writer<Vec<u8>>);

impl Output {
    /// An output of comma-separated records without formulas.
    pub(crate) fn new() -> Output {
        Output(csv::Writer::from_writer(Vec::new()))
    }

    /// An output of tab-separated records, as they are.
    pub(crate) fn tabs() -> Output {
        let mut builder = csv::WriterBuilder::new();
        Output(builder.delimiter(b'\t').from_writer(Vec::new()))
    }

    /// Writes a record whose cells no spreadsheet takes for formulas.
    pub(crate) fn row<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) {
        for field in fields {
            self.0
                .write_field(guarded(field.as_ref()).as_bytes())
                .unwrap_or_default();
        }
        self.end();
    }

    /// Writes a record as it is.
    pub(crate) fn plain_row<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) {
        for field in fields {
            self.0.write_field(field.as_ref()).unwrap_or_default();
        }
        self.end();
    }

    fn end(&mut self) {
        self.0.write_record(None::<&[u8]>).unwrap_or_default();
    }

    pub(crate) fn finish(self) -> String {
        self.0
            .into_inner()
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}
