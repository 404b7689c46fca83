//! Classes of the International Patent Classification, as `G06F17/30`.

use std::fmt;
use std::str::FromStr;

use crate::value::{Invalid, serde_as_text};

/// A class: section A–H, class of two digits, subclass letter, and perhaps a group. Text and JSON are `G06F17/30` or
/// `G06F`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ipc {
    section: char,
    class: String,
    subclass: char,
    group: Option<String>,
}

serde_as_text!(Ipc);

impl Ipc {
    /// The section A–H.
    #[must_use]
    pub fn section(&self) -> char {
        self.section
    }

    /// The class's two digits.
    #[must_use]
    pub fn class(&self) -> &str {
        &self.class
    }

    /// The subclass's letter.
    #[must_use]
    pub fn subclass(&self) -> char {
        self.subclass
    }

    /// Main group and subgroup, as `17/30`.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// Section, class and subclass, as `G06F`.
    #[must_use]
    pub fn head(&self) -> String {
        format!("{}{}{}", self.section, self.class, self.subclass)
    }
}

impl fmt::Display for Ipc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}{}{}",
            self.section,
            self.class,
            self.subclass,
            self.group.as_deref().unwrap_or("")
        )
    }
}

/// Whether the text is a main group of 1–4 digits, a stroke, and a subgroup of 2–6.
fn is_group(text: &str) -> bool {
    let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('/').is_some_and(|(main, sub)| {
        !main.is_empty() && !main.starts_with('0') && digits(main, 4) && sub.len() >= 2 && digits(sub, 6)
    })
}

impl FromStr for Ipc {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        const INVALID: Invalid = Invalid { what: "IPC class" };
        let (head, group) = text.split_at_checked(4).ok_or(INVALID)?;
        let bytes = head.as_bytes();
        let shaped = bytes[0].is_ascii_uppercase()
            && bytes[0] <= b'H'
            && bytes[1..3].iter().all(u8::is_ascii_digit)
            && &head[1..3] != "00"
            && bytes[3].is_ascii_uppercase();
        if !shaped || !(group.is_empty() || is_group(group)) {
            return Err(INVALID);
        }
        Ok(Self {
            section: char::from(bytes[0]),
            class: head[1..3].to_owned(),
            subclass: char::from(bytes[3]),
            group: (!group.is_empty()).then(|| group.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_parts() {
        let ipc: Ipc = "G06F17/30".parse().unwrap();
        assert_eq!(
            (ipc.section(), ipc.class(), ipc.subclass(), ipc.group()),
            ('G', "06", 'F', Some("17/30"))
        );
        assert_eq!(ipc.head(), "G06F");
        assert_eq!(ipc.to_string(), "G06F17/30");
        assert_eq!("H04L".parse::<Ipc>().unwrap().group(), None);
    }

    #[test]
    fn refuses_other_shapes() {
        for bad in [
            "",
            "G06",
            "I06F",
            "G00F",
            "G06F17",
            "G06F17/3",
            "G06F/30",
            "g06f17/30",
            "G0中",
            "G06F17/30A",
        ] {
            assert!(bad.parse::<Ipc>().is_err(), "{bad}");
        }
    }
}
