//! Weighs terms by how rare they are, as sparse vectors, and finds texts that share rare terms by
//! an index: the second stage.

use std::collections::HashMap;

use crate::align::text::{Sink, words};

/// Terms with weights, sorted by term. Its length is one, or zero if it is empty.
#[derive(Debug, Default, Clone)]
pub(super) struct Vector(Vec<(u32, f32)>);

/// The terms of both lists by number, each with a form that a reader knows.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    terms: Vec<Box<str>>,
    shown: Vec<Box<str>>,
    /// The terms of the words that have been read.
    words: HashMap<Box<str>, Box<[u32]>>,
}

/// Takes the terms of a text into a vocabulary, and their numbers into a list.
pub(super) struct Reader<'a> {
    vocabulary: &'a mut Vocabulary,
    numbers: &'a mut Vec<u32>,
}

impl Sink for Reader<'_> {
    fn term(&mut self, term: &str, shown: impl FnOnce() -> String) {
        self.numbers.push(self.vocabulary.id(term, shown));
    }

    fn words(&mut self, text: &str, shown: &str) {
        if let Some(known) = self.vocabulary.words.get(text) {
            self.numbers.extend(known);
            return;
        }
        let first = self.numbers.len();
        words(text, |term| {
            let number = self.vocabulary.id(term, || shown.to_owned());
            self.numbers.push(number);
        });
        let found = self.numbers[first..].into();
        self.vocabulary.words.insert(text.into(), found);
    }
}

impl Vocabulary {
    /// Returns the number of a term, and gives it one if it is new. The first form that is seen is
    /// the one that is shown.
    pub(super) fn id(&mut self, term: &str, shown: impl FnOnce() -> String) -> u32 {
        if let Some(id) = self.ids.get(term) {
            return *id;
        }
        let id = self.shown.len() as u32;
        self.shown.push(shown().into());
        self.terms.push(term.into());
        self.ids.insert(term.into(), id);
        id
    }

    /// Returns what takes the terms of a text into this vocabulary.
    pub(super) fn reader<'a>(&'a mut self, numbers: &'a mut Vec<u32>) -> Reader<'a> {
        Reader {
            vocabulary: self,
            numbers,
        }
    }

    /// Takes in the terms of another vocabulary, in their order. Returns for each the number that
    /// it has here.
    pub(super) fn join(&mut self, other: Vocabulary) -> Vec<u32> {
        let terms = other.terms.iter().zip(other.shown);
        terms
            .map(|(term, shown)| self.id(term, || shown.into()))
            .collect()
    }

    /// Returns the number of a term, if it has been seen.
    pub(super) fn find(&self, term: &str) -> Option<u32> {
        self.ids.get(term).copied()
    }

    /// Returns a form of a term that a reader knows.
    pub(super) fn shown(&self, id: u32) -> &str {
        self.shown.get(id as usize).map_or("", |shown| shown)
    }

    /// Returns the term itself.
    pub(super) fn term(&self, id: u32) -> &str {
        self.terms.get(id as usize).map_or("", |term| term)
    }

    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }
}

/// Counts of terms, sorted by term.
pub(super) type Counts = Vec<(u32, f32)>;

/// Counts equal terms.
pub(super) fn counts(mut terms: Vec<u32>) -> Counts {
    terms.sort_unstable();
    terms
        .chunk_by(|a, b| a == b)
        .map(|run| (run[0], run.len() as f32))
        .collect()
}

/// Adds several counts, each with a weight.
pub(super) fn sum<'a>(parts: impl IntoIterator<Item = (&'a Counts, f32)>) -> Counts {
    let mut all: Counts = parts
        .into_iter()
        .flat_map(|(counts, weight)| {
            counts
                .iter()
                .map(move |(term, count)| (*term, count * weight))
        })
        .collect();
    all.sort_unstable_by_key(|(term, _)| *term);
    all.chunk_by(|a, b| a.0 == b.0)
        .map(|run| (run[0].0, run.iter().map(|(_, count)| count).sum()))
        .collect()
}

