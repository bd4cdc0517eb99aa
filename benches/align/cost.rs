//! Measures the cost of aligning, and its growth.

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

/// Prints time and memory, and how both grow. The time has everything in it: reading the texts,
/// weighing, pairing, and the relation and evidence of five proposals for each item.
pub fn table(eu: &ControlList, us: &ControlList) {
    println!("\nCost of all items, five proposals each");
    let best = (0..5).map(|_| aligned(eu, us).1).min().unwrap_or_default();
    println!(
        "EU ({}) to US ({}): {:.3} s, the best of five",
        eu.items().len(),
        us.items().len(),
        best.as_secs_f64()
    );
    let queries: Vec<Code> = eu
        .items()
        .iter()
        .filter(|item| item.text().is_some())
        .map(|item| item.code())
        .collect();
    let candidates: Vec<Code> = us
        .items()
        .iter()
        .filter(|item| item.text().is_some())
        .map(|item| item.code())
        .collect();
    let texts = |list: &ControlList, codes: &[Code]| {
        codes
            .iter()
            .map(|code| document(list, *code, false))
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (texts(eu, &queries), texts(us, &candidates));
    for (name, method) in METHODS {
        let start = Instant::now();
        std::hint::black_box(method(&ours, &theirs));
        println!(
            "  {name}, all scores of the same items, in Rust: {:.3} s",
            start.elapsed().as_secs_f64()
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
