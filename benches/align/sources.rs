//! Reads lists to align out of the official publications, for the bench alone. The crate's own
//! lists are not made by these readers.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use export_control::code::Label;
use export_control::{ChildLogic, Code, ControlList, Edition, Item, ItemState, ListId, ListInfo};

type Texts = BTreeMap<Code, String>;

/// Makes a list of these texts, with every parent in its place.
pub fn list(name: &str, texts: Texts) -> ControlList {
    let mut items: BTreeMap<Code, Item> = BTreeMap::new();
    for (code, text) in texts {
        for ancestor in code.ancestors() {
            let parent = items
                .entry(ancestor)
                .or_insert_with(|| Item::new(ancestor).with_state(ItemState::Implied));
            if parent.logic() == ChildLogic::Leaf {
                *parent = parent.clone().with_logic(ChildLogic::Any);
            }
        }
        let item = items.entry(code).or_insert_with(|| Item::new(code));
        *item = item.clone().with_state(ItemState::Live);
        *item = item.clone().with_text(Some(text));
    }
    let info = ListInfo::new(ListId::new(name), name);
    ControlList::new(info, Edition::default(), items.into_values().collect())
        .expect("a list with its parents")
}

fn is_vacant(text: &str) -> bool {
    let text = text
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    ["not used", "reserved"]
        .iter()
        .any(|vacant| text.starts_with(vacant))
        || text.is_empty()
}

fn is_note(text: &str) -> bool {
    ["Note", "N.B", "NB", "Technical Note", "SEE "]
        .iter()
        .any(|start| text.trim_start().starts_with(start))
}

/// Reads the EU's Annex I. Each provision is one line with its whole path, and a note has the path
/// of what it belongs to.
pub fn eu(folder: &Path) -> ControlList {
    let text =
        fs::read_to_string(folder.join("eu/annex-i-2025-11-15.json")).expect("the EU's list");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut texts = Texts::new();
    for entry in json["entries"].as_array().expect("entries") {
        for line in entry["verbatim_text"].as_str().unwrap_or_default().lines() {
            let Some((code, text)) = line.split_once(' ') else {
                continue;
            };
            let Ok(code) = code.parse() else { continue };
            if !is_note(text) && !is_vacant(text) {
                texts.entry(code).or_insert_with(|| text.to_owned());
            }
        }
    }
    list("eu", texts)
}

/// Reads the US list by the crate's own reader.
pub fn us(folder: &Path) -> ControlList {
    let file =
        fs::File::open(folder.join("us/ecfr-title15-part774-supp1.xml")).expect("the US list");
    export_control::source::ecfr::read(std::io::BufReader::new(file), Edition::default())
        .expect("the eCFR's XML")
        .list
}

/// Reads Norway's list of 2022, whose indentation shows the tree.
pub fn norway(folder: &Path) -> ControlList {
    let text = fs::read_to_string(folder.join("no/liste-ii-2022.txt")).expect("Norway's list");
    let mut texts = Texts::new();
    // The paragraphs above the present line, with their indentation, and the indentation of the
    // note that the line may be in.
    let mut open: Vec<(usize, Code)> = Vec::new();
    let mut note: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let line = line.trim();
        if line.is_empty()
            || line.starts_with("CATEGORY ")
            || line.chars().all(|c| c.is_ascii_digit())
        {
            continue;
        }
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if let (true, Ok(code)) = (indent == 0, first.parse::<Code>())
            && code.is_entry()
        {
            open = vec![(0, code)];
            note = None;
            texts.entry(code).or_insert_with(|| rest.trim().to_owned());
            continue;
        }
        if is_note(line) {
            note = Some(note.map_or(indent, |note| note.min(indent)));
            continue;
        }
        let label = first
            .strip_suffix('.')
            .filter(|label| label.len() <= 2 && !rest.trim().is_empty());
        let label = label.and_then(|label| {
            label
                .parse()
                .ok()
                .and_then(Label::number)
                .or_else(|| Label::letters(label))
        });
        match (label, note) {
            (_, Some(note)) if indent > note => continue,
            (Some(label), _) => {
                note = None;
                while open.len() > 1 && open.last().is_some_and(|(at, _)| *at >= indent) {
                    open.pop();
                }
                if let Some(code) = open.last().and_then(|(_, above)| above.child(label)) {
                    texts.entry(code).or_insert_with(|| rest.trim().to_owned());
                    open.push((indent, code));
                }
            }
            (None, None) => {
                if let Some(text) = open.last().and_then(|(_, code)| texts.get_mut(code)) {
                    text.push(' ');
                    text.push_str(line);
                }
            }
            (None, Some(_)) => {}
        }
    }
    texts.retain(|_, text| !is_vacant(text));
    list("norway", texts)
}

