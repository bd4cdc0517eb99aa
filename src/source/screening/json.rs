//! The screening list as JSON.

use std::io::Read;

use serde::Deserialize;

use super::{Lists, Row, ScreeningList};
use crate::error::Error;
use crate::format::records::read_text;
use crate::list::Edition;
use crate::text::short;

/// The file: its entries, in an object or alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Object { results: Vec<Entry> },
    Array(Vec<Entry>),
}

/// An entry. Every field may be missing or null.
#[derive(Deserialize)]
struct Entry {
    source: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    entity_number: Option<Text>,
    name: Option<String>,
    alt_names: Option<Vec<String>>,
    programs: Option<Vec<String>>,
    addresses: Option<Vec<Address>>,
    federal_register_notice: Option<String>,
    start_date: Option<String>,
    license_requirement: Option<String>,
    license_policy: Option<String>,
}

/// A number that some editions quote and some do not.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Quoted(String),
    Number(u64),
}

#[derive(Deserialize)]
struct Address {
    address: Option<String>,
    city: Option<String>,
    state: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
}

/// Reads the JSON form. What day the file is of comes from the caller.
///
/// The line of an observation is the number of the entry.
///
/// # Errors
/// Returns an error if the text is not UTF-8, not JSON, or JSON of another form; with line and
/// column where it is not JSON.
///
/// ```
/// use export_control::Edition;
/// use export_control::source::screening;
/// let file = r#"{"results": [{"source": "Example List (XL)", "name": "Example Co.", "type": null,
///     "addresses": [{"address": "5 Example Lane", "city": "Macau", "country": "MO"}]}]}"#;
/// let read = screening::read_json(file.as_bytes(), Edition::default())?;
/// assert_eq!(read.lists[0].entries()[0].addresses, ["5 Example Lane, Macau, MO"]);
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn read_json(input: impl Read, edition: Edition) -> Result<ScreeningList, Error> {
    const EXPECTED: &str = "the screening list: {\"results\": [entries with source and name]}";
    let text = read_text(input)?;
    let file: File = serde_json::from_str(&text).map_err(|error| {
        let found = match error.classify() {
            serde_json::error::Category::Data => "JSON of another form".to_owned(),
            _ => format!("what is not JSON ({})", short(&error.to_string())),
        };
        let error_line = error.line() as u64;
        let unexpected = Error::unexpected(found, EXPECTED);
        match error_line {
            0 => unexpected,
            line => unexpected.at(line, error.column() as u64),
        }
    })?;
    let entries = match file {
        File::Object { results } => results,
        File::Array(entries) => entries,
    };
    let mut lists = Lists::default();
    for (number, entry) in (1..).zip(entries) {
        lists.add(row(entry), number);
    }
    Ok(lists.finish(&edition))
}

fn row(entry: Entry) -> Row {
    let addresses = entry.addresses.unwrap_or_default();
    let countries = addresses
        .iter()
        .filter_map(|address| address.country.clone());
    Row {
        countries: countries.filter(|country| !country.is_empty()).collect(),
        addresses: addresses
            .iter()
            .map(one_line)
            .filter(|line| !line.is_empty())
            .collect(),
        source: entry.source.unwrap_or_default(),
        kind: entry.kind.unwrap_or_default(),
        number: match entry.entity_number {
            Some(Text::Quoted(number)) => number,
            Some(Text::Number(number)) => number.to_string(),
            None => String::new(),
        },
        name: entry.name.unwrap_or_default(),
        other_names: entry.alt_names.unwrap_or_default(),
        programs: entry.programs.unwrap_or_default(),
        notice: entry.federal_register_notice.unwrap_or_default(),
        start: entry.start_date.unwrap_or_default(),
        terms: entry.license_requirement.unwrap_or_default(),
        policy: entry.license_policy.unwrap_or_default(),
    }
}

fn one_line(address: &Address) -> String {
    let parts = [
        &address.address,
        &address.city,
        &address.state,
        &address.postal_code,
        &address.country,
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter_map(|part| part.as_deref().map(str::trim))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
