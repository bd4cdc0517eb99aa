//! Reader of the official eCFR XML of 15 CFR Part 744: the Entity List (Supplement No. 4), the
//! Unverified List (No. 6) and the Military End-User List (No. 7).
//!
//! It reads a supplement alone, the whole part or the whole title. These are the rules by which it
//! decides; [`Part744::observations`] says what it mended or could not tell.
//!
//! - **Row**: a row of the table's body or foot. A row with a license requirement, a review policy
//!   or a citation is an entry. A row of the Entity List with a name cell alone continues the entry
//!   above it. A row of one cell is a note. "\[Reserved\]" and the lines between units are no
//!   entries; [`PartyList::other_rows`] counts all of these.
//! - **Heading**: the first cell, printed on the first row of a country's block. A row whose first
//!   cell is missing belongs to the block above it.
//! - **Name**: the text before "a.k.a.", or else before the first comma that no legal form and no
//!   part of an institution follows.
//! - **Other names**: one a line, or one after each "a.k.a."
//! - **Units**: what is listed below "Subordinate institution" or "Affiliated entities" within an
//!   entry. An entry that calls itself one, or that is below such a line in Supplement No. 7, is of
//!   the kind [`Unit`](EntryKind::Unit).
//! - **Addresses**: what is left, divided at semicolons. The country is that with which an address
//!   ends; without any, that of the heading.
//! - **Alternate address**: the second and later entry of one name under other headings.
//! - **Citations**: the first one lists the entry, the others amend it.
//! - **Stays**: notes such as "stayed, effective until Nov. 9, 2026", for every section and
//!   supplement.

mod cell;
mod citations;
mod names;
mod rows;
mod stays;
mod table;
mod terms;
mod wordings;

use std::io::Read;

use crate::error::Error;
use crate::format::records::read_text;
use crate::list::Edition;
#[allow(unused_imports)] // the module's documentation names it
use crate::party::EntryKind;
use crate::party::PartyList;
use crate::party::Stay;
use crate::source::observation::Observation;

use rows::{Found, Rows};
use table::Table;

/// The lists of the part, as read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Part744 {
    /// The lists, in the order of the supplements: `us-entity-list`, `us-unverified-list`,
    /// `us-military-end-users`. A supplement that is not in the file is not among them.
    pub lists: Vec<PartyList>,
    /// The provisions of the part that are stayed, in its order. A list has those of its own
    /// supplement too.
    pub stays: Vec<Stay>,
    /// Repairs, omissions and things that the reader could not tell, in the order of the publication.
    pub observations: Vec<Observation>,
}

impl Part744 {
    /// Returns the list with a short name, or `None` if its supplement is not in the file.
    pub fn list(&self, id: &str) -> Option<&PartyList> {
        self.lists.iter().find(|list| list.id().as_str() == id)
    }
}

/// Reads the lists of parties out of the official XML. What day the text is of, the XML does not
/// say: the edition comes from the caller.
///
/// # Errors
/// Returns an error with its line and column if the input is not the eCFR's XML, contains none of
/// the three supplements or one of them twice, or breaks off within one.
///
/// ```
/// use export_control::Edition;
/// use export_control::party::{PartyRule, PartyScope};
/// use export_control::source::part744;
/// let xml = r#"<DIV9 N="Supplement No. 4 to Part 744"><TABLE><TBODY>
///     <TR><TD>ARCADIA</TD><TD>Example Co., Ltd., 5 Example Lane, Port Example, Georgia.</TD>
///     <TD>All items subject to the EAR, by 744.11</TD>
///     <TD>Presumption of denial</TD><TD>90 FR 1, 1/2/25.</TD></TR>
/// </TBODY></TABLE></DIV9>"#;
/// let part = part744::read(xml.as_bytes(), Edition::default())?;
/// let list = part.list("us-entity-list").expect("Supplement No. 4");
/// assert_eq!(list.count(PartyRule::Entries, &PartyScope::default()).number(), Some(1));
/// assert_eq!(list.entries()[0].name, "Example Co., Ltd.");
/// assert_eq!(list.entries()[0].designation, Some("90 FR 1@2025-01-02".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(input: impl Read, edition: Edition) -> Result<Part744, Error> {
    let text = read_text(input)?;
    let mut rows = Rows::new(&text);
    let mut tables = [Table::new(4), Table::new(6), Table::new(7)];
    let mut observations = Vec::new();
    let mut stayed = Vec::new();
    while let Some(found) = rows.next()? {
        let (line, cells) = (rows.line, rows.cells());
        match found {
            Found::Note => stays::read(cells, line, &mut stayed, &mut observations),
            Found::Row => {
                let of_row = |table: &&mut Table| Some(table.supplement) == rows.supplement();
                if let Some(table) = tables.iter_mut().find(of_row) {
                    table.row(cells, line, &mut observations);
                }
            }
        }
    }
    let mut lists = Vec::new();
    for table in tables {
        match rows.seen.contains(&table.supplement) {
            true => lists.push(table.finish(&edition, &stayed, &mut observations)),
            false => observations.push(stays::missing(table.supplement)),
        }
    }
    observations.sort_by_key(|observation| observation.line);
    Ok(Part744 {
        lists,
        stays: stayed,
        observations,
    })
}
