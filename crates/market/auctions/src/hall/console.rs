//! The operators' console (控制台): a pause or an end takes two of them and a reason that everyone reads; a resumption says
//! why it may be and gives everyone a whole window; notices go to all in the room; sealed offers are opened together.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use bidding::{Command, Grave, State};
use jcore::{Cx, Fault, Form, Permit, Result, Shell, act};
use kernel::Issue;
use serde::Deserialize;
use uuid::Uuid;

use super::place::{self, Place};
use super::view;
use super::{halls, sealed, store};
use crate::deeds::announcing::acting;
use crate::machine::auctions;
use crate::rules::OFFICE;

/// Reasons of a pause or an end; words are `hall-reason-CODE`.
const REASONS: [&str; 7] = [
    "network",
    "system",
    "dispute",
    "material",
    "order",
    "emergency",
    "other",
];
/// Characters of an officer's words, a reason or a notice.
const WORDS_CHARS: usize = 200;

/// What officers send.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ConsoleForm {
    #[serde(default)]
    deed: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    text: String,
}

#[derive(Template)]
#[template(path = "hall/console.html")]
struct ConsolePage {
    s: Shell,
    base: String,
    title: String,
    phase: String,
    phase_class: &'static str,
    lead: String,
    facts: Vec<(String, String)>,
    proposed: Option<Proposed>,
    said: Vec<(String, String)>,
    errors: Vec<String>,
    reasons: Vec<(&'static str, String)>,
    typed: String,
    may_pause: bool,
    may_end: bool,
    may_resume: bool,
    may_open: bool,
    may_hammer: bool,
    notice_secs: String,
    waiting: usize,
}

/// What waits for a second officer.
struct Proposed {
    what: String,
    reason: String,
    by: u32,
    mine: bool,
}

/// `GET /lots/{lot}/console`
pub(crate) async fn show(cx: Cx, Path(lot): Path<String>) -> Result<Response> {
    let (place, permit, _) = enter(&cx, &lot).await?;
    page(&cx, &place, &permit, StatusCode::OK, Vec::new(), "").await
}

async fn enter(cx: &Cx, lot: &str) -> Result<(Place, Permit, Uuid)> {
    let place = place::real(cx, lot).await?;
    let row = place.lot.clone().ok_or_else(Fault::not_found)?;
    let permit = cx.permit(OFFICE, &row.subject())?;
    Ok((place, permit, row.id))
}

async fn page(
    cx: &Cx,
    place: &Place,
    permit: &Permit,
    status: StatusCode,
    errors: Vec<String>,
    typed: &str,
) -> Result<Response> {
    let frame = halls(&cx.app)?.feeds().frame(&cx.app, &place.floor).await?;
    let state = &frame.stand.state;
    let top = view::top(cx, state, None, cx.now.micros());
    let me = acting(&cx.app, &cx.actor, permit).await?;
    let proposed = state.proposed.as_ref().map(|(by, grave)| Proposed {
        what: cx.t(&format!("hall-grave-{}", grave_code(grave))),
        reason: grave_reason(grave).to_owned(),
        by: by.0,
        mine: *by == me,
    });
    let still = state.paused.as_ref();
    let waiting = state
        .offers
        .values()
        .filter(|offer| offer.amount.is_none() && !offer.spoiled)
        .count();
    let page = ConsolePage {
        s: cx.shell(),
        base: place.base.clone(),
        title: place.card.title.clone(),
        phase: top.phase,
        phase_class: top.phase_class,
        lead: format!("{} {}", top.lead, top.price),
        facts: health(
            cx,
            place,
            state,
            frame.stand.head,
            me.0,
            auctions(&cx.app)?.is_healthy().await,
        ),
        proposed,
        said: frame
            .said
            .iter()
            .map(|said| (view::instant(cx, said.at), said.text.clone()))
            .collect(),
        errors,
        reasons: REASONS
            .iter()
            .map(|code| (*code, cx.t(&format!("hall-reason-{code}"))))
            .collect(),
        typed: typed.to_owned(),
        may_pause: state.phase.is_live() && still.is_none(),
        may_end: !state.phase.is_over(),
        may_resume: still.is_some_and(|paused| paused.resumes.is_none()),
        may_open: state.phase == bidding::Phase::Unsealing && still.is_none(),
        may_hammer: state.awaits_hammer(),
        notice_secs: view::duration(cx, state.rules.resume_notice_secs),
        waiting,
    };
    cx.page_with(status, &page)
}

fn health(cx: &Cx, place: &Place, state: &State, head: bidding::Hash, me: u32, healthy: bool) -> Vec<(String, String)> {
    let watching = halls(&cx.app)
        .map(|halls| halls.feeds().watching(&place.floor.key()))
        .unwrap_or(0);
    let good = state
        .bidders
        .keys()
        .filter(|paddle| state.ledger.is_good(**paddle))
        .count();
    let log = if healthy { "hall-health-good" } else { "hall-health-bad" };
    let rows = [
        ("hall-health-log", cx.t(log)),
        ("hall-health-step", view::instant(cx, state.at.0)),
        ("hall-health-seq", state.seq.to_string()),
        ("hall-head", head.to_string()),
        ("hall-health-bidders", format!("{good} / {}", state.bidders.len())),
        ("hall-health-watching", watching.to_string()),
        ("hall-server-time", view::clock(cx.app.now().micros())),
        ("hall-health-officer", me.to_string()),
    ];
    rows.into_iter().map(|(id, text)| (cx.t(id), text)).collect()
}

fn grave_code(grave: &Grave) -> &'static str {
    match grave {
        Grave::Pause { .. } => "pause",
        Grave::Terminate { .. } => "terminate",
        Grave::Void { .. } => "void",
    }
}

