//! Auctions (网络竞价): lots from accepted offers, their days, bidders, deposits and halls, and what follows a close; and
//! open licences (开放许可) (R059–R061, R106, R147).
//!
//! - [`Auctions`], [`auctions`]: the running sequencer, which decides lots by their logs.
//! - [`model`]: lots and bidders beside the log.
//! - [`rules`]: who may what, bidding days, conflicts.
//! - `deeds`: making, approving, announcing, registering, deposits, and what follows a close.
//! - `hall`: the hall and a lot's room.

mod api;
pub mod bank;
pub(crate) mod deeds;
pub mod doors;
pub mod export;
pub(crate) mod form;
mod hall;
pub(crate) mod licence;
mod licence_api;
mod machine;
pub mod model;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;
#[cfg(test)]
mod testing;

use std::sync::Arc;

use jcore::{Capability, Job, NavItem, Routes};
use utoipa::OpenApi;

pub use hall::{FrontLot, Halls, front, is_swift};
pub use machine::{Auctions, auctions, refusal};
pub use model::{Bidder, Identity, Lot, LotNotice, LotState, Terms};

/// Seconds between looks at the logs.
const FOLLOW_SECS: i64 = 2;
/// Seconds between looks for reminders that are due.
const REMIND_SECS: i64 = 60;

/// This capability, for the web crate.
#[must_use]
pub fn capability() -> Capability {
    let mut api = api::Api::openapi();
    api.merge(licence_api::Api::openapi());
    api.merge(hall::openapi());
    let mut jobs = vec![
        Job::new("auctions.follow", FOLLOW_SECS, |app| async move {
            deeds::following::follow(&app).await
        }),
        Job::new("auctions.remind", REMIND_SECS, |app| async move {
            deeds::reminding::remind(&app).await
        }),
    ];
    jobs.extend(hall::jobs());
    Capability {
        key: "auctions",
        routes: Routes::new()
            .merge(pages::routes())
            .merge(pages::licences::routes())
            .merge(api::routes())
            .merge(licence_api::routes())
            .merge(hall::routes()),
        rules: [rules::rules(), hall::rules()].concat(),
        words: vec![
            (include_str!("../words/zh.ftl"), include_str!("../words/en.ftl")),
            (
                include_str!("../words/hall/zh.ftl"),
                include_str!("../words/hall/en.ftl"),
            ),
            (bidding::WORDS_ZH, bidding::WORDS_EN),
        ],
        nav: nav(),
        panels: vec![Arc::new(pages::panel::OnSalePanel)],
        jobs,
        api,
    }
}

fn nav() -> Vec<NavItem> {
    let own = [
        ("lots", "/lots", 30, rules::SEE),
        ("licences", "/licences", 32, rules::LICENCE_SEE),
        ("my-bids", "/my/bids", 112, rules::MY),
        ("centre-lots", "/centre/lots", 152, rules::DESK),
        ("deposits", "/centre/deposits", 154, rules::LEDGER),
    ];
    let link = |(key, href, order, action)| NavItem {
        key,
        href,
        order,
        action,
    };
    own.into_iter().map(link).chain([hall::nav()]).collect()
}
