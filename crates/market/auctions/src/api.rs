//! Lots for machines: the same deeds as on the pages, in JSON.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use jcore::{Cx, Json, NoBody, Query, Result, Routes};
use kernel::EntryId;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use crate::deeds::{after, announcing, deposits, making, registering};
use crate::form;
use crate::model::Lot;
use crate::pages::list::ListQuery;
use crate::pages::show;
use crate::rules::{ADMIT, ANNOUNCE, APPROVE, AWARD, BID, LEDGER, MAKE, REGISTER, SEE};
use crate::store;

/// Lots a page.
const A_PAGE: i64 = 50;

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(paths(
    list,
    get,
    make,
    change,
    approve,
    announce,
    register,
    pledge,
    admit,
    confirm_deposits,
    confirm
))]
pub(crate) struct Api;

/// The routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/lots", SEE, list)
        .api(Method::POST, "/api/v1/lots", MAKE, make)
        .api(Method::GET, "/api/v1/lots/{lot}", SEE, get)
        .api(Method::PUT, "/api/v1/lots/{lot}", MAKE, change)
        .api(Method::POST, "/api/v1/lots/{lot}/approvals", APPROVE, approve)
        .api(Method::POST, "/api/v1/lots/{lot}/announcement", ANNOUNCE, announce)
        .api(Method::POST, "/api/v1/lots/{lot}/registrations", REGISTER, register)
        .api(Method::POST, "/api/v1/lots/{lot}/pledge", BID, pledge)
        .api(Method::POST, "/api/v1/lots/{lot}/deposits", LEDGER, confirm_deposits)
        .api(Method::POST, "/api/v1/lots/{lot}/confirmation", AWARD, confirm)
        .api(Method::POST, "/api/v1/registrations/{bidder}/admission", ADMIT, admit)
}

/// A lot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LotBody {
    /// Its id.
    #[schema(value_type = String)]
    id: Uuid,
    /// Its number.
    number: String,
    /// Its title.
    title: String,
    /// The seller.
    #[schema(value_type = String)]
    seller: Uuid,
    /// `draft`, `reviewed`, `logged` or `dropped`.
    state: String,
    /// Where its log stands.
    phase: String,
    /// The mode.
    mode: String,
    /// How often it is on sale.
    round: i64,
    /// The start, in 分.
    start_fen: i64,
    /// The leading, asked or awarded price, in 分.
    price_fen: Option<i64>,
    /// The deposit, in 分.
    deposit_fen: i64,
    /// When registration closes, in microseconds of UTC.
    registers_until: Option<i64>,
    /// When bidding begins.
    starts_at: Option<i64>,
    /// When the phase ends.
    end_at: Option<i64>,
    /// Bidders and bids.
    bidders: i64,
    /// Accepted bids.
    bids: i64,
    /// The winner's paddle.
    award_paddle: Option<i64>,
    /// Until when the award is on show.
    published_until: Option<i64>,
    /// When it was confirmed.
    confirmed_at: Option<i64>,
    /// The rules, as they are hashed.
    #[schema(value_type = Object)]
    rules: bidding::Rules,
    /// The terms beside them.
    #[schema(value_type = Object)]
    terms: crate::model::Terms,
    /// The hash of the rules, once they are announced.
    rules_hash: String,
    /// The hash of the notice: approvals and registrations name it.
    notice_hash: String,
    /// The offers that it sells.
    #[schema(value_type = Vec<String>)]
    items: Vec<Uuid>,
    /// Counts the changes of a draft.
    version: i64,
}

async fn body(cx: &Cx, lot: Lot) -> Result<LotBody> {
    let items = store::lots::items(&mut cx.app.read().await?, lot.id).await?;
    let notice = lot.notice(&items)?;
    Ok(LotBody {
        id: lot.id,
        seller: lot.org_id,
        phase: lot.phase.clone(),
        deposit_fen: notice.rules.deposit.get(),
        notice_hash: notice.hash().to_string(),
        rules: notice.rules,
        terms: notice.terms,
        items,
        number: lot.number,
        title: lot.title,
        state: lot.state,
        mode: lot.mode,
        round: lot.round,
        start_fen: lot.start_fen,
        price_fen: lot.award_fen.or(lot.price_fen),
        registers_until: lot.registers_until,
        starts_at: lot.starts_at,
        end_at: lot.end_at,
        bidders: lot.bidders,
        bids: lot.bids,
        award_paddle: lot.award_paddle,
        published_until: lot.published_until,
        confirmed_at: lot.confirmed_at,
        rules_hash: lot.rules_hash,
        version: lot.version,
    })
}

