//! Makes the curated crosswalk from the rows that its readers wrote by hand.

use std::error::Error;

use export_control::crosswalk::{EvidenceKind, Justification};
use export_control::{Code, Crosswalk, Evidence, Mapping, Relation, Side, cn_dual_use, us_ccl};

/// Returns the SSSOM file of hand-written rows. The rows are tab-separated, without a header. Their
/// columns are:
///
/// - China's code,
/// - the US code or `NONE`,
/// - the relation of China's item to the US item (`equal`, `broader`, `narrower`, `overlapping`,
///   `unrelated`, `none`),
/// - the kinds of evidence joined by `;`,
/// - the reason,
/// - how the two readings of the row were reconciled, if known.
///
/// Common keys and codes are always computed from the lists, whatever the row says about them.
///
/// # Errors
/// Returns an error if a row does not have this form, if judgments contradict each other, or if a
/// list does not have a code.
pub fn sssom(rows: &str, author: &str) -> Result<String, Box<dyn Error>> {
    let mut mappings = Vec::new();
    for (line, row) in rows.lines().enumerate().filter(|(_, row)| !row.is_empty()) {
        mappings.push(mapping(row, author).map_err(|error| format!("line {}: {error}", line + 1))?);
    }
    written(&Crosswalk::new(
        us_ccl().id().clone(),
        cn_dual_use().id().clone(),
        mappings,
    )?)
}

/// Returns the same file after computing the evidence that follows from the lists again.
///
/// # Errors
/// Returns an error if the file is not a crosswalk of the two lists.
pub fn refreshed(file: &str) -> Result<String, Box<dyn Error>> {
    let mut mappings = Crosswalk::from_sssom(file.as_bytes())?.mappings().to_vec();
    mappings.iter_mut().for_each(read_off_the_lists);
    written(&Crosswalk::new(
        us_ccl().id().clone(),
        cn_dual_use().id().clone(),
        mappings,
    )?)
}

/// Returns the crosswalk as a file, after checking it against its lists and reading it back.
fn written(crosswalk: &Crosswalk) -> Result<String, Box<dyn Error>> {
    crosswalk.check(us_ccl(), cn_dual_use())?;
    let text = crosswalk.to_string();
    if Crosswalk::from_sssom(text.as_bytes())? != *crosswalk {
        return Err("what was written does not read back the same".into());
    }
    Ok(text)
}

/// The basis of a judgment if the lists have no key in common.
const TEXTS: &str = "the texts";

