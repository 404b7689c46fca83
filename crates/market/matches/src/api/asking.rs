//! Matching and search for machines: public items alone.

use accounts::{Gate, Guard};
use axum::body::Bytes;
use axum::extract::Path;
use axum::response::Response;
use entries::browse::Params as Narrow;
use jcore::{Cx, Fault, Query, Result};
use matching::{Family, TEXT_CHARS_MAX};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

use crate::analysis::{Analysis, analyse};
use crate::asking::{Asked, SHOWN};
use crate::deeds::opening::NEED;
use crate::finding::{Fit, find, fits};
use crate::index::{Matcher, blocking};
use crate::items::items;
use crate::marked::{Piece, pieces};
use crate::own::fitting;
use crate::pages::search::{self, Params};

/// Matches of one answer at most.
const LIMIT_MAX: usize = 100;

/// A text to be matched.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct MatchBody {
    /// The text; its first line is taken for a title.
    text: String,
    /// Only offers of this kind: `patent`, `achievement`.
    kind: String,
    /// Only of this field of industry, by its code.
    sector: String,
    /// Only of this division, by its six-digit code.
    region: String,
    /// Only of this readiness: `1-3`, `4-5`, `6-7`, `8-9`.
    maturity: String,
    /// Only with this way of dealing, by its code.
    mode: String,
    /// Matches at most, 1 to 100; 30 where it is left out.
    limit: Option<usize>,
}

/// A match.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiMatch {
    /// The item.
    #[schema(value_type = String)]
    id: Uuid,
    /// Its title.
    title: String,
    /// Its kind, in words.
    kind: String,
    /// Its page.
    href: String,
    /// `strong`, `good`, `weak`, `none`.
    band: &'static str,
    /// The engine's score; of use only within one answer.
    score: f32,
    /// What speaks for it, in the language of the request.
    reasons_for: Vec<String>,
    /// What speaks against it.
    reasons_against: Vec<String>,
}

impl ApiMatch {
    fn of(fit: Fit) -> Self {
        Self {
            id: fit.row.id,
            title: fit.row.title,
            kind: fit.row.kind,
            href: fit.row.href,
            band: fit.band,
            score: fit.score,
            reasons_for: fit.pros,
            reasons_against: fit.cons,
        }
    }
}

/// A field or class that a text is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiField {
    /// The field in words, or the class with its code.
    name: String,
    /// How likely, in percent.
    percent: i64,
}

/// What a text says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiAnalysis {
    /// Its title.
    title: String,
    /// Its fields, the likeliest first.
    fields: Vec<ApiField>,
    /// Its classes of industry (GB/T 4754), where any is likely.
    industry: Vec<ApiField>,
    /// Its classes of patents (IPC).
    ipc: Vec<ApiField>,
    /// Its technical indicators.
    indicators: Vec<String>,
    /// Its budget, as written; empty when none is told.
    budget: String,
    /// What a need would have to say that it does not.
    lacks: Vec<String>,
    /// How complete it is as a need, 0 to 100.
    score: i64,
}

impl ApiAnalysis {
    fn of(analysis: Analysis) -> Self {
        let field = |(name, percent)| ApiField { name, percent };
        Self {
            title: analysis.title,
            fields: analysis.fields.into_iter().map(field).collect(),
            industry: analysis.industry.into_iter().map(field).collect(),
            ipc: analysis.ipc.into_iter().map(field).collect(),
            indicators: analysis.indicators,
            budget: analysis.budget,
            lacks: analysis.lacks,
            score: analysis.score,
        }
    }
}

/// What fits a text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatchAnswer {
    /// What the text says.
    analysis: ApiAnalysis,
    /// What fits, the best first.
    matches: Vec<ApiMatch>,
}

/// Finds offers for a pasted need. Nothing of it is kept; no account is needed.
#[utoipa::path(post, path = "/api/v1/match", tag = "matches", request_body = MatchBody,
    responses(
        (status = 200, description = "What fits", body = MatchAnswer),
        (status = 422, description = "The text is too short"),
        (status = 429, description = "Too many from this address"),
    ))]
// It changes nothing and is open to everyone, so it asks for no token against forged requests.
pub(crate) async fn ask(cx: Cx, body: Bytes) -> Result<Response> {
    Guard::of(&cx.app)?.pass(Gate::Match, &cx.address, cx.now)?;
    let body: MatchBody = serde_json::from_slice(&body).map_err(|e| Fault::bad_request(e.to_string()))?;
    let asked = Asked {
        text: body.text.trim().chars().take(TEXT_CHARS_MAX).collect(),
        params: Narrow {
            kind: body.kind,
            sector: body.sector,
            region: body.region,
            maturity: body.maturity,
            mode: body.mode,
            ..Narrow::default()
        },
    };
    asked.check()?;
    let analysis = analyse(&cx, &asked.text).await?;
    let limit = body.limit.unwrap_or(SHOWN).clamp(1, LIMIT_MAX);
    let found = find(&cx.app, asked.query(&cx, &analysis, limit)).await?;
    let matches = fits(&cx, &found, analysis.asking())
        .await?
        .into_iter()
        .map(ApiMatch::of)
        .collect();
    cx.json(&MatchAnswer {
        analysis: ApiAnalysis::of(analysis),
        matches,
    })
}

