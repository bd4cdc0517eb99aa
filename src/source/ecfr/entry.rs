//! An entry under construction: its license part, then its paragraphs.

use std::collections::{BTreeMap, HashMap};

use crate::code::codes;
use crate::code::{Code, Label};
use crate::list::license::LicenseRequirement;
use crate::list::{ChildLogic, Item, ItemState, LicenseException, Reason};
use crate::source::observation::{Observation, ObservationKind};

use super::block::{Block, Kind};
use super::keys;
use super::label::{self, Labelled};
use super::license;
use super::logic::{Wording, wording};

/// Where in an entry the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Section {
    License,
    Exceptions,
    Sta,
    Reporting,
    ListOfItems,
    Items,
}

pub(super) struct Entry {
    item: Item,
    line: u64,
    section: Section,
    paragraphs: Vec<Item>,
    /// Positions in `paragraphs`.
    index: HashMap<Code, usize>,
    /// For each parent the ranges that reserve paragraphs, by their first ones; those that touch
    /// are one.
    reserved: HashMap<Code, BTreeMap<Code, Code>>,
    rows: Vec<LicenseRequirement>,
    /// Whether the table that is being read is a table of license requirements.
    license_table: bool,
    /// Whether the text states a control outside a table.
    prose: bool,
    /// Codes that the related controls name.
    related: Vec<Code>,
    in_related: bool,
}

/// What an entry has come to.
pub(super) struct Finished {
    pub(super) items: Vec<Item>,
    pub(super) rows: Vec<LicenseRequirement>,
}

impl Entry {
    /// The entry that a heading opens, or `None` where the block is no heading.
    pub(super) fn open(block: &Block, notes: &mut Vec<Observation>) -> Option<Entry> {
        let bold_first = block.bold_at == Some(0);
        if block.in_note
            || !(block.kind == Kind::Heading || (block.kind == Kind::Line && bold_first))
        {
            return None;
        }
        let text = block.text.strip_prefix("ECCN ").unwrap_or(&block.text);
        let code: Code = text
            .get(..5)
            .filter(|head| head.is_ascii() && head.as_bytes()[1].is_ascii_uppercase())?
            .parse()
            .ok()?;
        let rest = &text[5..];
        if rest.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let mut repaired = |detail: &str| {
            notes.push(observation(
                ObservationKind::Repaired,
                block.line,
                Some(code),
                detail.to_owned(),
            ))
        };
        if block.kind == Kind::Line {
            repaired("heading in the element of a line, FP-1");
        }
        if text.len() < block.text.len() {
            repaired("heading that begins with the word ECCN");
        }
        let mut item = Item::new(code);
        let heading = rest.trim_start_matches([' ', '.', ':', '—', '-']).trim();
        if label::is_reserved(heading) {
            item.state = ItemState::Reserved;
        }
        item.text = Some(heading.to_owned());
        keys::read(&mut item, block.line, notes);
        Some(Entry {
            item,
            line: block.line,
            section: Section::License,
            paragraphs: Vec::new(),
            index: HashMap::new(),
            reserved: HashMap::new(),
            rows: Vec::new(),
            license_table: false,
            prose: false,
            related: Vec::new(),
            in_related: false,
        })
    }

    /// Its code and the line of its heading.
    pub(super) fn place(&self) -> (Code, u64) {
        (self.item.code, self.line)
    }

    fn note(
        &self,
        kind: ObservationKind,
        line: u64,
        detail: impl Into<String>,
        notes: &mut Vec<Observation>,
    ) {
        notes.push(observation(kind, line, Some(self.item.code), detail.into()));
    }

