//! “Bring them together”: the form, with both sides as the public sees them.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use entries::RowView;
use jcore::{Cx, Fault, Form, Query, Result, Shell};
use kernel::EntryId;
use serde::Deserialize;

use super::{errors, may_insist, may_mask};
use crate::deeds::opening;
use crate::deeds::scanning::Text;
use crate::deeds::talking::TEXT_CHARS;
use crate::items::items;
use crate::rules::INTRODUCE;
use crate::store::threads;

/// What the form asks for and sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OpenForm {
    need: String,
    offer: String,
    text: String,
    confirmed: String,
    mask: String,
}

impl OpenForm {
    fn ids(&self) -> Result<(EntryId, EntryId)> {
        let id = |text: &str| text.trim().parse::<EntryId>().map_err(|_| Fault::not_found());
        Ok((id(&self.need)?, id(&self.offer)?))
    }

    fn text(&self) -> Text<'_> {
        Text {
            text: &self.text,
            confirmed: self.confirmed == "yes",
            mask: self.mask == "yes",
        }
    }
}

/// A side as the public sees it.
struct SideCard {
    label: String,
    row: RowView,
}

#[derive(Template)]
#[template(path = "matches_open.html")]
struct OpenPage {
    s: Shell,
    form: OpenForm,
    cards: Vec<SideCard>,
    errors: Vec<String>,
    may_insist: bool,
    may_mask: bool,
    text_max: usize,
}

/// `GET /threads/new?need=…&offer=…`
pub(crate) async fn show(cx: Cx, Query(mut form): Query<OpenForm>) -> Result<Response> {
    if form.text.is_empty() {
        form.text = cx.t("matches-first-text");
    }
    let (need, offer) = form.ids()?;
    // Who comes a second time is led to the thread that is there.
    if let Some(id) = threads::live(&mut cx.app.read().await?, need.uuid(), offer.uuid()).await?
        && crate::deeds::talking::enter(&cx.app, &cx.actor, id).await.is_ok()
    {
        return Ok(cx.redirect(&format!("/threads/{id}")));
    }
    page(&cx, form, None).await
}

async fn page(cx: &Cx, form: OpenForm, fault: Option<Fault>) -> Result<Response> {
    let (need, offer) = form.ids()?;
    let (need, offer) = opening::pair(&mut cx.app.read().await?, &cx.app, need, offer).await?;
    cx.permit(INTRODUCE, &need.subject())?;
    let mut rows = items(cx, &[need.id, offer.id]).await?;
    let mut cards = Vec::new();
    for (id, part) in [(need.id, "need"), (offer.id, "offer")] {
        cards.push(SideCard {
            label: cx.t(&format!("matches-part-{part}")),
            row: rows.remove(&id).ok_or_else(Fault::not_found)?,
        });
    }
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.kind.status());
    let page = OpenPage {
        s: cx.shell(),
        may_insist: fault.as_ref().is_some_and(may_insist),
        may_mask: fault.as_ref().is_some_and(may_mask),
        errors: fault.map_or(Ok(Vec::new()), |fault| errors(cx, fault))?,
        form,
        cards,
        text_max: TEXT_CHARS,
    };
    cx.page_with(status, &page)
}

/// `POST /threads/new`
pub(crate) async fn send(cx: Cx, Form(form): Form<OpenForm>) -> Result<Response> {
    let (need, offer) = form.ids()?;
    match opening::open(&cx.app, &cx.actor, need, offer, form.text()).await {
        Ok(id) => Ok(cx.redirect_saying(&format!("/threads/{id}"), &cx.t("matches-said-opened"))),
        Err(fault) => page(&cx, form, Some(fault)).await,
    }
}
