//! The SDN List as three CSV files without headers.

use std::collections::HashMap;
use std::io::Read;

use super::{info, kind};
use crate::error::Error;
use crate::format::records::{Form, Records, read_text};
use crate::list::Edition;
use crate::party::{Country, EntryKind, PartyEntry, PartyList};
use crate::source::observation::{Observation, ObservationKind};
use crate::source::party_reading::{PartyReading, note};
use crate::text::short;

const FORM: Form = Form {
    delimiter: b',',
    line_breaks: true,
    bytes_per_row: 16,
};

/// Reads `sdn.csv`: number, name, type, program, and eight columns more, without a header.
///
/// # Errors
/// Returns an error with its line if the text is not UTF-8, or if the first record does not have
/// the twelve columns of this file.
///
/// ```
/// use export_control::Edition;
/// use export_control::party::{EntryKind, PartyRule, PartyScope};
/// use export_control::source::sdn;
/// let file = "7,\"EXAMPLE STAR\",\"vessel\",\"EXAMPLE\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\
///     8,\"PERSON, Example\",\"individual\",\"EXAMPLE\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";
/// let mut read = sdn::read_csv(file.as_bytes(), Edition::default())?;
/// let people = PartyScope::default().kinds([EntryKind::Individual]);
/// assert_eq!(read.list.count(PartyRule::Entries, &people).number(), Some(1));
///
/// // Addresses and other names are in files of their own.
/// read = sdn::with_addresses(read, "7,1,\"Pier 1\",\"Port Example\",\"China\",-0- \n".as_bytes())?;
/// read = sdn::with_names(read, "7,1,\"aka\",\"STAR\",-0- \n".as_bytes())?;
/// assert_eq!(read.list.entries()[0].address_countries, ["CN".parse()?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_csv(input: impl Read, edition: Edition) -> Result<PartyReading, Error> {
    let text = read_text(input)?;
    let mut notes = Vec::new();
    let mut entries = Vec::new();
    each(&text, 12, "sdn.csv", &mut notes, |cells, line, notes| {
        if cells[1].is_empty() {
            let detail = "a row without a name, left out".to_owned();
            return notes.push(note(line, ObservationKind::Unclear, detail));
        }
        let mut entry = PartyEntry::new(cells[1]);
        entry.number = Some(cells[0].to_owned());
        entry.kind = kind(cells[2]).unwrap_or_else(|| {
            let detail = format!("the type {:?} is taken for a party", short(cells[2]));
            notes.push(note(line, ObservationKind::Unclear, detail));
            EntryKind::Party
        });
        let programs = cells[3]
            .split("] [")
            .map(|p| p.trim_matches(['[', ']', ' ']));
        let programs = programs.filter(|program| !program.is_empty());
        entry.programs = programs.map(str::to_owned).collect();
        entries.push(entry);
    })?;
    Ok(PartyReading {
        list: PartyList::new(info(), edition, entries),
        observations: notes,
    })
}

/// Adds the other names of `alt.csv`: number, number of the name, kind of name, name.
///
/// # Errors
/// Returns an error as [`read_csv`] does.
pub fn with_names(reading: PartyReading, input: impl Read) -> Result<PartyReading, Error> {
    joined(reading, input, 5, "alt.csv", |entry, cells| {
        entry.other_names.push(cells[3].to_owned());
        None
    })
}

/// Adds the addresses of `add.csv`: number, number of the address, street, city, country.
///
/// # Errors
/// Returns an error as [`read_csv`] does.
pub fn with_addresses(reading: PartyReading, input: impl Read) -> Result<PartyReading, Error> {
    joined(reading, input, 6, "add.csv", |entry, cells| {
        let parts: Vec<&str> = cells[2..5]
            .iter()
            .copied()
            .filter(|p| !p.is_empty())
            .collect();
        if !parts.is_empty() {
            entry.addresses.push(parts.join(", "));
        }
        match Country::named(cells[4]) {
            Some(country) if entry.address_countries.contains(&country) => {}
            Some(country) => entry.address_countries.push(country),
            None if cells[4].is_empty() => {}
            None => return Some(format!("no known country: {:?}", short(cells[4]))),
        }
        None
    })
}

/// Joins a companion file to the list by the number of the entry.
fn joined(
    reading: PartyReading,
    input: impl Read,
    columns: usize,
    file: &'static str,
    add: impl Fn(&mut PartyEntry, &[&str]) -> Option<String>,
) -> Result<PartyReading, Error> {
    let text = read_text(input)?;
    let mut notes = reading.observations;
    let mut entries = reading.list.entries().to_vec();
    let numbers = entries.iter().enumerate();
    let numbers: HashMap<String, usize> = numbers
        .filter_map(|(at, entry)| Some((entry.number.clone()?, at)))
        .collect();
    each(&text, columns, file, &mut notes, |cells, line, notes| {
        let detail = match numbers.get(cells[0]) {
            Some(at) => add(&mut entries[*at], cells),
            None => Some(format!("no entry has the number {:?}", short(cells[0]))),
        };
        let of_file = |detail| format!("{file}: {detail}");
        notes.extend(detail.map(|detail| note(line, ObservationKind::Unclear, of_file(detail))));
    })?;
    let (info, edition) = (reading.list.info().clone(), reading.list.edition().clone());
    Ok(PartyReading {
        list: PartyList::new(info, edition, entries),
        observations: notes,
    })
}

/// Calls back with each record's cells; a mark for nothing becomes empty.
fn each(
    text: &str,
    columns: usize,
    file: &'static str,
    notes: &mut Vec<Observation>,
    mut take: impl FnMut(&[&str], u64, &mut Vec<Observation>),
) -> Result<(), Error> {
    // The file ends with the sign for its end.
    let text = text.trim_end_matches(['\u{1a}', '\r', '\n']);
    let mut records = Records::new(text, 1, FORM);
    let mut first = true;
    while records.next()? {
        let cells = records.fields().map(|cell| match cell.trim() {
            "-0-" => "",
            cell => cell,
        });
        let cells: Vec<&str> = cells.collect();
        let numbered = cells[0].bytes().all(|byte| byte.is_ascii_digit()) && !cells[0].is_empty();
        if cells.len() == columns && numbered {
            take(&cells, records.line(), notes);
        } else if first {
            let found = format!("{} columns, the first {:?}", cells.len(), short(cells[0]));
            let expected =
                format!("{columns} columns of {file}, without a header, the first a number");
            return Err(Error::unexpected(found, expected).at(records.line(), 1));
        } else {
            let detail = format!("{file}: a row that is not an entry: {:?}", short(cells[0]));
            notes.push(note(records.line(), ObservationKind::Unclear, detail));
        }
        first = false;
    }
    match first {
        true => Err(Error::unexpected(
            "an empty file",
            format!("the rows of {file}"),
        )),
        false => Ok(()),
    }
}
