//! Names countries as the lists do: two letters of ISO 3166-1. The table is `data/countries.csv`.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::name::plain;
use crate::text::parse_error::ParseError;

/// A country or territory by its two letters of ISO 3166-1, such as `CN`. Hong Kong (`HK`) and
/// Macau (`MO`) have letters of their own.
///
/// ```
/// use export_control::party::Country;
/// assert_eq!(Country::named("China, People's Republic of"), Some(Country::CHINA));
/// assert_eq!(Country::named("U.A.E.").map(|country| country.to_string()).as_deref(), Some("AE"));
/// assert_eq!("HK".parse(), Ok(Country::HONG_KONG));
/// assert_eq!(Country::HONG_KONG.name(), Some("Hong Kong"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// China, without Hong Kong and Macau.
    pub const CHINA: Country = Country(*b"CN");
    /// Hong Kong.
    pub const HONG_KONG: Country = Country(*b"HK");
    /// Macau.
    pub const MACAU: Country = Country(*b"MO");
    /// China, Hong Kong and Macau, as one place for a [scope](super::PartyScope).
    pub const GREATER_CHINA: [Country; 3] = [Country::CHINA, Country::HONG_KONG, Country::MACAU];

    /// Returns the country with an English name, in any spelling of the lists: a heading, the end
    /// of an address, an abbreviation. Case, accents and dots do not matter.
    pub fn named(name: &str) -> Option<Country> {
        let folded = fold(name, NAMES.longest)?;
        NAMES.countries.get(folded.as_str()).copied()
    }

    /// Returns the country's English name, or `None` if this crate has none for the letters.
    pub fn name(self) -> Option<&'static str> {
        let known = rows().find(|(country, ..)| *country == self);
        known.map(|(_, name, _)| name)
    }

    /// Returns the countries that this crate knows by a Chinese name, with it.
    #[cfg(feature = "parties")]
    pub(crate) fn chinese_names() -> impl Iterator<Item = (&'static str, Country)> {
        rows().filter_map(|(country, _, others)| {
            let mut names = others.split(';');
            let name = names.find(|name| name.starts_with(crate::text::chars::is_chinese))?;
            Some((name, country))
        })
    }

    /// Returns the country that the end of an address names, or `None` if it names none.
    ///
    /// A postal code may follow the name.
    ///
    /// ```
    /// use export_control::party::Country;
    /// let of = |address: &str| Country::of_address(address).map(|country| country.to_string());
    /// assert_eq!(of("3 Example Lane, Zelenograd, Russia 124460").as_deref(), Some("RU"));
    /// assert_eq!(of("Kowloon, Hong Kong, China").as_deref(), Some("HK"));
    /// assert_eq!(of("12 Georgia Street, Springfield"), None);
    /// ```
    pub fn of_address(address: &str) -> Option<Country> {
        // The end of an address is enough.
        const END: usize = 48;
        let from = (address.len().saturating_sub(END)..=address.len())
            .find(|at| address.is_char_boundary(*at));
        let folded = fold(&address[from.unwrap_or_default()..], usize::MAX)?;
        let mut rest = folded.as_str();
        // A postal code may follow the country's name.
        for _ in 0..4 {
            if let Some((country, before)) = ending(rest) {
                let own = [Country::HONG_KONG, Country::MACAU];
                let part = || ending(before).map(|(part, _)| part);
                let part = (country == Country::CHINA).then(part).flatten();
                return part.filter(|part| own.contains(part)).or(Some(country));
            }
            let (before, last) = rest.rsplit_once(' ')?;
            if !last.bytes().any(|byte| byte.is_ascii_digit()) {
                return None;
            }
            rest = before;
        }
        None
    }
}

/// The longest name of a country with which a folded text ends, and the text before it.
fn ending(text: &str) -> Option<(Country, &str)> {
    let last = text.rsplit(' ').next().unwrap_or(text);
    let named = NAMES.by_last_word.get(last)?.iter();
    named
        .filter_map(|(name, country)| {
            let before = text.strip_suffix(name.as_str())?;
            let whole = before.is_empty() || before.ends_with(' ');
            whole.then(|| (*country, before.trim_end()))
        })
        .next()
}

