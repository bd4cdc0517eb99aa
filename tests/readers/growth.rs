//! Twice the input is at most about twice the work, for every reader and for what is done with
//! lists. `ecfr_growth` has the reader of the eCFR.

#[path = "../support/doubling.rs"]
mod doubling;
#[allow(dead_code)]
#[path = "../../examples/common/table.rs"]
mod table;

use doubling::Work;
use export_control::code::Answer;
use export_control::compare::OverlapBasis;
use export_control::identifier::{CasNumber, Element};
use export_control::list::license::LicenseRequirement;
use export_control::{
    Code, Comparison, ControlList, Crosswalk, History, ListDiff, Measure, Quantity, quantity, rules,
};

/// A beginning, and something repeated up to a length.
fn repeated(length: usize, begin: &str, unit: impl Fn(usize) -> String) -> String {
    let mut text = begin.to_owned();
    for at in 0.. {
        if text.len() >= length {
            break;
        }
        text += &unit(at);
    }
    text
}

/// The code of a number, in list order; codes of one letter have no parent but their entry.
fn code(at: usize) -> String {
    format!("3A{:03}.{}", at / 900, at % 900 + 1)
}

/// A list of so many bytes, each entry before its paragraphs.
fn rows(length: usize, title: impl Fn(usize) -> String) -> String {
    repeated(length, "# list: a\ncode,title\n", |at| {
        let entry = if at % 900 == 0 {
            format!("3A{:03},Sets\n", at / 900)
        } else {
            String::new()
        };
        format!("{entry}{},{}\n", code(at), title(at))
    })
}

fn list(text: &str) -> ControlList {
    text.parse().unwrap()
}

fn words(at: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (at / 26_usize.pow(place) % 26) as u8);
    format!("pumps of {}{}{}", letter(2), letter(1), letter(0))
}

fn crosswalk(length: usize, other: impl Fn(usize) -> String) -> String {
    let header = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n";
    repeated(length, header, |at| {
        format!(
            "a:{}\tskos:relatedMatch\tb:{}\tsemapv:LexicalMatching\n",
            code(at),
            other(at)
        )
    })
}

fn work(name: &'static str, text: fn(usize) -> String, read: fn(&str)) -> Work<'static> {
    Work {
        name,
        text: Box::new(text),
        read,
    }
}

fn tables() -> Vec<Work<'static>> {
    let read_list = |text: &str| drop(list(text));
    vec![
        work("list", |length| rows(length, words), read_list),
        work(
            "list: one title",
            |length| rows(length, |_| "pumps".to_owned()),
            |text| {
                assert!(
                    ListDiff::between(&list(text), &list(text))
                        .unwrap()
                        .is_empty()
                )
            },
        ),
        work(
            "list: references of one item",
            |length| {
                repeated(length, "code,refers_to\n3A001,3A001", |at| {
                    format!(";{}", code(at))
                })
            },
            read_list,
        ),
        work(
            "list: figures of one item",
            |length| {
                repeated(length, "code,quantities\n3A001,power > 1 kW", |at| {
                    format!(";power > {at} kW")
                })
            },
            read_list,
        ),
        work(
            "list: rows in the wrong order",
            |length| {
                let text = rows(length, words);
                let mut lines: Vec<&str> = text.lines().collect();
                lines[2..].reverse();
                lines.join("\n")
            },
            read_list,
        ),
        work(
            "license rows of one entry",
            |length| {
                let header = "entry,reasons,applies_to,codes,columns,sections,destinations\n";
                repeated(length, header, |at| {
                    format!("3A001,NS,codes,{},NS:1,,\n", code(at))
                })
            },
            |text| assert!(LicenseRequirement::from_csv(text.as_bytes()).is_ok()),
        ),
        work(
            "destinations of one license row",
            |length| {
                let header = "entry,reasons,applies_to,codes,columns,sections,destinations\n";
                repeated(length, &format!("{header}3A001,NS,entry,,,,a"), |at| {
                    format!(";d{at}")
                })
            },
            |text| assert!(LicenseRequirement::from_csv(text.as_bytes()).is_ok()),
        ),
        work(
            "measures that suspend each other",
            |length| {
                repeated(
                    length,
                    "measure,in_force,suspends,suspended_through\n",
                    |at| format!("2025-{},2025-01-02,2025-{at},2026-01-01\n", at + 1),
                )
            },
            |text| {
                let measures = Measure::from_csv(text.as_bytes()).unwrap();
                let _ = list("code\n3A001\n").with_measures(measures);
            },
        ),
        work(
            "history",
            |length| {
                let header =
                    "# list: a\n# version: 2024-01-01\n# through: 2025-12-31\ncode,intervals\n";
                repeated(length, header, |at| match at % 900 {
                    0 => format!("3A{:03},0:any\n{},0:leaf\n", at / 900, code(at)),
                    _ => format!("{},0:leaf\n", code(at)),
                })
            },
            |text| drop(History::from_csv(text.as_bytes(), Vec::new()).unwrap()),
        ),
        work(
            "content rules",
            |length| {
                repeated(length, "id,list,content,threshold,citation\n", |at| {
                    format!("{at},a,b,exempt,c\n")
                })
            },
            |text| drop(rules::read_content_rules(text.as_bytes())),
        ),
        work(
            "table of a user",
            |length| {
                repeated(length, "id;eccn;text\n", |at| {
                    format!("{at};{};\"a, b\"\n", code(at))
                })
            },
            |text| {
                let is_header =
                    |header: &csv::StringRecord| !table::code_columns(header, None).is_empty();
                let read = table::Table::of("a.csv".to_owned(), text.as_bytes(), None, is_header);
                assert!(read.unwrap().rows.iter().all(|row| row.fault.is_none()));
            },
        ),
        work(
            "table of many columns",
            |length| repeated(length, "eccn", |at| format!(",c{at}")) + "\n3A001\n",
            |text| {
                let is_header =
                    |header: &csv::StringRecord| !table::code_columns(header, None).is_empty();
                assert!(
                    table::Table::of("a.csv".to_owned(), text.as_bytes(), None, is_header).is_ok()
                );
            },
        ),
    ]
}