    /// Takes in a block that is no heading.
    pub(super) fn block(&mut self, block: &Block, notes: &mut Vec<Observation>) {
        for name in &block.unknown_entities {
            self.note(
                ObservationKind::Unclear,
                block.line,
                format!("unknown entity &{name};, kept as written"),
                notes,
            );
        }
        match block.kind {
            Kind::TableHead => {
                self.license_table = block.cell(0).starts_with("Control") && !block.in_note
            }
            Kind::TableRow => {
                if self.license_table {
                    self.license_requirement(block, notes);
                }
            }
            Kind::Title | Kind::Subtitle => {
                // Any other title is one within a section, and no item.
                self.section_title(&block.text);
            }
            Kind::Stray => self.note(
                ObservationKind::Skipped,
                block.line,
                format!("text outside any known element: {}", excerpt(&block.text)),
                notes,
            ),
            Kind::Heading | Kind::Line | Kind::Paragraph => {
                self.license_table = false;
                if block.in_note {
                    self.noted(block, notes);
                } else {
                    self.line(block, notes);
                }
            }
        }
    }

    fn license_requirement(&mut self, block: &Block, notes: &mut Vec<Observation>) {
        for extra in (2..block.cells.len())
            .map(|cell| block.cell(cell))
            .filter(|text| !text.is_empty())
        {
            self.note(
                ObservationKind::Unclear,
                block.line,
                format!("third cell in a license row: {}", excerpt(extra)),
                notes,
            );
        }
        if block.cells.len() < 2 {
            self.note(
                ObservationKind::Repaired,
                block.line,
                "license row of one cell",
                notes,
            );
        }
        let row = license::row(self.item.code, block.cell(0), block.cell(1));
        if row.reasons.is_empty() {
            self.note(
                ObservationKind::Unclear,
                block.line,
                format!(
                    "license row that names no reason: {}",
                    excerpt(block.cell(0))
                ),
                notes,
            );
        }
        self.rows.push(row);
    }

    /// Moves to the section that a title names; any other title is one within a section.
    fn section_title(&mut self, text: &str) -> bool {
        let section = [
            ("license requirements", Section::License),
            ("list based license exceptions", Section::Exceptions),
            ("license exceptions", Section::Exceptions),
            ("special conditions for", Section::Sta),
            ("reporting requirements", Section::Reporting),
            ("list of items controlled", Section::ListOfItems),
        ]
        .into_iter()
        .find(|(title, _)| begins(text, title));
        let Some((title, section)) = section else {
            return false;
        };
        // A title holds little beside its name: "License requirements notes: …" is text.
        let rest = text[title.len()..].trim_start();
        if !(rest.is_empty()
            || rest.starts_with(['(', ':']) && rest.len() < 80
            || section == Section::Sta && rest.len() < 50)
        {
            return false;
        }
        self.section = section;
        self.in_related = false;
        true
    }

    /// A line or paragraph outside notes.
    fn line(&mut self, block: &Block, notes: &mut Vec<Observation>) {
        let text = block.text.as_str();
        let marker = block.italic_at == Some(0) && begins(text, "items");
        if marker {
            return self.items_marker(block, notes);
        }
        if self.section < Section::Items {
            if block.kind != Kind::Paragraph {
                if self.section_title(text) {
                    return;
                }
                const TITLE: &str = "list of items controlled";
                if begins(text, TITLE) && label::read(text[TITLE.len()..].trim_start()).is_some() {
                    self.note(
                        ObservationKind::Repaired,
                        block.line,
                        "first paragraph on the line of the section's title",
                        notes,
                    );
                    self.section = Section::Items;
                    let rest = text[TITLE.len()..].trim_start();
                    return self.paragraph(block, rest, text.len() - rest.len(), notes);
                }
            }
            if begins(text, "reason for control") || begins(text, "reasons for control") {
                return self.reasons(block, notes);
            }
            if begins(text, "related") {
                // "Related" and "Controls:" may stand in two elements; either way the codes named
                // are references.
                self.in_related = !begins(text, "related def");
            }
            if self.in_related {
                self.related.extend(codes(text).map(|(_, _, code)| code));
            }
        }
        match self.section {
            Section::License => self.prose |= states_control(text),
            Section::Exceptions | Section::Sta => self.exception(text),
            Section::Reporting => {}
            Section::ListOfItems => {
                // The marker is missing where a first paragraph follows at once.
                if block.kind == Kind::Paragraph
                    && let Some(labelled) = label::read(text)
                    && labelled.path.len() == 1
                    && labelled.path.first().copied() == Label::letters("a")
                {
                    self.note(
                        ObservationKind::Repaired,
                        block.line,
                        "first paragraph without the marker \"Items:\" before it",
                        notes,
                    );
                    self.section = Section::Items;
                    self.paragraph(block, text, 0, notes);
                }
            }
            Section::Items => self.paragraph(block, text, 0, notes),
        }
        if matches!(self.section, Section::ListOfItems) {
            self.prose |= states_control(text);
        }
    }

