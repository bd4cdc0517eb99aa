//! The figures of the embedded data, each pinned here and nowhere else: a data release changes this
//! file and the snapshots.

use std::collections::{BTreeMap, BTreeSet};

use export_control::change::Field;
use export_control::quantity::Role;
use export_control::{Code, ControlList, CountingRule, Item, ItemState, Scope, Status};
use jiff::civil::date;

fn count(list: &ControlList, test: impl Fn(&Item) -> bool) -> usize {
    list.items().iter().filter(|item| test(item)).count()
}

#[test]
fn us_counts() {
    let us = export_control::us_ccl();
    assert_eq!(us.amendments().len(), 73, "16 of them announced");
    assert_eq!(count(us, |item| item.code().is_entry()), 638, "entries");
    assert_eq!(
        count(us, |item| item.code().is_entry()
            && item.state() == ItemState::Empty),
        41,
        "empty headings"
    );
    assert_eq!(
        count(us, |item| !item.code().is_entry() && item.is_live()),
        4253,
        "live paragraphs"
    );
    assert_eq!(
        count(us, |item| item.state() == ItemState::Reserved),
        228,
        "reserved paragraphs"
    );
    assert_eq!(
        count(us, |item| item.state() == ItemState::Implied),
        27,
        "parents never printed"
    );
    assert_eq!(
        count(us, |item| item.state() == ItemState::Reserved
            && item.through().is_some()),
        68,
        "ranges of reserved paragraphs"
    );
    assert_eq!(us.items().len(), 5148, "rows");
    assert_eq!(us.all_license_requirements().len(), 1552, "license rows");
    let tables: BTreeSet<Code> = us
        .all_license_requirements()
        .iter()
        .map(|row| row.entry)
        .collect();
    assert_eq!(tables.len(), 568, "entries with a license table");
    let per_category: Vec<usize> = (0..10)
        .map(|digit| {
            count(us, |item| {
                item.code().category().digit() == digit && item.code().is_entry()
            })
        })
        .collect();
    assert_eq!(
        per_category,
        [62, 136, 89, 78, 24, 25, 60, 46, 22, 96],
        "entries of each category"
    );
}

#[test]
fn eu_counts() {
    let eu = export_control::list("eu-annex-i").unwrap();
    assert_eq!(eu.items().len(), 3400, "rows");
    assert_eq!(count(eu, |item| item.code().is_entry()), 384, "entries");
    assert_eq!(
        count(eu, |item| item.code().is_entry() && item.is_live()),
        382,
        "entries that are used"
    );
    assert_eq!(
        count(eu, |item| !item.code().is_entry() && item.is_live()),
        2900,
        "live paragraphs"
    );
    assert_eq!(
        count(eu, |item| item.state() == ItemState::Reserved),
        113,
        "places not used"
    );
    assert_eq!(
        count(eu, |item| item.state() == ItemState::Empty),
        5,
        "paragraphs that only point to the military list"
    );
    let per_category: Vec<usize> = (0..10)
        .map(|digit| {
            count(eu, |item| {
                item.code().category().digit() == digit && item.code().is_entry()
            })
        })
        .collect();
    assert_eq!(
        per_category,
        [15, 93, 55, 51, 13, 13, 36, 37, 8, 63],
        "entries of each category"
    );
    let of_regime = |tag: &str| {
        count(eu, |item| {
            item.code().is_entry() && item.reasons().iter().any(|reason| reason.as_str() == tag)
        })
    };
    assert_eq!(
        ["WA", "MTCR", "NSG", "AG", "CWC"].map(of_regime),
        [162, 100, 94, 11, 1],
        "entries of each regime"
    );
    assert_eq!(
        count(eu, |item| !item.cas().is_empty()),
        135,
        "rows with CAS numbers"
    );
    assert_eq!(count(eu, |item| !item.species().is_empty()), 122, "species");
    let quantities = eu.items().iter().map(|item| item.quantities().len());
    assert_eq!(quantities.sum::<usize>(), 1724, "thresholds");
}

/// The judgments of the EU's crosswalks: pairs, and items without a counterpart.
#[test]
fn eu_judgments() {
    for (left, right, pairs, lacks) in [
        ("us-ccl", "eu-annex-i", 2028, 635),
        ("eu-annex-i", "cn-dual-use", 1469, 645),
    ] {
        let crosswalk = export_control::crosswalk(left, right).unwrap();
        let of_two = crosswalk.mappings().iter();
        let of_two = of_two
            .filter(|mapping| mapping.relation().is_some())
            .count();
        let all = crosswalk.mappings().len();
        assert_eq!((of_two, all - of_two), (pairs, lacks), "{left} {right}");
    }
}

