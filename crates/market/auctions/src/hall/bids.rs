//! Bids from a room's forms: with script they are answered as JSON, without it as a page. The form's key makes a double
//! click, a reload or a retry one bid.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use bidding::{Command, Event, Key, Paddle, Why};
use jcore::{Cx, Fault, Form, Permit, Result, Shell, Subject};
use kernel::Fen;
use serde::Deserialize;

use super::amount;
use super::floor::Given;
use super::outcome::Outcome;
use super::place::{self, Place};
use super::room::{self, new_key, receipt_href};
use super::{TRAIN, halls, sealed};
use crate::rules::BID;

/// What a room's forms send.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct BidForm {
    #[serde(default)]
    deed: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    quick: String,
    #[serde(default)]
    confirmed: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    takes: String,
}

/// `POST /lots/{lot}/bids`
pub(crate) async fn real(
    cx: Cx,
    Path(lot): Path<String>,
    headers: HeaderMap,
    Form(form): Form<BidForm>,
) -> Result<Response> {
    let place = place::real(&cx, &lot).await?;
    let permit = bidder_permit(&cx, &place)?;
    answer(&cx, &place, &permit, &headers, &form).await
}

/// `POST /training/{room}/bids`
pub(crate) async fn mock(
    cx: Cx,
    Path(room): Path<String>,
    headers: HeaderMap,
    Form(form): Form<BidForm>,
) -> Result<Response> {
    let place = place::mock(&cx, &room)?;
    let permit = cx.permit(TRAIN, &Subject::NONE)?;
    answer(&cx, &place, &permit, &headers, &form).await
}

/// The permit of a lot's admitted bidder; who is none is not to know more than that.
pub(crate) fn bidder_permit(cx: &Cx, place: &Place) -> Result<Permit> {
    let own = cx.actor.user.filter(|_| place.me.is_some());
    cx.permit(BID, &own.map_or(Subject::NONE, Subject::user))
}

/// `POST /training/{room}/join`
pub(crate) async fn join(cx: Cx, Path(room): Path<String>, Form(_): Form<BidForm>) -> Result<Response> {
    let given = halls(&cx.app)?.mocks().join(&cx.app, &room, &place::identity(&cx));
    let place = place::mock(&cx, &room)?;
    let path = format!("{}/room", place.base);
    Ok(match given {
        Some(_) => cx.redirect(&path),
        None => cx.redirect_saying(&path, &cx.t("hall-mock-full")),
    })
}

async fn answer(cx: &Cx, place: &Place, permit: &Permit, headers: &HeaderMap, form: &BidForm) -> Result<Response> {
    let paddle = place.me.ok_or_else(|| Fault::new(jcore::FaultKind::Denied, "denied"))?;
    let key: u64 = form
        .key
        .parse()
        .map_err(|_| Fault::bad_request("a form without its key"))?;
    let outcome = bid(cx, place, permit, paddle, Key(key), form).await?;
    let json = headers
        .get(header::ACCEPT)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
    if json {
        return cx.json(&as_json(cx, place, &outcome, form));
    }
    match &outcome {
        Outcome::Placed { .. } => {
            let said = format!("{} {}", outcome.title(cx), outcome.text(cx));
            Ok(cx.redirect_saying(&format!("{}/room", place.base), &said))
        }
        Outcome::Confirm(fen) => confirm_page(cx, place, *fen, form),
        Outcome::Busy | Outcome::Unknown | Outcome::TooMany => {
            let again = fields(form);
            room::page(cx, place, StatusCode::SERVICE_UNAVAILABLE, Some((outcome, again)), true).await
        }
        Outcome::Refused { .. } | Outcome::Unread => {
            room::page(
                cx,
                place,
                StatusCode::UNPROCESSABLE_ENTITY,
                Some((outcome, Vec::new())),
                true,
            )
            .await
        }
    }
}

