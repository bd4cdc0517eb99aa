//! Input that is not the supplement gives an error with the place, and nothing makes the reader
//! panic.
#![cfg(feature = "ecfr")]

#[path = "../support/bodies.rs"]
mod bodies;

use export_control::Edition;
use export_control::source::{Reading, ecfr};
use proptest::prelude::*;

const SUPPLEMENT: &str = "<DIV9 N=\"Supplement No. 1 to Part 774\">\n<FP-2><B>3A001 Sets, as follows</B>\n</FP-2>\n<FP-1><I>Reason for Control:</I> NS, AT\n</FP-1>\n\
    <TABLE><THEAD><TR><TH>Control(s)</TH><TH>Chart</TH></TR></THEAD><TBODY><TR><TD>NS applies to 3A001.a, .b to .d</TD><TD>NS Column 1</TD></TR></TBODY></TABLE>\n\
    <FP><I>Items:</I> a. Fast, having all of the following:\n</FP>\n<P>a.1. Speed 10\n<SU>6</SU>; and</P>\n<P>a.2. Size &lt; 3 &#x3bc;m;</P>\n<NOTE><P><I>a. x</I></P></NOTE>\n<P>b. through w. [Reserved]</P>\n</DIV9>\n";

fn error(text: impl AsRef<[u8]>) -> String {
    let message = |read: Result<Reading, export_control::Error>| {
        read.map(|_| ())
            .expect_err("not the supplement")
            .to_string()
    };
    let found = message(ecfr::read(text.as_ref(), Edition::default()));
    let in_memory = ecfr::read_slice(text.as_ref(), Edition::default());
    assert_eq!(message(in_memory), found, "in memory");
    found
}

#[test]
fn a_document_in_memory_is_read_as_a_stream_is() {
    let mark = "\u{feff}";
    for text in [
        SUPPLEMENT.to_owned(),
        format!("{mark}<?xml version=\"1.0\"?>\n<!-- a\n b --><T>{SUPPLEMENT}</T>"),
    ] {
        // In two parts, so that an event can be in both.
        let (one, two) = text.as_bytes().split_at(text.len() / 2 + 1);
        let stream = std::io::Read::chain(one, two);
        let streamed = ecfr::read(stream, Edition::default()).unwrap();
        let in_memory = ecfr::read_slice(text.as_bytes(), Edition::default()).unwrap();
        assert_eq!(in_memory.list, streamed.list);
        assert_eq!(in_memory.observations, streamed.observations);
    }
}

#[test]
fn error_texts() {
    for (text, expected) in [
        (
            "",
            "line 1:1: found an empty file, expected the eCFR's XML of 15 CFR Part 774, Supplement No. 1",
        ),
        (
            "<html><head></head></html>",
            "line 1:27: found an HTML page, expected the eCFR's XML of 15 CFR Part 774, Supplement No. 1",
        ),
        (
            "<DIV5 N=\"734\" TYPE=\"PART\">\n<DIV8 N=\"734.1\"></DIV8></DIV5>",
            "line 2:31: found <DIV5 N=\"734\">, <DIV8 N=\"734.1\">, expected the eCFR's XML of 15 CFR Part 774, Supplement No. 1",
        ),
        (
            "just words",
            "line 1:11: found a file without an XML element, expected the eCFR's XML",
        ),
    ] {
        let found = error(text);
        assert!(found.starts_with(expected), "{text:?}\n  {found}");
    }
    assert!(error(SUPPLEMENT.repeat(2)).contains("found the supplement a second time"));
    assert!(error(SUPPLEMENT.replace("</NOTE>", "</NOT>")).contains("broken XML"));
}

#[test]
fn truncated_anywhere_is_an_error() {
    for length in
        (0..SUPPLEMENT.trim_end().len()).filter(|length| SUPPLEMENT.is_char_boundary(*length))
    {
        assert!(
            ecfr::read(&SUPPLEMENT.as_bytes()[..length], Edition::default()).is_err(),
            "{length}"
        );
    }
    let found = error(&SUPPLEMENT[..SUPPLEMENT.len() - 30]);
    assert!(found.starts_with("line 13:11: found the end of the file within the supplement, expected its end tag </DIV9>"), "{found}");
}

