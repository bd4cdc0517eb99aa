//! The only grammar of a code, in three strengths.
//!
//! - [`strict`] reads the form that this crate prints, `3A001.b.2.a`.
//! - [`lenient`] reads what people write: `3a001b2a`, `3A001(b)(2)(a)`, `3A001 b 2 a`. It stops
//!   before anything that is not a paragraph, and never makes a code out of what follows one.
//! - [`running`] reads a code in a running text: `… for 3B001.a.1, or …`.
//!
//! In the lenient form, two letters are a paragraph only if a reader can take them for nothing
//! else. No known list has a paragraph of two letters. People often write two letters after a code:
//! a reason (`NS`), a country (`US`) or a flag.

use super::codes;
use std::str::FromStr;

use indexmap::IndexSet;

use super::problem::Problem;
use super::remark::{self, RemarkKind};
use super::sign::{Sign, Signs, is_gap, is_separator, signs, without_word};
use super::{Category, Code, Label, MAX_DEPTH, ProductGroup, number};
use crate::text::parse_error::ParseError;

/// A problem and its column. Column 0 means the text as a whole.
pub(super) type Failure = (usize, Problem);

/// A length in bytes that a code never reaches, even with what people add to it. A longer text is
/// not copied.
const LONGEST: usize = 4096;

impl FromStr for Code {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Code, ParseError> {
        // Most inputs have the form that this crate prints.
        match strict(text.as_bytes()) {
            Some(code) => Ok(code),
            None => alone(text).map_err(|(column, problem)| problem.of(text, column)),
        }
    }
}

impl Code {
    /// Returns the codes that a running text names in full, in the order of the text and each once.
    ///
    /// A paragraph that is named without its entry, as in ".b of this entry", is not included.
    ///
    /// ```
    /// use export_control::Code;
    /// let named: Vec<String> = Code::find_in("生产1C004、1C117.c项的技术").iter().map(ToString::to_string).collect();
    /// assert_eq!(named, ["1C004", "1C117.c"]);
    /// ```
    pub fn find_in(text: &str) -> Vec<Code> {
        let once: IndexSet<Code> = codes(text).map(|(_, _, code)| code).collect();
        once.into_iter().collect()
    }
}

/// Reads exactly the form that [`Code`] prints.
pub(crate) fn strict(text: &[u8]) -> Option<Code> {
    let (entry, path) = text.split_at_checked(5)?;
    let &[category, group, ref number @ ..] = entry else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    let number = number.iter().try_fold(0, |number, byte| {
        Some(number * 10 + u16::from(digit(*byte)?))
    })?;
    let group = *ProductGroup::ALL.get(usize::from(group.checked_sub(b'A')?))?;
    let head = Code::from_parts(Category::new(digit(category)?)?, group, number)?;
    if path.is_empty() {
        return Some(head);
    }
    let mut bits = head.bits();
    let labels = path.strip_prefix(b".")?.split(|&byte| byte == b'.');
    for (level, label) in labels.enumerate() {
        if level == MAX_DEPTH {
            return None;
        }
        bits |= u128::from(Label::strict(label)?.0) << Code::shift(level);
    }
    std::num::NonZeroU128::new(bits).map(Code)
}

/// Reads a text that is exactly one code, as people write it.
fn alone(text: &str) -> Result<Code, Failure> {
    let signs = readable(text)?;
    if is_ear99(&signs) {
        return Err((0, Problem::Ear99));
    }
    number::refuse(&signs)?;
    let (code, rest) = lenient(without_eccn(&signs))?;
    let after = rest.trim(is_gap);
    match after {
        [] => Ok(code),
        [(at, _), ..] if begins_entry(after) => Err((*at, Problem::Second(*at))),
        [(at, c), ..] if remark::is_foreign(*c) => Err((*at, Problem::Character(*c, *at))),
        [(at, _), ..] => Err((*at, Problem::followed(code.to_string(), rest))),
    }
}

/// Returns the characters of a text that may be a code.
pub(super) fn readable(text: &str) -> Result<Vec<Sign>, Failure> {
    if text.len() > LONGEST {
        return Err((0, Problem::Long(text.len())));
    }
    match signs(text) {
        signs if signs.is_empty() => Err((0, Problem::Empty)),
        signs => Ok(signs),
    }
}

/// Returns whether the characters are exactly EAR99.
fn is_ear99(signs: &[Sign]) -> bool {
    let squeezed = signs
        .iter()
        .map(|&(_, c)| c)
        .filter(|c| !is_separator(*c))
        .map(|c| c.to_ascii_uppercase());
    squeezed.eq("EAR99".chars())
}

/// Removes a leading `ECCN`, with what people put between it and the code.
pub(super) fn without_eccn(signs: &[Sign]) -> &[Sign] {
    let Some(mut rest) = without_word(signs, "eccn") else {
        return signs;
    };
    for word in ["number", "code", "no", "nr"] {
        let after = rest.trim(is_separator);
        if let Some(shorter) = without_word(after, word).filter(|rest| !rest.goes_on()) {
            rest = shorter;
            break;
        }
    }
    rest.trim(|c| is_separator(c) || matches!(c, ':' | '#' | '='))
}

