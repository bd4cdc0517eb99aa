//! A list through time: the spans of an item's life partition the days, suspensions are within
//! their measures, and a list without repeals only grows.

#[path = "../support/lists.rs"]
mod lists;

use export_control::list::EventKind;
use export_control::measure::MeasurePart;
use export_control::{
    Code, ControlList, CountingRule, Edition, Item, Measure, MeasureId, Scope, Status, Unavailable,
};
use jiff::civil::{Date, date};
use lists::list;
use proptest::prelude::*;

fn id(number: &str) -> MeasureId {
    MeasureId::new(number)
}

fn day(offset: i64) -> Date {
    date(2024, 1, 1)
        .checked_add(jiff::Span::new().days(offset))
        .unwrap()
}

/// The effect of a random notice on an earlier one.
#[derive(Debug, Clone)]
enum Deed {
    Nothing,
    Suspend(prop::sample::Index, i64),
    Resume(prop::sample::Index),
    Repeal(prop::sample::Index),
    Remove(prop::sample::Index),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => Just(Deed::Nothing),
        3 => (any::<prop::sample::Index>(), 0i64..120).prop_map(|(target, days)| Deed::Suspend(target, days)),
        1 => any::<prop::sample::Index>().prop_map(Deed::Resume),
        1 => any::<prop::sample::Index>().prop_map(Deed::Repeal),
        1 => any::<prop::sample::Index>().prop_map(Deed::Remove),
    ]
}

/// Returns lists whose items come with random notices. A notice that the ledger rejects is left
/// out.
fn list_in_time(deeds: bool) -> impl Strategy<Value = ControlList> {
    let notices = prop::collection::vec((0i64..200, 0i64..30, any::<bool>(), deed()), 2..8);
    let through = prop::option::of(50i64..260);
    (
        list("a"),
        notices,
        prop::collection::vec((0usize..9, 0i64..40), 60),
        through,
        any::<bool>(),
    )
        .prop_map(move |(list, mut notices, of_items, through, from)| {
            notices.sort_by_key(|(first, ..)| *first);
            let codes: Vec<Code> = list.items().iter().map(|item| item.code()).collect();
            let items = list
                .items()
                .iter()
                .cloned()
                .zip(of_items.iter().cycle())
                .map(|(mut item, (at, later))| {
                    if let Some((first, ..)) = notices.get(*at) {
                        item = item.with_measure(Some(id(&at.to_string())));
                        item = item.with_in_force((*later > 30).then(|| day(first + later)));
                    }
                    item
                });
            let edition = Edition::new("random")
                .with_from(from.then(|| day(0)))
                .with_through(through.map(day));
            let list = ControlList::new(list.info().clone(), edition, items.collect()).unwrap();
            let mut kept: Vec<Measure> = Vec::new();
            for (at, (first, ahead, dated, deed)) in notices.iter().enumerate() {
                let mut measure = Measure::new(id(&at.to_string()), day(*first));
                measure.published = dated.then(|| day(first - ahead));
                let plain = measure.clone();
                let target = |which: &prop::sample::Index| {
                    MeasurePart::from(id(&which.index(at.max(1)).to_string()))
                };
                match deed {
                    Deed::Suspend(which, days) if deeds => {
                        measure.suspends = vec![target(which)];
                        measure.suspended_through = Some(day(first + days));
                    }
                    Deed::Resume(which) if deeds => measure.resumes = vec![target(which)],
                    Deed::Repeal(which) if deeds => measure.repeals = vec![target(which)],
                    Deed::Remove(which) if deeds && !codes.is_empty() => {
                        measure.removes = vec![codes[which.index(codes.len())]]
                    }
                    _ => {}
                }
                let trial: Vec<Measure> = kept.iter().cloned().chain([measure.clone()]).collect();
                kept.push(if list.clone().with_measures(trial).is_ok() {
                    measure
                } else {
                    plain
                });
            }
            list.clone().with_measures(kept).unwrap_or(list)
        })
}

