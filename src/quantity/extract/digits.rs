//! The digits of a figure: thousands, decimals, powers of ten.

use crate::quantity::number::Number;
use crate::text::chars::superscript;

/// The digits with which a text begins.
pub(super) struct Digits {
    pub(super) number: Number,
    pub(super) length: usize,
    /// True if a power of ten was written on the line: `2 × 108`.
    pub(super) flattened: bool,
}

/// Reads a figure that begins with a digit, with its thousands, decimals and power of ten. A comma
/// before exactly three digits separates thousands. Any other comma is a decimal comma, as the EU
/// writes them, and so is a comma after a zero. If there is no figure, the error is the number of
/// bytes to skip, as far as is known.
pub(super) fn read(text: &str, leading_dot: bool) -> Result<Digits, usize> {
    let (plain, at) = mantissa(text, leading_dot).ok_or(0usize)?;
    let number: Number = plain.parse().map_err(|_| 0usize)?;
    let digits = |number: Option<Number>, length, flattened| {
        let number = number.ok_or(length)?;
        Ok(Digits {
            number,
            length,
            flattened,
        })
    };
    // "× 10⁶", and 10⁶ by itself.
    if let Some((power, length, flattened)) = times_ten(&text[at..]) {
        return digits(number.with_power(power), at + length, flattened);
    }
    if let Some(length) = lost_power(&text[at..]) {
        return Err(at + length);
    }
    if plain == "10"
        && let Some((power, length)) = exponent(&text[at..])
    {
        let number = i8::try_from(power).ok();
        let number = number.and_then(|power| Number::new(1, 0, power));
        return digits(number, at + length, false);
    }
    digits(Some(number), at, false)
}

/// Returns the digits before a power of ten in plain form, and their length in the text.
fn mantissa(text: &str, leading_dot: bool) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let mut plain = String::new();
    if leading_dot {
        plain.push_str("0.");
    }
    let (mut at, mut decimal, mut grouped) = (0, leading_dot, false);
    loop {
        super::work::step();
        match bytes.get(at) {
            Some(digit) if digit.is_ascii_digit() => plain.push(char::from(*digit)),
            Some(b',') if !decimal && thousand(&bytes[at + 1..]) && plain != "0" => {}
            Some(b' ' | 0xc2 | 0xe2)
                if !decimal
                    && (at <= 3 || grouped)
                    && plain != "0"
                    && spaced(&text[at..]).is_some() =>
            {
                grouped = true;
                at += spaced(&text[at..]).unwrap_or(1);
                continue;
            }
            Some(b'.' | b',') if !decimal && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                decimal = true;
                plain.push('.');
            }
            _ => return Some((plain, at)),
        }
        at += 1;
        // The text has more digits than a figure can have, so the rest does not need to be read.
        if plain.len() > 40 {
            return None;
        }
    }
}

/// Returns the length of a space that separates thousands: "1 273 K".
fn spaced(text: &str) -> Option<usize> {
    let rest = text.strip_prefix([' ', '\u{a0}', '\u{2009}', '\u{202f}'])?;
    thousand(rest.as_bytes()).then_some(text.len() - rest.len())
}

fn thousand(rest: &[u8]) -> bool {
    rest.len() >= 3
        && rest[..3].iter().all(u8::is_ascii_digit)
        && !rest.get(3).is_some_and(u8::is_ascii_digit)
}

/// Signs that multiply a power of ten.
const TIMES: [char; 7] = ['×', 'x', 'X', '*', '·', '⋅', '∙'];

/// Signs of a negative power.
const DASHES: [char; 5] = ['-', '−', '–', '\u{2010}', '\u{2011}'];

/// The length of a power of ten that has lost its form, so that nobody knows what it is: a spaced
/// dash may be a minus or a range, and spaced figures a power or a number of their own.
fn lost_power(text: &str) -> Option<usize> {
    let blank = [' ', '\u{a0}'];
    let rest = text
        .trim_start_matches(blank)
        .strip_prefix(TIMES)?
        .trim_start_matches(blank)
        .strip_prefix("10")?;
    let spaced = rest.trim_start_matches(blank);
    let dashed = spaced.strip_prefix(DASHES);
    let figures = match dashed {
        Some(after) => after.trim_start_matches(blank),
        None => spaced,
    };
    let gap = dashed.map_or(rest.len() > spaced.len(), |after| {
        after.len() > figures.len()
    });
    let length = figures.bytes().take_while(u8::is_ascii_digit).count();
    (gap && (1..=2).contains(&length)).then_some(text.len() - figures.len() + length)
}

/// Returns the power of ten after a multiplication sign, its length, and whether it was written on
/// the line.
fn times_ten(text: &str) -> Option<(i32, usize, bool)> {
    let rest = text
        .trim_start_matches([' ', '\u{a0}'])
        .strip_prefix(TIMES)?;
    let rest = rest
        .trim_start_matches([' ', '\u{a0}'])
        .strip_prefix("10")?;
    let before = text.len() - rest.len();
    if let Some((power, length)) = exponent(rest) {
        return Some((power, before + length, false));
    }
    // "10-4", and "10 -4" where a superscript was lost.
    let (sign, written) = match rest
        .trim_start_matches([' ', '\u{a0}'])
        .strip_prefix(DASHES)
    {
        Some(rest) => (-1, rest),
        None => (1, rest),
    };
    // "× 108" is 10⁸. "× 100" and "× 10.5" are not powers.
    let length = written
        .bytes()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let decimal = written[length..].starts_with(['.', ','])
        && written[length + 1..].starts_with(|c: char| c.is_ascii_digit());
    let power: i32 = written[..length].parse().ok().filter(|power| *power > 0)?;
    (length <= 2 && !decimal && !written.starts_with('0')).then_some((
        sign * power,
        text.len() - written.len() + length,
        sign > 0,
    ))
}

/// Reads a power in superscripts, after a caret, or after a minus that touches the base.
fn exponent(text: &str) -> Option<(i32, usize)> {
    let (mut value, mut negative, mut length, mut digits) = (0i32, false, 0, 0);
    let mut plain = false;
    for (at, c) in text.char_indices() {
        let digit = match c {
            '⁻' | '⁺' if at == 0 => {
                negative = c == '⁻';
                continue;
            }
            '^' if at == 0 => {
                plain = true;
                continue;
            }
            '−' if at == 0 || plain && digits == 0 => {
                (negative, plain) = (true, true);
                continue;
            }
            '-' if plain && digits == 0 => {
                negative = true;
                continue;
            }
            '0'..='9' if plain => c as i32 - '0' as i32,
            _ => match superscript(c) {
                Some(figure) => i32::from(figure),
                None => break,
            },
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
        digits += 1;
        length = at + c.len_utf8();
    }
    (digits > 0 && value <= 99).then_some((if negative { -value } else { value }, length))
}
