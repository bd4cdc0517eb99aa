//! Reads the beginning of a line of a notice: a number, a code or a label.

use crate::code::{Code, Label, codes};
use crate::text::chars::is_chinese;

/// The ways to number a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Numbering {
    /// 一、
    Outer,
    /// （一）
    Inner,
    /// 1. before a code.
    Figures,
}

/// The ways to write a label. A list keeps its style, and the lists inside it have another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// `1.`, `a．`
    Plain,
    /// `（1）`
    Bracketed,
    /// `①`
    Circled,
}

/// Reads the number with which a text begins, 一、 or （十二）, and returns it with the text after it.
pub(super) fn enumerator(text: &str) -> (Option<(Numbering, u16)>, &str) {
    let inner = text.strip_prefix(['（', '(']);
    let body = inner.unwrap_or(text);
    let digits: usize = body
        .chars()
        .take(4)
        .take_while(|c| "一二三四五六七八九十".contains(*c))
        .map(char::len_utf8)
        .sum();
    let (number, after) = body.split_at(digits);
    let (numbering, after) = match inner {
        Some(_) => (Numbering::Inner, after.strip_prefix(['）', ')'])),
        None => (Numbering::Outer, after.strip_prefix('、')),
    };
    match (chinese_number(number), after) {
        (Some(number), Some(after)) => (Some((numbering, number)), after.trim_start()),
        _ => (None, text),
    }
}

/// Reads a number from 一 to 九十九.
pub(super) fn chinese_number(text: &str) -> Option<u16> {
    let digit = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|digit| digit == c)
            .map(|at| at as u16 + 1)
    };
    let (mut number, mut last) = (0, None);
    if text.is_empty() || text.chars().nth(3).is_some() {
        return None;
    }
    for c in text.chars() {
        match c {
            '十' if number == 0 => number = last.take().unwrap_or(1) * 10,
            c if last.is_none() => last = Some(digit(c)?),
            _ => return None,
        }
    }
    Some(number + last.unwrap_or(0))
}

/// Reads the label of a line, `1．`, `a.`, `（1）` or `①`, and returns it with the text after it.
pub(super) fn label(text: &str) -> Option<(Label, &str, Style)> {
    let first = text.chars().next()?;
    if let '①'..='⑳' = first {
        let number = u32::from(first) - u32::from('①') + 1;
        let rest = &text[first.len_utf8()..];
        let rest = rest.trim_start_matches(['．', '.', '、', ' ']);
        return Some((
            Label::number(u16::try_from(number).ok()?)?,
            rest,
            Style::Circled,
        ));
    }
    let bracketed = text.strip_prefix(['（', '(']);
    let body = bracketed.unwrap_or(text);
    let length = body
        .bytes()
        .take(6)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let (written, rest) = body.split_at(length);
    let rest = match bracketed {
        Some(_) => rest.strip_prefix(['）', ')'])?,
        // "2.5 g" is a figure.
        None if rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            return None;
        }
        None => rest.strip_prefix(['．', '.', '、', '）', ')'])?,
    };
    let label = match written.parse() {
        Ok(number) => Label::number(number),
        Err(_) => Label::letters(written),
    }?;
    let style = match bracketed {
        Some(_) => Style::Bracketed,
        None => Style::Plain,
    };
    Some((label, rest.trim_start(), style))
}

/// Returns the level of a label among the labels above it. For example, 2 is on the level of 1, and
/// the first label of a list is below the last label.
pub(super) fn level(path: &[(Label, Style)], label: Label, style: Style) -> usize {
    let kin = |(other, written): &(Label, Style)| {
        other.is_number() == label.is_number() && *written == style
    };
    let level = |is: &dyn Fn(&(Label, Style)) -> bool| path.iter().rposition(is);
    let previous = label.previous();
    level(&|other| kin(other) && Some(other.0) == previous)
        .or_else(|| previous.is_none().then_some(path.len()))
        .or_else(|| level(&kin))
        .or_else(|| level(&|(other, _)| Some(*other) == previous))
        .unwrap_or(path.len())
}

/// Returns the code with which a text begins, and its length.
pub(super) fn code_at(text: &str) -> Option<(usize, Code)> {
    // A code is never longer. The limit keeps a search at every place of a long line linear.
    let length = text
        .bytes()
        .take(48)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
        .count();
    let (at, length, code) = codes(&text[..length]).next()?;
    (at == 0).then_some((length, code))
}

/// Returns whether the text after a code makes it a reference: "1C909.a.4项所管制的…".
pub(super) fn is_reference(after: &str) -> bool {
    let after = after.trim_start();
    ["项", "中", "所管制", "所列", "下"]
        .iter()
        .any(|words| after.starts_with(words))
}

