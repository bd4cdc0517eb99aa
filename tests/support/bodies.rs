//! What must hold for any bytes at all: one body a parser or a law, run by the fuzz targets, by the
//! mutation harness and by the tests.
#![allow(dead_code)] // each target uses its body

mod laws;
mod serial;
#[path = "../../examples/common/table.rs"]
mod user_table;

use export_control::identifier::{CasNumber, Element, HsCode, Species};
use export_control::list::Fingerprint;
use export_control::list::license::LicenseRequirement;
use export_control::measure::MeasurePart;
use export_control::{
    Code, ControlList, CountingRule, Crosswalk, History, Measure, Quantity, quantity, rules,
};

pub use laws::{align, apply, laws};
pub use serial::json;

/// A body by its name.
pub struct Target {
    pub name: &'static str,
    pub body: fn(&[u8]),
}

/// All bodies.
pub const TARGETS: &[Target] = &[
    Target {
        name: "code",
        body: code,
    },
    Target {
        name: "answers",
        body: answers,
    },
    Target {
        name: "keys",
        body: keys,
    },
    Target {
        name: "quantities",
        body: quantities,
    },
    Target {
        name: "small",
        body: small,
    },
    Target {
        name: "list",
        body: list,
    },
    Target {
        name: "license_requirements",
        body: license_requirements,
    },
    Target {
        name: "measures",
        body: measures,
    },
    Target {
        name: "rules",
        body: rules,
    },
    Target {
        name: "crosswalk",
        body: crosswalk,
    },
    Target {
        name: "history",
        body: history,
    },
    Target {
        name: "json",
        body: json,
    },
    Target {
        name: "table",
        body: table,
    },
    #[cfg(feature = "mofcom")]
    Target {
        name: "notice",
        body: notice,
    },
    #[cfg(feature = "mofcom")]
    Target {
        name: "catalogue",
        body: catalogue,
    },
    #[cfg(feature = "parties")]
    Target {
        name: "parties",
        body: parties,
    },
    #[cfg(feature = "ecfr")]
    Target {
        name: "ecfr",
        body: ecfr,
    },
    Target {
        name: "laws",
        body: laws,
    },
    Target {
        name: "apply",
        body: apply,
    },
    Target {
        name: "align",
        body: align,
    },
];

/// A message is short, and a terminal obeys nothing in it.
fn is_fit(message: impl ToString) {
    let message = message.to_string();
    assert!(message.chars().count() <= 300, "a long message: {message}");
    assert!(
        !message.chars().any(char::is_control),
        "a control character: {message:?}"
    );
}

/// A terminal obeys nothing in a line; a tab may be quoted from the text.
fn is_harmless(line: &str) {
    assert!(
        !line.chars().any(|c| c.is_control() && c != '\t'),
        "{line:?}"
    );
}

/// The files that one input holds: a line of five equal signs is between two of them.
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const BETWEEN: &[u8] = b"\n=====\n";
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let at = bytes
            .windows(BETWEEN.len())
            .position(|window| window == BETWEEN);
        rest = at.map(|at| &bytes[at + BETWEEN.len()..]);
        // A part keeps the end of its last line.
        Some(&bytes[..at.map_or(bytes.len(), |at| at + 1)])
    })
}

/// A text is a code or an error with a short message; and what a code prints, it parses.
pub fn code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match text.parse::<Code>() {
        Ok(code) => assert_eq!(code.to_string().parse(), Ok(code)),
        Err(error) => is_fit(error),
    }
    for code in Code::find_in(&text) {
        assert_eq!(code.to_string().parse(), Ok(code));
    }
    Code::read_as_number(&text).for_each(drop);
}

/// A cell has answers or errors with short messages; and what an answer prints, it parses.
pub fn answers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for answer in export_control::code::Answer::read(&text) {
        match answer {
            Ok(answer) => {
                let printed = answer.classification.to_string();
                assert_eq!(printed.parse(), Ok(answer.classification));
            }
            Err(error) => is_fit(error),
        }
    }
}

/// A text is a key or an error with a short message; and what a key prints, it parses.
pub fn keys(bytes: &[u8]) {
    fn key<T>(text: &str)
    where
        T: std::str::FromStr<Err = export_control::ParseError>
            + ToString
            + PartialEq
            + std::fmt::Debug,
    {
        match text.parse::<T>() {
            Ok(key) => assert_eq!(key.to_string().parse(), Ok(key)),
            Err(error) => is_fit(error),
        }
    }
    let text = String::from_utf8_lossy(bytes);
    key::<CasNumber>(&text);
    key::<HsCode>(&text);
    key::<Element>(&text);
    key::<Species>(&text);
    for found in CasNumber::find_in(&text) {
        found.map_or_else(is_fit, drop);
    }
    Element::find_in(&text);
}

