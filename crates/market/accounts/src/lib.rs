//! Organisations and people: who there is, who belongs where, who may what, and how they sign in (R001–R021).

mod access;
mod api;
mod declared;
mod deeds;
mod documents;
mod guard;
mod liaison;
mod model;
mod operator;
mod pages;
mod password;
mod people;
pub mod rules;
mod sheets;
mod store;
mod ui;
#[cfg(test)]
mod words_test;

pub use access::{
    add_orgs, create_user, ensure_org, grant, liaison_of, org, org_by_identity, org_names, orgs_by_name, orgs_by_uscc,
    orgs_of, people_in_charge, people_with_role, qualifications_of, user, user_by_email, user_names,
};
pub use declared::{LIAISON, ORG_KINDS, ORGANISATION, QUALIFICATIONS, REGISTRATION};
pub use documents::{PRIVACY_VERSION, TERMS_VERSION, current_documents};
pub use guard::{Gate, Guard};
pub use liaison::{Liaison, Person};
pub use model::{
    Identity, IdentityKind, MemberState, NewOrg, Org, OrgKind, OrgState, Qualification, QualificationKind, Tag,
    UserState,
};
pub use operator::{Account, all_users, set_password};
pub use pages::PANELS as ORG_PANELS;
pub use password::{DEMO_DOMAIN, DEMO_PASSWORD, Hashed, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, hash_password, judge};
pub use people::{GrantView, NewUser, User};
pub use sheets::kinds;

use axum::http::Method;
use jcore::{Capability, Job, NavItem, Routes};

/// The words of this crate in Chinese.
pub const WORDS_ZH: &str = include_str!("../words/zh.ftl");
/// The same in English.
pub const WORDS_EN: &str = include_str!("../words/en.ftl");

/// Seconds between looks for registrations that were never confirmed.
const SWEEP_SECS: i64 = 3600;

/// What the web crate collects. It also puts a [`Guard`] into the application's extras.
#[must_use]
pub fn capability() -> Capability {
    Capability {
        key: "accounts",
        routes: pages::routes().merge(api_routes()),
        rules: rules::rules(),
        words: vec![(WORDS_ZH, WORDS_EN)],
        nav: nav(),
        panels: Vec::new(),
        jobs: vec![Job::new("accounts.sweep", SWEEP_SECS, deeds::registering::sweep)],
        api: api::document(),
    }
}

fn api_routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/me", rules::USE, api::me)
        .api(Method::GET, "/api/v1/inbox", rules::USE, api::inbox)
        .api(Method::GET, "/api/v1/organisations", rules::ORG_LIST, api::orgs)
        .api(Method::POST, "/api/v1/organisations", rules::ORG_ADD, api::add_org)
        .api(Method::GET, "/api/v1/organisations/{id}", rules::ORG_VIEW, api::org)
        .api(
            Method::PUT,
            "/api/v1/organisations/{id}/liaison",
            rules::LIAISON_SET,
            api::set_liaison,
        )
}

fn nav() -> Vec<NavItem> {
    [
        ("my-orgs", "/org", 170, rules::JOIN),
        ("reviews", "/centre/reviews", 310, rules::REVIEW_DESK),
        ("orgs", "/centre/orgs", 320, rules::ORG_LIST),
        ("users", "/centre/users", 330, rules::USER_VIEW),
        ("audit", "/centre/audit", 380, rules::AUDIT_VIEW),
        ("outbox", "/centre/outbox", 390, rules::OUTBOX),
    ]
    .into_iter()
    .map(|(key, href, order, action)| NavItem {
        key,
        href,
        order,
        action,
    })
    .collect()
}
