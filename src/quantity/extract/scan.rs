//! Figures with their units in a running text of any language.

use crate::quantity::number::Number;
use crate::quantity::unit::Unit;
use crate::text::chars::superscript;

/// A figure in a text, with the unit that follows it.
#[derive(Debug, Clone, Copy)]
pub(in crate::quantity) struct Figure {
    /// Offset of its first character, sign included.
    pub(in crate::quantity) start: usize,
    /// Offset after its unit, or after its digits where no unit follows.
    pub(in crate::quantity) end: usize,
    pub(in crate::quantity) number: Number,
    pub(in crate::quantity) unit: Option<Unit>,
    /// Whether "±" stands before it.
    pub(in crate::quantity) tolerance: bool,
}

/// Every figure of a text that is not part of a word, a code or a chemical's name.
pub(in crate::quantity) fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + step;
        let digits = text[start..]
            .bytes()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        match figure(text, start) {
            Some(figure) => {
                at = figure.end.max(start + digits);
                found.push(figure);
            }
            None => at = start + word_length(&text[start..]).max(digits),
        }
    }
    found
}

/// The length of what hangs together with a digit that begins no figure: `3A001.b.2`, `7664-39-3`,
/// `2-chloroethanol`.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let joins = c == '.' && text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if !(c.is_ascii_alphanumeric() || c == '-' || joins) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn figure(text: &str, digits_at: usize) -> Option<Figure> {
    let (mut start, mut sign, mut tolerance) = (digits_at, None, false);
    // ".50" and the sign before it.
    if text[..start].ends_with('.') && !text[..start - 1].ends_with(|c: char| c.is_alphanumeric()) {
        start -= 1;
    }
    let leading_dot = start < digits_at;
    let before = text[..start].trim_end_matches(' ');
    if let Some(c) = text[..start]
        .chars()
        .next_back()
        .filter(|c| matches!(c, '−' | '-' | '–' | '+' | '±'))
    {
        let rest = &text[..start - c.len_utf8()];
        if c == '±' {
            tolerance = true;
            start -= c.len_utf8();
        } else if rest.is_empty()
            || rest.ends_with(|c: char| {
                c == ' ' || c == '(' || c == '（' || !c.is_ascii() && !c.is_alphanumeric()
            })
        {
            sign = Some(c);
            start -= c.len_utf8();
        } else if rest.ends_with(|c: char| c.is_alphabetic()) {
            // "lithium-6", "F-22"
            return None;
        }
    } else if before.ends_with('±') {
        tolerance = true;
        start = before.len() - '±'.len_utf8();
    }
    // "3/8" is no 8.
    if text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/'))
    {
        return None;
    }
    let (number, length) = number(&text[digits_at..], leading_dot)?;
    let number = if matches!(sign, Some('−' | '-' | '–')) {
        number.negated()
    } else {
        number
    };
    let after = digits_at + length;
    let rest = &text[after..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    // "2A" is a product group.
    let group = length == 1 && gap == 0 && rest.starts_with(|c: char| ('A'..='E').contains(&c));
    if let Some((unit, length)) = Unit::at_start(&rest[gap..]).filter(|_| !group) {
        return Some(Figure {
            start,
            end: after + gap + length,
            number,
            unit: Some(unit),
            tolerance,
        });
    }
    // "300-mm", "12-bit"
    if let Some((unit, length)) = rest.strip_prefix('-').and_then(Unit::at_start) {
        return Some(Figure {
            start,
            end: after + 1 + length,
            number,
            unit: Some(unit),
            tolerance,
        });
    }
    // A digit that a letter or a hyphenated word follows belongs to a name.
    let named = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '\'' || c == '′')
        || rest.starts_with(['-', ','])
            && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
            && !range_dash(rest);
    (!named).then_some(Figure {
        start,
        end: after,
        number,
        unit: None,
        tolerance,
    })
}

/// Whether a hyphen joins two figures, as in "17.0-23.0%".
fn range_dash(rest: &str) -> bool {
    let tail = rest.trim_start_matches('-');
    let digits = tail
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    digits > 0 && !tail[digits..].starts_with(['-', '\'']) && rest.starts_with('-')
}

