//! Laws of the diff of two editions, and edits with a known truth.

use export_control::change::{Difference, Field};
use export_control::list::license::{AppliesTo, LicenseRequirement};
use export_control::{
    ChangeKind, ChildLogic, Code, ControlList, Edition, Item, ItemState, ListDiff, ListId,
    ListInfo, cn_dual_use, us_ccl,
};
use proptest::prelude::*;

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

fn list(label: &str, items: Vec<Item>) -> ControlList {
    let edition = Edition::new(label);
    ControlList::new(
        ListInfo::new(ListId::new("mine"), "My list"),
        edition,
        items,
    )
    .expect("a list")
}

fn item(at: &str, text: &str) -> Item {
    match text {
        "[Reserved]" => Item::new(code(at)).with_state(ItemState::Reserved),
        text => Item::new(code(at)).with_text(text.to_owned()),
    }
}

fn edition(label: &str, items: &[(&str, &str)]) -> ControlList {
    list(
        label,
        items.iter().map(|(at, text)| item(at, text)).collect(),
    )
}

/// Returns the change of each item, as `old → new kinds`, in list order.
fn fates(old: &ControlList, new: &ControlList) -> Vec<String> {
    let diff = ListDiff::between(old, new).expect("one list");
    assert_laws(old, new);
    let code = |item: &Option<Item>| {
        item.as_ref()
            .map_or("-".to_owned(), |item| item.code().to_string())
    };
    diff.changes()
        .iter()
        .map(|change| {
            let kinds: Vec<String> = change.kinds().iter().map(ToString::to_string).collect();
            format!(
                "{} → {} {}",
                code(&change.from),
                code(&change.to),
                kinds.join("+")
            )
        })
        .collect()
}

fn assert_laws(old: &ControlList, new: &ControlList) {
    let diff = ListDiff::between(old, new).expect("one list");
    assert!(ListDiff::between(old, old).expect("one list").is_empty());
    assert_eq!(&diff.apply(old).expect("the old edition"), new);
    let back = ListDiff::between(new, old).expect("one list");
    assert_eq!(back, diff.clone().swapped());
    assert_eq!(&back.apply(new).expect("the new edition"), old);
    for change in diff.changes() {
        let there = change.kinds();
        assert!(!there.is_empty(), "{change}");
        let other = back
            .changes()
            .iter()
            .find(|other| other.from == change.to && other.to == change.from)
            .expect("the same change");
        for kind in [
            ChangeKind::Added,
            ChangeKind::Removed,
            ChangeKind::Renumbered,
            ChangeKind::Reworded,
        ] {
            assert_eq!(
                there.contains(&kind),
                other.kinds().contains(&kind.swapped()),
                "{change}"
            );
        }
    }
    let stored = serde_json::to_string(&diff).expect("JSON");
    assert_eq!(
        serde_json::from_str::<ListDiff>(&stored).expect("JSON"),
        diff
    );
    assert_eq!(diff.is_empty(), diff.why_empty().is_some());
}

const OLD: [(&str, &str); 7] = [
    (
        "3A001",
        "Electronic parts as listed below for fast machines",
    ),
    (
        "3A001.a",
        "Converters with a resolution of 8 bit and a sample rate above 1 GHz",
    ),
    (
        "3A001.b",
        "Microwave amplifiers made for frequencies above 3.2 GHz",
    ),
    (
        "3A001.c",
        "Acoustic wave devices of lithium niobate on a sapphire base",
    ),
    ("3A002", "Test instruments of general use in the laboratory"),
    (
        "3A002.a",
        "Digital recorders with a transfer rate of 6.4 Gbit/s or more",
    ),
    ("3A002.b", "[Reserved]"),
];

/// Returns the old edition with one text or code changed, or with one item removed or added.
fn edited(edits: &[(&str, Option<(&str, &str)>)], added: &[(&str, &str)]) -> ControlList {
    let mut items: Vec<(&str, &str)> = Vec::new();
    for (at, text) in OLD {
        match edits.iter().find(|(edited, _)| *edited == at) {
            Some((_, Some(new))) => items.push(*new),
            Some((_, None)) => {}
            None => items.push((at, text)),
        }
    }
    items.extend(added);
    edition("new", &items)
}

