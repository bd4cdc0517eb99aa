//! Single edits of the eCFR's XML, by class.

use std::ops::Range;

use super::site::{Edit, Random, Site, is_heading};

type Draw = fn(&str, &[Site], &mut Random) -> Option<Edit>;

pub struct Class {
    pub name: &'static str,
    pub draw: Draw,
    /// True if a reader can detect the edit.
    pub visible: bool,
}

const fn seen(name: &'static str, draw: Draw) -> Class {
    Class {
        name,
        draw,
        visible: true,
    }
}

const fn unseen(name: &'static str, draw: Draw) -> Class {
    Class {
        name,
        draw,
        visible: false,
    }
}

pub const CLASSES: &[Class] = &[
    seen("marker \"Items:\" left out", |text, sites, random| {
        let site = marker(text, sites, random)?;
        let inner = site.text(text);
        let end = inner.find("</I>")? + "</I>".len();
        if inner[end..].trim_matches([':', ' ', '\n']).is_empty() {
            return Edit::new(site.whole, "");
        }
        let rest = inner[end..].trim_start_matches([':', ' ']);
        let cut = inner.len() - rest.len();
        Edit::new(site.inner.start..site.inner.start + cut, "")
    }),
    seen("marker \"Items:\" misspelt", |text, sites, random| {
        let site = marker(text, sites, random)?;
        let at = site.inner.start + site.text(text).find("Items")?;
        letter(text, at..at + 5, random)
    }),
    seen("marker \"Items:\" not in italics", |text, sites, random| {
        let site = marker(text, sites, random)?;
        let inner = site.text(text);
        Edit::new(
            site.inner.clone(),
            inner.replacen("<I>", "", 1).replacen("</I>", "", 1),
        )
    }),
    seen("title within an entry", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        let title = random.of(&[
            "Part 2—Of the Same",
            "Category 4—Another",
            "Annex to the Entry",
            "B. “Testers”",
            "II. More of it",
            "EAR99",
        ])?;
        let title = match *title {
            "EAR99" => "<FP-2><B>EAR99 All the rest.</B></FP-2>\n".to_owned(),
            title => format!("<HD1>{title}</HD1>\n"),
        };
        Edit::insert(site.whole.start, title)
    }),
    seen("paragraph in a table", |text, sites, random| {
        wrap_paragraph(text, sites, random, "<TABLE><TR><TD>", "</TD></TR></TABLE>")
    }),
    seen("paragraph in a title", |text, sites, random| {
        wrap_paragraph(text, sites, random, "<HD1>", "</HD1>")
    }),
    seen("paragraph in a note", |text, sites, random| {
        wrap_paragraph(text, sites, random, "<NOTE><P>", "</P></NOTE>")
    }),
    seen("paragraph in an unknown element", |text, sites, random| {
        wrap_paragraph(text, sites, random, "<PX>", "</PX>")
    }),
    seen("paragraph in italics", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        let inner = site.text(text).replace("<I>", "").replace("</I>", "");
        Edit::new(site.inner.clone(), format!("<I>{inner}</I>"))
    }),
    seen("paragraph broken off by a table", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        let space = site.text(text).rfind(' ')?;
        Edit::insert(
            site.inner.start + space,
            "<TABLE><TR><TD>a row</TD></TR></TABLE>",
        )
    }),
    seen("two paragraphs run into one", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        run_on(text, &site, random)
    }),
    seen("two lines run into one", |text, sites, random| {
        let site = any(sites, random, |site| site.name == "FP-1")?;
        run_on(text, &site, random)
    }),
    seen("heading run into the line before", |text, sites, random| {
        let site = heading(text, sites, random)?;
        let before = text[..site.whole.start].trim_end();
        let tag = before.rfind("</")?;
        let content = site.text(text);
        let known = ["</P>", "</FP>", "</FP-1>", "</FP-2>"].contains(&&before[tag..]);
        known.then_some(())?;
        Edit::new(tag..site.whole.end, format!(" {content}{}", &before[tag..]))
    }),
    seen("heading's code garbled", |text, sites, random| {
        let site = heading(text, sites, random)?;
        let at = site.inner.start + site.text(text).find(|c: char| c.is_ascii_digit())?;
        let at = at + random.below(5);
        let old = text.as_bytes()[at];
        let with = match random.below(3) {
            0 => String::new(),
            1 => (if old.is_ascii_digit() { "O" } else { "8" }).to_owned(),
            _ => format!("{}l", char::from(old)),
        };
        Edit::new(at..at + 1, with)
    }),
    seen("heading left out", |text, sites, random| {
        let site = heading(text, sites, random)?;
        (has_part(text, sites, site.entry) && has_part(text, sites, site.entry - 1))
            .then_some(())?;
        Edit::new(site.whole, "")
    }),
    seen("heading in another element", |text, sites, random| {
        let site = heading(text, sites, random)?;
        let name = random.of(&["FP-1", "P", "HD1", "HD3", "X"])?;
        Edit::new(
            site.whole.clone(),
            format!("<{name}>{}</{name}>", site.text(text)),
        )
    }),
    seen("unknown entity", |text, sites, random| {
        let site = any(sites, random, |site| {
            ["P", "FP-1", "FP-2", "TD", "HD1"].contains(&site.name) && !site.in_note
        })?;
        let at = boundary(text, site.inner, random)?;
        Edit::insert(at, "&bar;")
    }),
    seen("control character", |text, sites, random| {
        let site = any(sites, random, |site| {
            ["P", "FP-1", "FP-2", "TD"].contains(&site.name) && !site.in_note
        })?;
        let at = boundary(text, site.inner, random)?;
        Edit::insert(at, "\u{1b}")
    }),
    seen("label garbled", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        let end = site.text(text).find(' ')?;
        letter(text, site.inner.start..site.inner.start + end, random)
    }),
    seen("label's first letter lost", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        Edit::new(site.inner.start..site.inner.start + 1, "")
    }),
    seen("label left out", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        let end = site.text(text).find(' ')?;
        Edit::new(site.inner.start..site.inner.start + end + 1, "")
    }),
    seen(
        "paragraph left out, others after it",
        |text, sites, random| {
            let site = paragraph(text, sites, random)?;
            has_next(text, sites, &site).then_some(())?;
            Edit::new(site.whole, "")
        },
    ),
    seen("paragraph twice", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        Edit::insert(site.whole.end, &text[site.whole])
    }),
    seen("section title garbled", |text, sites, random| {
        let site = title(text, sites, random)?;
        let at = site.inner.start + site.text(text).find('>')? + 1;
        letter(text, at..at + 18, random)
    }),
    seen("section title left out", |text, sites, random| {
        let site = title(text, sites, random)?;
        Edit::new(site.whole, "")
    }),
    seen("license table's head garbled", |text, sites, random| {
        let site = any(sites, random, |site| {
            site.name == "TH" && text[site.inner.clone()].starts_with("Control")
        })?;
        letter(text, site.inner.start..site.inner.start + 10, random)
    }),
    seen("license table's head left out", |text, sites, random| {
        let site = any(sites, random, |site| {
            site.name == "TR" && text[site.inner.clone()].contains("Control(s)")
        })?;
        Edit::new(site.whole, "")
    }),
    seen("license row: reason garbled", |text, sites, random| {
        let site = first_cell(text, sites, random)?;
        letter(text, site.inner.start..site.inner.start + 2, random)
    }),
    seen("license row: words garbled", |text, sites, random| {
        let site = first_cell(text, sites, random)?;
        let plain = site.text(text);
        (!plain.contains('“') && plain.len() < 60).then_some(())?;
        letter(text, site.inner.start + 3..site.inner.end, random)
    }),
    seen("license row: column garbled", |text, sites, random| {
        let site = any(sites, random, |site| {
            site.name == "TD"
                && text[site.inner.clone()].trim_end().len() < 13
                && text[site.inner.clone()].contains("Column")
        })?;
        // If a number becomes another number, the edit belongs to the class of changed figures.
        letter(text, site.inner.start..site.inner.start + 10, random)
    }),
    seen(
        "license row: only one of its reason left out",
        |text, sites, random| {
            let site = row(text, sites, random)?;
            (rows_of_its_reason(text, sites, &site)? == 1).then_some(())?;
            Edit::new(site.whole, "")
        },
    ),
    seen("reason line garbled", |text, sites, random| {
        let site = lead(text, sites, random, "Reason for Control")?;
        let at = site.inner.start + site.text(text).find('>')? + 1;
        letter(text, at..site.inner.end, random)
    }),
    seen("reason line left out", |text, sites, random| {
        let site = lead(text, sites, random, "Reason for Control")?;
        Edit::new(site.whole, "")
    }),
    seen("exception's symbol garbled", |text, sites, random| {
        let name = *random.of(&["LVS", "GBS", "TSR"])?;
        let site = lead(text, sites, random, name)?;
        let at = site.inner.start + site.text(text).find(name)?;
        letter(text, at..at + 4, random)
    }),
    seen("exception left out", |text, sites, random| {
        let name = *random.of(&["LVS", "GBS", "TSR"])?;
        let site = lead(text, sites, random, name)?;
        Edit::new(site.whole, "")
    }),
    seen("related controls' lead garbled", |text, sites, random| {
        let site = lead(text, sites, random, "Related Controls")?;
        let at = site.inner.start + site.text(text).find('>')? + 1;
        letter(text, at..at + 16, random)
    }),
    seen("related controls left out", |text, sites, random| {
        let site = lead(text, sites, random, "Related Controls")?;
        Edit::new(site.whole, "")
    }),
    seen("any of, all of garbled", |text, sites, random| {
        let site = any(sites, random, |site| {
            site.name == "P"
                && !site.in_note
                && text[site.inner.clone()].contains(" of the following:")
        })?;
        let end = site.text(text).find(" of the following:")?;
        let start = site.text(text)[..end].rfind(' ')? + 1;
        letter(
            text,
            site.inner.start + start..site.inner.start + end + 17,
            random,
        )
    }),
    seen(
        "title of a category or group garbled",
        |text, sites, random| {
            let site = any(sites, random, |site| {
                let inner = &text[site.inner.clone()];
                site.name == "HD1"
                    && (inner.starts_with("Category") || inner[1..].starts_with(". "))
            })?;
            letter(text, site.inner.start..site.inner.start + 9, random)
        },
    ),
    unseen(
        "last paragraph of its list left out",
        |text, sites, random| {
            let site = paragraph(text, sites, random)?;
            (!has_next(text, sites, &site)).then_some(())?;
            Edit::new(site.whole, "")
        },
    ),
    unseen(
        "license row left out, others of its reason",
        |text, sites, random| {
            let site = row(text, sites, random)?;
            (rows_of_its_reason(text, sites, &site)? > 1).then_some(())?;
            Edit::new(site.whole, "")
        },
    ),
    unseen("figure changed into another", |text, sites, random| {
        let site = paragraph(text, sites, random)?;
        let inner = site.text(text);
        let start = inner.find(' ')?;
        let digits: Vec<usize> = inner
            .match_indices(|c: char| c.is_ascii_digit())
            .map(|(at, _)| at)
            .filter(|at| *at > start)
            .collect();
        let at = site.inner.start + random.of(&digits)?;
        let digit =
            char::from(b'0' + (text.as_bytes()[at] - b'0' + 1 + random.below(8) as u8) % 10);
        Edit::new(at..at + 1, digit)
    }),
];

