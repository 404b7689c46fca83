//! Pages behind signed links, for who reads a mail and is not signed in: a pushed item with two answers, and unsubscribing.

use askama::Template;
use axum::extract::{FromRequest, Path, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jcore::{Actor, App, Cx, Fault, Form, Query, Result, Shell, Subject, act};
use kernel::Issue;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{Choice, choices, issues};
use crate::items::{self, Public};
use crate::reach;
use crate::rules::{LINK, Reply, WORK, Why};
use crate::store::messages::MessageRow;
use crate::store::{self, messages, targets};
use crate::tokens::{For, LINK_DAYS, read, read_off};

/// Longest note to an answer, in characters.
const NOTE_MAX: usize = 500;
/// Bytes of a one-click request: it holds one pair.
const ONE_CLICK_MAX: usize = 4_096;

#[derive(Template)]
#[template(path = "push_item.html")]
struct ItemPage {
    s: Shell,
    token: String,
    /// None where it is not public any more.
    item: Option<Shown>,
    /// The answer that is on record, in words.
    given: Option<String>,
    answer: String,
    whys: Vec<Choice>,
    errors: Vec<String>,
}

struct Shown {
    title: String,
    summary: String,
    about: String,
    path: String,
}

fn shown(cx: &Cx, public: Public) -> Shown {
    let mut about = vec![cx.t(&format!("entries-kind-{}", public.item.kind))];
    about.extend(public.item.sectors.iter().map(|s| cx.t(&s.words())));
    about.extend(public.item.region.map(|r| cx.app.regions.full_name(r)));
    Shown {
        title: public.item.title,
        summary: public.summary,
        about: about.join(" · "),
        path: public.path,
    }
}

/// The message that a link names.
async fn message(app: &App, token: &str) -> Result<MessageRow> {
    let id = read(app, For::Message, token)?;
    let mut conn = app.read().await?;
    let found = messages::get(&mut conn, id).await?;
    let age = app.now().secs_since(kernel::Stamp::from_micros(found.created_at));
    if age > LINK_DAYS * 86_400 {
        return Err(Fault::not_found());
    }
    Ok(found)
}

async fn item_page(cx: &Cx, token: &str, row: &MessageRow, answer: &str, errors: Vec<String>) -> Result<Response> {
    let public = {
        let mut conn = cx.app.read().await?;
        store::items::public_rows(&mut conn, &[row.entry_id], cx.now.micros()).await?
    };
    let public = match public.first() {
        Some(found) => items::of_row(&cx.app, found)?,
        None => None,
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    cx.page_with(
        status,
        &ItemPage {
            s: cx.shell(),
            token: token.to_owned(),
            item: public.map(|public| shown(cx, public)),
            given: (!row.answer.is_empty()).then(|| cx.t(&format!("push-answer-{}", row.answer))),
            answer: Reply::from_code(answer).map_or_else(String::new, |r| r.code().to_owned()),
            whys: choices(cx, "push-why", Why::ALL.iter().map(|w| w.code()), &[]),
            errors,
        },
    )
}

/// Which answer a mail's link chose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ItemQuery {
    answer: String,
}

/// `GET /push/item/{token}`: the item, and the two answers to confirm. A look counts as opened, once.
pub(crate) async fn item(cx: Cx, Path(token): Path<String>, Query(query): Query<ItemQuery>) -> Result<Response> {
    let row = message(&cx.app, &token).await?;
    if row.opened_at.is_none() {
        note_opened(&cx.app, &row).await?;
    }
    item_page(&cx, &token, &row, &query.answer, Vec::new()).await
}

/// Keeps that a message was opened. The link is the proof, so the system does it; who it was is the link's own affair.
async fn note_opened(app: &App, row: &MessageRow) -> Result<()> {
    let permit = app.permit(&Actor::system(), WORK, &Subject::NONE)?;
    act!(app, permit, |act| {
        messages::opened(&mut act, row.id).await?;
        if let Some(org) = row.org_id {
            targets::opened(&mut act, row.entry_id, org, &row.channel).await?;
        }
        act.note("push.opened", "push", row.id, json!({}));
        Ok(())
    })
}

/// An answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerForm {
    answer: String,
    why: String,
    note: String,
}

