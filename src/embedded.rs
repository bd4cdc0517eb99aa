//! The lists in `data/`.

use std::sync::LazyLock;

use crate::change::history::History;
use crate::crosswalk::Crosswalk;
use crate::error::Error;
use crate::list::license::LicenseRequirement;
use crate::list::{ControlList, ListId};
use crate::measure::Measure;

/// One embedded list and how to load it, which is done once, when it is first asked for.
type Embedded = (&'static str, LazyLock<ControlList>);

/// The embedded lists in the order in which they are offered. To add a list, put its file into
/// `data/` and a line here.
static LISTS: [Embedded; 2] = [
    (
        "us-ccl",
        LazyLock::new(|| {
            load(
                include_str!("../data/us-ccl.csv"),
                "",
                include_str!("../data/us-ccl-license-requirements.csv"),
            )
        }),
    ),
    (
        "cn-dual-use",
        LazyLock::new(|| {
            load(
                include_str!("../data/cn-dual-use.csv"),
                include_str!("../data/cn-measures.csv"),
                "",
            )
        }),
    ),
];

fn load(items: &str, measures: &str, license_requirements: &str) -> ControlList {
    let read = || -> Result<ControlList, Error> {
        let list = items.parse::<ControlList>()?;
        let list = if measures.is_empty() {
            list
        } else {
            list.with_measures(Measure::from_csv(measures.as_bytes())?)?
        };
        if license_requirements.is_empty() {
            Ok(list)
        } else {
            list.with_license_requirements(LicenseRequirement::from_csv(
                license_requirements.as_bytes(),
            )?)
        }
    };
    read().expect("the embedded files are read by the tests, which fail before a release does")
}

static US_CN: LazyLock<Crosswalk> = LazyLock::new(|| {
    Crosswalk::from_sssom(include_str!("../data/us-ccl--cn-dual-use.sssom.tsv").as_bytes())
        .expect("the embedded crosswalk is read by the tests")
});

/// The curated crosswalk from the US list to China's.
///
/// An item that it does not name has not been looked at; an item without a counterpart is named as
/// such.
///
/// ```
/// let crosswalk = export_control::us_cn_crosswalk();
/// crosswalk.check(export_control::us_ccl(), export_control::cn_dual_use())?;
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn us_cn_crosswalk() -> &'static Crosswalk {
    &US_CN
}

/// The embedded crosswalk of two lists, whichever of them stands left; `None` where there is none.
///
/// ```
/// use export_control::{cn_dual_use, crosswalk_between, us_ccl};
/// assert!(crosswalk_between(cn_dual_use().id(), us_ccl().id()).is_some());
/// assert!(crosswalk_between(us_ccl().id(), us_ccl().id()).is_none());
/// ```
pub fn crosswalk_between(one: &ListId, other: &ListId) -> Option<&'static Crosswalk> {
    let crosswalk = us_cn_crosswalk();
    let ends = (crosswalk.left(), crosswalk.right());
    (ends == (one, other) || ends == (other, one)).then_some(crosswalk)
}

static US_HISTORY: LazyLock<History> = LazyLock::new(|| {
    let read = || {
        let measures = Measure::from_csv(include_str!("../data/us-ccl-measures.csv").as_bytes())?;
        Ok::<_, Error>(
            History::from_csv(
                include_str!("../data/us-ccl-history.csv").as_bytes(),
                measures,
            )?
            .with_titles(us_ccl()),
        )
    };
    read().expect("the embedded history is read by the tests")
});

/// The US list from 2017-01-15 on, with the Federal MeasureLedger rules that took effect on the days of
/// its editions.
///
/// Read the [limits](crate::history#limits) before quoting it: it is built from another project's
/// reading of the eCFR, mended where an official text is at hand, and "not covered" where none is.
///
/// ```
/// let history = export_control::us_ccl_history();
/// assert_eq!(history.versions().len(), 57);
/// assert_eq!(history.versions()[0].to_string(), "2017-01-15");
/// ```
pub fn us_ccl_history() -> &'static History {
    &US_HISTORY
}

/// The US Commerce Control List: 15 CFR Part 774, Supplement No. 1.
///
/// ```
/// assert_eq!(export_control::us_ccl().id().as_str(), "us-ccl");
/// ```
pub fn us_ccl() -> &'static ControlList {
    &LISTS[0].1
}

/// China's Export Control List of Dual-Use Items (中华人民共和国两用物项出口管制清单), with the
/// measures that made it.
///
/// ```
/// assert_eq!(export_control::cn_dual_use().measures().len(), 28);
/// ```
pub fn cn_dual_use() -> &'static ControlList {
    &LISTS[1].1
}

/// Every embedded list.
///
/// ```
/// let names: Vec<&str> = export_control::lists().map(|list| list.id().as_str()).collect();
/// assert_eq!(names, ["us-ccl", "cn-dual-use"]);
/// ```
pub fn lists() -> impl ExactSizeIterator<Item = &'static ControlList> {
    LISTS.iter().map(|(_, list)| &**list)
}

/// The embedded list with this short name.
///
/// # Errors
/// A name that no embedded list has; the error names those that there are.
///
/// ```
/// let error = export_control::list("us").unwrap_err();
/// assert_eq!(error.to_string(), r#"found the list name "us", expected one of us-ccl, cn-dual-use"#);
/// ```
pub fn list(name: &str) -> Result<&'static ControlList, Error> {
    LISTS
        .iter()
        .find(|(id, _)| *id == name)
        .map(|(_, list)| &**list)
        .ok_or_else(|| {
            let names: Vec<&str> = LISTS.iter().map(|(id, _)| *id).collect();
            Error::unexpected(
                format!("the list name {name:?}"),
                format!("one of {}", names.join(", ")),
            )
        })
}
