//! The examples about what changed, as their users run them.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/changes.rs"]
mod changes;
#[allow(dead_code)]
#[cfg(feature = "ecfr")]
#[path = "../../examples/diff_files.rs"]
mod diff_files;
#[allow(dead_code)]
#[path = "../../examples/growth.rs"]
mod growth;
#[allow(dead_code)]
#[path = "../../examples/history.rs"]
mod history;
#[path = "../support/running.rs"]
mod running;

use export_control::{CountingRule, Scope};
use running::{run, temporary};

/// The codes that the sources of a day leave open.
fn holes(day: &str) -> Vec<export_control::Code> {
    let history = export_control::history("us-ccl").unwrap();
    history.at(day.parse().unwrap()).unwrap().not_covered
}

/// Every rule of the history has a title and an address.
#[test]
fn changes_names_each_rule() {
    let history = export_control::history("us-ccl").unwrap();
    for rule in history.measures() {
        assert!(!rule.title.is_empty() && rule.url.is_some(), "{}", rule.id);
    }
    let out = run(changes::run, &["cn-dual-use", "2025-01-01", "2025-12-31"]).unwrap();
    for told in [
        "MOFCOM announcement 2025-18, publication day not known at hand; in force 2025-04-04 (Ministry of Commerce, ",
        "\n    address not known at hand\n",
        "  MOFCOM announcement 2025-10, published and in force 2025-02-04 (",
    ] {
        assert!(out.contains(told), "{told}\n{out}");
    }
}

#[test]
fn changes_answers_in_text() {
    let out = run(changes::run, &["us-ccl", "2020-03-08", "2020-03-09"]).unwrap();
    for words in [
        "54 added, 19 removed, 17 renumbered",
        "\ncategory 0: nuclear and miscellaneous items\n",
        "  0A987 → 0A504 renumbered, reworded",
        "2020-03-09 (BIS rule 85 FR 4136 of 2020-03-09): ",
        " provisions of us-ccl, in force [as the sources show it from 2020-03-09]",
        "At least these changes: on one of the days the sources do not cover ",
        "  2020-03-08: at least ",
        "  BIS rule 85 FR 4136, published 2020-01-23, in force 2020-03-09 (US Bureau of Industry and Security): Firearms,",
        "\n    https://www.federalregister.gov/d/2020-00573\n",
    ] {
        assert!(out.contains(words), "{words}\n{out}");
    }
    // Two sizes of which other codes are left open are not set beside each other without a word.
    let apart = "These two sizes may not be compared";
    assert_eq!(
        out.contains(apart),
        holes("2020-03-08") != holes("2020-03-09")
    );
    let known = run(changes::run, &["us-ccl", "2025-09-29", "2025-09-30"]).unwrap();
    assert!(
        !known.contains(apart) && !known.contains("at least"),
        "{known}"
    );
    let other = run(changes::run, &["us-ccl", "2024-12-31", "2025-12-31"]).unwrap();
    assert!(other.contains(apart), "{other}");
    let china = run(changes::run, &["cn-dual-use", "2025-04-03", "2025-04-04"]).unwrap();
    let scope = Scope::default().on("2025-04-04".parse().unwrap());
    let count = export_control::cn_dual_use().count(CountingRule::Provisions, &scope);
    assert!(
        china.contains("1C902") && china.contains(&count.to_string()),
        "{china}"
    );
    let none = run(changes::run, &["us-ccl", "2024-07-01", "2024-08-01"]).unwrap();
    assert!(
        none.contains("no change: both sides are the same edition"),
        "{none}"
    );
}

#[test]
fn changes_answers_to_machines() {
    let csv = run(
        changes::run,
        &["us-ccl", "2025-09-29", "2025-09-30", "--format", "csv"],
    )
    .unwrap();
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(rows.len(), 12 + 4 + 2);
    assert!(
        rows.iter()
            .all(|row| &row[7] == "2025-09-30" && &row[8] == "90 FR 47170")
    );
    let json = run(
        changes::run,
        &["us-ccl", "2025-09-29", "2025-09-30", "--format", "json"],
    )
    .unwrap();
    let changes: export_control::change::Changes = serde_json::from_str(&json).unwrap();
    let days = ["2025-09-29", "2025-09-30"].map(|day| day.parse().unwrap());
    let history = export_control::history("us-ccl").expect("an embedded history");
    let expected = history.changes(days[0], days[1]).expect("covered days");
    assert!(!expected.diff.is_empty());
    assert_eq!(changes.diff.changes(), expected.diff.changes());
    let china = run(
        changes::run,
        &["cn-dual-use", "2025-02-03", "2025-02-04", "--format", "csv"],
    )
    .unwrap();
    assert!(
        china.starts_with("kind,old_code,new_code,aspect,from,to,title\nadded,,"),
        "{china}"
    );
}

