//! Lists of parties: reading Part 744 against a bare walk of its events, and the overlap of the
//! Entity List with the screening list against rapidfuzz, with recall and precision.
//!
//! It needs the publications (EXPORT_CONTROL_SOURCES), and for the second part a Python with
//! rapidfuzz and numpy, which RAPIDFUZZ_PYTHON names. Without them it says so.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use export_control::party::{
    self, EntryKind, PartyEntry, PartyList, PartyListInfo, PartyOverlap, PartySet, normal_form,
};
use export_control::source::part744;
use export_control::{Edition, ListId};

#[path = "../common/walk.rs"]
mod walk;
use walk::walk;

fn main() {
    let Some(sources) = std::env::var_os("EXPORT_CONTROL_SOURCES").map(PathBuf::from) else {
        println!("EXPORT_CONTROL_SOURCES names no folder: nothing to read");
        return;
    };
    reading(&sources);
    overlap(&sources);
}

/// The least time of several runs: of the processor, where the system says it, as for rapidfuzz.
fn least(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times = (0..runs).map(|_| {
        let (begin, processor) = (Instant::now(), processor());
        work();
        let passed = begin.elapsed();
        let used = self::processor().zip(processor);
        used.map_or(passed, |(end, begin)| (end - begin).min(passed))
    });
    let first = times.next().unwrap_or_default();
    times.fold(first, Duration::min)
}

/// The time for which this thread has had a processor; Linux says it.
fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn reading(sources: &Path) {
    let path = sources.join("parties/us/part744-ecfr-fetched-2026-07-23.xml");
    let text = std::fs::read_to_string(path).expect("the official file");
    // For counting instructions: one of the two, once.
    match std::env::var("ONLY").as_deref() {
        Ok("walk") => {
            println!("{}", walk(text.as_bytes()));
            std::process::exit(0);
        }
        Ok("read") => {
            let part = part744::read(text.as_bytes(), Edition::default()).expect("Part 744");
            println!("{}", part.lists.len());
            std::process::exit(0);
        }
        _ => {}
    }
    let bare = least(9, || {
        std::hint::black_box(walk(text.as_bytes()));
    });
    let read = least(9, || {
        std::hint::black_box(part744::read(text.as_bytes(), Edition::default()).expect("Part 744"));
    });
    let ratio = read.as_secs_f64() / bare.as_secs_f64();
    println!("Part 744: bare walk {bare:?}, read {read:?}, {ratio:.2} times");
}

/// The entries of the screening list without natural persons.
fn screening(sources: &Path) -> PartyList {
    let path = sources.join("parties/us/screening-list-2026-07-31-no-individuals.csv");
    let mut reader = csv::Reader::from_path(path).expect("the screening list");
    let entries = reader.records().map(|row| {
        let row = row.expect("a row");
        let mut entry = PartyEntry::new(&row[3]);
        entry.kind = match &row[1] {
            "Vessel" => EntryKind::Vessel,
            "Aircraft" => EntryKind::Aircraft,
            _ => EntryKind::Party,
        };
        let values = |text: &str| -> Vec<String> {
            let values = text
                .split(';')
                .map(str::trim)
                .filter(|value| !value.is_empty());
            values.map(str::to_owned).collect()
        };
        entry.number = Some(row[0].to_owned());
        entry.other_names = values(&row[4]);
        let countries = values(&row[5]).into_iter();
        entry.address_countries = countries
            .filter_map(|country| country.parse().ok())
            .collect();
        entry
    });
    let entries = entries.collect();
    PartyList::new(
        PartyListInfo::new(ListId::new("csl"), "screening list"),
        Edition::default(),
        entries,
    )
}

/// A list with these names, each an entry of its own.
fn named<'n>(names: impl IntoIterator<Item = &'n str>) -> PartyList {
    let entries = names.into_iter().map(PartyEntry::new).collect();
    let info = PartyListInfo::new(ListId::new("names"), "names");
    PartyList::new(info, Edition::default(), entries)
}

fn places<'a>(set: &PartySet<'a>) -> HashMap<*const PartyEntry, usize> {
    let entries = set.iter().map(std::ptr::from_ref);
    entries.enumerate().map(|(at, entry)| (entry, at)).collect()
}

/// An answer to a query: its score, and whether it is the right entry.
struct Answer {
    score: f64,
    right: bool,
}

fn overlap(sources: &Path) {
    let (el, csl) = (party::entity_list(), screening(sources));
    let whole = least(3, || {
        std::hint::black_box(PartyOverlap::between(&el.all(), &csl.all()));
    });
    let overlap = PartyOverlap::between(&el.all(), &csl.all());
    println!(
        "Entity List with {} entries, all names: {} exact pairs, {} of {} entries matched, {} proposed, {whole:?}",
        csl.entries().len(),
        overlap.exact().len(),
        overlap.matched_left(),
        el.entries().len(),
        overlap.proposed().len()
    );
    let (left, right) = (
        named(el.entries().iter().map(|entry| entry.name.as_str())),
        named(csl.entries().iter().map(|entry| entry.name.as_str())),
    );
    let ours = least(15, || {
        std::hint::black_box(PartyOverlap::between(&left.all(), &right.all()));
    });
    println!("the same by their own names alone: {ours:?}");
    if let Some((seconds, _)) = rapidfuzz(&left, &right) {
        let aim = seconds / 200.0;
        println!(
            "rapidfuzz, the matrix of token-set ratios of the same names: {seconds:.1} s; half of a hundredth {aim:.3} s; {:.2} of it here",
            ours.as_secs_f64() / aim
        );
    }
    evaluation(el, &csl);
}

