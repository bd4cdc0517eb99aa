//! How do two control lists compare? One page that can be printed, searched and cited.
//!
//! `cargo run --release --example report -- --html report.html`
#![allow(clippy::duplicate_mod)] // the charts' examples bring examples/common

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use export_control::Unavailable;
use export_control::compare::{MultiOverlap, OverlapBasis};
use export_control::{
    Category, Comparison, ControlList, CountingRule, Crosswalk, Date, Mapping, Overlap,
    ProductGroup, Relation, Side, Status, Verdict,
};

mod common;
#[path = "report/flow.rs"]
mod flow;
#[allow(dead_code)]
#[path = "growth.rs"]
mod growth;
#[path = "report/rare_earths.rs"]
mod rare_earths;
#[path = "report/sets.rs"]
mod sets;
#[allow(dead_code)]
#[path = "timeline.rs"]
mod timeline;

use common::output::NewFile;
use common::{overlap_chart, overlaps, several, thousands};

const STYLE: &str = include_str!("report/report.css");
const SCRIPT: &str = include_str!("report/report.js");

/// Writes one HTML page on two control lists: sizes under every rule, what they share, categories,
/// time, rare earths, and the whole crosswalk with search, filters and sorting. It needs no network.
#[derive(Parser)]
#[command(
    name = "report",
    after_help = common::help(&[
        "report --html report.html",
        "report --html three.html eu-annex-i cn-dual-use us-ccl",
    ])
)]
pub struct Arguments {
    /// The left list: the name of an embedded list, or a list file
    #[arg(default_value = "us-ccl")]
    left: String,
    /// The right list
    #[arg(default_value = "cn-dual-use")]
    right: String,
    /// Further lists, for a section on what all of them share
    #[arg(value_name = "MORE")]
    more: Vec<String>,
    /// Write the page into this file
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
    /// An SSSOM file with the crosswalk of the two lists [default: the embedded one]
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    /// The day to compare on [default: the last day that both editions cover]
    #[arg(long, value_name = "DATE", value_parser = common::day)]
    as_of: Option<Date>,
}

fn main() -> ExitCode {
    common::main(run)
}

/// Writes the page, and says what it holds.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    // Before any work, so that a path that cannot be written to is told at once.
    let file = NewFile::create(&arguments.html)?;
    let (left, right) = (
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let more: Vec<&ControlList> = (arguments.more.iter())
        .map(|name| common::list(name))
        .collect::<Result<_, _>>()?;
    let all = several::comparison(left, right, &more);
    let scope = match arguments.as_of {
        Some(day) => all.scope().clone().on(day),
        None => all.scope().clone(),
    };
    let all = all.within(scope.clone());
    common::judged(&all)?;
    let comparison = Comparison::new(left, right).within(scope);
    let crosswalk = common::needed_crosswalk(left, right, arguments.crosswalk.as_deref())?;
    let overlap = comparison.overlap(&crosswalk, OverlapBasis::default())?;
    let several = match more.is_empty() {
        true => None,
        false => {
            let files: Vec<PathBuf> = arguments.crosswalk.iter().cloned().collect();
            Some(several::overlap(&all, &files)?)
        }
    };
    let page = page(&overlap, several.as_ref(), &crosswalk, &arguments.html)?;
    let size = page.len();
    file.finish(page.as_bytes())?;
    Ok(writeln!(
        out,
        "{}: {} mappings, {} kB",
        arguments.html.display(),
        thousands(crosswalk.mappings().len()),
        thousands(size / 1000)
    )?)
}

/// The whole page.
fn page(
    overlap: &Overlap<'_>,
    several: Option<&MultiOverlap<'_>>,
    crosswalk: &Crosswalk,
    file: &Path,
) -> Result<String, Box<dyn Error>> {
    let comparison = overlap.comparison();
    let lists = [comparison.left(), comparison.right()];
    let headline = headline(overlap)?;
    let mut sections = vec![
        ("sizes", "How large is each list?", sizes(comparison)),
        ("shared", "What do they share?", shared(overlap, crosswalk)?),
        ("grid", "Categories and product groups", grid(comparison)?),
        ("time", "How did they change?", time(&lists, file)?),
        (
            "rare-earths",
            "Rare earths",
            rare_earths::section(comparison),
        ),
        ("crosswalk", "Every judgment", table(comparison, crosswalk)),
        ("cite", "How to cite this", cite(comparison)),
    ];
    if let Some(several) = several {
        let title = "What do all of them share?";
        sections.insert(2, ("several", title, sets::section(several)?));
    }
    let source = source(several.map_or(comparison, MultiOverlap::comparison));
    let mut body = String::new();
    for (id, title, html) in &sections {
        body += &format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{title}</h2>{html}{source}</section>\n"
        );
    }
    let links = sections
        .iter()
        .map(|(id, title, _)| format!("<a href=\"#{id}\">{title}</a>"));
    let links: String = links.collect();
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{left} and {right}, compared</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">To the answers</a>\n\
         <header><h1>{left} and {right}, compared</h1>\n<p class=\"headline\">{headline}</p>{editions}\
         <nav aria-label=\"Sections\">{links}</nav></header>\n\
         <main id=\"main\">\n{body}</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        left = text(lists[0].info().name()),
        right = text(lists[1].info().name()),
        editions = editions(comparison),
    ))
}

