//! The quantities that an English text states.

use super::phrases::{Sign, phrase_after, phrase_before, phrase_later};
use super::scan::{Figure, figures};
use crate::quantity::property::Property;
use crate::quantity::unit::{Dimension, Unit};
use crate::quantity::{Limit, Quantity};

/// A figure with its sign.
struct Stated {
    figure: Figure,
    sign: Sign,
    /// Where the phrase before it begins, or the figure itself.
    start: usize,
    /// After the figure, its unit, its restatement in brackets, and the phrase after it.
    end: usize,
}

/// The quantities that an English text states, in its order: the ways in which the US, the EU and
/// the Australian list write them.
///
/// A figure in brackets that says the same in another unit is dropped ("218 K (−55 °C)"). A figure
/// without a comparator is exact. Figures without a unit that this crate knows are left out: they
/// number paragraphs and parts, and count things. "Better" is more of a purity and less of an
/// error. What is measured is taken from the words before the figure, or else from those right
/// after it, and only where it can have the unit's dimension. Thousands may be parted by commas or
/// spaces, and a comma before any other number of digits than three is a decimal one, as is one
/// after a zero: `0,254 mm`, `99,9 %`. Whether `13,326 kPa` is thirteen or thirteen thousand no
/// text says; it is read as thousands.
///
/// ```
/// let text = "an output power of more than 4 W (36 dBm), and frequencies exceeding 15 GHz up to and including 30 GHz";
/// let read: Vec<String> = export_control::quantity::in_english(text).iter().map(ToString::to_string).collect();
/// assert_eq!(read, ["output power > 4 W", "frequency > 15 GHz ≤ 30 GHz"]);
/// ```
pub fn in_english(text: &str) -> Vec<Quantity> {
    let lower = text.to_ascii_lowercase();
    let figures = figures(text);
    let sides = sides(&lower, &figures);
    let closings: Vec<usize> = text.match_indices([')', '）']).map(|(at, _)| at).collect();
    let mut stated: Vec<Stated> = Vec::new();
    for (at, figure) in figures.iter().enumerate() {
        let mut figure = *figure;
        // "17.0-23.0%", "5 to 10 kHz": the unit stands after the second figure.
        if figure.unit.is_none()
            && let Some(next) = figures.get(at + 1)
            && joins(lower[figure.end..next.start].trim())
        {
            figure.unit = next.unit;
        }
        if stated.last().is_some_and(|before| figure.end <= before.end) {
            continue;
        }
        // "2:1" is 2; of "1:1.8" this crate makes nothing.
        if let Some(next) = figures.get(at + 1)
            && &text[figure.end..next.start] == ":"
            && next.number.value() != 1.0
        {
            continue;
        }
        let (mut sign, start) = phrase_before(&lower[..figure.start]);
        let mut end = figure.end;
        let restated = figures
            .get(at + 1)
            .and_then(|next| restatement(text, &figure, next, &closings));
        if let Some(after) = restated {
            end = after;
        }
        if sign.is_none()
            && let Some((found, length)) = phrase_after(&lower[end..])
        {
            sign = Some(found);
            end += length;
        }
        // "9 mm × 9 mm × 5 mm or greater", "larger than 9 mm × 9 mm": the sides share the sign.
        if sides[at] > at {
            let last = &figures[sides[at]];
            figure.unit = figure.unit.or(last.unit);
            sign = sign.or_else(|| phrase_after(&lower[last.end..]).map(|(sign, _)| sign));
        }
        if sign.is_none()
            && let Some(before) = stated
                .last()
                .filter(|before| is_side(&lower[before.end..figure.start]))
        {
            sign = Some(before.sign);
        }
        sign = sign.or_else(|| figure.unit.and_then(|_| phrase_later(&lower[end..])));
        // "more than 24% nickel and 19% chromium"
        if sign.is_none()
            && let Some(before) = stated
                .last()
                .filter(|before| before.figure.unit == figure.unit && figure.unit.is_some())
            && let between = &lower[before.end..figure.start]
            && between.len() <= 45
            && between.ends_with(" and ")
            && !between.contains([';', ',', '('])
        {
            sign = Some(before.sign);
        }
        let unitless = figure.unit.is_none() && sign.is_some_and(|sign| sign != Sign::Exactly);
        if figure.unit.is_some() || unitless {
            stated.push(Stated {
                figure,
                sign: sign.unwrap_or(Sign::Exactly),
                start,
                end,
            });
        }
    }
    quantities(&lower, &stated)
}

