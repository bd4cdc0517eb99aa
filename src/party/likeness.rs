//! Names that are alike: words weighed by how rare they are, and spellings that differ in little.
//!
//! 1. Every name becomes the words of its normal form. A word is worth more the fewer names have
//!    it; a legal form is worth almost nothing.
//! 2. Two words are the same, or have the same consonants, or differ in few letters. Names that
//!    share a rare word, or its consonants, are candidates.
//! 3. A candidate's score is the weight of what both names have, by the weight of what either has
//!    and of what the lighter has. Countries of addresses move it a little.
//! 4. The score becomes a confidence by a table that was made from pairs known from outside.

use super::forms::{Chains, Form, is_compared, roles};
use super::words::Words;
use super::{NameEvidence, NameRole, PartyEntry, ProposedMatch, normal_form};

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
    letters: Chains<String>,
}

/// Two words of two names that are taken for one, and how much.
#[derive(Clone, Copy)]
struct Pair {
    left: u32,
    right: u32,
    likeness: f64,
}

/// Two names that may be one party's, with their score.
#[derive(Clone, Copy)]
struct Candidate {
    /// Which of the left entry's names it is.
    number: usize,
    /// The right list's entry, and the place of its name.
    entry: usize,
    name: usize,
    score: f64,
    same_letters: bool,
}

/// Room for work that is done again and again.
#[derive(Default)]
struct Room {
    /// The score of every name, 0 between two searches.
    scores: Vec<f32>,
    touched: Vec<u32>,
    pairs: Vec<Pair>,
    open: Vec<u32>,
    left_open: Vec<u32>,
}

/// The confidence of names with the same letters, which blanks divide in another way.
const SAME_LETTERS: f64 = 0.95;
/// A posting of so many names tells nothing by itself.
const COMMON: usize = 400;
/// Of each name so many candidates are looked at closely.
const CLOSE: usize = 24;
/// Of each entry so many matches are proposed.
const PROPOSED: usize = 3;

