//! Which parties are on both of two published lists, by name?
//!
//! `cargo run --release --example party_overlap -- us-entity-list cn-control-list`

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::party::{NameRole, PartyOverlap};

mod common;
use common::Format;
use common::output::Csv;

/// Compares two published lists of parties by name: exactly in a written normal form, and apart
/// from that by likeness, which is a proposal. It screens nobody: it takes lists and no names.
#[derive(Parser)]
#[command(name = "party_overlap")]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a file (FILE#NAME where it has several)
    left: String,
    /// The right list
    right: String,
    /// Leave out proposals with less confidence, from 0.5 to 1
    #[arg(long, default_value_t = 0.5)]
    confidence: f64,
    /// The number of matches of each sort to print as text
    #[arg(long, default_value_t = 10)]
    most: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints what the lists share.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    if !(0.5..=1.0).contains(&arguments.confidence) {
        let found = format!(
            "found the confidence {}, expected 0.5 to 1",
            arguments.confidence
        );
        return Err(found.into());
    }
    let (left, right) = (
        common::parties(&arguments.left)?,
        common::parties(&arguments.right)?,
    );
    let overlap = PartyOverlap::between(&left.all(), &right.all());
    match arguments.format {
        Format::Text => text(arguments, &overlap, out)?,
        Format::Csv => rows(arguments, &overlap, out)?,
        Format::Json => json(arguments, &overlap, out)?,
    }
    if arguments.format == Format::Text {
        let total =
            |list: &export_control::party::PartyList| common::thousands(list.entries().len());
        writeln!(
            out,
            "\n{} of {} entries of {} and {} of {} of {} have an exact match.",
            common::thousands(overlap.matched_left()),
            total(left),
            left.id(),
            common::thousands(overlap.matched_right()),
            total(right),
            right.id()
        )?;
        writeln!(
            out,
            "Editions: {} [{}], {} [{}].\nEqual names do not show that two entries are one party.",
            left.id(),
            left.edition().label,
            right.id(),
            right.edition().label
        )?;
        for list in [left, right] {
            common::names_missing(list, out)?;
        }
    }
    Ok(())
}

fn text(
    arguments: &Arguments,
    overlap: &PartyOverlap<'_>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let mut roles: BTreeMap<[NameRole; 2], usize> = BTreeMap::new();
    for pair in overlap.exact() {
        *roles.entry(pair.roles).or_default() += 1;
    }
    writeln!(
        out,
        "Exact, in the normal form: {} pairs",
        overlap.exact().len()
    )?;
    for ([left, right], pairs) in roles {
        writeln!(out, "  {pairs:>6} by {left} and {right}")?;
    }
    let mut table = common::table(["left", "right", "normal form"], &[]);
    for pair in overlap.exact().iter().take(arguments.most) {
        table.add_row([&pair.left.name, &pair.right.name, &pair.form]);
    }
    if !overlap.exact().is_empty() && arguments.most > 0 {
        writeln!(out, "{table}")?;
    }
    let proposed = overlap.proposed().iter();
    let proposed: Vec<_> = proposed
        .filter(|m| m.confidence >= arguments.confidence)
        .collect();
    writeln!(
        out,
        "\nProposed by likeness, for entries without an exact match: {}",
        proposed.len()
    )?;
    for m in proposed.iter().take(arguments.most) {
        let evidence: Vec<String> = m.evidence.iter().map(ToString::to_string).collect();
        writeln!(
            out,
            "  {:.2}  {} ~ {}",
            m.confidence, m.names[0], m.names[1]
        )?;
        writeln!(out, "        {}", evidence.join("; "))?;
    }
    Ok(())
}

fn rows(
    arguments: &Arguments,
    overlap: &PartyOverlap<'_>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let header = [
        "match",
        "left",
        "right",
        "left_name",
        "right_name",
        "confidence",
        "evidence",
    ];
    let mut csv = Csv::new(out, header)?;
    for pair in overlap.exact() {
        let roles = pair.roles.map(|role| role.to_string());
        csv.row([
            "exact",
            &pair.left.name,
            &pair.right.name,
            &roles[0],
            &roles[1],
            "",
            &pair.form,
        ])?;
    }
    for m in overlap
        .proposed()
        .iter()
        .filter(|m| m.confidence >= arguments.confidence)
    {
        let evidence: Vec<String> = m.evidence.iter().map(ToString::to_string).collect();
        csv.row([
            "proposed",
            &m.left.name,
            &m.right.name,
            m.names[0],
            m.names[1],
            &format!("{:.2}", m.confidence),
            &evidence.join("; "),
        ])?;
    }
    csv.finish()
}

fn json(
    arguments: &Arguments,
    overlap: &PartyOverlap<'_>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let exact = overlap.exact().iter().map(|pair| {
        serde_json::json!({
            "left": pair.left, "right": pair.right, "form": pair.form, "roles": pair.roles,
        })
    });
    let proposed = overlap
        .proposed()
        .iter()
        .filter(|m| m.confidence >= arguments.confidence);
    let proposed = proposed.map(|m| {
        let evidence: Vec<String> = m.evidence.iter().map(ToString::to_string).collect();
        serde_json::json!({
            "left": m.left, "right": m.right, "names": m.names, "roles": m.roles,
            "evidence": evidence, "confidence": m.confidence,
        })
    });
    let answer = serde_json::json!({
        "exact": exact.collect::<Vec<_>>(), "proposed": proposed.collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    Ok(writeln!(out)?)
}
