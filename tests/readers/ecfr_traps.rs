//! Every way in which the official XML departs from its own rules, each in a small fixture that is
//! written for it.
#![cfg(feature = "ecfr")]

use export_control::list::Availability;
use export_control::list::license::AppliesTo;
use export_control::source::{Observation, ObservationKind, Reading, ecfr};
use export_control::{ChildLogic, Code, ControlList, Edition, Item, ItemState};

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<DIV9 N=\"Supplement No. 1 to Part 774\" TYPE=\"APPENDIX\">\n<HEAD>Supplement</HEAD>\n{body}\n</DIV9>\n"
    )
}

fn read(body: &str) -> Reading {
    ecfr::read(document(body).as_bytes(), Edition::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Reads an entry with a heading and the given rest.
fn entry(heading: &str, rest: &str) -> Reading {
    read(&format!("<FP-2><B>{heading}</B>\n</FP-2>\n{rest}"))
}

fn items(reading: &Reading) -> Vec<(String, ItemState)> {
    reading
        .list
        .items()
        .iter()
        .map(|item| (item.code().to_string(), item.state()))
        .collect()
}

fn codes(reading: &Reading) -> Vec<String> {
    reading
        .list
        .items()
        .iter()
        .map(|item| item.code().to_string())
        .collect()
}

fn item<'a>(list: &'a ControlList, code: &str) -> &'a Item {
    list.get(code.parse::<Code>().unwrap())
        .unwrap_or_else(|| panic!("{code} is missing"))
}

fn observed(reading: &Reading, kind: ObservationKind) -> Vec<&Observation> {
    reading
        .observations
        .iter()
        .filter(|observation| observation.kind == kind)
        .collect()
}

#[test]
fn trap_1_nesting_stands_in_the_label_only() {
    let reading = entry(
        "6A001 Sonar, as follows",
        "<FP><I>Items:</I></FP><P>a. Sets;</P><P>a.1. Kinds;</P><P>a.1.a. Deep ones;</P><P>a.1.a.2.b.3.a. Deepest;</P><P>f.2.1. Two numbers;</P><P>z. Late;</P><P>aa. Later.</P>",
    );
    assert_eq!(
        item(&reading.list, "6A001.a.1.a.2.b.3.a").text(),
        Some("Deepest;")
    );
    assert_eq!(item(&reading.list, "6A001.f.2.1").state(), ItemState::Live);
    let codes = codes(&reading);
    assert_eq!(
        codes.last().map(String::as_str),
        Some("6A001.aa"),
        "{codes:?}"
    );
}

#[test]
fn trap_2_the_first_paragraph_on_the_marker_line() {
    for (marker, repaired) in [
        ("<FP><I>Items:</I> a. First;</FP><P>b. Second.</P>", false),
        ("<FP><I>Items</I>: a. First;</FP><P>b. Second.</P>", false),
        ("<FP><I>Items</I> a. First;</FP><P>b. Second.</P>", true),
        (
            "<FP-1><E T=\"04\">List of Items Controlled</E></FP-1><P>a. First;</P><P>b. Second.</P>",
            true,
        ),
        (
            "<FP-1><E T=\"04\">List of Items Controlled</E> a. First;</FP-1><P>b. Second.</P>",
            true,
        ),
    ] {
        let reading = entry("5A001 Sets, as follows", marker);
        assert_eq!(codes(&reading), ["5A001", "5A001.a", "5A001.b"], "{marker}");
        assert_eq!(item(&reading.list, "5A001.a").text(), Some("First;"));
        assert_eq!(
            !observed(&reading, ObservationKind::Repaired).is_empty(),
            repaired,
            "{marker}"
        );
    }
    let reading = entry(
        "5B001 Testers.",
        "<FP><I>Items:</I> All that is controlled is in the heading.</FP>",
    );
    assert_eq!(codes(&reading), ["5B001"]);
    assert!(observed(&reading, ObservationKind::Skipped).is_empty());
}

