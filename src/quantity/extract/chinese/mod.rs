//! The quantities that a Chinese text states.

mod phrases;
mod surroundings;

use super::phrases::{Sign, Way};
use super::scan::{Figure, figures};
use super::{Extraction, Unread, UnreadReason};
use crate::quantity::property::Property;
use crate::quantity::range::{Limit, Quantity, Role};
use crate::quantity::unit::{Dimension, Unit};
use phrases::{AFTER, left_out, near, phrase_before, skip_bracket};
use surroundings::ends;

/// The quantities that a Chinese text states, in its order: see [`chinese`].
pub fn in_chinese(text: &str) -> Vec<Quantity> {
    chinese(text).quantities
}

/// Reads the figures of a Chinese text, in the ways in which the ministry's notices and the license
/// catalogue write them.
///
/// The rules are those of [`english`](super::english()). The sides of a solid,
/// `120mm×120mm×50mm`, share the comparator of the first; sides without one are left out, because
/// the text gives an extent and no threshold.
///
/// ```
/// use export_control::quantity::chinese;
/// let text = "钨含量大于等于97%（按重量）、颗粒尺寸小于等于50×10-6m（50μm），在20℃下测得";
/// let read: Vec<String> = chinese(text).quantities.iter().map(ToString::to_string).collect();
/// assert_eq!(read, ["content ≥ 97 %", "particle size ≤ 50e-6 m", "[condition] = 20 °C"]);
/// ```
pub fn chinese(text: &str) -> Extraction {
    let mut reader = Reader {
        text,
        figures: figures(text),
        left_out: left_out(text),
        read: Extraction::default(),
        scope: 0,
        side: None,
    };
    let mut at = 0;
    while at < reader.figures.len() {
        at = reader.figure(at);
    }
    reader.read
}

/// Signs before a diameter.
const DIAMETER: [char; 3] = ['Φ', 'φ', '⌀'];

struct Reader<'a> {
    text: &'a str,
    figures: Vec<Figure>,
    /// The places where the text leaves something out.
    left_out: Vec<(usize, usize)>,
    read: Extraction,
    /// The end of what belongs to the figure before.
    scope: usize,
    /// The comparator of the side before, of a thing with several.
    side: Option<Sign>,
}

/// A figure with what surrounds it.
struct Found {
    sign: Option<Sign>,
    /// Offset of the phrase before it, or of the figure.
    phrase: usize,
    /// Offset after the phrase after it, or after the figure.
    end: usize,
    sides: bool,
}

