//! Compares the work on an input with the work on one twice as long. The work is counted in
//! instructions, by valgrind, and not in time: a test runs itself anew for each input.
#![allow(dead_code)] // each test file uses its part

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Something that is read, and texts of it of any length.
pub struct Work<'a> {
    pub name: &'a str,
    pub text: Box<dyn Fn(usize) -> String + Sync + 'a>,
    pub read: fn(&str),
}

/// The number of bytes that are read first, and then twice as many. Below that a sum that is linear and a bit
/// quadratic looks linear; above it valgrind takes minutes.
const LENGTH: usize = 20_000;

/// Twice the length is at most this many times the work.
const LIMIT: f64 = 2.2;

/// The variable that names the text to read, as the number of the work and a length.
const WANTED: &str = "EXPORT_CONTROL_DOUBLING";

/// Work that takes four times as long for twice the length: the measure must see it.
fn quadratic(length: usize) -> usize {
    let lines: Vec<String> = (0..length / 20).map(|at| format!("line {at}")).collect();
    let earlier = |at: usize| {
        lines[..at]
            .iter()
            .filter(|line| **line == lines[at])
            .count()
    };
    (0..lines.len()).map(earlier).sum()
}

/// Reads the text that is asked for and does nothing else: the part that valgrind counts.
pub fn one_reading(all: &[Work<'_>]) {
    let Ok(wanted) = std::env::var(WANTED) else {
        return;
    };
    // Tables that are made once are made by each run.
    for work in all {
        (work.read)(&(work.text)(1));
    }
    let (number, length) = wanted.split_once('/').unwrap();
    let length = length.parse().unwrap();
    match number.parse::<usize>() {
        Ok(number) => (all[number].read)(&(all[number].text)(length)),
        Err(_) => assert_eq!(quadratic(length), 0),
    }
}

/// The instructions of one reading, as valgrind counts them.
fn instructions(number: &str, length: usize) -> u64 {
    let output = std::process::Command::new("valgrind")
        .args([
            "--tool=cachegrind",
            "--cache-sim=no",
            "--cachegrind-out-file=/dev/null",
        ])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "one_reading"])
        .env(WANTED, format!("{number}/{length}"))
        .output()
        .expect("valgrind, which counts instructions");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{number}: {said}");
    let count = said.lines().find_map(|line| line.split_once("refs:"));
    let (_, count) = count.expect("a count of instructions");
    count.trim().replace(',', "").parse().unwrap()
}

/// Returns the ratio of the work on twice a length, beyond what starts the program.
fn ratio(number: &str, name: &str, length: usize, start: u64) -> f64 {
    let [one, two] = [length, 2 * length].map(|length| instructions(number, length) - start);
    let ratio = two as f64 / one as f64;
    println!("{name:<40} {length:>6} {one:>12} {two:>12} {ratio:.2}");
    ratio
}

/// Returns how the work grows. A step (a table that is made from some length on, a further pass)
/// is over once, growth is there again at the next doubling: so the second is asked too if the
/// first is too much.
fn growth(number: &str, name: &str, start: u64) -> f64 {
    let first = ratio(number, name, LENGTH, start);
    if first <= LIMIT {
        return first;
    }
    first.min(ratio(number, name, 2 * LENGTH, start))
}

/// Twice the length is at most [`LIMIT`] times the work, for each of some works.
pub fn check(all: &[Work<'_>]) {
    let start = instructions("quadratic", 1);
    let seen = growth("quadratic", "quadratic", start);
    assert!(seen > LIMIT, "the measure does not see growth: {seen:.2}");
    let (next, ratios) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(work) = all.get(number) else { break };
                    let growth = growth(&number.to_string(), work.name, start);
                    ratios.lock().unwrap().push((growth, work.name));
                }
            });
        }
    });
    let ratios = ratios.into_inner().unwrap();
    assert_eq!(ratios.len(), all.len());
    let worse: Vec<_> = ratios.iter().filter(|(ratio, _)| *ratio > LIMIT).collect();
    assert!(worse.is_empty(), "{worse:?}");
}
