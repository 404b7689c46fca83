//! Where a room's lot is kept: for real in the log of bids, or in a mock hall's memory. Everything else of a room is the
//! same for both.

use std::time::Duration;

use bidding::evidence::Receipt;
use bidding::sequencer::{Reply, Update};
use bidding::{Command, Hash, State, Step};
use jcore::{Fault, FaultKind, Result};
use tokio::sync::watch;
use uuid::Uuid;

use super::mock::Mock;
use crate::machine::Auctions;

/// How long a page waits for where a lot stands: it comes when everything before it is durable, and a disk may be slow. Then
/// the page says that the platform is busy instead of hanging.
const STATE_WAIT: Duration = Duration::from_secs(3);

/// Where a lot is kept.
#[derive(Clone, Debug)]
pub(crate) enum Floor {
    /// In the log of bids.
    Real(Auctions, Uuid),
    /// In memory.
    Mock(Box<Mock>),
}

/// What a command came to, or that nobody knows.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// The log's reply.
    Reply(Reply),
    /// The queue is full: nothing was placed.
    Busy,
}

impl Floor {
    /// The lot's name in its log.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Real(_, lot) => lot.to_string(),
            Self::Mock(mock) => mock.lot.clone(),
        }
    }

    /// Gives a command and waits for its answer.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn send(&self, command: Command) -> Result<Given> {
        match self {
            Self::Real(log, lot) => match log.send(*lot, command).await {
                Ok(reply) => Ok(Given::Reply(reply)),
                Err(fault) if fault.kind == FaultKind::Busy => Ok(Given::Busy),
                Err(fault) => Err(fault),
            },
            Self::Mock(mock) => Ok(mock.send(command).await.map_or(Given::Busy, Given::Reply)),
        }
    }

    /// Hears of the lot.
    pub(crate) fn watch(&self) -> watch::Receiver<Option<Update>> {
        match self {
            Self::Real(log, lot) => log.watch(*lot),
            Self::Mock(mock) => mock.watch(),
        }
    }

    /// Where the lot stands.
    ///
    /// # Errors
    /// Not found, where it has no log; the store's.
    pub(crate) async fn state(&self) -> Result<Update> {
        match self {
            Self::Real(log, lot) => {
                let asked = tokio::time::timeout(STATE_WAIT, log.state(*lot)).await;
                let found = asked.map_err(|_| Fault::new(FaultKind::Busy, "busy"))?;
                found?.ok_or_else(Fault::not_found)
            }
            Self::Mock(mock) => mock.state().await.ok_or_else(Fault::not_found),
        }
    }

    /// Steps behind a place, at most so many.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn steps(&self, after: u64, max: usize) -> Result<Vec<Step>> {
        match self {
            Self::Real(log, lot) => log.steps(*lot, after, max).await,
            Self::Mock(mock) => Ok(mock.steps(after, max)),
        }
    }

    /// The receipt of a step.
    ///
    /// # Errors
    /// Not found; the store's.
    pub(crate) async fn receipt(&self, seq: u64) -> Result<Receipt> {
        let found = match self {
            Self::Real(log, lot) => log.receipt(*lot, seq).await?,
            Self::Mock(mock) => mock.receipt(seq),
        };
        found.ok_or_else(Fault::not_found)
    }

    /// The public package.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn package(&self) -> Result<String> {
        match self {
            Self::Real(log, lot) => log.package(*lot, &[]).await,
            Self::Mock(mock) => Ok(mock.package()),
        }
    }
}

/// A state with the head of its chain.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    /// The state.
    pub state: std::sync::Arc<State>,
    /// The head.
    pub head: Hash,
}

impl From<Update> for Stand {
    fn from(update: Update) -> Self {
        Self {
            state: update.state,
            head: update.head,
        }
    }
}