fn days() -> impl Iterator<Item = Date> {
    (-40..320).map(day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_spans_of_a_life_partition_the_days(list in list_in_time(true)) {
        for item in list.items() {
            let life = list.life(item);
            prop_assert!(life.first().is_some_and(|span| span.first.is_none()));
            prop_assert!(life.last().is_some_and(|span| span.last.is_none()));
            for pair in life.windows(2) {
                prop_assert_eq!(pair[0].last.map(|last| last.tomorrow().unwrap()), pair[1].first, "no gap, no overlap");
                let announced = matches!(pair[1].status, Status::NotYet { published, .. } if published == pair[1].first);
                prop_assert!(pair[0].status != pair[1].status || announced, "neighbors differ");
            }
            for day in days() {
                let mut spans = life.iter().filter(|span| span.contains(day));
                prop_assert_eq!(spans.next().map(|span| span.status), Some(list.status(item, Some(day))), "{} on {}", item.code(), day);
                prop_assert!(spans.next().is_none());
            }
        }
    }

    #[test]
    fn a_suspension_has_its_notice_and_never_outlives_its_measure(list in list_in_time(true)) {
        for item in list.items() {
            let events = list.events_of(item);
            for span in list.life(item) {
                if let Status::Suspended { through } = span.status {
                    let (first, last) = (span.first.unwrap(), span.last.unwrap());
                    prop_assert!(last <= through, "{span}");
                    let said = events.iter().any(|event| event.date <= first && matches!(event.what, EventKind::Suspends { through: stated, .. } if stated >= through));
                    prop_assert!(said, "{span} of {}: {events:?}", item.code());
                    let ended = events.iter().find(|event| event.date >= first && matches!(event.what, EventKind::Repeals(_)));
                    prop_assert!(ended.is_none_or(|event| last < event.date && through < event.date), "{span}");
                }
            }
        }
    }

    #[test]
    fn nothing_comes_back_after_a_repeal(list in list_in_time(true)) {
        for item in list.items() {
            let life = list.life(item);
            let gone = life.iter().position(|span| matches!(span.status, Status::Repealed { .. })).unwrap_or(life.len());
            let after = &life[gone.min(life.len())..];
            prop_assert!(after.iter().all(|span| matches!(span.status, Status::Repealed { .. } | Status::Unknown { .. })), "{after:?}");
        }
    }

    #[test]
    fn without_repeals_a_list_only_grows(list in list_in_time(false)) {
        let known: Vec<Date> = days().filter(|day| list.as_of(*day).is_ok()).collect();
        for pair in known.windows(2) {
            let (before, after) = (list.as_of(pair[0]).unwrap(), list.as_of(pair[1]).unwrap());
            prop_assert!(before.is_subset(&after).unwrap(), "{} and {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn as_of_is_the_items_in_force(list in list_in_time(true), offset in -40i64..320) {
        let on = day(offset);
        let live: Vec<&Item> = list.items().iter().filter(|item| item.is_live()).collect();
        let unknown = live.iter().filter(|item| matches!(list.status(item, Some(on)), Status::Unknown { .. })).count();
        match list.as_of(on) {
            Ok(set) => {
                prop_assert_eq!(unknown, 0);
                let wanted = live.iter().filter(|item| matches!(list.status(item, Some(on)), Status::InForce { .. })).map(|item| item.code());
                prop_assert!(set.codes().eq(wanted));
            }
            Err(_) => prop_assert!(unknown > 0),
        }
    }

    #[test]
    fn measures_and_json_round_trip(list in list_in_time(true)) {
        let json = serde_json::to_string(&list).unwrap();
        let again: ControlList = serde_json::from_str(&json).unwrap();
        for item in list.items() {
            prop_assert_eq!(again.life(item), list.life(item));
        }
        let text = written(|out| Measure::to_csv(list.measures(), out));
        prop_assert!(Measure::from_csv(text.as_bytes()).unwrap().iter().eq(list.measures()));
    }
}

fn cn() -> &'static ControlList {
    export_control::cn_dual_use()
}

fn status_of(provision: &str, on: Date) -> Status {
    cn().measure_status(&provision.parse().unwrap(), Some(on))
        .unwrap()
}

#[test]
fn october_2025_on_its_days() {
    let holmium = cn().get("1C909".parse().unwrap()).unwrap();
    let life: Vec<String> = cn().life(holmium).iter().map(ToString::to_string).collect();
    assert_eq!(
        life,
        [
            "to 2024-11-14: not known: no source at hand says what held then",
            "2024-11-15 to 2025-10-08: not announced yet: published on 2025-10-09, to apply from 2025-11-08",
            "2025-10-09 to 2025-11-06: not yet in force: published 2025-10-09, to apply from 2025-11-08",
            "2025-11-07 to 2026-11-10: suspended through 2026-11-10",
            "from 2026-11-11: not known: no source at hand says what holds from 2026-11-11 on",
        ]
    );
    let chain: Vec<String> = cn()
        .events_of(holmium)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        chain,
        [
            "2025-10-09: 2025-57 published",
            "2025-11-07: 2025-70 published",
            "2025-11-07: 2025-70 suspends 2025-57 through 2026-11-10",
            "2025-11-08: first day of 2025-57 by its own text",
            "2026-11-11: first day after the recorded suspension of 2025-57 by 2025-70",
        ]
    );
    let know_how = cn().get("1E902.a".parse().unwrap()).unwrap();
    let life: Vec<String> = cn()
        .life(know_how)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        life[2],
        "2025-10-09 to 2025-11-06: in force since 2025-10-09"
    );
}

