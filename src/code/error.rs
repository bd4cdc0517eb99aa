//! Why a text is no code.

use super::MAX_DEPTH;

/// Why a text is no code: what was found, at which character, what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not an item code: {problem}")]
pub struct ParseCodeError {
    found: String,
    column: usize,
    problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("it is empty; expected a code such as 3A001.b.2")]
    Empty,
    #[error(
        "EAR99 is the basket for what is subject to the US regulations and on no entry of the Commerce Control List, so it has no code"
    )]
    Ear99,
    #[error(
        "a spreadsheet has read a code as a number{}; format the column as text and enter the code again",
        .0.as_ref().map(|code| format!(", probably {code}")).unwrap_or_default()
    )]
    Spreadsheet(Option<String>),
    #[error("expected a category digit 0 to 9 first")]
    Category,
    #[error("expected a product group letter A to E after the digit")]
    Group,
    #[error("expected three digits after the product group letter")]
    Number,
    #[error("character {0:?} at column {1} is neither a paragraph label nor a separator")]
    Character(char, usize),
    #[error(
        "the digit at column {0} follows the five characters of the entry with no dot between them"
    )]
    Glued(usize),
    #[error(
        "paragraph label {0:?} at column {1} is neither a number 1 to 999 nor one or two letters"
    )]
    Label(String, usize),
    #[error("it has more than {MAX_DEPTH} paragraph levels")]
    Depth,
    #[error("a second code begins at column {0}; expected one code")]
    Second(usize),
}

/// An error must stay printable however long the input was.
pub(crate) fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

impl ParseCodeError {
    pub(super) fn new(found: &str, column: usize, problem: Problem) -> ParseCodeError {
        ParseCodeError {
            found: short(found),
            column,
            problem,
        }
    }

    /// The text that was found, cut to sixty characters.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// The character, counted from 1, at which reading stopped; 0 where the text as a whole is at
    /// fault.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Whether the text is the US basket EAR99; [`Classification`](crate::Classification) accepts
    /// it.
    pub fn is_ear99(&self) -> bool {
        self.problem == Problem::Ear99
    }

    /// Whether the text looks like a code that a spreadsheet turned into a number.
    pub fn is_spreadsheet_number(&self) -> bool {
        matches!(self.problem, Problem::Spreadsheet(_))
    }
}
