//! How many items has a list had on each day, and which notices made the steps?
//!
//! `cargo run --release --example timeline -- --rule leaves --svg timeline.svg`

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use comfy_table::CellAlignment;
use export_control::{ControlList, CountingRule, History, Scope};
use jiff::civil::Date;
use plotters::prelude::*;

mod common;
use common::causes;
use common::chart;
use common::notices;
use common::past::past;
use common::picture::Picture;
use common::{table, thousands};

/// Prints the number of a list's items from step to step, with the notices behind each, as a table
/// and as a chart.
///
/// Before an embedded edition, the list's history answers if it has one.
#[derive(Parser)]
#[command(
    name = "timeline",
    after_help = common::help(&["timeline --rule provisions --svg timeline.svg", "timeline us-ccl --from 2022-01-01"])
)]
pub struct Arguments {
    /// The list
    #[arg(default_value = "cn-dual-use")]
    list: String,
    /// The counting rules, the first of which is drawn: entries, items, leaves, provisions,
    /// depth-0 …, catalogue-rows
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "leaves,entries,items",
        value_name = "RULES"
    )]
    rule: Vec<CountingRule>,
    /// The first day
    #[arg(long, value_name = "DATE", default_value = "2024-11-01", value_parser = common::day)]
    from: Date,
    #[command(flatten)]
    picture: Picture,
}

fn main() -> ExitCode {
    common::main(run)
}

/// A day on which something changes, why, and what is counted from it on.
struct Step {
    date: Date,
    /// Set if the step is somewhere in the year of the date, on a day that is not at hand.
    in_year: bool,
    cause: String,
    /// The same for the chart, where room is short.
    brief: String,
    /// For each rule the items in force, or why there is no number.
    in_force: Vec<Result<usize, String>>,
    /// For each rule the items in force with everything that the sources do not cover.
    at_most: Vec<Option<usize>>,
    /// By the first rule, what was published and had not begun, and what was suspended.
    announced: Result<usize, String>,
    suspended: Result<usize, String>,
}

impl Step {
    /// The day of the step, or the year if no more is known.
    fn day(&self) -> String {
        match self.in_year {
            true => format!("in {}", self.date.year()),
            false => self.date.to_string(),
        }
    }
}

/// Prints the steps and draws them.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Before any work, so that a path that cannot be written to is told at once.
    let chart_file = arguments.picture.create()?;
    let list = common::list(&arguments.list)?;
    let Some(drawn) = arguments.rule.first().copied() else {
        return Err("expected at least one counting rule".into());
    };
    for rule in &arguments.rule {
        common::check_rule(list, *rule)?;
    }
    let mut steps = past_steps(list, arguments)?;
    steps.extend(self::steps(list, arguments));
    if steps.is_empty() {
        return Err(format!(
            "found the first day {}, expected one on or before the last on which {} changes",
            arguments.from,
            list.id()
        )
        .into());
    }
    if let Some(file) = chart_file {
        file.finish(&chart(list, drawn, &steps)?)?;
        for path in arguments.picture.svg.iter().chain(&arguments.picture.png) {
            writeln!(out, "chart: {}", path.display())?;
        }
    }
    writeln!(
        out,
        "{}: items in force\n  {}",
        list.info().name(),
        list.edition().label
    )?;
    let mut headers: Vec<String> = vec!["from".into(), "because".into()];
    headers.extend(arguments.rule.iter().map(ToString::to_string));
    headers.extend([format!("{drawn} announced"), format!("{drawn} suspended")]);
    let mut rows = table([""; 0], &[]);
    let numeric = 2..headers.len();
    rows.set_header(headers);
    numeric.for_each(|column| {
        if let Some(column) = rows.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right)
        }
    });
    let mut reasons: Vec<String> = Vec::new();
    for step in &steps {
        let mut cells = vec![step.day(), step.cause.clone()];
        let numbers = step.in_force.iter();
        for (at, number) in numbers
            .chain([&step.announced, &step.suspended])
            .enumerate()
        {
            let at_most = step.at_most.get(at).copied().flatten();
            cells.push(match number {
                Ok(number) => span(*number, at_most),
                Err(_) => "–".to_owned(),
            });
            let why = number.as_ref().err().map(|why| match step.in_year {
                true => format!("announced or not: {}", step.cause),
                false => why.clone(),
            });
            reasons.extend(why.filter(|why| !reasons.contains(why)));
        }
        rows.add_row(cells);
    }
    writeln!(out, "{rows}")?;
    for reason in reasons {
        writeln!(out, "– {reason}")?;
    }
    if past(list).is_some() {
        writeln!(
            out,
            "Two numbers are a minimum and a maximum: the sources of that day do not cover every code. After \"perhaps\" are the rules since the edition before, its own day included."
        )?;
    }
    writeln!(
        out,
        "Counted are the codes of this list; what earlier lists and notices controlled under other numbers is not in it."
    )?;
    Ok(())
}

