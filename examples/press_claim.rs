//! Is it true that the US list covers over 3,000 items and China's about 900?
//!
//! `cargo run --release --example press_claim`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::{ControlList, Count, CountingRule, Scope};
use jiff::civil::Date;

mod common;
use common::{table, thousands};

/// Examines what China's commerce ministry said of the sizes of the two lists, under every rule and
/// scope, on the day it was said.
#[derive(Parser)]
#[command(name = "press_claim")]
pub struct Arguments {
    /// How far a count may lie from a press figure, in percent
    #[arg(long, default_value_t = 5.0, value_name = "PERCENT", value_parser = percent)]
    within: f64,
}

/// A figure that a spokesperson gave without a counting rule.
struct Claim {
    list: &'static str,
    /// The day on which it was said.
    said: Date,
    words: &'static str,
    figure: usize,
}

const CLAIMS: [Claim; 3] = [
    Claim {
        list: "us-ccl",
        said: jiff::civil::date(2025, 10, 12),
        words: "over 3,000",
        figure: 3000,
    },
    Claim {
        list: "cn-dual-use",
        said: jiff::civil::date(2025, 10, 12),
        words: "about 900",
        figure: 900,
    },
    Claim {
        list: "cn-dual-use",
        said: jiff::civil::date(2024, 11, 15),
        words: "about 700",
        figure: 700,
    },
];

impl Claim {
    /// How far a number lies from the figure, in percent.
    fn off(&self, number: usize) -> f64 {
        (number as f64 / self.figure as f64 - 1.0) * 100.0
    }
}

fn main() -> ExitCode {
    common::main(run)
}

/// The scopes in which a spokesperson may have counted on a day, each with its name.
fn scopes(on: Date) -> [(&'static str, Scope); 4] {
    let in_force = Scope::default().on(on);
    [
        ("in force", in_force.clone()),
        ("and announced", in_force.clone().announced(true)),
        (
            "and implied codes",
            in_force.clone().announced(true).implied(true),
        ),
        (
            "and empty headings",
            in_force.announced(true).implied(true).empty(true),
        ),
    ]
}

/// Examines the claims.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "What was said, and by which rule it holds within {}%",
        arguments.within
    )?;
    let mut fitting: Vec<Vec<Count>> = Vec::new();
    for claim in &CLAIMS {
        let list = export_control::list(claim.list)?;
        fitting.push(examine(claim, list, arguments.within, out)?);
    }
    conclude(&fitting, arguments.within, out)
}

/// Prints every rule and scope for a claim and gives back the counts that come close to it.
/// A distance in percent.
fn percent(text: &str) -> Result<f64, String> {
    let number: f64 = text
        .parse()
        .map_err(|_| format!("found {text:?}, expected a number of percent such as 5"))?;
    if number.is_finite() && number >= 0.0 {
        Ok(number)
    } else {
        Err(format!("found {text}, expected a number from 0 on"))
    }
}

fn examine(
    claim: &Claim,
    list: &ControlList,
    within: f64,
    out: &mut dyn Write,
) -> Result<Vec<Count>, Box<dyn Error>> {
    writeln!(
        out,
        "\n{}: {:?} said on {}\n  {}",
        list.info().name(),
        claim.words,
        claim.said,
        list.edition().label
    )?;
    let scopes = scopes(claim.said);
    let mut rows = table(
        ["rule", scopes[0].0, scopes[1].0, scopes[2].0, scopes[3].0],
        &[1, 2, 3, 4],
    );
    let mut fitting = Vec::new();
    let mut reasons: Vec<String> = Vec::new();
    for rule in CountingRule::ALL {
        let mut cells = vec![rule.to_string()];
        for (_, scope) in &scopes {
            let count = list.count(rule, scope);
            cells.push(match count.result() {
                Ok(number) => {
                    let off = claim.off(number);
                    let fits = off.abs() <= within;
                    let cell = format!(
                        "{} ({off:+.1}%){}",
                        thousands(number),
                        if fits { " *" } else { "  " }
                    );
                    if fits {
                        fitting.push(count);
                    }
                    cell
                }
                Err(why) => {
                    let reason = format!("– {rule}: {why}");
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                    "–".to_owned()
                }
            });
        }
        rows.add_row(cells);
    }
    writeln!(
        out,
        "{rows}\n* within {within}% of {}",
        thousands(claim.figure)
    )?;
    for reason in reasons {
        writeln!(out, "{reason}")?;
    }
    Ok(fitting)
}

/// One sentence that can be quoted, with its rules, scopes and editions.
fn conclude(
    fitting: &[Vec<Count>],
    within: f64,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let [us, china, before] = fitting else {
        return Err("expected three claims".into());
    };
    // One rule gives both figures if it fits both in the same scope.
    let both = us
        .iter()
        .flat_map(|a| china.iter().map(move |b| (a, b)))
        .find(|(a, b)| (a.rule(), a.scope()) == (b.rule(), b.scope()));
    writeln!(out, "\nConclusion")?;
    let (us_list, china_list) = (
        export_control::list(CLAIMS[0].list)?,
        export_control::list(CLAIMS[1].list)?,
    );
    match both {
        Some((a, b)) => writeln!(
            out,
            "  By {} ({}), {}, {} has {} and {} has {}: both figures hold within {within}%.",
            a.rule(),
            a.rule().meaning(),
            a.scope(),
            a.list(),
            shown(a),
            b.list(),
            shown(b)
        )?,
        None => writeln!(
            out,
            "  No single counting rule gives both figures within {within}%: {}, and {}.",
            fits(&CLAIMS[0], us, china_list),
            fits(&CLAIMS[1], china, us_list)
        )?,
    }
    if let Some(count) = nearest(&CLAIMS[2], before) {
        writeln!(
            out,
            "  On {}, {:?} fits China's list counted by {} as published that day: {}.",
            CLAIMS[2].said,
            CLAIMS[2].words,
            rules(count, before),
            shown(count)
        )?;
    }
    for list in [us_list, china_list] {
        writeln!(out, "  Edition of {}: {}.", list.id(), list.edition().label)?;
    }
    Ok(())
}

/// "by provisions the US list has so many, as over 3,000 says, and China's so many".
fn fits(claim: &Claim, fitting: &[Count], other: &ControlList) -> String {
    match nearest(claim, fitting) {
        Some(count) => {
            let beside = other.count(count.rule(), count.scope());
            let rules = rules(count, fitting);
            format!(
                "{:?} fits {} counted by {rules} ({}: {}), where {} has {}",
                claim.words,
                count.list(),
                count.scope(),
                shown(count),
                other.id(),
                shown(&beside)
            )
        }
        None => format!(
            "no rule or scope gives {:?} for {}",
            claim.words, claim.list
        ),
    }
}

/// The count that comes nearest to a figure.
fn nearest<'a>(claim: &Claim, fitting: &'a [Count]) -> Option<&'a Count> {
    let off = |count: &Count| {
        count
            .number()
            .map_or(f64::INFINITY, |number| claim.off(number).abs())
    };
    fitting.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
}

/// Every rule that gives the same number in the same scope.
fn rules(count: &Count, fitting: &[Count]) -> String {
    let same = fitting
        .iter()
        .filter(|other| other.scope() == count.scope() && other.number() == count.number());
    same.map(|other| other.rule().to_string())
        .collect::<Vec<_>>()
        .join(" or ")
}

fn shown(count: &Count) -> String {
    match count.result() {
        Ok(number) => thousands(number),
        Err(why) => format!("no number ({why})"),
    }
}