    fn reasons(&mut self, block: &Block, notes: &mut Vec<Observation>) {
        if block.kind == Kind::Heading {
            self.note(
                ObservationKind::Repaired,
                block.line,
                "reason for control in the element of a heading, FP-2",
                notes,
            );
        }
        let list = block.text.split_once("ontrol").map_or("", |(_, rest)| rest);
        let words = list
            .split([' ', ',', ':', ';', '.'])
            .filter(|word| !word.is_empty());
        for word in words {
            // "CC1" is a reason with a column.
            let tag = word.trim_end_matches(|c: char| c.is_ascii_digit());
            match tag.parse::<Reason>() {
                Ok(reason)
                    if tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase()) =>
                {
                    if !self.item.reasons.contains(&reason) {
                        self.item.reasons.push(reason);
                    }
                }
                _ if word == "and" => {}
                // The rest is no list any more.
                _ => {
                    self.note(
                        ObservationKind::Unclear,
                        block.line,
                        format!("reason line that goes on in words: {}", excerpt(list)),
                        notes,
                    );
                    break;
                }
            }
        }
    }

    /// "Items:" and what stands on its line: the first paragraph, or that the heading says it all.
    fn items_marker(&mut self, block: &Block, notes: &mut Vec<Observation>) {
        self.section = Section::Items;
        if !self.paragraphs.is_empty() {
            let detail = format!(
                "{} labelled paragraphs before the marker \"Items:\"",
                self.paragraphs.len()
            );
            self.note(ObservationKind::Skipped, block.line, detail, notes);
            self.paragraphs.clear();
            self.index.clear();
            self.reserved.clear();
        }
        let rest = block.text["items".len()..].trim_start();
        let regular = rest.starts_with(':');
        let rest = rest.trim_start_matches([':', ' ']);
        if !regular && !rest.is_empty() {
            self.note(
                ObservationKind::Repaired,
                block.line,
                "marker \"Items\" without its colon",
                notes,
            );
        }
        let offset = block.text.len() - rest.len();
        let lower = rest.to_ascii_lowercase();
        if rest.is_empty()
            || lower.contains("contained in the")
            || lower.contains("heading") && label::read(rest).is_none()
        {
            return;
        }
        self.paragraph(block, rest, offset, notes);
    }

    /// A paragraph in a note is an item only if it is set as one: roman after its label, and next
    /// in line where it stands.
    fn noted(&mut self, block: &Block, notes: &mut Vec<Observation>) {
        if self.section != Section::Items || block.kind != Kind::Paragraph {
            return;
        }
        let Some(labelled) = label::read(&block.text) else {
            return;
        };
        let start = block.text.len() - labelled.rest.len();
        let roman = block.italic_at.is_none_or(|at| at > start);
        let next = labelled
            .code(self.item.code)
            .is_some_and(|code| !self.index.contains_key(&code) && self.follows(&labelled));
        if roman && next {
            self.note(
                ObservationKind::Repaired,
                block.line,
                "paragraph that stands within a note",
                notes,
            );
            self.paragraph(block, &block.text, 0, notes);
        }
    }

    /// Whether the sibling before a labelled paragraph is there.
    fn follows(&self, labelled: &Labelled<'_>) -> bool {
        let before = labelled.path.last().and_then(|last| last.previous());
        let parent = labelled.code(self.item.code).and_then(Code::parent);
        before
            .zip(parent)
            .and_then(|(before, parent)| parent.child(before))
            .is_some_and(|code| self.index.contains_key(&code))
    }

    /// A paragraph of the list of items.
    fn paragraph(
        &mut self,
        block: &Block,
        text: &str,
        offset: usize,
        notes: &mut Vec<Observation>,
    ) {
        let entry = self.item.code;
        // What is set in italics from its first character on is a remark, as in a note.
        let italic = offset == 0 && block.italic_at == Some(0);
        let labelled = label::read(text);
        if italic {
            if labelled.is_some() {
                self.note(
                    ObservationKind::Skipped,
                    block.line,
                    format!("labelled remark in italics: {}", excerpt(text)),
                    notes,
                );
            }
            return;
        }
        let Some(labelled) = labelled.or_else(|| self.numbered(text)) else {
            // Many entries say here that the heading is the whole list.
            if !text.contains("contained in the ECCN heading") {
                self.note(
                    ObservationKind::Skipped,
                    block.line,
                    format!("unlabelled text among the paragraphs: {}", excerpt(text)),
                    notes,
                );
            }
            return;
        };
        let Some(code) = labelled.code(entry) else {
            return self.note(
                ObservationKind::Unclear,
                block.line,
                format!("label deeper than a code can be: {}", excerpt(text)),
                notes,
            );
        };
        let reserved = label::is_reserved(labelled.rest);
        if !reserved && self.is_reserved(code) {
            self.note(
                ObservationKind::Repaired,
                block.line,
                format!("{code} has text though a range reserves it"),
                notes,
            );
        }
        if self.index.contains_key(&code) {
            return self.note(
                ObservationKind::Skipped,
                block.line,
                format!("{code} a second time: {}", excerpt(text)),
                notes,
            );
        }
        if !labelled.regular {
            self.note(
                ObservationKind::Repaired,
                block.line,
                format!(
                    "label of {code} written {}",
                    excerpt(text.split(' ').next().unwrap_or_default())
                ),
                notes,
            );
        }
        if reserved {
            self.push(code, ItemState::Reserved, None);
            if let (Some(last), Some(item)) = (labelled.through, self.paragraphs.last_mut()) {
                item.through = code
                    .parent()
                    .and_then(|parent| parent.child(last))
                    .filter(|last| *last > code);
                if let Some(last) = item.through {
                    self.reserve(code, last);
                }
            }
            return;
        }
        let state = if says_none(labelled.rest) {
            ItemState::Empty
        } else {
            ItemState::Live
        };
        self.push(code, state, Some(labelled.rest.to_owned()));
        if let Some(item) = self.paragraphs.last_mut() {
            keys::read(item, block.line, notes);
        }
    }

    /// Notes that a range reserves its paragraphs after the first.
    fn reserve(&mut self, first: Code, last: Code) {
        let Some(parent) = first.parent() else {
            return;
        };
        let ranges = self.reserved.entry(parent).or_default();
        let (mut first, mut last) = (first, last);
        while let Some((&from, &to)) = ranges
            .range(..=last)
            .next_back()
            .filter(|(_, to)| **to >= first)
        {
            (first, last) = (first.min(from), last.max(to));
            ranges.remove(&from);
        }
        ranges.insert(first, last);
    }

    /// Whether a range that begins before a paragraph reserves it.
    fn is_reserved(&self, code: Code) -> bool {
        let ranges = code.parent().and_then(|parent| self.reserved.get(&parent));
        ranges
            .and_then(|ranges| ranges.range(..code).next_back())
            .is_some_and(|(_, last)| *last >= code)
    }

    /// A paragraph with a bare number, "1. …": a child of the paragraph before it, or a sibling of
    /// the one so numbered.
    fn numbered<'a>(&self, text: &'a str) -> Option<Labelled<'a>> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let label = Label::number(text[..digits].parse().ok()?)?;
        let rest = text[digits..].strip_prefix(". ")?;
        let before = self.paragraphs.last().filter(|item| item.is_live())?;
        let mut path: Vec<Label> = before.code.labels().collect();
        match before.code.labels().next_back() {
            Some(last) if last.next() == Some(label) => {
                path.pop();
            }
            Some(last) if !last.is_number() && Label::number(1) == Some(label) => {}
            _ => return None,
        }
        path.push(label);
        Some(Labelled {
            path,
            through: None,
            rest,
            regular: false,
        })
    }

    fn push(&mut self, code: Code, state: ItemState, text: Option<String>) {
        if self.index.contains_key(&code) {
            return;
        }
        let mut item = Item::new(code);
        item.state = state;
        item.text = text;
        self.index.insert(code, self.paragraphs.len());
        self.paragraphs.push(item);
    }

    /// A line of the exceptions: "LVS: $3000", or more words on the one before.
    fn exception(&mut self, text: &str) {
        let symbol = text
            .split_once(':')
            .map(|(symbol, rest)| (symbol.trim(), rest.trim()))
            .filter(|(symbol, _)| {
                (2..=8).contains(&symbol.len())
                    && symbol
                        .bytes()
                        .all(|byte| byte.is_ascii_uppercase() || byte == b'/')
            });
        match (symbol, self.section) {
            (Some((symbol, rest)), _) => self.add_exception(symbol, rest),
            (None, Section::Sta)
                if !self
                    .item
                    .particulars()
                    .exceptions
                    .iter()
                    .any(|exception| exception.symbol == "STA") =>
            {
                self.add_exception("STA", text)
            }
            (None, _) => {
                if let Some(last) = (self.item.particulars.as_mut())
                    .and_then(|particulars| particulars.exceptions.last_mut())
                    && let Some(words) = &mut last.text
                {
                    words.push(' ');
                    words.push_str(text);
                    last.availability = license::availability(words);
                }
            }
        }
    }

    fn add_exception(&mut self, symbol: &str, words: &str) {
        let exceptions = &mut self.item.particulars_mut().exceptions;
        match exceptions
            .iter_mut()
            .find(|exception| exception.symbol == symbol)
        {
            Some(LicenseException {
                text: Some(text),
                availability,
                ..
            }) => {
                text.push(' ');
                text.push_str(words);
                *availability = license::availability(text);
            }
            _ => exceptions.push(LicenseException {
                symbol: symbol.to_owned(),
                availability: license::availability(words),
                text: Some(words.to_owned()),
            }),
        }
    }

    /// Closes the entry: parents that are never printed, logic, references, state.
    pub(super) fn finish(mut self, notes: &mut Vec<Observation>) -> Finished {
        self.add_implied(notes);
        let live = self
            .paragraphs
            .iter()
            .any(|item| item.state == ItemState::Live);
        if self.item.state == ItemState::Live
            && !live
            && self.rows.is_empty()
            && self.item.reasons.is_empty()
            && !self.prose
        {
            self.item.state = ItemState::Empty;
        }
        if self.rows.is_empty() && (self.prose || !self.item.reasons.is_empty()) {
            self.note(
                ObservationKind::Prose,
                self.line,
                "license requirements in prose or by reference, without a table",
                notes,
            );
        }
        if self.item.state == ItemState::Live && self.item.reasons.is_empty() {
            self.note(
                ObservationKind::Unclear,
                self.line,
                "no reason for control is stated on a line of its own",
                notes,
            );
        }
        let mut items = vec![self.item];
        items.append(&mut self.paragraphs);
        items.sort_by_key(|item| item.code);
        set_logic(&mut items, notes, self.line);
        for item in &mut items {
            let own = item.code;
            let text = item.text.as_deref().unwrap_or_default();
            let mut named: Vec<Code> = codes(text).map(|(_, _, code)| code).collect();
            if own.is_entry() {
                named.append(&mut self.related);
            }
            named.sort_unstable();
            named.dedup();
            named.retain(|code| *code != own);
            item.refers_to = named;
        }
        keys::name_things(&mut items);
        Finished {
            items,
            rows: self.rows,
        }
    }

    /// Parents whose own label is never printed.
    fn add_implied(&mut self, notes: &mut Vec<Observation>) {
        let missing: Vec<(Code, Code)> = self
            .paragraphs
            .iter()
            .flat_map(|item| {
                item.code
                    .ancestors()
                    .filter(|code| !code.is_entry())
                    .map(|ancestor| (ancestor, item.code))
            })
            .filter(|(ancestor, _)| !self.index.contains_key(ancestor))
            .collect();
        for (ancestor, child) in missing {
            if !self.index.contains_key(&ancestor) {
                self.push(ancestor, ItemState::Implied, None);
                self.note(
                    ObservationKind::Repaired,
                    self.line,
                    format!("{ancestor} is never printed; it is implied by {child}"),
                    notes,
                );
            }
        }
        // A reserved paragraph with live ones below is a slip; what is printed counts.
        let parents: Vec<Code> = self
            .paragraphs
            .iter()
            .filter(|item| item.is_live())
            .filter_map(|item| item.code.parent())
            .collect();
        for parent in parents {
            if let Some(&at) = self.index.get(&parent)
                && self.paragraphs[at].state == ItemState::Reserved
            {
                self.paragraphs[at].state = ItemState::Implied;
                self.note(
                    ObservationKind::Repaired,
                    self.line,
                    format!("{parent} is reserved and has live paragraphs"),
                    notes,
                );
            }
        }
    }
}

