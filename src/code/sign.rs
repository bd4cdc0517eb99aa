//! A text as folded characters with their places. The readers of codes work on it.

use crate::text::chars::{fold, full_stop};

/// A folded character with its place in the text, counted from 1.
pub(super) type Sign = (usize, char);

/// Folds a text and removes what a spreadsheet or a person puts around a code.
pub(super) fn signs(text: &str) -> Vec<Sign> {
    let folded = text
        .chars()
        .zip(1..)
        .filter_map(|(c, column)| Some((column, full_stop(fold(c)?))));
    // `'3E001` and `="3E001"` prevent a spreadsheet from reading a number.
    let mut signs: Vec<Sign> = folded
        .skip_while(|(_, c)| c.is_whitespace() || *c == '=' || is_quote(*c))
        .collect();
    let is_end =
        |c: char| is_separator(c) || is_quote(c) || matches!(c, '.' | ',' | ';' | ':' | '/');
    while signs.last().is_some_and(|&(_, c)| is_end(c)) {
        signs.pop();
    }
    signs
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '‘' | '’' | '“' | '”')
}

/// Returns the text after a word, in any case.
pub(super) fn without_word<'a>(signs: &'a [Sign], word: &str) -> Option<&'a [Sign]> {
    let (head, rest) = signs.split_at_checked(word.len())?;
    let same = head.iter().map(|(_, c)| c.to_ascii_lowercase());
    same.eq(word.chars()).then_some(rest)
}

/// Operations on a run of characters.
pub(super) trait Signs {
    /// Returns the characters without those at the beginning for which `gone` is true.
    fn trim(&self, gone: impl Fn(char) -> bool) -> &[Sign];
    /// Splits off the characters at the beginning for which `pass` is true, and returns both parts.
    fn run(&self, pass: impl Fn(char) -> bool) -> (&[Sign], &[Sign]);
    /// Returns whether the first character is a letter or a digit.
    fn goes_on(&self) -> bool;
    /// Returns the text.
    fn text(&self) -> String;
}

impl Signs for [Sign] {
    fn trim(&self, gone: impl Fn(char) -> bool) -> &[Sign] {
        self.run(gone).1
    }

    fn run(&self, pass: impl Fn(char) -> bool) -> (&[Sign], &[Sign]) {
        let end = self.iter().take_while(|(_, c)| pass(*c)).count();
        self.split_at(end)
    }

    fn goes_on(&self) -> bool {
        self.first().is_some_and(|(_, c)| c.is_alphanumeric())
    }

    fn text(&self) -> String {
        self.iter().map(|(_, c)| c).collect()
    }
}

/// Returns whether a character separates the labels of a path.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '.' | '(' | ')' | '[' | ']' | '-' | '_') || c.is_whitespace()
}

/// Returns whether a character separates a code from a second code or from a remark.
pub(super) fn is_gap(c: char) -> bool {
    is_separator(c) || matches!(c, '/' | ',' | ';' | ':' | '&' | '+' | '|' | '~' | '、')
}