#[test]
fn trap_3_dots_of_labels() {
    let reading = entry(
        "3A001 Parts, as follows",
        "<FP><I>Items:</I></FP><P>a.1 No last dot;</P><P>b.2.a.. Two dots;</P><P>a.1.a. x</P><P>a.1.a.1. x</P><P>a.1.a.1.c.'Glued' to it.</P>",
    );
    for code in ["3A001.a.1", "3A001.b.2.a", "3A001.a.1.a.1.c"] {
        assert_eq!(item(&reading.list, code).state(), ItemState::Live);
    }
    let repairs: Vec<String> = observed(&reading, ObservationKind::Repaired)
        .iter()
        .map(|o| o.detail.clone())
        .collect();
    assert_eq!(
        repairs
            .iter()
            .filter(|detail| detail.starts_with("label of "))
            .count(),
        3,
        "{repairs:?}"
    );
}

#[test]
fn trap_4_headings() {
    let reading = read(
        "<FP-2><B>3D006</B> <E T=\"04\">'</E><B>Layout</B><E T=\"04\">'</E> <B>programs</B></FP-2>\n<FP-1><B>8D001 Marine programs.</B></FP-1>\n<FP-2><B>ECCN 3A069 Sources.</B></FP-2>\n\
         <FP-2><B>EAR99 All that is left.</B></FP-2>\n<FP-2><B>2B910 Printers.</B></FP-2><FP-2><I>Reason for Control:</I> NS, RS, AT</FP-2>",
    );
    assert_eq!(codes(&reading), ["2B910", "3A069", "3D006", "8D001"]);
    assert_eq!(
        item(&reading.list, "3D006").text(),
        Some("'Layout' programs")
    );
    assert_eq!(item(&reading.list, "2B910").reasons().len(), 3);
    let repaired = observed(&reading, ObservationKind::Repaired);
    assert_eq!(repaired.len(), 3, "{repaired:?}");
    assert_eq!(
        repaired[0].to_string(),
        "line 5: repaired: 8D001: heading in the element of a line, FP-1"
    );
}

#[test]
fn trap_5_titles_within_an_entry() {
    let reading = read(
        "<HD1>Category 3—Parts</HD1><HD1>A. Sets</HD1><FP-2><B>3A090 Chips, as follows</B></FP-2><HD1>List of Items Controlled</HD1><FP><I>Items:</I> a. Fast;</FP>\
         <P>b. Faster.</P><HD2>Acoustics</HD2><P>c. Fastest.</P><HD1>Annex to Category 3</HD1><P>d. Not in the entry.</P>",
    );
    assert_eq!(codes(&reading), ["3A090", "3A090.a", "3A090.b", "3A090.c"]);
}

#[test]
fn trap_6_lists_of_notes_are_no_items() {
    let reading = entry(
        "1A613 Armor, as follows",
        "<FP><I>Items:</I> a. Plates;</FP>\
         <NOTE><HED><I>Note:</I></HED><P><I>a. Old ones;</I></P><P>b. <I>Very old ones.</I></P></NOTE>\
         <NOTE><P>b. Helmets that are in a note by mistake.</P></NOTE>\
         <P><I>Note:</I></P><P><I>c. Set in italics.</I></P><P>a. A table's own list.</P>\
         <DIV><TABLE><TBODY><TR><TD>c. In a table</TD></TR></TBODY></TABLE></DIV><P>c. Shields.</P>",
    );
    assert_eq!(codes(&reading), ["1A613", "1A613.a", "1A613.b", "1A613.c"]);
    assert_eq!(
        item(&reading.list, "1A613.b").text(),
        Some("Helmets that are in a note by mistake.")
    );
    assert_eq!(item(&reading.list, "1A613.c").text(), Some("Shields."));
    let skipped = observed(&reading, ObservationKind::Skipped);
    assert_eq!(skipped.len(), 3, "{skipped:?}");
    assert_eq!(skipped[2].detail, "table rows that are no license rows: 1");
    // A list before the marker belongs to the license part.
    let reading = entry(
        "1C230 Metal, as follows",
        "<FP-1><E T=\"04\">List of Items Controlled</E></FP-1><FP-1><I>ECCN Controls:</I> Not these:</FP-1><P>a. Windows;</P><P>b. Bars.</P><FP><I>Items:</I></FP><P>a. Powder.</P>",
    );
    assert_eq!(codes(&reading), ["1C230", "1C230.a"]);
    assert_eq!(item(&reading.list, "1C230.a").text(), Some("Powder."));
    // Bare numbers below a paragraph.
    let reading = entry(
        "7A101 Meters",
        "<FP><I>Items:</I> a. Meters having all of the following:</FP><P>1. Small error; and</P><P>2. Small bias.</P>",
    );
    assert_eq!(
        codes(&reading),
        ["7A101", "7A101.a", "7A101.a.1", "7A101.a.2"]
    );
}

