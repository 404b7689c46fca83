//! The engine of this node, and how it is fed: each node keeps its own index beside its files and reads the change log with a
//! cursor of its own. What is public goes in within a second of its commit; what is no longer public goes out.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use db::{Change, Cursor};
use entries::ListRow;
use jcore::{App, Fault, Result};
use matching::{Document, Engine, Options};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::document;

/// The index's folder within the data folder.
const FOLDER: &str = "index";
/// Changes that are read at once.
const CHANGES_A_TIME: i64 = 500;
/// Entries that are read at once when all are put in.
const ENTRIES_A_TIME: i64 = 500;
/// Changes of other things after which the cursor is kept all the same, so that a start reads few of them again.
const OTHERS_MAX: usize = 20_000;

/// The engine of this node, in `app.extras`. It is opened when it is first asked for: commands that match nothing leave
/// the index to who serves.
#[derive(Clone, Default)]
pub struct Matcher(Arc<Inner>);

#[derive(Default)]
struct Inner {
    engine: OnceLock<Engine>,
    /// Where the log was read to; one feeds at a time.
    feed: Mutex<Option<Reading>>,
}

/// Where the log was read to.
#[derive(Debug, Clone, Copy)]
struct Reading {
    cursor: Cursor,
    /// Changes read since the cursor was last kept.
    unkept: usize,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher")
            .field("open", &self.0.engine.get().is_some())
            .finish()
    }
}

impl Matcher {
    /// The application's.
    ///
    /// # Errors
    /// Internal, when whoever put the application together left it out.
    pub fn of(app: &App) -> Result<Self> {
        app.extra::<Self>()
            .cloned()
            .ok_or_else(|| Fault::internal("matches::Matcher is missing from the application's extras"))
    }

    /// The engine, if it is open: for what can do without it.
    #[must_use]
    pub fn ready(&self) -> Option<Engine> {
        self.0.engine.get().cloned()
    }

    /// The engine, opened when it is not yet.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub async fn engine(&self, app: &App) -> Result<Engine> {
        if let Some(engine) = self.ready() {
            return Ok(engine);
        }
        // One opens it; the others wait and find it open.
        let _turn = self.0.feed.lock().await;
        self.opened(app).await
    }

    /// Whether the index is still being made from the store, so that what is asked may find less than there is.
    ///
    /// # Errors
    /// As [`Self::engine`].
    pub(crate) async fn is_making(&self, app: &App) -> Result<bool> {
        Ok(self.engine(app).await?.needs_rebuild())
    }

    async fn opened(&self, app: &App) -> Result<Engine> {
        if let Some(engine) = self.ready() {
            return Ok(engine);
        }
        let folder: PathBuf = app.settings.data.join(FOLDER);
        let engine = blocking(move || Engine::open(Some(&folder), Options::default())).await?;
        Ok(self.0.engine.get_or_init(|| engine).clone())
    }
}

/// Runs the engine's work beside the async threads.
pub(crate) async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T>
where
    T: Send + 'static,
    E: std::fmt::Display + Send + 'static,
{
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Fault::internal(format!("the engine's thread: {e}")))?
        .map_err(|e| Fault::internal(format!("the engine: {e}")))
}

/// Takes in what has changed since the last time; builds the index anew where it is missing, damaged or of another version,
/// while the old one serves. Returns how many entries were put in or taken out.
///
/// # Errors
/// The store's, or the index's.
pub async fn feed(app: &App) -> Result<usize> {
    let matcher = Matcher::of(app)?;
    let mut reading = matcher.0.feed.lock().await;
    let engine = matcher.opened(app).await?;
    let mut done = 0;
    let mut at = match *reading {
        Some(at) => at,
        None => begin(app, &engine).await?,
    };
    if engine.needs_rebuild() || is_of_another_store(app, at.cursor).await? {
        let (cursor, count) = build(app, &engine).await?;
        at = Reading { cursor, unkept: 0 };
        done += count;
        tracing::info!(entries = count, "the search index was built anew");
    }
    loop {
        let changes = db::changes_after(&mut app.read().await?, at.cursor, CHANGES_A_TIME).await?;
        let Some(last) = changes.last() else { break };
        at.cursor = Cursor {
            txid: last.txid,
            seq: last.seq,
        };
        let taken = take(app, &engine, &changes).await?;
        at.unkept += changes.len();
        if taken > 0 || at.unkept >= OTHERS_MAX {
            let (engine, mark) = (engine.clone(), at.cursor.mark());
            blocking(move || engine.commit(mark)).await?;
            at.unkept = 0;
        }
        done += taken;
        *reading = Some(at);
    }
    *reading = Some(at);
    Ok(done)
}

async fn begin(app: &App, engine: &Engine) -> Result<Reading> {
    // An index that was made before anything was in the log begins with it.
    let cursor = match engine.cursor() {
        Some(mark) => Cursor::from_mark(mark, &app.db),
        None if engine.needs_rebuild() => Cursor::default(),
        None => db::changes_head(&mut app.read().await?).await?,
    };
    Ok(Reading { cursor, unkept: 0 })
}

/// Whether the log ends before the cursor: then the store is another than the one that the index was made from, or was put
/// back to an earlier state.
async fn is_of_another_store(app: &App, cursor: Cursor) -> Result<bool> {
    Ok(cursor > db::changes_head(&mut app.read().await?).await?)
}

/// Puts in what became public and takes out what is no longer so. Returns how many.
async fn take(app: &App, engine: &Engine, changes: &[Change]) -> Result<usize> {
    let mut ids: Vec<Uuid> = changes
        .iter()
        .filter(|change| change.kind == "entry")
        .map(|change| change.subject_id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(0);
    }
    let rows = entries::public_rows(&mut app.read().await?, &ids, app.now().micros()).await?;
    let documents = documents(app, &rows)?;
    let gone: Vec<Uuid> = ids
        .iter()
        .filter(|id| documents.iter().all(|document| document.id != **id))
        .copied()
        .collect();
    let engine = engine.clone();
    blocking(move || {
        engine.put(&documents)?;
        engine.remove(&gone)
    })
    .await?;
    Ok(ids.len())
}

fn documents(app: &App, rows: &[ListRow]) -> Result<Vec<Document>> {
    let kinds = entries::kinds(app);
    let known = rows.iter().filter_map(|row| Some((kinds.get(&row.kind)?, row)));
    known.map(|(kind, row)| document::of_row(kind.as_ref(), row)).collect()
}

/// Builds the index anew from all that is public, beside the one that serves. Returns where the log stood before the first
/// entry was read, and how many there are.
async fn build(app: &App, engine: &Engine) -> Result<(Cursor, usize)> {
    let head = db::changes_head(&mut app.read().await?).await?;
    let new = {
        let engine = engine.clone();
        Arc::new(blocking(move || engine.rebuild()).await?)
    };
    let (mut after, mut count) = (None, 0);
    loop {
        let now = app.now().micros();
        let mut conn = app.read().await?;
        let ids = entries::public_ids(&mut conn, after, now, ENTRIES_A_TIME).await?;
        let Some(last) = ids.last() else { break };
        after = Some(*last);
        let rows = entries::public_rows(&mut conn, &ids, now).await?;
        drop(conn);
        let documents = documents(app, &rows)?;
        count += documents.len();
        let new = new.clone();
        blocking(move || new.put(&documents)).await?;
    }
    let new = Arc::into_inner(new).ok_or_else(|| Fault::internal("an index in the making is held elsewhere"))?;
    blocking(move || new.finish(head.mark())).await?;
    Ok((head, count))
}
