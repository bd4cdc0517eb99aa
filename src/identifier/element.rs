//! Chemical elements. The table is `data/elements.csv`.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::CasNumber;
use crate::text::parse_error::ParseError;

/// A chemical element.
///
/// It is read from its symbol, its English name in either spelling, or its Chinese character. It is
/// printed as its symbol.
///
/// ```
/// use export_control::identifier::Element;
/// let element: Element = "dysprosium".parse()?;
/// assert_eq!((element.to_string(), element.number(), element.name()), ("Dy".to_owned(), 66, "dysprosium"));
/// assert_eq!("镝".parse::<Element>()?, element);
/// assert!(element.is_rare_earth());
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element(u8);

/// A row of `data/elements.csv`.
struct Row {
    symbol: &'static str,
    name: &'static str,
    name_zh: &'static str,
    /// Other names in use, joined by semicolons.
    other: &'static str,
    cas: Option<CasNumber>,
}

/// The rows by atomic number, from 1.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = include_str!("../../data/elements.csv").lines().skip(1);
    rows.filter_map(|line| {
        let mut fields = line.split(',').skip(1);
        Some(Row {
            symbol: fields.next()?,
            name: fields.next()?,
            name_zh: fields.next()?,
            other: fields.next()?,
            cas: fields.next()?.parse().ok(),
        })
    })
    .collect()
});

/// The elements by their names in lower case and by their characters.
static NAMES: LazyLock<HashMap<&str, Element>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for element in Element::all() {
        let row = element.row();
        let others = row.other.split(';').filter(|name| !name.is_empty());
        for name in [row.name, row.name_zh].into_iter().chain(others) {
            names.entry(name).or_insert(element);
        }
    }
    names
});

/// The length of the longest symbol.
const SYMBOL: usize = 2;

impl Element {
    /// Returns every element by atomic number.
    pub fn all() -> impl ExactSizeIterator<Item = Element> {
        (1..=ROWS.len() as u8).map(Element)
    }

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.0) - 1]
    }

    /// Returns the atomic number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Returns the symbol, such as `Dy`.
    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    /// Returns the English name in lower case, in the spelling of the US list.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns the Chinese character.
    pub fn name_zh(self) -> &'static str {
        self.row().name_zh
    }

    /// Returns the CAS number of the element itself, or `None` if none is recorded. Its compounds and
    /// isotopes have numbers of their own.
    ///
    /// ```
    /// use export_control::identifier::Element;
    /// let gallium: Element = "Ga".parse()?;
    /// assert_eq!(gallium.cas(), Some("7440-55-3".parse()?));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn cas(self) -> Option<CasNumber> {
        self.row().cas
    }

    /// Returns the element that a CAS number is of, if it is the number of an element.
    pub fn from_cas(cas: CasNumber) -> Option<Element> {
        Element::all().find(|element| element.cas() == Some(cas))
    }

    /// Returns whether it is one of the seventeen rare earths: scandium, yttrium and the
    /// lanthanides.
    pub fn is_rare_earth(self) -> bool {
        matches!(self.0, 21 | 39 | 57..=71)
    }

    /// Returns the element with this symbol, in exactly this case.
    pub fn from_symbol(symbol: &str) -> Option<Element> {
        if symbol.len() > SYMBOL {
            return None;
        }
        Element::all().find(|element| element.symbol() == symbol)
    }
}

impl FromStr for Element {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Element, ParseError> {
        if let Some(element) = Element::from_symbol(text) {
            return Ok(element);
        }
        let wanted = text.trim();
        let symbol = (wanted.len() <= SYMBOL)
            .then(|| Element::all().find(|element| element.symbol().eq_ignore_ascii_case(wanted)))
            .flatten();
        let named = || match NAMES.get(wanted) {
            None => NAMES.get(wanted.to_lowercase().as_str()).copied(),
            found => found.copied(),
        };
        symbol.or_else(named).ok_or_else(|| {
            ParseError::new(
                text,
                "a chemical element",
                "expected a symbol or a name, such as Dy or dysprosium",
            )
        })
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

crate::packed::packed_newtype!(Element);

#[cfg(test)]
mod tests {
    use super::{Element, SYMBOL};

    #[test]
    fn every_name_and_symbol_is_read() {
        for element in Element::all() {
            let row = element.row();
            assert!(row.symbol.len() <= SYMBOL && row.other.is_ascii());
            assert_eq!(row.other, row.other.to_lowercase());
            let others = row.other.split(';').filter(|name| !name.is_empty());
            let names = [row.symbol, row.name, row.name_zh]
                .into_iter()
                .chain(others);
            for name in names {
                assert_eq!(name.parse(), Ok(element), "{name}");
                assert_eq!(
                    format!(" {}", name.to_uppercase()).parse(),
                    Ok(element),
                    "{name}"
                );
            }
        }
        assert!("unobtainium".parse::<Element>().is_err() && "".parse::<Element>().is_err());
    }
}
