//! The examples on time and on the rules round the lists, as their users run them, on the embedded
//! data.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/de_minimis.rs"]
mod de_minimis;
#[allow(dead_code)]
#[path = "../../examples/press_claim.rs"]
mod press_claim;
#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/status.rs"]
mod status;
#[allow(dead_code)]
#[path = "../../examples/timeline.rs"]
mod timeline;

use export_control::{CountingRule, Scope, cn_dual_use};
use running::{outcome, run, temporary, words};

#[test]
fn status_tells_the_chain_of_notices() {
    let out = run(
        status::run,
        &["1C909", "--list", "cn-dual-use", "--as-of", "2025-12-01"],
    )
    .unwrap();
    for line in [
        "  on 2025-12-01: suspended through 2026-11-10",
        "  > 2025-11-07 to 2026-11-10: suspended through 2026-11-10",
        "    2025-11-07: MOFCOM announcement 2025-70 suspends MOFCOM announcement 2025-57 through 2026-11-10",
        "      https://exportcontrol.mofcom.gov.cn/article/zcfg/gnzcfg/zcfggzqd/202510/1177.html",
    ] {
        assert!(out.lines().any(|printed| printed == line), "{line}\n{out}");
    }
    let day = |day: &str| {
        run(
            status::run,
            &["1C909.a.1", "--list", "cn-dual-use", "--as-of", day],
        )
        .unwrap()
    };
    assert!(day("2025-10-28").contains(
        "on 2025-10-28: not yet in force: published 2025-10-09, to apply from 2025-11-08"
    ));
    // Nobody had announced it by then.
    assert!(day("2025-10-08").contains(
        "on 2025-10-08: not announced yet: published on 2025-10-09, to apply from 2025-11-08"
    ));
    assert!(
        day("2024-11-14")
            .contains("on 2024-11-14: not known: no source at hand says what held then")
    );
    assert!(
        day("2026-11-11").contains("on 2026-11-11: not known: it was suspended through 2026-11-10, and no source at hand says what followed")
    );
    let know_how = run(
        status::run,
        &["1E902.a", "--list", "cn-dual-use", "--as-of", "2025-10-28"],
    )
    .unwrap();
    assert!(
        know_how.contains("on 2025-10-28: in force since 2025-10-09"),
        "{know_how}"
    );
}

#[test]
fn status_without_a_list_asks_every_list() {
    let out = run(status::run, &["3c004"]).unwrap();
    assert!(
        out.contains("us-ccl:3C004") && out.contains("cn-dual-use:3C004"),
        "{out}"
    );
    let out = run(status::run, &["1C501", "--list", "cn-dual-use"]).unwrap();
    assert!(
        out.contains("temporary control: Control of items outside the list, for at most two years"),
        "{out}"
    );
    let out = run(status::run, &["3A001.b.2", "--list", "us-ccl"]).unwrap();
    assert!(
        out.contains("license exceptions that the entry names") && out.contains("[15 CFR 740.3]"),
        "{out}"
    );
    let out = run(status::run, &["9A610.q", "--list", "us-ccl"]).unwrap();
    assert!(
        out.contains("reserved: the list keeps the place free"),
        "{out}"
    );
    // The answer is printed, and the program fails.
    let (out, result) = outcome(status::run, &["9A999.z", "--list", "cn-dual-use"]);
    assert_eq!(result.unwrap_err(), "no list asked has or had 9A999.z");
    assert!(
        out.starts_with("cn-dual-use:9A999.z has no item in this edition, nor has any ancestor"),
        "{out}"
    );
    assert!(!out.contains("not controlled"));
}

