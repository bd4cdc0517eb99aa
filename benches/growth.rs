//! How building, reading, comparing and counting grow with the size of a list.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use export_control::{Comparison, ControlList, CountingRule, Scope};

mod common;

fn growth(criterion: &mut Criterion) {
    for size in [10_000, 100_000, 1_000_000] {
        let (left, right) = (common::list(size, 0), common::list(size, 3));
        let text = left.to_string();
        let mut group = criterion.benchmark_group("growth");
        group
            .throughput(Throughput::Elements(size as u64))
            .sample_size(10);
        group.bench_function(BenchmarkId::new("build", size), |b| {
            b.iter_batched(
                || left.items().to_vec(),
                |items| ControlList::new(left.info().clone(), left.edition().clone(), items),
                criterion::BatchSize::LargeInput,
            );
        });
        group.bench_function(BenchmarkId::new("read", size), |b| {
            b.iter(|| text.parse::<ControlList>())
        });
        group.bench_function(BenchmarkId::new("count provisions", size), |b| {
            b.iter(|| left.count(CountingRule::Provisions, &Scope::default()))
        });
        group.bench_function(BenchmarkId::new("same code", size), |b| {
            b.iter(|| Comparison::new(&left, &right).same_code(false))
        });
        group.finish();
    }
}

criterion_group!(benches, growth);
criterion_main!(benches);
