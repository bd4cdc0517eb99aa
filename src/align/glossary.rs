//! Translates Chinese words of the field into English, and writes abbreviations out. The data are
//! in `data/glossary.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

struct Glossary {
    words: HashMap<Vec<char>, &'static str>,
    abbreviations: HashMap<&'static str, &'static str>,
    /// The number of characters of the longest word.
    longest: usize,
    /// Traditional characters with their simplified forms.
    simplified: HashMap<char, char>,
}

static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| {
    let rows = include_str!("../../data/glossary.csv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','));
    let (abbreviations, chinese): (HashMap<&str, &str>, HashMap<&str, &str>) =
        rows.partition(|(term, _)| term.is_ascii());
    let words: HashMap<Vec<char>, &str> = chinese
        .into_iter()
        .map(|(chinese, english)| (chinese.chars().collect(), english))
        .collect();
    let longest = words.keys().map(Vec::len).max().unwrap_or(0);
    Glossary {
        words,
        abbreviations,
        longest,
        simplified: traditional().collect(),
    }
});

/// Returns the traditional characters of the glossary's words with their simplified forms, from
/// `data/traditional.csv`.
fn traditional() -> impl Iterator<Item = (char, char)> {
    include_str!("../../data/traditional.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let (traditional, simplified) = line.split_once(',')?;
            traditional.chars().zip(simplified.chars()).next()
        })
}

/// Returns the words that an abbreviation in lower case is short for.
pub(super) fn expand(word: &str) -> Option<&'static str> {
    GLOSSARY.abbreviations.get(word).copied()
}

/// Translates a run of Chinese characters, the longest word first. Calls back with the English and
/// the Chinese of each word. A character that is in no word has no English. Words that say nothing,
/// such as particles, are left out.
pub(super) fn translate(run: &[char], mut found: impl FnMut(Option<&str>, &str)) {
    let glossary = &*GLOSSARY;
    let simple: Vec<char> = run
        .iter()
        .map(|c| glossary.simplified.get(c).copied().unwrap_or(*c))
        .collect();
    let mut at = 0;
    while at < simple.len() {
        let longest = glossary.longest.min(simple.len() - at);
        let word = (1..=longest)
            .rev()
            .find_map(|length| Some((length, *glossary.words.get(&simple[at..at + length])?)));
        let (length, english) = word.map_or((1, None), |(length, english)| (length, Some(english)));
        if english != Some("") {
            let chinese: String = run[at..at + length].iter().collect();
            found(english, &chinese);
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_says_something_once() {
        let pairs: Vec<(char, char)> = traditional().collect();
        assert_eq!(pairs.len(), 174);
        for (traditional, simplified) in &pairs {
            assert_ne!(traditional, simplified);
            let same = pairs.iter().filter(|(other, _)| other == traditional);
            assert_eq!(same.count(), 1, "{traditional}");
        }
    }
}
