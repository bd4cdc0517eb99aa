//! Reads the keys and figures in the text of an item.

use crate::code::{Code, ProductGroup, codes};
use crate::identifier::{HsCode, cas_in, elements_in_chinese};
use crate::list::Item;
use crate::quantity::in_chinese;
use crate::text::chars::is_chinese;

use super::label::is_reference;

/// Reads the keys of a text into its item, and their faults into `problems`.
pub(super) fn read(item: &mut Item, text: &str, problems: &mut Vec<String>) {
    let (plain, customs) = customs(text);
    let plain = chinese_marks(&plain);
    for hs in customs {
        match hs.parse::<HsCode>() {
            Ok(hs) => item.facts.hs.push(hs),
            Err(error) => problems.push(error.to_string()),
        }
    }
    let mut numbers = 0;
    for cas in cas_in(&plain) {
        numbers += 1;
        match cas {
            Ok(cas) => item.facts.cas.push(cas),
            Err(error) => problems.push(error.to_string()),
        }
    }
    if numbers == 0 && plain.contains("CAS") {
        problems.push("names a CAS number and none is readable".to_owned());
    }
    item.facts.quantities.extend(in_chinese(&plain));
    let code = item.code;
    let named = codes(&plain)
        .map(|(_, _, named)| named)
        .filter(|named| *named != code);
    item.facts.refers_to.extend(named);
    if code.group() == ProductGroup::C && item.is_live() && item.facts.elements.is_empty() {
        item.facts.elements = elements_in_chinese(&plain).into();
    }
    if let Some(number) = long_number(&plain) {
        problems.push(format!(
            "{:?} in the text, which nothing calls a customs code",
            super::short(number)
        ));
    }
    if let Some(word) = damaged_reference(&plain) {
        problems.push(format!("{:?} before 项 is not a code", super::short(word)));
    }
    if let Some(named) = run_in(&plain, code) {
        problems.push(format!(
            "names {named} as the beginning of an item does; two lines may have run together"
        ));
    }
}

/// Returns the text with full-width colons, which the readers of Chinese expect after Chinese.
fn chinese_marks(text: &str) -> String {
    let mut before = ' ';
    text.chars()
        .map(|c| {
            let last = std::mem::replace(&mut before, c);
            match c {
                ':' if is_chinese(last) => '：',
                c => c,
            }
        })
        .collect()
}

/// Returns a text without its customs codes, and the codes.
fn customs<'a>(text: &'a str) -> (String, Vec<&'a str>) {
    let (mut plain, mut found) = (String::new(), Vec::new());
    let mut rest = text;
    // Without a colon, the words are about codes and do not introduce any.
    let led_in = |text: &'a str| {
        let words = ["参考海关商品编号", "参考税则号列", "海关商品编号"]
            .iter()
            .find_map(|words| text.strip_prefix(words))?
            .trim_start();
        words.strip_prefix(['：', ':']).or_else(|| {
            words
                .starts_with(|c: char| c.is_ascii_digit())
                .then_some(words)
        })
    };
    while let Some((at, list)) = rest
        .match_indices(['参', '海'])
        .find_map(|(at, _)| Some((at, led_in(&rest[at..])?)))
    {
        let head = rest[..at].trim_end_matches(['（', '(']);
        plain.push_str(head);
        let end = list.find(['）', ')', '；', '。']).unwrap_or(list.len());
        found.extend(
            list[..end]
                .split(['、', ',', '，', ';', ' '])
                .map(str::trim)
                .filter(|code| !code.is_empty()),
        );
        rest = list[end..].trim_start_matches(['）', ')']);
    }
    plain.push_str(rest);
    (plain, found)
}

/// Returns a run of eight or more digits, which is almost certainly a customs code.
fn long_number(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() >= 8)
}

/// Returns a word before 项 that looks like a code but is not one: "1C99项".
fn damaged_reference(text: &str) -> Option<&str> {
    text.match_indices('项').find_map(|(at, _)| {
        let before = text[..at].trim_end();
        let length = before
            .bytes()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
            .count();
        let word = &before[before.len() - length..];
        let is_like = word.contains(|c: char| c.is_ascii_digit())
            && word.contains(|c: char| c.is_ascii_uppercase());
        let whole = word
            .parse::<Code>()
            .is_ok_and(|code| code.to_string() == word);
        (is_like && !whole).then_some(word)
    })
}

/// Returns a code in the middle of a text that is followed by what follows a code at the beginning
/// of an item.
fn run_in(text: &str, own: Code) -> Option<Code> {
    codes(text).find_map(|(at, length, code)| {
        let after = &text[at + length..];
        let begins = after.starts_with(['．', '.', ' ', '：', '\u{3000}', '\t']);
        (code != own && begins && !is_reference(after)).then_some(code)
    })
}
