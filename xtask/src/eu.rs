//! Makes the EU's list from Annex I of Regulation (EU) 2021/821 and the titles in
//! `xtask/readings/eu/titles.jsonl`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use export_control::list::{Authority, Elsewhere, Particulars};
use export_control::source::ecfr;
use export_control::{
    Category, ChildLogic, Code, ControlList, Edition, Item, ItemState, ListId, ListInfo,
};
use serde::Deserialize;

/// The regimes, by the third digit of a code: tag and name.
const REGIMES: [(u8, &str, &str); 5] = [
    (0, "WA", "Wassenaar Arrangement"),
    (1, "MTCR", "Missile Technology Control Regime"),
    (2, "NSG", "Nuclear Suppliers Group"),
    (3, "AG", "Australia Group"),
    (4, "CWC", "Chemical Weapons Convention"),
];

/// The regime of category 0, whatever the third digit: nuclear materials and plant.
const OF_CATEGORY_0: &str = "NSG";

/// The meaning of the digit that no regime has.
const NO_REGIME: (u8, &str) = (5, "items that the source ascribes to no regime");

const CATEGORIES: [&str; 10] = [
    "nuclear materials, facilities and equipment",
    "special materials and related equipment",
    "materials processing",
    "electronics",
    "computers",
    "telecommunications and information security",
    "sensors and lasers",
    "navigation and avionics",
    "marine",
    "aerospace and propulsion",
];

fn info() -> Result<ListInfo, Box<dyn Error>> {
    let mut info = ListInfo::new(
        ListId::new("eu-annex-i"),
        "EU Dual-Use List (Regulation (EU) 2021/821, Annex I)",
    );
    for (category, name) in Category::ALL.into_iter().zip(CATEGORIES) {
        info = info.with_category(category, name);
    }
    for (digit, tag, name) in REGIMES {
        info = info.with_reason(tag.parse()?, name);
        info = info.with_third_digit(digit, name);
    }
    Ok(info.with_third_digit(NO_REGIME.0, NO_REGIME.1))
}

/// Returns the edition. `data/SOURCES.md` describes its source.
fn edition() -> Result<Edition, Box<dyn Error>> {
    Ok(Edition::new(
        "consolidated text of 2025-11-15 (EUR-Lex 02021R0821-20251115), retrieved 2026-08-18, © European Union",
    )
    .with_from(Some("2025-11-15".parse()?))
    .with_through(Some("2026-08-18".parse()?)))
}

#[derive(Deserialize)]
struct AnnexFile {
    entries: Vec<AnnexEntry>,
}

#[derive(Deserialize)]
struct AnnexEntry {
    verbatim_text: String,
}

/// A line of the publication: a path and a text.
pub(crate) struct Printed {
    pub(crate) code: Code,
    /// The publication marks it as a note.
    pub(crate) is_note: bool,
    /// The number of the lines of this path so far that are not notes.
    time: usize,
    pub(crate) text: String,
}

impl Printed {
    /// The name by which the titles know the line.
    fn key(&self) -> String {
        match self.time {
            1 => self.code.to_string(),
            time => format!("{}#{time}", self.code),
        }
    }
}

/// Reads the lines of the publication, with decimal points.
///
/// # Errors
/// Returns an error if the file is missing or a line has no path.
pub(crate) fn printed(sources: &Path) -> Result<Vec<Printed>, Box<dyn Error>> {
    let path = sources.join("eu/annex-i-2025-11-15.json");
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let file: AnnexFile = serde_json::from_str(&text)?;
    let mut times: BTreeMap<Code, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    let texts = file.entries.iter().map(|entry| entry.verbatim_text.lines());
    for line in texts.flatten() {
        let (code, text) = line.split_once(' ').unwrap_or((line, ""));
        let code: Code = code.parse()?;
        let is_note = is_note(text);
        let time = times.entry(code).or_default();
        *time += usize::from(!is_note);
        lines.push(Printed {
            code,
            is_note,
            time: *time,
            text: crate::europe::plain(text),
        });
    }
    Ok(lines)
}

/// Returns whether the publication marks a line as a note.
fn is_note(text: &str) -> bool {
    ["Note", "N.B.", "N. B.", "NB", "Technical Note"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// A row of the titles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    eu: String,
    /// The path that is meant, if the printed one is a misprint.
    is: Option<Code>,
    state: State,
    #[serde(default)]
    title: String,
    /// The logic of the paragraphs below, if the wording does not say what it means.
    logic: Option<ChildLogic>,
    /// For a line that is not an item what it is, and for a logic the reason.
    #[serde(default)]
    why: String,
}

/// The state of a line of the publication.
#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum State {
    Live,
    Reserved,
    Empty,
    /// Not an item: a part of a note, of a table or of a definition.
    Note,
}

