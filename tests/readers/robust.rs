//! Files that could break a promise: growth, line ends, long names, characters that a terminal
//! executes.

use export_control::list::license::LicenseRequirement;
use export_control::rules::Percentage;
use export_control::{ControlList, Error, History, Item, ListDiff, ListId, ListInfo, Measure};

fn list(text: &str) -> Result<ControlList, Error> {
    ControlList::from_csv(text.as_bytes())
}

fn error(text: &str) -> String {
    list(text).expect_err("a broken file").to_string()
}

#[test]
fn blank_lines_are_nothing() {
    let text = format!("# list: a\ncode\n{}3A001\n", "\n".repeat(100_000));
    assert_eq!(list(&text).unwrap().items().len(), 1);
    let found = error(&format!("code\n{}3X001\n", "\r\n".repeat(1000)));
    assert!(found.starts_with("line 1002:1: "), "{found}");
    // Empty rows of a spreadsheet.
    assert_eq!(
        list("code,title,\n3A001,x,\n,,\n,,\n")
            .unwrap()
            .items()
            .len(),
        1
    );
}

#[test]
fn a_row_of_the_catalogue_counts_once() {
    let found = error("code,catalogue_rows\n3A001,1-1000;1-1000\n");
    assert_eq!(
        found,
        "line 2:2: unnamed: found the row number 1 twice, expected each row of the catalogue once"
    );
    assert!(error("code,catalogue_rows\n3A001,7;5-9\n").contains("the row number 7 twice"));
    let rows: String = (0..100).map(|at| format!("3A{at:03},1-1000\n")).collect();
    let found = error(&format!("code,catalogue_rows\n{rows}"));
    assert_eq!(
        found,
        "line 67:2: unnamed: found more than 65536 row numbers in the file, expected each row of the catalogue once"
    );
    let read = list("code,catalogue_rows\n3A001,9;1-3\n3A002,row:7;row:10..12\n").unwrap();
    assert_eq!(read.items()[0].particulars().catalogue_rows, [9, 1, 2, 3]);
    assert_eq!(
        read.items()[1].particulars().catalogue_rows,
        [7, 10, 11, 12]
    );
}

#[test]
fn a_file_has_so_many_rows_for_its_size() {
    let codes = |count: usize| -> String {
        let code = |at: usize| format!("{}A{:03}\n", at / 1000 % 10, at % 1000);
        (0..count).map(code).collect()
    };
    assert_eq!(
        list(&format!("code\n{}", codes(10_000)))
            .unwrap()
            .items()
            .len(),
        10_000
    );
    let found = error(&format!("code\n{}", codes(20_000)));
    assert_eq!(
        found,
        "line 13877:1: unnamed: found more than 13875 rows in 120005 bytes, expected at most 12000 rows, and one more for each 64 bytes"
    );
}

#[test]
fn every_end_of_a_line_ends_a_line() {
    for end in ["\n", "\r\n", "\r"] {
        let lines = |text: &str| text.replace('\n', end);
        let read = list(&lines(
            "# list: a\n# name: A\ncode,title\n3A001,x\n3A002,y\n",
        ))
        .unwrap();
        assert_eq!(
            (read.id().as_str(), read.items().len()),
            ("a", 2),
            "{end:?}"
        );
        let found = error(&lines(
            "# list: a\n# name: A\ncode,title\n3A001,x\n3A002,y\n3A002,y\n",
        ));
        assert!(found.starts_with("line 6:1: a:3A002: "), "{end:?}: {found}");
        let found = error(&lines("# list: a\n# name: A\ncode,title\n3A001,\"x\ny\"\n"));
        assert!(
            found.starts_with("line 4:2: a: found a line break"),
            "{end:?}: {found}"
        );
        let measures = Measure::from_csv(
            lines("measure,title,in_force\n2025-1,\"a, b\",2025-01-02\n").as_bytes(),
        );
        assert_eq!(measures.unwrap()[0].title, "a, b");
        let broken = Measure::from_csv(
            lines("measure,title,in_force\n2025-1,\"a\nb\",2025-01-02\n").as_bytes(),
        );
        assert!(
            broken
                .unwrap_err()
                .to_string()
                .starts_with("line 2:2: found a line break")
        );
        let history = lines(
            "# list: a\n# version: 2024-01-01\n# through: 2025-12-31\ncode,intervals\n3A001,0:leaf\n3A001,0:leaf\n",
        );
        let found = History::from_csv(history.as_bytes(), vec![])
            .unwrap_err()
            .to_string();
        assert!(found.starts_with("line 6:1: a:3A001: "), "{end:?}: {found}");
    }
    // A carriage return inside a line of the preamble ends it, so the text after it is the header.
    let found = error("# list: a\n# name: A\rB\ncode\n3A001\n");
    assert!(
        found.starts_with("line 3:1: a: found a column \"B\""),
        "{found}"
    );
}

