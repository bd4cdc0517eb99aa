//! The list-based license exceptions of an entry, collected line by line.

use std::collections::HashMap;

use crate::list::{Availability, LicenseException};

use super::notes::excerpt;

#[derive(Default)]
pub(super) struct Exceptions {
    list: Vec<LicenseException>,
    /// Lines that were read as more words on the previous exception: its position, the number of
    /// the first line, that line's beginning, and the number of lines.
    more: Vec<(usize, u64, String, usize)>,
    /// Positions in `list`.
    index: HashMap<String, usize>,
}

impl Exceptions {
    pub(super) fn has(&self, symbol: &str) -> bool {
        self.index.contains_key(symbol)
    }

    /// Adds the words of a line on a symbol to the words of other lines on it.
    pub(super) fn add(&mut self, symbol: &str, words: &str) {
        match self.index.get(symbol) {
            Some(&at) => go_on(&mut self.list[at], words),
            None => {
                self.index.insert(symbol.to_owned(), self.list.len());
                self.list.push(LicenseException {
                    symbol: symbol.to_owned(),
                    availability: availability(words),
                    text: Some(words.to_owned()),
                });
            }
        }
    }

    /// Adds words to the previous exception. Returns whether there is one.
    pub(super) fn go_on(&mut self, words: &str, line: u64) -> bool {
        let at = self.list.len();
        let Some(last) = self.list.last_mut() else {
            return false;
        };
        go_on(last, words);
        match self.more.last_mut() {
            Some((of, .., count)) if *of == at => *count += 1,
            _ => self.more.push((at, line, excerpt(words), 1)),
        }
        true
    }

    /// Returns a line and a sentence for each exception that continues in other lines. The line is
    /// the first of them.
    pub(super) fn more(&self) -> impl Iterator<Item = (u64, String)> {
        self.more.iter().map(|(at, line, first, count)| {
            let symbol = self
                .list
                .get(at - 1)
                .map_or("", |exception| &exception.symbol);
            let detail =
                format!("lines taken for more words on {symbol}: {count}, the first {first}");
            (*line, detail)
        })
    }

    /// Returns whether it has what every such section has: `LVS` and `GBS` for commodities, `TSR`
    /// for software and technology.
    pub(super) fn whole(&self) -> bool {
        self.has("TSR") || (self.has("LVS") && self.has("GBS"))
    }

    pub(super) fn finish(self) -> Vec<LicenseException> {
        self.list
    }
}

fn go_on(exception: &mut LicenseException, words: &str) {
    let text = exception.text.get_or_insert_default();
    text.push(' ');
    text.push_str(words);
    exception.availability = availability(text);
}

/// Returns whether an exception's words are as short as an amount or an answer but are neither.
pub(super) fn unclear(words: &str) -> bool {
    let plain = words.trim().trim_end_matches('.');
    plain.len() <= 12 && availability(words) == Availability::Partly
}

/// Returns the availability that the words after an exception's symbol state.
fn availability(text: &str) -> Availability {
    let text = text.trim().trim_end_matches('.').trim();
    if text.eq_ignore_ascii_case("n/a") || text.eq_ignore_ascii_case("no") {
        return Availability::No;
    }
    if text.eq_ignore_ascii_case("yes") {
        return Availability::Yes;
    }
    // An amount is short, but other words of an exception may be long.
    match text
        .strip_prefix('$')
        .filter(|limit| limit.len() <= 40)
        .map(|limit| limit.replace(',', ""))
        .and_then(|limit| limit.parse().ok())
    {
        Some(limit) => Availability::UpTo(limit),
        None => Availability::Partly,
    }
}
