//! How to reach a person: telephone numbers and mail addresses. Both are personal data; where they are shown is for
//! the redaction projection to say.

use std::fmt;
use std::str::FromStr;

use crate::value::{Invalid, serde_as_text};

/// Most digits of an extension.
const MAX_EXTENSION: usize = 6;
/// Digits of an international number after `+` (ITU-T E.164).
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// A telephone number. Text and JSON are `13800000000`, `025-84791234`, `025-84791234转802`, `4001234567` or, abroad,
/// `+4930123456`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Phone {
    number: String,
    extension: Option<String>,
}

serde_as_text!(Phone);

impl Phone {
    /// A number from its canonical text and extension; none if no such number can be dialled. A mobile number has no
    /// extension.
    #[must_use]
    pub fn new(number: &str, extension: Option<&str>) -> Option<Self> {
        let known = is_mobile(number) || is_landline(number) || is_service(number) || is_international(number);
        let extension_ok = extension
            .is_none_or(|ext| all_digits(ext) && (1..=MAX_EXTENSION).contains(&ext.len()) && !is_mobile(number));
        (known && extension_ok).then(|| Self {
            number: number.to_owned(),
            extension: extension.map(str::to_owned),
        })
    }

    /// The number without the extension.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The extension behind a switchboard.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// Whether it is a Chinese mobile number, which can take text messages.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        is_mobile(&self.number)
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1[3-9]` and nine digits.
pub(crate) fn is_mobile(number: &str) -> bool {
    number.len() == 11 && all_digits(number) && number.starts_with('1') && number.as_bytes()[1] >= b'3'
}

/// How many digits the area code has with which the digits begin: 010 and 02x have three, all others four.
pub(crate) fn area_length(digits: &str) -> Option<usize> {
    match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', _, ..] => Some(3),
        [b'0', b'3'..=b'9', _, _, ..] => Some(4),
        _ => None,
    }
}

/// Area code, dash, and seven or eight digits of which the first is none that a local number can't begin with.
fn is_landline(number: &str) -> bool {
    number.split_once('-').is_some_and(|(area, local)| {
        all_digits(area)
            && area_length(area) == Some(area.len())
            && all_digits(local)
            && matches!(local.len(), 7 | 8)
            && !local.starts_with(['0', '1'])
    })
}

/// A service number: 400 or 800 and seven digits.
fn is_service(number: &str) -> bool {
    number.len() == 10 && all_digits(number) && (number.starts_with("400") || number.starts_with("800"))
}

/// `+`, a country code other than China's, and the number there.
fn is_international(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| {
        all_digits(digits)
            && INTERNATIONAL_DIGITS.contains(&digits.len())
            && !digits.starts_with(['0'])
            && !digits.starts_with("86")
    })
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number)?;
        match &self.extension {
            Some(extension) => write!(f, "转{extension}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Phone {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let (number, extension) = match text.split_once('转') {
            Some((number, extension)) => (number, Some(extension)),
            None => (text, None),
        };
        Self::new(number, extension).ok_or(Invalid {
            what: "telephone number",
        })
    }
}

/// Most bytes of a mail address, and of the part before `@` (RFC 5321).
const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;
/// Most bytes of one label of a domain (RFC 1035).
const MAX_LABEL: usize = 63;

/// A mail address: one `@`, an unquoted part before it, a domain with a dot behind it, in lower case. Text and JSON
/// are the address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Email(String);

serde_as_text!(Email);

impl Email {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or("")
    }
}

fn is_local(local: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-.".contains(&byte);
    (1..=MAX_LOCAL).contains(&local.len())
        && local.bytes().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_domain(domain: &str) -> bool {
    let top = domain.rsplit('.').next().unwrap_or("");
    domain.contains('.') && domain.split('.').all(is_label) && top.len() >= 2 && !all_digits(top)
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let good = text.len() <= MAX_EMAIL
            && text
                .split_once('@')
                .is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid { what: "mail address" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_come_back_as_written() {
        for good in [
            "13800000000",
            "025-84791234",
            "0512-6725123",
            "025-84791234转802",
            "4001234567",
            "+4930123456",
        ] {
            assert_eq!(good.parse::<Phone>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "12800000000",
            "1380000000",
            "025-0479123",
            "0251-84791234",
            "84791234",
            "13800000000转1",
            "+8613800000000",
            "中",
        ] {
            assert!(bad.parse::<Phone>().is_err(), "{bad}");
        }
        assert!("13800000000".parse::<Phone>().unwrap().is_mobile());
    }

    #[test]
    fn emails_are_checked() {
        let email: Email = "zhang.san+tt@stu.example.edu.cn".parse().unwrap();
        assert_eq!(email.domain(), "stu.example.edu.cn");
        for bad in [
            "",
            "a@b",
            "a b@c.cn",
            "a@@c.cn",
            "@c.cn",
            "a@.cn",
            "a@c.c1n.",
            "a@C.cn",
            "张@c.cn",
            "a..b@c.cn",
            "a@1.2",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
    }
}
