//! A lot's room, as a page: it works without script, and script makes it live (R060, R061).

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use jcore::{Cx, Query, Result, Shell};
use kernel::Fen;
use serde::Deserialize;

use super::amount::{bare, beside};
use super::feed::Frame;
use super::outcome::{Outcome, script_words};
use super::place::{self, Place};
use super::view::{self, Deed, LineView, Top};
use super::wire::{Reach, shape};
use super::{halls, proxy, training};
use crate::rules::OFFICE;

/// Seconds after which a page without script is asked for again, for who only looks.
const RELOAD_LOOK_SECS: u32 = 5;
/// The same for who has a form on the page: long enough to fill it in.
const RELOAD_FORM_SECS: u32 = 30;

/// A fact beside the ladder.
pub(crate) struct Fact {
    name: String,
    text: String,
    chip: String,
    class: &'static str,
    href: String,
    link: String,
}

/// A bid button.
struct Button {
    fen: i64,
    amount: String,
    step: String,
}

/// What the reader can do, in words.
#[derive(Default)]
struct Desk {
    deed: &'static str,
    paddle: String,
    keys: [String; 3],
    buttons: Vec<Button>,
    typed: String,
    upper: String,
    range: String,
    matches: bool,
    proxies: bool,
    proxy: String,
    commitment: String,
    sealed: bool,
    step: u32,
    idle: String,
    joins: bool,
    href: String,
    link: String,
}

/// What became of a form, above the page.
pub(crate) struct OutcomeView {
    class: &'static str,
    title: String,
    text: String,
    receipt: String,
    retry: bool,
    retry_text: String,
    again: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "hall/room.html")]
struct RoomPage {
    s: Shell,
    base: String,
    title: String,
    number: String,
    mock: bool,
    chips: Vec<String>,
    config: String,
    reload_secs: u32,
    top: Top,
    said: Vec<(String, String)>,
    outcome: Option<OutcomeView>,
    lines: Vec<LineView>,
    desk: Desk,
    facts: Vec<Fact>,
    rules: Vec<(String, String)>,
    now: String,
    head: String,
    seq: u64,
    office: bool,
}

/// What a room's address may ask for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct RoomQuery {
    /// Not to be asked for again by itself.
    still: Option<String>,
}

/// `GET /lots/{lot}/room`
pub(crate) async fn real(cx: Cx, Path(lot): Path<String>, Query(query): Query<RoomQuery>) -> Result<Response> {
    let place = place::real(&cx, &lot).await?;
    page(&cx, &place, StatusCode::OK, None, query.still.is_some()).await
}

/// `GET /training/{room}/room`
pub(crate) async fn mock(cx: Cx, Path(room): Path<String>, Query(query): Query<RoomQuery>) -> Result<Response> {
    let place = place::mock(&cx, &room)?;
    page(&cx, &place, StatusCode::OK, None, query.still.is_some()).await
}

