//! What the readers of lists of parties do with what is not as it should be: an observation or an
//! error with its place, and nothing dropped in silence.
#![cfg(feature = "parties")]

use export_control::Edition;
use export_control::party::{EntryKind, PartyRule, PartyScope};
use export_control::source::part744::{self, Part744};
use export_control::source::{party_notice, screening, sdn};

/// A supplement with these rows.
fn table(rows: &str) -> String {
    format!(
        "<DIV9 N=\"Supplement No. 4 to Part 744\"><TABLE><TBODY>\n{rows}\n</TBODY></TABLE></DIV9>"
    )
}

/// A row of the Entity List.
fn row(country: &str, name: &str, citations: &str) -> String {
    format!(
        "<TR><TD>{country}</TD><TD>{name}</TD><TD>All items subject to the EAR</TD>\
         <TD>Presumption of denial</TD><TD>{citations}</TD></TR>\n"
    )
}

fn read(xml: &str) -> Result<Part744, String> {
    part744::read(xml.as_bytes(), Edition::default()).map_err(|error| error.to_string())
}

fn told(part: &Part744) -> Vec<String> {
    let of_rows = part
        .observations
        .iter()
        .filter(|observation| observation.line > 1);
    of_rows.map(ToString::to_string).collect()
}

#[test]
fn another_document_is_named() {
    let other = "<DIV5 N=\"774\"><DIV9 N=\"Supplement No. 1 to Part 774\"></DIV9></DIV5>";
    let error = read(other).unwrap_err();
    assert!(
        error.contains("N=\"774\"") && error.contains("Supplement No. 4, 6 or 7"),
        "{error}"
    );
    assert!(
        read("<html><body>503</body></html>")
            .unwrap_err()
            .contains("<html>")
    );
    assert!(read("").unwrap_err().contains("no element of the eCFR"));
    let twice = table("") + &table("");
    assert!(
        read(&twice)
            .unwrap_err()
            .contains("Supplement No. 4 a second time")
    );
}

#[test]
fn a_truncated_file_is_an_error_at_its_end() {
    let whole = table(&row(
        "ARCADIA",
        "Example Co., 5 Example Lane, Georgia.",
        "90 FR 1, 1/2/25.",
    ));
    for end in (60..whole.len() - 1).filter(|end| whole.is_char_boundary(*end)) {
        let error = read(&whole[..end]).unwrap_err();
        assert!(
            error.starts_with("line ") && error.chars().count() <= 300,
            "{end}: {error}"
        );
    }
}

#[test]
fn a_missing_country_cell_belongs_to_its_block() {
    let without = row(
        "",
        "Second Works, 6 Example Lane, Georgia.",
        "90 FR 2, 1/3/25.",
    )
    .replacen("<TD></TD>", "", 1);
    let rows = row(
        "GEORGIA",
        "First Works, 5 Example Lane, Georgia.",
        "90 FR 1, 1/2/25.",
    ) + &without;
    let part = read(&table(&rows)).unwrap();
    let entries = part.lists[0].entries();
    assert_eq!(entries[1].heading.as_deref(), Some("GEORGIA"));
    let told = told(&part);
    assert!(
        told[0].contains("line 3: repaired: the row of \"Second Works"),
        "{told:?}"
    );
}

#[test]
fn ten_rules_in_one_cell_are_ten_citations() {
    let rules: Vec<String> = (1..=10).map(|n| format!("90 FR {n}, 1/{n}/25.")).collect();
    let part = read(&table(&row("GEORGIA", "Example Co.", &rules.join(" ")))).unwrap();
    let entry = &part.lists[0].entries()[0];
    assert_eq!(
        entry.designation.as_ref().unwrap().to_string(),
        "90 FR 1@2025-01-01"
    );
    assert_eq!(entry.amendments.len(), 9);
}

#[test]
fn one_name_in_two_countries_is_one_party() {
    let rows = row(
        "GEORGIA",
        "Example Co., Tbilisi, Georgia. (See alternate address under Turkey)",
        "90 FR 1, 1/2/25.",
    ) + &row(
        "TURKEY",
        "EXAMPLE COMPANY, Ankara, Turkey. (See alternate address under Georgia)",
        "90 FR 1, 1/2/25.",
    );
    let part = read(&table(&rows)).unwrap();
    let list = &part.lists[0];
    assert_eq!(list.entries()[1].kind, EntryKind::AlternateAddress);
    let count = |rule| list.count(rule, &PartyScope::default()).number();
    assert_eq!(
        (count(PartyRule::Entries), count(PartyRule::Parties)),
        (Some(2), Some(1))
    );
    assert_eq!(list.entries()[0].see, ["TR".parse().unwrap()]);
    assert!(told(&part).is_empty());
}

