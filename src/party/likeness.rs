//! Names that are alike: words weighed by how rare they are, and spellings that differ in little.
//!
//! 1. Every name becomes the words of its normal form. A word is worth more the fewer names have
//!    it; a legal form is worth almost nothing.
//! 2. Two words are the same, or have the same consonants, or differ in few letters. Names that
//!    share a rare word, or its consonants, are candidates.
//! 3. A candidate's score is the weight of what both names have, by the weight of what either has
//!    and of what the lighter has. Countries of addresses move it a little.
//! 4. The score becomes a confidence by a table that was made from pairs known from outside.

use std::collections::HashMap;

use super::name::is_legal_form;
use super::overlap::roles;
use super::{EntryKind, NameEvidence, NameRole, PartyEntry, ProposedMatch, normal_form};

/// Returns whether an entry has names to compare.
pub(super) fn is_compared(entry: &PartyEntry) -> bool {
    entry.kind != EntryKind::Address
}

/// One name of an entry.
struct Name {
    entry: usize,
    /// Which of the entry's names it is.
    number: usize,
    words: Vec<u32>,
}

/// The names of a list, ready to be searched.
pub(super) struct Likeness<'a, 'e> {
    entries: &'e [&'a PartyEntry],
    names: Vec<Name>,
    words: Words,
    /// For each skeleton the names that have a word with it.
    postings: Vec<Vec<u32>>,
    /// Names by their letters without blanks.
    letters: HashMap<String, Vec<u32>>,
}

