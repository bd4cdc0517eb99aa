//! The examples on keys, as their users run them, on the embedded data.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/chemicals.rs"]
mod chemicals;
#[allow(dead_code)]
#[path = "../../examples/find.rs"]
mod find;
#[allow(dead_code)]
#[path = "../../examples/rare_earths.rs"]
mod rare_earths;

#[allow(dead_code)]
#[cfg(feature = "mofcom")]
#[path = "../../examples/read_notice.rs"]
mod read_notice;
#[path = "../support/running.rs"]
mod running;

use clap::CommandFactory;
use export_control::ControlList;
use running::{outcome, run};

fn records(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn find_side_by_side() {
    let out = run(find::run, &["water cannon"]).unwrap();
    assert!(
        out.contains("0A901") && out.contains("words cannon water"),
        "{out}"
    );
    assert!(out.lines().all(|line| line.chars().count() <= 120));
    let out = run(find::run, &["Bacillus anthracis"]).unwrap();
    assert!(out.contains("1C351.c.1"), "{out}");
    let out = run(find::run, &["water", "cannon"]).unwrap();
    assert!(out.contains("0A901"), "{out}");
    // A number is a key, never words: ethanol's is on neither list, and a wrong one is told so.
    let (out, result) = outcome(find::run, &["64-17-5"]);
    assert_eq!(
        result.unwrap_err(),
        "no list asked has anything under \"64-17-5\""
    );
    assert_eq!(
        out.matches("nothing recorded under \"64-17-5\"").count(),
        export_control::lists().len(),
        "{out}"
    );
    assert!(
        run(find::run, &["64-17-6"])
            .unwrap_err()
            .starts_with("\"64-17-6\" is not a CAS number: ")
    );
    assert!(run(find::run, &["--limit", "0", "gallium"]).is_err());
    let (out, result) = outcome(find::run, &["qqqqq"]);
    assert!(result.is_err());
    let nothing = |list: &ControlList| format!("{}: nothing recorded under \"qqqqq\"\n", list.id());
    assert_eq!(
        out,
        export_control::lists().map(nothing).collect::<String>(),
        "a line for each list, and no table without a row"
    );
    // Each list has its column.
    let out = run(find::run, &["water cannon"]).unwrap();
    let heads = out.lines().next().unwrap_or_default().split_whitespace();
    assert!(
        heads.eq(export_control::lists()
            .take(3)
            .map(|list| list.id().as_str())),
        "{out}"
    );
    let out = run(
        find::run,
        &["2841", "--list", "cn-dual-use", "--limit", "1"],
    )
    .unwrap();
    assert!(
        out.contains("1C117.d.1") && out.contains("cn-dual-use: the best 1 of 2"),
        "{out}"
    );
}

#[test]
fn find_in_csv_and_json() {
    let rows = records(&run(find::run, &["7664-39-3", "--format", "csv"]).unwrap());
    let found: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (row[1].as_str(), row[0].as_str(), row[3].as_str()))
        .collect();
    assert!(
        found.contains(&("us-ccl", "us-ccl:1C350.d.15", "CAS 7664-39-3")),
        "{found:?}"
    );
    assert!(
        found.contains(&("cn-dual-use", "cn-dual-use:1C350.a", "CAS 7664-39-3")),
        "{found:?}"
    );
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&run(find::run, &["7664-39-3", "--format", "json"]).unwrap()).unwrap();
    assert_eq!(json.len(), rows.len());
    assert_eq!(
        run(find::run, &["x", "--list", "eu"]).unwrap_err(),
        running::no_such_list("eu")
    );
}

