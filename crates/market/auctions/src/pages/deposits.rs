//! The ledger of deposits: what the bank says, whose it is, what goes back.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Multipart, Result, Shell, Subject};
use kernel::Stamp;
use serde::Deserialize;
use uuid::Uuid;

use super::{Amount, errors};
use crate::deeds::deposits::{self, LineBody, line_place};
use crate::rules::LEDGER;
use crate::store;
use crate::store::bank::{BatchRow, LineRow, StatementRow};

/// Lines, statements and files that the page shows.
const SHOWN: i64 = 50;

struct LineView {
    id: Uuid,
    day: String,
    amount: Amount,
    body: LineBody,
    note: String,
}

struct OwedView {
    lot: String,
    lot_id: Uuid,
    paddle: i64,
    amount: Amount,
    due: i64,
    late: bool,
}

struct SeenView {
    lot: String,
    lot_id: Uuid,
    count: usize,
}

#[derive(Template)]
#[template(path = "lot_deposits.html")]
struct LedgerPage {
    s: Shell,
    seen: Vec<SeenView>,
    unmatched: Vec<LineView>,
    matched: Vec<LineView>,
    owed: Vec<OwedView>,
    batches: Vec<(BatchRow, Amount)>,
    statements: Vec<StatementRow>,
    errors: Vec<(String, String)>,
}

/// `GET /centre/deposits`
pub(crate) async fn page(cx: Cx) -> Result<Response> {
    ledger(&cx, Vec::new(), StatusCode::OK).await
}

fn line(cx: &Cx, row: LineRow, sight: &jcore::Sight) -> Result<LineView> {
    let body = cx.app.keys.open_json::<LineBody>(&line_place(row.id), &row.body)?;
    let id = format!("lot-line-{}", row.note);
    let note = if row.note.is_empty() {
        String::new()
    } else if cx.app.words.has(cx.lang, &id) {
        cx.t(&id)
    } else {
        row.note
    };
    Ok(LineView {
        id: row.id,
        day: row.day,
        amount: Amount::of(row.amount_fen),
        body: body.into_revealed(sight),
        note,
    })
}

async fn ledger(cx: &Cx, errors: Vec<(String, String)>, status: StatusCode) -> Result<Response> {
    let sight = cx.sight(LEDGER, &Subject::NONE).ok_or_else(Fault::not_found)?;
    let mut conn = cx.app.read().await?;
    let mut of = async |state: &str| -> Result<Vec<LineView>> {
        let rows = store::bank::lines(&mut conn, state, SHOWN).await?;
        rows.into_iter().map(|row| line(cx, row, &sight)).collect()
    };
    let (unmatched, matched) = (of("unmatched").await?, of("matched").await?);
    let mut owed = Vec::new();
    for row in store::bank::owed(&mut conn).await? {
        let bidder = store::bidders::get(&mut conn, row.bidder_id).await?;
        let lot = store::lots::get(&mut conn, row.lot_id).await?;
        owed.push(OwedView {
            lot: format!("{} {}", lot.number, lot.title),
            lot_id: lot.id,
            paddle: bidder.paddle,
            amount: Amount::of(row.amount_fen),
            due: row.due_at,
            late: Stamp::from_micros(row.due_at) < cx.now,
        });
    }
    let seen = seen(&mut conn).await?;
    let batches = store::bank::batches(&mut conn, SHOWN).await?;
    let statements = store::bank::statements(&mut conn, SHOWN).await?;
    drop(conn);
    let with = |batch: BatchRow| {
        let sum = Amount::of(batch.sum_fen);
        (batch, sum)
    };
    cx.page_with(
        status,
        &LedgerPage {
            s: cx.shell(),
            seen,
            unmatched,
            matched,
            owed,
            batches: batches.into_iter().map(with).collect(),
            statements,
            errors,
        },
    )
}

/// Lots with deposits that the bank has seen and nobody confirmed.
async fn seen(conn: &mut db::Conn) -> Result<Vec<SeenView>> {
    let mut out = Vec::new();
    for (lot, count) in store::bidders::bank_seen(conn).await? {
        let lot = store::lots::get(conn, lot).await?;
        out.push(SeenView {
            lot: format!("{} {}", lot.number, lot.title),
            lot_id: lot.id,
            count: usize::try_from(count).unwrap_or(0),
        });
    }
    Ok(out)
}

async fn back(cx: &Cx, done: Result<String>) -> Result<Response> {
    match done {
        Ok(said) => Ok(cx.redirect_saying("/centre/deposits", &said)),
        Err(fault) => {
            let errors = errors(cx, fault)?;
            ledger(cx, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /centre/deposits/statements`
pub(crate) async fn import(cx: Cx, sent: Multipart) -> Result<Response> {
    let done = match sent.files.first() {
        Some(file) => deposits::import(&cx.app, &cx.actor, &file.name, &file.content).await,
        None => Err(Fault::issue(Some("file"), kernel::Issue::error("lot-empty"))),
    };
    let said = done.map(|found| {
        let args = [
            ("lines", found.lines.to_string()),
            ("fresh", found.fresh.to_string()),
            ("matched", found.matched.to_string()),
        ];
        cx.ta("lot-said-statement", &args)
    });
    back(&cx, said).await
}

/// What a small form of the ledger says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    code: String,
    #[serde(default)]
    note: String,
}

/// `POST /centre/deposits/lines/{line}/assign`
pub(crate) async fn assign(cx: Cx, Path(line): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let done = deposits::assign(&cx.app, &cx.actor, line, &said.code).await;
    back(&cx, done.map(|()| cx.t("lot-said-assigned"))).await
}

/// `POST /centre/deposits/lines/{line}/aside`
pub(crate) async fn aside(cx: Cx, Path(line): Path<Uuid>, Form(said): Form<Said>) -> Result<Response> {
    let done = deposits::set_aside(&cx.app, &cx.actor, line, &said.note).await;
    back(&cx, done.map(|()| cx.t("lot-said-aside"))).await
}

/// `POST /centre/deposits/lots/{lot}/confirm`
pub(crate) async fn confirm(cx: Cx, Path(lot): Path<Uuid>, Form(_): Form<Said>) -> Result<Response> {
    let done = deposits::confirm(&cx.app, &cx.actor, lot).await;
    let said = done.map(|n| cx.ta("lot-said-deposits", &[("n", n.to_string())]));
    back(&cx, said).await
}

/// `POST /centre/deposits/refunds`
pub(crate) async fn order(cx: Cx, Form(_): Form<Said>) -> Result<Response> {
    let done = deposits::order_back(&cx.app, &cx.actor).await;
    back(&cx, done.map(|_| cx.t("lot-said-refunds"))).await
}

/// `GET /centre/deposits/refunds/{batch}`
pub(crate) async fn file(cx: Cx, Path(batch): Path<Uuid>) -> Result<Response> {
    let file = deposits::order_file(&cx.app, &cx.actor, batch).await?;
    Ok(cx.download(&file.name, file.media, file.content))
}
