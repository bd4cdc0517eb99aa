//! When were parties listed, by which rule, and how many of one country?
//!
//! `cargo run --release --example designations -- --from 2025-09-01 --through 2025-10-31`

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::party::{
    Country, Designation, EntryKind, PartyEntry, PartyList, PartyRule, PartySet,
};
use jiff::civil::Date;
use plotters::prelude::*;

mod common;
use common::output::Csv;
use common::picture::Picture;
use common::{Format, chart, notices};

/// Prints the rules that list the entries of a list, by date, with how many of their entries are of
/// one country.
#[derive(Parser)]
#[command(name = "designations")]
pub struct Arguments {
    /// The list: the name of an embedded list, or a file (FILE#NAME where it has several)
    #[arg(default_value = "us-entity-list")]
    list: String,
    /// The country whose entries are counted apart, by heading [default: CN]
    #[arg(long)]
    country: Option<Country>,
    /// From this day on
    #[arg(long, value_parser = common::day)]
    from: Option<Date>,
    /// Through this day
    #[arg(long, value_parser = common::day)]
    through: Option<Date>,
    #[command(flatten)]
    picture: Picture,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// One rule with its figures.
#[derive(serde::Serialize)]
struct Row {
    date: Option<Date>,
    rule: String,
    entries: usize,
    of_country: usize,
    parties: usize,
    addresses: usize,
}

impl Row {
    fn new(list: &PartyList, designation: &Designation<'_>, country: Country) -> Row {
        let count = |set: &PartySet<'_>, test: &dyn Fn(&PartyEntry) -> bool| {
            set.iter().filter(|entry| test(entry)).count()
        };
        let set = &designation.entries;
        let by = designation.by.as_ref();
        Row {
            date: by.and_then(|by| by.date),
            rule: by
                .map(|by| notices::of_parties(list, &by.number))
                .unwrap_or_default(),
            entries: set.len(),
            of_country: count(set, &|entry| entry.heading_country() == Some(country)),
            parties: set.count(PartyRule::Parties),
            addresses: count(set, &|entry| entry.kind == EntryKind::Address),
        }
    }
}

/// Figures said to be official for a day: entries, and those of China. The publication in which they
/// were announced is not at hand.
const ANNOUNCED: [(&str, &str, usize, usize); 2] = [
    ("2025-09-12", "2025-09-16", 32, 23),
    ("October 2025", "2025-10-09", 29, 19),
];

/// Prints the rules.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    if let (Some(from), Some(through)) = (arguments.from, arguments.through)
        && from > through
    {
        let found = format!("found the days {from} and {through}, expected the earlier one first");
        return Err(found.into());
    }
    // Before any work, so that a path that cannot be written to is told at once.
    let chart = arguments.picture.create()?;
    let list = common::parties(&arguments.list)?;
    if let Some(last) = list.last_day()
        && arguments.from.is_some_and(|from| from > last)
    {
        let id = list.id();
        return Err(format!("{id} ends on {last}, so later designations are not known").into());
    }
    if let Some(asked) = arguments.country {
        let headed = |entry: &PartyEntry| entry.heading_country() == Some(asked);
        if !list.entries().iter().any(headed) {
            let id = list.id();
            return Err(format!("{id} has no entry under a heading of {asked}").into());
        }
    }
    let country = arguments.country.unwrap_or(Country::CHINA);
    let rows = list.designations();
    let rows = rows.iter().map(|rule| Row::new(list, rule, country));
    let within = |row: &Row| {
        let after = arguments
            .from
            .is_none_or(|from| row.date.is_some_and(|day| day >= from));
        let before = arguments
            .through
            .is_none_or(|last| row.date.is_some_and(|day| day <= last));
        after && before
    };
    let rows: Vec<Row> = rows.filter(within).collect();
    match arguments.format {
        Format::Text => {
            text(&rows, country, out)?;
            writeln!(out, "of {} [{}]", list.id(), list.edition().label)?;
            common::names_missing(list, out)?;
            all_notices(list, out)?;
            if let Some(last) = list.last_day()
                && arguments.through.is_some_and(|through| through > last)
            {
                writeln!(out, "Designations after {last} are not known.")?;
            }
            if country == Country::CHINA && list.id().as_str() == "us-entity-list" {
                announced(&rows, out)?;
            }
        }
        Format::Csv => {
            let header = [
                "date",
                "rule",
                "entries",
                "of_country",
                "parties",
                "addresses",
            ];
            let mut csv = Csv::new(&mut *out, header)?;
            for row in &rows {
                let numbers = [row.entries, row.of_country, row.parties, row.addresses];
                let date = row.date.map(|day| day.to_string()).unwrap_or_default();
                let cells = [date, row.rule.clone()].into_iter();
                csv.row(cells.chain(numbers.map(|number| number.to_string())))?;
            }
            csv.finish()?;
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            writeln!(out)?;
        }
    }
    if let Some(file) = chart {
        file.finish(&draw(list, &rows, country)?)?;
    }
    Ok(())
}

fn text(rows: &[Row], country: Country, out: &mut dyn Write) -> std::io::Result<()> {
    let name = named(country);
    let title = ["date", "rule", "entries", &name, "parties", "addresses"];
    let mut table = common::table(title, &[2, 3, 4, 5]);
    for row in rows {
        table.add_row([
            row.date.map_or("no date".to_owned(), |day| day.to_string()),
            row.rule.clone(),
            row.entries.to_string(),
            row.of_country.to_string(),
            row.parties.to_string(),
            row.addresses.to_string(),
        ]);
    }
    writeln!(out, "{table}")?;
    let sum = |of: fn(&Row) -> usize| common::thousands(rows.iter().map(of).sum());
    writeln!(
        out,
        "{} rules, {} entries, {} under {name}: those that this edition still has, by the first rule that each cites,",
        rows.len(),
        sum(|row| row.entries),
        sum(|row| row.of_country)
    )
}

