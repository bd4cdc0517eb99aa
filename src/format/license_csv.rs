//! The CSV form of license requirements.

use std::io::{Read, Write};

use super::list_columns::word;
use super::records;
use super::table::{self, Column, Table};
use crate::error::Error;
use crate::list::Reason;
use crate::list::license::{AppliesTo, ChartColumn, CodeRange, LicenseRequirement};
use crate::text::join;

pub(super) const APPLIES_TO: [(AppliesTo, &str); 4] = [
    (AppliesTo::Entry, "entry"),
    (AppliesTo::Except, "except"),
    (AppliesTo::Codes, "codes"),
    (AppliesTo::Described, "described"),
];

static COLUMNS: [Column<LicenseRequirement>; 7] = [
    Column {
        name: "entry",
        // It is read before the other columns.
        read: |_, _| Ok(()),
        write: |row| row.entry.to_string(),
    },
    Column {
        name: "reasons",
        read: |field, row| {
            const EXPECTED: &str = "reasons for control joined by ;";
            row.reasons = field.values(EXPECTED, |text| text.parse().ok())?;
            Ok(())
        },
        write: |row| join(&row.reasons),
    },
    Column {
        name: "applies_to",
        read: |_, _| Ok(()),
        write: |row| word(&APPLIES_TO, row.applies_to),
    },
    Column {
        name: "codes",
        read: |field, row| {
            row.codes =
                field.values("codes and ranges such as 3A001.a.3..3A001.a.9", code_range)?;
            Ok(())
        },
        write: |row| join(&row.codes),
    },
    Column {
        name: "columns",
        read: |field, row| {
            row.columns = field.values("chart columns such as NS:1", chart_column)?;
            Ok(())
        },
        write: |row| join(&row.columns),
    },
    Column {
        name: "sections",
        read: |field, row| {
            row.sections = field.values("sections joined by ;", |text| Some(text.to_owned()))?;
            Ok(())
        },
        write: |row| row.sections.join(";"),
    },
    Column {
        name: "destinations",
        read: |field, row| {
            const EXPECTED: &str = "destinations joined by ;";
            row.destinations = field.values(EXPECTED, |text| Some(text.to_owned()))?;
            Ok(())
        },
        write: |row| row.destinations.join(";"),
    },
];

const NAMES: [&str; 7] = [
    "entry",
    "reasons",
    "applies_to",
    "codes",
    "columns",
    "sections",
    "destinations",
];

pub(super) fn code_range(text: &str) -> Option<CodeRange> {
    let (first, last) = text
        .split_once("..")
        .map_or((text, None), |(first, last)| (first, Some(last)));
    Some(CodeRange {
        first: first.parse().ok()?,
        last: last.map(str::parse).transpose().ok()?,
    })
}

pub(super) fn chart_column(text: &str) -> Option<ChartColumn> {
    let (reason, number) = text.split_once(':')?;
    Some(ChartColumn {
        reason: reason.parse::<Reason>().ok()?,
        number: number.parse().ok()?,
    })
}

impl LicenseRequirement {
    /// Reads license requirements, one row each.
    ///
    /// # Errors
    /// Returns an error with its line and field if a column is missing or a value is broken.
    ///
    /// ```
    /// # use export_control::list::license::LicenseRequirement;
    /// let file = "entry,reasons,applies_to,codes,columns,sections,destinations\n3A001,NS;RS,codes,3A001.a..3A001.c,NS:1,,\n";
    /// let rows = LicenseRequirement::from_csv(file.as_bytes())?;
    /// assert_eq!(rows[0].codes[0].to_string(), "3A001.a..3A001.c");
    /// let mut written = Vec::new();
    /// LicenseRequirement::to_csv(&rows, &mut written)?;
    /// assert_eq!(String::from_utf8(written).as_deref(), Ok(file));
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_csv(input: impl Read) -> Result<Vec<LicenseRequirement>, Error> {
        let text = records::read_text(input)?;
        let mut rows = Table::new(&text, 1, &COLUMNS, &NAMES)?;
        let mut read = Vec::with_capacity(rows.at_most());
        while rows.next()? {
            let mut row = LicenseRequirement::new(rows.field("entry").code()?);
            let expected = "entry, except, codes or described";
            row.applies_to = rows.field("applies_to").word(&APPLIES_TO, expected)?;
            rows.fill(&mut row)?;
            read.push(row);
        }
        Ok(read)
    }

    /// Writes license requirements as a file that [`from_csv`](LicenseRequirement::from_csv) reads
    /// back, except for the published words.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        rows: impl IntoIterator<Item = &'a LicenseRequirement>,
        output: impl Write,
    ) -> Result<(), Error> {
        table::write_whole(&COLUMNS, rows, output)
    }
}
