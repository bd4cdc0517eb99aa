//! Counts a list of parties by a named rule.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::code::ListId;
use crate::list::Edition;
use crate::measure::Status;
use crate::text::parse_error::ParseError;

use super::{EntryKind, PartyList, PartyNotice, PartyScope, PartySet, normal_form};

/// A way to count a list of parties. The [module guide](super) says which rule answers which
/// question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PartyRule {
    /// Rows of the publication's table, notes below it included.
    Rows,
    /// Entries, whatever they are: parties, addresses, one party under two countries twice.
    Entries,
    /// Parties: each name once, in its [normal form](normal_form), without addresses as such,
    /// vessels, aircraft and units.
    Parties,
    /// Parties, and each unit that an entry names or is.
    PartiesWithUnits,
    /// The numbers that the list's notices give to parties, also where their names are not at hand.
    Numbered,
}

impl PartyRule {
    /// Every rule, from the coarsest text to the finest.
    pub const ALL: [PartyRule; 5] = [
        PartyRule::Rows,
        PartyRule::Entries,
        PartyRule::Parties,
        PartyRule::PartiesWithUnits,
        PartyRule::Numbered,
    ];

    /// Returns what the rule counts, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            PartyRule::Rows => "rows of the published table, notes included",
            PartyRule::Entries => "entries: parties, addresses, a party under two countries twice",
            PartyRule::Parties => "names, each once, without addresses and units",
            PartyRule::PartiesWithUnits => "names, each once, with the units that entries name",
            PartyRule::Numbered => "numbers in the notices, names at hand or not",
        }
    }

    fn name(self) -> &'static str {
        match self {
            PartyRule::Rows => "rows",
            PartyRule::Entries => "entries",
            PartyRule::Parties => "parties",
            PartyRule::PartiesWithUnits => "parties-with-units",
            PartyRule::Numbered => "numbered",
        }
    }
}

impl fmt::Display for PartyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for PartyRule {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<PartyRule, ParseError> {
        let known = PartyRule::ALL.into_iter().find(|rule| rule.name() == text);
        known.ok_or_else(|| {
            let names = PartyRule::ALL.map(PartyRule::name).join(", ");
            let problem = format!("expected one of {names}");
            ParseError::new(text, "a counting rule for parties", problem)
        })
    }
}

crate::text::serde_as_text!(PartyRule);

/// Why a rule gives no number for a list of parties.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum PartyUnavailable {
    /// The status of some entries on that day is unknown.
    #[error("the sources do not say what holds on {on} for {entries} of the scope's entries")]
    UnknownStatus {
        /// The day asked for.
        on: Date,
        /// The number of entries, or of parties in notices.
        entries: usize,
    },
    /// The day is before the edition, which does not have the entries that were removed by then.
    #[error("the edition begins on {from} and lacks what was removed before that day")]
    BeforeEdition {
        /// The first day of the edition.
        from: Date,
    },
    /// The names of some notices in force are not at hand.
    #[error("the names of {parties} parties in {notices} notices are not at hand")]
    NamesNotAtHand {
        /// The number of notices.
        notices: usize,
        /// The number of their parties.
        parties: usize,
    },
    /// The sources do not say how many parties of some notices are of the scope's countries.
    #[error("the sources do not say how many parties of {0} notices are of the scope's countries")]
    CountryNotStated(usize),
    /// The rule counts numbers of notices, and the list has none.
    #[error("the list is not made of notices that number their parties")]
    NoNotices,
    /// The rule counts rows of a table, and the list was not published as one.
    #[error("the list is not published as one table")]
    NoTable,
    /// The scope asks for a heading, and the list has none.
    #[error("the list has no country headings")]
    NoHeadings,
    /// The scope asks for addresses, and the list does not say the countries of any.
    #[error("the list names no countries of addresses")]
    NoAddresses,
}

