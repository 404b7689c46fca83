//! Why a file is not taken. Each reason is an issue with words that say what was found, what was expected and how to mend
//! it; none of them repeats what stands in the file.

use kernel::Issue;

use super::found::Found;
use crate::Fault;

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is of a type that is not taken here.
    Type {
        /// What it is.
        found: Found,
        /// The endings of what is taken.
        expected: String,
    },
    /// It is something that could do harm where it is opened.
    Dangerous {
        /// What it is.
        found: Found,
    },
    /// Its name says another type than its content.
    Mismatch {
        /// The ending of its name.
        extension: String,
        /// What it is.
        found: Found,
    },
    /// More bytes than its type may have.
    TooLarge {
        /// Bytes that came.
        size: usize,
        /// Bytes that are allowed.
        limit: usize,
    },
    /// It unpacks to more than is allowed.
    Unpacks {
        /// Bytes that are allowed.
        limit: u64,
    },
    /// A picture with more pixels than is allowed.
    Pixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// It has a password.
    Encrypted,
    /// It cannot be read.
    Broken {
        /// Where reading stopped, for who has to look for it; never the file's own text.
        what: &'static str,
    },
    /// An Office file with macros or controls.
    Macros,
    /// A PDF that does something by itself, or carries other files.
    ActivePdf {
        /// Which of it: the name that PDF has for it.
        what: &'static str,
    },
    /// An Office file with a part that cannot be cleaned.
    Part {
        /// The part's name inside the file.
        part: String,
    },
    /// A file with a digital signature, which cleaning would break.
    Signed,
}

/// Characters of a part's name that a message repeats.
const PART_CHARS: usize = 60;

impl Refusal {
    /// As an issue with its words' arguments.
    #[must_use]
    pub fn issue(&self) -> Issue {
        match self {
            Self::Type { found, expected } => Issue::error("file-type")
                .with("found", found.code())
                .with("expected", expected),
            Self::Dangerous { found } => Issue::error("file-dangerous").with("found", found.code()),
            Self::Mismatch { extension, found } => Issue::error("file-mismatch")
                .with("extension", extension)
                .with("found", found.code()),
            Self::TooLarge { size, limit } => Issue::error("file-too-large")
                .with("size", megabytes(*size as u64))
                .with("limit", megabytes(*limit as u64)),
            Self::Unpacks { limit } => Issue::error("file-unpacks").with("limit", megabytes(*limit)),
            Self::Pixels { width, height } => Issue::error("file-pixels")
                .with("width", width.to_string())
                .with("height", height.to_string())
                .with("limit", (super::PIXELS_MAX / 1_000_000).to_string())
                .with("side", super::SIDE_MAX.to_string()),
            Self::Encrypted => Issue::error("file-encrypted"),
            Self::Broken { what } => Issue::error("file-broken").with("what", *what),
            Self::Macros => Issue::error("file-macros"),
            Self::ActivePdf { what } => Issue::error("file-active-pdf").with("what", *what),
            Self::Part { part } => {
                let part: String = part.chars().take(PART_CHARS).collect();
                Issue::error("file-part").with("part", part)
            }
            Self::Signed => Issue::error("file-signed"),
        }
    }
}

/// Bytes as people read them: `12.5 MB`, below a tenth of one `40 KB`.
fn megabytes(bytes: u64) -> String {
    const MB: u64 = 1024 * 1024;
    let tenths = bytes.saturating_mul(10) / MB;
    match (tenths / 10, tenths % 10) {
        (0, 0) => format!("{} KB", bytes.div_ceil(1024)),
        (whole, 0) => format!("{whole} MB"),
        (whole, part) => format!("{whole}.{part} MB"),
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::issue(Some("file"), refusal.issue())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Words};

    fn all() -> Vec<Refusal> {
        let mut all: Vec<Refusal> = Found::ALL
            .into_iter()
            .flat_map(|found| {
                [
                    Refusal::Type {
                        found,
                        expected: ".pdf".into(),
                    },
                    Refusal::Dangerous { found },
                    Refusal::Mismatch {
                        extension: "pdf".into(),
                        found,
                    },
                ]
            })
            .collect();
        all.extend([
            Refusal::TooLarge { size: 3, limit: 2 },
            Refusal::Unpacks { limit: 1 },
            Refusal::Pixels { width: 1, height: 2 },
            Refusal::Encrypted,
            Refusal::Broken { what: "part" },
            Refusal::Macros,
            Refusal::ActivePdf { what: "Launch" },
            Refusal::Part { part: "a.exe".into() },
            Refusal::Signed,
        ]);
        all
    }

    #[test]
    fn every_refusal_has_whole_words_in_both_languages() {
        let words = Words::new(&[(crate::WORDS_ZH, crate::WORDS_EN)]).unwrap();
        let mut codes = std::collections::BTreeSet::new();
        for refusal in all() {
            let issue = refusal.issue();
            codes.insert(issue.code);
            for lang in Lang::ALL {
                let text = words.issue(lang, &issue);
                assert!(
                    !text.starts_with("issue-") && !text.contains('{') && text.chars().count() > 12,
                    "{text}"
                );
            }
        }
        assert_eq!(codes.len(), 12, "one code a refusal: {codes:?}");
        // Each kind that can be found has words of its own, but for what is a matter of course.
        let zh = |found: Found| words.issue(Lang::Zh, &Refusal::Dangerous { found }.issue());
        assert_ne!(zh(Found::Program), zh(Found::Html));
    }

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!(megabytes(20 * 1024 * 1024), "20 MB");
        assert_eq!(megabytes(13_107_200), "12.5 MB");
        assert_eq!(megabytes(900), "1 KB");
    }
}
