//! Naming an organisation's liaison.

use axum::extract::Path;
use axum::response::Response;
use forms::{Draft, Record};
use intake::page::{FormView, draft_from_form};
use jcore::{Cx, Result, Shell};

use super::org::{done, load};
use super::{Pairs, field, status};
use crate::declared::LIAISON;
use crate::deeds::{REASON_CHARS_MAX, liaisons};
use crate::liaison::Person;
use crate::model::Org;
use crate::rules::{LIAISON_SET, LIAISON_VIEW};
use crate::store;

#[derive(askama::Template)]
#[template(path = "accounts_liaison.html")]
struct Page {
    s: Shell,
    org: String,
    org_name: String,
    has_former: bool,
    reason: String,
    form: FormView,
}

async fn view(cx: &Cx, org: &Org, draft: &Draft, record: Option<&Record>, reason: &str) -> Result<Response> {
    let has_former = store::liaisons::in_office(&mut cx.app.read().await?, org.id)
        .await?
        .is_some();
    let form = FormView::new(cx, &LIAISON, draft, record)
        .only(|key| !matches!(key, "org" | "uscc"))
        .to(format!("/org/{}/liaison", org.id));
    let page = Page {
        s: cx.shell(),
        org: org.id.to_string(),
        org_name: org.name.clone(),
        has_former,
        reason: reason.to_owned(),
        form,
    };
    cx.page_with(status(record.is_some()), &page)
}

/// The form's fields of the person in office, for who may see them.
fn draft_of(person: &Person) -> Draft {
    let pairs = [
        ("name", &person.name),
        ("department", &person.department),
        ("position", &person.position),
        ("mobile", &person.mobile),
        ("phone", &person.phone),
        ("email", &person.email),
        ("wechat", &person.wechat),
    ];
    pairs
        .into_iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(k, v)| (k.to_owned(), v.clone()))
        .collect()
}

pub(super) async fn page(cx: Cx, Path(org): Path<String>) -> Result<Response> {
    let org = load(&cx, &org).await?;
    cx.permit(LIAISON_SET, &org.subject())?;
    let liaison = store::liaisons::in_office(&mut cx.app.read().await?, org.id).await?;
    let draft = match (liaison, cx.sight(LIAISON_VIEW, &org.subject())) {
        (Some(l), Some(sight)) => draft_of(l.person(&cx.app)?.reveal(&sight)),
        _ => Draft::new(),
    };
    view(&cx, &org, &draft, None, "").await
}

pub(super) async fn set(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    cx.permit(LIAISON_SET, &org.subject())?;
    let mut draft = draft_from_form(&LIAISON, &form.0);
    draft.insert("org".to_owned(), org.name.clone());
    draft.remove("uscc");
    let record = forms::read(&LIAISON, &draft, &intake::context(&cx.app, false));
    let reason: String = field(&form, "reason").chars().take(REASON_CHARS_MAX).collect();
    if record.has_errors() {
        return view(&cx, &org, &draft, Some(&record), &reason).await;
    }
    let outcome = liaisons::set(&cx, &org, &liaisons::person(&record), &reason)
        .await
        .map(|_| ());
    done(&cx, &org, "liaison", outcome, form, "accounts-liaison-set").await
}

pub(super) async fn invite(cx: Cx, Path(org): Path<String>, form: Pairs) -> Result<Response> {
    let org = load(&cx, &org).await?;
    let outcome = liaisons::invite(&cx, &org).await;
    done(&cx, &org, "liaison", outcome, form, "accounts-invited").await
}
