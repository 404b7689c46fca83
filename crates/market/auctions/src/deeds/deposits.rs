//! Deposits (保证金): pledged by the bidder, seen by the bank, confirmed by an officer, all as movements in the log, which
//! balances. What goes back is ordered from the bank within a day of the close.

use std::collections::BTreeMap;

use bidding::{Command, Movement, Paddle, Phase, Stage};
use jcore::{Actor, App, Fault, Result, Subject, act};
use kernel::text::hex;
use kernel::{Fen, Issue};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{following, not_now, registering, said};
use crate::auctions;
use crate::bank::{BankLine, BankLink, OutFile, PayBack, code_in};
use crate::model::{Bidder, Lot};
use crate::rules::LEDGER;
use crate::store;
use crate::store::bank::{NewLine, NewStatement};

/// Characters of a payment code behind its head.
const CODE_LEN: usize = 7;

/// What is sealed of a bank's line.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct LineBody {
    pub(crate) payer: String,
    pub(crate) account: String,
    pub(crate) remark: String,
    pub(crate) serial: String,
}

pub(crate) fn line_place(id: Uuid) -> String {
    format!("bank_line.body/{id}")
}

/// The bidder says that the deposit is on its way.
///
/// # Errors
/// Refused with why the log does not take it; not found; denied; the store's.
pub(crate) async fn pledge(app: &App, actor: &Actor, lot: Uuid) -> Result<()> {
    let (bidder, permit) = registering::own(app, actor, lot).await?;
    let lot = store::lots::get(&mut app.read().await?, lot).await?;
    movement(app, &lot, bidder.paddle(), Movement::Pledge).await?;
    act!(app, permit, |act| {
        act.note("lot.deposit-pledged", "lot", lot.id, json!({ "paddle": bidder.paddle }));
        act.changed("lot", lot.id);
        Ok(())
    })?;
    following::follow_lot(app, lot.id).await.map(|_| ())
}

/// A movement in the log.
async fn movement(app: &App, lot: &Lot, bidder: Paddle, movement: Movement) -> Result<()> {
    let command = Command::Deposit {
        bidder,
        movement,
        amount: lot.rules()?.deposit,
    };
    auctions(app)?.order(lot.id, command).await.map(|_| ())
}

/// Where a bidder's deposit stands in the log.
async fn stage(app: &App, lot: Uuid, bidder: Paddle) -> Result<Option<(Phase, Stage)>> {
    let update = auctions(app)?.state(lot).await?;
    Ok(update.map(|update| (update.state.phase, update.state.ledger.stage(bidder))))
}

/// The bank has a bidder's deposit: what the log has not heard of it is told in order. Told twice, nothing changes.
async fn bank_sees(app: &App, lot: &Lot, bidder: Paddle) -> Result<()> {
    let Some((_, at)) = stage(app, lot.id, bidder).await? else {
        return Err(not_now());
    };
    if at == Stage::None {
        movement(app, lot, bidder, Movement::Pledge).await?;
    }
    if matches!(at, Stage::None | Stage::Pledged) {
        movement(app, lot, bidder, Movement::BankSees).await?;
    }
    Ok(())
}

/// What became of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imported {
    /// Lines of money that came in.
    pub(crate) lines: usize,
    /// Of them, not known before.
    pub(crate) fresh: usize,
    /// Of those, found to be somebody's deposit.
    pub(crate) matched: usize,
}