/// A page of lots.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LotsBody {
    /// How many there are.
    count: i64,
    /// The page.
    page: i64,
    /// The lots.
    lots: Vec<LotBody>,
}

/// Announced lots: `when` is `live`, `today`, `coming`, `ended` or `sold`.
#[utoipa::path(get, path = "/api/v1/lots", tag = "lots",
    params(("when" = Option<String>, Query), ("mode" = Option<String>, Query), ("q" = Option<String>, Query), ("page" = Option<i64>, Query)),
    responses((status = 200, description = "Lots", body = LotsBody)))]
pub(crate) async fn list(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    let page = query.page.unwrap_or(1).max(1);
    let filter = query.filter(cx.now);
    let offset = (page - 1).saturating_mul(A_PAGE);
    let (found, count) = store::lots::list(&mut cx.app.read().await?, &filter, A_PAGE, offset).await?;
    let mut lots = Vec::with_capacity(found.len());
    for lot in found {
        lots.push(body(&cx, lot).await?);
    }
    cx.json(&LotsBody { count, page, lots })
}

/// One lot, at any point of its life that this account may see.
#[utoipa::path(get, path = "/api/v1/lots/{lot}", tag = "lots", params(("lot" = String, Path)),
    responses((status = 200, description = "The lot", body = LotBody), (status = 404, description = "No such lot")))]
pub(crate) async fn get(cx: Cx, Path(lot): Path<Uuid>) -> Result<Response> {
    let lot = show::visible(&cx, lot).await?;
    cx.json(&body(&cx, lot).await?)
}

/// A lot to be made or changed: the fields of the page's form, as texts.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct LotForm {
    /// The offers; only for a new lot.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    entries: Vec<EntryId>,
    /// The version that was read; only for a change.
    #[serde(default)]
    version: i64,
    /// The fields; what is not said takes its usual value.
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

impl LotForm {
    fn typed(&self) -> form::Typed {
        let mut typed = form::usual();
        typed.extend(self.fields.clone());
        typed
    }
}

/// Makes a draft.
#[utoipa::path(post, path = "/api/v1/lots", tag = "lots", request_body = LotForm,
    responses((status = 201, description = "Made", body = LotBody), (status = 422, description = "What is wrong, at each field")))]
pub(crate) async fn make(cx: Cx, Json(form): Json<LotForm>) -> Result<Response> {
    let lot = making::make(&cx.app, &cx.actor, &form.entries, &form.typed()).await?;
    cx.json_with(StatusCode::CREATED, &body(&cx, lot).await?)
}

async fn now(cx: &Cx, lot: Uuid) -> Result<Response> {
    let lot = store::lots::get(&mut cx.app.read().await?, lot).await?;
    cx.json(&body(cx, lot).await?)
}

/// Changes a draft; approvals go.
#[utoipa::path(put, path = "/api/v1/lots/{lot}", tag = "lots", params(("lot" = String, Path)), request_body = LotForm,
    responses((status = 200, description = "Changed", body = LotBody), (status = 409, description = "Stale, or announced")))]
pub(crate) async fn change(cx: Cx, Path(lot): Path<Uuid>, Json(form): Json<LotForm>) -> Result<Response> {
    making::change(&cx.app, &cx.actor, lot, form.version, &form.typed()).await?;
    now(&cx, lot).await
}

/// What is approved.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct Approval {
    /// The hash of the notice that was looked at.
    #[serde(default)]
    notice_hash: String,
}

/// Approves rules and times; two officers must.
#[utoipa::path(post, path = "/api/v1/lots/{lot}/approvals", tag = "lots", params(("lot" = String, Path)), request_body = Approval,
    responses((status = 200, description = "Approved", body = LotBody), (status = 409, description = "The same officer, or it changed")))]
pub(crate) async fn approve(cx: Cx, Path(lot): Path<Uuid>, Json(said): Json<Approval>) -> Result<Response> {
    announcing::approve(&cx.app, &cx.actor, lot, &said.notice_hash).await?;
    now(&cx, lot).await
}

/// Announces an approved lot.
#[utoipa::path(post, path = "/api/v1/lots/{lot}/announcement", tag = "lots", params(("lot" = String, Path)),
    responses((status = 200, description = "Announced", body = LotBody)))]
pub(crate) async fn announce(cx: Cx, Path(lot): Path<Uuid>, _: NoBody) -> Result<Response> {
    announcing::announce(&cx.app, &cx.actor, lot).await?;
    now(&cx, lot).await
}

