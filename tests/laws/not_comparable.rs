//! A field that one side does not record makes no change: it is counted apart.

use export_control::change::Field;
use export_control::list::license::LicenseRequirement;
use export_control::list::{LicenseException, Particulars};
use export_control::{
    ChangeKind, ControlList, Date, Item, ListDiff, changes_since_embedded, cn_dual_use, history,
    us_ccl,
};

type Edit = fn(Item) -> Item;

/// An item without a field that has no method of its own, by way of its stored form.
fn without(item: Item, field: &str) -> Item {
    let mut stored = serde_json::to_value(item).expect("JSON");
    stored.as_object_mut().expect("an object").remove(field);
    serde_json::from_value(stored).expect("an item")
}

fn particulars(item: Item, edit: fn(&mut Particulars)) -> Item {
    let mut particulars = item.particulars().clone();
    edit(&mut particulars);
    item.with_particulars(particulars)
}

/// Every field that an item may not record, with an edit that forgets it.
const FORGET: [(Field, Edit); 16] = [
    (Field::Text, |item| {
        item.with_text(None).with_fingerprint(None)
    }),
    (Field::TitleLocal, |item| item.with_title_local(None)),
    (Field::Reasons, |item| item.with_reasons(Vec::new())),
    (Field::RefersTo, |item| item.with_refers_to(Vec::new())),
    (Field::Cas, |item| item.with_cas(Vec::new())),
    (Field::Elements, |item| item.with_elements(Vec::new())),
    (Field::Species, |item| item.with_species(Vec::new())),
    (Field::Hs, |item| item.with_hs(Vec::new())),
    (Field::Quantities, |item| item.with_quantities(Vec::new())),
    (Field::Conditions, |item| without(item, "conditions")),
    (Field::Notes, |item| without(item, "notes")),
    (Field::Exceptions, |item| {
        particulars(item, |particulars| particulars.exceptions.clear())
    }),
    (Field::CatalogueRows, |item| {
        particulars(item, |particulars| particulars.catalogue_rows.clear())
    }),
    (Field::Measure, |item| item.with_measure(None)),
    (Field::InForce, |item| item.with_in_force(None)),
    (Field::Source, |item| item.with_source(None)),
];

/// A list with its items edited and the rest as it is.
fn edited(list: &ControlList, edit: impl Fn(Item) -> Item) -> ControlList {
    let items = list.items().iter().cloned().map(edit).collect();
    ControlList::new(list.info().clone(), list.edition().clone(), items)
        .expect("a list")
        .with_measures(list.measures().cloned().collect())
        .expect("measures")
        .with_license_requirements(list.all_license_requirements().to_vec())
        .expect("rows")
}

/// The materials of a list, whose items record most fields.
fn materials(list: &ControlList) -> ControlList {
    let items = list.items().iter().cloned();
    let items = items.filter(|item| item.code().category().to_string() == "1");
    ControlList::new(list.info().clone(), list.edition().clone(), items.collect())
        .expect("a list")
        .with_measures(list.measures().cloned().collect())
        .expect("measures")
}

fn assert_no_change(old: &ControlList, new: &ControlList, field: Field, number: usize) {
    for (from, to) in [(old, new), (new, old)] {
        let diff = ListDiff::between(from, to).expect("one list");
        assert!(diff.is_empty(), "{field}: {diff}");
        let counted: Vec<_> = diff.not_comparable();
        let expected = (number > 0).then_some((field, number));
        assert_eq!(counted, expected.into_iter().collect::<Vec<_>>(), "{field}");
        assert_eq!(&diff.apply(from).expect("the old edition"), to, "{field}");
        let back = ListDiff::between(to, from).expect("one list");
        assert_eq!(back, diff.swapped(), "{field}");
    }
}

#[test]
fn what_one_side_forgets_is_no_change() {
    let worded = history("us-ccl")
        .expect("a history")
        .with_fingerprints(us_ccl())
        .expect("the same list");
    let worded = materials(&worded);
    let (us, china) = (materials(us_ccl()), materials(cn_dual_use()));
    let mut seen = 0;
    for (field, forget) in FORGET {
        // Of equal words nobody needs to know the CAS numbers to know that they are equal.
        let us = if field == Field::Text { &worded } else { &us };
        for list in [us, &china] {
            let new = edited(list, forget);
            let forgotten = list
                .items()
                .iter()
                .filter(|item| new.get(item.code()) != Some(item))
                .count();
            assert_no_change(list, &new, field, forgotten);
            seen += usize::from(forgotten > 0);
        }
    }
    assert!(seen >= 14, "the lists record most fields: {seen}");
    let forgetful = edited(&worded, |item| item.with_cas(Vec::new()));
    let diff = ListDiff::between(&worded, &forgetful).expect("one list");
    assert!(
        diff.is_empty() && diff.not_comparable().is_empty(),
        "{diff}"
    );
}

