//! Keys that need no language: CAS numbers, customs codes, chemical elements, and species and
//! toxins by name.
//!
//! A title says what an item is to a reader; a key says it to a machine, whatever the list's
//! language. Empty keys of an [`Item`](crate::Item) mean "not recorded", never "none".

mod elements;
mod find;

use std::fmt;
use std::str::FromStr;

use crate::text::chars::{half_width, is_dash};
use crate::text::parse_error::ParseError;

pub use find::{cas_in, elements_in_chinese, elements_in_english};

use elements::ELEMENTS;

/// Keeps the first of each.
#[cfg(any(feature = "ecfr", feature = "mofcom"))]
pub(crate) fn once_each<T: Copy + Eq + std::hash::Hash>(keys: &mut Vec<T>) {
    let mut seen = std::collections::HashSet::new();
    keys.retain(|key| seen.insert(*key));
}

/// A number of the CAS Registry, such as 7664-39-3 for hydrogen fluoride; its check digit is right.
///
/// Read with or without the words before it (`CAS`, `C.A.S.`, `#`), with hyphens, dashes and
/// full-width forms.
///
/// ```
/// use export_control::identifier::CasNumber;
/// let number: CasNumber = "CAS 7664-39-3".parse()?;
/// assert_eq!(number.to_string(), "7664-39-3");
/// let error = "7664-39-4".parse::<CasNumber>().unwrap_err();
/// assert_eq!(error.to_string(), "\"7664-39-4\" is not a CAS number: its check digit is 4 where the other digits give 3");
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CasNumber(u32);

impl CasNumber {
    /// All digits but the check digit, as one number; 766439 for 7664-39-3.
    fn from_body(body: u32) -> CasNumber {
        CasNumber(body)
    }

    /// The last digit, which follows from the others.
    ///
    /// ```
    /// # use export_control::identifier::CasNumber;
    /// assert_eq!("50-00-0".parse::<CasNumber>()?.check_digit(), 0);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn check_digit(self) -> u8 {
        let (mut rest, mut weight, mut sum) = (self.0, 1, 0);
        while rest > 0 {
            sum += weight * (rest % 10);
            rest /= 10;
            weight += 1;
        }
        (sum % 10) as u8
    }

    /// The form that this crate prints, by far the commonest input.
    fn read_printed(text: &[u8]) -> Option<CasNumber> {
        let (head, [b'-', a, b, b'-', check]) = text.split_last_chunk::<5>()? else {
            return None;
        };
        if !(2..=7).contains(&head.len()) || head[0] == b'0' {
            return None;
        }
        let body = head.iter().chain([a, b]).try_fold(0, |number: u32, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + u32::from(byte - b'0'))
        })?;
        let number = CasNumber::from_body(body);
        (number.check_digit() + b'0' == *check).then_some(number)
    }
}

impl FromStr for CasNumber {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<CasNumber, ParseError> {
        if let Some(number) = CasNumber::read_printed(text.as_bytes()) {
            return Ok(number);
        }
        const FORM: &str =
            "expected two to seven digits, two digits and a check digit, such as 7664-39-3";
        let fail = |problem: &str| Err(ParseError::new(text, "a CAS number", problem.to_owned()));
        let plain: String = text.chars().map(plain).collect();
        let digits = plain.trim_start_matches(|c: char| {
            c.is_ascii_alphabetic() || matches!(c, '.' | '#' | ':' | ' ' | '[')
        });
        let parts: Vec<&str> = digits.trim_end_matches([' ', ']']).split('-').collect();
        let [head, middle, check] = parts[..] else {
            return fail(FORM);
        };
        let good = parts
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            && (2..=7).contains(&head.len())
            && middle.len() == 2
            && check.len() == 1
            && !head.starts_with('0');
        let (true, Ok(body), Ok(check)) =
            (good, format!("{head}{middle}").parse(), check.parse::<u8>())
        else {
            return fail(FORM);
        };
        let number = CasNumber::from_body(body);
        match number.check_digit() {
            right if right == check => Ok(number),
            right => fail(&format!(
                "its check digit is {check} where the other digits give {right}"
            )),
        }
    }
}

impl fmt::Display for CasNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!(
            "{}-{:02}-{}",
            self.0 / 100,
            self.0 % 100,
            self.check_digit()
        ))
    }
}

/// A code of the Harmonized System: a heading of 4 digits, a subheading of 6, or a national code of
/// 8 or 10.
///
/// China's notices give them "for reference": they help to find an item at the border and do not
/// say what is controlled. The US list publishes none.
///
/// ```
/// use export_control::identifier::HsCode;
/// let code: HsCode = "2841.80.1000".parse()?;
/// assert_eq!(code.to_string(), "2841801000");
/// assert!("2841".parse::<HsCode>()?.contains(code));
/// assert!("28418".parse::<HsCode>().is_err());
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode {
    /// The digits followed by zeros up to ten.
    padded: u64,
    digits: u8,
}