#[test]
fn before_its_first_publication_a_list_says_nothing() {
    let (before, first) = (date(2024, 11, 14), date(2024, 11, 15));
    for day in [date(2023, 1, 1), before] {
        assert!(
            cn().items()
                .iter()
                .all(|item| cn().status(item, Some(day)) == Status::Unknown { since: None })
        );
        let count = cn().count(CountingRule::Items, &Scope::default().on(day));
        assert_eq!(
            count.result(),
            Err(&Unavailable::UnknownStatus {
                on: day,
                items: cn().live().len()
            })
        );
    }
    assert!(
        cn().items()
            .iter()
            .all(|item| matches!(cn().status(item, Some(first)), Status::NotYet { .. }))
    );
    assert_eq!(cn().as_of(first).map(|set| set.len()), Ok(0));
    // Without the edition's first day, the list begins with its first notice. If the edition has a
    // first day and an item has no notice, the list covers all days.
    let (list, measures) = small();
    let mut dated = measures.clone();
    dated[1].published = Some(date(2024, 12, 15));
    let opened = |list: &ControlList, day| list.status(&list.items()[0], Some(day));
    let list = list.with_measures(dated.into()).unwrap();
    assert_eq!(
        opened(&list, date(2024, 12, 14)),
        Status::Unknown { since: None }
    );
    assert_eq!(
        opened(&list, date(2024, 12, 15)),
        Status::NotYet {
            published: None,
            from: date(2025, 1, 1)
        }
    );
    let mut items = list.items().to_vec();
    items[1] = items[1].clone().with_measure(None);
    let list = ControlList::new(list.info().clone(), Edition::default(), items)
        .unwrap()
        .with_measures(measures.into())
        .unwrap();
    assert_eq!(
        opened(&list, date(1999, 1, 1)),
        Status::NotYet {
            published: None,
            from: date(2025, 1, 1)
        }
    );
}

