//! Finds the labels inside a running text: `a．…；b．…：1．…`.

use crate::code::Label;

use super::label::{Style, label, level};

/// The maximum depth of nested lists. Deeper labels remain at this level.
const DEEPEST: usize = 6;

/// A part of a text with a label of its own.
#[derive(Debug, PartialEq)]
pub(super) struct Part<'a> {
    /// Its labels, the outermost first.
    pub(super) path: Vec<Label>,
    /// Its own words, without its label and without the parts inside it.
    pub(super) text: &'a str,
}

/// A label and its place.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    /// The offset at which it begins.
    pub(super) at: usize,
    /// The offset at which the words after it begin.
    pub(super) end: usize,
    pub(super) label: Label,
}

/// Finds the labels of a text: after its beginning, a colon, a semicolon, a full stop or a bracket.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            continue;
        }
        let begins = before.is_none_or(|before| "：:；;。）)[]".contains(before));
        if begins
            && c.is_ascii_alphanumeric()
            && let Some((label, rest, Style::Plain)) = label(&text[at..])
        {
            let end = text.len() - rest.len();
            let written = text[at..end].trim_end();
            let short = written.trim_end_matches(['．', '.']).len() <= 2;
            let dotted = written.ends_with('．') || written.ends_with('.');
            if short && dotted {
                found.push(Mark { at, end, label });
            }
        }
        before = Some(c);
    }
    found
}

/// Returns the parts of a text that begin at the given labels, in the order of the text.
pub(super) fn parts<'a>(text: &'a str, marks: &[Mark]) -> Vec<Part<'a>> {
    let mut path: Vec<(Label, Style)> = Vec::new();
    let mut parts = Vec::with_capacity(marks.len());
    for (at, mark) in marks.iter().enumerate() {
        path.truncate(level(&path, mark.label, Style::Plain).min(DEEPEST));
        path.push((mark.label, Style::Plain));
        let end = marks.get(at + 1).map_or(text.len(), |next| next.at);
        parts.push(Part {
            path: path.iter().map(|(label, _)| *label).collect(),
            text: text[mark.end..end].trim(),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<String> {
        let parts = parts(text, &marks(text));
        let show = |part: &Part<'_>| {
            let path: Vec<String> = part.path.iter().map(ToString::to_string).collect();
            format!("{} {}", path.join("."), part.text)
        };
        parts.iter().map(show).collect()
    }

    #[test]
    fn labels_of_a_running_text() {
        assert_eq!(
            outline(
                "虚构窗：a．厚度大于 2.5 mm；b．具有以下任一形状：1．圆形；2. 方形（即 a.b）；c．重 1 kg。"
            ),
            [
                "a 厚度大于 2.5 mm；",
                "b 具有以下任一形状：",
                "b.1 圆形；",
                "b.2 方形（即 a.b）；",
                "c 重 1 kg。"
            ]
        );
        assert_eq!(outline("直径 2．5 mm"), [""; 0]);
        assert_eq!(outline(""), [""; 0]);
    }
}
