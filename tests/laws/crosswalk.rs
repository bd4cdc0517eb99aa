//! Crosswalks: the file form, contradictions, and the laws of swapping the sides.

#[path = "../support/lists.rs"]
mod lists;

use export_control::crosswalk::{EvidenceKind, Finding, Justification, MappingDifference, Review};
use export_control::{Crosswalk, Evidence, ListId, Mapping, Relation, Side};
use lists::code;
use proptest::prelude::*;

const HEAD: &str = "subject_id\tpredicate_modifier\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tmatch_string\tcomment\n";

fn read(rows: &str) -> Result<Crosswalk, String> {
    Crosswalk::from_sssom(format!("{HEAD}{rows}").as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn many_authors_of_one_pair() {
    let code = |text: &str| text.parse().unwrap();
    let by = |author: usize| {
        let mut mapping = Mapping::pair(
            code("1A001"),
            code("1A001"),
            Relation::Equal,
            Justification::ManualMappingCuration,
        );
        mapping.author = Some(author.to_string().into());
        mapping
    };
    let new = |mappings: Vec<Mapping>| {
        Crosswalk::new(ListId::new("a"), ListId::new("b"), mappings)
            .map_err(|error| error.to_string())
    };
    let mut many: Vec<Mapping> = (0..50_000).map(by).collect();
    assert_eq!(new(many.clone()).unwrap().mappings().len(), 50_000);
    many.push(by(0));
    assert_eq!(
        new(many.clone()).unwrap_err(),
        "found the mapping of a:1A001 to b:1A001 twice, expected each mapping once"
    );
    many.pop();
    let lacking = (0..50_000).map(|author| {
        let mut none = Mapping::no_counterpart(
            Side::Left,
            code("1A002"),
            Justification::ManualMappingCuration,
        );
        none.author = Some(author.to_string().into());
        none
    });
    many.extend(lacking);
    assert_eq!(new(many.clone()).unwrap().mappings().len(), 100_000);
    many.push(Mapping::pair(
        code("1A002"),
        code("1A003"),
        Relation::Broader,
        Justification::ManualMappingCuration,
    ));
    assert_eq!(
        new(many).unwrap_err(),
        "found a:1A002 judged to have no counterpart and to be broader than b:1A003, expected judgments that can be true together"
    );
}

fn finding() -> impl Strategy<Value = Finding> {
    prop_oneof![
        4 => (code(), code(), prop::sample::select(&Relation::ALL[..])).prop_map(|(left, right, relation)| Finding::Pair { left, right, relation }),
        1 => (prop::sample::select(&Side::BOTH[..]), code()).prop_map(|(side, code)| Finding::NoCounterpart { side, code }),
    ]
}

fn mapping() -> impl Strategy<Value = Mapping> {
    let justification = prop::sample::select(
        &[
            Justification::ManualMappingCuration,
            Justification::MappingReview,
            Justification::CompositeMatching,
            Justification::MappingChaining,
        ][..],
    );
    let kind = prop::sample::select(
        &[
            EvidenceKind::Cas,
            EvidenceKind::Words,
            EvidenceKind::Place,
            EvidenceKind::Other,
        ][..],
    );
    let evidence = prop::collection::vec(
        (kind, "[!-~一-龥][ -~\n\t]{0,6}[!-~]")
            .prop_map(|(kind, words)| Evidence::new(kind, words)),
        0..3,
    );
    let gist = "[!-~一-龥]([ -~一-龥]{0,6}[!-~一-龥])?";
    let side = || prop::sample::select(&Side::BOTH[..]);
    let wider = prop::sample::select(&[Some(Side::Left), Some(Side::Right), None][..]);
    let difference = prop_oneof![
        (gist, gist, gist, wider.clone()).prop_map(|(property, left, right, wider)| {
            MappingDifference::Limit {
                property: property.into(),
                left: left.into(),
                right: right.into(),
                wider,
            }
        }),
        (side(), gist).prop_map(|(side, gist)| MappingDifference::Purpose {
            side,
            gist: gist.into()
        }),
        (wider, gist).prop_map(|(wider, gist)| MappingDifference::Scope {
            wider,
            gist: gist.into()
        }),
        (side(), gist, any::<bool>()).prop_map(|(side, gist, keys)| MappingDifference::Members {
            side,
            gist: gist.into(),
            cas: if keys {
                vec!["7440-55-3".parse().unwrap()]
            } else {
                Vec::new()
            },
            elements: if keys {
                vec!["Ga".parse().unwrap()]
            } else {
                Vec::new()
            },
        }),
    ];
    let differences = prop::collection::vec(difference, 0..3);
    let slots = (differences, prop::option::of(side()));
    let extra = prop::collection::btree_map("[a-z]{3,8}_x", "[ -~\r\n]{1,9}", 0..3);
    let author = prop::option::of("[ -~\n]{1,9}");
    (
        finding(),
        justification,
        author,
        prop::option::of((0u16..=1000).prop_map(|thousandths| f64::from(thousandths) / 1000.0)),
        evidence,
        "[ -~\t\r\n一-龥]{0,20}",
        extra,
        slots,
    )
        .prop_map(
            |(finding, justification, author, confidence, evidence, reason, extra, slots)| {
                let mut mapping = Mapping::new(finding, justification);
                // A difference that the relation rules out is an error, which another test covers.
                if mapping.relation() == Some(Relation::Overlapping) {
                    (mapping.differences, mapping.jointly) = slots;
                    mapping
                        .differences
                        .retain(|one| one.to_string().parse().ok().as_ref() == Some(one));
                }
                (
                    mapping.author,
                    mapping.confidence,
                    mapping.evidence,
                    mapping.reason,
                ) = (author.map(Into::into), confidence, evidence, reason.into());
                mapping.extra = extra.into_iter().collect();
                mapping
            },
        )
}

fn crosswalk() -> impl Strategy<Value = Crosswalk> {
    prop::collection::vec(mapping(), 1..12).prop_filter_map(
        "no contradiction, both lists named",
        |mappings| {
            let crosswalk = Crosswalk::new(ListId::new("a"), ListId::new("b"), mappings).ok()?;
            let named = |side| {
                crosswalk
                    .mappings()
                    .iter()
                    .any(|mapping| mapping.finding.code(side).is_some())
            };
            (named(Side::Left) && named(Side::Right)).then_some(crosswalk)
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_back(crosswalk in crosswalk()) {
        let text = crosswalk.to_string();
        let again = Crosswalk::from_sssom(text.as_bytes()).unwrap();
        prop_assert_eq!(&again, &crosswalk, "{}", text);
        prop_assert_eq!(again.to_string(), text);
        let json = serde_json::to_string(&crosswalk).unwrap();
        prop_assert_eq!(serde_json::from_str::<Crosswalk>(&json).unwrap(), crosswalk);
    }

    #[test]
    fn turning_round_twice_changes_nothing(crosswalk in crosswalk()) {
        let turned = crosswalk.swapped();
        let back = turned.swapped();
        prop_assert_eq!(back.mappings(), crosswalk.mappings());
        for mapping in crosswalk.mappings() {
            for side in Side::BOTH {
                let Some(code) = mapping.finding.code(side) else { continue };
                let (here, there) = (crosswalk.of(side, code).count(), turned.of(side.other(), code).count());
                prop_assert_eq!(here, there);
                prop_assert!(crosswalk.of(side, code).any(|found| found == mapping));
            }
        }
    }

    #[test]
    fn lookups_find_what_a_scan_finds(crosswalk in crosswalk(), code in code()) {
        for side in Side::BOTH {
            let scan = crosswalk.mappings().iter().filter(|mapping| mapping.finding.code(side) == Some(code)).count();
            prop_assert_eq!(crosswalk.of(side, code).count(), scan);
        }
    }
}

#[test]
fn a_file_of_another_tool_keeps_its_columns_and_its_description() {
    let file = "#mapping_set_id: https://example.org/x\n#license: https://example.org/license\n#comment: \"kept: as it is\"\n\
                subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tmapping_tool\n\
                eu:3C001\tWafers\tskos:exactMatch\tus:3C001\tsemapv:LexicalMatching\tother tool\n\
                eu:3C002\t\tskos:broadMatch\tus:3C002\tsemapv:SemanticSimilarityThresholdMatching\t\n";
    let crosswalk = Crosswalk::from_sssom(file.as_bytes()).unwrap();
    let [first, second] = crosswalk.mappings() else {
        panic!("two mappings")
    };
    assert_eq!(
        first.extra.iter().collect::<Vec<_>>(),
        [("subject_label", "Wafers"), ("mapping_tool", "other tool")]
    );
    assert_eq!(
        (second.relation(), second.review()),
        (Some(Relation::Narrower), Review::Proposed)
    );
    let text = crosswalk.to_string();
    assert!(text.contains("#comment: \"kept: as it is\"\n"));
    assert_eq!(Crosswalk::from_sssom(text.as_bytes()).unwrap(), crosswalk);
}

#[test]
fn line_ends_of_two_signs_and_blank_lines_count_as_one() {
    let rows = format!(
        "{HEAD}a:3A001\t\tskos:exactMatch\tb:3A001\tsemapv:LexicalMatching\t\t\t\n\na:3A002\t\tskos:exactMatch\tb:3A002\tsemapv:LexicalMatching\t7\t\t\n"
    );
    for text in [rows.clone(), rows.replace('\n', "\r\n")] {
        let error = Crosswalk::from_sssom(text.as_bytes())
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "line 4:6: found confidence \"7\", expected a number from 0 to 1"
        );
        let error = Crosswalk::from_sssom(format!("{text}a:3A003\tx\n").as_bytes())
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "line 4:6: found confidence \"7\", expected a number from 0 to 1"
        );
        let error = Crosswalk::from_sssom(text.replace("\t7", "").as_bytes())
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "line 4:8: found 7 fields, expected 8, as in the header"
        );
    }
}

#[test]
fn evidence_keeps_its_kind_and_its_bars() {
    let row = "a:3A001\t\tskos:exactMatch\tb:3A001\tsemapv:CompositeMatching\t0.75\tcas: 7440-55-3|words: a \\| b|plain\tx\n";
    let crosswalk = read(row).unwrap();
    let evidence: Vec<(EvidenceKind, &str)> = crosswalk.mappings()[0]
        .evidence
        .iter()
        .map(|e| (e.kind, &*e.words))
        .collect();
    assert_eq!(
        evidence,
        [
            (EvidenceKind::Cas, "7440-55-3"),
            (EvidenceKind::Words, "a | b"),
            (EvidenceKind::Other, "plain")
        ]
    );
    assert_eq!(crosswalk.mappings()[0].confidence, Some(0.75));
    assert!(
        crosswalk
            .to_string()
            .contains("cas: 7440-55-3|words: a \\| b|plain\t"),
        "as found"
    );
}

#[test]
fn looked_at_and_not_looked_at_differ() {
    let crosswalk = read("a:3A001\t\tskos:relatedMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\t\tnothing like it\nsssom:NoTermFound\t\tskos:relatedMatch\tb:1C001\tsemapv:ManualMappingCuration\t\t\t\n").unwrap();
    let code = "3A001".parse().unwrap();
    assert!(matches!(
        crosswalk.of_left(code).next().unwrap().finding,
        Finding::NoCounterpart {
            side: Side::Left,
            ..
        }
    ));
    assert_eq!(crosswalk.of_left("3A002".parse().unwrap()).count(), 0);
    assert_eq!(
        crosswalk
            .of_right("1C001".parse().unwrap())
            .next()
            .unwrap()
            .left(),
        None
    );
    assert_eq!(
        crosswalk.swapped().of_right(code).next().unwrap().left(),
        None
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let by_hand = "semapv:ManualMappingCuration";
    let equal = format!("a:3A001\t\tskos:exactMatch\tb:3A001\t{by_hand}\t\t\t\n");
    for (rows, expected) in [
        (
            format!("{equal}a:3A001\t\tskos:broadMatch\tb:3A001\t{by_hand}\t\t\t\n"),
            "found a:3A001 and b:3A001 mapped twice, as equal to and narrower than, expected one judgment of two items",
        ),
        (
            format!("{equal}{equal}"),
            "found the mapping of a:3A001 to b:3A001 twice, expected each mapping once",
        ),
        (
            format!("{equal}a:3A001\t\tskos:relatedMatch\tsssom:NoTermFound\t{by_hand}\t\t\t\n"),
            "found a:3A001 judged to have no counterpart and to be equal to b:3A001, expected judgments that can be true together",
        ),
        (
            format!("{equal}a:3X001\t\tskos:closeMatch\tb:3A002\t{by_hand}\t\t\t\n"),
            "line 3:1: \"3X001\" is not an item code",
        ),
        (
            format!("{equal}a:3A001\tmaybe\tskos:exactMatch\tb:3A002\t{by_hand}\t\t\t\n"),
            "line 3:2: found predicate_modifier \"maybe\", expected nothing or Not",
        ),
        (
            format!("{equal}a:3A002\t\tskos:exactMatch\tb:3A0O2\t{by_hand}\t\t\t\n"),
            "line 3:4: \"3A0O2\" is not an item code",
        ),
        (
            format!("a:3A001\t\tskos:exactMatch\tb:3A001\t{by_hand}\t1.5\t\t\n"),
            "line 2:6: found confidence \"1.5\", expected a number from 0 to 1",
        ),
        (
            "a:3A001\t\tskos:exactMatch\n".to_owned(),
            "line 2:4: found 3 fields, expected 8, as in the header",
        ),
        (
            format!("a:3A001\t\tskos:exactMatch\tb:3A001\t{by_hand}\t\t\t\"open\n"),
            "line 2:8: found a quotation mark that is not closed, expected one at the end of its field",
        ),
    ] {
        let error = read(&rows).unwrap_err();
        assert!(error.starts_with(expected), "{error}\n{expected}");
    }
    let error = Crosswalk::from_sssom(&b"subject_id\n\xff"[..]).unwrap_err();
    assert!(
        error.is_invalid_input() && error.to_string().starts_with("line 2:1: not UTF-8"),
        "{error}"
    );
    let error = Crosswalk::from_sssom(&b"subject_id\tpredicate_id\tobject_id\n"[..]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no column \"mapping_justification\""),
        "{error}"
    );
}

#[test]
fn rows_without_a_relation_of_ours_are_kept_aside() {
    let rows = "a:3A001\t\tskos:exactMatch\tb:3A001\tsemapv:LexicalMatching\t\t\t\n\
                a:3A002\t\tskos:closeMatch\tb:3A002\tsemapv:LexicalMatching\t0.5\twords: x\tclose\n\
                a:3A003\t\tskos:exactMatch\tsssom:NoTermFound\tsemapv:LexicalMatching\t\t\t\n\
                https://example.org/a/3A004\t\tskos:exactMatch\tb:3A004\tsemapv:LexicalMatching\t\t\t\n\
                c:3A005\t\tskos:exactMatch\tb:3A005\tsemapv:LexicalMatching\t\t\t\n\
                MONDO:0000001\t\tskos:exactMatch\tb:3A006\tsemapv:LexicalMatching\t\t\t\n\
                a:3A007\t\tskos:exactMatch\tb:3A007\tsemapv:GuessedMatching\t\t\t\n";
    let crosswalk = read(rows).unwrap();
    assert_eq!(
        (crosswalk.mappings().len(), crosswalk.other_rows().len()),
        (1, 6)
    );
    assert_eq!(
        (crosswalk.left().as_str(), crosswalk.right().as_str()),
        ("a", "b")
    );
    assert_eq!(&crosswalk.other_rows()[0]["comment"], "close");
    assert_eq!(
        crosswalk.of_right("3A002".parse().unwrap()).count(),
        0,
        "they take part in no answer"
    );
    let text = crosswalk.to_string();
    for row in rows.lines().skip(1) {
        assert!(
            text.lines().any(|line| line
                .split('\t')
                .filter(|field| !field.is_empty())
                .eq(row.split('\t').filter(|field| !field.is_empty()))),
            "{row}\n{text}"
        );
    }
    assert_eq!(Crosswalk::from_sssom(text.as_bytes()).unwrap(), crosswalk);
    assert_eq!(
        serde_json::from_str::<Crosswalk>(&serde_json::to_string(&crosswalk).unwrap()).unwrap(),
        crosswalk
    );
    assert_eq!(
        crosswalk.swapped().swapped().other_rows(),
        crosswalk.other_rows()
    );
}

#[test]
fn proposals_may_differ_from_judgments() {
    let crosswalk = read("a:3A001\t\tskos:exactMatch\tb:3A001\tsemapv:CompositeMatching\t0.9\t\t\na:3A001\tNot\tskos:relatedMatch\tb:3A001\tsemapv:ManualMappingCuration\t\t\tlook alike\n").unwrap();
    assert_eq!(crosswalk.mappings().len(), 2);
}

#[test]
fn a_mapping_of_a_code_that_the_list_lacks_is_an_error() {
    let crosswalk = Crosswalk::from_sssom(&b"subject_id\tpredicate_id\tobject_id\tmapping_justification\nus-ccl:3A999.z\tskos:exactMatch\tcn-dual-use:3C001\tsemapv:ManualMappingCuration\n"[..]).unwrap();
    let error = crosswalk
        .check(export_control::us_ccl(), export_control::cn_dual_use())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "us-ccl:3A999.z: found a mapping of a code that the list does not have, expected an item of the list"
    );
    let comparison =
        export_control::Comparison::new(export_control::us_ccl(), export_control::cn_dual_use());
    assert!(
        comparison
            .overlap(&crosswalk, export_control::compare::OverlapBasis::default())
            .is_err()
    );
}
