//! The life of an entry: states, moves between them, and who may make each. Pure: no store, no clock.

mod reason;

pub use reason::{NOTE_MAX, REASONS_MAX, Reason, ReasonCode, ReasonsFault, check_reasons};

use jcore::Action;

use crate::actions::{ACCEPT, EXPIRE, PUBLISH, RETURN, SUBMIT};

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Being written; only its owners see it.
    Draft,
    /// Handed in; waits for a review.
    Submitted,
    /// Sent back with reasons (R138: nothing vanishes, it comes again).
    Returned,
    /// Reviewed and found good; waits for publication.
    Accepted,
    /// Public.
    Published,
    /// Was public until its days were over; may be renewed.
    Expired,
    /// Taken out by its owners.
    Withdrawn,
}

impl State {
    /// All states, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::Published,
        Self::Expired,
        Self::Withdrawn,
    ];
    /// The states in which another entry of the same thing is a duplicate: all but withdrawn.
    pub const LIVE: [Self; 6] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::Published,
        Self::Expired,
    ];

    /// As stored; words are under `entries-state-CODE`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Published => "published",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether its owners may change what it says.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether a sheet may change it: also while it waits for its review, since nobody has judged it yet (R139).
    #[must_use]
    pub fn takes_sheets(self) -> bool {
        self.is_open() || self == Self::Submitted
    }

    /// Whether it has been handed in and no other of the same thing may be.
    #[must_use]
    pub fn is_handed_in(self) -> bool {
        matches!(self, Self::Submitted | Self::Accepted | Self::Published)
    }

    /// The class of its chip on a page.
    #[must_use]
    pub fn chip(self) -> &'static str {
        match self {
            Self::Draft | Self::Withdrawn => "",
            Self::Submitted => "info",
            Self::Returned | Self::Expired => "wait",
            Self::Accepted | Self::Published => "ok",
        }
    }
}

/// A step of an entry's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// The owner hands it in.
    Submit,
    /// The owner takes it back to go on writing.
    Recall,
    /// The reviewer sends it back with reasons; from published, the centre takes it down.
    Return,
    /// The reviewer finds it good.
    Accept,
    /// The centre makes it public.
    Publish,
    /// The owner takes it out.
    Withdraw,
    /// The owner confirms that it still holds.
    Renew,
    /// Its days are over.
    Expire,
    /// The owner takes up again what was withdrawn.
    Reopen,
}

impl Move {
    /// All moves.
    pub const ALL: [Self; 9] = [
        Self::Submit,
        Self::Recall,
        Self::Return,
        Self::Accept,
        Self::Publish,
        Self::Withdraw,
        Self::Renew,
        Self::Expire,
        Self::Reopen,
    ];

    /// Its name; words are under `entries-move-CODE`, the audit note is `entry.` and the move's past form.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Recall => "recall",
            Self::Return => "return",
            Self::Accept => "accept",
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
            Self::Renew => "renew",
            Self::Expire => "expire",
            Self::Reopen => "reopen",
        }
    }

    /// The move of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code() == code)
    }

    /// The key of the audit note that it leaves.
    #[must_use]
    pub fn note(self) -> &'static str {
        match self {
            Self::Submit => "entry.submitted",
            Self::Recall => "entry.recalled",
            Self::Return => "entry.returned",
            Self::Accept => "entry.accepted",
            Self::Publish => "entry.published",
            Self::Withdraw => "entry.withdrawn",
            Self::Renew => "entry.renewed",
            Self::Expire => "entry.expired",
            Self::Reopen => "entry.reopened",
        }
    }

    /// The state that it leads to; none where it can't be made.
    #[must_use]
    pub fn target(self, from: State) -> Option<State> {
        use State::{Accepted, Draft, Expired, Published, Returned, Submitted, Withdrawn};
        match (self, from) {
            (Self::Submit, Draft | Returned) => Some(Submitted),
            (Self::Recall, Submitted | Accepted) => Some(Draft),
            (Self::Return, Submitted | Accepted | Published) => Some(Returned),
            (Self::Accept, Submitted) => Some(Accepted),
            // Straight from the queue as well: the centre's review and its publication are then one decision.
            (Self::Publish, Submitted | Accepted) => Some(Published),
            (Self::Withdraw, Draft | Returned | Submitted | Accepted | Published | Expired) => Some(Withdrawn),
            (Self::Renew, Published | Expired) => Some(Published),
            (Self::Expire, Published) => Some(Expired),
            (Self::Reopen, Withdrawn) => Some(Draft),
            _ => None,
        }
    }

    /// The action that the who-may table is asked for. Taking down what is public is the centre's, as publishing is.
    #[must_use]
    pub fn action(self, from: State) -> Action {
        match self {
            Self::Submit | Self::Recall | Self::Withdraw | Self::Renew | Self::Reopen => SUBMIT,
            Self::Return if from == State::Published => PUBLISH,
            Self::Return => RETURN,
            Self::Accept => ACCEPT,
            Self::Publish => PUBLISH,
            Self::Expire => EXPIRE,
        }
    }
}

