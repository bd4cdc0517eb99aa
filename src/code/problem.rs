//! The problems of a text that should be a code.

use super::MAX_DEPTH;
use super::remark;
use super::sign::Sign;
use crate::text::parse_error::ParseError;
use crate::text::short;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("it is empty; expected a code such as 3A001.b.2")]
    Empty,
    #[error("it has {0} bytes; expected a code such as 3A001.b.2")]
    Long(usize),
    #[error(
        "EAR99 is the basket for what is subject to the US regulations and on no entry of the Commerce Control List, so it has no code"
    )]
    Ear99,
    #[error(
        "{reader} has read a code as a number{guess}; format the column as text and enter the code again"
    )]
    DataTool { reader: &'static str, guess: String },
    #[error("expected a category digit 0 to 9 first")]
    Category,
    #[error("expected a product group letter A to E after the digit")]
    Group,
    #[error(
        "its {0:?} is U+{code:04X}, a letter of another alphabet; expected {1}, a product group letter",
        code = u32::from(*.0)
    )]
    Lookalike(char, char),
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
    #[error("{answer} is followed by {remark}; expected {answer} alone")]
    Followed { answer: String, remark: String },
    #[error("{remark}, is written beside {answer}; expected {answer} alone")]
    Beside { answer: String, remark: String },
    #[error("{answer} comes after {prefix:?}, which names a list; expected {answer} alone")]
    Prefixed { answer: String, prefix: String },
    #[error("it holds {0} answers; expected one")]
    Several(usize),
}

impl Problem {
    pub(super) fn label(text: String, column: usize) -> Problem {
        Problem::Label(short(&text), column)
    }

    /// Returns the problem of a complete answer with something after it.
    pub(super) fn followed(answer: String, rest: &[Sign]) -> Problem {
        let remark = remark::first(rest).map_or_else(String::new, |remark| remark.to_string());
        Problem::Followed { answer, remark }
    }

    /// Returns the error for a text with this problem. Column 0 means the text as a whole.
    pub(super) fn of(self, found: &str, column: usize) -> ParseError {
        let error = ParseError::new(found, "an item code", self.to_string());
        if column > 0 {
            error.at_column(column)
        } else {
            error
        }
    }
}
