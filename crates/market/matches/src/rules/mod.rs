//! Who may what, and the pure part: how a thread moves, who is who in it, what a message may tell, how people judge.

mod mask;
mod thread;
mod verdict;

pub use mask::masked;
pub use thread::{
    ClosedAs, Finding, Part, REMINDERS_MAX, SideState, State, closing_reasons, remind_days, state_of, tells,
};
pub use verdict::{LEVELS, LIKES_FROM, Reason, judged};

use jcore::{Action, Role, Rule, When, Who};

/// Searching over everything public.
pub const SEARCH: Action = Action("match.search");
/// Asking what fits a pasted text.
pub const ASK: Action = Action("match.ask");
/// The desk of brokers: needs with matches that nobody has judged.
pub const DESK: Action = Action("match.desk");
/// Judging a match.
pub const JUDGE: Action = Action("match.judge");
/// One's own needs with what fits them.
pub const MINE: Action = Action("match.mine");
/// Bringing both sides of a match together (R151).
pub const INTRODUCE: Action = Action("match.introduce");
/// Taking part in a thread between both sides.
pub const THREAD: Action = Action("match.thread");
/// The platform's own: reminders of threads in which nobody answers.
pub const REMIND: Action = Action("match.remind");

/// The roles that speak for an organisation in a thread.
pub const SIDES: [Role; 3] = [Role::Liaison, Role::Manager, Role::Member];
/// The roles that bring sides together.
pub const BROKERS: [Role; 2] = [Role::Broker, Role::Branch];

/// The rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        Rule::new(SEARCH, Who::Anyone, When::Always),
        Rule::new(ASK, Who::Anyone, When::Always),
    ];
    for role in SIDES {
        for action in [MINE, JUDGE, INTRODUCE, THREAD] {
            rules.push(Rule::new(action, Who::Role(role), When::OwnOrg));
        }
    }
    for role in BROKERS {
        for action in [DESK, JUDGE, INTRODUCE] {
            rules.push(Rule::new(action, Who::Role(role), When::Always));
        }
        // A thread is its broker's; another broker learns nothing of it.
        rules.push(Rule::new(THREAD, Who::Role(role), When::Own));
    }
    // REMIND has a row so that the table lists it; nobody but the system and the centre reaches it.
    for action in [DESK, JUDGE, INTRODUCE, THREAD, REMIND] {
        rules.push(Rule::new(action, Who::Role(Role::Centre), When::Always));
    }
    rules
}
