//! How much of each list does the other control too?
//!
//! `cargo run --release --example overlap`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::compare::{OverlapBasis, OverlapShare};
use export_control::{ControlList, CountingRule, Overlap, Side, Verdict};
use jiff::civil::Date;

mod common;
use common::output::Csv;
use common::picture::Picture;
use common::{Format, overlap_chart, overlaps, several, table, thousands, upset_chart};

/// Prints the part of each list that the other controls too, by what is controlled and not by equal
/// codes: shared, only here, undecided. Of three lists or more it prints the items that all share,
/// those that some share, and those that only one has.
#[derive(Parser)]
#[command(
    name = "overlap",
    after_help = common::help(&[
        "overlap --suspended --format csv",
        "overlap eu-annex-i cn-dual-use us-ccl --svg upset.svg",
    ])
)]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a list file
    #[arg(default_value = "us-ccl")]
    left: String,
    /// The right list
    #[arg(default_value = "cn-dual-use")]
    right: String,
    /// Further lists
    #[arg(value_name = "MORE")]
    more: Vec<String>,
    /// An SSSOM file with the crosswalk of two of the lists [default: the embedded one]
    #[arg(long, value_name = "FILE")]
    crosswalk: Vec<PathBuf>,
    /// The day to compare on, such as 2025-10-28 [default: the last day that both editions cover]
    #[arg(long, value_name = "DATE", value_parser = common::day)]
    as_of: Option<Date>,
    /// Count what is suspended on that day too
    #[arg(long)]
    suspended: bool,
    /// The rule under which the divisions by category, product group and reason are counted
    #[arg(long, value_name = "RULE", default_value = "provisions")]
    rule: CountingRule,
    #[command(flatten)]
    picture: Picture,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Finds the overlap, and writes it.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Before any work, so that a path that cannot be written to is told at once.
    let chart_file = arguments.picture.create()?;
    let more: Vec<&ControlList> = (arguments.more.iter())
        .map(|name| common::list(name))
        .collect::<Result<_, _>>()?;
    let (left, right) = (
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let comparison = several::comparison(left, right, &more);
    let mut scope = comparison.scope().clone().suspended(arguments.suspended);
    if let Some(date) = arguments.as_of {
        scope = scope.on(date);
    }
    let comparison = comparison.within(scope);
    common::judged(&comparison)?;
    let rule = arguments.rule;
    if !more.is_empty() {
        let overlap = several::overlap(&comparison, &arguments.crosswalk)?;
        if let Some(file) = chart_file {
            file.finish(&upset_chart::draw(&overlap, rule)?)?;
        }
        return match arguments.format {
            Format::Text => several::text(&overlap, rule, out),
            Format::Csv => several::csv(&overlap, rule, out),
            Format::Json => several::json(&overlap, rule, out),
        };
    }
    let file = match arguments.crosswalk.as_slice() {
        [] => None,
        [file] => Some(file.as_path()),
        files => {
            let found = files.len();
            return Err(format!("found {found} crosswalks of two lists, expected one").into());
        }
    };
    let crosswalk = common::needed_crosswalk(left, right, file)?;
    let overlap = comparison.overlap(&crosswalk, OverlapBasis::default())?;
    if let Some(file) = chart_file {
        file.finish(&overlap_chart::draw(&overlap, rule)?)?;
    }
    match arguments.format {
        Format::Text => text(&overlap, rule, out),
        Format::Csv => csv(&overlap, rule, out),
        Format::Json => json(&overlap, rule, out),
    }
}

fn text(
    overlap: &Overlap<'_>,
    rule: CountingRule,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let comparison = overlap.comparison();
    let lists = [comparison.left(), comparison.right()];
    writeln!(
        out,
        "What {} and {} both control",
        lists[0].info().name(),
        lists[1].info().name()
    )?;
    for list in lists {
        writeln!(out, "  {:<12} {}", list.id(), list.edition().label)?;
    }
    writeln!(
        out,
        "  {:<12} {}\n  {:<12} {}\n",
        "scope",
        comparison.scope(),
        "basis",
        overlap.basis()
    )?;
    for side in [Side::Right, Side::Left] {
        let provisions = CountingRule::Provisions;
        writeln!(out, "{}", overlaps::headline(overlap, side, provisions)?)?;
    }
    writeln!(
        out,
        "{}\n",
        overlaps::wrapped(&overlaps::not_compared(&lists))
    )?;
    writeln!(out, "{}", overlaps::differences_title(rule))?;
    writeln!(out, "{}\n", overlaps::differences(overlap, rule)?)?;
    for side in [Side::Right, Side::Left] {
        let list = lists[side as usize];
        let mut rows = shares([
            list.id().as_str(),
            "all",
            "wholly",
            "in part",
            "only here",
            "undecided",
        ]);
        for rule in [
            CountingRule::Entries,
            CountingRule::Leaves,
            CountingRule::Provisions,
        ] {
            add(&mut rows, rule.to_string(), &overlap.share(side, rule)?);
        }
        for (category, share) in overlap.by_category(side, rule)? {
            let name = list.info().category(category).unwrap_or_default();
            add(&mut rows, format!("category {category}: {name}"), &share);
        }
        for (group, share) in overlap.by_group(side, rule)? {
            add(
                &mut rows,
                format!("group {group}: {}", group.name()),
                &share,
            );
        }
        for (reason, share) in overlap.by_reason(side, rule)? {
            add(
                &mut rows,
                reason.map_or_else(
                    || "no reason recorded".to_owned(),
                    |reason| format!("reason {reason}"),
                ),
                &share,
            );
        }
        writeln!(out, "{rows}\n")?;
    }
    match overlap.jaccard(rule)? {
        Some(index) => Ok(writeln!(
            out,
            "Shared over all on both sides ({rule}): {index:.3}"
        )?),
        None => Ok(writeln!(
            out,
            "There is no single index of likeness (Jaccard): the lists cut the same things into unlike pieces, or not all is decided."
        )?),
    }
}

