//! The items that a notice lists.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::codes;
use crate::code::{Code, Label, ProductGroup};
use crate::identifier::{HsCode, cas_in, elements_in_chinese, once_each};
use crate::list::{ChildLogic, Item, ItemState};
use crate::measure::Measure;
use crate::quantity::in_chinese;
use crate::source::observation::{Observation, ObservationKind};

use super::Line;

/// How an observation ends that says so.
const LOST: &str = ": lines of the text are lost";

/// The items under construction.
struct Items<'a> {
    measure: &'a Measure,
    items: BTreeMap<Code, Item>,
    lines: BTreeMap<Code, u64>,
    /// The item to which numbered lines belong.
    base: Option<Code>,
    /// The labels from the base down to the last line.
    path: Vec<Label>,
    /// The last 一、 and the last （一） of the running lists.
    enumerators: [Option<u16>; 2],
    in_notes: bool,
    headings: Vec<Heading>,
    /// How many lines with codes there were.
    heads: usize,
    /// Lines without label since the last item.
    loose: Vec<(u64, String)>,
    notes: Vec<Observation>,
}

/// A line with 一、 or （一）.
struct Heading {
    line: u64,
    inner: bool,
    text: String,
    /// Whether it names a code, or was reported because of what stands in the place of one.
    settled: bool,
    coded: bool,
    /// How many lines with codes came before it.
    heads: usize,
}

/// What the items have come to.
pub(super) struct Listed {
    /// In list order.
    pub(super) items: Vec<Item>,
    /// Whether the text betrays that lines of it are lost.
    pub(super) lost: bool,
}