/// A room's page.
///
/// # Errors
/// The store's.
pub(crate) async fn page(
    cx: &Cx,
    place: &Place,
    status: StatusCode,
    outcome: Option<(Outcome, Vec<(&'static str, String)>)>,
    still: bool,
) -> Result<Response> {
    let frame = halls(&cx.app)?.feeds().frame(&cx.app, &place.floor).await?;
    let state = &frame.stand.state;
    let now = cx.app.now().micros();
    let desk = desk(cx, place, &frame).await?;
    let has_form = desk.deed != "nothing";
    let reload_secs = match (still, state.phase.is_over(), has_form) {
        (true, ..) | (_, true, _) => 0,
        (_, _, true) => RELOAD_FORM_SECS,
        _ => RELOAD_LOOK_SECS,
    };
    let page = RoomPage {
        s: cx.shell(),
        base: place.base.clone(),
        title: place.card.title.clone(),
        number: place.card.number.clone(),
        mock: place.is_mock(),
        chips: place.card.chips.clone(),
        config: config(cx, place, &frame, now).to_string(),
        reload_secs,
        top: view::top(cx, state, place.me, now),
        said: frame
            .said
            .iter()
            .map(|said| (view::instant(cx, said.at), said.text.clone()))
            .collect(),
        outcome: outcome.map(|(outcome, again)| outcome_view(cx, place, &outcome, again)),
        lines: frame.lines.iter().map(|line| view::line(cx, line, place.me)).collect(),
        desk,
        facts: facts(cx, place, &frame),
        rules: view::rule_list(cx, &state.rules),
        now: view::clock(now),
        head: frame.stand.head.to_string(),
        seq: state.seq,
        office: !place.is_mock() && place.lot.as_ref().is_some_and(|lot| cx.may(OFFICE, &lot.subject())),
    };
    cx.page_with(status, &page)
}

/// What the script is told.
fn config(cx: &Cx, place: &Place, frame: &Frame, now: i64) -> serde_json::Value {
    let state = &frame.stand.state;
    serde_json::json!({
        "events": format!("{}/events", place.base),
        "page": cx.href(&format!("{}/room", place.base)),
        "clock": "/api/v1/clock",
        "me": place.me.map(|paddle| paddle.0),
        "now": now,
        "seq": state.seq,
        "ends": view::ends_at(state),
        "shape": shape(state, &frame.said),
        "guard": Reach::of(state).guard,
        "again": if place.is_mock() { training::AGAIN_SECS } else { 0 },
        "lang": cx.lang.code(),
        "words": script_words(cx, state),
    })
}

async fn desk(cx: &Cx, place: &Place, frame: &Frame) -> Result<Desk> {
    let state = &frame.stand.state;
    let mut desk = Desk {
        deed: "nothing",
        paddle: place.me.map(|paddle| view::number(paddle.0)).unwrap_or_default(),
        keys: [new_key(cx), new_key(cx), new_key(cx)],
        ..Desk::default()
    };
    let reach = Reach::of(state);
    let words_of = |fen: Fen| format!("{} {}", fen.upper(), beside(cx, fen)).trim().to_owned();
    match view::deed(state, place.me) {
        Deed::Bid => {
            desk.deed = "bid";
            desk.buttons = buttons(cx, &reach);
            desk.range = range(cx, &reach);
            desk.matches = view::may_match(state, place.me);
            if let (Some(me), false) = (place.me, place.is_mock()) {
                desk.proxies = true;
                if let Some((ceiling, commitment)) = proxy::mine(cx, place, me).await? {
                    (desk.proxy, desk.commitment) = (bare(ceiling), commitment);
                }
            }
        }
        Deed::Seal => {
            desk.deed = "seal";
            desk.sealed = place.me.is_some_and(|me| state.offers.contains_key(&me));
            desk.range = cx.ta("hall-offer-least", &[("amount", bare(state.round.least))]);
        }
        Deed::Accept => {
            (desk.deed, desk.step, desk.upper) = ("accept", state.fall, words_of(state.asked));
        }
        Deed::Take => (desk.deed, desk.upper) = ("take", words_of(state.asked)),
        Deed::Answer => {
            desk.deed = "answer";
            desk.upper = state.price().map(words_of).unwrap_or_default();
        }
        Deed::Nothing(code) => idle(cx, place, code, &mut desk),
    }
    Ok(desk)
}

/// Why there is no form, and the way to one.
fn idle(cx: &Cx, place: &Place, code: &'static str, desk: &mut Desk) {
    let code = match code {
        "guest" if place.asked => "asked",
        "guest" if place.is_mock() => "mock-guest",
        other => other,
    };
    desk.idle = cx.t(&format!("hall-idle-{code}"));
    desk.joins = place.is_mock() && place.me.is_none();
    if matches!(code, "guest" | "deposit" | "before" | "awarded" | "over") && !place.is_mock() {
        desk.href = cx.href(&place.base);
        desk.link = cx.t("hall-to-lot");
    }
}

fn buttons(cx: &Cx, reach: &Reach) -> Vec<Button> {
    let on = (1_i64..).zip(reach.buttons());
    on.filter(|(_, fen)| *fen <= reach.most)
        .map(|(n, fen)| Button {
            fen,
            amount: bare(Fen::new(fen)),
            step: cx.ta(
                "hall-step-on",
                &[("amount", bare(Fen::new(fen - reach.base))), ("n", n.to_string())],
            ),
        })
        .collect()
}

fn range(cx: &Cx, reach: &Reach) -> String {
    cx.ta(
        "hall-range",
        &[
            ("amount", bare(Fen::new(reach.next))),
            ("until", bare(Fen::new(reach.most))),
            ("n", bare(Fen::new(reach.step))),
        ],
    )
}

/// A key for a form: 53 bits, so that scripts can hold it, too.
pub(crate) fn new_key(cx: &Cx) -> String {
    const BITS_LEFT: u32 = 11;
    (u64::from_le_bytes(cx.app.ids.bytes::<8>()) >> BITS_LEFT).to_string()
}

fn facts(cx: &Cx, place: &Place, frame: &Frame) -> Vec<Fact> {
    let state = &frame.stand.state;
    let fact = |id: &str, text: String| Fact {
        name: cx.t(id),
        text,
        chip: String::new(),
        class: "",
        href: String::new(),
        link: String::new(),
    };
    let mut out = Vec::new();
    if let Some(me) = place.me {
        let (chip, class) = view::stage(cx, state.ledger.stage(me));
        let amount = cx.ta("hall-yuan", &[("amount", bare(state.rules.deposit))]);
        out.push(Fact {
            chip,
            class,
            ..fact("hall-fact-deposit", amount)
        });
        let rank = state.bidders.get(&me).and_then(|bidder| bidder.rank);
        if let Some(rank) = rank {
            let text = cx.ta("hall-fact-rank", &[("n", rank.to_string())]);
            out.push(fact("hall-fact-priority", text));
        }
    }
    let registered = state.bidders.len();
    let good = state
        .bidders
        .keys()
        .filter(|paddle| state.ledger.is_good(**paddle))
        .count();
    let args = [("n", registered.to_string()), ("good", good.to_string())];
    out.push(fact("hall-fact-bidders", cx.ta("hall-fact-bidders-text", &args)));
    if let Some((winner, price)) = state.award {
        let who = view::who(cx, winner.0, place.me);
        let text = format!("{who} · {}", cx.ta("hall-yuan", &[("amount", bare(price))]));
        out.push(Fact {
            chip: view::phase_words(cx, state),
            class: "wait",
            ..fact("hall-fact-award", text)
        });
    }
    out
}

fn outcome_view(cx: &Cx, place: &Place, outcome: &Outcome, again: Vec<(&'static str, String)>) -> OutcomeView {
    OutcomeView {
        class: outcome.class(),
        title: outcome.title(cx),
        text: outcome.text(cx),
        receipt: receipt_href(cx, place, outcome),
        retry: outcome.is_retry(),
        retry_text: cx.t(if matches!(outcome, Outcome::Unknown) {
            "hall-ask-again"
        } else {
            "hall-try-again"
        }),
        again,
    }
}

/// Where the receipt of a bid is.
pub(crate) fn receipt_href(cx: &Cx, place: &Place, outcome: &Outcome) -> String {
    outcome
        .seq()
        .map(|seq| cx.href(&format!("{}/receipts/{seq}", place.base)))
        .unwrap_or_default()
}

/// `GET /lots/{lot}/events`
pub(crate) async fn real_events(cx: Cx, Path(lot): Path<String>, headers: HeaderMap) -> Result<Response> {
    let place = place::real(&cx, &lot).await?;
    events(&cx, &place, &headers)
}

/// `GET /training/{room}/events`
pub(crate) async fn mock_events(cx: Cx, Path(room): Path<String>, headers: HeaderMap) -> Result<Response> {
    let place = place::mock(&cx, &room)?;
    events(&cx, &place, &headers)
}

fn events(cx: &Cx, place: &Place, headers: &HeaderMap) -> Result<Response> {
    let seen = headers
        .get(header::HeaderName::from_static("last-event-id"))
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse().ok());
    let feeds = halls(&cx.app)?.feeds();
    let frames = feeds.watch(&cx.app, &place.floor);
    Ok(super::feed::events(frames, feeds.stopping(), seen))
}
