//! Scoring the bidders of a scoring lot, before a price is opened.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Form, Result, Shell};
use uuid::Uuid;

use super::errors;
use crate::deeds::scoring;
use crate::model::Lot;
use crate::rules::SCORE;
use crate::store;

struct Cell {
    key: String,
    value: String,
    bad: bool,
}

#[derive(Template)]
#[template(path = "lot_scores.html")]
struct ScoresPage {
    s: Shell,
    lot: Lot,
    heads: Vec<String>,
    rows: Vec<(u32, Vec<Cell>)>,
    open: bool,
    errors: Vec<(String, String)>,
}

/// `GET /centre/lots/{lot}/scores`
pub(crate) async fn show(cx: Cx, Path(lot): Path<Uuid>) -> Result<Response> {
    page(&cx, lot, &BTreeMap::new(), Vec::new(), StatusCode::OK).await
}

async fn page(
    cx: &Cx,
    lot: Uuid,
    typed: &BTreeMap<String, String>,
    errors: Vec<(String, String)>,
    status: StatusCode,
) -> Result<Response> {
    let lot = store::lots::get(&mut cx.app.read().await?, lot).await?;
    cx.permit(SCORE, &lot.subject())?;
    let (paddles, criteria, open) = scoring::asked(&cx.app, &lot).await?;
    let terms = lot.terms()?;
    let name = |key: &String| {
        let found = terms.criteria.iter().find(|(known, _)| known == key);
        found.map_or_else(|| key.clone(), |(_, name)| name.clone())
    };
    let heads = criteria.iter().map(name).collect();
    let row = |paddle: bidding::Paddle| {
        let cell = |criterion: &String| {
            let key = scoring::field(paddle, criterion);
            Cell {
                value: typed.get(&key).cloned().unwrap_or_default(),
                bad: errors.iter().any(|(at, _)| *at == key),
                key,
            }
        };
        (paddle.0, criteria.iter().map(cell).collect())
    };
    let rows = paddles.into_iter().map(row).collect();
    cx.page_with(
        status,
        &ScoresPage {
            s: cx.shell(),
            lot,
            heads,
            rows,
            open,
            errors,
        },
    )
}

/// `POST /centre/lots/{lot}/scores`
pub(crate) async fn seal(cx: Cx, Path(lot): Path<Uuid>, Form(fields): Form<Vec<(String, String)>>) -> Result<Response> {
    let typed: BTreeMap<String, String> = fields.into_iter().collect();
    match scoring::seal(&cx.app, &cx.actor, lot, &typed).await {
        Ok(()) => Ok(cx.redirect_saying(&format!("/lots/{lot}"), &cx.t("lot-said-scored"))),
        Err(fault) => {
            let errors = errors(&cx, fault)?;
            page(&cx, lot, &typed, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
