//! A notice or rule by its number and date.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::measure::MeasureId;
use crate::text::parse_error::ParseError;

/// The rule or notice that lists a party or changes its entry: its number, and its date where the
/// list gives one. Written `84 FR 22963@2019-05-21`, or `2026-11@2026-02-24`.
///
/// ```
/// use export_control::party::Citation;
/// let citation: Citation = "84 FR 22963@2019-05-21".parse()?;
/// assert_eq!(citation.number.as_str(), "84 FR 22963");
/// assert_eq!(citation.to_string(), "84 FR 22963@2019-05-21");
/// assert_eq!("2026-11".parse::<Citation>()?.date, None);
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Citation {
    /// Its number: a place in the Federal Register, or an announcement's year and number.
    pub number: MeasureId,
    /// The date that the list gives with it.
    pub date: Option<Date>,
}

impl Citation {
    /// Names a rule or notice.
    pub fn new(number: MeasureId, date: impl Into<Option<Date>>) -> Citation {
        Citation {
            number,
            date: date.into(),
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date {
            Some(date) => f.pad(&format!("{}@{date}", self.number)),
            None => self.number.fmt(f),
        }
    }
}

impl FromStr for Citation {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Citation, ParseError> {
        let (number, date) = match text.rsplit_once('@') {
            Some((number, date)) => (number, Some(date)),
            None => (text, None),
        };
        let fail = |problem: &'static str| Err(ParseError::new(text, "a citation", problem));
        if number.trim() != number || number.is_empty() || number.contains(['@', ';']) {
            return fail("expected a number such as 84 FR 22963, with @ and a date or without");
        }
        match date.map(str::parse::<Date>) {
            Some(Err(_)) => fail("expected a date such as 2019-05-21 after the @"),
            Some(Ok(date)) => Ok(Citation::new(MeasureId::new(number), date)),
            None => Ok(Citation::new(MeasureId::new(number), None)),
        }
    }
}

crate::text::serde_as_text!(Citation);
