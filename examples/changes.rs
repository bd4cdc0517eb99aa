//! What changed on a list between two dates?
//!
//! `cargo run --release --example changes -- us-ccl 2022-10-06 2023-12-31`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::change::history::Changes;
use export_control::{ControlList, CountingRule, History, ListDiff, Scope, history};
use jiff::civil::Date;

mod common;
use common::Format;

/// Prints what changed on a list between two dates, with the rules that took effect on the days of
/// the changes.
#[derive(Parser)]
#[command(name = "changes")]
pub struct Arguments {
    /// The list: the name of an embedded list, or a list file
    list: String,
    /// The old day, such as 2022-10-06
    from: Date,
    /// The new day
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
    let list = common::list(&arguments.list)?;
    match history(list.id().as_str()) {
        Some(history) => by_history(arguments, history, out),
        None => by_measures(arguments, list, out),
    }
}

fn by_history(
    arguments: &Arguments,
    history: &History,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let changes = history.changes(arguments.from, arguments.to)?;
    match arguments.format {
        Format::Csv => changes.to_csv(history, out)?,
        Format::Json => json(&changes, out)?,
        Format::Text => {
            write!(out, "{}", changes.diff)?;
            by_rule(&changes, history, out)?;
            for date in [arguments.from, arguments.to] {
                let known = history.at(date)?;
                writeln!(
                    out,
                    "{}",
                    known.list.count(arguments.rule, &Scope::default())
                )?;
            }
            if !changes.not_covered.is_empty() {
                writeln!(
                    out,
                    "not compared, as the sources do not cover them on one of the days: {} codes",
                    changes.not_covered.len()
                )?;
            }
        }
    }
    Ok(())
}

/// The same changes by the day on which they show and the rules that took effect on it.
fn by_rule(
    changes: &Changes,
    history: &History,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    writeln!(out)?;
    for date in history.versions() {
        let mut codes: Vec<String> = changes
            .on(*date)
            .filter_map(|change| change.code())
            .map(|code| code.entry().to_string())
            .collect();
        let count = codes.len();
        codes.dedup();
        if codes.is_empty() {
            continue;
        }
        let rules: Vec<&str> = history
            .measures_on(*date)
            .map(|measure| measure.id.as_str())
            .collect();
        let rules = if rules.is_empty() {
            "no rule of that day".to_owned()
        } else {
            rules.join(", ")
        };
        writeln!(
            out,
            "{date} ({rules}): {count} changes in {}",
            codes.join(" ")
        )?;
    }
    Ok(writeln!(
        out,
        "A day is the first of the edition that shows the change, which took effect then or since the edition before; the rules are those of that day."
    )?)
}

fn by_measures(
    arguments: &Arguments,
    list: &ControlList,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let diff = ListDiff::between_sets(&list.as_of(arguments.from)?, &list.as_of(arguments.to)?)?;
    match arguments.format {
        Format::Csv => diff.to_csv(out)?,
        Format::Json => json(&diff, out)?,
        Format::Text => {
            writeln!(
                out,
                "In force on {} → in force on {}; what is suspended or merely announced is not in it.",
                arguments.from, arguments.to
            )?;
            write!(out, "{diff}")?;
            for event in list
                .events()
                .iter()
                .filter(|event| event.date > arguments.from && event.date <= arguments.to)
            {
                writeln!(out, "{event}")?;
            }
            writeln!(out)?;
            for date in [arguments.from, arguments.to] {
                writeln!(
                    out,
                    "{}",
                    list.count(arguments.rule, &Scope::default().on(date))
                )?;
            }
        }
    }
    Ok(())
}

fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}
