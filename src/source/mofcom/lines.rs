//! Reads the lines of a notice, with any line ends, Markdown and invisible characters in the file.

use crate::error::Error;
use crate::source::observation::{Observation, ObservationKind};
use crate::text::chars::half_width;

use super::split;

/// The maximum number of lines of a notice. A longer one could exceed the memory limit of its
/// reading.
const MOST_LINES: usize = 100_000;

/// The heading of the notice's text in the Markdown files of a public archive.
pub(super) const KEY_PROVISIONS: &str = "## Key Provisions";

/// A line of the notice.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The line of the file, counted from 1. Several lines of the notice may be on one line of the
    /// file.
    pub(super) number: u64,
    pub(super) text: &'a str,
}

/// A text in which each line has one part of the notice: a heading, an item or a paragraph.
pub(super) struct Lines {
    text: String,
    numbers: Vec<u64>,
}

impl Lines {
    /// Returns the lines, without blank ones.
    pub(super) fn iter(&self) -> impl Iterator<Item = Line<'_>> {
        self.text
            .lines()
            .zip(&self.numbers)
            .map(|(text, number)| Line {
                number: *number,
                text,
            })
    }

    fn push(&mut self, number: u64, text: &str) -> Result<(), Error> {
        let text = text.trim_matches(|c: char| c.is_whitespace());
        if text.is_empty() {
            return Ok(());
        }
        if self.numbers.len() == MOST_LINES {
            return Err(Error::unexpected(
                format!("more than {MOST_LINES} lines"),
                "the text of one notice",
            )
            .at_line(number));
        }
        self.text.push_str(text);
        self.text.push('\n');
        self.numbers.push(number);
        Ok(())
    }
}

/// A repair on some lines: the first line, and the number of lines.
#[derive(Default)]
struct Mended {
    first: u64,
    lines: u64,
}

impl Mended {
    fn on(&mut self, number: u64) {
        if self.lines == 0 {
            self.first = number;
        }
        self.lines += 1;
    }

    fn note(&self, what: &str, observations: &mut Vec<Observation>) {
        if self.lines > 0 {
            let lines = if self.lines == 1 { "line" } else { "lines" };
            observations.push(Observation {
                line: self.first,
                code: None,
                kind: ObservationKind::Repaired,
                detail: format!("{what} on {} {lines}", self.lines),
            });
        }
    }
}

/// Splits a text at every kind of line end: those of Unix, Windows and old Macs, and the separators
/// that PDF readers write.
pub(super) fn physical(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.find([
            '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
        ]);
        let Some(end) = end else {
            rest = None;
            return Some(text);
        };
        let (line, after) = text.split_at(end);
        let length = if after.starts_with("\r\n") {
            2
        } else {
            after.chars().next().map_or(0, char::len_utf8)
        };
        rest = Some(&after[length..]);
        Some(line)
    })
}

/// Reads the lines of a notice.
pub(super) fn read(text: &str, observations: &mut Vec<Observation>) -> Result<Lines, Error> {
    let archived = physical(text).any(|line| line.trim() == KEY_PROVISIONS);
    // In the archive's Markdown, the marks around the notice are needed to find it.
    let mut inside = !archived;
    let mut lines = Lines {
        text: String::with_capacity(text.len()),
        numbers: Vec::new(),
    };
    let [mut invisible, mut wide, mut marked, mut joined] = [(); 4].map(|()| Mended::default());
    for (line, number) in physical(text).zip(1..) {
        refuse(line, number)?;
        if line.contains(is_invisible) {
            invisible.on(number);
        }
        if line.contains(is_wide) {
            wide.on(number);
        }
        let mut plain: String = line
            .chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| if is_wide(c) { half_width(c) } else { c })
            .collect();
        if archived && plain.trim_start().starts_with("## ") {
            inside = plain.trim() == KEY_PROVISIONS;
            lines.push(number, &plain)?;
            continue;
        }
        if inside && let Some(without) = without_markdown(&plain) {
            marked.on(number);
            plain = without;
        }
        let mut from = 0;
        let at = if inside {
            split::points(&plain)
        } else {
            Vec::new()
        };
        if !at.is_empty() {
            joined.on(number);
        }
        for to in at {
            lines.push(number, &plain[from..to])?;
            from = to;
        }
        lines.push(number, &plain[from..])?;
        if plain.contains('\u{fffd}') {
            observations.push(Observation {
                line: number,
                code: None,
                kind: ObservationKind::Unclear,
                detail: "a replacement sign U+FFFD: a character was lost before".to_owned(),
            });
        }
    }
    invisible.note("signs without width left out", observations);
    wide.note(
        "full-width letters or figures read as plain ones",
        observations,
    );
    marked.note("Markdown left out", observations);
    joined.note("several lines of the notice read", observations);
    Ok(lines)
}

