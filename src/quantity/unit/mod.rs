//! Units of measurement: their symbols, what they measure, and their size in SI.

mod dimension;
mod spelling;
mod table;

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

pub use dimension::Dimension;
pub(super) use spelling::at_start;
use table::{Row, Scale, UNITS};

/// A unit of measurement as published: `µm` remains µm until a comparison asks for SI.
///
/// ```
/// use export_control::{Quantity, quantity::Dimension};
/// let quantity: Quantity = "wavelength > 500 nm".parse()?;
/// let unit = quantity.unit();
/// assert_eq!((unit.symbol(), unit.dimension()), ("nm", Dimension::Length));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(u8);

impl Unit {
    /// No unit: a ratio or a number of things.
    pub const ONE: Unit = Unit(0);

    fn row(self) -> &'static Row {
        &UNITS[usize::from(self.0)]
    }

    /// Returns the symbol, or `1` for no unit.
    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    /// Returns the dimension of the unit.
    pub fn dimension(self) -> Dimension {
        self.row().dimension
    }

    /// Converts a figure in this unit to the SI unit of its dimension: kelvins for `°C`, watts for
    /// `dBm`.
    ///
    /// ```
    /// # use export_control::quantity::Unit;
    /// let celsius = Unit::from_symbol("°C").expect("a known unit");
    /// assert_eq!(celsius.to_si(25.0), 298.15);
    /// ```
    pub fn to_si(self, figure: f64) -> f64 {
        match self.row().scale {
            Scale::Times(factor) => figure * factor,
            Scale::Offset(factor, offset) => figure * factor + offset,
            Scale::Level(factor) => factor * 10f64.powf(figure / 10.0),
        }
    }

    /// Converts a difference in this unit to one in SI: 3 °C is 3 K.
    pub(super) fn difference_to_si(self, figure: f64) -> f64 {
        match self.row().scale {
            Scale::Offset(factor, _) => figure * factor,
            _ => self.to_si(figure),
        }
    }

    /// Returns whether a figure in this unit is a usable number in SI. A level of thousands of
    /// decibels would be zero or infinite.
    pub(super) fn measures(self, figure: f64) -> bool {
        !matches!(self.row().scale, Scale::Level(_)) || figure.abs() <= 1000.0
    }

    /// Returns the unit with this symbol, exactly as [`symbol`](Unit::symbol) writes it, or `None`
    /// if this crate does not know it.
    pub fn from_symbol(symbol: &str) -> Option<Unit> {
        BY_SYMBOL.get(symbol).copied().map(Unit)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unit({self})")
    }
}

static BY_SYMBOL: LazyLock<HashMap<&'static str, u8>> =
    LazyLock::new(|| UNITS.iter().map(|row| row.symbol).zip(0..).collect());

crate::packed::packed_newtype!(Unit);
