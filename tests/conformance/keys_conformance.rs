//! Keys and thresholds against the official texts. These tests need the publications: see
//! data/SOURCES.md for where to get them, and set EXPORT_CONTROL_SOURCES to their folder.
#![cfg(all(feature = "ecfr", feature = "mofcom"))]

#[path = "keys_conformance/notices.rs"]
mod notices;
#[path = "keys_conformance/titles.rs"]
mod titles;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;
use std::sync::LazyLock;

use export_control::quantity::{Extraction, UnreadReason, english};
use export_control::source::{Reading, ecfr};
use export_control::{Code, Edition, Item, Quantity};

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

/// The embedded rows have the keys that the reader reads.
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

/// Paragraphs that were read by eye, one for each way in which the text writes numbers.
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
        ("3A001.e.2.b.2", "energy density ≥ 50 J/kg"),
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

/// Thresholds that were wrong once, one or more for each kind of mistake. Comparators were missing
/// from a lead-in or from the item's own words, or were reversed. Figures were misread, and rates
/// lost their "per". A property did not govern the figure. An exclusion or a condition was read as
/// a limit.
const ONCE_WRONG: [(&str, &str); 48] = [
    (
        "6A006.a.4.b",
        "sensitivity < 1e-3 nT/√Hz;frequency ≥ 1 Hz ≤ 10 Hz",
    ),
    ("4A001.a.2.a", "total dose > 5e3 Gy"),
    ("5A991.b.6.a", "frequency > 31 GHz"),
    ("5A991.c.10.a", "digital transfer rate > 64000 bit/s"),
    ("9A515.d.1", "total dose ≥ 5e5 rad(Si)"),
    ("1C116.a.1", "tensile strength ≥ 0.9 GPa"),
    ("2B991.d.1.d", "positioning accuracy < 0.001 °"),
    ("3A001.b.10", "frequency ≥ 10 Hz ≤ 10 kHz"),
    (
        "3A002.d.4.b",
        "frequency > 10 kHz ≤ 100 kHz;frequency > 3.2 GHz ≤ 90 GHz",
    ),
    (
        "3A904.b",
        "temperature < 4 K;power ≥ 1.5 W;temperature ≤ 4.2 K",
    ),
    ("1B117.a", "≥ 0 kPa ≤ 13.326 kPa"),
    ("1C996.b", "≤ 239 K"),
    ("2B005.d.1", "≤ 10 kPa;[condition] ≤ 300 mm;≤ 0.01 Pa"),
    ("2B230.c.1", "< 13 kPa;accuracy < 1 %"),
    ("3B001.c.4.b", "≤ 2 %"),
    ("3B001.d.18.a", "temperature > 75 °C"),
    ("6A004.c.3", "diameter ≥ 1 m"),
    ("7A003.c.1", "< 500 °/s"),
    (
        "5A001.d.2",
        "> 57 GHz ≤ 66 GHz;effective radiated power ≥ 24 dBm",
    ),
    ("1B117.c", "volumetric capacity ≥ 110 L"),
    ("7E004.b.7.b.4", "> 18 °;> 15 °;> 15 °/s;> 90 °/s"),
    ("6A293.a", "exposure time ≤ 1 µs"),
    ("8A002.g.2", "depth > 1000 m"),
    ("3A229.b.4", "dimension ≤ 30 cm"),
    ("3A201.b.4", "< 1 %;[condition] = 50 %"),
    ("5A991.a", "temperature < 219 K;temperature > 397 K"),
    ("5A001.b.1.a", "frequency < 20 kHz;frequency > 60 kHz"),
    ("3C992", "wavelength ≥ 193 nm ≤ 370 nm"),
    ("2A991.a", ""),
    ("3A001.a.12", ""),
    (
        "7A102.a",
        "range ≥ 300 km;stability < 0.5 °/h;[condition] = 1 gₙ",
    ),
    ("9A990.a", "≥ 298 kW;[condition] = 100 kPa"),
    ("8A002.i.2", ""),
    ("2B119.a.4", ""),
    ("6A007.a", "accuracy < 10 µGal"),
    ("1C234", "content > 50 %"),
    ("1B225", "capacity > 250 g/h"),
    ("6E993.a", "> 10 m²/year"),
    (
        "3B992.b.7.a",
        "particle size ≤ 0.2 µm;flow rate ≥ 0.02832 m³/min",
    ),
    ("7A101.a.2", "bias repeatability < 1250 µgₙ"),
    ("6E003.d.1", "≥ 99.5 %;diameter ≥ 500 mm;total loss < 5e-3"),
    ("3C909.a", "isotopic impurity < 0.08 %"),
    (
        "6A004.e.2",
        "surface roughness < 1 nm;sampling length ≥ 1 mm",
    ),
    ("3A002.a.7", "< 2 %;bandwidth ≥ 60 GHz"),
    (
        "2B206.b.1",
        "measurement uncertainty ≤ 3.5 µm;[condition] = 5 mm",
    ),
    ("2B206.c.2", "≥ 12 h;[band] temperature ≤ 1 K"),
    ("9A101.a.1", "thrust > 400 N;[exclusion] thrust > 8890 N"),
    ("2B119.a.1", "[exclusion] weight > 3 kg"),
];

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn what_was_wrong_once_is_right() {
    for (code, expected) in ONCE_WRONG {
        let text = item(code).text().unwrap_or_default();
        assert_eq!(quantities(code), expected, "{code}: {text}");
    }
}

