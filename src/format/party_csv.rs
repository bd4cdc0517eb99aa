//! Reads and writes lists of parties as CSV.

use std::fmt;
use std::io::{Read, Write};
use std::str::FromStr;

use super::records::{self, Field};
use super::table::{self, Column, Table};
use crate::code::ListId;
use crate::error::Error;
use crate::list::Edition;
use crate::party::{Citation, PartyEntry, PartyList, PartyListInfo, Stay, Unit};
use crate::text::{join, short};

const COUNTRIES: &str = "countries joined by ;, such as CN;HK";
const CITATIONS: &str = "citations joined by ;, such as 84 FR 22963@2019-05-21";
const NAMES: &str = "names joined by ;, with \\ before a ; or \\ of a name";

/// A column that holds one text.
macro_rules! text_column {
    ($name:literal, $field:ident) => {
        Column {
            name: $name,
            read: |field, entry| {
                entry.$field = field.owned();
                Ok(())
            },
            write: |entry| flat(entry.$field.as_deref().unwrap_or_default()),
        }
    };
}

/// A column that holds names joined by `;`.
macro_rules! names_column {
    ($name:literal, $field:ident) => {
        Column {
            name: $name,
            read: |field, entry| {
                entry.$field = names(field, ';')?;
                Ok(())
            },
            write: |entry| joined(&entry.$field, ';'),
        }
    };
}

/// A column that holds values joined by `;`, each with its own form.
macro_rules! values_column {
    ($name:literal, $field:ident, $expected:expr) => {
        Column {
            name: $name,
            read: |field, entry| {
                entry.$field = field.values($expected, |text| text.parse().ok())?;
                Ok(())
            },
            write: |entry| join(&entry.$field),
        }
    };
}

/// A column that holds one value or nothing.
macro_rules! value_column {
    ($name:literal, $field:ident) => {
        Column {
            name: $name,
            read: |field, entry| {
                let value = field.text.parse();
                entry.$field = Some(value.map_err(|error: crate::ParseError| field.fail(error))?);
                Ok(())
            },
            write: |entry| {
                entry
                    .$field
                    .as_ref()
                    .map_or_else(String::new, ToString::to_string)
            },
        }
    };
}

static COLUMNS: [Column<PartyEntry>; 19] = [
    text_column!("heading", heading),
    Column {
        name: "kind",
        read: |field, entry| {
            let kind = field.text.parse();
            entry.kind = kind.map_err(|error: crate::ParseError| field.fail(error))?;
            Ok(())
        },
        write: |entry| match entry.kind {
            crate::party::EntryKind::Party => String::new(),
            kind => kind.to_string(),
        },
    },
    text_column!("number", number),
    Column {
        name: "name",
        // Read before the others.
        read: |_, _| Ok(()),
        write: |entry| flat(&entry.name),
    },
    text_column!("name_local", name_local),
    names_column!("other_names", other_names),
    Column {
        name: "units",
        read: |field, entry| {
            entry.units = units(field)?;
            Ok(())
        },
        write: |entry| {
            let units = entry.units.iter().map(|unit| {
                let names = std::iter::once(&unit.name).chain(&unit.other_names);
                joined(names, '|')
            });
            joined(units, ';')
        },
    },
    values_column!("address_countries", address_countries, COUNTRIES),
    names_column!("addresses", addresses),
    values_column!("see", see, COUNTRIES),
    names_column!("programs", programs),
    value_column!("designation", designation),
    values_column!("amendments", amendments, CITATIONS),
    value_column!("terms", terms),
    text_column!("terms_text", terms_text),
    value_column!("policy", policy),
    text_column!("policy_text", policy_text),
    Column {
        name: "rows",
        read: |field, entry| {
            entry.rows = field.value("a number of rows from 1 to 65535", |text| {
                text.parse().ok().filter(|rows| *rows > 0)
            })?;
            Ok(())
        },
        write: |entry| match entry.rows {
            1 => String::new(),
            rows => rows.to_string(),
        },
    },
    value_column!("fingerprint", fingerprint),
];

/// A text on one line.
fn flat(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Joins texts by a sign, with a backslash before that sign and before a backslash.
fn joined<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, separator: char) -> String {
    let mut line = String::new();
    // A name without words says nothing, and could not be read back.
    let named = texts.into_iter().filter(|text| !text.as_ref().is_empty());
    for (at, text) in named.enumerate() {
        if at > 0 {
            line.push(separator);
        }
        for c in flat(text.as_ref()).chars() {
            if c == separator || c == '\\' {
                line.push('\\');
            }
            line.push(c);
        }
    }
    line
}

/// Splits what [`joined`] joins; none for an empty text or a backslash at the end.
fn split(line: &str, separator: char) -> Option<Vec<String>> {
    let (mut texts, mut text) = (Vec::new(), String::new());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == separator {
            texts.push(std::mem::take(&mut text));
        } else if c == '\\' {
            text.push(chars.next()?);
        } else {
            text.push(c);
        }
    }
    texts.push(text);
    (!texts.iter().any(String::is_empty)).then_some(texts)
}

fn names(field: Field<'_>, separator: char) -> Result<Vec<String>, Error> {
    split(field.text, separator)
        .ok_or_else(|| field.fail(Error::unexpected(format!("{:?}", short(field.text)), NAMES)))
}

fn units(field: Field<'_>) -> Result<Vec<Unit>, Error> {
    let units = names(field, ';')?.into_iter().map(|unit| {
        let mut names = split(&unit, '|')?.into_iter();
        let mut unit = Unit::new(names.next()?);
        unit.other_names = names.collect();
        Some(unit)
    });
    units.collect::<Option<_>>().ok_or_else(|| {
        let expected = "units joined by ;, each with its names joined by |";
        field.fail(Error::unexpected(
            format!("{:?}", short(field.text)),
            expected,
        ))
    })
}

