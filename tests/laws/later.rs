//! The US list after its edition: statuses, counts and items on days before, between and after the
//! days of its amendments, and what they rest on.

use export_control::list::amendment::{Amendment, Certainty, Change, Verified};
use export_control::{
    Code, ControlList, CountingRule, Edition, Item, ListId, ListInfo, Scope, Status, Unavailable,
    us_ccl,
};
use jiff::civil::{Date, date};

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

fn on_day(list: &ControlList, text: &str, on: Date) -> Status {
    list.status(list.get(code(text)).expect("an item"), Some(on))
}

fn unknown_from(year: i16, month: i8, day: i8) -> Status {
    Status::Unknown {
        since: Some(date(year, month, day)),
    }
}

const IN_FORCE: Status = Status::InForce { since: None };

#[test]
fn an_item_is_known_as_long_as_its_text_was_verified() {
    let us = us_ccl();
    // Of category 6 later headings are at hand, and paragraphs only of the edition.
    for (text, last) in [
        ("6A005", date(2026, 8, 7)),
        ("6A005.b", date(2026, 6, 24)),
        ("3A001.b.2", date(2026, 7, 23)),
        ("0A501.a", date(2026, 9, 24)),
    ] {
        assert_eq!(on_day(us, text, last), IN_FORCE, "{text}");
        let next = last.tomorrow().expect("a day");
        let unknown = Status::Unknown { since: Some(next) };
        assert_eq!(on_day(us, text, next), unknown, "{text}");
        assert_eq!(on_day(us, text, date(2027, 1, 1)), unknown, "{text}");
        let item = us.get(code(text)).expect("an item");
        let recorded = us.last_recorded(item, Some(date(2027, 1, 1)));
        assert_eq!(recorded, Some((last, IN_FORCE)), "{text}");
    }
    // The later reading lost this paragraph, and none below it could vouch for it.
    assert_eq!(
        on_day(us, "1A003.a", date(2026, 7, 1)),
        unknown_from(2026, 6, 25)
    );
    assert_eq!(on_day(us, "1A003.b", date(2026, 7, 1)), IN_FORCE);
}

#[test]
fn a_dated_rule_adds_and_removes_on_its_first_day() {
    let us = us_ccl();
    let later = us.amended(date(2026, 9, 24)).expect("a list");
    let added = "9A012.a.3";
    assert!(us.get(code(added)).is_none());
    for (on, status) in [
        (
            date(2026, 6, 24),
            "not yet in force: applies from 2026-08-13",
        ),
        (
            date(2026, 8, 12),
            "not yet in force: applies from 2026-08-13",
        ),
        (date(2026, 8, 13), "in force since 2026-08-13"),
        (date(2026, 9, 24), "in force since 2026-08-13"),
    ] {
        assert_eq!(on_day(&later, added, on).to_string(), status, "{on}");
    }
    assert_eq!(
        on_day(&later, added, date(2026, 9, 25)),
        unknown_from(2026, 9, 25)
    );
    let gone = Status::Repealed {
        since: date(2026, 8, 13),
    };
    for list in [us, &later] {
        assert_eq!(on_day(list, "9A012.a.1.a", date(2026, 8, 12)), IN_FORCE);
        assert_eq!(on_day(list, "9A012.a.1.a", date(2026, 8, 13)), gone);
        assert_eq!(on_day(list, "9A012.a.1", date(2026, 8, 13)), IN_FORCE);
    }
}

#[test]
fn a_change_of_unknown_day_is_open_until_a_text_shows_it() {
    let later = us_ccl().amended(date(2026, 9, 24)).expect("a list");
    let added = "0A502.a";
    assert!(matches!(
        on_day(&later, added, date(2026, 6, 24)),
        Status::NotYet { .. }
    ));
    assert_eq!(
        on_day(&later, added, date(2026, 6, 25)),
        unknown_from(2026, 6, 25)
    );
    assert_eq!(
        on_day(&later, added, date(2026, 9, 23)),
        unknown_from(2026, 6, 25)
    );
    // The day on which a text shows it is not its first.
    assert_eq!(on_day(&later, added, date(2026, 9, 24)), IN_FORCE);
}

#[test]
fn an_announced_rule_without_its_text_ends_what_is_known() {
    let us = us_ccl();
    let announced: Vec<&Amendment> = (us.amendments().iter())
        .filter(|one| one.change == Change::Announced)
        .collect();
    assert!(announced.len() > 10);
    // Even who knows of no other notice through the end of November does not know this one's text.
    let read = us
        .clone()
        .covered_through(date(2026, 11, 30))
        .expect("later");
    for one in announced {
        assert_eq!(one.certainty, Certainty::Cited);
        assert_eq!(one.in_force, Some(date(2026, 11, 20)));
        let item = read.get(one.code).expect("an entry");
        let day = Some(date(2026, 11, 20));
        assert_eq!(
            read.status(item, day),
            unknown_from(2026, 11, 20),
            "{}",
            one.code
        );
        assert_eq!(
            read.last_recorded(item, day),
            Some((date(2026, 11, 19), IN_FORCE)),
            "{}",
            one.code
        );
    }
    assert_eq!(on_day(&read, "0A501.a", date(2026, 11, 19)), IN_FORCE);
    assert_eq!(
        on_day(&read, "0A501.a", date(2026, 11, 20)),
        unknown_from(2026, 11, 20)
    );
    assert_eq!(on_day(&read, "3A001", date(2026, 11, 30)), IN_FORCE);
    // On the embedded list the texts at hand end before that.
    assert_eq!(
        on_day(us, "0A501.a", date(2026, 11, 20)),
        unknown_from(2026, 9, 25)
    );
}

