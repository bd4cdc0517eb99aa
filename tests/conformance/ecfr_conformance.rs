//! The reader against the official file. These tests need the publications: see data/SOURCES.md for
//! where to get them, and set EXPORT_CONTROL_SOURCES to their folder.
#![cfg(feature = "ecfr")]

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use export_control::change::Field;
use export_control::source::{ObservationKind, Reading, ecfr};
use export_control::{
    ChangeKind, ChildLogic, Code, ControlList, Edition, Item, ItemState, ListDiff,
    changes_since_embedded, history, us_ccl,
};

fn source(name: &str) -> PathBuf {
    let folder = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
    PathBuf::from(folder).join(name)
}

static READING: LazyLock<Reading> = LazyLock::new(|| {
    let file = std::fs::File::open(source("us/ecfr-title15-part774-supp1.xml"))
        .expect("the official file");
    ecfr::read(std::io::BufReader::new(file), Edition::default()).expect("a readable list")
});

fn item(code: &str) -> Option<&'static Item> {
    READING.list.get(code.parse().unwrap())
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn counts() {
    type Kind = fn(&Item) -> bool;
    let kinds: [(&str, Kind); 6] = [
        ("entries", |item| item.code().is_entry()),
        ("empty headings", |item| {
            item.code().is_entry() && item.state() == ItemState::Empty
        }),
        ("live paragraphs", |item| {
            !item.code().is_entry() && item.is_live()
        }),
        ("reserved paragraphs", |item| {
            item.state() == ItemState::Reserved
        }),
        ("ranges of reserved paragraphs", |item| {
            item.state() == ItemState::Reserved && item.through().is_some()
        }),
        ("parents never printed", |item| {
            item.state() == ItemState::Implied
        }),
    ];
    let count = |list: &ControlList, kind: Kind| list.items().iter().filter(|it| kind(it)).count();
    // The figures of the embedded list are pinned in tests/data/data.rs.
    let (read, embedded) = (&READING.list, export_control::us_ccl());
    for (name, kind) in kinds {
        assert_eq!(count(read, kind), count(embedded, kind), "{name}");
    }
    let tables = |list: &ControlList| {
        let rows = list.all_license_requirements();
        let entries: HashSet<Code> = rows.iter().map(|row| row.entry).collect();
        (rows.len(), entries.len())
    };
    assert_eq!(
        tables(read),
        tables(embedded),
        "license rows, and entries with a license table"
    );
    assert!(
        READING
            .list
            .items()
            .iter()
            .filter(|item| item.is_live())
            .all(|item| item.text().as_ref().is_some_and(|text| !text.is_empty()))
    );
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn observations() {
    let mut kinds: BTreeMap<ObservationKind, usize> = BTreeMap::new();
    for observation in &READING.observations {
        *kinds.entry(observation.kind).or_default() += 1;
        assert!(observation.line > 0);
    }
    assert_eq!(
        kinds.into_values().collect::<Vec<_>>(),
        [152, 79, 28, 73],
        "repaired, skipped, in prose, unclear"
    );
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn items_that_are_easily_lost_or_invented() {
    for code in [
        "1C001.b",
        "6A002.a.3",
        "7A101.a.1",
        "7A101.a.2",
        "9C610.a",
        "6A001.a.1.a.2.b.3.a",
        "1A607.f.2.1",
        "2B910.a",
        "3A904.a",
        "5A001.a",
        "9A515.w",
        "3A069.a",
        "0A506.b",
        "0A508.b",
        "3D006",
        "8D001",
    ] {
        assert_eq!(
            item(code).map(|item| item.state()),
            Some(ItemState::Live),
            "{code}"
        );
    }
    for code in ["2E003.g", "1C012", "1A008.e", "1C350.a.1", "1E998.a"] {
        assert!(item(code).is_none_or(|item| !item.is_live()), "{code}");
    }
    for code in ["3A001.z.1", "4A004.z", "9A610.w"] {
        assert_eq!(
            item(code).map(|item| item.state()),
            Some(ItemState::Implied),
            "{code}"
        );
    }
    for code in ["9A116", "4A611", "1C018"] {
        assert_eq!(
            item(code).map(|item| item.state()),
            Some(ItemState::Empty),
            "{code}"
        );
    }
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn logic() {
    for (code, logic) in [
        ("1A227", ChildLogic::All),
        ("1A202", ChildLogic::All),
        ("1A607.g", ChildLogic::All),
        ("2B230", ChildLogic::All),
        ("2B206.c.2", ChildLogic::All),
        ("3A001", ChildLogic::Any),
        ("9A515.y", ChildLogic::Any),
        ("1C350", ChildLogic::Any),
        ("2B005.a", ChildLogic::All),
        ("2B005.a.1", ChildLogic::Any),
        ("1C236.a", ChildLogic::OneOfEach),
        ("1C236.a.1", ChildLogic::Any),
        ("1C351.d", ChildLogic::Any),
        ("7E004.c.1", ChildLogic::AtLeast(2)),
        ("3A101.a.2.a", ChildLogic::AllOrOwn),
        ("3A101.a.2.b", ChildLogic::All),
    ] {
        assert_eq!(item(code).map(|item| item.logic()), Some(logic), "{code}");
    }
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn license_requirements_stay_with_their_entries() {
    let rows = |code: &str| {
        READING
            .list
            .license_requirements(code.parse().unwrap())
            .len()
    };
    assert_eq!(
        ["3E001", "3E002", "8C609", "8D001", "2E003", "0A501"].map(rows),
        ROWS
    );
    let named = |code: &str| {
        READING
            .list
            .license_requirements(code.parse().unwrap())
            .iter()
            .flat_map(|row| &row.reasons)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(named("0A501"), "NS RS FC UN AT");
    assert_eq!(named("8D001"), "NS AT");
}

/// Facts that a second reader found to be wrong in an earlier reading, and similar ones.
#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn facts_that_were_wrong() {
    let words = |values: &mut dyn Iterator<Item = String>| values.collect::<Vec<_>>().join(" ");
    for (code, reasons) in [
        ("0A998", "FP"),
        ("1C992", "AT RS FP"),
        ("3A229", "NP AT FP"),
        ("3A231", "NP AT FP"),
        ("3A232", "AT RS FP"),
        ("6A991", "AT FP"),
        ("8A992", "AT FP"),
        ("8D999", "FP"),
    ] {
        let found =
            item(code).map(|item| words(&mut item.reasons().iter().map(ToString::to_string)));
        assert_eq!(found.as_deref(), Some(reasons), "{code}");
    }
    for (code, elements) in [
        ("3C005.a", "Si Ga Al"),
        ("6C002.a", "Te"),
        ("6C002.b.1", "Cd Zn Te"),
        ("6C002.b.2", "Cd Te"),
        ("6C002.b.3", "Hg Cd Te"),
        ("6C004.a", "Zn"),
        ("1C002.a.1", "Ni Al"),
    ] {
        let found = item(code).map(|item| {
            words(
                &mut item
                    .elements()
                    .iter()
                    .map(|element| element.symbol().to_owned()),
            )
        });
        assert_eq!(found.as_deref(), Some(elements), "{code}");
    }
    let refers = item("4A003.z.2.a")
        .map(|item| words(&mut item.refers_to().iter().map(ToString::to_string)));
    assert_eq!(refers.as_deref(), Some("4A003.g 4A090.a"));
    for (entry, codes) in [
        ("3D002", "3B001.c.1.a 3B001.c.1.c"),
        ("2B116", "2B116.a 2B116.b 2B116.c 2B116.d"),
        ("9B604", "9B604.a 9B604.b 9B604.d"),
        ("9D003", "9A001..9A003"),
        ("6A002", "6A002.a.1 6A002.a.3"),
    ] {
        let rows = READING.list.license_requirements(entry.parse().unwrap());
        let found: Vec<String> = rows
            .iter()
            .map(|row| words(&mut row.codes.iter().map(ToString::to_string)))
            .collect();
        assert!(
            found.iter().any(|found| found == codes),
            "{entry}: {found:?}"
        );
    }
}

const ROWS: [usize; 6] = [8, 2, 4, 2, 2, 5];

/// The print of 2025-09-29 has nearly the same text, so every heading is in it.
#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_entry_stands_in_the_print() {
    let print = std::fs::read_to_string(source("us/ecfr-print-2025-09-29.txt"))
        .expect("the official print");
    let missing: Vec<String> = READING
        .list
        .items()
        .iter()
        .filter(|item| item.code().is_entry())
        .map(|item| item.code().to_string())
        .filter(|code| {
            !print.lines().any(|line| {
                line.trim_start()
                    .trim_start_matches("ECCN ")
                    .starts_with(code.as_str())
            })
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Returns the words of the print with white space, quotation marks and typography unified.
fn level(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .collect::<String>()
        .to_ascii_lowercase()
}

/// The text of nearly every paragraph is in the print. Page headers and footers break a few.
#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn nearly_every_paragraph_stands_in_the_print() {
    let print = level(
        &std::fs::read_to_string(source("us/ecfr-print-2025-09-29.txt"))
            .expect("the official print"),
    );
    let paragraphs: Vec<&Item> = READING
        .list
        .items()
        .iter()
        .filter(|item| item.is_live() && !item.code().is_entry())
        .collect();
    let found = paragraphs
        .iter()
        .filter(|item| {
            let path: String = item
                .code()
                .labels()
                .map(|label| label.to_string())
                .collect();
            let text: String = level(item.text().unwrap_or_default())
                .chars()
                .take(24)
                .collect();
            print.contains(&format!("{path}{text}"))
        })
        .count();
    assert!(
        found * 100 >= paragraphs.len() * 97,
        "{found} of {}",
        paragraphs.len()
    );
}

/// The laws are cited, not copied: no title or note, and no reason or difference of a crosswalk,
/// has seven words in a row that an official text has too. No title or note has twelve Chinese
/// characters in a row of one, and a judgment has no such row at all.
#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn titles_and_judgments_are_in_own_words() {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')));
        parts
            .filter(|word| word.contains(char::is_alphanumeric))
            .map(str::to_lowercase)
            .collect()
    };
    // Figures and their units are facts.
    let speaks = |run: &&[String]| {
        run.iter()
            .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
            .count()
            > 3
    };
    let runs = |text: &str| {
        words(text)
            .windows(7)
            .filter(speaks)
            .map(|run| run.join(" "))
            .collect::<Vec<_>>()
    };
    let official: HashSet<String> = READING
        .list
        .items()
        .iter()
        .filter_map(|item| item.text())
        .flat_map(runs)
        .collect();
    // Notes and license parts are official text too.
    let file = std::fs::read_to_string(source("us/ecfr-title15-part774-supp1.xml")).unwrap();
    let official: HashSet<String> = file
        .lines()
        .map(|line| {
            let plain = line.split('<').enumerate().map(|(at, part)| match at {
                0 => part,
                _ => part.split_once('>').map_or("", |(_, text)| text),
            });
            plain.collect::<String>()
        })
        .flat_map(|line| runs(&line))
        .chain(official)
        .collect();
    // The EU's text has the items of China's list in English. Each of its lines is one text.
    let europe = std::fs::read_to_string(source("eu/annex-i-2025-11-15.json")).unwrap();
    let official: HashSet<String> = europe.lines().flat_map(runs).chain(official).collect();
    assert!(official.len() > 90_000, "{} runs", official.len());
    let mut own: Vec<(String, String)> = export_control::lists()
        .flat_map(|list| list.items().iter().map(move |item| (list.id(), item)))
        .flat_map(|(list, item)| {
            let texts = std::iter::once(item.title().to_owned())
                .chain(item.notes().iter().map(|note| note.gist().to_owned()));
            let place = format!("{list}:{}", item.code());
            texts
                .map(move |text| (place.clone(), text))
                .collect::<Vec<_>>()
        })
        .collect();
    let crosswalks = [
        ("us-ccl", "cn-dual-use"),
        ("us-ccl", "eu-annex-i"),
        ("eu-annex-i", "cn-dual-use"),
    ];
    let crosswalks = crosswalks.map(|(one, other)| export_control::crosswalk(one, other).unwrap());
    for mapping in crosswalks.iter().flat_map(|one| one.mappings()) {
        let place = format!("{:?}", mapping.finding);
        let differences = mapping.differences.iter().map(ToString::to_string);
        own.extend(differences.map(|text| (place.clone(), text)));
        own.push((place, mapping.reason.to_string()));
    }
    assert!(own.len() > 20_000, "{}", own.len());
    let copied: Vec<String> = own
        .iter()
        .flat_map(|(place, text)| runs(text).into_iter().map(move |run| (place, run)))
        .filter(|(_, run)| official.contains(run))
        .map(|(place, run)| format!("{place}: {run}"))
        .collect();
    assert!(copied.is_empty(), "{copied:#?}");
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let rows = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !chinese(c));
        let parts = parts.map(|part| part.chars().collect::<Vec<_>>());
        parts
            .flat_map(|part| part.windows(12).map(String::from_iter).collect::<Vec<_>>())
            .collect()
    };
    let notices = std::fs::read_dir(source("cn/notices")).unwrap();
    let published: HashSet<String> = notices
        .map(|file| file.unwrap().path())
        .chain([source("cn/catalogue-2026-text.tsv")])
        .flat_map(|path| rows(&std::fs::read_to_string(path).unwrap()))
        .collect();
    assert!(published.len() > 5_000, "{} rows", published.len());
    // The names of species are fixed.
    let named = |item: &&Item| item.species().is_empty();
    let copied: Vec<String> = export_control::lists()
        .flat_map(|list| list.items().iter().filter(named))
        .flat_map(|item| rows(item.title_local().unwrap_or_default()))
        .filter(|row| published.contains(row))
        .collect();
    assert!(copied.is_empty(), "{copied:#?}");
    let longest = |text: &str| {
        let runs = text.split(|c: char| !chinese(c));
        runs.map(|run| run.chars().count())
            .max()
            .unwrap_or_default()
    };
    let judged = own
        .iter()
        .filter(|(place, _)| place.contains("Pair") || place.contains("No"));
    let long: Vec<_> = judged.filter(|(_, text)| longest(text) >= 12).collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn the_embedded_list_is_current_against_the_file_of_its_edition() {
    let changes = changes_since_embedded(&READING.list).unwrap();
    assert!(changes.is_empty(), "{changes}");
    // The crate holds no published words; nothing else is left open.
    let open: Vec<Field> = changes
        .not_comparable()
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(open, [Field::ExceptionText, Field::LicenseText]);
    for old in [
        us_ccl(),
        &history("us-ccl")
            .unwrap()
            .at(history("us-ccl").unwrap().through())
            .unwrap()
            .list,
    ] {
        let diff = ListDiff::between(old, &READING.list).unwrap();
        assert!(diff.is_empty(), "{diff}");
        assert_eq!(diff.apply(old).unwrap(), READING.list);
    }
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn one_word_of_a_later_file_is_seen() {
    let list = &READING.list;
    let items = list.items().iter().cloned().map(|item| {
        if item.code().to_string() == "3A001.b.2" {
            let text = item.text().map(|text| format!("{text} quickly"));
            item.with_text(text)
        } else {
            item
        }
    });
    let later =
        ControlList::new(list.info().clone(), list.edition().clone(), items.collect()).unwrap();
    let changes = changes_since_embedded(&later).unwrap();
    assert_eq!(changes.changes().len(), 1);
    assert_eq!(changes.changes()[0].kinds(), [ChangeKind::Reworded]);
}
