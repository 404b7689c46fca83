//! The JSON API of this capability.

mod asking;
mod threads;
mod verdicts;

use axum::http::Method;
use jcore::Routes;
use utoipa::OpenApi;

use crate::rules::{ASK, INTRODUCE, JUDGE, SEARCH, THREAD};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::POST, "/api/v1/match", ASK, asking::ask)
        .api(Method::GET, "/api/v1/needs/{id}/matches", ASK, asking::of_need)
        .api(Method::GET, "/api/v1/offers/{id}/matches", ASK, asking::of_offer)
        .api(Method::GET, "/api/v1/search", SEARCH, asking::search)
        .api(Method::GET, "/api/v1/search/index", SEARCH, asking::index)
        .api(Method::GET, "/api/v1/threads", THREAD, threads::list)
        .api(Method::POST, "/api/v1/threads", INTRODUCE, threads::open)
        .api(Method::GET, "/api/v1/threads/{id}", THREAD, threads::show)
        .api(Method::POST, "/api/v1/threads/{id}/messages", THREAD, threads::say)
        .api(Method::POST, "/api/v1/threads/{id}/agree", THREAD, threads::agree)
        .api(Method::POST, "/api/v1/threads/{id}/decline", THREAD, threads::decline)
        .api(Method::POST, "/api/v1/threads/{id}/close", THREAD, threads::close)
        .api(Method::PUT, "/api/v1/verdicts", JUDGE, verdicts::put)
}

/// The description of these routes.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let mut document = threads::Api::openapi();
    document.merge(verdicts::Api::openapi());
    document.merge(asking::Api::openapi());
    document
}
