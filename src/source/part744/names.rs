//! Where a name ends and an address begins, and what follows "a.k.a."

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem;

use crate::party::{Country, is_legal_form, normal_form};

use super::rows::{ITALIC, NOTE, ROMAN};

/// A text without the signs for what the XML sets off.
pub(super) fn bare(text: &str) -> Cow<'_, str> {
    let signs = [ITALIC, ROMAN, NOTE];
    if memchr::memchr3(ITALIC as u8, ROMAN as u8, NOTE as u8, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let bare = text.replace(signs, "");
    Cow::Owned(match bare.contains("  ") {
        true => bare
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        false => bare,
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
}

/// A finder of words.
macro_rules! words {
    ($words:literal) => {
        Words::new(|| memmem::Finder::new($words))
    };
}

/// A name without the signs after it. A full stop stays if it ends an abbreviation.
pub(super) fn tidy(name: &str) -> &str {
    let mut name = name.trim();
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
    let lower = word.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || word.contains('.') || word.chars().count() == 1
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

static KNOWN: Words = words!(".k.a");
static DOING: Words = words!(".b.a");
static DOING_BUSINESS: Words = words!("d/b/a");
static AKA: Words = words!(", aka ");
static STOP: Words = words!(". ");
static FOLLOWING: Words = words!("the following");
static ALIAS: Words = words!("alia");
static ONE_ENTITY: Words = words!("following one entity");
pub(super) static SUBORDINATE: Words = words!("ubordinate");
pub(super) static AFFILIATED: Words = words!("ffiliated");

/// Finds "a.k.a." or another such mark: its beginning and its end.
pub(super) fn mark(text: &str) -> Option<(usize, usize)> {
    // The letter before is a, f, n or d.
    let lettered = |found: Option<usize>| {
        let at = found.filter(|at| *at > 0 && text.as_bytes()[at - 1].is_ascii_lowercase())?;
        Some((at - 1, at + ".k.a".len()))
    };
    let known = lettered(KNOWN.find(text));
    let doing = lettered(DOING.find(text));
    let business = DOING_BUSINESS.find(text).map(|at| (at, at + "d/b/a".len()));
    let aka = AKA.find(text).map(|at| (at, at + ", aka ".len()));
    known
        .into_iter()
        .chain(doing)
        .chain(business)
        .chain(aka)
        .min()
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
    let mut cuts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => cuts.push(at),
            _ => {}
        }
    }
    cuts.push(text.len());
    let begins = std::iter::once(0).chain(cuts.clone());
    begins.zip(cuts).collect::<Vec<_>>().into_iter()
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
    STOP.find(segment)?;
    const FORMS: [&str; 4] = ["Ltd. ", "LLC. ", "Inc. ", "Co. "];
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
    let form = FORMS.iter().find_map(|form| {
        let at = segment.find(form)? + form.len();
        let rest = &segment[at..];
        let country = Country::named(rest.trim_end_matches('.')).is_some();
        let begins = digit(rest) || BEGINS.iter().any(|words| rest.starts_with(words));
        (begins || country).then_some(at)
    });
    let stops = segment
        .match_indices(". ")
        .map(|(at, stop)| (at, at + stop.len()));
    let sentence = stops.filter(|(at, next)| {
        let rest = &segment[*next..];
        let numbered = digit(rest) && !segment[..*at].ends_with("No");
        *at > 0 && (numbered || Country::named(rest.trim_end_matches('.')).is_some())
    });
    form.or_else(|| sentence.map(|(_, next)| next).next())
}
