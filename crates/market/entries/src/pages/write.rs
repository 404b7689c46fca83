//! Writing: the form with its autosave, the check before handing in, and the owner's moves.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forms::{Draft, Record};
use jcore::{Cx, Fault, FaultKind, Form, Result, Shell};
use kernel::{EntryId, Level};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::WRITE;
use crate::compose::{Composed, Under, compose, wants_word};
use crate::gate;
use crate::life::{self, Saved, Twin};
use crate::projection;
use crate::rules::Move;
use crate::show::{
    EDIT_PANELS, EntryView, HistoryRow, Opened, Powers, ReasonText, history, issues_in_order, open_inside,
};
use intake::page::{FormView, draft_from_form};

#[derive(askama::Template)]
#[template(path = "entries_edit.html")]
struct EditPage {
    s: Shell,
    v: EntryView,
    form: FormView,
    powers: Powers,
    version: i64,
    score: i64,
    reasons: Vec<ReasonText>,
    twins: Vec<TwinText>,
    stale: bool,
    history: Vec<HistoryRow>,
    panels: Vec<String>,
}

/// Another entry of the same thing, in words.
#[derive(Debug, Clone)]
pub(crate) struct TwinText {
    pub text: String,
    pub title: String,
    pub href: Option<String>,
    /// The page that shows both side by side.
    pub beside: Option<String>,
}

/// The kind and path of a twin are those of the entry: two of the same thing are of one kind.
pub(crate) fn twin_texts(cx: &Cx, opened: &Opened, twins: Vec<Twin>) -> Vec<TwinText> {
    let home = opened.kind.home();
    let text = |twin: Twin| TwinText {
        text: {
            let state = ("state", cx.t(&format!("entries-state-{}", twin.state.code())));
            match twin.percent {
                None => cx.ta("entries-twin", &[state]),
                Some(percent) => cx.ta("entries-twin-near", &[state, ("percent", percent.to_string())]),
            }
        },
        beside: twin
            .seen
            .as_ref()
            .map(|(id, _)| cx.href(&format!("/entries/{}/beside/{id}", opened.entry.id))),
        title: twin
            .seen
            .as_ref()
            .map_or_else(|| cx.t("entries-twin-hidden"), |(_, title)| title.clone()),
        href: twin.seen.map(|(id, _)| cx.href(&format!("{home}/{id}"))),
    };
    twins.into_iter().map(text).collect()
}

/// Where an entry leads its reader: the one place that notices link to.
pub(crate) async fn lead(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let opened = open_inside(&cx, EntryId::from(id)).await?;
    Ok(cx.redirect(&format!("{}/{id}", opened.kind.home())))
}

pub(crate) async fn edit(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let opened = open_inside(&cx, EntryId::from(id)).await?;
    cx.permit(WRITE, &opened.entry.subject())?;
    if !opened.entry.state().is_open() {
        return Ok(cx.redirect(&format!("{}/{id}", opened.kind.home())));
    }
    let raw = projection::raw(&cx.app, &opened.entry, opened.sight()?)?;
    // An empty draft asks for nothing yet; a written one shows what is wrong with what is there.
    let record = read(&cx, &opened, &raw, true).await?.record;
    page(&cx, &opened, &raw, Some(&record), false, StatusCode::OK).await
}

/// What a draft reads as for its organisation, under the programme in force.
async fn read(cx: &Cx, opened: &Opened, raw: &Draft, draft: bool) -> Result<Composed> {
    let mut conn = cx.app.read().await?;
    let org = accounts::org(&mut conn, opened.entry.org()).await?;
    let under = Under::of(&mut conn, &cx.app, org.id).await?;
    drop(conn);
    Ok(compose(&cx.app, opened.kind.as_ref(), raw, &org, &under, cx.now, draft))
}

async fn page(
    cx: &Cx,
    opened: &Opened,
    raw: &Draft,
    record: Option<&Record>,
    stale: bool,
    status: StatusCode,
) -> Result<Response> {
    let entry = &opened.entry;
    let mut conn = cx.app.read().await?;
    let twins = life::twins(&mut conn, &cx.app, &cx.actor, entry).await?;
    drop(conn);
    let history = history(cx, opened).await?;
    let reasons = match entry.state() {
        crate::rules::State::Returned => history
            .iter()
            .find(|h| !h.reasons.is_empty())
            .map(|h| h.reasons.clone()),
        _ => None,
    };
    let form = FormView::new(cx, opened.kind.form(), raw, record)
        .to(format!("/entries/{}/edit", entry.id))
        .autosave(cx.href(&format!("/entries/{}/draft", entry.id)));
    cx.page_with(
        status,
        &EditPage {
            v: opened.view(cx)?,
            form,
            powers: Powers::of(cx, entry, true),
            version: entry.version,
            score: entry.score,
            reasons: reasons.unwrap_or_default(),
            twins: twin_texts(cx, opened, twins),
            stale,
            history,
            panels: opened.panels(cx, EDIT_PANELS).await?,
            s: cx.shell(),
        },
    )
}

