//! The reader of notices: what it reads and reports. The notices here are invented.
#![cfg(feature = "mofcom")]

#[path = "mofcom/errors.rs"]
mod errors;

use export_control::source::mofcom::{self, Notice};
use export_control::{ChildLogic, Item, ItemState};
use proptest::prelude::*;

const NOTICE: &str = "\
商务部 海关总署公告2031年第7号 公布对虚构物项实施出口管制的决定
https://example.org/notice/7.html

【发文日期】2031年03月04日

 一、钬相关物项

 （一）1C990.a．金属钬、含钬的合金及相关制品：

 1．金属钬（参考海关商品编号：2805301900、28053019）；

 2．【保留】；

 3．含钬的靶材：

 a．钬靶；

 b．钬铜合金靶。

 （二）1C990.b．具有下述所有特性的虚构溶剂（CAS 7664-39-3）：

 a．纯度大于等于99.9%；

 b．平均粒径大于5 μm且小于等于50 μm。

 说明：

 1．1C990.a.3项所管制的靶材包括片。

 二、相关技术

 （一）1E990、1E991.c．用于生产1C990项的技术。

 （二）某些设备的升级技术；（管制编码：2E990）

 本公告自2031年4月1日起正式实施。

商务部 海关总署

2031年3月4日
";

fn read(text: &str) -> Notice {
    mofcom::read(text.as_bytes()).unwrap()
}

fn error(text: impl AsRef<[u8]>) -> String {
    mofcom::read(text.as_ref())
        .map(|_| ())
        .expect_err("no notice")
        .to_string()
}

fn item<'a>(notice: &'a Notice, code: &str) -> &'a Item {
    let code = code.parse().unwrap();
    notice
        .items
        .iter()
        .find(|item| item.code() == code)
        .unwrap_or_else(|| panic!("no {code}"))
}

