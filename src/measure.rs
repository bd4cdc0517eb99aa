//! Holds control measures: the notices that make a list, and the [`Status`] of an item on a date.
//!
//! A [`Measure`] has its number, its dates, its address, and what it changes, removes, repeals,
//! suspends and resumes. A fact that the sources do not state is `None` or empty. A measure without
//! a first day is unknown on every day on which it can have been in force.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::code::Code;
use crate::text::parse_error::ParseError;

/// The number of a control measure as its list cites it, such as `2025-57` for Announcement 2025
/// No. 57.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
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

    /// The year in which a measure with this number was published, where the number begins with one
    /// and a hyphen, as China's announcements are numbered. Other numbers, such as a page of
    /// the Federal MeasureLedger, say nothing of the year.
    ///
    /// Where the day of publication is not recorded, the year still bounds it: Announcement 2025
    /// No. 18 was not out before 2025-01-01.
    ///
    /// ```
    /// use export_control::MeasureId;
    /// assert_eq!(MeasureId::new("2025-18").year(), Some(2025));
    /// assert_eq!(MeasureId::new("82 FR 2875").year(), None);
    /// ```
    pub fn year(&self) -> Option<i16> {
        let (year, number) = self.0.split_once('-')?;
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() == 4 && digits(year) && digits(number) {
            year.parse().ok()
        } else {
            None
        }
    }

    /// The first day on which a measure with this number can have been published.
    pub(crate) fn earliest(&self) -> Option<Date> {
        Date::new(self.year()?, 1, 1).ok()
    }
}

impl fmt::Display for MeasureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A measure, or one part of it: what a later measure can suspend, resume or repeal. Written
/// `2025-70`, or `2024-46#2` for its second part.
///
/// ```
/// use export_control::measure::MeasurePart;
/// use export_control::MeasureId;
/// let part: MeasurePart = "2024-46#2".parse()?;
/// assert_eq!((part.measure.as_str(), part.part.as_deref()), ("2024-46", Some("2")));
/// assert_eq!(MeasurePart::from(MeasureId::new("2025-70")).to_string(), "2025-70");
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
#[non_exhaustive]
pub struct MeasurePart {
    /// The measure.
    pub measure: MeasureId,
    /// Which part of it, as the measure numbers or names it; the whole measure where there is
    /// none.
    pub part: Option<String>,
}

impl MeasurePart {
    /// Names a whole measure, or one part of it.
    pub fn new(measure: MeasureId, part: Option<String>) -> MeasurePart {
        MeasurePart { measure, part }
    }
}

impl From<MeasureId> for MeasurePart {
    fn from(measure: MeasureId) -> MeasurePart {
        MeasurePart {
            measure,
            part: None,
        }
    }
}

impl FromStr for MeasurePart {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<MeasurePart, ParseError> {
        let (number, part) = text
            .split_once('#')
            .map_or((text, None), |(number, part)| (number, Some(part)));
        if number.is_empty() || part.is_some_and(str::is_empty) {
            return Err(ParseError::new(
                text,
                "a measure",
                "expected a number such as 2025-70, or a number and a part such as 2024-46#2",
            ));
        }
        Ok(MeasurePart {
            measure: MeasureId::new(number),
            part: part.map(str::to_owned),
        })
    }
}

impl TryFrom<String> for MeasurePart {
    type Error = ParseError;

    fn try_from(text: String) -> Result<MeasurePart, ParseError> {
        text.parse()
    }
}

impl From<MeasurePart> for String {
    fn from(part: MeasurePart) -> String {
        part.to_string()
    }
}

impl fmt::Display for MeasurePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Some(part) => f.pad(&format!("{}#{part}", self.measure)),
            None => self.measure.fmt(f),
        }
    }
}

/// What a measure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Subject {
    /// What is controlled: items are added, changed or removed.
    #[default]
    Items,
    /// Other measures: they are suspended, resumed or repealed.
    Measures,
    /// Things made abroad with the list's items or technology.
    ForeignMade,
    /// Exports to one destination.
    Destination,
    /// Named importers and end users.
    EndUsers,
    /// The annual license catalogue, which numbers items for licensing and adds none.
    Catalogue,
    /// How the rules are enforced.
    Enforcement,
}

impl Subject {
    /// Every subject with its name in data files.
    pub(crate) const NAMES: [(Subject, &'static str); 7] = [
        (Subject::Items, "items"),
        (Subject::Measures, "measures"),
        (Subject::ForeignMade, "foreign-made"),
        (Subject::Destination, "destination"),
        (Subject::EndUsers, "end-users"),
        (Subject::Catalogue, "catalogue"),
        (Subject::Enforcement, "enforcement"),
    ];
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(
            Subject::NAMES
                .iter()
                .find(|(subject, _)| subject == self)
                .map_or("", |(_, name)| name),
        )
    }
}

