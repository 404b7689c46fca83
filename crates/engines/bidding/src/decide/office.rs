//! What officers do: approve, announce, register, move deposits, pause and resume, terminate, award. Anything grave takes
//! two of them and a reason that everyone may read; nobody can edit a log.

use kernel::Fen;

use super::Decided;
use crate::ledger::Movement;
use crate::log::{At, Command, Event, Grave, Officer, Paddle, Relation, Trouble};
use crate::state::{Phase, State};
use crate::why::Why;

/// Officers who must approve rules and times.
const APPROVALS: usize = 2;
/// Seconds of a day.
const DAY_SECS: i64 = 24 * 3600;

impl State {
    pub(super) fn decide_office(&self, command: &Command, now: At) -> Decided {
        match command {
            Command::Approve { by } => self.approve(*by),
            Command::Announce {
                registers_until,
                starts,
                ..
            } => self.announce(*registers_until, *starts, now),
            Command::Register {
                bidder, relation, rank, ..
            } => self.register(*bidder, *relation, *rank),
            Command::Deposit {
                bidder,
                movement,
                amount,
            } => self.deposit(*bidder, *movement, *amount),
            Command::Propose { by, grave } => self.propose(*by, grave),
            Command::Second { by } => self.second(*by),
            Command::Resume { reason, .. } => self.resume(reason, now),
            Command::Unhealthy { trouble } => self.unhealthy(*trouble),
            Command::Publish { until } => self.publish(*until, now),
            Command::Confirm { .. } => self.confirm(now),
            Command::Default { reason, .. } => self.default(reason),
            Command::Withdraw { reason, .. } => self.withdraw(reason),
            _ => Err(Why::NotNow),
        }
    }

    fn approve(&self, by: Officer) -> Decided {
        if self.phase != Phase::Draft {
            return Err(Why::NotNow);
        }
        if !self.rules.check().is_empty() {
            return Err(Why::BadRules);
        }
        if self.approvals.contains(&by) {
            return Err(Why::SameOfficer);
        }
        let reviewed = self.approvals.len() + 1 >= APPROVALS;
        Ok(vec![Event::Approved { by, reviewed }])
    }

    fn announce(&self, registers_until: At, starts: At, now: At) -> Decided {
        if self.phase != Phase::Reviewed {
            return Err(Why::NotNow);
        }
        let notice = starts.since(now)
            >= self
                .rules
                .notice_days
                .saturating_mul(DAY_SECS)
                .saturating_mul(1_000_000);
        if !(now < registers_until && registers_until <= starts && notice) {
            return Err(Why::BadTimes);
        }
        Ok(vec![Event::Announced {
            rules: self.rules.hash(),
            registers_until,
            starts,
        }])
    }

    fn register(&self, bidder: Paddle, relation: Relation, rank: Option<u8>) -> Decided {
        if self.phase != Phase::Announced {
            return Err(Why::NotNow);
        }
        if self.bidders.contains_key(&bidder) {
            return Err(Why::Registered);
        }
        if relation == Relation::Affiliate {
            return Err(Why::Affiliate);
        }
        Ok(vec![Event::Registered { bidder, rank }])
    }

    /// Deposits come until bidding begins; what happens to them afterwards follows from the lot.
    fn deposit(&self, bidder: Paddle, movement: Movement, amount: Fen) -> Decided {
        if !self.bidders.contains_key(&bidder) {
            return Err(Why::Unregistered);
        }
        let comes = matches!(movement, Movement::Pledge | Movement::BankSees | Movement::Confirm);
        let goes = movement == Movement::Release;
        if !matches!(self.phase, Phase::Announced | Phase::Ready) || !(comes || goes) {
            return Err(Why::NotNow);
        }
        self.ledger.check(bidder, movement, amount, self.rules.deposit)?;
        Ok(vec![Event::Deposited {
            bidder,
            movement,
            amount,
        }])
    }

