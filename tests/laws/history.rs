//! The history of the US list: its laws, its agreement with the embedded edition, and changes that
//! were read by hand in the publications.

use export_control::change::Field;
use export_control::change::{HistoryState, Snapshot};
use export_control::list::Fingerprint;
use export_control::{
    Change, ChangeKind, ChildLogic, Code, ControlList, CountingRule, Edition, History, Item,
    ItemState, ListDiff, ListId, ListInfo, Scope, history, us_ccl,
};
use jiff::civil::Date;
use proptest::prelude::*;

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Returns the change, between two days, of a code that was on the list on the first day.
fn fate(from: &str, to: &str, old: &str) -> Change {
    let changes = history("us-ccl")
        .expect("an embedded history")
        .changes(day(from), day(to))
        .expect("covered days");
    changes
        .diff
        .fate(code(old))
        .unwrap_or_else(|| panic!("{old} did not change"))
        .clone()
}

fn state_of(at: &str, on: &str) -> Option<HistoryState> {
    history("us-ccl")
        .expect("an embedded history")
        .of(code(at))
        .into_iter()
        .find(|interval| interval.from <= day(on) && day(on) <= interval.through)
        .map(|i| i.state)
}

#[test]
fn a_file_may_begin_with_a_mark_and_is_utf8() {
    let file = "# list: mine\n# version: 2024-01-01\n# through: 2025-12-31\ncode,intervals\n3A001,0:leaf\n";
    let read = |bytes: &[u8]| History::from_csv(bytes, Vec::new());
    assert_eq!(
        written(|out| read(format!("\u{feff}{file}").as_bytes())
            .expect("a history")
            .to_csv(out)),
        file
    );
    let broken = [&file.as_bytes()[..20], b"\xff", &file.as_bytes()[20..]].concat();
    let error = read(&broken).expect_err("not UTF-8");
    assert_eq!(
        error.to_string(),
        "line 2:8: not UTF-8 text: the byte at offset 20 does not start a character"
    );
    assert!(!error.is_io());
}

#[test]
fn every_measure_of_the_embedded_history_begins_a_version() {
    let history = history("us-ccl").expect("an embedded history");
    assert!(history.measures().all(|measure| {
        measure
            .in_force
            .is_some_and(|day| history.versions().contains(&day))
    }));
}

#[test]
fn the_newest_edition_is_the_embedded_one_item_by_item() {
    let last = history("us-ccl")
        .expect("an embedded history")
        .at(day("2026-06-24"))
        .expect("a covered day");
    assert!(last.not_covered.is_empty());
    let outline = |list: &ControlList| -> Vec<_> {
        list.items()
            .iter()
            .map(|item| {
                (
                    item.code(),
                    item.state(),
                    item.through(),
                    item.logic(),
                    item.title().to_owned(),
                )
            })
            .collect()
    };
    assert_eq!(outline(&last.list), outline(us_ccl()));
    for rule in CountingRule::ALL {
        assert_eq!(
            last.list.count(rule, &Scope::default()).number(),
            us_ccl().count(rule, &Scope::default()).number()
        );
    }
}

#[test]
fn every_edition_can_be_rebuilt_and_makes_the_same_history_again() {
    let history = history("us-ccl").expect("an embedded history");
    let editions: Vec<(Date, Snapshot)> = history
        .versions()
        .iter()
        .map(|version| (*version, history.at(*version).expect("a covered day")))
        .collect();
    let measures = history.measures().cloned().collect();
    let again = History::new(editions, history.through(), measures)
        .expect("the same editions")
        .with_titles(us_ccl());
    assert_eq!(&again, history);
    let read = History::from_csv(
        written(|out| history.to_csv(out)).as_bytes(),
        history.measures().cloned().collect(),
    )
    .expect("what was written");
    assert_eq!(&read.with_titles(us_ccl()), history);
}

