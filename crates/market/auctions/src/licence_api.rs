//! Open licences for machines: the same deeds as on the pages, in JSON.

use axum::extract::Path;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jcore::{Cx, Json, NoBody, Query, Result, Routes, Subject};
use kernel::{EntryId, OrgId};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use crate::deeds::licences::{self, Declared, Taking};
use crate::licence::LicenceTerms;
use crate::pages::licences::{A_PAGE, ListQuery, takes as taken, visible};
use crate::rules::{LICENCE_DECLARE, LICENCE_KEEP, LICENCE_SEE, LICENCE_TAKE};
use crate::store;
use crate::store::licences::Licence;

/// The routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/licences", LICENCE_SEE, list)
        .api(Method::POST, "/api/v1/licences", LICENCE_DECLARE, declare)
        .api(Method::GET, "/api/v1/licences/{licence}", LICENCE_SEE, get)
        .api(
            Method::POST,
            "/api/v1/licences/{licence}/announcement",
            LICENCE_KEEP,
            announce,
        )
        .api(
            Method::POST,
            "/api/v1/licences/{licence}/withdrawal",
            LICENCE_DECLARE,
            withdraw,
        )
        .api(Method::GET, "/api/v1/licences/{licence}/takes", LICENCE_TAKE, takes)
        .api(Method::POST, "/api/v1/licences/{licence}/takes", LICENCE_TAKE, take)
        .api(
            Method::POST,
            "/api/v1/licence-takes/{take}/steps",
            LICENCE_DECLARE,
            step,
        )
}

/// The API's description.
#[derive(OpenApi)]
#[openapi(paths(list, get, declare, announce, withdraw, take, takes, step))]
pub(crate) struct Api;

/// An open licence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LicenceBody {
    /// Its id.
    #[schema(value_type = String)]
    id: Uuid,
    /// The patent.
    #[schema(value_type = String)]
    entry: Uuid,
    /// The owner.
    #[schema(value_type = String)]
    owner: Uuid,
    /// The patent's title.
    title: String,
    /// `invention`, `utility` or `design`.
    patent_kind: String,
    /// The patent's number.
    patent_no: String,
    /// `declared`, `announced`, `open` or `withdrawn`.
    state: &'static str,
    /// The declared terms.
    #[schema(value_type = Object)]
    terms: LicenceTerms,
    /// When it was declared.
    declared_day: String,
    /// From which day it is open.
    announced_day: Option<String>,
    /// The number of the announcement.
    announcement_no: String,
    /// From which day nobody may take it any more.
    withdrawn_day: Option<String>,
}

fn body(cx: &Cx, licence: Licence) -> Result<LicenceBody> {
    Ok(LicenceBody {
        id: licence.id,
        entry: licence.entry_id,
        owner: licence.org_id,
        state: licence.state(cx.now.date_in_cn()).code(),
        terms: licence.terms()?,
        title: licence.title,
        patent_kind: licence.patent_kind,
        patent_no: licence.patent_no,
        declared_day: licence.declared_day,
        announced_day: licence.announced_day,
        announcement_no: licence.announcement_no,
        withdrawn_day: licence.withdrawn_day,
    })
}

/// A page of open licences.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LicencesBody {
    /// How many there are.
    count: i64,
    /// The licences.
    licences: Vec<LicenceBody>,
}

/// Open licences that the patent office announced, the newest first.
#[utoipa::path(get, path = "/api/v1/licences", tag = "licences",
    params(("q" = Option<String>, Query), ("page" = Option<i64>, Query)),
    responses((status = 200, description = "Licences", body = LicencesBody)))]
pub(crate) async fn list(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    let offset = (query.page.unwrap_or(1).max(1) - 1).saturating_mul(A_PAGE);
    let keeps = cx.may(LICENCE_KEEP, &Subject::NONE);
    let (found, count) =
        store::licences::list(&mut cx.app.read().await?, keeps, query.q.trim(), A_PAGE, offset).await?;
    let licences = found
        .into_iter()
        .map(|licence| body(&cx, licence))
        .collect::<Result<_>>()?;
    cx.json(&LicencesBody { count, licences })
}

/// One open licence.
#[utoipa::path(get, path = "/api/v1/licences/{licence}", tag = "licences", params(("licence" = String, Path)),
    responses((status = 200, description = "The licence", body = LicenceBody), (status = 404, description = "No such licence")))]
pub(crate) async fn get(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    let licence = visible(&cx, id).await?;
    cx.json(&body(&cx, licence)?)
}

async fn now(cx: &Cx, id: Uuid, status: StatusCode) -> Result<Response> {
    let licence = visible(cx, id).await?;
    cx.json_with(status, &body(cx, licence)?)
}

/// A declaration.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewLicence {
    /// The patent's entry.
    #[schema(value_type = String)]
    entry: EntryId,
    /// `fixed`, `sales` or `profit`: what is paid, once or by share.
    #[serde(default)]
    base: String,
    /// The fee, as people write it: `8万元`.
    #[serde(default)]
    fee: String,
    /// The share in percent.
    #[serde(default)]
    share: String,
    /// When and how it is paid.
    #[serde(default)]
    payment: String,
    /// The last day of the licences, `2028-12-31`.
    #[serde(default)]
    until: String,
    /// What else is declared.
    #[serde(default)]
    more: String,
    /// An exclusive or sole licence runs.
    #[serde(default)]
    exclusive: bool,
    /// Proceedings are suspended (中止).
    #[serde(default)]
    suspended: bool,
    /// Annuities are not paid.
    #[serde(default)]
    unpaid: bool,
    /// The patent is pledged.
    #[serde(default)]
    pledged: bool,
    /// The pledgee consents.
    #[serde(default)]
    consented: bool,
    /// What only warns was read.
    #[serde(default)]
    confirmed: bool,
}

