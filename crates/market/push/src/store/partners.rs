//! Markets and alliances elsewhere, the batches recommended to them, and what they say.

use db::{Conn, Select, on};
use jcore::{Act, Result};
use uuid::Uuid;

/// A partner as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct PartnerRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) region: String,
    pub(crate) contact: Vec<u8>,
    pub(crate) token_hash: Option<Vec<u8>>,
    pub(crate) feedback_days: i64,
    pub(crate) state: String,
    pub(crate) version: i64,
}

/// The columns of [`PartnerRow`].
macro_rules! select_partner {
    ($tail:literal) => {
        concat!(
            "SELECT id, name, kind, region, contact, token_hash, feedback_days, state, version FROM push_partner ",
            $tail
        )
    };
}

pub(crate) async fn partners(conn: &mut Conn) -> Result<Vec<PartnerRow>> {
    Ok(on!(conn, c => sqlx::query_as(select_partner!("ORDER BY state, name, id")).fetch_all(c).await)?)
}

pub(crate) async fn partner(conn: &mut Conn, id: Uuid) -> Result<PartnerRow> {
    Ok(on!(conn, c => sqlx::query_as(select_partner!("WHERE id = $1")).bind(id).fetch_one(c).await)?)
}

pub(crate) async fn by_token(conn: &mut Conn, hash: &[u8]) -> Result<Option<PartnerRow>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_partner!("WHERE token_hash = $1 AND state = 'active'")).bind(hash).fetch_optional(c).await)?,
    )
}

pub(crate) async fn insert(act: &mut Act, row: &PartnerRow) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_partner (id, name, kind, region, contact, token_hash, feedback_days, state, version, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)")
        .bind(row.id).bind(&row.name).bind(&row.kind).bind(&row.region).bind(&row.contact).bind(&row.token_hash)
        .bind(row.feedback_days).bind(&row.state).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Writes a partner anew; false when somebody else did meanwhile.
pub(crate) async fn update(act: &mut Act, row: &PartnerRow) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_partner SET name = $3, kind = $4, region = $5, contact = $6, token_hash = $7, feedback_days = $8, state = $9, \
         version = version + 1, changed_at = $10 WHERE id = $1 AND version = $2")
        .bind(row.id).bind(row.version).bind(&row.name).bind(&row.kind).bind(&row.region).bind(&row.contact).bind(&row.token_hash)
        .bind(row.feedback_days).bind(&row.state).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// A batch as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct BatchRow {
    pub(crate) id: Uuid,
    pub(crate) partner_id: Uuid,
    pub(crate) number: i64,
    pub(crate) title: String,
    pub(crate) created_at: i64,
    pub(crate) due_at: i64,
    pub(crate) fetched_at: Option<i64>,
    pub(crate) reminders: i64,
    pub(crate) closed_at: Option<i64>,
}

/// The columns of [`BatchRow`].
macro_rules! select_batch {
    ($tail:literal) => {
        concat!(
            "SELECT id, partner_id, number, title, created_at, due_at, fetched_at, reminders, closed_at FROM push_batch ",
            $tail
        )
    };
}

pub(crate) async fn batches(conn: &mut Conn, partner: Uuid) -> Result<Vec<BatchRow>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_batch!("WHERE partner_id = $1 ORDER BY number DESC")).bind(partner).fetch_all(c).await)?,
    )
}

pub(crate) async fn batch(conn: &mut Conn, id: Uuid) -> Result<BatchRow> {
    Ok(on!(conn, c => sqlx::query_as(select_batch!("WHERE id = $1")).bind(id).fetch_one(c).await)?)
}

pub(crate) async fn late(conn: &mut Conn, now: i64, before: i64, limit: i64) -> Result<Vec<BatchRow>> {
    Ok(on!(conn, c => sqlx::query_as(select_batch!(
        "WHERE closed_at IS NULL AND due_at < $1 AND (reminded_at IS NULL OR reminded_at < $2) ORDER BY due_at, id LIMIT $3"))
        .bind(now).bind(before).bind(limit).fetch_all(c).await)?)
}

/// Makes a batch with its items; its number within the partner.
pub(crate) async fn insert_batch(
    act: &mut Act,
    id: Uuid,
    partner: Uuid,
    title: &str,
    due_at: i64,
    entries: &[Uuid],
) -> Result<i64> {
    let now = act.now.micros();
    let by = act.permit().user().map(|user| user.uuid());
    let number: i64 = on!(&mut act.conn, c => sqlx::query_scalar("SELECT CAST(COALESCE(max(number), 0) + 1 AS BIGINT) FROM push_batch WHERE partner_id = $1")
        .bind(partner).fetch_one(c).await)?;
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_batch (id, partner_id, number, title, created_at, created_by, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id).bind(partner).bind(number).bind(title).bind(now).bind(by).bind(due_at).execute(c).await.map(|_| ()))?;
    for (entry, position) in entries.iter().zip(1_i64..) {
        on!(&mut act.conn, c => sqlx::query("INSERT INTO push_batch_item (batch_id, entry_id, position) VALUES ($1, $2, $3)")
            .bind(id).bind(*entry).bind(position).execute(c).await.map(|_| ()))?;
    }
    Ok(number)
}

