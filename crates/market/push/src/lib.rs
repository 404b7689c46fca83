//! Pushes (智能推送, 应推尽推): what is published finds its people. Subscriptions of anybody, every need to every university's
//! liaison with its coverage on record (R128, R129), by inbox, mail, WeChat and webhook (R131, R147); and batches recommended
//! to markets elsewhere, with their feedback (R016, R130).
//!
//! A reader of the change log (`follow`) plans messages, `flush` puts what is due for one person together and
//! hands it to the outbox of core, which sends, retries and gives up; what became of it comes back into the register.

mod api;
mod compose;
mod config;
mod coverage;
mod finder;
mod flush;
mod follow;
mod hook;
mod items;
mod model;
mod net;
mod pages;
pub mod partners;
mod reach;
mod recipients;
mod rules;
mod store;
mod tokens;
mod wechat;

use std::sync::Arc;

use http::Method;
use jcore::notices::{Courier, Couriers};
use jcore::{Capability, Job, NavItem, Routes};

pub use config::{Account, Config, Outside, WECHAT_API};
pub use finder::{Finder, Finders, Item, WordFinder};
pub use hook::signature;
pub use net::{Resolver, is_public, system_resolver};
pub use rules::{FIELDS, FOLLOW, LINK, PARTNER_SIDE, PARTNERS, RESEND, SEE, WORK};

/// Seconds between looks at the change log.
const FOLLOW_SECS: i64 = 5;
/// Seconds between puttings together: what is published in one go goes in one message.
const FLUSH_SECS: i64 = 10;
/// Seconds between looks at what became of messages.
const SETTLE_SECS: i64 = 5;
/// Seconds between looks for late feedback.
const REMIND_SECS: i64 = 3600;

/// The ways out beside mail, for `app.extras`.
#[must_use]
pub fn couriers() -> Couriers {
    let all: Vec<Arc<dyn Courier>> = vec![Arc::new(wechat::WechatCourier), Arc::new(hook::HookCourier)];
    Couriers::new(all)
}

/// This capability, for the web crate. It also puts [`Outside`], [`Finders`] and [`couriers`] into the application's extras.
#[must_use]
pub fn capability() -> Capability {
    let link = |key, href, order, action| NavItem {
        key,
        href,
        order,
        action,
    };
    Capability {
        key: "push",
        routes: routes().merge(api::routes()),
        rules: rules::rules(),
        words: vec![(include_str!("../words/zh.ftl"), include_str!("../words/en.ftl"))],
        nav: vec![
            link("subscriptions", "/my/subscriptions", 120, FOLLOW),
            link("push", "/centre/push", 160, SEE),
            link("partners", "/centre/partners", 161, PARTNERS),
        ],
        panels: vec![Arc::new(pages::fields::FieldsPanel)],
        jobs: vec![
            Job::new("push.follow", FOLLOW_SECS, |app| async move { follow::run(&app).await }),
            Job::new("push.flush", FLUSH_SECS, |app| async move { flush::run(&app).await }),
            Job::new(
                "push.settle",
                SETTLE_SECS,
                |app| async move { flush::settle(&app).await },
            ),
            Job::new(
                "push.remind",
                REMIND_SECS,
                |app| async move { partners::remind(&app).await },
            ),
        ],
        api: api::document(),
    }
}

fn routes() -> Routes {
    use pages::{coverage, fields, letters, link, market, partners, subs, ways};
    Routes::new()
        .get("/my/subscriptions", FOLLOW, subs::list)
        .get("/my/subscriptions/new", FOLLOW, subs::new)
        .post("/my/subscriptions/new", FOLLOW, subs::create)
        .get("/my/subscriptions/{id}", FOLLOW, subs::edit)
        .post("/my/subscriptions/{id}", FOLLOW, subs::change)
        .get("/my/pushes", FOLLOW, subs::recent)
        .post("/my/reach", FOLLOW, ways::save)
        .post("/my/reach/hook", FOLLOW, ways::hook)
        .post("/my/reach/wechat", FOLLOW, ways::wechat)
        .get("/my/reach/wechat", FOLLOW, ways::wechat_back)
        .get("/push/item/{token}", LINK, link::item)
        .post("/push/item/{token}", LINK, link::answer)
        .get("/push/unsubscribe/{token}", LINK, link::unsubscribe)
        .post("/push/unsubscribe/{token}", LINK, link::unsubscribed)
        .get("/push/batch/{token}", PARTNER_SIDE, market::batch)
        .post("/push/batch/{token}", PARTNER_SIDE, market::say)
        .get("/push/batch/{token}/{ending}", PARTNER_SIDE, market::file)
        .post("/org/{id}/push-fields", FIELDS, fields::save)
        .get("/centre/push", SEE, coverage::needs)
        .get("/centre/push.xlsx", SEE, coverage::xlsx)
        .get("/centre/push.csv", SEE, coverage::csv)
        .get("/centre/push/orgs", SEE, coverage::orgs)
        .get("/centre/push/needs/{id}", SEE, coverage::need)
        .get("/centre/push/orgs/{id}", SEE, coverage::org)
        .get("/centre/push/letters", RESEND, letters::list)
        .post("/centre/push/letters/{id}/again", RESEND, letters::again)
        .get("/centre/partners", PARTNERS, partners::list)
        .post("/centre/partners", PARTNERS, partners::add)
        .get("/centre/partners/{id}", PARTNERS, partners::show)
        .post("/centre/partners/{id}", PARTNERS, partners::change)
        .post("/centre/partners/{id}/batches", PARTNERS, partners::recommend)
        .get("/centre/partners/{id}/batches/{batch}", PARTNERS, partners::batch)
        .post("/centre/partners/{id}/batches/{batch}", PARTNERS, partners::note)
}

/// The methods of the API beside GET, for [`api::routes`].
pub(crate) const POST: Method = Method::POST;
