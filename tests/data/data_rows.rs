//! The embedded data: order, and what every row must have.

use std::collections::{BTreeSet, HashMap};

use export_control::crosswalk::EvidenceKind;
use export_control::list::Availability;
use export_control::list::license::{AppliesTo, LicenseRequirement};
use export_control::{ChildLogic, Code, ControlList, CountingRule, Item, ItemState, Scope, Status};
use jiff::civil::date;

#[test]
fn conditions_and_notes_are_well_formed() {
    for item in export_control::cn_dual_use().items() {
        let place = item.code();
        for note in item.notes() {
            let ours = |c: char| !matches!(c, '\u{3400}'..='\u{9fff}');
            assert!(note.gist().chars().all(ours), "{place}: {note}");
            assert!(note.gist().chars().count() <= 230, "{place}: {note}");
        }
        let Some((whole, parts)) = item.conditions().split_first() else {
            continue;
        };
        assert!(whole.path.is_empty(), "{place}: the item comes first");
        for (at, condition) in item.conditions().iter().enumerate() {
            let next = item.conditions().get(at + 1);
            let deeper = next.is_some_and(|next| next.path.len() > condition.path.len());
            let list = condition.logic != ChildLogic::Leaf;
            assert_eq!(list, deeper, "{place}: {condition}");
            for quantity in &condition.quantities {
                assert!(item.quantities().contains(quantity), "{place}: {condition}");
            }
        }
        let mut paths: Vec<_> = parts.iter().map(|condition| &condition.path).collect();
        let printed = paths.len();
        paths.dedup();
        assert!(
            paths.len() == printed && paths.is_sorted(),
            "{place}: order"
        );
    }
}

/// The published counts do not move by what is inside an item.
#[test]
fn no_rule_counts_conditions() {
    let cn = export_control::cn_dual_use();
    let bare = cn.items().iter().map(|item| {
        let item = item.clone().with_conditions(Vec::new());
        item.with_notes(Vec::new()).with_quantities(Vec::new())
    });
    let bare = ControlList::new(cn.info().clone(), cn.edition().clone(), bare.collect())
        .unwrap()
        .with_measures(cn.measures().cloned().collect::<Vec<_>>())
        .unwrap();
    for rule in [
        CountingRule::Entries,
        CountingRule::Items,
        CountingRule::Leaves,
        CountingRule::Provisions,
        CountingRule::Depth(1),
        CountingRule::CatalogueRows,
    ] {
        let number = |list: &ControlList| list.count(rule, &Scope::default()).number();
        assert_eq!(number(&bare), number(cn), "{rule}");
    }
}

#[test]
fn rows_are_in_list_order_and_well_formed() {
    for list in export_control::lists() {
        assert!(
            list.items()
                .windows(2)
                .all(|pair| pair[0].code() < pair[1].code()),
            "{}",
            list.id()
        );
        for item in list.items() {
            let place = format!("{}:{}", list.id(), item.code());
            let live_children = list
                .children(item.code())
                .any(|child| matches!(child.state(), ItemState::Live | ItemState::Implied));
            assert_eq!(
                item.logic() != ChildLogic::Leaf,
                live_children,
                "{place}: logic and children"
            );
            assert!(
                item.text().is_none()
                    && item
                        .particulars()
                        .exceptions
                        .iter()
                        .all(|exception| exception.text.is_none()),
                "{place}: no official words"
            );
            assert!(
                item.reasons()
                    .iter()
                    .all(|reason| list.info().reason(*reason).is_some()),
                "{place}: an unknown reason"
            );
            assert!(
                item.source()
                    .is_none_or(|source| list.info().source(source).is_some()),
                "{place}: an unknown source"
            );
            assert!(
                item.measure()
                    .as_ref()
                    .is_none_or(|id| list.measure(id).is_some()),
                "{place}: an unknown measure"
            );
            assert!(
                item.through()
                    .is_none_or(|last| last > item.code() && last.parent() == item.code().parent()),
                "{place}: a range upside down"
            );
        }
        for row in list.all_license_requirements() {
            assert!(row.text.is_none() && row.entry.is_entry());
        }
    }
}