/// The steps before the edition, by the list's history if it has one.
fn past_steps(list: &ControlList, arguments: &Arguments) -> Result<Vec<Step>, Box<dyn Error>> {
    let (Some(history), Some(edition)) = (past(list), list.edition().from) else {
        return Ok(Vec::new());
    };
    let sizes = arguments.rule.iter().map(|rule| history.growth(*rule));
    let sizes = sizes.collect::<Result<Vec<_>, _>>()?;
    let none = || Err(format!("the history of {} has no announcements", list.id()));
    let mut steps: Vec<Step> = Vec::new();
    for (at, date) in history.versions().iter().enumerate() {
        if *date < arguments.from || *date >= edition {
            continue;
        }
        let here = || sizes.iter().map(|sizes| &sizes[at]);
        let in_force = here().map(|size| size.known.result().map_err(ToString::to_string));
        let step = Step {
            date: *date,
            in_year: false,
            cause: past_cause(history, *date),
            brief: brief(history, at, *date),
            in_force: in_force.collect(),
            at_most: here().map(|size| size.at_most.number()).collect(),
            announced: none(),
            suspended: none(),
        };
        let same = steps
            .last()
            .is_some_and(|last| (&last.in_force, &last.at_most) == (&step.in_force, &step.at_most));
        if !same {
            steps.push(step);
        }
    }
    Ok(steps)
}

/// Returns the chart's words on an edition of the history. Most have none, as there are too many.
fn brief(history: &History, at: usize, date: Date) -> String {
    let open = |date: Date| {
        history
            .at(date)
            .is_ok_and(|then| !then.not_covered.is_empty())
    };
    let complete = date.yesterday().is_ok_and(open) && !open(date);
    if complete {
        "the sources become complete; not growth".to_owned()
    } else if at == 0 {
        "the history begins".to_owned()
    } else {
        String::new()
    }
}

/// The rules that may be behind the edition of a day, and what the sources newly cover in it.
fn past_cause(history: &History, date: Date) -> String {
    let mut causes = Vec::new();
    let rules = notices::rules(history, date);
    if !rules.is_empty() {
        causes.push(rules.as_str());
    }
    let holes = |date: Date| history.at(date).map(|then| then.not_covered.len()).ok();
    let before = date.yesterday().ok().and_then(holes);
    let covers = before.filter(|before| holes(date).is_some_and(|here| here < *before));
    if covers.is_some() {
        causes.push("the sources cover more codes: that is not growth");
    }
    causes.join("; ")
}

