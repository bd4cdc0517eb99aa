//! Which equal codes name different things, and which equal things have different codes?
//!
//! `cargo run --release --example false_friends`

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use export_control::crosswalk::Review;
use export_control::{
    Code, Comparison, ControlList, Crosswalk, Mapping, Relation, Side, Unavailable,
};
use jiff::civil::Date;

mod common;
use common::{overlaps, table, thousands};

/// Each equal code, by what the two lists have under it: the same thing, partly the same,
/// different things, or a counterpart under another code; and the same thing under different codes.
#[derive(Parser)]
#[command(name = "false_friends", after_help = common::examples_help(&["false_friends", "false_friends us-ccl cn-dual-use"]))]
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
    /// Sort what is suspended on that day among the rest, and not apart
    #[arg(long)]
    suspended: bool,
    /// Print the equal codes of paragraphs too, and not only their number
    #[arg(long)]
    paragraphs: bool,
}

fn main() -> ExitCode {
    common::main(run)
}

/// The meaning of an equal code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Different,
    Elsewhere,
    Partly,
    Same,
    NotLookedAt,
}

impl Class {
    const ALL: [(Class, &'static str); 5] = [
        (
            Class::Different,
            "different things, and neither has a counterpart under another code",
        ),
        (
            Class::Elsewhere,
            "different things, with a counterpart under another code",
        ),
        (Class::Partly, "partly the same thing"),
        (Class::Same, "the same thing"),
        (Class::NotLookedAt, "not looked at"),
    ];
}

/// Sorts the equal codes, and writes them.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let comparison = Comparison::new(
        common::list(&arguments.left)?,
        common::list(&arguments.right)?,
    );
    let mut scope = comparison.scope().clone().suspended(arguments.suspended);
    if let Some(date) = arguments.as_of {
        scope = scope.on(date);
    }
    let comparison = comparison.within(scope);
    common::judged(&comparison)?;
    let lists = [comparison.left(), comparison.right()];
    let crosswalk = common::needed_crosswalk(lists[0], lists[1], arguments.crosswalk.as_deref())?;
    common::editions(lists.into_iter(), out)?;
    writeln!(out, "  {:<12} {}\n", "scope", comparison.scope())?;
    for (kind, entries) in [("entries", true), ("paragraphs", false)] {
        let both = equal_codes(&comparison, entries)?;
        let print = entries || arguments.paragraphs;
        sections(kind, print, &both, lists, &crosswalk, out)?;
        if print && !arguments.suspended {
            let scope = comparison.scope().clone().suspended(true);
            let mut more = equal_codes(&comparison.clone().within(scope), entries)?;
            more.retain(|code| !both.contains(code));
            let title = format!("Equal codes of {kind}, suspended on one of the lists");
            let mut found: Vec<Row> = Vec::new();
            for code in more {
                found.push(row(code, lists, &crosswalk));
            }
            section(out, &title, &found, lists)?;
        }
    }
    under_other_codes(lists, &crosswalk, out)
}

/// The codes of entries, or of paragraphs, that both lists have.
fn equal_codes(comparison: &Comparison<'_>, entries: bool) -> Result<Vec<Code>, Unavailable> {
    let mut both = comparison.same_code(entries)?.both;
    both.retain(|code| code.is_entry() == entries);
    Ok(both)
}

/// An equal code with what is known of it.
struct Row {
    code: Code,
    class: Class,
    words: String,
}

/// The judged mappings of an item and its paragraphs that have something in common.
fn related(crosswalk: &Crosswalk, side: Side, code: Code) -> Vec<&Mapping> {
    crosswalk
        .mappings()
        .iter()
        .filter(|mapping| mapping.review() > Review::Proposed)
        .filter(|mapping| {
            let own = mapping.finding.code(side);
            own.is_some_and(|own| code.contains(own))
                && mapping
                    .relation()
                    .is_some_and(|relation| relation != Relation::Unrelated)
        })
        .collect()
}

