//! Threads for machines: the same deeds as the pages'.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Json, Result};
use kernel::{EntryId, Stamp};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use crate::deeds::opening;
use crate::deeds::scanning::Text;
use crate::deeds::talking::{self, Ending, MESSAGES_MAX, enter};
use crate::model::{Message, Party, Side, Thread};
use crate::pages::thread::{message_text, party, sight};
use crate::pages::threads::{mine, part_of};
use crate::rules::Part;
use crate::store::threads;

/// A thread of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ThreadLine {
    /// Its id.
    #[schema(value_type = String)]
    id: Uuid,
    /// The need's id.
    #[schema(value_type = String)]
    need: Uuid,
    /// The offer's id.
    #[schema(value_type = String)]
    offer: Uuid,
    /// The need's title.
    need_title: String,
    /// The offer's title.
    offer_title: String,
    /// `open`, `one` (one side has agreed), `both` (names are shown), `closed`.
    state: &'static str,
    /// `intention`, `nothing`, `declined`; empty while it goes on.
    outcome: String,
    /// Who the caller is in it: `broker`, `need`, `offer`.
    part: &'static str,
    /// When it last moved.
    moved_at: String,
}

/// A page of threads.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ThreadList {
    /// The threads, last moved first.
    threads: Vec<ThreadLine>,
}

/// A side of a thread.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ThreadSide {
    /// `need` or `offer`.
    side: String,
    /// `asked`, `agreed`, `declined`.
    state: &'static str,
    /// Its organisation, once both have agreed; one's own always.
    organisation: Option<String>,
    /// Who speaks for it, likewise.
    person: Option<String>,
    /// How to reach them, likewise.
    contact: Option<String>,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ThreadMessage {
    /// Who it is from: `broker`, `need`, `offer`.
    part: String,
    /// When.
    at: String,
    /// What it says.
    text: String,
}

/// A thread.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ThreadWhole {
    /// The thread.
    #[serde(flatten)]
    thread: ThreadLine,
    /// Both sides.
    sides: Vec<ThreadSide>,
    /// The messages, oldest first.
    messages: Vec<ThreadMessage>,
}

/// What opens a thread.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct OpenBody {
    /// The need's id.
    need: String,
    /// The offer's id.
    offer: String,
    /// The first message, to both.
    text: String,
    /// That what the text tells of oneself is to be sent.
    confirmed: bool,
    /// That what the text tells is to be masked.
    mask: bool,
}

/// A message to send.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct SayBody {
    /// The text.
    text: String,
    /// That what the text tells of oneself is to be sent.
    confirmed: bool,
    /// That what the text tells is to be masked.
    mask: bool,
}

/// Who speaks for a side that agrees.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct AgreeBody {
    /// The person's name.
    person: String,
    /// Telephone or mail.
    contact: String,
}

/// Why a side declines.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct DeclineBody {
    /// A reason of a verdict, `silent` or `other`.
    reason: String,
}

/// How a thread ends.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct CloseBody {
    /// `intention` (once both have agreed) or `nothing`.
    outcome: String,
    /// Why nothing came of it: a reason of a verdict, `silent` or `other`.
    reason: String,
    /// What else is to be said.
    note: String,
}

fn at(micros: i64) -> String {
    Stamp::from_micros(micros).to_string()
}

fn line(cx: &Cx, thread: &Thread) -> ThreadLine {
    ThreadLine {
        id: thread.id,
        need: thread.need_id,
        offer: thread.offer_id,
        need_title: thread.need_title.clone(),
        offer_title: thread.offer_title.clone(),
        state: thread.state().code(),
        outcome: thread.outcome.clone(),
        part: part_of(cx, thread).code(),
        moved_at: at(thread.moved_at),
    }
}

/// The threads in which the caller takes part.
#[utoipa::path(get, path = "/api/v1/threads", tag = "matches",
    responses((status = 200, description = "The threads", body = ThreadList)))]
pub(crate) async fn list(cx: Cx) -> Result<Response> {
    let threads = mine(&cx).await?.iter().map(|thread| line(&cx, thread)).collect();
    cx.json(&ThreadList { threads })
}

/// A thread with its sides and messages; what its reader may not know is null.
#[utoipa::path(get, path = "/api/v1/threads/{id}", tag = "matches",
    params(("id" = String, Path, description = "The thread")),
    responses(
        (status = 200, description = "The thread", body = ThreadWhole),
        (status = 404, description = "The caller takes no part in such a thread"),
    ))]
pub(crate) async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    whole(&cx, id, StatusCode::OK).await
}

async fn whole(cx: &Cx, id: Uuid, status: StatusCode) -> Result<Response> {
    let inside = enter(&cx.app, &cx.actor, id).await?;
    let sight = sight(cx, &inside)?;
    let thread = &inside.thread;
    let mut conn = cx.app.read().await?;
    let rows = threads::sides(&mut conn, id).await?;
    let messages = threads::messages(&mut conn, id, MESSAGES_MAX).await?;
    let orgs = [thread.need_org, thread.offer_org].map(kernel::OrgId::from);
    let names = accounts::org_names(&mut conn, &orgs).await?;
    drop(conn);
    let side = |row: &Side| {
        let part = Part::from_code(&row.side);
        let org = if part == Part::Offer {
            thread.offer_org
        } else {
            thread.need_org
        };
        let shows = thread.shows_names() || part == inside.part;
        let party: Option<Party> = party(cx, &inside, row, &sight)?;
        Ok(ThreadSide {
            side: row.side.clone(),
            state: row.state().code(),
            organisation: names.get(&org.into()).filter(|_| shows).cloned(),
            person: party.as_ref().map(|party| party.person.clone()),
            contact: party.map(|party| party.contact),
        })
    };
    let message = |row: &Message| {
        Ok(ThreadMessage {
            part: row.part.clone(),
            at: at(row.at),
            text: message_text(cx, row, &sight)?,
        })
    };
    let body = ThreadWhole {
        thread: line(cx, thread),
        sides: rows.iter().map(side).collect::<Result<_>>()?,
        messages: messages.iter().map(message).collect::<Result<_>>()?,
    };
    cx.json_with(status, &body)
}

