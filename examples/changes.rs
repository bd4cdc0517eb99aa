//! What changed on a list between two dates?
//!
//! `cargo run --release --example changes -- us-ccl 2022-10-06 2023-12-31`

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::ChangeKind;
use export_control::change::Changes;
use export_control::list::amendment;
use export_control::{
    Code, ControlList, CountingRule, Event, History, Item, ListDiff, Measure, Scope, Status,
    history,
};
use jiff::civil::Date;

mod common;
use common::Format;

/// Prints what changed on a list between two dates, with the rules that took effect on the days of
/// the changes.
///
/// A field that the sources of one day do not record makes no change; such fields are counted apart.
#[derive(Parser)]
#[command(
    name = "changes",
    after_help = common::help(&["changes us-ccl 2022-10-06 2023-12-31", "changes cn-dual-use 2025-01-01 2025-12-31 --format csv"])
)]
pub struct Arguments {
    /// The list: the name of an embedded list, or a list file
    list: String,
    /// The old day, such as 2022-10-06
    #[arg(value_parser = common::day)]
    from: Date,
    /// The new day
    #[arg(value_parser = common::day)]
    to: Date,
    /// The rule under which the sizes are counted
    #[arg(long, default_value = "provisions")]
    rule: CountingRule,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the changes.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    if arguments.from > arguments.to {
        return Err(format!(
            "found the days {} and {}, expected the earlier one first",
            arguments.from, arguments.to
        )
        .into());
    }
    let list = common::list(&arguments.list)?;
    common::check_rule(list, arguments.rule)?;
    match history(list.id().as_str()) {
        Some(history) => by_history(arguments, list, history, out),
        None => by_measures(arguments, list, out),
    }
}

fn by_history(
    arguments: &Arguments,
    list: &ControlList,
    history: &History,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let changes = history
        .changes(arguments.from, arguments.to)
        .map_err(|error| past_the_end(list, arguments.to, error.into()))?;
    match arguments.format {
        Format::Csv => changes.to_csv(history, out)?,
        Format::Json => json(&changes, out)?,
        Format::Text => {
            let open = changes.not_covered.len();
            writeln!(
                out,
                "{} → {}, by the editions that the sources have of these days",
                arguments.from, arguments.to
            )?;
            if open > 0 {
                let line = format!(
                    "At least these changes: on one of the days the sources do not cover {} codes, which are not compared. They are of {}.",
                    common::thousands(open),
                    entries(&changes.not_covered)
                );
                writeln!(out, "{}", common::overlaps::wrapped(&line))?;
            }
            write!(out, "{}", changes.diff)?;
            between_editions(&changes, arguments, history, out)?;
            let mut shown = Vec::new();
            by_rule(&changes, history, &mut shown)?;
            let shown = String::from_utf8(shown)?;
            write!(out, "{shown}")?;
            common::notices::named_in(history, &shown, out)?;
            sizes(arguments, history, out)?;
            if history
                .versions()
                .last()
                .is_some_and(|last| *last <= arguments.to)
            {
                later(list, out)?;
            }
        }
    }
    Ok(())
}

/// Says that there is no edition between two days without a change, though one follows.
fn between_editions(
    changes: &Changes,
    arguments: &Arguments,
    history: &History,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    if changes.diff.is_empty()
        && let Some([last, next]) = common::past::editions_around(history, arguments.to)
        && last <= arguments.from
    {
        writeln!(
            out,
            "The sources have no edition after that of {last} and before that of {next}: what changed on a day between shows in the later one."
        )?;
    }
    Ok(())
}

/// Writes how large the list was on both days, and if the two sizes may be compared.
fn sizes(
    arguments: &Arguments,
    history: &History,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let rule = arguments.rule;
    writeln!(
        out,
        "\nHow large the list was on the two days, by {rule} ({}):",
        rule.meaning()
    )?;
    let mut open = Vec::new();
    for date in [arguments.from, arguments.to] {
        let known = history.at(date)?;
        let count = known.list.count(rule, &Scope::default());
        let holes = known.not_covered.len();
        open.push(known.not_covered);
        if holes == 0 {
            writeln!(out, "  {date}: {count}")?;
        } else {
            writeln!(
                out,
                "  {date}: at least {count}; of {} further codes the sources do not say if they were on the list",
                common::thousands(holes)
            )?;
        }
    }
    if open[0] != open[1] {
        writeln!(
            out,
            "These two sizes may not be compared: the sources do not cover the same codes on both days. A larger second one does not by itself mean that the list grew; the changes above tell that."
        )?;
    } else if !open[0].is_empty() {
        writeln!(
            out,
            "The sources leave the same codes open on both days: a change among these would not show."
        )?;
    }
    Ok(())
}

/// Adds to the error of a day past the last text where to find what is recorded of that time.
fn past_the_end(list: &ControlList, to: Date, error: Box<dyn Error>) -> Box<dyn Error> {
    match list.edition().through {
        Some(through) if to > through && !list.amendments().is_empty() => {
            format!("{error}; an answer for {through} also lists the rules recorded since").into()
        }
        _ => error,
    }
}

