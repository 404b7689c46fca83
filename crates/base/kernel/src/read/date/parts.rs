//! Dates whose parts stand between dots, dashes, strokes or spaces, and dates with English names of months.

use super::build;
use super::chinese::{full_year, noted};
use crate::issue::{Issue, Reading};
use crate::partial_date::PartialDate;

/// The first three letters of the months' names.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const MONTH_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// One number of a date, with the count of digits it was written with.
#[derive(Clone, Copy)]
struct Part {
    value: i32,
    width: usize,
}

/// Reads two or three parts; none if the text is of another kind.
pub(super) fn read(text: &str) -> Option<Reading<PartialDate>> {
    let separators = |c: char| matches!(c, '.' | '-' | '/' | ' ' | '。' | '、' | ',' | '\\' | '_' | '·');
    let pieces: Vec<&str> = text.split(separators).filter(|piece| !piece.is_empty()).collect();
    if pieces.len() > 3 {
        return None;
    }
    if text.contains(|c: char| c.is_ascii_alphabetic()) {
        return with_month_name(&pieces);
    }
    let parts = pieces
        .iter()
        .map(|piece| number(piece))
        .collect::<Option<Vec<Part>>>()?;
    match *parts.as_slice() {
        [year, month] if year.width == 4 && month.width <= 2 => {
            let reading = build(year.value, Some(month.value), None);
            // A number cell that was to show 2020.10 shows 2020.1.
            let maybe_october = text.contains('.') && month.width == 1 && month.value == 1;
            Some(if maybe_october {
                noted(reading, Issue::warning("date-maybe-october"))
            } else {
                reading
            })
        }
        [month, year] if year.width == 4 && month.width <= 2 => Some(build(year.value, Some(month.value), None)),
        [year, month, day] if year.width == 4 && month.width <= 2 && day.width <= 2 => {
            Some(build(year.value, Some(month.value), Some(day.value)))
        }
        [one, two, year] if year.width == 4 && one.width <= 2 && two.width <= 2 => Some(year_last(one, two, year)),
        [one, two, three] if one.width.max(two.width).max(three.width) <= 2 => short_year(text, one, two, three),
        _ => None,
    }
}

fn number(piece: &str) -> Option<Part> {
    let digits = piece.len() <= 4 && piece.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| {
            piece.parse().ok().map(|value| Part {
                value,
                width: piece.len(),
            })
        })
        .flatten()
}

/// Whether two parts can be month and day of a year.
fn fits(year: i32, month: Part, day: Part) -> Option<PartialDate> {
    build(year, Some(month.value), Some(day.value)).value
}

/// `14/6/2023` and `6/14/2023`: which is the day shows if one is greater than 12.
fn year_last(one: Part, two: Part, year: Part) -> Reading<PartialDate> {
    let (month_first, day_first) = (fits(year.value, one, two), fits(year.value, two, one));
    match (month_first, day_first) {
        (Some(date), other) if other.is_none_or(|other| other == date) => {
            noted(Reading::ok(date), Issue::warning("date-order"))
        }
        (None, Some(date)) => noted(Reading::ok(date), Issue::warning("date-order")),
        (Some(one), Some(other)) => ambiguous(one, other),
        _ => build(year.value, Some(one.value), Some(two.value)),
    }
}

/// `20.1.1` has its year first; with strokes it may be last, as spreadsheets in English show it (`6/14/23`).
fn short_year(text: &str, one: Part, two: Part, three: Part) -> Option<Reading<PartialDate>> {
    let year_first = (one.width == 2)
        .then(|| fits(full_year(one.value), two, three))
        .flatten();
    let year_last = (text.contains('/') && three.width == 2)
        .then(|| fits(full_year(three.value), one, two))
        .flatten();
    match (year_first, year_last) {
        (Some(one), Some(other)) if one != other => Some(ambiguous(one, other)),
        (Some(date), _) | (None, Some(date)) => Some(noted(Reading::ok(date), Issue::warning("date-two-digit-year"))),
        (None, None) => None,
    }
}

fn ambiguous(one: PartialDate, other: PartialDate) -> Reading<PartialDate> {
    Reading::fail(
        Issue::error("date-ambiguous")
            .with("one", one.to_string())
            .with("other", other.to_string()),
    )
}

/// `Jan 2, 2020`, `2 January 2020`, `June 2023`. The year must have its four digits, but for `1-Jan-20`, which is how
/// spreadsheets in English show a date.
fn with_month_name(pieces: &[&str]) -> Option<Reading<PartialDate>> {
    let mut month = None;
    let mut numbers = Vec::new();
    for piece in pieces {
        if let Some(at) = month_name(piece) {
            if month.replace(at).is_some() {
                return None;
            }
            continue;
        }
        let bare = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| piece.strip_suffix(ending))
            .unwrap_or(piece);
        numbers.push(number(bare)?);
    }
    let month = Some(month?);
    match *numbers.as_slice() {
        [year] if year.width == 4 => Some(build(year.value, month, None)),
        [day, year] | [year, day] if year.width == 4 && day.width <= 2 => {
            Some(build(year.value, month, Some(day.value)))
        }
        [day, year] if year.width == 2 && day.width <= 2 && pieces.get(1).is_some_and(|name| is_month(name)) => {
            let reading = build(full_year(year.value), month, Some(day.value));
            Some(noted(reading, Issue::warning("date-two-digit-year")))
        }
        _ => None,
    }
}

fn is_month(piece: &str) -> bool {
    month_name(piece).is_some()
}

fn month_name(piece: &str) -> Option<i32> {
    let short = if piece == "sept" { "sep" } else { piece };
    let at = MONTHS
        .iter()
        .position(|name| *name == short)
        .or_else(|| MONTH_NAMES.iter().position(|name| *name == piece))?;
    i32::try_from(at + 1).ok()
}
