//! The JSON API: one's own subscriptions, the coverage, and a partner's batches.

use axum::extract::{Path, Request};
use axum::http::Method;
use axum::response::Response;
use jcore::{Cx, Fault, Json, NoBody, Query, Result, Routes, Subject};
use kernel::Stamp;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use crate::coverage::{Standing, standing};
use crate::model::{self, Subscription, Typed};
use crate::pages::coverage::CoverQuery;
use crate::partners::{self, Word, token_hash};
use crate::rules::{FOLLOW, PARTNER_SIDE, SEE, percent};
use crate::store::partners::{self as store, BatchRow, PartnerRow};
use crate::store::targets::{self, Line, Of, Scope};

/// The header that carries a partner's token. Not `Authorization`: that is for accounts.
const PARTNER_HEADER: &str = "x-partner-token";
/// Bytes of a partner's feedback.
const FEEDBACK_MAX: usize = 512 * 1024;
/// Lines of a coverage.
const LINES_MAX: i64 = 1_000;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/subscriptions", FOLLOW, list)
        .api(crate::POST, "/api/v1/subscriptions", FOLLOW, create)
        .api(Method::GET, "/api/v1/subscriptions/{id}", FOLLOW, get)
        .api(Method::PUT, "/api/v1/subscriptions/{id}", FOLLOW, put)
        .api(Method::DELETE, "/api/v1/subscriptions/{id}", FOLLOW, delete)
        .api(Method::GET, "/api/v1/subscriptions/{id}/preview", FOLLOW, preview)
        .api(Method::GET, "/api/v1/push/coverage", SEE, coverage)
        .api(Method::GET, "/api/v1/push/coverage/{id}", SEE, coverage_of)
        .api(Method::GET, "/api/v1/partner/batches", PARTNER_SIDE, batches)
        .api(Method::GET, "/api/v1/partner/batches/{id}", PARTNER_SIDE, batch)
        .api(
            crate::POST,
            "/api/v1/partner/batches/{id}/feedback",
            PARTNER_SIDE,
            feedback,
        )
}

/// A subscription.
#[derive(Debug, Serialize, ToSchema)]
struct SubJson {
    /// Its id.
    id: String,
    /// Counts the changes; a writer must have seen the last.
    version: i64,
    /// Whether it is in force; else it is paused.
    active: bool,
    /// Its name.
    name: String,
    /// `need`, `patent`, `achievement`; empty for all.
    kinds: Vec<String>,
    /// Fields of industry; empty for all.
    sectors: Vec<String>,
    /// Six digits of a division; empty for everywhere.
    region: String,
    /// The words of the saved search.
    words: String,
    /// How they are held against an item: `words`, or what a capability registered.
    finder: String,
    /// `now`, `daily`, `weekly`.
    rhythm: String,
    /// `inbox`, `mail`, `wechat`, `hook`.
    channels: Vec<String>,
}

impl From<&Subscription> for SubJson {
    fn from(sub: &Subscription) -> Self {
        Self {
            id: sub.id.to_string(),
            version: sub.version,
            active: sub.active,
            name: sub.name.clone(),
            kinds: sub.asked.kinds.clone(),
            sectors: sub.asked.sectors.iter().map(|s| s.code().to_owned()).collect(),
            region: sub.asked.region.map_or_else(String::new, |r| r.to_string()),
            words: sub.words.clone(),
            finder: sub.finder.clone(),
            rhythm: sub.rhythm.code().to_owned(),
            channels: sub.channels.iter().map(|c| c.code().to_owned()).collect(),
        }
    }
}

/// A subscription as it is sent.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(crate) struct SubInput {
    /// Its name.
    name: String,
    /// Kinds; empty for all.
    kinds: Vec<String>,
    /// Fields; empty for all.
    sectors: Vec<String>,
    /// A division; empty for everywhere.
    region: String,
    /// Words; empty for any.
    words: String,
    /// `words` where it is left out.
    finder: String,
    /// `now`, `daily`, `weekly`.
    rhythm: String,
    /// At least one of `inbox`, `mail`, `wechat`, `hook`.
    channels: Vec<String>,
    /// When one is written anew: the version that was seen.
    version: i64,
    /// When one is written anew: whether it goes on; left out, it stays as it is.
    active: Option<bool>,
}

