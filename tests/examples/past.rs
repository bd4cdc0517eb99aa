//! The days before an embedded edition and those past the last day of its sources: every program says
//! of them what the history and the notices say, and no more.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/changes.rs"]
mod changes;
#[allow(dead_code)]
#[path = "../../examples/compare.rs"]
mod compare;
#[allow(dead_code)]
#[path = "../../examples/history.rs"]
mod history;
#[allow(dead_code)]
#[path = "../../examples/items.rs"]
mod items;
#[allow(dead_code)]
#[path = "../../examples/rare_earths.rs"]
mod rare_earths;
#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/status.rs"]
mod status;
#[allow(dead_code)]
#[path = "../../examples/timeline.rs"]
mod timeline;

use std::collections::{BTreeMap, BTreeSet};

use export_control::change::HistoryState;
use export_control::{CountingRule, Date, Scope, edition_on};
use running::{run, words};

fn history_of(list: &str) -> &'static export_control::History {
    export_control::history(list).expect("an embedded history")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn items_of_an_earlier_day_are_those_of_the_history() {
    let history = history_of("us-ccl");
    let on = day("2024-06-01");
    let csv = run(items::run, &["us-ccl", "--all", "--as-of", "2024-06-01"]).unwrap();
    let mut by_status: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in csv::Reader::from_reader(csv.as_bytes()).records() {
        let row = row.unwrap();
        let codes = by_status.entry(row[1].to_owned()).or_default();
        codes.insert(row[0].to_owned());
    }
    let shown = history.at(on).unwrap();
    let name = |code: export_control::Code| format!("us-ccl:{code}");
    let live: BTreeSet<String> = (shown.list.items().iter())
        .filter(|item| item.is_live())
        .map(|item| name(item.code()))
        .collect();
    assert_eq!(by_status["on the list"], live);
    let open: BTreeSet<String> = shown.not_covered.iter().map(|code| name(*code)).collect();
    assert_eq!(
        by_status["not known: the sources do not cover this code then"],
        open
    );
    assert!(!csv.contains(",in force"), "{csv}");
}

#[test]
fn status_never_contradicts_the_history() {
    let history = history_of("us-ccl");
    let codes: Vec<_> = history.codes().step_by(97).collect();
    for on in ["2017-01-15", "2020-10-01", "2023-01-16", "2025-09-28"] {
        for code in &codes {
            let out = run(
                status::run,
                &[&code.to_string(), "--list", "us-ccl", "--as-of", on],
            )
            .unwrap();
            let there = history
                .of(*code)
                .into_iter()
                .find(|interval| interval.from <= day(on) && day(on) <= interval.through);
            let answer = match there.map(|interval| interval.state) {
                None => "not on the list, by",
                Some(HistoryState::NotCovered) => "not known: the sources do not cover",
                Some(HistoryState::Listed { state, .. }) => match state {
                    export_control::ItemState::Reserved => "a reserved place",
                    _ => "on the list",
                },
            };
            let expected = format!("  on {on}: {answer}");
            assert!(out.contains(&expected), "{code}: {expected}\n{out}");
        }
    }
}

