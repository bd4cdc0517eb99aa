//! Comparisons: partition, symmetry, idempotence.

#[path = "../support/lists.rs"]
mod lists;

use std::collections::BTreeSet;

use export_control::compare::Caveat;
use export_control::{
    Category, Code, Comparison, ControlList, CountingRule, ProductGroup, Scope, us_ccl,
};
use lists::list;
use proptest::prelude::*;

proptest! {
    #[test]
    fn same_code_partitions_both_lists(a in list("a"), b in list("b"), entries_only in any::<bool>()) {
        let comparison = Comparison::new(&a, &b);
        let same = comparison.same_code(entries_only).unwrap();
        let wanted = |list: &export_control::ControlList| list.live().codes().filter(|code| !entries_only || code.is_entry()).collect::<BTreeSet<Code>>();
        let (left, right) = (wanted(&a), wanted(&b));
        prop_assert!(same.both.iter().eq(left.intersection(&right)));
        prop_assert!(same.left_only.iter().eq(left.difference(&right)));
        prop_assert!(same.right_only.iter().eq(right.difference(&left)));
    }

    #[test]
    fn swapping_sides_swaps_results(a in list("a"), b in list("b")) {
        let comparison = Comparison::new(&a, &b);
        let swapped = comparison.clone().swapped();
        let (one, two) = (comparison.same_code(false).unwrap(), swapped.same_code(false).unwrap());
        prop_assert_eq!((one.both, one.left_only, one.right_only), (two.both, two.right_only, two.left_only));
        for rule in CountingRule::ALL {
            let (one, two) = (comparison.counts(rule), swapped.counts(rule));
            prop_assert_eq!((&one[0], &one[1]), (&two[1], &two[0]));
            let (one, two) = (comparison.grids(rule), swapped.grids(rule));
            prop_assert_eq!((&one[0], &one[1]), (&two[1], &two[0]));
        }
    }

    #[test]
    fn a_list_against_itself_differs_in_nothing(a in list("a")) {
        let comparison = Comparison::new(&a, &a);
        let same = comparison.same_code(false).unwrap();
        prop_assert!(same.left_only.is_empty() && same.right_only.is_empty());
        prop_assert_eq!(same.both.len(), a.live().len());
    }

    #[test]
    fn a_profile_divides_the_count(a in list("a")) {
        let comparison = Comparison::new(&a, &a);
        for rule in [CountingRule::Entries, CountingRule::Items, CountingRule::Leaves, CountingRule::Provisions, CountingRule::Depth(1)] {
            let division = comparison.grids(rule)[0].clone().unwrap();
            prop_assert_eq!((division.list(), division.edition(), division.rule(), division.scope()), (a.id(), a.edition(), rule, &Scope::default()));
            prop_assert_eq!(Some(division.total()), a.count(rule, &Scope::default()).number());
            prop_assert_eq!(Category::ALL.map(|category| division.category(category)).iter().sum::<usize>(), division.total());
            prop_assert_eq!(ProductGroup::ALL.map(|group| division.group(group)).iter().sum::<usize>(), division.total());
            for category in Category::ALL {
                for group in ProductGroup::ALL {
                    let scope = Scope::default().category(category).group(group);
                    prop_assert_eq!(Some(division.cell(category, group)), a.count(rule, &scope).number());
                }
            }
        }
    }
}

#[test]
fn a_comparison_stands_on_the_last_day_of_both_editions() {
    let comparison = Comparison::new(export_control::us_ccl(), export_control::cn_dual_use());
    assert_eq!(
        comparison.scope().date(),
        Some(jiff::civil::date(2026, 6, 12))
    );
}

#[test]
fn a_report_is_plain_data() {
    let report = Comparison::new(export_control::us_ccl(), export_control::cn_dual_use()).report();
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(
        serde_json::from_str::<export_control::compare::Report>(&json).unwrap(),
        report
    );
}

