//! The main job: how do two control lists compare?
//!
//! `cargo run --release --example compare`

use std::cmp::Ordering;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::compare::{OverlapBasis, SameCode};
use export_control::{
    Category, Code, Comparison, ControlList, Count, CountingRule, Crosswalk, ProductGroup,
    Relation, Side, Unavailable, Verdict,
};
use jiff::civil::Date;

mod common;
use common::output::Csv;
use common::past::{self, Known};
use common::{Format, overlaps, table, thousands};

/// Compares two control lists: sizes under every counting rule, equal codes, categories and product
/// groups.
///
/// Before an embedded edition, the list's history answers if it has one. Past the last day of the
/// sources there is no number, and the reason says so.
#[derive(Parser)]
#[command(
    name = "compare",
    after_help = common::help(&["compare --as-of 2025-12-01 --suspended", "compare cn-dual-use us-ccl --format csv"])
)]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a list file
    #[arg(default_value = "us-ccl")]
    left: String,
    /// The right list
    #[arg(default_value = "cn-dual-use")]
    right: String,
    /// An SSSOM file with the crosswalk of the two lists [default: the embedded one]
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    /// The day to compare on, such as 2025-10-28 [default: the last day that both editions cover]
    #[arg(long, value_name = "DATE", value_parser = common::day)]
    as_of: Option<Date>,
    /// Count what is suspended on that day too
    #[arg(long)]
    suspended: bool,
    /// Count what is published and not yet in force too
    #[arg(long)]
    announced: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Compares, and writes the report.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let lists = [
        past::on(common::list(&arguments.left)?, arguments.as_of)?,
        past::on(common::list(&arguments.right)?, arguments.as_of)?,
    ];
    let comparison = Comparison::new(lists[0].list(), lists[1].list());
    let mut scope = comparison
        .scope()
        .clone()
        .suspended(arguments.suspended)
        .announced(arguments.announced);
    if let Some(date) = arguments.as_of {
        scope = scope.on(date);
    }
    let comparison = comparison.within(scope);
    // The embedded crosswalk was judged on the embedded editions.
    let of_past = lists.iter().any(|list| matches!(list, Known::Past(_)));
    let crosswalk = match of_past && arguments.crosswalk.is_none() {
        true => None,
        false => common::crosswalk(
            comparison.left(),
            comparison.right(),
            arguments.crosswalk.as_deref(),
        )?,
    };
    match arguments.format {
        Format::Text => text(&comparison, &lists, crosswalk.as_deref(), out),
        Format::Csv => csv(&comparison, crosswalk.as_deref(), out),
        Format::Json => {
            serde_json::to_writer_pretty(
                &mut *out,
                &Everything {
                    overlap: shares(&comparison, crosswalk.as_deref())?,
                    in_part_by: in_part(&comparison, crosswalk.as_deref())?,
                    not_compared: overlaps::not_compared(&[comparison.left(), comparison.right()]),
                    report: comparison.report(),
                },
            )?;
            Ok(writeln!(out)?)
        }
    }
}

