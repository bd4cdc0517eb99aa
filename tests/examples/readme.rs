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

/// Lines may be left out, cut with `…`, and broken where they are long; their order is kept.
#[test]
fn quoted_output_is_real() {
    let mut lines = 0;
    for block in README.split("```text\n$ ").skip(1) {
        let block = block.split("```").next().unwrap();
        let (command, quoted) = block.split_once('\n').unwrap();
        let printed = squeezed(&output(command));
        let mut rest = printed.as_str();
        for line in quoted.lines().map(squeezed).filter(|line| !line.is_empty()) {
            let line = line.trim_end_matches('…').trim_end();
            let Some(at) = rest.find(line) else {
                panic!("{command} does not print this line, or not here: {line}\n{printed}");
            };
            rest = &rest[at + line.len()..];
            lines += 1;
        }
    }
    assert!(lines > 20, "{lines} lines");
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