fn pairs() -> Vec<Work<'static>> {
    let read = |text: &str| {
        let crosswalk = Crosswalk::from_sssom(text.as_bytes()).unwrap();
        assert_eq!(crosswalk.to_string().lines().last(), text.lines().last());
    };
    vec![
        work("crosswalk", |length| crosswalk(length, code), read),
        work(
            "crosswalk: all to one item",
            |length| crosswalk(length, |_| "3A001".to_owned()),
            read,
        ),
        work(
            "crosswalk: evidence of one mapping",
            |length| {
                let header =
                    "subject_id\tpredicate_id\tobject_id\tmapping_justification\tmatch_string\n";
                let row = "a:3A001\tskos:relatedMatch\tb:3A001\tsemapv:LexicalMatching\tx";
                repeated(length, &format!("{header}{row}"), |at| {
                    format!("|cas: {at}")
                })
            },
            |text| drop(Crosswalk::from_sssom(text.as_bytes())),
        ),
        work(
            "overlap",
            |length| rows(length, words),
            |text| {
                let (left, right) = (list(text), list(&text.replace("list: a", "list: b")));
                let mapped = Crosswalk::from_sssom(crosswalk(text.len(), code).as_bytes()).unwrap();
                let comparison = Comparison::new(&left, &right);
                drop(comparison.overlap(&mapped, OverlapBasis::default().proposals(0.0)));
            },
        ),
        work(
            "diff: all renumbered",
            |length| rows(length, words),
            |text| {
                let (old, new) = (list(text), list(&text.replace("3A", "3B")));
                let diff = ListDiff::between(&old, &new).unwrap();
                assert_eq!(diff.apply(&old).unwrap(), new);
            },
        ),
        work(
            "diff: all under one title, and renumbered",
            |length| rows(length, |_| "pumps".to_owned()),
            |text| {
                let (old, new) = (list(text), list(&text.replace("3A", "3B")));
                let diff = ListDiff::between(&old, &new).unwrap();
                assert_eq!(diff.apply(&old).unwrap(), new);
            },
        ),
    ]
}

