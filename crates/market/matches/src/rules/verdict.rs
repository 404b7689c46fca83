//! How people judge a match: a level as transfer staff give it, and why it does not fit.

use kernel::Issue;

/// The levels, from “nothing to do with it” to “just that”.
pub const LEVELS: std::ops::RangeInclusive<i64> = 1..=4;
/// From this level on a match is liked.
pub const LIKES_FROM: i64 = 3;

/// Why a match does not fit. Words are under `matches-reason-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Another field.
    Field,
    /// The technical indicators are out of reach.
    Figures,
    /// Not mature enough.
    Maturity,
    /// Price and budget are too far apart.
    Price,
    /// The company has a source already.
    Source,
    /// Doubts about who owns it.
    Rights,
    /// The ways of working together do not meet.
    Mode,
    /// The same words, another matter.
    Topic,
}

impl Reason {
    /// All eight, in the order of the desk.
    pub const ALL: [Self; 8] = [
        Self::Topic,
        Self::Field,
        Self::Figures,
        Self::Maturity,
        Self::Price,
        Self::Mode,
        Self::Rights,
        Self::Source,
    ];

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Figures => "figures",
            Self::Maturity => "maturity",
            Self::Price => "price",
            Self::Source => "source",
            Self::Rights => "rights",
            Self::Mode => "mode",
            Self::Topic => "topic",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A verdict as it came: a level, or `yes` and `no` for who only knows whether it fits; a reason where it does not. What is
/// liked has no reason against it.
///
/// # Errors
/// The issue, with its field.
pub fn judged(level: &str, reason: &str) -> Result<(i64, Option<Reason>), (&'static str, Issue)> {
    let level = match level.trim() {
        "yes" | "relevant" => LIKES_FROM,
        "no" | "not-relevant" => *LEVELS.start(),
        text => text
            .parse()
            .ok()
            .filter(|level| LEVELS.contains(level))
            .ok_or_else(|| ("level", Issue::error("matches-level").with("found", text)))?,
    };
    if level >= LIKES_FROM {
        return Ok((level, None));
    }
    match (Reason::from_code(reason.trim()), reason.trim()) {
        (Some(reason), _) => Ok((level, Some(reason))),
        (None, "") => Err(("reason", Issue::error("matches-reason-none"))),
        (None, found) => Err(("reason", Issue::error("matches-reason-unknown").with("found", found))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(reason));
        }
        assert_eq!(Reason::from_code("taste"), None);
    }

    #[test]
    fn what_does_not_fit_says_why() {
        assert_eq!(judged("4", "topic"), Ok((4, None)));
        assert_eq!(judged("yes", ""), Ok((3, None)));
        assert_eq!(judged(" 1 ", "price"), Ok((1, Some(Reason::Price))));
        assert_eq!(judged("no", "").unwrap_err().0, "reason");
        assert_eq!(judged("2", "taste").unwrap_err().1.code, "matches-reason-unknown");
        for level in ["0", "5", "", "-1", "three"] {
            assert_eq!(judged(level, "topic").unwrap_err().0, "level", "{level}");
        }
    }
}
