//! Selects the entries that a rule counts: by day, status, country and kind.

use std::fmt;

use jiff::civil::Date;

use super::{Country, EntryKind, PartyEntry};

/// Which entries a rule counts.
///
/// The default is every entry that is in force on the last day of the edition. A heading and an
/// address are two things: the Entity List prints parties in Hong Kong under China's heading.
///
/// ```
/// use export_control::party::{Country, PartyScope};
/// let scope = PartyScope::default().under([Country::CHINA]).leave_out([Country::HONG_KONG]);
/// assert_eq!(scope.to_string(), "in force, under the heading of CN, without those at addresses in HK alone");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct PartyScope {
    pub(super) on: Option<Date>,
    pub(super) suspended: bool,
    pub(super) under: Vec<Country>,
    pub(super) at: Vec<Country>,
    pub(super) without: Vec<Country>,
    pub(super) kinds: Vec<EntryKind>,
}

impl PartyScope {
    /// On another day than the last one of the edition.
    #[must_use]
    pub fn on(mut self, date: Date) -> PartyScope {
        self.on = Some(date);
        self
    }

    /// With or without what is suspended. Out by default.
    #[must_use]
    pub fn suspended(mut self, include: bool) -> PartyScope {
        self.suspended = include;
        self
    }

    /// Only entries under the headings of these countries. In a list of notices: entries of these
    /// countries.
    #[must_use]
    pub fn under(mut self, countries: impl IntoIterator<Item = Country>) -> PartyScope {
        self.under = countries.into_iter().collect();
        self
    }

    /// Only entries with an address in one of these countries, whatever their heading.
    #[must_use]
    pub fn at_address_in(mut self, countries: impl IntoIterator<Item = Country>) -> PartyScope {
        self.at = countries.into_iter().collect();
        self
    }

    /// Without entries whose addresses are all in these countries.
    #[must_use]
    pub fn leave_out(mut self, countries: impl IntoIterator<Item = Country>) -> PartyScope {
        self.without = countries.into_iter().collect();
        self
    }

    /// Only entries of these kinds.
    #[must_use]
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = EntryKind>) -> PartyScope {
        self.kinds = kinds.into_iter().collect();
        self
    }

    /// Returns whether every entry of the list is in the scope, but for its status.
    pub(super) fn is_whole(&self) -> bool {
        self.under.is_empty()
            && self.at.is_empty()
            && self.without.is_empty()
            && self.kinds.is_empty()
    }

    /// Returns whether an entry is in the scope, but for its status.
    pub(super) fn admits(&self, entry: &PartyEntry) -> bool {
        let at = &entry.address_countries;
        let under = || {
            entry
                .heading_country()
                .is_some_and(|c| self.under.contains(&c))
        };
        (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
            && (self.at.is_empty() || at.iter().any(|country| self.at.contains(country)))
            && (at.is_empty() || !at.iter().all(|country| self.without.contains(country)))
            && (self.under.is_empty() || under())
    }
}

fn joined<T: ToString>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(T::to_string).collect();
    values.join(" or ")
}

impl fmt::Display for PartyScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(on) = self.on {
            write!(f, "on {on}, ")?;
        }
        f.write_str(match self.suspended {
            true => "in force or suspended",
            false => "in force",
        })?;
        if !self.under.is_empty() {
            write!(f, ", under the heading of {}", joined(&self.under))?;
        }
        if !self.at.is_empty() {
            write!(f, ", with an address in {}", joined(&self.at))?;
        }
        if !self.without.is_empty() {
            let places = joined(&self.without);
            write!(f, ", without those at addresses in {places} alone")?;
        }
        if !self.kinds.is_empty() {
            write!(f, ", {} only", joined(&self.kinds))?;
        }
        Ok(())
    }
}
