//! The sequencer: commands of many lots in, in order, durable, answered.
//!
//! [`Core`] is the part without threads: it decides a batch, hands out what must be kept, and gives the answers when it was
//! kept ([`Core::kept`]) or takes everything back when that is unknown ([`Core::lost`]). [`run`] drives it: a bounded queue a
//! lot, one durable write a batch through a [`Log`], answers after durability and before anybody else hears of it.
//!
//! Where one process writes alone ([`Log::ALONE`]), its own clocks stamp, and the next batch is decided while one is being
//! kept. Where others write too, each batch takes its lots' fence first, takes in what the others wrote, and is stamped by
//! the store's clock. Simulation drives the same core with a log that fails and a clock that jumps.

mod alone;
mod core;
mod hall;
mod health;
mod run;
mod shared;

pub use self::core::{Batch, Core, Reply, Restored};
pub use hall::{Busy, Figures, Hall, QUEUE_MAX, UPDATE_MS_MIN, Update};
pub use health::{CLOCK_JUMP_MICROS_MAX, GAP_MICROS_MAX, Health};
pub use run::{BATCH_MAX, BEAT_MS, Fenced, HEARTBEAT_MS, Log, NoFence, Time, run};