#[test]
fn china_counts() {
    let cn = export_control::cn_dual_use();
    let suspended = |item: &Item| matches!(cn.status(item, None), Status::Suspended { .. });
    assert_eq!(
        count(cn, |item| item.is_live()
            && !suspended(item)
            && item.code().is_entry()),
        189,
        "codes in force"
    );
    assert_eq!(
        count(cn, |item| item.is_live()
            && !suspended(item)
            && !item.code().is_entry()),
        645,
        "sub-items in force"
    );
    assert_eq!(
        count(cn, |item| item.is_live() && suspended(item)),
        97,
        "suspended rows of October 2025"
    );
    assert_eq!(
        count(cn, |item| item.state() == ItemState::Implied),
        97,
        "parents without a row"
    );
    assert_eq!(
        count(cn, |item| item.is_live() && item.is_inferred()),
        20,
        "inferred rows"
    );
    assert_eq!(cn.live().len(), 931, "items");
    let number = |rule, scope: &Scope| cn.count(rule, scope).number();
    assert_eq!(number(CountingRule::Leaves, &Scope::default()), Some(752));
    assert_eq!(
        number(CountingRule::CatalogueRows, &Scope::default()),
        Some(846)
    );
    let rows: BTreeSet<u16> = cn
        .items()
        .iter()
        .flat_map(|item| item.particulars().catalogue_rows.iter().copied())
        .collect();
    assert!(
        rows.into_iter().eq(1..=846),
        "every catalogue row belongs to one item"
    );
}

/// data/SOURCES.md states these figures.
#[test]
fn chinas_conditions_and_notes() {
    let cn = export_control::cn_dual_use();
    assert_eq!(count(cn, |item| !item.quantities().is_empty()), 210);
    assert_eq!(count(cn, |item| !item.conditions().is_empty()), 98);
    assert_eq!(count(cn, |item| !item.cas().is_empty()), 79);
    let conditions = cn.items().iter().flat_map(Item::conditions);
    let below = conditions.filter(|condition| !condition.path.is_empty());
    assert_eq!(below.count(), 297);
    let kinds = cn.items().iter().flat_map(Item::notes).fold(
        BTreeMap::<&str, usize>::new(),
        |mut kinds, note| {
            *kinds.entry(note.kind().name()).or_default() += 1;
            kinds
        },
    );
    let expected = [
        ("definition", 40),
        ("doubt", 10),
        ("exclusion", 56),
        ("inclusion", 33),
        ("incomplete", 1),
        ("purpose", 110),
    ];
    assert_eq!(kinds, expected.into());
}

#[test]
fn equal_codes_of_entries() {
    let comparison =
        export_control::Comparison::new(export_control::us_ccl(), export_control::cn_dual_use());
    let scope = comparison.scope().clone().empty(true);
    assert_eq!(
        comparison.within(scope).same_code(true).unwrap().both.len(),
        147
    );
}

#[test]
fn items_of_each_measure() {
    let cn = export_control::cn_dual_use();
    let adds: BTreeMap<&str, usize> =
        cn.items()
            .iter()
            .filter(|item| item.is_live())
            .fold(BTreeMap::new(), |mut adds, item| {
                *adds
                    .entry(item.measure().map_or("", |id| id.as_str()))
                    .or_default() += 1;
                adds
            });
    let expected = [
        ("2024-51", 743),
        ("2025-10", 25),
        ("2025-18", 66),
        ("2025-55", 6),
        ("2025-56", 29),
        ("2025-57", 47),
        ("2025-58", 13),
        ("2025-62", 2),
    ];
    assert_eq!(adds, expected.into());
}

#[test]
fn judgements_of_the_crosswalk() {
    let crosswalk =
        export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
    // data/SOURCES.md states these figures.
    let all = crosswalk.mappings();
    let pairs: Vec<_> = all.iter().filter(|one| one.relation().is_some()).collect();
    assert_eq!((all.len(), pairs.len()), (3622, 1947));
    let readings = |how: &str| {
        let named = format!("readings={how}");
        let parts = |other: &str| other.split('|').any(|part| part == named);
        pairs
            .iter()
            .filter(|one| parts(&one.extra["other"]))
            .count()
    };
    let stated = include_str!("../../data/SOURCES.md")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for words in [
        "3,622 judgments: 1,947 pairs".to_owned(),
        format!("on {} both readings agreed", readings("agreed")),
        format!("{} were settled", readings("settled")),
        format!("{} were found from the US side", readings("us-side")),
        format!("{} were made or changed", readings("second-pass")),
    ] {
        assert!(stated.contains(&words), "{words}");
    }
}

/// Items that carry a key, keys in all, and different keys.
fn counts<T: ToString>(list: &ControlList, keys: impl Fn(&Item) -> &[T]) -> (usize, usize, usize) {
    let all: Vec<String> = list
        .items()
        .iter()
        .flat_map(|item| keys(item).iter().map(ToString::to_string))
        .collect();
    let items = list
        .items()
        .iter()
        .filter(|item| !keys(item).is_empty())
        .count();
    (
        items,
        all.len(),
        all.into_iter().collect::<BTreeSet<_>>().len(),
    )
}

