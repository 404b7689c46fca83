//! Deposits by double entry: every movement takes from one account what it gives to another, so the sum of all stays zero.

use std::collections::BTreeMap;

use kernel::Fen;
use serde::{Deserialize, Serialize};

use crate::log::Paddle;
use crate::why::Why;

/// Where a bidder's deposit (保证金) stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing was said.
    #[default]
    None,
    /// The bidder says that it is paid.
    Pledged,
    /// The bank has it; the platform has not confirmed it yet.
    BankSeen,
    /// The platform confirmed it: its bidder may bid.
    Confirmed,
    /// The lot is live: it can't be taken back.
    Locked,
    /// On its way back.
    Released,
    /// Counted towards the price.
    Applied,
    /// Kept, since the winner did not buy.
    Forfeited,
}

/// How a deposit moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Movement {
    /// The bidder says that it is paid.
    Pledge,
    /// A bank statement shows it.
    BankSees,
    /// The platform confirms it.
    Confirm,
    /// The lot is live.
    Lock,
    /// It goes back.
    Release,
    /// It counts towards the price.
    Apply,
    /// It is kept.
    Forfeit,
}

impl Movement {
    /// The stage after it, from a stage; none where it can't be.
    #[must_use]
    pub fn from(self, stage: Stage) -> Option<Stage> {
        use Stage as S;
        Some(match (self, stage) {
            (Self::Pledge, S::None | S::Released) => S::Pledged,
            (Self::BankSees, S::None | S::Pledged | S::Released) => S::BankSeen,
            (Self::Confirm, S::BankSeen) => S::Confirmed,
            (Self::Lock, S::Confirmed) => S::Locked,
            (Self::Release, S::BankSeen | S::Confirmed | S::Locked) => S::Released,
            (Self::Apply, S::Locked) => S::Applied,
            (Self::Forfeit, S::Locked) => S::Forfeited,
            _ => return None,
        })
    }
}

/// An account of the ledger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Account {
    /// The bidder's own bank.
    Bank(Paddle),
    /// Held for the bidder.
    Held(Paddle),
    /// Counted towards the price.
    Price,
    /// Kept after a default.
    Kept,
}

/// The deposits of a lot.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ledger {
    stages: BTreeMap<Paddle, Stage>,
    balances: BTreeMap<Account, i64>,
}

impl Ledger {
    /// Where a bidder's deposit stands.
    #[must_use]
    pub fn stage(&self, bidder: Paddle) -> Stage {
        self.stages.get(&bidder).copied().unwrap_or_default()
    }

    /// Whether its bidder may bid.
    #[must_use]
    pub fn is_good(&self, bidder: Paddle) -> bool {
        matches!(self.stage(bidder), Stage::Confirmed | Stage::Locked)
    }

    /// The balance of an account, in 分.
    #[must_use]
    pub fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or(0)
    }

    /// The sum of all balances: zero, always.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.balances.values().sum()
    }

    /// All deposits with their stages.
    pub fn stages(&self) -> impl Iterator<Item = (Paddle, Stage)> + '_ {
        self.stages.iter().map(|(bidder, stage)| (*bidder, *stage))
    }

    /// Whether a movement can be made.
    ///
    /// # Errors
    /// Why not: the stage, or an amount that is not the deposit's.
    pub fn check(&self, bidder: Paddle, movement: Movement, amount: Fen, deposit: Fen) -> Result<(), Why> {
        movement.from(self.stage(bidder)).ok_or(Why::DepositState)?;
        if amount == deposit {
            Ok(())
        } else {
            Err(Why::DepositAmount { expected: deposit })
        }
    }

    /// Makes a movement that was checked; one that can't be made changes nothing.
    pub(crate) fn make(&mut self, bidder: Paddle, movement: Movement, amount: Fen) {
        let Some(to) = movement.from(self.stage(bidder)) else {
            return;
        };
        let pair = match movement {
            Movement::BankSees => Some((Account::Bank(bidder), Account::Held(bidder))),
            Movement::Release => Some((Account::Held(bidder), Account::Bank(bidder))),
            Movement::Apply => Some((Account::Held(bidder), Account::Price)),
            Movement::Forfeit => Some((Account::Held(bidder), Account::Kept)),
            Movement::Pledge | Movement::Confirm | Movement::Lock => None,
        };
        if let Some((from, into)) = pair {
            *self.balances.entry(from).or_default() -= amount.get();
            *self.balances.entry(into).or_default() += amount.get();
        }
        self.stages.insert(bidder, to);
    }
}