#[test]
fn counts_use_what_is_verified_and_what_was_added() {
    let us = us_ccl();
    // No later text at hand has 8D001. Every other heading was compared through 2026-08-07, and no
    // entry came or went.
    let entries = |on| us.count(CountingRule::Entries, &Scope::default().on(on));
    let unknown = |on, items| Err(Unavailable::UnknownStatus { on, items });
    let day = date(2026, 8, 7);
    assert_eq!(entries(day).result().map_err(Clone::clone), unknown(day, 1));
    for category in export_control::Category::ALL {
        let scope = Scope::default().category(category);
        let number = |scope: &Scope| us.count(CountingRule::Entries, scope).number();
        let expected = number(&scope).filter(|_| category.digit() != 8);
        assert_eq!(number(&scope.clone().on(day)), expected, "{category}");
        assert_eq!(number(&scope.on(date(2026, 8, 8))), None, "{category}");
    }
    // Paragraphs are not known that long.
    let items = |on| us.count(CountingRule::Items, &Scope::default().on(on));
    assert_eq!(items(date(2026, 7, 1)).number(), None);
    assert!(us.as_of(date(2026, 7, 1)).is_err());
}

/// A list of two entries and what a later text shows: a paragraph added, one removed.
fn small() -> ControlList {
    let items = ["3A001", "3A001.a", "3A001.b", "3A002"].map(|text| Item::new(code(text)));
    let edition = Edition::new("first")
        .with_from(date(2030, 1, 1))
        .with_through(date(2030, 6, 30));
    let info = ListInfo::new(ListId::new("mine"), "My list");
    ControlList::new(info, edition, items.to_vec()).expect("a list")
}

fn amendment(text: &str, change: Change, first: Date) -> Amendment {
    let mut one = Amendment::new(code(text), change, Certainty::TwoParses);
    one.in_force = Some(first);
    one
}

fn verified(text: &str, through: Date) -> Verified {
    Verified::new(code(text), through)
}

#[test]
fn a_count_on_a_later_day_has_what_was_added_by_then() {
    let (first, last) = (date(2030, 8, 1), date(2030, 12, 31));
    let list = small()
        .with_amendments(
            vec![
                amendment("3A001.c", Change::Added, first),
                amendment("3A001.a", Change::Removed, date(2030, 10, 1)),
            ],
            vec![verified("3A001", last), verified("3A002", last)],
        )
        .expect("amendments");
    let count = |on| list.count(CountingRule::Items, &Scope::default().on(on));
    for (on, number) in [
        (date(2030, 6, 30), Some(4)),
        (date(2030, 7, 31), Some(4)),
        (first, Some(5)),
        (date(2030, 10, 1), Some(4)),
        (last, Some(4)),
        (date(2031, 1, 1), None),
    ] {
        assert_eq!(count(on).number(), number, "{on}");
    }
    assert!(
        count(first)
            .to_string()
            .ends_with("[first, with the changes recorded by 2030-08-01]")
    );
    // A set is of this list's items, and says where the others are.
    assert_eq!(
        list.as_of(first).unwrap_err(),
        Unavailable::Amended {
            on: first,
            items: 1
        }
    );
    let amended = list.amended(first).expect("a list");
    assert_eq!(amended.as_of(first).map(|set| set.len()), Ok(5));
    assert_eq!(amended.as_of(last).map(|set| set.len()), Ok(4));
    assert!(
        amended.amended(last).is_err(),
        "an amended list is not amended again"
    );
    let spans: Vec<String> = list
        .life(list.get(code("3A001.a")).expect("an item"))
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        spans[1..],
        [
            "2030-01-01 to 2030-09-30: in force",
            "2030-10-01 to 2030-12-31: repealed from 2030-10-01",
            "from 2031-01-01: not known: no source at hand says what holds from 2031-01-01 on",
        ]
    );
}

