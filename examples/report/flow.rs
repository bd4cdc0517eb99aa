//! Draws which categories of one list flow into which of the other, by the crosswalk.

use std::collections::BTreeMap;
use std::fmt::Write;

use export_control::{Category, ControlList, Crosswalk, Relation, Side};

use super::common::thousands;
use super::text;

const WIDTH: f64 = 960.0;
const BAR: f64 = 14.0;
const LEFT: f64 = 330.0;
const RIGHT: f64 = 630.0;
const TOP: f64 = 84.0;
/// Height of all bars of a side together, and of the gap between two.
const HEIGHT: f64 = 520.0;
const GAP: f64 = 12.0;

/// Colors that neighbors can be told apart by, with or without full color vision.
const COLORS: [&str; 4] = ["#0072b2", "#e69f00", "#56b4e9", "#d55e00"];

/// The pairs of items between each two categories.
pub type Flows = BTreeMap<(Category, Category), usize>;

/// The number of pairs that look alike and are not, which no flow counts.
pub fn unrelated(crosswalk: &Crosswalk) -> usize {
    let mappings = crosswalk.mappings().iter();
    mappings
        .filter(|mapping| mapping.relation() == Some(Relation::Unrelated))
        .count()
}

/// Counts the mappings that find a counterpart, by the categories of their two items.
pub fn flows(crosswalk: &Crosswalk) -> Flows {
    let mut flows = Flows::new();
    for mapping in crosswalk.mappings() {
        if let (Some(left), Some(right)) = (mapping.left(), mapping.right())
            && mapping.relation() != Some(Relation::Unrelated)
        {
            *flows
                .entry((left.category(), right.category()))
                .or_default() += 1;
        }
    }
    flows
}

/// Returns the flows as SVG.
pub fn svg(lists: &[&ControlList; 2], flows: &Flows, unrelated: usize) -> String {
    let all: usize = flows.values().sum();
    let scale = HEIGHT / all.max(1) as f64;
    let mut totals: [BTreeMap<Category, usize>; 2] = Default::default();
    for ((left, right), number) in flows {
        *totals[0].entry(*left).or_default() += number;
        *totals[1].entry(*right).or_default() += number;
    }
    let most = totals.iter().map(BTreeMap::len).max().unwrap_or(1) as f64;
    let height = TOP + HEIGHT + GAP * most + 30.0;
    let within: usize = flows
        .iter()
        .filter(|((left, right), _)| left == right)
        .map(|(_, number)| number)
        .sum();
    let headline = format!(
        "Of {} pairs of items, {} are in categories with the same digit",
        thousands(all),
        thousands(within)
    );
    let apart = match unrelated {
        0 => String::new(),
        unrelated => format!(
            " {} further pairs look alike and are not.",
            thousands(unrelated)
        ),
    };
    let told = flows.iter().map(|((left, right), number)| {
        format!(
            "{} {left} to {} {right}: {number}.",
            lists[0].id(),
            lists[1].id()
        )
    });
    let told: Vec<String> = told.collect();
    let mut svg = format!(
        "<svg width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" font-family=\"sans-serif\"><title>{headline}</title><desc>{}</desc>\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\
         <text x=\"18\" y=\"32\" font-size=\"20\" font-weight=\"bold\" fill=\"#222\">{headline}</text>\
         <text x=\"18\" y=\"56\" font-size=\"13\" fill=\"#5a5a5a\">A band is as wide as the number of recorded pairs. An item with several counterparts is in several pairs.{apart}</text>",
        told.join(" ")
    );
    let mut begin: [BTreeMap<Category, f64>; 2] = Default::default();
    for (side, list) in lists.iter().enumerate() {
        let mut y = TOP;
        for (category, number) in &totals[side] {
            begin[side].insert(*category, y);
            let tall = *number as f64 * scale;
            bar(&mut svg, list, *category, *number, (side, y, tall));
            y += tall + GAP;
        }
    }
    for ((left, right), number) in flows {
        let wide = *number as f64 * scale;
        let mut from = |side: usize, category: &Category| {
            let place = begin[side].entry(*category).or_default();
            *place += wide;
            *place - wide
        };
        let (a, b) = (from(0, left), from(1, right));
        let (x, to, middle) = (LEFT + BAR, RIGHT, (LEFT + BAR + RIGHT) / 2.0);
        let color = COLORS[usize::from(left.digit()) % COLORS.len()];
        let _ = write!(
            svg,
            "<path d=\"M{x} {a:.1}C{middle} {a:.1} {middle} {b:.1} {to} {b:.1}V{:.1}C{middle} {:.1} {middle} {:.1} {x} {:.1}Z\" fill=\"{color}\" fill-opacity=\".5\"><title>{left} to {right}: {number}</title></path>",
            b + wide,
            b + wide,
            a + wide,
            a + wide,
        );
    }
    svg + "</svg>"
}

/// A bar with the name of its category beside it.
fn bar(
    svg: &mut String,
    list: &ControlList,
    category: Category,
    number: usize,
    (side, y, tall): (usize, f64, f64),
) {
    let left = side == Side::Left as usize;
    let (x, text_x, anchor) = if left {
        (LEFT, LEFT - 8.0, "end")
    } else {
        (RIGHT, RIGHT + BAR + 8.0, "start")
    };
    let name = list.info().category(category).unwrap_or_default();
    let short: String = name.chars().take(36).collect();
    let more = if short.len() < name.len() { "…" } else { "" };
    let _ = write!(
        svg,
        "<rect x=\"{x}\" y=\"{y:.1}\" width=\"{BAR}\" height=\"{tall:.1}\" fill=\"#444\"/><text x=\"{text_x}\" y=\"{:.1}\" font-size=\"12\" fill=\"#222\" text-anchor=\"{anchor}\" dominant-baseline=\"middle\">{category}: {}{more} ({})</text>",
        y + tall / 2.0,
        text(&short),
        thousands(number),
    );
}