#[test]
fn sizes_never_contradict_the_growth() {
    let history = history_of("us-ccl");
    let sizes = history.growth(CountingRule::Entries).unwrap();
    let on = |date: &str| {
        let at = sizes.iter().rfind(|size| size.from <= day(date)).unwrap();
        let number = |count: &export_control::Count| count.number().unwrap();
        (number(&at.known), number(&at.at_most))
    };
    let (known, most) = on("2024-12-31");
    let csv = run(compare::run, &["--as-of", "2024-12-31", "--format", "csv"]).unwrap();
    assert!(
        csv.contains(&format!(
            "from 2024-12-27,entries,\"on 2024-12-31, in force\",,,{known},"
        )),
        "{csv}"
    );
    let text = run(compare::run, &["--as-of", "2024-12-31"]).unwrap();
    for told in [
        "On 2024-12-31 the history of us-ccl answers",
        "its sources do not say whether they were on the list, so its numbers are minima",
        "Not known: the crosswalk was judged on the embedded editions",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let steps = run(
        timeline::run,
        &["us-ccl", "--rule", "entries", "--from", "2024-12-26"],
    )
    .unwrap();
    assert!(
        words(&steps).contains(&format!(" {known} to {most} – –")),
        "{steps}"
    );
    // Before the history nothing is known, and no number is given.
    let before = run(compare::run, &["--as-of", "2015-01-01"]).unwrap();
    assert!(
        before.contains("us-ccl, every rule: the sources do not say what holds on 2015-01-01"),
        "{before}"
    );
}

#[test]
fn the_edition_of_a_day() {
    let then = edition_on("us-ccl", day("2020-03-09")).unwrap();
    assert_eq!(then.list.edition().from, Some(day("2020-03-09")));
    let now = edition_on("us-ccl", day("2026-01-01")).unwrap();
    assert_eq!(&now.list, export_control::us_ccl());
    assert_eq!(
        edition_on("cn-dual-use", day("2027-01-01"))
            .unwrap_err()
            .to_string(),
        "cn-dual-use: found the date 2027-01-01, expected a day from 2024-11-15 to 2026-06-12"
    );
}

#[test]
fn every_rule_since_the_edition_before_is_named() {
    let out = run(history::run, &["3A090"]).unwrap();
    assert!(
        out.contains(
            "[BIS rules 88 FR 2507, 88 FR 2821; perhaps BIS rule 87 FR 62186 of 2022-10-07]"
        ),
        "{out}"
    );
    let out = run(changes::run, &["us-ccl", "2024-12-12", "2024-12-25"]).unwrap();
    assert!(
        out.contains(
            "2024-12-23 (BIS rule 89 FR 104408; perhaps BIS rule 89 FR 96790 of 2024-12-02): "
        ),
        "{out}"
    );
    let csv = run(
        changes::run,
        &["us-ccl", "2024-12-12", "2024-12-25", "--format", "csv"],
    )
    .unwrap();
    assert!(
        csv.contains(",2024-12-23,89 FR 104408,89 FR 96790\n"),
        "{csv}"
    );
}

#[test]
fn a_gap_has_no_rule() {
    let out = run(history::run, &["1C007", "--below"]).unwrap();
    for line in out.lines() {
        let gap = line.contains("not covered") || line.contains("do not say since when");
        assert!(!gap || !line.contains(" FR "), "{line}");
    }
    assert!(
        out.contains("2018-11-02 not covered by the sources\n"),
        "{out}"
    );
}

#[test]
fn what_flips_back_and_forth_is_the_sources() {
    // Every wording of every code that returns after another one is marked, and so is the other one.
    let history = history_of("us-ccl");
    let mut flips = 0;
    for code in history.codes() {
        let intervals = history.of(code);
        let flip = intervals.windows(3).any(|three| {
            let next = |at: usize| three[at].through.tomorrow().ok() == Some(three[at + 1].from);
            let print = |at: usize| three[at].state.fingerprint();
            three[0].state == three[2].state
                && next(0)
                && next(1)
                && print(1).is_some()
                && print(0).is_some_and(|first| print(1) != Some(first))
        });
        if flip {
            flips += 1;
            let out = run(history::run, &[&code.to_string()]).unwrap();
            assert!(
                out.contains(" again; such a return is likely the source's"),
                "{out}"
            );
        }
    }
    assert!(flips > 0);
}

#[test]
fn past_the_sources_the_last_record_is_told() {
    let out = run(status::run, &["1C909", "--as-of", "2027-01-01"]).unwrap();
    assert!(
        out.contains(
            "  on 2027-01-01: not known: it was suspended through 2026-11-10, and no source at hand says what followed\n"
        ),
        "{out}"
    );
    let out = run(status::run, &["1C902", "--as-of", "2027-01-01"]).unwrap();
    assert!(
        out.contains(
            "  on 2027-01-01: not known: the sources end on 2026-06-12, when it was in force since 2025-04-04\n"
        ),
        "{out}"
    );
    let then = run(
        rare_earths::run,
        &["--as-of", "2020-01-01", "--format", "csv"],
    )
    .unwrap();
    let us: Vec<&str> = then
        .lines()
        .filter(|row| row.contains(",us-ccl,"))
        .collect();
    assert!(!us.is_empty());
    for row in us {
        // The list records no notice of an item, and its history says since when it is there.
        assert!(
            row.contains(
                ",on the list,,\"on the list on 2017-01-15, the first day of the sources,"
            ) || row.ends_with("not cover this code then,,"),
            "{row}"
        );
    }
    let elements = run(rare_earths::run, &["--as-of", "2027-01-01"]).unwrap();
    let elements = words(&elements);
    assert!(
        elements.contains("answered on 2027-01-01") && !elements.contains("2026-06-13"),
        "{elements}"
    );
    let csv = run(items::run, &["cn-dual-use", "--as-of", "2027-01-01"]).unwrap();
    // Codes that no source prints have no status of their own, on this day or any other.
    let rows = csv.lines().skip(1).count();
    let implied = csv.matches(",on the list by its paragraphs only,").count();
    assert_eq!(csv.matches("not known: ").count(), rows - implied);
    let csv = run(items::run, &["cn-dual-use"]).unwrap();
    let suspended = Scope::default().suspended(true);
    let count = |scope: &Scope| {
        let count = export_control::cn_dual_use().count(CountingRule::Items, scope);
        count.number().unwrap()
    };
    let expected = count(&suspended) - count(&Scope::default());
    assert_eq!(csv.matches(",suspended through ").count(), expected);
    let text = run(compare::run, &["--as-of", "2027-01-01"]).unwrap();
    let china = export_control::cn_dual_use();
    let last = china.edition().through.unwrap();
    let provisions = china.count(CountingRule::Provisions, &Default::default());
    let told = format!(
        "The sources of cn-dual-use end on {last}. On that day {} provisions were in force. What holds on 2027-01-01 is not known.",
        provisions.number().unwrap()
    );
    assert!(text.contains(&told), "{told}\n{text}");
}

/// A refusal comes before any output.
#[test]
fn what_cannot_be_answered_is_refused_before_anything_is_printed() {
    let (out, ended) = running::outcome(changes::run, &["us-ccl", "2025-01-01", "2024-01-01"]);
    assert_eq!(out, "");
    assert_eq!(
        ended.unwrap_err(),
        "found the days 2025-01-01 and 2024-01-01, expected the earlier one first"
    );
    let days = [
        "us-ccl",
        "2024-01-01",
        "2025-01-01",
        "--rule",
        "catalogue-rows",
    ];
    for (out, ended) in [
        running::outcome(changes::run, &days),
        running::outcome(timeline::run, &["us-ccl", "--rule", "items,catalogue-rows"]),
    ] {
        assert_eq!(out, "");
        assert_eq!(
            ended.unwrap_err(),
            "catalogue-rows of us-ccl: the list has no annual license catalogue"
        );
    }
    let (out, ended) = running::outcome(timeline::run, &["--from", "2031-01-01"]);
    assert_eq!(out, "");
    assert!(
        ended
            .unwrap_err()
            .starts_with("found the first day 2031-01-01, expected")
    );
    let path = running::temporary("no-such-folder").join("timeline.svg");
    let (out, ended) = running::outcome(timeline::run, &["--svg", path.to_str().unwrap()]);
    assert_eq!(out, "");
    assert!(ended.unwrap_err().starts_with(path.to_str().unwrap()));
}

/// No reader sees a hash or a word of the code's own.
#[test]
fn outputs_are_in_words() {
    for out in [
        run(history::run, &["3A001", "--below"]).unwrap(),
        run(changes::run, &["us-ccl", "2022-10-06", "2023-12-31"]).unwrap(),
        run(status::run, &["0A506.a"]).unwrap(),
    ] {
        let hash = out
            .split(|c: char| !c.is_ascii_alphanumeric())
            .find(|word| {
                word.len() == 12
                    && word.chars().all(|c| c.is_ascii_hexdigit())
                    && word.contains(|c: char| c.is_ascii_digit())
            });
        assert_eq!(hash, None);
        assert!(
            !out.contains("live → ") && !out.contains(" → implied"),
            "{out}"
        );
        for line in out.lines().filter(|line| line.contains("rescoped")) {
            assert!(
                out.contains("  rescoped: what is covered or how it is controlled differs"),
                "{line}"
            );
        }
    }
}
