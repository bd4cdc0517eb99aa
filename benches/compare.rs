//! The whole comparison and the set operations against the obvious model: sets of strings.

use std::collections::{BTreeSet, HashSet};

use criterion::{Criterion, criterion_group, criterion_main};
use export_control::{Category, Code, Comparison, ControlList, ItemSet, ProductGroup, Scope};

/// The model of a list: its live codes as strings, and those that state an all-of list.
struct Model {
    codes: HashSet<String>,
    all_of: HashSet<String>,
}

impl Model {
    fn new(list: &ControlList) -> Model {
        let scope = Scope::default().on(jiff::civil::date(2026, 6, 12));
        let items = || list.within(&scope).expect("a day that the sources cover");
        let all_of = items()
            .iter()
            .filter(|item| item.logic() == export_control::ChildLogic::All)
            .map(|item| item.code().to_string())
            .collect();
        Model {
            codes: items().codes().map(|code| code.to_string()).collect(),
            all_of,
        }
    }

    /// Returns the codes that contain no other. A proper prefix of a code is not a leaf.
    fn leaves(&self) -> HashSet<&str> {
        let parents: HashSet<&str> = self.codes.iter().flat_map(|code| prefixes(code)).collect();
        self.codes
            .iter()
            .map(String::as_str)
            .filter(|code| !parents.contains(code))
            .collect()
    }

    fn provisions(&self) -> HashSet<&str> {
        self.leaves()
            .into_iter()
            .map(|leaf| {
                prefixes(leaf)
                    .find(|prefix| self.all_of.contains(*prefix))
                    .unwrap_or(leaf)
            })
            .collect()
    }

    fn depth(&self, depth: usize) -> HashSet<&str> {
        self.leaves()
            .into_iter()
            .map(|leaf| {
                leaf.match_indices('.')
                    .nth(depth)
                    .map_or(leaf, |(at, _)| &leaf[..at])
            })
            .collect()
    }
}

/// Returns the proper prefixes of a code, the shortest first.
fn prefixes(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices('.').map(|(at, _)| &code[..at])
}

/// Computes the answers of [`Comparison::report`] from the model, without rules and scopes.
fn model_report(left: &Model, right: &Model) -> usize {
    let mut sum = 0;
    for model in [left, right] {
        sum += model
            .codes
            .iter()
            .filter(|code| !code.contains('.'))
            .count()
            + model.codes.len()
            + model.leaves().len()
            + model.provisions().len();
        sum += (1..=3).map(|depth| model.depth(depth).len()).sum::<usize>();
    }
    for entries_only in [true, false] {
        let wanted = |model: &Model| {
            model
                .codes
                .iter()
                .filter(|code| !entries_only || !code.contains('.'))
                .cloned()
                .collect::<HashSet<String>>()
        };
        let (ours, theirs) = (wanted(left), wanted(right));
        let mut both: Vec<&String> = ours.intersection(&theirs).collect();
        let mut left_only: Vec<&String> = ours.difference(&theirs).collect();
        let mut right_only: Vec<&String> = theirs.difference(&ours).collect();
        both.sort_unstable();
        left_only.sort_unstable();
        right_only.sort_unstable();
        sum += both.len() + left_only.len() + right_only.len();
    }
    for model in [left, right] {
        let entries: HashSet<&str> = model
            .codes
            .iter()
            .map(String::as_str)
            .filter(|code| !code.contains('.'))
            .collect();
        for units in [entries, model.provisions()] {
            let mut cells = std::collections::HashMap::new();
            for code in units {
                *cells.entry(&code[..2]).or_insert(0) += 1;
            }
            sum += cells.len();
        }
    }
    sum
}

fn whole(criterion: &mut Criterion) {
    let (us, cn) = (export_control::us_ccl(), export_control::cn_dual_use());
    let (left, right) = (Model::new(us), Model::new(cn));
    let mut group = criterion.benchmark_group("comparison");
    group.bench_function("report", |b| b.iter(|| Comparison::new(us, cn).report()));
    group.bench_function("model of string sets", |b| {
        b.iter(|| model_report(&left, &right))
    });
    group.finish();
}

