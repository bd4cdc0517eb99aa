//! Observations that a reader made in a publication: what it noticed, skipped or repaired.

use std::fmt::{self, Write};

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
    /// The reader's observations, in the order of the publication: what it skipped or repaired.
    pub observations: Vec<Observation>,
}

/// One thing that a reader noticed. The text of a publication does not always follow its own rules.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Observation {
    /// The line of the input, counted from 1.
    pub line: u64,
    /// The item concerned, if there is one.
    pub code: Option<Code>,
    /// The kind of observation.
    pub kind: ObservationKind,
    /// A description of what was found and how the reader handled it.
    pub detail: String,
}

/// Kinds of observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ObservationKind {
    /// The publication's form was repaired: a label without its dot, a heading in another element.
    Repaired,
    /// Text was left out of the list because it is not an item.
    Skipped,
    /// A license requirement is stated in a sentence, so there is no row for it.
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
        // A detail quotes the text. A terminal must not obey what is in it.
        for c in self.detail.chars() {
            match c {
                '\t' => f.write_char(c)?,
                c if c.is_control() => write!(f, "{}", c.escape_default())?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
