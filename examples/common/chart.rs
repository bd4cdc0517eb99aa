//! Charts that can be printed: a headline, axes with calendar ticks, labels beside what they name, and
//! the source under them.

use std::error::Error;

use export_control::{ControlList, Date};
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Colors that readers with any kind of color vision tell apart, after Okabe and Ito.
pub const BLUE: RGBColor = RGBColor(0, 114, 178);
pub const VERMILION: RGBColor = RGBColor(213, 94, 0);
pub const GREEN: RGBColor = RGBColor(0, 158, 115);
pub const PURPLE: RGBColor = RGBColor(204, 121, 167);
pub const ORANGE: RGBColor = RGBColor(230, 159, 0);
pub const SKY: RGBColor = RGBColor(86, 180, 233);
/// Two that are no color of a list, and the same as letters, which need more contrast than areas.
pub const ANNOUNCED: RGBColor = GREEN;
pub const SUSPENDED: RGBColor = PURPLE;
pub const ANNOUNCED_TEXT: RGBColor = RGBColor(0, 105, 77);
pub const SUSPENDED_TEXT: RGBColor = RGBColor(140, 60, 105);
pub const GRAY: RGBColor = RGBColor(205, 205, 205);
pub const INK: RGBColor = RGBColor(34, 34, 34);
const PALE_INK: RGBColor = RGBColor(90, 90, 90);

/// The color of a list, the same in every chart.
pub fn of_list(list: &ControlList) -> RGBColor {
    match list.id().as_str() {
        "cn-dual-use" => VERMILION,
        "eu-annex-i" => ORANGE,
        _ => BLUE,
    }
}

/// The source of a chart of lists: the program, and each publication.
pub fn sources(example: &str, lists: &[&ControlList]) -> Vec<String> {
    let of_list = |list: &&ControlList| {
        let published = super::published(list.id(), list.info().name(), list.edition());
        format!("{} = {published}", list.id())
    };
    sources_of(example, lists.iter().map(of_list))
}

/// The source of a chart: the program, and a line for each publication with its title, edition and
/// official address.
pub fn sources_of(example: &str, published: impl IntoIterator<Item = String>) -> Vec<String> {
    let drawn =
        format!("Source: the publications below, drawn by export-control, example {example}.");
    let published = published.into_iter().map(|line| line + ".");
    std::iter::once(drawn).chain(published).collect()
}

/// The picture, or a part of it, in pixels.
pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// The text around a chart.
pub struct Frame {
    /// The main finding, in a sentence.
    pub headline: String,
    /// The rule, the scope and the days of the chart.
    pub subtitle: String,
    /// Editions and sources, a line each.
    pub notes: Vec<String>,
    /// The text for a reader who does not see the picture.
    pub description: String,
}

const LEFT: i32 = 18;

impl Frame {
    /// Draws the frame, and the chart in what is left of the picture.
    pub fn draw(
        &self,
        (width, height): (u32, u32),
        chart: impl FnOnce(&Area<'_>, &Area<'_>) -> Result<(), Box<dyn Error>>,
    ) -> Result<String, Box<dyn Error>> {
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
            root.fill(&WHITE)?;
            let bold = ("sans-serif", 20).into_font().style(FontStyle::Bold);
            let mut y = 16;
            for line in wrapped(&self.headline, width as usize / 10) {
                root.draw(&Text::new(line, (LEFT, y), bold.clone().color(&INK)))?;
                y += 25;
            }
            for line in wrapped(&self.subtitle, width as usize * 2 / 13) {
                root.draw(&Text::new(line, (LEFT, y), small(13)))?;
                y += 18;
            }
            let notes: Vec<String> = (self.notes.iter())
                .flat_map(|note| wrapped(note, width as usize * 2 / 11))
                .collect();
            let foot = height as i32 - 10 - 15 * notes.len() as i32;
            for (at, line) in notes.into_iter().enumerate() {
                let place = (LEFT, foot + 15 * at as i32);
                root.draw(&Text::new(line, place, small(11)))?;
            }
            let (above, _) = root.split_vertically(foot - 4);
            let (_, body) = above.split_vertically(y + 6);
            chart(&root, &body)?;
            root.present()?;
        }
        // For readers who hear the page.
        let begin = svg.find('>').ok_or("expected an SVG element")?;
        let told = format!(
            " role=\"img\"><title>{}</title><desc>{}</desc>",
            escaped(&self.headline),
            escaped(&self.description)
        );
        svg.replace_range(begin..=begin, &told);
        Ok(svg)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Returns the style of text beside the chart.
pub fn small(size: i32) -> TextStyle<'static> {
    ("sans-serif", size).into_font().color(&PALE_INK)
}

/// Breaks a text into lines of at most so many characters.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A day as a number.
pub fn at(day: Date) -> f64 {
    f64::from((day - jiff::civil::date(2000, 1, 1)).get_days())
}

/// An axis of days, its ticks on the first of a year, a quarter or a month.
#[derive(Clone)]
pub struct Days {
    ends: (f64, f64),
    ticks: Vec<f64>,
}

impl Days {
    pub fn new(first: Date, last: Date) -> Days {
        let span = (last - first).get_days();
        let months = if span > 1500 {
            12
        } else if span > 400 {
            3
        } else {
            1
        };
        let ticks = (i32::from(first.year())..=i32::from(last.year()))
            .flat_map(|year| (0..12 / months).map(move |at| (year, at * months + 1)))
            .filter_map(|(year, month)| Date::new(year as i16, month as i8, 1).ok())
            .filter(|day| *day >= first && *day <= last)
            .map(at);
        Days {
            ends: (at(first), at(last)),
            ticks: ticks.collect(),
        }
    }
}

impl Ranged for Days {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, day: &f64, (low, high): (i32, i32)) -> i32 {
        let share = (day - self.ends.0) / (self.ends.1 - self.ends.0).max(1.0);
        low + (share * f64::from(high - low)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> std::ops::Range<f64> {
        self.ends.0..self.ends.1
    }
}

impl ValueFormatter<f64> for Days {
    fn format(day: &f64) -> String {
        tick(day)
    }
}

/// The label of a tick: the year, or the month of it.
fn tick(days: &f64) -> String {
    let day = jiff::civil::date(2000, 1, 1)
        .checked_add(jiff::Span::new().days(days.round() as i64))
        .unwrap_or(Date::MIN);
    if day.month() == 1 {
        day.year().to_string()
    } else {
        format!("{}-{:02}", day.year(), day.month())
    }
}

/// A number as a tick.
pub fn count(number: &f64) -> String {
    super::thousands(number.round().max(0.0) as usize)
}

/// Draws labels to the right of a chart, each beside its height if there is room.
pub fn labels(
    root: &Area<'_>,
    x: i32,
    mut labels: Vec<(i32, String, RGBColor)>,
) -> Result<(), Box<dyn Error>> {
    const APART: i32 = 17;
    labels.sort_by_key(|(y, ..)| *y);
    // From the bottom up, so that the lowest stay by the axis.
    let mut below = i32::MAX;
    for (y, ..) in labels.iter_mut().rev() {
        *y = (*y).min(below - APART);
        below = *y;
    }
    for (y, text, color) in labels {
        let anchor = Pos::new(HPos::Left, VPos::Center);
        let style = ("sans-serif", 13).into_font().color(&color).pos(anchor);
        root.draw(&Text::new(text, (x, y), style))?;
    }
    Ok(())
}
