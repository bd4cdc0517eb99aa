//! Which chemicals are on both lists, which only on one? By CAS number, which needs no translation.
//!
//! `cargo run --release --example chemicals`

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::identifier::CasNumber;
use export_control::{Code, ControlList, Crosswalk, Item, ListId, Relation, Side};

mod common;
use common::Format;
use common::output::{Csv, all_of_list};

/// Compares the CAS numbers of two lists, and names the chemicals' items that state
/// none. A number missing on one side means that its texts state none there; the chemical may be
/// covered by a family's name.
#[derive(Parser)]
#[command(name = "chemicals", after_help = common::examples_help(&["chemicals", "chemicals --format csv"]))]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a list file
    #[arg(default_value = "us-ccl")]
    left: String,
    /// The right list
    #[arg(default_value = "cn-dual-use")]
    right: String,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A CAS number with the codes at which each list states it.
#[derive(serde::Serialize)]
struct Row {
    cas: Option<CasNumber>,
    stated: String,
    left: String,
    right: String,
    title: String,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the comparison.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let (left, right) = (
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let crosswalk = common::crosswalk(left, right, None)?;
    let rows = rows(left, right, crosswalk.as_deref());
    match arguments.format {
        Format::Text => text(&rows, left, right, out),
        Format::Csv => {
            let mut csv = Csv::new(out, ["cas", "stated", "left", "right", "title"])?;
            for row in &rows {
                csv.row([
                    row.cas.map_or_else(String::new, |cas| format!("CAS {cas}")),
                    row.stated.clone(),
                    with_list(left.id(), &row.left),
                    with_list(right.id(), &row.right),
                    row.title.clone(),
                ])?;
            }
            csv.finish()
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            Ok(writeln!(out)?)
        }
    }
}

/// Writes codes with their list before each. The words "by name" stay before all of them.
fn with_list(list: &ListId, codes: &str) -> String {
    let by_name = codes.strip_prefix("by name ");
    let codes = by_name.unwrap_or(codes).split(';');
    let codes = all_of_list(list, codes.filter(|code| !code.is_empty()));
    by_name.map_or_else(|| codes.clone(), |_| format!("by name {codes}"))
}

fn rows(us: &ControlList, cn: &ControlList, crosswalk: Option<&Crosswalk>) -> Vec<Row> {
    let mut numbers: BTreeMap<CasNumber, ()> = BTreeMap::new();
    for item in us.items().iter().chain(cn.items()) {
        numbers.extend(item.cas().iter().map(|cas| (*cas, ())));
    }
    let codes = |items: &[&Item]| {
        items
            .iter()
            .map(|item| item.code().to_string())
            .collect::<Vec<_>>()
            .join(";")
    };
    let mut rows: Vec<Row> = numbers
        .into_keys()
        .map(|cas| {
            let left: Vec<&Item> = us.with_cas(cas).collect();
            let right: Vec<&Item> = cn.with_cas(cas).collect();
            let (stated, by_name_left, by_name_right) = match (left.is_empty(), right.is_empty()) {
                (false, false) => ("both".to_owned(), String::new(), String::new()),
                (false, true) => (
                    us.id().to_string(),
                    String::new(),
                    by_name(&left, Side::Left, crosswalk),
                ),
                _ => (
                    cn.id().to_string(),
                    by_name(&right, Side::Right, crosswalk),
                    String::new(),
                ),
            };
            // China's titles are complete; the US list's may still be written.
            let title = right
                .iter()
                .chain(&left)
                .map(|item| item.title().to_owned())
                .find(|title| !title.is_empty())
                .unwrap_or_default();
            Row {
                cas: Some(cas),
                stated,
                left: codes(&left) + &by_name_left,
                right: codes(&right) + &by_name_right,
                title,
            }
        })
        .collect();
    for list in [us, cn] {
        rows.extend(without(list).into_iter().map(|item| {
            let code = item.code().to_string();
            let (left, right) = if list.id() == us.id() {
                (code, String::new())
            } else {
                (String::new(), code)
            };
            Row {
                cas: None,
                stated: format!("{}, without number", list.id()),
                left,
                right,
                title: item.title().to_owned(),
            }
        }));
    }
    rows
}

/// The items of the other list that are the same thing as one of these, wholly or in part, as the
/// crosswalk judges.
fn by_name(items: &[&Item], side: Side, crosswalk: Option<&Crosswalk>) -> String {
    let Some(crosswalk) = crosswalk else {
        return String::new();
    };
    let codes = items.iter().flat_map(|item| {
        crosswalk.of(side, item.code()).filter_map(move |mapping| {
            mapping
                .relation()
                .filter(|relation| *relation != Relation::Unrelated)?;
            if side == Side::Left {
                mapping.right()
            } else {
                mapping.left()
            }
        })
    });
    let codes: BTreeSet<Code> = codes.collect();
    if codes.is_empty() {
        String::new()
    } else {
        format!(
            "by name {}",
            codes
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(";")
        )
    }
}

/// The leaves without a CAS number of the entries in which most leaves have one: lists of
/// chemicals.
fn without(list: &ControlList) -> Vec<&Item> {
    let entries = list.items().iter().filter(|item| item.code().is_entry());
    let leaves = |entry: &Item| {
        list.subtree(entry.code())
            .iter()
            .filter(|item| item.is_live() && list.children(item.code()).next().is_none())
            .collect::<Vec<_>>()
    };
    let chemical = |leaves: &Vec<&Item>| {
        leaves.iter().filter(|item| !item.cas().is_empty()).count() * 3 >= leaves.len().max(1)
    };
    entries
        .map(leaves)
        .filter(chemical)
        .flatten()
        .filter(|item| item.cas().is_empty())
        .collect()
}

fn text(
    rows: &[Row],
    left: &ControlList,
    right: &ControlList,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    common::editions([left, right].into_iter(), out)?;
    writeln!(
        out,
        "A number that a list does not state may be on it by name or by family: \"by name\" is what the crosswalk judges.\n"
    )?;
    let [one, other] = [left.id(), right.id()];
    for (stated, heading) in [
        ("both".to_owned(), "On both lists".to_owned()),
        (one.to_string(), format!("Stated on {one} only")),
        (other.to_string(), format!("Stated on {other} only")),
        (
            format!("{one}, without number"),
            format!("Items of {one} among chemicals, without a CAS number"),
        ),
        (
            format!("{other}, without number"),
            format!("Items of {other} among chemicals, without a CAS number"),
        ),
    ] {
        let part: Vec<&Row> = rows.iter().filter(|row| row.stated == stated).collect();
        writeln!(out, "{heading}: {}", part.len())?;
        let mut table = common::table(["CAS", one.as_str(), other.as_str(), "title"], &[]);
        for row in part {
            table.add_row([
                row.cas.map(|cas| cas.to_string()).unwrap_or_default(),
                row.left.clone(),
                row.right.clone(),
                row.title.clone(),
            ]);
        }
        writeln!(out, "{table}\n")?;
    }
    Ok(())
}
