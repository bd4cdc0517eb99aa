//! The licences, exceptions and exclusions that a list's regulations know.

use std::fmt;
use std::io::Read;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::list::{ControlList, ListId};
use crate::measure::{MeasurePart, Status};
use crate::rows::{Fields, Rows};

/// What a rule on licences provides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LicenceKind {
    /// A licence for one transaction.
    IndividualLicence,
    /// A licence for many transactions.
    GeneralLicence,
    /// A certificate that an exporter gets by registering an export, without an application.
    Registration,
    /// Exports that need no licence under conditions: a licence exception of the US regulations.
    Exception,
    /// What the controls do not reach.
    Exclusion,
    /// A case in which general licences and registration are not to be had.
    Bar,
    /// Control of things outside the list, for a limited time.
    TemporaryControl,
}

impl LicenceKind {
    const NAMES: [(LicenceKind, &'static str); 7] = [
        (LicenceKind::IndividualLicence, "individual-licence"),
        (LicenceKind::GeneralLicence, "general-licence"),
        (LicenceKind::Registration, "registration"),
        (LicenceKind::Exception, "exception"),
        (LicenceKind::Exclusion, "exclusion"),
        (LicenceKind::Bar, "bar"),
        (LicenceKind::TemporaryControl, "temporary-control"),
    ];
}

impl fmt::Display for LicenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(
            LicenceKind::NAMES
                .iter()
                .find(|(kind, _)| kind == self)
                .map_or("", |(_, name)| name),
        )
    }
}

/// A licence, exception or exclusion that a list's regulations know: that it exists, where it
/// stands and how long it lasts. Its conditions are in the provision; whether it can be used for an
/// item is not said here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LicenceRule {
    /// The list whose regulations these are.
    pub list: ListId,
    /// The symbol of a US licence exception, as in
    /// [`ListException::symbol`](crate::ListException::symbol), where an entry may join two as
    /// `NAC/ACA`; for China a short name of this crate's own.
    pub symbol: String,
    /// What it provides.
    pub kind: LicenceKind,
    /// What it is for, in this crate's own words.
    pub title: String,
    /// For how many years at most, where the sources say.
    pub years: Option<u8>,
    /// The measure, or its part, that states the rule, where a measure of the list does.
    pub measure: Option<MeasurePart>,
    /// The provision to cite.
    pub citation: String,
    /// Where the rule was read.
    pub source: String,
    /// The first day of which the sources speak, where no measure says.
    pub from: Option<Date>,
    /// The last day of which the sources speak, where no measure says.
    pub through: Option<Date>,
}

impl LicenceRule {
    /// Whether the rule applies on a day: the status of its measure on its list, or in force on the
    /// days of which the sources speak.
    ///
    /// # Errors
    /// A list that is not the rule's.
    ///
    /// ```
    /// use export_control::{Status, rules::licence_rules, us_ccl};
    /// let lvs = licence_rules().iter().find(|rule| rule.symbol == "LVS").expect("a licence exception");
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

const COLUMNS: [&str; 10] = [
    "list", "symbol", "kind", "title", "years", "measure", "citation", "source", "from", "through",
];

/// Reads licence rules from a CSV file with the columns of `data/licence-rules.csv`.
///
/// # Errors
/// What is wrong, with line and field.
///
/// ```
/// let file = "list,symbol,kind,title,citation\nus-ccl,LVS,favor,Low value,15 CFR 740.3\n";
/// let error = export_control::rules::read_licence_rules(file.as_bytes()).unwrap_err();
/// assert!(error.to_string().starts_with("line 2:3: found kind \"favor\", expected individual-licence, general-licence"));
/// ```
pub fn read_licence_rules(input: impl Read) -> Result<Vec<LicenceRule>, Error> {
    const DATE: &str = "a date such as 2025-11-07";
    const KINDS: &str = "individual-licence, general-licence, registration, exception, exclusion, bar or temporary-control";
    let mut rows = Rows::new(
        input,
        0,
        b',',
        &COLUMNS,
        &["list", "symbol", "kind", "title", "citation"],
    )?;
    let mut read: Vec<LicenceRule> = Vec::new();
    while rows.next()? {
        let filled = |column: usize| {
            rows.value(column, "a text", |text| {
                (!text.is_empty()).then(|| text.to_owned())
            })
        };
        let (list, symbol) = (ListId::new(filled(0)?), filled(1)?);
        if read
            .iter()
            .any(|rule| rule.list == list && rule.symbol == symbol)
        {
            return Err(rows.fail(
                1,
                Error::contradiction(format!("the rule {symbol} twice"), "one row a rule"),
            ));
        }
        let kind = |text: &str| {
            LicenceKind::NAMES
                .iter()
                .find(|(_, name)| *name == text)
                .map(|(kind, _)| *kind)
        };
        read.push(LicenceRule {
            list,
            symbol,
            kind: rows.value(2, KINDS, kind)?,
            title: filled(3)?,
            years: rows.optional(4, "a number of years")?,
            measure: rows.optional(5, "a measure or a part of one")?,
            citation: filled(6)?,
            source: rows.text(7).to_owned(),
            from: rows.optional(8, DATE)?,
            through: rows.optional(9, DATE)?,
        });
    }
    Ok(read)
}

static RULES: LazyLock<Vec<LicenceRule>> = LazyLock::new(|| {
    read_licence_rules(include_str!("../../data/licence-rules.csv").as_bytes())
        .expect("the embedded rules are read by the tests")
});

/// The licence rules round the embedded lists: US licence exceptions, and China's licences,
/// exemptions and temporary controls.
///
/// ```
/// use export_control::rules::{LicenceKind, licence_rules};
/// let temporary = licence_rules().iter().find(|rule| rule.kind == LicenceKind::TemporaryControl).expect("a rule of China's");
/// assert_eq!(temporary.years, Some(2));
/// ```
pub fn licence_rules() -> &'static [LicenceRule] {
    &RULES
}
