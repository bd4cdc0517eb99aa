//! Legal measures, and what they say of an item on a day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::code::Code;
use crate::text::named::name_of;
use crate::text::parse_error::ParseError;

/// The number of a control measure as its list cites it, such as `2025-57` for Announcement 2025
/// No. 57.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct MeasureId(String);

impl MeasureId {
    /// Returns the id with this number.
    pub fn new(number: impl Into<String>) -> MeasureId {
        MeasureId(number.into())
    }

    /// Returns the number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the year in which a measure with this number was published. China's announcements
    /// begin with the year and a hyphen. Other numbers, such as a page of the Federal Register, do
    /// not show the year.
    ///
    /// If the day of publication is not recorded, the year still limits it: Announcement 2025 No.
    /// 18 was not published before 2025-01-01.
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

    /// Returns the first day on which a measure with this number can have been published.
    pub(crate) fn earliest(&self) -> Option<Date> {
        Date::new(self.year()?, 1, 1).ok()
    }
}

impl fmt::Display for MeasureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A measure, or one part of it, which a later measure can suspend, resume or repeal. It is written
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
    /// The part, as the measure numbers or names it, or `None` for the whole measure.
    pub part: Option<String>,
}

impl MeasurePart {
    /// Returns a whole measure, or one part of it.
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

/// The subject of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Subject {
    /// The items of the list: they are added, changed or removed.
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
    /// The enforcement of the rules.
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
        f.pad(name_of(&Subject::NAMES, self))
    }
}

/// A part of a measure that begins later than the measure itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Part {
    /// The name of the part, as the measure numbers or names it.
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
/// affects the list in another way.
///
/// It does not contain the items that it adds. Each item names its measure
/// ([`Item::measure`](crate::Item::measure)), and
/// [`ControlList::added_by`](crate::ControlList::added_by) returns the items of one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Measure {
    /// Its number.
    pub id: MeasureId,
    /// The authority that issued it.
    pub authority: String,
    /// A title for what it does, in this crate's own words.
    pub title: String,
    /// Its subject.
    pub subject: Subject,
    /// The date of the notice, if the sources state it. The issuer's site may show a later one.
    pub published: Option<Date>,
    /// The first day on which it applies, if the sources state it.
    pub in_force: Option<Date>,
    /// Its parts that begin later.
    pub parts: Vec<Part>,
    /// Codes whose wording it changes.
    pub changes: Vec<Code>,
    /// Codes that it removes from the list, each with everything below it.
    pub removes: Vec<Code>,
    /// The measures that it repeals, from its first day on. If that day is unknown, the status of
    /// what it repeals is unknown too, from the first day on which the repeal is possible. That is
    /// the day on which it was published, or else the first day of its number's
    /// [year](MeasureId::year), or else any day.
    pub repeals: Vec<MeasurePart>,
    /// The measures that it suspends, from its first day on.
    pub suspends: Vec<MeasurePart>,
    /// The last day of the suspension.
    pub suspended_through: Option<Date>,
    /// The suspended measures that apply again from its first day on.
    pub resumes: Vec<MeasurePart>,
    /// The address at which it was published.
    pub url: Option<String>,
    /// True if its own text was available when the data were made. Its annexes may not have been.
    pub full_text: bool,
}

impl Measure {
    /// Returns a measure with its number and its first day, if known, and nothing else.
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

/// The status of an item on a date, as far as it is known. Unknown is not no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case", tag = "status"))]
pub enum Status {
    /// The item is on the list and applies.
    InForce {
        /// The first day on which the code applies, or `None` if the edition does not say.
        since: Option<Date>,
    },
    /// The item does not apply yet on that date.
    NotYet {
        /// The day on which its measure was published, or `None` if that is not recorded. It may be
        /// after the date asked for.
        published: Option<Date>,
        /// The first day on which it will apply.
        from: Date,
    },
    /// The item is suspended. It may not have applied before the suspension either.
    Suspended {
        /// The last day of the suspension.
        through: Date,
    },
    /// The item is no longer on the list, or the measure was repealed.
    Repealed {
        /// The first day without it.
        since: Date,
    },
    /// The sources do not say.
    Unknown {
        /// The first day that the sources do not cover. It is `None` if they begin only after the
        /// date asked for, or never state a first day.
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
            } => write!(f, "not yet in force: applies from {from}"),
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

crate::packed::packed_newtype!(MeasureId);
crate::packed::packed_struct!(MeasurePart { measure, part });
crate::packed::packed_enum!(Subject {
    Items,
    Measures,
    ForeignMade,
    Destination,
    EndUsers,
    Catalogue,
    Enforcement
});
crate::packed::packed_struct!(Part { name, in_force });
crate::packed::packed_struct!(Measure {
    id,
    authority,
    title,
    subject,
    published,
    in_force,
    parts,
    changes,
    removes,
    repeals,
    suspends,
    suspended_through,
    resumes,
    url,
    full_text
});
