//! The screening list as CSV.

use std::io::Read;

use super::{Lists, Row, ScreeningList, values};
use crate::error::Error;
use crate::format::records::{Form, Records, check_header, empty_file, read_text};
use crate::list::Edition;
use crate::source::observation::ObservationKind;
use crate::source::party_reading::note;
use crate::text::short;

/// The published file: a quoted field may have line breaks.
const FORM: Form = Form {
    delimiter: b',',
    line_breaks: true,
    bytes_per_row: 16,
};

/// The columns that are read, and those that the file has besides.
const REQUIRED: [&str; 2] = ["source", "name"];
const READ: [&str; 12] = [
    "source",
    "type",
    "entity_number",
    "name",
    "alt_names",
    "programs",
    "addresses",
    "federal_register_notice",
    "start_date",
    "license_requirement",
    "license_policy",
    "vessel_flag",
];
const OTHERS: [&str; 17] = [
    "_id",
    "id",
    "title",
    "end_date",
    "standard_order",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
];

/// Reads the CSV form. What day the file is of comes from the caller.
///
/// # Errors
/// Returns an error with its line if the columns `source` or `name` are missing, or if the text is
/// not UTF-8 or no CSV.
///
/// ```
/// use export_control::Edition;
/// use export_control::source::screening;
/// let file = "source,entity_number,type,name,addresses,alt_names\n\
///     Example List (XL) - Example Office,7,Vessel,EXAMPLE STAR,\"Pier 1, Port Example, HK\",STAR; OLD STAR\n";
/// let read = screening::read_csv(file.as_bytes(), Edition::default())?;
/// let entry = &read.list("csl-xl").expect("one list").entries()[0];
/// assert_eq!(entry.address_countries, ["HK".parse()?]);
/// assert_eq!(entry.other_names, ["STAR", "OLD STAR"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_csv(input: impl Read, edition: Edition) -> Result<ScreeningList, Error> {
    let text = read_text(input)?;
    let mut records = Records::new(&text, 1, FORM);
    if !records.next()? {
        return Err(empty_file(&REQUIRED));
    }
    check_header(&records, &REQUIRED, |_| Ok(()))?;
    let mut lists = Lists::default();
    let names: Vec<String> = records.fields().map(str::to_owned).collect();
    for name in &names {
        if !READ.contains(&name.as_str()) && !OTHERS.contains(&name.as_str()) && name != "ids" {
            let detail = format!("the column {:?} is not read", short(name));
            lists.notes.push(note(1, ObservationKind::Skipped, detail));
        }
    }
    let place = READ.map(|column| names.iter().position(|name| name == column));
    while records.next()? {
        let cell = |column: usize| match place[column] {
            Some(at) => records.field(at, READ[column]).text.to_owned(),
            None => String::new(),
        };
        let addresses = values(&cell(6));
        let mut countries: Vec<String> = addresses.iter().map(|text| country(text)).collect();
        countries.retain(|country| !country.is_empty());
        let row = Row {
            source: cell(0),
            kind: cell(1),
            number: cell(2),
            name: cell(3),
            other_names: values(&cell(4)),
            programs: values(&cell(5)),
            countries,
            addresses,
            notice: cell(7),
            start: cell(8),
            terms: cell(9),
            policy: cell(10),
        };
        lists.add(row, records.line());
    }
    Ok(lists.finish(&edition))
}

/// The country of an address: its last part.
fn country(address: &str) -> String {
    let last = address.rsplit(',').next().unwrap_or(address).trim();
    let letters = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_uppercase());
    match crate::party::Country::of_address(address) {
        Some(country) if !letters => country.to_string(),
        _ if letters => last.to_owned(),
        _ => String::new(),
    }
}
