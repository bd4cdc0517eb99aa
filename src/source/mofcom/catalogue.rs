//! Reads the descriptions that China's annual license catalogue prints for the items of the list.
//!
//! The form is a table with tabs between its columns: `rows` (the catalogue's row numbers, `439` or
//! `439-441`), `code`, `state` (`ok`, or `part` for a text that is not whole) and `text`, the
//! Chinese description with everything below the code. Other columns are skipped. These are the
//! rules:
//!
//! - **Head**: the first paragraph of a parent prints the parent's words before its own label. They
//!   are the parent's text.
//! - **Conditions**: parts `a．` and `1．` of a text that states 特性 (characteristics) have no codes.
//!   They are [`Item::conditions`], with the thresholds of each. Parts of a text that lists goods
//!   or materials are items with codes of their own.
//! - **Notes**: 说明 is an exclusion if it says 不管制 and an inclusion otherwise. 技术说明 is a definition,
//!   and 例外 an exclusion. A note belongs to the narrowest item that contains all codes that the
//!   note names. [`ScopeNote::gist`] has the published words.
//! - **Purpose**: the clause that begins with 用于, or with 为 before 设计.
//! - **Powers**: digits after `×10` are a power that lost its superscript, which is reported.
//! - **Brackets**: text in `[…]` at the ends of a description is by the maker of the table, and is
//!   reported.

mod row;
mod scope;

use std::collections::BTreeMap;
use std::io::Read;

use crate::code::{Code, Label, codes};
use crate::error::{Error, Kind};
use crate::identifier::{Species, cas_in, once_each};
use crate::list::{ChildLogic, Condition, Item, NoteKind, ScopeNote};
use crate::quantity::in_chinese;
use crate::source::observation::{Observation, ObservationKind};
use crate::text::chars::is_chinese;
use crate::text::short;

use super::check::logic;
use super::outline::{Mark, Part, marks, parts};
use row::Row;

/// The maximum length of a catalogue in bytes. The reading takes up to thirty times as much.
const MOST_BYTES: usize = 1_000_000;
const MOST_ITEMS: usize = 20_000;
const MOST_NOTES: usize = 100;
const MOST_OBSERVATIONS: usize = 10_000;

/// The descriptions of a catalogue as read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Catalogue {
    /// The items in list order, each with its text, thresholds, conditions, notes and keys. Parents
    /// are included if the catalogue prints their words.
    pub items: Vec<Item>,
    /// The reader's observations, in the order of the table: text skipped, repaired or unclear.
    pub observations: Vec<Observation>,
}

