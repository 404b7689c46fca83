//! A form as a whole: what is required, how exact each kind has to be, what messages say.

use crate::testform::FORM;
use crate::*;
use kernel::{Issue, Level, Regions};
use std::collections::{BTreeMap, BTreeSet};

fn fill(pairs: &[(&str, &str)], draft: bool) -> Record {
    let hints = BTreeMap::from([("price".to_owned(), "万元".to_owned())]);
    let ctx = Context {
        regions: Regions::builtin(),
        unit_hints: &hints,
        draft,
    };
    let given: Draft = pairs
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect();
    read(&FORM, &given, &ctx)
}

fn codes(record: &Record, key: &str) -> Vec<&'static str> {
    record.cells[key].issues.iter().map(|issue| issue.code).collect()
}

const SUMMARY: &str = "采用双螺杆结构的新型齿轮箱";

#[test]
fn what_is_required() {
    let record = fill(&[], false);
    let missing: Vec<_> = missing(&FORM, &record).iter().map(|field| field.key).collect();
    assert_eq!(missing, ["title", "summary", "kind"]);
    assert_eq!(codes(&record, "title"), ["field-missing"]);
    assert_eq!(record.cells["title"].issues[0].arg("example"), Some("一种齿轮"));
    assert_eq!(record.cells["summary"].issues[0].arg("example"), Some("none"));
    assert_eq!(codes(&record, "price"), Vec::<&str>::new());
    assert!(!fill(&[], true).has_errors());
    let whole = fill(&[("title", "一种齿轮"), ("summary", SUMMARY), ("kind", "发明")], false);
    assert!(!whole.has_errors(), "{whole:?}");
}

#[test]
fn what_an_answer_requires() {
    let record = fill(&[("modes", "许可、转让")], false);
    let issue = &record.cells["price"].issues[0];
    assert_eq!(issue.code, "field-missing-when");
    assert_eq!(
        (issue.arg("because"), issue.arg("answer")),
        (Some("交易方式"), Some("转让"))
    );
    assert_eq!(
        (issue.arg("because_en"), issue.arg("answer_en")),
        (Some("Deal"), Some("Transfer"))
    );
    assert_eq!(codes(&fill(&[("modes", "许可")], false), "price"), Vec::<&str>::new());
    let record = fill(&[("show_summary", "是")], false);
    assert_eq!(record.cells["agreed"].issues[0].arg("answer_en"), Some("yes"));
    assert_eq!(
        codes(&fill(&[("show_summary", "否")], false), "agreed"),
        Vec::<&str>::new()
    );
}

/// A field that was filled in wrongly is told so, and not that it is empty as well.
#[test]
fn unreadable_is_not_missing() {
    assert_eq!(codes(&fill(&[("kind", "商标")], false), "kind"), ["code-unknown"]);
    assert_eq!(codes(&fill(&[("kind", " — ")], false), "kind"), ["field-missing"]);
    assert_eq!(codes(&fill(&[("title", "无")], false), "title"), ["field-missing"]);
}

#[test]
fn lengths_are_counted_in_characters() {
    assert_eq!(
        fill(&[("title", &"齿".repeat(30))], false).text("title").map(str::len),
        Some(90)
    );
    let long = fill(&[("title", &"齿".repeat(31))], true);
    assert_eq!(codes(&long, "title"), ["text-too-long"]);
    assert_eq!(
        long.cells["title"].issues[0].args,
        [("found", "31".to_owned()), ("max", "30".to_owned())]
    );
    assert_eq!(
        fill(&[("title", "《一种\n齿轮》")], false).text("title"),
        Some("一种 齿轮")
    );
    assert_eq!(
        codes(&fill(&[("summary", "一种齿轮箱")], false), "summary"),
        ["text-too-short"]
    );
    assert_eq!(
        codes(&fill(&[("summary", &"长".repeat(81))], false), "summary"),
        ["text-too-long"]
    );
    assert_eq!(
        codes(&fill(&[("summary", "详见附件1《技术简介》")], false), "summary"),
        ["text-see-attachment"]
    );
    assert_eq!(
        codes(&fill(&[("phone", &"1".repeat(5000))], false), "phone"),
        ["text-too-long"]
    );
    assert_eq!(
        codes(&fill(&[("indicators", &"1".repeat(9000))], false), "indicators"),
        ["text-too-long"]
    );
}

/// A draft keeps what is still too short, with a warning.
#[test]
fn drafts_are_gentler() {
    let draft = fill(&[("summary", "一种齿轮箱")], true);
    assert_eq!(draft.text("summary"), Some("一种齿轮箱"));
    assert_eq!(draft.cells["summary"].worst(), Some(Level::Warning));
}

#[test]
fn whole_numbers() {
    for (text, number) in [
        ("30", 30),
        ("３０项", 30),
        ("约 30 人", 30),
        ("12.0", 12),
        ("０５", 5),
        ("500个工作日", 500),
    ] {
        assert_eq!(
            Lookup::int(&fill(&[("count", text)], false), "count"),
            Some(number),
            "{text}"
        );
    }
    for (text, code) in [
        ("若干", "int-unreadable"),
        ("12.5", "int-unreadable"),
        ("3万", "int-unreadable"),
        ("1,20", "int-unreadable"),
        ("501", "int-range"),
        ("-1", "int-range"),
        ("1,200", "int-range"),
    ] {
        assert_eq!(codes(&fill(&[("count", text)], false), "count"), [code], "{text}");
    }
}

#[test]
fn dates_say_enough() {
    assert_eq!(
        codes(&fill(&[("agreed", "2020年1月")], true), "agreed"),
        ["date-day-missing"]
    );
    assert_eq!(
        fill(&[("began", "2020年1月")], true)
            .date("began")
            .map(|date| date.to_string())
            .as_deref(),
        Some("2020-01")
    );
    assert!(codes(&fill(&[("began", "2020年")], true), "began").contains(&"date-month-missing"));
}

