//! The file form of crosswalks: SSSOM TSV, read and written.

use std::io::Read;
use std::str::FromStr;

use indexmap::IndexSet;

use crate::code::Code;
use crate::code::ListId;
use crate::crosswalk::{
    COLUMNS, DIFFERENCE_SLOT, JOINTLY_SLOT, Metadata, Names, REQUIRED, SEE_SLOT,
};
use crate::crosswalk::{
    Crosswalk, Evidence, ExtraFields, Finding, Found, Justification, Mapping, MappingDifference,
    Relation, Side,
};
use crate::error::Error;
use crate::format::records::{self, Field, Form, Records};

pub(super) const NOTHING: &str = "sssom:NoTermFound";
/// The predicate for a mapping without a counterpart: the search was for anything that the two have
/// in common.
pub(super) const ANY_MATCH: &str = "skos:relatedMatch";

pub(super) const JUSTIFICATIONS: [(Justification, &str); 13] = [
    (
        Justification::ManualMappingCuration,
        "semapv:ManualMappingCuration",
    ),
    (Justification::MappingReview, "semapv:MappingReview"),
    (Justification::CompositeMatching, "semapv:CompositeMatching"),
    (Justification::LexicalMatching, "semapv:LexicalMatching"),
    (Justification::LogicalReasoning, "semapv:LogicalReasoning"),
    (
        Justification::UnspecifiedMatching,
        "semapv:UnspecifiedMatching",
    ),
    (
        Justification::SemanticSimilarityThresholdMatching,
        "semapv:SemanticSimilarityThresholdMatching",
    ),
    (
        Justification::LexicalSimilarityThresholdMatching,
        "semapv:LexicalSimilarityThresholdMatching",
    ),
    (Justification::MappingChaining, "semapv:MappingChaining"),
    (Justification::MappingInversion, "semapv:MappingInversion"),
    (
        Justification::StructuralMatching,
        "semapv:StructuralMatching",
    ),
    (
        Justification::InstanceBasedMatching,
        "semapv:InstanceBasedMatching",
    ),
    (
        Justification::BackgroundKnowledgeBasedMatching,
        "semapv:BackgroundKnowledgeBasedMatching",
    ),
];

/// Returns the predicate of a relation, and whether it is negated.
pub(super) fn predicate(relation: Relation) -> (&'static str, bool) {
    // The predicate says what the object is to the subject. If the left item is narrower, it has a
    // broader match.
    match relation {
        Relation::Equal => ("skos:exactMatch", false),
        Relation::Broader => ("skos:narrowMatch", false),
        Relation::Narrower => ("skos:broadMatch", false),
        Relation::Overlapping => ("skos:relatedMatch", false),
        Relation::Unrelated => ("skos:relatedMatch", true),
    }
}

/// Splits a field into values at each bar. A backslash before a bar or a backslash makes it an
/// ordinary character.
pub(super) fn split(text: &str) -> Vec<String> {
    let (mut values, mut value) = (Vec::new(), String::new());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => value.push(
                signs
                    .next_if(|next| matches!(next, '|' | '\\'))
                    .unwrap_or(sign),
            ),
            '|' => values.push(std::mem::take(&mut value)),
            _ => value.push(sign),
        }
    }
    values.push(value);
    values
}

/// Joins values into one field.
pub(super) fn joined(values: &[impl ToString]) -> String {
    let escaped = values.iter().map(|value| {
        let text = value.to_string();
        text.replace('\\', "\\\\").replace('|', "\\|")
    });
    escaped.collect::<Vec<_>>().join("|")
}

impl Crosswalk {
    /// Reads SSSOM TSV, or the same with commas.
    ///
    /// The prefixes of the two columns of items are the lists' names. A set without mappings takes
    /// them from its `curie_map`. The lists are those of the first row that is a mapping. The
    /// description before the header, columns of other tools and values as the file writes them are
    /// kept and written again.
    ///
    /// A row is not an error if it has a relation, a justification or an item that this crate has
    /// no name for. [`Crosswalk::other_rows`] returns such rows.
    ///
    /// # Errors
    /// Returns an error with its line and field in these cases:
    ///
    /// - Bytes are not UTF-8, a column is missing, or a row is too short.
    /// - A code of one of the two lists is broken, or a confidence is not a number.
    /// - [`Crosswalk::new`] rejects the mappings.
    ///
    /// ```
    /// let file = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tmapping_tool\n\
    ///             eu:2B219\tskos:exactMatch\tus:2B229\tsemapv:LexicalMatching\tother\n\
    ///             eu:3D225\tskos:relatedMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\n";
    /// let crosswalk = export_control::Crosswalk::from_sssom(file.as_bytes())?;
    /// assert_eq!(&crosswalk.mappings()[0].extra["mapping_tool"], "other");
    /// assert_eq!(crosswalk.mappings()[1].right(), None); // looked at, no counterpart
    /// assert_eq!(crosswalk.to_string(), file);
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_sssom(input: impl Read) -> Result<Crosswalk, Error> {
        read(&records::read_text(input)?, None)
    }

