//! Quantities: laws of comparison, round trips, error texts.

use export_control::Quantity;
use export_control::quantity::{
    Limit, Number, Property, Role, Unit, UnreadReason, chinese, english, in_chinese, in_english,
};
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

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        4 => Just(Role::Limit),
        1 => Just(Role::Condition),
        1 => Just(Role::Exclusion),
        1 => Just(Role::Band),
    ]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let limit = || (number(), any::<bool>());
    (
        property(),
        unit(),
        prop::option::of(limit()),
        prop::option::of(limit()),
        role(),
    )
        .prop_filter_map("no quantity", |(property, unit, lower, upper, role)| {
            let limit = |(number, inclusive)| Limit::new(number, unit, inclusive);
            let quantity = Quantity::new(property, lower.map(limit), upper.map(limit)).ok()?;
            Some(quantity.with_role(role))
        })
}

/// Returns whether a figure in SI is inside a quantity.
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

    /// Two quantities overlap if some figure is inside both. The model tries the ends, their
    /// middle, and values beyond them.
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
        // Two different figures can be so close that no third is between them. This model does not
        // cover them.
        let close = ends.iter().any(|x| ends.iter().any(|y| x != y && (x - y).abs() <= 1e-9 * x.abs().max(y.abs())));
        prop_assert!(close || common == overlaps, "{} {} {:?}", a, b, figures);
    }

    /// SI keeps the order: a larger figure in one unit is a larger one in SI.
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
            "\"five\" is not a figure; expected one such as 0.5, 1200 or 5e6",
        ),
        (
            "> 1,200 m",
            "\"1,200\" is not a figure; expected one such as 0.5, 1200 or 5e6",
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
        (
            "[limit] > 5 m",
            "unknown role \"limit\"; expected condition, exclusion or band in the brackets, or none",
        ),
        (
            "[wish > 5 m",
            "unknown role \"wish > 5 m\"; expected condition, exclusion or band in the brackets, or none",
        ),
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

/// Returns the quantities of a text as one line.
fn read(text: &str) -> String {
    shown(&in_english(text))
}

fn shown(quantities: &[Quantity]) -> String {
    let shown: Vec<String> = quantities.iter().map(ToString::to_string).collect();
    shown.join(";")
}

#[test]
fn roles_are_kept_and_only_limits_compared() {
    let condition: Quantity = "[condition]  temperature = 20 °C ".parse().unwrap();
    assert_eq!(condition.to_string(), "[condition] temperature = 20 °C");
    assert_eq!(condition.role(), Role::Condition);
    assert_eq!(condition.role().name(), "condition");
    let limit = condition.with_role(Role::Limit);
    assert_eq!(limit.to_string(), "temperature = 20 °C");
    assert_eq!(limit.overlaps(&condition), None);
    let band: Quantity = "[band] ≤ 3 °C".parse().unwrap();
    assert_eq!(band.si().upper, Some((3.0, true)), "a difference");
}

/// Each kind of comparator that was once read wrongly, in this project's own sentences.
#[test]
fn comparators_in_english() {
    for (text, expected) in [
        ("a thickness at or below 3 mm", "thickness ≤ 3 mm"),
        ("a stroke of 6 feet (183 cm) or more", "≥ 6 ft"),
        (
            "a volume of 110 liters (29 gallons) or more",
            "volume ≥ 110 L",
        ),
        (
            "a span of less 13 kPa and greater 75 °C",
            "< 13 kPa;> 75 °C",
        ),
        ("a nonuniformity less than or equal 2 percent", "≤ 2 %"),
        (
            "a rotor speed less (lower) than 400 rpm",
            "rotation speed < 400 rpm",
        ),
        (
            "mirrors equivalent to or larger than 2 m in diameter",
            "diameter ≥ 2 m",
        ),
        (
            "mirrors larger than a single disk 2 m in diameter",
            "diameter > 2 m",
        ),
        ("chambers pumped down to 0.02 Pa", "≤ 0.02 Pa"),
        (
            "offsets of 20 Hz ≤ F < 30 kHz",
            "frequency ≥ 20 Hz < 30 kHz",
        ),
        ("offsets with 5 m > d", "< 5 m"),
        ("a voltage >= 5 kV, <= 9 A", "voltage ≥ 5 kV;≤ 9 A"),
        (
            "a pressure from zero to 14 kPa",
            "pressure ≥ 0 kPa ≤ 14 kPa",
        ),
        (
            "doses that meet or exceed a total dose of 6 × 10³ Gy",
            "total dose ≥ 6e3 Gy",
        ),
        (
            "works at or below a temperature of 5 K",
            "temperature ≤ 5 K",
        ),
        (
            "turns at over 12 degrees roll, 10 degrees pitch, or 80 degrees/second",
            "> 12 °;> 10 °;> 80 °/s",
        ),
        (
            "an area of less than 30 m², but greater than 0.2 m²",
            "area > 0.2 m² < 30 m²",
        ),
        (
            "within 0 to 0.3 mm of the end",
            "[condition] ≥ 0 mm ≤ 0.3 mm",
        ),
        (
            "rockets with a range greater than 200 km or greater",
            "range ≥ 200 km",
        ),
        // Reversed once.
        ("no dimension greater than 31 cm", "dimension ≤ 31 cm"),
        ("parts with no side exceeding 5 mm", "≤ 5 mm"),
        ("lamps for use below 900 m", "depth > 900 m"),
        ("lamps with a length below 900 m", "length < 900 m"),
        (
            "frequencies outside the range from 10 kHz to 50 kHz",
            "frequency < 10 kHz;frequency > 50 kHz",
        ),
        (
            "an outside diameter between 20 and 90 mm",
            "diameter ≥ 20 mm ≤ 90 mm",
        ),
        (
            "frequencies other than 4.1 to 4.3 GHz",
            "[exclusion] frequency ≥ 4.1 GHz ≤ 4.3 GHz",
        ),
        ("an exposure time of 2 µs or faster", "exposure time ≤ 2 µs"),
        ("a speed of 2 m/s or faster", "speed ≥ 2 m/s"),
        ("films uniform to better than 2%", "< 2 %"),
        ("a uniformity of 99% or better", "≥ 99 %"),
        ("an overlay no better than ±0.4 µm", "≥ 0.4 µm"),
        (
            "wavelengths between 360 and 190 nm",
            "wavelength ≥ 190 nm ≤ 360 nm",
        ),
        ("a rating wider than −40 °C to +85 °C", ""),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn figures_and_their_nouns_in_english() {
    for (text, expected) in [
        // The noun that governs, or none.
        (
            "an isotopic impurity less than 0.09%",
            "isotopic impurity < 0.09 %",
        ),
        (
            "a “bias” “repeatability” less than 900 micro g",
            "bias repeatability < 900 µgₙ",
        ),
        (
            "a frequency stability better (less) than 9 MHz",
            "stability < 9 MHz",
        ),
        ("for any frequency change exceeding 3 GHz", "> 3 GHz"),
        (
            "sensing elements of an alloy with more than 55% nickel by weight",
            "content > 55 %",
        ),
        ("a beat length of less than 400 mm", "< 400 mm"),
        // Figures that were misread.
        ("bearings of ABEC 7T or Class 4", ""),
        ("a time of less than (N log2 N)/30,480 ms", ""),
        ("a residual unbalance of 0.3 g mm per kg", ""),
        ("arms with 6 degrees of freedom or more", ""),
        ("less than 1 part hafnium to 400 parts zirconium", ""),
        (
            "more than 30 W divided by the square of it; [P>30 W*GHz²]",
            "",
        ),
        ("a 3 dB bandwidth exceeding 50 MHz", "bandwidth > 50 MHz"),
        ("arrays of more than 34 × 34 line elements", ""),
        ("a gain of 5 dB (for instance 1/4 inch)", "= 5 dB"),
        // A rate keeps its "per".
        (
            "a capacity greater than 200 g of gas per hour",
            "capacity > 200 g/h",
        ),
        ("an attenuation less than 4 dB/km", ""),
        (
            "a drift of less than 0.4 degrees (1 sigma) per hour",
            "drift rate < 0.4 °/h",
        ),
        ("pulses of more than 3 J per pulse", "> 3 J"),
        // Conditions, exclusions, bands.
        (
            "a strength of 410 MPa or more at 293 K (20 °C)",
            "≥ 410 MPa;[condition] = 293 K",
        ),
        (
            "levels exceeding 200 dB (reference 1 µPa at 2 m)",
            "> 200 dB;[condition] = 1 µPa;[condition] = 2 m",
        ),
        (
            "an accuracy less than 3 µm per 300 mm of travel",
            "accuracy < 3 µm;[condition] travel = 300 mm",
        ),
        (
            "an angle less than 2 seconds of arc, over 300 mm of travel",
            "< 2 arcsec;[condition] travel = 300 mm",
        ),
        (
            "a loss less than 4 V if measured at a frequency of 2 GHz or below",
            "< 4 V;[condition] frequency ≤ 2 GHz",
        ),
        (
            "fibers except those having 0.3 percent or more by weight of binder",
            "[exclusion] content ≥ 0.3 %",
        ),
        (
            "not capable of moving a mass greater than 4 kg",
            "[exclusion] weight > 4 kg",
        ),
        (
            "impurities, excluding dopants, of less than 4,000 ppm",
            "impurities < 4000 ppm",
        ),
        (
            "held within a temperature of 20±0.02 °C",
            "temperature = 20 °C;[band] ≤ 0.02 °C",
        ),
        (
            "a sensitivity better than 40 dB per 1 g of acceleration",
            "sensitivity > 40 dB;[condition] acceleration = 1 gₙ",
        ),
        ("operates at a frequency of 90 GHz", "frequency = 90 GHz"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_lead_in_passes_its_comparator_on() {
    let lead_in = "Sets with a tensile strength, measured at 25 °C, equal to or greater than:";
    let under = |text| shown(&english(text, lead_in).quantities);
    assert_eq!(
        under("0.8 GPa when annealed; or"),
        "tensile strength ≥ 0.8 GPa"
    );
    assert_eq!(
        under("Less than 0.8 GPa"),
        "< 0.8 GPa",
        "its own comparator goes first"
    );
    let any = "Circuits rated to exceed any of the following limits:";
    assert_eq!(
        shown(&english("A total dose of 4 × 10³ Gy (Si);", any).quantities),
        "total dose > 4e3 Gy"
    );
    let none = "Sets having any of the following:";
    assert_eq!(
        shown(&english("26 GHz for other uses", none).quantities),
        "= 26 GHz"
    );
}

#[test]
fn powers_signs_and_carets_as_people_type_them() {
    for (text, expected) in [
        ("less than 1 x 10-6 m", "< 1e-6 m"),
        ("less than 1 000 cm^3/min", "< 1000 cm³/min"),
        ("area exceeding 5 cm^2", "area > 5 cm²"),
        ("flow of 2 m^3/min or more", "flow rate ≥ 2 m³/min"),
        ("temperature of – 120 °C or less", "temperature ≤ -120 °C"),
        (
            "temperatures of 150 K (– 123 °C) or less",
            "temperature ≤ 150 K",
        ),
        (
            "below −5 °C, <-6 °C and below - 7 °C",
            "< -5 °C;< -6 °C;< -7 °C",
        ),
        ("5 – 6 mm", "≥ 5 mm ≤ 6 mm"),
        ("frequency exceeding 2 × 108 Hz", "frequency > 2e8 Hz"),
        (
            "particle size of 60 × 10-6 m or less",
            "particle size ≤ 60e-6 m",
        ),
        ("thrust greater than 3,18 × 106 N", "thrust > 3.18e6 N"),
        (
            "a specific modulus exceeding 12.7 × 106 m",
            "specific modulus > 12.7e6 m",
        ),
        ("plates of more than 5 × 104 mm", ""),
        ("pressure below 5·10⁻⁴ Pa", "pressure < 5e-4 Pa"),
        ("pressure below 5⋅10^-4 Pa", "pressure < 5e-4 Pa"),
        ("pressure below 5 × 10–4 Pa", "pressure < 5e-4 Pa"),
        ("pressure below 5 × 10 −4 Pa", "pressure < 5e-4 Pa"),
        // A range, a power, or two figures: nobody knows.
        ("pressure below 5 × 10 - 4 Pa", ""),
        ("more than 5 × 10 6 Pa", ""),
        ("plates of 6 x 10 - 20 mm", ""),
        ("plates of 2 x 10 mm", "= 2 mm;= 10 mm"),
        ("temperatures below minus 40 °C", "temperature < -40 °C"),
        ("plus or minus 3%", "[band] ≤ 3 %"),
        ("an acceleration exceeding 3 m s-2", ""),
        ("more than 100 W m-1 K-1", ""),
        ("gallium of 5N purity", ""),
        ("purity of 6N or more", ""),
        ("graphite of a purity better than 7 parts per million", ""),
        ("a purity better than 99%", "purity > 99 %"),
        ("a force of 5N or more", "force ≥ 5 N"),
        ("voltage => 3 kV", "voltage ≥ 3 kV"),
        ("voltage =< 3 kV", "voltage ≤ 3 kV"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    assert_eq!(
        shown(&in_chinese("粒径小于50×10-6m")),
        "particle size < 50e-6 m"
    );
    assert_eq!(
        shown(&in_chinese("温度低于零下40℃或高于负10℃")),
        "temperature < -40 °C;> -10 °C"
    );
    assert_eq!(shown(&in_chinese("纯度5N以上的镓")), "");
}

#[test]
fn comparators_in_chinese() {
    for (text, expected) in [
        ("厚度大于等于3mm", "thickness ≥ 3 mm"),
        ("厚度大于3mm", "thickness > 3 mm"),
        ("厚度不小于3mm", "thickness ≥ 3 mm"),
        ("厚度不大于3mm", "thickness ≤ 3 mm"),
        ("厚度在3mm以上", "thickness ≥ 3 mm"),
        ("厚度3mm（0.3cm）以下", "thickness ≤ 3 mm"),
        ("内径75～400 mm的管", "inner diameter ≥ 75 mm ≤ 400 mm"),
        ("内径介于75和400 mm之间", "inner diameter ≥ 75 mm ≤ 400 mm"),
        ("比模量大于1.27×107m", "specific modulus > 1.27e7 m"),
        ("频率高于2×108Hz", "frequency > 2e8 Hz"),
        ("容量大于8.5 m3/h的泵", "capacity > 8.5 m³/h"),
        ("定位精度优于4μm", "positioning accuracy < 4 µm"),
        ("纯度优于99.9%", "purity > 99.9 %"),
        ("每小时能产250 g以上氟", "≥ 250 g/h"),
        (
            "在20℃下密度大于1.7g/cm³",
            "[condition] = 20 °C;density > 1.7 g/cm³",
        ),
        (
            "长度大于5m，不包括直径小于3mm的",
            "length > 5 m;[exclusion] diameter < 3 mm",
        ),
        ("除长度小于5m外的管", "[exclusion] length < 5 m"),
        ("能够在高于1200 ℃的温度下工作", "temperature > 1200 °C"),
        (
            "测量范围不超过0.2 mm时分辨率优于1 µm",
            "[condition] ≤ 0.2 mm;resolution < 1 µm",
        ),
        ("精度高于满量程±1%", "accuracy < 1 %"),
        ("流量大于等于每分钟24L", "flow rate ≥ 24 L/min"),
        ("加速到每秒1.5 km或更快", "≥ 1.5 km/s"),
        (
            "在-54～125℃的温度范围内工作",
            "temperature ≥ -54 °C ≤ 125 °C",
        ),
        (
            "在8 h内稳定性优于0.1%",
            "[condition] = 8 h;stability < 0.1 %",
        ),
        ("线性度小于1/10000", ""),
        ("压力小于等于5 kPa、且大于2 kPa", "pressure > 2 kPa ≤ 5 kPa"),
    ] {
        assert_eq!(shown(&in_chinese(text)), expected, "{text}");
    }
}

/// Unreadable input gives nothing wrong and no panic.
#[test]
fn bad_input() {
    for (text, expected) in [
        ("", ""),
        ("5", ""),
        ("K", ""),
        ("±", ""),
        (
            "exceeding 99999999999999999999999999999999999999999999 m",
            "",
        ),
        ("exceeding 5 × 10⁹⁹ m, 5 × 10-99 m", ""),
        ("exceeding 5000 dBm", ""),
        ("exceeding 5 furlongs", ""),
        ("exceeding 6 m but less than 5 m", "> 6 m;< 5 m"),
        ("from 6 m to 5 m", "≥ 5 m ≤ 6 m"),
        (
            "((((5 kW)))) [[(6 kW]",
            "[condition] = 5 kW;[condition] = 6 kW",
        ),
        ("4 K or above 124 K", "= 4 K;> 124 K"),
        ("1.6 nm and below or equal to 2.5 nm", "= 1.6 nm;≤ 2.5 nm"),
        ("10 Hz ≤ F ≤", "frequency ≥ 10 Hz"),
        ("5 kW or", "= 5 kW"),
        // Powers, products and formulas that lost their typesetting.
        ("energy of less than 10-12 J", ""),
        ("absorption of less than 10-4 cm-1 or more", ""),
        ("consuming under 0.3 kg N-1 h-1", ""),
        ("[P > 90 W × GHz2/f2]", ""),
        // An instantaneous field of view is another property than a field of view.
        (
            "Instantaneous Field of View (IFOV) below 90 µrad",
            "instantaneous field of view < 90 µrad",
        ),
        (
            "blocks of 90 mm by 80 mm by 70 mm or greater",
            "≥ 90 mm;≥ 80 mm;≥ 70 mm",
        ),
        (
            "sensitivity lower than 0.6 fT rms per square root Hz",
            "sensitivity < 0.6 fT/√Hz",
        ),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    let large = english("exceeding 5000 dBm", "");
    assert_eq!(large.unread.len(), 1);
    assert_eq!(large.unread[0].reason, UnreadReason::Unclear);
    assert_eq!(chinese("大于5000 dBm").unread.len(), 1);
}
