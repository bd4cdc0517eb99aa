//! Remarks that people write after a code, and what they look like.

use std::fmt;

use super::sign::{Sign, Signs, is_gap, without_word};
use crate::text::short;

/// A text that follows a code and is not a paragraph of it, such as the `NS` of `3A001 (NS)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Remark {
    /// The words, shortened to about sixty characters.
    pub text: String,
    /// The kind that the words look like.
    pub kind: RemarkKind,
}

/// The kind that a remark looks like. It is a guess from the form, and may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum RemarkKind {
    /// A reason for control: `NS`, `AT1`.
    Reason,
    /// A license exception: `TSU`, `ENC3`.
    Exception,
    /// Words that say that no license is needed: `NLR`.
    NoLicense,
    /// A flag, such as `MMKT` for a mass market.
    Flag,
    /// A country: `US`.
    Country,
    /// A section of a regulation: `740.17(b)(1)`.
    Section,
    /// The end of a range: `3A001.a-c`, `3A001 to 3A005`.
    Range,
    /// A further paragraph that is not written in full: `3A001.a/b`.
    Paragraph,
    /// A capital letter alone, which is a flag or a paragraph: `5A994 N`.
    Letter,
    /// Anything else.
    Words,
}

impl RemarkKind {
    /// Returns whether a person has to look, because the code may mean something else with the
    /// remark: a range, a paragraph, a lone letter or words.
    ///
    /// ```
    /// use export_control::code::RemarkKind;
    /// assert!(RemarkKind::Range.is_open() && !RemarkKind::Reason.is_open());
    /// ```
    pub const fn is_open(self) -> bool {
        use RemarkKind::{Letter, Paragraph, Range, Words};
        matches!(self, Range | Paragraph | Letter | Words)
    }

    const fn words(self) -> &'static str {
        match self {
            RemarkKind::Reason => "a reason for control",
            RemarkKind::Exception => "a license exception",
            RemarkKind::NoLicense => "words for \"no license required\"",
            RemarkKind::Flag => "a flag",
            RemarkKind::Country => "a country",
            RemarkKind::Section => "a section of a regulation",
            RemarkKind::Range => "the end of a range",
            RemarkKind::Paragraph => "a further paragraph that is not written in full",
            RemarkKind::Letter => "a flag, or a paragraph without its dot",
            RemarkKind::Words => "a comment",
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, which looks like {}", self.text, self.kind.words())
    }
}

/// Words with which a remark on the next code ends.
const LEADS: [&str; 18] = [
    "not",
    "nicht",
    "except",
    "excluding",
    "than",
    "without",
    "unlike",
    "formerly",
    "previously",
    "was",
    "ex",
    "from",
    "of",
    "see",
    "also",
    "cf",
    "replaces",
    "unless",
];

impl Remark {
    /// Returns whether the words lead on to the code that follows them, as in "not 5A002".
    pub(super) fn leads(&self) -> bool {
        let mut words = self.text.split(|c: char| !c.is_alphanumeric());
        let last = words.rfind(|word| !word.is_empty());
        let chinese = ["非", "不是", "原", "除", "见"];
        self.kind == RemarkKind::Words
            && (last.is_some_and(|last| LEADS.iter().any(|lead| lead.eq_ignore_ascii_case(last)))
                || chinese.iter().any(|lead| self.text.ends_with(lead)))
    }

    pub(super) fn new(signs: &[Sign], kind: RemarkKind) -> Remark {
        let text = signs.text();
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
        // The bracket that opened before the remark is not part of it.
        let text = match text.contains(['(', '[']) {
            true => text,
            false => text.trim_end_matches([')', ']']),
        };
        Remark {
            text: short(text),
            kind,
        }
    }
}

/// The reasons for control of the US list, in this and earlier editions.
const REASONS: [&str; 15] = [
    "NS", "MT", "NP", "CB", "RS", "FC", "CC", "AT", "EI", "SI", "SS", "SL", "UN", "CW", "RSP",
];

/// The license exceptions of the US regulations, in this and earlier editions.
const EXCEPTIONS: [&str; 26] = [
    "LVS", "GBS", "GFT", "CIV", "TSR", "TSU", "TMP", "RPL", "GOV", "BAG", "AVS", "APR", "APP",
    "ENC", "CCD", "STA", "ACE", "NAC", "ACA", "LPP", "RFF", "KMI", "AGR", "HBM", "IEC", "ACM",
];

