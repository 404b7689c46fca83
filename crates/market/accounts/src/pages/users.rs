//! People's accounts, for the centre and the administrator.

use axum::extract::Path;
use axum::response::Response;
use db::Conn;
use jcore::{Cx, Fault, Query, Result, Role, Shell};
use kernel::{OrgId, Region, UserId};
use serde::Deserialize;

use super::{Pairs, field, id, options, region_name, role_name, status};
use crate::deeds::{NAME_CHARS_MAX, REASON_CHARS_MAX, accounts, org_by_text};
use crate::model::UserState;
use crate::people::{GrantView, User};
use crate::rules::{USER_EDIT, USER_GRANT, may_grant};
use crate::store;
use crate::store::lists::{self, UserFilter};
use crate::store::members::Member;
use crate::ui::{Errs, Filled, Input, PAGE_ROWS, Pager, Panel};

/// The address's filters.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    page: Option<i64>,
}

impl Filter {
    fn query(&self) -> [(&'static str, &str); 3] {
        [
            ("q", self.q.as_str()),
            ("state", self.state.as_str()),
            ("role", self.role.as_str()),
        ]
    }
}

struct Row {
    id: String,
    name: String,
    email: String,
    state: &'static str,
    state_words: String,
    locked: bool,
    roles: Vec<String>,
    since: i64,
}

#[derive(askama::Template)]
#[template(path = "accounts_users.html")]
struct List {
    s: Shell,
    filter: Filter,
    states: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    rows: Vec<Row>,
    pager: Pager,
    invite: Panel,
}

fn state_class(state: &str) -> &'static str {
    match UserState::from_code(state) {
        Some(UserState::Active) => "ok",
        Some(UserState::Pending | UserState::Unconfirmed | UserState::Invited) => "wait",
        _ => "",
    }
}

/// A role with where it holds: organisation, region, both or neither.
pub(super) fn role_at(cx: &Cx, role: &str, org: Option<&str>, region: Option<&str>) -> String {
    let region = region_name(cx, region);
    let at: Vec<&str> = org
        .into_iter()
        .chain(Some(region.as_str()))
        .filter(|t| !t.is_empty())
        .collect();
    if at.is_empty() {
        return role_name(cx, role);
    }
    cx.ta(
        "accounts-role-of",
        &[("role", role_name(cx, role)), ("at", at.join(" · "))],
    )
}

/// The roles that this reader may give.
fn grantable(cx: &Cx) -> Vec<(String, String)> {
    let roles = Role::ALL.into_iter().filter(|r| may_grant(&cx.actor, *r));
    roles.map(|r| (r.code().to_owned(), role_name(cx, r.code()))).collect()
}

fn grant_inputs(cx: &Cx, panel: Panel) -> Panel {
    panel
        .with(Input::new(cx, "role").choices(grantable(cx)))
        .with(
            Input::new(cx, "org")
                .label(cx.t("accounts-f-grant-org"))
                .hint(cx.t("accounts-grant-org-hint"))
                .optional(),
        )
        .with(
            Input::new(cx, "region")
                .hint(cx.t("accounts-grant-region-hint"))
                .regions(cx)
                .optional(),
        )
}

async fn list_view(cx: &Cx, filter: Filter, filled: Option<&Filled>) -> Result<Response> {
    let cut = UserFilter {
        q: kernel::text::normalise(&filter.q),
        state: UserState::from_code(&filter.state)
            .map(|s| s.code().to_owned())
            .unwrap_or_default(),
        role: Role::from_code(&filter.role)
            .map(|s| s.code().to_owned())
            .unwrap_or_default(),
    };
    let mut conn = cx.app.read().await?;
    let total = lists::count_users(&mut conn, &cut).await?;
    let pager = Pager::new(cx, filter.page.unwrap_or(1), total, &filter.query());
    let rows = lists::users(&mut conn, &cut, PAGE_ROWS, pager.offset()).await?;
    let ids: Vec<_> = rows.iter().map(|r| r.id).collect();
    let roles = lists::roles_of(&mut conn, &ids).await?;
    let rows = rows
        .into_iter()
        .map(|r| Row {
            roles: roles
                .iter()
                .filter(|g| g.0 == r.id)
                .map(|g| role_at(cx, &g.1, g.2.as_deref(), g.3.as_deref()))
                .collect(),
            id: r.id.to_string(),
            state: state_class(&r.state),
            state_words: cx.t(&format!("accounts-user-state-{}", r.state)),
            locked: r.locked_until > cx.now.micros(),
            since: r.created_at,
            name: r.name,
            email: r.email,
        })
        .collect();
    let invite = Panel::new(cx, "invite", "/centre/users", "accounts-invite-button")
        .with(Input::new(cx, "email").kind("email", "off"))
        .with(Input::new(cx, "name"));
    let page = List {
        s: cx.shell(),
        states: options(cx, UserState::ALL, UserState::code, UserState::word),
        roles: Role::ALL
            .into_iter()
            .map(|r| (r.code().to_owned(), role_name(cx, r.code())))
            .collect(),
        rows,
        pager,
        invite: grant_inputs(cx, invite).minor().filled(filled),
        filter,
    };
    cx.page_with(status(filled.is_some()), &page)
}

