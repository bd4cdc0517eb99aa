//! What must hold for any bytes at all: one body a parser, run by the fuzz targets and by the property tests.
#![allow(dead_code)] // each target uses its body

use export_control::{Code, Crosswalk, rules, table};

/// A text is a code or an error with a short message; and what a code prints, it parses.
pub fn code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match text.parse::<Code>() {
        Ok(code) => assert_eq!(code.to_string().parse(), Ok(code)),
        Err(error) => assert!(error.to_string().len() < 600),
    }
}

/// A list file is a list that writes and reads back the same, or an error with a short message.
pub fn list(bytes: &[u8]) {
    match table::read(bytes) {
        Ok(list) => {
            let text = table::to_string(&list);
            let again = table::read_str(&text).expect("what was written reads back");
            assert_eq!(table::to_string(&again), text);
        }
        Err(error) => assert!(error.to_string().len() < 2000),
    }
}

/// Licence rows read back as they are written.
pub fn licence_rows(bytes: &[u8]) {
    if let Ok(rows) = table::read_licence_rows(bytes) {
        assert_eq!(table::read_licence_rows(table::licence_rows_to_string(&rows).as_bytes()).expect("what was written reads back"), rows);
    }
}

/// Measures read back as they are written.
pub fn measures(bytes: &[u8]) {
    if let Ok(measures) = table::read_measures(bytes) {
        assert_eq!(table::read_measures(table::measures_to_string(&measures).as_bytes()).expect("what was written reads back"), measures);
    }
}

/// A file of rules is read or refused with a short message.
pub fn rules(bytes: &[u8]) {
    for result in [rules::read_content_rules(bytes).err(), rules::read_licence_rules(bytes).err()] {
        assert!(result.is_none_or(|error| error.to_string().len() < 2000));
    }
}

/// A crosswalk reads back as it is written.
pub fn crosswalk(bytes: &[u8]) {
    if let Ok(crosswalk) = Crosswalk::read(bytes) {
        assert_eq!(Crosswalk::read(crosswalk.to_string().as_bytes()).expect("what was written reads back"), crosswalk);
    }
}

/// An eCFR document is a list in which every paragraph has its parent, or an error with a short message.
#[cfg(feature = "ecfr")]
pub fn ecfr(bytes: &[u8]) {
    use export_control::{Edition, source::ecfr};
    match ecfr::read(bytes, Edition::default()) {
        Ok(reading) => {
            let list = &reading.list;
            assert!(list.items().iter().all(|item| item.code.is_entry() || list.parent(item).is_some()));
            table::read_str(&table::to_string(list)).expect("what was written reads back");
        }
        Err(error) => assert!(error.to_string().len() < 2000),
    }
}
