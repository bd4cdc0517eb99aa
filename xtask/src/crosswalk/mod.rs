//! The curated crosswalks out of the readings in `xtask/readings/`, which has a folder for each pair
//! of lists.

mod rows;

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::path::Path;

use export_control::crosswalk::{EvidenceKind, Finding, Justification, MappingDifference};
use export_control::identifier::CasNumber;
use export_control::{Code, ControlList, Crosswalk, Evidence, Item, Mapping, Relation, Side};
use serde_json::Value;

use rows::{Difference, Lack, Pair, Reached, code, reason};

pub(crate) use rows::lines;

/// Who judged.
const AUTHOR: &str = "readings of both lists for this crate";

/// A list, and the word by which readings name it.
struct Named {
    tag: &'static str,
    id: &'static str,
    /// The readings that judged the items of this list without a counterpart.
    lacks: &'static str,
}

/// The readings of two lists against each other.
pub struct Readings {
    /// The folder of `xtask/readings/`.
    pub folder: &'static str,
    left: Named,
    right: Named,
}

/// Returns a list with its word, and the readings of its items without a counterpart.
const fn named(tag: &'static str, id: &'static str, lacks: &'static str) -> Named {
    Named { tag, id, lacks }
}

/// Every pair of lists with readings.
pub const PAIRS: [Readings; 3] = [
    Readings {
        folder: "us-cn",
        left: named("us", "us-ccl", "us-side"),
        right: named("cn", "cn-dual-use", "agreed"),
    },
    Readings {
        folder: "eu-us",
        left: named("us", "us-ccl", "us-side"),
        right: named("eu", "eu-annex-i", "single"),
    },
    Readings {
        folder: "eu-cn",
        left: named("eu", "eu-annex-i", "single"),
        right: named("cn", "cn-dual-use", "cn-side"),
    },
];

impl Readings {
    /// Returns the name of the file in `data/`.
    pub fn file(&self) -> String {
        format!("{}--{}.sssom.tsv", self.left.id, self.right.id)
    }

    fn of(&self, side: Side) -> &Named {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// Returns the embedded list of a side.
    fn list(&self, side: Side) -> Result<&'static ControlList, export_control::Error> {
        export_control::list(self.of(side).id)
    }

    fn side(&self, word: &str) -> Option<Side> {
        Side::BOTH
            .into_iter()
            .find(|side| self.of(*side).tag == word)
    }