fn short_texts() -> Vec<Work<'static>> {
    let answers = |text: &str| drop(Answer::read(text));
    let find = |text: &str| {
        drop(Code::find_in(text));
        drop(text.parse::<Code>());
        CasNumber::find_in(text).for_each(drop);
        drop(Element::find_in(text));
        drop(text.parse::<Quantity>());
    };
    vec![
        work(
            "answers: codes",
            |length| repeated(length, "", |at| format!("{}, ", code(at))),
            answers,
        ),
        work(
            "answers: one sign",
            |length| repeated(length, "3A001", |_| "/".to_owned()),
            answers,
        ),
        work(
            "answers: digits",
            |length| repeated(length, "3A001", |_| "1".to_owned()),
            answers,
        ),
        work(
            "answers: words",
            |length| repeated(length, "3A001 ", |at| words(at) + " "),
            answers,
        ),
        work(
            "answers: brackets",
            |length| repeated(length, "XI", |_| "(c)(".to_owned()),
            answers,
        ),
        work(
            "keys: codes",
            |length| repeated(length, "", |at| format!("{}, ", code(at))),
            find,
        ),
        work(
            "keys: digits and hyphens",
            |length| repeated(length, "", |_| "12-3-".to_owned()),
            find,
        ),
        work(
            "keys: digits",
            |length| repeated(length, "", |_| "1".to_owned()),
            find,
        ),
        work(
            "keys: elements",
            |length| repeated(length, "", |_| "Ga, tin ".to_owned()),
            find,
        ),
        work(
            "quantities in English",
            |length| repeated(length, "", |at| format!("a power exceeding {at} kW; or ")),
            |text| drop(quantity::in_english(text)),
        ),
        work(
            "quantities in Chinese",
            |length| repeated(length, "", |at| format!("功率大于{at}千瓦；")),
            |text| drop(quantity::in_chinese(text)),
        ),
    ]
}

#[cfg(feature = "mofcom")]
fn chinese() -> Vec<Work<'static>> {
    use export_control::source::mofcom::{catalogue, read};
    fn notice(length: usize, unit: impl Fn(usize) -> String) -> String {
        repeated(length, "商务部公告2031年第7号 公布虚构决定\n\n", unit)
            + "本公告自2031年5月1日起正式实施。\n"
    }
    fn table(length: usize, unit: impl Fn(usize) -> String) -> String {
        repeated(length, "rows\tcode\tstate\ttext\n", unit)
    }
    let notices = |text: &str| drop(read(text.as_bytes()));
    let tables = |text: &str| drop(catalogue::read(text.as_bytes()));
    vec![
        work(
            "notice: items",
            |length| {
                notice(length, |at| {
                    format!(
                        "（一）3C{:03}.a．虚构物项：\n1．纯度大于等于9%；\n",
                        at % 999
                    )
                })
            },
            notices,
        ),
        work(
            "notice: paragraphs of one item",
            |length| {
                let begin = "（一）3C990.a．虚构物项：\n";
                notice(length, |at| match at {
                    0 => begin.to_owned(),
                    _ => format!("{at}．虚构靶材；\n"),
                })
            },
            notices,
        ),
        work(
            "notice: other lines",
            |length| notice(length, |_| "虚构的一段话。\n".to_owned()),
            notices,
        ),
        work(
            "notice: suspensions",
            |length| {
                notice(length, |at| {
                    format!(
                        "即日起至2034年11月10日，暂停实施公告2030年第{}号。\n",
                        at + 1
                    )
                })
            },
            notices,
        ),
        work(
            "notice: brackets",
            |length| notice(length, |_| "（一".to_owned()),
            notices,
        ),
        work(
            "catalogue",
            |length| {
                table(length, |at| {
                    format!("{at}\t{}\tok\t功率大于5kW的虚构装置\n", code(at))
                })
            },
            tables,
        ),
        work(
            "catalogue: labels of one row",
            |length| {
                table(length, |at| match at {
                    0 => "1\t3A990\tok\t虚构装置：".to_owned(),
                    _ => format!("{at}．虚构部件；"),
                })
            },
            tables,
        ),
        work(
            "catalogue: notes of one row",
            |length| {
                table(length, |at| match at {
                    0 => "1\t3A990\tok\t虚构装置。".to_owned(),
                    _ => format!("说明：3A990项不管制第{at}种。"),
                })
            },
            tables,
        ),
    ]
}

#[cfg(not(feature = "mofcom"))]
fn chinese() -> Vec<Work<'static>> {
    Vec::new()
}

fn works() -> Vec<Work<'static>> {
    let mut all = tables();
    all.extend(pairs());
    all.extend(short_texts());
    all.extend(chinese());
    all
}

#[test]
fn every_text_is_read() {
    for work in works() {
        for length in [1, 3000] {
            (work.read)(&(work.text)(length));
        }
    }
}

#[test]
#[ignore = "run by the test below, under valgrind"]
fn one_reading() {
    doubling::one_reading(&works());
}

#[test]
#[ignore = "needs valgrind"]
fn twice_the_input_is_twice_the_work() {
    doubling::check(&works());
}
