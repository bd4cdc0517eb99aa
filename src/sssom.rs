//! The file form of crosswalks: SSSOM TSV, read and written.

use std::fmt;
use std::io::Read;

use indexmap::IndexSet;

use crate::code::Code;
use crate::crosswalk::{Crosswalk, Finding, Justification, Mapping, Relation, Side};
use crate::error::Error;
use crate::list_id::ListId;
use crate::mapping::COLUMNS;
use crate::rows::{Fields, Output, Rows, utf8};

const REQUIRED: [&str; 4] = ["subject_id", "predicate_id", "object_id", "mapping_justification"];

const NOTHING: &str = "sssom:NoTermFound";
/// What was looked for where nothing was found: anything that the two have in common.
const ANY_MATCH: &str = "skos:relatedMatch";

const JUSTIFICATIONS: [(Justification, &str); 13] = [
    (Justification::ManualMappingCuration, "semapv:ManualMappingCuration"),
    (Justification::MappingReview, "semapv:MappingReview"),
    (Justification::CompositeMatching, "semapv:CompositeMatching"),
    (Justification::LexicalMatching, "semapv:LexicalMatching"),
    (Justification::LogicalReasoning, "semapv:LogicalReasoning"),
    (Justification::UnspecifiedMatching, "semapv:UnspecifiedMatching"),
    (Justification::SemanticSimilarityThresholdMatching, "semapv:SemanticSimilarityThresholdMatching"),
    (Justification::LexicalSimilarityThresholdMatching, "semapv:LexicalSimilarityThresholdMatching"),
    (Justification::MappingChaining, "semapv:MappingChaining"),
    (Justification::MappingInversion, "semapv:MappingInversion"),
    (Justification::StructuralMatching, "semapv:StructuralMatching"),
    (Justification::InstanceBasedMatching, "semapv:InstanceBasedMatching"),
    (Justification::BackgroundKnowledgeBasedMatching, "semapv:BackgroundKnowledgeBasedMatching"),
];

/// The predicate of a relation, and whether it is denied.
fn predicate(relation: Relation) -> (&'static str, bool) {
    // The predicate says what the object is to the subject: a narrower left item has a broader match.
    match relation {
        Relation::Equal => ("skos:exactMatch", false),
        Relation::Broader => ("skos:narrowMatch", false),
        Relation::Narrower => ("skos:broadMatch", false),
        Relation::Overlapping => ("skos:relatedMatch", false),
        Relation::Unrelated => ("skos:relatedMatch", true),
    }
}

/// Values of one field, apart at each bar that no backslash escapes.
fn split(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    for (at, part) in text.split('|').enumerate() {
        if at > 0 {
            match values.last_mut() {
                Some(last) if last.ends_with('\\') => {
                    last.pop();
                    last.push('|');
                }
                _ => values.push(String::new()),
            }
        }
        if let Some(last) = values.last_mut() {
            last.push_str(part);
        }
    }
    values
}

impl Crosswalk {
    /// Reads SSSOM TSV.
    ///
    /// The prefixes of the two columns of items are the lists' names. The description before the header and columns that only other tools know are
    /// kept as they are and written again.
    ///
    /// # Errors
    /// What is wrong, with line and field: bytes that are no UTF-8, a missing column, an item without its list, a third list, a relation or a
    /// justification that SSSOM has no name for, a row with nothing on either side; and what [`Crosswalk::new`] rejects.
    ///
    /// ```
    /// let file = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tmapping_tool\n\
    ///             eu:2B219\tskos:exactMatch\tus:2B229\tsemapv:LexicalMatching\tother\n\
    ///             eu:3D225\tskos:relatedMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\n";
    /// let crosswalk = export_control::Crosswalk::read(file.as_bytes())?;
    /// assert_eq!(crosswalk.mappings()[0].extra["mapping_tool"], "other");
    /// assert_eq!(crosswalk.mappings()[1].right(), None); // looked at, no counterpart
    /// assert_eq!(export_control::Crosswalk::read(crosswalk.to_string().as_bytes())?, crosswalk);
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn read(mut input: impl Read) -> Result<Crosswalk, Error> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        let text = utf8(bytes)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let header: Vec<String> = text.lines().map_while(|line| line.strip_prefix('#').map(str::to_owned)).collect();
        let rest: usize = text.split_inclusive('\n').take(header.len()).map(str::len).sum();
        let mut rows = Rows::with_others(&text.as_bytes()[rest..], header.len() as u64, b'\t', &COLUMNS, &REQUIRED)?;
        let mut lists: [Option<ListId>; 2] = [None, None];
        let mut mappings = Vec::new();
        while rows.next()? {
            mappings.push(mapping(&rows, &mut lists)?);
        }
        let columns: IndexSet<String> = rows.others().map(str::to_owned).collect();
        let [Some(left), Some(right)] = lists else {
            return Err(Error::unexpected("no mapping that names both lists", "at least one item of each list"));
        };
        let crosswalk = Crosswalk::new(left, right, mappings)?;
        if header.is_empty() {
            let header = crosswalk.header().to_vec();
            return crosswalk.described(header, columns);
        }
        crosswalk.described(header, columns)
    }
}

