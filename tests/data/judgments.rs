//! The embedded crosswalk against what can be known of it from outside: the figures of the lists,
//! the yardstick, faults of earlier editions.

use std::collections::{BTreeMap, BTreeSet};

use export_control::compare::OverlapBasis;
use export_control::crosswalk::MappingDifference;
use export_control::{
    Code, Comparison, ControlList, CountingRule, Crosswalk, Mapping, Overlap, Quantity, Relation,
    Side, Verdict, cn_dual_use, us_ccl,
};

#[allow(dead_code)]
#[path = "../../examples/common/groups.rs"]
mod groups;

fn crosswalk() -> &'static Crosswalk {
    export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk")
}

fn code(text: &str) -> Code {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// Returns if an item is another one, or a paragraph of it.
fn within(item: Code, other: Code) -> bool {
    item == other || other.contains(item)
}

fn list(side: Side) -> &'static ControlList {
    match side {
        Side::Left => us_ccl(),
        Side::Right => cn_dual_use(),
    }
}

fn overlap(suspended: bool) -> Overlap<'static> {
    let comparison = Comparison::new(us_ccl(), cn_dual_use());
    let scope = comparison.scope().clone().suspended(suspended);
    let comparison = comparison.within(scope);
    comparison
        .overlap(crosswalk(), OverlapBasis::default())
        .unwrap()
}

/// The pairs that have something in common.
fn pairs() -> impl Iterator<Item = (Code, Code, Relation, &'static Mapping)> {
    let related = |mapping: &'static Mapping| {
        let relation = mapping.relation()?;
        let real = relation != Relation::Unrelated;
        real.then(|| Some((mapping.left()?, mapping.right()?, relation, mapping)))?
    };
    crosswalk().mappings().iter().filter_map(related)
}

fn stated(words: &str) {
    let sources: Vec<&str> = include_str!("../../data/SOURCES.md")
        .split_whitespace()
        .collect();
    assert!(
        sources.join(" ").contains(words),
        "data/SOURCES.md: {words}"
    );
}

#[test]
fn nothing_in_force_is_undecided() {
    for suspended in [false, true] {
        let overlap = overlap(suspended);
        for side in Side::BOTH {
            for rule in [
                CountingRule::Entries,
                CountingRule::Leaves,
                CountingRule::Provisions,
            ] {
                let open = overlap.units(side, rule, Verdict::Undecided).unwrap();
                let open: Vec<String> = open.iter().map(|item| item.code().to_string()).collect();
                assert!(open.is_empty(), "{side:?} {rule}: {open:?}");
            }
        }
    }
}

/// The share that the texts at hand do not state is at most 2% of each list.
#[test]
fn little_is_not_stated() {
    let overlap = overlap(false);
    for side in Side::BOTH {
        let rule = CountingRule::Provisions;
        let all = overlap.share(side, rule).unwrap().total();
        let parts = overlap.by_difference(side, rule).unwrap();
        let lacking = |kind| parts.get(&kind).map_or(0, |share| share.total());
        assert_eq!(lacking(None), 0, "each part has its difference");
        let unknown = lacking(Some("not-stated"));
        assert!(unknown * 100 <= all * 2, "{side:?}: {unknown} of {all}");
    }
}

/// A relation and the recorded differences say the same.
#[test]
fn relations_agree_with_differences() {
    for (left, right, relation, mapping) in pairs() {
        let said = Relation::of_differences(&mapping.differences);
        let unknown = mapping
            .differences
            .iter()
            .any(|one| one.kind() == "not-stated");
        assert!(
            said == Some(relation) || unknown,
            "{left} is {relation} {right}, and by its differences {said:?}"
        );
    }
}

/// A relation and the figures of the lists say the same.
#[test]
fn relations_agree_with_figures() {
    let found: Vec<String> = crosswalk()
        .contradicted_by_limits(us_ccl(), cn_dual_use())
        .map(|(mapping, limits)| format!("{:?}: {}", mapping.finding, limits[0]))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let derived = pairs().filter(|(left, right, ..)| {
        let items = (us_ccl().get(*left), cn_dual_use().get(*right));
        !MappingDifference::of_limits(items.0.unwrap(), items.1.unwrap()).is_empty()
    });
    assert!(derived.count() >= 40, "there are figures to compare");
}

