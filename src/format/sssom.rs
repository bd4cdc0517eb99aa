//! The file form of crosswalks: SSSOM TSV, read and written.

use std::fmt;
use std::io::{Read, Write};
use std::str::FromStr;

use indexmap::IndexSet;

use crate::code::Code;
use crate::code::ListId;
use crate::crosswalk::COLUMNS;
use crate::crosswalk::{Crosswalk, Finding, Justification, Mapping, Relation, Side};
use crate::error::Error;
use crate::format::rows::{Fields, Output, Rows, utf8};

const REQUIRED: [&str; 4] = [
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
];

const NOTHING: &str = "sssom:NoTermFound";
/// What was looked for where nothing was found: anything that the two have in common.
const ANY_MATCH: &str = "skos:relatedMatch";

const JUSTIFICATIONS: [(Justification, &str); 13] = [
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

/// The predicate of a relation, and whether it is denied.
fn predicate(relation: Relation) -> (&'static str, bool) {
    // The predicate says what the object is to the subject: a narrower left item has a broader
    // match.
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
    /// The prefixes of the two columns of items are the lists' names. The description before the
    /// header and columns that only other tools know are kept as they are and written again.
    ///
    /// # Errors
    /// What is wrong, with line and field: bytes that are no UTF-8, a missing column, a broken code
    /// of one of the two lists, a confidence that is none, a row with nothing on either side;
    /// and what [`Crosswalk::new`] rejects. A row with a relation, a justification or an item that
    /// this crate has no name for is no error: [`Crosswalk::other_rows`] has it. The two lists are
    /// those of the first row that is a mapping.
    ///
    /// ```
    /// let file = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tmapping_tool\n\
    ///             eu:2B219\tskos:exactMatch\tus:2B229\tsemapv:LexicalMatching\tother\n\
    ///             eu:3D225\tskos:relatedMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\n";
    /// let crosswalk = export_control::Crosswalk::from_sssom(file.as_bytes())?;
    /// assert_eq!(crosswalk.mappings()[0].extra["mapping_tool"], "other");
    /// assert_eq!(crosswalk.mappings()[1].right(), None); // looked at, no counterpart
    /// assert_eq!(export_control::Crosswalk::from_sssom(crosswalk.to_string().as_bytes())?, crosswalk);
    /// # Ok::<(), export_control::Error>(())
    /// ```
    pub fn from_sssom(mut input: impl Read) -> Result<Crosswalk, Error> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        let text = utf8(bytes)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let header: Vec<String> = text
            .lines()
            .map_while(|line| line.strip_prefix('#').map(str::to_owned))
            .collect();
        let rest: usize = text
            .split_inclusive('\n')
            .take(header.len())
            .map(str::len)
            .sum();
        let mut rows = Rows::with_others(
            &text.as_bytes()[rest..],
            header.len() as u64,
            b'\t',
            &COLUMNS,
            &REQUIRED,
        )?;
        let (mut mappings, mut aside) = (Vec::new(), Vec::new());
        let mut lists: [Option<ListId>; 2] = [None, None];
        // What was named apart from mappings, by column, for where there are none, and to tell a
        // broken code from another list's item.
        let mut named: [Option<ListId>; 2] = [None, None];
        let mut broken: Vec<(usize, ListId, Error)> = Vec::new();
        while rows.next()? {
            let items = [item(&rows, 0), item(&rows, 3)];
            if let Some(mapping) = mapping(&rows, &items, &mut lists)? {
                mappings.push(mapping);
                continue;
            }
            for (list, item) in items.into_iter().enumerate() {
                match item {
                    Named::Item(name, _) => {
                        named[list].get_or_insert(name);
                    }
                    Named::Broken(name, error) => broken.push((list, name, error)),
                    Named::Nothing | Named::Other => {}
                }
            }
            let values = COLUMNS
                .iter()
                .enumerate()
                .map(|(column, name)| (*name, rows.text(column)))
                .filter(|(_, text)| !text.is_empty());
            aside.push(
                values
                    .chain(rows.other_values())
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect(),
            );
        }
        let columns: IndexSet<String> = rows.others().map(str::to_owned).collect();
        let lists = lists
            .into_iter()
            .zip(named)
            .map(|(list, named)| list.or(named))
            .collect::<Vec<_>>();
        if let Some((.., error)) = broken
            .into_iter()
            .find(|(list, name, _)| lists[*list].as_ref().is_none_or(|list| list == name))
        {
            return Err(error);
        }
        let [Some(left), Some(right)] = &lists[..] else {
            return Err(Error::unexpected(
                "no mapping that names both lists",
                "at least one item of each list",
            ));
        };
        let crosswalk = Crosswalk::new(left.clone(), right.clone(), mappings)?.with_aside(aside)?;
        if header.is_empty() {
            let header = crosswalk.header().to_vec();
            return crosswalk.described(header, columns);
        }
        crosswalk.described(header, columns)
    }
}

