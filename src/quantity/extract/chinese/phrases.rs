//! The phrases that Chinese texts use to compare, and the bounds of what each phrase covers.

use std::sync::LazyLock;

use crate::quantity::extract::phrases::{Sign, Way};

/// Phrases before a figure, with whether the figure itself is inside the range.
const BEFORE: [(&[&str], Way, bool); 7] = [
    (
        &[
            "大于等于",
            "大于或等于",
            "大等于",
            "高于或等于",
            "不小于",
            "不低于",
            "不少于",
            "不短于",
            "至少为",
            "至少",
            "达到",
            "≥",
            "等于或大于",
            "等于或高于",
            "超过或等于",
            "等于或超过",
            "最小为",
        ],
        Way::Up,
        true,
    ),
    (
        &["大于", "超过", "高于", "多于", "长于", "超出", ">", "＞"],
        Way::Up,
        false,
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
            "不长于",
            "至多",
            "最大为",
            "≤",
            "等于或小于",
            "等于或低于",
        ],
        Way::Down,
        true,
    ),
    (
        &["小于", "低于", "少于", "不足", "短于", "<", "＜"],
        Way::Down,
        false,
    ),
    (&["优于", "好于"], Way::Better, false),
    (
        &["等于或优于", "优于或等于", "优于等于", "不劣于", "不低劣于"],
        Way::Better,
        true,
    ),
    (&["等于"], Way::Exactly, true),
];

/// Phrases after a figure.
pub(super) const AFTER: [(&[&str], Way); 4] = [
    (
        &[
            "及以上",
            "或以上",
            "以上",
            "及更高",
            "或更高",
            "或更大",
            "或更多",
            "或更长",
            "或更重",
        ],
        Way::Up,
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
            "或更短",
        ],
        Way::Down,
    ),
    (&["或更优", "或更好"], Way::Better),
    (&["或更快"], Way::Faster),
];

/// The phrases, longest first, so that 不超过 is not read as 超过.
static SORTED: LazyLock<Vec<(&'static str, Sign)>> = LazyLock::new(|| {
    let mut all: Vec<_> = BEFORE
        .iter()
        .flat_map(|(phrases, way, within)| {
            phrases
                .iter()
                .map(move |phrase| (*phrase, Sign::new(*way, *within)))
        })
        .collect();
    all.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    all
});

/// The number of bytes beyond which words no longer say what a figure measures.
const NEAR: usize = 120;

/// Returns the phrase at the end of a text, and the offset at which it begins.
pub(super) fn phrase_before(before: &str) -> (Option<Sign>, usize) {
    let mut trimmed = before.trim_end().trim_end_matches('±').trim_end();
    // "大于等于每分钟24L", "高于满量程±1%"
    for words in ["每小时", "每分钟", "每秒", "满量程的", "满量程"] {
        trimmed = trimmed.strip_suffix(words).unwrap_or(trimmed).trim_end();
    }
    match SORTED.iter().find(|(phrase, _)| trimmed.ends_with(phrase)) {
        Some((phrase, sign)) => (Some(*sign), trimmed.len() - phrase.len()),
        None => (None, before.len()),
    }
}

/// Returns the end of a text, which is near what follows it.
pub(super) fn near(text: &str) -> &str {
    let from = text.len().saturating_sub(NEAR);
    let from = (from..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    &text[from.min(text.len())..]
}

/// Returns the last clause of a text.
pub(super) fn clause(text: &str) -> &str {
    match text.rfind(['，', '、', '；', '：', '。', '且', ',', ';']) {
        Some(at) => &text[at + text[at..].chars().next().map_or(0, char::len_utf8)..],
        None => text,
    }
}

/// Returns a clause without the words that may come between a noun and its figure.
pub(super) fn stripped(clause: &str) -> &str {
    const TRANSPARENT: [&str; 22] = [
        "为", "在", "的", "是", "约", "均", "应", "可", "达", "值", "范围", "能够", "介于", "额定",
        "”", "“", "\"", " ", "时", "级", "处于", "从",
    ];
    let mut text = clause.trim_end();
    for _ in 0..8 {
        let before = text.len();
        if text.ends_with('）')
            && let Some(open) = text.rfind('（')
        {
            text = &text[..open];
        }
        for word in TRANSPARENT {
            text = text.strip_suffix(word).unwrap_or(text);
        }
        if text.len() == before {
            break;
        }
    }
    text
}

/// Returns the text after a bracket at its beginning.
pub(super) fn skip_bracket(text: &str) -> &str {
    let Some(inner) = text.trim_start().strip_prefix('（') else {
        return text;
    };
    let near = inner
        .char_indices()
        .nth(30)
        .map_or(inner.len(), |(at, _)| at);
    match inner[..near].find('）') {
        Some(at) => &inner[at + '）'.len_utf8()..],
        None => text,
    }
}

/// Returns the parts of a text that say what is excluded: 除…外, or 不包括… up to the end of the
/// sentence.
pub(super) fn left_out(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut since, mut until_outside) = (None, false);
    for (at, c) in text.char_indices() {
        crate::quantity::extract::work::step();
        let rest = &text[at..];
        match since {
            None if rest.starts_with("不包括")
                || rest.starts_with("不含")
                || rest.starts_with("但不适用于") =>
            {
                (since, until_outside) = (Some(at), false);
            }
            None if c == '除' && !rest.starts_with("除非") && !rest.starts_with("除去") => {
                (since, until_outside) = (Some(at), true);
            }
            Some(start)
                if matches!(c, '。' | '；' | '）') || until_outside && (c == '外' || c == '，') =>
            {
                found.push((start, at));
                since = None;
            }
            _ => {}
        }
    }
    found.extend(since.map(|start| (start, text.len())));
    found
}