/// The report with the overlap, where a crosswalk is recorded and the day is one that the sources
/// cover.
#[derive(serde::Serialize)]
struct Everything {
    #[serde(flatten)]
    report: export_control::compare::Report,
    overlap: Option<Vec<export_control::compare::OverlapShare>>,
    /// The items shared in part, by the kind of difference.
    in_part_by: Vec<(&'static str, export_control::compare::OverlapShare)>,
    not_compared: String,
}

fn in_part(
    comparison: &Comparison<'_>,
    crosswalk: Option<&Crosswalk>,
) -> Result<Vec<(&'static str, export_control::compare::OverlapShare)>, export_control::Error> {
    let Some(crosswalk) = crosswalk else {
        return Ok(Vec::new());
    };
    let overlap = comparison.overlap(crosswalk, OverlapBasis::default())?;
    let of_side = |side| {
        overlap
            .by_difference(side, CountingRule::Provisions)
            .unwrap_or_default()
    };
    let shares = Side::BOTH.into_iter().flat_map(of_side);
    Ok(shares
        .map(|(kind, share)| (kind.unwrap_or("not recorded"), share))
        .collect())
}

fn shares(
    comparison: &Comparison<'_>,
    crosswalk: Option<&Crosswalk>,
) -> Result<Option<Vec<export_control::compare::OverlapShare>>, export_control::Error> {
    let Some(crosswalk) = crosswalk else {
        return Ok(None);
    };
    let overlap = comparison.overlap(crosswalk, OverlapBasis::default())?;
    let rules = [
        CountingRule::Entries,
        CountingRule::Leaves,
        CountingRule::Provisions,
    ];
    Ok(Side::BOTH
        .into_iter()
        .flat_map(|side| rules.map(|rule| overlap.share(side, rule)))
        .collect::<Result<_, _>>()
        .ok())
}

fn text(
    comparison: &Comparison<'_>,
    lists: &[Known<'_>],
    crosswalk: Option<&Crosswalk>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let (left, right) = (comparison.left(), comparison.right());
    writeln!(
        out,
        "{} against {}",
        left.info().name(),
        right.info().name()
    )?;
    for list in [left, right] {
        writeln!(out, "  {:<12} {}", list.id(), list.edition().label)?;
    }
    let day = comparison.scope().date();
    let last = |day: &Date| {
        let mut lists = [left, right].into_iter();
        lists.any(|list| list.edition().through == Some(*day))
    };
    let ago = day.filter(last).map(common::ago).unwrap_or_default();
    writeln!(out, "  {:<12} {}{ago}", "scope", comparison.scope())?;
    for list in lists {
        past::note(list, day, out)?;
    }
    writeln!(out)?;
    sizes(comparison, out)?;
    if crosswalk.is_none() && lists.iter().any(|list| matches!(list, Known::Past(_))) {
        writeln!(
            out,
            "What do they share? Not known: the crosswalk was judged on the embedded editions, not on earlier ones.\n"
        )?;
    } else {
        overlap(comparison, crosswalk, out)?;
    }
    same_code(comparison, crosswalk, out)?;
    grids(comparison, out)
}

/// A count for a reader: the number, or a dash; the reasons follow under the table.
fn shown(count: &Count) -> String {
    count.number().map_or_else(|| "–".to_owned(), thousands)
}

fn sizes(comparison: &Comparison<'_>, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let counts = comparison.all_counts();
    writeln!(
        out,
        "How large is each list? It depends on what is counted."
    )?;
    let names = [
        comparison.left().id().as_str(),
        comparison.right().id().as_str(),
    ];
    let mut rows = table(
        ["rule", names[0], names[1], "ratio", "what it counts"],
        &[1, 2, 3],
    );
    for counts in &counts {
        let rule = counts[0].rule();
        let ratio = counts[0]
            .ratio(&counts[1])
            .map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.1}"));
        rows.add_row([
            rule.to_string(),
            shown(&counts[0]),
            shown(&counts[1]),
            ratio,
            rule.meaning().to_owned(),
        ]);
    }
    writeln!(out, "{rows}")?;
    for caveat in comparison.caveats() {
        writeln!(out, "– {caveat}")?;
    }
    for (at, list) in comparison.lists().iter().enumerate() {
        // If no rule can count for one reason, the reason is printed once.
        let reasons: Vec<Option<&Unavailable>> = counts
            .iter()
            .map(|counts| counts[at].result().err())
            .collect();
        match reasons.first() {
            Some(Some(why)) if reasons.iter().all(|other| *other == Some(*why)) => {
                writeln!(out, "– {}, every rule: {why}", list.id())?
            }
            _ => {
                for (counts, why) in counts.iter().zip(reasons) {
                    why.map_or(Ok(()), |why| {
                        writeln!(out, "– {} of {}: {why}", counts[at].rule(), list.id())
                    })?;
                }
            }
        }
    }
    Ok(writeln!(out)?)
}

fn same_code(
    comparison: &Comparison<'_>,
    crosswalk: Option<&Crosswalk>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "A warning about equal codes: they show how alike the numberings are, not what the lists share"
    )?;
    let with_empty = comparison
        .clone()
        .within(comparison.scope().clone().empty(true));
    let (entries, headings, items) = match (
        comparison.same_code(true),
        with_empty.same_code(true),
        comparison.same_code(false),
    ) {
        (Ok(entries), Ok(headings), Ok(items)) => (entries, headings, items),
        (Err(why), ..) | (_, Err(why), _) | (.., Err(why)) => {
            return Ok(writeln!(out, "– unavailable: {why}\n")?);
        }
    };
    let mut rows = table(
        [
            "codes",
            "on both",
            comparison.left().id().as_str(),
            comparison.right().id().as_str(),
        ],
        &[1, 2, 3],
    );
    for (
        name,
        SameCode {
            both,
            left_only,
            right_only,
            ..
        },
    ) in [
        ("entries", &entries),
        ("entries, empty headings included", &headings),
        ("entries and paragraphs", &items),
    ] {
        rows.add_row([
            name.to_owned(),
            thousands(both.len()),
            format!("{} only", thousands(left_only.len())),
            format!("{} only", thousands(right_only.len())),
        ]);
    }
    writeln!(out, "{rows}")?;
    false_friends(crosswalk, &entries.both, out)
}

