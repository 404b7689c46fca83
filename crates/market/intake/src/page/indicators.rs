//! Rows of indicators: a text cut into inputs, and inputs put together as a text again.

use forms::{Comparison, Field, Form, Indicator, Value};
use jcore::Cx;

use super::control::{Choice, read_now};

/// Rows shown at least, so that a page without script has room for three.
pub const MIN_ROWS: usize = 3;
/// Signs by which a text that does not read is still cut into name and value.
const SIGNS: &[(&str, &str)] = &[
    ("≥", "ge"),
    ("≤", "le"),
    (">", "gt"),
    ("<", "lt"),
    ("＝", "eq"),
    ("=", "eq"),
];
/// The remark of where things stand today, as [`Indicator`] writes it.
const PRESENT: &str = "（现状 ";

/// One indicator as inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorRow {
    /// The ids of its inputs begin with this; the first row's name has the field's own id.
    pub id: String,
    /// Its place, from 1, for labels.
    pub number: usize,
    /// The names of its inputs begin with this: `ind`, or `ind_KEY` for a second field of indicators in one form.
    pub prefix: String,
    /// What is measured.
    pub name: String,
    /// The comparison.
    pub comparisons: Vec<Choice>,
    /// The target, with the upper end of a range or the tolerance: `0.03`, `20–30`, `20±0.05`.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// Where things stand today.
    pub present: String,
}

/// The codes of comparisons as inputs send them, with their signs.
pub(crate) const COMPARISONS: &[(&str, Comparison)] = &[
    ("ge", Comparison::Ge),
    ("le", Comparison::Le),
    ("gt", Comparison::Gt),
    ("lt", Comparison::Lt),
    ("eq", Comparison::Eq),
    ("range", Comparison::Range),
    ("plus_minus", Comparison::PlusMinus),
];

/// The parts of one row, as they come and go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) name: String,
    pub(crate) cmp: String,
    pub(crate) value: String,
    pub(crate) unit: String,
    pub(crate) present: String,
}

/// The prefix of a field's input names: the contract's `ind_name` … for the first field of indicators.
pub(crate) fn prefix(form: &'static Form, key: &str) -> String {
    let first = form.fields().find(|field| field.kind == forms::Kind::Indicators);
    if first.is_none_or(|first| first.key == key) {
        "ind".to_owned()
    } else {
        format!("ind_{key}")
    }
}

