//! Why something was refused, or a lot failed: in words under `bidding-why-CODE`, in both languages.

use kernel::Fen;
use serde::{Deserialize, Serialize};

/// Why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Why {
    /// The lot is not at a point where this can be done.
    NotNow,
    /// This mode knows no such thing.
    NotInMode,
    /// It came at or after the end.
    Late,
    /// The lot stands still.
    Paused,
    /// Nobody of this number takes part.
    Unregistered,
    /// This number is taken.
    Registered,
    /// The seller and its group may not bid.
    Affiliate,
    /// No confirmed deposit.
    NoDeposit,
    /// The deposit can't move so from where it is.
    DepositState,
    /// The amount is not the deposit's.
    DepositAmount {
        /// What it must be.
        expected: Fen,
    },
    /// Below the start.
    BelowStart {
        /// The start.
        start: Fen,
    },
    /// Not above the leading price.
    TooLow {
        /// The leading price.
        price: Fen,
    },
    /// Not a whole number of steps above the price.
    OffStep {
        /// One step at this price.
        step: Fen,
    },
    /// More steps than one bid may climb.
    TooHigh {
        /// The most that may be bid now.
        most: Fen,
    },
    /// Unusually high: to be confirmed once more.
    Confirm {
        /// The leading price.
        price: Fen,
    },
    /// This bidder leads already.
    OwnLead,
    /// No right of priority.
    NoPriority,
    /// Nothing to match yet, or a holder of higher rank leads at this price.
    NoMatch,
    /// The price has moved on from the step that the bidder saw.
    StepMoved {
        /// The step that it is at.
        step: u32,
    },
    /// They took it already.
    Taken,
    /// Not among those of this round.
    NotInRound,
    /// What was opened is not what was sealed.
    BadOpening,
    /// Nothing was sealed here.
    NotSealed,
    /// Scores must be sealed before prices are opened.
    ScoresFirst,
    /// Not this bidder's turn.
    NotAsked,
    /// The same officer can't be the second.
    SameOfficer,
    /// Nothing was proposed.
    NothingProposed,
    /// The rules do not hold.
    BadRules,
    /// The times don't follow each other, or leave too little notice.
    BadTimes,
    /// The reasons of operators are shown to everyone: one must be given.
    NoReason,
    /// Nobody bid.
    NoBids,
    /// Too few bidders.
    FewBidders,
    /// The reserve was not met.
    ReserveUnmet,
}

impl Why {
    /// Its code, for words.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotNow => "not-now",
            Self::NotInMode => "not-in-mode",
            Self::Late => "late",
            Self::Paused => "paused",
            Self::Unregistered => "unregistered",
            Self::Registered => "registered",
            Self::Affiliate => "affiliate",
            Self::NoDeposit => "no-deposit",
            Self::DepositState => "deposit-state",
            Self::DepositAmount { .. } => "deposit-amount",
            Self::BelowStart { .. } => "below-start",
            Self::TooLow { .. } => "too-low",
            Self::OffStep { .. } => "off-step",
            Self::TooHigh { .. } => "too-high",
            Self::Confirm { .. } => "confirm",
            Self::OwnLead => "own-lead",
            Self::NoPriority => "no-priority",
            Self::NoMatch => "no-match",
            Self::StepMoved { .. } => "step-moved",
            Self::Taken => "taken",
            Self::NotInRound => "not-in-round",
            Self::BadOpening => "bad-opening",
            Self::NotSealed => "not-sealed",
            Self::ScoresFirst => "scores-first",
            Self::NotAsked => "not-asked",
            Self::SameOfficer => "same-officer",
            Self::NothingProposed => "nothing-proposed",
            Self::BadRules => "bad-rules",
            Self::BadTimes => "bad-times",
            Self::NoReason => "no-reason",
            Self::NoBids => "no-bids",
            Self::FewBidders => "few-bidders",
            Self::ReserveUnmet => "reserve-unmet",
        }
    }

    /// The figure that its words name: `amount` in yuan, or `step`.
    #[must_use]
    pub fn arg(&self) -> Option<(&'static str, String)> {
        let fen = match self {
            Self::DepositAmount { expected } => expected,
            Self::BelowStart { start } => start,
            Self::TooLow { price } | Self::Confirm { price } => price,
            Self::OffStep { step } => step,
            Self::TooHigh { most } => most,
            Self::StepMoved { step } => return Some(("step", step.to_string())),
            _ => return None,
        };
        Some(("amount", fen.to_string()))
    }
}
