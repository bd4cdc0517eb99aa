//! Notices as people save them are read in the same way. Damaged texts are errors with a reason.
#![cfg(feature = "mofcom")]

use export_control::ItemState;
use export_control::source::mofcom::{self, Notice};

/// An invented notice, one line each.
const LINES: [&str; 8] = [
    "商务部 海关总署公告2031年第8号 公布对虚构样品实施出口管制的决定",
    "【发布文号】商务部公告2031年第8号",
    "【发文日期】2031年02月04日",
    "一、虚构样品",
    "（一）1C990.b．钼粉：粒径小于等于20 μm的虚构钼粉（参考海关商品编号：8102100001）。",
    "（二）1C990.c．虚构钼丝：",
    "1．粗丝；",
    "2．细丝。",
];
const END: &str = "本公告自发布之日起实施。";

fn notice(join: &str) -> String {
    let mut text = LINES.join(join);
    text.push_str(join);
    text.push_str(END);
    text
}

fn read(text: &str) -> Notice {
    mofcom::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn error(text: &str) -> String {
    mofcom::read(text.as_bytes())
        .map(|notice| panic!("read: {:?}", codes(&notice)))
        .unwrap_err()
        .to_string()
}

fn codes(notice: &Notice) -> Vec<String> {
    notice
        .items
        .iter()
        .map(|item| item.code().to_string())
        .collect()
}

fn notes(notice: &Notice) -> Vec<String> {
    notice
        .observations
        .iter()
        .map(ToString::to_string)
        .collect()
}

const CODES: [&str; 4] = ["1C990.b", "1C990.c", "1C990.c.1", "1C990.c.2"];

/// Returns the items with their keys, and the measure, after checking that they are the same.
#[track_caller]
fn same(text: &str) -> Vec<String> {
    let (plain, other) = (read(&notice("\n\n")), read(text));
    assert_eq!(codes(&other), CODES, "{text}");
    for (one, two) in plain.items.iter().zip(&other.items) {
        let keys = |item: &export_control::Item| {
            (
                item.hs().to_vec(),
                item.elements().to_vec(),
                item.quantities().to_vec(),
                item.logic(),
                item.in_force(),
            )
        };
        assert_eq!(keys(one), keys(two), "{text}");
    }
    assert_eq!(other.measure.id, plain.measure.id);
    assert_eq!(other.measure.published, plain.measure.published);
    assert_eq!(other.measure.title, plain.measure.title);
    notes(&other)
}

#[test]
fn the_plain_notice() {
    let plain = read(&notice("\n\n"));
    assert_eq!(codes(&plain), CODES);
    assert_eq!(notes(&plain), [""; 0]);
    assert_eq!(plain.items[0].hs()[0].to_string(), "8102100001");
    assert_eq!(plain.items[0].elements(), ["Mo".parse().unwrap()]);
    assert_eq!(plain.items[0].quantities().len(), 1);
}

#[test]
fn forms_in_which_notices_are_saved() {
    for join in [
        "\n",
        "\r\n",
        "\r",
        "\n\n \u{3000}\n",
        "\u{2028}",
        "\u{b}",
        "\u{c}",
        "\u{85}",
    ] {
        assert_eq!(same(&notice(join)), [""; 0], "{join:?}");
    }
    // Half-width marks, as an input method or a converter leaves them.
    let half = notice("\n")
        .replace('：', ":")
        .replace('（', "(")
        .replace('）', ")");
    assert_eq!(same(&half), [""; 0]);
    let dots = notice("\n").replace('．', ".").replace('；', ";");
    assert_eq!(same(&dots), [""; 0]);
    // One line, with blanks or without.
    assert_eq!(
        same(&notice(" ")),
        ["line 1: repaired: several lines of the notice read on 1 line"]
    );
    // Invisible characters, full-width letters and digits.
    assert_eq!(
        same(
            &notice("\n")
                .replace("1．", "\u{200b}1．")
                .replace("（二）", "\u{feff}（二）\u{200e}")
        ),
        ["line 6: repaired: signs without width left out on 2 lines"]
    );
    assert_eq!(
        same(&notice("\n").replace("1C990.c", "１Ｃ９９０.ｃ")),
        ["line 6: repaired: full-width letters or figures read as plain ones on 1 line"]
    );
    assert_eq!(
        same(&notice("\n").replace("1C990.c．", "1C990．c．")),
        ["line 6: repaired: 1C990.c: read with full-width dots within the code"]
    );
}

#[test]
fn markdown() {
    let marked = format!(
        "# {}\n\n**{}**\n\n{}\n\n## {}\n\n- **{}\n- {}**\n  - {}\n  * 2\\. 细丝。\n\n> {END}\n",
        LINES[0], LINES[1], LINES[2], LINES[3], LINES[4], LINES[5], LINES[6]
    );
    assert_eq!(
        same(&marked),
        ["line 1: repaired: Markdown left out on 8 lines"]
    );
}

#[test]
fn numbers_in_other_styles() {
    for (first, second) in [
        ("1. 粗丝；", "2. 细丝。"),
        ("1、粗丝；", "2、细丝。"),
        ("（1）粗丝；", "（2）细丝。"),
        ("(1) 粗丝；", "(2) 细丝。"),
        ("1) 粗丝；", "2) 细丝。"),
        ("①粗丝；", "②细丝。"),
    ] {
        let text = notice("\n")
            .replace(LINES[6], first)
            .replace(LINES[7], second);
        assert_eq!(same(&text), [""; 0], "{first}");
    }
    // Items with Arabic numbers, their paragraphs with bracketed ones, and then circled ones.
    let nested = read(&format!(
        "{}\n1．1C990.b．虚构钼粉：\n（1）粗粉：\n①圆的；\n②扁的。\n（2）细粉。\n2．1C990.c．虚构钼丝。\n{END}\n{}",
        LINES[0], LINES[2]
    ));
    let expected = [
        "1C990.b",
        "1C990.b.1",
        "1C990.b.1.1",
        "1C990.b.1.2",
        "1C990.b.2",
        "1C990.c",
    ];
    assert_eq!(codes(&nested), expected);
    assert_eq!(notes(&nested), [""; 0]);
}

#[test]
fn lines_run_together_are_told_apart() {
    // Without any blank.
    let text = format!("{}\n{}\n{}{END}", LINES[0], LINES[2], LINES[3..].concat());
    let found = read(&text);
    assert_eq!(codes(&found), CODES);
    assert!(
        notes(&found)[0].contains("several lines"),
        "{:?}",
        notes(&found)
    );
    // A code in the middle of a text is reported if nothing before it ends a line.
    let text = notice("\n").replace("2．细丝。\n", "2．细丝1C990.d．虚构钼片。\n");
    let found = notes(&read(&text));
    assert_eq!(
        found,
        [
            "line 8: unclear: 1C990.c.2: names 1C990.d as the beginning of an item does; two lines may have run together"
        ]
    );
    // "第（一）项" and "1C990项" are a place and a reference.
    let text = notice("\n").replace("粗丝；", "非第（一）项或1C990.b项所管制的粗丝；");
    assert_eq!(same(&text), [""; 0]);
}

#[test]
fn codes_in_lines_that_are_not_understood_are_an_error() {
    const EXPECTED: &str = "expected a line that begins with its code, such as （一）1C117.b．, or ends in （管制编码：1C117.b）";
    let text = format!(
        "{}\n{}\n对虚构物项1C990.b钼粉实施管制。\n{END}",
        LINES[0], LINES[2]
    );
    assert_eq!(
        error(&text),
        format!(
            "line 3:6: 1C990.b: found the code 1C990.b in a line that is read as no item, {EXPECTED}"
        )
    );
    let text = format!("{}\n{}\nC990.b 钼粉\n{END}", LINES[0], LINES[2]);
    assert_eq!(
        error(&text),
        format!(
            "line 3: found \"C990\" in the place of a control code; the item and everything below \
             it are left out, {EXPECTED}"
        )
    );
    // A reference alone is not an item, and is reported.
    let text = format!("{}\n{}\n1C990项的许可照旧。\n{END}", LINES[0], LINES[2]);
    assert_eq!(
        notes(&read(&text)),
        ["line 1: unclear: the notice speaks of 1C990 and lists no item"]
    );
}

#[test]
fn what_no_text_of_a_notice_holds_is_refused() {
    for (from, to, expected) in [
        (
            "细丝",
            "细\u{7}丝",
            "line 8:4: found the control character U+0007, expected printable text",
        ),
        (
            "虚构样品",
            "虚\u{1b}[31m构样品",
            "line 1:24: found the control character U+001B, expected printable text",
        ),
        (
            "2．",
            "<p>2．",
            "line 8:1: found the HTML mark \"<p\", expected the text of the notice as its page shows it",
        ),
        (
            "2．",
            "&nbsp;2．",
            "line 8:1: found the HTML mark \"&nbsp\", expected the text of the notice as its page shows it",
        ),
        (
            "细丝。",
            "细丝。<br/>",
            "line 8:6: found the HTML mark \"<br\", expected the text of the notice as its page shows it",
        ),
        (
            "细丝。",
            "细丝。</td>",
            "line 8:6: found the HTML mark \"</td\", expected the text of the notice as its page shows it",
        ),
    ] {
        let text = notice("\n").replacen(from, to, 1);
        assert_eq!(error(&text), expected, "{to:?}");
    }
    // Characters that are not marks.
    assert_eq!(
        same(&notice("\n").replace("细丝", "a<b的细丝 R&D")).len(),
        0
    );
    let damaged = notice("\n").replace("细丝", "细\u{fffd}");
    assert!(notes(&read(&damaged))[0].contains("U+FFFD"));
}

#[test]
fn lost_lines_show() {
    for (from, to, expected) in [
        // The last line of a list: the line before promises it.
        (
            "2．细丝。\n",
            "",
            "line 7: unclear: 1C990.c.1: ends as if another paragraph followed and none does: lines of the text are lost",
        ),
        (
            "1．粗丝；\n",
            "",
            "line 7: unclear: 1C990.c.2: paragraph 2 without the one before it: lines of the text are lost",
        ),
        (
            "（一）",
            "一）",
            "line 5: repaired: 1C990.b: read with a damaged number before the code",
        ),
        (
            "（二）",
            "二）",
            "line 6: repaired: 1C990.c: read with a damaged number before the code",
        ),
        (
            "1．",
            "．",
            "line 7: skipped: unlabeled text after the items: ．粗丝；",
        ),
        (
            "2．",
            "1．",
            "line 8: unclear: 1C990.c.1.1: numbered like 1C990.c.1, which it is put below",
        ),
        (
            "（二）1C990.c．虚构钼丝：\n",
            "",
            "line 6: unclear: 1C990.b.1: a paragraph of 1C990.b, whose text announces none",
        ),
        (
            "（二）",
            "（四）",
            "line 6: unclear: 1C990.b: item 4 of a list follows item 1: lines of the text are lost",
        ),
        (
            "1C990.c",
            "1C990.e",
            "line 6: unclear: 1C990.e: the notice has no code between 1C990.b and this one",
        ),
        (
            "8102100001",
            "810210000",
            "line 5: unclear: 1C990.b: \"810210000\" is not a customs code",
        ),
        (
            "参考海关商品编号：",
            "",
            "line 5: unclear: 1C990.b: \"8102100001\" in the text, which nothing calls a customs code",
        ),
        (
            "2．细丝。",
            "2．细",
            "line 8: unclear: 1C990.c.2: breaks off without an end mark",
        ),
        (
            "2．细丝。",
            "2．【留】。",
            "line 8: unclear: 1C990.c.2: a text that no item has",
        ),
        (
            "1C990.c．",
            "1C990.．",
            "line 6: repaired: 1C990: read with two dots after the code",
        ),
    ] {
        let found = notes(&read(&notice("\n").replacen(from, to, 1)));
        assert!(
            found.iter().any(|note| note.starts_with(expected)),
            "{from} → {to}: {found:#?}"
        );
    }
    let reserved = read(&notice("\n").replace("细丝", "【保留】"));
    assert_eq!(reserved.items[3].state(), ItemState::Reserved);
}

/// Errors and observations remain short, and time stays in proportion, whatever a text repeats.
/// These inputs take minutes if anything is quadratic.
#[test]
fn long_texts() {
    let many = |unit: &str| unit.repeat(12_000 / unit.len());
    for unit in [
        "一、",
        "（一）",
        "（",
        "1C990.b．",
        "1C990、",
        "1C990.b．钼粉；",
        "1．",
        "a．细丝；",
        "①",
        "说明：",
        "。",
        "：1．丝",
        "【发文日期】",
        "自",
        "至",
        "自2031年1月1日起实施",
        "海关商品编号：",
        "参考海关商品编号：8102100001；",
        "管制编码：",
        "公告2031年第1号、",
        "项",
        "1C99项",
        "CAS ",
        "大于",
        "本公告自",
        "<",
        "&",
        "\\",
        "**",
        "|",
        "\u{200b}",
        "lC990 ",
        "钼",
        "0",
        "暂停实施",
        "“一（一）”",
    ] {
        for text in [
            many(unit),
            many(&format!("{unit}\n")),
            format!("（一）1C990.b．{}", many(unit)),
            format!("（一）1C990.b．钼丝：\n{}", many(&format!("1．{unit}\n"))),
        ] {
            let text = format!("{}\n{}\n{text}\n{END}", LINES[0], LINES[2]);
            match mofcom::read(text.as_bytes()) {
                Ok(notice) => {
                    assert!(notice.observations.len() <= 10_001, "{unit}");
                    for note in &notice.observations {
                        assert!(note.to_string().chars().count() <= 300, "{note}");
                    }
                }
                Err(error) => assert!(error.to_string().chars().count() <= 300, "{error}"),
            }
        }
    }
    let long = format!(
        "{}\n{}\n自{}2031年13月1日起实施。",
        LINES[0],
        LINES[2],
        many("0")
    );
    assert!(error(&long).chars().count() <= 300);
}

#[test]
fn caps() {
    let head = format!("{}\n{}\n", LINES[0], LINES[2]);
    let many: String = (0..10)
        .flat_map(|digit| (0..1000).map(move |number| (digit, number)))
        .flat_map(|(digit, number)| {
            "ABC"
                .chars()
                .map(move |group| format!("{digit}{group}{number:03} 物\n"))
        })
        .collect();
    assert_eq!(
        error(&format!("{head}{many}{END}")),
        "line 20003: found more than 20000 items, expected the text of one notice"
    );
    assert_eq!(
        error(&format!("{head}{}{END}", "物\n".repeat(100_001))),
        "line 100001: found more than 100000 lines, expected the text of one notice"
    );
    assert_eq!(
        error(&format!("{head}{}", "物".repeat(6 << 20))),
        "line 1:1: found more than 1000000 bytes, expected the text of one notice"
    );
    let shared = format!(
        "{head}{} {}\n{END}",
        (0..900)
            .map(|n| format!("1C{n:03}"))
            .collect::<Vec<_>>()
            .join("、"),
        "物".repeat(1000)
    );
    assert_eq!(
        error(&shared),
        "line 3: found 900 codes before one text, expected at most 1048576 bytes for all of them"
    );
}
