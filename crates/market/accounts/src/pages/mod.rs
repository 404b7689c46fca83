//! Pages for people: entering, one's account, organisations, the centre's desks.

mod account;
mod audit;
mod documents;
mod enter;
mod inbox;
mod liaison;
mod members;
mod org;
mod org_view;
pub use org_view::PANELS;
mod orgs;
mod outbox;
mod register;
mod reviews;
mod users;

use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Result, Role, Routes, Shell};
use kernel::{Day, Issue};
use uuid::Uuid;

pub(crate) use inbox::words as inbox_words;
pub(crate) use orgs::{Filter as OrgsQuery, reach as org_reach};

use crate::rules;
use crate::ui::{Errs, Panel};

/// All pages with their actions.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", rules::ENTER, enter::sign_in_page)
        .post("/sign-in", rules::ENTER, enter::sign_in)
        .post("/consent", rules::ENTER, enter::consent)
        .post("/sign-out", rules::ENTER, enter::sign_out)
        .get("/forgot", rules::ENTER, enter::forgot_page)
        .post("/forgot", rules::ENTER, enter::forgot)
        .get("/reset/{token}", rules::ENTER, enter::reset_page)
        .post("/reset/{token}", rules::ENTER, enter::reset)
        .get("/register", rules::ENTER, register::page)
        .post("/register", rules::ENTER, register::send)
        .get("/register/sent", rules::ENTER, register::sent)
        .get("/confirm/{token}", rules::ENTER, register::confirm_page)
        .post("/confirm/{token}", rules::ENTER, register::confirm)
        .get("/terms", rules::ENTER, documents::terms)
        .get("/privacy", rules::ENTER, documents::privacy)
        .get("/inbox", rules::USE, inbox::page)
        .post("/inbox/read", rules::USE, inbox::read)
        .merge(account_routes())
        .merge(org_routes())
        .merge(centre_routes())
}

fn account_routes() -> Routes {
    Routes::new()
        .get("/account", rules::USE, account::page)
        .post("/account/profile", rules::USE, account::profile)
        .post("/account/password", rules::USE, account::password)
        .post("/account/sessions/end", rules::USE, account::end_others)
        .post("/account/sessions/{id}/end", rules::USE, account::end_session)
        .post("/account/tokens", rules::USE, account::add_token)
        .post("/account/tokens/{id}/end", rules::USE, account::end_token)
        .post("/account/stand-ins", rules::USE, account::stand_in)
        .post("/account/stand-ins/{id}/end", rules::USE, account::end_stand_in)
}

fn org_routes() -> Routes {
    Routes::new()
        .get("/org", rules::JOIN, members::mine)
        .post("/org/claim", rules::JOIN, members::claim)
        .post("/org/leave/{id}", rules::JOIN, members::leave)
        .get("/org/{id}", rules::ORG_VIEW, org::page)
        .post("/org/{id}/profile", rules::ORG_EDIT, org::profile)
        .post("/org/{id}/qualifications", rules::ORG_EDIT, org::qualify)
        .post("/org/{id}/qualifications/{q}/end", rules::ORG_EDIT, org::disqualify)
        .post("/org/{id}/class", rules::ORG_CLASSIFY, org::classify)
        .post("/org/{id}/merge", rules::ORG_MERGE, org::merge)
        .post("/org/{id}/close", rules::ORG_MERGE, org::close)
        .post("/org/{id}/reopen", rules::ORG_MERGE, org::reopen)
        .post("/org/{id}/members", rules::MEMBER_MANAGE, members::invite)
        .post("/org/{id}/members/{m}/decide", rules::MEMBER_REVIEW, members::decide)
        .post("/org/{id}/members/{m}/role", rules::MEMBER_MANAGE, members::role)
        .post("/org/{id}/members/{m}/end", rules::MEMBER_MANAGE, members::end)
        .get("/org/{id}/liaison", rules::LIAISON_SET, liaison::page)
        .post("/org/{id}/liaison", rules::LIAISON_SET, liaison::set)
        .post("/org/{id}/liaison/invite", rules::LIAISON_SET, liaison::invite)
}

