//! The hall: what is live now, what comes today and on the next bidding days, and what was decided; and the way to the
//! training hall.

use askama::Template;
use axum::response::Response;
use bidding::{Phase, State};
use jcore::{Cx, FaultKind, Result, Shell};
use kernel::{Fen, Stamp};

use super::amount::beside;
use super::floor::Floor;
use super::halls;
use super::training::Kind;
use super::view;
use crate::machine::auctions;
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
/// A lot in the hall.
struct LotCard {
    href: String,
    number: String,
    title: String,
    phase: String,
    class: &'static str,
    chips: Vec<String>,
    label: String,
    price: String,
    wan: String,
    lead: String,
    count: String,
    clock_label: String,
    clock: String,
    ends: i64,
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
    for lot in live.iter().chain(&coming).chain(&done) {
        cards.add(&cx, lot).await?;
    }
    let mut done = cards.done;
    done.reverse();
    let page = HallPage {
        s: cx.shell().phases(),
        now: cx.app.now().micros(),
        shape: cards.shape,
        live: cards.live,
        days: cards.days,
        done,
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

/// Lots by where they stand. What the mirror says may be seconds old; the log says it as it is now.
#[derive(Default)]
struct Sorted {
    live: Vec<LotCard>,
    days: Vec<Day>,
    done: Vec<LotCard>,
    shape: String,
}

impl Sorted {
    async fn add(&mut self, cx: &Cx, lot: &Lot) -> Result<()> {
        let floor = Floor::Real(auctions(&cx.app)?.clone(), lot.id);
        let update = match floor.state().await {
            Ok(update) => update,
            // A log that can't be had just now leaves the list without this lot, not the reader without a list.
            Err(fault) if matches!(fault.kind, FaultKind::NotFound | FaultKind::Busy) => return Ok(()),
            Err(fault) => return Err(fault),
        };
        let state = &update.state;
        // By what the page is known to have changed.
        self.shape
            .push_str(&format!("{}.{};", state.seq, super::wire::shape(state, &[])));
        let card = card(cx, lot, state);
        if state.phase.is_live() || state.phase == Phase::Closing {
            self.live.push(card);
        } else if matches!(state.phase, Phase::Announced | Phase::Ready) {
            let name = cx.shell().day(&state.starts.0);
            match self.days.last_mut().filter(|day| day.name == name) {
                Some(day) => day.lots.push(card),
                None => self.days.push(Day { name, lots: vec![card] }),
            }
        } else {
            self.done.push(card);
        }
        Ok(())
    }
}

fn card(cx: &Cx, lot: &Lot, state: &State) -> LotCard {
    let top = view::top(cx, state, None, cx.app.now().micros());
    let room = state.phase.is_live() || matches!(state.phase, Phase::Ready | Phase::Closing);
    let start = state.rules.start;
    let (label, price, fen) = match super::wire::shown_price(state) {
        Some(fen) => (top.price_label, top.price, fen),
        None => (cx.t("hall-start"), start.to_string(), start),
    };
    LotCard {
        href: cx.href(&format!("/lots/{}{}", lot.id, if room { "/room" } else { "" })),
        number: lot.number.clone(),
        title: lot.title.clone(),
        phase: top.phase,
        class: top.phase_class,
        chips: vec![cx.t(&format!("lot-mode-{}", lot.mode))],
        label,
        price,
        wan: beside(cx, fen),
        lead: top.lead,
        count: top.count,
        clock_label: top.clock_label,
        clock: top.clock,
        ends: top.ends,
        when: view::instant(cx, state.starts.0),
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