/// The days from the first on which the list's items change, each with its numbers.
fn steps(list: &ControlList, arguments: &Arguments) -> Vec<Step> {
    let mut causes = causes::of_list(list);
    causes.retain(|cause| cause.date >= arguments.from);
    let step = |cause: causes::Cause| {
        let scope = Scope::default().on(cause.date);
        let in_force = |rule: &CountingRule| {
            list.count(*rule, &scope)
                .result()
                .map_err(ToString::to_string)
        };
        let first = arguments.rule[0];
        let beyond = |wider: &Scope| match (
            list.count(first, wider).result(),
            list.count(first, &scope).result(),
        ) {
            (Ok(more), Ok(here)) => Ok(more - here),
            (Err(why), _) | (_, Err(why)) => Err(why.to_string()),
        };
        Step {
            date: cause.date,
            in_year: cause.in_year,
            cause: cause.long,
            brief: cause.brief,
            in_force: arguments.rule.iter().map(in_force).collect(),
            at_most: Vec::new(),
            announced: beyond(&scope.clone().announced(true)),
            suspended: beyond(&scope.clone().suspended(true)),
        }
    };
    causes.into_iter().map(step).collect()
}
/// The steps as an SVG: what was in force, on top of it what was announced, what was suspended and
/// what the sources do not cover, and gray where nobody knows.
fn chart(list: &ControlList, rule: CountingRule, steps: &[Step]) -> Result<String, Box<dyn Error>> {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return Err("nothing changes after that day".into());
    };
    let end = (last.date).checked_add(jiff::Span::new().days(150))?;
    let data_top = steps.iter().map(height).max().unwrap_or(1).max(1) as f64;
    let top = data_top * 1.55;
    let in_force = chart::of_list(list);
    frame(list, rule, steps).draw((1120, 640), |root, body| {
        let mut chart = ChartBuilder::on(body)
            .margin(8)
            .margin_right(190)
            .x_label_area_size(46)
            .y_label_area_size(74)
            .build_cartesian_2d(chart::Days::new(first.date, end), 0.0..top)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(WHITE)
            .x_labels(24)
            .y_label_formatter(&chart::count)
            .x_desc("day")
            .y_desc(format!("{rule} on the list"))
            .axis_desc_style(chart::small(13))
            .draw()?;
        let next = steps.iter().skip(1).map(|step| step.date).chain([end]);
        for (step, to) in steps.iter().zip(next) {
            for (low, high, color) in blocks(step, in_force, data_top as usize) {
                let corners = [
                    (chart::at(step.date), low as f64),
                    (chart::at(to), high as f64),
                ];
                chart.draw_series([Rectangle::new(corners, color.filled())])?;
            }
        }
        let told = steps.iter().filter(|step| !step.brief.is_empty());
        for (index, step) in told.enumerate() {
            // Above the data, staggered where steps are close together.
            let level = top * (0.98 - 0.065 * (index % 5) as f64);
            let text = format!("{}: {}", step.day(), size(step));
            let x = chart::at(step.date);
            let line = [(x, 0.0), (x, level)];
            chart.draw_series([PathElement::new(line, chart::INK.mix(0.35))])?;
            let beside = x + (chart::at(end) - chart::at(first.date)) * 0.003;
            chart.draw_series([Text::new(text, (beside, level), chart::small(12))])?;
            let brief = step.brief.clone();
            let below = (beside, level - top * 0.027);
            chart.draw_series([Text::new(brief, below, chart::small(11))])?;
        }
        let known = steps.iter().rev().find(|step| height(step) > 0);
        let mut names = known.map(|step| names(step, in_force)).unwrap_or_default();
        let announced = steps
            .iter()
            .any(|step| step.announced.as_ref().is_ok_and(|n| *n > 0));
        names.retain(|(_, name, _)| announced || !name.ends_with("announced"));
        let (x, _) = chart.backend_coord(&(chart::at(end), 0.0));
        let place = |height: f64| chart.backend_coord(&(chart::at(end), height)).1;
        let mut labels: Vec<(i32, String, RGBColor)> = names
            .into_iter()
            .map(|(height, name, color)| (place(height), name, color))
            .collect();
        let unknown = "gray: not known".to_owned();
        labels.push((place(data_top * 0.6), unknown, chart::INK));
        chart::labels(root, x + 8, labels)
    })
}

