//! Where bids are kept: the logs of lots, durable on either store before anybody is answered. On SQLite in a file of their
//! own with one writer, on PostgreSQL under the lot's lock, so that no import stands before a bid.
//!
//! [`Bids`] is the handle; it is cheap to clone. [`Bids::open`] makes a lot's log known with its rules, [`Bids::send`] puts a
//! command in order and answers when it is durable, [`Bids::watch`] and [`Bids::state`] say where a lot stands,
//! [`Bids::steps`], [`Bids::receipt`] and [`Bids::package`] read what is kept, as does [`Logs`] without a process that writes. A command given twice with the same key is
//! answered as the first time, also after a restart.
//!
//! - [`Reply::Answered`]: it is in the log, refused or not; the slip gives a receipt when it is asked for.
//! - [`Reply::Done`]: the same for commands without a bidder.
//! - [`Reply::Unknown`]: the store failed while it was being kept; the same key, given again, finds out.
//! - [`Reply::Away`]: not placed: no such lot, or it can't be had just now; it may be given again.
//! - [`Busy`]: not placed: too many wait.
//!
//! What follows from a lot, as an award or a deal, is derived from its log by others, idempotently: no transaction spans both
//! stores. After a restart, a write that failed, a clock that jumped or a gap, live lots stand still until an officer resumes
//! them. On PostgreSQL a lot stands still only when no other node could have put its bids in order meanwhile.

mod bids;
mod error;
mod lite;
mod logs;
mod node;
mod pg;
mod rows;
mod time;

pub use bidding::sequencer::{Busy, Reply, Time, Update};
pub use bids::{Bids, Figures, Health};
pub use error::Error;
pub use logs::{Logs, STEPS_MAX, Store};
pub use time::{ByHand, Machine};
