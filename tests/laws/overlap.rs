//! Overlaps: partition, symmetry, and the rule for parents and children.

#[path = "../support/lists.rs"]
mod lists;

use export_control::compare::OverlapBasis;
use export_control::crosswalk::Justification;
use export_control::{
    ChildLogic, Code, Comparison, ControlList, CountingRule, Crosswalk, Edition, Item, ItemState,
    ListId, ListInfo, Mapping, Relation, Scope, Side, Verdict,
};
use lists::list;
use proptest::prelude::*;

const BY_HAND: Justification = Justification::ManualMappingCuration;
const VERDICTS: [Verdict; 4] = [
    Verdict::Shared,
    Verdict::SharedInPart,
    Verdict::OnlyHere,
    Verdict::Undecided,
];

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn small(name: &str, items: &[(&str, ChildLogic)]) -> ControlList {
    let items = items
        .iter()
        .map(|(text, logic)| Item::new(code(text)).with_logic(*logic));
    ControlList::new(
        ListInfo::new(ListId::new(name), name),
        Edition::default(),
        items.collect(),
    )
    .unwrap()
}

/// Returns mappings of random items of two lists.
fn mappings(
    a: &ControlList,
    b: &ControlList,
    picks: &[(usize, usize, usize)],
) -> Option<Crosswalk> {
    let (left, right) = (a.items(), b.items());
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let mappings = picks.iter().map(|&(i, j, kind)| {
        let (i, j) = (left[i % left.len()].code(), right[j % right.len()].code());
        match kind {
            5 => Mapping::no_counterpart(Side::Left, i, BY_HAND),
            6 => Mapping::no_counterpart(Side::Right, j, BY_HAND),
            kind => Mapping::pair(i, j, Relation::ALL[kind], BY_HAND),
        }
    });
    let mut kept: Vec<Mapping> = Vec::new();
    for mapping in mappings {
        kept.push(mapping);
        if Crosswalk::new(a.id().clone(), b.id().clone(), kept.clone()).is_err() {
            kept.pop();
        }
    }
    Crosswalk::new(a.id().clone(), b.id().clone(), kept).ok()
}

fn picks() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0usize..100, 0usize..100, 0usize..7), 0..10)
}

