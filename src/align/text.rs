//! Reads a text as terms: the first stage.
//!
//! Spelling, number style and plural are evened out, so that two styles of writing give the same
//! terms. References to codes are kept apart, because as text they would give the codes away.

use crate::align::{chemical, glossary};
use crate::code::{Category, Code, ProductGroup, Running, running};
use crate::text::chars::{fold, is_chinese, on_the_line};
use crate::text::words::{ALIGN, pairs};

/// Takes the terms of a text, in their order. Each comes with a form that a reader knows.
pub(super) trait Sink {
    /// Takes a term.
    fn term(&mut self, term: &str, shown: impl FnOnce() -> String);

    /// Takes words without figures, whose terms [`words`] gives.
    fn words(&mut self, text: &str, shown: &str);
}

/// Reads a text into its terms.
///
/// Returns what the text refers to and what it excepts. Each is a first and a last code: one item,
/// a range of entries, or a whole product group of a category ("1B").
///
/// Chinese words give the English terms that the glossary has for them. With `han` their characters
/// are terms too, in pairs, for a comparison with another Chinese text.
pub(super) fn read(text: &str, han: bool, terms: &mut impl Sink) -> References {
    let mut references = References::default();
    let mut after_code = 0;
    let mut excepting = Excepting::No;
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    chars.extend(text.chars().filter_map(plain));
    let mut word = String::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if c.is_ascii_digit() {
            if let Some(Running { code, end }) = running(at, |at| chars.get(at).copied()) {
                if let Some(code) = code {
                    let between: String = chars[after_code.min(at)..at].iter().collect();
                    references.add(code, &between, &mut excepting);
                    after_code = end;
                }
                at = end;
            } else if let Some(group) = group(&chars, at) {
                references.list(&mut excepting).push(group);
                at += 2;
            } else if let Some(end) = cas(&chars, at) {
                let number: String = chars[at..end].iter().collect();
                terms.term(&format!("cas {number}"), || number.clone());
                at = end;
            } else {
                let (number, end) = number(&chars, at);
                terms.term(&number, || {
                    let unit = chars[end..].iter().skip_while(|c| **c == ' ');
                    let unit = unit.take_while(|c| c.is_alphanumeric()).take(12);
                    let unit: String = unit.collect();
                    format!("{number} {unit}").trim_end().to_owned()
                });
                at = end;
            }
        } else if is_chinese(c) {
            let end = at + chars[at..].iter().take_while(|c| is_chinese(**c)).count();
            glossary::translate(&chars[at..end], |english, chinese| match english {
                Some(english) => terms.words(english, chinese),
                // A character that is not understood counts against every English text alike.
                None => terms.term(chinese, || chinese.to_owned()),
            });
            if han && end - at > 1 {
                pairs(&chars[at..end]).for_each(|pair| terms.term(&pair, || pair.clone()));
            }
            at = end;
        } else if c.is_alphabetic() {
            let end = at
                + chars[at..]
                    .iter()
                    .take_while(|c| c.is_alphabetic() && !is_chinese(**c))
                    .count();
            word.clear();
            word.extend(&chars[at..end]);
            excepting = excepting.after(&word);
            terms.words(&word, &word);
            at = end;
        } else {
            if matches!(c, ')' | ';') {
                excepting = Excepting::No;
            }
            at += 1;
        }
    }
    references
}

/// The codes that a text refers to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct References {
    /// The first and the last code of each reference.
    pub(super) to: Vec<(Code, Code)>,
    /// The exceptions, in the same form.
    pub(super) except: Vec<(Code, Code)>,
}

impl References {
    /// Adds a code, or extends a range. In "9A001 to 9A003" the word between two codes makes a
    /// range of them.
    fn add(&mut self, code: Code, between: &str, excepting: &mut Excepting) {
        let list = self.list(excepting);
        let ranges = matches!(
            between.trim_matches([' ', '.']),
            "to" | "through" | "-" | "至"
        );
        match list.last_mut() {
            Some(last) if ranges && last.1 < code => last.1 = code,
            _ => list.push((code, code)),
        }
    }

