//! Reads the official eCFR XML of 15 CFR Part 774, Supplement No. 1: the Commerce Control List.
//!
//! The input is the supplement alone, the whole part or the whole title. The reader finds the
//! supplement in it. The publication mostly follows its own form. These are the rules by which the
//! reader decides. [`Reading::observations`] says what it repaired or left out.
//!
//! - **Entry**: begins at an `FP-2` line, or at a line, a title or a paragraph in bold, that begins
//!   with a five-character code. It ends at the title of a category, product group, part or annex,
//!   at the basket EAR99, or at a heading whose code cannot be read. Other titles are part of it.
//! - **License part**: the lines between the heading and the marker "Items:". Section titles, leads
//!   ("Reason for Control:") and symbols of exceptions are known words. If a section title or a
//!   marker has a wrong letter, it is read as what it is meant to be, and reported.
//! - **Reason**: a tag of two capital letters. The words "foreign policy", which the list uses
//!   without a tag, are `FP`.
//! - **Paragraph**: a `P` with a label, after the marker "Items:" or, if that is missing, from the
//!   first paragraph `a` on. A label is a path that begins with a letter. Letters and numbers
//!   alternate, and the path is printed in full. Dots may be missing or doubled. A bare number is a
//!   child of the paragraph before it.
//! - **Not a paragraph**: text in italics from its first character, text in a table, a label that
//!   was printed before, and labeled text before the marker. Text in a note or in a title is a
//!   paragraph only if it is roman and next in order.
//! - **Reserved**: one item for each line, with the end of its range in
//!   [`Item::through`](crate::Item::through). A label that is printed with text is live even if a
//!   range reserves it.
//! - **Implied**: a parent whose own label is never printed.
//! - **Empty**: a heading without a reason for control, a license requirement and a paragraph. A
//!   paragraph that says "None" is empty too.
//! - **All-of or any-of**: the words nearest to the children decide ("all of the following", "any
//!   of the following", "at least two of the following"). Without such words, children that are
//!   joined by "and" are conditions if the lead-in refers to properties, which is reported as a
//!   judgment by sense. Otherwise they are alternatives.
//! - **Other logic**: the paragraphs that a lead-in excludes ("that are not:", "except:") are
//!   conditions too: an item is controlled if it is none of them. If a lead-in names another
//!   alternative before "all of the following", the logic is
//!   [`AllOrOwn`](crate::ChildLogic::AllOrOwn). If it names two lists among its own paragraphs, the
//!   logic is [`OneOfEach`](crate::ChildLogic::OneOfEach).
//! - **License rows**: the scope of a row is in codes if its words are only codes. A row with a
//!   description has the codes that its words mention, and the codes that continue them: "2B116.b,
//!   .c, and .d", "7A001 to 7A004".
//! - **Text**: white space is collapsed, superscripts are Unicode superscripts (`10⁶`), and
//!   subscripts are plain. An unknown entity is kept as written. A control character, which XML
//!   forbids, is replaced.
//!
//! # Nothing is left out silently
//!
//! The reader uses or reports each labeled paragraph, each line that looks like a heading, each
//! paragraph without an entry, each section title and each table row. It also keeps a rule for one
//! edit. **If one edit of a publication changes the items, their tree, a license requirement or a
//! threshold that the reader finds, it changes the observations too.** A test makes edits of forty
//! kinds and checks the rule. For that, the reader checks more than single lines:
//!
//! - The elder sibling of each paragraph exists, and no paragraph is alone below its parent.
//! - A list does not break off at an "and" or a ";", and a lead-in that announces paragraphs has
//!   some.
//! - An entry is where its code belongs.
//! - The reasons and the license rows of an entry agree, and each of its own codes that a row names
//!   is printed.
//! - The exceptions of an entry are `LVS` and `GBS`, or `TSR`.
//!
//! A reader cannot detect some edits, because the result is as well-formed as the original:
//!
//! - The last paragraph of a list is left out, and the rest ends as a list ends. Of 100 such edits
//!   of the official file, 26 leave no sign. The others leave an "and", a ";" or a single
//!   paragraph.
//! - A license row is left out and another row names the same reason (93 of 94 leave no sign).
//! - A heading is left out, and its entry or the entry before has nothing else.
//! - A figure, a word, a code or a column becomes another possible one (77 of 81 figures leave no
//!   sign).
//! - Text in italics in a note, or text without a label in a note, is changed. It is not part of
//!   the list.