#[test]
fn the_only_change_after_the_official_print_is_that_of_its_rule() {
    let history = history("us-ccl").expect("an embedded history");
    let changes = history
        .changes(day("2025-09-29"), day("2025-09-30"))
        .expect("covered days");
    assert!(changes.diff.changes().iter().all(|change| {
        change
            .code()
            .is_some_and(|at| at.entry() == code("0A506") || at.entry() == code("0A508"))
    }));
    assert_eq!(
        changes.diff.kinds(),
        [
            (ChangeKind::Removed, 12),
            (ChangeKind::Reworded, 4),
            (ChangeKind::Rescoped, 2)
        ]
    );
    let measures = changes.measures(history, code("0A506.a"));
    assert_eq!(
        measures
            .iter()
            .map(|measure| measure.id.as_str())
            .collect::<Vec<_>>(),
        ["90 FR 47170"]
    );
    // The edition of the day before is another reading of the same text, so nothing that both cover
    // differs.
    let seam = history
        .changes(day("2025-09-28"), day("2025-09-29"))
        .expect("covered days");
    assert!(seam.diff.is_empty(), "{}", seam.diff);
    assert!(matches!(seam.diff.not_comparable()[..], [(Field::Text, _)]));
}

#[test]
fn the_firearms_rule_of_2020() {
    let (before, after) = ("2020-03-08", "2020-03-09");
    // The sights came from 0A987. The machines for firearms, and their production, came from 2B018.
    for (old, new) in [
        ("0A987", "0A504"),
        ("0A987.b", "0A504.b"),
        ("0A987.f", "0A504.f"),
        ("2B018.o", "0B501.a"),
        ("2B018.e", "0B602.a.1"),
    ] {
        let change = fate(before, after, old);
        assert_eq!(
            change.to.as_ref().map(|item| item.code()),
            Some(code(new)),
            "{old}"
        );
        assert!(change.kinds().contains(&ChangeKind::Renumbered));
    }
    // Parts of ammunition went from 0A018.b to 0A505 in other words. The old place kept a note that
    // refers to the new one.
    assert_eq!(
        fate(before, after, "0A018.b").kinds(),
        [ChangeKind::Reworded]
    );
    assert!(state_of("0A505", before).is_none() && state_of("0A505", after).is_some());
    assert!(state_of("0A018", "2021-03-29").is_some() && state_of("0A018", "2021-09-20").is_none());
    let history = history("us-ccl").expect("an embedded history");
    let changes = history
        .changes(day(before), day(after))
        .expect("covered days");
    assert_eq!(changes.dates(code("0A505")), [day(after)]);
    assert_eq!(
        changes.measures(history, code("0A505"))[0].id.as_str(),
        "85 FR 4136"
    );
}

#[test]
fn the_chip_rules_of_2022_to_2025() {
    // The entry is first in the edition of January 2023. The equipment moved to 3B001 in November.
    assert!(state_of("3B090", "2022-10-07").is_none() && state_of("3B090", "2023-01-17").is_some());
    assert!(state_of("3B090", "2023-11-16").is_some() && state_of("3B090", "2023-11-17").is_none());
    assert_eq!(
        fate("2023-11-16", "2023-11-17", "3B090.a")
            .to
            .map(|item| item.code()),
        Some(code("3B001.d"))
    );
    // In December 2024, less capable equipment moved on to 3B993.
    assert_eq!(
        fate("2024-12-22", "2024-12-23", "3B001.d.16")
            .to
            .map(|item| item.code()),
        Some(code("3B993.d.2"))
    );
    assert!(state_of("4E091", "2025-01-15").is_none() && state_of("4E091", "2025-01-16").is_some());
    // The part of 4A090.a that the source lost is not covered, and is not a change.
    assert_eq!(
        state_of("4A090.a", "2023-06-01"),
        Some(HistoryState::NotCovered)
    );
    let changes = history("us-ccl")
        .expect("an embedded history")
        .changes(day("2023-06-01"), day("2023-11-17"))
        .expect("covered days");
    assert!(
        changes.not_covered.contains(&code("4A090.a"))
            && changes.diff.fate(code("4A090.a")).is_none()
    );
}

