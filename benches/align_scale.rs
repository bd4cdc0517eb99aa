//! Aligns two synthetic lists of up to a million items each, whose pairs are known.
//!
//! Run `cargo bench -p benches --features rayon --bench align_scale`. It prints time, peak memory
//! and recall for 10,000, 100,000 and 1,000,000 items a side. `-- SIZE` aligns lists of one size
//! alone. `-- SIZE --exhaustive` aligns a sample of the left list with the whole right list, once
//! with the likely pairs weighed and once with every pair.

use std::collections::BTreeMap;
use std::time::Instant;

use export_control::align::{Aligner, Alignment};
use export_control::code::Label;
use export_control::{
    Category, ChildLogic, Code, ControlList, Edition, Item, ListId, ListInfo, ProductGroup,
};

/// The items of an entry: itself and its paragraphs. With 50,000 entries, which is all that there
/// can be, a list has a million items.
const ITEMS: usize = 20;

/// For each left item with a counterpart the right one.
type Planted = BTreeMap<Code, Code>;

/// Numbers that look random and are the same in every run: the generator `splitmix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number from 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn is(&mut self, chance: f64) -> bool {
        self.part() < chance
    }
}

/// Makes words whose frequencies are those of a language: the word of rank `n` comes once in `n`.
/// Longer lists have more words, by Heaps' law.
struct Words {
    count: f64,
}

impl Words {
    fn text(&self, random: &mut Random, from: usize, to: usize) -> Vec<usize> {
        let length = from + random.below(to - from + 1);
        (0..length).map(|_| self.one(random)).collect()
    }

    fn one(&self, random: &mut Random) -> usize {
        self.count.powf(random.part()) as usize
    }
}

/// Spells a word out.
fn spelled(mut word: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ko", "ri", "mu", "te", "lo", "fi", "nu", "sa", "ve", "po", "gu", "di", "zo", "he",
        "ky",
    ];
    let mut text = String::from("x");
    for _ in 0..5 {
        text.push_str(SYLLABLES[word % SYLLABLES.len()]);
        word /= SYLLABLES.len();
    }
    // Two words that end as Latin ones do are read as the name of a species.
    text.push('t');
    text
}

/// Says the same in other words: some are left out, some are others, and the order is another.
fn reworded(words: &[usize], all: &Words, random: &mut Random) -> Vec<usize> {
    let mut new: Vec<usize> = Vec::with_capacity(words.len());
    for word in words {
        if random.is(0.3) {
            continue;
        }
        new.push(if random.is(0.3) {
            all.one(random)
        } else {
            *word
        });
        let at = random.below(new.len());
        let last = new.len() - 1;
        new.swap(at, last);
    }
    new
}

fn entry(number: usize) -> Code {
    let (category, rest) = (number / 5000, number % 5000);
    Code::from_parts(
        Category::new(category as u8).expect("50,000 entries at most"),
        ProductGroup::ALL[rest / 1000],
        (rest % 1000) as u16,
    )
    .expect("three figures")
}

fn paragraph(entry: Code, number: usize) -> Code {
    let letter = char::from(b'a' + number as u8);
    let label = Label::letters(&letter.to_string()).expect("a letter");
    entry.child(label).expect("a shallow paragraph")
}

fn list(name: &str, texts: BTreeMap<Code, Vec<usize>>) -> ControlList {
    let items = texts.into_iter().map(|(code, words)| {
        let words: Vec<String> = words.into_iter().map(spelled).collect();
        let logic = match code.is_entry() {
            true => ChildLogic::Any,
            false => ChildLogic::Leaf,
        };
        Item::new(code)
            .with_logic(logic)
            .with_text(Some(words.join(" ")))
    });
    ControlList::new(
        ListInfo::new(ListId::new(name), name),
        Edition::default(),
        items.collect(),
    )
    .expect("a well-formed list")
}