    /// Returns the list that a code belongs to.
    fn list(&mut self, excepting: &mut Excepting) -> &mut Vec<(Code, Code)> {
        match excepting {
            Excepting::No => &mut self.to,
            Excepting::Next | Excepting::Within => {
                *excepting = Excepting::Within;
                &mut self.except
            }
        }
    }
}

/// The state that says if the next codes are exceptions, as they are after "except" and "other
/// than".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Excepting {
    No,
    /// A word says so, and no code has followed yet.
    Next,
    /// A code has followed, and so far only words that join codes.
    Within,
}

impl Excepting {
    fn after(self, word: &str) -> Excepting {
        match (self, word) {
            (_, "except" | "excluding" | "than" | "not") => Excepting::Next,
            (Excepting::Within, "and" | "or" | "to" | "through" | "ECCN" | "ECCNs") => {
                Excepting::Within
            }
            (Excepting::Within, _) => Excepting::No,
            (same, _) => same,
        }
    }
}

/// Calls back with the terms of a text without figures. Abbreviations are written out.
pub(super) fn words(text: &str, mut found: impl FnMut(&str)) {
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        let lower = word.to_lowercase();
        match glossary::expand(&lower) {
            Some(expanded) => expanded
                .split(' ')
                .for_each(|part| one(part.to_owned(), &mut found)),
            None => match chemical::parts(&lower) {
                Some(parts) => parts
                    .into_iter()
                    .for_each(|part| one(part.to_owned(), &mut found)),
                None => one(lower, &mut found),
            },
        }
    }
}

fn one(lower: String, found: &mut impl FnMut(&str)) {
    if let Some(term) = ALIGN.term(lower) {
        found(&term);
    }
}

/// Returns a character as the terms have it. Exponents and indices become plain figures, and micro
/// has one sign. Quotation marks are dropped, which joins what is on both sides.
fn plain(c: char) -> Option<char> {
    fold(on_the_line(c)).map(|c| match c {
        'µ' | 'μ' => 'u',
        '×' => ' ',
        c => c,
    })
}

/// Returns true for a letter or figure that a code could go on with, which a Chinese character is
/// not.
fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_chinese(c)
}

/// Returns the product group of a category that is named here: `1B` for all of its entries.
fn group(chars: &[char], at: usize) -> Option<(Code, Code)> {
    let glued = at > 0 && (is_latin(chars[at - 1]) || matches!(chars[at - 1], '.' | '-'));
    let [digit, letter] = chars.get(at..at + 2)? else {
        return None;
    };
    if glued
        || !matches!(letter, 'A'..='E')
        || chars.get(at + 2).is_some_and(|c| is_latin(*c) || *c == '-')
    {
        return None;
    }
    let (category, group) = (
        Category::new(digit.to_digit(10)? as u8)?,
        ProductGroup::new(*letter)?,
    );
    Some((
        Code::from_parts(category, group, 0)?,
        Code::from_parts(category, group, 999)?,
    ))
}