#[test]
fn an_open_quotation_mark_is_found() {
    for text in [
        "code,title\n3A001,\"open",
        "code,title\n3A001,\"open\n",
        "code,title\n3A001,\"open\n3A002,x\n",
        "code,title\n3A001,\"open \"\" mark\n3A002,\"\"\"\n",
        "code,title\n3A001,x\n\"3A002,y",
    ] {
        assert!(error(text).contains("quotation mark"), "{}", error(text));
    }
    let read = list("code,title\n3A001,5\" disk\n3A002,\"a \"\"b\"\" c\"\n3A003,\"\"\n").unwrap();
    assert_eq!(read.items()[0].title(), "5\" disk");
    assert_eq!(read.items()[1].title(), "a \"b\" c");
}

#[test]
fn an_error_is_short_and_harmless() {
    let long = "c".repeat(100_000);
    let odd = "\u{1b}[31mred\u{7}\u{202e}\u{200b}";
    let texts = [
        format!("{long}\n"),
        format!("code,{long}\n"),
        format!("code,{long},{long}\n"),
        format!("code\n{long}\n"),
        format!("# list: {long}\ncode\n3F001\n"),
        format!("# list: {odd}\ncode\n3F001\n"),
        format!("# {odd}\ncode\n"),
        format!("code,state\n3A001,{odd}\n"),
        format!("code,{odd}\n3A001,x\n"),
        format!("code,refers_to\n3A001,{long}\n"),
        format!("code,title,\n3A001,x,{long}\n"),
        format!("code\n{long}:3A001\nb:3A002\n"),
        format!("code\na:3A001\n{odd}:3A002\n"),
    ];
    for text in &texts {
        let error = list(text)
            .expect_err(text)
            .in_file(format!("{long}/{odd}.csv"));
        let found = error.to_string();
        assert!(found.chars().count() <= 300, "{found}");
        assert!(
            !found.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{200b}']),
            "{found:?}"
        );
    }
    // The place and the expectation are still in the message.
    let found = list(&format!("code,state\n3A001,{long}\n"))
        .unwrap_err()
        .in_file(format!("{long}/mine.csv"));
    let found = found.to_string();
    assert!(
        found.contains("/mine.csv:2:2: ")
            && found.ends_with("expected nothing, empty, reserved or implied"),
        "{found}"
    );
}

#[test]
fn a_percentage_parses_back() {
    for text in [
        "01234/56589",
        "1/3",
        "2/3",
        "1/7",
        "99999999/100000000",
        "1/100000001",
        "0/5",
        "5/5",
        "12.5%",
        "0.000001%",
    ] {
        let share: Percentage = text.parse().unwrap();
        assert_eq!(share.to_string().parse(), Ok(share), "{share}");
    }
    assert!("1/3 (about 34%)".parse::<Percentage>().is_err());
    assert!("1/3 (".parse::<Percentage>().is_err());
}

