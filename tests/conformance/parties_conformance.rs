//! The readers of lists of parties against the official publications. These tests need them: see
//! data/SOURCES.md for where to get them, and set EXPORT_CONTROL_SOURCES to their folder.
#![cfg(feature = "parties")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::sync::LazyLock;

use export_control::party::{
    Country, EntryKind, PartyDiff, PartyEntry, PartyList, PartyRule, PartyScope, Reach, normal_form,
};
use export_control::source::{ObservationKind, part744, part744::Part744, party_notice};
use export_control::{Edition, Status};

fn source(name: &str) -> PathBuf {
    let folder = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
    PathBuf::from(folder).join(name)
}

fn read(name: &str) -> Part744 {
    let file = File::open(source(name)).expect("the official file");
    part744::read(BufReader::new(file), Edition::default()).expect("a readable part")
}

static PART: LazyLock<Part744> =
    LazyLock::new(|| read("parties/us/part744-ecfr-fetched-2026-07-23.xml"));

fn list(id: &str) -> &'static PartyList {
    PART.list(id).expect("its supplement")
}

fn number(list: &PartyList, rule: PartyRule, scope: &PartyScope) -> usize {
    list.count(rule, scope).number().expect("a number")
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn the_official_counts() {
    let all = PartyScope::default();
    let entities = list("us-entity-list");
    assert_eq!(number(entities, PartyRule::Rows, &all), 3420, "body rows");
    assert_eq!(entities.other_rows(), 5, "footnotes");
    assert_eq!(number(entities, PartyRule::Entries, &all), 3411);
    assert_eq!(entities.headings().len(), 91);
    let china = all.clone().under([Country::CHINA]);
    assert_eq!(number(entities, PartyRule::Entries, &china), 1106);
    assert_eq!(
        number(list("us-unverified-list"), PartyRule::Rows, &all),
        186
    );
    assert_eq!(
        number(list("us-military-end-users"), PartyRule::Rows, &all),
        90
    );
    assert_eq!(
        number(list("us-military-end-users"), PartyRule::Entries, &all),
        70
    );
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_kind_of_entry() {
    let entities = list("us-entity-list");
    let of = |kind| entities.select(|entry| entry.kind == kind).len();
    assert_eq!(
        of(EntryKind::Address),
        19,
        "18 in Hong Kong and one in Turkey"
    );
    assert_eq!(of(EntryKind::Unit), 12);
    assert_eq!(of(EntryKind::CrossReference), 1);
    assert_eq!(of(EntryKind::AlternateAddress), 149);
    let find = |name: &str| -> &PartyEntry {
        let named = entities.entries().iter().filter(|entry| entry.name == name);
        named
            .min_by_key(|entry| usize::MAX - entry.units.len())
            .expect(name)
    };
    let huawei = find("Huawei Technologies Co., Ltd.");
    assert_eq!((huawei.units.len(), huawei.rows), (22, 2));
    assert_eq!(huawei.units[5].other_names.len(), 4);
    assert_eq!(huawei.amendments.len(), 9);
    let academy = find("China Aerospace Science and Industry Corporation Second Academy");
    assert_eq!(
        (academy.units.len(), academy.rows, academy.other_names.len()),
        (13, 4, 8)
    );
    let swapped = find("Djamshid Nezhad");
    assert_eq!(
        swapped.terms.as_ref().map(|terms| terms.reach),
        Some(Reach::AllItems)
    );
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_entry_is_read_whole() {
    for entry in list("us-entity-list").entries() {
        assert!(entry.heading_country().is_some(), "{entry:?}");
        assert!(
            entry
                .designation
                .as_ref()
                .is_some_and(|by| by.date.is_some()),
            "{entry:?}"
        );
        assert!(entry.terms.is_some() && entry.policy.is_some(), "{entry:?}");
        assert!(
            !entry.name.contains(['\u{1}', '\u{2}', '\u{3}', '\n']),
            "{entry:?}"
        );
        assert!(
            entry.names().all(|name| !name.contains("a.k.a")),
            "{entry:?}"
        );
    }
    let mut kinds: BTreeMap<ObservationKind, usize> = BTreeMap::new();
    for observation in &PART.observations {
        *kinds.entry(observation.kind).or_default() += 1;
        assert!(observation.line > 1, "{observation}");
    }
    // The units whose lead cites no rule, and nothing else, cannot be told.
    assert_eq!(kinds[&ObservationKind::Unclear], 8);
    assert_eq!(kinds[&ObservationKind::Skipped], 4);
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn the_affiliates_rule_is_stayed_and_then_unknown() {
    assert_eq!(PART.stays.len(), 7);
    for stay in &PART.stays {
        let on = |day: &str| stay.status(day.parse().unwrap());
        assert!(
            matches!(on("2026-11-09"), Status::Suspended { .. }),
            "{stay:?}"
        );
        assert!(
            matches!(on("2026-11-10"), Status::Unknown { .. }),
            "{stay:?}"
        );
    }
    assert_eq!(list("us-entity-list").stays().len(), 1);
}

#[test]
#[ignore = "needs the official files: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn two_files_that_differ_in_typography_differ_in_nothing() {
    let old = read("parties/us/part744-ecfr-fetched-2026-03-25.xml");
    for new in &PART.lists {
        let old = old.list(new.id().as_str()).expect("the same supplement");
        let diff = PartyDiff::between(old, new).unwrap();
        assert!(diff.changes().is_empty(), "{:#?}", diff.changes());
    }
}

/// The screening list copies the names of the Entity List: an outside reading of the same table.
#[test]
#[ignore = "needs the official files: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn names_are_those_of_the_screening_list() {
    let path = source("parties/us/screening-list-2026-07-31-no-individuals.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[0] == "EL");
    let mut theirs: BTreeSet<String> = BTreeSet::new();
    for row in rows {
        theirs.insert(normal_form(&row[3]));
    }
    let entries = list("us-entity-list").entries();
    let same = entries
        .iter()
        .filter(|entry| theirs.contains(&normal_form(&entry.name)));
    let (same, all) = (same.count(), entries.len());
    assert!(same * 100 >= all * 97, "{same} of {all}");
}

#[test]
#[ignore = "needs the official texts: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn six_notices_have_their_numbered_parties() {
    let folder = source("cn/notices");
    let mut found = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = file.file_name().into_string().unwrap();
        if !(name.contains("列入")) {
            continue;
        }
        let read = party_notice::read(File::open(file.path()).unwrap()).expect(&name);
        assert!(
            read.observations.is_empty(),
            "{name}: {:?}",
            read.observations
        );
        assert!(
            read.notice.full_text && read.notice.in_force.is_some(),
            "{name}"
        );
        let units: usize = read.entries.iter().map(|entry| entry.units.len()).sum();
        let key = (read.list.to_string(), read.notice.id.to_string());
        found.insert(key, (read.entries.len(), read.entries.len() + units));
    }
    let expected = [
        (("cn-control-list", "2026-11"), (20, 20)),
        (("cn-control-list", "2026-23"), (10, 10)),
        (("cn-control-list", "2026-27"), (20, 20)),
        (("cn-unreliable-entities", "2025-10"), (14, 23)),
        (("cn-watch-list", "2026-12"), (20, 20)),
        (("cn-watch-list", "2026-28"), (20, 20)),
    ];
    let expected =
        expected.map(|((list, id), numbers)| ((list.to_owned(), id.to_owned()), numbers));
    assert_eq!(found, BTreeMap::from(expected));
}
