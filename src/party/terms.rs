//! What a list requires for its parties: the license requirement and the review policy as values.

use std::fmt;
use std::str::FromStr;

use crate::text::named::{name_of, named};
use crate::text::parse_error::ParseError;

/// Which items need a license for a listed party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reach {
    /// Every item that is subject to the regulations.
    AllItems,
    /// Every such item with exceptions that the entry states.
    AllItemsExcept,
    /// Items on the Commerce Control List, and those that a supplement names.
    ListedItems,
    /// Items for use in projects that a section names.
    Projects,
    /// The entry states it in other words.
    Other,
}

impl Reach {
    const NAMES: [(Reach, &'static str); 5] = [
        (Reach::AllItems, "all"),
        (Reach::AllItemsExcept, "all-except"),
        (Reach::ListedItems, "listed"),
        (Reach::Projects, "projects"),
        (Reach::Other, "other"),
    ];
}

/// A way of deciding on an application, as the government announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stance {
    /// It presumes that it denies.
    PresumptionOfDenial,
    /// It denies.
    PolicyOfDenial,
    /// It looks at each case.
    CaseByCase,
    /// It presumes that it approves.
    PresumptionOfApproval,
}

impl Stance {
    const NAMES: [(Stance, &'static str); 4] = [
        (Stance::PresumptionOfDenial, "presumption-of-denial"),
        (Stance::PolicyOfDenial, "policy-of-denial"),
        (Stance::CaseByCase, "case-by-case"),
        (Stance::PresumptionOfApproval, "presumption-of-approval"),
    ];
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(name_of(&Reach::NAMES, self))
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(name_of(&Stance::NAMES, self))
    }
}

impl FromStr for Stance {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Stance, ParseError> {
        let problem = "expected presumption-of-denial, policy-of-denial, case-by-case or presumption-of-approval";
        named(&Stance::NAMES, text)
            .ok_or_else(|| ParseError::new(text, "a review policy's stance", problem))
    }
}

/// The license requirement of an entry. Written as its words: `all 734.9(e)(2) 744.11 note:4`.
///
/// ```
/// use export_control::party::{LicenseTerms, Reach};
/// let terms: LicenseTerms = "all 734.9(e)(2) 744.11 note:4".parse()?;
/// assert_eq!((terms.reach, terms.notes.as_slice()), (Reach::AllItems, &[4][..]));
/// assert_eq!(terms.to_string(), "all 734.9(e)(2) 744.11 note:4");
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LicenseTerms {
    /// Which items need a license.
    pub reach: Reach,
    /// The sections of the regulations that the entry refers to, as `744.11` or `746.8(a)(3)`.
    pub sections: Vec<String>,
    /// The numbers of the list's notes that apply.
    pub notes: Vec<u8>,
}

impl LicenseTerms {
    /// Returns terms that reach so far and refer to nothing.
    pub fn new(reach: Reach) -> LicenseTerms {
        LicenseTerms {
            reach,
            sections: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl fmt::Display for LicenseTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reach)?;
        for section in &self.sections {
            write!(f, " {section}")?;
        }
        for note in &self.notes {
            write!(f, " note:{note}")?;
        }
        Ok(())
    }
}

impl FromStr for LicenseTerms {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<LicenseTerms, ParseError> {
        let fail = |problem: &'static str| ParseError::new(text, "license terms", problem);
        let mut words = text.split(' ');
        let reach = words.next().and_then(|word| named(&Reach::NAMES, word));
        let mut terms = LicenseTerms::new(reach.ok_or_else(|| {
            fail("expected all, all-except, listed, projects or other as the first word")
        })?);
        for word in words {
            match word.strip_prefix("note:") {
                Some(note) => {
                    let note = note.parse().ok().filter(|note| (1..100).contains(note));
                    terms
                        .notes
                        .push(note.ok_or_else(|| fail("expected a note's number such as note:4"))?);
                }
                None if is_section(word) && terms.notes.is_empty() => {
                    terms.sections.push(word.to_owned());
                }
                None => return Err(fail("expected sections such as 744.11, then notes")),
            }
        }
        Ok(terms)
    }
}

/// Returns whether a word is a section of the regulations: `744.11`, `746.8(a)(3)`.
pub(crate) fn is_section(word: &str) -> bool {
    let (number, paragraphs) = word.split_at(word.find('(').unwrap_or(word.len()));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbered = number
        .split_once('.')
        .is_some_and(|(part, section)| is_number(part) && is_number(section));
    let closed = paragraphs.is_empty() || paragraphs.ends_with(')');
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'(' | b')');
    numbered && closed && paragraphs.bytes().all(plain)
}

/// The review policy of an entry. Written as its words: `policy-of-denial case-by-case 746.8(b)`.
///
/// ```
/// use export_control::party::{ReviewPolicy, Stance};
/// let policy: ReviewPolicy = "policy-of-denial case-by-case 746.8(b)".parse()?;
/// assert_eq!(policy.stances, [Stance::PolicyOfDenial, Stance::CaseByCase]);
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ReviewPolicy {
    /// The ways of deciding applications, in the order of the entry's words. Where there are several,
    /// each is for some items, and the regulation says for which.
    pub stances: Vec<Stance>,
    /// The sections that the entry refers to.
    pub sections: Vec<String>,
}

impl fmt::Display for ReviewPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stances = self.stances.iter().map(Stance::to_string);
        let words: Vec<String> = stances.chain(self.sections.iter().cloned()).collect();
        f.write_str(&words.join(" "))
    }
}

impl FromStr for ReviewPolicy {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<ReviewPolicy, ParseError> {
        let mut policy = ReviewPolicy::default();
        for word in text.split(' ') {
            match named(&Stance::NAMES, word) {
                Some(stance) if policy.sections.is_empty() => policy.stances.push(stance),
                None if is_section(word) => policy.sections.push(word.to_owned()),
                _ => {
                    let problem = "expected stances such as presumption-of-denial, then sections such as 746.8(b)";
                    return Err(ParseError::new(text, "a review policy", problem));
                }
            }
        }
        Ok(policy)
    }
}

crate::text::serde_as_text!(LicenseTerms, ReviewPolicy, Stance);