/// Makes two lists of so many items. Four entries in five are on both, reworded and in another
/// order, and so are nine in ten of their paragraphs.
fn planted(size: usize) -> (ControlList, ControlList, Planted) {
    let mut random = Random(size as u64);
    let words = Words {
        count: 200.0 * (size as f64).sqrt(),
    };
    let entries = size / ITEMS;
    let mut order: Vec<usize> = (0..entries).collect();
    for at in (1..entries).rev() {
        order.swap(at, random.below(at + 1));
    }
    let (mut left, mut right, mut truth) = (BTreeMap::new(), BTreeMap::new(), Planted::new());
    for (at, to) in order.into_iter().enumerate() {
        let (here, there) = (entry(at), entry(to));
        let shared = random.is(0.8);
        let mut number = 0;
        for item in 0..ITEMS {
            let (from, to) = if item == 0 { (4, 9) } else { (5, 11) };
            let own = words.text(&mut random, from, to);
            let code = |entry: Code, number: usize| match number {
                0 => entry,
                _ => paragraph(entry, number - 1),
            };
            if shared && (item == 0 || random.is(0.9)) {
                right.insert(code(there, number), reworded(&own, &words, &mut random));
                truth.insert(code(here, item), code(there, number));
                number += 1;
            }
            left.insert(code(here, item), own);
        }
        for number in number..ITEMS {
            let code = match number {
                0 => there,
                _ => paragraph(there, number - 1),
            };
            right.insert(code, words.text(&mut random, 5, 11));
        }
    }
    (list("left", left), list("right", right), truth)
}

fn aligned(left: &ControlList, right: &ControlList, exhaustive: bool) -> (Alignment, f64) {
    let aligner = Aligner::default().hide_codes(true).top(1);
    let start = Instant::now();
    let alignment = aligner.exhaustive(exhaustive).align(left, right);
    (alignment, start.elapsed().as_secs_f64())
}

/// Returns the part of the planted pairs of these items that are the first answer.
fn recall(alignment: &Alignment, truth: &Planted) -> f64 {
    let (mut all, mut found) = (0, 0);
    for (code, proposals) in alignment.items() {
        if let Some(answer) = truth.get(&code) {
            all += 1;
            found += usize::from(proposals.first().is_some_and(|best| best.right == *answer));
        }
    }
    f64::from(found as u32) / f64::from(all.max(1) as u32)
}

/// Returns the time that this process has used on all cores, in seconds. On a machine with other
/// work it says more than the clock does.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    // User and system time, in hundredths.
    let ticks = fields.skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// Returns the peak memory of this process in megabytes.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or("unknown".to_owned(), |peak| format!("{} MB", peak / 1024))
}

/// Compares the answers of the aligner with those of weighing every pair, for some entries of the
/// left list.
fn sample(left: &ControlList, right: &ControlList, truth: &Planted) {
    let entries = left.items().iter().filter(|item| item.code().is_entry());
    let count = left.items().len() / ITEMS;
    let kept: Vec<Code> = entries
        .step_by((count / 40).max(1))
        .map(Item::code)
        .collect();
    let items = left.items().iter();
    let items = items.filter(|item| kept.binary_search(&item.code().entry()).is_ok());
    let some = ControlList::new(
        left.info().clone(),
        left.edition().clone(),
        items.cloned().collect(),
    )
    .expect("whole entries");
    for exhaustive in [false, true] {
        let (alignment, time) = aligned(&some, right, exhaustive);
        let which = match exhaustive {
            true => "every pair weighed",
            false => "likely pairs weighed",
        };
        println!(
            "  {} of the left items, {which}: recall {:.4}, {time:.1} s",
            some.items().len(),
            recall(&alignment, truth)
        );
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given = arguments.iter().find_map(|one| one.parse().ok());
    let sizes = given.map_or(vec![10_000, 100_000, 1_000_000], |size: usize| vec![size]);
    let mut before: Option<(usize, f64)> = None;
    for size in sizes {
        let (left, right, truth) = planted(size);
        let lists = peak();
        if arguments.iter().any(|one| one == "--exhaustive") {
            println!("{size} items a side");
            sample(&left, &right, &truth);
            continue;
        }
        let begun = processor();
        let (alignment, time) = aligned(&left, &right, false);
        let used = processor() - begun;
        let growth = before.map_or(String::new(), |(smaller, then)| {
            let power = (used / then).ln() / (size as f64 / smaller as f64).ln();
            format!(", as N^{power:.2}")
        });
        before = Some((size, used));
        println!(
            "{size} items a side: {time:.1} s, {used:.2} s of the processor{growth}, \
             recall {:.4}, peak {} (the lists: {lists})",
            recall(&alignment, &truth),
            peak()
        );
    }
}
