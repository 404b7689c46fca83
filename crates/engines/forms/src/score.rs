//! How complete a record is: what a page shows while people fill in a form, and what the diagnosis of a need starts from (R126, R140).

use crate::read::required;
use crate::{Form, Indicator, Kind, Must, Record, Value};

/// Weight of the required fields: the larger part, as without them nothing can be published.
pub const WEIGHT_REQUIRED: u32 = 60;
/// Weight of the optional fields.
pub const WEIGHT_OPTIONAL: u32 = 20;
/// Weight of quantified indicators: vague demands are why needs fail their diagnosis.
pub const WEIGHT_INDICATORS: u32 = 20;

/// An indicator's points for its target value …
pub const POINTS_VALUE: u32 = 2;
/// … for a unit …
pub const POINTS_UNIT: u32 = 1;
/// … and for saying where things stand today.
pub const POINTS_PRESENT: u32 = 1;
/// So many complete indicators give the full bonus; more don't make a need better.
pub const INDICATORS_ENOUGH: u32 = 3;

/// 0–100, rounded down, so that 100 means that nothing is left to add. The parts that a form doesn't have weigh nothing; a field
/// that is required only on some answer counts when that answer is given.
pub fn completeness(record: &Record, form: &'static Form) -> u8 {
    let parts = [
        (WEIGHT_REQUIRED, share(record, form, true)),
        (WEIGHT_OPTIONAL, share(record, form, false)),
        (WEIGHT_INDICATORS, quantified(record, form)),
    ];
    let present = parts.iter().filter(|(_, (_, of))| *of > 0);
    let (mut total, mut reached) = (0, 0);
    for (weight, (got, of)) in present {
        total += weight;
        // Hundredths of a point keep the shares of small parts apart.
        reached += weight * got.min(of) * 100 / of;
    }
    // A form that asks for nothing is complete.
    reached
        .checked_div(total)
        .map_or(100, |score| u8::try_from(score).unwrap_or(100))
}

/// How many of the required or the optional fields have a value.
fn share(record: &Record, form: &'static Form, wanted: bool) -> (u32, u32) {
    let counted = form.fields().filter(|field| match field.must {
        Must::When(..) => wanted && required(form, field, record),
        _ => required(form, field, record) == wanted,
    });
    counted.fold((0, 0), |(got, of), field| {
        (got + u32::from(record.value(field.key).is_some()), of + 1)
    })
}

/// The points of all indicators, of those for a full bonus; (0, 0) for a form without indicators.
fn quantified(record: &Record, form: &'static Form) -> (u32, u32) {
    let fields: Vec<_> = form.fields().filter(|field| field.kind == Kind::Indicators).collect();
    if fields.is_empty() {
        return (0, 0);
    }
    let points = fields.iter().flat_map(|field| match record.value(field.key) {
        Some(Value::Indicators(indicators)) => indicators.as_slice(),
        _ => &[],
    });
    let full = (POINTS_VALUE + POINTS_UNIT + POINTS_PRESENT) * INDICATORS_ENOUGH;
    (points.map(points_of).sum::<u32>().min(full), full)
}

fn points_of(indicator: &Indicator) -> u32 {
    POINTS_VALUE
        + if indicator.unit.is_empty() { 0 } else { POINTS_UNIT }
        + if indicator.present.is_none() { 0 } else { POINTS_PRESENT }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testform::FORM;
    use crate::{Context, Draft, read};
    use std::collections::BTreeMap;

    fn score(pairs: &[(&str, &str)]) -> u8 {
        let hints = BTreeMap::new();
        let ctx = Context {
            regions: kernel::Regions::builtin(),
            unit_hints: &hints,
            draft: true,
        };
        let draft: Draft = pairs
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect();
        completeness(&read(&FORM, &draft, &ctx), &FORM)
    }

    #[test]
    fn empty_and_full() {
        assert_eq!(score(&[]), 0);
        let mut all: Vec<(&str, &str)> = FORM
            .fields()
            .filter_map(|field| Some((field.key, *field.examples.first()?)))
            .collect();
        all.push(("summary", "采用双螺杆结构的新型齿轮箱"));
        // One indicator of three: two thirds of the bonus are missing.
        assert_eq!(score(&all), 86);
        all.push((
            "indicators",
            "甲 ≥1 %（现状 2 %）；乙 ≥1 %（现状 2 %）；丙 ≥1 %（现状 2 %）",
        ));
        assert_eq!(score(&all), 100);
    }

    #[test]
    fn required_fields_weigh_most() {
        // Three fields are required: title, summary, kind.
        assert_eq!(score(&[("title", "一种齿轮")]), 20);
        assert_eq!(score(&[("title", "一种齿轮"), ("kind", "发明")]), 40);
        assert!(score(&[("ipc", "G06F17/30")]) < 5);
    }

    #[test]
    fn an_answer_that_asks_for_more_lowers() {
        let before = [("title", "一种齿轮"), ("modes", "许可")];
        let after = [("title", "一种齿轮"), ("modes", "转让")];
        assert!(score(&after) < score(&before));
        assert!(score(&[after[0], after[1], ("price", "50万元")]) > score(&after));
    }

    #[test]
    fn indicators_earn_by_what_they_say() {
        let one = |text| score(&[("indicators", text)]);
        let bare = one("良品率 ≥98");
        let unit = one("良品率 ≥98 %");
        let full = one("良品率 ≥98 %（现状 91 %）");
        assert!(bare < unit && unit < full, "{bare} {unit} {full}");
        assert_eq!(one("性能先进"), 0);
    }
}