/// One answer has the items, the parties and the rules, each with its last day and its notice.
#[test]
fn status_lists_all_that_is_suspended() {
    let out = run(status::run, &["--suspended", "--as-of", "2026-03-01"]).unwrap();
    let flat = words(&out);
    let scope = Scope::default().on("2026-03-01".parse().unwrap());
    let items = |scope: &Scope| cn_dual_use().count(CountingRule::Items, scope).number();
    let suspended = items(&scope.clone().suspended(true)).unwrap() - items(&scope).unwrap();
    assert!(
        suspended > 0 && flat.contains(&format!("{suspended} items of the list are suspended"))
    );
    for measure in cn_dual_use().measures() {
        let status = cn_dual_use().measure_status(&measure.id.clone().into(), scope.date());
        if let Some(export_control::Status::Suspended { through }) = status {
            let told = format!(
                "MOFCOM announcement {}: suspended through {through}",
                measure.id
            );
            assert!(flat.contains(&told), "{told}\n{out}");
        }
    }
    for told in [
        "by MOFCOM announcement 2025-70, published and in force 2025-11-07",
        "part 2 of MOFCOM announcement 2024-46: suspended through 2026-11-27",
        "Unreliable Entity List announcement 2025-7, in force 2025-04-04: 11 parties, suspended through 2026-11-10 (from 2025-11-10 on; known from public trackers,",
        "MOFCOM announcement 2025-21, in force 2025-04-04: 16 parties, suspended through 2026-11-10 (from 2025-11-10 on; known from public trackers,",
    ] {
        assert!(flat.contains(told), "{told}\n{out}");
    }
    let entity_list = run(status::run, &["--suspended", "--as-of", "2026-07-23"]).unwrap();
    assert!(
        words(&entity_list).contains("suspended through 2026-11-09; stayed by Federal Register rule 90 FR 50857 of 2025-11-12"),
        "{entity_list}"
    );
    // Nothing is suspended before the first suspension, and nothing is known after the last day.
    let before = words(&run(status::run, &["--suspended", "--as-of", "2025-11-06"]).unwrap());
    assert!(!before.contains("suspended through"), "{before}");
    // Of some notices the day on which they were suspended or ended is known from later on only.
    for told in [
        "not known for MOFCOM announcements 2025-13, 2025-21:",
        "not known for Unreliable Entity List announcements 2025-5, 2025-7:",
    ] {
        assert!(before.contains(told), "{told}\n{before}");
    }
    let last = words(&run(status::run, &["--suspended"]).unwrap());
    assert!(
        last.contains("from 2026-06-12 to 2026-08-18 as printed with each (`--as-of DATE` asks"),
        "{last}"
    );
    let after = words(&run(status::run, &["--suspended", "--as-of", "2026-11-28"]).unwrap());
    assert!(
        !after.contains(": suspended through") && after.contains("part 2 of MOFCOM announcement 2024-46: not known on 2026-11-28: it was suspended through 2026-11-27"),
        "{after}"
    );
    let error = run(status::run, &["--suspended", "1C909"]).unwrap_err();
    assert!(error.contains("cannot be used with"), "{error}");
    let error = run(status::run, &[]).unwrap_err();
    assert!(error.contains("<CODE>"), "{error}");
}

/// `--on` is the older name of `--as-of`.
#[test]
fn the_older_name_of_the_day_is_taken() {
    let day = "2025-12-01";
    let [new, old] = ["--as-of", "--on"].map(|name| run(status::run, &["1C909", name, day]));
    assert_eq!(new.unwrap(), old.unwrap());
}

#[test]
fn status_of_what_it_cannot_read() {
    assert!(run(status::run, &["soup"]).unwrap_err().contains("soup"));
    assert!(
        run(status::run, &["1C909", "--as-of", "2025-02-30"])
            .unwrap_err()
            .contains("2025-02-30")
    );
    assert_eq!(
        run(status::run, &["1C909", "--list", "eu"]).unwrap_err(),
        running::no_such_list("eu")
    );
}