#[test]
fn trap_7_reserved() {
    let reading = entry(
        "9A610 Craft, as follows",
        "<FP><I>Items:</I> a. Craft;</FP><P>b. [Reserved]</P><P>c.-d. [Reserved]</P><P>e. through .h [Reserved]</P><P>i. through w. [RESERVED]</P><P>w. Live all the same;</P>\
         <P>y.1. Lesser parts;</P><P>y.2 through y.5. [Reserved]</P><P>y.6. [Reserved]; <I>or</I></P>",
    );
    let ranges: Vec<(String, Option<String>)> = reading
        .list
        .items()
        .iter()
        .filter(|item| item.state() == ItemState::Reserved)
        .map(|item| {
            (
                item.code().to_string(),
                item.through().map(|code| code.to_string()),
            )
        })
        .collect();
    let expected = [
        ("9A610.b", None),
        ("9A610.c", Some("9A610.d")),
        ("9A610.e", Some("9A610.h")),
        ("9A610.i", Some("9A610.w")),
        ("9A610.y.2", Some("9A610.y.5")),
        ("9A610.y.6", None),
    ];
    assert_eq!(
        ranges,
        expected.map(|(first, last)| (first.to_owned(), last.map(str::to_owned)))
    );
    assert_eq!(item(&reading.list, "9A610.w").state(), ItemState::Live);
    assert_eq!(item(&reading.list, "9A610.y").state(), ItemState::Implied);
    assert!(
        reading.list.reserving("9A610.k".parse().unwrap()).is_some()
            && reading.list.reserving("9A610.w".parse().unwrap()).is_none()
    );
    assert_eq!(
        read("<FP-2><B>2C001 [Reserved]</B></FP-2>").list.items()[0].state(),
        ItemState::Reserved
    );
}

#[test]
fn trap_8_any_of_and_all_of() {
    for (heading, children, expected) in [
        (
            "3A001 Sets having all of the following",
            "<FP><I>Items:</I> a. Fast; <I>and</I></FP><P>b. Small.</P>",
            ChildLogic::All,
        ),
        (
            "3A001 Sets meeting each of the following",
            "<FP><I>Items:</I> a. Fast;</FP><P>b. Small.</P>",
            ChildLogic::All,
        ),
        (
            "3A001 Sets having any of the following",
            "<FP><I>Items:</I> a. Fast; <I>or</I></FP><P>b. Small.</P>",
            ChildLogic::Any,
        ),
        (
            "3A001 Sets as follows",
            "<FP><I>Items:</I> a. Fast ones; and</FP><P>b. Small ones.</P>",
            ChildLogic::Any,
        ),
        (
            "3A001 Sets having the following",
            "<FP><I>Items:</I> a. Speed; and</FP><P>b. Size.</P>",
            ChildLogic::All,
        ),
        ("3A001 Sets", "", ChildLogic::Leaf),
    ] {
        let reading = entry(heading, children);
        assert_eq!(reading.list.items()[0].logic(), expected, "{heading}");
        // Only a judgment by sense is reported as such.
        let by_sense = observed(&reading, ObservationKind::Unclear)
            .iter()
            .any(|o| o.detail.starts_with("conditions by sense"));
        assert_eq!(
            by_sense,
            heading.ends_with("having the following"),
            "{heading}"
        );
    }
}

/// Returns a license table with these rows.
fn table(rows: &str) -> String {
    format!(
        "<DIV><TABLE><THEAD><TR><TH>Control(s)</TH><TH>Country chart<br></br>(see Supp. No. 1 to part 738)</TH></TR></THEAD><TBODY>{rows}</TBODY></TABLE></DIV>"
    )
}

