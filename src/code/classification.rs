//! The answer of a product file to the question: which code?

use std::fmt;
use std::str::FromStr;

use super::answer::Answer;
use super::problem::Problem;
use super::{Code, Munitions};
use crate::text::parse_error::ParseError;

/// A product's classification in a product file: a code, or another answer that is not a code and
/// not a mistake.
///
/// Parsing accepts exactly one answer and nothing beside it.
/// [`Answer::read`](crate::code::Answer::read) reads a whole cell, with remarks and several
/// answers.
///
/// ```
/// use export_control::Classification;
/// assert!(matches!("5A992.c".parse()?, Classification::Code(_)));
/// assert!(matches!("ear 99".parse()?, Classification::Basket(basket) if basket.name() == "EAR99"));
/// assert!(matches!("XI(c)".parse()?, Classification::Munitions(_)));
/// assert_eq!("不适用".parse::<Classification>()?, Classification::NotListed);
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Classification {
    /// A code, whether or not a list has it.
    Code(Code),
    /// A country's name for products that its regulations cover but no entry of its list does.
    Basket(Basket),
    /// An entry of a munitions list.
    Munitions(Munitions),
    /// Words that say that the product is not on a list, such as "not listed" or "N/A".
    NotListed,
    /// Words that say that no license is needed, such as "NLR". They do not say which code applies.
    NoLicense,
    /// No answer: an empty cell, a dash or "unknown".
    Unanswered,
}

/// A name for products that a country's regulations cover but no entry of its list does. The US has
/// one, EAR99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Basket {
    name: &'static str,
    country: &'static str,
}

impl Basket {
    /// The US basket: products that are subject to the Export Administration Regulations and on no
    /// entry of the Commerce Control List.
    pub const EAR99: Basket = Basket {
        name: "EAR99",
        country: "US",
    };

    /// Returns the name.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Returns the country whose regulations use the name, in two letters.
    pub const fn country(self) -> &'static str {
        self.country
    }
}

impl fmt::Display for Basket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

/// Words that say that a product is not on a list, without blanks and signs.
const NOT_LISTED: [&str; 29] = [
    "na",
    "notapplicable",
    "none",
    "no",
    "notlisted",
    "unlisted",
    "notcontrolled",
    "uncontrolled",
    "noeccn",
    "nocode",
    "nonlisted",
    "noncontrolled",
    "noncontrole",
    "notsubject",
    "nonsoumis",
    "nichtgelistet",
    "nichterfasst",
    "keine",
    "keiner",
    "entfällt",
    "nec",
    "nls",
    "不适用",
    "无",
    "不管制",
    "非管制",
    "不受管制",
    "不属于",
    "未列管",
];

/// Words that say that no license is needed, without blanks and signs.
const NO_LICENSE: [&str; 10] = [
    "nlr",
    "nolicenserequired",
    "nolicencerequired",
    "licensenotrequired",
    "licencenotrequired",
    "nolicenseneeded",
    "nolicenceneeded",
    "genehmigungsfrei",
    "无需许可",
    "无需许可证",
];

/// Words for no answer, without blanks and signs.
const UNANSWERED: [&str; 24] = [
    "",
    "?",
    "??",
    "???",
    "unknown",
    "tbd",
    "tba",
    "tbc",
    "pending",
    "null",
    "nil",
    "nan",
    "#na",
    "#ref",
    "#value",
    "#name?",
    "#num",
    "#null",
    "#div0",
    "blank",
    "unclassified",
    "notclassified",
    "未知",
    "待定",
];

impl Classification {
    /// Returns the answer of words that are not a code.
    pub(super) fn of_words(text: &str) -> Option<Classification> {
        let gone = |c: char| c.is_whitespace() || ".-_/()[]'\"!,;:".contains(c);
        let key: String = text
            .chars()
            .filter(|c| !gone(*c))
            .flat_map(char::to_lowercase)
            .take(40)
            .collect();
        let key = key.as_str();
        if UNANSWERED.contains(&key) {
            Some(Classification::Unanswered)
        } else if NOT_LISTED.contains(&key) {
            Some(Classification::NotListed)
        } else if NO_LICENSE.contains(&key) {
            Some(Classification::NoLicense)
        } else {
            None
        }
    }
}

impl FromStr for Classification {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Classification, ParseError> {
        if let Ok(code) = text.parse() {
            return Ok(Classification::Code(code));
        }
        let mut answers = Answer::read(text);
        if answers.len() > 1 {
            return Err(Problem::Several(answers.len()).of(text, 0));
        }
        let Answer {
            classification,
            prefix,
            remarks,
            ..
        } = match answers.pop() {
            Some(answer) => answer?,
            None => return Ok(Classification::Unanswered),
        };
        let answer = classification.to_string();
        if let Some(remark) = remarks.first() {
            let remark = remark.to_string();
            return Err(Problem::Beside { answer, remark }.of(text, 0));
        }
        match prefix {
            Some(prefix) => {
                let prefix = prefix.as_str().to_owned();
                Err(Problem::Prefixed { answer, prefix }.of(text, 0))
            }
            None => Ok(classification),
        }
    }
}

impl fmt::Display for Classification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Classification::Code(code) => code.fmt(f),
            Classification::Basket(basket) => basket.fmt(f),
            Classification::Munitions(entry) => entry.fmt(f),
            Classification::NotListed => f.write_str("not listed"),
            Classification::NoLicense => f.write_str("no license required"),
            Classification::Unanswered => f.write_str("unknown"),
        }
    }
}

crate::text::serde_as_text!(Classification);
