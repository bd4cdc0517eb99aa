//! A list of parties: the entries of one edition.

use jiff::civil::Date;

use crate::code::ListId;
use crate::error::Error;
use crate::list::Edition;
use crate::measure::Status;

use super::{PartyEntry, PartyNotice, Stay};

/// The names of a list of parties, and its publication.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PartyListInfo {
    /// Its short name, such as `us-entity-list`.
    pub id: ListId,
    /// Its name in English.
    pub name: String,
    /// Its name in its own language, if that is not English.
    pub name_local: Option<String>,
    /// The publication behind it.
    pub source: Option<String>,
}

impl PartyListInfo {
    /// Describes a list of which only the two names are known.
    pub fn new(id: ListId, name: impl Into<String>) -> PartyListInfo {
        PartyListInfo {
            id,
            name: name.into(),
            name_local: None,
            source: None,
        }
    }
}

/// One edition of one list of parties: its entries in the order of the publication.
///
/// The [module guide](super) says what can be asked of it.
///
/// ```
/// use export_control::party::{PartyEntry, PartyList, PartyListInfo, PartyRule, PartyScope};
/// use export_control::{Edition, ListId};
/// let info = PartyListInfo::new(ListId::new("mine"), "My list");
/// let entries = vec![PartyEntry::new("Example Trading Co."), PartyEntry::new("Example Works")];
/// let list = PartyList::new(info, Edition::new("first"), entries);
/// let count = list.count(PartyRule::Entries, &PartyScope::default());
/// assert_eq!(count.number(), Some(2));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PartyList {
    info: PartyListInfo,
    edition: Edition,
    entries: Vec<PartyEntry>,
    other_rows: usize,
    notices: Vec<PartyNotice>,
    stays: Vec<Stay>,
}

impl PartyList {
    /// Returns a list without notices and stays.
    pub fn new(info: PartyListInfo, edition: Edition, entries: Vec<PartyEntry>) -> PartyList {
        PartyList {
            info,
            edition,
            entries,
            other_rows: 0,
            notices: Vec::new(),
            stays: Vec::new(),
        }
    }

    /// Adds the notices that put the entries on the list.
    ///
    /// # Errors
    /// Returns an error if two notices have one number, or if an entry names a notice that numbers
    /// fewer parties than it has entries.
    pub fn with_notices(mut self, notices: Vec<PartyNotice>) -> Result<PartyList, Error> {
        let mut seen = std::collections::HashMap::with_capacity(notices.len());
        for notice in &notices {
            if seen.insert(&notice.id, (notice.numbered, 0usize)).is_some() {
                return Err(Error::contradiction(
                    format!("the notice {} twice", notice.id),
                    "one row for each notice",
                )
                .of_list(&self.info.id));
            }
        }
        for entry in &self.entries {
            if let Some((numbered, entries)) = entry.listed_by().and_then(|id| seen.get_mut(id)) {
                *entries += 1;
                if entries > numbered {
                    return Err(Error::contradiction(
                        format!("more than {numbered} entries of a notice that numbers so many"),
                        "an entry for each number of the notice",
                    )
                    .of_list(&self.info.id));
                }
            }
        }
        drop(seen);
        self.notices = notices;
        Ok(self)
    }

    /// Adds the provisions around the list that are stayed.
    #[must_use]
    pub fn with_stays(mut self, stays: Vec<Stay>) -> PartyList {
        self.stays = stays;
        self
    }

    /// Sets how many rows of the publication's table are no part of an entry, such as notes below
    /// it.
    #[must_use]
    pub fn with_other_rows(mut self, rows: usize) -> PartyList {
        self.other_rows = rows;
        self
    }

    /// Sets the edition.
    #[must_use]
    pub fn with_edition(mut self, edition: Edition) -> PartyList {
        self.edition = edition;
        self
    }

    /// Returns the list without the addresses, keeping the countries that they name.
    #[must_use]
    pub fn without_addresses(mut self) -> PartyList {
        for entry in &mut self.entries {
            entry.addresses.clear();
        }
        self
    }

    /// Returns what the list is called.
    pub fn info(&self) -> &PartyListInfo {
        &self.info
    }

    /// Returns the list's short name.
    pub fn id(&self) -> &ListId {
        &self.info.id
    }

    /// Returns the edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Returns every entry in the order of the publication.
    pub fn entries(&self) -> &[PartyEntry] {
        &self.entries
    }

    /// Returns how many rows of the publication's table are no part of an entry.
    pub fn other_rows(&self) -> usize {
        self.other_rows
    }

    /// Returns the notices that put parties on the list, with those whose parties are not at hand.
    /// A list that one publication prints whole has none.
    pub fn notices(&self) -> &[PartyNotice] {
        &self.notices
    }

    /// Returns the provisions around the list that are stayed.
    pub fn stays(&self) -> &[Stay] {
        &self.stays
    }

    /// Returns the country headings, in their order, each once.
    pub fn headings(&self) -> Vec<&str> {
        let mut headings: Vec<&str> = Vec::new();
        for entry in &self.entries {
            if let Some(heading) = entry.heading.as_deref()
                && headings.last() != Some(&heading)
                && !headings.contains(&heading)
            {
                headings.push(heading);
            }
        }
        headings
    }

    /// Returns the last day of which the sources speak, or `None` if the edition does not say.
    pub fn last_day(&self) -> Option<Date> {
        self.edition.through
    }

    /// Returns what is known of an entry on a day: the last day of the edition if none is given.
    ///
    /// An entry that a notice lists shares the notice's status. Any other applies from the day of
    /// its first citation through the last day of the edition; after that it is unknown.
    pub fn status(&self, entry: &PartyEntry, on: Option<Date>) -> Status {
        let of_entry = |notice: &&PartyNotice| Some(&notice.id) == entry.listed_by();
        let notice = self.notices.iter().find(of_entry);
        let listed = entry.designation.as_ref().and_then(|by| by.date);
        let Some(on) = on.or(self.last_day()) else {
            return Status::InForce { since: listed };
        };
        if let Some(notice) = notice {
            return notice.status(on, self.last_day());
        }
        if let Some(last) = self.last_day().filter(|last| on > *last) {
            let since = last.tomorrow().ok();
            return Status::Unknown { since };
        }
        match listed {
            Some(from) if on < from => Status::NotYet {
                published: Some(from),
                from,
            },
            None if self.edition.from.is_some_and(|from| on < from) => {
                Status::Unknown { since: None }
            }
            since => Status::InForce { since },
        }
    }
}
