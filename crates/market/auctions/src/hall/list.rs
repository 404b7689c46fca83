//! The hall: what is live now, what comes today and on the next bidding days, and what was decided; and the way to the
//! training hall.

use std::time::Duration;

use askama::Template;
use axum::response::Response;
use bidding::{Phase, State};
use futures_util::StreamExt;
use futures_util::stream;
use jcore::{App, Cx, FaultKind, Result, Shell};
use kernel::{Fen, Stamp};
use tokio::time::Instant;

use super::amount::beside;
use super::floor::Floor;
use super::training::Kind;
use super::{halls, kept, view};
use crate::machine::{Auctions, auctions};
use crate::model::{COMING, ENDED, LIVE, Lot};
use crate::rules::coming_days;
use crate::store;
use crate::store::lots::Filter;

/// Lots that the page shows of each kind: a bidding day has some tens.
const LOTS_MAX: i64 = 100;
/// Days back in which results are shown.
const RESULT_DAYS: i64 = 3;
/// Days ahead in which lots are shown.
const COMING_DAYS: i64 = 30;
/// Logs that are asked at once: each answer is a turn of the sequencer, so a few at a time are as quick as all.
const READS_AT_ONCE: usize = 16;
/// How long the page waits for all logs together; what has not answered by then is shown as the store knows it.
const READS_WAIT: Duration = Duration::from_secs(3);

/// A lot in the hall.
#[derive(Default)]
pub(super) struct LotCard {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) phase: String,
    pub(super) class: &'static str,
    pub(super) chips: Vec<String>,
    pub(super) label: String,
    pub(super) price: String,
    wan: String,
    lead: String,
    count: String,
    pub(super) clock_label: String,
    pub(super) clock: String,
    pub(super) ends: i64,
    when: String,
}

/// The lots of a day.
struct Day {
    name: String,
    lots: Vec<LotCard>,
}

#[derive(Template)]
#[template(path = "hall/hall.html")]
struct HallPage {
    s: Shell,
    now: i64,
    shape: String,
    live: Vec<LotCard>,
    days: Vec<Day>,
    done: Vec<LotCard>,
    next_days: Vec<String>,
}

/// `GET /hall`
pub(crate) async fn show(cx: Cx) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let today = Stamp::start_of(cx.now.date_in_cn());
    let public = || Filter {
        states: vec!["logged"],
        ..Filter::default()
    };
    let coming = Filter {
        phases: COMING.to_vec(),
        starts_before: Some(today.plus_days(COMING_DAYS).micros()),
        ..public()
    };
    let live = Filter {
        phases: LIVE.to_vec(),
        ..public()
    };
    let done = Filter {
        phases: ENDED.to_vec(),
        starts_from: Some(today.plus_days(-RESULT_DAYS).micros()),
        ..public()
    };
    let (coming, _) = store::lots::list(&mut conn, &coming, LOTS_MAX, 0).await?;
    let (live, _) = store::lots::list(&mut conn, &live, LOTS_MAX, 0).await?;
    let (done, _) = store::lots::list(&mut conn, &done, LOTS_MAX, 0).await?;
    drop(conn);
    let mut cards = Sorted::default();
    let open: Vec<Lot> = live.into_iter().chain(coming).collect();
    let states = states(&cx.app, &open).await?;
    for (lot, state) in open.iter().zip(&states) {
        match state {
            Some(state) => cards.add(&cx, lot, state.as_ref()),
            None => cards.add_kept(&cx, lot),
        }
    }
    // What is over changes no more: the store's mirror has it, and no log is read for it.
    for lot in done.iter().rev() {
        cards.add_kept(&cx, lot);
    }
    let page = HallPage {
        s: cx.shell().phases(),
        now: cx.app.now().micros(),
        shape: cards.shape,
        live: cards.live,
        days: cards.days,
        done: cards.done,
        next_days: next_days(&cx),
    };
    cx.page(&page)
}

/// The next days on which bidding takes place.
fn next_days(cx: &Cx) -> Vec<String> {
    let shell = cx.shell();
    let days = coming_days(&programme::now(&cx.app), cx.now.date_in_cn());
    days.map(|day| shell.day(&Stamp::start_of(day).micros())).collect()
}

/// Where lots stand by their logs, a few at once, in their order; none where a log can't be had just now.
async fn states(app: &App, lots: &[Lot]) -> Result<Vec<Option<std::sync::Arc<State>>>> {
    let log = auctions(app)?.clone();
    let until = Instant::now() + READS_WAIT;
    let ids: Vec<uuid::Uuid> = lots.iter().map(|lot| lot.id).collect();
    let reads = stream::iter(ids).map(move |id| state_by(log.clone(), id, until));
    let found: Vec<Result<_>> = reads.buffered(READS_AT_ONCE).collect().await;
    found.into_iter().collect()
}

async fn state_by(log: Auctions, lot: uuid::Uuid, until: Instant) -> Result<Option<std::sync::Arc<State>>> {
    let floor = Floor::Real(log, lot);
    match tokio::time::timeout_at(until, floor.state()).await {
        Ok(Ok(update)) => Ok(Some(update.state)),
        // A log that can't be had just now is no reason to leave the reader without a list.
        Err(_) => Ok(None),
        Ok(Err(fault)) if matches!(fault.kind, FaultKind::NotFound | FaultKind::Busy) => Ok(None),
        Ok(Err(fault)) => Err(fault),
    }
}

