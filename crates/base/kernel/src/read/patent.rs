//! Patent numbers as people write them (domain §3.1, §3.9).

use super::common::{after_label, is_han, is_scientific, prepare, shown, without_remarks};
use crate::issue::{Issue, Reading};
use crate::patent::{self, NEW_LENGTH, OLD_LENGTH, PatentKind, PatentNo, dotted, kind_of, patent_check, year_of};
use crate::text::without_spaces;

/// Fewest digits of a piece that is a number of its own, where a cell holds several.
const MIN_NUMBER_DIGITS: usize = 7;
/// What numbers of other offices, and of international applications, begin with.
const FOREIGN: &[&str] = &[
    "PCT", "US", "EP", "WO", "JP", "KR", "DE", "GB", "FR", "TW", "HK", "RU", "AU", "CA", "IN",
];
/// Words that stand before a number without a colon.
const LABELS: &[&str] = &[
    "专利申请号",
    "授权专利号",
    "专利号",
    "申请号",
    "授权公告号",
    "公告号",
    "公开号",
    "NO.",
];

/// Reads a Chinese patent or application number: with or without ZL, spaces, dot; full-width; 13 or 9 digits. A wrong
/// check digit is refused with the right one in `expected`; numbers of publications, of other offices, and numbers
/// that a spreadsheet destroyed are told apart. With `stated`, the kind in the number must be the kind stated.
#[must_use]
pub fn patent(text: &str, stated: Option<PatentKind>) -> Reading<PatentNo> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let (bare, mut had_remark) = without_remarks(&prepared);
    let bare = cut_out(&bare, &mut had_remark);
    let reading = match digits_of(bare) {
        Ok(digits) => check(digits, stated),
        Err(issue) => Reading::fail(issue),
    };
    let mut reading = if had_remark {
        reading.and(Issue::note("patent-words-ignored"))
    } else {
        reading
    };
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

/// The part that begins with ZL, where only one does; without Chinese words at its ends.
fn cut_out<'t>(text: &'t str, had_remark: &mut bool) -> &'t str {
    let mut marks = text.match_indices(|c: char| c.eq_ignore_ascii_case(&'z'));
    let marked = marks
        .next()
        .map(|(at, _)| text.split_at(at))
        .filter(|_| marks.next().is_none());
    let mut number = text;
    if let Some((before, rest)) = marked
        && before.chars().any(|c| c.is_ascii_digit())
    {
        *had_remark = true;
        number = rest.split(['(', ')', '[', ']']).next().unwrap_or(rest);
    }
    let upper = number.to_uppercase();
    let labelled = number.contains(':') || LABELS.iter().any(|label| upper.starts_with(label));
    let trimmed = number.trim_matches(|c: char| is_han(c) || matches!(c, ' ' | '、' | ';' | ',' | '(' | ')'));
    *had_remark |= number != trimmed && !labelled && number.contains(is_han);
    if labelled { number } else { trimmed }
}

/// The digits of the number, the check digit last; or why the text holds no such number.
fn digits_of(prepared: &str) -> Result<String, Issue> {
    let upper = prepared.to_uppercase().replace(['×', 'Ⅹ'], "X");
    let labelled = after_label(&upper);
    let body = LABELS
        .iter()
        .find_map(|label| labelled.strip_prefix(label))
        .unwrap_or(labelled)
        .trim_start_matches(|c: char| c == ' ' || is_han(c));
    if is_scientific(&without_spaces(body)) {
        return Err(Issue::error("patent-scientific"));
    }
    let digit_count = |piece: &&str| piece.bytes().filter(u8::is_ascii_digit).count() >= MIN_NUMBER_DIGITS;
    if body.split([';', '、', ',', '/', ' ']).filter(digit_count).count() > 1 {
        return Err(Issue::error("patent-several"));
    }
    let compact = without_spaces(body);
    if FOREIGN.iter().any(|office| compact.starts_with(office)) {
        return Err(Issue::error("patent-foreign"));
    }
    if let Some(letter) = publication_letter(&compact) {
        return Err(Issue::error("patent-publication-number").with("letter", letter));
    }
    let from_cn = compact.starts_with("CN");
    let number = compact
        .strip_prefix("ZL")
        .or_else(|| compact.strip_prefix("CN"))
        .unwrap_or(&compact);
    let number = number.strip_prefix("ZL").unwrap_or(number);
    let digits: String = number
        .chars()
        .filter(|c| !matches!(c, '.' | ',' | '-' | '·' | '。' | '•'))
        .collect();
    let last = digits.chars().count().saturating_sub(1);
    let wrong = digits
        .chars()
        .enumerate()
        .find(|(at, c)| !(c.is_ascii_digit() || (*c == 'X' && *at == last && *at > 0)));
    if let Some((_, c)) = wrong {
        return Err(Issue::error("patent-char").with("char", c));
    }
    // A point before one last digit says that the check digit is there, so that a digit is missing elsewhere.
    let pointed = number
        .rsplit_once(['.', '。', '·'])
        .is_some_and(|(_, check)| check.chars().count() == 1);
    if pointed && (digits.len() + 1 == NEW_LENGTH || digits.len() + 1 == OLD_LENGTH) {
        return Err(Issue::error("patent-length").with("digits", digits.len().to_string()));
    }
    // CN with nine digits and no letter is a publication number, unless it happens to be a right number of the old form.
    if from_cn && digits.len() == OLD_LENGTH && PatentNo::new(&digits).is_none() {
        return Err(Issue::error("patent-publication-number").with("letter", "B"));
    }
    Ok(digits)
}

