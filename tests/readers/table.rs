//! The CSV form: round trips, and the errors for broken files.

#[path = "../support/lists.rs"]
mod lists;

use export_control::list::license::LicenseRequirement;
use export_control::{ControlList, Error, Measure, MeasureId};
use lists::list;
use proptest::prelude::*;

fn read(text: impl AsRef<[u8]>) -> Result<export_control::ControlList, Error> {
    ControlList::from_csv(text.as_ref()).map_err(|error| error.in_file("list.csv"))
}

fn error(text: impl AsRef<[u8]>) -> String {
    read(text).expect_err("a broken file").to_string()
}

proptest! {
    #[test]
    fn read_inverts_write(list in list("a")) {
        let text = list.to_string();
        let again = read(&text).unwrap();
        prop_assert_eq!(again.to_string(), text);
        prop_assert_eq!(again, list);
    }

    #[test]
    fn what_is_not_recorded_stays_so(list in list("a"), recorded in any::<bool>()) {
        let info = list.info().clone().with_logic_recorded(recorded);
        let list = ControlList::new(info, list.edition().clone(), list.items().to_vec()).unwrap();
        let again = read(list.to_string()).unwrap();
        prop_assert_eq!(again.info().logic_recorded(), recorded);
        prop_assert_eq!(&again, &list);
        let json = serde_json::to_string(&list).unwrap();
        prop_assert_eq!(serde_json::from_str::<ControlList>(&json).unwrap(), list);
    }

    #[test]
    fn json_holds_everything(list in list("a")) {
        let json = serde_json::to_string(&list).unwrap();
        prop_assert_eq!(serde_json::from_str::<export_control::ControlList>(&json).unwrap(), list);
    }

    /// A damaged file gives an error or a list, but never a panic. If it gives a list, the list has
    /// as many items as the file has rows.
    #[test]
    fn damage_is_never_silent(list in list("a"), at in any::<prop::sample::Index>(), with in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = list.to_string().into_bytes();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = with }
        if let Ok(list) = read(&bytes) {
            let text = String::from_utf8(bytes).unwrap();
            let rows = text.split(['\n', '\r']).filter(|line| !line.is_empty() && !line.starts_with('#')).count();
            prop_assert!(list.items().len() + 1 >= rows, "{} items of {} lines", list.items().len(), rows);
        }
    }
}

#[test]
fn a_file_records_the_logic_or_says_that_it_does_not() {
    for (text, recorded) in [
        ("code,title\n3A001,Converters\n", false),
        ("code,logic\n3A001,\n", true),
        ("code,logic\n3A001,any\n3A001.a,\n", true),
        (
            "# logic: not recorded\ncode,logic\n3A001,any\n3A001.a,\n",
            false,
        ),
        ("# logic: not recorded\ncode\n3A001\n", false),
    ] {
        let list = read(text).unwrap();
        assert_eq!(list.info().logic_recorded(), recorded, "{text}");
        assert_eq!(read(list.to_string()).unwrap(), list, "{text}");
    }
    assert_eq!(
        error("# logic: any\ncode\n3A001\n"),
        "list.csv:1:1: found \"logic: any\", expected `# logic: not recorded`, or no such line if the list records it"
    );
    // A list that was stored before the field existed.
    let list = read("code,logic\n3A001,\n").unwrap();
    let json = serde_json::to_string(&list).unwrap();
    let older = json.replace(",\"logic_recorded\":true", "");
    assert_ne!(older, json);
    assert_eq!(serde_json::from_str::<ControlList>(&older).unwrap(), list);
}

#[test]
fn embedded_lists_round_trip() {
    for list in export_control::lists() {
        let again = read(list.to_string()).unwrap();
        assert_eq!(again.items(), list.items());
        let json = serde_json::to_string(list).unwrap();
        assert_eq!(
            &serde_json::from_str::<export_control::ControlList>(&json).unwrap(),
            list
        );
        let rows: Vec<LicenseRequirement> = LicenseRequirement::from_csv(
            written(|out| LicenseRequirement::to_csv(list.all_license_requirements(), out))
                .as_bytes(),
        )
        .unwrap();
        assert_eq!(rows, list.all_license_requirements());
        let measures: Vec<Measure> =
            Measure::from_csv(written(|out| Measure::to_csv(list.measures(), out)).as_bytes())
                .unwrap();
        assert!(measures.iter().eq(list.measures()));
    }
}

