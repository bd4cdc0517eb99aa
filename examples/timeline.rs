//! How many items has a list had on each day, and which notices made the steps?
//!
//! `cargo run --release --example timeline -- --rule leaves --svg timeline.svg`

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use comfy_table::CellAlignment;
use export_control::list::EventKind;
use export_control::{ControlList, CountingRule, Event, History, MeasureId, Scope, Status};
use jiff::civil::Date;
use plotters::prelude::*;

mod common;
use common::output::NewFile;
use common::past::past;
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
    #[arg(long, value_name = "DATE", default_value = "2024-11-01")]
    from: Date,
    /// Draw the chart into this file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// A day on which something changes, why, and what is counted from it on.
struct Step {
    date: Date,
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

/// Prints the steps and draws them.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Before any work, so that a path that cannot be written to is told at once.
    let chart_file = arguments.svg.as_deref().map(NewFile::create).transpose()?;
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
        let mut cells = vec![step.date.to_string(), step.cause.clone()];
        let numbers = step.in_force.iter();
        for (at, number) in numbers
            .chain([&step.announced, &step.suspended])
            .enumerate()
        {
            let at_most = step.at_most.get(at).copied().flatten();
            cells.push(match (number, at_most) {
                (Ok(number), Some(most)) if most > *number => {
                    format!("{} to {}", thousands(*number), thousands(most))
                }
                (Ok(number), _) => thousands(*number),
                (Err(_), _) => "–".to_owned(),
            });
            reasons.extend(
                number
                    .as_ref()
                    .err()
                    .filter(|why| !reasons.contains(why))
                    .cloned(),
            );
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
    if let Some(file) = chart_file {
        file.finish(&chart(list, drawn, &steps)?)?;
        let path = arguments.svg.as_deref().unwrap_or(Path::new(""));
        writeln!(out, "chart: {}", path.display())?;
    }
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
            cause: past_cause(history, *date),
            brief: String::new(),
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

/// The rules that may be behind the edition of a day, and what the sources newly cover in it.
fn past_cause(history: &History, date: Date) -> String {
    let own: Vec<&str> = history
        .measures_on(date)
        .map(|measure| measure.id.as_str())
        .collect();
    let perhaps = common::perhaps(history, date);
    let mut causes = own;
    let perhaps = format!("perhaps {perhaps}");
    if perhaps != "perhaps " {
        causes.push(&perhaps);
    }
    let holes = |date: Date| history.at(date).map(|then| then.not_covered.len()).ok();
    let before = date.yesterday().ok().and_then(holes);
    let covers = before.filter(|before| holes(date).is_some_and(|here| here < *before));
    if covers.is_some() {
        causes.push("the sources cover more codes: that is no growth");
    }
    causes.join("; ")
}

/// The days from the first on which the list's items change, each with its numbers.
fn steps(list: &ControlList, arguments: &Arguments) -> Vec<Step> {
    let mut causes: Vec<(Date, [String; 2])> = Vec::new();
    let mut events: Vec<Event<'_>> = list.events();
    events.retain(|event| bears_on_items(list, event) && !begins_suspended(list, event));
    for day in events.chunk_by(|a, b| a.date == b.date) {
        // What is alike on one day is told once: who does what to whom.
        let mut told: Vec<(&str, &str, Vec<String>)> = Vec::new();
        for event in day {
            let (verb, who) = (verb(&event.what), actor(event));
            match told
                .iter_mut()
                .find(|(other, by, _)| (*other, *by) == (verb, who))
            {
                Some((_, _, ids)) => ids.push(subject(event)),
                None => told.push((verb, who, vec![subject(event)])),
            }
        }
        let long = told
            .iter()
            .map(|(verb, who, ids)| format!("{who}{verb}: {}", ids.join(", ")));
        let brief = told.iter().map(|(verb, who, ids)| match &ids[..] {
            [id] => format!("{who}{verb}: {id}"),
            ids => format!("{who}{verb}: {} notices", ids.len()),
        });
        causes.push((
            day[0].date,
            [
                long.collect::<Vec<_>>().join("; "),
                brief.collect::<Vec<_>>().join("; "),
            ],
        ));
    }
    let mut note = |date: Option<Date>, cause: &str| {
        causes.extend(date.map(|date| (date, [cause.to_owned(), cause.to_owned()])))
    };
    note(
        list.edition()
            .from
            .filter(|from| events.iter().all(|event| event.date != *from)),
        "the edition begins",
    );
    note(
        list.edition()
            .through
            .and_then(|through| through.tomorrow().ok()),
        "the sources end",
    );
    // Where only the year of a notice is known, it may be out from its first day on.
    for measure in list.measures().filter(|measure| {
        measure.published.is_none() && list.added_by(&measure.id).next().is_some()
    }) {
        let new_year = measure
            .id
            .year()
            .and_then(|year| Date::new(year, 1, 1).ok());
        note(
            new_year.filter(|day| Some(*day) < measure.in_force),
            &format!("perhaps published: {}", measure.id),
        );
    }
    causes.sort();
    causes.retain(|(date, _)| *date >= arguments.from);
    let step = |(date, [cause, brief]): (Date, [String; 2])| {
        let scope = Scope::default().on(date);
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
            date,
            cause,
            brief,
            in_force: arguments.rule.iter().map(in_force).collect(),
            at_most: Vec::new(),
            announced: beyond(&scope.clone().announced(true)),
            suspended: beyond(&scope.clone().suspended(true)),
        }
    };
    causes.into_iter().map(step).collect()
}

/// What happens, in a word.
fn verb(what: &EventKind<'_>) -> &'static str {
    match what {
        EventKind::Published => "published",
        EventKind::Begins | EventKind::PartBegins(_) => "begins",
        EventKind::Suspends { .. } => " suspends",
        EventKind::SuspensionEnds(_) => "suspension over",
        EventKind::Resumes(_) => " lets apply again",
        EventKind::Repeals(_) => " repeals",
        EventKind::Changes(_) => " changes",
        EventKind::Removes(_) => " removes",
        _ => "changes",
    }
}

/// Who does it, where that is another than whom it happens to.
fn actor<'a>(event: &Event<'a>) -> &'a str {
    if verb(&event.what).starts_with(' ') {
        event.measure.id.as_str()
    } else {
        ""
    }
}

