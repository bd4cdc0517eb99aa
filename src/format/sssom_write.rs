//! Writes crosswalks as SSSOM TSV.

use std::borrow::Cow;
use std::fmt;
use std::io::Write;

use super::sssom::{ANY_MATCH, JUSTIFICATIONS, NOTHING, joined, number, predicate, split};
use crate::code::{Code, ListId};
use crate::crosswalk::{
    COLUMNS, Crosswalk, DIFFERENCE_SLOT, Evidence, ExtraFields, JOINTLY_SLOT, Justification,
    Mapping, Names, PerFile, SEE_SLOT, Side,
};
use crate::error::Error;
use crate::format::table::Output;

impl Crosswalk {
    /// Writes SSSOM TSV that [`from_sssom`](Crosswalk::from_sssom) reads back.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_sssom(&self, mut output: impl Write) -> Result<(), Error> {
        Ok(write!(output, "{self}")?)
    }
}

/// Prints SSSOM TSV, as [`Crosswalk::from_sssom`] reads it. It has the four columns that SSSOM
/// requires, those that a mapping fills, and those of the file that was read.
impl fmt::Display for Crosswalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = || self.columns().iter().map(String::as_str);
        let mut output = Output::tabs();
        output.plain_row(columns());
        // The place in this table of each column of a file. A name can be longer than all rows
        // together.
        let mut places: PerFile<Vec<usize>> = PerFile::new();
        let place_all = |names: &Names| -> Vec<usize> {
            let place = |name: &str| self.columns().get_index_of(name).unwrap_or(usize::MAX);
            names.iter().map(|name| place(name)).collect()
        };
        let own: Vec<&str> = columns().filter(|name| COLUMNS.contains(name)).collect();
        let own: Vec<(usize, &str)> = own
            .into_iter()
            .filter_map(|name| Some((self.columns().get_index_of(name)?, name)))
            .collect();
        for mapping in self.mappings() {
            let mut row = vec![Cow::Borrowed(""); self.columns().len()];
            for (at, name) in &own {
                row[*at] = Cow::Owned(field(self, mapping, name));
            }
            let places = places.of(mapping.extra.names(), place_all);
            fill(&mut row, places, &mapping.extra);
            output.plain_row(row);
        }
        for fields in self.other_rows() {
            let mut row = vec![Cow::Borrowed(""); self.columns().len()];
            fill(&mut row, places.of(fields.names(), place_all), fields);
            output.plain_row(row);
        }
        self.header()
            .lines()
            .iter()
            .try_for_each(|line| writeln!(f, "#{line}"))?;
        f.write_str(&output.finish())
    }
}

/// Puts fields into their places.
fn fill<'a>(row: &mut [Cow<'a, str>], places: &[usize], fields: &'a ExtraFields) {
    for (number, value) in fields.by_number() {
        if let Some(cell) = places.get(number).and_then(|place| row.get_mut(*place)) {
            *cell = Cow::Borrowed(value);
        }
    }
}

/// Returns a field of a mapping's row.
fn field(crosswalk: &Crosswalk, mapping: &Mapping, column: &str) -> String {
    let item = |list: &ListId, code: Option<Code>| {
        code.map_or_else(|| NOTHING.to_owned(), |code| format!("{list}:{code}"))
    };
    let (predicate, denied) = mapping.relation().map_or((ANY_MATCH, false), predicate);
    let found = mapping.found.as_deref();
    match column {
        "subject_id" => item(crosswalk.left(), mapping.left()),
        "predicate_modifier" if denied => "Not".to_owned(),
        "predicate_modifier" => String::new(),
        "predicate_id" => predicate.to_owned(),
        "object_id" => item(crosswalk.right(), mapping.right()),
        "mapping_justification" => {
            let known = |(known, _): &&(Justification, &str)| *known == mapping.justification;
            let name = JUSTIFICATIONS.iter().find(known);
            name.map_or_else(String::new, |(_, name)| (*name).to_owned())
        }
        "author_label" => mapping.author.as_deref().unwrap_or_default().to_owned(),
        "confidence" => found
            .and_then(|found| found.confidence.as_ref())
            .filter(|text| text.trim().parse().ok() == mapping.confidence)
            .map_or_else(|| number(mapping.confidence), String::clone),
        "match_string" => found
            .and_then(|found| found.match_string.as_ref())
            .filter(|text| means(text, &mapping.evidence))
            .map_or_else(|| joined(&mapping.evidence), String::clone),
        "comment" => mapping.reason.to_string(),
        DIFFERENCE_SLOT => joined(&mapping.differences),
        SEE_SLOT => crate::text::join(&mapping.see),
        JOINTLY_SLOT => mapping.jointly.map_or("", Side::word).to_owned(),
        _ => String::new(),
    }
}

/// Returns whether a text as it was read still agrees with the mapping.
fn means(text: &str, evidence: &[Evidence]) -> bool {
    let values = split(text);
    let filled = values.iter().filter(|text| !text.trim().is_empty());
    filled
        .filter_map(|text| text.parse::<Evidence>().ok())
        .eq(evidence.iter().cloned())
}
