//! What a reader noticed, skipped or repaired on its way through a publication.

use std::fmt;

use crate::code::Code;
use crate::list::ControlList;

/// A list as read from an official publication, with everything that the reader skipped or
/// repaired.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Reading {
    /// The list, with the official text of every item.
    pub list: ControlList,
    /// What the reader skipped or repaired, in the order of the publication.
    pub observations: Vec<Observation>,
}

/// One thing that a reader noticed: the publication's text is not always what its own rules
/// promise.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Observation {
    /// The line of the input, counted from 1.
    pub line: u64,
    /// The item concerned, where there is one.
    pub code: Option<Code>,
    /// What kind of thing it is.
    pub kind: ObservationKind,
    /// What was found and what the reader made of it.
    pub detail: String,
}

/// Kinds of observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ObservationKind {
    /// The publication's form was mended: a label without its dot, a heading in another element.
    Repaired,
    /// Text was left out of the list because it is no item.
    Skipped,
    /// A license requirement is stated in prose, so that there is no row for it.
    Prose,
    /// The reader could not tell what the text means, or had to judge by sense.
    Unclear,
}

impl fmt::Display for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ObservationKind::Repaired => "repaired",
            ObservationKind::Skipped => "skipped",
            ObservationKind::Prose => "in prose",
            ObservationKind::Unclear => "unclear",
        };
        write!(f, "line {}: {kind}: ", self.line)?;
        if let Some(code) = self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.detail)
    }
}
