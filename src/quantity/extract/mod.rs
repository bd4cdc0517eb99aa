//! The quantities that a running text states.

mod better;
mod chinese;
mod digits;
mod english;
mod governing;
mod phrases;
mod role;
pub(super) mod scan;
mod words;
mod work;

pub use chinese::{chinese, in_chinese};
pub use english::{english, in_english};

use super::range::Quantity;

/// What a text states in figures: the quantities, and the figures of which none was made.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Extraction {
    /// The quantities in the order of the text.
    pub quantities: Vec<Quantity>,
    /// Figures with a unit or a comparator that are in no quantity, in the order of the text.
    pub unread: Vec<Unread>,
}

/// A figure that is in no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unread {
    /// Offset of the figure in the text.
    pub start: usize,
    /// Offset after the figure and its unit.
    pub end: usize,
    /// Why it was not read.
    pub reason: UnreadReason,
}

/// Why a figure is in no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum UnreadReason {
    /// It has no unit, and counts or names something: "more than two stages".
    Count,
    /// Its unit is not known, a product, or per something that is not known.
    Unit,
    /// It says the figure before it again, in another unit or in another way.
    Restated,
    /// It says the figure before it again and differs by more than 5%.
    Disagrees,
    /// It is an example.
    Example,
    /// It is part of a ratio or of a formula.
    Ratio,
    /// It is part of a name: "3 dB bandwidth".
    Name,
    /// The text does not say enough to be sure of what it means.
    Unclear,
}
