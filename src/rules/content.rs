//! The rules on items made abroad with controlled content.

use std::collections::HashSet;
use std::io::Read;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::Threshold;
use crate::error::Error;
use crate::format::records;
use crate::format::table::{Column, Table};
use crate::list::{ControlList, ListId};
use crate::measure::{MeasurePart, Status};

/// A rule that says when the content of an item made abroad puts it under a list's regulations.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ContentRule {
    /// A short name that this crate gives the rule.
    pub id: String,
    /// The list to whose regulations the rule belongs.
    pub list: ListId,
    /// The content that counts, or what decides instead of it.
    pub content: String,
    /// The destinations to which the rule applies. It is empty if the sources do not say.
    pub destination: String,
    /// The share that decides. China's is a share of value. For the US levels, the sources do not
    /// say what the whole is.
    pub threshold: Threshold,
    /// The measure that states the rule, or the part of it, if a measure of the list does.
    pub measure: Option<MeasurePart>,
    /// The provision to cite.
    pub citation: String,
    /// The source in which the rule was read. The provision's own text was not always available.
    pub source: String,
    /// The first day that the sources cover, if no measure states it.
    pub from: Option<Date>,
    /// The last day that the sources cover, if no measure states it.
    ///
    /// If it differs from [`from`](ContentRule::from), a source of either day states the rule, or
    /// one says since when it applies. A change that was reversed in between would not show.
    pub through: Option<Date>,
}

impl ContentRule {
    /// Returns the status of the rule on a day. If a measure states the rule, it has the measure's
    /// status on its list. Otherwise it is in force on the days that the sources cover.
    ///
    /// # Errors
    /// Returns an error if the list is not the rule's list.
    ///
    /// ```
    /// use export_control::{Status, cn_dual_use, rules::content_rules};
    /// let floor = content_rules().iter().find(|rule| rule.id == "cn-content").expect("the 0.1% rule");
    /// assert!(matches!(floor.status(cn_dual_use(), "2025-10-28".parse()?)?, Status::NotYet { .. }));
    /// assert!(matches!(floor.status(cn_dual_use(), "2025-12-01".parse()?)?, Status::Suspended { .. }));
    /// assert!(matches!(floor.status(cn_dual_use(), "2026-11-11".parse()?)?, Status::Unknown { .. }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn status(&self, list: &ControlList, on: Date) -> Result<Status, Error> {
        super::status(
            &self.list,
            self.measure.as_ref(),
            (self.from, self.through),
            list,
            on,
        )
    }
}

const DATE: &str = "a date such as 2025-11-07";
const THRESHOLDS: &str = "<= or >= with a share such as 0.1%, exempt, regardless or unstated";

static COLUMNS: [Column<()>; 10] = [
    Column::named("id"),
    Column::named("list"),
    Column::named("content"),
    Column::named("destination"),
    Column::named("threshold"),
    Column::named("measure"),
    Column::named("citation"),
    Column::named("source"),
    Column::named("from"),
    Column::named("through"),
];

/// Reads content rules from a CSV file with the columns of `data/content-rules.csv`.
///
/// # Errors
/// Returns an error with its line and field if a column is missing or a value is broken.
///
/// ```
/// let file = "id,list,content,threshold,citation\nmine,us-ccl,Everything,25%,mine\n";
/// let error = export_control::rules::read_content_rules(file.as_bytes()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "line 2:4: found threshold \"25%\", expected <= or >= with a share such as 0.1%, exempt, regardless or unstated"
/// );
/// ```
pub fn read_content_rules(input: impl Read) -> Result<Vec<ContentRule>, Error> {
    let text = records::read_text(input)?;
    let required = ["id", "list", "content", "threshold", "citation"];
    let mut rows = Table::new(&text, 1, &COLUMNS, &required)?;
    let (mut read, mut seen) = (Vec::new(), HashSet::new());
    while rows.next()? {
        let filled = |name| rows.field(name).filled("a text");
        let id = filled("id")?;
        if !seen.insert(id.clone()) {
            let error = Error::contradiction(format!("the rule {id} twice"), "one row a rule");
            return Err(rows.field("id").fail(error));
        }
        read.push(ContentRule {
            id,
            list: ListId::new(filled("list")?),
            content: filled("content")?,
            destination: rows.field("destination").text.to_owned(),
            threshold: rows.field("threshold").value(THRESHOLDS, Threshold::read)?,
            measure: rows
                .field("measure")
                .optional("a measure or a part of one")?,
            citation: filled("citation")?,
            source: rows.field("source").text.to_owned(),
            from: rows.field("from").optional(DATE)?,
            through: rows.field("through").optional(DATE)?,
        });
    }
    Ok(read)
}

static RULES: LazyLock<Vec<ContentRule>> = LazyLock::new(|| {
    read_content_rules(include_str!("../../data/content-rules.csv").as_bytes())
        .expect("the embedded rules are read by the tests")
});

/// Returns the content rules of the regulations around the embedded lists.
///
/// ```
/// use export_control::rules::{Threshold, content_rules};
/// let ceilings = content_rules().iter().filter(|rule| matches!(rule.threshold, Threshold::Ceiling(_)));
/// assert!(ceilings.clone().all(|rule| rule.list.as_str() == "us-ccl"));
/// ```
pub fn content_rules() -> &'static [ContentRule] {
    &RULES
}
