//! Measures the answers of the aligner on official lists with the codes hidden, and its cost.
//!
//! Run `cargo bench -p benches --bench align` with `EXPORT_CONTROL_SOURCES` set to the folder of
//! the publications. `-- --misses` prints each query whose first answer is wrong. `-- --shapes`
//! prints only the table of lists in other shapes. `-- --once` aligns the EU's list with the US
//! list once, for counting instructions. `-- --once BM25` does the same for a baseline, and
//! `-- --once nothing` only reads the lists.
//!
//! `truth.rs` says which answers count as right. The baselines see the same texts: an item with the
//! words above it, or an entry with all that is below it.

mod baselines;
mod cost;
mod measure;
mod reshape;
mod shapes;
mod sources;
mod truth;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use export_control::align::{Aligner, Alignment};
use export_control::{Code, ControlList, Item};

use baselines::Scores;
use measure::{Part, Ranking, area, calibration, recall};
use truth::Truth;

/// One pair of lists with its queries.
struct Pair {
    name: &'static str,
    left: ControlList,
    right: ControlList,
    truth: Truth,
    entries: bool,
}

fn aligned(left: &ControlList, right: &ControlList) -> (Alignment, Duration) {
    let start = Instant::now();
    let alignment = Aligner::default().hide_codes(true).align(left, right);
    (alignment, start.elapsed())
}

fn ranking(alignment: &Alignment) -> Ranking {
    alignment
        .items()
        .map(|(code, proposals)| {
            (
                code,
                (
                    proposals.iter().map(|proposal| proposal.right).collect(),
                    proposals.first().map_or(0.0, |best| best.confidence),
                ),
            )
        })
        .collect()
}

/// Returns the text that the baselines see.
fn document(list: &ControlList, code: Code, whole: bool) -> String {
    let own = |item: &Item| match item.text() {
        Some(text) => text.to_owned(),
        None => format!(
            "{} {}",
            item.title(),
            item.title_local().unwrap_or_default()
        ),
    };
    let text = |code: Code| list.get(code).map(own);
    if whole {
        return list
            .subtree(code)
            .iter()
            .map(own)
            .collect::<Vec<_>>()
            .join(" ");
    }
    let mut path: Vec<Code> = code.ancestors().collect();
    path.reverse();
    path.push(code);
    path.into_iter()
        .filter_map(text)
        .collect::<Vec<_>>()
        .join(" ")
}

fn plain(method: Method, pair: &Pair, right: &ControlList) -> Ranking {
    let queries: Vec<Code> = pair.truth.keys().copied().collect();
    let candidates: Vec<Code> = right
        .items()
        .iter()
        .filter(|item| item.text().is_some() && (!pair.entries || item.code().is_entry()))
        .map(|item| item.code())
        .collect();
    let texts = |list: &ControlList, codes: &[Code]| {
        codes
            .iter()
            .map(|code| document(list, *code, pair.entries))
            .collect::<Vec<_>>()
    };
    let scores = method(&texts(&pair.left, &queries), &texts(right, &candidates));
    let ranked = scores.into_iter().map(|scores| {
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        let best = order.first().map_or(0.0, |best| scores[*best]);
        (
            order.into_iter().take(5).map(|at| candidates[at]).collect(),
            best,
        )
    });
    queries.iter().copied().zip(ranked).collect()
}

fn equal_code(pair: &Pair) -> Ranking {
    let answer = |code: &Code| {
        (
            pair.right
                .get(*code)
                .map(|item| item.code())
                .into_iter()
                .collect(),
            1.0,
        )
    };
    pair.truth
        .keys()
        .map(|code| (*code, answer(code)))
        .collect()
}

/// Returns the list without the entries that are taken out.
fn reduced(list: &ControlList) -> ControlList {
    let items = list
        .items()
        .iter()
        .filter(|item| !truth::is_taken_out(item.code()))
        .cloned()
        .collect();
    ControlList::new(list.info().clone(), list.edition().clone(), items)
        .expect("whole entries are gone")
}

/// The sureness of a method in one run on the reduced list, for queries with an answer and for
/// those without one.
struct Sureness {
    with: Vec<f64>,
    without: Vec<f64>,
    answers: Vec<(f64, bool)>,
}

