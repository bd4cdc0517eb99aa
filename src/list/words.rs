//! The words of a list's titles and texts, each with the items that have it.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::list::Item;
use crate::packed::packed_struct;
use crate::text::words::search_terms;

/// Positions of items by the words of their titles and texts.
///
/// All words are in one text, and all positions in one row of numbers: an index of a large list
/// takes a few pieces of memory, and the packed form has the same shape.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Words {
    /// The words in order, one after the other.
    text: Cow<'static, str>,
    /// For each word where it ends in the text.
    ends: Vec<u32>,
    /// For each word where its positions end.
    position_ends: Vec<u32>,
    /// The positions of each word, in order.
    positions: Vec<u32>,
    /// For each item the number of its words.
    lengths: Vec<u32>,
    /// The number of words of all items.
    total: u64,
}

packed_struct!(Words {
    text,
    ends,
    position_ends,
    positions,
    lengths,
    total,
});

impl Words {
    pub(super) fn of(items: &[Item]) -> Words {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        // Pairs of a word's number and a position, in the order of the positions.
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut lengths = Vec::with_capacity(items.len());
        for (item, at) in items.iter().zip(0u32..) {
            let texts = [
                Some(&*item.title),
                item.facts.title_local.as_deref(),
                item.text.as_deref(),
            ];
            let start = pairs.len();
            let mut length = 0;
            for word in texts.into_iter().flatten().flat_map(search_terms) {
                length += 1;
                let next = numbers.len() as u32;
                pairs.push((*numbers.entry(word).or_insert(next), at));
            }
            lengths.push(length);
            pairs[start..].sort_unstable();
            let mut last = None;
            let mut kept = start;
            for index in start..pairs.len() {
                if last != Some(pairs[index]) {
                    last = Some(pairs[index]);
                    pairs[kept] = pairs[index];
                    kept += 1;
                }
            }
            pairs.truncate(kept);
        }
        Words::sorted(numbers, &pairs, lengths)
    }

    /// Puts the words in order, so that those with the same beginning are together.
    fn sorted(numbers: HashMap<String, u32>, pairs: &[(u32, u32)], lengths: Vec<u32>) -> Words {
        let mut counts = vec![0u32; numbers.len()];
        for (number, _) in pairs {
            counts[*number as usize] += 1;
        }
        let mut words: Vec<(String, u32)> = numbers.into_iter().collect();
        words.sort_unstable();
        let mut text = String::new();
        let (mut ends, mut position_ends) = (Vec::new(), Vec::new());
        // For each word the place of its next position.
        let mut places = vec![0u32; words.len()];
        let mut place = 0;
        for (word, number) in &words {
            text.push_str(word);
            ends.push(text.len() as u32);
            places[*number as usize] = place;
            place += counts[*number as usize];
            position_ends.push(place);
        }
        let mut positions = vec![0; pairs.len()];
        for (number, at) in pairs {
            let place = &mut places[*number as usize];
            positions[*place as usize] = *at;
            *place += 1;
        }
        Words {
            text: Cow::Owned(text),
            ends,
            position_ends,
            positions,
            total: lengths.iter().copied().map(u64::from).sum(),
            lengths,
        }
    }

    /// Returns the number of items.
    pub(crate) fn items(&self) -> usize {
        self.lengths.len()
    }

    /// Returns the number of words of the item at a position.
    pub(crate) fn length(&self, at: u32) -> f64 {
        f64::from(self.lengths[at as usize])
    }

    /// Returns the mean number of words of an item, or 1 if it is less.
    pub(crate) fn mean_length(&self) -> f64 {
        (self.total as f64 / self.lengths.len().max(1) as f64).max(1.0)
    }

    fn word(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let word = self.text.get(start as usize..self.ends[number] as usize);
        word.unwrap_or_default()
    }

    fn positions(&self, number: usize) -> &[u32] {
        let before = number.checked_sub(1);
        let start = before.map_or(0, |before| self.position_ends[before]);
        &self.positions[start as usize..self.position_ends[number] as usize]
    }

    /// Returns the number of the first word that does not come before this one.
    fn first_from(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Returns the positions of the items that have a word.
    pub(crate) fn with(&self, word: &str) -> &[u32] {
        let number = self.first_from(word);
        match number < self.ends.len() && self.word(number) == word {
            true => self.positions(number),
            false => &[],
        }
    }

    /// Returns the word itself, or if no item has it, the words that begin with it: "Ebola" finds
    /// "Ebolavirus".
    pub(crate) fn begun(&self, word: &str) -> impl Iterator<Item = (&str, &[u32])> {
        const SHORTEST: usize = 4;
        let first = self.first_from(word);
        let whole = first < self.ends.len() && self.word(first) == word;
        let fits = |found: &str| match whole {
            true => found == word,
            false => found.starts_with(word) && word.len() >= SHORTEST,
        };
        let after = (first..self.ends.len()).find(|number| !fits(self.word(*number)));
        let numbers = first..after.unwrap_or(self.ends.len());
        numbers.map(|number| (self.word(number), self.positions(number)))
    }
}
