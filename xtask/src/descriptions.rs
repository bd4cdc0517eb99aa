//! Adds the facts in the catalogue's descriptions to China's items: thresholds, conditions and
//! keys. Checks that the hand-written notes state the facts that they must state.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::File;
use std::path::Path;

use export_control::list::{NoteKind, ScopeNote};
use export_control::source::mofcom::catalogue;
use export_control::{Code, Item};
use serde::Deserialize;

use crate::keys::and;

/// Codes whose published text seems to have a mistake, or of which a part comes from another
/// source. The gist of each is written by hand.
const DOUBTFUL: [&str; 10] = [
    "1A202",
    "1C107",
    "1C117.c",
    "2B206.b.3",
    "2B209.a",
    "2B352.h",
    "3A101",
    "4A101",
    "6A205.f",
    "9A106.a",
];

/// A note that names no code and is about more than the row before it.
const HOLDERS: [(&str, &str); 2] = [("2B350.j", "2B350"), ("9A111.a", "9A111")];

/// A note that the descriptions lack, in gist.
#[derive(Deserialize)]
struct Seen {
    code: String,
    kind: String,
}

/// The kinds of notes that the sources have for each code.
type Facts = BTreeSet<(Code, NoteKind)>;

/// Adds to the items what their descriptions say, and checks the notes written by hand against them.
pub(crate) fn add(
    items: &mut BTreeMap<Code, Item>,
    sources: &Path,
    mut notes: BTreeMap<Code, Vec<ScopeNote>>,
) -> Result<(), Box<dyn Error>> {
    let path = sources.join("cn/catalogue-2026-text.tsv");
    let place = |error: String| format!("{}: {error}", path.display());
    let file = File::open(&path).map_err(|error| place(error.to_string()))?;
    let read = catalogue::read(file).map_err(|error| place(error.to_string()))?;
    let mut facts = seen(items, sources)?;
    for code in DOUBTFUL {
        facts.insert((code.parse()?, NoteKind::Doubt));
    }
    for described in &read.items {
        let code = nearest(items, described.code()).map_err(place)?;
        let item = items
            .remove(&code)
            .ok_or("a row that was there a moment ago")?;
        items.insert(code, with(item, described));
        for note in described.notes() {
            let held = HOLDERS
                .iter()
                .find(|(row, _)| note.kind() == NoteKind::Exclusion && *row == code.to_string());
            let holder = held.map_or(Ok(code), |(_, holder)| holder.parse())?;
            facts.insert((holder, note.kind()));
        }
    }
    check(&facts, &notes)?;
    for item in items.values_mut() {
        if let Some(notes) = notes.remove(&item.code()) {
            *item = item.clone().with_notes(notes);
        }
    }
    Ok(())
}

/// Returns the code's own row, or the nearest above it. A paragraph without a row on the list
/// counts as its parent.
fn nearest(items: &BTreeMap<Code, Item>, code: Code) -> Result<Code, String> {
    std::iter::once(code)
        .chain(code.ancestors())
        .find(|code| items.contains_key(code))
        .ok_or_else(|| format!("{code} is not a known code"))
}

fn with(item: Item, described: &Item) -> Item {
    let code = item.code();
    let mut refers_to = described.refers_to().to_vec();
    refers_to.retain(|named| !named.contains(code) && !code.contains(*named));
    let mut refers_to = and(item.refers_to(), &refers_to);
    refers_to.sort_unstable();
    let cas = and(item.cas(), described.cas());
    let quantities = and(item.quantities(), described.quantities());
    let conditions = if code == described.code() && !described.conditions().is_empty() {
        described.conditions().to_vec()
    } else {
        item.conditions().to_vec()
    };
    item.with_cas(cas)
        .with_refers_to(refers_to)
        .with_quantities(quantities)
        .with_conditions(conditions)
}

/// Returns the notes that another reading of the catalogue found, for the nearest rows.
fn seen(items: &BTreeMap<Code, Item>, sources: &Path) -> Result<Facts, Box<dyn Error>> {
    let path = sources.join("cn/catalogue-2026-notes.tsv");
    let place = |error: String| format!("{}: {error}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_path(&path)
        .map_err(|error| place(error.to_string()))?;
    let mut facts = Facts::new();
    for row in reader.deserialize::<Seen>() {
        let row = row.map_err(|error| place(error.to_string()))?;
        let kind: ScopeNote = format!("{}=x", row.kind).parse()?;
        for code in row.code.split(';') {
            let code = nearest(items, code.parse()?).map_err(place)?;
            facts.insert((code, kind.kind()));
        }
    }
    Ok(facts)
}

/// Checks that every note of the sources has a gist, and every gist a note.
fn check(facts: &Facts, notes: &BTreeMap<Code, Vec<ScopeNote>>) -> Result<(), String> {
    let written: Facts = notes
        .iter()
        .flat_map(|(code, notes)| notes.iter().map(|note| (*code, note.kind())))
        .collect();
    let list = |facts: Vec<&(Code, NoteKind)>| {
        let shown = facts
            .iter()
            .take(10)
            .map(|(code, kind)| format!("{code} {kind}"));
        shown.collect::<Vec<_>>().join(", ")
    };
    let missing: Vec<_> = facts.difference(&written).collect();
    if !missing.is_empty() {
        return Err(format!(
            "notes of the sources without a gist: {}",
            list(missing)
        ));
    }
    let spare: Vec<_> = written.difference(facts).collect();
    if !spare.is_empty() {
        return Err(format!(
            "gists without a note in the sources: {}",
            list(spare)
        ));
    }
    Ok(())
}