fn mapping<R: Read>(rows: &Rows<R>, lists: &mut [Option<ListId>; 2]) -> Result<Mapping, Error> {
    let mut item = |column: usize, list: usize| -> Result<Option<Code>, Error> {
        let item = rows.value(column, "a list and a code such as us-ccl:3A001.b, or sssom:NoTermFound", |text| {
            if text == NOTHING {
                return Some(None);
            }
            let (list, code) = text.split_once(':')?;
            Some(Some((ListId::new(list), code.parse::<Code>().ok()?)))
        })?;
        let Some((name, code)) = item else { return Ok(None) };
        let expected = lists[list].get_or_insert_with(|| name.clone());
        if name != *expected {
            return Err(rows.fail(column, Error::unexpected(format!("an item of {name}"), format!("items of {expected} in this column"))));
        }
        Ok(Some(code))
    };
    let (left, right) = (item(0, 0)?, item(3, 1)?);
    let denied = rows.value(1, "nothing or Not", |text| match text {
        "" => Some(false),
        "Not" => Some(true),
        _ => None,
    })?;
    let finding = match (left, right) {
        (Some(left), Some(right)) => {
            let relation = rows.value(2, "skos:exactMatch, narrowMatch, broadMatch, relatedMatch or, denied, relatedMatch", |text| {
                Relation::ALL.into_iter().find(|relation| predicate(*relation) == (text, denied))
            })?;
            Finding::Pair { left, right, relation }
        }
        (None, None) => return Err(rows.fail(0, Error::unexpected("nothing on either side", "an item on one side at least"))),
        (None, Some(code)) => none(rows, denied, Side::Right, code)?,
        (Some(code), None) => none(rows, denied, Side::Left, code)?,
    };
    let justification = rows.value(4, "a justification such as semapv:ManualMappingCuration", |text| {
        JUSTIFICATIONS.iter().find(|(_, name)| *name == text).map(|(justification, _)| *justification)
    })?;
    let mut mapping = Mapping::new(finding, justification);
    mapping.author = rows.owned(5);
    mapping.confidence = match rows.text(6) {
        "" => None,
        _ => rows.value(6, "a number from 0 to 1", |text| text.parse().ok().filter(|number| (0.0..=1.0).contains(number))).map(Some)?,
    };
    if !rows.text(7).is_empty() {
        mapping.evidence = split(rows.text(7)).iter().filter_map(|text| text.trim().parse().ok()).collect();
    }
    rows.text(8).clone_into(&mut mapping.reason);
    mapping.extra = rows.other_values().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(mapping)
}

/// That an item has no counterpart, if the predicate says so: nothing that matches exactly is not yet nothing at all.
fn none<R: Read>(rows: &Rows<R>, denied: bool, side: Side, code: Code) -> Result<Finding, Error> {
    rows.value(2, "skos:relatedMatch, not denied, where there is no counterpart at all", |text| {
        (text == ANY_MATCH && !denied).then_some(Finding::NoCounterpart { side, code })
    })
}

/// SSSOM TSV, as [`Crosswalk::read`] reads it. Columns that no mapping fills are left out, save the four that SSSOM requires and those that the
/// file was read with.
impl fmt::Display for Crosswalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; COLUMNS.len()]> = self.mappings().iter().map(|mapping| fields(self, mapping)).collect();
        let used: Vec<usize> = (0..COLUMNS.len())
            .filter(|&column| REQUIRED.contains(&COLUMNS[column]) || rows.iter().any(|row| !row[column].is_empty()))
            .collect();
        let mut output = Output::new(b'\t');
        output.row(used.iter().map(|&column| COLUMNS[column]).chain(self.columns().iter().map(String::as_str)));
        for (row, mapping) in rows.iter().zip(self.mappings()) {
            let others = self.columns().iter().map(|name| mapping.extra.get(name).map_or("", String::as_str));
            output.row(used.iter().map(|&column| row[column].as_str()).chain(others));
        }
        self.header().iter().try_for_each(|line| writeln!(f, "#{line}"))?;
        f.write_str(&output.finish())
    }
}

fn fields(crosswalk: &Crosswalk, mapping: &Mapping) -> [String; COLUMNS.len()] {
    let item = |list: &ListId, code: Option<Code>| code.map_or_else(|| NOTHING.to_owned(), |code| format!("{list}:{code}"));
    let (predicate, denied) = mapping.relation().map_or((ANY_MATCH, false), predicate);
    let justification = JUSTIFICATIONS.iter().find(|(known, _)| *known == mapping.justification).map_or("", |(_, name)| name);
    let evidence: Vec<String> = mapping.evidence.iter().map(|evidence| evidence.to_string().replace('|', "\\|")).collect();
    [
        item(crosswalk.left(), mapping.left()),
        if denied { "Not".to_owned() } else { String::new() },
        predicate.to_owned(),
        item(crosswalk.right(), mapping.right()),
        justification.to_owned(),
        mapping.author.clone().unwrap_or_default(),
        mapping.confidence.map(|confidence| confidence.to_string()).unwrap_or_default(),
        evidence.join("|"),
        mapping.reason.clone(),
    ]
}