/// Prints every notice of a list that is made of notices, with those whose parties are not at hand.
fn all_notices(list: &PartyList, out: &mut dyn Write) -> std::io::Result<()> {
    if list.notices().is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nThe notices of {}, with those whose parties are not at hand:",
        list.id()
    )?;
    for notice in list.notices() {
        let status = list.last_day().map_or_else(String::new, |last| {
            let status = notice.status(last, Some(last));
            let passed = common::passed(status);
            format!("; on {last} {status}{passed}{}", notices::trackers(notice))
        });
        let in_force = notice.in_force.map_or_else(
            || "first day not known at hand".to_owned(),
            |day| format!("in force {day}"),
        );
        let line = format!(
            "{}, {in_force}: {} parties{status}",
            notices::of_parties(list, &notice.id),
            notice.numbered
        );
        let address = notice.url.as_deref().unwrap_or(notices::NO_ADDRESS);
        writeln!(out, "{}\n  {address}", common::overlaps::wrapped(&line))?;
    }
    Ok(())
}

/// Prints the announced figures beside those of the edition.
fn announced(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    for (when, day, entries, chinese) in ANNOUNCED {
        let of_day = || {
            rows.iter()
                .filter(|row| row.date.is_some_and(|date| date.to_string() == day))
        };
        if of_day().next().is_none() {
            continue;
        }
        let found: usize = of_day().map(|row| row.entries).sum();
        let ours: usize = of_day().map(|row| row.of_country).sum();
        write!(
            out,
            "Announced officially for {when} (publication not known at hand): {entries} entries, {chinese} Chinese. Here: {found} of {day}, {ours} Chinese."
        )?;
        match entries.checked_sub(found).filter(|gone| *gone > 0) {
            Some(gone) => writeln!(out, " The other {gone} is no longer in this edition.")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

/// Entries of each year, and those of the country among them.
fn draw(list: &PartyList, rows: &[Row], country: Country) -> Result<String, Box<dyn Error>> {
    let mut years: BTreeMap<i32, [usize; 2]> = BTreeMap::new();
    for row in rows {
        if let Some(day) = row.date {
            let [all, own] = years.entry(i32::from(day.year())).or_default();
            *all += row.entries;
            *own += row.of_country;
        }
    }
    let first = years.keys().next().copied().unwrap_or(2000);
    let last = years.keys().next_back().copied().unwrap_or(2001) + 1;
    let top = years.values().map(|[all, _]| *all).max().unwrap_or(1);
    let colors = [chart::GRAY, chart::VERMILION];
    let days = rows.iter().filter_map(|row| row.date);
    let days = days.clone().min().zip(days.max());
    frame(list, &years, days, country).draw((900, 520), |root, body| {
        let mut chart = ChartBuilder::on(body)
            .margin(8)
            .margin_right(150)
            .x_label_area_size(46)
            .y_label_area_size(74)
            .build_cartesian_2d(f64::from(first)..f64::from(last), 0.0..top as f64 * 1.08)?;
        chart
            .configure_mesh()
            .max_light_lines(0)
            .disable_x_mesh()
            .x_label_formatter(&|year| format!("{year:.0}"))
            .y_label_formatter(&chart::count)
            .x_desc("year of the rule that lists them")
            .y_desc("entries")
            .axis_desc_style(chart::small(13))
            .draw()?;
        for (at, color) in colors.into_iter().enumerate() {
            chart.draw_series(years.iter().map(|(year, numbers)| {
                let from = f64::from(*year) + 0.1;
                let corners = [(from, 0.0), (from + 0.8, numbers[at] as f64)];
                Rectangle::new(corners, color.filled())
            }))?;
        }
        let (x, y) = chart.backend_coord(&(f64::from(last), top as f64));
        let under = format!("under {}", named(country));
        let labels = vec![
            (y, "gray: all".to_owned(), chart::INK),
            (y + 17, under, chart::VERMILION),
        ];
        chart::labels(root, x + 8, labels)
    })
}

/// Returns the text around the chart.
fn frame(
    list: &PartyList,
    years: &BTreeMap<i32, [usize; 2]>,
    days: Option<(Date, Date)>,
    country: Country,
) -> chart::Frame {
    let sum = |at: usize| common::thousands(years.values().map(|numbers| numbers[at]).sum());
    let told = years
        .iter()
        .map(|(year, [all, own])| format!("{year}: {all}, {own} under {}", named(country)));
    let on = list.last_day().map(|day| format!(" on {day}"));
    let days = days.map_or_else(String::new, |(first, last)| {
        format!(", rules of {first} to {last}")
    });
    chart::Frame {
        headline: format!(
            "{}: {} of the {} dated entries{} are under {}",
            list.info().name,
            sum(1),
            sum(0),
            on.unwrap_or_default(),
            named(country)
        ),
        subtitle: format!(
            "By the year of the first rule that each cites{days}. What was removed by then is in no bar."
        ),
        notes: chart::sources_of(
            "designations",
            [common::published(
                list.id(),
                &list.info().name,
                list.edition(),
            )],
        ),
        description: told.collect::<Vec<_>>().join("; "),
    }
}

fn named(country: Country) -> String {
    country
        .name()
        .map_or_else(|| country.to_string(), str::to_owned)
}
