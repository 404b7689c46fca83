//! Tests of the assembled application over HTTP, on SQLite and on PostgreSQL: one binary, a module a subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

mod accounts;
mod alike;
mod attachments;
mod auctions;
mod auctions_given;
mod bidders_hidden;
mod entries;
mod filing;
mod given;
mod hall;
mod intake;
mod leaks;
mod matches;
mod matches_threads;
mod modes;
mod needs;
mod offers;
mod programme;
mod push;
mod push_out;
mod roundtrip;
mod routes;
mod schema;
mod words;
