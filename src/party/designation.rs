//! Entries by the rule that lists them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Citation, PartyList, PartySet, PartyUnavailable};

/// The entries that one rule or notice put on a list, as far as they are still on it.
///
/// ```
/// use export_control::party::{Citation, PartyEntry, PartyList, PartyListInfo};
/// use export_control::{Edition, ListId};
/// let mut entry = PartyEntry::new("Example Co.");
/// entry.designation = Some("90 FR 1@2025-01-02".parse()?);
/// let info = PartyListInfo::new(ListId::new("mine"), "My list");
/// let list = PartyList::new(info, Edition::default(), vec![entry, PartyEntry::new("Other Co.")]);
/// let designations = list.designations();
/// assert_eq!(designations.len(), 2); // one rule, and the entry that names none
/// assert_eq!(designations[1].by.as_ref().map(|by| by.number.as_str()), Some("90 FR 1"));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Designation<'a> {
    /// The rule; `None` for entries that name none.
    pub by: Option<Citation>,
    /// Its entries.
    pub entries: PartySet<'a>,
}

impl PartyList {
    /// Returns the rules and notices that list the entries, by date, each with its entries. An
    /// entry belongs to the first rule that it cites.
    pub fn designations(&self) -> Vec<Designation<'_>> {
        let mut by_rule: BTreeMap<(Option<Date>, Option<&Citation>), PartySet<'_>> =
            BTreeMap::new();
        for (at, entry) in self.entries().iter().enumerate() {
            let by = entry.designation.as_ref();
            let set = by_rule.entry((by.and_then(|by| by.date), by));
            set.or_insert_with(|| PartySet::empty(self)).insert_at(at);
        }
        let each = by_rule.into_iter();
        each.map(|((_, by), entries)| Designation {
            by: by.cloned(),
            entries,
        })
        .collect()
    }

    /// Returns the entries of this edition that rules of a span of days listed, from the first day
    /// to the last.
    ///
    /// # Errors
    /// Returns the reason if the last day is after the edition. Entries that were removed by the
    /// edition are not among them.
    pub fn designated(&self, from: Date, through: Date) -> Result<PartySet<'_>, PartyUnavailable> {
        if let Some(last) = self.last_day().filter(|last| through > *last) {
            let entries = self.entries().len();
            let on = last.tomorrow().unwrap_or(last);
            return Err(PartyUnavailable::UnknownStatus { on, entries });
        }
        Ok(self.select(|entry| {
            let date = entry.designation.as_ref().and_then(|by| by.date);
            date.is_some_and(|date| (from..=through).contains(&date))
        }))
    }
}
