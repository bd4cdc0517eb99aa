//! Reads a list on a day after its edition, as far as its [amendments](super::amendment) reach.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::code::Code;
use crate::error::Error;
use crate::list::amend::add_parents;
use crate::list::amendment::{Amendment, Change, Later, Verified};
use crate::list::license::LicenseRequirement;
use crate::list::{ChildLogic, ControlList, Item};
use crate::measure::Status;

impl ControlList {
    /// Returns the list with what changed after its edition, and how far the rest was verified, in
    /// place of what it had.
    ///
    /// The items stay those of the edition. [`status`](ControlList::status) and
    /// [`count`](ControlList::count) on a later day use the amendments, and
    /// [`amended`](ControlList::amended) returns the list as it reads on such a day.
    ///
    /// # Errors
    /// Returns an error that names the code if an amendment adds an item that the list has, has no
    /// day, or changes an item or a row that the list does not have. It also returns one if a
    /// verified entry is not on the list or has a day before the edition's last.
    pub fn with_amendments(
        self,
        amendments: Vec<Amendment>,
        verified: Vec<Verified>,
    ) -> Result<ControlList, Error> {
        self.with_later(Later {
            amendments,
            verified,
            as_read_on: None,
        })
    }

    /// The list with what is known of it after its edition, after a check.
    pub(crate) fn with_later(mut self, mut later: Later) -> Result<ControlList, Error> {
        // Stable: what happens to one item stays in order.
        later.amendments.sort_by_key(|one| one.code);
        later.verified.sort_by_key(|one| one.entry);
        for amendment in &later.amendments {
            self.admits_amendment(amendment, &later)
                .map_err(|error| error.of_list(self.id()).of_code(amendment.code))?;
        }
        for one in &later.verified {
            self.admits_verified(one)
                .map_err(|error| error.of_list(self.id()).of_code(one.entry))?;
        }
        if let Some(pair) = (later.verified.windows(2)).find(|two| two[0].entry == two[1].entry) {
            let error = Error::contradiction("an entry verified twice", "one row an entry");
            return Err(error.of_list(self.id()).of_code(pair[0].entry));
        }
        self.set_later(later);
        Ok(self)
    }

    fn admits_amendment(&self, one: &Amendment, later: &Later) -> Result<(), Error> {
        let refuse = |found: &str, expected: &str| Err(Error::contradiction(found, expected));
        let added = |code: Code| later.of(code).iter().any(|one| one.change == Change::Added);
        // A list as it reads on a later day has the items and the rows of that day already.
        let of_edition = later.as_read_on.is_none();
        match one.change {
            Change::Added if of_edition && self.get(one.code).is_some() => refuse(
                "an amendment adding an item that the list has",
                "a new item",
            ),
            Change::Added
                if (one.code.parent())
                    .is_none_or(|parent| self.get(parent).is_none() && !added(parent)) =>
            {
                refuse(
                    "an amendment adding an item without its parent",
                    "a parent on the list",
                )
            }
            Change::Announced if one.in_force.is_none() => {
                refuse("an announced rule without its first day", "its first day")
            }
            _ if one.first_day().is_none() => refuse(
                "an amendment without a day",
                "its first day or the day it was first seen",
            ),
            _ if one.change != Change::Added
                && self.get(one.code).is_none()
                && !added(one.code) =>
            {
                refuse(
                    "an amendment of an item that is not listed",
                    "an item of the list",
                )
            }
            Change::Requirement if of_edition && self.row_of(one).is_none() => refuse(
                "an amendment of a license row that is not there",
                "a row of the entry",
            ),
            _ => Ok(()),
        }
    }

    fn row_of(&self, one: &Amendment) -> Option<&LicenseRequirement> {
        let at = usize::from(one.row?).checked_sub(1)?;
        self.license_requirements(one.code).get(at)
    }

    fn admits_verified(&self, one: &Verified) -> Result<(), Error> {
        let days = [one.heading, one.exceptions, one.text];
        let foreign = |code: &Code| code.entry() != one.entry || self.get(*code).is_none();
        if !one.entry.is_entry() || self.get(one.entry).is_none() {
            return Err(Error::contradiction(
                "a verified entry that is not listed",
                "an entry of the list",
            ));
        }
        if one.lost.iter().any(foreign) {
            return Err(Error::contradiction(
                "a lost paragraph that the entry does not have",
                "paragraphs of the entry",
            ));
        }
        match self.edition().through {
            Some(last) if days.iter().any(|day| *day < last) => Err(Error::contradiction(
                "an entry verified before the edition's last day",
                format!("{last} or a later day"),
            )),
            _ => Ok(()),
        }
    }