/// Where the note to an answer is sealed.
pub(crate) fn note_place(message: Uuid) -> String {
    format!("push_message.answer_note/{message}")
}

/// `POST /push/item/{token}`: the answer, once.
pub(crate) async fn answer(cx: Cx, Path(token): Path<String>, Form(form): Form<AnswerForm>) -> Result<Response> {
    let row = message(&cx.app, &token).await?;
    let permit = cx.permit(LINK, &Subject::NONE)?;
    let refuse = async |issue: Issue| {
        let fault = Fault::issue(None, issue);
        item_page(&cx, &token, &row, &form.answer, issues(&cx, &fault)).await
    };
    let Some(reply) = Reply::from_code(&form.answer) else {
        return refuse(Issue::error("push-answer-missing")).await;
    };
    let why = match (reply, Why::from_code(&form.why)) {
        (Reply::Interested, _) => "",
        (Reply::NotForUs, Some(why)) => why.code(),
        (Reply::NotForUs, None) => return refuse(Issue::error("push-why-missing")).await,
    };
    let note = form.note.trim();
    if note.chars().count() > NOTE_MAX {
        return refuse(Issue::error("push-too-long").with("max", NOTE_MAX.to_string())).await;
    }
    let sealed = if note.is_empty() {
        None
    } else {
        Some(cx.app.keys.seal_json(&note_place(row.id), &note)?)
    };
    act!(cx.app, permit, |act| {
        if !messages::answer(&mut act, &row, reply.code(), why, sealed.as_deref()).await? {
            // The link was used: what was said stays said.
            return Err(Fault::stale());
        }
        if let Some(org) = row.org_id {
            targets::answered(&mut act, row.entry_id, org, reply.code()).await?;
        }
        act.note(
            "push.answered",
            "push",
            row.id,
            json!({ "answer": reply.code(), "why": why }),
        );
        Ok(())
    })?;
    Ok(cx.redirect_saying(&format!("/push/item/{token}"), &cx.t("push-said-answered")))
}

#[derive(Template)]
#[template(path = "push_off.html")]
struct OffPage {
    s: Shell,
    token: String,
    done: bool,
    is_user: bool,
}

async fn is_off(cx: &Cx, recipient: Uuid) -> Result<bool> {
    let mut conn = cx.app.read().await?;
    store::people::is_off(&mut conn, recipient).await
}

/// `GET /push/unsubscribe/{token}`: asks; a look changes nothing, since mail scanners follow links.
pub(crate) async fn unsubscribe(cx: Cx, Path(token): Path<String>) -> Result<Response> {
    let (recipient, is_user) = read_off(&cx.app, &token)?;
    let done = is_off(&cx, recipient).await?;
    cx.page(&OffPage {
        s: cx.shell(),
        token,
        done,
        is_user,
    })
}

/// `POST /push/unsubscribe/{token}`: the page's form with its token against forgery, or a mail program's one-click request
/// (RFC 8058), which has neither cookie nor page and is proved by the link alone.
pub(crate) async fn unsubscribed(cx: Cx, Path(token): Path<String>, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, ONE_CLICK_MAX)
        .await
        .map_err(|_| Fault::too_large(ONE_CLICK_MAX))?;
    let one_click = form_urlencoded::parse(&bytes).any(|(k, v)| k == "List-Unsubscribe" && v == "One-Click");
    if one_click {
        let (recipient, is_user) = read_off(&cx.app, &token)?;
        reach::unsubscribe(&cx.app, recipient, is_user, "one-click").await?;
        return Ok((StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]).into_response());
    }
    let request = Request::from_parts(parts, axum::body::Body::from(bytes));
    let Form(_) = Form::<Vec<(String, String)>>::from_request(request, &()).await?;
    let (recipient, is_user) = read_off(&cx.app, &token)?;
    reach::unsubscribe(&cx.app, recipient, is_user, "page").await?;
    Ok(cx.redirect_saying(&format!("/push/unsubscribe/{token}"), &cx.t("push-said-off")))
}
