//! Telephone numbers as people write them (domain §3.9).

use super::common::{after_label, is_han, is_scientific, prepare, shown, without_remarks};
use crate::contact::{self, Phone};
use crate::issue::{Issue, Reading};

/// Fewest digits of a piece that is a number of its own, where a cell holds several.
const MIN_NUMBER_DIGITS: usize = 7;
/// Fewest digits of a landline number with its area code, without the zero.
const LANDLINE_DIGITS_MIN: usize = 10;
/// What stands before an extension, in lower case; a longer word before one that it contains.
const EXTENSION_MARKS: &[&str] = &["转分机", "分机号", "分机", "转", "extension", "ext.", "ext", "x", "#"];

/// What stands before a number without a colon, in lower case and without spaces.
const LABELS: &[&str] = &["telephone", "tel.", "tel", "phone", "mobile", "mob.", "fax"];

/// Reads a mobile number, a landline with its area code and perhaps an extension (`025-84791234转802`), a 400 or 800
/// number, or a number abroad that begins with `+`.
#[must_use]
pub fn phone(text: &str) -> Reading<Phone> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let (bare, had_remark) = without_remarks(after_label(&prepared));
    let trimmed = bare.trim_matches(is_han).trim();
    let had_remark = had_remark || trimmed.len() < bare.len();
    let mut reading = read_bare(&if trimmed.is_empty() { &bare } else { trimmed }.to_lowercase());
    if had_remark && reading.is_ok() {
        reading = reading.and(Issue::note("phone-words-ignored"));
    }
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

fn read_bare(bare: &str) -> Reading<Phone> {
    let compact = crate::text::without_spaces(bare);
    if is_scientific(&compact) {
        return Reading::fail(Issue::error("phone-scientific"));
    }
    if compact.contains('*') {
        return Reading::fail(Issue::error("phone-masked"));
    }
    let is_number = |piece: &&str| piece.bytes().filter(u8::is_ascii_digit).count() >= MIN_NUMBER_DIGITS;
    if bare.split(['/', ';', ',', '、', '或', ' ']).filter(is_number).count() > 1 {
        return Reading::fail(Issue::error("phone-several"));
    }
    let whole = compact.strip_suffix(".0").unwrap_or(&compact);
    let whole = LABELS
        .iter()
        .find_map(|label| whole.strip_prefix(label))
        .unwrap_or(whole);
    // 025-84791234（转802）
    let unbracketed = match whole.split_once('(') {
        Some((main, rest)) if rest.ends_with(')') && EXTENSION_MARKS.iter().any(|mark| rest.starts_with(mark)) => {
            format!("{main}{}", rest.trim_end_matches(')'))
        }
        _ => whole.to_owned(),
    };
    let (main, extension) = split_extension(&unbracketed);
    // 00 is dialled for the plus, but before the country's own 86 it is known below.
    let abroad = main.strip_prefix("00").filter(|rest| !rest.starts_with("86"));
    let main = abroad.map_or_else(|| main.to_owned(), |rest| format!("+{rest}"));
    let plus = main.starts_with('+');
    // The zero in brackets is dialled within the country only: +86 (0)25 …
    let main = main.trim_start_matches('+').replace("(0)", "");
    if let Some(c) = main.chars().find(|c| !c.is_ascii_digit() && !"-()./_—–".contains(*c)) {
        return Reading::fail(Issue::error("phone-char").with("char", c));
    }
    let groups: Vec<&str> = main
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let digits = groups.concat();
    if let Some(national) = without_country(&digits, plus) {
        return classify(&national, &groups, extension);
    }
    let number = format!("+{digits}");
    found_or(Phone::new(&number, extension), || {
        Issue::error("phone-length").with("digits", digits.len().to_string())
    })
}

/// The part before the extension, and the extension.
fn split_extension(text: &str) -> (&str, Option<&str>) {
    let found = EXTENSION_MARKS.iter().find_map(|mark| text.split_once(mark));
    match found {
        Some((main, extension)) => (
            main.trim_end_matches(['-', ',']),
            Some(extension.trim_matches([':', '-', '.'])),
        ),
        None => (text, None),
    }
}

/// The digits as dialled within China; none for a number abroad.
fn without_country(digits: &str, plus: bool) -> Option<String> {
    let rest = if plus {
        digits.strip_prefix("86")?
    } else {
        digits.strip_prefix("0086").unwrap_or("")
    };
    // No area code begins with 086, so that 86 before a whole landline number is the country.
    let is_landline = |rest: &&str| rest.len() >= LANDLINE_DIGITS_MIN && landline(&format!("0{rest}"), None).is_some();
    let behind_86 = digits
        .strip_prefix("86")
        .filter(|_| digits.len() > LANDLINE_DIGITS_MIN + 1);
    if let Some(rest) = behind_86
        .filter(|rest| !plus && !contact::is_mobile(rest))
        .filter(is_landline)
    {
        return Some(format!("0{rest}"));
    }
    let mobile_behind_86 = digits.strip_prefix("86").filter(|rest| contact::is_mobile(rest));
    match (rest, mobile_behind_86) {
        ("", Some(mobile)) => Some(mobile.to_owned()),
        ("", None) => Some(digits.to_owned()),
        (rest, _) if contact::is_mobile(rest) || rest.starts_with('0') => Some(rest.to_owned()),
        (rest, _) => Some(format!("0{rest}")),
    }
}

