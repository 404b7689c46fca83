//! The hall: today's lots, a lot's room, what everybody sees of it at once, and the officers' console.
//!
//! - `wire`, `view`: a lot's state as watchers get it, and in words.
//! - `feed`: updates, written once and shared by all who watch.
//! - `room`, `bids`, `outcome`: the page, its forms, what became of a bid.
//! - `mock`, `training`: practice, kept apart from what is real.
//! - `sealed`, `proxy`: offers and ceilings under seal.

mod amount;
mod api;
mod bids;
mod console;
mod feed;
mod floor;
mod front;
mod kept;
mod limits;
mod list;
mod mock;
mod outcome;
mod place;
mod proof;
mod proxy;
mod room;
mod sealed;
mod seats;
mod store;
#[cfg(test)]
mod testing;
mod training;
mod view;
mod wire;

use std::sync::Arc;

use axum::http::Method;
use jcore::{Action, App, Fault, Job, NavItem, Result, Routes, Rule, When, Who};

use crate::rules::{ADMIT, BID, OFFICE, SEE};
pub(crate) use floor::Floor;
pub use front::{FrontLot, front};
pub(crate) use sealed::{open_all, seal};

/// Practising in the training hall.
pub(crate) const TRAIN: Action = Action("hall.train");

/// Seconds between two looks at whether every lot with proxies is watched for them.
const PROXIES_SECS: i64 = 10;
/// Seconds between two looks at whether yesterday's heads are written.
const DIGEST_SECS: i64 = 900;

/// What the halls keep in memory, in `app.extras`.
#[derive(Clone, Default)]
pub struct Halls(Arc<Inside>);

#[derive(Default)]
struct Inside {
    feeds: feed::Feeds,
    limits: limits::Limits,
    mocks: training::Mocks,
    seats: seats::Seats,
    proxies: proxy::Running,
}

impl std::fmt::Debug for Halls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Halls")
    }
}

impl Halls {
    /// Switches the limits by bidder and address: off for measuring what the log bears.
    pub fn limit(&self, on: bool) {
        self.0.limits.switch(on);
    }

    /// Ends all open lines of watchers, when the server stops.
    pub fn end_lines(&self) {
        self.0.feeds.stop();
    }

    pub(crate) fn feeds(&self) -> &feed::Feeds {
        &self.0.feeds
    }

    pub(crate) fn limits(&self) -> &limits::Limits {
        &self.0.limits
    }

    pub(crate) fn mocks(&self) -> &training::Mocks {
        &self.0.mocks
    }

    pub(crate) fn proxies(&self) -> &proxy::Running {
        &self.0.proxies
    }

    pub(crate) fn seats(&self) -> &seats::Seats {
        &self.0.seats
    }

    pub(crate) fn is_watched(&self, key: &str) -> bool {
        self.0.feeds.watching(key) > 0
    }
}

/// The halls of an application.
///
/// # Errors
/// Where the site was put together without them.
pub(crate) fn halls(app: &App) -> Result<&Halls> {
    app.extra::<Halls>()
        .ok_or_else(|| Fault::internal("the site runs without halls"))
}

/// Whether a route is one of those whose callers are kept in memory for a moment: bids, and nothing else.
#[must_use]
pub fn is_swift(method: &Method, path: &str) -> bool {
    method == Method::POST && path.starts_with("/api/v1/lots/") && path.ends_with("/bids")
}

/// The hall's routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/hall", SEE, list::show)
        .get("/training", TRAIN, list::training)
        .get("/lots/{lot}/room", SEE, room::real)
        .get("/lots/{lot}/events", SEE, room::real_events)
        .post("/lots/{lot}/bids", BID, bids::real)
        .api(Method::POST, "/api/v1/lots/{lot}/bids", BID, api::bid)
        .api(Method::GET, "/api/v1/lots/{lot}/state", SEE, api::state)
        .api(Method::GET, "/api/v1/lots/{lot}/steps", SEE, api::steps)
        .api(Method::GET, "/api/v1/clock", SEE, api::clock)
        .get("/training/{room}/room", TRAIN, room::mock)
        .get("/training/{room}/events", TRAIN, room::mock_events)
        .post("/training/{room}/bids", TRAIN, bids::mock)
        .post("/training/{room}/join", TRAIN, bids::join)
        .get("/lots/{lot}/proof", SEE, proof::real)
        .get("/lots/{lot}/package", SEE, proof::real_package)
        .post("/lots/{lot}/package", ADMIT, proof::full_package)
        .get("/lots/{lot}/receipts/{seq}", BID, proof::real_receipt)
        .get("/training/{room}/proof", TRAIN, proof::mock)
        .get("/training/{room}/package", TRAIN, proof::mock_package)
        .get("/training/{room}/receipts/{seq}", TRAIN, proof::mock_receipt)
        .get("/hall/verify", SEE, proof::verify_form)
        .post("/hall/verify", SEE, proof::verify)
        .get("/hall/digest", SEE, proof::digest)
        .post("/lots/{lot}/proxy", BID, proxy::set)
        .get("/lots/{lot}/console", OFFICE, console::show)
        .post("/lots/{lot}/console", OFFICE, console::act_on)
}

/// The hall's part of the API's description.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    <api::Api as utoipa::OpenApi>::openapi()
}

/// The hall's link in the page's head.
pub(crate) fn nav() -> NavItem {
    NavItem {
        key: "hall",
        href: "/hall",
        order: 35,
        action: SEE,
    }
}

/// The hall's own rows of the who-may table.
pub(crate) fn rules() -> Vec<Rule> {
    vec![Rule::new(TRAIN, Who::Anyone, When::Always)]
}

/// The hall's jobs.
pub(crate) fn jobs() -> Vec<Job> {
    vec![
        Job::new("hall.digest", DIGEST_SECS, |app| async move {
            proof::keep_digests(&app).await
        }),
        Job::new("hall.proxies", PROXIES_SECS, |app| async move {
            proxy::watch_all(&app).await
        }),
    ]
}
