//! Collects the text of a block: white space, superscripts, entities, and characters that a text
//! may not have.

use super::block::Block;
pub(super) use crate::source::xml::character;

/// The number of different names of unknown entities that a block keeps.
const NAMES: usize = 3;

/// Parts of a block's text that the reader could not read as usual.
#[derive(Debug, Default)]
pub(super) struct Oddities {
    /// The first few names of unknown entities, which are in the text as written.
    unknown: Vec<String>,
    /// The number of all unknown entities.
    unknown_count: usize,
    /// The number of control characters that were replaced.
    controls: usize,
}

impl Oddities {
    pub(super) fn clear(&mut self) {
        self.unknown.clear();
        (self.unknown_count, self.controls) = (0, 0);
    }

    /// Returns one sentence for each kind of oddity.
    pub(super) fn details(&self) -> impl Iterator<Item = String> {
        let entities = self.unknown.first().map(|first| {
            let more = &self.unknown[1..];
            let names = more.iter().fold(format!("&{first};"), |names, name| {
                format!("{names}, &{name};")
            });
            match self.unknown_count {
                1 => format!("unknown entity {names}, kept as written"),
                count => format!("unknown entity {names}, kept as written, {count} times in all"),
            }
        });
        let controls = (self.controls > 0).then(|| {
            format!(
                "{} control characters, which no XML may hold, replaced by U+FFFD",
                self.controls
            )
        });
        entities.into_iter().chain(controls)
    }

    fn unknown(&mut self, name: &str) {
        self.unknown_count += 1;
        if self.unknown.len() < NAMES && !self.unknown.iter().any(|known| known == name) {
            self.unknown.push(name.to_owned());
        }
    }
}

impl Block {
    /// Adds a space, unless the text is empty or ends in one.
    pub(super) fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Adds text, with its white space collapsed.
    pub(super) fn push(&mut self, text: &str, italic: bool, bold: bool) {
        let mut marked = false;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first.is_whitespace() {
                self.space();
                rest = rest.trim_start();
                continue;
            }
            if !marked {
                marked = true;
                let at = self.text.len();
                if italic {
                    self.italic_at.get_or_insert(at);
                }
                if bold {
                    self.bold_at.get_or_insert(at);
                }
            }
            if first.is_control() {
                self.odd.controls += 1;
                self.text.push('\u{fffd}');
                rest = &rest[first.len_utf8()..];
                continue;
            }
            // The run up to white space that is not a single blank, which is mostly the whole text.
            let length = run(rest);
            self.text.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }

    /// Adds the character that an entity or a character reference names. An unknown one is added as
    /// written.
    pub(super) fn push_reference(&mut self, name: &str, italic: bool, bold: bool) {
        match character(name) {
            Some(character) => self.push(character.encode_utf8(&mut [0; 4]), italic, bold),
            None => {
                let mut name: String = name.escape_debug().take(41).collect();
                if name.chars().count() > 40 {
                    name.pop();
                    name.push('…');
                }
                self.push(&format!("&{name};"), italic, bold);
                self.odd.unknown(&name);
            }
        }
    }

    /// Turns the text from an offset on into superscripts. A text that has no superscript form is
    /// written after a caret.
    pub(super) fn raise(&mut self, from: usize) {
        if !self.text.is_char_boundary(from) {
            return;
        }
        let plain = self.text.split_off(from);
        let plain = plain.trim();
        let raised: Option<String> = plain.chars().map(superscript).collect();
        match raised {
            Some(raised) => self.text.push_str(&raised),
            None => {
                self.text.push('^');
                self.text.push_str(plain);
            }
        }
    }
}

fn superscript(plain: char) -> Option<char> {
    Some(match plain {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        _ => return None,
    })
}

/// Returns the length of a text up to its first control character or its first white space other
/// than a single blank between words. It also stops at blanks at the end and at those outside
/// ASCII.
fn run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += plain(&bytes[at..]);
        let Some(byte) = bytes.get(at) else {
            return at;
        };
        match byte {
            b' ' if bytes.get(at + 1).is_none_or(|next| {
                next.is_ascii_whitespace() || matches!(next, 0xc2 | 0xe1 | 0xe3)
            }) =>
            {
                return at;
            }
            0..b' ' | 0x7f => return at,
            // This is the first byte of possible white space outside ASCII. Curly quotation marks
            // begin with it too, and they are common.
            0xe2 if bytes.get(at + 1..at + 3).is_some_and(|rest| {
                rest < [0x80, 0x8b].as_slice() || !matches!(rest, [0x80, 0x90..=0xa7])
            }) =>
            {
                if text[at..].starts_with(char::is_whitespace) {
                    return at;
                }
                at += 3;
            }
            0xe2 => at += 3,
            0xc2 | 0xe1 | 0xe3 if text[at..].starts_with(blank_or_control) => return at,
            _ => at += 1,
        }
    }
}

/// Returns the length of a beginning that has only printable ASCII and no two blanks in a row. It
/// looks at eight bytes at a time, so the end of a text is left out, and so is a last blank.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    const BLANKS: u64 = ONES * b' ' as u64;
    let mut at = 0;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let eight = u64::from_le_bytes(*eight);
        // Of each byte, the highest bit: set if it is below the blank, DEL or outside ASCII. A
        // carry can set the bits above such a byte, never those below.
        let strange =
            (eight | eight.wrapping_add(ONES) | eight.wrapping_sub(BLANKS) & !eight) & HIGH;
        let other = eight ^ BLANKS;
        let blank = !(((other & !HIGH) + !HIGH) | other | !HIGH);
        let found = strange | blank & (blank >> 8);
        if found != 0 {
            at += found.trailing_zeros() as usize / 8;
            // The byte after a blank decides on it.
            return at - usize::from(at > 0 && bytes[at - 1] == b' ');
        }
        at += if blank >> 63 == 0 { 8 } else { 7 };
    }
    at
}

fn blank_or_control(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::run;

    /// The same, one character after the other.
    fn slowly(text: &str) -> usize {
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            // A control character that begins with the byte of a blank outside ASCII is near enough.
            let after = next.is_none_or(|next| {
                next.is_whitespace() && next != '\u{b}' && !('\u{2000}'..'\u{3000}').contains(&next)
                    || matches!(
                        next.encode_utf8(&mut [0; 4]).as_bytes()[0],
                        0xc2 | 0xe1 | 0xe3
                    )
            });
            if c == ' ' && after || c != ' ' && (c.is_whitespace() || c.is_control()) {
                return at;
            }
        }
        text.len()
    }

    #[test]
    fn eight_bytes_at_a_time_and_one_at_a_time() {
        let signs = [
            'a', 'b', ' ', '“', '\u{2003}', '\u{a0}', '\n', '\u{1}', '\u{7f}', 'é', 'ÿ', '\u{85}',
            '𝄞',
        ];
        // Every pair of signs at every place of a text of up to twenty letters.
        for before in 0..18 {
            for after in 0..3 {
                for one in signs {
                    for two in signs {
                        let mut text = "x y".repeat(6)[..before].to_owned();
                        text.extend([one, two]);
                        text.push_str(&"zzz zzz zzz"[..after * 5]);
                        assert_eq!(run(&text), slowly(&text), "{text:?}");
                    }
                }
            }
        }
    }
}