impl SubInput {
    fn typed(&self) -> Typed {
        Typed {
            name: self.name.clone(),
            kinds: self.kinds.clone(),
            sectors: self.sectors.clone(),
            region: self.region.clone(),
            words: self.words.clone(),
            finder: self.finder.clone(),
            rhythm: self.rhythm.clone(),
            channels: self.channels.clone(),
        }
    }
}

/// One's own subscriptions.
#[utoipa::path(get, path = "/api/v1/subscriptions", tag = "push",
    responses((status = 200, body = [SubJson])), security(("token" = [])))]
pub(crate) async fn list(cx: Cx) -> Result<Response> {
    let subs = model::all_own(&cx.app, &cx.actor).await?;
    cx.json(&subs.iter().map(SubJson::from).collect::<Vec<_>>())
}

/// Makes a subscription.
#[utoipa::path(post, path = "/api/v1/subscriptions", tag = "push", request_body = SubInput,
    responses((status = 201, body = SubJson), (status = 422, description = "Refused, with the issues by field")), security(("token" = [])))]
pub(crate) async fn create(cx: Cx, Json(input): Json<SubInput>) -> Result<Response> {
    let id = model::create(&cx.app, &cx.actor, &input.typed()).await?;
    let sub = model::own(&cx.app, &cx.actor, id).await?;
    cx.json_with(axum::http::StatusCode::CREATED, &SubJson::from(&sub))
}

async fn own(cx: &Cx, id: &str) -> Result<Subscription> {
    let id: Uuid = id.parse().map_err(|_| Fault::not_found())?;
    model::own(&cx.app, &cx.actor, id).await
}

/// One subscription.
#[utoipa::path(get, path = "/api/v1/subscriptions/{id}", tag = "push", params(("id" = String, Path, description = "The subscription")),
    responses((status = 200, body = SubJson), (status = 404, description = "No such, or somebody else's")), security(("token" = [])))]
pub(crate) async fn get(cx: Cx, Path(id): Path<String>) -> Result<Response> {
    cx.json(&SubJson::from(&own(&cx, &id).await?))
}

/// Writes a subscription anew; pauses it or lets it go on.
#[utoipa::path(put, path = "/api/v1/subscriptions/{id}", tag = "push", params(("id" = String, Path, description = "The subscription")),
    request_body = SubInput,
    responses((status = 200, body = SubJson), (status = 409, description = "Changed meanwhile"), (status = 422, description = "Refused")), security(("token" = [])))]
pub(crate) async fn put(cx: Cx, Path(id): Path<String>, Json(input): Json<SubInput>) -> Result<Response> {
    let sub = own(&cx, &id).await?;
    model::update(&cx.app, &cx.actor, &sub, input.version, &input.typed()).await?;
    let sub = own(&cx, &id).await?;
    if let Some(active) = input.active.filter(|active| *active != sub.active) {
        model::set_active(&cx.app, &cx.actor, &sub, active).await?;
    }
    cx.json(&SubJson::from(&own(&cx, &id).await?))
}

/// Removes a subscription.
#[utoipa::path(delete, path = "/api/v1/subscriptions/{id}", tag = "push", params(("id" = String, Path, description = "The subscription")),
    responses((status = 200, description = "Removed")), security(("token" = [])))]
pub(crate) async fn delete(cx: Cx, Path(id): Path<String>, _: NoBody) -> Result<Response> {
    let sub = own(&cx, &id).await?;
    model::delete(&cx.app, &cx.actor, &sub).await?;
    cx.json(&serde_json::json!({}))
}

/// What a subscription would have brought.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewJson {
    /// The days that were looked through.
    days: i64,
    /// How many items fit.
    count: usize,
    /// The newest of them.
    items: Vec<PreviewItem>,
}

/// An item of a preview.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewItem {
    /// Its title.
    title: String,
    /// Its page.
    url: String,
    /// When it was published.
    #[schema(value_type = String, format = DateTime)]
    published_at: Stamp,
}

/// What a subscription would have brought in the last 30 days.
#[utoipa::path(get, path = "/api/v1/subscriptions/{id}/preview", tag = "push", params(("id" = String, Path, description = "The subscription")),
    responses((status = 200, body = PreviewJson)), security(("token" = [])))]
