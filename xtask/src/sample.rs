//! Draws thresholds by a seed and prints each beside the official text, for a reader to judge.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use export_control::quantity::english;
use export_control::source::ecfr;
use export_control::{Edition, Item};

/// Returns the US items of the official text, each with the text above it.
fn items(sources: &Path) -> Result<Vec<(Item, String)>, Box<dyn Error>> {
    let path = sources.join("us/ecfr-title15-part774-supp1.xml");
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let reading = ecfr::read(BufReader::new(file), Edition::default())
        .map_err(|error| error.in_file(path.display().to_string()))?;
    let above = |item: &Item| {
        let parent = item
            .code()
            .ancestors()
            .find_map(|code| reading.list.get(code));
        parent
            .and_then(|parent| parent.text().map(str::to_owned))
            .unwrap_or_default()
    };
    let items = reading.list.items().iter();
    Ok(items.map(|item| (item.clone(), above(item))).collect())
}

/// A reproducible sequence: SplitMix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(mixed ^ (mixed >> 31)) * bound as u128) >> 64) as usize
    }
}

/// Draws thresholds without replacement: code, quantity, text, lead-in.
///
/// # Errors
/// Returns an error if the publication is missing or is another document.
pub fn draw(sources: &Path, count: usize, seed: u64) -> Result<String, Box<dyn Error>> {
    let items = items(sources)?;
    let mut all: Vec<(usize, usize)> = items
        .iter()
        .enumerate()
        .flat_map(|(at, (item, _))| (0..item.quantities().len()).map(move |one| (at, one)))
        .collect();
    let mut draw = Draw(seed);
    let count = count.min(all.len());
    for at in 0..count {
        let other = at + draw.below(all.len() - at);
        all.swap(at, other);
    }
    all.truncate(count);
    all.sort_unstable();
    let mut shown = String::new();
    for (at, one) in all {
        let (item, above) = &items[at];
        let text = item.text().unwrap_or_default();
        writeln!(
            shown,
            "{}\t{}\t{text}\t{above}",
            item.code(),
            item.quantities()[one]
        )?;
    }
    Ok(shown)
}

/// Returns the figures that the reader left out: code, figure, reason, text.
///
/// # Errors
/// Returns an error if the publication is missing or is another document.
pub fn unread(sources: &Path) -> Result<String, Box<dyn Error>> {
    let mut shown = String::new();
    for (item, above) in items(sources)? {
        let text = item.text().unwrap_or_default();
        for one in english(text, &above).unread {
            let figure = &text[one.start..one.end];
            writeln!(shown, "{}\t{figure}\t{:?}\t{text}", item.code(), one.reason)?;
        }
    }
    Ok(shown)
}
