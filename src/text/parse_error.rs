//! The error of every `FromStr` in this crate.

use std::borrow::Cow;
use std::fmt;

use super::short;

/// Reports a text that does not have the form of what it should name, such as an item code.
///
/// Its message gives the text found (shortened), what it should have been, and what is wrong.
///
/// ```
/// use export_control::identifier::CasNumber;
/// use export_control::{Code, ParseError};
/// let error: ParseError = "3F001".parse::<Code>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "\"3F001\" is not an item code: expected a product group letter A to E after the digit"
/// );
/// assert_eq!((error.found(), error.kind(), error.column()), ("3F001", "an item code", Some(2)));
/// assert_eq!("7664-39-4".parse::<CasNumber>().unwrap_err().kind(), "a CAS number");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ParseError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    found: String,
    kind: &'static str,
    problem: Cow<'static, str>,
    column: Option<usize>,
}

impl ParseError {
    pub(crate) fn new(
        found: &str,
        kind: &'static str,
        problem: impl Into<Cow<'static, str>>,
    ) -> ParseError {
        ParseError(Box::new(Inner {
            found: short(found),
            kind,
            problem: printable(problem.into()),
            column: None,
        }))
    }

    /// Adds the character, counted from 1, at which reading stopped.
    pub(crate) fn at_column(mut self, column: usize) -> ParseError {
        self.0.column = Some(column);
        self
    }

    /// Returns the text that was found, shortened to about sixty characters.
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Returns what the text should have been, such as `an item code`.
    pub fn kind(&self) -> &'static str {
        self.0.kind
    }

    /// Returns what is wrong with the text, and what was expected.
    pub fn problem(&self) -> &str {
        &self.0.problem
    }

    /// Returns the character, counted from 1, at which reading stopped, or `None` if the text is
    /// wrong as a whole.
    pub fn column(&self) -> Option<usize> {
        self.0.column
    }
}

/// Puts a problem on one line and shortens it, whatever it quotes from the input. With the rest of
/// the message, it has at most 300 characters.
fn printable(problem: Cow<'static, str>) -> Cow<'static, str> {
    const LONGEST: usize = 190;
    if problem.len() <= LONGEST && !problem.contains(char::is_control) {
        return problem;
    }
    let mut length = 0;
    let shown: String = problem
        .chars()
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_debug());
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .take_while(|_| {
            length += 1;
            length < LONGEST
        })
        .collect();
    let cut = if length < LONGEST { "" } else { "…" };
    Cow::Owned(shown + cut)
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not {}: {}",
            self.0.found, self.0.kind, self.0.problem
        )
    }
}

/// Prints the message, because `main` prints the `Debug` form of its error.
impl fmt::Debug for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ParseError {}
