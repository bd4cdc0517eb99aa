//! Draws the steps of a list's size.

use std::error::Error;

use export_control::{ControlList, CountingRule};
use plotters::prelude::*;

use super::common::{chart, thousands};
use super::{No, Step, span};

/// The steps as an SVG: what was in force, on top of it what was announced, what was suspended and
/// what the sources do not cover, and gray where nobody knows.
pub fn chart(
    list: &ControlList,
    rule: CountingRule,
    steps: &[Step],
) -> Result<String, Box<dyn Error>> {
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
    let number = |number: &Result<usize, No>| number.as_ref().copied().unwrap_or(0);
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
    let announced = matches!(step.announced, Err(No::Unavailable(_)));
    if announced && step.at_most.is_empty() && base < data_top {
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