    /// Reads SSSOM TSV with its description in a separate file, such as `NAME.sssom.yml` beside
    /// `NAME.sssom.tsv`.
    ///
    /// # Errors
    /// Returns the errors of [`from_sssom`](Crosswalk::from_sssom), and an error if the table has a
    /// description too.
    ///
    /// ```
    /// let table = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n";
    /// let metadata = "curie_map:\n  eu: https://example.org/eu/\n  us: https://example.org/us/\nlicense: https://example.org/terms\n";
    /// let crosswalk = export_control::Crosswalk::from_sssom_with_metadata(table.as_bytes(), metadata.as_bytes())?;
    /// assert_eq!((crosswalk.left().as_str(), crosswalk.right().as_str()), ("eu", "us"));
    /// assert_eq!(crosswalk.metadata("license"), Some("https://example.org/terms"));
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_sssom_with_metadata(
        table: impl Read,
        metadata: impl Read,
    ) -> Result<Crosswalk, Error> {
        let metadata = records::read_text(metadata)?;
        let lines = records::lines(&metadata).filter(|line| !matches!(*line, "---" | "..."));
        read(&records::read_text(table)?, Some(description(lines)))
    }
}

/// The lines of a description without the tabs that a spreadsheet leaves at their ends.
fn description<'a>(lines: impl IntoIterator<Item = &'a str>) -> Metadata {
    let lines = lines.into_iter();
    Metadata::new(lines.map(|line| line.trim_end_matches('\t')))
}

fn read(text: &str, external: Option<Metadata>) -> Result<Crosswalk, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = records::first_line(records::preamble(text, b'\t').1).0;
    let delimiter = if header.contains(',') && !header.contains('\t') {
        b','
    } else {
        b'\t'
    };
    let (lines, rest) = records::preamble(text, delimiter);
    let metadata = match external {
        Some(_) if !lines.is_empty() => {
            return Err(Error::unexpected(
                "a description before the table",
                "a table alone, because the description is in a file of its own",
            )
            .at(1, 1));
        }
        Some(metadata) => metadata,
        None => description(lines.iter().copied()),
    };
    let line = lines.len() as u64 + 1;
    let open = || Rows::open(rest, line, delimiter);
    let [left, right] = lists(open()?, &metadata)?;
    let mut rows = open()?;
    let (mut mappings, mut aside) = (Vec::new(), Vec::new());
    let expected = [Some(left.clone()), Some(right.clone())];
    while rows.records.next()? {
        let items = [rows.item("subject_id"), rows.item("object_id")];
        if let Some(mapping) = mapping(&rows, &items, &expected)? {
            mappings.push(mapping);
            continue;
        }
        for (item, list) in items.into_iter().zip([&left, &right]) {
            if let Named::Broken(name, error) = item
                && name == *list
            {
                return Err(error);
            }
        }
        aside.push(ExtraFields::of_row(&rows.names, rows.cells(|_| true)));
    }
    let columns: IndexSet<String> = rows.names.iter().map(|name| name.to_string()).collect();
    Ok(Crosswalk::new(left, right, mappings)?
        .described(metadata, columns)?
        .with_aside(aside))
}

