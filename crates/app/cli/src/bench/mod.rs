//! Measuring the platform on made-up data: how they are made, and how requests are timed.

mod data;
mod measure;

pub(crate) use data::fill;
pub(crate) use measure::{Page, Timer, ask, fresh_start, transferred, visit};