fn notes(notice: &Notice) -> Vec<String> {
    notice
        .observations
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn head() {
    let measure = read(NOTICE).measure;
    assert_eq!(measure.id.as_str(), "2031-7");
    assert_eq!(
        measure.authority,
        "Ministry of Commerce, General Administration of Customs"
    );
    assert_eq!(measure.title, "公布对虚构物项实施出口管制的决定");
    assert_eq!(
        (measure.published, measure.in_force),
        (
            Some(jiff::civil::date(2031, 3, 4)),
            Some(jiff::civil::date(2031, 4, 1))
        )
    );
    assert_eq!(
        measure.url.as_deref(),
        Some("https://example.org/notice/7.html")
    );
    assert!(measure.suspends.is_empty() && measure.full_text);
}

#[test]
fn items() {
    let notice = read(NOTICE);
    let codes: Vec<String> = notice
        .items
        .iter()
        .map(|item| item.code().to_string())
        .collect();
    let expected = [
        "1C990.a",
        "1C990.a.1",
        "1C990.a.2",
        "1C990.a.3",
        "1C990.a.3.a",
        "1C990.a.3.b",
        "1C990.b",
        "1C990.b.a",
        "1C990.b.b",
        "1E990",
        "1E991.c",
        "2E990",
    ];
    assert_eq!(codes, expected);
    assert_eq!(item(&notice, "1C990.a").logic(), ChildLogic::Any);
    assert_eq!(item(&notice, "1C990.b").logic(), ChildLogic::All);
    assert_eq!(item(&notice, "1C990.a.2").state(), ItemState::Reserved);
    let metal = item(&notice, "1C990.a.1");
    assert_eq!(
        metal
            .hs()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["2805301900", "28053019"]
    );
    assert_eq!(metal.elements(), ["Ho".parse().unwrap()]);
    assert_eq!(
        item(&notice, "1C990.b").cas(),
        ["7664-39-3".parse().unwrap()]
    );
    let quantities = |code| {
        item(&notice, code)
            .quantities()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(quantities("1C990.b.a"), ["purity ≥ 99.9 %"]);
    assert_eq!(quantities("1C990.b.b"), ["particle size > 5 µm ≤ 50 µm"]);
    for code in ["1E990", "1E991.c"] {
        assert_eq!(
            item(&notice, code).refers_to(),
            ["1C990".parse().unwrap()],
            "{code}"
        );
    }
    assert_eq!(item(&notice, "2E990").text(), Some("某些设备的升级技术"));
    assert!(
        notice
            .items
            .iter()
            .all(|item| item.in_force() == notice.measure.in_force
                && item.measure() == Some(&notice.measure.id))
    );
    assert_eq!(
        notes(&notice),
        [
            "line 26: skipped: 1C990.b.b: note: 说明：",
            "line 28: skipped: 1C990.b.b: note: 1．1C990.a.3项所管制的靶材包括片。"
        ]
        .map(|note| note.replace("1C990.b.b", "1C990.b"))
    );
}

#[test]
fn each_day_is_for_the_parts_named_before_it() {
    let notice = read(
        "商务部公告2031年第9号\n“一”自即日起实施，“二（一）”自2031年8月1日起实施，“三”、“四”自2031年9月1日起施行。\n2031年6月7日",
    );
    let parts: Vec<String> = notice
        .measure
        .parts
        .iter()
        .map(|part| format!("{} {}", part.name, part.in_force))
        .collect();
    assert_eq!(parts, ["2(1) 2031-08-01", "3 2031-09-01", "4 2031-09-01"]);
}

#[test]
fn words_about_customs_codes_without_any_hide_nothing() {
    let notice = read(
        &NOTICE
            .replace("（CAS 7664-39-3）", "（参考税则号列见附件，CAS 7664-39-3）")
            .replace("溶剂", "溶剂："),
    );
    let notice_without = read(&NOTICE.replace(
        "具有下述所有特性的虚构溶剂（CAS 7664-39-3）：",
        "海关商品编号见附件，CAS 7664-39-3",
    ));
    for notice in [notice, notice_without] {
        assert_eq!(
            item(&notice, "1C990.b").cas(),
            ["7664-39-3".parse().unwrap()]
        );
    }
}

#[test]
fn suspensions() {
    let notice = read(
        "商务部公告2031年第9号 公布暂停实施的决定\n经批准，自即日起至2032年5月6日，商务部公告2031年第7号、8号，及商务部公告2030第61号暂停实施。\n2031年6月7日",
    );
    let named: Vec<String> = notice
        .measure
        .suspends
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(named, ["2031-7", "2031-8", "2030-61"]);
    assert_eq!(
        notice.measure.suspended_through,
        Some(jiff::civil::date(2032, 5, 6))
    );
    assert_eq!(notice.measure.in_force, Some(jiff::civil::date(2031, 6, 7)));
    assert!(
        notice.items.is_empty() && notice.observations.is_empty(),
        "{:?}",
        notes(&notice)
    );
    let part = read(
        "商务部公告2031年第9号\n自即日起至2032年5月6日，商务部公告2031年第7号第二款暂停实施。\n2031年6月7日",
    );
    assert_eq!(part.measure.suspends, ["2031-7#2".parse().unwrap()]);
    let part = read(
        "商务部公告2031年第9号\n自即日起至2032年5月6日，商务部公告2031年第7号有关条款暂停实施。\n2031年6月7日",
    );
    assert!(part.measure.suspends.is_empty());
    assert!(
        notes(&part)
            .iter()
            .any(|note| note.contains("suspends a part of 2031-7 only")),
        "{:?}",
        notes(&part)
    );
}

#[test]
fn wrong_keys_are_reported_and_nothing_is_lost() {
    let notice = read(
        &NOTICE
            .replace("7664-39-3", "7664-39-4")
            .replace("28053019）", "280530199）"),
    );
    let notes = notes(&notice);
    assert!(
        notes.iter().any(|note| note
            .contains("1C990.b: \"7664-39-4\" is not a CAS number: its check digit is 4")),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|note| note.contains(
            "\"280530199\" is not a customs code: expected 4, 6, 8 or 10 digits, it has 9"
        )),
        "{notes:?}"
    );
    assert!(
        item(&notice, "1C990.b")
            .text()
            .unwrap()
            .contains("7664-39-4"),
        "the text keeps it"
    );
    assert_eq!(notice.items.len(), 12);
}

#[test]
fn a_heading_without_a_readable_code_is_reported() {
    for (from, to, expected) in [
        (
            "1C990.b．具有",
            "lC990.b．具有",
            "line 20: unclear: found \"lC990\" in the place of a control code",
        ),
        (
            "1C990.b．具有",
            "1С990.b．具有",
            "line 20: unclear: found \"1С990\" in the place of a control code",
        ),
        (
            "1C990.b．具有",
            "1Z990.b．具有",
            "line 20: unclear: found \"1Z990\" in the place of a control code",
        ),
        (
            "1C990.b．具有",
            "具有",
            "line 20: unclear: a numbered heading without a readable code",
        ),
        (
            "（管制编码：2E990）",
            "（管制编码：ZE990）",
            "line 34: unclear: found \"ZE990\" in the place of a control code",
        ),
        (
            " 一、钬相关物项",
            " 一、铒相关物项\n 二、钬相关物项",
            "line 6: unclear: a numbered heading without a readable code",
        ),
        (
            " 本公告自",
            " 三、铒相关物项\n 本公告自",
            "line 36: unclear: a numbered heading without a readable code",
        ),
    ] {
        let found = notes(&read(&NOTICE.replace(from, to)));
        assert_eq!(
            found
                .iter()
                .filter(|note| note.starts_with(expected))
                .count(),
            1,
            "{to}: {found:?}"
        );
    }
    // Rules are numbered as well and control nothing.
    let rules = NOTICE.replace(
        " 本公告自",
        " 三、出口经营者应当申请许可：\n （一）如实。\n （二）及时。\n 四、违者受罚。\n 本公告自",
    );
    assert_eq!(notes(&read(&rules)), notes(&read(NOTICE)));
}

#[test]
fn a_notice_that_applies_from_its_own_publication() {
    let notice = read(
        "商务部公告2031年第8号 关于调整的公告\n自本公告发布之日起，出口附件所列化学品须申请许可。\n2031年1月2日",
    );
    assert_eq!(notice.measure.in_force, Some(jiff::civil::date(2031, 1, 2)));
}

#[test]
fn a_notice_without_codes() {
    let notice = read(
        "商务部公告2031年第8号 关于公布清单的公告\n清单见附件。本公告自公布之日起实施。\n2031年1月2日",
    );
    assert!(notice.items.is_empty());
    assert_eq!(
        notes(&notice),
        ["line 1: unclear: the notice names no control code in its text; an annex may"]
    );
}

#[test]
fn a_code_that_stands_twice_keeps_both_texts() {
    let notice = read(&NOTICE.replace(
        "（二）某些设备的升级技术；（管制编码：2E990）",
        "（二）1E991.c．生产2B990项的技术。",
    ));
    let item = item(&notice, "1E991.c");
    assert_eq!(item.text().map(|text| text.lines().count()), Some(2));
    assert_eq!(
        item.refers_to(),
        ["1C990".parse().unwrap(), "2B990".parse().unwrap()]
    );
    assert!(
        notes(&notice)
            .iter()
            .any(|note| note.contains("repaired: 1E991.c: the code occurs a second time"))
    );
}

#[test]
fn markdown_keeps_only_the_notice() {
    let text = format!(
        "# {}\n- **Effective Date**: 2031-04-01\n## Summary\n一、9A999 a summary\n## Key Provisions\n{}\n## Notes\n一、9A998 speculation\n",
        NOTICE.lines().next().unwrap(),
        NOTICE.lines().skip(3).collect::<Vec<_>>().join("\n")
    );
    let notice = read(&text);
    assert_eq!(notice.items.len(), 12);
    assert!(
        notes(&notice)
            .iter()
            .any(|note| note.contains("not part of the notice"))
    );
}

proptest! {
    /// Damage gives an error or a notice whose items have unique codes in list order, but never a
    /// panic.
    #[test]
    fn damage_never_panics(at in any::<prop::sample::Index>(), with in "\\PC{0,3}", cut in any::<bool>()) {
        let chars: Vec<char> = NOTICE.chars().collect();
        let at = at.index(chars.len());
        let text: String = if cut { chars[..at].iter().collect() } else {
            chars[..at].iter().copied().chain(with.chars()).chain(chars[at + 1..].iter().copied()).collect()
        };
        if let Ok(notice) = mofcom::read(text.as_bytes()) {
            prop_assert!(notice.items.windows(2).all(|pair| pair[0].code() < pair[1].code()));
            prop_assert!(notice.observations.windows(2).all(|pair| pair[0].line <= pair[1].line));
        }
    }
}
