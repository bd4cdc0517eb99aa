//! The crate's error: what was found, where, and what was expected.

use std::fmt;

use crate::code::Code;
use crate::code::ListId;
pub use crate::text::parse_error::ParseError;

/// An error that prevents a list from being read, built or compared.
///
/// Its text says what was found, what was expected, and the place: file, line and column, list and
/// code, as far as they are known. It may be shown to a user unchanged. The predicates return the
/// kind.
///
/// ```
/// let error = export_control::ControlList::from_csv("code,title\n3A001,x\n3A001,y\n".as_bytes()).unwrap_err();
/// assert!(error.is_invalid_list());
/// assert_eq!(error.line(), Some(3));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    place: Place,
}

/// The place of an error or an observation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Option<String>,
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<u64>,
    pub(crate) list: Option<ListId>,
    pub(crate) code: Option<Code>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot read: {0}")]
    Io(#[from] std::io::Error),
    #[error("not UTF-8 text: the byte at offset {0} does not start a character")]
    Encoding(u64),
    #[error("{0}")]
    Parse(#[from] ParseError),
    #[error("found {found}, expected {expected}")]
    Unexpected { found: String, expected: String },
    #[error("found {found}, expected {expected}")]
    Contradiction { found: String, expected: String },
    #[error("found the code a second time, expected one row for each code")]
    Duplicate,
    #[error("found no row for the parent {0}, expected one for the parent of every paragraph")]
    Orphan(Code),
    #[error("found the row after {0}, expected rows in list order")]
    Order(Code),
    #[error("found item sets of {0} and {1}, expected two of the same list and edition")]
    DifferentLists(String, String),
    #[error("two editions of one list can be told apart, not two lists: {0} and {1}")]
    OtherList(String, String),
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Error {
        Error(Box::new(Inner {
            kind,
            place: Place::default(),
        }))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Kind::Io(error).into()
    }
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Error {
        Kind::Parse(error).into()
    }
}

impl Error {
    pub(crate) fn unexpected(found: impl Into<String>, expected: impl Into<String>) -> Error {
        Kind::Unexpected {
            found: found.into(),
            expected: expected.into(),
        }
        .into()
    }

    pub(crate) fn contradiction(found: impl Into<String>, expected: impl Into<String>) -> Error {
        Kind::Contradiction {
            found: found.into(),
            expected: expected.into(),
        }
        .into()
    }

    /// Names the file that was being read. If the file has been named before, the first name
    /// remains.
    ///
    /// ```
    /// let error = export_control::ControlList::from_csv(&b""[..]).unwrap_err().in_file("mine.csv");
    /// assert!(error.to_string().starts_with("mine.csv"));
    /// ```
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Error {
        self.0.place.file.get_or_insert_with(|| file.into());
        self
    }

    pub(crate) fn at(mut self, line: u64, column: u64) -> Error {
        self.0.place.line.get_or_insert(line);
        self.0.place.column.get_or_insert(column);
        self
    }

    pub(crate) fn at_line(mut self, line: u64) -> Error {
        self.0.place.line.get_or_insert(line);
        self
    }

    pub(crate) fn of_code(mut self, code: Code) -> Error {
        self.0.place.code.get_or_insert(code);
        self
    }

    pub(crate) fn of_list(mut self, list: &ListId) -> Error {
        self.0.place.list.get_or_insert_with(|| list.clone());
        self
    }

    /// Returns the line, counted from 1, if it is known.
    pub fn line(&self) -> Option<u64> {
        self.0.place.line
    }

    /// Returns the column, counted from 1, if it is known. It is a character of the line, or in a
    /// CSV file a field of the record.
    pub fn column(&self) -> Option<u64> {
        self.0.place.column
    }

    /// Returns the code in which the error is, if there is one.
    pub fn code(&self) -> Option<Code> {
        self.0.place.code
    }

    /// Returns whether reading itself failed: a missing file, a broken pipe.
    pub fn is_io(&self) -> bool {
        matches!(self.0.kind, Kind::Io(_))
    }

    /// Returns whether the input is not what it should be: another format, another document, a
    /// broken value, a text that is not a code.
    pub fn is_invalid_input(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Encoding(_) | Kind::Parse(_) | Kind::Unexpected { .. }
        )
    }

    /// Returns whether the rows are readable but contradict each other: a duplicate, a paragraph
    /// without its parent, a wrong order, measures that do not agree.
    pub fn is_invalid_list(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Duplicate | Kind::Orphan(_) | Kind::Order(_) | Kind::Contradiction { .. }
        )
    }

    /// Returns whether two item sets came from different lists or editions. Also returns true if
    /// there were two lists where two editions of one list were expected.
    pub fn is_different_lists(&self) -> bool {
        matches!(self.0.kind, Kind::DifferentLists(..) | Kind::OtherList(..))
    }
}

/// The maximum number of characters of an error's text, however long its input is.
const LONGEST: usize = 300;

/// Returns a text in at most so many characters. It escapes characters that a terminal would
/// execute or hide: control characters, and those that change the direction of writing.
fn printable(text: &str, most: usize) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let (mut shown, mut width) = (String::new(), 0);
    for c in text.chars() {
        let sign = if hidden(c) {
            c.escape_debug().to_string()
        } else {
            c.to_string()
        };
        let length = sign.chars().count();
        if width + length > most {
            // Leaves room for the ellipsis.
            while width + 1 > most && shown.pop().is_some() {
                width -= 1;
            }
            shown.push('…');
            return shown;
        }
        shown += &sign;
        width += length;
    }
    shown
}

/// Returns the end of a path, which names the file.
fn ending(path: &str) -> String {
    const MOST: usize = 100;
    let length = path.chars().count();
    if length <= MOST {
        return path.to_owned();
    }
    let end: String = path.chars().skip(length - MOST).collect();
    format!("…{end}")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.0.place;
        // Compilers print a place in this way: file:line:column.
        let position: Vec<String> = place
            .file
            .iter()
            .map(|file| ending(file))
            .chain(place.line.iter().chain(&place.column).map(u64::to_string))
            .collect();
        let mut text = match (&place.file, place.line) {
            (None, Some(_)) => format!("line {}: ", position.join(":")),
            (Some(_), _) => format!("{}: ", position.join(":")),
            (None, None) => String::new(),
        };
        let list = place.list.as_ref().map(|list| printable(list.as_str(), 40));
        match (list, place.code) {
            (Some(list), Some(code)) => text += &format!("{list}:{code}: "),
            (Some(list), None) => text += &format!("{list}: "),
            (None, Some(code)) => text += &format!("{code}: "),
            (None, None) => {}
        }
        // The text that was found must leave room for what was expected.
        text += &match &self.0.kind {
            Kind::Unexpected { found, expected } | Kind::Contradiction { found, expected } => {
                format!("found {}, expected {expected}", printable(found, 160))
            }
            kind => kind.to_string(),
        };
        f.write_str(&printable(&text, LONGEST))
    }
}

/// Prints the message, because `main` prints the `Debug` form of its error.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Io(error) => Some(error),
            _ => None,
        }
    }
}