/// Brings both sides of a need and an offer together.
#[utoipa::path(post, path = "/api/v1/threads", tag = "matches", request_body = OpenBody,
    responses(
        (status = 201, description = "Both sides are asked", body = ThreadWhole),
        (status = 404, description = "The need or the offer is not public"),
        (status = 409, description = "The two talk already"),
        (status = 422, description = "The text tells who a side is, or something is missing"),
    ))]
pub(crate) async fn open(cx: Cx, Json(body): Json<OpenBody>) -> Result<Response> {
    let id = |text: &str| text.trim().parse::<EntryId>().map_err(|_| Fault::not_found());
    let text = Text {
        text: &body.text,
        confirmed: body.confirmed,
        mask: body.mask,
    };
    let id = opening::open(&cx.app, &cx.actor, id(&body.need)?, id(&body.offer)?, text).await?;
    whole(&cx, id, StatusCode::CREATED).await
}

/// Says something in a thread.
#[utoipa::path(post, path = "/api/v1/threads/{id}/messages", tag = "matches", request_body = SayBody,
    params(("id" = String, Path, description = "The thread")),
    responses(
        (status = 200, description = "The thread with the message", body = ThreadWhole),
        (status = 404, description = "The caller takes no part in such a thread"),
        (status = 409, description = "The thread is over"),
        (status = 422, description = "The text tells who a side is before both have agreed"),
    ))]
pub(crate) async fn say(cx: Cx, Path(id): Path<Uuid>, Json(body): Json<SayBody>) -> Result<Response> {
    let text = Text {
        text: &body.text,
        confirmed: body.confirmed,
        mask: body.mask,
    };
    talking::say(&cx.app, &cx.actor, id, text).await?;
    whole(&cx, id, StatusCode::OK).await
}

/// Agrees to be known to the other side.
#[utoipa::path(post, path = "/api/v1/threads/{id}/agree", tag = "matches", request_body = AgreeBody,
    params(("id" = String, Path, description = "The thread")),
    responses(
        (status = 200, description = "The thread; with names when both have agreed", body = ThreadWhole),
        (status = 403, description = "The caller speaks for no side"),
        (status = 404, description = "The caller takes no part in such a thread"),
        (status = 409, description = "The side has decided, or the thread is over"),
        (status = 422, description = "No name or no contact"),
    ))]
pub(crate) async fn agree(cx: Cx, Path(id): Path<Uuid>, Json(body): Json<AgreeBody>) -> Result<Response> {
    let party = Party {
        person: body.person,
        contact: body.contact,
    };
    talking::agree(&cx.app, &cx.actor, id, &party).await?;
    whole(&cx, id, StatusCode::OK).await
}

/// Declines to be known to the other side.
#[utoipa::path(post, path = "/api/v1/threads/{id}/decline", tag = "matches", request_body = DeclineBody,
    params(("id" = String, Path, description = "The thread")),
    responses(
        (status = 200, description = "The thread, which is over", body = ThreadWhole),
        (status = 403, description = "The caller speaks for no side"),
        (status = 404, description = "The caller takes no part in such a thread"),
        (status = 409, description = "The side has decided, or the thread is over"),
        (status = 422, description = "No reason"),
    ))]
pub(crate) async fn decline(cx: Cx, Path(id): Path<Uuid>, Json(body): Json<DeclineBody>) -> Result<Response> {
    talking::decline(&cx.app, &cx.actor, id, &body.reason).await?;
    whole(&cx, id, StatusCode::OK).await
}

/// Ends a thread with its outcome.
#[utoipa::path(post, path = "/api/v1/threads/{id}/close", tag = "matches", request_body = CloseBody,
    params(("id" = String, Path, description = "The thread")),
    responses(
        (status = 200, description = "The thread, which is over", body = ThreadWhole),
        (status = 403, description = "A side cannot end it before both have agreed"),
        (status = 404, description = "The caller takes no part in such a thread"),
        (status = 409, description = "The thread is over"),
        (status = 422, description = "No such outcome now, or no reason"),
    ))]
pub(crate) async fn close(cx: Cx, Path(id): Path<Uuid>, Json(body): Json<CloseBody>) -> Result<Response> {
    let ending = Ending {
        outcome: &body.outcome,
        reason: &body.reason,
        note: &body.note,
    };
    talking::close(&cx.app, &cx.actor, id, ending).await?;
    whole(&cx, id, StatusCode::OK).await
}

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(
    paths(list, show, open, say, agree, decline, close),
    components(schemas(
        ThreadList,
        ThreadLine,
        ThreadWhole,
        ThreadSide,
        ThreadMessage,
        OpenBody,
        SayBody,
        AgreeBody,
        DeclineBody,
        CloseBody
    ))
)]
pub(crate) struct Api;