/// Calls back for each code of two sorted rows, with whether both have it.
fn merge(ours: &[Code], theirs: &[Code], mut each: impl FnMut(Code, bool)) {
    let (mut at, mut to) = (0, 0);
    while let (Some(one), Some(other)) = (ours.get(at), theirs.get(to)) {
        each(*one.min(other), one == other);
        at += usize::from(one <= other);
        to += usize::from(other <= one);
    }
    for code in ours[at..].iter().chain(&theirs[to..]) {
        each(*code, false);
    }
}

fn sets(criterion: &mut Criterion) {
    let us = export_control::us_ccl();
    let digit =
        |digit| us.select(|item| item.code().category() >= Category::new(digit).expect("a digit"));
    let (a, b): (ItemSet<'_>, ItemSet<'_>) = (
        digit(3),
        us.select(|item| item.code().group() != ProductGroup::E),
    );
    let hashed = |set: &ItemSet<'_>| {
        set.codes()
            .map(|code| code.to_string())
            .collect::<HashSet<String>>()
    };
    let sorted = |set: &ItemSet<'_>| {
        set.codes()
            .map(|code| code.to_string())
            .collect::<BTreeSet<String>>()
    };
    let (hash_a, hash_b, tree_a, tree_b) = (hashed(&a), hashed(&b), sorted(&a), sorted(&b));
    // The code of somebody who has the crate's codes and none of its sets.
    let coded = |set: &ItemSet<'_>| set.codes().collect::<HashSet<Code>>();
    let merged = |set: &ItemSet<'_>| set.codes().collect::<Vec<Code>>();
    let (code_a, code_b, list_a, list_b) = (coded(&a), coded(&b), merged(&a), merged(&b));
    let mut group = criterion.benchmark_group("set operations");
    group.bench_function("union", |bench| bench.iter(|| a.union(&b)));
    group.bench_function("union, HashSet<String>", |bench| {
        bench.iter(|| hash_a.union(&hash_b).cloned().collect::<HashSet<_>>())
    });
    group.bench_function("union, BTreeSet<String>", |bench| {
        bench.iter(|| tree_a.union(&tree_b).cloned().collect::<BTreeSet<_>>())
    });
    group.bench_function("union, HashSet<Code>", |bench| {
        bench.iter(|| code_a.union(&code_b).copied().collect::<HashSet<_>>())
    });
    group.bench_function("union, sorted merge", |bench| {
        bench.iter(|| {
            let mut union = Vec::with_capacity(list_a.len() + list_b.len());
            merge(&list_a, &list_b, |code, _| union.push(code));
            union
        })
    });
    group.bench_function("intersection_len", |bench| {
        bench.iter(|| a.intersection_len(&b))
    });
    group.bench_function("intersection count, HashSet<String>", |bench| {
        bench.iter(|| hash_a.intersection(&hash_b).count())
    });
    group.bench_function("intersection count, BTreeSet<String>", |bench| {
        bench.iter(|| tree_a.intersection(&tree_b).count())
    });
    group.bench_function("intersection count, HashSet<Code>", |bench| {
        bench.iter(|| code_a.intersection(&code_b).count())
    });
    group.bench_function("intersection count, sorted merge", |bench| {
        bench.iter(|| {
            let mut count = 0;
            merge(&list_a, &list_b, |_, both| count += usize::from(both));
            count
        })
    });
    group.bench_function("is_subset", |bench| bench.iter(|| a.is_subset(&b)));
    group.bench_function("is_subset of itself", |bench| {
        bench.iter(|| a.is_subset(&a))
    });
    group.bench_function("is_subset of itself, HashSet<String>", |bench| {
        bench.iter(|| hash_a.is_subset(&hash_a))
    });
    group.bench_function("is_subset of itself, BTreeSet<String>", |bench| {
        bench.iter(|| tree_a.is_subset(&tree_a))
    });
    group.bench_function("is_subset of itself, HashSet<Code>", |bench| {
        bench.iter(|| code_a.is_subset(&code_a))
    });
    group.bench_function("is_subset of itself, sorted merge", |bench| {
        bench.iter(|| {
            let mut all = true;
            merge(&list_a, &list_a, |_, both| all &= both);
            all
        })
    });
    group.finish();
}

criterion_group!(benches, whole, sets);
criterion_main!(benches);
