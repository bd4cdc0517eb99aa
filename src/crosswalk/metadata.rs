//! What a crosswalk's file says of itself before its rows, and the setters for it.

use indexmap::IndexSet;

use super::mapping::{DIFFERENCE_SLOT, JOINTLY_SLOT, SEE_SLOT};
use super::{Crosswalk, is_prefix};
use crate::error::Error;
use crate::list::ListId;
use crate::text::short;

/// Prefixes that every SSSOM file knows; they are no lists.
const BUILT_IN: [&str; 9] = [
    "linkml", "orcid", "owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd",
];

/// The license of what nobody has licensed yet, as the reference implementation writes it.
const UNSPECIFIED_LICENSE: &str = "https://w3id.org/sssom/license/unspecified";

/// The lines of a description in YAML, without the sign before them.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub(crate) struct Metadata {
    lines: Vec<Box<str>>,
}

impl Metadata {
    pub(crate) fn new(lines: impl IntoIterator<Item = impl Into<Box<str>>>) -> Metadata {
        Metadata {
            lines: lines.into_iter().map(Into::into).collect(),
        }
    }

    /// Returns the description of a crosswalk that nobody has described further.
    pub(crate) fn default_of(left: &ListId, right: &ListId) -> Metadata {
        let prefix = |list: &ListId| format!("  {list}: https://example.org/{list}/");
        let mut lines = vec!["curie_map:".to_owned(), prefix(left)];
        // YAML has each key once.
        lines.extend((right != left).then(|| prefix(right)));
        lines.push(format!(
            "mapping_set_id: https://example.org/{left}--{right}"
        ));
        lines.push(format!("license: {UNSPECIFIED_LICENSE}"));
        Metadata::new(lines)
    }

    /// The description with a definition of each extension slot of this crate among the columns:
    /// other tools drop a slot that no file declares.
    pub(crate) fn declaring(mut self, columns: &IndexSet<String>) -> Metadata {
        const KEY: &str = "extension_definitions";
        let declared = |metadata: &Metadata, slot: &str| {
            metadata.block(KEY).is_some_and(|(at, end)| {
                let names = |line: &str| {
                    let value = line.trim_start_matches([' ', '-']);
                    let value = value.strip_prefix("slot_name:");
                    value.is_some_and(|value| unquoted(value) == slot)
                };
                metadata.lines[at..end].iter().any(|line| names(line))
            })
        };
        for slot in [DIFFERENCE_SLOT, JOINTLY_SLOT, SEE_SLOT] {
            if !columns.contains(slot) || declared(&self, slot) {
                continue;
            }
            let base = " ".repeat(self.indent());
            let property = slot.trim_start_matches("ext_");
            let mut lines = vec![
                format!("{base}- slot_name: {slot}"),
                format!("{base}  property: https://example.org/export-control/{property}"),
                format!("{base}  type_hint: xsd:string"),
            ];
            let at = match self.block(KEY) {
                Some((_, end)) => end,
                None => {
                    lines.insert(0, format!("{base}{KEY}:"));
                    self.lines.len()
                }
            };
            self.lines.splice(at..at, lines.into_iter().map(Into::into));
        }
        self
    }

    pub(crate) fn lines(&self) -> &[Box<str>] {
        &self.lines
    }

    /// Returns the indentation of the keys of the description itself.
    fn indent(&self) -> usize {
        let filled = self.lines.iter().find(|line| !line.trim().is_empty());
        filled.map_or(0, |line| indent(line))
    }

    /// The line of a key of the description itself, and the lines that belong to it.
    fn block(&self, key: &str) -> Option<(usize, usize)> {
        let base = self.indent();
        let begins = |line: &str| {
            let after = line.trim_start().strip_prefix(key);
            indent(line) == base && after.is_some_and(|after| after.trim_start().starts_with(':'))
        };
        let at = self.lines.iter().position(|line| begins(line))?;
        let below = self.lines[at + 1..].iter().take_while(|line| {
            indent(line) > base || line.trim().is_empty() || line.trim_start().starts_with("- ")
        });
        Some((at, at + 1 + below.count()))
    }

    /// The prefixes with their addresses, in order.
    pub(crate) fn prefixes(&self) -> Vec<(&str, &str)> {
        let Some((at, end)) = self.block("curie_map") else {
            return Vec::new();
        };
        let inline = self.lines[at]
            .split_once(':')
            .map_or("", |(_, rest)| rest.trim());
        let inline = inline.trim_matches(['{', '}']).split(',');
        let below = self.lines[at + 1..end].iter().map(|line| &**line);
        let pair = |entry| {
            let (prefix, address): (&str, &str) = str::split_once(entry, ':')?;
            Some((unquoted(prefix), unquoted(address)))
        };
        inline.chain(below).filter_map(pair).collect()
    }

