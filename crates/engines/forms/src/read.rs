//! From what people wrote to values: one cell at a time, then what is required (R139, R140).

use crate::issues::code;
use crate::{Cell, Field, Form, Kind, Lookup, Must, Record, Value, choice, clean, indicator, many, write};
use kernel::{Issue, Level, PartialDate, Reading, Regions};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What people wrote, by field key: a page's inputs, a sheet's row, an API's body. A page joins the ticked boxes of a [`Kind::Codes`] field
/// with `；`.
pub type Draft = BTreeMap<String, String>;

/// Longest text, in characters, that a reader of single values looks at. A list of sixty names has some 600; what is longer was
/// pasted into the wrong cell.
pub(crate) const RAW_MAX: usize = 4000;
/// Longest text of indicators, in characters: forty of them with conditions and present values.
pub(crate) const INDICATORS_MAX: usize = 8000;

/// What the readers need to know beside the text.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The table of administrative divisions.
    pub regions: &'a Regions,
    /// Units by field key from a sheet's column heads, `万元`.
    pub unit_hints: &'a BTreeMap<String, String>,
    /// Not finished yet: what is missing is no error, and what is too short only a warning.
    pub draft: bool,
}

/// Reads a whole form. The record has a cell for each field; keys that the form doesn't have are left alone ([`Form::unknown`]).
pub fn read(form: &'static Form, draft: &Draft, ctx: &Context<'_>) -> Record {
    let cell = |field: &'static Field| {
        let raw = draft.get(field.key).map_or("", String::as_str);
        (field.key, Arc::new(read_cell(field, raw, ctx)))
    };
    lacking(form, form.fields().map(cell).collect(), ctx)
}

/// A record of cells, each required one that is blank with an issue.
pub(crate) fn lacking(form: &'static Form, cells: BTreeMap<&'static str, Arc<Cell>>, ctx: &Context<'_>) -> Record {
    let mut record = Record {
        cells,
        issues: Vec::new(),
    };
    if !ctx.draft {
        let lacking: Vec<_> = missing(form, &record)
            .into_iter()
            .map(|field| (field, lack(form, field, &record)))
            .collect();
        for (field, issue) in lacking {
            if let Some(cell) = record.cell_mut(field.key) {
                cell.issues.push(issue);
            }
        }
    }
    record
}

/// The required fields that are blank, in the order of the page. One that is filled in but can't be read isn't missing.
pub fn missing(form: &'static Form, record: &Record) -> Vec<&'static Field> {
    // What has a value is not blank, which is soon asked.
    let blank = |field: &&'static Field| match record.cells.get(field.key) {
        Some(cell) => cell.value.is_none() && is_blank(field, &cell.raw),
        None => true,
    };
    form.fields()
        .filter(blank)
        .filter(|field| required(form, field, record))
        .collect()
}

/// Whether a field has to be filled in, given the others.
pub(crate) fn required(form: &'static Form, field: &Field, values: &impl Lookup) -> bool {
    match field.must {
        Must::Yes => true,
        Must::No => false,
        Must::When(key, wanted) => values.get_value(key).is_some_and(|value| match value {
            Value::Code(code) => wanted.contains(&code.as_str()),
            Value::Codes(codes) => codes.iter().any(|code| wanted.contains(&code.as_str())),
            Value::Bool(yes) => wanted.contains(&if *yes { "yes" } else { "no" }),
            other => form
                .field(key)
                .is_some_and(|field| wanted.contains(&write(other, field).as_str())),
        }),
    }
}

/// The issue that a required field is blank: with an example, and with the answer that makes it required.
fn lack(form: &'static Form, field: &'static Field, record: &Record) -> Issue {
    let example = field.examples.first().copied().unwrap_or("none");
    let issue = |code| {
        let issue = Issue::error(code)
            .with("field", field.head_zh())
            .with("field_en", field.head_en());
        issue.with("example", example)
    };
    let Must::When(key, wanted) = field.must else {
        return issue(code::FIELD_MISSING);
    };
    let (zh, en) = form
        .field(key)
        .map_or((key, key), |other| (other.head_zh(), other.head_en()));
    let (answer, answer_en) = answers(form, key, wanted, record);
    let issue = issue(code::FIELD_MISSING_WHEN)
        .with("because", zh)
        .with("because_en", en);
    issue.with("answer", answer).with("answer_en", answer_en)
}