    /// Returns the item of a side.
    fn item(&self, mapping: &Mapping, side: Side) -> Option<&'static Item> {
        self.list(side).ok()?.get(mapping.finding.code(side)?)
    }

    /// Makes the SSSOM file of the readings.
    ///
    /// # Errors
    /// A line that is not of its form, judgments that contradict each other, a code that its list
    /// does not have.
    pub fn sssom(&self, readings: &Path) -> Result<String, Box<dyn Error>> {
        let folder = readings.join(self.folder);
        let mut mappings = Vec::new();
        for pair in lines::<Pair>(&folder.join("pairs.jsonl"))? {
            if !pair.marginal {
                mappings.push(self.pair(&pair)?);
            }
        }
        for lack in lines::<Lack>(&folder.join("none.jsonl"))? {
            let side = self.side(&lack.side).ok_or("a side of another list")?;
            let said = lack.elsewhere.as_deref();
            mappings.push(self.lack((side, lack.code), &lack.why, said, lack.group.as_deref())?);
        }
        let read = mappings.len();
        for side in Side::BOTH {
            let path = folder.join(format!("none{}.jsonl", self.of(side).tag));
            if path.exists() {
                for reached in lines::<Reached>(&path)? {
                    self.reached(side, reached, &mut mappings)?;
                }
            }
        }
        self.overrule(&mut mappings, read)?;
        let ids = Side::BOTH.map(|side| self.list(side).map(|list| list.id().clone()));
        let [left, right] = ids;
        self.written(&Crosswalk::new(left?, right?, mappings)?)
    }

    /// Adds what a reader found for an item of a side.
    fn reached(
        &self,
        side: Side,
        reached: Reached,
        mappings: &mut Vec<Mapping>,
    ) -> Result<(), Box<dyn Error>> {
        let here = self.of(side).tag;
        let code = code(&reached.by_list, here)?;
        if reached.mappings.is_empty() {
            let said = reached.elsewhere.as_deref();
            let group = reached.group.as_deref();
            mappings.push(self.lack((side, code), &reached.why, said, group)?);
        }
        for found in reached.mappings {
            let other = self.of(side.other()).tag;
            let turned = |one: Difference| one.named(other);
            let word = |code: Code| Value::String(code.to_string());
            let mut by_list = BTreeMap::from([
                (here.to_owned(), word(code)),
                (other.to_owned(), word(found.code)),
            ]);
            let unions = [found.union, found.union_other];
            let (of_right, of_left) = match side {
                Side::Left => (unions[1], unions[0]),
                Side::Right => (unions[0], unions[1]),
            };
            by_list.insert(self.union_of_left(), Value::Bool(of_left));
            mappings.push(self.pair(&Pair {
                relation: match side {
                    Side::Left => found.relation.inverse(),
                    Side::Right => found.relation,
                },
                differences: found.differences.into_iter().map(turned).collect(),
                why: reached.why.clone(),
                readings: self.of(side).lacks.to_owned(),
                marginal: false,
                union: of_right,
                by_list,
            })?);
        }
        Ok(())
    }

    fn lack(
        &self,
        (side, code): (Side, Code),
        why: &str,
        elsewhere: Option<&str>,
        group: Option<&str>,
    ) -> Result<Mapping, Box<dyn Error>> {
        let mut none = Mapping::no_counterpart(side, code, Justification::ManualMappingCuration);
        none.reason = why.to_owned().into();
        none.see = items_named(elsewhere.unwrap_or_default(), self.list(side.other())?);
        Ok(self.finished(none, self.of(side).lacks, group, false))
    }

    /// Takes a finding of no counterpart back if a later reading, which began with the other list's
    /// items, found one for the item or below it. Paragraphs that it did not reach still have none.
    /// Later readings begin at `read`.
    fn overrule(&self, mappings: &mut Vec<Mapping>, read: usize) -> Result<(), Box<dyn Error>> {
        let meets =
            |mapping: &&Mapping| !matches!(mapping.relation(), None | Some(Relation::Unrelated));
        if read == mappings.len() {
            return Ok(());
        }
        let reached: HashSet<(Side, Code)> = (mappings.iter().filter(meets))
            .flat_map(|mapping| {
                Side::BOTH.map(|side| mapping.finding.code(side).map(|code| (side, code)))
            })
            .flatten()
            .collect();
        let mut kept = Vec::new();
        for mapping in std::mem::take(mappings) {
            let Finding::NoCounterpart { side, code } = mapping.finding else {
                kept.push(mapping);
                continue;
            };
            for code in unreached(self.list(side)?, code, &|code| {
                reached.contains(&(side, code))
            }) {
                let mut lack = mapping.clone();
                lack.finding = Finding::NoCounterpart { side, code };
                kept.push(lack);
            }
        }
        *mappings = kept;
        Ok(())
    }

    /// The field that says that the left item is caught by several.
    fn union_of_left(&self) -> String {
        format!("union_{}", self.left.tag)
    }

    fn pair(&self, pair: &Pair) -> Result<Mapping, Box<dyn Error>> {
        let [left, right] = Side::BOTH.map(|side| code(&pair.by_list, self.of(side).tag));
        let (left, right) = (left?, right?);
        let failed = |error: &dyn std::fmt::Display| {
            let [here, there] = Side::BOTH.map(|side| self.of(side).tag);
            format!("{here} {left} {there} {right}: {error}")
        };
        let by_hand = Justification::ManualMappingCuration;
        let mut mapping = Mapping::pair(left, right, pair.relation, by_hand);
        for difference in &pair.differences {
            let typed = self.typed(difference, pair.relation);
            mapping
                .differences
                .push(typed.map_err(|error| failed(&error))?);
        }
        self.name_members(&mut mapping);
        let of_left = pair.by_list.get(&self.union_of_left());
        mapping.jointly = match (pair.union, of_left.and_then(Value::as_bool) == Some(true)) {
            (true, true) => return Err(failed(&"jointly on both sides").into()),
            (true, false) => Some(Side::Right),
            (false, true) => Some(Side::Left),
            (false, false) => None,
        };
        mapping.reason = reason(&pair.why).into();
        let limits = pair.differences.iter().any(|one| one.kind == "limit");
        Ok(self.finished(mapping, &pair.readings, None, limits))
    }

    /// Returns a difference with the sides in place of the words of the lists.
    fn typed(
        &self,
        difference: &Difference,
        relation: Relation,
    ) -> Result<MappingDifference, Box<dyn Error>> {
        let text = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
        let word = |word: &Option<String>| match word.as_deref() {
            Some(word) => self.side(word).map_or("both", |side| match side {
                Side::Left => "left",
                Side::Right => "right",
            }),
            // Of a difference in scope that names no wider side the relation says which it is.
            None => match relation {
                Relation::Broader => "left",
                Relation::Narrower => "right",
                _ => "both",
            },
        };
        let limit = |side| {
            let limit = difference.by_list.get(self.of(side).tag);
            limit.and_then(Value::as_str).unwrap_or_default().trim()
        };
        let gist = text(&difference.gist);
        let line = match difference.kind.as_str() {
            "limit" => format!(
                "limit {}: left {}; right {}; wider {}",
                text(&difference.property),
                limit(Side::Left),
                limit(Side::Right),
                word(&difference.wider)
            ),
            "scope" => format!("scope {}: {gist}", word(&difference.wider)),
            kind => format!(
                "{}: {gist}",
                kind.replace('_', "-") + " " + word(&difference.side)
            ),
        };
        Ok(line.parse()?)
    }

    /// Adds the keys of members that only one of two items has, if one difference tells of them and
    /// they are few.
    fn name_members(&self, mapping: &mut Mapping) {
        let items = Side::BOTH.map(|side| self.item(mapping, side));
        for side in Side::BOTH {
            let (Some(here), Some(there)) = (items[side as usize], items[side.other() as usize])
            else {
                continue;
            };
            let only: Vec<CasNumber> = here
                .cas()
                .iter()
                .filter(|number| !there.cas().contains(number))
                .copied()
                .collect();
            // Without a key in common the numbers do not tell who is a member of what.
            let common = here.cas().iter().any(|number| there.cas().contains(number));
            if !common || only.is_empty() || only.len() > MOST_KEYS {
                continue;
            }
            let mut of_side = mapping.differences.iter_mut().filter_map(|one| match one {
                MappingDifference::Members { side: has, cas, .. } if *has == side => Some(cas),
                _ => None,
            });
            if let (Some(cas), None) = (of_side.next(), of_side.next()) {
                *cas = only;
            }
        }
    }

    /// A mapping with its evidence, its author, and how the readings came to it.
    fn finished(
        &self,
        mut mapping: Mapping,
        readings: &str,
        group: Option<&str>,
        limits: bool,
    ) -> Mapping {
        if limits {
            let figures = Evidence::new(EvidenceKind::Quantity, "a threshold");
            mapping.evidence.push(figures);
        }
        mapping
            .evidence
            .push(Evidence::new(EvidenceKind::Other, TEXTS));
        self.read_off_the_lists(&mut mapping);
        mapping.author = Some(AUTHOR.into());
        // SSSOM's own column for what has no other.
        let group = group.map_or_else(String::new, |group| format!("|group={group}"));
        let other = format!("readings={readings}{group}");
        mapping.extra.insert("other", other);
        mapping
    }

    /// Sets as evidence what both items have, their code if it is one code, and what the judgment says.
    fn read_off_the_lists(&self, mapping: &mut Mapping) {
        let derived = |kind| {
            matches!(
                kind,
                EvidenceKind::Cas
                    | EvidenceKind::Element
                    | EvidenceKind::Species
                    | EvidenceKind::Code
            )
        };
        let said = std::mem::take(&mut mapping.evidence)
            .into_iter()
            .filter(|evidence| !derived(evidence.kind));
        let (left, right) = (mapping.left(), mapping.right());
        let items = Side::BOTH.map(|side| self.item(mapping, side));
        if let [Some(ours), Some(theirs)] = items {
            for (kind, name, both) in [
                (EvidenceKind::Cas, "CAS", both(ours.cas(), theirs.cas())),
                (
                    EvidenceKind::Element,
                    "element",
                    both(ours.elements(), theirs.elements()),
                ),
                (
                    EvidenceKind::Species,
                    "species",
                    both(ours.species(), theirs.species()),
                ),
            ] {
                mapping
                    .evidence
                    .extend(both.map(|keys| Evidence::new(kind, format!("{name} {keys}"))));
            }
            if left == right {
                mapping
                    .evidence
                    .push(Evidence::new(EvidenceKind::Code, "equal code"));
            }
        }
        mapping.evidence.extend(said);
        // An equal code by itself says nothing.
        if mapping
            .evidence
            .iter()
            .all(|evidence| evidence.kind == EvidenceKind::Code)
        {
            mapping
                .evidence
                .push(Evidence::new(EvidenceKind::Other, TEXTS));
        }
    }

    /// The crosswalk as a file, after a check against its lists and after reading it back.
    fn written(&self, crosswalk: &Crosswalk) -> Result<String, Box<dyn Error>> {
        crosswalk.check(self.list(Side::Left)?, self.list(Side::Right)?)?;
        let text = crosswalk.to_string();
        if Crosswalk::from_sssom(text.as_bytes())? != *crosswalk {
            return Err("what was written does not read back the same".into());
        }
        Ok(text)
    }
}

