//! The reader of the catalogue's descriptions: rows, heads, conditions, notes, bad input.
#![cfg(feature = "mofcom")]

use export_control::list::NoteKind;
use export_control::source::mofcom::catalogue::{self, Catalogue};
use export_control::{ChildLogic, ControlList, Item, ListInfo};
use export_control::{CountingRule, ListId, Scope};

const HEADER: &str = "rows\tcode\tstate\ttext\n";

fn read(rows: &str) -> Catalogue {
    catalogue::read(format!("{HEADER}{rows}").as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn error(text: &str) -> String {
    catalogue::read(text.as_bytes()).unwrap_err().to_string()
}

fn item<'a>(catalogue: &'a Catalogue, code: &str) -> &'a Item {
    let code = code.parse().unwrap();
    let found = catalogue.items.iter().find(|item| item.code() == code);
    found.unwrap_or_else(|| panic!("no {code}"))
}

fn printed<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn codes(catalogue: &Catalogue) -> Vec<String> {
    let codes = catalogue.items.iter().map(|item| item.code().to_string());
    codes.collect()
}

fn observed(catalogue: &Catalogue) -> Vec<String> {
    printed(&catalogue.observations)
}

#[test]
fn a_parents_words_come_with_its_first_paragraph() {
    let read = read(
        "7\t3A990.a.1\tok\t虚构炉及其部件：a．以下虚构炉：1．功率大于 5 kW 的圆炉；
8-9\t3A990.a.2\tok\t2．方炉；
10\t3A990.b\tok\tb．炉用虚构阀（CAS 7664-39-3），见 1C990 项。
",
    );
    assert_eq!(
        codes(&read),
        ["3A990", "3A990.a", "3A990.a.1", "3A990.a.2", "3A990.b"]
    );
    assert_eq!(item(&read, "3A990").text(), Some("虚构炉及其部件："));
    assert_eq!(item(&read, "3A990.a").text(), Some("以下虚构炉："));
    let round = item(&read, "3A990.a.1");
    assert_eq!(round.text(), Some("功率大于 5 kW 的圆炉"));
    assert_eq!(printed(round.quantities()), ["power > 5 kW"]);
    let square = item(&read, "3A990.a.2");
    assert_eq!(square.particulars().catalogue_rows, [8, 9]);
    let valve = item(&read, "3A990.b");
    assert_eq!(printed(valve.cas()), ["7664-39-3"]);
    assert_eq!(printed(valve.refers_to()), ["1C990"]);
    assert_eq!(observed(&read), [""; 0]);
}

#[test]
fn conditions_have_no_codes_and_keep_their_tree() {
    let read = read(
        "1\t3A990\tok\t具有以下所有特性的虚构窗：a．厚度大于等于 100 mm；b．具有以下任一特性：1．重量大于 5 kg；2．宽度小于等于 3 m；c．不发光。
",
    );
    assert_eq!(codes(&read), ["3A990"]);
    let window = item(&read, "3A990");
    assert_eq!(
        printed(window.conditions()),
        [
            "all",
            "a: thickness ≥ 100 mm",
            "b=any",
            "b.1: weight > 5 kg",
            "b.2: width ≤ 3 m",
            "c"
        ]
    );
    assert_eq!(window.conditions()[0].logic, ChildLogic::All);
    // The item's own quantities include those of its conditions.
    assert_eq!(
        printed(window.quantities()),
        ["thickness ≥ 100 mm", "weight > 5 kg", "width ≤ 3 m"]
    );
    // No rule counts the conditions.
    let info = ListInfo::new(ListId::new("mine"), "mine");
    let list = ControlList::new(info, Default::default(), read.items).unwrap();
    for rule in [
        CountingRule::Leaves,
        CountingRule::Items,
        CountingRule::Provisions,
    ] {
        assert_eq!(list.count(rule, &Scope::default()).number(), Some(1));
    }
    assert_eq!(
        list.to_string().parse::<ControlList>().unwrap().to_string(),
        list.to_string()
    );
}

