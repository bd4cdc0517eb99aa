//! The report: what its page says, and how it behaves in a browser.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/report.rs"]
mod report;
#[path = "../support/running.rs"]
mod running;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use export_control::{Comparison, CountingRule, Relation, cn_dual_use, crosswalk, us_ccl};
use running::{outcome, run, temporary};

/// Writes the report, and returns its path.
fn written(name: &str) -> PathBuf {
    let path = temporary(name);
    run(report::run, &["--html", path.to_str().unwrap()]).unwrap();
    path
}

/// Counts the mappings of each relation, by the words of the page.
fn relations() -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for mapping in crosswalk("us-ccl", "cn-dual-use").unwrap().mappings() {
        let name = match mapping.relation() {
            None => "no counterpart",
            Some(Relation::Equal) => "equal",
            Some(Relation::Broader) => "left is broader",
            Some(Relation::Narrower) => "left is narrower",
            Some(Relation::Overlapping) => "overlapping",
            Some(_) => "looks alike, is not",
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// Of three lists the page has the UpSet plot too, and its numbers.
#[test]
fn the_page_takes_three_lists() {
    let path = temporary("three.html");
    let three = ["eu-annex-i", "cn-dual-use", "us-ccl"];
    let arguments = [&["--html", path.to_str().unwrap()], &three[..]].concat();
    run(report::run, &arguments).unwrap();
    let page = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    for words in [
        "What do all of them share?",
        "On every list, wholly or in part: ",
        "eu-annex-i + cn-dual-use + us-ccl",
        "uri=CELEX:02021R0821-20251115",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_page_is_whole_and_needs_nothing_else() {
    let path = written("report.html");
    let page = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    for outside in ["<script src", "<link", "@import", "url(", "<img", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
    let comparison = Comparison::new(us_ccl(), cn_dual_use());
    for count in comparison.counts(CountingRule::Leaves) {
        let number = count.number().unwrap();
        let cell = if number < 1000 {
            format!("<td>{number}</td>")
        } else {
            format!("<td>{},{:03}</td>", number / 1000, number % 1000)
        };
        assert!(page.contains(&cell), "{cell}");
    }
    for list in [us_ccl(), cn_dual_use()] {
        assert!(page.contains(list.edition().label.as_str()));
    }
    // Each notice has its issuer and kind, and a link to its address where that is known.
    for cited in [
        "(<a href=\"https://exportcontrol.mofcom.gov.cn/article/zcfg/gnzcfg/zcfggzqd/202510/1177.html\">MOFCOM announcement 2025-57</a>)",
        "(MOFCOM announcement 2025-18)",
        "MOFCOM announcement 2025-18, publication day not known at hand; in force 2025-04-04 (Ministry of Commerce, General Administration of Customs)",
        "MOFCOM announcement 2025-61, published and in force 2025-10-09 (Ministry of Commerce)",
    ] {
        assert!(page.contains(cited), "{cited}");
    }
    assert!(!page.contains("(2025-"), "a number without its issuer");
    for (name, number) in relations() {
        assert_eq!(
            page.matches(&format!("<tr data-relation=\"{name}\""))
                .count(),
            number
        );
        assert!(page.contains(&format!("{name} ({number})")));
    }
    // Every item of the crosswalk has one permalink.
    let mut links: BTreeMap<&str, usize> = BTreeMap::new();
    for rest in page.split(" id=\"").skip(1) {
        *links.entry(rest.split('"').next().unwrap()).or_default() += 1;
    }
    for mapping in crosswalk("us-ccl", "cn-dual-use").unwrap().mappings() {
        let ends = [("us-ccl", mapping.left()), ("cn-dual-use", mapping.right())];
        for (list, code) in ends {
            let Some(code) = code else { continue };
            let name = format!("{list}:{code}");
            assert_eq!(links.get(name.as_str()), Some(&1), "{name}");
        }
    }
}

#[test]
fn rare_earths_and_what_is_apart_are_on_the_page() {
    let path = written("earths.html");
    let page = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    // The section on rare earths knows what `rare_earths` knows.
    let (_, earths) = page.split_once("<section id=\"rare-earths\"").unwrap();
    let (earths, rest) = earths.split_once("</section>").unwrap();
    for words in [
        "<th scope=\"row\">rare earths as such</th>",
        "#cn-dual-use:1C914.a\"",
        "#cn-dual-use:1E902.a\"",
        "#cn-dual-use:2B902.a\"",
        "MOFCOM announcement 2025-56, ",
        "MOFCOM announcement 2025-62, ",
        "any rare earth 6C005.b.",
    ] {
        assert!(earths.contains(words), "{words}");
    }
    assert!(rest.contains("(suspended through 2026-11-10)</td>"));
    let unrelated = relations()["looks alike, is not"];
    let apart = format!(" {unrelated} further pairs look alike and are not.");
    assert!(page.contains(&apart), "{apart}");
}

#[test]
fn a_path_that_cannot_be_written_to_is_told_first() {
    let path = temporary("no-such-folder").join("report.html");
    let (out, ended) = outcome(report::run, &["--html", path.to_str().unwrap()]);
    assert_eq!(out, "");
    assert!(ended.unwrap_err().starts_with(path.to_str().unwrap()));
}

/// Runs where CHROMIUM, or /usr/bin/chromium, and node are there, and `npm ci` was run in
/// tests/browser; .ci/run sees to both.
#[test]
fn the_page_in_a_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    let chromium = std::env::var("CHROMIUM").unwrap_or("/usr/bin/chromium".to_owned());
    let missing = [
        (Path::new(&chromium).exists(), chromium.as_str()),
        (
            folder.join("node_modules").exists(),
            "tests/browser/node_modules",
        ),
        (
            Command::new("node").arg("--version").output().is_ok(),
            "node",
        ),
    ];
    if let Some((_, what)) = missing.iter().find(|(there, _)| !there) {
        println!("skipped: the browser test needs {what}; see .ci/browser");
        return;
    }
    let (page, counts) = (written("browser.html"), temporary("browser.json"));
    std::fs::write(&counts, serde_json::to_string(&relations()).unwrap()).unwrap();
    let ended = Command::new("node")
        .arg("report.test.mjs")
        .args([&page, &counts])
        .args(std::env::var_os("EXPORT_CONTROL_SCREENSHOTS"))
        .current_dir(&folder)
        .output()
        .unwrap();
    std::fs::remove_file(&page).unwrap();
    std::fs::remove_file(&counts).unwrap();
    assert!(
        ended.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr)
    );
}