/// Broken files, each with the beginning of its error.
const BROKEN: [(&str, &str); 16] = [
    (
        "",
        "list.csv: unnamed: found an empty file, expected a header with the column code",
    ),
    (
        "title\nx\n",
        "list.csv:1: unnamed: found no column \"code\", expected a header with the column code",
    ),
    (
        "code,colour\n3A001,red\n",
        "list.csv:1:2: unnamed: found a column \"colour\", expected columns among code,",
    ),
    (
        "code,code\n3A001,3A001\n",
        "list.csv:1:2: unnamed: found the column \"code\" twice, expected each column once",
    ),
    (
        "code\n3A001\n3A001\n",
        "list.csv:3:1: unnamed:3A001: found the code a second time, expected one row for each code",
    ),
    (
        "code\n3A002\n3A001\n3A002\n",
        "list.csv:4:1: unnamed:3A002: found the code a second time, expected one row for each code",
    ),
    (
        "code\n3A001\n3A001.a.1\n",
        "list.csv:3: unnamed:3A001.a.1: found no row for the parent 3A001.a, expected one for the parent of every paragraph",
    ),
    (
        "code,title\n0.00E+00,x\n",
        "list.csv:2:1: unnamed: \"0.00E+00\" is not an item code: a spreadsheet has read a code as a number; ",
    ),
    (
        "code,in_force\n3A001,2025-02-30\n",
        "list.csv:2:2: unnamed: found in_force \"2025-02-30\", expected a date such as 2025-02-04",
    ),
    (
        "code,state\n3A001,gone\n",
        "list.csv:2:2: unnamed: found state \"gone\", expected nothing, empty, reserved or implied",
    ),
    (
        "code,catalogue_rows\n3A001,9-3\n",
        "list.csv:2:2: unnamed: found catalogue_rows \"9-3\", expected row numbers such as 439-441",
    ),
    (
        "code,title\n3A001\n",
        "list.csv:2:2: unnamed: found 1 fields, expected 2, as in the header",
    ),
    (
        "code,title\n3A001,\"open\n3A002,x\n",
        "list.csv:2:2: unnamed: found a line break within a field, expected one row a line; is a quotation mark not closed?",
    ),
    (
        "# list: mine\n# form: soon\ncode\n",
        "list.csv:2:1: found \"form: soon\", expected a line such as `# list: us-ccl`",
    ),
    (
        "# list: mine\n# from: soon\ncode\n",
        "list.csv:2:1: found \"from: soon\", expected a date such as 2025-09-30",
    ),
    (
        "# list: mine\ncode\n3F001\n",
        "list.csv:3:1: mine: \"3F001\" is not an item code: expected a product group letter",
    ),
];

#[test]
fn error_texts() {
    for (text, expected) in BROKEN {
        let found = error(text);
        assert!(
            found.starts_with(expected),
            "{text:?}\n  {found}\n  {expected}"
        );
    }
}

#[test]
fn not_utf8_names_the_place() {
    assert_eq!(
        error(b"code,title\n3A001,caf\xe9\n"),
        "list.csv:2:10: not UTF-8 text: the byte at offset 20 does not start a character"
    );
    assert!(
        Measure::from_csv(&b"measure,in_force\n2025-\xff,2025-01-01\n"[..])
            .unwrap_err()
            .to_string()
            .contains("line 2:6: not UTF-8 text: the byte at offset 22 does not start a character")
    );
}

#[test]
fn other_tables_name_the_place_too() {
    let error = Measure::from_csv(&b"measure,in_force\n2025-1,soon\n"[..]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2:2: found in_force \"soon\", expected a date such as 2025-11-07"
    );
    let error = LicenseRequirement::from_csv(&b"entry\n3A001\n"[..]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("line 1: found no column \"reasons\""),
        "{error}"
    );
    let list = read("code\n3A001\n").unwrap();
    let mut suspension = Measure::new(MeasureId::new("2"), jiff::civil::date(2025, 1, 1));
    suspension.suspends = vec![MeasureId::new("1").into()];
    suspension.suspended_through = Some(jiff::civil::date(2025, 12, 31));
    let error = list
        .clone()
        .with_measures(vec![suspension.clone()])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "unnamed: found measure 2 suspending measure 1, which is not recorded, expected a recorded measure"
    );
    let first = Measure::new(MeasureId::new("1"), jiff::civil::date(2024, 1, 1));
    suspension.suspended_through = None;
    let error = list
        .clone()
        .with_measures(vec![first, suspension])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "unnamed: found measure 2 suspending others without a last day, expected the last day of the suspension"
    );
    let error = list
        .with_license_requirements(vec![LicenseRequirement::new("3A002".parse().unwrap())])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "unnamed:3A002: found a license row, expected rows of entries that the list has"
    );
}

#[test]
fn a_huge_field_is_read_or_refused_with_a_short_error() {
    let huge = "x".repeat(8 << 20);
    assert_eq!(
        read(format!("code,title\n3A001,{huge}\n")).unwrap().items()[0]
            .title()
            .len(),
        8 << 20
    );
    assert!(error(format!("code\n{huge}\n")).len() < 300);
    assert!(error(format!("code,in_force\n3A001,{huge}\n")).len() < 300);
    assert!(error(format!("# {huge}\n")).len() < 500);
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
