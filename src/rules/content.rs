//! Holds the rules on items made abroad with controlled content.

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

/// When an item made abroad falls under a list's regulations because of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ContentRule {
    /// A short name of this crate's own.
    pub id: String,
    /// The list whose regulations these are.
    pub list: ListId,
    /// What counts as content, or what decides in its place.
    pub content: String,
    /// The destinations for which the rule holds; empty where the sources at hand do not say.
    pub destination: String,
    /// The share that decides. China's is a share of value; of what the US levels are shares the
    /// sources at hand do not say.
    pub threshold: Threshold,
    /// The measure, or its part, that states the rule, where a measure of the list does.
    pub measure: Option<MeasurePart>,
    /// The provision to cite.
    pub citation: String,
    /// Where the rule was read; the provision's own text was not always at hand.
    pub source: String,
    /// The first day of which the sources speak, where no measure says.
    pub from: Option<Date>,
    /// The last day of which the sources speak, where no measure says.
    ///
    /// Where it differs from [`from`](ContentRule::from), a source of either day states the rule,
    /// or one states since when it holds; a change and its reversal in between would not show.
    pub through: Option<Date>,
}

impl ContentRule {
    /// Whether the rule applies on a day: the status of its measure on its list, or in force on the
    /// days of which the sources speak.
    ///
    /// # Errors
    /// A list that is not the rule's.
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
/// What is wrong, with line and field.
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

/// The content rules round the embedded lists.
///
/// ```
/// use export_control::rules::{Threshold, content_rules};
/// let ceilings = content_rules().iter().filter(|rule| matches!(rule.threshold, Threshold::Ceiling(_)));
/// assert!(ceilings.clone().all(|rule| rule.list.as_str() == "us-ccl"));
/// ```
pub fn content_rules() -> &'static [ContentRule] {
    &RULES
}
