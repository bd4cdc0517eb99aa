//! How much controlled content makes a foreign-made item subject to the rules of each country?
//!
//! `cargo run --release --example de_minimis -- --share 0.1% --as-of 2025-10-28`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::rules::{ContentRule, Percentage, Threshold, content_rules};
use export_control::{ListId, Status, list};
use jiff::civil::Date;

mod common;
use common::{notices, table};

/// Prints the content thresholds of both countries side by side, each with its direction and its
/// status on a day.
#[derive(Parser)]
#[command(name = "de_minimis", after_help = common::examples_help(&["de_minimis", "de_minimis --share 0.1%"]))]
pub struct Arguments {
    /// The share of the item that is controlled content, such as 0.1%
    #[arg(long)]
    share: Option<Percentage>,
    /// The day of the status
    #[arg(long, alias = "on", value_name = "DATE", default_value = "2026-06-12", value_parser = common::day)]
    as_of: Date,
}

fn main() -> ExitCode {
    common::main(run)
}

/// The direction of a threshold, and what lies on its side.
fn direction(threshold: Threshold) -> (&'static str, String) {
    match threshold {
        Threshold::Ceiling(ceiling) => ("ceiling", format!("≤ {} escapes", ceiling.0)),
        Threshold::Floor(floor) => ("floor", format!("≥ {} is caught", floor.0)),
        Threshold::Exempt => ("none", "all escapes".to_owned()),
        Threshold::Regardless => ("none", "all is caught".to_owned()),
        _ => ("unknown", "not stated".to_owned()),
    }
}

/// Returns the answer of the rule on the share, if the rule applies.
fn answer(rule: &ContentRule, status: Status, share: Percentage) -> String {
    let says = match rule.threshold.catches(share) {
        Some(true) => "caught",
        Some(false) => "escapes",
        None => "not stated",
    };
    match status {
        Status::InForce { .. } => says.to_owned(),
        _ => format!("({says})"),
    }
}

/// Prints the thresholds.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "Content thresholds for items made abroad, on {}{}",
        arguments.as_of,
        common::ago(arguments.as_of)
    )?;
    let asked = arguments
        .share
        .map_or(String::new(), |share| format!("at {share}"));
    // The lists that have rules, so that no other is read.
    let mut ruled: Vec<&ListId> = content_rules().iter().map(|rule| &rule.list).collect();
    ruled.dedup();
    for id in ruled {
        let list = list(id.as_str())?;
        writeln!(out, "\n{}", list.info().name())?;
        let mut rows = table(
            [
                "rule",
                "content, and where",
                "direction",
                "threshold",
                "status",
                asked.as_str(),
            ],
            &[],
        );
        for rule in content_rules()
            .iter()
            .filter(|rule| rule.list == *list.id())
        {
            let status = rule.status(list, arguments.as_of)?;
            let destination = if rule.destination.is_empty() {
                "destinations unknown"
            } else {
                &rule.destination
            };
            let (direction, threshold) = direction(rule.threshold);
            rows.add_row([
                (rule.measure.as_ref())
                    .map_or_else(|| rule.citation.clone(), |part| notices::part(list, part)),
                format!("{} – {destination}", rule.content),
                direction.to_owned(),
                threshold,
                format!("{status}{}", common::passed(status)),
                arguments
                    .share
                    .map_or_else(String::new, |share| answer(rule, status, share)),
            ]);
        }
        writeln!(out, "{rows}")?;
    }
    writeln!(
        out,
        "\nThe two directions do not compare: up to a ceiling an item escapes, from a floor on it is caught. In brackets: what the rule says on a \
         day on which it does not apply or is not known to.\nEscaping one rule is no permission. This is data, not advice; each provision's own \
         text decides.\nSources:"
    )?;
    let mut sources: Vec<&str> = content_rules()
        .iter()
        .map(|rule| rule.source.as_str())
        .collect();
    sources.dedup();
    sources.sort_unstable();
    sources.dedup();
    for source in sources {
        writeln!(out, "  {source}")?;
    }
    Ok(())
}
