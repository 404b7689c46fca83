//! Tests of the assembled application over HTTP, on SQLite and on PostgreSQL: one binary, a module a subject.

mod intake;
mod leaks;
mod programme;
mod routes;
mod schema;
mod words;
