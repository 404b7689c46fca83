//! The SQL of this crate, and only here.

use db::{Conn, on};
use jcore::{Act, Result};
use kernel::{EntryId, FileId};
use uuid::Uuid;

/// A paper's row, with what its file's row says.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// The entry that it belongs to.
    pub entry_id: Uuid,
    /// Its place, from 1.
    pub slot: i64,
    /// Its file.
    pub file_id: Uuid,
    /// The ending of its type.
    pub kind: String,
    /// Title and findings, sealed.
    pub(crate) body: Vec<u8>,
    /// Whether its owner chose to show it.
    pub is_public: bool,
    /// Whether it is kept as it came, since it is signed.
    pub is_signed: bool,
    /// Whether its text or title names the owner.
    pub names_owner: bool,
    /// What was taken out, codes by commas.
    pub stripped: String,
    /// When it came, UTC microseconds.
    pub created_at: i64,
    /// Bytes.
    pub size: i64,
    /// Its media type.
    pub media: String,
}

/// The columns of [`Row`].
macro_rules! select_row {
    ($tail:literal) => {
        concat!(
            "SELECT a.id, a.entry_id, a.slot, a.file_id, a.kind, a.body, a.is_public, a.is_signed, a.names_owner, a.stripped, \
             a.created_at, f.size, f.media FROM attachment a JOIN file f ON f.id = a.file_id ",
            $tail
        )
    };
}

/// A new paper, all but what the act knows.
pub(crate) struct New<'a> {
    pub id: Uuid,
    pub entry: EntryId,
    pub slot: i64,
    pub file: FileId,
    pub kind: &'a str,
    pub body: &'a [u8],
    pub preview: &'a [u8],
    pub is_public: bool,
    pub is_signed: bool,
    pub names_owner: bool,
    pub stripped: &'a str,
}

pub(crate) async fn insert(act: &mut Act, new: &New<'_>) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO attachment (id, entry_id, slot, file_id, kind, body, preview, is_public, is_signed, names_owner, stripped, \
         created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind(new.id).bind(new.entry.uuid()).bind(new.slot).bind(new.file.uuid()).bind(new.kind).bind(new.body)
        .bind(new.preview).bind(new.is_public).bind(new.is_signed).bind(new.names_owner).bind(new.stripped)
        .bind(now).bind(user).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    Ok(())
}

/// One paper.
pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<Row> {
    Ok(on!(conn, c => sqlx::query_as(select_row!("WHERE a.id = $1")).bind(id).fetch_one(c).await)?)
}

/// The papers of an entry, in order.
pub(crate) async fn of(conn: &mut Conn, entry: EntryId) -> Result<Vec<Row>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_row!("WHERE a.entry_id = $1 ORDER BY a.slot")).bind(entry.uuid()).fetch_all(c).await)?,
    )
}

/// The sealed text of a paper.
pub(crate) async fn preview(conn: &mut Conn, id: Uuid) -> Result<Vec<u8>> {
    Ok(on!(conn, c => sqlx::query_scalar("SELECT preview FROM attachment WHERE id = $1").bind(id).fetch_one(c).await)?)
}

pub(crate) async fn set_public(act: &mut Act, id: Uuid, is_public: bool) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE attachment SET is_public = $2 WHERE id = $1")
        .bind(id).bind(is_public).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Removes a paper's row; its file is to be deleted after it.
pub(crate) async fn delete(act: &mut Act, id: Uuid) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("DELETE FROM attachment WHERE id = $1").bind(id).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Papers whose entry is gone.
pub(crate) async fn left_behind(conn: &mut Conn, limit: i64) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT a.id, a.file_id FROM attachment a WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = a.entry_id) \
         ORDER BY a.id LIMIT $1")
        .bind(limit).fetch_all(c).await)?)
}
