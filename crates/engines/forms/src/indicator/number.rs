//! Numbers inside indicators, kept as decimal text: no binary rounding may touch a tolerance.

use std::cmp::Ordering;

/// Most digits of a number. The largest physical quantities fit with room to spare, and every loop here stays short.
const DIGITS_MAX: usize = 30;
/// Largest power of ten: exa and atto.
const EXPONENT_MAX: i32 = 18;

/// Takes a number off the front: `-0.05`, `1,200`, `1e-6`, `3×10^5`, `10⁶`. Gives its canonical text and the rest.
pub(super) fn take(text: &str) -> Option<(String, &str)> {
    let (negative, rest) = take_sign(text);
    let (whole, rest) = take_whole(rest)?;
    let (fraction, rest) = take_fraction(rest);
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (exponent, rest) = take_exponent(&whole, &fraction, rest);
    if whole.len() + fraction.len() > DIGITS_MAX || exponent.abs() > EXPONENT_MAX {
        return None;
    }
    Some((canonical(negative, whole, fraction, exponent), rest))
}

/// Compares two canonical numbers.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (None, None) => compare_size(a, b),
        (Some(a), Some(b)) => compare_size(b, a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
    }
}

fn compare_size(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| match text.split_once('.') {
        Some((whole, fraction)) => (whole.to_owned(), fraction.trim_end_matches('0').to_owned()),
        None => (text.to_owned(), String::new()),
    };
    let ((a_whole, a_fraction), (b_whole, b_fraction)) = (parts(a), parts(b));
    // Canonical whole parts have no leading zeros, so the longer is the larger.
    a_whole
        .len()
        .cmp(&b_whole.len())
        .then(a_whole.cmp(&b_whole))
        .then(a_fraction.cmp(&b_fraction))
}

fn take_sign(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix(['-', '−', '－']) {
        (true, rest)
    } else {
        (false, text.strip_prefix(['+', '＋']).unwrap_or(text))
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The whole part, with commas between groups of three dropped. None when there are too many digits.
fn take_whole(text: &str) -> Option<(String, &str)> {
    let (first, mut rest) = text.split_at_checked(digits(text))?;
    let mut whole = first.to_owned();
    if (1..=3).contains(&first.len()) {
        while let Some(group) = rest.strip_prefix(',').filter(|group| digits(group) == 3) {
            let (three, after) = group.split_at_checked(3)?;
            whole.push_str(three);
            rest = after;
            if whole.len() > DIGITS_MAX {
                return None;
            }
        }
    }
    Some((whole, rest))
}

fn take_fraction(text: &str) -> (String, &str) {
    let Some(after) = text.strip_prefix(['.', '．']) else {
        return (String::new(), text);
    };
    match after.split_at_checked(digits(after)) {
        Some((fraction, rest)) if !fraction.is_empty() => (fraction.to_owned(), rest),
        _ => (String::new(), text),
    }
}

/// The power of ten by which to multiply; 0 and the text untouched where there is none.
fn take_exponent<'a>(whole: &str, fraction: &str, text: &'a str) -> (i32, &'a str) {
    // A plain “10⁶”: the ten is the base, so one less remains to multiply by.
    if whole == "10"
        && fraction.is_empty()
        && let Some((power, rest)) = take_power(text)
    {
        return (power.saturating_sub(1), rest);
    }
    if let Some(after) = text.strip_prefix(['e', 'E'])
        && let Some((power, rest)) = take_int(after)
    {
        return (power, rest);
    }
    let times = text
        .trim_start()
        .strip_prefix(['×', 'x', 'X', '*', '·'])
        .map(str::trim_start);
    if let Some(after) = times.and_then(|after| after.strip_prefix("10"))
        && let Some((power, rest)) = take_power(after).or_else(|| take_signed(after))
    {
        return (power, rest);
    }
    (0, text)
}

/// `^-6` or `⁻⁶`.
fn take_power(text: &str) -> Option<(i32, &str)> {
    if let Some(after) = text.strip_prefix('^') {
        return take_int(after);
    }
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let Some(digit) = superscript(c) else { break };
        plain.push(digit);
        rest = rest.get(c.len_utf8()..)?;
    }
    let (power, after) = take_int(&plain)?;
    after.is_empty().then_some((power, rest))
}

/// `10-6` written without a superscript: only with a sign, as “×106” may be anything.
fn take_signed(text: &str) -> Option<(i32, &str)> {
    if text.starts_with(['-', '−', '+']) {
        take_int(text)
    } else {
        None
    }
}

fn take_int(text: &str) -> Option<(i32, &str)> {
    let (negative, rest) = take_sign(text);
    let (number, rest) = rest.split_at_checked(digits(rest))?;
    let number: i32 = number.parse().ok()?;
    Some((if negative { -number } else { number }, rest))
}

fn superscript(c: char) -> Option<char> {
    const SUPER: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    match c {
        '⁻' => Some('-'),
        '⁺' => Some('+'),
        _ => SUPER
            .chars()
            .position(|s| s == c)
            .and_then(|n| char::from_digit(n as u32, 10)),
    }
}

/// Moves the point, drops leading zeros. Zeros at the end stay, they say how exact a number is.
fn canonical(negative: bool, mut whole: String, mut fraction: String, exponent: i32) -> String {
    for _ in 0..exponent.max(0) {
        let next = if fraction.is_empty() { '0' } else { fraction.remove(0) };
        whole.push(next);
    }
    for _ in 0..(-exponent).max(0) {
        let last = whole.pop().unwrap_or('0');
        fraction.insert(0, last);
    }
    let whole = whole.trim_start_matches('0');
    let nothing = whole.is_empty() && fraction.bytes().all(|b| b == b'0');
    let sign = if negative && !nothing { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, number, rest) in [
            ("0.030 mm", "0.030", " mm"),
            ("-40℃", "-40", "℃"),
            ("1,200,000 元", "1200000", " 元"),
            ("1,20", "1", ",20"),
            (".5", "0.5", ""),
            ("5.", "5", "."),
            ("007", "7", ""),
            ("-0.0", "0.0", ""),
            ("1e-6 Pa", "0.000001", " Pa"),
            ("5eV", "5", "eV"),
            ("3×10^5", "300000", ""),
            ("2.5 × 10⁻³ mm", "0.0025", " mm"),
            ("1×10-6", "0.000001", ""),
            ("10^6 CFU", "1000000", " CFU"),
            ("10⁶", "1000000", ""),
            ("3×106", "3", "×106"),
        ] {
            assert_eq!(take(text), Some((number.to_owned(), rest)), "{text}");
        }
        assert_eq!(take("mm"), None);
        assert_eq!(take("-"), None);
        assert_eq!(take("1e99"), None);
        assert_eq!(take(&"9".repeat(31)), None);
    }

    #[test]
    fn order() {
        assert_eq!(compare("0.05", "0.050"), Ordering::Equal);
        assert_eq!(compare("-40", "85"), Ordering::Less);
        assert_eq!(compare("-40", "-5"), Ordering::Less);
        assert_eq!(compare("100", "20.5"), Ordering::Greater);
        assert_eq!(compare("0.06", "0.051"), Ordering::Greater);
    }
}
