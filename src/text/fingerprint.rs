//! A fingerprint of a text: enough to know if the text was reworded, without its sentences.

use std::fmt;
use std::str::FromStr;

use crate::text::chars::stored;
use crate::text::fnv;
use crate::text::parse_error::ParseError;

const BITS: u32 = 48;

/// A fingerprint of a provision's official text, for places where the text itself is not stored. It
/// has 48 bits, written as twelve hexadecimal digits.
///
/// Texts with equal fingerprints have equal wordings: among 10,000 provisions, the chance that any
/// two agree by accident is one in five million. Texts with different fingerprints have different
/// wordings, but the fingerprints do not say how different. Only letters, digits and the signs that
/// affect a value count. Case, spaces, quotation marks and hyphens do not count, nor do commas in
/// thousands and a final "; and" or "; or". A superscript counts as a plain digit.
///
/// ```
/// use export_control::list::Fingerprint;
/// let text = "Pumps rated for 1,000 kPa (10⁶ Pa); and";
/// assert_eq!(Fingerprint::of(text), Fingerprint::of("“Pumps” rated for 1000 kPa (10 6 Pa)"));
/// assert_ne!(Fingerprint::of(text), Fingerprint::of("Pumps rated for 1.000 kPa (10⁶ Pa)"));
/// let stored: Fingerprint = Fingerprint::of(text).to_string().parse()?;
/// assert_eq!(stored, Fingerprint::of(text));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Returns the fingerprint of a text.
    pub fn of(text: &str) -> Fingerprint {
        let mut hash = fnv::EMPTY;
        let mut add = |byte| hash = fnv::with(hash, byte);
        let mut rest = without_connector(text);
        let mut last = ' ';
        while let Some(sign) = rest.chars().next() {
            rest = &rest[sign.len_utf8()..];
            // Most signs are blanks, and letters and digits of ASCII, which count as they are.
            if sign.is_ascii_alphanumeric() {
                add(sign.to_ascii_lowercase() as u8);
                last = sign;
            } else if sign == ' ' {
                last = sign;
            } else {
                let (sign, after) = (stored(sign), rest.chars().next().map_or(' ', stored));
                let mut bytes = [0; 4];
                for sign in kept(last, sign, after)
                    .into_iter()
                    .flat_map(char::to_lowercase)
                {
                    sign.encode_utf8(&mut bytes).bytes().for_each(&mut add);
                }
                last = sign;
            }
        }
        Fingerprint::folded(hash)
    }

    /// The fingerprint with a hash, all of whose bits count.
    fn folded(hash: u64) -> Fingerprint {
        Fingerprint((hash >> BITS) ^ (hash & ((1 << BITS) - 1)))
    }
}

/// The letters and figures of a text that grows, without signs and blanks: enough to know that
/// other words are there.
#[cfg(feature = "parties")]
#[derive(Debug)]
pub(crate) struct Letters(u64);

#[cfg(feature = "parties")]
impl Default for Letters {
    fn default() -> Letters {
        Letters(fnv::EMPTY)
    }
}

#[cfg(feature = "parties")]
impl Letters {
    /// Adds a text. Of signs outside ASCII most begin with one byte, which is left out with the two
    /// that follow it.
    pub(crate) fn add(&mut self, text: &str) {
        let mut hash = self.0;
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            if byte == 0xe2 {
                bytes.next();
                bytes.next();
            } else if byte.is_ascii_alphanumeric() || byte >= 0x80 {
                hash = fnv::with(hash, byte);
            }
        }
        self.0 = hash;
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::folded(self.0)
    }
}

/// Returns the characters of a text that affect its meaning, in lower case.
pub(crate) fn essence(text: &str) -> impl Iterator<Item = char> {
    let text = without_connector(text);
    let mut before = ' ';
    let mut signs = text.chars().peekable();
    std::iter::from_fn(move || {
        loop {
            let sign = stored(signs.next()?);
            let after = signs.peek().copied().map_or(' ', stored);
            let last = std::mem::replace(&mut before, sign);
            if let Some(sign) = kept(last, sign, after) {
                return Some(sign);
            }
        }
    })
    .flat_map(char::to_lowercase)
}

/// Returns what a sign between two others adds to a fingerprint, or `None` if it does not count.
fn kept(last: char, sign: char, after: char) -> Option<char> {
    let kept = match sign {
        '.' | ',' => sign == '.' && last.is_ascii_digit() && after.is_ascii_digit(),
        // Before a digit it is a minus. Within a word or a range it is only typesetting.
        '-' => after.is_ascii_digit() && !last.is_alphanumeric(),
        '⁻' => true,
        '<' | '>' | '≤' | '≥' | '±' | '%' | '=' => true,
        _ => sign.is_alphanumeric(),
    };
    kept.then_some(if sign == '⁻' { '-' } else { sign })
}