pub(super) async fn list(cx: Cx, Query(filter): Query<Filter>) -> Result<Response> {
    list_view(&cx, filter, None).await
}

/// Role, organisation and region of a form.
async fn wanted(cx: &Cx, errs: &mut Errs, form: &Pairs) -> Result<(Option<Role>, Option<OrgId>, Option<Region>)> {
    let role = Role::from_code(&field(form, "role")).filter(|r| may_grant(&cx.actor, *r));
    if role.is_none() {
        errs.say(cx, "role", "accounts-blank");
    }
    let text = field(form, "org");
    let mut org = None;
    if !text.is_empty() {
        match org_by_text(&mut cx.app.read().await?, &text).await {
            Ok(found) => org = Some(found.id),
            Err(fault) => errs.take(Errs::of(cx, fault)?),
        }
    }
    let region = field(form, "region")
        .parse::<Region>()
        .ok()
        .filter(|r| cx.app.regions.get(r).is_some());
    Ok((role, org, region))
}

pub(super) async fn invite(cx: Cx, form: Pairs) -> Result<Response> {
    let mut errs = Errs::default();
    let email = crate::deeds::email(&field(&form, "email"));
    if let Err(issue) = &email {
        errs.add(&cx, "email", issue);
    }
    let name = errs.text(&cx, "name", form.first("name").unwrap_or_default(), NAME_CHARS_MAX);
    let (role, org, region) = wanted(&cx, &mut errs, &form).await?;
    let outcome = match (email, role) {
        (Ok(email), Some(role)) if errs.is_empty() => accounts::invite(&cx, &email, &name, role, org, region).await,
        _ => return list_view(&cx, Filter::default(), Some(&Filled::new("invite", errs, form.0))).await,
    };
    match outcome {
        Ok(user) => Ok(cx.redirect_saying(&format!("/centre/users/{user}"), &cx.t("accounts-invited"))),
        Err(fault) => {
            let errs = Errs::of(&cx, fault)?;
            list_view(&cx, Filter::default(), Some(&Filled::new("invite", errs, form.0))).await
        }
    }
}

struct GrantRow {
    id: String,
    text: String,
    since: i64,
    ended_at: Option<i64>,
    may_end: bool,
}

#[derive(askama::Template)]
#[template(path = "accounts_user.html")]
struct Page {
    s: Shell,
    user: User,
    state: &'static str,
    state_words: String,
    locked: bool,
    grants: Vec<GrantRow>,
    members: Vec<(Member, String)>,
    consents: Vec<(String, i64, i64)>,
    grant: Option<Panel>,
    close: Option<Panel>,
    edits: bool,
    trouble: Vec<String>,
}

fn grant_row(cx: &Cx, g: GrantView) -> GrantRow {
    let may = Role::from_code(&g.role).is_none_or(|r| may_grant(&cx.actor, r));
    GrantRow {
        id: g.id.to_string(),
        text: role_at(
            cx,
            &g.role,
            g.org.as_ref().map(|o| o.1.as_str()),
            g.region.as_ref().map(AsRef::as_ref),
        ),
        since: g.granted_at,
        may_end: may && g.ended_at.is_none(),
        ended_at: g.ended_at,
    }
}

async fn load(conn: &mut Conn, text: &str) -> Result<User> {
    store::people::get(conn, id(text)?.into()).await
}

