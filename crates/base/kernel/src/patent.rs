//! Chinese patent and application numbers (domain §3.9).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::value::{Invalid, serde_as_text};

/// Digits of a number since October 2003: year 4, kind 1, serial 7, check 1.
pub(crate) const NEW_LENGTH: usize = 13;
/// Digits of a number before: year 2, kind 1, serial 5, check 1.
pub(crate) const OLD_LENGTH: usize = 9;
/// The year in which the new form began; the old form ran into it as well.
pub(crate) const FIRST_NEW_YEAR: i16 = 2003;
/// The year in which the patent office took its first applications.
pub(crate) const FIRST_YEAR: i16 = 1985;
/// The latest year of a number; a later one is a slip. Whether it lies in the future is for callers with a clock.
pub(crate) const LAST_YEAR: i16 = 2099;

/// What a patent protects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PatentKind {
    /// 发明
    Invention,
    /// 实用新型
    Utility,
    /// 外观设计
    Design,
}

impl PatentKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Invention, Self::Utility, Self::Design];

    /// `invention`, `utility` or `design`: as stored, and in the words' id `patent-kind-{code}`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invention => "invention",
            Self::Utility => "utility",
            Self::Design => "design",
        }
    }

    /// The kind of this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The check digit of a patent number, of its digits without it (12, or 8 for the old form): Σ dᵢ·wᵢ mod 11 with the
/// weights 2–9 over and over; 10 is written `X`. Bytes are ASCII digits; what is no digit counts as zero.
#[must_use]
pub fn patent_check(digits: &[u8]) -> char {
    let weights = (2..=9_u32).cycle();
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(byte, weight)| digit(*byte) * weight % 11)
        .sum();
    char::from_digit(sum % 11, 10).unwrap_or('X')
}

fn digit(byte: u8) -> u32 {
    char::from(byte).to_digit(10).unwrap_or(0)
}

/// A patent or application number with a right check digit. Text and JSON are `ZL202010123456.2`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PatentNo {
    /// 13 or 9 characters, digits but for the last, which may be `X`.
    digits: String,
}

serde_as_text!(PatentNo);

impl PatentNo {
    /// A number from its 13 or 9 digits (the check digit may be `X`); none if the year, the kind or the check digit is
    /// wrong.
    #[must_use]
    pub fn new(digits: &str) -> Option<Self> {
        let (body, check) = digits.split_at_checked(digits.len().checked_sub(1)?)?;
        let shaped = matches!(digits.len(), NEW_LENGTH | OLD_LENGTH) && body.bytes().all(|byte| byte.is_ascii_digit());
        if !shaped || !year_is_possible(digits) || kind_of(digits).is_none() {
            return None;
        }
        (check == patent_check(body.as_bytes()).to_string()).then(|| Self {
            digits: digits.to_owned(),
        })
    }

    /// The 13 or 9 digits, the check digit last, without a dot.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The number as an application has it: `202010123456.2`.
    #[must_use]
    pub fn application_no(&self) -> String {
        dotted(&self.digits)
    }

    /// What it protects.
    #[must_use]
    pub fn kind(&self) -> PatentKind {
        // A number of no kind can't be built.
        kind_of(&self.digits).map_or(PatentKind::Invention, |(kind, _)| kind)
    }

    /// Whether the application came through the Patent Cooperation Treaty.
    #[must_use]
    pub fn pct(&self) -> bool {
        kind_of(&self.digits).is_some_and(|(_, pct)| pct)
    }

    /// The year of application.
    #[must_use]
    pub fn year(&self) -> i16 {
        year_of(&self.digits).unwrap_or(FIRST_YEAR)
    }
}

/// The digits with the dot before the check digit.
pub(crate) fn dotted(digits: &str) -> String {
    match digits.split_at_checked(digits.len().saturating_sub(1)) {
        Some((body, check)) => format!("{body}.{check}"),
        None => digits.to_owned(),
    }
}

/// The year that the digits begin with.
pub(crate) fn year_of(digits: &str) -> Option<i16> {
    if digits.len() >= NEW_LENGTH - 1 {
        return digits.get(..4)?.parse().ok();
    }
    let short: i16 = digits.get(..2)?.parse().ok()?;
    // The old form ran from 1985 to 2003.
    Some(if short >= FIRST_YEAR % 100 {
        1900 + short
    } else {
        2000 + short
    })
}

/// Whether the year fits the form: old numbers from 1985 to 2003, new ones since 2003.
pub(crate) fn year_is_possible(digits: &str) -> bool {
    let range = if digits.len() >= NEW_LENGTH - 1 {
        FIRST_NEW_YEAR..=LAST_YEAR
    } else {
        FIRST_YEAR..=FIRST_NEW_YEAR
    };
    year_of(digits).is_some_and(|year| range.contains(&year))
}

/// The kind that the digits name, and whether through the PCT.
pub(crate) fn kind_of(digits: &str) -> Option<(PatentKind, bool)> {
    let at = if digits.len() >= NEW_LENGTH - 1 { 4 } else { 2 };
    match digits.as_bytes().get(at)? {
        b'1' => Some((PatentKind::Invention, false)),
        b'2' => Some((PatentKind::Utility, false)),
        b'3' => Some((PatentKind::Design, false)),
        b'8' => Some((PatentKind::Invention, true)),
        b'9' => Some((PatentKind::Utility, true)),
        _ => None,
    }
}

impl fmt::Display for PatentNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ZL{}", dotted(&self.digits))
    }
}

impl FromStr for PatentNo {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let number = text.strip_prefix("ZL").and_then(|rest| {
            let (body, check) = rest.split_once('.')?;
            Self::new(&format!("{body}{check}"))
        });
        number
            .filter(|number| number.to_string() == text)
            .ok_or(Invalid { what: "patent number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_parts() {
        let number: PatentNo = "ZL202080012345.2".parse().unwrap();
        assert_eq!(
            (number.kind(), number.pct(), number.year()),
            (PatentKind::Invention, true, 2020)
        );
        let number: PatentNo = "ZL95115608.X".parse().unwrap();
        assert_eq!(
            (number.kind(), number.pct(), number.year()),
            (PatentKind::Invention, false, 1995)
        );
        assert_eq!(number.digits(), "95115608X");
        assert_eq!(number.application_no(), "95115608.X");
        let number: PatentNo = "ZL202130345678.4".parse().unwrap();
        assert_eq!(number.kind(), PatentKind::Design);
    }

    #[test]
    fn takes_only_canonical_text() {
        for bad in [
            "202010123456.2",
            "ZL2020101234562",
            "ZL20201012345.62",
            "ZL202010123456.7",
            "ZL.",
            "ZL",
            "",
            "中",
        ] {
            assert!(bad.parse::<PatentNo>().is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<PatentNo>("\"ZL202010123456.7\"").is_err());
    }
}
