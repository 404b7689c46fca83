//! One thread: what was said, where both sides stand, and what its reader may do.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use entries::RowView;
use jcore::{Cx, Fault, Form, Result, Shell, Sight};
use kernel::UserId;
use serde::Deserialize;
use uuid::Uuid;

use super::{Choice, errors, may_insist, may_mask, reasons};
use crate::deeds::scanning::Text;
use crate::deeds::talking::{self, Ending, Inside, MESSAGES_MAX, TEXT_CHARS, enter};
use crate::items::items;
use crate::model::{Message, Party, Side, Thread};
use crate::rules::{Part, SideState, State, THREAD};
use crate::store::threads;

/// A message, in the reader's words.
struct MessageView {
    who: String,
    part: &'static str,
    mine: bool,
    at: i64,
    text: String,
}

/// A side as its reader may see it.
struct SideView {
    label: String,
    title: String,
    row: Option<RowView>,
    state: String,
    chip: &'static str,
    reason: String,
    org: String,
    party: Option<Party>,
}

/// What was typed into the page's forms.
#[derive(Debug, Default)]
struct Typed {
    text: String,
    person: String,
    contact: String,
}

#[derive(Template)]
#[template(path = "matches_thread.html")]
struct ThreadPage {
    s: Shell,
    id: Uuid,
    need: String,
    offer: String,
    state: State,
    state_text: String,
    part_text: String,
    shows_names: bool,
    messages: Vec<MessageView>,
    sides: Vec<SideView>,
    outcome: String,
    note: String,
    opened_at: i64,
    may_decide: bool,
    may_close: bool,
    reasons: Vec<Choice>,
    typed: Typed,
    errors: Vec<String>,
    may_insist: bool,
    may_mask: bool,
    text_max: usize,
}

/// The names behind a thread, for who may know them: organisations and people.
struct Names {
    orgs: HashMap<Uuid, String>,
    people: HashMap<UserId, String>,
}

async fn names(cx: &Cx, thread: &Thread, messages: &[Message]) -> Result<Names> {
    let mut conn = cx.app.read().await?;
    let orgs: Vec<kernel::OrgId> = [thread.need_org, thread.offer_org].map(Into::into).to_vec();
    let people: Vec<UserId> = messages.iter().filter_map(|m| m.sender_id).map(Into::into).collect();
    let orgs = accounts::org_names(&mut conn, &orgs).await?;
    Ok(Names {
        orgs: orgs.into_iter().map(|(id, name)| (id.uuid(), name)).collect(),
        people: accounts::user_names(&mut conn, &people).await?,
    })
}

/// The right to read what is sealed in a thread: whoever takes part in it.
pub(crate) fn sight(cx: &Cx, inside: &Inside) -> Result<Sight> {
    let thread = &inside.thread;
    let subject = match inside.part {
        Part::Need => Thread::side(thread.need_org),
        Part::Offer => Thread::side(thread.offer_org),
        Part::Broker => thread.opener(),
    };
    cx.sight(THREAD, &subject).ok_or_else(Fault::not_found)
}

/// What a message says, for who takes part.
pub(crate) fn message_text(cx: &Cx, message: &Message, _sight: &Sight) -> Result<String> {
    let plain = cx.app.keys.open(&talking::message_place(message.id), &message.body)?;
    String::from_utf8(plain).map_err(|e| Fault::internal(e.to_string()))
}

/// Who speaks for a side, where its reader may know: one's own at once, the other's when both have agreed.
pub(crate) fn party(cx: &Cx, inside: &Inside, side: &Side, sight: &Sight) -> Result<Option<Party>> {
    let part = Part::from_code(&side.side);
    if !inside.thread.shows_names() && inside.part != part {
        return Ok(None);
    }
    let Some(sealed) = &side.party else { return Ok(None) };
    let place = talking::party_place(inside.thread.id, part);
    Ok(Some(
        cx.app.keys.open_json::<Party>(&place, sealed)?.into_revealed(sight),
    ))
}