#[test]
fn amendments_that_contradict_the_list_are_refused() {
    let day = date(2030, 8, 1);
    let refused = |amendments: Vec<Amendment>, verified: Vec<Verified>| {
        let error = small().with_amendments(amendments, verified);
        error.expect_err("a contradiction").to_string()
    };
    let undated = Amendment::new(code("3A001.a"), Change::Reworded, Certainty::OneParse);
    let mut row = amendment("3A001", Change::Requirement, day);
    row.row = Some(1);
    for (amendments, expected) in [
        (vec![amendment("3A001.a", Change::Added, day)], "a new item"),
        (
            vec![amendment("3A001.c.1", Change::Added, day)],
            "a parent on the list",
        ),
        (
            vec![amendment("3A001.c", Change::Removed, day)],
            "an item of the list",
        ),
        (vec![undated], "its first day or the day it was first seen"),
        (vec![row], "a row of the entry"),
    ] {
        let error = refused(amendments, Vec::new());
        assert!(
            error.contains(expected) && error.starts_with("mine"),
            "{error}"
        );
    }
    for (one, expected) in [
        (verified("3A003", day), "an entry of the list"),
        (verified("3A001.a", day), "an entry of the list"),
        (
            verified("3A001", date(2030, 6, 29)),
            "2030-06-30 or a later day",
        ),
    ] {
        let error = refused(Vec::new(), vec![one]);
        assert!(error.contains(expected), "{error}");
    }
    let twice = vec![verified("3A001", day), verified("3A001", day)];
    assert!(refused(Vec::new(), twice).contains("one row an entry"));
    // A paragraph below an added one is fine.
    let below = [("3A001.c", Change::Added), ("3A001.c.1", Change::Added)];
    let below = below.map(|(text, change)| amendment(text, change, day));
    let list = small()
        .with_amendments(below.to_vec(), Vec::new())
        .expect("a parent");
    assert_eq!(list.amended(day).expect("a list").items().len(), 6);
}

#[test]
fn rows_and_titles_change_on_their_day() {
    let us = us_ccl();
    let emirates = |list: &ControlList| {
        let rows = list.all_license_requirements().iter();
        rows.filter(|row| {
            row.destinations
                .iter()
                .any(|one| one == "United Arab Emirates")
        })
        .count()
    };
    let before = us.amended(date(2026, 7, 9)).expect("a list");
    assert_eq!((emirates(us), emirates(&before)), (0, 0));
    let between = us.amended(date(2026, 7, 10)).expect("a list");
    let after = us.amended(date(2026, 9, 24)).expect("a list");
    assert_eq!((emirates(&between), emirates(&after)), (17, 17));
    // The second national-security row of 9A012 went with the rule of August.
    let rows = |list: &ControlList| list.license_requirements(code("9A012")).len();
    assert_eq!((rows(us), rows(&between), rows(&after)), (4, 4, 3));
    let endurance = |list: &ControlList| {
        let item = list.get(code("9A012.a.2")).expect("an item");
        item.quantities()[0].to_string()
    };
    assert_eq!(endurance(&between), "endurance ≥ 1 h");
    assert_eq!(endurance(&after), "endurance ≥ 3 h");
    let drones = after.get(code("9A012.a.4")).expect("an item");
    assert_eq!(drones.refers_to(), [code("6A005")]);
}

#[test]
fn every_amendment_says_what_it_rests_on() {
    let us = us_ccl();
    assert!(!us.amendments().is_empty());
    for one in us.amendments() {
        let line = one.to_string();
        assert!(
            line.contains(" parse") || line.contains("cited only"),
            "{line}"
        );
        assert_eq!(
            one.first_day().is_some(),
            one.change != Change::Announced || one.in_force.is_some()
        );
        // Only the announced rule has no text that shows it.
        assert_eq!(
            one.first_seen.is_none(),
            one.change == Change::Announced,
            "{line}"
        );
    }
    // Every entry has a record of how far it was verified, save one that no later text has.
    let entries = (us.items().iter())
        .map(Item::code)
        .filter(|code| code.is_entry());
    let missing: Vec<Code> = entries
        .filter(|code| us.verified(*code).is_none())
        .collect();
    assert_eq!(missing, [code("8D001")]);
}

#[test]
fn the_file_forms_read_back() {
    let us = us_ccl();
    let mut written = Vec::new();
    Amendment::to_csv(us.amendments(), &mut written).expect("memory");
    let read = Amendment::from_csv(&written[..]).expect("its own form");
    assert_eq!(read, us.amendments());
    let all: Vec<Verified> = us
        .items()
        .iter()
        .filter(|item| item.code().is_entry())
        .filter_map(|item| us.verified(item.code()).cloned())
        .collect();
    let mut written = Vec::new();
    Verified::to_csv(&all, &mut written).expect("memory");
    assert_eq!(Verified::from_csv(&written[..]).expect("its own form"), all);
    // A stored list keeps both.
    let stored = serde_json::to_string(us).expect("text");
    let again: ControlList = serde_json::from_str(&stored).expect("a list");
    assert_eq!(&again, us);
    let amended = us.amended(date(2026, 9, 24)).expect("a list");
    let stored = serde_json::to_string(&amended).expect("text");
    assert_eq!(
        serde_json::from_str::<ControlList>(&stored).expect("a list"),
        amended
    );
}