/// A number of parties with the rule, the scope and the edition that it belongs to; or the reason
/// why there is none.
///
/// ```
/// use export_control::party::{PartyEntry, PartyList, PartyListInfo, PartyRule, PartyScope};
/// use export_control::{Edition, ListId};
/// let info = PartyListInfo::new(ListId::new("mine"), "My list");
/// let entries = vec![PartyEntry::new("Example Co."), PartyEntry::new("EXAMPLE COMPANY")];
/// let list = PartyList::new(info, Edition::new("first"), entries);
/// let count = list.count(PartyRule::Parties, &PartyScope::default());
/// assert_eq!(count.to_string(), "1 parties of mine, in force [first]");
/// assert_eq!(list.count(PartyRule::Numbered, &PartyScope::default()).number(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PartyCount {
    list: ListId,
    edition: Edition,
    rule: PartyRule,
    scope: PartyScope,
    result: Result<usize, PartyUnavailable>,
}

impl PartyCount {
    /// Returns the number, or `None` if there is none.
    pub fn number(&self) -> Option<usize> {
        self.result.as_ref().ok().copied()
    }

    /// Returns the number, or why there is none.
    pub fn result(&self) -> Result<usize, &PartyUnavailable> {
        self.result.as_ref().copied()
    }

    /// Returns the list that was counted.
    pub fn list(&self) -> &ListId {
        &self.list
    }

    /// Returns its edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Returns the rule.
    pub fn rule(&self) -> PartyRule {
        self.rule
    }

    /// Returns the scope.
    pub fn scope(&self) -> &PartyScope {
        &self.scope
    }
}

impl fmt::Display for PartyCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.result {
            Ok(number) => write!(f, "{number}")?,
            Err(why) => write!(f, "unavailable ({why})")?,
        }
        let (rule, list, scope) = (self.rule, &self.list, &self.scope);
        write!(f, " {rule} of {list}, {scope} [{}]", self.edition.label)
    }
}

/// Returns whether a status is in the scope, or `None` if it is unknown.
fn admits_status(scope: &PartyScope, status: Status) -> Option<bool> {
    match status {
        Status::InForce { .. } => Some(true),
        Status::Suspended { .. } => Some(scope.suspended),
        Status::NotYet { .. } | Status::Repealed { .. } => Some(false),
        Status::Unknown { .. } => None,
    }
}

