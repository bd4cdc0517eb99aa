//! What changed on a list between two dates?
//!
//! `cargo run --release --example changes -- us-ccl 2022-10-06 2023-12-31`

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::ChangeKind;
use export_control::change::{Changes, Snapshot};
use export_control::list::amendment::Amendment;
use export_control::measure::Subject;
use export_control::{
    Code, ControlList, CountingRule, Event, History, Item, ListDiff, Measure, Scope, Status,
    history,
};
use jiff::civil::Date;

mod common;
use common::{Format, later};

/// Prints what changed on a list between two dates, with the rules that took effect on the days of
/// the changes.
///
/// A field that the sources of one day do not record makes no change; such fields are counted apart.
/// If the new day is the last of the whole text, the changes recorded since are printed too. In CSV
/// the column `measures` has a rule only if it is the only one known since the edition before; else
/// all are in the column `perhaps`.
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
    /// The form of the output
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
        Format::Csv => later::csv(&changes, history, later::of_answer(list, arguments.to), out)?,
        Format::Json => {
            #[derive(serde::Serialize)]
            struct Answer<'a> {
                #[serde(flatten)]
                changes: &'a Changes,
                later: &'a [Amendment],
            }
            let later = later::of_answer(list, arguments.to);
            let changes = &changes;
            json(&Answer { changes, later }, out)?
        }
        Format::Text => {
            let days = [history.at(arguments.from)?, history.at(arguments.to)?];
            let open = changes.not_covered.len();
            writeln!(
                out,
                "{} → {}, by the editions that the sources have of these days",
                arguments.from, arguments.to
            )?;
            if open > 0 {
                let below = open - holes(&days);
                let below = match below {
                    0 => String::new(),
                    below => format!(
                        " {} of them are not open themselves, and lie under a code that is.",
                        common::thousands(below)
                    ),
                };
                let line = format!(
                    "At least these changes: on one of the days the sources do not cover {} codes, which are not compared.{below} They are of {}.",
                    common::thousands(open),
                    later::entries(&changes.not_covered)
                );
                writeln!(out, "{}", common::overlaps::wrapped(&line))?;
            }
            write!(out, "{}", changes.diff)?;
            kinds_and_codes(&changes.diff, out)?;
            added_below(&changes.diff, &days, out)?;
            between_editions(&changes, arguments, history, out)?;
            let mut shown = Vec::new();
            by_rule(&changes, history, &mut shown)?;
            let shown = String::from_utf8(shown)?;
            write!(out, "{shown}")?;
            common::notices::named_in(history, &shown, out)?;
            sizes(arguments, history, &days, out)?;
            if history
                .versions()
                .last()
                .is_some_and(|last| *last <= arguments.to)
            {
                let reaches = !later::of_answer(list, arguments.to).is_empty();
                let tell = if reaches { later::print } else { later::point };
                tell(list, out)?;
            }
        }
    }
    Ok(())
}

/// Counts the codes that the sources leave open on one of the two days or both.
fn holes(days: &[Snapshot; 2]) -> usize {
    let holes = days.iter().flat_map(|day| &day.not_covered);
    holes.collect::<BTreeSet<_>>().len()
}

/// Says why the numbers by kind are more together than the changes, if they are.
fn kinds_and_codes(diff: &ListDiff, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let by_kind: usize = diff.kinds().iter().map(|(_, number)| number).sum();
    let all = diff.changes().len();
    if by_kind > all {
        let several = diff.changes().iter().filter(|one| one.kinds().len() > 1);
        writeln!(
            out,
            "\nThe kinds above have {} changes together, of {} changed items: {} of these changed in several ways.",
            common::thousands(by_kind),
            common::thousands(all),
            common::thousands(several.count())
        )?;
    }
    Ok(())
}

