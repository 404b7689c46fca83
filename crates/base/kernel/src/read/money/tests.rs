use super::*;
use crate::money::MoneyKind;

/// Yuan to fen, for amounts without 角 and 分.
fn yuan(yuan: i64) -> Fen {
    Fen::from_yuan(yuan).unwrap()
}

#[track_caller]
fn clean(text: &str, hint: Option<&str>) -> Money {
    let reading = money(text, hint);
    assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
    reading.value.unwrap()
}

#[test]
fn nothing_stated_is_negotiable_or_unknown() {
    for text in ["面议", "协商", "价格面议", "双方协商", "Negotiable"] {
        assert_eq!(clean(text, Some("万元")), Money::negotiable(), "{text}");
    }
    for text in ["", "　", "—", "——", "待定", "暂无", "/", "TBD", "价格待定"] {
        assert_eq!(clean(text, Some("万元")), Money::unknown(), "{text}");
    }
    assert_eq!(clean("免费", None), Money::exact(Fen::new(0)));
    assert_eq!(clean("0", None), Money::exact(Fen::new(0)));
}

#[test]
fn ranges() {
    for text in [
        "50-100万",
        "50～100万元",
        "50至100 万",
        "50万-100万",
        "50万元—100万元",
        "50-100万元",
        "５０－１００万元",
        "50万到100万",
        "五十至一百万元",
        "人民币50-100万元",
        "50.0-100.00万",
        "500,000-1,000,000元",
        "50w-100w",
        "0.005-0.01亿",
        "50万以上100万以下",
        "不低于50万且不超过100万",
        "50万元-100",
        "介于50万至100万元之间",
    ] {
        assert_eq!(
            clean(text, None),
            Money::range(yuan(500_000), yuan(1_000_000)),
            "{text}"
        );
    }
    assert_eq!(
        clean("50-100", Some("万元")),
        Money::range(yuan(500_000), yuan(1_000_000))
    );
    assert_eq!(clean("三至五千元", None), Money::range(yuan(3000), yuan(5000)));
    assert_eq!(clean("三百至五千元", None), Money::range(yuan(300), yuan(5000)));
    assert_eq!(clean("50-50万", None), Money::exact(yuan(500_000)));
    assert_eq!(
        clean("大于50万且不超过100万", None),
        Money {
            open: true,
            ..Money::range(yuan(500_000), yuan(1_000_000))
        }
    );
    let reading = money("9000-1万元", None);
    assert_eq!(reading.value, Some(Money::range(yuan(9000), yuan(10_000))));
    assert!(reading.has("money-mixed-units"));
    assert!(money("约50-100万", None).has("money-approx-range"));
    assert!(money("大于50万小于100万", None).has("money-open-upper"));
}

#[test]
fn bounds_and_about() {
    for text in [
        "≥200万",
        "200万以上",
        "不低于200万",
        "200万元起",
        "至少200万",
        ">=200万元",
        "最低200万",
        "２００万以上",
    ] {
        assert_eq!(clean(text, None), Money::min(yuan(2_000_000), false), "{text}");
    }
    for text in ["大于200万元", "超过200万", ">200万元", "高于200万元"] {
        assert_eq!(clean(text, None), Money::min(yuan(2_000_000), true), "{text}");
    }
    for text in [
        "100万以内",
        "不超过100万",
        "≤100万元",
        "100万元以下",
        "最高100万",
        "上限100万元",
        "100万内",
        "预算100万元内",
        "100万元（含）以内",
        "100万封顶",
    ] {
        assert_eq!(clean(text, None), Money::max(yuan(1_000_000), false), "{text}");
    }
    assert_eq!(clean("低于100万", None), Money::max(yuan(1_000_000), true));
    for text in [
        "约30万",
        "30万左右",
        "大约30万元",
        "~30万",
        "近30万元",
        "30余万元",
        "30多万",
    ] {
        assert_eq!(clean(text, None), Money::approx(yuan(300_000)), "{text}");
    }
    assert_eq!(clean("≥200", Some("万元")), Money::min(yuan(2_000_000), false));
}

