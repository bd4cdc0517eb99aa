//! Species and toxins by name.

use std::fmt;
use std::str::FromStr;

use crate::text::parse_error::ParseError;

/// A species, a virus or a toxin by its name on a list, such as `Bacillus anthracis`.
///
/// Two names are equal if they differ only in case, spaces, hyphens, dots, the writing of
/// "subspecies", or the plural of the last word. The printed form is the one that the list uses.
///
/// ```
/// use export_control::identifier::Species;
/// let name: Species = "Mycoplasma mycoides subspecies mycoides".parse()?;
/// assert_eq!(name, "mycoplasma mycoides subsp. mycoides".parse()?);
/// assert_eq!(name.as_str(), "Mycoplasma mycoides subspecies mycoides");
/// assert!("".parse::<Species>().is_err());
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Species(Box<str>);

impl Species {
    /// Returns the name as the list writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the form that is compared: lower-case letters and digits.
    pub(crate) fn key(&self) -> String {
        let lower = self.0.to_lowercase();
        let words = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let mut key = words
            .map(|word| match word {
                "subspecies" | "ssp" => "subsp",
                "pathovar" => "pv",
                other => other,
            })
            .collect::<String>();
        if key.ends_with("viruses") {
            key.truncate(key.len() - 2);
        } else if key.ends_with("toxins") || key.ends_with("cystins") {
            key.truncate(key.len() - 1);
        }
        key
    }
}

impl FromStr for Species {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Species, ParseError> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let problem = match name.chars().count() {
            0 => "it is empty; expected a name such as Bacillus anthracis",
            1..=120 if name.contains([';', '\n', '"']) => {
                "expected one name, without semicolons and quotation marks"
            }
            1..=120 if name.chars().any(char::is_alphabetic) => return Ok(Species(name.into())),
            1..=120 => "expected letters",
            _ => "expected no more than 120 characters",
        };
        Err(ParseError::new(
            text,
            "a species or toxin",
            problem.to_owned(),
        ))
    }
}

impl fmt::Display for Species {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl PartialEq for Species {
    fn eq(&self, other: &Species) -> bool {
        self.0 == other.0 || self.key() == other.key()
    }
}

impl Eq for Species {}

impl std::hash::Hash for Species {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

crate::packed::packed_newtype!(Species);
