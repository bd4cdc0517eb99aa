//! What became of one code of the US list since 2017?
//!
//! `cargo run --release --example history -- 3A090`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::change::{HistoryState, Interval};
use export_control::{Code, Date, History, history};

mod common;

/// Prints the history of a code of the US list: when it was on the list, when its words changed, and
/// the rules of those days.
#[derive(Parser)]
#[command(
    name = "history",
    after_help = common::examples_help(&["history 3A090", "history 3A001.b.2 --below"])
)]
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
    let (first, last) = (history.versions()[0], history.through());
    writeln!(
        out,
        "  The sources show {name} from {first} to {last}{}.",
        common::ago(last)
    )?;
    writeln!(
        out,
        "  A change shows on the first day of an edition. In brackets are the rules of that day, and after \"perhaps\" those since the edition before, its own day included: one of them may be behind the change.\n"
    )?;
    let mut shown = Vec::new();
    for code in codes {
        one(history, code, &mut shown)?;
    }
    let shown = String::from_utf8(shown)?;
    write!(out, "{shown}")?;
    common::notices::named_in(history, &shown, out)
}

fn one(history: &History, code: Code, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(out, "{}:{code}", history.info().id())?;
    let intervals = history.of(code);
    let mut after: Option<Date> = None;
    for (at, interval) in intervals.iter().enumerate() {
        if let Some(day) = after.filter(|after| *after < interval.from) {
            writeln!(out, "  {day} not on the list{}", rules(history, code, day))?;
        }
        let before = at
            .checked_sub(1)
            .map(|at| &intervals[at])
            .filter(|_| after == Some(interval.from));
        let told = if history.versions()[0] == interval.from {
            "; before that day nothing is known".to_owned()
        } else {
            told(history, code, &intervals, at, before)
        };
        writeln!(out, "  {} {}{told}", interval.from, interval.state)?;
        after = interval.through.tomorrow().ok();
    }
    match after {
        Some(after) if after > history.through() => writeln!(
            out,
            "  {after} not known: the sources end on {}",
            history.through()
        )?,
        Some(after) => writeln!(
            out,
            "  {after} not on the list{}",
            rules(history, code, after)
        )?,
        None => {}
    }
    Ok(())
}

/// Returns the change at the beginning of an interval, and the rules that may be behind it.
fn told(
    history: &History,
    code: Code,
    intervals: &[Interval],
    at: usize,
    before: Option<&Interval>,
) -> String {
    let here = &intervals[at];
    let print = here.state.fingerprint();
    if here.state == HistoryState::NotCovered {
        return String::new();
    }
    let old = before.map(|before| before.state);
    if old == Some(HistoryState::NotCovered) {
        return "; the sources do not say since when".to_owned();
    }
    let presence = |state: HistoryState| match state {
        HistoryState::Listed { state, logic, .. } => Some((state, logic)),
        HistoryState::NotCovered => None,
    };
    let same = old.map(presence) == Some(presence(here.state));
    let known = old.and_then(|old| old.fingerprint());
    // A text that was lost, or found again, does not change the law.
    if same && known.is_some() != print.is_some() {
        return String::new();
    }
    let other_words = known.is_some() && print.is_some() && known != print;
    let seen = intervals[..at]
        .iter()
        .rev()
        .skip(1)
        .find(|earlier| print.is_some() && earlier.state == here.state);
    if let Some(earlier) = seen.filter(|_| other_words) {
        return format!(
            ", the words of {} again; such a return is likely the source's and not the law's",
            earlier.from
        );
    }
    let returns = intervals[at + 1..]
        .iter()
        .find(|later| old.is_some() && Some(later.state) == old);
    if let Some(later) = returns.filter(|_| other_words) {
        return format!(
            ", other words until {}, when the old ones return; likely the source's and not the law's",
            later.from
        );
    }
    let words = if other_words { ", other words" } else { "" };
    format!("{words}{}", rules(history, code, here.from))
}

/// The rules that took effect on a day and, apart, since the edition before, in brackets. After a
/// gap in the sources no rule is named.
fn rules(history: &History, code: Code, day: Date) -> String {
    if history.is_after_gap(code, day) {
        return String::new();
    }
    match common::notices::rules(history, day) {
        rules if rules.is_empty() => rules,
        rules => format!(" [{rules}]"),
    }
}
