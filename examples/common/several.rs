//! What three or more lists share, as text, table and JSON.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use export_control::compare::{Division, MultiOverlap, OverlapBasis};
use export_control::{Comparison, ControlList, CountingRule, Crosswalk, Scope, Verdict};

use super::groups::{self, Group};
use super::output::Csv;
use super::{editions, overlaps, table, thousands};

/// The rules of which every list has a number.
pub const RULES: [CountingRule; 3] = [
    CountingRule::Entries,
    CountingRule::Leaves,
    CountingRule::Provisions,
];

/// Compares lists, two or more.
pub fn comparison<'a>(
    left: &'a ControlList,
    right: &'a ControlList,
    more: &[&'a ControlList],
) -> Comparison<'a> {
    let two = Comparison::new(left, right);
    more.iter()
        .fold(two, |comparison, list| comparison.and(list))
}

/// Returns the overlap of lists by the crosswalks in files, and by the embedded ones for the rest.
pub fn overlap<'a>(
    comparison: &Comparison<'a>,
    files: &[PathBuf],
) -> Result<MultiOverlap<'a>, Box<dyn Error>> {
    let lists = comparison.lists();
    let mut crosswalks: Vec<Crosswalk> = Vec::new();
    for file in files {
        crosswalks.push(super::sssom(file)?);
    }
    for (at, right) in lists.iter().enumerate() {
        for left in &lists[..at] {
            let ids = [left.id(), right.id()];
            let joins = |one: &Crosswalk| {
                [one.left(), one.right()] == ids || [one.right(), one.left()] == ids
            };
            if !crosswalks.iter().any(joins) {
                crosswalks.push(super::needed_crosswalk(left, right, None)?.into_owned());
            }
        }
    }
    Ok(comparison.overlaps(&crosswalks, OverlapBasis::default())?)
}

/// The divisions of every list by a rule.
pub fn divisions(
    overlap: &MultiOverlap<'_>,
    rule: CountingRule,
) -> Result<Vec<Division>, Box<dyn Error>> {
    let lists = 0..overlap.comparison().lists().len();
    let of_list = lists.map(|list| overlap.division(list, rule));
    Ok(of_list.collect::<Result<_, _>>()?)
}

/// A word for a verdict.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Shared => "wholly",
        Verdict::SharedInPart => "in part",
        Verdict::OnlyHere => "no",
        Verdict::Undecided => "undecided",
    }
}

/// Says in a sentence that can be quoted how much of a list the others have too, with the rule, the
/// scope, the basis and the edition.
pub fn headline(division: &Division) -> String {
    let others = division.others();
    let against: Vec<String> = others
        .iter()
        .enumerate()
        .map(|(at, other)| {
            let of = |verdict| thousands(division.number(|verdicts| verdicts[at] == verdict));
            format!(
                "{other} catches {} wholly and {} in part and has none for {}",
                of(Verdict::Shared),
                of(Verdict::SharedInPart),
                of(Verdict::OnlyHere)
            )
        })
        .collect();
    let undecided = match division.undecided() {
        0 => String::new(),
        number => format!(" {} are undecided.", thousands(number)),
    };
    let sentence = format!(
        "Of {} {} of {}, {}; {} are on every other list wholly or in part, and {} on none.{undecided}",
        thousands(division.total()),
        division.rule(),
        division.list(),
        against.join(", "),
        thousands(division.on_all()),
        thousands(division.only_here()),
    );
    let basis = format!("  {}; {}", division.scope(), division.basis());
    let edition = format!("  {}: {}", division.list(), division.edition().label);
    [sentence, basis, edition]
        .map(|line| overlaps::wrapped(&line))
        .join("\n")
}

/// The names of the lists in a set.
fn names(overlap: &MultiOverlap<'_>, on: &[bool]) -> String {
    let lists = overlap.comparison().lists().iter();
    let on = lists.zip(on).filter(|(_, on)| **on);
    let names: Vec<&str> = on.map(|(list, _)| list.id().as_str()).collect();
    names.join(" + ")
}

/// The sets of lists: how much is on all lists of a set and on no other, counted on each of them.
pub fn set_rows(
    overlap: &MultiOverlap<'_>,
    rule: CountingRule,
) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let sets = overlap.intersections(rule)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for set in sets {
        let cells = set
            .on
            .iter()
            .zip(&set.numbers)
            .map(|(on, number)| match on {
                true => thousands(*number),
                false => "–".to_owned(),
            });
        rows.push(
            std::iter::once(names(overlap, &set.on))
                .chain(cells)
                .collect(),
        );
    }
    let undecided: Vec<usize> = divisions(overlap, rule)?
        .iter()
        .map(Division::undecided)
        .collect();
    if undecided.iter().any(|number| *number > 0) {
        let cells = undecided.into_iter().map(thousands);
        rows.push(
            std::iter::once("undecided".to_owned())
                .chain(cells)
                .collect(),
        );
    }
    Ok(rows)
}