#[test]
fn an_announcement_of_unknown_day_is_not_out_before_its_year() {
    let scope = |day: Date| Scope::default().on(day).announced(true);
    let leaves = |day: Date| cn().count(CountingRule::Leaves, &scope(day));
    assert!(leaves(date(2024, 12, 31)).number().is_some());
    let in_force = |day: Date| cn().count(CountingRule::Leaves, &Scope::default().on(day));
    let of_2025_18 = |item: &&Item| {
        let measure = item.measure().map(|id| id.as_str());
        item.is_live() && measure == Some("2025-18")
    };
    let items = cn().items().iter().filter(of_2025_18).count();
    for day in [date(2025, 1, 1), date(2025, 4, 3)] {
        // These are the live items of 2025-18. Everything else that was announced by then is in
        // force.
        assert_eq!(
            leaves(day).result(),
            Err(&Unavailable::UnknownPublication { on: day, items })
        );
        assert!(in_force(day).number().is_some(), "in force alone is known");
    }
    assert_eq!(
        leaves(date(2025, 4, 3)).result().unwrap_err().to_string(),
        format!(
            "the sources do not say whether {items} of the scope's items, not yet in force on 2025-04-03, were published by then"
        )
    );
    let after = date(2025, 4, 4);
    assert!(leaves(after).number().is_some());
    assert_eq!(leaves(after).number(), in_force(after).number());
    // If the number has no year, every day is possible.
    let (list, measures) = small();
    let list = list.with_measures(measures.into()).unwrap();
    let on = date(2025, 1, 15);
    assert_eq!(
        list.within(&scope(on)),
        Err(Unavailable::UnknownPublication { on, items: 1 })
    );
    assert_eq!(list.as_of(on).map(|set| set.len()), Ok(1));
    // The edition's own last day is like any other day.
    let mut measures = list.measures().cloned().collect::<Vec<_>>();
    measures[1].published = Some(on);
    let list = list
        .with_measures(measures)
        .unwrap()
        .covered_through(on)
        .unwrap();
    assert_eq!(
        list.within(&Scope::default().announced(true))
            .map(|set| set.len()),
        Ok(2)
    );
}

#[test]
fn the_year_of_a_number() {
    for (number, year) in [
        ("2025-18", Some(2025)),
        ("2003-5", Some(2003)),
        ("82 FR 2875", None),
        ("2025", None),
        ("2025-", None),
        ("2025-1a", None),
        ("+025-1", None),
        ("25-1", None),
        ("", None),
    ] {
        assert_eq!(id(number).year(), year, "{number}");
    }
}

#[test]
fn a_repeal_of_unknown_day_leaves_its_target_unknown() {
    // 2024 No. 67 is between two catalogues, and its first day is unknown.
    assert_eq!(
        status_of("2023-66", date(2023, 12, 31)),
        Status::NotYet {
            published: Some(date(2023, 12, 29)),
            from: date(2024, 1, 1)
        }
    );
    for day in [date(2024, 1, 1), date(2026, 6, 12)] {
        assert_eq!(
            status_of("2023-66", day),
            Status::Unknown {
                since: Some(date(2024, 1, 1))
            }
        );
    }
    assert_eq!(
        status_of("2024-67", date(2025, 12, 31)),
        Status::Unknown { since: None }
    );
    assert_eq!(
        status_of("2024-67", date(2026, 1, 1)),
        Status::Repealed {
            since: date(2026, 1, 1)
        }
    );

    let (list, [one, two]) = small();
    let repeal = |number: &str, published: Option<Date>| {
        let mut measure = Measure::new(id(number), None);
        (measure.repeals, measure.published) = (vec![id("1").into()], published);
        measure
    };
    let life = |more: Vec<Measure>| {
        let measures = [one.clone(), two.clone()].into_iter().chain(more).collect();
        let list = list
            .clone()
            .with_measures(measures)
            .map_err(|error| error.to_string())?;
        assert!(
            list.events()
                .iter()
                .all(|event| !matches!(event.what, EventKind::Repeals(_))
                    || event.date == date(2025, 5, 1))
        );
        Ok::<_, String>(
            list.life(&list.items()[0])
                .iter()
                .skip(1)
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
        )
    };
    let begun = "2025-01-01 to 2025-02-28: in force since 2025-01-01";
    let unknown = |from: &str| {
        format!("from {from}: not known: no source at hand says what holds from {from} on")
    };
    let unknown_from_march = unknown("2025-03-01");
    // The status is unknown from the repeal's publication, or from its year but not before its
    // target. With neither, it is unknown on all of the target's days.
    assert_eq!(
        life(vec![repeal("3", Some(date(2025, 3, 1)))]).unwrap(),
        [begun, &unknown_from_march]
    );
    assert_eq!(
        life(vec![repeal("2024-3", None)]).unwrap(),
        [unknown("2025-01-01")]
    );
    assert_eq!(
        life(vec![repeal("3", None)]).unwrap(),
        [unknown("2025-01-01")]
    );
    // The unknown status ends a suspension. A later repeal of known day ends the unknown status.
    let mut suspension = Measure::new(id("4"), date(2025, 2, 1));
    (suspension.suspends, suspension.suspended_through) =
        (vec![id("1").into()], Some(date(2025, 12, 31)));
    let mut end = Measure::new(id("5"), date(2025, 5, 1));
    end.repeals = vec![id("1").into()];
    assert_eq!(
        life(vec![
            repeal("3", Some(date(2025, 3, 1))),
            suspension,
            end.clone()
        ])
        .unwrap(),
        [
            "2025-01-01 to 2025-01-31: in force since 2025-01-01",
            "2025-02-01 to 2025-02-28: suspended through 2025-04-30",
            "2025-03-01 to 2025-04-30: not known: no source at hand says what holds from 2025-03-01 on",
            "from 2025-05-01: repealed from 2025-05-01",
        ]
    );
    assert_eq!(
        life(vec![end, repeal("2026-3", None)]).unwrap_err(),
        "cn-dual-use: found measure 2026-3 repealing measure 1 on an unknown day beside measure 5 repealing it on 2025-05-01, \
         expected measures that agree"
    );
    let mut own = repeal("3", None);
    own.repeals = vec![id("3").into()];
    assert_eq!(
        life(vec![own]).unwrap_err(),
        "cn-dual-use: found measure 3 repealing measure 3 on an unknown day, expected a measure that was published before"
    );
}

