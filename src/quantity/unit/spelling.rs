//! Reads the unit with which a running text begins, in any way of writing it.

use std::sync::LazyLock;

use super::Unit;
use super::table::UNITS;

/// Returns the unit with which a text begins, and its length. The unit is `None` if this crate does
/// not know it: a product of units, or a known unit per something else.
pub(in crate::quantity) fn at_start(text: &str) -> Option<(Option<Unit>, usize)> {
    let first = text.bytes().next()?.to_ascii_lowercase();
    let (spelling, unit) = SPELLINGS[usize::from(first)]
        .iter()
        .find(|(spelling, _)| begins(text, spelling))?;
    let length = spelling.len();
    let rest = &text[length..];
    Some(match tail(rest) {
        Tail::None => (Some(*unit), length),
        Tail::Strange => (None, length),
        Tail::Per(per, more) => {
            let whole = Unit::from_symbol(&format!("{unit}/{per}"));
            (whole, length + more)
        }
    })
}

/// Returns whether a text begins with a spelling and its word ends there.
fn begins(text: &str, spelling: &str) -> bool {
    // The second letter rules out most spellings.
    let second = |text: &str| text.as_bytes().get(1).map(u8::to_ascii_lowercase);
    if spelling.len() > 1 && second(text) != second(spelling) {
        return false;
    }
    let Some(start) = text.get(..spelling.len()) else {
        return false;
    };
    let word = spelling.len() > 3
        && spelling
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || !byte.is_ascii_alphabetic());
    if start != spelling && !(word && start.eq_ignore_ascii_case(spelling)) {
        return false;
    }
    let letter = spelling.ends_with(|c: char| c.is_alphanumeric());
    let next = text[spelling.len()..].chars().next();
    !next.is_some_and(|c| letter && (c.is_ascii_alphanumeric() || c == '\''))
}

/// The text after the spelling of a unit that belongs to the unit.
enum Tail {
    None,
    /// "Per" and a unit with this symbol, and the length of both.
    Per(&'static str, usize),
    /// Something that makes it another unit.
    Strange,
}

fn tail(rest: &str) -> Tail {
    let mut next = rest.chars();
    match next.next() {
        // "5 MeV-cm²" is not an energy, and "5-6 mm" is a range.
        Some('−' | '-') if next.next().is_some_and(char::is_alphabetic) => return Tail::Strange,
        Some('²' | '³' | '⁻' | '√' | '·' | '*' | '^' | '⋅') => return Tail::Strange,
        _ => {}
    }
    if is_product(rest) || is_freedom(rest) {
        return Tail::Strange;
    }
    let plain = rest.trim_start();
    // "rad (radians)/s²", "nT (rms) per square root Hz", "° (1 sigma) per hour"
    let after = after_bracket(plain).or_else(|| plain.strip_prefix("rms "));
    for from in [plain, after.unwrap_or(plain)] {
        if let Some(per) = from.trim_start().strip_prefix('/').filter(|_| {
            // "5 m / 16 ft" repeats the figure.
            !from.starts_with(" / ") && !rest.starts_with(" / ")
        }) {
            return slash(per, rest.len() - per.len());
        }
        if let Some(found) = spelled(from.trim_start(), rest) {
            return found;
        }
    }
    of_something(plain, rest).unwrap_or(Tail::None)
}

/// Reads the unit after a slash.
fn slash(per: &str, before: usize) -> Tail {
    let word = per.trim_start();
    let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
    let found = SPELLINGS[usize::from(first)]
        .iter()
        .find(|(spelling, _)| begins(word, spelling));
    match found {
        Some((spelling, unit))
            if !word[spelling.len()..].starts_with(['/', '²', '³', '⁻', '^']) =>
        {
            Tail::Per(
                unit.symbol(),
                before + per.len() - word.len() + spelling.len(),
            )
        }
        _ => Tail::Strange,
    }
}

/// Words for the unit after "per" in a rate.
const PER: [(&str, &str); 24] = [
    ("square root hour", "√h"),
    ("square root hz", "√Hz"),
    ("square meter", "m²"),
    ("square centimeter", "cm²"),
    ("square millimeter", "mm²"),
    ("square", ""),
    ("cubic meter", "m³"),
    ("cubic centimeter", "cm³"),
    ("cubic", ""),
    ("second", "s"),
    ("sec", "s"),
    ("minute", "min"),
    ("hour", "h"),
    ("hr", "h"),
    ("day", "day"),
    ("month", "month"),
    ("year", "year"),
    ("kilogram", ""),
    ("kg", ""),
    ("meter", ""),
    ("foot", ""),
    ("liter", ""),
    ("watt", "W"),
    ("hz", "Hz"),
];

/// Reads "per" and a unit in words: "per minute". If it is not a unit, as in "per pulse", the
/// figure counts things.
fn spelled(text: &str, rest: &str) -> Option<Tail> {
    let per = text.strip_prefix("per ")?;
    let start = |words: &str| {
        per.get(..words.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(words))
            && !per[words.len()..].starts_with(|c: char| c.is_alphanumeric())
    };
    let (words, symbol) = PER.iter().find(|(words, _)| start(words))?;
    Some(match *symbol {
        "" => Tail::Strange,
        symbol => Tail::Per(symbol, rest.len() - per.len() + words.len()),
    })
}

/// Reads a rate of something that is named in between: "250 g of fluorine per hour".
fn of_something(plain: &str, rest: &str) -> Option<Tail> {
    let named = plain.strip_prefix("of ")?;
    let near = named
        .char_indices()
        .nth(60)
        .map_or(named.len(), |(at, _)| at);
    let at = named[..near].find(" per ")?;
    let name = &named[..at];
    let words = name.split(' ').count() <= 3
        && name
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == '-');
    words.then(|| spelled(&named[at + 1..], rest)).flatten()
}