/// Declares an open licence. A utility model's or a design's evaluation report is sent with the page's form.
#[utoipa::path(post, path = "/api/v1/licences", tag = "licences", request_body = NewLicence,
    responses((status = 201, description = "Declared", body = LicenceBody), (status = 422, description = "What is wrong, at each field")))]
pub(crate) async fn declare(cx: Cx, Json(said): Json<NewLicence>) -> Result<Response> {
    let declared = Declared {
        base: said.base,
        fee: said.fee,
        share: said.share,
        payment: said.payment,
        until: said.until,
        more: said.more,
        exclusive: said.exclusive,
        suspended: said.suspended,
        unpaid: said.unpaid,
        pledged: said.pledged,
        consented: said.consented,
        confirmed: said.confirmed,
        report: None,
    };
    let id = licences::declare(&cx.app, &cx.actor, said.entry, declared).await?;
    now(&cx, id, StatusCode::CREATED).await
}

/// What the patent office announced.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct Announcement {
    /// The day of the announcement.
    #[serde(default)]
    day: String,
    /// Its number.
    #[serde(default)]
    number: String,
}

/// Keeps the patent office's announcement.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/announcement", tag = "licences", params(("licence" = String, Path)),
    request_body = Announcement, responses((status = 200, description = "Announced", body = LicenceBody)))]
pub(crate) async fn announce(cx: Cx, Path(id): Path<Uuid>, Json(said): Json<Announcement>) -> Result<Response> {
    licences::announce(&cx.app, &cx.actor, id, &said.day, &said.number).await?;
    now(&cx, id, StatusCode::OK).await
}

/// Withdraws the declaration: nobody takes it any more, and licences that were taken go on.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/withdrawal", tag = "licences", params(("licence" = String, Path)),
    responses((status = 200, description = "Withdrawn", body = LicenceBody), (status = 409, description = "It was withdrawn")))]
pub(crate) async fn withdraw(cx: Cx, Path(id): Path<Uuid>, _: NoBody) -> Result<Response> {
    licences::withdraw(&cx.app, &cx.actor, id).await?;
    now(&cx, id, StatusCode::OK).await
}

/// A notice to the owner that somebody takes the licence.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct NewTake {
    /// The organisation; none: for oneself.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    org: Option<OrgId>,
    /// A telephone number.
    #[serde(default)]
    phone: String,
    /// For what it is used.
    #[serde(default)]
    use_for: String,
}

/// Who took a licence, as far as the caller may know it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakeBody {
    /// Its id.
    #[schema(value_type = String)]
    id: Uuid,
    /// Who.
    who: String,
    /// A telephone number.
    phone: String,
    /// For what.
    use_for: String,
    /// `notified`, `paid`, `licensed` or `filed`.
    state: &'static str,
    /// The next step.
    next: Option<&'static str>,
    /// The number of the filing.
    filing_no: String,
}

/// Takes of a licence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakesBody {
    /// The takes.
    takes: Vec<TakeBody>,
}

/// Takes a licence on the declared terms; one's own takes are the answer.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/takes", tag = "licences", params(("licence" = String, Path)),
    request_body = NewTake, responses((status = 201, description = "The owner is notified", body = TakesBody),
    (status = 409, description = "It is not open, or taken by them")))]
pub(crate) async fn take(cx: Cx, Path(id): Path<Uuid>, Json(said): Json<NewTake>) -> Result<Response> {
    let taking = Taking {
        org: said.org,
        phone: said.phone,
        use_for: said.use_for,
    };
    licences::take(&cx.app, &cx.actor, id, taking).await?;
    told(&cx, id, StatusCode::CREATED).await
}

/// Takes: all of them to the owner and the centre, to everybody else their own.
#[utoipa::path(get, path = "/api/v1/licences/{licence}/takes", tag = "licences", params(("licence" = String, Path)),
    responses((status = 200, description = "Takes", body = TakesBody)))]
pub(crate) async fn takes(cx: Cx, Path(id): Path<Uuid>) -> Result<Response> {
    told(&cx, id, StatusCode::OK).await
}

async fn told(cx: &Cx, id: Uuid, status: StatusCode) -> Result<Response> {
    let licence = visible(cx, id).await?;
    let takes = taken(cx, &licence).await?.into_iter().map(|take| TakeBody {
        id: take.id,
        who: take.who,
        phone: take.phone,
        use_for: take.use_for,
        state: take.code,
        next: take.next,
        filing_no: take.filing,
    });
    cx.json_with(status, &TakesBody { takes: takes.collect() })
}

/// The next step of a take.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct NextStep {
    /// `paid`, `licensed` or `filed`.
    #[serde(default)]
    to: String,
    /// What was paid, as people write it.
    #[serde(default)]
    paid: String,
    /// The number of the filing.
    #[serde(default)]
    number: String,
}

/// Keeps the next step: paid, licensed, filed.
#[utoipa::path(post, path = "/api/v1/licence-takes/{take}/steps", tag = "licences", params(("take" = String, Path)),
    request_body = NextStep, responses((status = 200, description = "Kept", body = TakesBody),
    (status = 409, description = "It stands elsewhere")))]
pub(crate) async fn step(cx: Cx, Path(take): Path<Uuid>, Json(said): Json<NextStep>) -> Result<Response> {
    let licence = licences::step(&cx.app, &cx.actor, take, &said.to, &said.paid, &said.number).await?;
    told(&cx, licence, StatusCode::OK).await
}