#[test]
fn license_requirements_name_what_is_on_the_list() {
    let us = export_control::us_ccl();
    let reserved = |code: Code| {
        let ranges = us
            .items()
            .iter()
            .filter(|item| item.state() == ItemState::Reserved);
        ranges
            .filter_map(|item| Some((item.code(), item.through()?)))
            .any(|(first, last)| first.parent() == code.parent() && first <= code && code <= last)
    };
    let plain =
        |row: &&LicenseRequirement| matches!(row.applies_to, AppliesTo::Codes | AppliesTo::Except);
    let named = us
        .all_license_requirements()
        .iter()
        .filter(plain)
        .flat_map(|row| {
            row.codes
                .iter()
                .flat_map(|range| [Some(range.first), range.last])
        });
    let unknown: BTreeSet<String> = named
        .flatten()
        .filter(|code| us.get(*code).is_none() && !reserved(*code))
        .map(|code| code.to_string())
        .collect();
    assert_eq!(unknown, BTreeSet::new());
}

#[test]
fn titles() {
    for list in export_control::lists() {
        let mut siblings: HashMap<(Option<Code>, &str), Code> = HashMap::new();
        for item in list.items() {
            let place = format!("{}:{}", list.id(), item.code());
            if item.state() == ItemState::Reserved {
                assert!(
                    item.title().is_empty(),
                    "{place}: a reserved paragraph has no title"
                );
                continue;
            }
            assert!(!item.title().is_empty(), "{place}: no title");
            assert!(
                item.title().chars().count() <= 100,
                "{place}: {} characters",
                item.title().chars().count()
            );
            assert!(
                !item.title().ends_with('.') && !item.title().contains(['"', '“', '”', ';', '\n']),
                "{place}: {}",
                item.title()
            );
            if let Some(local) = &item.title_local() {
                assert!(
                    (1..=40).contains(&local.chars().count()),
                    "{place}: {local}"
                );
            }
            assert_eq!(
                item.title_local().is_some(),
                list.info().name_local().is_some(),
                "{place}: a title in the list's own language"
            );
            let twin = siblings.insert((item.code().parent(), item.title()), item.code());
            assert_eq!(
                twin,
                None,
                "{place} has its sibling's title {:?}",
                item.title()
            );
            let condition = item
                .code()
                .ancestors()
                .any(|code| list.get(code).is_some_and(|above| above.logic().folds()));
            assert_eq!(
                item.title().starts_with("Condition: "),
                condition,
                "{place}: {}",
                item.title()
            );
        }
    }
}

#[test]
fn the_embedded_crosswalk_fits_its_lists() {
    let crosswalk =
        export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
    crosswalk
        .check(export_control::us_ccl(), export_control::cn_dual_use())
        .unwrap();
    assert!(
        crosswalk
            .check(export_control::cn_dual_use(), export_control::us_ccl())
            .is_err()
    );
    assert!(
        crosswalk
            .mappings()
            .iter()
            .all(|mapping| !mapping.reason.is_empty())
    );
    assert_eq!(
        crosswalk.to_string(),
        include_str!("../../data/us-ccl--cn-dual-use.sssom.tsv")
    );
}

#[test]
fn the_lists_bear_the_evidence_out() {
    let (us, cn) = (export_control::us_ccl(), export_control::cn_dual_use());
    for mapping in export_control::crosswalk("us-ccl", "cn-dual-use")
        .expect("an embedded crosswalk")
        .mappings()
    {
        let place = format!("{:?}", mapping.finding);
        let both = [
            mapping.left().and_then(|code| us.get(code)),
            mapping.right().and_then(|code| cn.get(code)),
        ];
        for evidence in &mapping.evidence {
            let bears_out = |name: &str, have: &dyn Fn(&Item, &str) -> bool| {
                let keys = evidence
                    .words
                    .strip_prefix(name)
                    .unwrap_or_else(|| panic!("{place}: {evidence}"));
                keys.split(", ").all(|key| {
                    both.iter()
                        .all(|item| item.is_some_and(|item| have(item, key)))
                })
            };
            let borne = match evidence.kind {
                EvidenceKind::Cas => bears_out("CAS ", &|item, key| {
                    item.cas().contains(&key.parse().unwrap())
                }),
                EvidenceKind::Element => bears_out("element ", &|item, key| {
                    item.elements().contains(&key.parse().unwrap())
                }),
                EvidenceKind::Species => bears_out("species ", &|item, key| {
                    item.species().contains(&key.parse().unwrap())
                }),
                EvidenceKind::Code => mapping.left() == mapping.right(),
                _ => true,
            };
            assert!(borne, "{place}: {evidence}");
        }
    }
}

