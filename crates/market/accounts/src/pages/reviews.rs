//! The desk of registrations and claims that wait.

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Result, Shell, Subject};
use kernel::Region;

use super::members::decision;
use super::org_view::identity_words;
use super::{Pairs, id, region_name, role_name, status};
use crate::deeds::belonging;
use crate::model::OrgState;
use crate::rules::{MEMBER_REVIEW, ORG_ROLES};
use crate::store;
use crate::ui::Errs;

/// Requests that the desk shows: more than anybody decides in a day.
const WAITING_MAX: i64 = 500;

struct Row {
    id: String,
    name: String,
    email: String,
    title: String,
    role: String,
    org: String,
    org_name: String,
    org_kind: String,
    identity: String,
    region: String,
    is_new: bool,
    managers: i64,
    asked_at: i64,
}

#[derive(askama::Template)]
#[template(path = "accounts_reviews.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
    roles: Vec<(String, String)>,
    trouble: Vec<String>,
}

async fn view(cx: &Cx, trouble: Vec<String>) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let mut rows = Vec::new();
    for m in store::members::waiting(&mut conn, WAITING_MAX).await? {
        let region = m.org_region.as_ref().and_then(|r| r.parse::<Region>().ok());
        if !cx.may(MEMBER_REVIEW, &Subject::org(m.org(), region)) {
            continue;
        }
        let org = store::orgs::get(&mut conn, m.org()).await?;
        rows.push(Row {
            id: m.id.to_string(),
            org: m.org_id.to_string(),
            org_kind: cx.t(org.kind.word()),
            identity: identity_words(cx, &org),
            region: region_name(cx, m.org_region.as_deref()),
            is_new: m.org_state == OrgState::Pending.code(),
            managers: store::grants::holders(&mut conn, jcore::Role::Manager, Some(m.org())).await?,
            asked_at: m.asked_at,
            name: m.user_name,
            email: m.user_email,
            title: m.title,
            role: m.role,
            org_name: m.org_name,
        });
    }
    let roles = ORG_ROLES
        .iter()
        .map(|r| (r.code().to_owned(), role_name(cx, r.code())))
        .collect();
    cx.page_with(
        status(!trouble.is_empty()),
        &Page {
            s: cx.shell(),
            rows,
            roles,
            trouble,
        },
    )
}

pub(super) async fn list(cx: Cx) -> Result<Response> {
    view(&cx, Vec::new()).await
}

pub(super) async fn decide(cx: Cx, Path(member): Path<String>, form: Pairs) -> Result<Response> {
    let mut reason = String::new();
    let trouble = |errs: Errs| crate::ui::Filled::new("review", errs, Vec::new()).texts();
    let decision = match decision(&cx, &form, &mut reason) {
        Ok(decision) => decision,
        Err(errs) => return view(&cx, trouble(errs)).await,
    };
    match belonging::decide(&cx, id(&member)?, decision).await {
        Ok(m) => Ok(cx.redirect_saying(
            "/centre/reviews",
            &cx.ta("accounts-decided-over", &[("name", m.user_name), ("org", m.org_name)]),
        )),
        Err(fault) => {
            let errs = Errs::of(&cx, fault)?;
            view(&cx, trouble(errs)).await
        }
    }
}
