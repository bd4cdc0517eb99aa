//! The words of names: how rare each is, and which are written almost alike.

use std::collections::HashMap;

use super::name::is_legal_form;

/// Of a name so many words are compared.
const WORDS: usize = 64;
/// Words of fewer letters are alike only if they are the same.
const LEAST_LETTERS: usize = 4;
/// Words of more letters are alike only if they are the same.
const LETTERS: usize = 40;

/// Every word with its number, how many names have it, and its skeleton.
#[derive(Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    pub(super) names: Vec<u32>,
    pub(super) skeletons: Vec<u32>,
    pub(super) skeleton_numbers: HashMap<String, u32>,
    /// True if a word has only letters, and neither few nor very many of them.
    letters: Vec<bool>,
    /// The weight of each word, once every name is known.
    weights: Vec<f64>,
}

impl Words {
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let next = self.skeleton_numbers.len() as u32;
        let skeleton = *self.skeleton_numbers.entry(skeleton(word)).or_insert(next);
        let number = self.texts.len() as u32;
        self.texts.push(word.to_owned());
        self.names.push(0);
        self.skeletons.push(skeleton);
        let lettered = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let lettered = lettered && (LEAST_LETTERS..=LETTERS).contains(&word.len());
        self.letters.push(lettered);
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// The words of a normal form, each once. A name has no more than [`WORDS`] of them.
    pub(super) fn of(&mut self, form: &str) -> Vec<u32> {
        let words = form.split(' ').take(WORDS);
        let mut numbers: Vec<u32> = words.map(|word| self.number(word)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    pub(super) fn text(&self, word: u32) -> &str {
        &self.texts[word as usize]
    }

    /// Weighs the words that are not weighed yet, by the names that have them, of so many.
    pub(super) fn weigh(&mut self, names: usize) {
        let weighed = self.weights.len();
        let new = self.texts[weighed..].iter().zip(&self.names[weighed..]);
        self.weights.extend(new.map(|(text, having)| {
            let rare = (1.0 + names as f64 / f64::from((*having).max(1))).ln();
            match is_legal_form(text) {
                true => rare.min(0.4),
                false => rare,
            }
        }));
    }

    pub(super) fn weight(&self, word: u32) -> f64 {
        self.weights[word as usize]
    }

    /// Returns the likeness of two different words, or 0 if they are not alike.
    pub(super) fn likeness(&self, left: u32, right: u32) -> f64 {
        let (one, other) = (left as usize, right as usize);
        if !self.letters[one] || !self.letters[other] {
            return 0.0;
        }
        let same = self.skeletons[one] == self.skeletons[other];
        let (one, other) = (self.text(left), self.text(right));
        let longer = one.len().max(other.len());
        let most = longer / 4;
        match distance(one.as_bytes(), other.as_bytes(), most.max(2)) {
            Some(1) if longer >= 5 => 0.9,
            Some(far) if far <= most => 1.0 - far as f64 / longer as f64,
            _ if same => 0.7,
            _ => 0.0,
        }
    }
}

/// The letters of a word that spellings seldom change: its first letter and its consonants, each
/// once in a row.
fn skeleton(word: &str) -> String {
    if word.len() < 5 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut kept = String::with_capacity(word.len());
    for (at, letter) in word.char_indices() {
        let letter = match letter {
            'k' | 'q' => 'c',
            'w' => 'v',
            'z' => 's',
            letter => letter,
        };
        let vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'h');
        if (at == 0 || !vowel) && !kept.ends_with(letter) {
            kept.push(letter);
        }
    }
    kept
}

/// Returns the number of letters in which two words differ, or `None` if it is above `most`.
fn distance(one: &[u8], other: &[u8], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    // Words of more letters are not compared.
    let mut rows: [usize; LETTERS + 1] = std::array::from_fn(|at| at);
    let row = rows.get_mut(..=other.len())?;
    for (at, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, other) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != other);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
    }
    row.last().copied().filter(|far| *far <= most)
}
