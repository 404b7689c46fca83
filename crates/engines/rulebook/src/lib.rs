//! A year's work plan as data: seasons, phases, deadlines, bidding days, kinds of fair with what they must reach, caps,
//! eligibility, documents and duties, each with its place in the plan and whether it binds.
//!
//! [`parse`] reads a programme file and reports all its mistakes at once, each by line. A [`Programme`] answers what
//! day it is in the year, whether a cap is reached or a deadline past, and whether an offer is asked for; and it tells
//! itself in words ([`Programme::told`]). The crate holds no SQL, no clock and no state.

mod calendar;
mod check;
mod codes;
mod mistake;
mod model;
mod read;
mod told;

pub use calendar::{BiddingDay, Phase};
pub use check::{CapState, DeadlineState, ISSUES};
pub use codes::{
    CapWhat, CapWhen, CapWho, ChannelKind, Coded, DutyKey, HolidayPolicy, HolidaySource, METRICS, Metric, Op, Owner,
    Per, SeasonKey, Subject, Unit, Weekday, metric,
};
pub use mistake::{MISTAKES, Mistake};
pub use model::*;
pub use read::parse;
pub use told::{Arg, Plain, SECTIONS, Speaker, Told};

/// The crate's words in Chinese (Fluent).
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// The crate's words in English (Fluent), the same ids as [`WORDS_ZH`].
pub const WORDS_EN: &str = include_str!("../words/en.ftl");

/// The programmes that come with the house: key and file text.
pub const SHIPPED: &[(&str, &str)] = &[
    ("jiangsu-2023", include_str!("../../../../programmes/jiangsu-2023.toml")),
    ("ningbo-2024", include_str!("../../../../programmes/ningbo-2024.toml")),
];
