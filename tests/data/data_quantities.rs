//! The embedded thresholds: what every one must be, and that no title contradicts its item.

use export_control::quantity::{Dimension, Limit, in_chinese, in_english};
use export_control::{Item, Quantity};

/// Which side of a figure an end allows, and whether it allows the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
struct End {
    up: bool,
    inclusive: bool,
}

/// The ends of a quantity with their figures in SI; none of an exact one.
fn ends(quantity: &Quantity) -> Vec<(Dimension, f64, End)> {
    if quantity.is_exact() {
        return Vec::new();
    }
    let end = |limit: Limit, up| {
        let inclusive = limit.inclusive;
        (limit.unit.dimension(), limit.si(), End { up, inclusive })
    };
    let lower = quantity.lower().map(|limit| end(limit, true));
    lower
        .into_iter()
        .chain(quantity.upper().map(|limit| end(limit, false)))
        .collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs())
}

/// The ends that a title states and its item states the other way round, or without the figure. A
/// title gives a range with a dash, which does not say whether its ends are within.
fn contradictions(title: &[Quantity], item: &Item) -> Vec<String> {
    let stated: Vec<_> = item
        .quantities()
        .iter()
        .filter(|one| one.is_limit())
        .flat_map(ends)
        .collect();
    let mut found = Vec::new();
    for quantity in title.iter().filter(|one| one.is_limit()) {
        for (dimension, figure, end) in ends(quantity) {
            let same: Vec<End> = stated
                .iter()
                .filter(|(other, value, _)| *other == dimension && near(*value, figure))
                .map(|(.., end)| *end)
                .collect();
            let dash = quantity.lower().is_some() && quantity.upper().is_some();
            let agrees = |other: &End| *other == end || dash && other.up == end.up;
            if !same.is_empty() && !same.iter().any(agrees) {
                found.push(quantity.to_string());
            }
        }
    }
    found
}

/// Every title beside the limits of its own item, in both languages.
#[test]
fn no_title_contradicts_the_limits_of_its_item() {
    let mut shown = Vec::new();
    for list in export_control::lists() {
        for item in list.items() {
            let mut titles = vec![in_english(item.title())];
            titles.extend(item.title_local().map(in_chinese));
            for title in titles {
                let found = contradictions(&title, item);
                if !found.is_empty() {
                    let limits: Vec<String> =
                        item.quantities().iter().map(ToString::to_string).collect();
                    shown.push(format!(
                        "{}:{} {:?}: {found:?} beside {limits:?}",
                        list.id(),
                        item.code(),
                        item.title()
                    ));
                }
            }
        }
    }
    assert!(
        shown.is_empty(),
        "{} titles\n{}",
        shown.len(),
        shown.join("\n")
    );
}

/// The check above finds what it looks for.
#[test]
fn a_title_that_contradicts_is_found() {
    let item = Item::new("3A001".parse().unwrap())
        .with_quantities(vec!["dimension ≤ 300 mm".parse().unwrap()]);
    for (title, contradicts) in [
        ("Sets, dimensions > 30 cm", true),
        ("Sets, dimensions < 30 cm", true),
        ("Sets, dimensions ≤ 30 cm", false),
        ("Sets, dimensions ≤ 31 cm", false),
        ("Sets of over 30 cm", true),
        ("Sets of 20–30 cm", false),
    ] {
        let found = contradictions(&in_english(title), &item);
        assert_eq!(!found.is_empty(), contradicts, "{title}: {found:?}");
    }
}

#[test]
fn every_property_has_a_dimension_that_it_can_have() {
    for list in export_control::lists() {
        for item in list.items() {
            for quantity in item.quantities() {
                let dimension = quantity.unit().dimension();
                assert!(
                    quantity
                        .property()
                        .is_none_or(|one| one.can_have(dimension)),
                    "{}:{} {quantity}",
                    list.id(),
                    item.code()
                );
            }
        }
    }
}