/// For each figure the last side of the thing of which it is one side; most are the only one.
fn sides(lower: &str, figures: &[Figure]) -> Vec<usize> {
    let mut last: Vec<usize> = (0..figures.len()).collect();
    for at in (1..figures.len()).rev() {
        if lower
            .get(figures[at - 1].end..figures[at].start)
            .is_some_and(is_side)
        {
            last[at - 1] = last[at];
        }
    }
    last
}

fn quantities(lower: &str, stated: &[Stated]) -> Vec<Quantity> {
    let mut read: Vec<Quantity> = Vec::new();
    let mut shares = Shares::default();
    let (mut at, mut scope) = (0, 0);
    while let Some(first) = stated.get(at) {
        let unit = first.figure.unit.unwrap_or(Unit::ONE);
        let before = clause(&lower[scope..first.start]);
        let second = stated
            .get(at + 1)
            .filter(|second| range(lower, first, second));
        let end = second.unwrap_or(first).end;
        let after = &lower[end..stated
            .get(at + 1 + usize::from(second.is_some()))
            .map_or(lower.len(), |next| next.start)];
        let dimension = if is_acceleration(unit, before)
            || unit.symbol() == "g" && after.starts_with(" environment")
        {
            Dimension::Acceleration
        } else {
            unit.dimension()
        };
        // "20 mm in thickness" says it more closely than what stands before.
        let property = after
            .strip_prefix(" in ")
            .and_then(|after| Property::first_in(after, dimension))
            .filter(|(_, at)| *at == 0)
            .or_else(|| Property::last_in(before, dimension))
            .map(|(property, _)| property)
            .or_else(|| property_after(after, dimension))
            .or_else(|| shares.by_weight(lower, second.unwrap_or(first).figure.end, unit))
            // "from below 228 K to above 328 K" goes on with the same thing.
            .or_else(|| {
                read.last()
                    .filter(|_| joins(before.trim()))
                    .and_then(Quantity::property)
                    .filter(|p| p.can_have(dimension))
            });
        let unit = match dimension {
            Dimension::Acceleration if unit.dimension() == Dimension::Mass => {
                Unit::from_symbol("gₙ").unwrap_or(unit)
            }
            _ => unit,
        };
        let bounded = |stated: &Stated| {
            bounds(
                stated,
                stated.figure.unit.map_or(Unit::ONE, |_| unit),
                property,
            )
        };
        let (mut low, mut high) = bounded(first);
        if let Some(second) = second {
            let unit = second.figure.unit.unwrap_or(unit);
            let (second_low, second_high) = bounds(second, unit, property);
            if first.sign == Sign::Exactly {
                // "17.0-23.0%", "between 5 and 10 kHz"
                (low, high) = (low, second_high.or(second_low));
            } else {
                (low, high) = (low.or(second_low), high.or(second_high));
            }
        }
        let counted = first.figure.unit.is_none()
            && !property.is_some_and(|property| property.can_have(Dimension::Number));
        if !counted && let Ok(quantity) = Quantity::new(property, low, high) {
            read.push(quantity);
        } else if let (Some(low), Some(high)) = (low, high)
            && !counted
        {
            // A range that is none: each figure by itself, so that nothing is lost.
            read.extend(
                Quantity::new(property, Some(low), None)
                    .into_iter()
                    .chain(Quantity::new(property, None, Some(high))),
            );
        }
        scope = end;
        at += 1 + usize::from(second.is_some());
    }
    read
}

/// The limits that one figure sets.
fn bounds(
    stated: &Stated,
    unit: Unit,
    property: Option<Property>,
) -> (Option<Limit>, Option<Limit>) {
    let limit = |inclusive| Some(Limit::new(stated.figure.number, unit, inclusive));
    let more = property.is_some_and(|property| MORE_IS_BETTER.contains(&property.name()))
        || property.is_none() && matches!(unit.dimension(), Dimension::Number | Dimension::Decibel);
    match stated.sign {
        Sign::From => (limit(true), None),
        Sign::Above => (limit(false), None),
        Sign::To => (None, limit(true)),
        Sign::Below => (None, limit(false)),
        Sign::Better(inclusive) if more => (limit(inclusive), None),
        Sign::Better(inclusive) => (None, limit(inclusive)),
        // "±3 °C" with no comparator is a tolerance.
        Sign::Exactly if stated.figure.tolerance => (None, limit(true)),
        Sign::Exactly => (limit(true), limit(true)),
    }
}

