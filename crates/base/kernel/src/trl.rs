//! Technology readiness levels (技术成熟度, GB/T 22900; domain §4.8).

use std::fmt;
use std::str::FromStr;

use crate::value::{Invalid, serde_as_text};

/// A level 1–9: 1 principle seen, 2 concept, 3 feasibility shown, 4 parts tried in the laboratory, 5 in a like
/// environment, 6 prototype in a like environment, 7 in the real one, 8 system complete and tried, 9 in real use.
/// Text and JSON are `TRL4`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Trl(u8);

serde_as_text!(Trl);

impl Trl {
    /// The lowest level.
    pub const MIN: u8 = 1;
    /// The highest level.
    pub const MAX: u8 = 9;

    /// The level of this number; none outside 1–9.
    #[must_use]
    pub fn new(level: u8) -> Option<Self> {
        (Self::MIN..=Self::MAX).contains(&level).then_some(Self(level))
    }

    /// The number 1–9.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Trl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TRL{}", self.0)
    }
}

impl FromStr for Trl {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let level = text
            .strip_prefix("TRL")
            .filter(|digits| digits.len() == 1)
            .and_then(|digits| digits.parse().ok());
        level.and_then(Self::new).ok_or(Invalid {
            what: "technology readiness level",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_from_1_to_9() {
        assert_eq!(Trl::new(0), None);
        assert_eq!(Trl::new(10), None);
        for level in Trl::MIN..=Trl::MAX {
            let trl = Trl::new(level).unwrap();
            assert_eq!(trl.get(), level);
            assert_eq!(trl.to_string().parse(), Ok(trl));
        }
        assert!("TRL0".parse::<Trl>().is_err() && "4".parse::<Trl>().is_err() && "TRL44".parse::<Trl>().is_err());
    }
}
