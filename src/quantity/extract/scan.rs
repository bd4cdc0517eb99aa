//! Finds figures with their units in a running text of any language.

use super::digits::{self, Digits};
use crate::quantity::number::Number;
use crate::quantity::unit::{self, Unit};

/// A figure in a text, with the unit that follows it.
#[derive(Debug, Clone, Copy)]
pub(in crate::quantity) struct Figure {
    /// The offset of its first character, including a sign.
    pub(in crate::quantity) start: usize,
    /// The offset after its unit, or after its digits if no unit follows.
    pub(in crate::quantity) end: usize,
    pub(in crate::quantity) number: Number,
    pub(in crate::quantity) unit: Option<Unit>,
    /// True if a unit follows that this crate does not know.
    pub(in crate::quantity) strange: bool,
    /// True if "±" precedes it.
    pub(in crate::quantity) tolerance: bool,
    /// True if its power of ten was written on the line: `2 × 108`.
    pub(in crate::quantity) flattened: bool,
}

/// Returns every figure of a text that is not part of a word, a code or a chemical's name.
pub(in crate::quantity) fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
        let start = at + step;
        match figure(text, start) {
            Ok(figure) => {
                at = figure.end.max(start + 1);
                found.push(figure);
            }
            Err(length) => at = start + length.max(1),
        }
    }
    found
}

/// Returns the length of a word that begins with a digit and has no figure: `3A001.b.2`,
/// `7664-39-3`, `2-chloroethanol`, `20,480`.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        super::work::step();
        let rest = &text[at + c.len_utf8()..];
        let joins = c == '.' && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            || c == ',' && rest.starts_with(|c: char| c.is_ascii_digit());
        if !(c.is_ascii_alphanumeric() || c == '-' || joins) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The text before the digits of a figure.
struct Before {
    start: usize,
    negative: bool,
    tolerance: bool,
    leading_dot: bool,
}

/// Reads the sign of a figure and its point, if it begins with one: ".50", "− 120 °C", "±3".
/// Returns `None` if the digits belong to a word: "lithium-6", "3/8".
fn before(text: &str, digits_at: usize) -> Option<Before> {
    let mut found = Before {
        start: digits_at,
        negative: false,
        tolerance: false,
        leading_dot: false,
    };
    if text[..digits_at].ends_with('.')
        && !text[..digits_at - 1].ends_with(|c: char| c.is_alphanumeric())
    {
        found.start -= 1;
        found.leading_dot = true;
    }
    let touching = &text[..found.start];
    let spaced = touching.trim_end_matches([' ', '\u{a0}']);
    if let Some(start) = minus_in_words(touching, spaced) {
        found.start = start;
        found.negative = true;
    } else if spaced.len() < touching.len()
        && let Some(words) = ["plus or minus", "plus/minus"]
            .iter()
            .find(|words| ends_with_word(spaced, words))
    {
        found.tolerance = true;
        found.start = spaced.len() - words.len();
    } else if let Some(rest) = spaced.strip_suffix('±') {
        found.tolerance = true;
        found.start = rest.len();
    } else if let Some(c) = touching.chars().next_back().filter(|c| is_sign(*c)) {
        let rest = &touching[..touching.len() - c.len_utf8()];
        if rest.ends_with(|c: char| c.is_alphabetic() && !is_wide(c)) {
            return None;
        }
        // "5-6" and "3 Pa−20" are ranges.
        if !rest.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | '%' | '°' | '℃')) {
            found.negative = c != '+';
            found.start = rest.len();
        }
    } else if spaced.len() < touching.len()
        && let Some(c) = spaced.chars().next_back().filter(|c| is_sign(*c))
    {
        // "of – 120 °C" and "(– 120 °C)", but not "5 – 6".
        let rest = spaced[..spaced.len() - c.len_utf8()].trim_end();
        let dash_of_words = rest.ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && !LEADS.iter().any(|word| ends_with_word(rest, word));
        if !dash_of_words
            && (rest.is_empty() || rest.ends_with(|c: char| !c.is_ascii_digit() && c != ')'))
        {
            found.negative = c != '+';
            found.start = spaced.len() - c.len_utf8();
        }
    }
    let joined = text[..found.start]
        .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/'));
    (!joined || found.tolerance).then_some(found)
}