/// Prints the part of each list that the other has too, by what is controlled.
fn overlap(
    comparison: &Comparison<'_>,
    crosswalk: Option<&Crosswalk>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let (left, right) = (comparison.left(), comparison.right());
    let Some(crosswalk) = crosswalk else {
        return Ok(writeln!(
            out,
            "What do they share? For this pair of lists no crosswalk is recorded.\n"
        )?);
    };
    writeln!(
        out,
        "What do they share? By what is controlled, not by code."
    )?;
    let overlap = comparison.overlap(crosswalk, OverlapBasis::default())?;
    let provisions = CountingRule::Provisions;
    for side in [Side::Right, Side::Left] {
        match overlaps::headline(&overlap, side, provisions) {
            Ok(headline) => writeln!(out, "{headline}")?,
            Err(why) => return Ok(writeln!(out, "– unavailable: {why}\n")?),
        }
    }
    writeln!(
        out,
        "{}\n",
        overlaps::wrapped(&overlaps::not_compared(&[left, right]))
    )?;
    let mut rows = table(
        [
            "of",
            "rule",
            "all",
            "wholly",
            "in part",
            "only here",
            "undecided",
        ],
        &[2, 3, 4, 5, 6],
    );
    for (side, list) in [(Side::Left, left), (Side::Right, right)] {
        for rule in [
            CountingRule::Entries,
            CountingRule::Leaves,
            CountingRule::Provisions,
        ] {
            let share = overlap.share(side, rule)?;
            let numbers = [
                share.total(),
                share.number(Verdict::Shared),
                share.number(Verdict::SharedInPart),
                share.number(Verdict::OnlyHere),
                share.number(Verdict::Undecided),
            ];
            rows.add_row(
                [list.id().to_string(), rule.to_string()]
                    .into_iter()
                    .chain(numbers.map(thousands)),
            );
        }
    }
    writeln!(
        out,
        "{rows}\n`overlap` divides this by category, product group and reason.\n"
    )?;
    writeln!(out, "{}", overlaps::differences_title(provisions))?;
    Ok(writeln!(
        out,
        "{}\n",
        overlaps::differences(&overlap, provisions)?
    )?)
}

/// Prints equal codes that name different things.
fn false_friends(
    crosswalk: Option<&Crosswalk>,
    both: &[Code],
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let Some(crosswalk) = crosswalk else {
        return Ok(writeln!(out, "Equal codes are not equal items.\n")?);
    };
    writeln!(
        out,
        "Equal codes are not equal items. Pairs that look alike and are not (more: `false_friends`):"
    )?;
    let mut rows = table(["both", "why"], &[]);
    let same_code = crosswalk
        .mappings()
        .iter()
        .filter(|m| m.left() == m.right() && m.relation() == Some(Relation::Unrelated));
    let mut outside = Vec::new();
    for (code, mapping) in same_code
        .filter_map(|mapping| Some((mapping.left()?, mapping)))
        .filter(|(code, _)| code.is_entry())
    {
        match both.contains(&code) {
            true => drop(rows.add_row([code.to_string(), mapping.reason.to_string()])),
            false => outside.push(code.to_string()),
        }
    }
    writeln!(out, "{rows}")?;
    if !outside.is_empty() {
        writeln!(
            out,
            "Not in this scope, as one of the lists has them as empty headings or suspended: {}.",
            outside.join(", ")
        )?;
    }
    Ok(writeln!(out)?)
}

fn grids(comparison: &Comparison<'_>, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let (left, right) = (comparison.left(), comparison.right());
    let rule = CountingRule::Provisions;
    writeln!(
        out,
        "Categories and product groups, by {rule} ({})",
        rule.meaning()
    )?;
    let grids: Result<Vec<_>, _> = comparison.grids(rule).into_iter().collect();
    let grids = match grids {
        Ok(grids) => grids,
        Err(why) => return Ok(writeln!(out, "– unavailable: {why}")?),
    };
    let (ours, theirs) = (&grids[0], &grids[1]);
    let difference = |a: usize, b: usize| {
        let sign = match a.cmp(&b) {
            Ordering::Less => "-",
            Ordering::Equal => "",
            Ordering::Greater => "+",
        };
        format!("{sign}{}", thousands(a.abs_diff(b)))
    };
    let name = |list: &ControlList, category: Category| {
        list.info()
            .category(category)
            .unwrap_or("not stated")
            .to_owned()
    };
    let mut rows = table(
        [
            "category",
            left.id().as_str(),
            right.id().as_str(),
            "difference",
            "meaning",
        ],
        &[1, 2, 3],
    );
    for category in Category::ALL {
        let (a, b) = (ours.category(category), theirs.category(category));
        let (mine, other) = (name(left, category), name(right, category));
        let meaning = if mine == other {
            mine
        } else {
            format!("{mine} | {other}")
        };
        rows.add_row([
            category.to_string(),
            thousands(a),
            thousands(b),
            difference(a, b),
            meaning,
        ]);
    }
    writeln!(out, "{rows}")?;
    let mut rows = table(
        [
            "product group",
            left.id().as_str(),
            right.id().as_str(),
            "difference",
            "meaning",
        ],
        &[1, 2, 3],
    );
    for group in ProductGroup::ALL {
        let (a, b) = (ours.group(group), theirs.group(group));
        rows.add_row([
            group.to_string(),
            thousands(a),
            thousands(b),
            difference(a, b),
            group.name().to_owned(),
        ]);
    }
    rows.add_row([
        "all".to_owned(),
        thousands(ours.total()),
        thousands(theirs.total()),
        difference(ours.total(), theirs.total()),
        String::new(),
    ]);
    writeln!(out, "{rows}")?;
    let mut rows = table(["category", "A", "B", "C", "D", "E"], &[1, 2, 3, 4, 5]);
    for category in Category::ALL {
        let cells = ProductGroup::ALL.map(|group| {
            format!(
                "{} | {}",
                ours.cell(category, group),
                theirs.cell(category, group)
            )
        });
        rows.add_row(std::iter::once(category.to_string()).chain(cells));
    }
    writeln!(
        out,
        "{} | {} in each category and product group\n{rows}",
        left.id(),
        right.id()
    )?;
    Ok(())
}

