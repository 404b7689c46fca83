//! The statements of money: which parts go with which kind, and the canonical notation.

use serde::Deserialize;

use super::{FEN_PER_WAN, Fen, MAX_FEN, Money, MoneyKind, decimal_text};
use crate::value::Invalid;

/// The currencies that can be stated: ISO code, the word written, and the words and signs read.
pub(crate) const CURRENCIES: &[(&str, &str, &[&str])] = &[
    ("CNY", "元", &["人民币", "rmb", "cny", "¥", "元人民币"]),
    ("USD", "美元", &["美元", "美金", "us$", "usd", "$"]),
    ("EUR", "欧元", &["欧元", "eur", "€"]),
    ("HKD", "港元", &["港元", "港币", "hk$", "hkd"]),
    ("JPY", "日元", &["日元", "日圆", "円", "jpy"]),
    ("GBP", "英镑", &["英镑", "gbp", "£"]),
    ("KRW", "韩元", &["韩元", "韩圆", "韩币", "krw"]),
    ("RUB", "卢布", &["卢布", "rub"]),
    ("CHF", "瑞士法郎", &["瑞士法郎", "瑞郎", "chf"]),
    ("AUD", "澳元", &["澳元", "澳币", "aud", "a$"]),
    ("CAD", "加元", &["加元", "加币", "cad", "c$"]),
    ("SGD", "新加坡元", &["新加坡元", "新元", "新币", "sgd", "s$"]),
    ("TWD", "新台币", &["新台币元", "新台币", "台币", "twd", "nt$"]),
    ("MOP", "澳门元", &["澳门元", "澳门币", "mop"]),
];

/// What an amount can be for: code, the word written after `/`, and further words read after `/` or 每.
pub(crate) const PERS: &[(&str, &str, &[&str])] = &[
    ("year", "年", &["年", "年度", "year", "yr", "annum", "a"]),
    ("quarter", "季度", &["季度", "季", "quarter"]),
    ("month", "月", &["月", "个月", "month"]),
    ("time", "次", &["次"]),
    ("piece", "件", &["件", "个", "只", "支", "片", "块", "piece"]),
    ("set", "套", &["套", "set"]),
    ("unit", "台", &["台", "unit"]),
    ("mu", "亩", &["亩", "mu"]),
    ("kg", "公斤", &["公斤", "千克", "kg"]),
    ("ton", "吨", &["吨", "ton"]),
];

/// What a royalty is taken of: the word written, and the words read for it. A longer word must stand before one that
/// it contains.
pub(crate) const BASES: &[(&str, &[&str])] = &[
    ("净销售额", &["净销售额", "年净销售额", "销售净额", "net sales"]),
    (
        "销售额",
        &[
            "销售额",
            "年销售额",
            "年销售收入",
            "销售收入",
            "销售总额",
            "销售",
            "sales",
        ],
    ),
    ("净利润", &["净利润", "年净利润", "net profit"]),
    ("利润", &["利润", "年利润", "profit"]),
    ("营业收入", &["营业收入", "营业额", "营收", "revenue"]),
    ("产值", &["产值", "年产值"]),
    ("合同额", &["合同额", "合同金额", "成交额"]),
];

/// The most decimals that a rate of royalty may have.
const MAX_RATE_DECIMALS: usize = 4;

/// The fields of [`Money`] as they come in, before they are checked.
#[derive(Deserialize)]
pub(crate) struct Unchecked {
    kind: MoneyKind,
    min_fen: Option<i64>,
    max_fen: Option<i64>,
    #[serde(default)]
    open: bool,
    #[serde(default = "cny")]
    currency: String,
    per: Option<String>,
    entry_fen: Option<i64>,
    rate_percent: Option<String>,
    rate_base: Option<String>,
}

fn cny() -> String {
    "CNY".to_owned()
}

impl TryFrom<Unchecked> for Money {
    type Error = Invalid;
    fn try_from(raw: Unchecked) -> Result<Self, Invalid> {
        let money = Self {
            kind: raw.kind,
            min_fen: raw.min_fen,
            max_fen: raw.max_fen,
            open: raw.open,
            currency: raw.currency,
            per: raw.per,
            entry_fen: raw.entry_fen,
            rate_percent: raw.rate_percent,
            rate_base: raw.rate_base,
        };
        money.check()?;
        Ok(money)
    }
}

/// Whether the parts agree with the kind, and each lies within its limits.
pub(super) fn is_consistent(money: &Money) -> bool {
    let sane = |fen: Option<i64>| fen.is_none_or(|fen| (0..=MAX_FEN).contains(&fen));
    let known_words = CURRENCIES.iter().any(|(code, ..)| *code == money.currency)
        && money
            .per
            .as_ref()
            .is_none_or(|per| PERS.iter().any(|(code, ..)| code == per))
        && money
            .rate_base
            .as_ref()
            .is_none_or(|base| BASES.iter().any(|(name, _)| name == base));
    let no_royalty = money.entry_fen.is_none() && money.rate_percent.is_none() && money.rate_base.is_none();
    let no_amount = money.min_fen.is_none() && money.max_fen.is_none();
    let parts = match money.kind {
        MoneyKind::Exact | MoneyKind::Approx => {
            no_royalty && money.min_fen.is_some() && money.min_fen == money.max_fen && !money.open
        }
        MoneyKind::Range => {
            no_royalty && money.min_fen.is_some() && money.max_fen.is_some() && money.min_fen < money.max_fen
        }
        MoneyKind::Min => no_royalty && money.min_fen.is_some() && money.max_fen.is_none(),
        MoneyKind::Max => no_royalty && money.min_fen.is_none() && money.max_fen.is_some(),
        MoneyKind::Negotiable | MoneyKind::Unknown => {
            no_royalty && no_amount && !money.open && money.per.is_none() && money.currency == "CNY"
        }
        MoneyKind::Royalty => {
            no_amount && !money.open && money.per.is_none() && money.rate_percent.as_deref().is_some_and(is_rate)
        }
    };
    known_words && parts && sane(money.min_fen) && sane(money.max_fen) && sane(money.entry_fen)
}

