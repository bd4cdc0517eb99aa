//! Runs the cases of one target in a process of its own, and watches over that process.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::Arguments;
use super::bodies::Target;
use super::mutation::case;
use super::random::Random;
use super::{find, seeds, trial};

/// The number of cases after which a process says how far it is.
const STEP: u64 = 1024;

/// A case that takes longer is a fault: all others take microseconds.
const LONGEST: Duration = Duration::from_secs(60);

fn one<'a>(arguments: &'a Arguments) -> Result<(&'a str, &'static Target), String> {
    let name = arguments
        .targets
        .first()
        .ok_or("found no --target, expected one")?;
    let target = find(name).ok_or("found an unknown target")?;
    Ok((name, target))
}

/// Prints the input of one case and runs it.
pub fn show(arguments: &Arguments, number: u64) -> Result<bool, String> {
    let (name, target) = one(arguments)?;
    let pool = seeds::pool(name)?;
    let bytes = case(&pool, &mut Random::of_case(arguments.seed, name, number));
    std::io::stdout()
        .write_all(&bytes)
        .map_err(|error| error.to_string())?;
    (target.body)(&bytes);
    Ok(true)
}

/// Runs cases from a number on, and prints what there is to know, a line each.
pub fn work(arguments: &Arguments, from: u64) -> Result<bool, String> {
    static NOW: AtomicU64 = AtomicU64::new(0);
    let (name, target) = one(arguments)?;
    let pool = seeds::pool(name)?;
    trial::listen();
    std::thread::spawn(|| {
        let (mut last, mut since) = (0, Instant::now());
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let now = NOW.load(Ordering::Relaxed);
            if now != last {
                (last, since) = (now, Instant::now());
            } else if since.elapsed() > LONGEST {
                std::process::abort();
            }
        }
    });
    // Tables that are made once are made before memory is counted.
    for seed in &pool.seeds {
        let _ = trial::run(target, seed);
    }
    println!("seeds {}", pool.seeds.len());
    let (mut faults, mut most) = (BTreeMap::<String, u64>::new(), 0);
    for number in from..arguments.cases {
        if arguments.each || number % STEP == 0 {
            println!("at {number}");
        }
        NOW.store(number + 1, Ordering::Relaxed);
        let bytes = case(&pool, &mut Random::of_case(arguments.seed, name, number));
        match trial::run(target, &bytes) {
            Ok(taken) => most = most.max(taken),
            Err(fault) => {
                let seen = faults.entry(fault.place.clone()).or_default();
                *seen += 1;
                if *seen == 1 {
                    let small = trial::minimized(target, &bytes, &fault);
                    let path = save(name, number, &small)?;
                    println!(
                        "fault {name} case {number}: {path}: {}: {:?}",
                        fault.place, fault.said
                    );
                }
            }
        }
    }
    for (place, times) in &faults {
        println!("times {times} {place}");
    }
    println!("most {most}");
    println!("done");
    Ok(true)
}

/// Writes an input beside those of the fuzzer, and returns its path.
fn save(target: &str, number: u64, bytes: &[u8]) -> Result<String, String> {
    let folder = seeds::folder().join("artifacts").join(target);
    let path = folder.join(format!("case-{number}"));
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, bytes))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path.display().to_string())
}

/// The result of a target.
#[derive(Default)]
pub struct Report {
    pub cases: u64,
    /// One line for each fault.
    pub faults: Vec<String>,
    seeds: String,
    most: String,
    seconds: f64,
    last: u64,
    done: bool,
}

impl Report {
    pub fn line(&self, target: &Target) -> String {
        format!(
            "{:<22} {:>10} {:>8} {:>10} {:>8.1}  {}",
            target.name,
            self.cases,
            self.faults.len(),
            self.most,
            self.seconds,
            self.seeds
        )
    }

    fn hear(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("at", number)) => self.last = number.parse().unwrap_or(self.last),
            Some(("fault", _)) => self.faults.push(line.to_owned()),
            Some(("times", _)) => {
                eprintln!("{line}");
            }
            Some(("seeds", number)) => self.seeds = number.to_owned(),
            Some(("most", number)) => self.most = number.to_owned(),
            _ => self.done |= line == "done",
        }
    }
}

/// Runs a target in a process of its own. If the process dies, the case that killed it is found,
/// saved and passed over.
pub fn supervise(arguments: &Arguments, target: &Target, cases: u64) -> Report {
    let started = Instant::now();
    let mut report = Report {
        cases,
        ..Report::default()
    };
    let mut from = 0;
    while !report.done {
        listen(arguments, target, cases, from, false, &mut report);
        if report.done {
            break;
        }
        from = report.last;
        listen(arguments, target, cases, from, true, &mut report);
        if report.done {
            break;
        }
        let number = report.last;
        let saved = seeds::pool(target.name).and_then(|pool| {
            let bytes = case(
                &pool,
                &mut Random::of_case(arguments.seed, target.name, number),
            );
            save(target.name, number, &bytes)
        });
        let path = saved.unwrap_or_else(|error| error);
        report.faults.push(format!(
            "fault {} case {number}: {path}: the process died",
            target.name
        ));
        from = number + 1;
        if report.faults.len() > 20 {
            break;
        }
    }
    report.seconds = started.elapsed().as_secs_f64();
    report
}

fn listen(
    arguments: &Arguments,
    target: &Target,
    cases: u64,
    from: u64,
    each: bool,
    report: &mut Report,
) {
    let mut command = Command::new(std::env::current_exe().unwrap_or_default());
    let [cases, from, seed] = [cases, from, arguments.seed].map(|number| number.to_string());
    command.args([
        "--target",
        target.name,
        "--cases",
        &cases,
        "--from",
        &from,
        "--seed",
        &seed,
    ]);
    if each {
        command.arg("--each");
    }
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            report
                .faults
                .push(format!("fault {}: {error}", target.name));
            report.done = true;
            return;
        }
    };
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            report.hear(&line);
        }
    }
    let _ = child.wait();
}