#[test]
fn an_insertion_shifts_and_rewords_nothing() {
    let new = edited(
        &[
            ("3A001.a", Some(("3A001.b", OLD[1].1))),
            ("3A001.b", Some(("3A001.c", OLD[2].1))),
            ("3A001.c", Some(("3A001.d", OLD[3].1))),
        ],
        &[(
            "3A001.a",
            "Something altogether different that nobody had thought of",
        )],
    );
    assert_eq!(
        fates(&edition("old", &OLD), &new),
        [
            "- → 3A001.a added",
            "3A001.a → 3A001.b renumbered",
            "3A001.b → 3A001.c renumbered",
            "3A001.c → 3A001.d renumbered"
        ]
    );
}

#[test]
fn a_whole_entry_is_renumbered_with_its_children() {
    let new = edited(
        &[
            ("3A001", Some(("3A501", OLD[0].1))),
            ("3A001.a", Some(("3A501.a", OLD[1].1))),
            ("3A001.b", Some(("3A501.x", OLD[2].1))),
            ("3A001.c", Some(("3A501.c", OLD[3].1))),
        ],
        &[],
    );
    assert_eq!(
        fates(&edition("old", &OLD), &new),
        [
            "3A001 → 3A501 renumbered",
            "3A001.a → 3A501.a renumbered",
            "3A001.c → 3A501.c renumbered",
            "3A001.b → 3A501.x renumbered"
        ]
    );
}

#[test]
fn an_entry_with_another_heading_follows_its_children() {
    let new = edited(
        &[
            ("3A001", Some(("3A501", "Everything else"))),
            ("3A001.a", Some(("3A501.a", OLD[1].1))),
            ("3A001.b", Some(("3A501.b", OLD[2].1))),
            ("3A001.c", None),
        ],
        &[],
    );
    assert_eq!(
        fates(&edition("old", &OLD), &new),
        [
            "3A001.c → - removed",
            "3A001 → 3A501 renumbered+reworded",
            "3A001.a → 3A501.a renumbered",
            "3A001.b → 3A501.b renumbered"
        ]
    );
}

#[test]
fn a_threshold_is_named() {
    let new = edited(
        &[(
            "3A001.b",
            Some((
                "3A001.b",
                "Microwave amplifiers made for frequencies above 2.7 GHz",
            )),
        )],
        &[],
    );
    let old = edition("old", &OLD);
    assert_eq!(fates(&old, &new), ["3A001.b → 3A001.b reworded+rescoped"]);
    let diff = ListDiff::between(&old, &new).expect("one list");
    let change = diff.fate(code("3A001.b")).expect("a change");
    assert!(change.aspects.contains(&Difference::Threshold {
        from: vec!["frequency > 3.2 GHz".into()],
        to: vec!["frequency > 2.7 GHz".into()]
    }));
    assert_eq!(
        written(|out| diff.to_csv(out)),
        "kind,old_code,new_code,aspect,from,to,title\n\
         reworded,mine:3A001.b,mine:3A001.b,text,,,Microwave amplifiers made for frequencies above 2.7 GHz\n\
         rescoped,mine:3A001.b,mine:3A001.b,threshold,frequency > 3.2 GHz,frequency > 2.7 GHz,Microwave amplifiers made for frequencies above 2.7 GHz\n"
    );
    assert!(
        diff.to_string().contains(
            "3A001.b reworded, rescoped (threshold: frequency > 3.2 GHz → frequency > 2.7 GHz)"
        ),
        "{diff}"
    );
}

#[test]
fn places_are_reserved_revived_and_moved_away_from() {
    let old = edition("old", &OLD);
    let reserved = edited(&[("3A001.b", Some(("3A001.b", "[Reserved]")))], &[]);
    assert_eq!(fates(&old, &reserved), ["3A001.b → 3A001.b reserved"]);
    assert_eq!(fates(&reserved, &old), ["3A001.b → 3A001.b revived"]);
    // The amplifiers did not disappear. They moved, and their old place is reserved.
    let moved = edited(
        &[("3A001.b", Some(("3A001.b", "[Reserved]")))],
        &[("3A002.c", OLD[2].1)],
    );
    assert_eq!(
        fates(&old, &moved),
        ["- → 3A001.b reserved", "3A001.b → 3A002.c renumbered"]
    );
    let released = edited(&[("3A002.b", None)], &[]);
    assert_eq!(fates(&old, &released), ["3A002.b → - released"]);
}

