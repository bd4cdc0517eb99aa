//! Laws of lists of parties: sets, counts, files, differences, overlap.

use export_control::party::{
    Country, EntryKind, PartyDiff, PartyEntry, PartyList, PartyListInfo, PartyOverlap, PartyRule,
    PartyScope, PartyUnavailable, Unit, entity_list, list, lists, normal_form,
};
use export_control::{Edition, ListId, Status};
use proptest::prelude::*;

fn entry() -> impl Strategy<Value = PartyEntry> {
    let kind = prop::sample::select(EntryKind::ALL.to_vec());
    let country = prop::sample::select(vec!["CN", "HK", "RU"]);
    let countries = prop::collection::btree_set(country, 0..3);
    let name = "[A-Z][a-z;|\\\\é ]{0,6}[a-z]";
    let heading = prop::option::of(prop::sample::select(vec!["CHINA", "RUSSIA"]));
    let names = prop::collection::vec(name, 0..3);
    (
        kind,
        name,
        names.clone(),
        names,
        countries,
        heading,
        1u16..4,
    )
        .prop_map(|(kind, name, others, units, countries, heading, rows)| {
            let mut entry = PartyEntry::new(name);
            (entry.kind, entry.other_names, entry.rows) = (kind, others, rows);
            entry.units = units.into_iter().map(Unit::new).collect();
            entry.heading = heading.map(str::to_owned);
            entry.address_countries = countries.iter().map(|c| c.parse().unwrap()).collect();
            entry
        })
}

fn of(id: &str, entries: Vec<PartyEntry>) -> PartyList {
    PartyList::new(
        PartyListInfo::new(ListId::new(id), id),
        Edition::new("first"),
        entries,
    )
}

fn any_list() -> impl Strategy<Value = PartyList> {
    prop::collection::vec(entry(), 1..12).prop_map(|entries| of("mine", entries))
}

