//! Answers what is known of an item on a day, and what was known last.

use std::fmt;

use jiff::civil::Date;

use super::timeline::Span;
use super::{ControlList, Item};
use crate::measure::Status;

/// The status of an item on a day. If it is unknown, the last recorded status too.
///
/// Prints as a sentence that can be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StatusOn {
    /// The day asked for; `None` if none was named and the edition covers all days.
    pub on: Option<Date>,
    /// The status on the day.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub status: Status,
    /// The last days before it of which the sources say something, if they say nothing of the day
    /// itself.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub last_known: Option<Span>,
    /// The last day that the edition covers, if it states one.
    pub sources_end: Option<Date>,
}

impl fmt::Display for StatusOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Status::Unknown { .. }, Some(Span { last, status, .. })) =
            (self.status, self.last_known)
        else {
            return self.write_known(f);
        };
        let followed = "and no source at hand says what followed";
        match (status, last) {
            (Status::Suspended { .. }, _) | (_, None) => {
                write!(f, "not known: it was {status}, {followed}")
            }
            (_, Some(last)) if self.sources_end == Some(last) => {
                write!(
                    f,
                    "not known: the sources end on {last}, when it was {status}"
                )
            }
            (_, Some(last)) => write!(f, "not known: on {last} it was {status}, {followed}"),
        }
    }
}

impl StatusOn {
    /// Writes a status that is known, in the words of its day.
    fn write_known(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.status, self.on) {
            (
                Status::NotYet {
                    published: Some(published),
                    from,
                },
                Some(on),
            ) if on < published => {
                write!(
                    f,
                    "not announced yet: published on {published}, to apply from {from}"
                )
            }
            (status, _) => write!(f, "{status}"),
        }
    }
}

impl ControlList {
    /// Returns what is known of an item on a date. If nothing is, the answer has the last recorded
    /// status too. Without a date, the date is the last one that the edition covers.
    ///
    /// ```
    /// let cn = export_control::cn_dual_use();
    /// let holmium = cn.get("1C909".parse()?).expect("an item of the list");
    /// let answer = cn.status_on(holmium, Some("2027-01-01".parse()?));
    /// assert_eq!(
    ///     answer.to_string(),
    ///     "not known: it was suspended through 2026-11-10, and no source at hand says what followed"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn status_on(&self, item: &Item, on: Option<Date>) -> StatusOn {
        let status = self.status(item, on);
        let on = on.or(self.edition().through);
        let known = |span: &Span| !matches!(span.status, Status::Unknown { .. });
        let before = |span: &Span| span.last.is_some_and(|last| on.is_none_or(|on| last < on));
        let last_known = match status {
            Status::Unknown { .. } => self
                .life(item)
                .into_iter()
                .rfind(|span| known(span) && before(span)),
            _ => None,
        };
        StatusOn {
            on,
            status,
            last_known,
            sources_end: self.edition().through,
        }
    }
}
