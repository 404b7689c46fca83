//! What a room shows to who is looking: from where the lot stands to words. Pure, but for the words.

use bidding::{Mode, Paddle, Phase, Priority, Rules, Stage, State};
use jcore::{Cx, Lang};
use kernel::{Fen, Stamp};

use super::amount::{bare, beside};
use super::wire::{Line, Reach, shown_price};
use crate::model::{mode_code, phase_code, stage_code};

/// What the reader can do in a room now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Deed {
    /// Bid in the open.
    Bid,
    /// Seal an offer.
    Seal,
    /// Take a falling price.
    Accept,
    /// Take a listed price.
    Take,
    /// Say whether they take the lot by their right of priority.
    Answer,
    /// Nothing; words are `hall-idle-CODE`.
    Nothing(&'static str),
}

/// What somebody with a paddle, or without, can do where a lot stands.
#[must_use]
pub(crate) fn deed(state: &State, paddle: Option<Paddle>) -> Deed {
    if state.phase.is_over() {
        return Deed::Nothing("over");
    }
    match state.phase {
        Phase::Draft | Phase::Reviewed | Phase::Announced | Phase::Ready => return Deed::Nothing("before"),
        Phase::Closing if state.awaits_hammer() => return Deed::Nothing("hammer"),
        Phase::Closing => return Deed::Nothing("closing"),
        Phase::Provisional | Phase::Publicity => return Deed::Nothing("awarded"),
        _ => {}
    }
    if let Some(paused) = &state.paused {
        return Deed::Nothing(if paused.resumes.is_some() { "resuming" } else { "paused" });
    }
    let Some(paddle) = paddle else {
        return Deed::Nothing("guest");
    };
    if !state.ledger.is_good(paddle) {
        return Deed::Nothing("deposit");
    }
    if !state.is_in_round(paddle) {
        return Deed::Nothing("not-in-round");
    }
    match state.phase {
        Phase::Free | Phase::Timed => Deed::Bid,
        Phase::Offers => Deed::Seal,
        Phase::Falling => Deed::Accept,
        Phase::Listed if state.takers.contains(&paddle) => Deed::Nothing("taken"),
        Phase::Listed => Deed::Take,
        Phase::Asking if state.asking == Some(paddle) => Deed::Answer,
        Phase::Asking => Deed::Nothing("asking"),
        _ => Deed::Nothing("opening"),
    }
}

/// Whether a bidder may match the leading price by right of priority now.
#[must_use]
pub(crate) fn may_match(state: &State, paddle: Option<Paddle>) -> bool {
    let rank = paddle
        .and_then(|paddle| state.bidders.get(&paddle))
        .and_then(|bidder| bidder.rank);
    state.rules.priority == Priority::Hall && rank.is_some()
}

/// A paddle as people read it: `08 号` needs two digits at least.
#[must_use]
pub(crate) fn number(paddle: u32) -> String {
    format!("{paddle:02}")
}

/// Who a paddle is to the reader: 您 or 他人, with the number; to who has none, the number.
#[must_use]
pub(crate) fn who(cx: &Cx, paddle: u32, me: Option<Paddle>) -> String {
    let id = match me {
        Some(mine) if mine.0 == paddle => "hall-who-you",
        Some(_) => "hall-who-other",
        None => "hall-who-number",
    };
    // As text: a number would lose its zero.
    cx.ta(id, &[("paddle", number(paddle))])
}

/// The time of day in China, with seconds.
#[must_use]
pub(crate) fn clock(micros: i64) -> String {
    let civil = Stamp::from_micros(micros).civil_in_cn();
    format!("{:02}:{:02}:{:02}", civil.hour(), civil.minute(), civil.second())
}

/// How long until an instant: `04:59`, or with hours and days where it is longer.
#[must_use]
pub(crate) fn left(cx: &Cx, until: i64, now: i64) -> String {
    const MICROS: i64 = 1_000_000;
    // Up, so that it reads 00:00 only when it is over.
    let secs = (until - now).max(0).div_ceil_positive(MICROS);
    let (days, hours, minutes, rest) = (secs / 86_400, secs / 3600 % 24, secs / 60 % 60, secs % 60);
    let short = if days > 0 || hours > 0 {
        format!("{hours:02}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes:02}:{rest:02}")
    };
    if days > 0 {
        cx.ta("hall-left-days", &[("n", days.to_string()), ("rest", short)])
    } else {
        short
    }
}

