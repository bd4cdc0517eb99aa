//! Collects the reader's observations.

use crate::code::Code;
use crate::source::observation::{Observation, ObservationKind};

/// Observations in the order in which they are made.
#[derive(Debug, Default)]
pub(super) struct Notes(pub(super) Vec<Observation>);

impl Notes {
    pub(super) fn add(
        &mut self,
        kind: ObservationKind,
        line: u64,
        code: impl Into<Option<Code>>,
        detail: impl Into<String>,
    ) {
        self.0.push(Observation {
            line,
            code: code.into(),
            kind,
            detail: detail.into(),
        });
    }
}

/// Returns the beginning of a text in quotation marks, for a message.
pub(super) fn excerpt(text: &str) -> String {
    let mut start: String = text.chars().take(60).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    let quoted = format!("{start:?}");
    // Escapes may be ten times as long as the characters that they replace.
    match quoted.char_indices().nth(150) {
        Some((at, _)) => format!("{}…\"", &quoted[..at]),
        None => quoted,
    }
}

/// Returns the beginning of a text of at most so many characters, without control characters.
pub(super) fn shown(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for c in text.chars() {
        let plain = !c.is_control() || matches!(c, ' ');
        let escaped: String = if plain {
            c.into()
        } else {
            c.escape_debug().collect()
        };
        length += escaped.chars().count();
        if length >= most {
            shown.push('…');
            break;
        }
        shown.push_str(&escaped);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{excerpt, shown};

    #[test]
    fn messages_are_short_whatever_they_quote() {
        for text in [
            "x".repeat(1 << 20),
            "\u{1b}".repeat(200),
            "\u{10ffff}".repeat(90),
        ] {
            assert!(excerpt(&text).chars().count() <= 152, "{}", excerpt(&text));
            assert!(shown(&text, 40).chars().count() <= 41);
            assert!(!excerpt(&text).contains('\u{1b}') && !shown(&text, 40).contains('\u{1b}'));
        }
        assert_eq!(excerpt("a \"b\""), "\"a \\\"b\\\"\"");
        assert_eq!(shown("a\tb", 40), "a\\tb");
    }
}
