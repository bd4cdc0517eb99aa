//! The law of the eCFR reader: if a single edit of a publication changes the list, the observations
//! change too, except for edits that a reader cannot detect.
//!
//! Edits are drawn by a fixed seed from a small list made for tests, and from the official file if
//! `EXPORT_CONTROL_SOURCES` names the folder of publications. A short run is part of the tests.
//! `--ignored` runs the long one, and `--nocapture` shows the table.
#![cfg(feature = "ecfr")]

#[path = "ecfr_edits/edits.rs"]
mod edits;
#[path = "ecfr_edits/site.rs"]
mod site;

use std::collections::BTreeMap;

use edits::CLASSES;
use export_control::source::ecfr;
use export_control::{Edition, Item};
use site::{Edit, Random, Site, window};

const SMALL: &str = include_str!("fixtures/ccl-small.xml");

/// The result of a reading: the list without its texts, and the observations without their lines,
/// which move with every line that is added.
#[derive(PartialEq)]
struct Outcome {
    list: Result<Vec<String>, String>,
    observations: Vec<String>,
}

fn outcome(xml: &str) -> Outcome {
    let reading = match ecfr::read(xml.as_bytes(), Edition::default()) {
        Ok(reading) => reading,
        Err(error) => {
            return Outcome {
                list: Err(error.to_string()),
                observations: Vec::new(),
            };
        }
    };
    let item = |item: &Item| {
        let exceptions = item.particulars().exceptions.iter();
        let exceptions: Vec<_> = exceptions
            .map(|exception| (&exception.symbol, exception.availability))
            .collect();
        format!(
            "{} {:?} {:?} {:?} {:?} {exceptions:?} {:?} {:?} {:?} {:?} {:?}",
            item.code(),
            item.state(),
            item.through(),
            item.logic(),
            item.reasons(),
            item.refers_to(),
            item.cas(),
            item.elements(),
            item.species(),
            item.quantities(),
        )
    };
    let rows = reading.list.all_license_requirements().iter().map(|row| {
        let mut row = row.clone();
        row.text = None;
        format!("{row:?}")
    });
    let list = reading.list.items().iter().map(item).chain(rows).collect();
    let mut observations: Vec<String> = reading
        .observations
        .iter()
        .map(|note| format!("{:?} {:?} {}", note.code, note.kind, note.detail))
        .collect();
    observations.sort_unstable();
    Outcome {
        list: Ok(list),
        observations,
    }
}

/// The results of the edits of one class.
#[derive(Default, Clone, Copy)]
struct Tally {
    edits: usize,
    /// The number of edits that change the list.
    changed: usize,
    /// The number of these after which the list has fewer items or rows.
    lost: usize,
    /// The number of changes that no observation and no error shows.
    unsaid: usize,
    unsaid_lost: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.edits += other.edits;
        self.changed += other.changed;
        self.lost += other.lost;
        self.unsaid += other.unsaid;
        self.unsaid_lost += other.unsaid_lost;
    }
}

struct Run {
    tallies: BTreeMap<&'static str, Tally>,
    /// The first few edits of each class that nothing shows.
    silent: Vec<String>,
}

/// Makes `number` edits of each class, each on its own copy of the part of the text around it.
fn run(text: &str, number: usize, seed: u64) -> Run {
    let mut random = Random(seed);
    let sites = Site::all(text);
    let mut run = Run {
        tallies: BTreeMap::new(),
        silent: Vec::new(),
    };
    for class in CLASSES {
        let mut tally = Tally::default();
        let mut shown = 0;
        // Some draws do not fit the class.
        for _ in 0..number * 8 {
            if tally.edits == number {
                break;
            }
            let Some(edit) = (class.draw)(text, &sites, &mut random) else {
                continue;
            };
            let (before, after) = window(text, &sites, &edit);
            let (old, new) = (outcome(&before), outcome(&after));
            assert!(old.list.is_ok(), "{:?} of\n{before}", old.list);
            let said = check(&mut tally, &old, &new);
            if !said && shown < 3 {
                shown += 1;
                run.silent.push(show(text, class.name, &edit));
            }
        }
        run.tallies.insert(class.name, tally);
    }
    run
}