pub(crate) async fn preview(cx: Cx, Path(id): Path<String>) -> Result<Response> {
    let sub = own(&cx, &id).await?;
    let checked = model::Checked {
        name: sub.name.clone(),
        asked: sub.asked.clone(),
        words: sub.words.clone(),
        finder: sub.finder.clone(),
        rhythm: sub.rhythm,
        channels: sub.channels.clone(),
    };
    let found = model::preview(&cx, &checked).await?;
    let item = |(title, path, at): (String, String, i64)| PreviewItem {
        title,
        url: format!("{}{path}", cx.app.settings.base_url),
        published_at: Stamp::from_micros(at),
    };
    cx.json(&PreviewJson {
        days: model::PREVIEW_DAYS,
        count: found.count,
        items: found.items.into_iter().map(item).collect(),
    })
}

/// How much of what should go went.
#[derive(Debug, Serialize, ToSchema)]
struct CoverageJson {
    /// Pairs of need and university that should be.
    should: i64,
    /// Of them, pushed.
    pushed: i64,
    /// On their way.
    due: i64,
    /// Missing.
    missing: i64,
    /// Pushed of should in percent, rounded down.
    percent: i64,
    /// By need, newest first.
    needs: Vec<LineJson>,
    /// By university, those with most missing first.
    organisations: Vec<LineJson>,
}

/// A need or a university.
#[derive(Debug, Serialize, ToSchema)]
struct LineJson {
    /// Its id.
    id: String,
    /// Title or name; empty for a need that is not public any more.
    name: String,
    /// How many should.
    should: i64,
    /// How many did.
    pushed: i64,
    /// How many are missing.
    missing: i64,
    /// How many were opened.
    opened: i64,
    /// How many were answered.
    answered: i64,
    /// Pushed of should in percent, rounded down.
    percent: i64,
}

fn line_json(line: Line) -> LineJson {
    LineJson {
        id: line.id.to_string(),
        name: line.name,
        should: line.should,
        pushed: line.pushed,
        missing: line.missing,
        opened: line.opened,
        answered: line.answered,
        percent: percent(line.pushed, line.should),
    }
}

/// The coverage (R129): `group=university` or `institute`, `which=public` or `all`.
#[utoipa::path(get, path = "/api/v1/push/coverage", tag = "push",
    params(("group" = Option<String>, Query), ("which" = Option<String>, Query)),
    responses((status = 200, body = CoverageJson)), security(("token" = [])))]
pub(crate) async fn coverage(cx: Cx, Query(query): Query<CoverQuery>) -> Result<Response> {
    cx.permit(SEE, &Subject::NONE)?;
    let scope = query.scope();
    let mut conn = cx.app.read().await?;
    let sums = targets::sums(&mut conn, scope).await?;
    let needs = targets::by_need(&mut conn, scope, LINES_MAX, 0).await?;
    let orgs = targets::by_org(&mut conn, scope, LINES_MAX, 0).await?;
    drop(conn);
    cx.json(&CoverageJson {
        percent: percent(sums.pushed, sums.should),
        should: sums.should,
        pushed: sums.pushed,
        due: sums.due,
        missing: sums.missing,
        needs: needs.into_iter().map(line_json).collect(),
        organisations: orgs.into_iter().map(line_json).collect(),
    })
}

/// A university with a need.
#[derive(Debug, Serialize, ToSchema)]
struct PairJson {
    /// The organisation's id.
    org: String,
    /// Its name.
    name: String,
    /// `pushed`, `due`, `missing`.
    state: String,
    /// Why it is not pushed: `no-liaison`, `no-address`, `unsubscribed`, `bounced`, `failed`; `quiet`, `digest`, `waiting`,
    /// `sending`.
    why: String,
    /// When it was pushed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pushed_at: Option<Stamp>,
    /// By which channel.
    channel: String,
    /// When it was opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    opened_at: Option<Stamp>,
    /// `interested`, `not-for-us`, or empty.
    answer: String,
}

fn pair_json(pair: Standing) -> PairJson {
    PairJson {
        org: pair.row.org_id.to_string(),
        name: pair.row.org_name,
        state: pair.state.to_owned(),
        why: pair.why,
        pushed_at: pair.row.pushed_at.map(Stamp::from_micros),
        channel: pair.row.channel,
        opened_at: pair.row.opened_at.map(Stamp::from_micros),
        answer: pair.row.answer,
    }
}

