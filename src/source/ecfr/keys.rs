//! Reads the keys and thresholds of an item's text.

use crate::code::{Code, ProductGroup};
use crate::identifier::{Species, cas_in, elements_in_english, once_each};
use crate::list::{ChildLogic, Item};
use crate::quantity::english;
use crate::source::observation::{Observation, ObservationKind};

/// Entries whose paragraphs each name a species, a virus or a toxin.
const SPECIES: [&str; 2] = ["1C351", "1C354"];

/// Reads the CAS numbers that an item's own text states.
pub(super) fn read(item: &mut Item, line: u64, notes: &mut Vec<Observation>) {
    let text = item.text.as_deref().unwrap_or_default();
    for cas in cas_in(text) {
        match cas {
            Ok(cas) => item.facts.cas.push(cas),
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
    once_each(&mut item.facts.cas);
}

/// Reads the quantities of the items of one entry, in list order. A lead-in passes on its
/// comparator, as in "frequencies exceeding:".
fn read_quantities(items: &mut [Item]) {
    // The items above the current one.
    let mut above: Vec<usize> = Vec::new();
    for at in 0..items.len() {
        let code = items[at].code;
        while above
            .pop_if(|above| !items[*above].code.contains(code))
            .is_some()
        {}
        let lead_in = above.last().and_then(|above| items[*above].text.as_deref());
        let text = items[at].text.as_deref().unwrap_or_default();
        let mut quantities = english(text, lead_in.unwrap_or_default()).quantities;
        quantities.shrink_to_fit();
        items[at].facts.quantities = quantities;
        above.push(at);
    }
}

/// Reads the quantities of the items of one entry, in list order, and finds the elements and
/// species that the items are.
pub(super) fn name_things(items: &mut [Item]) {
    read_quantities(items);
    let Some(entry) = items.first().map(|item| item.code) else {
        return;
    };
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
                items[at].logic == ChildLogic::All || items[at].text.as_deref().is_some_and(layers),
            ));
        }
        let text = items[at].text.as_deref().unwrap_or_default();
        if species && code.depth() == 2 {
            let name = species_name(
                text,
                code.labels()
                    .next()
                    .is_some_and(|label| label.to_string() == "d"),
            );
            items[at].facts.species = name.into_iter().collect();
        } else if !part && items[at].is_live() && entry.third_digit() != 3 {
            // The chemicals with third digit 3 are keyed by their CAS numbers: potassium fluoride
            // is not potassium.
            items[at].facts.elements = elements_in_english(text);
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
