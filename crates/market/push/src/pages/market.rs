//! A batch as a partner sees it, behind a signed link: its needs, the same as a file, and a form to say what became of them.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Result, Shell, Subject};
use uuid::Uuid;

use super::{Choice, choices, issues};
use crate::partners::{self, BatchItem, Stage, Word};
use crate::rules::PARTNER_SIDE;
use crate::store::partners::{self as store, BatchRow};
use crate::tokens::{For, read};

struct Line {
    id: Uuid,
    title: String,
    about: String,
    summary: String,
    path: String,
    stages: Vec<Choice>,
    stage: String,
}

#[derive(Template)]
#[template(path = "push_batch.html")]
struct BatchPage {
    s: Shell,
    token: String,
    title: String,
    number: i64,
    due_at: i64,
    closed: bool,
    lines: Vec<Line>,
    errors: Vec<String>,
}

async fn load(cx: &Cx, token: &str) -> Result<BatchRow> {
    let id = read(&cx.app, For::Batch, token)?;
    let mut conn = cx.app.read().await?;
    let batch = store::batch(&mut conn, id).await?;
    // An end of the partnership ends its links.
    if store::partner(&mut conn, batch.partner_id).await?.state != "active" {
        return Err(Fault::not_found());
    }
    Ok(batch)
}

fn about(cx: &Cx, item: &BatchItem) -> String {
    let Some(public) = &item.public else {
        return String::new();
    };
    let mut about: Vec<String> = public.item.sectors.iter().map(|s| cx.t(&s.words())).collect();
    about.extend(public.item.region.map(|r| cx.app.regions.full_name(r)));
    about.join(" · ")
}

fn line(cx: &Cx, item: &BatchItem) -> Line {
    let public = item.public.as_ref();
    Line {
        id: item.entry,
        title: public.map_or_else(|| cx.t("push-not-public"), |p| p.item.title.clone()),
        about: about(cx, item),
        summary: public.map_or_else(String::new, |p| p.summary.clone()),
        path: public.map_or_else(String::new, |p| p.path.clone()),
        stages: choices(
            cx,
            "push-stage",
            Stage::ALL.iter().map(|s| s.code()),
            &[item.stage.as_str()],
        ),
        stage: if item.stage.is_empty() {
            String::new()
        } else {
            cx.t(&format!("push-stage-{}", item.stage))
        },
    }
}

async fn page(cx: &Cx, status: StatusCode, token: &str, batch: &BatchRow, errors: Vec<String>) -> Result<Response> {
    let items = partners::items_of(&cx.app, batch.id).await?;
    cx.page_with(
        status,
        &BatchPage {
            s: cx.shell(),
            token: token.to_owned(),
            title: batch.title.clone(),
            number: batch.number,
            due_at: batch.due_at,
            closed: batch.closed_at.is_some(),
            lines: items.iter().map(|item| line(cx, item)).collect(),
            errors,
        },
    )
}

/// `GET /push/batch/{token}`
pub(crate) async fn batch(cx: Cx, Path(token): Path<String>) -> Result<Response> {
    let batch = load(&cx, &token).await?;
    let permit = cx.permit(PARTNER_SIDE, &Subject::NONE)?;
    partners::fetched(&cx.app, &permit, &batch).await?;
    page(&cx, StatusCode::OK, &token, &batch, Vec::new()).await
}

/// `POST /push/batch/{token}`: fields `stage-ID` and `note-ID` for each need, and `note` for the whole.
pub(crate) async fn say(cx: Cx, Path(token): Path<String>, form: Form<Vec<(String, String)>>) -> Result<Response> {
    let batch = load(&cx, &token).await?;
    let permit = cx.permit(PARTNER_SIDE, &Subject::NONE)?;
    let mut words = Vec::new();
    for (key, stage) in &form.0 {
        let Some(id) = key.strip_prefix("stage-").filter(|_| !stage.is_empty()) else {
            continue;
        };
        let entry: Uuid = id.parse().map_err(|_| Fault::not_found())?;
        words.push(Word {
            entry: Some(entry),
            stage: stage.clone(),
            note: form.first(&format!("note-{id}")).unwrap_or_default().to_owned(),
        });
    }
    if let Some(note) = form.first("note").filter(|note| !note.trim().is_empty()) {
        words.push(Word {
            entry: None,
            stage: String::new(),
            note: note.to_owned(),
        });
    }
    match partners::say(&cx.app, &permit, &batch, &words, "link").await {
        Ok(()) => Ok(cx.redirect_saying(&format!("/push/batch/{token}"), &cx.t("push-said-word"))),
        Err(fault) if !fault.fields.is_empty() => {
            page(
                &cx,
                StatusCode::UNPROCESSABLE_ENTITY,
                &token,
                &batch,
                issues(&cx, &fault),
            )
            .await
        }
        Err(fault) => Err(fault),
    }
}

/// `GET /push/batch/{token}/{ending}`: the batch as a workbook or CSV.
pub(crate) async fn file(cx: Cx, Path((token, ending)): Path<(String, String)>) -> Result<Response> {
    let batch = load(&cx, &token).await?;
    let permit = cx.permit(PARTNER_SIDE, &Subject::NONE)?;
    partners::fetched(&cx.app, &permit, &batch).await?;
    let items = partners::items_of(&cx.app, batch.id).await?;
    let heads = ["title", "about", "summary", "facts", "stage", "address"];
    let heads = heads.map(|head| cx.t(&format!("push-col-{head}"))).to_vec();
    let row = |item: &BatchItem| {
        let line = line(&cx, item);
        let public = item.public.as_ref();
        let facts = public.map_or_else(String::new, |p| {
            let texts: Vec<&str> = p.gist.facts.iter().map(|(_, text)| text.as_str()).collect();
            texts.join("；")
        });
        let address = public.map_or_else(String::new, |p| format!("{}{}", cx.app.settings.base_url, p.path));
        vec![line.title, line.about, line.summary, facts, line.stage, address]
    };
    let rows: Vec<Vec<String>> = items.iter().map(row).collect();
    let name = format!(
        "batch-{}-{}",
        batch.number,
        kernel::Stamp::from_micros(batch.created_at).date_in_cn()
    );
    match ending.as_str() {
        "xlsx" => {
            let bytes = sheets::export_xlsx(&batch.title, &heads, &rows).map_err(|e| Fault::internal(e.to_string()))?;
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(cx.download(&format!("{name}.xlsx"), media, bytes))
        }
        "csv" => Ok(cx.download(
            &format!("{name}.csv"),
            "text/csv; charset=utf-8",
            sheets::export_csv(&heads, &rows),
        )),
        _ => Err(Fault::not_found()),
    }
}
