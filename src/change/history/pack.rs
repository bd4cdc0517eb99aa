//! The packed form of a history.

use super::{History, Titles};
use crate::list::ControlList;
use crate::measure::Measure;
use crate::packed::{Source, Writer};

impl History {
    /// Returns the two files of the packed form, which has no titles.
    pub(crate) fn pack(&self) -> (Vec<u8>, String) {
        let History {
            info,
            versions,
            through,
            measures,
            provisions,
            titles: _,
        } = self;
        let mut to = Writer::default();
        to.value(info);
        to.value(versions);
        to.value(through);
        to.value(&measures.values().cloned().collect::<Vec<Measure>>());
        to.value(provisions);
        to.finish()
    }

    /// Returns the history of a packed form, or `None` if the files have another form. It takes its
    /// titles from a list.
    pub(crate) fn unpack(
        source: &'static Source,
        list: Option<fn() -> &'static ControlList>,
    ) -> Option<History> {
        let mut from = source.section(0)?;
        let (info, versions, through) = (from.value()?, from.value()?, from.value()?);
        let measures: Vec<Measure> = from.value()?;
        let measures = measures.into_iter();
        Some(History {
            info,
            versions,
            through,
            measures: measures.map(|one| (one.id.clone(), one)).collect(),
            provisions: from.value()?,
            titles: list.map_or_else(Titles::default, Titles::of),
        })
    }
}
