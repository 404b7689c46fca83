//! Subscriptions.

use db::{Conn, on};
use jcore::{Act, Result};
use uuid::Uuid;

/// A subscription as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct SubRow {
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) name: String,
    pub(crate) kinds: String,
    pub(crate) sectors: String,
    pub(crate) region: String,
    pub(crate) words: String,
    pub(crate) finder: String,
    pub(crate) rhythm: String,
    pub(crate) channels: String,
    pub(crate) state: String,
    pub(crate) version: i64,
}

/// The columns of [`SubRow`].
macro_rules! select_sub {
    ($tail:literal) => {
        concat!(
            "SELECT id, user_id, name, kinds, sectors, region, words, finder, rhythm, channels, state, version \
             FROM push_subscription ",
            $tail
        )
    };
}

pub(crate) async fn of_user(conn: &mut Conn, user: Uuid) -> Result<Vec<SubRow>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_sub!("WHERE user_id = $1 ORDER BY created_at, id")).bind(user).fetch_all(c).await)?,
    )
}

pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<SubRow> {
    Ok(on!(conn, c => sqlx::query_as(select_sub!("WHERE id = $1")).bind(id).fetch_one(c).await)?)
}

/// Subscriptions in force after an id, in the order of ids.
pub(crate) async fn active_after(conn: &mut Conn, after: Uuid, limit: i64) -> Result<Vec<SubRow>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_sub!("WHERE state = 'active' AND id > $1 ORDER BY id LIMIT $2"))
        .bind(after).bind(limit).fetch_all(c).await)?,
    )
}

pub(crate) async fn insert(act: &mut Act, row: &SubRow) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_subscription (id, user_id, name, kinds, sectors, region, words, finder, rhythm, channels, state, version, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $12)")
        .bind(row.id).bind(row.user_id).bind(&row.name).bind(&row.kinds).bind(&row.sectors).bind(&row.region).bind(&row.words)
        .bind(&row.finder).bind(&row.rhythm).bind(&row.channels).bind(&row.state).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Writes a subscription anew; false when somebody else did meanwhile.
pub(crate) async fn update(act: &mut Act, row: &SubRow) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_subscription SET name = $3, kinds = $4, sectors = $5, region = $6, words = $7, finder = $8, rhythm = $9, \
         channels = $10, state = $11, version = version + 1, changed_at = $12 WHERE id = $1 AND version = $2")
        .bind(row.id).bind(row.version).bind(&row.name).bind(&row.kinds).bind(&row.sectors).bind(&row.region).bind(&row.words)
        .bind(&row.finder).bind(&row.rhythm).bind(&row.channels).bind(&row.state).bind(now)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Removes a subscription, and what waits because of it.
pub(crate) async fn delete(act: &mut Act, id: Uuid) -> Result<()> {
    drop_waiting(act, id).await?;
    on!(&mut act.conn, c => sqlx::query("DELETE FROM push_subscription WHERE id = $1").bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// What waits because of a subscription no longer goes.
pub(crate) async fn drop_waiting(act: &mut Act, id: Uuid) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET state = 'dropped' WHERE subscription_id = $1 AND org_id IS NULL AND state = 'due'")
        .bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}
