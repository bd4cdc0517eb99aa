//! The fixed words of the publication: titles of the list's parts, section titles of an entry, the
//! leads of lines in an entry's license part, and the marker before its paragraphs.

use super::label;
use super::near::{near, near_start};

/// The part of an entry that the reader has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Section {
    License,
    Exceptions,
    Sta,
    Reporting,
    ListOfItems,
    Items,
}

/// Symbols of license exceptions.
const SYMBOLS: [&str; 14] = [
    "LVS", "GBS", "CIV", "TSR", "STA", "APP", "IEC", "AIA", "ACM", "LPP", "ACE", "ENC", "NAC/ACA",
    "HBM",
];

/// Leads of other lines in the license part.
const LEADS: [&str; 14] = [
    "reason for control",
    "reasons for control",
    "related controls",
    "related definition",
    "related definitions",
    "control(s)",
    "controls",
    "country chart",
    "eccn controls",
    "special reporting",
    "license requirements:",
    "license requirement note",
    "license requirements note",
    "license requirements notes",
];

const SECTIONS: [(&str, Section); 6] = [
    ("license requirements", Section::License),
    ("list based license exceptions", Section::Exceptions),
    ("license exceptions", Section::Exceptions),
    ("special conditions for", Section::Sta),
    ("reporting requirements", Section::Reporting),
    (LIST_OF_ITEMS, Section::ListOfItems),
];

/// The length of the shortest section title that does not begin with the word "license".
const SHORTEST_TITLE: usize = 22;

/// The title of the section that has the paragraphs.
pub(super) const LIST_OF_ITEMS: &str = "list of items controlled";

/// A section title, and whether its words are right.
pub(super) struct SectionTitle {
    pub(super) section: Section,
    pub(super) regular: bool,
}

/// Returns the section that a title names. If the line is set as a title, `garbled` accepts
/// misspelled ones too.
pub(super) fn section(text: &str, garbled: bool) -> Option<SectionTitle> {
    let exact = SECTIONS
        .into_iter()
        .find(|(title, _)| begins(text, title))
        .map(|(title, section)| (title.len(), section, true));
    let (end, section, regular) = exact.or_else(|| {
        let mut near = SECTIONS.into_iter().filter(|_| garbled);
        near.find_map(|(title, section)| Some((near_start(text, title)?, section, false)))
    })?;
    // A title has little text besides its name: "License requirements notes: …" is not a title.
    let rest = text[end..].trim_start();
    let title = rest.is_empty()
        || rest.starts_with(['(', ':']) && rest.len() < 80
        || section == Section::Sta && rest.len() < 50
        // In "Reporting Requirements See § 743.1 …", the section is one sentence.
        || section == Section::Reporting && garbled;
    title.then_some(SectionTitle { section, regular })
}

/// Returns whether a title ends the entry before it: the supplement, a category, a product group, a
/// part, or an annex.
pub(super) fn ends_entries(title: &str) -> bool {
    let numeral = |text: &str| {
        let end = text
            .bytes()
            .take_while(|byte| matches!(byte, b'I' | b'V'))
            .count();
        end > 0 && text[end..].starts_with(". ")
    };
    group(title).is_some()
        || numeral(title)
        || ["Category ", "Part ", "Annex ", "Supplement"]
            .iter()
            .any(|word| title.starts_with(word))
}

/// Returns the digit of a category's title.
pub(super) fn category(title: &str) -> Option<char> {
    let rest = title.strip_prefix("Category ")?;
    rest.chars().next().filter(char::is_ascii_digit)
}

/// Returns the letter of a product group's title.
pub(super) fn group(title: &str) -> Option<char> {
    let letter = title.chars().next().filter(|c| ('A'..='E').contains(c))?;
    title[1..].starts_with(". ").then_some(letter)
}

/// The symbol of a license exception at the beginning of a line, and the text after its colon.
pub(super) struct Symbol<'a> {
    pub(super) symbol: &'a str,
    pub(super) words: &'a str,
    pub(super) known: bool,
}

/// Returns the symbol with which a line begins: "LVS: $3000".
pub(super) fn symbol(text: &str) -> Option<Symbol<'_>> {
    let (symbol, words) = text.split_once(':')?;
    let symbol = symbol.trim();
    let formed = (2..=8).contains(&symbol.len())
        && symbol
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'/');
    formed.then(|| Symbol {
        symbol,
        words: words.trim(),
        known: SYMBOLS.contains(&symbol),
    })
}

/// Returns a symbol or a section title that a line of the exceptions has after its own symbol,
/// because two lines ran into one.
pub(super) fn second_symbol(words: &str) -> Option<&'static str> {
    let titles = SECTIONS
        .into_iter()
        .filter(|(title, _)| !title.starts_with("license"));
    // Most words are an amount or "N/A".
    let long = words.len() >= SHORTEST_TITLE;
    let title = long.then(|| words.to_ascii_lowercase()).and_then(|lower| {
        titles
            .map(|(title, _)| title)
            .find(|title| lower.contains(title))
    });
    if title.is_none() && !words.contains(':') {
        return None;
    }
    title.or_else(|| {
        SYMBOLS.into_iter().find(|symbol| {
            words.match_indices(symbol).any(|(at, _)| {
                words[at + symbol.len()..].trim_start().starts_with(':')
                    && !words[..at].ends_with(|c: char| c.is_alphanumeric())
            })
        })
    })
}

