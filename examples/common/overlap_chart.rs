//! Draws an overlap by category: how much of each list the other has too.

use std::collections::BTreeMap;
use std::error::Error;

use export_control::compare::OverlapShare;
use export_control::{Category, CountingRule, Overlap, Side, Verdict};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{chart, thousands};

/// The parts of a bar, from the left, each with its color.
const PARTS: [(Verdict, &str, RGBColor); 4] = [
    (Verdict::Shared, "shared wholly", chart::BLUE),
    (Verdict::SharedInPart, "shared in part", chart::SKY),
    (Verdict::OnlyHere, "only here", chart::VERMILION),
    (Verdict::Undecided, "undecided: nobody looked", chart::GRAY),
];

const SIZE: (u32, u32) = (960, 780);

type Shares = BTreeMap<Category, OverlapShare>;

/// Returns the chart as SVG.
pub fn draw(overlap: &Overlap<'_>, rule: CountingRule) -> Result<String, Box<dyn Error>> {
    let sides = [Side::Right, Side::Left];
    let shares = sides.map(|side| overlap.by_category(side, rule));
    let [right, left] = shares;
    let shares: [Shares; 2] = [right?, left?];
    let wholes = [
        overlap.share(Side::Right, rule)?,
        overlap.share(Side::Left, rule)?,
    ];
    frame(overlap, rule, &wholes, &shares).draw(SIZE, |root, body| {
        key(body)?;
        let (_, panels) = body.split_vertically(26);
        let panels = panels.split_evenly((1, 2));
        // Both lists on one scale, so that bars compare.
        let most = shares
            .iter()
            .flat_map(|shares| shares.values())
            .map(OverlapShare::total)
            .max();
        let most = most.unwrap_or(1).max(1) as f64 * 1.02;
        for (at, panel) in panels.iter().enumerate() {
            let list = match sides[at] {
                Side::Right => overlap.comparison().right(),
                Side::Left => overlap.comparison().left(),
            };
            bars(
                root,
                panel,
                [&rule.to_string(), list.id().as_str()],
                &shares[at],
                most,
            )?;
        }
        Ok(())
    })
}

/// The names of the colors in a row above the bars.
fn key(body: &chart::Area<'_>) -> Result<(), Box<dyn Error>> {
    for (at, (_, name, color)) in PARTS.into_iter().enumerate() {
        let x = 18 + 220 * at as i32;
        body.draw(&Rectangle::new([(x, 4), (x + 14, 16)], color.filled()))?;
        body.draw(&Text::new(name, (x + 20, 4), chart::small(12)))?;
    }
    Ok(())
}

/// One bar a category, from the first at the top.
fn bars(
    root: &chart::Area<'_>,
    panel: &chart::Area<'_>,
    [counted, list]: [&str; 2],
    shares: &Shares,
    most: f64,
) -> Result<(), Box<dyn Error>> {
    let rows = shares.len() as f64;
    let mut chart = ChartBuilder::on(panel)
        .margin(8)
        .margin_right(120)
        .x_label_area_size(44)
        .y_label_area_size(74)
        .build_cartesian_2d(0.0..most, 0.0..rows.max(1.0))?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .max_light_lines(0)
        .x_label_formatter(&chart::count)
        .x_desc(format!("{counted} of {list}"))
        .axis_desc_style(chart::small(13))
        .draw()?;
    for (at, (category, share)) in shares.iter().enumerate() {
        let y = rows - at as f64;
        let mut from = 0.0;
        for (verdict, _, color) in PARTS {
            let to = from + share.number(verdict) as f64;
            if to > from {
                let corners = [(from, y - 0.15), (to, y - 0.85)];
                chart.draw_series([Rectangle::new(corners, color.filled())])?;
            }
            from = to;
        }
        let beside = |x: f64, offset: i32, place: HPos, text: String| {
            let (x, y) = chart.backend_coord(&(x, y - 0.5));
            let style = chart::small(12).pos(Pos::new(place, VPos::Center));
            root.draw(&Text::new(text, (x + offset, y), style))
        };
        beside(0.0, -6, HPos::Right, format!("category {category}"))?;
        let numbers = format!(
            "{} of {}",
            thousands(share.shared()),
            thousands(share.total())
        );
        beside(from, 6, HPos::Left, numbers)?;
    }
    Ok(())
}

/// Returns the text around the chart.
fn frame(
    overlap: &Overlap<'_>,
    rule: CountingRule,
    [right, left]: &[OverlapShare; 2],
    shares: &[Shares; 2],
) -> chart::Frame {
    let comparison = overlap.comparison();
    let lists = [comparison.right(), comparison.left()];
    let told = lists.iter().zip(shares).flat_map(|(list, shares)| {
        shares.iter().map(|(category, share)| {
            let parts = PARTS
                .map(|(verdict, name, _)| format!("{} {name}", thousands(share.number(verdict))));
            format!("{}, category {category}: {}.", list.id(), parts.join(", "))
        })
    });
    let shared = |share: &OverlapShare| {
        format!(
            "{} of the {} {rule} of {}",
            thousands(share.shared()),
            thousands(share.total()),
            share.list()
        )
    };
    let mut notes = vec![format!("Basis: {}.", overlap.basis())];
    notes.extend(chart::sources("overlap", &lists));
    chart::Frame {
        headline: format!(
            "{} has {}, wholly or in part; the other way round {}",
            left.list(),
            shared(right),
            shared(left)
        ),
        subtitle: format!(
            "Counting rule: {rule} ({}); {}. Beside each bar: how many are shared.",
            rule.meaning(),
            comparison.scope()
        ),
        notes,
        description: told.collect::<Vec<_>>().join(" "),
    }
}
