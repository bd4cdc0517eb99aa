//! What the readers of XML share.

#[cfg(feature = "parties")]
use quick_xml::events::Event;

#[cfg(feature = "parties")]
use crate::error::{Error, Kind};

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
#[cfg(feature = "parties")]
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) line: u64,
    start: u64,
}

#[cfg(feature = "parties")]
impl Lines {
    pub(crate) fn new() -> Lines {
        Lines { line: 1, start: 0 }
    }

    /// Counts the lines of an event that ends at an offset.
    pub(crate) fn pass(&mut self, event: &Event<'_>, end: u64) {
        let bytes: &[u8] = event.as_bytes();
        if let Some(last) = memchr::memrchr(b'\n', bytes) {
            self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
            let after = (bytes.len() - last - 1) as u64;
            // At most the closing bracket follows the event's own bytes.
            self.start = end.saturating_sub(after);
        }
    }

    /// Places an error at an offset.
    pub(crate) fn place(&self, error: Error, at: u64) -> Error {
        error.at(self.line, at.saturating_sub(self.start) + 1)
    }

    /// Makes an error of one of the XML reader's.
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