/// A figure that begins with a digit, and its length: thousands, decimals, powers of ten. A comma
/// before three digits parts thousands, and any other one decimals, as the EU writes them; so does
/// one after a zero.
fn number(text: &str, leading_dot: bool) -> Option<(Number, usize)> {
    let bytes = text.as_bytes();
    let mut plain = String::new();
    if leading_dot {
        plain.push_str("0.");
    }
    let (mut at, mut decimal, mut grouped) = (0, leading_dot, false);
    loop {
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
            _ => break,
        }
        at += 1;
        // More digits than a figure can have: the rest need not be read to know.
        if plain.len() > 40 {
            return None;
        }
    }
    let mantissa: Number = plain.parse().ok()?;
    // "× 10⁶", and 10⁶ by itself.
    if let Some((power, length)) = times_ten(&text[at..]) {
        return Some((mantissa.with_power(power)?, at + length));
    }
    if plain == "10"
        && let Some((power, length)) = exponent(&text[at..])
    {
        return Some((Number::new(1, 0, i8::try_from(power).ok()?)?, at + length));
    }
    Some((mantissa, at))
}

/// The length of a space that parts thousands: "1 273 K".
fn spaced(text: &str) -> Option<usize> {
    let rest = text.strip_prefix([' ', '\u{a0}', '\u{2009}', '\u{202f}'])?;
    thousand(rest.as_bytes()).then_some(text.len() - rest.len())
}

fn thousand(rest: &[u8]) -> bool {
    rest.len() >= 3
        && rest[..3].iter().all(u8::is_ascii_digit)
        && !rest.get(3).is_some_and(u8::is_ascii_digit)
}

fn times_ten(text: &str) -> Option<(i32, usize)> {
    let rest = text
        .trim_start_matches([' ', '\u{a0}'])
        .strip_prefix(['×', 'x', 'X', '*'])?;
    let rest = rest
        .trim_start_matches([' ', '\u{a0}'])
        .strip_prefix("10")?;
    let (power, length) = exponent(rest)?;
    Some((power, text.len() - rest.len() + length))
}

/// A power in superscripts, after a caret, or after a minus that touches the base.
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

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn figures_of_a_text() {
        let read = |text: &str| {
            let shown = figures(text).into_iter().map(|figure| match figure.unit {
                Some(unit) => format!("{} {unit}", figure.number),
                None => figure.number.to_string(),
            });
            shown.collect::<Vec<_>>()
        };
        assert_eq!(
            read("5 × 10⁶ m and 10−5 s, 1,050 nm, .50 inch"),
            ["5e6 m", "1e-5 s", "1050 nm", "0.50 inch"]
        );
        assert_eq!(
            read("218 K (−55 °C) to +125 °C"),
            ["218 K", "-55 °C", "125 °C"]
        );
        assert_eq!(
            read(
                "a 12-bit converter of 3A001.b.2 (CAS 7664-39-3), lithium-6, 2-chloroethanol, 5-axis"
            ),
            ["12 bit"]
        );
        assert_eq!(
            read("17.0-23.0% by weight, ±3 ℃"),
            ["17.0", "23.0 %", "3 °C"]
        );
        assert_eq!(read("1.8×10^-7 Pa"), ["1.8e-7 Pa"]);
        assert_eq!(read("50×10⁻⁶m（50μm）"), ["50e-6 m", "50 µm"]);
        assert_eq!(
            read("controlled by 2A (except 2A983), 3/8 in. or 5 A"),
            ["3", "5 A"]
        );
        assert_eq!(
            read("1,50 g/cm3, 99,9 % of 0,254 mm at 1 273 K, 1\u{a0}000\u{a0}000 h and 9 mm"),
            [
                "1.50 g/cm³",
                "99.9 %",
                "0.254 mm",
                "1273 K",
                "1000000 h",
                "9 mm"
            ]
        );
        assert!(read("2,4-dinitro, 1,2-bis, 3,3′-di").is_empty());
        assert!(figures("").is_empty());
    }
}