proptest! {
    #[test]
    fn the_parts_are_the_whole(a in list("a"), b in list("b"), picks in picks(), complete in any::<bool>()) {
        let Some(crosswalk) = mappings(&a, &b, &picks) else { return Ok(()) };
        let basis = if complete { OverlapBasis::default().complete(Side::Right) } else { OverlapBasis::default() };
        let comparison = Comparison::new(&a, &b);
        let overlap = comparison.overlap(&crosswalk, basis).unwrap();
        for (side, whole) in [(Side::Left, &a), (Side::Right, &b)] {
            for rule in [CountingRule::Entries, CountingRule::Items, CountingRule::Leaves, CountingRule::Provisions, CountingRule::Depth(1)] {
                let share = overlap.share(side, rule).unwrap();
                prop_assert_eq!(Some(share.total()), whole.count(rule, &Scope::default()).number());
                prop_assert_eq!(share.shared() + share.number(Verdict::OnlyHere) + share.number(Verdict::Undecided), share.total());
                prop_assert_eq!(overlap.by_category(side, rule).unwrap().values().map(|part| part.total()).sum::<usize>(), share.total());
                prop_assert_eq!(overlap.by_group(side, rule).unwrap().values().map(|part| part.shared()).sum::<usize>(), share.shared());
                for verdict in VERDICTS {
                    prop_assert_eq!(overlap.units(side, rule, verdict).unwrap().len(), share.number(verdict));
                }
                if let Some((least, most)) = share.containment() {
                    prop_assert!((0.0..=1.0).contains(&least) && least <= most && most <= 1.0);
                }
            }
            let sets = VERDICTS.map(|verdict| overlap.items(side, verdict).unwrap());
            prop_assert_eq!(sets.iter().map(|set| set.len()).sum::<usize>(), whole.live().len());
            let union = sets.iter().skip(1).fold(sets[0].clone(), |all, set| all.union(set).unwrap());
            prop_assert_eq!(union, whole.live());
        }
    }

    #[test]
    fn swapping_sides_swaps_results(a in list("a"), b in list("b"), picks in picks()) {
        let Some(crosswalk) = mappings(&a, &b, &picks) else { return Ok(()) };
        let one = Comparison::new(&a, &b).overlap(&crosswalk, OverlapBasis::default()).unwrap();
        for crosswalk in [crosswalk.clone(), crosswalk.swapped()] {
            let two = Comparison::new(&b, &a).overlap(&crosswalk, OverlapBasis::default()).unwrap();
            for rule in [CountingRule::Entries, CountingRule::Leaves, CountingRule::Provisions] {
                for side in Side::BOTH {
                    prop_assert_eq!(one.share(side, rule).unwrap(), two.share(side.other(), rule).unwrap());
                }
                prop_assert_eq!(one.jaccard(rule).unwrap(), two.jaccard(rule).unwrap());
            }
        }
    }

    #[test]
    fn an_items_own_judgement_comes_first(a in list("a"), b in list("b"), picks in picks()) {
        let Some(crosswalk) = mappings(&a, &b, &picks) else { return Ok(()) };
        let overlap = Comparison::new(&a, &b).overlap(&crosswalk, OverlapBasis::default()).unwrap();
        let there = b.within(&Scope::default().implied(true)).unwrap();
        let nothing = |list: &ControlList, code: Code| list.get(code).is_some_and(|item| matches!(item.state(), ItemState::Empty | ItemState::Reserved));
        for mapping in crosswalk.mappings() {
            let Some(left) = mapping.left() else { continue };
            let verdict = overlap.verdict(Side::Left, left).unwrap().unwrap();
            match (mapping.relation(), mapping.right().is_some_and(|right| there.contains(right))) {
                (Some(relation), _) if relation != Relation::Unrelated && nothing(&a, left) => prop_assert!(verdict >= Verdict::OnlyHere),
                (Some(Relation::Equal | Relation::Narrower), true) => prop_assert_eq!(verdict, Verdict::Shared),
                (Some(Relation::Broader | Relation::Overlapping), true) => prop_assert!(verdict <= Verdict::SharedInPart),
                (None, _) => prop_assert_eq!(verdict, Verdict::OnlyHere),
                _ => {}
            }
        }
    }

    #[test]
    fn a_list_mapped_to_itself_is_wholly_shared(a in list("a")) {
        let same = a.items().iter().map(|item| Mapping::pair(item.code(), item.code(), Relation::Equal, BY_HAND)).collect();
        let Ok(crosswalk) = Crosswalk::new(a.id().clone(), a.id().clone(), same) else { return Ok(()) };
        let overlap = Comparison::new(&a, &a).overlap(&crosswalk, OverlapBasis::default()).unwrap();
        let share = overlap.share(Side::Left, CountingRule::Leaves).unwrap();
        prop_assert_eq!(share.number(Verdict::Shared), share.total());
        if share.total() > 0 {
            prop_assert_eq!(overlap.jaccard(CountingRule::Leaves).unwrap(), Some(1.0));
            prop_assert_eq!(share.containment(), Some((1.0, 1.0)));
        }
    }
}

/// Returns a tree of each kind on the left, and one flat list on the right.
fn example() -> (ControlList, ControlList) {
    use ChildLogic::{All, Any, Leaf};
    let left = small(
        "a",
        &[
            ("1A001", Any),
            ("1A001.a", Leaf),
            ("1A001.b", Any),
            ("1A001.b.1", Leaf),
            ("1A001.b.2", Leaf),
            ("1A002", All),
            ("1A002.a", Leaf),
            ("1A002.b", Leaf),
            ("1A003", Any),
            ("1A003.a", Leaf),
            ("1A003.b", Leaf),
            ("1A004", Leaf),
        ],
    );
    (
        left,
        small("b", &[("2B001", Leaf), ("2B002", Leaf), ("2B003", Leaf)]),
    )
}

