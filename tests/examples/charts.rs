//! The charts of the examples: what a reader of a printed page and a reader who hears it are told.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/growth.rs"]
mod growth;
#[allow(dead_code)]
#[path = "../../examples/overlap.rs"]
mod overlap;
#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/timeline.rs"]
mod timeline;

use export_control::{CountingRule, Scope, cn_dual_use, us_ccl};
use running::{outcome, run, temporary};

/// Draws a chart, and returns it with what was printed.
fn drawn(name: &str, print: impl Fn(&str) -> Result<String, String>) -> (String, String) {
    let path = temporary(name);
    let out = print(path.to_str().unwrap()).unwrap();
    let svg = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    (svg, out)
}

fn all() -> [(String, String); 5] {
    [
        drawn("charts-growth.svg", |path| {
            run(growth::run, &["--svg", path])
        }),
        drawn("charts-china.svg", |path| {
            run(timeline::run, &["--svg", path])
        }),
        drawn("charts-us.svg", |path| {
            run(
                timeline::run,
                &["us-ccl", "--from", "2017-01-15", "--svg", path],
            )
        }),
        drawn("charts-overlap.svg", |path| {
            run(overlap::run, &["--svg", path])
        }),
        drawn("charts-upset.svg", |path| {
            let three = ["eu-annex-i", "cn-dual-use", "us-ccl", "--svg", path];
            run(overlap::run, &three)
        }),
    ]
}

