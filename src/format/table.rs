//! This crate's own tables: records whose columns are known by name, read and written.

use std::borrow::Cow;
use std::io::Write;

use super::records::{CSV, Field, Records, check_header, empty_file};
use crate::error::Error;
use crate::text::short;

/// A column of a file form: its name, how it is read into one kind of value, and how it is written
/// from another.
pub(crate) struct Column<R, W = R> {
    pub(crate) name: &'static str,
    /// Reads a field that is not empty.
    pub(crate) read: fn(Field<'_>, &mut R) -> Result<(), Error>,
    pub(crate) write: fn(&W) -> String,
}

impl Column<()> {
    /// Returns a column that callers ask for by its name.
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
    /// The column of each field, or `None` if the header has no name for it.
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
            return Err(empty_file(required));
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

    /// Moves to the next record. Returns false at the end.
    pub(crate) fn next(&mut self) -> Result<bool, Error> {
        self.records.next()
    }

    /// Returns the maximum number of rows, for a collection that does not need to grow.
    pub(crate) fn at_most(&self) -> usize {
        self.records.at_most()
    }

    /// Returns the number of the record's line.
    pub(crate) fn line(&self) -> u64 {
        self.records.line()
    }

    /// Returns whether the file has a column.
    pub(crate) fn has(&self, name: &str) -> bool {
        let mut columns = self.column_of.iter().flatten();
        columns.any(|at| self.columns[*at].name == name)
    }

    /// Returns the field of a column, which is empty if the file does not have the column.
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

    /// Reads every field that is not empty into a value. Most fields are empty.
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

/// Writes values as records under a header. Columns that no value fills are left out, except those
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

/// Writes values as a file with every column.
///
/// # Errors
/// Returns an error if the output cannot be written.
pub(crate) fn write_whole<'w, R, W: 'w>(
    columns: &[Column<R, W>],
    values: impl IntoIterator<Item = &'w W>,
    mut output: impl Write,
) -> Result<(), Error> {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    Ok(output.write_all(write_table(columns, &names, values).as_bytes())?)
}

/// Returns a cell without the sign that prevents a spreadsheet from reading it as a formula.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if begins_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Returns a cell that no spreadsheet reads as a formula: an apostrophe is put before what could be
/// one. [`Table`] removes it again.
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
    /// Returns an output of comma-separated records without formulas.
    pub(crate) fn new() -> Output {
        Output(csv::Writer::from_writer(Vec::new()))
    }

    /// Returns an output of tab-separated records, with cells unchanged.
    pub(crate) fn tabs() -> Output {
        let mut builder = csv::WriterBuilder::new();
        Output(builder.delimiter(b'\t').from_writer(Vec::new()))
    }

    /// Writes a record with cells that no spreadsheet reads as formulas.
    pub(crate) fn row<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) {
        for field in fields {
            self.0
                .write_field(guarded(field.as_ref()).as_bytes())
                .unwrap_or_default();
        }
        self.end();
    }

    /// Writes a record with cells unchanged.
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