/// Returns a number in one style, and its end: thousands joined, a decimal point, and no zeros
/// after the last figure that counts.
fn number(chars: &[char], at: usize) -> (String, usize) {
    let mut text = String::new();
    let mut decimal = false;
    let mut end = at;
    while let Some(c) = chars.get(end) {
        let three = |from: usize| {
            chars
                .get(from..from + 3)
                .is_some_and(|next| next.iter().all(char::is_ascii_digit))
                && !chars.get(from + 3).is_some_and(char::is_ascii_digit)
        };
        match c {
            '0'..='9' => text.push(*c),
            ' ' if !decimal && three(end + 1) && text.len() <= 3 => {}
            ',' if !decimal && three(end + 1) && text != "0" => {}
            '.' | ',' if !decimal && chars.get(end + 1).is_some_and(char::is_ascii_digit) => {
                decimal = true;
                text.push('.');
            }
            _ => break,
        }
        end += 1;
    }
    if decimal {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    (text, end)
}

/// Returns the end of a CAS number that begins here.
fn cas(chars: &[char], at: usize) -> Option<usize> {
    let figures = |from: usize| {
        chars[from.min(chars.len())..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    let first = figures(at);
    let second = at + first + 1;
    let third = second + 3;
    let dashes = chars.get(at + first) == Some(&'-') && chars.get(second + 2) == Some(&'-');
    let glued = at > 0 && matches!(chars[at - 1], '-' | '0'..='9');
    (dashes && !glued && (2..=7).contains(&first) && figures(second) == 2 && figures(third) == 1)
        .then_some(third + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Terms(Vec<String>);

    impl Sink for Terms {
        fn term(&mut self, term: &str, _: impl FnOnce() -> String) {
            self.0.push(term.to_owned());
        }

        fn words(&mut self, text: &str, _: &str) {
            words(text, |term| self.0.push(term.to_owned()));
        }
    }

    fn terms(text: &str) -> String {
        let mut terms = Terms::default();
        read(text, false, &mut terms);
        terms.0.join(" ")
    }

    #[test]
    fn two_houses_styles_give_the_same_terms() {
        assert_eq!(
            terms("Fibres, aluminium, 1 123 K and 0,9 kg"),
            terms("fiber; aluminum 1,123 K, 0.90 kg")
        );
        assert_eq!(
            terms("“Programmable” vapour analysers"),
            terms("'programmable' vapor analyzer")
        );
        assert_eq!(terms("5 × 103 Gy"), terms("5 × 10³ Gy"));
        assert_eq!(terms("12,000 rpm"), "12000 rpm");
    }

    #[test]
    fn references_leave_the_text() {
        let references = read(
            "Software for 3B001.a.1. or 9A012, not 3A0012 nor X3B001",
            false,
            &mut Terms::default(),
        );
        let shown = |references: References| {
            references
                .to
                .iter()
                .map(|(a, b)| format!("{a}..{b}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(references), ["3B001.a.1..3B001.a.1", "9A012..9A012"]);
        assert_eq!(
            shown(read(
                "1A002 to 1A005, 1B or 10 A",
                false,
                &mut Terms::default()
            )),
            ["1A002..1A005", "1B000..1B999"]
        );
    }

    #[test]
    fn exceptions_are_kept_apart() {
        let shown = |list: &[(Code, Code)]| {
            list.iter()
                .map(|(a, b)| format!("{a}..{b}"))
                .collect::<Vec<_>>()
        };
        let of = |text: &str| {
            let references = read(text, false, &mut Terms::default());
            (shown(&references.to), shown(&references.except))
        };
        let (to, except) = of("Technology for 1B (except 1B608 or 1B613) and 1C001");
        assert_eq!(
            (to, except),
            (
                vec!["1B000..1B999".into(), "1C001..1C001".into()],
                vec!["1B608..1B608".into(), "1B613..1B613".into()]
            )
        );
        let (to, except) = of("Programs (other than 9D003 or 9D004) that serve 9B001 to 9B004");
        assert_eq!(
            (to, except),
            (
                vec!["9B001..9B004".into()],
                vec!["9D003..9D003".into(), "9D004..9D004".into()]
            )
        );
        assert_eq!(of("except, than, not").1, [""; 0]);
    }

    #[test]
    fn a_cas_number_is_one_term() {
        assert_eq!(
            terms("Amiton (CAS 78-53-5), 3-25 GHz"),
            "amiton cas cas 78-53-5 3 25 ghz"
        );
    }

    #[test]
    fn chinese_comes_out_as_english() {
        assert_eq!(terms("质谱仪"), terms("mass spectrometer"));
        assert_eq!(terms("質譜儀"), terms("mass spectrometer"));
    }
}
