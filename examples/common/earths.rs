//! Items and notices on rare earths, as `rare_earths` and the report tell them.

use export_control::identifier::Element;
use export_control::measure::Subject;
use export_control::{Code, ControlList, Date, Item, Measure, Status};

/// The name of the row of items that name no element.
pub const AS_SUCH: &str = "rare earths as such";

/// The meaning of a dash, and why an item can be in two rows.
pub const LEGEND: &str = "– no item of the list is named for the element. An item is in the row of each element that it names, so an alloy of two is in two rows. Magnets and mixtures of several can hold an element that they do not name: those of neodymium, iron and boron are controlled with terbium or dysprosium.";

/// The seventeen elements.
pub fn elements() -> impl Iterator<Item = Element> {
    Element::all().filter(|element| element.is_rare_earth())
}

fn speaks_of_them(title: &str) -> bool {
    let title = title.to_lowercase().replace('-', " ");
    title.contains("rare earth")
}

/// The live items that speak of rare earths and name no element.
fn without_element(list: &ControlList) -> impl Iterator<Item = &Item> {
    let spoken =
        |item: &&Item| item.is_live() && item.elements().is_empty() && speaks_of_them(item.title());
    list.items().iter().filter(spoken)
}

/// Returns `true` if an item has rare earths as a dopant of something else.
fn is_doped(item: &Item) -> bool {
    item.title().to_lowercase().contains("doped")
}

/// Items on rare earths as such: their ores, equipment and technology. They name no element.
pub fn as_such(list: &ControlList) -> impl Iterator<Item = &Item> {
    without_element(list)
        .filter(|item| !is_doped(item) && list.children(item.code()).next().is_none())
}

/// Notices on things made abroad with rare earths, which add no item to the list.
pub fn abroad(list: &ControlList) -> impl Iterator<Item = &Measure> {
    list.measures()
        .filter(|measure| measure.subject == Subject::ForeignMade && speaks_of_them(&measure.title))
}

/// Returns the sentence on suspensions that have run out, if a list has one among these items.
pub fn passed<'a>(
    lists: impl IntoIterator<Item = &'a ControlList>,
    on: Option<Date>,
) -> Option<&'static str> {
    let has_passed = |list: &ControlList, item: &Item| {
        let status: Status = list.status(item, on);
        !super::passed(status).is_empty()
    };
    let of_list = |list: &ControlList| {
        elements()
            .flat_map(|element| list.with_element(element))
            .chain(as_such(list))
            .any(|item| has_passed(list, item))
    };
    lists.into_iter().any(of_list).then_some(
        "The last day of a suspension above has passed. No source at hand says what followed.",
    )
}

/// Says what a list names as a part of something else: a crucible, a laser, a doped crystal or
/// fiber.
pub fn parts(list: &ControlList) -> Vec<String> {
    let of_elements = elements().filter_map(|element| {
        let is = |word: &str| word.eq_ignore_ascii_case(element.name());
        let names = |item: &&Item| {
            item.is_live()
                && item.title().split(|c: char| !c.is_alphabetic()).any(is)
                && !item.elements().contains(&element)
        };
        let codes = topmost(list.items().iter().filter(names));
        (!codes.is_empty()).then(|| format!("{} {}", element.name(), codes.join(", ")))
    });
    // The heading that names fibers and other materials is above what is doped.
    let doped = without_element(list).filter(|item| is_doped(item) && !item.code().is_entry());
    let doped = topmost(doped);
    let doped = (!doped.is_empty()).then(|| format!("any rare earth {}", doped.join(", ")));
    of_elements.chain(doped).collect()
}

/// The codes of items that are not below another one. The topmost says it for what is below it.
fn topmost<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<String> {
    let codes: Vec<Code> = items.map(Item::code).collect();
    let below = |code: Code| {
        codes
            .iter()
            .any(|above| *above != code && above.contains(code))
    };
    let top = codes.iter().filter(|code| !below(**code));
    top.map(Code::to_string).collect()
}
