//! The JSON API: a sheet comes in, its report goes out.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, FaultKind, Multipart, Query, Result};
use kernel::{BatchId, OrgId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::{Report, RowIssue, access, commit, report_in, upload};

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
    let batches = upload(&cx.app, &cx.actor, &kind, org, &file.name, &file.content).await?;
    let mut reports = Vec::with_capacity(batches.len());
    for batch in batches {
        if query.commit {
            commit(&cx.app, &cx.actor, batch, query.submit, &|_, _| {}).await?;
        }
        reports.push(report_in(&cx.app, &cx.actor, batch, cx.lang).await?);
    }
    cx.json_with(StatusCode::CREATED, &Taken { reports })
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

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(paths(take, get), components(schemas(Report, RowIssue, Taken, TakeBody)))]
pub(crate) struct Api;
