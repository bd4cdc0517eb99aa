//! The curated crosswalk out of the rows that its readers wrote by hand.

use std::error::Error;

use export_control::{Code, Crosswalk, Evidence, EvidenceKind, Justification, Mapping, Relation, Side, cn_dual_use, us_ccl};

/// The SSSOM file of hand-written rows: tab-separated, without a header, China's code, the US code or `NONE`, what China's item is to the US one
/// (`equal`, `broader`, `narrower`, `overlapping`, `unrelated`, `none`), the kinds of evidence joined by `;`, the reason,
/// and, where it is known, how the two readings of the row came together.
///
/// # Errors
/// A row that is not of this form, judgements that contradict each other, a code that its list does not have.
pub fn sssom(rows: &str, author: &str) -> Result<String, Box<dyn Error>> {
    let mut mappings = Vec::new();
    for (line, row) in rows.lines().enumerate().filter(|(_, row)| !row.is_empty()) {
        mappings.push(mapping(row, author).map_err(|error| format!("line {}: {error}", line + 1))?);
    }
    let crosswalk = Crosswalk::new(us_ccl().id().clone(), cn_dual_use().id().clone(), mappings)?;
    crosswalk.check(us_ccl(), cn_dual_use())?;
    let text = crosswalk.to_string();
    if Crosswalk::read(text.as_bytes())? != crosswalk {
        return Err("what was written does not read back the same".into());
    }
    Ok(text)
}

fn mapping(row: &str, author: &str) -> Result<Mapping, Box<dyn Error>> {
    let fields: Vec<&str> = row.split('\t').collect();
    let (cn, us, relation, evidence, reason, settled) = match fields[..] {
        [cn, us, relation, evidence, reason] => (cn, us, relation, evidence, reason, None),
        [cn, us, relation, evidence, reason, settled] => (cn, us, relation, evidence, reason, Some(settled)),
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
        let (kind, words) = match kind {
            "cas" => (EvidenceKind::Cas, "a CAS number"),
            "element" => (EvidenceKind::Element, "a chemical element"),
            "species" => (EvidenceKind::Species, "a species or toxin"),
            "threshold" => (EvidenceKind::Quantity, "a threshold"),
            "title" => (EvidenceKind::Words, "the titles"),
            "text" => (EvidenceKind::Other, "the texts"),
            "reference" => (EvidenceKind::Reference, "a reference"),
            "code" => (EvidenceKind::Code, "equal codes"),
            other => return Err(format!("found the evidence {other:?}").into()),
        };
        mapping.evidence.push(Evidence::new(kind, words));
    }
    mapping.author = Some(author.to_owned());
    reason.clone_into(&mut mapping.reason);
    if let Some(settled) = settled.filter(|settled| !settled.is_empty()) {
        // SSSOM's own column for what has no other.
        mapping.extra.insert("other".to_owned(), format!("readings={settled}"));
    }
    Ok(mapping)
}

#[cfg(test)]
mod tests {
    use super::sssom;

    #[test]
    fn rows_become_mappings() {
        let text = sssom(
            "3C002\tNONE\tnone\ttext\tno such metal\n3C002\t3C002\tunrelated\tcode\tother things\n2B219\t2B229\tnarrower\ttitle\tx\n",
            "a",
        )
        .unwrap();
        assert!(text.contains("us-ccl:2B229\t\tskos:narrowMatch\tcn-dual-use:2B219"), "{text}");
        assert!(text.contains("sssom:NoTermFound\t\tskos:relatedMatch\tcn-dual-use:3C002"), "{text}");
        assert_eq!(sssom("3C002\tNONE\tequal\t\t\n", "a").unwrap_err().to_string(), "line 1: found \"equal\" of nothing, expected none");
        assert!(sssom("3C002\t9Z\tequal\t\t\n", "a").is_err() && sssom("3C002\n", "a").is_err());
        assert!(sssom("9E999\tNONE\tnone\t\t\n", "a").is_err(), "a code that is on no list");
    }
}
