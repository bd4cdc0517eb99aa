//! Reader of the US Consolidated Screening List as published: one file with the entries of a dozen
//! lists of three departments, as CSV or JSON.
//!
//! Each source list becomes a [`PartyList`] of its own, named after the
//! abbreviation that the file gives it: `csl-el`, `csl-sdn`, `csl-uvl`. It is the screening list's
//! copy and not the source itself: an address names its country by two letters, `HK` among them, and
//! one row can merge what the regulation prints under several countries.
//!
//! - **Kind**: the column `type`. Rows of lists that do not fill it are parties.
//! - **Addresses**: their last part is the country.
//! - **Natural persons** are kept: counts say how many there are.

mod csv;
mod json;

pub use self::csv::read_csv;
pub use self::json::read_json;

use indexmap::IndexMap;

use crate::code::ListId;
use crate::list::Edition;
use crate::measure::MeasureId;
use crate::party::{Citation, Country, EntryKind, PartyEntry, PartyList, PartyListInfo};
use crate::source::observation::{Observation, ObservationKind};
use crate::source::party_reading::note;
use crate::text::short;

/// A screening list, as read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ScreeningList {
    /// The lists, in the order in which the file names them.
    pub lists: Vec<PartyList>,
    /// Omissions, repairs and things that the reader could not tell, in the order of the file.
    pub observations: Vec<Observation>,
}

impl ScreeningList {
    /// Returns the list with a short name such as `csl-el`, or `None` if the file has none.
    pub fn list(&self, id: &str) -> Option<&PartyList> {
        self.lists.iter().find(|list| list.id().as_str() == id)
    }
}

/// One row, whatever its file form.
#[derive(Debug, Default)]
struct Row {
    source: String,
    kind: String,
    number: String,
    name: String,
    other_names: Vec<String>,
    programs: Vec<String>,
    addresses: Vec<String>,
    countries: Vec<String>,
    notice: String,
    start: String,
    terms: String,
    policy: String,
}

/// The lists that grow.
#[derive(Default)]
struct Lists {
    lists: IndexMap<String, Vec<PartyEntry>>,
    notes: Vec<Observation>,
}

impl Lists {
    /// Takes in a row of a line.
    fn add(&mut self, row: Row, line: u64) {
        let mut tell = |kind, detail: String| self.notes.push(note(line, kind, detail));
        if row.name.trim().is_empty() || row.source.trim().is_empty() {
            let detail = "a row without a name or without its source list, left out".to_owned();
            return tell(ObservationKind::Unclear, detail);
        }
        let mut entry = PartyEntry::new(row.name.trim());
        entry.kind = match row.kind.trim().to_ascii_lowercase().as_str() {
            "individual" => EntryKind::Individual,
            "vessel" => EntryKind::Vessel,
            "aircraft" => EntryKind::Aircraft,
            "" | "entity" => EntryKind::Party,
            _ => {
                let detail = format!(
                    "{}: the type {:?} is taken for a party",
                    short(&row.name),
                    short(&row.kind)
                );
                tell(ObservationKind::Unclear, detail);
                EntryKind::Party
            }
        };
        entry.number = Some(row.number).filter(|number| !number.is_empty());
        entry.other_names = row.other_names;
        entry.programs = row.programs;
        for name in &row.countries {
            match name.parse().ok().or_else(|| Country::named(name)) {
                Some(country) if entry.address_countries.contains(&country) => {}
                Some(country) => entry.address_countries.push(country),
                None => {
                    let detail =
                        format!("{}: no known country: {:?}", short(&row.name), short(name));
                    tell(ObservationKind::Unclear, detail);
                }
            }
        }
        entry.addresses = row.addresses;
        let notice = row.notice.split(';').next().unwrap_or_default().trim();
        if !notice.is_empty() && !notice.contains('@') {
            let date = row.start.trim().get(..10).and_then(|day| day.parse().ok());
            entry.designation = Some(Citation::new(MeasureId::new(notice), date));
        }
        entry.terms_text = Some(row.terms).filter(|text| !text.is_empty());
        entry.policy_text = Some(row.policy).filter(|text| !text.is_empty());
        self.lists.entry(row.source).or_default().push(entry);
    }

    fn finish(self, edition: &Edition) -> ScreeningList {
        let lists = self.lists.into_iter().map(|(source, entries)| {
            let mut info = PartyListInfo::new(ListId::new(id(&source)), source);
            info.source = Some("Consolidated Screening List".to_owned());
            PartyList::new(info, edition.clone(), entries)
        });
        ScreeningList {
            lists: lists.collect(),
            observations: self.notes,
        }
    }
}

/// The short name of a source: that of "Entity List (EL) - …" is `csl-el`.
fn id(source: &str) -> String {
    let inner = source
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'));
    let words = inner
        .map_or(source, |(inner, _)| inner)
        .to_ascii_lowercase();
    let words: Vec<&str> = words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!("csl-{}", words.join("-"))
}

/// Values joined by semicolons.
fn values(text: &str) -> Vec<String> {
    let values = text
        .split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty());
    values.map(str::to_owned).collect()
}