#[test]
fn an_insertion_into_an_alphabetical_list_is_renumbering() {
    // In April 2018, precursors of 1C350 were put in order. None of these texts was reworded.
    for (old, new) in [
        ("1C350.b.22", "1C350.b.4"),
        ("1C350.c.12", "1C350.c.3"),
        ("1C350.d.25", "1C350.d.3"),
    ] {
        let change = fate("2018-04-01", "2018-04-02", old);
        assert_eq!(
            (change.to.as_ref().map(|item| item.code()), change.kinds()),
            (Some(code(new)), vec![ChangeKind::Renumbered])
        );
    }
}

#[test]
fn growth_is_bounded_and_ends_at_the_embedded_count() {
    let history = history("us-ccl").expect("an embedded history");
    for rule in [
        CountingRule::Entries,
        CountingRule::Provisions,
        CountingRule::Leaves,
        CountingRule::Items,
        CountingRule::Depth(1),
    ] {
        let growth = history.growth(rule).expect("a readable history");
        assert!(
            growth
                .iter()
                .all(|size| size.known.number() <= size.at_most.number()),
            "{rule}"
        );
        let last = growth.last().expect("an edition");
        assert_eq!(last.known.number(), last.at_most.number());
        assert_eq!(
            last.known.number(),
            us_ccl().count(rule, &Scope::default()).number()
        );
    }
    let first = |rule: CountingRule| {
        history
            .first_above(rule, 3000)
            .expect("a readable history")
            .map(|size| size.from)
    };
    assert_eq!(first(CountingRule::Provisions), Some(day("2025-09-29")));
    assert_eq!(first(CountingRule::Leaves), Some(day("2020-06-17")));
    assert_eq!(first(CountingRule::Items), Some(day("2017-01-15")));
    assert_eq!(first(CountingRule::Entries), None);
    // The count that only China's list has is unavailable, and is not 0.
    assert_eq!(
        history
            .growth(CountingRule::CatalogueRows)
            .expect("a readable history")[0]
            .known
            .number(),
        None
    );
}

#[test]
fn days_that_no_source_covers_are_refused() {
    let history = history("us-ccl").expect("an embedded history");
    let error = history
        .changes(day("2016-06-01"), day("2020-01-01"))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "us-ccl: found the date 2016-06-01, expected a day from 2017-01-15 to 2026-06-24, which the sources cover"
    );
    assert!(history.at(day("2026-06-25")).is_err());
    assert!(history.of(code("9E999")).is_empty());
    let same = history
        .changes(day("2024-07-01"), day("2024-07-01"))
        .expect("covered days");
    assert_eq!(
        same.diff.why_empty(),
        Some("both sides are the same edition")
    );
}

