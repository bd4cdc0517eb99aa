//! One entry out of the cell that holds its names and addresses.

use std::borrow::Cow;

use crate::party::{Country, EntryKind, PartyEntry, Unit};
use crate::text::fingerprint::Letters;

use super::names::{
    AFFILIATED, AND, SUBORDINATE, bare, divide, glued, inline, lead, mark, number, tidy,
};
use super::rows::{ITALIC, ROMAN};

/// An entry that grows: a row, and the rows that continue it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) entry: PartyEntry,
    /// Addresses as one text.
    address: String,
    /// The part that the lines hold now.
    part: Part,
    /// Set if the line before ended with "and", so that one more name follows.
    more: bool,
    /// Repairs, and things that could not be told.
    pub(super) mended: Vec<String>,
    pub(super) unclear: Vec<String>,
    /// Every letter and figure of the cell, for its fingerprint.
    pub(super) letters: Letters,
}

/// The parts of a cell.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Part {
    /// Addresses.
    #[default]
    Addresses,
    /// Other names of the party, or of its last unit.
    Names,
    /// Units, one a line; of the last one so many other names are still to come.
    Units { names: usize },
    /// The name of a unit is on the next line.
    Unit,
}

/// Reads the cell of an entry.
pub(super) fn read(cell: &str) -> Draft {
    let mut draft = Draft::default();
    draft.entry.rows = 1;
    let cell = draft.without_references(cell);
    let mut lines = cell
        .split('\n')
        .map(str::trim_ascii)
        .skip_while(|line| line.is_empty());
    draft.head(lines.next().unwrap_or_default());
    for line in lines {
        draft.line(line);
    }
    draft
}

impl Draft {
    /// Reads a row that continues the entry.
    pub(super) fn continued(&mut self, cell: &str) {
        self.entry.rows = self.entry.rows.saturating_add(1);
        let cell = self.without_references(cell);
        for line in cell.split('\n').map(str::trim_ascii) {
            self.line(line);
        }
    }

