//! Attachments: papers, pictures and tables that an owner puts beside a need or an offer, for the public or for the centre
//! only. Every file is known by its content and cleaned of what tells who made it (`jcore::files`); what is to be public is
//! looked through for what the entry withholds (R143).
//!
//! - [`rules`]: how many, who sees which; pure.
//! - [`add`], [`set_public`], [`remove`]: what the owner does while the entry is being written.
//! - [`list`], [`open`]: what a reader sees.

mod api;
mod deeds;
mod pages;
pub mod rules;
mod store;
mod sweep;
mod view;

use std::sync::Arc;

use axum::http::Method;
use entries::actions::{BROWSE, WRITE};
use jcore::{Capability, Job, Routes};
use utoipa::OpenApi;

pub use deeds::{Added, Body, Finding, Incoming, add, remove, set_public};
pub use store::Row;
pub use view::{Opened, Paper, list, open};

/// Seconds between looks for papers whose entry is gone.
const SWEEP_SECS: i64 = 600;

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> Capability {
    Capability {
        key: "attachments",
        routes: routes(),
        // The who-may table of entries holds: who may write an entry writes its papers, who may look into it sees them.
        rules: Vec::new(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: Vec::new(),
        panels: vec![Arc::new(pages::PapersPanel)],
        jobs: vec![Job::new("attachments.sweep", SWEEP_SECS, |app| async move {
            sweep::sweep(&app).await
        })],
        api: api::Api::openapi(),
    }
}

fn routes() -> Routes {
    Routes::new()
        .get("/entries/{id}/attachments", WRITE, pages::manage)
        .post("/entries/{id}/attachments", WRITE, pages::send)
        .post("/entries/{id}/attachments/{paper}/public", WRITE, pages::publish)
        .post("/entries/{id}/attachments/{paper}/remove", WRITE, pages::remove)
        .get("/attachments/{id}", BROWSE, pages::show)
        .get("/attachments/{id}/view", BROWSE, pages::view)
        .get("/attachments/{id}/file", BROWSE, pages::file)
        .api(Method::GET, "/api/v1/entries/{id}/attachments", BROWSE, api::list)
        .api(Method::POST, "/api/v1/entries/{id}/attachments", WRITE, api::add)
        .api(
            Method::DELETE,
            "/api/v1/entries/{id}/attachments/{paper}",
            WRITE,
            api::remove,
        )
}