/// The coverage of one need: who got it, who did not, and why (R128).
#[utoipa::path(get, path = "/api/v1/push/coverage/{id}", tag = "push", params(("id" = String, Path, description = "The need")),
    responses((status = 200, body = [PairJson])), security(("token" = [])))]
pub(crate) async fn coverage_of(cx: Cx, Path(id): Path<String>, Query(query): Query<CoverQuery>) -> Result<Response> {
    cx.permit(SEE, &Subject::NONE)?;
    let id: Uuid = id.parse().map_err(|_| Fault::not_found())?;
    let scope = Scope {
        with_ended: true,
        ..query.scope()
    };
    let mut conn = cx.app.read().await?;
    let pairs = standing(&mut conn, cx.now, scope, Of::Need(id), LINES_MAX, 0).await?;
    drop(conn);
    cx.json(&pairs.into_iter().map(pair_json).collect::<Vec<_>>())
}

/// The partner whose token a request carries. A wrong one finds nothing, as a wrong address does.
async fn partner(cx: &Cx, headers: &axum::http::HeaderMap) -> Result<PartnerRow> {
    let token = headers
        .get(PARTNER_HEADER)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    if token.is_empty() {
        return Err(Fault::not_found());
    }
    let mut conn = cx.app.read().await?;
    let found = store::by_token(&mut conn, &token_hash(token)).await?;
    found.ok_or_else(Fault::not_found)
}

/// A batch in a list.
#[derive(Debug, Serialize, ToSchema)]
struct BatchJson {
    /// Its id.
    id: String,
    /// Its number with this partner.
    number: i64,
    /// Its title.
    title: String,
    /// When it was recommended.
    #[schema(value_type = String, format = DateTime)]
    at: Stamp,
    /// Until when a word on it is asked for.
    #[schema(value_type = String, format = DateTime)]
    due_at: Stamp,
    /// Whether nothing more is asked.
    closed: bool,
}

fn batch_json(row: &BatchRow) -> BatchJson {
    BatchJson {
        id: row.id.to_string(),
        number: row.number,
        title: row.title.clone(),
        at: Stamp::from_micros(row.created_at),
        due_at: Stamp::from_micros(row.due_at),
        closed: row.closed_at.is_some(),
    }
}

/// A partner's batches, the newest first. The token goes into the header `X-Partner-Token`.
#[utoipa::path(get, path = "/api/v1/partner/batches", tag = "partners",
    params(("X-Partner-Token" = String, Header, description = "The partner's token")),
    responses((status = 200, body = [BatchJson]), (status = 404, description = "Another token")))]
pub(crate) async fn batches(cx: Cx, headers: axum::http::HeaderMap) -> Result<Response> {
    let partner = partner(&cx, &headers).await?;
    let mut conn = cx.app.read().await?;
    let rows = store::batches(&mut conn, partner.id).await?;
    drop(conn);
    cx.json(&rows.iter().map(batch_json).collect::<Vec<_>>())
}

/// A batch with its needs.
#[derive(Debug, Serialize, ToSchema)]
struct BatchWhole {
    /// The batch.
    batch: BatchJson,
    /// Its needs in order.
    needs: Vec<NeedJson>,
}

/// A need of a batch, as the public sees it.
#[derive(Debug, Serialize, ToSchema)]
struct NeedJson {
    /// Its id.
    id: String,
    /// Whether it is public; else nothing but the id is told.
    public: bool,
    /// Its title.
    title: String,
    /// The head of its text.
    summary: String,
    /// Fields of industry.
    sectors: Vec<String>,
    /// Its division.
    region: Option<String>,
    /// Facts, as key and text.
    facts: Vec<(String, String)>,
    /// Its page.
    url: String,
    /// What the partner said last: `received`, `passed`, `interested`, `talking`, `signed`, `declined`, or empty.
    stage: String,
}

async fn own_batch(cx: &Cx, headers: &axum::http::HeaderMap, id: &str) -> Result<BatchRow> {
    let partner = partner(cx, headers).await?;
    let id: Uuid = id.parse().map_err(|_| Fault::not_found())?;
    let mut conn = cx.app.read().await?;
    let batch = store::batch(&mut conn, id).await?;
    if batch.partner_id == partner.id {
        Ok(batch)
    } else {
        Err(Fault::not_found())
    }
}