#[test]
fn what_both_sides_record_is_a_change() {
    // The same fields, forgotten by one item of an edition that records them for others.
    for (field, forget) in FORGET {
        for list in [&materials(us_ccl()), &materials(cn_dual_use())] {
            let mut recording = (list.items().iter())
                .filter(|item| forget((*item).clone()) != **item)
                .map(|item| item.code());
            let (Some(first), Some(_)) = (recording.next(), recording.next()) else {
                continue;
            };
            let one = |item: Item| {
                if item.code() == first {
                    forget(item)
                } else {
                    item
                }
            };
            let diff = ListDiff::between(list, &edited(list, one)).expect("one list");
            // Of a text, a day or a note that one item lacks nobody knows whether there is one.
            let open = matches!(
                field,
                Field::TitleLocal
                    | Field::Quantities
                    | Field::Conditions
                    | Field::Notes
                    | Field::Measure
                    | Field::InForce
                    | Field::Source
            );
            assert_eq!(diff.changes().len(), usize::from(!open), "{field}: {diff}");
            let expected: &[Field] = if open { &[field] } else { &[] };
            assert_eq!(diff.not_comparable_of(first), expected, "{field}");
        }
    }
}

#[test]
fn license_requirements_that_one_side_lacks_are_no_change() {
    let us = us_ccl();
    let with_rows = |rows: Vec<LicenseRequirement>| {
        ControlList::new(us.info().clone(), us.edition().clone(), us.items().to_vec())
            .expect("a list")
            .with_license_requirements(rows)
            .expect("rows")
    };
    let all = us.all_license_requirements();
    let mut entries: Vec<_> = all.iter().map(|row| row.entry).collect();
    entries.dedup();
    let old = with_rows(all.to_vec());
    assert_no_change(
        &old,
        &with_rows(Vec::new()),
        Field::LicenseRequirements,
        entries.len(),
    );
    let worded = with_rows(
        all.iter()
            .cloned()
            .map(|mut row| {
                row.text = Some((row.to_string(), String::new()));
                row
            })
            .collect(),
    );
    assert_no_change(&old, &worded, Field::LicenseText, entries.len());
    // A row that is gone is a change, words or not.
    let fewer = with_rows(all[1..].to_vec());
    for list in [&old, &worded] {
        let diff = ListDiff::between(list, &fewer).expect("one list");
        assert_eq!(diff.license_changes().len(), 1);
    }
}

#[test]
fn words_of_exceptions_that_one_side_lacks_are_no_change() {
    let worded = edited(us_ccl(), |item| {
        particulars(item, |particulars| {
            for LicenseException { symbol, text, .. } in &mut particulars.exceptions {
                *text = Some(format!("{symbol} as published"));
            }
        })
    });
    let number = (us_ccl().items().iter())
        .filter(|item| !item.particulars().exceptions.is_empty())
        .count();
    assert_no_change(us_ccl(), &worded, Field::ExceptionText, number);
}

#[test]
fn a_gap_of_the_history_is_no_change() {
    let day = |text: &str| text.parse::<Date>().expect("a date");
    let changes = history("us-ccl")
        .expect("a history")
        .changes(day("2024-12-31"), day("2025-12-31"))
        .expect("covered days");
    let diff = &changes.diff;
    assert_eq!(diff.of_kind(ChangeKind::Amended).count(), 0, "{diff}");
    let [(Field::Text, number)] = diff.not_comparable()[..] else {
        panic!("{:?}", diff.not_comparable());
    };
    let told =
        format!("not comparable, as one side does not record it: official text of {number} items");
    assert!(diff.to_string().contains(&told), "{diff}");
}

#[test]
fn the_embedded_lists_are_current_against_themselves() {
    for list in export_control::lists() {
        let changes = changes_since_embedded(list).expect("an embedded list");
        assert!(changes.is_empty(), "{changes}");
    }
}
