//! The engine as a user of it sees it: lots played to the end, faults seen elsewhere, and what must hold in any stream.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

mod evidence;
mod faults;
mod lot;
mod modes;
mod properties;
mod sequencer;
mod simulation;
