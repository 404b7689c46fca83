//! The JSON API: a sheet comes in, its report goes out.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, FaultKind, Json, Multipart, Query, Result};
use kernel::{BatchId, OrgId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::{
    BoundRow, CommitOptions, Refilled, Report, Reverted, RowIssue, Sent, access, commit, report_in, revert, send,
};

/// What is to become of an uploaded sheet.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TakeQuery {
    /// Put the good rows in at once; without it they wait for a look at the page.
    #[serde(default)]
    commit: bool,
    /// With `commit`: hand the rows in; without it they stay drafts.
    #[serde(default)]
    submit: bool,
    /// With `commit`: why rows go in of which a person should look at something; without it they wait.
    reason: Option<String>,
    /// The organisation that sends, for who is bound to several or to none.
    org: Option<String>,
}

/// The body of an upload.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the request; jcore::Multipart reads it")]
pub(crate) struct TakeBody {
    /// The workbook (`.xlsx`, `.xls`) or text table (`.csv`).
    #[schema(value_type = String, format = Binary)]
    file: String,
}

/// What became of an upload: a report for each sheet that answered the form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Taken {
    /// The reports, in the order of the sheets.
    reports: Vec<Report>,
    /// What an annotated workbook brought back into its batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    again: Option<Refilled>,
}

/// Takes a sheet of the kind `id` in: reads and checks it, and with `commit` puts its good rows in.
#[utoipa::path(
    post,
    path = "/api/v1/intake/{id}",
    tag = "intake",
    params(("id" = String, Path, description = "The kind of sheet, as in /templates/{kind}"), TakeQuery),
    request_body(content = TakeBody, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "Read and checked; what is wrong with rows is in the report", body = Taken),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "Not for this account"),
        (status = 404, description = "No such kind"),
        (status = 413, description = "The file is too large"),
        (status = 415, description = "The file is no table"),
        (status = 422, description = "No columns of the form, or no rows"),
    )
)]
pub(crate) async fn take(
    cx: Cx,
    Path(kind): Path<String>,
    Query(query): Query<TakeQuery>,
    form: Multipart,
) -> Result<Response> {
    let org = match query.org.as_deref().filter(|org| !org.is_empty()) {
        Some(org) => Some(org.parse::<OrgId>().map_err(|_| Fault::not_found())?),
        None => access::default_org(&cx.app, &cx.actor, &kind)?,
    };
    let file = form
        .files
        .first()
        .ok_or_else(|| Fault::new(FaultKind::Refused, "intake-no-file"))?;
    let sent = send(&cx.app, &cx.actor, &kind, org, &file.name, &file.content).await?;
    let (batches, again) = match sent {
        Sent::New(batches) => (batches, None),
        Sent::Again(batch, told) => (vec![batch], Some(told)),
    };
    let mut reports = Vec::with_capacity(batches.len());
    for batch in batches {
        if query.commit {
            let options = CommitOptions {
                submit: query.submit,
                reason: query.reason.clone(),
            };
            commit(&cx.app, &cx.actor, batch, options, &|_, _| {}).await?;
        }
        reports.push(report_in(&cx.app, &cx.actor, batch, cx.lang).await?);
    }
    cx.json_with(StatusCode::CREATED, &Taken { reports, again })
}

/// The report of the batch `id`.
#[utoipa::path(
    get,
    path = "/api/v1/intake/{id}",
    tag = "intake",
    params(("id" = String, Path, description = "The batch")),
    responses(
        (status = 200, description = "Figures, and what is wrong row by row", body = Report),
        (status = 404, description = "No such batch, or not for this account"),
    )
)]
pub(crate) async fn get(cx: Cx, Path(id): Path<String>) -> Result<Response> {
    let batch: BatchId = id.parse().map_err(|_| Fault::not_found())?;
    let report = report_in(&cx.app, &cx.actor, batch, cx.lang).await?;
    cx.json(&report)
}

/// How a batch's good rows go in.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct CommitBody {
    /// Hand them in; without it they stay drafts.
    #[serde(default)]
    submit: bool,
    /// Why rows go in of which a person should look at something; without it they wait.
    reason: Option<String>,
}

/// Puts the good rows of the batch `id` in.
#[utoipa::path(
    post,
    path = "/api/v1/intake/{id}/commit",
    tag = "intake",
    params(("id" = String, Path, description = "The batch")),
    request_body = CommitBody,
    responses(
        (status = 200, description = "What the batch came to", body = Report),
        (status = 404, description = "No such batch, or not for this account"),
        (status = 409, description = "Nothing of it is open"),
    )
)]
pub(crate) async fn commit_batch(cx: Cx, Path(id): Path<String>, body: Json<CommitBody>) -> Result<Response> {
    let batch: BatchId = id.parse().map_err(|_| Fault::not_found())?;
    let options = CommitOptions {
        submit: body.0.submit,
        reason: body.0.reason,
    };
    commit(&cx.app, &cx.actor, batch, options, &|_, _| {}).await?;
    let report = report_in(&cx.app, &cx.actor, batch, cx.lang).await?;
    cx.json(&report)
}

/// Takes the batch `id` back while nobody has judged what it made; else `bound` says which rows stand against it.
#[utoipa::path(
    post,
    path = "/api/v1/intake/{id}/revert",
    tag = "intake",
    params(("id" = String, Path, description = "The batch")),
    responses(
        (status = 200, description = "Taken back, or what stands against it", body = Reverted),
        (status = 404, description = "No such batch, or not for this account"),
        (status = 409, description = "It is being read, or was thrown away"),
    )
)]
pub(crate) async fn revert_batch(cx: Cx, Path(id): Path<String>) -> Result<Response> {
    let batch: BatchId = id.parse().map_err(|_| Fault::not_found())?;
    let told = revert(&cx.app, &cx.actor, batch, cx.lang).await?;
    cx.json(&told)
}

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(
    paths(take, get, commit_batch, revert_batch),
    components(schemas(Report, RowIssue, Taken, TakeBody, CommitBody, Refilled, Reverted, BoundRow))
)]
pub(crate) struct Api;
