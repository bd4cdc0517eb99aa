//! The README quotes real output and real data.
#![allow(clippy::duplicate_mod)] // every example brings examples/common

#[allow(dead_code)]
#[path = "../../examples/changes.rs"]
mod changes;
#[allow(dead_code)]
#[path = "../../examples/compare.rs"]
mod compare;
#[allow(dead_code)]
#[path = "../../examples/only_in.rs"]
mod only_in;
#[allow(dead_code)]
#[path = "../../examples/overlap.rs"]
mod overlap;
#[allow(dead_code)]
#[path = "../../examples/parties.rs"]
mod parties;
#[allow(dead_code)]
#[path = "../../examples/press_claim.rs"]
mod press_claim;
#[path = "../support/running.rs"]
mod running;
#[allow(dead_code)]
#[path = "../../examples/status.rs"]
mod status;

use running::{run, words};

const README: &str = include_str!("../../README.md");

/// Runs the example that a quoted command names.
fn output(command: &str) -> String {
    let (name, arguments) = command
        .strip_prefix("cargo run --release --example ")
        .unwrap_or_else(|| panic!("{command}: not the command of an example"))
        .split_once(" -- ")
        .unwrap_or((command.rsplit(' ').next().unwrap(), ""));
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    match name {
        "changes" => run(changes::run, &arguments),
        "compare" => run(compare::run, &arguments),
        "only_in" => run(only_in::run, &arguments),
        "overlap" => run(overlap::run, &arguments),
        "parties" => run(parties::run, &arguments),
        "press_claim" => run(press_claim::run, &arguments),
        "status" => run(status::run, &arguments),
        _ => panic!("{name}: add this example to tests/examples/readme.rs"),
    }
    .unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// A text with its white space squeezed and without the rules below headers.
fn squeezed(text: &str) -> String {
    words(&text.replace('─', ""))
}

/// Returns an error if a quotation is not what was printed. `…` marks what is left out; nothing else
/// may be.
fn check(quoted: &str, printed: &str) -> Result<(), String> {
    let (quoted, printed) = (squeezed(quoted), squeezed(printed));
    let mut parts = quoted.split('…').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let mut rest = printed
        .strip_prefix(first)
        .ok_or_else(|| format!("it does not begin with: {first}"))?;
    let mut last = first;
    for part in parts {
        let at = rest
            .find(part)
            .ok_or_else(|| format!("not printed, or not here: {part}"))?;
        rest = &rest[at + part.len()..];
        last = part;
    }
    match rest {
        rest if rest.is_empty() || quoted.ends_with('…') => Ok(()),
        rest => Err(format!("left out without a sign after {last:?}: {rest}")),
    }
}

/// Lines may be broken where they are long. Whatever is left out has a `…` in its place.
#[test]
fn quoted_output_is_real() {
    let mut lines = 0;
    for block in README.split("```text\n$ ").skip(1) {
        let block = block.split("```").next().unwrap();
        let (command, quoted) = block.split_once('\n').unwrap();
        if let Err(fault) = check(quoted, &output(command)) {
            panic!("{command}: {fault}");
        }
        lines += quoted.lines().count();
    }
    assert!(lines > 20, "{lines} lines");
}

#[test]
fn a_silent_omission_is_seen() {
    let printed = "Heads\n\n  one   1\n  two   2\n  three 3\n";
    for honest in [
        "… one 1 …",
        "Heads one 1\n…",
        "Heads\n…\nthree 3",
        "… two …",
    ] {
        assert_eq!(check(honest, printed), Ok(()), "{honest}");
    }
    for silent in [
        "one 1 …",
        "… one 1",
        "… one 1\nthree 3",
        "… two 2\none 1 …",
        "… four …",
    ] {
        assert!(check(silent, printed).is_err(), "{silent}");
    }
}

#[test]
fn quoted_items_have_the_titles_of_the_data() {
    let us = export_control::us_ccl();
    let block = README.split("```text\n1C240 ").nth(1).unwrap();
    let block = format!("1C240 {}", block.split("```").next().unwrap());
    let quoted: Vec<(String, String)> = block
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(code, title)| (code.to_owned(), title.trim().to_owned()))
        .collect();
    let branch: Vec<(String, String)> = us
        .subtree("1C240".parse().unwrap())
        .iter()
        .map(|item| (item.code().to_string(), item.title().to_owned()))
        .collect();
    assert_eq!(quoted, branch);
}

/// The README counts its branch by four rules; so does the crate.
#[test]
fn the_branch_counts_as_the_readme_says() {
    use export_control::{ControlList, CountingRule, Edition, ListId, ListInfo, Scope};
    let branch = export_control::us_ccl().subtree("1C240".parse().unwrap());
    let info = ListInfo::new(ListId::new("branch"), "A branch");
    let list = ControlList::new(info, Edition::default(), branch.to_vec()).unwrap();
    let number = |rule| list.count(rule, &Scope::default()).number().unwrap();
    let [entries, items, leaves, provisions] = [
        CountingRule::Entries,
        CountingRule::Items,
        CountingRule::Leaves,
        CountingRule::Provisions,
    ]
    .map(number);
    let said =
        format!("{entries} entry, {items} items, {leaves} leaves or {provisions} provisions");
    assert!(words(README).contains(&said), "{said}");
}
