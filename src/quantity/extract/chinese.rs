//! The quantities that a Chinese text states.

use std::sync::LazyLock;

use super::scan::{Figure, figures};
use crate::quantity::property::Property;
use crate::quantity::unit::Unit;
use crate::quantity::{Limit, Quantity};

/// What stands before or after a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    From,
    Above,
    To,
    Below,
    Exactly,
}

/// Phrases before a figure.
const BEFORE: [(&[&str], Sign); 5] = [
    (
        &[
            "大于等于",
            "大于或等于",
            "高于或等于",
            "不小于",
            "不低于",
            "不少于",
            "至少为",
            "至少",
            "达到",
            "≥",
            "等于或大于",
            "超过或等于",
        ],
        Sign::From,
    ),
    (
        &["大于", "超过", "高于", "多于", "优于", "长于", ">", "＞"],
        Sign::Above,
    ),
    (
        &[
            "小于等于",
            "小于或等于",
            "低于或等于",
            "不大于",
            "不超过",
            "不高于",
            "不多于",
            "至多",
            "最大为",
            "≤",
            "等于或小于",
        ],
        Sign::To,
    ),
    (
        &["小于", "低于", "少于", "不足", "短于", "<", "＜"],
        Sign::Below,
    ),
    (&["等于"], Sign::Exactly),
];

/// Phrases after a figure.
const AFTER: [(&[&str], Sign); 2] = [
    (
        &[
            "及以上",
            "或以上",
            "以上",
            "及更高",
            "或更高",
            "或更大",
            "或更多",
        ],
        Sign::From,
    ),
    (
        &[
            "及以下",
            "或以下",
            "以下",
            "以内",
            "或更低",
            "或更小",
            "或更少",
        ],
        Sign::To,
    ),
];

/// The phrases, longest first, so that 不超过 is not read as 超过.
static SORTED: LazyLock<Vec<(&'static str, Sign)>> = LazyLock::new(|| {
    let mut all: Vec<_> = BEFORE
        .iter()
        .flat_map(|(phrases, sign)| phrases.iter().map(move |phrase| (*phrase, *sign)))
        .collect();
    all.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    all
});

/// The quantities that a Chinese text states, in its order: the ways in which the ministry's
/// notices write them.
///
/// The rules are those of [`in_english`](super::in_english()). The sides of a solid,
/// `120mm×120mm×50mm`, share the comparator of the first; sides without one are left out, because
/// the text gives an extent and no threshold.
///
/// ```
/// let text = "钨含量大于等于97%（按重量）、颗粒尺寸小于等于50×10⁻⁶m（50μm）";
/// let read: Vec<String> = export_control::quantity::in_chinese(text).iter().map(ToString::to_string).collect();
/// assert_eq!(read, ["content ≥ 97 %", "particle size ≤ 50e-6 m"]);
/// ```
pub fn in_chinese(text: &str) -> Vec<Quantity> {
    let figures = figures(text);
    let mut read: Vec<Quantity> = Vec::new();
    let (mut scope, mut at) = (0, 0);
    let mut side: Option<Sign> = None;
    while let Some(first) = figures.get(at) {
        at += 1;
        if first.start < scope {
            continue;
        }
        let before = &text[scope..first.start];
        let sides = before.trim().ends_with(['×', 'Φ', 'φ'])
            || text[first.end..].trim_start().starts_with('×');
        let (mut sign, phrase) = phrase_before(before);
        let (low, high);
        let mut end = first.end;
        let mut unit = first.unit;
        // "0.5~14.2m³", "500~1200 ℃"
        let range = figures.get(at).filter(|next| {
            sign.is_none()
                && matches!(
                    text[first.end..next.start].trim(),
                    "~" | "～" | "-" | "–" | "—" | "至" | "到"
                )
        });
        if let Some(next) = range
            && next.unit.is_some()
            && !sides
        {
            unit = unit.or(next.unit);
            low = unit.map(|unit| Limit::new(first.number, unit, true));
            high = next.unit.map(|unit| Limit::new(next.number, unit, true));
            end = next.end;
            at += 1;
        } else {
            if sign.is_none() {
                sign = AFTER.iter().find_map(|(phrases, sign)| {
                    let rest = text[end..].trim_start_matches([' ', '（', '）']);
                    phrases
                        .iter()
                        .any(|phrase| rest.starts_with(phrase))
                        .then_some(*sign)
                });
            }
            if sides {
                sign = sign.or(side);
                side = sign;
                if sign.is_none() {
                    scope = end;
                    continue;
                }
            }
            (low, high) = bounds(first, sign, unit.unwrap_or(Unit::ONE));
        }
        if !sides {
            side = None;
        }
        let dimension = unit.unwrap_or(Unit::ONE).dimension();
        let property = Property::last_in(
            &clause(before)[..clause(before).len() - (before.len() - phrase)],
            dimension,
        )
        .map(|(property, _)| property);
        let property = property.or_else(|| {
            text[end..]
                .starts_with("（按重量")
                .then(|| Property::from_name("content"))
                .flatten()
        });
        let property =
            property.or_else(|| read.last().filter(|_| sides).and_then(Quantity::property));
        let counted = unit.is_none() && (sign.is_none() || property.is_none());
        // "大于50 μm且小于等于500 μm" goes on with the lower end that the figure before it set.
        if let Some(last) = read.last_mut()
            && matches!(before[..phrase].trim(), "且" | "、" | "，" | "并" | "但")
            && property.is_none()
            && last.unit().dimension() == dimension
            && let Ok(joined) =
                Quantity::new(last.property(), last.lower().or(low), last.upper().or(high))
            && (last.lower().is_none() || low.is_none())
            && (last.upper().is_none() || high.is_none())
        {
            *last = joined;
        } else if !counted && let Ok(quantity) = Quantity::new(property, low, high) {
            read.push(quantity);
        }
        if let Some(after) = restated(text, first, figures.get(at)) {
            end = after;
        }
        scope = end;
    }
    read
}