/// The rows of a field that holds this text, and empty ones to write into.
pub(crate) fn rows(cx: &Cx, form: &'static Form, field: &'static Field, raw: &str) -> Vec<IndicatorRow> {
    let mut parts: Vec<Parts> = match read_now(cx, field, raw) {
        Some(Value::Indicators(list)) => list.iter().map(of_indicator).collect(),
        _ => raw
            .split(['；', ';', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(of_text)
            .collect(),
    };
    parts.resize(parts.len().saturating_add(1).max(MIN_ROWS), Parts::default());
    let prefix = prefix(form, field.key);
    let row = |(at, parts): (usize, Parts)| IndicatorRow {
        id: if at == 0 {
            format!("f-{}", field.key)
        } else {
            format!("f-{}-{at}", field.key)
        },
        number: at + 1,
        prefix: prefix.clone(),
        comparisons: comparisons(cx, &parts.cmp),
        name: parts.name,
        value: parts.value,
        unit: parts.unit,
        present: parts.present,
    };
    parts.into_iter().enumerate().map(row).collect()
}

fn comparisons(cx: &Cx, chosen: &str) -> Vec<Choice> {
    let choice = |code: &str, words: &str| Choice {
        id: String::new(),
        value: code.to_owned(),
        text: cx.t(words),
        selected: code == chosen,
    };
    let none = choice("", "intake-cmp-none");
    let words = |code: &str| format!("intake-cmp-{}", code.replace('_', "-"));
    std::iter::once(none)
        .chain(COMPARISONS.iter().map(|(code, _)| choice(code, &words(code))))
        .collect()
}

fn of_indicator(indicator: &Indicator) -> Parts {
    let code = COMPARISONS
        .iter()
        .find(|(_, comparison)| *comparison == indicator.comparison)
        .map_or("", |(code, _)| code);
    let value = match (indicator.comparison, &indicator.value_max) {
        (Comparison::Range, Some(max)) => format!("{}–{max}", indicator.value),
        (Comparison::PlusMinus, Some(tolerance)) => format!("{}±{tolerance}", indicator.value),
        _ => indicator.value.clone(),
    };
    Parts {
        name: indicator.name.clone(),
        cmp: code.to_owned(),
        value,
        unit: indicator.unit.clone(),
        present: indicator.present.clone().unwrap_or_default(),
    }
}

/// One part of a text that does not read as a whole: read by itself, else cut at its sign, else all of it as the name,
/// so that the person finds it again.
fn of_text(part: &str) -> Parts {
    if let Some([one]) = Indicator::read_all(part).as_deref() {
        return of_indicator(one);
    }
    let (rest, present) = match part.split_once(PRESENT) {
        Some((rest, present)) => (rest, present.trim_end_matches('）')),
        None => (part, ""),
    };
    let cut = SIGNS
        .iter()
        .find_map(|(sign, code)| rest.split_once(sign).map(|(name, quantity)| (name, *code, quantity)));
    let Some((name, cmp, quantity)) = cut else {
        return Parts {
            name: part.to_owned(),
            ..Parts::default()
        };
    };
    let quantity = quantity.trim();
    let (value, unit) = quantity.split_once(' ').unwrap_or((quantity, ""));
    Parts {
        name: name.trim().to_owned(),
        cmp: cmp.to_owned(),
        value: value.to_owned(),
        unit: unit.trim().to_owned(),
        present: present.trim().to_owned(),
    }
}

/// A row's inputs as one part of the text; none when all are empty.
pub(crate) fn compose(parts: &Parts) -> Option<String> {
    // What divides indicators may not stand inside one.
    let clean = |text: &str| text.trim().replace(['；', ';', '\n', '\r'], "，");
    let (name, value, unit, present) = (
        clean(&parts.name),
        clean(&parts.value),
        clean(&parts.unit),
        clean(&parts.present),
    );
    if [&name, &value, &unit, &present].iter().all(|text| text.is_empty()) {
        return None;
    }
    let sign = match COMPARISONS.iter().find(|(code, _)| *code == parts.cmp) {
        Some((_, Comparison::PlusMinus)) if value.contains('±') => "",
        Some((_, comparison)) if !value.is_empty() => comparison.sign(),
        _ => "",
    };
    let quantity = format!("{sign}{value}");
    let mut out: Vec<&str> = vec![&name, &quantity, &unit];
    out.retain(|text| !text.is_empty());
    let mut out = out.join(" ");
    if !present.is_empty() {
        out.push_str(PRESENT);
        out.push_str(&present);
        out.push('）');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_text_are_the_same_thing() {
        for text in [
            "齿向变形 ≤0.03 mm（现状 0.05–0.06 mm）",
            "批量良品率 ≥98 %（现状 91 %）",
            "温度 -40–85 ℃",
            "外径 20±0.05 mm",
            "效率 >3",
        ] {
            let [indicator] = Indicator::read_all(text).unwrap().try_into().unwrap();
            let parts = of_indicator(&indicator);
            let again = compose(&parts).unwrap();
            assert_eq!(Indicator::read_all(&again), Some(vec![indicator]), "{text} → {again}");
            assert_eq!(of_text(&again), parts, "{again}");
        }
    }

    #[test]
    fn what_does_not_read_stays_in_its_inputs() {
        let typed = Parts {
            name: "变形".into(),
            cmp: "le".into(),
            value: "很小".into(),
            unit: "mm".into(),
            present: "一般".into(),
        };
        let text = compose(&typed).unwrap();
        assert_eq!(Indicator::read_all(&text), None);
        assert_eq!(of_text(&text), typed);
        assert_eq!(of_text("性能先进").name, "性能先进");
    }

    #[test]
    fn nothing_typed_is_nothing() {
        assert_eq!(compose(&Parts::default()), None);
        assert_eq!(
            compose(&Parts {
                cmp: "ge".into(),
                ..Parts::default()
            }),
            None
        );
        let divided = Parts {
            name: "甲；乙".into(),
            cmp: "ge".into(),
            value: "1".into(),
            ..Parts::default()
        };
        assert_eq!(compose(&divided).as_deref(), Some("甲，乙 ≥1"));
    }
}
