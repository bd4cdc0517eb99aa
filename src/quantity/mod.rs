//! Thresholds: the figures that an item's text states, with their comparators and units.
//!
//! A [`Quantity`] keeps the figure and the unit as published. [`Quantity::si`] returns it in SI, so
//! that two quantities of one [`Dimension`] can be compared in whatever units they are published. A
//! text's figures play different parts. A [`Role`] tells the limits of an item from the conditions
//! under which they hold, from exclusions, and from permitted deviations. The aligner and diffs
//! compare only limits.
//!
//! [`english`] and [`chinese`] read a running text and report the figures that they did not read.
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
mod form;
mod number;
mod property;
pub(crate) mod range;
mod unit;

pub(crate) use compare::Stated;
pub use extract::{Extraction, Unread, UnreadReason, chinese, english, in_chinese, in_english};
pub use number::Number;
pub use property::Property;
pub(crate) use range::Quantity;
pub use range::{Limit, Role, SiRange};
pub use unit::{Dimension, Unit};
