//! The packed form of a list: what every answer needs first, and the rest where it is found when it
//! is asked for.

use super::facts::Facts;
use super::lazy::Lazy;
use super::search_index::SearchIndex;
use super::{ControlList, Item, Tree};
use crate::packed::{Reader, Source, Writer};

/// The sections after the head and the facts of the items.
const ITEMS: usize = 2;
pub(super) const MEASURES: usize = 3;
pub(super) const LICENSE_REQUIREMENTS: usize = 4;
pub(super) const LATER: usize = 5;
pub(super) const WORDS: usize = 6;
pub(super) const KEYS: usize = 7;

impl ControlList {
    /// Returns the two files of the packed form.
    pub(crate) fn pack(&self) -> (Vec<u8>, String) {
        let mut to = Writer::default();
        to.value(&self.info);
        to.value(&self.edition);
        to.value(&self.opens);
        to.value(&self.items.len());
        to.end_section();
        let mut ends = Vec::with_capacity(self.items.len());
        let start = to.length();
        for item in &self.items {
            if !item.facts.is_empty() {
                to.value(&*item.facts);
            }
            ends.push(to.length() - start);
        }
        to.end_section();
        self.pack_items(&ends, &mut to);
        to.end_section();
        let measures: Vec<_> = self.measures().cloned().collect();
        to.value(&measures);
        to.end_section();
        to.value(&self.all_license_requirements().to_vec());
        to.end_section();
        to.value(self.later());
        to.end_section();
        to.value(self.lazy_index().words(&self.items));
        to.end_section();
        to.value(self.lazy_index().keys(&self.items));
        to.finish()
    }

    /// Packs what every answer needs of each item, and where its facts end.
    fn pack_items(&self, ends: &[usize], to: &mut Writer) {
        for (at, item) in self.items.iter().enumerate() {
            let Item {
                code,
                title,
                text,
                fingerprint,
                facts: _,
                in_force,
                logic,
                state,
                inferred,
            } = item;
            to.value(code);
            to.value(title);
            to.value(text);
            to.value(fingerprint);
            to.value(in_force);
            to.value(logic);
            to.value(state);
            to.value(inferred);
            // An item without facts takes none of their bytes.
            to.value(&(ends[at] - at.checked_sub(1).map_or(0, |before| ends[before])));
            to.value(&(self.tree.ends[at] - at as u32));
            to.value(&(at as u32 - self.tree.provisions[at]));
        }
    }

    /// Returns the list of a packed form, or `None` if the files have another form.
    pub(crate) fn unpack(source: &'static Source) -> Option<ControlList> {
        let mut head = source.section(0)?;
        let (info, edition, opens) = (head.value()?, head.value()?, head.value()?);
        let count: usize = head.value()?;
        let mut from = source.section(ITEMS)?;
        let mut items = Vec::with_capacity(count);
        let mut tree = Tree {
            codes: Vec::with_capacity(count),
            ends: Vec::with_capacity(count),
            provisions: Vec::with_capacity(count),
        };
        let mut place = 0;
        for at in 0..count as u32 {
            let (item, length) = unpack_item(&mut from, source, place)?;
            place += length;
            tree.codes.push(item.code);
            items.push(item);
            tree.ends.push(at + from.value::<u32>()?);
            tree.provisions.push(at.checked_sub(from.value()?)?);
        }
        Some(ControlList {
            info,
            edition,
            items,
            tree,
            measures: Lazy::packed(source),
            license_requirements: Lazy::packed(source),
            later: Lazy::packed(source),
            opens,
            index: SearchIndex::packed(source),
        })
    }
}

/// Reads an item whose facts are at a place of their section, and how many bytes they take.
fn unpack_item(from: &mut Reader, source: &'static Source, place: u32) -> Option<(Item, u32)> {
    let mut item = Item {
        code: from.value()?,
        title: from.value()?,
        text: from.value()?,
        fingerprint: from.value()?,
        facts: Facts::default(),
        in_force: from.value()?,
        logic: from.value()?,
        state: from.value()?,
        inferred: from.value()?,
    };
    let length = from.value()?;
    if length > 0 {
        item.facts = Facts::packed(source, place);
    }
    Some((item, length))
}