/// Flags that vendors print.
const FLAGS: [&str; 6] = [
    "MMKT",
    "RETAIL",
    "RESTRICTED",
    "UNRESTRICTED",
    "FIPS",
    "SME",
];

/// Countries of three letters, and what is written like one.
const LONG_COUNTRIES: [&str; 5] = ["USA", "PRC", "ROC", "GBR", "DEU"];

/// The countries of ISO 3166-1, and EU and UK.
const COUNTRIES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ\
    CACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETEUFIFJFKFMFOFRGAGBGDGEGFGG\
    GHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZ\
    LALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZ\
    OMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZ\
    TCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUKUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/// Phrases of several words, with what they look like.
const PHRASES: [(&str, RemarkKind); 10] = [
    ("no license required", RemarkKind::NoLicense),
    ("no licence required", RemarkKind::NoLicense),
    ("license not required", RemarkKind::NoLicense),
    ("licence not required", RemarkKind::NoLicense),
    ("no license needed", RemarkKind::NoLicense),
    ("无需许可", RemarkKind::NoLicense),
    ("mass market", RemarkKind::Flag),
    ("mass-market", RemarkKind::Flag),
    ("license exception", RemarkKind::Exception),
    ("licence exception", RemarkKind::Exception),
];

/// Words that join a code or a label to the one before.
const JOINERS: [(&str, RemarkKind); 9] = [
    ("through", RemarkKind::Range),
    ("thru", RemarkKind::Range),
    ("to", RemarkKind::Range),
    ("bis", RemarkKind::Range),
    ("至", RemarkKind::Range),
    ("and", RemarkKind::Paragraph),
    ("or", RemarkKind::Paragraph),
    ("及", RemarkKind::Paragraph),
    ("和", RemarkKind::Paragraph),
];

/// Returns whether a word joins the text after it to the code before, such as "to".
pub(super) fn joins(word: &str) -> bool {
    JOINERS
        .iter()
        .any(|(joiner, _)| joiner.eq_ignore_ascii_case(word))
}

/// Returns whether a word is a country of two large letters.
pub(super) fn is_country(word: &str) -> bool {
    word.len() == 2
        && COUNTRIES
            .as_bytes()
            .chunks(2)
            .any(|code| code == word.as_bytes())
}

/// Returns the kind that a word looks like, in any case, or `None` if it is an ordinary word.
pub(super) fn of_word(word: &str) -> Option<RemarkKind> {
    let upper = word.to_ascii_uppercase();
    let word = upper.as_str();
    if REASONS.contains(&word) {
        Some(RemarkKind::Reason)
    } else if EXCEPTIONS.contains(&word) {
        Some(RemarkKind::Exception)
    } else if word == "NLR" {
        Some(RemarkKind::NoLicense)
    } else if FLAGS.contains(&word) {
        Some(RemarkKind::Flag)
    } else if is_country(word) || LONG_COUNTRIES.contains(&word) {
        Some(RemarkKind::Country)
    } else {
        None
    }
}

/// Returns whether a character after a code begins nothing that people write there.
pub(super) fn is_foreign(c: char) -> bool {
    !c.is_alphanumeric() && c != '§'
}

/// Returns the first remark of a text that follows a code.
pub(super) fn first(signs: &[Sign]) -> Option<Remark> {
    next(signs, &|_| false).map(|(remark, _)| remark)
}

/// Returns the remarks up to the next answer, and the text from there.
pub(super) fn read<'a>(
    signs: &'a [Sign],
    is_answer: &impl Fn(&[Sign]) -> bool,
) -> (Vec<Remark>, &'a [Sign]) {
    let (mut remarks, mut rest) = (Vec::new(), signs);
    loop {
        let after = rest.trim(is_gap);
        if let Some((kind, after)) = joiner(rest)
            && is_answer(after)
        {
            // "3A001 to 3A005" is two codes, and neither is the range. "3A001 and 3A005" is two
            // codes as well.
            if kind == RemarkKind::Range {
                let code = after.run(|c| c.is_alphanumeric() || c == '.').0.text();
                let text = short(&format!("to {code}"));
                remarks.push(Remark { text, kind });
            }
            return (remarks, after);
        }
        if after.is_empty() || is_answer(after) {
            return (remarks, after);
        }
        match next(rest, is_answer) {
            Some((remark, after)) => {
                remarks.push(remark);
                rest = after;
            }
            None => return (remarks, &[]),
        }
    }
}