/// Whether the text is a canonical decimal above 0 and at most 100.
pub(crate) fn is_rate(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = (whole == "0" || (!whole.is_empty() && !whole.starts_with('0')))
        && text.contains('.') != decimals.is_empty()
        && !decimals.ends_with('0');
    let in_range = whole.len() <= 2 && (whole != "0" || !decimals.is_empty()) || whole == "100" && decimals.is_empty();
    digits(whole) && digits(decimals) && canonical && decimals.len() <= MAX_RATE_DECIMALS && in_range
}

/// The canonical notation of a statement.
pub(super) fn write(money: &Money) -> String {
    let amount = |fen: Option<i64>| fen.map_or_else(String::new, |fen| write_amount(fen, &money.currency));
    let (min, max) = (amount(money.min_fen), amount(money.max_fen));
    let mut out = match money.kind {
        MoneyKind::Exact => min,
        MoneyKind::Approx => format!("约{min}"),
        MoneyKind::Range if money.open => format!("大于{min}且不超过{max}"),
        MoneyKind::Range => format!("{min}-{max}"),
        MoneyKind::Min if money.open => format!("大于{min}"),
        MoneyKind::Min => format!("不低于{min}"),
        MoneyKind::Max if money.open => format!("低于{max}"),
        MoneyKind::Max => format!("不超过{max}"),
        MoneyKind::Negotiable => "面议".to_owned(),
        MoneyKind::Unknown => "待定".to_owned(),
        MoneyKind::Royalty => write_royalty(money),
    };
    if let Some((_, word, _)) = PERS.iter().find(|(code, ..)| Some(*code) == money.per.as_deref()) {
        out.push('/');
        out.push_str(word);
    }
    out
}

fn write_royalty(money: &Money) -> String {
    let entry = money.entry_fen.map_or_else(String::new, |fen| {
        format!("入门费{}+", write_amount(fen, &money.currency))
    });
    let base = money.rate_base.as_deref().unwrap_or("提成");
    let rate = money.rate_percent.as_deref().unwrap_or("0");
    // Without an entry fee no amount names the currency; a royalty in another one says so.
    let currency = CURRENCIES
        .iter()
        .find(|(code, ..)| *code == money.currency && *code != "CNY");
    let suffix = match currency {
        Some((_, word, _)) if money.entry_fen.is_none() => format!("({word})"),
        _ => String::new(),
    };
    format!("{entry}{base}{rate}%{suffix}")
}

/// An amount with its unit: in 万 where that needs no more than two decimals, else in the bare unit.
fn write_amount(fen: i64, currency: &str) -> String {
    let word = CURRENCIES
        .iter()
        .find(|(code, ..)| *code == currency)
        .map_or("元", |(_, word, _)| *word);
    let scaled = fen.unsigned_abs();
    if fen >= FEN_PER_WAN && fen % (FEN_PER_WAN / 100) == 0 {
        return format!("{}万{word}", decimal_text(scaled / 10_000, 2));
    }
    let plain = Fen::new(fen).to_string();
    let plain = plain.trim_start_matches('¥');
    format!("{}{word}", plain.strip_suffix(".00").unwrap_or(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_each_kind() {
        let wan = |wan: i64| Fen::new(wan * FEN_PER_WAN);
        let royalty = Money {
            kind: MoneyKind::Royalty,
            min_fen: None,
            max_fen: None,
            entry_fen: Some(10 * FEN_PER_WAN),
            rate_percent: Some("3".into()),
            rate_base: Some("销售额".into()),
            ..Money::exact(Fen::new(0))
        };
        for (money, text) in [
            (Money::exact(Fen::new(120_050)), "1,200.50元"),
            (Money::exact(Fen::new(3_920_000)), "3.92万元"),
            (Money::approx(wan(30)), "约30万元"),
            (Money::range(wan(100), wan(50)), "50万元-100万元"),
            (Money::min(wan(200), true), "大于200万元"),
            (Money::min(wan(200), false), "不低于200万元"),
            (Money::max(wan(100), false), "不超过100万元"),
            (
                Money {
                    per: Some("year".into()),
                    ..Money::exact(Fen::new(500_000))
                },
                "5,000元/年",
            ),
            (
                Money {
                    currency: "USD".into(),
                    ..Money::exact(wan(10))
                },
                "10万美元",
            ),
            (
                Money {
                    entry_fen: None,
                    ..royalty.clone()
                },
                "销售额3%",
            ),
            (royalty, "入门费10万元+销售额3%"),
        ] {
            money.check().unwrap();
            assert_eq!(money.to_string(), text);
        }
    }

    #[test]
    fn rates_are_percent() {
        for good in ["3", "0.5", "100", "12.25"] {
            assert!(is_rate(good), "{good}");
        }
        for bad in ["", "0", "0.0", "3.0", "03", "101", "100.5", "-1", "3.", ".5", "1.23456"] {
            assert!(!is_rate(bad), "{bad}");
        }
    }
}
