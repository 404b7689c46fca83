//! Statements, their lines, and deposits that go back.

use db::{Arg, Conn, Select, on};
use jcore::{Act, Fault, Result};
use uuid::Uuid;

/// A statement as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct StatementRow {
    pub(crate) name: String,
    pub(crate) line_count: i64,
    pub(crate) fresh_count: i64,
    pub(crate) matched_count: i64,
    pub(crate) imported_at: i64,
}

/// The newest statements.
pub(crate) async fn statements(conn: &mut Conn, limit: i64) -> Result<Vec<StatementRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT name, line_count, fresh_count, matched_count, imported_at FROM bank_statement ORDER BY imported_at DESC LIMIT $1")
        .bind(limit).fetch_all(c).await)?)
}

/// Whether a statement of this hash came before.
pub(crate) async fn has_statement(conn: &mut Conn, sha256: &str) -> Result<bool> {
    let mut select = Select::new("SELECT count(*) FROM bank_statement");
    select.and("sha256 = ?", &[sha256.into()]);
    Ok(select.number(conn).await? > 0)
}

/// A statement that comes in.
pub(crate) struct NewStatement<'a> {
    pub(crate) id: Uuid,
    pub(crate) sha256: &'a str,
    pub(crate) name: &'a str,
    pub(crate) lines: i64,
    pub(crate) fresh: i64,
    pub(crate) matched: i64,
}

pub(crate) async fn add_statement(act: &mut Act, new: &NewStatement<'_>) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO bank_statement (id, sha256, name, line_count, fresh_count, matched_count, imported_at, imported_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(new.id).bind(new.sha256).bind(new.name).bind(new.lines).bind(new.fresh).bind(new.matched).bind(now).bind(user)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A line as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct LineRow {
    pub(crate) id: Uuid,
    pub(crate) day: String,
    pub(crate) amount_fen: i64,
    pub(crate) body: Vec<u8>,
    pub(crate) note: String,
}

const LINES: &str = "SELECT id, day, amount_fen, body, note FROM bank_line";

/// One line.
pub(crate) async fn line(conn: &mut Conn, id: Uuid) -> Result<LineRow> {
    let mut select = Select::new(LINES);
    select.and("id = ?", &[id.into()]);
    let rows: Vec<LineRow> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(Fault::not_found)
}

/// Lines in a state, the newest first.
pub(crate) async fn lines(conn: &mut Conn, state: &str, limit: i64) -> Result<Vec<LineRow>> {
    let mut select = Select::new(LINES);
    select
        .and("state = ?", &[state.into()])
        .end("ORDER BY day DESC, id DESC LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// The keys among these that are known already.
pub(crate) async fn known(conn: &mut Conn, keys: &[String]) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for part in keys.chunks(db::ROWS_A_STATEMENT) {
        let args: Vec<Arg> = part.iter().map(|key| Arg::from(key.as_str())).collect();
        let mut select = Select::new("SELECT key FROM bank_line");
        select.and_in("key", &args);
        let found: Vec<(String,)> = select.all(conn).await?;
        out.extend(found.into_iter().map(|(key,)| key));
    }
    Ok(out)
}

/// A line that comes in.
#[derive(Debug, Clone)]
pub(crate) struct NewLine {
    pub(crate) id: Uuid,
    pub(crate) key: String,
    pub(crate) day: String,
    pub(crate) amount_fen: i64,
    pub(crate) body: Vec<u8>,
    pub(crate) bidder_id: Option<Uuid>,
    pub(crate) state: &'static str,
    pub(crate) note: &'static str,
}

pub(crate) async fn add_line(act: &mut Act, statement: Uuid, new: &NewLine) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO bank_line (id, statement_id, key, day, amount_fen, body, bidder_id, state, note) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(new.id).bind(statement).bind(&new.key).bind(&new.day).bind(new.amount_fen).bind(&new.body).bind(new.bidder_id)
        .bind(new.state).bind(new.note).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Settles a line by hand; whether it was still open.
pub(crate) async fn settle(act: &mut Act, id: Uuid, state: &str, bidder: Option<Uuid>, note: &str) -> Result<bool> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE bank_line SET state = $2, bidder_id = $3, note = $4, settled_at = $5, settled_by = $6 \
         WHERE id = $1 AND state = 'unmatched'")
        .bind(id).bind(state).bind(bidder).bind(note).bind(now).bind(user).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// A deposit that goes back, once for each bidder.
pub(crate) async fn owe(act: &mut Act, lot: Uuid, bidder: Uuid, amount_fen: i64, due: i64) -> Result<()> {
    let (id, now) = (act.id::<Uuid>(), act.now.micros());
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO refund (id, lot_id, bidder_id, amount_fen, due_at, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (bidder_id) DO NOTHING")
        .bind(id).bind(lot).bind(bidder).bind(amount_fen).bind(due).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A deposit on its way back.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct RefundRow {
    pub(crate) lot_id: Uuid,
    pub(crate) bidder_id: Uuid,
    pub(crate) amount_fen: i64,
    pub(crate) due_at: i64,
}

const REFUNDS: &str = "SELECT lot_id, bidder_id, amount_fen, due_at FROM refund";

/// Deposits that were not ordered back yet, the most urgent first.
pub(crate) async fn owed(conn: &mut Conn) -> Result<Vec<RefundRow>> {
    let mut select = Select::new(REFUNDS);
    select.and("batch_id IS NULL", &[]).end("ORDER BY due_at, id", &[]);
    Ok(select.all(conn).await?)
}

/// The orders of a file.
pub(crate) async fn of_batch(conn: &mut Conn, batch: Uuid) -> Result<Vec<RefundRow>> {
    let mut select = Select::new(REFUNDS);
    select
        .and("batch_id = ?", &[batch.into()])
        .end("ORDER BY due_at, id", &[]);
    Ok(select.all(conn).await?)
}

/// Puts what is owed into a new file: how many orders, and their sum.
pub(crate) async fn batch(act: &mut Act, id: Uuid) -> Result<(i64, i64)> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let (count, sum): (i64, i64) = on!(&mut act.conn, c => sqlx::query_as(
        "SELECT count(*), coalesce(CAST(sum(amount_fen) AS BIGINT), 0) FROM refund WHERE batch_id IS NULL").fetch_one(c).await)?;
    if count == 0 {
        return Ok((0, 0));
    }
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO refund_batch (id, count, sum_fen, made_at, made_by) VALUES ($1, $2, $3, $4, $5)")
        .bind(id).bind(count).bind(sum).bind(now).bind(user).execute(c).await.map(|_| ()))?;
    on!(&mut act.conn, c => sqlx::query("UPDATE refund SET batch_id = $1 WHERE batch_id IS NULL")
        .bind(id).execute(c).await.map(|_| ()))?;
    Ok((count, sum))
}

/// A file of orders.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct BatchRow {
    pub(crate) id: Uuid,
    pub(crate) count: i64,
    pub(crate) sum_fen: i64,
    pub(crate) made_at: i64,
}

/// The newest files of orders.
pub(crate) async fn batches(conn: &mut Conn, limit: i64) -> Result<Vec<BatchRow>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT id, count, sum_fen, made_at FROM refund_batch ORDER BY made_at DESC LIMIT $1")
        .bind(limit).fetch_all(c).await)?,
    )
}