trait DivCeil {
    fn div_ceil_positive(self, by: Self) -> Self;
}

impl DivCeil for i64 {
    fn div_ceil_positive(self, by: Self) -> Self {
        self / by + i64::from(self % by > 0)
    }
}

/// A line of the ladder in words.
pub(crate) struct LineView {
    /// Its place in the log.
    pub seq: u64,
    /// `me`, `sys` or nothing.
    pub class: &'static str,
    /// The time of day.
    pub time: String,
    /// What.
    pub text: String,
    /// How much, where it is a bid.
    pub amount: String,
}

/// Kinds of lines that are a bidder's own deed, with an amount at the right.
const BIDS: [&str; 7] = ["bid", "auto", "match", "accept", "led", "opened", "awarded"];

/// Whether a line's kind is a bidder's.
#[must_use]
pub(crate) fn is_bid(kind: &str) -> bool {
    BIDS.contains(&kind)
}

/// A line in words.
#[must_use]
pub(crate) fn line(cx: &Cx, line: &Line, me: Option<Paddle>) -> LineView {
    let bid = is_bid(line.kind);
    let mine = line.paddle.is_some() && line.paddle == me.map(|paddle| paddle.0);
    let args = [
        ("who", line.paddle.map(|paddle| who(cx, paddle, me)).unwrap_or_default()),
        ("amount", line.fen.map(|fen| bare(Fen::new(fen))).unwrap_or_default()),
        ("until", line.until.map(|until| instant(cx, until)).unwrap_or_default()),
        ("text", line_text(cx, line)),
    ];
    LineView {
        seq: line.seq,
        class: if mine {
            "me"
        } else if bid {
            ""
        } else {
            "sys"
        },
        time: moment(cx, line.at),
        text: cx.ta(&format!("hall-line-{}", line.kind), &args),
        amount: if bid { args[1].1.clone() } else { String::new() },
    }
}

/// What a line's text says: an officer's reason as it is, a code in words.
fn line_text(cx: &Cx, line: &Line) -> String {
    let text = line.text.as_deref().unwrap_or_default();
    match line.kind {
        "failed" => cx.t(&format!("bidding-why-{text}")),
        "paused-self" => cx.t(&format!("hall-trouble-{text}")),
        _ => text.to_owned(),
    }
}

/// The time of day; of another day, its month and day: a ladder's first column is narrow.
fn moment(cx: &Cx, micros: i64) -> String {
    let day = Stamp::from_micros(micros).date_in_cn();
    if day == cx.now.date_in_cn() {
        clock(micros)
    } else {
        format!("{:02}-{:02}", day.month(), day.day())
    }
}

/// An instant: the day, the time with seconds.
#[must_use]
pub(crate) fn instant(cx: &Cx, micros: i64) -> String {
    let day = Stamp::from_micros(micros).date_in_cn();
    if day == cx.now.date_in_cn() {
        clock(micros)
    } else {
        format!("{day} {}", clock(micros))
    }
}

/// The upper part of a room: price, lead, clock.
pub(crate) struct Top {
    pub(crate) phase: String,
    pub(crate) phase_class: &'static str,
    pub(crate) price_label: String,
    pub(crate) price: String,
    pub(crate) price_wan: String,
    pub(crate) lead: String,
    pub(crate) leads: bool,
    pub(crate) clock_label: String,
    pub(crate) clock: String,
    pub(crate) ends: i64,
    pub(crate) window_secs: i64,
    pub(crate) left_secs: i64,
    pub(crate) count: String,
    pub(crate) notes: Vec<String>,
}