impl PartyList {
    /// Returns the entries of a scope that are at hand.
    ///
    /// Notices whose names are not at hand have no entries: [`count`](PartyList::count) says how
    /// many they number.
    ///
    /// # Errors
    /// Returns the reason if the status of entries is unknown on the day, or if the list lacks what
    /// the scope asks for.
    pub fn within(&self, scope: &PartyScope) -> Result<PartySet<'_>, PartyUnavailable> {
        self.check_day(scope)?;
        let has = |test: fn(&super::PartyEntry) -> bool| self.entries().iter().any(test);
        if !scope.under.is_empty() && !has(|entry| entry.heading.is_some()) {
            return Err(PartyUnavailable::NoHeadings);
        }
        let by_address = !scope.at.is_empty() || !scope.without.is_empty();
        if by_address && !has(|entry| !entry.address_countries.is_empty()) {
            return Err(PartyUnavailable::NoAddresses);
        }
        let mut set = PartySet::empty(self);
        let mut unknown = 0;
        for (at, entry) in self.entries().iter().enumerate() {
            if scope.admits(entry) {
                match admits_status(scope, self.status(entry, scope.on)) {
                    Some(true) => set.insert_at(at),
                    Some(false) => {}
                    None => unknown += 1,
                }
            }
        }
        match (unknown, scope.on.or(self.last_day())) {
            (0, _) | (_, None) => Ok(set),
            (entries, Some(on)) => Err(PartyUnavailable::UnknownStatus { on, entries }),
        }
    }

    /// Fails where a list that is printed whole is asked for a day before its edition.
    fn check_day(&self, scope: &PartyScope) -> Result<(), PartyUnavailable> {
        let printed_whole = self.notices().is_empty();
        match (scope.on, self.edition().from) {
            (Some(on), Some(from)) if printed_whole && on < from => {
                Err(PartyUnavailable::BeforeEdition { from })
            }
            _ => Ok(()),
        }
    }

    /// Counts the entries of a scope by a rule.
    pub fn count(&self, rule: PartyRule, scope: &PartyScope) -> PartyCount {
        PartyCount {
            list: self.id().clone(),
            edition: self.edition().clone(),
            rule,
            scope: scope.clone(),
            result: self.counted(rule, scope),
        }
    }

    fn counted(&self, rule: PartyRule, scope: &PartyScope) -> Result<usize, PartyUnavailable> {
        if rule == PartyRule::Numbered {
            return self.numbered(scope);
        }
        if rule == PartyRule::Rows && !self.notices().is_empty() {
            return Err(PartyUnavailable::NoTable);
        }
        let set = self.within(scope)?;
        self.check_names(scope)?;
        let number = set.count(rule);
        let others = scope.is_whole() && rule == PartyRule::Rows;
        Ok(number + usize::from(others) * self.other_rows())
    }

    /// The notices that are in the scope by their status.
    fn notices_within(&self, scope: &PartyScope) -> Result<Vec<&PartyNotice>, PartyUnavailable> {
        let Some(on) = scope.on.or(self.last_day()) else {
            return Ok(self.notices().iter().collect());
        };
        let (mut notices, mut unknown) = (Vec::new(), 0);
        for notice in self.notices() {
            match admits_status(scope, notice.status(on, self.last_day())) {
                Some(true) => notices.push(notice),
                Some(false) => {}
                None => unknown += notice.numbered,
            }
        }
        match unknown {
            0 => Ok(notices),
            entries => Err(PartyUnavailable::UnknownStatus { on, entries }),
        }
    }

    /// Fails where a notice of the scope has parties whose names are not at hand.
    fn check_names(&self, scope: &PartyScope) -> Result<(), PartyUnavailable> {
        let mut without = self.notices_within(scope)?;
        without.retain(|notice| {
            let of_scope = match scope.under.as_slice() {
                [] => notice.numbered,
                // A notice that does not say may have some.
                countries => notice.numbered_of(countries).unwrap_or(notice.numbered),
            };
            !notice.full_text && of_scope > 0
        });
        match without.len() {
            0 => Ok(()),
            notices => Err(PartyUnavailable::NamesNotAtHand {
                notices,
                parties: without.iter().map(|notice| notice.numbered).sum(),
            }),
        }
    }

    fn numbered(&self, scope: &PartyScope) -> Result<usize, PartyUnavailable> {
        if self.notices().is_empty() {
            return Err(PartyUnavailable::NoNotices);
        }
        if !scope.at.is_empty() || !scope.without.is_empty() || !scope.kinds.is_empty() {
            return Err(PartyUnavailable::NoAddresses);
        }
        let notices = self.notices_within(scope)?;
        if scope.under.is_empty() {
            return Ok(notices.iter().map(|notice| notice.numbered).sum());
        }
        let counts = notices
            .iter()
            .map(|notice| notice.numbered_of(&scope.under));
        let (known, unknown): (Vec<_>, Vec<_>) = counts.partition(Option::is_some);
        match unknown.len() {
            0 => Ok(known.into_iter().flatten().sum()),
            notices => Err(PartyUnavailable::CountryNotStated(notices)),
        }
    }
}

impl PartySet<'_> {
    /// Counts the members by a rule. [`Numbered`](PartyRule::Numbered) counts the members, of which
    /// each has a number.
    pub fn count(&self, rule: PartyRule) -> usize {
        match rule {
            PartyRule::Entries | PartyRule::Numbered => self.len(),
            PartyRule::Rows => self.iter().map(|entry| usize::from(entry.rows)).sum(),
            PartyRule::Parties => self.names(false).len(),
            PartyRule::PartiesWithUnits => {
                let mut units: HashSet<String> = HashSet::new();
                for entry in self.iter() {
                    for unit in &entry.units {
                        // A unit belongs to its party: two institutes can have one number.
                        units.insert(format!("{}\n{}", entry.name, normal_form(&unit.name)));
                    }
                }
                self.names(true).len() + units.len()
            }
        }
    }

    /// The names of parties, each once.
    fn names(&self, units: bool) -> HashSet<String> {
        let counts = |kind: EntryKind| kind.names_a_party() && (units || kind != EntryKind::Unit);
        let parties = self.iter().filter(|entry| counts(entry.kind));
        parties.map(|entry| normal_form(&entry.name)).collect()
    }
}
