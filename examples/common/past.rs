//! The days before an embedded edition, which the list's history covers.

use std::error::Error;
use std::io::Write;

use export_control::change::{HistoryState, Snapshot};
use export_control::{
    Code, ControlList, CountingRule, Date, History, Item, ItemState, Measure, Scope,
};

use super::thousands;

/// A list as it is to be answered for on a day.
pub enum Known<'a> {
    /// The edition itself answers, if only that it does not know.
    Edition(&'a ControlList),
    /// The history answers.
    Past(Box<Snapshot>),
}

impl Known<'_> {
    pub fn list(&self) -> &ControlList {
        match self {
            Known::Edition(list) => list,
            Known::Past(snapshot) => &snapshot.list,
        }
    }

    /// The codes of which the sources of that day do not tell whether they were on the list.
    pub fn not_covered(&self) -> &[Code] {
        match self {
            Known::Edition(_) => &[],
            Known::Past(snapshot) => &snapshot.not_covered,
        }
    }
}

/// Says what an answer on a day leaves open: from the history, or past the last day of the sources.
pub fn note(
    known: &Known<'_>,
    day: Option<Date>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let Some(day) = day else { return Ok(()) };
    let list = known.list();
    let Known::Past(snapshot) = known else {
        if let Some(last) = list.edition().through.filter(|last| *last < day) {
            let rule = CountingRule::Provisions;
            let count = list.count(rule, &Scope::default().on(last));
            let recorded = count.number().map_or_else(String::new, |number| {
                format!(" On that day {} {rule} were in force.", thousands(number))
            });
            writeln!(
                out,
                "  The sources of {} end on {last}.{recorded} What holds on {day} is not known.",
                list.id()
            )?;
        }
        return Ok(());
    };
    writeln!(
        out,
        "  On {day} the history of {} answers: codes and their state, no reasons for control.",
        list.id()
    )?;
    let open = snapshot.not_covered.len();
    let rule = CountingRule::Provisions;
    let size = history_of(list)
        .and_then(|history| history.growth(rule).ok())
        .and_then(|sizes| sizes.into_iter().rfind(|size| size.from <= day));
    if let Some(size) = size.filter(|_| open > 0)
        && let (Some(known), Some(at_most)) = (size.known.number(), size.at_most.number())
    {
        writeln!(
            out,
            "  Of {} codes its sources do not say whether they were on the list, so its numbers are minima: {} to {} {rule}.",
            thousands(open),
            thousands(known),
            thousands(at_most)
        )?;
    }
    Ok(())
}

fn history_of(list: &ControlList) -> Option<&'static History> {
    export_control::history(list.id().as_str())
}

/// The history of a list, if it is an embedded one, amended or not, that has a history.
pub fn past(list: &ControlList) -> Option<&'static History> {
    let embedded = export_control::list(list.id().as_str()).ok()?;
    // A list with its amendments begins on the same day.
    let same = embedded.info() == list.info() && embedded.edition().from == list.edition().from;
    same.then(|| history_of(list)).flatten()
}

/// The history that answers for a list on a day: one that covers the day, which the edition does
/// not.
pub fn answering(list: &ControlList, day: Option<Date>) -> Option<&'static History> {
    let (day, first) = (day?, list.edition().from?);
    past(list).filter(|history| day < first && history.at(day).is_ok())
}

/// The list as its history shows it on a day that the edition does not cover; else the list.
pub fn on(list: &ControlList, day: Option<Date>) -> Result<Known<'_>, Box<dyn Error>> {
    Ok(match (answering(list, day), day) {
        (Some(history), Some(day)) => Known::Past(Box::new(history.at(day)?)),
        _ => Known::Edition(list),
    })
}

/// Returns the answer for an item on a day: by the list, or by its history before the edition.
pub fn answer(list: &ControlList, item: &Item, day: Option<Date>) -> String {
    let (Some(history), Some(day)) = (answering(list, day), day) else {
        return list.status_on(item, day).to_string();
    };
    by_history(history, item.code(), day)
}

/// Returns the presence of a code on a day in words. Between two editions that differ it is not
/// known: the change took effect on the day of the later one or before it.
pub fn by_history(history: &History, code: Code, day: Date) -> String {
    let at = presence(history, code, day);
    let Some([before, after]) = editions_around(history, day) else {
        return at.name().to_owned();
    };
    let then = presence(history, code, after);
    let covered = ![at, then].contains(&Presence::NotCovered);
    if before == day || at == then || !covered {
        return at.name().to_owned();
    }
    let perhaps = match rules_of(history, after) {
        rules if rules.is_empty() => String::new(),
        rules => format!("; perhaps it changed by {rules}"),
    };
    format!(
        "not known: {} in the edition of {before}, {} in the next one, of {after}{perhaps}",
        at.name(),
        then.name()
    )
}

