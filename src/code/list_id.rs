//! The short names of lists.

use std::fmt;

/// The short name of a list, such as `us-ccl`. If the list is not obvious, it is written before a
/// code: `us-ccl:3C004`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct ListId(String);

impl ListId {
    /// Returns the id with this name.
    pub fn new(name: impl Into<String>) -> ListId {
        ListId(name.into())
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ListId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

crate::packed::packed_newtype!(ListId);
