//! Control measures and the status of an item on a date.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The number of a control measure as its list cites it, such as `2025-57` for Announcement 2025 No. 57.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MeasureId(String);

impl MeasureId {
    /// The id with this number.
    pub fn new(number: impl Into<String>) -> MeasureId {
        MeasureId(number.into())
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MeasureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A notice that adds, changes, suspends or repeals items of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measure {
    /// Its number.
    pub id: MeasureId,
    /// Who issued it.
    pub authority: String,
    /// What it does, in this crate's own words.
    pub title: String,
    /// The day it was published, where the sources say.
    pub published: Option<Date>,
    /// The first day on which it applies.
    pub in_force: Date,
    /// The measures that it suspends.
    pub suspends: Vec<MeasureId>,
    /// The last day of the suspension.
    pub suspended_through: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// Whether its full text was at hand when the data were made.
    pub full_text: bool,
}

impl Measure {
    /// A measure with its number and its first day, and nothing else recorded.
    pub fn new(id: MeasureId, in_force: Date) -> Measure {
        Measure {
            id,
            authority: String::new(),
            title: String::new(),
            published: None,
            in_force,
            suspends: Vec::new(),
            suspended_through: None,
            url: None,
            full_text: false,
        }
    }
}

/// What is known of an item on a date. Unknown is not no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Status {
    /// On the list and applying.
    InForce {
        /// The first day on which the code applies; `None` where the edition does not say.
        since: Option<Date>,
    },
    /// Not yet applying on that date.
    NotYet {
        /// The day its measure was published; `None` where that is not recorded. It may lie after the date asked for.
        published: Option<Date>,
        /// The first day on which it is to apply.
        from: Date,
    },
    /// Suspended, with the last day of the suspension.
    Suspended {
        /// The last day of the suspension.
        through: Date,
    },
    /// No longer on the list.
    Repealed {
        /// The first day without it.
        since: Date,
    },
    /// The sources do not say.
    Unknown {
        /// The first day of which the sources do not speak; `None` where they begin only after the date asked for.
        since: Option<Date>,
    },
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::InForce { since: Some(since) } => write!(f, "in force since {since}"),
            Status::InForce { since: None } => f.write_str("in force"),
            Status::NotYet { published: Some(published), from } => {
                write!(f, "not yet in force: published {published}, to apply from {from}")
            }
            Status::NotYet { published: None, from } => write!(f, "not yet in force: to apply from {from}"),
            Status::Suspended { through } => write!(f, "suspended through {through}"),
            Status::Repealed { since } => write!(f, "repealed from {since}"),
            Status::Unknown { since: Some(since) } => write!(f, "unknown: the sources end before {since}"),
            Status::Unknown { since: None } => f.write_str("unknown: before the first day that the sources cover"),
        }
    }
}
