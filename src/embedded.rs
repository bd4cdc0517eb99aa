//! Holds the embedded lists, crosswalks and histories, in one table each.

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::change::history::Snapshot;
use crate::change::{History, ListDiff};
use crate::crosswalk::Crosswalk;
use crate::error::Error;
use crate::list::ControlList;
use crate::packed::Source;

/// Returns the packed files of a data set, which `cargo run -p xtask -- packed` makes.
macro_rules! packed {
    ($name:literal) => {
        Source::new(
            include_bytes!(concat!("../data/packed/", $name, ".bin")),
            include_str!(concat!("../data/packed/", $name, ".txt")),
        )
    };
}

/// One embedded list: its packed files, and what was made of them when it was first asked for.
struct EmbeddedList {
    id: &'static str,
    packed: Source,
    list: OnceLock<ControlList>,
    history: Option<HistorySource>,
    past: OnceLock<History>,
}

/// The packed files of a list's history.
struct HistorySource {
    packed: Source,
    /// Returns the list that the titles are from.
    list: fn() -> &'static ControlList,
}

impl EmbeddedList {
    /// A list without a history.
    const fn new(id: &'static str, packed: Source) -> EmbeddedList {
        EmbeddedList {
            id,
            packed,
            list: OnceLock::new(),
            history: None,
            past: OnceLock::new(),
        }
    }

    /// Adds a history, whose titles are the list's.
    const fn with_history(
        mut self,
        packed: Source,
        list: fn() -> &'static ControlList,
    ) -> EmbeddedList {
        self.history = Some(HistorySource { packed, list });
        self
    }
}

/// Every embedded list, in the order in which they are offered. CONTRIBUTING.md says how to add one.
static LISTS: [EmbeddedList; 3] = [
    EmbeddedList::new("us-ccl", packed!("us-ccl")).with_history(packed!("us-ccl-history"), us_ccl),
    EmbeddedList::new("cn-dual-use", packed!("cn-dual-use")),
    EmbeddedList::new("eu-annex-i", packed!("eu-annex-i")),
];

/// One embedded crosswalk: its two lists, its packed files, and what was made of them.
struct EmbeddedCrosswalk {
    lists: [&'static str; 2],
    packed: Source,
    crosswalk: OnceLock<Crosswalk>,
}

impl EmbeddedCrosswalk {
    const fn new(lists: [&'static str; 2], packed: Source) -> EmbeddedCrosswalk {
        EmbeddedCrosswalk {
            lists,
            packed,
            crosswalk: OnceLock::new(),
        }
    }
}

/// Every embedded crosswalk.
static CROSSWALKS: [EmbeddedCrosswalk; 3] = [
    EmbeddedCrosswalk::new(["us-ccl", "cn-dual-use"], packed!("us-ccl--cn-dual-use")),
    EmbeddedCrosswalk::new(["us-ccl", "eu-annex-i"], packed!("us-ccl--eu-annex-i")),
    EmbeddedCrosswalk::new(
        ["eu-annex-i", "cn-dual-use"],
        packed!("eu-annex-i--cn-dual-use"),
    ),
];

const TESTED: &str = "the tests read every embedded file, and fail before a release does";

impl EmbeddedList {
    fn list(&'static self) -> &'static ControlList {
        let read = || ControlList::unpack(&self.packed).expect(TESTED);
        self.list.get_or_init(read)
    }

    fn history(&'static self) -> Option<&'static History> {
        let source = self.history.as_ref()?;
        let read = || History::unpack(&source.packed, Some(source.list)).expect(TESTED);
        Some(self.past.get_or_init(read))
    }
}

fn named(id: &str) -> Option<&'static EmbeddedList> {
    LISTS.iter().find(|embedded| embedded.id == id)
}

/// Returns every embedded list.
///
/// A list is read when it is first asked for.
///
/// ```
/// let names: Vec<&str> = export_control::lists().map(|list| list.id().as_str()).collect();
/// assert!(names.contains(&"us-ccl") && names.contains(&"cn-dual-use"));
/// ```
pub fn lists() -> impl ExactSizeIterator<Item = &'static ControlList> {
    LISTS.iter().map(EmbeddedList::list)
}

/// Returns the embedded list with a short name.
///
/// # Errors
/// Returns an error that names the embedded lists if none has this name.
///
/// ```
/// let error = export_control::list("us").unwrap_err();
/// assert!(error.to_string().starts_with("found the list name \"us\", expected one of us-ccl, "));
/// ```
pub fn list(name: &str) -> Result<&'static ControlList, Error> {
    named(name).map(EmbeddedList::list).ok_or_else(|| {
        let names: Vec<&str> = LISTS.iter().map(|embedded| embedded.id).collect();
        Error::unexpected(
            format!("the list name {:?}", crate::text::short(name)),
            format!("one of {}", names.join(", ")),
        )
    })
}

/// Returns the US Commerce Control List: 15 CFR Part 774, Supplement No. 1.
///
/// ```
/// assert_eq!(export_control::us_ccl().id().as_str(), "us-ccl");
/// ```
pub fn us_ccl() -> &'static ControlList {
    named("us-ccl").map(EmbeddedList::list).expect(TESTED)
}