/// The answers that make another field required, in Chinese and English.
fn answers(form: &'static Form, key: &str, wanted: &[&str], record: &Record) -> (String, String) {
    let (Some(field), Some(value)) = (form.field(key), record.value(key)) else {
        return Default::default();
    };
    let given: Vec<&str> = match value {
        Value::Code(code) => vec![code.as_str()],
        Value::Codes(codes) => codes
            .iter()
            .map(String::as_str)
            .filter(|code| wanted.contains(code))
            .collect(),
        Value::Bool(yes) => {
            return if *yes {
                ("是".into(), "yes".into())
            } else {
                ("否".into(), "no".into())
            };
        }
        other => return (write(other, field), write(other, field)),
    };
    let choices: Vec<_> = given.iter().filter_map(|code| field.list()?.choice(code)).collect();
    let join = |names: Vec<&str>, comma: &str| names.join(comma);
    (
        join(choices.iter().map(|choice| choice.name_zh()).collect(), "、"),
        join(choices.iter().map(|choice| choice.name_en()).collect(), ", "),
    )
}

/// Reads one field: for a page that checks while people type, and for a whole form.
pub fn read_cell(field: &Field, raw: &str, ctx: &Context<'_>) -> Cell {
    let reading = if is_blank(field, raw) {
        None
    } else {
        Some(read_kind(field, raw, ctx))
    };
    let (value, issues) = reading.map_or((None, Vec::new()), |reading| (reading.value, reading.issues));
    // A reader that gives a value beside an error would let it be stored.
    let value = value.filter(|_| issues.iter().all(|issue| issue.level != Level::Error));
    Cell {
        raw: raw.to_owned(),
        value,
        issues,
    }
}

/// Whether nothing was filled in: nothing, a stroke, or 无 where that is no answer.
fn is_blank(field: &Field, raw: &str) -> bool {
    if clean::says_much(raw) {
        return false;
    }
    let text = clean::line(raw);
    match field.kind {
        Kind::YesNo => text.is_empty(),
        Kind::Money => clean::is_blank(&text),
        Kind::Code(list) | Kind::Codes(list) => {
            clean::is_blank(&text) || (clean::is_none_word(&text) && choice::find(list, &text).is_none())
        }
        _ => clean::is_blank(&text) || clean::is_none_word(&text),
    }
}

fn read_kind(field: &Field, raw: &str, ctx: &Context<'_>) -> Reading<Value> {
    match field.kind {
        Kind::Line { max } => return line(raw, max),
        Kind::Text { min, max } => return text(raw, min, max, ctx.draft),
        Kind::Indicators if raw.chars().count() <= INDICATORS_MAX => {
            return indicator::read(raw).map(Value::Indicators);
        }
        Kind::Indicators => return Reading::fail(too_long(raw.chars().count(), INDICATORS_MAX)),
        _ => {}
    }
    let count = raw.chars().count();
    if count > RAW_MAX {
        return Reading::fail(too_long(count, RAW_MAX));
    }
    match field.kind {
        Kind::Code(list) => choice::read_one(list, raw),
        Kind::Codes(list) => choice::read_many(list, raw),
        Kind::Int { min, max } => int(raw, min, max),
        Kind::Names => many::people(raw),
        Kind::Orgs => many::organisations(raw),
        kind => kernel_kind(
            kind,
            &clean::line(raw),
            ctx.unit_hints.get(field.key).map(String::as_str),
            ctx,
        ),
    }
}

/// The kinds that the kernel reads as they are.
fn kernel_kind(kind: Kind, text: &str, unit: Option<&str>, ctx: &Context<'_>) -> Reading<Value> {
    use kernel::read as from;
    match kind {
        Kind::YesNo => from::yes_no(text).map(Value::Bool),
        Kind::Date { month_ok } => precise(from::date(text), text, month_ok).map(Value::Date),
        Kind::Money => from::money(text, unit).map(Value::Money),
        Kind::Patent => from::patent(text, None).map(Value::Patent),
        Kind::Uscc => from::uscc(text).map(Value::Uscc),
        Kind::Ipc => from::ipc(text).map(Value::Ipc),
        Kind::Region => from::region(text, ctx.regions).map(Value::Region),
        Kind::Sector => from::sectors(text).map(Value::Sectors),
        Kind::Phone => from::phone(text).map(Value::Phone),
        Kind::Email => from::email(text).map(Value::Email),
        Kind::Trl => from::trl(text).map(Value::Trl),
        // Read above; here only so that a new kind can't be forgotten.
        Kind::Line { .. }
        | Kind::Text { .. }
        | Kind::Code(_)
        | Kind::Codes(_)
        | Kind::Names
        | Kind::Orgs
        | Kind::Indicators
        | Kind::Int { .. } => Reading {
            value: None,
            issues: Vec::new(),
        },
    }
}

