//! The marks of long sheets, by which near-same things are found, put in by the thousand: they lie all over their index,
//! and one by one each of them would write a page of its own.

use jcore::{App, Permit, Result, act};
use serde_json::json;
use uuid::Uuid;

use crate::store;
use crate::store::alike::Mark;

/// Entries whose marks are sorted together: the more, the fewer pages are written twice.
const ENTRIES: i64 = 8_000;
/// Marks that one act puts in, in their order; well within the time that a write may hold its transaction.
const MARKS_AN_ACT: usize = 6_144;

/// Puts in what waits. Broken off, it is done again: what is there stays. Gives how many entries they were.
pub(crate) async fn put_marks(app: &App, permit: &Permit) -> Result<usize> {
    let mut count = 0;
    loop {
        let due = store::alike::due(&mut app.read().await?, ENTRIES).await?;
        if due.is_empty() {
            return Ok(count);
        }
        let ids: Vec<Uuid> = due.iter().map(|(id, _)| *id).collect();
        let each = |(id, marks): (Uuid, Vec<i64>)| marks.into_iter().map(move |mark| (mark, id));
        let mut marks: Vec<Mark> = due.into_iter().flat_map(each).collect();
        marks.sort_unstable();
        for part in marks.chunks(MARKS_AN_ACT) {
            act!(app, permit, |act| {
                store::alike::put(&mut act, part).await?;
                act.note("entry.marked", "entry", None, json!({ "marks": part.len() }));
                Ok(())
            })?;
        }
        act!(app, permit, |act| {
            store::alike::done(&mut act, &ids).await?;
            act.note("entry.marked", "entry", None, json!({ "entries": ids.len() }));
            Ok(())
        })?;
        count += ids.len();
    }
}
