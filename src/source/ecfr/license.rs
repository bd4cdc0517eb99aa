//! Reads license rows from an entry's own words: the control, and how much of the entry it covers.

use indexmap::IndexSet;

use crate::code::Code;
use crate::list::Reason;
use crate::list::license::{AppliesTo, CodeRange, LicenseRequirement};

use super::description;
use super::destinations::{columns, columns_only, destinations, sections};
use super::near::near_start;
use super::notes::excerpt;
use super::reference::{code_list, mentioned, strangers};

/// The maximum number of doubts of one row that are reported.
const MOST_NOTES: usize = 6;

/// The number of columns that the Commerce Country Chart has for each reason.
const CHART: [(&str, u8); 8] = [
    ("AT", 2),
    ("CB", 3),
    ("CC", 3),
    ("FC", 1),
    ("MT", 1),
    ("NP", 2),
    ("NS", 2),
    ("RS", 2),
];

/// A row as it was read.
pub(super) struct Found {
    pub(super) row: LicenseRequirement,
    /// The repairs that were made.
    pub(super) repairs: Vec<String>,
    /// Signs that something else may be meant.
    pub(super) doubts: Vec<String>,
}

/// Reads a row of a license table.
pub(super) fn row(entry: Code, first: &str, second: &str) -> Found {
    let mut row = LicenseRequirement::new(entry);
    let (mut repairs, mut doubts) = (Vec::new(), Vec::new());
    let plain = first
        .strip_suffix(" applies to entire entry")
        .and_then(reason);
    match plain {
        // Most rows are of one reason and the entire entry. Nothing else is in such a cell.
        Some(reason) => (row.reasons, row.applies_to) = (vec![reason], AppliesTo::Entry),
        None => read_scopes(&mut row, first, &mut repairs, &mut doubts),
    }
    let own = row.reasons.first().copied();
    let mut named = IndexSet::new();
    for text in [first, second]
        .into_iter()
        .skip(usize::from(plain.is_some()))
    {
        // Most second cells are only one column.
        if columns_only(text, own, &mut row.columns) {
            continue;
        }
        columns(text, own, &mut row.columns);
        sections(text, &mut named);
        destinations(text, &mut row.destinations);
    }
    row.sections = named.into_iter().collect();
    doubts.extend(row_doubts(&row, first, second));
    // A cell may have any number of clauses.
    repairs.truncate(MOST_NOTES);
    doubts.truncate(MOST_NOTES);
    row.text = Some((first.to_owned(), second.to_owned()));
    Found {
        row,
        repairs,
        doubts,
    }
}

/// Reads the reasons that a row names and the part of the entry that it covers.
fn read_scopes(
    row: &mut LicenseRequirement,
    first: &str,
    repairs: &mut Vec<String>,
    doubts: &mut Vec<String>,
) {
    let clauses = clauses(first);
    row.reasons = clauses
        .iter()
        .filter_map(|clause| leading_reason(clause))
        .collect();
    let scopes: Vec<Scope> = clauses
        .iter()
        .map(|clause| scope(row.entry, clause))
        .collect();
    repairs.extend(scopes.iter().filter_map(|scope| scope.repair.clone()));
    doubts.extend(scopes.iter().filter_map(|scope| scope.doubt.clone()));
    let plain = |scope: &Scope| (scope.applies_to, scope.codes.clone());
    (row.applies_to, row.codes) = match scopes.as_slice() {
        [one] => plain(one),
        // The publication merged several rows. They have one scope only if their scopes agree.
        [one, others @ ..] if others.iter().all(|other| plain(other) == plain(one)) => plain(one),
        _ => (AppliesTo::Described, mentioned(first)),
    };
}

