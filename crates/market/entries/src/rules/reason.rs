//! Why an entry is sent back: a closed list, so that reasons can be counted and shown at the fields that they concern.
//! What most people miss from an exchange is to be told why.

use serde::{Deserialize, Serialize};

/// The reasons for sending back. Words are under `entries-reason-CODE`, with `.hint` for what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// Something needed is not there.
    Missing,
    /// It cannot be understood.
    Unclear,
    /// Demands without figures (R140).
    NotQuantified,
    /// Not what the programme asks for.
    OutOfScope,
    /// The patent is not in force (R111).
    NotInForce,
    /// Co-owners, or the other side of a public contest, have not agreed (R144).
    NeedsConsent,
    /// The same is there already.
    Duplicate,
    /// A text names what its owner wants hidden (R143).
    NamesOwner,
    /// Too early for an exchange.
    TooEarly,
    /// Another reason, said in the note.
    Other,
}

impl ReasonCode {
    /// All reasons, in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::Missing,
        Self::Unclear,
        Self::NotQuantified,
        Self::OutOfScope,
        Self::NotInForce,
        Self::NeedsConsent,
        Self::Duplicate,
        Self::NamesOwner,
        Self::TooEarly,
        Self::Other,
    ];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unclear => "unclear",
            Self::NotQuantified => "not-quantified",
            Self::OutOfScope => "out-of-scope",
            Self::NotInForce => "not-in-force",
            Self::NeedsConsent => "needs-consent",
            Self::Duplicate => "duplicate",
            Self::NamesOwner => "names-owner",
            Self::TooEarly => "too-early",
            Self::Other => "other",
        }
    }

    /// The reason of this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// Most reasons of one return, and longest note in characters: a reviewer's letter, not an essay.
pub const REASONS_MAX: usize = 20;
/// Longest note, in characters.
pub const NOTE_MAX: usize = 500;

/// One reason, with the field that it concerns. Its note may name withheld things, so it is stored sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reason {
    /// Which.
    pub code: ReasonCode,
    /// The key of the field; none for the whole entry.
    #[serde(default)]
    pub field: Option<String>,
    /// In the reviewer's own words.
    #[serde(default)]
    pub note: String,
}

/// What is wrong with a list of reasons; none when it will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonsFault {
    /// None given.
    None,
    /// More than [`REASONS_MAX`].
    Many,
    /// A note longer than [`NOTE_MAX`].
    Long,
    /// “Other” without a note says nothing.
    Silent,
    /// A field that the form doesn't have.
    Field,
}

/// Looks whether reasons will do: at least one, each about a field of the form or the whole, “other” with a note.
#[must_use]
pub fn check_reasons(form: &'static forms::Form, reasons: &[Reason]) -> Option<ReasonsFault> {
    if reasons.is_empty() {
        return Some(ReasonsFault::None);
    }
    if reasons.len() > REASONS_MAX {
        return Some(ReasonsFault::Many);
    }
    reasons.iter().find_map(|reason| {
        if reason.note.chars().count() > NOTE_MAX {
            Some(ReasonsFault::Long)
        } else if reason.code == ReasonCode::Other && reason.note.trim().is_empty() {
            Some(ReasonsFault::Silent)
        } else if reason.field.as_deref().is_some_and(|key| form.field(key).is_none()) {
            Some(ReasonsFault::Field)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static FORM: forms::Form = forms::Form {
        key: "f",
        sections: &[],
    };

    fn reason(code: ReasonCode, field: Option<&str>, note: &str) -> Reason {
        Reason {
            code,
            field: field.map(str::to_owned),
            note: note.to_owned(),
        }
    }

    #[test]
    fn codes_are_their_json() {
        for code in ReasonCode::ALL {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.code()));
            assert_eq!(ReasonCode::from_code(code.code()), Some(code));
        }
    }

    #[test]
    fn a_return_needs_reasons_that_say_something() {
        assert_eq!(check_reasons(&FORM, &[]), Some(ReasonsFault::None));
        assert_eq!(check_reasons(&FORM, &[reason(ReasonCode::Missing, None, "")]), None);
        assert_eq!(
            check_reasons(&FORM, &[reason(ReasonCode::Other, None, " ")]),
            Some(ReasonsFault::Silent)
        );
        assert_eq!(
            check_reasons(&FORM, &[reason(ReasonCode::Unclear, Some("x"), "")]),
            Some(ReasonsFault::Field)
        );
        let long = "长".repeat(NOTE_MAX + 1);
        assert_eq!(
            check_reasons(&FORM, &[reason(ReasonCode::Unclear, None, &long)]),
            Some(ReasonsFault::Long)
        );
        let many = vec![reason(ReasonCode::Unclear, None, ""); REASONS_MAX + 1];
        assert_eq!(check_reasons(&FORM, &many), Some(ReasonsFault::Many));
    }
}