    /// Takes the references to other countries out of a cell.
    fn without_references<'c>(&mut self, cell: &'c str) -> Cow<'c, str> {
        self.letters.add(cell);
        if reference(cell).is_none() {
            return Cow::Borrowed(cell);
        }
        let mut kept = String::with_capacity(cell.len());
        let mut rest = cell;
        while let Some(at) = reference(rest) {
            let end = closing(&rest[at..]).map_or(rest.len(), |end| at + end);
            let inner = bare(&rest[at..end]).replace('\n', " ");
            let is_reference = inner.contains("address") || inner.contains(" under ");
            kept.push_str(&rest[..if is_reference { at } else { end }]);
            if is_reference {
                self.reference(&inner);
            }
            rest = &rest[end..];
        }
        kept.push_str(rest);
        Cow::Owned(kept)
    }

    /// Reads a reference: "(See alternate addresses under Iran and Malaysia)".
    fn reference(&mut self, text: &str) {
        let words = [" under ", " in "];
        let at = words
            .iter()
            .filter_map(|word| Some(text.find(word)? + word.len()))
            .min();
        let Some(at) = at else {
            self.unclear
                .push(format!("a reference to no country: {}", shown(text)));
            return;
        };
        let places = text[at..].trim_end_matches([')', '.', ' ']);
        let places = places
            .replace(" and ", ", ")
            .replace("the United Arab (", "United Arab ");
        for place in places
            .split(',')
            .map(str::trim_ascii)
            .filter(|place| !place.is_empty())
        {
            let place = place.strip_prefix("and ").unwrap_or(place);
            let place = place.strip_prefix("the ").unwrap_or(place);
            let country = Country::named(place).or_else(|| {
                // "Taiwan for this entry", "Example Works in Uganda"
                let first = place.split_once(" for ").map(|(first, _)| first);
                let last = place.rsplit_once(" in ").map(|(_, last)| last);
                first.or(last).and_then(Country::named)
            });
            match country {
                Some(country) if self.entry.see.contains(&country) => {}
                Some(country) => self.entry.see.push(country),
                None if place.starts_with("which is listed") => break,
                None => {
                    let detail = format!("a reference to {:?}, an unknown country", shown(place));
                    self.unclear.push(detail);
                }
            }
        }
    }

    /// Reads the first line: the name, and what follows it.
    fn head(&mut self, line: &str) {
        let line = bare(line);
        let line = line.trim_ascii();
        if let Some(rest) = line.strip_prefix("Address ")
            && let Some((name, rest)) = rest.split_once(',')
            && name.bytes().all(|byte| byte.is_ascii_digit())
        {
            self.entry.kind = EntryKind::Address;
            self.entry.name = format!("Address {name}");
            return self.add_address(rest);
        }
        let subordinate = SUBORDINATE.find(line);
        if subordinate.is_some_and(|at| line[at..].starts_with("ubordinate institution:")) {
            self.entry.kind = EntryKind::Unit;
        }
        if let Some(lead) = lead(line) {
            self.entry.name = tidy(lead.name).to_owned();
            if subordinate.is_some() || AFFILIATED.find(line).is_some() {
                self.part = Part::Names;
            }
            return self.after_lead(lead.listed, lead.rest);
        }
        if line.ends_with(':') {
            self.entry.name = tidy(line).to_owned();
            if self.entry.kind != EntryKind::Unit {
                self.part = Part::Units { names: 0 };
            }
            return;
        }
        let (name, rest) = divide(line);
        self.entry.name = tidy(name).to_owned();
        self.add_address(rest);
    }

    /// Takes in what follows "a.k.a." of the party or of its last unit.
    fn after_lead(&mut self, listed: Option<usize>, rest: Option<&str>) {
        match (listed, rest) {
            (Some(count), None) => {
                self.part = match self.part {
                    Part::Units { .. } => Part::Units { names: count },
                    _ => Part::Names,
                };
            }
            (Some(_), Some(rest)) => {
                self.part = Part::Names;
                self.add_names(rest);
            }
            (None, Some(rest)) => {
                self.part = Part::Names;
                self.add_names(rest);
            }
            (None, None) => {}
        }
    }

    /// Takes in names on one line, and the address after them.
    fn add_names(&mut self, text: &str) {
        let (names, rest) = inline(text);
        for name in names {
            // "(f.k.a. Example Works), a.k.a., the following two aliases:"
            match name.starts_with("the follow") {
                true => self.part = Part::Names,
                false => self.add_name(name),
            }
        }
        if !rest.is_empty() {
            let rest = rest.to_owned();
            self.add_address(&rest);
            self.part = Part::Addresses;
        }
    }

    /// Adds another name to the party, or to its last unit.
    fn add_name(&mut self, name: &str) {
        let name = tidy(name);
        let (own, others) = match self.entry.units.last_mut() {
            Some(unit) => (&unit.name, &mut unit.other_names),
            None => (&self.entry.name, &mut self.entry.other_names),
        };
        if !name.is_empty() && name != own && !others.iter().any(|known| known == name) {
            others.push(name.to_owned());
        }
    }

    fn add_address(&mut self, text: &str) {
        let text = text.trim_ascii();
        if !text.is_empty() {
            if !self.address.is_empty() {
                self.address.push(' ');
            }
            self.address.push_str(text);
        }
    }

    /// Adds a unit, whose own line may go on with other names.
    fn add_unit(&mut self, line: &str) {
        let (name, lead) = match lead(line) {
            Some(lead) => (lead.name, Some((lead.listed, lead.rest))),
            None => (line, None),
        };
        let (name, rest) = match lead {
            Some(_) => (name, ""),
            None => divide(name),
        };
        self.entry.units.push(Unit::new(tidy(name)));
        self.add_address(rest);
        if let Some((listed, rest)) = lead {
            self.after_lead(listed, rest);
        }
    }

    /// Reads a line after the first.
    fn line(&mut self, line: &str) {
        if line.contains(ITALIC) && self.italic_units(line) {
            return;
        }
        let text = bare(line);
        let text = text.trim_ascii();
        if text.is_empty() || text == "." {
            if matches!(self.part, Part::Names | Part::Addresses) {
                self.part = Part::Addresses;
            }
        } else if begins(text, "subordinate institu") {
            // The name is after the word, or on the next line.
            let rest = text["subordinate institu".len()..].split_once([':', ' ']);
            self.part = Part::Unit;
            if let Some((_, rest)) = rest.filter(|(_, rest)| !rest.trim_ascii().is_empty()) {
                self.part = Part::Names;
                self.add_unit(rest.trim_ascii());
            }
        } else if begins(text, "the following addresses apply") || begins(text, "addresses for") {
            self.part = Part::Addresses;
            self.add_address(text.split_once(": ").map_or("", |(_, rest)| rest));
        } else if begins(text, "affiliated entities") {
            self.part = Part::Addresses;
        } else {
            self.listed(text);
        }
    }

    /// Reads a line of the part that is open.
    fn listed(&mut self, text: &str) {
        let last = std::mem::replace(&mut self.more, text.ends_with("; and"));
        let item = text.strip_prefix('—').map(str::trim_ascii);
        match (self.part, item) {
            (Part::Unit, _) => {
                self.part = Part::Names;
                self.add_unit(item.unwrap_or(text));
            }
            (Part::Units { names: 0 }, Some(item)) => self.add_unit(item),
            (Part::Units { names }, Some(item)) => {
                self.part = Part::Units { names: names - 1 };
                self.add_name(item);
            }
            (_, Some(item)) if is_units(item) => {
                // "—Workshops, Springfield; and the following four subordinate entities:"
                let (name, rest) = divide(item);
                let (name, rest) = (name.to_owned(), rest.to_owned());
                self.add_name(&name);
                self.add_address(rest.split("; and the following").next().unwrap_or_default());
                self.part = Part::Units { names: 0 };
            }
            (Part::Addresses, Some(item)) | (Part::Names, Some(item)) => {
                if self.entry.kind == EntryKind::Unit && self.entry.name.ends_with("institution") {
                    let name = format!("{}: {}", self.entry.name, tidy(item));
                    self.entry.name = name;
                } else {
                    self.part = Part::Names;
                    self.glued(item);
                }
                self.part = Part::Names;
            }
            // A list whose last line ends with a semicolon goes on.
            (Part::Names, None) if text.ends_with([';']) || text.ends_with("; and") => {
                match text.contains(", China") || text.len() > 90 {
                    true => {
                        self.part = Part::Addresses;
                        self.add_address(text);
                    }
                    false => self.add_name(text),
                }
            }
            (Part::Names, None) if last => {
                self.add_name(text);
                self.part = Part::Addresses;
            }
            (Part::Names, None) if self.entry.units.is_empty() => {
                self.part = Part::Addresses;
                self.add_address(text);
            }
            _ => self.add_address(text),
        }
    }

    /// Adds a name whose line may go on with an address: "—Example LLC, 5 Example Street, …".
    fn glued(&mut self, item: &str) {
        if mark(item).is_some() {
            return self.add_names(item);
        }
        let whole = item.trim_end_matches([';', '.']);
        if memchr::memchr(b',', whole.as_bytes()).is_none() && !whole.contains(". ") {
            return self.add_name(item);
        }
        let (name, rest) = divide(item);
        let country = Country::of_address(rest.trim_end_matches(['.', ';']));
        if country.is_some() || glued(item).is_some() {
            // "—Example Works. 5 Example Street, …"
            let name = name.split_once(". ").map_or(name, |(name, _)| name);
            let rest = item[name.len()..].trim_start_matches(['.', ',', ' ']);
            self.mended.push(format!(
                "an address in the line of the name {:?}",
                shown(tidy(name))
            ));
            self.add_name(name);
            self.add_address(rest);
        } else {
            self.add_name(item);
        }
    }

    /// Reads a line on which units are set in italics, each with its address; returns `false` if
    /// none is.
    fn italic_units(&mut self, line: &str) -> bool {
        let runs: Vec<&str> = line.split(ITALIC).collect();
        let run = |text: &str| {
            text.split_once(ROMAN)
                .map_or(text.len(), |(run, _)| run.len())
        };
        let is_unit = |text: &&str| {
            let italic = text[..run(text)].trim_ascii();
            italic.ends_with(',') && italic.len() > 4 && !italic.starts_with("and")
        };
        if !runs.iter().skip(1).any(is_unit) || !runs[0].trim_ascii().is_empty() {
            return false;
        }
        for text in runs.into_iter().skip(1) {
            let (italic, rest) = text.split_at(run(text));
            let rest = bare(rest).into_owned();
            match is_unit(&text) {
                true => {
                    let line = format!("{} {}", bare(italic), rest.trim_ascii());
                    match lead(&line) {
                        Some(_) => self.add_unit(&line),
                        None => {
                            self.entry.units.push(Unit::new(tidy(italic)));
                            self.add_address(&rest);
                        }
                    }
                }
                false => self.add_address(&rest),
            }
        }
        true
    }

    /// Ends the entry: its addresses, their countries, its kind.
    pub(super) fn finish(&mut self, own: Option<Country>) {
        let entry = &mut self.entry;
        addresses(&self.address, |address| {
            if let Some(country) = Country::of_address(address)
                && !entry.address_countries.contains(&country)
            {
                entry.address_countries.push(country);
            }
            entry.addresses.push(address.to_owned());
        });
        let addressed = !self.entry.addresses.is_empty();
        if !addressed && !self.entry.see.is_empty() {
            self.entry.kind = EntryKind::CrossReference;
        } else if self.entry.address_countries.is_empty() {
            // An address that names no country is in that of its heading.
            self.entry.address_countries.extend(own);
        }
        let name = &self.entry.name;
        for unit in &mut self.entry.units {
            unit.other_names.retain(|other| other != name);
            // A line that announces a unit can name it on the next line only.
            if unit.name.is_empty() && !unit.other_names.is_empty() {
                unit.name = unit.other_names.remove(0);
            }
        }
        self.entry.units.retain(|unit| !unit.name.is_empty());
    }
}

