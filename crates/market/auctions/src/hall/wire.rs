//! What a room's watchers get: one state of a lot as JSON without words, written once an update and shared by everybody.
//! Instants are microseconds of UTC, money is 分.

use bidding::{At, Event, Hash, Mode, State, Step};
use serde::Serialize;

use crate::model::phase_code;

/// Lines of the ladder that an update carries: more than a phone shows, few enough that ten thousand copies are cheap.
pub(crate) const LINES_MAX: usize = 30;
/// Characters of a reason that an update carries.
const REASON_CHARS: usize = 300;

/// A line of the ladder.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Line {
    /// The step of the log.
    pub seq: u64,
    /// When.
    pub at: i64,
    /// What: words are `hall-line-KIND`.
    pub kind: &'static str,
    /// Whose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paddle: Option<u32>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fen: Option<i64>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// A reason that officers wrote, or a code whose words the page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Line {
    fn new(step: &Step, kind: &'static str) -> Self {
        Self {
            seq: step.seq,
            at: step.at.0,
            kind,
            paddle: None,
            fen: None,
            until: None,
            text: None,
        }
    }

    fn of(mut self, paddle: bidding::Paddle) -> Self {
        self.paddle = Some(paddle.0);
        self
    }

    fn at(mut self, price: kernel::Fen) -> Self {
        self.fen = Some(price.get());
        self
    }

    fn until(mut self, end: At) -> Self {
        self.until = Some(end.0);
        self
    }

    fn saying(mut self, text: &str) -> Self {
        self.text = Some(text.chars().take(REASON_CHARS).collect());
        self
    }
}

/// The lines that a step adds to the ladder. Refusals, registrations and deposits are in the log, and not in the ladder.
#[must_use]
pub(crate) fn lines(step: &Step) -> Vec<Line> {
    step.events.iter().filter_map(|event| line(step, event)).collect()
}

fn line(step: &Step, event: &Event) -> Option<Line> {
    let new = |kind| Line::new(step, kind);
    Some(match event {
        Event::Announced { starts, .. } => new("announced").until(*starts),
        Event::Started { end } => new("started").until(*end),
        Event::Timed { end } => new("timed").until(*end),
        Event::Led {
            bidder, price, matched, ..
        } => new(led_kind(step, *matched)).of(*bidder).at(*price),
        Event::Sealed { bidder, .. } => new("sealed").of(*bidder),
        Event::Unsealing => new("unsealing"),
        Event::Opened { bidder, amount } => new("opened").of(*bidder).at(*amount),
        Event::Spoiled { bidder } => new("spoiled").of(*bidder),
        Event::Round { above, end, .. } => new("round").at(*above).until(*end),
        Event::ScoresSealed { .. } => new("scores-sealed"),
        Event::ScoresOpened { .. } => new("scores-opened"),
        Event::Fell { price, end, .. } => new("fell").at(*price).until(*end),
        Event::Taken { bidder } => new("taken").of(*bidder),
        Event::Closing => new("closing"),
        Event::ReserveOpened { amount, met } => new(if *met { "reserve-met" } else { "reserve-unmet" }).at(*amount),
        other => return late_line(step, other),
    })
}

fn late_line(step: &Step, event: &Event) -> Option<Line> {
    let new = |kind| Line::new(step, kind);
    Some(match event {
        Event::Hammered { .. } => new("hammered"),
        Event::Asked { bidder, until } => new("asked").of(*bidder).until(*until),
        Event::Awarded { bidder, price } => new("awarded").of(*bidder).at(*price),
        Event::Published { until } => new("published").until(*until),
        Event::Confirmed => new("confirmed"),
        Event::Failed { why } => new("failed").saying(why.code()),
        Event::Terminated { reason } => new("terminated").saying(reason),
        Event::Defaulted { reason } => new("defaulted").saying(reason),
        Event::Voided { reason } => new("voided").saying(reason),
        Event::Paused {
            reason: Some(reason), ..
        } => new("paused").saying(reason),
        Event::Paused { trouble, .. } => new("paused-self").saying(trouble_code(*trouble)),
        Event::Resuming { at, reason } => new("resuming").until(*at).saying(reason),
        Event::Resumed { end } => new("resumed").until(*end),
        _ => return None,
    })
}

fn led_kind(step: &Step, matched: bool) -> &'static str {
    match &step.command {
        _ if matched => "match",
        bidding::Command::Bid { auto: true, .. } => "auto",
        bidding::Command::Accept { .. } => "accept",
        bidding::Command::Bid { .. } => "bid",
        // A listing with one taker, or offers that were opened.
        _ => "led",
    }
}