fn sureness(pair: &Pair, ranking: &Ranking, part: Part) -> Sureness {
    let mut sure = Sureness {
        with: Vec::new(),
        without: Vec::new(),
        answers: Vec::new(),
    };
    for (query, answers) in &pair.truth {
        let wanted = match part {
            Part::Tuning => truth::is_for_tuning(*query),
            Part::Testing => !truth::is_for_tuning(*query),
            Part::Both => true,
        };
        if !wanted {
            continue;
        }
        let (ranked, best) = ranking.get(query).cloned().unwrap_or_default();
        let gone = answers.iter().all(|answer| truth::is_taken_out(*answer));
        if gone {
            &mut sure.without
        } else {
            &mut sure.with
        }
        .push(best);
        sure.answers.push((
            best,
            ranked
                .first()
                .is_some_and(|first| answers.contains(first) && !truth::is_taken_out(*first)),
        ));
    }
    sure
}

/// A similarity of each left text to each right one.
type Method = fn(&[String], &[String]) -> Scores;

const METHODS: [(&str, Method); 3] = [
    ("TF-IDF cosine", baselines::tf_idf),
    ("BM25", baselines::bm25),
    ("token-set ratio", baselines::token_set),
];

fn main() {
    let Some(folder) = std::env::var_os("EXPORT_CONTROL_SOURCES").map(PathBuf::from) else {
        println!(
            "EXPORT_CONTROL_SOURCES is not set: the official publications are not at hand, so nothing is measured"
        );
        return;
    };
    let misses = std::env::args().any(|argument| argument == "--misses");
    let (eu, us) = (sources::eu(&folder), sources::us(&folder));
    let mut arguments = std::env::args().skip_while(|argument| argument != "--once");
    if arguments.next().is_some() {
        let what = arguments.next().filter(|what| !what.starts_with("--"));
        cost::once(what.as_deref().unwrap_or("aligner"), &eu, &us);
        return;
    }
    if std::env::args().any(|argument| argument == "--shapes") {
        shapes::table(&folder, &eu, &us);
        return;
    }
    let (australia, norway) = (sources::australia(&folder), sources::norway(&folder));
    let crosswalk =
        export_control::crosswalk("us-ccl", "cn-dual-use").expect("an embedded crosswalk");
    let embedded = export_control::cn_dual_use();
    let (english, chinese) = (sources::china(false), sources::china(true));
    let pair = |name, left: &ControlList, right: &ControlList, truth, entries| Pair {
        name,
        left: left.clone(),
        right: right.clone(),
        truth,
        entries,
    };
    let pairs = [
        pair("EU to US entries", &eu, &us, truth::entries(&eu, &us), true),
        pair(
            "EU to US items",
            &eu,
            &us,
            truth::items(&eu, &us, 0.6, &truth::MOVED_IN_US),
            false,
        ),
        pair(
            "EU to Australia items",
            &eu,
            &australia,
            truth::items(&eu, &australia, 0.3, &truth::MOVED_IN_AUSTRALIA),
            false,
        ),
        pair(
            "EU to Norway items",
            &eu,
            &norway,
            truth::items(&eu, &norway, 0.3, &[]),
            false,
        ),
        pair(
            "China (English) to US entries",
            &english,
            &us,
            truth::curated(crosswalk, &english, true),
            true,
        ),
        pair(
            "China (English) to US, by code",
            &english,
            &us,
            truth::by_code(crosswalk, &english, &us),
            true,
        ),
        pair(
            "China (Chinese) to US entries",
            &chinese,
            &us,
            truth::curated(crosswalk, &chinese, true),
            true,
        ),
        pair(
            "China (Chinese) to US, by code",
            &chinese,
            &us,
            truth::by_code(crosswalk, &chinese, &us),
            true,
        ),
        pair(
            "China (English) to US items",
            &english,
            &us,
            truth::curated(crosswalk, &english, false),
            false,
        ),
        pair(
            "China (Chinese) to US items",
            &chinese,
            &us,
            truth::curated(crosswalk, &chinese, false),
            false,
        ),
        // The embedded list has both titles and the keys that are recorded of each item.
        pair(
            "China (embedded) to US entries",
            embedded,
            &us,
            truth::curated(crosswalk, embedded, true),
            true,
        ),
        pair(
            "China (embedded) to US, by code",
            embedded,
            &us,
            truth::by_code(crosswalk, embedded, &us),
            true,
        ),
        pair(
            "China (embedded) to US items",
            embedded,
            &us,
            truth::curated(crosswalk, embedded, false),
            false,
        ),
    ];
    println!(
        "{:<33}{:<18}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "pair", "method", "queries", "at 1", "at 5", "tuning", "testing", "seconds"
    );
    for pair in &pairs {
        let row = |method: &str, ranking: &Ranking, time: Duration| {
            let of = |first, part| recall(&pair.truth, ranking, first, part);
            println!(
                "{:<33}{method:<18}{:>8}{:>9.4}{:>9.4}{:>9.4}{:>9.4}{:>9.2}",
                pair.name,
                pair.truth.len(),
                of(1, Part::Both),
                of(5, Part::Both),
                of(1, Part::Tuning),
                of(1, Part::Testing),
                time.as_secs_f64()
            );
        };
        let (alignment, time) = aligned(&pair.left, &pair.right);
        let found = ranking(&alignment);
        row("aligner", &found, time);
        row("equal code", &equal_code(pair), Duration::ZERO);
        for (name, method) in METHODS {
            let start = Instant::now();
            let found = plain(method, pair, &pair.right);
            row(name, &found, start.elapsed());
        }
        if misses {
            print_misses(pair, &found);
        }
    }
    no_match(&pairs);
    shapes::table(&folder, &eu, &us);
    cost::table(&eu, &us);
}