impl Reader<'_> {
    /// Reads one figure, and returns the next to be read.
    fn figure(&mut self, at: usize) -> usize {
        let first = self.figures[at];
        if first.start < self.scope {
            return at + 1;
        }
        // "1/10000"
        let share = self.text[first.end..].starts_with('/')
            && self.text[first.end + 1..].starts_with(|c: char| c.is_ascii_digit());
        if first.strange || share {
            let reason = if share {
                UnreadReason::Ratio
            } else {
                UnreadReason::Unit
            };
            self.skip(&first, reason);
            self.scope = first.end;
            return at + 1;
        }
        let mut found = self.found(&first);
        let second = self.range(at, &found);
        if found.sides {
            found.sign = found.sign.or(self.side);
            self.side = found.sign;
        } else {
            self.side = None;
        }
        let next = at + 1 + usize::from(second.is_some());
        match second {
            Some(second) => {
                found.end = second.end;
                self.take_range(&first, &second, &found);
            }
            None => self.take(&first, &found),
        }
        self.scope = found.end;
        let last = second.unwrap_or(first);
        self.restated(&last, next)
    }

    fn skip(&mut self, figure: &Figure, reason: UnreadReason) {
        self.read.unread.push(Unread {
            start: figure.start,
            end: figure.end,
            reason,
        });
    }

    /// The comparator of a figure, before it or after it.
    fn found(&self, first: &Figure) -> Found {
        let before = &self.text[self.scope..first.start];
        let after = &self.text[first.end..];
        let sides = before.trim_end().ends_with('×')
            || before.trim_end().ends_with(DIAMETER)
            || after.trim_start().starts_with('×');
        // "大于等于Φ19×21 m"
        let said = near(before).trim_end_matches(DIAMETER);
        let (mut sign, phrase) = phrase_before(said);
        let phrase = first.start - (near(before).len() - phrase);
        let mut end = first.end;
        if sign.is_none_or(|sign| sign.way == Way::Exactly) {
            let rest = skip_bracket(after).trim_start_matches([' ', '）']);
            let found = AFTER.iter().find_map(|(phrases, way)| {
                let phrase = phrases.iter().find(|phrase| rest.starts_with(**phrase))?;
                Some((
                    Sign::new(*way, true),
                    self.text.len() - rest.len() + phrase.len(),
                ))
            });
            if let Some((after, at)) = found {
                (sign, end) = (Some(after), at);
            }
        }
        Found {
            sign: sign.filter(|sign| sign.way != Way::Exactly),
            phrase,
            end,
            sides,
        }
    }

    /// The second figure of a range: "0.5~14.2m³", "500~1200 ℃".
    fn range(&self, at: usize, found: &Found) -> Option<Figure> {
        let first = &self.figures[at];
        let next = self.figures.get(at + 1)?;
        let between = self.text[first.end..next.start].trim();
        let joined = matches!(
            between,
            "~" | "～" | "-" | "–" | "—" | "−" | "至" | "到" | "－"
        ) || matches!(between, "和" | "与" | "及")
            && self.text[next.end..].trim_start().starts_with("之间");
        // "大于等于 0.1～1" is unclear, and "20±0.01" is not a range.
        (joined && found.sign.is_none() && !found.sides && next.unit.is_some() && !next.tolerance)
            .then_some(*next)
    }

    fn take_range(&mut self, first: &Figure, second: &Figure, found: &Found) {
        let Some(unit) = first.unit.or(second.unit) else {
            return;
        };
        let last = second.unit.unwrap_or(unit);
        let property = self.property(found, unit);
        let limits = (
            Limit::new(first.number, unit, true),
            Limit::new(second.number, last, true),
        );
        let role = self.role(first, second.end, true);
        match Quantity::new(property, Some(limits.0), Some(limits.1)) {
            Ok(quantity) => self.read.quantities.push(quantity.with_role(role)),
            Err(_) => {
                self.skip(first, UnreadReason::Unclear);
                self.skip(second, UnreadReason::Unclear);
            }
        }
    }

    fn take(&mut self, first: &Figure, found: &Found) {
        let shared = self.shared_unit(first);
        let unit = first.unit.or(shared).unwrap_or(Unit::ONE);
        let Some(unit) = self.rate(first, unit) else {
            if found.sign.is_some() {
                self.skip(first, UnreadReason::Unit);
            }
            return;
        };
        let property = self.property(found, unit).or_else(|| {
            let last = self.read.quantities.last().filter(|_| found.sides);
            last.and_then(Quantity::property)
        });
        let property = property.or_else(|| self.alternative(first, unit));
        if found.sides && found.sign.is_none() {
            // An extent, and no threshold.
            return;
        }
        if unit == Unit::ONE && (found.sign.is_none() || !property.is_some_and(Property::is_bare)) {
            if found.sign.is_some() {
                self.skip(first, UnreadReason::Count);
            }
            return;
        }
        // "约50%铌、30%钛": a composition, and no threshold.
        let share = unit.symbol() == "%" && property.is_none() && found.sign.is_none();
        if share && !first.tolerance && self.role(first, found.end, false) == Role::Limit {
            self.skip(first, UnreadReason::Unclear);
            return;
        }
        if self.is_flat_length(first, unit, property) {
            self.skip(first, UnreadReason::Unclear);
            return;
        }
        // "精度高于±1%": a high accuracy is a small deviation.
        let exact = property.is_some_and(|property| property.name().ends_with("accuracy"));
        let sign = found.sign.map(|sign| match sign.way {
            Way::Up if first.tolerance && exact => Sign::new(Way::Better, sign.within),
            _ => sign,
        });
        let role = match sign {
            None if first.tolerance => Role::Band,
            None => self.role(first, found.end, false),
            Some(_) => self.role(first, found.end, true),
        };
        let (low, high) = ends(first, sign, unit, property, role);
        if self.goes_on(first, found, property, unit, (low, high)) {
            return;
        }
        match Quantity::new(property, low, high) {
            Ok(quantity) => self.read.quantities.push(quantity.with_role(role)),
            Err(_) => self.skip(first, UnreadReason::Unclear),
        }
    }

    /// A power on the line may be a side, unless a property says that it is one figure.
    fn is_flat_length(&self, first: &Figure, unit: Unit, property: Option<Property>) -> bool {
        let specific = property.is_some_and(|property| property.name().starts_with("specific"));
        first.flattened && unit.dimension() == Dimension::Length && !specific
    }

    /// "大于50 μm且小于等于500 μm" goes on with the lower end that the figure before it set.
    fn goes_on(
        &mut self,
        first: &Figure,
        found: &Found,
        property: Option<Property>,
        unit: Unit,
        (low, high): (Option<Limit>, Option<Limit>),
    ) -> bool {
        let joint = self.text[self.scope..found.phrase].trim();
        let Some(last) = self.read.quantities.last_mut() else {
            return false;
        };
        let joins = matches!(
            joint,
            "且" | "、" | "，" | "并" | "但" | "，但" | "，且" | "、且" | "并且" | "而"
        ) && property.is_none()
            && found.sign.is_some()
            && last.is_limit()
            && first.start >= self.scope
            && last.unit().dimension() == unit.dimension()
            && (last.lower().is_none() || low.is_none())
            && (last.upper().is_none() || high.is_none());
        let (low, high) = (last.lower().or(low), last.upper().or(high));
        match Quantity::new(last.property(), low, high) {
            Ok(joined) if joins => {
                *last = joined;
                true
            }
            _ => false,
        }
    }

    /// Passes over a bracket that says the figure before it again, and returns the next figure.
    fn restated(&mut self, first: &Figure, next: usize) -> usize {
        let Some(inner) = self.figures.get(next).copied() else {
            return next;
        };
        let between = self.text.get(first.end..inner.start).map(str::trim);
        let begins = matches!(
            between,
            Some("（" | "(" | "（即" | "（约" | "（相当于" | "（或")
        );
        let same = begins && first.unit.is_some() && inner.unit.is_some();
        let range = self.figures.get(next + 1).is_some_and(|last| {
            begins
                && matches!(
                    self.text[inner.end..last.start].trim(),
                    "~" | "～" | "-" | "至"
                )
        });
        if !same && !range {
            return next;
        }
        let last = next + usize::from(range);
        for at in next..=last {
            let figure = self.figures[at];
            self.skip(&figure, agreement(first, &figure, range));
        }
        self.scope = self.scope.max(self.figures[last].end);
        last + 1
    }
}

