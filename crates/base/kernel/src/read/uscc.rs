//! Unified social credit codes as people write them (domain §3.9).

use super::common::{after_label, is_han, is_scientific, prepare, shown};
use crate::issue::{Issue, Reading};
use crate::uscc::{CHARS, LENGTH, Uscc, uscc_check, uscc_org_check};

/// Digits of the business registration number that came before the code.
const REGISTRATION_LENGTH: usize = 15;
/// Characters of the organisation code that came before it.
const ORG_CODE_LENGTH: usize = 9;

/// Reads a unified social credit code. A wrong 18th character is refused with the right one in `expected`; a wrong
/// 17th is a warning, since codes in force have it; letters that the code doesn't use and that look like digits are
/// mended where the check character confirms it.
#[must_use]
pub fn uscc(text: &str) -> Reading<Uscc> {
    let prepared = match prepare(text) {
        Ok(prepared) => prepared,
        Err(issue) => return Reading::fail(issue),
    };
    let found = shown(&prepared);
    let upper = prepared.to_uppercase();
    let code: String = after_label(&upper)
        .trim_start_matches(is_han)
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '\'' | '‘'))
        .collect();
    let mut reading = read_code(&code);
    for issue in &mut reading.issues {
        issue.args.insert(0, ("found", found.clone()));
    }
    reading
}

fn read_code(code: &str) -> Reading<Uscc> {
    if is_scientific(code) {
        return Reading::fail(Issue::error("uscc-scientific"));
    }
    let length = code.chars().count();
    let old_registration = length == REGISTRATION_LENGTH && code.bytes().all(|byte| byte.is_ascii_digit());
    let old_org = length == ORG_CODE_LENGTH && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if old_registration || old_org {
        return Reading::fail(Issue::error("uscc-old-number"));
    }
    if length != LENGTH {
        return Reading::fail(Issue::error("uscc-length").with("length", length.to_string()));
    }
    let Some((position, wrong)) = first_wrong_char(code) else {
        return check(code);
    };
    let mended: String = code.chars().map(look_alike).collect();
    match Uscc::new(&mended) {
        Some(_) => check(&mended).and(Issue::warning("uscc-lookalike").with("read", mended)),
        None => Reading::fail(
            Issue::error("uscc-char")
                .with("char", wrong)
                .with("position", (position + 1).to_string()),
        ),
    }
}

/// The first character that can't stand where it stands; characters 3–8 are digits, those of the region, and the
/// first, which names the office, is no zero.
fn first_wrong_char(code: &str) -> Option<(usize, char)> {
    code.chars().enumerate().find(|(at, c)| {
        let in_set = u8::try_from(*c).is_ok_and(|byte| CHARS.contains(&byte));
        !in_set || (*at == 0 && *c == '0') || ((2..8).contains(at) && !c.is_ascii_digit())
    })
}

/// The digit that a letter outside the set is mostly typed for.
fn look_alike(c: char) -> char {
    match c {
        'O' => '0',
        'I' => '1',
        'Z' => '2',
        'S' => '5',
        c => c,
    }
}

/// Checks the last two characters of a code of the right shape.
fn check(code: &str) -> Reading<Uscc> {
    let bytes = code.as_bytes();
    let Some(value) = Uscc::new(code) else {
        let expected = uscc_check(bytes);
        let whole: String = code.chars().take(LENGTH - 1).chain([expected]).collect();
        return Reading::fail(
            Issue::error("uscc-check")
                .with("expected", expected)
                .with("whole", whole),
        );
    };
    let org_check = uscc_org_check(&bytes[8..16]);
    if char::from(bytes[16]) == org_check {
        Reading::ok(value)
    } else {
        Reading::with(value, Issue::warning("uscc-org-check").with("expected", org_check))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_codes_pass() {
        for text in [
            "91320000MA0000007Q",
            "91320581MA0000007W",
            "12320000MA0000007X",
            "52320100MA0000007Y",
            "９１３２００００ＭＡ００００００７Ｑ",
            "91320000ma0000007q",
            "9132 0000 MA00 0000 7Q",
            "统一社会信用代码：91320000MA0000007Q",
        ] {
            let reading = uscc(text);
            assert!(
                reading.is_ok() && reading.issues.is_empty(),
                "{text}: {:?}",
                reading.issues
            );
        }
    }

    #[test]
    fn a_wrong_18th_is_refused_and_a_wrong_17th_is_not() {
        let reading = uscc("91320000MA0000007W");
        assert!(!reading.is_ok());
        assert_eq!(
            (reading.issues[0].code, reading.issues[0].arg("expected")),
            ("uscc-check", Some("Q"))
        );
        assert_eq!(reading.issues[0].arg("whole"), Some("91320000MA0000007Q"));
        let reading = uscc("91350203M0001QAY9B");
        assert_eq!(
            (reading.issues[0].code, reading.issues[0].arg("expected")),
            ("uscc-check", Some("9"))
        );

        let body = "91320000MA0000008";
        let text = format!("{body}{}", uscc_check(body.as_bytes()));
        let reading = uscc(&text);
        assert_eq!(reading.value.as_ref().map(Uscc::as_str), Some(text.as_str()));
        assert_eq!(
            (reading.issues[0].code, reading.issues[0].arg("expected")),
            ("uscc-org-check", Some("7"))
        );
    }

    #[test]
    fn each_refusal_has_its_reason() {
        for (text, code) in [
            ("9.132E+17", "uscc-scientific"),
            ("320100000012345", "uscc-old-number"),
            ("MA0000007", "uscc-old-number"),
            ("MA000000-7", "uscc-old-number"),
            ("91320000MA000000", "uscc-length"),
            ("91320000MA00000V7Q", "uscc-char"),
            ("9132A000MA0000007Q", "uscc-char"),
            ("91320000MA00000中7Q", "uscc-char"),
            ("无", "value-empty"),
        ] {
            let reading = uscc(text);
            assert!(!reading.is_ok());
            assert_eq!(reading.issues[0].code, code, "{text}");
        }
        assert_eq!(uscc("91320000MA00000V7Q").issues[0].arg("position"), Some("16"));
    }

    #[test]
    fn look_alikes_are_mended_if_the_check_agrees() {
        let reading = uscc("9132OOOOMAOOOOOO7Q");
        assert_eq!(reading.value.as_ref().map(Uscc::as_str), Some("91320000MA0000007Q"));
        assert!(reading.has("uscc-lookalike"));
        assert!(uscc("9132OOOOMAOOOOOO7W").has("uscc-char"));
    }
}
