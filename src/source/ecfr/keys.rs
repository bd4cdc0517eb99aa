//! Reads the keys and thresholds of an item's text.

use std::ops::Range;
use std::sync::Arc;

use crate::code::{Code, ProductGroup};
use crate::identifier::{Species, cas_in, once_each};
use crate::list::stated::{Stated, Unread};
use crate::list::{ChildLogic, Item};
use crate::source::observation::{Observation, ObservationKind};
use crate::text::chars::has_digit;

/// Entries whose paragraphs each name a species, a virus or a toxin.
const SPECIES: [&str; 2] = ["1C351", "1C354"];

/// Reads the CAS numbers that an item's own text states.
pub(super) fn read(item: &mut Item, line: u64, notes: &mut Vec<Observation>) {
    let mut found = Vec::new();
    for cas in cas_in(text(item)) {
        match cas {
            Ok(cas) => found.push(cas),
            Err(error) => {
                notes.push(Observation {
                    line,
                    code: Some(item.code),
                    kind: ObservationKind::Unclear,
                    detail: error.to_string(),
                });
            }
        }
    }
    // The facts of an item that has none take no memory.
    if !found.is_empty() {
        once_each(&mut found);
        item.facts.cas = found;
    }
}

/// The texts of one entry's items, in one string.
struct Texts {
    all: Arc<String>,
    ranges: Vec<Range<usize>>,
}

impl Texts {
    fn of(items: &[Item]) -> Texts {
        let texts = || items.iter().map(text);
        let mut all = String::with_capacity(texts().map(str::len).sum());
        let ranges = texts()
            .map(|text| {
                let start = all.len();
                all.push_str(text);
                start..all.len()
            })
            .collect();
        let all = Arc::new(all);
        Texts { all, ranges }
    }

    fn unread(&self, at: usize, lead_in: Option<usize>) -> Unread {
        Unread {
            texts: Arc::clone(&self.all),
            own: self.ranges[at].clone(),
            lead_in: lead_in.map_or(0..0, |at| self.ranges[at].clone()),
        }
    }
}

fn text(item: &Item) -> &str {
    item.text.as_deref().unwrap_or_default()
}

/// Notes where the quantities of one entry's items are, which are in list order. A lead-in passes
/// on its comparator, as in "frequencies exceeding:".
fn place_quantities(items: &mut [Item], texts: &Texts) {
    // The items above the current one.
    let mut above: Vec<usize> = Vec::new();
    for at in 0..items.len() {
        let code = items[at].code;
        while above
            .pop_if(|above| !items[*above].code.contains(code))
            .is_some()
        {}
        if has_digit(text(&items[at])) {
            let unread = texts.unread(at, above.last().copied());
            items[at].facts.quantities = Stated::in_text(unread);
        }
        above.push(at);
    }
}

/// Notes where the quantities of the items of one entry are, in list order, and the elements and
/// species that the items are. What they had of these is gone before.
pub(super) fn name_things(items: &mut [Item]) {
    let Some(entry) = items.first().map(|item| item.code) else {
        return;
    };
    let texts = Texts::of(items);
    place_quantities(items, &texts);
    if entry.group() != ProductGroup::C {
        return;
    }
    let species = SPECIES.contains(&entry.to_string().as_str());
    // The items above the current one, with whether the items below them are parts.
    let mut above: Vec<(Code, bool)> = Vec::new();
    for at in 0..items.len() {
        let code = items[at].code;
        while above.pop_if(|(above, _)| !above.contains(code)).is_some() {}
        let part = above
            .last()
            .is_some_and(|(above, part)| *part && Some(*above) == code.parent());
        if items
            .get(at + 1)
            .is_some_and(|next| code.contains(next.code))
        {
            // A condition names what a thing is made of, as does a list of layers.
            let layers = |text: &str| text.contains("layer") || text.contains("substrate");
            above.push((
                code,
                items[at].logic == ChildLogic::All || layers(text(&items[at])),
            ));
        }
        if species && code.depth() == 2 {
            let toxin = (code.labels().next()).is_some_and(|label| label.to_string() == "d");
            let name = species_name(text(&items[at]), toxin);
            items[at].facts.species = name.into_iter().collect();
        } else if !part && items[at].is_live() && entry.third_digit() != 3 {
            // The chemicals with third digit 3 are keyed by their CAS numbers: potassium fluoride
            // is not potassium.
            items[at].facts.elements = Stated::in_text(texts.unread(at, None));
        }
    }
}

/// Returns the accepted name with which a paragraph begins: before synonyms in brackets, and before
/// words that narrow it.
fn species_name(text: &str, toxin: bool) -> Option<Species> {
    let end = text.find(['(', '[', ';']).unwrap_or(text.len());
    let mut name = &text[..end];
    for cut in [
        " and all other ",
        " identified ",
        " or their ",
        ": all members ",
        " epsilon toxin producing ",
        " / ",
    ] {
        name = name.split(cut).next().unwrap_or(name);
    }
    // The names of toxins can have commas. A comma after the name of a strain begins words that
    // narrow it.
    if !toxin {
        name = name.split(',').next().unwrap_or(name);
    }
    name.trim().trim_end_matches('.').parse().ok()
}
