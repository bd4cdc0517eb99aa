//! One supplement's table: its rows become a list.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::code::ListId;
use crate::list::Edition;
use crate::party::{
    Citation, Country, EntryKind, LicenseTerms, PartyEntry, PartyList, PartyListInfo, ReviewPolicy,
    Stay, normal_form,
};
use crate::source::observation::{Observation, ObservationKind};
use crate::source::party_reading::note;
use crate::text::short;

use super::cell::{self, Draft};
use super::names::bare;
use super::wordings::Wordings;
use super::{citations, terms};

pub(super) struct Table {
    pub(super) supplement: u8,
    heading: Option<String>,
    country: Option<Country>,
    /// Every wording of license requirement and review policy that was read.
    wordings: Wordings<LicenseTerms>,
    policies: Wordings<ReviewPolicy>,
    /// The entry that the next row may continue, and its line.
    open: Option<(Draft, u64)>,
    entries: Vec<PartyEntry>,
    other_rows: usize,
    /// Set while the rows are units of the party that a line above them names; and its rule.
    units: bool,
    units_by: Option<Citation>,
}

impl Table {
    pub(super) fn new(supplement: u8) -> Table {
        Table {
            supplement,
            heading: None,
            country: None,
            wordings: Wordings::new(),
            policies: Wordings::new(),
            open: None,
            entries: Vec::new(),
            other_rows: 0,
            units: false,
            units_by: None,
        }
    }

    /// The columns of the supplement: country, name, then terms and policy in the Entity List, and
    /// citations.
    fn columns(&self) -> usize {
        if self.supplement == 4 { 5 } else { 3 }
    }

    /// Takes in a row.
    pub(super) fn row(&mut self, cells: &[String], line: u64, notes: &mut Vec<Observation>) {
        let (heading, rest) = match cells.len() {
            1 => return self.other_rows += 1,
            count if count == self.columns() => (bare(&cells[0]).into_owned(), &cells[1..]),
            count if count + 1 == self.columns() => {
                let name = short(bare(&cells[0]).trim_ascii());
                let detail = format!("the row of {name:?} without a cell for its country");
                notes.push(note(line, ObservationKind::Repaired, detail));
                (String::new(), cells)
            }
            count => {
                self.other_rows += 1;
                let first = short(bare(&cells.join(" ")).trim_ascii());
                let detail = format!("a row of {count} cells, left out: {first}");
                return notes.push(note(line, ObservationKind::Unclear, detail));
            }
        };
        let heading = heading.trim_ascii();
        if !heading.is_empty() {
            self.close(notes);
            self.units = false;
            self.heading = Some(heading.to_owned());
            self.country = Country::named(heading);
        }
        // Whole only where it is short: what is asked of it needs no more.
        let most = if self.supplement == 7 { 200 } else { 40 };
        let name = match rest[0].len() {
            length if length < most => bare(&rest[0]),
            _ => Cow::Borrowed(rest[0].as_str()),
        };
        let name = name.trim_ascii();
        if name == "[Reserved]" {
            self.other_rows += 1;
            let detail = format!("the heading {heading:?} is reserved");
            return notes.push(note(line, ObservationKind::Skipped, detail));
        }
        let empty = rest[1..].iter().all(|cell| cell.trim_ascii().is_empty());
        if self.supplement == 7 && self.lead(name, &rest[1]) {
            self.other_rows += 1;
            return;
        }
        match self.supplement {
            4 if empty => self.continued(&rest[0], line, notes),
            _ if name.is_empty() => {
                self.other_rows += 1;
                let detail = "a row without a name, left out".to_owned();
                notes.push(note(line, ObservationKind::Unclear, detail));
            }
            _ => self.entry(rest, line, notes),
        }
    }

    /// Takes in a line of Supplement No. 7 that announces units; returns `false` if it is none.
    fn lead(&mut self, name: &str, citation: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        if lower.starts_with("subordinate institu") {
            return true;
        }
        let announces = lower.starts_with("the following") && lower.ends_with(':');
        if announces {
            self.units = true;
            self.units_by = citations::read(&bare(citation)).cited.into_iter().next();
        }
        announces
    }

    /// Takes in a row that continues the entry above it.
    fn continued(&mut self, cell: &str, line: u64, notes: &mut Vec<Observation>) {
        match &mut self.open {
            Some((draft, _)) => draft.continued(cell),
            None => {
                self.other_rows += 1;
                let detail = format!("a row that continues no entry: {}", short(&bare(cell)));
                notes.push(note(line, ObservationKind::Unclear, detail));
            }
        }
    }

    fn entry(&mut self, cells: &[String], line: u64, notes: &mut Vec<Observation>) {
        self.close(notes);
        let mut draft = cell::read(&cells[0]);
        draft.entry.heading = self.heading.clone();
        if self.heading.is_none() {
            draft.unclear.push("no country heading above it".to_owned());
        }
        let mut cited = cells.last().map(|cell| bare(cell)).unwrap_or_default();
        if let [_, requirement, policy, _] = cells
            && let Some(within) = self.set_terms(&mut draft, requirement, policy)
        {
            cited = Cow::Owned(format!("{within} {cited}"));
        }
        self.cite(&mut draft, &cited);
        self.open = Some((draft, line));
    }

