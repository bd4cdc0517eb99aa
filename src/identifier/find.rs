//! Finds the keys that a running text names.

use super::{CasNumber, Element};
use crate::text::chars::{block_with_pair, fold, is_chinese};
use crate::text::parse_error::ParseError;

impl CasNumber {
    /// Returns the CAS numbers that a text states, in the order of the text. A number with a wrong
    /// check digit is an error and is not skipped.
    ///
    /// After the text has said "CAS" or "C.A.S.", each number counts. Before that, digits with
    /// hyphens may be a date, so only a correct number that fills a pair of brackets counts.
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
    /// Returns the elements that the name of a thing gives as the thing itself. The name is read as
    /// Chinese if it has a Chinese character, and otherwise as English. Returns none if the name
    /// has anything but elements and their forms.
    ///
    /// The key elements of a compound are all metals and metalloids in its name, in whichever part
    /// of the name. Cadmium telluride gives Cd and Te, gallium arsenide Ga and As, nickel aluminide
    /// Ni and Al, and lithium niobate Li and Nb. The metalloids are B, Si, Ge, As, Sb and Te.
    ///
    /// A nonmetal only says what kind of compound it is. Silicon carbide gives Si, gallium nitride
    /// and gallium oxide give Ga, zinc selenide gives Zn, indium phosphide gives In, and hydrogen
    /// cyanide gives nothing. A nonmetal counts if it is the thing itself or the element whose
    /// compounds are meant: fluorine, tritium, hydrides of phosphorus.
    ///
    /// A formula in brackets is skipped. In 含铽的钕铁硼永磁材料 the element is terbium, because the item is
    /// about it.
    ///
    /// ```
    /// use export_control::identifier::Element;
    /// let names = |text| Element::find_in(text).iter().map(|element| element.symbol()).collect::<Vec<_>>();
    /// assert_eq!(names("Tungsten, tungsten carbide, and alloys with tungsten"), ["W"]);
    /// assert_eq!(names("Compounds of aluminum, gallium or indium"), ["Al", "Ga", "In"]);
    /// assert_eq!(names("Cadmium zinc telluride (CdZnTe), with little zinc"), ["Cd", "Zn", "Te"]);
    /// assert_eq!(names("Silicon carbide (SiC), gallium nitride (GaN), or wafers"), ["Si", "Ga"]);
    /// assert!(names("Cells made of lithium").is_empty());
    /// assert_eq!(names("磷化铟"), ["In"]);
    /// assert_eq!(names("碲化镉"), ["Cd", "Te"]);
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

/// Returns whether a text may have a digit before a hyphen. Most texts have none.
fn may_have_cas(text: &str) -> bool {
    let before = |byte: u8| byte.is_ascii_digit() | !byte.is_ascii();
    let hyphen = |byte: u8| (byte == b'-') | (byte == 0xe2) | (byte == 0xef);
    block_with_pair(text.as_bytes(), 0, |one, two| before(one) & hyphen(two)).is_some()
}

pub(crate) fn cas_in(text: &str) -> impl Iterator<Item = Result<CasNumber, ParseError>> {
    let found = may_have_cas(text);
    let markers = ["CAS", "C.A.S", "ＣＡＳ"].iter().filter(|_| found);
    let marker = markers
        .filter_map(|marker| text.find(marker))
        .min()
        .unwrap_or(text.len());
    let mut at = if found { 0 } else { text.len() };
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
            // Names of chemicals contain digits too: "2,4,6-trinitro", "1,2-bis".
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

/// Words beside an element's name that do not make it another thing: its form, its state, its kind
/// of compound.
#[rustfmt::skip]
const FORMS: [&str; 43] = [
    "metal", "metals", "metallic", "alloy", "alloys", "powder", "powders", "compound", "compounds",
    "isotope", "isotopes", "material", "materials", "mixtures", "elemental", "porous", "spherical",
    "spheroidal", "natural", "enriched", "solid", "ingots", "sponge", "scrap", "ore", "ores",
    "concentrates", "infiltrated", "organo-metallic", "organo-inorganic", "iii/v",
    "salts", "magnets", "targets", "single", "crystals", "foil", "sheet", "and", "or", "of", "the",
    "any",
];

/// Words that begin a description of the thing. What follows them no longer names it.
#[rustfmt::skip]
const STOPS: [&str; 20] = [
    "having", "with", "containing", "in", "as", "that", "for", "other", "specially", "suitable",
    "whose", "which", "produced", "not", "in the", "manufactures", "products", "at", "from",
    "enumerated",
];

/// Returns the elements of an English name. Returns none if the name begins with anything but
/// elements and their forms: "Nickel-based superalloys", "Carbon fibers".
pub(crate) fn elements_in_english(text: &str) -> Vec<Element> {
    let mut found = Found::default();
    let mut rest = text;
    let mut formula = false;
    loop {
        let end = rest.find(['(', ';', ':', '.', '[']).unwrap_or(rest.len());
        match found.read(&rest[..end]) {
            Step::On => {}
            Step::Over => break,
            // After a formula, the name of the thing is complete.
            Step::Stranger if formula => break,
            Step::Stranger => return Vec::new(),
        }
        let bracket = rest[end..].strip_prefix('(');
        match bracket.and_then(|inside| inside.split_once(')')) {
            Some((inside, tail)) if is_formula(inside) => (rest, formula) = (tail, true),
            _ => break,
        }
    }
    // Hydrogen cyanide does not give hydrogen, and nitrogen trifluoride does not give nitrogen.
    if found.compound {
        found.elements.retain(|element| !is_non_metal(*element));
    }
    found.elements
}

/// The elements of a name, collected word by word.
#[derive(Default)]
struct Found {
    elements: Vec<Element>,
    /// True if the name is that of a compound.
    compound: bool,
}

/// The next part of a name.
enum Step {
    On,
    /// The text from here on describes the thing.
    Over,
    /// A word that is neither an element nor a form of one.
    Stranger,
}

impl Found {
    fn read(&mut self, name: &str) -> Step {
        for word in name.split([' ', ',']) {
            let word = word
                .trim_matches(['“', '”', '‘', '’', '\'', '"'])
                .to_lowercase();
            let bare = word.strip_prefix("organo-").unwrap_or(&word);
            let bare = bare
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .trim_end_matches('-');
            // A symbol does not count as a name here: "In", "As", "No".
            let element = bare.len().gt(&2).then(|| bare.parse().ok()).flatten();
            let part = compound_part(bare);
            if let Some(element) = element.or(part.flatten())
                && !self.elements.contains(&element)
            {
                self.elements.push(element);
            }
            self.compound |= part.is_some();
            if element.is_some() || part.is_some() || bare.is_empty() || FORMS.contains(&&*word) {
                continue;
            }
            return if STOPS.contains(&bare) {
                Step::Over
            } else {
                Step::Stranger
            };
        }
        Step::On
    }
}

/// Returns whether the text in brackets is a formula or a symbol: "CdZnTe", "³He".
fn is_formula(text: &str) -> bool {
    (1..=24).contains(&text.len()) && text.chars().all(char::is_alphanumeric)
}

/// Word stems of the metals and metalloids that name a part of a compound.
const STEMS: [(&str, &str); 20] = [
    ("alumin", "Al"),
    ("antimon", "Sb"),
    ("arsen", "As"),
    ("bismuth", "Bi"),
    ("bor", "B"),
    ("chrom", "Cr"),
    ("gall", "Ga"),
    ("german", "Ge"),
    ("molybd", "Mo"),
    ("niob", "Nb"),
    ("plumb", "Pb"),
    ("silic", "Si"),
    ("stann", "Sn"),
    ("tantal", "Ta"),
    ("tellur", "Te"),
    ("titan", "Ti"),
    ("tungst", "W"),
    ("vanad", "V"),
    ("wolfram", "W"),
    ("zircon", "Zr"),
];

/// Reads a word as the second part of a compound's name: "carbide", "trifluoride", "oxides",
/// "telluride", "niobate". Returns its element too if that is a metal or a metalloid.
fn compound_part(word: &str) -> Option<Option<Element>> {
    let word = word.strip_suffix('s').unwrap_or(word);
    let stem = word.strip_suffix("ide").or_else(|| {
        let stem = word.strip_suffix("ate")?;
        // "Concentrate" and "substrate" do not name the salt of a metal.
        element_of_stem(stem).map(|_| stem)
    })?;
    Some(element_of_stem(stem))
}

fn element_of_stem(stem: &str) -> Option<Element> {
    const PREFIXES: [&str; 8] = ["", "di", "tri", "tetra", "penta", "hexa", "sesqui", "mono"];
    let (_, symbol) = STEMS.iter().find(|(metal, _)| {
        let prefix = stem.strip_suffix(metal);
        prefix.is_some_and(|prefix| PREFIXES.contains(&prefix))
    })?;
    symbol.parse().ok()
}

fn is_non_metal(element: Element) -> bool {
    matches!(element.symbol(), "H" | "N" | "O" | "F" | "Cl" | "Br" | "I")
}

/// Returns whether an element only says what kind of compound a thing is. The nonmetals do.
fn names_a_kind(element: Element) -> bool {
    is_non_metal(element) || matches!(element.symbol(), "C" | "P" | "S" | "Se")
}

/// Words beside an element's character that do not make it another thing. If one begins with
/// another, the longer one comes first.
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

/// Returns the elements of a Chinese name. Returns none if the name has anything but elements and
/// their forms.
pub(crate) fn elements_in_chinese(text: &str) -> Vec<Element> {
    let (name, about) = thing_zh(text);
    let mut found: Vec<Element> = Vec::new();
    let mut kinds: Vec<Element> = Vec::new();
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
        // In 碲化镉 and 锗酸铋, the kind of compound comes before the thing.
        let is_thing = |rest: &&str| rest.chars().next().is_some_and(is_element_zh);
        let kind = tail.strip_prefix(['化', '酸']).filter(is_thing);
        compound |= kind.is_some();
        rest = match kind {
            Some(thing) => {
                if !names_a_kind(element) {
                    kinds.push(element);
                }
                thing
            }
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
    for kind in kinds {
        if !found.contains(&kind) {
            found.push(kind);
        }
    }
    // "含铝的推进剂" is about a propellant.
    let is_form = |c: char| is_element_zh(c) || FORMS_ZH.iter().any(|form| form.contains(c));
    if about.chars().all(is_form) {
        found
    } else {
        Vec::new()
    }
}

/// Returns the part of a Chinese name that names the thing. The second part is what a name such as
/// "含铽的永磁材料" says that the thing contains.
fn thing_zh(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    // "非1C229项下管制的金属铋" begins with what is controlled elsewhere, which is removed.
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
    // "纯度大于等于99.5%的金属镓" has a figure before the thing that narrows it.
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
