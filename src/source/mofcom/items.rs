//! Reads the items that a notice lists.

use std::collections::BTreeMap;

use crate::code::{Code, Label};
use crate::error::Error;
use crate::identifier::once_each;
use crate::list::{Item, ItemState};
use crate::measure::Measure;
use crate::source::observation::{Observation, ObservationKind};

use super::check;
use super::keys;
use super::label::{
    Named, Numbering, Style, after_damage, chinese_number, enumerator, label, leading_codes,
    misread_code, trailing_codes,
};
use super::lines::Line;
use super::short;

/// The end of an observation that reports lost lines.
pub(super) const LOST: &str = ": lines of the text are lost";

/// The maximum number of items in a notice. `MOST_SHARED` is the maximum number of bytes of texts
/// that several codes share.
const MOST_ITEMS: usize = 20_000;
const MOST_SHARED: usize = 1 << 20;

/// The items that are being read.
pub(super) struct Items<'a> {
    measure: &'a Measure,
    pub(super) items: BTreeMap<Code, Item>,
    pub(super) lines: BTreeMap<Code, u64>,
    /// The item to which numbered lines belong.
    pub(super) base: Option<Code>,
    /// The labels from the base down to the last line.
    pub(super) path: Vec<(Label, Style)>,
    /// For each level of the path, true if a line of its list ended in a period.
    pub(super) stops: Vec<bool>,
    /// The paragraph of the last line, and whether it ends as if another followed.
    pub(super) last: Option<(Code, u64, bool)>,
    /// The last number of each running list.
    numbers: [Option<u16>; 3],
    in_notes: bool,
    pub(super) headings: Vec<Heading>,
    /// The number of lines with codes.
    heads: usize,
    /// Lines without a label since the last item: line, text, and whether the rules had begun.
    pub(super) loose: Vec<(u64, String, bool)>,
    /// `true` once the notice's rules have begun.
    pub(super) ended: bool,
    /// `true` once lines below a heading without a code were reported.
    pub(super) orphaned: bool,
    /// Numbered lines that belong to no item. They matter if there are items.
    pub(super) orphans: Vec<(u64, String)>,
    /// Lines with codes whose ends show if they are whole.
    pub(super) ends: Vec<End>,
    pub(super) notes: Vec<Observation>,
}

/// A line with 一、 or （一）.
pub(super) struct Heading {
    pub(super) line: u64,
    pub(super) inner: bool,
    pub(super) text: String,
    /// True if it names a code, or if a misread code in it was reported.
    pub(super) settled: bool,
    pub(super) coded: bool,
    /// The number of lines with codes before it.
    pub(super) heads: usize,
}

/// The end of a line with a code.
pub(super) struct End {
    pub(super) code: Code,
    pub(super) line: u64,
    pub(super) numbering: Option<Numbering>,
    /// `true` if it has an end mark.
    pub(super) whole: bool,
}

/// The complete items.
pub(super) struct Listed {
    /// In list order.
    pub(super) items: Vec<Item>,
    /// True if the text shows signs of lost lines.
    pub(super) lost: bool,
}

