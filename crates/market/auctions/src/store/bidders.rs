//! Who takes part.

use db::{Conn, Select, on};
use jcore::{Act, Fault, Result};
use uuid::Uuid;

use crate::model::Bidder;

const BIDDERS: &str = "SELECT id, lot_id, paddle, user_key, org_key, body, commitment, relation, rank, pay_code, rules_hash, file_id, \
     state, reason, stage, asked_at, decided_at FROM lot_bidder";

/// One registration.
pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<Bidder> {
    let mut select = Select::new(BIDDERS);
    select.and("id = ?", &[id.into()]);
    let rows: Vec<Bidder> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(Fault::not_found)
}

/// All of a lot, by their paddles, so that the order tells nothing.
pub(crate) async fn of_lot(conn: &mut Conn, lot: Uuid) -> Result<Vec<Bidder>> {
    let mut select = Select::new(BIDDERS);
    select.and("lot_id = ?", &[lot.into()]).end("ORDER BY paddle", &[]);
    Ok(select.all(conn).await?)
}

/// A person's registration for a lot, found by their fingerprint.
pub(crate) async fn mine(conn: &mut Conn, lot: Uuid, user_key: &str) -> Result<Option<Bidder>> {
    let mut select = Select::new(BIDDERS);
    select
        .and("lot_id = ? AND user_key = ?", &[lot.into(), user_key.into()])
        .end("ORDER BY asked_at DESC", &[]);
    let rows: Vec<Bidder> = select.all(conn).await?;
    // An admitted one stands before a refused one: a person may bid for one party only.
    let admitted = rows.iter().find(|row| row.state != "refused").cloned();
    Ok(admitted.or_else(|| rows.into_iter().next()))
}

/// All of a person's registrations, the newest first.
pub(crate) async fn all_mine(conn: &mut Conn, user_key: &str) -> Result<Vec<Bidder>> {
    /// More than a person takes part in within years.
    const MAX: i64 = 200;
    let mut select = Select::new(BIDDERS);
    select
        .and("user_key = ?", &[user_key.into()])
        .end("ORDER BY asked_at DESC, id DESC LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// The bidder to whom a payment code was given.
pub(crate) async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Bidder>> {
    let mut select = Select::new(BIDDERS);
    select.and("pay_code = ?", &[code.into()]);
    let rows: Vec<Bidder> = select.all(conn).await?;
    Ok(rows.into_iter().next())
}

/// The bidder with a paddle.
pub(crate) async fn by_paddle(conn: &mut Conn, lot: Uuid, paddle: i64) -> Result<Option<Bidder>> {
    let mut select = Select::new(BIDDERS);
    select.and("lot_id = ? AND paddle = ?", &[lot.into(), paddle.into()]);
    let rows: Vec<Bidder> = select.all(conn).await?;
    Ok(rows.into_iter().next())
}

/// Paddles that are taken in a lot.
pub(crate) async fn paddles(conn: &mut Conn, lot: Uuid) -> Result<Vec<i64>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT paddle FROM lot_bidder WHERE lot_id = $1")
        .bind(lot).fetch_all(c).await)?,
    )
}

/// Registrations that wait for an officer.
pub(crate) async fn waiting(conn: &mut Conn) -> Result<Vec<(Uuid, i64)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT lot_id, count(*) FROM lot_bidder WHERE state = 'asked' GROUP BY lot_id").fetch_all(c).await)?)
}

/// Writes a registration; a refused one of the same party goes before.
pub(crate) async fn insert(act: &mut Act, new: &Bidder) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("DELETE FROM lot_bidder WHERE lot_id = $1 AND org_key = $2 AND state = 'refused'")
        .bind(new.lot_id).bind(&new.org_key).execute(c).await.map(|_| ()))?;
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_bidder (id, lot_id, paddle, user_key, org_key, body, commitment, relation, rank, pay_code, rules_hash, file_id, \
         state, reason, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
        .bind(new.id).bind(new.lot_id).bind(new.paddle).bind(&new.user_key).bind(&new.org_key).bind(&new.body)
        .bind(&new.commitment).bind(&new.relation).bind(new.rank).bind(&new.pay_code).bind(&new.rules_hash).bind(new.file_id)
        .bind(&new.state).bind(&new.reason).bind(new.asked_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Decides on a registration that waits; whether it still did.
pub(crate) async fn decide(
    act: &mut Act,
    id: Uuid,
    state: &str,
    relation: &str,
    rank: Option<i64>,
    reason: &str,
) -> Result<bool> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE lot_bidder SET state = $2, relation = $3, rank = $4, reason = $5, decided_at = $6, decided_by = $7 \
         WHERE id = $1 AND state = 'asked'")
        .bind(id).bind(state).bind(relation).bind(rank).bind(reason).bind(now).bind(user)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Writes where a deposit stands; whether that is new.
pub(crate) async fn stage(act: &mut Act, lot: Uuid, paddle: i64, stage: &str) -> Result<bool> {
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE lot_bidder SET stage = $3 WHERE lot_id = $1 AND paddle = $2 AND stage <> $3")
        .bind(lot).bind(paddle).bind(stage).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Lots with deposits that the bank has seen and nobody confirmed, and how many.
pub(crate) async fn bank_seen(conn: &mut Conn) -> Result<Vec<(Uuid, i64)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT lot_id, count(*) FROM lot_bidder WHERE stage = 'bank-seen' GROUP BY lot_id").fetch_all(c).await)?)
}
