//! All that is suspended on a day: items, parties and rules, each with its last day and its notice.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;

use export_control::measure::MeasurePart;
use export_control::party::{self, PartyList, PartyNotice};
use export_control::rules::{content_rules, license_rules};
use export_control::{Code, ControlList, Date, Edition, Item, Measure, Status};

use super::overlaps::wrapped;
use super::{later, notices};

/// Prints what the embedded lists and rules have as suspended on a day, or on the last day of each.
pub fn print(day: Option<Date>, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let asked = day.map_or_else(last_days, |day| format!("on {day}{}", super::ago(day)));
    let first = format!("Suspended {asked}, as far as the sources at hand record it");
    writeln!(out, "{}", wrapped(&first))?;
    for list in export_control::lists() {
        writeln!(out)?;
        let name = format!("{} ({})", list.info().name(), list.id());
        head(&name, list.edition(), day, out)?;
        if of_list(list, day, out)? == 0 {
            nothing("no item and no rule", list.edition(), day, out)?;
        }
    }
    for list in party::lists() {
        writeln!(out)?;
        let name = format!("{} ({})", list.info().name, list.id());
        head(&name, list.edition(), day, out)?;
        if of_parties(list, day, out)? == 0 {
            nothing("no party and no rule", list.edition(), day, out)?;
        }
    }
    Ok(writeln!(
        out,
        "\nA suspension that no source at hand names is not here. `items LIST --as-of DATE` prints the status of each item."
    )?)
}

/// The days of an answer without a day, and how to ask for another one.
fn last_days() -> String {
    let lists = export_control::lists().filter_map(|list| list.edition().through);
    let parties = party::lists().filter_map(PartyList::last_day);
    let days: BTreeSet<Date> = lists.chain(parties).collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return "on the last day of each list's sources".to_owned();
    };
    format!(
        "on the last day of each list's sources, from {first} to {last} as printed with each (`--as-of DATE` asks for another day)"
    )
}

/// The verb for what holds on a day: it is past if the day is.
fn are(day: Date) -> &'static str {
    if super::is_past(day) { "were" } else { "are" }
}

fn head(
    name: &str,
    edition: &Edition,
    day: Option<Date>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let on = match (day, edition.through) {
        (None, Some(last)) => format!(", on {last}{}", super::ago(last)),
        _ => String::new(),
    };
    writeln!(out, "{name}{on}")
}

/// Says that nothing is recorded as suspended, or that the sources do not speak of the day.
fn nothing(
    what: &str,
    edition: &Edition,
    day: Option<Date>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let outside = |day: &Date| {
        edition.from.is_some_and(|from| *day < from)
            || edition.through.is_some_and(|last| *day > last)
    };
    match (day.filter(outside), edition.from, edition.through) {
        (Some(_), Some(from), Some(last)) => writeln!(
            out,
            "  not known: the sources at hand speak of {from} to {last}"
        ),
        (Some(_), ..) => writeln!(
            out,
            "  not known: the sources at hand do not speak of that day"
        ),
        (None, ..) => {
            let on = day.or(edition.through);
            match on.is_some_and(super::is_past) {
                true => writeln!(out, "  {what} is recorded as suspended on that day"),
                false => writeln!(out, "  {what} is recorded as suspended"),
            }
        }
    }
}

/// Says through which day a suspension is recorded on a day, or nothing if there is none then.
fn recorded(status: Option<Status>, through: Date, on: Date) -> Option<String> {
    match status? {
        status @ Status::Suspended { .. } => Some(format!("{status}{}", super::passed(status))),
        Status::Unknown { .. } if through < on => Some(format!(
            "not known on {on}: it was suspended through {through}, and no source at hand says what followed"
        )),
        _ => None,
    }
}

/// Prints the measures of a list that are suspended, by the notice that suspends them. Returns their
/// number.
fn of_list(
    list: &ControlList,
    day: Option<Date>,
    out: &mut dyn Write,
) -> Result<usize, Box<dyn Error>> {
    let mut count = 0;
    let Some(on) = day.or(list.edition().through) else {
        return Ok(count);
    };
    let suspended = |item: &&Item| {
        item.is_live() && matches!(list.status(item, Some(on)), Status::Suspended { .. })
    };
    let items = list.items().iter().filter(suspended).count();
    if items > 0 {
        let items = super::thousands(items);
        writeln!(out, "  {items} items of the list {} suspended", are(on))?;
    }
    for by in list.measures() {
        let (Some(begin), Some(through)) = (by.in_force, by.suspended_through) else {
            continue;
        };
        let told = by.suspends.iter().filter_map(|target| {
            let status = list.measure_status(target, Some(on));
            Some((target, recorded(status, through, on)?))
        });
        let told: Vec<(&MeasurePart, String)> = told.filter(|_| begin <= on).collect();
        if told.is_empty() {
            continue;
        }
        let [what, address] = notices::told(by, Some(list));
        writeln!(out, "{}", wrapped(&format!("  by {what}")))?;
        writeln!(out, "    {address}")?;
        for (target, told) in told {
            count += 1;
            let line = format!(
                "{}: {told}{}",
                notices::part(list, target),
                effect(list, target)
            );
            writeln!(out, "{}", indented(&line))?;
            rules(list, target, on, out)?;
        }
    }
    Ok(count)
}

