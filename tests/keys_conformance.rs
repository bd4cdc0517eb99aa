//! Keys and thresholds against the official texts. These tests need the publications: see
//! data/SOURCES.md for where to get them, and set EXPORT_CONTROL_SOURCES to their folder.
#![cfg(all(feature = "ecfr", feature = "mofcom"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::PathBuf;
use std::sync::LazyLock;

use export_control::source::{Reading, ecfr, mofcom};
use export_control::{Code, ControlList, Edition, Item};

fn source(name: &str) -> PathBuf {
    let folder = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
    PathBuf::from(folder).join(name)
}

static READING: LazyLock<Reading> = LazyLock::new(|| {
    let file = File::open(source("us/ecfr-title15-part774-supp1.xml")).expect("the official file");
    ecfr::read(std::io::BufReader::new(file), Edition::default()).expect("a readable list")
});

fn item(code: &str) -> &'static Item {
    READING
        .list
        .get(code.parse().unwrap())
        .unwrap_or_else(|| panic!("no {code}"))
}

fn quantities(code: &str) -> String {
    item(code)
        .quantities()
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(";")
}

/// The embedded rows carry what the reader reads.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn the_embedded_us_keys_are_the_readers() {
    for item in export_control::us_ccl().items() {
        let read = READING.list.get(item.code()).expect("an item of the file");
        assert_eq!(
            (item.cas(), item.elements(), item.quantities()),
            (read.cas(), read.elements(), read.quantities()),
            "{}",
            item.code()
        );
        assert_eq!(item.species(), read.species(), "{}", item.code());
        assert!(
            item.hs().is_empty(),
            "the US list publishes no customs codes"
        );
    }
}

/// Paragraphs read by eye, one for each way in which the text writes numbers.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn quantities_read_by_eye() {
    for (code, expected) in [
        (
            "3A001.b.2.c",
            "output power > 3 W;frequency > 16 GHz ≤ 31.8 GHz;fractional bandwidth > 10 %",
        ),
        ("6A005.b.9", "output wavelength > 1850 nm ≤ 2100 nm"),
        (
            "1C118.a.1",
            "content ≥ 17.0 % ≤ 23.0 %;content ≥ 4.5 % ≤ 7.0 %",
        ),
        ("3A001.a.2.c", "temperature ≥ 218 K ≤ 398 K"),
        ("6A995.d.1", "pulse duration ≥ 1 ns ≤ 1 µs"),
        ("1C010.b.1", "specific modulus > 14.65e6 m"),
        ("5E001.e.1", "< 1e-14 J"),
        ("1C227.b", "content < 10 ppm"),
        ("1C229.a", "purity ≥ 99.99 %"),
        ("7A001.b", "acceleration > 100 gₙ"),
        ("7A003.d.2", "angle random walk ≤ 0.1 °/√h"),
        ("2B001.a.2", "≤ 1.1 µm;travel ≥ 1.0 m"),
        ("6A001.a.1.a.2.a.1", "depth > 300 m"),
        ("3B001.d.4.a.3", "temperature > 100 °C < 500 °C"),
        ("6A002.a.3.a.1", "wavelength > 900 nm ≤ 1050 nm"),
        ("4A101.a", "temperature < 228 K;temperature > 328 K"),
        ("9A604.f.7", "load ≥ 500 kg;range ≥ 300 km"),
        ("6A004.d.3.c", "≤ 200 µrad"),
        ("3A001.e.2.b.2", "battery energy density ≥ 50 J/kg"),
        ("1C236.a.1.a", ""),
    ] {
        assert_eq!(
            quantities(code),
            expected,
            "{code}: {}",
            item(code).text().unwrap_or_default()
        );
    }
}