/// Returns the doubts about a row as a whole.
fn row_doubts(row: &LicenseRequirement, first: &str, second: &str) -> Vec<String> {
    let mut doubts = Vec::new();
    if row.reasons.is_empty() {
        doubts.push(format!(
            "license row that names no reason: {}",
            excerpt(first)
        ));
    }
    for reason in &row.reasons {
        if !description::is_reason(*reason) {
            doubts.push(format!(
                "license row for {reason}, which the list does not explain"
            ));
        }
    }
    if row.columns.is_empty() && row.sections.is_empty() && row.destinations.is_empty() {
        doubts.push(format!(
            "license row without a column, a section or a destination: {}",
            excerpt(second)
        ));
    }
    for column in &row.columns {
        let chart = CHART.iter().find(|(tag, _)| *tag == column.reason.as_str());
        if chart.is_some_and(|(_, columns)| column.number > *columns) || column.number == 0 {
            doubts.push(format!(
                "column {column}, which the country chart does not have"
            ));
        }
        if !row.reasons.contains(&column.reason) && !row.reasons.is_empty() {
            doubts.push(format!(
                "column {column} in a license row for {}",
                row.reasons[0]
            ));
        }
    }
    if row.columns.len() == 1 && row.reasons.len() > 1 {
        doubts.push(format!(
            "one column for {} reasons: {}",
            row.reasons.len(),
            excerpt(second)
        ));
    }
    doubts
}

/// Returns whether a cell is the first of a license table's head: "Control(s)".
pub(super) fn is_table_head(cell: &str) -> bool {
    cell.starts_with("Control") || near_start(cell, "control(s)").is_some()
}

/// Returns whether a cell is the first of a license row.
pub(super) fn is_row(cell: &str) -> bool {
    leading_reason(cell).is_some() && cell.contains(" appl")
}

/// Returns a sentence for each reason that only an entry's reason line names, or only its rows.
pub(super) fn disagreements(line: &[Reason], rows: &[LicenseRequirement]) -> Vec<String> {
    // A tag has two letters, so that there are few.
    let mut in_rows: Vec<Reason> = Vec::new();
    for reason in rows.iter().flat_map(|row| &row.reasons) {
        if !in_rows.contains(reason) {
            in_rows.push(*reason);
        }
    }
    if in_rows.is_empty() || line.is_empty() {
        return Vec::new();
    }
    let missing = |from: &[Reason], reason: &&Reason| !from.contains(*reason);
    let without_row = line
        .iter()
        .filter(|reason| missing(&in_rows, reason))
        .map(|reason| format!("reason {reason} has no license row"));
    let without_line = in_rows
        .iter()
        .filter(|reason| missing(line, reason))
        .map(|reason| format!("license row for {reason}, which the reason line does not name"));
    without_row.chain(without_line).collect()
}

/// Returns the codes that an entry's rows name, that belong to the entry and that are not printed.
pub(super) fn unprinted(
    rows: &[LicenseRequirement],
    entry: Code,
    printed: impl Fn(Code) -> bool,
) -> IndexSet<Code> {
    rows.iter()
        .flat_map(|row| &row.codes)
        .flat_map(|range| std::iter::once(range.first).chain(range.last))
        .filter(|code| *code != entry && entry.contains(*code) && !printed(*code))
        .collect()
}

/// Returns the tag of foreign policy, which the list names in words.
pub(super) fn foreign_policy() -> Option<Reason> {
    FOREIGN_POLICY.0.parse().ok()
}

const FOREIGN_POLICY: (&str, &str) = ("FP", "foreign policy");

/// Returns the reason with which a clause begins.
fn leading_reason(clause: &str) -> Option<Reason> {
    if super::titles::begins(clause, FOREIGN_POLICY.1) {
        return foreign_policy();
    }
    reason(clause.split(' ').next().unwrap_or_default())
}

/// Returns a reason for control as the list abbreviates it: two capital letters.
pub(super) fn reason(tag: &str) -> Option<Reason> {
    (tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase()))
        .then(|| tag.parse().ok())
        .flatten()
}

