//! Is a code in force on a day, and which notices make it so? What is suspended?
//!
//! `cargo run --release --example status -- 1C909 --list cn-dual-use --as-of 2025-12-01`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::rules::{LicenseKind, license_rules};
use export_control::{Code, ControlList, Item, ItemState, Status};
use jiff::civil::Date;

mod common;
use common::notices;
use common::past::{answering, past, runs};

/// Prints the status of a code on a day, the spans of its life, and the notices that lead there.
/// With `--suspended`: all that is suspended on a day, of items, parties and rules.
///
/// Past the last day of the sources the answer is "not known", with what was recorded last. Before
/// the edition, the list's history answers if it has one.
#[derive(Parser)]
#[command(
    name = "status",
    after_help = common::examples_help(&["status 1C909 --as-of 2025-12-01", "status --suspended --as-of 2025-12-01"])
)]
pub struct Arguments {
    /// The code, such as 1C909 or 3A001.b.2
    #[arg(required_unless_present = "suspended")]
    code: Option<Code>,
    /// The name of an embedded list, or a list file [default: every embedded list, for a code means
    /// nothing without its list]
    #[arg(long)]
    list: Option<String>,
    /// Print all that is suspended: items, parties and rules, each with the last day and the notice
    #[arg(long, conflicts_with_all = ["code", "list"])]
    suspended: bool,
    /// The day, such as 2025-10-28 [default: the last day that each edition covers]
    #[arg(long, alias = "on", value_name = "DATE", value_parser = common::day)]
    as_of: Option<Date>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the status.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let Some(code) = arguments.code else {
        return common::suspended::print(arguments.as_of, out);
    };
    let lists: Vec<&'static ControlList> = match &arguments.list {
        Some(name) => vec![common::list(name)?],
        None => export_control::lists().collect(),
    };
    let mut known = false;
    for (at, list) in lists.into_iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let list = common::list_on(list, arguments.as_of)?;
        match list.get(code).or_else(|| list.reserving(code)) {
            Some(item) => {
                known = true;
                describe(list, item, arguments.as_of, out)?;
            }
            None => known |= absent(list, code, arguments.as_of, out)?,
        }
    }
    if known {
        return Ok(());
    }
    Err(common::Answered(format!("no list asked has or had {code}")).into())
}

