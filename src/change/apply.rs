//! Makes the new edition from the old one and a diff.

use std::collections::{BTreeMap, HashSet};

use crate::code::Code;
use crate::error::Error;
use crate::list::license::LicenseRequirement;
use crate::list::{ControlList, Item};

use super::diff::{ListDiff, Side};
use super::license_change::LicenseChange;

impl ListDiff {
    /// Returns the new edition, made from the old one and this diff.
    ///
    /// # Errors
    /// A list that is not the old edition of this diff, or a diff of selections, which does not
    /// know the whole.
    pub fn apply(&self, old: &ControlList) -> Result<ControlList, Error> {
        self.check_edition(old)?;
        let items = self.new_items(old)?;
        let rows = self.new_rows(old)?;
        ControlList::new(self.to.info.clone(), self.to.edition.clone(), items)?
            .with_measures(self.to.measures.clone())?
            .with_license_requirements(rows)?
            .with_later(self.to.later.clone())
    }

    /// Checks that a list is the old edition of this diff, apart from its items.
    fn check_edition(&self, old: &ControlList) -> Result<(), Error> {
        if !self.from.whole || !self.to.whole {
            return Err(Error::unexpected(
                "a diff of two selections of items",
                "a diff of two whole editions",
            )
            .of_list(old.id()));
        }
        let theirs = Side::of(old, true);
        let same = (&theirs.info, &theirs.edition, &theirs.measures)
            == (&self.from.info, &self.from.edition, &self.from.measures);
        if !same {
            let theirs = format!("{} ({})", old.id(), old.edition().label);
            let found = format!("the edition {theirs:?}");
            return Err(Error::unexpected(
                found,
                format!("the old edition of the diff, {:?}", self.from.edition.label),
            )
            .of_list(old.id()));
        }
        Ok(())
    }

    /// The items of the new edition, from those of the old one.
    fn new_items(&self, old: &ControlList) -> Result<Vec<Item>, Error> {
        let pairs = || self.changes.iter().chain(&self.unchanged.items);
        let mut gone = HashSet::new();
        for item in pairs().filter_map(|change| change.from.as_ref()) {
            if old.get(item.code) != Some(item) {
                return Err(not_the_old_edition(old, item.code));
            }
            gone.insert(item.code);
        }
        let kept = old
            .items()
            .iter()
            .filter(|item| !gone.contains(&item.code))
            .cloned();
        Ok(kept
            .chain(pairs().filter_map(|change| change.to.clone()))
            .collect())
    }

    /// The license requirements of the new edition, from those of the old one.
    fn new_rows(&self, old: &ControlList) -> Result<Vec<LicenseRequirement>, Error> {
        let changes = self.license_changes.iter();
        let changes: BTreeMap<Code, &LicenseChange> = changes
            .chain(&self.unchanged.license_requirements)
            .map(|change| (change.entry, change))
            .collect();
        let mut rows: BTreeMap<Code, Vec<LicenseRequirement>> = BTreeMap::new();
        for group in old
            .all_license_requirements()
            .chunk_by(|a, b| a.entry == b.entry)
        {
            let entry = group[0].entry;
            match changes.get(&entry) {
                Some(change) if change.from != group => {
                    return Err(not_the_old_edition(old, entry));
                }
                Some(_) => {}
                None => {
                    rows.insert(entry, group.to_vec());
                }
            }
        }
        rows.extend(
            changes
                .into_iter()
                .map(|(entry, change)| (entry, change.to.clone())),
        );
        Ok(rows.into_values().flatten().collect())
    }
}

fn not_the_old_edition(old: &ControlList, code: Code) -> Error {
    Error::unexpected(
        "another item than the diff's",
        "the old edition of the diff",
    )
    .of_list(old.id())
    .of_code(code)
}
