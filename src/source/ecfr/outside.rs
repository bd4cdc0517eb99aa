//! Text outside any entry: below a title of the list, after the basket EAR99, or after a heading
//! that cannot be read.

use crate::source::observation::ObservationKind;

use super::block::{Block, Kind};
use super::label;
use super::notes::{Notes, excerpt};

/// A stretch of text without an entry. It becomes one observation, which counts its parts.
#[derive(Default)]
pub(super) struct Outside {
    /// The line that begins the stretch.
    after: Option<String>,
    /// The line of its first block, and that block's beginning.
    first: Option<(u64, String)>,
    blocks: usize,
    labeled: usize,
    rows: usize,
    oddities: Notes,
}

impl Outside {
    /// Begins a stretch after a line that ends an entry.
    pub(super) fn begin(&mut self, block: &Block) {
        self.after = Some(excerpt(&block.text));
        self.odd(block);
    }

    pub(super) fn add(&mut self, block: &Block) {
        self.odd(block);
        self.blocks += 1;
        match block.kind {
            Kind::TableHead | Kind::TableRow => self.rows += 1,
            _ if label::read(&block.text).is_some() => self.labeled += 1,
            _ => {}
        }
        if self.first.is_none() {
            self.first = Some((block.line, excerpt(&block.text)));
        }
    }

    fn odd(&mut self, block: &Block) {
        for detail in block.odd.details() {
            self.oddities
                .add(ObservationKind::Unclear, block.line, None, detail);
        }
    }

    /// Ends the stretch and reports its content.
    pub(super) fn end(&mut self, notes: &mut Notes) {
        let stretch = std::mem::take(self);
        let Outside {
            after,
            first,
            blocks,
            labeled,
            rows,
            mut oddities,
        } = stretch;
        notes.0.append(&mut oddities.0);
        let Some((line, text)) = first else {
            return;
        };
        let after = after.map_or_else(
            || "at the beginning".to_owned(),
            |title| format!("after {title}"),
        );
        let detail = format!(
            "text in no entry, {after}: {blocks} blocks, {labeled} of them labeled, {rows} table rows; \
             the first is {text}"
        );
        notes.add(ObservationKind::Skipped, line, None, detail);
    }
}