fn too_long(found: usize, max: usize) -> Issue {
    Issue::error(code::TEXT_TOO_LONG)
        .with("found", found.to_string())
        .with("max", max.to_string())
}

fn line(raw: &str, max: usize) -> Reading<Value> {
    let cleaned = clean::line(raw);
    let text = clean::unquote(&cleaned);
    let count = text.chars().count();
    if count > max {
        Reading::fail(too_long(count, max))
    } else {
        Reading::ok(Value::Text(text.to_owned()))
    }
}

fn text(raw: &str, min: usize, max: usize, draft: bool) -> Reading<Value> {
    let text = clean::text(raw);
    let count = text.chars().count();
    if count > max {
        return Reading::fail(too_long(count, max));
    }
    if clean::only_attachment(&text, min) {
        let issue = Issue::error(code::TEXT_SEE_ATTACHMENT).with("found", clean::found(&text));
        return Reading::fail(issue.with("min", min.to_string()));
    }
    let short = |level: fn(&'static str) -> Issue| {
        level(code::TEXT_TOO_SHORT)
            .with("found", count.to_string())
            .with("min", min.to_string())
    };
    match (count < min, draft) {
        (false, _) => Reading::ok(Value::Text(text)),
        (true, true) => Reading::with(Value::Text(text), short(Issue::warning)),
        (true, false) => Reading::fail(short(Issue::error)),
    }
}

/// A date that says enough: a day, or a month where that will do.
fn precise(reading: Reading<PartialDate>, text: &str, month_ok: bool) -> Reading<PartialDate> {
    let lacks = match &reading.value {
        Some(date) if date.month().is_none() => code::DATE_MONTH_MISSING,
        Some(date) if date.day().is_none() && !month_ok => code::DATE_DAY_MISSING,
        _ => return reading,
    };
    let mut issues = reading.issues;
    issues.push(Issue::error(lacks).with("found", clean::found(text)));
    Reading { value: None, issues }
}

/// A whole number: `30`, `1,200`, `３０项`, `12.0`, `约30人`.
fn int(raw: &str, min: i64, max: i64) -> Reading<Value> {
    let text = clean::line(raw);
    let Some(number) = whole(&text) else {
        let issue = Issue::error(code::INT_UNREADABLE).with("found", clean::found(&text));
        return Reading::fail(issue.with("min", min.to_string()).with("max", max.to_string()));
    };
    if number < min || number > max {
        let issue = Issue::error(code::INT_RANGE).with("found", number.to_string());
        return Reading::fail(issue.with("min", min.to_string()).with("max", max.to_string()));
    }
    Reading::ok(Value::Int(number))
}

/// Longest counting word behind a number: `个工作日`.
const COUNTER_MAX: usize = 4;

fn whole(text: &str) -> Option<i64> {
    let text = text.strip_prefix(['约', '共']).unwrap_or(text).trim_start();
    let text = text.replace('，', ",");
    let (negative, rest) = match text.strip_prefix(['-', '−', '－']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || c == ','))
        .unwrap_or(rest.len());
    let (digits, counter) = rest.split_at_checked(end)?;
    let groups_ok = digits
        .split(',')
        .enumerate()
        .all(|(n, group)| n == 0 || group.len() == 3);
    // Sheets store whole numbers as 12.0.
    let counter = counter
        .strip_prefix('.')
        .map_or(counter, |fraction| fraction.trim_start_matches('0'))
        .trim();
    let counter_ok = counter.chars().count() <= COUNTER_MAX
        && counter.chars().all(|c| c.is_alphabetic() && !"万亿千百十".contains(c));
    if !groups_ok || !counter_ok {
        return None;
    }
    let number: i64 = digits.replace(',', "").parse().ok()?;
    Some(if negative { -number } else { number })
}
