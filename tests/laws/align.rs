//! The aligner: laws for any two lists.

#[path = "../support/lists.rs"]
mod lists;

use std::collections::BTreeMap;

use export_control::align::{Aligner, Alignment};
use export_control::crosswalk::EvidenceKind;
use export_control::{Code, ControlList, Edition, Item, ListId, ListInfo, Relation};
use lists::list;
use proptest::prelude::*;

fn texts(name: &str, rows: &[(&str, &str)]) -> ControlList {
    let items = rows
        .iter()
        .map(|(code, text)| Item::new(code.parse().unwrap()).with_text(Some((*text).to_owned())));
    ControlList::new(
        ListInfo::new(ListId::new(name), name),
        Edition::default(),
        items.collect(),
    )
    .unwrap()
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn best(alignment: &Alignment, text: &str) -> Option<String> {
    alignment
        .of(code(text))
        .first()
        .map(|proposal| proposal.right.to_string())
}

proptest! {
    #[test]
    fn any_two_lists_align(a in list("a"), b in list("b"), hide in any::<bool>(), top in 0usize..4) {
        let aligner = Aligner::default().hide_codes(hide).top(top);
        let alignment = aligner.align(&a, &b);
        prop_assert_eq!(&alignment, &aligner.align(&a, &b), "the same input gives the same output");
        for (left, proposals) in alignment.items() {
            prop_assert!(a.get(left).is_some() && proposals.len() <= top);
            for proposal in proposals {
                prop_assert!(proposal.left == left && b.get(proposal.right).is_some());
                prop_assert!((0.0..=1.0).contains(&proposal.confidence));
            }
            prop_assert!(proposals.windows(2).all(|two| two[0].confidence >= two[1].confidence), "the best first");
        }
        alignment.crosswalk(0.5, 1).unwrap().check(&a, &b).unwrap();
    }
}

#[test]
fn a_list_finds_itself() {
    let list = export_control::us_ccl();
    let renamed = ControlList::new(
        ListInfo::new(ListId::new("copy"), "copy"),
        Edition::default(),
        list.items().to_vec(),
    )
    .unwrap();
    let alignment = Aligner::default()
        .hide_codes(true)
        .top(1)
        .align(list, &renamed);
    let titled = alignment
        .items()
        .filter(|(code, _)| list.get(*code).is_some_and(|item| !item.title().is_empty()));
    let (all, found) = titled.fold((0, 0), |(all, found), (code, proposals)| {
        (
            all + 1,
            found
                + usize::from(
                    proposals
                        .first()
                        .is_some_and(|proposal| proposal.right == code),
                ),
        )
    });
    assert!(
        found * 100 >= all * 99,
        "{found} of {all} titled items find themselves"
    );
}

#[test]
fn software_follows_what_it_serves() {
    let a = texts(
        "a",
        &[
            ("1B001", "Filament winding machines"),
            ("1B002", "Hot isostatic presses"),
            ("1D001", "Software for 1B001"),
            ("1D002", "Software for 1B002"),
        ],
    );
    let b = texts(
        "b",
        &[
            ("3B007", "Presses, isostatic and hot"),
            ("3B009", "Machines for winding filaments"),
            ("3D001", "Software for 3B007"),
            ("3D002", "Software for 3B009"),
        ],
    );
    let alignment = Aligner::default().hide_codes(true).align(&a, &b);
    assert_eq!(best(&alignment, "1D001").as_deref(), Some("3D002"));
    assert_eq!(best(&alignment, "1D002").as_deref(), Some("3D001"));
}

#[test]
fn chinese_finds_english() {
    let a = texts(
        "a",
        &[
            ("1A001", "离心平衡机"),
            ("1A002", "用于气体离心机转子的马氏体时效钢"),
            ("1A003", "波纹管密封涡旋真空泵"),
        ],
    );
    let b = texts(
        "b",
        &[
            ("2B229", "Centrifugal balancing machines"),
            ("1C216", "Maraging steel for gas centrifuge rotors"),
            ("2B233", "Bellows-sealed scroll vacuum pumps"),
        ],
    );
    let alignment = Aligner::default().hide_codes(true).align(&a, &b);
    assert_eq!(
        ["1A001", "1A002", "1A003"].map(|text| best(&alignment, text).unwrap_or_default()),
        ["2B229", "1C216", "2B233"]
    );
    // Two Chinese lists are also compared by their own characters, in either script.
    let older = texts("older", &[("5A001", "高壓水砲車"), ("5A002", "離心平衡機")]);
    let alignment = Aligner::default().hide_codes(true).align(&a, &older);
    assert_eq!(best(&alignment, "1A001").as_deref(), Some("5A002"));
}

#[test]
fn thresholds_are_compared_with_their_units() {
    let left = [
        (
            "1A001",
            "Lasers having an output power exceeding 30 W and a wavelength of less than 600 nm",
        ),
        (
            "1A002",
            "Balancing machines for rotors longer than 600 mm and of more than 2 kg",
        ),
        ("1A003", "泵，压力不超过30千帕"),
    ];
    let right = [
        (
            "1A001",
            "Lasers having an output power exceeding 30 kW and a wavelength of less than 0.6 µm",
        ),
        (
            "1A002",
            "Balancing machines for rotors longer than 1 m and of more than 2 kg",
        ),
        ("1A003", "泵，压力不超过20千帕"),
    ];
    let (a, b) = (texts("a", &left), texts("b", &right));
    let alignment = Aligner::default().align(&a, &b);
    for (item, relation, quantities) in [
        ("1A001", Relation::Broader, Some("wavelength < 600 nm")),
        ("1A002", Relation::Broader, Some("> 2 kg")),
        ("1A003", Relation::Broader, None),
    ] {
        let best = &alignment.of(code(item))[0];
        assert_eq!(
            (best.right, best.relation),
            (code(item), relation),
            "{best:?}"
        );
        let stated = best
            .evidence
            .iter()
            .find(|evidence| evidence.kind == EvidenceKind::Quantity)
            .map(|evidence| &*evidence.words);
        assert_eq!(stated, quantities, "{item}");
    }
}

#[test]
fn what_says_nothing_stays_undecided() {
    let one = texts("one", &[("1A001", "")]);
    let other = texts(
        "other",
        &[
            ("1A001", "Pumps"),
            ("1A002", "Насосы и клапаны"),
            ("1A003", "🦀"),
        ],
    );
    let alignment = Aligner::default().align(&one, &other);
    assert_eq!(alignment.items().len(), 0, "no text, no judgment");
    assert!(alignment.crosswalk(0.5, 1).unwrap().mappings().is_empty());
    let alignment = Aligner::default().align(&other, &one);
    assert!(alignment.items().all(|(_, proposals)| proposals.is_empty()));
    let empty = texts("empty", &[]);
    assert_eq!(Aligner::default().align(&empty, &empty).items().len(), 0);
    let itself = Aligner::default().align(&other, &other);
    assert_eq!(
        best(&itself, "1A002").as_deref(),
        Some("1A002"),
        "an unexpected language is still words"
    );
    // An item that is not understood is not reported as having no counterpart. Neither is any item
    // if the other list is not understood.
    let known = texts(
        "known",
        &[
            ("1A001", "Filament winding machines"),
            ("1B002", "Hot isostatic presses"),
            ("7A003", "泵"),
        ],
    );
    let foreign = texts(
        "foreign",
        &[
            ("2B001", "Αντλίες κενού"),
            ("3B001", "Насосы"),
            ("6C001", "مضخات"),
            ("9D001", "x"),
            ("9E001", "12"),
        ],
    );
    for (left, right) in [
        (&foreign, &known),
        (&known, &foreign),
        (&known, &texts("empty", &[])),
    ] {
        let crosswalk = Aligner::default()
            .align(left, right)
            .crosswalk(0.5, 1)
            .unwrap();
        assert!(crosswalk.mappings().is_empty(), "{crosswalk}");
    }
    let presses = texts("presses", &[("9E001", "Knitting patterns")]);
    assert_eq!(
        Aligner::default()
            .align(&presses, &known)
            .crosswalk(0.5, 1)
            .unwrap()
            .mappings()
            .len(),
        1,
        "that is understood"
    );
}

#[test]
fn levels_cross() {
    let deep = [
        ("1B001", "Equipment of the first kind, as follows:"),
        ("1B001.a", "Filament winding machines"),
        ("1B001.b", "Tow placement machines"),
        ("1B002", "Equipment of the second kind, as follows:"),
        ("1B002.a", "Hot isostatic presses"),
        ("1B002.b", "Hydraulic stretch forming presses"),
    ];
    let flat = [
        ("5A001", "Presses for stretch forming, hydraulic"),
        ("5A002", "Machines for winding filaments"),
        ("5A003", "Isostatic presses, hot"),
        ("5A004", "Machines for tow placement"),
    ];
    let (deep, flat) = (texts("deep", &deep), texts("flat", &flat));
    for (left, right, pairs) in [
        (
            &deep,
            &flat,
            [
                ("1B001.a", "5A002"),
                ("1B001.b", "5A004"),
                ("1B002.a", "5A003"),
                ("1B002.b", "5A001"),
            ],
        ),
        (
            &flat,
            &deep,
            [
                ("5A001", "1B002.b"),
                ("5A002", "1B001.a"),
                ("5A003", "1B002.a"),
                ("5A004", "1B001.b"),
            ],
        ),
    ] {
        let alignment = Aligner::default().hide_codes(true).align(left, right);
        for (item, expected) in pairs {
            assert_eq!(best(&alignment, item).as_deref(), Some(expected), "{item}");
        }
    }
}

/// The US list by its titles, its entries numbered anew: within category and letter, or all under
/// one of each; and what each code has become.
fn renumbered(hidden: bool) -> (ControlList, ControlList, BTreeMap<Code, Code>) {
    let us = export_control::us_ccl();
    let mut entries: Vec<Code> = us.items().iter().map(|item| item.code().entry()).collect();
    entries.dedup();
    // The same disorder in every run: by the figures read backward.
    entries.sort_by_key(|code| {
        (
            code.number() % 10,
            code.number() / 10 % 10,
            code.to_string(),
        )
    });
    let mut numbers: BTreeMap<String, u16> = BTreeMap::new();
    let mut new: BTreeMap<Code, Code> = BTreeMap::new();
    for entry in entries {
        let group = if hidden {
            "0A".to_owned()
        } else {
            entry.to_string()[..2].to_owned()
        };
        let number = numbers.entry(group.clone()).or_default();
        *number += 1;
        new.insert(entry, code(&format!("{group}{number:03}")));
    }
    let (mut own, mut other, mut moved) = (Vec::new(), Vec::new(), BTreeMap::new());
    for item in us.items() {
        let to = new[&item.code().entry()];
        let to = item
            .code()
            .labels()
            .fold(to, |to, label| to.child(label).unwrap());
        moved.insert(item.code(), to);
        let text = Some(item.title().to_owned()).filter(|title| !title.is_empty());
        own.push(Item::new(item.code()).with_text(text.clone()));
        other.push(Item::new(to).with_text(text));
    }
    other.sort_by_key(Item::code);
    let list = |name: &str, items| {
        ControlList::new(
            ListInfo::new(ListId::new(name), name),
            Edition::default(),
            items,
        )
        .unwrap()
    };
    (list("own", own), list("other", other), moved)
}

#[test]
fn numbers_at_random_change_few_answers() {
    for hidden in [false, true] {
        let (own, other, moved) = renumbered(hidden);
        let alignment = Aligner::default()
            .hide_codes(true)
            .top(1)
            .align(&own, &other);
        let same = |code: Code| own.get(code).and_then(|item| item.text());
        let found = alignment.items().filter(|(code, proposals)| {
            // Titles are not all different: an equal one is as good.
            proposals.first().is_some_and(|first| {
                first.right == moved[code]
                    || other.get(first.right).and_then(|item| item.text()) == same(*code)
            })
        });
        let (found, all) = (found.count(), alignment.items().len());
        assert!(found * 100 >= all * 99, "hidden {hidden}: {found} of {all}");
    }
}

#[test]
fn software_is_no_likelier_than_what_it_serves() {
    let a = texts(
        "a",
        &[
            ("1A001", "Knitting patterns for sleeves"),
            ("1D001", "Software for the use of 1A001"),
        ],
    );
    let b = texts(
        "b",
        &[
            ("3A001", "Vacuum pumps"),
            ("3D001", "Software for the use of 3A001"),
        ],
    );
    let alignment = Aligner::default().hide_codes(true).align(&a, &b);
    let confidence = |text: &str| {
        alignment
            .of(code(text))
            .first()
            .map_or(0.0, |best| best.confidence)
    };
    assert!(confidence("1D001") <= confidence("1A001"), "{alignment:?}");
}

#[test]
fn of_a_foreign_list_nothing_is_denied() {
    let list = |name: &str, words: &str| {
        let rows: Vec<(String, String)> = (1..=20)
            .map(|number| {
                (
                    format!("1A{number:03}"),
                    words
                        .split(' ')
                        .map(|word| format!("{word}{}", char::from(b'a' + number)))
                        .collect::<Vec<_>>()
                        .join(" "),
                )
            })
            .collect();
        let rows: Vec<(&str, &str)> = rows
            .iter()
            .map(|(code, text)| (code.as_str(), text.as_str()))
            .collect();
        texts(name, &rows)
    };
    let (a, b) = (
        list("a", "pumpen ventile rohre"),
        list("b", "bombas tubos juntas"),
    );
    let alignment = Aligner::default().hide_codes(true).align(&a, &b);
    assert!(alignment.items().len() == 20);
    assert!(alignment.crosswalk(0.5, 1).unwrap().mappings().is_empty());
}

#[test]
fn things_that_differ_are_no_pair() {
    let a = texts(
        "a",
        &[
            ("1C001", "Metals in powder form, as follows:"),
            ("1C001.a", "Hafnium metal powder"),
            ("1C002", "Bacteria, as follows:"),
            ("1C002.a", "Brucella suis"),
            ("9A001", "Solid rocket motors"),
            ("9A002", "Components of solid rocket motors"),
        ],
    );
    let b = texts(
        "b",
        &[
            ("1C001", "Metals in powder form, as follows:"),
            ("1C001.a", "Zirconium metal powder"),
            ("1C001.b", "Hafnium, as powder of the metal"),
            ("1C002", "Bacteria, as follows:"),
            ("1C002.a", "Brucella melitensis"),
            ("9A003", "Components of solid rocket motors"),
            ("9A004", "Solid rocket motors"),
        ],
    );
    let alignment = Aligner::default().hide_codes(true).align(&a, &b);
    for (item, right) in [
        ("1C001.a", "1C001.b"),
        ("9A001", "9A004"),
        ("9A002", "9A003"),
    ] {
        assert_eq!(best(&alignment, item).as_deref(), Some(right), "{item}");
    }
    let suis = alignment.of(code("1C002.a"));
    assert!(
        suis.iter()
            .all(|one| one.right != code("1C002.a") || one.confidence < 0.5),
        "{suis:?}"
    );
}

#[cfg(feature = "rayon")]
#[test]
fn any_number_of_cores_gives_the_same() {
    let (us, cn) = (export_control::us_ccl(), export_control::cn_dual_use());
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| Aligner::default().align(cn, us))
    };
    let one = on(1);
    for threads in [2, 5] {
        assert_eq!(on(threads), one, "{threads} threads");
    }
}
