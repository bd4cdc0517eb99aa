//! Reads everything that one cell of a product file says.

use super::parse::{Failure, begins_entry, lenient, readable, without_eccn};
use super::problem::Problem;
use super::remark::{self, Remark, RemarkKind};
use super::sign::{Sign, Signs, is_gap, without_word};
use super::{Basket, Classification, ListId, munitions, number};
use crate::text::parse_error::ParseError;

/// One answer of a cell: a classification, the list that a prefix names, and remarks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Answer {
    /// The code, or another answer, such as EAR99.
    pub classification: Classification,
    /// The country or the list that is named before the classification, as in `EU 5A002`.
    pub prefix: Option<Prefix>,
    /// Words beside the classification that are not part of it.
    pub remarks: Vec<Remark>,
}

/// The country or the list that a cell names before an answer: `US:`, `EU`, `us-ccl:`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Prefix {
    written: String,
    country: Option<String>,
}

/// Prefixes other than the two letters of a country, with their country.
const PREFIXES: [(&str, &str); 12] = [
    ("EU", "EU"),
    ("USA", "US"),
    ("EAR", "US"),
    ("CCL", "US"),
    ("PRC", "CN"),
    ("CHN", "CN"),
    ("GB", "UK"),
    ("GBR", "UK"),
    // The German list of goods, in export declarations.
    ("AL", "DE"),
    ("DEU", "DE"),
    ("JPN", "JP"),
    ("中国", "CN"),
];

impl Prefix {
    /// Returns the prefix as it is written, without its colon.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Returns the country in two letters, or EU or UK. Returns `None` if the prefix is a list's
    /// own id.
    pub fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// Returns whether the prefix can mean this list: its id, or the country with which its id
    /// begins.
    ///
    /// ```
    /// use export_control::code::{Answer};
    /// use export_control::{ListId};
    /// let answers = Answer::read("US: 5D992.c");
    /// let prefix = answers[0].as_ref().ok().and_then(|answer| answer.prefix.as_ref());
    /// assert!(prefix.is_some_and(|prefix| prefix.names(&ListId::new("us-ccl"))));
    /// assert!(prefix.is_some_and(|prefix| !prefix.names(&ListId::new("cn-dual-use"))));
    /// ```
    pub fn names(&self, list: &ListId) -> bool {
        let id = list.as_str();
        match &self.country {
            None => self.written == id,
            Some(country) => {
                let first = id.split('-').next().unwrap_or_default();
                first.eq_ignore_ascii_case(country)
            }
        }
    }
}

impl Answer {
    /// Reads a cell. Returns each of its answers in order, or what is wrong with it. There is at
    /// least one: the answer of an empty cell is [`Classification::Unanswered`].
    ///
    /// ```
    /// use export_control::code::{Answer, RemarkKind};
    /// let answers = Answer::read("3A001.b.2 (NS) / 5A002");
    /// let [first, second] = &answers[..] else { panic!("two codes") };
    /// let first = first.as_ref().expect("a code");
    /// assert_eq!(first.classification.to_string(), "3A001.b.2");
    /// assert_eq!((first.remarks[0].text.as_str(), first.remarks[0].kind), ("NS", RemarkKind::Reason));
    /// assert_eq!(second.as_ref().map(|answer| answer.classification.to_string()), Ok("5A002".to_owned()));
    ///
    /// let error = Answer::read("3.00E+01").remove(0).unwrap_err();
    /// assert!(error.problem().contains("probably 3E001"));
    /// ```
    pub fn read(cell: &str) -> Vec<Result<Answer, ParseError>> {
        let read = match readable(cell) {
            Ok(found) => answers(&munitions::closed(cell, found)),
            Err((_, Problem::Empty)) => vec![Ok(Answer::of(Classification::Unanswered))],
            Err(failure) => vec![Err(failure)],
        };
        read.into_iter()
            .map(|answer| answer.map_err(|(column, problem)| problem.of(cell, column)))
            .collect()
    }

