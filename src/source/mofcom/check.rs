//! Checks a notice for signs of lost lines.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::{Code, Label, codes};
use crate::error::Error;
use crate::list::{ChildLogic, ItemState};
use crate::measure::Measure;
use crate::source::observation::ObservationKind;

use super::head;
use super::items::{Items, LOST};
use super::label::{Numbering, is_reference};
use super::lines::Line;

/// Completes the items and reports contradictions.
pub(super) fn finish(
    items: &mut Items<'_>,
    body: &[Line<'_>],
    measure: &Measure,
) -> Result<(), Error> {
    if let Some((code, line, true)) = items.last.take() {
        let detail = format!("ends as if another paragraph followed and none does{LOST}");
        items.note(line, Some(code), ObservationKind::Unclear, detail);
    }
    for (line, text, after_rules) in std::mem::take(&mut items.loose) {
        if !after_rules && !head::is_signature(&text) {
            let detail = format!("unlabeled text after the items: {text}");
            items.note(line, None, ObservationKind::Skipped, detail);
        }
    }
    if !items.items.is_empty() {
        for (line, text) in std::mem::take(&mut items.orphans) {
            let detail = format!("numbered lines that belong to no item: {text}");
            items.note(line, None, ObservationKind::Skipped, detail);
        }
    }
    set_logic(items);
    check_lead_ins(items);
    check_headings(items);
    check_ends(items);
    check_runs(items);
    if items.items.is_empty() {
        return refuse(items, body, measure);
    }
    check_codes(items, body);
    Ok(())
}

/// Returns whether a text says what somebody must do, and not what is controlled.
pub(super) fn is_rule(text: &str) -> bool {
    ["应当", "不得", "本公告", "禁止", "出口经营者", "附件"]
        .iter()
        .any(|words| text.contains(words))
}

/// Returns whether a text ends as a sentence or a list does.
pub(super) fn has_end(text: &str) -> bool {
    text.trim_end().ends_with(['。', '；', ';', '：', ':', '.'])
}

/// Returns an error if codes were found but no line was read as an item.
fn refuse(items: &Items<'_>, body: &[Line<'_>], measure: &Measure) -> Result<(), Error> {
    const EXPECTED: &str = "a line that begins with its code, such as （一）1C117.b．, or ends in （管制编码：1C117.b）";
    if let Some(note) = items
        .notes
        .iter()
        .find(|note| note.kind == ObservationKind::Unclear && note.detail.starts_with("found "))
    {
        let found = note.detail.trim_start_matches("found ");
        let found = found.split(" where").next().unwrap_or(found);
        return Err(Error::unexpected(found, EXPECTED).at_line(note.line));
    }
    if !measure.suspends.is_empty() {
        return Ok(());
    }
    for line in body.iter().filter(|line| !line.text.contains("://")) {
        if let Some((at, length, code)) =
            codes(line.text).find(|(at, length, _)| !is_reference(&line.text[at + length..]))
        {
            let column = line.text[..at].chars().count() as u64 + 1;
            let named = &line.text[at..at + length];
            return Err(Error::unexpected(
                format!("the code {named} in a line that is read as no item"),
                EXPECTED,
            )
            .at(line.number, column)
            .of_code(code));
        }
    }
    Ok(())
}

/// Checks that every code of the text belongs to an item or is mentioned.
fn check_codes(items: &mut Items<'_>, body: &[Line<'_>]) {
    let read: BTreeSet<u64> = items.lines.values().copied().collect();
    let reported: BTreeSet<u64> = items.notes.iter().map(|note| note.line).collect();
    let mut found = Vec::new();
    for line in body {
        if read.contains(&line.number)
            || reported.contains(&line.number)
            || line.text.contains("://")
        {
            continue;
        }
        if let Some((_, _, code)) =
            codes(line.text).find(|(at, length, _)| !is_reference(&line.text[at + length..]))
        {
            found.push((line.number, code));
        }
    }
    for (line, code) in found {
        let detail = format!("names {code} and is read as no item");
        items.note(line, None, ObservationKind::Unclear, detail);
    }
}

/// Checks the ends of items. If the other items with the same kind of number end in a mark, one
/// without a mark is cut off.
fn check_ends(items: &mut Items<'_>) {
    let ends = std::mem::take(&mut items.ends);
    for alike in [
        None,
        Some(Numbering::Outer),
        Some(Numbering::Inner),
        Some(Numbering::Figures),
    ] {
        let of_these = || ends.iter().filter(|end| end.numbering == alike);
        let whole = of_these().filter(|end| end.whole).count();
        if whole * 2 <= of_these().count() {
            continue;
        }
        for end in of_these().filter(|end| !end.whole) {
            let detail = "breaks off without an end mark, which the other items have".to_owned();
            items.note(end.line, Some(end.code), ObservationKind::Unclear, detail);
        }
    }
}