impl Crosswalk {
    /// Writes SSSOM TSV that [`from_sssom`](Crosswalk::from_sssom) reads back.
    ///
    /// # Errors
    /// Returns an error if the output cannot be written.
    pub fn to_sssom(&self, mut output: impl Write) -> Result<(), Error> {
        Ok(write!(output, "{self}")?)
    }
}

/// What a field of an item holds.
enum Named {
    Nothing,
    Item(ListId, Code),
    /// A list and what is no code, with the error where the list is one of the two.
    Broken(ListId, Error),
    /// An address, say.
    Other,
}

fn item(rows: &Rows, column: usize) -> Named {
    let text = rows.text(column);
    if text == NOTHING {
        return Named::Nothing;
    }
    match text.split_once(':') {
        Some((list, code)) if crate::crosswalk::is_prefix(list) && !code.starts_with("//") => {
            match code.parse() {
                Ok(code) => Named::Item(ListId::new(list), code),
                Err(error) => {
                    Named::Broken(ListId::new(list), rows.fail(column, Error::from(error)))
                }
            }
        }
        _ => Named::Other,
    }
}

/// A row as a mapping; `None` where this crate has no relation for it.
fn mapping(
    rows: &Rows,
    items: &[Named; 2],
    lists: &mut [Option<ListId>; 2],
) -> Result<Option<Mapping>, Error> {
    let of_list = |item: &Named, list: &Option<ListId>| match item {
        Named::Nothing => Some(None),
        Named::Item(name, code) => list
            .as_ref()
            .is_none_or(|list| list == name)
            .then_some(Some(*code)),
        Named::Broken(..) | Named::Other => None,
    };
    let denied = rows.value(1, "nothing or Not", |text| match text {
        "" => Some(false),
        "Not" => Some(true),
        _ => None,
    })?;
    let confidence = match rows.text(6) {
        "" => None,
        _ => rows
            .value(6, "a number from 0 to 1", |text| {
                text.parse()
                    .ok()
                    .filter(|number| (0.0..=1.0).contains(number))
            })
            .map(Some)?,
    };
    let said = (rows.text(2), denied);
    let finding = match (of_list(&items[0], &lists[0]), of_list(&items[1], &lists[1])) {
        (Some(Some(left)), Some(Some(right))) => {
            let relation = Relation::ALL
                .into_iter()
                .find(|relation| predicate(*relation) == said);
            relation.map(|relation| Finding::Pair {
                left,
                right,
                relation,
            })
        }
        (Some(None), Some(None)) => {
            return Err(rows.fail(
                0,
                Error::unexpected("nothing on either side", "an item on one side at least"),
            ));
        }
        // Nothing that matches exactly is not yet nothing at all.
        (Some(Some(code)), Some(None)) => {
            (said == (ANY_MATCH, false)).then_some(Finding::NoCounterpart {
                side: Side::Left,
                code,
            })
        }
        (Some(None), Some(Some(code))) => {
            (said == (ANY_MATCH, false)).then_some(Finding::NoCounterpart {
                side: Side::Right,
                code,
            })
        }
        _ => None,
    };
    let justification = JUSTIFICATIONS
        .iter()
        .find(|(_, name)| *name == rows.text(4))
        .map(|(justification, _)| *justification);
    let (Some(finding), Some(justification)) = (finding, justification) else {
        return Ok(None);
    };
    for (list, item) in lists.iter_mut().zip(items) {
        if let Named::Item(name, _) = item {
            list.get_or_insert_with(|| name.clone());
        }
    }
    let mut mapping = Mapping::new(finding, justification);
    mapping.author = rows.owned(5);
    mapping.confidence = confidence;
    if !rows.text(7).is_empty() {
        mapping.evidence = split(rows.text(7))
            .iter()
            .filter_map(|text| text.trim().parse().ok())
            .collect();
    }
    rows.text(8).clone_into(&mut mapping.reason);
    mapping.extra = rows
        .other_values()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(Some(mapping))
}

