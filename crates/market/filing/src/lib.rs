//! Filing (报送): what a unit has to hand in for a season beside its rows, and how far it is. Its quota under the programme
//! in force (R045–R049), its mandate (R118, R119), and the days on which file and stamped paper came, each held against the
//! deadline by itself (R062, R120–R122).

mod api;
mod codes;
mod deeds;
mod gate;
mod pages;
mod rules;
mod standing;
mod store;

use std::sync::Arc;

use axum::http::Method;
use jcore::{App, Capability, Job, NavItem, Result, Routes};
use utoipa::OpenApi;

pub use deeds::say_took_part;
pub use rules::{Arrival, COUNTED, DECIDE, FILE, Figures, Line, PASS, RECEIVE, SEE, arrival, owes_mandate, quota};

/// How often a node looks whether another has let a code pass.
const FOLLOW_SECS: i64 = 20;

/// Reads what is kept in memory, when the site is put together.
///
/// # Errors
/// The store's.
pub async fn load(app: &App) -> Result<()> {
    codes::follow(app).await.map(|_| ())
}

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> Capability {
    Capability {
        key: "filing",
        routes: routes(),
        rules: rules::rules(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: vec![NavItem {
            key: "filing",
            href: "/filing",
            order: 135,
            action: SEE,
        }],
        panels: vec![Arc::new(pages::QuotaPanel)],
        jobs: vec![Job::new("filing.follow", FOLLOW_SECS, |app| async move {
            codes::follow(&app).await
        })],
        api: api::Api::openapi(),
    }
}

/// What stands before handing in: for [`entries::Gates`].
#[must_use]
pub fn gates() -> Vec<Arc<dyn entries::Gate>> {
    vec![Arc::new(gate::MandateGate)]
}

fn routes() -> Routes {
    Routes::new()
        .get("/filing", SEE, pages::start)
        .post("/filing/receipts", RECEIVE, pages::receive_many)
        .get("/filing/codes", PASS, codes::show)
        .post("/filing/codes", PASS, codes::let_pass)
        .get("/filing/{org}", SEE, pages::unit)
        .post("/filing/{org}/mandate", FILE, pages::send_mandate)
        .get("/filing/{org}/mandate/{id}", SEE, pages::scan)
        .post("/filing/{org}/mandate/{id}/decide", DECIDE, pages::decide)
        .post("/filing/{org}/took-part", DECIDE, pages::took_part)
        .post("/filing/{org}/receipts", RECEIVE, pages::receive)
        .api(Method::GET, "/api/v1/filing/{org}", SEE, api::get)
}
