//! Customs codes.

use std::fmt;
use std::str::FromStr;

use crate::text::chars::fold;
use crate::text::parse_error::ParseError;

/// A code of the Harmonized System: a heading of 4 digits, a subheading of 6, or a national code of
/// 8 or 10.
///
/// China's notices give customs codes "for reference". They help to find an item at the border and
/// do not say what is controlled. The US list publishes none.
///
/// ```
/// use export_control::identifier::HsCode;
/// let code: HsCode = "2841.80.1000".parse()?;
/// assert_eq!(code.to_string(), "2841801000");
/// assert!("2841".parse::<HsCode>()?.contains(code));
/// assert_eq!("HS 2841.80".parse::<HsCode>()?.to_string(), "284180");
/// assert!("28418".parse::<HsCode>().is_err());
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode {
    /// The digits, padded with zeros up to ten digits.
    padded: u64,
    digits: u8,
}

impl HsCode {
    /// Returns the number of digits: 4, 6, 8 or 10.
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// Returns the two digits of its chapter.
    pub fn chapter(self) -> u8 {
        (self.padded / 100_000_000) as u8
    }

    /// Returns the broader codes, from the subheading up to the heading.
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

    /// Returns whether `other` is this code or a division of it.
    pub fn contains(self, other: HsCode) -> bool {
        let cut = 10u64.pow(u32::from(10 - self.digits));
        other.digits >= self.digits && other.padded / cut == self.padded / cut
    }
}

/// Takes off what people write before a customs code: "HS 2841", "HTS code: 8542.31".
fn without_label(text: &str) -> &str {
    const LABELS: [&str; 5] = ["HS", "HTS", "HTSUS", "HSN", "TARIC"];
    let word = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(0);
    if !LABELS.contains(&text[..word].to_ascii_uppercase().as_str()) {
        return text;
    }
    let mark = |c: char| matches!(c, ' ' | ':' | '#');
    let rest = text[word..].trim_start_matches(mark);
    let lower = rest.to_ascii_lowercase();
    let more = ["code", "no."]
        .iter()
        .find(|more| lower.starts_with(**more));
    rest[more.map_or(0, |more| more.len())..].trim_start_matches(mark)
}

impl FromStr for HsCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<HsCode, ParseError> {
        let fail = |problem: &str| Err(ParseError::new(text, "a customs code", problem.to_owned()));
        let (mut number, mut digits) = (0u64, 0u8);
        let plain: String = text.chars().filter_map(fold).collect();
        let mut dots = 1;
        for c in without_label(plain.trim()).chars() {
            match c.to_digit(10) {
                Some(digit) if digits < 10 => {
                    number = number * 10 + u64::from(digit);
                    digits += 1;
                }
                Some(_) => return fail("expected no more than 10 digits"),
                None if !matches!(c, '.' | ' ') => return fail("expected 4, 6, 8 or 10 digits"),
                None => {}
            }
            // Digits between two dots may be missing.
            dots = match c {
                '.' if dots > 0 => return fail("expected a digit on both sides of each dot"),
                '.' => dots + 1,
                ' ' => dots,
                _ => 0,
            };
        }
        if dots > 0 && digits > 0 {
            return fail("expected a digit on both sides of each dot");
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

crate::packed::packed_struct!(HsCode { padded, digits });