/// Codes that a line gives for itself.
pub(super) struct Named<'a> {
    pub(super) codes: Vec<Code>,
    /// The text to which they belong.
    pub(super) text: &'a str,
    /// `true` if the codes come after the text.
    pub(super) at_end: bool,
    /// The repair that was needed to read them, or an oddity.
    pub(super) oddity: Option<&'static str>,
}

/// Reads the codes with which a line begins, `1E004、1E101.b．`.
pub(super) fn leading_codes(text: &str) -> Option<Named<'_>> {
    let (mut named, mut rest, mut oddity) = (Vec::new(), text, None);
    while let Some((length, mut code)) = code_at(rest) {
        rest = &rest[length..];
        // In "1C117．d．钨", full-width dots separate the label.
        while let Some(tail) = rest.strip_prefix('．')
            && let Some((label, after, Style::Plain)) = label(tail)
            && let Some(child) = code.child(label)
        {
            code = child;
            rest = &rest[rest.len() - after.len()..];
            oddity = Some("full-width dots within the code");
        }
        named.push(code);
        match rest.trim_start().strip_prefix(['、', '，', ',']) {
            Some(after) if code_at(after.trim_start()).is_some() => rest = after.trim_start(),
            _ => break,
        }
    }
    if named.is_empty() || is_reference(rest) {
        return None;
    }
    let text = rest.trim_start_matches(['．', '.', ' ', '：', ':', '、', '\u{3000}', '\t']);
    let marks = &rest[..rest.len() - text.len()];
    if marks.matches(['．', '.']).count() > 1 {
        oddity = Some("two dots after the code, as if a label were lost between them");
    } else if marks.contains('、') || text.starts_with(['，', ',']) {
        oddity = Some("a list of codes that breaks off");
    } else if is_label_damaged(text) {
        oddity = Some("a word before the dot that is not a label");
    }
    Some(Named {
        codes: named,
        text,
        at_end: false,
        oddity,
    })
}

/// Returns whether a text begins with a short word before a full-width dot, which is the place of a
/// label.
fn is_label_damaged(text: &str) -> bool {
    text.chars().take(6).any(|c| c == '．')
}

/// Reads the codes that a line gives at its end, `（管制编码：1E902.a）`.
pub(super) fn trailing_codes(text: &str) -> Option<Named<'_>> {
    let (head, tail) = text.split_once("管制编码")?;
    let found: Vec<(usize, usize, Code)> = codes(tail).collect();
    let (at, length, _) = *found.last()?;
    let after = tail[at + length..].trim_start();
    let whole = after.is_empty() || after.starts_with(['）', ')', '。', '；', ';']);
    Some(Named {
        codes: found.into_iter().map(|(_, _, code)| code).collect(),
        text: head.trim_end_matches(['（', '(', '；', ';', ' ']),
        at_end: true,
        oddity: (!whole).then_some("text after the code that is not a label"),
    })
}

/// Reads the codes of a line whose own number is damaged: `一）2B902.a．`.
pub(super) fn after_damage(text: &str) -> Option<Named<'_>> {
    let rest = text
        .trim_start_matches(|c: char| "一二三四五六七八九十（）()、．.,，。:：;； ".contains(c));
    if rest.len() == text.len() {
        return None;
    }
    let mut named = leading_codes(rest)?;
    named.oddity = Some("a damaged number before the code");
    Some(named)
}

/// Returns a word in the place of a code that is not one: `lC910`, `1С910` with a Cyrillic letter,
/// `1Z909`, `C910`. If a line ends in 管制编码 without a code, returns the whole line.
pub(super) fn misread_code(text: &str, numbered: bool) -> Option<&str> {
    if code_at(text).is_some() {
        return None;
    }
    if let Some((_, tail)) = text
        .split_once("管制编码")
        .filter(|(_, tail)| tail.starts_with(['：', ':']))
    {
        return Some(tail.trim_matches(['：', ':', '）', ')', '。', '；', ' ']));
    }
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '.') || is_chinese(c))
        .unwrap_or(text.len());
    let word = text[..end].trim_end_matches('.');
    let figure = |c: char| c.is_numeric() || "lIiOoSsBZz".contains(c);
    let first: Vec<char> = word.split('.').next()?.chars().take(8).collect();
    let is_code_like = match first[..] {
        [digit, letter, ref rest @ ..] if (2..=5).contains(&rest.len()) => {
            figure(digit)
                && letter.is_alphabetic()
                && rest.iter().filter(|c| figure(**c)).count() + 1 >= rest.len()
                && rest.iter().any(|c| c.is_numeric())
        }
        _ => false,
    };
    // The first digit is lost: "C910.a".
    let headless = matches!(first[..], [letter, a, b, c] if letter.is_ascii_uppercase()
        && [a, b, c].iter().all(char::is_ascii_digit));
    let mixed =
        first.len() > 1 && word.contains(char::is_numeric) && word.contains(char::is_alphabetic);
    let shown = word.split('.').next().unwrap_or(word);
    (is_code_like || headless || numbered && mixed).then_some(shown)
}