#[test]
fn a_split_and_a_merger_are_no_renumbering() {
    let old = edition("old", &OLD);
    // A split: the paragraph becomes the lead-in of two.
    let split = edited(
        &[(
            "3A001.c",
            Some(("3A001.c", "Acoustic wave devices of any of these")),
        )],
        &[
            ("3A001.c.1", "Lithium niobate"),
            ("3A001.c.2", "A sapphire base"),
        ],
    );
    assert_eq!(
        fates(&old, &split),
        [
            "3A001.c → 3A001.c reworded",
            "- → 3A001.c.1 added",
            "- → 3A001.c.2 added"
        ]
    );
    assert_eq!(
        fates(&split, &old),
        [
            "3A001.c → 3A001.c reworded",
            "3A001.c.1 → - removed",
            "3A001.c.2 → - removed"
        ]
    );
}

#[test]
fn look_alikes_that_differ_in_a_figure_or_a_code_are_not_one_provision() {
    let old = edition(
        "old",
        &[
            ("3E001", "Technology"),
            (
                "3E001.a",
                "Technology for developing the equipment of entry 3B001 above 5 kW",
            ),
        ],
    );
    for other in [
        "Technology for developing the equipment of entry 3B002 above 5 kW",
        "Technology for developing the equipment of entry 3B001 above 50 kW",
    ] {
        let new = edition("new", &[("3E001", "Technology"), ("3E001.b", other)]);
        assert_eq!(
            fates(&old, &new),
            ["3E001.a → - removed", "- → 3E001.b added"],
            "{other}"
        );
    }
    // The same figures in other words are a change of wording.
    let new = edition(
        "new",
        &[
            ("3E001", "Technology"),
            (
                "3E001.b",
                "Technology for developing equipment of the entry 3B001 above 5 kW",
            ),
        ],
    );
    assert_eq!(fates(&old, &new), ["3E001.a → 3E001.b renumbered+reworded"]);
}

#[test]
fn a_wording_that_stands_in_many_places_names_no_provision() {
    let common = "Parts and accessories made for the things above";
    let old = edition(
        "old",
        &[
            ("3A001", "One"),
            ("3A001.x", common),
            ("3A002", "Two"),
            ("3A002.x", common),
            ("3A003", "Three"),
        ],
    );
    let new = edition(
        "new",
        &[
            ("3A001", "One"),
            ("3A002", "Two"),
            ("3A002.x", common),
            ("3A003", "Three"),
            ("3A003.x", common),
        ],
    );
    assert_eq!(
        fates(&old, &new),
        ["3A001.x → - removed", "- → 3A003.x added"]
    );
}

#[test]
fn another_thing_under_an_old_code_is_removed_and_added() {
    let new = edited(
        &[(
            "3A001.c",
            Some((
                "3A001.c",
                "Rubidium clocks kept aboard submarines by sailors",
            )),
        )],
        &[],
    );
    assert_eq!(
        fates(&edition("old", &OLD), &new),
        ["3A001.c → - removed", "- → 3A001.c added"]
    );
}

#[test]
fn typesetting_is_no_rewording() {
    let new = edited(
        &[(
            "3A001.a",
            Some((
                "3A001.a",
                "“Converters” with a resolution of 8 bit and a sample rate above 1 GHz; or",
            )),
        )],
        &[],
    );
    assert_eq!(
        fates(&edition("old", &OLD), &new),
        ["3A001.a → 3A001.a amended"]
    );
}