fn verdicts(mappings: Vec<Mapping>, basis: OverlapBasis, codes: &[&str]) -> Vec<Verdict> {
    let (a, b) = example();
    let crosswalk = Crosswalk::new(a.id().clone(), b.id().clone(), mappings).unwrap();
    let overlap = Comparison::new(&a, &b).overlap(&crosswalk, basis).unwrap();
    codes
        .iter()
        .map(|text| overlap.verdict(Side::Left, code(text)).unwrap().unwrap())
        .collect()
}

#[test]
fn how_a_parents_mapping_bears_on_its_children() {
    use Verdict::{OnlyHere, Shared, SharedInPart, Undecided};
    let to = |relation| {
        vec![Mapping::pair(
            code("1A001"),
            code("2B001"),
            relation,
            BY_HAND,
        )]
    };
    let codes = ["1A001", "1A001.a", "1A001.b", "1A001.b.2"];
    assert_eq!(
        verdicts(to(Relation::Equal), OverlapBasis::default(), &codes),
        [Shared; 4]
    );
    assert_eq!(
        verdicts(to(Relation::Narrower), OverlapBasis::default(), &codes),
        [Shared; 4]
    );
    assert_eq!(
        verdicts(to(Relation::Broader), OverlapBasis::default(), &codes),
        [SharedInPart, Undecided, Undecided, Undecided]
    );
    assert_eq!(
        verdicts(to(Relation::Overlapping), OverlapBasis::default(), &codes),
        [SharedInPart, Undecided, Undecided, Undecided]
    );
    assert_eq!(
        verdicts(to(Relation::Unrelated), OverlapBasis::default(), &codes),
        [Undecided; 4]
    );
    let none = vec![Mapping::no_counterpart(Side::Left, code("1A001"), BY_HAND)];
    assert_eq!(
        verdicts(none, OverlapBasis::default(), &codes),
        [OnlyHere; 4]
    );
}

#[test]
fn how_childrens_mappings_bear_on_their_parent() {
    use Verdict::{OnlyHere, Shared, SharedInPart, Undecided};
    let one = |text| Mapping::pair(code(text), code("2B001"), Relation::Narrower, BY_HAND);
    let none = |text| Mapping::no_counterpart(Side::Left, code(text), BY_HAND);
    let of = |mappings, text| verdicts(mappings, OverlapBasis::default(), &[text])[0];
    assert_eq!(of(vec![one("1A003.a"), one("1A003.b")], "1A003"), Shared);
    assert_eq!(
        of(vec![one("1A003.a"), none("1A003.b")], "1A003"),
        SharedInPart
    );
    assert_eq!(of(vec![one("1A003.a")], "1A003"), SharedInPart);
    assert_eq!(
        of(vec![none("1A003.a"), none("1A003.b")], "1A003"),
        OnlyHere
    );
    assert_eq!(of(vec![none("1A003.a")], "1A003"), Undecided);
    assert_eq!(
        of(vec![one("1A001.b.1")], "1A001"),
        SharedInPart,
        "through two levels"
    );
    assert_eq!(
        of(vec![one("1A002.a"), one("1A002.b")], "1A002"),
        Undecided,
        "conditions are no items"
    );
}

