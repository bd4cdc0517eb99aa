//! How large were both lists over time, under one counting rule?
//!
//! `cargo run --release --example growth -- --rule provisions --svg growth.svg`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::{CountingRule, Scope, cn_dual_use, history};
use jiff::civil::Date;
use plotters::prelude::*;

mod common;

/// Prints the sizes of the US list and of China's from edition to edition, and draws them.
#[derive(Parser)]
#[command(name = "growth")]
pub struct Arguments {
    /// The counting rule: entries, items, leaves, provisions, depth-1 …
    #[arg(long, default_value = "provisions")]
    rule: CountingRule,
    /// Say when the US list first had more than this number
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
    let rule = arguments.rule;
    let history = history("us-ccl").expect("an embedded history");
    let mut us = Vec::new();
    for size in history.growth(rule)? {
        let (known, at_most) = (size.known.result(), size.at_most.result());
        let unavailable =
            |why: &export_control::Unavailable| format!("{rule} of us-ccl on {}: {why}", size.from);
        us.push(Size {
            from: size.from,
            known: known.map_err(unavailable)?,
            at_most: at_most.map_err(unavailable)?,
        });
    }
    let cn = china(rule)?;

    let mut table = common::table(["list", "from", rule.meaning(), "at most"], &[2, 3]);
    for (name, sizes) in [("us-ccl", &us), ("cn-dual-use", &cn)] {
        let mut last = None;
        for size in sizes {
            if last.replace((size.known, size.at_most)) != Some((size.known, size.at_most)) {
                table.add_row([
                    name.to_owned(),
                    size.from.to_string(),
                    common::thousands(size.known),
                    common::thousands(size.at_most),
                ]);
            }
        }
    }
    writeln!(out, "{table}")?;
    let cn_end = cn_dual_use()
        .edition()
        .through
        .map(|day| day.to_string())
        .unwrap_or_default();
    writeln!(
        out,
        "us-ccl through {}, cn-dual-use through {cn_end}; codes of these lists in force, by {rule}.",
        history.through()
    )?;
    writeln!(
        out,
        "At most: with every code that the sources do not cover that day. Where the two meet, the sources become complete; that step is no growth."
    )?;
    let above = common::thousands(arguments.above);
    match history.first_above(rule, arguments.above)? {
        Some(size) if history.versions().first() == Some(&size.from) => writeln!(
            out,
            "\nus-ccl had more than {above} {rule} on {}, the first day that the sources cover, or before.",
            size.from
        )?,
        Some(size) => writeln!(
            out,
            "\nus-ccl first had more than {above} {rule}, by what is certain, on {}.",
            size.from
        )?,
        None => writeln!(
            out,
            "\nus-ccl never had more than {above} {rule}, by what is certain, through {}.",
            history.through()
        )?,
    }
    if let Some(first) = us.iter().find(|size| size.at_most > arguments.above) {
        writeln!(
            out,
            "With what the sources do not cover it can have been so on {}.",
            first.from
        )?;
    }
    if let Some(path) = &arguments.svg {
        let (us_end, cn_end) = (
            history.through(),
            cn_dual_use().edition().through.unwrap_or(history.through()),
        );
        let svg = draw(rule, (&us, us_end), (&cn, cn_end))?;
        std::fs::write(path, svg).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// China's list on every day on which one of its items begins.
fn china(rule: CountingRule) -> Result<Vec<Size>, Box<dyn Error>> {
    let cn = cn_dual_use();
    let mut days: Vec<Date> = cn
        .items()
        .iter()
        .filter_map(|item| item.in_force())
        .chain(cn.edition().from)
        .collect();
    days.extend(cn.measures().filter_map(|measure| measure.in_force));
    days.retain(|day| {
        cn.edition().through.is_none_or(|through| *day <= through)
            && cn.edition().from.is_none_or(|from| *day >= from)
    });
    days.sort_unstable();
    days.dedup();
    let mut sizes = Vec::new();
    for day in days {
        let count = cn.count(rule, &Scope::default().on(day));
        let number = count
            .result()
            .map_err(|why| format!("{rule} of cn-dual-use on {day}: {why}"))?;
        sizes.push(Size {
            from: day,
            known: number,
            at_most: number,
        });
    }
    Ok(sizes)
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

fn draw(
    rule: CountingRule,
    us: (&[Size], Date),
    cn: (&[Size], Date),
) -> Result<String, Box<dyn Error>> {
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (900, 480)).into_drawing_area();
        root.fill(&WHITE)?;
        let first =
            us.0.iter()
                .chain(cn.0)
                .map(|size| year(size.from))
                .fold(f64::INFINITY, f64::min);
        let last = year(us.1.max(cn.1));
        let top =
            us.0.iter()
                .chain(cn.0)
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
        let mut upper = steps(us.0, us.1, |size| size.at_most);
        let lower = steps(us.0, us.1, |size| size.known);
        let edge = lower.clone();
        upper.extend(lower.into_iter().rev());
        chart.draw_series(std::iter::once(Polygon::new(upper, BLUE.mix(0.15))))?;
        let key = |color: RGBColor| {
            move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2))
        };
        chart
            .draw_series(LineSeries::new(edge, BLUE.stroke_width(2)))?
            .label("US Commerce Control List (shaded: not covered)")
            .legend(key(BLUE));
        chart
            .draw_series(LineSeries::new(
                steps(cn.0, cn.1, |size| size.known),
                RED.stroke_width(2),
            ))?
            .label("China's dual-use list")
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