fn grave_reason(grave: &Grave) -> &str {
    match grave {
        Grave::Pause { reason } | Grave::Terminate { reason } | Grave::Void { reason } => reason,
    }
}

/// `POST /lots/{lot}/console`
pub(crate) async fn act_on(cx: Cx, Path(lot): Path<String>, Form(form): Form<ConsoleForm>) -> Result<Response> {
    let (place, permit, id) = enter(&cx, &lot).await?;
    match deed(&cx, &place, &permit, id, &form).await {
        Ok(said) => Ok(cx.redirect_saying(&format!("{}/console", place.base), &cx.t(said))),
        Err(fault) if !fault.fields.is_empty() => {
            let errors = fault
                .fields
                .iter()
                .map(|field| cx.app.words.issue(cx.lang, &field.issue))
                .collect();
            page(
                &cx,
                &place,
                &permit,
                StatusCode::UNPROCESSABLE_ENTITY,
                errors,
                &form.text,
            )
            .await
        }
        Err(fault) => Err(fault),
    }
}

/// Does what an officer asks for; the words of what was done.
async fn deed(cx: &Cx, place: &Place, permit: &Permit, lot: Uuid, form: &ConsoleForm) -> Result<&'static str> {
    let by = acting(&cx.app, &cx.actor, permit).await?;
    let log = auctions(&cx.app)?;
    let (command, key, said) = match form.deed.as_str() {
        "pause" => {
            let reason = reason(cx, form)?;
            let grave = Grave::Pause { reason };
            (Command::Propose { by, grave }, "hall.proposed", "hall-said-proposed")
        }
        "terminate" => {
            let reason = reason(cx, form)?;
            let grave = Grave::Terminate { reason };
            (Command::Propose { by, grave }, "hall.proposed", "hall-said-proposed")
        }
        "second" => (Command::Second { by }, "hall.seconded", "hall-said-seconded"),
        "hammer" => (Command::Hammer { by }, "hall.hammered", "hall-said-hammered"),
        "resume" => {
            let reason = words(form)?;
            (Command::Resume { by, reason }, "hall.resumed", "hall-said-resuming")
        }
        "say" => {
            say(cx, place, permit, lot, &words(form)?).await?;
            return Ok("hall-said-said");
        }
        "open" => {
            let (opened, spoiled) = sealed::open_all(&cx.app, &place.floor).await?;
            let _ = log.send(lot, Command::Tick).await;
            note(
                cx,
                permit,
                lot,
                "hall.opened",
                serde_json::json!({ "opened": opened, "spoiled": spoiled }),
            )
            .await?;
            return Ok("hall-said-opened");
        }
        _ => return Err(Fault::bad_request("no such deed")),
    };
    let seq = log.order(lot, command).await?;
    // What follows is written now rather than at the next look at the clock.
    let _ = log.send(lot, Command::Tick).await;
    note(
        cx,
        permit,
        lot,
        key,
        serde_json::json!({ "deed": form.deed, "code": form.code, "seq": seq }),
    )
    .await?;
    Ok(said)
}

/// The log has what was done; the audit trail has who did it.
async fn note(cx: &Cx, permit: &Permit, lot: Uuid, key: &'static str, detail: serde_json::Value) -> Result<()> {
    act!(cx.app, permit, |act| {
        act.note(key, "lot", lot, detail.clone());
        Ok(())
    })
}

async fn say(cx: &Cx, place: &Place, permit: &Permit, lot: Uuid, text: &str) -> Result<()> {
    act!(cx.app, permit, |act| {
        store::say(&mut act, lot, text).await?;
        act.note("hall.said", "lot", lot, serde_json::json!({}));
        Ok(())
    })?;
    halls(&cx.app)?.feeds().nudge(&place.floor.key());
    Ok(())
}

fn words(form: &ConsoleForm) -> Result<String> {
    let text: String = form.text.trim().chars().take(WORDS_CHARS).collect();
    if text.is_empty() {
        return Err(Fault::issue(Some("text"), Issue::error("hall-words")));
    }
    Ok(text)
}

/// A reason: its kind in Chinese, as the log is kept, and the officer's own words, which may be left out.
fn reason(cx: &Cx, form: &ConsoleForm) -> Result<String> {
    let code = REASONS.iter().find(|code| **code == form.code);
    let code = code.ok_or_else(|| Fault::issue(Some("code"), Issue::error("hall-reason")))?;
    let kind = cx.app.words.get(jcore::Lang::Zh, &format!("hall-reason-{code}"), &[]);
    let text: String = form.text.trim().chars().take(WORDS_CHARS).collect();
    match (text.is_empty(), *code) {
        (true, "other") => Err(Fault::issue(Some("text"), Issue::error("hall-words"))),
        (true, _) => Ok(kind),
        (false, _) => Ok(format!("{kind}：{text}")),
    }
}