fn message_view(cx: &Cx, inside: &Inside, names: &Names, message: &Message, sight: &Sight) -> Result<MessageView> {
    let part = Part::from_code(&message.part);
    let label = cx.t(&format!("matches-part-{}", part.code()));
    // The broker is no side and may be known; of a side its own people know who wrote.
    let is_known = part == Part::Broker || part == inside.part || inside.thread.shows_names();
    let person = message
        .sender_id
        .and_then(|id| names.people.get(&id.into()))
        .filter(|_| is_known);
    Ok(MessageView {
        who: person.map_or(label.clone(), |person| format!("{label} · {person}")),
        part: part.code(),
        mine: part == inside.part,
        at: message.at,
        text: message_text(cx, message, sight)?,
    })
}

fn side_view(
    cx: &Cx,
    inside: &Inside,
    (names, rows): (&Names, &HashMap<Uuid, RowView>),
    side: &Side,
    sight: &Sight,
) -> Result<SideView> {
    let thread = &inside.thread;
    let part = Part::from_code(&side.side);
    let (entry, org, title) = match part {
        Part::Offer => (thread.offer_id, thread.offer_org, &thread.offer_title),
        _ => (thread.need_id, thread.need_org, &thread.need_title),
    };
    let state = side.state();
    let shows = thread.shows_names() || part == inside.part;
    Ok(SideView {
        label: cx.t(&format!("matches-part-{}", part.code())),
        title: title.clone(),
        row: rows.get(&entry).cloned(),
        state: cx.t(&format!("matches-side-{}", state.code())),
        chip: match state {
            SideState::Asked => "wait",
            SideState::Agreed => "ok",
            SideState::Declined => "live",
        },
        // Why the other declined is for whoever brought the sides together.
        reason: match side.reason.as_str() {
            code if !code.is_empty() && (inside.part == Part::Broker || inside.part == part) => {
                cx.t(&format!("matches-reason-{code}"))
            }
            _ => String::new(),
        },
        org: names.orgs.get(&org).filter(|_| shows).cloned().unwrap_or_default(),
        party: party(cx, inside, side, sight)?,
    })
}

/// How a thread ended, in words.
fn outcome(cx: &Cx, inside: &Inside) -> String {
    let thread = &inside.thread;
    if thread.outcome.is_empty() {
        return String::new();
    }
    let text = cx.t(&format!("matches-outcome-{}", thread.outcome));
    let told = thread.outcome != "declined" || inside.part == Part::Broker;
    if thread.reason.is_empty() || !told {
        return text;
    }
    let reason = cx.t(&format!("matches-reason-{}", thread.reason));
    format!("{text} · {reason}")
}

/// What was said of the end: for both sides once they know each other, else for whoever brought them together.
fn note(cx: &Cx, inside: &Inside, _sight: &Sight) -> Result<String> {
    let may = inside.thread.shows_names() || inside.part == Part::Broker;
    let Some(sealed) = inside.thread.note.as_ref().filter(|_| may) else {
        return Ok(String::new());
    };
    let plain = cx.app.keys.open(&talking::note_place(inside.thread.id), sealed)?;
    String::from_utf8(plain).map_err(|e| Fault::internal(e.to_string()))
}