/// Counts an edit. Returns false if the list differs and nothing shows it.
fn check(tally: &mut Tally, old: &Outcome, new: &Outcome) -> bool {
    tally.edits += 1;
    if old.list == new.list {
        return true;
    }
    tally.changed += 1;
    let rows = |outcome: &Outcome| outcome.list.as_ref().map_or(0, Vec::len);
    let lost = new.list.is_ok() && rows(new) < rows(old);
    tally.lost += usize::from(lost);
    let said = new.list.is_err() || old.observations != new.observations;
    tally.unsaid += usize::from(!said);
    tally.unsaid_lost += usize::from(!said && lost);
    said
}

fn show(text: &str, class: &str, edit: &Edit) -> String {
    let old: String = text[edit.range.clone()].chars().take(150).collect();
    let new: String = edit.with.chars().take(150).collect();
    let line = text[..edit.range.start].matches('\n').count() + 1;
    format!("{class}, line {line}: {old:?} became {new:?}")
}

/// Prints the table. Returns the sums of the edits that can be detected and of those that cannot.
fn report(run: &Run) -> (Tally, Tally) {
    let (mut seen, mut unseen) = (Tally::default(), Tally::default());
    println!(
        "{:<44} {:>6} {:>8} {:>6} {:>7} {:>12}",
        "edit", "edits", "changed", "lost", "unsaid", "unsaid, lost"
    );
    let line = |name: &str, tally: Tally| {
        println!(
            "{name:<44} {:>6} {:>8} {:>6} {:>7} {:>12}",
            tally.edits, tally.changed, tally.lost, tally.unsaid, tally.unsaid_lost
        );
    };
    for class in CLASSES {
        let tally = run.tallies[class.name];
        line(class.name, tally);
        if class.visible {
            &mut seen
        } else {
            &mut unseen
        }
        .add(tally);
    }
    line("all that can be seen", seen);
    line("all that no reader can see", unseen);
    let mut all = seen;
    all.add(unseen);
    line("all", all);
    for silent in &run.silent {
        println!("  {silent}");
    }
    (seen, unseen)
}

/// The list made for tests is small, so every detectable edit must be reported.
#[test]
fn single_edits_of_the_small_list() {
    let run = run(SMALL, 12, 20_261_129);
    let (seen, unseen) = report(&run);
    assert!(
        seen.edits > 400 && seen.changed > 250,
        "{} of {}",
        seen.changed,
        seen.edits
    );
    assert_eq!(seen.unsaid, 0, "{:#?}", run.silent);
    // An edit that counts as undetectable must not be reported, or else it belongs to the others.
    assert!(
        unseen.unsaid * 2 > unseen.changed,
        "{} of {}",
        unseen.unsaid,
        unseen.changed
    );
}

#[test]
fn the_small_list_is_read_without_a_word() {
    let reading = ecfr::read(SMALL.as_bytes(), Edition::default()).unwrap();
    let odd: Vec<String> = reading
        .observations
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
    assert_eq!(reading.list.items().len(), 31);
}

fn official() -> String {
    let folder = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
    let file = std::path::PathBuf::from(folder).join("us/ecfr-title15-part774-supp1.xml");
    std::fs::read_to_string(file).expect("the official file")
}

#[test]
#[ignore = "needs the official file: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn single_edits_of_the_official_file() {
    // `EXPORT_CONTROL_EDITS` sets the number of edits of each class.
    let number = std::env::var("EXPORT_CONTROL_EDITS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(60);
    let run = run(&official(), number, 20_261_130);
    let (seen, unseen) = report(&run);
    let (changed, unsaid) = (seen.changed + unseen.changed, seen.unsaid + unseen.unsaid);
    assert!(seen.unsaid * 200 <= seen.changed, "{:#?}", run.silent);
    assert!(changed > number * 15, "{changed}");
    println!("{unsaid} of {changed} unsaid");
}