fn shares(headers: [&str; 6]) -> comfy_table::Table {
    table(headers, &[1, 2, 3, 4, 5])
}

fn add(rows: &mut comfy_table::Table, name: String, share: &OverlapShare) {
    let numbers = [
        share.total(),
        share.number(Verdict::Shared),
        share.number(Verdict::SharedInPart),
        share.number(Verdict::OnlyHere),
        share.number(Verdict::Undecided),
    ];
    rows.add_row(std::iter::once(name).chain(numbers.map(thousands)));
}

/// One row a number, each with its list, rule, scope, edition and basis.
fn csv(
    overlap: &Overlap<'_>,
    rule: CountingRule,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let mut rows = Csv::new(
        out,
        [
            "list",
            "edition",
            "rule",
            "scope",
            "basis",
            "part",
            "all",
            "shared",
            "in_part",
            "only_here",
            "undecided",
        ],
    )?;
    let basis = overlap.basis().to_string();
    let mut row = |part: String, share: &OverlapShare| {
        let numbers = [
            Verdict::Shared,
            Verdict::SharedInPart,
            Verdict::OnlyHere,
            Verdict::Undecided,
        ]
        .map(|s| share.number(s).to_string());
        let head = [
            share.list().to_string(),
            share.edition().label.clone(),
            share.rule().to_string(),
            share.scope().to_string(),
        ];
        rows.row(
            head.into_iter()
                .chain([basis.clone(), part, share.total().to_string()])
                .chain(numbers),
        )
    };
    for side in Side::BOTH {
        for (part, share) in parts(overlap, side, rule)? {
            row(part, &share)?;
        }
    }
    rows.finish()
}

/// A part of a list, and how it divides.
#[derive(serde::Serialize)]
struct Part {
    part: String,
    #[serde(flatten)]
    share: OverlapShare,
}

/// The same as the table, with the lists that were not compared.
fn json(
    overlap: &Overlap<'_>,
    rule: CountingRule,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    #[derive(serde::Serialize)]
    struct Everything {
        parts: Vec<Part>,
        not_compared: String,
    }
    let mut all = Vec::new();
    for side in Side::BOTH {
        let parts = parts(overlap, side, rule)?;
        all.extend(parts.into_iter().map(|(part, share)| Part { part, share }));
    }
    let comparison = overlap.comparison();
    let everything = Everything {
        parts: all,
        not_compared: overlaps::not_compared(&[comparison.left(), comparison.right()]),
    };
    serde_json::to_writer_pretty(&mut *out, &everything)?;
    Ok(writeln!(out)?)
}

/// The whole of one side by each rule, and its parts by one rule.
fn parts(
    overlap: &Overlap<'_>,
    side: Side,
    rule: CountingRule,
) -> Result<Vec<(String, OverlapShare)>, Box<dyn Error>> {
    let mut parts = Vec::new();
    for rule in [
        CountingRule::Entries,
        CountingRule::Leaves,
        CountingRule::Provisions,
    ] {
        parts.push(("all".to_owned(), overlap.share(side, rule)?));
    }
    for (category, share) in overlap.by_category(side, rule)? {
        parts.push((format!("category {category}"), share));
    }
    for (group, share) in overlap.by_group(side, rule)? {
        parts.push((format!("group {group}"), share));
    }
    for (reason, share) in overlap.by_reason(side, rule)? {
        let name = reason.map_or_else(|| "no reason".to_owned(), |it| format!("reason {it}"));
        parts.push((name, share));
    }
    for (kind, share) in overlap.by_difference(side, rule)? {
        let kind = kind.unwrap_or("what is not recorded");
        parts.push((format!("in part, by {kind}"), share));
    }
    Ok(parts)
}