/// Writes that a list has no item of the code. Returns whether it had one, by its history.
fn absent(
    list: &ControlList,
    code: Code,
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<bool, Box<dyn Error>> {
    write!(out, "{}:{code} has no item in this edition", list.id())?;
    match list.nearest(code) {
        Some(nearest) => writeln!(
            out,
            "; its nearest ancestor there is {} {}",
            nearest.code(),
            nearest.title()
        )?,
        None => writeln!(out, ", nor has any ancestor")?,
    }
    let had = past(list).is_some_and(|history| !history.of(code).is_empty());
    if had {
        answer(list, code, on, out)?;
        writeln!(out, "\n  its life")?;
        before(list, code, on, out)?;
        if let Some(first) = list.edition().from {
            writeln!(out, "    from {first}: not on the list")?;
        }
    }
    writeln!(out, "  edition: {}", list.edition().label)?;
    Ok(had)
}

/// Writes the history's answer for a day before the edition. Returns `true` if there is one.
fn answer(
    list: &ControlList,
    code: Code,
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<bool, Box<dyn Error>> {
    let (Some(history), Some(on)) = (answering(list, on), on) else {
        return Ok(false);
    };
    let said = common::past::by_history(history, code, on);
    writeln!(out, "  on {on}: {said}, by the history")?;
    Ok(true)
}

/// The life of a code before the edition, by the list's history.
fn before(
    list: &ControlList,
    code: Code,
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let (Some(history), Some(until)) = (past(list), list.edition().from) else {
        return Ok(());
    };
    let begin = history.versions()[0];
    let here = |there: bool| if there { '>' } else { ' ' };
    if let Ok(eve) = begin.yesterday() {
        let mark = here(on.is_some_and(|on| on < begin));
        writeln!(
            out,
            "  {mark} to {eve}: not known: the sources begin on {begin}"
        )?;
    }
    for run in runs(history, code, until) {
        let mark = here(on.is_some_and(|on| run.first <= on && on <= run.last));
        let days: Vec<String> = run.reworded.iter().map(ToString::to_string).collect();
        let reworded = match &days[..] {
            [] => String::new(),
            days => format!("; other words from {}", days.join(", ")),
        };
        writeln!(
            out,
            "  {mark} {} to {}: {}{reworded}",
            run.first,
            run.last,
            run.presence.name()
        )?;
    }
    Ok(writeln!(
        out,
        "    These spans begin with an edition that shows a change, which took effect then or since the edition before."
    )?)
}

fn describe(
    list: &ControlList,
    item: &Item,
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    writeln!(out, "{}:{} {}", list.id(), item.code(), item.title())?;
    if let Some(local) = &item.title_local() {
        writeln!(out, "  {local}")?;
    }
    match item.state() {
        ItemState::Reserved => {
            writeln!(
                out,
                "  reserved: the list keeps the place free and has no item there"
            )?;
            if past(list).is_some() {
                answer(list, item.code(), on, out)?;
                writeln!(out, "\n  its life")?;
                before(list, item.code(), on, out)?;
                if let Some(first) = list.edition().from {
                    writeln!(out, "    from {first}: a reserved place")?;
                }
            }
            return Ok(());
        }
        ItemState::Empty => writeln!(out, "  the heading is on the list and nothing is in it")?,
        ItemState::Implied => writeln!(
            out,
            "  no source has a row for this code; it follows from its children's"
        )?,
        ItemState::Live => {}
    }
    if !answer(list, item.code(), on, out)? {
        let day = common::answered_on(list, on);
        let status = list.status_on(item, on);
        writeln!(out, "  {day}: {status}{}", common::passed(status.status))?;
    }
    writeln!(out, "\n  its life")?;
    before(list, item.code(), on, out)?;
    // If there is a history, it has told of the days before the edition.
    let told = past(list).and(list.edition().from);
    for span in list.life(item) {
        if told.is_some_and(|from| span.last.is_some_and(|last| last < from)) {
            continue;
        }
        let here = on
            .or(list.edition().through)
            .is_some_and(|day| span.contains(day));
        let mark = if here { '>' } else { ' ' };
        match (span.status, span.first) {
            (Status::Unknown { .. }, Some(first)) => {
                let status = list.status_on(item, Some(first));
                let days = span.last.map_or_else(
                    || format!("from {first}"),
                    |last| format!("{first} to {last}"),
                );
                writeln!(out, "  {mark} {days}: {status}")?;
            }
            _ => writeln!(out, "  {mark} {span}")?,
        }
    }
    let events = list.events_of(item);
    if !events.is_empty() {
        writeln!(out, "\n  the notices behind it")?;
        let mut seen = Vec::new();
        for event in &events {
            writeln!(out, "    {}", notices::event(list, event))?;
            if !seen.contains(&event.measure) {
                seen.push(event.measure);
            }
        }
        for measure in seen {
            let [what, address] = notices::told(measure, Some(list));
            writeln!(out, "    {what}\n      {address}")?;
        }
    }
    later(list, item, out)?;
    rules(list, item, on, out)?;
    Ok(writeln!(out, "\n  edition: {}", list.edition().label)?)
}

/// Prints the changes of an item and its entry after the edition, each with its certainty.
fn later(list: &ControlList, item: &Item, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let Some(verified) = list.verified(item.code()) else {
        return Ok(());
    };
    writeln!(
        out,
        "\n  after the edition, by later copies of parts of the text, which reach to other days"
    )?;
    writeln!(
        out,
        "    {}: heading and license rows compared through {}, exceptions through {}, paragraphs through {}",
        verified.entry, verified.heading, verified.exceptions, verified.text
    )?;
    if verified.lost.contains(&item.code()) {
        writeln!(out, "    the later text at hand lost this paragraph")?;
    }
    let entry = item.code().entry();
    let of_entry = list.amendments_of(entry).filter(|_| entry != item.code());
    for amendment in of_entry.chain(list.amendments_of(item.code())) {
        writeln!(out, "    {amendment}")?;
    }
    Ok(())
}

/// The rules on licenses that bear on an item by its own marks: the exceptions of its entry, or
/// temporary control.
fn rules(
    list: &ControlList,
    item: &Item,
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let of_list = || {
        license_rules()
            .iter()
            .filter(|rule| rule.list == *list.id())
    };
    let entry = list.get(item.code().entry()).unwrap_or(item);
    if !entry.particulars().exceptions.is_empty() {
        writeln!(
            out,
            "\n  license exceptions that the entry names (their sections say what they ask for)"
        )?;
    }
    for exception in &entry.particulars().exceptions {
        let mut sections: Vec<&str> = exception
            .symbol
            .split('/')
            .filter_map(|symbol| of_list().find(|rule| rule.symbol == symbol))
            .map(|rule| rule.citation.as_str())
            .collect();
        sections.dedup();
        let availability = match exception.availability {
            export_control::list::Availability::No => "no".to_owned(),
            export_control::list::Availability::Yes => "yes".to_owned(),
            export_control::list::Availability::UpTo(dollars) => format!("up to ${dollars}"),
            export_control::list::Availability::Partly => "in part".to_owned(),
        };
        writeln!(
            out,
            "    {}: {availability} [{}]",
            exception.symbol,
            sections.join(", ")
        )?;
    }
    let temporary = list.info().third_digit(item.code().third_digit()) == Some("temporary control");
    for rule in of_list().filter(|rule| temporary && rule.kind == LicenseKind::TemporaryControl) {
        let status = match on.or(list.edition().through) {
            Some(day) => rule.status(list, day)?.to_string(),
            None => "no day asked for".to_owned(),
        };
        writeln!(
            out,
            "\n  temporary control: {} [{}; {status}]",
            rule.title, rule.citation
        )?;
    }
    Ok(())
}