#[test]
fn broken_files_are_named_by_line_and_field() {
    let good = "# list: mine\n# version: 2024-01-01\n# version: 2025-01-01\n# through: 2025-12-31\ncode,intervals\n3A001,0-1:leaf:0123456789ab\n3A001.a,0:reserved..3A001.c;1:unknown\n";
    assert_eq!(
        written(|out| History::from_csv(good.as_bytes(), vec![])
            .expect("a history")
            .to_csv(out)),
        good
    );
    for (old, new, error) in [
        (
            good,
            "",
            "line 1: unnamed: found no last day, expected a line `# through: DATE`",
        ),
        (
            "# list: mine",
            "# lisp: mine",
            "line 1:1: found \"lisp: mine\", expected a line such as `# list: us-ccl`, `# version: DATE` or `# through: DATE`",
        ),
        (
            "2024-01-01",
            "2024-13-01",
            "line 2:1: found \"version: 2024-13-01\", expected a date such as 2017-01-15",
        ),
        (
            "2024-01-01",
            "2025-06-01",
            "line 1: mine: found the day 2025-01-01 after 2025-06-01, expected days in order",
        ),
        (
            "# version: 2024-01-01\n# version: 2025-01-01\n",
            "",
            "line 1: mine: found no version, expected the first day of at least one edition",
        ),
        (
            "0-1:leaf",
            "0-1:twig",
            "line 6:2: mine:3A001: found intervals \"0-1:twig:0123456789ab\", expected intervals such as 0-4:any:0123456789ab;5:reserved, in order",
        ),
        (
            "0123456789ab",
            "0123456789",
            "line 6:2: mine:3A001: found intervals \"0-1:leaf:0123456789\", expected intervals such as 0-4:any:0123456789ab;5:reserved, in order",
        ),
        (
            "0:reserved..3A001.c;1",
            "1:reserved;0",
            "line 7:2: mine:3A001.a: found intervals \"1:reserved;0:unknown\", expected intervals such as 0-4:any:0123456789ab;5:reserved, in order",
        ),
        (
            "3A001.a,",
            "3A001,",
            "line 7:1: mine:3A001: found the code a second time, expected one row for each code",
        ),
        (
            "3A001.a,",
            "1A001,",
            "line 7:1: mine:1A001: found the row after 3A001, expected rows in list order",
        ),
        (
            "0-1:leaf",
            "1:leaf",
            "mine:3A001.a: found no row for the parent 3A001, expected one for the parent of every paragraph",
        ),
        (
            ",0:reserved..3A001.c;1:unknown",
            "",
            "line 7:2: mine: found 1 fields, expected 2, as in the header",
        ),
    ] {
        let found =
            History::from_csv(good.replacen(old, new, 1).as_bytes(), vec![]).expect_err(error);
        assert_eq!(found.to_string(), error);
    }
    let edition = |name: &str| {
        Snapshot::new(
            ControlList::new(
                ListInfo::new(ListId::new(name), name),
                Edition::default(),
                vec![],
            )
            .expect("a list"),
            vec![],
        )
    };
    let error = History::new(vec![], day("2025-01-01"), vec![]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "found no edition, expected at least one edition"
    );
    let mixed = vec![
        (day("2024-01-01"), edition("one")),
        (day("2024-02-01"), edition("two")),
    ];
    let error = History::new(mixed, day("2025-01-01"), vec![]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "one: found an edition of two on 2024-02-01, expected editions of one list"
    );
}

/// Returns editions of a small list. Each place is empty, lost or reserved, or has one of a few
/// texts.
fn snapshots() -> impl Strategy<Value = Vec<Snapshot>> {
    let place = 0..7u8;
    prop::collection::vec(prop::collection::vec(place, 8), 1..6).prop_map(|editions| {
        let snapshot = |places: Vec<u8>| {
            let mut items = vec![Item::new(code("3A001"))];
            items[0] = items[0].clone().with_logic(ChildLogic::Any);
            let mut not_covered = Vec::new();
            for (at, kind) in places.into_iter().enumerate() {
                let mut item = Item::new(code(&format!("3A001.{}", char::from(b'a' + at as u8))));
                match kind {
                    0 | 1 => continue,
                    2 => {
                        not_covered.push(item.code());
                        continue;
                    }
                    3 => item = item.with_state(ItemState::Reserved),
                    kind => {
                        item = item.with_fingerprint(Fingerprint::of(&format!(
                            "text {kind} of place {at}"
                        )))
                    }
                }
                items.push(item);
            }
            let list = ControlList::new(
                ListInfo::new(ListId::new("mine"), "mine"),
                Edition::default(),
                items,
            )
            .expect("a list");
            Snapshot::new(list, not_covered)
        };
        editions.into_iter().map(snapshot).collect()
    })
}

