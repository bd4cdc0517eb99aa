//! The bodies of the fuzz targets as property tests: random bytes, and valid files with random
//! damage.

#[path = "../support/bodies.rs"]
mod bodies;

use proptest::prelude::*;

/// Returns a file with some bytes overwritten, repeated or cut off.
fn damaged(seed: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let strokes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 0..6);
    (strokes, any::<prop::sample::Index>()).prop_map(move |(strokes, window)| {
        // Any stretch of some kilobytes is enough, and the whole file would be slower.
        let start = window.index(seed.len());
        let mut bytes: Vec<u8> = seed
            .bytes()
            .skip(start.saturating_sub(4000))
            .take(4000)
            .collect();
        for (at, byte, kind) in strokes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                _ => bytes.extend_from_within(at..),
            }
        }
        bytes
    })
}

const LIST: &str = "# list: a\n# name: A\n# from: 2025-01-01\ncode,state,logic,title,reasons,refers_to,cas,elements,quantities,catalogue_rows\n3A001,,any,x,NS;AT,,,,,\n3A001.a,,,\"y, \"\"z\"\"\",,3A001,7664-39-3,W;Dy,output power > 5 kW;= 293 K,7-9;11\n3A001.b,reserved,,,,,,,,\n";
const ROWS: &str = "entry,reasons,applies_to,codes,columns,sections,destinations\n3A001,NS;RS,codes,3A001.a;3A001.b..3A001.c,NS:1,742.6(a)(7),worldwide;-D:5\n";
const MEASURES: &str = "measure,subject,in_force,parts,changes,removes,repeals,suspends,suspended_through,resumes,full_text\n2025-1,items,2025-01-02,1(2)=2025-02-01,3A001,3A002;3A003,,,,,yes\n2025-2,,2025-01-03,,,,2025-0,2025-1#2,2026-01-01,2025-3,\n";
const RULES: &str = include_str!("../../data/content-rules.csv");
const HISTORY: &str = "# list: mine\n# version: 2024-01-01\n# version: 2025-01-01\n# through: 2025-12-31\ncode,intervals\n3A001,0-1:any:0123456789ab\n3A001.a,0:leaf:0123456789ab;1:implied\n3A001.b,0:unknown;1:reserved..3A001.d\n";
const NOTICE: &str = "商务部 海关总署公告2031年第7号 公布虚构决定\n【发文日期】2031年03月04日\n一、钬相关物项\n（一）1C990.a．金属钬（参考海关商品编号：2805301900）：\n1．纯度大于等于99.9%的（CAS 7664-39-3）；\n2．【保留】；\n二、1E990．技术。\n暂停实施公告2030年第2号至2032年1月1日。\n“一”自2031年5月1日起实施，自公布之日起施行。\n";
const CROSSWALK: &str = include_str!("../../data/us-ccl--cn-dual-use.sssom.tsv");

#[cfg(feature = "parties")]
const PART: &str = "<DIV9 N=\"Supplement No. 4 to Part 744\"><TR><TD>GEORGIA</TD><TD>First Co., Ltd., a.k.a., the following two aliases:<br/>&#x2014;F; <E T=\"03\">and</E><br/>&#x2014;First.<br/> <br/> 5 Example Lane, Georgia; and Turkey. (See alternate address under Turkey)</TD><TD>All items subject to the EAR, by 744.11<sup>4</sup></TD><TD>Presumption of denial</TD><TD>90 FR 1, 1/2/25. 90 FR 2, 1/3/25.</TD></TR>\n<TR><TD/><TD><E T=\"03\">Subordinate institution</E><br/>Unit, 6 Lane</TD><TD/><TD/><TD/></TR></DIV9><EFFDNOT>At 90 FR 5, Nov. 12, 2025, in supplement no. 4, the text was stayed, effective until Jan. 5, 2031.</EFFDNOT>";
#[cfg(feature = "parties")]
const SCREENING: &str = "source,entity_number,type,name,addresses,alt_names\nExample List (XL),7,Vessel,EXAMPLE STAR,\"Pier 1, HK; Pier 2, CN\",STAR; OLD\n";
#[cfg(feature = "parties")]
const SDN: &str = "<sdnList><sdnEntry><uid>7</uid><lastName>EXAMPLE</lastName><sdnType>Entity</sdnType><akaList><aka><lastName>X</lastName></aka></akaList></sdnEntry></sdnList>";
#[cfg(feature = "parties")]
const PARTY_NOTICE: &str = "商务部公告2031年第5号 公布将2家日本实体列入关注名单\n【发文日期】2031年3月1日\n本公告自公布之日起实施。\n附件\n1. 甲（First Works）\n地址：日本\n2. 乙（Second）\n-Unit\n";
#[cfg(feature = "parties")]
const PARTIES: &str = "# list: a\n# stay: 2026-11-09 | 90 FR 1@2025-01-02 | text\nname,kind,other_names,units,address_countries,designation,terms,policy,rows\n\"A, Ltd.\",unit,B;C\\;D,U|V;W,CN;HK,90 FR 1@2025-01-02,all 744.11 note:4,case-by-case 746.8(b),2\n";

#[cfg(feature = "parties")]
proptest! {
    #[test]
    fn damaged_lists_of_parties(
        part in damaged(PART),
        screening in damaged(SCREENING),
        sdn in damaged(SDN),
        notice in damaged(PARTY_NOTICE),
        own in damaged(PARTIES),
    ) {
        for bytes in [part, screening, sdn, notice, own] {
            bodies::parties(&bytes);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for target in bodies::TARGETS {
            (target.body)(&bytes);
        }
    }

    #[test]
    fn damaged_files(
        list in damaged(LIST),
        rows in damaged(ROWS),
        measures in damaged(MEASURES),
        rules in damaged(RULES),
        crosswalk in damaged(CROSSWALK),
        history in damaged(HISTORY),
        notice in damaged(NOTICE),
    ) {
        bodies::list(&list);
        bodies::license_requirements(&rows);
        bodies::measures(&measures);
        bodies::rules(&rules);
        bodies::crosswalk(&crosswalk);
        bodies::history(&history);
        #[cfg(feature = "mofcom")]
        bodies::notice(&notice);
        #[cfg(not(feature = "mofcom"))]
        drop(notice);
    }

    #[test]
    fn small_texts(text in "(leaves|entries|catalogue rows|provisions)?(20[0-9]{2}-[0-9]{1,3}#)?[0-9]{0,4}(\\([0-9]\\))?(\\.[0-9]{1,6})?%?|[0-9a-f]{12}") {
        bodies::small(text.as_bytes());
    }
}

/// The seeds of the mutation harness, and every input that it has found to be a fault: a folder for
/// each target.
#[test]
fn committed_inputs_hold() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    for target in bodies::TARGETS {
        let mut number = 0;
        for kind in ["seeds", "cases"] {
            let files = std::fs::read_dir(folder.join(kind).join(target.name));
            for file in files.into_iter().flatten().flatten() {
                let bytes = std::fs::read(file.path()).expect("a committed file");
                println!("{}", file.path().display());
                (target.body)(&bytes);
                // Targets of short texts have a text on each line.
                for line in bytes.split(|byte| *byte == b'\n') {
                    (target.body)(line);
                }
                number += 1;
            }
        }
        assert!(number > 0, "{}", target.name);
    }
}