/// What a draft's keeping answers to a script.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftSaved {
    /// When it was kept.
    #[schema(value_type = String, format = DateTime)]
    saved_at: kernel::Stamp,
    /// Its version, to be sent with the next.
    version: i64,
    /// How complete it is, 0–100.
    score: i64,
    /// Errors and warnings that it has.
    issues: usize,
    /// The same in words.
    message: String,
}

/// The version that a form has seen, and its texts.
fn sent(opened: &Opened, pairs: &[(String, String)]) -> Result<(i64, Draft)> {
    let version = pairs
        .iter()
        .find(|(k, _)| k == "version")
        .and_then(|(_, v)| v.parse().ok());
    let version = version.ok_or_else(|| Fault::bad_request("no version"))?;
    Ok((version, draft_from_form(opened.kind.form(), pairs)))
}

fn wants_json(headers: &axum::http::HeaderMap) -> bool {
    headers
        .get(axum::http::header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|a| a.contains("application/json"))
}

/// Keeps a draft: asked by a script while people type, or by the button that goes on later.
pub(crate) async fn keep(
    cx: Cx,
    Path(id): Path<Uuid>,
    headers: axum::http::HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let json = wants_json(&headers);
    let opened = open_inside(&cx, EntryId::from(id)).await?;
    let (version, raw) = sent(&opened, &pairs)?;
    match life::save_draft(&cx.app, &cx.actor, opened.entry.id(), version, &raw).await {
        Ok(saved) if json => cx.json(&told(&cx, &saved)),
        Ok(saved) => {
            let text = cx.ta("entries-saved", &[("score", saved.score.to_string())]);
            Ok(cx.redirect_saying(&format!("/entries/{id}/edit"), &text))
        }
        // A script reads the fault as JSON, whatever the address is.
        Err(fault) if json => cx.json_with(fault.kind.status(), &fault.json(&cx.app.words, cx.lang)),
        Err(fault) => shown_again(&cx, &opened, &raw, fault).await,
    }
}

/// Keeps the draft and goes on to the check.
pub(crate) async fn keep_and_check(
    cx: Cx,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let opened = open_inside(&cx, EntryId::from(id)).await?;
    let (version, raw) = sent(&opened, &pairs)?;
    match life::save_draft(&cx.app, &cx.actor, opened.entry.id(), version, &raw).await {
        Ok(_) => Ok(cx.redirect(&format!("/entries/{id}/check"))),
        Err(fault) => shown_again(&cx, &opened, &raw, fault).await,
    }
}

fn told(cx: &Cx, saved: &Saved) -> DraftSaved {
    let issues = saved
        .record
        .all_issues()
        .filter(|(_, issue)| issue.level != Level::Note)
        .count();
    let clock = saved.at.format_cn();
    let clock = clock.split_once(' ').map_or("", |(_, time)| time).to_owned();
    let args = [
        ("time", clock),
        ("score", saved.score.to_string()),
        ("issues", issues.to_string()),
    ];
    DraftSaved {
        saved_at: saved.at,
        version: saved.version,
        score: saved.score,
        issues,
        message: cx.ta("entries-autosaved", &args),
    }
}

/// Somebody else wrote meanwhile: the form with what was typed, and a word that saving again takes its place.
async fn shown_again(cx: &Cx, opened: &Opened, raw: &Draft, fault: Fault) -> Result<Response> {
    if fault.code != "stale" {
        return Err(fault);
    }
    let record = read(cx, opened, raw, true).await?.record;
    page(cx, opened, raw, Some(&record), true, StatusCode::CONFLICT).await
}

#[derive(askama::Template)]
#[template(path = "entries_check.html")]
struct CheckPage {
    s: Shell,
    v: EntryView,
    public: EntryView,
    errors: Vec<CheckLine>,
    warnings: Vec<CheckLine>,
    twins: Vec<TwinText>,
    blocked: bool,
    may_submit: bool,
    /// Whether its owner must say that the public version is as they want it.
    wants_word: bool,
    /// They did not.
    unsaid: bool,
}

/// A line of the check, with the field that it leads to.
struct CheckLine {
    text: String,
    href: Option<String>,
}

/// The check before handing in: what is wrong, and what the public will see beside what was written.
pub(crate) async fn check(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let opened = open_inside(&cx, EntryId::from(id)).await?;
    check_page(&cx, &opened, false, StatusCode::OK).await
}

