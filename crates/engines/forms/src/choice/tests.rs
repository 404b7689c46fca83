use super::*;
use crate::testform::{KIND, MODES};

fn many(text: &str) -> Vec<String> {
    match read_many(&MODES, text).value {
        Some(Value::Codes(codes)) => codes,
        other => panic!("{text}: {other:?} {:?}", read_many(&MODES, text).issues),
    }
}

#[test]
fn one() {
    for text in [
        "发明",
        "invention",
        "INVENTION",
        "发明专利",
        " 发明 专利",
        "1.发明",
        "1、发明",
        "(1)发明",
        "①发明",
        "A.发明",
        "01 发明",
        "《发明》",
    ] {
        assert_eq!(
            read_one(&KIND, text),
            Reading::ok(Value::Code("invention".into())),
            "{text}"
        );
    }
    assert_eq!(
        read_one(&KIND, "☑发明 □实用新型 □外观设计").value,
        Some(Value::Code("invention".into()))
    );
    assert_eq!(read_one(&KIND, "√发明").value, Some(Value::Code("invention".into())));
}

#[test]
fn several() {
    for (text, wanted) in [
        ("转让、许可均可", &["transfer", "licence"][..]),
        ("许可；转让", &["transfer", "licence"]),
        ("转让，许可,作价入股", &["transfer", "licence", "equity"]),
        ("转让/许可", &["transfer", "licence"]),
        ("转让或许可", &["transfer", "licence"]),
        ("转让和许可都可以", &["transfer", "licence"]),
        ("可转让、可许可。", &["transfer", "licence"]),
        ("转让 许可", &["transfer", "licence"]),
        ("转让许可", &["transfer", "licence"]),
        ("1、转让 2、许可", &["transfer", "licence"]),
        ("1.转让；2.许可", &["transfer", "licence"]),
        ("☑转让 □许可 ☑作价入股", &["transfer", "equity"]),
        ("□转让 □许可 √股权转让", &["shares"]),
        ("许可（独占）、转让", &["transfer", "exclusive"]),
        ("研究/开发；转让", &["transfer", "develop"]),
        ("1. 转让", &["transfer"]),
        ("Transfer, Licence", &["transfer", "licence"]),
        ("转让、转让", &["transfer"]),
    ] {
        assert_eq!(many(text), wanted, "{text}");
    }
}

#[test]
fn a_remark_is_told() {
    let reading = read_many(&MODES, "转让、其他（产学研合作）");
    assert_eq!(
        reading.value,
        Some(Value::Codes(vec!["transfer".into(), "other".into()]))
    );
    assert_eq!(reading.issues[0].code, code::CODE_PART_UNREAD);
    assert_eq!(reading.issues[0].arg("found"), Some("（产学研合作）"));
}

#[test]
fn refused() {
    let unknown = read_many(&MODES, "转让、租赁");
    assert_eq!((unknown.value, unknown.issues[0].code), (None, code::CODE_UNKNOWN));
    assert_eq!(unknown.issues[0].arg("found"), Some("租赁"));
    assert!(
        unknown.issues[0]
            .arg("choices_en")
            .unwrap()
            .starts_with("Transfer, Licence")
    );
    assert_eq!(
        read_one(&KIND, "发明、外观").issues[0].arg("choices"),
        Some("发明、外观设计")
    );
    assert_eq!(read_one(&KIND, "发明、外观").issues[0].code, code::CODE_SEVERAL);
    assert_eq!(read_many(&MODES, "□转让 □许可").issues[0].code, code::CODE_NONE_TICKED);
    for text in ["不可转让", "许可（独占、排他）、转让", "；", "√", "。", "、、"] {
        assert_eq!(read_many(&MODES, text).value, None, "{text}");
    }
}

#[test]
fn long_lists_show_the_likest() {
    const fn choice(code: &'static str, names: &'static [&'static str]) -> Choice {
        Choice { code, names }
    }
    static LONG: List = List {
        key: "long",
        codes: &[
            choice("1", &["甲"]),
            choice("2", &["乙"]),
            choice("3", &["丙"]),
            choice("4", &["丁"]),
            choice("5", &["戊"]),
            choice("6", &["己"]),
            choice("7", &["庚"]),
            choice("8", &["辛"]),
            choice("9", &["壬"]),
            choice("10", &["癸"]),
            choice("11", &["子"]),
            choice("12", &["丑"]),
            choice("13", &["检测仪器"]),
        ],
    };
    let issue = read_one(&LONG, "检验仪器").issues.remove(0);
    assert!(issue.arg("choices").unwrap().starts_with("检测仪器、甲"), "{issue:?}");
    assert!(issue.arg("choices").unwrap().ends_with("、…"), "{issue:?}");
}
