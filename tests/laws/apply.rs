//! A list after one more notice.

#[path = "../support/lists.rs"]
mod lists;

use std::collections::{BTreeMap, BTreeSet};

use export_control::{
    ChildLogic, Code, ControlList, CountingRule, Edition, Item, ItemState, Measure, MeasureId,
    Scope, Status,
};
use jiff::civil::{Date, date};
use lists::list;
use proptest::prelude::*;

fn cn() -> &'static ControlList {
    export_control::cn_dual_use()
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn notice(change: impl FnOnce(&mut Measure)) -> Measure {
    let mut measure = Measure::new(MeasureId::new("2026-99"), date(2026, 11, 11));
    measure.published = Some(date(2026, 11, 9));
    change(&mut measure);
    measure
}

fn items(codes: &[&str]) -> Vec<Item> {
    codes.iter().map(|text| Item::new(code(text))).collect()
}

fn refused(measure: Measure, items: Vec<Item>) -> String {
    let error = cn().apply(measure, items).unwrap_err();
    assert!(error.is_invalid_list(), "{error}");
    error.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// A notice changes nothing on the days before its first. From then on the list has what it
    /// adds.
    #[test]
    fn a_notice_begins_on_its_first_day(base in list("a"), other in list("a"), offset in 0i64..40) {
        let edition = Edition::new("random").with_from(Some(date(2025, 1, 1))).with_through(Some(date(2025, 1, 20)));
        let base = ControlList::new(base.info().clone(), edition, base.items().to_vec()).unwrap();
        let first = date(2025, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
        let measure = Measure::new(MeasureId::new("n"), first);
        let new: Vec<Item> = other.items().iter().filter(|item| base.get(item.code()).is_none()).cloned().collect();
        let codes: Vec<Code> = new.iter().filter(|item| item.is_live()).map(|item| item.code()).collect();
        let applied = base.apply(measure, new).unwrap();
        let last = date(2025, 2, 20);
        prop_assert_eq!(applied.edition().label.as_str(), "random, with n");
        prop_assert_eq!(applied.edition().through, base.edition().through);
        let (applied, base) = (applied.covered_through(last).unwrap(), base.covered_through(last).unwrap());
        let mut day = date(2024, 12, 30);
        while day <= last {
            match (base.as_of(day), applied.as_of(day)) {
                (Ok(before), Ok(after)) if day < first => prop_assert!(before.codes().eq(after.codes()), "{day}"),
                (Ok(before), Ok(after)) => {
                    prop_assert!(codes.iter().all(|code| after.contains(*code)), "{day}");
                    prop_assert_eq!(after.len(), before.len() + codes.len(), "{}", day);
                }
                // Before the edition's first day, nothing is known about any item.
                (before, after) => {
                    prop_assert!(day < date(2025, 1, 1) && after.is_err(), "{day}");
                    prop_assert_eq!(before.is_ok(), base.live().is_empty(), "{}", day);
                }
            }
            day = day.tomorrow().unwrap();
        }
    }

    /// Whatever a notice says about any list, the result is a list that agrees with it or an error
    /// that names the notice.
    #[test]
    fn any_notice_applies_or_is_refused_by_name(
        base in list("a"),
        other in list("a"),
        listed in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        deed in 0usize..6,
        first in prop::option::of(0i64..40),
        last in prop::option::of(0i64..40),
    ) {
        let day = |offset: i64| date(2025, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
        let codes: Vec<Code> = base.items().iter().chain(other.items()).map(|item| item.code()).collect();
        let earlier = Measure::new(MeasureId::new("earlier"), date(2025, 1, 10));
        let base = base.apply(earlier, Vec::new()).unwrap();
        let mut measure = Measure::new(MeasureId::new("the notice"), first.map(day));
        let targets = vec!["earlier".parse().unwrap()];
        let some = || listed.iter().filter(|_| !codes.is_empty()).map(|which| codes[which.index(codes.len())]).collect::<Vec<Code>>();
        measure.suspended_through = last.map(day);
        match deed {
            0 => measure.suspends = targets,
            1 => measure.resumes = targets,
            2 => measure.repeals = targets,
            3 => measure.changes = some(),
            4 => measure.removes = some(),
            _ => {}
        }
        let added: Vec<Item> = other.items().iter().filter(|item| deed % 2 == 1 || base.get(item.code()).is_none()).cloned().collect();
        match base.apply(measure.clone(), added.clone()) {
            Ok(list) => {
                prop_assert!(added.iter().all(|item| list.get(item.code()).is_some()));
                prop_assert!(base.items().iter().all(|item| list.get(item.code()).is_some()), "nothing is lost");
                prop_assert_eq!(list.measure(&measure.id), Some(&measure));
                for code in &measure.removes {
                    let status = list.status(list.get(*code).unwrap(), measure.in_force);
                    prop_assert_eq!(status, Status::Repealed { since: measure.in_force.unwrap() });
                }
            }
            Err(error) => prop_assert!(error.is_invalid_list() && error.to_string().contains("the notice"), "{error}"),
        }
    }

    /// Adding one notice at a time gives the same list as adding all of them.
    #[test]
    fn notices_of_different_days_apply_in_either_order(base in list("a"), other in list("a"), which in prop::collection::vec(any::<bool>(), 40)) {
        let new = other.items().iter().filter(|item| base.get(item.code()).is_none());
        // Whole entries are used, so that neither notice adds a paragraph without its parents.
        let entries: BTreeSet<Code> = other.items().iter().map(|item| item.code().entry()).collect();
        let first: BTreeSet<Code> = entries.into_iter().zip(which).filter(|(_, first)| *first).map(|(entry, _)| entry).collect();
        let (one, two): (Vec<Item>, Vec<Item>) = new.cloned().partition(|item| first.contains(&item.code().entry()));
        let measure = |number: &str, day| Measure::new(MeasureId::new(number), date(2025, 1, day));
        let (a, b) = (measure("a", 1), measure("b", 2));
        let there = base.apply(a.clone(), one.clone()).and_then(|list| list.apply(b.clone(), two.clone())).unwrap();
        let back = base.apply(b, two).and_then(|list| list.apply(a, one)).unwrap();
        prop_assert_eq!(there.items(), back.items());
        prop_assert!(there.items().iter().all(|item| there.life(item) == back.life(item)));
        let by_number = |list: &ControlList| list.measures().map(|measure| (measure.id.clone(), measure.clone())).collect::<BTreeMap<_, _>>();
        prop_assert_eq!(by_number(&there), by_number(&back));
    }
}

#[test]
fn a_notice_brings_its_parents_along() {
    let list = cn()
        .apply(notice(|_| ()), items(&["1C999.a.1", "0A901.a"]))
        .unwrap();
    let parent = list.get(code("1C999.a")).unwrap();
    assert_eq!(
        (parent.state(), parent.is_inferred(), parent.logic()),
        (ItemState::Implied, true, ChildLogic::Any)
    );
    assert_eq!(list.get(code("0A901")).unwrap().logic(), ChildLogic::Any);
    let added: Vec<String> = list
        .added_by(&MeasureId::new("2026-99"))
        .map(|item| item.code().to_string())
        .collect();
    assert_eq!(added, ["0A901.a", "1C999", "1C999.a", "1C999.a.1"]);
    // If a notice states an implied code, the code belongs to the notice from then on.
    let stated = cn().apply(notice(|_| ()), items(&["1C909.a"]));
    let stated = stated.unwrap();
    let item = stated.get(code("1C909.a")).unwrap();
    assert!(item.is_live() && item.logic() == ChildLogic::Any);
    assert_eq!(item.in_force(), Some(date(2026, 11, 11)));
}

#[test]
fn what_follows_the_suspension_a_notice_can_say() {
    let later = date(2026, 11, 25);
    let leaves = |list: &ControlList, day: Date| {
        list.count(CountingRule::Leaves, &Scope::default().on(day))
            .number()
    };
    assert_eq!(leaves(cn(), later), None);
    // It resumes all six …
    let all = [
        "2025-55", "2025-56", "2025-57", "2025-58", "2025-61", "2025-62",
    ];
    let again =
        notice(|notice| notice.resumes = all.iter().map(|id| id.parse().unwrap()).collect());
    let list = cn()
        .apply(again, Vec::new())
        .unwrap()
        .covered_through(later)
        .unwrap();
    let know_how = list.get(code("1E902.a")).unwrap();
    assert_eq!(
        list.status(know_how, Some(later)),
        Status::InForce {
            since: Some(date(2026, 11, 11))
        }
    );
    let all_of_them = cn()
        .count(CountingRule::Leaves, &Scope::default().suspended(true))
        .number();
    assert_eq!(leaves(&list, later), all_of_them);
    let in_force = cn().count(CountingRule::Leaves, &Scope::default()).number();
    assert!(in_force < all_of_them);
    // … or suspends them for another year, while no other notice covers at least one day …
    let longer = notice(|notice| {
        notice.suspends = all.iter().map(|id| id.parse().unwrap()).collect();
        notice.suspended_through = Some(date(2027, 11, 10));
    });
    let list = cn()
        .apply(longer, Vec::new())
        .unwrap()
        .covered_through(later)
        .unwrap();
    assert_eq!(leaves(&list, later), in_force);
    // … or repeals them.
    let end = notice(|notice| notice.repeals = all.iter().map(|id| id.parse().unwrap()).collect());
    let list = cn()
        .apply(end, Vec::new())
        .unwrap()
        .covered_through(later)
        .unwrap();
    assert_eq!(leaves(&list, later), in_force);
    assert_eq!(
        list.status(list.get(code("1C909")).unwrap(), Some(later)),
        Status::Repealed {
            since: date(2026, 11, 11)
        }
    );
}

#[test]
fn a_removal_takes_what_is_below_with_it() {
    let list = cn()
        .apply(
            notice(|notice| notice.removes = vec![code("1C902")]),
            Vec::new(),
        )
        .unwrap();
    let (before, after) = (date(2026, 6, 12), date(2026, 11, 11));
    for item in list.subtree(code("1C902")) {
        assert!(
            matches!(list.status(item, Some(before)), Status::InForce { .. }),
            "{}",
            item.code()
        );
        assert_eq!(
            list.status(item, Some(after)),
            Status::Repealed { since: after },
            "{}",
            item.code()
        );
    }
    assert_eq!(
        list.events_of(list.get(code("1C902.c")).unwrap())
            .last()
            .map(ToString::to_string)
            .as_deref(),
        Some("2026-11-11: 2026-99 removes 1C902")
    );
    // The code does not come back under another notice.
    let error = list
        .apply(
            Measure::new(MeasureId::new("2026-100"), date(2026, 12, 1)),
            items(&["1C902.a.9"]),
        )
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cn-dual-use:1C902.a.9: found measure 2026-100 adding a code that measure 2026-99 removed, expected a code that was not listed"
    );
}

/// An edition without a last day covers every day, and its default scope still knows which items
/// are removed and which are unknown.
#[test]
fn an_edition_without_a_last_day() {
    let base = ControlList::from_csv(&b"code\n1A001\n1A002\n"[..]).unwrap();
    let mut removal = Measure::new(MeasureId::new("1"), date(2025, 1, 1));
    removal.removes = vec![code("1A001")];
    let list = base.apply(removal, Vec::new()).unwrap();
    assert_eq!(
        list.count(CountingRule::Items, &Scope::default()).number(),
        Some(1)
    );
    let list = list
        .apply(
            Measure::new(MeasureId::new("2"), date(2025, 2, 1)),
            items(&["1A003"]),
        )
        .unwrap();
    let mut suspension = Measure::new(MeasureId::new("3"), date(2025, 3, 1));
    (suspension.suspends, suspension.suspended_through) =
        (vec!["2".parse().unwrap()], Some(date(2025, 12, 31)));
    let list = list.apply(suspension, Vec::new()).unwrap();
    assert_eq!(
        list.count(CountingRule::Items, &Scope::default()).number(),
        None
    );
    assert_eq!(
        list.count(CountingRule::Items, &Scope::default().on(date(2025, 6, 1)))
            .number(),
        Some(1)
    );
}

#[test]
fn a_change_keeps_when_the_item_began() {
    let change = notice(|notice| notice.changes = vec![code("0A901")]);
    let item = Item::new(code("0A901")).with_title("Water cannon of any pressure");
    let list = cn().apply(change.clone(), vec![item]).unwrap();
    let item = list.get(code("0A901")).unwrap();
    assert_eq!(
        (item.title(), item.in_force()),
        ("Water cannon of any pressure", Some(date(2024, 12, 1)))
    );
    assert_eq!(
        list.events_of(item)
            .last()
            .map(ToString::to_string)
            .as_deref(),
        Some("2026-11-11: 2026-99 changes 0A901")
    );
    assert_eq!(
        refused(change, Vec::new()),
        "cn-dual-use:0A901: found measure 2026-99 changing a code without an item that has the new wording, expected the item as it reads now"
    );
}

#[test]
fn contradictions_name_the_notice_and_the_code() {
    assert_eq!(
        refused(notice(|_| ()), items(&["1C909"])),
        "cn-dual-use:1C909: found measure 2026-99 adding a code that measure 2025-57 has, expected a code that is not on the list"
    );
    assert_eq!(
        refused(
            notice(|notice| notice.removes = vec![code("1C999")]),
            Vec::new()
        ),
        "cn-dual-use:1C999: found measure 2026-99 removing a code that is absent, expected a code on the list"
    );
    assert_eq!(
        refused(
            notice(|notice| notice.changes = vec![code("1C999")]),
            Vec::new()
        ),
        "cn-dual-use:1C999: found measure 2026-99 changing a code that is absent, expected a code on the list"
    );
    let suspends = |id: &str| {
        notice(|notice| {
            (notice.suspends, notice.suspended_through) =
                (vec![id.parse().unwrap()], Some(date(2027, 11, 10)))
        })
    };
    assert_eq!(
        refused(suspends("2026-98"), Vec::new()),
        "cn-dual-use: found measure 2026-99 suspending measure 2026-98, which is not recorded, expected a recorded measure"
    );
    // Announcement 70 of 2025 on its own day, with other content.
    let mut other = suspends("2025-57");
    (other.published, other.in_force) = (None, Some(date(2025, 11, 7)));
    assert_eq!(
        refused(other, Vec::new()),
        "cn-dual-use: found measure 2026-99 suspending measure 2025-57 on 2025-11-07 beside measure 2025-70 suspending it on 2025-11-07, \
         expected measures that agree"
    );
    assert_eq!(
        refused(
            notice(|notice| notice.id = MeasureId::new("2025-57")),
            Vec::new()
        ),
        "cn-dual-use: found measure 2025-57 twice, expected one row a measure"
    );
    assert_eq!(
        refused(notice(|notice| notice.in_force = None), items(&["1C999"])),
        "cn-dual-use: found measure 2026-99 adding items without a first day, expected its first day"
    );
    assert_eq!(
        refused(notice(|_| ()), items(&["1C999", "1C999"])),
        "cn-dual-use:1C999: found measure 2026-99 adding a code twice, expected one item a code"
    );
    let mut foreign = items(&["1C999"]);
    foreign[0] = foreign[0]
        .clone()
        .with_measure(Some(MeasureId::new("2025-57")));
    assert_eq!(
        refused(notice(|_| ()), foreign),
        "cn-dual-use:1C999: found an item of measure 2025-57 in measure 2026-99, expected the measure's own items"
    );
    let mut early = items(&["1C999"]);
    early[0] = early[0].clone().with_in_force(Some(date(2026, 1, 1)));
    assert_eq!(
        refused(notice(|_| ()), early),
        "cn-dual-use:1C999: found an item from 2026-01-01 in measure 2026-99, which begins on 2026-11-11, expected that day or a later one"
    );
}