/// Reads the items of a notice.
pub(super) fn read(
    body: &[Line<'_>],
    measure: &Measure,
    observations: &mut Vec<Observation>,
) -> Listed {
    let mut items = Items {
        measure,
        items: BTreeMap::new(),
        lines: BTreeMap::new(),
        base: None,
        path: Vec::new(),
        enumerators: [None, None],
        in_notes: false,
        headings: Vec::new(),
        heads: 0,
        loose: Vec::new(),
        notes: Vec::new(),
    };
    for line in body {
        items.line(line);
    }
    for item in items.items.values_mut() {
        once_each(&mut item.hs);
        once_each(&mut item.cas);
        item.refers_to.sort_unstable();
        item.refers_to.dedup();
    }
    items.set_logic();
    items.check_lead_ins();
    items.check_headings();
    let lost = items.notes.iter().any(|note| note.detail.ends_with(LOST));
    observations.append(&mut items.notes);
    Listed {
        items: items.items.into_values().collect(),
        lost,
    }
}

impl Items<'_> {
    fn note(&mut self, line: u64, code: Option<Code>, kind: ObservationKind, detail: String) {
        self.notes.push(Observation {
            line,
            code,
            kind,
            detail,
        });
    }

    fn line(&mut self, line: &Line<'_>) {
        let (enumerator, text) = enumerator(line.text);
        if let Some((inner, number)) = enumerator {
            let level = usize::from(inner);
            if let Some(before) = self.enumerators[level]
                && number > before + 1
                && !self.items.is_empty()
            {
                let detail = format!("item {number} of a list follows item {before}{LOST}");
                self.note(line.number, self.base, ObservationKind::Unclear, detail);
            }
            self.enumerators[level] = Some(number);
            if !inner {
                self.enumerators[1] = None;
            }
            self.in_notes = false;
            self.headings.push(Heading {
                line: line.number,
                inner,
                text: short(text),
                settled: false,
                coded: false,
                heads: self.heads,
            });
        }
        let heads = self.heads;
        let mut misread = false;
        if text.starts_with("说明") {
            self.in_notes = true;
            self.note(
                line.number,
                self.base,
                ObservationKind::Skipped,
                format!("note: {}", short(text)),
            );
        } else if let Some((named, rest)) = leading_codes(text) {
            self.in_notes = false;
            self.head(line.number, &named, rest);
        } else if let Some((named, rest)) = trailing_codes(text) {
            self.in_notes = false;
            self.head(line.number, &named, rest);
        } else if let Some(found) =
            misread_code(text, enumerator.is_some()).filter(|_| !self.in_notes)
        {
            misread = true;
            self.base = None;
            let detail = format!(
                "found {:?} where a control code stands; the item and what stands below it are left out",
                short(found)
            );
            self.note(line.number, None, ObservationKind::Unclear, detail);
        } else if self.in_notes && label(text).is_some() {
            self.note(
                line.number,
                self.base,
                ObservationKind::Skipped,
                format!("note: {}", short(text)),
            );
        } else if enumerator.is_some() {
            // A heading, or a rule of the notice.
            self.base = None;
        } else if let Some((label, rest)) = label(text)
            && let Some(base) = self.base
        {
            self.paragraph(line.number, base, label, rest);
        } else if self.base.is_some() {
            self.loose.push((line.number, short(text)));
        }
        if enumerator.is_some()
            && let Some(heading) = self.headings.last_mut()
        {
            heading.coded = self.heads > heads;
            heading.settled = heading.coded || misread;
        }
    }

    /// A line that names its codes.
    fn head(&mut self, line: u64, named: &[Code], text: &str) {
        // What stands between two items belongs to them or is lost; what stands after the last is
        // the notice's rules.
        for (line, text) in std::mem::take(&mut self.loose) {
            self.note(
                line,
                self.base,
                ObservationKind::Skipped,
                format!("unlabelled text among the items: {text}"),
            );
        }
        self.heads += 1;
        for code in named {
            self.item(line, *code, text);
        }
        self.base = match named {
            [code] => Some(*code),
            _ => None,
        };
        self.path.clear();
    }

    /// A numbered line below an item.
    fn paragraph(&mut self, line: u64, base: Code, label: Label, text: &str) {
        let same_kind = |other: &Label| other.is_number() == label.is_number();
        let first = label.previous().is_none();
        let level = match self
            .path
            .iter()
            .rposition(|other| same_kind(other) && Some(*other) == label.previous())
        {
            Some(level) => level,
            None if first => self.path.len(),
            None => self
                .path
                .iter()
                .rposition(same_kind)
                .unwrap_or(self.path.len()),
        };
        let before = self.path.get(level).copied();
        self.path.truncate(level);
        let parent = self
            .path
            .iter()
            .try_fold(base, |code, label| code.child(*label));
        let Some(code) = parent.and_then(|parent| parent.child(label)) else {
            return self.note(
                line,
                Some(base),
                ObservationKind::Unclear,
                format!("label deeper than a code can be: {}", short(text)),
            );
        };
        if !first && before.is_none_or(|before| Some(before) != label.previous()) {
            let detail = format!("paragraph {label} without the one before it{LOST}");
            self.note(line, Some(code), ObservationKind::Unclear, detail);
        }
        self.path.push(label);
        self.item(line, code, text);
    }

    fn item(&mut self, line: u64, code: Code, text: &str) {
        let text = text.trim().trim_end_matches(['；', '。', ';']);
        if let Some(item) = self.items.get_mut(&code) {
            // One heading may stand under two materials.
            let before = item.text.get_or_insert_default();
            before.push('\n');
            before.push_str(text);
            self.note(
                line,
                Some(code),
                ObservationKind::Repaired,
                "the code stands a second time; the texts are joined".to_owned(),
            );
        } else {
            let mut item = Item::new(code);
            item.measure = Some(self.measure.id.clone());
            item.in_force = self.measure.in_force;
            if text.trim_matches(['【', '】', '[', ']', '（', '）', '(', ')']) == "保留" {
                item.state = ItemState::Reserved;
            } else {
                item.text = Some(text.to_owned());
            }
            self.items.insert(code, item);
            self.lines.insert(code, line);
        }
        self.keys(line, code, text);
    }

    fn keys(&mut self, line: u64, code: Code, text: &str) {
        let mut problems = Vec::new();
        let (plain, customs) = customs(text);
        if let Some(item) = self.items.get_mut(&code) {
            for hs in customs {
                match hs.parse::<HsCode>() {
                    Ok(hs) => item.hs.push(hs),
                    Err(error) => problems.push(error.to_string()),
                }
            }
            for cas in cas_in(&plain) {
                match cas {
                    Ok(cas) => item.cas.push(cas),
                    Err(error) => problems.push(error.to_string()),
                }
            }
            item.quantities.extend(in_chinese(&plain));
            item.refers_to.extend(
                codes(&plain)
                    .map(|(_, _, named)| named)
                    .filter(|named| *named != code),
            );
            if code.group() == ProductGroup::C && item.is_live() && item.elements.is_empty() {
                item.elements = elements_in_chinese(&plain);
            }
        }
        for problem in problems {
            self.note(line, Some(code), ObservationKind::Unclear, problem);
        }
    }

    /// A text that announces paragraphs has some.
    fn check_lead_ins(&mut self) {
        let lost: Vec<Code> = self
            .items
            .values()
            .filter(|item| {
                item.logic == ChildLogic::Leaf
                    && item
                        .text
                        .as_deref()
                        .is_some_and(|text| text.ends_with(['：', ':']))
            })
            .map(|item| item.code)
            .collect();
        for code in lost {
            let line = self.lines.get(&code).copied().unwrap_or(1);
            self.note(
                line,
                Some(code),
                ObservationKind::Unclear,
                format!("announces paragraphs and none follows{LOST}"),
            );
        }
    }

    /// Among the items a numbered heading has a code, or such stand below it.
    fn check_headings(&mut self) {
        if self.items.is_empty() {
            return;
        }
        let headings = std::mem::take(&mut self.headings);
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
                    self.note(heading.line, None, ObservationKind::Unclear, detail);
                }
            }
        }
    }

    fn set_logic(&mut self) {
        let parents: BTreeSet<Code> = self
            .items
            .values()
            .filter(|item| item.state != ItemState::Reserved)
            .filter_map(|item| item.code.parent())
            .collect();
        for parent in parents {
            if let Some(item) = self.items.get_mut(&parent) {
                let text = item.text.as_deref().unwrap_or_default();
                let all = ["所有特性", "以下所有", "下述所有", "全部特性"]
                    .iter()
                    .any(|words| text.contains(words));
                item.logic = if all {
                    ChildLogic::All
                } else {
                    ChildLogic::Any
                };
            }
        }
    }
}

