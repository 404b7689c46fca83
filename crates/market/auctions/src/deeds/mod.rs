//! What is done with lots, from an offer to an award.

pub(crate) mod after;
pub(crate) mod announcing;
pub(crate) mod deposits;
pub(crate) mod following;
pub(crate) mod licences;
pub(crate) mod making;
pub(crate) mod registering;
pub(crate) mod reminding;
pub(crate) mod scoring;
pub(crate) mod talking;

use jcore::{Fault, FaultKind, Result};
use kernel::Issue;

/// Longest reasons, questions and answers, in characters.
pub(crate) const SAID_CHARS_MAX: usize = 1000;

/// A text that must say something.
pub(crate) fn said(field: &'static str, text: &str) -> Result<String> {
    let text: String = text.trim().chars().take(SAID_CHARS_MAX).collect();
    if text.is_empty() {
        return Err(Fault::issue(Some(field), Issue::error("lot-empty")));
    }
    Ok(text)
}

/// The lot is not at a point where this can be done.
pub(crate) fn not_now() -> Fault {
    Fault::new(FaultKind::Conflict, "lot-not-now")
}
