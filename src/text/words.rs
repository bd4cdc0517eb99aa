//! Splits a text into words, and turns each word into a term by one of two rule sets.
//!
//! The rule sets differ on purpose. A search shows what matched, so [`SEARCH`] keeps words that a
//! reader knows. It drops only words that nobody searches for: somebody may look for "control" or
//! "category". The aligner compares the texts of two lists, where such words are in every row.
//! [`ALIGN`] drops them, cuts endings and unifies spellings, because its terms only need to be the
//! same for the same thing.

use crate::text::chars::is_chinese;

/// The rules that turn a word into a term or drop it.
pub(crate) struct Rules {
    /// Words that carry no meaning, sorted.
    silent: &'static [&'static str],
    /// Turns a word in lower case into its term.
    term: fn(String) -> String,
}

impl Rules {
    /// Returns the term of a word in lower case, or `None` if the word carries no meaning.
    pub(crate) fn term(&self, word: String) -> Option<String> {
        let silent = |word: &str| self.silent.binary_search(&word).is_ok();
        if silent(&word) {
            return None;
        }
        Some((self.term)(word)).filter(|term| !silent(term))
    }
}

/// The rules of a search: plurals become singular.
pub(crate) const SEARCH: Rules = Rules {
    silent: &[
        "a", "an", "and", "as", "by", "for", "from", "in", "of", "on", "or", "other", "than",
        "the", "to", "with",
    ],
    term: singular,
};

/// The rules of the aligner: American spelling, no plurals, no endings.
#[cfg(feature = "align")]
pub(crate) const ALIGN: Rules = Rules {
    silent: &SILENT,
    term: |word| without_ending(singular(american(word))),
};

/// Returns the words of a text for a search. Chinese words come as pairs of characters.
pub(crate) fn search_terms(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .flat_map(scripts)
        .flat_map(|(chinese, run)| -> Vec<String> {
            if chinese {
                let chars: Vec<char> = run.chars().collect();
                pairs(&chars).collect()
            } else {
                SEARCH.term(run.to_lowercase()).into_iter().collect()
            }
        })
}

/// Returns the parts of a word that are in one script each, with whether the part is Chinese. For
/// example, "LEC法" has two parts.
fn scripts(word: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let chinese = is_chinese(rest.chars().next()?);
        let end = rest.find(|c| is_chinese(c) != chinese);
        let (run, tail) = rest.split_at(end.unwrap_or(rest.len()));
        rest = tail;
        Some((chinese, run))
    })
}

/// Returns each pair of neighbors in a run of Chinese characters, or the character itself if there
/// is only one.
pub(crate) fn pairs(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(run.len().clamp(1, 2))
        .map(|pair| pair.iter().collect())
}

/// Returns the word without its plural ending. The result does not need to be a word. It only needs
/// to be the same for singular and plural.
fn singular(mut word: String) -> String {
    if word.len() < 4 || !word.is_ascii() || matches!(word.as_str(), "series" | "species") {
        return word;
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        word = format!("{stem}y");
    } else if word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches") {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.truncate(word.len() - 1);
    }
    word
}

/// Returns the word without its ending. The result does not need to be a word. It only needs to be
/// the same for all forms of a word.
#[cfg(feature = "align")]
fn without_ending(mut word: String) -> String {
    if word.len() < 4 || !word.is_ascii() {
        return word;
    }
    for ending in [
        "ization", "ational", "ation", "ment", "ing", "ed", "ion", "al", "ly", "ive", "able",
        "ible", "er", "or", "e",
    ] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 4
        {
            word.truncate(stem.len());
            break;
        }
    }
    word
}

/// Returns one spelling for both the British and the American spelling of a word. It does not need
/// to be right, only the same.
#[cfg(feature = "align")]
fn american(word: String) -> String {
    if word.len() < 5 {
        return word;
    }
    let mut word = word;
    for (british, american) in [
        ("sulph", "sulf"),
        ("aluminium", "aluminum"),
        ("programme", "program"),
        ("mould", "mold"),
        ("ae", "e"),
        ("oe", "e"),
    ] {
        if word.contains(british) {
            word = word.replace(british, american);
        }
    }
    for (british, american) in [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("iser", "izer"),
        ("isers", "izers"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("yser", "yzer"),
        ("ysers", "yzers"),
        ("our", "or"),
        ("ours", "ors"),
        ("oured", "ored"),
        ("metre", "meter"),
        ("metres", "meters"),
        ("litre", "liter"),
        ("litres", "liters"),
        ("centre", "center"),
        ("centres", "centers"),
        ("fibre", "fiber"),
        ("fibres", "fibers"),
        ("logue", "log"),
        ("logues", "logs"),
        ("lling", "ling"),
        ("lled", "led"),
        ("ller", "ler"),
    ] {
        if let Some(stem) = word.strip_suffix(british)
            && stem.len() + british.len() >= 5
            && (stem.len() >= 2 || british.len() >= 5)
        {
            return format!("{stem}{american}");
        }
    }
    word
}

/// Words that every list uses to say that it lists something.
#[cfg(feature = "align")]
#[rustfmt::skip]
const SILENT: [&str; 92] = [
    "a", "above", "according", "all", "also", "an", "and", "any", "are", "as", "at", "be", "by",
    "can", "category", "characteristic", "commodity", "control", "controlled", "described", "do",
    "does", "each", "eccn", "either", "entry", "et", "except", "excluding", "follow", "followed",
    "following", "follows", "for", "from", "general", "has", "have", "having", "heading", "if",
    "in", "include", "included", "including", "into", "is", "it", "item", "its", "least", "list",
    "may", "n", "nes", "no", "not", "note", "of", "on", "one", "or", "other", "part", "see", "seq",
    "specially", "specified", "specify", "subject", "such", "than", "that", "the", "their", "them",
    "therefor", "therefore", "thereof", "these", "they", "this", "those", "to", "under", "used",
    "viz", "when", "where", "which", "with", "within",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_silent_words_are_sorted() {
        assert!(SEARCH.silent.is_sorted() && ALIGN.silent.is_sorted());
    }

    #[test]
    fn one_plural_and_two_rule_sets() {
        let terms = |word: &str| [&SEARCH, &ALIGN].map(|rules| rules.term(word.to_owned()));
        for (word, search, align) in [
            ("batteries", Some("battery"), Some("battery")),
            ("boxes", Some("box"), Some("box")),
            ("lenses", Some("lense"), Some("lens")),
            ("glass", Some("glass"), Some("glass")),
            ("axis", Some("axis"), Some("axis")),
            ("virus", Some("virus"), Some("virus")),
            ("series", Some("series"), Some("series")),
            ("gas", Some("gas"), Some("gas")),
            ("fibres", Some("fibre"), Some("fiber")),
            ("aluminium", Some("aluminium"), Some("aluminum")),
            ("controlled", Some("controlled"), None),
            ("the", None, None),
        ] {
            assert_eq!(
                terms(word),
                [search, align].map(|term| term.map(str::to_owned)),
                "{word}"
            );
        }
    }

    #[test]
    fn scripts_are_cut_apart() {
        let words: Vec<String> = search_terms("LEC法晶体, 3D打印 of 汉").collect();
        assert_eq!(words, ["lec", "法晶", "晶体", "3d", "打印", "汉"]);
        assert_eq!(pairs(&[]).count(), 0);
    }
}