/// Checks that the labels of one parent's codes follow each other.
fn check_runs(items: &mut Items<'_>) {
    let mut below: BTreeMap<Code, Vec<Code>> = BTreeMap::new();
    for code in items.items.keys() {
        if let Some(parent) = code.parent() {
            below.entry(parent).or_default().push(*code);
        }
    }
    for pair in below.values().flat_map(|codes| codes.windows(2)) {
        let last = |code: Code| code.labels().next_back();
        if let [before, code] = *pair
            && last(code).and_then(Label::previous) != last(before)
        {
            let line = items.lines.get(&code).copied().unwrap_or(1);
            let detail = format!("the notice has no code between {before} and this one");
            items.note(line, Some(code), ObservationKind::Unclear, detail);
        }
    }
}

/// Checks that a text that announces paragraphs has some.
fn check_lead_ins(items: &mut Items<'_>) {
    let lost: Vec<Code> = items
        .items
        .values()
        .filter(|item| item.logic == ChildLogic::Leaf)
        .filter(|item| {
            let text = item.text.as_deref().unwrap_or_default();
            text.ends_with(['：', ':'])
        })
        .map(|item| item.code)
        .collect();
    for code in lost {
        let line = items.lines.get(&code).copied().unwrap_or(1);
        let detail = format!("announces paragraphs and none follows{LOST}");
        items.note(line, Some(code), ObservationKind::Unclear, detail);
    }
}

/// Checks that a numbered heading among the items has a code, or codes below it.
fn check_headings(items: &mut Items<'_>) {
    if items.items.is_empty() {
        return;
    }
    let headings = std::mem::take(&mut items.headings);
    let outer_coded = headings
        .iter()
        .any(|heading| !heading.inner && heading.coded);
    for section in headings.chunk_by(|_, next| next.inner) {
        let inner_coded = section.iter().any(|heading| heading.inner && heading.coded);
        let after = section
            .last()
            .map_or(0, |last| last.heads + usize::from(last.coded));
        for heading in section
            .iter()
            .filter(|heading| !heading.settled && !is_rule(&heading.text))
        {
            let (siblings, empty) = if heading.inner {
                (inner_coded, false)
            } else {
                (
                    outer_coded,
                    after == heading.heads && !heading.text.contains('。'),
                )
            };
            if siblings || empty {
                let detail = format!(
                    "a numbered heading without a readable code; what it controls is left out: {}",
                    heading.text
                );
                items.note(heading.line, None, ObservationKind::Unclear, detail);
            }
        }
    }
}

/// Words that make the paragraphs conditions. The next table has words that make them alternatives.
const ALL: [&str; 10] = [
    "所有特性",
    "以下所有",
    "下述所有",
    "全部特性",
    "以下全部",
    "下述全部",
    "两种特性",
    "两项特性",
    "两个特性",
    "所有条件",
];
const ANY: [&str; 5] = ["任一", "以下任何", "下述任何", "任何一", "之一"];

/// Returns whether all or any of the parts after a text must be met, if the text says so.
pub(super) fn logic(text: &str) -> Option<ChildLogic> {
    let last = |words: &[&str]| words.iter().filter_map(|words| text.rfind(words)).max();
    // In "具有下述任一特性…的以下所有…", the words nearest to the list apply to it.
    match (last(&ALL), last(&ANY)) {
        (None, None) => None,
        (all, any) if all > any => Some(ChildLogic::All),
        _ => Some(ChildLogic::Any),
    }
}

fn set_logic(items: &mut Items<'_>) {
    let parents: BTreeSet<Code> = items
        .items
        .values()
        .filter(|item| item.state != ItemState::Reserved)
        .filter_map(|item| item.code.parent())
        .collect();
    let mut untold = Vec::new();
    for parent in parents {
        let Some(item) = items.items.get_mut(&parent) else {
            continue;
        };
        let text = item.text.as_deref().unwrap_or_default();
        let logic = logic(text);
        item.logic = logic.unwrap_or(ChildLogic::Any);
        if logic.is_none() && (text.contains("特性") || text.contains("条件")) {
            untold.push(parent);
        }
    }
    for code in untold {
        let line = items.lines.get(&code).copied().unwrap_or(1);
        let detail = "does not say whether all or any of its paragraphs must be met; taken for any";
        items.note(
            line,
            Some(code),
            ObservationKind::Unclear,
            detail.to_owned(),
        );
    }
}
