//! One entry of a list of parties.

use std::fmt;
use std::str::FromStr;

use crate::measure::MeasureId;
use crate::text::fingerprint::Fingerprint;
use crate::text::parse_error::ParseError;

use super::{Citation, Country, LicenseTerms, ReviewPolicy};

/// The kind of an entry. An entry is not a party: some are addresses, and some repeat a party under
/// another country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum EntryKind {
    /// A party: a company, an institute, or a person where the list does not tell them apart.
    #[default]
    Party,
    /// A natural person, where the list says so.
    Individual,
    /// A party that is listed under another country too, with that country's addresses. The first
    /// entry of the party is a [`Party`](EntryKind::Party).
    AlternateAddress,
    /// An entry without an address of its own, which refers to another country's entry.
    CrossReference,
    /// A subordinate institution or other unit of a party, in an entry of its own.
    Unit,
    /// An address as such, whoever is there.
    Address,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [EntryKind; 8] = [
        EntryKind::Party,
        EntryKind::Individual,
        EntryKind::AlternateAddress,
        EntryKind::CrossReference,
        EntryKind::Unit,
        EntryKind::Address,
        EntryKind::Vessel,
        EntryKind::Aircraft,
    ];

    /// Returns the kind's name in files.
    pub fn name(self) -> &'static str {
        match self {
            EntryKind::Party => "party",
            EntryKind::Individual => "individual",
            EntryKind::AlternateAddress => "alternate-address",
            EntryKind::CrossReference => "cross-reference",
            EntryKind::Unit => "unit",
            EntryKind::Address => "address",
            EntryKind::Vessel => "vessel",
            EntryKind::Aircraft => "aircraft",
        }
    }

    /// Returns whether an entry of this kind names a party or a unit of one.
    pub fn names_a_party(self) -> bool {
        !matches!(
            self,
            EntryKind::Address | EntryKind::Vessel | EntryKind::Aircraft
        )
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for EntryKind {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<EntryKind, ParseError> {
        let known = EntryKind::ALL.into_iter().find(|kind| kind.name() == text);
        known.ok_or_else(|| {
            let names = EntryKind::ALL.map(EntryKind::name).join(", ");
            ParseError::new(text, "a kind of entry", format!("expected {names}"))
        })
    }
}

crate::text::serde_as_text!(EntryKind);

/// A unit that an entry names within it: a subordinate institution, an affiliate, a branch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its other names.
    pub other_names: Vec<String>,
}

impl Unit {
    /// Returns a unit without other names.
    pub fn new(name: impl Into<String>) -> Unit {
        Unit {
            name: name.into(),
            other_names: Vec::new(),
        }
    }
}

/// One entry of a list of parties, as its publication prints it.
///
/// A fact that the list does not state is `None` or empty: the SDN List has no headings, and the Entity List
/// does not tell persons from companies.
///
/// ```
/// use export_control::party::{EntryKind, PartyEntry};
/// let mut entry = PartyEntry::new("Example Trading Co., Ltd.");
/// entry.other_names.push("ETC".into());
/// assert_eq!(entry.kind, EntryKind::Party);
/// assert_eq!(entry.names().collect::<Vec<_>>(), ["Example Trading Co., Ltd.", "ETC"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PartyEntry {
    /// The kind of the entry.
    pub kind: EntryKind,
    /// Its number on the list or in its notice.
    pub number: Option<String>,
    /// The name in Latin letters if there is one, or else as published; of an address as such, how
    /// the list numbers it.
    pub name: String,
    /// The name in the list's own language, if that is not `name`.
    pub name_local: Option<String>,
    /// Other names: also known as, formerly, doing business as.
    pub other_names: Vec<String>,
    /// The units that the entry names within it.
    pub units: Vec<Unit>,
    /// The country heading under which the entry is, as printed.
    pub heading: Option<String>,
    /// The countries that the entry's addresses name, each once. They need not be the heading's.
    pub address_countries: Vec<Country>,
    /// The addresses as published. The embedded lists have none.
    pub addresses: Vec<String>,
    /// The countries under which the entry says that the party is listed too.
    pub see: Vec<Country>,
    /// The sanctions programs.
    pub programs: Vec<String>,
    /// The rule or notice that lists it: of several, the first.
    pub designation: Option<Citation>,
    /// The later rules or notices that changed the entry.
    pub amendments: Vec<Citation>,
    /// The license requirement.
    pub terms: Option<LicenseTerms>,
    /// The words of the license requirement, where the reader gives them.
    pub terms_text: Option<String>,
    /// The review policy.
    pub policy: Option<ReviewPolicy>,
    /// The words of the review policy, where the reader gives them.
    pub policy_text: Option<String>,
    /// The rows of the publication that make the entry.
    pub rows: u16,
    /// The fingerprint of the entry's cell: names and addresses as the publication prints them.
    pub fingerprint: Option<Fingerprint>,
}

impl PartyEntry {
    /// Returns an entry of one row with a name and nothing else.
    pub fn new(name: impl Into<String>) -> PartyEntry {
        PartyEntry {
            name: name.into(),
            rows: 1,
            ..PartyEntry::default()
        }
    }

    /// Returns the country of the heading, or `None` if the list has no headings or this crate does
    /// not know the country.
    pub fn heading_country(&self) -> Option<Country> {
        self.heading.as_deref().and_then(Country::named)
    }

    /// Returns the name, the name in the list's language and the other names, without those of
    /// units.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str())
            .chain(self.name_local.as_deref())
            .chain(self.other_names.iter().map(String::as_str))
    }

    /// Returns the notice that lists the entry.
    pub fn listed_by(&self) -> Option<&MeasureId> {
        self.designation.as_ref().map(|citation| &citation.number)
    }
}
