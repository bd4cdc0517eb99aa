//! Thresholds: what an item's text states in figures, with comparator or range, and unit.
//!
//! The published figure and unit are kept as they are; [`Quantity::si`] gives the same in SI, by
//! which two quantities of one [`Dimension`] are compared whatever units they are published in.
//!
//! ```
//! use export_control::Quantity;
//!
//! let us: Quantity = "frequency > 31.8 GHz ≤ 37 GHz".parse()?;
//! let cn: Quantity = "frequency ≥ 32000 MHz".parse()?;
//! assert_eq!(us.property().map(|property| property.name()), Some("frequency"));
//! assert_eq!(us.to_string(), "frequency > 31.8 GHz ≤ 37 GHz"); // as published
//! assert_eq!(us.si().lower, Some((31.8e9, false))); // above, not from
//! assert_eq!(us.overlaps(&cn), Some(true));
//! assert_eq!(us.overlaps(&"length > 1 m".parse()?), None); // not the same dimension
//! # Ok::<(), export_control::ParseError>(())
//! ```

mod compare;
mod extract;
mod names;
mod number;
mod property;
mod unit;

use std::fmt;
use std::str::FromStr;

use crate::text::parse_error::ParseError;
use crate::text::short;

pub(crate) use compare::Stated;
pub use extract::{in_chinese, in_english};
pub use number::Number;
pub use property::Property;
pub use unit::{Dimension, Unit};

/// One end of a quantity: a figure with its unit, and whether the figure itself belongs to what is
/// meant.
///
/// ```
/// use export_control::Quantity;
/// let quantity: Quantity = "≥ 20 %".parse()?;
/// let limit = quantity.lower().expect("a lower end");
/// assert!(limit.inclusive && limit.value() == 20.0 && limit.unit.symbol() == "%");
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limit {
    /// The figure as published.
    pub number: Number,
    /// The unit as published.
    pub unit: Unit,
    /// Whether the figure itself is within: `≥` and `≤`, not `>` and `<`.
    pub inclusive: bool,
}

impl Limit {
    /// A limit.
    pub fn new(number: Number, unit: Unit, inclusive: bool) -> Limit {
        Limit {
            number,
            unit,
            inclusive,
        }
    }

    /// The figure in the published unit.
    pub fn value(&self) -> f64 {
        self.number.value()
    }

    /// The figure in SI.
    pub fn si(&self) -> f64 {
        self.unit.to_si(self.value())
    }
}

/// A quantity that an item's text states: perhaps what it measures, and a lower end, an upper end,
/// or both.
///
/// Written and read in one line: `output power > 5 kW`, `pulse duration ≥ 1 ns ≤ 1 µs`, `= 293 K`,
/// `purity ≥ 99.9 %`. A figure without unit has none: `aspect ratio ≥ 3`. Figures have a point for
/// decimals and no signs for thousands, and `5e6` is 5 × 10⁶.
///
/// ```
/// use export_control::Quantity;
/// let quantity: Quantity = "temperature > 218 K < 398 K".parse()?;
/// assert_eq!(quantity.to_string(), "temperature > 218 K < 398 K");
/// let error = "output power > 5 furlongs".parse::<Quantity>().unwrap_err();
/// assert_eq!(error.problem(), "unknown unit \"furlongs\"; expected a symbol such as kW, µm or %");
/// let error = "length > 5 m < 3 m".parse::<Quantity>().unwrap_err();
/// assert_eq!(error.problem(), "the range is upside down: its lower end lies above its upper end");
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    property: Option<Property>,
    /// At least one of the two is there.
    lower: Option<Limit>,
    upper: Option<Limit>,
}

/// A quantity in SI: its ends as figures, each with whether the figure itself is within.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SiRange {
    /// What is measured.
    pub dimension: Dimension,
    /// The lower end; `None` where there is none.
    pub lower: Option<(f64, bool)>,
    /// The upper end; `None` where there is none.
    pub upper: Option<(f64, bool)>,
}

impl Quantity {
    /// A quantity with a lower end, an upper end, or both; the same figure at both ends is an exact
    /// one.
    ///
    /// # Errors
    /// No end at all, ends of two dimensions, a lower end above the upper, or a level beyond 1,000
    /// dBm.
    pub fn new(
        property: Option<Property>,
        lower: Option<Limit>,
        upper: Option<Limit>,
    ) -> Result<Quantity, ParseError> {
        let quantity = Quantity {
            property,
            lower,
            upper,
        };
        match quantity.problem() {
            None => Ok(quantity),
            Some(problem) => Err(ParseError::new(
                &quantity.to_string(),
                KIND,
                problem.to_owned(),
            )),
        }
    }

