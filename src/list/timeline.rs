//! Follows a list through time: the status of an item on a day, for how long, and by which notices.
//!
//! ```
//! use export_control::cn_dual_use;
//! let cn = cn_dual_use();
//! let holmium = cn.get("1C909".parse()?).expect("an item of the list");
//! for span in cn.life(holmium) {
//!     println!("{span}"); // … 2025-11-07 to 2026-11-10: suspended through 2026-11-10 …
//! }
//! for event in cn.events_of(holmium) {
//!     println!("{event}"); // … 2025-11-07: 2025-70 suspends 2025-57 through 2026-11-10 …
//! }
//! # Ok::<(), export_control::ParseError>(())
//! ```

use std::fmt;

use jiff::civil::Date;

use crate::code::Code;
use crate::list::ControlList;
use crate::list::Item;
use crate::list::amendment::Amendment;
use crate::list::ledger::{Begin, Effect};
use crate::measure::{Measure, MeasureId, MeasurePart, Part, Status};

/// A run of days on which one status holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Span {
    /// The first day; `None` where the span has no beginning.
    pub first: Option<Date>,
    /// The last day; `None` where the span has no end.
    pub last: Option<Date>,
    /// The status on each of these days.
    pub status: Status,
}

impl Span {
    /// Returns true if a day is in the span.
    pub fn contains(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(f, "{first}")?,
            (Some(first), Some(last)) => write!(f, "{first} to {last}")?,
            (Some(first), None) => write!(f, "from {first}")?,
            (None, Some(last)) => write!(f, "to {last}")?,
            (None, None) => f.write_str("always")?,
        }
        match self.status {
            Status::NotYet {
                published: Some(published),
                from,
            } if self.last.is_some_and(|last| last < published) => write!(
                f,
                ": not announced yet: published on {published}, to apply from {from}"
            ),
            status => write!(f, ": {status}"),
        }
    }
}

/// Something that a notice does on a day.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Event<'a> {
    /// The day.
    pub date: Date,
    /// The measure that does it.
    pub measure: &'a Measure,
    /// The act of the notice on that day.
    pub what: EventKind<'a>,
}

