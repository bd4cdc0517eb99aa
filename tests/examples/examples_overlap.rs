//! The examples on overlap and crosswalks, as their users run them, on the embedded data.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/crosswalk.rs"]
mod crosswalk;
#[allow(dead_code)]
#[path = "../../examples/false_friends.rs"]
mod false_friends;
#[allow(dead_code)]
#[path = "../../examples/only_in.rs"]
mod only_in;
#[allow(dead_code)]
#[path = "../../examples/overlap.rs"]
mod overlap;
#[path = "../support/running.rs"]
mod running;

use export_control::{CountingRule, Scope};
use running::run;

#[test]
fn overlap_answers_both_ways() {
    let out = run(overlap::run, &[]).unwrap();
    let cn = export_control::cn_dual_use();
    let count = cn.count(CountingRule::Provisions, &Scope::default());
    let number = running::thousands(count.number().unwrap());
    assert!(
        out.contains(&format!("Of {number} provisions of cn-dual-use, ")),
        "{out}"
    );
    assert!(out.contains(" provisions of us-ccl, "), "{out}");
    let turned = run(
        overlap::run,
        &["cn-dual-use", "us-ccl", "--suspended", "--rule", "leaves"],
    )
    .unwrap();
    assert!(turned.contains("in force or suspended"), "{turned}");
    let csv = run(overlap::run, &["--format", "csv"]).unwrap();
    for row in csv::Reader::from_reader(csv.as_bytes()).records() {
        let row = row.unwrap();
        let number = |field: usize| row[field].parse::<usize>().unwrap();
        assert_eq!(
            number(7) + number(8) + number(9) + number(10),
            number(6),
            "{row:?}"
        );
    }
    assert_eq!(
        run(overlap::run, &["us-ccl", "us-ccl"]).unwrap_err(),
        "no crosswalk is embedded between us-ccl and us-ccl; name a file with --crosswalk"
    );
    assert!(
        run(overlap::run, &["--as-of", "2030-01-01"])
            .unwrap_err()
            .contains("do not say what holds on 2030-01-01")
    );
}

/// The README's figures are those of the embedded crosswalk.
#[test]
fn the_readme_states_real_shares() {
    use export_control::compare::OverlapBasis;
    use export_control::{Comparison, CountingRule, Side, Verdict, cn_dual_use, crosswalk, us_ccl};
    let overlap = Comparison::new(us_ccl(), cn_dual_use())
        .overlap(
            crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk"),
            OverlapBasis::default(),
        )
        .unwrap();
    let share = |side| overlap.share(side, CountingRule::Provisions).unwrap();
    let (cn, us) = (share(Side::Right), share(Side::Left));
    let readme = include_str!("../../README.md")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for words in [
        format!(
            "of the {} provisions of China's list, {} have a counterpart on the US list",
            cn.total(),
            cn.shared()
        ),
        format!(
            "({} wholly, {} in part)",
            cn.number(Verdict::Shared),
            cn.number(Verdict::SharedInPart)
        ),
        format!("and for {} none is recorded", cn.number(Verdict::OnlyHere)),
        format!(
            "Of the {},{:03} provisions of the US list, {} have a counterpart",
            us.total() / 1000,
            us.total() % 1000,
            us.shared()
        ),
        format!(
            "({} wholly, {} in part)",
            us.number(Verdict::Shared),
            us.number(Verdict::SharedInPart)
        ),
    ] {
        assert!(readme.contains(&words), "{words}");
    }
    for share in [cn, us] {
        assert_eq!(
            share.number(Verdict::Undecided),
            0,
            "both lists were read whole"
        );
    }
}

