//! The days on which a list's items change, each with the notices that change them.

use export_control::list::EventKind;
use export_control::measure::MeasurePart;
use export_control::{Code, ControlList, Date, Event, MeasureId, Status};

use super::notices;

/// A day on which something changes, and why.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    pub date: Date,
    /// Set if it is somewhere in the year of the date, on a day that is not at hand.
    pub in_year: bool,
    pub long: String,
    /// The same for a chart, where room is short.
    pub brief: String,
}

/// Returns the days on which a list's items change, in order.
pub fn of_list(list: &ControlList) -> Vec<Cause> {
    let mut events: Vec<Event<'_>> = list.events();
    events.retain(|event| bears_on_items(list, event) && !begins_suspended(list, event));
    let mut causes: Vec<Cause> = events
        .chunk_by(|a, b| a.date == b.date)
        .map(|day| of_day(list, day))
        .collect();
    let mut note = |date: Option<Date>, told: &str| {
        causes.extend(date.map(|date| Cause {
            date,
            in_year: false,
            long: told.to_owned(),
            brief: told.to_owned(),
        }));
    };
    let edition = list.edition();
    let begin = edition.from;
    note(
        begin.filter(|from| events.iter().all(|event| event.date != *from)),
        "the edition begins",
    );
    note(
        edition.through.and_then(|through| through.tomorrow().ok()),
        "the sources end",
    );
    causes.extend(in_a_year(list));
    causes.sort();
    causes
}

/// Notices of which only the year is known. They may be out from the first day of it on, so that
/// numbers change there. It is never told as if it were the notice's day.
fn in_a_year(list: &ControlList) -> impl Iterator<Item = Cause> {
    let undated = list.measures().filter(|measure| {
        measure.published.is_none() && list.added_by(&measure.id).next().is_some()
    });
    undated.filter_map(|measure| {
        let date = Date::new(measure.id.year()?, 1, 1).ok()?;
        let name = notices::of_list(list, &measure.id);
        (Some(date) < measure.in_force).then(|| Cause {
            date,
            in_year: true,
            long: format!("{name}: {}", notices::days(measure, Some(list))),
            brief: format!("{name}: day not known"),
        })
    })
}

/// A thing to which an event happens: a notice, a part of one, or a code.
type Subject = Result<MeasurePart, Code>;

/// The events of one day in words. Those that are alike are told once: who does what to whom.
fn of_day(list: &ControlList, day: &[Event<'_>]) -> Cause {
    let mut told: Vec<(&str, String, Vec<Subject>)> = Vec::new();
    for event in day {
        let (verb, who) = (verb(&event.what), actor(list, event));
        let alike =
            |(other, by, _): &&mut (&str, String, Vec<Subject>)| (*other, by) == (verb, &who);
        match told.iter_mut().find(alike) {
            Some((_, _, subjects)) => subjects.push(subject(event)),
            None => told.push((verb, who, vec![subject(event)])),
        }
    }
    // Notices that are published and begin at once are told once too.
    if let [("published", _, new), ("begins", _, begun), ..] = &told[..]
        && new == begun
    {
        told.remove(1);
        told[0].0 = "published and begins";
    }
    let long = told
        .iter()
        .map(|(verb, who, subjects)| format!("{who}{verb}: {}", named(list, subjects)));
    let brief = told
        .iter()
        .map(|(verb, who, subjects)| match &subjects[..] {
            [_] => format!("{who}{verb}: {}", named(list, subjects)),
            [Err(_), ..] => format!("{who}{verb}: {} codes", subjects.len()),
            notices => format!("{who}{verb}: {} notices", notices.len()),
        });
    Cause {
        date: day[0].date,
        in_year: false,
        long: long.collect::<Vec<_>>().join("; "),
        brief: brief.collect::<Vec<_>>().join("; "),
    }
}

fn named(list: &ControlList, subjects: &[Subject]) -> String {
    let notices = notices::all_of_list(list, subjects.iter().flatten());
    let codes = subjects.iter().filter_map(|subject| subject.as_ref().err());
    let notices = Some(notices).filter(|notices| !notices.is_empty());
    let told = notices.into_iter().chain(codes.map(Code::to_string));
    told.collect::<Vec<_>>().join(", ")
}

/// The verb for an event.
fn verb(what: &EventKind<'_>) -> &'static str {
    match what {
        EventKind::Published => "published",
        EventKind::Begins | EventKind::PartBegins(_) => "begins",
        EventKind::Suspends { .. } => " suspends",
        EventKind::SuspensionEnds(_) => "after the suspension",
        EventKind::Resumes(_) => " lets apply again",
        EventKind::Repeals(_) => " repeals",
        EventKind::Changes(_) => " changes",
        EventKind::Removes(_) => " removes",
        _ => "changes",
    }
}

/// Who does it, where that is another than whom it happens to.
fn actor(list: &ControlList, event: &Event<'_>) -> String {
    if verb(&event.what).starts_with(' ') {
        notices::of_list(list, &event.measure.id)
    } else {
        String::new()
    }
}

fn subject(event: &Event<'_>) -> Subject {
    match event.what {
        EventKind::Suspends { target, .. }
        | EventKind::SuspensionEnds(target)
        | EventKind::Resumes(target)
        | EventKind::Repeals(target) => Ok(target.clone()),
        EventKind::Changes(code) | EventKind::Removes(code) => Err(code),
        _ => Ok(event.measure.id.clone().into()),
    }
}

/// Returns true if an event can change which items apply.
fn bears_on_items(list: &ControlList, event: &Event<'_>) -> bool {
    let adds = |id: &MeasureId| list.added_by(id).next().is_some();
    match event.what {
        EventKind::Published | EventKind::Begins => adds(&event.measure.id),
        EventKind::Suspends { target, .. }
        | EventKind::SuspensionEnds(target)
        | EventKind::Resumes(target)
        | EventKind::Repeals(target) => adds(&target.measure),
        EventKind::Changes(_) | EventKind::Removes(_) => true,
        _ => false,
    }
}

/// A first day on which nothing begins, because the measure is suspended by then.
fn begins_suspended(list: &ControlList, event: &Event<'_>) -> bool {
    let status = list.measure_status(&event.measure.id.clone().into(), Some(event.date));
    event.what == EventKind::Begins && matches!(status, Some(Status::Suspended { .. }))
}