/// Returns how a bracket agrees with the figure before it, as far as both can be compared.
fn agreement(first: &Figure, inner: &Figure, range: bool) -> UnreadReason {
    let (Some(a), Some(b)) = (first.unit, inner.unit) else {
        return UnreadReason::Restated;
    };
    let (x, y) = (a.to_si(first.number.value()), b.to_si(inner.number.value()));
    let same =
        range || a.dimension() != b.dimension() || (x - y).abs() <= 0.05 * x.abs().max(y.abs());
    if same {
        UnreadReason::Restated
    } else {
        UnreadReason::Disagrees
    }
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
                "cooling time ≤ 20 min;temperature ≥ 500 °C ≤ 1200 °C;[condition] = 1000 °C;temperature uniformity ≤ 3 °C",
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
            (
                "尺寸范围大于等于Φ17×23 m的窑",
                "dimension ≥ 17 m;dimension ≥ 23 m",
            ),
            ("日处理溶液量大于等于400 m3的设备", "≥ 400 m³/day"),
            ("总不纯度小于等于3%的坩埚", "impurities ≤ 3 %"),
            ("非线性度低于满量程的4%", "< 4 %"),
            ("合金（约 60%铁和 40%镍）", ""),
            (
                "频率为 500 或 900 MHz的炉子",
                "frequency = 500 MHz;frequency = 900 MHz",
            ),
            (
                "电子能量大于等于 300 KeV 且小于 9 MeV",
                "energy ≥ 300 keV < 9 MeV",
            ),
            ("输出电流大于等于 2A；", "current ≥ 2 A"),
            ("第3A类和4B类", ""),
            (
                "5 kPa 压力点测量“精度”高于±90 Pa",
                "[condition] pressure = 5 kPa;accuracy < 90 Pa",
            ),
            (
                "瞬时视场小于 3 mrad",
                "instantaneous field of view < 3 mrad",
            ),
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
