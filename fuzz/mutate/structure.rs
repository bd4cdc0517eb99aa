//! Damages what gives a text structure: fields and columns, tags and elements, brackets.

use std::ops::Range;

use super::mutation::{Pool, lines, swap};
use super::random::Random;

fn separator(bytes: &[u8]) -> u8 {
    let count = |sign: u8| bytes.iter().filter(|byte| **byte == sign).count();
    if count(b'\t') > count(b',') {
        b'\t'
    } else {
        b','
    }
}

/// The fields of a line, without its end. Quotation marks are not minded: that is damage too.
fn fields_of(bytes: &[u8], line: &Range<usize>, separator: u8) -> Vec<Range<usize>> {
    let text = &bytes[line.clone()];
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let mut start = line.start;
    let field = |field: &[u8]| {
        let range = start..start + field.len();
        start = range.end + 1;
        range
    };
    text.split(|byte| *byte == separator).map(field).collect()
}

/// Empties, repeats, swaps, quotes or moves a field, or parts it in two.
pub fn fields(bytes: &mut Vec<u8>, pool: &Pool, random: &mut Random) {
    let separator = separator(bytes);
    let lines = lines(bytes);
    let Some(line) = random.of(&lines) else {
        return;
    };
    let fields = fields_of(bytes, line, separator);
    let Some(field) = random.of(&fields).cloned() else {
        return;
    };
    let text = bytes[field.clone()].to_vec();
    let with = match random.below(9) {
        0 => Vec::new(),
        1 => [text.as_slice(), &[separator], &text].concat(),
        2 => return swap(bytes, &fields, random),
        3 => [b"\"", text.as_slice(), b"\""].concat(),
        4 => [b"\"", text.as_slice()].concat(),
        5 => [text.as_slice(), b";", &text].concat(),
        6 => [b"\"a\n", text.as_slice(), b"\""].concat(),
        // A field of another line, of which the column may be the same.
        7 => {
            let Some(other) = random.of(&lines) else {
                return;
            };
            let theirs = fields_of(bytes, other, separator);
            let place = fields.iter().position(|there| *there == field);
            let same = place.and_then(|at| theirs.get(at));
            match same.or_else(|| theirs.first()) {
                Some(there) => bytes[there.clone()].to_vec(),
                None => return,
            }
        }
        _ => random.of(&pool.words).cloned().unwrap_or_default(),
    };
    bytes.splice(field, with);
}

/// Removes, repeats or empties one column of all lines, or moves it to the front.
pub fn column(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    let separator = separator(bytes);
    let width = lines(bytes)
        .iter()
        .map(|line| fields_of(bytes, line, separator).len())
        .max();
    let (column, kind) = (random.below(width.unwrap_or(0)), random.below(4));
    let mut changed = Vec::with_capacity(bytes.len());
    for line in lines(bytes) {
        let mut fields: Vec<&[u8]> = fields_of(bytes, &line, separator)
            .into_iter()
            .map(|field| &bytes[field])
            .collect();
        if column < fields.len() && fields.len() > 1 {
            match kind {
                0 => drop(fields.remove(column)),
                1 => fields.insert(column, fields[column]),
                2 => fields[column] = b"",
                _ => fields[..=column].rotate_right(1),
            }
        }
        changed.extend_from_slice(&fields.join(&separator));
        changed.push(b'\n');
    }
    *bytes = changed;
}

/// The tags of a text, whole.
fn all_tags(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut open = None;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' => open = Some(at),
            b'>' => tags.extend(open.take().map(|start| start..at + 1)),
            _ => {}
        }
    }
    tags
}

/// Removes, repeats, swaps or renames a tag, or what is between two.
pub fn tags(bytes: &mut Vec<u8>, pool: &Pool, random: &mut Random) {
    let tags = all_tags(bytes);
    let (Some(one), Some(other)) = (random.of(&tags).cloned(), random.of(&tags).cloned()) else {
        // A text without tags has words all the same.
        return super::structure::nest(bytes, pool, random);
    };
    let near = tags.iter().position(|tag| *tag == one).unwrap_or(0);
    let next = tags.get(near + 1 + random.below(4)).cloned();
    let between = next.map_or(one.clone(), |next| one.start..next.end);
    match random.below(10) {
        0 => drop(bytes.drain(one)),
        1 => {
            let copy = bytes[one.clone()].to_vec();
            bytes.splice(other.start..other.start, copy);
        }
        2 => swap(bytes, &tags, random),
        3 => drop(bytes.drain(between)),
        4 => {
            let copy = bytes[between.clone()].to_vec();
            bytes.splice(between.end..between.end, copy);
        }
        5 => {
            let copy = bytes[other.clone()].to_vec();
            bytes.splice(one, copy);
        }
        6 => {
            let inserted = random.of(&MARKUP).copied().unwrap_or_default();
            bytes.splice(other.start..other.start, inserted.bytes());
        }
        7 => {
            let moved: Vec<u8> = bytes[between.clone()].to_vec();
            bytes.splice(other.end..other.end, moved);
        }
        8 => {
            let depth = 1 + random.below(60);
            let copy = bytes[one.clone()].repeat(depth);
            bytes.splice(one, copy);
        }
        _ => {
            let name = random.of(&NAMES).copied().unwrap_or_default();
            let with = if bytes.get(one.start + 1) == Some(&b'/') {
                format!("</{name}>")
            } else {
                format!("<{name}>")
            };
            bytes.splice(one, with.into_bytes());
        }
    }
}

const MARKUP: [&str; 14] = [
    "<!-- x -->",
    "<!--",
    "<![CDATA[a. One;]]>",
    "<![CDATA[",
    "<?xml version=\"1.0\"?>",
    "<?x",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#0;",
    "&#27;",
    "&#x110000;",
    "&amp;lt;",
    "<a b=c d='e' b=\"f\">",
    "</",
];

const NAMES: [&str; 16] = [
    "P", "FP", "FP-1", "FP-2", "HD1", "HD2", "HED", "NOTE", "TABLE", "TR", "TD", "TH", "I", "B",
    "E", "DIV9",
];

/// Puts a pair of brackets around a part, many times over at times.
pub fn nest(bytes: &mut Vec<u8>, _: &Pool, random: &mut Random) {
    const PAIRS: [(&str, &str); 10] = [
        ("(", ")"),
        ("（", "）"),
        ("[", "]"),
        ("“", "”"),
        ("\"", "\""),
        ("《", "》"),
        ("【", "】"),
        ("<I>", "</I>"),
        ("<NOTE>", "</NOTE>"),
        ("{", "}"),
    ];
    let range = random.range(bytes.len());
    let times = if random.one_in(6) {
        1 + random.below(200)
    } else {
        1
    };
    if let Some((open, close)) = random.of(&PAIRS) {
        let (open, close) = (open.repeat(times), close.repeat(times));
        if !random.one_in(5) {
            bytes.splice(range.end..range.end, close.bytes());
        }
        bytes.splice(range.start..range.start, open.bytes());
    }
}
