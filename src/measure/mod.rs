//! Control measures: the notices that make a list, and the [`Status`] of an item on a date.
//!
//! A [`Measure`] has its number, its dates, its address, and what it changes, removes, repeals,
//! suspends and resumes. A fact that the sources do not state is `None` or empty. If a measure has
//! no first day, its status is unknown on every day on which it can have been in force.

pub(crate) mod measure;

pub(crate) use measure::{Measure, MeasureId, Status};
pub use measure::{MeasurePart, Part, Subject};
