//! Readers of official publications. They produce lists, and no other module depends on them.

#[cfg(feature = "ecfr")]
pub mod ecfr;
#[cfg(feature = "mofcom")]
pub mod mofcom;
mod observation;
#[cfg(feature = "parties")]
pub mod part744;
#[cfg(feature = "parties")]
pub mod party_notice;
#[cfg(feature = "parties")]
mod party_reading;
#[cfg(feature = "parties")]
pub mod screening;
#[cfg(feature = "parties")]
pub mod sdn;
#[cfg(any(feature = "ecfr", feature = "parties"))]
pub(crate) mod xml;

pub use observation::{Observation, ObservationKind, Reading};
#[cfg(feature = "parties")]
pub use party_reading::PartyReading;