/// Finds out what kind of number the digits are.
fn classify(digits: &str, groups: &[&str], extension: Option<&str>) -> Reading<Phone> {
    if contact::is_mobile(digits) || digits.starts_with("400") || digits.starts_with("800") {
        return found_or(Phone::new(digits, extension), || shape(digits));
    }
    if let Some(phone) = landline(digits, extension) {
        return Reading::ok(phone);
    }
    // 025-84791234-802: the last of three groups is an extension.
    if extension.is_none()
        && let [.., last] = groups
        && groups.len() >= 3
        && let Some(phone) = digits.strip_suffix(last).and_then(|main| landline(main, Some(last)))
    {
        return Reading::ok(phone);
    }
    // A number cell drops the zero of the area code.
    if matches!(digits.len(), 10 | 11)
        && !digits.starts_with(['0', '1'])
        && let Some(phone) = landline(&format!("0{digits}"), extension)
    {
        let read = phone.to_string();
        return Reading::with(phone, Issue::warning("phone-zero-restored").with("read", read));
    }
    Reading::fail(shape(digits))
}

/// A landline number from all its digits.
fn landline(digits: &str, extension: Option<&str>) -> Option<Phone> {
    let (area, local) = digits.split_at_checked(contact::area_length(digits)?)?;
    Phone::new(&format!("{area}-{local}"), extension)
}

/// Why digits are no number.
fn shape(digits: &str) -> Issue {
    let starts_mobile = digits.starts_with('1');
    match digits.len() {
        7 | 8 if !starts_mobile => Issue::error("phone-no-area"),
        11 if starts_mobile && !contact::is_mobile(digits) => {
            Issue::error("phone-mobile-prefix").with("prefix", &digits[..2])
        }
        10..=12 if digits.starts_with('0') || contact::is_mobile(digits) => Issue::error("phone-shape"),
        length => Issue::error("phone-length").with("digits", length.to_string()),
    }
}

fn found_or(phone: Option<Phone>, issue: impl FnOnce() -> Issue) -> Reading<Phone> {
    phone.map_or_else(|| Reading::fail(issue()), Reading::ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, canonical) in [
            ("138 0000 0000", "13800000000"),
            ("138-0000-0000", "13800000000"),
            ("１３８００００００００", "13800000000"),
            ("+86 13800000000", "13800000000"),
            ("0086-13800000000", "13800000000"),
            ("8613800000000", "13800000000"),
            ("手机：13800000000", "13800000000"),
            ("13800000000.0", "13800000000"),
            ("025-84791234转802", "025-84791234转802"),
            ("025-84791234-802", "025-84791234转802"),
            ("（025）84791234", "025-84791234"),
            ("(0512) 6725 1234 ext. 8", "0512-67251234转8"),
            ("02584791234", "025-84791234"),
            ("025-8479-1234", "025-84791234"),
            ("+86 (0)25 8479 1234", "025-84791234"),
            ("+86-25-84791234", "025-84791234"),
            ("010-62345678", "010-62345678"),
            ("400-123-4567", "4001234567"),
            ("+49 30 1234567", "+49301234567"),
        ] {
            let reading = phone(text);
            assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
            assert_eq!(reading.value.unwrap().to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn each_refusal_has_its_reason() {
        for (text, code) in [
            ("1.38E+10", "phone-scientific"),
            ("138****0000", "phone-masked"),
            ("13800000000/13900000000", "phone-several"),
            ("13800000000 13900000000", "phone-several"),
            ("84791234", "phone-no-area"),
            ("12800000000", "phone-mobile-prefix"),
            ("1380000000", "phone-length"),
            ("13800000000转8", "phone-shape"),
            ("02504791234", "phone-shape"),
            ("微信同号", "phone-char"),
            ("+1", "phone-length"),
            ("/", "value-empty"),
        ] {
            let reading = phone(text);
            assert!(!reading.is_ok(), "{text}: {:?}", reading.value);
            assert_eq!(reading.issues[0].code, code, "{text}");
        }
    }

    #[test]
    fn says_what_it_mended() {
        let reading = phone("51267251234");
        assert_eq!(
            reading.value.as_ref().map(Phone::to_string).as_deref(),
            Some("0512-67251234")
        );
        assert!(reading.has("phone-zero-restored"));
        for text in ["13800000000（张三）", "13800000000微信同号", "张老师 13800000000"] {
            let reading = phone(text);
            assert!(reading.is_ok() && reading.has("phone-words-ignored"), "{text}");
        }
    }
}