/// Returns whether a text begins with the five characters of an entry, in any way that people write
/// them.
pub(super) fn begins_entry(signs: &[Sign]) -> bool {
    matches!(signs, [(_, digit), (_, group), (_, a), (_, b), (_, c), ..]
        if digit.is_ascii_digit()
            && ProductGroup::new(*group).is_some()
            && [a, b, c].iter().all(|c| c.is_ascii_digit()))
}

/// Reads the code with which a text begins, as people write it. Returns the code and what follows
/// it.
pub(super) fn lenient(signs: &[Sign]) -> Result<(Code, &[Sign]), Failure> {
    let end = signs.last().map_or(1, |(column, _)| column + 1);
    let column = |rest: &[Sign]| rest.first().map_or(end, |&(column, _)| column);
    let digit = |rest: &[Sign]| rest.first().and_then(|&(_, c)| c.to_digit(10));
    let category = digit(signs).and_then(|digit| Category::new(digit as u8));
    let Some(category) = category else {
        return Err((column(signs), Problem::Category));
    };
    let rest = &signs[1..];
    let Some(group) = rest.first().and_then(|&(_, c)| ProductGroup::new(c)) else {
        let alike = rest.first().and_then(|&(_, c)| Some((c, latin(c)?)));
        let problem = alike.map_or(Problem::Group, |(c, letter)| Problem::Lookalike(c, letter));
        return Err((column(rest), problem));
    };
    let (mut rest, mut number) = (&rest[1..], 0);
    for _ in 0..3 {
        let Some(figure) = digit(rest) else {
            return Err((column(rest), Problem::Number));
        };
        number = number * 10 + figure as u16;
        rest = &rest[1..];
    }
    let Some(code) = Code::from_parts(category, group, number) else {
        return Err((column(rest), Problem::Number));
    };
    if digit(rest).is_some() {
        return Err((column(rest), Problem::Glued(column(rest))));
    }
    path(code, rest)
}

/// The product group that a Cyrillic or Greek letter looks like.
const fn latin(c: char) -> Option<char> {
    match c {
        'А' | 'а' | 'Α' => Some('A'),
        'В' | 'Β' => Some('B'),
        'С' | 'с' | 'Ϲ' => Some('C'),
        'Е' | 'е' | 'Ε' => Some('E'),
        _ => None,
    }
}

/// The way in which a label is joined to the text before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// By nothing, or by the bracket that closes the previous label.
    Nothing,
    Dot,
    Bracket,
    Dash,
    Blank,
}

/// A label, or whatever is in its place.
struct Step<'a> {
    join: Join,
    /// True if there is a blank in between.
    spaced: bool,
    /// The way in which the first label of the path was joined.
    first: Option<Join>,
    /// True if the previous label is a number, or `None` after the entry.
    after_number: Option<bool>,
    /// Letters of one case, or digits.
    run: &'a [Sign],
    rest: &'a [Sign],
}

/// Reads the labels below an entry. Returns the code and what follows its last label.
fn path(mut code: Code, mut rest: &[Sign]) -> Result<(Code, &[Sign]), Failure> {
    let (mut first, mut after_number) = (None, None);
    loop {
        let (between, after) = rest.run(is_separator);
        // In "3A001 3A002", the second code is not a paragraph. "3A001.." begins a range.
        let range = between
            .windows(2)
            .any(|pair| pair[0].1 == '.' && pair[1].1 == '.');
        let second = !between.is_empty() && begins_entry(after);
        let Some((run, next)) = label_run(after).filter(|_| !range && !second) else {
            return Ok((code, rest));
        };
        let (join, spaced) = join(between);
        let step = Step {
            join,
            spaced,
            first,
            after_number,
            run,
            rest: next,
        };
        if !step.is_label()? {
            return Ok((code, rest));
        }
        let (column, text) = (run[0].0, run.text());
        let label = match text.parse() {
            Ok(number) => Label::number(number),
            Err(_) => Label::letters(&text),
        };
        let Some(label) = label else {
            return Err((column, Problem::label(text, column)));
        };
        code = code.child(label).ok_or((column, Problem::Depth))?;
        first = first.or(Some(join).filter(|join| *join != Join::Nothing));
        after_number = Some(label.is_number());
        rest = next;
    }
}

/// Returns the letters of one case or the digits with which a text begins, and the rest. One
/// capital letter before lower-case letters belongs to them.
fn label_run(signs: &[Sign]) -> Option<(&[Sign], &[Sign])> {
    let &[(_, first), ref tail @ ..] = signs else {
        return None;
    };
    if !first.is_ascii_alphanumeric() {
        return None;
    }
    Some(if first.is_ascii_digit() {
        signs.run(|c| c.is_ascii_digit())
    } else if first.is_ascii_uppercase() && !tail.first().is_some_and(|s| s.1.is_ascii_lowercase())
    {
        signs.run(|c| c.is_ascii_uppercase())
    } else {
        signs.split_at(1 + tail.run(|c| c.is_ascii_lowercase()).0.len())
    })
}

