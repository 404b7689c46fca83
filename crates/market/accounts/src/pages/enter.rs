//! Signing in and out, consent, and the way back by mail.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use jcore::{Cx, Query, Result, Role, Shell};
use serde::Deserialize;

use super::users::role_at;
use super::{Pairs, Simple, field, status};
use crate::deeds::signing::{self, Outcome};
use crate::model::UserState;
use crate::password::{DEMO_DOMAIN, DEMO_PASSWORD};
use crate::rules::local_path;
use crate::store::lists::{self, UserFilter};
use crate::ui::{Errs, Filled, Input, Panel};

/// Where to go after sign-in.
#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

async fn sign_in_view(cx: &Cx, next: &str, filled: Option<&Filled>) -> Result<Response> {
    let panel = Panel::new(cx, "sign-in", "/sign-in", "accounts-sign-in-button")
        .hide("next", next)
        .with(Input::new(cx, "email").kind("email", "username"))
        .with(Input::new(cx, "password").password("current-password"))
        .filled(filled);
    let bad = panel.has_errors();
    let page = SignIn {
        s: cx.shell(),
        panel,
        next: next.to_owned(),
        password: DEMO_PASSWORD,
        cast: cast(cx).await?,
    };
    cx.page_with(status(bad), &page)
}

/// An account of the demo, to sign in with by one click.
struct Player {
    email: String,
    name: String,
    roles: String,
}

#[derive(askama::Template)]
#[template(path = "accounts_sign_in.html")]
struct SignIn {
    s: Shell,
    panel: Panel,
    next: String,
    password: &'static str,
    cast: Vec<Player>,
}

/// The demo's accounts; none where this is no demo.
async fn cast(cx: &Cx) -> Result<Vec<Player>> {
    /// Accounts that are named: one a role and a few more.
    const PLAYERS_MAX: i64 = 30;
    if !cx.app.settings.demo {
        return Ok(Vec::new());
    }
    let mut conn = cx.app.read().await?;
    let filter = UserFilter {
        q: DEMO_DOMAIN.to_owned(),
        state: UserState::Active.code().to_owned(),
        ..UserFilter::default()
    };
    let users = lists::users(&mut conn, &filter, PLAYERS_MAX, 0).await?;
    let ids: Vec<_> = users.iter().map(|u| u.id).collect();
    let roles = lists::roles_of(&mut conn, &ids).await?;
    let mut cast: Vec<(usize, Player)> = users
        .into_iter()
        .map(|u| {
            let held: Vec<_> = roles.iter().filter(|g| g.0 == u.id).collect();
            let place = held
                .iter()
                .filter_map(|g| Role::ALL.iter().position(|r| r.code() == g.1))
                .min();
            let roles = held
                .iter()
                .map(|g| role_at(cx, &g.1, g.2.as_deref(), g.3.as_deref()))
                .collect::<Vec<_>>()
                .join("；");
            (
                place.unwrap_or(Role::ALL.len()),
                Player {
                    email: u.email,
                    name: u.name,
                    roles,
                },
            )
        })
        .collect();
    cast.sort_by_key(|(place, _)| *place);
    Ok(cast.into_iter().map(|(_, player)| player).collect())
}

pub(super) async fn sign_in_page(cx: Cx, Query(q): Query<Next>) -> Result<Response> {
    if cx.actor.user.is_some() && !cx.actor.machine {
        return Ok(cx.redirect(local_path(&q.next).unwrap_or("/")));
    }
    sign_in_view(&cx, &q.next, None).await
}

pub(super) async fn sign_in(cx: Cx, form: Pairs) -> Result<Response> {
    let next = field(&form, "next");
    let email = field(&form, "email");
    // A password is taken as it is: spaces belong to it.
    let password = form.first("password").unwrap_or_default().to_owned();
    let mut errs = Errs::default();
    if email.is_empty() {
        errs.say(&cx, "email", "accounts-blank");
    }
    if password.is_empty() {
        errs.say(&cx, "password", "accounts-blank");
    }
    if errs.is_empty() {
        match signing::sign_in(&cx, &email, &password).await? {
            Outcome::In(token) => return Ok(welcome(&cx, &token, &next)),
            Outcome::Consent(ticket) => return consent_view(&cx, &ticket, &next, None),
            Outcome::Wrong => errs.say(&cx, None, "accounts-sign-in-wrong"),
            Outcome::Not(state) => errs.say(&cx, None, waiting_words(state)),
        }
    }
    sign_in_view(&cx, &next, Some(&Filled::new("sign-in", errs, form.0))).await
}

fn waiting_words(state: UserState) -> &'static str {
    match state {
        UserState::Unconfirmed => "accounts-sign-in-unconfirmed",
        UserState::Refused => "accounts-sign-in-refused",
        UserState::Closed => "accounts-sign-in-closed",
        UserState::Pending | UserState::Invited | UserState::Active => "accounts-sign-in-pending",
    }
}

