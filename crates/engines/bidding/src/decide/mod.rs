//! What a command comes to, where the lot stands. Pure: the same state, command and instant give the same events.

mod clock;
mod close;
mod english;
mod office;
mod price;
mod sealed;

use crate::log::{At, Command, Event, Paddle};
use crate::state::{Phase, State};
use crate::why::Why;

/// Events, or why not.
pub(crate) type Decided = Result<Vec<Event>, Why>;

impl State {
    /// Decides a command at an instant. The instant is not before the last step's, and nothing is [due](State::is_due):
    /// who puts commands in order sees to both. A refusal is an event, too; it changes nothing else.
    #[must_use]
    pub fn decide(&self, command: &Command, now: At) -> Vec<Event> {
        self.try_decide(command, now)
            .unwrap_or_else(|why| vec![Event::Refused { why }])
    }

    fn try_decide(&self, command: &Command, now: At) -> Decided {
        match command {
            Command::Tick => Ok(self.due(now)),
            Command::Bid {
                bidder,
                amount,
                auto,
                confirmed,
                ..
            } => self.bid(*bidder, *amount, *auto || *confirmed, now),
            Command::Match { bidder, .. } => self.matches(*bidder, now),
            Command::Seal { bidder, offer, .. } => self.seal(*bidder, *offer, now),
            Command::Open { bidder, amount, nonce } => self.open(*bidder, *amount, nonce),
            Command::Spoil { bidder } => self.spoil(*bidder),
            Command::SealScores { scores } => self.seal_scores(*scores),
            Command::OpenScores { scores, salt } => self.open_scores(scores, salt),
            Command::Accept { bidder, step, .. } => self.accept(*bidder, *step, now),
            Command::Take { bidder, .. } => self.take(*bidder, now),
            Command::OpenReserve { amount, salt } => self.open_reserve(*amount, salt),
            Command::Hammer { by } => self.hammer(*by),
            Command::Answer { bidder, takes } => self.answer(*bidder, *takes, now),
            other => self.decide_office(other, now),
        }
    }

    /// What must hold before anything is bid: the phase, no pause, in time, registered, a good deposit, in the round.
    fn may_bid(&self, bidder: Paddle, phases: &[Phase], now: At) -> Result<(), Why> {
        if self.paused.is_some() {
            return Err(Why::Paused);
        }
        if !phases.contains(&self.phase) {
            return Err(match self.phase {
                Phase::Closing | Phase::Asking | Phase::Provisional | Phase::Publicity => Why::Late,
                phase if phase.is_over() => Why::Late,
                phase if phase.is_live() => Why::NotInMode,
                _ => Why::NotNow,
            });
        }
        if now >= self.end {
            return Err(Why::Late);
        }
        if !self.bidders.contains_key(&bidder) {
            return Err(Why::Unregistered);
        }
        if !self.ledger.is_good(bidder) {
            return Err(Why::NoDeposit);
        }
        if self.is_in_round(bidder) {
            Ok(())
        } else {
            Err(Why::NotInRound)
        }
    }
}
