//! The change log: appended in the transaction that changes something, read by consumers with cursors of their own.

use uuid::Uuid;

use crate::{Conn, Holds, Result, Rows, on};

/// Rows of one statement: with some ten values each well under what both engines bind (SQLite 32,766 values).
pub const ROWS_A_STATEMENT: usize = 500;

/// One change, as read.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Change {
    /// The writing transaction (0 on SQLite).
    pub txid: i64,
    /// The entry's number.
    pub seq: i64,
    /// When, UTC microseconds.
    pub at: i64,
    /// What kind of thing changed.
    pub kind: String,
    /// Which one.
    pub subject_id: Uuid,
}

/// How far a consumer has read: all entries up to and with this one, in the order (txid, seq).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
pub struct Cursor {
    /// The transaction of the last entry read.
    pub txid: i64,
    /// The number of the last entry read.
    pub seq: i64,
}

/// Appends changes in the caller's transaction.
///
/// # Errors
/// The store's.
pub async fn append_changes(conn: &mut Conn, at: i64, changes: &[(&'static str, Uuid)]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::of([("kind", Holds::Text), ("subject_id", Holds::Id)]).all("at", at);
    if let Conn::Pg(c) = conn {
        // On SQLite the number alone is the order, and the transaction is 0.
        let (txid,): (i64,) = sqlx::query_as("SELECT pg_current_xact_id()::text::bigint")
            .fetch_one(&mut **c)
            .await?;
        rows = rows.all("txid", txid);
    }
    for (kind, id) in changes {
        rows.push([(*kind).into(), (*id).into()]);
    }
    rows.insert(conn, "change_log", "").await?;
    Ok(())
}

/// The next changes after a consumer's cursor, oldest first; never one that an open transaction could still precede.
///
/// # Errors
/// The store's.
pub async fn read_changes(conn: &mut Conn, consumer: &str, limit: i64) -> Result<Vec<Change>> {
    let cursor: Option<Cursor> = on!(conn, c => sqlx::query_as("SELECT txid, seq FROM change_cursor WHERE consumer = $1")
        .bind(consumer).fetch_optional(c).await)?;
    changes_after(conn, cursor.unwrap_or_default(), limit).await
}

/// The same after a cursor that its reader keeps itself: what each node does by itself, its search index say.
///
/// # Errors
/// The store's.
pub async fn changes_after(conn: &mut Conn, cursor: Cursor, limit: i64) -> Result<Vec<Change>> {
    const LITE: &str = "SELECT txid, seq, at, kind, subject_id FROM change_log \
        WHERE (txid, seq) > ($1, $2) ORDER BY txid, seq LIMIT $3";
    // A transaction that is still open may commit an entry with a smaller txid than those seen: wait for it.
    const PG: &str = "SELECT txid, seq, at, kind, subject_id FROM change_log \
        WHERE (txid, seq) > ($1, $2) AND txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint \
        ORDER BY txid, seq LIMIT $3";
    let rows = match conn {
        Conn::Lite(c) => {
            sqlx::query_as(LITE)
                .bind(cursor.txid)
                .bind(cursor.seq)
                .bind(limit)
                .fetch_all(&mut **c)
                .await?
        }
        Conn::Pg(c) => {
            sqlx::query_as(PG)
                .bind(cursor.txid)
                .bind(cursor.seq)
                .bind(limit)
                .fetch_all(&mut **c)
                .await?
        }
    };
    Ok(rows)
}

/// Where the log stands: nothing that is read from now on after this cursor was there before.
///
/// # Errors
/// The store's.
pub async fn changes_head(conn: &mut Conn) -> Result<Cursor> {
    match conn {
        Conn::Lite(c) => {
            let seq: i64 = sqlx::query_scalar("SELECT coalesce(max(seq), 0) FROM change_log")
                .fetch_one(&mut **c)
                .await?;
            Ok(Cursor { txid: 0, seq })
        }
        Conn::Pg(c) => {
            // All below the oldest open transaction is there to be read.
            let open: i64 = sqlx::query_scalar("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .fetch_one(&mut **c)
                .await?;
            Ok(Cursor {
                txid: open - 1,
                seq: i64::MAX,
            })
        }
    }
}

impl Cursor {
    /// One number to keep it by, from which [`Cursor::from_mark`] gives one that is never further: what is read twice is
    /// done twice.
    #[must_use]
    pub fn mark(self) -> i64 {
        match (self.txid, self.seq) {
            (0, seq) => seq,
            // The whole of its transaction was read.
            (txid, i64::MAX) => txid,
            (txid, _) => txid - 1,
        }
    }

    /// The cursor of a mark, in a store of this engine.
    #[must_use]
    pub fn from_mark(mark: i64, db: &crate::Db) -> Self {
        match db {
            crate::Db::Lite { .. } => Self { txid: 0, seq: mark },
            crate::Db::Pg(_) => Self {
                txid: mark,
                seq: i64::MAX,
            },
        }
    }
}

/// Keeps how far a consumer has read, in the transaction that did its work.
///
/// # Errors
/// The store's.
pub async fn save_cursor(conn: &mut Conn, consumer: &str, cursor: Cursor) -> Result<()> {
    on!(conn, c => sqlx::query(
        "INSERT INTO change_cursor (consumer, txid, seq) VALUES ($1, $2, $3) \
         ON CONFLICT (consumer) DO UPDATE SET txid = excluded.txid, seq = excluded.seq")
        .bind(consumer).bind(cursor.txid).bind(cursor.seq).execute(c).await.map(|_| ()))?;
    Ok(())
}
