//! An edit of a text, the elements of the text, and the part of the text around an edit.

use std::ops::Range;

/// One edit of a text.
pub struct Edit {
    pub range: Range<usize>,
    pub with: String,
}

impl Edit {
    pub fn new(range: Range<usize>, with: impl Into<String>) -> Option<Edit> {
        Some(Edit {
            range,
            with: with.into(),
        })
    }

    pub fn insert(at: usize, with: impl Into<String>) -> Option<Edit> {
        Edit::new(at..at, with)
    }
}

/// A small generator of pseudo-random numbers (SplitMix64), so that every run makes the same edits.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn of<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// An element of the text: its name, its place, and the place of its content.
#[derive(Clone)]
pub struct Site {
    pub name: &'static str,
    pub whole: Range<usize>,
    pub inner: Range<usize>,
    /// The number of the entry in which it is. The entry's heading has the same number.
    pub entry: usize,
    pub in_note: bool,
}

const NAMES: [&str; 9] = ["P", "FP", "FP-1", "FP-2", "HD1", "TR", "TD", "TH", "HED"];

impl Site {
    /// Returns the elements of a text in their order. Elements of one name do not contain each
    /// other.
    pub fn all(text: &str) -> Vec<Site> {
        let mut sites = Vec::new();
        for name in NAMES {
            let close = format!("</{name}>");
            for (at, open) in text.match_indices(&format!("<{name}")) {
                let Some(end) = text[at..]
                    .find('>')
                    .filter(|_| text[at + open.len()..].starts_with([' ', '>']))
                else {
                    continue;
                };
                let start = at + end + 1;
                if let Some(length) = text[start..].find(&close) {
                    sites.push(Site {
                        name,
                        whole: at..start + length + close.len(),
                        inner: start..start + length,
                        entry: 0,
                        in_note: false,
                    });
                }
            }
        }
        sites.sort_by_key(|site| site.whole.start);
        let mut entry = 0;
        let mut marks: Vec<(usize, i32)> = text
            .match_indices("<NOTE")
            .map(|(at, _)| (at, 1))
            .chain(text.match_indices("</NOTE>").map(|(at, _)| (at, -1)))
            .collect();
        marks.sort_unstable();
        let (mut mark, mut depth) = (0, 0);
        for site in &mut sites {
            while let Some((at, step)) = marks.get(mark).filter(|(at, _)| *at < site.whole.start) {
                let _ = at;
                depth += step;
                mark += 1;
            }
            entry += usize::from(is_heading(text, site));
            site.entry = entry;
            site.in_note = depth > 0;
        }
        sites
    }

    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.inner.clone()]
    }

    /// Returns the text without tags.
    pub fn plain(&self, text: &str) -> String {
        let mut plain = String::new();
        let mut tag = false;
        for c in self.text(text).chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => plain.push(if c == '\n' { ' ' } else { c }),
                _ => {}
            }
        }
        plain.trim().to_owned()
    }
}

pub fn is_heading(text: &str, site: &Site) -> bool {
    let plain = text[site.inner.clone()].trim_start_matches("<B>");
    let code = plain.trim_start_matches("ECCN ").as_bytes();
    matches!(site.name, "FP-2" | "FP-1")
        && text[site.inner.clone()].starts_with('<')
        && matches!(code, [digit, letter, a, b, c, ..]
            if digit.is_ascii_digit() && letter.is_ascii_uppercase()
                && [a, b, c].iter().all(|byte| byte.is_ascii_digit()))
}

/// Returns the text around an edit, before and after it: the titles above, the entry before, the
/// entry and the one after it.
pub fn window(text: &str, sites: &[Site], edit: &Edit) -> (String, String) {
    let at = sites.partition_point(|site| site.whole.start <= edit.range.start);
    let entry = sites[at.saturating_sub(1)].entry;
    let start_of = |number: usize| {
        let first = sites.partition_point(|site| site.entry < number);
        sites.get(first).map(|site| site.whole.start)
    };
    // The edit may be on the heading's first letters.
    let start = start_of(entry.saturating_sub(1))
        .unwrap_or(0)
        .min(edit.range.start);
    let tail = text.rfind("</DIV9>").unwrap_or(text.len());
    let end = start_of(entry + 2).unwrap_or(tail).max(edit.range.end);
    // A title that ends the stretch belongs to the text after it.
    let mut titles = String::new();
    for prefix in ["Category ", "letter"] {
        let last = sites.iter().rev().find(|site| {
            let title = site.text(text);
            let wanted = match prefix {
                "letter" => {
                    title.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
                        && title[1..].starts_with(". ")
                        && title.as_bytes()[0] <= b'E'
                }
                _ => title.starts_with(prefix),
            };
            site.name == "HD1" && site.whole.end <= start && wanted
        });
        if let Some(site) = last {
            titles.push_str(&text[site.whole.clone()]);
        }
    }
    let wrap = |body: &str| {
        format!("<DIV9 N=\"Supplement No. 1 to Part 774\">\n{titles}\n{body}\n</DIV9>\n")
    };
    let before = &text[start..end];
    let after = format!(
        "{}{}{}",
        &text[start..edit.range.start],
        edit.with,
        &text[edit.range.end..end]
    );
    // If the stretch cuts a note or a table, it is not well-formed.
    (wrap(before), wrap(&after))
}