/// An act on a whole measure applies to each of its parts, whatever the order of parts and whole.
#[test]
fn parts_and_the_whole_agree() {
    let (list, [one, two]) = small();
    let act = |number: &str, day: Date, target: &str, through: Option<Date>| {
        let mut measure = Measure::new(id(number), day);
        match through {
            Some(_) => {
                (measure.suspends, measure.suspended_through) =
                    (vec![target.parse().unwrap()], through)
            }
            None => measure.repeals = vec![target.parse().unwrap()],
        }
        measure
    };
    let with = |more: Vec<Measure>| {
        let measures = [one.clone(), two.clone()].into_iter().chain(more).collect();
        list.clone()
            .with_measures(measures)
            .map_err(|error| error.to_string())
    };
    let (march, april, may) = (date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1));
    let part = act("3", march, "1#a", Some(date(2025, 12, 31)));
    // The whole is suspended for a shorter time than its part already was.
    assert_eq!(
        with(vec![
            part.clone(),
            act("4", april, "1", Some(date(2025, 6, 30)))
        ])
        .unwrap_err(),
        "cn-dual-use: found measure 4 suspending measure 1#a on 2025-04-01 beside measure 3 suspending it on 2025-03-01, \
         expected measures that agree"
    );
    // A part of a repealed measure, also after another act on the whole.
    assert_eq!(
        with(vec![
            part.clone(),
            act("4", april, "1", None),
            act("5", may, "1#b", None)
        ])
        .unwrap_err(),
        "cn-dual-use: found measure 5 repealing measure 1#b on 2025-05-01 beside measure 4 repealing it on 2025-04-01, \
         expected measures that agree"
    );
    // The repeal of the whole ends the suspension of the part. The repeal of another part does not.
    let status = |list: &ControlList, part: &str| {
        list.measure_status(&part.parse().unwrap(), Some(march))
            .unwrap()
    };
    let other = act("4", april, "1#b", Some(date(2025, 12, 31)));
    let ended = with(vec![part.clone(), other, act("5", may, "1", None)]).unwrap();
    assert_eq!(
        status(&ended, "1#a"),
        Status::Suspended {
            through: date(2025, 4, 30)
        }
    );
    let whole = with(vec![
        act("3", march, "1", Some(date(2025, 12, 31))),
        act("4", april, "1#b", None),
    ])
    .unwrap();
    assert_eq!(
        status(&whole, "1"),
        Status::Suspended {
            through: date(2025, 12, 31)
        }
    );
}

