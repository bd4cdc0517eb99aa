//! The CSV form of measures.

use std::io::{Read, Write};

use super::columns::{date_column, flag_column, text_column};
use super::records::{self, Field};
use super::table::{self, Column, Table};
use crate::error::Error;
use crate::measure::{Measure, MeasureId, Part, Subject};
use crate::text::join;

const DATE: &str = "a date such as 2025-11-07";
const CODES: &str = "codes joined by ;";
const TARGETS: &str = "measures or parts of measures joined by ;, such as 2025-61;2024-46#2";
const SUBJECTS: &str =
    "items, measures, foreign-made, destination, end-users, catalogue or enforcement";
const PARTS: &str = "parts and their first days joined by ;, such as 1(2)=2025-12-01";

static COLUMNS: [Column<Measure>; 15] = [
    Column {
        name: "measure",
        // It is read before the other columns.
        read: |_, _| Ok(()),
        write: |measure| measure.id.to_string(),
    },
    text_column!("authority", authority),
    text_column!("title", title),
    Column {
        name: "subject",
        read: |field, measure| {
            measure.subject = field.word(&Subject::NAMES, SUBJECTS)?;
            Ok(())
        },
        write: |measure| measure.subject.to_string(),
    },
    date_column!("published", published, DATE),
    date_column!("in_force", in_force, DATE),
    Column {
        name: "parts",
        read: |field, measure| {
            measure.parts = field.values(PARTS, |text| {
                let (name, day) = text.rsplit_once('=').filter(|(name, _)| !name.is_empty())?;
                Some(Part {
                    name: name.to_owned(),
                    in_force: day.parse().ok()?,
                })
            })?;
            Ok(())
        },
        write: |measure| {
            let parts = measure.parts.iter();
            join(parts.map(|part| format!("{}={}", part.name, part.in_force)))
        },
    },
    Column {
        name: "changes",
        read: |field, measure| {
            measure.changes = field.values(CODES, |text| text.parse().ok())?;
            Ok(())
        },
        write: |measure| join(&measure.changes),
    },
    Column {
        name: "removes",
        read: |field, measure| {
            measure.removes = field.values(CODES, |text| text.parse().ok())?;
            Ok(())
        },
        write: |measure| join(&measure.removes),
    },
    Column {
        name: "repeals",
        read: |field, measure| {
            measure.repeals = field.values(TARGETS, |text| text.parse().ok())?;
            Ok(())
        },
        write: |measure| join(&measure.repeals),
    },
    Column {
        name: "suspends",
        read: |field, measure| {
            measure.suspends = field.values(TARGETS, |text| text.parse().ok())?;
            Ok(())
        },
        write: |measure| join(&measure.suspends),
    },
    date_column!("suspended_through", suspended_through, DATE),
    Column {
        name: "resumes",
        read: |field, measure| {
            measure.resumes = field.values(TARGETS, |text| text.parse().ok())?;
            Ok(())
        },
        write: |measure| join(&measure.resumes),
    },
    Column {
        name: "url",
        read: |field, measure| {
            measure.url = field.owned();
            Ok(())
        },
        write: |measure| measure.url.clone().unwrap_or_default(),
    },
    flag_column!("full_text", full_text),
];

impl Measure {
    /// Reads measures, one row each. Only the columns `measure` and `in_force` are required.
    ///
    /// # Errors
    /// Returns an error with its line and field if a column is missing or a value is broken.
    ///
    /// ```
    /// # use export_control::Measure;
    /// let file = "measure,in_force,suspends,suspended_through\n2030-1,2030-02-01,,\n2030-2,2030-03-01,2030-1,2030-12-31\n";
    /// let measures = Measure::from_csv(file.as_bytes())?;
    /// assert_eq!(measures[1].suspends[0].measure, measures[0].id);
    /// assert_eq!(measures[1].suspended_through, Some(jiff::civil::date(2030, 12, 31)));
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_csv(input: impl Read) -> Result<Vec<Measure>, Error> {
        let text = records::read_text(input)?;
        let mut rows = Table::new(&text, 1, &COLUMNS, &["measure", "in_force"])?;
        let mut read = Vec::with_capacity(rows.at_most());
        while rows.next()? {
            let id: Field<'_> = rows.field("measure");
            let mut measure = Measure::new(MeasureId::new(id.filled("a measure's number")?), None);
            rows.fill(&mut measure)?;
            read.push(measure);
        }
        Ok(read)
    }

    /// Writes measures as a file that [`from_csv`](Measure::from_csv) reads back.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        measures: impl IntoIterator<Item = &'a Measure>,
        output: impl Write,
    ) -> Result<(), Error> {
        table::write_whole(&COLUMNS, measures, output)
    }
}