#[test]
fn no_cell_begins_a_formula() {
    let formulas = ["=1+1", "+1", "-1", "@x", "'=1", "''-", "\t=1"];
    let items: Vec<Item> = (0..formulas.len())
        .map(|at| Item::new(format!("3A{at:03}").parse().unwrap()).with_title(formulas[at]))
        .collect();
    let info = ListInfo::new(ListId::new("a"), "A");
    let written = ControlList::new(info, Default::default(), items).unwrap();
    let text = written.to_string();
    let cells = csv::Reader::from_reader(
        text.split_once("code")
            .map_or("", |(_, rest)| rest)
            .as_bytes(),
    );
    for row in cells.into_records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell:?}");
        }
    }
    assert_eq!(list(&text).unwrap(), written);
    // A cell without the apostrophe is read unchanged.
    let found = list("code,quantities\n3A001,= 13.326 kPa\n").unwrap();
    assert!(
        found.to_string().contains("3A001,'= 13.326 kPa\n"),
        "{found}"
    );
    assert_eq!(list(&found.to_string()).unwrap(), found);
    let rows = "entry,reasons,applies_to,codes,columns,sections,destinations\n3A001,,entry,,,,-Israel;-Taiwan\n";
    let read = LicenseRequirement::from_csv(rows.as_bytes()).unwrap();
    let mut out = Vec::new();
    LicenseRequirement::to_csv(&read, &mut out).unwrap();
    assert!(
        String::from_utf8(out.clone())
            .unwrap()
            .contains(",'-Israel;-Taiwan\n")
    );
    assert_eq!(LicenseRequirement::from_csv(out.as_slice()).unwrap(), read);
}

#[test]
fn one_dialect_is_read_in_any_order() {
    let text = "code,status,list,text,title,cas,hs,inferred,refers_to\n\
                mine:3A002,in force,mine,Some words,B,,,,mine:3A001\n\
                mine:3A001.a,in force,mine,,A,CAS 7440-05-3;7664-39-3,HS 2841,inferred,\n\
                mine:3A001,in force,mine,,,,,,\n";
    let read = list(text).unwrap();
    assert_eq!(read.id().as_str(), "mine");
    let codes: Vec<String> = read
        .items()
        .iter()
        .map(|item| item.code().to_string())
        .collect();
    assert_eq!(codes, ["3A001", "3A001.a", "3A002"]);
    assert_eq!(
        (read.items()[1].cas().len(), read.items()[1].hs().len()),
        (2, 1)
    );
    assert!(read.items()[1].is_inferred());
    assert_eq!(read.items()[2].text(), Some("Some words"));
    for (text, expected) in [
        (
            "code\nmine:3A001\nother:3A002\n",
            "line 3:1: mine: found a code of the list \"other\", expected codes of mine",
        ),
        (
            "# list: mine\ncode\nother:3A002\n",
            "line 3:1: mine: found a code of the list \"other\"",
        ),
        (
            "code,list\nmine:3A001,other\n",
            "line 2:2: mine: found a code of the list \"other\"",
        ),
        (
            "code,refers_to\nmine:3A001,other:3A002\n",
            "line 2:2: mine: found refers_to \"other:3A002\", expected codes joined by ;",
        ),
        (
            "code,\n3A001,x\n",
            "line 2:2: unnamed: found \"x\" in a column without a name",
        ),
        (
            "code\n3A002\n3A001\n3A002\n",
            "line 4:1: unnamed:3A002: found the code a second time",
        ),
        (
            "code\n3A002.a\n3A001\n",
            "line 2: unnamed:3A002.a: found no row for the parent 3A002",
        ),
    ] {
        let found = error(text);
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
    assert_eq!(
        list("# list: x,,\ncode,title,\n3E001,a,\n")
            .unwrap()
            .id()
            .as_str(),
        "x"
    );
}

#[test]
fn a_difference_names_the_list_of_each_code() {
    let old = list("# list: a\ncode,title\n3E001,x\n3E002,y\n").unwrap();
    let new = list("# list: a\ncode,title\n3E001,z\n").unwrap();
    let mut out = Vec::new();
    ListDiff::between(&old, &new)
        .unwrap()
        .to_csv(&mut out)
        .unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(
        text.contains(",a:3E001,") && text.contains(",a:3E002,"),
        "{text}"
    );
}
