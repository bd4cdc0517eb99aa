//! Measures the aligner on lists of another shape, and on China's list in each of its texts. The
//! questions are those that `main.rs` asks of lists as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use export_control::Crosswalk;
use export_control::{Code, ControlList};

use crate::measure::area;
use crate::reshape::{Shape, reshape};
use crate::truth::{self, Truth};
use crate::{aligned, ranking, reduced, sources};

/// One row of the table: two lists, the right answers, and the queries that have no counterpart.
struct Row {
    name: String,
    left: ControlList,
    right: ControlList,
    truth: Truth,
    /// The right list and the queries that have nothing on it, to measure how well "none" is told
    /// from a match.
    without: (ControlList, BTreeSet<Code>),
    /// True if an ancestor or a descendant of an answer is right too.
    family: bool,
}

/// The figures of an earlier aligner, by the names of the rows. It did not cross levels, and it
/// trusted the order of any lists.
const BEFORE: &str = include_str!("before.tsv");

/// Prints the table.
pub fn table(folder: &Path, eu: &ControlList, us: &ControlList) {
    println!(
        "{:<44}{:>8}{:>8}{:>8}{:>8}{:>8}{:>9}   before: at 1, none, denied",
        "other shapes", "queries", "at 1", "testing", "none", "denied", "sure"
    );
    let before: BTreeMap<&str, &str> = BEFORE
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    for row in rows(folder, eu, us) {
        let figures = measured(&row);
        let then = before
            .get(row.name.as_str())
            .copied()
            .unwrap_or("not measured");
        println!("{:<44}{figures}   {then}", row.name);
    }
}

fn rows(folder: &Path, eu: &ControlList, us: &ControlList) -> Vec<Row> {
    use Shape::{Cut, Flattened, Hidden, Same, Shuffled, Split};
    let entries = truth::entries(eu, us);
    let items = truth::items(eu, us, 0.6, &truth::MOVED_IN_US);
    let mut rows = Vec::new();
    let less = reduced(us);
    let gone = |truth: &Truth| {
        let gone = truth
            .iter()
            .filter(|(_, answers)| answers.iter().all(|answer| truth::is_taken_out(*answer)));
        gone.map(|(query, _)| *query).collect::<BTreeSet<Code>>()
    };
    for shape in [Same, Shuffled, Hidden, Split, Flattened, Cut] {
        let (whole, part) = (reshape(us, shape), reshape(&less, shape));
        for (what, truth) in [("entries", &entries), ("items", &items)] {
            rows.push(Row {
                name: format!("EU to US {what}, US {shape:?}"),
                left: eu.clone(),
                right: whole.list.clone(),
                truth: whole.answers(truth),
                without: (part.list.clone(), gone(truth)),
                family: false,
            });
        }
    }
    for shape in [Hidden, Split, Flattened, Cut] {
        let new = reshape(eu, shape);
        for (what, truth) in [("entries", &entries), ("items", &items)] {
            if shape == Flattened && what == "entries" {
                continue;
            }
            let truth = new.queries(truth);
            rows.push(Row {
                name: format!("EU to US {what}, EU {shape:?}"),
                left: new.list.clone(),
                right: us.clone(),
                without: (less.clone(), gone(&truth)),
                truth,
                family: false,
            });
        }
    }
    rows.extend(china(folder, us));
    rows
}