/// Returns the way in which a text is joined to the code before it, and the joined text.
fn joiner(signs: &[Sign]) -> Option<(RemarkKind, &[Sign])> {
    let (gap, after) = signs.run(is_gap);
    for (word, kind) in JOINERS {
        let rest = without_word(after, word)
            .or_else(|| {
                let length = word.chars().count();
                let (head, rest) = after.split_at_checked(length)?;
                (!word.is_ascii() && head.text() == word).then_some(rest)
            })
            .filter(|rest| !word.is_ascii() || !rest.goes_on());
        if let Some(rest) = rest {
            return Some((kind, rest.trim(is_gap)));
        }
    }
    let has = |signs: &str| gap.iter().any(|(_, c)| signs.contains(*c));
    let dots = gap
        .windows(2)
        .any(|pair| pair[0].1 == '.' && pair[1].1 == '.');
    if has("-~") || dots {
        Some((RemarkKind::Range, after))
    } else if has("/&+,;") {
        Some((RemarkKind::Paragraph, after))
    } else {
        None
    }
}

/// Returns the first remark, and the rest.
fn next<'a>(
    signs: &'a [Sign],
    is_answer: &impl Fn(&[Sign]) -> bool,
) -> Option<(Remark, &'a [Sign])> {
    let start = signs.trim(is_gap);
    start.first()?;
    if let Some((kind, after)) = joiner(signs)
        && let Some(rest) = labels(after, kind == RemarkKind::Range)
    {
        let begin = signs.trim(|c| is_gap(c) && !matches!(c, '-' | '~' | '/' | '&' | '+'));
        return Some((Remark::new(&begin[..begin.len() - rest.len()], kind), rest));
    }
    let cut =
        |rest: &'a [Sign], kind| (Remark::new(&start[..start.len() - rest.len()], kind), rest);
    if let Some(rest) = section(start) {
        return Some(cut(rest, RemarkKind::Section));
    }
    if let Some((kind, rest)) = known(start) {
        return Some(cut(rest, kind));
    }
    Some(cut(words(start, is_answer), RemarkKind::Words))
}

/// Returns the text after labels that are joined to the code before: letters alone and numbers, as
/// in `b` and `b.2`.
fn labels(signs: &[Sign], range: bool) -> Option<&[Sign]> {
    let (path, rest) = signs.run(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')'));
    let path = path.text();
    let is_label = |run: &str| match run.as_bytes() {
        [a] => a.is_ascii_digit() || a.is_ascii_lowercase() || range,
        [_, ..] if run.len() <= 3 => run.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    let mut runs = path
        .split(['.', '(', ')'])
        .filter(|run| !run.is_empty())
        .peekable();
    let follows = rest.trim(char::is_whitespace).first();
    let ends = follows.is_none_or(|(_, c)| !c.is_alphabetic()) || rest.len() == signs.len();
    let section = section(signs).is_some();
    (runs.peek().is_some() && runs.all(is_label) && ends && !section).then_some(rest)
}

/// Returns the text after a section of a regulation, `§ 740.17(b)(1)` or `15 CFR 740.17`.
fn section(signs: &[Sign]) -> Option<&[Sign]> {
    let mut rest = signs;
    let title = rest.run(|c| c.is_ascii_digit()).1.trim(char::is_whitespace);
    if let Some(after) = without_word(title, "cfr").filter(|after| !after.goes_on()) {
        rest = after;
    }
    for word in ["part", "section", "sec"] {
        let after = rest.trim(char::is_whitespace);
        if let Some(after) = without_word(after, word).filter(|after| !after.goes_on()) {
            rest = after;
        }
    }
    let named = rest.len() < signs.len() || matches!(signs, [(_, '§'), ..]);
    let rest = rest.trim(|c| c.is_whitespace() || matches!(c, '§' | '.'));
    let (part, after) = rest.run(|c| c.is_ascii_digit());
    let number = match after {
        [(_, '.'), tail @ ..] if tail.first().is_some_and(|(_, c)| c.is_ascii_digit()) => {
            tail.run(|c| c.is_ascii_digit()).1
        }
        _ if named => after,
        _ => return None,
    };
    let bracketed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | ')');
    let rest = match number {
        [(_, '('), ..] => number.run(bracketed).1,
        _ => number,
    };
    (part.len() == 3).then_some(rest)
}

