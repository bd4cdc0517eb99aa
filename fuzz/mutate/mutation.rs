//! Ways to damage a text: its bytes, its lines, its words, and what gives it structure.

// Every mutation has the type that the table of mutations asks for.
#![allow(clippy::ptr_arg)]

use std::ops::Range;

use super::random::Random;
use super::structure;

/// The seeds and words of one target.
pub struct Pool {
    pub seeds: Vec<Vec<u8>>,
    /// Words of the seeds, and words that readers treat apart.
    pub words: Vec<Vec<u8>>,
}

/// No case is longer, save a seed that is.
const MOST: usize = 1 << 14;

pub type Mutation = fn(&mut Vec<u8>, &Pool, &mut Random);

/// The mutations, each as often as it is named.
const MUTATIONS: &[Mutation] = &[
    set_byte,
    flip_bit,
    insert_sign,
    insert_sign,
    delete_range,
    repeat_range,
    move_range,
    truncate,
    delete_line,
    repeat_line,
    swap_lines,
    join_lines,
    copy_line,
    change_line_ends,
    delete_word,
    repeat_word,
    swap_words,
    replace_word,
    replace_word,
    replace_word,
    insert_word,
    replace_number,
    replace_number,
    structure::fields,
    structure::fields,
    structure::column,
    structure::tags,
    structure::tags,
    structure::nest,
    splice,
];

/// One case: a seed, mutated some times.
pub fn case(pool: &Pool, random: &mut Random) -> Vec<u8> {
    let mut bytes = random.of(&pool.seeds).cloned().unwrap_or_default();
    let most = bytes.len().max(MOST);
    // Mostly few, so that much of the seed is still read.
    let times = match random.below(8) {
        0..4 => 1,
        4..6 => 2,
        6 => 1 + random.below(5),
        _ => 1 + random.below(12),
    };
    for _ in 0..times {
        let mutation = MUTATIONS[random.below(MUTATIONS.len())];
        mutation(&mut bytes, pool, random);
        bytes.truncate(most);
    }
    bytes
}

/// Signs on which readers have stumbled: ends of lines and fields, signs that a terminal obeys,
/// broken UTF-8, signs of two scripts and two widths.
const SIGNS: &[&[u8]] = &[
    b"\r",
    b"\n",
    b"\r\n",
    b"\"",
    b"\"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b" ",
    b"|",
    b"\\",
    b"#",
    b":",
    b".",
    b"..",
    b"-",
    b"=",
    b"+",
    b"@",
    b"%",
    b"<",
    b">",
    b"&",
    b"(",
    b")",
    b"[",
    b"]",
    b"\0",
    b"\x07",
    b"\x1b[31m",
    b"\x7f",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    "\u{85}".as_bytes(),
    "\u{9b}".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{3000}".as_bytes(),
    "\u{2028}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{301}".as_bytes(),
    "\u{1f9ea}".as_bytes(),
    "İ".as_bytes(),
    "ß".as_bytes(),
    "ﬀ".as_bytes(),
    "３".as_bytes(),
    "，".as_bytes(),
    "；".as_bytes(),
    "．".as_bytes(),
    "（".as_bytes(),
    "）".as_bytes(),
    "“".as_bytes(),
    "—".as_bytes(),
    "–".as_bytes(),
    "−".as_bytes(),
    "×".as_bytes(),
    "µ".as_bytes(),
    "μ".as_bytes(),
    "°".as_bytes(),
    "²".as_bytes(),
    "⁻".as_bytes(),
    "½".as_bytes(),
];

/// Numbers at the edges of what is stored.
const NUMBERS: &[&str] = &[
    "0",
    "00",
    "1",
    "-1",
    "2",
    "9",
    "10",
    "26",
    "27",
    "99",
    "100",
    "255",
    "256",
    "702",
    "703",
    "999",
    "1000",
    "9999",
    "32768",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "0.1",
    "0.0000001",
    "1.5",
    "1e400",
    "1e-400",
    "1,000",
    "1 000",
    "10^9",
    "1/3",
    "99999999999999999999999999999999999999",
    "0.00000000000000000000000000000000000000000000001",
    "20269",
    "2026-02-30",
    "-9999-01-01",
    "9999-12-31",
];

fn splice_in(bytes: &mut Vec<u8>, at: Range<usize>, with: &[u8]) {
    bytes.splice(at, with.iter().copied());
}

fn set_byte(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let at = random.below(bytes.len());
    let byte = random.next() as u8;
    if let Some(place) = bytes.get_mut(at) {
        *place = byte;
    }
}

fn flip_bit(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let at = random.below(bytes.len());
    let bit = random.below(8);
    if let Some(place) = bytes.get_mut(at) {
        *place ^= 1 << bit;
    }
}

fn insert_sign(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    if let Some(sign) = random.of(SIGNS) {
        let times = if random.one_in(8) {
            1 + random.below(40)
        } else {
            1
        };
        splice_in(bytes, at..at, &sign.repeat(times));
    }
}

fn delete_range(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let range = random.range(bytes.len());
    bytes.drain(range);
}

fn repeat_range(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let range = random.range(bytes.len());
    let times = if random.one_in(8) {
        1 + random.below(60)
    } else {
        1
    };
    let copy = bytes[range.clone()].repeat(times);
    splice_in(bytes, range.end..range.end, &copy);
}