/// A text states quantities that print and parse, in either language; and figures of which none was
/// made are where it says.
pub fn quantities(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match text.parse::<Quantity>() {
        Ok(quantity) => assert_eq!(quantity.to_string().parse(), Ok(quantity)),
        Err(error) => is_fit(error),
    }
    let (lead, rest) = text.split_once('\n').unwrap_or(("", &text));
    for read in [
        quantity::english(&text, ""),
        quantity::english(rest, lead),
        quantity::chinese(&text),
    ] {
        for unread in &read.unread {
            let there = text
                .get(unread.start..unread.end)
                .or(rest.get(unread.start..unread.end));
            assert!(there.is_some_and(|there| !there.is_empty()), "{unread:?}");
        }
        for quantity in &read.quantities {
            assert_eq!(quantity.to_string().parse().as_ref(), Ok(quantity));
            assert_eq!(quantity.overlaps(quantity), Some(true), "{quantity}");
        }
    }
    assert_eq!(
        quantity::in_english(&text),
        quantity::english(&text, "").quantities
    );
    assert_eq!(
        quantity::in_chinese(&text),
        quantity::chinese(&text).quantities
    );
}

/// A notice has items with unique codes in list order that are written and read back, or is an
/// error with a short message.
#[cfg(feature = "mofcom")]
pub fn notice(bytes: &[u8]) {
    match export_control::source::mofcom::read(bytes) {
        Ok(notice) => {
            read_back(&notice.items);
            for note in &notice.observations {
                is_harmless(&note.to_string());
            }
            let measure = [notice.measure];
            let text = written(|out| Measure::to_csv(&measure, out));
            let again = Measure::from_csv(text.as_bytes()).expect("what was written reads back");
            assert_eq!(again, measure);
        }
        Err(error) => is_fit(error),
    }
}

/// A catalogue has items with unique codes in list order that are written and read back, or is an
/// error with a short message.
#[cfg(feature = "mofcom")]
pub fn catalogue(bytes: &[u8]) {
    match export_control::source::mofcom::catalogue::read(bytes) {
        Ok(catalogue) => {
            read_back(&catalogue.items);
            for note in &catalogue.observations {
                is_harmless(&note.to_string());
            }
        }
        Err(error) => is_fit(error),
    }
}

/// Items are in list order, and their table is a list once each has its parents.
#[cfg(feature = "mofcom")]
fn read_back(items: &[export_control::Item]) {
    assert!(items.windows(2).all(|pair| pair[0].code() < pair[1].code()));
    let text = written(|out| export_control::Item::to_csv(items, out));
    match ControlList::from_csv(text.as_bytes()) {
        Ok(list) => assert_eq!(list.items().len(), items.len()),
        // A notice does not print parents that the list has, nor a catalogue.
        Err(error) => assert!(
            error.to_string().contains("no row for the parent"),
            "{error}"
        ),
    }
}

/// A list file is a list that writes and reads back the same, or an error with a short message.
pub fn list(bytes: &[u8]) {
    match ControlList::from_csv(bytes) {
        Ok(list) => {
            let text = list.to_string();
            let again = &text
                .parse::<ControlList>()
                .expect("what was written reads back");
            assert_eq!(again.to_string(), text);
            if list.items().iter().all(|item| item.text().is_none()) {
                assert_eq!(*again, list);
            }
        }
        Err(error) => is_fit(error),
    }
}

/// License rows read back as they are written.
pub fn license_requirements(bytes: &[u8]) {
    match LicenseRequirement::from_csv(bytes) {
        Ok(rows) => assert_eq!(
            LicenseRequirement::from_csv(
                written(|out| LicenseRequirement::to_csv(&rows, out)).as_bytes()
            )
            .expect("what was written reads back"),
            rows
        ),
        Err(error) => is_fit(error),
    }
}

/// Measures read back as they are written.
pub fn measures(bytes: &[u8]) {
    match Measure::from_csv(bytes) {
        Ok(measures) => assert_eq!(
            Measure::from_csv(written(|out| Measure::to_csv(&measures, out)).as_bytes())
                .expect("what was written reads back"),
            measures
        ),
        Err(error) => is_fit(error),
    }
}

/// A file of rules is read or refused with a short message.
pub fn rules(bytes: &[u8]) {
    let content = rules::read_content_rules(bytes).err();
    let licenses = rules::read_license_rules(bytes).err();
    for error in content.into_iter().chain(licenses) {
        is_fit(error);
    }
}

/// A history reads back as it is written, or is an error with a short message.
pub fn history(bytes: &[u8]) {
    match History::from_csv(bytes, Vec::new()) {
        Ok(history) => {
            let text = written(|out| history.to_csv(out));
            assert_eq!(
                written(|out| History::from_csv(text.as_bytes(), Vec::new())
                    .expect("what was written reads back")
                    .to_csv(out)),
                text
            );
            for day in history.versions() {
                history.at(*day).expect("a day that the history covers");
            }
        }
        Err(error) => is_fit(error),
    }
}

/// The small texts: each is read, and what is printed reads back as the same, or is an error with a
/// short message.
pub fn small(bytes: &[u8]) {
    fn small<T>(text: &str)
    where
        T: std::str::FromStr<Err: std::fmt::Display + std::fmt::Debug>
            + ToString
            + PartialEq
            + std::fmt::Debug,
    {
        match text.parse::<T>() {
            Ok(value) => assert_eq!(
                value
                    .to_string()
                    .parse::<T>()
                    .expect("what was printed parses"),
                value
            ),
            Err(error) => is_fit(error),
        }
    }
    let text = String::from_utf8_lossy(bytes);
    small::<CountingRule>(&text);
    small::<MeasurePart>(&text);
    small::<rules::Percentage>(&text);
    small::<Fingerprint>(&text);
}