#[test]
fn trap_9_license_tables() {
    let rows = "<TR><TD>NS applies to entire entry</TD><TD>NS Column 1.</TD></TR>\
                <TR><TD>RS applies to entire entry, except 3A001.y and .z</TD><TD>RS Column 1</TD><TD></TD></TR>\
                <TR><TD>MT applies to 3A001.a.1 to .a.3 and .c</TD><TD>MT Column 1</TD></TR>\
                <TR><TD>RS applies to pumps of 3A001.a for ships</TD><TD>China, Russia, or Venezuela (see § 742.6(a)(7)).</TD></TR>\
                <TR><TD>NP applies to entire entry<br></br>AT applies to entire entry</TD><TD>NP Column 1<br></br>AT Column 1</TD></TR>\
                <TR><TD>CB applies to entire entry CB Column 2.</TD></TR>\
                <TR><TD>RS applies to paragraph .b</TD><TD>To D:1 and D:5, excluding A:5. See § 742.4(a)(5) and (b)(10) of the EAR.</TD></TR>";
    let reading = read(&format!(
        "<FP-2><B>3A001 Sets</B></FP-2>{}<FP-2><B>3A002 Others</B></FP-2>{}\
         <FP-2><B>2E003 Coatings</B></FP-2><TABLE><THEAD><TR><TH>1. Process</TH><TH>2. Base</TH></TR></THEAD><TBODY><TR><TD>Dipping</TD><TD>Steel</TD></TR></TBODY></TABLE>\
         <FP-2><B>0A980 Horns</B></FP-2><FP-1><I>Reason for Control:</I> SL</FP-1>",
        table(rows),
        table("<TR><TD>AT applies to entire entry</TD><TD>AT Column 1</TD></TR>")
    ));
    let rows = reading.list.license_requirements("3A001".parse().unwrap());
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let join = |values: Vec<String>| values.join(" ");
            format!(
                "{} {:?} [{}] {} {} {}",
                join(row.reasons.iter().map(ToString::to_string).collect()),
                row.applies_to,
                join(row.codes.iter().map(ToString::to_string).collect()),
                join(row.columns.iter().map(ToString::to_string).collect()),
                join(row.sections.clone()),
                join(row.destinations.clone())
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "NS Entry [] NS:1  ",
            "RS Except [3A001.y 3A001.z] RS:1  ",
            "MT Codes [3A001.a.1..3A001.a.3 3A001.c] MT:1  ",
            "RS Described [3A001.a]  742.6(a)(7) China Russia Venezuela",
            "NP AT Entry [] NP:1 AT:1  ",
            "CB Entry [] CB:2  ",
            "RS Codes [3A001.b]  742.4(a)(5) 742.4(b)(10) D:1 D:5 -A:5",
        ]
    );
    assert_eq!(rows[0].applies_to, AppliesTo::Entry);
    assert_eq!(
        rows[0].text.as_ref().map(|(_, second)| second.as_str()),
        Some("NS Column 1.")
    );
    assert_eq!(
        reading
            .list
            .license_requirements("3A002".parse().unwrap())
            .len(),
        1,
        "rows stay with their entry"
    );
    assert!(
        reading
            .list
            .license_requirements("2E003".parse().unwrap())
            .is_empty()
    );
    assert_eq!(observed(&reading, ObservationKind::Prose).len(), 1);
}

#[test]
fn exceptions_as_published() {
    let reading = entry(
        "3A001 Sets",
        "<FP-1><E T=\"05\">List Based License Exceptions (See Part 740)</E></FP-1><FP-1><I>LVS:</I> $3,000</FP-1><FP-1><I>GBS:</I> N/A.</FP-1><FP-1>TSR: Yes, but not all</FP-1><FP-1>$500 for some</FP-1>\
         <FP-1><E T=\"04\">Special Conditions for STA</E></FP-1><FP-1>Not to everybody.</FP-1>",
    );
    let found: Vec<(&str, Availability)> = reading.list.items()[0]
        .particulars()
        .exceptions
        .iter()
        .map(|e| (e.symbol.as_str(), e.availability))
        .collect();
    assert_eq!(
        found,
        [
            ("LVS", Availability::UpTo(3000)),
            ("GBS", Availability::No),
            ("TSR", Availability::Partly),
            ("STA", Availability::Partly)
        ]
    );
    assert_eq!(
        reading.list.items()[0].particulars().exceptions[2]
            .text
            .as_deref(),
        Some("Yes, but not all $500 for some")
    );
}

