//! Which equal codes stand for different things, and which equal things have different codes?
//!
//! `cargo run --release --example false_friends`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::crosswalk::Review;
use export_control::{Comparison, Crosswalk, Mapping, Relation};

mod common;
use common::{table, thousands};

/// Equal codes for different things, the same thing under different codes, and equal codes that
/// nobody has looked at.
#[derive(Parser)]
#[command(name = "false_friends", after_help = common::examples_help(&["false_friends", "false_friends us-ccl cn-dual-use"]))]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a list file
    #[arg(default_value = "us-ccl")]
    left: String,
    /// The right list
    #[arg(default_value = "cn-dual-use")]
    right: String,
    /// An SSSOM file with the crosswalk of the two lists [default: the embedded one]
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Sorts the crosswalk's mappings by their codes, and writes them.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let comparison = Comparison::new(
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let (left, right) = (comparison.left(), comparison.right());
    let crosswalk = common::needed_crosswalk(left, right, arguments.crosswalk.as_deref())?;
    common::editions([left, right].into_iter(), out)?;
    writeln!(out)?;
    let judged = || {
        crosswalk
            .mappings()
            .iter()
            .filter(|mapping| mapping.review() > Review::Proposed)
    };
    let same_code = |mapping: &Mapping| mapping.left() == mapping.right();
    // A code whose namesake is no counterpart: judged so, or mapped to other items and not to its
    // namesake.
    for (title, entries) in [
        ("Equal codes of entries, different things", true),
        ("Equal codes of paragraphs, different things", false),
    ] {
        let of_kind = |m: &&Mapping| m.left().is_some_and(|code| code.is_entry() == entries);
        let friends: Vec<&Mapping> = judged()
            .filter(|m| same_code(m) && m.relation() == Some(Relation::Unrelated))
            .filter(of_kind)
            .collect();
        section(
            out,
            title,
            &friends,
            [left.id().as_str(), right.id().as_str()],
        )?;
    }
    let partly: Vec<&Mapping> = judged()
        .filter(|m| same_code(m) && m.relation() == Some(Relation::Overlapping))
        .collect();
    section(
        out,
        "Equal codes, things that only overlap",
        &partly,
        [left.id().as_str(), right.id().as_str()],
    )?;
    let moved: Vec<&Mapping> = judged()
        .filter(|m| !same_code(m) && m.relation() == Some(Relation::Equal))
        .collect();
    section(
        out,
        "The same thing, different codes",
        &moved,
        [left.id().as_str(), right.id().as_str()],
    )?;
    let elsewhere: Vec<&Mapping> = judged()
        .filter(|m| {
            m.relation()
                .is_some_and(|r| !matches!(r, Relation::Equal | Relation::Unrelated))
        })
        .filter(|m| {
            !same_code(m)
                && m.left()
                    .zip(m.right())
                    .is_some_and(|(a, b)| a.is_entry() && b.is_entry())
        })
        .collect();
    section(
        out,
        "Things that have something in common, entries of different codes",
        &elsewhere,
        [left.id().as_str(), right.id().as_str()],
    )?;
    let both = comparison.same_code(true)?.both;
    let open = both
        .iter()
        .filter(|code| !mentions(&crosswalk, **code))
        .map(ToString::to_string)
        .collect::<Vec<_>>();
    writeln!(
        out,
        "Of {} codes of entries on both lists, {} have not been looked at: an equal code says nothing. {}",
        thousands(both.len()),
        thousands(open.len()),
        open.join(" ")
    )?;
    Ok(())
}

/// Whether somebody has looked at either item of this code.
fn mentions(crosswalk: &Crosswalk, code: export_control::Code) -> bool {
    crosswalk
        .of_left(code)
        .chain(crosswalk.of_right(code))
        .any(|mapping| mapping.review() > Review::Proposed)
}

fn section(
    out: &mut dyn Write,
    title: &str,
    mappings: &[&Mapping],
    names: [&str; 2],
) -> Result<(), Box<dyn Error>> {
    writeln!(out, "{title} ({})", thousands(mappings.len()))?;
    let mut rows = table([names[0], "is", names[1], "why"], &[]);
    for mapping in mappings {
        let code = |code: Option<export_control::Code>| {
            code.map(|code| code.to_string()).unwrap_or_default()
        };
        let relation = mapping
            .relation()
            .map(|relation| relation.to_string())
            .unwrap_or_default();
        rows.add_row([
            code(mapping.left()),
            relation,
            code(mapping.right()),
            mapping.reason.clone(),
        ]);
    }
    Ok(writeln!(out, "{rows}\n")?)
}
