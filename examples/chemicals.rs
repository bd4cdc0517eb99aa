//! Which chemicals are on both lists, which only on one? By CAS number, which needs no translation.
//!
//! `cargo run --release --example chemicals`

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::identifier::CasNumber;
use export_control::{Code, ControlList, Item, Relation, Side};

mod common;
use common::Format;

/// Compares the CAS numbers of the US list and China's, and names the chemicals' items that state
/// none. A number missing on one side means that its texts state none there; the chemical may be
/// covered by a family's name.
#[derive(Parser)]
#[command(name = "chemicals")]
pub struct Arguments {
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A CAS number with the codes at which each list states it.
#[derive(serde::Serialize)]
struct Row {
    cas: Option<CasNumber>,
    stands: &'static str,
    us_ccl: String,
    cn_dual_use: String,
    title: String,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the comparison.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let rows = rows();
    match arguments.format {
        Format::Text => text(&rows, out),
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            rows.iter().try_for_each(|row| writer.serialize(row))?;
            Ok(writer.flush()?)
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            Ok(writeln!(out)?)
        }
    }
}

fn rows() -> Vec<Row> {
    let (us, cn) = (export_control::us_ccl(), export_control::cn_dual_use());
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
            let stands = match (left.is_empty(), right.is_empty()) {
                (false, false) => "both",
                (false, true) => "us-ccl",
                _ => "cn-dual-use",
            };
            let (by_name_left, by_name_right) = match stands {
                "us-ccl" => (String::new(), by_name(&left, Side::Left)),
                "cn-dual-use" => (by_name(&right, Side::Right), String::new()),
                _ => (String::new(), String::new()),
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
                stands,
                us_ccl: codes(&left) + &by_name_left,
                cn_dual_use: codes(&right) + &by_name_right,
                title,
            }
        })
        .collect();
    for (list, stands) in [
        (us, "us-ccl, without number"),
        (cn, "cn-dual-use, without number"),
    ] {
        rows.extend(without(list).into_iter().map(|item| {
            let code = item.code().to_string();
            let (us_ccl, cn_dual_use) = if list.id() == us.id() {
                (code, String::new())
            } else {
                (String::new(), code)
            };
            Row {
                cas: None,
                stands,
                us_ccl,
                cn_dual_use,
                title: item.title().to_owned(),
            }
        }));
    }
    rows
}

/// The items of the other list that are the same thing as one of these, wholly or in part, as the
/// crosswalk judges.
fn by_name(items: &[&Item], side: Side) -> String {
    let crosswalk =
        export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
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

fn text(rows: &[Row], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    common::editions(export_control::lists(), out)?;
    writeln!(
        out,
        "A number that a list does not state may be on it by name or by family: \"by name\" is what the crosswalk judges.\n"
    )?;
    for (stands, heading) in [
        ("both", "On both lists"),
        ("us-ccl", "Stated on us-ccl only"),
        ("cn-dual-use", "Stated on cn-dual-use only"),
        (
            "us-ccl, without number",
            "Items of us-ccl among chemicals, without a CAS number",
        ),
        (
            "cn-dual-use, without number",
            "Items of cn-dual-use among chemicals, without a CAS number",
        ),
    ] {
        let part: Vec<&Row> = rows.iter().filter(|row| row.stands == stands).collect();
        writeln!(out, "{heading}: {}", part.len())?;
        let mut table = common::table(["CAS", "us-ccl", "cn-dual-use", "title"], &[]);
        for row in part {
            table.add_row([
                row.cas.map(|cas| cas.to_string()).unwrap_or_default(),
                row.us_ccl.clone(),
                row.cn_dual_use.clone(),
                row.title.clone(),
            ]);
        }
        writeln!(out, "{table}\n")?;
    }
    Ok(())
}
