//! Bidding for machines: lean answers without words, the same log.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use bidding::evidence::Receipt;
use bidding::sequencer::Reply;
use bidding::{Command, Key, Paddle, Step};
use jcore::{Cx, Fault, FaultKind, Json, Query, Result};
use kernel::Fen;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::floor::Given;
use super::halls;
use super::outcome::why_words;
use super::place;

/// Steps that one answer holds at most.
const STEPS_MAX: usize = 500;

/// The API's description.
#[derive(OpenApi)]
#[openapi(paths(bid, state, steps, clock))]
pub(crate) struct Api;

/// A bid.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewBid {
    /// How much, in 分.
    amount_fen: i64,
    /// The client's own key, below 2^53: given twice, it is answered as the first time.
    key: u64,
    /// Whether the bidder confirmed an unusually high amount.
    #[serde(default)]
    confirmed: bool,
}

/// What a bid was answered, after it was durable.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Answered {
    /// Its place in the log.
    seq: u64,
    /// Whether it was accepted.
    accepted: bool,
    /// Why not, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'static str>,
    /// Why not, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// The leading price after it, in 分.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_fen: Option<i64>,
    /// Whether the bidder leads.
    leads: bool,
    /// When the phase ends, in microseconds of UTC.
    end: i64,
    /// The receipt; none for an answer of before, whose receipt was given then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    receipt: Option<Box<Receipt>>,
}

/// Bids for a lot.
#[utoipa::path(
    post, path = "/api/v1/lots/{lot}/bids", tag = "lots", request_body = NewBid,
    params(("lot" = String, Path, description = "The lot's id")),
    responses((status = 200, body = Answered), (status = 503, description = "Busy, not placed; or unknown: ask again with the same key")),
    security(("token" = []))
)]
pub(crate) async fn bid(cx: Cx, Path(lot): Path<String>, Json(new): Json<NewBid>) -> Result<Response> {
    let seat = halls(&cx.app)?.seats().of(&cx, &lot).await?;
    let now = cx.now.micros();
    if !halls(&cx.app)?.limits().may(&lot, seat.paddle.0, &cx.address, now) {
        return Err(Fault::new(FaultKind::TooMany, "bid-too-many"));
    }
    let given = seat.floor.send(command(seat.paddle, &new)).await?;
    match given {
        Given::Busy | Given::Reply(Reply::Away) => Err(Fault::new(FaultKind::Busy, "bid-busy")),
        Given::Reply(Reply::Answered { answer, slip }) => cx.json_with(
            StatusCode::OK,
            &Answered {
                seq: answer.seq,
                accepted: answer.refused.is_none(),
                refused: answer.refused.map(|why| why.code()),
                message: answer.refused.map(|why| why_words(&cx, why)),
                price_fen: answer.price.map(Fen::get),
                leads: answer.leads,
                end: answer.end.0,
                receipt: slip.and_then(|slip| slip.receipt()).map(Box::new),
            },
        ),
        Given::Reply(Reply::Done { .. }) => Err(Fault::internal("a bid without its answer")),
        Given::Reply(Reply::Unknown) => Err(Fault::new(FaultKind::Busy, "bid-unknown")),
    }
}

fn command(bidder: Paddle, new: &NewBid) -> Command {
    Command::Bid {
        bidder,
        amount: Fen::new(new.amount_fen),
        key: Key(new.key),
        auto: false,
        confirmed: new.confirmed,
    }
}

/// Where a lot stands: what watchers of its room get.
#[utoipa::path(
    get, path = "/api/v1/lots/{lot}/state", tag = "lots", params(("lot" = String, Path, description = "The lot's id")),
    responses((status = 200, description = "Phase, price, lead, end, the newest lines of the ladder, the head of the log"))
)]
pub(crate) async fn state(cx: Cx, Path(lot): Path<String>) -> Result<Response> {
    let place = place::real(&cx, &lot).await?;
    let frame = halls(&cx.app)?.feeds().frame(&cx.app, &place.floor).await?;
    Ok(json_bytes(frame.json.clone()))
}

fn json_bytes(bytes: axum::body::Bytes) -> Response {
    use axum::http::header;
    use axum::response::IntoResponse;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, bytes).into_response()
}

/// From which step on, and how many.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct StepsQuery {
    #[serde(default)]
    after: u64,
    max: Option<usize>,
}

/// Steps of a lot's log.
#[derive(Serialize)]
struct Steps {
    steps: Vec<Step>,
}

/// The public log of a lot, step by step.
#[utoipa::path(
    get, path = "/api/v1/lots/{lot}/steps", tag = "lots",
    params(("lot" = String, Path, description = "The lot's id"), ("after" = Option<u64>, Query, description = "Steps behind this place"),
        ("max" = Option<usize>, Query, description = "At most so many, up to 500")),
    responses((status = 200, description = "Steps as they are kept: place, instant, command, events"))
)]
pub(crate) async fn steps(cx: Cx, Path(lot): Path<String>, Query(query): Query<StepsQuery>) -> Result<Response> {
    let place = place::real(&cx, &lot).await?;
    let max = query.max.unwrap_or(STEPS_MAX).min(STEPS_MAX);
    let steps = place.floor.steps(query.after, max).await?;
    cx.json(&Steps { steps })
}

/// The server's time, in microseconds of UTC.
#[derive(Serialize, ToSchema)]
pub(crate) struct Now {
    now: i64,
}

/// The server's time: a page measures its own clock's offset by it.
#[utoipa::path(get, path = "/api/v1/clock", tag = "lots", responses((status = 200, body = Now)))]
pub(crate) async fn clock(cx: Cx) -> Result<Response> {
    cx.json(&Now {
        now: cx.app.now().micros(),
    })
}