    fn propose(&self, by: Officer, grave: &Grave) -> Decided {
        let (holds, reason) = match grave {
            Grave::Pause { reason } => (self.phase.is_live() && self.paused.is_none(), reason),
            Grave::Terminate { reason } => (!self.phase.is_over() && self.phase != Phase::Draft, reason),
            Grave::Void { reason } => (matches!(self.phase, Phase::Provisional | Phase::Publicity), reason),
        };
        if !holds {
            return Err(Why::NotNow);
        }
        said(reason)?;
        Ok(vec![Event::Proposed {
            by,
            grave: grave.clone(),
        }])
    }

    fn second(&self, by: Officer) -> Decided {
        let (first, grave) = self.proposed.as_ref().ok_or(Why::NothingProposed)?;
        if *first == by {
            return Err(Why::SameOfficer);
        }
        Ok(match grave {
            Grave::Pause { reason } if self.phase.is_live() && self.paused.is_none() => vec![Event::Paused {
                reason: Some(reason.clone()),
                trouble: None,
            }],
            Grave::Terminate { reason } if !self.phase.is_over() => {
                self.over(Event::Terminated { reason: reason.clone() })
            }
            Grave::Void { reason } if matches!(self.phase, Phase::Provisional | Phase::Publicity) => {
                self.over(Event::Voided { reason: reason.clone() })
            }
            _ => return Err(Why::NotNow),
        })
    }

    fn resume(&self, reason: &str, now: At) -> Decided {
        let paused = self.paused.as_ref().ok_or(Why::NotNow)?;
        if paused.resumes.is_some() {
            return Err(Why::NotNow);
        }
        said(reason)?;
        Ok(vec![Event::Resuming {
            at: now.plus_secs(self.rules.resume_notice_secs),
            reason: reason.to_owned(),
        }])
    }

    /// Something is wrong with the machine: a live lot stands still, a resumption is put off.
    fn unhealthy(&self, trouble: Trouble) -> Decided {
        let resuming = self.paused.as_ref().is_some_and(|paused| paused.resumes.is_some());
        if !self.phase.is_live() || (self.paused.is_some() && !resuming) {
            return Err(Why::NotNow);
        }
        Ok(vec![Event::Paused {
            reason: None,
            trouble: Some(trouble),
        }])
    }

    fn publish(&self, until: At, now: At) -> Decided {
        if self.phase != Phase::Provisional {
            return Err(Why::NotNow);
        }
        let least = now.plus_secs(self.rules.publicity.days.saturating_mul(DAY_SECS));
        if until < least {
            return Err(Why::BadTimes);
        }
        Ok(vec![Event::Published { until }])
    }

    fn confirm(&self, now: At) -> Decided {
        let (Phase::Publicity, Some(until), Some((bidder, _))) = (self.phase, self.published_until, self.award) else {
            return Err(Why::NotNow);
        };
        if now < until {
            return Err(Why::NotNow);
        }
        Ok(vec![Event::Confirmed, self.moved(bidder, Movement::Apply)])
    }

    fn default(&self, reason: &str) -> Decided {
        let (Phase::Provisional | Phase::Publicity, Some((bidder, _))) = (self.phase, self.award) else {
            return Err(Why::NotNow);
        };
        said(reason)?;
        let defaulted = Event::Defaulted {
            reason: reason.to_owned(),
        };
        Ok(vec![defaulted, self.moved(bidder, Movement::Forfeit)])
    }

    /// A seller may take a lot back only before it is live.
    fn withdraw(&self, reason: &str) -> Decided {
        if !matches!(
            self.phase,
            Phase::Draft | Phase::Reviewed | Phase::Announced | Phase::Ready
        ) {
            return Err(Why::NotNow);
        }
        said(reason)?;
        Ok(self.over(Event::Terminated {
            reason: reason.to_owned(),
        }))
    }
}

/// Whether a reason says something.
fn said(reason: &str) -> Result<(), Why> {
    if reason.trim().is_empty() {
        Err(Why::NoReason)
    } else {
        Ok(())
    }
}
