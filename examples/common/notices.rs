//! How notices are cited: by issuer, kind and number, because two issuers use the same numbers.

use std::error::Error;
use std::io::Write;

use export_control::list::EventKind;
use export_control::measure::MeasurePart;
use export_control::party::{PartyList, PartyNotice};
use export_control::{ControlList, Date, Event, History, Measure, MeasureId, Status};

/// The kind of a notice, by the name with which the data begin its issuers.
const KINDS: [(&str, &str); 3] = [
    ("Ministry of Commerce", "MOFCOM announcement"),
    (
        "Unreliable Entity List Mechanism",
        "Unreliable Entity List announcement",
    ),
    ("US Bureau of Industry and Security", "BIS rule"),
];

/// The words for an address that no source at hand gives.
pub const NO_ADDRESS: &str = "address not known at hand";

/// Returns the kind of a notice by its issuer, and by its number if the issuer is not known.
fn kind(authority: &str, number: &str) -> String {
    let known = KINDS.iter().find(|(name, _)| authority.starts_with(name));
    match known {
        Some((_, kind)) => (*kind).to_owned(),
        None if number.contains(" FR ") => "Federal Register rule".to_owned(),
        None if authority.is_empty() => "notice".to_owned(),
        None => format!("notice of {authority},"),
    }
}

/// Returns a notice with its issuer and kind: `MOFCOM announcement 2025-57`.
pub fn named(authority: &str, number: &str) -> String {
    let kind = kind(authority, number);
    // Two notices of the data have a year and no number.
    match number.strip_suffix(" notice") {
        Some(year) => format!(
            "{} notice of {year}",
            kind.trim_end_matches(" announcement")
        ),
        None => format!("{kind} {number}"),
    }
}

/// Returns several notices of one issuer, the kind once: `BIS rules 88 FR 2507, 88 FR 2821`.
pub fn together(authority: &str, numbers: &[String]) -> String {
    match numbers {
        [] => String::new(),
        [number] => named(authority, number),
        [first, ..] => format!("{}s {}", kind(authority, first), numbers.join(", ")),
    }
}

/// Returns the issuer of a measure of a list, or an empty text if the list does not have it.
fn authority<'a>(list: &'a ControlList, id: &MeasureId) -> &'a str {
    list.measure(id).map_or("", |measure| &measure.authority)
}

/// Returns a measure of a list with its issuer and kind.
pub fn of_list(list: &ControlList, id: &MeasureId) -> String {
    named(authority(list, id), id.as_str())
}

/// Returns measures of a list, or parts of them, each kind once.
pub fn all_of_list<'a>(
    list: &ControlList,
    parts: impl IntoIterator<Item = &'a MeasurePart>,
) -> String {
    let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
    for part in parts {
        let (id, by) = (&part.measure, authority(list, &part.measure));
        let same = |(other, numbers): &&mut (&str, Vec<String>)| {
            let first = numbers.first();
            first.is_some_and(|first| kind(other, first) == kind(by, id.as_str()))
        };
        let number = match &part.part {
            Some(name) => format!("{id} (part {name})"),
            None => id.to_string(),
        };
        match kinds.iter_mut().find(same) {
            Some((_, numbers)) => numbers.push(number),
            None => kinds.push((by, vec![number])),
        }
    }
    let told = kinds.iter().map(|(by, numbers)| together(by, numbers));
    told.collect::<Vec<_>>().join(", ")
}

/// Returns a measure, or a part of one, with its issuer and kind.
pub fn part(list: &ControlList, part: &MeasurePart) -> String {
    let whole = of_list(list, &part.measure);
    match &part.part {
        Some(name) => format!("part {name} of {whole}"),
        None => whole,
    }
}

/// Returns an event of a list in words, each notice with its issuer and kind.
pub fn event(list: &ControlList, event: &Event<'_>) -> String {
    let name = named(&event.measure.authority, event.measure.id.as_str());
    let told = match event.what {
        EventKind::Published => format!("{name} published"),
        EventKind::Begins => format!("first day of {name} by its own text"),
        EventKind::PartBegins(part) => {
            format!("first day of part {} of {name} by its own text", part.name)
        }
        EventKind::Changes(code) => format!("{name} changes {code}"),
        EventKind::Removes(code) => format!("{name} removes {code}"),
        EventKind::Suspends { target, through } => {
            format!("{name} suspends {} through {through}", part(list, target))
        }
        EventKind::SuspensionEnds(target) => format!(
            "first day after the recorded suspension of {} by {name}",
            part(list, target)
        ),
        EventKind::Resumes(target) => format!("{name} lets {} apply again", part(list, target)),
        EventKind::Repeals(target) => format!("{name} repeals {}", part(list, target)),
        _ => return event.to_string(),
    };
    format!("{}: {told}", event.date)
}

