//! A list on a day: the set of its items in force, a count, the life of every item, and a notice
//! applied.
//!
//! Inside the timed region is the call alone, on lists that are loaded already. The baseline asks
//! the same question of every item by the public `status`, which looks the item's measure up by its
//! number.

use criterion::{Criterion, criterion_group, criterion_main};
use export_control::{CountingRule, Item, Measure, MeasureId, Scope, Status, cn_dual_use, us_ccl};
use jiff::civil::date;

fn time(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a list on a day");
    for (list, day) in [
        (cn_dual_use(), date(2025, 12, 1)),
        (us_ccl(), date(2026, 1, 1)),
    ] {
        let name = list.id();
        group.bench_function(format!("{name}: status of every item (baseline)"), |b| {
            b.iter(|| {
                list.items()
                    .iter()
                    .filter(|item| matches!(list.status(item, Some(day)), Status::InForce { .. }))
                    .count()
            })
        });
        group.bench_function(format!("{name}: as_of"), |b| {
            b.iter(|| list.as_of(day).map(|set| set.len()))
        });
        let scope = Scope::default().on(day);
        group.bench_function(format!("{name}: count of leaves"), |b| {
            b.iter(|| list.count(CountingRule::Leaves, &scope).number())
        });
        group.bench_function(format!("{name}: life of every item"), |b| {
            b.iter(|| {
                list.items()
                    .iter()
                    .map(|item| list.life(item).len())
                    .sum::<usize>()
            })
        });
    }
    let notice = || Measure::new(MeasureId::new("2026-99"), date(2026, 11, 11));
    let items: Vec<Item> = (1..=50)
        .map(|number| Item::new(format!("1C999.a.{number}").parse().expect("a code")))
        .collect();
    group.bench_function("cn-dual-use: apply a notice of 50 items", |b| {
        b.iter(|| {
            cn_dual_use()
                .apply(notice(), items.clone())
                .expect("a notice that fits")
                .items()
                .len()
        })
    });
    group.finish();
}

criterion_group!(benches, time);
criterion_main!(benches);