/// A text without its customs codes, and these.
fn customs<'a>(text: &'a str) -> (String, Vec<&'a str>) {
    let (mut plain, mut found) = (String::new(), Vec::new());
    let mut rest = text;
    // Without a colon they are words about codes, and no codes.
    let led_in = |text: &'a str| {
        let words = ["参考海关商品编号", "参考税则号列", "海关商品编号"]
            .iter()
            .find_map(|words| text.strip_prefix(words));
        words.and_then(|list| list.trim_start().strip_prefix(['：', ':']))
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

/// The codes with which a line begins, `1E004、1E101.b．`, and the text after them.
fn leading_codes(text: &str) -> Option<(Vec<Code>, &str)> {
    let (mut named, mut rest) = (Vec::new(), text);
    while let Some((0, length, code)) = codes(rest).next() {
        named.push(code);
        let after = rest[length..].trim_start();
        rest = match after.strip_prefix(['、', '，']) {
            Some(after) => after.trim_start(),
            None => {
                rest = &rest[length..];
                break;
            }
        };
    }
    let text = rest.trim_start_matches(['．', '.', ' ', '：', '\u{3000}']);
    // "1C909.a.4项所管制的…" speaks of an item and is none.
    (!named.is_empty() && !text.starts_with('项')).then_some((named, text))
}

/// The code that a line gives at its end, `（管制编码：1E902.a）`, and the text before it.
fn trailing_codes(text: &str) -> Option<(Vec<Code>, &str)> {
    let (head, tail) = text.split_once("管制编码")?;
    let named: Vec<Code> = codes(tail).map(|(_, _, code)| code).collect();
    (!named.is_empty()).then(|| (named, head.trim_end_matches(['（', '(', '；', ' '])))
}

/// What stands in the place of a code and is none: `lC910`, `1С910` with a Cyrillic letter,
/// `1Z909`; or all of a line that ends in 管制编码 without one.
fn misread_code(text: &str, numbered: bool) -> Option<&str> {
    if codes(text).next().is_some_and(|(at, ..)| at == 0) {
        return None;
    }
    if let Some((_, tail)) = text
        .split_once("管制编码")
        .filter(|(_, tail)| tail.starts_with(['：', ':']))
    {
        return Some(tail.trim_matches(['：', ':', '）', ')', '。', '；', ' ']));
    }
    let end = text
        .find(|c: char| !c.is_alphanumeric() || ('\u{3400}'..='\u{9fff}').contains(&c))
        .unwrap_or(text.len());
    let word = &text[..end];
    let figure = |c: char| c.is_numeric() || "lIiOoSsBZz".contains(c);
    let is_code_like = match word.chars().collect::<Vec<_>>()[..] {
        [digit, letter, ref rest @ ..] if rest.len() == 3 => {
            figure(digit)
                && letter.is_alphabetic()
                && rest.iter().all(|c| figure(*c))
                && rest.iter().any(|c| c.is_numeric())
        }
        _ => false,
    };
    let mixed = word.chars().count() > 2
        && word.contains(char::is_numeric)
        && word.contains(char::is_alphabetic);
    (is_code_like || numbered && mixed).then_some(word)
}

/// Whether a numbered heading says what somebody must do, and not what is controlled.
fn is_rule(text: &str) -> bool {
    ["应当", "不得", "本公告", "禁止", "出口经营者"]
        .iter()
        .any(|words| text.contains(words))
}

/// The number of 一、 or （十二）, with whether it is the inner one in brackets, and the text after
/// it.
fn enumerator(text: &str) -> (Option<(bool, u16)>, &str) {
    let bracket = text.starts_with(['（', '(']);
    let (inner, rest) = match text.strip_prefix(['（', '(']) {
        Some(inner) => match inner.split_once(['）', ')']) {
            Some(parts) => parts,
            None => return (None, text),
        },
        None => match text.split_once('、') {
            Some(parts) => parts,
            None => return (None, text),
        },
    };
    match chinese_number(inner) {
        Some(number) => (Some((bracket, number)), rest.trim_start()),
        None => (None, text),
    }
}

/// 一 to 九十九.
pub(super) fn chinese_number(text: &str) -> Option<u16> {
    let digit = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|digit| digit == c)
            .map(|at| at as u16 + 1)
    };
    let (mut number, mut last) = (0, None);
    if text.is_empty() || text.chars().count() > 3 {
        return None;
    }
    for c in text.chars() {
        match c {
            '十' if number == 0 => number = last.take().unwrap_or(1) * 10,
            c if last.is_none() => last = Some(digit(c)?),
            _ => return None,
        }
    }
    Some(number + last.unwrap_or(0))
}

/// The label of a line, `1．` or `a.`, and the text after it.
fn label(text: &str) -> Option<(Label, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (written, rest) = text.split_at(end);
    let figure = rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['．', '.', '、', '）', ')'])?;
    // "2.5 g" is a figure.
    if figure {
        return None;
    }
    let label = match written.parse() {
        Ok(number) => Label::number(number),
        Err(_) => Label::letters(written),
    };
    Some((label?, rest.trim_start()))
}

fn short(text: &str) -> String {
    crate::text::short(text)
}