fn as_json(cx: &Cx, place: &Place, outcome: &Outcome, form: &BidForm) -> serde_json::Value {
    // A key that was answered is spent; one whose answer is not known, or that never came to the log, is kept.
    let key = match outcome.seq() {
        Some(_) => new_key(cx),
        None => form.key.clone(),
    };
    let upper = match outcome {
        Outcome::Confirm(fen) => fen.upper(),
        _ => String::new(),
    };
    serde_json::json!({
        "state": outcome.code(), "title": outcome.title(cx), "text": outcome.text(cx), "class": outcome.class(),
        "receipt": receipt_href(cx, place, outcome), "retry": outcome.is_retry(), "key": key, "seq": outcome.seq(),
        "upper": upper, "yes": cx.t("hall-confirm-yes"), "no": cx.t("hall-confirm-no"),
        "again": cx.t(if matches!(outcome, Outcome::Unknown) { "hall-ask-again" } else { "hall-try-again" }),
        "receipt_text": cx.t("hall-receipt"),
    })
}

/// The fields of a form, to be sent again.
fn fields(form: &BidForm) -> Vec<(&'static str, String)> {
    let all = [
        ("deed", &form.deed),
        ("key", &form.key),
        ("amount", &form.amount),
        ("quick", &form.quick),
        ("confirmed", &form.confirmed),
        ("step", &form.step),
        ("takes", &form.takes),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.clone()))
        .collect()
}

/// Does what a form asks for.
async fn bid(cx: &Cx, place: &Place, permit: &Permit, bidder: Paddle, key: Key, form: &BidForm) -> Result<Outcome> {
    let halls = halls(&cx.app)?;
    let lot = place.floor.key();
    if !halls.limits().may(&lot, bidder.0, &cx.address, cx.app.now().micros()) {
        return Ok(Outcome::TooMany);
    }
    let command = match form.deed.as_str() {
        "bid" | "seal" => {
            let Some(amount) = typed(form) else {
                return Ok(Outcome::Unread);
            };
            if form.deed == "seal" {
                return seal(cx, place, permit, bidder, key, amount).await;
            }
            let confirmed = !form.confirmed.is_empty();
            let command = Command::Bid {
                bidder,
                amount,
                key,
                auto: false,
                confirmed,
            };
            if !confirmed && asks_to_confirm(place, &command, cx.app.now().micros()).await? {
                return Ok(Outcome::Confirm(amount));
            }
            command
        }
        "match" => Command::Match { bidder, key },
        "accept" => Command::Accept {
            bidder,
            step: form.step.parse().map_err(|_| Fault::bad_request("no step"))?,
            key,
        },
        "take" => Command::Take { bidder, key },
        "answer" => Command::Answer {
            bidder,
            takes: form.takes == "yes",
        },
        _ => return Err(Fault::bad_request("no such deed")),
    };
    given(&place.floor.send(command).await?)
}

#[expect(clippy::unnecessary_wraps, reason = "the end of a chain of results")]
fn given(given: &Given) -> Result<Outcome> {
    Ok(Outcome::of(given))
}

fn typed(form: &BidForm) -> Option<Fen> {
    match form.quick.parse::<i64>() {
        Ok(fen) if fen > 0 => Some(Fen::new(fen)),
        _ => amount::read(&form.amount),
    }
}

/// Whether a bid climbs so high that its bidder looks at it once more, before it is sent. What the engine would say is
/// asked without telling the log.
async fn asks_to_confirm(place: &Place, command: &Command, now: i64) -> Result<bool> {
    let state = place.floor.state().await?.state;
    let now = bidding::At(now).max(state.at);
    let decided = state.decide(command, now);
    Ok(matches!(
        decided.as_slice(),
        [Event::Refused {
            why: Why::Confirm { .. }
        }]
    ))
}

async fn seal(cx: &Cx, place: &Place, permit: &Permit, bidder: Paddle, key: Key, amount: Fen) -> Result<Outcome> {
    let offer = sealed::seal(&cx.app, permit, &place.floor, bidder, amount).await?;
    given(&place.floor.send(Command::Seal { bidder, offer, key }).await?)
}

#[derive(askama::Template)]
#[template(path = "hall/confirm.html")]
struct ConfirmPage {
    s: Shell,
    base: String,
    title: String,
    text: String,
    amount: String,
    upper: String,
    beside: String,
    again: Vec<(&'static str, String)>,
}

fn confirm_page(cx: &Cx, place: &Place, fen: Fen, form: &BidForm) -> Result<Response> {
    cx.page(&ConfirmPage {
        s: cx.shell(),
        base: place.base.clone(),
        title: place.card.title.clone(),
        text: cx.t("hall-confirm-text"),
        amount: fen.to_string(),
        upper: fen.upper(),
        beside: amount::beside(cx, fen),
        again: fields(form),
    })
}