/// Judges the proposals. The regulation itself says which other spellings a party has: each
/// first other name of several words is a query, and the right answers are the rows of the screening
/// list that have the party's own name. The rows of every second party are taken out, so that a
/// query of such a party has no right answer.
fn evaluation(el: &PartyList, csl: &PartyList) {
    let form = |name: &str| normal_form(name);
    let own: HashSet<String> = el.entries().iter().map(|entry| form(&entry.name)).collect();
    let hidden = |name: &str| {
        // Every second party, whatever machine this runs on.
        own.contains(name) && name.bytes().map(usize::from).sum::<usize>() % 2 == 1
    };
    let rows: Vec<&str> = csl
        .entries()
        .iter()
        .map(|entry| entry.name.as_str())
        .filter(|name| !hidden(&form(name)))
        .collect();
    let forms: Vec<String> = rows.iter().map(|name| form(name)).collect();
    let known: HashSet<&str> = forms.iter().map(String::as_str).collect();
    let mut queries: Vec<(&str, String)> = Vec::new();
    for entry in el
        .entries()
        .iter()
        .filter(|entry| entry.kind == EntryKind::Party)
    {
        let other = entry.other_names.iter().find(|name| {
            let form = form(name);
            form.split(' ').count() > 1 && !own.contains(&form) && !known.contains(form.as_str())
        });
        queries.extend(other.map(|name| (name.as_str(), form(&entry.name))));
    }
    let answerable = queries
        .iter()
        .filter(|(_, own)| known.contains(own.as_str()))
        .count();
    println!(
        "{} queries, {answerable} of them with a right answer among {} rows",
        queries.len(),
        rows.len()
    );
    let (left, right) = (named(queries.iter().map(|(name, _)| *name)), named(rows));
    let (l, r) = (left.all(), right.all());
    let (la, ra) = (places(&l), places(&r));
    let mut first: HashMap<usize, Answer> = HashMap::new();
    for m in PartyOverlap::by_likeness(&l, &r, 0.0) {
        let (query, row) = (
            la[&std::ptr::from_ref(m.left)],
            ra[&std::ptr::from_ref(m.right)],
        );
        let right = forms[row] == queries[query].1;
        first.entry(query).or_insert(Answer {
            score: m.confidence,
            right,
        });
    }
    let ours: Vec<Answer> = first.into_values().collect();
    calibration(&ours);
    let Some((_, best)) = rapidfuzz(&left, &right) else {
        return;
    };
    let theirs = best
        .into_iter()
        .enumerate()
        .map(|(query, (row, score))| Answer {
            score,
            right: forms[row] == queries[query].1,
        });
    let theirs: Vec<Answer> = theirs.collect();
    println!("precision   recall here   recall of rapidfuzz");
    for precision in [0.95, 0.9, 0.8, 0.7, 0.6, 0.5] {
        let of = |answers: &[Answer]| recall_at(answers, precision, answerable);
        println!(
            "{precision:9.2}   {:11.3}   {:19.3}",
            of(&ours),
            of(&theirs)
        );
    }
}

/// The highest recall at which the precision is still so high.
fn recall_at(answers: &[Answer], precision: f64, known: usize) -> f64 {
    let mut sorted: Vec<&Answer> = answers.iter().collect();
    sorted.sort_by(|a, b| b.score.total_cmp(&a.score));
    let (mut right, mut best) = (0usize, 0usize);
    for (at, answer) in sorted.iter().enumerate() {
        right += usize::from(answer.right);
        let ends = sorted
            .get(at + 1)
            .is_none_or(|next| next.score < answer.score);
        if ends && right as f64 >= precision * (at + 1) as f64 {
            best = right;
        }
    }
    best as f64 / known.max(1) as f64
}

fn calibration(answers: &[Answer]) {
    println!("confidence   proposals   right");
    for step in 0..10 {
        let from = f64::from(step) / 10.0;
        let of: Vec<&Answer> = answers
            .iter()
            .filter(|a| a.score >= from && a.score < from + 0.1)
            .collect();
        let right = of.iter().filter(|a| a.right).count();
        if !of.is_empty() {
            println!(
                "{from:10.1}   {:9}   {:.2}",
                of.len(),
                right as f64 / of.len() as f64
            );
        }
    }
}

/// Returns the seconds that the matrix of rapidfuzz takes, and for each left name the best right one with its score.
fn rapidfuzz(left: &PartyList, right: &PartyList) -> Option<(f64, Vec<(usize, f64)>)> {
    let python = std::env::var_os("RAPIDFUZZ_PYTHON").unwrap_or_else(|| "python3".into());
    let folder = std::env::temp_dir().join(format!("parties-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, list: &PartyList| {
        let names = list
            .entries()
            .iter()
            .map(|entry| entry.name.replace(['\n', '\r'], " "));
        let path = folder.join(name);
        std::fs::write(&path, names.collect::<Vec<_>>().join("\n")).expect("names");
        path
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("parties/baseline.py");
    let output = Command::new(python)
        .arg(script)
        .args([write("left", left), write("right", right)])
        .output();
    std::fs::remove_dir_all(&folder).expect("the folder");
    let text = match output {
        Ok(output) if output.status.success() => String::from_utf8(output.stdout).expect("text"),
        _ => {
            println!("no Python with rapidfuzz and numpy: set RAPIDFUZZ_PYTHON");
            return None;
        }
    };
    let mut lines = text.lines();
    let seconds = lines.next()?.parse().ok()?;
    let best = lines.map(|line| {
        let (at, score) = line.split(' ').next()?.split_once(':')?;
        Some((at.parse().ok()?, score.parse().ok()?))
    });
    Some((seconds, best.collect::<Option<_>>()?))
}
