//! What is kept, for reading: also beside a process that writes.

use std::path::{Path, PathBuf};

use bidding::evidence::{Head, Kept, Person, Receipt, write};
use db::Db;
use sqlx::PgPool;

use crate::{Error, rows};

/// Steps that one reading gives at most.
pub const STEPS_MAX: usize = 10_000;
/// Batches that are read at a time: each holds one step or a thousand.
const BATCHES_A_READ: i64 = 16;

/// Where the logs are.
#[derive(Clone, Debug)]
pub enum Store {
    /// In a SQLite file of their own, made when missing.
    File {
        /// Which.
        path: PathBuf,
        /// For tests only: don't wait for the disk.
        unsafe_fast: bool,
    },
    /// In a migrated PostgreSQL database; a pool of its own is opened to it.
    Pg(PgPool),
}

impl Store {
    /// Beside the platform's store: in its database, or in `bids.db` of the data folder, which tests may have without waiting
    /// for the disk.
    #[must_use]
    pub fn beside(db: &Db, data: &Path, unsafe_fast: bool) -> Self {
        match db {
            Db::Lite { .. } => Self::File {
                path: data.join("bids.db"),
                unsafe_fast,
            },
            Db::Pg(pool) => Self::Pg(pool.clone()),
        }
    }
}

/// The logs of all lots, for reading. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Logs {
    pub(crate) db: Db,
}

impl Logs {
    /// Opens a store that is there, beside a process that writes or without one.
    ///
    /// # Errors
    /// The store's; [`Error::File`] where there is no file.
    pub async fn open(store: &Store) -> Result<Self, Error> {
        let db = match store {
            Store::Pg(pool) => Db::Pg(pool.clone()),
            Store::File { path, .. } => {
                std::fs::metadata(path)?;
                let url = format!("sqlite:{}", path.display());
                Db::open(&db::Options {
                    url,
                    unsafe_fast: false,
                })
                .await?
            }
        };
        Ok(Self { db })
    }

    /// Steps behind a place, in order, at most [`STEPS_MAX`].
    ///
    /// # Errors
    /// The store's; [`Error::Unreadable`] where they are not what was written.
    pub async fn steps(&self, lot: &str, after: u64, max: usize) -> Result<Vec<Kept>, Error> {
        let max = max.min(STEPS_MAX);
        let mut out = Vec::new();
        let mut conn = self.db.read().await?;
        let mut after = after;
        while out.len() < max {
            let found = rows::batches(&mut conn, lot, after, BATCHES_A_READ).await?;
            let Some(last) = found.last() else { break };
            let to = rows::place(last.to_seq);
            for row in &found {
                out.extend(row.kept(lot, after)?);
            }
            after = to;
        }
        out.truncate(max);
        Ok(out)
    }

    /// The receipt of a step; none where there is no such step.
    ///
    /// # Errors
    /// The store's.
    pub async fn receipt(&self, lot: &str, seq: u64) -> Result<Option<Receipt>, Error> {
        let Some(after) = seq.checked_sub(1) else {
            return Ok(None);
        };
        let found = rows::batches(&mut self.db.read().await?, lot, after, 1).await?;
        match found.into_iter().next() {
            Some(row) => Ok(row.sheet(lot)?.receipt(seq)),
            None => Ok(None),
        }
    }

    /// A lot's package; with people the full one.
    ///
    /// # Errors
    /// [`Error::NoLot`]; the store's; [`Error::Unreadable`] where the log is not what was written.
    pub async fn package(&self, lot: &str, people: &[Person]) -> Result<String, Error> {
        let mut conn = self.db.read().await?;
        let found = rows::lot(&mut conn, lot).await?;
        let (rules, key) = found.ok_or_else(|| Error::NoLot(lot.to_owned()))?;
        let mut steps = Vec::new();
        let mut batches = Vec::new();
        for row in &rows::batches(&mut conn, lot, 0, i64::MAX).await? {
            steps.extend(row.kept(lot, 0)?);
            batches.push(row.signed(lot)?);
        }
        let head = Head {
            lot: lot.to_owned(),
            rules_hash: rules.hash(),
            rules,
            key,
        };
        Ok(write(&head, people, &steps, &batches))
    }
}