/// Returns the days of a measure. `list` is the one that says if it applied on its first day.
pub fn days(measure: &Measure, list: Option<&ControlList>) -> String {
    let applied = |day: Date| {
        let status =
            list.and_then(|list| list.measure_status(&measure.id.clone().into(), Some(day)));
        status.is_none_or(|status| matches!(status, Status::InForce { .. }))
    };
    let first = match measure.in_force {
        Some(day) if applied(day) => format!("in force {day}"),
        Some(day) => format!("first day {day} by its own text"),
        None => "first day not known at hand".to_owned(),
    };
    match measure.published {
        Some(day) if first == format!("in force {day}") => format!("published and {first}"),
        Some(day) => format!("published {day}, {first}"),
        None => format!("publication day not known at hand; {first}"),
    }
}

/// Returns a measure in two lines: its name, its days, its issuers and its title; and its address.
pub fn told(measure: &Measure, list: Option<&ControlList>) -> [String; 2] {
    let Measure {
        id,
        authority,
        title,
        url,
        ..
    } = measure;
    let title = match title.as_str() {
        "" => "title not known at hand",
        title => title,
    };
    [
        format!(
            "{}, {} ({authority}): {title}",
            named(authority, id.as_str()),
            days(measure, list)
        ),
        url.clone().unwrap_or_else(|| NO_ADDRESS.to_owned()),
    ]
}

/// Returns the status of a measure on a day, with the word for a day before it was published.
pub fn status(list: &ControlList, measure: &Measure, on: Option<Date>) -> Option<String> {
    let status = list.measure_status(&measure.id.clone().into(), on)?;
    Some(match (status, on) {
        (
            Status::NotYet {
                published: Some(published),
                from,
            },
            Some(on),
        ) if on < published => {
            format!("not announced yet: published on {published}, to apply from {from}")
        }
        _ => status.to_string(),
    })
}

/// Returns a notice of a list of parties with its issuer and kind.
pub fn of_parties(list: &PartyList, number: &MeasureId) -> String {
    let notice = list.notices().iter().find(|notice| notice.id == *number);
    let by = notice.map_or("", |notice| notice.authority.as_str());
    named(by, number.as_str())
}

/// Says where the suspension or the end of a notice that lists parties is known from, if no official
/// text at hand says it.
pub fn trackers(notice: &PartyNotice) -> &'static str {
    match notice.by_trackers {
        true => "; known from public trackers, the notice that says so is not at hand",
        false => "",
    }
}

/// Returns rules of one issuer, each with its first day.
pub fn dated(rules: &[&Measure]) -> String {
    let number = |rule: &&Measure| match rule.in_force {
        Some(day) => format!("{} of {day}", rule.id),
        None => rule.id.to_string(),
    };
    let numbers: Vec<String> = rules.iter().map(number).collect();
    together(issuer(rules), &numbers)
}

fn issuer<'a>(rules: &[&'a Measure]) -> &'a str {
    rules.first().map_or("", |rule| rule.authority.as_str())
}

/// Returns the rules in force since the edition of a history before that of a day, each with its own
/// day. No source says which of several made a change, so all have the same certainty. It is empty
/// if none is known.
pub fn rules(history: &History, day: Date) -> String {
    let rules = (history.measures_before(day)).chain(history.measures_on(day));
    let rules: Vec<&Measure> = rules.collect();
    match rules.len() {
        0 | 1 => dated(&rules),
        _ => format!("one or several of {}", dated(&rules)),
    }
}

/// The meaning of the rules beside a change.
pub const RULES: &str = "a change shows on the first day of an edition, and took effect then or since the edition before. Named are the rules known to be in force since the edition before, its own day included; one or several of them made the change";

/// Prints the rules of a history that a text names, each with its days, title and address.
pub fn named_in(history: &History, text: &str, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // A number is a whole word: "88 FR 2507" is not in "88 FR 25071".
    let is_named = |rule: &&Measure| {
        let number = rule.id.as_str();
        text.match_indices(number).any(|(at, _)| {
            let next = text[at + number.len()..].chars().next();
            !next.is_some_and(|next| next.is_ascii_digit())
        })
    };
    let mut rules = history.measures().filter(is_named).peekable();
    if rules.peek().is_some() {
        writeln!(
            out,
            "\nThe rules named above, cited by volume and page of the Federal Register (FR):"
        )?;
    }
    for rule in rules {
        let [what, address] = told(rule, None);
        writeln!(out, "  {what}\n    {address}")?;
    }
    Ok(())
}