/// The start of a minus that is written as a word: "minus 40 °C", "零下40℃".
fn minus_in_words(touching: &str, spaced: &str) -> Option<usize> {
    let chinese = ["零下", "负", "負"];
    if let Some(rest) = chinese.iter().find_map(|word| touching.strip_suffix(word)) {
        return Some(rest.len());
    }
    let minus = spaced.len() < touching.len() && ends_with_word(spaced, "minus");
    let start = spaced.len().checked_sub("minus".len()).filter(|_| minus)?;
    // "plus or minus 3 °C" is a tolerance, and "100 minus 3" a difference.
    let before = spaced[..start].trim_end();
    let other = before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | '%' | '/'))
        || ["or", "plus"]
            .iter()
            .any(|word| ends_with_word(before, word));
    (!other).then_some(start)
}

/// Words after which a dash is a minus.
const LEADS: [&str; 9] = [
    "of",
    "than",
    "to",
    "below",
    "above",
    "from",
    "at",
    "exceeding",
    "and",
];

fn ends_with_word(text: &str, word: &str) -> bool {
    let Some(at) = text.len().checked_sub(word.len()) else {
        return false;
    };
    text.get(at..)
        .is_some_and(|end| end.eq_ignore_ascii_case(word))
        && !text[..at].ends_with(|c: char| c.is_alphanumeric())
}

fn is_sign(c: char) -> bool {
    matches!(c, '−' | '-' | '–' | '+')
}

/// Returns whether a letter needs no space before a figure. A Chinese character needs none.
fn is_wide(c: char) -> bool {
    !c.is_ascii() && crate::text::chars::is_chinese(c)
}

/// Reads the figure whose first digit is here. If there is none, the error is the number of bytes
/// to skip.
fn figure(text: &str, digits_at: usize) -> Result<Figure, usize> {
    let rest = &text[digits_at..];
    let before = before(text, digits_at).ok_or_else(|| word_length(rest))?;
    let Digits {
        number,
        length,
        flattened,
    } = digits::read(rest, before.leading_dot).map_err(|passed| passed.max(word_length(rest)))?;
    let after = digits_at + length;
    let rest = &text[after..];
    let mut figure = Figure {
        start: before.start,
        end: after,
        number: if before.negative {
            number.negated()
        } else {
            number
        },
        unit: None,
        strange: false,
        tolerance: before.tolerance,
        flattened,
    };
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    // "2A" is a product group; after a Chinese comparator it is a current.
    let group = length == 1
        && gap == 0
        && rest.starts_with(|c: char| ('A'..='E').contains(&c))
        && !text[..figure.start].trim_end().ends_with('于');
    // "300-mm", "12-bit"
    let hyphen = usize::from(gap == 0 && rest.starts_with('-'));
    let from = gap.max(hyphen);
    if let Some((unit, length)) = unit::at_start(&rest[from..])
        && !group
        // "ABEC 7T" is a grade, and "5N purity" another.
        && !(gap == 0 && is_grade(&text[..figure.start]))
        && !(gap == 0 && is_nines(&text[..figure.start], &rest[from..from + length], &rest[from + length..]))
    {
        figure.unit = unit;
        figure.strange = unit.is_none();
        figure.end = after + from + length;
        return Ok(figure);
    }
    // If a letter or a hyphenated word follows a digit, the digit belongs to a name.
    let named = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '\'' || c == '′')
        || rest.starts_with(['-', ','])
            && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
            && !range_dash(rest);
    if named {
        return Err(word_length(&text[digits_at..]).max(length));
    }
    Ok(figure)
}

/// Returns whether a text ends with a word that takes a number as a grade: "ABEC ", "Class ".
fn is_grade(before: &str) -> bool {
    const GRADES: [&str; 10] = [
        "ABEC", "class", "grade", "level", "type", "ISO", "AGMA", "NIJ", "standard", "No.",
    ];
    let word = before.trim_end_matches([' ', '-']);
    GRADES.iter().any(|grade| ends_with_word(word, grade))
}

/// Returns whether "5N" counts nines, beside words that say so, and is not a force.
fn is_nines(before: &str, unit: &str, after: &str) -> bool {
    let after = after.trim_start_matches([' ', '-', '(']);
    let before = before.trim_end_matches([' ', '(', ':']);
    unit == "N"
        && (after.starts_with("pur")
            || ["purity", "purity of", "纯度"]
                .iter()
                .any(|word| before.ends_with(word)))
}

/// Returns whether a hyphen joins two figures, as in "17.0-23.0%".
fn range_dash(rest: &str) -> bool {
    let tail = rest.trim_start_matches('-');
    let digits = tail
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
        .count();
    digits > 0 && !tail[digits..].starts_with(['-', '\'']) && rest.starts_with('-')
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