/// Returns "NS applies to …" and what follows it, once for each control that the cell names.
fn clauses(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text
        .match_indices(" appl")
        .filter_map(|(at, _)| {
            let tag = text[..at].rfind(' ').map_or(0, |space| space + 1);
            // Two rows in one cell may follow each other without a space: "entryAT applies".
            let tag = tag.max(at.saturating_sub(2));
            if !text.is_char_boundary(tag) {
                return None;
            }
            if reason(&text[tag..at]).is_some() {
                return Some(tag);
            }
            // "Foreign policy applies" has two words before "applies".
            let start = at.checked_sub(FOREIGN_POLICY.1.len())?;
            let words = text.get(start..at)?;
            words
                .eq_ignore_ascii_case(FOREIGN_POLICY.1)
                .then_some(start)
        })
        .collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| text[*start..end].trim())
        .filter(|clause| !clause.is_empty())
        .collect()
}

/// The part of the entry that a clause covers.
struct Scope {
    applies_to: AppliesTo,
    codes: Vec<CodeRange>,
    repair: Option<String>,
    doubt: Option<String>,
}

impl Scope {
    fn new(applies_to: AppliesTo, codes: Vec<CodeRange>) -> Scope {
        Scope {
            applies_to,
            codes,
            repair: None,
            doubt: None,
        }
    }

    fn described(clause: &str) -> Scope {
        Scope::new(AppliesTo::Described, mentioned(clause))
    }
}

/// Reads which part of the entry a clause covers.
fn scope(entry: Code, clause: &str) -> Scope {
    let after = |word: &str| clause.split_once(word).map(|(_, rest)| rest);
    let Some(rest) = after(" applies to ").or_else(|| after(" apply to ")) else {
        if let Some(rest) = after(" applies ") {
            let scope = scope_of(entry, clause, rest);
            return Scope {
                doubt: scope.doubt.or_else(|| {
                    Some(format!(
                        "license row that does not say \"to\": {}",
                        excerpt(clause)
                    ))
                }),
                ..scope
            };
        }
        return Scope {
            doubt: Some(format!(
                "license row that does not say \"applies\": {}",
                excerpt(clause)
            )),
            ..Scope::described(clause)
        };
    };
    scope_of(entry, clause, rest)
}

/// Reads the scope from the words after "applies to".
fn scope_of(entry: Code, clause: &str, rest: &str) -> Scope {
    let rest = rest.trim().trim_start_matches("the ");
    let entire = ["entire entry", "entireentry"];
    if let Some(tail) = entire.iter().find_map(|words| rest.strip_prefix(words)) {
        return of_entry(entry, clause, tail);
    }
    if let Some(list) = own_codes(rest, entry) {
        return Scope::new(AppliesTo::Codes, list);
    }
    if let Some(end) = near_start(rest, entire[0]) {
        return Scope {
            repair: Some(format!(
                "\"entire entry\" written {}",
                excerpt(&rest[..end])
            )),
            ..of_entry(entry, clause, &rest[end..])
        };
    }
    doubtful(clause, rest)
}

/// Returns a scope in words. It adds a doubt if at most one word is not a code, because the
/// words may be meant as a list of codes.
fn doubtful(clause: &str, rest: &str) -> Scope {
    let scope = Scope::described(clause);
    let doubt = strangers(rest) <= 1;
    Scope {
        doubt: doubt.then(|| format!("license row whose codes are not clear: {}", excerpt(rest))),
        ..scope
    }
}

/// Reads "entire entry", and what follows it.
fn of_entry(entry: Code, clause: &str, tail: &str) -> Scope {
    let tail = tail
        .trim()
        .trim_end_matches('.')
        .trim_start_matches(',')
        .trim();
    // A column that is in the first cell by mistake does not narrow the scope.
    if tail.is_empty() || (tail.len() < 14 && tail.contains("Column")) {
        return Scope::new(AppliesTo::Entry, Vec::new());
    }
    let codes = tail
        .strip_prefix("except")
        .map(str::trim)
        .and_then(|list| own_codes(list, entry));
    match codes {
        Some(list) => Scope::new(AppliesTo::Except, list),
        None => doubtful(clause, tail),
    }
}

/// Returns the codes if the text is only a list of codes of this entry.
fn own_codes(text: &str, entry: Code) -> Option<Vec<CodeRange>> {
    code_list(text, entry).filter(|list| {
        list.iter().all(|range| {
            entry.contains(range.first) && range.last.is_none_or(|last| entry.contains(last))
        })
    })
}
