//! Where a name ends and an address begins, and what follows "a.k.a."

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem;

use crate::party::{Country, is_legal_form, normal_form};

use super::rows::{ITALIC, NOTE, ROMAN};

/// A text without the signs for what the XML sets off.
pub(super) fn bare(text: &str) -> Cow<'_, str> {
    let sign = |text: &str| {
        let [italic, roman, note] = [ITALIC as u8, ROMAN as u8, NOTE as u8];
        memchr::memchr3(italic, roman, note, text.as_bytes())
    };
    let Some(first) = sign(text) else {
        return Cow::Borrowed(text);
    };
    let mut bare = String::with_capacity(text.len());
    let (mut rest, mut next) = (text, Some(first));
    while let Some(at) = next {
        bare.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        next = sign(rest);
    }
    bare.push_str(rest);
    Cow::Owned(match DOUBLE.find(&bare) {
        Some(_) => bare
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        None => bare,
    })
}

/// Finds words that are searched for in every cell.
pub(super) struct Words(LazyLock<memmem::Finder<'static>>);

impl Words {
    const fn new(find: fn() -> memmem::Finder<'static>) -> Words {
        Words(LazyLock::new(find))
    }

    pub(super) fn find(&self, text: &str) -> Option<usize> {
        self.0.find(text.as_bytes())
    }

    fn all(&self, text: &str) -> impl Iterator<Item = usize> {
        self.0.find_iter(text.as_bytes())
    }
}

/// A finder of words.
macro_rules! words {
    ($words:literal) => {
        Words::new(|| memmem::Finder::new($words))
    };
}

/// A name without the signs after it. A full stop stays if it ends an abbreviation.
pub(super) fn tidy(name: &str) -> &str {
    let mut name = name.trim_ascii();
    // Most names end with a letter.
    let last = name.as_bytes().last();
    if last.is_some_and(u8::is_ascii_alphanumeric) && !name.ends_with(" and") {
        return name.trim_start_matches(['—', ' ', ',']);
    }
    loop {
        let before = name;
        name = name.trim_end_matches([',', ';', ':', ' ']);
        for word in ["; and", ", and"] {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        if let Some(without) = name.strip_suffix('.')
            && !is_abbreviation(without)
        {
            name = without;
        }
        if name.ends_with(')') && name.matches('(').count() < name.matches(')').count() {
            name = &name[..name.len() - 1];
        }
        name = name.strip_suffix(" and").unwrap_or(name);
        if name == before {
            return name.trim_start_matches(['—', ' ', ',']);
        }
    }
}

/// Returns whether the last word of a text is one that is written with a full stop.
fn is_abbreviation(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "ltd", "co", "inc", "corp", "llc", "bhd", "pvt", "pte", "tech", "dev", "intl", "int",
        "eng", "ind", "mfg", "plc", "sti", "tic", "san", "man", "mach", "nat",
    ];
    let word = text.rsplit([' ', ',', '(']).next().unwrap_or(text);
    let has = |known: &&str| word.eq_ignore_ascii_case(known);
    WORDS.iter().any(has) || word.contains('.') || word.chars().count() == 1
}

/// The first line of an entry, divided after the name.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Lead<'a> {
    /// The text before "a.k.a."
    pub(super) name: &'a str,
    /// The number of other names that are announced, if they follow on lines of their own.
    pub(super) listed: Option<usize>,
    /// The rest of the line: other names and addresses.
    pub(super) rest: Option<&'a str>,
}

static STOP: Words = words!(". ");
static DOUBLE: Words = words!("  ");
static FOLLOWING: Words = words!("the following");
static ALIAS: Words = words!("alia");
static ONE_ENTITY: Words = words!("following one entity");
pub(super) static AND: Words = words!(", and ");
pub(super) static SUBORDINATE: Words = words!("ubordinate");
pub(super) static AFFILIATED: Words = words!("ffiliated");