/// Returns whether a line announces units: "and the following four subordinate entities:".
fn is_units(line: &str) -> bool {
    line.ends_with(':')
        && line.contains("following")
        && line.split(' ').any(|word| number(word).is_some())
        && (line.contains("subordinate") || line.contains("affiliated"))
}

/// Finds the beginning of a reference: "(See …".
fn reference(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'(', bytes)
        .find(|at| matches!(bytes.get(at + 1..at + 5), Some(b"See " | b"see ")))
}

/// Returns whether a text begins with words in any case.
fn begins(text: &str, words: &str) -> bool {
    let begin = text.as_bytes().get(..words.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(words.as_bytes()))
}

/// Finds the end of the parenthesis with which a text begins.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth <= 1 => return Some(at + 1),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Gives the addresses of a text, which "; and" divides.
fn addresses<'t>(text: &'t str, mut give: impl FnMut(&'t str)) {
    for part in text.split(';') {
        let mut rest = part;
        // "…, Afghanistan, and Dasht Qala, …"
        while let Some(at) = AND.find(rest) {
            if Country::of_address(&rest[..at]).is_none() {
                break;
            }
            address(&rest[..at]).into_iter().for_each(&mut give);
            rest = &rest[at + ", and ".len()..];
        }
        address(rest).into_iter().for_each(&mut give);
    }
}

fn address(text: &str) -> Option<&str> {
    let mut text = text.trim_matches([' ', ',', '.', ':']);
    for word in ["and ", "and, "] {
        text = text.strip_prefix(word).unwrap_or(text);
    }
    let text = text
        .strip_suffix(" and")
        .unwrap_or(text)
        .trim_matches([' ', ',']);
    (text.chars().any(char::is_alphanumeric) && text != "and").then_some(text)
}

/// A text short enough for an observation.
fn shown(text: &str) -> String {
    crate::text::short(text)
}
