//! The examples, as their users run them, on the embedded data.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/compare.rs"]
mod compare;
#[allow(dead_code)]
#[path = "../../examples/items.rs"]
mod items;
#[allow(dead_code)]
#[path = "../../examples/press_claim.rs"]
mod press_claim;
#[allow(dead_code)]
#[cfg(feature = "ecfr")]
#[path = "../../examples/read_ecfr.rs"]
mod read_ecfr;
#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/validate.rs"]
mod validate;

use clap::{CommandFactory, Parser};
use export_control::{Comparison, ControlList, Count, CountingRule, Scope, cn_dual_use, us_ccl};
use running::{Work, file, outcome, records, run, thousands};

fn printed<A: Parser>(work: Work<A>, arguments: &[&str]) -> String {
    run(work, arguments).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

#[test]
fn compare_answers_in_text() {
    let out = printed(compare::run, &[]);
    assert!(out.lines().all(|line| line.chars().count() <= 140));
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let comparison = Comparison::new(us_ccl(), cn_dual_use());
    let row = |rule: CountingRule| {
        let counts = comparison.counts(rule);
        let shown = |count: &Count| thousands(count.number().unwrap());
        let ratio = counts[0].ratio(&counts[1]).unwrap();
        format!(
            "{rule} {} {} {ratio:.1}",
            shown(&counts[0]),
            shown(&counts[1])
        )
    };
    let headings = comparison
        .clone()
        .within(comparison.scope().clone().empty(true));
    let headings = headings.same_code(true).unwrap().both.len();
    for words in [
        "on 2026-06-12, in force",
        &row(CountingRule::Provisions),
        &row(CountingRule::Entries),
        "the list has no annual license catalogue",
        "Equal codes are not equal items",
        "What do they share?",
        "A warning about equal codes",
        "3C002",
        &format!("entries, empty headings included {headings}"),
    ] {
        assert!(out.contains(words), "{words}\n{out}");
    }
}

#[test]
fn compare_in_csv_and_json() {
    let csv = printed(compare::run, &["--format", "csv"]);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(
        rows.iter()
            .all(|row| row.get(4) == Some("on 2026-06-12, in force")),
        "every number has its scope"
    );
    assert_eq!(
        rows.iter()
            .filter(|row| row.get(0) == Some("division"))
            .count(),
        100
    );
    let text = printed(compare::run, &["--format", "json"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["overlap"]
            .as_array()
            .map(Vec::len),
        Some(6)
    );
    let json: export_control::compare::Report = serde_json::from_str(&text).unwrap();
    assert_eq!(json.counts.len(), 8);
}

#[test]
fn compare_on_other_days_and_lists() {
    let suspended = printed(compare::run, &["--as-of", "2025-12-01", "--suspended"]);
    assert!(suspended.contains("on 2025-12-01, in force or suspended"));
    let unknown = printed(compare::run, &["--as-of", "2026-11-24"]);
    assert!(
        unknown.contains("– unavailable: the sources do not say what holds on 2026-11-24"),
        "{unknown}"
    );
    assert!(!unknown.contains(" 0 "), "unknown never reads as none");
    for list in ["us-ccl", "cn-dual-use"] {
        let reasons: Vec<&str> = unknown
            .lines()
            .filter(|line| line.starts_with("– ") && line.contains(list))
            .collect();
        assert!(
            matches!(reasons[..], [one] if one.starts_with(&format!("– {list}, every rule: the sources do not say"))),
            "{reasons:?}"
        );
    }
    let swapped = printed(compare::run, &["cn-dual-use", "us-ccl"]);
    assert!(swapped.contains("What do they share? By what is controlled"));
    let itself = printed(compare::run, &["us-ccl", "us-ccl"]);
    assert!(itself.contains("For this pair of lists no crosswalk is recorded"));
    let error = run(compare::run, &["eu"]).unwrap_err();
    assert_eq!(error, running::no_such_list("eu"));
    let error = run(compare::run, &["--as-of", "soon"]).unwrap_err();
    assert!(error.contains("invalid value 'soon'"));
}

/// A list file without the column `logic`: every form of the answer says what that means.
#[test]
fn compare_says_that_a_list_records_no_logic() {
    let text = "# list: mine\n# name: My list\ncode,title\n3A001,Converters\n3A001.a,Fast ones\n\
                3A001.b,Cold ones\n";
    let path = file("no-logic.csv", text);
    let path = path.to_str().unwrap();
    let sentence = "mine does not record which paragraphs are conditions, and us-ccl does: a condition of mine \
                    counts as a provision of its own, so compare the two by leaves.";
    let out = printed(compare::run, &["us-ccl", path]);
    assert_eq!(out.matches(sentence).count(), 1, "{out}");

    let csv = printed(compare::run, &["us-ccl", path, "--format", "csv"]);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .unwrap();
    for row in &rows {
        let concerned = &row[1] == "mine" && &row[3] == "provisions";
        assert_eq!(&row[9], if concerned { sentence } else { "" }, "{row:?}");
    }
    assert!(rows.iter().any(|row| &row[9] == sentence));

    let json = printed(compare::run, &["us-ccl", path, "--format", "json"]);
    let json: export_control::compare::Report = serde_json::from_str(&json).unwrap();
    assert_eq!(json.caveats.len(), 1);
    assert_eq!(json.caveats[0].to_string(), sentence);

    let both_say = printed(compare::run, &[]);
    assert!(!both_say.contains("does not record which paragraphs"));
}

#[test]
fn press_claim_concludes() {
    let out = printed(press_claim::run, &[]);
    assert!(
        out.contains("No single counting rule gives both figures within 5%"),
        "{out}"
    );
    let number = |list: &ControlList, rule, announced| {
        let scope = Scope::default().on("2025-10-12".parse().unwrap());
        let count = list.count(rule, &scope.announced(announced));
        thousands(count.number().unwrap())
    };
    let provisions = |list| number(list, CountingRule::Provisions, false);
    let items = |list| number(list, CountingRule::Items, true);
    for claim in [
        format!(
            "\"over 3,000\" fits us-ccl counted by provisions (on 2025-10-12, in force: {}), where cn-dual-use has {}",
            provisions(us_ccl()),
            provisions(cn_dual_use())
        ),
        format!(
            "\"about 900\" fits cn-dual-use counted by items (on 2025-10-12, in force or announced: {}), where us-ccl has {}",
            items(cn_dual_use()),
            items(us_ccl())
        ),
    ] {
        assert!(out.contains(&claim), "{claim}\n{out}");
    }
    // The conclusion follows from the counts: with more slack one rule gives both.
    let slack = printed(press_claim::run, &["--within", "7"]);
    assert!(slack.contains("both figures hold within 7%"), "{slack}");
    let strict = printed(press_claim::run, &["--within", "0.1"]);
    assert!(
        strict.contains("no rule or scope gives \"over 3,000\""),
        "{strict}"
    );
}

#[test]
fn items_of_a_list() {
    let csv = printed(items::run, &["cn-dual-use", "--as-of", "2025-10-28"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(
        reader.headers().unwrap().iter().take(3).collect::<Vec<_>>(),
        ["code", "status", "state"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    // Parents that only their children imply are printed too, so that the list reads back.
    let live = rows.iter().filter(|row| &row[2] != "implied");
    assert_eq!(live.count(), cn_dual_use().live().len());
    let status = |code: &str| {
        rows.iter()
            .find(|row| row.get(0) == Some(&format!("cn-dual-use:{code}")))
            .and_then(|row| row.get(1))
            .map(str::to_owned)
    };
    assert_eq!(
        status("1C909").as_deref(),
        Some("not yet in force: published 2025-10-09, to apply from 2025-11-08")
    );
    assert_eq!(
        status("1E902.a").as_deref(),
        Some("in force since 2025-10-09")
    );
    let json = printed(items::run, &["us-ccl", "--all", "--format", "json"]);
    assert_eq!(
        serde_json::from_str::<Vec<serde_json::Value>>(&json)
            .unwrap()
            .len(),
        us_ccl().items().len()
    );
}

#[test]
fn validate_a_product_file() {
    let path = file(
        "products.csv",
        "product,ECCN\nA,3a001b2\nB,EAR99\nC,0.00E+00\nD,9A610.q\nE,3A001.b.2.z.1\nF,7C999\nG,６Ａ００１\n",
    );
    let (out, result) = outcome(validate::run, &[path.to_str().unwrap()]);
    assert_eq!(
        result.unwrap_err(),
        format!("{}: 1 of 7 rows have no readable code", path.display())
    );
    let rows = records(&out);
    let cell = |row: usize, column: &str| rows[row][column].as_str();
    assert_eq!((cell(0, "line"), cell(0, "answer")), ("2", "3A001.b.2"));
    assert!(cell(0, "us-ccl").starts_with("listed, in force: "));
    assert!(cell(1, "us-ccl").starts_with("on no entry"));
    let problem = cell(2, "problem");
    assert!(
        problem.contains("products.csv:4:2: \"0.00E+00\" is not an item code: a spreadsheet"),
        "{problem}"
    );
    assert_eq!(cell(3, "us-ccl"), "reserved: the place is kept free");
    assert!(cell(4, "us-ccl").starts_with("not on the list; nearest listed ancestor 3A001.b.2"));
    assert_eq!(cell(5, "us-ccl"), "not on the list, nor any ancestor");
    assert_eq!(cell(6, "answer"), "6A001");
    for list in export_control::lists() {
        assert!(!cell(0, list.id().as_str()).is_empty(), "{}", list.id());
    }
    let error = run(
        validate::run,
        &[path.to_str().unwrap(), "--column", "price"],
    )
    .unwrap_err();
    assert!(error.ends_with(":1: found no column \"price\", expected one of product, ECCN"));
    let error = run(validate::run, &["/no/such/file.csv"]).unwrap_err();
    assert!(error.starts_with("/no/such/file.csv: "));
    let path = file("crlf.csv", "code,x\r\n3A001,\"a\r\nb\"\r\n\r\nfoo,c\r\n");
    let (out, _) = outcome(validate::run, &[path.to_str().unwrap()]);
    let lines: Vec<&str> = out
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(
        lines,
        ["2", "5"],
        "a field may have lines, as files of products do: {out}"
    );
    for (name, text, expected) in [
        (
            "empty.csv",
            "",
            "empty.csv:1: found an empty file, expected a header and rows",
        ),
        (
            "open.csv",
            "code,x\n3A001,\"a\n3A002,b\n",
            "open.csv:2: found a quotation mark that is not closed, expected one at the end of its field",
        ),
    ] {
        let error = run(validate::run, &[file(name, text).to_str().unwrap()]).unwrap_err();
        assert!(error.ends_with(expected), "{error}");
    }
    for (name, text) in [
        ("empty.csv", &b""[..]),
        ("latin.csv", b"code\n\xff\n"),
        ("ragged.csv", b"code,x\n3A001\n"),
    ] {
        let path = file(name, text);
        let error = run(validate::run, &[path.to_str().unwrap()]).unwrap_err();
        assert!(error.contains(name), "{name}");
    }
}

#[test]
#[cfg(feature = "ecfr")]
fn read_an_official_file() {
    let path = file(
        "supplement.xml",
        "<DIV9 N=\"Supplement No. 1 to Part 774\"><FP-2><B>3A001 Sets</B></FP-2><FP><I>Items:</I> a. Fast;</FP></DIV9>",
    );
    let out = printed(
        read_ecfr::run,
        &[path.to_str().unwrap(), "--date", "2026-11-24"],
    );
    assert!(out.contains("us-ccl:3A001.a,in force,"), "{out}");
    let page = file("page.xml", "<html></html>");
    let error = run(read_ecfr::run, &[page.to_str().unwrap()]).unwrap_err();
    assert!(error.contains("found an HTML page"));
}

#[test]
fn help_says_what_they_take() {
    for (help, words) in [
        (
            compare::Arguments::command().render_long_help(),
            "--as-of <DATE>",
        ),
        (
            items::Arguments::command().render_long_help(),
            "--format <FORMAT>",
        ),
        (
            press_claim::Arguments::command().render_long_help(),
            "--within <PERCENT>",
        ),
        (
            validate::Arguments::command().render_long_help(),
            "--column <NAME>",
        ),
    ] {
        assert!(help.to_string().contains(words), "{help}");
    }
}