/// Parses SSSOM TSV, as [`Crosswalk::from_sssom`] does.
impl FromStr for Crosswalk {
    type Err = Error;

    fn from_str(text: &str) -> Result<Crosswalk, Error> {
        Crosswalk::from_sssom(text.as_bytes())
    }
}

/// Prints SSSOM TSV, as [`Crosswalk::from_sssom`] reads it. Columns that no mapping fills are left
/// out, save the four that SSSOM requires and those that the file was read with.
impl fmt::Display for Crosswalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; COLUMNS.len()]> = self
            .mappings()
            .iter()
            .map(|mapping| fields(self, mapping))
            .collect();
        let used: Vec<usize> = (0..COLUMNS.len())
            .filter(|&column| {
                REQUIRED.contains(&COLUMNS[column])
                    || rows.iter().any(|row| !row[column].is_empty())
                    || self
                        .other_rows()
                        .iter()
                        .any(|row| row.contains_key(COLUMNS[column]))
            })
            .collect();
        let mut output = Output::new(b'\t');
        output.row(
            used.iter()
                .map(|&column| COLUMNS[column])
                .chain(self.columns().iter().map(String::as_str)),
        );
        for (row, mapping) in rows.iter().zip(self.mappings()) {
            let others = self
                .columns()
                .iter()
                .map(|name| mapping.extra.get(name).map_or("", String::as_str));
            output.row(
                used.iter()
                    .map(|&column| row[column].as_str())
                    .chain(others),
            );
        }
        for row in self.other_rows() {
            let names = used
                .iter()
                .map(|&column| COLUMNS[column])
                .chain(self.columns().iter().map(String::as_str));
            output.row(names.map(|name| row.get(name).map_or("", String::as_str)));
        }
        self.header()
            .iter()
            .try_for_each(|line| writeln!(f, "#{line}"))?;
        f.write_str(&output.finish())
    }
}

fn fields(crosswalk: &Crosswalk, mapping: &Mapping) -> [String; COLUMNS.len()] {
    let item = |list: &ListId, code: Option<Code>| {
        code.map_or_else(|| NOTHING.to_owned(), |code| format!("{list}:{code}"))
    };
    let (predicate, denied) = mapping.relation().map_or((ANY_MATCH, false), predicate);
    let justification = JUSTIFICATIONS
        .iter()
        .find(|(known, _)| *known == mapping.justification)
        .map_or("", |(_, name)| name);
    let evidence: Vec<String> = mapping
        .evidence
        .iter()
        .map(|evidence| evidence.to_string().replace('|', "\\|"))
        .collect();
    [
        item(crosswalk.left(), mapping.left()),
        if denied {
            "Not".to_owned()
        } else {
            String::new()
        },
        predicate.to_owned(),
        item(crosswalk.right(), mapping.right()),
        justification.to_owned(),
        mapping.author.clone().unwrap_or_default(),
        mapping
            .confidence
            .map(|confidence| confidence.to_string())
            .unwrap_or_default(),
        evidence.join("|"),
        mapping.reason.clone(),
    ]
}