fn china(folder: &Path, us: &ControlList) -> Vec<Row> {
    let (pairs, none) = (truth::readings(), truth::without_counterpart());
    let lists = [
        ("full Chinese text", sources::china_in_full(folder)),
        ("Chinese titles", sources::china(true)),
        ("English titles", sources::china(false)),
    ];
    let mut rows = Vec::new();
    for (what, list) in lists {
        for (shape, of) in [(Shape::Same, "US"), (Shape::Hidden, "US Hidden")] {
            if shape != Shape::Same && what == "English titles" {
                continue;
            }
            let right = reshape(us, shape);
            let says = |code: Code| list.get(code).is_some_and(|item| item.text().is_some());
            let truth: Truth = pairs
                .iter()
                .filter(|(code, _)| says(**code))
                .map(|(code, all)| (*code, all.clone()))
                .collect();
            let none = none.iter().copied().filter(|code| says(*code)).collect();
            rows.push(Row {
                name: format!("China to {of} items, {what}"),
                left: list.clone(),
                right: right.list.clone(),
                truth: right.answers(&truth),
                without: (right.list.clone(), none),
                family: true,
            });
        }
    }
    rows
}

/// Returns the queries of a crosswalk that are said to have no counterpart.
fn denied(crosswalk: &Crosswalk) -> BTreeSet<Code> {
    let lone = crosswalk
        .mappings()
        .iter()
        .filter(|mapping| mapping.right().is_none());
    lone.filter_map(|mapping| mapping.left()).collect()
}

fn measured(row: &Row) -> String {
    let (alignment, _) = aligned(&row.left, &row.right);
    let found = ranking(&alignment);
    let right = |query: &Code, answers: &[Code]| {
        let first = found
            .get(query)
            .and_then(|(ranked, _)| ranked.first().copied());
        first.is_some_and(|first| {
            let alike = |answer: &Code| {
                *answer == first
                    || row.family && (answer.contains(first) || first.contains(*answer))
            };
            answers.iter().any(alike)
        })
    };
    if std::env::args().any(|argument| argument == "--misses") {
        let text = |list: &ControlList, code: Code| {
            let text = list
                .get(code)
                .and_then(|item| item.text().map(str::to_owned));
            text.unwrap_or_default()
                .chars()
                .take(110)
                .collect::<String>()
        };
        for (query, answers) in row
            .truth
            .iter()
            .filter(|(query, answers)| !right(query, answers))
        {
            println!("  {query}: {}", text(&row.left, *query));
            if let Some((ranked, best)) = found.get(query)
                && let Some(first) = ranked.first()
            {
                println!(
                    "    found {first} ({best:.2}): {}",
                    text(&row.right, *first)
                );
            }
            for answer in answers.iter().take(2) {
                println!("    right {answer}: {}", text(&row.right, *answer));
            }
        }
    }
    let share = |part: &dyn Fn(Code) -> bool| {
        let all: Vec<bool> = row
            .truth
            .iter()
            .filter(|(query, _)| part(**query))
            .map(|(query, answers)| right(query, answers))
            .collect();
        all.iter().filter(|right| **right).count() as f64 / all.len().max(1) as f64
    };
    let sure: Vec<bool> = row
        .truth
        .iter()
        .filter(|(query, _)| found.get(query).is_some_and(|(_, best)| *best >= 0.9))
        .map(|(query, answers)| right(query, answers))
        .collect();
    let surely = sure.iter().filter(|right| **right).count() as f64 / sure.len().max(1) as f64;
    let none = denied(&alignment.crosswalk(0.9, 1).expect("two lists"));
    let falsely = row
        .truth
        .keys()
        .filter(|query| none.contains(query))
        .count();
    let (rest, gone) = &row.without;
    let again = ranking(&aligned(&row.left, rest).0);
    let best = |query: &Code| again.get(query).map_or(0.0, |(_, best)| *best);
    let with: Vec<f64> = row
        .truth
        .keys()
        .filter(|query| !gone.contains(query))
        .map(best)
        .collect();
    let without: Vec<f64> = gone.iter().map(best).collect();
    format!(
        "{:>8}{:>8.4}{:>8.4}{:>8.3}{:>8.4}{:>9.3}",
        row.truth.len(),
        share(&|_| true),
        share(&|code| !truth::is_for_tuning(code)),
        area(&with, &without),
        falsely as f64 / row.truth.len().max(1) as f64,
        surely
    )
}