/// How many days before the end an entry may be renewed: as long before as its owners are reminded, and a week more, so
/// that a renewal says that the thing still holds and not that somebody pressed a button early.
const RENEW_EARLY_DAYS: i64 = 7;

/// Whether a published entry is near enough to its end to be renewed; an expired one always is.
#[must_use]
pub fn may_renew(state: State, days_left: Option<i64>, remind_days: i64) -> bool {
    match state {
        State::Expired => true,
        State::Published => days_left.is_some_and(|left| left <= remind_days.saturating_add(RENEW_EARLY_DAYS)),
        _ => false,
    }
}

/// Whole days until an instant, both in microseconds; the day that has begun counts, 0 when it is over.
#[must_use]
pub fn days_left(now: i64, until: i64) -> i64 {
    const DAY: i64 = 86_400 * 1_000_000;
    let left = until.saturating_sub(now);
    if left <= 0 {
        0
    } else {
        left.saturating_add(DAY - 1) / DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for m in Move::ALL {
            assert_eq!(Move::from_code(m.code()), Some(m));
        }
        assert_eq!(State::from_code("gone"), None);
    }

    #[test]
    fn the_whole_table_of_moves() {
        let allowed: Vec<(&str, &str, &str)> = Move::ALL
            .into_iter()
            .flat_map(|m| {
                State::ALL
                    .into_iter()
                    .filter_map(move |s| Some((m.code(), s.code(), m.target(s)?.code())))
            })
            .collect();
        let expected = [
            ("submit", "draft", "submitted"),
            ("submit", "returned", "submitted"),
            ("recall", "submitted", "draft"),
            ("recall", "accepted", "draft"),
            ("return", "submitted", "returned"),
            ("return", "accepted", "returned"),
            ("return", "published", "returned"),
            ("accept", "submitted", "accepted"),
            ("publish", "submitted", "published"),
            ("publish", "accepted", "published"),
            ("withdraw", "draft", "withdrawn"),
            ("withdraw", "submitted", "withdrawn"),
            ("withdraw", "returned", "withdrawn"),
            ("withdraw", "accepted", "withdrawn"),
            ("withdraw", "published", "withdrawn"),
            ("withdraw", "expired", "withdrawn"),
            ("renew", "published", "published"),
            ("renew", "expired", "published"),
            ("expire", "published", "expired"),
            ("reopen", "withdrawn", "draft"),
        ];
        assert_eq!(allowed, expected);
    }

    #[test]
    fn only_the_centre_makes_public_or_takes_down() {
        for from in State::ALL {
            for m in Move::ALL {
                let Some(to) = m.target(from) else { continue };
                let becomes_public = to == State::Published && from != State::Published && m != Move::Renew;
                if becomes_public || (from == State::Published && to == State::Returned) {
                    assert_eq!(m.action(from), PUBLISH, "{m:?} from {from:?}");
                }
            }
        }
        assert_eq!(Move::Return.action(State::Submitted), RETURN);
    }

    #[test]
    fn every_state_can_be_left_and_reached() {
        for state in State::ALL {
            assert!(
                Move::ALL.into_iter().any(|m| m.target(state).is_some()),
                "{state:?} is a dead end"
            );
            let reached = State::ALL
                .into_iter()
                .any(|s| Move::ALL.into_iter().any(|m| m.target(s) == Some(state)));
            assert!(reached, "{state:?} is never reached");
        }
    }

    #[test]
    fn days_are_counted_as_people_do() {
        const DAY: i64 = 86_400_000_000;
        assert_eq!(days_left(0, DAY), 1);
        assert_eq!(days_left(0, DAY + 1), 2);
        assert_eq!(days_left(0, 1), 1);
        assert_eq!(days_left(5, 5), 0);
        assert_eq!(days_left(i64::MAX, i64::MIN), 0);
    }

    #[test]
    fn renewal_is_for_the_last_weeks() {
        assert!(!may_renew(State::Published, Some(60), 14) && may_renew(State::Published, Some(21), 14));
        assert!(may_renew(State::Expired, None, 14) && !may_renew(State::Draft, Some(1), 14));
        assert!(!may_renew(State::Published, None, 14));
    }
}
