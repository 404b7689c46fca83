//! What can go wrong with the logs of lots.

use bidding::evidence::Unreadable;

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store's.
    #[error(transparent)]
    Store(#[from] db::Error),
    /// Another process has the file of the logs open: one writes alone.
    #[error("the bid log {0} is open in another process")]
    Taken(String),
    /// The file of the logs can't be used.
    #[error("the bid log: {0}")]
    File(#[from] std::io::Error),
    /// The lot has a log under other rules.
    #[error("lot {0} has a log under other rules")]
    OtherRules(String),
    /// The receipts of a lot that is not over were signed with another key.
    #[error("lot {0} has receipts of another key: start with the key file that it was begun with")]
    OtherKey(String),
    /// No such lot.
    #[error("no log of lot {0}")]
    NoLot(String),
    /// What is kept is not what was written.
    #[error("the log of lot {lot} can't be read from place {seq} on")]
    Unreadable {
        /// The lot.
        lot: String,
        /// The first place that can't be read.
        seq: u64,
    },
    /// Asked for what only a store with several writers has, or the other way round. A fault in the program.
    #[error("this log has one writer")]
    Alone,
}

impl Error {
    pub(crate) fn unreadable(lot: &str, broken: Unreadable) -> Self {
        Self::Unreadable {
            lot: lot.to_owned(),
            seq: broken.seq,
        }
    }
}