/// The code of what was wrong with the machine; words are `hall-trouble-CODE`.
#[must_use]
pub(crate) fn trouble_code(trouble: Option<bidding::Trouble>) -> &'static str {
    use bidding::Trouble as T;
    match trouble {
        Some(T::Storage) => "storage",
        Some(T::Clock) => "clock",
        Some(T::Gap) => "gap",
        Some(T::Restart) => "restart",
        None => "other",
    }
}

/// A notice of the operators to everyone in the room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Said {
    /// When.
    pub at: i64,
    /// What.
    pub text: String,
}

/// A standstill.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Still {
    at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    resumes: Option<i64>,
}

/// One state of a lot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Wire<'a> {
    seq: u64,
    /// The server's time when this was written.
    now: i64,
    /// What the page's parts depend on beside figures: it changes, and a page asks for its forms again.
    shape: String,
    phase: &'static str,
    /// The figure that is shown large, if there is one yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<u32>,
    matched: bool,
    bids: u64,
    bidders: usize,
    /// From where steps are counted, the step there, the least next bid and the most.
    base: i64,
    step: i64,
    next: i64,
    most: i64,
    /// From which amount on a bid is confirmed once more.
    guard: i64,
    end: i64,
    window: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    still: Option<Still>,
    fall: u32,
    offers: usize,
    takers: usize,
    head: String,
    lines: &'a [Line],
    said: &'a [Said],
}

impl<'a> Wire<'a> {
    /// Of a state; `lines` newest first.
    #[must_use]
    pub(crate) fn of(state: &State, head: Hash, lines: &'a [Line], said: &'a [Said], now: i64) -> Self {
        let reach = Reach::of(state);
        Self {
            seq: state.seq,
            now,
            shape: shape(state, said),
            phase: phase_code(state.phase),
            price: shown_price(state).map(kernel::Fen::get),
            lead: state.lead.map(|lead| lead.bidder.0),
            matched: state.lead.is_some_and(|lead| lead.matched),
            bids: state.bids,
            bidders: state.took_part(),
            base: reach.base,
            step: reach.step,
            next: reach.next,
            most: reach.most,
            guard: reach.guard,
            end: state.end.0,
            window: state.rules.window_secs(),
            still: state.paused.as_ref().map(|paused| Still {
                at: paused.at.0,
                resumes: paused.resumes.map(|at| at.0),
            }),
            fall: state.fall,
            offers: state.offers.len(),
            takers: state.takers.len(),
            head: head.to_string(),
            lines: lines.get(..LINES_MAX.min(lines.len())).unwrap_or_default(),
            said,
        }
    }
}

/// What changes more of a page than figures.
#[must_use]
pub(crate) fn shape(state: &State, said: &[Said]) -> String {
    let still = match &state.paused {
        None => 0,
        Some(paused) if paused.resumes.is_none() => 1,
        Some(_) => 2,
    };
    let asking = state.asking.map_or(0, |paddle| paddle.0);
    let hammer = u8::from(state.awaits_hammer());
    format!(
        "{}.{still}.{asking}.{hammer}.{}.{}",
        phase_code(state.phase),
        u8::from(state.round.is_runoff) + 2 * u8::from(state.round.among.is_some()),
        said.len()
    )
}

/// The figure that is shown large: the lead's price, or what is asked; none while offers are sealed.
#[must_use]
pub(crate) fn shown_price(state: &State) -> Option<kernel::Fen> {
    match state.rules.mode {
        Mode::Dutch { .. } | Mode::Listed { .. } if state.lead.is_none() => Some(state.asked),
        _ => state.price(),
    }
}

/// How far a bid may reach now, in 分.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reach {
    /// From where steps are counted.
    pub base: i64,
    /// One step there.
    pub step: i64,
    /// The least that may be bid.
    pub next: i64,
    /// The most.
    pub most: i64,
    /// From this on a bid is confirmed once more.
    pub guard: i64,
}