fn any(sites: &[Site], random: &mut Random, fits: impl Fn(&Site) -> bool) -> Option<Site> {
    for _ in 0..200 {
        let site = random.of(sites)?;
        if fits(site) {
            return Some(site.clone());
        }
    }
    None
}

/// Returns whether an entry has more than its heading. The text before the first entry counts as
/// having more.
fn has_part(text: &str, sites: &[Site], entry: usize) -> bool {
    entry == 0
        || sites
            .iter()
            .any(|site| site.entry == entry && site.name == "FP-1" && !is_heading(text, site))
}

/// Returns a labeled paragraph of a list of items.
fn paragraph(text: &str, sites: &[Site], random: &mut Random) -> Option<Site> {
    let site = any(sites, random, |site| {
        site.name == "P" && !site.in_note && label(&text[site.inner.clone()]).is_some()
    })?;
    // Paragraphs before the list belong to the license part and do not count.
    let listed = sites.iter().any(|other| {
        other.entry == site.entry && other.name == "FP" && other.whole.end <= site.whole.start
    });
    listed.then_some(site)
}

/// Returns the label of a paragraph: letters and numbers with dots.
fn label(inner: &str) -> Option<&str> {
    let word = inner.split([' ', '\n']).next()?;
    let label = word.strip_suffix('.')?;
    let good = label.split('.').all(|part| {
        !part.is_empty()
            && part.len() < 3
            && (part.bytes().all(|byte| byte.is_ascii_digit())
                || part.bytes().all(|byte| byte.is_ascii_lowercase()))
    });
    (good && label.starts_with(|c: char| c.is_ascii_lowercase())).then_some(label)
}

