//! Makes the packed form of data, for the generator of this crate. Not part of the public API.

use crate::change::History;
use crate::crosswalk::Crosswalk;
use crate::list::ControlList;

pub use crate::packed::Source;

/// The two files of a packed data set: the numbers and the texts.
pub type Files = (Vec<u8>, String);

/// Packs a list with its measures, license requirements and amendments.
pub fn list(list: &ControlList) -> Files {
    list.pack()
}

/// Packs a crosswalk.
pub fn crosswalk(crosswalk: &Crosswalk) -> Files {
    crosswalk.pack()
}

/// Packs a history without its titles.
pub fn history(history: &History) -> Files {
    history.pack()
}

/// Returns the list of a packed form, or `None` if the files have another form.
pub fn unpack_list(source: &'static Source) -> Option<ControlList> {
    ControlList::unpack(source)
}

/// Returns the crosswalk of a packed form, or `None` if the files have another form.
pub fn unpack_crosswalk(source: &'static Source) -> Option<Crosswalk> {
    Crosswalk::unpack(source)
}

/// Returns the history of a packed form, or `None` if the files have another form.
pub fn unpack_history(source: &'static Source) -> Option<History> {
    History::unpack(source, None)
}