fn move_range(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let range = random.range(bytes.len());
    let moved: Vec<u8> = bytes.drain(range).collect();
    let at = random.below(bytes.len() + 1);
    splice_in(bytes, at..at, &moved);
}

fn truncate(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    if random.one_in(3) {
        bytes.drain(..at);
    } else {
        bytes.truncate(at);
    }
}

/// The lines of a text, each with its end.
pub fn lines(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &[u8]| {
        let range = start..start + line.len();
        start = range.end;
        range
    };
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(line)
        .collect()
}

fn delete_line(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    if let Some(line) = random.of(&lines(bytes)) {
        bytes.drain(line.clone());
    }
}

fn repeat_line(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let lines = lines(bytes);
    let (Some(line), Some(at)) = (random.of(&lines), random.of(&lines)) else {
        return;
    };
    let times = if random.one_in(8) {
        1 + random.below(60)
    } else {
        1
    };
    let copy = bytes[line.clone()].repeat(times);
    splice_in(bytes, at.start..at.start, &copy);
}

fn swap_lines(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let lines = lines(bytes);
    swap(bytes, &lines, random);
}

/// Lets two parts of a text change places.
pub fn swap(bytes: &mut Vec<u8>, parts: &[Range<usize>], random: &mut Random) {
    let (Some(one), Some(other)) = (random.of(parts), random.of(parts)) else {
        return;
    };
    let (first, second) = if one.start <= other.start {
        (one, other)
    } else {
        (other, one)
    };
    if first.end > second.start {
        return;
    }
    let (a, b) = (
        bytes[first.clone()].to_vec(),
        bytes[second.clone()].to_vec(),
    );
    splice_in(bytes, second.clone(), &a);
    splice_in(bytes, first.clone(), &b);
}

fn join_lines(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    if let Some(line) = random.of(&lines(bytes)) {
        let end = line.end;
        if bytes.get(end - 1) == Some(&b'\n') {
            bytes.remove(end - 1);
        }
    }
}

/// A line of another seed.
fn copy_line(bytes: &mut Vec<u8>, pool: &Pool, random: &mut Random) {
    let Some(other) = random.of(&pool.seeds) else {
        return;
    };
    let (theirs, ours) = (lines(other), lines(bytes));
    if let (Some(line), Some(at)) = (random.of(&theirs), random.of(&ours)) {
        let end = if random.one_in(2) { at.start } else { at.end };
        splice_in(bytes, at.start..end, &other[line.clone()]);
    }
}

fn change_line_ends(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let end: &[u8] = if random.one_in(2) { b"\r" } else { b"\r\n" };
    let all = random.one_in(2);
    let mut changed = Vec::with_capacity(bytes.len());
    for byte in bytes.iter() {
        if *byte == b'\n' && (all || random.one_in(4)) {
            changed.extend_from_slice(end);
        } else {
            changed.push(*byte);
        }
    }
    *bytes = changed;
}

/// The words of a text: letters and digits, blanks, what is not ASCII, each other sign alone.
pub fn words(bytes: &[u8]) -> Vec<Range<usize>> {
    let class = |byte: u8| match byte {
        _ if byte.is_ascii_alphanumeric() => 0,
        _ if byte >= 0x80 => 1,
        _ if byte.is_ascii_whitespace() => 2,
        _ => 3,
    };
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        match words.last_mut() {
            Some(last) if class(bytes[last.start]) == class(*byte) && class(*byte) != 3 => {
                last.end = at + 1;
            }
            _ => words.push(at..at + 1),
        }
    }
    words
}

fn delete_word(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    if let Some(word) = random.of(&words(bytes)) {
        bytes.drain(word.clone());
    }
}

fn repeat_word(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let words = words(bytes);
    if let (Some(word), Some(at)) = (random.of(&words), random.of(&words)) {
        let times = if random.one_in(8) {
            1 + random.below(40)
        } else {
            1
        };
        let copy = bytes[word.clone()].repeat(times);
        splice_in(bytes, at.start..at.start, &copy);
    }
}

fn swap_words(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let words = words(bytes);
    swap(bytes, &words, random);
}

fn replace_word(bytes: &mut Vec<u8>, pool: &Pool, random: &mut Random) {
    if let (Some(word), Some(with)) = (random.of(&words(bytes)), random.of(&pool.words)) {
        splice_in(bytes, word.clone(), with);
    }
}

fn insert_word(bytes: &mut Vec<u8>, pool: &Pool, random: &mut Random) {
    if let (Some(word), Some(with)) = (random.of(&words(bytes)), random.of(&pool.words)) {
        let times = if random.one_in(16) {
            1 + random.below(40)
        } else {
            1
        };
        splice_in(bytes, word.start..word.start, &with.repeat(times));
    }
}

fn replace_number(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let mut words = words(bytes);
    words.retain(|word| bytes[word.start].is_ascii_digit());
    if let (Some(word), Some(with)) = (random.of(&words), random.of(NUMBERS)) {
        splice_in(bytes, word.clone(), with.as_bytes());
    }
}

/// The start of this text and the end of another seed.
fn splice(bytes: &mut Vec<u8>, pool: &Pool, random: &mut Random) {
    if let Some(other) = random.of(&pool.seeds) {
        bytes.truncate(random.below(bytes.len() + 1));
        bytes.extend_from_slice(&other[random.below(other.len() + 1)..]);
    }
}