/// Reads the table of a catalogue.
///
/// # Errors
/// Returns an error with line and column if bytes are not UTF-8, the header lacks one of the four
/// columns, a row has too few fields, a code is invalid, or a code has two rows. Also returns an
/// error if the table has more than a megabyte or 20,000 items.
///
/// ```
/// use export_control::ChildLogic;
/// use export_control::source::mofcom::catalogue;
/// let table = "rows\tcode\tstate\ttext
/// 7\t3A990\tok\t用于虚构测量、具有以下两种特性的装置：a．功率大于 5 kW；b．重量小于 3 kg。说明：3A990 项不管制玩具。";
/// let read = catalogue::read(table.as_bytes())?;
/// let item = &read.items[0];
/// assert_eq!(item.conditions()[0].logic, ChildLogic::All);
/// assert_eq!(item.conditions()[1].to_string(), "a: power > 5 kW");
/// assert_eq!(item.notes().iter().map(|note| note.kind().name()).collect::<Vec<_>>(), ["purpose", "exclusion"]);
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn read(mut input: impl Read) -> Result<Catalogue, Error> {
    let mut bytes = Vec::new();
    (&mut input)
        .take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() > MOST_BYTES {
        let found = format!("more than {MOST_BYTES} bytes");
        return Err(Error::unexpected(found, "the table of one catalogue").at(1, 1));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| Error::from(Kind::Encoding(error.valid_up_to() as u64)))?;
    let mut reader = Reader::default();
    for row in row::rows(text)? {
        reader.row(&row?)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    items: BTreeMap<Code, Item>,
    /// The codes that have rows of their own, with their lines.
    rows: BTreeMap<Code, u64>,
    notes: Vec<(u64, Code, String, NoteKind)>,
    observations: Vec<Observation>,
}

impl Reader {
    fn note(&mut self, line: u64, code: Code, kind: ObservationKind, detail: String) {
        self.observations.push(Observation {
            line,
            code: Some(code),
            kind,
            detail,
        });
    }

    fn unclear(&mut self, line: u64, code: Code, detail: impl Into<String>) {
        self.note(line, code, ObservationKind::Unclear, detail.into());
    }

    fn item(&mut self, line: u64, code: Code) -> Result<&mut Item, Error> {
        if self.items.len() >= MOST_ITEMS && !self.items.contains_key(&code) {
            let found = format!("more than {MOST_ITEMS} items");
            return Err(Error::unexpected(found, "the table of one catalogue").at_line(line));
        }
        Ok(self.items.entry(code).or_insert_with(|| Item::new(code)))
    }

    fn row(&mut self, row: &Row<'_>) -> Result<(), Error> {
        let (line, code) = (row.line, row.code);
        if let Some(first) = self.rows.insert(code, line) {
            return Err(Error::unexpected(
                format!("a second row of {code}"),
                format!("one, which is on line {first}"),
            )
            .at(line, row.column)
            .of_code(code));
        }
        self.item(line, code)?.particulars_mut().catalogue_rows = row.numbers.clone();
        for problem in &row.problems {
            self.unclear(line, code, *problem);
        }
        if !row.whole {
            let gist = "the source's text is not whole";
            let note = ScopeNote::new(NoteKind::Incomplete, gist);
            self.item(line, code)?.facts.notes.push(note);
            self.unclear(line, code, gist);
        }
        let powers = scope::with_powers(row.text);
        if powers != row.text {
            let detail = "powers of ten without their superscripts are read as powers".to_owned();
            self.note(line, code, ObservationKind::Repaired, detail);
        }
        let (text, remarks) = scope::without_remarks(&powers);
        for remark in &remarks {
            let detail = format!("a remark of the table's author: {}", short(remark));
            self.note(line, code, ObservationKind::Skipped, detail);
        }
        let (body, notes) = scope::split_notes(text, code);
        let said = remarks.iter().flat_map(|remark| scope::notes_in(remark));
        for (kind, words) in notes.into_iter().chain(said) {
            let at = scope::holder(code, &words);
            self.notes.push((line, at, words, kind));
        }
        self.body(line, code, &body)
    }

    /// Reads a row's text for its code, for the parents and for the parts below it.
    fn body(&mut self, line: u64, code: Code, text: &str) -> Result<(), Error> {
        let marks = marks(text);
        let labels: Vec<Label> = code.labels().collect();
        // The row's own label is the last of a chain that begins with a parent's.
        let chain = (0..labels.len()).rev().find(|from| {
            let wanted = &labels[*from..];
            marks.len() >= wanted.len()
                && marks
                    .iter()
                    .zip(wanted)
                    .all(|(mark, label)| mark.label == *label)
                && (*from == 0 || marks[0].at == 0)
        });
        let Some(from) = chain else {
            if !labels.is_empty() {
                self.unclear(line, code, "the text does not have the code's own label");
                return self.own(line, code, text, &[]);
            }
            return self.own(line, code, text, &marks);
        };
        let own = labels.len() - from;
        let heads = std::iter::once(&text[..marks[0].at]).chain(
            marks[..own]
                .windows(2)
                .map(|pair| &text[pair[0].end..pair[1].at]),
        );
        for (depth, head) in (from..).zip(heads) {
            let head = head.trim();
            if !head.is_empty() {
                self.own(line, code.truncate(depth), head, &[])?;
            }
        }
        let start = marks[own - 1].end;
        let below: Vec<Mark> = marks[own..]
            .iter()
            .map(|mark| Mark {
                at: mark.at - start,
                end: mark.end - start,
                label: mark.label,
            })
            .collect();
        self.own(line, code, text[start..].trim_end(), &below)
    }

    /// Reads the words of one code, and the parts that they list.
    fn own(&mut self, line: u64, code: Code, text: &str, marks: &[Mark]) -> Result<(), Error> {
        let lead = text[..marks.first().map_or(text.len(), |mark| mark.at)].trim();
        let parts = parts(text, marks);
        self.keys(line, code, lead)?;
        if parts.is_empty() {
            return self.words(line, code, text, text);
        }
        if scope::states_conditions(lead) {
            self.words(line, code, text, lead)?;
            return self.conditions(line, code, lead, &parts);
        }
        self.words(line, code, lead, lead)?;
        self.paragraphs(line, code, &parts)
    }

    /// Reads parts that are items: goods or materials, each with its own list or conditions.
    fn paragraphs(&mut self, line: u64, code: Code, parts: &[Part<'_>]) -> Result<(), Error> {
        let mut at = 0;
        while at < parts.len() {
            let inner = parts[at + 1..]
                .iter()
                .take_while(|part| part.path.len() > 1)
                .count();
            let (part, below) = (&parts[at], &parts[at + 1..at + 1 + inner]);
            at += 1 + inner;
            let child = part.path.last().and_then(|label| code.child(*label));
            let Some(child) = child else {
                self.unclear(line, code, "a list deeper than a code can be");
                continue;
            };
            if self.rows.contains_key(&child) {
                let detail = format!("{child} has a row and is printed below {code} too");
                self.unclear(line, code, detail);
                continue;
            }
            self.keys(line, child, part.text)?;
            self.words(line, child, part.text, part.text)?;
            let below: Vec<Part<'_>> = below
                .iter()
                .map(|part| Part {
                    path: part.path[1..].to_vec(),
                    text: part.text,
                })
                .collect();
            if below.is_empty() {
                continue;
            }
            if scope::states_conditions(part.text) {
                self.conditions(line, child, part.text, &below)?;
            } else {
                self.paragraphs(line, child, &below)?;
            }
        }
        Ok(())
    }

    /// Reads parts that are conditions of an item.
    fn conditions(
        &mut self,
        line: u64,
        code: Code,
        lead: &str,
        parts: &[Part<'_>],
    ) -> Result<(), Error> {
        let whole = Part {
            path: Vec::new(),
            text: lead,
        };
        let all: Vec<&Part<'_>> = std::iter::once(&whole).chain(parts).collect();
        for (at, part) in all.iter().enumerate() {
            let mut condition = Condition::new(part.path.clone());
            // The first text has the item's own figures. Only the parts after it are conditions.
            if at > 0 {
                condition.quantities = in_chinese(part.text);
                self.keys(line, code, part.text)?;
            }
            if all
                .get(at + 1)
                .is_some_and(|next| next.path.len() > part.path.len())
            {
                condition.logic = logic(part.text).unwrap_or_else(|| {
                    let detail =
                        "does not say whether all or any of a list must be met; taken for any";
                    self.unclear(line, code, detail);
                    ChildLogic::Any
                });
            }
            self.item(line, code)?.facts.conditions.push(condition);
        }
        Ok(())
    }

    /// Sets the text of an item, and the purpose that its own line states.
    fn words(&mut self, line: u64, code: Code, text: &str, lead: &str) -> Result<(), Error> {
        let text = text.trim().trim_end_matches(['；', ';', '。']);
        let item = self.item(line, code)?;
        match &mut item.text {
            // A parent's head is printed once, so a second one would belong to another item.
            Some(_) => self.unclear(line, code, "a second text, which is left out"),
            none => *none = Some(text.to_owned()),
        }
        if let Some(clause) = scope::purpose(lead).filter(|clause| !clause.trim().is_empty()) {
            let note = ScopeNote::new(NoteKind::Purpose, clause);
            self.item(line, code)?.facts.notes.push(note);
        }
        Ok(())
    }

    /// Reads the keys and figures of an item's words or of one of its conditions.
    fn keys(&mut self, line: u64, code: Code, text: &str) -> Result<(), Error> {
        let mut problems = Vec::new();
        let item = self.item(line, code)?;
        for cas in cas_in(text) {
            match cas {
                Ok(cas) => item.facts.cas.push(cas),
                Err(error) => problems.push(error.to_string()),
            }
        }
        item.facts.quantities.extend(in_chinese(text));
        let named = codes(text).map(|(_, _, named)| named);
        item.facts
            .refers_to
            .extend(named.filter(|named| !named.contains(code) && !code.contains(*named)));
        if let Some(name) = species_in(text, code)
            && item.facts.species.is_empty()
        {
            match name.parse::<Species>() {
                Ok(species) => item.facts.species.push(species),
                Err(error) => problems.push(error.to_string()),
            }
        }
        for problem in problems {
            self.unclear(line, code, problem);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Catalogue, Error> {
        for (line, code, words, kind) in std::mem::take(&mut self.notes) {
            let note = ScopeNote::new(kind, &words);
            if note.gist().is_empty() {
                self.unclear(line, code, "a note without words");
                continue;
            }
            // "In 1A227.a …" is about a condition of 1A227.
            let known = std::iter::once(code)
                .chain(code.ancestors())
                .find(|code| self.items.contains_key(code));
            let item = self.item(line, known.unwrap_or(code))?;
            // Few items have more than ten notes. The limit keeps a hostile table linear.
            if item.facts.notes.len() > MOST_NOTES || !item.facts.notes.contains(&note) {
                item.facts.notes.push(note);
            }
        }
        for item in self.items.values_mut() {
            once_each(&mut item.facts.cas);
            item.facts.refers_to.sort_unstable();
            item.facts.refers_to.dedup();
            item.facts.notes.sort_by_key(ScopeNote::kind);
        }
        let mut observations = self.observations;
        observations.sort_by_key(|observation| observation.line);
        if let Some(more) = observations.len().checked_sub(MOST_OBSERVATIONS)
            && let Some(last) = observations.get(MOST_OBSERVATIONS)
        {
            let (line, detail) = (last.line, format!("{more} more observations from here on"));
            observations.truncate(MOST_OBSERVATIONS);
            observations.push(Observation {
                line,
                code: None,
                kind: ObservationKind::Unclear,
                detail,
            });
        }
        Ok(Catalogue {
            items: self.items.into_values().collect(),
            observations,
        })
    }
}

/// Returns the Latin name after the Chinese name of a pathogen or a toxin.
fn species_in(text: &str, code: Code) -> Option<&str> {
    if code.third_digit() != 3 || text.contains("CAS") {
        return None;
    }
    let mut before = ' ';
    let at = text.char_indices().find_map(|(at, c)| {
        let begins = c.is_ascii_alphabetic() && (is_chinese(before) || before == '）');
        if !c.is_whitespace() {
            before = c;
        }
        let letters = text[at..].bytes().take(4);
        (begins && letters.filter(u8::is_ascii_alphabetic).count() == 4).then_some(at)
    })?;
    let name = text[at..].split(['（', '(', '；', '。', '，']).next()?;
    Some(name.trim()).filter(|name| !name.contains(is_chinese))
}