/// Returns China's Export Control List of Dual-Use Items (中华人民共和国两用物项出口管制清单), with
/// the measures that made it.
///
/// ```
/// assert!(export_control::cn_dual_use().measures().len() > 0);
/// ```
pub fn cn_dual_use() -> &'static ControlList {
    named("cn-dual-use").map(EmbeddedList::list).expect(TESTED)
}

/// Returns the embedded crosswalk between two lists, or `None` if there is none.
///
/// The crosswalk is the same whichever list is named first. An item that it does not name has not
/// been looked at; an item without a counterpart is named as such.
///
/// ```
/// use export_control::{cn_dual_use, crosswalk, us_ccl};
/// let crosswalk = crosswalk("cn-dual-use", "us-ccl").expect("it is embedded");
/// assert_eq!(crosswalk.left(), us_ccl().id());
/// crosswalk.check(us_ccl(), cn_dual_use())?;
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn crosswalk(one: &str, other: &str) -> Option<&'static Crosswalk> {
    let embedded = CROSSWALKS
        .iter()
        .find(|embedded| embedded.lists == [one, other] || embedded.lists == [other, one])?;
    let read = || Crosswalk::unpack(&embedded.packed).expect(TESTED);
    Some(embedded.crosswalk.get_or_init(read))
}

/// Returns the embedded history of a list, or `None` if there is none.
///
/// Read the [limits](crate::History#limits) before you quote the history of the US list: it
/// is built from another project's reading of the eCFR, corrected where an official text is at
/// hand, and "not covered" where none is.
///
/// ```
/// let history = export_control::history("us-ccl").expect("it is embedded");
/// assert_eq!(history.versions()[0].to_string(), "2017-01-15");
/// assert!(export_control::history("cn-dual-use").is_none());
/// ```
pub fn history(list: &str) -> Option<&'static History> {
    named(list)?.history()
}

/// Returns the edition of an embedded list that covers a day: the embedded edition, or an earlier
/// one as the list's [`history`] shows it.
///
/// An edition from a history has no reasons for control and no license requirements, and titles
/// only of items whose text has not changed since. [`Snapshot::not_covered`] lists the codes of
/// which the sources of that day do not say whether they were on the list, so a count is a minimum.
///
/// # Errors
/// Returns an error if no embedded list has this name, or if neither the edition nor the history
/// covers the day.
///
/// ```
/// use export_control::{CountingRule, Scope, edition_on};
/// let then = edition_on("us-ccl", "2020-03-08".parse()?)?;
/// assert!(then.list.get("0A505".parse()?).is_none()); // came the day after
/// let entries = then.list.count(CountingRule::Entries, &Scope::default());
/// assert!(entries.number().is_some() && !then.not_covered.is_empty());
/// assert!(edition_on("us-ccl", "2015-01-01".parse()?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn edition_on(list: &str, day: Date) -> Result<Snapshot, Error> {
    let embedded = self::list(list)?;
    let (first, last) = (embedded.opens(), embedded.edition().through);
    let after_first = first.is_none_or(|first| first <= day);
    if after_first && last.is_none_or(|last| day <= last) {
        return Ok(Snapshot::new(embedded.clone(), Vec::new()));
    }
    match history(list) {
        Some(history) => history.at(day),
        None => {
            let shown = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            let covered = format!("a day from {} to {}", shown(first), shown(last));
            let error = Error::unexpected(format!("the date {day}"), covered);
            Err(error.of_list(embedded.id()))
        }
    }
}

/// Returns what differs between the embedded edition of a list and another edition of it, such as
/// the official file of this morning. If nothing does, the embedded list is still current.
///
/// The wording is compared by the fingerprints of the list's embedded history, if it has one. A
/// field that one side does not record makes no change. [`ListDiff::not_comparable`] counts such
/// fields.
///
/// # Errors
/// Returns an error if no embedded list has the name of this one.
///
/// ```no_run
/// # #[cfg(feature = "ecfr")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use export_control::{Edition, changes_since_embedded, source::ecfr};
/// let file = std::io::BufReader::new(std::fs::File::open("ecfr-title15-part774.xml")?);
/// let official = ecfr::read(file, Edition::new("downloaded today"))?.list;
/// let changes = changes_since_embedded(&official)?;
/// if changes.is_empty() {
///     println!("the embedded list is still current");
/// } else {
///     println!("{changes}");
/// }
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "ecfr"))]
/// # fn main() {}
/// ```
pub fn changes_since_embedded(list: &ControlList) -> Result<ListDiff, Error> {
    let embedded = self::list(list.id().as_str())?;
    match history(list.id().as_str()) {
        Some(history) => ListDiff::between(&history.with_fingerprints(embedded)?, list),
        None => ListDiff::between(embedded, list),
    }
}
