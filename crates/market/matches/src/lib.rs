//! Matches (供需匹配、撮合): what fits a need and why, told with reasons and judged by people; and threads in which both
//! sides are brought together through the platform, names withheld until both agree (R127–R131, R147, R150, R151).
//!
//! - [`rules`]: who may what, how a thread moves, what a message may tell, how people judge; pure.
//! - [`open`], [`say`], [`agree`], [`decline`], [`close`]: a thread.
//! - [`judge`]: a verdict, which changes the ranking at once.
//! - [`are_near`]: whether entries are about what a text says, for searches that are kept.
//! - [`Matcher`], [`feed`]: the engine of this node, and how it takes in what becomes public.

mod analysis;
mod api;
mod asking;
mod deeds;
mod document;
mod finding;
mod index;
mod items;
mod marked;
mod model;
mod near;
mod own;
mod pages;
mod reasons;
pub mod rules;
mod store;

use std::sync::Arc;

use jcore::{Capability, Job, NavItem};

pub use deeds::judging::judge;
pub use deeds::opening::{LIVE_MAX, open};
pub use deeds::reminding::remind;
pub use deeds::scanning::Text;
pub use deeds::talking::{Ending, Inside, MESSAGES_MAX, TEXT_CHARS, agree, close, decline, enter, say};
pub use index::{Matcher, feed};
pub use model::{Message, Party, Side, Thread, Verdict};
pub use near::are_near;

/// Seconds between looks for threads in which nobody answers.
const REMIND_SECS: i64 = 600;

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> Capability {
    let link = |key, href, order, action| NavItem {
        key,
        href,
        order,
        action,
    };
    Capability {
        key: "matches",
        routes: pages::routes().merge(api::routes()),
        rules: rules::rules(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: vec![
            link("match", "/match", 20, rules::ASK),
            link("search", "/search", 22, rules::SEARCH),
            link("my-matches", "/my/matches", 114, rules::MINE),
            link("threads", "/threads", 116, rules::THREAD),
            link("work-matches", "/work/matches", 118, rules::DESK),
        ],
        panels: vec![Arc::new(pages::panel::MatchPanel)],
        jobs: vec![Job::new("matches.remind", REMIND_SECS, |app| async move {
            remind(&app).await
        })],
        api: api::document(),
    }
}