/// One batch.
#[utoipa::path(get, path = "/api/v1/partner/batches/{id}", tag = "partners",
    params(("id" = String, Path, description = "The batch"), ("X-Partner-Token" = String, Header, description = "The partner's token")),
    responses((status = 200, body = BatchWhole), (status = 404, description = "No such, or another partner's")))]
pub(crate) async fn batch(cx: Cx, Path(id): Path<String>, headers: axum::http::HeaderMap) -> Result<Response> {
    let batch = own_batch(&cx, &headers, &id).await?;
    let permit = cx.permit(PARTNER_SIDE, &Subject::NONE)?;
    partners::fetched(&cx.app, &permit, &batch).await?;
    let need = |item: partners::BatchItem| {
        let public = item.public;
        NeedJson {
            id: item.entry.to_string(),
            public: public.is_some(),
            stage: item.stage,
            title: public.as_ref().map_or_else(String::new, |p| p.item.title.clone()),
            summary: public.as_ref().map_or_else(String::new, |p| p.summary.clone()),
            sectors: public.as_ref().map_or_else(Vec::new, |p| p.gist.sectors.clone()),
            region: public.as_ref().and_then(|p| p.item.region).map(|r| r.to_string()),
            facts: public.as_ref().map_or_else(Vec::new, |p| p.gist.facts.clone()),
            url: public.map_or_else(String::new, |p| format!("{}{}", cx.app.settings.base_url, p.path)),
        }
    };
    let items = partners::items_of(&cx.app, batch.id).await?;
    cx.json(&BatchWhole {
        batch: batch_json(&batch),
        needs: items.into_iter().map(need).collect(),
    })
}

/// What became of a batch's needs.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(crate) struct FeedbackInput {
    /// Words on single needs.
    needs: Vec<WordInput>,
    /// A word on the whole.
    note: String,
}

/// What became of one need.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(crate) struct WordInput {
    /// The need's id.
    id: String,
    /// `received`, `passed`, `interested`, `talking`, `signed`, `declined`.
    stage: String,
    /// More on it.
    note: String,
}

/// Says what became of a batch's needs (R130). The token proves who speaks, so there is no other.
#[utoipa::path(post, path = "/api/v1/partner/batches/{id}/feedback", tag = "partners", request_body = FeedbackInput,
    params(("id" = String, Path, description = "The batch"), ("X-Partner-Token" = String, Header, description = "The partner's token")),
    responses((status = 200, description = "Kept"), (status = 404, description = "No such batch or need"), (status = 422, description = "Refused")))]
pub(crate) async fn feedback(cx: Cx, Path(id): Path<String>, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let batch = own_batch(&cx, &parts.headers, &id).await?;
    let bytes = axum::body::to_bytes(body, FEEDBACK_MAX)
        .await
        .map_err(|_| Fault::too_large(FEEDBACK_MAX))?;
    let input: FeedbackInput = serde_json::from_slice(&bytes).map_err(|e| Fault::bad_request(e.to_string()))?;
    let mut words = Vec::with_capacity(input.needs.len() + 1);
    for word in input.needs {
        words.push(Word {
            entry: Some(word.id.parse().map_err(|_| Fault::not_found())?),
            stage: word.stage,
            note: word.note,
        });
    }
    if !input.note.trim().is_empty() {
        words.push(Word {
            entry: None,
            stage: String::new(),
            note: input.note,
        });
    }
    let permit = cx.permit(PARTNER_SIDE, &Subject::NONE)?;
    partners::say(&cx.app, &permit, &batch, &words, "api").await?;
    cx.json(&serde_json::json!({}))
}

#[derive(OpenApi)]
#[openapi(
    paths(
        list,
        create,
        get,
        put,
        delete,
        preview,
        coverage,
        coverage_of,
        batches,
        batch,
        feedback
    ),
    components(schemas(
        SubJson,
        SubInput,
        PreviewJson,
        PreviewItem,
        CoverageJson,
        LineJson,
        PairJson,
        BatchJson,
        BatchWhole,
        NeedJson,
        FeedbackInput,
        WordInput
    ))
)]
struct Api;

/// The description of these routes.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Api::openapi()
}
