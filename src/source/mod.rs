//! Readers of official publications. They produce lists, and no other module depends on them.

#[cfg(feature = "ecfr")]
pub mod ecfr;
#[cfg(feature = "mofcom")]
pub mod mofcom;
mod observation;

pub use observation::{Observation, ObservationKind, Reading};