/// Returns the rarity of each term among texts.
pub(super) fn rarity<'a>(terms: usize, texts: impl Iterator<Item = &'a Counts>) -> Vec<f32> {
    let mut seen = vec![0u32; terms];
    let mut all = 0u32;
    for text in texts {
        all += 1;
        text.iter().for_each(|(term, _)| seen[*term as usize] += 1);
    }
    seen.into_iter()
        .map(|seen| ((1.0 + all as f32) / (1.0 + seen as f32)).ln() + 1.0)
        .collect()
}

impl Vector {
    /// Makes a vector of counts, which are dampened and weighed by rarity.
    pub(super) fn new(counts: &Counts, rarity: &[f32]) -> Vector {
        let dampened = |count: f32| if count > 1.0 { 1.0 + count.ln() } else { count };
        let mut weights: Vec<(u32, f32)> = counts
            .iter()
            .map(|(term, count)| (*term, dampened(*count) * rarity[*term as usize]))
            .collect();
        let length = weights
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f32>()
            .sqrt();
        if length > 0.0 {
            weights.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        Vector(weights)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn terms(&self) -> &[(u32, f32)] {
        &self.0
    }

    /// Calls back with each term that both have, and its two weights.
    fn both(&self, other: &Vector, mut shared: impl FnMut(u32, f32, f32)) {
        let (a, b) = (&self.0, &other.0);
        let (mut i, mut j) = (0, 0);
        while let (Some((left, own)), Some((right, their))) = (a.get(i), b.get(j)) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared(*left, *own, *their);
                    i += 1;
                    j += 1;
                }
            }
        }
    }

    /// Returns the cosine of the angle between two vectors: 1 for the same terms, 0 for none in
    /// common.
    pub(super) fn cosine(&self, other: &Vector) -> f32 {
        let mut sum = 0.0;
        self.both(other, |_, a, b| sum += a * b);
        sum
    }

    /// Returns the part of this vector's weight that the other has terms for.
    pub(super) fn covered(&self, other: &Vector) -> f32 {
        let mut sum = 0.0;
        self.both(other, |_, a, _| sum += a * a);
        sum
    }

    /// Returns the terms that both have, the weightiest first.
    pub(super) fn shared(&self, other: &Vector) -> Vec<u32> {
        let mut shared = Vec::new();
        self.both(other, |term, a, b| shared.push((a * b, term)));
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        shared.into_iter().map(|(_, term)| term).collect()
    }
}

/// A vector with a place for every term, for comparison with many others.
pub(super) struct Open(Vec<f32>);

impl Open {
    pub(super) fn new(terms: usize) -> Open {
        Open(vec![0.0; terms])
    }

    pub(super) fn open(&mut self, vector: &Vector) {
        vector
            .0
            .iter()
            .for_each(|(term, weight)| self.0[*term as usize] = *weight);
    }

    pub(super) fn close(&mut self, vector: &Vector) {
        vector
            .0
            .iter()
            .for_each(|(term, _)| self.0[*term as usize] = 0.0);
    }

    /// Returns the part of another vector's weight that the open vector has terms for.
    pub(super) fn covers(&self, other: &Vector) -> f32 {
        let terms = other.0.iter();
        terms
            .map(|(term, weight)| {
                if self.0[*term as usize] == 0.0 {
                    0.0
                } else {
                    weight * weight
                }
            })
            .sum()
    }

    /// Returns the part of the open vector's weight that another has terms for.
    pub(super) fn covered(&self, other: &Vector) -> f32 {
        let own = other.0.iter().map(|(term, _)| self.0[*term as usize]);
        own.map(|weight| weight * weight).sum()
    }

    /// Returns the cosine of the angle between the open vector and another.
    pub(super) fn cosine(&self, other: &Vector) -> f32 {
        other
            .0
            .iter()
            .map(|(term, weight)| self.0[*term as usize] * weight)
            .sum()
    }
}

/// For each term the texts that have it.
pub(super) struct Index {
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
    texts: usize,
}