/// Changes after the last whole text are printed with their certainty, and only if they are asked
/// for.
#[test]
fn changes_after_the_last_text() {
    let us = export_control::us_ccl();
    let last = us.edition().through.unwrap().to_string();
    let ask = |to: &str, more: &[&str]| {
        let arguments = [&["us-ccl", "2025-09-30", to], more].concat();
        run(changes::run, &arguments).unwrap()
    };
    let out = ask(&last, &[]);
    for (rule, inferred) in [
        ("91 FR 43034", true),
        ("91 FR 52501", true),
        ("91 FR 52501", false),
    ] {
        let of_rule = us.amendments().iter().filter(|one| {
            one.inferred == inferred && one.rule.as_ref().is_some_and(|id| id.as_str() == rule)
        });
        let codes: Vec<_> = of_rule.map(|one| one.code).collect();
        let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
        let told = match inferred {
            true => ", inferred from subject and day; no source says so",
            false => "",
        };
        let line = format!(
            "(Federal Register rule {rule}{told}): {} changes of {} codes in ",
            codes.len(),
            distinct.len()
        );
        assert!(out.contains(&line), "{line}\n{out}");
    }
    for told in [
        ": 4 changes of 1 code in 0A502\n",
        "which entries it changes is not known, and these 16 are assumed from their headings): 16 codes in",
    ] {
        assert!(out.contains(told), "{told}\n{out}");
    }
    let csv = ask(&last, &["--format", "csv"]);
    assert_eq!(csv.matches("\nlater,").count(), us.amendments().len());
    let json: serde_json::Value = serde_json::from_str(&ask(&last, &["--format", "json"])).unwrap();
    assert_eq!(
        json["later"].as_array().unwrap().len(),
        us.amendments().len()
    );
    // A question about 2025 gets a pointer.
    let earlier = ask("2025-12-31", &[]);
    assert!(
        !earlier.contains("91 FR") && earlier.contains("`changes us-ccl 2026-06-24 2026-06-24`"),
        "{earlier}"
    );
    assert!(!ask("2025-12-31", &["--format", "csv"]).contains("\nlater,"));
}

/// Figures that seem not to fit are explained, and notices of parties are all left out.
#[test]
fn changes_explains_its_figures() {
    let out = run(changes::run, &["us-ccl", "2025-01-01", "2025-12-31"]).unwrap();
    for told in [
        "131 changes together, of 128 changed items: 3 of these changed in several ways",
        // 3A001.z.1 had no paragraphs before; its two halves are nothing new.
        "Of the 71 added, 52 are parts of paragraphs that were on the list and are divided now, and 12",
        "which would make it 3,012 provisions at most",
        "2 of them are not open themselves, and lie under a code that is",
    ] {
        assert!(running::words(&out).contains(told), "{told}\n{out}");
    }
    let china = run(changes::run, &["cn-dual-use", "2025-12-31", "2026-06-12"]).unwrap();
    assert!(
        !china.contains("2026-11 ") && china.contains("`designations cn-control-list`"),
        "{china}"
    );
    let europe = run(changes::run, &["eu-annex-i", "2025-11-15", "2026-08-18"]).unwrap();
    assert!(europe.contains("The data name no act"), "{europe}");
}

#[test]
fn changes_refuses_what_it_does_not_know() {
    let error = run(changes::run, &["us-ccl", "2015-01-01", "2020-01-01"]).unwrap_err();
    assert!(
        error.contains("expected a day from 2017-01-15 to 2026-06-24"),
        "{error}"
    );
    let error = run(changes::run, &["cn-dual-use", "2025-01-01", "2027-01-01"]).unwrap_err();
    assert!(
        error.starts_with("the sources do not say what holds on 2027-01-01"),
        "{error}"
    );
    let error = run(changes::run, &["eu", "2020-01-01", "2021-01-01"]).unwrap_err();
    assert_eq!(error, running::no_such_list("eu"));
}