/// A text as HTML.
fn text(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The scope and the editions of the numbers of a section, each edition with its address.
fn source(comparison: &Comparison<'_>) -> String {
    let editions = comparison.lists().iter().map(|list| {
        let label = text(&list.edition().label);
        match common::address(list.id().as_str()) {
            Some(address) => format!("{}: <a href=\"{address}\">{label}</a>", list.id()),
            None => format!("{}: {label}", list.id()),
        }
    });
    format!(
        "<p class=\"note\">Scope: {}. {}.</p>",
        text(&comparison.scope().to_string()),
        editions.collect::<Vec<_>>().join(". ")
    )
}

/// The editions, the scope, and how old the answers are.
fn editions(comparison: &Comparison<'_>) -> String {
    let mut lines = String::new();
    for list in [comparison.left(), comparison.right()] {
        let label = text(&list.edition().label);
        let label = match common::address(list.id().as_str()) {
            Some(address) => format!("<a href=\"{address}\">{label}</a>"),
            None => label,
        };
        let id = list.id();
        lines += &format!("<dt>{id}</dt><dd>{label}</dd>");
    }
    let ago = comparison.scope().date().map(common::ago);
    format!(
        "<dl>{lines}<dt>scope</dt><dd>{}{}</dd></dl>",
        text(&comparison.scope().to_string()),
        ago.unwrap_or_default()
    )
}

/// Returns the main figures in a sentence or two.
fn headline(overlap: &Overlap<'_>) -> Result<String, Box<dyn Error>> {
    let rule = CountingRule::Provisions;
    let comparison = overlap.comparison();
    let [left, right] = &comparison.counts(rule)[..] else {
        return Err("expected two lists".into());
    };
    let shown = |count: &export_control::Count| {
        count
            .number()
            .map_or_else(|| "an unknown number".to_owned(), thousands)
    };
    let share = overlap.share(Side::Right, rule)?;
    Ok(format!(
        "Counted by {rule}, {} has {} and {} has {}. Of the latter, {} have a recorded counterpart ({} wholly) and {} have none.",
        left.list(),
        shown(left),
        right.list(),
        shown(right),
        thousands(share.shared()),
        thousands(share.number(Verdict::Shared)),
        thousands(share.number(Verdict::OnlyHere))
    ))
}

fn sizes(comparison: &Comparison<'_>) -> String {
    let [left, right] = [comparison.left().id(), comparison.right().id()];
    let mut rows = String::new();
    let mut reasons: Vec<String> = Vec::new();
    for counts in comparison.all_counts() {
        let rule = counts[0].rule();
        let mut cells = String::new();
        for count in &counts {
            match count.result() {
                Ok(number) => cells += &format!("<td>{}</td>", thousands(number)),
                Err(why) => {
                    cells += "<td>–</td>";
                    reasons.push(format!("{rule} of {}: {why}", count.list()));
                }
            }
        }
        let ratio = counts[0]
            .ratio(&counts[1])
            .map_or("–".to_owned(), |ratio| format!("{ratio:.1}"));
        rows += &format!(
            "<tr><th scope=\"row\">{rule}</th>{cells}<td>{ratio}</td><td class=\"words\">{}</td></tr>",
            rule.meaning()
        );
    }
    let reasons: String = reasons
        .iter()
        .map(|why| format!("<p class=\"note\">– {}</p>", text(why)))
        .collect();
    format!(
        "<p>It depends on what is counted.</p><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Sizes\"><table><thead><tr><th scope=\"col\">rule</th><th scope=\"col\">{left}</th><th scope=\"col\">{right}</th><th scope=\"col\">ratio</th><th scope=\"col\" class=\"words\">what it counts</th></tr></thead><tbody>{rows}</tbody></table></div>{reasons}"
    )
}

fn shared(overlap: &Overlap<'_>, crosswalk: &Crosswalk) -> Result<String, Box<dyn Error>> {
    let rule = CountingRule::Provisions;
    let comparison = overlap.comparison();
    let lists = [comparison.left(), comparison.right()];
    let mut rows = String::new();
    for side in Side::BOTH {
        for (category, share) in overlap.by_category(side, rule)? {
            let cells: String = [
                Verdict::Shared,
                Verdict::SharedInPart,
                Verdict::OnlyHere,
                Verdict::Undecided,
            ]
            .map(|verdict| format!("<td>{}</td>", thousands(share.number(verdict))))
            .concat();
            rows += &format!(
                "<tr><th scope=\"row\">{} {category}</th><td>{}</td>{cells}</tr>",
                share.list(),
                thousands(share.total())
            );
        }
    }
    let mut kinds = String::new();
    for [kind, cells @ .., meaning] in overlaps::difference_rows(overlap, rule)? {
        let cells: String = cells.map(|cell| format!("<td>{cell}</td>")).concat();
        kinds += &format!(
            "<tr><th scope=\"row\">{kind}</th>{cells}<td class=\"words\">{}</td></tr>",
            text(&meaning)
        );
    }
    let [kind, numbers @ .., meaning] = overlaps::difference_heads(overlap);
    let numbers: String = numbers
        .map(|name| format!("<th scope=\"col\">{}</th>", text(&name)))
        .concat();
    let kinds = format!(
        "<p>{}</p><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Differences by kind\"><table><thead><tr><th scope=\"col\">{kind}</th>{numbers}<th scope=\"col\" class=\"words\">{meaning}</th></tr></thead><tbody>{kinds}</tbody></table></div>",
        text(&overlaps::differences_title(rule))
    );
    let quoted: String = [Side::Right, Side::Left]
        .map(|side| overlaps::sentences(overlap, side, rule))
        .into_iter()
        .map(|sentences| {
            // The editions are named above.
            let [sentence, basis, ..] = sentences?;
            let (sentence, basis) = (text(&sentence), text(basis.trim()));
            Ok(format!(
                "<p>{sentence} <span class=\"note\">({basis})</span></p>"
            ))
        })
        .collect::<Result<_, Unavailable>>()?;
    let others = text(&overlaps::not_compared(&lists));
    Ok(format!(
        "<p>By what is controlled, not by equal codes. Undecided is what nobody has looked at. Basis: {}.</p>{quoted}{}{kinds}<p>{others}</p><details><summary>The numbers</summary><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Overlap by category\"><table><thead><tr><th scope=\"col\">category</th><th scope=\"col\">{rule}</th><th scope=\"col\">shared wholly</th><th scope=\"col\">in part</th><th scope=\"col\">only here</th><th scope=\"col\">undecided</th></tr></thead><tbody>{rows}</tbody></table></div></details>",
        text(&overlap.basis().to_string()),
        figure(&overlap_chart::draw(overlap, rule)?)
            + &figure(&flow::svg(
                &lists,
                &flow::flows(crosswalk),
                flow::unrelated(crosswalk)
            ))
    ))
}

/// A chart on a light ground, which it is drawn for. On a narrow screen it scrolls.
fn figure(svg: &str) -> String {
    let title = svg
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"));
    let title = title.map_or("", |(title, _)| title).replace('"', "&quot;");
    let svg = svg.replacen("<svg ", "<svg class=\"chart\" ", 1);
    format!(
        "<figure class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Chart: {title}\">{svg}</figure>"
    )
}

fn grid(comparison: &Comparison<'_>) -> Result<String, Box<dyn Error>> {
    let rule = CountingRule::Provisions;
    let grids = comparison.grids(rule);
    let grids = grids
        .iter()
        .map(|grid| grid.as_ref().map_err(ToString::to_string))
        .collect::<Result<Vec<_>, _>>()?;
    let heads: String = ProductGroup::ALL
        .map(|group| format!("<th scope=\"col\">{group}: {}</th>", text(group.name())))
        .concat();
    let mut rows = String::new();
    for category in Category::ALL {
        let name = |list: &ControlList| list.info().category(category).unwrap_or("").to_owned();
        let names = [name(comparison.left()), name(comparison.right())];
        let names = if names[0] == names[1] {
            names[0].clone()
        } else {
            names.join(" | ")
        };
        let cells: String = ProductGroup::ALL
            .map(|group| {
                let numbers = grids.iter().map(|grid| grid.cell(category, group));
                let numbers: Vec<String> = numbers.map(thousands).collect();
                format!("<td>{}</td>", numbers.join(" | "))
            })
            .concat();
        rows += &format!(
            "<tr><th scope=\"row\">{category}: {}</th>{cells}</tr>",
            text(&names)
        );
    }
    Ok(format!(
        "<p>{rule} of {} | {} in each category and product group. The digits mean what each list says: category 0 is not one thing.</p><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Grid\"><table><thead><tr><th scope=\"col\">category</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        comparison.left().id(),
        comparison.right().id()
    ))
}

/// The charts of growth and timeline, drawn by these examples.
fn time(lists: &[&ControlList; 2], page: &Path) -> Result<String, Box<dyn Error>> {
    // Beside the page, which can be written to.
    let mut name = page.as_os_str().to_owned();
    name.push(".chart.svg");
    let path = PathBuf::from(name);
    let shown = path.display().to_string();
    let ids = lists.map(|list| list.id().to_string());
    let mut unread = Vec::new();
    let growth = growth::Arguments::try_parse_from(["growth", &ids[0], &ids[1], "--svg", &shown])?;
    growth::run(&growth, &mut unread)?;
    let mut figures = figure(&std::fs::read_to_string(&path)?);
    for id in &ids {
        let timeline = timeline::Arguments::try_parse_from([
            "timeline",
            id,
            "--from",
            "2017-01-15",
            "--svg",
            &shown,
        ])?;
        timeline::run(&timeline, &mut unread)?;
        figures += &figure(&std::fs::read_to_string(&path)?);
    }
    std::fs::remove_file(&path)?;
    Ok(figures)
}

/// The relation of a mapping in words.
fn relation(mapping: &Mapping) -> &'static str {
    match mapping.relation() {
        Some(Relation::Equal) => "equal",
        Some(Relation::Broader) => "left is broader",
        Some(Relation::Narrower) => "left is narrower",
        Some(Relation::Overlapping) => "overlapping",
        Some(Relation::Unrelated) => "looks alike, is not",
        _ => "no counterpart",
    }
}