/// Reads Australia's list. The style of a paragraph gives its level, and some paragraphs print
/// their whole path.
pub fn australia(folder: &Path) -> ControlList {
    let file = fs::File::open(folder.join("au/dsgl-2024.docx")).expect("Australia's list");
    let mut archive = zip::ZipArchive::new(file).expect("a docx file");
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .expect("its text")
        .read_to_string(&mut xml)
        .expect("UTF-8");
    let mut texts = Texts::new();
    let (mut path, mut within): (Vec<Code>, bool) = (Vec::new(), false);
    for (style, text) in paragraphs(&xml) {
        if style == "ActHead2" {
            within = text.starts_with("Part") && text.contains("2—Dual");
        }
        if !within {
            continue;
        }
        let mut fields: Vec<&str> = text.split('\t').map(str::trim).collect();
        let Some(own) = fields.pop() else { continue };
        if style.starts_with("Cat0newstyle") && fields.len() >= 3 {
            let printed: Vec<&str> = fields
                .iter()
                .map(|field| field.trim_end_matches('.').trim())
                .collect();
            let Ok(code) =
                format!("{}.{}", printed[..3].concat(), printed[3..].join(".")).parse::<Code>()
            else {
                continue;
            };
            path = code.ancestors().collect();
            path.reverse();
            path.push(code);
            texts.entry(code).or_insert_with(|| own.to_owned());
        } else if let Some(levels) = style
            .strip_prefix("DL0A")
            .filter(|levels| "a1a1a1a".starts_with(levels) && !levels.is_empty())
        {
            let label = fields
                .first()
                .map(|label| label.trim_end_matches('.').trim());
            let label = label.and_then(|label| {
                label
                    .parse()
                    .ok()
                    .and_then(Label::number)
                    .or_else(|| Label::letters(label))
            });
            // Some numbers have the style of letters, one level up.
            let strayed =
                label.is_some_and(|label| label.is_number() != levels.len().is_multiple_of(2));
            let depth = levels.len() + usize::from(strayed);
            path.truncate(depth);
            if let (Some(label), Some(above)) = (label, path.last().filter(|_| path.len() == depth))
                && let Some(code) = above.child(label)
            {
                texts.entry(code).or_insert_with(|| own.to_owned());
                path.push(code);
            }
        }
    }
    texts.retain(|_, text| !is_vacant(text));
    list("australia", texts)
}

/// Returns the style and the text of each paragraph of a Word document.
fn paragraphs(xml: &str) -> Vec<(String, String)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut paragraphs, mut style, mut text, mut inside) =
        (Vec::new(), String::new(), String::new(), false);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) if tag.name().as_ref() == "w:t" => inside = true,
            Event::End(tag) if tag.name().as_ref() == "w:t" => inside = false,
            Event::End(tag) if tag.name().as_ref() == "w:p" => {
                paragraphs.push((std::mem::take(&mut style), std::mem::take(&mut text)));
            }
            Event::Empty(tag) => match tag.name().as_ref() {
                "w:tab" => text.push('\t'),
                "w:noBreakHyphen" => text.push('-'),
                "w:pStyle" => {
                    let value = tag.try_get_attribute("w:val").ok().flatten();
                    style = value
                        .map(|value| value.value.into_owned())
                        .unwrap_or_default();
                }
                _ => {}
            },
            Event::Text(part) if inside => text.push_str(part.as_ref()),
            Event::GeneralRef(name) if inside => {
                text.push_str(match name.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    _ => "'",
                });
            }
            Event::Eof => return paragraphs,
            _ => {}
        }
    }
}

/// Makes a list of the titles of China's embedded list, in one language.
pub fn china(chinese: bool) -> ControlList {
    let cn = export_control::cn_dual_use();
    let title = |item: &Item| {
        if chinese {
            item.title_local().map(str::to_owned)
        } else {
            Some(item.title().to_owned()).filter(|title| !title.is_empty())
        }
    };
    let texts = cn
        .items()
        .iter()
        .filter_map(|item| Some((item.code(), title(item)?)))
        .collect();
    list(if chinese { "china-zh" } else { "china-en" }, texts)
}

/// Reads China's list by the full text of the license catalogue.
pub fn china_in_full(folder: &Path) -> ControlList {
    let text = fs::read_to_string(folder.join("cn/catalogue-2026-text.tsv"))
        .expect("the text of China's list");
    let mut texts = Texts::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [_, code, _, text] = fields[..]
            && let Ok(code) = code.parse::<Code>()
        {
            let all = texts.entry(code).or_default();
            all.push_str(text);
        }
    }
    list("china-full", texts)
}
