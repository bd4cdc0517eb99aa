//! How large were both lists over time, under one counting rule?
//!
//! `cargo run --release --example growth -- --rule provisions --svg growth.svg`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::{ControlList, CountingRule, Scope, Unavailable, history};
use jiff::civil::Date;
use plotters::prelude::*;

mod common;
use common::output::NewFile;

/// Prints the sizes of two lists from edition to edition, and draws them.
#[derive(Parser)]
#[command(name = "growth", after_help = common::help(&["growth --rule entries", "growth --svg growth.svg"]))]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a list file
    #[arg(default_value = "us-ccl")]
    left: String,
    /// The right list
    #[arg(default_value = "cn-dual-use")]
    right: String,
    /// The counting rule: entries, items, leaves, provisions, depth-1 …
    #[arg(long, default_value = "provisions")]
    rule: CountingRule,
    /// Say when the left list first had more than this number
    #[arg(long, value_name = "NUMBER", default_value_t = 3000)]
    above: usize,
    /// Draw the sizes into this file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// A size from a day on: what is known, and what it is at most.
struct Size {
    from: Date,
    known: usize,
    at_most: usize,
}

/// Prints and draws the sizes.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Before any work, so that a path that cannot be written to is told at once.
    let chart_file = arguments.svg.as_deref().map(NewFile::create).transpose()?;
    let rule = arguments.rule;
    let (left, right) = (
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let (us, us_end) = sizes(left, rule)?;
    let (cn, cn_end) = sizes(right, rule)?;

    let mut table = common::table(["list", "from", rule.meaning(), "at most"], &[2, 3]);
    for (name, sizes) in [(left.id(), &us), (right.id(), &cn)] {
        let mut last = None;
        for size in sizes {
            if last.replace((size.known, size.at_most)) != Some((size.known, size.at_most)) {
                table.add_row([
                    name.to_string(),
                    size.from.to_string(),
                    common::thousands(size.known),
                    common::thousands(size.at_most),
                ]);
            }
        }
    }
    writeln!(out, "{table}")?;
    writeln!(
        out,
        "{} through {us_end}, {} through {cn_end}; codes of these lists in force, by {rule}.",
        left.id(),
        right.id()
    )?;
    writeln!(
        out,
        "At most: with every code that the sources do not cover that day. Where the two meet, the sources become complete; that step is no growth."
    )?;
    let above = common::thousands(arguments.above);
    let name = left.id();
    match us.iter().position(|size| size.known > arguments.above) {
        Some(0) => writeln!(
            out,
            "\n{name} had more than {above} {rule} on {}, the first day that the sources cover, or before.",
            us[0].from
        )?,
        Some(at) => writeln!(
            out,
            "\n{name} first had more than {above} {rule}, by what is certain, on {}.",
            us[at].from
        )?,
        None => writeln!(
            out,
            "\n{name} never had more than {above} {rule}, by what is certain, through {us_end}."
        )?,
    }
    if let Some(first) = us.iter().find(|size| size.at_most > arguments.above) {
        writeln!(
            out,
            "With what the sources do not cover it can have been so on {}.",
            first.from
        )?;
    }
    if let Some(file) = chart_file {
        let svg = draw(rule, (left, &us, us_end), (right, &cn, cn_end))?;
        file.finish(&svg)?;
    }
    Ok(())
}