#[test]
fn words_known_on_one_side_only_are_no_rewording() {
    let mut items: Vec<Item> = OLD.iter().map(|(at, text)| item(at, text)).collect();
    items[1] = items[1].clone().with_text(None);
    let (old, new) = (list("old", items), edition("new", &OLD));
    assert!(fates(&old, &new).is_empty());
    let diff = ListDiff::between(&old, &new).expect("one list");
    assert_eq!(diff.not_comparable(), [(Field::Text, 1)]);
    assert_eq!(diff.not_comparable_of(code("3A001.a")), [Field::Text]);
    assert_eq!(
        diff.to_string(),
        "mine: old → new, compared by official texts\n\
         not comparable, as one side does not record it: official text of 1 item\n\
         no change: two editions that agree in all that both record\n"
    );
}

#[test]
fn logic_reasons_and_license_requirements_are_scope() {
    let build = |label: &str, logic: ChildLogic, reason: &str, column: u8| {
        let mut entry = item("3A001", "Electronic parts with the following");
        entry = entry.with_logic(logic);
        entry = entry.with_reasons(vec![reason.parse().expect("a reason")]);
        let mut row = LicenseRequirement::new(code("3A001"));
        row.applies_to = AppliesTo::Entry;
        row.reasons = entry.reasons().to_vec();
        row.columns = vec![export_control::list::license::ChartColumn::new(
            row.reasons[0],
            column,
        )];
        list(label, vec![entry, item("3A001.a", "Speed")])
            .with_license_requirements(vec![row])
            .expect("rows")
    };
    let (old, new) = (
        build("old", ChildLogic::Any, "NS", 1),
        build("new", ChildLogic::All, "RS", 2),
    );
    assert_eq!(fates(&old, &new), ["3A001 → 3A001 rescoped"]);
    let diff = ListDiff::between(&old, &new).expect("one list");
    assert_eq!(
        diff.changes()[0].to_string(),
        "3A001 rescoped (logic: any of → all of; reasons: NS → RS): Electronic parts with the following"
    );
    let change = &diff.license_changes()[0];
    assert_eq!((change.removed().len(), change.added().len()), (1, 1));
    assert!(
        written(|out| diff.to_csv(out))
            .contains("rescoped,mine:3A001,mine:3A001,license row,\"NS, entire entry, NS:1\",,\n"),
        "{}",
        written(|out| diff.to_csv(out))
    );
    assert!(
        diff.to_string().contains("3A001 + RS, entire entry, RS:2"),
        "{diff}"
    );
}

#[test]
fn titles_and_codes_are_bases_too() {
    let titled = |label: &str, items: &[(&str, &str)]| {
        list(
            label,
            items
                .iter()
                .map(|(at, title)| Item::new(code(at)).with_title(*title))
                .collect(),
        )
    };
    let old = titled(
        "old",
        &[
            ("1C001", "Absorbers of microwaves"),
            ("1C002", "Alloys of metals"),
        ],
    );
    let new = titled(
        "new",
        &[
            ("1C001", "Alloys of metals"),
            ("1C003", "Absorbers of microwaves"),
        ],
    );
    assert_eq!(
        fates(&old, &new),
        ["1C002 → 1C001 renumbered", "1C001 → 1C003 renumbered"]
    );
    let bare = |label: &str, codes: &[&str]| {
        list(label, codes.iter().map(|at| Item::new(code(at))).collect())
    };
    assert_eq!(
        fates(
            &bare("old", &["1C001", "1C002"]),
            &bare("new", &["1C002", "1C003"])
        ),
        ["1C001 → - removed", "- → 1C003 added"]
    );
}

#[test]
fn what_cannot_be_compared_or_applied_says_why() {
    let (old, new) = (edition("old", &OLD), edited(&[("3A001.b", None)], &[]));
    let diff = ListDiff::between(&old, &new).expect("one list");
    let error = diff.apply(&new).unwrap_err();
    assert_eq!(
        error.to_string(),
        "mine: found the edition \"mine (new)\", expected the old edition of the diff, \"old\""
    );
    let tampered = edition("old", &OLD[..2]);
    assert_eq!(
        diff.apply(&tampered).unwrap_err().to_string(),
        "mine:3A001.b: found another item than the diff's, expected the old edition of the diff"
    );
    let error = ListDiff::between(us_ccl(), cn_dual_use()).unwrap_err();
    assert!(error.is_different_lists());
    let same = ListDiff::between(&old, &old).expect("one list");
    assert_eq!(
        same.to_string(),
        "mine: old, compared by official texts\nno change: both sides are the same edition\n"
    );
    let relabeled = ListDiff::between(&old, &edition("later", &OLD)).expect("one list");
    assert_eq!(
        relabeled.why_empty(),
        Some("two editions with the same items and license rows")
    );
    let sets = ListDiff::between_sets(&old.live(), &new.live()).expect("one list");
    assert_eq!(sets.changes().len(), 1);
    assert_eq!(
        sets.apply(&old).unwrap_err().to_string(),
        "mine: found a diff of two selections of items, expected a diff of two whole editions"
    );
}