#[test]
fn measures_and_parts_on_their_days() {
    let october = date(2025, 10, 28);
    assert_eq!(
        status_of("2025-61", october),
        Status::InForce {
            since: Some(date(2025, 10, 9))
        }
    );
    let part = Status::NotYet {
        published: Some(date(2025, 10, 9)),
        from: date(2025, 12, 1),
    };
    assert_eq!(status_of("2025-61#1(1)", october), part);
    assert_eq!(
        status_of("2025-61#1(3)", october),
        Status::InForce {
            since: Some(date(2025, 10, 9))
        }
    );
    for provision in ["2025-61", "2025-61#1(1)", "2025-62"] {
        assert_eq!(
            status_of(provision, date(2025, 12, 1)),
            Status::Suspended {
                through: date(2026, 11, 10)
            }
        );
        assert_eq!(
            status_of(provision, date(2026, 11, 11)),
            Status::Unknown {
                since: Some(date(2026, 11, 11))
            }
        );
    }
    // No source says when 2024 No. 46 began. One says that its second paragraph was suspended.
    assert_eq!(
        status_of("2024-46", date(2025, 12, 1)),
        Status::Unknown { since: None }
    );
    assert_eq!(
        status_of("2024-46#2", date(2025, 12, 1)),
        Status::Suspended {
            through: date(2026, 11, 27)
        }
    );
    assert_eq!(
        status_of("2024-46#2", date(2026, 11, 28)),
        Status::Unknown {
            since: Some(date(2026, 11, 28))
        }
    );
    // The measures that the unified list replaced.
    assert_eq!(
        status_of("2003-5", date(2024, 11, 30)),
        Status::Unknown { since: None }
    );
    assert_eq!(
        status_of("2003-5", date(2024, 12, 1)),
        Status::Repealed {
            since: date(2024, 12, 1)
        }
    );
    assert_eq!(
        status_of("2020-63", date(2025, 1, 1)),
        Status::Unknown { since: None }
    );
    assert_eq!(
        status_of("2020-63#export list", date(2025, 1, 1)),
        Status::Repealed {
            since: date(2024, 12, 1)
        }
    );
    // A catalogue ends with the next one.
    assert_eq!(
        status_of("2022-42", date(2023, 12, 31)),
        Status::InForce {
            since: Some(date(2023, 1, 1))
        }
    );
    assert_eq!(
        status_of("2022-42", date(2024, 1, 1)),
        Status::Repealed {
            since: date(2024, 1, 1)
        }
    );
    // A notice of a day after the edition's last is known on its own day only.
    assert_eq!(
        status_of("2026-27", date(2026, 6, 29)),
        Status::InForce {
            since: Some(date(2026, 6, 29))
        }
    );
    assert_eq!(
        status_of("2026-27", date(2026, 6, 30)),
        Status::Unknown {
            since: Some(date(2026, 6, 30))
        }
    );
    assert!(
        cn().measure_status(&"1999-1".parse().unwrap(), None)
            .is_none()
    );
    // A US edition has no notices. Its days are those that it covers.
    let us = export_control::us_ccl();
    assert!(
        us.as_of(date(2025, 9, 29)).is_err()
            && us.as_of(date(2025, 9, 30)).is_ok()
            && us.as_of(date(2026, 6, 25)).is_err()
    );
}

/// Returns the same notice with another number or another first day.
fn as_number(mut measure: Measure, number: &str) -> Measure {
    measure.id = id(number);
    measure
}

fn from_day(mut measure: Measure, first: impl Into<Option<Date>>) -> Measure {
    measure.in_force = first.into();
    measure
}

/// Returns a list of two items: the first by measure 1 of January, the second by measure 2 of
/// February.
fn small() -> (ControlList, [Measure; 2]) {
    let mut items = ["1A001", "1A002"].map(|code| Item::new(code.parse().unwrap()));
    for (item, number) in items.iter_mut().zip(["1", "2"]) {
        *item = item.clone().with_measure(Some(id(number)));
    }
    let list = ControlList::new(cn().info().clone(), Edition::default(), items.into()).unwrap();
    (
        list,
        [
            Measure::new(id("1"), date(2025, 1, 1)),
            Measure::new(id("2"), date(2025, 2, 1)),
        ],
    )
}