async fn view(cx: &Cx, text: &str, filled: Option<&Filled>) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let user = load(&mut conn, text).await?;
    let edits = cx.may(USER_EDIT, &jcore::Subject::NONE);
    let grants = store::grants::of_user(&mut conn, user.id).await?;
    let members = store::members::of_user(&mut conn, user.id).await?;
    let members = members
        .into_iter()
        .map(|m| (cx.t(&format!("accounts-member-state-{}", m.state)), m))
        .map(|(w, m)| (m, w))
        .collect();
    let in_use = matches!(user.state, UserState::Active | UserState::Invited);
    let grant = grant_inputs(
        cx,
        Panel::new(
            cx,
            "grant",
            format!("/centre/users/{}/grants", user.id),
            "accounts-grant-button",
        ),
    );
    let close = Panel::new(
        cx,
        "close",
        format!("/centre/users/{}/close", user.id),
        "accounts-user-close",
    )
    .with(Input::new(cx, "reason"));
    let mut page = Page {
        s: cx.shell(),
        state: state_class(user.state.code()),
        state_words: cx.t(user.state.word()),
        locked: user.locked_at(cx.now.micros()),
        grants: grants.into_iter().map(|g| grant_row(cx, g)).collect(),
        members,
        consents: store::own::consents(&mut conn, user.id).await?,
        grant: (cx.may(USER_GRANT, &jcore::Subject::NONE) && in_use).then(|| grant.minor().filled(filled)),
        close: (edits && user.state != UserState::Closed).then(|| close.minor().filled(filled)),
        edits,
        trouble: Vec::new(),
        user,
    };
    let shown = [&page.grant, &page.close].into_iter().flatten().any(Panel::has_errors);
    if let Some(filled) = filled.filter(|_| !shown) {
        page.trouble = filled.texts();
    }
    cx.page_with(status(filled.is_some()), &page)
}

pub(super) async fn page(cx: Cx, Path(user): Path<String>) -> Result<Response> {
    view(&cx, &user, None).await
}

async fn done(cx: &Cx, user: UserId, key: &'static str, outcome: Result<()>, form: Pairs) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(cx.redirect_saying(&format!("/centre/users/{user}"), &cx.t("accounts-saved"))),
        Err(fault) => {
            let errs = Errs::of(cx, fault)?;
            view(cx, &user.to_string(), Some(&Filled::new(key, errs, form.0))).await
        }
    }
}

pub(super) async fn grant(cx: Cx, Path(user): Path<String>, form: Pairs) -> Result<Response> {
    let user: UserId = id(&user)?.into();
    let mut errs = Errs::default();
    let (role, org, region) = wanted(&cx, &mut errs, &form).await?;
    let (Some(role), true) = (role, errs.is_empty()) else {
        return view(&cx, &user.to_string(), Some(&Filled::new("grant", errs, form.0))).await;
    };
    let outcome = accounts::grant(&cx, user, role, org, region).await;
    done(&cx, user, "grant", outcome, form).await
}

pub(super) async fn end_grant(cx: Cx, Path((user, grant)): Path<(String, String)>, form: Pairs) -> Result<Response> {
    let user: UserId = id(&user)?.into();
    let outcome = accounts::end_grant(&cx, user, id(&grant)?).await;
    done(&cx, user, "grants", outcome, form).await
}

pub(super) async fn unlock(cx: Cx, Path(user): Path<String>, form: Pairs) -> Result<Response> {
    let user: UserId = id(&user)?.into();
    let outcome = accounts::unlock(&cx, user).await;
    done(&cx, user, "unlock", outcome, form).await
}

pub(super) async fn invite_again(cx: Cx, Path(user): Path<String>, form: Pairs) -> Result<Response> {
    let user: UserId = id(&user)?.into();
    let outcome = accounts::invite_again(&cx, user).await;
    done(&cx, user, "invite", outcome, form).await
}

pub(super) async fn close(cx: Cx, Path(user): Path<String>, form: Pairs) -> Result<Response> {
    let user: UserId = id(&user)?.into();
    let mut errs = Errs::default();
    let reason = errs.text(
        &cx,
        "reason",
        form.first("reason").unwrap_or_default(),
        REASON_CHARS_MAX,
    );
    if !errs.is_empty() {
        return view(&cx, &user.to_string(), Some(&Filled::new("close", errs, form.0))).await;
    }
    let outcome = if cx.actor.user == Some(user) {
        Err(Fault::issue(None, kernel::Issue::error("accounts-close-self")))
    } else {
        accounts::close(&cx, user, &reason).await
    };
    done(&cx, user, "close", outcome, form).await
}

pub(super) async fn reopen(cx: Cx, Path(user): Path<String>, form: Pairs) -> Result<Response> {
    let user: UserId = id(&user)?.into();
    let outcome = accounts::reopen(&cx, user).await;
    done(&cx, user, "reopen", outcome, form).await
}