/// Returns the two lists: those of the first mapping, or else the first ones that a row names, or
/// else those with a prefix in the description. A single prefix names both.
fn lists(mut rows: Rows<'_>, metadata: &Metadata) -> Result<[ListId; 2], Error> {
    let mut named: [Option<ListId>; 2] = [None, None];
    let mut mapped: [Option<ListId>; 2] = [None, None];
    while rows.records.next()? && mapped.contains(&None) {
        let items = [rows.item("subject_id"), rows.item("object_id")];
        let is_mapping = mapping(&rows, &items, &mapped)?.is_some();
        for (at, item) in items.into_iter().enumerate() {
            let (Named::Item(name, _) | Named::Broken(name, _)) = item else {
                continue;
            };
            if is_mapping {
                mapped[at].get_or_insert_with(|| name.clone());
            }
            named[at].get_or_insert(name);
        }
    }
    let [left, right] = mapped;
    let [named_left, named_right] = named;
    // A row of another tool can name a list that a mapping has on the other side. It does not count
    // again.
    let named_left = named_left.filter(|list| right.as_ref() != Some(list));
    let named_right = named_right.filter(|list| left.as_ref() != Some(list));
    let (mut left, mut right) = (left.or(named_left), right.or(named_right));
    let described: Vec<ListId> = metadata.lists().collect();
    if let ([only], None, None) = (described.as_slice(), &left, &right) {
        // A list and itself.
        return Ok([only.clone(), only.clone()]);
    }
    for list in described {
        if left.is_none() && right.as_ref() != Some(&list) {
            left = Some(list);
        } else if right.is_none() && left.as_ref() != Some(&list) {
            right = Some(list);
        }
    }
    let unnamed = || ListId::new("unnamed");
    Ok([left.unwrap_or_else(unnamed), right.unwrap_or_else(unnamed)])
}

/// The rows of a file, with their columns by name.
struct Rows<'a> {
    records: Records<'a>,
    names: Names,
}