fn welcome(cx: &Cx, token: &str, next: &str) -> Response {
    let mut response = cx.redirect(local_path(next).unwrap_or("/"));
    set_cookie(&mut response, &signing::cookie(cx, token));
    response
}

fn set_cookie(response: &mut Response, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn consent_view(cx: &Cx, ticket: &str, next: &str, errs: Option<Errs>) -> Result<Response> {
    let panel = Panel::new(cx, "consent", "/consent", "accounts-consent-button")
        .hide("ticket", ticket)
        .hide("next", next)
        .with(Input::new(cx, "agree").check())
        .errs(&errs.unwrap_or_default());
    Simple::new(cx, "accounts-consent-title")
        .say(cx.t("accounts-consent-lead"))
        .panel(panel)
        .link("/terms", cx.t("shell-terms"))
        .link("/privacy", cx.t("shell-privacy"))
        .answer(cx)
}

/// Agreement to the documents in force, after the password was given.
pub(super) async fn consent(cx: Cx, form: Pairs) -> Result<Response> {
    let (ticket, next) = (field(&form, "ticket"), field(&form, "next"));
    let Some(user) = signing::ticket_owner(&cx, &ticket) else {
        return Ok(cx.redirect_saying("/sign-in", &cx.t("accounts-consent-late")));
    };
    if field(&form, "agree") != "yes" {
        let mut errs = Errs::default();
        errs.say(&cx, "agree", "accounts-agree-needed");
        return consent_view(&cx, &ticket, &next, Some(errs));
    }
    let token = signing::begin(&cx, user, true).await?;
    Ok(welcome(&cx, &token, &next))
}

pub(super) async fn sign_out(cx: Cx, _form: Pairs) -> Result<Response> {
    signing::sign_out(&cx).await?;
    let mut response = cx.redirect_saying("/", &cx.t("accounts-signed-out"));
    set_cookie(&mut response, &signing::cookie(&cx, ""));
    Ok(response)
}

fn forgot_view(cx: &Cx, filled: Option<&Filled>) -> Result<Response> {
    let panel = Panel::new(cx, "forgot", "/forgot", "accounts-forgot-button")
        .with(Input::new(cx, "email").kind("email", "username"))
        .filled(filled);
    Simple::new(cx, "accounts-forgot-title")
        .say(cx.t("accounts-forgot-lead"))
        .panel(panel)
        .answer(cx)
}

pub(super) async fn forgot_page(cx: Cx) -> Result<Response> {
    forgot_view(&cx, None)
}

pub(super) async fn forgot(cx: Cx, form: Pairs) -> Result<Response> {
    let email = field(&form, "email");
    if let Err(issue) = crate::deeds::email(&email) {
        let mut errs = Errs::default();
        errs.add(&cx, "email", &issue);
        return forgot_view(&cx, Some(&Filled::new("forgot", errs, form.0)));
    }
    signing::forgot(&cx, &email).await?;
    Simple::new(&cx, "accounts-forgot-sent-title")
        .say(cx.t("accounts-forgot-sent-lead"))
        .link("/sign-in", cx.t("shell-sign-in"))
        .answer(&cx)
}

fn reset_view(cx: &Cx, token: &str, filled: Option<&Filled>) -> Result<Response> {
    let panel = Panel::new(cx, "reset", format!("/reset/{token}"), "accounts-reset-button")
        .with(
            Input::new(cx, "password")
                .password("new-password")
                .label(cx.t("accounts-f-new-password"))
                .hint(cx.t("accounts-password-hint")),
        )
        .filled(filled);
    Simple::new(cx, "accounts-reset-title")
        .say(cx.t("accounts-reset-lead"))
        .panel(panel)
        .answer(cx)
}

fn link_over(cx: &Cx) -> Result<Response> {
    Simple::new(cx, "accounts-link-over-title")
        .say(cx.t("accounts-link-over-lead"))
        .link("/forgot", cx.t("accounts-sign-in-forgot"))
        .answer(cx)
}

pub(super) async fn reset_page(cx: Cx, Path(token): Path<String>) -> Result<Response> {
    match signing::link_owner(&cx, &token).await? {
        Some(_) => reset_view(&cx, &token, None),
        None => link_over(&cx),
    }
}

pub(super) async fn reset(cx: Cx, Path(token): Path<String>, form: Pairs) -> Result<Response> {
    let Some(user) = signing::link_owner(&cx, &token).await? else {
        return link_over(&cx);
    };
    let password = form.first("password").unwrap_or_default();
    if let Some(issue) = crate::password::judge(password, &[&user.email, &user.name]) {
        let mut errs = Errs::default();
        errs.add(&cx, "password", &issue);
        return reset_view(&cx, &token, Some(&Filled::new("reset", errs, Vec::new())));
    }
    if !signing::reset(&cx, &token, &user, password).await? {
        return link_over(&cx);
    }
    let words = if user.state == UserState::Pending {
        "accounts-reset-done-pending"
    } else {
        "accounts-reset-done"
    };
    Ok(cx.redirect_saying("/sign-in", &cx.t(words)))
}