    /// Reads the citations of an entry.
    fn cite(&mut self, draft: &mut Draft, cell: &str) {
        let found = citations::read(cell);
        for left in &found.left {
            draft.unclear.push(format!("no citation: {}", short(left)));
        }
        let mended = found
            .mended
            .iter()
            .map(|mended| format!("a citation: {mended}"));
        draft.mended.extend(mended);
        let mut cited = found.cited.into_iter();
        draft.entry.designation = cited.next();
        draft.entry.amendments = cited.collect();
        if draft.entry.designation.is_some() {
            self.units = false;
        } else if self.units {
            draft.entry.kind = EntryKind::Unit;
            draft.entry.designation = self.units_by.clone();
        }
        if draft.entry.designation.is_none() {
            draft
                .unclear
                .push("no citation of the rule that lists it".to_owned());
        }
    }

    /// Ends the entry that is open.
    fn close(&mut self, notes: &mut Vec<Observation>) {
        let Some((mut draft, line)) = self.open.take() else {
            return;
        };
        draft.finish(self.country);
        if draft.entry.name.is_empty() {
            draft.unclear.push("no name before its address".to_owned());
            draft.entry.name = "unnamed".to_owned();
        }
        for (kind, details) in [
            (ObservationKind::Repaired, &draft.mended),
            (ObservationKind::Unclear, &draft.unclear),
        ] {
            for detail in details {
                let name = short(&draft.entry.name);
                notes.push(note(line, kind, format!("{name}: {detail}")));
            }
        }
        draft.entry.fingerprint = Some(draft.letters.fingerprint());
        self.entries.push(draft.entry);
    }

    /// Reads the license requirement and the review policy of an entry. Returns the citation in
    /// the cell of the policy, where it should not be.
    fn set_terms<'c>(
        &mut self,
        draft: &mut Draft,
        mut requirement: &'c str,
        mut policy: &'c str,
    ) -> Option<&'c str> {
        let mut wording = self.wordings.find(requirement);
        // A requirement speaks of items.
        if wording.is_none() && terms::is_policy(requirement) && !terms::is_policy(policy) {
            (requirement, policy) = (policy, requirement);
            wording = self.wordings.find(requirement);
            let detail = "license requirement and review policy in each other's cell";
            draft.mended.push(detail.to_owned());
        }
        let wording = wording.unwrap_or_else(|| self.wordings.add(requirement, terms::requirement));
        let mut within = None;
        let mut known = self.policies.find(policy);
        if known.is_none()
            && let Some(at) = citation_within(policy)
        {
            let detail = "a citation in the cell of the review policy";
            draft.mended.push(detail.to_owned());
            within = Some(&policy[at..]);
            policy = &policy[..at];
            known = self.policies.find(policy);
        }
        let known = known.unwrap_or_else(|| self.policies.add(policy, terms::policy));
        let (value, text) = self.wordings.set(wording, "license requirement", draft);
        (draft.entry.terms, draft.entry.terms_text) = (value, text);
        let (value, text) = self.policies.set(known, "review policy", draft);
        (draft.entry.policy, draft.entry.policy_text) = (value, text);
        within
    }

    /// Makes the list.
    pub(super) fn finish(
        mut self,
        edition: &Edition,
        stays: &[Stay],
        notes: &mut Vec<Observation>,
    ) -> PartyList {
        self.close(notes);
        self.mark_alternates();
        let (id, name) = match self.supplement {
            4 => ("us-entity-list", "US Entity List"),
            6 => ("us-unverified-list", "US Unverified List"),
            _ => ("us-military-end-users", "US Military End-User List"),
        };
        let mut info = PartyListInfo::new(ListId::new(id), name);
        let source = format!("15 CFR Part 744, Supplement No. {}", self.supplement);
        info.source = Some(source);
        let own = format!("supplement no. {},", self.supplement);
        let stays = stays.iter().filter(|stay| stay.provision.starts_with(&own));
        PartyList::new(info, edition.clone(), self.entries)
            .with_other_rows(self.other_rows)
            .with_stays(stays.cloned().collect())
    }

    /// Finds entries that repeat a name under another heading.
    fn mark_alternates(&mut self) {
        let mut first: HashMap<String, usize> = HashMap::with_capacity(self.entries.len());
        for at in 0..self.entries.len() {
            let entry = &self.entries[at];
            if entry.kind != EntryKind::Party {
                continue;
            }
            let known = *first.entry(normal_form(&entry.name)).or_insert(at);
            if self.entries[known].heading != entry.heading {
                self.entries[at].kind = EntryKind::AlternateAddress;
            }
        }
    }
}

/// Finds a citation in a cell that should have none.
fn citation_within(cell: &str) -> Option<usize> {
    let at = cell.find(" FR ")?;
    let digits = cell[..at]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_digit)
        .count();
    (digits > 0).then_some(at - digits)
}
