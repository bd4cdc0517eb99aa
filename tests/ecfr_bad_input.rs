//! What is not the supplement gets told so, with the place; nothing makes the reader panic.
#![cfg(feature = "ecfr")]

mod bodies;

use export_control::Edition;
use export_control::source::ecfr;
use proptest::prelude::*;

const SUPPLEMENT: &str = "<DIV9 N=\"Supplement No. 1 to Part 774\">\n<FP-2><B>3A001 Sets, as follows</B>\n</FP-2>\n<FP-1><I>Reason for Control:</I> NS, AT\n</FP-1>\n\
    <TABLE><THEAD><TR><TH>Control(s)</TH><TH>Chart</TH></TR></THEAD><TBODY><TR><TD>NS applies to 3A001.a, .b to .d</TD><TD>NS Column 1</TD></TR></TBODY></TABLE>\n\
    <FP><I>Items:</I> a. Fast, having all of the following:\n</FP>\n<P>a.1. Speed 10\n<SU>6</SU>; and</P>\n<P>a.2. Size &lt; 3 &#x3bc;m;</P>\n<NOTE><P><I>a. x</I></P></NOTE>\n<P>b. through w. [Reserved]</P>\n</DIV9>\n";

fn error(text: impl AsRef<[u8]>) -> String {
    ecfr::read(text.as_ref(), Edition::default())
        .map(|_| ())
        .expect_err("not the supplement")
        .to_string()
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
            "line 1:11: found an empty file, expected the eCFR's XML",
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
                "line {}:{}: not UTF-8 text: the byte at offset {at} starts no character",
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
        "line 14: us-ccl:3A001: the code stands here a second time; every code has one row"
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
    // One that is open where its block ends raises nothing in the next; the text before a table
    // that breaks a paragraph off is kept.
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
