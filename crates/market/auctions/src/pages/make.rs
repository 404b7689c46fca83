//! Writing a lot: one form for all modes, in parts, with what is wrong at each field.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Query, Result, Shell};
use kernel::EntryId;
use serde::Deserialize;
use uuid::Uuid;

use super::errors;
use crate::deeds::making;
use crate::form::{self, FIELDS, Field, Input, PARTS, Typed};
use crate::model::{Lot, LotState};
use crate::rules::MAKE;
use crate::store;

/// A field, ready to show.
pub(crate) struct FieldView {
    pub(crate) key: &'static str,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) must: bool,
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) options: Vec<(String, String)>,
    pub(crate) error: Option<String>,
}

struct PartView {
    title: String,
    fields: Vec<FieldView>,
}

#[derive(Template)]
#[template(path = "lot_form.html")]
struct FormPage {
    s: Shell,
    lot: Option<Uuid>,
    number: String,
    version: i64,
    items: Vec<(Uuid, String, String)>,
    parts: Vec<PartView>,
    errors: Vec<(String, String)>,
    has_reserve: bool,
    approved: usize,
}

fn view(cx: &Cx, field: Field, typed: &Typed, errors: &[(String, String)]) -> FieldView {
    let word = |id: String| {
        if cx.app.words.has(cx.lang, &id) {
            cx.t(&id)
        } else {
            String::new()
        }
    };
    let (kind, codes): (_, &[&str]) = match field.input {
        Input::Line | Input::Money => ("text", &[]),
        Input::Text => ("area", &[]),
        Input::Number => ("number", &[]),
        Input::When => ("datetime-local", &[]),
        Input::Choice(codes) => ("choice", codes),
    };
    let option = |code: &&str| ((*code).to_owned(), cx.t(&format!("lot-{}-{code}", field.key)));
    FieldView {
        key: field.key,
        label: cx.t(&format!("lot-f-{}", field.key)),
        hint: word(format!("lot-h-{}", field.key)),
        must: field.must,
        kind,
        value: typed.get(field.key).cloned().unwrap_or_default(),
        options: codes.iter().map(option).collect(),
        error: errors
            .iter()
            .find(|(key, _)| key == field.key)
            .map(|(_, text)| text.clone()),
    }
}

fn parts(cx: &Cx, typed: &Typed, errors: &[(String, String)]) -> Vec<PartView> {
    let part = |part: &str| PartView {
        title: cx.t(&format!("lot-part-{part}")),
        fields: FIELDS
            .iter()
            .filter(|field| field.part == part)
            .map(|field| view(cx, *field, typed, errors))
            .collect(),
    };
    PARTS.into_iter().map(part).collect()
}

/// What the page for a new lot is about.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct NewQuery {
    #[serde(default)]
    entry: Vec<String>,
}

fn ids(texts: &[&str]) -> Result<Vec<EntryId>> {
    texts
        .iter()
        .map(|text| text.trim().parse().map_err(|_| Fault::not_found()))
        .collect()
}

/// `GET /lots/new?entry=…`
pub(crate) async fn new(cx: Cx, Query(query): Query<NewQuery>) -> Result<Response> {
    let texts: Vec<&str> = query.entry.iter().map(String::as_str).collect();
    let ids = ids(&texts)?;
    let mut typed = form::usual();
    if let Some(first) = ids.first() {
        let entry = entries::entry(&mut cx.app.read().await?, *first).await?;
        cx.permit(MAKE, &entry.subject())?;
        typed.insert("title".into(), entry.title);
    }
    new_page(&cx, &ids, &typed, Vec::new(), StatusCode::OK).await
}

async fn new_page(
    cx: &Cx,
    ids: &[EntryId],
    typed: &Typed,
    mut errors: Vec<(String, String)>,
    status: StatusCode,
) -> Result<Response> {
    let mut items = Vec::new();
    match making::offers(&cx.app, ids, None).await {
        Ok(offers) => {
            for entry in offers {
                cx.permit(MAKE, &entry.subject())?;
                items.push((entry.id, entry.title, entry.kind));
            }
        }
        Err(fault) if errors.is_empty() => errors = super::errors(cx, fault)?,
        Err(_) => {}
    }
    cx.page_with(
        status,
        &FormPage {
            s: cx.shell(),
            lot: None,
            number: String::new(),
            version: 0,
            items,
            parts: parts(cx, typed, &errors),
            errors,
            has_reserve: false,
            approved: 0,
        },
    )
}

fn typed(fields: &Form<Vec<(String, String)>>) -> Typed {
    let mut typed = form::usual();
    for field in FIELDS {
        if let Some(text) = fields.first(field.key) {
            typed.insert(field.key.to_owned(), text.replace("\r\n", "\n"));
        }
    }
    typed
}

/// `POST /lots/new`
pub(crate) async fn make(cx: Cx, fields: Form<Vec<(String, String)>>) -> Result<Response> {
    let entries: Vec<&str> = fields
        .0
        .iter()
        .filter(|(key, _)| key == "entry")
        .map(|(_, value)| value.as_str())
        .collect();
    let ids = ids(&entries)?;
    let typed = typed(&fields);
    match making::make(&cx.app, &cx.actor, &ids, &typed).await {
        Ok(lot) => {
            let said = cx.ta("lot-said-made", &[("number", lot.number)]);
            Ok(cx.redirect_saying(&format!("/lots/{}", lot.id), &said))
        }
        Err(fault) => {
            let errors = errors(&cx, fault)?;
            new_page(&cx, &ids, &typed, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `GET /lots/{lot}/edit`
pub(crate) async fn edit(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let lot = store::lots::get(&mut cx.app.read().await?, id).await?;
    cx.permit(MAKE, &lot.subject())?;
    if !matches!(lot.state(), LotState::Draft | LotState::Reviewed) {
        return Ok(cx.redirect(&format!("/lots/{id}")));
    }
    let typed = form::typed(
        &lot.title,
        &lot.rules()?,
        &lot.terms()?,
        lot.registers_until,
        lot.starts_at,
    );
    edit_page(&cx, &lot, &typed, Vec::new(), StatusCode::OK).await
}

async fn edit_page(
    cx: &Cx,
    lot: &Lot,
    typed: &Typed,
    errors: Vec<(String, String)>,
    status: StatusCode,
) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let mut items = Vec::new();
    for id in store::lots::items(&mut conn, lot.id).await? {
        let entry = entries::entry(&mut conn, id.into()).await?;
        items.push((entry.id, entry.title, entry.kind));
    }
    let approved = store::lots::approvals(&mut conn, lot.id).await?.len();
    drop(conn);
    cx.page_with(
        status,
        &FormPage {
            s: cx.shell(),
            lot: Some(lot.id),
            number: lot.number.clone(),
            version: lot.version,
            items,
            parts: parts(cx, typed, &errors),
            errors,
            has_reserve: lot.reserve.is_some(),
            approved,
        },
    )
}

/// `POST /lots/{lot}/edit`
pub(crate) async fn change(cx: Cx, Path(id): Path<Uuid>, fields: Form<Vec<(String, String)>>) -> Result<Response> {
    let version = fields.first("version").and_then(|text| text.parse().ok()).unwrap_or(0);
    let typed = typed(&fields);
    match making::change(&cx.app, &cx.actor, id, version, &typed).await {
        Ok(()) => Ok(cx.redirect_saying(&format!("/lots/{id}"), &cx.t("lot-said-changed"))),
        Err(fault) => {
            let errors = errors(&cx, fault)?;
            let lot = store::lots::get(&mut cx.app.read().await?, id).await?;
            edit_page(&cx, &lot, &typed, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
