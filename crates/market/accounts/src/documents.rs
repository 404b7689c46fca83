//! The terms of use and the privacy notice: their versions, and who agreed to which. When a version rises, everybody is
//! asked again at the next sign-in.

/// The version of the terms of use in force (`/terms`). Raise it when their meaning changes.
pub const TERMS_VERSION: i64 = 1;
/// The version of the privacy notice in force (`/privacy`).
pub const PRIVACY_VERSION: i64 = 1;

/// The documents in force, each with its version.
#[must_use]
pub fn current_documents() -> [(&'static str, i64); 2] {
    [("terms", TERMS_VERSION), ("privacy", PRIVACY_VERSION)]
}
