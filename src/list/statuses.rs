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
    /// True if the edition covers the day.
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

    /// Returns whether the items of an entry differ in their measure and first day alone. That is
    /// so on a day of the edition, if no measure removes anything of the entry. No amendment may
    /// add, remove or announce anything there either.
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

#[cfg(all(test, feature = "embedded"))]
mod tests {
    use jiff::civil::date;

    use crate::error::Error;
    use crate::list::{ControlList, Edition, Item, ListId, ListInfo};
    use crate::measure::{Measure, MeasureId};

    /// An entry of which a measure takes one paragraph away, beside entries that are left alone.
    fn with_a_removal() -> Result<ControlList, Error> {
        let mut removal = Measure::new(MeasureId::new("2025-9"), date(2025, 10, 1));
        removal.removes = "3A002.b".parse().into_iter().collect();
        let codes = ["3A001", "3A002", "3A002.a", "3A002.b", "3A003"];
        let items = codes.into_iter().filter_map(|code| code.parse().ok());
        let edition = Edition::new("mine").with_from(date(2025, 1, 1));
        let info = ListInfo::new(ListId::new("mine"), "My list");
        ControlList::new(info, edition, items.map(Item::new).collect())?
            .with_measures(vec![removal])
    }

    #[test]
    fn each_is_the_status_of_the_item() {
        let removal = with_a_removal().expect("a list");
        let days = [
            date(2023, 1, 1),
            date(2024, 12, 1),
            date(2025, 9, 30),
            date(2025, 10, 20),
            date(2025, 12, 1),
            date(2026, 6, 12),
            date(2026, 6, 24),
            date(2026, 8, 20),
            date(2027, 1, 1),
        ];
        let embedded: Vec<&ControlList> = crate::lists().collect();
        for list in embedded.into_iter().chain([&removal]) {
            for day in days {
                let mut statuses = list.statuses(day);
                for (at, item) in list.items().iter().enumerate() {
                    let status = list.status(item, Some(day));
                    assert_eq!(statuses.of_item(at), status, "{} on {day}", item.code);
                }
            }
        }
    }
}
