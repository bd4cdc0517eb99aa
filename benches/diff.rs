//! What a diff costs, against the map that a program without this crate would use.

use std::collections::BTreeMap;
use std::time::Instant;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group};
use export_control::{Code, ControlList, Item, ListDiff, us_ccl};

mod common;

/// A full edition with a text for each item, in the number and length of the official ones.
fn edition(label: &str, edit: impl Fn(usize, &mut Item)) -> ControlList {
    let mut edition = us_ccl().edition().clone();
    edition.label = label.to_owned();
    let items = us_ccl().items().iter().enumerate().map(|(at, item)| {
        let mut item = item.clone().with_text(Some(format!(
            "{} number {at} of the official list, {}",
            item.title(),
            "with some more words to its text ".repeat(3)
        )));
        edit(at, &mut item);
        item
    });
    ControlList::new(us_ccl().info().clone(), edition, items.collect())
        .expect("the embedded list with texts")
}

/// Counts the added, removed and changed items, by their codes alone.
fn by_map(old: &ControlList, new: &ControlList) -> (usize, usize, usize) {
    fn index(list: &ControlList) -> BTreeMap<Code, &Item> {
        list.items()
            .iter()
            .map(|item| (item.code(), item))
            .collect()
    }
    let (old, new) = (index(old), index(new));
    let added = new.keys().filter(|code| !old.contains_key(code)).count();
    let removed = old.keys().filter(|code| !new.contains_key(code)).count();
    let changed = new
        .iter()
        .filter(|(code, item)| old.get(code).is_some_and(|old| old != *item))
        .count();
    (added, removed, changed)
}

/// Two editions, of whose items one in a hundred is reworded, as between two editions of the law.
fn editions() -> [ControlList; 2] {
    let new = edition("new", |at, item| {
        if at % 100 == 0 {
            *item = item.clone().with_text(
                item.text()
                    .map(|text| text.replace("official", "officious")),
            );
        }
    });
    [edition("old", |_, _| {}), new]
}

fn full_editions(criterion: &mut Criterion) {
    let [old, new] = editions();
    let mut group = criterion.benchmark_group("diff of two full editions with text");
    group.throughput(Throughput::Elements(old.items().len() as u64));
    // Inside the timed region: the pairing and the copies of what changed. Outside: the lists.
    group.bench_function("one in a hundred reworded", |b| {
        b.iter(|| ListDiff::between(&old, &new))
    });
    group.bench_function("equal", |b| b.iter(|| ListDiff::between(&old, &old)));
    group.bench_function("a keyed map, codes only", |b| b.iter(|| by_map(&old, &new)));
    let diff = ListDiff::between(&old, &new).expect("one list");
    group.bench_function("apply", |b| b.iter(|| diff.apply(&old)));
    group.finish();
}

fn million(criterion: &mut Criterion) {
    let base = common::list(1_000_000, 0);
    let list = |label: &str, items: Vec<Item>| {
        let mut edition = base.edition().clone();
        edition.label = label.to_owned();
        ControlList::new(base.info().clone(), edition, items).expect("a list")
    };
    // Every thousandth item has another title.
    let mut items = base.items().to_vec();
    for (at, item) in items.iter_mut().enumerate() {
        if at % 1000 == 0 {
            *item = item
                .clone()
                .with_title(format!("{} reworded", item.title()));
        }
    }
    let new = list("new", items);
    let mut group = criterion.benchmark_group("diff of two lists of a million items");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(base.items().len() as u64));
    group.bench_function(BenchmarkId::new("titles", base.items().len()), |b| {
        b.iter(|| ListDiff::between(&base, &new))
    });
    group.bench_function(
        BenchmarkId::new("a keyed map, codes only", base.items().len()),
        |b| b.iter_batched(|| (), |()| by_map(&base, &new), BatchSize::PerIteration),
    );
    group.finish();
}

fn history(criterion: &mut Criterion) {
    let history = export_control::history("us-ccl").expect("an embedded history");
    let text = written(|out| history.to_csv(out));
    let (from, to) = (history.versions()[0], history.through());
    let mut group = criterion.benchmark_group("history");
    group.bench_function("read the embedded file", |b| {
        b.iter(|| export_control::History::from_csv(text.as_bytes(), Vec::new()))
    });
    group.bench_function("one edition", |b| b.iter(|| history.at(to)));
    group.bench_function("changes from 2017 to 2026", |b| {
        b.iter(|| history.changes(from, to))
    });
    group.finish();
}

criterion_group!(benches, full_editions, million, history);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().position(|one| one == "--once") {
        Some(at) => once(&arguments[at + 1..]),
        None => benches(),
    }
}

/// Does one thing with two full editions and prints the seconds that it takes: `diff`, `map`, or
/// `texts`, which prints the editions for another program instead.
fn once(arguments: &[String]) {
    let [old, new] = editions();
    match arguments.first().map(String::as_str) {
        Some("diff") => {
            let diff = || {
                ListDiff::between(&old, &new)
                    .expect("one list")
                    .changes()
                    .len()
            };
            println!("{}", clocked(&diff));
        }
        Some("map") => println!("{}", clocked(&|| by_map(&old, &new).2)),
        _ => {
            let texts = [old, new].map(|list| {
                let texts = list.items().iter();
                let texts =
                    texts.map(|item| (item.code().to_string(), item.text().map(str::to_owned)));
                texts.collect::<BTreeMap<_, _>>()
            });
            println!("{}", serde_json::json!(texts));
        }
    }
}

/// Returns the seconds that a second run takes: the facts of the items are made in the first one.
fn clocked(job: &dyn Fn() -> usize) -> f64 {
    let first = job();
    let start = Instant::now();
    assert_eq!(second_run(job), first);
    start.elapsed().as_secs_f64()
}

/// The region that is timed and whose instructions are counted.
#[inline(never)]
fn second_run(job: &dyn Fn() -> usize) -> usize {
    std::hint::black_box(job())
}

/// Returns the output of a writer as text.
fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), export_control::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}