#[test]
fn contradictions_name_the_notices_and_the_codes() {
    let (list, [one, two]) = small();
    let third = |change: &dyn Fn(&mut Measure)| {
        let mut measure = Measure::new(id("3"), date(2025, 3, 1));
        change(&mut measure);
        measure
    };
    let fourth = |change: &dyn Fn(&mut Measure)| as_number(third(change), "4");
    let refused = |more: Vec<Measure>| {
        let error = list
            .clone()
            .with_measures([one.clone(), two.clone()].into_iter().chain(more).collect())
            .unwrap_err();
        assert!(error.is_invalid_list(), "{error}");
        error.to_string()
    };
    let suspend = |through: Date| {
        move |m: &mut Measure| {
            (m.suspends, m.suspended_through) = (vec![id("1").into()], Some(through))
        }
    };
    let repeal = |m: &mut Measure| m.repeals = vec![id("1").into()];
    let remove = |m: &mut Measure| m.removes = vec!["1A001".parse().unwrap()];
    let change = |m: &mut Measure| m.changes = vec!["1A001".parse().unwrap()];
    let later = |measure| from_day(measure, date(2025, 4, 1));

    // Two conflicting notices on one day.
    assert_eq!(
        refused(vec![
            third(&suspend(date(2025, 6, 1))),
            fourth(&suspend(date(2025, 7, 1)))
        ]),
        "cn-dual-use: found measure 4 suspending measure 1 on 2025-03-01 beside measure 3 suspending it on 2025-03-01, expected measures that agree"
    );
    assert_eq!(
        refused(vec![third(&repeal), fourth(&suspend(date(2025, 7, 1)))]),
        "cn-dual-use: found measure 4 suspending measure 1 on 2025-03-01 beside measure 3 repealing it on 2025-03-01, expected measures that agree"
    );
    assert_eq!(
        refused(vec![third(&change), fourth(&change)]),
        "cn-dual-use:1A001: found measures 3 and 4 changing a code on one day, expected one wording"
    );
    assert_eq!(
        refused(vec![third(&remove), fourth(&change)]),
        "cn-dual-use:1A001: found measure 4 changing a code that measure 3 removed, expected a code on the list"
    );
    let on_the_day = |m: &mut Measure| {
        (m.removes, m.in_force) = (vec!["1A002".parse().unwrap()], Some(date(2025, 2, 1)))
    };
    assert_eq!(
        refused(vec![third(&on_the_day)]),
        "cn-dual-use:1A002: found measure 2 adding a code that measure 3 removed, expected a code added before it is removed, not on the same day"
    );
    // A measure that has ended cannot be ended or suspended again. A shorter suspension cannot
    // follow a longer one.
    assert_eq!(
        refused(vec![
            third(&repeal),
            later(fourth(&suspend(date(2025, 7, 1))))
        ]),
        "cn-dual-use: found measure 4 suspending measure 1 on 2025-04-01 beside measure 3 repealing it on 2025-03-01, expected measures that agree"
    );
    assert_eq!(
        refused(vec![
            third(&suspend(date(2025, 8, 1))),
            later(fourth(&suspend(date(2025, 7, 1))))
        ]),
        "cn-dual-use: found measure 4 suspending measure 1 on 2025-04-01 beside measure 3 suspending it on 2025-03-01, expected measures that agree"
    );
    assert_eq!(
        refused(vec![third(&remove), later(fourth(&remove))]),
        "cn-dual-use:1A001: found measure 4 removing a code that measure 3 removed, expected a code on the list"
    );
    assert_eq!(
        refused(vec![third(&|m| m.resumes = vec![id("1").into()])]),
        "cn-dual-use: found measure 3 resuming measure 1 on 2025-03-01, expected a measure that is suspended"
    );
    // Absent codes, unknown notices, and notices that refer to later ones.
    assert_eq!(
        refused(vec![third(&|m| m.removes = vec!["9A001".parse().unwrap()])]),
        "cn-dual-use:9A001: found measure 3 removing a code that is absent, expected a code on the list"
    );
    assert_eq!(
        refused(vec![third(&|m| m.repeals = vec![id("7").into()])]),
        "cn-dual-use: found measure 3 repealing measure 7, which is not recorded, expected a recorded measure"
    );
    assert_eq!(
        refused(vec![
            third(&repeal),
            from_day(fourth(&suspend(date(2025, 7, 1))), date(2024, 12, 1))
        ]),
        "cn-dual-use: found measure 4 suspending measure 1 on 2024-12-01, expected a measure that was published before"
    );
    // Dates out of range.
    assert_eq!(
        refused(vec![third(&suspend(date(2025, 2, 1)))]),
        "cn-dual-use: found measure 3 suspending others through 2025-02-01, before its first day, expected a last day after the first"
    );
    assert_eq!(
        refused(vec![third(&|m| m.parts =
            vec![export_control::measure::Part::new(
                "2",
                date(2025, 1, 1)
            )])]),
        "cn-dual-use: found measure 3 with part 2 from 2025-01-01, before its first day, expected a part that begins later"
    );
    assert_eq!(
        refused(vec![from_day(third(&remove), None)]),
        "cn-dual-use: found measure 3 acting on others without a first day, expected the first day of a measure that acts"
    );
    assert_eq!(
        refused(vec![third(&|m| m.id = id("1"))]),
        "cn-dual-use: found measure 1 twice, expected one row a measure"
    );
}

