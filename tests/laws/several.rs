//! Three lists at once: the parts are the whole, and agree with each two of the lists. Crosswalks
//! chain as their relations do.

#[path = "../support/lists.rs"]
mod lists;

use export_control::compare::OverlapBasis;
use export_control::crosswalk::{Conflict, Justification};
use export_control::{
    Code, Comparison, ControlList, CountingRule, Crosswalk, ListId, Mapping, Relation, Side,
    Verdict,
};
use lists::list;
use proptest::prelude::*;

const BY_HAND: Justification = Justification::ManualMappingCuration;
const RULES: [CountingRule; 4] = [
    CountingRule::Entries,
    CountingRule::Items,
    CountingRule::Leaves,
    CountingRule::Provisions,
];

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

/// Returns a crosswalk of random items, without judgments that contradict each other.
fn mapped(a: &ControlList, b: &ControlList, picks: &[(usize, usize, usize)]) -> Crosswalk {
    let (left, right) = (a.items(), b.items());
    let new = |mappings| Crosswalk::new(a.id().clone(), b.id().clone(), mappings);
    let mut kept: Vec<Mapping> = Vec::new();
    for &(i, j, kind) in picks {
        if left.is_empty() || right.is_empty() {
            break;
        }
        let (i, j) = (left[i % left.len()].code(), right[j % right.len()].code());
        kept.push(match kind {
            5 => Mapping::no_counterpart(Side::Left, i, BY_HAND),
            6 => Mapping::no_counterpart(Side::Right, j, BY_HAND),
            kind => Mapping::pair(i, j, Relation::ALL[kind], BY_HAND),
        });
        if new(kept.clone()).is_err() {
            kept.pop();
        }
    }
    new(kept).unwrap()
}

fn picks() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0usize..100, 0usize..100, 0usize..7), 0..10)
}

proptest! {
    #[test]
    fn the_parts_of_three_lists_are_the_whole(a in list("a"), b in list("b"), c in list("c"), ab in picks(), bc in picks(), ac in picks()) {
        let crosswalks = [mapped(&a, &b, &ab), mapped(&b, &c, &bc), mapped(&a, &c, &ac).swapped()];
        let comparison = Comparison::new(&a, &b).and(&c);
        let overlap = comparison.overlaps(&crosswalks, OverlapBasis::default()).unwrap();
        for rule in RULES {
            let counts = comparison.counts(rule);
            let sets = overlap.intersections(rule).unwrap();
            for (at, count) in counts.iter().enumerate() {
                let division = overlap.division(at, rule).unwrap();
                prop_assert_eq!(Some(division.total()), count.number());
                // Against each other list, the division says what the overlap of the two says.
                let others: Vec<usize> = (0..3).filter(|other| *other != at).collect();
                for (place, other) in others.into_iter().enumerate() {
                    let side = if at < other { Side::Left } else { Side::Right };
                    let share = overlap.pair(at, other).unwrap().share(side, rule).unwrap();
                    for verdict in [Verdict::Shared, Verdict::SharedInPart, Verdict::OnlyHere, Verdict::Undecided] {
                        prop_assert_eq!(division.number(|verdicts| verdicts[place] == verdict), share.number(verdict));
                    }
                }
                let in_sets: usize = sets.iter().map(|set| set.numbers[at]).sum();
                prop_assert_eq!(in_sets + division.undecided(), division.total());
                let only = |verdicts: &[Verdict]| verdicts.iter().all(|one| *one == Verdict::OnlyHere);
                prop_assert_eq!(overlap.units(at, rule, only).unwrap().len(), division.only_here());
            }
        }
    }

    /// Two lists are a case of any number.
    #[test]
    fn two_lists_divide_as_an_overlap_does(a in list("a"), b in list("b"), picks in picks()) {
        let crosswalk = mapped(&a, &b, &picks);
        let comparison = Comparison::new(&a, &b);
        let two = comparison.overlap(&crosswalk, OverlapBasis::default()).unwrap();
        let any = comparison.overlaps([&crosswalk], OverlapBasis::default()).unwrap();
        for rule in RULES {
            for (at, side) in Side::BOTH.into_iter().enumerate() {
                let share = two.share(side, rule).unwrap();
                prop_assert_eq!(any.division(at, rule).unwrap().on_all(), share.shared());
            }
        }
    }

    /// A crosswalk chained with its own inverse agrees with itself: no item conflicts with itself.
    #[test]
    fn there_and_back_nothing_conflicts(a in list("a"), b in list("b"), picks in picks()) {
        let there = mapped(&a, &b, &picks);
        let composition = there.compose(&there.swapped()).unwrap();
        for pair in composition.pairs().iter().filter(|pair| pair.left == pair.right) {
            prop_assert!(pair.relations.contains(Relation::Equal), "{pair}");
        }
    }

    /// Chaining backward gives the same pairs with the sides changed.
    #[test]
    fn chains_have_two_directions(a in list("a"), b in list("b"), c in list("c"), ab in picks(), bc in picks()) {
        let (one, two) = (mapped(&a, &b, &ab), mapped(&b, &c, &bc));
        let forward = one.compose(&two).unwrap();
        let backward = two.swapped().compose(&one.swapped()).unwrap();
        prop_assert_eq!(forward.pairs().len(), backward.pairs().len());
        prop_assert_eq!(forward.lacks().len(), backward.lacks().len());
        for pair in forward.pairs() {
            let twin = backward.pairs().iter().find(|twin| (twin.right, twin.left) == (pair.left, pair.right)).unwrap();
            for relation in Relation::ALL {
                prop_assert_eq!(pair.relations.contains(relation), twin.relations.contains(relation.inverse()));
            }
        }
    }
}

