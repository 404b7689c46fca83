//! What both stores read and write alike.

use std::sync::Arc;

use bidding::evidence::{Kept, Sheet, Signed, chain};
use bidding::sequencer::{Batch, Restored};
use bidding::{Hash, Rules};
use db::{Conn, on};

use crate::Error;

/// Lots of one statement: ten values each, well under what SQLite binds (32,766).
const LOTS_A_STATEMENT: usize = 500;

/// The columns of a batch, in the order in which they are bound.
const INSERT: &str = "INSERT INTO bid_batch \
    (lot, from_seq, to_seq, after_seq, at, before_head, head, root, signature, lines) ";

pub(crate) fn number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

pub(crate) fn place(seq: i64) -> u64 {
    u64::try_from(seq).unwrap_or(0)
}

/// Parts of a batch, each a statement.
pub(crate) fn parts(batch: &Batch) -> std::slice::Chunks<'_, Arc<Sheet>> {
    batch.lots.chunks(LOTS_A_STATEMENT)
}

/// The statement that keeps some sheets.
pub(crate) fn insert<'a, D>(sheets: &'a [Arc<Sheet>]) -> sqlx::QueryBuilder<D>
where
    D: sqlx::Database,
    i64: sqlx::Encode<'a, D> + sqlx::Type<D>,
    Option<i64>: sqlx::Encode<'a, D> + sqlx::Type<D>,
    &'a str: sqlx::Encode<'a, D> + sqlx::Type<D>,
    String: sqlx::Encode<'a, D> + sqlx::Type<D>,
{
    let mut query = sqlx::QueryBuilder::new(INSERT);
    query.push_values(sheets, |mut row, sheet| {
        row.push_bind(&**sheet.lot())
            .push_bind(number(sheet.from()))
            .push_bind(number(sheet.to()))
            .push_bind(sheet.from().checked_sub(1).filter(|after| *after > 0).map(number))
            .push_bind(sheet.at().0)
            .push_bind(sheet.before().to_string())
            .push_bind(sheet.head().to_string())
            .push_bind(sheet.root().to_string())
            .push_bind(sheet.signature())
            .push_bind(sheet.lines());
    });
    query
}

/// A batch of a lot as it is kept.
#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    pub(crate) from_seq: i64,
    pub(crate) to_seq: i64,
    pub(crate) before_head: String,
    pub(crate) head: String,
    pub(crate) root: String,
    pub(crate) signature: String,
    pub(crate) lines: String,
}

impl Row {
    /// Its steps behind a place, each with its hash.
    pub(crate) fn kept(&self, lot: &str, after: u64) -> Result<Vec<Kept>, Error> {
        let mut head = hash(lot, &self.before_head)?;
        let mut out = Vec::new();
        for (seq, line) in (place(self.from_seq)..).zip(self.lines.lines()) {
            head = chain(head, line.as_bytes());
            if seq > after {
                out.push(Kept {
                    hash: head,
                    line: line.to_owned(),
                });
            }
        }
        if head == hash(lot, &self.head)? {
            Ok(out)
        } else {
            Err(Error::Unreadable {
                lot: lot.to_owned(),
                seq: place(self.from_seq),
            })
        }
    }

    pub(crate) fn signed(&self, lot: &str) -> Result<Signed, Error> {
        Ok(Signed {
            from: place(self.from_seq),
            to: place(self.to_seq),
            root: hash(lot, &self.root)?,
            signature: self.signature.clone(),
        })
    }

    pub(crate) fn sheet(self, lot: &str) -> Result<Sheet, Error> {
        let before = hash(lot, &self.before_head)?;
        Ok(Sheet::read(
            lot.into(),
            place(self.from_seq),
            before,
            self.lines,
            self.signature,
        ))
    }
}

fn hash(lot: &str, text: &str) -> Result<Hash, Error> {
    text.parse().map_err(|_| Error::Unreadable {
        lot: lot.to_owned(),
        seq: 0,
    })
}

