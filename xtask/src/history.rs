//! Makes the history of the US list from another project's parse of the eCFR's versions. The
//! official print and XML correct it.
//!
//! That parse kept the text of every leaf and the lead-ins above it, with known errors (see
//! `data/SOURCES.md`). Each edition is written again as the eCFR writes it and read by the crate's
//! own reader. Labels, reserved ranges and any-of/all-of therefore follow the same rules on every
//! date. What cannot be corrected is marked as not covered.

mod mend;
mod setting;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::Path;

use export_control::change::Snapshot;
use export_control::list::Fingerprint;
use export_control::source::ecfr;
use export_control::{Code, ControlList, Edition, History, Item, ItemState, Measure, MeasureId};
use jiff::civil::Date;
use serde::Deserialize;

/// The part of a file's row that is used.
#[derive(Deserialize)]
struct Record {
    eccn: String,
    supp: String,
    from: Date,
    to: Date,
    breadcrumbs: Vec<String>,
    text: String,
}

#[derive(Deserialize)]
struct Documents {
    documents: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    document_number: String,
    publication_date: Date,
    effective_on: Option<Date>,
    supplements: Vec<String>,
    citation: Option<String>,
}

/// An edition that is being corrected: its items by code, and the codes that the source lost.
#[derive(Default)]
struct Draft {
    items: BTreeMap<Code, Item>,
    holes: BTreeSet<Code>,
}

/// The last day of the official edition, and its first.
const OFFICIAL: (&str, &str) = ("2025-09-30", "2026-06-24");

pub(crate) fn files(sources: &Path, data: &Path) -> Result<Vec<crate::File>, Box<dyn Error>> {
    let by_hand = Measure::from_csv(std::fs::File::open(data.join("us-ccl-measures.csv"))?)?;
    let titles = by_hand.into_iter().map(|rule| (rule.id, rule.title));
    let (history, measures) = history(sources, &titles.collect())?;
    let text = written(|out| history.to_csv(out));
    let measures_text = written(|out| Measure::to_csv(&measures, out));
    let again = History::from_csv(
        text.as_bytes(),
        Measure::from_csv(measures_text.as_bytes())?,
    )?;
    if written(|out| again.to_csv(out)) != text {
        return Err("the history: what was written does not read back the same".into());
    }
    Ok(vec![
        ("us-ccl-history.csv", text),
        ("us-ccl-measures.csv", measures_text),
    ])
}

/// Returns the history, and the Federal Register rules that took effect on the days of its
/// editions.
fn history(
    sources: &Path,
    titles: &HashMap<MeasureId, String>,
) -> Result<(History, Vec<Measure>), Box<dyn Error>> {
    let folder = sources.join("us/history");
    let mut versions: Vec<Date> = serde_json::from_str(&read(&folder.join("versions.json"))?)?;
    let records = records(&folder.join("intervals.jsonl.gz"))?;
    let official = official(sources)?;
    let print: String = setting::letters(&read(&sources.join("us/ecfr-print-2025-09-29.txt"))?);

    let mut cache: HashMap<String, Vec<Item>> = HashMap::new();
    let mut drafts = Vec::new();
    for version in &versions {
        let present = records
            .iter()
            .filter(|record| record.from <= *version && *version <= record.to);
        drafts.push(setting::draft(present, &mut cache)?);
    }
    let xml = setting::letters(&plain(&read(
        &sources.join("us/ecfr-title15-part774-supp1.xml"),
    )?));
    mend::by_official(&mut drafts, &official, &print, &xml);
    versions.push(OFFICIAL.0.parse()?);
    drafts.push(Draft {
        items: official
            .items()
            .iter()
            .map(|item| (item.code(), outline(item)))
            .collect(),
        holes: BTreeSet::new(),
    });
    mend::holes(&mut drafts);

    let mut editions = Vec::new();
    for (version, draft) in versions.iter().zip(drafts) {
        let without_text = |mut item: Item| {
            item = item.with_text(None);
            item
        };
        let list = ControlList::new(
            official.info().clone(),
            Edition::default(),
            draft.items.into_values().map(without_text).collect(),
        )?;
        editions.push((
            *version,
            Snapshot::new(list, draft.holes.into_iter().collect()),
        ));
    }
    let mut measures = measures(&folder.join("federal-register-documents.json"), &versions)?;
    for measure in &mut measures {
        // Titles are written by hand, and kept.
        measure.title = titles.get(&measure.id).cloned().unwrap_or_default();
    }
    Ok((
        History::new(editions, OFFICIAL.1.parse()?, measures.clone())?,
        measures,
    ))
}

fn read(path: &Path) -> Result<String, Box<dyn Error>> {
    Ok(std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// Returns the rows about the list itself. The source has the annex of explosives under 1E998, but
/// it is not part of that entry. Its rows still show that the entry is before it, and they show the
/// entry's heading.
fn records(path: &Path) -> Result<Vec<Record>, Box<dyn Error>> {
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut records = Vec::new();
    for line in BufReader::new(flate2::read::GzDecoder::new(file)).lines() {
        let mut record: Record = serde_json::from_str(&line?)?;
        if record.supp != "1" {
            continue;
        }
        if record.eccn.starts_with("1E998.") {
            let Some(heading) = record
                .breadcrumbs
                .iter()
                .find(|crumb| crumb.starts_with("1E998 "))
            else {
                continue;
            };
            (record.eccn, record.text) = (
                "1E998".to_owned(),
                format!("{heading}\nReason for Control:\nAT"),
            );
        }
        records.push(record);
    }
    Ok(records)
}

fn official(sources: &Path) -> Result<ControlList, Box<dyn Error>> {
    let path = sources.join("us/ecfr-title15-part774-supp1.xml");
    let file =
        std::fs::File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(ecfr::read(BufReader::new(file), Edition::default())
        .map_err(|error| error.in_file(path.display().to_string()))?
        .list)
}

/// Returns the text of an XML document without its tags.
fn plain(xml: &str) -> String {
    let text: String = xml
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect();
    text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// Returns the facts of an item that a history keeps. The text is kept only while the history is
/// being made.
fn outline(item: &Item) -> Item {
    let mut outline = Item::new(item.code());
    outline =
        (outline.with_state(item.state()).with_logic(item.logic())).with_through(item.through());
    if matches!(item.state(), ItemState::Live | ItemState::Empty) {
        outline = outline.with_fingerprint(item.text().map(Fingerprint::of));
        outline = outline.with_text(item.text().map(str::to_owned));
    }
    outline
}

fn measures(path: &Path, versions: &[Date]) -> Result<Vec<Measure>, Box<dyn Error>> {
    let documents: Documents = serde_json::from_str(&read(path)?)?;
    let mut measures: Vec<Measure> = documents
        .documents
        .into_iter()
        .filter(|document| {
            document
                .supplements
                .iter()
                .any(|supplement| supplement == "1")
        })
        .filter_map(|document| {
            let in_force = document
                .effective_on
                .filter(|date| versions.contains(date))?;
            let mut measure = Measure::new(MeasureId::new(document.citation?), in_force);
            measure.authority = "US Bureau of Industry and Security".to_owned();
            measure.published = Some(document.publication_date);
            measure.url = Some(format!(
                "https://www.federalregister.gov/d/{}",
                document.document_number
            ));
            Some(measure)
        })
        .collect();
    measures.sort_by(|a, b| (a.in_force, &a.id).cmp(&(b.in_force, &b.id)));
    measures.dedup_by(|a, b| a.id == b.id);
    Ok(measures)
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