#[test]
fn unknown_days_make_everything_unavailable() {
    let far = Scope::default().on(jiff::civil::date(2030, 1, 1));
    let comparison =
        Comparison::new(export_control::us_ccl(), export_control::cn_dual_use()).within(far);
    assert!(comparison.same_code(true).is_err());
    assert!(
        comparison
            .all_counts()
            .iter()
            .all(|counts| counts[0].ratio(&counts[1]).is_none() && counts[0].number().is_none())
    );
    assert!(comparison.grids(CountingRule::Items)[0].is_err());
}

/// If one list records no any-of or all-of logic and the other does, the comparison says so and
/// names the list.
#[test]
fn a_list_that_records_no_logic_is_named() {
    let read = |text: &str| text.parse::<ControlList>().unwrap();
    let silent = read("# list: mine\ncode,title\n3A001,Converters\n3A001.a,Fast\n3A001.b,Cold\n");
    let also_silent = read("# list: empty-column\ncode,logic\n3A001,\n3A001.a,\n");
    let flat = read("# list: flat\ncode,title\n3A001,Converters\n");
    let says = read("# list: says\ncode,logic\n3A001,all\n3A001.a,\n3A001.b,\n");
    let marked = read("# list: marked\n# logic: not recorded\ncode,logic\n3A001,all\n3A001.a,\n");
    let not_recorded = |list: &ControlList, recorded_by: &ControlList| Caveat::LogicNotRecorded {
        list: list.id().clone(),
        recorded_by: recorded_by.id().clone(),
    };
    let caveats = |a, b| Comparison::new(a, b).caveats();
    assert_eq!(
        caveats(us_ccl(), &silent),
        [not_recorded(&silent, us_ccl())]
    );
    assert_eq!(
        caveats(&silent, us_ccl()),
        [not_recorded(&silent, us_ccl())]
    );
    assert_eq!(
        caveats(&marked, us_ccl()),
        [not_recorded(&marked, us_ccl())]
    );
    let none: [Caveat; 0] = [];
    assert_eq!(caveats(us_ccl(), &says), none, "both record it");
    assert_eq!(caveats(&silent, &also_silent), none, "neither records it");
    assert_eq!(
        caveats(us_ccl(), &flat),
        none,
        "there are no paragraphs of which to record it"
    );
    let three = Comparison::new(&silent, &says)
        .and(&also_silent)
        .and(us_ccl());
    assert_eq!(
        three.caveats(),
        [
            not_recorded(&silent, &says),
            not_recorded(&also_silent, &says)
        ]
    );
    assert_eq!(three.report().caveats, three.caveats());
    let caveat = &three.caveats()[0];
    assert_eq!(
        caveat.to_string(),
        "mine does not record which paragraphs are conditions, and says does: a condition of mine \
         counts as a provision of its own, so compare the two by leaves."
    );
    for rule in CountingRule::ALL {
        let concerned = rule == CountingRule::Provisions;
        assert_eq!(caveat.concerns(silent.id(), rule), concerned, "{rule}");
        assert!(!caveat.concerns(says.id(), rule), "{rule}");
    }
}

/// The caveat is true. Take two lists that differ only in what they record. The one that records
/// nothing has more provisions, and as many by every other rule.
#[test]
fn only_provisions_differ_if_the_logic_is_not_recorded() {
    let rows = "3A001,all\n3A001.a,\n3A001.b,\n3B001,any\n3B001.a,\n3B001.b,\n";
    let says: ControlList = format!("code,logic\n{rows}").parse().unwrap();
    let codes = rows
        .replace(",all", "")
        .replace(",any", "")
        .replace(',', "");
    let silent: ControlList = format!("code\n{codes}").parse().unwrap();
    let number = |list: &ControlList, rule| list.count(rule, &Scope::default()).number();
    for rule in CountingRule::ALL {
        let (one, other) = (number(&says, rule), number(&silent, rule));
        if rule == CountingRule::Provisions {
            assert_eq!((one, other), (Some(3), Some(4)));
        } else {
            assert_eq!(one, other, "{rule}");
        }
    }
}