/// The room that one search of an index needs. It can be used for any number of searches, one after another.
#[derive(Default)]
pub(super) struct Scratch {
    /// For each text its score.
    scores: Vec<f32>,
    /// The texts that have a score.
    touched: Vec<u32>,
    /// The terms of the text that is searched, each with the range of its postings and its weight.
    terms: Vec<(u32, u32, u32, f32)>,
    /// The best texts so far, each with its score in the upper half.
    best: Vec<u64>,
}

impl Index {
    pub(super) fn new<'a>(
        terms: usize,
        vectors: impl Iterator<Item = &'a Vector> + Clone,
    ) -> Index {
        let mut starts = vec![0u32; terms + 1];
        let mut texts = 0;
        for vector in vectors.clone() {
            texts += 1;
            vector
                .0
                .iter()
                .for_each(|(term, _)| starts[*term as usize + 1] += 1);
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, 0.0); starts[terms] as usize];
        for (text, vector) in vectors.enumerate() {
            for (term, weight) in &vector.0 {
                let at = &mut next[*term as usize];
                postings[*at as usize] = (text as u32, *weight);
                *at += 1;
            }
        }
        Index {
            starts,
            postings,
            texts,
        }
    }

    /// Returns the number of terms that a text may have.
    pub(super) fn terms(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the texts that share most with a vector, `count` of them at most, in no order.
    ///
    /// Its terms are looked up from the rarest on, until `effort` places have been seen. Only terms
    /// that very many texts have remain then.
    ///
    /// If even the rarest term has more places than that, those about `near` are seen, which is a
    /// part of the way through the texts. Lists of one family keep their order.
    pub(super) fn find(
        &self,
        scratch: &mut Scratch,
        vector: &Vector,
        count: usize,
        effort: usize,
        near: f64,
    ) -> impl Iterator<Item = u32> {
        let Scratch {
            scores,
            touched,
            terms,
            best,
        } = scratch;
        if scores.len() < self.texts {
            scores.resize(self.texts, 0.0);
        }
        terms.clear();
        terms.extend(vector.0.iter().filter_map(|(term, weight)| {
            let from = *self.starts.get(*term as usize)?;
            let to = *self.starts.get(*term as usize + 1)?;
            (from < to).then_some((to - from, *term, from, *weight))
        }));
        terms.sort_unstable_by_key(|(length, term, ..)| (*length, *term));
        let mut seen = 0;
        for (length, _, from, weight) in terms.iter() {
            let (length, from) = (*length as usize, *from as usize);
            let (mut first, mut end) = (from, from + length);
            if seen + length > effort {
                if !touched.is_empty() {
                    break;
                }
                let middle = from + (length as f64 * near.clamp(0.0, 1.0)) as usize;
                (first, end) = (
                    middle.saturating_sub(effort / 2).max(from),
                    (middle + effort / 2).min(end),
                );
            }
            seen += end - first;
            for (text, other) in &self.postings[first..end] {
                let score = &mut scores[*text as usize];
                if *score == 0.0 {
                    touched.push(*text);
                }
                *score += weight * other;
            }
        }
        // The scores are positive, so that their bits are in the order of the numbers. Of two equal
        // scores, the text that comes first is the better one.
        best.clear();
        let mut least = 0;
        for text in touched.drain(..) {
            let score = std::mem::take(&mut scores[text as usize]);
            let key = u64::from(score.to_bits()) << 32 | u64::from(!text);
            if key > least {
                best.push(key);
                if best.len() >= 2 * count.max(1) {
                    least = keep(best, count);
                }
            }
        }
        keep(best, count);
        best.iter().map(|key| !(*key as u32))
    }
}

/// Keeps the highest keys, `count` of them at most. Returns the lowest that is kept, or 0 if there
/// are fewer.
fn keep(keys: &mut Vec<u64>, count: usize) -> u64 {
    if keys.len() < count || count == 0 {
        keys.truncate(count);
        return 0;
    }
    let (.., least, _) = keys.select_nth_unstable_by(count - 1, |a, b| b.cmp(a));
    let least = *least;
    keys.truncate(count);
    least
}