#[test]
fn what_cannot_be_told_is_reported() {
    let odd =
        "<TR><TD>a</TD><TD>b</TD></TR>\n<TR><TD></TD><TD>Continued</TD><TD/><TD/><TD/></TR>\n";
    let rows = odd.to_owned()
        + &row(
            "NOWHERE",
            "Example Co. (See address under Atlantis)",
            "some rule",
        );
    let part = read(&table(&rows)).unwrap();
    let told = told(&part).join("\n");
    for words in [
        "line 2: unclear: a row of 2 cells, left out",
        "line 3: unclear: a row that continues no entry",
        "\"Atlantis\", an unknown country",
        "no citation: some rule",
        "no citation of the rule that lists it",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let list = &part.lists[0];
    let rows = list.count(PartyRule::Rows, &PartyScope::default());
    assert_eq!(rows.number(), Some(3), "every row is counted");
}

const NOTICE: &str = "商务部公告2031年第5号 公布将3家美国实体列入出口管制管控名单\n【发文日期】2031年3月1日\n本公告自公布之日起实施。\n附件\n1. 甲公司（First Works）\n地 址：1 Example Lane, Springfield, USA\n常用名称：FW, First\n2. 乙公司（Second Works）\n";

#[test]
fn a_notice_with_and_six_others_is_not_whole() {
    let read = |text: &str| party_notice::read(text.as_bytes());
    let notice = read(NOTICE).unwrap();
    assert_eq!((notice.entries.len(), notice.notice.numbered), (2, 3));
    assert!(!notice.notice.full_text, "the title has three");
    assert!(
        notice.observations[0]
            .to_string()
            .contains("2 parties in the annex, 3 in the title")
    );
    assert_eq!(notice.entries[0].other_names, ["FW", "First"]);
    assert_eq!(notice.entries[0].address_countries, ["US".parse().unwrap()]);

    let others = format!("{NOTICE}3. 等其他6家实体\n");
    let notice = read(&others).unwrap();
    let told: Vec<String> = notice
        .observations
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        told.iter()
            .any(|told| told.contains("line 9: unclear: parties without their names")),
        "{told:?}"
    );
    assert!(!notice.notice.full_text);

    let gap = NOTICE.replace("2. 乙", "4. 乙");
    let notice = read(&gap).unwrap();
    assert!(
        notice
            .observations
            .iter()
            .any(|told| told.detail == "number 4 after 1")
    );
}

#[test]
fn a_text_that_is_no_notice_on_parties_is_named() {
    let error = |text: &str| party_notice::read(text.as_bytes()).unwrap_err().to_string();
    assert!(error("商务部公告2031年第5号 公布对钬实施出口管制").contains("不可靠实体清单"));
    assert!(error("将3家实体列入关注名单").contains("no notice's number"));
    let cut = NOTICE.split_once("附件").unwrap().0;
    assert!(error(cut).contains("is the text cut?"));
    assert!(error("").contains("line 1"));
}

#[test]
fn a_screening_list_of_another_form_is_named() {
    let csv = |text: &str| screening::read_csv(text.as_bytes(), Edition::default());
    let json = |text: &str| screening::read_json(text.as_bytes(), Edition::default());
    let error = csv("id;label\n1;x\n").unwrap_err().to_string();
    assert!(error.contains("no column \"source\""), "{error}");
    let read =
        csv("source,name,flavor\nExample List (XL),Example Co.,sour\nExample List (XL),,x\n")
            .unwrap();
    let told: Vec<String> = read.observations.iter().map(ToString::to_string).collect();
    assert!(
        told[0].contains("the column \"flavor\" is not read"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("line 3: unclear: a row without a name"),
        "{told:?}"
    );
    assert!(
        json("{\"results\": [{\"name\": 5}]}")
            .unwrap_err()
            .to_string()
            .contains("JSON of another form")
    );
    assert!(
        json("{\"results\": [")
            .unwrap_err()
            .to_string()
            .contains("not JSON")
    );
}

#[test]
fn an_sdn_file_of_another_form_is_named() {
    let csv = |text: &str| sdn::read_csv(text.as_bytes(), Edition::default());
    let error = csv("ent_num,name\n1,x\n").unwrap_err().to_string();
    assert!(error.contains("12 columns of sdn.csv"), "{error}");
    let good = "7,\"EXAMPLE\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";
    let read = csv(&format!("{good}\u{1a}")).unwrap();
    assert_eq!((read.list.entries().len(), read.observations.len()), (1, 0));
    let stray = sdn::with_names(read, "9,1,\"aka\",\"X\",-0- \n".as_bytes()).unwrap();
    assert!(
        stray.observations[0]
            .detail
            .contains("no entry has the number \"9\"")
    );
    let xml = |text: &str| sdn::read_xml(text.as_bytes(), Edition::default());
    assert!(
        xml("<sdnList><sdnEntry><uid>1</uid>")
            .unwrap_err()
            .to_string()
            .contains("end of the file")
    );
    assert!(
        xml("<other/>")
            .unwrap_err()
            .to_string()
            .contains("<other> without entries")
    );
}

#[test]
fn a_party_file_of_another_tool_is_an_error_with_its_place() {
    use export_control::party::PartyList;
    let error = |text: &str| text.parse::<PartyList>().unwrap_err();
    assert!(
        error("id,label\n1,x\n")
            .to_string()
            .contains("a column \"id\"")
    );
    assert_eq!(error("name,kind\nExample,ship\n").line(), Some(2));
    assert!(
        error("name,address_countries\nExample,China\n")
            .to_string()
            .contains("such as CN;HK")
    );
    assert!(
        error("name,other_names\nExample,a;;b\n")
            .to_string()
            .contains("names joined by ;")
    );
}

#[test]
fn a_column_counts_from_a_line_break_within_a_tag() {
    let broken =
        "<DIV9 N=\"Supplement No. 4 to Part 744\"><TABLE><TR\nclass=\"a\"><TD>x</TR></TABLE>";
    let error = read(broken).unwrap_err();
    // Behind `</TR>`, which is the 16th to the 20th sign of the second line.
    assert!(error.starts_with("line 2:21: "), "{error}");
}
