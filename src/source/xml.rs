//! What the readers of XML share.

use quick_xml::events::Event;

use crate::error::Error;
#[cfg(feature = "parties")]
use crate::error::Kind;

/// Returns the character of an entity or a reference; none for a control character, which XML
/// forbids.
pub(crate) fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        other => {
            let number = other.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?).filter(|c| c.is_whitespace() || !c.is_control())
        }
    }
}

/// The place of a reader: the line, and the offset at which it begins.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    pub(crate) line: u64,
    start: u64,
    /// The document, if it is in memory, and the offset up to which its lines are counted. They are
    /// counted when somebody asks for one.
    document: Option<&'a [u8]>,
    counted: u64,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(document: Option<&'a [u8]>) -> Lines<'a> {
        Lines {
            line: 1,
            start: 0,
            document,
            counted: 0,
        }
    }

    /// Returns the document from an offset to another, if it is in memory.
    pub(crate) fn since(&self, from: u64, to: u64) -> &'a [u8] {
        let offset = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let document = self.document.unwrap_or_default();
        document.get(offset(from)..offset(to)).unwrap_or_default()
    }

    /// Counts the lines of a document in memory up to an offset.
    #[cfg_attr(
        not(feature = "ecfr"),
        allow(dead_code, reason = "only the eCFR reader needs it")
    )]
    pub(crate) fn count(&mut self, to: u64) {
        let bytes = self.since(self.counted, to);
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.counted = self.counted.max(to);
    }

    /// Counts the lines of an event that ends at an offset.
    pub(crate) fn pass(&mut self, event: &Event<'_>, end: u64) {
        // The event's bytes are close enough to the document's own to count lines.
        let bytes: &[u8] = event.as_bytes();
        if let Some(last) = memchr::memrchr(b'\n', bytes) {
            self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
            let after = (bytes.len() - last - 1) as u64;
            // At most the closing bracket follows the event's own bytes.
            self.start = end.saturating_sub(after);
        }
    }

    /// Returns the column of an offset in the line.
    pub(crate) fn column(&self, at: u64) -> u64 {
        let start = match self.document {
            None => self.start,
            Some(_) => {
                let before = self.since(0, self.counted);
                memchr::memrchr(b'\n', before).map_or(0, |last| last as u64 + 1)
            }
        };
        at.saturating_sub(start) + 1
    }

    /// Places an error at an offset.
    pub(crate) fn place(&self, error: Error, at: u64) -> Error {
        error.at(self.line, self.column(at))
    }

    /// Makes an error of one of the XML reader's.
    #[cfg(feature = "parties")]
    pub(crate) fn error(&self, error: &quick_xml::Error, expected: &str, at: u64) -> Error {
        let error = match error {
            quick_xml::Error::Io(error) => {
                Error::from(std::io::Error::new(error.kind(), error.to_string()))
            }
            quick_xml::Error::Encoding(_) => Error::from(Kind::Encoding(at)),
            other => {
                let other = crate::text::short(&other.to_string());
                Error::unexpected(format!("broken XML ({other})"), expected)
            }
        };
        self.place(error, at)
    }
}
