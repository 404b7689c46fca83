//! One's own account.

use axum::extract::Path;
use axum::response::Response;
use db::Conn;
use jcore::{Cx, Lang, Result, Shell, login};
use kernel::{Issue, UserId};

use super::{Pairs, day, field, id, region_name, role_name, status};
use crate::deeds::own::{self, TOKEN_DAYS};
use crate::deeds::{NAME_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX};
use crate::people::User;
use crate::store;
use crate::store::own::{DelegationRow, TokenRow};
use crate::ui::{Errs, Filled, Input, Panel};

struct Role {
    name: String,
    at: String,
    since: i64,
}

struct Session {
    id: String,
    agent: String,
    address: String,
    created_at: i64,
    seen_at: i64,
    current: bool,
}

struct Consent {
    name: String,
    version: i64,
    at: i64,
}

#[derive(askama::Template)]
#[template(path = "accounts_account.html")]
struct Page {
    s: Shell,
    user: User,
    me: String,
    roles: Vec<Role>,
    sessions: Vec<Session>,
    tokens: Vec<TokenRow>,
    stand_ins: Vec<DelegationRow>,
    consents: Vec<Consent>,
    profile: Panel,
    password: Panel,
    token: Panel,
    stand_in: Panel,
    /// A token just made: shown now and never again.
    made: Option<String>,
}

async fn roles(cx: &Cx, conn: &mut Conn, me: UserId) -> Result<Vec<Role>> {
    let grants = store::grants::of_user(conn, me).await?;
    let in_force = grants.into_iter().filter(|g| g.ended_at.is_none());
    Ok(in_force
        .map(|g| Role {
            name: role_name(cx, &g.role),
            at: match (g.org, region_name(cx, g.region.as_ref().map(AsRef::as_ref))) {
                (Some(org), region) if region.is_empty() => org.1,
                (Some(org), region) => format!("{} · {region}", org.1),
                (None, region) => region,
            },
            since: g.granted_at,
        })
        .collect())
}

async fn view(cx: &Cx, filled: Option<&Filled>, made: Option<String>) -> Result<Response> {
    let me = own::me(cx)?;
    let mut conn = cx.app.read().await?;
    let user = store::people::get(&mut conn, me).await?;
    let roles = roles(cx, &mut conn, me).await?;
    let sessions = login::list(&mut conn, me, cx.now).await?;
    let current = cx.actor.session.map(|s| s.uuid());
    let sessions = sessions
        .into_iter()
        .map(|r| Session {
            current: Some(r.id) == current,
            id: r.id.to_string(),
            agent: r.agent,
            address: r.address,
            created_at: r.created_at,
            seen_at: r.seen_at,
        })
        .collect();
    let now = cx.now.micros();
    let consents = store::own::consents(&mut conn, me).await?;
    let consents = consents
        .into_iter()
        .map(|(document, version, at)| Consent {
            name: cx.t(&format!("shell-{document}")),
            version,
            at,
        })
        .collect();
    let page = Page {
        s: cx.shell(),
        me: me.to_string(),
        roles,
        sessions,
        tokens: store::own::tokens(&mut conn, me, now).await?,
        stand_ins: store::own::delegations(&mut conn, me, now).await?,
        consents,
        profile: profile_panel(cx, &user).filled(filled),
        password: password_panel(cx).filled(filled),
        token: token_panel(cx).filled(filled),
        stand_in: stand_in_panel(cx).filled(filled),
        made,
        user,
    };
    cx.page_with(status(filled.is_some()), &page)
}

fn profile_panel(cx: &Cx, user: &User) -> Panel {
    let langs = Lang::ALL.map(|l| (l.code().to_owned(), cx.t(&format!("accounts-lang-{}", l.code()))));
    Panel::new(cx, "profile", "/account/profile", "word-save")
        .with(Input::new(cx, "name").kind("text", "name").value(&user.name))
        .with(
            Input::new(cx, "lang")
                .hint(cx.t("accounts-lang-hint"))
                .value(user.lang.code())
                .choices(langs),
        )
}

fn password_panel(cx: &Cx) -> Panel {
    Panel::new(cx, "password", "/account/password", "accounts-password-button")
        .with(Input::new(cx, "current").password("current-password"))
        .with(
            Input::new(cx, "password")
                .password("new-password")
                .label(cx.t("accounts-f-new-password"))
                .hint(cx.t("accounts-password-hint")),
        )
}

fn token_panel(cx: &Cx) -> Panel {
    let days = TOKEN_DAYS
        .iter()
        .map(|d| (d.to_string(), cx.ta("accounts-days", &[("n", d.to_string())])));
    Panel::new(cx, "token", "/account/tokens", "accounts-token-button")
        .with(
            Input::new(cx, "name")
                .label(cx.t("accounts-f-token-name"))
                .hint(cx.t("accounts-token-hint")),
        )
        .with(Input::new(cx, "days").value("90").choices(days))
        .minor()
}