/// The items of a batch in order: entry and stage.
pub(crate) async fn items(conn: &mut Conn, batch: Uuid) -> Result<Vec<(Uuid, String)>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT entry_id, stage FROM push_batch_item WHERE batch_id = $1 ORDER BY position")
        .bind(batch).fetch_all(c).await)?,
    )
}

pub(crate) async fn set_stage(act: &mut Act, batch: Uuid, entry: Uuid, stage: &str) -> Result<bool> {
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE push_batch_item SET stage = $3 WHERE batch_id = $1 AND entry_id = $2")
        .bind(batch).bind(entry).bind(stage).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Feedback as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct FeedbackRow {
    pub(crate) id: Uuid,
    pub(crate) entry_id: Option<Uuid>,
    pub(crate) stage: String,
    pub(crate) note: Vec<u8>,
    pub(crate) at: i64,
    pub(crate) way: String,
}

pub(crate) async fn feedback(conn: &mut Conn, batch: Uuid) -> Result<Vec<FeedbackRow>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT id, entry_id, stage, note, at, way FROM push_feedback WHERE batch_id = $1 ORDER BY at DESC, id DESC")
        .bind(batch).fetch_all(c).await)?,
    )
}

pub(crate) async fn add_feedback(act: &mut Act, batch: Uuid, row: &FeedbackRow) -> Result<()> {
    let by = act.permit().user().map(|user| user.uuid());
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_feedback (id, batch_id, entry_id, stage, note, at, by_user, way) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(row.id).bind(batch).bind(row.entry_id).bind(&row.stage).bind(&row.note).bind(row.at).bind(by).bind(&row.way)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The next word is due then; reminders begin anew.
pub(crate) async fn set_due(act: &mut Act, batch: Uuid, due_at: i64) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE push_batch SET due_at = $2, reminded_at = NULL, reminders = 0 WHERE id = $1")
        .bind(batch).bind(due_at).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub(crate) async fn close(act: &mut Act, batch: Uuid) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE push_batch SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
        .bind(batch).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub(crate) async fn reminded(act: &mut Act, batch: Uuid) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE push_batch SET reminded_at = $2, reminders = reminders + 1 WHERE id = $1")
        .bind(batch).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// That a batch was looked at, for the first time.
pub(crate) async fn fetched(act: &mut Act, batch: Uuid) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE push_batch SET fetched_at = $2 WHERE id = $1 AND fetched_at IS NULL")
        .bind(batch).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Public needs that were not recommended to a partner yet, newest first; of one field where it is named.
pub(crate) async fn candidates(
    conn: &mut Conn,
    partner: Uuid,
    sector: Option<&str>,
    now: i64,
    limit: i64,
) -> Result<Vec<entries::ListRow>> {
    let mut select = Select::new(
        "SELECT id, kind, title, summary, open, withheld, sector, region, category, trl, modes, org_name, published_at, \
         expires_at FROM entry",
    );
    select
        .and("state = 'published' AND kind = 'need' AND expires_at + 0 > ?", &[now.into()])
        .and(
            "NOT EXISTS (SELECT 1 FROM push_batch_item i JOIN push_batch b ON b.id = i.batch_id WHERE i.entry_id = entry.id AND b.partner_id = ?)",
            &[partner.into()],
        );
    if let Some(sector) = sector {
        select.and("sector LIKE ?", &[format!("%;{sector};%").into()]);
    }
    select.end("ORDER BY published_at DESC, id DESC LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// Sums of a partner: batches, items, items with a word, signed, batches whose word is late.
#[derive(Debug, Clone, Default, sqlx::FromRow)]
pub(crate) struct PartnerSums {
    pub(crate) items: i64,
    pub(crate) told: i64,
    pub(crate) signed: i64,
}

pub(crate) async fn sums(conn: &mut Conn, partner: Uuid) -> Result<PartnerSums> {
    let mut select = Select::new(
        "SELECT count(*) AS items, CAST(COALESCE(sum(CASE WHEN i.stage <> '' THEN 1 ELSE 0 END), 0) AS BIGINT) AS told, CAST(COALESCE(sum(CASE WHEN i.stage = 'signed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS signed \
         FROM push_batch_item i JOIN push_batch b ON b.id = i.batch_id",
    );
    select.and("b.partner_id = ?", &[partner.into()]);
    let rows: Vec<PartnerSums> = select.all(conn).await?;
    Ok(rows.into_iter().next().unwrap_or_default())
}
