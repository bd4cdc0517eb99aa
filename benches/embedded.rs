//! Loading the embedded lists against a bare pass of the csv crate over the same bytes.

use criterion::{Criterion, criterion_group, criterion_main};

const FILES: [&str; 2] = [
    include_str!("../data/us-ccl.csv"),
    include_str!("../data/cn-dual-use.csv"),
];

fn embedded(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("embedded lists");
    // The baseline: every record read into one reused buffer and its bytes summed, nothing kept.
    group.bench_function("bare csv pass", |b| {
        b.iter(|| {
            let mut bytes = 0;
            for file in FILES {
                let mut reader = csv::ReaderBuilder::new()
                    .comment(Some(b'#'))
                    .from_reader(file.as_bytes());
                let mut record = csv::StringRecord::new();
                while reader.read_record(&mut record).expect("a CSV file") {
                    bytes += record.iter().map(str::len).sum::<usize>();
                }
            }
            bytes
        });
    });
    // The same baseline as a user writes it: one owned record a row.
    group.bench_function("csv pass that keeps its records", |b| {
        b.iter(|| {
            FILES.map(|file| {
                let mut reader = csv::ReaderBuilder::new()
                    .comment(Some(b'#'))
                    .from_reader(file.as_bytes());
                reader
                    .records()
                    .collect::<Result<Vec<_>, _>>()
                    .expect("a CSV file")
            })
        });
    });
    // Keys and thresholds included, checked and typed; the drop of the lists as well.
    group.bench_function("load", |b| {
        b.iter(|| FILES.map(|file| file.parse::<export_control::ControlList>().expect("a list")))
    });
    group.finish();
}

criterion_group!(benches, embedded);
criterion_main!(benches);
