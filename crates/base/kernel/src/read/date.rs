//! Dates as people write them (domain §3.1, §3.11): whole, in part, by period, as a spreadsheet's serial number.

use jiff::Timestamp;

use super::common::{after_label, prepare, shown, without_remarks};
use crate::issue::{Issue, Reading};
use crate::partial_date::{MAX_YEAR, MIN_YEAR, PartialDate};
use crate::time::{Day, Stamp};

mod chinese;
mod parts;
mod words;

/// The serial numbers that a text of five digits is taken for: 1990 to 2100. Outside of it the digits are more likely
/// something else.
const SERIAL_TEXT: std::ops::RangeInclusive<f64> = 32_874.0..=73_416.0;
/// Beyond this no calendar of a spreadsheet goes (the year 9999).
const MAX_SERIAL: f64 = 2_958_465.0;
/// The day that the 1900 calendar has and the world had not: 1900-02-29.
const PHANTOM_SERIAL: i64 = 60;
/// The serial number of the Unix epoch's day in the 1900 calendar, counted as after the phantom day.
const EPOCH_SERIAL_1900: i64 = 25_569;
/// The same in the 1904 calendar.
const EPOCH_SERIAL_1904: i64 = 24_107;

/// Reads a date, or as much of one as there is: `2020.1.1`, `2020/1/1 0:00`, `20200101`, `2020年1月`, `2023年底`,
/// `2023年上半年`, `二〇二〇年一月`, `43831` (a serial number in the 1900 calendar). A day that the calendar lacks is refused
/// with the `nearest` one.
#[must_use]
pub fn date(text: &str) -> Reading<PartialDate> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let mut reading = read_prepared(&prepared);
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

fn read_prepared(prepared: &str) -> Reading<PartialDate> {
    if let Ok(at) = prepared.to_ascii_uppercase().parse::<Timestamp>() {
        let day = Stamp::from_micros(at.as_microsecond()).date_in_cn();
        let reading = build(day.year().into(), Some(day.month().into()), Some(day.day().into()));
        return reading.and(Issue::note("date-time-dropped"));
    }
    let mut notes = Vec::new();
    let lower = prepared.to_lowercase();
    let (bare, had_remark) = without_remarks(&words::without_weekday(&lower));
    let (bare, time) = words::split_time(&bare);
    if time.is_some_and(|time| time.bytes().any(|byte| (b'1'..=b'9').contains(&byte))) {
        notes.push(Issue::note("date-time-dropped"));
    }
    let (bare, had_words) = words::without_words(after_label(bare));
    if had_words || had_remark {
        notes.push(Issue::note("date-words-ignored"));
    }
    let bare = chinese::digits(bare);
    let mut reading = read_bare(&bare);
    // Notes about what was left aside say nothing where no date was found.
    if reading.is_ok() {
        reading.issues.extend(notes);
    }
    reading
}

fn read_bare(bare: &str) -> Reading<PartialDate> {
    let dashed = words::with_plain_dashes(bare);
    let bare = dashed.as_str();
    if words::is_range(bare) {
        return Reading::fail(Issue::error("date-range"));
    }
    let compact = crate::text::without_spaces(bare);
    if let Some(reading) = chinese::read(&compact) {
        return reading;
    }
    if let Some(reading) = plain_digits(bare) {
        return reading;
    }
    parts::read(bare)
        .or_else(|| parts::read(&chinese::with_points(bare)?))
        .unwrap_or_else(|| Reading::fail(Issue::error("date-unreadable")))
}

