//! Writing by machine: a draft from texts, handing in, review.

use axum::extract::Path;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use forms::Draft;
use jcore::{Cx, Fault, FieldFault, Json, Result, Routes, act};
use kernel::{EntryId, Issue, Level};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

use super::{ApiIssue, Texts};
use crate::actions::{PUBLISH, RETURN, SUBMIT, WRITE};
use crate::compose::wants_word;
use crate::gate;
use crate::kind::EntryKind;
use crate::life;
use crate::rules::{Move, Reason, ReasonCode, State};
use crate::sheet::{Known, Owner, known, owner};
use crate::store;

/// What is to become of a new entry.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CreateQuery {
    /// Hand it in at once; otherwise it stays a draft.
    pub submit: bool,
    /// With `submit`: the public version was looked at. Needed where something is withheld or a text tells of it.
    pub confirm: bool,
}

/// An entry as its owner knows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiState {
    /// Its id.
    #[schema(example = "01890a5d-ac96-774b-bcce-b302099a8057")]
    pub id: String,
    /// Its state: `draft`, `submitted`, `returned`, `accepted`, `published`, `expired`, `withdrawn`.
    pub state: &'static str,
    /// Its version, to be sent with what is done next.
    pub version: i64,
    /// How complete it is, 0–100.
    pub score: i64,
    /// Warnings and notes.
    pub issues: Vec<ApiIssue>,
}

/// Makes an entry from texts: a draft, or handed in. Everything that a sheet's row must fulfil must be fulfilled.
///
/// # Errors
/// Refused with the issues by field; denied for another organisation's; the store's.
pub async fn create(cx: &Cx, kind: &dyn EntryKind, texts: Texts, query: &CreateQuery) -> Result<Response> {
    let submit = query.submit;
    let raw: Draft = texts;
    let unknown = kind.form().unknown(&raw);
    if !unknown.is_empty() {
        let fault = |key: &&str| FieldFault {
            field: Some((*key).to_owned()),
            issue: Issue::error("entries-unknown-field").with("field", (*key).to_owned()),
        };
        return Err(Fault::refused(unknown.iter().map(fault).collect()));
    }
    let record = forms::read(kind.form(), &raw, &intake::context(&cx.app, false));
    let whose = {
        let mut conn = cx.app.read().await?;
        owner(&mut conn, &cx.app, kind, &record).await?
    };
    let Some(whose) = whose else {
        return Err(Fault::refused(errors_of(&record)));
    };
    let permit = cx.permit(if submit { SUBMIT } else { WRITE }, &whose.subject())?;
    let made: (Uuid, i64, forms::Record) = act!(cx.app, permit, |act| {
        let composed = {
            let org = whose.org(act.now.micros());
            life::composed(&mut act, kind, &raw, &org, false).await?
        };
        let errors = errors_of(&composed.record);
        if !errors.is_empty() {
            return Err(Fault::refused(errors));
        }
        if submit && !query.confirm && wants_word(&composed) {
            return Err(unconfirmed());
        }
        if !matches!(
            known(&mut act.conn, kind, &composed.dup_key, &whose).await?,
            Known::None
        ) {
            return Err(Fault::issue(None, Issue::error("entries-duplicate")));
        }
        let org = match &whose {
            Owner::Known(org) => (**org).clone(),
            Owner::New(new) => accounts::ensure_org(&mut act, new.clone()).await?,
        };
        if submit {
            let blocks = gate::blocks(&mut act, &org, kind.key()).await?;
            if !blocks.is_empty() {
                return Err(Fault::refused(
                    blocks.iter().map(|issue| field_fault(None, issue)).collect(),
                ));
            }
        }
        let state = if submit { State::Submitted } else { State::Draft };
        let id = life::make(&mut act, kind, &raw, &org, &composed, None, state).await?;
        let key = if submit { Move::Submit.note() } else { "entry.made" };
        act.note(
            key,
            "entry",
            id.uuid(),
            json!({ "kind": kind.key(), "score": composed.score }),
        );
        Ok((id.uuid(), composed.score, composed.record))
    })?;
    let (id, score, record) = made;
    let state = if submit { State::Submitted } else { State::Draft };
    let issues = record.all_issues().map(|(key, issue)| field_fault(key, issue));
    let issues = issues.map(|f| ApiIssue::new(cx, &f)).collect();
    cx.json_with(
        StatusCode::CREATED,
        &ApiState {
            id: id.to_string(),
            state: state.code(),
            version: 1,
            score,
            issues,
        },
    )
}

