//! The parts of a quantity: its ends, what it measures, and its role in the text.

use super::number::Number;
use super::property::Property;
use super::unit::{Dimension, Unit};
use crate::text::parse_error::ParseError;

/// The part that a quantity plays in its text.
///
/// Only limits say what is controlled, so only limits are compared and searched. The other roles
/// are kept beside them. The text form names every role but the limit: `[condition] = 20 °C`.
///
/// ```
/// use export_control::{Quantity, quantity::Role};
/// let condition: Quantity = "[condition] temperature = 20 °C".parse()?;
/// assert_eq!((condition.role(), condition.is_limit()), (Role::Condition, false));
/// assert_eq!("length > 5 m".parse::<Quantity>()?.role(), Role::Limit);
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Role {
    /// The text controls what is inside the range: `exceeding 5 kW`.
    #[default]
    Limit,
    /// The circumstances under which a limit holds or is measured: `at 20 °C`, `(re 1 µPa)`,
    /// `per 300 mm of travel`.
    Condition,
    /// The text excludes what is inside the range: `except those having 20 % or more`.
    Exclusion,
    /// A permitted deviation in both directions: `±1 K`. Its upper end is the deviation.
    Band,
}

impl Role {
    /// Every role, with its word in the text form.
    pub(super) const ALL: [(Role, &'static str); 4] = [
        (Role::Limit, "limit"),
        (Role::Condition, "condition"),
        (Role::Exclusion, "exclusion"),
        (Role::Band, "band"),
    ];

    /// Returns the word for the role in the text form, such as `condition`.
    pub fn name(self) -> &'static str {
        Role::ALL[self as usize].1
    }
}

/// One end of a quantity: a figure with its unit, and whether the figure itself is inside.
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
    /// True if the figure itself is inside: `≥` and `≤`, not `>` and `<`.
    pub inclusive: bool,
}

impl Limit {
    /// Returns a limit of this figure and unit.
    pub fn new(number: Number, unit: Unit, inclusive: bool) -> Limit {
        Limit {
            number,
            unit,
            inclusive,
        }
    }

    /// Returns the figure in the published unit.
    pub fn value(&self) -> f64 {
        self.number.value()
    }

    /// Returns the figure in the SI unit.
    pub fn si(&self) -> f64 {
        self.unit.to_si(self.value())
    }
}

/// A quantity that an item's text states: a lower end, an upper end or both, and what it measures
/// if the text says so.
///
/// It is written and read in one line: `output power > 5 kW`, `pulse duration ≥ 1 ns ≤ 1 µs`,
/// `purity ≥ 99.9 %`. A figure without a unit has none there: `aspect ratio ≥ 3`. Figures have a
/// point before decimals and no thousands separators, and `5e6` is 5 × 10⁶. A quantity that is not
/// a limit begins with its [`Role`] in square brackets: `[condition] = 293 K`, `[exclusion] content
/// ≥ 0.25 %`, `[band] temperature ≤ 1 K`.
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
    pub(super) property: Option<Property>,
    /// At least one of the two ends is set.
    pub(super) lower: Option<Limit>,
    pub(super) upper: Option<Limit>,
    pub(super) role: Role,
}

/// A quantity in SI units: its ends as numbers, each with whether the number itself is inside.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SiRange {
    /// The dimension of the quantity.
    pub dimension: Dimension,
    /// The lower end, or `None` if there is none.
    pub lower: Option<(f64, bool)>,
    /// The upper end, or `None` if there is none.
    pub upper: Option<(f64, bool)>,
}

impl Quantity {
    /// Returns a quantity with a lower end, an upper end, or both. The same figure at both ends
    /// makes an exact quantity.
    ///
    /// # Errors
    /// Returns an error if there is no end, if the ends have two dimensions, if the lower end is
    /// above the upper, or if a level is beyond 1,000 dBm.
    pub fn new(
        property: Option<Property>,
        lower: Option<Limit>,
        upper: Option<Limit>,
    ) -> Result<Quantity, ParseError> {
        let quantity = Quantity {
            property,
            lower,
            upper,
            role: Role::Limit,
        };
        match quantity.problem() {
            None => Ok(quantity),
            Some(problem) => Err(ParseError::new(&quantity.to_string(), KIND, problem)),
        }
    }

    /// Returns the same quantity in another role.
    pub fn with_role(self, role: Role) -> Quantity {
        Quantity { role, ..self }
    }

    pub(super) fn problem(&self) -> Option<&'static str> {
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
        // With the same figure at both ends, it is exact or it contains nothing.
        (from > to || from == to && !(lower.inclusive && upper.inclusive)).then_some(UPSIDE_DOWN)
    }

    /// Returns the part that it plays in its text.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Returns whether it says what is controlled: its role is [`Role::Limit`].
    pub fn is_limit(&self) -> bool {
        self.role == Role::Limit
    }

    /// Returns what is measured, if the text says so in words that this crate knows.
    pub fn property(&self) -> Option<Property> {
        self.property
    }

    /// Returns the lower end, or `None` if there is none.
    pub fn lower(&self) -> Option<Limit> {
        self.lower
    }

    /// Returns the upper end, or `None` if there is none.
    pub fn upper(&self) -> Option<Limit> {
        self.upper
    }

    /// Returns the unit of its lower end, or else of its upper end. The two units may differ in
    /// size, but not in dimension.
    pub fn unit(&self) -> Unit {
        self.lower
            .or(self.upper)
            .map_or(Unit::ONE, |limit| limit.unit)
    }

    /// Returns whether it is one exact figure, such as `frequency = 94 GHz`.
    pub fn is_exact(&self) -> bool {
        self.lower.is_some() && self.lower == self.upper
    }

    /// Returns the quantity in SI units. A [band](Role::Band) is a difference, so ±3 °C gives 3 K.
    pub fn si(&self) -> SiRange {
        let end = |limit: Limit| match self.role {
            Role::Band => (limit.unit.difference_to_si(limit.value()), limit.inclusive),
            _ => (limit.si(), limit.inclusive),
        };
        SiRange {
            dimension: self.unit().dimension(),
            lower: self.lower.map(end),
            upper: self.upper.map(end),
        }
    }

    /// Returns whether some figure is inside both ranges. Returns `None` if they measure different
    /// things, by dimension or by property, or if they have different roles.
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
        if a.dimension != b.dimension || !properties || self.role != other.role {
            return None;
        }
        // Two ends that SI rounds to one figure are still a range.
        Some(self == other || below(a.lower, b.upper) && below(b.lower, a.upper))
    }
}

/// The name of a quantity in errors.
pub(super) const KIND: &str = "a quantity";
const UPSIDE_DOWN: &str = "the range is upside down: its lower end lies above its upper end";

/// Returns whether there is room between a lower end and an upper end.
fn below(lower: Option<(f64, bool)>, upper: Option<(f64, bool)>) -> bool {
    match (lower, upper) {
        (Some((from, from_in)), Some((to, to_in))) => from < to || from == to && from_in && to_in,
        _ => true,
    }
}

crate::packed::packed_enum!(Role {
    Limit,
    Condition,
    Exclusion,
    Band
});
crate::packed::packed_struct!(Limit {
    number,
    unit,
    inclusive
});
crate::packed::packed_struct!(Quantity {
    property,
    lower,
    upper,
    role
});
