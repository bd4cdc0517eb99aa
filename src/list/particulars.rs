//! Holds what only some countries publish with an item.

use super::elsewhere::Elsewhere;

/// The facts that only some countries publish with an item.
///
/// A list that publishes none of it has empty particulars; that says nothing about the item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Particulars {
    /// The list-based license exceptions of an entry of the US list, as published.
    pub exceptions: Vec<LicenseException>,
    /// The item's row numbers in China's annual license catalogue.
    pub catalogue_rows: Vec<u16>,
    /// Other lists and agencies of the same country to which the item's own heading, license
    /// part, related controls or notes refer, for the same things or for like ones.
    #[cfg_attr(feature = "serde", serde(default))]
    pub elsewhere: Vec<Elsewhere>,
}

impl Particulars {
    pub(super) const NONE: Particulars = Particulars {
        exceptions: Vec::new(),
        catalogue_rows: Vec::new(),
        elsewhere: Vec::new(),
    };

    /// Returns particulars that record nothing.
    pub fn new() -> Particulars {
        Particulars::NONE
    }
}

/// The statement of an entry on one list-based license exception, such as `LVS: $3000`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LicenseException {
    /// The symbol of the exception: `LVS`, `GBS`, `TSR` ….
    pub symbol: String,
    /// The availability of the exception for the entry's items.
    pub availability: Availability,
    /// The published words, where the reader of an official text has seen them.
    pub text: Option<String>,
}

impl LicenseException {
    /// Returns what an entry allows for an exception, without the published words.
    pub fn new(symbol: impl Into<String>, availability: Availability) -> LicenseException {
        LicenseException {
            symbol: symbol.into(),
            availability,
            text: None,
        }
    }
}

/// The availability of a list-based exception for an entry's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Availability {
    /// Not for any item of the entry.
    No,
    /// For every item of the entry, without a limit.
    Yes,
    /// For every item of the entry up to a value in US dollars.
    UpTo(u32),
    /// For some items, or under conditions, that only the published words state.
    Partly,
}

crate::packed::packed_struct!(Particulars {
    exceptions,
    catalogue_rows,
    elsewhere
});
crate::packed::packed_struct!(LicenseException {
    symbol,
    availability,
    text
});

impl crate::packed::Packed for Availability {
    fn read(from: &mut crate::packed::Reader) -> Option<Availability> {
        Some(match from.value::<u8>()? {
            0 => Availability::No,
            1 => Availability::Yes,
            2 => Availability::Partly,
            3 => Availability::UpTo(from.value()?),
            _ => return None,
        })
    }

    fn write(&self, to: &mut crate::packed::Writer) {
        match self {
            Availability::No => to.value(&0u8),
            Availability::Yes => to.value(&1u8),
            Availability::Partly => to.value(&2u8),
            Availability::UpTo(dollars) => {
                to.value(&3u8);
                to.value(dollars);
            }
        }
    }
}
