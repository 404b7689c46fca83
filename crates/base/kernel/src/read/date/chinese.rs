//! Dates with 年, 月, 日, and periods of a year.

use super::build;
use crate::issue::{Issue, Reading};
use crate::partial_date::PartialDate;

const HAN_DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// The same in capital numerals, as cheques have them.
const CAPITALS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
/// Two-digit years up to this one lie in this century, later ones in the last.
pub(super) const LAST_SHORT_YEAR: i32 = 69;

/// The year that two digits mean.
pub(super) fn full_year(short: i32) -> i32 {
    if short <= LAST_SHORT_YEAR {
        2000 + short
    } else {
        1900 + short
    }
}

/// The text with Chinese numerals in digits: 二〇二〇 → 2020, 十二 → 12, 三十一 → 31.
pub(super) fn digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<u32> = Vec::new();
    for c in text.chars().chain(['\u{0}']) {
        let value = match c {
            '零' | '○' => Some(0),
            '十' | '拾' => Some(10),
            c => [HAN_DIGITS, CAPITALS]
                .iter()
                .find_map(|digits| digits.iter().position(|digit| *digit == c))
                .and_then(|at| u32::try_from(at).ok()),
        };
        match value {
            Some(value) => run.push(value),
            None => {
                write_run(&run, &mut out);
                run.clear();
                if c != '\u{0}' {
                    out.push(c);
                }
            }
        }
    }
    out
}

fn write_run(run: &[u32], out: &mut String) {
    match *run {
        [] => {}
        [10] => out.push_str("10"),
        [10, ones] => out.push_str(&(10 + ones).to_string()),
        [tens, 10] => out.push_str(&(tens * 10).to_string()),
        [tens, 10, ones] => out.push_str(&(tens * 10 + ones).to_string()),
        _ => run.iter().for_each(|digit| out.push_str(&digit.to_string())),
    }
}

/// Reads a date that names its year with 年, Q or H; none if the text is of another kind.
pub(super) fn read(compact: &str) -> Option<Reading<PartialDate>> {
    let length = compact.bytes().take_while(u8::is_ascii_digit).count();
    let (year, rest) = compact.split_at(length);
    let of_some_year = length <= 2 && rest.starts_with('月') || length == 0 && period(rest).is_some();
    if of_some_year {
        return Some(Reading::fail(Issue::error("date-no-year")));
    }
    let (rest, by_letter) = match rest.strip_prefix('年') {
        Some(rest) => (rest, false),
        None => (rest.trim_start_matches(['-', '.', '/']), true),
    };
    if by_letter && !rest.starts_with(['q', 'h', '第', '上', '下']) {
        return None;
    }
    let (year, short) = match length {
        4 => (year.parse().ok()?, false),
        2 if !by_letter => (full_year(year.parse().ok()?), true),
        _ => return None,
    };
    let reading = if let Some(month) = period(rest) {
        by_period(build(year, Some(month), None))
    } else if rest.is_empty() || rest == "度" {
        build(year, None, None)
    } else {
        month_and_day(year, rest)?
    };
    Some(if short {
        noted(reading, Issue::warning("date-two-digit-year"))
    } else {
        reading
    })
}

/// The last month of a period of a year, or the first of its beginning.
fn period(text: &str) -> Option<i32> {
    let text = text.strip_prefix('度').unwrap_or(text);
    let month = match text {
        "初" | "年初" => 1,
        "中" | "年中" | "上半年" | "h1" => 6,
        "底" | "末" | "年底" | "年末" | "下半年" | "h2" => 12,
        _ => {
            let quarter = text.strip_prefix('第').unwrap_or(text);
            let number = quarter.strip_suffix("季度").or_else(|| quarter.strip_prefix('q'))?;
            let number: i32 = number.parse().ok()?;
            return (1..=4).contains(&number).then(|| number * 3);
        }
    };
    Some(month)
}

/// The text with points for 年 and 月, where the two ways to write a date are mixed: `2020年1.1`, `2020.1月1日`.
pub(super) fn with_points(text: &str) -> Option<String> {
    let has_digits = text.contains(|c: char| c.is_ascii_digit());
    let body = text.strip_suffix(['日', '号']).unwrap_or(text);
    let pointed = body.replace(['年', '月'], ".");
    (has_digits && pointed != text).then_some(pointed)
}

fn month_and_day(year: i32, rest: &str) -> Option<Reading<PartialDate>> {
    // 元月 is January.
    let rest = rest
        .strip_prefix('元')
        .map_or_else(|| rest.to_owned(), |behind| format!("1{behind}"));
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (month, rest) = rest.split_at(length);
    let month: i32 = month.parse().ok()?;
    let rest = rest.strip_prefix('月').unwrap_or(rest);
    match rest {
        "" | "份" => return Some(build(year, Some(month), None)),
        "初" | "中" | "底" | "末" | "上旬" | "中旬" | "下旬" => {
            return Some(by_period(build(year, Some(month), None)));
        }
        _ => {}
    }
    let day = rest.strip_suffix(['日', '号']).unwrap_or(rest);
    let day_ok = !day.is_empty() && day.bytes().all(|byte| byte.is_ascii_digit());
    day_ok
        .then(|| day.parse().ok())
        .flatten()
        .map(|day| build(year, Some(month), Some(day)))
}

fn by_period(reading: Reading<PartialDate>) -> Reading<PartialDate> {
    let read = reading.value.map_or_else(String::new, |date| date.to_string());
    noted(reading, Issue::note("date-by-period").with("read", read))
}

/// The reading with one more issue, if it has a value.
pub(super) fn noted(reading: Reading<PartialDate>, issue: Issue) -> Reading<PartialDate> {
    let issue = match (reading.value, issue.arg("read")) {
        (Some(date), None) => issue.with("read", date.to_string()),
        _ => issue,
    };
    if reading.is_ok() { reading.and(issue) } else { reading }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_become_digits() {
        for (text, expected) in [
            ("二〇二〇年一月", "2020年1月"),
            ("十二月三十一日", "12月31日"),
            ("二十日", "20日"),
            ("十月", "10月"),
            ("第三季度", "第3季度"),
            ("上半年", "上半年"),
        ] {
            assert_eq!(digits(text), expected);
        }
    }
}
