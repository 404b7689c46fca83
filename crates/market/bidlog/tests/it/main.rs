//! The logs of lots on both stores: what was answered stays, whatever happens to the process, the store, or other nodes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

mod lots;
mod nodes;
mod place;
mod trouble;