/// Says how many of the added are parts of what was on the list, or conditions and no items.
fn added_below(
    diff: &ListDiff,
    [old, new]: &[Snapshot; 2],
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let (old, new) = (&old.list, &new.list);
    let added = diff.of_kind(ChangeKind::Added);
    let parents: Vec<Option<&Item>> = added
        .filter_map(|change| new.get(change.code()?))
        .map(|item| new.parent(item))
        .collect();
    let conditions = parents
        .iter()
        .flatten()
        .filter(|parent| parent.logic().folds());
    let conditions = conditions.count();
    let divided = parents.iter().flatten().filter(|parent| {
        let whole = old.get(parent.code()).is_some_and(Item::is_live);
        !parent.logic().folds() && whole && old.children(parent.code()).next().is_none()
    });
    let divided = divided.count();
    if conditions + divided > 0 {
        let line = format!(
            "Of the {} added, {} are parts of paragraphs that were on the list and are divided now, and {} are conditions of a paragraph. {} are neither.",
            common::thousands(parents.len()),
            common::thousands(divided),
            common::thousands(conditions),
            common::thousands(parents.len() - divided - conditions)
        );
        writeln!(out, "\n{}", common::overlaps::wrapped(&line))?;
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
    days: &[Snapshot; 2],
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let rule = arguments.rule;
    writeln!(
        out,
        "\nHow large the list was on the two days, by {rule} ({}):",
        rule.meaning()
    )?;
    let growth = history.growth(rule)?;
    for (date, known) in [arguments.from, arguments.to].into_iter().zip(days) {
        let count = known.list.count(rule, &Scope::default());
        let holes = known.not_covered.len();
        let most =
            (growth.iter().rfind(|size| size.from <= date)).and_then(|size| size.at_most.number());
        if holes == 0 {
            writeln!(out, "  {date}: {count}")?;
        } else {
            let most = most.map_or_else(String::new, |most| {
                format!(
                    ", which would make it {} {rule} at most",
                    common::thousands(most)
                )
            });
            writeln!(
                out,
                "  {date}: at least {count}; of {} further codes, parents among them, the sources do not say if they were on the list{most}",
                common::thousands(holes)
            )?;
        }
    }
    let [old, new] = days.each_ref().map(|day| &day.not_covered);
    if old != new {
        writeln!(
            out,
            "These two sizes may not be compared: the sources do not cover the same codes on both days. A larger second one does not by itself mean that the list grew; the changes above tell that."
        )?;
    } else if !old.is_empty() {
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

/// The same changes by the day on which they show and the rules that took effect on it.
fn by_rule(
    changes: &Changes,
    history: &History,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    if changes.diff.is_empty() {
        return Ok(());
    }
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
                    rules => rules,
                }
            };
            let changed = if count == 1 { "item" } else { "items" };
            writeln!(
                out,
                "{date} ({rules}): {} changed {changed} in {}",
                common::thousands(count),
                later::entries(&codes)
            )?;
        }
    }
    Ok(writeln!(
        out,
        "By day: {}. What came in several steps is counted on each of its days.",
        common::notices::RULES
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

/// Writes what the notices of the days between did, and what each notice is. Notices of parties are
/// not among them: most are recorded with the lists of parties alone.
fn events(
    list: &ControlList,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let events = list.events();
    let between = |event: &&Event<'_>| event.date > arguments.from && event.date <= arguments.to;
    let parties = |event: &Event<'_>| event.measure.subject == Subject::EndUsers;
    let mut measures: Vec<&Measure> = Vec::new();
    writeln!(out, "\nnotices")?;
    for event in events
        .iter()
        .filter(between)
        .filter(|event| !parties(event))
    {
        writeln!(out, "  {}", common::notices::event(list, event))?;
        if !measures.contains(&event.measure) {
            measures.push(event.measure);
        }
    }
    if measures.is_empty() {
        writeln!(out, "  none is recorded in this time")?;
    }
    for measure in &measures {
        let [what, address] = common::notices::told(measure, Some(list));
        writeln!(out, "  {what}\n    {address}")?;
    }
    let left_out = events.iter().filter(|event| parties(event));
    let left_out: Vec<_> = left_out.map(|event| &event.measure.id).collect();
    if !left_out.is_empty() {
        let commands: Vec<String> = export_control::party::lists()
            .filter(|list| list.notices().iter().any(|one| left_out.contains(&&one.id)))
            .map(|list| format!("`designations {}`", list.id()))
            .collect();
        writeln!(
            out,
            "  Notices that only list parties are left out; these print all of them: {}.",
            commands.join(", ")
        )?;
    }
    later::no_act(list, out)
}

fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}
