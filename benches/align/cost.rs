//! Measures the cost of aligning, and its growth.

use std::process::Command;
use std::time::Instant;

use export_control::align::Aligner;
use export_control::{Code, ControlList, Item, ItemState};

use crate::measure::{Part, Ranking, recall};
use crate::{METHODS, aligned, document, ranking, truth};

/// Makes a list as long as several, each copy in words of its own.
fn copies(list: &ControlList, count: u16) -> ControlList {
    let mut items: Vec<Item> = Vec::new();
    for copy in 0..count {
        let letter = char::from(b'a' + copy as u8);
        for item in list
            .items()
            .iter()
            .filter(|item| item.state() != ItemState::Reserved && item.code().number() < 50)
        {
            let entry = Code::from_parts(
                item.code().category(),
                item.code().group(),
                item.code().number() + 50 * copy,
            )
            .expect("a free number");
            let code = item
                .code()
                .labels()
                .fold(entry, |code, label| code.child(label).unwrap_or(code));
            let mut twin = item.clone();
            twin = twin.with_code(code);
            let text = item.text().unwrap_or_default();
            let word = |word: &str| {
                if word.len() > 5 && word.chars().all(char::is_alphabetic) {
                    format!("{word}{letter}")
                } else {
                    word.to_owned()
                }
            };
            twin = twin.with_text(Some(
                text.split(' ').map(word).collect::<Vec<_>>().join(" "),
            ));
            items.push(twin);
        }
    }
    ControlList::new(list.info().clone(), list.edition().clone(), items)
        .expect("each copy has its own numbers")
}

/// Returns the texts of both lists as the baselines see them.
fn texts(eu: &ControlList, us: &ControlList) -> [Vec<String>; 2] {
    [eu, us].map(|list| {
        let items = list.items().iter().filter(|item| item.text().is_some());
        items
            .map(|item| document(list, item.code(), false))
            .collect()
    })
}

/// Does once what is asked for: nothing, the aligner, or a baseline. It is for counting
/// instructions.
pub fn once(what: &str, eu: &ControlList, us: &ControlList) {
    if what == ALIGNER {
        println!("{} items", aligned(eu, us).0.items().len());
    }
    if let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == what) {
        let [ours, theirs] = texts(eu, us);
        println!("{} items", method(&ours, &theirs).len());
    }
}

const ALIGNER: &str = "aligner";

/// Returns the instructions of one run, if valgrind is at hand. Reading the publications is taken
/// away.
fn instructions(what: &str) -> Option<u64> {
    let count = |what: &str| {
        let program = std::env::current_exe().ok()?;
        let run = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args(["--once", what])
            .output()
            .ok()?;
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        let count = said
            .split("Collected :")
            .nth(1)?
            .split_whitespace()
            .next()?;
        count.parse::<u64>().ok()
    };
    count(what)?.checked_sub(count("nothing")?)
}

/// Returns the best time of five runs.
fn best_of_five(mut run: impl FnMut()) -> f64 {
    let one = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..5).map(one).fold(f64::MAX, f64::min)
}

fn row(name: &str, seconds: f64) {
    let counted = match instructions(name) {
        Some(count) => format!("{:.2} billion instructions", count as f64 / 1e9),
        None => "no valgrind to count instructions".to_owned(),
    };
    println!("  {name:<18}{seconds:>8.3} s, {counted}");
}

/// Prints time and memory, and how both grow. The time of the aligner has everything in it: reading
/// the texts, weighing, pairing, and the relation and evidence of five proposals for each item.
/// That of a baseline has all scores of the same items.
pub fn table(eu: &ControlList, us: &ControlList) {
    println!(
        "\nCost of all items, EU ({}) to US ({}), the best of five runs each",
        eu.items().len(),
        us.items().len()
    );
    row(
        ALIGNER,
        best_of_five(|| drop(std::hint::black_box(aligned(eu, us)))),
    );
    let [ours, theirs] = texts(eu, us);
    for (name, method) in METHODS {
        row(
            name,
            best_of_five(|| drop(std::hint::black_box(method(&ours, &theirs)))),
        );
    }
    let truth = truth::items(eu, us, 0.6, &truth::MOVED_IN_US);
    let start = Instant::now();
    let exhaustive = ranking(
        &Aligner::default()
            .hide_codes(true)
            .exhaustive(true)
            .align(eu, us),
    );
    let time = start.elapsed();
    let pruned = ranking(&aligned(eu, us).0);
    let of = |found: &Ranking| {
        format!(
            "{:.4} at 1, {:.4} at 5",
            recall(&truth, found, 1, Part::Both),
            recall(&truth, found, 5, Part::Both)
        )
    };
    println!(
        "  with every pair weighed: {:.1} s, {}; with the likely ones only: {}",
        time.as_secs_f64(),
        of(&exhaustive),
        of(&pruned)
    );
    for count in [1, 2, 4, 8, 16] {
        let (left, right) = (copies(eu, count), copies(us, count));
        let (_, time) = aligned(&left, &right);
        println!(
            "  {:>6} to {:>6} items: {:.3} s",
            left.items().len(),
            right.items().len(),
            time.as_secs_f64()
        );
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or_default();
        println!("  peak memory of this whole run: {peak}");
    }
}
