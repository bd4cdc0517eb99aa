//! A second source for the thresholds: Annex I of Regulation (EU) 2021/821 has many items of both
//! lists under the same code. What it limits is compared with what `data/` has, limit by limit.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;
use std::fmt::Write as _;
use std::path::Path;

use export_control::quantity::{Dimension, Limit, Property, english};
use export_control::{Code, ControlList, Item, Quantity, cn_dual_use};
use serde::Deserialize;

/// The second source, by the code of each paragraph. Some paths have two texts.
struct Annex(BTreeMap<Code, Vec<String>>);

impl Annex {
    fn read(sources: &Path) -> Result<Annex, Box<dyn Error>> {
        let mut paragraphs: BTreeMap<Code, Vec<String>> = BTreeMap::new();
        for line in (crate::eu::printed(sources)?.into_iter()).filter(|line| !line.is_note) {
            paragraphs.entry(line.code).or_default().push(line.text);
        }
        Ok(Annex(paragraphs))
    }

    /// The text of a paragraph and that of the one above it.
    fn texts(&self, code: Code) -> impl Iterator<Item = (&str, &str)> {
        let above = code.ancestors().find_map(|code| self.0.get(&code));
        let above = above.map_or("", |texts| texts[0].as_str());
        let texts = self.0.get(&code).into_iter().flatten();
        texts.map(move |text| (text.as_str(), above))
    }

    /// Returns whether a paragraph with this code says the same as a text, and the one above it the
    /// same as the text above: by the words, for the figures are what is compared.
    fn is_twin(&self, code: Code, text: &str, above: &str) -> bool {
        let (own, parent) = (words(text), words(above));
        self.texts(code).any(|(text, above)| {
            likeness(&own, &words(text)) >= 0.5 && likeness(&parent, &words(above)) >= 0.6
        })
    }
}

/// Which share of the words of two texts both have.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    if one.is_empty() && other.is_empty() {
        return 1.0;
    }
    one.intersection(other).count() as f64 / one.union(other).count() as f64
}

/// A text with decimal points, and thousands together: "1 573,5" is 1573.5.
pub(crate) fn plain(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let digit = |at: usize| signs.get(at).is_some_and(char::is_ascii_digit);
    let run = |at: usize| (at..).take_while(|at| digit(*at)).count();
    let mut plain = String::with_capacity(text.len());
    for (at, &sign) in signs.iter().enumerate() {
        let inside = at > 0 && digit(at - 1) && digit(at + 1);
        let back = (0..at).rev().take_while(|at| digit(*at)).count();
        let thousands = inside && back <= 3 && run(at + 1) == 3;
        match sign {
            ' ' | '\u{a0}' | '\u{202f}' if thousands => {}
            ',' if inside => plain.push('.'),
            '\u{a0}' | '\u{202f}' => plain.push(' '),
            _ => plain.push(sign),
        }
    }
    plain
}

/// The words of a text without figures and units.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|sign: char| !sign.is_alphabetic())
        .filter(|word| word.len() > 2)
        .map(|word| word.to_lowercase().replace("our", "or").replace('s', "z"))
        .collect()
}

/// One end of a limit.
#[derive(Clone, Copy, PartialEq)]
struct End {
    property: Option<Property>,
    dimension: Dimension,
    up: bool,
    inclusive: bool,
    figure: f64,
    of: Quantity,
}

fn ends(quantities: &[Quantity]) -> Vec<End> {
    let limits = quantities.iter().filter(|one| one.is_limit());
    let mut all: Vec<End> = Vec::new();
    for end in limits.flat_map(ends_of) {
        // A limit that a text repeats is one limit.
        if !all.iter().any(|other| end.is_same(other)) {
            all.push(end);
        }
    }
    all
}

fn ends_of(quantity: &Quantity) -> Vec<End> {
    let end = |limit: Limit, up| End {
        property: quantity.property(),
        dimension: limit.unit.dimension(),
        up,
        inclusive: limit.inclusive,
        figure: limit.si(),
        of: *quantity,
    };
    let lower = quantity.lower().map(|limit| end(limit, true));
    let upper = quantity.upper().map(|limit| end(limit, false));
    lower.into_iter().chain(upper).collect()
}

impl End {
    fn same_figure(&self, other: &End) -> bool {
        let (a, b) = (self.figure, other.figure);
        self.dimension == other.dimension && (a - b).abs() <= 2e-3 * a.abs().max(b.abs())
    }

