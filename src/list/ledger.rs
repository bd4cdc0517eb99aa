//! Checks the measures of one list against each other, and computes what each does on which day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use jiff::civil::Date;

use crate::code::Code;
use crate::error::Error;
use crate::list::Item;
use crate::measure::{Measure, MeasureId, MeasurePart, Status};

/// The measures of a list. They contradict neither each other nor, once [bound](MeasureLedger::bind),
/// the list's items.
#[derive(Debug, Clone, Default)]
pub(crate) struct MeasureLedger {
    measures: IndexMap<MeasureId, Measure>,
    /// For each measure what others do to it or to a part of it, by day.
    acts: Vec<Vec<Act>>,
    /// The codes taken off the list, with the position of the measure that does so.
    removed: BTreeMap<Code, usize>,
    /// For each item of the list the position of its measure.
    of_item: Vec<Option<u32>>,
}

/// The rest follows from the measures and the items.
impl PartialEq for MeasureLedger {
    fn eq(&self, other: &MeasureLedger) -> bool {
        self.measures == other.measures
    }
}

/// An act of one measure on another.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) day: Date,
    by: usize,
    part: Option<String>,
    pub(crate) effect: Effect,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Effect {
    Suspend {
        through: Date,
    },
    Resume,
    Repeal,
    /// A repeal whose day is unknown: from this day on it is possible.
    MayRepeal,
}

impl Effect {
    fn verb(self) -> &'static str {
        match self {
            Effect::Suspend { .. } => "suspending",
            Effect::Resume => "resuming",
            Effect::Repeal | Effect::MayRepeal => "repealing",
        }
    }
}

/// When something begins to apply, and how it is known.
#[derive(Clone, Copy)]
pub(crate) struct Begin {
    pub(crate) since: Option<Date>,
    pub(crate) published: Option<Date>,
    /// True if a notice says so. If it is false, the edition only begins there.
    pub(crate) announced: bool,
}

impl MeasureLedger {
    /// Measures that do not contradict each other.
    pub(crate) fn new(measures: Vec<Measure>) -> Result<MeasureLedger, Error> {
        let mut register = MeasureLedger::default();
        for measure in measures {
            if let Some(other) = register.measures.insert(measure.id.clone(), measure) {
                return Err(Error::contradiction(
                    format!("measure {} twice", other.id),
                    "one row a measure",
                ));
            }
        }
        register.measures.values().try_for_each(lone)?;
        register.record_acts()?;
        register.record_removals()?;
        Ok(register)
    }

    /// The same measures and one more.
    pub(crate) fn with(&self, measure: Measure) -> Result<MeasureLedger, Error> {
        MeasureLedger::new(self.measures.values().cloned().chain([measure]).collect())
    }

    pub(crate) fn measures(&self) -> impl ExactSizeIterator<Item = &Measure> {
        self.measures.values()
    }

    pub(crate) fn get(&self, id: &MeasureId) -> Option<&Measure> {
        self.measures.get(id)
    }

    pub(crate) fn index(&self, id: &MeasureId) -> Option<usize> {
        self.measures.get_index_of(id)
    }

    pub(crate) fn at(&self, index: usize) -> Option<&Measure> {
        self.measures.get_index(index).map(|(_, measure)| measure)
    }

    /// The position of the measure of the item at a position of the list.
    pub(crate) fn of_item(&self, at: usize) -> Option<usize> {
        self.of_item
            .get(at)
            .copied()
            .flatten()
            .map(|index| index as usize)
    }

    fn record_acts(&mut self) -> Result<(), Error> {
        let mut acts = vec![Vec::new(); self.measures.len()];
        for (by, measure) in self.measures.values().enumerate() {
            let suspensions = measure
                .suspends
                .iter()
                .zip(measure.suspended_through.into_iter().cycle());
            let done = suspensions
                .map(|(target, through)| (target, Effect::Suspend { through }))
                .chain(
                    measure
                        .resumes
                        .iter()
                        .map(|target| (target, Effect::Resume)),
                )
                .chain(
                    measure
                        .repeals
                        .iter()
                        .map(|target| (target, Effect::Repeal)),
                );
            for (target, effect) in done {
                let Some((index, _, other)) = self.measures.get_full(&target.measure) else {
                    let found = format!(
                        "measure {} {} measure {target}, which is not recorded",
                        measure.id,
                        effect.verb()
                    );
                    return Err(Error::contradiction(found, "a recorded measure"));
                };
                let out = other.published.or(other.in_force);
                if index == by || measure.in_force.is_some_and(|day| out > Some(day)) {
                    let found = format!(
                        "measure {} {} measure {target} on {}",
                        measure.id,
                        effect.verb(),
                        shown(measure.in_force)
                    );
                    return Err(Error::contradiction(
                        found,
                        "a measure that was published before",
                    ));
                }
                let (day, effect) = match measure.in_force {
                    Some(day) => (day, effect),
                    None => (
                        measure
                            .published
                            .or(measure.id.earliest())
                            .max(out)
                            .unwrap_or(Date::MIN),
                        Effect::MayRepeal,
                    ),
                };
                acts[index].push(Act {
                    day,
                    by,
                    part: target.part.clone(),
                    effect,
                });
            }
        }
        for (index, acts) in acts.iter_mut().enumerate() {
            acts.sort_by_key(|act| act.day);
            self.check_acts(index, acts)?;
            end_early(acts);
        }
        self.acts = acts;
        Ok(())
    }

