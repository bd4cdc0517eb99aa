//! Finds the status of every item of a list on one day.

use jiff::civil::Date;

use super::ControlList;
use crate::code::Code;
use crate::measure::Status;

/// The statuses of the items on a day, asked for in list order. Neighbors mostly have the same
/// measure and the same first day, and so the same status, which is then found once.
pub(crate) struct Statuses<'a> {
    list: &'a ControlList,
    on: Date,
    /// Whether the edition covers the day.
    of_edition: bool,
    /// The last entry, and whether its items are alike.
    entry: Option<(Code, bool)>,
    /// The status of the last item that was like others, by its measure and its first day.
    last: Option<(Option<usize>, Option<Date>, Status)>,
}

impl ControlList {
    /// Returns the statuses of the items on a day.
    pub(crate) fn statuses(&self, on: Date) -> Statuses<'_> {
        Statuses {
            list: self,
            on,
            of_edition: self.edition().through.is_none_or(|last| on <= last),
            entry: None,
            last: None,
        }
    }
}

impl Statuses<'_> {
    /// Returns the status of the item at a position.
    pub(crate) fn of_item(&mut self, at: usize) -> Status {
        let item = &self.list.items()[at];
        let measure = self.list.register().of_item(at);
        let alike = self.are_alike(item.code.entry());
        match self.last {
            Some((of, from, status)) if alike && (of, from) == (measure, item.in_force) => status,
            _ => {
                let status = self.list.status_under(item, measure, Some(self.on));
                if alike {
                    self.last = Some((measure, item.in_force, status));
                }
                status
            }
        }
    }

    /// Returns whether nothing but its measure and its first day tells an item of an entry from
    /// the others of the list: on a day of the edition, if no measure removes anything of the entry
    /// and no amendment adds, removes or announces anything there.
    fn are_alike(&mut self, entry: Code) -> bool {
        match self.entry {
            Some((last, alike)) if last == entry => alike,
            _ => {
                let alike = self.of_edition
                    && !self.list.later().moves_items_of(entry)
                    && !self.list.register().removes_of(entry);
                self.entry = Some((entry, alike));
                alike
            }
        }
    }
}