fn crosswalk(
    left: &str,
    right: &str,
    pairs: &[(&str, Relation, &str)],
    lacks: &[(Side, &str)],
) -> Crosswalk {
    let pairs = pairs
        .iter()
        .map(|(left, relation, right)| Mapping::pair(code(left), code(right), *relation, BY_HAND));
    let lacks = lacks
        .iter()
        .map(|(side, item)| Mapping::no_counterpart(*side, code(item), BY_HAND));
    Crosswalk::new(
        ListId::new(left),
        ListId::new(right),
        pairs.chain(lacks).collect(),
    )
    .unwrap()
}

#[test]
fn a_chain_is_compared_with_the_direct_judgments() {
    use Relation::{Broader, Equal, Narrower, Overlapping};
    let first = crosswalk(
        "us",
        "eu",
        &[
            ("1A001", Equal, "1A001"),
            ("1A002", Broader, "1A002"),
            ("1A003", Broader, "1A003"),
            ("1A004", Equal, "1A004"),
            ("1A005", Equal, "1A005"),
            ("1A006", Narrower, "1A006"),
        ],
        &[],
    );
    let second = crosswalk(
        "eu",
        "cn",
        &[
            ("1A001", Equal, "2A001"),
            ("1A002", Equal, "2A002"),
            ("1A003", Narrower, "2A003"),
            ("1A004", Equal, "2A004"),
            ("1A005", Equal, "2A005"),
        ],
        &[(Side::Left, "1A006")],
    );
    let direct = crosswalk(
        "us",
        "cn",
        &[
            ("1A001", Equal, "2A001"),
            ("1A002", Narrower, "2A002"),
            ("1A003", Overlapping, "2A003"),
            ("1A006.a", Equal, "2A006"),
        ],
        &[(Side::Left, "1A004")],
    );
    let agreement = first.compose(&second).unwrap().compare(&direct).unwrap();
    assert_eq!((agreement.same, agreement.possible), (1, 1));
    assert_eq!(agreement.agreement(), Some(0.5));
    let said: Vec<String> = agreement
        .conflicts
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        [
            "1A002 broader than 2A002 through 1A002; directly judged narrower than",
            "1A004 equal to 2A004 through 1A004; 1A004 directly judged to have no counterpart",
            "1A006 has no counterpart through 1A006; 1A006.a and 2A006 directly judged to meet",
        ]
    );
    assert!(matches!(agreement.conflicts[2], Conflict::Lack { .. }));
    let added: Vec<String> = agreement.added.iter().map(ToString::to_string).collect();
    assert_eq!(added, ["1A005 equal to 2A005 through 1A005"]);
    // Either direction of the direct crosswalk gives the same.
    let turned = first.compose(&second).unwrap().compare(&direct.swapped());
    assert_eq!(turned.unwrap(), agreement);
    let proposals = first.compose(&second).unwrap().proposals().unwrap();
    assert_eq!(proposals.mappings().len(), 4, "1A003 and 2A003 are open");
    let wrong = first.compose(&direct).unwrap_err().to_string();
    assert!(wrong.contains("us") && wrong.contains("eu"), "{wrong}");
}

#[test]
fn a_missing_crosswalk_is_named() {
    let lists = ["us-ccl", "cn-dual-use", "eu-annex-i"].map(|id| export_control::list(id).unwrap());
    let comparison = Comparison::new(lists[0], lists[1]).and(lists[2]);
    let only = export_control::crosswalk("us-ccl", "cn-dual-use");
    let error = comparison
        .overlaps(only, OverlapBasis::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("no crosswalk of us-ccl and eu-annex-i"),
        "{error}"
    );
}