#[test]
fn chemicals_by_list() {
    let rows = records(&run(chemicals::run, &["--format", "csv"]).unwrap());
    let count = |stated: &str| rows.iter().filter(|row| row[1] == stated).count();
    assert_eq!(
        (count("both"), count("us-ccl"), count("cn-dual-use")),
        (44, 104, 57)
    );
    assert!(count("us-ccl, without number") > 0 && count("cn-dual-use, without number") > 0);
    let hydrogen_fluoride = rows.iter().find(|row| row[0] == "CAS 7664-39-3").unwrap();
    assert_eq!(
        hydrogen_fluoride[1..4],
        ["both", "us-ccl:1C350.d.15", "cn-dual-use:1C350.a"]
    );
    let text = run(chemicals::run, &[]).unwrap();
    for words in [
        "On both lists: 44",
        "Stated on us-ccl only: 104",
        "Stated on cn-dual-use only: 57",
        "without a CAS number",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(
        serde_json::from_str::<Vec<serde_json::Value>>(
            &run(chemicals::run, &["--format", "json"]).unwrap()
        )
        .unwrap()
        .len()
            == rows.len()
    );
}

#[test]
fn rare_earths_by_day() {
    let of = |on: &str, element: &str| -> Vec<(String, String)> {
        let rows = records(&run(rare_earths::run, &["--format", "csv", "--as-of", on]).unwrap());
        rows.into_iter()
            .filter(|row| row[1] == element)
            .map(|row| (row[2].clone(), row[4].clone()))
            .collect()
    };
    let statuses = |on, element| {
        of(on, element)
            .into_iter()
            .filter(|(list, _)| list == "cn-dual-use")
            .map(|(_, status)| status)
            .collect::<Vec<_>>()
    };
    assert!(
        statuses("2025-12-01", "samarium")
            .iter()
            .all(|status| status == "in force since 2025-04-04")
    );
    assert!(
        statuses("2025-12-01", "holmium")
            .iter()
            .all(|status| status == "suspended through 2026-11-10")
    );
    assert!(
        statuses("2025-10-28", "holmium")
            .iter()
            .all(|status| status.starts_with("not yet in force"))
    );
    assert!(
        statuses("2026-11-24", "holmium")
            .iter()
            .all(|status| status.starts_with("not known"))
    );
    assert!(!statuses("2025-12-01", "ytterbium").is_empty());
    assert!(of("2025-12-01", "lanthanum").is_empty(), "no item names it");
    assert_eq!(
        of("2025-12-01", "gadolinium")
            .iter()
            .filter(|(list, _)| list == "us-ccl")
            .count(),
        1
    );
    let abroad = "rare earths in things made abroad";
    assert_eq!(
        statuses("2025-03-01", abroad),
        ["not announced yet: published on 2025-10-09, to apply from 2025-10-09"]
    );
    let text = run(rare_earths::run, &[]).unwrap();
    assert_eq!(text.matches("any rare earth 6C005.b.").count(), 2, "{text}");
    assert_eq!(
        text.lines()
            .filter(|line| line.starts_with("  lanthanum") || line.starts_with("  lutetium"))
            .count(),
        2,
        "one line for each element\n{text}"
    );
}

#[test]
#[cfg(feature = "mofcom")]
fn read_a_notice() {
    let path = |name: &str, text: &str| {
        let path =
            std::env::temp_dir().join(format!("export-control-keys-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        path
    };
    let notice = path(
        "notice.txt",
        "商务部公告2031年第5号 虚构\n一、3C990 纯度大于等于99.5%的金属镓（参考税则号列：81129290）\n本公告自2031年2月3日起实施。\n2031年1月2日",
    );
    let rows = records(&run(read_notice::run, &[notice.to_str().unwrap()]).unwrap());
    assert_eq!(
        rows,
        [[
            "cn-dual-use:3C990",
            "Ga",
            "HS 81129290",
            "purity ≥ 99.5 %",
            "2031-5",
            "2031-02-03"
        ]]
    );
    let json: serde_json::Value = serde_json::from_str(
        &run(
            read_notice::run,
            &[notice.to_str().unwrap(), "--format", "json"],
        )
        .unwrap(),
    )
    .unwrap();
    assert_eq!(json["measure"]["in_force"], "2031-02-03");
    let suspension = "商务部公告2031年第9号\n自即日起至2032年5月6日，商务部公告2031年第7号、8号暂停实施。\n2031年6月7日";
    let suspension = export_control::source::mofcom::read(suspension.as_bytes()).unwrap();
    assert_eq!(
        read_notice::summary(&suspension),
        "MOFCOM announcement 2031-9: 0 items, in force from 2031-06-07; suspends MOFCOM announcements 2031-7, 2031-8 through 2032-05-06"
    );
    let page = path("page.txt", "<html></html>");
    assert!(
        run(read_notice::run, &[page.to_str().unwrap()])
            .unwrap_err()
            .contains("page.txt:1:1: found an HTML or XML page")
    );
}

#[test]
fn help_says_what_they_take() {
    for (help, words) in [
        (find::Arguments::command().render_long_help(), "<QUERY>"),
        (
            chemicals::Arguments::command().render_long_help(),
            "--format <FORMAT>",
        ),
        (
            rare_earths::Arguments::command().render_long_help(),
            "--as-of <DATE>",
        ),
    ] {
        assert!(help.to_string().contains(words), "{help}");
    }
}
