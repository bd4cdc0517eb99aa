//! Reader of the official eCFR XML of 15 CFR Part 774, Supplement No. 1: the Commerce Control List.
//!
//! It reads the supplement alone, the whole part or the whole title, and finds the supplement in
//! it. The publication mostly keeps its own rules. These are the rules by which the reader decides;
//! [`Reading::observations`] says what it mended or left out.
//!
//! - **Entry**: an `FP-2` line, or a line, a title or a paragraph in bold, that begins with a
//!   five-character code. A category, product group, part or annex title and the basket EAR99 end
//!   it, and so does a heading whose code cannot be read; other titles are part of it.
//! - **License part**: lines between the heading and the marker "Items:". Section titles, leads
//!   ("Reason for Control:") and symbols of exceptions are known words. A section title or a marker
//!   with a letter wrong is taken for what it is meant to be, and reported.
//! - **Reason**: a tag of two capitals. The words "foreign policy", which the list uses without a
//!   tag, are `FP`.
//! - **Paragraph**: after the marker "Items:" (or, where that is missing, from the first paragraph
//!   `a` on), a `P` with a label. A label is a path that begins with a letter, letters and numbers
//!   in turn; it is printed in full. Dots may be missing or doubled. A bare number is a child of
//!   the paragraph before it.
//! - **No paragraph**: what is set in italics from its first character, what is in a table, a
//!   label that was printed before, labeled text before the marker. What is in a note or in a title
//!   is one only if its text is roman and it is next in line.
//! - **Reserved**: one item a line, with the end of its range in
//!   [`Item::through`](crate::Item::through). A label printed with text is live even where a range
//!   reserves it.
//! - **Implied**: a parent whose own label is never printed.
//! - **Empty**: a heading with no reason for control, no license requirement and no paragraph; a
//!   paragraph that says "None".
//! - **All-of or any-of**: the words nearest to the children decide ("all of the following", "any
//!   of the following", "at least two of the following"). Without such words, children joined by
//!   "and" are conditions where the lead-in speaks of properties, which is reported as a judgement
//!   by sense, and alternatives otherwise. What a lead-in leaves out ("that are not:", "except:")
//!   are conditions too: what is controlled is none of them. A lead-in that names an alternative of
//!   its own before "all of the following" makes
//!   [`AllOrOwn`](crate::ChildLogic::AllOrOwn); one that names two lists among its own paragraphs
//!   makes [`OneOfEach`](crate::ChildLogic::OneOfEach).
//! - **License rows**: what a row applies to is given in codes where its words are nothing but
//!   codes. A described row has the codes that its words mention, with those by which they go on:
//!   "2B116.b, .c, and .d", "7A001 to 7A004".
//! - **Text**: white space collapsed, superscripts as Unicode superscripts (`10⁶`), subscripts
//!   plain. An unknown entity is kept as written; a control character, which no XML may hold, is
//!   replaced.
//!
//! # Nothing is left out in silence
//!
//! Each labeled paragraph, each line that looks like a heading, each paragraph without an entry,
//! each section title and each table row is taken or reported. More than that: **if one edit of a
//! publication changes the items, their tree, a license requirement or a threshold that the reader
//! finds, it changes the observations too.** A test makes edits of forty kinds and holds the reader
//! to it. What it checks beyond single lines: each paragraph's elder sibling is there, a list does
//! not break off at an "and" or a ";", no paragraph is alone below its parent, a lead-in that
//! announces paragraphs has some, an entry is where its code belongs, its reasons and its license
//! rows agree, its exceptions are `LVS` and `GBS` or `TSR`, and each code of its own that a row
//! names is printed.
//!
//! Some edits no reader can see, because what they leave is as well-formed as what was there:
//!
//! - the last paragraph of a list is left out, and what is left ends as a list ends (of 100 such
//!   edits of the official file 26 show nothing; the others leave an "and", a ";" or a paragraph
//!   alone);
//! - a license row is left out and another row names the same reason (93 of 94 show nothing);
//! - a heading is left out, and it or the one before it is all of its entry;
//! - a figure, a word, a code or a column becomes another that could be there (77 of 81 figures
//!   show nothing);
//! - what is in italics in a note, and text without a label in a note, is no part of the list.

mod block;
mod blocks;
mod description;
mod destinations;
mod entry;
mod exceptions;
mod finish;
mod heading;
mod keys;
mod label;
mod left_out;
mod license;
mod license_part;
mod logic;
mod near;
mod notes;
mod outside;
mod paragraphs;
mod reference;
mod supplement;
mod text;
mod titles;

use std::io::BufRead;

use crate::error::Error;
use crate::list::Edition;
use crate::source::observation::Reading;

use blocks::Blocks;
use supplement::Supplement;

/// Reads the list out of the official XML. What day the text is of, the XML does not say: the
/// edition comes from the caller.
///
/// # Errors
/// Input that is not the eCFR's XML, does not contain the supplement, contains it twice, or breaks
/// off within it; with line and column. More than 12,000 items and one more for each 400 bytes.
///
/// ```
/// use export_control::{Edition, source::ecfr};
/// let xml = r#"<DIV9 N="Supplement No. 1 to Part 774">
///     <FP-2><B>3A001 Converters, as follows.</B></FP-2>
///     <FP><I>Items:</I> a. Fast converters;</FP>
///     <P>b. [Reserved]</P>
/// </DIV9>"#;
/// let reading = ecfr::read(xml.as_bytes(), Edition::default())?;
/// assert_eq!(reading.list.items().len(), 3);
/// let page = ecfr::read(&b"<html><body>503</body></html>"[..], Edition::default()).unwrap_err();
/// assert!(page.to_string().contains("an HTML page"));
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn read(input: impl BufRead, edition: Edition) -> Result<Reading, Error> {
    let mut blocks = Blocks::new(input);
    let mut supplement = Supplement::default();
    while let Some(block) = blocks.next()? {
        supplement.block(block);
        supplement.allow(blocks.bytes())?;
    }
    supplement.finish(edition, blocks.bytes())
}
