//! Reading the official XML against a bare walk of the same bytes.
//!
//! With EXPORT_CONTROL_SOURCES set it reads the official file there; without it a synthetic one in
//! the same form.

use std::fmt::Write as _;

use criterion::{Criterion, Throughput, criterion_group};
use export_control::Edition;
use export_control::source::{Reading, ecfr};

#[path = "common/walk.rs"]
mod walk;
use walk::{copy, walk};

/// The official file, or a synthetic one of about the same size.
fn document() -> (String, &'static str) {
    if let Some(sources) = std::env::var_os("EXPORT_CONTROL_SOURCES") {
        let path = std::path::Path::new(&sources).join("us/ecfr-title15-part774-supp1.xml");
        return (
            std::fs::read_to_string(path).expect("the official file"),
            "official file",
        );
    }
    let mut text = String::from(
        "<DIV9 N=\"Supplement No. 1 to Part 774\" TYPE=\"APPENDIX\"><HEAD>Supplement No. 1 to Part 774</HEAD>\n",
    );
    for entry in 0..600 {
        let code = format!("{}A{:03}", entry / 100, entry % 100);
        let _ = write!(
            text,
            "<FP-2><B>{code} Synthetic equipment (see List of Items Controlled).</B>\n</FP-2>\n<FP-1><I>Reason for Control:</I> NS, AT\n</FP-1>\n<FP><I>Items:</I> a. First kind;\n</FP> "
        );
        for letter in 'b'..'z' {
            let _ = write!(
                text,
                "<P>{letter}. Another kind of synthetic equipment that is long enough to weigh as much as a real one does, {letter};</P> "
            );
        }
    }
    text.push_str("</DIV9>\n");
    (text, "synthetic file")
}

fn read(criterion: &mut Criterion) {
    let (text, name) = document();
    let mut group = criterion.benchmark_group(format!("eCFR, {name}"));
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("bare quick-xml walk", |b| b.iter(|| walk(text.as_bytes())));
    group.bench_function("walk that copies each text", |b| {
        b.iter(|| copy(text.as_bytes()))
    });
    group.bench_function("read", |b| b.iter(|| reading(&text)));
    group.bench_function("read, with all keys and thresholds", |b| {
        b.iter(|| keys(&reading(&text)))
    });
    group.finish();
}

fn reading(text: &str) -> Reading {
    ecfr::read_slice(text.as_bytes(), Edition::default()).expect("the supplement")
}

/// Asks for every key and threshold, and returns how many there are.
fn keys(reading: &Reading) -> usize {
    let items = reading.list.items().iter();
    items
        .map(|item| {
            item.cas().len()
                + item.elements().len()
                + item.species().len()
                + item.quantities().len()
        })
        .sum()
}

criterion_group!(benches, read);

fn main() {
    // For counting instructions: one of them, once.
    let Ok(only) = std::env::var("ONLY") else {
        benches();
        return Criterion::default().configure_from_args().final_summary();
    };
    let (text, _) = document();
    let count = match only.as_str() {
        "nothing" => text.len(),
        "walk" => walk(text.as_bytes()),
        "copy" => copy(text.as_bytes()).len(),
        "stream" => {
            let streamed = ecfr::read(text.as_bytes(), Edition::default());
            streamed.expect("the supplement").list.items().len()
        }
        "read" => reading(&text).list.items().len(),
        "all" => keys(&reading(&text)),
        other => panic!("ONLY={other}: expected nothing, walk, copy, stream, read or all"),
    };
    println!("{count}");
}
