//! What the readers of lists of parties return.

use crate::party::PartyList;

use super::observation::{Observation, ObservationKind};

/// A list of parties as read from a publication, with everything that the reader skipped or
/// repaired.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PartyReading {
    /// The list, with addresses and official words.
    pub list: PartyList,
    /// Omissions, repairs and things that the reader could not tell, in the order of the publication.
    pub observations: Vec<Observation>,
}

/// Makes an observation that concerns no item of a list of items.
pub(crate) fn note(line: u64, kind: ObservationKind, detail: String) -> Observation {
    Observation {
        line,
        code: None,
        kind,
        detail,
    }
}
