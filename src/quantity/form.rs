//! The text form of a quantity: one line that can be printed and read.

use std::fmt;
use std::str::FromStr;

use super::number::Number;
use super::property::Property;
use super::range::{KIND, Limit, Quantity, Role};
use super::unit::Unit;
use crate::text::parse_error::ParseError;
use crate::text::short;

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_limit() {
            write!(f, "[{}] ", self.role.name())?;
        }
        if let Some(property) = self.property {
            write!(f, "{property} ")?;
        }
        let one = |f: &mut fmt::Formatter<'_>, sign: &str, limit: Limit| match limit.unit {
            Unit::ONE => write!(f, "{sign} {}", limit.number),
            unit => write!(f, "{sign} {} {unit}", limit.number),
        };
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) if lower == upper => one(f, "=", lower),
            (lower, upper) => {
                if let Some(lower) = lower {
                    one(f, if lower.inclusive { "≥" } else { ">" }, lower)?;
                    if upper.is_some() {
                        f.write_str(" ")?;
                    }
                }
                upper.map_or(Ok(()), |upper| {
                    one(f, if upper.inclusive { "≤" } else { "<" }, upper)
                })
            }
        }
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantity({self})")
    }
}

impl FromStr for Quantity {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Quantity, ParseError> {
        // Most inputs have the form that this crate prints.
        match read_printed(text) {
            Some(quantity) => Ok(quantity),
            None => read_spaced(text).map_err(|problem| ParseError::new(text, KIND, problem)),
        }
    }
}

crate::text::serde_as_text!(Quantity);

/// The ends that have been read so far.
#[derive(Default)]
struct Ends {
    lower: Option<Limit>,
    upper: Option<Limit>,
}

impl Ends {
    /// Adds the end that a sign and its figure set. Returns `None` if that end is already set.
    fn set(&mut self, sign: char, number: Number, unit: Unit) -> Option<()> {
        let limit = Limit::new(number, unit, !matches!(sign, '>' | '<'));
        let twice = match sign {
            '>' | '≥' => self.lower.replace(limit).is_some(),
            '<' | '≤' => self.upper.replace(limit).is_some(),
            _ => self.lower.replace(limit).is_some() | self.upper.replace(limit).is_some(),
        };
        (!twice).then_some(())
    }

    fn quantity(self, property: Option<Property>, role: Role) -> Result<Quantity, &'static str> {
        let quantity = Quantity {
            property,
            lower: self.lower,
            upper: self.upper,
            role,
        };
        quantity.problem().map_or(Ok(quantity), Err)
    }
}

/// Reads exactly the form that [`Quantity`] prints. If it returns `None`, the slower reader says
/// what is wrong.
fn read_printed(text: &str) -> Option<Quantity> {
    let (role, text) = match text.strip_prefix('[') {
        None => (Role::Limit, text),
        Some(rest) => {
            let (name, rest) = rest.split_once("] ")?;
            (role(name)?, rest)
        }
    };
    let bytes = text.as_bytes();
    let (mut at, ..) = next_sign(text)?;
    let property = match at {
        0 => None,
        _ => Some(Property::from_name(text.get(..at - 1)?)?),
    };
    let mut ends = Ends::default();
    let word = |from: usize| {
        from + bytes[from..]
            .iter()
            .position(|byte| *byte == b' ')
            .unwrap_or(bytes.len() - from)
    };
    while at < bytes.len() {
        let (0, sign, length) = next_sign(text.get(at..)?)? else {
            return None;
        };
        let number_at = at + length + 1;
        let end = word(bytes.get(number_at).map(|_| number_at)?);
        let number = Number::read(text.get(number_at..end)?)?;
        at = (end + 1).min(bytes.len());
        let unit = match bytes.get(at) {
            Some(b'>' | b'<' | b'=') | None => Unit::ONE,
            Some(0xe2) if next_sign(text.get(at..)?).is_some_and(|(at, ..)| at == 0) => Unit::ONE,
            Some(_) => {
                let end = word(at);
                let unit = Unit::from_symbol(text.get(at..end)?)?;
                at = (end + 1).min(bytes.len());
                unit
            }
        };
        ends.set(sign, number, unit)?;
    }
    ends.quantity(property, role).ok()
}

/// Reads the form with any spaces, or returns what is wrong.
fn read_spaced(text: &str) -> Result<Quantity, String> {
    let (role, text) = role_before(text)?;
    let Some((at, mut sign, mut length)) = next_sign(text) else {
        return Err("expected a comparator: one of >, ≥, <, ≤ and =".to_owned());
    };
    let property = match text[..at].trim() {
        "" => None,
        name => Some(Property::from_name(name).ok_or_else(|| {
            format!(
                "unknown property {:?}; expected one such as output power, or none",
                short(name)
            )
        })?),
    };
    let mut ends = Ends::default();
    let mut rest = &text[at..];
    loop {
        rest = &rest[length..];
        let next = next_sign(rest);
        let (number, unit) = figure(rest[..next.map_or(rest.len(), |(at, ..)| at)].trim())?;
        ends.set(sign, number, unit)
            .ok_or("expected one lower and one upper end, or one exact figure")?;
        let Some(found) = next else {
            break;
        };
        rest = &rest[found.0..];
        (_, sign, length) = found;
    }
    ends.quantity(property, role).map_err(str::to_owned)
}

/// Returns the role with which a text begins, and the text after it.
fn role_before(text: &str) -> Result<(Role, &str), String> {
    let Some(rest) = text.trim_start().strip_prefix('[') else {
        return Ok((Role::Limit, text));
    };
    let (name, rest) = rest.split_once(']').unwrap_or((rest, ""));
    match role(name) {
        Some(role) => Ok((role, rest)),
        None => Err(format!(
            "unknown role {:?}; expected condition, exclusion or band in the brackets, or none",
            short(name)
        )),
    }
}

/// Returns the role with this name. A limit has no name, so that every quantity has one text form.
fn role(name: &str) -> Option<Role> {
    let found = Role::ALL.iter().skip(1).find(|(_, role)| *role == name)?;
    Some(found.0)
}

/// Returns a figure and its unit.
fn figure(words: &str) -> Result<(Number, Unit), String> {
    let (number, unit) = words.split_once(' ').unwrap_or((words, ""));
    let Ok(number) = number.parse() else {
        return Err(format!(
            "{:?} is not a figure; expected one such as 0.5, 1200 or 5e6",
            short(number)
        ));
    };
    let unit = match unit {
        "" => Unit::ONE,
        symbol => Unit::from_symbol(symbol).ok_or_else(|| {
            format!(
                "unknown unit {:?}; expected a symbol such as kW, µm or %",
                short(symbol)
            )
        })?,
    };
    Ok((number, unit))
}

/// Returns the first comparator of a text: its offset, its sign, and its length.
fn next_sign(text: &str) -> Option<(usize, char, usize)> {
    let bytes = text.as_bytes();
    let sign = |(at, byte): (usize, &u8)| match byte {
        b'>' => Some((at, '>', 1)),
        b'<' => Some((at, '<', 1)),
        b'=' => Some((at, '=', 1)),
        0xe2 if bytes.get(at + 1..at + 3) == Some(&[0x89, 0xa5]) => Some((at, '≥', 3)),
        0xe2 if bytes.get(at + 1..at + 3) == Some(&[0x89, 0xa4]) => Some((at, '≤', 3)),
        _ => None,
    };
    bytes.iter().enumerate().find_map(sign)
}