#[test]
fn trap_10_typography() {
    let reading = entry(
        "3A001 Sets of “smart” parts",
        "<FP><I>Items:</I> a. More than 10\n<SU>6</SU> Gy at −40 °C &amp; CO<E T=\"52\">2</E>, 10<SU>n</SU> or 2<SU>x</SU>, <img src=\"x\"/>, 1 × 10<E T=\"51\">−9</E> K<E T=\"53\">2/3</E> χ<E T=\"51\">(3)</E> in <E T=\"04\">bold</E>;</FP><P>26.5 GHz is no label</P><P>e.g., nor is this</P>",
    );
    assert_eq!(
        item(&reading.list, "3A001.a").text(),
        Some("More than 10⁶ Gy at −40 °C & CO2, 10ⁿ or 2^x, [image], 1 × 10⁻⁹ K^2/3 χ⁽³⁾ in bold;")
    );
    assert_eq!(codes(&reading), ["3A001", "3A001.a"]);
    assert_eq!(observed(&reading, ObservationKind::Skipped).len(), 2);
}

#[test]
fn trap_11_a_code_that_looks_like_a_number() {
    assert_eq!(codes(&entry("0E001 Know-how", "")), ["0E001"]);
    assert!(
        "0.00E+00"
            .parse::<Code>()
            .unwrap_err()
            .problem()
            .contains("a spreadsheet has read a code as a number")
    );
}

#[test]
fn trap_12_bold_codes_are_references() {
    let reading = entry(
        "1C010 Fibers",
        "<FP-1><I>Related Controls:</I> See <B>1C012</B> and 1E001.</FP-1><FP><I>Items:</I> a. Fibers not in 1C010.b or 1C210.a.2;</FP><P>b. Resins.</P>",
    );
    assert_eq!(codes(&reading), ["1C010", "1C010.a", "1C010.b"]);
    let named = |code: &str| {
        item(&reading.list, code)
            .refers_to()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(named("1C010"), ["1C012", "1E001"]);
    assert_eq!(named("1C010.a"), ["1C010.b", "1C210.a.2"]);
}

#[test]
fn empty_headings_point_elsewhere() {
    let reading = read(
        "<FP-2><B>9A116 Vehicles, under another agency.</B></FP-2><FP-2><B>9A120 Tanks</B></FP-2><FP-1><I>Reason for Control:</I> MT</FP-1>",
    );
    assert_eq!(
        items(&reading),
        [
            ("9A116".to_owned(), ItemState::Empty),
            ("9A120".to_owned(), ItemState::Live)
        ]
    );
}

#[test]
fn a_paragraph_that_says_none_is_empty() {
    let reading = entry(
        "6D003 Software",
        "<FP><I>Items:</I> a. Acoustics. Fast software;</FP><P>b. <I>Lasers.</I> None.</P><P>c. None.</P>",
    );
    let state: Vec<ItemState> = reading
        .list
        .items()
        .iter()
        .skip(1)
        .map(|item| item.state())
        .collect();
    assert_eq!(state, [ItemState::Live, ItemState::Empty, ItemState::Empty]);
}

#[test]
fn what_a_lead_in_leaves_out_are_conditions() {
    let reading = entry(
        "7A611 Parts",
        "<FP><I>Items:</I></FP><P>x. Parts that are NOT:</P><P>x.1. Listed;</P><P>x.2. Described; <I>or</I></P><P>y. Masks, except:</P><P>y.1. Old ones.</P>",
    );
    assert_eq!(
        (
            item(&reading.list, "7A611.x").logic(),
            item(&reading.list, "7A611.y").logic()
        ),
        (ChildLogic::All, ChildLogic::All)
    );
}

#[test]
fn the_whole_part_and_the_whole_title() {
    let supplement =
        document("<FP-2><B>3A001 Sets</B></FP-2>").replace("<?xml version=\"1.0\"?>\n", "");
    let other = "<DIV9 N=\"Supplement No. 2 to Part 774\"><FP-2><B>3A999 No</B></FP-2></DIV9>";
    let part = format!(
        "<DIV5 N=\"774\" TYPE=\"PART\"><DIV8 N=\"774.1\"><P>Text</P></DIV8>{supplement}{other}</DIV5>"
    );
    for text in [
        part.clone(),
        format!("<ECFR><DIV1 N=\"15\"><DIV5 N=\"738\"><P>x</P></DIV5>{part}</DIV1></ECFR>"),
    ] {
        let reading = ecfr::read(text.as_bytes(), Edition::default()).unwrap();
        assert_eq!(codes(&reading), ["3A001"]);
    }
}
