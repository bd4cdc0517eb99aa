//! Plain text similarity, as anybody would try it first. The aligner is measured against it.

use std::collections::{HashMap, HashSet};

/// Returns words and numbers in lower case, as common text tools split them.
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let number = |word: &str| word.ends_with(|c: char| c.is_ascii_digit());
        if ('\u{4e00}'..='\u{9fff}').contains(&c) {
            tokens.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            tokens.push(c.to_string());
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if (c == '.' || c == ',')
            && number(&word)
            && chars.peek().is_some_and(char::is_ascii_digit)
        {
            word.push('.');
        } else {
            tokens.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        }
    }
    tokens.extend(Some(word).filter(|word| !word.is_empty()));
    tokens
}

/// Returns the part of two texts' words that both have.
pub fn jaccard(a: &str, b: &str) -> f64 {
    let (a, b): (HashSet<String>, HashSet<String>) = (
        tokens(a).into_iter().collect(),
        tokens(b).into_iter().collect(),
    );
    let both = a.intersection(&b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

/// Texts as numbers of words.
struct Vocabulary {
    ids: HashMap<String, u32>,
}

impl Vocabulary {
    fn read(&mut self, texts: &[String]) -> Vec<Vec<u32>> {
        let mut id = |token: String| {
            let next = self.ids.len() as u32;
            *self.ids.entry(token).or_insert(next)
        };
        texts
            .iter()
            .map(|text| tokens(text).into_iter().map(&mut id).collect())
            .collect()
    }
}

fn frequencies(document: &[u32]) -> Vec<(u32, f64)> {
    let mut sorted = document.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .map(|run| (run[0], run.len() as f64))
        .collect()
}

/// For each word the documents that have it, with a weight.
type Postings = Vec<Vec<(u32, f64)>>;

fn score(query: &[(u32, f64)], postings: &Postings, documents: usize) -> Vec<f64> {
    let mut scores = vec![0.0; documents];
    for (word, weight) in query {
        for (document, other) in postings.get(*word as usize).into_iter().flatten() {
            scores[*document as usize] += weight * other;
        }
    }
    scores
}

/// A similarity of each left text to each right one.
pub type Scores = Vec<Vec<f64>>;

/// Scores by TF-IDF with cosine, as scikit-learn does it by default.
pub fn tf_idf(left: &[String], right: &[String]) -> Scores {
    let mut vocabulary = Vocabulary {
        ids: HashMap::new(),
    };
    let (left, right) = (vocabulary.read(left), vocabulary.read(right));
    let mut df = vec![0.0f64; vocabulary.ids.len()];
    for document in left.iter().chain(&right) {
        frequencies(document)
            .iter()
            .for_each(|(word, _)| df[*word as usize] += 1.0);
    }
    let n = (left.len() + right.len()) as f64;
    let vector = |document: &Vec<u32>| {
        let mut vector = frequencies(document);
        vector.iter_mut().for_each(|(word, weight)| {
            *weight *= ((1.0 + n) / (1.0 + df[*word as usize])).ln() + 1.0
        });
        let norm = vector
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f64>()
            .sqrt()
            .max(1e-12);
        vector.iter_mut().for_each(|(_, weight)| *weight /= norm);
        vector
    };
    let mut postings: Postings = vec![Vec::new(); df.len()];
    for (at, document) in right.iter().enumerate() {
        vector(document)
            .into_iter()
            .for_each(|(word, weight)| postings[word as usize].push((at as u32, weight)));
    }
    left.iter()
        .map(|document| score(&vector(document), &postings, right.len()))
        .collect()
}

/// Scores by BM25 with the usual constants.
pub fn bm25(left: &[String], right: &[String]) -> Scores {
    let mut vocabulary = Vocabulary {
        ids: HashMap::new(),
    };
    let (left, right) = (vocabulary.read(left), vocabulary.read(right));
    let mut postings: Postings = vec![Vec::new(); vocabulary.ids.len()];
    let average = right.iter().map(Vec::len).sum::<usize>() as f64 / right.len().max(1) as f64;
    let (k, b) = (1.5, 0.75);
    for (at, document) in right.iter().enumerate() {
        for (word, count) in frequencies(document) {
            let weight =
                count * (k + 1.0) / (count + k * (1.0 - b + b * document.len() as f64 / average));
            postings[word as usize].push((at as u32, weight));
        }
    }
    for documents in &mut postings {
        let n = documents.len() as f64;
        let idf = (1.0 + (right.len() as f64 - n + 0.5) / (n + 0.5)).ln();
        documents.iter_mut().for_each(|(_, weight)| *weight *= idf);
    }
    left.iter()
        .map(|document| score(&frequencies(document), &postings, right.len()))
        .collect()
}

/// Scores by the words that both texts have over the words of the shorter one, which is the essence
/// of a token-set ratio. Jaccard breaks ties.
pub fn token_set(left: &[String], right: &[String]) -> Scores {
    let mut vocabulary = Vocabulary {
        ids: HashMap::new(),
    };
    let (left, right) = (vocabulary.read(left), vocabulary.read(right));
    let set = |document: &Vec<u32>| {
        frequencies(document)
            .into_iter()
            .map(|(word, _)| (word, 1.0))
            .collect::<Vec<_>>()
    };
    let right: Vec<_> = right.iter().map(set).collect();
    let mut postings: Postings = vec![Vec::new(); vocabulary.ids.len()];
    for (at, document) in right.iter().enumerate() {
        document
            .iter()
            .for_each(|(word, weight)| postings[*word as usize].push((at as u32, *weight)));
    }
    left.iter()
        .map(|document| {
            let query = set(document);
            let mut scores = score(&query, &postings, right.len());
            for (score, other) in scores.iter_mut().zip(&right) {
                let (a, b, both) = (query.len() as f64, other.len() as f64, *score);
                let ratio = |own: f64, whole: f64| {
                    if own + whole > 0.0 {
                        2.0 * own / (own + whole)
                    } else {
                        0.0
                    }
                };
                let best = ratio(both, a)
                    .max(ratio(both, b))
                    .max(ratio(both * 2.0, a + b));
                *score = best + both / (a + b - both).max(1.0) / 100.0;
            }
            scores
        })
        .collect()
}