async fn check_page(cx: &Cx, opened: &Opened, unsaid: bool, status: StatusCode) -> Result<Response> {
    let entry = &opened.entry;
    let raw = projection::raw(&cx.app, entry, opened.sight()?)?;
    let composed = read(cx, opened, &raw, false).await?;
    let record = &composed.record;
    let mut conn = cx.app.read().await?;
    let twins = life::twins(&mut conn, &cx.app, &cx.actor, entry).await?;
    let org = accounts::org(&mut conn, entry.org()).await?;
    let gates = gate::asked(&mut conn, &cx.app, &org, &entry.kind).await?;
    drop(conn);
    let taken = twins.iter().any(Twin::bars);
    let line = |(key, issue): (Option<&'static str>, &kernel::Issue)| {
        let name = key
            .and_then(|k| opened.kind.form().field(k))
            .map(|f| intake::page::label(cx, opened.kind.form(), f));
        let text = cx.app.words.issue(cx.lang, issue);
        let text = match name {
            Some(name) if !text.contains(&name) => format!("{name}：{text}"),
            _ => text,
        };
        CheckLine {
            text,
            href: key.map(|k| cx.href(&format!("/entries/{}/edit#f-{k}", entry.id))),
        }
    };
    let mut issues = issues_in_order(opened.kind.as_ref(), record);
    issues.extend(gates.iter().map(|issue| (None, issue)));
    let of = |level: Level| -> Vec<CheckLine> {
        issues
            .iter()
            .copied()
            .filter(|(_, i)| i.level == level)
            .map(line)
            .collect()
    };
    let errors = of(Level::Error);
    let blocked = !errors.is_empty() || taken;
    let may_submit =
        Move::Submit.target(entry.state()).is_some() && cx.may(Move::Submit.action(entry.state()), &entry.subject());
    cx.page_with(
        status,
        &CheckPage {
            v: opened.view(cx)?,
            public: opened.public_view(cx)?,
            errors,
            warnings: of(Level::Warning),
            twins: twin_texts(cx, opened, twins),
            blocked,
            may_submit,
            wants_word: wants_word(&composed),
            unsaid,
            s: cx.shell(),
        },
    )
}

/// What the owner's buttons send.
#[derive(Debug, Deserialize)]
pub(crate) struct StepForm {
    pub version: i64,
}

/// What the button for handing in sends.
#[derive(Debug, Deserialize)]
pub(crate) struct SubmitForm {
    version: i64,
    /// Ticked: the public version was looked at.
    #[serde(default)]
    confirm: String,
}

/// Hands in; what stands against it is shown on the check page.
pub(crate) async fn submit(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<SubmitForm>) -> Result<Response> {
    let id = EntryId::from(id);
    if form.confirm.is_empty() && life::awaits_word(&cx.app, &cx.actor, id, form.version).await? {
        let opened = open_inside(&cx, id).await?;
        return check_page(&cx, &opened, true, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match life::submit(&cx.app, &cx.actor, id, form.version).await {
        Ok(()) => {}
        Err(fault) if fault.kind == FaultKind::Refused => {
            let opened = open_inside(&cx, id).await?;
            return check_page(&cx, &opened, false, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(fault) => return Err(fault),
    }
    after(&cx, id, Move::Submit).await
}

/// The owner's other moves, each at an address of its own.
async fn step(cx: Cx, id: Uuid, version: i64, by: Move) -> Result<Response> {
    let id = EntryId::from(id);
    life::step(&cx.app, &cx.actor, id, version, by, &[]).await?;
    after(&cx, id, by).await
}

/// On to the entry, with a word of what was done.
async fn after(cx: &Cx, id: EntryId, by: Move) -> Result<Response> {
    let opened = open_inside(cx, id).await?;
    let path = match by {
        Move::Recall | Move::Reopen => format!("/entries/{id}/edit"),
        _ => format!("{}/{id}", opened.kind.home()),
    };
    Ok(cx.redirect_saying(&path, &cx.t(&format!("entries-done-{}", by.code()))))
}

pub(crate) async fn withdraw(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<StepForm>) -> Result<Response> {
    step(cx, id, form.version, Move::Withdraw).await
}

pub(crate) async fn renew(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<StepForm>) -> Result<Response> {
    step(cx, id, form.version, Move::Renew).await
}

pub(crate) async fn recall(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<StepForm>) -> Result<Response> {
    step(cx, id, form.version, Move::Recall).await
}

pub(crate) async fn reopen(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<StepForm>) -> Result<Response> {
    step(cx, id, form.version, Move::Reopen).await
}
