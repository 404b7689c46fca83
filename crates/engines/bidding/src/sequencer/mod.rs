//! The sequencer: commands of many lots in, in order, durable, answered.
//!
//! [`Core`] is the part without threads: it decides a batch, hands out what must be kept, and gives the answers when it was
//! kept ([`Core::kept`]) or takes everything back when that is unknown ([`Core::lost`]). [`run`] drives it: a bounded queue a
//! lot, one durable write a batch through a [`Log`], answers after durability and before anybody else hears of it.
//! Simulation drives the same core with a log that fails and a clock that jumps.

mod core;
mod health;
mod run;

pub use self::core::{Batch, Core, LotSteps, Reply, Restored};
pub use health::{CLOCK_JUMP_MICROS_MAX, GAP_MICROS_MAX, Health};
pub use run::{BATCH_MAX, Busy, HEARTBEAT_MS, Hall, Log, QUEUE_MAX, Time, Update, run};