#[test]
fn a_suspension_that_is_extended_lifted_or_ended() {
    let (list, [one, two]) = small();
    let first = list.items()[0].clone();
    let after = |more: Vec<Measure>| {
        let list = list
            .clone()
            .with_measures([one.clone(), two.clone()].into_iter().chain(more).collect())
            .unwrap();
        list.life(&first)
            .iter()
            .skip(1)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let mut suspension = Measure::new(id("3"), date(2025, 3, 1));
    (suspension.suspends, suspension.suspended_through) =
        (vec![id("1").into()], Some(date(2025, 6, 30)));
    let begun = "2025-01-01 to 2025-02-28: in force since 2025-01-01";
    let unknown = |from: &str| {
        format!("from {from}: not known: no source at hand says what holds from {from} on")
    };
    assert_eq!(
        after(vec![suspension.clone()]),
        [
            begun,
            "2025-03-01 to 2025-06-30: suspended through 2025-06-30",
            &unknown("2025-07-01")
        ]
    );

    let mut longer = from_day(as_number(suspension.clone(), "4"), date(2025, 6, 15));
    longer.suspended_through = Some(date(2025, 12, 31));
    let extended = after(vec![suspension.clone(), longer]);
    assert_eq!(
        extended[1],
        "2025-03-01 to 2025-06-14: suspended through 2025-06-30"
    );
    assert_eq!(
        extended[2..],
        [
            "2025-06-15 to 2025-12-31: suspended through 2025-12-31",
            &unknown("2026-01-01")
        ]
    );

    let mut lifting = Measure::new(id("4"), date(2025, 5, 1));
    lifting.resumes = vec![id("1").into()];
    let lifted = after(vec![suspension.clone(), lifting]);
    assert_eq!(
        lifted[1..],
        [
            "2025-03-01 to 2025-04-30: suspended through 2025-04-30",
            "from 2025-05-01: in force since 2025-05-01"
        ]
    );

    // The first act that ends an item ends it.
    let mut removal = Measure::new(id("4"), date(2025, 4, 1));
    removal.removes = vec![first.code()];
    let mut end = Measure::new(id("5"), date(2025, 5, 1));
    end.repeals = vec![id("1").into()];
    assert_eq!(
        after(vec![removal, end])[1..],
        ["from 2025-04-01: repealed from 2025-04-01"]
    );

    let mut end = Measure::new(id("4"), date(2025, 5, 1));
    end.repeals = vec![id("1").into()];
    let ended = after(vec![suspension, end]);
    assert_eq!(
        ended[1..],
        [
            "2025-03-01 to 2025-04-30: suspended through 2025-04-30",
            "from 2025-05-01: repealed from 2025-05-01"
        ]
    );
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