/// Returns whether a line begins as a line of the license part does.
pub(super) fn has_lead(text: &str) -> bool {
    LEADS.iter().any(|lead| begins(text, lead))
        || section(text, false).is_some()
        || symbol(text).is_some()
        || begins(text, "items")
}

/// Returns the lead of a line that has a lead but is not a known line: "Rexson for Control:".
pub(super) fn unknown_lead(text: &str) -> Option<&str> {
    let (lead, _) = text.split_once(':')?;
    let words = lead.split(' ').count();
    (words <= 4 && lead.len() <= 40 && !has_lead(text)).then_some(lead)
}

/// The marker before the paragraphs, and the text after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marker<'a> {
    pub(super) rest: &'a str,
    /// The fault in the marker.
    pub(super) repair: Option<&'static str>,
}

/// Returns the marker "Items:" with which a line begins, in italics or not, correctly written or
/// not.
pub(super) fn marker(text: &str, italic: bool) -> Option<Marker<'_>> {
    const WORD: &str = "items";
    let first = |rest: &str| {
        label::read(rest)
            .is_some_and(|labeled| labeled.path.len() == 1 && labeled.path[0].previous().is_none())
    };
    let after = |end: usize| text[end..].trim_start();
    if begins(text, WORD) {
        let rest = after(WORD.len());
        let colon = rest.starts_with(':');
        let rest = rest.trim_start_matches([':', ' ']);
        return match (italic, colon) {
            (true, true) => Some(None),
            (true, false) if rest.is_empty() => Some(None),
            (true, false) => Some(Some("marker \"Items\" without its colon")),
            (false, true) => Some(Some("marker \"Items:\" that is not in italics")),
            (false, false) => (rest.is_empty() || first(rest)).then_some(Some(
                "marker \"Items\" without its colon and not in italics",
            )),
        }
        .map(|repair| Marker { rest, repair });
    }
    let end = text.find([' ', ':', ';', '.', ',']).unwrap_or(text.len());
    let rest = after(end).trim_start_matches([':', ';', '.', ',', ' ']);
    let nothing = rest.is_empty() || first(rest) || rest.contains("contained in the");
    (nothing && end > 2 && (near(&text[..end], WORD) || italic && first(rest))).then_some(Marker {
        rest,
        repair: Some("marker \"Items:\" written otherwise"),
    })
}

/// Returns whether a text begins with these lower-case ASCII words, in any case.
pub(super) fn begins(text: &str, words: &str) -> bool {
    text.get(..words.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(words))
}

#[cfg(test)]
mod tests {
    use super::{Section, ends_entries, marker, second_symbol, section, unknown_lead};

    #[test]
    fn titles() {
        let read = |text| section(text, true).map(|title| (title.section, title.regular));
        assert_eq!(read("License Requirements"), Some((Section::License, true)));
        assert_eq!(
            read("Lxst Based License Exceptions (See)"),
            Some((Section::Exceptions, false))
        );
        assert_eq!(
            read("Special Conditons for STA"),
            Some((Section::Sta, false))
        );
        assert_eq!(read("License Requirement Note: Not this"), None);
        assert_eq!(read("Acoustics"), None);
        for (title, ends) in [
            ("Category 3—Electronics", true),
            ("A. Sets", true),
            ("III. Weakening", true),
            ("Part 2", true),
            ("Acoustics", false),
            ("IV", false),
        ] {
            assert_eq!(ends_entries(title), ends, "{title}");
        }
    }

    #[test]
    fn leads() {
        assert_eq!(
            unknown_lead("Rexson for Control: NS"),
            Some("Rexson for Control")
        );
        assert_eq!(unknown_lead("Reason for Control: NS"), None);
        assert_eq!(unknown_lead("LVS: $500"), None);
        assert_eq!(second_symbol("$500 GBS: N/A"), Some("GBS"));
        assert_eq!(second_symbol("$500 for GBS"), None);
        let title = Some("special conditions for");
        assert_eq!(second_symbol("N/A Special Conditions for STA"), title);
        for (title, _) in super::SECTIONS {
            assert!(title.starts_with("license") || title.len() >= super::SHORTEST_TITLE);
        }
    }

    #[test]
    fn markers() {
        for (text, italic, expected) in [
            ("Items:", true, Some(("", false))),
            ("Items: a. First", true, Some(("a. First", false))),
            ("Items a. First", true, Some(("a. First", true))),
            ("Items: a. First", false, Some(("a. First", true))),
            ("Itms: a. First", true, Some(("a. First", true))),
            ("Itms:", true, Some(("", true))),
            ("Paragraphs: a. First", true, Some(("a. First", true))),
            ("Items controlled here", false, None),
            ("Iron: b. Second", true, None),
            ("a. First", false, None),
            ("", true, None),
        ] {
            let found = marker(text, italic);
            let found = found.map(|marker| (marker.rest, marker.repair.is_some()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