/// How many matches are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct LimitQuery {
    /// Matches at most, 1 to 100; 30 where it is left out.
    limit: Option<usize>,
}

/// What fits a public item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatchList {
    /// What fits, the best first.
    matches: Vec<ApiMatch>,
}

async fn list(cx: &Cx, id: Uuid, is_need: bool, query: &LimitQuery) -> Result<Response> {
    Guard::of(&cx.app)?.pass(Gate::Search, &cx.address, cx.now)?;
    let entry = entries::entry(&mut cx.app.read().await?, id.into()).await?;
    if !entry.is_public(cx.now.micros()) || (entry.kind == NEED) != is_need {
        return Err(Fault::not_found());
    }
    let family = if is_need { Family::Offer } else { Family::Need };
    let limit = query.limit.unwrap_or(SHOWN).clamp(1, LIMIT_MAX);
    let matches = fitting(cx, id, family, limit)
        .await?
        .into_iter()
        .map(ApiMatch::of)
        .collect();
    cx.json(&MatchList { matches })
}

/// Offers that fit a public need.
#[utoipa::path(get, path = "/api/v1/needs/{id}/matches", tag = "matches", params(("id" = String, Path, description = "The need"), LimitQuery),
    responses(
        (status = 200, description = "What fits", body = MatchList),
        (status = 404, description = "There is none that is public"),
        (status = 429, description = "Too many from this address"),
    ))]
pub(crate) async fn of_need(cx: Cx, Path(id): Path<Uuid>, Query(query): Query<LimitQuery>) -> Result<Response> {
    list(&cx, id, true, &query).await
}

/// Needs that a public offer could answer.
#[utoipa::path(get, path = "/api/v1/offers/{id}/matches", tag = "matches", params(("id" = String, Path, description = "The offer"), LimitQuery),
    responses(
        (status = 200, description = "What fits", body = MatchList),
        (status = 404, description = "There is none that is public"),
        (status = 429, description = "Too many from this address"),
    ))]
pub(crate) async fn of_offer(cx: Cx, Path(id): Path<Uuid>, Query(query): Query<LimitQuery>) -> Result<Response> {
    list(&cx, id, false, &query).await
}

/// A hit of a search.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiHit {
    /// The item.
    #[schema(value_type = String)]
    id: Uuid,
    /// Its kind, by its code.
    kind: String,
    /// Its page.
    href: String,
    /// Its title, piece by piece, with what was searched for marked.
    title: Vec<Piece>,
    /// The piece of its text that has the words.
    snippet: Vec<Piece>,
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchAnswer {
    /// How many in all.
    total: usize,
    /// Whether nothing has every word, and these have most of them.
    is_loose: bool,
    /// This page's hits.
    hits: Vec<ApiHit>,
    /// How many of all of them have each kind, field, region, level and mode.
    #[schema(value_type = Object)]
    facets: matching::Facets,
}

/// Searches everything public, twenty hits a page.
#[utoipa::path(get, path = "/api/v1/search", tag = "matches", params(Params),
    responses(
        (status = 200, description = "What was found", body = SearchAnswer),
        (status = 429, description = "Too many from this address"),
    ))]
pub(crate) async fn search(cx: Cx, Query(params): Query<Params>) -> Result<Response> {
    let found = search::hits(&cx, params.search(&cx)).await?;
    let ids: Vec<Uuid> = found.items.iter().map(|hit| hit.id).collect();
    let mut rows = items(&cx, &ids).await?;
    let hit = |hit: matching::Hit| {
        let row = rows.remove(&hit.id)?;
        Some(ApiHit {
            id: hit.id,
            kind: hit.kind,
            href: row.href,
            title: pieces(&hit.title),
            snippet: pieces(&hit.snippet),
        })
    };
    cx.json(&SearchAnswer {
        total: found.total,
        is_loose: found.is_loose,
        hits: found.items.into_iter().filter_map(hit).collect(),
        facets: found.facets,
    })
}

/// How this node's index stands: how many items it holds, and whether it is being built anew.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndexState {
    /// Items that can be found.
    items: usize,
    /// Whether it is to be built anew.
    needs_rebuild: bool,
}

/// How the index of the node that answers stands.
#[utoipa::path(get, path = "/api/v1/search/index", tag = "matches",
    responses((status = 200, description = "Its state", body = IndexState)))]
pub(crate) async fn index(cx: Cx) -> Result<Response> {
    let engine = Matcher::of(&cx.app)?.engine(&cx.app).await?;
    let state = blocking(move || {
        Ok::<_, String>(IndexState {
            items: engine.len(),
            needs_rebuild: engine.needs_rebuild(),
        })
    })
    .await?;
    cx.json(&state)
}

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(
    paths(ask, of_need, of_offer, search, index),
    components(schemas(
        MatchBody,
        MatchAnswer,
        ApiAnalysis,
        ApiField,
        ApiMatch,
        MatchList,
        SearchAnswer,
        ApiHit,
        Piece,
        IndexState
    ))
)]
pub(crate) struct Api;