proptest! {
    #[test]
    fn sets_obey_their_laws(list in any_list()) {
        let chinese = list.select(|entry| entry.heading_country() == Some(Country::CHINA));
        let ships = list.select(|entry| entry.kind == EntryKind::Vessel);
        let all = list.all();
        let rest = all.difference(&chinese).unwrap();
        prop_assert!(rest.is_disjoint(&chinese).unwrap());
        prop_assert_eq!(rest.union(&chinese).unwrap(), all);
        let (a, b) = (chinese.union(&ships).unwrap(), ships.union(&chinese).unwrap());
        prop_assert_eq!(&a, &b);
        let both = chinese.intersection(&ships).unwrap();
        prop_assert_eq!(a.len() + both.len(), chinese.len() + ships.len());
        prop_assert_eq!(chinese.symmetric_difference(&ships).unwrap(), a.difference(&both).unwrap());
    }

    #[test]
    fn a_finer_rule_and_a_wider_scope_count_no_less(list in any_list()) {
        let count = |rule, scope: &PartyScope| list.count(rule, scope).number();
        let wide = PartyScope::default();
        let narrow = wide.clone().kinds([EntryKind::Party]);
        for rule in [PartyRule::Rows, PartyRule::Entries, PartyRule::Parties, PartyRule::PartiesWithUnits] {
            prop_assert!(count(rule, &narrow) <= count(rule, &wide));
        }
        prop_assert!(count(PartyRule::Parties, &wide) <= count(PartyRule::Entries, &wide));
        prop_assert!(count(PartyRule::Entries, &wide) <= count(PartyRule::Rows, &wide));
        prop_assert!(count(PartyRule::Parties, &wide) <= count(PartyRule::PartiesWithUnits, &wide));
        prop_assert_eq!(count(PartyRule::Numbered, &wide), None);
    }

    #[test]
    fn a_file_reads_back(list in any_list()) {
        let text = list.to_string();
        let again: PartyList = text.parse().unwrap();
        prop_assert_eq!(again.to_string(), text);
        prop_assert_eq!(again.entries(), list.entries());
    }

    #[test]
    fn a_list_differs_from_itself_in_nothing(list in any_list(), other in any_list()) {
        prop_assert!(PartyDiff::between(&list, &list).unwrap().changes().is_empty());
        let there = PartyDiff::between(&list, &other).unwrap().changes().len();
        let back = PartyDiff::between(&other, &list).unwrap().changes().len();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn exact_overlap_is_the_same_from_both_sides(left in any_list(), right in any_list()) {
        let there = PartyOverlap::between(&left.all(), &right.all());
        let back = PartyOverlap::between(&right.all(), &left.all());
        prop_assert_eq!(there.exact().len(), back.exact().len());
        prop_assert_eq!(there.matched_left(), back.matched_right());
        for m in there.proposed() {
            let exact = there.exact().iter().any(|pair| std::ptr::eq(pair.left, m.left));
            prop_assert!(!exact && (0.5..=1.0).contains(&m.confidence));
        }
    }

    #[test]
    fn the_normal_form_is_its_own(name in ".{0,24}") {
        let form = normal_form(&name);
        prop_assert_eq!(normal_form(&form), form);
    }
}

#[test]
fn unknown_is_not_no() {
    let entities = entity_list();
    let on = |day: &str| PartyScope::default().on(day.parse().unwrap());
    let why = |day: &str| {
        entities
            .count(PartyRule::Entries, &on(day))
            .result()
            .unwrap_err()
            .clone()
    };
    assert!(matches!(
        why("2026-07-24"),
        PartyUnavailable::UnknownStatus { .. }
    ));
    assert!(matches!(
        why("2020-01-01"),
        PartyUnavailable::BeforeEdition { .. }
    ));
    let first = &entities.entries()[0];
    let status = |day: &str| entities.status(first, Some(day.parse().unwrap()));
    assert!(matches!(
        status("2026-07-23"),
        Status::InForce { since: Some(_) }
    ));
    assert!(matches!(status("2001-01-01"), Status::NotYet { .. }));
    assert!(matches!(
        status("2026-08-01"),
        Status::Unknown { since: Some(_) }
    ));
    let sdn = of("us-sdn", vec![PartyEntry::new("EXAMPLE")]);
    let scope = PartyScope::default().under([Country::CHINA]);
    let why = sdn.count(PartyRule::Entries, &scope);
    assert_eq!(why.result(), Err(&PartyUnavailable::NoHeadings));
}

#[test]
fn names_that_are_not_at_hand_are_not_zero() {
    let control = list("cn-control-list").unwrap();
    let scope = PartyScope::default();
    let parties = control.count(PartyRule::Parties, &scope);
    assert!(
        matches!(
            parties.result(),
            Err(PartyUnavailable::NamesNotAtHand { .. })
        ),
        "{parties}"
    );
    let japan = scope.clone().under(["JP".parse().unwrap()]);
    assert_eq!(
        control.count(PartyRule::Parties, &japan).number(),
        None,
        "one notice names no country"
    );
    let watch = list("cn-watch-list").unwrap();
    assert_eq!(watch.count(PartyRule::Parties, &japan).number(), Some(40));
    // After the last day of a suspension nobody knows.
    let suspended = scope.on("2026-11-11".parse().unwrap());
    assert_eq!(
        control.count(PartyRule::Numbered, &suspended).number(),
        None
    );
}

#[test]
fn two_lists_cannot_be_joined() {
    let mut all = lists();
    let (one, other) = (all.next().unwrap().all(), all.next().unwrap().all());
    assert!(one.union(&other).unwrap_err().is_different_lists());
    assert!(
        PartyDiff::between(one.list(), other.list())
            .unwrap_err()
            .is_different_lists()
    );
}

#[test]
fn an_abbreviation_alone_makes_no_match() {
    let mut one = PartyEntry::new("Example Broadcasting Corporation");
    one.other_names.push("EBC".into());
    let mut other = PartyEntry::new("Eastern Bearing Company");
    other.other_names.push("E.B.C.".into());
    let (left, right) = (of("a", vec![one]), of("b", vec![other]));
    let overlap = PartyOverlap::between(&left.all(), &right.all());
    assert!(overlap.exact().is_empty());
}
