//! Writes the source's rows of one day as the eCFR writes an entry, and reads them with its reader.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write as _;

use export_control::code::Label;
use export_control::source::ecfr;
use export_control::{Code, Edition, Item, ItemState};

use super::{Draft, Record, outline};

/// Returns the items of the rows of one day. The result of an entry is cached, because most entries
/// stay the same for years.
pub(super) fn draft<'a>(
    records: impl Iterator<Item = &'a Record>,
    cache: &mut HashMap<String, Vec<Item>>,
) -> Result<Draft, Box<dyn Error>> {
    let mut entries: BTreeMap<Code, BTreeMap<Code, &Record>> = BTreeMap::new();
    for record in records {
        let code: Code = record
            .eccn
            .parse()
            .map_err(|error| format!("{}: {error}", record.eccn))?;
        entries
            .entry(code.entry())
            .or_default()
            .insert(code, record);
    }
    let mut draft = Draft::default();
    for (entry, rows) in entries {
        let set = Entry::set(entry, &rows);
        let items = match cache.get(&set.xml) {
            Some(items) => items,
            None => {
                let items = set.read().map_err(|error| format!("{entry}: {error}"))?;
                cache.entry(set.xml.clone()).or_insert(items)
            }
        };
        draft
            .items
            .extend(items.iter().map(|item| (item.code(), item.clone())));
        if set.lost_first
            && let Some(first) = Label::letters("a").and_then(|label| entry.child(label))
            && !draft.items.contains_key(&first)
        {
            draft.holes.insert(first);
        }
    }
    Ok(draft)
}

/// An entry that is written as XML.
struct Entry {
    xml: String,
    /// Lead-ins that the source has without their words.
    textless: BTreeSet<Code>,
    /// True if the entry announces paragraphs but the source has none.
    lost_first: bool,
}

impl Entry {
    fn set(entry: Code, rows: &BTreeMap<Code, &Record>) -> Entry {
        let mut set = Entry {
            xml: String::from("<DIV9 N=\"Supplement No. 1 to Part 774\">\n"),
            textless: BTreeSet::new(),
            lost_first: false,
        };
        let own = rows.get(&entry).map(|record| record.text.as_str());
        let lead_in = rows
            .values()
            .find_map(|record| crumbs(entry, record).first().copied());
        let name = entry.to_string();
        let mut heading = own
            .or(lead_in)
            .map(|text| paragraph(text.lines()))
            .unwrap_or_default();
        // A heading that was set in several styles lost its code or its words.
        if heading.trim_start_matches("ECCN ").trim() == name
            || !heading.trim_start_matches("ECCN ").starts_with(&name)
        {
            heading = name;
            set.textless.insert(entry);
        }
        let _ = writeln!(set.xml, "<FP-2><B>{}</B></FP-2>", escaped(&heading));
        // An entry with paragraphs is not empty. The source does not keep its reasons, so they are
        // not kept here either.
        let reasons = own.map_or(Some("AT"), reasons);
        if let Some(reasons) = reasons {
            let _ = writeln!(
                set.xml,
                "<FP><I>Reason for Control:</I> {}</FP>",
                escaped(reasons)
            );
        }
        set.xml.push_str("<FP><I>Items:</I></FP>\n");
        if let Some(own) = own {
            let listed: Vec<&str> = own
                .lines()
                .skip_while(|line| !line.trim_start().to_lowercase().starts_with("items"))
                .collect();
            let announced = !listed.is_empty() && !own.to_lowercase().contains("contained in the");
            set.lost_first = announced && rows.len() == 1 && set.labeled(&listed, "") == 0;
        }
        set.paragraphs(entry, rows);
        set.xml.push_str("</DIV9>\n");
        set
    }

    /// Writes the paragraphs of an entry, with the lead-ins above each.
    fn paragraphs(&mut self, entry: Code, rows: &BTreeMap<Code, &Record>) {
        let mut shown = BTreeSet::from([entry]);
        for (code, record) in rows.iter().filter(|(code, _)| !code.is_entry()) {
            for (depth, lead_in) in crumbs(entry, record).iter().skip(1).enumerate() {
                let above = code.truncate(depth + 1);
                if above == *code || !shown.insert(above) {
                    continue;
                }
                // If the lead-in was lost, its own code is in its place.
                if lead_in.parse() == Ok(above) {
                    self.textless.insert(above);
                } else {
                    self.paragraph(above, &paragraph(lead_in.lines()));
                }
            }
            if shown.insert(*code) {
                // A row that begins with its code has lost its own words.
                let lost = record
                    .text
                    .lines()
                    .next()
                    .is_some_and(|line| line.parse() == Ok(*code));
                if lost {
                    self.textless.insert(*code);
                } else {
                    self.paragraph(*code, &paragraph(record.text.lines()));
                }
                let lines: Vec<&str> = record.text.lines().skip(1).collect();
                self.labeled(&lines, &path(*code));
            }
        }
    }

