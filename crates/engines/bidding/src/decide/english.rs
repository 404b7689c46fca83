//! Bids in the open: steps, the jump guard, the lead, and matches by right of priority.

use kernel::Fen;

use super::Decided;
use crate::log::{At, Event, Paddle};
use crate::rules::Priority;
use crate::state::{Phase, State};
use crate::why::Why;

impl State {
    pub(super) fn bid(&self, bidder: Paddle, amount: Fen, confirmed: bool, now: At) -> Decided {
        self.may_bid(bidder, &[Phase::Free, Phase::Timed], now)?;
        self.check_amount(bidder, amount, confirmed)?;
        Ok(vec![self.leads(bidder, amount, false, now)])
    }

    /// Whether an amount may be bid: at least the start, a whole number of steps above the price, not too many, and
    /// confirmed where it climbs unusually high.
    fn check_amount(&self, bidder: Paddle, amount: Fen, confirmed: bool) -> Result<(), Why> {
        let (base, least) = match self.lead {
            Some(lead) if lead.bidder == bidder => return Err(Why::OwnLead),
            Some(lead) => (lead.price, 1),
            None => (self.rules.start, 0),
        };
        let step = self.rules.step_at(base);
        let above = amount.get() - base.get();
        if above < 0 || (above == 0 && least == 1) {
            return Err(match self.lead {
                Some(lead) => Why::TooLow { price: lead.price },
                None => Why::BelowStart { start: base },
            });
        }
        if above % step.get() != 0 {
            return Err(Why::OffStep { step });
        }
        let steps = above / step.get();
        if steps > self.rules.steps_max {
            let most = step
                .checked_mul(self.rules.steps_max)
                .and_then(|up| base.checked_add(up));
            return Err(Why::TooHigh {
                most: most.unwrap_or(base),
            });
        }
        let guard = self.rules.guard;
        let share = i128::from(above) * 100 > i128::from(base.get()) * i128::from(guard.percent);
        if (steps > guard.steps || share) && !confirmed {
            return Err(Why::Confirm { price: base });
        }
        Ok(())
    }

    /// A holder of priority takes the lead at its price, unless a holder of the same or a higher rank has it by match.
    pub(super) fn matches(&self, bidder: Paddle, now: At) -> Decided {
        self.may_bid(bidder, &[Phase::Free, Phase::Timed], now)?;
        if self.rules.priority != Priority::Hall {
            return Err(Why::NotInMode);
        }
        let rank_of = |paddle: Paddle| self.bidders.get(&paddle).and_then(|bidder| bidder.rank);
        let rank = rank_of(bidder).ok_or(Why::NoPriority)?;
        let lead = self.lead.ok_or(Why::NoMatch)?;
        if lead.bidder == bidder {
            return Err(Why::OwnLead);
        }
        let yields = !lead.matched || rank_of(lead.bidder).is_none_or(|theirs| rank < theirs);
        if !yields {
            return Err(Why::NoMatch);
        }
        Ok(vec![self.leads(bidder, lead.price, true, now)])
    }

    /// A timed window begins anew; a free period runs on.
    fn leads(&self, bidder: Paddle, price: Fen, matched: bool, now: At) -> Event {
        let end = match self.phase {
            Phase::Timed => now.plus_secs(self.rules.window_secs()),
            _ => self.end,
        };
        Event::Led {
            bidder,
            price,
            end,
            matched,
        }
    }
}
