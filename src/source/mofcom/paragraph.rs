//! Finds the paragraph of each numbered line below an item.

use crate::code::{Code, Label};
use crate::error::Error;

use super::check;
use super::items::{Items, LOST};
use super::label::{Style, level};
use super::short;

impl Items<'_> {
    /// Handles a numbered line.
    pub(super) fn labeled(
        &mut self,
        line: u64,
        text: &str,
        (label, rest, style): (Label, &str, Style),
    ) -> Result<(), Error> {
        match self.base {
            Some(base) if !self.ended => self.paragraph(line, base, label, style, rest),
            _ if self.ended => Ok(()),
            _ => {
                if !std::mem::replace(&mut self.orphaned, true) {
                    self.orphans.push((line, short(text)));
                }
                Ok(())
            }
        }
    }

    /// Handles a numbered line below an item.
    fn paragraph(
        &mut self,
        line: u64,
        base: Code,
        label: Label,
        style: Style,
        text: &str,
    ) -> Result<(), Error> {
        let level = level(&self.path, label, style);
        let before = self.path.get(level).map(|(label, _)| *label);
        self.path.truncate(level);
        let above = self.path.last().copied();
        let parent = self
            .path
            .iter()
            .try_fold(base, |code, (label, _)| code.child(*label));
        let Some((parent, code)) = parent.and_then(|parent| Some((parent, parent.child(label)?)))
        else {
            let detail = format!("label deeper than a code can be: {}", short(text));
            self.unclear(line, Some(base), detail);
            return Ok(());
        };
        if before == Some(label) {
            self.unclear(
                line,
                Some(code),
                format!("paragraph {label} twice in one list"),
            );
        } else if before != label.previous() {
            let detail = format!("paragraph {label} without the one before it{LOST}");
            self.unclear(line, Some(code), detail);
        }
        if before.is_none() {
            self.check_first(line, parent, code, above, style);
        }
        self.check_list_before(line, level);
        self.path.push((label, style));
        self.item(line, code, text)?;
        self.stops.resize(level + 1, false);
        self.stops[level] |= text.trim_end().ends_with('。');
        let open = text.trim_end().ends_with(['；', ';']);
        self.last = Some((code, line, open));
        if !check::has_end(text) && text.trim() != "【保留】" {
            let detail = "breaks off without an end mark".to_owned();
            self.unclear(line, Some(code), detail);
        }
        Ok(())
    }

    /// Checks the list inside a list that ends before a line of this level.
    ///
    /// Its last line has the mark of the outer list. A semicolon is right if the outer lines have
    /// semicolons. If they have periods, it shows a lost line.
    fn check_list_before(&mut self, line: u64, level: usize) {
        let deeper = self.stops.len() > level + 1;
        if deeper && self.stops.get(level) == Some(&true) {
            self.close(line);
        }
        self.last = None;
        self.stops.truncate(level + 1);
    }

    /// Checks the first paragraph of a list. Something must announce it, and its numbering must
    /// differ from that of the list around it.
    fn check_first(
        &mut self,
        line: u64,
        parent: Code,
        code: Code,
        above: Option<(Label, Style)>,
        style: Style,
    ) {
        let (label, last) = (code.labels().next_back(), parent.labels().next_back());
        let number = |label: Option<Label>| label.map(Label::is_number);
        let alike = match above {
            Some((_, written)) => number(label) == number(last) && written == style,
            // The notices number with letters below `.b` of a code.
            None => number(label) == Some(true) && number(last) == Some(true),
        };
        let announced = self
            .items
            .get(&parent)
            .and_then(|item| item.text.as_deref())
            .is_some_and(|text| text.ends_with(['：', ':']));
        if alike {
            let detail = format!("numbered like {parent}, which it is put below");
            self.unclear(line, Some(code), detail);
        } else if !announced {
            let detail = format!("a paragraph of {parent}, whose text announces none");
            self.unclear(line, Some(code), detail);
        }
    }
}