impl HsCode {
    /// How many digits it has: 4, 6, 8 or 10.
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// The two digits of its chapter.
    pub fn chapter(self) -> u8 {
        (self.padded / 100_000_000) as u8
    }

    /// The codes that it divides, from its subheading up to its heading.
    pub(crate) fn above(self) -> impl Iterator<Item = HsCode> {
        [8, 6, 4]
            .into_iter()
            .filter(move |digits| *digits < self.digits)
            .map(move |digits| {
                let cut = 10u64.pow(u32::from(10 - digits));
                HsCode {
                    padded: self.padded / cut * cut,
                    digits,
                }
            })
    }

    /// Whether `other` is this code or a division of it.
    pub fn contains(self, other: HsCode) -> bool {
        let cut = 10u64.pow(u32::from(10 - self.digits));
        other.digits >= self.digits && other.padded / cut == self.padded / cut
    }
}

impl FromStr for HsCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<HsCode, ParseError> {
        let fail = |problem: &str| Err(ParseError::new(text, "a customs code", problem.to_owned()));
        let (mut number, mut digits) = (0u64, 0u8);
        for c in text.chars().map(plain) {
            match c.to_digit(10) {
                Some(digit) if digits < 10 => {
                    number = number * 10 + u64::from(digit);
                    digits += 1;
                }
                Some(_) => return fail("expected no more than 10 digits"),
                None if matches!(c, '.' | ' ') => {}
                None => return fail("expected 4, 6, 8 or 10 digits"),
            }
        }
        if !matches!(digits, 4 | 6 | 8 | 10) {
            return fail(&format!("expected 4, 6, 8 or 10 digits, it has {digits}"));
        }
        let code = HsCode {
            padded: number * 10u64.pow(u32::from(10 - digits)),
            digits,
        };
        if code.chapter() == 0 {
            fail("there is no chapter 00")
        } else {
            Ok(code)
        }
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.digits);
        f.pad(&format!(
            "{:0digits$}",
            self.padded / 10u64.pow(u32::from(10 - self.digits))
        ))
    }
}

/// A chemical element.
///
/// Read from its symbol, its English name in either spelling, or its Chinese character; printed as
/// its symbol.
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

/// Other names in use.
const OTHER_NAMES: [(&str, &str); 5] = [
    ("aluminium", "Al"),
    ("caesium", "Cs"),
    ("sulphur", "S"),
    ("deuterium", "H"),
    ("tritium", "H"),
];

impl Element {
    /// Every element by atomic number.
    pub fn all() -> impl ExactSizeIterator<Item = Element> {
        (1..=ELEMENTS.len() as u8).map(Element)
    }

    fn row(self) -> &'static (&'static str, &'static str, &'static str) {
        &ELEMENTS[usize::from(self.0) - 1]
    }

    /// The atomic number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The symbol, such as `Dy`.
    pub fn symbol(self) -> &'static str {
        self.row().0
    }

    /// The English name in lower case, in the spelling of the US list.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The Chinese character.
    pub fn name_zh(self) -> &'static str {
        self.row().2
    }

    /// Whether it is one of the seventeen rare earths: scandium, yttrium and the lanthanides.
    pub fn is_rare_earth(self) -> bool {
        matches!(self.0, 21 | 39 | 57..=71)
    }

    /// The element with this symbol, in exactly this case.
    pub fn from_symbol(symbol: &str) -> Option<Element> {
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
        let lower = wanted.to_lowercase();
        let other = OTHER_NAMES
            .iter()
            .find(|(name, _)| *name == lower)
            .map_or(wanted, |(_, symbol)| symbol);
        Element::all()
            .find(|element| {
                element.symbol().eq_ignore_ascii_case(other)
                    || element.name() == lower
                    || element.name_zh() == wanted
            })
            .ok_or_else(|| {
                ParseError::new(
                    text,
                    "a chemical element",
                    "expected a symbol or a name, such as Dy or dysprosium".to_owned(),
                )
            })
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

/// A species, a virus or a toxin by the name under which a list accepts it, such as `Bacillus
/// anthracis`.
///
/// Two names are the same where they differ in nothing but case, spaces, hyphens, dots, the writing
/// of "subspecies", or the plural of the last word; the printed form is the list's own.
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
    /// The name as the list writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is compared: lower-case letters and figures.
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

/// Full-width forms and dashes to ASCII, everything else as it is.
fn plain(c: char) -> char {
    if is_dash(c) { '-' } else { half_width(c) }
}

/// Shows an identifier as its text in debug output.
macro_rules! debug_as_text {
    ($($key:ident),*) => {$(
        impl fmt::Debug for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($key), "({})"), self)
            }
        }
    )*};
}
debug_as_text!(CasNumber, HsCode, Element, Species);

crate::text::serde_as_text!(CasNumber, HsCode, Element, Species);
