//! The CSV forms of amendments, and of what was verified after an edition.

use std::io::{Read, Write};

use super::columns::{date_column, flag_column, text_column};
use super::license_csv::{APPLIES_TO, chart_column, code_range};
use super::list_columns::word;
use super::records::{self, Field};
use super::table::{self, Column, Table};
use crate::code::Code;
use crate::error::Error;
use crate::list::ChildLogic;
use crate::list::amendment::{Amendment, Certainty, Change, Verified};
use crate::list::license::{AppliesTo, LicenseRequirement};
use crate::measure::MeasureId;
use crate::text::join;

const DATE: &str = "a date such as 2026-09-24";
const CHANGES: &str = "added, removed, reworded, heading, note, requirement, exception, related-controls or announced";
const CERTAINTIES: &str = "cited, one-parse, two-parses or official-text";

/// The row that an amendment leaves; there is one if the file says what it applies to.
fn row(amendment: &mut Amendment) -> &mut LicenseRequirement {
    (amendment.requirement).get_or_insert_with(|| LicenseRequirement::new(amendment.code))
}

/// Returns a cell of the row, empty if there is no row.
fn of_row(amendment: &Amendment, write: impl Fn(&LicenseRequirement) -> String) -> String {
    amendment
        .requirement
        .as_ref()
        .map_or_else(String::new, write)
}

fn texts(field: &Field<'_>, expected: &str) -> Result<Vec<String>, Error> {
    field.values(expected, |text| Some(text.to_owned()))
}

static AMENDMENTS: [Column<Amendment>; 17] = [
    Column {
        name: "code",
        // This one and the next two are read before the others.
        read: |_, _| Ok(()),
        write: |one| one.code.to_string(),
    },
    Column {
        name: "change",
        read: |_, _| Ok(()),
        write: |one| one.change.to_string(),
    },
    Column {
        name: "certainty",
        read: |_, _| Ok(()),
        write: |one| word(&Certainty::NAMES, one.certainty),
    },
    Column {
        name: "rule",
        read: |field, one| {
            one.rule = Some(MeasureId::new(field.text));
            Ok(())
        },
        write: |one| join(&one.rule),
    },
    flag_column!("inferred", inferred),
    date_column!("in_force", in_force, DATE),
    date_column!("first_seen", first_seen, DATE),
    text_column!("title", title),
    Column {
        name: "logic",
        read: |field, one| {
            one.logic = field.value("any or all, as in a list file", |text| text.parse().ok())?;
            Ok(())
        },
        write: |one| match one.logic {
            ChildLogic::Leaf => String::new(),
            logic => logic.to_string(),
        },
    },
    Column {
        name: "quantities",
        read: |field, one| {
            one.quantities = field.named_keys("")?;
            Ok(())
        },
        write: |one| join(&one.quantities),
    },
    Column {
        name: "row",
        read: |field, one| {
            one.row = Some(field.value("the number of a license row", |text| text.parse().ok())?);
            Ok(())
        },
        write: |one| join(one.row),
    },
    Column {
        name: "applies_to",
        read: |field, one| {
            row(one).applies_to = field.word(&APPLIES_TO, "entry, except, codes or described")?;
            Ok(())
        },
        write: |one| of_row(one, |row| word::<AppliesTo>(&APPLIES_TO, row.applies_to)),
    },
    Column {
        name: "reasons",
        read: |field, one| {
            const EXPECTED: &str = "reasons for control joined by ;";
            row(one).reasons = field.values(EXPECTED, |text| text.parse().ok())?;
            Ok(())
        },
        write: |one| of_row(one, |row| join(&row.reasons)),
    },
    Column {
        name: "codes",
        read: |field, one| {
            const EXPECTED: &str = "codes and ranges such as 3A001.a.3..3A001.a.9";
            row(one).codes = field.values(EXPECTED, code_range)?;
            Ok(())
        },
        write: |one| of_row(one, |row| join(&row.codes)),
    },
    Column {
        name: "columns",
        read: |field, one| {
            row(one).columns = field.values("chart columns such as NS:1", chart_column)?;
            Ok(())
        },
        write: |one| of_row(one, |row| join(&row.columns)),
    },
    Column {
        name: "sections",
        read: |field, one| {
            row(one).sections = texts(&field, "sections joined by ;")?;
            Ok(())
        },
        write: |one| of_row(one, |row| row.sections.join(";")),
    },
    Column {
        name: "destinations",
        read: |field, one| {
            row(one).destinations = texts(&field, "destinations joined by ;")?;
            Ok(())
        },
        write: |one| of_row(one, |row| row.destinations.join(";")),
    },
];

