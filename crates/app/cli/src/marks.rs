//! Marks that the command line keeps in the store's `setting` table, and the little that it asks the store itself.
//! They are no deeds of anybody, so they stand outside the audit trail, as leases of jobs do.

use db::{Conn, Db, on};
use kernel::{BatchId, EntryId};
use uuid::Uuid;

use crate::fail::Done;

/// Tells the key that seals this store from any other.
pub(crate) const KEY_CHECK: &str = "key.check";
/// Set when a demo is made to its end.
pub(crate) const DEMO: &str = "demo.made";

/// A mark's value.
pub(crate) async fn get(store: &Db, key: &str) -> Done<Option<String>> {
    let mut conn = store.read().await?;
    Ok(
        on!(&mut conn, c => sqlx::query_scalar("SELECT value FROM setting WHERE key = $1").bind(key).fetch_optional(c).await)?,
    )
}

/// Sets a mark.
pub(crate) async fn put(store: &Db, key: &str, value: &str) -> Done {
    let mut conn = store.write().await?;
    on!(&mut conn, c => sqlx::query(
        "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(key).bind(value).execute(c).await.map(|_| ()))?;
    Ok(conn.commit().await?)
}

/// Sets a mark unless it is there, and gives what is there now: of two nodes that start at once, one is first.
pub(crate) async fn keep(store: &Db, key: &str, value: &str) -> Done<String> {
    let mut conn = store.write().await?;
    on!(&mut conn, c => sqlx::query("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
        .bind(key).bind(value).execute(c).await.map(|_| ()))?;
    conn.commit().await?;
    Ok(get(store, key).await?.unwrap_or_default())
}

/// Whether a programme is in force.
pub(crate) async fn has_programme(conn: &mut Conn) -> Done<bool> {
    let n: i64 =
        on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM programme WHERE in_force = TRUE").fetch_one(c).await)?;
    Ok(n > 0)
}

/// The newest instant of the audit trail, in microseconds; none when it is empty.
pub(crate) async fn newest_deed(conn: &mut Conn) -> Done<Option<i64>> {
    Ok(on!(conn, c => sqlx::query_scalar("SELECT max(at) FROM audit_entry").fetch_one(c).await)?)
}

/// Lets jobs and mails that wait for an instant beyond this one come up now: the demo's clock begins anew at each start.
pub(crate) async fn call_back(store: &Db, now: i64) -> Done {
    let mut conn = store.write().await?;
    on!(&mut conn, c => sqlx::query("UPDATE job SET due_at = $1, lease_until = 0 WHERE due_at > $1 OR lease_until > $1")
        .bind(now).execute(c).await.map(|_| ()))?;
    on!(&mut conn, c => sqlx::query("UPDATE outbox SET due_at = $1, lease_until = 0 WHERE state = 'waiting' AND (due_at > $1 OR lease_until > $1)")
        .bind(now).execute(c).await.map(|_| ()))?;
    Ok(conn.commit().await?)
}

/// The entries that came in with a batch and wait for their review or their publication, with their versions, in the
/// order of the file.
pub(crate) async fn waiting_of(conn: &mut Conn, batch: BatchId) -> Done<Vec<(EntryId, i64)>> {
    let rows: Vec<(Uuid, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT e.id, e.version FROM intake_row r JOIN entry e ON e.id = r.subject_id \
         WHERE r.batch_id = $1 AND e.state IN ('submitted', 'accepted') ORDER BY r.number")
        .bind(batch.uuid()).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, version)| (id.into(), version)).collect())
}

/// The version of an entry.
pub(crate) async fn version_of(conn: &mut Conn, entry: EntryId) -> Done<i64> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT version FROM entry WHERE id = $1").bind(entry.uuid()).fetch_one(c).await)?,
    )
}

/// Settles mails that wait without sending them: those of a past that was made up.
pub(crate) async fn settle_mails(store: &Db) -> Done {
    let mut conn = store.write().await?;
    // As a mail that left: the fact stays, the content goes.
    on!(&mut conn, c => sqlx::query("UPDATE outbox SET state = 'sent', payload = $1 WHERE state = 'waiting'")
        .bind(Vec::<u8>::new()).execute(c).await.map(|_| ()))?;
    Ok(conn.commit().await?)
}

/// How many batches there are.
pub(crate) async fn batches(conn: &mut Conn) -> Done<i64> {
    Ok(on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM intake_batch").fetch_one(c).await)?)
}

/// Whether there is any need or offer.
pub(crate) async fn has_entries(conn: &mut Conn) -> Done<bool> {
    let n: i64 = on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM entry").fetch_one(c).await)?;
    Ok(n > 0)
}

/// Some published needs.
pub(crate) async fn some_needs(conn: &mut Conn, limit: i64) -> Done<Vec<EntryId>> {
    let rows: Vec<(Uuid,)> = on!(conn, c => sqlx::query_as(
        "SELECT id FROM entry WHERE state = 'published' AND kind = 'need' ORDER BY published_at DESC, id LIMIT $1")
        .bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
