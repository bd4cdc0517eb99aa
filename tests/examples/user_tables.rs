//! Tables as people and their programs write them, read by the examples `validate` and `align`.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/align.rs"]
mod align;
#[path = "../../examples/common/mod.rs"]
mod shared;

#[allow(dead_code)]
#[path = "../../examples/items.rs"]
mod items;
#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/validate.rs"]
mod validate;

use export_control::{ControlList, Crosswalk};
use running::{file, outcome, records, run, temporary};
use shared::output::{NewFile, Terminal, escaped, guarded};
use shared::table::Table;

use std::io::Write;

/// Line, code and problem of each row that validate prints.
fn validated(name: &str, bytes: &[u8]) -> Vec<[String; 3]> {
    let path = file(name, bytes);
    let (out, _) = outcome(validate::run, &[path.to_str().unwrap()]);
    let rows = records(&out).into_iter();
    rows.map(|row| ["line", "code", "problem"].map(|column| row[column].clone()))
        .collect()
}

fn codes(name: &str, bytes: &[u8]) -> Vec<String> {
    validated(name, bytes)
        .into_iter()
        .map(|[_, code, _]| code)
        .collect()
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units: Vec<u16> = mark
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .collect();
    units
        .iter()
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn the_encoding_is_found() {
    let text = "Bezeichnung,ECCN\nHülse,5A992.c\nGerät,3E001\n";
    let expected = ["code:5A992.c", "code:3E001"];
    assert_eq!(codes("utf8.csv", text.as_bytes()), expected);
    assert_eq!(
        codes("bom.csv", format!("\u{feff}{text}").as_bytes()),
        expected
    );
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    assert_eq!(codes("latin.csv", &latin), expected);
    for little in [true, false] {
        for mark in [true, false] {
            assert_eq!(codes("utf16.csv", &utf16(text, little, mark)), expected);
        }
    }
    let chinese = "物项名称,管制编码\n金属镓,1C902\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(chinese);
    assert_eq!(codes("gb.csv", &gb), ["code:1C902"]);
    assert_eq!(codes("chinese.csv", chinese.as_bytes()), ["code:1C902"]);
}

#[test]
fn a_fault_of_a_row_is_no_fault_of_the_file() {
    let rows = validated(
        "ragged.csv",
        b"part,eccn,note\nP1,3E001,x\nP2\nP3,3A001,a,b\nP4,3E002,\n",
    );
    let summary: Vec<(&str, &str, bool)> = rows
        .iter()
        .map(|[line, code, problem]| (line.as_str(), code.as_str(), problem.is_empty()))
        .collect();
    assert_eq!(
        summary,
        [
            ("2", "code:3E001", true),
            ("3", "", false),
            ("4", "", false),
            ("5", "code:3E002", true)
        ]
    );
    assert!(
        rows[1][2].ends_with("ragged.csv:3: found 1 fields, expected 3, as in the header"),
        "{}",
        rows[1][2]
    );
    assert!(
        rows[2][2].ends_with("ragged.csv:4: found 4 fields, expected 3, as in the header"),
        "{}",
        rows[2][2]
    );
    // A damaged byte in a file that is UTF-8 elsewhere.
    let rows = validated(
        "bytes.csv",
        b"part,eccn\nG\xc3\xa4,3E001\nG\xe4,3E002\nx,3A001\n",
    );
    assert_eq!(rows[0][1], "code:3E001");
    assert!(
        rows[1][2].contains("bytes.csv:3: found bytes in field 1 that are no text"),
        "{}",
        rows[1][2]
    );
    assert_eq!(rows[2][1], "code:3A001");
    let path = file("ragged-end.csv", "eccn,x\n3E001\n");
    let error = run(validate::run, &[path.to_str().unwrap()]).unwrap_err();
    assert!(
        error.ends_with("1 of 1 rows have no readable code"),
        "{error}"
    );
}

#[test]
fn what_spreadsheets_add_is_nothing() {
    for text in [
        "part,eccn,,\nP1,3E001,,\n",
        "part,eccn\nP1,3E001,,\n",
        "\npart,eccn\n\nP1,3E001\n\n,\n",
        "part;eccn\r\nP1;3E001\r\n",
        "part,eccn\rP1,3E001\r",
        "Export list of 2031,\nmade by hand,\npart,eccn\nP1,3E001\n",
        "# list: mine\n# name: a, b, c\npart,eccn\nP1,3E001\n",
        "part,eccn\nP1,3E001\npart,eccn\n",
        " part , ECCN \nP1,3E001\n",
        "part\teccn\nP1\t3E001\n",
        "part|eccn\nP1|3E001\n",
        "\"part\",\"eccn\"\n\"P1\",\"3E001\"\n",
        "part;eccn\n\"P;1\";3E001\n",
    ] {
        assert_eq!(
            codes("spreadsheet.csv", text.as_bytes()),
            ["code:3E001"],
            "{text:?}"
        );
    }
}

#[test]
fn columns_and_separators_are_named_or_found() {
    let path = file("named.csv", "part^code\nP1^3E001\n");
    let path = path.to_str().unwrap();
    assert!(
        run(validate::run, &[path])
            .unwrap_err()
            .contains("named.csv:1: found the columns part^code")
    );
    assert!(
        run(validate::run, &[path, "--separator", "^"])
            .unwrap()
            .contains("code:3E001")
    );
    assert!(
        run(validate::run, &[path, "--separator", "ab"])
            .unwrap_err()
            .contains("expected one sign")
    );
    let path = file("words.csv", "Part Number,ECCN Code\nP1,5A992.c\n");
    let table = Table::read(&path, None, |header| header.len() == 2).unwrap();
    assert_eq!(
        (table.header_line, table.rows.len(), table.notes.len()),
        (1, 1, 0)
    );
    let path = file("two.csv", "US ECCN,EU ECCN\n3E001,3A001\n");
    let path = path.to_str().unwrap();
    let error = run(validate::run, &[path]).unwrap_err();
    assert!(
        error.contains("found several columns of codes, US ECCN, EU ECCN"),
        "{error}"
    );
    assert!(
        run(validate::run, &[path, "--column", "EU ECCN"])
            .unwrap()
            .contains("code:3A001")
    );
    let path = file("json.csv", "{\"identifier\":\"774\"}\n");
    let error = run(validate::run, &[path.to_str().unwrap()]).unwrap_err();
    assert!(
        error.contains(
            "json.csv:1: found the columns {\"identifier\":\"774\"}, expected one called eccn"
        ),
        "{error}"
    );
}

#[test]
fn what_holds_no_table_is_named() {
    for (bytes, found) in [
        (&b"PK\x03\x04\x14\x00"[..], "a workbook or another ZIP file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "a workbook of Excel 97 to 2003",
        ),
        (b"%PDF-1.7\neccn\n", "a PDF document"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (
            b"<table><tr><td>eccn</td></tr></table>\n",
            "an HTML or XML page",
        ),
        (
            b"\xef\xbb\xbf\n<?xml version=\"1.0\"?>\n<eccn/>\n",
            "an HTML or XML page",
        ),
        (
            b"eccn\n\x01\x02\x8f\x90\x07\x1b\x05\xf1\x11\x03,\x06\n",
            "bytes that are not text",
        ),
    ] {
        let path = file("no-table.csv", bytes);
        let error = run(validate::run, &[path.to_str().unwrap()]).unwrap_err();
        let expected = format!(":1: found {found}, expected a table as text; save it as CSV");
        assert!(error.ends_with(&expected), "{error}");
    }
    assert_eq!(codes("sign.csv", b"< 5 W,eccn\nx,3E001\n"), ["code:3E001"]);
}

#[test]
fn a_folder_and_an_empty_file_are_named() {
    let folder = std::env::temp_dir();
    let folder = folder.to_str().unwrap();
    let told = |expected: &str| format!("{folder}: found a folder, expected {expected}");
    assert_eq!(
        run(items::run, &[folder]).unwrap_err(),
        told("the name of a list or a list file")
    );
    assert_eq!(run(validate::run, &[folder]).unwrap_err(), told("a table"));
    let empty = file("empty-list.csv", "\n");
    let error = run(items::run, &[empty.to_str().unwrap()]).unwrap_err();
    assert!(
        error.ends_with("empty-list.csv: found an empty file, expected a list file"),
        "{error}"
    );
    // A day has one form.
    for day in ["20251201", "2025/12/01", "2025-12-1", "+002025-12-01"] {
        let error = run(items::run, &["us-ccl", "--as-of", day]).unwrap_err();
        let expected = format!("found {day:?}, expected a day such as 2025-10-28");
        assert!(error.contains(&expected), "{error}");
    }
}

#[test]
fn a_column_is_named_once() {
    let path = file("twice.csv", "part,eccn,part,eccn\nP1,3A001,P2,5A002\n");
    let path = path.to_str().unwrap();
    let error = run(validate::run, &[path]).unwrap_err();
    assert!(
        error.contains("found several columns of codes, eccn, eccn"),
        "{error}"
    );
    let error = run(validate::run, &[path, "--column", "eccn"]).unwrap_err();
    assert!(
        error
            .contains("found 2 columns called \"eccn\", expected one; give each a name of its own"),
        "{error}"
    );
    let path = file("case.csv", "ECCN,eccn\n3A001,5A002\n");
    let out = run(validate::run, &[path.to_str().unwrap(), "--column", "eccn"]).unwrap();
    assert!(
        out.contains("code:5A002") && !out.contains("code:3A001"),
        "{out}"
    );
}

/// Tables as they come from shops, systems and people.
#[test]
fn tables_of_many_makers() {
    for text in [
        "sep=;\npart;eccn\nP1;3A001\n",
        "part,\"Export Control Classification Number\"\nP1,3A001\n",
        "part,eccn\n\"P1\nline two\",3A001\n",
        "part,HS Code,Control Code\nP1,8542.31,3A001\n",
        "Part No,Export Classification\nP1,3A001\n",
        "part,Schedule B,License,ECCN\nP1,8542310000,NLR,3A001\n",
        "part,eccn\nP1,\u{a0}3A001\u{a0}\n",
        "part,eccn\nP1,3A001\t\n",
        "part,物项编码,管制编码\nP1,X1,3A001\n",
        "part\teccn\r\nP1\t3A001\r\n",
    ] {
        assert_eq!(
            codes("makers.csv", text.as_bytes()),
            ["code:3A001"],
            "{text:?}"
        );
    }
    let two = codes("two-codes.csv", b"part\teccn\nP1\t3A001, 5A002\n");
    assert_eq!(two, ["code:3A001", "code:5A002"]);
}

#[test]
fn align_says_which_column_is_missing() {
    let good = file("align-good.csv", "ECCN;Beschreibung\n3A001;Transistoren\n");
    let right = file(
        "align-right.csv",
        "code,Item Description\n3A001,Transistors\n",
    );
    let pair = [good.to_str().unwrap(), right.to_str().unwrap()];
    assert!(run(align::run, &pair).is_ok());
    let bare = file("align-bare.csv", "code;Anmerkung\n3A001;x\n");
    let error = run(align::run, &[bare.to_str().unwrap(), pair[1]]).unwrap_err();
    assert!(
        error.ends_with(
            ":1: found no column of texts among code, Anmerkung, expected one called text, description or title"
        ),
        "{error}"
    );
}

#[test]
fn formulas_and_control_characters_of_a_user_do_no_harm() {
    let path = file(
        "formula.csv",
        "id,eccn\n1,=1+1\n2,\"=cmd|' /C calc'!A0\"\n3,@x\n4,-3\n5,\u{1b}[31m3E001\n",
    );
    let (out, result) = outcome(validate::run, &[path.to_str().unwrap()]);
    assert!(result.is_err());
    for row in csv::Reader::from_reader(out.as_bytes()).records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell:?}");
        }
    }
    assert!(!out.contains('\u{1b}'), "{out:?}");
    assert_eq!(
        (guarded("=1"), guarded("'=1"), guarded("a=1")),
        ("'=1".into(), "''=1".into(), "a=1".into())
    );
    assert_eq!(
        escaped("a\u{1b}[0m\tb\n\u{202e}c\u{9b}"),
        "a\\u{1b}[0m\tb\n\\u{202e}c\\u{9b}"
    );
    let mut out = Vec::new();
    let mut terminal = Terminal::new(&mut out);
    for byte in "镓\u{1b}\u{9b}!\n".as_bytes() {
        terminal.write_all(&[*byte]).unwrap();
    }
    assert_eq!(String::from_utf8(out).unwrap(), "镓\\u{1b}\\u{9b}!\n");
}