/// A crosswalk reads back as it is written, and so does its mirror image.
pub fn crosswalk(bytes: &[u8]) {
    let mut files = parts(bytes);
    let read = match (files.next(), files.next()) {
        (Some(metadata), Some(rows)) => Crosswalk::from_sssom_with_metadata(rows, metadata),
        _ => Crosswalk::from_sssom(bytes),
    };
    match read {
        Ok(crosswalk) => {
            assert_eq!(
                Crosswalk::from_sssom(crosswalk.to_string().as_bytes())
                    .expect("what was written reads back"),
                crosswalk
            );
            assert_eq!(
                crosswalk.swapped().swapped().mappings().len(),
                crosswalk.mappings().len()
            );
        }
        Err(error) => is_fit(error),
    }
}

/// A table of a user is read or refused; rows keep the order of their lines.
pub fn table(bytes: &[u8]) {
    use user_table::{Table, code_column, code_columns, text_column};
    let is_header = |header: &csv::StringRecord| !code_columns(header, None).is_empty();
    for separator in [None, Some(b';')] {
        let Ok(table) = Table::of("a.csv".to_owned(), bytes, separator, is_header) else {
            continue;
        };
        assert!(
            table
                .rows
                .windows(2)
                .all(|pair| pair[0].line < pair[1].line)
        );
        let column = code_column(&table.header, None);
        assert!(column.is_err() || column.is_ok_and(|column| column < table.header.len()));
        text_column(&table.header);
    }
}

/// An eCFR document is a list in which every paragraph has its parent, or an error with a short
/// message.
#[cfg(feature = "ecfr")]
pub fn ecfr(bytes: &[u8]) {
    use export_control::{Edition, source::ecfr};
    let in_memory = ecfr::read_slice(bytes, Edition::default());
    match ecfr::read(bytes, Edition::default()) {
        Ok(reading) => {
            let list = &reading.list;
            let same = in_memory.expect("the stream was read");
            assert_eq!(same.list, *list);
            // A stream counts the lines of what is between elements only nearly.
            assert_eq!(same.observations.len(), reading.observations.len());
            assert!(
                list.items()
                    .iter()
                    .all(|item| item.code().is_entry() || list.parent(item).is_some())
            );
            let text = list.to_string();
            let again = text
                .parse::<ControlList>()
                .expect("what was written reads back");
            assert_eq!(again.to_string(), text);
            let rows = list.all_license_requirements();
            let text = written(|out| LicenseRequirement::to_csv(rows, out));
            let again = LicenseRequirement::from_csv(text.as_bytes());
            assert_eq!(
                again.expect("what was written reads back").len(),
                rows.len()
            );
            for note in &reading.observations {
                is_harmless(&note.to_string());
            }
        }
        Err(error) => {
            is_fit(in_memory.expect_err("the stream was not read"));
            is_fit(error);
        }
    }
}

/// A text is a list of parties or notice of them that is counted and written, or is an error with a
/// short message.
#[cfg(feature = "parties")]
pub fn parties(bytes: &[u8]) {
    use export_control::Edition;
    use export_control::party::{PartyDiff, PartyList, PartyOverlap, PartyRule, PartyScope};
    use export_control::source::{part744, party_notice, screening, sdn};
    let edition = Edition::default;
    let mut lists: Vec<PartyList> = Vec::new();
    let mut errors = Vec::new();
    let mut keep = |result: Result<Vec<PartyList>, export_control::Error>| match result {
        Ok(read) => lists.extend(read),
        Err(error) => errors.push(error.to_string()),
    };
    keep(part744::read(bytes, edition()).map(|part| part.lists));
    keep(screening::read_csv(bytes, edition()).map(|read| read.lists));
    keep(screening::read_json(bytes, edition()).map(|read| read.lists));
    keep(sdn::read_csv(bytes, edition()).map(|read| vec![read.list]));
    keep(sdn::read_xml(bytes, edition()).map(|read| vec![read.list]));
    keep(PartyList::from_csv(bytes).map(|list| vec![list]));
    if let Ok(notice) = party_notice::read(bytes) {
        assert!(notice.notice.numbered >= notice.entries.len());
    }
    assert!(
        errors.iter().all(|error| error.chars().count() <= 300),
        "{errors:?}"
    );
    for list in &lists {
        let scope = PartyScope::default();
        let count = |rule| list.count(rule, &scope).number();
        assert!(count(PartyRule::Entries) <= count(PartyRule::Rows));
        let text = list.to_string();
        let again: PartyList = text.parse().expect("what was written reads back");
        assert_eq!(again.to_string(), text);
        assert!(
            PartyDiff::between(list, list)
                .expect("one list")
                .changes()
                .is_empty()
        );
        PartyOverlap::between(&list.all(), &list.all());
    }
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
