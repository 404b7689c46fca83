//! Reads indicators as people write them:
//! `齿向变形 ≤0.03 mm（现状 0.05–0.06 mm）；批量良品率不低于98%，现状91%`, `寿命10年以上`, `外径 20±0.05 mm`, `温度 -40℃~85℃`, `良品率由91%提高到98%`.

use super::part::{self, last_group, unit_ok, without_number};
use super::{COUNT_MAX, Comparison, Indicator, NAME_MAX, number};
use crate::brackets::{self, balanced, bracket};
use crate::clean;
use crate::issues::code;
use kernel::{Issue, Reading};
use std::cmp::Ordering;

/// Longest single indicator, in characters; a longer one is prose.
const SEGMENT_MAX: usize = 240;
/// A clause that begins so states a condition, not an indicator of its own.
const CONDITIONS: &[&str] = &["在", "当", "于", "经", "用", "under ", "at "];
/// Verbs of “from A … to B”.
const RISES: &[&str] = &["提高", "提升", "增加", "增长", "增大", "升高", "升", "提"];
const FALLS: &[&str] = &["降低", "下降", "减少", "减小", "缩短", "缩小", "压缩", "降", "减"];
/// A name with such an ending leaves open which direction is the better one; guessing would turn the demand round.
const OPEN_ENDED: &[&str] = &["优于", "不劣于", "接近"];

/// One indicator, and whether its comparison had to be guessed.
struct Found {
    indicator: Indicator,
    assumed: bool,
}

/// A number or a range with its unit.
struct Quantity {
    value: String,
    value_max: Option<String>,
    unit: String,
    suffix: Option<Comparison>,
}

/// Reads all indicators of a text. What can't be read is an error: a demand must not vanish silently (R140).
pub(crate) fn read(text: &str) -> Reading<Vec<Indicator>> {
    let mut reading = Reading {
        value: None,
        issues: Vec::new(),
    };
    let (mut read, mut failed, mut see) = (Vec::new(), false, false);
    for segment in segments(&clean::text(text)) {
        let elsewhere = clean::names_attachment(&segment);
        // “详见附件2” has a name and a number, too.
        if let Some(found) = clause(&segment).filter(|found| !(elsewhere && found.iter().all(|found| found.assumed))) {
            read.extend(found);
        } else if elsewhere {
            see = true;
        } else {
            failed = true;
            reading
                .issues
                .push(Issue::error(code::INDICATOR_UNREADABLE).with("found", clean::found(&segment)));
        }
    }
    for found in read.iter().filter(|found| found.assumed) {
        let written = clean::found(&found.indicator.to_string());
        reading
            .issues
            .push(Issue::warning(code::INDICATOR_COMPARISON_ASSUMED).with("read", written));
    }
    if see {
        // Beside indicators that can be read it only tells of more material; alone it is no indicator at all.
        let level = if read.is_empty() { Issue::error } else { Issue::warning };
        reading
            .issues
            .push(level(code::INDICATOR_SEE_ATTACHMENT).with("found", clean::found(text)));
    }
    if read.len() > COUNT_MAX {
        let issue = Issue::error(code::INDICATOR_TOO_MANY);
        reading.issues.push(
            issue
                .with("found", read.len().to_string())
                .with("max", COUNT_MAX.to_string()),
        );
        failed = true;
    }
    if !failed && !read.is_empty() {
        reading.value = Some(read.into_iter().map(|found| found.indicator).collect());
    }
    reading
}

/// The text cut at line breaks and, outside brackets, at semicolons and full stops; list numbers dropped, brackets made whole.
fn segments(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for row in text.lines() {
        // A bracket that stays open would hide the row's other indicators.
        let whole = balanced(row) == row;
        let ends = |_: &str, c: char, _: &str| matches!(c, '；' | ';' | '。');
        let parts = if whole {
            brackets::split(row, ends)
        } else {
            row.split(['；', ';', '。']).collect()
        };
        let parts = parts
            .into_iter()
            .map(|part| balanced(without_number(&clean::line(part))));
        out.extend(parts.filter(|part| !part.is_empty()));
    }
    out
}

/// One segment: a single indicator, or several divided by commas. They are taken only if their canonical notation reads back to the
/// same: what is stored can be edited without changing.
fn clause(segment: &str) -> Option<Vec<Found>> {
    if segment.chars().count() > SEGMENT_MAX {
        return None;
    }
    let found = divided(segment)?;
    found.iter().all(|found| canonical(&found.indicator)).then_some(found)
}

