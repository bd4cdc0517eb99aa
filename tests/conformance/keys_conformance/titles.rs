//! The numbers in the titles against the official texts.

use std::collections::BTreeSet;

use export_control::{Code, ControlList, Item};

use super::READING;

/// Returns the numbers of a text, thousands without their comma, and with any superscript power.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut number = String::new();
    let chars: Vec<char> = text.chars().chain([' ']).collect();
    for (at, c) in chars.iter().enumerate() {
        let next_digit = chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' => number.push(*c),
            '.' if next_digit
                && (!number.is_empty() || at == 0 || !chars[at - 1].is_alphanumeric()) =>
            {
                number.push('.')
            }
            ',' if next_digit && !number.is_empty() => {}
            _ if !number.is_empty() => {
                found.insert(plain(&number));
                number.clear();
            }
            _ => {}
        }
    }
    found
}

/// Returns one form of a number for "17.0" and "17", or ".50" and "0.5".
fn plain(number: &str) -> String {
    let number = if number.starts_with('.') {
        format!("0{number}")
    } else {
        number.to_owned()
    };
    match number.contains('.') {
        true => number
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => number,
    }
}

/// Returns the figures of the titles that are not in an official text of the item, its ancestors,
/// its descendants, or the items to which its text refers.
fn foreign_numbers<'a>(list: &'a ControlList, texts: &ControlList) -> Vec<(&'a Item, Vec<String>)> {
    let mut foreign = Vec::new();
    for item in list.items().iter().filter(|item| !item.title().is_empty()) {
        let mut title = item.title().to_owned();
        for code in Code::find_in(item.title()) {
            title = title.replace(&code.to_string(), " ");
        }
        let above = item.code().ancestors().chain([item.code()]).chain(
            texts
                .get(item.code())
                .into_iter()
                .flat_map(|item| item.refers_to().to_vec()),
        );
        // "of this ECCN" names a paragraph of the same entry without its code.
        let lineage = item
            .code()
            .ancestors()
            .chain([item.code()])
            .filter_map(|code| texts.get(code)?.text());
        let beside = lineage
            .into_iter()
            .any(|text| text.contains("of this ECCN") || text.contains("of this entry"));
        let official: BTreeSet<String> = above
            .filter_map(|code| texts.get(code))
            .chain(texts.subtree(if beside {
                item.code().entry()
            } else {
                item.code()
            }))
            .filter_map(Item::text)
            .flat_map(numbers)
            .collect();
        let strange: Vec<String> = numbers(&title)
            .into_iter()
            .filter(|number| !official.contains(number))
            .collect();
        if !strange.is_empty() {
            foreign.push((item, strange));
        }
    }
    foreign
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn numbers_of_titles_stand_in_the_official_text() {
    let foreign = foreign_numbers(export_control::us_ccl(), &READING.list);
    let shown: Vec<String> = foreign
        .iter()
        .map(|(item, numbers)| format!("{} {:?}: {numbers:?}", item.code(), item.title()))
        .collect();
    assert!(
        shown.is_empty(),
        "{} titles\n{}",
        shown.len(),
        shown.join("\n")
    );
}