    fn problem(&self) -> Option<&'static str> {
        if self
            .lower
            .iter()
            .chain(&self.upper)
            .any(|limit| !limit.unit.measures(limit.value()))
        {
            return Some("the figure is beyond what its unit can measure");
        }
        let (lower, upper) = match (self.lower, self.upper) {
            (None, None) => return Some("expected a lower or an upper end"),
            (Some(lower), Some(upper)) => (lower, upper),
            _ => return None,
        };
        if lower.unit != upper.unit {
            if lower.unit.dimension() != upper.unit.dimension() {
                return Some("its two ends measure different things");
            }
            return (lower.si() > upper.si()).then_some(UPSIDE_DOWN);
        }
        let (from, to) = (lower.value(), upper.value());
        // The same figure at both ends is exact, or nothing at all.
        (from > to || from == to && !(lower.inclusive && upper.inclusive)).then_some(UPSIDE_DOWN)
    }

    /// What is measured, where the text says it in words that this crate knows.
    pub fn property(&self) -> Option<Property> {
        self.property
    }

    /// The lower end.
    pub fn lower(&self) -> Option<Limit> {
        self.lower
    }

    /// The upper end.
    pub fn upper(&self) -> Option<Limit> {
        self.upper
    }

    /// The unit of its lower end, or else of its upper end; the two may differ in size, never in
    /// dimension.
    pub fn unit(&self) -> Unit {
        self.lower
            .or(self.upper)
            .map_or(Unit::ONE, |limit| limit.unit)
    }

    /// Whether it is one exact figure: a condition of measurement, mostly, such as `= 293 K`.
    pub fn is_exact(&self) -> bool {
        self.lower.is_some() && self.lower == self.upper
    }

    /// The quantity in SI.
    pub fn si(&self) -> SiRange {
        let end = |limit: Limit| (limit.si(), limit.inclusive);
        SiRange {
            dimension: self.unit().dimension(),
            lower: self.lower.map(end),
            upper: self.upper.map(end),
        }
    }

    /// Whether some figure is within both; `None` where they measure different things, by dimension
    /// or by property.
    ///
    /// ```
    /// # use export_control::Quantity;
    /// let (slow, fast): (Quantity, Quantity) = ("speed < 10 m/s".parse()?, "speed ≥ 36 km/h".parse()?);
    /// assert_eq!(slow.overlaps(&fast), Some(false));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn overlaps(&self, other: &Quantity) -> Option<bool> {
        let (a, b) = (self.si(), other.si());
        let properties = self
            .property
            .zip(other.property)
            .is_none_or(|(a, b)| a == b);
        if a.dimension != b.dimension || !properties {
            return None;
        }
        // Two ends so close that SI rounds them to one figure are still a range.
        Some(self == other || below(a.lower, b.upper) && below(b.lower, a.upper))
    }
}

/// Whether a lower end leaves room below an upper end.
fn below(lower: Option<(f64, bool)>, upper: Option<(f64, bool)>) -> bool {
    match (lower, upper) {
        (Some((from, from_in)), Some((to, to_in))) => from < to || from == to && from_in && to_in,
        _ => true,
    }
}

const KIND: &str = "a quantity";
const UPSIDE_DOWN: &str = "the range is upside down: its lower end lies above its upper end";

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(property) = self.property {
            write!(f, "{property} ")?;
        }
        let one = |f: &mut fmt::Formatter<'_>, sign: &str, limit: Limit| match limit.unit {
            Unit::ONE => write!(f, "{sign} {}", limit.number),
            unit => write!(f, "{sign} {} {unit}", limit.number),
        };
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) if lower == upper => one(f, "=", lower),
            (lower, upper) => {
                if let Some(lower) = lower {
                    one(f, if lower.inclusive { "≥" } else { ">" }, lower)?;
                    if upper.is_some() {
                        f.write_str(" ")?;
                    }
                }
                upper.map_or(Ok(()), |upper| {
                    one(f, if upper.inclusive { "≤" } else { "<" }, upper)
                })
            }
        }
    }
}