/// The upper part, to who is looking at an instant.
#[must_use]
pub(crate) fn top(cx: &Cx, state: &State, me: Option<Paddle>, now: i64) -> Top {
    let price = shown_price(state);
    let ends = ends_at(state);
    let running = ends.is_some();
    let ends = ends.unwrap_or(0);
    Top {
        phase: phase_words(cx, state),
        phase_class: phase_class(state.phase, state.paused.is_some()),
        price_label: cx.t(price_label(state)),
        price: price.map_or_else(|| "—".to_owned(), |fen| fen.to_string()),
        price_wan: price.map(|fen| beside(cx, fen)).unwrap_or_default(),
        lead: lead_words(cx, state, me),
        leads: me.is_some() && state.lead.map(|lead| lead.bidder) == me,
        clock_label: cx.t(&format!("hall-clock-{}", clock_kind(state))),
        clock: if running { left(cx, ends, now) } else { "—".to_owned() },
        ends,
        window_secs: state.rules.window_secs().max(1),
        left_secs: ((ends - now) / 1_000_000).max(0),
        count: count_words(cx, state),
        notes: rule_notes(cx, &state.rules),
    }
}

/// A phase in words; a standstill comes before it.
#[must_use]
pub(crate) fn phase_words(cx: &Cx, state: &State) -> String {
    match &state.paused {
        Some(paused) if paused.resumes.is_some() => cx.t("hall-phase-resuming"),
        Some(_) => cx.t("hall-phase-paused"),
        None => cx.t(&format!("lot-phase-{}", phase_code(state.phase))),
    }
}

/// The class of a phase's chip.
#[must_use]
pub(crate) fn phase_class(phase: Phase, is_paused: bool) -> &'static str {
    if is_paused {
        "wait"
    } else if phase.is_live() {
        "live"
    } else if phase == Phase::Confirmed {
        "ok"
    } else {
        ""
    }
}

/// What the clock counts to: words are `hall-clock-CODE`.
#[must_use]
pub(crate) fn clock_kind(state: &State) -> &'static str {
    match &state.paused {
        Some(paused) if paused.resumes.is_some() => "resume",
        Some(_) => "still",
        None => phase_clock(state.phase),
    }
}

/// The same of a lot that does not stand still.
#[must_use]
pub(crate) fn phase_clock(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft | Phase::Reviewed | Phase::Announced | Phase::Ready => "start",
        Phase::Free => "free",
        Phase::Timed => "timed",
        Phase::Offers => "offers",
        Phase::Falling => "falling",
        Phase::Listed => "listed",
        Phase::Asking => "asking",
        Phase::Publicity => "publicity",
        _ => "none",
    }
}

/// The instant that the clock counts to; none where nothing runs.
#[must_use]
pub(crate) fn ends_at(state: &State) -> Option<i64> {
    match (&state.paused, state.phase) {
        (Some(paused), _) => paused.resumes.map(|at| at.0),
        (None, Phase::Announced | Phase::Ready) => Some(state.starts.0),
        (None, Phase::Publicity) => state.published_until.map(|at| at.0),
        (None, phase) if phase.is_live() && phase != Phase::Unsealing => Some(state.end.0),
        _ => None,
    }
}

fn price_label(state: &State) -> &'static str {
    match (&state.rules.mode, state.lead, state.phase) {
        (_, Some(_), Phase::Provisional | Phase::Publicity) => "hall-price-awarded",
        (_, Some(_), Phase::Confirmed) => "hall-price-sold",
        (Mode::Dutch { .. }, None, _) => "hall-price-falling",
        (Mode::Listed { .. }, None, _) => "hall-price-listed",
        (Mode::Sealed { .. } | Mode::Scoring { .. }, None, _) => "hall-price-sealed",
        (_, None, _) => "hall-price-none",
        _ => "hall-price-now",
    }
}

/// Who leads, to who is looking.
#[must_use]
pub(crate) fn lead_words(cx: &Cx, state: &State, me: Option<Paddle>) -> String {
    let Some(lead) = state.lead else {
        return String::new();
    };
    let id = match me {
        Some(mine) if mine == lead.bidder => "hall-lead-you",
        Some(_) => "hall-lead-other",
        None => "hall-lead-number",
    };
    cx.ta(id, &[("paddle", number(lead.bidder.0))])
}