/// Returns whether a paragraph has a later sibling, or one below it, so that a gap shows.
fn has_next(text: &str, sites: &[Site], site: &Site) -> bool {
    let Some(own) = label(site.text(text)) else {
        return false;
    };
    let parent = own.rfind('.').map_or("", |at| &own[..=at]);
    let later = |other: &Site| {
        other.entry == site.entry
            && other.name == "P"
            && !other.in_note
            && other.whole.start > site.whole.start
            && label(other.text(text)).is_some_and(|label| label.starts_with(parent))
    };
    sites.iter().any(later)
}

fn marker(text: &str, sites: &[Site], random: &mut Random) -> Option<Site> {
    let site = any(sites, random, |site| {
        site.name == "FP" && text[site.inner.clone()].starts_with("<I>Items")
    })?;
    // If the heading is the whole list, the marker changes nothing.
    (!site.text(text).contains("contained in the")).then_some(site)
}

fn heading(text: &str, sites: &[Site], random: &mut Random) -> Option<Site> {
    any(sites, random, |site| {
        is_heading(text, site) && site.name == "FP-2"
    })
}

fn title(text: &str, sites: &[Site], random: &mut Random) -> Option<Site> {
    any(sites, random, |site| {
        let inner = &text[site.inner.clone()];
        site.name == "FP-1" && inner.starts_with("<E T=\"0") && inner.contains("</E>\n")
    })
}