/// Digits without any separator: `20200101`, `202001`, `2020`, a serial number.
fn plain_digits(compact: &str) -> Option<Reading<PartialDate>> {
    let (whole, decimals) = compact.split_once('.').unwrap_or((compact, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = digits(whole) && digits(decimals) && !whole.is_empty();
    // Behind a year a point is followed by the month, but for the 0 of a number cell.
    if !is_number || (!decimals.is_empty() && decimals != "0" && whole.len() < 5) {
        return None;
    }
    if whole.len() == 5 {
        let serial: f64 = compact.parse().ok()?;
        let in_range = SERIAL_TEXT.contains(&serial);
        return in_range.then(|| serial_noted(excel_serial(serial, false)));
    }
    if decimals.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let part = |from: usize, to: usize| whole.get(from..to).and_then(|digits| digits.parse::<i32>().ok());
    match whole.len() {
        4 => Some(build(part(0, 4)?, None, None)),
        6 => Some(build(part(0, 4)?, part(4, 6), None)),
        8 => Some(build(part(0, 4)?, part(4, 6), part(6, 8))),
        _ => None,
    }
}

fn serial_noted(reading: Reading<PartialDate>) -> Reading<PartialDate> {
    match reading.value.map(|date| date.to_string()) {
        Some(read) => reading.and(Issue::note("date-serial").with("read", read)),
        None => reading,
    }
}

/// The date of a spreadsheet's serial number: days since 1900 (with the phantom day 60) or, if the workbook says so,
/// since 1904. The time of day is cut off.
#[must_use]
pub fn excel_serial(serial: f64, date1904: bool) -> Reading<PartialDate> {
    let fail = |code| Reading::fail(Issue::error(code).with("found", format!("{serial}")));
    let first = if date1904 { 0.0 } else { 1.0 };
    if !(first..=MAX_SERIAL).contains(&serial) {
        return fail("date-serial-range");
    }
    // The range above fits 32 bits, so that the cast is exact but for the fraction, which is the time.
    let days = serial.trunc() as i64;
    let since_epoch = if date1904 {
        days - EPOCH_SERIAL_1904
    } else if days == PHANTOM_SERIAL {
        return fail("date-serial-range");
    } else if days < PHANTOM_SERIAL {
        days + 1 - EPOCH_SERIAL_1900
    } else {
        days - EPOCH_SERIAL_1900
    };
    let epoch = Day::constant(1970, 1, 1);
    let day = jiff::Span::new()
        .try_days(since_epoch)
        .and_then(|span| epoch.checked_add(span));
    match day.ok().and_then(PartialDate::from_day) {
        Some(date) => Reading::ok(date),
        None => fail("date-serial-range"),
    }
}

/// A date from its parts; or why there is none, with the nearest that there is.
fn build(year: i32, month: Option<i32>, day: Option<i32>) -> Reading<PartialDate> {
    let in_range = i16::try_from(year)
        .ok()
        .filter(|year| (MIN_YEAR..=MAX_YEAR).contains(year));
    let Some(year) = in_range else {
        let issue = Issue::error("date-out-of-range").with("from", MIN_YEAR.to_string());
        return Reading::fail(issue.with("to", MAX_YEAR.to_string()));
    };
    let small = |part: Option<i32>| part.map(|part| i8::try_from(part).unwrap_or(i8::MAX));
    let (month, day) = (small(month), small(day));
    match PartialDate::new(year, month, day) {
        Some(date) => Reading::ok(date),
        None => Reading::fail(Issue::error("date-impossible").with("nearest", nearest(year, month, day))),
    }
}

/// The nearest date to one that the calendar lacks: day and month exchanged if that makes one, else each part at its
/// limit.
fn nearest(year: i16, month: Option<i8>, day: Option<i8>) -> String {
    if let (Some(month), Some(day)) = (month, day)
        && month > 12
        && let Some(date) = PartialDate::new(year, Some(day), Some(month))
    {
        return date.to_string();
    }
    let month = month.map(|month| month.clamp(1, 12));
    let last = PartialDate::new(year, month, None).map_or(31, |date| date.last_day().day());
    PartialDate::new(year, month, day.map(|day| day.clamp(1, last))).map_or_else(String::new, |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, canonical) in [
            ("2020.1.1", "2020-01-01"),
            ("2020/1/1 0:00", "2020-01-01"),
            ("2020-01-01 00:00:00", "2020-01-01"),
            ("２０２０－１－１", "2020-01-01"),
            ("20200101", "2020-01-01"),
            ("20200101.0", "2020-01-01"),
            ("2020年1月1日", "2020-01-01"),
            ("2020 年 1 月 1 号", "2020-01-01"),
            ("2020. 1. 1", "2020-01-01"),
            ("2020 1 1", "2020-01-01"),
            ("二〇二〇年一月一日", "2020-01-01"),
            ("二零二三年十二月三十一日", "2023-12-31"),
            ("2020年1月1日（星期三）", "2020-01-01"),
            ("申请日：2020-1-1", "2020-01-01"),
            ("Jan 2, 2020", "2020-01-02"),
            ("2 January 2020", "2020-01-02"),
            ("14-Jun-2023", "2023-06-14"),
            ("2020年1月", "2020-01"),
            ("2020.12", "2020-12"),
            ("2020-01", "2020-01"),
            ("202001", "2020-01"),
            ("June 2023", "2023-06"),
            ("2020年", "2020"),
            ("2023年度", "2023"),
            ("2020", "2020"),
            ("2020.0", "2020"),
            ("'2020-01-01", "2020-01-01"),
        ] {
            let reading = date(text);
            assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
            assert_eq!(reading.value.unwrap().to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn what_was_guessed_is_told() {
        for (text, canonical, code) in [
            ("43831", "2020-01-01", "date-serial"),
            ("43831.5", "2020-01-01", "date-serial"),
            ("2023年底", "2023-12", "date-by-period"),
            ("2023年初", "2023-01", "date-by-period"),
            ("2023年上半年", "2023-06", "date-by-period"),
            ("2023年下半年", "2023-12", "date-by-period"),
            ("2023年第三季度", "2023-09", "date-by-period"),
            ("2023Q1", "2023-03", "date-by-period"),
            ("2020年1月上旬", "2020-01", "date-by-period"),
            ("2020年1月底", "2020-01", "date-by-period"),
            ("20.1.1", "2020-01-01", "date-two-digit-year"),
            ("98/12/31", "1998-12-31", "date-two-digit-year"),
            ("23年6月", "2023-06", "date-two-digit-year"),
            ("6/14/23", "2023-06-14", "date-two-digit-year"),
            ("2020.1", "2020-01", "date-maybe-october"),
            ("14/6/2023", "2023-06-14", "date-order"),
            ("6/14/2023", "2023-06-14", "date-order"),
            ("2020/1/1 14:30", "2020-01-01", "date-time-dropped"),
            ("2020-01-01T16:00:00Z", "2020-01-02", "date-time-dropped"),
            ("2023年12月31日前", "2023-12-31", "date-words-ignored"),
            ("预计2023年12月", "2023-12", "date-words-ignored"),
            ("2023年6月14日至", "2023-06-14", "date-words-ignored"),
            ("2023/06/14 下午2:06", "2023-06-14", "date-time-dropped"),
            ("2023年6月14日14时06分", "2023-06-14", "date-time-dropped"),
        ] {
            let reading = date(text);
            assert_eq!(
                reading.value.map(|date| date.to_string()).as_deref(),
                Some(canonical),
                "{text}: {reading:?}"
            );
            assert!(reading.has(code), "{text}: {:?}", reading.issues);
        }
        assert_eq!(date("2023年底").issues[0].arg("read"), Some("2023-12"));
    }

    #[test]
    fn impossible_days_come_with_the_nearest() {
        for (text, nearest) in [
            ("2023/9/31", "2023-09-30"),
            ("2023-02-29", "2023-02-28"),
            ("2023/13/1", "2023-01-13"),
            ("2023/13/31", "2023-12-31"),
            ("2023年0月", "2023-01"),
            ("20230931", "2023-09-30"),
            ("2023.6.0", "2023-06-01"),
        ] {
            let reading = date(text);
            assert_eq!(reading.issues[0].code, "date-impossible", "{text}");
            assert_eq!(reading.issues[0].arg("nearest"), Some(nearest), "{text}");
        }
    }

    #[test]
    fn each_refusal_has_its_reason() {
        for (text, code) in [
            ("2020.1-2022.12", "date-range"),
            ("2020年1月至2022年12月", "date-range"),
            ("2020-2022", "date-range"),
            ("1/2/2020", "date-ambiguous"),
            ("10/11/12", "date-ambiguous"),
            ("1820年", "date-out-of-range"),
            ("29990101", "date-out-of-range"),
            ("明年", "date-unreadable"),
            ("6月14日", "date-no-year"),
            ("20201", "date-unreadable"),
            ("Q119131191 0", "date-unreadable"),
            ("2020年第2147483647季度", "date-unreadable"),
            ("2020年春", "date-unreadable"),
            ("1.2.3.4", "date-unreadable"),
            ("待定", "value-empty"),
            ("", "value-empty"),
        ] {
            let reading = date(text);
            assert!(!reading.is_ok(), "{text}: {:?}", reading.value);
            assert_eq!(reading.issues[0].code, code, "{text}");
        }
    }

    #[test]
    fn serial_numbers_of_both_calendars() {
        let read = |serial, date1904| excel_serial(serial, date1904).value.map(|date| date.to_string());
        assert_eq!(read(43_831.0, false).as_deref(), Some("2020-01-01"));
        assert_eq!(read(43_831.99, false).as_deref(), Some("2020-01-01"));
        assert_eq!(read(42_369.0, true).as_deref(), Some("2020-01-01"));
        assert_eq!(read(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(read(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(read(60.0, false), None);
        assert_eq!(read(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(read(0.0, true).as_deref(), Some("1904-01-01"));
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 3e6, 2_958_465.0] {
            assert!(excel_serial(bad, false).has("date-serial-range"), "{bad}");
        }
    }
}