impl<'a, 'e> Likeness<'a, 'e> {
    /// Prepares a list, whose names are given in their normal form.
    pub(super) fn new(entries: &'e [&'a PartyEntry], forms: &[Form]) -> Likeness<'a, 'e> {
        let mut words = Words::default();
        let mut names = Vec::with_capacity(forms.len());
        for form in forms {
            let own = words.of(&form.text);
            own.iter().for_each(|word| words.names[*word as usize] += 1);
            names.push(Name {
                entry: form.entry,
                number: form.number,
                words: own,
            });
        }
        words.weigh(names.len());
        // Of equal letters the first is to be found first.
        let mut letters = Chains::new(forms.len());
        for (at, form) in forms.iter().enumerate().rev() {
            letters.add(without_blanks(&form.text), at);
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
        let mut room = Room {
            scores: vec![0.0; self.names.len()],
            ..Room::default()
        };
        for entry in left.iter().filter(|entry| is_compared(entry)) {
            let mut names: Vec<Vec<u32>> = Vec::new();
            let mut found: Vec<Candidate> = Vec::new();
            for (number, (name, _)) in roles(entry).enumerate() {
                let form = normal_form(name);
                let own = self.own(&form);
                self.candidates(&form, &own, number, &mut room, &mut found);
                names.push(own);
            }
            // Of each entry's candidates the best; of equal ones the first.
            found.sort_by(|a, b| a.entry.cmp(&b.entry).then(b.score.total_cmp(&a.score)));
            found.dedup_by_key(|candidate| candidate.entry);
            let confident = found.into_iter().map(|candidate| {
                let score = candidate.score + self.by_country(entry, &candidate).unwrap_or(0.0);
                match candidate.same_letters {
                    true => (SAME_LETTERS, candidate),
                    false => (confidence(score), candidate),
                }
            });
            let mut best: Vec<_> = confident.filter(|(sure, _)| *sure >= least).collect();
            best.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.entry.cmp(&other.entry)));
            for (confidence, candidate) in best.into_iter().take(PROPOSED) {
                self.compared(&names[candidate.number], candidate.name, &mut room);
                proposed.push(self.proposal(entry, &candidate, &mut room.pairs, confidence));
            }
        }
        proposed
    }

    /// The words of a name of the other list, each once.
    fn own(&mut self, form: &str) -> Vec<u32> {
        let words = form.split(' ');
        let mut own: Vec<u32> = words.map(|word| self.words.number(word)).collect();
        own.sort_unstable();
        own.dedup();
        self.words.weigh(self.names.len());
        own
    }

    /// Adds the names that are most like one.
    fn candidates(
        &self,
        form: &str,
        own: &[u32],
        number: usize,
        room: &mut Room,
        found: &mut Vec<Candidate>,
    ) {
        let same: Vec<usize> = self.letters.of(without_blanks(form).as_str()).collect();
        let posting = |word: &u32| {
            let skeleton = self.words.skeletons[*word as usize] as usize;
            self.postings.get(skeleton).map_or(&[][..], Vec::as_slice)
        };
        room.touched.clear();
        let mut by_rarity: Vec<&u32> = own.iter().collect();
        by_rarity.sort_by_key(|word| posting(word).len());
        for (place, word) in by_rarity.iter().enumerate() {
            let names = posting(word);
            // The rarest word counts, however common it is.
            if names.len() > COMMON && place > 0 {
                break;
            }
            let weight = self.words.weight(**word) as f32;
            for at in names.iter().take(COMMON * 8) {
                let score = &mut room.scores[*at as usize];
                if *score == 0.0 {
                    room.touched.push(*at);
                }
                *score += weight;
            }
        }
        let mut touched = std::mem::take(&mut room.touched);
        let scores = &room.scores;
        let order = |a: &u32, b: &u32| {
            let (one, other) = (scores[*a as usize], scores[*b as usize]);
            other.total_cmp(&one).then(a.cmp(b))
        };
        let close = touched.len().min(CLOSE);
        if close < touched.len() {
            touched.select_nth_unstable_by(close, order);
        }
        touched[..close].sort_unstable_by(order);
        touched
            .iter()
            .for_each(|at| room.scores[*at as usize] = 0.0);
        let close = touched[..close].iter().map(|at| *at as usize);
        let close = close.filter(|at| !same.contains(at));
        let candidate = |name: usize, score: f64, same_letters: bool| Candidate {
            number,
            entry: self.names[name].entry,
            name,
            score,
            same_letters,
        };
        found.extend(close.map(|at| candidate(at, self.compared(own, at, room), false)));
        found.extend(same.iter().map(|at| candidate(*at, 1.0, true)));
        room.touched = touched;
    }

    /// Compares the words of a name with those of one of the list's: its score, and the pairs in
    /// the room.
    fn compared(&self, own: &[u32], at: usize, room: &mut Room) -> f64 {
        let other = &self.names[at].words;
        let (pairs, open, left_open) = (&mut room.pairs, &mut room.open, &mut room.left_open);
        pairs.clear();
        open.clear();
        left_open.clear();
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
        for word in left_open.iter().copied() {
            let best = open
                .iter()
                .enumerate()
                .map(|(place, other)| (self.words.likeness(word, *other), place));
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
        let weight = |word: u32| self.words.weight(word);
        let total = |words: &[u32]| words.iter().map(|word| weight(*word)).sum::<f64>();
        let (left, right) = (total(own), total(other));
        let of_pair = |pair: &Pair| pair.likeness * (weight(pair.left) + weight(pair.right)) / 2.0;
        let shared: f64 = pairs.iter().map(of_pair).sum();
        let either = (left + right - shared).max(f64::EPSILON);
        let lighter = left.min(right).max(f64::EPSILON);
        let score = 0.75 * (shared / either) + 0.25 * (shared / lighter).min(1.0);
        score.min(1.0)
    }

    /// Returns the part of the score of two names that comes from the countries of the addresses.
    fn by_country(&self, entry: &PartyEntry, candidate: &Candidate) -> Option<f64> {
        let theirs = &self.entries[candidate.entry].address_countries;
        let ours = &entry.address_countries;
        if ours.is_empty() || theirs.is_empty() {
            return None;
        }
        let same = ours.iter().any(|country| theirs.contains(country));
        Some(if same { 0.02 } else { -0.12 })
    }

    /// Makes a proposal of a candidate and the pairs of its words.
    fn proposal(
        &self,
        entry: &'a PartyEntry,
        candidate: &Candidate,
        pairs: &mut [Pair],
        confidence: f64,
    ) -> ProposedMatch<'a> {
        let right = self.entries[candidate.entry];
        let text = |word: u32| self.words.text(word).to_owned();
        let mut evidence: Vec<NameEvidence> = Vec::new();
        if candidate.same_letters {
            evidence.push(NameEvidence::SameLetters);
        }
        let weight = |word: u32| self.words.weight(word);
        pairs.sort_by(|a, b| weight(b.left).total_cmp(&weight(a.left)));
        evidence.extend(pairs.iter().map(|pair| match pair.left == pair.right {
            true => NameEvidence::SharedWord(text(pair.left)),
            false => NameEvidence::SimilarWords(text(pair.left), text(pair.right)),
        }));
        evidence.extend(self.by_country(entry, candidate).map(|by| match by > 0.0 {
            true => NameEvidence::SameCountry,
            false => NameEvidence::OtherCountry,
        }));
        let role = |entry: &'a PartyEntry, number: usize| -> (&'a str, NameRole) {
            roles(entry)
                .nth(number)
                .unwrap_or((&entry.name, NameRole::Name))
        };
        let number = self.names[candidate.name].number;
        let (one, other) = (role(entry, candidate.number), role(right, number));
        ProposedMatch {
            left: entry,
            right,
            names: [one.0, other.0],
            roles: [one.1, other.1],
            evidence,
            confidence,
        }
    }
}

/// A text without its blanks.
fn without_blanks(form: &str) -> String {
    let mut letters = String::with_capacity(form.len());
    form.split(' ').for_each(|word| letters.push_str(word));
    letters
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
