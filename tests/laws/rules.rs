//! The rules around the lists: the content of the embedded files, and thresholds that keep their
//! direction.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use export_control::rules::{
    Ceiling, Floor, LicenseKind, Percentage, Threshold, content_rules, license_rules,
    read_content_rules, read_license_rules,
};
use export_control::{Status, cn_dual_use, us_ccl};
use jiff::civil::date;
use proptest::prelude::*;

fn share() -> impl Strategy<Value = Percentage> {
    prop_oneof![
        (0u64..=1_000, 1u64..=1_000).prop_filter_map("a part of a whole", |(part, whole)| {
            Percentage::of(part, whole)
        }),
        (any::<u64>(), any::<u64>()).prop_filter_map("a part of a whole", |(part, whole)| {
            Percentage::of(part.min(whole), part.max(whole))
        }),
    ]
}

proptest! {
    #[test]
    fn shares_are_totally_ordered(a in share(), b in share(), c in share()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a == b, a.cmp(&b) == Ordering::Equal);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
    }

    #[test]
    fn a_share_reads_back_as_it_is_stored(share in share()) {
        let json = serde_json::to_string(&share).unwrap();
        prop_assert_eq!(serde_json::from_str::<Percentage>(&json).unwrap(), share, "{}", json);
        let threshold = serde_json::to_string(&Threshold::Floor(Floor(share))).unwrap();
        prop_assert_eq!(serde_json::from_str::<Threshold>(&threshold).unwrap(), Threshold::Floor(Floor(share)));
    }

    #[test]
    fn a_share_reads_back_as_it_prints(millionths in 0u64..=100_000_000) {
        let share = Percentage::of(millionths, 100_000_000).unwrap();
        prop_assert_eq!(share.to_string().parse::<Percentage>().unwrap(), share);
        let json = serde_json::to_string(&share).unwrap();
        prop_assert_eq!(serde_json::from_str::<Percentage>(&json).unwrap(), share);
    }

    /// A ceiling and a floor at one share agree on every other share, and give opposite answers at
    /// that share.
    #[test]
    fn directions_differ_at_the_threshold_alone(at in share(), asked in share()) {
        let answers = |asked| (Threshold::Ceiling(Ceiling(at)).catches(asked), Threshold::Floor(Floor(at)).catches(asked));
        prop_assert_eq!(answers(at), (Some(false), Some(true)));
        if asked != at {
            prop_assert_eq!(answers(asked), (Some(asked > at), Some(asked > at)));
        }
        prop_assert!(Threshold::Ceiling(Ceiling(at)).compare(Threshold::Floor(Floor(asked))).is_err());
        prop_assert!(Threshold::Floor(Floor(at)).compare(Threshold::Ceiling(Ceiling(asked))).is_err());
        prop_assert_eq!(Threshold::Floor(Floor(at)).compare(Threshold::Floor(Floor(asked))).unwrap(), at.cmp(&asked));
    }

    /// More content never frees an item from a rule.
    #[test]
    fn catching_is_monotone(at in share(), less in share(), more in share()) {
        let (less, more) = (less.min(more), less.max(more));
        for threshold in [Threshold::Ceiling(Ceiling(at)), Threshold::Floor(Floor(at)), Threshold::Exempt, Threshold::Regardless] {
            prop_assert!(threshold.catches(less) <= threshold.catches(more));
        }
    }

    #[test]
    fn any_text_is_a_share_or_an_error(text in "\\PC{0,12}|[0-9.%]{0,12}") {
        match text.parse::<Percentage>() {
            Ok(share) => prop_assert_eq!(serde_json::from_str::<Percentage>(&serde_json::to_string(&share).unwrap()).unwrap(), share),
            Err(error) => prop_assert!(error.to_string().contains("is not a percentage")),
        }
    }
}

#[test]
fn wrong_shares() {
    for text in [
        "",
        "%",
        "25",
        "-1%",
        "101%",
        "100.000001%",
        "1.0000001%",
        "1e1%",
        "+1%",
        "1.%",
        ".5%",
        "25 %",
        "4/3",
        "0/0",
        "1/",
        "+1/3",
        "1/3%",
    ] {
        assert!(text.parse::<Percentage>().is_err(), "{text:?}");
    }
    assert_eq!(
        "100%".parse::<Percentage>().unwrap(),
        Percentage::of(7, 7).unwrap()
    );
    assert_eq!(
        Percentage::of(1, 3).unwrap().to_string(),
        "1/3 (about 33.333333%)"
    );
    assert_eq!(
        serde_json::to_string(&Percentage::of(1, 3)).unwrap(),
        "\"1/3\""
    );
    assert_eq!(
        serde_json::to_string(&Percentage::of(1, 4)).unwrap(),
        "\"25%\""
    );
    let error = serde_json::from_str::<Percentage>("\"about 33.333333%\"")
        .unwrap_err()
        .to_string();
    assert!(error.contains("a percentage from 0% to 100% with at most six decimals, such as 0.1%, or a fraction such as 1/3"), "{error}");
    assert_eq!(Percentage::of(0, 0), None);
}

