//! Papers for machines.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jcore::{Cx, FieldFault, Multipart, NoBody, Result};
use kernel::{EntryId, Stamp};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use crate::deeds;
use crate::pages::incoming;
use crate::view::{self, Paper};

/// A paper.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiPaper {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// Its media type.
    media: String,
    /// Bytes.
    size: i64,
    /// Whether its owner chose to show it to everyone.
    public: bool,
    /// Whether everyone sees it now.
    shown: bool,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    created_at: Stamp,
    /// Where its content is.
    url: String,
}

/// The papers of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiPapers {
    /// How many.
    count: usize,
    /// The papers, in their owner's order.
    items: Vec<ApiPaper>,
}

/// What became of a paper.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiAdded {
    /// Its id.
    id: String,
    /// Whether it is public: not, where something was found that stands against it.
    public: bool,
    /// What was taken out of it: `properties`, `picture`, `authors`, `embedded`, `paths`, `extras`.
    stripped: Vec<&'static str>,
    /// What was found in its text and title.
    findings: Vec<ApiFinding>,
}

/// Something that was found in a paper.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiFinding {
    /// The issue's code.
    code: &'static str,
    /// `note`, `warning` (must be confirmed) or `error` (cannot be public).
    #[schema(value_type = String)]
    level: kernel::Level,
    /// In the words of the reader's language.
    message: String,
}

/// What an upload sends, for the description alone.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a form, is never made")]
struct Upload {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: String,
    /// Its title; the file's name where there is none.
    title: Option<String>,
    /// Whether everyone is to see it.
    public: Option<bool>,
    /// That nothing in it is to stay hidden: asked of what is to be public.
    checked: Option<bool>,
    /// That what is found in it may be public all the same.
    confirmed: Option<bool>,
}

fn row(cx: &Cx, paper: Paper) -> ApiPaper {
    ApiPaper {
        url: format!("{}/attachments/{}/file", cx.app.settings.base_url, paper.id),
        id: paper.id.to_string(),
        title: paper.title,
        media: paper.media,
        size: paper.bytes,
        public: paper.is_public,
        shown: paper.is_shown,
        created_at: Stamp::from_micros(paper.at),
    }
}

/// The papers of an entry that the asker sees: the public ones, and all of them for who may look into the entry.
#[utoipa::path(get, path = "/api/v1/entries/{id}/attachments", tag = "attachments",
    params(("id" = String, Path, description = "The entry")),
    responses(
        (status = 200, description = "The papers", body = ApiPapers),
        (status = 404, description = "There is no such entry that the asker sees"),
    ))]
pub(crate) async fn list(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let papers = view::list(&cx, EntryId::from(id)).await?;
    let items: Vec<ApiPaper> = papers.into_iter().map(|paper| row(&cx, paper)).collect();
    cx.json(&ApiPapers {
        count: items.len(),
        items,
    })
}

/// Adds a paper to an entry that is being written. The file is known by its content and cleaned of what tells who made it.
#[utoipa::path(post, path = "/api/v1/entries/{id}/attachments", tag = "attachments",
    params(("id" = String, Path, description = "The entry")),
    request_body(content_type = "multipart/form-data", content = Upload),
    responses(
        (status = 201, description = "Kept", body = ApiAdded),
        (status = 403, description = "Not your organisation's"),
        (status = 409, description = "The entry is not being written"),
        (status = 422, description = "The file is not taken; the fields say why"),
        (status = 503, description = "The virus scanner does not answer; nothing was kept"),
    ))]
pub(crate) async fn add(cx: Cx, Path(id): Path<Uuid>, form: Multipart) -> Result<Response> {
    let added = deeds::add(&cx.app, &cx.actor, EntryId::from(id), incoming(&form)?).await?;
    let finding = |issue: &kernel::Issue| {
        let fault = FieldFault {
            field: None,
            issue: issue.clone(),
        };
        let told = entries::api::ApiIssue::new(&cx, &fault);
        ApiFinding {
            code: told.code,
            level: told.level,
            message: told.message,
        }
    };
    let answer = ApiAdded {
        id: added.id.to_string(),
        public: added.public,
        stripped: added.stripped.iter().map(|w| w.code()).collect(),
        findings: added.findings.iter().map(finding).collect(),
    };
    cx.json_with(StatusCode::CREATED, &answer)
}

/// Takes a paper away from an entry that is being written.
#[utoipa::path(delete, path = "/api/v1/entries/{id}/attachments/{paper}", tag = "attachments",
    params(("id" = String, Path, description = "The entry"), ("paper" = String, Path, description = "The paper")),
    responses(
        (status = 204, description = "Gone"),
        (status = 404, description = "There is none"),
        (status = 409, description = "The entry is not being written"),
    ))]
pub(crate) async fn remove(cx: Cx, Path((id, paper)): Path<(Uuid, Uuid)>, _: NoBody) -> Result<Response> {
    deeds::remove(&cx.app, &cx.actor, EntryId::from(id), paper).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(OpenApi)]
#[openapi(
    paths(list, add, remove),
    components(schemas(ApiPapers, ApiPaper, ApiAdded, ApiFinding, Upload))
)]
pub(crate) struct Api;
