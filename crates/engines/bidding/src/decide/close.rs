//! From the last bid to a buyer: the reserve, the holders of priority, the award, and the deposits.

use kernel::Fen;

use super::Decided;
use super::sealed::from_hex;
use crate::hash::commit_reserve;
use crate::ledger::{Movement, Stage};
use crate::log::{At, Event, Officer, Paddle};
use crate::rules::Priority;
use crate::state::{Phase, State};
use crate::why::Why;

impl State {
    /// What follows the close, one thing at a time.
    pub(super) fn closes(&self, now: At) -> Vec<Event> {
        if self.lead.is_none() {
            return self.failed(Why::NoBids);
        }
        if self.took_part() < usize::try_from(self.rules.bidders_min).unwrap_or(usize::MAX) {
            return self.failed(Why::FewBidders);
        }
        match self.reserve_met {
            Some(false) => self.failed(Why::ReserveUnmet),
            None if self.awaits_reserve() => Vec::new(),
            _ if self.awaits_hammer() => Vec::new(),
            _ => self.ask_or_award(now),
        }
    }

    pub(super) fn open_reserve(&self, amount: Fen, salt: &str) -> Decided {
        let (Phase::Closing, true) = (self.phase, self.awaits_reserve()) else {
            return Err(Why::NotNow);
        };
        let salt = from_hex(salt).ok_or(Why::BadOpening)?;
        if Some(commit_reserve(amount, &salt)) != self.rules.reserve {
            return Err(Why::BadOpening);
        }
        let met = self.lead.is_some_and(|lead| lead.price >= amount);
        Ok(vec![Event::ReserveOpened { amount, met }])
    }

    /// What would fail has failed by now, so what waits is an award.
    pub(super) fn hammer(&self, by: Officer) -> Decided {
        if self.awaits_hammer() {
            Ok(vec![Event::Hammered { by }])
        } else {
            Err(Why::NotNow)
        }
    }

    pub(super) fn ask_secs(&self) -> i64 {
        match self.rules.priority {
            Priority::Ask { secs } => secs,
            Priority::None | Priority::Hall => 0,
        }
    }

    /// The next holder in rank who was not asked, or the award.
    pub(super) fn ask_or_award(&self, now: At) -> Vec<Event> {
        let Some(lead) = self.lead else {
            return self.failed(Why::NoBids);
        };
        if let Priority::Ask { secs } = self.rules.priority {
            let holders = self.bidders.iter().filter_map(|(paddle, bidder)| {
                let asked = self.answered.contains(paddle) || *paddle == lead.bidder;
                let good = self.ledger.is_good(*paddle);
                bidder.rank.filter(|_| !asked && good).map(|rank| (rank, *paddle))
            });
            if let Some((_, bidder)) = holders.min() {
                return vec![Event::Asked {
                    bidder,
                    until: now.plus_secs(secs),
                }];
            }
        }
        self.awarded(lead.bidder, lead.price)
    }

    pub(super) fn answer(&self, bidder: Paddle, takes: bool, now: At) -> Decided {
        if self.paused.is_some() {
            return Err(Why::Paused);
        }
        if self.phase != Phase::Asking || self.asking != Some(bidder) {
            return Err(Why::NotAsked);
        }
        let Some(lead) = self.lead else { return Err(Why::NotNow) };
        Ok(if takes {
            self.awarded(bidder, lead.price)
        } else {
            self.ask_or_award(now)
        })
    }

    /// An award; the others' deposits go back.
    fn awarded(&self, bidder: Paddle, price: Fen) -> Vec<Event> {
        let mut out = vec![Event::Awarded { bidder, price }];
        out.extend(self.released(Some(bidder)));
        out
    }

    /// The lot fails; all deposits go back.
    pub(super) fn failed(&self, why: Why) -> Vec<Event> {
        self.over(Event::Failed { why })
    }

    /// The lot ends without a sale; all deposits go back.
    pub(super) fn over(&self, event: Event) -> Vec<Event> {
        let mut out = vec![event];
        out.extend(self.released(None));
        out
    }

    /// Deposits that go back: all that are held, but for one bidder's.
    pub(super) fn released(&self, but: Option<Paddle>) -> Vec<Event> {
        let held = |stage: &Stage| matches!(stage, Stage::BankSeen | Stage::Confirmed | Stage::Locked);
        let back = self
            .ledger
            .stages()
            .filter(|(bidder, stage)| held(stage) && Some(*bidder) != but);
        back.map(|(bidder, _)| self.moved(bidder, Movement::Release)).collect()
    }

    pub(super) fn moved(&self, bidder: Paddle, movement: Movement) -> Event {
        Event::Deposited {
            bidder,
            movement,
            amount: self.rules.deposit,
        }
    }
}
