//! `jiebang parse` from the outside: the shapes that scripts rely on, exit codes, languages.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use common::{run, run_with};
use serde_json::{Value, json};

/// The one object that a text becomes.
fn parsed(kind: &str, text: &str, code: i32) -> Value {
    run(&["parse", kind, text, "--json"]).expect(code).json()
}

#[test]
fn every_kind_has_its_shape() {
    let money = parsed("money", "大于200万元", 0);
    assert_eq!(money["raw"], "大于200万元");
    assert_eq!((&money["ok"], &money["issues"]), (&json!(true), &json!([])));
    assert_eq!(
        money["value"],
        json!({"kind": "min", "min_fen": 200_000_000, "max_fen": null, "open": true, "currency": "CNY", "per": null,
            "entry_fen": null, "rate_percent": null, "rate_base": null})
    );
    for (kind, text, value) in [
        ("date", "2020年1月", json!({"year": 2020, "month": 1, "day": null})),
        (
            "patent",
            "202080012345.2",
            json!({"number": "ZL202080012345.2", "kind": "invention", "pct": true}),
        ),
        ("uscc", "91320000ma0000007q", json!({"code": "91320000MA0000007Q"})),
        (
            "region",
            "徐州市鼓楼区",
            json!({"code": "320302", "name": "江苏省徐州市鼓楼区"}),
        ),
        ("field", "生物医药", json!({"codes": ["BIO"]})),
        (
            "ipc",
            "G06F17/30(2006.01)I",
            json!({"section": "G", "class": "06", "subclass": "F", "group": "17/30"}),
        ),
        (
            "phone",
            "025-84791234转802",
            json!({"number": "025-84791234", "extension": "802"}),
        ),
        (
            "contract-no",
            "23320101000012",
            json!({"number": "23320101000012", "digits": 14}),
        ),
    ] {
        let object = parsed(kind, text, 0);
        assert_eq!(
            (&object["ok"], &object["value"]),
            (&json!(true), &value),
            "{kind} {text}"
        );
    }
    let royalty = &parsed("money", "入门费10万+净销售额2.5%", 0)["value"];
    assert_eq!(
        (&royalty["entry_fen"], &royalty["rate_percent"]),
        (&json!(10_000_000), &json!(2.5))
    );
}

#[test]
fn what_cannot_be_read_is_code_1_with_issues_in_words() {
    let object = parsed("money", "详见附件", 1);
    assert_eq!((&object["ok"], &object["value"]), (&json!(false), &Value::Null));
    assert_eq!(object["issues"][0]["code"], "money-no-amount");
    let en = run(&["parse", "money", "详见附件", "--json", "--lang", "en"])
        .expect(1)
        .json();
    assert!(en["issues"][0]["message"].as_str().unwrap().contains("names no amount"));
    let candidates = &parsed("region", "鼓楼区", 1)["value"]["candidates"];
    assert_eq!(
        (&candidates[0]["code"], &candidates[1]["code"]),
        (&json!("320106"), &json!("320302"))
    );
    let both = parsed("field", "新能源汽车", 1);
    assert_eq!(both["value"], json!({"codes": ["NE", "EQ"]}));
    // A dash before a text makes it no flag.
    assert_eq!(parsed("money", "-50万", 1)["issues"][0]["code"], "money-negative");
    assert_eq!(parsed("money", "—", 0)["value"]["kind"], "unknown");
    run(&["parse", "colour", "red"]).expect(2);
    run(&["parse", "money"]).expect(2);
}

#[test]
fn several_texts_and_lines_of_the_input_are_lines_of_json() {
    let ran = run_with(&["parse", "date", "2020.1.3", "-", "--json"], "43831\r\n\n2023/9/31\n").expect(1);
    let objects: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let raws: Vec<&str> = objects.iter().map(|object| object["raw"].as_str().unwrap()).collect();
    assert_eq!(raws, ["2020.1.3", "43831", "", "2023/9/31"]);
    let oks: Vec<bool> = objects.iter().map(|object| object["ok"].as_bool().unwrap()).collect();
    assert_eq!(oks, [true, true, false, false]);
}

#[test]
fn units_and_stated_kinds_stand_beside() {
    let ran = run(&["parse", "money", "120", "--unit", "万元", "--json"])
        .expect(0)
        .json();
    assert_eq!(ran["value"]["min_fen"], 120_000_000);
    let ran = run(&["parse", "patent", "ZL202010123456.2", "--stated", "utility", "--json"])
        .expect(1)
        .json();
    assert_eq!(ran["issues"][0]["code"], "patent-kind-mismatch");
}

#[test]
fn people_get_a_line_in_their_language() {
    let zh = run(&["parse", "money", "50-100万", "面议"]).expect(0).out;
    assert!(zh.contains("50-100万 → 区间") && zh.contains("面议 → 面议"), "{zh}");
    let en = run(&["parse", "patent", "2020101234562", "--lang", "en"]).expect(0).out;
    assert!(en.contains("ZL202010123456.2 (Invention)"), "{en}");
    let help = run(&["parse", "--help", "--lang", "en"]).expect(0).out;
    assert!(
        help.contains("one object a line") && help.contains("contract-no"),
        "{help}"
    );
}