pub fn text(
    overlap: &MultiOverlap<'_>,
    rule: CountingRule,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let comparison = overlap.comparison();
    let lists = comparison.lists();
    let ids: Vec<&str> = lists.iter().map(|list| list.id().as_str()).collect();
    writeln!(out, "What {} control together", ids.join(", "))?;
    editions(lists.iter().copied(), out)?;
    writeln!(
        out,
        "  {:<12} {}\n  {:<12} {}\n",
        "scope",
        comparison.scope(),
        "basis",
        overlap.basis()
    )?;
    for division in divisions(overlap, CountingRule::Provisions)? {
        writeln!(out, "{}", headline(&division))?;
    }
    writeln!(
        out,
        "{}\n",
        overlaps::wrapped(&overlaps::not_compared(lists))
    )?;
    let numeric: Vec<usize> = (1..=lists.len()).collect();
    for counted in rules(rule) {
        writeln!(
            out,
            "On these lists, wholly or in part, and on no other ({counted} of each list):"
        )?;
        let heads = std::iter::once("lists").chain(ids.iter().copied());
        let mut rows = table(heads, &numeric);
        rows.add_rows(set_rows(overlap, counted)?);
        writeln!(out, "{rows}\n")?;
    }
    themes(overlap, rule, out)?;
    for division in divisions(overlap, rule)? {
        let others = division.others().iter().map(|other| other.as_str());
        let heads = std::iter::once(division.list().as_str()).chain(others);
        let mut rows = table(heads, &[0]);
        for (verdicts, number) in division.parts() {
            let words = verdicts.iter().map(|verdict| word(*verdict).to_owned());
            rows.add_row(std::iter::once(thousands(number)).chain(words));
        }
        writeln!(out, "{rows}\n")?;
    }
    Ok(())
}

/// Prints the number on one list only for each of its themes, if it has some.
fn themes(
    overlap: &MultiOverlap<'_>,
    rule: CountingRule,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    for (at, list) in overlap.comparison().lists().iter().enumerate() {
        let numbers = by_theme(overlap, at, rule)?;
        if numbers.is_empty() {
            continue;
        }
        writeln!(
            out,
            "Only in {} of these lists, by theme ({rule}):",
            list.id()
        )?;
        let mut rows = table(["theme", "number", "which means"], &[1]);
        for (theme, number) in numbers {
            rows.add_row([theme.name, &thousands(number), theme.definition]);
        }
        writeln!(out, "{rows}\n")?;
    }
    Ok(())
}

/// Counts the items of a list that are on no other, for each theme, the largest first.
pub fn by_theme(
    overlap: &MultiOverlap<'_>,
    at: usize,
    rule: CountingRule,
) -> Result<Vec<(Group, usize)>, Box<dyn Error>> {
    let only = |verdicts: &[Verdict]| verdicts.iter().all(|one| *one == Verdict::OnlyHere);
    let list = overlap.comparison().lists()[at];
    let mut numbers: Vec<(Group, usize)> = Vec::new();
    for item in overlap.units(at, rule, only)? {
        let Some(theme) = groups::theme(list, item) else {
            continue;
        };
        match numbers.iter_mut().find(|(known, _)| *known == theme) {
            Some((_, number)) => *number += 1,
            None => numbers.push((theme, 1)),
        }
    }
    numbers.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    Ok(numbers)
}

/// The rules of the tables: the usual ones, and the one that is asked for.
fn rules(rule: CountingRule) -> Vec<CountingRule> {
    let mut rules = RULES.to_vec();
    if !rules.contains(&rule) {
        rules.push(rule);
    }
    rules
}

/// One row a part of a list, with its rule, scope, edition and basis: for each list if the part is on
/// it.
pub fn csv(
    overlap: &MultiOverlap<'_>,
    rule: CountingRule,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let lists = overlap.comparison().lists();
    let mut header: Vec<String> = ["list", "edition", "rule", "scope", "basis", "number"]
        .map(str::to_owned)
        .to_vec();
    header.extend(lists.iter().map(|list| format!("on_{}", list.id())));
    let mut rows = Csv::new(out, header.iter().map(String::as_str))?;
    for counted in rules(rule) {
        for (at, division) in divisions(overlap, counted)?.iter().enumerate() {
            for (verdicts, number) in division.parts() {
                let mut cells = vec![
                    division.list().to_string(),
                    division.edition().label.clone(),
                    division.rule().to_string(),
                    division.scope().to_string(),
                    division.basis().to_string(),
                    number.to_string(),
                ];
                let mut on: Vec<&str> = verdicts.iter().map(|verdict| word(*verdict)).collect();
                on.insert(at, "itself");
                cells.extend(on.into_iter().map(str::to_owned));
                rows.row(cells)?;
            }
        }
    }
    rows.finish()
}

/// A set of lists with their names.
#[derive(serde::Serialize)]
struct NamedSet {
    rule: CountingRule,
    lists: Vec<String>,
    numbers: Vec<usize>,
}

#[derive(serde::Serialize)]
struct Everything {
    scope: Scope,
    basis: OverlapBasis,
    /// The division of each list over the verdicts against the others.
    divisions: Vec<Division>,
    /// The numbers on all of some lists and on no other, counted on each.
    sets: Vec<NamedSet>,
    not_compared: String,
}

pub fn json(
    overlap: &MultiOverlap<'_>,
    rule: CountingRule,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let comparison = overlap.comparison();
    let (mut all, mut sets) = (Vec::new(), Vec::new());
    for counted in rules(rule) {
        all.extend(divisions(overlap, counted)?);
        for set in overlap.intersections(counted)? {
            let of = |at: usize| comparison.lists()[at].id().to_string();
            sets.push(NamedSet {
                rule: counted,
                lists: set.lists().map(of).collect(),
                numbers: set.lists().map(|at| set.numbers[at]).collect(),
            });
        }
    }
    let everything = Everything {
        scope: comparison.scope().clone(),
        basis: overlap.basis(),
        divisions: all,
        sets,
        not_compared: overlaps::not_compared(comparison.lists()),
    };
    serde_json::to_writer_pretty(&mut *out, &everything)?;
    Ok(writeln!(out)?)
}
