//! The JSON API of this capability.

mod threads;
mod verdicts;

use axum::http::Method;
use jcore::Routes;
use utoipa::OpenApi;

use crate::rules::{INTRODUCE, JUDGE, THREAD};

pub(crate) fn routes() -> Routes {
    Routes::new()
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
    document
}
