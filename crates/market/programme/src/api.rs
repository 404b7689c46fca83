//! The programme for machines.

use axum::http::Method;
use axum::response::Response;
use jcore::{Cx, Result, Routes};
use utoipa::OpenApi;

use crate::rules;

#[derive(OpenApi)]
#[openapi(paths(show))]
struct Api;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Api::openapi()
}

pub(crate) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/programme", rules::SEE, show)
}

/// The programme in force, whole: windows, deadlines, bidding days, fairs with their KPIs, caps, eligibility, documents.
#[utoipa::path(get, path = "/api/v1/programme", tag = "programme", responses((status = 200, description = "The programme", body = serde_json::Value)))]
async fn show(cx: Cx) -> Result<Response> {
    let programme = crate::now(&cx.app);
    cx.json(&serde_json::json!({ "programme": &*programme, "bidding_days": programme.bidding_days() }))
}