impl<'a> Rows<'a> {
    fn open(text: &'a str, line: u64, delimiter: u8) -> Result<Rows<'a>, Error> {
        let form = Form {
            delimiter,
            line_breaks: true,
            bytes_per_row: 32,
        };
        let mut records = Records::new(text, line, form);
        if !records.next()? {
            return Err(records::empty_file(&REQUIRED).at(line, 1));
        }
        records::check_header(&records, &REQUIRED, |_| Ok(()))?;
        let names: Vec<Box<str>> = records.fields().map(Into::into).collect();
        Ok(Rows {
            records,
            names: names.into(),
        })
    }

    /// Returns the field of a column, which is empty if the file does not have the column.
    fn field(&self, name: &'static str) -> Field<'_> {
        let at = self.names.iter().position(|known| **known == *name);
        self.records.field(at.unwrap_or(usize::MAX - 1), name)
    }

    /// Returns the fields that are not empty, by the numbers of their columns.
    fn cells(
        &self,
        wanted: impl Fn(&str) -> bool + Clone,
    ) -> impl Iterator<Item = (usize, &str)> + Clone {
        let filled = |at: usize| (at, self.records.field(at, "").text);
        (0..self.names.len())
            .map(filled)
            .filter(move |(at, text)| !text.is_empty() && wanted(&self.names[*at]))
    }

    fn item(&self, column: &'static str) -> Named {
        let field = self.field(column);
        if field.text == NOTHING {
            return Named::Nothing;
        }
        match field.text.split_once(':') {
            Some((list, code)) if crate::crosswalk::is_prefix(list) && !code.starts_with("//") => {
                let list = ListId::new(list);
                match code.parse::<Code>() {
                    Ok(code) => Named::Item(list, code),
                    Err(error) => Named::Broken(list, field.fail(error)),
                }
            }
            _ => Named::Other,
        }
    }
}

/// The content of a field that names an item.
enum Named {
    Nothing,
    Item(ListId, Code),
    /// A list and a text that is not a code, with the error if the list is one of the two.
    Broken(ListId, Error),
    /// Anything else, such as an address.
    Other,
}

/// Returns a row as a mapping, or `None` if this crate has no relation for it.
fn mapping(
    rows: &Rows<'_>,
    items: &[Named; 2],
    lists: &[Option<ListId>; 2],
) -> Result<Option<Mapping>, Error> {
    let of_list = |item: &Named, list: &Option<ListId>| match item {
        Named::Nothing => Some(None),
        Named::Item(name, code) => list
            .as_ref()
            .is_none_or(|list| list == name)
            .then_some(Some(*code)),
        Named::Broken(..) | Named::Other => None,
    };
    const DENIED: [(bool, &str); 2] = [(false, ""), (true, "Not")];
    let denied = rows
        .field("predicate_modifier")
        .word(&DENIED, "nothing or Not")?;
    let confidence = confidence(rows.field("confidence"))?;
    let said = (rows.field("predicate_id").text, denied);
    // A row without an exact match may still have another match.
    let lacks = said == (ANY_MATCH, false);
    let lack = |side, code| lacks.then_some(Finding::NoCounterpart { side, code });
    let finding = match (of_list(&items[0], &lists[0]), of_list(&items[1], &lists[1])) {
        (Some(Some(left)), Some(Some(right))) => Relation::ALL
            .into_iter()
            .find(|relation| predicate(*relation) == said)
            .map(|relation| Finding::Pair {
                left,
                right,
                relation,
            }),
        (Some(Some(code)), Some(None)) => lack(Side::Left, code),
        (Some(None), Some(Some(code))) => lack(Side::Right, code),
        _ => None,
    };
    let said = rows.field("mapping_justification").text;
    let justification = JUSTIFICATIONS.iter().find(|(_, name)| *name == said);
    let (Some(finding), Some((justification, _))) = (finding, justification) else {
        return Ok(None);
    };
    let mut mapping = Mapping::new(finding, *justification);
    mapping.author = rows.field("author_label").owned().map(Into::into);
    mapping.confidence = confidence;
    let evidence = rows.field("match_string");
    mapping.evidence = read_evidence(evidence)?;
    mapping.differences = read_differences(rows.field(DIFFERENCE_SLOT))?;
    let jointly = rows.field(JOINTLY_SLOT);
    mapping.jointly = match jointly.text {
        "" => None,
        _ => Some(jointly.value("nothing, left or right", Side::of_word)?),
    };
    let see = rows.field(SEE_SLOT);
    mapping.see = see.values("codes joined by ;", |code| code.parse().ok())?;
    mapping.reason = rows.field("comment").text.to_owned().into();
    mapping.extra = ExtraFields::of_row(&rows.names, rows.cells(|name| !COLUMNS.contains(&name)));
    let as_found = |field: Field<'_>, own: String| field.owned().filter(|text| *text != own);
    let found = Found {
        confidence: as_found(rows.field("confidence"), number(mapping.confidence)),
        match_string: as_found(evidence, joined(&mapping.evidence)),
    };
    if found != Found::default() {
        mapping.found = Some(Box::new(found));
    }
    Ok(Some(mapping))
}

/// The maximum number of values in a field of evidence. In memory, each is many times as large as
/// the shortest text.
const MOST_EVIDENCE: usize = 1000;

fn read_differences(field: Field<'_>) -> Result<Vec<MappingDifference>, Error> {
    if field.text.is_empty() {
        return Ok(Vec::new());
    }
    at_most(&field, MOST_EVIDENCE)?;
    let values = split(field.text);
    let read = |text: &String| text.parse().map_err(|error| field.fail(error));
    values.iter().map(read).collect()
}

/// Fails if a field has more values than that.
fn at_most(field: &Field<'_>, most: usize) -> Result<(), Error> {
    let values = field.text.bytes().filter(|byte| *byte == b'|').count() + 1;
    match values > most {
        true => Err(field.fail(Error::unexpected(
            format!("{values} values in {}", field.name),
            format!("at most {most}"),
        ))),
        false => Ok(()),
    }
}

fn read_evidence(field: Field<'_>) -> Result<Vec<Evidence>, Error> {
    at_most(&field, MOST_EVIDENCE)?;
    let values = split(field.text).into_iter();
    let filled = values.filter(|text| !text.trim().is_empty());
    Ok(filled.filter_map(|text| text.parse().ok()).collect())
}

fn confidence(field: Field<'_>) -> Result<Option<f64>, Error> {
    let number = |text: &str| {
        let number: Option<f64> = text.trim().parse().ok();
        number.filter(|number| (0.0..=1.0).contains(number))
    };
    match field.text {
        "" => Ok(None),
        _ => field.value("a number from 0 to 1", number).map(Some),
    }
}

pub(super) fn number(confidence: Option<f64>) -> String {
    confidence.map_or_else(String::new, |number| number.to_string())
}

/// Parses SSSOM TSV, as [`Crosswalk::from_sssom`] does.
impl FromStr for Crosswalk {
    type Err = Error;

    fn from_str(text: &str) -> Result<Crosswalk, Error> {
        Crosswalk::from_sssom(text.as_bytes())
    }
}