#[test]
fn timeline_in_numbers_and_causes() {
    let out = words(&run(timeline::run, &[]).unwrap());
    // Leaves, entries and items in force; leaves that are announced, and suspended, beside them.
    let numbers = |day: &str| {
        let scope = Scope::default().on(day.parse().unwrap());
        let number = |rule, scope: &Scope| cn_dual_use().count(rule, scope).number();
        let leaves = |scope: &Scope| number(CountingRule::Leaves, scope);
        let in_force = leaves(&scope);
        let beside = |scope: Scope| Some(leaves(&scope)? - in_force?);
        let numbers = [
            in_force,
            number(CountingRule::Entries, &scope),
            number(CountingRule::Items, &scope),
            beside(scope.clone().announced(true)),
            beside(scope.clone().suspended(true)),
        ];
        numbers
            .map(|number| number.map_or("–".to_owned(), running::thousands))
            .join(" ")
    };
    assert!(numbers("2024-11-15").starts_with("0 0 0 ") && numbers("2025-01-01").contains('–'));
    assert!(!numbers("2025-11-07").ends_with(" 0"), "some are suspended");
    assert_eq!(numbers("2026-06-13"), "– – – – –");
    // Suspensions are recorded past the last day of the sources.
    let suspended = numbers("2026-06-12").rsplit(' ').next().unwrap().to_owned();
    let row = format!("2026-06-13 the sources end – – – – {suspended}");
    assert!(out.contains(&row), "{row}\n{out}");
    for (day, cause) in [
        ("2024-11-15", "published: MOFCOM announcement 2024-51"),
        ("2024-12-01", "begins: MOFCOM announcement 2024-51"),
        ("2025-04-04", "begins: MOFCOM announcement 2025-18"),
        ("2025-11-07", "MOFCOM announcement 2025-70 suspends:"),
    ] {
        let row = format!("{day} {cause} {}", numbers(day));
        assert!(out.contains(&row), "{row}\n{out}");
    }
    // A year is not printed as if it were its first day.
    let row = format!(
        "in 2025 MOFCOM announcement 2025-18: {}",
        numbers("2025-01-01")
    );
    let unknown = "publication day not known at hand; in force 2025-04-04";
    assert!(
        out.contains(&row) && out.contains(unknown) && !out.contains("2025-01-01"),
        "{out}"
    );
    let (live, of_2025_18) = (
        cn_dual_use().live().len(),
        cn_dual_use()
            .live()
            .iter()
            .filter(|item| item.measure().is_some_and(|id| id.as_str() == "2025-18"))
            .count(),
    );
    for reason in [
        format!("the sources do not say what holds on 2026-11-11 for {live} of the scope's items"),
        format!(
            "the sources do not say whether {of_2025_18} of the scope's items, not yet in force on 2025-02-04, were published by then"
        ),
    ] {
        assert!(out.contains(&reason), "{reason}\n{out}");
    }
    let provisions = words(
        &run(
            timeline::run,
            &["--rule", "provisions", "--from", "2025-10-09"],
        )
        .unwrap(),
    );
    assert!(
        !provisions.contains("2025-04-04")
            && provisions.contains("begins: MOFCOM announcement 2025-62"),
        "{provisions}"
    );
    // The numbers at the first day asked for are those since the step before it.
    let us = words(&run(timeline::run, &["us-ccl", "--from", "2026-01-01"]).unwrap());
    assert!(us.contains("2026-01-01 as since 2025-09-30 "), "{us}");
    assert!(us.contains(": 4 changes of 1 code in 0A502"), "{us}");
    let error = run(timeline::run, &["--from", "2030-01-01"]).unwrap_err();
    assert!(
        error.contains("the last on which cn-dual-use changes, 2026-11-11"),
        "{error}"
    );
    let us = words(&run(timeline::run, &["us-ccl"]).unwrap());
    assert!(
        us.contains("2025-09-30 the edition begins") && us.contains("2026-06-25 the sources end"),
        "{us}"
    );
    assert!(
        run(timeline::run, &["--rule", "heads"])
            .unwrap_err()
            .contains("is not a counting rule")
    );
}