/// Reads the titles, in any order.
fn titles(readings: &Path) -> Result<BTreeMap<String, Row>, Box<dyn Error>> {
    let path = readings.join("eu/titles.jsonl");
    let mut rows = BTreeMap::new();
    for row in crate::crosswalk::lines::<Row>(&path)? {
        if (row.state == State::Note || row.logic.is_some()) && row.why.is_empty() {
            return Err(format!("{}: {} has no reason", path.display(), row.eu).into());
        }
        if let Some(twice) = rows.insert(row.eu.clone(), row) {
            return Err(format!("{}: {} has two rows", path.display(), twice.eu).into());
        }
    }
    Ok(rows)
}

/// Makes the list with the official texts.
///
/// # Errors
/// Returns an error if the publication is missing, or if it and the titles do not have the same
/// lines.
pub(crate) fn read(sources: &Path) -> Result<ControlList, Box<dyn Error>> {
    let readings = Path::new(env!("CARGO_MANIFEST_DIR")).join("readings");
    let mut titles = titles(&readings)?;
    let mut entries: BTreeMap<Code, Vec<Item>> = BTreeMap::new();
    let mut by_sense: BTreeMap<Code, ChildLogic> = BTreeMap::new();
    let lines = printed(sources)?;
    let military: BTreeSet<Code> = (lines.iter())
        .filter(|line| line.text.to_lowercase().contains("military goods controls"))
        .map(|line| line.code)
        .collect();
    for line in lines.into_iter().filter(|line| !line.is_note) {
        let key = line.key();
        let row = (titles.remove(&key)).ok_or_else(|| format!("{key} has no title"))?;
        let vacant = line.text.trim_end_matches([';', '.', ' ']) == "Not used";
        if vacant != (row.state == State::Reserved) {
            return Err(format!("{key}: the titles have another state than the text").into());
        }
        let state = match row.state {
            State::Live => ItemState::Live,
            State::Reserved => ItemState::Reserved,
            State::Empty => ItemState::Empty,
            State::Note => continue,
        };
        let code = row.is.unwrap_or(line.code);
        by_sense.extend(row.logic.map(|logic| (code, logic)));
        let mut item = Item::new(code).with_state(state);
        if state != ItemState::Reserved {
            item = item.with_title(row.title).with_text(line.text);
        }
        if military.contains(&line.code) {
            let mut particulars = Particulars::default();
            particulars.elsewhere = vec![Elsewhere::new(Authority::EuMilitary, "")];
            item = item.with_particulars(particulars);
        }
        entries.entry(code.entry()).or_default().push(item);
    }
    if let Some(spare) = titles.into_keys().next() {
        return Err(format!("{spare} has a title and is not printed").into());
    }
    let mut items = Vec::new();
    for mut of_entry in entries.into_values() {
        of_entry.sort_by_key(Item::code);
        ecfr::read_texts(&mut of_entry);
        for item in &mut of_entry {
            if let Some(logic) = by_sense.remove(&item.code()) {
                *item = item.clone().with_logic(logic);
            }
            // A thing that another list controls has no keys and figures here.
            if item.state() == ItemState::Empty {
                *item = (item
                    .clone()
                    .with_cas(Vec::new())
                    .with_quantities(Vec::new()))
                .with_elements(Vec::new());
            }
        }
        items.append(&mut of_entry);
    }
    for item in items.iter_mut().filter(|item| item.code().is_entry()) {
        let tag = regime(item.code()).map(str::parse).transpose()?;
        *item = item.clone().with_reasons(tag.into_iter().collect());
    }
    Ok(ControlList::new(info()?, edition()?, items)?)
}

/// Returns the regime that an entry comes from, by the numbering.
fn regime(code: Code) -> Option<&'static str> {
    if code.category().digit() == 0 {
        return Some(OF_CATEGORY_0);
    }
    let of_digit = |(digit, ..): &&(u8, _, _)| *digit == code.third_digit();
    REGIMES.iter().find(of_digit).map(|(_, tag, _)| *tag)
}

/// Makes the file of the list.
///
/// # Errors
/// Returns an error if the publication or the titles cannot be read.
pub fn files(sources: &Path) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let list = read(sources)?;
    let items = list.items().iter().cloned();
    let without_text = items.map(|item| item.with_text(None));
    let list = ControlList::new(
        list.info().clone(),
        list.edition().clone(),
        without_text.collect(),
    )?;
    Ok(vec![("eu-annex-i.csv", crate::checked(&list)?)])
}