fn count_words(cx: &Cx, state: &State) -> String {
    match state.rules.mode {
        Mode::Sealed { .. } | Mode::Scoring { .. } if state.lead.is_none() => {
            cx.ta("hall-count-offers", &[("n", state.offers.len().to_string())])
        }
        Mode::Listed { .. } if state.lead.is_none() => {
            cx.ta("hall-count-takers", &[("n", state.takers.len().to_string())])
        }
        _ => cx.ta(
            "hall-count-bids",
            &[("n", state.bids.to_string()), ("who", state.took_part().to_string())],
        ),
    }
}

/// The lines beside the clock: start, step, reserve.
fn rule_notes(cx: &Cx, rules: &Rules) -> Vec<String> {
    let reach = Reach::of(&State::new("", rules.clone()));
    let mut out = vec![cx.ta("hall-note-start", &[("amount", bare(rules.start))])];
    if matches!(rules.mode, Mode::English { .. }) {
        let args = [
            ("amount", bare(Fen::new(reach.step))),
            ("n", rules.steps_max.to_string()),
        ];
        out.push(cx.ta("hall-note-step", &args));
    }
    if let Mode::Dutch {
        step,
        dwell_secs,
        floor,
    } = &rules.mode
    {
        let args = [("amount", bare(*step)), ("n", dwell_secs.to_string())];
        out.push(cx.ta("hall-note-dutch", &args));
        out.push(cx.ta("hall-note-floor", &[("amount", bare(*floor))]));
    }
    out.push(cx.t(if rules.reserve.is_some() {
        "hall-note-reserve"
    } else {
        "hall-note-no-reserve"
    }));
    out
}

/// The rules of a room, as a list of what and how.
#[must_use]
pub(crate) fn rule_list(cx: &Cx, rules: &Rules) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut push = |key: &str, value: String| out.push((cx.t(&format!("hall-rule-{key}")), value));
    push("mode", cx.t(&format!("lot-mode-{}", mode_code(&rules.mode))));
    push("how", mode_how(cx, &rules.mode));
    if matches!(rules.mode, Mode::English { .. }) {
        let tiers: Vec<String> = rules
            .tiers
            .iter()
            .map(|tier| {
                cx.ta(
                    "hall-rule-tier",
                    &[("from", bare(tier.from)), ("step", bare(tier.step))],
                )
            })
            .collect();
        push("step", tiers.join(list_comma(cx)));
        let args = [
            ("n", rules.guard.steps.to_string()),
            ("percent", rules.guard.percent.to_string()),
        ];
        push("guard", cx.ta("hall-rule-guard-text", &args));
    }
    push("deposit", cx.ta("hall-yuan", &[("amount", bare(rules.deposit))]));
    push("priority", priority_words(cx, rules.priority));
    if rules.hammer {
        push("hammer", cx.t("hall-rule-hammer-text"));
    }
    let publicity = if rules.publicity.working {
        "hall-rule-working-days"
    } else {
        "hall-rule-days"
    };
    push(
        "publicity",
        cx.ta(publicity, &[("n", rules.publicity.days.to_string())]),
    );
    push("final", cx.t("hall-rule-final-text"));
    out
}

fn list_comma(cx: &Cx) -> &'static str {
    if cx.lang == Lang::Zh { "；" } else { "; " }
}

fn priority_words(cx: &Cx, priority: Priority) -> String {
    match priority {
        Priority::None => cx.t("hall-rule-priority-none"),
        Priority::Hall => cx.t("hall-rule-priority-hall"),
        Priority::Ask { secs } => cx.ta("hall-rule-priority-ask", &[("n", secs.to_string())]),
    }
}