    /// Checks that each act on a measure, or on one part of it, can follow the acts before it.
    fn check_acts(&self, index: usize, acts: &[Act]) -> Result<(), Error> {
        // The last act on the whole, and on each part since then: an act on the whole is one on
        // every part.
        let mut whole: Option<&Act> = None;
        let mut parts: BTreeMap<&str, &Act> = BTreeMap::new();
        for act in acts {
            match act.part.as_deref() {
                None => {
                    self.check_act(index, whole, act, None)?;
                    parts.iter().try_for_each(|(part, last)| {
                        self.check_act(index, Some(last), act, Some(part))
                    })?;
                    if act.effect != Effect::MayRepeal {
                        (whole, parts) = (Some(act), BTreeMap::new());
                    }
                }
                Some(part) => {
                    self.check_act(index, parts.get(part).copied().or(whole), act, Some(part))?;
                    if act.effect != Effect::MayRepeal {
                        parts.insert(part, act);
                    }
                }
            }
        }
        Ok(())
    }

    fn check_act(
        &self,
        index: usize,
        last: Option<&Act>,
        act: &Act,
        part: Option<&str>,
    ) -> Result<(), Error> {
        let lawful = match (last.map(|last| (last.day, last.effect)), act.effect) {
            (Some((_, Effect::Repeal)), _) => false,
            (_, Effect::MayRepeal) => true,
            (Some((day, _)), _) if day == act.day => false,
            (Some((_, Effect::Suspend { through: before })), Effect::Suspend { through }) => {
                through > before
            }
            (Some((_, Effect::Suspend { .. })), Effect::Resume) => true,
            (_, Effect::Resume) => false,
            (_, Effect::Suspend { .. } | Effect::Repeal) => true,
        };
        if lawful {
            return Ok(());
        }
        let target = MeasurePart {
            measure: self.name(index),
            part: part.map(str::to_owned),
        };
        let this = format!(
            "measure {} {} measure {target} on {}",
            self.name(act.by),
            act.effect.verb(),
            self.shown_day(act)
        );
        Err(match last {
            Some(before) => {
                let before = format!(
                    "{} {} it on {}",
                    self.name(before.by),
                    before.effect.verb(),
                    before.day
                );
                Error::contradiction(
                    format!("{this} beside measure {before}"),
                    "measures that agree",
                )
            }
            None => Error::contradiction(this, "a measure that is suspended"),
        })
    }

    fn shown_day(&self, act: &Act) -> String {
        shown(Some(act.day).filter(|_| act.effect != Effect::MayRepeal))
    }

    fn record_removals(&mut self) -> Result<(), Error> {
        let mut by_day: Vec<usize> = (0..self.measures.len()).collect();
        by_day.sort_by_key(|index| self.measures[*index].in_force);
        for index in by_day {
            let measure = &self.measures[index];
            for &code in &measure.removes {
                let earlier = std::iter::once(code)
                    .chain(code.ancestors())
                    .find_map(|code| self.removed.get(&code));
                if let Some(&other) =
                    earlier.filter(|other| **other != index || self.removed.contains_key(&code))
                {
                    let found = format!(
                        "measure {} removing a code that measure {} removed",
                        measure.id,
                        self.name(other)
                    );
                    return Err(Error::contradiction(found, "a code on the list").of_code(code));
                }
                self.removed.insert(code, index);
            }
        }
        let mut changed: BTreeMap<(Code, Option<Date>), &MeasureId> = BTreeMap::new();
        for measure in self.measures.values() {
            for &code in &measure.changes {
                if let Some(other) = changed.insert((code, measure.in_force), &measure.id) {
                    let found = format!(
                        "measures {other} and {} changing a code on one day",
                        measure.id
                    );
                    return Err(Error::contradiction(found, "one wording").of_code(code));
                }
            }
        }
        Ok(())
    }

    fn name(&self, index: usize) -> MeasureId {
        self.measures[index].id.clone()
    }