/// How many figures with a comparator became a quantity. The rest count things, have a unit of
/// their own, or are formulas.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn nearly_every_threshold_is_read() {
    const COMPARATORS: [&str; 12] = [
        "exceeding ",
        "greater than ",
        "more than ",
        "less than ",
        "less (better) than ",
        "at least ",
        "equal to ",
        "below ",
        "above ",
        "in excess of ",
        "not exceeding ",
        "up to and including ",
    ];
    let (mut stated, mut read) = (0, 0);
    for item in READING.list.items() {
        let text = item.text().unwrap_or_default();
        let ends: BTreeSet<usize> = COMPARATORS
            .iter()
            .flat_map(|words| {
                text.match_indices(words)
                    .map(|(at, words)| at + words.len())
            })
            .filter(|end| {
                text[*end..].starts_with(|c: char| c.is_ascii_digit())
                    && Code::find_in(&text[*end..])
                        .first()
                        .is_none_or(|code| !text[*end..].starts_with(&code.to_string()))
            })
            .collect();
        let limits: usize = item
            .quantities()
            .iter()
            .map(|quantity| {
                usize::from(quantity.lower().is_some()) + usize::from(quantity.upper().is_some())
            })
            .sum();
        stated += ends.len();
        read += ends.len().min(limits);
    }
    assert!(
        stated > 1500 && read * 100 >= stated * 93,
        "{read} of {stated}"
    );
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_cas_number_of_the_file_is_read() {
    let digits = |text: &str| {
        text.split(|c: char| !(c.is_ascii_digit() || c == '-'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for item in READING.list.items() {
        let text = item.text().unwrap_or_default();
        let shaped = digits(text).into_iter().filter(|word| {
            let parts: Vec<usize> = word.split('-').map(str::len).collect();
            matches!(parts[..], [2..=7, 2, 1])
        });
        let read: BTreeSet<String> = item.cas().iter().map(ToString::to_string).collect();
        assert_eq!(
            shaped.collect::<BTreeSet<_>>(),
            read,
            "{}: {text}",
            item.code()
        );
    }
    assert_eq!(
        READING
            .list
            .items()
            .iter()
            .filter(|item| !item.cas().is_empty())
            .count(),
        152
    );
}

fn notice(name: &str) -> mofcom::Notice {
    let path = source("cn").join(name);
    mofcom::read(File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The announcements that list items, by their number.
fn notices() -> BTreeMap<String, mofcom::Notice> {
    let names = [
        "announcements-2025-10/announcement_2025_55.md".to_owned(),
        "announcements-2025-10/announcement_2025_56.md".to_owned(),
    ];
    let full = std::fs::read_dir(source("cn/notices"))
        .expect("the notices")
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let full = full.filter(|name| {
        ["第10号", "第57号", "第58号", "第62号", "第70号", "第61号"]
            .iter()
            .any(|number| name.contains(number))
    });
    names
        .into_iter()
        .chain(full.map(|name| format!("notices/{name}")))
        .map(|name| notice(&name))
        .map(|n| (n.measure.id.to_string(), n))
        .collect()
}

/// What the notices say of themselves is what the table of measures says of them.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn notices_agree_with_the_measures() {
    let notices = notices();
    assert_eq!(notices.len(), 8, "{:?}", notices.keys());
    for (id, notice) in &notices {
        let measure = export_control::cn_dual_use()
            .measures()
            .find(|measure| measure.id.as_str() == id)
            .expect("a recorded measure");
        let read = &notice.measure;
        assert_eq!(
            (read.published, read.in_force, &read.suspends),
            (measure.published, measure.in_force, &measure.suspends),
            "{id}"
        );
        assert_eq!(
            (read.suspended_through, &read.authority, &read.url),
            (measure.suspended_through, &measure.authority, &measure.url),
            "{id}"
        );
        assert_eq!(read.full_text, measure.full_text, "{id}");
    }
}

/// Every code that the table of known codes has from a notice is read from it, and every code read
/// is on the list or below one that is.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn notices_give_the_codes_of_the_list() {
    let cn = export_control::cn_dual_use();
    for (id, notice) in notices() {
        let listed: BTreeSet<Code> = cn
            .items()
            .iter()
            .filter(|item| {
                item.is_live()
                    && item
                        .measure()
                        .as_ref()
                        .is_some_and(|measure| measure.as_str() == id)
            })
            .map(|item| item.code())
            .collect();
        let read: BTreeSet<Code> = notice
            .items
            .iter()
            .filter(|item| item.is_live())
            .map(|item| item.code())
            .collect();
        let missing: Vec<String> = listed.difference(&read).map(ToString::to_string).collect();
        // The text at hand of No. 56 has lost lines, and entries stand in it by their paragraphs
        // only; so it is with the lists' headings elsewhere.
        let explained = |code: &String| {
            read.iter()
                .any(|other| code.parse::<Code>().is_ok_and(|code| code.contains(*other)))
        };
        let unexplained: Vec<&String> = missing.iter().filter(|code| !explained(code)).collect();
        assert!(
            unexplained.is_empty() || !notice.measure.full_text,
            "{id}: {unexplained:?}"
        );
        let strange: Vec<String> = read
            .iter()
            .filter(|code| cn.nearest(**code).is_none())
            .map(ToString::to_string)
            .collect();
        assert!(strange.is_empty(), "{id}: {strange:?}");
    }
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn customs_codes_stand_in_their_notices() {
    let notices = notices();
    let mut count = 0;
    for item in export_control::cn_dual_use()
        .items()
        .iter()
        .filter(|item| !item.hs().is_empty())
    {
        let id = item.measure().expect("a measure").as_str();
        let said: BTreeSet<_> = notices[id]
            .items
            .iter()
            .filter(|said| item.code().contains(said.code()))
            .flat_map(|said| said.hs())
            .collect();
        assert!(
            item.hs().iter().all(|hs| said.contains(hs)),
            "{}",
            item.code()
        );
        count += item.hs().len();
    }
    assert!(count > 50, "{count}");
}

/// Every file of notices is read, or refused with a place and a reason.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_file_is_read_or_refused_with_a_reason() {
    let (mut read, mut refused) = (0, 0);
    for entry in std::fs::read_dir(source("cn/notices")).expect("the notices") {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match mofcom::read(File::open(&path).unwrap()) {
            Ok(notice) => {
                read += 1;
                assert!(
                    name.contains("公告") && notice.measure.published.is_some(),
                    "{name}"
                );
                assert!(
                    !notice.items.is_empty()
                        || !notice.measure.suspends.is_empty()
                        || !notice.observations.is_empty(),
                    "{name}"
                );
            }
            Err(error) => {
                refused += 1;
                assert!(
                    error.line().is_some() && error.to_string().contains("expected"),
                    "{name}: {error}"
                );
            }
        }
    }
    assert_eq!((read, refused), (19, 38));
}

/// The numbers of a text, thousands without their comma, with any superscript power kept.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut number = String::new();
    let chars: Vec<char> = text.chars().chain([' ']).collect();
    for (at, c) in chars.iter().enumerate() {
        let next_digit = chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' => number.push(*c),
            '.' if next_digit
                && (!number.is_empty() || at == 0 || !chars[at - 1].is_alphanumeric()) =>
            {
                number.push('.')
            }
            ',' if next_digit && !number.is_empty() => {}
            _ if !number.is_empty() => {
                found.insert(plain(&number));
                number.clear();
            }
            _ => {}
        }
    }
    found
}

/// "17.0" and "17", ".50" and "0.5" are one number.
fn plain(number: &str) -> String {
    let number = if number.starts_with('.') {
        format!("0{number}")
    } else {
        number.to_owned()
    };
    match number.contains('.') {
        true => number
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => number,
    }
}

/// The titles' figures that stand in no official text of the item, its ancestors, its descendants,
/// or what its text refers to.
fn foreign_numbers<'a>(list: &'a ControlList, texts: &ControlList) -> Vec<(&'a Item, Vec<String>)> {
    let mut foreign = Vec::new();
    for item in list.items().iter().filter(|item| !item.title().is_empty()) {
        let mut title = item.title().to_owned();
        for code in Code::find_in(item.title()) {
            title = title.replace(&code.to_string(), " ");
        }
        let above = item.code().ancestors().chain([item.code()]).chain(
            texts
                .get(item.code())
                .into_iter()
                .flat_map(|item| item.refers_to().to_vec()),
        );
        // "of this ECCN" names a paragraph of the same entry without its code.
        let lineage = item
            .code()
            .ancestors()
            .chain([item.code()])
            .filter_map(|code| texts.get(code)?.text());
        let beside = lineage
            .into_iter()
            .any(|text| text.contains("of this ECCN") || text.contains("of this entry"));
        let official: BTreeSet<String> = above
            .filter_map(|code| texts.get(code))
            .chain(texts.subtree(if beside {
                item.code().entry()
            } else {
                item.code()
            }))
            .filter_map(Item::text)
            .flat_map(numbers)
            .collect();
        let strange: Vec<String> = numbers(&title)
            .into_iter()
            .filter(|number| !official.contains(number))
            .collect();
        if !strange.is_empty() {
            foreign.push((item, strange));
        }
    }
    foreign
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn numbers_of_titles_stand_in_the_official_text() {
    let foreign = foreign_numbers(export_control::us_ccl(), &READING.list);
    let shown: Vec<String> = foreign
        .iter()
        .map(|(item, numbers)| format!("{} {:?}: {numbers:?}", item.code(), item.title()))
        .collect();
    assert!(
        shown.is_empty(),
        "{} titles\n{}",
        shown.len(),
        shown.join("\n")
    );
}
