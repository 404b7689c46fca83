//! Content follows its row: what was deleted goes from the store after the act that deleted it, and what an act that
//! failed left behind goes a day later.

use std::collections::HashSet;

use db::{Arg, Conn, Select, on};
use futures_util::TryStreamExt;
use kernel::{FileId, Stamp};
use uuid::Uuid;

use crate::{App, Fault, Job, Result};

/// Seconds between looks for deleted files.
const GONE_SECS: i64 = 60;
/// Seconds between looks for content that nobody owns.
const ORPHANS_SECS: i64 = 24 * 3600;
/// How old content must be to count as owned by nobody: an act that still runs has written it before its row.
const ORPHAN_AGE_SECS: i64 = 24 * 3600;
/// Files that are removed a turn: a deletion in the store takes some milliseconds.
const GONE_MAX: i64 = 500;
/// Ids that are asked for at once.
const ASK_MAX: usize = 200;

/// The jobs of the file store.
pub(crate) fn jobs() -> Vec<Job> {
    vec![
        Job::new("files.gone", GONE_SECS, |app| async move { gone(&app).await }),
        Job::new("files.orphans", ORPHANS_SECS, |app| async move { orphans(&app).await }),
    ]
}

/// Removes the content of deleted files.
pub(super) async fn gone(app: &App) -> Result<usize> {
    let ids: Vec<Uuid> = {
        let mut conn = app.read().await?;
        on!(&mut conn, c => sqlx::query_scalar("SELECT id FROM file_gone ORDER BY at, id LIMIT $1")
            .bind(GONE_MAX).fetch_all(c).await)?
    };
    for id in &ids {
        app.files.remove(FileId::from(*id)).await?;
    }
    // Only what is gone from the store is forgotten here; a break in between runs again.
    for some in ids.chunks(ASK_MAX) {
        let mut conn = app.db.write().await?;
        for id in some {
            on!(&mut conn, c => sqlx::query("DELETE FROM file_gone WHERE id = $1").bind(*id).execute(c).await.map(|_| ()))?;
        }
        conn.commit().await?;
    }
    Ok(ids.len())
}

/// Removes content that no row names, and says which rows have none. Such rows stay: a store that is not there looks the
/// same as content that is lost.
pub(super) async fn orphans(app: &App) -> Result<usize> {
    let before = app.now().plus_secs(-ORPHAN_AGE_SECS);
    let listed: HashSet<Uuid> = app.files.list().try_collect().await.map_err(|e: Fault| e)?;
    let old: Vec<Uuid> = listed.iter().copied().filter(|id| is_older(*id, before)).collect();
    let mut removed = 0;
    for some in old.chunks(ASK_MAX) {
        let owned = owned(&mut app.read().await?, some).await?;
        for id in some.iter().filter(|id| !owned.contains(id)) {
            app.files.remove(FileId::from(*id)).await?;
            removed += 1;
        }
    }
    let missing = missing(&mut app.read().await?, &listed, before).await?;
    if missing > 0 {
        tracing::error!(files = missing, "files have no content in the store; is it all there?");
    }
    if removed > 0 {
        tracing::info!(files = removed, "content that no file names was removed");
    }
    Ok(removed)
}

/// Whether an id was given before an instant: ids carry the time at which they were given.
fn is_older(id: Uuid, before: Stamp) -> bool {
    let Some(given) = id.get_timestamp() else { return false };
    let (secs, _) = given.to_unix();
    i64::try_from(secs).is_ok_and(|secs| secs < before.micros() / 1_000_000)
}

/// Which of these ids have a row, or wait to be removed.
async fn owned(conn: &mut Conn, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
    let args: Vec<Arg> = ids.iter().map(|id| (*id).into()).collect();
    let mut select = Select::new("SELECT id FROM file");
    select.and_in("id", &args);
    let rows: Vec<(Uuid,)> = select.all(conn).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many old rows have no content.
async fn missing(conn: &mut Conn, listed: &HashSet<Uuid>, before: Stamp) -> Result<usize> {
    let ids: Vec<Uuid> = on!(conn, c => sqlx::query_scalar("SELECT id FROM file WHERE created_at < $1")
        .bind(before.micros()).fetch_all(c).await)?;
    Ok(ids.iter().filter(|id| !listed.contains(id)).count())
}
