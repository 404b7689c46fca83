//! A value in the reader's words.

use forms::{Field, Value};
use jcore::{Cx, Lang};
use kernel::{Fen, Money, MoneyKind};

use super::control::{choice_name, sector_name, trl_name};

/// A field's value in the reader's words: choices by their names, divisions by their full names, money as people say
/// it. (R143: what is withheld must not come here; the redaction is the caller's.)
#[must_use]
pub fn show_value(cx: &Cx, field: &Field, value: &Value) -> String {
    let name = |code: &String| {
        let found = field.list().and_then(|list| Some((list, list.choice(code)?)));
        found.map_or_else(|| code.clone(), |(list, choice)| choice_name(cx, list, choice))
    };
    let join = |names: Vec<String>| names.join(&cx.t("intake-list-comma"));
    match value {
        Value::Text(text) => text.clone(),
        Value::Code(code) => name(code),
        Value::Codes(codes) => join(codes.iter().map(name).collect()),
        Value::Bool(true) => cx.t("word-yes"),
        Value::Bool(false) => cx.t("word-no"),
        Value::Money(money) => show_money(cx, money),
        Value::Region(region) => cx.app.regions.full_name(region),
        Value::Sectors(sectors) => join(sectors.iter().map(|sector| sector_name(cx, *sector)).collect()),
        Value::Names(names) => join(names.clone()),
        Value::Indicators(list) => {
            let lines: Vec<String> = list.iter().map(ToString::to_string).collect();
            lines.join("；")
        }
        Value::Trl(level) => trl_name(cx, *level),
        Value::Date(_)
        | Value::Patent(_)
        | Value::Uscc(_)
        | Value::Ipc(_)
        | Value::Phone(_)
        | Value::Email(_)
        | Value::Int(_) => forms::write(value, field),
    }
}

/// A statement about money in the reader's words: Chinese as it is written in forms (`50万元-100万元`, `面议`), English as
/// figures (`¥500,000–1,000,000`, `negotiable`).
#[must_use]
pub fn show_money(cx: &Cx, money: &Money) -> String {
    if cx.lang == Lang::Zh {
        return money.to_string();
    }
    let amount = |fen: Option<i64>| figure(&money.currency, fen.unwrap_or_default());
    let per = money
        .per
        .as_deref()
        .map_or_else(String::new, |per| cx.t(&format!("intake-per-{per}")));
    let say = |id: &str, fen: Option<i64>| cx.ta(id, &[("amount", amount(fen))]);
    let text = match money.kind {
        MoneyKind::Exact => amount(money.min_fen),
        MoneyKind::Approx => say("intake-money-about", money.min_fen),
        MoneyKind::Range => format!("{}–{}", amount(money.min_fen), bare(money.max_fen.unwrap_or_default())),
        MoneyKind::Min if money.open => say("intake-money-over", money.min_fen),
        MoneyKind::Min => say("intake-money-from", money.min_fen),
        MoneyKind::Max if money.open => say("intake-money-under", money.max_fen),
        MoneyKind::Max => say("intake-money-to", money.max_fen),
        MoneyKind::Negotiable => cx.t("intake-money-negotiable"),
        MoneyKind::Unknown => cx.t("intake-money-unknown"),
        MoneyKind::Royalty => royalty(cx, money),
    };
    format!("{text}{per}")
}

fn royalty(cx: &Cx, money: &Money) -> String {
    let rate = money.rate_percent.as_ref().map(|rate| {
        let base = money.rate_base.clone().unwrap_or_else(|| cx.t("intake-money-revenue"));
        cx.ta("intake-money-share", &[("rate", format!("{rate}%")), ("base", base)])
    });
    let entry = money
        .entry_fen
        .map(|fen| cx.ta("intake-money-entry", &[("amount", figure(&money.currency, fen))]));
    let parts: Vec<String> = [entry, rate].into_iter().flatten().collect();
    if parts.is_empty() {
        cx.t("intake-money-royalty")
    } else {
        parts.join(" + ")
    }
}

fn figure(currency: &str, fen: i64) -> String {
    if currency == "CNY" {
        format!("¥{}", bare(fen))
    } else {
        format!("{currency} {}", bare(fen))
    }
}

/// A figure without sign of currency and without `.00`.
fn bare(fen: i64) -> String {
    let text = Fen::new(fen).to_string().replace('¥', "");
    text.strip_suffix(".00").unwrap_or(&text).to_owned()
}