#[test]
fn not_utf8_names_the_place() {
    for word in ["Speed", "Column", "frame", "FP-1>"] {
        let text = SUPPLEMENT.replace("</DIV9>", "<FP frame=\"x\"></FP>\n</DIV9>");
        let at = text.find(word).unwrap() + 1;
        let mut bytes = text.clone().into_bytes();
        bytes[at] = 0xff;
        let found = error(bytes);
        let before = &text[..at];
        let place = (
            before.matches('\n').count() + 1,
            at - before.rfind('\n').unwrap(),
        );
        assert_eq!(
            found,
            format!(
                "line {}:{}: not UTF-8 text: the byte at offset {at} does not start a character",
                place.0, place.1
            ),
            "{word}"
        );
    }
}

#[test]
fn an_entry_that_stands_twice_is_named_with_its_line() {
    let again = SUPPLEMENT.replace("</DIV9>", "<FP-2><B>3A001 Sets again</B></FP-2>\n</DIV9>");
    assert_eq!(
        error(again),
        "line 14: us-ccl:3A001: found the code a second time, expected one row for each code"
    );
}

#[test]
fn unknown_entities_are_kept_and_reported() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let text = format!("{bomb}{}", SUPPLEMENT.replace("Fast", "F&b;st"));
    let reading = ecfr::read(text.as_bytes(), Edition::default()).unwrap();
    assert!(
        reading
            .observations
            .iter()
            .any(|o| o.detail.contains("unknown entity &b;"))
    );
    assert!(
        reading.list.items()[1]
            .text()
            .as_ref()
            .is_some_and(|text| text.contains("F&b;st"))
    );
}

#[test]
fn superscripts_end_where_they_began() {
    let text = |paragraph: &str| {
        let reading = ecfr::read(
            SUPPLEMENT
                .replace("Size &lt; 3 &#x3bc;m;", paragraph)
                .as_bytes(),
            Edition::default(),
        )
        .unwrap();
        reading.list.items()[3]
            .text()
            .map(str::to_owned)
            .unwrap_or_default()
    };
    assert_eq!(text("10<E T=\"51\">1<E T=\"03\">2</E>3</E> V"), "10¹²³ V");
    assert_eq!(text("10<E T=\"51\">1<SU>2</SU>3</E>4<SU>5</SU>"), "10¹²³4⁵");
    assert_eq!(text("a <E T=\"03\">b</E> 10<E T=\"51\">é</E>"), "a b 10^é");
    // A superscript that is open at the end of its block does not affect the next. The text before
    // a table that breaks a paragraph off is kept.
    assert_eq!(
        text("a<E T=\"51\"><TABLE><TR><TD>é<E T=\"03\">x</E></TD></TR></TABLE></E>"),
        "a"
    );
}

#[test]
fn words_between_codes_are_no_labels() {
    let reading = ecfr::read(
        SUPPLEMENT
            .replace(".b to .d", ".b, and .d of this entry")
            .as_bytes(),
        Edition::default(),
    )
    .unwrap();
    let codes: Vec<String> = reading.list.all_license_requirements()[0]
        .codes
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(codes, ["3A001.a", "3A001.b", "3A001.d"]);
}