    /// Checks the items of a list against the measures, and remembers which item has which measure.
    pub(crate) fn bind(&mut self, items: &[Item]) -> Result<(), Error> {
        self.of_item = items
            .iter()
            .map(|item| {
                let index = |id: Option<&MeasureId>| self.index(id?);
                item.facts.with_measure(index).map(|at| at as u32)
            })
            .collect();
        for (item, index) in items.iter().zip(&self.of_item) {
            let Some(measure) = index.and_then(|index| self.at(index as usize)) else {
                continue;
            };
            let begins = item.in_force.or(measure.in_force);
            if let Some(early) = item
                .in_force
                .filter(|day| measure.in_force.is_some_and(|first| *day < first))
            {
                let found = format!(
                    "an item in force from {early}, before measure {}, which adds it",
                    measure.id
                );
                return Err(
                    Error::contradiction(found, "the measure's first day or a later one")
                        .of_code(item.code),
                );
            }
            if let Some((_, other)) = self.removal(item.code)
                && (other.in_force == begins || other.in_force < measure.published.or(begins))
            {
                let found = format!(
                    "measure {} adding a code that measure {} removed",
                    measure.id, other.id
                );
                return Err(Error::contradiction(
                    found,
                    "a code added before it is removed, not on the same day",
                )
                .of_code(item.code));
            }
        }
        let known = |code: Code| items.binary_search_by_key(&code, |item| item.code).ok();
        for (index, measure) in self.measures.values().enumerate() {
            for (codes, verb) in [
                (&measure.changes, "changing"),
                (&measure.removes, "removing"),
            ] {
                for &code in codes {
                    let Some(at) = known(code) else {
                        let found = format!("measure {} {verb} a code that is absent", measure.id);
                        return Err(Error::contradiction(found, "a code on the list").of_code(code));
                    };
                    let adder = self.of_item(at).and_then(|at| self.at(at));
                    let begins = items[at]
                        .in_force
                        .or(adder.and_then(|adder| adder.in_force));
                    if verb == "changing"
                        && begins.is_some_and(|begins| Some(begins) >= measure.in_force)
                    {
                        let adder = adder.map_or("no other measure".to_owned(), |adder| {
                            format!("measure {}", adder.id)
                        });
                        let found = format!(
                            "measure {} changing a code that {adder} adds on {}",
                            measure.id,
                            shown(begins)
                        );
                        return Err(Error::contradiction(found, "a code on the list").of_code(code));
                    }
                    if let Some((other, removal)) = self.removal(code)
                        && other != index
                        && removal.in_force <= measure.in_force
                    {
                        let found = format!(
                            "measure {} {verb} a code that measure {} removed",
                            measure.id, removal.id
                        );
                        return Err(Error::contradiction(found, "a code on the list").of_code(code));
                    }
                }
            }
        }
        Ok(())
    }

    /// The first day of which a list of these items and measures says anything: that from which its
    /// edition speaks, or an earlier one on which something of the list was published or in
    /// force. `None` where it speaks of all days.
    pub(crate) fn opens(&self, from: Option<Date>, items: &[Item]) -> Option<Date> {
        let mut first = from;
        for (at, item) in items.iter().enumerate() {
            let measure = self.of_item(at).and_then(|index| self.at(index));
            if from.is_none() && measure.is_none() && item.in_force.is_none() {
                return None;
            }
            let published = measure.and_then(|measure| measure.published);
            let begins = item
                .in_force
                .or(measure.and_then(|measure| measure.in_force));
            first = [first, published, begins].into_iter().flatten().min();
        }
        first
    }

    /// The measure that takes a code, or an ancestor of it, off the list.
    pub(crate) fn removal(&self, code: Code) -> Option<(usize, &Measure)> {
        if self.removed.is_empty() {
            return None;
        }
        std::iter::once(code)
            .chain(code.ancestors())
            .find_map(|code| self.removed.get(&code))
            .map(|&index| (index, &self.measures[index]))
    }

    /// Returns whether a measure takes the entry, or something of it, off the list.
    pub(crate) fn removes_of(&self, entry: Code) -> bool {
        let next = self.removed.range(entry..).next();
        next.is_some_and(|(code, _)| code.entry() == entry)
    }

    /// Returns the acts on a measure or on a part of it, by day.
    pub(crate) fn acts<'a>(
        &'a self,
        index: usize,
        part: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Act> {
        let acts = self.acts.get(index).map_or(&[][..], Vec::as_slice);
        acts.iter()
            .filter(move |act| act.part.is_none() || act.part.as_deref() == part)
    }