#[test]
fn exact_amounts() {
    for (text, hint, amount) in [
        ("叁万玖仟贰佰元整", None, 39_200),
        ("肆万元整", None, 40_000),
        ("贰拾万元整", None, 200_000),
        ("人民币贰拾万元整", None, 200_000),
        ("１２０", Some("万元"), 1_200_000),
        ("1,200,000", Some("元"), 1_200_000),
        ("1,200,000元", None, 1_200_000),
        ("120", Some("意向价（万元）"), 1_200_000),
        ("120（万元）", None, 1_200_000),
        ("单位：万元 120", None, 1_200_000),
        ("120", Some("单位：元"), 120),
        ("¥120", Some("万元"), 1_200_000),
        ("￥1,200.00", None, 1200),
        ("0.5亿", None, 50_000_000),
        ("5千元", None, 5000),
        ("3百万", None, 3_000_000),
        ("两百万元", None, 2_000_000),
        ("120元", Some("万元"), 120),
        ("起拍价：50万元", None, 500_000),
        ("起拍价-50万元", None, 500_000),
        ("50万元（大写：伍拾万元整）", None, 500_000),
        ("50万元，含税", None, 500_000),
        ("RMB 500,000", None, 500_000),
        ("500k yuan", None, 500_000),
    ] {
        assert_eq!(clean(text, hint), Money::exact(yuan(amount)), "{text}");
    }
    assert_eq!(clean("壹佰元零伍分", None), Money::exact(Fen::new(10_005)));
    assert_eq!(clean("1200.55元", None), Money::exact(Fen::new(120_055)));
}

#[test]
fn units_currencies_and_periods() {
    let year = |money: Money| Money {
        per: Some("year".into()),
        ..money
    };
    for text in [
        "5000元/年",
        "每年5000元",
        "5000元每年",
        "年许可费5000元",
        "5,000 元 / 年",
    ] {
        assert_eq!(clean(text, None), year(Money::exact(yuan(5000))), "{text}");
    }
    assert_eq!(clean("5000", Some("元/年")), year(Money::exact(yuan(5000))));
    assert_eq!(
        clean("50-100万/年", None),
        year(Money::range(yuan(500_000), yuan(1_000_000)))
    );
    for (text, code) in [
        ("10万美元", "USD"),
        ("USD 100,000", "USD"),
        ("$100,000", "USD"),
        ("10万美金", "USD"),
        ("10万欧元", "EUR"),
        ("€100,000", "EUR"),
        ("10万港元", "HKD"),
        ("HK$100,000", "HKD"),
        ("10万日元", "JPY"),
        ("10万英镑", "GBP"),
        ("人民币10万元", "CNY"),
        ("100000美元", "USD"),
    ] {
        let expected = Money {
            currency: code.into(),
            ..Money::exact(yuan(100_000))
        };
        assert_eq!(clean(text, None), expected, "{text}");
    }
    assert_eq!(
        clean("10", Some("万美元")),
        Money {
            currency: "USD".into(),
            ..Money::exact(yuan(100_000))
        }
    );
    assert_eq!(
        clean("100美元", Some("万元")),
        Money {
            currency: "USD".into(),
            ..Money::exact(yuan(100))
        }
    );
}

#[test]
fn royalties() {
    let royalty = |entry: Option<i64>, rate: &str, base: Option<&str>| Money {
        kind: MoneyKind::Royalty,
        entry_fen: entry.map(|entry| entry * 100),
        rate_percent: Some(rate.into()),
        rate_base: base.map(str::to_owned),
        ..Money::unknown()
    };
    for (text, expected) in [
        ("入门费10万+销售额3%", royalty(Some(100_000), "3", Some("销售额"))),
        ("入门费10万元+销售收入的3%", royalty(Some(100_000), "3", Some("销售额"))),
        ("10万元+净利润2.50%提成", royalty(Some(100_000), "2.5", Some("净利润"))),
        ("净销售额的3%", royalty(None, "3", Some("净销售额"))),
        ("净销售额的百分之三", royalty(None, "3", Some("净销售额"))),
        ("提成５％", royalty(None, "5", None)),
        (
            "入门费10万元+年销售额3%提成",
            royalty(Some(100_000), "3", Some("销售额")),
        ),
        ("合同额的3%", royalty(None, "3", Some("合同额"))),
        ("利润的5‰", royalty(None, "0.5", Some("利润"))),
    ] {
        assert_eq!(clean(text, None), expected, "{text}");
    }
    assert_eq!(
        clean("入门费10+销售额3%", Some("万元")),
        royalty(Some(100_000), "3", Some("销售额"))
    );
}