/// Returns the way in which separators join, and whether there is a blank among them.
fn join(between: &[Sign]) -> (Join, bool) {
    let has = |signs: &str| between.iter().any(|(_, c)| signs.contains(*c));
    let spaced = between.iter().any(|(_, c)| c.is_whitespace());
    // "(1)-(3)" and ".a-.c" are ranges, so a dash outweighs the other separators.
    let join = if has("-_") {
        Join::Dash
    } else if has("([") {
        Join::Bracket
    } else if has(".") {
        Join::Dot
    } else if spaced {
        Join::Blank
    } else {
        Join::Nothing
    };
    (join, spaced)
}

impl Step<'_> {
    /// Returns whether the run is a label of the path. Returns an error if it is joined like a
    /// label and is nothing that people write after a code.
    fn is_label(&self) -> Result<bool, Failure> {
        let digits = self.run[0].1.is_ascii_digit();
        if self.is_loose() && !self.goes_on(digits) || self.is_aside() {
            return Ok(false);
        }
        match (digits, self.run.len()) {
            (true, _) => Ok(self.is_number()),
            (false, 1) => Ok(self.is_letter()),
            (false, 2) => Ok(self.is_pair()),
            (false, _) if self.is_loose() || self.spaced || self.join == Join::Bracket => Ok(false),
            (false, _) if remark::of_word(&self.run.text()).is_some() => Ok(false),
            (false, _) => Err((
                self.run[0].0,
                Problem::label(self.run.text(), self.run[0].0),
            )),
        }
    }

    /// Returns whether the join can also separate a code from a remark.
    fn is_loose(&self) -> bool {
        matches!(self.join, Join::Blank | Join::Dash)
    }

    /// Returns whether a path may continue after a blank or a dash. That is so if all labels from
    /// the first on are joined in this way, letters and numbers alternate, and no word follows that
    /// would make this a sentence.
    fn goes_on(&self, digits: bool) -> bool {
        let alternates = self.after_number.map_or(!digits, |number| number != digits);
        let clean = match self.rest.first() {
            None => true,
            Some((_, c)) => {
                is_separator(*c) || matches!(c, ',' | ';' | '/') || c.is_ascii_alphanumeric()
            }
        };
        let (blank, after) = self.rest.run(char::is_whitespace);
        let word = after.run(char::is_alphabetic).0;
        let sentence = !blank.is_empty()
            && word.len() > 1
            && !begins_entry(after)
            && remark::of_word(&word.text()).is_none();
        self.first.is_none_or(|first| first == self.join) && alternates && clean && !sentence
    }

    /// Returns whether this is in brackets after a blank and not part of a path in brackets. The
    /// "(1)" in "3A001 (1)" and in "3A001.b (1)" is a footnote.
    fn is_aside(&self) -> bool {
        self.join == Join::Bracket
            && self.spaced
            && match self.first {
                None => self.run[0].1.is_ascii_digit(),
                Some(first) => !matches!(first, Join::Bracket | Join::Blank),
            }
    }

    /// Returns whether this is a label and not the section of a regulation, such as "740.17".
    fn is_number(&self) -> bool {
        let section = self.run.len() == 3
            && matches!(self.rest, [(_, '.'), (_, c), ..] if c.is_ascii_digit());
        !section || self.join == Join::Dot
    }

    fn is_letter(&self) -> bool {
        let upper = self.run[0].1.is_ascii_uppercase();
        let follows_letter = self.after_number == Some(false);
        // A flag, as in "5A994 N" and "5A994 (N)". A path would continue with a number.
        let ends = label_run(self.rest.trim(is_separator))
            .is_none_or(|(run, _)| !run[0].1.is_ascii_digit());
        match self.join {
            Join::Nothing => !follows_letter,
            Join::Dot => !(upper && follows_letter),
            Join::Bracket => !(follows_letter || upper && self.spaced && ends),
            Join::Dash | Join::Blank => !(upper && ends),
        }
    }

    fn is_pair(&self) -> bool {
        let (a, b) = (self.run[0].1, self.run[1].1);
        let upper = a.is_ascii_uppercase() || b.is_ascii_uppercase();
        let tight = matches!(self.join, Join::Dot | Join::Bracket) && !self.spaced;
        let word = self.run.text();
        let looks = match remark::of_word(&word) {
            None => false,
            // "3A001.in" does not name India.
            Some(RemarkKind::Country) => upper,
            Some(_) => true,
        };
        let known = looks || remark::joins(&word);
        if a == b {
            // The label after z is aa.
            tight && (!upper || !known) || self.join == Join::Nothing && !upper && !known
        } else {
            tight && !upper && !known
        }
    }
}
