//! A history of 2,500 editions: what it needs to be made, in time and memory, and what it costs to
//! count all of them.
//!
//! An edition has the items of the embedded US list, with a text each. Between two editions as much
//! changes as between two of the embedded history: reworded texts, other logic, leaves that go
//! and come back. `-- NUMBER` takes another number of editions.

use std::process::Command;
use std::time::Instant;

use export_control::change::{SizeOn, Snapshot};
use export_control::{
    ChildLogic, ControlList, CountingRule, Edition, History, Item, Scope, us_ccl,
};
use jiff::civil::{Date, date};

const REWORDED: usize = 15;
const OTHER_LOGIC: usize = 11;
const GO: usize = 9;

/// Makes one edition after another, and keeps only the items of the next one.
struct Editions {
    items: Vec<Item>,
    listed: Vec<bool>,
    gone: Vec<usize>,
    leaves: Vec<usize>,
    parents: Vec<usize>,
    day: Date,
    made: usize,
    count: usize,
    seed: u64,
}

impl Editions {
    fn new(count: usize) -> Editions {
        let items = us_ccl().items().iter().enumerate().map(|(at, item)| {
            let words = "with some more words to its text ".repeat(3);
            let text = format!("{} number {at}, {words}", item.title());
            item.clone().with_text(Some(text))
        });
        let items: Vec<Item> = items.collect();
        let all = 0..items.len();
        let is_parent = |at: &usize| {
            let next = items.get(at + 1);
            next.is_some_and(|next| next.code().parent() == Some(items[*at].code()))
        };
        Editions {
            listed: vec![true; items.len()],
            gone: Vec::new(),
            leaves: all.clone().filter(|at| !is_parent(at)).collect(),
            parents: all.filter(is_parent).collect(),
            items,
            day: date(2017, 1, 1),
            made: 0,
            count,
            seed: 16,
        }
    }

    /// Returns one of some positions, by a generator of random numbers (`splitmix64`).
    fn one(&mut self, of: fn(&Editions) -> &[usize]) -> usize {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.seed;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let of = of(self);
        of[(mixed % of.len() as u64) as usize]
    }

    fn amend(&mut self) {
        for _ in 0..REWORDED {
            let at = self.one(|all| &all.leaves);
            let text = format!(
                "{} in the words of edition {}",
                us_ccl().items()[at].title(),
                self.made
            );
            self.items[at] = self.items[at].clone().with_text(Some(text));
        }
        for _ in 0..OTHER_LOGIC {
            let at = self.one(|all| &all.parents);
            let logic = match self.items[at].logic() {
                ChildLogic::All => ChildLogic::Any,
                _ => ChildLogic::All,
            };
            self.items[at] = self.items[at].clone().with_logic(logic);
        }
        for at in std::mem::take(&mut self.gone) {
            self.listed[at] = true;
        }
        for _ in 0..GO {
            let at = self.one(|all| &all.leaves);
            self.listed[at] = false;
            self.gone.push(at);
        }
    }
}

impl Iterator for Editions {
    type Item = (Date, Snapshot);

    fn next(&mut self) -> Option<(Date, Snapshot)> {
        if self.made == self.count {
            return None;
        }
        if self.made > 0 {
            self.amend();
        }
        let items = self.items.iter().zip(&self.listed);
        let items = items
            .filter(|(_, listed)| **listed)
            .map(|(item, _)| item.clone());
        let list = ControlList::new(us_ccl().info().clone(), Edition::default(), items.collect());
        let day = self.day;
        self.day = day.tomorrow().expect("a day before the year 9999");
        self.made += 1;
        Some((
            day,
            Snapshot::new(list.expect("leaves only come and go"), Vec::new()),
        ))
    }
}

fn history(count: usize) -> History {
    History::new(Editions::new(count), date(2040, 1, 1), Vec::new()).expect("days in order")
}

/// Counts an edition in every so many by rebuilding it, as a program without `growth` does.
fn rebuilt(history: &History, rule: CountingRule, step: usize) -> Vec<Option<usize>> {
    let days = history.versions().iter().step_by(step);
    days.map(|day| {
        let list = history.at(*day).expect("the first day of an edition").list;
        list.count(rule, &Scope::default()).number()
    })
    .collect()
}

#[inline(never)]
fn growth(history: &History, rule: CountingRule) -> Vec<SizeOn> {
    history.growth(rule).expect("every edition can be rebuilt")
}

fn seconds(job: impl FnOnce()) -> f64 {
    let start = Instant::now();
    job();
    start.elapsed().as_secs_f64()
}

/// Returns the peak memory of this process in megabytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |peak| peak / 1024.0)
}

/// Does one thing in this process, and prints its seconds and its peak memory.
fn once(what: &str, count: usize) {
    let (mut shown, before) = (0, peak());
    let seconds = seconds(|| match what {
        "one" => {
            shown = Editions::new(1)
                .map(|(_, one)| one.list.items().len())
                .sum()
        }
        "editions" => {
            shown = Editions::new(count)
                .map(|(_, one)| one.list.items().len())
                .sum()
        }
        _ => shown = history(count).codes().len(),
    });
    println!(
        "{seconds:.2} s, peak {:.1} MB, of which the start {before:.1} MB ({shown} items)",
        peak()
    );
}

/// Prints what a process of its own says of one thing.
fn row(name: &str, what: &str, count: usize) {
    let program = std::env::current_exe().expect("this program");
    let said = Command::new(program)
        .args(["--once", what, &count.to_string()])
        .output()
        .expect("this program runs");
    println!(
        "  {name:<40}{}",
        String::from_utf8_lossy(&said.stdout).trim_end()
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.iter().find_map(|one| one.parse().ok());
    let count = count.unwrap_or(2500);
    if let Some(at) = arguments.iter().position(|one| one == "--once") {
        return once(arguments.get(at + 1).map_or("", String::as_str), count);
    }
    println!("{count} editions of {} items", us_ccl().items().len());
    row("one edition made", "one", count);
    row("the editions made and dropped", "editions", count);
    row("the history of them", "history", count);
    let history = history(count);
    let step = count.div_ceil(50);
    for rule in [
        CountingRule::Entries,
        CountingRule::Provisions,
        CountingRule::Depth(2),
    ] {
        let mut sizes = Vec::new();
        let runs = (0..5).map(|_| seconds(|| sizes = growth(&history, rule)));
        let best = runs.fold(f64::MAX, f64::min);
        let mut numbers = Vec::new();
        let some = seconds(|| numbers = rebuilt(&history, rule, step));
        let known = sizes.iter().step_by(step).map(|size| size.known.number());
        assert!(
            known.eq(numbers.iter().copied()),
            "both ways count the same"
        );
        let all = some / numbers.len() as f64 * count as f64;
        println!(
            "  growth, {rule:<12} {best:.3} s; each edition rebuilt and counted: {all:.1} s by {} of them",
            numbers.len()
        );
    }
}
