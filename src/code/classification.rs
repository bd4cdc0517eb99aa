//! What a product file says of a product: a code, or the US basket that has none.

use std::fmt;
use std::str::FromStr;

use super::problem::Problem;
use super::{Code, parse};
use crate::text::parse_error::ParseError;

/// What a product file's classification says: a code, or the US basket EAR99.
///
/// EAR99 is subject to the Export Administration Regulations and on no entry of the Commerce
/// Control List. It is not a code, and it is not a mistake either, so it has an answer of its own.
///
/// ```
/// use export_control::Classification;
/// assert_eq!("ear 99".parse::<Classification>()?, Classification::Ear99);
/// assert!(matches!("5A992.c".parse::<Classification>()?, Classification::Code(_)));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Classification {
    /// A code, on some list or on none.
    Code(Code),
    /// The US basket for what no entry lists.
    Ear99,
}

impl FromStr for Classification {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Classification, ParseError> {
        match parse(text) {
            Ok(code) => Ok(Classification::Code(code)),
            Err((_, Problem::Ear99)) => Ok(Classification::Ear99),
            Err((column, problem)) => Err(problem.of(text, column)),
        }
    }
}

impl fmt::Display for Classification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Classification::Code(code) => code.fmt(f),
            Classification::Ear99 => f.write_str("EAR99"),
        }
    }
}
