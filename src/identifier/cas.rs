//! CAS numbers.

use std::fmt;
use std::str::FromStr;

use crate::text::chars::fold;
use crate::text::parse_error::ParseError;

/// A number of the CAS Registry, such as 7664-39-3 for hydrogen fluoride. Its check digit is right.
///
/// Parsing accepts words before it (`CAS`, `C.A.S.`, `#`), hyphens, dashes and full-width forms.
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
    /// Returns the number with these digits before its check digit: 766439 gives 7664-39-3.
    fn from_body(body: u32) -> CasNumber {
        CasNumber(body)
    }

    /// Returns the last digit, which follows from the others.
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

    /// Returns whether three parts are digits and have the lengths of a CAS number's parts.
    fn is_form(head: &str, middle: &str, check: &str) -> bool {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        (2..=7).contains(&head.len())
            && (middle.len(), check.len()) == (2, 1)
            && [head, middle, check].into_iter().all(digits)
    }

    /// Reads the form that this crate prints. Most inputs have it.
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
        let plain: String = text.chars().filter_map(fold).collect();
        let digits = plain.trim_start_matches(|c: char| {
            c.is_ascii_alphabetic() || matches!(c, '.' | '#' | ':' | ' ' | '[')
        });
        let parts: Vec<&str> = digits.trim_end_matches([' ', ']']).split('-').collect();
        let [head, middle, check] = parts[..] else {
            return fail(FORM);
        };
        // A database has padded the number with zeros. Without them it may be another number, so
        // the error says so.
        let bare = head.trim_start_matches('0');
        if (1..head.len()).contains(&bare.len()) && CasNumber::is_form(bare, middle, check) {
            let zeros = match head.len() - bare.len() {
                1 => "a zero".to_owned(),
                zeros => format!("{zeros} zeros"),
            };
            return fail(&format!(
                "it begins with {zeros}; expected it without, {bare}-{middle}-{check}"
            ));
        }
        let good = CasNumber::is_form(head, middle, check) && !head.starts_with('0');
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

crate::packed::packed_newtype!(CasNumber);
