//! The licenses, exceptions and exclusions in a list's regulations.

use std::collections::HashSet;
use std::fmt;
use std::io::Read;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::error::Error;
use crate::format::records;
use crate::format::table::{Column, Table};
use crate::list::{ControlList, ListId};
use crate::measure::{MeasurePart, Status};
use crate::text::named::name_of;

/// The kind of thing that a rule on licenses provides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum LicenseKind {
    /// A license for one transaction.
    IndividualLicense,
    /// A license for many transactions.
    GeneralLicense,
    /// A certificate that an exporter gets by registering an export, without an application.
    Registration,
    /// Exports that need no license under certain conditions: a license exception of the US
    /// regulations.
    Exception,
    /// Things to which the controls do not apply.
    Exclusion,
    /// A case in which general licenses and registration are not available.
    Bar,
    /// Control of things outside the list, for a limited time.
    TemporaryControl,
}

impl LicenseKind {
    const NAMES: [(LicenseKind, &'static str); 7] = [
        (LicenseKind::IndividualLicense, "individual-license"),
        (LicenseKind::GeneralLicense, "general-license"),
        (LicenseKind::Registration, "registration"),
        (LicenseKind::Exception, "exception"),
        (LicenseKind::Exclusion, "exclusion"),
        (LicenseKind::Bar, "bar"),
        (LicenseKind::TemporaryControl, "temporary-control"),
    ];
}

impl fmt::Display for LicenseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(name_of(&LicenseKind::NAMES, self))
    }
}

/// A license, exception or exclusion in a list's regulations. The rule says that it exists, where
/// it is stated, and how long it lasts. Its conditions are in the provision, so the rule does not
/// say if it can be used for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LicenseRule {
    /// The list to whose regulations the rule belongs.
    pub list: ListId,
    /// The symbol of a US license exception, as in
    /// [`LicenseException::symbol`](crate::list::LicenseException::symbol). An entry may join two
    /// as `NAC/ACA`. For China it is a short name that this crate gives the rule.
    pub symbol: String,
    /// The kind of thing that it provides.
    pub kind: LicenseKind,
    /// Its purpose, in this crate's own words.
    pub title: String,
    /// The maximum number of years that it lasts, if the sources say so.
    pub years: Option<u8>,
    /// The measure that states the rule, or the part of it, if a measure of the list does.
    pub measure: Option<MeasurePart>,
    /// The provision to cite.
    pub citation: String,
    /// The source in which the rule was read.
    pub source: String,
    /// The first day that the sources cover, if no measure states it.
    pub from: Option<Date>,
    /// The last day that the sources cover, if no measure states it.
    pub through: Option<Date>,
}

impl LicenseRule {
    /// Returns the status of the rule on a day. If a measure states the rule, it has the measure's
    /// status on its list. Otherwise it is in force on the days that the sources cover.
    ///
    /// # Errors
    /// Returns an error if the list is not the rule's list.
    ///
    /// ```
    /// use export_control::{Status, rules::license_rules, us_ccl};
    /// let lvs = license_rules().iter().find(|rule| rule.symbol == "LVS").expect("a license exception");
    /// assert!(matches!(lvs.status(us_ccl(), "2026-07-23".parse()?)?, Status::InForce { .. }));
    /// assert!(matches!(lvs.status(us_ccl(), "2026-07-24".parse()?)?, Status::Unknown { .. }));
    /// assert!(lvs.status(export_control::cn_dual_use(), "2026-07-23".parse()?).is_err());
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
const KINDS: &str = "individual-license, general-license, registration, exception, exclusion, bar or temporary-control";

static COLUMNS: [Column<()>; 10] = [
    Column::named("list"),
    Column::named("symbol"),
    Column::named("kind"),
    Column::named("title"),
    Column::named("years"),
    Column::named("measure"),
    Column::named("citation"),
    Column::named("source"),
    Column::named("from"),
    Column::named("through"),
];

/// Reads license rules from a CSV file with the columns of `data/license-rules.csv`.
///
/// # Errors
/// Returns an error with its line and field if a column is missing or a value is broken.
///
/// ```
/// let file = "list,symbol,kind,title,citation\nus-ccl,LVS,favor,Low value,15 CFR 740.3\n";
/// let error = export_control::rules::read_license_rules(file.as_bytes()).unwrap_err();
/// assert!(error.to_string().starts_with("line 2:3: found kind \"favor\", expected individual-license, general-license"));
/// ```
pub fn read_license_rules(input: impl Read) -> Result<Vec<LicenseRule>, Error> {
    let text = records::read_text(input)?;
    let required = ["list", "symbol", "kind", "title", "citation"];
    let mut rows = Table::new(&text, 1, &COLUMNS, &required)?;
    let (mut read, mut seen) = (Vec::new(), HashSet::new());
    while rows.next()? {
        let filled = |name| rows.field(name).filled("a text");
        let (list, symbol) = (ListId::new(filled("list")?), filled("symbol")?);
        if !seen.insert((list.clone(), symbol.clone())) {
            let error = Error::contradiction(format!("the rule {symbol} twice"), "one row a rule");
            return Err(rows.field("symbol").fail(error));
        }
        read.push(LicenseRule {
            list,
            symbol,
            kind: rows.field("kind").word(&LicenseKind::NAMES, KINDS)?,
            title: filled("title")?,
            years: rows.field("years").optional("a number of years")?,
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

static RULES: LazyLock<Vec<LicenseRule>> = LazyLock::new(|| {
    read_license_rules(include_str!("../../data/license-rules.csv").as_bytes())
        .expect("the embedded rules are read by the tests")
});

/// Returns the license rules of the regulations around the embedded lists: US license exceptions,
/// and China's licenses, exemptions and temporary controls.
///
/// ```
/// use export_control::rules::{LicenseKind, license_rules};
/// let temporary = license_rules().iter().find(|rule| rule.kind == LicenseKind::TemporaryControl).expect("a rule of China's");
/// assert_eq!(temporary.years, Some(2));
/// ```
pub fn license_rules() -> &'static [LicenseRule] {
    &RULES
}
