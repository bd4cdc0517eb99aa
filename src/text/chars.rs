//! Characters that are set in more than one way, and which of them are Chinese.

/// Full-width forms to ASCII, everything else as it is.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character is a hyphen, a dash or a minus other than ASCII's.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The figure that a superscript stands for.
pub(crate) fn superscript(c: char) -> Option<u8> {
    match c {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => Some((c as u32 - '⁰' as u32) as u8),
        _ => None,
    }
}

/// A superscript or a subscript as a plain figure, everything else as it is.
pub(crate) fn on_the_line(c: char) -> char {
    let subscript = || matches!(c, '₀'..='₉').then(|| (c as u32 - '₀' as u32) as u8);
    superscript(c)
        .or_else(subscript)
        .map_or(c, |figure| char::from(b'0' + figure))
}

/// Whether a character is one of those that Chinese is written in.
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_each() {
        assert_eq!(
            "３Ａ００１．ｂ　（1）"
                .chars()
                .map(half_width)
                .collect::<String>(),
            "3A001.b (1)"
        );
        assert_eq!(
            "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉x"
                .chars()
                .map(on_the_line)
                .collect::<String>(),
            "01234567890123456789x"
        );
        assert_eq!(
            "⁰¹²³⁴⁹₂".chars().map(superscript).collect::<Vec<_>>(),
            [Some(0), Some(1), Some(2), Some(3), Some(4), Some(9), None]
        );
        assert!(
            "‐–—−".chars().all(is_dash)
                && !is_dash('-')
                && "汉𠀀".chars().all(is_chinese)
                && !is_chinese('é')
        );
    }
}
