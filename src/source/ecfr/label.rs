//! Reads the label at the beginning of a paragraph: `b.2.a.`, or a range of reserved labels.

use crate::code::{Code, Label};

/// A label, and the text after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Labeled<'a> {
    /// The labels below the entry.
    pub(super) path: Vec<Label>,
    /// The last label of a range that begins with `path`.
    pub(super) through: Option<Label>,
    /// The text after the label.
    pub(super) rest: &'a str,
    /// True if the label is written as the rules require: a dot after each part and a space after
    /// the last.
    pub(super) regular: bool,
}

impl Labeled<'_> {
    /// Returns the path below an entry, or `None` if it is too deep.
    pub(super) fn code(&self, entry: Code) -> Option<Code> {
        self.path
            .iter()
            .try_fold(entry, |code, label| code.child(*label))
    }
}

/// Reads a path of labels that begins with a letter. Letters and numbers alternate, except that a
/// number may follow a number.
///
/// Returns `None` for a text that begins with a figure ("26.5 GHz") or an abbreviation ("e.g.").
pub(super) fn read(text: &str) -> Option<Labeled<'_>> {
    let (first, mut rest) = Label::parse_prefix(text)?;
    if first.is_number() {
        return None;
    }
    let mut path = vec![first];
    let mut regular = true;
    let mut dotted = false;
    while let Some(after) = rest.strip_prefix('.') {
        dotted = true;
        rest = after;
        let Some((label, after)) = Label::parse_prefix(rest) else {
            break;
        };
        if !label.is_number() && path.last().is_some_and(|last| !last.is_number()) {
            // "e.g.", "i.e.": a path does not have two letters in a row.
            return None;
        }
        // A number with a decimal point is not a label. Neither is a word that begins the text.
        if !matches!(
            after.bytes().next(),
            None | Some(b'.' | b' ' | b'(' | b'\'')
        ) && !after.starts_with(['‘', '“', '—'])
        {
            regular = false;
            break;
        }
        path.push(label);
        rest = after;
        dotted = false;
    }
    if rest.starts_with('.') {
        regular = false;
        rest = rest.trim_start_matches('.');
    }
    let glued = !rest.is_empty() && !rest.starts_with(' ');
    regular &= dotted && !glued;
    // A bare letter without a dot is a word.
    if path.len() == 1 && !dotted {
        let range = range(rest);
        if range.is_none_or(|(_, rest)| !is_reserved(rest)) {
            return None;
        }
    }
    if glued && !dotted {
        return None;
    }
    let mut through = None;
    if let Some((last, after)) = range(rest)
        && is_reserved(after)
    {
        through = Some(last);
        rest = after;
    }
    Some(Labeled {
        path,
        through,
        rest: rest.trim_start(),
        regular,
    })
}

/// Reads the end of a range: "through w.", "-d.", "through .w", "through y.5.".
fn range(text: &str) -> Option<(Label, &str)> {
    let text = text.trim_start();
    let text = ["through", "to", "-", "–", "and"]
        .into_iter()
        .find_map(|word| text.strip_prefix(word))?;
    let mut text = text.trim_start().trim_start_matches('.');
    let mut last = None;
    while let Some((label, rest)) = Label::parse_prefix(text) {
        last = Some(label);
        text = rest.trim_start_matches('.');
    }
    Some((last?, text))
}

/// Returns whether a paragraph's text only says that its place is kept free.
pub(super) fn is_reserved(text: &str) -> bool {
    let text = text.trim();
    // "[Reserved]; or": the list continues.
    let text = [" or", " and"]
        .into_iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    let text = text.trim_end_matches(['.', ';', ',']).trim();
    let text = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .unwrap_or(text);
    text.eq_ignore_ascii_case("reserved")
}

#[cfg(test)]
mod tests {
    use super::{is_reserved, read};

    fn path(text: &str) -> Option<(String, bool, String)> {
        read(text).map(|labeled| {
            let path: Vec<String> = labeled.path.iter().map(ToString::to_string).collect();
            let through = labeled
                .through
                .map(|last| format!("..{last}"))
                .unwrap_or_default();
            (
                path.join(".") + &through,
                labeled.regular,
                labeled.rest.to_owned(),
            )
        })
    }

    #[test]
    fn labels() {
        for (text, expected) in [
            ("a. Pumps", Some(("a", true, "Pumps"))),
            ("a.1.b. Pumps", Some(("a.1.b", true, "Pumps"))),
            ("a.1 Pumps", Some(("a.1", false, "Pumps"))),
            ("b.2.a.. Pumps", Some(("b.2.a", false, "Pumps"))),
            (
                "a.1.a.1.c.'Soft' pumps",
                Some(("a.1.a.1.c", false, "'Soft' pumps")),
            ),
            ("f.2.1. Pumps", Some(("f.2.1", true, "Pumps"))),
            ("aa. Pumps", Some(("aa", true, "Pumps"))),
            (
                "f. through w. [Reserved]",
                Some(("f..w", true, "[Reserved]")),
            ),
            ("b.-d. [Reserved]", Some(("b..d", false, "[Reserved]"))),
            (
                "e. through .w [Reserved]",
                Some(("e..w", true, "[Reserved]")),
            ),
            (
                "y.2 through y.5. [Reserved]",
                Some(("y.2..5", false, "[Reserved]")),
            ),
            ("a. through tubes", Some(("a", true, "through tubes"))),
            ("26.5 GHz or more", None),
            ("0.05 nT", None),
            ("e.g., pumps", None),
            ("i.e. pumps", None),
            ("a pump", None),
            ("where a. is", None),
            ("", None),
        ] {
            let found = path(text);
            let found = found
                .as_ref()
                .map(|(path, regular, rest)| (path.as_str(), *regular, rest.as_str()));
            assert_eq!(found, expected, "{text}");
        }
        assert!(
            is_reserved("[Reserved]")
                && is_reserved(" [RESERVED]. ")
                && is_reserved("[Reserved]; or")
        );
        assert!(!is_reserved("[Reserved] pumps") && !is_reserved("or"));
    }
}