fn field_fault(key: Option<&'static str>, issue: &Issue) -> FieldFault {
    FieldFault {
        field: key.map(str::to_owned),
        issue: issue.clone(),
    }
}

fn errors_of(record: &forms::Record) -> Vec<FieldFault> {
    let errors = record.all_issues().filter(|(_, issue)| issue.level == Level::Error);
    errors.map(|(key, issue)| field_fault(key, issue)).collect()
}

/// That the owner's word on the public version is missing.
fn unconfirmed() -> Fault {
    Fault::issue(Some("confirm"), Issue::error("entries-confirm"))
}

/// What is handed in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct SubmitBody {
    /// The version that was seen; without it, the present one.
    version: Option<i64>,
    /// The public version was looked at. Needed where something is withheld or a text tells of it.
    confirm: bool,
}

/// Which version is meant.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct StepBody {
    /// The version that was seen; without it, the present one.
    version: Option<i64>,
}

/// Why an entry is sent back.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct ReturnBody {
    /// The version that was seen; without it, the present one.
    version: Option<i64>,
    /// At least one reason.
    reasons: Vec<Reason>,
}

async fn step(cx: &Cx, id: Uuid, version: Option<i64>, by: Move, reasons: &[Reason]) -> Result<Response> {
    let id = EntryId::from(id);
    let seen = {
        let mut conn = cx.app.read().await?;
        store::read::get(&mut conn, id).await?.version
    };
    life::step(&cx.app, &cx.actor, id, version.unwrap_or(seen), by, reasons).await?;
    let mut conn = cx.app.read().await?;
    let entry = store::read::get(&mut conn, id).await?;
    cx.json(&ApiState {
        id: id.to_string(),
        state: entry.state().code(),
        version: entry.version,
        score: entry.score,
        issues: Vec::new(),
    })
}

/// Hands a draft in.
#[utoipa::path(post, path = "/api/v1/entries/{id}/submit", tag = "entries", request_body = SubmitBody,
    params(("id" = String, Path, description = "The entry")),
    responses(
        (status = 200, description = "Handed in", body = ApiState),
        (status = 409, description = "Changed meanwhile, or in a state that can't be handed in"),
        (status = 422, description = "Something is missing or wrong; the fields say what"),
    ))]
async fn submit(cx: Cx, Path(id): Path<Uuid>, Json(body): Json<SubmitBody>) -> Result<Response> {
    let entry = EntryId::from(id);
    let seen = match body.version {
        Some(version) => version,
        None => store::read::get(&mut cx.app.read().await?, entry).await?.version,
    };
    if !body.confirm && life::awaits_word(&cx.app, &cx.actor, entry, seen).await? {
        return Err(unconfirmed());
    }
    step(&cx, id, body.version, Move::Submit, &[]).await
}

/// Publishes an entry that was handed in or accepted.
#[utoipa::path(post, path = "/api/v1/entries/{id}/publish", tag = "entries", request_body = StepBody,
    params(("id" = String, Path, description = "The entry")),
    responses(
        (status = 200, description = "Published", body = ApiState),
        (status = 409, description = "Changed meanwhile, or in a state that can't be published"),
    ))]
async fn publish(cx: Cx, Path(id): Path<Uuid>, Json(body): Json<StepBody>) -> Result<Response> {
    step(&cx, id, body.version, Move::Publish, &[]).await
}

/// Sends an entry back with reasons.
#[utoipa::path(post, path = "/api/v1/entries/{id}/return", tag = "entries", request_body = ReturnBody,
    params(("id" = String, Path, description = "The entry")),
    responses(
        (status = 200, description = "Sent back", body = ApiState),
        (status = 409, description = "Changed meanwhile, or in a state that can't be sent back"),
        (status = 422, description = "No reasons, or reasons that won't do"),
    ))]
async fn send_back(cx: Cx, Path(id): Path<Uuid>, Json(body): Json<ReturnBody>) -> Result<Response> {
    step(&cx, id, body.version, Move::Return, &body.reasons).await
}

/// The routes of every kind of entry.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .api(Method::POST, "/api/v1/entries/{id}/submit", SUBMIT, submit)
        .api(Method::POST, "/api/v1/entries/{id}/publish", PUBLISH, publish)
        .api(Method::POST, "/api/v1/entries/{id}/return", RETURN, send_back)
}

#[derive(OpenApi)]
#[openapi(
    paths(submit, publish, send_back),
    components(schemas(ApiState, ApiIssue, StepBody, SubmitBody, ReturnBody, Reason, ReasonCode))
)]
struct Api;

/// The description of these routes.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Api::openapi()
}