fn centre_routes() -> Routes {
    Routes::new()
        .get("/centre/orgs", rules::ORG_LIST, orgs::list)
        .get("/centre/orgs/export", rules::ORG_LIST, orgs::export)
        .get("/centre/orgs/new", rules::ORG_ADD, orgs::new_page)
        .post("/centre/orgs/new", rules::ORG_ADD, orgs::add)
        .get("/centre/orgs/{id}", rules::ORG_VIEW, org::page)
        .get("/centre/reviews", rules::REVIEW_DESK, reviews::list)
        .post("/centre/reviews/{id}", rules::MEMBER_REVIEW, reviews::decide)
        .get("/centre/users", rules::USER_VIEW, users::list)
        .post("/centre/users", rules::USER_GRANT, users::invite)
        .get("/centre/users/{id}", rules::USER_VIEW, users::page)
        .post("/centre/users/{id}/grants", rules::USER_GRANT, users::grant)
        .post("/centre/users/{id}/grants/{g}/end", rules::USER_GRANT, users::end_grant)
        .post("/centre/users/{id}/unlock", rules::USER_EDIT, users::unlock)
        .post("/centre/users/{id}/invite", rules::USER_EDIT, users::invite_again)
        .post("/centre/users/{id}/close", rules::USER_EDIT, users::close)
        .post("/centre/users/{id}/reopen", rules::USER_EDIT, users::reopen)
        .get("/centre/audit", rules::AUDIT_VIEW, audit::list)
        .post("/centre/audit/verify", rules::AUDIT_VIEW, audit::verify)
        .get("/centre/outbox", rules::OUTBOX, outbox::list)
        .post("/centre/outbox/{id}/again", rules::OUTBOX, outbox::again)
}

/// A page with a heading, a few sentences, perhaps a form, and ways on.
#[derive(askama::Template)]
#[template(path = "accounts_simple.html")]
pub(crate) struct Simple {
    s: Shell,
    title: String,
    lead: Vec<String>,
    panel: Option<Panel>,
    links: Vec<(String, String)>,
}

impl Simple {
    fn new(cx: &Cx, title: &str) -> Self {
        Self {
            s: cx.shell(),
            title: cx.t(title),
            lead: Vec::new(),
            panel: None,
            links: Vec::new(),
        }
    }

    fn say(mut self, text: String) -> Self {
        self.lead.push(text);
        self
    }

    fn panel(mut self, panel: Panel) -> Self {
        self.panel = Some(panel);
        self
    }

    fn link(mut self, href: &str, text: String) -> Self {
        self.links.push((self.s.href(href), text));
        self
    }

    /// Answers: 422 when its form has something wrong.
    fn answer(self, cx: &Cx) -> Result<Response> {
        let bad = self.panel.as_ref().is_some_and(Panel::has_errors);
        cx.page_with(status(bad), &self)
    }
}

/// The status of a page whose form was refused, or not.
fn status(bad: bool) -> StatusCode {
    if bad {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

/// A form's fields as they came.
pub(crate) type Pairs = Form<Vec<(String, String)>>;

/// An id of an address; what is none is not found.
pub(crate) fn id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Fault::not_found())
}

/// A field without spaces around it; empty when missing.
fn field(form: &Pairs, key: &str) -> String {
    form.first(key).map(kernel::text::normalise).unwrap_or_default()
}

/// A text of paragraphs; line breaks stay.
fn paragraphs(form: &Pairs, key: &str) -> String {
    form.first(key)
        .unwrap_or_default()
        .replace("\r\n", "\n")
        .trim()
        .to_owned()
}

/// A day as the browser's date field sends it, or as people write it.
fn day(cx: &Cx, errs: &mut Errs, form: &Pairs, key: &'static str) -> Option<Day> {
    let text = field(form, key);
    if text.is_empty() {
        return None;
    }
    let read = text.parse::<Day>().ok().or_else(|| {
        let date = kernel::read::date(&text).value?;
        date.day().map(|_| date.first_day())
    });
    if read.is_none() {
        errs.add(cx, key, &Issue::error("accounts-day").with("found", text));
    }
    read
}

/// A role in words.
fn role_name(cx: &Cx, code: &str) -> String {
    Role::from_code(code).map_or_else(|| code.to_owned(), |r| cx.t(&format!("role-{}", r.code())))
}

/// (value, words) of codes with words.
fn options<T: Copy>(
    cx: &Cx,
    all: &[T],
    code: fn(T) -> &'static str,
    word: fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|v| (code(*v).to_owned(), cx.t(word(*v)))).collect()
}

/// A region in the reader's words; empty when there is none.
fn region_name(cx: &Cx, code: Option<&str>) -> String {
    code.map(|code| cx.app.regions.full_name(code)).unwrap_or_default()
}
