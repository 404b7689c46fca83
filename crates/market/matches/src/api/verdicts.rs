//! Verdicts for machines.

use axum::response::Response;
use jcore::{Cx, Fault, Json, Result};
use kernel::EntryId;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use crate::deeds::judging::judge;

/// What somebody says of a match.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct VerdictBody {
    /// The need's id.
    need: String,
    /// The offer's id.
    offer: String,
    /// How well it fits: 1 (nothing to do with it) to 4 (just that).
    level: Option<i64>,
    /// For who only knows whether it fits: the same as level 3, or 1.
    relevant: Option<bool>,
    /// Why it does not fit, at levels 1 and 2: `topic`, `field`, `figures`, `maturity`, `price`, `mode`, `rights`, `source`.
    reason: String,
}

/// A verdict as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerdictKept {
    /// The need.
    #[schema(value_type = String)]
    need: Uuid,
    /// The offer.
    #[schema(value_type = String)]
    offer: Uuid,
    /// The level.
    level: i64,
    /// The reason; empty where it fits.
    reason: String,
}

/// Judges a match, in the place of what this account said of it before.
#[utoipa::path(put, path = "/api/v1/verdicts", tag = "matches", request_body = VerdictBody,
    responses(
        (status = 200, description = "Kept", body = VerdictKept),
        (status = 404, description = "The need or the offer is not public"),
        (status = 422, description = "No level, or no reason where it does not fit"),
    ))]
pub(crate) async fn put(cx: Cx, Json(body): Json<VerdictBody>) -> Result<Response> {
    let id = |text: &str| text.trim().parse::<EntryId>().map_err(|_| Fault::not_found());
    let level = match (body.level, body.relevant) {
        (Some(level), _) => level.to_string(),
        (None, Some(true)) => "yes".to_owned(),
        (None, Some(false)) => "no".to_owned(),
        (None, None) => String::new(),
    };
    let (need, offer) = (id(&body.need)?, id(&body.offer)?);
    let verdict = judge(&cx.app, &cx.actor, need, offer, (&level, &body.reason)).await?;
    cx.json(&VerdictKept {
        need: verdict.need_id,
        offer: verdict.offer_id,
        level: verdict.level,
        reason: verdict.reason,
    })
}

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(paths(put), components(schemas(VerdictBody, VerdictKept)))]
pub(crate) struct Api;
