//! Runs every body on mutated inputs: `mutate --cases 10000000 [--seed N] [--target NAME] [--jobs N]`.
//!
//! Each case follows from the seed, the target and its number, and can be made alone:
//! `mutate --target NAME --case N` prints its input and runs it. Each target runs in a process of
//! its own, so that an overflow of the stack, or an allocation that fails, ends one target and is
//! found too.

#[path = "../../tests/support/bodies.rs"]
mod bodies;
mod mutation;
mod random;
mod seeds;
mod structure;
mod trial;
mod worker;

use std::collections::VecDeque;
use std::process::ExitCode;
use std::sync::Mutex;

use bodies::{TARGETS, Target};

/// The command line.
#[derive(Clone)]
struct Arguments {
    cases: u64,
    seed: u64,
    jobs: usize,
    targets: Vec<String>,
    /// One case to show and run.
    case: Option<u64>,
    /// In a process that runs one target: the first case, and whether each is announced.
    from: Option<u64>,
    each: bool,
}

const USAGE: &str = "mutate [--cases N] [--seed N] [--jobs N] [--target NAME]… [--case N]";

fn arguments() -> Result<Arguments, String> {
    let mut read = Arguments {
        cases: 100_000,
        seed: 1,
        jobs: 1,
        targets: Vec::new(),
        case: None,
        from: None,
        each: false,
    };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        if name == "--each" {
            read.each = true;
            continue;
        }
        let value = given
            .next()
            .ok_or_else(|| format!("{name} needs a value: {USAGE}"))?;
        let number = || {
            let digits: String = value.chars().filter(|c| *c != '_').collect();
            digits
                .parse::<u64>()
                .map_err(|_| format!("found {name} {value:?}, expected a number"))
        };
        match name.as_str() {
            "--cases" => read.cases = number()?,
            "--seed" => read.seed = number()?,
            "--jobs" => read.jobs = number()?.max(1) as usize,
            "--case" => read.case = Some(number()?),
            "--from" => read.from = Some(number()?),
            "--target" => read.targets.push(value),
            _ => return Err(format!("found {name:?}, expected {USAGE}")),
        }
    }
    if let Some(unknown) = read.targets.iter().find(|name| find(name).is_none()) {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!(
            "found the target {unknown:?}, expected one of {}",
            names.join(", ")
        ));
    }
    Ok(read)
}

fn find(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// The share of the cases that a target has, in parts: the slower, the fewer.
fn weight(target: &Target) -> u64 {
    match target.name {
        "code" | "answers" | "keys" | "quantities" | "small" => 20,
        "table" => 4,
        "notice" | "catalogue" | "ecfr" | "apply" => 2,
        "laws" | "align" => 1,
        _ => 10,
    }
}

fn main() -> ExitCode {
    let result = arguments().and_then(|arguments| match (arguments.case, arguments.from) {
        (Some(case), _) => worker::show(&arguments, case),
        (None, Some(from)) => worker::work(&arguments, from),
        (None, None) => run(&arguments),
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all targets that are asked for and prints a table; returns whether there is no fault.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let asked = |target: &&Target| {
        arguments.targets.is_empty() || arguments.targets.iter().any(|name| name == target.name)
    };
    let targets: Vec<&Target> = TARGETS.iter().filter(asked).collect();
    let whole: u64 = targets.iter().map(|target| weight(target)).sum();
    let share = |target: &Target| (arguments.cases * weight(target)).div_ceil(whole.max(1));
    println!(
        "{:<22} {:>10} {:>8} {:>10} {:>8}  {}",
        "target", "cases", "faults", "most bytes", "seconds", "seeds"
    );
    let queue: Mutex<VecDeque<&Target>> = Mutex::new(targets.into_iter().collect());
    let all: Mutex<(u64, usize, Vec<String>)> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..arguments.jobs {
            scope.spawn(|| {
                while let Some(target) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) {
                    let report = worker::supervise(arguments, target, share(target));
                    println!("{}", report.line(target));
                    if let Ok(mut all) = all.lock() {
                        all.0 += report.cases;
                        all.1 += report.faults.len();
                        all.2.extend(report.faults);
                    }
                }
            });
        }
    });
    let (cases, faults, said) = all.into_inner().map_err(|error| error.to_string())?;
    println!("{:<22} {cases:>10} {faults:>8}", "all");
    for line in said {
        println!("{line}");
    }
    Ok(faults == 0)
}