    /// Returns whether a person has to look at the answer. That is so if the cell has no
    /// classification, or something beside it that may change it.
    ///
    /// ```
    /// use export_control::code::Answer;
    /// let open = |cell| Answer::read(cell)[0].as_ref().is_ok_and(Answer::is_open);
    /// assert!(!open("3A001") && !open("3A001 (NS)") && !open("EAR99 (NLR)"));
    /// assert!(open("3A001 to 3A005") && open("5A994 N") && open("NLR") && open(""));
    /// ```
    pub fn is_open(&self) -> bool {
        matches!(
            self.classification,
            Classification::NoLicense | Classification::Unanswered
        ) || self.remarks.iter().any(|remark| remark.kind.is_open())
    }

    fn of(classification: Classification) -> Answer {
        Answer {
            classification,
            prefix: None,
            remarks: Vec::new(),
        }
    }
}

/// Reads the answers of a cell that is not empty.
fn answers(signs: &[Sign]) -> Vec<Result<Answer, Failure>> {
    let text = without_label(signs).text();
    if let Some(classification) = Classification::of_words(&text) {
        let mut answer = Answer::of(classification);
        // "Not elsewhere classified", or "not export controlled".
        if text.trim().eq_ignore_ascii_case("nec") {
            answer.remarks.push(Remark::new(signs, RemarkKind::Words));
        }
        return vec![Ok(answer)];
    }
    if let Err(failure) = number::refuse(signs) {
        return vec![Err(failure)];
    }
    let (mut found, mut rest) = (Vec::new(), signs);
    let mut lead = None;
    while !rest.is_empty() {
        let (mut answer, after) = next(rest);
        if let Ok(answer) = &mut answer {
            // "5A992.c, not 5A002": the words are about the second code, at least as much.
            answer.remarks.splice(0..0, lead.take());
            lead = answer.remarks.last().filter(|last| last.leads()).cloned();
        }
        found.push(answer);
        rest = after;
    }
    found
}

