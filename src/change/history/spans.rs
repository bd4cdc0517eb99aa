//! The intervals of every code of a history, in one table.

use std::collections::HashMap;

use crate::code::Code;
use crate::packed::packed_struct;

use super::state::HistoryState;

/// An interval by the numbers of its first and last version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: u16,
    pub(crate) last: u16,
    pub(crate) state: HistoryState,
}

packed_struct!(Span { first, last, state });

/// The codes in list order, each with its intervals in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Provisions {
    codes: Vec<Code>,
    /// For each code where its intervals end.
    ends: Vec<u32>,
    spans: Vec<Span>,
}

packed_struct!(Provisions { codes, ends, spans });

impl Provisions {
    /// Adds a code after the others, with its intervals.
    pub(crate) fn push(&mut self, code: Code, spans: impl IntoIterator<Item = Span>) {
        self.codes.push(code);
        self.spans.extend(spans);
        self.ends.push(self.spans.len() as u32);
    }

    /// Returns every code.
    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Returns the intervals of the code at a position.
    pub(crate) fn at(&self, position: usize) -> &[Span] {
        let before = position.checked_sub(1);
        let start = before.map_or(0, |before| self.ends[before]);
        &self.spans[start as usize..self.ends[position] as usize]
    }

    /// Returns the intervals of a code, or nothing if the history does not know it.
    pub(crate) fn of(&self, code: Code) -> &[Span] {
        let position = self.codes.binary_search(&code);
        position.map_or(&[], |position| self.at(position))
    }

    /// Returns every code with its intervals.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (Code, &[Span])> {
        let codes = self.codes.iter().enumerate();
        codes.map(|(position, code)| (*code, self.at(position)))
    }
}

/// The intervals of editions that come one after another. They are kept in the order in which they
/// begin, so that they are moved once and not copied: a long history is far larger than an edition.
#[derive(Debug, Default)]
pub(super) struct Growing {
    spans: Vec<(Code, Span)>,
    /// For each code the position of its last interval.
    last: HashMap<Code, usize>,
}

impl Growing {
    /// Adds what a version shows of a code. What it shows of the code later changes nothing.
    pub(super) fn add(&mut self, code: Code, version: u16, state: HistoryState) {
        let last = self.last.get(&code).map(|at| &mut self.spans[*at].1);
        match last {
            Some(last) if last.last == version => {}
            Some(last) if last.state == state && last.last + 1 == version => last.last = version,
            _ => {
                self.last.insert(code, self.spans.len());
                let (first, last) = (version, version);
                let span = Span { first, last, state };
                self.spans.push((code, span));
            }
        }
    }

    /// Returns the table.
    pub(super) fn finish(mut self) -> Provisions {
        self.spans
            .sort_unstable_by_key(|(code, span)| (*code, span.first));
        let mut table = Provisions::default();
        let runs = self.spans.chunk_by(|one, next| one.0 == next.0);
        for run in runs {
            table.codes.extend(run.first().map(|(code, _)| *code));
            let before = table.ends.last().copied().unwrap_or_default();
            table.ends.push(before + run.len() as u32);
        }
        // This reuses the memory.
        table.spans = self.spans.into_iter().map(|(_, span)| span).collect();
        table
    }
}
