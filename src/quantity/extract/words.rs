//! A text as words, figures, brackets and marks. The rules for English walk over these pieces.

use super::scan::{Figure, figures};

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A figure with its unit, as its position among the figures.
    Figure(usize),
    /// An opening bracket, with the position of the closing one.
    Open(usize),
    /// A closing bracket, with the position of the opening one.
    Close(usize),
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The number of brackets in a row after which a sentence is not followed any further.
const BRACKETS: usize = 8;

/// A text in pieces. Quotation marks are left out, so that the rules do not need to know them.
pub(super) struct Words {
    /// The text in lower case, with the same length in bytes.
    pub(super) lower: String,
    pub(super) figures: Vec<Figure>,
    pub(super) tokens: Vec<Token>,
    /// The position of each figure among the pieces.
    pub(super) places: Vec<usize>,
}

impl Words {
    pub(super) fn new(text: &str) -> Words {
        Words::of(text, figures(text))
    }

    /// Cuts a text whose figures are known.
    pub(super) fn of(text: &str, figures: Vec<Figure>) -> Words {
        let mut words = Words {
            lower: text.to_ascii_lowercase(),
            places: Vec::with_capacity(figures.len()),
            figures,
            // A word with its blank takes six bytes or more, as a rule.
            tokens: Vec::with_capacity(text.len() / 5),
        };
        words.cut();
        words.match_brackets();
        words
    }

    fn cut(&mut self) {
        let text = std::mem::take(&mut self.lower);
        let mut at = 0;
        let mut next = 0;
        while at < text.len() {
            super::work::step();
            let figure = self.figures.get(next).map(|f| (f.start, f.end));
            if let Some((start, end)) = figure.filter(|(start, _)| *start <= at) {
                self.places.push(self.tokens.len());
                self.push(Kind::Figure(next), start, end);
                at = end.max(at + 1);
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                next += 1;
                continue;
            }
            // Most pieces are a word and a blank.
            if text.as_bytes()[at] == b' ' {
                at += 1;
                continue;
            }
            let c = text[at..].chars().next().unwrap_or(' ');
            let stop = figure.map_or(text.len(), |(start, _)| start);
            let length = c.len_utf8();
            match c {
                c if is_word(c) => {
                    let end = word_end(&text, at, stop.max(at + length));
                    self.push(Kind::Word, at, end);
                    at = end;
                    continue;
                }
                '(' | '[' | '（' => self.push(Kind::Open(usize::MAX), at, at + length),
                ')' | ']' | '）' => self.push(Kind::Close(usize::MAX), at, at + length),
                c if c.is_whitespace() || is_quote(c) => {}
                c => self.push(Kind::Mark(c), at, at + length),
            }
            at += length;
        }
        self.lower = text;
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        self.tokens.push(Token { kind, start, end });
    }

    /// Joins brackets into pairs. A bracket without a partner becomes a mark.
    fn match_brackets(&mut self) {
        let mut open = Vec::new();
        for at in 0..self.tokens.len() {
            match self.tokens[at].kind {
                Kind::Open(_) => open.push(at),
                Kind::Close(_) => match open.pop() {
                    Some(partner) => {
                        self.tokens[partner].kind = Kind::Open(at);
                        self.tokens[at].kind = Kind::Close(partner);
                    }
                    None => self.tokens[at].kind = Kind::Mark(')'),
                },
                _ => {}
            }
        }
        for at in open {
            self.tokens[at].kind = Kind::Mark('(');
        }
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Returns the word at a position, or an empty text if there is something else.
    pub(super) fn word(&self, at: usize) -> &str {
        match self.tokens.get(at) {
            Some(token) if token.kind == Kind::Word => &self.lower[token.start..token.end],
            _ => "",
        }
    }

    /// Returns the text of a piece.
    pub(super) fn shown(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.lower[token.start..token.end])
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(Kind::Mark(mark))
    }

    /// Returns the piece before, skipping a whole bracket. Returns `None` at the beginning of the
    /// text or of the bracket that the piece is in.
    pub(super) fn back(&self, at: usize) -> Option<usize> {
        super::work::step();
        let mut at = at.checked_sub(1)?;
        for _ in 0..BRACKETS {
            let Kind::Close(open) = self.tokens[at].kind else {
                break;
            };
            at = open.checked_sub(1)?;
        }
        let bracket = matches!(self.tokens[at].kind, Kind::Open(_) | Kind::Close(_));
        (!bracket).then_some(at)
    }

    /// Returns the piece after, skipping a whole bracket. Returns `None` at the end of the text or
    /// of the bracket that the piece is in.
    pub(super) fn next(&self, at: usize) -> Option<usize> {
        super::work::step();
        let mut at = at + 1;
        for _ in 0..BRACKETS {
            let Kind::Open(close) = self.kind(at)? else {
                break;
            };
            at = close + 1;
        }
        let bracket = matches!(self.kind(at)?, Kind::Open(_) | Kind::Close(_));
        (!bracket).then_some(at)
    }

    /// Returns the position at which these words begin if they end at a position.
    pub(super) fn ends_with(&self, end: usize, words: &[&str]) -> Option<usize> {
        let mut at = end;
        for (left, word) in words.iter().rev().enumerate() {
            super::work::step();
            if left > 0 {
                at = self.back(at)?;
                // "greater than, or equal to"
                if self.is_mark(at, ',') && *word != "," {
                    at = self.back(at)?;
                }
            }
            if self.shown(at) != *word {
                return None;
            }
        }
        Some(at)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '\'' | '"' | '„')
}

/// Returns the end of a word. Hyphens and apostrophes between letters belong to it.
fn word_end(text: &str, start: usize, stop: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < stop {
        super::work::step();
        if bytes[end].is_ascii_alphanumeric() || bytes[end] == b'_' {
            end += 1;
            continue;
        }
        let mut rest = text[end..].chars();
        let Some(c) = rest.next() else {
            break;
        };
        let joins = matches!(c, '-' | '’' | '\'') && rest.next().is_some_and(char::is_alphanumeric);
        if !(is_word(c) || joins && end > start) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{Kind, Words};

    #[test]
    fn pieces_and_brackets() {
        let words = Words::new("A “peak power” (in W (rms)) of 5 kW, or ) more (");
        let shown: Vec<&str> = (0..words.tokens.len()).map(|at| words.shown(at)).collect();
        assert_eq!(
            shown,
            [
                "a", "peak", "power", "(", "in", "w", "(", "rms", ")", ")", "of", "5 kw", ",",
                "or", ")", "more", "("
            ]
        );
        let of = words.places[0] - 1;
        assert_eq!(words.back(of), Some(2), "past the bracket");
        assert_eq!(words.back(4), None, "within the bracket");
        assert_eq!(words.kind(14), Some(Kind::Mark(')')));
        assert_eq!(words.ends_with(of, &["peak", "power", "of"]), Some(1));
    }
}