/// An act of a notice on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EventKind<'a> {
    /// It bears this day.
    Published,
    /// It applies from this day on by its own words, whatever another has done to it by then.
    Begins,
    /// A part of it applies from this day on.
    PartBegins(&'a Part),
    /// It changes the wording of an item.
    Changes(Code),
    /// It takes an item off the list.
    Removes(Code),
    /// It suspends a measure.
    Suspends {
        /// The measure, or the part of one, that is suspended.
        target: &'a MeasurePart,
        /// The last day, as the notice states it.
        through: Date,
    },
    /// The day after the last one of a suspension that it stated.
    SuspensionEnds(&'a MeasurePart),
    /// It lets a suspended measure apply again.
    Resumes(&'a MeasurePart),
    /// It repeals a measure.
    Repeals(&'a MeasurePart),
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.measure.id;
        write!(f, "{}: ", self.date)?;
        match self.what {
            EventKind::Published => write!(f, "{id} published"),
            EventKind::Begins => write!(f, "first day of {id} by its own text"),
            EventKind::PartBegins(part) => {
                write!(f, "first day of {id}#{} by its own text", part.name)
            }
            EventKind::Changes(code) => write!(f, "{id} changes {code}"),
            EventKind::Removes(code) => write!(f, "{id} removes {code}"),
            EventKind::Suspends { target, through } => {
                write!(f, "{id} suspends {target} through {through}")
            }
            EventKind::SuspensionEnds(target) => {
                write!(
                    f,
                    "first day after the recorded suspension of {target} by {id}"
                )
            }
            EventKind::Resumes(target) => write!(f, "{id} lets {target} apply again"),
            EventKind::Repeals(target) => write!(f, "{id} repeals {target}"),
        }
    }
}

/// Everything that one measure does, each with its day.
fn deeds(measure: &Measure) -> impl Iterator<Item = Event<'_>> {
    let event = move |date: Date, what| Event {
        date,
        measure,
        what,
    };
    let begins = measure.in_force;
    let on_first_day = move |what| begins.map(|first| event(first, what));
    let lapse = measure
        .suspended_through
        .and_then(|through| through.tomorrow().ok());
    let through = measure.suspended_through;
    (measure
        .published
        .map(|day| event(day, EventKind::Published))
        .into_iter())
    .chain(on_first_day(EventKind::Begins))
    .chain(
        measure
            .parts
            .iter()
            .map(move |part| event(part.in_force, EventKind::PartBegins(part))),
    )
    .chain(
        measure
            .changes
            .iter()
            .filter_map(move |code| on_first_day(EventKind::Changes(*code))),
    )
    .chain(
        measure
            .removes
            .iter()
            .filter_map(move |code| on_first_day(EventKind::Removes(*code))),
    )
    .chain(measure.suspends.iter().filter_map(move |target| {
        on_first_day(EventKind::Suspends {
            target,
            through: through?,
        })
    }))
    .chain(
        measure
            .resumes
            .iter()
            .filter_map(move |target| on_first_day(EventKind::Resumes(target))),
    )
    .chain(
        measure
            .repeals
            .iter()
            .filter_map(move |target| on_first_day(EventKind::Repeals(target))),
    )
    .chain(
        measure
            .suspends
            .iter()
            .filter_map(move |target| Some(event(lapse?, EventKind::SuspensionEnds(target)))),
    )
}

impl ControlList {
    /// Returns the status of an item on a date. Without a date, the day is the last one that the
    /// edition covers.
    ///
    /// The status is unknown before anything of the list was published or in force, and before the
    /// edition's own first day. Other lists may have controlled the item by then, and this list
    /// does not record that.
    ///
    /// ```
    /// use export_control::Status;
    /// let cn = export_control::cn_dual_use();
    /// let holmium = cn.get("1C909".parse()?).expect("an item of the list");
    /// assert!(matches!(cn.status(holmium, Some("2025-10-28".parse()?)), Status::NotYet { .. }));
    /// assert!(matches!(cn.status(holmium, Some("2025-12-01".parse()?)), Status::Suspended { .. }));
    /// assert!(matches!(cn.status(holmium, Some("2026-11-11".parse()?)), Status::Unknown { .. }));
    /// assert!(matches!(cn.status(holmium, Some("2023-01-01".parse()?)), Status::Unknown { since: None }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn status(&self, item: &Item, on: Option<Date>) -> Status {
        self.status_under(
            item,
            item.facts
                .measure
                .as_ref()
                .and_then(|id| self.register().index(id)),
            on,
        )
    }

    /// The last day that the edition covers; an edition that states none covers all days.
    pub(crate) fn last_day(&self) -> Date {
        self.edition().through.unwrap_or(Date::MAX)
    }

    pub(super) fn status_under(
        &self,
        item: &Item,
        index: Option<usize>,
        on: Option<Date>,
    ) -> Status {
        let on = on.unwrap_or_else(|| self.last_day());
        if self.opens().is_some_and(|first| on < first) {
            return Status::Unknown { since: None };
        }
        let measure = index.and_then(|index| self.register().at(index));
        let said = item
            .in_force
            .or(measure.and_then(|measure| measure.in_force));
        let begin = Begin {
            since: said.or(self.edition().from),
            published: measure.and_then(|measure| measure.published),
            announced: measure.is_some() || item.in_force.is_some(),
        };
        let removed = self
            .register()
            .removal(item.code)
            .and_then(|(_, removal)| removal.in_force)
            .into_iter()
            .chain(self.amended_away(item.code))
            .min();
        if let Some(status) = self.before_sighting(item.code, on) {
            return status;
        }
        self.register().status(
            begin,
            index.map(|index| (index, None)),
            removed,
            on,
            self.covered(item.code, on),
        )
    }

    /// Returns the status of a measure, or of a part of one, on a date. Without a date, the day is
    /// the last one that the edition covers. The status is `None` if the list does not record the
    /// measure.
    ///
    /// ```
    /// use export_control::Status;
    /// let cn = export_control::cn_dual_use();
    /// // Announcement 2025 No. 61 begins in parts, and two of them were suspended before they began.
    /// let day = Some("2025-10-28".parse()?);
    /// assert!(matches!(cn.measure_status(&"2025-61".parse()?, day), Some(Status::InForce { .. })));
    /// assert!(matches!(cn.measure_status(&"2025-61#1(1)".parse()?, day), Some(Status::NotYet { .. })));
    /// assert!(matches!(cn.measure_status(&"2025-61#1(1)".parse()?, Some("2025-12-01".parse()?)), Some(Status::Suspended { .. })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn measure_status(&self, part: &MeasurePart, on: Option<Date>) -> Option<Status> {
        let index = self.register().index(&part.measure)?;
        let measure = self.register().at(index)?;
        let part = part.part.as_deref();
        let of_part = measure
            .parts
            .iter()
            .find(|known| Some(known.name.as_str()) == part)
            .map(|part| part.in_force);
        let begin = Begin {
            since: of_part.or(measure.in_force),
            published: measure.published,
            announced: true,
        };
        let on = on.unwrap_or_else(|| self.last_day());
        Some(
            self.register()
                .status(begin, Some((index, part)), None, on, self.edition().through),
        )
    }

    /// The items that a measure brought onto the list, implied ones included, in list order.
    ///
    /// ```
    /// let cn = export_control::cn_dual_use();
    /// let added = cn.added_by(&export_control::MeasureId::new("2025-62"));
    /// assert_eq!(added.filter(|item| item.is_live()).count(), 2);
    /// ```
    pub fn added_by<'a>(&'a self, id: &MeasureId) -> impl Iterator<Item = &'a Item> + use<'a> {
        let index = self.register().index(id);
        let added = move |at: &usize| index.is_some() && self.register().of_item(*at) == index;
        (0..self.items().len())
            .filter(added)
            .map(|at| &self.items()[at])
    }

    /// Returns the spans of an item's life, in order. Every day is in exactly one of them. Neighbors
    /// differ in status, or the second begins with the publication of the item's measure.
    pub fn life(&self, item: &Item) -> Vec<Span> {
        // A status can change only where something begins, or on the day after something ends.
        let mut turns: Vec<Date> = Vec::new();
        let mut turn =
            |day: Date| turns.extend([Some(day), day.tomorrow().ok()].into_iter().flatten());
        let measure = item
            .facts
            .measure
            .as_ref()
            .and_then(|id| self.register().index(id));
        let begins = measure
            .and_then(|index| self.register().at(index))
            .and_then(|measure| measure.in_force);
        let published = measure
            .and_then(|index| self.register().at(index))
            .and_then(|measure| measure.published);
        item.in_force
            .or(begins)
            .into_iter()
            .chain(published)
            .chain(self.edition().from)
            .chain(self.edition().through)
            .chain(self.covered(item.code, Date::MAX))
            .chain(self.opens())
            .for_each(&mut turn);
        self.comings_and_goings(item.code)
            .filter_map(Amendment::first_day)
            .for_each(&mut turn);
        self.register()
            .removal(item.code)
            .and_then(|(_, removal)| removal.in_force)
            .into_iter()
            .for_each(&mut turn);
        for act in measure
            .into_iter()
            .flat_map(|index| self.register().acts(index, None))
        {
            turn(act.day);
            if let Effect::Suspend { through } = act.effect {
                turn(through);
            }
        }
        turns.sort_unstable();
        turns.dedup();
        let mut spans: Vec<Span> = vec![Span {
            first: None,
            last: None,
            status: self.status(item, Some(Date::MIN)),
        }];
        for day in turns {
            let status = self.status(item, Some(day));
            let announced = matches!(status, Status::NotYet { published: Some(published), .. } if published == day);
            if let Some(last) = spans.last_mut()
                && (last.status != status || announced)
                && let Ok(before) = day.yesterday()
            {
                last.last = Some(before);
                spans.push(Span {
                    first: Some(day),
                    last: None,
                    status,
                });
            }
        }
        spans
    }

    /// Everything that the list's measures do, by day; on one day in the order of the measures.
    ///
    /// ```
    /// let cn = export_control::cn_dual_use();
    /// let events = cn.events();
    /// assert!(events.is_sorted_by_key(|event| event.date));
    /// assert!(events.iter().any(|event| event.to_string() == "2025-11-09: 2025-72 suspends 2024-46#2 through 2026-11-27"));
    /// ```
    pub fn events(&self) -> Vec<Event<'_>> {
        let mut events: Vec<Event<'_>> = self.measures().flat_map(deeds).collect();
        events.sort_by_key(|event| event.date);
        events
    }

    /// The events that bear on one item, by day: the chain of notices behind its status.
    pub fn events_of(&self, item: &Item) -> Vec<Event<'_>> {
        let Some(own) = &item.facts.measure else {
            return self
                .events()
                .into_iter()
                .filter(|event| self.touches(event, item.code))
                .collect();
        };
        let mut events = self.events();
        events.retain(|event| match event.what {
            EventKind::Published | EventKind::Begins => {
                let target_is_own = |targets: &[MeasurePart]| {
                    targets
                        .iter()
                        .any(|target| target.part.is_none() && target.measure == *own)
                };
                let Measure {
                    id,
                    suspends,
                    resumes,
                    repeals,
                    ..
                } = event.measure;
                id == own
                    || (event.what == EventKind::Published
                        && [suspends, resumes, repeals]
                            .into_iter()
                            .any(|targets| target_is_own(targets)))
            }
            EventKind::Suspends { target, .. }
            | EventKind::SuspensionEnds(target)
            | EventKind::Resumes(target)
            | EventKind::Repeals(target) => target.part.is_none() && target.measure == *own,
            EventKind::PartBegins(_) => false,
            EventKind::Changes(_) | EventKind::Removes(_) => self.touches(event, item.code),
        });
        events
    }

    /// Returns true if an event is about a code. It changes the code, or takes it, or what it
    /// belongs to, off the list.
    fn touches(&self, event: &Event<'_>, code: Code) -> bool {
        match event.what {
            EventKind::Changes(changed) => changed == code,
            EventKind::Removes(removed) => removed.contains(code),
            _ => false,
        }
    }
}
