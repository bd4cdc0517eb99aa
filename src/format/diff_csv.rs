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
use crate::text::join;

impl ListDiff {
    /// Writes the diff as CSV: one row for each respect in which an item differs, and one for each
    /// license requirement that was removed or added.
    ///
    /// Each code has its list's name before it, such as `us-ccl:3E001`, so that no tool reads it as
    /// a number.
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
    /// Writes the diff as CSV with two more columns: the days on which something about the item
    /// changed, and the measures of those days.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_csv(&self, history: &History, mut output: impl Write) -> Result<(), Error> {
        let text = csv(&self.diff, ["seen", "measures"], |change| {
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
            let measures = dates
                .iter()
                .flat_map(|date| history.measures_on(*date))
                .map(|measure| measure.id.to_string());
            [join(&dates), join(measures)]
        });
        Ok(output.write_all(text.as_bytes())?)
    }
}

/// Returns codes joined by `;`, each with its list's name before it, and any other text unchanged.
fn of_list(list: &ListId, text: &str) -> String {
    let codes: Option<Vec<Code>> = text.split(';').map(|code| code.parse().ok()).collect();
    match codes {
        Some(codes) => join(codes.iter().map(|code| format!("{list}:{code}"))),
        None => text.to_owned(),
    }
}

/// Writes the rows of a diff. A callback fills further columns for each changed item.
fn csv<const N: usize>(
    diff: &ListDiff,
    headers: [&str; N],
    columns: impl Fn(&Change) -> [String; N],
) -> String {
    let mut output = Output::new();
    let first = [
        "kind", "old_code", "new_code", "aspect", "from", "to", "title",
    ];
    write_row(&mut output, first, &headers.map(str::to_owned));
    let list = diff.info().id();
    for change in diff.changes() {
        write_change(&mut output, list, change, &columns(change));
    }
    let none = headers.map(|_| String::new());
    let kind = ChangeKind::Rescoped.to_string();
    for change in diff.license_changes() {
        let entry = format!("{list}:{}", change.entry);
        let mut license_row = |from: &str, to: &str| {
            let fields: [&str; 7] = [&kind, &entry, &entry, "license row", from, to, ""];
            write_row(&mut output, fields, &none);
        };
        for gone in change.removed() {
            license_row(&gone.to_string(), "");
        }
        for new in change.added() {
            license_row("", &new.to_string());
        }
    }
    output.finish()
}

/// Writes one row for each respect in which an item differs, or one for each kind of change if
/// there is none.
fn write_change(output: &mut Output, list: &ListId, change: &Change, more: &[String]) {
    let code = |item: &Option<Item>| {
        item.as_ref()
            .map(|item| format!("{list}:{}", item.code))
            .unwrap_or_default()
    };
    let (old, new) = (code(&change.from), code(&change.to));
    if change.aspects.is_empty() {
        for kind in change.kinds() {
            let fields: [&str; 7] = [&kind.to_string(), &old, &new, "", "", "", label(change)];
            write_row(output, fields, more);
        }
    }
    for aspect in &change.aspects {
        let (name, from, to) = aspect.values();
        let (kind, from, to) = (
            aspect.kind().to_string(),
            of_list(list, &from),
            of_list(list, &to),
        );
        let fields: [&str; 7] = [&kind, &old, &new, name, &from, &to, label(change)];
        write_row(output, fields, more);
    }
}

fn write_row(output: &mut Output, fields: [&str; 7], more: &[String]) {
    output.row(fields.into_iter().chain(more.iter().map(String::as_str)));
}