#[test]
fn several_items_can_catch_one_together() {
    use Verdict::{OnlyHere, Shared, SharedInPart};
    let part = |to: &str, jointly| {
        let mut mapping = Mapping::pair(code("1A004"), code(to), Relation::Overlapping, BY_HAND);
        mapping.jointly = jointly;
        mapping
    };
    let of = |mappings| verdicts(mappings, OverlapBasis::default(), &["1A004"])[0];
    let left = Some(Side::Left);
    assert_eq!(of(vec![part("2B001", left), part("2B002", left)]), Shared);
    assert_eq!(
        of(vec![part("2B001", None), part("2B002", None)]),
        SharedInPart
    );
    let right = Some(Side::Right);
    assert_eq!(
        of(vec![part("2B001", right)]),
        SharedInPart,
        "the other side"
    );
    // One of them that holds nothing leaves a gap.
    let (a, b) = example();
    let mut items = b.items().to_vec();
    items[1] = items[1].clone().with_state(ItemState::Empty);
    let info = ListInfo::new(ListId::new("b"), "b");
    let b = ControlList::new(info, Edition::default(), items).unwrap();
    let both = vec![part("2B001", left), part("2B002", left)];
    let crosswalk = Crosswalk::new(a.id().clone(), b.id().clone(), both).unwrap();
    for turned in [crosswalk.clone(), crosswalk.swapped()] {
        let overlap = Comparison::new(&a, &b)
            .overlap(&turned, OverlapBasis::default())
            .unwrap();
        assert_eq!(
            overlap.verdict(Side::Left, code("1A004")).unwrap(),
            Some(SharedInPart)
        );
    }
    assert_eq!(
        of(vec![Mapping::no_counterpart(
            Side::Left,
            code("1A004"),
            BY_HAND
        )]),
        OnlyHere
    );
}

#[test]
fn conditions_have_the_verdict_of_their_parent() {
    let to = |text: &str, relation| Mapping::pair(code(text), code("2B001"), relation, BY_HAND);
    let of = |mapping| {
        verdicts(
            vec![mapping],
            OverlapBasis::default(),
            &["1A002", "1A002.a"],
        )
    };
    assert_eq!(
        of(to("1A002", Relation::Overlapping)),
        [Verdict::SharedInPart; 2]
    );
    assert_eq!(of(to("1A002", Relation::Equal)), [Verdict::Shared; 2]);
}

/// Items shared in part are divided by what an item has beyond its closest counterpart.
#[test]
fn parts_are_divided_by_kinds_of_differences() {
    let with = |from: &str, to: &str, differences: &[&str]| {
        let mut mapping = Mapping::pair(code(from), code(to), Relation::Overlapping, BY_HAND);
        mapping.differences = differences
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        mapping
    };
    let mappings = vec![
        with(
            "1A004",
            "2B001",
            &[
                "limit mass: left > 1 kg; right > 2 kg; wider left",
                "members left: x",
                "purpose left: y",
            ],
        ),
        with(
            "1A004",
            "2B002",
            &["purpose right: toys", "exclusion left: z"],
        ),
        with("1A003.a", "2B001", &[]),
        with(
            "1A003.b",
            "2B001",
            &["not-stated right: the mass", "members right: x"],
        ),
    ];
    let (a, b) = example();
    let crosswalk = Crosswalk::new(a.id().clone(), b.id().clone(), mappings).unwrap();
    let overlap = Comparison::new(&a, &b)
        .overlap(&crosswalk, OverlapBasis::default())
        .unwrap();
    let rule = CountingRule::Leaves;
    let numbers = |side| -> Vec<(Option<&str>, usize)> {
        let parts = overlap.by_difference(side, rule).unwrap();
        parts
            .iter()
            .map(|(kind, share)| (*kind, share.total()))
            .collect()
    };
    assert_eq!(
        numbers(Side::Left),
        [(None, 1), (Some("not-stated"), 1), (Some("purpose"), 1)]
    );
    assert_eq!(
        overlap.share(Side::Left, rule).unwrap().basis(),
        OverlapBasis::default()
    );
    let right = numbers(Side::Right);
    assert!(right.contains(&(Some("exclusion"), 1)), "{right:?}");
}