/// The texts of a picture with the place of each.
fn texts(svg: &str) -> Vec<(f64, f64, String)> {
    let number = |tag: &str, name: &str| -> f64 {
        let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    svg.split("<text ")
        .skip(1)
        .map(|text| {
            let (tag, rest) = text.split_once('>').unwrap();
            let tag = format!(" {tag}");
            let words = rest.split("</text>").next().unwrap().trim();
            (number(&tag, "x"), number(&tag, "y"), words.to_owned())
        })
        .collect()
}

#[test]
fn every_chart_says_what_is_seen_and_from_where() {
    for (svg, _) in all() {
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        let begin: String = svg.chars().take(600).collect();
        assert!(begin.contains("role=\"img\"><title>"), "{begin}");
        let title = svg.split("<title>").nth(1).unwrap();
        let title = title.split("</title>").next().unwrap();
        let desc = svg.split("<desc>").nth(1).unwrap();
        let desc = desc.split("</desc>").next().unwrap();
        let digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        assert!(digit(title) && digit(desc), "{title} {desc}");
        let drawn = "Source: the publications below, drawn by export-control, example ";
        assert!(svg.contains(drawn), "{drawn}");
        // Each list that is drawn has its title, edition and official address.
        let lists =
            export_control::lists().filter(|list| svg.contains(&format!("{} = ", list.id())));
        let flat = words(&svg).replace("&apos;", "'");
        let mut named = 0;
        for list in lists {
            named += 1;
            for told in [
                list.info().name(),
                &list.edition().label,
                address(list.id().as_str()),
            ] {
                assert!(flat.contains(&told.replace('&', "&amp;")), "{told}\n{flat}");
            }
        }
        assert!(named > 0);
        let words: Vec<(f64, f64, String)> = texts(&svg);
        assert!(words.len() > 15);
        let size = |name: &str| -> f64 {
            let (_, rest) = begin.split_once(&format!("{name}=\"")).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        for (x, y, text) in &words {
            assert!((0.0..size("width")).contains(x), "{text}");
            assert!((0.0..=size("height")).contains(y), "{text}");
        }
    }
}

#[test]
fn growth_shows_what_is_suspended_and_no_growth_where_sources_become_complete() {
    let (svg, out) = drawn("charts-steps.svg", |path| {
        run(growth::run, &["--svg", path])
    });
    assert!(svg.contains("2025-09-29: the sources become complete; not growth"));
    let on = |date: &str| Scope::default().on(date.parse().unwrap());
    let number = |scope: &Scope| {
        let count = cn_dual_use().count(CountingRule::Provisions, scope);
        count.number().unwrap()
    };
    let scope = on("2026-06-12");
    let suspended = number(&scope.clone().suspended(true)) - number(&scope);
    assert!(suspended > 0 && svg.contains(&format!("+ {suspended} suspended")));
    assert!(svg.contains("green: announced"));
    let row = out
        .lines()
        .find(|line| line.contains("2025-11-07"))
        .unwrap();
    assert!(row.trim_end().ends_with(&suspended.to_string()), "{row}");
    // The last number of the minimum and the first that is complete are on no common line.
    let provisions = us_ccl().count(CountingRule::Provisions, &Scope::default());
    let label = format!(
        "us-ccl: {}",
        provisions.number().map(growth_number).unwrap()
    );
    assert!(svg.contains(&label), "{label}");
    let thick = svg.matches("stroke-width=\"2\" points").count();
    assert_eq!(thick, 2, "one line of each list where all is known");
}

/// The texts of a picture in their order, as one.
fn words(svg: &str) -> String {
    let texts: Vec<String> = texts(svg).into_iter().map(|(.., text)| text).collect();
    texts.join(" ")
}

/// The official address of a list, as data/SOURCES.md has it.
fn address(list: &str) -> &'static str {
    let sources = include_str!("../../data/SOURCES.md");
    let section = sources.split(&format!("\n## {list}.csv")).nth(1).unwrap();
    let rest = section.split("| official address | <").nth(1).unwrap();
    rest.split('>').next().unwrap()
}

#[test]
fn colors_tell_lists_and_statuses_apart() {
    let (svg, _) = drawn("charts-colors.svg", |path| {
        run(growth::run, &["--svg", path])
    });
    let labels = [
        "us-ccl: ",
        "cn-dual-use: ",
        " suspended",
        "green: announced",
    ];
    let colors = labels.map(|label| {
        let is_it = |text: &&str| {
            let words = text
                .split_once('>')
                .map_or("", |(_, words)| words.trim_start());
            let label_alone = words.lines().next().unwrap_or_default().len() < 24;
            words.contains(label) && label_alone
        };
        let text = svg
            .split("<text ")
            .skip(1)
            .find(is_it)
            .unwrap_or_else(|| panic!("{label}"));
        let (_, fill) = text.split_once("fill=\"#").unwrap();
        [0, 2, 4].map(|at| i32::from_str_radix(&fill[at..at + 2], 16).unwrap())
    });
    for (at, one) in colors.iter().enumerate() {
        for other in &colors[at + 1..] {
            let apart: i32 = (0..3).map(|part| (one[part] - other[part]).abs()).sum();
            assert!(apart > 60, "{one:?} {other:?}");
        }
    }
}

fn growth_number(number: usize) -> String {
    format!("{},{:03}", number / 1000, number % 1000)
}

#[test]
fn the_overlap_is_drawn_as_it_is_printed() {
    let (svg, out) = drawn("charts-shares.svg", |path| {
        run(overlap::run, &["--svg", path])
    });
    let row = out
        .lines()
        .filter(|line| line.contains("category 1:"))
        .count();
    assert_eq!(row, 2, "{out}");
    for name in [
        "shared wholly",
        "shared in part",
        "only here",
        "undecided: nobody looked",
    ] {
        assert!(svg.contains(name), "{name}");
    }
    assert_eq!(svg.matches("category 1\n").count(), 2);
}

#[test]
fn a_path_that_cannot_be_written_to_is_told_before_anything_is_printed() {
    let path = temporary("no-such-folder").join("chart.svg");
    let path = path.to_str().unwrap();
    for (out, ended) in [
        outcome(growth::run, &["--svg", path]),
        outcome(timeline::run, &["--svg", path]),
        outcome(overlap::run, &["--svg", path]),
    ] {
        assert_eq!(out, "");
        assert!(ended.unwrap_err().starts_with(path));
    }
}
