//! The clocks that stamp bids.

use std::sync::Arc;

use bidding::At;
use bidding::sequencer::Time;
use kernel::{Clock, SystemClock};

/// The machine's clocks.
#[derive(Clone, Debug)]
pub struct Machine {
    since: tokio::time::Instant,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            since: tokio::time::Instant::now(),
        }
    }
}

impl Time for Machine {
    fn wall(&self) -> At {
        At(SystemClock.now().micros())
    }

    fn monotonic(&self) -> i64 {
        i64::try_from(self.since.elapsed().as_micros()).unwrap_or(i64::MAX)
    }
}

/// A clock that is set by hand, for tests and demos: it stamps on both stores, and its jumps are no trouble.
#[derive(Clone)]
pub struct ByHand {
    clock: Arc<dyn Clock>,
    machine: Machine,
}

impl std::fmt::Debug for ByHand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ByHand")
    }
}

impl ByHand {
    /// From a clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            machine: Machine::default(),
        }
    }
}

impl Time for ByHand {
    fn wall(&self) -> At {
        At(self.clock.now().micros())
    }

    fn monotonic(&self) -> i64 {
        self.machine.monotonic()
    }

    fn is_by_hand(&self) -> bool {
        true
    }
}
