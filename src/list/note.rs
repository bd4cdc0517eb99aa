//! What a list's text says of an item's scope beside its wording: purposes, exclusions, doubts.

use std::fmt;
use std::str::FromStr;

use crate::list::Item;
use crate::text::named::{name_of, named};
use crate::text::parse_error::ParseError;

/// Kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// The item must be for this. Another one with the same figures is not meant.
    Purpose,
    /// This is not meant although the wording fits it.
    Exclusion,
    /// This is meant although the wording leaves it open.
    Inclusion,
    /// A term means this, or a figure is measured so.
    Definition,
    /// This looks like a slip in the published text. It is recorded as published.
    Doubt,
    /// The source's text lacks this.
    Incomplete,
}

impl NoteKind {
    const NAMES: [(NoteKind, &'static str); 6] = [
        (NoteKind::Purpose, "purpose"),
        (NoteKind::Exclusion, "exclusion"),
        (NoteKind::Inclusion, "inclusion"),
        (NoteKind::Definition, "definition"),
        (NoteKind::Doubt, "doubt"),
        (NoteKind::Incomplete, "incomplete"),
    ];

    /// Returns the word by which files name the kind.
    pub fn name(self) -> &'static str {
        name_of(&NoteKind::NAMES, &self)
    }
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A note on the scope of an item: its kind and its gist.
///
/// Embedded lists have the gist in this crate's own words. A reader of an official text has the
/// published words. In a file the form is `kind=gist`; a gist is one line without semicolons, which
/// join the notes of an item.
///
/// ```
/// use export_control::list::{NoteKind, ScopeNote};
/// let note: ScopeNote = "exclusion=gear-cutting machine tools".parse()?;
/// assert_eq!((note.kind(), note.gist()), (NoteKind::Exclusion, "gear-cutting machine tools"));
/// assert_eq!(ScopeNote::new(NoteKind::Doubt, "a; b").to_string(), "doubt=a, b");
/// let error = "remark=x".parse::<ScopeNote>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "\"remark=x\" is not a note: expected purpose, exclusion, inclusion, definition, doubt or incomplete before ="
/// );
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ScopeNote {
    kind: NoteKind,
    gist: String,
}

impl ScopeNote {
    /// Returns a note; line breaks in its gist become spaces, semicolons commas.
    pub fn new(kind: NoteKind, gist: &str) -> ScopeNote {
        let gist = gist.replace(['；', ';'], ",");
        let words: Vec<&str> = gist.split_whitespace().collect();
        ScopeNote {
            kind,
            gist: words.join(" "),
        }
    }

    /// Returns what the note says.
    pub fn kind(&self) -> NoteKind {
        self.kind
    }

    /// Returns the gist: what is excluded, included, meant or doubted.
    pub fn gist(&self) -> &str {
        &self.gist
    }
}

impl fmt::Display for ScopeNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.kind, self.gist)
    }
}

impl FromStr for ScopeNote {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<ScopeNote, ParseError> {
        let fail = |problem: &'static str| ParseError::new(text, "a note", problem);
        let kind = text
            .split_once('=')
            .and_then(|(name, gist)| Some((named(&NoteKind::NAMES, name)?, gist)));
        let (kind, gist) = kind.ok_or_else(|| {
            fail("expected purpose, exclusion, inclusion, definition, doubt or incomplete before =")
        })?;
        let note = ScopeNote::new(kind, gist);
        if note.gist.is_empty() {
            return Err(fail("expected words after ="));
        }
        if note.gist != gist {
            return Err(fail(
                "expected one line without semicolons or double spaces",
            ));
        }
        Ok(note)
    }
}

crate::text::serde_as_text!(ScopeNote);

impl Item {
    /// Returns what the item must be for, what is excluded or included, what terms mean, and what in
    /// the published text is doubtful.
    pub fn notes(&self) -> &[ScopeNote] {
        &self.facts.notes
    }

    /// Returns the gists of the item's notes of one kind, in their order.
    ///
    /// ```
    /// use export_control::Item;
    /// use export_control::list::{NoteKind, ScopeNote};
    /// let note = ScopeNote::new(NoteKind::Purpose, "missile parts");
    /// let item = Item::new("1C117.b".parse()?).with_notes(vec![note]);
    /// assert_eq!(item.notes_of(NoteKind::Purpose).collect::<Vec<_>>(), ["missile parts"]);
    /// # Ok::<(), export_control::ParseError>(())
    /// ```
    pub fn notes_of(&self, kind: NoteKind) -> impl Iterator<Item = &str> {
        self.facts
            .notes
            .iter()
            .filter(move |note| note.kind == kind)
            .map(ScopeNote::gist)
    }

    /// Sets the notes on the item's scope. A note without words says nothing and is left out.
    #[must_use]
    pub fn with_notes(mut self, mut notes: Vec<ScopeNote>) -> Item {
        notes.retain(|note| !note.gist.is_empty());
        self.facts.notes = notes;
        self
    }
}

crate::packed::packed_enum!(NoteKind {
    Purpose,
    Exclusion,
    Inclusion,
    Definition,
    Doubt,
    Incomplete
});
crate::packed::packed_struct!(ScopeNote { kind, gist });
