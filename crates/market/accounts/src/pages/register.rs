//! Registering oneself, and confirming one's mail address.

use axum::extract::Path;
use axum::response::Response;
use forms::{Draft, Lookup, Record, Value};
use intake::page::{ErrorLink, FormView, draft_from_form};
use jcore::{Cx, Result, Shell};
use kernel::Issue;

use super::{Pairs, Simple, field, status};
use crate::declared::REGISTRATION;
use crate::deeds::registering::{self, Registration};
use crate::model::{Identity, OrgKind};

#[derive(askama::Template)]
#[template(path = "accounts_register.html")]
struct Page {
    s: Shell,
    form: FormView,
    /// What is wrong with the password.
    password_error: String,
    /// What is wrong with the consent.
    agree_error: String,
    agreed: bool,
}

fn view(
    cx: &Cx,
    draft: &Draft,
    record: Option<&Record>,
    beside: (Option<Issue>, Option<Issue>),
    agreed: bool,
) -> Result<Response> {
    let mut form = FormView::new(cx, &REGISTRATION, draft, record).to("/register");
    let words = |issue: Option<Issue>| issue.map(|i| cx.app.words.issue(cx.lang, &i)).unwrap_or_default();
    let (password_error, agree_error) = (words(beside.0), words(beside.1));
    for (to, text) in [("f-password", &password_error), ("f-agree", &agree_error)] {
        if !text.is_empty() {
            form.errors.push(ErrorLink {
                to: Some(to.to_owned()),
                text: text.clone(),
            });
        }
    }
    let bad = !form.errors.is_empty();
    cx.page_with(
        status(bad),
        &Page {
            s: cx.shell(),
            form,
            password_error,
            agree_error,
            agreed,
        },
    )
}

pub(super) async fn page(cx: Cx) -> Result<Response> {
    let draft: Draft = [("identity".to_owned(), "uscc".to_owned())].into();
    view(&cx, &draft, None, (None, None), false)
}

pub(super) async fn send(cx: Cx, form: Pairs) -> Result<Response> {
    let draft = draft_from_form(&REGISTRATION, &form.0);
    let mut record = forms::read(&REGISTRATION, &draft, &intake::context(&cx.app, false));
    check_country(&mut record);
    let password = form.first("password").unwrap_or_default();
    let own: Vec<&str> = ["email", "name"].iter().map(|key| record.raw(key)).collect();
    let password_issue = crate::password::judge(password, &own);
    let agreed = field(&form, "agree") == "yes";
    let agree_issue = (!agreed).then(|| Issue::error("accounts-agree-needed"));
    let fine = !record.has_errors() && password_issue.is_none() && agree_issue.is_none();
    if let Some(new) = registration(&record).filter(|_| fine) {
        registering::register(&cx, &new, password).await?;
        return Ok(cx.redirect("/register/sent"));
    }
    view(&cx, &draft, Some(&record), (password_issue, agree_issue), agreed)
}

/// A country is two letters; China's own organisations have a credit code.
fn check_country(record: &mut Record) {
    let Some(text) = record.text("country").map(str::to_owned) else {
        return;
    };
    let good = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) && !text.eq_ignore_ascii_case("cn");
    if record.code("identity") == Some("foreign") && !good {
        record
            .issues
            .push((Some("country"), Issue::error("accounts-country").with("found", text)));
    }
}

fn registration(record: &Record) -> Option<Registration> {
    let Some(Value::Email(email)) = record.value("email") else {
        return None;
    };
    let phone = if let Some(Value::Phone(phone)) = record.value("phone") {
        Some(phone.clone())
    } else {
        None
    };
    let name = record.text("name")?.to_owned();
    let identity = match record.code("identity")? {
        "uscc" => Some(Identity::Uscc(Lookup::uscc(record, "uscc")?.clone())),
        "foreign" => Some(Identity::Foreign {
            country: record.text("country")?.to_ascii_uppercase(),
            number: record.text("number")?.to_owned(),
        }),
        _ => None,
    };
    let org_name = if identity.is_some() {
        record.text("org_name")?.to_owned()
    } else {
        name.clone()
    };
    Some(Registration {
        email: email.clone(),
        phone,
        title: record.text("title").unwrap_or_default().to_owned(),
        org_name,
        org_kind: OrgKind::from_code(record.code("kind")?)?,
        region: Lookup::region(record, "region"),
        identity,
        name,
    })
}

pub(super) async fn sent(cx: Cx) -> Result<Response> {
    Simple::new(&cx, "accounts-register-sent-title")
        .say(cx.t("accounts-register-sent-lead"))
        .link("/", cx.t("error-home"))
        .answer(&cx)
}

fn over(cx: &Cx) -> Result<Response> {
    Simple::new(cx, "accounts-link-over-title")
        .say(cx.t("accounts-confirm-over-lead"))
        .link("/register", cx.t("shell-register"))
        .link("/sign-in", cx.t("shell-sign-in"))
        .answer(cx)
}

/// A button, not the link itself, confirms: mail scanners open links.
pub(super) async fn confirm_page(cx: Cx, Path(token): Path<String>) -> Result<Response> {
    let Some(user) = registering::confirmer(&cx, &token).await? else {
        return over(&cx);
    };
    let panel = crate::ui::Panel::new(&cx, "confirm", format!("/confirm/{token}"), "accounts-confirm-button");
    Simple::new(&cx, "accounts-confirm-title")
        .say(cx.ta("accounts-confirm-lead", &[("name", user.name), ("email", user.email)]))
        .panel(panel)
        .answer(&cx)
}

pub(super) async fn confirm(cx: Cx, Path(token): Path<String>, _form: Pairs) -> Result<Response> {
    let Some(user) = registering::confirmer(&cx, &token).await? else {
        return over(&cx);
    };
    if !registering::confirm(&cx, &token, &user).await? {
        return over(&cx);
    }
    Simple::new(&cx, "accounts-confirmed-title")
        .say(cx.t("accounts-confirmed-lead"))
        .link("/", cx.t("error-home"))
        .answer(&cx)
}
