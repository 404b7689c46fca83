//! Falling and listed prices: the first who accepts, and those who take.

use super::Decided;
use crate::log::{At, Event, Paddle};
use crate::state::{Phase, State};
use crate::why::Why;

impl State {
    /// The first acceptance in order wins; it names the step whose price its bidder saw.
    pub(super) fn accept(&self, bidder: Paddle, step: u32, now: At) -> Decided {
        self.may_bid(bidder, &[Phase::Falling], now)?;
        if step != self.fall {
            return Err(Why::StepMoved { step: self.fall });
        }
        let led = Event::Led {
            bidder,
            price: self.asked,
            end: now,
            matched: false,
        };
        Ok(vec![led, Event::Closing])
    }

    pub(super) fn take(&self, bidder: Paddle, now: At) -> Decided {
        self.may_bid(bidder, &[Phase::Listed], now)?;
        if self.takers.contains(&bidder) {
            return Err(Why::Taken);
        }
        Ok(vec![Event::Taken { bidder }])
    }
}
