//! The rows of the table.

use crate::code::Code;
use crate::error::{Error, Kind};
use crate::text::short;

use super::super::lines::physical;

const COLUMNS: [&str; 4] = ["rows", "code", "state", "text"];

/// A row of the table.
pub(super) struct Row<'a> {
    pub(super) line: u64,
    /// The column of the code, counted from 1.
    pub(super) column: u64,
    pub(super) numbers: Vec<u16>,
    pub(super) code: Code,
    /// `true` if the text is whole.
    pub(super) whole: bool,
    pub(super) text: &'a str,
    pub(super) problems: Vec<&'static str>,
}

/// Reads the header and returns the rows after it.
pub(super) fn rows(text: &str) -> Result<impl Iterator<Item = Result<Row<'_>, Error>>, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = physical(text)
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    let expected = "a header with the columns rows, code, state and text, and tabs between them";
    let (header, number) = lines
        .next()
        .ok_or_else(|| Error::unexpected("an empty table", expected).at(1, 1))?;
    let names: Vec<&str> = header.split('\t').map(str::trim).collect();
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        *place = names
            .iter()
            .position(|name| *name == column)
            .ok_or_else(|| {
                let found = format!("the header {:?} without {column}", short(header));
                Error::unexpected(found, expected).at(number, 1)
            })?;
    }
    let count = names.len();
    Ok(lines.map(move |(line, number)| row(line, number, places, count)))
}

fn row(line: &str, number: u64, places: [usize; 4], count: usize) -> Result<Row<'_>, Error> {
    let fields: Vec<&str> = line.splitn(count, '\t').collect();
    let [numbers, code, state, text] =
        places.map(|place| fields.get(place).map(|field| field.trim()));
    let (Some(numbers), Some(written), Some(state), Some(text)) = (numbers, code, state, text)
    else {
        let found = format!("{} fields", fields.len());
        return Err(Error::unexpected(found, format!("{count}, as in the header")).at_line(number));
    };
    let column = places[1] as u64 + 1;
    let code: Code = written
        .parse()
        .map_err(|error| Error::from(Kind::Parse(error)).at(number, column))?;
    let mut problems = Vec::new();
    let numbers = run(numbers).unwrap_or_else(|| {
        problems.push("row numbers that are not read; expected 439 or 439-441");
        Vec::new()
    });
    if !matches!(state, "ok" | "part") {
        problems.push("a state that is not known; expected ok or part");
    }
    if text.is_empty() {
        problems.push("no text");
    }
    Ok(Row {
        line: number,
        column,
        numbers,
        code,
        whole: state != "part",
        text,
        problems,
    })
}

/// Reads row numbers: `439`, `439-441`, or none.
fn run(text: &str) -> Option<Vec<u16>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last && last - first < 1000).then(|| (first..=last).collect())
}