/// Finds "a.k.a." or another such mark: its beginning and its end.
pub(super) fn mark(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    // Every mark has a letter that is not frequent.
    memchr::memchr2_iter(b'k', b'b', bytes).find_map(|at| {
        // The letter before is a, f, n or d.
        let lettered = || at > 1 && bytes[at - 2].is_ascii_lowercase();
        let from = at.checked_sub(1)?;
        match bytes.get(from..at + 3)? {
            [b'.', b'k' | b'b', b'.', b'a'] if lettered() => Some((at - 2, at + 3)),
            [b'/', b'b', b'/', b'a'] if bytes[..from].last() == Some(&b'd') => {
                Some((at - 2, at + 3))
            }
            [b'a', b'k', b'a', b' '] if bytes[..from].ends_with(b", ") => Some((at - 3, at + 3)),
            _ => None,
        }
    })
}

/// Divides the first line of an entry at "a.k.a." `None` if it announces no other names.
pub(super) fn lead(line: &str) -> Option<Lead<'_>> {
    if let Some((at, end)) = mark(line) {
        let name = line[..at].trim_end_matches([' ', ',', '(']);
        let rest = line[end..].trim_start_matches(['.', ',', ' ']);
        return Some(match announced(rest) {
            Some((listed, rest)) => Lead {
                name,
                listed: Some(listed),
                rest,
            },
            None => Lead {
                name,
                listed: None,
                rest: Some(rest),
            },
        });
    }
    // "Example Works, and the following two aliases:"
    let following = FOLLOWING.find(line)?;
    let (listed, rest) = announced(&line[following..])?;
    let name = line[..following].trim_end_matches([' ', ',']);
    let name = name
        .strip_suffix("and")
        .unwrap_or(name)
        .trim_end_matches([' ', ',']);
    Some(Lead {
        name,
        listed: Some(listed),
        rest,
    })
}

/// Reads an announcement of other names, "the following two aliases:", with which a text begins:
/// how many, and what else is on the line.
pub(super) fn announced(text: &str) -> Option<(usize, Option<&str>)> {
    // Some are misspelt.
    let begin = text.get(..64).unwrap_or(text);
    let found = ALIAS.find(begin).into_iter().chain(ONE_ENTITY.find(begin));
    let at = found.min().filter(|at| *at < 48)?;
    let count = text[..at].split(' ').find_map(number).unwrap_or(1);
    let end = text[at..]
        .find([',', ':', ';', ' ', '.'])
        .map_or(text.len(), |end| at + end);
    let rest = text[end..].trim_start_matches([',', ':', ';', ' ', '.']);
    // "… and two subordinate institutions" says what the lines below are.
    let about = SUBORDINATE.find(rest).or(AFFILIATED.find(rest)).is_some();
    Some((count, Some(rest).filter(|rest| !rest.is_empty() && !about)))
}

/// A number in words or figures.
pub(super) fn number(word: &str) -> Option<usize> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let position = WORDS.iter().position(|known| *known == word);
    position.map(|at| at + 1).or_else(|| word.parse().ok())
}

/// Divides other names on one line, "X, a.k.a. Y, 5 Example Lane", into names and what follows.
pub(super) fn inline(text: &str) -> (Vec<&str>, &str) {
    let (mut names, mut rest) = (Vec::new(), text);
    while let Some((at, end)) = mark(rest) {
        names.push(tidy(&rest[..at]));
        rest = rest[end..].trim_start_matches(['.', ',', ' ']);
    }
    let (name, after) = divide(rest);
    names.push(tidy(name));
    names.retain(|name| !name.is_empty());
    (names, after)
}

/// Divides a name from the address that follows it after a comma.
pub(super) fn divide(text: &str) -> (&str, &str) {
    let mut end = None;
    for (at, next) in commas(text) {
        let segment = &text[at..next];
        if end.is_none() {
            if let Some(cut) = glued(segment) {
                return (&text[..cut], text[cut..].trim_start());
            }
            end = Some(next);
        } else if goes_on(
            segment.trim_start_matches([',', ' ']),
            &text[..text.find(',').unwrap_or(0)],
        ) {
            if let Some(cut) = glued(segment) {
                return (&text[..at + cut], text[at + cut..].trim_start());
            }
            end = Some(next);
        } else {
            break;
        }
    }
    let end = end.unwrap_or(text.len());
    (
        &text[..end],
        text[end..].trim_start_matches([',', ' ', '.']),
    )
}