/// Returns an error if a line has something that the text of a notice never has: control
/// characters, or HTML.
fn refuse(line: &str, number: u64) -> Result<(), Error> {
    let place = |error: Error, at: usize| error.at(number, line[..at].chars().count() as u64 + 1);
    if let Some((at, c)) = line
        .char_indices()
        .find(|(_, c)| c.is_control() && *c != '\t')
    {
        return Err(place(
            Error::unexpected(
                format!("the control character U+{:04X}", u32::from(c)),
                "printable text",
            ),
            at,
        ));
    }
    if let Some((at, mark)) = html(line) {
        return Err(place(
            Error::unexpected(
                format!("the HTML mark {mark:?}"),
                "the text of the notice as its page shows it",
            ),
            at,
        ));
    }
    Ok(())
}

/// Returns the first tag or character reference of a line: `<p>`, `</td>`, `&nbsp;`.
fn html(line: &str) -> Option<(usize, &str)> {
    const TAGS: &[&str] = &[
        "a", "b", "body", "br", "div", "em", "font", "h1", "h2", "h3", "h4", "head", "hr", "html",
        "i", "img", "li", "link", "meta", "ol", "p", "script", "section", "span", "strong",
        "style", "sub", "sup", "table", "tbody", "td", "th", "title", "tr", "ul",
    ];
    line.match_indices(['<', '&']).find_map(|(at, sign)| {
        let rest = &line[at + 1..];
        let (slash, name) = match rest.strip_prefix(['/', '#']) {
            Some(name) => (1, name),
            None => (0, rest),
        };
        let length = name
            .bytes()
            .take(9)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        let (word, after) = name.split_at(length);
        let found = if sign == "<" {
            rest.starts_with("!--")
                || TAGS.iter().any(|tag| word.eq_ignore_ascii_case(tag))
                    && after.starts_with(['>', ' ', '/'])
        } else {
            !word.is_empty() && after.starts_with(';')
        };
        let end = at + 1 + slash + length;
        found.then(|| (at, &line[at..end]))
    })
}

/// Returns whether a character is invisible and takes no room: joiners, direction marks, soft
/// hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns whether a character is a full-width letter or digit. Punctuation remains unchanged,
/// because the notices use full-width marks.
fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Returns a line without its Markdown marks, or `None` if it has none.
fn without_markdown(line: &str) -> Option<String> {
    let mut text = line.trim();
    loop {
        let hashes = text.trim_start_matches('#');
        let stripped = ["> ", "- ", "* ", "+ ", "|"]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .or_else(|| {
                hashes
                    .strip_prefix(' ')
                    .filter(|_| hashes.len() < text.len())
            });
        match stripped {
            Some(rest) => text = rest.trim_start(),
            None => break,
        }
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '_', '`', '\\', '|']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let double = ["**", "__"].iter().find_map(|mark| from.strip_prefix(mark));
        let escaped = from
            .strip_prefix('\\')
            .filter(|after| after.starts_with(|c: char| c.is_ascii_punctuation()));
        let (kept, after) = match (double, escaped) {
            (Some(after), _) => ("", after),
            (None, Some(after)) => (&after[..1], &after[1..]),
            (None, None) if from.starts_with('`') => ("", &from[1..]),
            (None, None) if from.starts_with('|') => (" ", &from[1..]),
            (None, None) => (&from[..1], &from[1..]),
        };
        plain.push_str(kept);
        rest = after;
    }
    plain.push_str(rest);
    (plain.trim() != line.trim()).then_some(plain)
}