/// Says what an equal code means on the two lists.
fn row(code: Code, lists: [&ControlList; 2], crosswalk: &Crosswalk) -> Row {
    let judged = |mapping: &&Mapping| mapping.review() > Review::Proposed;
    let direct = crosswalk
        .of_left(code)
        .filter(judged)
        .find(|mapping| mapping.right() == Some(code));
    let reason = direct.map_or("", |mapping| &*mapping.reason);
    let done = |class, words| Row { code, class, words };
    match direct.and_then(Mapping::relation) {
        Some(Relation::Equal) => return done(Class::Same, reason.to_owned()),
        Some(Relation::Unrelated) | None => {}
        Some(relation) => {
            let words = partly(direct, relation, lists);
            return done(
                Class::Partly,
                words + &meeting(code, relation, lists, crosswalk),
            );
        }
    }
    let of = Side::BOTH.map(|side| related(crosswalk, side, code));
    // A paragraph of one that meets a paragraph of the other.
    let within = of[0]
        .iter()
        .find(|mapping| mapping.right().is_some_and(|right| code.contains(right)));
    if let Some((mapping, relation)) = within.and_then(|one| Some((one, one.relation()?))) {
        let words = format!(
            "{} {}",
            pair(mapping),
            partly(Some(mapping), relation, lists)
        );
        return done(Class::Partly, words);
    }
    let counterparts = Side::BOTH.map(|side| {
        let other = |mapping: &&Mapping| mapping.finding.code(side.other());
        let mut codes: Vec<Code> = of[side as usize].iter().filter_map(other).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    });
    let mut words = reason.to_owned();
    for side in Side::BOTH {
        let codes = &counterparts[side as usize];
        if !codes.is_empty() {
            let [here, there] = [side, side.other()].map(|side| lists[side as usize].id());
            let more = format!("What {here} has here: {there} {}.", few(codes));
            words = [words.as_str(), &more].join(" ").trim().to_owned();
        }
    }
    let looked_at = Side::BOTH.into_iter().any(|side| {
        let mut all = crosswalk.mappings().iter().filter(judged);
        all.any(|mapping| {
            mapping
                .finding
                .code(side)
                .is_some_and(|own| code.contains(own))
        })
    });
    let elsewhere = counterparts.iter().any(|codes| !codes.is_empty());
    match (looked_at, elsewhere) {
        (_, true) => done(Class::Elsewhere, words),
        (true, false) => done(Class::Different, or_titles(words, code, lists)),
        (false, false) => done(Class::NotLookedAt, or_titles(words, code, lists)),
    }
}

/// Says which paragraphs of each list meet the other list's entry of this code, where it has
/// paragraphs and not all of it meets.
fn meeting(
    code: Code,
    relation: Relation,
    lists: [&ControlList; 2],
    crosswalk: &Crosswalk,
) -> String {
    let mut said = String::new();
    for side in Side::BOTH {
        // All of the narrower item meets the other one.
        if matches!(
            (relation, side),
            (Relation::Narrower, Side::Left) | (Relation::Broader, Side::Right)
        ) {
            continue;
        }
        let (here, there) = (lists[side as usize], lists[side.other() as usize]);
        let below: Vec<Code> = (related(crosswalk, side, code).iter())
            .filter(|mapping| {
                let other = mapping.finding.code(side.other());
                other.is_some_and(|other| code.contains(other))
            })
            .filter_map(|mapping| mapping.finding.code(side))
            .filter(|own| *own != code)
            .collect();
        let is_below = |own: &Code| below.iter().any(|top| top != own && top.contains(*own));
        let mut topmost: Vec<Code> = below.iter().copied().filter(|own| !is_below(own)).collect();
        topmost.sort_unstable();
        topmost.dedup();
        let all = here.children(code).filter(|item| item.is_live());
        let some = all.into_iter().any(|item| !topmost.contains(&item.code()));
        if some && !topmost.is_empty() {
            let only = if topmost.len() == 1 { "only " } else { "" };
            let verb = if topmost.len() == 1 { "meets" } else { "meet" };
            said += &format!(
                ". Of {} {code}, {only}{} {verb} {} {code}",
                here.id(),
                few(&topmost),
                there.id()
            );
        }
    }
    said
}

/// The reason, or else what each list says that it has.
fn or_titles(words: String, code: Code, lists: [&ControlList; 2]) -> String {
    if !words.is_empty() {
        return words;
    }
    let title = |list: &ControlList| list.get(code).map_or("", |item| item.title()).to_owned();
    lists.map(title).join(" | ")
}

/// Codes, the first five of them.
fn few(codes: &[Code]) -> String {
    const MOST: usize = 5;
    let shown: Vec<String> = codes.iter().take(MOST).map(ToString::to_string).collect();
    let rest = match codes.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &rest
}