fn mode_how(cx: &Cx, mode: &Mode) -> String {
    let secs = |secs: &i64| duration(cx, *secs);
    let id = format!("hall-how-{}", mode_code(mode));
    let args = match mode {
        Mode::English {
            free_secs, window_secs, ..
        } => vec![("a", secs(free_secs)), ("b", secs(window_secs))],
        Mode::Sealed { open_secs, runoff_secs } => vec![("a", secs(open_secs)), ("b", secs(runoff_secs))],
        Mode::Scoring {
            open_secs,
            price_weight,
            ..
        } => vec![("a", secs(open_secs)), ("b", price_weight.to_string())],
        Mode::Dutch { step, dwell_secs, .. } => vec![("a", bare(*step)), ("b", secs(dwell_secs))],
        Mode::Listed {
            open_secs, round_secs, ..
        } => vec![("a", secs(open_secs)), ("b", secs(round_secs))],
    };
    cx.ta(&id, &args)
}

/// A span of time in words.
#[must_use]
pub(crate) fn duration(cx: &Cx, secs: i64) -> String {
    let (id, n) = match secs {
        s if s % 86_400 == 0 && s > 0 => ("hall-span-days", s / 86_400),
        s if s % 3600 == 0 && s > 0 => ("hall-span-hours", s / 3600),
        s if s % 60 == 0 && s > 0 => ("hall-span-minutes", s / 60),
        s => ("hall-span-seconds", s),
    };
    cx.ta(id, &[("n", n.to_string())])
}

/// A deposit's stage in words with its class.
#[must_use]
pub(crate) fn stage(cx: &Cx, stage: Stage) -> (String, &'static str) {
    let class = match stage {
        Stage::Confirmed | Stage::Locked | Stage::Applied => "ok",
        Stage::Pledged | Stage::BankSeen => "wait",
        Stage::Forfeited => "live",
        Stage::None | Stage::Released => "",
    };
    (cx.t(&format!("lot-stage-{}", stage_code(stage))), class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::testing::{english, start};
    use bidding::{Command, Key, Trouble};

    #[test]
    fn what_can_be_done_follows_the_lot_and_the_paddle() {
        let (mut desk, now) = start(english(600_000), 3);
        assert_eq!(deed(desk.state(), Some(Paddle(1))), Deed::Bid);
        assert_eq!(deed(desk.state(), None), Deed::Nothing("guest"));
        assert_eq!(deed(desk.state(), Some(Paddle(9))), Deed::Nothing("deposit"));
        let trouble = Command::Unhealthy { trouble: Trouble::Gap };
        desk.handle(trouble, now);
        assert_eq!(deed(desk.state(), Some(Paddle(1))), Deed::Nothing("paused"));
        let resume = Command::Resume {
            by: bidding::Officer(1),
            reason: "ok".into(),
        };
        desk.handle(resume, now);
        assert_eq!(deed(desk.state(), Some(Paddle(1))), Deed::Nothing("resuming"));
        assert_eq!(clock_kind(desk.state()), "resume");
        assert!(ends_at(desk.state()).is_some());
    }

    #[test]
    fn every_mode_has_its_deed() {
        let start_at = Fen::new(60_000_000);
        let modes = [
            (
                Mode::Sealed {
                    open_secs: 600,
                    runoff_secs: 600,
                },
                Deed::Seal,
            ),
            (
                Mode::Dutch {
                    step: Fen::new(600_000),
                    dwell_secs: 60,
                    floor: Fen::new(40_000_000),
                },
                Deed::Accept,
            ),
            (
                Mode::Listed {
                    open_secs: 600,
                    then: bidding::Then::English,
                    round_secs: 300,
                },
                Deed::Take,
            ),
        ];
        for (mode, expected) in modes {
            let (mut desk, now) = start(Rules::of(start_at, mode), 2);
            assert_eq!(deed(desk.state(), Some(Paddle(1))), expected);
            let take = Command::Take {
                bidder: Paddle(1),
                key: Key(1),
            };
            desk.handle(take, now);
            if expected == Deed::Take {
                assert_eq!(deed(desk.state(), Some(Paddle(1))), Deed::Nothing("taken"));
            }
        }
    }

    #[test]
    fn paddles_and_times_read_well() {
        assert_eq!((number(8), number(123)), ("08".to_owned(), "123".to_owned()));
        assert_eq!(clock(1_686_722_470_000_000), "14:01:10");
        assert_eq!(1_000_001_i64.div_ceil_positive(1_000_000), 2);
    }
}