mod block;
mod blocks;
mod description;
mod destinations;
mod element;
mod elsewhere;
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
use crate::list::{Edition, Item};
use crate::source::observation::{Observation, Reading};

use blocks::Blocks;
use supplement::Supplement;

/// Reads the list from the official XML. The XML does not give its date, so the caller provides the
/// edition.
///
/// # Errors
/// Returns an error with line and column if the input is not the eCFR's XML, does not contain the
/// supplement, contains it twice, or breaks off inside it. Also returns an error if there are more
/// than 12,000 items, and one more for each 400 bytes.
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
    read_blocks(Blocks::streamed(input), edition, Blocks::next)
}

/// Reads the list from the official XML in memory. The result is that of [`read`], in less time.
///
/// # Errors
/// Returns the errors of [`read`].
///
/// ```
/// use export_control::{Edition, source::ecfr};
/// let xml = br#"<DIV9 N="Supplement No. 1 to Part 774"><FP-2><B>3A001 Converters.</B></FP-2></DIV9>"#;
/// let reading = ecfr::read_slice(xml, Edition::default())?;
/// assert_eq!(reading.list, ecfr::read(&xml[..], Edition::default())?.list);
/// # Ok::<(), export_control::Error>(())
/// ```
pub fn read_slice(document: &[u8], edition: Edition) -> Result<Reading, Error> {
    read_blocks(Blocks::in_memory(document), edition, Blocks::next_in_memory)
}

fn read_blocks<'a, R>(
    mut blocks: Blocks<'a, R>,
    edition: Edition,
    next: impl Fn(&mut Blocks<'a, R>) -> Result<bool, Error>,
) -> Result<Reading, Error> {
    let mut supplement = Supplement::default();
    while next(&mut blocks)? {
        supplement.block(blocks.done());
        supplement.allow(blocks.bytes())?;
    }
    supplement.finish(edition, blocks.bytes())
}

/// Reads the texts of one entry's items by the rules above, for a publication in English that prints
/// its paths in full, such as Annex I of Regulation (EU) 2021/821: alternatives or conditions,
/// references, CAS numbers, elements, species and thresholds. Returns what was unclear, each as of
/// line 1.
///
/// The items are in list order, the entry first. What they had of these fields is replaced.
///
/// ```
/// use export_control::source::ecfr;
/// use export_control::{ChildLogic, Item};
/// let item = |code: &str, text: &str| Ok::<_, export_control::ParseError>(Item::new(code.parse()?).with_text(text.to_owned()));
/// let mut items = [
///     item("3A001", "Converters having all of the following:")?,
///     item("3A001.a", "A sample rate of more than 5 GHz; and")?,
///     item("3A001.b", "A resolution of 8 bit or more.")?,
/// ];
/// ecfr::read_texts(&mut items);
/// assert_eq!(items[0].logic(), ChildLogic::All);
/// assert_eq!(items[1].quantities().len(), 1);
/// # Ok::<(), export_control::ParseError>(())
/// ```
pub fn read_texts(items: &mut [Item]) -> Vec<Observation> {
    let mut notes = notes::Notes::default();
    finish::set_logic(items, &mut notes, 1);
    finish::set_references(items, Vec::new());
    for item in items.iter_mut() {
        item.facts.cas.clear();
        item.facts.elements = Vec::new().into();
        item.facts.species.clear();
        item.facts.quantities = Vec::new().into();
        keys::read(item, 1, &mut notes.0);
    }
    keys::name_things(items);
    notes.0
}