/// The crosswalk, a row a mapping, each item with its permalink.
fn table(comparison: &Comparison<'_>, crosswalk: &Crosswalk) -> String {
    let lists = [comparison.left(), comparison.right()];
    let on = comparison.scope().date();
    let mut rows = String::new();
    let mut seen = std::collections::HashSet::new();
    let mut relations: BTreeMap<&str, usize> = BTreeMap::new();
    for mapping in crosswalk.mappings() {
        let name = relation(mapping);
        *relations.entry(name).or_default() += 1;
        let ends = [(lists[0], mapping.left()), (lists[1], mapping.right())];
        let cells: String = ends
            .map(|(list, code)| {
                let label = list.id();
                let Some(code) = code else {
                    return "<td>–</td><td></td>".to_owned();
                };
                let item = list.get(code);
                let title = item.map_or("", |item| item.title());
                let mark = item.map_or_else(String::new, |item| match list.status(item, on) {
                    status @ Status::Suspended { .. } => format!(" ({status})"),
                    _ => String::new(),
                });
                // The first row of an item has its name, which a link finds.
                let id = format!("{label}:{code}");
                let anchor = if seen.insert(id.clone()) {
                    format!(" id=\"{id}\"")
                } else {
                    String::new()
                };
                format!(
                    "<td{anchor}><a href=\"#{id}\">{code}</a></td><td>{}{mark}</td>",
                    text(title)
                )
            })
            .concat();
        rows += &format!(
            "<tr data-relation=\"{name}\">{cells}<td>{name}</td><td>{}</td></tr>\n",
            text(&mapping.reason)
        );
    }
    let options: String = relations
        .iter()
        .map(|(name, number)| format!("<option value=\"{name}\">{name} ({number})</option>"))
        .collect();
    let heads: String = [
        lists[0].id().as_str(),
        "title",
        lists[1].id().as_str(),
        "title",
        "relation",
        "reason",
    ]
    .iter()
    .enumerate()
    .map(|(at, name)| {
        format!(
            "<th scope=\"col\"><button type=\"button\" data-column=\"{at}\">{name}</button></th>"
        )
    })
    .collect();
    format!(
        "<p>Each row is one judgment of the crosswalk, with its reason. Suspended items are among them and say so. \"No counterpart\" means that none is recorded, never that a thing is not controlled. A code links to itself, so that it can be cited.</p>\
         <form id=\"filters\" role=\"search\"><label>Search <input id=\"search\" type=\"search\" autocomplete=\"off\"></label>\
         <label>Relation <select id=\"relation\"><option value=\"\">all ({all})</option>{options}</select></label>\
         <output id=\"count\" aria-live=\"polite\">{all} rows</output></form>\
         <table id=\"mappings\" style=\"--left: '{left}: '; --right: '{right}: '\"><caption>The crosswalk of {left} and {right}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>",
        left = lists[0].id(),
        right = lists[1].id(),
        all = crosswalk.mappings().len(),
    )
}

fn cite(comparison: &Comparison<'_>) -> String {
    let lists = [comparison.left(), comparison.right()];
    let editions = lists.map(|list| format!("{} [{}]", list.id(), list.edition().label));
    format!(
        "<p class=\"cite\">export-control {}, comparison of {}; scope: {}.</p><p>Name the counting rule with each number. A link such as <code>#us-ccl:3A001.b.2</code> names an item.</p>",
        env!("CARGO_PKG_VERSION"),
        text(&editions.join(" and ")),
        text(&comparison.scope().to_string())
    )
}
