//! The CSV form of license requirements.

use std::io::{Read, Write};

use super::rows::{Fields, Output, Rows};
use crate::error::Error;
use crate::list::Reason;
use crate::list::license::{AppliesTo, ChartColumn, CodeRange, LicenseRequirement};
use crate::text::join;

const COLUMNS: [&str; 7] = [
    "entry",
    "reasons",
    "applies_to",
    "codes",
    "columns",
    "sections",
    "destinations",
];

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
        let mut rows = Rows::new(input, 0, b',', &COLUMNS, &COLUMNS)?;
        let mut read = Vec::new();
        while rows.next()? {
            let mut row = LicenseRequirement::new(rows.code(0)?);
            row.reasons = rows.values(1, "reasons for control joined by ;", |text| {
                text.parse().ok()
            })?;
            row.applies_to = rows.value(2, "entry, except, codes or described", |text| {
                Some(match text {
                    "entry" => AppliesTo::Entry,
                    "except" => AppliesTo::Except,
                    "codes" => AppliesTo::Codes,
                    "described" => AppliesTo::Described,
                    _ => return None,
                })
            })?;
            row.codes =
                rows.values(3, "codes and ranges such as 3A001.a.3..3A001.a.9", |text| {
                    let (first, last) = text
                        .split_once("..")
                        .map_or((text, None), |(first, last)| (first, Some(last)));
                    Some(CodeRange {
                        first: first.parse().ok()?,
                        last: last.map(str::parse).transpose().ok()?,
                    })
                })?;
            row.columns = rows.values(4, "chart columns such as NS:1", |text| {
                let (reason, number) = text.split_once(':')?;
                Some(ChartColumn {
                    reason: reason.parse::<Reason>().ok()?,
                    number: number.parse().ok()?,
                })
            })?;
            row.sections = rows.values(5, "sections joined by ;", |text| Some(text.to_owned()))?;
            row.destinations =
                rows.values(6, "destinations joined by ;", |text| Some(text.to_owned()))?;
            read.push(row);
        }
        Ok(read)
    }

    /// Writes license requirements as a file that [`from_csv`](LicenseRequirement::from_csv) reads
    /// back, save the published words.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        rows: impl IntoIterator<Item = &'a LicenseRequirement>,
        mut output: impl Write,
    ) -> Result<(), Error> {
        let mut table = Output::new(b',');
        table.row(COLUMNS);
        for row in rows {
            let applies_to = match row.applies_to {
                AppliesTo::Entry => "entry",
                AppliesTo::Except => "except",
                AppliesTo::Codes => "codes",
                AppliesTo::Described => "described",
            };
            table.row([
                row.entry.to_string(),
                join(&row.reasons),
                applies_to.to_owned(),
                join(&row.codes),
                join(&row.columns),
                row.sections.join(";"),
                row.destinations.join(";"),
            ]);
        }
        Ok(output.write_all(table.finish().as_bytes())?)
    }
}