impl PartyList {
    /// Reads a list of parties: lines that begin with `#` and say what the list is, a header, one
    /// row an entry. Only the column `name` is required.
    ///
    /// # Errors
    /// Returns an error with its line and field if a column is unknown or missing, if a value is
    /// broken, or if bytes are not UTF-8.
    ///
    /// ```
    /// use export_control::party::PartyList;
    /// let file = "\
    /// ## list: mine
    /// ## name: My list
    /// name,other_names,address_countries
    /// Example Co.,EC;Ex\\;ample,CN;HK
    /// ".replace("##", "#");
    /// let list = PartyList::from_csv(file.as_bytes())?;
    /// assert_eq!(list.entries()[0].other_names, ["EC", "Ex;ample"]);
    /// assert_eq!(list.to_string(), file);
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_csv(input: impl Read) -> Result<PartyList, Error> {
        records::read_text(input)?.parse()
    }

    /// Writes the list as a file that [`from_csv`](PartyList::from_csv) reads back, save its
    /// notices. Columns that no entry fills are left out.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv(&self, mut output: impl Write) -> Result<(), Error> {
        Ok(output.write_all(self.to_string().as_bytes())?)
    }
}

/// Prints the CSV form, as [`PartyList::to_csv`] does.
impl fmt::Display for PartyList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (info, edition) = (self.info(), self.edition());
        let mut line = |key: &str, value: &str| match flat(value).trim() {
            "" => Ok(()),
            value => writeln!(f, "# {key}: {value}"),
        };
        line("list", info.id.as_str())?;
        line("name", &info.name)?;
        line("name-local", info.name_local.as_deref().unwrap_or_default())?;
        line("source", info.source.as_deref().unwrap_or_default())?;
        line("edition", &edition.label)?;
        line("from", &join(edition.from))?;
        line("through", &join(edition.through))?;
        if self.other_rows() > 0 {
            line("other-rows", &self.other_rows().to_string())?;
        }
        for stay in self.stays() {
            line(
                "stay",
                &format!("{} | {} | {}", stay.through, stay.by, stay.provision),
            )?;
        }
        f.write_str(&table::write_table(&COLUMNS, &["name"], self.entries()))
    }
}

/// Parses the CSV form, as [`PartyList::from_csv`] does.
impl FromStr for PartyList {
    type Err = Error;

    fn from_str(text: &str) -> Result<PartyList, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (lines, rest) = records::preamble(text, b',');
        let mut head = Head::default();
        for (at, line) in lines.iter().enumerate() {
            let field = line.trim();
            head.read(field).map_err(|expected| {
                Error::unexpected(format!("{:?}", short(field)), expected).at(at as u64 + 1, 1)
            })?;
        }
        let id = ListId::new(head.id.as_deref().unwrap_or("unnamed"));
        let place = |error: Error| error.of_list(&id);
        let line = lines.len() as u64 + 1;
        let mut rows = Table::new(rest, line, &COLUMNS, &["name"]).map_err(place)?;
        let mut entries = Vec::with_capacity(rows.at_most());
        while rows.next().map_err(place)? {
            let name = rows.field("name").filled("a name").map_err(place)?;
            let mut entry = PartyEntry::new(name);
            rows.fill(&mut entry).map_err(place)?;
            entries.push(entry);
        }
        let mut info = PartyListInfo::new(id.clone(), head.name);
        (info.name_local, info.source) = (head.name_local, head.source);
        Ok(PartyList::new(info, head.edition, entries)
            .with_other_rows(head.other_rows)
            .with_stays(head.stays))
    }
}

/// The lines before the header.
#[derive(Default)]
struct Head {
    id: Option<String>,
    name: String,
    name_local: Option<String>,
    source: Option<String>,
    edition: Edition,
    other_rows: usize,
    stays: Vec<Stay>,
}

impl Head {
    fn read(&mut self, field: &str) -> Result<(), &'static str> {
        const EXPECTED: &str = "a line such as `# list: us-entity-list`, `# name: …`, `# edition: …`, \
                                `# from: DATE`, `# through: DATE`, `# other-rows: 5` or `# stay: …`";
        const DATE: &str = "a date such as 2025-09-30";
        const STAY: &str = "a stay: its last day | the rule that stays | the provision";
        let (key, value) = field.split_once(':').ok_or(EXPECTED)?;
        let value = value.trim();
        match key {
            "list" => self.id = Some(value.to_owned()).filter(|id| !id.is_empty()),
            "name" => value.clone_into(&mut self.name),
            "name-local" => self.name_local = Some(value.to_owned()),
            "source" => self.source = Some(value.to_owned()),
            "edition" => value.clone_into(&mut self.edition.label),
            "from" => self.edition.from = Some(value.parse().map_err(|_| DATE)?),
            "through" => self.edition.through = Some(value.parse().map_err(|_| DATE)?),
            "other-rows" => self.other_rows = value.parse().map_err(|_| "a number of rows")?,
            "stay" => {
                let mut parts = value.splitn(3, " | ");
                let through = parts.next().and_then(|day| day.parse().ok()).ok_or(STAY)?;
                let by = parts
                    .next()
                    .and_then(|by| by.parse::<Citation>().ok())
                    .ok_or(STAY)?;
                self.stays
                    .push(Stay::new(parts.next().ok_or(STAY)?, by, through));
            }
            _ => return Err(EXPECTED),
        }
        Ok(())
    }
}
