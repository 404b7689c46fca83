//! Forms of one button: what is done with a lot, and back to its page.

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Result};
use serde::Deserialize;
use uuid::Uuid;

use super::show;
use crate::deeds::{after, announcing, deposits, making, talking};

/// What a small form says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    hash: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    on: String,
}

/// Back to the lot with what was done, or its page again with what stands against it.
async fn back(cx: &Cx, lot: Uuid, done: Result<()>, words: &str) -> Result<Response> {
    match done {
        Ok(()) => Ok(cx.redirect_saying(&format!("/lots/{lot}"), &cx.t(words))),
        Err(fault) => again(cx, lot, fault).await,
    }
}

async fn again(cx: &Cx, lot: Uuid, fault: Fault) -> Result<Response> {
    let errors = super::errors(cx, fault)?;
    show::page(cx, lot, errors).await
}

/// `POST /lots/{lot}/drop`
pub(crate) async fn drop(cx: Cx, Path(lot): Path<Uuid>, Form(_): Form<Said>) -> Result<Response> {
    let done = making::drop(&cx.app, &cx.actor, lot).await;
    back(&cx, lot, done, "lot-said-dropped").await
}

/// `POST /lots/{lot}/approve`
pub(crate) async fn approve(cx: Cx, Path(lot): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    match announcing::approve(&cx.app, &cx.actor, lot, &said.hash).await {
        Ok(reviewed) => {
            let words = if reviewed {
                "lot-said-reviewed"
            } else {
                "lot-said-approved"
            };
            back(&cx, lot, Ok(()), words).await
        }
        Err(fault) => again(&cx, lot, fault).await,
    }
}

/// `POST /lots/{lot}/send-back`
pub(crate) async fn send_back(cx: Cx, Path(lot): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let done = announcing::send_back(&cx.app, &cx.actor, lot, &said.reason).await;
    back(&cx, lot, done, "lot-said-sent-back").await
}

/// `POST /lots/{lot}/announce`
pub(crate) async fn announce(cx: Cx, Path(lot): Path<Uuid>, Form(_): Form<Said>) -> Result<Response> {
    let done = announcing::announce(&cx.app, &cx.actor, lot).await;
    back(&cx, lot, done, "lot-said-announced").await
}

/// `POST /lots/{lot}/withdraw`
pub(crate) async fn withdraw(cx: Cx, Path(lot): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let done = announcing::withdraw(&cx.app, &cx.actor, lot, &said.reason).await;
    back(&cx, lot, done, "lot-said-withdrawn").await
}

/// `POST /lots/{lot}/replace`
pub(crate) async fn replace(cx: Cx, Path(lot): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    match announcing::replace(&cx.app, &cx.actor, lot, &said.reason).await {
        Ok(new) => Ok(cx.redirect_saying(&format!("/lots/{new}/edit"), &cx.t("lot-said-replaced"))),
        Err(fault) => again(&cx, lot, fault).await,
    }
}

/// `POST /lots/{lot}/relist`
pub(crate) async fn relist(cx: Cx, Path(lot): Path<Uuid>, Form(_): Form<Said>) -> Result<Response> {
    match after::relist(&cx.app, &cx.actor, lot).await {
        Ok(new) => Ok(cx.redirect_saying(&format!("/lots/{new}/edit"), &cx.t("lot-said-relisted"))),
        Err(fault) => again(&cx, lot, fault).await,
    }
}

/// `POST /lots/{lot}/confirm`
pub(crate) async fn confirm(cx: Cx, Path(lot): Path<Uuid>, Form(_): Form<Said>) -> Result<Response> {
    let done = after::confirm(&cx.app, &cx.actor, lot).await;
    back(&cx, lot, done, "lot-said-confirmed").await
}

/// `POST /lots/{lot}/default`
pub(crate) async fn default(cx: Cx, Path(lot): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let done = after::default(&cx.app, &cx.actor, lot, &said.reason).await;
    back(&cx, lot, done, "lot-said-defaulted").await
}

/// `POST /lots/{lot}/questions`
pub(crate) async fn ask(cx: Cx, Path(lot): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let done = talking::ask(&cx.app, &cx.actor, lot, &said.text).await;
    back(&cx, lot, done, "lot-said-asked").await
}

/// `POST /lots/questions/{question}/answer`
pub(crate) async fn answer(cx: Cx, Path(question): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let lot = talking::answer(&cx.app, &cx.actor, question, &said.answer).await?;
    back(&cx, lot, Ok(()), "lot-said-answered").await
}

/// `POST /lots/{lot}/watch`
pub(crate) async fn watch(cx: Cx, Path(lot): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let on = said.on == "1";
    let done = talking::watch(&cx.app, &cx.actor, lot, on).await;
    let words = if on { "lot-said-watched" } else { "lot-said-unwatched" };
    back(&cx, lot, done, words).await
}

/// `POST /lots/{lot}/pledge`
pub(crate) async fn pledge(cx: Cx, Path(lot): Path<Uuid>, Form(_): Form<Said>) -> Result<Response> {
    let done = deposits::pledge(&cx.app, &cx.actor, lot).await;
    back(&cx, lot, done, "lot-said-pledged").await
}
