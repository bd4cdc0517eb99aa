//! Adds one notice to a list, or says how the two contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::code::Code;
use crate::error::Error;
use crate::list::ControlList;
use crate::list::{ChildLogic, Item, ItemState};
use crate::measure::Measure;

impl ControlList {
    /// The list after one more notice, with the items that the notice adds or rewords.
    ///
    /// On every day before the notice's first the result has the same items in force as this list.
    ///
    /// - An item whose code is new is added. Its [`measure`](Item::measure) and
    ///   [`in_force`](Item::in_force) are the notice's where it states none. Parents that neither
    ///   the list nor the notice has are added as implied ones.
    /// - An item whose code the notice [changes](Measure::changes) takes the place of the present
    ///   one, which keeps its measure and its first day. The list holds one wording of an item, the
    ///   newest, also when it is asked about an earlier day.
    /// - An item whose code is only implied so far takes that place too, and is the notice's from
    ///   then on.
    ///
    /// The edition's label names the notice, so that no count of the result is taken for one of
    /// this list. The edition still ends where it ended: of the notice's own items the first
    /// day is known and no later one, until [`covered_through`](ControlList::covered_through)
    /// says that no other notice is missing.
    ///
    /// # Errors
    /// An item that the list has already or that was removed; one of another measure or from before
    /// the notice's first day; a code changed without its new wording; and whatever
    /// [`with_measures`](ControlList::with_measures) refuses. The error names the measures and the
    /// code.
    ///
    /// ```
    /// use export_control::{Item, Measure, MeasureId, Status, cn_dual_use};
    /// use jiff::civil::date;
    ///
    /// // A made-up notice, typed in by hand or read from its text: it suspends what was suspended for another year …
    /// let mut notice = Measure::new(MeasureId::new("2026-99"), date(2026, 11, 11));
    /// notice.published = Some(date(2026, 11, 9));
    /// notice.suspends = vec!["2025-57".parse()?];
    /// notice.suspended_through = Some(date(2027, 11, 10));
    /// // … and adds one item.
    /// let list = cn_dual_use().apply(notice, vec![Item::new("1C999.a".parse()?)])?;
    ///
    /// let status = |code: &str, on| Ok::<_, Box<dyn std::error::Error>>(list.status(list.get(code.parse()?).ok_or("no item")?, Some(on)));
    /// assert_eq!(status("1C909", date(2026, 11, 25))?, Status::Suspended { through: date(2027, 11, 10) });
    /// assert_eq!(status("1C999.a", date(2026, 11, 11))?, Status::InForce { since: Some(date(2026, 11, 11)) });
    /// assert_eq!(status("1C999.a", date(2026, 11, 12))?, Status::Unknown { since: Some(date(2026, 11, 12)) });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, measure: Measure, items: Vec<Item>) -> Result<ControlList, Error> {
        self.applied(measure, items)
            .map_err(|error| error.of_list(self.id()))
    }

    fn applied(&self, measure: Measure, new: Vec<Item>) -> Result<ControlList, Error> {
        if measure.in_force.is_none() && !new.is_empty() {
            return Err(Error::contradiction(
                format!("measure {} adding items without a first day", measure.id),
                "its first day",
            ));
        }
        let mut items: BTreeMap<Code, Item> = self
            .items()
            .iter()
            .map(|item| (item.code, item.clone()))
            .collect();
        let mut seen: BTreeSet<Code> = BTreeSet::new();
        for mut item in new {
            let code = item.code;
            let refuse = |found: String, expected: &str| {
                Err(Error::contradiction(found, expected).of_code(code))
            };
            if let Some(other) = item.facts.measure.as_ref().filter(|id| **id != measure.id) {
                return refuse(
                    format!("an item of measure {other} in measure {}", measure.id),
                    "the measure's own items",
                );
            }
            if let Some((_, removal)) = self.register().removal(code) {
                return refuse(
                    format!(
                        "measure {} adding a code that measure {} removed",
                        measure.id, removal.id
                    ),
                    "a code that was not listed",
                );
            }
            if !seen.insert(code) {
                return refuse(
                    format!("measure {} adding a code twice", measure.id),
                    "one item a code",
                );
            }
            match self.get(code) {
                Some(present) if measure.changes.contains(&code) => {
                    (item.facts.measure, item.in_force, item.logic) = (
                        present.facts.measure.clone(),
                        present.in_force,
                        present.logic,
                    );
                }
                Some(present) if present.state != ItemState::Implied => {
                    let owner = present
                        .facts
                        .measure
                        .as_ref()
                        .map_or_else(|| "the list".to_owned(), |id| format!("measure {id}"));
                    return refuse(
                        format!("measure {} adding a code that {owner} has", measure.id),
                        "a code that is not on the list",
                    );
                }
                implied => {
                    item.logic = implied
                        .filter(|_| item.logic == ChildLogic::Leaf)
                        .map_or(item.logic, |implied| implied.logic);
                    item.in_force = item.in_force.or(measure.in_force);
                    if let (Some(begins), Some(first)) = (item.in_force, measure.in_force)
                        && begins < first
                    {
                        let found = format!(
                            "an item from {begins} in measure {}, which begins on {first}",
                            measure.id
                        );
                        return refuse(found, "that day or a later one");
                    }
                    item.facts.measure = Some(measure.id.clone());
                }
            }
            items.insert(code, item);
        }
        if let Some(code) = measure
            .changes
            .iter()
            .find(|code| self.get(**code).is_some() && !seen.contains(code))
        {
            let found = format!(
                "measure {} changing a code without an item that has the new wording",
                measure.id
            );
            return Err(Error::contradiction(found, "the item as it reads now").of_code(*code));
        }
        seen.into_iter()
            .for_each(|code| add_parents(&mut items, code));
        // Whoever quotes a number from the result quotes the notice with it.
        let mut edition = self.edition().clone();
        edition.label = if edition.label.is_empty() {
            measure.id.to_string()
        } else {
            format!("{}, with {}", edition.label, measure.id)
        };
        let register = self.register().with(measure)?;
        ControlList::new(self.info().clone(), edition, items.into_values().collect())?
            .with_register(register)?
            .with_license_requirements(self.all_license_requirements().to_vec())?
            .with_later(self.later().clone())
    }

    /// The same list with its sources read through a later day.
    ///
    /// Whoever calls this states that no notice up to that day is missing: what was unknown for
    /// want of sources is then known to be as the notices left it. What a lapsed suspension
    /// leaves behind stays unknown until a notice says it.
    ///
    /// # Errors
    /// A day before the one that the edition covers already.
    ///
    /// ```
    /// use export_control::{Status, cn_dual_use};
    /// let (cn, later) = (cn_dual_use(), jiff::civil::date(2026, 11, 25));
    /// let list = cn.clone().covered_through(later)?;
    /// let status = |code: &str| Ok::<_, export_control::ParseError>(list.get(code.parse()?).map(|item| list.status(item, Some(later))));
    /// assert!(matches!(status("0A901")?, Some(Status::InForce { .. })));
    /// assert!(matches!(status("1C909")?, Some(Status::Unknown { .. }))); // suspended until 2026-11-10, and then?
    /// let error = cn.clone().covered_through(jiff::civil::date(2025, 1, 1)).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "cn-dual-use: found the last day 2025-01-01, expected 2026-06-12, which the edition covers, or a later day"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn covered_through(mut self, last: Date) -> Result<ControlList, Error> {
        let covered = self.edition().through.max(self.edition().from);
        if let Some(covered) = covered.filter(|covered| last < *covered) {
            let expected = format!("{covered}, which the edition covers, or a later day");
            return Err(
                Error::unexpected(format!("the last day {last}"), expected).of_list(self.id())
            );
        }
        self.edition_mut().through = Some(last);
        Ok(self)
    }
}

/// Gives an item the parents that it lacks, and each parent its logic: paragraphs are alternatives
/// unless the list says otherwise.
pub(super) fn add_parents(items: &mut BTreeMap<Code, Item>, code: Code) {
    let Some((measure, in_force)) = items
        .get(&code)
        .map(|item| (item.facts.measure.clone(), item.in_force))
    else {
        return;
    };
    for ancestor in code.ancestors() {
        let parent = items.entry(ancestor).or_insert_with(|| {
            let mut implied = Item::new(ancestor);
            (implied.state, implied.inferred) = (ItemState::Implied, true);
            (implied.facts.measure, implied.in_force) = (measure.clone(), in_force);
            implied
        });
        if parent.logic == ChildLogic::Leaf {
            parent.logic = ChildLogic::Any;
        }
        // An implied parent begins with the first of its children.
        if parent.state == ItemState::Implied
            && parent.facts.measure == measure
            && in_force < parent.in_force
        {
            parent.in_force = in_force;
        }
    }
}
