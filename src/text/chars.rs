//! Folds characters that are typed in more than one way into one form.
//!
//! Every reader of codes, numbers and words begins with [`fold`]. Two readers need more:
//! [`full_stop`] for codes and [`on_the_line`] for words. [`stored`] is the fold of fingerprints.
//! It keeps its own table, because a value that is stored in `data/` may never change.

/// Returns the common form of a character: ASCII for full-width forms, one kind of blank, and one
/// hyphen for all dashes. Returns `None` for an invisible character, such as a zero-width blank.
pub(crate) fn fold(c: char) -> Option<char> {
    Some(match c {
        ' '..='~' => c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return None,
        '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        c if is_dash(c) => '-',
        c => half_width(c),
    })
}

/// Returns ASCII for a full-width form and for a full-width blank, and any other character
/// unchanged. It is for a reader that must keep the other characters that [`fold`] changes.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{a0}' | '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Returns the full stop of ASCII for the full stops and raised dots that people type in codes.
pub(crate) fn full_stop(c: char) -> char {
    match c {
        '。' | '｡' | '·' | '•' => '.',
        c => c,
    }
}

/// Returns the plain digit or letter of a superscript or a subscript, and any other character
/// unchanged.
pub(crate) fn on_the_line(c: char) -> char {
    let subscript = || matches!(c, '₀'..='₉').then(|| (c as u32 - '₀' as u32) as u8);
    superscript(c)
        .or_else(subscript)
        .map_or(c, |figure| char::from(b'0' + figure))
}

/// Returns the form of a character in a fingerprint. The fingerprints in `data/` were made with
/// exactly this table: it folds fewer dashes than [`fold`], and no full-width forms.
pub(crate) fn stored(c: char) -> char {
    match c {
        '−' | '–' | '—' | '‐' | '‑' => '-',
        '×' => 'x',
        'µ' => 'μ',
        'º' | '˚' => '°',
        c => on_the_line(c),
    }
}

/// Returns whether a character is a hyphen, a dash or a minus other than ASCII's.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Returns the digit of a superscript, or `None` for any other character.
pub(crate) fn superscript(c: char) -> Option<u8> {
    match c {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => Some((c as u32 - '⁰' as u32) as u8),
        _ => None,
    }
}

/// The number of bytes that are read together. Without a way out of it a block takes a few
/// instructions.
pub(crate) const BLOCK: usize = 32;

/// Returns whether a text has a digit of ASCII.
pub(crate) fn has_digit(text: &str) -> bool {
    let any = |block: &[u8]| {
        block
            .iter()
            .fold(false, |any, byte| any | byte.is_ascii_digit())
    };
    text.as_bytes().chunks(BLOCK).any(any)
}

/// Returns the offset of the first block, counted from an offset on, with two neighbors that pass a
/// test. The second may be the first byte of the next block.
pub(crate) fn block_with_pair(
    bytes: &[u8],
    from: usize,
    test: impl Fn(u8, u8) -> bool,
) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let passes = |(at, block): &(usize, &[u8])| {
        let next = rest.get(at * BLOCK + 1..).unwrap_or_default();
        let pairs = block.iter().zip(next);
        pairs.fold(false, |any, (one, two)| any | test(*one, *two))
    };
    let found = rest.chunks(BLOCK).enumerate().find(passes);
    found.map(|(at, _)| from + at * BLOCK)
}

/// Returns whether a character is used to write Chinese.
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_each() {
        let folded = |text: &str| text.chars().filter_map(fold).collect::<String>();
        assert_eq!(folded("３Ａ００１．ｂ　（1）"), "3A001.b (1)");
        assert_eq!(folded("1\u{a0}2\u{2009}3\u{202f}4"), "1 2 3 4");
        assert_eq!(folded("‐‑‒–—―−-"), "--------");
        assert_eq!(folded("\u{feff}3A\u{200b}00\u{ad}1"), "3A001");
        assert_eq!("。｡·•".chars().map(full_stop).collect::<String>(), "....");
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
        assert!(has_digit(&format!("{:40}7", "x")) && !has_digit("３²") && !has_digit(""));
        assert!("汉𠀀".chars().all(is_chinese) && !is_chinese('é'));
    }

    /// The stored fold must differ from the fold for reading.
    #[test]
    fn the_stored_fold_is_frozen() {
        let stored = |text: &str| text.chars().map(stored).collect::<String>();
        assert_eq!(stored("−–—‐‑‒―"), "-----‒―");
        assert_eq!(stored("Ａ×µº˚x²₃\u{a0}"), "Ａxμ°°x23\u{a0}");
    }
}
