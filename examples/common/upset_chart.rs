//! Draws what any number of lists share: a column for each set of lists, with the number on each list
//! of the set (an UpSet plot).

use std::error::Error;

use export_control::CountingRule;
use export_control::compare::{Division, Intersection, MultiOverlap};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{chart, several, thousands};

/// The colors of the lists, in their order. Further lists begin again.
const COLORS: [RGBColor; 4] = [chart::BLUE, chart::VERMILION, chart::ORANGE, chart::SKY];

/// Pixels beside the columns, for the names of the lists.
const BESIDE: i32 = 210;
/// Pixels of a list's row below the columns.
const ROW: i32 = 26;

fn color(list: usize) -> RGBColor {
    COLORS[list % COLORS.len()]
}

/// Returns the chart as SVG.
pub fn draw(overlap: &MultiOverlap<'_>, rule: CountingRule) -> Result<String, Box<dyn Error>> {
    let sets = overlap.intersections(rule)?;
    let divisions = several::divisions(overlap, rule)?;
    let height = 460 + 32 * divisions.len() as u32;
    frame(overlap, rule, &sets, &divisions).draw((960, height), |_, body| {
        let (_, pixels) = body.dim_in_pixel();
        let foot = pixels as i32 - ROW * divisions.len() as i32 - 12;
        rows(body, foot, &divisions)?;
        columns(body, foot, &sets)
    })
}

/// The names of the lists, each with all that is on it.
fn rows(body: &chart::Area<'_>, foot: i32, divisions: &[Division]) -> Result<(), Box<dyn Error>> {
    let (width, _) = body.dim_in_pixel();
    for (at, division) in divisions.iter().enumerate() {
        let y = foot + 12 + ROW * at as i32;
        if at % 2 == 0 {
            let corners = [(12, y), (width as i32 - 12, y + ROW)];
            let pale = RGBColor(244, 244, 244);
            body.draw(&Rectangle::new(corners, pale.filled()))?;
        }
        let text = format!("{}: {}", division.list(), thousands(division.total()));
        let style = chart::small(13).pos(Pos::new(HPos::Right, VPos::Center));
        body.draw(&Text::new(text, (BESIDE - 24, y + ROW / 2), style))?;
        let swatch = [(BESIDE - 18, y + 7), (BESIDE - 6, y + 19)];
        body.draw(&Rectangle::new(swatch, color(at).filled()))?;
    }
    Ok(())
}

/// For each set of lists the bars, and below them the dots of its lists.
fn columns(body: &chart::Area<'_>, foot: i32, sets: &[Intersection]) -> Result<(), Box<dyn Error>> {
    let (width, _) = body.dim_in_pixel();
    let numbers = sets.iter().flat_map(|set| set.numbers.iter());
    let most = numbers.copied().max().unwrap_or(1).max(1) as f64;
    let step = (width as i32 - BESIDE - 24) / sets.len().max(1) as i32;
    for (place, set) in sets.iter().enumerate() {
        let middle = BESIDE + step * place as i32 + step / 2;
        let members: Vec<usize> = set.lists().collect();
        let bar = ((step - 16) / members.len().max(1) as i32).clamp(4, 34);
        let begin = middle - bar * members.len() as i32 / 2;
        for (at, list) in members.iter().enumerate() {
            let number = set.numbers[*list];
            let x = begin + bar * at as i32;
            let tall = (number as f64 / most * f64::from(foot - 30)).round() as i32;
            let corners = [(x + 1, foot - tall), (x + bar - 1, foot)];
            body.draw(&Rectangle::new(corners, color(*list).filled()))?;
            let style = chart::small(11).pos(Pos::new(HPos::Center, VPos::Bottom));
            let above = (x + bar / 2, foot - tall - 3);
            body.draw(&Text::new(thousands(number), above, style))?;
        }
        let y = |list: usize| foot + 12 + ROW * list as i32 + ROW / 2;
        if let (Some(first), Some(last)) = (members.first(), members.last()) {
            let line = vec![(middle, y(*first)), (middle, y(*last))];
            body.draw(&PathElement::new(line, chart::INK.stroke_width(3)))?;
        }
        for list in 0..set.on.len() {
            let shade = if set.on[list] {
                chart::INK
            } else {
                chart::GRAY
            };
            body.draw(&Circle::new((middle, y(list)), 6, shade.filled()))?;
        }
    }
    let base = vec![(BESIDE, foot), (width as i32 - 24, foot)];
    body.draw(&PathElement::new(base, chart::INK.stroke_width(1)))?;
    Ok(())
}

/// Returns the text around the chart.
fn frame(
    overlap: &MultiOverlap<'_>,
    rule: CountingRule,
    sets: &[Intersection],
    divisions: &[Division],
) -> chart::Frame {
    let lists = overlap.comparison().lists();
    let on_all = |division: &Division| {
        format!(
            "{} of {} of {}",
            thousands(division.on_all()),
            thousands(division.total()),
            division.list()
        )
    };
    let all: Vec<String> = divisions.iter().map(on_all).collect();
    let told = sets.iter().map(|set| {
        let numbers = set.lists().map(|list| {
            let number = thousands(set.numbers[list]);
            format!("{number} of {}", lists[list].id())
        });
        let names: Vec<&str> = set.lists().map(|list| lists[list].id().as_str()).collect();
        let numbers: Vec<String> = numbers.collect();
        format!("On {} alone: {}.", names.join(" and "), numbers.join(", "))
    });
    let mut notes = Vec::new();
    let undecided: usize = divisions.iter().map(Division::undecided).sum();
    if undecided > 0 {
        notes.push(format!(
            "Left out: {} that nobody compared with every other list.",
            thousands(undecided)
        ));
    }
    notes.push(format!("Basis: {}.", overlap.basis()));
    notes.extend(chart::sources("overlap", lists));
    chart::Frame {
        headline: format!("On every list, wholly or in part: {}", all.join(", ")),
        subtitle: format!(
            "Counting rule: {rule} ({}); {}. A column: what is on the lists with a dark dot and on no other, counted on each of them.",
            rule.meaning(),
            overlap.comparison().scope()
        ),
        notes,
        description: told.collect::<Vec<_>>().join(" "),
    }
}
