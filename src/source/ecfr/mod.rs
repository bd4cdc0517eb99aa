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
mod entry;
mod keys;
mod label;
mod license;
mod logic;
mod reference;

use std::io::BufRead;

use crate::code::{Category, Code};
use crate::error::Error;
use crate::list::{ControlList, Edition, ListId, ListInfo};
use crate::source::observation::{Observation, ObservationKind, Reading};

use block::{Blocks, Kind};
use entry::{Entry, Finished, excerpt};

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
    let mut observations = Vec::new();
    let (mut items, mut rows) = (Vec::new(), Vec::new());
    let mut current: Option<Entry> = None;
    let mut places = Vec::new();
    let mut close = |entry: Option<Entry>, observations: &mut Vec<Observation>| {
        if let Some(entry) = entry {
            let Finished {
                items: mut entry_items,
                rows: mut entry_rows,
            } = entry.finish(observations);
            items.append(&mut entry_items);
            rows.append(&mut entry_rows);
        }
    };
    while let Some(block) = blocks.next()? {
        if let Some(entry) = Entry::open(block, &mut observations) {
            places.push(entry.place());
            close(current.replace(entry), &mut observations);
        } else if ends_entries(block) {
            close(current.take(), &mut observations);
        } else if let Some(entry) = &mut current {
            entry.block(block, &mut observations);
        } else if block.kind == Kind::Stray {
            let detail = format!("text outside any known element: {}", excerpt(&block.text));
            observations.push(Observation {
                line: block.line,
                code: None,
                kind: ObservationKind::Skipped,
                detail,
            });
        }
    }
    close(current, &mut observations);
    observations.sort_by_key(|observation| observation.line);
    let list = ControlList::new(info(), edition, items)
        .and_then(|list| list.with_license_requirements(rows))
        .map_err(|error| {
            let of_error = |(code, _): &&(Code, u64)| {
                error
                    .code()
                    .is_some_and(|at_fault| at_fault.entry() == *code)
            };
            // What stands twice is at fault where it stands again.
            match places.iter().rfind(of_error).copied() {
                Some((_, line)) => error.at_line(line),
                None => error,
            }
        })?;
    Ok(Reading { list, observations })
}

/// Whether a block ends the entry before it: a category, a product group, a part, an annex, the
/// basket EAR99.
fn ends_entries(block: &block::Block) -> bool {
    match block.kind {
        Kind::Title => {
            let text = block.text.as_str();
            let group = text
                .as_bytes()
                .first()
                .is_some_and(|letter| (b'A'..=b'E').contains(letter))
                && text[1..].starts_with(". ");
            group
                || ["Category ", "Part ", "Annex "]
                    .iter()
                    .any(|word| text.starts_with(word))
        }
        Kind::Heading => block.text.starts_with("EAR99"),
        _ => false,
    }
}

/// What the list is and what its signs mean.
pub fn info() -> ListInfo {
    let mut info = ListInfo::new(
        ListId::new("us-ccl"),
        "US Commerce Control List (15 CFR Part 774, Supplement No. 1)",
    );
    info.categories = Category::ALL
        .into_iter()
        .zip(
            [
                "nuclear and miscellaneous items",
                "materials, chemicals, microorganisms and toxins",
                "materials processing",
                "electronics",
                "computers",
                "telecommunications and information security",
                "sensors and lasers",
                "navigation and avionics",
                "marine",
                "aerospace and propulsion",
            ]
            .map(str::to_owned),
        )
        .collect();
    for (tag, name) in [
        ("AT", "anti-terrorism"),
        ("CB", "chemical and biological weapons"),
        ("CC", "crime control"),
        ("CW", "Chemical Weapons Convention"),
        ("EI", "encryption items"),
        ("FC", "Firearms Convention"),
        ("MT", "missile technology"),
        ("NP", "nuclear nonproliferation"),
        ("NS", "national security"),
        ("RS", "regional stability"),
        ("SI", "significant items"),
        ("SL", "surreptitious listening"),
        ("SS", "short supply"),
        ("UN", "United Nations embargo"),
    ] {
        if let Ok(reason) = tag.parse() {
            info.reasons.insert(reason, name.to_owned());
        }
    }
    info.third_digits = [
        (5, "500 series"),
        (6, "600 series"),
        (9, "anti-terrorism and unilateral controls, mostly"),
    ]
    .map(|(digit, name)| (digit, name.to_owned()))
    .into();
    info
}