#[test]
fn accessors() {
    let record = fill(
        &[
            ("modes", "转让、许可"),
            ("kind", "1.发明"),
            ("show_summary", "是"),
            ("price", "50"),
            ("sector", "新材料"),
            ("region", "徐州市鼓楼区"),
            ("number", "ZL 2020 1 0123456.2"),
            ("owner_code", "91320000MA0000007Q"),
            ("people", "张三、李四"),
            ("trl", "中试"),
            ("indicators", "良品率≥98%"),
        ],
        true,
    );
    assert_eq!(record.codes("modes"), ["transfer", "licence"]);
    assert_eq!(record.code("kind"), Some("invention"));
    assert!(record.yes("show_summary") && !record.yes("agreed"));
    assert_eq!(
        record
            .money("price")
            .and_then(kernel::Money::lead_fen)
            .map(kernel::Fen::get),
        Some(50_000_000)
    );
    let values = record.values();
    assert_eq!(values.sectors("sector"), [kernel::Sector::Nm]);
    assert_eq!(
        values.region("region").map(|region| region.to_string()).as_deref(),
        Some("320302")
    );
    assert_eq!(
        values.patent("number").map(|number| number.to_string()).as_deref(),
        Some("ZL202010123456.2")
    );
    assert_eq!(
        values.uscc("owner_code").map(|code| code.to_string()).as_deref(),
        Some("91320000MA0000007Q")
    );
    assert_eq!(values.names("people"), ["张三", "李四"]);
    assert_eq!(values.trl("trl").map(kernel::Trl::get), Some(6));
    assert_eq!(values.indicators("indicators").len(), 1);
    assert_eq!(values.len(), 11);
    // A field of another kind gives nothing.
    assert_eq!(
        (record.text("kind"), record.code("modes"), record.codes("kind").len()),
        (None, None, 0)
    );
    assert_eq!(record.raw("price"), "50");
}

#[test]
fn unknown_keys_are_told() {
    let draft = Draft::from([
        ("title".to_owned(), String::new()),
        ("tilte".to_owned(), "x".to_owned()),
    ]);
    assert_eq!(FORM.unknown(&draft), ["tilte"]);
}

#[test]
fn issues_between_fields_count() {
    let mut record = fill(&[], true);
    record.issues.push((None, Issue::error("field-missing")));
    assert!(record.has_errors());
    assert_eq!(record.all_issues().count(), 1);
}

/// For each registered code a field and a text that bring it up.
fn provoked() -> Vec<Issue> {
    let long = "齿".repeat(101);
    let names: Vec<String> = (0..100).map(|n| format!("第{n}公司")).collect();
    let indicators: Vec<String> = (0..50).map(|n| format!("指标{}≥1%", "甲".repeat(n % 9))).collect();
    let records = [
        fill(&[("modes", "转让")], false),
        fill(
            &[
                ("summary", "短"),
                ("title", &long),
                ("indicators", "详见附件"),
                ("modes", "租赁"),
                ("kind", "发明、外观"),
            ],
            false,
        ),
        fill(
            &[
                ("summary", "详见附件"),
                ("indicators", "性能先进"),
                ("modes", "□转让"),
                ("count", "若干"),
                ("owners", &long),
            ],
            false,
        ),
        fill(
            &[
                ("indicators", "压力 30 MPa"),
                ("modes", "其他（面谈）"),
                ("count", "9999"),
                ("owners", "；"),
            ],
            false,
        ),
        fill(
            &[
                ("indicators", &indicators.join("；")),
                ("agreed", "2020年1月"),
                ("began", "2020年"),
                ("people", "张三等"),
                ("owners", &names.join("；")),
            ],
            false,
        ),
    ];
    records
        .iter()
        .flat_map(|record| record.all_issues().map(|(_, issue)| issue.clone()))
        .collect()
}

#[test]
fn every_code_is_made_at_its_level() {
    let made = provoked();
    for info in ISSUES {
        let found = made.iter().find(|issue| issue.code == info.code);
        assert_eq!(found.map(|issue| issue.level), Some(info.level), "{}", info.code);
    }
}

/// The variables that a message names, and the messages' ids.
fn variables(words: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(words).expect("the words parse");
    let mut out = BTreeMap::new();
    for entry in resource.body {
        if let fluent_syntax::ast::Entry::Message(message) = entry {
            // The debug form names every variable reference, at any depth.
            let text = format!("{message:?}");
            let names = text.split("VariableReference { id: Identifier { name: \"").skip(1);
            let names = names
                .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
                .collect();
            assert!(
                out.insert(message.id.name.to_owned(), names).is_none(),
                "{} occurs twice",
                message.id.name
            );
        }
    }
    out
}

#[test]
fn words_are_complete_in_both_languages() {
    let made = provoked();
    for words in [WORDS_ZH, WORDS_EN] {
        let messages = variables(words);
        let ids: BTreeSet<String> = ISSUES.iter().map(|info| format!("issue-{}", info.code)).collect();
        assert_eq!(messages.keys().cloned().collect::<BTreeSet<_>>(), ids);
        for issue in made
            .iter()
            .filter(|issue| ISSUES.iter().any(|info| info.code == issue.code))
        {
            for name in &messages[&format!("issue-{}", issue.code)] {
                assert!(issue.arg(name).is_some(), "{} has no {name}", issue.code);
            }
        }
    }
    // A message without its variables would pass above.
    assert_eq!(variables(WORDS_EN)["issue-text-too-long"].len(), 2);
}