#[test]
fn goods_in_a_list_are_items() {
    let read = read(
        "1-3\t1C990.a\tok\t样品：a．含样品的以下合金：1．具有以下两种特性的甲合金：a．纯度大于 99%；b．圆的；2．乙合金；
",
    );
    assert_eq!(codes(&read), ["1C990", "1C990.a", "1C990.a.1", "1C990.a.2"]);
    assert_eq!(
        printed(item(&read, "1C990.a.1").conditions()),
        ["all", "a: purity > 99 %", "b"]
    );
    assert!(item(&read, "1C990.a").conditions().is_empty());
}

#[test]
fn notes_belong_to_what_they_name() {
    let read = read(
        "1\t3A990.a\tok\t虚构炉：说明：3A990.a、3A990.b 项不管制玩具炉。a．用于虚构熔炼的炉；说明：1．3A990.a 项亦管制小炉。2．不包括旧炉。技术说明：在 3A990.a.1 项中，“炉”是指容器。
2\t3A990.b\tok\tb．其他炉。例外：教学炉。[civil aircraft note]
",
    );
    let notes = |code| printed(item(&read, code).notes());
    assert_eq!(
        notes("3A990"),
        ["exclusion=3A990.a、3A990.b 项不管制玩具炉"]
    );
    assert_eq!(
        notes("3A990.a"),
        [
            "purpose=用于虚构熔炼",
            "exclusion=不包括旧炉",
            "inclusion=3A990.a 项亦管制小炉",
            "definition=在 3A990.a.1 项中，“炉”是指容器"
        ]
    );
    let purposes: Vec<&str> = item(&read, "3A990.a").notes_of(NoteKind::Purpose).collect();
    assert_eq!(purposes, ["用于虚构熔炼"]);
    assert_eq!(item(&read, "3A990.a").text(), Some("用于虚构熔炼的炉"));
    assert_eq!(
        notes("3A990.b"),
        ["exclusion=教学炉", "exclusion=civil aircraft note"]
    );
}

#[test]
fn powers_remarks_species_and_what_is_not_whole() {
    let read = read(
        "1\t1C990\tok\t比模量大于等于 1.27×107 m 的虚构纤维，120×1000×105 mm。[head from elsewhere]
2\t1C991\tpart\t虚构料
x\t1C992\tmaybe\t虚构粉
4\t1C390.a\tok\ta．虚构杆菌（也称假菌）Bacillus fictus（syn.Fictus bacillus）；
5\t1C390.b\tok\tT 没有标号
",
    );
    assert_eq!(
        printed(item(&read, "1C990").quantities())[0],
        "specific modulus ≥ 1.27e7 m"
    );
    assert_eq!(
        item(&read, "1C990").text(),
        Some("比模量大于等于 1.27×10⁷ m 的虚构纤维，120×1000×105 mm")
    );
    assert_eq!(
        printed(item(&read, "1C991").notes()),
        ["incomplete=the source's text is not whole"]
    );
    assert_eq!(
        printed(item(&read, "1C390.a").species()),
        ["Bacillus fictus"]
    );
    assert_eq!(
        observed(&read),
        [
            "line 2: repaired: 1C990: powers of ten without their superscripts are read as powers",
            "line 2: skipped: 1C990: a remark of the table's author: head from elsewhere",
            "line 3: unclear: 1C991: the source's text is not whole",
            "line 4: unclear: 1C992: row numbers that are not read; expected 439 or 439-441",
            "line 4: unclear: 1C992: a state that is not known; expected ok or part",
            "line 6: unclear: 1C390.b: the text does not have the code's own label",
        ]
    );
}

