//! What a product file says of a product: a code, or the US basket that has none.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Code, ParseCodeError};

/// What a product file's classification says: a code, or the US basket EAR99.
///
/// EAR99 is subject to the Export Administration Regulations and on no entry of the Commerce
/// Control List. It is not a code, and it is not a mistake either, so it has an answer of its own.
///
/// ```
/// use export_control::Classification;
/// assert_eq!("ear 99".parse::<Classification>()?, Classification::Ear99);
/// assert!(matches!("5A992.c".parse::<Classification>()?, Classification::Code(_)));
/// # Ok::<(), export_control::ParseCodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Classification {
    /// A code, on some list or on none.
    Code(Code),
    /// The US basket for what no entry lists.
    Ear99,
}

impl FromStr for Classification {
    type Err = ParseCodeError;

    fn from_str(text: &str) -> Result<Classification, ParseCodeError> {
        match text.parse() {
            Ok(code) => Ok(Classification::Code(code)),
            Err(error) if error.is_ear99() => Ok(Classification::Ear99),
            Err(error) => Err(error),
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
