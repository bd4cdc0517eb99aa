//! What must hold for any bytes at all: one body a parser, run by the fuzz targets and by the
//! property tests.
#![allow(dead_code)] // each target uses its body

use export_control::identifier::{CasNumber, Element, HsCode, Species};
use export_control::list::Fingerprint;
use export_control::list::license::LicenseRequirement;
use export_control::measure::MeasurePart;
use export_control::{
    Code, ControlList, CountingRule, Crosswalk, History, Measure, Quantity, rules,
};

/// A text is a code or an error with a short message; and what a code prints, it parses.
pub fn code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match text.parse::<Code>() {
        Ok(code) => assert_eq!(code.to_string().parse(), Ok(code)),
        Err(error) => assert!(error.to_string().chars().count() <= 300),
    }
    for answer in export_control::code::Answer::read(&text) {
        match answer {
            Ok(answer) => {
                let printed = answer.classification.to_string();
                assert_eq!(printed.parse(), Ok(answer.classification));
            }
            Err(error) => assert!(error.to_string().chars().count() <= 300),
        }
    }
}

/// A text is a key or an error with a short message; and what a key prints, it parses. Any text
/// states quantities that print and parse.
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
            Err(error) => assert!(error.to_string().len() < 2000),
        }
    }
    let text = String::from_utf8_lossy(bytes);
    key::<CasNumber>(&text);
    key::<HsCode>(&text);
    key::<Element>(&text);
    key::<Species>(&text);
    key::<Quantity>(&text);
    for quantity in export_control::quantity::in_english(&text)
        .into_iter()
        .chain(export_control::quantity::in_chinese(&text))
    {
        assert_eq!(quantity.to_string().parse(), Ok(quantity));
    }
    CasNumber::find_in(&text).for_each(drop);
    Code::find_in(&text);
    Element::find_in(&text);
}

/// A notice has items with unique codes in list order, or is an error with a short message.
#[cfg(feature = "mofcom")]
pub fn notice(bytes: &[u8]) {
    match export_control::source::mofcom::read(bytes) {
        Ok(notice) => assert!(
            notice
                .items
                .windows(2)
                .all(|pair| pair[0].code() < pair[1].code())
        ),
        Err(error) => assert!(error.to_string().len() < 2000),
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
        }
        Err(error) => assert!(error.to_string().len() < 2000),
    }
}

/// License rows read back as they are written.
pub fn license_requirements(bytes: &[u8]) {
    if let Ok(rows) = LicenseRequirement::from_csv(bytes) {
        assert_eq!(
            LicenseRequirement::from_csv(
                written(|out| LicenseRequirement::to_csv(&rows, out)).as_bytes()
            )
            .expect("what was written reads back"),
            rows
        );
    }
}

/// Measures read back as they are written.
pub fn measures(bytes: &[u8]) {
    if let Ok(measures) = Measure::from_csv(bytes) {
        assert_eq!(
            Measure::from_csv(written(|out| Measure::to_csv(&measures, out)).as_bytes())
                .expect("what was written reads back"),
            measures
        );
    }
}

/// A file of rules is read or refused with a short message.
pub fn rules(bytes: &[u8]) {
    for result in [
        rules::read_content_rules(bytes).err(),
        rules::read_license_rules(bytes).err(),
    ] {
        assert!(result.is_none_or(|error| error.to_string().len() < 2000));
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
        }
        Err(error) => assert!(error.to_string().len() < 2000),
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
            Err(error) => assert!(error.to_string().len() < 2000 + 4 * text.len()),
        }
    }
    let text = String::from_utf8_lossy(bytes);
    small::<CountingRule>(&text);
    small::<MeasurePart>(&text);
    small::<rules::Percentage>(&text);
    small::<Fingerprint>(&text);
}

/// A crosswalk reads back as it is written.
pub fn crosswalk(bytes: &[u8]) {
    if let Ok(crosswalk) = Crosswalk::from_sssom(bytes) {
        assert_eq!(
            Crosswalk::from_sssom(crosswalk.to_string().as_bytes())
                .expect("what was written reads back"),
            crosswalk
        );
    }
}

/// An eCFR document is a list in which every paragraph has its parent, or an error with a short
/// message.
#[cfg(feature = "ecfr")]
pub fn ecfr(bytes: &[u8]) {
    use export_control::{Edition, source::ecfr};
    match ecfr::read(bytes, Edition::default()) {
        Ok(reading) => {
            let list = &reading.list;
            assert!(
                list.items()
                    .iter()
                    .all(|item| item.code().is_entry() || list.parent(item).is_some())
            );
            list.to_string()
                .parse::<ControlList>()
                .expect("what was written reads back");
        }
        Err(error) => assert!(error.to_string().len() < 2000),
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

/// What a writer writes, as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