/// Properties of which more is better.
const MORE_IS_BETTER: [&str; 6] = [
    "purity",
    "sensitivity",
    "dynamic range",
    "quantum efficiency",
    "reflectivity",
    "radiant sensitivity",
];

/// Whether two figures are the ends of one range.
fn range(lower: &str, first: &Stated, second: &Stated) -> bool {
    let dimension = |stated: &Stated| stated.figure.unit.map(Unit::dimension);
    if dimension(first) != dimension(second) {
        return false;
    }
    let between = lower[first.end..second.start].trim();
    let up = |sign| matches!(sign, Sign::From | Sign::Above);
    let down = |sign| matches!(sign, Sign::To | Sign::Below);
    match (first.sign, second.sign) {
        (a, b)
            if up(a) && down(b) || down(a) && up(b) && lower[..first.start].ends_with("but ") =>
        {
            matches!(
                between,
                "" | "but" | "and" | "," | ", but" | ", and" | "to" | "up" | "or" | "and up"
            )
        }
        // "a resolution of 0.1 mrad up to and including 1 mrad"
        (Sign::Exactly, b) if down(b) => between.is_empty(),
        (Sign::Exactly | Sign::From, Sign::Exactly) => {
            joins(between)
                && (between != "and" || lower[..first.start].trim_end().ends_with("between"))
        }
        _ => false,
    }
}

/// What joins the two figures of a range.
fn joins(between: &str) -> bool {
    matches!(between, "to" | "-" | "–" | "—" | "~" | "through" | "and")
}

/// Whether two figures are sides of one thing.
fn is_side(between: &str) -> bool {
    matches!(between.trim(), "×" | "x")
}

/// The end of a bracket that says the figure before it again in another unit.
fn restatement(text: &str, figure: &Figure, next: &Figure, closings: &[usize]) -> Option<usize> {
    let between = text[figure.end..next.start].trim_start();
    if !(between == "(" || between == "(i.e., " || between == "（" || between == "(or ") {
        return None;
    }
    let closing = *closings.get(closings.partition_point(|at| *at < next.end))?;
    let (first, second) = (figure.unit?, next.unit?);
    if first.dimension() != second.dimension() {
        return None;
    }
    let (a, b) = (
        first.to_si(figure.number.value()),
        second.to_si(next.number.value()),
    );
    // Rounded, as restatements are.
    let same = (a - b).abs() <= 0.03 * a.abs().max(b.abs());
    same.then(|| closing + text[closing..].chars().next().map_or(0, char::len_utf8))
}

