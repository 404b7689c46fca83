//! The marks by which things that say nearly the same are found.

use std::collections::HashMap;

use db::{Arg, Conn, Select, on};
use jcore::{Act, Result};
use kernel::EntryId;
use uuid::Uuid;

use crate::rules::State;

/// Marks of one statement: two values each, of which SQLite binds 32,766.
const MARKS_A_STATEMENT: usize = 10_000;
/// Things with marks in common that one query gives: where a mark is on thousands, they are copies of each other, and
/// the first tell as much as all.
const FOUND_MAX: i64 = 20_000;

/// Keeps the marks of new entries.
pub(crate) async fn add(act: &mut Act, entries: &[(EntryId, &[i64])]) -> Result<()> {
    let marks = entries
        .iter()
        .flat_map(|(id, marks)| marks.iter().map(|mark| (id.uuid(), *mark)));
    let marks: Vec<(Uuid, i64)> = marks.collect();
    for part in marks.chunks(MARKS_A_STATEMENT) {
        on!(&mut act.conn, c => {
            let mut query = sqlx::QueryBuilder::new("INSERT INTO entry_alike (entry_id, mark) ");
            query.push_values(part, |mut row, (id, mark)| {
                row.push_bind(*id).push_bind(*mark);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Puts marks in the place of those that an entry had.
pub(crate) async fn replace(act: &mut Act, entry: EntryId, marks: &[i64]) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("DELETE FROM entry_alike WHERE entry_id = $1").bind(entry.uuid())
        .execute(c).await.map(|_| ()))?;
    add(act, &[(entry, marks)]).await
}

/// The entries that have these marks, by mark.
pub(crate) async fn find(conn: &mut Conn, marks: &[i64]) -> Result<HashMap<i64, Vec<Uuid>>> {
    let mut out: HashMap<i64, Vec<Uuid>> = HashMap::new();
    for part in marks.chunks(MARKS_A_STATEMENT) {
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