/// Returns the kind of a known word or phrase, and the text after it.
fn known(signs: &[Sign]) -> Option<(RemarkKind, &[Sign])> {
    for (phrase, kind) in PHRASES {
        let length = phrase.chars().count();
        let Some((head, rest)) = signs.split_at_checked(length) else {
            continue;
        };
        if head.text().to_lowercase() == phrase && !(phrase.is_ascii() && rest.goes_on()) {
            let after = rest.trim(char::is_whitespace);
            let (word, tail) = after.run(|c| c.is_ascii_alphabetic());
            return match of_word(&word.text()) {
                Some(RemarkKind::Exception) if kind == RemarkKind::Exception => Some((kind, tail)),
                _ => Some((kind, rest)),
            };
        }
    }
    let (word, rest) = signs.run(|c| c.is_ascii_alphabetic());
    let text = word.text();
    let (digits, after) = rest.run(|c| c.is_ascii_digit());
    if let [(_, c)] = word
        && digits.is_empty()
        && !rest.goes_on()
    {
        let kind = if c.is_ascii_uppercase() {
            RemarkKind::Letter
        } else {
            RemarkKind::Paragraph
        };
        return alone(rest).then_some((kind, rest));
    }
    if word.is_empty() {
        let short = (1..=3).contains(&digits.len()) && alone(after);
        return short.then_some((RemarkKind::Paragraph, after));
    }
    let kind = of_word(&text)?;
    let rest = match kind {
        RemarkKind::Reason | RemarkKind::Exception if digits.len() <= 2 => column(after),
        RemarkKind::Country if text.chars().any(|c| c.is_ascii_lowercase()) || !alone(rest) => {
            return None;
        }
        _ if !digits.is_empty() => return None,
        _ => rest,
    };
    (!rest.goes_on()).then_some((kind, rest))
}

/// Returns whether the text goes on without another word of a sentence.
fn alone(rest: &[Sign]) -> bool {
    let (blank, after) = rest.run(char::is_whitespace);
    let word = after.run(char::is_alphabetic).0;
    if blank.is_empty() {
        return !rest.goes_on();
    }
    word.len() < 2 || of_word(&word.text()).is_some()
}

/// Removes "column 2", ":2" and "only" after a reason for control.
fn column(signs: &[Sign]) -> &[Sign] {
    if let [(_, ':'), (_, digit), rest @ ..] = signs
        && digit.is_ascii_digit()
        && !rest.goes_on()
    {
        return rest;
    }
    let only = without_word(signs.trim(char::is_whitespace), "only");
    if let Some(rest) = only.filter(|rest| !rest.goes_on()) {
        return rest;
    }
    let after = signs.trim(char::is_whitespace);
    ["column", "col"]
        .into_iter()
        .find_map(|word| without_word(after, word))
        .map(|rest| rest.trim(|c| c.is_whitespace() || c == '.'))
        .map_or(signs, |rest| rest.run(|c| c.is_ascii_digit()).1)
}

/// Returns the text after some words: from the next comma, semicolon, bracket or answer on.
fn words<'a>(signs: &'a [Sign], is_answer: &impl Fn(&[Sign]) -> bool) -> &'a [Sign] {
    let mut at = 0;
    while at < signs.len() {
        let word = signs[at..]
            .iter()
            .take_while(|(_, c)| c.is_alphanumeric())
            .count();
        at += word.max(1);
        let ends = matches!(signs.get(at), Some((_, ',' | ';' | '(' | '[')));
        let begins = signs.get(at).is_some_and(|(_, c)| c.is_alphanumeric());
        if ends || begins && is_answer(&signs[at..]) {
            break;
        }
    }
    &signs[at..]
}
