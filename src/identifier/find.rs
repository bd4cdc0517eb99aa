//! Keys that a running text names.

use super::{CasNumber, Element};
use crate::text::chars::{fold, is_chinese};
use crate::text::parse_error::ParseError;

impl CasNumber {
    /// Returns the CAS numbers that a text states, in its order. One with a wrong check digit is an
    /// error, not a gap.
    ///
    /// A number counts once the text has said "CAS" or "C.A.S."; before that, digits with hyphens
    /// may be a date, and only a right number that fills a pair of brackets counts.
    ///
    /// ```
    /// use export_control::identifier::CasNumber;
    /// let text = "Hydrogen fluoride (C.A.S. #7664-39-3), sodium fluoride (CAS 7681-49-5)";
    /// let found: Vec<_> = CasNumber::find_in(text).collect();
    /// assert_eq!(found[0].as_ref().map(ToString::to_string), Ok("7664-39-3".to_owned()));
    /// assert!(found[1].is_err());
    /// ```
    pub fn find_in(text: &str) -> impl Iterator<Item = Result<CasNumber, ParseError>> {
        cas_in(text)
    }
}

impl Element {
    /// Returns the elements that the name of a thing gives as the thing itself, in English or, if it
    /// has a Chinese character, in Chinese. Empty if the name holds anything but elements and their
    /// forms.
    ///
    /// Of a name such as 碲化镉 it is the last: the first says what kind of compound it is. Of
    /// 含铽的钕铁硼永磁材料 it is terbium, which the item is about.
    ///
    /// ```
    /// use export_control::identifier::Element;
    /// let names = |text| Element::find_in(text).iter().map(|element| element.symbol()).collect::<Vec<_>>();
    /// assert_eq!(names("Tungsten, tungsten carbide, and alloys with tungsten"), ["W"]);
    /// assert_eq!(names("Organo-metallic compounds of aluminum, gallium or indium"), ["Al", "Ga", "In"]);
    /// assert!(names("Cells made of lithium").is_empty());
    /// assert_eq!(names("磷化铟"), ["In"]);
    /// assert_eq!(names("含铽的钕铁硼永磁材料"), ["Tb"]);
    /// assert!(names("锂离子电池").is_empty());
    /// ```
    pub fn find_in(text: &str) -> Vec<Element> {
        if text.contains(is_chinese) {
            elements_in_chinese(text)
        } else {
            elements_in_english(text)
        }
    }
}

fn plain(c: char) -> char {
    fold(c).unwrap_or(c)
}

pub(crate) fn cas_in(text: &str) -> impl Iterator<Item = Result<CasNumber, ParseError>> {
    let marker = ["CAS", "C.A.S", "ＣＡＳ"]
        .iter()
        .filter_map(|marker| text.find(marker))
        .min()
        .unwrap_or(text.len());
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(|c: char| plain(c).is_ascii_digit())?;
            let word = &text[start..];
            let word = &word[..word
                .find(|c: char| !matches!(plain(c), '0'..='9' | '-'))
                .unwrap_or(word.len())];
            at = start + word.len();
            let found = word.trim_end_matches('-');
            let glued = text[..start].ends_with(|c: char| c.is_ascii_lowercase() || c == '-');
            let letters = text[at..].starts_with(|c: char| c.is_ascii_alphabetic());
            // Names of chemicals have figures too: "2,4,6-trinitro", "1,2-bis".
            let parts: Vec<usize> = found
                .split(|c| plain(c) == '-')
                .map(|part| part.chars().count())
                .collect();
            if glued || letters || !matches!(parts[..], [2..=8, 1..=3, 1..=2]) {
                continue;
            }
            let read = found.parse();
            let bracketed = text[..start].ends_with(['(', '（'])
                && text[at..].starts_with([')', '）'])
                && read.is_ok();
            if start > marker || bracketed {
                return Some(read);
            }
        }
    })
}

/// Words beside an element's name that leave it the thing itself: its form, its state, its kind of
/// compound.
#[rustfmt::skip]
const FORMS: [&str; 46] = [
    "metal", "metals", "metallic", "alloy", "alloys", "powder", "powders", "compound", "compounds",
    "isotope", "isotopes", "material", "materials", "mixtures", "elemental", "porous", "spherical",
    "spheroidal", "natural", "enriched", "solid", "ingots", "sponge", "scrap", "ore", "ores",
    "concentrates", "infiltrated", "organo-metallic", "organo-inorganic", "iii/v", "aluminides",
    "salts", "magnets", "targets", "single", "crystals", "foil", "sheet", "and", "or", "of", "the",
    "any", "arsenate", "niobate",
];

/// Where the description of the thing begins: what follows no longer names it.
#[rustfmt::skip]
const STOPS: [&str; 20] = [
    "having", "with", "containing", "in", "as", "that", "for", "other", "specially", "suitable",
    "whose", "which", "produced", "not", "in the", "manufactures", "products", "at", "from",
    "enumerated",
];

