//! Beginning a new entry: for which organisation, then the form.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forms::Draft;
use jcore::{Cx, Fault, FieldFault, Form, Result, Shell, act};
use kernel::{Issue, OrgId};
use serde::Deserialize;

use accounts::{Identity, IdentityKind, NewOrg, Org, OrgKind};

use crate::actions::WRITE;
use crate::kind::{EntryKind, kinds};
use crate::life;

/// Longest name of an organisation, in characters, as the forms have it.
const NAME_MAX: usize = 100;

#[derive(askama::Template)]
#[template(path = "entries_start.html")]
struct StartPage {
    s: Shell,
    title: String,
    lead: String,
    action: String,
    template: String,
    upload: String,
    orgs: Vec<(String, String)>,
    /// Whether the reader writes for organisations other than their own.
    for_others: bool,
    name: String,
    uscc: String,
    errors: Vec<(Option<String>, String)>,
    required: Vec<String>,
}

/// What the page sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct StartForm {
    org: String,
    name: String,
    uscc: String,
}

fn kind_of(cx: &Cx, key: &str) -> Result<std::sync::Arc<dyn EntryKind>> {
    kinds(&cx.app).get(key).cloned().ok_or_else(Fault::not_found)
}

pub(crate) async fn show(cx: Cx, Path(key): Path<String>) -> Result<Response> {
    let kind = kind_of(&cx, &key)?;
    page(&cx, kind.as_ref(), &StartForm::default(), &[], StatusCode::OK).await
}

async fn page(
    cx: &Cx,
    kind: &dyn EntryKind,
    form: &StartForm,
    faults: &[FieldFault],
    status: StatusCode,
) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let orgs = accounts::orgs_of(&mut conn, &cx.actor).await?;
    drop(conn);
    let orgs: Vec<(String, String)> = orgs
        .into_iter()
        .filter(|o| cx.may(WRITE, &o.subject()))
        .map(|o| (o.id.to_string(), o.name))
        .collect();
    let for_others = orgs.is_empty();
    let required = kind.form().fields().filter(|f| f.must == forms::Must::Yes);
    cx.page_with(
        status,
        &StartPage {
            title: cx.t(&format!("entries-new-{}", kind.key())),
            lead: cx.t(&format!("entries-new-{}-lead", kind.key())),
            action: cx.href(&format!("/entries/new/{}", kind.key())),
            template: cx.href(&format!("/templates/{}", kind.plural())),
            upload: cx.href("/intake"),
            orgs,
            for_others,
            name: form.name.clone(),
            uscc: form.uscc.clone(),
            errors: faults
                .iter()
                .map(|f| (f.field.clone(), cx.app.words.issue(cx.lang, &f.issue)))
                .collect(),
            required: required.map(|f| intake::page::label(cx, kind.form(), f)).collect(),
            s: cx.shell(),
        },
    )
}

/// Makes an empty draft for the chosen organisation, with what is known of it filled in, and goes on to the form.
pub(crate) async fn begin(cx: Cx, Path(key): Path<String>, Form(form): Form<StartForm>) -> Result<Response> {
    let kind = kind_of(&cx, &key)?;
    let org = match choose(&cx, &form).await {
        Ok(org) => org,
        Err(fault) if !fault.fields.is_empty() => {
            return page(
                &cx,
                kind.as_ref(),
                &form,
                &fault.fields,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await;
        }
        Err(fault) => return Err(fault),
    };
    let raw = prefilled(kind.as_ref(), &org);
    let saved = life::create(&cx.app, &cx.actor, kind.key(), org.id, &raw).await?;
    Ok(cx.redirect(&format!("/entries/{}/edit", saved.id)))
}

/// The organisation that is meant: one of the reader's own, or one named by its code, made where it is not known.
async fn choose(cx: &Cx, form: &StartForm) -> Result<Org> {
    if let Ok(id) = form.org.parse::<OrgId>() {
        let mut conn = cx.app.read().await?;
        return accounts::org(&mut conn, id).await;
    }
    let mut faults = Vec::new();
    let mut refuse = |field: &str, issue: Issue| {
        faults.push(FieldFault {
            field: Some(field.to_owned()),
            issue,
        });
    };
    let code = kernel::read::uscc(&form.uscc);
    if code.value.is_none() {
        let issue = code
            .issues
            .first()
            .cloned()
            .unwrap_or_else(|| Issue::error("entries-no-org"));
        refuse("uscc", issue);
    }
    let name = kernel::text::normalise(&form.name);
    let Some(code) = code.value else {
        return Err(Fault::refused(faults));
    };
    let known = {
        let mut conn = cx.app.read().await?;
        accounts::org_by_identity(&mut conn, IdentityKind::Uscc, "CN", code.as_str()).await?
    };
    if let Some(org) = known {
        return if cx.may(WRITE, &org.subject()) {
            Ok(org)
        } else {
            Err(not_yours(code.as_str()))
        };
    }
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(Fault::issue(Some("name"), Issue::error("entries-org-name")));
    }
    let region = kernel::Region::new(code.region_code()).filter(|r| cx.app.regions.get(r).is_some());
    let new = NewOrg::new(name, OrgKind::Company, Identity::Uscc(code.clone())).in_region(region);
    let subject = jcore::Subject {
        org: None,
        region,
        user: None,
    };
    let permit = cx.permit(WRITE, &subject).map_err(|_| not_yours(code.as_str()))?;
    act!(cx.app, permit, |act| {
        accounts::ensure_org(&mut act, new.clone()).await
    })
}

fn not_yours(code: &str) -> Fault {
    Fault::issue(
        Some("uscc"),
        Issue::error("entries-not-yours").with("code", code.to_owned()),
    )
}

/// A draft with what is known of its organisation.
fn prefilled(kind: &dyn EntryKind, org: &Org) -> Draft {
    let keys = kind.keys();
    let mut raw = Draft::new();
    raw.insert(keys.name.to_owned(), org.name.clone());
    if let Some(code) = org
        .identity
        .as_ref()
        .filter(|_| org.identity_kind == IdentityKind::Uscc)
    {
        raw.insert(keys.uscc.to_owned(), code.clone());
    }
    if let (Some(key), Some(region)) = (keys.region, org.region) {
        raw.insert(key.to_owned(), region.to_string());
    }
    if let Some(key) = keys.park.filter(|_| !org.park.is_empty()) {
        raw.insert(key.to_owned(), org.park.clone());
    }
    raw
}
