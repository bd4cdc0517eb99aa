//! A block of text: a paragraph, a heading or a table row, with the type in which its first words
//! are set.

use super::text::Oddities;

/// The kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `HD1`, `HEAD`: a title of the list or its parts, or a section title within an entry.
    Title,
    /// `HD2`, `HD3`: a title within an entry or a note.
    Subtitle,
    /// `FP-2`: an entry's heading, as a rule.
    Heading,
    /// `FP`, `FP-1`: a line of an entry's license part.
    Line,
    /// `P`: a paragraph.
    Paragraph,
    /// A row of a table's head.
    TableHead,
    /// A row of a table's body.
    TableRow,
    /// Text outside any known element.
    Stray,
}

/// One block of text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// The line on which it begins.
    pub(super) line: u64,
    /// Its text, with white space collapsed and superscripts as Unicode superscripts.
    pub(super) text: String,
    /// The offset of its first italic character.
    pub(super) italic_at: Option<usize>,
    /// The offset of its first bold or emphasized character.
    pub(super) bold_at: Option<usize>,
    /// True if it is in a note.
    pub(super) in_note: bool,
    /// True if another block began inside it, so that its own text broke off.
    pub(super) cut: bool,
    /// The offsets in the text at which the cells of a table row begin.
    pub(super) cells: Vec<usize>,
    /// Parts of the block that could not be read as usual.
    pub(super) odd: Oddities,
}

impl Block {
    pub(super) fn new() -> Block {
        Block {
            kind: Kind::Stray,
            line: 0,
            text: String::new(),
            italic_at: None,
            bold_at: None,
            in_note: false,
            cut: false,
            cells: Vec::new(),
            odd: Oddities::default(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        (self.italic_at, self.bold_at, self.cut) = (None, None, false);
        self.cells.clear();
        self.odd.clear();
    }

    /// Returns the text of one of a table row's cells.
    pub(super) fn cell(&self, index: usize) -> &str {
        // An empty last cell begins at trailing white space that was removed.
        let begin = |index: usize| {
            self.cells
                .get(index)
                .map_or(self.text.len(), |at| self.text.len().min(*at))
        };
        self.text
            .get(begin(index)..begin(index + 1))
            .unwrap_or_default()
            .trim()
    }
}