    fn is_same(&self, other: &End) -> bool {
        self.same_figure(other) && self.same_sign(other) && self.property == other.property
    }

    fn same_sign(&self, other: &End) -> bool {
        (self.up, self.inclusive) == (other.up, other.inclusive)
    }

    /// Returns whether the properties agree as far as both are known.
    fn same_property(&self, other: &End) -> bool {
        self.property == other.property || self.property.is_none() || other.property.is_none()
    }
}

/// The kinds of differences between two texts in one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The same property has other figures.
    Figure,
    /// The same figure has another comparator.
    Sign,
    /// The same limit is one of another property.
    Property,
    /// Only the list has the limit.
    OnlyHere,
    /// Only the second source has the limit.
    OnlyThere,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Figure => "figure",
            Kind::Sign => "sign",
            Kind::Property => "property",
            Kind::OnlyHere => "only here",
            Kind::OnlyThere => "only there",
        })
    }
}

/// A difference: what the list has, what the second source has.
struct Difference {
    list: &'static str,
    code: Code,
    kind: Kind,
    ours: Vec<Quantity>,
    theirs: Vec<Quantity>,
    text: String,
    other: String,
}

/// The figures of a comparison, and the differences.
#[derive(Default)]
struct Comparison {
    items: usize,
    ends: usize,
    agreeing: usize,
    differences: Vec<Difference>,
}

impl Comparison {
    fn pair(&mut self, mut one: Difference, ours: &[Quantity], theirs: &[Quantity]) {
        let (mut ours, mut theirs) = (ends(ours), ends(theirs));
        if ours.is_empty() && theirs.is_empty() {
            return;
        }
        self.items += 1;
        self.ends += ours.len();
        // The closest first: each end is used once.
        let mut take = |test: &dyn Fn(&End, &End) -> bool| {
            let mut pairs = Vec::new();
            ours.retain(
                |end| match theirs.iter().position(|other| test(end, other)) {
                    Some(at) => {
                        pairs.push((*end, theirs.remove(at)));
                        false
                    }
                    None => true,
                },
            );
            pairs
        };
        let exact = take(&|a, b| a.same_figure(b) && a.same_sign(b) && a.same_property(b));
        self.agreeing += exact.len();
        let property = take(&|a, b| a.same_figure(b) && a.same_sign(b));
        let sign = take(&|a, b| a.same_figure(b));
        let figure = take(&|a, b| a.dimension == b.dimension && a.same_property(b) && a.up == b.up);
        let mut found: Vec<(Kind, Vec<End>, Vec<End>)> = Vec::new();
        for (kind, pairs) in [
            (Kind::Property, property),
            (Kind::Sign, sign),
            (Kind::Figure, figure),
        ] {
            let (a, b) = pairs.into_iter().unzip();
            found.push((kind, a, b));
        }
        found.push((Kind::OnlyHere, ours, Vec::new()));
        found.push((Kind::OnlyThere, Vec::new(), theirs));
        let quantities = |ends: Vec<End>| {
            let mut all: Vec<Quantity> = ends.into_iter().map(|end| end.of).collect();
            all.dedup();
            all
        };
        for (kind, a, b) in found {
            if !a.is_empty() || !b.is_empty() {
                (one.kind, one.ours, one.theirs) = (kind, quantities(a), quantities(b));
                self.differences.push(Difference {
                    text: one.text.clone(),
                    other: one.other.clone(),
                    ours: one.ours.clone(),
                    theirs: one.theirs.clone(),
                    ..one
                });
            }
        }
    }
}

fn unjudged(list: &'static str, code: Code, text: &str, other: &str) -> Difference {
    Difference {
        list,
        code,
        kind: Kind::Figure,
        ours: Vec::new(),
        theirs: Vec::new(),
        text: text.to_owned(),
        other: other.to_owned(),
    }
}

/// The items of the US list, each with its twin.
fn us(annex: &Annex, list: &ControlList) -> Comparison {
    let mut done = Comparison::default();
    for item in list.items() {
        let text = item.text().unwrap_or_default();
        let above = list.parent(item).and_then(Item::text).unwrap_or_default();
        if !annex.is_twin(item.code(), text, above) {
            continue;
        }
        let read = |(text, above): (&str, &str)| english(text, above).quantities;
        let best = annex.texts(item.code()).max_by_key(|texts| {
            let theirs = ends(&read(*texts));
            let ours = ends(item.quantities());
            let same = |end: &&End| theirs.iter().any(|other| end.same_figure(other));
            ours.iter().filter(same).count()
        });
        if let Some(texts) = best {
            let one = unjudged("us-ccl", item.code(), text, texts.0);
            done.pair(one, item.quantities(), &read(texts));
        }
    }
    done
}

