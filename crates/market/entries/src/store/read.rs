//! Single entries, and others of the same thing.

use std::collections::HashMap;

use db::{Arg, Conn, Select, on};
use jcore::Result;
use kernel::EntryId;
use uuid::Uuid;

use crate::model::Entry;
use crate::rules::State;

/// The columns of [`Entry`].
macro_rules! select_entry {
    ($tail:literal) => {
        concat!(
            "SELECT id, kind, org_id, author_id, programme, state, version, title, summary, dup_key, open, sealed, raw, withheld, \
             sector, region, org_name, score, batch_id, batch_row, valid_days, created_at, changed_at, submitted_at, accepted_at, \
             published_at, expires_at, closed_at FROM entry ",
            $tail
        )
    };
}

/// One entry.
pub(crate) async fn get(conn: &mut Conn, id: EntryId) -> Result<Entry> {
    Ok(on!(conn, c => sqlx::query_as(select_entry!("WHERE id = $1")).bind(id.uuid()).fetch_one(c).await)?)
}

/// Entries of the same thing, other than one, in any of these states; oldest first.
pub(crate) async fn same(
    conn: &mut Conn,
    kind: &str,
    dup_key: &str,
    but: Option<EntryId>,
    states: &[State],
) -> Result<Vec<Entry>> {
    /// More are no help to who has to choose between them.
    const MAX: i64 = 20;
    if dup_key.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(select_entry!(""));
    let states: Vec<Arg> = states.iter().map(|s| s.code().into()).collect();
    select
        .and("kind = ? AND dup_key = ?", &[kind.into(), dup_key.into()])
        .and_in("state", &states);
    if let Some(but) = but {
        select.and("id <> ?", &[but.uuid().into()]);
    }
    select.end("ORDER BY created_at, id LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// Entries of the same things as these, in any of these states, by what makes them the same; oldest first.
pub(crate) async fn same_many(
    conn: &mut Conn,
    kind: &str,
    dup_keys: &[&str],
    states: &[State],
) -> Result<HashMap<String, Vec<Entry>>> {
    let mut out: HashMap<String, Vec<Entry>> = HashMap::new();
    for part in dup_keys.chunks(db::ROWS_A_STATEMENT) {
        let keys: Vec<Arg> = part
            .iter()
            .filter(|key| !key.is_empty())
            .map(|key| (*key).into())
            .collect();
        let mut select = Select::new(select_entry!(""));
        select
            .and("kind = ?", &[kind.into()])
            .and_in("dup_key", &keys)
            .end("ORDER BY created_at, id", &[]);
        let found: Vec<Entry> = select.all(conn).await?;
        // States are looked at here: asked for, SQLite would rather go through all that are handed in.
        for entry in found.into_iter().filter(|entry| states.contains(&entry.state())) {
            out.entry(entry.dup_key.clone()).or_default().push(entry);
        }
    }
    Ok(out)
}

/// These entries, by id; those that are gone are not among them.
pub(crate) async fn many(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, Entry>> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(db::ROWS_A_STATEMENT) {
        let args: Vec<Arg> = part.iter().map(|id| (*id).into()).collect();
        let mut select = Select::new(select_entry!(""));
        select.and_in("id", &args);
        let found: Vec<Entry> = select.all(conn).await?;
        out.extend(found.into_iter().map(|entry| (entry.id, entry)));
    }
    Ok(out)
}

/// Entries of a kind that an organisation has in these states.
pub(crate) async fn count_of_org(conn: &mut Conn, org: Uuid, kinds: &[&str], states: &[State]) -> Result<i64> {
    let mut select = Select::new("SELECT count(*) FROM entry");
    let states: Vec<Arg> = states.iter().map(|s| s.code().into()).collect();
    let kinds: Vec<Arg> = kinds.iter().map(|k| (*k).into()).collect();
    select
        .and("org_id = ?", &[org.into()])
        .and_in("state", &states)
        .and_in("kind", &kinds);
    Ok(select.number(conn).await?)
}

/// Published entries whose days are over.
pub(crate) async fn due(conn: &mut Conn, now: i64, limit: i64) -> Result<Vec<Entry>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_entry!("WHERE state = 'published' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2"))
        .bind(now).bind(limit).fetch_all(c).await)?,
    )
}

/// Published entries that end by an instant and whose owners have not been reminded.
pub(crate) async fn to_remind(conn: &mut Conn, now: i64, until: i64, limit: i64) -> Result<Vec<Entry>> {
    Ok(on!(conn, c => sqlx::query_as(select_entry!(
        "WHERE state = 'published' AND expires_at > $1 AND expires_at <= $2 AND reminded_at IS NULL ORDER BY expires_at, id LIMIT $3"))
        .bind(now).bind(until).bind(limit).fetch_all(c).await)?)
}