/// Lots by where they stand. What the mirror says may be seconds old; the log says it as it is now.
#[derive(Default)]
struct Sorted {
    live: Vec<LotCard>,
    days: Vec<Day>,
    done: Vec<LotCard>,
    shape: String,
}

impl Sorted {
    /// A lot as its log says.
    fn add(&mut self, cx: &Cx, lot: &Lot, state: &State) {
        // By what the page is known to have changed.
        self.shape
            .push_str(&format!("{}.{};", state.seq, super::wire::shape(state, &[])));
        self.sort(cx, state.phase, state.starts.0, card(cx, lot, state));
    }

    /// A lot as the store's mirror says.
    fn add_kept(&mut self, cx: &Cx, lot: &Lot) {
        self.shape.push_str(&format!("{}.{};", lot.seq, lot.phase));
        self.sort(cx, lot.phase(), lot.starts_at.unwrap_or(0), kept_card(cx, lot));
    }

    fn sort(&mut self, cx: &Cx, phase: Phase, starts: i64, card: LotCard) {
        if phase.is_live() || phase == Phase::Closing {
            self.live.push(card);
        } else if matches!(phase, Phase::Announced | Phase::Ready) {
            let name = cx.shell().day(&starts);
            match self.days.last_mut().filter(|day| day.name == name) {
                Some(day) => day.lots.push(card),
                None => self.days.push(Day { name, lots: vec![card] }),
            }
        } else {
            self.done.push(card);
        }
    }
}

fn card(cx: &Cx, lot: &Lot, state: &State) -> LotCard {
    let top = view::top(cx, state, None, cx.app.now().micros());
    let start = state.rules.start;
    let (label, price, fen) = match super::wire::shown_price(state) {
        Some(fen) => (top.price_label, top.price, fen),
        None => (cx.t("hall-start"), start.to_string(), start),
    };
    LotCard {
        phase: top.phase,
        class: top.phase_class,
        label,
        price,
        wan: beside(cx, fen),
        lead: top.lead,
        count: top.count,
        clock_label: top.clock_label,
        clock: top.clock,
        ends: top.ends,
        ..LotCard::new(cx, lot, state.phase, state.starts.0)
    }
}

/// A lot as the store's mirror says.
pub(super) fn kept_card(cx: &Cx, lot: &Lot) -> LotCard {
    let phase = lot.phase();
    let ends = kept::ends_at(lot).unwrap_or(0);
    let (label, fen) = match lot.price_fen {
        Some(fen) => (cx.t(kept::price_label(phase)), Fen::new(fen)),
        None => (cx.t("hall-start"), lot.start()),
    };
    LotCard {
        phase: cx.t(&format!("lot-phase-{}", lot.phase)),
        class: view::phase_class(phase, false),
        label,
        price: fen.to_string(),
        wan: beside(cx, fen),
        lead: kept::lead(cx, lot),
        count: kept::count(cx, lot),
        clock_label: cx.t(&format!("hall-clock-{}", view::phase_clock(phase))),
        clock: if ends > 0 {
            view::left(cx, ends, cx.app.now().micros())
        } else {
            "—".to_owned()
        },
        ends,
        ..LotCard::new(cx, lot, phase, lot.starts_at.unwrap_or(0))
    }
}

impl LotCard {
    /// What does not depend on who says where the lot stands.
    fn new(cx: &Cx, lot: &Lot, phase: Phase, starts: i64) -> Self {
        let room = phase.is_live() || matches!(phase, Phase::Ready | Phase::Closing);
        Self {
            href: cx.href(&format!("/lots/{}{}", lot.id, if room { "/room" } else { "" })),
            number: lot.number.clone(),
            title: lot.title.clone(),
            chips: vec![cx.t(&format!("lot-mode-{}", lot.mode))],
            when: view::instant(cx, starts),
            ..Self::default()
        }
    }
}

/// A room of the training hall.
struct RoomCard {
    href: String,
    title: String,
    mode: String,
    text: String,
    phase: String,
    class: &'static str,
    price: String,
}

#[derive(Template)]
#[template(path = "hall/training.html")]
struct TrainingPage {
    s: Shell,
    rooms: Vec<RoomCard>,
}

/// `GET /training`
pub(crate) async fn training(cx: Cx) -> Result<Response> {
    let mut rooms = Vec::new();
    for kind in Kind::ALL {
        let known = halls(&cx.app)?.mocks().standing(kind);
        let state = known.as_deref();
        rooms.push(RoomCard {
            href: cx.href(&format!("/training/{}/room", kind.code())),
            title: cx.t(&format!("hall-mock-title-{}", kind.code())),
            mode: cx.t(&format!("lot-mode-{}", kind.mode())),
            text: cx.t(&format!("hall-mock-text-{}", kind.code())),
            phase: state.map_or_else(|| cx.t("hall-mock-waiting"), |state| view::phase_words(&cx, state)),
            class: if state.is_some_and(|state| state.phase.is_live()) {
                "live"
            } else {
                ""
            },
            price: state
                .and_then(super::wire::shown_price)
                .map_or_else(String::new, |fen: Fen| fen.to_string()),
        });
    }
    cx.page(&TrainingPage { s: cx.shell(), rooms })
}
