//! Quantities: laws of comparison, round trips, error texts.

use export_control::Quantity;
use export_control::quantity::{Limit, Number, Property, Unit, in_chinese, in_english};
use proptest::prelude::*;

const UNITS: [&str; 14] = [
    "nm", "µm", "m", "km", "Hz", "GHz", "W", "dBm", "K", "°C", "%", "ppm", "°/h", "MPa",
];

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![4 => (0..UNITS.len()).prop_map(|at| Unit::from_symbol(UNITS[at]).unwrap()), 1 => Just(Unit::ONE)]
}

fn number() -> impl Strategy<Value = Number> {
    (
        -99_999i64..99_999,
        0u8..6,
        prop_oneof![4 => Just(0i8), 1 => -12i8..12],
    )
        .prop_map(|(digits, decimals, power)| Number::new(digits, decimals, power).unwrap())
}

fn property() -> impl Strategy<Value = Option<Property>> {
    prop::option::of((0..Property::all().len()).prop_map(|at| Property::all().nth(at).unwrap()))
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let limit = || (number(), any::<bool>());
    (
        property(),
        unit(),
        prop::option::of(limit()),
        prop::option::of(limit()),
    )
        .prop_filter_map("no quantity", |(property, unit, lower, upper)| {
            let limit = |(number, inclusive)| Limit::new(number, unit, inclusive);
            Quantity::new(property, lower.map(limit), upper.map(limit)).ok()
        })
}

/// Whether a figure in SI is within a quantity.
fn holds(quantity: &Quantity, figure: f64) -> bool {
    let range = quantity.si();
    range
        .lower
        .is_none_or(|(end, within)| figure > end || within && figure == end)
        && range
            .upper
            .is_none_or(|(end, within)| figure < end || within && figure == end)
}

proptest! {
    #[test]
    fn parse_inverts_print(quantity in quantity()) {
        prop_assert_eq!(quantity.to_string().parse::<Quantity>(), Ok(quantity));
        let json = serde_json::to_string(&quantity).unwrap();
        prop_assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), quantity);
    }

    #[test]
    fn numbers_have_the_value_that_is_written(number in number()) {
        prop_assert_eq!(number.to_string().parse::<Number>(), Ok(number));
        let value: f64 = number.to_string().parse().unwrap();
        prop_assert!((number.value() - value).abs() <= value.abs() * 1e-15);
    }

    #[test]
    fn overlap_is_symmetric_and_reflexive(a in quantity(), b in quantity()) {
        prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        prop_assert_eq!(a.overlaps(&a), Some(true));
    }

    /// Two quantities overlap where some figure is within both: the ends, their middle, and what lies beyond, as the model.
    #[test]
    fn overlap_means_a_common_figure(a in quantity(), b in quantity()) {
        let Some(overlaps) = a.overlaps(&b) else { return Ok(()) };
        let ends: Vec<f64> = [a.si().lower, a.si().upper, b.si().lower, b.si().upper].into_iter().flatten().map(|(end, _)| end).collect();
        let mut figures = ends.clone();
        for x in &ends {
            figures.extend([x - x.abs() - 1.0, x + x.abs() + 1.0]);
            figures.extend(ends.iter().map(|y| x / 2.0 + y / 2.0));
        }
        let common = figures.iter().any(|figure| holds(&a, *figure) && holds(&b, *figure));
        prop_assert!(!common || overlaps);
        // Two different figures so close that no third lies between them are beyond this model.
        let close = ends.iter().any(|x| ends.iter().any(|y| x != y && (x - y).abs() <= 1e-9 * x.abs().max(y.abs())));
        prop_assert!(close || common == overlaps, "{} {} {:?}", a, b, figures);
    }

    /// SI does not change what is within: a larger figure in one unit is a larger one in SI.
    #[test]
    fn units_keep_the_order(unit in unit(), a in -1e6f64..1e6, b in -1e6f64..1e6) {
        prop_assume!(unit.symbol() != "dBm" || a.abs() < 1e3 && b.abs() < 1e3);
        prop_assert!((a < b) == (unit.to_si(a) < unit.to_si(b)) || (a - b).abs() < 1e-6);
    }

    #[test]
    fn any_text_states_quantities_or_none(text in "(\\PC{0,8}|[0-9.,×−±() ]{1,6}|exceeding |or more|大于等于|nm|%| 10⁶){0,12}") {
        for quantity in in_english(&text).into_iter().chain(in_chinese(&text)) {
            prop_assert_eq!(quantity.to_string().parse(), Ok(quantity));
        }
    }
}

#[test]
fn error_texts() {
    for (text, problem) in [
        ("", "expected a comparator: one of >, ≥, <, ≤ and ="),
        ("5 kW", "expected a comparator: one of >, ≥, <, ≤ and ="),
        (
            "beauty > 5 kW",
            "unknown property \"beauty\"; expected one such as output power, or none",
        ),
        (
            "> 5 furlongs",
            "unknown unit \"furlongs\"; expected a symbol such as kW, µm or %",
        ),
        (
            "> five kW",
            "\"five\" is no figure; expected one such as 0.5, 1200 or 5e6",
        ),
        (
            "> 1,200 m",
            "\"1,200\" is no figure; expected one such as 0.5, 1200 or 5e6",
        ),
        (
            "> 5 m > 6 m",
            "expected one lower and one upper end, or one exact figure",
        ),
        (
            "= 5 m < 6 m",
            "expected one lower and one upper end, or one exact figure",
        ),
        (
            "> 5 m < 3 m",
            "the range is upside down: its lower end lies above its upper end",
        ),
        (
            "≥ 1 km ≤ 999 m",
            "the range is upside down: its lower end lies above its upper end",
        ),
        (
            "> 5 m < 5 m",
            "the range is upside down: its lower end lies above its upper end",
        ),
        (
            "> 5000 dBm",
            "the figure is beyond what its unit can measure",
        ),
        ("> 5 m < 6 kg", "its two ends measure different things"),
    ] {
        let error = text.parse::<Quantity>().expect_err("no quantity");
        assert_eq!(error.problem(), problem, "{text}");
        assert_eq!(
            error.to_string(),
            format!("{text:?} is not a quantity: {problem}")
        );
    }
    assert!(Quantity::new(None, None, None).is_err());
}

#[test]
fn si_makes_units_comparable() {
    let overlap = |a: &str, b: &str| a.parse::<Quantity>().unwrap().overlaps(&b.parse().unwrap());
    assert_eq!(overlap("> 1 µm", "< 999 nm"), Some(false));
    assert_eq!(overlap("≥ 1 µm", "≤ 1000 nm"), Some(true));
    assert_eq!(overlap("≥ 25 °C", "≤ 298 K"), Some(false));
    assert_eq!(
        overlap("output power ≥ 30 dBm", "output power ≤ 1 W"),
        Some(true)
    );
    assert_eq!(overlap("> 10 kg", "> 10 m"), None);
    assert_eq!(overlap("length > 10 m", "width > 10 m"), None);
    assert_eq!(
        overlap("length > 10 m", "< 20 m"),
        Some(true),
        "a property that is not said may be any"
    );
}

#[test]
fn names_are_unique_and_units_are_known() {
    for (at, property) in Property::all().enumerate() {
        assert_eq!(Property::from_name(property.name()), Some(property), "{at}");
        assert!(
            !property.name().contains([';', '>', '<', '=', ',']),
            "{property}"
        );
    }
    for symbol in UNITS {
        assert_eq!(Unit::from_symbol(symbol).map(Unit::symbol), Some(symbol));
    }
}
