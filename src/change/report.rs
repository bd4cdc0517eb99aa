//! Prints a diff as text, and counts its changes under a rule.

use std::fmt;

use crate::count::{Count, CountingRule, Scope};
use crate::error::Error;
use crate::list::ControlList;
use crate::text::thousands;

use super::diff::{Change, ListDiff, Side};
use super::difference::Difference;
use super::field::Field;
use super::kind::ChangeKind;
use super::pairing::PairingBasis;

impl ListDiff {
    /// Counts the old edition and the new one by a rule, within a scope. The old edition comes from
    /// the caller; the new one follows from the diff.
    ///
    /// # Errors
    /// Returns an error if the diff is not of that edition, as [`ListDiff::apply`] does.
    ///
    /// ```
    /// use export_control::{CountingRule, ListDiff, Scope, us_ccl};
    /// let diff = ListDiff::between(us_ccl(), us_ccl())?;
    /// let [old, new] = diff.counts(us_ccl(), CountingRule::Provisions, &Scope::default())?;
    /// assert_eq!(old.number(), new.number());
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn counts(
        &self,
        old: &ControlList,
        rule: CountingRule,
        scope: &Scope,
    ) -> Result<[Count; 2], Error> {
        let new = self.apply(old)?;
        Ok([old.count(rule, scope), new.count(rule, scope)])
    }

    /// Returns the number of changes of each kind that occurs, in the order of [`ChangeKind::ALL`].
    pub fn kinds(&self) -> Vec<(ChangeKind, usize)> {
        ChangeKind::ALL
            .into_iter()
            .map(|kind| (kind, self.of_kind(kind).count()))
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}

impl ListDiff {
    /// One line on what only one side records, if there is any.
    fn write_not_comparable(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<String> = self
            .not_comparable()
            .iter()
            .map(|(field, number)| {
                let unit = match (field, number) {
                    (Field::LicenseRequirements | Field::LicenseText, 1) => "entry",
                    (Field::LicenseRequirements | Field::LicenseText, _) => "entries",
                    (_, 1) => "item",
                    _ => "items",
                };
                format!("{field} of {} {unit}", thousands(*number))
            })
            .collect();
        if fields.is_empty() {
            return Ok(());
        }
        writeln!(
            f,
            "not comparable, as one side does not record it: {}",
            fields.join("; ")
        )
    }
}

/// Returns the name by which a reader knows the item: its title, or else the start of its text.
pub(crate) fn label(change: &Change) -> &str {
    let Some(item) = change.to.as_ref().or(change.from.as_ref()) else {
        return "";
    };
    match &item.text {
        _ if !item.title.is_empty() => &item.title,
        Some(text) => text
            .char_indices()
            .nth(100)
            .map_or(text, |(end, _)| &text[..end]),
        None => "",
    }
}

impl fmt::Display for PairingBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            PairingBasis::Texts => "official texts",
            PairingBasis::Fingerprints => "checksums of the official texts",
            PairingBasis::Titles => "titles",
            PairingBasis::Codes => "codes alone",
        })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<String> = self.kinds().iter().map(ToString::to_string).collect();
        match (&self.from, &self.to) {
            (Some(from), Some(to)) if from.code != to.code => {
                write!(f, "{} → {}", from.code, to.code)?
            }
            (_, Some(item)) | (Some(item), None) => write!(f, "{}", item.code)?,
            (None, None) => {}
        }
        write!(f, " {}", kinds.join(", "))?;
        let told: Vec<String> = self
            .aspects
            .iter()
            .filter(|aspect| !matches!(aspect, Difference::Code { .. } | Difference::Text))
            .map(ToString::to_string)
            .collect();
        if !told.is_empty() {
            write!(f, " ({})", told.join("; "))?;
        }
        match label(self) {
            "" => Ok(()),
            label => write!(f, ": {label}"),
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.edition.label.as_str() {
            "" => f.write_str("edition without a label"),
            label => f.write_str(label),
        }
    }
}

/// The whole diff by category, one line a change.
impl fmt::Display for ListDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.to.info.id, self.from)?;
        if self.from.edition.label != self.to.edition.label {
            write!(f, " → {}", self.to)?;
        }
        writeln!(f, ", compared by {}", self.basis)?;
        self.write_not_comparable(f)?;
        if let Some(why) = self.why_empty() {
            return writeln!(f, "no change: {why}");
        }
        let kinds: Vec<String> = self
            .kinds()
            .iter()
            .map(|(kind, count)| format!("{} {kind}", thousands(*count)))
            .collect();
        writeln!(f, "items: {}", kinds.join(", "))?;
        for (kind, _) in self.kinds() {
            writeln!(f, "  {kind}: {}", kind.meaning())?;
        }
        for category in crate::code::Category::ALL {
            let mut changes = self.of_category(category).peekable();
            if changes.peek().is_some() {
                match self.to.info.categories.get(&category) {
                    Some(name) => writeln!(f, "\ncategory {category}: {name}")?,
                    None => writeln!(f, "\ncategory {category}")?,
                }
            }
            for change in changes {
                writeln!(f, "  {change}")?;
            }
        }
        if !self.license_changes.is_empty() {
            writeln!(f, "\nlicense rows")?;
        }
        for change in &self.license_changes {
            let (removed, added) = (change.removed(), change.added());
            if removed.is_empty() && added.is_empty() {
                writeln!(f, "  {} other words or another order", change.entry)?;
            }
            for row in removed {
                writeln!(f, "  {} − {}", change.entry, row)?;
            }
            for row in added {
                writeln!(f, "  {} + {}", change.entry, row)?;
            }
        }
        Ok(())
    }
}