/// A part of a measure that begins later than the measure itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Part {
    /// As the measure numbers or names it.
    pub name: String,
    /// The first day on which it applies.
    pub in_force: Date,
}

impl Part {
    /// Returns a part with its name and the first day on which it applies.
    pub fn new(name: impl Into<String>, in_force: Date) -> Part {
        Part {
            name: name.into(),
            in_force,
        }
    }
}

/// A notice that adds, changes or removes items of a list, suspends or repeals other notices, or
/// bears on the list in another way.
///
/// What it adds is told by the items: each names its measure
/// ([`Item::measure`](crate::Item::measure); ask
/// [`ControlList::added_by`](crate::ControlList::added_by)).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Measure {
    /// Its number.
    pub id: MeasureId,
    /// Who issued it.
    pub authority: String,
    /// What it does, in this crate's own words.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// The day that the notice bears, where the sources say. The issuer's site may show a later
    /// one.
    pub published: Option<Date>,
    /// The first day on which it applies, where the sources say.
    pub in_force: Option<Date>,
    /// Its parts that begin later.
    pub parts: Vec<Part>,
    /// Codes whose wording it changes.
    pub changes: Vec<Code>,
    /// Codes that it takes off the list, each with everything below it.
    pub removes: Vec<Code>,
    /// What it repeals, from its first day on. Where that day is unknown, so is the status of what
    /// it repeals, from the first day on which the repeal is possible: the day it was
    /// published, or else the first of its number's [year](MeasureId::year), or else any.
    pub repeals: Vec<MeasurePart>,
    /// What it suspends, from its first day on.
    pub suspends: Vec<MeasurePart>,
    /// The last day of the suspension.
    pub suspended_through: Option<Date>,
    /// What was suspended and applies again from its first day on.
    pub resumes: Vec<MeasurePart>,
    /// Where it was published.
    pub url: Option<String>,
    /// Whether its own text was at hand when the data were made; its annexes need not have been.
    pub full_text: bool,
}

impl Measure {
    /// A measure with its number and, where it is known, its first day, and nothing else recorded.
    ///
    /// ```
    /// use export_control::{Measure, MeasureId};
    /// let measure = Measure::new(MeasureId::new("2027-1"), jiff::civil::date(2027, 1, 15));
    /// assert!(measure.suspends.is_empty());
    /// assert_eq!(Measure::new(MeasureId::new("2003-5"), None).in_force, None); // unknown, which is not "not in force"
    /// ```
    pub fn new(id: MeasureId, in_force: impl Into<Option<Date>>) -> Measure {
        Measure {
            id,
            authority: String::new(),
            title: String::new(),
            subject: Subject::Items,
            published: None,
            in_force: in_force.into(),
            parts: Vec::new(),
            changes: Vec::new(),
            removes: Vec::new(),
            repeals: Vec::new(),
            suspends: Vec::new(),
            suspended_through: None,
            resumes: Vec::new(),
            url: None,
            full_text: false,
        }
    }
}

/// What is known of an item on a date. Unknown is not no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case", tag = "status"))]
pub enum Status {
    /// On the list and applying.
    InForce {
        /// The first day on which the code applies; `None` where the edition does not say.
        since: Option<Date>,
    },
    /// Not yet applying on that date.
    NotYet {
        /// The day its measure was published; `None` where that is not recorded. It may lie after
        /// the date asked for.
        published: Option<Date>,
        /// The first day on which it is to apply.
        from: Date,
    },
    /// Suspended, with the last day of the suspension; it may not have applied before either.
    Suspended {
        /// The last day of the suspension.
        through: Date,
    },
    /// No longer on the list, or no longer a measure.
    Repealed {
        /// The first day without it.
        since: Date,
    },
    /// The sources do not say.
    Unknown {
        /// The first day of which the sources do not speak; `None` where they begin only after the
        /// date asked for, or never say when.
        since: Option<Date>,
    },
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::InForce { since: Some(since) } => write!(f, "in force since {since}"),
            Status::InForce { since: None } => f.write_str("in force"),
            Status::NotYet {
                published: Some(published),
                from,
            } => {
                write!(
                    f,
                    "not yet in force: published {published}, to apply from {from}"
                )
            }
            Status::NotYet {
                published: None,
                from,
            } => write!(f, "not yet in force: to apply from {from}"),
            Status::Suspended { through } => write!(f, "suspended through {through}"),
            Status::Repealed { since } => write!(f, "repealed from {since}"),
            Status::Unknown { since: Some(since) } => {
                write!(
                    f,
                    "not known: no source at hand says what holds from {since} on"
                )
            }
            Status::Unknown { since: None } => {
                f.write_str("not known: no source at hand says what held then")
            }
        }
    }
}
