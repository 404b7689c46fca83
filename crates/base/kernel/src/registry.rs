//! Every issue that the kernel's readers can make, with a text that makes it. Tests hold each row against the readers
//! and against the words in both languages.

use crate::issue::Level;

/// One row of the registry of issues.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeInfo {
    /// The issue's code.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// A text that makes the reader named by the code's first word report it.
    pub example: &'static str,
}

/// The registry of issues.
pub const ISSUES: &[CodeInfo] = &[];