/// The items of China's list, each with the paragraph of the same code and all below it: its text
/// has their conditions without codes.
fn china(annex: &Annex) -> Comparison {
    let mut done = Comparison::default();
    let list = cn_dual_use();
    let stated = |item: &&Item| item.is_live() && !item.quantities().is_empty();
    for item in list.items().iter().filter(stated) {
        let code = item.code();
        let below = list.children(code).next().is_some();
        let twins: Vec<Code> = (annex.0.range(code..))
            .map(|(other, _)| *other)
            .take_while(|other| code.contains(*other))
            .take(if below { 1 } else { usize::MAX })
            .collect();
        let texts: Vec<(&str, &str)> = twins.iter().flat_map(|code| annex.texts(*code)).collect();
        if texts.is_empty() {
            continue;
        }
        let theirs = texts
            .iter()
            .flat_map(|(text, above)| english(text, above).quantities);
        let whole: Vec<&str> = texts.iter().map(|(text, _)| *text).collect();
        let one = unjudged("cn-dual-use", code, item.title(), &whole.join(" | "));
        done.pair(one, item.quantities(), &theirs.collect::<Vec<_>>());
    }
    done
}

fn shown(quantities: &[Quantity]) -> String {
    let all: Vec<String> = quantities.iter().map(Quantity::to_string).collect();
    all.join("; ")
}

/// A judgment by hand on a difference.
#[derive(Deserialize)]
struct Judgment {
    list: String,
    code: Code,
    kind: String,
    judgment: String,
    reason: String,
}

/// The possible judgments.
const JUDGMENTS: [&str; 4] = ["real", "other item", "wording", "slip"];

/// Which difference: the list, the code, the kind.
type Key = (String, Code, String);

fn judgments() -> Result<BTreeMap<Key, Judgment>, Box<dyn Error>> {
    let text = include_str!("../readings/europe.csv");
    let mut all = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<Judgment>() {
        let row = row?;
        let key = (row.list.clone(), row.code, row.kind.clone());
        if !JUDGMENTS.contains(&row.judgment.as_str()) || row.reason.is_empty() {
            return Err(format!("europe.csv: {} {} has no judgment", row.list, row.code).into());
        }
        if let Some(twice) = all.insert(key, row) {
            return Err(format!("europe.csv: {} {} twice", twice.list, twice.code).into());
        }
    }
    Ok(all)
}

/// The result of the comparison of both lists with the second source.
pub struct Report {
    /// The figures, and every difference with its judgment.
    pub text: String,
    /// Differences that nobody judged, and judgments of what does not differ any more.
    pub open: Vec<String>,
}

/// Compares both lists with the second source. The judgments on what differs are written by hand in
/// `xtask/readings/europe.csv`.
///
/// # Errors
/// A publication is missing or is not what it should be.
pub fn compare(sources: &Path) -> Result<Report, Box<dyn Error>> {
    let annex = Annex::read(sources)?;
    let us_list = crate::us::read(sources)?.list;
    let mut judgments = judgments()?;
    let mut used = BTreeSet::new();
    let (mut text, mut open) = (String::new(), Vec::new());
    for (name, done) in [
        ("us-ccl", us(&annex, &us_list)),
        ("cn-dual-use", china(&annex)),
    ] {
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &done.differences {
            let (ours, theirs) = (shown(&one.ours), shown(&one.theirs));
            let line = format!("{}\t{}\t{}\t{ours}\t{theirs}", one.list, one.code, one.kind);
            let key = (one.list.to_owned(), one.code, one.kind.to_string());
            match judgments.get(&key) {
                Some(judged) => {
                    used.insert(key);
                    *counted.entry(judged.judgment.as_str()).or_default() += 1;
                    writeln!(text, "{line}\t{}\t{}", judged.judgment, judged.reason)?;
                }
                None => open.push(format!("{line}\tnot judged\t{}\t{}", one.text, one.other)),
            }
        }
        writeln!(
            text,
            "# {name}: {} items, {} limits, {} agree; {counted:?}",
            done.items, done.ends, done.agreeing
        )?;
    }
    judgments.retain(|key, _| !used.contains(key));
    open.extend(
        (judgments.keys())
            .map(|(list, code, kind)| format!("{list}\t{code}\t{kind}\tdoes not differ any more")),
    );
    Ok(Report { text, open })
}