impl FromStr for Quantity {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Quantity, ParseError> {
        // The form that this crate prints is by far the commonest input.
        if let Some(quantity) = read_printed(text) {
            return Ok(quantity);
        }
        let fail = |problem: String| Err(ParseError::new(text, KIND, problem));
        let Some((at, mut sign, mut length)) = next_sign(text) else {
            return fail("expected a comparator: one of >, ≥, <, ≤ and =".to_owned());
        };
        let name = text[..at].trim_end();
        let property = match name {
            "" => None,
            name => match Property::from_name(name) {
                Some(property) => Some(property),
                None => {
                    return fail(format!(
                        "unknown property {:?}; expected one such as output power, or none",
                        short(name)
                    ));
                }
            },
        };
        let (mut lower, mut upper) = (None, None);
        let mut rest = &text[at..];
        loop {
            rest = &rest[length..];
            let next = next_sign(rest);
            let words = rest[..next.map_or(rest.len(), |(at, ..)| at)].trim();
            let (number, unit) = words.split_once(' ').unwrap_or((words, ""));
            let Ok(number) = number.parse() else {
                return fail(format!(
                    "{:?} is no figure; expected one such as 0.5, 1200 or 5e6",
                    short(number)
                ));
            };
            let unit = match unit {
                "" => Unit::ONE,
                symbol => match Unit::from_symbol(symbol) {
                    Some(unit) => unit,
                    None => {
                        return fail(format!(
                            "unknown unit {:?}; expected a symbol such as kW, µm or %",
                            short(symbol)
                        ));
                    }
                },
            };
            let limit = Limit::new(number, unit, !matches!(sign, '>' | '<'));
            let twice = match sign {
                '>' | '≥' => lower.replace(limit).is_some(),
                '<' | '≤' => upper.replace(limit).is_some(),
                _ => lower.replace(limit).is_some() | upper.replace(limit).is_some(),
            };
            if twice {
                return fail(
                    "expected one lower and one upper end, or one exact figure".to_owned(),
                );
            }
            let Some(found) = next else {
                break;
            };
            rest = &rest[found.0..];
            (_, sign, length) = found;
        }
        let quantity = Quantity {
            property,
            lower,
            upper,
        };
        match quantity.problem() {
            None => Ok(quantity),
            Some(problem) => fail(problem.to_owned()),
        }
    }
}

/// Reads exactly the form that [`Quantity`] prints; `None` sends the text to the reader that says
/// what is wrong.
fn read_printed(text: &str) -> Option<Quantity> {
    let bytes = text.as_bytes();
    let (mut at, ..) = next_sign(text)?;
    let property = match at {
        0 => None,
        _ => Some(Property::from_name(text.get(..at - 1)?)?),
    };
    let (mut lower, mut upper) = (None, None);
    let word = |from: usize| {
        from + bytes[from..]
            .iter()
            .position(|byte| *byte == b' ')
            .unwrap_or(bytes.len() - from)
    };
    while at < bytes.len() {
        let (0, sign, length) = next_sign(text.get(at..)?)? else {
            return None;
        };
        let number_at = at + length + 1;
        let end = word(bytes.get(number_at).map(|_| number_at)?);
        let number = Number::read(text.get(number_at..end)?)?;
        at = (end + 1).min(bytes.len());
        let unit = match bytes.get(at) {
            Some(b'>' | b'<' | b'=' | 0xe2) | None => Unit::ONE,
            Some(_) => {
                let end = word(at);
                let unit = Unit::from_symbol(text.get(at..end)?)?;
                at = (end + 1).min(bytes.len());
                unit
            }
        };
        let limit = Limit::new(number, unit, !matches!(sign, '>' | '<'));
        let twice = match sign {
            '>' | '≥' => lower.replace(limit).is_some(),
            '<' | '≤' => upper.replace(limit).is_some(),
            _ => lower.replace(limit).is_some() | upper.replace(limit).is_some(),
        };
        if twice {
            return None;
        }
    }
    let quantity = Quantity {
        property,
        lower,
        upper,
    };
    quantity.problem().is_none().then_some(quantity)
}

/// The first comparator of a text: where it stands, which it is, and its length.
fn next_sign(text: &str) -> Option<(usize, char, usize)> {
    let bytes = text.as_bytes();
    let sign = |(at, byte): (usize, &u8)| match byte {
        b'>' => Some((at, '>', 1)),
        b'<' => Some((at, '<', 1)),
        b'=' => Some((at, '=', 1)),
        0xe2 if bytes.get(at + 1..at + 3) == Some(&[0x89, 0xa5]) => Some((at, '≥', 3)),
        0xe2 if bytes.get(at + 1..at + 3) == Some(&[0x89, 0xa4]) => Some((at, '≤', 3)),
        _ => None,
    };
    bytes.iter().enumerate().find_map(sign)
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantity({self})")
    }
}

crate::text::serde_as_text!(Quantity);
