//! Registration numbers of technology contracts (技术合同登记编号; domain §3.9).

use std::fmt;
use std::str::FromStr;

use crate::value::{Invalid, serde_as_text};

/// Digits of a number of the new form.
pub(crate) const NEW_LENGTH: usize = 16;
/// Digits of a number of the old form: year 2, province 2, city 2, registration point 2, serial 6.
pub(crate) const OLD_LENGTH: usize = 14;

/// A registration number: 16 digits, or 14 of the old form. Text and JSON are those digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ContractNo(String);

serde_as_text!(ContractNo);

impl ContractNo {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the old form, of 14 digits.
    #[must_use]
    pub fn is_old_form(&self) -> bool {
        self.0.len() == OLD_LENGTH
    }
}

impl fmt::Display for ContractNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ContractNo {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let shaped = matches!(text.len(), NEW_LENGTH | OLD_LENGTH) && text.bytes().all(|byte| byte.is_ascii_digit());
        if shaped {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid {
                what: "contract registration number",
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_16_or_14_digits() {
        assert!(!"2023320100000001".parse::<ContractNo>().unwrap().is_old_form());
        assert!("23320101000001".parse::<ContractNo>().unwrap().is_old_form());
        for bad in ["", "233201010000012", "2332010100000X", "１２３"] {
            assert!(bad.parse::<ContractNo>().is_err(), "{bad}");
        }
    }
}