#[test]
fn what_nothing_reaches_is_only_here_where_all_reaches_are_recorded() {
    use Verdict::{OnlyHere, SharedInPart, Undecided};
    let mappings = vec![Mapping::pair(
        code("1A001"),
        code("2B001"),
        Relation::Broader,
        BY_HAND,
    )];
    let codes = ["1A001", "1A001.a", "1A004", "1A003"];
    assert_eq!(
        verdicts(mappings.clone(), OverlapBasis::default(), &codes),
        [SharedInPart, Undecided, Undecided, Undecided]
    );
    assert_eq!(
        verdicts(
            mappings,
            OverlapBasis::default().complete(Side::Right),
            &codes
        ),
        [SharedInPart, Undecided, OnlyHere, OnlyHere]
    );
}

#[test]
fn a_score_overrules_no_judgement() {
    let propose = |text: &str, to: &str, confidence| {
        let mut mapping = Mapping::pair(
            code(text),
            code(to),
            Relation::Equal,
            Justification::CompositeMatching,
        );
        mapping.confidence = Some(confidence);
        mapping
    };
    let mappings = vec![
        propose("1A004", "2B001", 0.95),
        propose("1A003.a", "2B002", 0.95),
        Mapping::pair(code("1A003.a"), code("2B002"), Relation::Unrelated, BY_HAND),
        propose("1A003.b", "2B003", 0.95),
        Mapping::no_counterpart(Side::Left, code("1A003.b"), BY_HAND),
        propose("1A001.a", "2B003", 0.2),
    ];
    let codes = ["1A004", "1A003.a", "1A003.b", "1A001.a"];
    use Verdict::{OnlyHere, Shared, Undecided};
    assert_eq!(
        verdicts(mappings.clone(), OverlapBasis::default(), &codes),
        [Undecided, Undecided, OnlyHere, Undecided]
    );
    assert_eq!(
        verdicts(mappings, OverlapBasis::default().proposals(0.9), &codes),
        [Shared, Undecided, OnlyHere, Undecided]
    );
}

#[test]
fn a_suspended_counterpart_counts_only_where_the_scope_has_it() {
    let (us, cn) = (export_control::us_ccl(), export_control::cn_dual_use());
    let mapping = Mapping::pair(
        code("3A001.e.1"),
        code("3A001"),
        Relation::Overlapping,
        BY_HAND,
    );
    let crosswalk = Crosswalk::new(us.id().clone(), cn.id().clone(), vec![mapping]).unwrap();
    let comparison = Comparison::new(us, cn);
    let of = |comparison: &Comparison<'_>| {
        comparison
            .overlap(&crosswalk, OverlapBasis::default())
            .unwrap()
            .verdict(Side::Left, code("3A001.e.1"))
            .unwrap()
            .unwrap()
    };
    // It was looked at, and what catches it is not in force.
    assert_eq!(of(&comparison), Verdict::OnlyHere);
    let scope = comparison.scope().clone().suspended(true);
    assert_eq!(of(&comparison.within(scope)), Verdict::SharedInPart);
}