proptest! {
    #[test]
    fn no_file_makes_the_reader_panic(
        head in "(# (list|version|through): ?(mine|2024-01-0[1-4])?\n){0,5}",
        body in "(code,intervals\n)?(3A00[12](.[a-c]){0,2},([0-3]-?[0-3]?:(leaf|any|reserved|unknown|[a-z]{1,3})(..3A001.[a-z])?(:[0-9a-f]{11,12})?;?){0,3}\n){0,5}",
    ) {
        if let Ok(history) = History::from_csv((head + &body).as_bytes(), vec![]) {
            for version in history.versions() {
                let _ = history.at(*version);
            }
            prop_assert_eq!(written(|out| History::from_csv(written(|out| history.to_csv(out)).as_bytes(), vec![]).expect("what was written").to_csv(out)), written(|out| history.to_csv(out)));
        }
    }

    #[test]
    fn any_editions_come_back_out_of_their_history(snapshots in snapshots()) {
        let dated: Vec<(Date, Snapshot)> = snapshots.iter().cloned().enumerate()
            .map(|(at, snapshot)| (day("2020-01-01").saturating_add(jiff::Span::new().months(at as i64)), snapshot))
            .collect();
        let history = History::new(dated.clone(), day("2021-12-31"), vec![]).expect("a history");
        let read = History::from_csv(written(|out| history.to_csv(out)).as_bytes(), vec![]).expect("what was written");
        prop_assert_eq!(&written(|out| read.to_csv(out)), &written(|out| history.to_csv(out)));
        for (first, snapshot) in &dated {
            let back = read.at(*first).expect("a covered day");
            prop_assert_eq!(back.list.items(), snapshot.list.items());
            prop_assert_eq!(&back.not_covered, &snapshot.not_covered);
        }
        for (from, old) in &dated {
            for (to, new) in &dated {
                let changes = history.changes(*from, *to).expect("covered days");
                let lost: Vec<Code> = old.not_covered.iter().chain(&new.not_covered).copied().collect();
                let touched = changes.diff.changes().iter().flat_map(|change| change.from.iter().chain(&change.to)).map(|item| item.code());
                prop_assert!(touched.into_iter().all(|code| !lost.contains(&code) && !changes.dates(code).is_empty() || from == to));
                if lost.is_empty() {
                    let (old, new) = (history.at(*from).expect("covered").list, history.at(*to).expect("covered").list);
                    prop_assert_eq!(&changes.diff, &ListDiff::between(&old, &new).expect("one list"));
                    prop_assert_eq!(changes.diff.apply(&old).expect("the old edition"), new);
                }
            }
        }
    }
}

#[cfg(feature = "ecfr")]
mod official {
    use super::*;
    use export_control::source::ecfr;

    fn xml() -> Vec<u8> {
        let sources = std::env::var_os("EXPORT_CONTROL_SOURCES")
            .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
        std::fs::read(std::path::Path::new(&sources).join("us/ecfr-title15-part774-supp1.xml"))
            .expect("the official XML")
    }

    #[test]
    #[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
    fn two_readings_of_one_file_do_not_differ() {
        let xml = xml();
        let read = || {
            ecfr::read(&xml[..], Edition::default())
                .expect("the official XML")
                .list
        };
        let diff = ListDiff::between(&read(), &read()).expect("one list");
        assert_eq!(diff.why_empty(), Some("both sides are the same edition"));
    }

    #[test]
    #[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
    fn a_loaded_text_and_the_history_agree_word_by_word() {
        let text = ecfr::read(&xml()[..], Edition::default())
            .expect("the official XML")
            .list;
        let last = history("us-ccl")
            .expect("an embedded history")
            .at(day("2026-06-24"))
            .expect("a covered day")
            .list;
        let diff = ListDiff::between(&last, &text).expect("one list");
        for kind in [
            ChangeKind::Added,
            ChangeKind::Removed,
            ChangeKind::Renumbered,
            ChangeKind::Reworded,
        ] {
            assert_eq!(diff.of_kind(kind).count(), 0, "{kind}");
        }
    }