impl Reach {
    /// Of a state.
    #[must_use]
    pub(crate) fn of(state: &State) -> Self {
        let rules = &state.rules;
        let base = state.price().unwrap_or(rules.start);
        let step = rules.step_at(base).get().max(1);
        let base = base.get();
        let next = if state.lead.is_some() {
            base.saturating_add(step)
        } else {
            base
        };
        let most = base.saturating_add(step.saturating_mul(rules.steps_max));
        // More steps than the guard's, or more than its percentage: whichever comes first.
        let by_steps = base
            .saturating_add(step.saturating_mul(rules.guard.steps))
            .saturating_add(1);
        let percent = i128::from(base) * i128::from(rules.guard.percent) / 100;
        let by_share = i64::try_from(i128::from(base) + percent + 1).unwrap_or(i64::MAX);
        Self {
            base,
            step,
            next,
            most,
            guard: by_steps.min(by_share),
        }
    }

    /// The amounts of the buttons: one, two and three steps on.
    #[must_use]
    pub(crate) fn buttons(&self) -> [i64; 3] {
        let on = |steps: i64| self.next.saturating_add(self.step.saturating_mul(steps));
        [on(0), on(1), on(2)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{english, start};
    use super::*;
    use bidding::{Command, Key, Paddle, Rules};
    use kernel::Fen;

    fn bid(bidder: u32, yuan: i64, key: u64) -> Command {
        Command::Bid {
            bidder: Paddle(bidder),
            amount: Fen::new(yuan * 100),
            key: Key(key),
            auto: false,
            confirmed: false,
        }
    }

    #[test]
    fn the_ladder_has_bids_and_what_everyone_must_know() {
        let (mut desk, now) = start(english(600_000), 3);
        let mut steps = desk.handle(bid(1, 600_000, 1), now).steps;
        steps.extend(desk.handle(bid(2, 600_000, 2), now).steps);
        let trouble = Command::Unhealthy {
            trouble: bidding::Trouble::Clock,
        };
        steps.extend(desk.handle(trouble, now).steps);
        let all: Vec<Line> = steps.iter().flat_map(lines).collect();
        let kinds: Vec<&str> = all.iter().map(|line| line.kind).collect();
        assert_eq!(kinds, ["bid", "paused-self"], "the refusal of an equal bid is no line");
        assert_eq!((all[0].paddle, all[0].fen), (Some(1), Some(60_000_000)));
        assert_eq!(all[1].text.as_deref(), Some("clock"));
    }

    #[test]
    fn the_reach_is_what_the_engine_takes() {
        let (mut desk, now) = start(english(600_000), 3);
        let mut bidder = 1;
        let mut key = 0;
        let mut send = |desk: &mut bidding::Desk, amount: i64, confirmed: bool| {
            key += 1;
            let command = Command::Bid {
                bidder: Paddle(bidder),
                amount: Fen::new(amount),
                key: Key(key),
                auto: false,
                confirmed,
            };
            let refused = desk.handle(command, now).answer.unwrap().refused;
            if refused.is_none() {
                bidder = 3 - bidder;
            }
            refused.map(|why| why.code())
        };
        for _ in 0..5 {
            let reach = Reach::of(desk.state());
            assert!(send(&mut desk, reach.next - reach.step.min(reach.next), false).is_some());
            assert_eq!(send(&mut desk, reach.most + reach.step, true), Some("too-high"));
            for amount in reach.buttons() {
                if amount >= reach.guard {
                    assert_eq!(send(&mut desk, amount, false), Some("confirm"));
                    break;
                }
            }
            let last_free = (reach.base..reach.guard)
                .rev()
                .step_by(1)
                .find(|a| (a - reach.base) % reach.step == 0);
            let first_guarded = last_free.unwrap() + reach.step;
            assert_eq!(
                send(&mut desk, first_guarded, false),
                Some("confirm"),
                "from the guard on"
            );
            assert_eq!(
                send(&mut desk, last_free.unwrap().max(reach.next), false),
                None,
                "below the guard"
            );
        }
    }

    #[test]
    fn an_update_is_small_and_has_no_words() {
        let (mut desk, now) = start(Rules::english(Fen::new(60_000_000)), 40);
        let mut all = Vec::new();
        for (n, bidder) in (0..60_u64).zip((1..=40).cycle()) {
            let price = desk.state().next_price().unwrap();
            let command = Command::Bid {
                bidder: Paddle(bidder),
                amount: price,
                key: Key(n),
                auto: false,
                confirmed: false,
            };
            all.extend(desk.handle(command, now).steps.iter().flat_map(lines));
        }
        all.reverse();
        let json = serde_json::to_string(&Wire::of(desk.state(), Hash::NONE, &all, &[], now.0)).unwrap();
        assert!(json.is_ascii() && json.len() < 4096, "{} bytes: {json}", json.len());
        assert_eq!(json.matches("\"kind\":\"bid\"").count(), LINES_MAX);
    }
}