/// Somebody who takes part.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct NewRegistration {
    /// The organisation; none: for oneself. Who does not run it sends the mandate on the page.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    org: Option<kernel::OrgId>,
    /// The legal representative.
    #[serde(default)]
    representative: String,
    /// A telephone number.
    #[serde(default)]
    phone: String,
    /// Why they are qualified.
    #[serde(default)]
    qualification: String,
    /// An inventor, or a company of theirs.
    #[serde(default)]
    inventor: bool,
    /// A right of priority for another reason.
    #[serde(default)]
    holder: bool,
    /// Of the seller's group.
    #[serde(default)]
    group: bool,
    /// What is declared of these.
    #[serde(default)]
    declared: String,
    /// The bank to which a deposit goes back.
    #[serde(default)]
    bank: String,
    /// The account's holder.
    #[serde(default)]
    account_holder: String,
    /// The account's number.
    #[serde(default)]
    account: String,
    /// The hash of the notice that is accepted.
    #[serde(default)]
    notice_hash: String,
}

/// One's own registration.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Registration {
    /// Its id.
    #[schema(value_type = String)]
    id: Uuid,
    /// The number in the hall.
    paddle: i64,
    /// `asked`, `admitted` or `refused`.
    state: String,
    /// What the bank's remark must say.
    pay_code: String,
    /// Where the deposit stands.
    stage: String,
}

/// Asks to take part.
#[utoipa::path(post, path = "/api/v1/lots/{lot}/registrations", tag = "lots", params(("lot" = String, Path)), request_body = NewRegistration,
    responses((status = 201, description = "Asked", body = Registration), (status = 422, description = "What is wrong, at each field")))]
pub(crate) async fn register(cx: Cx, Path(lot): Path<Uuid>, Json(said): Json<NewRegistration>) -> Result<Response> {
    let asked = registering::Asked {
        org: said.org,
        representative: said.representative,
        phone: said.phone,
        qualification: said.qualification,
        inventor: said.inventor,
        holder: said.holder,
        group: said.group,
        declared: said.declared,
        bank: said.bank,
        account_holder: said.account_holder,
        account: said.account,
        accepts: said.notice_hash,
        mandate: None,
    };
    let bidder = registering::register(&cx.app, &cx.actor, lot, asked).await?;
    let answer = Registration {
        id: bidder.id,
        paddle: bidder.paddle,
        state: bidder.state,
        pay_code: bidder.pay_code,
        stage: bidder.stage,
    };
    cx.json_with(StatusCode::CREATED, &answer)
}

/// Says that one's deposit is on its way.
#[utoipa::path(post, path = "/api/v1/lots/{lot}/pledge", tag = "lots", params(("lot" = String, Path)),
    responses((status = 200, description = "Pledged", body = LotBody)))]
pub(crate) async fn pledge(cx: Cx, Path(lot): Path<Uuid>, _: NoBody) -> Result<Response> {
    deposits::pledge(&cx.app, &cx.actor, lot).await?;
    now(&cx, lot).await
}

/// The rank of who has a right of priority.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct Admission {
    /// One first.
    #[serde(default)]
    rank: Option<i64>,
}

/// Admits a bidder.
#[utoipa::path(post, path = "/api/v1/registrations/{bidder}/admission", tag = "lots", params(("bidder" = String, Path)), request_body = Admission,
    responses((status = 200, description = "Admitted", body = LotBody)))]
pub(crate) async fn admit(cx: Cx, Path(bidder): Path<Uuid>, Json(said): Json<Admission>) -> Result<Response> {
    registering::admit(&cx.app, &cx.actor, bidder, said.rank).await?;
    let bidder = store::bidders::get(&mut cx.app.read().await?, bidder).await?;
    now(&cx, bidder.lot_id).await
}

/// Confirms the deposits of a lot that the bank has seen.
#[utoipa::path(post, path = "/api/v1/lots/{lot}/deposits", tag = "lots", params(("lot" = String, Path)),
    responses((status = 200, description = "Confirmed", body = LotBody), (status = 409, description = "None waits")))]
pub(crate) async fn confirm_deposits(cx: Cx, Path(lot): Path<Uuid>, _: NoBody) -> Result<Response> {
    deposits::confirm(&cx.app, &cx.actor, lot).await?;
    now(&cx, lot).await
}

/// Confirms an award after its publicity.
#[utoipa::path(post, path = "/api/v1/lots/{lot}/confirmation", tag = "lots", params(("lot" = String, Path)),
    responses((status = 200, description = "Confirmed", body = LotBody)))]
pub(crate) async fn confirm(cx: Cx, Path(lot): Path<Uuid>, _: NoBody) -> Result<Response> {
    after::confirm(&cx.app, &cx.actor, lot).await?;
    now(&cx, lot).await
}