/// Returns a line with a lead in italics.
fn lead(text: &str, sites: &[Site], random: &mut Random, lead: &str) -> Option<Site> {
    let start = format!("<I>{lead}");
    any(sites, random, |site| {
        site.name == "FP-1" && text[site.inner.clone()].starts_with(&start)
    })
}

fn first_cell(text: &str, sites: &[Site], random: &mut Random) -> Option<Site> {
    any(sites, random, |site| {
        site.name == "TD" && text[site.inner.clone()].contains(" applies to ")
    })
}

fn row(text: &str, sites: &[Site], random: &mut Random) -> Option<Site> {
    any(sites, random, |site| {
        site.name == "TR" && text[site.inner.clone()].contains(" applies to ")
    })
}

/// Returns how many license rows of an entry have the reason of this one.
fn rows_of_its_reason(text: &str, sites: &[Site], site: &Site) -> Option<usize> {
    let plain = site.plain(text);
    let reason = plain.get(..2)?;
    let rows = sites.iter().filter(|other| {
        other.entry == site.entry
            && other.name == "TD"
            && other.text(text).starts_with(reason)
            && other.text(text).contains(" appl")
    });
    Some(rows.count())
}

/// Changes, drops or doubles one letter.
fn letter(text: &str, range: Range<usize>, random: &mut Random) -> Option<Edit> {
    let at = range.start + random.below(range.len());
    let old = *text.as_bytes().get(at)?;
    if !old.is_ascii_alphanumeric() {
        return None;
    }
    let other = match old {
        b'0'..=b'9' => b'0' + (old - b'0' + 1 + random.below(8) as u8) % 10,
        b'A'..=b'Z' => b'A' + (old - b'A' + 1 + random.below(24) as u8) % 26,
        _ => b'a' + (old - b'a' + 1 + random.below(24) as u8) % 26,
    };
    let with = match random.below(3) {
        0 => String::new(),
        1 => char::from(other).to_string(),
        _ => format!("{}{}", char::from(old), char::from(old)),
    };
    Edit::new(at..at + 1, with)
}

fn wrap_paragraph(
    text: &str,
    sites: &[Site],
    random: &mut Random,
    open: &str,
    close: &str,
) -> Option<Edit> {
    let site = paragraph(text, sites, random)?;
    let inner = site.text(text);
    Edit::new(site.whole.clone(), format!("{open}{inner}{close}"))
}

/// Runs an element into the next of the same name.
fn run_on(text: &str, site: &Site, random: &mut Random) -> Option<Edit> {
    let rest = &text[site.whole.end..];
    let next = rest.trim_start();
    let open = format!("<{}>", site.name);
    next.starts_with(&open).then_some(())?;
    let end = site.whole.end + (rest.len() - next.len()) + open.len();
    Edit::new(site.inner.end..end, *random.of(&[" ", "\n", ""])?)
}

/// Returns a place in a text outside tags and entities.
fn boundary(text: &str, range: Range<usize>, random: &mut Random) -> Option<usize> {
    let at = range.start + random.below(range.len() + 1);
    let before = &text[range.start..].get(..at - range.start)?;
    let open = before.rfind('<') > before.rfind('>') || before.rfind('&') > before.rfind(';');
    (text.is_char_boundary(at) && !open).then_some(at)
}