    fn paragraph(&mut self, code: Code, text: &str) {
        let _ = writeln!(self.xml, "<P>{}. {}</P>", path(code), escaped(text));
    }

    /// Writes the lines that have a label below a path. The source has each line twice, once with
    /// its label and once without.
    fn labeled(&mut self, lines: &[&str], above: &str) -> usize {
        let mut count = 0;
        for (at, line) in lines.iter().enumerate() {
            let label: String = line
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '.')
                .collect();
            let below = label.strip_suffix('.').unwrap_or(&label);
            let fits = line[label.len()..].starts_with(' ')
                && label.ends_with('.')
                && below.starts_with(|c: char| c.is_ascii_lowercase())
                && (above.is_empty()
                    || below
                        .strip_prefix(above)
                        .is_some_and(|rest| rest.starts_with('.')));
            if fits {
                let _ = writeln!(
                    self.xml,
                    "<P>{}</P>",
                    escaped(&paragraph(lines[at..].iter().copied()))
                );
                count += 1;
            }
        }
        count
    }

    fn read(&self) -> Result<Vec<Item>, Box<dyn Error>> {
        let list = ecfr::read(self.xml.as_bytes(), Edition::default())?.list;
        let items = list.items().iter().map(|item| {
            let mut outline = outline(item);
            if self.textless.contains(&item.code()) {
                if item.state() == ItemState::Implied {
                    outline = outline.with_state(ItemState::Live);
                }
                outline = outline.with_fingerprint(None);
                outline = outline.with_text(None);
            }
            outline
        });
        Ok(items.collect())
    }
}

/// Returns the heading and the lead-ins above a row, the heading first.
fn crumbs(entry: Code, record: &Record) -> Vec<&str> {
    let name = entry.to_string();
    record
        .breadcrumbs
        .iter()
        .map(String::as_str)
        .skip_while(|crumb| !crumb.trim_start_matches("ECCN ").starts_with(&name))
        .collect()
}

/// Returns the text after "Reason for Control:", on its line or on the next.
fn reasons(text: &str) -> Option<&str> {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.to_lowercase().starts_with("reason"));
    let (_, rest) = lines.next()?.split_once("ontrol")?;
    match rest.trim_start_matches(':').trim() {
        "" => lines.next(),
        rest => Some(rest),
    }
}

/// Returns the labels below the entry as they are printed: `b.1.a`.
fn path(code: Code) -> String {
    code.labels()
        .map(|label| label.to_string())
        .collect::<Vec<_>>()
        .join(".")
}

/// Returns a paragraph's own words: its first line, and further lines that an exponent or an index
/// broke off. Notes and children begin with a capital letter.
fn paragraph<'a>(mut lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = lines.next().unwrap_or_default().trim().to_owned();
    for line in lines {
        let line = line.trim();
        let label = line.split_once(". ").is_some_and(|(label, _)| {
            label.len() <= 24
                && label.starts_with(|c: char| c.is_ascii_lowercase())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        });
        let goes_on = line.starts_with(|c: char| {
            c.is_lowercase() || c.is_ascii_digit() || ";,.°×−-/)".contains(c)
        });
        // "1A227.a" is in the place of lost words.
        if label || !goes_on || line.parse::<Code>().is_ok() {
            break;
        }
        text.push(' ');
        text.push_str(line);
    }
    text
}

/// Returns the letters and digits in lower case. The print is searched for them.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '⁰' | '₀' => Some('0'),
            '¹' | '₁' => Some('1'),
            '²' | '₂' => Some('2'),
            '³' | '₃' => Some('3'),
            '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10),
            '₄'..='₉' => char::from_digit(c as u32 - '₀' as u32, 10),
            '×' => Some('x'),
            c => c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()),
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
