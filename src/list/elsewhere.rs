//! Names the lists and agencies of a country that control what its dual-use list leaves to them.

use std::fmt;
use std::str::FromStr;

use crate::text::parse_error::ParseError;

/// A list or an agency whose controls no list of this crate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Authority {
    /// The US Munitions List, by the International Traffic in Arms Regulations (22 CFR 120–130).
    Usml,
    /// The US Nuclear Regulatory Commission (10 CFR 110).
    Nrc,
    /// The US Department of Energy (10 CFR 810).
    Doe,
    /// China's regulations on the export of military items.
    ChinaMilitary,
    /// China's regulations on nuclear exports.
    ChinaNuclear,
    /// China's regulations on monitored and controlled chemicals.
    ChinaChemicals,
    /// The Common Military List of the European Union.
    EuMilitary,
}

impl Authority {
    const NAMES: [(Authority, &'static str, &'static str); 7] = [
        (Authority::Usml, "USML", "the US Munitions List (ITAR)"),
        (
            Authority::Nrc,
            "NRC",
            "the US Nuclear Regulatory Commission",
        ),
        (Authority::Doe, "DOE", "the US Department of Energy"),
        (
            Authority::ChinaMilitary,
            "CN-military",
            "China's regulations on the export of military items",
        ),
        (
            Authority::ChinaNuclear,
            "CN-nuclear",
            "China's regulations on nuclear exports",
        ),
        (
            Authority::ChinaChemicals,
            "CN-chemicals",
            "China's regulations on monitored and controlled chemicals",
        ),
        (
            Authority::EuMilitary,
            "EU-military",
            "the EU's Common Military List",
        ),
    ];

    /// Returns the word by which files name it, such as `USML`.
    pub fn name(self) -> &'static str {
        Authority::NAMES[self as usize].1
    }

    /// Returns what it is, such as `the US Munitions List (ITAR)`.
    pub fn meaning(self) -> &'static str {
        Authority::NAMES[self as usize].2
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A reference of a list's own text to another list or agency of the same country, which controls
/// the same things or like ones. It does not say that the item is on that list.
///
/// ```
/// use export_control::list::{Authority, Elsewhere};
/// let reference: Elsewhere = "USML XII(b)".parse()?;
/// assert_eq!((reference.authority, reference.place.as_str()), (Authority::Usml, "XII(b)"));
/// assert_eq!("NRC".parse::<Elsewhere>()?.to_string(), "NRC");
/// assert!("FDA 312".parse::<Elsewhere>().is_err());
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Elsewhere {
    /// Whose list it is.
    pub authority: Authority,
    /// The place there that the text names, such as `XII(b)`; empty if it names none.
    pub place: String,
}

impl Elsewhere {
    /// Returns a reference; line breaks in its place become spaces, semicolons commas.
    pub fn new(authority: Authority, place: &str) -> Elsewhere {
        let place = place.replace(';', ",");
        let words: Vec<&str> = place.split_whitespace().collect();
        Elsewhere {
            authority,
            place: words.join(" "),
        }
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.authority.name())?;
        match self.place.as_str() {
            "" => Ok(()),
            place => write!(f, " {place}"),
        }
    }
}

impl FromStr for Elsewhere {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Elsewhere, ParseError> {
        let (name, place) = text.split_once(' ').unwrap_or((text, ""));
        let known = Authority::NAMES.iter().find(|(_, known, _)| *known == name);
        let found = known.map(|(authority, ..)| Elsewhere::new(*authority, place));
        found.filter(|found| found.to_string() == text).ok_or_else(|| {
            ParseError::new(
                text,
                "a reference to another list",
                "expected USML, NRC, DOE, CN-military, CN-nuclear, CN-chemicals or EU-military, and perhaps a place there",
            )
        })
    }
}

crate::text::serde_as_text!(Elsewhere);

crate::packed::packed_enum!(Authority {
    Usml,
    Nrc,
    Doe,
    ChinaMilitary,
    ChinaNuclear,
    ChinaChemicals,
    EuMilitary,
});
crate::packed::packed_struct!(Elsewhere { authority, place });