/// Returns whether it is a product of units, such as "0.2 g mm", "0.07 deg sec (Lat)" or
/// "505 W × GHz²".
fn is_product(rest: &str) -> bool {
    const FACTORS: [&str; 12] = [
        "mm", "cm", "m", "kg", "g", "s", "sec", "h", "Hz", "N", "mrad", "rad",
    ];
    let factor = rest.trim_start().strip_prefix('×').map(str::trim_start);
    if factor.is_some_and(|factor| factor.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return true;
    }
    let Some(next) = rest.strip_prefix(' ') else {
        return false;
    };
    // "kg N⁻¹ h⁻¹", also with a minus or a caret on the line.
    let word = next
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(next.len());
    let (word, after) = next.split_at(word);
    let power = after.starts_with('⁻')
        || after
            .strip_prefix(['−', '^'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
        || FACTORS.contains(&word) && is_lost_power(after);
    !word.is_empty() && power
        || FACTORS.contains(&word) && !after.starts_with(|c: char| c.is_alphanumeric() || c == '-')
}

/// Returns whether a unit's power has lost its superscript, as in "m s-2".
fn is_lost_power(after: &str) -> bool {
    let digits = after.strip_prefix(['-', '–']).unwrap_or_default();
    digits.starts_with(['1', '2', '3', '4'])
        && !digits[1..].starts_with(|c: char| c.is_alphanumeric() || c == '.' || c == '-')
}

/// Returns whether the text is as in "5 degrees of freedom".
fn is_freedom(rest: &str) -> bool {
    rest.strip_prefix(" of ").is_some_and(|of| {
        of.trim_start_matches(['\'', '‘', '“', '"'])
            .starts_with("freedom")
    })
}

/// Returns the text after a short bracket.
fn after_bracket(text: &str) -> Option<&str> {
    if !text.starts_with('(') {
        return None;
    }
    let mut depth = 0;
    let closing = text.bytes().take(80).position(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth == 0
    })?;
    text.get(closing + 1..)
}

type Spellings = Vec<(String, Unit)>;

/// Every way of writing a unit, by its first byte in lower case, the longest first.
static SPELLINGS: LazyLock<Vec<Spellings>> = LazyLock::new(|| {
    let mut all: Vec<Spellings> = vec![Vec::new(); 256];
    for (row, at) in UNITS.iter().zip(0..).skip(1) {
        for spelling in std::iter::once(row.symbol).chain(row.aliases.iter().copied()) {
            for written in variants(spelling) {
                let first = written.bytes().next().unwrap_or_default();
                let same = &mut all[usize::from(first.to_ascii_lowercase())];
                if !same.iter().any(|(other, _)| *other == written) {
                    same.push((written, Unit(at)));
                }
            }
        }
    }
    all.iter_mut().for_each(|spellings| {
        spellings.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()))
    });
    all
});

/// Returns a spelling with its powers written in each way, and with each of the two characters for
/// micro.
fn variants(spelling: &str) -> Vec<String> {
    let power = |mark: &str| {
        spelling
            .replace('²', &format!("{mark}2"))
            .replace('³', &format!("{mark}3"))
    };
    let mut all = vec![spelling.to_owned(), power(""), power("^")];
    for at in 0..all.len() {
        all.push(all[at].replace('µ', "μ"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::at_start;

    #[test]
    fn units_as_they_are_written() {
        for (text, expected) in [
            ("cm^3/min or more", "cm³/min"),
            ("cm3", "cm³"),
            ("μm", "µm"),
            ("m³ per minute", "m³/min"),
            ("g of fluorine per hour.", "g/h"),
            ("m² of surface area per year", "m²/year"),
            ("degrees (1 sigma or rms) per hour", "°/h"),
            ("nT (rms)/square root Hz", "nT/√Hz"),
            ("fT (rms) per square root Hz", "fT/√Hz"),
            ("J per pulse", "J"),
            ("µm per 5 mm", "µm"),
            ("m / 16 ft", "m"),
            ("% per day", "%/day"),
            ("/month", "1/month"),
            ("cm⁻¹ for", "1/cm"),
            ("Gb/s", "Gbit/s"),
            ("kg/kWh", "strange"),
            ("g mm per kg", "strange"),
            ("deg sec (Lat)", "strange"),
            ("degrees of 'freedom of movement'", "strange"),
            ("MeV-cm²/mg", "strange"),
            ("W*GHz²", "strange"),
            ("bit/s/Hz", "strange"),
            ("rad (radians)/s²", "strange"),
            ("kg N⁻¹ h⁻¹", "strange"),
            ("kg N-1 h-1", "strange"),
            ("W × GHz2/f", "strange"),
            ("mm × 50 mm", "mm"),
            ("nT rms per square root Hz", "nT/√Hz"),
            ("KeV", "keV"),
            ("m s-2 or", "strange"),
            ("m s^-2", "strange"),
            ("m s-wave", "m"),
            ("GBq (2 curies) per kg", "strange"),
            ("furlongs", "none"),
            ("millions", "none"),
        ] {
            let read = match at_start(text) {
                Some((Some(unit), _)) => unit.symbol(),
                Some((None, _)) => "strange",
                None => "none",
            };
            assert_eq!(read, expected, "{text}");
        }
    }
}
