//! The SQL of this crate, and only here.

pub(crate) mod threads;
pub(crate) mod verdicts;
