//! Holds the words of a text, to tell how alike two texts are.

use std::hash::{Hash, Hasher};

use crate::text::fnv;

/// A word with its hash, by which words are sorted and found: most comparisons of two words are then
/// those of two numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word<'a> {
    hash: u64,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Word<'a> {
        Word {
            hash: text.bytes().fold(fnv::EMPTY, fnv::with),
            text,
        }
    }

    fn is_figure(&self) -> bool {
        self.text.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// By the text: its own hash is one that somebody can make many words have.
impl Hash for Word<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// The words of a text, sorted.
pub(super) struct Bag<'a> {
    pub(super) words: Vec<Word<'a>>,
    /// The sum of the hashes of the words with a digit.
    figures: u64,
}

impl<'a> Bag<'a> {
    pub(super) fn of(text: &'a str) -> Bag<'a> {
        let mut words: Vec<Word<'a>> = text
            .split(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '“' | '”' | '"' | '\'' | '‘' | '’' | '(' | ')' | ';' | ','
                    )
            })
            .map(|word| word.trim_end_matches(['.', ':']))
            .filter(|word| !word.is_empty())
            .map(Word::of)
            .collect();
        words.sort_unstable();
        let figures = words.iter().filter(|word| word.is_figure());
        let figures = figures.fold(0_u64, |sum, word| sum.wrapping_add(word.hash));
        Bag { words, figures }
    }

    pub(super) fn distinct(&self) -> impl Iterator<Item = Word<'a>> {
        self.words.chunk_by(|a, b| a == b).map(|same| same[0])
    }

    /// Returns twice the number of words in common, divided by that of all words. It is 1 for the
    /// same words in any order, and 0 if none is shared.
    pub(super) fn likeness(&self, other: &Bag<'_>) -> f64 {
        let (mut at, mut to, mut common) = (0, 0, 0);
        while at < self.words.len() && to < other.words.len() {
            match self.words[at].cmp(&other.words[to]) {
                std::cmp::Ordering::Less => at += 1,
                std::cmp::Ordering::Greater => to += 1,
                std::cmp::Ordering::Equal => {
                    common += 1;
                    at += 1;
                    to += 1;
                }
            }
        }
        match self.words.len() + other.words.len() {
            0 => 0.0,
            all => 2.0 * common as f64 / all as f64,
        }
    }

    /// Returns true if both texts have the same figures and codes, which are all words with a
    /// digit.
    pub(super) fn figures_equal(&self, other: &Bag<'_>) -> bool {
        let figures = |words| <[Word<'_>]>::iter(words).filter(|word| word.is_figure());
        self.figures == other.figures && figures(&self.words).eq(figures(&other.words))
    }
}