/// Recorded limits that name other figures than the items' own, each with the reason.
const OTHER_FIGURES: [(&str, &str, &str); 5] = [
    (
        "1C107.c",
        "1C107",
        "the bands are those at which a constant holds, not limits",
    ),
    (
        "3A001.a.2.a",
        "3A101",
        "three alternatives of the US read together",
    ),
    (
        "3A001.a.2.b",
        "3A101",
        "three alternatives of the US read together",
    ),
    (
        "3A001.a.2.a",
        "6A108.g",
        "the lists round 125 °C differently, and China takes a short time",
    ),
    (
        "6A005.b.2.b",
        "6A205.b",
        "the US figure for argon is in another paragraph",
    ),
];

/// If both items state one limit, the difference recorded by hand names the same wider side.
#[test]
fn recorded_limits_agree_with_those_of_the_lists() {
    let figures = |text: &str| -> BTreeSet<String> {
        text.replace(',', "")
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter(|figure| figure.contains(|c: char| c.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    };
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (us, cn, _, mapping) in pairs() {
        let items = (us_ccl().get(us).unwrap(), cn_dual_use().get(cn).unwrap());
        for limit in MappingDifference::of_limits(items.0, items.1) {
            let MappingDifference::Limit {
                left, right, wider, ..
            } = &limit
            else {
                panic!("{limit}");
            };
            for recorded in &mapping.differences {
                if let MappingDifference::Limit {
                    left: ours,
                    right: theirs,
                    wider: said,
                    ..
                } = recorded
                    && figures(left).is_subset(&figures(ours))
                    && figures(right).is_subset(&figures(theirs))
                {
                    compared += 1;
                    let known = OTHER_FIGURES
                        .iter()
                        .any(|(a, b, _)| (code(a), code(b)) == (us, cn));
                    if said != wider && !known {
                        wrong.push(format!("{us} {cn}: {limit}, recorded as {recorded}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(compared >= 30, "{compared}");
}

/// A limit whose two figures can be read names the side that they make wider.
#[test]
fn the_wider_side_follows_from_the_figures() {
    let (mut wrong, mut read) = (Vec::new(), 0);
    for (us, cn, _, mapping) in pairs() {
        for one in &mapping.differences {
            let MappingDifference::Limit {
                left, right, wider, ..
            } = one
            else {
                continue;
            };
            let (Ok(a), Ok(b)) = (left.parse::<Quantity>(), right.parse::<Quantity>()) else {
                continue;
            };
            let (a, b) = (a.si(), b.si());
            if a.dimension != b.dimension {
                continue;
            }
            read += 1;
            // The reach of each end: the sign says which side catches more there.
            let end = |a: Option<(f64, bool)>, b: Option<(f64, bool)>, sign: f64| match (a, b) {
                (None, None) => 0,
                (None, Some(_)) => 1,
                (Some(_), None) => -1,
                (Some((a, a_in)), Some((b, b_in))) => match ((b - a) * sign).total_cmp(&0.0) {
                    std::cmp::Ordering::Equal => i32::from(a_in) - i32::from(b_in),
                    order => order as i32,
                },
            };
            let ends = [end(a.lower, b.lower, 1.0), end(a.upper, b.upper, -1.0)];
            let expected = match (ends.contains(&1), ends.contains(&-1)) {
                (true, false) => Some(Side::Left),
                (false, true) => Some(Side::Right),
                _ => None,
            };
            if *wider != expected {
                wrong.push(format!("{us} {cn}: {one}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(read >= 90, "{read}");
}

/// Notes of an item that one mapping has to count and another, of the same item with a part or the
/// whole of the same counterpart, has not: each with the reason.
const NOTE_DOES_NOT_BEAR: [(&str, &str, &str); 12] = [
    (
        "6A108.a",
        "6A008.i",
        "no ground radar is built into a civil aircraft",
    ),
    (
        "1B101.d",
        "1B101.g",
        "what the note takes out is in 1B001, which covers it together with this one",
    ),
    (
        "9A991.b",
        "9A501.a",
        "China's item itself begins where 9A012 ends",
    ),
    (
        "6D203",
        "6D201.a",
        "this paragraph serves no cameras of 6A203",
    ),
    ("1C210", "1C010.b", "the note is on aramid, this is carbon"),
    (
        "1C210",
        "1C010.e",
        "the note is on aramid, these are prepregs",
    ),
    ("1C450", "1C350.b", "the note is on a chemical of 1C350.c"),
    ("1C450", "1C350.d", "the note is on a chemical of 1C350.c"),
    (
        "6D204",
        "6D201.b",
        "the cameras are in the other Chinese entry",
    ),
    (
        "2B201.b",
        "2B001.b.2.a",
        "the note spares large inaccurate mills, and these are fine ones",
    ),
    (
        "2B201.b",
        "2B001.b.2.b",
        "the note spares large inaccurate mills, and these are fine ones",
    ),
    (
        "7A104",
        "7A004.a",
        "the note spares what is built into civil aircraft, and these are single devices",
    ),
];

/// An item's note that leaves something out, or requires a material or a form, counts in all of its
/// mappings with one counterpart and its paragraphs.
#[test]
fn an_exclusion_counts_in_every_mapping_of_its_item() {
    let mut forgotten = Vec::new();
    for side in Side::BOTH {
        let requires = |mapping: &Mapping, exclusions_only: bool| {
            mapping.differences.iter().any(|one| match one {
                MappingDifference::Exclusion { side: has, .. } => *has == side,
                MappingDifference::Material { side: has, .. }
                | MappingDifference::Form { side: has, .. } => *has == side && !exclusions_only,
                _ => false,
            })
        };
        let mut by_item: BTreeMap<Code, Vec<(Code, &Mapping)>> = BTreeMap::new();
        for (left, right, _, mapping) in pairs() {
            let (here, there) = match side {
                Side::Left => (left, right),
                Side::Right => (right, left),
            };
            by_item.entry(here).or_default().push((there, mapping));
        }
        for (here, mappings) in by_item {
            for (one, with) in mappings.iter().filter(|(_, one)| requires(one, true)) {
                for (other, without) in mappings.iter().filter(|(_, one)| !requires(one, false)) {
                    let akin = within(*one, *other) || within(*other, *one);
                    let known = NOTE_DOES_NOT_BEAR
                        .iter()
                        .any(|(a, b, _)| (code(a), code(b)) == (here, *other));
                    if akin && !known {
                        forgotten.push(format!(
                            "{here}: {one} yes, {other} no ({} {})",
                            with.reason, without.reason
                        ));
                    }
                }
            }
        }
    }
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}

/// Technology for goods that only anti-terrorism entries of the US reach is reached by such entries
/// alone: an entry of another series rests on goods that a note takes out of it.
#[test]
fn technology_reaches_no_farther_than_its_goods() {
    let residual = |code: &Code| code.entry().third_digit() == 9;
    let mut checked = 0;
    for item in cn_dual_use().items() {
        let serves = item.refers_to();
        if !matches!(item.code().group().letter(), 'D' | 'E') || serves.is_empty() {
            continue;
        }
        let goods: Vec<Code> = pairs()
            .filter(|(_, cn, ..)| serves.iter().any(|served| within(*cn, *served)))
            .map(|(us, ..)| us)
            .collect();
        if goods.is_empty() || !goods.iter().all(residual) {
            continue;
        }
        for (us, ..) in pairs().filter(|(_, cn, ..)| *cn == item.code()) {
            checked += 1;
            assert!(
                residual(&us),
                "{us} for {}, which serves {serves:?}",
                item.code()
            );
        }
    }
    assert!(checked > 0);
}

/// Faults of earlier editions of the crosswalk.
#[test]
fn known_faults_are_gone() {
    let related = |us: &str, cn: &str| pairs().any(|(a, b, ..)| (a, b) == (code(us), code(cn)));
    assert!(
        !related("1E001", "1E901"),
        "the US note leaves polyethylene out"
    );
    assert!(
        crosswalk().of_left(code("1C236.a.2.a")).next().is_none(),
        "a form, no item"
    );
    for (us, cn) in [
        ("1C234", "1C908"),
        ("1E002.c.1", "2E901"),
        ("1A005.a", "1C901.b"),
    ] {
        assert!(!related(us, cn), "{us} meets {cn} by accident only");
    }
    // The mixture rules of 1C350 and 1C355 and those of China's 1C450 differ.
    for (us, cn, relation, mapping) in pairs() {
        let chemicals =
            cn.entry() == code("1C450") && [code("1C350"), code("1C355")].contains(&us.entry());
        assert!(
            !chemicals || relation != Relation::Equal && !mapping.differences.is_empty(),
            "{us} {cn}"
        );
    }
    // A missile purpose is a difference.
    for (us, cn, relation, mapping) in pairs() {
        let missiles = mapping
            .differences
            .iter()
            .any(|one| one.kind() == "purpose");
        assert!(!missiles || relation != Relation::Equal, "{us} {cn}");
    }
    // The crate's own showcase: China's 3A001 is batteries, of which the US has a part in 3A001.e.
    let mut batteries = pairs().filter(|(_, cn, ..)| *cn == code("3A001"));
    assert!(
        batteries
            .any(|(us, _, relation, _)| us == code("3A001.e.1.b")
                && relation == Relation::Overlapping)
    );
}

/// A judgment of the yardstick, which was written from the texts alone.
#[derive(serde::Deserialize)]
struct Judged {
    side: String,
    code: Code,
    verdict: String,
    mappings: Vec<Met>,
}

#[derive(serde::Deserialize)]
struct Met {
    other: Code,
    relation: Relation,
}

fn yardstick() -> Vec<(Side, Judged)> {
    let read = |line: &str| {
        let judged: Judged =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let side = match judged.side.as_str() {
            "us" => Side::Left,
            "cn" => Side::Right,
            other => panic!("{other}"),
        };
        (side, judged)
    };
    include_str!("../support/yardstick.jsonl")
        .lines()
        .map(read)
        .collect()
}

/// The agreement of two judges, and what of it is not by chance (Cohen's kappa).
fn agreement(table: &BTreeMap<(String, String), usize>) -> (f64, f64) {
    let total: usize = table.values().sum();
    let share = |number: usize| number as f64 / total as f64;
    let same: usize = table
        .iter()
        .filter(|((a, b), _)| a == b)
        .map(|(_, n)| n)
        .sum();
    let names: BTreeSet<&String> = table.keys().flat_map(|(a, b)| [a, b]).collect();
    let by_chance: f64 = names
        .iter()
        .map(|name| {
            let rows: usize = table
                .iter()
                .filter(|((a, _), _)| a == *name)
                .map(|(_, n)| n)
                .sum();
            let columns: usize = table
                .iter()
                .filter(|((_, b), _)| b == *name)
                .map(|(_, n)| n)
                .sum();
            share(rows) * share(columns)
        })
        .sum();
    (share(same), (share(same) - by_chance) / (1.0 - by_chance))
}

/// data/SOURCES.md states these figures.
#[test]
fn the_yardstick_agrees() {
    let overlap = overlap(true);
    let yardstick = yardstick();
    assert_eq!(yardstick.len(), 160);
    let mut verdicts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let (mut ours, mut right, mut truth, mut found, mut related) = (0, 0, 0, 0, 0);
    for (side, judged) in &yardstick {
        assert!(list(*side).get(judged.code).is_some(), "{}", judged.code);
        let verdict = match overlap.verdict(*side, judged.code).unwrap().unwrap() {
            Verdict::Shared => "whole",
            Verdict::SharedInPart => "part",
            Verdict::OnlyHere => "none",
            Verdict::Undecided => "undecided",
        };
        if verdict != judged.verdict {
            println!(
                "{side:?} {}: {verdict}, yardstick {}",
                judged.code, judged.verdict
            );
        }
        *verdicts
            .entry((verdict.to_owned(), judged.verdict.clone()))
            .or_default() += 1;
        let have: Vec<(Code, Relation)> = pairs()
            .filter_map(|(us, cn, relation, _)| match side {
                Side::Left => (us == judged.code).then_some((cn, relation)),
                Side::Right => (cn == judged.code).then_some((us, relation)),
            })
            .collect();
        let akin = |a: Code, b: Code| within(a, b) || within(b, a);
        ours += have.len();
        right += have
            .iter()
            .filter(|(code, _)| judged.mappings.iter().any(|met| akin(*code, met.other)))
            .count();
        truth += judged.mappings.len();
        found += judged
            .mappings
            .iter()
            .filter(|met| have.iter().any(|(code, _)| akin(*code, met.other)))
            .count();
        related += judged
            .mappings
            .iter()
            .filter(|met| have.contains(&(met.other, met.relation)))
            .count();
    }
    let (observed, kappa) = agreement(&verdicts);
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let (precision, recall) = (share(right, ours), share(found, truth));
    println!(
        "{verdicts:?}\nagreement {observed:.3}, kappa {kappa:.3}, precision {precision:.3} ({right} of {ours}), recall {recall:.3} ({found} of {truth}), relation {related}"
    );
    assert!(observed >= 0.9 && kappa >= 0.85, "{observed} {kappa}");
    assert!(precision >= 0.7 && recall >= 0.9, "{precision} {recall}");
    stated(&format!("verdicts agree on {:.1}%", observed * 100.0));
    stated(&format!("kappa {kappa:.2}"));
    stated(&format!("precision {precision:.2}"));
    stated(&format!("recall {recall:.2}"));
}

/// Entries that the readers sorted by what they are for, and their fields otherwise: each with the
/// reason.
const SORTED_OTHERWISE: [(&str, &str); 9] = [
    (
        "3B904",
        "wafer probers at low temperature serve quantum devices and are chip equipment",
    ),
    (
        "3C001",
        "wafers with layers are of the Wassenaar list and material for chips",
    ),
    (
        "3C907",
        "layers of one isotope serve quantum devices and are material for chips",
    ),
    (
        "3C908",
        "compounds of one isotope serve quantum devices and are material for chips",
    ),
    (
        "3C909",
        "silicon of one isotope serves quantum devices and is material for chips",
    ),
    (
        "3D004",
        "software for spray cooling is in the category of chips",
    ),
    (
        "3D005",
        "software for restarting chips is of the Wassenaar list",
    ),
    (
        "3D901",
        "software for quantum devices is in the category of chips",
    ),
    (
        "3E901",
        "technology for quantum devices is in the category of chips",
    ),
];

/// Readers sorted what only the US list has; the groups that follow from the list's fields are the
/// same.
#[test]
fn groups_follow_from_the_lists_fields() {
    let (mut same, mut other) = (0, Vec::new());
    for mapping in crosswalk().mappings() {
        let said = mapping.extra["other"]
            .split('|')
            .find_map(|part| part.strip_prefix("group="));
        let (Some(said), Some(code)) = (said, mapping.left()) else {
            continue;
        };
        let item = us_ccl().get(code).unwrap();
        let group = groups::group(us_ccl(), item).unwrap();
        let known = SORTED_OTHERWISE
            .iter()
            .any(|(entry, _)| self::code(entry) == code.entry());
        match group.name == said || known {
            true => same += 1,
            false => other.push(format!("{code}: {}, read as {said}", group.name)),
        }
    }
    assert!(
        other.is_empty(),
        "{same} the same, {}: {other:#?}",
        other.len()
    );
    for group in groups::groups(us_ccl()) {
        stated(group.name);
        stated(group.definition);
    }
}

/// A reason speaks of its own pair. One text for pairs of a US entry with several of China's
/// entries would name things that most of these are not.
#[test]
fn a_reason_of_an_entry_speaks_of_one_counterpart() {
    // These say of each of the pairs what is true of it alone.
    const OF_EACH: [&str; 2] = ["3D202", "7B994"];
    let mut said: BTreeMap<(Code, &str), BTreeSet<Code>> = BTreeMap::new();
    for (left, right, _, mapping) in pairs().filter(|(left, ..)| left.is_entry()) {
        let of = said.entry((left, &mapping.reason)).or_default();
        of.insert(right.entry());
    }
    let several = |(left, _): &(Code, &str)| {
        // High explosives: an ingredient and a mixture of the same substance.
        *left != code("1C239") && !OF_EACH.contains(&left.to_string().as_str())
    };
    let shared: Vec<_> = said
        .iter()
        .filter(|(key, entries)| entries.len() > 1 && several(key))
        .collect();
    assert!(shared.is_empty(), "{shared:?}");
    let batteries = crosswalk().of_left(code("3A001"));
    let batteries = batteries.filter(|mapping| mapping.right() == Some(code("3A001")));
    let reasons: Vec<&str> = batteries.map(|mapping| &*mapping.reason).collect();
    assert_eq!(reasons, ["Only the batteries of US 3A001.e.1.b meet it."]);
}