/// Replaces what the row says about keys and codes by the keys that both items have, and by their
/// code if it is the same.
fn read_off_the_lists(mapping: &mut Mapping) {
    let derived = |kind| {
        matches!(
            kind,
            EvidenceKind::Cas | EvidenceKind::Element | EvidenceKind::Species | EvidenceKind::Code
        )
    };
    let said = std::mem::take(&mut mapping.evidence)
        .into_iter()
        .filter(|evidence| !derived(evidence.kind));
    let (left, right) = (mapping.left(), mapping.right());
    if let (Some(ours), Some(theirs)) = (
        left.and_then(|code| us_ccl().get(code)),
        right.and_then(|code| cn_dual_use().get(code)),
    ) {
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
    // An equal code by itself is not evidence.
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

/// Returns the keys that are on both sides, in the order of the first.
fn both<T: PartialEq + ToString>(ours: &[T], theirs: &[T]) -> Option<String> {
    let both: Vec<String> = ours
        .iter()
        .filter(|key| theirs.contains(key))
        .map(ToString::to_string)
        .collect();
    (!both.is_empty()).then(|| both.join(", "))
}

fn mapping(row: &str, author: &str) -> Result<Mapping, Box<dyn Error>> {
    let fields: Vec<&str> = row.split('\t').collect();
    let (cn, us, relation, evidence, reason, settled) = match fields[..] {
        [cn, us, relation, evidence, reason] => (cn, us, relation, evidence, reason, None),
        [cn, us, relation, evidence, reason, settled] => {
            (cn, us, relation, evidence, reason, Some(settled))
        }
        _ => return Err(format!("found {} fields, expected 5 or 6", fields.len()).into()),
    };
    let cn: Code = cn.parse()?;
    let by_hand = Justification::ManualMappingCuration;
    let mut mapping = if us == "NONE" {
        if relation != "none" {
            return Err(format!("found {relation:?} of nothing, expected none").into());
        }
        Mapping::no_counterpart(Side::Right, cn, by_hand)
    } else {
        let relation = match relation {
            "equal" => Relation::Equal,
            "broader" => Relation::Broader,
            "narrower" => Relation::Narrower,
            "overlapping" => Relation::Overlapping,
            "unrelated" => Relation::Unrelated,
            other => return Err(format!("found the relation {other:?}").into()),
        };
        Mapping::pair(us.parse()?, cn, relation.inverse(), by_hand)
    };
    for kind in evidence.split(';').filter(|kind| !kind.is_empty()) {
        mapping.evidence.push(match kind {
            // Common keys and codes are computed from the lists.
            "cas" | "element" | "species" | "code" => continue,
            "threshold" => Evidence::new(EvidenceKind::Quantity, "a threshold"),
            "title" => Evidence::new(EvidenceKind::Words, "the titles"),
            "text" => Evidence::new(EvidenceKind::Other, TEXTS),
            "reference" => Evidence::new(EvidenceKind::Reference, "a reference"),
            other => return Err(format!("found the evidence {other:?}").into()),
        });
    }
    read_off_the_lists(&mut mapping);
    mapping.author = Some(author.to_owned());
    reason.clone_into(&mut mapping.reason);
    if let Some(settled) = settled.filter(|settled| !settled.is_empty()) {
        // SSSOM has a column for values that have no other.
        mapping
            .extra
            .insert("other".to_owned(), format!("readings={settled}"));
    }
    Ok(mapping)
}

#[cfg(test)]
mod tests {
    use super::{refreshed, sssom};

    #[test]
    fn rows_become_mappings() {
        let text = sssom(
            "3C002\tNONE\tnone\ttext\tno such metal\n3C002\t3C002\tunrelated\tcode\tother things\n2B219\t2B229\tnarrower\ttitle\tx\n",
            "a",
        )
        .unwrap();
        assert!(
            text.contains("us-ccl:2B229\t\tskos:narrowMatch\tcn-dual-use:2B219"),
            "{text}"
        );
        assert!(
            text.contains("sssom:NoTermFound\t\tskos:relatedMatch\tcn-dual-use:3C002"),
            "{text}"
        );
        assert_eq!(
            sssom("3C002\tNONE\tequal\t\t\n", "a")
                .unwrap_err()
                .to_string(),
            "line 1: found \"equal\" of nothing, expected none"
        );
        assert!(sssom("3C002\t9Z\tequal\t\t\n", "a").is_err() && sssom("3C002\n", "a").is_err());
        assert!(
            sssom("9E999\tNONE\tnone\t\t\n", "a").is_err(),
            "a code that is on no list"
        );
    }
    #[test]
    fn evidence_says_what_the_lists_bear_out() {
        let row = |cn: &str, us: &str, evidence: &str| {
            let relation = if us == "NONE" { "none" } else { "overlapping" };
            let text = sssom(
                &format!(
                    "2B219\t2B229\tnarrower\ttitle\tx\n{cn}\t{us}\t{relation}\t{evidence}\tx\n"
                ),
                "a",
            )
            .unwrap();
            assert_eq!(refreshed(&text).unwrap(), text, "twice is once");
            let row = text
                .lines()
                .find(|line| line.contains(&format!("cn-dual-use:{cn}\t")))
                .unwrap()
                .to_owned();
            let header = text
                .lines()
                .find(|line| line.starts_with("subject_id"))
                .unwrap();
            let column = header
                .split('\t')
                .position(|name| name == "match_string")
                .unwrap();
            row.split('\t').nth(column).unwrap().to_owned()
        };
        assert_eq!(row("3C002", "NONE", "cas"), "other: the texts");
        assert_eq!(
            row("3C002", "3C001.a", "element;code;title"),
            "words: the titles"
        );
        assert_eq!(
            row("3C002", "3C002", "code"),
            "code: equal code|other: the texts"
        );
    }
}