/// Sets the logic of sorted items of one entry.
fn set_logic(items: &mut [Item], notes: &mut Vec<Observation>, line: u64) {
    for at in 0..items.len() {
        let parent = items[at].code;
        let children: Vec<&Item> = items[at + 1..]
            .iter()
            .take_while(|item| parent.contains(item.code))
            .filter(|item| item.code.parent() == Some(parent))
            .collect();
        if !children
            .iter()
            .any(|item| matches!(item.state, ItemState::Live | ItemState::Implied))
        {
            continue;
        }
        let texts = children.iter().filter_map(|item| item.text.as_deref());
        let logic = match wording(items[at].text.as_deref().unwrap_or_default(), texts) {
            Wording::Said(logic) => logic,
            Wording::Joined => {
                let detail = "conditions by sense: properties joined by \"and\", without the words all of the following".to_owned();
                notes.push(observation(
                    ObservationKind::Unclear,
                    line,
                    Some(parent),
                    detail,
                ));
                ChildLogic::All
            }
            Wording::Silent => ChildLogic::Any,
        };
        items[at].logic = logic;
    }
}

/// Whether a text begins with these lower-case ASCII words, in any case.
fn begins(text: &str, words: &str) -> bool {
    text.get(..words.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(words))
}

/// Whether a paragraph says of its subject that there is nothing: "Lasers. None."
fn says_none(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ';']);
    text == "None" || text.ends_with(". None")
}

/// Whether a line of the license part states a control by itself.
fn states_control(text: &str) -> bool {
    text.starts_with("Control(s)")
        || text.contains("applies to")
        || text.contains(" controls with no license exception")
        || text.contains("is required")
}

fn observation(
    kind: ObservationKind,
    line: u64,
    code: Option<Code>,
    detail: String,
) -> Observation {
    Observation {
        line,
        code,
        kind,
        detail,
    }
}

/// The beginning of a text, for a message.
pub(super) fn excerpt(text: &str) -> String {
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}
