//! How large were both lists over time, under one counting rule?
//!
//! `cargo run --release --example growth -- --rule provisions --svg growth.svg`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use export_control::{ControlList, CountingRule, Scope, Unavailable, history};
use jiff::civil::Date;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

mod common;
use common::chart;
use common::picture::Picture;

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
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    common::main(run)
}

/// A size from a day on: what is known, what it is at most, and what is not in force.
struct Size {
    from: Date,
    known: usize,
    at_most: usize,
    /// `None` if the sources do not say what was published by then.
    announced: Option<usize>,
    suspended: usize,
}

/// Prints and draws the sizes.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Before any work, so that a path that cannot be written to is told at once.
    let chart_file = arguments.picture.create()?;
    let rule = arguments.rule;
    let (left, right) = (
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let (us, us_end) = sizes(left, rule)?;
    let (cn, cn_end) = sizes(right, rule)?;

    if let Some(file) = chart_file {
        let svg = draw(rule, (left, &us, us_end), (right, &cn, cn_end))?;
        file.finish(&svg)?;
    }
    let columns = [
        "list",
        "from",
        "at least",
        "at most",
        "announced",
        "suspended",
    ];
    let mut table = common::table(columns, &[2, 3, 4, 5]);
    for (name, sizes) in [(left.id(), &us), (right.id(), &cn)] {
        let numbers = |size: &Size| {
            let numbers = [size.known, size.at_most].map(Some);
            [numbers[0], numbers[1], size.announced, Some(size.suspended)]
        };
        let shown = |number: Option<usize>| number.map_or("–".to_owned(), common::thousands);
        for alike in sizes.chunk_by(|a, b| numbers(a) == numbers(b)) {
            let size = &alike[0];
            let head = [name.to_string(), size.from.to_string()];
            table.add_row(head.into_iter().chain(numbers(size).map(shown)));
        }
    }
    writeln!(out, "{table}")?;
    writeln!(
        out,
        "{} through {us_end}, {} through {cn_end}; codes of these lists in force, by {rule}: {}.",
        left.id(),
        right.id(),
        rule.meaning()
    )?;
    writeln!(
        out,
        "At most: with every code that the sources do not cover that day. Where the two meet, the sources become complete; that step is not growth."
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
                announced: Some(0),
                suspended: 0,
            });
        }
        return Ok((sizes, history.through()));
    }
    let through = (list.edition().through)
        .ok_or_else(|| format!("{name} does not say through which day its sources run"))?;
    let mut days: Vec<Date> = (list.items().iter().filter_map(|item| item.in_force()))
        .chain(list.edition().from)
        .chain(list.events().iter().map(|event| event.date))
        .filter(|day| *day <= through && list.edition().from.is_none_or(|from| *day >= from))
        .collect();
    days.sort_unstable();
    days.dedup();
    let mut sizes = Vec::new();
    for day in days {
        let scope = Scope::default().on(day);
        let number = |scope: &Scope| {
            let count = list.count(rule, scope);
            count.result().map_err(|why| unavailable(day, why))
        };
        let in_force = number(&scope)?;
        sizes.push(Size {
            from: day,
            known: in_force,
            at_most: in_force,
            announced: number(&scope.clone().announced(true))
                .ok()
                .map(|all| all - in_force),
            suspended: number(&scope.suspended(true))? - in_force,
        });
    }
    Ok((sizes, through))
}

/// A list with its sizes and the last day of its sources.
type Drawn<'a> = (&'a ControlList, &'a [Size], Date);

