//! Bidding: the rules of one lot as pure functions over a log (R059–R061, R106).
//!
//! A lot is a log of [`Step`]s: what was asked, when it was put in order, and what it came to. [`State::decide`] says what a
//! command comes to, [`State::apply`] makes it happen; both are pure, so the same log always gives the same state. Time is
//! a command, too: nothing happens because a clock went on, but because a step of the log says so. A refusal is a step
//! with a receipt that changes nothing else.
//!
//! [`Desk`] puts one lot's commands in order, [`sequencer`] many lots' durably, [`evidence`] makes it provable. No clock and
//! no store of its own: who runs it brings both.

mod apply;
mod decide;
mod desk;
pub mod evidence;
mod hash;
mod ledger;
mod log;
mod rules;
pub mod sequencer;
mod state;
mod why;

pub use desk::{Answer, Desk, Handled};
pub use hash::{Hash, NoHash, commit_offer, commit_reserve, commit_scores};
pub use ledger::{Account, Ledger, Movement, Stage};
pub use log::{At, Command, Event, Grave, Key, Officer, Paddle, Relation, Step, Trouble};
pub use rules::{
    CRITERIA_MAX, Criterion, DEPOSIT_PERCENT, FREE_SECS_MAX, Guard, JUDICIAL_FREE_SECS, Mode, Priority, Profile,
    Publicity, RELIST_CUT_PERCENT_MAX, RULES_VERSION, Rules, STATE_NOTICE_DAYS, STEPS_MAX, TIERS_MAX, Then, Tier,
    WEIGHTS_SUM, WINDOW_SECS,
};
pub use state::{Bidder, Lead, Offer, Paused, Phase, Round, State};
pub use why::Why;

/// The words for rules that do not hold (`issue-bidding-rules-…`) and for refusals (`bidding-why-CODE`) in Chinese.
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// The same in English.
pub const WORDS_EN: &str = include_str!("../words/en.ftl");
