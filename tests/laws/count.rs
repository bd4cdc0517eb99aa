//! Counting rules: laws, a naive model, and the example of the guide.

#[path = "../support/lists.rs"]
mod lists;

use std::collections::BTreeSet;

use export_control::{
    ChildLogic, Code, ControlList, Count, CountingRule, Edition, Item, ItemSet, ListId, ListInfo,
    Scope, Unavailable,
};
use lists::list;
use proptest::prelude::*;

const TREE_RULES: [CountingRule; 8] = [
    CountingRule::Entries,
    CountingRule::Items,
    CountingRule::Leaves,
    CountingRule::Provisions,
    CountingRule::Depth(0),
    CountingRule::Depth(1),
    CountingRule::Depth(2),
    CountingRule::Depth(10),
];

/// Counts by each rule once more, directly from its definition, over plain codes.
fn model(set: &ItemSet<'_>, rule: CountingRule) -> usize {
    let codes: BTreeSet<Code> = set.codes().collect();
    let leaves = codes.iter().copied().filter(|code| {
        !codes
            .iter()
            .any(|other| other != code && code.contains(*other))
    });
    let fold = |leaf: Code| {
        leaf.ancestors()
            .filter(|code| {
                let item = set.list().get(*code);
                item.is_some_and(|item| {
                    matches!(item.logic(), ChildLogic::All | ChildLogic::AllOrOwn)
                })
            })
            .last()
            .unwrap_or(leaf)
    };
    match rule {
        CountingRule::Entries => codes.iter().filter(|code| code.is_entry()).count(),
        CountingRule::Items => codes.len(),
        CountingRule::Leaves => leaves.count(),
        CountingRule::Provisions => leaves.map(fold).collect::<BTreeSet<_>>().len(),
        CountingRule::Depth(depth) => leaves
            .map(|leaf| leaf.truncate(depth.into()))
            .collect::<BTreeSet<_>>()
            .len(),
        other => panic!("{other} has no model"),
    }
}

/// Returns pairs of a scope and a wider one.
fn narrow_and_wide() -> impl Strategy<Value = (Scope, Scope)> {
    let narrow = Scope::default().inferred(false);
    let step = prop_oneof![Just(0), Just(1), Just(2), Just(3)];
    step.prop_map(move |step| match step {
        0 => (narrow.clone(), Scope::default()),
        1 => (Scope::default(), Scope::default().implied(true)),
        2 => (Scope::default(), Scope::default().empty(true)),
        _ => (Scope::default().third_digit(0), Scope::default()),
    })
}

fn number(list: &ControlList, rule: CountingRule, scope: &Scope) -> usize {
    list.count(rule, scope).number().unwrap()
}

proptest! {
    #[test]
    fn rules_do_what_they_say(list in list("a")) {
        for rule in TREE_RULES {
            let set = list.within(&Scope::default()).unwrap();
            prop_assert_eq!(number(&list, rule, &Scope::default()), model(&set, rule), "{}", rule);
        }
    }

    #[test]
    fn a_wider_scope_never_counts_less(list in list("a"), (narrow, wide) in narrow_and_wide()) {
        for rule in TREE_RULES {
            prop_assert!(number(&list, rule, &narrow) <= number(&list, rule, &wide), "{}", rule);
        }
    }

    #[test]
    fn finer_rules_never_count_less(list in list("a")) {
        let scope = Scope::default();
        let [entries, items, leaves, provisions, depth0, depth1, depth2, deepest] = TREE_RULES.map(|rule| number(&list, rule, &scope));
        prop_assert!(entries <= leaves && leaves <= items && provisions <= leaves);
        prop_assert!(depth0 <= depth1 && depth1 <= depth2 && depth2 <= deepest);
        prop_assert_eq!(deepest, leaves);
    }

    #[test]
    fn categories_sum_to_the_whole(list in list("a")) {
        for rule in TREE_RULES {
            let parts: Vec<Count> = export_control::Category::ALL.map(|category| list.count(rule, &Scope::default().category(category))).into();
            prop_assert_eq!(Count::sum(&parts, Scope::default()).unwrap(), list.count(rule, &Scope::default()));
        }
    }
}

/// Returns the list of the guide "Which counting rule?".
fn guide() -> ControlList {
    let rows = "code,logic\n3A001,any\n3A001.a,any\n3A001.a.1,\n3A001.a.2,\n3A001.b,all\n3A001.b.1,\n3A001.b.2,\n";
    ControlList::from_csv(rows.as_bytes()).unwrap()
}

#[test]
fn the_guide_counts_right() {
    let list = guide();
    let count = |rule| number(&list, rule, &Scope::default());
    assert_eq!(
        [
            CountingRule::Entries,
            CountingRule::Items,
            CountingRule::Leaves,
            CountingRule::Provisions,
            CountingRule::Depth(1)
        ]
        .map(count),
        [1, 7, 4, 3, 2]
    );
    assert_eq!(
        list.count(CountingRule::CatalogueRows, &Scope::default())
            .result(),
        Err(&Unavailable::NoCatalogue)
    );
}

#[test]
fn a_count_prints_its_rule_scope_and_edition() {
    let count = guide().count(CountingRule::Provisions, &Scope::default());
    assert_eq!(count.to_string(), "3 provisions of unnamed, in force []");
    let cn = export_control::cn_dual_use();
    let count = cn.count(
        CountingRule::Leaves,
        &Scope::default().on(jiff::civil::date(2027, 1, 1)),
    );
    assert_eq!(count.number(), None);
    let items = cn.live().len();
    assert!(
        count
            .to_string()
            .starts_with(&format!("unavailable (the sources do not say what holds on 2027-01-01 for {items} of the scope's items) leaves of")),
        "{count}"
    );
    let json = serde_json::to_string(&count).unwrap();
    assert_eq!(serde_json::from_str::<Count>(&json).unwrap(), count);
}