/// Writes what is recorded of the days after the last text, by rule, the newest last.
fn later(list: &ControlList, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let Some(through) = list.edition().through else {
        return Ok(());
    };
    let mut rules: BTreeMap<(Option<Date>, &str, String), Vec<Code>> = BTreeMap::new();
    for one in list.amendments() {
        let (day, kind) = match (one.change, one.in_force) {
            (amendment::Change::Announced, day) => (day, "announced, text not at hand"),
            (_, Some(day)) => (Some(day), "in force"),
            (_, None) => (one.first_seen, "first seen then"),
        };
        let rule = one.rule.as_ref().map_or_else(
            || "by a rule not known at hand".to_owned(),
            |rule| common::notices::named("", rule.as_str()),
        );
        rules.entry((day, kind, rule)).or_default().push(one.code);
    }
    if rules.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nLater than the last whole text of {through}, and so not in the figures above; `status CODE` says what is known of each:"
    )?;
    for ((day, kind, rule), codes) in rules {
        let day = day.map_or_else(|| "day not known".to_owned(), |day| day.to_string());
        let count = codes.len();
        let noun = if count == 1 { "code" } else { "codes" };
        writeln!(
            out,
            "{day} {kind} ({rule}): {count} {noun} in {}",
            entries(&codes)
        )?;
    }
    Ok(writeln!(
        out,
        "Titles and addresses of these rules are not known at hand."
    )?)
}

/// The entries of some codes in order, each once.
fn entries(codes: &[Code]) -> String {
    let mut entries: Vec<String> = codes.iter().map(|code| code.entry().to_string()).collect();
    entries.dedup();
    entries.join(" ")
}

/// The same changes by the day on which they show and the rules that took effect on it.
fn by_rule(
    changes: &Changes,
    history: &History,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    writeln!(out)?;
    for date in history.versions() {
        // After a gap in the sources nobody knows which rule it was.
        let (gap, dated): (Vec<Code>, Vec<Code>) = changes
            .on(*date)
            .filter_map(|change| change.code())
            .partition(|code| history.is_after_gap(*code, *date));
        for (codes, after) in [(gap, true), (dated, false)] {
            if codes.is_empty() {
                continue;
            }
            let count = codes.len();
            let rules = if after {
                "the sources do not cover the edition before".to_owned()
            } else {
                match common::notices::rules(history, *date) {
                    rules if rules.is_empty() => "rule not known at hand".to_owned(),
                    rules if rules.starts_with("perhaps ") => {
                        format!("no rule of that day; {rules}")
                    }
                    rules => rules,
                }
            };
            let changes = if count == 1 { "change" } else { "changes" };
            writeln!(
                out,
                "{date} ({rules}): {count} {changes} in {}",
                entries(&codes)
            )?;
        }
    }
    Ok(writeln!(
        out,
        "A day is the first of the edition that shows the change, which took effect then or since the edition before. The rules are those of that day; after \"perhaps\" those since the edition before, its own day included: one of them may be behind the change."
    )?)
}

fn by_measures(
    arguments: &Arguments,
    list: &ControlList,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let as_of = |day: Date| {
        list.as_of(day)
            .map_err(|error| match list.edition().through {
                Some(through) if day > through => {
                    format!("{error}; expected a day through {through}")
                }
                _ => error.to_string(),
            })
    };
    let diff = ListDiff::between_sets(&as_of(arguments.from)?, &as_of(arguments.to)?)?;
    match arguments.format {
        Format::Csv => diff.to_csv(out)?,
        Format::Json => json(&diff, out)?,
        Format::Text => {
            writeln!(
                out,
                "In force on {} → in force on {}. \"Added\" is what came into force, \"removed\" what no longer applies.",
                arguments.from, arguments.to
            )?;
            let suspended = |code: &Code| {
                let item = list.get(*code);
                item.map(|item| list.status(item, Some(arguments.to)))
                    .is_some_and(|status| matches!(status, Status::Suspended { .. }))
            };
            let removed = diff.of_kind(ChangeKind::Removed);
            let removed = removed
                .filter_map(|change| change.code())
                .filter(suspended)
                .count();
            // Items that came and were suspended in between are on neither side. If nobody knows
            // when they were published, they are not counted.
            let published = |item: &&Item| {
                let after = |day| matches!(day, Some(day) if day > arguments.from);
                item.is_live()
                    && suspended(&item.code())
                    && matches!(
                        list.status(item, Some(arguments.from)),
                        Status::NotYet { published, .. } if after(published)
                    )
            };
            let published = list.items().iter().filter(published).count();
            if published > 0 {
                writeln!(
                    out,
                    "{} items that were published in this time are suspended on {} and so not among the added.",
                    common::thousands(published),
                    arguments.to
                )?;
            }
            if removed > 0 {
                writeln!(
                    out,
                    "Of the removed, {} are suspended and remain on the list.",
                    common::thousands(removed)
                )?;
            }
            // A set of what is in force leaves items out that remain on the list.
            let text = diff
                .to_string()
                .replace(
                    "\n  removed: no longer on the list, under any code\n",
                    "\n  removed: no longer in force\n",
                )
                .replace(
                    "\n  added: new on the list\n",
                    "\n  added: in force on the second day only\n",
                );
            write!(out, "{text}")?;
            events(list, arguments, out)?;
            writeln!(out, "\nHow large the list was on the two days:")?;
            for date in [arguments.from, arguments.to] {
                let count = list.count(arguments.rule, &Scope::default().on(date));
                writeln!(out, "  {count}")?;
            }
            writeln!(
                out,
                "Both count the items of this edition that were in force on the day."
            )?;
        }
    }
    Ok(())
}

/// Writes what the notices of the days between did, and what each notice is.
fn events(
    list: &ControlList,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let events = list.events();
    let between = |event: &&Event<'_>| event.date > arguments.from && event.date <= arguments.to;
    let mut measures: Vec<&Measure> = Vec::new();
    writeln!(out, "\nnotices")?;
    for event in events.iter().filter(between) {
        writeln!(out, "  {}", common::notices::event(list, event))?;
        if !measures.contains(&event.measure) {
            measures.push(event.measure);
        }
    }
    for measure in measures {
        let [what, address] = common::notices::told(measure, Some(list));
        writeln!(out, "  {what}\n    {address}")?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}
