//! Codes that a data tool has read as numbers: `3E001` is 30 to a program that reads `3E1`.

use super::parse::{Failure, readable};
use super::problem::Problem;
use super::sign::{Sign, Signs};
use super::{Category, Code, ProductGroup};

/// The value that a spreadsheet writes for a number that is too large for it.
const LARGEST: f64 = 1.797_693_134_862_31e308;

/// The share by which a printed number may differ, because programs print fifteen digits or more.
const PRINTED: f64 = 1e-14;

impl Code {
    /// Returns the codes that a data tool writes back as this number, in order. Returns none if the
    /// text is not a number, or if no code becomes this number.
    ///
    /// A program that looks for numbers reads the digits, the `E` and the digits of a code as one:
    /// `3E001` becomes `30`, `30.0` or `3.00E+01`. A zero no longer shows which of `0E001` to
    /// `0E999` it was. A code that is too large becomes `inf`, which does not show the code either.
    ///
    /// ```
    /// use export_control::Code;
    /// let codes = |text| Code::read_as_number(text).map(|code| code.to_string()).collect::<Vec<_>>();
    /// assert_eq!(codes("30.0"), ["3E001"]);
    /// assert_eq!(codes("1e+101"), ["1E101"]);
    /// assert_eq!(codes("0.0").len(), 999);
    /// assert!(codes("4711").is_empty());
    /// ```
    pub fn read_as_number(text: &str) -> impl Iterator<Item = Code> {
        let value = readable(text).ok().and_then(|signs| value(&signs));
        codes(value.unwrap_or(f64::NAN))
    }
}

/// Returns an error if a text is such a number and not itself a code.
pub(super) fn refuse(signs: &[Sign]) -> Result<(), Failure> {
    let Some(value) = value(signs) else {
        return Ok(());
    };
    let mut found = codes(value);
    let guess = match (found.next(), found.next()) {
        (None, _) => return Ok(()),
        (Some(code), None) => format!(", probably {code}"),
        (Some(first), Some(second)) => {
            let others = found.count();
            format!(
                "; {} codes give it, such as {first} and {second}",
                others + 2
            )
        }
    };
    // Two decimals and a sign show that a spreadsheet wrote it.
    let reader = if signs.text().contains('E') {
        "a spreadsheet"
    } else {
        "a data tool"
    };
    Err((0, Problem::DataTool { reader, guess }))
}

/// Returns the codes `dEnnn` that have a value as numbers. No list has an entry 000.
fn codes(value: f64) -> impl Iterator<Item = Code> {
    let (digits, numbers) = if value == 0.0 {
        (0..=0, 1..=999)
    } else if value >= LARGEST {
        (1..=9, 308..=999)
    } else if value >= 10.0 {
        let power = value.log10() as u16;
        (1..=9, power.max(1)..=power + 1)
    } else {
        // No code gives such a small number.
        return None.into_iter().flatten();
    };
    Some(
        digits
            .flat_map(move |digit: u8| numbers.clone().map(move |number| (digit, number)))
            .filter(move |&(digit, number)| {
                let given = power(digit, number);
                given == value
                    || value >= LARGEST && given >= LARGEST
                    || (given - value).abs() <= given * PRINTED
            })
            .filter_map(|(digit, number)| {
                Code::from_parts(Category::new(digit)?, ProductGroup::E, number)
            }),
    )
    .into_iter()
    .flatten()
}

/// Returns the number that a program reads for a code, or infinity if it is too large.
fn power(digit: u8, number: u16) -> f64 {
    format!("{digit}e{number}").parse().unwrap_or(f64::NAN)
}

/// Returns the value of a text that is a number and not written like a code.
fn value(signs: &[Sign]) -> Option<f64> {
    let text = signs.text();
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if matches!(
        lower.as_str(),
        "inf" | "+inf" | "infinity" | "+infinity" | "∞"
    ) {
        return Some(f64::INFINITY);
    }
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | '+');
    let is_code = matches!(lower.as_bytes(), [_, b'e', a, b, c]
        if [a, b, c].iter().all(|byte| byte.is_ascii_digit()));
    if is_code || text.len() > 400 || !lower.chars().all(is_number) {
        return None;
    }
    plain_decimal(&lower)?.parse().ok()
}

/// Returns a number without thousands separators and with a point before the decimals.
fn plain_decimal(text: &str) -> Option<String> {
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let last = mantissa.rfind(['.', ',']);
    // In "9,000" and "1,000,000", three digits follow each comma. Any other comma is a decimal
    // comma.
    let groups: Vec<&str> = mantissa.split(',').collect();
    let thousands = groups.len() > 1
        && groups[1..].iter().all(|group| {
            let whole = group.split('.').next().unwrap_or_default();
            whole.len() == 3
        })
        && (1..=3).contains(&groups[0].len());
    let mut plain: String = match last {
        _ if thousands => mantissa.replace(',', ""),
        Some(at) => {
            let whole: String = mantissa[..at].replace(['.', ','], "");
            format!("{whole}.{}", &mantissa[at + 1..])
        }
        None => mantissa.to_owned(),
    };
    if let Some(exponent) = exponent {
        plain = format!("{plain}e{exponent}");
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_e_code_is_found_again() {
        for digit in 1..=9u8 {
            for number in 1..=300u16 {
                let code = Category::new(digit)
                    .and_then(|category| Code::from_parts(category, ProductGroup::E, number));
                let code = code.expect("well formed");
                let value: f64 = format!("{digit}E{number}").parse().expect("a number");
                for text in [
                    format!("{value:e}"),
                    format!("{value:?}"),
                    format!("{value:.2e}"),
                ] {
                    // "1e100" is also the code 1E100.
                    if text.parse() == Ok(code) {
                        continue;
                    }
                    assert_eq!(
                        Code::read_as_number(&text).collect::<Vec<_>>(),
                        [code],
                        "{text}"
                    );
                }
            }
        }
    }
}
