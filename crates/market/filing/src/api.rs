//! The JSON API: how far a unit is.

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Result};
use kernel::OrgId;
use rulebook::Coded as _;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::rules::SEE;
use crate::standing::standing;

/// A number that the programme sets for a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuotaLine {
    /// The rule's key in the programme.
    rule: String,
    /// What is counted: `offers`, `plan-offers`, `roadshow-picks`, `needs`.
    what: &'static str,
    /// How many there are.
    figure: i64,
    /// How many there should be, at least or at most.
    target: i64,
    /// Whether the rule is kept.
    kept: bool,
    /// Whether it binds.
    hard: bool,
    /// Whether it is waived for this unit.
    waived: bool,
}

/// How a paper stands on one way of handing in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WayLine {
    /// The deadline's key in the programme.
    deadline: String,
    /// `paper` or `electronic`.
    channel: &'static str,
    /// The day on which it came.
    came: Option<String>,
    /// The last day.
    until: String,
    /// `in-time`, `late`, `due` or `missing`.
    state: &'static str,
    /// Days late, or left, or missing.
    days: i64,
}

/// How far a unit is under the programme in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Filing {
    /// Its quota.
    quota: Vec<QuotaLine>,
    /// Drafts that are not handed in.
    drafts: i64,
    /// Entries that were returned.
    returned: i64,
    /// Whether it owes its mandate.
    owes_mandate: bool,
    /// Its papers.
    papers: Vec<WayLine>,
}

/// How far the unit `org` is.
#[utoipa::path(
    get,
    path = "/api/v1/filing/{org}",
    tag = "filing",
    params(("org" = String, Path, description = "The organisation")),
    responses(
        (status = 200, description = "Quota, papers, what is missing", body = Filing),
        (status = 404, description = "No such unit, or not for this account"),
    )
)]
pub(crate) async fn get(cx: Cx, Path(org): Path<String>) -> Result<Response> {
    let org: OrgId = org.parse().map_err(|_| Fault::not_found())?;
    let mut conn = cx.app.read().await?;
    let unit = accounts::org(&mut conn, org).await?;
    if !cx.may(SEE, &unit.subject()) {
        return Err(Fault::not_found());
    }
    let standing = standing(&mut conn, &cx.app, &unit).await?;
    drop(conn);
    let line = |(line, waived): &(crate::rules::Line, bool)| QuotaLine {
        rule: line.rule.clone(),
        what: line.what.code(),
        figure: line.figure,
        target: line.target,
        kept: line.state.kept(),
        hard: line.hard,
        waived: *waived,
    };
    let way = |way: &crate::standing::Way| WayLine {
        deadline: way.deadline.clone(),
        channel: way.channel,
        came: way.came.map(|day| day.to_string()),
        until: way.until.to_string(),
        state: way.arrival.code(),
        days: way.arrival.days(),
    };
    cx.json(&Filing {
        quota: standing.quota.iter().map(line).collect(),
        drafts: standing.drafts,
        returned: standing.returned,
        owes_mandate: standing.owes_mandate,
        papers: standing.ways.iter().map(way).collect(),
    })
}

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(paths(get), components(schemas(Filing, QuotaLine, WayLine)))]
pub(crate) struct Api;
