//! The marks by which things that say nearly the same are found.

use std::collections::HashMap;

use db::{Arg, Conn, Holds, Rows, Select, on};
use jcore::{Act, Result};
use kernel::EntryId;
use uuid::Uuid;

use crate::rules::State;

/// Marks of one question.
const MARKS_ASKED: usize = 10_000;
/// Things with marks in common that one query gives: where a mark is on thousands, they are copies of each other, and
/// the first tell as much as all.
const FOUND_MAX: i64 = 20_000;
/// Bytes of a mark.
const MARK_BYTES: usize = 8;

/// A mark of an entry.
pub(crate) type Mark = (i64, Uuid);

/// Keeps the marks of a new entry.
pub(crate) async fn add(act: &mut Act, entry: EntryId, marks: &[i64]) -> Result<()> {
    let marks: Vec<Mark> = marks.iter().map(|mark| (*mark, entry.uuid())).collect();
    put(act, &marks).await
}

/// Puts marks where they are found. Those that are there stay.
pub(crate) async fn put(act: &mut Act, marks: &[Mark]) -> Result<()> {
    let mut rows = Rows::of([("mark", Holds::Int), ("entry_id", Holds::Id)]);
    for (mark, id) in marks {
        rows.push([(*mark).into(), (*id).into()]);
    }
    rows.insert(&mut act.conn, "entry_alike", "ON CONFLICT DO NOTHING")
        .await?;
    Ok(())
}

/// Puts marks in the place of those that an entry had.
pub(crate) async fn replace(act: &mut Act, entry: EntryId, marks: &[i64]) -> Result<()> {
    for sql in [
        "DELETE FROM entry_alike WHERE entry_id = $1",
        "DELETE FROM entry_alike_due WHERE entry_id = $1",
    ] {
        on!(&mut act.conn, c => sqlx::query(sql).bind(entry.uuid()).execute(c).await.map(|_| ()))?;
    }
    add(act, entry, marks).await
}

/// Keeps the marks of many new entries, to be put in later ([`due`]).
pub(crate) async fn add_later(act: &mut Act, entries: &[(EntryId, &[i64])]) -> Result<()> {
    let bytes: Vec<Vec<u8>> = entries
        .iter()
        .map(|(_, marks)| marks.iter().flat_map(|mark| mark.to_be_bytes()).collect())
        .collect();
    let mut rows = Rows::of([("entry_id", Holds::Id), ("marks", Holds::Bytes)]);
    for ((id, _), bytes) in entries.iter().zip(&bytes) {
        rows.push([id.uuid().into(), bytes.as_slice().into()]);
    }
    rows.insert(&mut act.conn, "entry_alike_due", "").await?;
    Ok(())
}

/// Entries whose marks wait to be put in, the oldest first, each with its marks.
pub(crate) async fn due(conn: &mut Conn, limit: i64) -> Result<Vec<(Uuid, Vec<i64>)>> {
    let rows: Vec<(Uuid, Vec<u8>)> = on!(conn, c => sqlx::query_as(
        "SELECT entry_id, marks FROM entry_alike_due ORDER BY entry_id LIMIT $1").bind(limit).fetch_all(c).await)?;
    let marks = |bytes: Vec<u8>| {
        let each = bytes.chunks_exact(MARK_BYTES);
        each.filter_map(|mark| Some(i64::from_be_bytes(mark.try_into().ok()?)))
            .collect()
    };
    Ok(rows.into_iter().map(|(id, bytes)| (id, marks(bytes))).collect())
}

/// What waited was put in.
pub(crate) async fn done(act: &mut Act, ids: &[Uuid]) -> Result<()> {
    db::for_ids(&mut act.conn, "DELETE FROM entry_alike_due WHERE entry_id IN ", ids).await?;
    Ok(())
}

/// The entries that have these marks, by mark.
pub(crate) async fn find(conn: &mut Conn, marks: &[i64]) -> Result<HashMap<i64, Vec<Uuid>>> {
    let mut out: HashMap<i64, Vec<Uuid>> = HashMap::new();
    for part in marks.chunks(MARKS_ASKED) {
        let args: Vec<Arg> = part.iter().map(|mark| (*mark).into()).collect();
        let mut select = Select::new("SELECT mark, entry_id FROM entry_alike");
        select.and_in("mark", &args).end("LIMIT ?", &[FOUND_MAX.into()]);
        let found: Vec<(i64, Uuid)> = select.all(conn).await?;
        for (mark, id) in found {
            out.entry(mark).or_default().push(id);
        }
    }
    Ok(out)
}

/// An entry as far as it is compared.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Compared {
    pub id: Uuid,
    pub org_id: Uuid,
    pub author_id: Uuid,
    pub state: String,
    pub title: String,
    pub open: String,
    pub region: String,
    pub expires_at: Option<i64>,
}

/// Entries of a kind by their ids that are not withdrawn.
pub(crate) async fn compared(conn: &mut Conn, kind: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, Compared>> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(db::ROWS_A_STATEMENT) {
        let args: Vec<Arg> = part.iter().map(|id| (*id).into()).collect();
        let live: Vec<Arg> = State::LIVE.iter().map(|state| state.code().into()).collect();
        let mut select = Select::new("SELECT id, org_id, author_id, state, title, open, region, expires_at FROM entry");
        select
            .and_in("id", &args)
            .and("kind = ?", &[kind.into()])
            .and_in("state", &live);
        let found: Vec<Compared> = select.all(conn).await?;
        out.extend(found.into_iter().map(|entry| (entry.id, entry)));
    }
    Ok(out)
}
