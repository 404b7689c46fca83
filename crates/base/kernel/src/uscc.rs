//! 统一社会信用代码, the unified social credit code of Chinese organisations (GB 32100-2015; domain §3.9).

use std::fmt;
use std::str::FromStr;

use crate::value::{Invalid, serde_as_text};

/// The 31 characters of the code in the order of their values: digits and letters without I, O, S, V, Z.
pub(crate) const CHARS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Characters in a code.
pub(crate) const LENGTH: usize = 18;
/// Weights of the first 17 characters: 3ⁱ mod 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of the eight characters of the organisation code within it (GB 11714).
const ORG_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// The 18th character for the first 17 (further ones are not looked at). Characters outside the set count as zero.
#[must_use]
pub fn uscc_check(body: &[u8]) -> char {
    let value = |byte: &u8| CHARS.iter().position(|c| c == byte).unwrap_or(0);
    let sum: usize = body
        .iter()
        .zip(WEIGHTS)
        .map(|(byte, weight)| value(byte) * weight)
        .sum();
    char::from(CHARS[(31 - sum % 31) % 31])
}

/// The 17th character for the eight before it (9–16), the check of the organisation code; `X` stands for ten.
#[must_use]
pub fn uscc_org_check(body: &[u8]) -> char {
    // Here a letter counts as its place in the whole alphabet, A being 10.
    let value = |byte: &u8| char::from(*byte).to_digit(36).unwrap_or(0);
    let sum: u32 = body
        .iter()
        .zip(ORG_WEIGHTS)
        .map(|(byte, weight)| value(byte) * weight)
        .sum();
    match 11 - sum % 11 {
        11 => '0',
        10 => 'X',
        rest => char::from_digit(rest, 10).unwrap_or('0'),
    }
}

/// A unified social credit code: 18 characters with a right check character. Text and JSON are those characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Uscc(String);

impl Uscc {
    /// A code whose 18th character is right; none otherwise.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let code = Self::on_licence(text)?;
        code.checks().then_some(code)
    }

    /// A code of the right shape, whatever its 18th character. A few organisations hold licences whose code fails the
    /// check; the provincial centre may let them in after comparing the licence, with a reason on record.
    #[must_use]
    pub fn on_licence(text: &str) -> Option<Self> {
        let region_is_digits = text.as_bytes().get(2..8)?.iter().all(u8::is_ascii_digit);
        // The first character names the office that registers; none has 0.
        let shaped = text.len() == LENGTH
            && !text.starts_with('0')
            && region_is_digits
            && text.bytes().all(|byte| CHARS.contains(&byte));
        shaped.then(|| Self(text.to_owned()))
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the 18th character is right; false only for a code taken [on licence](Self::on_licence).
    #[must_use]
    pub fn checks(&self) -> bool {
        self.0.ends_with(uscc_check(self.0.as_bytes()))
    }

    /// The six digits of the region where it was registered.
    #[must_use]
    pub fn region_code(&self) -> &str {
        &self.0[2..8]
    }
}

impl AsRef<str> for Uscc {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Uscc {
    type Err = Invalid;
    /// Takes codes on licence too: what was let in with a reason must come back from the store. People's text goes
    /// through [`crate::read::uscc`], which refuses a wrong check character.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::on_licence(text).ok_or(Invalid {
            what: "unified social credit code",
        })
    }
}

serde_as_text!(Uscc);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_the_known_codes() {
        for good in [
            "91320000MA0000007Q",
            "91320581MA0000007W",
            "12320000MA0000007X",
            "52320100MA0000007Y",
        ] {
            let code = Uscc::new(good).unwrap();
            assert_eq!(code.to_string(), good);
            assert_eq!(uscc_org_check(&good.as_bytes()[8..16]), '7');
        }
        assert_eq!(Uscc::new("91320581MA0000007W").unwrap().region_code(), "320581");
    }

    #[test]
    fn the_known_exception_needs_its_licence() {
        let text = "91350203M0001QAY9B";
        assert_eq!(uscc_check(text.as_bytes()), '9');
        assert_eq!(uscc_org_check(&text.as_bytes()[8..16]), '9');
        assert_eq!(Uscc::new(text), None);
        let code = Uscc::on_licence(text).unwrap();
        assert!(!code.checks());
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<Uscc>(&json).unwrap(), code);
    }

    #[test]
    fn refuses_other_shapes() {
        for bad in [
            "",
            "91320000MA0000007",
            "9132000OMA0000007Q",
            "91320000ma0000007q",
            "9A320000MA0000007Q中",
        ] {
            assert!(Uscc::on_licence(bad).is_none(), "{bad}");
        }
    }
}