/// Whom an event happens to.
fn subject(event: &Event<'_>) -> String {
    match event.what {
        EventKind::Suspends { target, .. }
        | EventKind::SuspensionEnds(target)
        | EventKind::Resumes(target)
        | EventKind::Repeals(target) => target.to_string(),
        EventKind::Changes(code) | EventKind::Removes(code) => code.to_string(),
        _ => event.measure.id.to_string(),
    }
}

/// Whether an event can change which items apply.
fn bears_on_items(list: &ControlList, event: &Event<'_>) -> bool {
    let adds = |id: &MeasureId| list.added_by(id).next().is_some();
    match event.what {
        EventKind::Published | EventKind::Begins => adds(&event.measure.id),
        EventKind::Suspends { target, .. }
        | EventKind::SuspensionEnds(target)
        | EventKind::Resumes(target)
        | EventKind::Repeals(target) => adds(&target.measure),
        EventKind::Changes(_) | EventKind::Removes(_) => true,
        _ => false,
    }
}

/// A first day on which nothing begins, because the measure is suspended by then.
fn begins_suspended(list: &ControlList, event: &Event<'_>) -> bool {
    let status = list.measure_status(&event.measure.id.clone().into(), Some(event.date));
    event.what == EventKind::Begins && matches!(status, Some(Status::Suspended { .. }))
}

const IN_FORCE: RGBColor = RGBColor(46, 94, 140);
const ANNOUNCED: RGBColor = RGBColor(232, 176, 76);
const SUSPENDED: RGBColor = RGBColor(190, 120, 110);
const UNKNOWN: RGBColor = RGBColor(226, 226, 226);