/// The title of what is suspended, with the items that it brought.
fn effect(list: &ControlList, target: &MeasurePart) -> String {
    let title = |measure: &Measure| format!(". {}", measure.title);
    let title = list
        .measure(&target.measure)
        .map_or_else(String::new, title);
    let items: Vec<&Item> = (list.added_by(&target.measure))
        .filter(|item| item.is_live())
        .collect();
    if items.is_empty() || target.part.is_some() {
        return title;
    }
    let codes: Vec<Code> = items.iter().map(|item| item.code()).collect();
    let noun = if items.len() == 1 { "item" } else { "items" };
    format!(
        "{title}; {} {noun} in {}",
        items.len(),
        later::entries(&codes)
    )
}

/// Prints the rules around a list that a suspended measure states.
fn rules(
    list: &ControlList,
    target: &MeasurePart,
    on: Date,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let content = content_rules()
        .iter()
        .map(|rule| (&rule.measure, rule.status(list, on), &rule.content));
    let license = license_rules()
        .iter()
        .map(|rule| (&rule.measure, rule.status(list, on), &rule.title));
    for (measure, status, what) in content.chain(license) {
        let Some(part) = measure
            .as_ref()
            .filter(|part| part.measure == target.measure)
        else {
            continue;
        };
        if matches!(status?, Status::Suspended { .. }) {
            let name = part.part.as_deref().unwrap_or("whole");
            writeln!(out, "{}", indented(&format!("  its part {name}: {what}")))?;
        }
    }
    Ok(())
}

/// The subject of a stayed provision, as data/SOURCES.md says it.
fn subject(list: &PartyList, provision: &str) -> &'static str {
    match (list.id().as_str(), provision) {
        ("us-entity-list", "supplement no. 4, introductory text") => {
            " (with the rule on affiliates owned to one half or more)"
        }
        _ => "",
    }
}

/// Prints the notices on parties that are suspended, and the provisions that are stayed. Returns
/// their number.
fn of_parties(
    list: &PartyList,
    day: Option<Date>,
    out: &mut dyn Write,
) -> Result<usize, Box<dyn Error>> {
    let mut count = 0;
    let Some(on) = day.or(list.last_day()) else {
        return Ok(count);
    };
    for notice in list.notices() {
        let (Some(begin), Some(through)) = (notice.suspended_from, notice.suspended_through) else {
            continue;
        };
        let status = notice.status(on, list.last_day());
        let Some(told) = recorded(Some(status), through, on).filter(|_| begin <= on) else {
            continue;
        };
        count += 1;
        let in_force = notice.in_force.map(|day| format!(", in force {day}"));
        let line = format!(
            "  {}{}: {} parties, {told} (from {begin} on{})",
            notices::of_parties(list, &notice.id),
            in_force.unwrap_or_default(),
            notice.numbered,
            notices::trackers(notice),
        );
        writeln!(out, "{}", wrapped(&line))?;
        writeln!(
            out,
            "    {}",
            notice.url.as_deref().unwrap_or(notices::NO_ADDRESS)
        )?;
    }
    count += unknown(list, on, out)?;
    for stay in list.stays() {
        let begun = stay.by.date.is_none_or(|begin| begin <= on);
        let status = Some(stay.status(on));
        let Some(told) = recorded(status, stay.through, on).filter(|_| begun) else {
            continue;
        };
        count += 1;
        let of = stay.by.date.map(|day| format!(" of {day}"));
        let line = format!(
            "  {}{}: {told}; stayed by {}{}, {}",
            stay.provision,
            subject(list, &stay.provision),
            notices::of_parties(list, &stay.by.number),
            of.unwrap_or_default(),
            notices::NO_ADDRESS
        );
        writeln!(out, "{}", wrapped(&line))?;
    }
    Ok(count)
}

/// Prints the notices of which nobody knows whether they were suspended on a day that the sources
/// speak of. Returns their number.
fn unknown(list: &PartyList, on: Date, out: &mut dyn Write) -> Result<usize, Box<dyn Error>> {
    if list.last_day().is_none_or(|last| on > last) {
        return Ok(0);
    }
    let notices = list.notices().iter().filter(|notice| {
        let status = notice.status(on, list.last_day());
        let told = notice.suspended_through.is_some_and(|last| last < on);
        matches!(status, Status::Unknown { .. }) && !told
    });
    let notices: Vec<&PartyNotice> = notices.collect();
    if let Some(first) = notices.first() {
        let numbers: Vec<String> = notices.iter().map(|one| one.id.to_string()).collect();
        let line = format!(
            "  not known for {}: no source at hand says if they applied or were suspended on {on}",
            notices::together(&first.authority, &numbers)
        );
        writeln!(out, "{}", wrapped(&line))?;
    }
    Ok(notices.len())
}

/// A line under a notice, folded.
fn indented(line: &str) -> String {
    let folded = wrapped(line);
    let lines = folded.lines().map(|line| format!("    {line}"));
    lines.collect::<Vec<_>>().join("\n")
}
