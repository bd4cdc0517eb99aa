//! The EU's list against the official file: every printed path is on the list, or is known to be no
//! item.
#![cfg(feature = "ecfr")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use export_control::source::ecfr;
use export_control::{Code, ControlList, Item, ItemState};

fn list() -> &'static ControlList {
    export_control::list("eu-annex-i").unwrap()
}

/// The lines of the publication that are not marked as notes: path and text, with decimal points.
fn lines() -> Vec<(Code, String)> {
    let folder = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of the official publications");
    let path = Path::new(&folder).join("eu/annex-i-2025-11-15.json");
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let entries = json["entries"].as_array().unwrap();
    let texts = entries
        .iter()
        .map(|entry| entry["verbatim_text"].as_str().unwrap());
    let lines = texts.flat_map(str::lines).map(|line| {
        let (path, text) = line.split_once(' ').unwrap();
        (meant(path.parse().unwrap()), text.to_owned())
    });
    let is_note = |text: &str| {
        let marks = ["Note", "N.B", "Technical Note"];
        marks.iter().any(|mark| text.starts_with(mark))
    };
    lines.filter(|(_, text)| !is_note(text)).collect()
}

/// The rows of the readings.
fn readings() -> impl Iterator<Item = serde_json::Value> {
    let rows = include_str!("../../xtask/readings/eu/titles.jsonl").lines();
    rows.map(|row| serde_json::from_str(row).unwrap())
}

fn code(value: &serde_json::Value) -> Option<Code> {
    value.as_str()?.parse().ok()
}

/// The paths that the readings call no items.
fn no_items() -> BTreeSet<Code> {
    let notes = readings().filter(|row| row["state"] == "note");
    notes.filter_map(|row| code(&row["eu"])).collect()
}

/// The path that a misprinted one means, as the readings say it.
fn meant(path: Code) -> Code {
    static MISPRINTS: LazyLock<BTreeMap<Code, Code>> = LazyLock::new(|| {
        let both = readings().map(|row| Some((code(&row["eu"])?, code(&row["is"])?)));
        both.flatten().collect()
    });
    MISPRINTS.get(&path).copied().unwrap_or(path)
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_printed_path_is_accounted_for() {
    let lines = lines();
    assert_eq!(lines.len(), 3450, "lines");
    let paths: BTreeSet<Code> = lines.iter().map(|(code, _)| *code).collect();
    assert_eq!(paths.len(), 3443, "paths");
    assert_eq!(paths.iter().filter(|code| code.is_entry()).count(), 384);
    let on_list: BTreeSet<Code> = list().items().iter().map(Item::code).collect();
    let left_out: BTreeSet<Code> = paths.difference(&on_list).copied().collect();
    assert_eq!(left_out, no_items());
    assert_eq!(on_list.difference(&paths).count(), 0);
    // A path that is left out is below an item, and nothing on the list is below it.
    for code in left_out {
        assert!(
            code.ancestors().any(|above| on_list.contains(&above)),
            "{code}"
        );
        assert!(!on_list.iter().any(|item| code.contains(*item)), "{code}");
    }
    let vacant = lines
        .iter()
        .filter(|(_, text)| text.starts_with("Not used"));
    let vacant: BTreeSet<Code> = vacant.map(|(code, _)| *code).collect();
    let reserved = list().items().iter();
    let reserved = reserved.filter(|item| item.state() == ItemState::Reserved);
    assert_eq!(reserved.map(Item::code).collect::<BTreeSet<_>>(), vacant);
}

/// Alternatives, conditions, thresholds and keys are those that the reader of the US list finds.
#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn texts_are_read_as_those_of_the_us_list() {
    let mut entries: BTreeMap<Code, Vec<Item>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (code, text) in lines() {
        let Some(item) = list().get(code).filter(|_| seen.insert(code)) else {
            continue;
        };
        let text = (item.state() != ItemState::Reserved).then_some(text);
        let bare = Item::new(code).with_state(item.state()).with_text(text);
        entries.entry(code.entry()).or_default().push(bare);
    }
    let (mut texts, mut by_sense) = (0, Vec::new());
    for items in entries.values_mut() {
        items.sort_by_key(Item::code);
        ecfr::read_texts(items);
        for read in items {
            let ours = list().get(read.code()).unwrap();
            if ours.logic() != read.logic() {
                by_sense.push(read.code().to_string());
            }
            if ours.state() == ItemState::Empty {
                assert!(ours.cas().is_empty() && ours.quantities().is_empty());
                continue;
            }
            assert_eq!(ours.cas(), read.cas(), "{}", read.code());
            assert_eq!(ours.elements(), read.elements(), "{}", read.code());
            assert_eq!(ours.species(), read.species(), "{}", read.code());
            // A comma that the generator makes a point can change a figure of thousands.
            if !read.text().is_some_and(|text| text.contains(',')) {
                assert_eq!(ours.quantities(), read.quantities(), "{}", read.code());
                texts += 1;
            }
        }
    }
    assert!(texts > 1_500, "{texts}");
    assert_eq!(by_sense, ["9B106.b"], "the readings say how it is meant");
}
