//! The intake on SQLite, with a kind of sheet of its own: from the file to the store, over functions and over HTTP.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail as tests do")]

mod batches;
mod http;
mod page;
mod settle;
mod support;
mod templates;
