//! What the words around a figure of a Chinese text say of it: its unit, its property, its role and
//! the limits that it sets.

use super::phrases::{clause, near, stripped};
use super::{Found, Reader};
use crate::quantity::extract::better::settled;
use crate::quantity::extract::phrases::{Sign, Way};
use crate::quantity::extract::scan::Figure;
use crate::quantity::property::Property;
use crate::quantity::range::{Limit, Role};
use crate::quantity::unit::{Dimension, Unit};

impl Reader<'_> {
    /// The unit of the figure after: "20±0.01 ℃", "915 或 2450 MHz", "Φ19×21 m".
    pub(super) fn shared_unit(&self, first: &Figure) -> Option<Unit> {
        let at = self
            .figures
            .partition_point(|figure| figure.start <= first.start);
        let next = self.figures.get(at)?;
        let between = self.text[first.end..next.start].trim();
        let joined = if next.tolerance {
            between.is_empty()
        } else {
            matches!(between, "或" | "×")
        };
        joined.then_some(next.unit)?
    }

    /// The property of the figure before, if this one is the other of two: "915 或 2450 MHz".
    pub(super) fn alternative(&self, first: &Figure, unit: Unit) -> Option<Property> {
        let last = self.read.quantities.last()?;
        let other = self.text[self.scope..first.start].trim() == "或";
        (other && last.is_exact() && last.unit() == unit)
            .then(|| last.property())
            .flatten()
    }

    /// The unit of a figure, per the time that the words before it name: "每小时能产 250 g 以上".
    pub(super) fn rate(&self, first: &Figure, unit: Unit) -> Option<Unit> {
        let clause = clause(near(&self.text[self.scope..first.start]));
        let per = [
            ("每小时", "h"),
            ("每分钟", "min"),
            ("每年", "year"),
            ("每秒", "s"),
            ("每日", "day"),
            ("每天", "day"),
            ("日处理", "day"),
            ("年处理", "year"),
            ("日产", "day"),
            ("年产", "year"),
        ];
        match per.iter().find(|(words, _)| clause.contains(words)) {
            Some((_, per)) => Unit::from_symbol(&format!("{unit}/{per}")),
            None => Some(unit),
        }
    }

    /// The property whose name ends where the phrase of a figure begins.
    pub(super) fn property(&self, found: &Found, unit: Unit) -> Option<Property> {
        let before = near(&self.text[self.scope..found.phrase]);
        // "温度范围（-50～100 ℃）"
        let governing = clause(before.trim_end_matches(['（', '(']));
        let name = Property::ends_chinese(stripped(governing), unit.dimension());
        name.or_else(|| {
            let after = self.text[found.end..].trim_start();
            if after.starts_with("（按重量") {
                return Property::from_name("content");
            }
            // "-54～125℃的温度范围"
            let after = after.strip_prefix('的').unwrap_or(after);
            Property::begins_chinese(after, unit.dimension())
        })
    }

    /// The role of a figure.
    pub(super) fn role(&self, first: &Figure, end: usize, compared: bool) -> Role {
        let left_out = self
            .left_out
            .partition_point(|(start, _)| *start <= first.start);
        if left_out > 0 && first.start < self.left_out[left_out - 1].1 {
            return Role::Exclusion;
        }
        let after = self.text[end..].trim_start();
        // "不超过0.2 mm时" says when; "在高于1200 ℃的温度下工作" says what it can do.
        let when = after.starts_with('时') && !after.starts_with("时间");
        if compared {
            return if when { Role::Condition } else { Role::Limit };
        }
        let under = [
            "下",
            "温度下",
            "条件下",
            "的温度下",
            "频率下",
            "压力下",
            "压力点",
            "环境下",
            "温度时",
            "内",
        ]
        .iter()
        .any(|word| after.starts_with(word));
        let under = under && !after.starts_with("下列") && !after.starts_with("下述");
        let before = near(&self.text[..first.start]).trim_end();
        let stated = [
            "（",
            "(",
            "参考",
            "基准",
            "每",
            "每隔",
            "相对于",
            "以",
            "在",
        ]
        .iter()
        .any(|word| before.ends_with(word));
        let time = first.unit.map(Unit::dimension) == Some(Dimension::Time);
        match when || under || stated || time {
            true => Role::Condition,
            false => Role::Limit,
        }
    }
}

/// The limits that one figure sets.
pub(super) fn ends(
    figure: &Figure,
    sign: Option<Sign>,
    unit: Unit,
    property: Option<Property>,
    role: Role,
) -> (Option<Limit>, Option<Limit>) {
    let limit = |inclusive| Some(Limit::new(figure.number, unit, inclusive));
    let Some(sign) = sign else {
        return match role {
            Role::Band => (None, limit(true)),
            _ => (limit(true), limit(true)),
        };
    };
    let name = property.map(Property::name);
    let value = figure.number.value();
    match settled(sign, name, unit.dimension(), value, figure.tolerance) {
        Some(Sign {
            way: Way::Up,
            within,
        }) => (limit(within), None),
        Some(Sign {
            way: Way::Down,
            within,
        }) => (None, limit(within)),
        _ => (None, None),
    }
}
