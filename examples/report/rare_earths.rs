//! The section on rare earths: which items of each list, their status and the notices behind it.

use std::collections::{BTreeMap, BTreeSet};

use export_control::measure::Subject;
use export_control::{Code, Comparison, ControlList, Date, Item, Measure, MeasureId};

use super::common::{earths, notices, past};
use super::text;

/// The table of elements, what it leaves out, and the notices.
pub fn section(comparison: &Comparison<'_>) -> String {
    let lists = [comparison.left(), comparison.right()];
    let on = comparison.scope().date();
    let mut cited: BTreeSet<(&str, MeasureId)> = BTreeSet::new();
    let mut rows = String::new();
    for element in earths::elements().map(Some).chain([None]) {
        let name = element.map_or(earths::AS_SUCH, |element| element.name());
        let cells = lists.map(|list| {
            let items: Vec<&Item> = match element {
                Some(element) => list.with_element(element).collect(),
                None => earths::as_such(list).collect(),
            };
            earths_cell(list, &items, on, &mut cited)
        });
        rows += &format!("<tr><th scope=\"row\">{name}</th>{}</tr>", cells.concat());
    }
    let passed = earths::passed(lists, on).unwrap_or_default();
    let parts: String = lists
        .iter()
        .filter_map(|list| {
            let parts = earths::parts(list).join("; ");
            let told = format!(
                "Named as a part of something else by {}: {parts}.",
                list.id()
            );
            (!parts.is_empty()).then(|| format!("<p class=\"note\">{}</p>", text(&told)))
        })
        .collect();
    format!(
        "<p>What each list controls by the element's name, and its status; suspended items too.</p><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Rare earths\"><table><thead><tr><th scope=\"col\">element</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{rows}</tbody></table></div><p class=\"note\">{} {passed}</p>{parts}{}",
        lists[0].id(),
        lists[1].id(),
        earths::LEGEND,
        notices_of(&lists, on, &cited)
    )
}

/// The cell of a list's items, by their status and their notice. It notes the notices.
fn earths_cell<'a>(
    list: &'a ControlList,
    items: &[&Item],
    on: Option<Date>,
    cited: &mut BTreeSet<(&'a str, MeasureId)>,
) -> String {
    let mut by: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for item in items {
        let mut status = text(&past::answer(list, item, on));
        if let Some(measure) = item.measure() {
            status += &format!(" ({})", notice(list, measure));
            cited.insert((list.id().as_str(), measure.clone()));
        } else if let Some(since) = past::since(list, item.code(), on) {
            status += &format!(" ({})", text(&since));
        }
        by.entry(status).or_default().push(item.code());
    }
    let lines = by.iter().map(|(status, codes)| {
        let codes = codes.iter().map(|code| link(list, *code));
        let codes = codes.collect::<Vec<_>>().join(" ");
        format!("<div>{status}: {codes}</div>")
    });
    let lines: String = lines.collect();
    let lines = if lines.is_empty() { "–" } else { &lines };
    format!("<td class=\"words\">{lines}</td>")
}

/// Says that the last day of a notice's suspension has passed, if it has.
fn passed(list: &ControlList, measure: &Measure, on: Date) -> &'static str {
    let status = list.measure_status(&measure.id.clone().into(), Some(on));
    status.map_or("", super::common::passed)
}

/// A notice with its issuer and number, and a link to its address if that is at hand.
fn notice(list: &ControlList, id: &MeasureId) -> String {
    let name = text(&notices::of_list(list, id));
    match list.measure(id).and_then(|measure| measure.url.as_deref()) {
        Some(address) => format!("<a href=\"{}\">{name}</a>", text(address)),
        None => name,
    }
}

/// The notices that a section cites, each with issuer, number, days, title and address. Notices that
/// a cited one is suspended by, and those on things made abroad, are among them.
fn notices_of(
    lists: &[&ControlList; 2],
    on: Option<Date>,
    cited: &BTreeSet<(&str, MeasureId)>,
) -> String {
    let mut rows = String::new();
    for list in lists {
        let is_cited = |id: &MeasureId| cited.contains(&(list.id().as_str(), id.clone()));
        let bears = |measure: &&Measure| {
            is_cited(&measure.id)
                || measure
                    .suspends
                    .iter()
                    .any(|target| is_cited(&target.measure))
                || measure.subject == Subject::ForeignMade
        };
        for measure in list.measures().filter(bears) {
            let [what, _] = notices::told(measure, Some(list));
            let address = measure.url.as_deref().map_or_else(
                || format!("; {}.", notices::NO_ADDRESS),
                |address| format!(". <a href=\"{0}\">{0}</a>", text(address)),
            );
            let on = on.or(list.edition().through);
            let status = on
                .zip(notices::status(list, measure, on))
                .map(|(on, status)| format!("; on {on} {status}{}", passed(list, measure, on)));
            rows += &format!(
                "<li>{}{}{address}</li>",
                text(&what),
                text(&status.unwrap_or_default())
            );
        }
    }
    match rows.is_empty() {
        true => rows,
        false => format!("<p>The notices:</p><ul>{rows}</ul>"),
    }
}

fn link(list: &ControlList, code: Code) -> String {
    format!("<a href=\"#{id}:{code}\">{code}</a>", id = list.id())
}