/// The sizes of a list from day to day, and the last day that its sources cover.
fn sizes(list: &ControlList, rule: CountingRule) -> Result<(Vec<Size>, Date), Box<dyn Error>> {
    let name = list.id();
    let unavailable = |day: Date, why: &Unavailable| format!("{rule} of {name} on {day}: {why}");
    if let Some(history) = history(name.as_str()) {
        let mut sizes = Vec::new();
        for size in history.growth(rule)? {
            let known = size
                .known
                .result()
                .map_err(|why| unavailable(size.from, why))?;
            let at_most = size
                .at_most
                .result()
                .map_err(|why| unavailable(size.from, why))?;
            sizes.push(Size {
                from: size.from,
                known,
                at_most,
            });
        }
        return Ok((sizes, history.through()));
    }
    let through = (list.edition().through)
        .ok_or_else(|| format!("{name} does not say through which day its sources run"))?;
    let mut days: Vec<Date> = (list.items().iter().filter_map(|item| item.in_force()))
        .chain(list.edition().from)
        .chain(list.measures().filter_map(|measure| measure.in_force))
        .filter(|day| *day <= through && list.edition().from.is_none_or(|from| *day >= from))
        .collect();
    days.sort_unstable();
    days.dedup();
    let mut sizes = Vec::new();
    for day in days {
        let count = list.count(rule, &Scope::default().on(day));
        let number = count.result().map_err(|why| unavailable(day, why))?;
        sizes.push(Size {
            from: day,
            known: number,
            at_most: number,
        });
    }
    Ok((sizes, through))
}

/// A day as a year with its fraction.
fn year(day: Date) -> f64 {
    f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year())
}

/// The corners of a line that keeps its height from one day to the next, through a last day.
fn steps(sizes: &[Size], end: Date, height: impl Fn(&Size) -> usize) -> Vec<(f64, f64)> {
    let mut corners = Vec::new();
    for (at, size) in sizes.iter().enumerate() {
        let until = sizes.get(at + 1).map_or(end, |next| next.from);
        corners.extend([
            (year(size.from), height(size) as f64),
            (year(until), height(size) as f64),
        ]);
    }
    corners
}

/// A list with its sizes and the last day of its sources.
type Drawn<'a> = (&'a ControlList, &'a [Size], Date);

fn draw(
    rule: CountingRule,
    (left, us, us_end): Drawn<'_>,
    (right, cn, cn_end): Drawn<'_>,
) -> Result<String, Box<dyn Error>> {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (900, 480)).into_drawing_area();
        root.fill(&WHITE)?;
        let first = us
            .iter()
            .chain(cn)
            .map(|size| year(size.from))
            .fold(f64::INFINITY, f64::min);
        let last = year(us_end.max(cn_end));
        let top = us
            .iter()
            .chain(cn)
            .map(|size| size.at_most)
            .max()
            .unwrap_or(1) as f64
            * 1.08;
        let mut chart = ChartBuilder::on(&root)
            .caption(
                format!("Counting rule: {rule} ({})", rule.meaning()),
                ("sans-serif", 18),
            )
            .margin(16)
            .x_label_area_size(32)
            .y_label_area_size(56)
            .build_cartesian_2d(first..last, 0.0..top)?;
        chart
            .configure_mesh()
            .max_light_lines(0)
            .x_labels(10)
            .x_label_formatter(&|year| format!("{year:.0}"))
            .y_label_formatter(&|number| common::thousands(number.round().max(0.0) as usize))
            .draw()?;
        let mut upper = steps(us, us_end, |size| size.at_most);
        let lower = steps(us, us_end, |size| size.known);
        let edge = lower.clone();
        upper.extend(lower.into_iter().rev());
        chart.draw_series(std::iter::once(Polygon::new(upper, BLUE.mix(0.15))))?;
        let key = |color: RGBColor| {
            move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2))
        };
        chart
            .draw_series(LineSeries::new(edge, BLUE.stroke_width(2)))?
            .label(format!("{} (shaded: not covered)", left.info().name()))
            .legend(key(BLUE));
        chart
            .draw_series(LineSeries::new(
                steps(cn, cn_end, |size| size.known),
                RED.stroke_width(2),
            ))?
            .label(right.info().name())
            .legend(key(RED));
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::MiddleRight)
            .background_style(WHITE)
            .border_style(BLACK.mix(0.3))
            .draw()?;
        root.present()?;
    }
    Ok(svg)
}
