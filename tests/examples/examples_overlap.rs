//! The examples on overlap and crosswalks, as their users run them, on the embedded data.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/crosswalk.rs"]
mod crosswalk;
#[allow(dead_code)]
#[path = "../../examples/false_friends.rs"]
mod false_friends;
#[allow(dead_code)]
#[path = "../../examples/common/groups.rs"]
mod groups;
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
            .contains(": what holds on 2030-01-01 is not known")
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

/// The README's answers on three lists are those of the embedded crosswalks.
#[test]
fn the_readme_answers_for_three_lists() {
    use export_control::compare::OverlapBasis;
    use export_control::{Comparison, CountingRule, Verdict};
    let ids = ["cn-dual-use", "eu-annex-i", "us-ccl"];
    let lists = ids.map(|id| export_control::list(id).unwrap());
    let crosswalks = [(0, 1), (0, 2), (1, 2)];
    let crosswalks = crosswalks.map(|(a, b)| export_control::crosswalk(ids[a], ids[b]).unwrap());
    let overlap = Comparison::new(lists[0], lists[1])
        .and(lists[2])
        .overlaps(crosswalks, OverlapBasis::default())
        .unwrap();
    let rule = CountingRule::Provisions;
    let [china, eu, us] = [0, 1, 2].map(|at| overlap.division(at, rule).unwrap());
    let of_eu = |verdict| china.number(|verdicts| verdicts[0] == verdict);
    let only = |verdicts: &[Verdict]| verdicts.iter().all(|one| *one == Verdict::OnlyHere);
    let mut themes: Vec<(&str, usize)> = Vec::new();
    for item in overlap.units(0, rule, only).unwrap() {
        let name = groups::theme(lists[0], item).unwrap().name;
        match themes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, number)) => *number += 1,
            None => themes.push((name, 1)),
        }
    }
    themes.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let shown: Vec<String> = themes
        .iter()
        .map(|(name, number)| format!("{number} {}", name.replace('-', " ")))
        .collect();
    let readme = running::words(include_str!("../../README.md"));
    for words in [
        format!(
            "of China's {} provisions, the EU's list catches {} wholly and {} in part, and {} are on all three lists",
            china.total(),
            of_eu(Verdict::Shared),
            of_eu(Verdict::SharedInPart),
            china.on_all()
        ),
        format!(
            "{} are on neither of the other two: {}.",
            china.only_here(),
            shown.join(", ")
        ),
        format!(
            "has no counterpart for {} provisions of the US list, and the US list has none for {} of the EU's {}",
            running::thousands(us.number(|verdicts| verdicts[1] == Verdict::OnlyHere)),
            eu.number(|verdicts| verdicts[1] == Verdict::OnlyHere),
            running::thousands(eu.total())
        ),
    ] {
        assert!(readme.contains(&words), "{words}");
    }
    // The EU's list was read whole against both.
    assert_eq!(eu.undecided(), 0);
}

#[test]
fn overlap_takes_any_number_of_lists() {
    let three = ["eu-annex-i", "cn-dual-use", "us-ccl"];
    let csv = run(overlap::run, &[&three[..], &["--format", "csv"]].concat()).unwrap();
    let rows = running::records(&csv);
    for (at, id) in three.into_iter().enumerate() {
        let list = export_control::list(id).unwrap();
        let scope = Scope::default().on("2026-06-12".parse().unwrap());
        for rule in [
            CountingRule::Entries,
            CountingRule::Leaves,
            CountingRule::Provisions,
        ] {
            let of_list = rows.iter().filter(|row| row["list"] == id);
            let of_rule = of_list.filter(|row| row["rule"] == rule.to_string());
            let sum: usize = of_rule
                .inspect(|row| assert_eq!(row[&format!("on_{id}")], "itself"))
                .map(|row| row["number"].parse::<usize>().unwrap())
                .sum();
            assert_eq!(Some(sum), list.count(rule, &scope).number(), "{at} {rule}");
        }
    }
    let json = run(overlap::run, &[&three[..], &["--format", "json"]].concat()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["divisions"].as_array().unwrap().len(), 9);
    let two = run(overlap::run, &["us-ccl", "eu-annex-i", "--format", "json"]).unwrap();
    let two: serde_json::Value = serde_json::from_str(&two).unwrap();
    assert!(two["parts"].as_array().unwrap().len() > 20);
    assert_eq!(
        run(overlap::run, &["us-ccl", "eu-annex-i", "us-ccl"]).unwrap_err(),
        "no crosswalk is embedded between us-ccl and us-ccl; name a file with --crosswalk"
    );
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
    assert!(
        running::words(&run(false_friends::run, &[]).unwrap()).contains("only 3A001.e.1.b"),
        "the paragraph that meets is named"
    );
    let paragraphs = run(false_friends::run, &["--paragraphs"]).unwrap();
    assert!(paragraphs.contains("Equal codes of paragraphs: the same thing"));
    let turned = run(false_friends::run, &["cn-dual-use", "us-ccl"]).unwrap();
    assert!(turned.contains("3E003"));
}

/// The crosswalk is of the embedded editions: of another day the reason says that, and not that the
/// sources are silent.
#[test]
fn a_day_outside_the_editions_is_told_with_its_reason() {
    let us = export_control::us_ccl().edition();
    let (from, last) = (us.from.unwrap(), us.through.unwrap());
    let before = format!(
        "found the day 2025-01-01, expected one from {from} on: the crosswalk is of the embedded edition of us-ccl, which begins then; `compare` gives the sizes of that day"
    );
    let after =
        format!("the sources of us-ccl end on {last}: what holds on 2027-01-01 is not known");
    for (day, told) in [("2025-01-01", before), ("2027-01-01", after)] {
        let day = ["--as-of", day];
        assert_eq!(run(overlap::run, &day).unwrap_err(), told);
        assert_eq!(run(false_friends::run, &day).unwrap_err(), told);
    }
    assert!(run(overlap::run, &["--as-of", &from.to_string()]).is_ok());
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
