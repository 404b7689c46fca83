//! The log in a file of its own: one process, one writer, one sync a batch.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bidding::At;
use bidding::sequencer::{Batch, Fenced, Log, NoFence, Restored};
use db::Db;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::Mutex;

use crate::{Error, rows};

/// How long the writer waits for the file: only what makes a lot known writes beside it, for a moment. Longer than this is a
/// gap in which no bid could be put in order.
const BUSY_WAIT: Duration = Duration::from_secs(2);
/// Pages of the write-ahead log after which it is written back: some 64 MB, a few seconds of the busiest lot, since a writer
/// waits for it.
const CHECKPOINT_PAGES: &str = "16384";

/// The log.
pub(crate) struct Lite {
    db: Db,
    // One writer; the lock is never waited for, since one batch is kept at a time.
    write: Mutex<SqliteConnection>,
}

impl Lite {
    /// Opens the writer of a file whose schema is there.
    pub(crate) async fn open(db: Db, path: &Path, is_fast: bool) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .busy_timeout(BUSY_WAIT)
            .journal_mode(SqliteJournalMode::Wal)
            // Who was answered must find their bid after a power cut.
            .synchronous(if is_fast {
                SqliteSynchronous::Off
            } else {
                SqliteSynchronous::Full
            })
            .pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
        let write = SqliteConnection::connect_with(&options)
            .await
            .map_err(db::Error::from)?;
        Ok(Self {
            db,
            write: Mutex::new(write),
        })
    }
}

impl Log for Lite {
    type Error = Error;
    type Fence = NoFence;
    const ALONE: bool = true;

    async fn fence(&self, _: Vec<(Arc<str>, u64)>) -> Result<Fenced<NoFence>, Error> {
        Err(Error::Alone)
    }

    async fn append(&self, _: Option<NoFence>, batch: Arc<Batch>) -> Result<(), Error> {
        let mut write = self.write.lock().await;
        let parts = rows::parts(&batch);
        // One statement is a transaction by itself.
        if parts.len() == 1 {
            for sheets in parts {
                rows::insert(sheets)
                    .build()
                    .execute(&mut *write)
                    .await
                    .map_err(db::Error::from)?;
            }
            return Ok(());
        }
        let mut tx = write.begin_with("BEGIN IMMEDIATE").await.map_err(db::Error::from)?;
        for sheets in parts {
            rows::insert(sheets)
                .build()
                .execute(&mut *tx)
                .await
                .map_err(db::Error::from)?;
        }
        tx.commit().await.map_err(db::Error::from)?;
        Ok(())
    }

    async fn restore(&self, lot: Arc<str>) -> Result<Option<Restored>, Error> {
        rows::restore(&mut self.db.read().await?, &lot).await
    }

    async fn tail(&self, lot: Arc<str>, after: u64) -> Result<String, Error> {
        rows::tail(&mut self.db.read().await?, &lot, after).await
    }

    async fn beat(&self) -> Result<At, Error> {
        Err(Error::Alone)
    }

    async fn others(&self) -> Result<bool, Error> {
        Ok(false)
    }
}