#[test]
fn a_paragraph_with_text_that_some_range_before_it_reserves() {
    let repaired = |paragraphs: &str| {
        let text = SUPPLEMENT.replace("<P>b. through w. [Reserved]</P>", paragraphs);
        let reading = ecfr::read(text.as_bytes(), Edition::default()).unwrap();
        let notes = reading.observations.into_iter().map(|note| note.detail);
        notes
            .filter_map(|note| {
                Some(
                    note.strip_suffix(" has text though a range reserves it")?
                        .to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let ranges = "<P>b. through k. [Reserved]</P><P>d. through e. [Reserved]</P><P>n. through q. [Reserved]</P>";
    let printed = "<P>g. G</P><P>m. M</P><P>q. Q</P><P>r. R</P><P>g.2. G</P>";
    assert_eq!(
        repaired(&format!("{ranges}{printed}")),
        ["3A001.g", "3A001.q"]
    );
}

#[test]
fn huge_and_deep_input() {
    let huge = "x".repeat(8 << 20);
    let reading = ecfr::read(
        SUPPLEMENT.replace("Fast", &huge).as_bytes(),
        Edition::default(),
    )
    .unwrap();
    assert!(
        reading.list.items()[1]
            .text()
            .as_ref()
            .is_some_and(|text| text.len() > 8 << 20)
    );
    let deep = format!("{}{}", "<DIV>".repeat(100_000), "</DIV>".repeat(100_000));
    let reading = ecfr::read(
        SUPPLEMENT
            .replace("<NOTE>", &format!("{deep}<NOTE>"))
            .as_bytes(),
        Edition::default(),
    )
    .unwrap();
    assert_eq!(reading.list.items().len(), 5);
    assert!(error(format!("<{huge}>")).len() < 300);
}

proptest! {
    #[test]
    fn damage_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>(), kind in 0u8..4) {
        let mut bytes = SUPPLEMENT.as_bytes().to_vec();
        let at = at.index(bytes.len());
        match kind {
            0 => bytes[at] = byte,
            1 => { bytes.remove(at); }
            2 => bytes.insert(at, byte),
            _ => bytes.extend_from_within(at..),
        }
        bodies::ecfr(&bytes);
    }

    #[test]
    fn any_marked_text_is_read_or_refused(body in "(<(/?)(FP-2|FP|P|I|B|NOTE|TABLE|TR|TD|SU|E|DIV9|br/)>|<E T=\"(51|03)\">|é|μ|[0-9][A-E][0-9]{3}|[a-c]\\.([1-3]\\.)?|Items:|\\[Reserved\\]|through| |x){0,60}") {
        bodies::ecfr(format!("<DIV9 N=\"Supplement No. 1 to Part 774\">{body}</DIV9>").as_bytes());
    }
}

/// Reads the entries of a supplement.
fn read(entries: &str) -> Reading {
    let text = format!("<DIV9 N=\"Supplement No. 1 to Part 774\">\n{entries}\n</DIV9>");
    ecfr::read(text.as_bytes(), Edition::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn codes(reading: &Reading) -> Vec<String> {
    let items = reading.list.items().iter();
    items.map(|item| item.code().to_string()).collect()
}

/// Returns whether some observation has all of these words.
fn says(reading: &Reading, words: &[&str]) -> bool {
    let mut notes = reading.observations.iter().map(ToString::to_string);
    notes.any(|note| words.iter().all(|word| note.contains(word)))
}

const START: &str = "<FP-2><B>3A001 Sets</B></FP-2><FP-1><I>Reason for Control:</I> NS</FP-1>\
    <FP><I>Items:</I> a. One;</FP>";

#[test]
fn a_range_that_is_none() {
    assert_eq!(
        codes(&read(
            "<FP-2><B>1A102 for use at 2 K or above 4 K</B></FP-2>"
        )),
        ["1A102"]
    );
}

#[test]
fn a_title_that_ends_an_entry_is_told_by_what_follows() {
    let reading = read(&format!(
        "{START}<HD1>Part 2 of the items</HD1><P>b. Two</P><P>c. Three</P>"
    ));
    assert_eq!(codes(&reading), ["3A001", "3A001.a"]);
    let words = ["text in no entry", "2 blocks, 2 of them labeled", "b. Two"];
    assert!(says(&reading, &words), "{:?}", reading.observations);
}

#[test]
fn a_heading_that_cannot_be_read_takes_its_paragraphs_with_it() {
    let reading = read(
        "<FP-2><B>9A018 Goods</B></FP-2><FP-1><I>Reason for Control:</I> NS</FP-1>\
         <FP-2><B>9AlO1 Engines</B></FP-2><FP-1><I>Reason for Control:</I> MT</FP-1>\
         <FP><I>Items:</I> a. First;</FP><P>b. Second.</P>",
    );
    assert_eq!(codes(&reading), ["9A018"]);
    assert!(says(
        &reading,
        &["heading whose code cannot be read", "9AlO1"]
    ));
    assert!(says(&reading, &["text in no entry", "9AlO1", "3 blocks"]));
    // If a heading is left out, the license part after it shows it.
    let reading = read(&format!(
        "{START}<P>b. Two.</P><FP-1><E T=\"04\">License Requirements</E></FP-1>\
         <FP-1><I>Reason for Control:</I> MT</FP-1><FP><I>Items:</I> a. Other;</FP><P>c. More.</P>"
    ));
    assert_eq!(codes(&reading), ["3A001", "3A001.a", "3A001.b"]);
    assert!(says(
        &reading,
        &["a heading before it is missing", "License Requirements"]
    ));
}

#[test]
fn entities_in_headings_and_between_elements() {
    let reading = read("&bar;\n<FP-2><B>3A001 Sets &mgr;</B></FP-2>");
    assert!(says(&reading, &["3A001", "unknown entity &mgr;"]));
    assert!(says(&reading, &["text outside any known element", "&bar;"]));
}

#[test]
fn paragraphs_in_other_elements_are_told() {
    let reading = read(&format!(
        "{START}<TABLE><TR><TD>b. Two;</TD></TR></TABLE><HD1>c. Three;</HD1>\
         <NOTE><P>e. Five;</P></NOTE><P>f. Six; g. Seven.</P>"
    ));
    assert_eq!(codes(&reading), ["3A001", "3A001.a", "3A001.f"]);
    for (code, place) in [
        ("3A001.b", "in a table"),
        ("3A001.c", "in a title"),
        ("3A001.e", "in a note"),
        ("3A001.g", "in the text of 3A001.f"),
    ] {
        assert!(says(&reading, &[code, "labeled text", place]), "{code}");
    }
    assert!(says(
        &reading,
        &["from 3A001.b to 3A001.e nothing is printed"]
    ));
    // A paragraph that is next in order is read.
    let reading = read(&format!(
        "{START}<HD1>b. Two, as follows:</HD1><NOTE><P>b.1. Small ones;</P></NOTE>\
         <P>b.2. Large ones <TABLE><TR><TD>x</TD></TR></TABLE></P>"
    ));
    let expected = ["3A001", "3A001.a", "3A001.b", "3A001.b.1", "3A001.b.2"];
    assert_eq!(codes(&reading), expected);
    for words in ["in the element of a title", "within a note", "breaks off"] {
        assert!(says(&reading, &[words]), "{words}");
    }
}

#[test]
fn characters_that_move_a_terminal_do_not_reach_it() {
    let reading = read(
        "<FP-2><B>3A001 Sets &f\u{1b}oo; &#27;[31mred&#27;[0m</B></FP-2>\
         <FP><I>Items:</I> a. One \u{1b}[31mred;</FP><P>b. Three &#7;</P><P>\u{1b}[2J</P>\
         <P>d.\u{1b} Four</P>\u{7}",
    );
    let texts = reading.list.items().iter().filter_map(|item| item.text());
    let notes = reading.observations.iter().map(ToString::to_string);
    for text in texts.map(str::to_owned).chain(notes) {
        assert!(!text.contains(char::is_control), "{text:?}");
    }
    assert!(says(&reading, &["3A001", "control characters"]));
}

#[test]
fn errors_are_short_whatever_they_quote() {
    let long = "x\u{1b}".repeat(130_000);
    for text in [
        format!("<DIV9 N=\"Supplement No. 1 to Part 774\"><P></{long}></P></DIV9>"),
        format!("</{long}>"),
        format!("<{long}>"),
        format!("<DIV9 N=\"{long}\"></DIV9>").repeat(8),
        format!("{{\"{long}\": 1}}"),
        format!("<DIV9 N=\"Supplement No. 1 to Part 774\"><!-- {long}"),
        format!("<DIV9 N=\"Supplement No. 1 to Part 774\"><P a={long}"),
    ] {
        let found = error(&text);
        let length = found.chars().count();
        assert!(length <= 300, "{length}: {found:?}");
        assert!(!found.contains('\u{1b}'), "{found:?}");
    }
}

#[test]
fn json_and_html_are_named() {
    for (text, name) in [
        ("{\"identifier\":\"774\",\"children\":[]}", "found JSON ("),
        ("\u{feff}\n [1, 2]", "found JSON ("),
        ("{\"body\":\"<p>none</p>\"}", "found JSON ("),
        ("{\"body\":\"<p>none</div>\"}", "in JSON ("),
        ("<!DOCTYPE html>\n<head></head>", "found an HTML page"),
        ("<!doctype HTML><html><p>x</html>", "in an HTML page"),
    ] {
        let found = error(text);
        assert!(found.contains(name), "{text:?}\n  {found}");
        assert!(found.contains("expected the eCFR's XML"), "{found}");
    }
}

/// Many symbols of license exceptions are kept apart.
#[test]
fn exceptions_by_their_symbols() {
    let reading = read(
        "<FP-2><B>3A001 Sets</B></FP-2><FP>List Based License Exceptions</FP>\
         <FP>LVS: $500</FP><FP>AAAAAA: x</FP><FP>GBS: Yes</FP><FP>for some</FP><FP>LVS: N/A</FP>",
    );
    let exceptions = &reading.list.items()[0].particulars().exceptions;
    let found: Vec<_> = exceptions
        .iter()
        .map(|exception| (exception.symbol.as_str(), exception.text.as_deref()))
        .collect();
    let expected = [
        ("LVS", Some("$500 N/A")),
        ("AAAAAA", Some("x")),
        ("GBS", Some("Yes for some")),
    ];
    assert_eq!(found, expected);
    for words in [
        "unknown symbol",
        "LVS a second time",
        "taken for more words on GBS",
    ] {
        assert!(says(&reading, &[words]), "{words}");
    }
}