#[test]
fn exceptions_and_reasons_of_a_known_entry() {
    let us = export_control::us_ccl();
    let entry = us.get("0A504".parse().unwrap()).unwrap();
    let symbols: Vec<(&str, Availability)> = entry
        .particulars()
        .exceptions
        .iter()
        .map(|e| (e.symbol.as_str(), e.availability))
        .collect();
    assert_eq!(
        symbols,
        [("LVS", Availability::Partly), ("GBS", Availability::No)]
    );
    let paragraph = us.get("0A504.b".parse().unwrap()).unwrap();
    assert_eq!(
        us.reasons(paragraph),
        us.reasons(entry),
        "a paragraph has its entry's reasons"
    );
}

#[test]
fn measures_and_dates() {
    let cn = export_control::cn_dual_use();
    for item in cn.items() {
        let measure = item.measure().and_then(|id| cn.measure(id)).unwrap();
        assert_eq!(
            item.in_force(),
            measure.in_force,
            "{}: the row's first day is its measure's",
            item.code()
        );
    }
    let status = |code: &str, year, month, day| {
        cn.status(
            cn.get(code.parse().unwrap()).unwrap(),
            Some(date(year, month, day)),
        )
    };
    assert_eq!(
        status("1C909", 2025, 10, 28),
        Status::NotYet {
            published: Some(date(2025, 10, 9)),
            from: date(2025, 11, 8)
        }
    );
    assert_eq!(
        status("1E902.a", 2025, 10, 28),
        Status::InForce {
            since: Some(date(2025, 10, 9))
        }
    );
    assert_eq!(
        status("1E902.a", 2025, 12, 1),
        Status::Suspended {
            through: date(2026, 11, 10)
        }
    );
    assert_eq!(
        status("1C909", 2026, 11, 10),
        Status::Suspended {
            through: date(2026, 11, 10)
        }
    );
    assert_eq!(
        status("1C909", 2026, 11, 11),
        Status::Unknown {
            since: Some(date(2026, 11, 11))
        }
    );
    assert_eq!(
        status("0A901", 2026, 6, 12),
        Status::InForce {
            since: Some(date(2024, 12, 1))
        }
    );
    assert_eq!(
        status("0A901", 2026, 6, 13),
        Status::Unknown {
            since: Some(date(2026, 6, 13))
        }
    );
    assert_eq!(
        status("1C902", 2024, 12, 1),
        Status::NotYet {
            published: None,
            from: date(2025, 4, 4)
        }
    );
    let us = export_control::us_ccl();
    let first = us.items().first().unwrap();
    assert_eq!(
        us.status(first, Some(date(2025, 9, 29))),
        Status::Unknown { since: None }
    );
}

#[test]
fn every_item_of_china_was_looked_at() {
    let crosswalk =
        export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
    for item in export_control::cn_dual_use()
        .items()
        .iter()
        .filter(|item| item.is_live())
    {
        let decided = crosswalk
            .of_right(item.code())
            .any(|mapping| mapping.relation() != Some(export_control::Relation::Unrelated));
        assert!(
            decided,
            "{}: a counterpart, or that there is none",
            item.code()
        );
    }
    assert!(
        crosswalk
            .mappings()
            .iter()
            .all(|mapping| mapping.author.is_some() && !mapping.evidence.is_empty())
    );
}
