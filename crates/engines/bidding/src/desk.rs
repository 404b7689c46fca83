//! Puts commands in order: one lot, one order, one clock. What is due is written before anything else; a key given twice is
//! answered as the first time.

use crate::log::{At, Command, Step};
use crate::rules::Rules;
use crate::state::{Answer, State};

/// Steps that time alone may bring before a command: far more than any state needs, so that a fault in the rules ends.
const DUE_MAX: usize = 16;

/// One lot's order.
#[derive(Clone, Debug)]
pub struct Desk {
    state: State,
}

/// What handling a command came to.
#[derive(Clone, Debug, Default)]
pub struct Handled {
    /// Steps to be kept, in order. Empty for a command whose key was answered before.
    pub steps: Vec<Step>,
    /// The answer, for commands with a key.
    pub answer: Option<Answer>,
}

impl Desk {
    /// A lot that has no log yet.
    #[must_use]
    pub fn new(lot: impl Into<String>, rules: Rules) -> Self {
        Self {
            state: State::new(lot, rules),
        }
    }

    /// A lot from its log.
    #[must_use]
    pub fn replay<'a>(lot: impl Into<String>, rules: Rules, steps: impl IntoIterator<Item = &'a Step>) -> Self {
        let mut desk = Self::new(lot, rules);
        for step in steps {
            desk.state.apply(step);
        }
        desk
    }

    /// Where the lot stands.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Writes what is due at an instant.
    pub fn tick(&mut self, now: At) -> Vec<Step> {
        let now = now.max(self.state.at);
        let mut steps = Vec::new();
        while steps.len() < DUE_MAX && self.state.is_due(now) {
            steps.push(self.step(Command::Tick, now));
        }
        steps
    }

    /// Handles a command: what is due first, then the command, at an instant not before the last step's.
    pub fn handle(&mut self, command: Command, now: At) -> Handled {
        let key = command.key();
        if let Some(answer) = key.and_then(|(bidder, key)| self.state.answered(bidder, key)) {
            return Handled {
                steps: Vec::new(),
                answer: Some(answer),
            };
        }
        let mut steps = self.tick(now);
        let now = now.max(self.state.at);
        if command != Command::Tick {
            steps.push(self.step(command, now));
        }
        Handled {
            steps,
            answer: key.and_then(|(bidder, key)| self.state.answered(bidder, key)),
        }
    }

    fn step(&mut self, command: Command, at: At) -> Step {
        let events = self.state.decide(&command, at);
        let step = Step {
            seq: self.state.seq + 1,
            at,
            command,
            events,
        };
        self.state.apply(&step);
        step
    }
}
