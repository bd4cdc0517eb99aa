//! Readers of official publications. They produce lists; nothing depends on them.

#[cfg(feature = "ecfr")]
pub mod ecfr;
mod observation;

pub use observation::{Observation, ObservationKind, Reading};