/// Takes a bank's statement in. One that came before, and lines that came before, change nothing.
///
/// # Errors
/// Refused with why it can't be read; denied; the store's.
pub(crate) async fn import(app: &App, actor: &Actor, name: &str, bytes: &[u8]) -> Result<Imported> {
    let permit = app.permit(actor, LEDGER, &Subject::NONE)?;
    app.files.scan_noted(app, &permit, "bank", None, bytes).await?;
    let sha256 = hex(&Sha256::digest(bytes));
    let bank = app.extra::<BankLink>().cloned().unwrap_or_default();
    let lines = bank.0.statement(app, name, bytes)?;
    if store::bank::has_statement(&mut app.read().await?, &sha256).await? {
        return Ok(Imported {
            lines: lines.len(),
            ..Imported::default()
        });
    }
    let keys = keys(app, &lines);
    let known = store::bank::known(&mut app.read().await?, &keys).await?;
    let mut fresh = Vec::new();
    let mut seen = Vec::new();
    for (line, key) in lines.iter().zip(keys) {
        if known.contains(&key) {
            continue;
        }
        let (row, deposit) = judged(app, line, key).await?;
        fresh.push(row);
        seen.extend(deposit);
    }
    let imported = Imported {
        lines: lines.len(),
        fresh: fresh.len(),
        matched: seen.len(),
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let id = app.ids.uuid();
    act!(app, permit, |act| {
        let statement = NewStatement {
            id,
            sha256: &sha256,
            name,
            lines: count(imported.lines),
            fresh: count(imported.fresh),
            matched: count(imported.matched),
        };
        store::bank::add_statement(&mut act, &statement).await?;
        for line in &fresh {
            store::bank::add_line(&mut act, id, line).await?;
        }
        let detail = json!({ "sha256": sha256, "fresh": imported.fresh, "matched": imported.matched });
        act.note("lot.statement", "bank", id, detail);
        Ok(())
    })?;
    tell_logs(app, &seen).await?;
    Ok(imported)
}

/// Tells the logs what the bank has seen.
async fn tell_logs(app: &App, seen: &[(Lot, Bidder)]) -> Result<()> {
    for (lot, bidder) in seen {
        bank_sees(app, lot, bidder.paddle()).await?;
        following::follow_lot(app, lot.id).await?;
    }
    Ok(())
}

/// What lines are known by: everything the bank says of them, and how often it said so in this statement.
fn keys(app: &App, lines: &[BankLine]) -> Vec<String> {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    let key = |line: &BankLine| {
        let text = format!(
            "{}|{}|{}|{}|{}|{}",
            line.day,
            line.amount.get(),
            line.payer,
            line.account,
            line.remark,
            line.serial
        );
        let time = times.entry(text.clone()).or_default();
        *time += 1;
        hex(&app
            .keys
            .fingerprint(&[b"bank.line", text.as_bytes(), &time.to_le_bytes()]))
    };
    lines.iter().map(key).collect()
}

/// A line, with the bidder whose deposit it is where that is sure: the code, the whole amount, and in time.
async fn judged(app: &App, line: &BankLine, key: String) -> Result<(NewLine, Option<(Lot, Bidder)>)> {
    let id = app.ids.uuid();
    let body = LineBody {
        payer: line.payer.clone(),
        account: line.account.clone(),
        remark: line.remark.clone(),
        serial: line.serial.clone(),
    };
    let mut row = NewLine {
        id,
        key,
        day: line.day.to_string(),
        amount_fen: line.amount.get(),
        body: app.keys.seal_json(&line_place(id), &body)?,
        bidder_id: None,
        state: "unmatched",
        note: "no-code",
    };
    let Some(code) = code_in(&line.remark, registering::CODE_HEAD, CODE_LEN) else {
        return Ok((row, None));
    };
    let mut conn = app.read().await?;
    let Some(bidder) = store::bidders::by_code(&mut conn, &code).await? else {
        return Ok((row, None));
    };
    let lot = store::lots::get(&mut conn, bidder.lot_id).await?;
    drop(conn);
    match fits(app, &lot, &bidder, line.amount).await? {
        Ok(()) => {
            row.bidder_id = Some(bidder.id);
            (row.state, row.note) = ("matched", "");
            Ok((row, Some((lot, bidder))))
        }
        Err(why) => {
            row.note = why;
            Ok((row, None))
        }
    }
}

/// Whether an amount is a bidder's deposit, now; or why not, by a code whose words are `lot-line-CODE`.
async fn fits(app: &App, lot: &Lot, bidder: &Bidder, amount: Fen) -> Result<Result<(), &'static str>> {
    if amount != lot.rules()?.deposit {
        return Ok(Err("amount"));
    }
    Ok(match stage(app, lot.id, bidder.paddle()).await? {
        Some((Phase::Announced | Phase::Ready, Stage::None | Stage::Pledged)) => Ok(()),
        Some((Phase::Announced | Phase::Ready, _)) => Err("twice"),
        _ => Err("late"),
    })
}

/// An officer says by hand whose deposit a line is.
///
/// # Errors
/// Refused when no bidder has the code, the amount is not the deposit's, or it came too late; a conflict when the line is
/// settled; denied; the store's.
pub(crate) async fn assign(app: &App, actor: &Actor, line: Uuid, code: &str) -> Result<()> {
    let permit = app.permit(actor, LEDGER, &Subject::NONE)?;
    let line = store::bank::line(&mut app.read().await?, line).await?;
    let code = code.trim().to_uppercase();
    let bidder = store::bidders::by_code(&mut app.read().await?, &code).await?;
    let bidder = bidder.ok_or_else(|| Fault::issue(Some("code"), Issue::error("lot-code").with("found", code)))?;
    let lot = store::lots::get(&mut app.read().await?, bidder.lot_id).await?;
    if let Err(why) = fits(app, &lot, &bidder, Fen::new(line.amount_fen)).await? {
        let issue = Issue::error("lot-line").with("why", why);
        return Err(Fault::issue(Some("code"), issue));
    }
    act!(app, permit, |act| {
        if !store::bank::settle(&mut act, line.id, "matched", Some(bidder.id), "by-hand").await? {
            return Err(not_now());
        }
        act.note("lot.line-assigned", "lot", lot.id, json!({ "paddle": bidder.paddle }));
        Ok(())
    })?;
    tell_logs(app, &[(lot, bidder)]).await
}

