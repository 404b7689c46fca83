//! A step of the log happens to the state. Total: whatever a log says, nothing panics; what can't be is left as it was.

use std::collections::BTreeSet;

use kernel::Fen;

use crate::log::{At, Command, Event, Key, Paddle, Step};
use crate::rules::{Mode, Then};
use crate::state::{Bidder, Lead, Offer, Paused, Phase, Round, State};

impl State {
    /// Makes a step happen.
    pub fn apply(&mut self, step: &Step) {
        self.seq = step.seq;
        self.at = step.at;
        for event in &step.events {
            self.happen(step, event);
        }
    }

    fn happen(&mut self, step: &Step, event: &Event) {
        match event {
            Event::Refused { .. } => {}
            Event::Approved { by, reviewed } => {
                self.approvals.push(*by);
                if *reviewed {
                    self.phase = Phase::Reviewed;
                }
            }
            Event::Announced {
                registers_until,
                starts,
                ..
            } => {
                (self.registers_until, self.starts) = (*registers_until, *starts);
                self.phase = Phase::Announced;
            }
            Event::Registered { bidder, rank } => {
                let took_part = false;
                self.bidders.insert(*bidder, Bidder { rank: *rank, took_part });
            }
            Event::Deposited {
                bidder,
                movement,
                amount,
            } => self.ledger.make(*bidder, *movement, *amount),
            Event::Readied => self.phase = Phase::Ready,
            Event::Started { end } => self.begin(*end),
            Event::Led {
                bidder,
                price,
                end,
                matched,
            } => self.led(step.seq, *bidder, *price, *end, *matched),
            Event::Timed { end } => {
                self.phase = Phase::Timed;
                self.end = *end;
                self.timed_from = Some(step.at);
                if matches!(self.rules.mode, Mode::Listed { .. }) {
                    self.round.among = Some(self.takers.iter().copied().collect());
                }
            }
            Event::Taken { bidder } => {
                self.takers.push(*bidder);
                self.join(*bidder);
            }
            Event::Fell { step, price, end } => (self.fall, self.asked, self.end) = (*step, *price, *end),
            other => self.happen_sealed(step, other),
        }
    }

    fn happen_sealed(&mut self, step: &Step, event: &Event) {
        match event {
            Event::Sealed { bidder, offer } => {
                let offer = Offer {
                    hash: *offer,
                    seq: step.seq,
                    amount: None,
                    spoiled: false,
                };
                self.offers.insert(*bidder, offer);
                self.join(*bidder);
            }
            Event::Unsealing => self.phase = Phase::Unsealing,
            Event::Opened { bidder, amount } => {
                if let Some(offer) = self.offers.get_mut(bidder) {
                    offer.amount = Some(*amount);
                }
            }
            Event::Spoiled { bidder } => {
                if let Some(offer) = self.offers.get_mut(bidder) {
                    offer.spoiled = true;
                }
            }
            Event::Round { among, above, end } => {
                let is_runoff = self.phase == Phase::Unsealing;
                self.round = Round {
                    among: Some(among.iter().copied().collect::<BTreeSet<_>>()),
                    least: *above,
                    is_runoff,
                };
                self.offers.clear();
                self.phase = Phase::Offers;
                self.end = *end;
            }
            Event::ScoresSealed { scores } => self.scores = Some(*scores),
            Event::ScoresOpened { sums } => self.sums = Some(sums.iter().copied().collect()),
            other => self.happen_late(step, other),
        }
    }

    fn happen_late(&mut self, step: &Step, event: &Event) {
        match event {
            Event::Closing => self.phase = Phase::Closing,
            Event::ReserveOpened { met, .. } => self.reserve_met = Some(*met),
            Event::Hammered { by } => self.hammered = Some(*by),
            Event::Asked { bidder, until } => {
                self.phase = Phase::Asking;
                self.asking = Some(*bidder);
                self.answered.insert(*bidder);
                self.end = *until;
            }
            Event::Awarded { bidder, price } => {
                self.phase = Phase::Provisional;
                self.asking = None;
                self.award = Some((*bidder, *price));
            }
            Event::Published { until } => {
                self.phase = Phase::Publicity;
                self.published_until = Some(*until);
            }
            Event::Confirmed => self.phase = Phase::Confirmed,
            Event::Failed { .. } => self.phase = Phase::Failed,
            Event::Defaulted { .. } => self.phase = Phase::Defaulted,
            Event::Voided { .. } => self.end_by(Phase::Voided),
            Event::Terminated { .. } => self.end_by(Phase::Terminated),
            Event::Proposed { by, grave } => self.proposed = Some((*by, grave.clone())),
            Event::Paused { .. } => {
                self.proposed = None;
                self.paused = Some(Paused {
                    at: step.at,
                    left: self.end.since(step.at).max(0),
                    resumes: None,
                });
            }
            Event::Resuming { at, .. } => {
                if let Some(paused) = &mut self.paused {
                    paused.resumes = Some(*at);
                }
            }
            Event::Resumed { end } => {
                self.paused = None;
                self.end = *end;
            }
            _ => {}
        }
    }

    fn end_by(&mut self, phase: Phase) {
        self.phase = phase;
        self.proposed = None;
        self.paused = None;
    }

    fn begin(&mut self, end: At) {
        self.end = end;
        self.phase = match self.rules.mode {
            Mode::English { .. } => Phase::Free,
            Mode::Sealed { .. } | Mode::Scoring { .. } => Phase::Offers,
            Mode::Dutch { .. } => Phase::Falling,
            Mode::Listed { .. } => Phase::Listed,
        };
    }

    fn led(&mut self, seq: u64, bidder: Paddle, price: Fen, end: At, matched: bool) {
        self.lead = Some(Lead {
            bidder,
            price,
            seq,
            matched,
        });
        self.bids += 1;
        self.end = end;
        self.join(bidder);
    }

    fn join(&mut self, bidder: Paddle) {
        if let Some(bidder) = self.bidders.get_mut(&bidder) {
            bidder.took_part = true;
        }
    }

    /// Whether takers of a listed price go on into sealed offers.
    #[must_use]
    pub(crate) fn goes_on_sealed(&self) -> bool {
        matches!(self.rules.mode, Mode::Listed { then: Then::Sealed, .. })
    }
}

impl Command {
    /// The bidder and the key of a command that a client may send twice.
    #[must_use]
    pub fn key(&self) -> Option<(Paddle, Key)> {
        match self {
            Self::Bid { bidder, key, .. }
            | Self::Match { bidder, key }
            | Self::Seal { bidder, key, .. }
            | Self::Accept { bidder, key, .. }
            | Self::Take { bidder, key } => Some((*bidder, *key)),
            _ => None,
        }
    }

    /// Whether a command stands before what is due at its instant: time itself, and what the machine says of its own
    /// trouble, or a lot would close over the very gap that it is to stand still for.
    #[must_use]
    pub fn goes_before_what_is_due(&self) -> bool {
        matches!(self, Self::Tick | Self::Unhealthy { .. })
    }
}
