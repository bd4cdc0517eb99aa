//! The CSV form of diffs.

use std::collections::BTreeSet;
use std::io::Write;

use jiff::civil::Date;

use super::table::Output;
use crate::change::history::{Changes, History};
use crate::change::{Change, ChangeKind, ListDiff, label};
use crate::code::Code;
use crate::error::Error;
use crate::list::{Item, ListId};
use crate::measure::Measure;
use crate::text::join;

impl ListDiff {
    /// Writes the diff as CSV: one row for each respect in which an item differs, and for each
    /// license requirement that is gone or new. For each field that only one side records, a row of
    /// the kind `not comparable` has the number of items in its last column.
    ///
    /// Each code has its list's name before it, such as `us-ccl:3E001`, so that no tool takes it
    /// for a number.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    ///
    /// ```
    /// use export_control::{ListDiff, us_ccl};
    /// let diff = ListDiff::between(us_ccl(), us_ccl())?;
    /// let mut written = Vec::new();
    /// diff.to_csv(&mut written)?;
    /// assert_eq!(written, b"kind,old_code,new_code,aspect,from,to,title\n");
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn to_csv(&self, mut output: impl Write) -> Result<(), Error> {
        Ok(output.write_all(csv(self, [], |_| []).as_bytes())?)
    }
}

impl Changes {
    /// Writes the diff as CSV with three more columns: the days on which something about the item
    /// changed, the measures of those days, and the measures that took effect since the edition
    /// before or with it, which may be behind the change.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv(&self, history: &History, mut output: impl Write) -> Result<(), Error> {
        let headers = ["seen", "measures", "perhaps"];
        let text = csv(&self.diff, headers, |change| {
            let codes: BTreeSet<Code> = change
                .from
                .iter()
                .chain(&change.to)
                .map(|item| item.code)
                .collect();
            let dates: BTreeSet<Date> = codes
                .iter()
                .flat_map(|code| self.dates(*code))
                .copied()
                .collect();
            [
                join(&dates),
                ids(&codes, |code| self.measures(history, code)),
                ids(&codes, |code| self.possible_measures(history, code)),
            ]
        });
        Ok(output.write_all(text.as_bytes())?)
    }
}

/// The numbers of the measures of some codes, each once, by the day from which they apply.
fn ids<'a>(codes: &BTreeSet<Code>, of: impl Fn(Code) -> Vec<&'a Measure>) -> String {
    let all = codes.iter().flat_map(|code| of(*code));
    let ids: BTreeSet<_> = all.map(|measure| (measure.in_force, &measure.id)).collect();
    join(ids.into_iter().map(|(_, id)| id))
}

/// Codes joined by `;` with their list's name before each; any other text as it is.
fn of_list(list: &ListId, text: &str) -> String {
    let codes: Option<Vec<Code>> = text.split(';').map(|code| code.parse().ok()).collect();
    match codes {
        Some(codes) => join(codes.iter().map(|code| format!("{list}:{code}"))),
        None => text.to_owned(),
    }
}

/// The rows of a diff, with further columns filled by the changed item.
fn csv<const N: usize>(
    diff: &ListDiff,
    headers: [&str; N],
    columns: impl Fn(&Change) -> [String; N],
) -> String {
    let mut output = Output::new();
    let mut row = |fields: [&str; 7], more: &[String]| {
        output.row(fields.into_iter().chain(more.iter().map(String::as_str)))
    };
    row(
        [
            "kind", "old_code", "new_code", "aspect", "from", "to", "title",
        ],
        &headers.map(str::to_owned),
    );
    let list = diff.info().id();
    let code = |item: &Option<Item>| {
        item.as_ref()
            .map(|item| format!("{list}:{}", item.code))
            .unwrap_or_default()
    };
    for change in diff.changes() {
        let (old, new, more) = (code(&change.from), code(&change.to), columns(change));
        if change.aspects.is_empty() {
            for kind in change.kinds() {
                row(
                    [&kind.to_string(), &old, &new, "", "", "", label(change)],
                    &more,
                );
            }
        }
        for aspect in &change.aspects {
            let (name, from, to) = aspect.values();
            let (from, to) = (of_list(list, &from), of_list(list, &to));
            row(
                [
                    &aspect.kind().to_string(),
                    &old,
                    &new,
                    name,
                    &from,
                    &to,
                    label(change),
                ],
                &more,
            );
        }
    }
    let none = headers.map(|_| String::new());
    for change in diff.license_changes() {
        let entry = format!("{list}:{}", change.entry);
        for gone in change.removed() {
            row(
                [
                    &ChangeKind::Rescoped.to_string(),
                    &entry,
                    &entry,
                    "license row",
                    &gone.to_string(),
                    "",
                    "",
                ],
                &none,
            );
        }
        for new in change.added() {
            row(
                [
                    &ChangeKind::Rescoped.to_string(),
                    &entry,
                    &entry,
                    "license row",
                    "",
                    &new.to_string(),
                    "",
                ],
                &none,
            );
        }
    }
    for (field, number) in diff.not_comparable() {
        let of = format!("{number} that one side does not record");
        let cells = ["not comparable", "", "", &field.to_string(), "", "", &of];
        row(cells, &none);
    }
    output.finish()
}
