//! Lists of parties as sets: the US Entity List and its neighbors, the SDN List, China's lists.
//!
//! A [`PartyList`] is one edition of one list. It has [entries](PartyEntry), and an entry is not a
//! party: some are addresses, some repeat a party under another country, and some name a dozen
//! units. So "how many" has several right answers, and a [`PartyCount`] carries its rule, its scope
//! and its edition.
//!
//! # Which counting rule?
//!
//! Take a list with one heading and four entries: a company, the same company once more with an
//! address in another country, an institute with two units, and an address as such. A note below
//! the table is one more row.
//!
//! | rule | counts | here | use it to ask |
//! |---|---|---|---|
//! | [`Rows`](PartyRule::Rows) | rows of the published table | 5 | how long is the table? Databases that copy it count these |
//! | [`Entries`](PartyRule::Entries) | entries of any kind | 4 | how many entries does the regulation have? |
//! | [`Parties`](PartyRule::Parties) | names, each once, without addresses and units | 2 | how many parties are listed? |
//! | [`PartiesWithUnits`](PartyRule::PartiesWithUnits) | the same with units | 4 | how many names does a listing reach? |
//! | [`Numbered`](PartyRule::Numbered) | numbers in notices | unavailable | how many parties do notices list whose names are not at hand? |
//!
//! A [`PartyScope`] says among which entries: under a heading or at an address, on a day, with or
//! without what is suspended. The heading and the address are two things. The Entity List has no
//! heading for Hong Kong, whose parties are under China's.
//!
//! Two parties of one name are one by these rules, and one party under two spellings is two. Who
//! owns whom no list says: affiliates that a list does not name are not counted.
//!
//! # What else can be asked
//!
//! - [`PartyList::status`] says what is known of an entry on a day, [`PartyList::stays`] which
//!   provisions around the list are stayed and until when.
//! - [`PartyOverlap`] says what two published lists share: exactly, in a written
//!   [normal form](normal_form), and apart from that what is proposed by likeness.
//! - [`PartyList::designations`] groups entries by the rule that lists them.
//! - [`PartyDiff`] says what changed between two editions.
//!
//! # What this module does not do
//!
//! It screens nobody. There is no search for a name that somebody types, and there will be none: a
//! match of names shows nothing about a person or a company, and a missing one clears nobody. For that
//! use the official search tools: the Consolidated Screening List Search of the International Trade
//! Administration, and the Sanctions List Search of the Office of Foreign Assets Control.
//!
//! The embedded lists have no addresses. No natural person is embedded from any list but the Entity
//! List, which is a published regulation and does not tell persons from companies.

mod citation;
mod count;
mod country;
mod designation;
mod diff;
#[cfg(feature = "embedded")]
mod embedded;
mod entry;
mod forms;
mod likeness;
mod name;
mod notice;
mod overlap;
mod party_list;
mod scope;
mod set;
mod terms;
mod words;

pub use citation::Citation;
pub use count::{PartyCount, PartyRule, PartyUnavailable};
pub use country::Country;
pub use designation::Designation;
pub use diff::{PartyAspect, PartyChange, PartyDiff};
#[cfg(feature = "embedded")]
pub use embedded::{
    PUBLISHED_COUNTS_SOURCE, PublishedCount, entity_list, list, lists, published_counts,
};
pub use entry::{EntryKind, PartyEntry, Unit};
pub use name::normal_form;
pub use notice::{CountryShare, PartyNotice, Stay};
pub use overlap::{ExactMatch, NameEvidence, NameRole, PartyOverlap, ProposedMatch};
pub use party_list::{PartyList, PartyListInfo};
pub use scope::PartyScope;
pub use set::PartySet;
pub use terms::{LicenseTerms, Reach, ReviewPolicy, Stance};
#[cfg(feature = "parties")]
pub(crate) use {name::is_legal_form, terms::is_section};
