//! Who belongs to an organisation: one's own, claiming one, and what its managers do.

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Result, Role, Shell};

use super::org::{done, load, refused};
use super::{Pairs, field, id, role_name, status};
use crate::deeds::belonging::{self, Decision};
use crate::deeds::{NAME_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX, org_by_text, own};
use crate::rules::ORG_ROLES;
use crate::store;
use crate::ui::{Errs, Filled, Input, Panel};

struct Row {
    id: String,
    org: String,
    name: String,
    role: String,
    state: String,
    state_words: String,
    reason: String,
    asked_at: i64,
}

#[derive(askama::Template)]
#[template(path = "accounts_mine.html")]
struct Mine {
    s: Shell,
    rows: Vec<Row>,
    claim: Panel,
}

async fn view(cx: &Cx, filled: Option<&Filled>) -> Result<Response> {
    let me = own::me(cx)?;
    let rows = store::members::of_user(&mut cx.app.read().await?, me).await?;
    let rows = rows
        .into_iter()
        .map(|m| Row {
            id: m.id.to_string(),
            org: m.org_id.to_string(),
            role: role_name(cx, &m.role),
            state_words: cx.t(&format!("accounts-member-state-{}", m.state)),
            state: m.state,
            name: m.org_name,
            reason: m.reason,
            asked_at: m.asked_at,
        })
        .collect();
    let claim = Panel::new(cx, "claim", "/org/claim", "accounts-claim-button")
        .with(
            Input::new(cx, "org")
                .label(cx.t("accounts-f-claim-org"))
                .hint(cx.t("accounts-claim-hint")),
        )
        .with(Input::new(cx, "title").optional())
        .minor()
        .filled(filled);
    cx.page_with(
        status(filled.is_some()),
        &Mine {
            s: cx.shell(),
            rows,
            claim,
        },
    )
}

/// One's organisations, and asking to belong to another.
pub(super) async fn mine(cx: Cx) -> Result<Response> {
    view(&cx, None).await
}

pub(super) async fn claim(cx: Cx, form: Pairs) -> Result<Response> {
    let me = own::me(&cx)?;
    let title: String = field(&form, "title").chars().take(TITLE_CHARS_MAX).collect();
    let found = org_by_text(&mut cx.app.read().await?, &field(&form, "org")).await;
    let outcome = match found {
        Ok(org) => belonging::ask(&cx, me, &org, &title).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(()) => Ok(cx.redirect_saying("/org", &cx.t("accounts-claimed"))),
        Err(fault) => {
            let errs = Errs::of(&cx, fault)?;
            view(&cx, Some(&Filled::new("claim", errs, form.0))).await
        }
    }
}

pub(super) async fn leave(cx: Cx, Path(member): Path<String>, form: Pairs) -> Result<Response> {
    let me = own::me(&cx)?;
    match belonging::leave(&cx, me, id(&member)?).await {
        Ok(org) => Ok(cx.redirect_saying("/org", &cx.ta("accounts-left", &[("name", org.name)]))),
        Err(fault) => {
            let errs = Errs::of(&cx, fault)?;
            view(&cx, Some(&Filled::new("claim", errs, form.0))).await
        }
    }
}

/// The role that was chosen, of those within an organisation.
pub(super) fn chosen_role(form: &Pairs) -> Option<Role> {
    Role::from_code(&field(form, "role")).filter(|r| ORG_ROLES.contains(r))
}

pub(super) async fn invite(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let mut errs = Errs::default();
    let email = crate::deeds::email(&field(&form, "email"));
    if let Err(issue) = &email {
        errs.add(&cx, "email", issue);
    }
    let name = errs.text(&cx, "name", form.first("name").unwrap_or_default(), NAME_CHARS_MAX);
    let role = chosen_role(&form);
    if role.is_none() {
        errs.say(&cx, "role", "accounts-blank");
    }
    let title: String = field(&form, "title").chars().take(TITLE_CHARS_MAX).collect();
    let (Ok(email), Some(role), true) = (email, role, errs.is_empty()) else {
        return refused(&cx, &org, "invite", errs, form).await;
    };
    let outcome = belonging::invite(&cx, &org, &email, &name, &title, role).await;
    done(&cx, &org, "invite", outcome, form, "accounts-invited").await
}

/// Reads a decision: to approve in a role, or to refuse for a reason.
pub(super) fn decision<'a>(cx: &Cx, form: &Pairs, reason: &'a mut String) -> Result<Decision<'a>, Errs> {
    let mut errs = Errs::default();
    if field(form, "decision") == "approve" {
        if let Some(role) = chosen_role(form) {
            return Ok(Decision::Approve(role));
        }
        errs.say(cx, "role", "accounts-blank");
        return Err(errs);
    }
    *reason = errs.text(cx, "reason", form.first("reason").unwrap_or_default(), REASON_CHARS_MAX);
    if errs.is_empty() {
        Ok(Decision::Refuse(reason))
    } else {
        Err(errs)
    }
}

pub(super) async fn decide(cx: Cx, Path((org, member)): Path<(String, String)>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let mut reason = String::new();
    let decision = match decision(&cx, &form, &mut reason) {
        Ok(decision) => decision,
        Err(errs) => return refused(&cx, &org, "members", errs, form).await,
    };
    let outcome = belonging::decide(&cx, id(&member)?, decision).await.map(|_| ());
    done(&cx, &org, "members", outcome, form, "accounts-decided").await
}

pub(super) async fn role(cx: Cx, Path((org, member)): Path<(String, String)>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let title: String = field(&form, "title").chars().take(TITLE_CHARS_MAX).collect();
    let Some(role) = chosen_role(&form) else {
        let mut errs = Errs::default();
        errs.say(&cx, "role", "accounts-blank");
        return refused(&cx, &org, "members", errs, form).await;
    };
    let outcome = belonging::set_role(&cx, &org, id(&member)?, role, &title).await;
    done(&cx, &org, "members", outcome, form, "accounts-saved").await
}

pub(super) async fn end(cx: Cx, Path((org, member)): Path<(String, String)>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let mut errs = Errs::default();
    let reason = errs.text(
        &cx,
        "reason",
        form.first("reason").unwrap_or_default(),
        REASON_CHARS_MAX,
    );
    if !errs.is_empty() {
        return refused(&cx, &org, "members", errs, form).await;
    }
    let outcome = belonging::end(&cx, &org, id(&member)?, &reason).await;
    done(&cx, &org, "members", outcome, form, "accounts-member-gone").await
}
