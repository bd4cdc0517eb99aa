//! Laws that tie two lists together, on whatever two lists an input holds.

use export_control::align::Aligner;
use export_control::compare::OverlapBasis;
use export_control::crosswalk::Justification;
use export_control::{
    Comparison, ControlList, CountingRule, Crosswalk, ListDiff, Mapping, Measure, Relation, Scope,
    Side, Verdict,
};

use super::{is_fit, parts, written};

/// The rules that any list can be counted by.
const RULES: [CountingRule; 4] = [
    CountingRule::Entries,
    CountingRule::Items,
    CountingRule::Leaves,
    CountingRule::Provisions,
];

/// The lists of an input: a part is a list file, or a document of the eCFR.
fn lists(bytes: &[u8]) -> Vec<ControlList> {
    let list = |bytes: &[u8]| match ControlList::from_csv(bytes) {
        Ok(list) => Some(list),
        #[cfg(feature = "ecfr")]
        Err(_) => export_control::source::ecfr::read(bytes, Default::default())
            .ok()
            .map(|reading| reading.list),
        #[cfg(not(feature = "ecfr"))]
        Err(_) => None,
    };
    parts(bytes).take(3).filter_map(list).collect()
}

/// A diff of a list with itself is empty; a diff turns the old list into the new one, and, swapped,
/// the new one into the old; counts and overlaps add up and have two sides.
pub fn laws(bytes: &[u8]) {
    let lists = lists(bytes);
    for list in &lists {
        same(list);
        counts(list);
    }
    for pair in lists.windows(2) {
        differences(&pair[0], &pair[1]);
        overlap(&pair[0], &pair[1]);
    }
}

fn same(list: &ControlList) {
    let diff = ListDiff::between(list, list).expect("one list");
    assert!(diff.is_empty() && diff.why_empty().is_some());
    assert_eq!(diff.apply(list).expect("the old list"), *list);
}

fn differences(old: &ControlList, new: &ControlList) {
    let diff = match ListDiff::between(old, new) {
        Ok(diff) => diff,
        Err(error) => return is_fit(error),
    };
    assert_eq!(diff.apply(old).expect("the old list"), *new);
    assert_eq!(
        diff.clone().swapped().apply(new).expect("the new list"),
        *old
    );
    let text = written(|out| diff.to_csv(out));
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row.expect("rows of one width");
        for cell in &row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?}"
            );
        }
    }
    diff.to_string();
    diff.kinds();
}

fn counts(list: &ControlList) {
    let scope = Scope::default();
    let number = |rule| {
        list.count(rule, &scope)
            .number()
            .expect("a rule for any list")
    };
    assert!(number(CountingRule::Entries) <= number(CountingRule::Items));
    assert!(number(CountingRule::Leaves) <= number(CountingRule::Items));
    assert!(number(CountingRule::Provisions) <= number(CountingRule::Leaves));
    assert_eq!(number(CountingRule::Items), list.live().len());
    let wider = scope.clone().inferred(true).implied(true).suspended(true);
    for rule in RULES {
        let wide = list
            .count(rule, &wider)
            .number()
            .expect("a rule for any list");
        assert!(
            rule == CountingRule::Leaves
                || rule == CountingRule::Provisions
                || wide >= number(rule)
        );
    }
}

/// Mappings of some items of two lists: which, follows from their places.
fn mapped(a: &ControlList, b: &ControlList) -> Option<Crosswalk> {
    let (left, right) = (a.items(), b.items());
    let by = Justification::ManualMappingCuration;
    let kinds = Relation::ALL.len() + 2;
    let mut mappings = Vec::new();
    for (at, item) in left.iter().enumerate().step_by(2) {
        let other = right.get((at * 7 + left.len()) % right.len().max(1))?;
        mappings.push(match Relation::ALL.get((at / 2) % kinds) {
            Some(relation) => Mapping::pair(item.code(), other.code(), *relation, by),
            None => Mapping::no_counterpart(Side::Left, item.code(), by),
        });
    }
    Crosswalk::new(a.id().clone(), b.id().clone(), mappings).ok()
}

fn overlap(a: &ControlList, b: &ControlList) {
    let Some(crosswalk) = mapped(a, b) else {
        return;
    };
    let one = Comparison::new(a, b).overlap(&crosswalk, OverlapBasis::default());
    let swapped = crosswalk.swapped();
    let two = Comparison::new(b, a).overlap(&swapped, OverlapBasis::default());
    let (one, two) = match (one, two) {
        (Ok(one), Ok(two)) => (one, two),
        (one, two) => {
            assert_eq!(one.is_err(), two.is_err(), "one side is refused");
            return;
        }
    };
    for rule in RULES {
        for side in Side::BOTH {
            let share = one.share(side, rule).expect("a rule for any list");
            let parts =
                share.shared() + share.number(Verdict::OnlyHere) + share.number(Verdict::Undecided);
            assert_eq!(
                parts,
                share.total(),
                "shared, only here and undecided are all"
            );
            let other = two.share(side.other(), rule).expect("a rule for any list");
            assert_eq!(share, other, "swapping the sides swaps the results");
        }
    }
}

/// A notice is applied to a list, or an error with a short message says why not.
pub fn apply(bytes: &[u8]) {
    let mut files = parts(bytes);
    let Some(Ok(list)) = files.next().map(ControlList::from_csv) else {
        return;
    };
    let Some(Ok(measures)) = files.next().map(Measure::from_csv) else {
        return;
    };
    let items = files
        .next()
        .and_then(|bytes| ControlList::from_csv(bytes).ok());
    let items = items.map_or(Vec::new(), |list| list.items().to_vec());
    for measure in measures.iter().take(4) {
        match list.apply(measure.clone(), items.clone()) {
            Ok(new) => {
                assert!(
                    list.items()
                        .iter()
                        .all(|item| new.get(item.code()).is_some())
                );
                assert!(items.iter().all(|item| new.get(item.code()).is_some()));
                in_time(&new);
            }
            Err(error) => is_fit(error),
        }
    }
    match list.with_measures(measures) {
        Ok(list) => in_time(&list),
        Err(error) => is_fit(error),
    }
}

/// Asks a list about the days of its measures.
fn in_time(list: &ControlList) {
    let days = list.measures().filter_map(|measure| measure.in_force);
    for day in days.take(4).collect::<Vec<_>>() {
        if let Ok(set) = list.as_of(day) {
            assert!(set.len() <= list.items().len());
        }
        for item in list.items() {
            list.status(item, Some(day));
        }
    }
}

/// The aligner proposes a crosswalk that reads back and names items of the two lists.
pub fn align(bytes: &[u8]) {
    let lists = lists(bytes);
    let [left, right, ..] = lists.as_slice() else {
        return;
    };
    for hidden in [false, true] {
        let alignment = Aligner::default().hide_codes(hidden).align(left, right);
        match alignment.crosswalk(0.1, 3) {
            Ok(crosswalk) => {
                crosswalk
                    .check(left, right)
                    .expect("codes of the two lists");
                let text = crosswalk.to_string();
                let again = Crosswalk::from_sssom(text.as_bytes());
                assert_eq!(again.expect("what was written reads back"), crosswalk);
            }
            Err(error) => is_fit(error),
        }
    }
}