/// Returns the item if nothing in it is reached, or else its paragraphs of which that is so. A
/// paragraph of conditions is not a thing of its own.
fn unreached(list: &ControlList, code: Code, reached: &impl Fn(Code) -> bool) -> Vec<Code> {
    let within = |other: &Item| code.contains(other.code()) && reached(other.code());
    if !list.items().iter().any(within) {
        return vec![code];
    }
    let divides = list.get(code).is_some_and(|item| !item.logic().folds());
    let below = list.children(code).filter(|item| divides && item.is_live());
    below
        .filter(|item| !reached(item.code()))
        .flat_map(|item| unreached(list, item.code(), reached))
        .collect()
}

/// The entries of a list that a text names, each once.
fn items_named(text: &str, list: &ControlList) -> Vec<Code> {
    let mut codes: Vec<Code> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'))
        .filter_map(|word| word.trim_end_matches('.').parse().ok())
        .filter(|code: &Code| list.get(*code).is_some())
        .map(Code::entry)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The most keys that a difference in members names: more are read on the list.
const MOST_KEYS: usize = 12;

/// The basis of a judgment where the lists have nothing in common that a key names.
const TEXTS: &str = "the texts";

/// The keys that both sides have, in the order of the first.
fn both<T: PartialEq + ToString>(ours: &[T], theirs: &[T]) -> Option<String> {
    let both: Vec<String> = ours
        .iter()
        .filter(|key| theirs.contains(key))
        .map(ToString::to_string)
        .collect();
    (!both.is_empty()).then(|| both.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{Difference, PAIRS};
    use export_control::Relation;

    fn difference(json: &str) -> Difference {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn readings_become_typed() {
        for (json, relation, expected) in [
            (
                r#"{"kind":"limit","property":"mass","us":"> 5 g","cn":"none","wider":"cn"}"#,
                Relation::Narrower,
                "limit mass: left > 5 g; right none; wider right",
            ),
            (
                r#"{"kind":"not_stated","side":"cn","gist":"the dose"}"#,
                Relation::Overlapping,
                "not-stated right: the dose",
            ),
            (
                r#"{"kind":"scope","gist":"other tools"}"#,
                Relation::Broader,
                "scope left: other tools",
            ),
            (
                r#"{"kind":"scope","gist":"other tools","wider":"both"}"#,
                Relation::Overlapping,
                "scope both: other tools",
            ),
        ] {
            let typed = PAIRS[0].typed(&difference(json), relation).unwrap();
            assert_eq!(typed.to_string(), expected);
        }
        let unknown = difference(r#"{"kind":"color","side":"us","gist":"red"}"#);
        assert!(PAIRS[0].typed(&unknown, Relation::Broader).is_err());
    }
}
