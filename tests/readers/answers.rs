//! What people and their tools write where a code is expected: the answer that is read, or the
//! error.

use export_control::code::{Answer, RemarkKind};
use export_control::identifier::{CasNumber, Element, HsCode, Species};
use export_control::{Classification, Code};
use proptest::prelude::*;

/// Returns the answers of a cell in short: `[prefix] classification {remark: kind}` or `! problem`
/// for each answer.
fn read(cell: &str) -> String {
    let one = |answer: &Result<Answer, _>| match answer {
        Ok(answer) => {
            let prefix = answer.prefix.as_ref();
            let prefix =
                prefix.map_or_else(String::new, |prefix| format!("[{}] ", prefix.as_str()));
            let remarks: String = answer
                .remarks
                .iter()
                .map(|remark| format!(" {{{}: {:?}}}", remark.text, remark.kind))
                .collect();
            format!("{prefix}{}{remarks}", answer.classification)
        }
        Err(error) => format!("! {}", export_control::ParseError::problem(error)),
    };
    Answer::read(cell)
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join(" | ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(cell, expected)| read(cell) != *expected)
        .map(|(cell, expected)| format!("{cell:?}\n  is   {}\n  want {expected}", read(cell)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn reasons_are_no_paragraphs() {
    check(&[
        ("3A001 (NS)", "3A001 {NS: Reason}"),
        ("1C010 (MT)", "1C010 {MT: Reason}"),
        ("3A001 NS", "3A001 {NS: Reason}"),
        ("3A001 ns", "3A001 {ns: Reason}"),
        ("5A992.c/AT", "5A992.c {AT: Reason}"),
        ("3A001(NS)", "3A001 {NS: Reason}"),
        ("3A001.NS", "3A001 {NS: Reason}"),
        ("3a001.ns", "3A001 {ns: Reason}"),
        ("3A001-AT", "3A001 {AT: Reason}"),
        ("3A001NS", "3A001 {NS: Reason}"),
        (
            "3A001.b.2 NS, MT, AT",
            "3A001.b.2 {NS: Reason} {MT: Reason} {AT: Reason}",
        ),
        ("3A001.a (NS2/AT1)", "3A001.a {NS2: Reason} {AT1: Reason}"),
        ("2B350 (CB Column 2)", "2B350 {CB Column 2: Reason}"),
        ("1C350.b CW", "1C350.b {CW: Reason}"),
        ("0A501.a (SS)", "0A501.a {SS: Reason}"),
        ("3A001.CC", "3A001 {CC: Reason}"),
        ("3A001 (NS:2, AT:1)", "3A001 {NS:2: Reason} {AT:1: Reason}"),
        ("7A994 AT only", "7A994 {AT only: Reason}"),
    ]);
}

#[test]
fn countries_and_flags_are_no_paragraphs() {
    check(&[
        ("3A001 US", "3A001 {US: Country}"),
        ("3A001 (CN)", "3A001 {CN: Country}"),
        ("3A001.a.1/DE", "3A001.a.1 {DE: Country}"),
        ("5A002 USA", "5A002 {USA: Country}"),
        ("5A002 (EU)", "5A002 {EU: Country}"),
        ("3A001_JP", "3A001 {JP: Country}"),
        ("5A994 N", "5A994 {N: Letter}"),
        ("5A994 (N)", "5A994 {N: Letter}"),
        ("5A992.c (Y)", "5A992.c {Y: Letter}"),
        ("5A992.c/N", "5A992.c {N: Letter}"),
        ("5A992.c MMKT", "5A992.c {MMKT: Flag}"),
        ("5A992C MMKT", "5A992.c {MMKT: Flag}"),
        ("5D992.c mass market", "5D992.c {mass market: Flag}"),
        ("5A002 Retail", "5A002 {Retail: Flag}"),
        ("3A001 in stock", "3A001 {in stock: Words}"),
        ("3A001.b see note 3", "3A001.b {see note 3: Words}"),
        ("3A001 a pump", "3A001 {a pump: Words}"),
        ("1C004项", "1C004 {项: Words}"),
        ("3A001 xx", "3A001 {xx: Words}"),
        ("3A001 (see note)", "3A001 {see note: Words}"),
        ("3A001.a*", "3A001.a {*: Words}"),
    ]);
}

#[test]
fn exceptions_and_sections_are_no_paragraphs() {
    check(&[
        ("5D002 (TSU)", "5D002 {TSU: Exception}"),
        ("5D002ENC3", "5D002 {ENC3: Exception}"),
        ("5D002 ENC", "5D002 {ENC: Exception}"),
        ("5D002.ENC", "5D002 {ENC: Exception}"),
        (
            "5D002 License Exception ENC",
            "5D002 {License Exception ENC: Exception}",
        ),
        ("4A003 APP", "4A003 {APP: Exception}"),
        ("3A001 LVS/GBS", "3A001 {LVS: Exception} {GBS: Exception}"),
        ("5A992.c NLR", "5A992.c {NLR: NoLicense}"),
        ("5A992.c - NLR", "5A992.c {NLR: NoLicense}"),
        (
            "5A992.c (no license required)",
            "5A992.c {no license required: NoLicense}",
        ),
        ("5D002 740.17", "5D002 {740.17: Section}"),
        ("5D002 740.17(b)(1)", "5D002 {740.17(b)(1): Section}"),
        ("5D002 (740.13(e))", "5D002 {740.13(e): Section}"),
        ("5A002 § 740.17", "5A002 {§ 740.17: Section}"),
        (
            "5D002 TSU 740.13",
            "5D002 {TSU: Exception} {740.13: Section}",
        ),
        (
            "5A002.a 15 CFR 740.17(b)(2)",
            "5A002.a {15 CFR 740.17(b)(2): Section}",
        ),
        ("3A001 2", "3A001 {2: Paragraph}"),
        ("3A001 (1)", "3A001 {1: Paragraph}"),
        ("3A001.b (1)", "3A001.b {1: Paragraph}"),
    ]);
}

#[test]
fn ranges_are_no_paragraphs() {
    check(&[
        ("3A001.a-c", "3A001.a {-c: Range}"),
        ("3A001.a - c", "3A001.a {- c: Range}"),
        ("3A001.a–c", "3A001.a {-c: Range}"),
        ("3A001.a-.c", "3A001.a {-.c: Range}"),
        ("3A001.a to c", "3A001.a {to c: Range}"),
        ("3A001.a through .e", "3A001.a {through .e: Range}"),
        ("3A001.b.1-3", "3A001.b.1 {-3: Range}"),
        ("3A001.b.1-b.3", "3A001.b.1 {-b.3: Range}"),
        ("3A001(b)(1)-(3)", "3A001.b.1 {-(3): Range}"),
        ("3A001-3A005", "3A001 {to 3A005: Range} | 3A005"),
        ("3A001 to 3A005", "3A001 {to 3A005: Range} | 3A005"),
        (
            "3A001.a through 3A001.e",
            "3A001.a {to 3A001.e: Range} | 3A001.e",
        ),
        ("9A001至9A003", "9A001 {to 9A003: Range} | 9A003"),
        ("3A001..3A005", "3A001 {to 3A005: Range} | 3A005"),
        ("3A001.a/b", "3A001.a {/b: Paragraph}"),
        ("3A001.a and b", "3A001.a {and b: Paragraph}"),
        ("3A001.a, .c", "3A001.a {c: Paragraph}"),
        ("3A001.a & c", "3A001.a {& c: Paragraph}"),
    ]);
}

#[test]
fn what_a_code_meets_is_said() {
    for (text, problem) in [
        (
            "3A001 (NS)",
            "3A001 is followed by \"NS\", which looks like a reason for control; expected 3A001 alone",
        ),
        (
            "3A001 US",
            "3A001 is followed by \"US\", which looks like a country; expected 3A001 alone",
        ),
        (
            "5D002ENC3",
            "5D002 is followed by \"ENC3\", which looks like a license exception; expected 5D002 alone",
        ),
        (
            "3A001.a-c",
            "3A001.a is followed by \"-c\", which looks like the end of a range; expected 3A001.a alone",
        ),
        (
            "5A994 N",
            "5A994 is followed by \"N\", which looks like a flag, or a paragraph without its dot; expected 5A994 alone",
        ),
        (
            "5D002 740.17(b)(1)",
            "5D002 is followed by \"740.17(b)(1\", which looks like a section of a regulation; expected 5D002 alone",
        ),
    ] {
        let error = text.parse::<Code>().expect_err(text);
        assert_eq!(error.problem(), problem);
        assert!(error.column().is_some(), "{text}");
    }
    for text in [
        "3A001ns",
        "3A001 to",
        "3A001.a/b",
        "3A001, NLR",
        "3A001 and others",
        "3A001 é",
    ] {
        assert!(text.parse::<Code>().is_err(), "{text}");
    }
}

/// The ways in which people write paragraphs are still read.
#[test]
fn paths_are_paths() {
    for (text, code) in [
        ("3a001b2a", "3A001.b.2.a"),
        ("3A001B2A", "3A001.b.2.a"),
        ("3A001 (b)(2)(a)", "3A001.b.2.a"),
        ("3A001 (b) (2) (a)", "3A001.b.2.a"),
        ("3A001(b.2.a)", "3A001.b.2.a"),
        ("3A001[b][2]", "3A001.b.2"),
        ("3A001 b2a", "3A001.b.2.a"),
        ("3A001 B 2", "3A001.b.2"),
        ("3A001_b_2", "3A001.b.2"),
        ("3A001 .b .2", "3A001.b.2"),
        ("3A001. b. 2", "3A001.b.2"),
        ("1A613aa", "1A613.aa"),
        ("1a613.AA", "1A613.aa"),
        ("1a613.ab", "1A613.ab"),
        ("5A992-c", "5A992.c"),
        ("ECCN No. 5A992.c", "5A992.c"),
        ("ECCN# 5A992.c", "5A992.c"),
        ("\u{feff}5A992\u{200b}.c", "5A992.c"),
    ] {
        assert_eq!(
            text.parse::<Code>().map(|code| code.to_string()),
            Ok(code.into()),
            "{text}"
        );
    }
}

#[test]
fn two_codes_are_two_codes() {
    check(&[
        ("3A001, 5A002", "3A001 | 5A002"),
        ("3A001 5A002", "3A001 | 5A002"),
        ("3A001/5A002", "3A001 | 5A002"),
        ("3A001.b; 5D002.c.1; EAR99", "3A001.b | 5D002.c.1 | EAR99"),
        ("3A001\n5A002", "3A001 | 5A002"),
        ("3A001 & 5A002", "3A001 | 5A002"),
        ("3A001 and 5A002", "3A001 | 5A002"),
        (
            "3A001 (NS), 5A002 (EI)",
            "3A001 {NS: Reason} | 5A002 {EI: Reason}",
        ),
        ("5A002 US: 5D992.c", "5A002 | [US] 5D992.c"),
        ("3A001 or ML5b", "3A001 | ML5.b"),
        ("3A001和5A002", "3A001 | 5A002"),
        ("3A001, and 5A002 or EAR99", "3A001 | 5A002 | EAR99"),
        (
            "3F001, 3A001",
            "! expected a product group letter A to E after the digit | 3A001",
        ),
        ("3A001, 3A01", "3A001 {3A01: Words}"),
        (
            "3A001.abc, 3A002",
            "! paragraph label \"abc\" at column 7 is neither a number 1 to 999 nor one or two letters | 3A002",
        ),
        // Words before the second code are about it too.
        (
            "5A992.c, not 5A002",
            "5A992.c {not: Words} | 5A002 {not: Words}",
        ),
        (
            "5A992.c (formerly 5A002.a)",
            "5A992.c {formerly: Words} | 5A002.a {formerly: Words}",
        ),
        (
            "3A001.b.2 (see also 3A002)",
            "3A001.b.2 {see also: Words} | 3A002 {see also: Words}",
        ),
        ("3A001, see note, 5A002", "3A001 {see note: Words} | 5A002"),
    ]);
    // A letter of another alphabet looks right and is not.
    check(&[
        (
            "3А001",
            "! its 'А' is U+0410, a letter of another alphabet; expected A, a product group letter",
        ),
        (
            "5Ε002",
            "! its 'Ε' is U+0395, a letter of another alphabet; expected E, a product group letter",
        ),
        (
            "3O001",
            "! expected a product group letter A to E after the digit",
        ),
    ]);
}

#[test]
fn numbers_of_data_tools_come_back_with_the_answer() {
    let guess = |text: &str, tool: &str, code: &str| {
        let want = format!(
            "! {tool} has read a code as a number, probably {code}; format the column as text and enter the code again"
        );
        assert_eq!(read(text), want, "{text}");
        assert!(
            text.parse::<Code>()
                .is_err_and(|error| error.problem() == &want[2..]),
            "{text}"
        );
        assert!(text.parse::<Classification>().is_err());
    };
    for (text, code) in [
        ("30", "3E001"),
        ("30.0", "3E001"),
        ("9000.0", "9E003"),
        ("9,000", "9E003"),
        ("200", "2E002"),
        ("30,0", "3E001"),
        ("1e+101", "1E101"),
        ("3e+101", "3E101"),
        ("3e1", "3E001"),
        ("9e+22", "9E022"),
        ("9.00000000000000e+22", "9E022"),
        ("20000000000000000000", "2E019"),
        ("７０", "7E001"),
    ] {
        guess(text, "a data tool", code);
    }
    for (text, code) in [
        ("3.00E+01", "3E001"),
        ("3,00E+01", "3E001"),
        ("2E+201", "2E201"),
        ("1.00E+101", "1E101"),
        ("6E+3", "6E003"),
    ] {
        guess(text, "a spreadsheet", code);
    }
    for text in ["0", "0.0", "0.00E+00", "0,0", "00000", "0e0"] {
        assert!(
            read(text).contains("; 999 codes give it, such as 0E001 and 0E002; "),
            "{text}"
        );
    }
    for text in [
        "inf",
        "Infinity",
        "INF",
        "1.79769313486232E+308",
        "1e+991",
        "9E+501",
    ] {
        assert!(
            read(text).contains(" codes give it, such as 1E309 and 1E310; "),
            "{}",
            read(text)
        );
    }
    // Numbers that no code gives, and codes.
    for text in ["4711", "30.5", "31", "-30", "1.5e+2", "3", "12E5"] {
        assert!(!read(text).contains("as a number"), "{}", read(text));
    }
    for text in [
        "3E001",
        "3e001",
        "'3E001",
        "=\"3E001\"",
        "\"3E001\"",
        "’3E001",
        "`3E001",
        "\t3E001",
    ] {
        assert_eq!(read(text), "3E001", "{text}");
    }
    assert_eq!(Code::read_as_number("'30").count(), 1);
    assert_eq!(Code::read_as_number("3E001").count(), 0);
}

#[test]
fn answers_that_are_no_code() {
    check(&[
        ("", "unknown"),
        ("  ", "unknown"),
        ("-", "unknown"),
        ("—", "unknown"),
        ("?", "unknown"),
        ("TBD", "unknown"),
        ("NaN", "unknown"),
        ("null", "unknown"),
        ("#N/A", "unknown"),
        ("待定", "unknown"),
        ("N/A", "not listed"),
        ("n.a.", "not listed"),
        ("None", "not listed"),
        ("not listed", "not listed"),
        ("Not Controlled", "not listed"),
        ("Nicht gelistet", "not listed"),
        ("No ECCN", "not listed"),
        ("不适用", "not listed"),
        ("无", "not listed"),
        ("不受管制", "not listed"),
        ("NEC", "not listed {NEC: Words}"),
        ("ECCN N/A", "not listed"),
        ("ECCN: not listed", "not listed"),
        ("#REF!", "unknown"),
        ("#VALUE!", "unknown"),
        ("NLR", "no license required"),
        ("N.L.R.", "no license required"),
        ("No License Required", "no license required"),
        ("no licence required", "no license required"),
        ("无需许可证", "no license required"),
    ]);
}

#[test]
fn baskets_and_munitions() {
    check(&[
        ("EAR99 (NLR)", "EAR99 {NLR: NoLicense}"),
        ("EAR99 / NLR", "EAR99 {NLR: NoLicense}"),
        (
            "EAR99 - no license required",
            "EAR99 {no license required: NoLicense}",
        ),
        ("NLR/EAR99", "EAR99 {NLR: NoLicense}"),
        ("EAR 99 US", "EAR99 {US: Country}"),
        ("ECCN: EAR99", "EAR99"),
        ("ear-99; ear99", "EAR99 | EAR99"),
        ("XI(c)", "USML XI(c)"),
        ("XI (c)(4)(i)", "USML XI(c)(4)(i)"),
        ("CATEGORY XI (D)", "USML XI(d)"),
        ("USML VIII(h)(1)", "USML VIII(h)(1)"),
        ("USML Category 8(h)", "USML VIII(h)"),
        ("USML/XI", "USML XI"),
        ("Cat. XII(b)", "USML XII(b)"),
        ("ITAR", "USML"),
        ("ITAR XI(a)", "USML XI(a)"),
        ("ML5b", "ML5.b"),
        ("ML 5.b.1", "ML5.b.1"),
        ("ML22", "ML22"),
        ("ml10(a)", "ML10.a"),
        ("XI", "! expected a category digit 0 to 9 first"),
        ("ML23", "! expected a category digit 0 to 9 first"),
        ("Category 5", "! expected a category digit 0 to 9 first"),
    ]);
}

#[test]
fn prefixes_name_a_list() {
    check(&[
        ("US: 5D992.c", "[US] 5D992.c"),
        ("EU 5A002", "[EU] 5A002"),
        ("AL: N ECCN: 3E991", "[AL] not listed | 3E991"),
        ("AL: N, US: EAR99", "[AL] not listed | [US] EAR99"),
        ("EU: none", "[EU] not listed"),
        ("AL=N", "[AL] not listed"),
        ("1C902、1C903", "1C902 | 1C903"),
        ("US ECCN 5A992.c", "[US] 5A992.c"),
        ("USA: EAR99", "[USA] EAR99"),
        ("us-ccl:3E001", "[us-ccl] 3E001"),
        ("cn-dual-use:3C004", "[cn-dual-use] 3C004"),
        ("DE-5A002", "[DE] 5A002"),
        ("EU 5A002 / US 5A002", "[EU] 5A002 | [US] 5A002"),
        ("UK: ML5b", "[UK] ML5.b"),
        ("管制编码：1C902", "1C902"),
        ("ECCN 5A002 (EU)", "5A002 {EU: Country}"),
    ]);
    assert!("US: 5D992.c".parse::<Classification>().is_err());
    assert!("EAR99 (NLR)".parse::<Classification>().is_err());
    assert!("3A001, 3A002".parse::<Classification>().is_err());
}

proptest! {
    /// Any cell has an answer, and every message is short and on one line.
    #[test]
    fn any_cell_is_answered(cell in "\\PC{0,40}|([0-9][A-E][0-9]{3}[a-zA-Z0-9. (),/-]{0,12}){1,3}|[A-Z :/().0-9]{0,20}") {
        let answers = Answer::read(&cell);
        prop_assert!(!answers.is_empty());
        for answer in answers {
            match answer {
                Err(error) => prop_assert!(error.to_string().chars().count() <= 300),
                Ok(answer) => {
                    // A classification reads what it prints.
                    let printed = answer.classification.to_string();
                    prop_assert_eq!(printed.parse::<Classification>(), Ok(answer.classification));
                }
            }
        }
    }

    /// A code is never invented: an answer has only labels that are written in the cell.
    #[test]
    fn two_letters_are_never_a_paragraph(
        code in "[0-9][A-E][0-9]{3}(\\.[a-z](\\.[1-9])?)?",
        between in "( |\\(| \\(|/|, | / |-| - )",
        word in "(NS|MT|AT|CB|US|CN|DE|IN|TSU|ENC|MMKT|NLR|to|through|740\\.17|GBS)"
    ) {
        let cell = format!("{code}{between}{word}");
        prop_assert!(cell.parse::<Code>().is_err(), "{}", cell);
        let first = Answer::read(&cell).remove(0).expect("an answer");
        prop_assert_eq!(first.classification.to_string(), code);
        prop_assert!(!first.remarks.is_empty(), "{}", cell);
    }
}

#[test]
fn messages_are_short_and_on_one_line() {
    fn message<T: std::str::FromStr<Err = export_control::ParseError>>(text: &str) {
        if let Err(error) = text.parse::<T>() {
            let message = error.to_string();
            assert!(message.chars().count() <= 300, "{message}");
            assert!(!message.contains(char::is_control), "{message:?}");
        }
    }
    let long = [
        "d", "\u{1}", "\u{202e}", "汉", "9", ".", "(", "\\", "\"", "NS ", "3A001 ", "\n",
    ];
    for unit in long {
        for times in [1, 30, 300, 3000, 30_000] {
            for head in [
                "",
                "6A005.",
                "6A005 ",
                "3A001.b\u{7}",
                "CAS ",
                "US: ",
                "EAR99 ",
            ] {
                let text = format!("{head}{}", unit.repeat(times));
                message::<Code>(&text);
                message::<Classification>(&text);
                message::<CasNumber>(&text);
                message::<HsCode>(&text);
                message::<Element>(&text);
                message::<Species>(&text);
                for answer in Answer::read(&text) {
                    match answer {
                        Err(error) => assert!(error.to_string().chars().count() <= 300),
                        Ok(answer) => {
                            let long = |remark: &export_control::code::Remark| {
                                remark.text.chars().count() > 61
                            };
                            assert!(!answer.remarks.iter().any(long));
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_open() {
    for (cell, open) in [
        ("3A001", false),
        ("3A001 (NS)", false),
        ("5D002 TSU 740.13", false),
        ("5A002 US", false),
        ("EAR99 / NLR", false),
        ("ML5b", false),
        ("N/A", false),
        ("NEC", true),
        ("NLR", true),
        ("", true),
        ("3A001 to 3A005", true),
        ("3A001.a/b", true),
        ("5A994 N", true),
        ("formerly 3A001", true),
    ] {
        let is_open = Answer::read(cell)[0].as_ref().is_ok_and(Answer::is_open);
        assert_eq!(is_open, open, "{cell}");
    }
    assert!(RemarkKind::Words.is_open());
}