/// Reads the items of a notice.
pub(super) fn read(
    body: &[Line<'_>],
    measure: &Measure,
    observations: &mut Vec<Observation>,
) -> Result<Listed, Error> {
    let mut items = Items {
        measure,
        items: BTreeMap::new(),
        lines: BTreeMap::new(),
        base: None,
        path: Vec::new(),
        stops: Vec::new(),
        last: None,
        numbers: [None; 3],
        in_notes: false,
        headings: Vec::new(),
        heads: 0,
        loose: Vec::new(),
        ended: false,
        orphaned: false,
        orphans: Vec::new(),
        ends: Vec::new(),
        notes: Vec::new(),
    };
    for line in body {
        items.line(line)?;
    }
    for item in items.items.values_mut() {
        once_each(&mut item.facts.hs);
        once_each(&mut item.facts.cas);
        item.facts.refers_to.sort_unstable();
        item.facts.refers_to.dedup();
    }
    check::finish(&mut items, body, measure)?;
    let lost = items.notes.iter().any(|note| note.detail.ends_with(LOST));
    observations.append(&mut items.notes);
    Ok(Listed {
        items: items.items.into_values().collect(),
        lost,
    })
}

impl Items<'_> {
    pub(super) fn note(
        &mut self,
        line: u64,
        code: Option<Code>,
        kind: ObservationKind,
        detail: String,
    ) {
        self.notes.push(Observation {
            line,
            code,
            kind,
            detail,
        });
    }

    pub(super) fn unclear(&mut self, line: u64, code: Option<Code>, detail: String) {
        self.note(line, code, ObservationKind::Unclear, detail);
    }

    fn line(&mut self, line: &Line<'_>) -> Result<(), Error> {
        let (number, text) = enumerator(line.text);
        if let Some((numbering, _)) = number {
            self.in_notes = false;
            self.headings.push(Heading {
                line: line.number,
                inner: numbering == Numbering::Inner,
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
            self.close(line.number);
            self.skip(line.number, text);
        } else if let Some((named, number)) = self.named(line, number, text) {
            self.in_notes = false;
            self.count(line.number, number, true);
            self.head(line.number, named, number.map(|(numbering, _)| numbering))?;
        } else if let Some(found) = misread_code(text, number.is_some()).filter(|_| !self.in_notes)
        {
            misread = true;
            self.count(line.number, number, true);
            self.misread(line.number, found);
        } else if self.in_notes && label(text).is_some() {
            self.skip(line.number, text);
        } else if number.is_some() {
            // It is a heading, or a rule of the notice.
            self.count(line.number, number, false);
            self.base = None;
            self.orphaned = false;
            self.ended |= check::is_rule(text);
        } else if let Some(labeled) = label(text) {
            self.labeled(line.number, text, labeled)?;
        } else {
            self.ended |= self.heads > 0 && check::is_rule(text);
            if self.heads > 0 {
                self.loose.push((line.number, short(text), self.ended));
            }
        }
        if number.is_some()
            && let Some(heading) = self.headings.last_mut()
        {
            heading.coded = self.heads > heads;
            heading.settled = heading.coded || misread;
        }
        Ok(())
    }

    /// Returns the codes that a line gives for itself, and its number in its list.
    fn named<'b>(
        &self,
        line: &Line<'b>,
        number: Option<(Numbering, u16)>,
        text: &'b str,
    ) -> Option<(Named<'b>, Option<(Numbering, u16)>)> {
        if let Some(named) = leading_codes(text).or_else(|| trailing_codes(text)) {
            return Some((named, number));
        }
        if number.is_some() {
            return after_damage(text).map(|named| (named, number));
        }
        // "1. 1C117.b．" has an Arabic number. In a note, the code would refer to the item.
        if !self.in_notes
            && let Some((label, rest, _)) = label(text)
            && let Some(named) = leading_codes(rest)
        {
            let number = label.to_string().parse().ok();
            return Some((named, number.map(|number| (Numbering::Figures, number))));
        }
        let named = after_damage(line.text)?;
        Some((named, self.damaged_number(line.text)))
    }

    /// Returns the original number of a damaged one: the digits that remain, or else the next
    /// number.
    fn damaged_number(&self, text: &str) -> Option<(Numbering, u16)> {
        let mark = text.chars().take(8);
        let bracketed = mark.clone().any(|c| "（()）".contains(c));
        let figures: String = mark
            .skip_while(|c| !"一二三四五六七八九十".contains(*c))
            .take_while(|c| "一二三四五六七八九十".contains(*c))
            .collect();
        let inner = bracketed || self.numbers[Numbering::Inner as usize].is_some();
        let numbering = if inner {
            Numbering::Inner
        } else {
            Numbering::Outer
        };
        let next = self.numbers[numbering as usize].unwrap_or(0) + 1;
        Some((numbering, chinese_number(&figures).unwrap_or(next)))
    }

    /// Follows the numbers of the running lists.
    fn count(&mut self, line: u64, number: Option<(Numbering, u16)>, coded: bool) {
        let Some((numbering, number)) = number else {
            return;
        };
        let level = numbering as usize;
        let before = self.numbers[level];
        if coded || !(self.items.is_empty() || self.ended) {
            let expected = before.map_or(1, |before| before + 1);
            let what = match before {
                _ if number == expected => None,
                Some(before) if number > expected => Some(format!(
                    "item {number} of a list follows item {before}{LOST}"
                )),
                None => Some(format!("a list begins with its item {number}{LOST}")),
                Some(_) if number == 1 => {
                    Some(format!("a list begins anew without a heading{LOST}"))
                }
                Some(before) => Some(format!("item {number} of a list follows item {before}")),
            };
            if let Some(detail) = what {
                self.unclear(line, self.base, detail);
            }
        }
        self.numbers[level] = Some(number);
        if numbering == Numbering::Outer {
            self.numbers[Numbering::Inner as usize] = None;
        }
        if numbering != Numbering::Figures {
            self.numbers[Numbering::Figures as usize] = None;
        }
    }

    /// Reports a line in the place of an item whose code cannot be read.
    fn misread(&mut self, line: u64, found: &str) {
        self.close(line);
        self.base = None;
        self.orphaned = true;
        let detail = format!(
            "found {:?} in the place of a control code; the item and everything below it are left out",
            short(found)
        );
        self.unclear(line, None, detail);
    }

    fn skip(&mut self, line: u64, text: &str) {
        let detail = format!("note: {}", short(text));
        self.note(line, self.base, ObservationKind::Skipped, detail);
    }

    /// Ends the list of the last paragraph.
    pub(super) fn close(&mut self, line: u64) {
        if let Some((code, _, true)) = self.last.take() {
            let detail = format!("ends as if another paragraph followed and none does{LOST}");
            self.unclear(line, Some(code), detail);
        }
    }

    /// Adds the item of a line that names its codes.
    fn head(
        &mut self,
        line: u64,
        named: Named<'_>,
        numbering: Option<Numbering>,
    ) -> Result<(), Error> {
        self.close(line);
        // Lines between two items belong to them or are lost. Lines after the last item are the
        // notice's rules.
        for (line, text, _) in std::mem::take(&mut self.loose) {
            let detail = format!("unlabeled text among the items: {text}");
            self.note(line, self.base, ObservationKind::Skipped, detail);
        }
        self.ended = false;
        self.orphaned = false;
        self.heads += 1;
        let shared = named.codes.len().saturating_mul(named.text.len());
        if named.codes.len() > 1 && shared > MOST_SHARED {
            return Err(Error::unexpected(
                format!("{} codes before one text", named.codes.len()),
                format!("at most {MOST_SHARED} bytes for all of them"),
            )
            .at_line(line));
        }
        if let Some(oddity) = named.oddity {
            let code = named.codes.first().copied();
            self.note(
                line,
                code,
                ObservationKind::Repaired,
                format!("read with {oddity}"),
            );
        }
        for code in &named.codes {
            self.item(line, *code, named.text)?;
        }
        self.base = match named.codes[..] {
            [code] => Some(code),
            _ => None,
        };
        if let Some(code) = self.base {
            self.ends.push(End {
                code,
                line,
                numbering,
                whole: named.at_end || check::has_end(named.text),
            });
        }
        self.path.clear();
        self.stops.clear();
        Ok(())
    }

    pub(super) fn item(&mut self, line: u64, code: Code, text: &str) -> Result<(), Error> {
        let text = text.trim().trim_end_matches(['；', '。', ';']);
        if let Some(item) = self.items.get_mut(&code) {
            // One heading may be below two materials.
            let before = item.text.get_or_insert_default();
            before.push('\n');
            before.push_str(text);
            self.note(
                line,
                Some(code),
                ObservationKind::Repaired,
                "the code occurs a second time; the texts are joined".to_owned(),
            );
        } else {
            if self.items.len() == MOST_ITEMS {
                return Err(Error::unexpected(
                    format!("more than {MOST_ITEMS} items"),
                    "the text of one notice",
                )
                .at_line(line));
            }
            let mut item = Item::new(code);
            item.facts.measure = Some(self.measure.id.clone());
            item.in_force = self.measure.in_force;
            const BRACKETS: [char; 8] = ['【', '】', '[', ']', '（', '）', '(', ')'];
            let bare = text.trim_matches(BRACKETS);
            if bare == "保留" {
                item.state = ItemState::Reserved;
            } else {
                item.text = Some(text.to_owned());
            }
            self.items.insert(code, item);
            self.lines.insert(code, line);
            if text.is_empty()
                || bare != "保留" && text.contains(['【', '】'])
                || bare == "保"
                || bare == "留"
            {
                let detail = format!("a text that no item has: {:?}", short(text));
                self.unclear(line, Some(code), detail);
            }
        }
        let mut problems = Vec::new();
        if let Some(item) = self.items.get_mut(&code) {
            keys::read(item, text, &mut problems);
        }
        for problem in problems {
            self.unclear(line, Some(code), problem);
        }
        Ok(())
    }
}