    #[test]
    #[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
    fn edits_of_the_official_file_are_found() {
        let xml = String::from_utf8(xml()).expect("UTF-8");
        let read = |xml: &str| {
            ecfr::read(xml.as_bytes(), Edition::default())
                .expect("the official XML")
                .list
        };
        let old = read(&xml);
        // A whole entry under another code, with everything in it.
        let moved = read(&xml.replacen("<B>2B005 ", "<B>2B095 ", 1));
        let diff = ListDiff::between(&old, &moved).expect("one list");
        assert_eq!(diff.apply(&old).expect("the old edition"), moved);
        let (live, reserved): (Vec<&Item>, Vec<&Item>) = old
            .subtree(code("2B005"))
            .iter()
            .partition(|item| item.is_live());
        assert_eq!(diff.of_kind(ChangeKind::Renumbered).count(), live.len());
        assert!(diff.changes().len() <= live.len() + 2 * reserved.len());
        assert!(diff.fate(code("2B005")).is_some_and(|change| {
            change.to.as_ref().map(|item| item.code()) == Some(code("2B095"))
        }));
    }
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}

/// Growth counts entry by entry. It gives what counting each rebuilt edition gives.
#[test]
fn growth_is_the_count_of_every_edition() {
    let history = history("us-ccl").expect("an embedded history");
    let rules = [
        CountingRule::Items,
        CountingRule::Entries,
        CountingRule::Provisions,
        CountingRule::CatalogueRows,
    ];
    let growth = rules.map(|rule| history.growth(rule).expect("a readable history"));
    // Every edition takes long in a build that is not optimized.
    for (version, from) in history.versions().iter().enumerate().step_by(9) {
        let Snapshot {
            list, not_covered, ..
        } = history.at(*from).expect("a covered day");
        let mut filled: std::collections::BTreeMap<Code, Item> = list
            .items()
            .iter()
            .map(|item| (item.code(), item.clone()))
            .collect();
        for hole in not_covered {
            filled.insert(hole, Item::new(hole));
            for above in hole.ancestors() {
                let implied = Item::new(above)
                    .with_state(ItemState::Implied)
                    .with_logic(ChildLogic::Any);
                filled.entry(above).or_insert(implied);
            }
        }
        let items = filled.into_values().collect();
        let filled = ControlList::new(list.info().clone(), list.edition().clone(), items);
        let filled = filled.expect("every parent is there");
        for (rule, growth) in rules.iter().zip(&growth) {
            let size = &growth[version];
            assert_eq!(size.from, *from);
            assert_eq!(size.known, list.count(*rule, &Scope::default()), "{from}");
            assert_eq!(
                size.at_most,
                filled.count(*rule, &Scope::default()),
                "{from}"
            );
        }
    }
}

/// A history takes one edition after the other, and needs none of the earlier ones.
#[test]
fn a_history_is_built_from_an_iterator() {
    let editions = (0..3i16).map(|number| {
        let info = ListInfo::new(ListId::new("mine"), "My list");
        let items = vec![Item::new(code(if number < 2 { "3A001" } else { "3A002" }))];
        let list = ControlList::new(info, Edition::default(), items).expect("a list");
        let first = Date::new(2020 + number, 1, 1).expect("a date");
        (first, Snapshot::new(list, Vec::new()))
    });
    let history = History::new(editions, day("2022-12-31"), Vec::new()).expect("a history");
    let intervals = history.of(code("3A001"));
    assert_eq!(
        (intervals.len(), intervals[0].through),
        (1, day("2021-12-31"))
    );
    let none = History::new(Vec::new(), day("2022-12-31"), Vec::new());
    assert!(none.is_err_and(|error| error.to_string().contains("no edition")));
}
