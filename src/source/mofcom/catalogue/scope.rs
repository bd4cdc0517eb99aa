//! Notes, purposes and remarks in a description.

use std::borrow::Cow;

use crate::code::{Code, codes};
use crate::list::NoteKind;

use super::super::outline::marks;

/// Words that begin a note. 技术说明 comes before 说明, which it contains.
const LEADS: [(&str, Option<NoteKind>); 3] = [
    ("技术说明：", Some(NoteKind::Definition)),
    ("说明：", None),
    ("例外：", Some(NoteKind::Exclusion)),
];

/// Words with which a note excludes something.
const EXCLUDING: [&str; 7] = [
    "不管制",
    "不受管制",
    "除外",
    "不包括",
    "不适用",
    "不包含",
    "另有规定",
];

/// The maximum number of characters in the clause of a purpose.
const LONGEST_CLAUSE: usize = 120;

/// Returns the text with superscripts for powers of ten: `1.27×10⁷` for `1.27×107`.
pub(super) fn with_powers(text: &str) -> Cow<'_, str> {
    if !text.contains("×10") {
        return Cow::Borrowed(text);
    }
    let raised = |c: char| match c {
        '-' | '−' => Some('⁻'),
        c => c
            .to_digit(10)
            .and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize)),
    };
    let mut whole = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find("×10") {
        let (before, after) = rest.split_at(at + "×10".len());
        whole.push_str(before);
        let sign = usize::from(after.starts_with('-')) + 3 * usize::from(after.starts_with('−'));
        let digits = after[sign..].bytes().take_while(u8::is_ascii_digit).count();
        // "120×1000" and "120×105 mm" are products. The powers in the list have at most two digits.
        let figures = &after[sign..sign + digits];
        let raised_figures = (1..=2).contains(&digits) && !figures.starts_with('0');
        let mantissa = whole.strip_suffix("×10").unwrap_or_default();
        let whole_part = mantissa
            .bytes()
            .rev()
            .take(12)
            .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
            .collect::<Vec<u8>>();
        let leading = whole_part.rsplit(|byte| *byte == b'.').next();
        let short = leading.is_some_and(|figures| (1..=2).contains(&figures.len()));
        let power = if raised_figures && short {
            sign + digits
        } else {
            0
        };
        whole.extend(after[..power].chars().filter_map(raised));
        rest = &after[power..];
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// Returns the text without the bracketed remarks at its ends, and the remarks.
pub(super) fn without_remarks(text: &str) -> (&str, Vec<&str>) {
    let mut text = text.trim();
    let mut remarks = Vec::new();
    if let Some(rest) = text.strip_prefix('[')
        && let Some((remark, rest)) = rest.split_once("] ")
    {
        remarks.push(remark);
        text = rest.trim_start();
    }
    while let Some(inner) = text.strip_suffix(']')
        && let Some(at) = inner.rfind('[')
    {
        let before = inner[..at].trim_end();
        // The brackets of "…[4,5-d]" belong to a name.
        if !before.is_empty()
            && !before.ends_with(['。', '；', '：', '）', ']'])
            && at + 30 > inner.len()
        {
            break;
        }
        remarks.push(&inner[at + 1..]);
        text = before;
    }
    (text, remarks)
}

/// Returns the first lead of a note in a text: the offset of the lead, the offset of the words
/// after it, and its kind if the lead shows it.
fn lead(text: &str) -> Option<(usize, usize, Option<NoteKind>)> {
    text.match_indices(['技', '说', '例']).find_map(|(at, _)| {
        let (words, kind) = LEADS
            .iter()
            .find(|(words, _)| text[at..].starts_with(words))?;
        Some((at, at + words.len(), *kind))
    })
}

/// Returns the notes of a text, each with its kind.
pub(super) fn notes_in(text: &str) -> Vec<(NoteKind, String)> {
    let mut notes = Vec::new();
    // A remark may replace a note that is printed in another place.
    if text.ends_with("aircraft note")
        || text == "同上"
        || text.contains("不包含") && lead(text).is_none()
    {
        return vec![(NoteKind::Exclusion, text.to_owned())];
    }
    let mut rest = text;
    while let Some((_, begin, kind)) = lead(rest) {
        let after = &rest[begin..];
        let end = lead(after).map_or(after.len(), |(at, ..)| at);
        let words = after[..end].trim().trim_end_matches(['；', '。']);
        if kind.is_some() {
            notes.push((kind.unwrap_or(NoteKind::Definition), words.to_owned()));
        } else {
            notes.extend(explained(words));
        }
        rest = &after[end..];
    }
    notes
}

/// Returns the parts of an explanation: its exclusions, and its inclusions.
fn explained(words: &str) -> Vec<(NoteKind, String)> {
    let kind = |words: &str| {
        if EXCLUDING.iter().any(|sign| words.contains(sign)) {
            NoteKind::Exclusion
        } else {
            NoteKind::Inclusion
        }
    };
    let marks = marks(words);
    // "1．…。2．…。" are separate notes. A list after a colon belongs to its sentence.
    let listed = marks.first().is_some_and(|mark| mark.at == 0);
    if !listed {
        return vec![(kind(words), words.to_owned())];
    }
    let outer = marks
        .iter()
        .filter(|mark| mark.label.is_number())
        .collect::<Vec<_>>();
    (0..outer.len())
        .map(|at| {
            let end = outer.get(at + 1).map_or(words.len(), |next| next.at);
            let part = words[outer[at].end..end]
                .trim()
                .trim_end_matches(['；', '。']);
            (kind(part), part.to_owned())
        })
        .collect()
}

/// Returns the description without its notes, and the notes.
pub(super) fn split_notes(text: &str, code: Code) -> (String, Vec<(NoteKind, String)>) {
    let Some((at, ..)) = lead(text) else {
        return (text.to_owned(), Vec::new());
    };
    let (body, rest) = text.split_at(at);
    // A note on the parent is printed before the first paragraph: "…部件：说明：…。a．…".
    let first = code.labels().next();
    if let Some(first) = first
        && marks(body).is_empty()
        && let Some(mark) = marks(rest).into_iter().find(|mark| mark.label == first)
    {
        let (note, own) = rest.split_at(mark.at);
        let (own, mut notes) = split_notes_once(own);
        let mut all = notes_in(note);
        all.append(&mut notes);
        return (format!("{body}{own}"), all);
    }
    (body.to_owned(), notes_in(rest))
}

fn split_notes_once(text: &str) -> (&str, Vec<(NoteKind, String)>) {
    match lead(text) {
        Some((at, ..)) => (&text[..at], notes_in(&text[at..])),
        None => (text, Vec::new()),
    }
}

/// Returns the item to which a note belongs: of the row's code and its ancestors, the narrowest
/// that contains all codes that the note names.
pub(super) fn holder(code: Code, words: &str) -> Code {
    // After the first clause, the note says what is excluded or included.
    let subject = words.split(['。', '：']).next().unwrap_or(words);
    let mut named = codes(subject)
        .map(|(_, _, named)| named)
        .filter(|named| named.entry() == code.entry());
    let Some(first) = named.next() else {
        return code;
    };
    named.fold(first, |holder, other| {
        std::iter::once(holder)
            .chain(holder.ancestors())
            .find(|above| above.contains(other))
            .unwrap_or(code.entry())
    })
}

/// Returns whether a text lists conditions and not goods.
pub(super) fn states_conditions(lead: &str) -> bool {
    ["特性", "条件"].iter().any(|words| lead.contains(words))
}

/// Returns the clause that states the purpose that an item must have.
pub(super) fn purpose(text: &str) -> Option<&str> {
    let clause = |at: usize| {
        let rest = &text[at..];
        let mut near = rest.char_indices().take(LONGEST_CLAUSE + 1).enumerate();
        let end = near
            .find(|(count, (_, c))| *count == LONGEST_CLAUSE || "，；：。（".contains(*c))
            .map_or(rest.len(), |(_, (end, _))| end);
        let clause = &rest[..end];
        clause.split_once('的').map_or(clause, |(clause, _)| clause)
    };
    text.match_indices(['用', '为', '供'])
        .find_map(|(at, sign)| {
            let rest = &text[at..];
            let begins = match sign {
                "用" => rest.starts_with("用于") || rest.starts_with("用来"),
                "供" => rest.starts_with("供") && !text[..at].ends_with('提'),
                _ => clause(at).contains("设计") || clause(at).contains("专门"),
            };
            // The words can also be negated, or belong to the parts that are made for the item.
            let denied = text[..at].ends_with(['适', '不', '作', '因', '称'])
                || rest.starts_with("为其")
                || rest.starts_with("为此");
            (begins && !denied)
                .then(|| clause(at))
                .filter(|clause| clause.chars().nth(3).is_some())
        })
}