#[test]
fn tables_that_are_none() {
    const EXPECTED: &str =
        "expected a header with the columns rows, code, state and text, and tabs between them";
    for (text, expected) in [
        (
            String::new(),
            format!("line 1:1: found an empty table, {EXPECTED}"),
        ),
        (
            "rows,code,state,text\n".to_owned(),
            format!("line 1:1: found the header \"rows,code,state,text\" without rows, {EXPECTED}"),
        ),
        (
            format!("{HEADER}1\t3A990\n"),
            "line 2: found 2 fields, expected 4, as in the header".to_owned(),
        ),
        (
            format!("{HEADER}1\t3A990\tok\t炉\n2\t3A990\tok\t炉\n"),
            "line 3:2: 3A990: found a second row of 3A990, expected one, which is on line 2"
                .to_owned(),
        ),
    ] {
        assert_eq!(error(&text), expected);
    }
    let long = error(&format!("{HEADER}1\t{}\tok\t炉\n", "3".repeat(100_000)));
    assert!(
        long.starts_with("line 2:2: ") && long.chars().count() <= 300,
        "{long}"
    );
    assert!(catalogue::read(&b"rows\tcode\tstate\ttext\n\xff"[..]).is_err());
    // Other columns, another order, other line ends.
    let other = "code\tnew\ttext\tstate\trows\r3A990\t?\t炉\tok\t\r";
    assert_eq!(
        codes(&catalogue::read(other.as_bytes()).unwrap()),
        ["3A990"]
    );
}

/// No text makes it panic, and time stays in proportion. These inputs take minutes if it does not.
#[test]
fn long_texts() {
    for unit in [
        "a．",
        "1．",
        "a．1．",
        "：",
        "说明：",
        "技术说明：",
        "例外：",
        "3A990 项",
        "为",
        "用于",
        "×10",
        "[",
        "]",
        "[x] ",
        "1C990.a、",
        "具有以下所有特性：a．",
        "CAS ",
        " ",
        "Bacillus",
        "说明：1．不管制。",
        "大于 5 kW；",
    ] {
        let many = unit.repeat(40_000 / unit.len());
        for text in [
            format!("{HEADER}1\t3A990\tok\t{many}\n"),
            format!("{HEADER}1\t3A990.a.1\tok\ta．1．{many}\n"),
            format!("{HEADER}1\t1C390.a\tok\ta．具有以下所有特性的炉：{many}\n"),
            format!("{HEADER}1\t3A990.b\tpart\t{many} b．炉 {many}]\n"),
        ] {
            match catalogue::read(text.as_bytes()) {
                Ok(read) => {
                    for note in observed(&read) {
                        assert!(note.chars().count() <= 300, "{note}");
                    }
                }
                Err(error) => assert!(error.to_string().chars().count() <= 300, "{error}"),
            }
        }
    }
}

/// The figures of the generator's input are pinned, so that a change of the reader shows.
#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn the_catalogue_of_2026() {
    let sources = std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications");
    let path = std::path::Path::new(&sources).join("cn/catalogue-2026-text.tsv");
    let read = catalogue::read(std::fs::File::open(path).unwrap()).unwrap();
    let count = |test: &dyn Fn(&Item) -> bool| read.items.iter().filter(|item| test(item)).count();
    assert_eq!(count(&|item| !item.conditions().is_empty()), 98);
    assert_eq!(count(&|item| !item.notes().is_empty()), 178);
    assert_eq!(count(&|item| !item.cas().is_empty()), 79);
    // Every code of the table is on the list, except the two halves of one chemical family.
    let list = export_control::cn_dual_use();
    let unknown: Vec<String> = read
        .items
        .iter()
        .filter(|item| list.get(item.code()).is_none())
        .map(|item| item.code().to_string())
        .collect();
    assert_eq!(unknown, ["1C450.a.12.a", "1C450.a.12.b"]);
    // One text is not complete.
    let unclear: Vec<String> = observed(&read)
        .into_iter()
        .filter(|note| note.contains("unclear"))
        .collect();
    assert_eq!(
        unclear,
        ["line 405: unclear: 2B350.b: the source's text is not whole"]
    );
}
