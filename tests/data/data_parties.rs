//! The figures of the embedded lists of parties.

use std::path::Path;

use export_control::party::{
    Country, EntryKind, PartyRule, PartyScope, entity_list, list, lists, published_counts,
};

fn number(name: &str, rule: PartyRule, scope: &PartyScope) -> Option<usize> {
    list(name).unwrap().count(rule, scope).number()
}

#[test]
fn the_entity_list() {
    let all = PartyScope::default();
    let china = all.clone().under([Country::CHINA]);
    let of = |rule, scope: &PartyScope| number("us-entity-list", rule, scope).unwrap();
    assert_eq!(of(PartyRule::Rows, &all), 3420);
    assert_eq!(of(PartyRule::Entries, &all), 3411);
    assert_eq!(entity_list().headings().len(), 91);
    assert_eq!(of(PartyRule::Entries, &china), 1106);
    assert_eq!(of(PartyRule::Parties, &china), 1074);
    assert_eq!(of(PartyRule::PartiesWithUnits, &china), 1135);
    assert!(
        entity_list()
            .entries()
            .iter()
            .all(|entry| entry.addresses.is_empty())
    );
    assert!(
        entity_list()
            .entries()
            .iter()
            .all(|entry| entry.terms_text.is_none())
    );
    assert_eq!(entity_list().stays().len(), 1);
}

#[test]
fn chinas_lists() {
    let all = PartyScope::default();
    assert_eq!(
        number("cn-control-list", PartyRule::Numbered, &all),
        Some(110)
    );
    assert_eq!(
        number("cn-unreliable-entities", PartyRule::Numbered, &all),
        Some(45)
    );
    assert_eq!(number("cn-watch-list", PartyRule::Numbered, &all), Some(40));
    let unreliable = list("cn-unreliable-entities").unwrap().all();
    assert_eq!(unreliable.count(PartyRule::PartiesWithUnits), 23);
}

#[test]
fn designations_of_autumn_2025() {
    let designations = entity_list().designations();
    let of = |rule: &str| {
        let found = designations
            .iter()
            .find(|d| d.by.as_ref().is_some_and(|by| by.number.as_str() == rule));
        let set = &found.unwrap().entries;
        let chinese = set
            .iter()
            .filter(|entry| entry.heading_country() == Some(Country::CHINA));
        (set.len(), chinese.count())
    };
    assert_eq!(of("90 FR 44499"), (32, 23));
    // 29 with 19 were announced for October; one of them is no longer on the list.
    assert_eq!(of("90 FR 48195"), (27, 17));
    assert_eq!(of("90 FR 48193"), (1, 1));
}

#[test]
fn no_natural_person_is_embedded_from_another_list() {
    for list in lists() {
        assert!(
            list.entries()
                .iter()
                .all(|entry| entry.kind != EntryKind::Individual)
        );
    }
    let people = published_counts()
        .into_iter()
        .filter(|c| c.kind == Some(EntryKind::Individual));
    assert_eq!(
        people.map(|count| count.entries).sum::<usize>(),
        7473 + 78 + 40
    );
}

#[test]
fn notices_have_their_status() {
    let status = |list_name: &str, id: &str, day: &str| {
        let list = list(list_name).unwrap();
        let notice = list
            .notices()
            .iter()
            .find(|notice| notice.id.as_str() == id)
            .unwrap();
        notice
            .status(day.parse().unwrap(), list.last_day())
            .to_string()
    };
    assert_eq!(
        status("cn-control-list", "2025-13", "2026-01-01"),
        "repealed from 2025-11-10"
    );
    assert_eq!(
        status("cn-control-list", "2025-21", "2026-01-01"),
        "suspended through 2026-11-10"
    );
    assert!(status("cn-unreliable-entities", "2025-7", "2026-11-11").starts_with("not known"));
    assert!(status("cn-unreliable-entities", "2025-7", "2025-06-01").starts_with("not known"));
    assert_eq!(
        status("cn-watch-list", "2026-12", "2026-03-01"),
        "in force since 2026-02-24"
    );
    let notices: usize = lists().map(|list| list.notices().len()).sum();
    assert_eq!(notices, 24);
}

#[test]
fn every_file_of_parties_is_written_as_it_is_read() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    for list in lists() {
        let file = data.join(format!("{}.csv", list.id()));
        assert_eq!(
            list.to_string(),
            std::fs::read_to_string(file).unwrap(),
            "{}",
            list.id()
        );
    }
}
