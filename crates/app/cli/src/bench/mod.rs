//! Measuring the platform on made-up data: how they are made, and how requests are timed.

pub(crate) mod bids;
pub(crate) mod corpus;
mod data;
pub(crate) mod hall;
pub(crate) mod lines;
pub(crate) mod matches;
mod measure;
mod memory;
pub(crate) mod naive;
mod workbook;

pub(crate) use data::fill;
pub(crate) use measure::{Page, Timer, ask, fresh_start, share, transferred, visit};
pub(crate) use memory::{forget_peak, peak_mb, resident_kb};
pub(crate) use workbook::{COLUMNS_MIN, HEADS, Size};