/// Returns the text without the word that joins it to the next paragraph.
fn without_connector(text: &str) -> &str {
    let text = text.trim_end();
    let Some((rest, word)) = text.rsplit_once(char::is_whitespace) else {
        return text;
    };
    let rest = rest.trim_end();
    if (word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or"))
        && rest.ends_with([';', ',', '.'])
    {
        rest
    } else {
        text
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Fingerprint, ParseError> {
        let good = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match u64::from_str_radix(text, 16) {
            Ok(bits) if text.len() == 12 && text.bytes().all(good) => Ok(Fingerprint(bits)),
            _ => Err(ParseError::new(
                text,
                "a fingerprint",
                "expected 12 hexadecimal digits in lower case",
            )),
        }
    }
}

crate::text::serde_as_text!(Fingerprint);

/// Six bytes: all of its bits.
impl crate::packed::Packed for Fingerprint {
    fn read(from: &mut crate::packed::Reader) -> Option<Fingerprint> {
        let [a, b, c, d, e, f] = from.array()?;
        Some(Fingerprint(u64::from_le_bytes([a, b, c, d, e, f, 0, 0])))
    }

    fn write(&self, to: &mut crate::packed::Writer) {
        for byte in &self.0.to_le_bytes()[..6] {
            to.value(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, essence};

    #[test]
    fn signs_that_bear_on_a_value_stay() {
        for (text, kept) in [
            (
                "“Specific modulus” > 12.7 × 10⁶ m; and",
                "specificmodulus>12.7x106m",
            ),
            ("−40 °C to 1,270 °C.", "-40cto1270c"),
            ("boron-10 and 17.0-23.0%", "boron10and17.023.0%"),
            ("10⁻⁶", "10-6"),
            ("a and", "aand"),
            ("", ""),
        ] {
            assert_eq!(essence(text).collect::<String>(), kept, "{text}");
        }
        assert_eq!(
            "0123"
                .parse::<Fingerprint>()
                .expect_err("too short")
                .to_string(),
            "\"0123\" is not a fingerprint: expected 12 hexadecimal digits in lower case"
        );
        assert!(
            "00000000000G".parse::<Fingerprint>().is_err()
                && "+0000000000a".parse::<Fingerprint>().is_err()
        );
    }

    /// The two readings of a text agree, whatever letters are side by side.
    #[test]
    fn a_fingerprint_is_of_the_essence() {
        let signs: Vec<char> = "aZ5 .,-−<%=⁻²₃“é ßİ汉\u{a0}\n;".chars().collect();
        let mut seed = 7_usize;
        for _ in 0..2_000 {
            let mut text = String::new();
            for _ in 0..9 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push(signs[(seed >> 33) % signs.len()]);
            }
            let essence: String = essence(&text).collect();
            let hash = essence.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            let folded = (hash >> super::BITS) ^ (hash & ((1 << super::BITS) - 1));
            assert_eq!(Fingerprint::of(&text), Fingerprint(folded), "{text:?}");
        }
    }

    /// These values were computed before the fold moved. Files contain values of the same function.
    #[test]
    fn stored_values_never_change() {
        for (text, value) in [
            ("", "9ce48422e8d7"),
            ("Pumps", "ed0c6ab50407"),
            ("“Specific modulus” > 12.7 × 10⁶ m; and", "5bccc86a9e40"),
            ("−40 °C to 1,270 °C.", "e9b16566d351"),
            ("boron-10 and 17.0-23.0%", "1066d8f9f7f8"),
            ("10⁻⁶", "69f0f86f20ba"),
            ("a and", "9683ea9925c6"),
            ("full ３Ａ００１ width", "6fc8927b1a01"),
            ("‒5 and ―5 and –5 and —5", "2c15289d639d"),
            ("5 µm, 5 μm, 5 º, 5 ˚, 5 °", "88c31e309179"),
            ("x₂ and x² and x2", "2beecd6be80f"),
            ("zero\u{200b}width soft\u{ad}hyphen", "2d413182e483"),
            ("≤ 0.5 ± 0.1%; or", "99ad8582e2ed"),
            ("1.000 kPa, 1,000 kPa", "2f14b2badd8e"),
            ("3A001.b.2; 3E001", "7cddadc4380b"),
            ("汉字，一。", "8efca5dec645"),
            ("A·m² at ½", "f0fb25711d5e"),
            ("É ß İ", "138885aa1eb4"),
        ] {
            assert_eq!(Fingerprint::of(text).to_string(), value, "{text}");
        }
    }
}