/// The edition of a day and the next one, if one follows.
pub fn editions_around(history: &History, day: Date) -> Option<[Date; 2]> {
    let versions = history.versions();
    let before = versions.iter().rfind(|edition| **edition <= day)?;
    let after = versions.iter().find(|edition| **edition > day)?;
    Some([*before, *after])
}

/// The rules since the edition before that of a day, and those of the day.
fn rules_of(history: &History, edition: Date) -> String {
    let rules = (history.measures_before(edition)).chain(history.measures_on(edition));
    let rules: Vec<&Measure> = rules.collect();
    super::notices::dated(&rules)
}

/// Since when a code has been on a list without a break before a day, by the list's history, and by
/// which rules. It is `None` if there is no history, or the code is not known to be on the list.
pub fn since(list: &ControlList, code: Code, day: Option<Date>) -> Option<String> {
    let history = past(list)?;
    let day = day.map_or(history.through(), |day| day.min(history.through()));
    let mut first = None;
    for interval in history.of(code).into_iter().rev() {
        let next = first.unwrap_or(day);
        if interval.from > day {
            continue;
        }
        // The interval of the day, or the one that ends where the later one begins.
        if interval.through < day && interval.through.tomorrow().ok() != Some(next) {
            break;
        }
        match Presence::of(interval.state) {
            Presence::On(ItemState::Reserved) => break,
            Presence::On(_) => first = Some(interval.from),
            _ => {
                return first.map(|first| {
                    format!("on the list on {first}; the sources do not say since when")
                });
            }
        }
    }
    let first = first?;
    if first == history.versions()[0] {
        return Some(format!(
            "on the list on {first}, the first day of the sources, by a rule not known at hand"
        ));
    }
    let rules = match super::notices::rules(history, first) {
        rules if rules.is_empty() => "rule not known at hand".to_owned(),
        rules => rules,
    };
    Some(format!("first shown on {first}, {rules}"))
}

fn presence(history: &History, code: Code, day: Date) -> Presence {
    let there = history.of(code).into_iter();
    let mut there = there.filter(|interval| interval.from <= day && day <= interval.through);
    there
        .next()
        .map_or(Presence::Off, |interval| Presence::of(interval.state))
}

/// The presence of a code on a list in a run of days.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    On(ItemState),
    Off,
    NotCovered,
}

impl Presence {
    pub fn of(state: HistoryState) -> Presence {
        match state {
            HistoryState::Listed { state, .. } => Presence::On(state),
            HistoryState::NotCovered => Presence::NotCovered,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Presence::On(ItemState::Live) => "on the list",
            Presence::On(ItemState::Empty) => "on the list as an empty heading",
            Presence::On(ItemState::Reserved) => "a reserved place",
            Presence::On(ItemState::Implied) => "on the list by its paragraphs only",
            Presence::Off => "not on the list",
            Presence::NotCovered => "not known: the sources do not cover this code then",
        }
    }
}

/// Days on which the presence of a code is the same, with the first days of other wordings in them.
pub struct Run {
    pub first: Date,
    pub last: Date,
    pub presence: Presence,
    pub reworded: Vec<Date>,
}

/// The runs of a code before a day, in order, without a gap from the first day of the history on.
pub fn runs(history: &History, code: Code, before: Date) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut push = |first: Date, last: Date, presence: Presence, reworded: bool| match runs
        .last_mut()
        .filter(|run| run.presence == presence)
    {
        Some(run) => {
            run.last = last;
            run.reworded.extend(reworded.then_some(first));
        }
        None => runs.push(Run {
            first,
            last,
            presence,
            reworded: Vec::new(),
        }),
    };
    let mut next = history.versions()[0];
    let mut text = None;
    for interval in history.of(code) {
        if interval.from >= before {
            break;
        }
        if next < interval.from
            && let Ok(last) = interval.from.yesterday()
        {
            push(next, last, Presence::Off, false);
        }
        let print = interval.state.fingerprint();
        let reworded = print.is_some() && text.is_some() && print != text;
        text = print.or(text);
        let last = before
            .yesterday()
            .map_or(interval.through, |end| end.min(interval.through));
        push(interval.from, last, Presence::of(interval.state), reworded);
        next = last.tomorrow().unwrap_or(last);
    }
    if next < before
        && let Ok(last) = before.yesterday()
    {
        push(next, last, Presence::Off, false);
    }
    runs
}
