//! Figures as published: exact decimals.

use std::fmt;
use std::str::FromStr;

use crate::text::parse_error::ParseError;

/// A decimal figure with every digit that was published: `17.0` is not `17`, and 5 × 10⁶ is `5e6`.
///
/// Two figures are equal if they are written with the same digits. To compare their sizes, use
/// [`value`](Number::value).
///
/// ```
/// use export_control::quantity::Number;
/// let number: Number = "17.0".parse()?;
/// assert_eq!((number.to_string(), number.value()), ("17.0".to_owned(), 17.0));
/// assert_eq!("5e-7".parse::<Number>()?.value(), 5e-7);
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    digits: i64,
    /// The number of digits after the point.
    decimals: u8,
    /// The power of ten that is written beside the digits.
    power: i8,
}

/// The number of digits beyond which a figure is not a measurement.
const MAX_DIGITS: usize = 15;
const MAX_POWER: u8 = 40;

impl Number {
    /// Returns the figure with these digits, the number of them after the point, and the power of
    /// ten: 125, 1 and 6 for 12.5 × 10⁶. Returns `None` for more than fifteen digits or a power
    /// beyond 40.
    ///
    /// ```
    /// # use export_control::quantity::Number;
    /// assert_eq!(Number::new(125, 1, 6).map(|number| number.to_string()), Some("12.5e6".to_owned()));
    /// assert_eq!(Number::new(1, 0, i8::MIN), None);
    /// ```
    pub fn new(digits: i64, decimals: u8, power: i8) -> Option<Number> {
        let fits = digits.unsigned_abs() < 10u64.pow(MAX_DIGITS as u32)
            && usize::from(decimals) <= MAX_DIGITS
            && power.unsigned_abs() <= MAX_POWER;
        fits.then_some(Number {
            digits,
            decimals,
            power,
        })
    }

    /// Returns the nearest floating-point number.
    pub fn value(self) -> f64 {
        let exponent = i32::from(self.power) - i32::from(self.decimals);
        let power = 10f64.powi(exponent.abs());
        // Digits and power are exact up to the twenty-second power, so that the result is the
        // nearest number.
        if exponent < 0 {
            self.digits as f64 / power
        } else {
            self.digits as f64 * power
        }
    }

    /// Returns the figure with a power of ten beside it.
    pub(super) fn with_power(self, power: i32) -> Option<Number> {
        Number::new(self.digits, self.decimals, i8::try_from(power).ok()?)
    }

    /// Returns the figure with the opposite sign.
    pub(super) fn negated(self) -> Number {
        Number {
            digits: -self.digits,
            ..self
        }
    }

    pub(super) fn read(text: &str) -> Option<Number> {
        let (negative, rest) = match text.strip_prefix('-').or(text.strip_prefix('−')) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mut digits, mut count, mut decimals) = (0i64, 0usize, None);
        let mut power = 0;
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                b'0'..=b'9' if count < MAX_DIGITS => {
                    digits = digits * 10 + i64::from(byte - b'0');
                    count += 1;
                    decimals = decimals.map(|count: u8| count + 1);
                }
                b'.' if decimals.is_none() && count > 0 => decimals = Some(0),
                b'e' => {
                    let written = &rest[at + 1..];
                    let plain = written.len() <= 3 && !written.starts_with('+');
                    power = written.parse().ok().filter(|power| plain && *power != 0)?;
                    break;
                }
                _ => return None,
            }
        }
        if count == 0 || decimals == Some(0) {
            return None;
        }
        Number::new(
            if negative { -digits } else { digits },
            decimals.unwrap_or(0),
            power,
        )
    }
}

impl FromStr for Number {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Number, ParseError> {
        Number::read(text).ok_or_else(|| {
            ParseError::new(
                text,
                "a figure",
                "expected digits such as 0.5, 1200 or 5e6, at most fifteen".to_owned(),
            )
        })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs();
        match usize::from(self.decimals) {
            0 => write!(f, "{sign}{digits}")?,
            decimals => {
                let whole = 10u64.pow(decimals as u32);
                write!(f, "{sign}{}.{:0decimals$}", digits / whole, digits % whole)?;
            }
        }
        if self.power == 0 {
            Ok(())
        } else {
            write!(f, "e{}", self.power)
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

crate::packed::packed_struct!(Number {
    digits,
    decimals,
    power
});
