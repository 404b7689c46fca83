//! What happens because time has passed. Nothing of it happens by itself: each is a step of the log that says so.

use crate::ledger::{Movement, Stage};
use crate::log::{At, Event};
use crate::rules::Mode;
use crate::state::{Phase, State};
use crate::why::Why;

/// What a lot is terminated with when nobody resumed it.
const NOT_RESUMED: &str = "not resumed in time";

impl State {
    /// Whether time has brought something that must be written before anything else.
    #[must_use]
    pub fn is_due(&self, now: At) -> bool {
        !self.due(now).is_empty()
    }

    /// What is due, one thing at a time.
    pub(super) fn due(&self, now: At) -> Vec<Event> {
        if let Some(paused) = &self.paused {
            return match paused.resumes {
                Some(at) if now >= at => vec![Event::Resumed {
                    end: self.resumed_end(now),
                }],
                None if now >= paused.at.plus_secs(self.rules.pause_secs_max) => self.over(Event::Terminated {
                    reason: NOT_RESUMED.to_owned(),
                }),
                _ => Vec::new(),
            };
        }
        match self.phase {
            Phase::Announced if now >= self.registers_until => vec![Event::Readied],
            Phase::Ready if now >= self.starts => self.started(now),
            Phase::Free if now >= self.end => vec![Event::Timed {
                end: now.plus_secs(self.rules.window_secs()),
            }],
            Phase::Timed => self.timed(now),
            Phase::Offers if now >= self.end => self.offers_over(now),
            Phase::Unsealing if self.is_unsealed() => self.unsealed(now),
            Phase::Falling if now >= self.end => self.falls(now),
            Phase::Listed if now >= self.end => self.listing_over(now),
            Phase::Closing => self.closes(now),
            Phase::Asking if now >= self.end => self.ask_or_award(now),
            _ => Vec::new(),
        }
    }

    /// The instant at which something is due next, for who waits.
    #[must_use]
    pub fn next_due(&self) -> Option<At> {
        if let Some(paused) = &self.paused {
            let limit = paused.at.plus_secs(self.rules.pause_secs_max);
            return Some(paused.resumes.unwrap_or(limit));
        }
        match self.phase {
            Phase::Announced => Some(self.registers_until),
            Phase::Ready => Some(self.starts),
            Phase::Timed => Some(self.cap().map_or(self.end, |cap| cap.min(self.end))),
            phase if phase.is_live() && phase != Phase::Unsealing => Some(self.end),
            _ => None,
        }
    }

    fn started(&self, now: At) -> Vec<Event> {
        // From now, not from the time announced: a start that came late leaves everyone their whole period.
        let secs = match &self.rules.mode {
            Mode::English { free_secs, .. } => *free_secs,
            Mode::Sealed { open_secs, .. } | Mode::Scoring { open_secs, .. } | Mode::Listed { open_secs, .. } => {
                *open_secs
            }
            Mode::Dutch { dwell_secs, .. } => *dwell_secs,
        };
        let mut out = vec![Event::Started {
            end: now.plus_secs(secs),
        }];
        let confirmed = self.ledger.stages().filter(|(_, stage)| *stage == Stage::Confirmed);
        out.extend(confirmed.map(|(bidder, _)| Event::Deposited {
            bidder,
            movement: Movement::Lock,
            amount: self.rules.deposit,
        }));
        out
    }

    /// When a cap ends the timed windows.
    fn cap(&self) -> Option<At> {
        match (&self.rules.mode, self.timed_from) {
            (
                Mode::English {
                    cap_secs: Some(secs), ..
                },
                Some(from),
            ) => Some(from.plus_secs(*secs)),
            _ => None,
        }
    }

    fn timed(&self, now: At) -> Vec<Event> {
        if now >= self.end {
            return match self.lead {
                Some(_) => vec![Event::Closing],
                None => self.failed(Why::NoBids),
            };
        }
        match self.cap() {
            Some(cap) if now >= cap => self.final_round(now),
            _ => Vec::new(),
        }
    }

    /// A cap never cuts anybody short: one sealed round among all who may bid ends the lot.
    fn final_round(&self, now: At) -> Vec<Event> {
        let among = self
            .bidders
            .keys()
            .copied()
            .filter(|bidder| self.ledger.is_good(*bidder))
            .collect();
        vec![Event::Round {
            among,
            above: self.next_price().unwrap_or(self.rules.start),
            end: now.plus_secs(self.rules.window_secs()),
        }]
    }

    fn offers_over(&self, now: At) -> Vec<Event> {
        if self.offers.is_empty() {
            return self.unsealed(now);
        }
        vec![Event::Unsealing]
    }

    fn falls(&self, now: At) -> Vec<Event> {
        let Mode::Dutch {
            step,
            dwell_secs,
            floor,
        } = &self.rules.mode
        else {
            return Vec::new();
        };
        if self.asked <= *floor {
            return self.failed(Why::NoBids);
        }
        let lower = self.asked.checked_sub(*step).unwrap_or(*floor);
        vec![Event::Fell {
            step: self.fall.saturating_add(1),
            price: lower.max(*floor),
            end: now.plus_secs(*dwell_secs),
        }]
    }

    fn listing_over(&self, now: At) -> Vec<Event> {
        match self.takers.as_slice() {
            [] => self.failed(Why::NoBids),
            [one] => vec![
                Event::Led {
                    bidder: *one,
                    price: self.asked,
                    end: now,
                    matched: false,
                },
                Event::Closing,
            ],
            many => {
                let end = now.plus_secs(self.rules.window_secs());
                if self.goes_on_sealed() {
                    vec![Event::Round {
                        among: many.to_vec(),
                        above: self.asked,
                        end,
                    }]
                } else {
                    vec![Event::Timed { end }]
                }
            }
        }
    }

    /// The end of the phase after a resumption: a complete window at least, and what was left where that is more.
    fn resumed_end(&self, now: At) -> At {
        let window = match self.phase {
            Phase::Free => self.rules.window_secs(),
            Phase::Asking => self.ask_secs(),
            _ => self.rules.window_secs(),
        };
        let left = self.paused.as_ref().map_or(0, |paused| paused.left);
        match self.phase {
            Phase::Timed | Phase::Falling | Phase::Asking => now.plus_secs(window),
            _ => At(now.plus_secs(window).0.max(now.0.saturating_add(left))),
        }
    }
}