fn draw(rule: CountingRule, left: Drawn<'_>, right: Drawn<'_>) -> Result<String, Box<dyn Error>> {
    let colors = match [left, right].map(|(list, ..)| chart::of_list(list)) {
        [one, other] if one == other => [chart::BLUE, chart::VERMILION],
        colors => colors,
    };
    let both = [(left, colors[0]), (right, colors[1])];
    let sizes = || both.iter().flat_map(|((_, sizes, _), _)| sizes.iter());
    let first = sizes().map(|size| size.from).min().ok_or("no size")?;
    let last = left.2.max(right.2);
    let all = |size: &Size| size.at_most + size.announced.unwrap_or(0) + size.suspended;
    let top = sizes().map(all).max().unwrap_or(1).max(1) as f64;
    let frame = frame(rule, [left, right], first, last);
    frame.draw((960, 560), |root, body| {
        let mut chart = ChartBuilder::on(body)
            .margin(8)
            .margin_right(210)
            .x_label_area_size(46)
            .y_label_area_size(74)
            .build_cartesian_2d(chart::Days::new(first, last), 0.0..top * 1.2)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .max_light_lines(0)
            .x_labels(24)
            .y_label_formatter(&chart::count)
            .x_desc("first day of the edition")
            .y_desc(format!("{rule} on the list"))
            .axis_desc_style(chart::small(13))
            .draw()?;
        let mut labels = Vec::new();
        for ((list, sizes, end), color) in both {
            let until = |at: usize| sizes.get(at + 1).map_or(end, |next: &Size| next.from);
            for (at, size) in sizes.iter().enumerate() {
                let (from, to) = (chart::at(size.from), chart::at(until(at)));
                let block = |low: usize, high: usize, color: RGBAColor| {
                    Rectangle::new([(from, low as f64), (to, high as f64)], color.filled())
                };
                let announced = size.known + size.announced.unwrap_or(0);
                for (low, high, color) in [
                    (size.known, size.at_most, color.mix(0.2)),
                    (size.known, announced, chart::ANNOUNCED.mix(0.6)),
                    (
                        announced,
                        announced + size.suspended,
                        chart::SUSPENDED.mix(0.8),
                    ),
                ] {
                    if high > low {
                        chart.draw_series([block(low, high, color)])?;
                    }
                }
            }
            for run in runs(sizes) {
                // A minimum is drawn thin and a known size thick.
                let width = if is_open(&run[0]) { 1 } else { 2 };
                let line = corners(run, sizes, end);
                chart.draw_series(LineSeries::new(line, color.stroke_width(width)))?;
            }
            for size in completed(sizes) {
                let x = chart::at(size.from);
                let ends = [(x, 0.0), (x, top * 1.1)];
                let style = chart::INK.stroke_width(1);
                chart.draw_series(DashedLineSeries::new(ends, 4, 4, style))?;
                let right = Pos::new(HPos::Right, VPos::Bottom);
                let text = format!("{}: the sources become complete; not growth ", size.from);
                let style = chart::small(12).pos(right);
                chart.draw_series([Text::new(text, (x, top * 1.1), style)])?;
            }
            let Some(size) = sizes.last() else { continue };
            let mut label = |height: usize, text: String, color: RGBColor| {
                let (_, y) = chart.backend_coord(&(chart::at(last), height as f64));
                labels.push((y, text, color));
            };
            let shown = |number: usize| common::thousands(number);
            label(
                size.known,
                format!("{}: {}", list.id(), shown(size.known)),
                color,
            );
            if size.suspended > 0 {
                let text = format!("+ {} suspended", shown(size.suspended));
                label(size.known + size.suspended, text, chart::SUSPENDED_TEXT);
            }
            if sizes.iter().any(|size| size.announced > Some(0)) {
                let text = "green: announced".to_owned();
                label(size.known + size.suspended, text, chart::ANNOUNCED_TEXT);
            }
        }
        let (x, _) = chart.backend_coord(&(chart::at(last), 0.0));
        chart::labels(root, x + 8, labels)
    })
}

/// Returns the text around the chart.
fn frame(rule: CountingRule, lists: [Drawn<'_>; 2], first: Date, last: Date) -> chart::Frame {
    let shown = |size: &Size| {
        if is_open(size) {
            format!(
                "{} to {}",
                common::thousands(size.known),
                common::thousands(size.at_most)
            )
        } else {
            common::thousands(size.known)
        }
    };
    let now = lists.map(|(list, sizes, end)| {
        let number = sizes.last().map(shown).unwrap_or_default();
        format!("{} has {number} (on {end})", list.id())
    });
    let told = lists.map(|(list, sizes, end)| {
        let ends = sizes.first().zip(sizes.last());
        ends.map_or_else(String::new, |(begin, last)| {
            format!(
                "{}: {} on {}, {} on {end}, {} of them suspended beside it.",
                list.id(),
                shown(begin),
                begin.from,
                shown(last),
                last.suspended
            )
        })
    });
    let mut notes = Vec::new();
    if lists.iter().any(|(_, sizes, _)| sizes.iter().any(is_open)) {
        notes.push(
            "Thin line and shade: a minimum, and what the sources of the day do not cover. The step where they become complete is not growth."
                .to_owned(),
        );
    }
    notes.extend(chart::sources("growth", &lists.map(|(list, ..)| list)));
    chart::Frame {
        headline: format!("Counted by {rule}, {} and {}", now[0], now[1]),
        subtitle: format!(
            "Counting rule: {rule} ({}); codes in force, from {first} to {last}",
            rule.meaning()
        ),
        notes,
        description: told.join(" "),
    }
}

/// Returns `true` if the sources of the day leave codes open.
fn is_open(size: &Size) -> bool {
    size.at_most > size.known
}

/// The sizes in runs in which all are minima or all are known: no line joins two of them.
fn runs(sizes: &[Size]) -> impl Iterator<Item = &[Size]> {
    sizes.chunk_by(|a, b| is_open(a) == is_open(b))
}

/// The first sizes after the days on which the sources left codes open.
fn completed(sizes: &[Size]) -> impl Iterator<Item = &Size> {
    let steps = sizes.windows(2);
    steps.filter_map(|two| (is_open(&two[0]) && !is_open(&two[1])).then_some(&two[1]))
}

/// The corners of a line that keeps its height from one day to the next.
fn corners(run: &[Size], sizes: &[Size], end: Date) -> Vec<(f64, f64)> {
    let mut corners = Vec::new();
    for size in run {
        let next = sizes.iter().find(|next| next.from > size.from);
        let until = next.map_or(end, |next| next.from);
        let height = size.known as f64;
        corners.extend([(chart::at(size.from), height), (chart::at(until), height)]);
    }
    corners
}
