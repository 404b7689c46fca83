//! Puts commands in order: one lot, one order, one clock. What is due is written before anything else; a key given twice is
//! answered as the first time.

use std::collections::HashMap;

use kernel::Fen;

use crate::log::{At, Command, Key, Paddle, Step};
use crate::rules::Rules;
use crate::state::State;
use crate::why::Why;

/// Steps that time alone may bring before a command: far more than any state needs, so that a fault in the rules ends.
const DUE_MAX: usize = 16;

/// What a command was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Its place in the log.
    pub seq: u64,
    /// Why it was refused; none if it was not.
    pub refused: Option<Why>,
    /// The leading price after it.
    pub price: Option<Fen>,
    /// Whether its bidder leads.
    pub leads: bool,
    /// When the phase ends.
    pub end: At,
}

/// One lot's order.
#[derive(Clone, Debug)]
pub struct Desk {
    state: State,
    answers: HashMap<(Paddle, Key), Answer>,
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
            answers: HashMap::new(),
        }
    }

    /// A lot from its log.
    #[must_use]
    pub fn replay<'a>(lot: impl Into<String>, rules: Rules, steps: impl IntoIterator<Item = &'a Step>) -> Self {
        let mut desk = Self::new(lot, rules);
        for step in steps {
            desk.take(step);
        }
        desk
    }

    /// Makes a step of the lot's log happen, and remembers what its key was answered.
    pub fn take(&mut self, step: &Step) {
        self.state.apply(step);
        if let Some((bidder, key)) = step.command.key() {
            let answer = Answer {
                seq: step.seq,
                refused: step.refused().copied(),
                price: self.state.price(),
                leads: self.state.lead.is_some_and(|lead| lead.bidder == bidder),
                end: self.state.end,
            };
            self.answers.insert((bidder, key), answer);
        }
    }

    /// What a client's key was answered before.
    #[must_use]
    pub fn answered(&self, bidder: Paddle, key: Key) -> Option<Answer> {
        self.answers.get(&(bidder, key)).copied()
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

    /// Handles a command: what is due first, then the command, at an instant not before the last step's. Only trouble of the
    /// machine stands before what is due: nothing closes over a gap.
    pub fn handle(&mut self, command: Command, now: At) -> Handled {
        let key = command.key();
        if let Some(answer) = key.and_then(|(bidder, key)| self.answered(bidder, key)) {
            return Handled {
                steps: Vec::new(),
                answer: Some(answer),
            };
        }
        let mut steps = match command {
            Command::Unhealthy { .. } => Vec::new(),
            _ => self.tick(now),
        };
        let now = now.max(self.state.at);
        if command != Command::Tick {
            steps.push(self.step(command, now));
        }
        Handled {
            steps,
            answer: key.and_then(|(bidder, key)| self.answered(bidder, key)),
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
        self.take(&step);
        step
    }
}
