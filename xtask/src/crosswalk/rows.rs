//! The rows of readings.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use export_control::{Code, Relation};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A pair of `pairs.jsonl`: the relation of the left item to the right one, and how they differ. A
/// code is under the word of its list, and so is a limit.
#[derive(Deserialize)]
pub(super) struct Pair {
    pub(super) relation: Relation,
    #[serde(default)]
    pub(super) differences: Vec<Difference>,
    pub(super) why: String,
    pub(super) readings: String,
    /// The two meet by accident only: such a pair is left out.
    #[serde(default)]
    pub(super) marginal: bool,
    /// The right item is caught wholly by this left item and others together.
    #[serde(default)]
    pub(super) union: bool,
    /// The codes, and `union_` with the word of the left list: the left item is caught wholly by
    /// this right item and others together.
    #[serde(flatten)]
    pub(super) by_list: BTreeMap<String, Value>,
}

#[derive(Deserialize, Clone)]
pub(super) struct Difference {
    pub(super) kind: String,
    pub(super) property: Option<String>,
    pub(super) side: Option<String>,
    pub(super) wider: Option<String>,
    pub(super) gist: Option<String>,
    /// The limit of each list.
    #[serde(flatten)]
    pub(super) by_list: BTreeMap<String, Value>,
}

/// An item of `none.jsonl`, which has no counterpart.
#[derive(Deserialize)]
pub(super) struct Lack {
    pub(super) side: String,
    pub(super) code: Code,
    pub(super) why: String,
    pub(super) group: Option<String>,
    /// The other list's text on such things: it names its items and another list.
    pub(super) elsewhere: Option<String>,
}

/// An item of `noneTAG.jsonl`: one list's item that no reading of the other list reached, with what
/// a reader then found for it.
#[derive(Deserialize)]
pub(super) struct Reached {
    pub(super) mappings: Vec<ReachedMapping>,
    pub(super) why: String,
    pub(super) group: Option<String>,
    pub(super) elsewhere: Option<String>,
    #[serde(flatten)]
    pub(super) by_list: BTreeMap<String, Value>,
}

/// The relation of an item of the other list to the item.
#[derive(Deserialize)]
pub(super) struct ReachedMapping {
    pub(super) code: Code,
    pub(super) relation: Relation,
    #[serde(default)]
    pub(super) differences: Vec<Difference>,
    #[serde(default)]
    pub(super) union: bool,
    #[serde(default)]
    pub(super) union_other: bool,
}

impl Difference {
    /// Returns a reader's difference, who calls the sides by the word of the item's own list and
    /// `other`, with the words of the lists.
    pub(super) fn named(mut self, other: &str) -> Difference {
        let name = |word: &mut Option<String>| {
            if word.as_deref() == Some("other") {
                *word = Some(other.to_owned());
            }
        };
        name(&mut self.side);
        name(&mut self.wider);
        if let Some(limit) = self.by_list.remove("other") {
            self.by_list.insert(other.to_owned(), limit);
        }
        self
    }
}

/// The code under the word of a list.
pub(super) fn code(by_list: &BTreeMap<String, Value>, tag: &str) -> Result<Code, Box<dyn Error>> {
    let code = by_list.get(tag).and_then(Value::as_str);
    let code = code.ok_or_else(|| format!("a judgment without the field {tag}"))?;
    Ok(code.parse()?)
}

pub(crate) fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Box<dyn Error>> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
    let mut read = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line =
            serde_json::from_str(line).map_err(|error| failed(&format!("{}: {error}", at + 1)))?;
        read.push(line);
    }
    Ok(read)
}

/// A reason without what the readers wrote on how they came together, which a column says.
pub(super) fn reason(why: &str) -> String {
    const LEADS: [&str; 6] = [
        "Two of the three readings have it. ",
        "One reading alone; texts re-read, the meeting is real though partial. ",
        "One reading noted this as a marginal meeting. ",
        "Kept because the like code could mislead: ",
        "Settled by wording: ",
        "Settled: ",
    ];
    let depth = why
        .strip_prefix("Other reading put it at ")
        .and_then(|why| why.split_once("; both ")?.1.split_once(". "));
    let rest = LEADS.into_iter().find_map(|lead| why.strip_prefix(lead));
    let rest = depth.map(|(_, rest)| rest).or(rest).unwrap_or(why);
    let mut letters = rest.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn a_reason_begins_with_what_it_says() {
        assert_eq!(
            reason(
                "Other reading put it at 1C350.d, the same meeting at another depth; both hold. Ten agree."
            ),
            "Ten agree."
        );
        assert_eq!(reason("Settled: the US adds parts."), "The US adds parts.");
        assert_eq!(reason("Same pumps."), "Same pumps.");
    }
}
