//! Errors for texts that are not notices, and for damaged ones.

use export_control::source::mofcom;

use super::{NOTICE, error, notes, read};

#[test]
fn what_is_no_notice_gets_told_so() {
    const EXPECTED: &str = "expected the Chinese text of a notice, in simplified characters, as the ministry publishes it";
    for (text, expected) in [
        ("", format!("line 1:1: found an empty text, {EXPECTED}")),
        (
            "<html><body>公告2031年第7号</body></html>",
            format!("line 1:1: found an HTML or XML page, {EXPECTED}"),
        ),
        (
            "MOFCOM Announcement No. 7 of 2031 on items",
            format!("line 1:1: found a text that is not Chinese, {EXPECTED}"),
        ),
        (
            "商务部公告\n公布關於物項的決定",
            format!("line 2:3: found the traditional character '關', {EXPECTED}"),
        ),
        (
            "商务部关于虚构物项的若干问题与解答",
            "line 1: found no notice's number, expected a title with one such as 公告2025年第10号"
                .to_owned(),
        ),
    ] {
        assert_eq!(error(text), expected, "{text}");
    }
    assert_eq!(
        error(b"\xe5\x95\x86\n\xff"),
        "line 2:1: not UTF-8 text: the byte at offset 4 does not start a character"
    );
}

#[test]
fn truncated_notices() {
    let end = NOTICE.find(" 本公告自").unwrap();
    let found = error(&NOTICE[..end]);
    assert!(
        found.ends_with("found the end of the text, expected the sentence that says from when the notice applies; is the text cut?"),
        "{found}"
    );
    assert!(found.starts_with("line 34"), "{found}");
    // A date on the page does not make the notice complete.
    let found = error(NOTICE[..end].replace(
        "https://",
        "published 2031-03-04 effective 2031-04-01\nhttps://",
    ));
    assert!(found.contains("is the text cut?"), "{found}");
    // If it is cut anywhere, it is an error, or it is the notice without some of its last lines.
    for length in (0..NOTICE.len()).filter(|length| NOTICE.is_char_boundary(*length)) {
        if let Ok(notice) = mofcom::read(&NOTICE.as_bytes()[..length]) {
            assert_eq!(notice.items.len(), 12, "{length}");
        }
    }
    // Lines that are lost in the middle show.
    let lost = NOTICE.replace(
        " 1．金属钬（参考海关商品编号：2805301900、28053019）；\n",
        "",
    );
    let notice = read(&lost);
    assert!(!notice.measure.full_text);
    assert!(
        notes(&notice)
            .contains(&"line 11: unclear: 1C990.a.2: paragraph 2 without the one before it: lines of the text are lost".to_owned()),
        "{:?}",
        notes(&notice)
    );
    let lost = NOTICE
        .replace(" a．钬靶；\n", "")
        .replace(" b．钬铜合金靶。\n", "");
    assert!(notes(&read(&lost)).iter().any(|note| note.ends_with(
        "1C990.a.3: announces paragraphs and none follows: lines of the text are lost"
    )));
}

#[test]
fn a_date_on_no_calendar_is_named() {
    for (from, to, expected) in [
        (
            "自2031年4月1日",
            "自2031年13月40日",
            "line 36: found the date 2031年13月40日, expected a day of the calendar",
        ),
        (
            "【发文日期】2031年03月04日",
            "【发文日期】2031年02月30日",
            "line 4: found the date 2031年02月30日, expected a day of the calendar",
        ),
        (
            "\n2031年3月4日",
            "\n2031年0月4日",
            "line 40: found the date 2031年0月4日, expected a day of the calendar",
        ),
    ] {
        assert_eq!(error(NOTICE.replace(from, to)), expected);
    }
}