/// An officer says that a line is no deposit.
///
/// # Errors
/// Refused without a note; a conflict when the line is settled; denied; the store's.
pub(crate) async fn set_aside(app: &App, actor: &Actor, line: Uuid, note: &str) -> Result<()> {
    let permit = app.permit(actor, LEDGER, &Subject::NONE)?;
    let note = said("note", note)?;
    act!(app, permit, |act| {
        if !store::bank::settle(&mut act, line, "other", None, &note).await? {
            return Err(not_now());
        }
        act.note("lot.line-aside", "bank", line, json!({}));
        Ok(())
    })
}

/// An officer confirms the deposits of a lot that the bank has seen: their bidders may bid. How many.
///
/// # Errors
/// Refused with why the log does not take it; denied; the store's.
pub(crate) async fn confirm(app: &App, actor: &Actor, lot: Uuid) -> Result<usize> {
    let lot = store::lots::get(&mut app.read().await?, lot).await?;
    let permit = app.permit(actor, LEDGER, &lot.subject())?;
    let update = auctions(app)?.state(lot.id).await?.ok_or_else(not_now)?;
    let seen: Vec<Paddle> = update
        .state
        .ledger
        .stages()
        .filter(|(_, stage)| *stage == Stage::BankSeen)
        .map(|(paddle, _)| paddle)
        .collect();
    if seen.is_empty() {
        return Err(not_now());
    }
    for paddle in &seen {
        movement(app, &lot, *paddle, Movement::Confirm).await?;
    }
    act!(app, permit, |act| {
        act.note("lot.deposits-confirmed", "lot", lot.id, json!({ "count": seen.len() }));
        for paddle in &seen {
            let bidder = store::bidders::by_paddle(&mut act.conn, lot.id, i64::from(paddle.0)).await?;
            if let Some(bidder) = bidder {
                registering::tell(&mut act, &bidder, &lot, "lot-deposit-confirmed", "")?;
            }
        }
        act.changed("lot", lot.id);
        Ok(())
    })?;
    following::follow_lot(app, lot.id).await?;
    Ok(seen.len())
}

/// Orders back what is owed: a file for the bank, which can be fetched again.
///
/// # Errors
/// A conflict when nothing is owed; denied; the store's.
pub(crate) async fn order_back(app: &App, actor: &Actor) -> Result<Uuid> {
    let permit = app.permit(actor, LEDGER, &Subject::NONE)?;
    let id = app.ids.uuid();
    act!(app, permit, |act| {
        let (count, sum_fen) = store::bank::batch(&mut act, id).await?;
        if count == 0 {
            return Err(not_now());
        }
        act.note(
            "lot.refunds-ordered",
            "bank",
            id,
            json!({ "count": count, "sum_fen": sum_fen }),
        );
        Ok(())
    })?;
    Ok(id)
}

/// The file of orders for the bank.
///
/// # Errors
/// Not found; denied; the store's.
pub(crate) async fn order_file(app: &App, actor: &Actor, batch: Uuid) -> Result<OutFile> {
    let sight = app.sight(actor, LEDGER, &Subject::NONE).ok_or_else(Fault::not_found)?;
    let mut conn = app.read().await?;
    let rows = store::bank::of_batch(&mut conn, batch).await?;
    if rows.is_empty() {
        return Err(Fault::not_found());
    }
    let mut orders = Vec::with_capacity(rows.len());
    for row in rows {
        let bidder = store::bidders::get(&mut conn, row.bidder_id).await?;
        let lot = store::lots::get(&mut conn, row.lot_id).await?;
        let identity = bidder.identity(app)?.into_revealed(&sight);
        orders.push(PayBack {
            holder: identity.holder,
            bank: identity.bank,
            account: identity.account,
            amount: Fen::new(row.amount_fen),
            remark: format!("退还保证金 {} {}", lot.number, bidder.pay_code),
        });
    }
    let bank = app.extra::<BankLink>().cloned().unwrap_or_default();
    bank.0.pay_back(&orders, &format!("refunds-{}", batch.simple()))
}
