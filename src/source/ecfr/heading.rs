//! Recognizes lines that open or end an entry, and lines that only look like one.

use crate::code::Code;

use super::block::{Block, Kind};
use super::label;
use super::titles;

/// The role of a block among headings.
pub(super) enum Heading<'a> {
    /// The heading of an entry, and the way in which it departs from the rule.
    Entry {
        code: Code,
        text: &'a str,
        repairs: Vec<&'static str>,
    },
    /// A title above entries, or the basket EAR99.
    Division,
    /// A line set as a heading whose code cannot be read.
    Unreadable,
    /// Anything else.
    No,
}

/// Returns the role of a block among headings.
pub(super) fn heading(block: &Block) -> Heading<'_> {
    let bold = block.bold_at == Some(0);
    // Elements in which a heading may be set by mistake.
    let element = match block.kind {
        Kind::Heading => None,
        Kind::Line => Some("heading in the element of a line, FP-1"),
        Kind::Paragraph => Some("heading in the element of a paragraph"),
        Kind::Title | Kind::Subtitle => Some("heading in the element of a title"),
        Kind::TableHead | Kind::TableRow | Kind::Stray => return Heading::No,
    };
    let text = block.text.strip_prefix("ECCN ").unwrap_or(&block.text);
    let title = matches!(block.kind, Kind::Title | Kind::Subtitle);
    if element.is_some() && (block.in_note || !(bold || title)) {
        return Heading::No;
    }
    if let Some(code) = code(text) {
        let mut repairs: Vec<&str> = element.into_iter().collect();
        if text.len() < block.text.len() {
            repairs.push("heading that begins with the word ECCN");
        }
        if block.in_note {
            repairs.push("heading within a note");
        }
        let text = text[5..].trim_start_matches([' ', '.', ':', '—', '-']);
        return Heading::Entry {
            code,
            text: text.trim(),
            repairs,
        };
    }
    match block.kind {
        Kind::Title if titles::ends_entries(text) => Heading::Division,
        Kind::Heading if text.starts_with("EAR99") => Heading::Division,
        // It is a line or a paragraph in the element of a heading.
        Kind::Heading if titles::has_lead(text) || label::read(text).is_some() => Heading::No,
        Kind::Heading => Heading::Unreadable,
        _ if looks_like_code(text) => Heading::Unreadable,
        _ => Heading::No,
    }
}

/// Returns the five-character code with which a heading begins.
fn code(text: &str) -> Option<Code> {
    let head = text.get(..5).filter(|head| head.is_ascii())?;
    let ends = !text[5..].starts_with(|c: char| c.is_alphanumeric());
    (ends && head.as_bytes()[1].is_ascii_uppercase())
        .then(|| head.parse().ok())
        .flatten()
}

/// Returns whether a text begins with what may be meant as a code: "9AlO1", "9a101", "9A1011".
fn looks_like_code(text: &str) -> bool {
    let word = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (4..=6).contains(&word.len())
        && digits >= 2
        && word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'O' | 'I' | 'l'))
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}
