//! The review of one entry: everything that it says, what is doubtful, others of the same thing, its history; and the
//! decision: send back with reasons, accept, publish.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, FaultKind, FieldFault, Form, Result, Shell};
use kernel::{EntryId, Level};
use uuid::Uuid;

use super::write::{StepForm, TwinText, twin_texts};
use crate::compose::{Under, compose};
use crate::life;
use crate::projection;
use crate::rules::{Move, NOTE_MAX, Reason, ReasonCode};
use crate::show::{EntryView, HistoryRow, Opened, Powers, REVIEW_PANELS, history, issues_in_order, open_inside};

/// A reason that can be ticked.
struct ReasonChoice {
    code: &'static str,
    text: String,
    hint: String,
    ticked: bool,
    field: String,
    note: String,
}

/// An issue with the label of its field.
struct IssueLine {
    text: String,
    class: &'static str,
}

#[derive(askama::Template)]
#[template(path = "entries_review.html")]
struct ReviewPage {
    s: Shell,
    v: EntryView,
    powers: Powers,
    issues: Vec<IssueLine>,
    twins: Vec<TwinText>,
    history: Vec<HistoryRow>,
    choices: Vec<ReasonChoice>,
    fields: Vec<(&'static str, String)>,
    note_max: usize,
    errors: Vec<String>,
    panels: Vec<String>,
}

pub(crate) async fn show(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let opened = open_inside(&cx, EntryId::from(id)).await?;
    page(&cx, &opened, &[], &[], StatusCode::OK).await
}

async fn page(
    cx: &Cx,
    opened: &Opened,
    sent: &[Reason],
    faults: &[FieldFault],
    status: StatusCode,
) -> Result<Response> {
    let entry = &opened.entry;
    let form = opened.kind.form();
    let mut conn = cx.app.read().await?;
    let org = accounts::org(&mut conn, entry.org()).await?;
    let twins = life::twins(&mut conn, &cx.app, &cx.actor, entry).await?;
    let under = Under::of(&mut conn, &cx.app, org.id).await?;
    drop(conn);
    let raw = projection::raw(&cx.app, entry, opened.sight()?)?;
    let record = compose(&cx.app, opened.kind.as_ref(), &raw, &org, &under, cx.now, false).record;
    let line = |(key, issue): (Option<&'static str>, &kernel::Issue)| {
        let label = key
            .and_then(|k| form.field(k))
            .map(|f| intake::page::label(cx, form, f));
        let text = cx.app.words.issue(cx.lang, issue);
        IssueLine {
            text: label.map_or_else(|| text.clone(), |l| format!("{l}：{text}")),
            class: match issue.level {
                Level::Error => "error",
                Level::Warning => "warn",
                Level::Note => "note",
            },
        }
    };
    let mut issues = issues_in_order(opened.kind.as_ref(), &record);
    issues.sort_by_key(|(_, issue)| std::cmp::Reverse(issue.level));
    cx.page_with(
        status,
        &ReviewPage {
            v: opened.view(cx)?,
            powers: Powers::of(cx, entry, true),
            issues: issues.into_iter().map(line).collect(),
            twins: twin_texts(cx, opened, twins),
            history: history(cx, opened).await?,
            choices: choices(cx, sent),
            fields: form
                .fields()
                .map(|f| (f.key, intake::page::label(cx, form, f)))
                .collect(),
            note_max: NOTE_MAX,
            errors: faults.iter().map(|f| cx.app.words.issue(cx.lang, &f.issue)).collect(),
            panels: opened.panels(cx, REVIEW_PANELS).await?,
            s: cx.shell(),
        },
    )
}

/// All reasons, those sent ticked again.
fn choices(cx: &Cx, sent: &[Reason]) -> Vec<ReasonChoice> {
    let choice = |code: ReasonCode| {
        let had = sent.iter().find(|r| r.code == code);
        ReasonChoice {
            code: code.code(),
            text: cx.t(&format!("entries-reason-{}", code.code())),
            hint: cx.t(&format!("entries-reason-{}.hint", code.code())),
            ticked: had.is_some(),
            field: had.and_then(|r| r.field.clone()).unwrap_or_default(),
            note: had.map(|r| r.note.clone()).unwrap_or_default(),
        }
    };
    ReasonCode::ALL.into_iter().map(choice).collect()
}

/// The reasons of the form: a box, a field and a note for each code.
fn reasons(pairs: &[(String, String)]) -> Vec<Reason> {
    let value = |name: String| pairs.iter().find(|(k, _)| *k == name).map(|(_, v)| v.trim().to_owned());
    let reason = |code: ReasonCode| {
        let ticked = pairs.iter().any(|(k, v)| k == "reason" && v == code.code());
        let field = value(format!("field-{}", code.code())).filter(|f| !f.is_empty());
        let note = value(format!("note-{}", code.code())).unwrap_or_default();
        // A note under a reason that was not ticked is meant all the same.
        (ticked || !note.is_empty()).then_some(Reason { code, field, note })
    };
    ReasonCode::ALL.into_iter().filter_map(reason).collect()
}

/// Sends back.
pub(crate) async fn send_back(
    cx: Cx,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let id = EntryId::from(id);
    let version = pairs
        .iter()
        .find(|(k, _)| k == "version")
        .and_then(|(_, v)| v.parse().ok());
    let version = version.ok_or_else(|| jcore::Fault::bad_request("no version"))?;
    let reasons = reasons(&pairs);
    match life::return_with(&cx.app, &cx.actor, id, version, &reasons).await {
        Ok(()) => Ok(next(&cx, Move::Return)),
        Err(fault) if fault.kind == FaultKind::Refused => {
            let opened = open_inside(&cx, id).await?;
            page(&cx, &opened, &reasons, &fault.fields, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(fault) => Err(fault),
    }
}

/// Accepts.
pub(crate) async fn accept(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<StepForm>) -> Result<Response> {
    life::accept(&cx.app, &cx.actor, id.into(), form.version).await?;
    Ok(next(&cx, Move::Accept))
}

/// Publishes.
pub(crate) async fn publish(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<StepForm>) -> Result<Response> {
    life::publish(&cx.app, &cx.actor, id.into(), form.version).await?;
    Ok(next(&cx, Move::Publish))
}

/// Back to the queue, with a word of what was done.
fn next(cx: &Cx, by: Move) -> Response {
    cx.redirect_saying("/centre/queue", &cx.t(&format!("entries-done-{}", by.code())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_read_from_boxes_and_notes() {
        let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        let sent = [
            pair("reason", "unclear"),
            pair("field-unclear", "problem"),
            pair("note-unclear", "请写明工况"),
            pair("field-missing", "due"),
            pair("note-other", " 电话打不通 "),
            pair("reason", "nonsense"),
        ];
        let read = reasons(&sent);
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].code, read[0].field.as_deref()),
            (ReasonCode::Unclear, Some("problem"))
        );
        assert_eq!((read[1].code, read[1].note.as_str()), (ReasonCode::Other, "电话打不通"));
    }
}