/// The rows of the table: letters, name, other names.
fn rows() -> impl Iterator<Item = (Country, &'static str, &'static str)> {
    let rows = include_str!("../../data/countries.csv").lines().skip(1);
    rows.filter_map(|row| {
        let mut fields = row.split(',');
        let country = fields.next()?.parse().ok()?;
        Some((country, fields.next()?, fields.next()?))
    })
}

/// Every name as [`fold`] writes it.
static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let named = |(country, name, others): (Country, &'static str, &'static str)| {
        let names = std::iter::once(name).chain(others.split(';'));
        names.filter_map(move |name| Some((fold(name, usize::MAX)?, country)))
    };
    let all = rows().flat_map(named).filter(|(name, _)| !name.is_empty());
    let countries: HashMap<String, Country> = all.collect();
    let mut by_last_word: HashMap<String, Vec<(String, Country)>> = HashMap::new();
    for (name, country) in &countries {
        if name.split(' ').count() <= Names::WORDS {
            let last = name.rsplit(' ').next().unwrap_or(name);
            let names = by_last_word.entry(last.to_owned()).or_default();
            names.push((name.clone(), *country));
        }
    }
    for names in by_last_word.values_mut() {
        names.sort_unstable_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    Names {
        longest: countries.keys().map(String::len).max().unwrap_or_default(),
        countries,
        by_last_word,
    }
});

/// The names of countries.
struct Names {
    countries: HashMap<String, Country>,
    /// Those with which an address ends, by the last word, the longest first.
    by_last_word: HashMap<String, Vec<(String, Country)>>,
    /// The bytes of the longest name.
    longest: usize,
}

impl Names {
    /// An address ends with so many words of a name at most.
    const WORDS: usize = 4;
}

/// Lower case without accents and dots, every other sign a blank; `None` if that is longer than
/// `most`.
fn fold(name: &str, most: usize) -> Option<String> {
    let mut folded = String::with_capacity(name.len().min(most).saturating_add(4));
    if name.is_ascii() {
        // Each sign in one look, since every address ends here.
        let mut bytes = folded.into_bytes();
        let mut blank = true;
        for byte in name.bytes() {
            let sign = FOLDED[usize::from(byte & 0x7f)];
            if sign == 0 || (sign == b' ' && blank) {
                continue;
            }
            blank = sign == b' ';
            bytes.push(sign);
            if bytes.len() > most.saturating_add(1) {
                return None;
            }
        }
        if blank {
            bytes.pop();
        }
        return String::from_utf8(bytes).ok();
    }
    for c in name.chars() {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '.' | '\'' | '’' => {}
            c if c.is_alphanumeric() => plain(c, &mut folded),
            _ if !folded.is_empty() && !folded.ends_with(' ') => folded.push(' '),
            _ => {}
        }
        // One blank may follow the last letter.
        if folded.len() > most.saturating_add(1) {
            return None;
        }
    }
    folded.truncate(folded.trim_end().len());
    Some(folded)
}

/// The byte that each sign of ASCII becomes, or 0 if it is left out.
const FOLDED: [u8; 128] = {
    let mut folded = [b' '; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        folded[at] = match byte {
            b'.' | b'\'' => 0,
            _ if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
            _ => b' ',
        };
        at += 1;
    }
    folded
};

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0.map(char::from);
        f.pad(&format!("{first}{second}"))
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Country {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Country, ParseError> {
        match text.as_bytes() {
            &[first, second] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => {
                Ok(Country([first, second]))
            }
            _ => {
                let problem = "expected two capital letters, such as CN or HK";
                Err(ParseError::new(text, "a country", problem))
            }
        }
    }
}

crate::text::serde_as_text!(Country);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_one_country() {
        for (country, name, others) in rows() {
            assert_eq!(country.name(), Some(name));
            for name in std::iter::once(name).chain(others.split(';').filter(|o| !o.is_empty())) {
                assert_eq!(Country::named(name), Some(country), "{name}");
            }
        }
    }
}
