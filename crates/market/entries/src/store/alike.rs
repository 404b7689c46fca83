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
/// Entries taken out by one statement: some seven marks each, which SQLite looks for one after the other.
const ENTRIES_TAKEN_OUT: usize = 100;
/// Bytes of a mark.
const MARK_BYTES: usize = 8;

/// A mark of an entry.
pub(crate) type Mark = (i64, Uuid);

/// Marks as they stand beside their entry.
pub(crate) fn packed(marks: &[i64]) -> Vec<u8> {
    marks.iter().flat_map(|mark| mark.to_be_bytes()).collect()
}

fn unpacked(bytes: &[u8]) -> impl Iterator<Item = i64> + '_ {
    let each = bytes.chunks_exact(MARK_BYTES);
    each.filter_map(|mark| Some(i64::from_be_bytes(mark.try_into().ok()?)))
}

/// Has an entry found by its marks.
pub(crate) async fn add(act: &mut Act, entry: EntryId, marks: &[i64]) -> Result<()> {
    let marks: Vec<Mark> = marks.iter().map(|mark| (*mark, entry.uuid())).collect();
    put(act, &marks).await
}

/// Puts marks where they are found. Put in again, they are there once, or twice on PostgreSQL, which is the same to who asks.
pub(crate) async fn put(act: &mut Act, marks: &[Mark]) -> Result<()> {
    let mut rows = Rows::of([("mark", Holds::Int), ("entry_id", Holds::Id)]);
    for (mark, id) in marks {
        rows.push([(*mark).into(), (*id).into()]);
    }
    let again = match act.conn {
        Conn::Lite(_) => "ON CONFLICT DO NOTHING",
        Conn::Pg(_) => "",
    };
    rows.insert(&mut act.conn, "entry_alike", again).await?;
    Ok(())
}

/// Entries are no longer found by the marks that stand beside them.
pub(crate) async fn take_out(act: &mut Act, entries: &[Uuid]) -> Result<()> {
    db::for_ids(&mut act.conn, "DELETE FROM entry_alike_due WHERE entry_id IN ", entries).await?;
    for part in entries.chunks(ENTRIES_TAKEN_OUT) {
        let found = marks_of(&mut act.conn, part).await?;
        let marks: Vec<i64> = found.into_iter().flat_map(|(_, marks)| marks).collect();
        if marks.is_empty() {
            continue;
        }
        on!(&mut act.conn, c => {
            let mut query = sqlx::QueryBuilder::new("DELETE FROM entry_alike WHERE mark IN (");
            let mut list = query.separated(", ");
            for mark in &marks {
                list.push_bind(*mark);
            }
            query.push(") AND entry_id IN (");
            let mut list = query.separated(", ");
            for id in part {
                list.push_bind(*id);
            }
            query.push(")");
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Keeps that the marks of many new entries are to be put in later ([`due`]).
pub(crate) async fn add_later(act: &mut Act, entries: &[EntryId]) -> Result<()> {
    let mut rows = Rows::of([("entry_id", Holds::Id)]);
    for id in entries {
        rows.push([id.uuid().into()]);
    }
    rows.insert(&mut act.conn, "entry_alike_due", "").await?;
    Ok(())
}

/// Entries whose marks wait to be put in, the oldest first, each with its marks.
pub(crate) async fn due(conn: &mut Conn, limit: i64) -> Result<Vec<(Uuid, Vec<i64>)>> {
    let due: Vec<(Uuid,)> = on!(&mut *conn, c => sqlx::query_as(
        "SELECT entry_id FROM entry_alike_due ORDER BY entry_id LIMIT $1").bind(limit).fetch_all(c).await)?;
    let ids: Vec<Uuid> = due.into_iter().map(|(id,)| id).collect();
    marks_of(conn, &ids).await
}

/// The marks that stand beside entries. Asked by id: joined with what waits, PostgreSQL would go through all entries.
async fn marks_of(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<(Uuid, Vec<i64>)>> {
    let mut out = Vec::with_capacity(ids.len());
    for part in ids.chunks(db::ROWS_A_STATEMENT) {
        let args: Vec<Arg> = part.iter().map(|id| (*id).into()).collect();
        let mut select = Select::new("SELECT id, marks FROM entry");
        select.and_in("id", &args);
        let rows: Vec<(Uuid, Vec<u8>)> = select.all(conn).await?;
        out.extend(rows.into_iter().map(|(id, bytes)| (id, unpacked(&bytes).collect())));
    }
    Ok(out)
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
        let mut select = Select::new("SELECT DISTINCT mark, entry_id FROM entry_alike");
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