fn bounds(figure: &Figure, sign: Option<Sign>, unit: Unit) -> (Option<Limit>, Option<Limit>) {
    let limit = |inclusive| Some(Limit::new(figure.number, unit, inclusive));
    match sign {
        Some(Sign::From) => (limit(true), None),
        Some(Sign::Above) => (limit(false), None),
        Some(Sign::To) => (None, limit(true)),
        Some(Sign::Below) => (None, limit(false)),
        None if figure.tolerance => (None, limit(true)),
        Some(Sign::Exactly) | None => (limit(true), limit(true)),
    }
}

/// The phrase that ends a text, and where it begins.
fn phrase_before(before: &str) -> (Option<Sign>, usize) {
    let trimmed = before.trim_end().trim_end_matches('±');
    match SORTED.iter().find(|(phrase, _)| trimmed.ends_with(phrase)) {
        Some((phrase, sign)) => (Some(*sign), trimmed.len() - phrase.len()),
        None => (None, before.len()),
    }
}

/// The last clause of a text.
fn clause(text: &str) -> &str {
    match text.rfind(['，', '、', '；', '：', '。', '且']) {
        Some(at) => &text[at + text[at..].chars().next().map_or(0, char::len_utf8)..],
        None => text,
    }
}

/// The end of a bracket that says the figure before it again in another unit.
fn restated(text: &str, figure: &Figure, next: Option<&Figure>) -> Option<usize> {
    let next = next.filter(|next| matches!(text.get(figure.end..next.start), Some("（" | "(")))?;
    let (first, second) = (figure.unit?, next.unit?);
    let (a, b) = (
        first.to_si(figure.number.value()),
        second.to_si(next.number.value()),
    );
    let same =
        first.dimension() == second.dimension() && (a - b).abs() <= 0.03 * a.abs().max(b.abs());
    same.then_some(next.end)
}

#[cfg(test)]
mod tests {
    use super::in_chinese;

    #[test]
    fn every_way_of_writing() {
        for (text, expected) in [
            ("密度大于17.5g/cm³；", "density > 17.5 g/cm³"),
            (
                "平均粒径大于50 μm且小于等于500 μm的",
                "particle size > 50 µm ≤ 500 µm",
            ),
            (
                "压实密度大于等于2.4 g/cm3且克容量大于等于155 mAh/g",
                "pressed density ≥ 2.4 g/cm³;specific capacity ≥ 155 mAh/g",
            ),
            (
                "冷却时间小于等于20 min，加热温度500~1200 ℃，1000 ℃时温度均匀性在±3 ℃以内的",
                "cooling time ≤ 20 min;temperature ≥ 500 °C ≤ 1200 °C;= 1000 °C;temperature uniformity ≤ 3 °C",
            ),
            (
                "内径大于等于65mm、壁厚大于等于25mm且长度大于等于50mm的管材",
                "inner diameter ≥ 65 mm;thickness ≥ 25 mm;length ≥ 50 mm",
            ),
            (
                "尺寸大于等于120mm×120mm×50mm的块状物",
                "dimension ≥ 120 mm;dimension ≥ 120 mm;dimension ≥ 50 mm",
            ),
            ("尺寸Φ1.7×21 m~Φ4.5×81 m", ""),
            ("混合室体积0.5~14.2m3的萃取槽", "volume ≥ 0.5 m³ ≤ 14.2 m³"),
            ("价值比例达到0.1%及以上的", "≥ 0.1 %"),
            ("用于研发14纳米及以下", "≤ 14 nm"),
            (
                "非1C226、1C241项下管制的钨含量大于等于97%（按重量）",
                "content ≥ 97 %",
            ),
            ("2-乙基己基膦酸单2-乙基己基酯（CAS 14802-03-0）", ""),
        ] {
            let read = in_chinese(text)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(";");
            assert_eq!(read, expected, "{text}");
        }
    }
}
