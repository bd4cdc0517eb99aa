//! Look-ups and searches in the embedded lists against a walk over all items. The index is built
//! before the clock starts.

use criterion::{Criterion, criterion_group, criterion_main};
use export_control::identifier::{CasNumber, Element};
use export_control::us_ccl;

fn find(criterion: &mut Criterion) {
    let us = us_ccl();
    let cas: CasNumber = "7664-39-3".parse().expect("a CAS number");
    let element: Element = "W".parse().expect("an element");
    assert!(us.with_cas(cas).count() > 0, "builds the index");
    let mut group = criterion.benchmark_group("find");
    group.bench_function("with_cas", |b| b.iter(|| us.with_cas(cas).count()));
    // The deterministic twin: the same answer by a walk.
    group.bench_function("with_cas, by a walk", |b| {
        b.iter(|| {
            us.items()
                .iter()
                .filter(|item| item.cas().contains(&cas))
                .count()
        })
    });
    group.bench_function("with_element", |b| {
        b.iter(|| us.with_element(element).count())
    });
    group.bench_function("find by words", |b| b.iter(|| us.find("pulsed laser")));
    group.bench_function("find by words, by a walk", |b| {
        b.iter(|| {
            let has = |title: &str| {
                title
                    .to_lowercase()
                    .split(' ')
                    .any(|word| word.starts_with("pulsed") || word.starts_with("laser"))
            };
            us.items().iter().filter(|item| has(item.title())).count()
        });
    });
    // A copy has no index yet; the first question builds it.
    group.bench_function("build the index", |b| {
        b.iter_batched_ref(
            || us.clone(),
            |list| list.with_cas(cas).count(),
            criterion::BatchSize::LargeInput,
        )
    });
    group.finish();
}

criterion_group!(benches, find);
criterion_main!(benches);