fn print_misses(pair: &Pair, found: &Ranking) {
    let text = |list: &ControlList, code: Code| {
        list.get(code)
            .and_then(|item| item.text().map(str::to_owned))
            .unwrap_or_default()
    };
    let short = |text: String| text.chars().take(90).collect::<String>();
    for (query, answers) in &pair.truth {
        let first = found
            .get(query)
            .and_then(|(ranked, _)| ranked.first().copied());
        if first.is_none_or(|first| !answers.contains(&first)) {
            println!("  {query}: {}", short(text(&pair.left, *query)));
            for (what, code) in first
                .iter()
                .map(|first| ("found", first))
                .chain(answers.iter().take(3).map(|answer| ("right", answer)))
            {
                println!("    {what} {code}: {}", short(text(&pair.right, *code)));
            }
        }
    }
}

/// Prints how well being sure tells a match from none, and how well a confidence keeps its word. A
/// third of the right list's entries is gone.
fn no_match(pairs: &[Pair]) {
    println!(
        "\nWith a third of the right list's entries taken out: match against no match, area under the curve (testing half)"
    );
    let mut all = Vec::new();
    for pair in pairs {
        let right = reduced(&pair.right);
        let found = ranking(&aligned(&pair.left, &right).0);
        let sure = sureness(pair, &found, Part::Testing);
        let mut line = format!(
            "{:<33}aligner {:.3}",
            pair.name,
            area(&sure.with, &sure.without)
        );
        for (name, method) in METHODS {
            let sure = sureness(pair, &plain(method, pair, &right), Part::Testing);
            line.push_str(&format!(", {name} {:.3}", area(&sure.with, &sure.without)));
        }
        println!("{line}");
        let precision = |least: f64| {
            let kept: Vec<_> = sure
                .answers
                .iter()
                .filter(|(sure, _)| *sure >= least)
                .collect();
            let right = kept.iter().filter(|(_, right)| *right).count();
            let none = sure.without.iter().filter(|sure| **sure < least).count();
            format!(
                "from {least}: precision {:.3} of {}, none said of {:.3} without a counterpart",
                right as f64 / kept.len().max(1) as f64,
                kept.len(),
                none as f64 / sure.without.len().max(1) as f64
            )
        };
        println!("{:<33}{}; {}", "", precision(0.5), precision(0.9));
        all.push((pair.name, sure));
    }
    println!(
        "\nCalibration (testing half, the same runs): confidence from, answers, mean confidence, part that is right"
    );
    for (name, sure) in &all {
        println!("{name}");
        for (from, count, mean, right) in calibration(&sure.answers) {
            if count > 0 {
                println!("  {from:>5.2}{count:>7}{mean:>8.3}{right:>8.3}");
            }
        }
    }
}