/// The segments of a text between commas that are outside parentheses.
fn commas(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut depth = 0usize;
    let (mut begin, mut open) = (0, true);
    let mut signs = text.bytes().enumerate();
    std::iter::from_fn(move || {
        let cut = signs.find(|(_, sign)| {
            match sign {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(sign, b',' | b';')
        });
        let end = match cut {
            Some((at, _)) => at,
            None if std::mem::take(&mut open) => text.len(),
            None => return None,
        };
        Some((std::mem::replace(&mut begin, end), end))
    })
}

/// Returns whether what follows a comma belongs to the name before it: a legal form, or a part of
/// an institution.
fn goes_on(segment: &str, before: &str) -> bool {
    /// Words with which a part of an institution begins.
    const FIRST: [&str; 22] = [
        "academy",
        "branch",
        "bureau",
        "center",
        "centre",
        "college",
        "concern",
        "department",
        "division",
        "faculty",
        "headquarters",
        "institute",
        "jsc",
        "laboratory",
        "limited",
        "ministry",
        "npo",
        "ojsc",
        "pjsc",
        "research",
        "school",
        "subsidiary",
    ];
    /// Words that only an institution's name has.
    const WITHIN: [&str; 5] = ["institute", "institution", "factory", "plant", "academy"];
    const ADDRESS: [&str; 12] = [
        "street", "str", "st", "road", "rd", "building", "bldg", "district", "avenue", "ave",
        "room", "floor",
    ];
    const FORMS: [&str; 12] = [
        "Ltd",
        "Ltd.",
        "Inc",
        "Inc.",
        "LLC",
        "LTD",
        "LTD.",
        "Limited",
        "Ltd.;",
        "Ltd.; and",
        "JSC",
        "Inc.;",
    ];
    if segment.starts_with('(') || FORMS.contains(&segment) {
        return true;
    }
    // An address begins: this is quick to tell.
    const BEGINS: [&str; 6] = ["No. ", "Room ", "Rm", "Unit ", "Flat", "Building "];
    if BEGINS.iter().any(|words| segment.starts_with(words)) {
        return false;
    }
    let form = normal_form(segment.split('(').next().unwrap_or(segment));
    let words: Vec<&str> = form.split(' ').filter(|word| !word.is_empty()).collect();
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let numbers = words
        .iter()
        .filter(|word| word.bytes().any(|b| b.is_ascii_digit()))
        .count();
    let legal =
        |word: &&str| is_legal_form(word) || matches!(*word, "sti" | "san" | "tic" | "l" | "c");
    // "Ltd. No. 5" is a legal form with an address after it.
    (legal(first) && (rest.iter().all(legal) || glued(segment).is_some()))
        || (numbers == 0 && FIRST.contains(first))
        // After a person's name it says where the person works.
        || (numbers <= 1 && has(&WITHIN) && !has(&ADDRESS) && is_institution(before))
}

/// Returns whether a name is one of an institution or a company.
fn is_institution(name: &str) -> bool {
    const WORDS: [&str; 6] = ["academy", "corp", "co", "group", "ministry", "university"];
    normal_form(name)
        .split(' ')
        .any(|word| WORDS.contains(&word))
}

/// Finds an address that begins without a comma: "Co., Ltd. No. 5 Example Road", "Works. 5 Example Road".
pub(super) fn glued(segment: &str) -> Option<usize> {
    const FORMS: [&str; 4] = ["Ltd", "LLC", "Inc", "Co"];
    const BEGINS: [&str; 7] = [
        "No.",
        "Floor ",
        "Room ",
        "Rm ",
        "Flat",
        "Unit ",
        "Building ",
    ];
    let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let is_country = |rest: &str| Country::named(rest.trim_end_matches('.')).is_some();
    // After each legal form only its first full stop counts, and the forms in their order.
    let (mut forms, mut sentence) = ([None; FORMS.len()], None);
    for at in STOP.all(segment) {
        let (before, next) = (&segment[..at], at + ". ".len());
        for (form, first) in FORMS.iter().zip(&mut forms) {
            if before.ends_with(form) {
                first.get_or_insert(next);
            }
        }
        let rest = &segment[next..];
        let numbered = || digit(rest) && !before.ends_with("No");
        if sentence.is_none() && at > 0 && (numbered() || is_country(rest)) {
            sentence = Some(next);
        }
    }
    let begins = |at: &usize| {
        let rest = &segment[*at..];
        digit(rest) || BEGINS.iter().any(|words| rest.starts_with(words)) || is_country(rest)
    };
    forms.into_iter().flatten().find(begins).or(sentence)
}
