//! Entries of munitions lists, which are not codes of this crate's lists.

use std::fmt;
use std::str::FromStr;

use super::parse::readable;
use super::sign::{Sign, Signs, without_word};
use crate::text::parse_error::ParseError;

/// An entry of a munitions list: `USML XI(c)` of the US list, or `ML5.b` of the Wassenaar family.
///
/// It says that a product is on a munitions list and not on a dual-use list. The lists of this
/// crate have no such entries.
///
/// ```
/// use export_control::code::Munitions;
/// let entry: Munitions = "CATEGORY XI (c)".parse()?;
/// assert_eq!((entry.to_string(), entry.list(), entry.category()), ("USML XI(c)".to_owned(), "USML", Some(11)));
/// assert_eq!("ml5b".parse::<Munitions>()?.to_string(), "ML5.b");
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Munitions {
    us: bool,
    category: Option<u8>,
    labels: Vec<String>,
}

/// The number of each category of the US Munitions List.
const ROMAN: [&str; 21] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX", "XX", "XXI",
];

/// The number of entries in the munitions list of the Wassenaar family.
const ENTRIES: u8 = 22;

impl Munitions {
    /// Returns `USML` for the US Munitions List, and `ML` for those of the Wassenaar family.
    pub fn list(&self) -> &'static str {
        if self.us { "USML" } else { "ML" }
    }

    /// Returns the number of the category or the entry, or `None` if only the list is named.
    pub fn category(&self) -> Option<u8> {
        self.category
    }
}

/// Returns the entry with which a text begins, and the rest.
pub(super) fn read(signs: &[Sign]) -> Option<(Munitions, &[Sign])> {
    match without_word(signs, "ml") {
        Some(rest) => common(rest),
        None => us(signs),
    }
}

/// Reads an entry such as `ML5b`, and returns what follows it.
fn common(signs: &[Sign]) -> Option<(Munitions, &[Sign])> {
    let (number, rest) = signs.trim(char::is_whitespace).run(|c| c.is_ascii_digit());
    let category = number
        .text()
        .parse()
        .ok()
        .filter(|n| (1..=ENTRIES).contains(n))?;
    let (path, rest) = rest.run(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')'));
    let mut labels: Vec<String> = Vec::new();
    let mut open = false;
    for (_, c) in path {
        let c = c.to_ascii_lowercase();
        let same = |label: &&mut String| {
            label.ends_with(|last: char| last.is_ascii_digit()) == c.is_ascii_digit()
        };
        match labels.last_mut().filter(|_| open).filter(same) {
            _ if !c.is_ascii_alphanumeric() => open = false,
            Some(label) => label.push(c),
            None => {
                labels.push(c.to_string());
                open = true;
            }
        }
    }
    let good = labels.iter().all(|label| label.len() <= 2);
    good.then_some((
        Munitions {
            us: false,
            category: Some(category),
            labels,
        },
        rest,
    ))
}

/// Reads a category of the US Munitions List. Without a word that names the list, only a Roman
/// numeral with a paragraph is a category.
fn us(signs: &[Sign]) -> Option<(Munitions, &[Sign])> {
    let (mut rest, mut list, mut word) = (signs, false, false);
    for (name, is_list) in [
        ("itar", true),
        ("usml", true),
        ("category", false),
        ("cat", false),
    ] {
        if let Some(after) = without_word(rest, name).filter(|after| !after.goes_on()) {
            rest = after.trim(|c| c.is_whitespace() || matches!(c, '.' | ':' | '-' | '/'));
            list |= is_list;
            word = true;
        }
    }
    let (letters, after) = rest.run(|c| c.is_ascii_alphabetic());
    let (digits, after_digits) = rest.run(|c| c.is_ascii_digit());
    let roman = letters.text();
    let roman = if word {
        roman.to_ascii_uppercase()
    } else {
        roman
    };
    let category = match ROMAN.iter().position(|number| *number == roman) {
        Some(at) => Some((at as u8 + 1, after)),
        None if list => digits
            .text()
            .parse()
            .ok()
            .filter(|number| (1..=21).contains(number) && !after_digits.goes_on())
            .map(|number| (number, after_digits)),
        None => None,
    };
    let Some((category, mut rest)) = category else {
        // "ITAR" alone names the list.
        let named = Munitions {
            us: true,
            category: None,
            labels: Vec::new(),
        };
        return (list && rest.first().is_none_or(|(_, c)| !c.is_alphanumeric()))
            .then_some((named, rest));
    };
    let mut labels = Vec::new();
    while let [(_, '('), inner @ ..] = rest.trim(char::is_whitespace) {
        let (label, after) = inner.run(|c| c.is_ascii_alphanumeric());
        let [(_, ')'), after @ ..] = after else { break };
        if label.is_empty() || label.len() > 4 || super::remark::of_word(&label.text()).is_some() {
            break;
        }
        labels.push(label.text().to_ascii_lowercase());
        rest = after;
    }
    let good = (word || !labels.is_empty()) && !rest.goes_on();
    good.then_some((
        Munitions {
            us: true,
            category: Some(category),
            labels,
        },
        rest,
    ))
}

impl fmt::Display for Munitions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.list())?;
        match self.category {
            None => return Ok(()),
            Some(category) if self.us => {
                let roman = ROMAN.get(usize::from(category).wrapping_sub(1));
                write!(f, " {}", roman.copied().unwrap_or_default())?;
            }
            Some(category) => write!(f, "{category}")?,
        }
        self.labels.iter().try_for_each(|label| match self.us {
            true => write!(f, "({label})"),
            false => write!(f, ".{label}"),
        })
    }
}

impl FromStr for Munitions {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Munitions, ParseError> {
        // The closing bracket of `XI(c)` is part of it, so the reader of codes must not remove it.
        let signs = readable(text).map(|signs| closed(text, signs));
        match signs.as_deref().ok().and_then(read) {
            Some((entry, [])) => Ok(entry),
            _ => Err(ParseError::new(
                text,
                "an entry of a munitions list",
                "expected one such as USML XI(c) or ML5.b",
            )),
        }
    }
}

/// Puts back the bracket that [`readable`] removes at the end.
pub(super) fn closed(text: &str, mut signs: Vec<Sign>) -> Vec<Sign> {
    let open = signs.iter().filter(|(_, c)| *c == '(').count();
    let close = signs.iter().filter(|(_, c)| *c == ')').count();
    if open > close {
        signs.push((text.chars().count(), ')'));
    }
    signs
}

crate::text::serde_as_text!(Munitions);
