//! What was seen to be public.

use db::{Conn, Select, on};
use entries::ListRow;
use jcore::{Act, Result};
use uuid::Uuid;

/// An item as it was seen last.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ItemRow {
    pub(crate) entry_id: Uuid,
    pub(crate) kind: String,
    pub(crate) edition: i64,
    pub(crate) state: String,
    pub(crate) gist: String,
    pub(crate) published_at: i64,
    pub(crate) ended_at: Option<i64>,
}

/// The state of an item that is public.
pub(crate) const PUBLIC: &str = "public";
/// The state of one that is not any more.
pub(crate) const OVER: &str = "over";

pub(crate) async fn get(conn: &mut Conn, entry: Uuid) -> Result<Option<ItemRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT entry_id, kind, edition, state, gist, published_at, ended_at FROM push_item WHERE entry_id = $1")
        .bind(entry).fetch_optional(c).await)?)
}

/// Keeps how an item is seen now.
pub(crate) async fn put(act: &mut Act, row: &ItemRow) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_item (entry_id, kind, edition, state, gist, published_at, ended_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (entry_id) DO UPDATE SET edition = excluded.edition, state = excluded.state, gist = excluded.gist, \
         ended_at = excluded.ended_at, changed_at = excluded.changed_at")
        .bind(row.entry_id).bind(&row.kind).bind(row.edition).bind(&row.state).bind(&row.gist).bind(row.published_at)
        .bind(row.ended_at).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A need that is public, with what decides who should get it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct PublicNeed {
    pub(crate) entry_id: Uuid,
    pub(crate) edition: i64,
    pub(crate) owner: Uuid,
    pub(crate) sector: String,
}

/// Needs that are public, for an organisation that is caught up with: newest first.
pub(crate) async fn public_needs(conn: &mut Conn, limit: i64) -> Result<Vec<PublicNeed>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT i.entry_id, i.edition, e.org_id AS owner, e.sector FROM push_item i JOIN entry e ON e.id = i.entry_id \
         WHERE i.kind = 'need' AND i.state = 'public' ORDER BY i.published_at DESC, i.entry_id DESC LIMIT $1")
        .bind(limit).fetch_all(c).await)?)
}

/// What was published since an instant and is public, newest first: for a preview.
pub(crate) async fn published_since(
    conn: &mut Conn,
    kinds: &[&str],
    since: i64,
    now: i64,
    limit: i64,
) -> Result<Vec<ListRow>> {
    let mut select = Select::new(
        "SELECT id, kind, title, summary, open, withheld, sector, region, category, trl, modes, org_name, published_at, \
         expires_at FROM entry",
    );
    let kinds: Vec<db::Arg> = kinds.iter().map(|kind| (*kind).into()).collect();
    select
        .and(
            "state = 'published' AND published_at >= ? AND expires_at + 0 > ?",
            &[since.into(), now.into()],
        )
        .and_in("kind", &kinds)
        .end("ORDER BY published_at DESC, id DESC LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// Rows of lists by their ids; those that are not public now are not among them.
pub(crate) async fn public_rows(conn: &mut Conn, ids: &[Uuid], now: i64) -> Result<Vec<ListRow>> {
    let mut out = Vec::with_capacity(ids.len());
    for part in ids.chunks(db::ROWS_A_STATEMENT) {
        let mut select = Select::new(
            "SELECT id, kind, title, summary, open, withheld, sector, region, category, trl, modes, org_name, published_at, \
             expires_at FROM entry",
        );
        let args: Vec<db::Arg> = part.iter().map(|id| (*id).into()).collect();
        select
            .and("state = 'published' AND expires_at + 0 > ?", &[now.into()])
            .and_in("id", &args)
            .end("ORDER BY published_at DESC, id DESC", &[]);
        let rows: Vec<ListRow> = select.all(conn).await?;
        out.extend(rows);
    }
    Ok(out)
}