fn stand_in_panel(cx: &Cx) -> Panel {
    let today = cx.now.date_in_cn().to_string();
    Panel::new(cx, "stand-in", "/account/stand-ins", "accounts-stand-in-button")
        .with(
            Input::new(cx, "to")
                .kind("email", "off")
                .hint(cx.t("accounts-stand-in-hint")),
        )
        .with(Input::new(cx, "from").kind("date", "off").value(&today))
        .with(Input::new(cx, "until").kind("date", "off"))
        .with(Input::new(cx, "reason"))
        .minor()
}

pub(super) async fn page(cx: Cx) -> Result<Response> {
    view(&cx, None, None).await
}

async fn refused(cx: &Cx, key: &'static str, errs: Errs, form: Pairs) -> Result<Response> {
    view(cx, Some(&Filled::new(key, errs, form.0)), None).await
}

/// The page again when the deed was refused, or on to the account with a word.
async fn done(cx: &Cx, key: &'static str, outcome: Result<()>, form: Pairs, words: &str) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(cx.redirect_saying("/account", &cx.t(words))),
        Err(fault) => {
            let errs = Errs::of(cx, fault)?;
            refused(cx, key, errs, form).await
        }
    }
}

pub(super) async fn profile(cx: Cx, form: Pairs) -> Result<Response> {
    let mut errs = Errs::default();
    let name = errs.text(&cx, "name", form.first("name").unwrap_or_default(), NAME_CHARS_MAX);
    let lang = field(&form, "lang").parse::<Lang>().unwrap_or_default();
    if !errs.is_empty() {
        return refused(&cx, "profile", errs, form).await;
    }
    let outcome = own::set_profile(&cx, &name, lang).await;
    done(&cx, "profile", outcome, form, "accounts-saved").await
}

pub(super) async fn password(cx: Cx, form: Pairs) -> Result<Response> {
    let me = own::me(&cx)?;
    let user = store::people::get(&mut cx.app.read().await?, me).await?;
    let new = form.first("password").unwrap_or_default().to_owned();
    let mut errs = Errs::default();
    if let Some(issue) = crate::password::judge(&new, &[&user.email, &user.name]) {
        errs.add(&cx, "password", &issue);
        return refused(&cx, "password", errs, form).await;
    }
    let current = form.first("current").unwrap_or_default().to_owned();
    let outcome = own::set_password(&cx, &current, &new).await;
    done(&cx, "password", outcome, form, "accounts-password-changed").await
}

pub(super) async fn end_others(cx: Cx, form: Pairs) -> Result<Response> {
    let outcome = own::end_sessions(&cx, None).await;
    done(&cx, "sessions", outcome, form, "accounts-sessions-ended").await
}

pub(super) async fn end_session(cx: Cx, Path(session): Path<String>, form: Pairs) -> Result<Response> {
    let outcome = own::end_sessions(&cx, Some(id(&session)?)).await;
    done(&cx, "sessions", outcome, form, "accounts-sessions-ended").await
}

pub(super) async fn add_token(cx: Cx, form: Pairs) -> Result<Response> {
    let mut errs = Errs::default();
    let name = errs.text(&cx, "name", form.first("name").unwrap_or_default(), TITLE_CHARS_MAX);
    let days = field(&form, "days")
        .parse::<i64>()
        .ok()
        .filter(|d| TOKEN_DAYS.contains(d));
    let (Some(days), true) = (days, errs.is_empty()) else {
        if days.is_none() {
            errs.say(&cx, "days", "accounts-blank");
        }
        return refused(&cx, "token", errs, form).await;
    };
    match own::add_token(&cx, &name, days).await {
        Ok(token) => view(&cx, None, Some(token)).await,
        Err(fault) => {
            let errs = Errs::of(&cx, fault)?;
            refused(&cx, "token", errs, form).await
        }
    }
}

pub(super) async fn end_token(cx: Cx, Path(token): Path<String>, form: Pairs) -> Result<Response> {
    let outcome = own::end_token(&cx, id(&token)?).await;
    done(&cx, "token", outcome, form, "accounts-token-ended").await
}

pub(super) async fn stand_in(cx: Cx, form: Pairs) -> Result<Response> {
    let mut errs = Errs::default();
    let from = day(&cx, &mut errs, &form, "from");
    let until = day(&cx, &mut errs, &form, "until");
    let to = field(&form, "to");
    let reason = errs.text(
        &cx,
        "reason",
        form.first("reason").unwrap_or_default(),
        REASON_CHARS_MAX,
    );
    for (key, given) in [
        ("from", from.is_some() || !field(&form, "from").is_empty()),
        ("until", until.is_some() || !field(&form, "until").is_empty()),
        ("to", !to.is_empty()),
    ] {
        if !given {
            errs.add(&cx, key, &Issue::error("accounts-blank"));
        }
    }
    let (Some(from), Some(until), true) = (from, until, errs.is_empty()) else {
        return refused(&cx, "stand-in", errs, form).await;
    };
    let outcome = own::stand_in(&cx, &to, from, until, &reason).await;
    done(&cx, "stand-in", outcome, form, "accounts-stand-in-named").await
}

pub(super) async fn end_stand_in(cx: Cx, Path(which): Path<String>, form: Pairs) -> Result<Response> {
    let outcome = own::end_stand_in(&cx, id(&which)?).await;
    done(&cx, "stand-in", outcome, form, "accounts-stand-in-ended").await
}