/// Returns what the reader reads from each item with the text above it.
fn extractions() -> impl Iterator<Item = (&'static Item, Extraction)> {
    READING.list.items().iter().map(|item| {
        let above = item
            .code()
            .ancestors()
            .find_map(|code| READING.list.get(code));
        let lead_in = above.and_then(|above| above.text());
        let text = item.text().unwrap_or_default();
        (item, english(text, lead_in.unwrap_or_default()))
    })
}

/// A figure in brackets in another unit agrees with the figure before it.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn restatements_agree() {
    let mut restated = 0;
    for (item, read) in extractions() {
        let text = item.text().unwrap_or_default();
        for one in &read.unread {
            restated += usize::from(one.reason == UnreadReason::Restated);
            let figure = &text[one.start..one.end];
            assert_ne!(
                one.reason,
                UnreadReason::Disagrees,
                "{}: {figure} in {text:?}",
                item.code()
            );
        }
    }
    assert!(restated > 200, "{restated}");
}

/// A limit of the same property as its parent's leaves something inside both.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn no_limit_contradicts_the_lead_in() {
    let mut compared = 0;
    for item in READING.list.items() {
        let Some(above) = item.code().parent().and_then(|code| READING.list.get(code)) else {
            continue;
        };
        for theirs in above.quantities().iter().filter(|one| one.is_limit()) {
            // A range below one figure and a range above another are alternatives.
            let same = |one: &&Quantity| one.is_limit() && one.property() == theirs.property();
            let alone = above.quantities().iter().filter(same).count() == 1;
            for ours in item.quantities().iter().filter(same) {
                if theirs.property().is_some() && alone {
                    compared += 1;
                    // The laser's frequency is doubled, so its output has half the wavelength.
                    if item.code().to_string() == "6A205.c.2" {
                        continue;
                    }
                    let overlaps = ours.overlaps(theirs);
                    assert_ne!(
                        overlaps,
                        Some(false),
                        "{}: {ours} under {theirs}",
                        item.code()
                    );
                }
            }
        }
    }
    assert!(compared > 20, "{compared}");
}

/// Every figure after a comparator is in a quantity or among the unread figures.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_compared_figure_is_read_or_listed() {
    let (mut stated, mut read) = (0, 0);
    for (item, extraction) in extractions() {
        let text = item.text().unwrap_or_default();
        for start in compared(text) {
            let digits = text[start..]
                .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
                .unwrap_or(text.len() - start);
            let figure = text[start..start + digits]
                .trim_end_matches(['.', ','])
                .replace(',', "");
            let within = extraction.quantities.iter().any(|one| {
                let mut ends = one.lower().into_iter().chain(one.upper());
                ends.any(|limit| is_written(&limit.number.to_string(), &figure))
            });
            let listed = extraction.unread.iter().any(|one| one.start == start);
            stated += 1;
            read += usize::from(within);
            assert!(within || listed, "{}: {figure} of {text:?}", item.code());
        }
    }
    assert!(
        stated > 1500 && read * 100 >= stated * 95,
        "{read} of {stated}"
    );
}

/// Returns whether a number is written with these digits: 5 of 5e6, and 10 of 1e-14.
fn is_written(number: &str, digits: &str) -> bool {
    number.split('e').next() == Some(digits) || digits == "10" && number.starts_with("1e")
}

/// The share of figures with a comparator that became a quantity. The others count things, have an
/// unknown unit, or are formulas.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn nearly_every_threshold_is_read() {
    let (mut stated, mut read) = (0, 0);
    for item in READING.list.items() {
        let ends = compared(item.text().unwrap_or_default());
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

/// Returns the offsets of the figures that follow a comparator.
fn compared(text: &str) -> BTreeSet<usize> {
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
    COMPARATORS
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
        .collect()
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