    /// Returns what changed after the edition, by code.
    ///
    /// ```
    /// use export_control::list::amendment::Change;
    /// let us = export_control::us_ccl();
    /// let rows = us.amendments().iter().filter(|one| one.change == Change::Requirement);
    /// // Seventeen license rows name the United Arab Emirates from 2026-07-10 on.
    /// assert_eq!(rows.filter(|one| one.first_day() == Some(jiff::civil::date(2026, 7, 10))).count(), 17);
    /// ```
    pub fn amendments(&self) -> &[Amendment] {
        &self.later().amendments
    }

    /// Returns what changed in one item after the edition.
    pub fn amendments_of(&self, code: Code) -> impl Iterator<Item = &Amendment> {
        self.later().of(code).iter()
    }

    /// Returns through which day the parts of a code's entry were verified, or `None` if no later
    /// text of the entry is at hand.
    ///
    /// ```
    /// let verified = export_control::us_ccl().verified("6A005.b".parse()?).expect("an entry of the list");
    /// // The heading and the license rows are known to be the same for longer than the paragraphs.
    /// assert!(verified.heading > verified.text);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn verified(&self, code: Code) -> Option<&Verified> {
        self.later().verified(code.entry())
    }

    /// Returns the last day on or before `on` on which the status of an item is recorded, with that
    /// status, or `None` if none is. Without a day, `on` is the last one of the edition.
    ///
    /// ```
    /// use export_control::Status;
    /// use jiff::civil::date;
    /// let us = export_control::us_ccl();
    /// let suppressors = us.get("0A501".parse()?).expect("an item of the list");
    /// let on = Some(date(2026, 11, 20));
    /// assert!(matches!(us.status(suppressors, on), Status::Unknown { .. }));
    /// assert_eq!(us.last_recorded(suppressors, on), Some((date(2026, 9, 24), Status::InForce { since: None })));
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn last_recorded(&self, item: &Item, on: Option<Date>) -> Option<(Date, Status)> {
        let on = on.unwrap_or_else(|| self.last_day());
        match self.status(item, Some(on)) {
            Status::Unknown { since } => {
                let last = since?.yesterday().ok()?;
                let status = self.status(item, Some(last));
                (!matches!(status, Status::Unknown { .. })).then_some((last, status))
            }
            status => Some((on, status)),
        }
    }

    /// The last day of which the sources speak for an item, or any day of the edition from `on` on
    /// if that is a day of the edition.
    pub(crate) fn covered(&self, code: Code, on: Date) -> Option<Date> {
        let edition = self.edition().through?;
        // A paragraph is there if one below it is.
        let below = |one: &Verified| {
            let mut children = self
                .children(code)
                .filter_map(|item| one.through(item.code));
            children.next()
        };
        let later = (on > edition).then(|| self.verified(code)).flatten();
        let verified = later.and_then(|one| one.through(code).or_else(|| below(one)));
        let last = verified.map_or(edition, |day| day.max(edition));
        let announced = self
            .amendments_above(code)
            .filter(|one| one.change == Change::Announced)
            .filter_map(|one| one.in_force?.yesterday().ok())
            .min();
        Some(announced.map_or(last, |day| day.min(last)))
    }

    /// The amendments that add or remove an item, alone or with what it belongs to.
    pub(crate) fn comings_and_goings(&self, code: Code) -> impl Iterator<Item = &Amendment> {
        self.amendments_above(code)
            .filter(|one| matches!(one.change, Change::Added | Change::Removed))
    }

    /// The amendments of an item and of what it belongs to, from below.
    fn amendments_above(&self, code: Code) -> impl Iterator<Item = &Amendment> {
        // Most entries have none, which one search tells.
        let above = || std::iter::once(code).chain(code.ancestors());
        let amended = self.later().amends_entry(code);
        let codes = amended.then(above).into_iter().flatten();
        codes.flat_map(|code| self.amendments_of(code))
    }

    /// The first day on which an amendment takes an item off the list.
    pub(crate) fn amended_away(&self, code: Code) -> Option<Date> {
        self.comings_and_goings(code)
            .filter(|one| one.change == Change::Removed)
            .filter_map(Amendment::first_day)
            .min()
    }

    /// The first day on which an item can have come or gone, if nobody knows whether it had by `on`.
    pub(crate) fn doubtful_since(&self, code: Code, on: Date) -> Option<Date> {
        let last = self.edition().through.filter(|last| *last < on)?;
        let first = last.tomorrow().ok()?;
        let doubt = |one: &Amendment| {
            one.in_force.is_none() && one.first_seen.is_some_and(|seen| on < seen)
        };
        self.comings_and_goings(code).any(doubt).then_some(first)
    }

    /// The status of an item on a day before the text that first shows that it came or went, if
    /// its rule and so its day are not known.
    pub(crate) fn before_sighting(&self, code: Code, on: Date) -> Option<Status> {
        if let Some(since) = self.doubtful_since(code, on) {
            return Some(Status::Unknown { since: Some(since) });
        }
        let edition = self.edition();
        let of_edition = edition.from.is_none_or(|first| first <= on)
            && edition.through.is_none_or(|last| on <= last);
        let undated = self
            .comings_and_goings(code)
            .find(|one| one.change == Change::Added && one.in_force.is_none());
        let from = undated?.first_seen?;
        of_edition.then_some(Status::NotYet {
            published: None,
            from,
        })
    }

    /// The codes that amendments add and that this list does not have, each with whether it is
    /// known to be on the list on a day. Codes that are known not to be are left out.
    pub(crate) fn lacking(&self, on: Date) -> impl Iterator<Item = (Code, bool)> {
        self.amendments()
            .iter()
            .filter(|one| one.change == Change::Added && self.get(one.code).is_none())
            .map(move |one| (one.code, one.holds(on)))
            .filter(move |(code, holds)| *holds || self.doubtful_since(*code, on).is_some())
    }

    /// Returns the list as it reads on a day after its edition: with the items that amendments add,
    /// and with the titles, thresholds and license rows that they change.
    ///
    /// An item that an amendment takes off the list stays, and its [`status`](ControlList::status)
    /// says so. If the rule that adds an item is not known, its status is unknown from the end of
    /// the edition to the text that first shows it, and on the days of the edition not yet in force.
    /// The edition's label names the day. Without a day, a status is still that of the
    /// edition's last day. On a day before the first amendment the list is the same.
    ///
    /// ```
    /// use export_control::{Scope, us_ccl};
    /// use jiff::civil::date;
    /// let later = us_ccl().amended(date(2026, 9, 24))?;
    /// let drones = later.get("9A012.a.3".parse()?).expect("added in August 2026");
    /// assert!(us_ccl().get(drones.code()).is_none());
    /// assert_eq!(later.status(drones, Some(date(2026, 9, 24))).to_string(), "in force since 2026-08-13");
    /// let endurance = later.get("9A012.a.2".parse()?).expect("reworded");
    /// assert_eq!(endurance.quantities()[0].to_string(), "endurance ≥ 3 h");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the list is one of a later day already.
    pub fn amended(&self, on: Date) -> Result<ControlList, Error> {
        if let Some(day) = self.later().as_read_on {
            let found = format!("the list with the changes recorded by {day}");
            return Err(Error::contradiction(found, "the list of the edition").of_list(self.id()));
        }
        let holding: Vec<&Amendment> = (self.amendments().iter())
            .filter(|one| one.holds(on))
            .collect();
        if holding.is_empty() {
            return Ok(self.clone());
        }
        let mut items: BTreeMap<Code, Item> = self
            .items()
            .iter()
            .map(|item| (item.code, item.clone()))
            .collect();
        for one in &holding {
            amend(&mut items, one);
        }
        let mut edition = self.edition().clone();
        edition.label = format!("{}, with the changes recorded by {on}", edition.label);
        let register = self.register().clone();
        let mut list =
            ControlList::new(self.info().clone(), edition, items.into_values().collect())?
                .with_register(register)?
                .with_license_requirements(self.amended_rows(&holding))?;
        list.set_later(Later {
            as_read_on: Some(on),
            ..self.later().clone()
        });
        Ok(list)
    }

    /// The license rows as the amendments leave them.
    fn amended_rows(&self, holding: &[&Amendment]) -> Vec<LicenseRequirement> {
        let changed = |entry: Code, row: usize| {
            holding.iter().rfind(|one| {
                one.change == Change::Requirement
                    && one.code == entry
                    && one.row.is_some_and(|at| usize::from(at) == row)
            })
        };
        let mut rows = Vec::with_capacity(self.all_license_requirements().len());
        let (mut entry, mut number) = (None, 0);
        for row in self.all_license_requirements() {
            number = if entry.replace(row.entry) == Some(row.entry) {
                number + 1
            } else {
                1
            };
            match changed(row.entry, number) {
                Some(one) => rows.extend(one.requirement.clone()),
                None => rows.push(row.clone()),
            }
        }
        rows
    }
}

/// Changes the items as one amendment says.
fn amend(items: &mut BTreeMap<Code, Item>, one: &Amendment) {
    match one.change {
        Change::Added => {
            let names = Code::find_in(&one.title).into_iter();
            let item = Item::new(one.code)
                .with_logic(one.logic)
                .with_refers_to(names.filter(|code| *code != one.code).collect())
                .with_title(one.title.clone())
                .with_quantities(one.quantities.clone())
                .with_measure(one.rule.clone())
                .with_in_force(one.in_force);
            items.insert(one.code, item);
            add_parents(items, one.code);
        }
        Change::Reworded | Change::Heading => {
            if let Some(item) = items.get_mut(&one.code).filter(|_| !one.title.is_empty()) {
                item.title = one.title.clone().into();
                item.facts.quantities = one.quantities.clone().into();
                if one.logic != ChildLogic::Leaf {
                    item.logic = one.logic;
                }
            }
        }
        _ => {}
    }
}