impl Amendment {
    /// Reads amendments, one row each. `docs/list-file.md` has the columns; `code`, `change` and
    /// `certainty` are required.
    ///
    /// # Errors
    /// Returns an error with its line and field if a column is missing or a value is broken.
    ///
    /// ```
    /// use export_control::list::amendment::Amendment;
    /// let file = "code,change,certainty,first_seen,title\n3A001.z,added,one-parse,2030-01-15,Fast things\n";
    /// let read = Amendment::from_csv(file.as_bytes())?;
    /// assert_eq!(read[0].to_string(), "3A001.z added: Fast things (rule not known; first seen 2030-01-15; one parse)");
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_csv(input: impl Read) -> Result<Vec<Amendment>, Error> {
        let text = records::read_text(input)?;
        let mut rows = Table::new(&text, 1, &AMENDMENTS, &["code", "change", "certainty"])?;
        let mut read = Vec::with_capacity(rows.at_most());
        while rows.next()? {
            let code = rows.field("code").code()?;
            let change = rows.field("change").word(&Change::NAMES, CHANGES)?;
            let certainty = (rows.field("certainty")).word(&Certainty::NAMES, CERTAINTIES)?;
            let mut amendment = Amendment::new(code, change, certainty);
            rows.fill(&mut amendment)?;
            read.push(amendment);
        }
        Ok(read)
    }

    /// Writes amendments as a file that [`from_csv`](Amendment::from_csv) reads back.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        amendments: impl IntoIterator<Item = &'a Amendment>,
        output: impl Write,
    ) -> Result<(), Error> {
        table::write_whole(&AMENDMENTS, amendments, output)
    }
}

static VERIFIED: [Column<Verified>; 5] = [
    Column {
        name: "entry",
        // Read before the others.
        read: |_, _| Ok(()),
        write: |one| one.entry.to_string(),
    },
    Column {
        name: "heading",
        read: |field, one| {
            one.heading = field.value(DATE, |text| text.parse().ok())?;
            Ok(())
        },
        write: |one| one.heading.to_string(),
    },
    Column {
        name: "exceptions",
        read: |field, one| {
            one.exceptions = field.value(DATE, |text| text.parse().ok())?;
            Ok(())
        },
        write: |one| one.exceptions.to_string(),
    },
    Column {
        name: "text",
        read: |_, _| Ok(()),
        write: |one| one.text.to_string(),
    },
    Column {
        name: "lost",
        read: |field, one| {
            one.lost = field.values("codes joined by ;", |text| text.parse::<Code>().ok())?;
            Ok(())
        },
        write: |one| join(&one.lost),
    },
];

impl Verified {
    /// Reads what was verified, one entry a row. The columns `entry` and `text` are required; a day
    /// that is missing is that of the text.
    ///
    /// # Errors
    /// Returns an error with its line and field if a column is missing or a value is broken.
    ///
    /// ```
    /// use export_control::list::amendment::Verified;
    /// let read = Verified::from_csv("entry,heading,text\n3A001,2030-02-01,2030-01-15\n".as_bytes())?;
    /// assert_eq!(read[0].through("3A001.a".parse()?), Some(jiff::civil::date(2030, 1, 15)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_csv(input: impl Read) -> Result<Vec<Verified>, Error> {
        let text = records::read_text(input)?;
        let mut rows = Table::new(&text, 1, &VERIFIED, &["entry", "text"])?;
        let mut read = Vec::with_capacity(rows.at_most());
        while rows.next()? {
            let day = rows.field("text").value(DATE, |text| text.parse().ok())?;
            let mut one = Verified::new(rows.field("entry").code()?, day);
            rows.fill(&mut one)?;
            read.push(one);
        }
        Ok(read)
    }

    /// Writes what was verified as a file that [`from_csv`](Verified::from_csv) reads back.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv<'a>(
        verified: impl IntoIterator<Item = &'a Verified>,
        output: impl Write,
    ) -> Result<(), Error> {
        table::write_whole(&VERIFIED, verified, output)
    }
}