/// The letter of a publication number: `CN`, perhaps left out, seven or nine digits, a letter, perhaps a digit.
fn publication_letter(compact: &str) -> Option<String> {
    let rest = ["CN", "ZL"]
        .iter()
        .find_map(|mark| compact.strip_prefix(mark))
        .unwrap_or(compact);
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mut tail = rest[length..].chars();
    let letter = tail.next().filter(|c| "ABCUYSD".contains(*c))?;
    let more = tail.as_str();
    let ends = more.is_empty() || (more.len() == 1 && more.bytes().all(|byte| byte.is_ascii_digit()));
    (matches!(length, 7 | 9) && ends).then(|| letter.to_string())
}

/// Checks length, year, kind and check digit.
fn check(mut digits: String, stated: Option<PatentKind>) -> Reading<PatentNo> {
    let mut mended = None;
    if digits.len() == NEW_LENGTH + 1 && digits.ends_with('0') && PatentNo::new(&digits[..NEW_LENGTH]).is_some() {
        // A number format with more decimals than the number has adds a zero.
        digits.truncate(NEW_LENGTH);
        mended = Some(Issue::note("patent-zero-dropped"));
    }
    let body_length = match digits.len() {
        length @ (NEW_LENGTH | OLD_LENGTH) => length - 1,
        length if length + 1 == NEW_LENGTH || length + 1 == OLD_LENGTH => length,
        length => return Reading::fail(Issue::error("patent-length").with("digits", length.to_string())),
    };
    if !patent::year_is_possible(&digits) {
        let year = year_of(&digits).map_or_else(String::new, |year| year.to_string());
        return Reading::fail(Issue::error("patent-year").with("year", year));
    }
    let Some((kind, _)) = kind_of(&digits) else {
        let at = if body_length + 1 == NEW_LENGTH { 4 } else { 2 };
        return Reading::fail(Issue::error("patent-kind-digit").with("digit", &digits[at..=at]));
    };
    let (body, given) = digits.split_at(body_length);
    let expected = patent_check(body.as_bytes()).to_string();
    let whole = format!("{body}{expected}");
    let full = format!("ZL{}", dotted(&whole));
    if given.is_empty() && expected == "0" {
        // A number cell drops the zero behind the point, so that 202010123450.0 comes without it.
        mended = Some(Issue::warning("patent-zero-restored").with("read", &full));
    } else if given != expected {
        let code = if given.is_empty() {
            "patent-check-missing"
        } else {
            "patent-check"
        };
        return Reading::fail(Issue::error(code).with("expected", &expected).with("whole", full));
    }
    if let Some(stated) = stated.filter(|stated| *stated != kind) {
        let issue = Issue::error("patent-kind-mismatch")
            .with("stated", stated.code())
            .with("actual", kind.code());
        return Reading::fail(issue);
    }
    match (PatentNo::new(&whole), mended) {
        (Some(number), Some(issue)) => Reading::with(number, issue),
        (Some(number), None) => Reading::ok(number),
        (None, _) => Reading::fail(Issue::error("patent-length").with("digits", digits.len().to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str) -> String {
        let reading = patent(text, None);
        assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
        reading.value.unwrap().to_string()
    }

    #[track_caller]
    fn refused(text: &str) -> Issue {
        let reading = patent(text, None);
        assert!(reading.value.is_none(), "{text}: {:?}", reading.value);
        assert_eq!(
            reading.issues[0].arg("found"),
            Some(shown(&crate::text::normalise(text)).as_str())
        );
        reading.issues[0].clone()
    }

    #[test]
    fn known_numbers_pass() {
        for (text, canonical) in [
            ("ZL201710601862.3", "ZL201710601862.3"),
            ("ZL95115608.X", "ZL95115608.X"),
            ("97101765.4", "ZL97101765.4"),
            ("ZL200810027800.7", "ZL200810027800.7"),
            ("202110345678.3", "ZL202110345678.3"),
            ("202120345678.9", "ZL202120345678.9"),
            ("202130345678.4", "ZL202130345678.4"),
            ("202080012345.2", "ZL202080012345.2"),
            ("ZL 2020 1 0123456.2", "ZL202010123456.2"),
            ("zl202010123456.2", "ZL202010123456.2"),
            ("Zl:202010123456.2", "ZL202010123456.2"),
            ("ＺＬ２０２０１０１２３４５６．２", "ZL202010123456.2"),
            ("2020101234562", "ZL202010123456.2"),
            ("CN202010123456.2", "ZL202010123456.2"),
            ("专利号：ZL202010123456.2", "ZL202010123456.2"),
            ("专利号为ZL202010123456.2", "ZL202010123456.2"),
            ("zl95115608.x", "ZL95115608.X"),
            ("95115608x", "ZL95115608.X"),
            ("971017654", "ZL97101765.4"),
        ] {
            assert_eq!(reads(text), canonical, "{text}");
        }
    }

    #[test]
    fn wrong_check_digits_are_told() {
        for (text, expected, whole) in [
            ("ZL202010123456.7", "2", "ZL202010123456.2"),
            ("ZL201810123456.7", "5", "ZL201810123456.5"),
            ("ZL95115608.1", "X", "ZL95115608.X"),
        ] {
            let issue = refused(text);
            assert_eq!(issue.code, "patent-check");
            assert_eq!(
                (issue.arg("expected"), issue.arg("whole")),
                (Some(expected), Some(whole))
            );
        }
    }

    #[test]
    fn each_refusal_has_its_reason() {
        for (text, code) in [
            ("2.0201E+11", "patent-scientific"),
            ("CN111234567B", "patent-publication-number"),
            ("CN 111234567 A", "patent-publication-number"),
            ("111234567B", "patent-publication-number"),
            ("CN1234567C", "patent-publication-number"),
            ("CN111234567", "patent-publication-number"),
            ("CN212345678U", "patent-publication-number"),
            ("US10123456B2", "patent-foreign"),
            ("PCT/CN2020/123456", "patent-foreign"),
            ("202010123456", "patent-check-missing"),
            ("95115608", "patent-check-missing"),
            ("20201012345", "patent-length"),
            ("ZL", "patent-length"),
            ("199010123456.2", "patent-year"),
            ("ZL202050123456.2", "patent-kind-digit"),
            ("2O2010123456.2", "patent-char"),
            ("X02010123456.2", "patent-char"),
            ("ZL202010123456.2；ZL202110345678.3", "patent-several"),
            ("ZL202010123456.2 ZL202110345678.3", "patent-several"),
            ("—", "value-empty"),
        ] {
            assert_eq!(refused(text).code, code, "{text}");
        }
        assert_eq!(refused("CN111234567B").arg("letter"), Some("B"));
    }

    #[test]
    fn number_cells_are_mended() {
        let body = (0..)
            .map(|n| format!("20201{n:07}"))
            .find(|body| patent_check(body.as_bytes()) == '0')
            .unwrap();
        let reading = patent(&body, None);
        assert_eq!(
            reading.value.as_ref().map(PatentNo::digits),
            Some(format!("{body}0").as_str())
        );
        assert!(reading.has("patent-zero-restored"));
        let reading = patent("202010123456.20", None);
        assert!(reading.is_ok() && reading.has("patent-zero-dropped"));
        for text in [
            "ZL202010123456.2（一种方法）",
            "发明专利 ZL202010123456.2",
            "ZL202010123456.2号",
            "CN111234567B（ZL202010123456.2）",
        ] {
            let reading = patent(text, None);
            assert!(
                reading.is_ok() && reading.has("patent-words-ignored"),
                "{text}: {reading:?}"
            );
        }
    }

    #[test]
    fn the_kind_must_be_the_kind_stated() {
        assert!(patent("202010123456.2", Some(PatentKind::Invention)).issues.is_empty());
        assert!(patent("202080012345.2", Some(PatentKind::Invention)).issues.is_empty());
        let reading = patent("202010123456.2", Some(PatentKind::Utility));
        assert!(!reading.is_ok());
        assert_eq!(reading.issues[0].code, "patent-kind-mismatch");
        assert_eq!(reading.issues[0].arg("actual"), Some("invention"));
    }
}