#[test]
fn chinas_list_on_two_days() {
    let cn = cn_dual_use();
    let on = |date: &str| cn.as_of(date.parse().expect("a date")).expect("covered");
    let diff = ListDiff::between_sets(&on("2025-02-03"), &on("2025-02-04")).expect("one list");
    assert!(
        !diff.is_empty()
            && diff
                .changes()
                .iter()
                .all(|change| change.kinds() == [ChangeKind::Added])
    );
    let none = ListDiff::between_sets(&on("2025-02-05"), &on("2025-02-06")).expect("one list");
    assert_eq!(
        none.why_empty(),
        Some("both sides select the same items of one edition")
    );
}

const WORDS: [&str; 40] = [
    "pump", "valve", "laser", "mirror", "alloy", "fiber", "sensor", "antenna", "rotor", "seal",
    "resin", "crystal", "furnace", "press", "gyro", "camera", "magnet", "coil", "diode", "filter",
    "nozzle", "turbine", "hull", "sonar", "radar", "battery", "beam", "target", "mold", "powder",
    "coating", "vessel", "bearing", "gasket", "window", "housing", "spindle", "probe", "wafer",
    "mask",
];

/// Returns lists of entries with paragraphs. Each has a different text, because it contains a
/// different number.
fn lists() -> impl Strategy<Value = Vec<Item>> {
    let paragraph = (prop::collection::vec(0..WORDS.len(), 6..12), 0..10u8);
    prop::collection::vec(prop::collection::vec(paragraph, 1..7), 1..6).prop_map(|entries| {
        let mut items = Vec::new();
        let mut serial = 1000;
        for (at, paragraphs) in entries.iter().enumerate() {
            for (place, (words, kind)) in paragraphs.iter().enumerate() {
                let mut name = format!("3A{:03}", at + 1);
                if place > 0 {
                    name.push_str(&format!(".{}", char::from(b'`' + place as u8)));
                }
                serial += 1;
                let words: Vec<&str> = words.iter().map(|word| WORDS[*word]).collect();
                let mut item = item(&name, &format!("{} {serial} W", words.join(" ")));
                if *kind == 0 && place > 0 {
                    item = item.with_state(ItemState::Reserved);
                    item = item.with_text(None);
                }
                items.push(item);
            }
        }
        items
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn laws_hold_for_any_two_editions(old in lists(), new in lists()) {
        assert_laws(&list("old", old), &list("new", new));
    }

    #[test]
    fn moved_paragraphs_are_found(items in lists(), pick in any::<prop::sample::Index>()) {
        let old = list("old", items.clone());
        let live: Vec<&Item> = items.iter().filter(|item| !item.code().is_entry() && item.is_live()).collect();
        prop_assume!(!live.is_empty());
        let from = live[pick.index(live.len())].code();
        let mut moved = items.clone();
        moved.push(item("9A999", "Home of the homeless"));
        let to = code("9A999.q");
        for item in &mut moved {
            if item.code() == from {
                *item = item.clone().with_code(to);
            }
        }
        let new = list("new", moved);
        prop_assert_eq!(fates(&old, &new), vec!["- → 9A999 added".to_owned(), format!("{from} → {to} renumbered")]);
    }

    #[test]
    fn a_renumbered_entry_takes_everything_along(items in lists(), pick in any::<prop::sample::Index>()) {
        let old = list("old", items.clone());
        let entries: Vec<Code> = items.iter().map(|item| item.code()).filter(|code| code.is_entry()).collect();
        let entry = entries[pick.index(entries.len())];
        let renamed = |code: Code| format!("7{}", &code.to_string()[1..]).parse::<Code>().expect("a code");
        let mut items = items;
        let mut live = Vec::new();
        for item in &mut items {
            if item.code().entry() == entry {
                if item.is_live() {
                    live.push(item.code());
                }
                *item = item.clone().with_code(renamed(item.code()));
            }
        }
        let new = list("new", items);
        let diff = ListDiff::between(&old, &new).expect("one list");
        assert_laws(&old, &new);
        for code in live {
            let fate = diff.fate(code).expect("a change");
            prop_assert_eq!(fate.to.as_ref().map(|item| item.code()), Some(renamed(code)));
            prop_assert_eq!(fate.kinds(), vec![ChangeKind::Renumbered]);
        }
        prop_assert_eq!(diff.of_kind(ChangeKind::Added).count() + diff.of_kind(ChangeKind::Removed).count(), 0);
    }

    #[test]
    fn one_word_changed_is_reworded_and_nothing_else(items in lists(), pick in any::<prop::sample::Index>()) {
        let old = list("old", items.clone());
        let mut items = items;
        let at = pick.index(items.len());
        prop_assume!(items[at].is_live());
        let text = items[at].text().map(str::to_owned).expect("a text");
        let (_, rest) = text.split_once(' ').expect("words");
        items[at] = items[at].clone().with_text(Some(format!("gearbox {rest}")));
        let changed = items[at].code();
        prop_assert_eq!(fates(&old, &list("new", items)), vec![format!("{changed} → {changed} reworded")]);
    }

    #[test]
    fn halves_of_a_split_paragraph_are_added_and_halves_that_merge_removed(items in lists(), pick in any::<prop::sample::Index>()) {
        let old = list("old", items.clone());
        let live: Vec<usize> = (0..items.len()).filter(|at| !items[*at].code().is_entry() && items[*at].is_live()).collect();
        prop_assume!(!live.is_empty());
        let at = live[pick.index(live.len())];
        let whole = items[at].code();
        let text = items[at].text().map(str::to_owned).expect("a text");
        let words: Vec<&str> = text.split(' ').collect();
        let (first, second) = words.split_at(words.len() / 2);
        let mut split = items;
        split[at] = split[at].clone().with_text(Some("Any of these".into()));
        split[at] = split[at].clone().with_logic(ChildLogic::Any);
        for (label, half) in [("1", first), ("2", second)] {
            split.push(item(&format!("{whole}.{label}"), &half.join(" ")));
        }
        let new = list("new", split);
        let (split, merged) = (fates(&old, &new), fates(&new, &old));
        prop_assert!(split.contains(&format!("{whole} → {whole} reworded+rescoped")), "{split:?}");
        prop_assert_eq!((split.len(), merged.len()), (3, 3));
        for label in ["1", "2"] {
            prop_assert!(split.contains(&format!("- → {whole}.{label} added")), "{split:?}");
            prop_assert!(merged.contains(&format!("{whole}.{label} → - removed")), "{merged:?}");
        }
    }

    #[test]
    fn paragraphs_in_another_order_are_renumbered_and_nothing_else(items in lists()) {
        let old = list("old", items.clone());
        let mut items = items;
        // In each entry the live paragraphs rotate their places.
        let entries: Vec<Code> = items.iter().map(|item| item.code()).filter(|code| code.is_entry()).collect();
        let mut moved = 0;
        for entry in entries {
            let places: Vec<usize> =
                (0..items.len()).filter(|at| items[*at].code().parent() == Some(entry) && items[*at].is_live()).collect();
            let codes: Vec<Code> = places.iter().map(|at| items[*at].code()).collect();
            for (place, at) in places.iter().enumerate() {
                items[*at] = items[*at].clone().with_code(codes[(place + 1) % codes.len()]);
            }
            moved += if codes.len() > 1 { codes.len() } else { 0 };
        }
        let new = list("new", items);
        assert_laws(&old, &new);
        let diff = ListDiff::between(&old, &new).expect("one list");
        prop_assert_eq!(diff.changes().len(), moved);
        prop_assert!(diff.changes().iter().all(|change| change.kinds() == [ChangeKind::Renumbered]));
    }
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
