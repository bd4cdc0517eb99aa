//! Reader of the SDN List of the US Treasury's Office of Foreign Assets Control, as published:
//! `sdn.csv` with its companions `alt.csv` and `add.csv`, or `sdn.xml`.
//!
//! - **Kind**: `individual`, `vessel`, `aircraft`; everything else is a party. Natural persons are
//!   kept: counts say how many there are.
//! - **Countries**: those of addresses. `sdn.csv` alone has none.
//! - **Nothing**: the file writes `-0-`.

mod csv;
mod xml;

pub use self::csv::{read_csv, with_addresses, with_names};
pub use self::xml::read_xml;

use crate::code::ListId;
use crate::party::{EntryKind, PartyListInfo};

fn info() -> PartyListInfo {
    let mut info = PartyListInfo::new(ListId::new("us-sdn"), "US SDN List");
    info.source = Some("Office of Foreign Assets Control".to_owned());
    info
}

/// The kind that a file's type names; `None` for a type that this reader does not know.
fn kind(text: &str) -> Option<EntryKind> {
    match text.trim().to_ascii_lowercase().as_str() {
        "individual" => Some(EntryKind::Individual),
        "vessel" => Some(EntryKind::Vessel),
        "aircraft" => Some(EntryKind::Aircraft),
        "" | "entity" => Some(EntryKind::Party),
        _ => None,
    }
}