#[test]
fn the_items_of_a_list_are_a_list() {
    for name in ["us-ccl", "cn-dual-use"] {
        let list = export_control::list(name).unwrap();
        let all =
            ControlList::from_csv(run(items::run, &[name, "--all"]).unwrap().as_bytes()).unwrap();
        assert_eq!(all.items(), list.items());
        assert_eq!(all.id(), list.id());
        let live = run(items::run, &[name]).unwrap();
        assert_eq!(
            ControlList::from_csv(live.as_bytes()).unwrap().live().len(),
            list.live().len()
        );
    }
    // And a user aligns them as they are.
    let left = file(
        "left-items.csv",
        "code,status,title\nx:1A001,in force,Machines for balancing rotors\n",
    );
    let right = file(
        "right-items.csv",
        "code;title\ny:2B229;Rotor balancing machines\n",
    );
    let out = run(
        align::run,
        &[left.to_str().unwrap(), right.to_str().unwrap()],
    )
    .unwrap();
    let crosswalk = Crosswalk::from_sssom(out.as_bytes()).unwrap();
    assert_eq!(
        (crosswalk.left().as_str(), crosswalk.right().as_str()),
        ("x", "y")
    );
}

#[test]
fn a_file_has_its_name_when_it_is_whole() {
    let path = temporary("chart.svg");
    std::fs::write(&path, "old").unwrap();
    let started = NewFile::create(&path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    drop(started);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    NewFile::create(&path).unwrap().finish(b"new").unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
    let folder = path.parent().unwrap();
    let left_over = std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.contains("chart.svg.")
            && name.contains(&std::process::id().to_string())
            && name.ends_with(".part")
    });
    assert!(!left_over);
    for bad in ["/no/such/folder/x.svg", folder.to_str().unwrap()] {
        let error = NewFile::create(std::path::Path::new(bad))
            .err()
            .unwrap()
            .to_string();
        assert!(error.starts_with(bad), "{error}");
    }
    #[cfg(unix)]
    {
        NewFile::create(std::path::Path::new("/dev/null"))
            .unwrap()
            .finish(b"x")
            .unwrap();
        assert!(!std::path::Path::new("/dev/null").is_file());
    }
    std::fs::remove_file(&path).unwrap();
}
