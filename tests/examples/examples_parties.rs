//! The examples on lists of parties, as their users run them.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/designations.rs"]
mod designations;
#[cfg(feature = "parties")]
#[allow(dead_code)]
#[path = "../../examples/diff_parties.rs"]
mod diff_parties;
#[allow(dead_code)]
#[path = "../../examples/parties.rs"]
mod parties;
#[allow(dead_code)]
#[path = "../../examples/party_overlap.rs"]
mod party_overlap;
#[path = "../support/running.rs"]
mod running;

use running::{file, run, temporary, words};

#[test]
fn parties_says_how_many_and_by_which_rule() {
    let out = words(&run(parties::run, &[]).unwrap());
    for expected in [
        "rows 3,420",
        "entries 3,411 1,106",
        "of 91 headings",
        "\"over 1,000\"",
        "1,106 the regulation's entries, 2026-07-23 (eCFR, 1,106 entries under China's heading",
        "1,191 rows of the screening list, 2026-07-31 (US 1,191 rows of the screening list",
        "To quote: 1,074 Chinese parties were on the US Entity List [eCFR text fetched on 2026-07-23]. Counted are the names under the heading of China, Hong Kong included, each once",
        "numbered: the list is not made of notices that number their parties",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    let csv = run(parties::run, &["us-entity-list", "--format", "csv"]).unwrap();
    let rows = csv::Reader::from_reader(csv.as_bytes())
        .into_records()
        .count();
    assert_eq!(rows, 5 * 5, "a row for each rule and scope");
    let json = run(parties::run, &["--format", "json", "--as-of", "2026-08-01"]).unwrap();
    assert!(json.contains("unknown_status"), "{json}");
    let error = run(parties::run, &["sdn"]).unwrap_err();
    assert!(
        error.contains("expected one of us-entity-list, "),
        "{error}"
    );
}

#[test]
fn parties_reads_a_file_of_the_user() {
    let path = file(
        "mine.csv",
        "name,kind\nEXAMPLE STAR,vessel\nPERSON Example,individual\n",
    );
    let out = run(parties::run, &[path.to_str().unwrap()]).unwrap();
    std::fs::remove_file(path).unwrap();
    assert!(out.contains("1 individual, 1 vessel"), "{out}");
}

#[test]
fn party_overlap_keeps_the_exact_apart() {
    let left = file(
        "left.csv",
        "name,other_names\nExample Trading Co. Ltd,\nZvezdny Mekhanichesky Zavod,\n",
    );
    let right = file(
        "right.csv",
        "name\nEXAMPLE TRADING COMPANY LIMITED\nZvyozdny Mekhanicheski Zavod\n",
    );
    let arguments = [left.to_str().unwrap(), right.to_str().unwrap()];
    let out = run(party_overlap::run, &arguments).unwrap();
    let csv = run(
        party_overlap::run,
        &[arguments[0], arguments[1], "--format", "csv"],
    )
    .unwrap();
    let json = run(
        party_overlap::run,
        &[arguments[0], arguments[1], "--format", "json"],
    )
    .unwrap();
    std::fs::remove_file(&left).unwrap();
    std::fs::remove_file(&right).unwrap();
    assert!(out.contains("Exact, in the normal form: 1 pairs"), "{out}");
    assert!(out.contains("without an exact match: 1"), "{out}");
    assert!(
        out.contains("do not show that two entries are one party"),
        "{out}"
    );
    let rows: Vec<String> = csv
        .lines()
        .map(|row| row.split(',').next().unwrap().to_owned())
        .collect();
    assert_eq!(rows, ["match", "exact", "proposed"]);
    assert!(json.contains("\"proposed\""));
}

#[test]
fn designations_stand_beside_what_was_announced() {
    let svg = temporary("designations.svg");
    let arguments = ["--from", "2025-09-01", "--through", "2025-10-31", "--svg"];
    let arguments = [&arguments[..], &[svg.to_str().unwrap()]].concat();
    let out = run(designations::run, &arguments).unwrap();
    assert!(
        out.contains("32 entries, 23 Chinese. Here: 32 of 2025-09-16, 23 Chinese."),
        "{out}"
    );
    assert!(
        out.contains("29 entries, 19 Chinese. Here: 28 of 2025-10-09, 18 Chinese."),
        "{out}"
    );
    let drawn = std::fs::read_to_string(&svg).unwrap();
    for told in [
        "<svg",
        "<title>US Entity List: 41 of the 60 dated entries on 2026-07-23 are under China</title>",
        "eCFR text fetched on 2026-07-23; ",
        "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/part-744.",
    ] {
        assert!(drawn.contains(told), "{told}");
    }
    std::fs::remove_file(svg).unwrap();
    let csv = run(designations::run, &["--country", "RU", "--format", "csv"]).unwrap();
    assert!(csv.lines().count() > 150, "{csv}");
    let error = run(designations::run, &["--country", "ZZ"]).unwrap_err();
    assert_eq!(error, "us-entity-list has no entry under a heading of ZZ");
    assert!(run(designations::run, &["cn-watch-list"]).is_ok());
}

/// Two issuers use the number 2025-10, and each is named with its own.
#[test]
fn a_notice_has_its_issuer() {
    let out = run(designations::run, &["cn-unreliable-entities"]).unwrap();
    for line in out.lines().filter(|line| line.contains("2025-10")) {
        let day = line.replace("2025-10-09", "");
        let named = day.replace("Unreliable Entity List announcement 2025-10", "");
        assert!(!named.contains("2025-10 "), "{line}");
    }
    assert!(
        out.contains("Unreliable Entity List announcement 2025-10"),
        "{out}"
    );
    let csv = run(designations::run, &["cn-control-list", "--format", "csv"]).unwrap();
    let rows = csv.lines().skip(1);
    assert!(rows.clone().count() > 0);
    for row in rows {
        assert!(row.contains(",MOFCOM announcement "), "{row}");
    }
}

/// Suspended parties have the last day and the notice, and each public figure has its source.
#[test]
fn parties_says_what_is_suspended_and_who_said_a_figure() {
    let out = words(&run(parties::run, &[]).unwrap());
    for told in [
        "16 parties of MOFCOM announcement 2025-21: on 2026-07-24 suspended through 2026-11-10; known from public trackers",
        "11 parties of Unreliable Entity List announcement 2025-7: on 2026-07-24 suspended through 2026-11-10",
        "\"at CN, HK, MO\" by an address in mainland China, Hong Kong or Macau. Its counterpart for the Entity List: 1,191 rows",
        "603 CNAS, a think tank, 2023-03-02",
        "\"about 700\" press, 2023-10-30; outlet not known at hand",
    ] {
        assert!(out.contains(told), "{told}: {out}");
    }
    let out = run(
        designations::run,
        &["--from", "2025-09-01", "--through", "2025-10-31"],
    )
    .unwrap();
    assert!(out.contains("(publication not known at hand)"), "{out}");
}

#[cfg(feature = "parties")]
#[test]
fn diff_parties_finds_what_changed_and_nothing_else() {
    let row = |name: &str, policy: &str| {
        format!(
            "<TR><TD>GEORGIA</TD><TD>{name}</TD><TD>All items subject to the EAR</TD>\
             <TD>{policy}</TD><TD>90 FR 1, 1/2/25.</TD></TR>"
        )
    };
    let table = |rows: &str| {
        format!("<DIV9 N=\"Supplement No. 4 to Part 744\"><TABLE>{rows}</TABLE></DIV9>")
    };
    let old = row(
        "First Co., 5 Example Lane, Georgia",
        "Presumption of denial",
    ) + &row("Old Co.", "Policy of denial");
    let new = row(
        "First Co.,<br/> 5 Example Lane, Georgia.",
        "Policy of denial",
    ) + &row("New Co.", "Policy of denial");
    let (old, new) = (file("old.xml", table(&old)), file("new.xml", table(&new)));
    let paths = [old.to_str().unwrap(), new.to_str().unwrap()];
    let out = run(diff_parties::run, &paths).unwrap();
    let same = run(diff_parties::run, &[paths[0], paths[0]]).unwrap();
    std::fs::remove_file(&old).unwrap();
    std::fs::remove_file(&new).unwrap();
    assert!(
        out.contains("us-entity-list: 2 → 2 entries, 3 changes"),
        "{out}"
    );
    assert!(
        out.contains("changed First Co. (GEORGIA) review policy"),
        "{out}"
    );
    assert!(
        out.contains("added New Co.") && out.contains("removed Old Co."),
        "{out}"
    );
    assert!(same.contains("0 changes"), "{same}");
}