/// The last clause of a text: after its last semicolon, colon or full stop.
fn clause(text: &str) -> &str {
    // What is measured stands near; further back a long lead-in speaks of other things.
    let near = (text.len().saturating_sub(160)..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let text = &text[near..];
    let cut = text
        .rfind([';', ':'])
        .map(|at| at + 1)
        .max(text.rfind(". ").map(|at| at + 2));
    &text[cut.unwrap_or(0)..]
}

/// A property in the few words after a figure: "in diameter", "by weight".
fn property_after(after: &str, dimension: Dimension) -> Option<Property> {
    let end = after.find([';', ',', ':', '(', '.']).unwrap_or(after.len());
    let words = &after[..end];
    let (property, at) = Property::first_in(words, dimension)?;
    let between = words[..at].trim_matches([' ', '“', '”', '\'', '‘', '’']);
    // Another figure's property stands after another preposition.
    matches!(
        between,
        "" | "in" | "of" | "by" | "or more in" | "in total" | "total" | "in length or" | "of the"
    )
    .then_some(property)
}

/// Where a clause says that its shares are by weight; asked in the order of the text, so that each
/// clause is read once.
#[derive(Default)]
struct Shares {
    clause_end: usize,
    weighed_at: Option<usize>,
}

impl Shares {
    /// A share of a thing by weight is its content, wherever in the clause the text says so.
    fn by_weight(&mut self, lower: &str, from: usize, unit: Unit) -> Option<Property> {
        if !matches!(unit.symbol(), "%" | "ppm") {
            return None;
        }
        if from >= self.clause_end {
            let rest = &lower[from..];
            let clause = rest.split([';', ':']).next().unwrap_or(rest);
            self.clause_end = from + clause.len() + 1;
            self.weighed_at = clause
                .rfind("by weight")
                .max(clause.rfind("by mass"))
                .map(|at| from + at);
        }
        self.weighed_at
            .filter(|at| *at >= from)
            .and_then(|_| Property::from_name("content"))
    }
}

/// Whether a "g" is the acceleration of gravity.
fn is_acceleration(unit: Unit, before: &str) -> bool {
    unit.symbol() == "g"
        && [
            "acceleration",
            "shock",
            "vibration",
            "bias",
            "accelerometer",
            "linear",
        ]
        .iter()
        .any(|word| before.contains(word))
}

#[cfg(test)]
mod tests {
    use super::in_english;

    #[test]
    fn every_way_of_writing() {
        for (text, expected) in [
            (
                "an “average output power” exceeding 21 W; or",
                "average output power > 21 W",
            ),
            (
                "used from 219 K (−54 °C) up to 397 K (+124 °C);",
                "≥ 219 K ≤ 397 K",
            ),
            (
                "an “accuracy” of 0.2 µm or less, where wavelengths are greater than 2 µm",
                "accuracy ≤ 0.2 µm;wavelength > 2 µm",
            ),
            ("arrays of less than 41 mm in diameter", "diameter < 41 mm"),
            (
                "with 17.5-23.5% by weight of chromium, and 4.0-7.5% of nickel",
                "content ≥ 17.5 % ≤ 23.5 %;content ≥ 4.0 % ≤ 7.5 %",
            ),
            (
                "its purity is 99.98% or greater by weight",
                "purity ≥ 99.98 %",
            ),
            ("of a purity better than 99.998%", "purity > 99.998 %"),
            ("a resolution better than 3 nm", "resolution < 3 nm"),
            ("less (better) than 3 × 10−12 s; or", "< 3e-12 s"),
            (
                "“specific tensile strength” exceeding 17.6 × 10⁴m",
                "specific tensile strength > 17.6e4 m",
            ),
            (
                "a pulse duration of no less than 2 ns but not exceeding 2 µs",
                "pulse duration ≥ 2 ns ≤ 2 µs",
            ),
            (
                "temperatures from below 229 K (−44 °C) to above 327 K (+54 °C);",
                "temperature < 229 K;temperature > 327 K",
            ),
            (
                "boron: less than 11 parts per million by weight",
                "content < 11 ppm",
            ),
            ("acceleration levels exceeding 99 g", "acceleration > 99 gₙ"),
            (
                "alloys with more than 24% nickel and 19% chromium by weight",
                "content > 24 %;content > 19 %",
            ),
            ("made with 96% by weight or more tungsten", "content ≥ 96 %"),
            (
                "an angular “accuracy” of 11 µrad (microradians) or less",
                "accuracy ≤ 11 µrad",
            ),
            (
                "a resolution of 0.2 milliradian up to and including 2 milliradian",
                "resolution ≥ 0.2 mrad ≤ 2 mrad",
            ),
            (
                "an aspect ratio of not less than 3:1 and no 1:1.7",
                "aspect ratio ≥ 3",
            ),
            (
                "accelerations above 0.6 rad (radians)/s² and 2 × 10⁻⁴ nT (rms)/square root Hz",
                "= 2e-4 nT/√Hz",
            ),
            ("more than 2,047 elements", "elements > 2047"),
            (
                "a mean particle size of ≤11 micrometers",
                "particle size ≤ 11 µm",
            ),
            ("a consumption of 0.16 kg N⁻¹ h⁻¹ or less", ""),
            ("burning 0.16 kg N−1 m−1 at most", ""),
            (
                "blocks of 121 mm × 121 mm × 51 mm or greater",
                "≥ 121 mm;≥ 121 mm;≥ 51 mm",
            ),
            ("arrays larger than 99 mm x 99 mm", "> 99 mm;> 99 mm"),
            (
                "5% and 7% of it by weight; with 9% of nickel",
                "content = 5 %;content = 7 %;= 9 %",
            ),
            ("5 m (16 ft) and 3 m (10 ft long)", "= 5 m;= 3 m"),
            ("an explosion of 3 kg of TNT or greater; and", "≥ 3 kg"),
            ("cords with 0.065 kg per meter (301 grains per foot)", ""),
            (
                "between 21 Hz and 2,001 Hz while pushing with equal to or greater than 51 kN",
                "≥ 21 Hz ≤ 2001 Hz;≥ 51 kN",
            ),
            ("activities: 38 GBq (2 curies) per kg or greater", ""),
            ("see 3A001.b.2, Note 1 and 22 CFR parts 120 through 130", ""),
        ] {
            let read = in_english(text)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(";");
            assert_eq!(read, expected, "{text}");
        }
    }
}