#[test]
fn timeline_draws_what_it_prints() {
    let path = std::env::temp_dir().join(format!(
        "export-control-{}-timeline.svg",
        std::process::id()
    ));
    let shown = path.to_str().unwrap();
    run(timeline::run, &["--svg", shown]).unwrap();
    let svg = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    let scope = Scope::default().on("2025-11-07".parse().unwrap());
    let count = cn_dual_use().count(CountingRule::Leaves, &scope);
    let in_force = count.number().unwrap();
    for words in [
        "cn-dual-use: leaves",
        &format!("2025-11-07: {in_force}"),
        "MOFCOM announcement 2025-70 suspends: 5 notices",
        "2026-06-13: not known",
        "suspended",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    let error = run(timeline::run, &["--svg", "/no/such/folder/x.svg"]).unwrap_err();
    assert!(error.starts_with("/no/such/folder/x.svg: "), "{error}");
    assert!(
        run(timeline::run, &["--from", "2030-01-01", "--svg", shown])
            .unwrap_err()
            .starts_with("found the first day 2030-01-01, expected one on or before the last")
    );
    // A PNG is made by a program of the user's, or the error says which to install.
    let png = temporary("timeline.png");
    match run(timeline::run, &["--png", png.to_str().unwrap()]) {
        Ok(_) => {
            assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
            std::fs::remove_file(&png).unwrap();
        }
        Err(error) => {
            assert!(
                error.starts_with("found neither resvg nor rsvg-convert"),
                "{error}"
            );
            assert!(!png.exists());
        }
    }
}

#[test]
fn de_minimis_keeps_the_directions_apart() {
    let out = run(
        de_minimis::run,
        &["--share", "0.1%", "--as-of", "2026-06-12"],
    )
    .unwrap();
    let flat = words(&out);
    for text in [
        "≤ 25% escapes",
        "≥ 0.1% is",
        "suspended through",
        "The two directions do not compare",
    ] {
        assert!(out.contains(text) || flat.contains(text), "{text}\n{out}");
    }
    // One rule in force lets the share escape; the other would catch it and is suspended.
    assert!(
        out.lines()
            .any(|line| line.contains("ceiling") && line.trim_end().ends_with("escapes")),
        "{out}"
    );
    assert!(
        out.lines()
            .any(|line| line.contains("floor") && line.trim_end().ends_with("(caught)")),
        "{out}"
    );
    let unknown = words(&run(de_minimis::run, &["--as-of", "2026-11-24"]).unwrap());
    assert!(!unknown.contains(" in force "), "{unknown}");
    assert!(
        run(de_minimis::run, &["--share", "0.1"])
            .unwrap_err()
            .contains("is not a percentage")
    );
}

/// The claims of the ministry are examined as China's list was on the day each was made.
#[test]
fn press_claims_on_their_own_dates() {
    let out = run(press_claim::run, &[]).unwrap();
    assert!(
        out.contains("\"about 700\", said on 2024-11-15 by a spokesperson")
            && out.contains("\"about 900\", said on 2025-10-12 by a spokesperson")
            && out.contains("\"1,005\", said on 2026-01-06 by the Central News Agency")
            && out.contains("No rule or scope gives the \"1,005\" of 2026-01-06"),
        "{out}"
    );
    assert!(
        out.contains("On 2024-11-15, \"about 700\" fits China's list"),
        "{out}"
    );
    assert!(
        out.contains("A single rule comes closest to both by provisions"),
        "{out}"
    );
    // From 100% on, a count of nothing would fit.
    let error = run(press_claim::run, &["--within", "100"]).unwrap_err();
    assert!(
        error.contains("expected a percentage from 0 to below 100"),
        "{error}"
    );
    // On 2024-11-15 nothing of the list was in force, and 2025's additions were not announced.
    let scope = Scope::default().on("2024-11-15".parse().unwrap());
    let leaves = |scope: &Scope| cn_dual_use().count(CountingRule::Leaves, scope).number();
    let then = Scope::default().on("2024-12-31".parse().unwrap());
    assert_eq!(leaves(&scope), Some(0));
    assert_eq!(leaves(&scope.announced(true)), leaves(&then));
}