/// The steps as an SVG: what was in force, on top of it what was announced and what was suspended,
/// and grey where nobody knows.
fn chart(list: &ControlList, rule: CountingRule, steps: &[Step]) -> Result<String, Box<dyn Error>> {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return Err("nothing changes after that day".into());
    };
    let at = |date: Date| f64::from((date - first.date).get_days());
    let end = at(last.date) + 150.0;
    let height = |step: &Step| {
        let stacked = step
            .in_force
            .first()
            .into_iter()
            .chain([&step.announced, &step.suspended]);
        stacked
            .filter_map(|number| number.as_ref().ok())
            .sum::<usize>()
    };
    let top = steps.iter().map(height).max().unwrap_or(1) as f64 * 1.4;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (1120, 600)).into_drawing_area();
        root.fill(&WHITE)?;
        let caption = format!("{}: {rule}", list.id());
        let mut chart = ChartBuilder::on(&root)
            .caption(caption, ("sans-serif", 20))
            .margin(14)
            .x_label_area_size(36)
            .y_label_area_size(56)
            .build_cartesian_2d(0.0..end, 0.0..top)?;
        let label = |days: &f64| {
            first
                .date
                .checked_add(jiff::Span::new().days(*days as i64))
                .map(|day| day.to_string())
                .unwrap_or_default()
        };
        let number = |count: &f64| thousands(*count as usize);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(WHITE)
            .x_labels(9)
            .x_label_formatter(&label)
            .y_label_formatter(&number)
            .draw()?;
        let next = steps.iter().skip(1).map(|step| at(step.date)).chain([end]);
        let mut parts: [Vec<Rectangle<(f64, f64)>>; 4] = Default::default();
        for (step, to) in steps.iter().zip(next) {
            let from = at(step.date);
            let mut block = |kind: usize, base: usize, count: usize, color: RGBColor| {
                if count > 0 {
                    parts[kind].push(Rectangle::new(
                        [(from, base as f64), (to, (base + count) as f64)],
                        color.filled(),
                    ));
                }
            };
            match (step.in_force.first(), &step.announced, &step.suspended) {
                (Some(Ok(in_force)), announced, Ok(suspended)) => {
                    let known = in_force + announced.as_ref().unwrap_or(&0);
                    block(0, 0, *in_force, IN_FORCE);
                    block(1, *in_force, known - in_force, ANNOUNCED);
                    block(2, known, *suspended, SUSPENDED);
                    if announced.is_err() {
                        block(
                            3,
                            known + suspended,
                            (top as usize).saturating_sub(known + suspended),
                            UNKNOWN,
                        );
                    }
                }
                _ => block(3, 0, top as usize, UNKNOWN),
            }
        }
        let names = [
            ("in force", IN_FORCE),
            ("announced", ANNOUNCED),
            ("suspended", SUSPENDED),
            ("unknown: the sources do not say", UNKNOWN),
        ];
        for (blocks, (name, color)) in parts.into_iter().zip(names) {
            let series = chart.draw_series(blocks)?;
            series.label(name).legend(move |(x, y)| {
                Rectangle::new([(x, y - 5), (x + 14, y + 5)], color.filled())
            });
        }
        // Each step has its number over it, staggered where steps stand close together.
        for (index, step) in steps.iter().enumerate() {
            let level = top * (0.97 - 0.06 * (index % 4) as f64);
            let text = match step.in_force.first() {
                Some(Ok(number)) => format!("{}: {}", step.date, thousands(*number)),
                _ => format!("{}: unknown", step.date),
            };
            let x = at(step.date);
            chart.draw_series([PathElement::new([(x, 0.0), (x, level)], BLACK.mix(0.35))])?;
            chart.draw_series([Text::new(
                text,
                (x + end * 0.003, level),
                ("sans-serif", 12),
            )])?;
            let below = level - top * 0.025;
            chart.draw_series([Text::new(
                step.brief.clone(),
                (x + end * 0.003, below),
                ("sans-serif", 11).into_font().color(&BLACK.mix(0.6)),
            )])?;
        }
        let position = SeriesLabelPosition::LowerLeft;
        chart
            .configure_series_labels()
            .position(position)
            .margin(12)
            .background_style(WHITE.mix(0.9))
            .border_style(BLACK.mix(0.4))
            .draw()?;
        root.present()?;
    }
    Ok(svg)
}
