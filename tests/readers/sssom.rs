//! SSSOM as other tools write it: valid files are read without loss, and invalid ones are errors
//! with line and column. The files are written for this test. They follow the standard's examples
//! and the test files of the reference implementation.

use export_control::crosswalk::{EvidenceKind, ExtraFields};
use export_control::{Crosswalk, Side};

const METADATA: &str = "#curie_map:\n#  a: https://example.com/a/\n#  b: https://example.com/b/\n#mapping_set_id: https://example.com/set\n#license: https://creativecommons.org/licenses/by/4.0/\n";
const HEAD: &str = "subject_id\tpredicate_id\tobject_id\tmapping_justification";
const ROW: &str = "a:3A001\tskos:exactMatch\tb:3A101\tsemapv:ManualMappingCuration";
const LEXICAL: &str = "a:3A001\tskos:exactMatch\tb:3A101\tsemapv:LexicalMatching";

fn read(text: &str) -> Crosswalk {
    Crosswalk::from_sssom(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn error(text: &str) -> String {
    Crosswalk::from_sssom(text.as_bytes())
        .expect_err("a broken file")
        .to_string()
}

/// Reads a file, asserts that it is written again byte for byte, and reads that again.
fn kept(text: &str) -> Crosswalk {
    let crosswalk = read(text);
    assert_eq!(crosswalk.to_string(), text);
    assert_eq!(read(&crosswalk.to_string()), crosswalk);
    let json = serde_json::to_string(&crosswalk).unwrap();
    assert_eq!(serde_json::from_str::<Crosswalk>(&json).unwrap(), crosswalk);
    let turned = crosswalk.swapped();
    assert_eq!(turned.swapped().mappings(), crosswalk.mappings());
    assert_eq!(read(&turned.to_string()), turned, "{turned}");
    crosswalk
}

#[test]
fn a_quoted_field_has_several_lines() {
    let file = format!("{METADATA}{HEAD}\tcomment\n{ROW}\t\"first line\nsecond line\"\n");
    assert_eq!(kept(&file).mappings()[0].reason, "first line\nsecond line");
    for text in [
        "a \"\"quoted\"\" word",
        "a tab\there",
        "a\rb",
        "ends with a break\n",
    ] {
        let file =
            format!("{METADATA}{HEAD}\tcomment\tsubject_label\n{ROW}\t\"{text}\"\t\"{text}\"\n");
        let text = text.replace("\"\"", "\"");
        let mapping = kept(&file).mappings()[0].clone();
        assert_eq!(
            (&*mapping.reason, &mapping.extra["subject_label"]),
            (&*text, &*text)
        );
    }
    // A field may be quoted unnecessarily.
    let file = format!(
        "{METADATA}{HEAD}\tcomment\n{}\n",
        ROW.replace("skos:exactMatch", "\"skos:exactMatch\"") + "\t\"plain\""
    );
    assert_eq!(read(&file).mappings()[0].reason, "plain");
}

#[test]
fn a_pair_is_mapped_by_several_fields_and_methods() {
    let head = format!("{METADATA}{HEAD}\tsubject_match_field\tmatch_string\n");
    let file = format!("{head}{LEXICAL}\trdfs:label\tconverter\n{LEXICAL}\tskos:altLabel\tadc\n");
    assert_eq!(kept(&file).mappings().len(), 2);
    for (column, one, other) in [
        ("mapping_tool", "one", "two"),
        ("confidence", "0.5", "0.75"),
        ("comment", "by the name", "by the text"),
        ("author_label", "Ada", "Bo"),
        ("match_string", "words: a", "words: b"),
    ] {
        let file = format!("{METADATA}{HEAD}\t{column}\n{LEXICAL}\t{one}\n{LEXICAL}\t{other}\n");
        assert_eq!(kept(&file).mappings().len(), 2, "{column}");
        let twice = format!("{METADATA}{HEAD}\t{column}\n{LEXICAL}\t{one}\n{LEXICAL}\t{one}\n");
        assert_eq!(
            error(&twice),
            "found the mapping of a:3A001 to b:3A101 twice, expected each mapping once"
        );
    }
}

#[test]
fn nothing_on_either_side_is_a_row_of_its_own() {
    let nothing =
        "sssom:NoTermFound\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration";
    let file = format!("{METADATA}{HEAD}\n{ROW}\n{nothing}\n");
    let crosswalk = kept(&file);
    assert_eq!(
        (crosswalk.mappings().len(), crosswalk.other_rows().len()),
        (1, 1)
    );
    // A row without an exact match may still have another match.
    let exact = ROW.replace("b:3A101", "sssom:NoTermFound");
    let none = exact.replace("exactMatch", "relatedMatch");
    let crosswalk = kept(&format!("{METADATA}{HEAD}\n{none}\n{exact}\n"));
    assert_eq!(
        (crosswalk.mappings().len(), crosswalk.other_rows().len()),
        (1, 1)
    );
    assert_eq!(crosswalk.right().as_str(), "b", "from the prefixes");
}

#[test]
fn an_empty_set_is_a_set() {
    let crosswalk = kept(&format!("{METADATA}{HEAD}\n"));
    assert_eq!(crosswalk.mappings().len(), 0);
    assert_eq!(
        (crosswalk.left().as_str(), crosswalk.right().as_str()),
        ("a", "b")
    );
    let ours = Crosswalk::new(crosswalk.left().clone(), crosswalk.right().clone(), vec![]).unwrap();
    assert_eq!(read(&ours.to_string()), ours);
    // Without prefixes the lists are unknown.
    assert_eq!(kept(&format!("{HEAD}\n")).left().as_str(), "unnamed");
    assert!(error("").contains("found an empty file"));
}

#[test]
fn a_license_is_never_invented() {
    let bare = kept(&format!("{HEAD}\n{ROW}\n"));
    assert!(!bare.to_string().contains("license"), "{bare}");
    assert!(!bare.swapped().to_string().contains("license"));
    let described = kept(&format!("{METADATA}{HEAD}\n{ROW}\n"));
    assert_eq!(
        described.swapped().metadata("license"),
        Some("https://creativecommons.org/licenses/by/4.0/")
    );
    let own = Crosswalk::new(
        bare.left().clone(),
        bare.right().clone(),
        bare.mappings().to_vec(),
    )
    .unwrap();
    assert_eq!(
        own.metadata("license"),
        Some("https://w3id.org/sssom/license/unspecified")
    );
}

#[test]
fn a_description_is_in_a_file_of_its_own() {
    let table = format!("{HEAD}\n{ROW}\n");
    let yml = METADATA.replace('#', "");
    let both = |yml: &str| {
        Crosswalk::from_sssom_with_metadata(table.as_bytes(), yml.as_bytes())
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        both(&yml).unwrap().to_string(),
        format!("{METADATA}{table}")
    );
    assert_eq!(both(&format!("---\n{yml}")).unwrap(), both(&yml).unwrap());
    assert_eq!(
        both(&yml.replace('\n', "\r\n")).unwrap(),
        both(&yml).unwrap()
    );
    let described = format!("{METADATA}{table}");
    let error =
        Crosswalk::from_sssom_with_metadata(described.as_bytes(), yml.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1:1: found a description before the table, expected a table alone, because the description is in a file of its own"
    );
}

#[test]
fn values_are_written_as_they_were_found() {
    for (column, value) in [
        ("match_string", "converter"),
        ("match_string", " Padded"),
        ("match_string", "a|b"),
        ("match_string", "words: a| cas: 7440-55-3"),
        ("match_string", "|a||b|"),
        ("match_string", "words: "),
        ("match_string", "a \\\\ b \\| c|d\\\\"),
        ("confidence", "1.0"),
        ("confidence", "0.50"),
        ("confidence", "1e-1"),
        ("comment", " = 3 "),
        ("author_label", "Ada\\|Bo|Cy\\\\"),
        ("similarity_score", "1.0"),
    ] {
        let file = format!("{METADATA}{HEAD}\t{column}\n{LEXICAL}\t{value}\n");
        let crosswalk = kept(&file);
        // A change is written, and the old words are not.
        let mut mapping = crosswalk.mappings()[0].clone();
        mapping.confidence = Some(0.25);
        mapping.evidence.clear();
        let text = Crosswalk::new(
            crosswalk.left().clone(),
            crosswalk.right().clone(),
            vec![mapping],
        )
        .unwrap()
        .to_string();
        assert!(text.contains("0.25"), "{text}");
        assert!(column != "match_string" || !text.contains(value), "{text}");
    }
}

#[test]
fn a_backslash_escapes_bars_and_backslashes() {
    let words = |value: &str| -> Vec<String> {
        let file = format!("{METADATA}{HEAD}\tmatch_string\n{LEXICAL}\t{value}\n");
        let mapping = kept(&file).mappings()[0].clone();
        mapping
            .evidence
            .into_iter()
            .map(|evidence| evidence.words.into_owned())
            .collect()
    };
    assert_eq!(words("A\\|B|C"), ["A|B", "C"]);
    assert_eq!(
        words("A\\\\B|C\\\\|D\\\\\\|E\\\\"),
        ["A\\B", "C\\", "D\\|E\\"]
    );
    assert_eq!(words("a\\b"), ["a\\b"]);
    assert_eq!(words("trailing\\"), ["trailing\\"]);
    let evidence = kept(&format!(
        "{METADATA}{HEAD}\tmatch_string\n{LEXICAL}\tcas: 7440-55-3\n"
    ));
    assert_eq!(evidence.mappings()[0].evidence[0].kind, EvidenceKind::Cas);
}

#[test]
fn columns_are_kept_in_their_order_empty_ones_too() {
    kept(&format!("{METADATA}{HEAD}\tpredicate_modifier\n{ROW}\t\n"));
    kept(&format!(
        "{METADATA}{HEAD}\tmapping_tool\tcomment\n{ROW}\t\t\n"
    ));
    kept(
        "mapping_justification\tobject_id\tpredicate_id\tsubject_id\nsemapv:LexicalMatching\tb:3A101\tskos:exactMatch\ta:3A001\n",
    );
}

#[test]
fn commas_separate_as_well() {
    let comma = |text: &str| text.replace('\t', ",");
    let file = format!("{METADATA}{}\n{}\n", comma(HEAD), comma(ROW));
    let tabs = read(&format!("{METADATA}{HEAD}\n{ROW}\n"));
    assert_eq!(read(&file), tabs);
    // As a spreadsheet saves it: every line is as wide as the table.
    let padded: String = METADATA
        .lines()
        .map(|line| format!("{line},,,\n"))
        .collect();
    assert_eq!(
        read(&format!("{padded}{},\n{},\n", comma(HEAD), comma(ROW))).metadata("license"),
        tabs.metadata("license")
    );
    let padded: String = METADATA
        .lines()
        .map(|line| format!("{line}\t\t\t\n"))
        .collect();
    assert_eq!(read(&format!("{padded}{HEAD}\n{ROW}\n")), tabs);
    assert_eq!(read(&format!("\u{feff}{METADATA}{HEAD}\n{ROW}\n")), tabs);
    assert_eq!(
        read(&format!("{METADATA}{HEAD}\n{ROW}\n").replace('\n', "\r\n")),
        tabs
    );
    assert_eq!(
        read(&format!("{METADATA}{HEAD}\n{ROW}\n").replace('\n', "\r")),
        tabs
    );
    assert_eq!(read(&format!("{METADATA}{HEAD}\n\n{ROW}\n\n")), tabs);
}

#[test]
fn what_the_standard_allows_is_kept() {
    for (columns, row) in [
        // A close match, a composed entity, an address, a literal's type, a cardinality.
        (
            "",
            "a:3A001\tskos:closeMatch\tb:3A101\tsemapv:ManualMappingCuration",
        ),
        (
            "\tsubject_type",
            "SCHEMA:1/(x:'a:1',y:'b:2')\tskos:exactMatch\tb:3A101\tsemapv:ManualMappingCuration\tcomposed entity expression",
        ),
        (
            "",
            "https://example.com/3A001\tskos:exactMatch\tb:3A101\tsemapv:ManualMappingCuration",
        ),
        (
            "\tmapping_cardinality",
            "a:3A002\tskos:exactMatch\tb:3A101\tsemapv:ManualMappingCuration\t1:n",
        ),
        (
            "\text_slot",
            "a:3A002\tskos:broadMatch\tb:3A101\tsemapv:LogicalReasoning\t3",
        ),
        (
            "\tauthor_id",
            "a:3A002\tskos:narrowMatch\tb:3A101\tsemapv:LogicalReasoning\tex:jane|other:jane",
        ),
        (
            "\treviewer_label\tmapping_date",
            "a:3A002\towl:sameAs\tb:3A101\tsemapv:MappingReview\tX\t2031-01-02",
        ),
    ] {
        let pad = "\t".repeat(columns.matches('\t').count());
        kept(&format!("{METADATA}{HEAD}{columns}\n{ROW}{pad}\n{row}\n"));
    }
    // A block of text, a list, another indent, a prefix map on one line.
    kept(&format!(
        "#comment: >-\n#  one\n#  two\n{METADATA}{HEAD}\n{ROW}\n"
    ));
    let indented: String = METADATA
        .lines()
        .map(|line| line.replacen('#', "#  ", 1) + "\n")
        .collect();
    let crosswalk = kept(&format!("{indented}{HEAD}\n"));
    assert_eq!(crosswalk.left().as_str(), "a");
    let inline = kept(&format!(
        "#curie_map: {{a: \"https://example.com/a/\", b: 'https://example.com/b/'}}\n{HEAD}\n"
    ));
    assert_eq!(
        inline.prefixes().collect::<Vec<_>>(),
        [
            ("a", "https://example.com/a/"),
            ("b", "https://example.com/b/")
        ]
    );
    let built_in = kept(&format!(
        "#curie_map:\n#  skos: http://www.w3.org/2004/02/skos/core#\n#  a: https://example.com/a/\n#  b: https://example.com/b/\n{HEAD}\n"
    ));
    assert_eq!(built_in.left().as_str(), "a");
}

/// Metadata as YAML lets people write it.
#[test]
fn metadata_in_any_form_of_yaml_is_kept() {
    let named = |from: &str, to: &str| format!("{}{HEAD}\n{ROW}\n", METADATA.replace(from, to));
    for text in [
        named(
            "#mapping_set_id",
            "#creator_id:\n#- orcid:0000-0000\n#- orcid:0000-0001\n#mapping_set_id",
        ),
        named("#mapping_set_id", "# # a comment\n#mapping_set_id"),
        named("#mapping_set_id", "## a comment\n#mapping_set_id"),
        named(
            "#mapping_set_id",
            "#comment: 'It''s: \"x\" # no'\n#mapping_set_id",
        ),
        named(
            "#mapping_set_id",
            "#comment: |\n#  one\n#\n#  two\n#mapping_set_id",
        ),
        named("#curie_map", "#---\n#curie_map"),
        named("#curie_map", "#sssom_version: \"1.1\"\n#curie_map"),
        named("  a:", "  \"a\":"),
        format!(
            "#{{curie_map: {{a: https://example.com/a/, b: https://example.com/b/}}, mapping_set_id: https://example.com/set}}\n{HEAD}\n{ROW}\n"
        ),
        // Columns of one's own, and values that begin like metadata.
        format!(
            "#extension_definitions:\n#- slot_name: ext_note\n#  property: a:note\n{METADATA}{HEAD}\text_note\n{ROW}\thello\n"
        ),
        format!("{METADATA}{HEAD}\tcomment\n{ROW}\t#3\n"),
    ] {
        assert_eq!(kept(&text).left().as_str(), "a", "{text}");
    }
    // YAML 1.2 knows no truth value "no": it may be Norway's list.
    let norway = format!("{METADATA}{HEAD}\n{ROW}\n").replace("a:", "no:");
    assert_eq!(kept(&norway).left().as_str(), "no");
    let literal = "\tlathe\trdfs literal\tskos:exactMatch\tb:3A101\tsemapv:LexicalMatching";
    let header =
        "subject_id\tsubject_label\tsubject_type\tpredicate_id\tobject_id\tmapping_justification";
    let crosswalk = read(&format!("{METADATA}{header}\n{literal}\n"));
    assert_eq!(crosswalk.other_rows().len(), 1, "{crosswalk}");
    assert!(crosswalk.to_string().contains(literal), "{crosswalk}");
}

#[test]
fn a_publisher_sets_addresses() {
    let crosswalk = read(&format!("{METADATA}{HEAD}\n{ROW}\n"))
        .with_prefix("a", "https://lists.example.net/a/")
        .unwrap()
        .with_prefix("c", "https://lists.example.net/c/")
        .unwrap()
        .with_metadata("mapping_set_id", "https://lists.example.net/set")
        .unwrap()
        .with_metadata("mapping_set_title", "A: \"title\" # of\nmine")
        .unwrap();
    let text = crosswalk.to_string();
    assert!(text.starts_with("#curie_map:\n#  a: https://lists.example.net/a/\n#  b: https://example.com/b/\n#  c: https://lists.example.net/c/\n#mapping_set_id: https://lists.example.net/set\n#license"), "{text}");
    assert!(
        text.contains("#mapping_set_title: \"A: \\\"title\\\" # of\\u000amine\"\n"),
        "{text}"
    );
    assert_eq!(read(&text), crosswalk);
    assert!(crosswalk.clone().with_prefix("a b", "x").is_err());
    assert!(crosswalk.clone().with_prefix("a", "x y").is_err());
    assert!(crosswalk.clone().with_metadata("curie_map", "x").is_err());
    assert!(crosswalk.clone().with_metadata("a\nb", "x").is_err());
    let mut few = crosswalk;
    few.retain(|_| false);
    assert!(few.mappings().is_empty() && few.metadata("license").is_some());
}

#[test]
fn sides_change_with_their_columns() {
    let file = format!(
        "{METADATA}#subject_source: a:all\n{HEAD}\tsubject_label\tobject_category\n{ROW}\tx\ty\n"
    );
    let turned = kept(&file).swapped();
    assert_eq!(&turned.mappings()[0].extra["object_label"], "x");
    assert_eq!(&turned.mappings()[0].extra["subject_category"], "y");
    assert_eq!(turned.metadata("object_source"), Some("a:all"));
    assert_eq!(turned.of(Side::Left, "3A101".parse().unwrap()).count(), 1);
    let fields: ExtraFields = [("b", "2"), ("a", "1")].into_iter().collect();
    assert_eq!(fields, [("a", "1"), ("b", "2")].into_iter().collect());
}

#[test]
fn refusals_have_line_and_column() {
    for (rows, expected) in [
        (
            format!("{ROW}\t\n"),
            "line 7:6: found 5 fields, expected 6, as in the header",
        ),
        (
            format!("{ROW}\t\t\t\n"),
            "line 7:7: found 7 fields, expected 6, as in the header",
        ),
        (
            "a:0000001\tskos:exactMatch\tb:0000002\tsemapv:ManualMappingCuration\t\t\n".to_owned(),
            "line 7:1: \"0000001\" is not an item code",
        ),
        (
            format!("{ROW}\t\t\n{}\t\t\n", ROW.replace("3A101", "3X101")),
            "line 8:3: \"3X101\" is not an item code",
        ),
        (
            format!("{ROW}\t\tmaybe\n"),
            "line 7:6: found predicate_modifier \"maybe\", expected nothing or Not",
        ),
        (
            format!("{ROW}\t\"open\t\n"),
            "line 7:5: found a quotation mark that is not closed",
        ),
        (
            format!("{ROW}\t\"two\nlines\"\t\n{ROW}\n"),
            "line 9:5: found 4 fields, expected 6, as in the header",
        ),
    ] {
        let found = error(&format!(
            "{METADATA}{HEAD}\tcomment\tpredicate_modifier\n{rows}"
        ));
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
    let found = error(&format!("{HEAD}\tconfidence\n{ROW}\t1.5\n"));
    assert!(
        found.starts_with("line 2:5: found confidence \"1.5\""),
        "{found}"
    );
    let found = error(&format!("{METADATA}{HEAD}\tx\tx\n"));
    assert_eq!(
        found,
        "line 6:6: found the column \"x\" twice, expected each column once"
    );
    let found = error("{\"identifier\":\"774\"}\n");
    assert!(found.contains("no column \"subject_id\""), "{found}");
}

/// A row with the slots of this crate.
fn with_slots(difference: &str, jointly: &str, see: &str, predicate: &str, object: &str) -> String {
    format!(
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\text_difference\text_jointly\text_see\n\
         a:3A001\t{predicate}\t{object}\tsemapv:ManualMappingCuration\t{difference}\t{jointly}\t{see}\n\
         a:3A002\tskos:exactMatch\tb:3A002\tsemapv:ManualMappingCuration\t\t\t\n"
    )
}

#[test]
fn differences_travel_in_declared_slots() {
    let both = r"limit mass: left > 5 kg; right ≥ 5 kg; wider right|purpose left: a \| b";
    let text = with_slots(both, "right", "", "skos:broadMatch", "b:3A001");
    let crosswalk = read(&text);
    let mapping = &crosswalk.mappings()[0];
    let kinds: Vec<&str> = mapping.differences.iter().map(|one| one.kind()).collect();
    assert_eq!(kinds, ["limit", "purpose"], "{text}");
    assert_eq!(mapping.jointly, Some(Side::Right));
    // The file did not declare its slots, as the standard asks; what is written does, once.
    let written = crosswalk.to_string();
    for slot in ["ext_difference", "ext_jointly", "ext_see"] {
        assert_eq!(
            written.matches(&format!("#- slot_name: {slot}\n")).count(),
            1,
            "{written}"
        );
    }
    assert_eq!(read(&written), crosswalk);
    assert_eq!(read(&written).to_string(), written);
    let json = serde_json::to_string(&crosswalk).unwrap();
    assert_eq!(serde_json::from_str::<Crosswalk>(&json).unwrap(), crosswalk);
    let turned = crosswalk.swapped();
    assert_eq!(turned.mappings()[0].jointly, Some(Side::Left));
    assert_eq!(
        turned.mappings()[0].differences[0].to_string(),
        "limit mass: left ≥ 5 kg; right > 5 kg; wider left"
    );
    assert_eq!(turned.swapped().mappings(), crosswalk.mappings());
    let none = with_slots(
        "",
        "",
        "3A001;3A002",
        "skos:relatedMatch",
        "sssom:NoTermFound",
    );
    assert_eq!(read(&none).mappings()[0].see.len(), 2);
    assert_eq!(read(&read(&none).to_string()), read(&none));
}

#[test]
fn what_is_wrong_in_a_slot_is_said_with_its_place() {
    for (difference, jointly, see, predicate, expected) in [
        (
            "color left: red",
            "",
            "",
            "skos:broadMatch",
            "line 2:5: \"color left: red\" is not a difference: expected limit,",
        ),
        (
            "purpose left: ",
            "",
            "",
            "skos:broadMatch",
            "line 2:5: \"purpose left: \" is not a difference: expected a side, a colon",
        ),
        (
            "purpose both: x",
            "",
            "",
            "skos:broadMatch",
            "line 2:5: \"purpose both: x\" is not a difference: expected left or right",
        ),
        (
            "limit mass: left 5; right 6",
            "",
            "",
            "skos:broadMatch",
            "line 2:5: \"limit mass: left 5; right 6\" is not a difference: expected the form limit PROPERTY",
        ),
        (
            "",
            "both",
            "",
            "skos:broadMatch",
            "line 2:6: found ext_jointly \"both\", expected nothing, left or right",
        ),
        (
            "",
            "",
            "3A00",
            "skos:broadMatch",
            "line 2:7: found ext_see \"3A00\", expected codes joined by ;",
        ),
        (
            "",
            "",
            "3A001",
            "skos:broadMatch",
            "a:3A001: found items to see beside a counterpart",
        ),
        (
            "members left: x",
            "",
            "",
            "skos:broadMatch",
            "a:3A001: found items that are narrower than each other with \"members left: x\"",
        ),
        (
            "members left: x",
            "",
            "",
            "skos:exactMatch",
            "a:3A001: found items that are equal to each other with",
        ),
    ] {
        let text = with_slots(difference, jointly, see, predicate, "b:3A001");
        let error = Crosswalk::from_sssom(text.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(expected), "{error}\n{expected}");
        assert!(error.chars().count() <= 300, "{error}");
    }
}
