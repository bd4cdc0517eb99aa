//! The section of the report on what three lists or more share.

use std::error::Error;

use export_control::CountingRule;
use export_control::compare::MultiOverlap;

use super::common::{overlaps, several, upset_chart};
use super::{figure, text};

/// Says in a sentence for each list how much the others have, and draws it, with the numbers.
pub fn section(overlap: &MultiOverlap<'_>) -> Result<String, Box<dyn Error>> {
    let rule = CountingRule::Provisions;
    let quoted: String = several::divisions(overlap, rule)?
        .iter()
        .map(|division| format!("<p>{}</p>", text(&several::headline(division))))
        .collect();
    let lists = overlap.comparison().lists();
    let heads: String = (lists.iter())
        .map(|list| format!("<th scope=\"col\">{}</th>", list.id()))
        .collect();
    let mut rows = String::new();
    for row in several::set_rows(overlap, rule)? {
        let (name, cells) = row.split_first().ok_or("expected a set of lists")?;
        let cells: String = (cells.iter())
            .map(|cell| format!("<td>{}</td>", text(cell)))
            .collect();
        rows += &format!("<tr><th scope=\"row\">{}</th>{cells}</tr>", text(name));
    }
    Ok(format!(
        "<p>By what is controlled, not by equal codes. Basis: {}.</p>{quoted}{}<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: Sets of lists\"><table><thead><tr><th scope=\"col\">on these lists and no other ({rule})</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div><p>{}</p>",
        text(&overlap.basis().to_string()),
        figure(&upset_chart::draw(overlap, rule)?),
        text(&overlaps::not_compared(lists)),
    ))
}