#[test]
fn each_refusal_has_its_reason() {
    for (text, code) in [
        ("详见附件", "money-no-amount"),
        ("万元", "money-no-amount"),
        ("共3项", "money-no-amount"),
        ("几十万", "money-vague"),
        ("两三万", "money-vague"),
        ("五0万", "money-unclear"),
        ("50万-", "money-unclear"),
        ("技术入股20%", "money-rate-unclear"),
        ("十几万元", "money-vague"),
        ("上百万元", "money-vague"),
        ("-50万", "money-negative"),
        ("－５０", "money-negative"),
        ("¥-50", "money-negative"),
        ("负50万元", "money-negative"),
        ("100-50万", "money-range-reversed"),
        ("2亿-5000万", "money-range-reversed"),
        ("2000亿元", "money-too-large"),
        ("99999999999999999999元", "money-too-large"),
        ("9999999999999999亿亿亿亿元", "money-too-large"),
        ("起拍价50万元，保证金5万元", "money-several"),
        ("50、80万", "money-several"),
        ("50 100", "money-several"),
        ("10万5", "money-unclear"),
        ("免费50万", "money-unclear"),
        ("不低于50万不超过", "money-unclear"),
        ("10万美元（约70万元人民币）", "money-two-currencies"),
        ("销售额3%-5%", "money-rate-unclear"),
        ("50万元，30%首付", "money-rate-unclear"),
        ("销售额300%", "money-rate-range"),
        ("销售额0%", "money-rate-range"),
    ] {
        let reading = money(text, None);
        assert!(!reading.is_ok(), "{text}: {:?}", reading.value);
        assert_eq!(reading.issues[0].code, code, "{text}");
    }
    assert_eq!(money("2000亿元", None).issues[0].arg("most"), Some("10000000万元"));
}

#[test]
fn what_was_guessed_is_told() {
    for (text, hint, value, code) in [
        (
            "近3年投入50万",
            None,
            Money::exact(yuan(500_000)),
            "money-words-ignored",
        ),
        (
            "年销售额50万元",
            None,
            Money::exact(yuan(500_000)),
            "money-words-ignored",
        ),
        (
            "3%",
            None,
            Money {
                kind: MoneyKind::Royalty,
                rate_percent: Some("3".into()),
                ..Money::unknown()
            },
            "money-rate-no-base",
        ),
        ("120", None, Money::exact(yuan(120)), "money-no-unit"),
        ("50-100", None, Money::range(yuan(50), yuan(100)), "money-no-unit"),
        (
            "1200000",
            Some("万元"),
            Money::exact(yuan(12_000_000_000)),
            "money-large",
        ),
        (
            "33.333333333333336",
            Some("万元"),
            Money::exact(Fen::new(33_333_333)),
            "money-rounded",
        ),
        ("1.2E+06元", None, Money::exact(yuan(1_200_000)), "money-scientific"),
        (
            "50万元，可面议",
            None,
            Money::exact(yuan(500_000)),
            "money-also-negotiable",
        ),
        ("50万元（待定）", None, Money::exact(yuan(500_000)), "money-provisional"),
        (
            "50万元，分3年支付",
            None,
            Money::exact(yuan(500_000)),
            "money-words-ignored",
        ),
        ("面议，详见说明书", None, Money::negotiable(), "money-words-ignored"),
    ] {
        let reading = money(text, hint);
        assert_eq!(reading.value, Some(value), "{text}: {:?}", reading.issues);
        assert!(reading.has(code), "{text}: {:?}", reading.issues);
    }
    assert_eq!(money("50万元，分3年支付", None).issues[0].arg("words"), Some("分3年"));
}