/// Whether the written indicator reads back to the same.
pub(super) fn canonical(indicator: &Indicator) -> bool {
    let segments = segments(&indicator.to_string());
    let [segment] = segments.as_slice() else { return false };
    divided(segment).is_some_and(|found| matches!(found.as_slice(), [again] if again.indicator == *indicator))
}

fn divided(segment: &str) -> Option<Vec<Found>> {
    let parts = brackets::split(segment, |before, c, after| {
        let in_number =
            before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        matches!(c, '，' | '、') || (c == ',' && !in_number)
    });
    let condition = CONDITIONS.iter().any(|word| segment.starts_with(word));
    if parts.len() > 1
        && !condition
        && let Some(found) = several(&parts)
    {
        return Some(found);
    }
    Some(vec![single(segment)?])
}

fn several(parts: &[&str]) -> Option<Vec<Found>> {
    let mut out: Vec<Found> = Vec::new();
    for text in parts
        .iter()
        .map(|text| without_number(text))
        .filter(|text| !text.is_empty())
    {
        if let (Some(present), Some(last)) = (part::present(text), out.last_mut()) {
            last.indicator.present = Some(short(present)?);
        } else {
            out.push(single(text)?);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// One indicator: its bracketed remarks, then name, comparison and quantity.
fn single(text: &str) -> Option<Found> {
    let mut present = None;
    let mut conditions = Vec::new();
    let mut rest = text;
    while let Some((before, inside)) = last_group(rest) {
        match part::present(inside) {
            Some(stated) if present.is_none() => present = Some(short(stated)?),
            // `W/(m·K)`: the bracket is part of the unit.
            _ if before.ends_with(['/', '·', '*', '⋅']) => break,
            _ if inside.is_empty() => {}
            _ => conditions.insert(0, inside),
        }
        rest = before.trim_end();
    }
    let mut found = from_to(rest).or_else(|| compared(rest)).or_else(|| assumed(rest))?;
    let indicator = &mut found.indicator;
    for condition in conditions {
        indicator.name.push_str(&format!("（{condition}）"));
    }
    indicator.present = present.or(indicator.present.take());
    let length = indicator.name.chars().count();
    (length > 0 && length <= NAME_MAX).then_some(found)
}

fn short(present: &str) -> Option<String> {
    let length = present.chars().count();
    (length > 0 && length <= NAME_MAX).then(|| present.to_owned())
}

/// The indicator with a sign or word of comparison: the first one outside brackets that a number follows.
fn compared(text: &str) -> Option<Found> {
    let mut depth = 0_i32;
    for (index, c) in text.char_indices() {
        depth += bracket(c);
        let (before, after) = text.split_at_checked(index)?;
        let Some((comparison, rest)) = part::comparison(after).filter(|_| depth == 0) else {
            continue;
        };
        let rest = ["目标值", "目标"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest)
            .trim_start();
        if let Some(found) = with_comparison(before, comparison, rest) {
            return Some(found);
        }
    }
    None
}

fn with_comparison(before: &str, comparison: Comparison, rest: &str) -> Option<Found> {
    let quantity = quantity(rest)?;
    let (mut name, mut value, mut value_max, mut comparison) = (before, quantity.value, quantity.value_max, comparison);
    match comparison {
        Comparison::PlusMinus if value_max.is_none() => {
            if let Some((rest, nominal)) = nominal(before) {
                (name, value_max, value) = (rest, Some(value), nominal);
            }
        }
        Comparison::Eq if value_max.is_some() => comparison = Comparison::Range,
        Comparison::Eq => comparison = quantity.suffix.unwrap_or(comparison),
        _ if value_max.is_some() => return None,
        _ => {}
    }
    build(name, comparison, value, value_max, quantity.unit, false)
}

/// The number right at the end of a text: the nominal value before `±`.
fn nominal(before: &str) -> Option<(&str, String)> {
    let before = before.trim_end();
    starts(before).find_map(|(name, number)| match number::take(number) {
        Some((value, "")) => Some((name, value)),
        _ => None,
    })
}

/// “由91%提高到98%”.
fn from_to(text: &str) -> Option<Found> {
    let (index, mark) = text.char_indices().find(|&(_, c)| matches!(c, '由' | '从'))?;
    let (name, rest) = (text.get(..index)?, text.get(index + mark.len_utf8()..)?.trim_start());
    let verbs = RISES
        .iter()
        .map(|v| (v, Comparison::Ge))
        .chain(FALLS.iter().map(|v| (v, Comparison::Le)));
    let (present, comparison, target) = verbs
        .filter_map(|(verb, comparison)| {
            let (present, target) = rest.split_once(verb)?;
            Some((
                present.trim(),
                comparison,
                target.trim_start_matches(['到', '至', '为']).trim_start(),
            ))
        })
        .min_by_key(|(present, ..)| present.len())?;
    number::take(present)?;
    let target = part::comparison(target).map_or(target, |(_, rest)| rest);
    let quantity = quantity(target).filter(|quantity| quantity.value_max.is_none())?;
    let mut found = build(name, comparison, quantity.value, None, quantity.unit, false)?;
    found.indicator.present = Some(short(present)?);
    Some(found)
}

/// Without a comparison: the first number behind a name from which on everything reads as a quantity.
fn assumed(text: &str) -> Option<Found> {
    starts(text).find_map(|(name, rest)| {
        // A comparison that no number follows directly is one that wasn't understood.
        let compares = brackets::split(name, |_, c, _| "≥≧⩾≤≦⩽<>＜＞=＝±".contains(c)).len() > 1;
        if compares || OPEN_ENDED.iter().any(|word| name.trim_end().ends_with(word)) {
            return None;
        }
        let quantity = quantity(rest)?;
        let (name, goal) = towards(name);
        let (comparison, sure) = match (&quantity.value_max, quantity.suffix.or(goal)) {
            (Some(_), _) => (Comparison::Range, true),
            (None, Some(suffix)) => (suffix, suffix != Comparison::Eq),
            (None, None) => (Comparison::Eq, false),
        };
        build(
            name,
            comparison,
            quantity.value,
            quantity.value_max,
            quantity.unit,
            !sure,
        )
    })
}

/// “良品率提高到”: the name, and the direction that the verb gives.
fn towards(name: &str) -> (&str, Option<Comparison>) {
    let Some(rest) = name.trim_end().strip_suffix(['到', '至']) else {
        return (name, None);
    };
    let verb = |verbs: &[&str]| verbs.iter().find_map(|verb| rest.strip_suffix(verb));
    match (verb(RISES), verb(FALLS)) {
        (Some(name), _) => (name, Some(Comparison::Ge)),
        (None, Some(name)) => (name, Some(Comparison::Le)),
        (None, None) => (name, None),
    }
}

/// The places where a number may begin: what is before, and the text from there on.
fn starts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(index, c)| {
        let follows = before.is_ascii_alphanumeric() || ".．-−－+＋±/_".contains(before);
        before = c;
        let begins = c.is_ascii_digit() || "-−－+＋.".contains(c);
        (begins && !follows && index > 0)
            .then(|| text.split_at_checked(index))
            .flatten()
    })
}

/// A number with its unit, or a range: `10–20 mm`, `-40℃~85℃`, `10至20`; then “以上” and the like.
fn quantity(text: &str) -> Option<Quantity> {
    let (value, rest) = number::take(text.trim_start())?;
    let (rest, suffix) = part::suffix(rest);
    if let Some((high, unit)) = range_end(rest) {
        let (value, high) = if number::compare(&value, &high) == Ordering::Greater {
            (high, value)
        } else {
            (value, high)
        };
        return Some(Quantity {
            value,
            value_max: Some(high),
            unit,
            suffix,
        });
    }
    let unit = rest.trim();
    unit_ok(unit).then(|| Quantity {
        value,
        value_max: None,
        unit: unit.to_owned(),
        suffix,
    })
}

/// The second half of a range, and the unit: that of the end, which the start may repeat.
fn range_end(rest: &str) -> Option<(String, String)> {
    rest.char_indices()
        .take(super::UNIT_MAX)
        .filter(|(_, c)| "-–—~～−至到".contains(*c))
        .find_map(|(index, c)| {
            let first = rest.get(..index)?.trim();
            let (high, unit) = number::take(rest.get(index + c.len_utf8()..)?.trim_start())?;
            let unit = unit.trim();
            (unit_ok(unit) && (first.is_empty() || first == unit)).then(|| (high, unit.to_owned()))
        })
}

fn build(
    name: &str,
    comparison: Comparison,
    value: String,
    value_max: Option<String>,
    unit: String,
    assumed: bool,
) -> Option<Found> {
    let name = part::name(name);
    let indicator = Indicator {
        name: name.to_owned(),
        comparison,
        value,
        value_max,
        unit,
        present: None,
    };
    name.contains(char::is_alphabetic)
        .then_some(Found { indicator, assumed })
}