/// Every word with its number, how many names have it, and its skeleton.
#[derive(Default)]
struct Words {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    names: Vec<u32>,
    skeletons: Vec<u32>,
    skeleton_numbers: HashMap<String, u32>,
}

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let next = self.skeleton_numbers.len() as u32;
        let skeleton = *self.skeleton_numbers.entry(skeleton(word)).or_insert(next);
        let number = self.texts.len() as u32;
        self.texts.push(word.to_owned());
        self.names.push(0);
        self.skeletons.push(skeleton);
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// The words of a normal form, each once. A name has no more than [`WORDS`] of them.
    fn of(&mut self, form: &str) -> Vec<u32> {
        let words = form.split(' ').take(WORDS);
        let mut numbers: Vec<u32> = words.map(|word| self.number(word)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn text(&self, word: u32) -> &str {
        &self.texts[word as usize]
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

/// Two words of two names that are taken for one, and how much.
#[derive(Clone, Copy)]
struct Pair {
    left: u32,
    right: u32,
    likeness: f64,
}

/// A candidate with its score.
struct Candidate {
    name: usize,
    score: f64,
    pairs: Vec<Pair>,
    same_letters: bool,
}

/// Of a name so many words are compared.
const WORDS: usize = 64;
/// Words of more letters are alike only if they are the same.
const LETTERS: usize = 40;
/// The confidence of names with the same letters, which blanks divide in another way.
const SAME_LETTERS: f64 = 0.95;
/// A posting of so many names tells nothing by itself.
const COMMON: usize = 400;
/// Of each name so many candidates are looked at closely.
const CLOSE: usize = 24;
/// Of each entry so many matches are proposed.
const PROPOSED: usize = 3;

impl<'a, 'e> Likeness<'a, 'e> {
    pub(super) fn new(entries: &'e [&'a PartyEntry]) -> Likeness<'a, 'e> {
        let mut words = Words::default();
        let mut names = Vec::new();
        let mut letters: HashMap<String, Vec<u32>> = HashMap::new();
        for (entry, of) in entries.iter().enumerate().filter(|(_, of)| is_compared(of)) {
            for (number, (name, _)) in roles(of).enumerate() {
                let form = normal_form(name);
                let own = words.of(&form);
                own.iter().for_each(|word| words.names[*word as usize] += 1);
                letters
                    .entry(form.replace(' ', ""))
                    .or_default()
                    .push(names.len() as u32);
                names.push(Name {
                    entry,
                    number,
                    words: own,
                });
            }
        }
        let mut postings = vec![Vec::new(); words.skeleton_numbers.len()];
        for (at, name) in names.iter().enumerate() {
            for word in &name.words {
                let posting: &mut Vec<u32> =
                    &mut postings[words.skeletons[*word as usize] as usize];
                if posting.last() != Some(&(at as u32)) {
                    posting.push(at as u32);
                }
            }
        }
        Likeness {
            entries,
            names,
            words,
            postings,
            letters,
        }
    }

    /// Proposes matches for entries of another list.
    pub(super) fn propose(mut self, left: &[&'a PartyEntry], least: f64) -> Vec<ProposedMatch<'a>> {
        let mut proposed = Vec::new();
        let mut scores = vec![0.0f32; self.names.len()];
        for entry in left.iter().filter(|entry| is_compared(entry)) {
            let mut best: HashMap<usize, (Candidate, usize)> = HashMap::new();
            for (number, (name, _)) in roles(entry).enumerate() {
                for candidate in self.candidates(name, &mut scores) {
                    let of = self.names[candidate.name].entry;
                    if best
                        .get(&of)
                        .is_none_or(|(known, _)| known.score < candidate.score)
                    {
                        best.insert(of, (candidate, number));
                    }
                }
            }
            let matches = best
                .into_values()
                .map(|(candidate, number)| self.proposal(entry, number, candidate));
            let mut matches: Vec<_> = matches.filter(|(_, m)| m.confidence >= least).collect();
            matches.sort_by(|(one, a), (other, b)| {
                b.confidence.total_cmp(&a.confidence).then(one.cmp(other))
            });
            proposed.extend(matches.into_iter().take(PROPOSED).map(|(_, m)| m));
        }
        proposed
    }

    /// Returns the weight of a word.
    fn weight(&self, word: u32) -> f64 {
        let text = self.words.text(word);
        let names = f64::from(self.words.names[word as usize].max(1));
        let rare = (1.0 + self.names.len() as f64 / names).ln();
        match is_legal_form(text) {
            true => rare.min(0.4),
            false => rare,
        }
    }

    /// The names that are most like one.
    fn candidates(&mut self, name: &str, scores: &mut [f32]) -> Vec<Candidate> {
        let form = normal_form(name);
        let mut own: Vec<u32> = form
            .split(' ')
            .map(|word| self.words.number(word))
            .collect();
        own.sort_unstable();
        own.dedup();
        let same = self
            .letters
            .get(&form.replace(' ', ""))
            .cloned()
            .unwrap_or_default();
        let mut touched = Vec::new();
        let posting = |word: &u32| {
            let skeleton = self.words.skeletons[*word as usize] as usize;
            self.postings.get(skeleton).map_or(&[][..], Vec::as_slice)
        };
        let mut by_rarity: Vec<&u32> = own.iter().collect();
        by_rarity.sort_by_key(|word| posting(word).len());
        for (place, word) in by_rarity.iter().enumerate() {
            let names = posting(word);
            // The rarest word counts, however common it is.
            if names.len() > COMMON && place > 0 {
                break;
            }
            let weight = self.weight(**word) as f32;
            for at in names.iter().take(COMMON * 8) {
                if scores[*at as usize] == 0.0 {
                    touched.push(*at);
                }
                scores[*at as usize] += weight;
            }
        }
        touched.sort_by(|a, b| {
            scores[*b as usize]
                .total_cmp(&scores[*a as usize])
                .then(a.cmp(b))
        });
        let close: Vec<u32> = touched.iter().copied().take(CLOSE).collect();
        touched.iter().for_each(|at| scores[*at as usize] = 0.0);
        let mut found: Vec<Candidate> = close
            .into_iter()
            .filter(|at| !same.contains(at))
            .map(|at| self.compared(&own, at as usize))
            .collect();
        found.extend(same.into_iter().map(|at| Candidate {
            same_letters: true,
            score: 1.0,
            ..self.compared(&own, at as usize)
        }));
        found
    }

    /// Compares the words of a name with those of one of the list's.
    fn compared(&self, own: &[u32], at: usize) -> Candidate {
        let other = &self.names[at].words;
        let mut pairs = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        let mut left_open: Vec<u32> = Vec::new();
        for word in own {
            match other.binary_search(word) {
                Ok(_) => pairs.push(Pair {
                    left: *word,
                    right: *word,
                    likeness: 1.0,
                }),
                Err(_) => left_open.push(*word),
            }
        }
        open.extend(other.iter().filter(|word| own.binary_search(word).is_err()));
        for word in left_open {
            let likeness = |other: &u32| self.word_likeness(word, *other);
            let best = open
                .iter()
                .enumerate()
                .map(|(place, other)| (likeness(other), place));
            let best = best.max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((likeness, place)) = best.filter(|(likeness, _)| *likeness > 0.0) {
                let right = open.swap_remove(place);
                pairs.push(Pair {
                    left: word,
                    right,
                    likeness,
                });
            }
        }
        let total = |words: &[u32]| words.iter().map(|word| self.weight(*word)).sum::<f64>();
        let (left, right) = (total(own), total(other));
        let of_pair =
            |pair: &Pair| pair.likeness * (self.weight(pair.left) + self.weight(pair.right)) / 2.0;
        let shared: f64 = pairs.iter().map(of_pair).sum();
        let either = (left + right - shared).max(f64::EPSILON);
        let lighter = left.min(right).max(f64::EPSILON);
        let score = 0.75 * (shared / either) + 0.25 * (shared / lighter).min(1.0);
        Candidate {
            name: at,
            score: score.min(1.0),
            pairs,
            same_letters: false,
        }
    }

    /// Returns the likeness of two different words, or 0 if they are not alike.
    fn word_likeness(&self, left: u32, right: u32) -> f64 {
        let (one, other) = (self.words.text(left), self.words.text(right));
        let letters = |word: &str| {
            (4..=LETTERS).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
        };
        if !letters(one) || !letters(other) {
            return 0.0;
        }
        let same = self.words.skeletons[left as usize] == self.words.skeletons[right as usize];
        let longer = one.len().max(other.len());
        let most = longer / 4;
        match distance(one.as_bytes(), other.as_bytes(), most.max(2)) {
            Some(1) if longer >= 5 => 0.9,
            Some(far) if far <= most => 1.0 - far as f64 / longer as f64,
            _ if same => 0.7,
            _ => 0.0,
        }
    }

    /// Makes a proposal of a candidate; first its entry, which orders equal ones.
    fn proposal(
        &self,
        entry: &'a PartyEntry,
        number: usize,
        candidate: Candidate,
    ) -> (usize, ProposedMatch<'a>) {
        let name = &self.names[candidate.name];
        let right = self.entries[name.entry];
        let text = |word: u32| self.words.text(word).to_owned();
        let mut evidence: Vec<NameEvidence> = Vec::new();
        if candidate.same_letters {
            evidence.push(NameEvidence::SameLetters);
        }
        let mut pairs = candidate.pairs;
        pairs.sort_by(|a, b| self.weight(b.left).total_cmp(&self.weight(a.left)));
        evidence.extend(pairs.iter().map(|pair| match pair.left == pair.right {
            true => NameEvidence::SharedWord(text(pair.left)),
            false => NameEvidence::SimilarWords(text(pair.left), text(pair.right)),
        }));
        let (ours, theirs) = (&entry.address_countries, &right.address_countries);
        let mut score = candidate.score;
        if !ours.is_empty() && !theirs.is_empty() {
            let same = ours.iter().any(|country| theirs.contains(country));
            evidence.push(match same {
                true => NameEvidence::SameCountry,
                false => NameEvidence::OtherCountry,
            });
            score += if same { 0.02 } else { -0.12 };
        }
        let role = |entry: &'a PartyEntry, number: usize| -> (&'a str, NameRole) {
            roles(entry)
                .nth(number)
                .unwrap_or((&entry.name, NameRole::Name))
        };
        let (one, other) = (role(entry, number), role(right, name.number));
        let proposed = ProposedMatch {
            left: entry,
            right,
            names: [one.0, other.0],
            roles: [one.1, other.1],
            evidence,
            confidence: match candidate.same_letters {
                true => SAME_LETTERS,
                false => confidence(score),
            },
        };
        (name.entry, proposed)
    }
}

/// Returns the confidence of a score, by the pairs on which the measure was tested.
fn confidence(score: f64) -> f64 {
    /// Scores and the share of right proposals about each.
    const TABLE: [(f64, f64); 7] = [
        (0.0, 0.0),
        (0.4, 0.1),
        (0.5, 0.2),
        (0.6, 0.33),
        (0.7, 0.5),
        (0.8, 0.68),
        (1.0, 0.75),
    ];
    let score = score.clamp(0.0, 1.0);
    let above = TABLE
        .iter()
        .position(|(known, _)| *known >= score)
        .unwrap_or(TABLE.len() - 1);
    let ((from, low), (to, high)) = (TABLE[above.saturating_sub(1)], TABLE[above]);
    match to > from {
        true => low + (high - low) * (score - from) / (to - from),
        false => high,
    }
}

/// Returns the number of letters in which two words differ, or `None` if it is above `most`.
fn distance(one: &[u8], other: &[u8], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
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
