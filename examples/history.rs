//! What became of one code of the US list since 2017?
//!
//! `cargo run --release --example history -- 3A090`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::{Code, History, history};

mod common;

/// Prints the history of a code of the US list: when it stood there, when it was reworded, and the
/// rules of those days.
#[derive(Parser)]
#[command(name = "history")]
pub struct Arguments {
    /// The code, such as 3A090 or 3A001.b.2
    code: Code,
    /// The list: the name of an embedded list that has a history
    #[arg(long, default_value = "us-ccl")]
    list: String,
    /// Print the paragraphs below it too
    #[arg(long)]
    below: bool,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the history.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let name = common::list(&arguments.list)?.id();
    let history = history(name.as_str()).ok_or_else(|| format!("{name} has no history"))?;
    let codes: Vec<Code> = history
        .codes()
        .filter(|code| *code == arguments.code || arguments.below && arguments.code.contains(*code))
        .collect();
    if codes.is_empty() {
        let (first, last) = (history.versions()[0], history.through());
        return Err(format!(
            "{name}:{}: not on the list on any day from {first} to {last} that the sources cover",
            arguments.code
        )
        .into());
    }
    let last = history.at(history.through())?;
    writeln!(
        out,
        "  {} to {}: {}",
        history.versions()[0],
        history.through(),
        last.list.edition().label
    )?;
    writeln!(
        out,
        "  A change shows on the first day of an edition and took effect on that day or since the edition before; in brackets the rules of that day.\n"
    )?;
    for code in codes {
        one(history, code, out)?;
    }
    Ok(())
}

fn one(history: &History, code: Code, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(out, "{}:{code}", history.info().id())?;
    let intervals = history.of(code);
    let mut after: Option<jiff::civil::Date> = None;
    for interval in &intervals {
        if after.is_some_and(|after| after < interval.from) {
            writeln!(
                out,
                "  {} not on the list{}",
                after.map(|day| day.to_string()).unwrap_or_default(),
                rules(history, after)
            )?;
        }
        let first = history.versions().first() == Some(&interval.from);
        let rules = if first {
            "; before that day nothing is known".to_owned()
        } else {
            rules(history, Some(interval.from))
        };
        writeln!(out, "  {} {}{rules}", interval.from, interval.state)?;
        after = interval.through.tomorrow().ok();
    }
    match after {
        Some(after) if after > history.through() => {
            writeln!(out, "  {after} unknown: the sources end before")?
        }
        after => writeln!(
            out,
            "  {} not on the list{}",
            after.map(|day| day.to_string()).unwrap_or_default(),
            rules(history, after)
        )?,
    }
    Ok(())
}

/// The rules that took effect on a day, in brackets.
fn rules(history: &History, day: Option<jiff::civil::Date>) -> String {
    let rules: Vec<&str> = day
        .iter()
        .flat_map(|day| history.measures_on(*day))
        .map(|measure| measure.id.as_str())
        .collect();
    if rules.is_empty() {
        String::new()
    } else {
        format!(" [{}]", rules.join(", "))
    }
}