/// Returns the text around the chart.
fn frame(list: &ControlList, rule: CountingRule, steps: &[Step]) -> chart::Frame {
    let known = steps.iter().rev().find(|step| height(step) > 0);
    let number = |number: &Result<usize, String>| number.as_ref().copied().unwrap_or(0);
    let (now, suspended) = known.map_or((0, 0), |step| {
        let now = step.in_force.first().map_or(0, number);
        (now, number(&step.suspended))
    });
    let day = list.edition().through;
    let on = day.map(|day| format!(" on {day}")).unwrap_or_default();
    let mut headline = format!("{} has {} {rule} in force{on}", list.id(), thousands(now));
    if suspended > 0 {
        headline += &format!(", and {} suspended", thousands(suspended));
    }
    let told = steps
        .iter()
        .map(|step| format!("{}: {}", step.day(), size(step)));
    chart::Frame {
        headline,
        subtitle: format!("{}: {rule} ({})", list.id(), rule.meaning()),
        notes: chart::sources("timeline", &[list]),
        description: told.collect::<Vec<_>>().join("; "),
    }
}

/// Writes a number, or the least and the most that it can be.
fn span(number: usize, at_most: Option<usize>) -> String {
    match at_most {
        Some(most) if most > number => format!("{} to {}", thousands(number), thousands(most)),
        _ => thousands(number),
    }
}

/// Writes the size of a step by the rule that is drawn.
fn size(step: &Step) -> String {
    match step.in_force.first() {
        Some(Ok(number)) => span(*number, step.at_most.first().copied().flatten()),
        _ => "not known".to_owned(),
    }
}

/// Returns the height of all blocks of a step, or 0 if its number is not known.
fn height(step: &Step) -> usize {
    let Some(Ok(in_force)) = step.in_force.first() else {
        return 0;
    };
    let beside = [&step.announced, &step.suspended];
    let beside: usize = beside.into_iter().flatten().sum();
    step.at_most.first().copied().flatten().unwrap_or(*in_force) + beside
}

/// The blocks of a step from the bottom up: from, to, color.
fn blocks(step: &Step, color: RGBColor, data_top: usize) -> Vec<(usize, usize, RGBColor)> {
    let Some(Ok(in_force)) = step.in_force.first() else {
        return vec![(0, data_top, chart::GRAY)];
    };
    let at_most = step.at_most.first().copied().flatten().unwrap_or(*in_force);
    let announced = *step.announced.as_ref().unwrap_or(&0);
    let suspended = *step.suspended.as_ref().unwrap_or(&0);
    let mut blocks = Vec::new();
    let mut base = 0;
    for (number, color) in [
        (*in_force, color),
        (announced, chart::ANNOUNCED),
        (suspended, chart::SUSPENDED),
        (at_most - in_force, chart::GRAY),
    ] {
        if number > 0 {
            blocks.push((base, base + number, color));
        }
        base += number;
    }
    // Of a list with notices nobody knows what was announced by then.
    if step.announced.is_err() && step.at_most.is_empty() && base < data_top {
        blocks.push((base, data_top, chart::GRAY));
    }
    blocks
}

/// The names of the blocks of a step, each at the middle of its block.
fn names(step: &Step, in_force: RGBColor) -> Vec<(f64, String, RGBColor)> {
    let named = |color: RGBColor| {
        if color == in_force {
            ("in force", in_force)
        } else if color == chart::ANNOUNCED {
            ("announced", chart::ANNOUNCED_TEXT)
        } else if color == chart::SUSPENDED {
            ("suspended", chart::SUSPENDED_TEXT)
        } else {
            ("not covered", chart::INK)
        }
    };
    let blocks = blocks(step, in_force, 0).into_iter();
    let mut names: Vec<(f64, String, RGBColor)> = blocks
        .map(|(low, high, color)| {
            let (name, text) = named(color);
            let number = thousands(high - low);
            ((low + high) as f64 / 2.0, format!("{number} {name}"), text)
        })
        .collect();
    if !names.iter().any(|(_, name, _)| name.ends_with("announced")) {
        let top = height(step) as f64;
        names.push((top, "green: announced".to_owned(), chart::ANNOUNCED_TEXT));
    }
    names
}
