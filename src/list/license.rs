//! Holds license requirements: the rows of the table that an entry of the US list publishes.

use std::fmt;

use crate::code::Code;
use crate::list::Reason;
use crate::text::join;

/// One published row of an entry's license-requirements table: which control, what it applies to,
/// and where a license is required.
///
/// The structured fields hold what could be told from the row's wording; the wording itself is kept
/// by readers of the official text and is `None` in the embedded list. Rows whose scope only words
/// can state say so ([`AppliesTo::Described`]), so that nobody takes the codes for the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LicenseRequirement {
    /// The entry whose table has the row.
    pub entry: Code,
    /// The reasons that the row names; more than one where the publication merged rows, none where
    /// it names none.
    pub reasons: Vec<Reason>,
    /// The part of the entry that the row covers.
    pub applies_to: AppliesTo,
    /// The codes that limit the row, in published order. What they mean depends on
    /// [`applies_to`](LicenseRequirement::applies_to).
    pub codes: Vec<CodeRange>,
    /// The columns of the Commerce Country Chart that the row names.
    pub columns: Vec<ChartColumn>,
    /// The sections of the regulations that the row names, such as `742.6(a)(7)`.
    pub sections: Vec<String>,
    /// Destinations that the row names in words: countries, country groups such as `D:5`,
    /// `worldwide`; a leading `-` marks an exclusion.
    pub destinations: Vec<String>,
    /// The published words: what the row applies to, and the second cell.
    pub text: Option<(String, String)>,
}

impl LicenseRequirement {
    /// An empty row of an entry's table.
    pub fn new(entry: Code) -> LicenseRequirement {
        LicenseRequirement {
            entry,
            reasons: Vec::new(),
            applies_to: AppliesTo::Described,
            codes: Vec::new(),
            columns: Vec::new(),
            sections: Vec::new(),
            destinations: Vec::new(),
            text: None,
        }
    }
}

/// Prints the row in one line: reasons, what it applies to, chart columns, sections, destinations.
impl fmt::Display for LicenseRequirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let applies_to = match self.applies_to {
            AppliesTo::Entry => "entire entry".to_owned(),
            AppliesTo::Except => format!("all except {}", join(&self.codes)),
            AppliesTo::Codes => join(&self.codes),
            AppliesTo::Described if self.codes.is_empty() => "as described".to_owned(),
            AppliesTo::Described => format!("as described, with {}", join(&self.codes)),
        };
        let parts = [
            join(&self.reasons),
            applies_to,
            join(&self.columns),
            join(&self.sections),
            join(&self.destinations),
        ];
        let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        f.write_str(&told.join(", "))
    }
}

/// The part of its entry that a license row covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum AppliesTo {
    /// The entire entry.
    Entry,
    /// The entire entry except the row's codes.
    Except,
    /// The row's codes, and nothing else.
    Codes,
    /// The items that the published words describe. The codes are those that the words mention.
    Described,
}

/// A code, or a run of sibling codes from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CodeRange {
    /// The first, or only, code.
    pub first: Code,
    /// The last code where the text names a range.
    pub last: Option<Code>,
}

impl CodeRange {
    /// Returns a range of sibling codes, or one code if `last` is `None`.
    pub fn new(first: Code, last: impl Into<Option<Code>>) -> CodeRange {
        CodeRange {
            first,
            last: last.into(),
        }
    }
}

impl fmt::Display for CodeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last {
            None => self.first.fmt(f),
            Some(last) => write!(f, "{}..{}", self.first, last),
        }
    }
}

/// A column of the Commerce Country Chart, such as NS Column 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ChartColumn {
    /// The reason for control that heads the column.
    pub reason: Reason,
    /// The column's number under that reason, from 1.
    pub number: u8,
}

impl ChartColumn {
    /// Returns the column of a reason for control with a number from 1.
    pub fn new(reason: Reason, number: u8) -> ChartColumn {
        ChartColumn { reason, number }
    }
}

impl fmt::Display for ChartColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.reason, self.number)
    }
}

crate::packed::packed_struct!(LicenseRequirement {
    entry,
    reasons,
    applies_to,
    codes,
    columns,
    sections,
    destinations,
    text
});
crate::packed::packed_enum!(AppliesTo {
    Entry,
    Except,
    Codes,
    Described
});
crate::packed::packed_struct!(CodeRange { first, last });
crate::packed::packed_struct!(ChartColumn { reason, number });