#[test]
fn only_in_keeps_the_undecided_apart() {
    let out = run(only_in::run, &["cn-dual-use"]).unwrap();
    assert!(
        out.contains("Only in cn-dual-use: no counterpart in us-ccl (")
            && out.contains("Undecided: nobody has looked"),
        "{out}"
    );
    assert!(out.contains("us-ccl 9A011 refers to USML"), "{out}");
    // The texts themselves send chemical weapons to other lists.
    let sarin = out.split("such as sarin").nth(1).unwrap();
    let line = sarin.lines().nth(1).unwrap();
    assert!(
        line.contains("cn-dual-use 1C450 refers to CN-chemicals"),
        "{line}"
    );
    assert!(line.contains("us-ccl 1C351 refers to USML XIV"), "{line}");
    let references = out.matches("us-ccl 1C351 refers to USML XIV").count();
    assert!(references >= 13, "VX and the others too: {references}");
    assert!(
        out.contains("Not compared: ") && out.contains("the US Munitions List"),
        "{out}"
    );
    let ours = run(only_in::run, &["us-ccl"]).unwrap();
    for group in [
        "computing: ",
        "600-series: ",
        "encryption: ",
        "anti-terrorism-only: ",
    ] {
        assert!(ours.contains(&format!("\n{group}")), "{group}");
    }
    let complete = run(only_in::run, &["us-ccl", "--complete", "--undecided"]).unwrap();
    assert!(
        complete.contains("taken for all counterparts of the right list"),
        "{complete}"
    );
    assert!(
        complete.lines().count() > 2000,
        "what nothing reaches is only there"
    );
}

#[test]
fn false_friends_name_the_known_pairs() {
    let out = run(false_friends::run, &[]).unwrap();
    let (friends, rest) = out
        .split_once("Equal codes of entries: partly the same thing")
        .unwrap();
    assert!(
        friends.contains("3C002") && friends.contains("3E003"),
        "{friends}"
    );
    assert!(
        rest.contains("\n  3C003 ") && rest.contains("\n  3A001 "),
        "{rest}"
    );
    assert!(rest.contains("; 0 not looked at."), "{rest}");
    // Each equal code is in one class, whatever the scope.
    let all = |arguments: &[&str]| {
        let out = run(false_friends::run, arguments).unwrap();
        let line = out
            .lines()
            .find(|line| line.starts_with("Of "))
            .unwrap()
            .to_owned();
        let numbers: Vec<usize> = line
            .split([' ', ',', ';', ':'])
            .filter_map(|word| word.parse().ok())
            .collect();
        assert_eq!(numbers[0], numbers[1..].iter().sum::<usize>(), "{line}");
        numbers[0]
    };
    assert!(all(&["--suspended"]) > all(&["--as-of", "2025-10-28"]));
    let paragraphs = run(false_friends::run, &["--paragraphs"]).unwrap();
    assert!(paragraphs.contains("Equal codes of paragraphs: the same thing"));
    let turned = run(false_friends::run, &["cn-dual-use", "us-ccl"]).unwrap();
    assert!(turned.contains("3E003"));
}

#[test]
fn crosswalk_prints_what_reads_back() {
    let out = run(crosswalk::run, &[]).unwrap();
    assert_eq!(
        &export_control::Crosswalk::from_sssom(out.as_bytes()).unwrap(),
        export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk")
    );
    let germanium = run(crosswalk::run, &["--of-right", "3C002"]).unwrap();
    let mappings = export_control::Crosswalk::from_sssom(germanium.as_bytes()).unwrap();
    assert!(
        !mappings.mappings().is_empty()
            && mappings.mappings().iter().all(|m| m
                .right()
                .unwrap()
                .to_string()
                .starts_with("3C002"))
    );
    let turned = run(
        crosswalk::run,
        &["cn-dual-use", "us-ccl", "--of-left", "3C002"],
    )
    .unwrap();
    assert_eq!(
        export_control::Crosswalk::from_sssom(turned.as_bytes())
            .unwrap()
            .left()
            .as_str(),
        "cn-dual-use"
    );
    assert_eq!(
        run(crosswalk::run, &["--of-left", "9E999"]).unwrap_err(),
        "us-ccl:9E999 is not on the list"
    );
}
