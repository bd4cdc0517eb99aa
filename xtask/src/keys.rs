//! Reads the keys of China's items from the announcements' own text, and from the names that the
//! catalogue gives.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use export_control::identifier::{CasNumber, Element, Species};
use export_control::source::mofcom;
use export_control::{Code, Item, ProductGroup};

/// Reads the keys that an item's name gives: CAS numbers, elements, codes. It reads no figure.
pub(crate) fn from_name(item: &mut Item, name: &str) -> Result<(), Box<dyn Error>> {
    for cas in CasNumber::find_in(name) {
        let cas = cas.map_err(|error| format!("{}: {error}", item.code()))?;
        *item = item.clone().with_cas(and(item.cas(), &[cas]));
    }
    // Chemicals that are controlled as such are keyed by their CAS numbers: potassium fluoride is
    // not potassium.
    if item.code().group() == ProductGroup::C && !matches!(item.code().third_digit(), 3 | 4) {
        *item = item.clone().with_elements(Element::find_in(name));
    }
    // In "1C117 … (1C117.b, c, d)", a heading names its own paragraphs, so it refers to no other
    // item.
    let mut codes = Code::find_in(name);
    codes.retain(|code| !item.code().contains(*code) && !code.contains(item.code()));
    codes.sort_unstable();
    *item = item.clone().with_refers_to(codes);
    Ok(())
}

/// Adds the keys that the announcements give for their items. A paragraph without a row on the
/// list, such as a condition, counts as the nearest row above it.
pub(crate) fn from_notices(
    items: &mut BTreeMap<Code, Item>,
    sources: &Path,
) -> Result<(), Box<dyn Error>> {
    for input in crate::sums::notices() {
        let path = sources.join(crate::sums::name(sources, input)?);
        let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let notice =
            mofcom::read(file).map_err(|error| error.in_file(path.display().to_string()))?;
        for said in notice.items.iter().filter(|item| item.is_live()) {
            let Some(row) = std::iter::once(said.code())
                .chain(said.code().ancestors())
                .find(|code| items.contains_key(code))
            else {
                return Err(
                    format!("{}: {} is not a known code", path.display(), said.code()).into(),
                );
            };
            let item = items
                .get_mut(&row)
                .ok_or("a row that was there a moment ago")?;
            // If an earlier measure added the code, this one would need a source of its own.
            if item.measure() != Some(&notice.measure.id) {
                if said.hs().is_empty() && said.quantities().is_empty() {
                    continue;
                }
                return Err(format!("{}: {row} came with another measure", path.display()).into());
            }
            let mut foreign = said.refers_to().to_vec();
            foreign.retain(|code| !row.contains(*code) && !code.contains(row));
            let mut refers_to = and(item.refers_to(), &foreign);
            refers_to.sort_unstable();
            let elements = if row == said.code() && !said.elements().is_empty() {
                said.elements()
            } else {
                item.elements()
            };
            *item = (item.clone())
                .with_cas(and(item.cas(), said.cas()))
                .with_hs(and(item.hs(), said.hs()))
                .with_quantities(and(item.quantities(), said.quantities()))
                .with_refers_to(refers_to)
                .with_elements(elements.to_vec());
        }
    }
    Ok(())
}

/// Returns the values of both, each once.
pub(crate) fn and<T: PartialEq + Clone>(values: &[T], more: &[T]) -> Vec<T> {
    let mut all = values.to_vec();
    for value in more {
        if !all.contains(value) {
            all.push(value.clone());
        }
    }
    all
}

/// Returns the species, virus or toxin of a row: the accepted name with which its English title
/// begins, before words that explain or narrow it.
pub(crate) fn species(item: &Item) -> Result<Vec<Species>, Box<dyn Error>> {
    let entry = item.code().entry().to_string();
    if !(entry == "1C351" || entry == "1C354") || item.code().depth() != 2 || !item.is_live() {
        return Ok(Vec::new());
    }
    let name = item
        .title()
        .split([',', '('])
        .next()
        .unwrap_or_default()
        .trim();
    // A row without a title has no name yet.
    Ok(if name.is_empty() {
        Vec::new()
    } else {
        vec![
            name.parse()
                .map_err(|error| format!("{}: {error}", item.code()))?,
        ]
    })
}
