//! The measures and rules against the official notices and records.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use export_control::rules::license_rules;
use export_control::{Measure, cn_dual_use};
use jiff::civil::Date;

fn sources() -> PathBuf {
    std::env::var_os("EXPORT_CONTROL_SOURCES")
        .expect("EXPORT_CONTROL_SOURCES names the folder of publications")
        .into()
}

/// Returns every notice by its address.
fn notices() -> BTreeMap<String, String> {
    let folder = std::fs::read_dir(sources().join("cn/notices")).unwrap();
    let texts = folder.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    texts
        .filter_map(|text| Some((text.lines().nth(1)?.to_owned(), text)))
        .collect()
}

/// Returns a date as notices write it, with leading zeros or without.
fn chinese(date: Date) -> [String; 2] {
    let (year, month, day) = (date.year(), date.month(), date.day());
    [
        format!("{year}年{month}月{day}日"),
        format!("{year}年{month:02}月{day:02}日"),
    ]
}

fn states(text: &str, date: Date) -> bool {
    chinese(date).iter().any(|written| text.contains(written))
}

fn held() -> Vec<(&'static Measure, String)> {
    let notices = notices();
    let with_text = cn_dual_use().measures().filter(|measure| measure.full_text);
    with_text
        .map(|measure| {
            let url = measure
                .url
                .as_deref()
                .unwrap_or_else(|| panic!("{}: no address", measure.id));
            (
                measure,
                notices
                    .get(url)
                    .unwrap_or_else(|| panic!("{}: no notice at {url}", measure.id))
                    .clone(),
            )
        })
        .collect()
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_date_of_a_measure_stands_in_its_notice() {
    let held = held();
    assert!(held.len() >= 18, "{}", held.len());
    for (measure, text) in held {
        let id = measure.id.as_str();
        let (year, number) = id.split_once('-').unwrap();
        // The two catalogues without a number in their heads are known only by their addresses.
        let named = [
            format!("{year}年第{number}号"),
            format!("{year}第{number}号"),
            format!("{year}年 第{number}号"),
        ];
        let unnumbered = ["2025-91"];
        assert!(
            unnumbered.contains(&id) || named.iter().any(|name| text.contains(name)),
            "{id}: another number"
        );
        assert!(
            measure.published.is_some_and(|day| states(&text, day)),
            "{id}: published"
        );
        // "From the day of publication" is the date of the notice.
        let at_once = ["自发布之日起", "自公布之日起", "自即日起"]
            .iter()
            .any(|words| text.contains(words));
        let first = measure.in_force.unwrap();
        assert!(
            states(&text, first) && (at_once || Some(first) != measure.published),
            "{id}: {first}"
        );
        for day in measure
            .suspended_through
            .into_iter()
            .chain(measure.parts.iter().map(|part| part.in_force))
        {
            assert!(states(&text, day), "{id}: {day}");
        }
        // A notice names the measures that it acts on.
        for target in measure.suspends.iter().chain(&measure.repeals) {
            let (_, number) = target.measure.as_str().split_once('-').unwrap();
            assert!(
                text.contains(&format!("第{number}号")) || text.contains(&format!("、{number}号")),
                "{id}: {target}"
            );
        }
    }
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_numbered_notice_on_dual_use_items_is_recorded() {
    let recorded: BTreeSet<&str> = cn_dual_use()
        .measures()
        .filter_map(|measure| measure.url.as_deref())
        .collect();
    // Another list (precursor chemicals for three countries), and the second copy of a notice under
    // another address.
    let left_out = ["gzqd/202511/1190.html", "zcfggzqd/202601/1206.html"];
    for (url, text) in notices() {
        let title = text.lines().next().unwrap();
        let announcement = title.contains("公告") && !title.contains("不可靠实体");
        if announcement && !left_out.iter().any(|end| url.ends_with(end)) {
            assert!(recorded.contains(url.as_str()), "{title} {url}");
        }
    }
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn every_code_of_a_full_text_is_added_by_its_measure() {
    for (measure, text) in held() {
        for item in cn_dual_use()
            .added_by(&measure.id)
            .filter(|item| item.is_live() && measure.id.as_str() != "2024-51")
        {
            assert!(
                text.contains(&item.code().entry().to_string()),
                "{}: {}",
                measure.id,
                item.code()
            );
        }
    }
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn license_exceptions_are_those_of_the_record() {
    let text =
        std::fs::read_to_string(sources().join("us/licence-exceptions-2026-07-23.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut published: BTreeSet<(String, String)> = BTreeSet::new();
    for exception in record["exceptions"].as_array().unwrap() {
        for symbol in exception["symbols"].as_array().unwrap() {
            published.insert((
                symbol.as_str().unwrap().to_owned(),
                exception["sectionNumber"].as_str().unwrap().to_owned(),
            ));
        }
    }
    let ours = license_rules()
        .iter()
        .filter(|rule| rule.list.as_str() == "us-ccl");
    let ours: BTreeSet<(String, String)> = ours
        .map(|rule| {
            (
                rule.symbol.clone(),
                rule.citation.trim_start_matches("15 CFR ").to_owned(),
            )
        })
        .collect();
    assert_eq!(ours, published);
    let day = record["ecfrIssueDate"].as_str().unwrap().parse().ok();
    assert!(
        license_rules()
            .iter()
            .filter(|rule| rule.list.as_str() == "us-ccl")
            .all(|rule| rule.from == day && rule.through == day)
    );
}

#[test]
#[ignore = "needs the official publications: set EXPORT_CONTROL_SOURCES, see data/SOURCES.md"]
fn years_and_shares_stand_in_the_decree_and_the_announcement() {
    let notices = notices();
    let decree = notices
        .values()
        .find(|text| text.contains("国务院令〔2024〕792号"))
        .unwrap();
    for (symbol, words) in [
        ("individual", "单项许可的有效期不超过1年"),
        ("general", "通用许可的有效期不超过3年"),
        ("temporary", "每次不超过2年"),
    ] {
        let rule = license_rules()
            .iter()
            .find(|rule| rule.symbol == symbol)
            .unwrap();
        assert!(
            decree.contains(words)
                && rule
                    .years
                    .is_some_and(|years| words.contains(&years.to_string())),
            "{symbol}"
        );
    }
    let (_, sixty_one) = held()
        .into_iter()
        .find(|(measure, _)| measure.id.as_str() == "2025-61")
        .unwrap();
    assert!(sixty_one.contains("价值比例达到0.1%及以上"));
}
