//! The embedded crosswalks of the EU's list against what can be known of them from outside: the
//! figures of the lists, their texts, and each other.

use export_control::compare::OverlapBasis;
use export_control::{
    Comparison, ControlList, CountingRule, Crosswalk, Item, ItemState, Mapping, Overlap, Relation,
    Side, Verdict,
};

const PAIRS: [[&str; 2]; 2] = [["us-ccl", "eu-annex-i"], ["eu-annex-i", "cn-dual-use"]];

fn list(id: &str) -> &'static ControlList {
    export_control::list(id).unwrap()
}

fn crosswalk([left, right]: [&str; 2]) -> &'static Crosswalk {
    export_control::crosswalk(left, right).expect("an embedded crosswalk")
}

fn overlap(pair: [&'static str; 2]) -> Overlap<'static> {
    let [left, right] = pair.map(list);
    Comparison::new(left, right)
        .overlap(crosswalk(pair), OverlapBasis::default())
        .unwrap()
}

/// The pairs that have something in common, with their lists.
fn pairs() -> impl Iterator<Item = ([&'static str; 2], &'static Mapping, Relation)> {
    PAIRS.into_iter().flat_map(|pair| {
        let related = crosswalk(pair).mappings().iter();
        related.filter_map(move |mapping| {
            let relation = mapping.relation()?;
            (relation != Relation::Unrelated).then_some((pair, mapping, relation))
        })
    })
}

#[test]
fn crosswalks_fit_their_lists() {
    for pair in PAIRS {
        let [left, right] = pair.map(list);
        crosswalk(pair).check(left, right).unwrap();
        for mapping in crosswalk(pair).mappings() {
            let place = format!("{pair:?} {:?}", mapping.finding);
            assert!(
                mapping.author.is_some() && mapping.reason.len() > 3,
                "{place}"
            );
            assert!(!mapping.evidence.is_empty(), "{place}");
            let items = [(left, mapping.left()), (right, mapping.right())];
            for (list, code) in items {
                let item = code.and_then(|code| list.get(code));
                let state = item.map(Item::state);
                assert!(state != Some(ItemState::Reserved), "{place}");
            }
        }
    }
}

/// Every entry was looked at, and nothing in force on either list is undecided.
#[test]
fn the_lists_were_read_whole() {
    for pair in PAIRS {
        let overlap = overlap(pair);
        for side in Side::BOTH {
            for rule in [CountingRule::Entries, CountingRule::Provisions] {
                let open = overlap.units(side, rule, Verdict::Undecided).unwrap();
                let open: Vec<String> = open.iter().map(|item| item.code().to_string()).collect();
                assert!(open.is_empty(), "{pair:?} {rule}: {open:?}");
            }
        }
    }
}

#[test]
fn relations_agree_with_differences() {
    let disagree = |([left, right], mapping, relation): &([&str; 2], &Mapping, Relation)| {
        let said = Relation::of_differences(&mapping.differences);
        let mut differences = mapping.differences.iter();
        let unknown = differences.any(|one| one.kind() == "not-stated");
        let found = format!("{left} {right} {:?}: {said:?}", mapping.finding);
        (said != Some(*relation) && !unknown).then_some(found)
    };
    let found: Vec<String> = pairs().filter_map(|one| disagree(&one)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Pairs whose figures are measured in another way, or read in another way.
const MEASURED_OTHERWISE: [(&str, &str, &str); 6] = [
    (
        "2B350.a",
        "2B350.g",
        "China's bounds are the same, but are read as two figures",
    ),
    (
        "2B350.j",
        "2B350.j",
        "1273 K and 1000 °C are one figure, rounded",
    ),
    ("2B350.j", "2B350.i", "the same"),
    (
        "2B201.a",
        "2B201.c",
        "a note of the US list calls 4.5 µm by ISO 230-2 of 2006 equivalent to 6 µm of 1988",
    ),
    ("2B201.b.1", "2B201.a.1", "the same"),
    ("2B201.c.1", "2B201.b.1", "the same, of 3 µm and 4 µm"),
];

#[test]
fn relations_agree_with_figures() {
    let mut found = Vec::new();
    for pair in PAIRS {
        let [left, right] = pair.map(list);
        for (mapping, limits) in crosswalk(pair).contradicted_by_limits(left, right) {
            let codes = [mapping.left(), mapping.right()];
            let codes = codes.map(|code| code.map_or_else(String::new, |code| code.to_string()));
            let known = MEASURED_OTHERWISE
                .iter()
                .any(|(a, b, _)| *a == codes[0] && *b == codes[1]);
            if !known {
                found.push(format!("{pair:?} {codes:?}: {}", limits[0]));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
