//! Which rare earths are controlled, in which form, and since when? Seventeen elements on both
//! lists.
//!
//! `cargo run --release --example rare_earths -- --on 2025-12-01`

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::identifier::Element;
use export_control::{ControlList, Item, ListId, ProductGroup};
use jiff::civil::Date;

mod common;
use common::Format;
use common::output::{Csv, all_of_list};

/// For each of the seventeen rare earths: what each list controls of it by name, in which form, and
/// its status on a day. An empty cell means that no item names the element as the controlled thing.
#[derive(Parser)]
#[command(
    name = "rare_earths",
    after_help = common::examples_help(&["rare_earths --on 2025-12-01", "rare_earths --format csv"])
)]
pub struct Arguments {
    /// The day of the status, such as 2025-12-01 [default: the last day that each edition covers]
    #[arg(long, value_name = "DATE", value_parser = common::day)]
    on: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What one list controls of one element in one form.
#[derive(serde::Serialize)]
struct Row {
    element: String,
    list: String,
    form: &'static str,
    codes: Vec<String>,
    status: String,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Prints the table.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let elements: Vec<Element> = Element::all()
        .filter(|element| element.is_rare_earth())
        .collect();
    let rows: Vec<Row> = elements
        .iter()
        .flat_map(|element| {
            export_control::lists().flat_map(|list| of_element(list, *element, arguments.on))
        })
        .chain(export_control::lists().flat_map(|list| of_all(list, arguments.on)))
        .collect();
    match arguments.format {
        Format::Text => text(&elements, &rows, arguments.on, out),
        Format::Csv => {
            let mut csv = Csv::new(out, ["codes", "element", "list", "form", "status"])?;
            for row in &rows {
                csv.row([
                    &all_of_list(&ListId::new(&*row.list), &row.codes),
                    &row.element,
                    &row.list,
                    row.form,
                    &row.status,
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

fn of_element(list: &ControlList, element: Element, on: Option<Date>) -> Vec<Row> {
    let leaves = list
        .with_element(element)
        .filter(|item| list.children(item.code()).next().is_none());
    grouped(list, leaves, on)
        .into_iter()
        .map(|((form, status), codes)| Row {
            element: element.name().to_owned(),
            list: list.id().to_string(),
            form,
            codes,
            status,
        })
        .collect()
}

/// Items on rare earths as such, which name no element.
fn of_all(list: &ControlList, on: Option<Date>) -> Vec<Row> {
    let named = |item: &Item| {
        let title = item.title().to_lowercase().replace('-', " ");
        title.contains("rare earth")
            && item.elements().is_empty()
            && list.children(item.code()).next().is_none()
    };
    grouped(
        list,
        list.items()
            .iter()
            .filter(|item| item.is_live() && named(item)),
        on,
    )
    .into_iter()
    .map(|((form, status), codes)| Row {
        element: "rare earths as such".to_owned(),
        list: list.id().to_string(),
        form,
        codes,
        status,
    })
    .collect()
}

fn grouped<'a>(
    list: &ControlList,
    items: impl Iterator<Item = &'a Item>,
    on: Option<Date>,
) -> BTreeMap<(&'static str, String), Vec<String>> {
    let mut groups: BTreeMap<(&'static str, String), Vec<String>> = BTreeMap::new();
    for item in items {
        let status = common::past::answer(list, item, on);
        groups
            .entry((form(item), status))
            .or_default()
            .push(item.code().to_string());
    }
    groups
}

/// The form in which an item is controlled, by its product group and the words of its title.
fn form(item: &Item) -> &'static str {
    let title = item.title().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match item.code().group() {
        ProductGroup::E => "technology",
        ProductGroup::D => "software",
        ProductGroup::A | ProductGroup::B => "equipment",
        _ if has(&["target"]) => "target",
        _ if has(&["magnet"]) => "magnet",
        _ if has(&["oxide"]) => "oxide",
        _ if has(&["compound"]) => "compound",
        _ if has(&["powder"]) => "powder",
        _ if has(&["alloy"]) => "alloy",
        _ if has(&["metal"]) => "metal",
        _ if title.bytes().any(|byte| byte.is_ascii_digit())
            && item.code().entry().third_digit() == 2 =>
        {
            "isotope"
        }
        _ => "other material",
    }
}

fn text(
    elements: &[Element],
    rows: &[Row],
    on: Option<Date>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let lists: Vec<&str> = export_control::lists()
        .map(|list| list.id().as_str())
        .collect();
    let mut table = common::table(["element"].into_iter().chain(lists.iter().copied()), &[]);
    let names = elements
        .iter()
        .map(|element| element.name())
        .chain(["rare earths as such"]);
    for name in names {
        let forms = lists.iter().map(|list| forms(rows, name, list));
        table.add_row([name.to_owned()].into_iter().chain(forms));
    }
    common::editions_on(export_control::lists(), on, out)?;
    writeln!(out)?;
    writeln!(out, "{table}")?;
    Ok(writeln!(
        out,
        "– no item is named for the element alone; alloys, magnets and mixtures of several can hold it (Nd-Fe-B magnets with terbium or dysprosium)."
    )?)
}

/// The forms in which a list controls an element, by status.
fn forms(rows: &[Row], element: &str, list: &str) -> String {
    let mut by_status: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        if row.element == element && row.list == list {
            by_status.entry(&row.status).or_default().insert(row.form);
        }
    }
    if by_status.is_empty() {
        return "–".to_owned();
    }
    let lines = by_status.into_iter().map(|(status, forms)| {
        let forms: Vec<&str> = forms.into_iter().collect();
        format!("{}: {status}", forms.join(", "))
    });
    lines.collect::<Vec<_>>().join("; ")
}