/// Reads the first answer of a text, and returns what follows it and its remarks.
fn next(signs: &[Sign]) -> (Result<Answer, Failure>, &[Sign]) {
    if begins_answer(signs) {
        return whole(signs);
    }
    // Words before an answer are a remark on it, unless they have figures: then they are a code
    // that cannot be read.
    let figures = signs
        .run(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        .0;
    let rest = later(signs);
    if figures.iter().any(|(_, c)| c.is_ascii_digit()) {
        let failure = match lenient(signs) {
            Err(failure) => failure,
            Ok(_) => (0, Problem::Category),
        };
        return (Err(failure), rest);
    }
    let lead = &signs[..signs.len() - rest.len()];
    let (mut remarks, _) = remark::read(lead, &|_| false);
    if rest.is_empty() {
        return match Classification::of_words(&lead.text()) {
            Some(classification) => (Ok(Answer::of(classification)), rest),
            None => (unread(signs), rest),
        };
    }
    let (answer, rest) = whole(rest);
    let answer = answer.map(|mut answer| {
        remarks.append(&mut answer.remarks);
        Answer { remarks, ..answer }
    });
    (answer, rest)
}

/// Returns the error for a text that does not begin with an answer.
fn unread(signs: &[Sign]) -> Result<Answer, Failure> {
    Err(match lenient(without_eccn(signs)) {
        Err(failure) => failure,
        Ok(_) => (0, Problem::Category),
    })
}

/// Reads the answer with which a text begins.
fn whole(signs: &[Sign]) -> (Result<Answer, Failure>, &[Sign]) {
    let (prefix, rest) = match prefix(signs) {
        Some((prefix, rest)) => (Some(prefix), rest),
        None => (None, signs),
    };
    let (classification, rest) = match classification(rest, prefix.is_some()) {
        Ok(found) => found,
        Err(failure) => return (Err(failure), later(rest)),
    };
    let (remarks, rest) = remark::read(rest, &begins_answer);
    (
        Ok(Answer {
            classification,
            prefix,
            remarks,
        }),
        rest,
    )
}

/// Returns the text from the next answer on. It skips the word with which the text begins.
fn later(signs: &[Sign]) -> &[Sign] {
    let mut rest = signs;
    loop {
        rest = rest.run(char::is_alphanumeric).1;
        rest = rest.trim(|c| !c.is_alphanumeric());
        if rest.is_empty() || begins_answer(rest) {
            return rest;
        }
    }
}

/// Returns whether an answer begins here, with or without a prefix.
fn begins_answer(signs: &[Sign]) -> bool {
    begins_plain(signs) || prefix(signs).is_some()
}

/// Returns whether an answer begins here.
fn begins_plain(signs: &[Sign]) -> bool {
    let bare = without_label(signs);
    begins_entry(bare) || ear99(bare).is_some() || munitions::read(bare).is_some()
}

/// Removes words that only announce a code.
fn without_label(signs: &[Sign]) -> &[Sign] {
    let chinese: String = signs.iter().take(4).map(|(_, c)| c).collect();
    if chinese == "管制编码" {
        return signs[4..].trim(is_gap);
    }
    without_eccn(signs)
}

/// Reads the classification with which a text begins. After a prefix, single words count too: "AL:
/// N".
fn classification(signs: &[Sign], prefixed: bool) -> Result<(Classification, &[Sign]), Failure> {
    let bare = without_label(signs);
    if let Some(rest) = ear99(bare) {
        return Ok((Classification::Basket(Basket::EAR99), rest));
    }
    if begins_entry(bare) {
        return lenient(bare).map(|(code, rest)| (Classification::Code(code), rest));
    }
    if let Some((entry, rest)) = munitions::read(bare) {
        return Ok((Classification::Munitions(entry), rest));
    }
    match words(bare).filter(|_| prefixed) {
        Some(found) => Ok(found),
        None => lenient(bare).map(|(code, rest)| (Classification::Code(code), rest)),
    }
}

/// Reads an answer that is written in words, at most three of them.
fn words(signs: &[Sign]) -> Option<(Classification, &[Sign])> {
    let mut found = None;
    let mut rest = signs;
    for _ in 0..3 {
        rest = rest
            .trim(|c| !c.is_alphanumeric())
            .run(char::is_alphanumeric)
            .1;
        let text = signs[..signs.len() - rest.len()].text();
        let answer = match text.trim() {
            "" => None,
            "N" | "n" => Some(Classification::NotListed),
            text => Classification::of_words(text),
        };
        found = answer.map(|answer| (answer, rest)).or(found);
    }
    found
}

/// Returns the text after EAR99.
fn ear99(signs: &[Sign]) -> Option<&[Sign]> {
    let rest = without_word(signs, "ear")?.trim(|c| c.is_whitespace() || matches!(c, '-' | '.'));
    without_word(rest, "99").filter(|rest| !rest.goes_on())
}

/// Reads a prefix, if an answer follows it.
fn prefix(signs: &[Sign]) -> Option<(Prefix, &[Sign])> {
    let (id, after) = signs.run(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if let [(_, ':'), rest @ ..] = after
        && id.iter().any(|(_, c)| *c == '-')
        && begins_plain(rest)
    {
        return Some((
            Prefix {
                written: id.text(),
                country: None,
            },
            rest,
        ));
    }
    let (word, after) = signs.run(char::is_alphabetic);
    let written = word.text();
    let known = PREFIXES.iter().find(|(prefix, _)| *prefix == written);
    let country = match known {
        Some((_, country)) => (*country).to_owned(),
        None => Some(written.clone()).filter(|word| remark::is_country(word))?,
    };
    let colon = after
        .trim(char::is_whitespace)
        .first()
        .is_some_and(|(_, c)| matches!(c, ':' | '='));
    let rest = after.trim(|c| c.is_whitespace() || matches!(c, ':' | '-' | '=' | '('));
    let answered = begins_plain(rest) || colon && words(rest).is_some();
    (rest.len() < after.len() && answered).then_some((
        Prefix {
            written,
            country: Some(country),
        },
        rest,
    ))
}