#[test]
fn history_tells_of_one_code() {
    let out = run(history::run, &["0A018", "--below"]).unwrap();
    assert!(
        out.contains(
            "us-ccl:0A018.b\n  2017-01-15 on the list; before that day nothing is known\n"
        ) && out.contains(
            "  2021-09-20 not on the list [one or several of BIS rules 86 FR 16482 of 2021-03-29, 86 FR 46590 of 2021-09-20]\n"
        ),
        "{out}"
    );
    let out = run(history::run, &["6E001"]).unwrap();
    assert!(
        out.contains("  2020-09-11 not covered")
            && out.contains(
                "  2026-06-25 on the list to 2026-08-07, by later copies of parts of the text\n  2026-08-08 not known: the later copies end on 2026-08-07 for this code\n"
            ),
        "{out}"
    );
    // A code that only a later change has is told too.
    let out = run(history::run, &["9A012.a.3"]).unwrap();
    assert!(out.contains("  later: 9A012.a.3 added: "), "{out}");
    let error = run(history::run, &["3A001", "--list", "cn-dual-use"]).unwrap_err();
    assert!(
        error.contains("`status 3A001 --list cn-dual-use`"),
        "{error}"
    );
    let error = run(history::run, &["9E999"]).unwrap_err();
    assert_eq!(
        error,
        "us-ccl:9E999: not on the list on any day from 2017-01-15 to 2026-06-24 that the sources cover"
    );
}

#[test]
fn growth_prints_and_draws() {
    let path = temporary("growth.svg");
    let out = run(growth::run, &["--svg", path.to_str().unwrap()]).unwrap();
    let svg = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(
        out.contains(
            "us-ccl first had more than 3,000 provisions, by what is certain, on 2025-09-29, the day on which the sources become complete: that step is not growth.\n"
        ),
        "{out}"
    );
    assert!(
        out.contains("With what the sources do not cover it can have been so on 2024-12-23."),
        "{out}"
    );
    assert!(
        svg.starts_with("<svg")
            && svg.trim_end().ends_with("</svg>")
            && svg.contains("Counting rule: provisions")
    );
    assert_eq!(svg.matches("stroke-width=\"2\" points").count(), 2); // one of each list where all is known
    // Numbers that the data do not record are not zero.
    assert!(
        running::words(&out).contains("us-ccl 2025-09-30 3,031 3,031 – –"),
        "{out}"
    );
    assert!(
        out.contains("– the data record no announcements and no suspensions of us-ccl"),
        "{out}"
    );
    assert!(
        svg.contains(", and 91 more suspended.") && !svg.contains("0 more suspended"),
        "{svg}"
    );
    let error = run(growth::run, &["--rule", "catalogue-rows"]).unwrap_err();
    assert_eq!(
        error,
        "catalogue-rows of us-ccl on 2017-01-15: the list has no annual license catalogue"
    );
}

#[cfg(feature = "ecfr")]
#[test]
fn diff_files_compares_what_a_user_downloaded() {
    let xml = |threshold: &str| {
        format!(
            "<DIV9 N=\"Supplement No. 1 to Part 774\">\n<FP-2><B>3A001 Converters, as follows.</B></FP-2>\n<FP><I>Items:</I> a. Fast converters above {threshold};</FP>\n<P>b. [Reserved]</P>\n</DIV9>"
        )
    };
    let (old, new) = (temporary("old.xml"), temporary("new.xml"));
    std::fs::write(&old, xml("5 kW")).unwrap();
    std::fs::write(&new, xml("3 kW")).unwrap();
    let (old_name, new_name) = (old.to_str().unwrap(), new.to_str().unwrap());
    let out = run(diff_files::run, &[old_name, new_name]).unwrap();
    assert!(
        out.contains(
            "3A001.a reworded, rescoped (threshold: > 5 kW → > 3 kW): Fast converters above 3 kW"
        ),
        "{out}"
    );
    assert!(out.trim_end().ends_with("(+0)"), "{out}");
    let same = run(diff_files::run, &[old_name, old_name]).unwrap();
    assert!(
        same.contains("no change: both sides are the same edition"),
        "{same}"
    );
    let csv = run(diff_files::run, &[old_name, new_name, "--format", "csv"]).unwrap();
    assert!(
        csv.contains("rescoped,us-ccl:3A001.a,us-ccl:3A001.a,threshold,> 5 kW,> 3 kW,"),
        "{csv}"
    );
    // A file that breaks off is not a shorter list.
    let whole = xml("5 kW");
    std::fs::write(&new, &whole[..whole.len() - 20]).unwrap();
    let error = run(diff_files::run, &[old_name, new_name]).unwrap_err();
    assert!(error.starts_with(new_name), "{error}");
    std::fs::remove_file(&old).unwrap();
    std::fs::remove_file(&new).unwrap();
    let error = run(diff_files::run, &[old_name, new_name]).unwrap_err();
    assert!(error.starts_with(old_name), "{error}");
}