#[test]
fn a_sum_over_an_unavailable_part_is_unavailable() {
    let cn = export_control::cn_dual_use();
    let later = Scope::default().on(jiff::civil::date(2027, 1, 1));
    let parts = export_control::Category::ALL
        .map(|category| cn.count(CountingRule::Leaves, &later.clone().category(category)));
    assert_eq!(Count::sum(&parts, later).unwrap().number(), None);
    assert!(Count::sum(&[], Scope::default()).is_err());
    let known = cn.count(CountingRule::Leaves, &Scope::default());
    let other = cn.count(CountingRule::Items, &Scope::default());
    assert_eq!(
        Count::sum(&[known, other], Scope::default())
            .unwrap_err()
            .to_string(),
        "found leaves of cn-dual-use beside items of cn-dual-use, expected counts of one list, edition and rule"
    );
}

#[test]
fn a_sum_is_of_parts_of_the_whole() {
    let cn = export_control::cn_dual_use();
    let category = |digit| export_control::Category::new(digit).unwrap();
    let of = |scope: &Scope| cn.count(CountingRule::Leaves, scope);
    let whole = Scope::default();
    let sum = |parts: &[Scope], whole: &Scope| {
        Count::sum(&parts.iter().map(of).collect::<Vec<_>>(), whole.clone())
            .map_err(|e| e.to_string())
    };
    let [one, two] = [1, 2].map(|digit| whole.clone().category(category(digit)));
    let both = of(&one).number().unwrap() + of(&two).number().unwrap();
    assert_eq!(
        sum(&[one.clone(), two.clone()], &whole).unwrap().number(),
        Some(both)
    );
    assert_eq!(
        sum(&[one.clone(), two.clone().suspended(true)], &whole).unwrap_err(),
        "found a count of what is in force or suspended, category 2 as a part of what is in force, expected parts that divide the whole by \
         category, product group or third digit"
    );
    for wrong in [
        vec![one.clone(), one.clone()],
        vec![one.clone(), whole.clone()],
        vec![one.clone(), whole.clone().third_digit(9)],
        vec![one.clone(), two.clone().on(jiff::civil::date(2026, 1, 1))],
    ] {
        assert!(sum(&wrong, &whole).is_err(), "{wrong:?}");
    }
    assert!(sum(std::slice::from_ref(&one), &two).is_err());
    assert!(
        sum(
            &[one.clone().third_digit(0), one.clone().third_digit(9)],
            &one
        )
        .is_ok()
    );
    // Counts that were read from a file may be any number.
    let huge = |scope: &Scope| {
        let mut json = serde_json::to_value(of(scope)).unwrap();
        json["result"]["Ok"] = usize::MAX.into();
        serde_json::from_value::<Count>(json).unwrap()
    };
    assert_eq!(
        Count::sum(&[huge(&one), huge(&two)], whole)
            .unwrap_err()
            .to_string(),
        "found counts that no number holds the sum of, expected smaller counts"
    );
}

#[test]
fn rules_by_name() {
    for rule in TREE_RULES.into_iter().chain([CountingRule::CatalogueRows]) {
        assert_eq!(rule.to_string().parse(), Ok(rule));
    }
    assert_eq!(
        "pages".parse::<CountingRule>().unwrap_err().to_string(),
        "\"pages\" is not a counting rule: expected entries, items, leaves, provisions, depth-0 to depth-10, or catalogue-rows"
    );
    assert!("depth-11".parse::<CountingRule>().is_err());
}

#[test]
fn reserved_paragraphs_are_never_items() {
    let rows = "code,state,logic\n3A001,,any\n3A001.a,reserved,\n3A002,reserved,\n3A003,empty,\n";
    let list = ControlList::from_csv(rows.as_bytes()).unwrap();
    let wide = Scope::default().empty(true).implied(true);
    assert_eq!(number(&list, CountingRule::Items, &Scope::default()), 1);
    assert_eq!(number(&list, CountingRule::Items, &wide), 3);
    assert_eq!(number(&list, CountingRule::Leaves, &wide), 3);
}

#[test]
fn a_reason_counts_by_entry() {
    let mut items = vec![
        Item::new("3A001".parse().unwrap()),
        Item::new("3A001.a".parse().unwrap()),
        Item::new("3A991".parse().unwrap()),
    ];
    items[0] = items[0]
        .clone()
        .with_reasons(vec!["NS".parse().unwrap(), "AT".parse().unwrap()]);
    items[2] = items[2].clone().with_reasons(vec!["AT".parse().unwrap()]);
    let list = ControlList::new(
        ListInfo::new(ListId::new("a"), "a"),
        Edition::default(),
        items,
    )
    .unwrap();
    let at = "AT".parse().unwrap();
    assert_eq!(
        number(&list, CountingRule::Items, &Scope::default().reason(at)),
        3
    );
    assert_eq!(
        number(
            &list,
            CountingRule::Items,
            &Scope::default().sole_reason(at)
        ),
        1
    );
    assert_eq!(
        Scope::default().sole_reason(at).to_string(),
        "in force, reason AT only"
    );
}