async fn page(cx: &Cx, id: Uuid, typed: Typed, fault: Option<Fault>) -> Result<Response> {
    let inside = enter(&cx.app, &cx.actor, id).await?;
    let sight = sight(cx, &inside)?;
    let thread = &inside.thread;
    let mut conn = cx.app.read().await?;
    let sides = threads::sides(&mut conn, id).await?;
    let messages = threads::messages(&mut conn, id, MESSAGES_MAX).await?;
    drop(conn);
    let names = names(cx, thread, &messages).await?;
    let rows = items(cx, &[thread.need_id, thread.offer_id]).await?;
    let message = |m: &Message| message_view(cx, &inside, &names, m, &sight);
    let side = |row: &Side| side_view(cx, &inside, (&names, &rows), row, &sight);
    let state = thread.state();
    let own = sides.iter().find(|row| row.side == inside.part.code());
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.kind.status());
    let page = ThreadPage {
        s: cx.shell(),
        id,
        need: thread.need_title.clone(),
        offer: thread.offer_title.clone(),
        state,
        state_text: cx.t(&format!("matches-state-{}", state.code())),
        part_text: cx.t(&format!("matches-part-{}", inside.part.code())),
        shows_names: thread.shows_names(),
        messages: messages.iter().map(message).collect::<Result<_>>()?,
        sides: sides.iter().map(side).collect::<Result<_>>()?,
        outcome: outcome(cx, &inside),
        note: note(cx, &inside, &sight)?,
        opened_at: thread.opened_at,
        may_decide: state != State::Closed && own.is_some_and(|row| row.state() == SideState::Asked),
        may_close: state == State::Both || (state != State::Closed && inside.part == Part::Broker),
        reasons: reasons(cx),
        may_insist: fault.as_ref().is_some_and(may_insist),
        may_mask: fault.as_ref().is_some_and(may_mask),
        errors: fault.map_or(Ok(Vec::new()), |fault| errors(cx, fault))?,
        typed: Typed {
            person: if typed.person.is_empty() {
                cx.actor.name.clone()
            } else {
                typed.person
            },
            ..typed
        },
        text_max: TEXT_CHARS,
    };
    cx.page_with(status, &page)
}

/// `GET /threads/{id}`
pub(crate) async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    page(&cx, id, Typed::default(), None).await
}

/// What the form for a message sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SayForm {
    text: String,
    confirmed: String,
    mask: String,
}

/// `POST /threads/{id}/messages`
pub(crate) async fn say(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<SayForm>) -> Result<Response> {
    let text = Text {
        text: &form.text,
        confirmed: form.confirmed == "yes",
        mask: form.mask == "yes",
    };
    let typed = Typed {
        text: form.text.clone(),
        ..Typed::default()
    };
    settled(
        &cx,
        id,
        talking::say(&cx.app, &cx.actor, id, text).await,
        "matches-said-sent",
        typed,
    )
    .await
}

/// What the form for agreeing sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AgreeForm {
    person: String,
    contact: String,
}

/// `POST /threads/{id}/agree`
pub(crate) async fn agree(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<AgreeForm>) -> Result<Response> {
    let party = Party {
        person: form.person.clone(),
        contact: form.contact.clone(),
    };
    let agreed = talking::agree(&cx.app, &cx.actor, id, &party).await;
    let said = match &agreed {
        Ok(true) => "matches-said-named",
        _ => "matches-said-agreed",
    };
    let typed = Typed {
        person: form.person,
        contact: form.contact,
        ..Typed::default()
    };
    settled(&cx, id, agreed.map(|_| ()), said, typed).await
}

/// What the form for declining sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DeclineForm {
    reason: String,
}

/// `POST /threads/{id}/decline`
pub(crate) async fn decline(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<DeclineForm>) -> Result<Response> {
    let done = talking::decline(&cx.app, &cx.actor, id, &form.reason).await;
    settled(&cx, id, done, "matches-said-declined", Typed::default()).await
}

/// What the form for ending a thread sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CloseForm {
    outcome: String,
    reason: String,
    note: String,
}

/// `POST /threads/{id}/close`
pub(crate) async fn close(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<CloseForm>) -> Result<Response> {
    let ending = Ending {
        outcome: &form.outcome,
        reason: &form.reason,
        note: &form.note,
    };
    let done = talking::close(&cx.app, &cx.actor, id, ending).await;
    settled(&cx, id, done, "matches-said-closed", Typed::default()).await
}

/// Back to the thread, saying what was done; or the thread with what stands against it and what was typed.
async fn settled(cx: &Cx, id: Uuid, done: Result<()>, said: &str, typed: Typed) -> Result<Response> {
    match done {
        Ok(()) => Ok(cx.redirect_saying(&format!("/threads/{id}"), &cx.t(said))),
        Err(fault) if matches!(fault.kind, jcore::FaultKind::Refused | jcore::FaultKind::Conflict) => {
            page(cx, id, typed, Some(fault)).await
        }
        Err(fault) => Err(fault),
    }
}
