//! Notices that list parties, and provisions that are stayed: each with its status on a date.

use jiff::civil::Date;

use crate::measure::{MeasureId, Status};

use super::{Citation, Country};

/// The parties of one country in a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CountryShare {
    /// The country.
    pub country: Country,
    /// The number of the notice's parties that are of it, or `None` if the sources do not say.
    pub parties: Option<usize>,
}

impl CountryShare {
    /// Returns a country with the number of its parties, where that is known.
    pub fn new(country: Country, parties: impl Into<Option<usize>>) -> CountryShare {
        CountryShare {
            country,
            parties: parties.into(),
        }
    }
}

/// A notice that puts parties on a list.
///
/// ```
/// use export_control::party::PartyNotice;
/// use export_control::{Date, MeasureId, Status};
/// let mut notice = PartyNotice::new(MeasureId::new("2031-5"), 12);
/// notice.in_force = Some("2031-03-01".parse()?);
/// notice.suspended_from = Some("2031-06-01".parse()?);
/// notice.suspended_through = Some("2031-12-31".parse()?);
/// let on = |day: &str| Ok::<_, jiff::Error>(notice.status(day.parse()?, None));
/// assert!(matches!(on("2031-04-01")?, Status::InForce { .. }));
/// assert!(matches!(on("2031-07-01")?, Status::Suspended { .. }));
/// assert!(matches!(on("2032-01-01")?, Status::Unknown { .. })); // no source says what follows
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PartyNotice {
    /// Its number.
    pub id: MeasureId,
    /// Who issued it.
    pub authority: String,
    /// Its title, where the reader gives it.
    pub title: String,
    /// The day that it bears.
    pub published: Option<Date>,
    /// The first day on which it applies.
    pub in_force: Option<Date>,
    /// The number of parties that it numbers. One number can hold several names.
    pub numbered: usize,
    /// The countries of its parties; empty if the sources do not say.
    pub countries: Vec<CountryShare>,
    /// The first and the last day of a suspension.
    pub suspended_from: Option<Date>,
    /// The last day of a suspension. No source says what follows it.
    pub suspended_through: Option<Date>,
    /// The first day without it.
    pub ended: Option<Date>,
    /// Set if the suspension or the end is known from public trackers and from no official text at
    /// hand. Trackers can miss an earlier one: between the first day in force and the recorded day
    /// the status is unknown.
    pub by_trackers: bool,
    /// The address of its publication.
    pub url: Option<String>,
    /// Set if the names of its parties are at hand.
    pub full_text: bool,
}

impl PartyNotice {
    /// Returns a notice with its number and how many parties it numbers.
    pub fn new(id: MeasureId, numbered: usize) -> PartyNotice {
        PartyNotice {
            id,
            authority: String::new(),
            title: String::new(),
            published: None,
            in_force: None,
            numbered,
            countries: Vec::new(),
            suspended_from: None,
            suspended_through: None,
            ended: None,
            by_trackers: false,
            url: None,
            full_text: false,
        }
    }

    /// Returns what is known of the notice on a day, if the sources speak of the days up to
    /// `last_day`.
    pub fn status(&self, on: Date, last_day: Option<Date>) -> Status {
        let Some(from) = self.in_force else {
            return Status::Unknown { since: None };
        };
        if on < from {
            return Status::NotYet {
                published: self.published,
                from,
            };
        }
        let fate = self.suspended_from.into_iter().chain(self.ended).min();
        if let Some(since) = self.ended.filter(|since| on >= *since) {
            return Status::Repealed { since };
        }
        if let Some(through) = self.suspended_through
            && self.suspended_from.is_some_and(|begin| on >= begin)
        {
            return if on <= through {
                Status::Suspended { through }
            } else {
                Status::Unknown {
                    since: through.tomorrow().ok(),
                }
            };
        }
        if self.by_trackers && fate.is_some() && on > from {
            return Status::Unknown {
                since: from.tomorrow().ok(),
            };
        }
        match last_day.filter(|last| on > *last) {
            Some(last) => Status::Unknown {
                since: last.tomorrow().ok(),
            },
            None => Status::InForce { since: Some(from) },
        }
    }

    /// Returns how many of the notice's parties are of one of these countries, or `None` if the
    /// sources do not say.
    pub fn numbered_of(&self, countries: &[Country]) -> Option<usize> {
        let wanted = |share: &&CountryShare| countries.contains(&share.country);
        match self.countries.as_slice() {
            [] => None,
            [only] if only.parties.is_none() => Some(if wanted(&only) { self.numbered } else { 0 }),
            shares => shares
                .iter()
                .filter(wanted)
                .map(|share| share.parties)
                .sum(),
        }
    }
}

/// A provision that applies again when a stay ends: "stayed, effective until Nov. 9, 2026".
///
/// After the last day of the stay its status is unknown: the text does not say if the stay was
/// prolonged.
///
/// ```
/// use export_control::party::{Citation, Stay};
/// use export_control::{MeasureId, Status};
/// let by = Citation::new(MeasureId::new("90 FR 50857"), Some("2025-11-12".parse()?));
/// let stay = Stay::new("supplement no. 4, introductory text", by, "2026-11-09".parse()?);
/// assert!(matches!(stay.status("2026-11-09".parse()?), Status::Suspended { .. }));
/// assert!(matches!(stay.status("2026-11-10".parse()?), Status::Unknown { since: Some(_) }));
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Stay {
    /// The provision that is stayed.
    pub provision: String,
    /// The rule that stays it.
    pub by: Citation,
    /// The last day of the stay.
    pub through: Date,
}

impl Stay {
    /// Returns a stay of a provision through a day.
    pub fn new(provision: impl Into<String>, by: Citation, through: Date) -> Stay {
        Stay {
            provision: provision.into(),
            by,
            through,
        }
    }

    /// Returns what is known of the provision on a day.
    pub fn status(&self, on: Date) -> Status {
        if on > self.through {
            let since = self.through.tomorrow().ok();
            return Status::Unknown { since };
        }
        match self.by.date {
            Some(date) if on >= date => Status::Suspended {
                through: self.through,
            },
            _ => Status::Unknown { since: None },
        }
    }
}
