//! Compares the license requirements of two editions.

use crate::code::Code;
use crate::list::ControlList;
use crate::list::license::LicenseRequirement;

use super::field::{Field, Recorded};

/// The license rows of one entry where they differ between two editions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LicenseChange {
    /// The entry.
    pub entry: Code,
    /// Its rows in the old edition, in published order.
    pub from: Vec<LicenseRequirement>,
    /// Its rows in the new edition, in published order.
    pub to: Vec<LicenseRequirement>,
}

impl LicenseChange {
    /// The rows of the old edition that the new one does not have, published words apart.
    pub fn removed(&self) -> Vec<&LicenseRequirement> {
        without(&self.from, &self.to)
    }

    /// The rows of the new edition that the old one does not have, published words apart.
    pub fn added(&self) -> Vec<&LicenseRequirement> {
        without(&self.to, &self.from)
    }

    /// Returns `true` if the two differ in fields that both editions record.
    pub(super) fn is_change(&self, recorded: &Recorded) -> bool {
        let without_words = |rows: &[LicenseRequirement]| -> Vec<LicenseRequirement> {
            let rows = rows.iter().cloned();
            rows.map(|row| LicenseRequirement { text: None, ..row })
                .collect()
        };
        recorded.has(Field::LicenseRequirements)
            && (recorded.has(Field::LicenseText)
                || without_words(&self.from) != without_words(&self.to))
    }

    pub(super) fn swapped(self) -> LicenseChange {
        LicenseChange {
            from: self.to,
            to: self.from,
            ..self
        }
    }
}

/// The rows that are left of the first when each row of the second takes away one that says the
/// same.
fn without<'a>(
    rows: &'a [LicenseRequirement],
    taken: &[LicenseRequirement],
) -> Vec<&'a LicenseRequirement> {
    let same = |a: &LicenseRequirement, b: &LicenseRequirement| {
        (
            &a.reasons,
            a.applies_to,
            &a.codes,
            &a.columns,
            &a.sections,
            &a.destinations,
        ) == (
            &b.reasons,
            b.applies_to,
            &b.codes,
            &b.columns,
            &b.sections,
            &b.destinations,
        )
    };
    let mut taken: Vec<&LicenseRequirement> = taken.iter().collect();
    rows.iter()
        .filter(
            |row| match taken.iter().position(|other| same(row, other)) {
                Some(at) => {
                    taken.swap_remove(at);
                    false
                }
                None => true,
            },
        )
        .collect()
}

/// The entries whose license requirements differ, as each edition records them.
pub(super) fn license_changes(old: &ControlList, new: &ControlList) -> Vec<LicenseChange> {
    let mut entries: Vec<Code> = old
        .all_license_requirements()
        .iter()
        .chain(new.all_license_requirements())
        .map(|row| row.entry)
        .collect();
    entries.sort_unstable();
    entries.dedup();
    entries
        .into_iter()
        .filter(|entry| old.license_requirements(*entry) != new.license_requirements(*entry))
        .map(|entry| LicenseChange {
            entry,
            from: old.license_requirements(entry).to_vec(),
            to: new.license_requirements(entry).to_vec(),
        })
        .collect()
}