/// Batches of a lot that hold something behind a place, oldest first.
pub(crate) async fn batches(conn: &mut Conn, lot: &str, after: u64, max: i64) -> Result<Vec<Row>, Error> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT from_seq, to_seq, before_head, head, root, signature, lines FROM bid_batch \
         WHERE lot = $1 AND to_seq > $2 ORDER BY to_seq LIMIT $3")
        .bind(lot).bind(number(after)).bind(max).fetch_all(c).await)
    .map_err(db::Error::from)?)
}

/// The rules of a lot and the public key of its receipts; none where it is not known.
pub(crate) async fn lot(conn: &mut Conn, lot: &str) -> Result<Option<(Rules, String)>, Error> {
    let found: Option<(String, String)> =
        on!(conn, c => sqlx::query_as("SELECT rules, key FROM bid_lot WHERE lot = $1")
        .bind(lot).fetch_optional(c).await)
        .map_err(db::Error::from)?;
    let read = |(json, key): (String, String)| {
        let rules = serde_json::from_str(&json).map_err(|_| Error::Unreadable {
            lot: lot.to_owned(),
            seq: 0,
        })?;
        Ok((rules, key))
    };
    found.map(read).transpose()
}

/// A lot with its whole log; none where it is not known.
pub(crate) async fn restore(conn: &mut Conn, lot: &Arc<str>) -> Result<Option<Restored>, Error> {
    let Some((rules, _)) = self::lot(conn, lot).await? else {
        return Ok(None);
    };
    let rows = batches(conn, lot, 0, i64::MAX).await?;
    let head = rows.last().map(|row| hash(lot, &row.head)).transpose()?;
    Ok(Some(Restored {
        lot: lot.clone(),
        rules,
        lines: rows.into_iter().map(|row| row.lines).collect(),
        head,
    }))
}

/// The lines behind a place.
pub(crate) async fn tail(conn: &mut Conn, lot: &str, after: u64) -> Result<String, Error> {
    let rows = batches(conn, lot, after, i64::MAX).await?;
    Ok(rows.into_iter().map(|row| row.lines).collect())
}

/// Lots that are not over, with the public keys of their receipts.
pub(crate) async fn unfinished(conn: &mut Conn) -> Result<Vec<(String, String)>, Error> {
    let found = on!(conn, c => sqlx::query_as("SELECT lot, key FROM bid_lot WHERE is_over = FALSE ORDER BY opened_at, lot")
        .fetch_all(c).await);
    Ok(found.map_err(db::Error::from)?)
}

/// What is kept of a lot when it is opened.
pub(crate) enum Opened {
    /// These rules and this key.
    Same,
    /// A log under other rules.
    OtherRules,
    /// A log whose receipts have another key.
    OtherKey,
}

/// Makes a lot known. One that has no log yet takes these rules and this key in place of those it had.
pub(crate) async fn open(conn: &mut Conn, lot: &str, rules: &Rules, key: &str, at: i64) -> Result<Opened, Error> {
    let json = serde_json::to_string(rules).unwrap_or_default();
    on!(conn, c => sqlx::query(
        "INSERT INTO bid_lot (lot, rules, key, is_over, opened_at) VALUES ($1, $2, $3, FALSE, $4) \
         ON CONFLICT (lot) DO UPDATE SET rules = excluded.rules, key = excluded.key \
         WHERE NOT EXISTS (SELECT 1 FROM bid_batch b WHERE b.lot = excluded.lot)")
        .bind(lot).bind(&json).bind(key).bind(at).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    let kept: (String, String) = on!(conn, c => sqlx::query_as("SELECT rules, key FROM bid_lot WHERE lot = $1")
        .bind(lot).fetch_one(c).await)
    .map_err(db::Error::from)?;
    Ok(match kept {
        (rules, _) if rules != json => Opened::OtherRules,
        (_, kept) if kept != key => Opened::OtherKey,
        _ => Opened::Same,
    })
}

/// Notes that a lot is over.
pub(crate) async fn over(conn: &mut Conn, lot: &str) -> Result<(), Error> {
    on!(conn, c => sqlx::query("UPDATE bid_lot SET is_over = TRUE WHERE lot = $1")
        .bind(lot).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    Ok(())
}