    /// The status on a day of something that a measure made, after whatever was done to the
    /// measure.
    pub(crate) fn status(
        &self,
        begin: Begin,
        measure: Option<(usize, Option<&str>)>,
        removed: Option<Date>,
        on: Date,
        covered: Option<Date>,
    ) -> Status {
        // Past the last day that the sources cover, only what a notice says of its own day is
        // known.
        let known = |day: Date, status: Status| match covered.map(|covered| covered.max(day)) {
            Some(last) if on > last => Status::Unknown {
                since: last.tomorrow().ok(),
            },
            _ => status,
        };
        let acts = measure
            .into_iter()
            .flat_map(|(index, part)| self.acts(index, part))
            .take_while(|act| act.day <= on);
        let (mut act, mut doubt) = (None, None);
        for done in acts {
            match done.effect {
                Effect::MayRepeal => doubt = doubt.or(Some(done.day)),
                _ => act = Some(done),
            }
        }
        let removed = removed.filter(|day| *day <= on);
        let repealed = act
            .filter(|act| act.effect == Effect::Repeal)
            .map(|act| act.day);
        if let Some(since) = removed.into_iter().chain(repealed).min() {
            return known(since, Status::Repealed { since });
        }
        if doubt.is_some() {
            return Status::Unknown { since: doubt };
        }
        match act.map(|act| (act.day, act.effect)) {
            Some((_, Effect::Suspend { through })) if on <= through => {
                return Status::Suspended { through };
            }
            // No source says what follows a suspension, however late the edition.
            Some((_, Effect::Suspend { through })) => {
                return Status::Unknown {
                    since: through.tomorrow().ok(),
                };
            }
            _ => {}
        }
        match begin.since {
            // An edition says nothing of the days before it; a notice says when its items begin.
            Some(from) if on < from && begin.announced => Status::NotYet {
                published: begin.published,
                from,
            },
            Some(from) if on < from => Status::Unknown { since: None },
            None if begin.announced => Status::Unknown { since: None },
            since => {
                let resumed = act.map(|act| act.day);
                let since = since.max(resumed);
                let said = since.filter(|_| begin.announced || resumed.is_some());
                // An edition's own first day is not the code's.
                known(said.unwrap_or(Date::MIN), Status::InForce { since: said })
            }
        }
    }
}

fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "an unknown day".to_owned(), |date| date.to_string())
}

/// Checks one measure by itself.
fn lone(measure: &Measure) -> Result<(), Error> {
    let wrong = |found: &str, expected: &str| {
        Err(Error::contradiction(
            format!("measure {} {found}", measure.id),
            expected,
        ))
    };
    let acts = [&measure.suspends, &measure.resumes]
        .iter()
        .any(|targets| !targets.is_empty());
    if measure.in_force.is_none()
        && (acts
            || !measure.changes.is_empty()
            || !measure.removes.is_empty()
            || !measure.parts.is_empty())
    {
        return wrong(
            "acting on others without a first day",
            "the first day of a measure that acts",
        );
    }
    if !measure.suspends.is_empty() && measure.suspended_through.is_none() {
        return wrong(
            "suspending others without a last day",
            "the last day of the suspension",
        );
    }
    if let Some(through) = measure.suspended_through {
        if measure.suspends.is_empty() {
            return wrong(
                "with the last day of a suspension and nothing suspended",
                "what it suspends",
            );
        }
        if Some(through) < measure.in_force {
            return wrong(
                &format!("suspending others through {through}, before its first day"),
                "a last day after the first",
            );
        }
    }
    if let Some(part) = measure
        .parts
        .iter()
        .find(|part| Some(part.in_force) < measure.in_force)
    {
        return wrong(
            &format!(
                "with part {} from {}, before its first day",
                part.name, part.in_force
            ),
            "a part that begins later",
        );
    }
    let removed: BTreeSet<Code> = measure.removes.iter().copied().collect();
    if let Some(code) = measure.changes.iter().find(|code| removed.contains(code)) {
        return wrong("changing and removing a code", "one of the two")
            .map_err(|error| error.of_code(*code));
    }
    Ok(())
}

/// A suspension ends before what is resumed or repealed: it never outlives its measure.
fn end_early(acts: &mut [Act]) {
    // From the last act to the first, the next day on which a suspension of the whole ends, and of
    // each part.
    let mut whole: Option<Date> = None;
    let mut parts: HashMap<String, Date> = HashMap::new();
    for act in acts.iter_mut().rev() {
        let of_part = act.part.as_ref().and_then(|part| parts.get(part)).copied();
        match (&mut act.effect, &act.part) {
            (Effect::Suspend { through }, _) => {
                let end = whole.into_iter().chain(of_part).min();
                *through = end
                    .and_then(|end| end.yesterday().ok())
                    .map_or(*through, |last| last.min(*through));
            }
            (Effect::Resume | Effect::Repeal, None) => whole = Some(act.day),
            (Effect::Resume | Effect::Repeal, Some(part)) => {
                parts.insert(part.clone(), act.day);
            }
            (Effect::MayRepeal, _) => {}
        }
    }
}
