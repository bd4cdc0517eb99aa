//! Codes: parsing, printing, order, ancestors.

#[path = "../support/lists.rs"]
mod lists;

use export_control::code::{Basket, Label};
use export_control::{Category, Classification, Code, ParseError, ProductGroup};
use lists::{code, label};
use proptest::prelude::*;

fn parse(text: &str) -> Code {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn error(text: &str) -> ParseError {
    text.parse::<Code>().expect_err(text)
}

/// Returns a code's parts in the plainest form, which sorts as the lists do.
fn model(code: Code) -> (u8, char, u16, Vec<(bool, usize, String)>) {
    let labels = code.labels().map(|label| {
        let text = label.to_string();
        match text.parse::<usize>() {
            Ok(number) => (false, number, String::new()),
            Err(_) => (true, text.len(), text),
        }
    });
    (
        code.category().digit(),
        code.group().letter(),
        code.number(),
        labels.collect(),
    )
}

proptest! {
    #[test]
    fn parse_inverts_print(code in code()) {
        prop_assert_eq!(parse(&code.to_string()), code);
    }

    #[test]
    fn serde_round_trip(code in code()) {
        let json = serde_json::to_string(&code).unwrap();
        prop_assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), code);
    }

    #[test]
    fn order_is_the_lists_order(a in code(), b in code()) {
        prop_assert_eq!(a.cmp(&b), model(a).cmp(&model(b)));
        prop_assert_eq!(a == b, a.to_string() == b.to_string());
    }

    #[test]
    fn ancestors_contain(code in code(), label in label()) {
        let ancestors: Vec<Code> = code.ancestors().collect();
        prop_assert_eq!(ancestors.len(), code.depth());
        for ancestor in ancestors {
            prop_assert!(ancestor.contains(code) && ancestor < code && !code.contains(ancestor));
        }
        match code.child(label) {
            Some(child) => prop_assert_eq!(child.parent(), Some(code)),
            None => prop_assert_eq!(code.depth(), export_control::code::MAX_DEPTH),
        }
    }

    /// Any text gives a code or an error that names the text, and the printed form of a code parses
    /// as the same code.
    #[test]
    fn any_text_is_a_code_or_an_explained_error(text in "\\PC{0,30}|[0-9A-Ea-e][A-Ea-e][0-9]{3}[0-9a-z. ()-]{0,12}") {
        match text.parse::<Code>() {
            Ok(code) => prop_assert_eq!(parse(&code.to_string()), code),
            Err(error) => prop_assert!(error.to_string().contains(" is not an item code: "), "{}", error),
        }
    }
}

#[test]
fn what_people_write() {
    for text in [
        "3A001.b.2.a",
        "3a001b2a",
        "ECCN 3A001.b.2.a",
        "eccn: 3A001.b.2.a",
        " 3A001.b.2.a. ",
        "3A001(b)(2)(a)",
        "3A001 b 2 a",
        "３Ａ００１．ｂ．２．ａ",
        "3A001。b。2。a",
        "3A001.B.2.A",
        "3A001-b-2-a",
        "3A001.b.2.a;",
        "ECCN3A001.b.2.a",
    ] {
        assert_eq!(parse(text).to_string(), "3A001.b.2.a", "{text}");
    }
    assert_eq!(parse("1A613.aa").to_string(), "1A613.aa");
    assert_eq!(parse("0A998").number(), 998);
}

#[test]
fn parts() {
    let code = parse("9A610.x");
    assert_eq!(code.category(), Category::new(9).unwrap());
    assert_eq!(code.group(), ProductGroup::A);
    assert_eq!(
        (code.number(), code.third_digit(), code.depth()),
        (610, 6, 1)
    );
    assert_eq!(code.entry(), parse("9A610"));
    assert_eq!(std::mem::size_of::<Code>(), 16);
    assert_eq!(std::mem::size_of::<Option<Code>>(), 16);
}

#[test]
fn labels() {
    assert_eq!(
        Label::letters("z").and_then(Label::next),
        Label::letters("aa")
    );
    assert_eq!(Label::letters("zz").and_then(Label::next), None);
    assert_eq!(Label::number(999).and_then(Label::next), None);
    assert_eq!(Label::number(0), None);
}

#[test]
fn ear99_is_an_answer_of_its_own() {
    for text in ["EAR99", "ear 99", "EAR-99", "EAR99."] {
        assert_eq!(
            text.parse(),
            Ok(Classification::Basket(Basket::EAR99)),
            "{text}"
        );
        assert!(error(text).problem().starts_with("EAR99 is the basket"));
    }
    assert_eq!(
        "5A992.c".parse(),
        Ok(Classification::Code(parse("5A992.c")))
    );
    assert_eq!(
        error("EAR99").to_string(),
        "\"EAR99\" is not an item code: EAR99 is the basket for what is subject to the US regulations and on no entry of the Commerce Control \
         List, so it has no code"
    );
}

#[test]
fn error_texts() {
    for (text, expected, column) in [
        (
            "",
            "\"\" is not an item code: it is empty; expected a code such as 3A001.b.2",
            0,
        ),
        (
            "0.00E+00",
            "\"0.00E+00\" is not an item code: a spreadsheet has read a code as a number; 999 codes give it, such as 0E001 and 0E002; \
             format the column as text and enter the code again",
            0,
        ),
        (
            "2.00E+01",
            "\"2.00E+01\" is not an item code: a spreadsheet has read a code as a number, probably 2E001; format the column as text and enter \
             the code again",
            0,
        ),
        (
            "A001",
            "\"A001\" is not an item code: expected a category digit 0 to 9 first",
            1,
        ),
        (
            "3F001",
            "\"3F001\" is not an item code: expected a product group letter A to E after the digit",
            2,
        ),
        (
            "3A01",
            "\"3A01\" is not an item code: expected three digits after the product group letter",
            5,
        ),
        (
            "3A0011",
            "\"3A0011\" is not an item code: the digit at column 6 follows the five characters of the entry with no dot between them",
            6,
        ),
        (
            "3A001 3A002",
            "\"3A001 3A002\" is not an item code: a second code begins at column 7; expected one code",
            7,
        ),
        (
            "3A001.b/5D002",
            "\"3A001.b/5D002\" is not an item code: a second code begins at column 9; expected one code",
            9,
        ),
        (
            "3a001-3a005",
            "\"3a001-3a005\" is not an item code: a second code begins at column 7; expected one code",
            7,
        ),
        (
            "3A001.b*",
            "\"3A001.b*\" is not an item code: character '*' at column 8 is neither a paragraph label nor a separator",
            8,
        ),
        (
            "3A001.0",
            "\"3A001.0\" is not an item code: paragraph label \"0\" at column 7 is neither a number 1 to 999 nor one or two letters",
            7,
        ),
        (
            "3A001.abc",
            "\"3A001.abc\" is not an item code: paragraph label \"abc\" at column 7 is neither a number 1 to 999 nor one or two letters",
            7,
        ),
        (
            "3A001.1.1.1.1.1.1.1.1.1.1.1",
            "\"3A001.1.1.1.1.1.1.1.1.1.1.1\" is not an item code: it has more than 10 paragraph levels",
            27,
        ),
    ] {
        let error = error(text);
        assert_eq!(
            (error.to_string().as_str(), error.column()),
            (expected, Some(column).filter(|column| *column > 0)),
            "{text}"
        );
    }
    assert!(
        error("0.00E+00")
            .problem()
            .starts_with("a spreadsheet has read a code as a number")
    );
    assert!(error(&"x".repeat(1 << 20)).to_string().len() < 300);
}