/// The elements of an English name. Empty where the name begins with anything but elements and
/// their forms: "Nickel-based superalloys", "Carbon fibers".
pub(crate) fn elements_in_english(text: &str) -> Vec<Element> {
    let name = &text[..text.find(['(', ';', ':', '.', '[']).unwrap_or(text.len())];
    let mut found: Vec<Element> = Vec::new();
    let mut compound = false;
    for word in name.split([' ', ',']) {
        let word = word
            .trim_matches(['“', '”', '‘', '’', '\'', '"'])
            .to_lowercase();
        let bare = word.strip_prefix("organo-").unwrap_or(&word);
        let bare = bare
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end_matches('-');
        // A symbol is no name here: "In", "As", "No".
        let element = bare.len().gt(&2).then(|| bare.parse().ok()).flatten();
        match element {
            Some(element) if !found.contains(&element) => found.push(element),
            Some(_) => {}
            None if is_compound(bare) => compound = true,
            None if bare.is_empty() || FORMS.contains(&&*word) => {}
            None if STOPS.contains(&bare) => break,
            None => return Vec::new(),
        }
    }
    // Hydrogen cyanide is not hydrogen, nor nitrogen trifluoride nitrogen.
    if compound {
        found.retain(|element| !is_non_metal(*element));
    }
    found
}

fn is_non_metal(element: Element) -> bool {
    matches!(element.symbol(), "H" | "N" | "O" | "F" | "Cl" | "Br" | "I")
}

/// Whether a word is the second part of a binary compound's name: "carbide", "trifluoride",
/// "oxides".
fn is_compound(word: &str) -> bool {
    word.ends_with("ide") || word.ends_with("ides")
}

/// Words beside an element's character that leave it the thing itself; longest first where one
/// begins with another.
#[rustfmt::skip]
const FORMS_ZH: [&str; 63] = [
    "非所管制的", "氢氧化物", "化合物", "氧化物", "氢化物", "混合物", "永磁材料", "晶体材料",
    "光纤材料", "储氢材料", "陶瓷材料", "发光材料", "吸氢材料", "磁制冷材料", "磁致伸缩材料",
    "热屏蔽涂层材料", "相关材料", "相关物项", "材料", "物项", "金属", "合金", "靶材", "靶", "粉末",
    "颗粒", "粉", "制品", "废料", "碎屑", "及其", "以及", "其他", "和", "或", "及", "、", "的",
    "单质", "固态", "多孔", "球形", "区熔", "锭", "矿", "原料", "有机", "三甲基", "三乙基",
    "三苯基", "三对乙氧基苯基", "一", "二", "三", "四", "五", "仲", "铵", "同位素", "含有", "含",
    "其", "相关",
];

/// The elements of a Chinese name. Empty where the name holds anything but elements and their forms.
pub(crate) fn elements_in_chinese(text: &str) -> Vec<Element> {
    let (name, about) = thing_zh(text);
    let mut found: Vec<Element> = Vec::new();
    let mut compound = false;
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        if let Some(form) = FORMS_ZH.iter().find(|form| rest.starts_with(**form)) {
            rest = &rest[form.len()..];
            continue;
        }
        let Some(element) = rest.get(..c.len_utf8()).and_then(element_zh) else {
            return Vec::new();
        };
        // 碲化镉, 锗酸铋: the kind of compound, then the thing.
        let is_thing = |rest: &&str| rest.chars().next().is_some_and(is_element_zh);
        let kind = tail.strip_prefix(['化', '酸']).filter(is_thing);
        compound |= kind.is_some();
        rest = match kind {
            Some(thing) => thing,
            None => {
                if !found.contains(&element) {
                    found.push(element);
                }
                tail.strip_prefix(['化', '酸']).unwrap_or(tail)
            }
        };
    }
    if compound {
        found.retain(|element| !is_non_metal(*element));
    }
    // "含铝的推进剂" is about a propellant.
    let is_form = |c: char| is_element_zh(c) || FORMS_ZH.iter().any(|form| form.contains(c));
    if about.chars().all(is_form) {
        found
    } else {
        Vec::new()
    }
}

/// Returns the part of a Chinese name that names the thing, and what of a name such as
/// "含铽的永磁材料" is about it.
fn thing_zh(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    // "非1C229项下管制的金属铋": what is controlled elsewhere goes first.
    let text = text
        .strip_prefix('非')
        .and_then(|rest| rest.split_once("管制的"))
        .map_or(text, |(_, rest)| rest);
    let text = text
        .strip_prefix("具有")
        .and_then(|rest| rest.split_once("特性的"))
        .map_or(text, |(_, rest)| rest);
    let end = text
        .find(['（', '(', '，', '。', '；', '：', ';', ',', ' '])
        .unwrap_or(text.len());
    let name = &text[..end];
    // "纯度大于等于99.5%的金属镓": a figure before the thing narrows it.
    let narrowed = name
        .rsplit_once('的')
        .filter(|(attribute, _)| attribute.contains(|c: char| c.is_ascii_digit()));
    let name = narrowed.map_or(name, |(_, thing)| thing);
    name.strip_prefix('含')
        .and_then(|rest| rest.split_once('的'))
        .unwrap_or((name, ""))
}

fn is_element_zh(c: char) -> bool {
    element_zh(c.encode_utf8(&mut [0; 4])).is_some()
}

fn element_zh(name: &str) -> Option<Element> {
    Element::all().find(|element| element.name_zh() == name)
}