#[test]
fn a_heading_that_holds_nothing_is_no_counterpart() {
    let pair = |to: &str, relation| Mapping::pair(code("1A004"), code(to), relation, BY_HAND);
    let (a, mut items) = (example().0, example().1.items().to_vec());
    items[0] = items[0].clone().with_state(ItemState::Empty);
    items[1] = items[1].clone().with_state(ItemState::Reserved);
    let b = ControlList::new(
        ListInfo::new(ListId::new("b"), "b"),
        Edition::default(),
        items,
    )
    .unwrap();
    let of = |mappings: Vec<Mapping>, side, text| {
        let crosswalk = Crosswalk::new(a.id().clone(), b.id().clone(), mappings).unwrap();
        let verdict = |scope| {
            Comparison::new(&a, &b)
                .within(scope)
                .overlap(&crosswalk, OverlapBasis::default())
                .unwrap()
                .verdict(side, code(text))
        };
        let [one, two] = [Scope::default(), Scope::default().empty(true)]
            .map(|scope| verdict(scope).unwrap().unwrap());
        assert_eq!(one, two, "also where the scope has such headings");
        one
    };
    let empty = || pair("2B001", Relation::Narrower);
    assert_eq!(of(vec![empty()], Side::Left, "1A004"), Verdict::OnlyHere);
    assert_eq!(
        of(
            vec![empty(), pair("2B002", Relation::Equal)],
            Side::Left,
            "1A004"
        ),
        Verdict::OnlyHere
    );
    assert_eq!(
        of(
            vec![empty(), pair("2B003", Relation::Overlapping)],
            Side::Left,
            "1A004"
        ),
        Verdict::SharedInPart
    );
    assert_eq!(
        of(
            vec![pair("2B001", Relation::Unrelated)],
            Side::Left,
            "1A004"
        ),
        Verdict::Undecided
    );
    assert_eq!(
        of(vec![empty()], Side::Right, "2B001"),
        Verdict::OnlyHere,
        "what catches nothing shares nothing"
    );
    let mut proposed = empty();
    proposed.justification = Justification::CompositeMatching;
    assert_eq!(
        of(vec![proposed], Side::Left, "1A004"),
        Verdict::Undecided,
        "a program has judged nothing"
    );
}

#[test]
fn ramjets_are_only_on_chinas_list() {
    let overlap = Comparison::new(export_control::us_ccl(), export_control::cn_dual_use());
    let overlap = overlap
        .overlap(
            export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk"),
            OverlapBasis::default(),
        )
        .unwrap();
    // The engines have an empty US heading.
    for text in ["9A111.a", "9A111.b", "9A111.d"] {
        assert_eq!(
            overlap.verdict(Side::Right, code(text)).unwrap(),
            Some(Verdict::OnlyHere),
            "{text}"
        );
    }
    // HMX meets the US explosives that are dense and fast enough, and on no other list.
    let explosive = overlap.verdict(Side::Right, code("1C239.a")).unwrap();
    assert_eq!(explosive, Some(Verdict::SharedInPart));
}

#[test]
fn jaccard_is_undefined_where_pieces_do_not_pair_off() {
    use ChildLogic::Leaf;
    let (a, b) = (
        small("a", &[("1A001", Leaf), ("1A002", Leaf), ("1A003", Leaf)]),
        small("b", &[("1A001", Leaf), ("1A002", Leaf)]),
    );
    let index = |mappings: Vec<Mapping>| {
        let crosswalk = Crosswalk::new(a.id().clone(), b.id().clone(), mappings).unwrap();
        Comparison::new(&a, &b)
            .overlap(&crosswalk, OverlapBasis::default())
            .unwrap()
            .jaccard(CountingRule::Leaves)
            .unwrap()
    };
    let equal = |one, other| Mapping::pair(code(one), code(other), Relation::Equal, BY_HAND);
    let none = |side, text| Mapping::no_counterpart(side, code(text), BY_HAND);
    let decided = vec![
        equal("1A001", "1A001"),
        none(Side::Left, "1A002"),
        none(Side::Left, "1A003"),
        none(Side::Right, "1A002"),
    ];
    assert_eq!(index(decided.clone()), Some(0.25));
    assert_eq!(index(decided[..3].to_vec()), None, "something is undecided");
    assert_eq!(
        index(vec![
            equal("1A001", "1A001"),
            equal("1A002", "1A001"),
            none(Side::Left, "1A003"),
            none(Side::Right, "1A002")
        ]),
        None
    );
}

#[test]
fn unknown_days_have_no_overlap() {
    let comparison = Comparison::new(export_control::us_ccl(), export_control::cn_dual_use())
        .within(Scope::default().on(jiff::civil::date(2030, 1, 1)));
    let overlap = comparison
        .overlap(
            export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk"),
            OverlapBasis::default(),
        )
        .unwrap();
    assert!(
        overlap.share(Side::Left, CountingRule::Leaves).is_err()
            && overlap.items(Side::Right, Verdict::Shared).is_err()
    );
}
