//! Taking in sheets and forms: what is declared once as a [`forms::Form`] is a workbook's template, an upload that is
//! read, checked, mended and put in row by row, an API, and a page (R115, R116, R139, R140).
//!
//! - [`Kind`], [`Kinds`]: what can be taken in; each capability above registers its own.
//! - [`upload`] reads and checks a workbook and keeps it; [`commit`] puts its good rows in; [`report`] tells.
//! - [`template_xlsx`] makes the workbook to fill in, [`annotated`] gives an upload back with what is wrong.
//! - [`page`]: how any form is shown on a page and comes back.

mod access;
mod again;
mod annotate;
mod api;
mod columns;
mod commit;
mod kind;
mod mend;
pub mod page;
mod pages;
mod passes;
mod preview;
mod read;
mod report;
mod revert;
mod rows;
mod store;
mod stored;
mod template;
mod upload;
mod view;

use std::collections::BTreeMap;

use axum::http::Method;
use jcore::{App, Capability, NavItem, Routes};
use utoipa::OpenApi;

pub use access::{TEMPLATE, USE};
pub use again::Refilled;
pub use annotate::{annotated, exported};
pub use commit::{COMMIT_ROWS, CommitOptions, REASON_CHARS_MAX, commit};
pub use kind::{
    Again, Alike, Before, BoxFuture, CheckCx, Checked, Checker, CommitRow, Found, Hold, Kind, Kinds, Outcome, Prepared,
    PutIn, Settled, one_by_one,
};
pub use mend::{RECHECK_ROWS_MAX, discard};
pub use passes::{Passes, let_pass};
pub use preview::preview;
pub use read::ROWS_MAX;
pub use report::{REPORT_ISSUES_MAX, Report, RowIssue, report, report_in};
pub use revert::{BoundRow, Reverted, revert, revertible};
pub use template::template_xlsx;
pub use upload::{CHUNK_ROWS, Sent, send, upload};

static NO_HINTS: BTreeMap<String, String> = BTreeMap::new();

/// The context in which a form's texts are read: this platform's divisions, no units from column heads. In a draft
/// what is missing is no error.
#[must_use]
pub fn context(app: &App, draft: bool) -> forms::Context<'_> {
    forms::Context {
        regions: &app.regions,
        unit_hints: &NO_HINTS,
        draft,
    }
}

/// The words of this crate in Chinese: pages, audit, the forms' inputs.
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// The same in English.
pub const WORDS_EN: &str = include_str!("../words/en.ftl");

/// What the web crate collects.
#[must_use]
pub fn capability() -> Capability {
    Capability {
        key: "intake",
        routes: routes(),
        rules: access::rules(),
        words: vec![(WORDS_ZH, WORDS_EN)],
        nav: vec![NavItem {
            key: "intake",
            href: "/intake",
            order: 130,
            action: USE,
        }],
        panels: Vec::new(),
        jobs: Vec::new(),
        api: api::Api::openapi(),
    }
}

fn routes() -> Routes {
    pages::routes()
        .api(Method::POST, "/api/v1/intake/{id}", USE, api::take)
        .api(Method::GET, "/api/v1/intake/{id}", USE, api::get)
        .api(Method::POST, "/api/v1/intake/{id}/commit", USE, api::commit_batch)
        .api(Method::POST, "/api/v1/intake/{id}/revert", USE, api::revert_batch)
}
