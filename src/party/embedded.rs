//! The embedded lists of parties, in one table.

use std::sync::OnceLock;

use crate::error::Error;
use crate::text::short;

use super::{Country, EntryKind, PartyList, PartyNotice};

/// One embedded list: its files in `data/`, and what was made of them when it was first asked for.
struct EmbeddedParties {
    id: &'static str,
    entries: &'static str,
    notices: Option<&'static str>,
    list: OnceLock<PartyList>,
}

impl EmbeddedParties {
    const fn new(id: &'static str, entries: &'static str) -> EmbeddedParties {
        EmbeddedParties {
            id,
            entries,
            notices: None,
            list: OnceLock::new(),
        }
    }

    const fn notices(mut self, file: &'static str) -> EmbeddedParties {
        self.notices = Some(file);
        self
    }

    fn list(&self) -> &PartyList {
        self.list.get_or_init(|| self.read().expect(TESTED))
    }

    fn read(&self) -> Result<PartyList, Error> {
        let list: PartyList = self.entries.parse()?;
        match self.notices {
            Some(file) => list.with_notices(PartyNotice::from_csv(file.as_bytes())?),
            None => Ok(list),
        }
    }
}

const TESTED: &str = "the tests read every embedded file, and fail before a release does";

/// Every embedded list of parties, in the order in which they are offered.
static LISTS: [EmbeddedParties; 4] = [
    EmbeddedParties::new(
        "us-entity-list",
        include_str!("../../data/us-entity-list.csv"),
    ),
    EmbeddedParties::new(
        "cn-control-list",
        include_str!("../../data/cn-control-list.csv"),
    )
    .notices(include_str!("../../data/cn-control-list-notices.csv")),
    EmbeddedParties::new(
        "cn-unreliable-entities",
        include_str!("../../data/cn-unreliable-entities.csv"),
    )
    .notices(include_str!(
        "../../data/cn-unreliable-entities-notices.csv"
    )),
    EmbeddedParties::new(
        "cn-watch-list",
        include_str!("../../data/cn-watch-list.csv"),
    )
    .notices(include_str!("../../data/cn-watch-list-notices.csv")),
];

/// Returns every embedded list of parties. A list is read when it is first asked for.
///
/// ```
/// use export_control::party;
/// let names: Vec<&str> = party::lists().map(|list| list.id().as_str()).collect();
/// assert_eq!(names[0], "us-entity-list");
/// ```
pub fn lists() -> impl ExactSizeIterator<Item = &'static PartyList> {
    LISTS.iter().map(EmbeddedParties::list)
}

/// Returns the embedded list of parties with a short name.
///
/// # Errors
/// Returns an error that names the embedded lists if none has this name.
///
/// ```
/// use export_control::party;
/// assert!(party::list("cn-watch-list")?.notices().len() > 1);
/// assert!(party::list("sdn").unwrap_err().to_string().contains("us-entity-list"));
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn list(name: &str) -> Result<&'static PartyList, Error> {
    let named = LISTS.iter().find(|embedded| embedded.id == name);
    named.map(EmbeddedParties::list).ok_or_else(|| {
        let names: Vec<&str> = LISTS.iter().map(|embedded| embedded.id).collect();
        Error::unexpected(
            format!("the list name {:?}", short(name)),
            format!("one of {}", names.join(", ")),
        )
    })
}

/// Returns the US Entity List: 15 CFR Part 744, Supplement No. 4, without its addresses.
///
/// ```
/// use export_control::party::{self, Country, PartyRule, PartyScope};
/// let china = PartyScope::default().under([Country::CHINA]);
/// let count = party::entity_list().count(PartyRule::Entries, &china);
/// assert!(count.number().is_some_and(|number| number > 1000));
/// ```
pub fn entity_list() -> &'static PartyList {
    LISTS[0].list()
}

/// The number of entries of one kind on a list on a day, by its publisher's file. The list
/// itself is not embedded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PublishedCount {
    /// The abbreviation of the list: `SDN`, `EL`, `UVL` …
    pub list: &'static str,
    /// The kind of its entries, where the list says.
    pub kind: Option<EntryKind>,
    /// The number of entries.
    pub entries: usize,
    /// The number of those with an address in the country.
    pub at: [(Country, usize); 2],
    /// The number of those with an address in China, Hong Kong or Macau.
    pub greater_china: usize,
}

/// The publication behind [`published_counts`].
pub const PUBLISHED_COUNTS_SOURCE: &str =
    "US Consolidated Screening List, generated 2026-07-31T13:15Z";

/// Returns how many entries the lists of the US Consolidated Screening List had on 2026-07-31, the
/// SDN List among them, by kind and country of address. Nothing else of these lists is embedded.
///
/// ```
/// use export_control::party::{EntryKind, published_counts};
/// let sdn = published_counts().into_iter().filter(|count| count.list == "SDN");
/// let people = sdn.filter(|count| count.kind == Some(EntryKind::Individual));
/// assert_eq!(people.map(|count| count.entries).sum::<usize>(), 7473);
/// ```
pub fn published_counts() -> Vec<PublishedCount> {
    let rows = include_str!("../../data/party-counts.csv").lines().skip(1);
    let read = rows.map(|row| {
        let mut cells = row.split(',');
        let list = cells.next()?;
        let kind = cells.next()?.parse().ok();
        let mut number = || cells.next()?.parse().ok();
        Some(PublishedCount {
            list,
            kind,
            entries: number()?,
            at: [(Country::CHINA, number()?), (Country::HONG_KONG, number()?)],
            greater_china: number()?,
        })
    });
    read.collect::<Option<_>>().expect(TESTED)
}