    /// The lists that the prefixes name.
    pub(crate) fn lists(&self) -> impl Iterator<Item = ListId> {
        let own = |prefix: &&str| is_prefix(prefix) && !BUILT_IN.contains(prefix);
        let prefixes = self.prefixes().into_iter().map(|(prefix, _)| prefix);
        prefixes
            .filter(own)
            .map(ListId::new)
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn get(&self, key: &str) -> Option<&str> {
        let (at, end) = self.block(key)?;
        let value = self.lines[at]
            .split_once(':')
            .map(|(_, value)| unquoted(value))?;
        (end == at + 1 && !value.is_empty()).then_some(value)
    }

    fn set_prefix(&mut self, prefix: &str, address: &str) {
        let mut prefixes: Vec<(String, String)> = self
            .prefixes()
            .into_iter()
            .map(|(prefix, address)| (prefix.to_owned(), address.to_owned()))
            .collect();
        match prefixes.iter_mut().find(|(known, _)| known == prefix) {
            Some((_, old)) => address.clone_into(old),
            None => prefixes.push((prefix.to_owned(), address.to_owned())),
        }
        self.write_prefixes(prefixes);
    }

    fn set(&mut self, key: &str, value: &str) {
        let base = " ".repeat(self.indent());
        self.replace(key, vec![format!("{base}{key}: {}", scalar(value))]);
    }

    fn replace(&mut self, key: &str, lines: Vec<String>) {
        let (at, end) = self
            .block(key)
            .unwrap_or((self.lines.len(), self.lines.len()));
        self.lines
            .splice(at..end, lines.into_iter().map(Into::into));
    }

    /// The description with the sides changed: what is said of the subject is said of the object.
    pub(crate) fn swapped(&self, swap: impl Fn(&str) -> String) -> Metadata {
        let base = self.indent();
        Metadata::new(self.lines.iter().map(|line| {
            let key = line.trim_start();
            if indent(line) == base {
                " ".repeat(base) + &swap(key)
            } else {
                line.to_string()
            }
        }))
    }
}

impl Metadata {
    /// The description with two prefixes in each other's place: a set without mappings has its lists
    /// from their order.
    pub(super) fn with_exchanged(mut self, one: &ListId, other: &ListId) -> Metadata {
        let mut prefixes: Vec<(String, String)> = self
            .prefixes()
            .into_iter()
            .map(|(prefix, address)| (prefix.to_owned(), address.to_owned()))
            .collect();
        let position = |list: &ListId| prefixes.iter().position(|(p, _)| p == list.as_str());
        if let (Some(one), Some(other)) = (position(one), position(other)) {
            prefixes.swap(one, other);
            self.write_prefixes(prefixes);
        }
        self
    }

    fn write_prefixes(&mut self, prefixes: Vec<(String, String)>) {
        let base = " ".repeat(self.indent());
        let mut lines = vec![format!("{base}curie_map:")];
        let entry = |(prefix, address): (String, String)| format!("{base}  {prefix}: {address}");
        lines.extend(prefixes.into_iter().map(entry));
        self.replace("curie_map", lines);
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let within = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(text)
}

/// A text as a YAML scalar, plain where it can be.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " :/._~%?=&+,()-".contains(c);
    let begins_well = text.starts_with(|c: char| c.is_alphanumeric());
    let word = matches!(
        text,
        "true" | "false" | "yes" | "no" | "on" | "off" | "null"
    );
    if begins_well
        && text.chars().all(plain)
        && text.trim() == text
        && !text.contains(": ")
        && !text.ends_with(':')
        && !word
        && text.parse::<f64>().is_err()
    {
        return text.to_owned();
    }
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

impl Crosswalk {
    /// Returns each prefix with its address, as the file states it.
    ///
    /// ```
    /// let crosswalk = export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
    /// assert!(crosswalk.prefixes().any(|(prefix, _)| prefix == "us-ccl"));
    /// ```
    pub fn prefixes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.header.prefixes().into_iter()
    }

    /// Sets the address of a prefix. A publisher names one of its own, because
    /// `example.org` is nobody's.
    ///
    /// # Errors
    /// Returns an error if the prefix has signs other than letters, digits, hyphens, dots and
    /// underscores, or if the address is empty or has a blank or a control character.
    ///
    /// ```
    /// let crosswalk = export_control::crosswalk("us-ccl", "cn-dual-use")
    ///     .expect("an embedded crosswalk")
    ///     .clone()
    ///     .with_prefix("us-ccl", "https://lists.example.net/ccl/")?
    ///     .with_metadata("mapping_set_id", "https://lists.example.net/ccl-to-china")?;
    /// let text = crosswalk.to_string();
    /// assert!(text.contains("#  us-ccl: https://lists.example.net/ccl/\n"));
    /// assert_eq!(crosswalk.metadata("mapping_set_id"), Some("https://lists.example.net/ccl-to-china"));
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn with_prefix(mut self, prefix: &str, address: &str) -> Result<Crosswalk, Error> {
        if !is_prefix(prefix) {
            return Err(Error::unexpected(
                format!("the prefix {:?}", short(prefix)),
                "letters, digits, hyphens, dots and underscores",
            ));
        }
        if address.is_empty() || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Error::unexpected(
                format!("the address {:?}", short(address)),
                "an address without blanks, such as https://example.org/us-ccl/",
            ));
        }
        self.header.set_prefix(prefix, address);
        Ok(self)
    }

    /// Returns what the description says under a key of one line, such as `license`.
    pub fn metadata(&self, key: &str) -> Option<&str> {
        self.header.get(key)
    }

    /// Sets a key of the description, such as `mapping_set_id` or `license`.
    ///
    /// # Errors
    /// Returns an error if the key is not the name of a slot, or if it is `curie_map`.
    /// [`with_prefix`](Crosswalk::with_prefix) sets that one.
    pub fn with_metadata(mut self, key: &str, value: &str) -> Result<Crosswalk, Error> {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if key.is_empty() || !key.chars().all(good) || key == "curie_map" {
            return Err(Error::unexpected(
                format!("the key {:?}", short(key)),
                "a slot of a mapping set, such as mapping_set_id",
            ));
        }
        self.header.set(key, value);
        Ok(self)
    }
}