#[test]
fn content_rules_of_both_lists() {
    let threshold = |id: &str| {
        content_rules()
            .iter()
            .find(|rule| rule.id == id)
            .unwrap()
            .threshold
            .to_string()
    };
    assert_eq!(
        [
            "us-elsewhere",
            "us-e1",
            "us-600-d5",
            "us-at-only",
            "cn-content"
        ]
        .map(threshold),
        ["<=25%", "<=10%", "<=0%", "exempt", ">=0.1%"]
    );
    for rule in content_rules() {
        let list = export_control::list(rule.list.as_str()).unwrap();
        assert!(
            !rule.source.is_empty() && !rule.content.is_empty(),
            "{}",
            rule.id
        );
        assert!(rule.from <= rule.through, "{}", rule.id);
        assert_eq!(rule.from.is_some(), rule.through.is_some(), "{}", rule.id);
        if let Some(measure) = &rule.measure {
            assert!(
                rule.from.is_none() && list.measure(&measure.measure).is_some(),
                "{}",
                rule.id
            );
        }
        let ceiling = matches!(rule.threshold, Threshold::Ceiling(_));
        let floor = matches!(rule.threshold, Threshold::Floor(_));
        assert!(
            !(ceiling && rule.list == *cn_dual_use().id() || floor && rule.list == *us_ccl().id()),
            "{}: the direction",
            rule.id
        );
    }
}

#[test]
fn content_rules_on_their_days() {
    let status = |id: &str, year, month, day| {
        let rule = content_rules().iter().find(|rule| rule.id == id).unwrap();
        let list = export_control::list(rule.list.as_str()).unwrap();
        rule.status(list, date(year, month, day)).unwrap()
    };
    assert_eq!(
        status("us-e1", 2026, 7, 23),
        Status::InForce { since: None }
    );
    assert_eq!(
        status("us-e1", 2026, 7, 24),
        Status::Unknown {
            since: Some(date(2026, 7, 24))
        }
    );
    assert_eq!(
        status("us-e1", 2015, 10, 28),
        Status::Unknown { since: None }
    );
    assert_eq!(
        status("us-at-only", 2026, 7, 23),
        Status::Unknown {
            since: Some(date(2015, 10, 30))
        }
    );
    assert_eq!(
        status("us-direct-product", 2026, 7, 23),
        Status::Unknown { since: None }
    );
    assert_eq!(
        status("cn-content", 2025, 11, 30),
        Status::Suspended {
            through: date(2026, 11, 10)
        }
    );
    assert_eq!(
        status("cn-origin", 2025, 10, 9),
        Status::InForce {
            since: Some(date(2025, 10, 9))
        }
    );
    assert_eq!(
        status("cn-decree-content", 2025, 1, 1),
        Status::InForce { since: None }
    );
    let error = content_rules()[0]
        .status(cn_dual_use(), date(2026, 1, 1))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "found a rule of us-ccl, expected a rule of cn-dual-use"
    );
}

#[test]
fn license_rules_of_both_lists() {
    let symbols = |list: &str| {
        license_rules()
            .iter()
            .filter(|rule| rule.list.as_str() == list)
            .map(|rule| rule.symbol.as_str())
            .collect::<BTreeSet<_>>()
    };
    let known = symbols("us-ccl");
    assert!(!known.is_empty());
    // Every exception that an item of the list names has its section.
    for item in us_ccl().items() {
        for exception in &item.particulars().exceptions {
            assert!(
                exception
                    .symbol
                    .split('/')
                    .all(|symbol| known.contains(symbol)),
                "{}: {}",
                item.code(),
                exception.symbol
            );
        }
    }
    for rule in license_rules() {
        let list = export_control::list(rule.list.as_str()).unwrap();
        assert!(
            (1..=140).contains(&rule.title.chars().count()) && !rule.title.ends_with('.'),
            "{}",
            rule.symbol
        );
        assert!(
            rule.measure
                .as_ref()
                .is_none_or(|measure| list.measure(&measure.measure).is_some()),
            "{}",
            rule.symbol
        );
        assert!(
            rule.measure.is_some() || rule.from.is_some() && rule.from <= rule.through,
            "{}",
            rule.symbol
        );
        let exception_of_us = rule.kind == LicenseKind::Exception && rule.measure.is_none();
        assert_eq!(
            exception_of_us,
            rule.list == *us_ccl().id(),
            "{}",
            rule.symbol
        );
    }
    let humanitarian = license_rules()
        .iter()
        .find(|rule| rule.symbol == "humanitarian")
        .unwrap();
    assert_eq!(
        humanitarian
            .status(cn_dual_use(), date(2025, 12, 1))
            .unwrap(),
        Status::Suspended {
            through: date(2026, 11, 10)
        }
    );
    // The items under temporary control are those with the third digit 5.
    let digit = cn_dual_use().info().third_digit(5);
    assert_eq!(digit, Some("temporary control"));
}

#[test]
fn broken_files_name_the_place() {
    let content = |rows: &str| {
        read_content_rules(format!("id,list,content,threshold,citation,from\n{rows}").as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        content("a,us-ccl,All,<=10%,x,soon\n"),
        "line 2:6: found from \"soon\", expected a date such as 2025-11-07"
    );
    assert_eq!(
        content("a,us-ccl,All,<=10%,x,\na,us-ccl,All,<=10%,x,\n"),
        "line 3:1: found the rule a twice, expected one row a rule"
    );
    assert_eq!(
        content("a,us-ccl,,<=10%,x,\n"),
        "line 2:3: found content \"\", expected a text"
    );
    assert!(
        content("a,us-ccl,All,<=110%,x,\n").starts_with("line 2:4: found threshold \"<=110%\"")
    );
    let licenses = |rows: &str| {
        read_license_rules(format!("list,symbol,kind,title,citation,years\n{rows}").as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        licenses("cn-dual-use,a,bar,A,x,many\n"),
        "line 2:6: found years \"many\", expected a number of years"
    );
    assert_eq!(
        licenses("cn-dual-use,a,bar,A,x,\ncn-dual-use,a,bar,B,x,\n"),
        "line 3:2: found the rule a twice, expected one row a rule"
    );
    assert!(
        read_license_rules(&b""[..])
            .unwrap_err()
            .to_string()
            .starts_with("found an empty file")
    );
}
