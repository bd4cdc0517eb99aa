//! The CSV form of measures.

use std::io::{Read, Write};

use jiff::civil::Date;

use super::list_csv::{flag, read_flag};
use super::rows::{Fields, Output, Rows};
use crate::error::Error;
use crate::measure::{Measure, MeasureId, Part, Subject};
use crate::text::join;

const COLUMNS: [&str; 15] = [
    "measure",
    "authority",
    "title",
    "subject",
    "published",
    "in_force",
    "parts",
    "changes",
    "removes",
    "repeals",
    "suspends",
    "suspended_through",
    "resumes",
    "url",
    "full_text",
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
        let mut rows = Rows::new(input, 0, b',', &COLUMNS, &["measure", "in_force"])?;
        const DATE: &str = "a date such as 2025-11-07";
        const CODES: &str = "codes joined by ;";
        const TARGETS: &str =
            "measures or parts of measures joined by ;, such as 2025-61;2024-46#2";
        let mut read = Vec::new();
        while rows.next()? {
            let id = rows.value(0, "a measure's number", |text| {
                (!text.is_empty()).then(|| MeasureId::new(text))
            })?;
            let mut measure = Measure::new(id, rows.optional(5, DATE)?);
            rows.text(1).clone_into(&mut measure.authority);
            rows.text(2).clone_into(&mut measure.title);
            measure.subject = rows.value(
                3,
                "items, measures, foreign-made, destination, end-users, catalogue or enforcement",
                |text| match text {
                    "" => Some(Subject::Items),
                    _ => Subject::NAMES
                        .iter()
                        .find(|(_, name)| *name == text)
                        .map(|(subject, _)| *subject),
                },
            )?;
            measure.published = rows.optional(4, DATE)?;
            measure.parts = rows.values(
                6,
                "parts and their first days joined by ;, such as 1(2)=2025-12-01",
                |text| {
                    let (name, day) = text.rsplit_once('=').filter(|(name, _)| !name.is_empty())?;
                    Some(Part {
                        name: name.to_owned(),
                        in_force: day.parse().ok()?,
                    })
                },
            )?;
            measure.changes = rows.values(7, CODES, |text| text.parse().ok())?;
            measure.removes = rows.values(8, CODES, |text| text.parse().ok())?;
            measure.repeals = rows.values(9, TARGETS, |text| text.parse().ok())?;
            measure.suspends = rows.values(10, TARGETS, |text| text.parse().ok())?;
            measure.suspended_through = rows.optional(11, DATE)?;
            measure.resumes = rows.values(12, TARGETS, |text| text.parse().ok())?;
            measure.url = rows.owned(13);
            measure.full_text = rows.value(14, "nothing or yes", read_flag)?;
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
        mut output: impl Write,
    ) -> Result<(), Error> {
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let mut table = Output::new(b',');
        table.row(COLUMNS);
        for measure in measures {
            table.row([
                measure.id.to_string(),
                measure.authority.clone(),
                measure.title.clone(),
                measure.subject.to_string(),
                date(measure.published),
                date(measure.in_force),
                join(
                    measure
                        .parts
                        .iter()
                        .map(|part| format!("{}={}", part.name, part.in_force)),
                ),
                join(&measure.changes),
                join(&measure.removes),
                join(&measure.repeals),
                join(&measure.suspends),
                date(measure.suspended_through),
                join(&measure.resumes),
                measure.url.clone().unwrap_or_default(),
                flag(measure.full_text),
            ]);
        }
        Ok(output.write_all(table.finish().as_bytes())?)
    }
}