#[test]
fn us_keys() {
    let us = export_control::us_ccl();
    assert_eq!(counts(us, |item| item.cas()), (152, 158, 148));
    assert_eq!(
        counts(us, |item| item.species()),
        (125, 125, 124),
        "tick-borne encephalitis virus stands in two subtypes"
    );
    assert_eq!(
        counts(us, |item| item.hs()),
        (0, 0, 0),
        "the US list publishes none"
    );
    let (items, all, _) = counts(us, |item| item.quantities());
    assert!(items > 1500 && all > 2000, "{all} of {items} items");
}

#[test]
fn china_keys() {
    let cn = export_control::cn_dual_use();
    assert_eq!(counts(cn, |item| item.cas()), (79, 101, 101));
    assert_eq!(counts(cn, |item| item.hs()), (40, 62, 44));
    assert_eq!(counts(cn, |item| item.quantities()).0, 210);
}

/// Counts the quantities of each role, exact ones apart.
fn roles(list: &ControlList) -> BTreeMap<(Role, bool), usize> {
    let mut counts = BTreeMap::new();
    let all = list.items().iter().flat_map(|item| item.quantities());
    for quantity in all {
        *counts
            .entry((quantity.role(), quantity.is_exact()))
            .or_default() += 1;
    }
    counts
}

#[test]
fn roles_of_the_us_list() {
    let counts = roles(export_control::us_ccl());
    let of = |role, exact| counts.get(&(role, exact)).copied().unwrap_or_default();
    assert_eq!(of(Role::Limit, true), 15, "exact criteria");
    assert_eq!(of(Role::Condition, true), 99);
    assert_eq!(of(Role::Condition, false), 23);
    assert_eq!(of(Role::Exclusion, false) + of(Role::Exclusion, true), 8);
    assert_eq!(of(Role::Band, false), 6);
    assert_eq!(of(Role::Limit, false), 1997);
}

#[test]
fn the_history_of_the_us_list() {
    let history = export_control::history("us-ccl").expect("an embedded history");
    assert_eq!(history.versions().len(), 57);
    assert_eq!(history.codes().len(), 5328);
    assert_eq!(history.measures().len(), 60);
    assert_eq!(
        (history.versions()[0], history.through()),
        (date(2017, 1, 15), date(2026, 6, 24))
    );
    let not_covered = |on| history.at(on).expect("a covered day").not_covered.len();
    assert_eq!(
        [date(2017, 1, 15), date(2025, 9, 28), date(2025, 9, 29)].map(not_covered),
        [205, 134, 0]
    );
    let changes = |from, to| history.changes(from, to).expect("covered days");
    // Two readings of one text.
    let seam = changes(date(2025, 9, 28), date(2025, 9, 29));
    assert_eq!(
        (seam.diff.changes().len(), seam.not_covered.len()),
        (0, 134)
    );
    assert_eq!(seam.diff.not_comparable(), [(Field::Text, 34)]);
    let last = changes(date(2025, 9, 29), date(2025, 9, 30));
    assert_eq!(last.diff.changes().len(), 16);
}

/// Leaves of China's list from its first publication on: in force, and announced or in force.
#[test]
fn leaves_of_china_by_day() {
    let cn = export_control::cn_dual_use();
    let leaves = |day, announced| {
        let scope = Scope::default().on(day).announced(announced);
        cn.count(CountingRule::Leaves, &scope).number()
    };
    for (day, in_force, announced) in [
        (date(2024, 11, 15), Some(0), Some(672)),
        (date(2024, 12, 31), Some(672), Some(672)),
        (date(2025, 4, 3), Some(693), None),
        (date(2025, 4, 4), Some(752), Some(752)),
    ] {
        assert_eq!(
            (leaves(day, false), leaves(day, true)),
            (in_force, announced),
            "{day}"
        );
    }
}

#[test]
fn sizes_side_by_side() {
    let comparison =
        export_control::Comparison::new(export_control::us_ccl(), export_control::cn_dual_use());
    let numbers = |rule| {
        let counts = comparison.counts(rule);
        [counts[0].number(), counts[1].number()]
    };
    assert_eq!(numbers(CountingRule::Entries), [Some(597), Some(189)]);
    assert_eq!(numbers(CountingRule::Items), [Some(4850), Some(834)]);
    assert_eq!(numbers(CountingRule::Provisions), [Some(3031), Some(752)]);
}

#[test]
fn license_exceptions_and_licenses_of_the_us_list() {
    let rules = export_control::rules::license_rules();
    let of_us = rules.iter().filter(|rule| rule.list.as_str() == "us-ccl");
    let symbols: BTreeSet<&str> = of_us.map(|rule| rule.symbol.as_str()).collect();
    assert_eq!(symbols.len(), 28);
}
