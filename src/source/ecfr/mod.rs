//! Reader of the official eCFR XML of 15 CFR Part 774, Supplement No. 1: the Commerce Control List.
//!
//! It reads the supplement alone, the whole part or the whole title, and finds the supplement in
//! it. The publication keeps its own rules only mostly; these are the rules by which the reader
//! decides, and what it mends or leaves out stands in [`Reading::observations`].
//!
//! - **Entry**: an `FP-2` line, or a line that begins in bold, that begins with a five-character
//!   code. A category, product group, part or annex title and the basket EAR99 end it; other titles
//!   stand within it.
//! - **Paragraph**: after the marker "Items:" (or, where that is missing, from the first paragraph
//!   `a` on), a `P` with a label. A label is a path that begins with a letter, letters and numbers
//!   in turn; it is printed in full. Dots may be missing or doubled. A bare number is a child of
//!   the paragraph before it.
//! - **No paragraph**: what is set in italics from its first character, what stands in a table, a
//!   label that stands a second time, labelled text before the marker. What stands in a note is one
//!   only if its text is roman and its elder sibling is there.
//! - **Reserved**: one item a line, with the end of its range in
//!   [`Item::through`](crate::Item::through). A label printed with text is live even where a range
//!   reserves it.
//! - **Implied**: a parent whose own label is never printed.
//! - **Empty**: a heading with no reason for control, no license requirement and no paragraph; a
//!   paragraph that says "None".
//! - **All-of or any-of**: the words nearest to the children decide ("all of the following", "any
//!   of the following"). Without such words, children joined by "and" are conditions where the
//!   lead-in speaks of properties, which is reported as a judgement by sense, and alternatives
//!   otherwise. What a lead-in leaves out ("that are not:", "except:") are conditions too: what is
//!   controlled is none of them.
//! - **Text**: white space collapsed, superscripts as Unicode superscripts (`10⁶`), subscripts
//!   plain.

mod block;
mod blocks;
mod description;
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
/// off within it; with line and column.
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
    }
    supplement.finish(edition)
}