/// One row a number, each with its list, rule, scope and edition.
fn csv(
    comparison: &Comparison<'_>,
    crosswalk: Option<&Crosswalk>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let mut rows = Csv::new(
        out,
        [
            "what",
            "list",
            "edition",
            "rule",
            "scope",
            "category",
            "product_group",
            "number",
            "unavailable_because",
            "caveat",
        ],
    )?;
    let caveats = comparison.caveats();
    let scope = comparison.scope().to_string();
    let mut row = |what: &str,
                   list: &ControlList,
                   rule: CountingRule,
                   category: &str,
                   group: &str,
                   result: Result<usize, &Unavailable>| {
        let (number, why) = match result {
            Ok(number) => (number.to_string(), String::new()),
            Err(why) => (String::new(), why.to_string()),
        };
        let caveats = caveats.iter().filter(|it| it.concerns(list.id(), rule));
        let caveats: Vec<String> = caveats.map(ToString::to_string).collect();
        rows.row([
            what,
            list.id().as_str(),
            &list.edition().label,
            &rule.to_string(),
            &scope,
            category,
            group,
            &number,
            &why,
            &caveats.join(" "),
        ])
    };
    let sides = [comparison.left(), comparison.right()];
    for counts in comparison.all_counts() {
        for (list, count) in sides.into_iter().zip(&counts) {
            row("size", list, count.rule(), "", "", count.result())?;
        }
    }
    for (rule, entries_only) in [(CountingRule::Entries, true), (CountingRule::Items, false)] {
        let same = comparison.same_code(entries_only);
        let number = |part: fn(&SameCode) -> usize| same.as_ref().map(part);
        row(
            "same code on both lists, not the same item",
            sides[0],
            rule,
            "",
            "",
            number(|same| same.both.len()),
        )?;
        row(
            "code only on this list",
            sides[0],
            rule,
            "",
            "",
            number(|same| same.left_only.len()),
        )?;
        row(
            "code only on this list",
            sides[1],
            rule,
            "",
            "",
            number(|same| same.right_only.len()),
        )?;
    }
    if let Some(crosswalk) = crosswalk {
        let overlap = comparison.overlap(crosswalk, OverlapBasis::default())?;
        for (list, side) in sides.into_iter().zip(Side::BOTH) {
            for rule in [
                CountingRule::Entries,
                CountingRule::Leaves,
                CountingRule::Provisions,
            ] {
                let share = overlap.share(side, rule);
                for (what, verdict) in [
                    ("shared wholly", Verdict::Shared),
                    ("shared in part", Verdict::SharedInPart),
                    ("only here", Verdict::OnlyHere),
                    ("undecided", Verdict::Undecided),
                ] {
                    row(
                        what,
                        list,
                        rule,
                        "",
                        "",
                        share.as_ref().map(|share| share.number(verdict)),
                    )?;
                }
            }
            let rule = CountingRule::Provisions;
            for (kind, share) in overlap.by_difference(side, rule).unwrap_or_default() {
                let what = format!("in part, by {}", kind.unwrap_or("what is not recorded"));
                row(&what, list, rule, "", "", Ok(share.total()))?;
            }
        }
    }
    let grids = comparison.grids(CountingRule::Provisions);
    for (list, grid) in sides.into_iter().zip(&grids) {
        for category in Category::ALL {
            for group in ProductGroup::ALL {
                let number = grid.as_ref().map(|grid| grid.cell(category, group));
                row(
                    "division",
                    list,
                    CountingRule::Provisions,
                    &category.to_string(),
                    &group.to_string(),
                    number,
                )?;
            }
        }
    }
    rows.finish()
}