/// The relation and the differences of a pair, or its reason if no difference is recorded.
fn partly(mapping: Option<&Mapping>, relation: Relation, lists: [&ControlList; 2]) -> String {
    let differences = mapping.map_or(&[][..], |mapping| &mapping.differences);
    let mut said: Vec<String> = differences
        .iter()
        .map(|difference| overlaps::describe(difference, lists))
        .collect();
    if said.is_empty() {
        said.extend(mapping.map(|mapping| mapping.reason.to_string()));
    }
    let said = said.join("; ");
    match relation {
        Relation::Overlapping => format!("overlapping: {said}"),
        relation => format!("{} is {relation} {}: {said}", lists[0].id(), lists[1].id()),
    }
}

/// The codes of a pair.
fn pair(mapping: &Mapping) -> String {
    let code = |code: Option<Code>| code.map_or_else(String::new, |code| code.to_string());
    format!("[{} ~ {}]", code(mapping.left()), code(mapping.right()))
}

/// Writes a section for each class, and how many there are of each.
fn sections(
    kind: &str,
    print: bool,
    both: &[Code],
    lists: [&ControlList; 2],
    crosswalk: &Crosswalk,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let mut rows: Vec<Row> = both
        .iter()
        .map(|code| row(*code, lists, crosswalk))
        .collect();
    let mut counts = Vec::new();
    for (class, meaning) in Class::ALL {
        let (found, rest): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.class == class);
        rows = rest;
        counts.push(format!("{} {meaning}", thousands(found.len())));
        if print {
            let title = format!("Equal codes of {kind}: {meaning}");
            section(out, &title, &found, lists)?;
        }
    }
    writeln!(
        out,
        "Of {} equal codes of {kind}: {}.{}\n",
        thousands(both.len()),
        counts.join("; "),
        if print {
            ""
        } else {
            " --paragraphs prints them."
        }
    )?;
    Ok(())
}

fn section(
    out: &mut dyn Write,
    title: &str,
    rows: &[Row],
    lists: [&ControlList; 2],
) -> Result<(), Box<dyn Error>> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title} ({})", thousands(rows.len()))?;
    let mut lines = table(
        [
            "code",
            lists[0].id().as_str(),
            lists[1].id().as_str(),
            "why",
        ],
        &[],
    );
    for row in rows {
        let title = |list: &ControlList| {
            list.get(row.code)
                .map_or("", |item| item.title())
                .to_owned()
        };
        lines.add_row([
            row.code.to_string(),
            title(lists[0]),
            title(lists[1]),
            row.words.clone(),
        ]);
    }
    Ok(writeln!(out, "{lines}\n")?)
}

/// Writes what is equal under different codes, and entries of different codes that overlap.
fn under_other_codes(
    lists: [&ControlList; 2],
    crosswalk: &Crosswalk,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let entries = |mapping: &Mapping| {
        let codes = mapping.left().zip(mapping.right());
        codes.is_some_and(|(a, b)| a.is_entry() && b.is_entry())
    };
    let same = |mapping: &Mapping| mapping.relation() == Some(Relation::Equal);
    let partly = |mapping: &Mapping| {
        let real = |relation| !matches!(relation, Relation::Equal | Relation::Unrelated);
        mapping.relation().is_some_and(real) && entries(mapping)
    };
    type Wanted<'a> = &'a dyn Fn(&Mapping) -> bool;
    let sections: [(&str, Wanted<'_>); 2] = [
        ("The same thing, different codes", &same),
        (
            "Things that have something in common, entries of different codes",
            &partly,
        ),
    ];
    for (title, wanted) in sections {
        let found: Vec<&Mapping> = crosswalk
            .mappings()
            .iter()
            .filter(|mapping| mapping.review() > Review::Proposed)
            .filter(|mapping| mapping.left() != mapping.right() && wanted(mapping))
            .collect();
        writeln!(out, "{title} ({})", thousands(found.len()))?;
        let mut rows = table(
            [lists[0].id().as_str(), "is", lists[1].id().as_str(), "why"],
            &[],
        );
        for mapping in found {
            let code = |code: Option<Code>| code.map_or_else(String::new, |code| code.to_string());
            let relation = mapping.relation().map(|relation| relation.to_string());
            rows.add_row([
                code(mapping.left()),
                relation.unwrap_or_default(),
                code(mapping.right()),
                mapping.reason.to_string(),
            ]);
        }
        writeln!(out, "{rows}\n")?;
    }
    Ok(())
}
