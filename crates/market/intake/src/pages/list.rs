//! Bringing a sheet in, and the list of batches.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, FaultKind, Multipart, Query, Result, Shell};
use kernel::OrgId;
use serde::Deserialize;
use uuid::Uuid;

use super::{Pager, said_again};
use crate::store::{self, Filter};
use crate::stored::BatchState;
use crate::template::kind_name;
use crate::view::{self, BatchView};
use crate::{Kinds, Sent, access};

/// Batches a page.
const BATCHES_A_PAGE: i64 = 20;

/// A choice of the upload form.
struct Pick {
    value: String,
    text: String,
    template: String,
    selected: bool,
}

#[derive(Template)]
#[template(path = "intake_list.html")]
struct ListPage {
    s: Shell,
    kinds: Vec<Pick>,
    orgs: Vec<Pick>,
    org_optional: bool,
    error: Option<String>,
    all_kinds: Vec<Pick>,
    states: Vec<Pick>,
    batches: Vec<BatchView>,
    count: i64,
    filtered: bool,
    pager: Pager,
}

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ListQuery {
    kind: Option<String>,
    state: Option<String>,
    page: Option<i64>,
}

/// `GET /intake`
pub(crate) async fn list(cx: Cx, Query(query): Query<ListQuery>) -> Result<Response> {
    list_page(&cx, &query, None, StatusCode::OK).await
}

async fn list_page(cx: &Cx, query: &ListQuery, error: Option<String>, status: StatusCode) -> Result<Response> {
    let blank = |text: &&str| !text.is_empty();
    let kind = query.kind.as_deref().filter(blank);
    let state = query.state.as_deref().filter(blank);
    let page = query.page.unwrap_or(1).max(1);
    let mut conn = cx.app.read().await?;
    let (rows, count) = match access::whose(&cx.app, &cx.actor) {
        Some(whose) => {
            let offset = (page - 1).saturating_mul(BATCHES_A_PAGE);
            store::batches(&mut conn, &whose, &Filter { kind, state }, BATCHES_A_PAGE, offset).await?
        }
        None => (Vec::new(), 0),
    };
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let tallies = store::tallies(&mut conn, &ids).await?;
    drop(conn);
    let mut batches = Vec::with_capacity(rows.len());
    for row in &rows {
        // Each name is opened by the right to its own batch.
        let subject = jcore::Subject {
            org: row.org(),
            region: row.region(),
            user: row.user(),
        };
        if let Some(sight) = cx.sight(access::USE, &subject) {
            batches.push(view::batch_view(cx, row, &sight, &tallies)?);
        }
    }
    let orgs = sender_orgs(cx).await?;
    let address = |page: i64| {
        let (kind, state) = (kind.unwrap_or_default(), state.unwrap_or_default());
        cx.href(&format!("/intake?kind={kind}&state={state}&page={page}"))
    };
    let answer = ListPage {
        s: cx.shell(),
        kinds: kind_options(cx, kind),
        org_optional: cx.may(access::USE, &jcore::Subject::NONE),
        orgs,
        error,
        all_kinds: all_kinds(cx, kind),
        states: states(cx, state),
        batches,
        count,
        filtered: kind.is_some() || state.is_some(),
        pager: Pager::new(page, count, BATCHES_A_PAGE, address),
    };
    cx.page_with(status, &answer)
}

fn option(value: &str, text: String, chosen: Option<&str>) -> Pick {
    Pick {
        value: value.to_owned(),
        text,
        template: String::new(),
        selected: chosen == Some(value),
    }
}

/// The kinds that this person may bring in, each with its workbook.
fn kind_options(cx: &Cx, chosen: Option<&str>) -> Vec<Pick> {
    let one = |kind: &std::sync::Arc<dyn crate::Kind>| Pick {
        template: cx.href(&format!("/templates/{}.xlsx", kind.key())),
        ..option(kind.key(), kind_name(&cx.app, kind.key(), cx.lang), chosen)
    };
    access::kinds_for(&cx.app, &cx.actor).into_iter().map(one).collect()
}

fn all_kinds(cx: &Cx, chosen: Option<&str>) -> Vec<Pick> {
    let kinds = cx.app.extra::<Kinds>().map(Kinds::all).unwrap_or_default();
    kinds
        .iter()
        .map(|kind| option(kind.key(), kind_name(&cx.app, kind.key(), cx.lang), chosen))
        .collect()
}

fn states(cx: &Cx, chosen: Option<&str>) -> Vec<Pick> {
    let one = |state: BatchState| option(state.code(), cx.t(&format!("intake-state-{}", state.code())), chosen);
    BatchState::ALL.into_iter().map(one).collect()
}

/// The organisations that this person may send for, when there is a choice.
async fn sender_orgs(cx: &Cx) -> Result<Vec<Pick>> {
    let orgs = cx.actor.orgs();
    if orgs.len() < 2 {
        return Ok(Vec::new());
    }
    let names = store::org_names(&mut cx.app.read().await?, &orgs).await?;
    Ok(names
        .into_iter()
        .map(|(id, name)| option(&id.to_string(), name, None))
        .collect())
}

/// `POST /intake`
pub(crate) async fn send(cx: Cx, form: Multipart) -> Result<Response> {
    let kind = form.first("kind").unwrap_or_default().to_owned();
    let org = match form.first("org").map(str::trim).filter(|org| !org.is_empty()) {
        Some(org) => Some(org.parse::<OrgId>().map_err(|_| Fault::not_found())?),
        None => access::default_org(&cx.app, &cx.actor, &kind)?,
    };
    let taken = match form.files.first() {
        Some(file) => crate::send(&cx.app, &cx.actor, &kind, org, &file.name, &file.content).await,
        None => Err(Fault::new(FaultKind::Refused, "intake-no-file")),
    };
    match taken {
        Ok(Sent::Again(batch, told)) => Ok(cx.redirect_saying(&format!("/intake/{batch}"), &said_again(&cx, told))),
        Ok(Sent::New(batches)) => match batches.as_slice() {
            [one] => Ok(cx.redirect(&format!("/intake/{one}"))),
            many => {
                let said = cx.ta("intake-said-sheets", &[("n", many.len().to_string())]);
                Ok(cx.redirect_saying("/intake", &said))
            }
        },
        Err(fault) if fault.code.starts_with("intake-") => {
            let said = format!(
                "{}：{}",
                fault.title(&cx.app.words, cx.lang),
                fault.text(&cx.app.words, cx.lang)
            );
            let query = ListQuery {
                kind: Some(kind),
                ..ListQuery::default()
            };
            list_page(&cx, &query, Some(said), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(fault) => Err(fault),
    }
}
