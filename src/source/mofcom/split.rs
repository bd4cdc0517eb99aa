//! Finds the places where several lines of a notice are written on one line.

use super::label::{code_at, enumerator, is_reference, label};

/// The heads of the page, each of which begins a line.
const PAGE_HEADS: [&str; 5] = [
    "【发文日期】",
    "【发布文号】",
    "【发文字号】",
    "【发文号】",
    "【发布单位】",
];

/// The strength of the evidence for a line end at a place.
#[derive(PartialEq, Clone, Copy)]
enum Break {
    /// Only the beginning of a line is written in this way.
    Sure,
    /// The beginning of a line, if this line has others of this kind.
    Likely,
}

/// Returns the offsets at which further lines of the notice begin.
pub(super) fn points(line: &str) -> Vec<usize> {
    let found = candidates(line);
    if found.iter().all(|(_, sort)| *sort == Break::Likely) {
        return Vec::new();
    }
    found.into_iter().map(|(at, _)| at).collect()
}

fn candidates(line: &str) -> Vec<(usize, Break)> {
    let body = line.trim_start();
    // Only the line of an item has paragraphs. In a note, the labels belong to the note.
    let is_item = !body.starts_with("说明")
        && (label(body).is_some() || enumerator(body).0.is_some() || code_at(body).is_some());
    let mut found = Vec::new();
    let mut before = None;
    let mut spaced = false;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        if let Some(before) = before
            && let Some(sort) = sort(&line[at..], before, spaced, is_item)
        {
            found.push((at, sort));
        }
        before = Some(c);
        spaced = false;
    }
    found
}

/// Returns the strength of the evidence that a line begins here, after the character `before`.
fn sort(rest: &str, before: char, spaced: bool, is_item: bool) -> Option<Break> {
    let ended = matches!(before, '；' | ';' | '。');
    match rest.chars().next()? {
        '【' => PAGE_HEADS
            .iter()
            .any(|head| rest.starts_with(head))
            .then_some(Break::Sure),
        '（' | '(' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' =>
        {
            // "第（一）项" refers to a place in the text.
            if "一二三四五六七八九十第".contains(before) {
                return None;
            }
            let (Some(_), text) = enumerator(rest) else {
                return None;
            };
            match code_at(text) {
                Some((length, _)) if !is_reference(&text[length..]) => Some(Break::Sure),
                _ => (spaced || ended).then_some(Break::Likely),
            }
        }
        '0'..='9' if ended && code_at(rest).is_some() => {
            let (length, _) = code_at(rest)?;
            (!is_reference(&rest[length..])).then_some(Break::Sure)
        }
        '0'..='9' | 'a'..='z' => {
            let (_, text) = label(rest).map(|(label, text, _)| (label, text))?;
            let short = rest.len() - text.len() <= 6;
            let worded = text
                .starts_with(|c: char| !c.is_ascii() || c.is_ascii_uppercase() && ended && is_item);
            if !short || !worded || before.is_ascii_alphanumeric() {
                return None;
            }
            match (is_item && (ended || matches!(before, '：' | ':')), spaced) {
                (true, _) => Some(Break::Sure),
                (false, true) => Some(Break::Likely),
                (false, false) => None,
            }
        }
        '说' if rest.starts_with("说明：") || rest.starts_with("说明:") => {
            (ended || matches!(before, '）' | ')')).then_some(Break::Sure)
        }
        '本' if rest.starts_with("本公告自") => (spaced || ended).then_some(Break::Likely),
        '附' if rest.starts_with("附件：") => (spaced || ended).then_some(Break::Likely),
        '出' if rest.starts_with("出口经营者") => (spaced || ended).then_some(Break::Likely),
        _ => None,
    }
}
