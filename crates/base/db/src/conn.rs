//! Pools and connections of both engines behind one type.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgConnection, SqliteConnection, Transaction};

use crate::{Error, Result};

/// How long a writer waits for SQLite's lock: a long import holds it in chunks of well under a second.
const BUSY_WAIT: Duration = Duration::from_secs(10);
/// Readers of SQLite: more than the cores gain nothing, fewer stall pages behind a slow query.
const LITE_READERS: u32 = 6;
/// Connections to PostgreSQL a node: small, since a statement takes well under a millisecond.
const PG_CONNECTIONS: u32 = 16;
/// Statements that a connection keeps prepared: all that the platform has, and those of many rows in their few lengths
/// ([`crate::by_powers`]).
const STATEMENTS: usize = 400;
/// A statement stays prepared, but its plan is made for each run: a plan made while a table was all but empty goes through
/// all of it, and PostgreSQL would keep that until it next counts its rows, a minute into an import. Making one takes some
/// 0.05 ms; compiling a query to machine code takes longer than any of ours runs.
const PG_SETTINGS: [(&str, &str); 2] = [("plan_cache_mode", "force_custom_plan"), ("jit", "off")];
/// Pages of SQLite's log after which it is written back into the file: 80 MB. At its usual 1,000 a long import writes most
/// pages of an index many times over.
const LITE_CHECKPOINT_PAGES: &str = "10000";
/// What a reader of SQLite keeps of the file, in KiB below zero.
const LITE_READER_CACHE: &str = "-32768";
/// What the one writer keeps: indexes whose keys lie all over them are changed everywhere by a long import, and a page that
/// was let go is read again for the next row.
const LITE_WRITER_CACHE: &str = "-131072";
/// Bytes of the file that a reader of SQLite maps: what lists and pages ask for most lies there. A writer maps none: it
/// reads what it is about to change, from its own pages.
const LITE_MAPPED_BYTES: &str = "67108864";
/// Bytes of a page of a new SQLite file. An entry fills most of it, so that half as many are written as of the usual
/// 4,096; a file that is there keeps its own.
const LITE_PAGE_BYTES: u32 = 8192;
/// How long a request waits for a connection before it fails with a clear error.
const ACQUIRE_WAIT: Duration = Duration::from_secs(15);

/// How to open a database.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// For tests and benches only: don't wait for the disk.
    pub unsafe_fast: bool,
}

/// The store: SQLite or PostgreSQL. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// One writing connection and several readers.
    Lite {
        /// The writer: its transactions begin IMMEDIATE.
        write: SqlitePool,
        /// The readers.
        read: SqlitePool,
    },
    /// One pool.
    Pg(PgPool),
}

impl Db {
    /// Opens the database (a SQLite file is made when missing). Migrations are a call of their own.
    ///
    /// # Errors
    /// [`Error::Address`] for an address of neither engine; the engine's error when it can't be reached.
    pub async fn open(options: &Options) -> Result<Self> {
        let url = options.url.as_str();
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let connect = PgConnectOptions::from_str(url)
                .map_err(|_| Error::Address(url.to_owned()))?
                .statement_cache_capacity(STATEMENTS)
                .options(PG_SETTINGS);
            let pool = PgPoolOptions::new()
                .max_connections(PG_CONNECTIONS)
                .acquire_timeout(ACQUIRE_WAIT)
                .connect_with(connect)
                .await?;
            return Ok(Self::Pg(pool));
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            return Err(Error::Address(url.to_owned()));
        };
        Self::open_lite(Path::new(path.trim_start_matches("//")), options.unsafe_fast).await
    }

    async fn open_lite(path: &Path, unsafe_fast: bool) -> Result<Self> {
        let connect = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(BUSY_WAIT)
            .statement_cache_capacity(STATEMENTS)
            .journal_mode(SqliteJournalMode::Wal)
            // An answered write must survive a power cut: FULL syncs the log at each commit.
            .synchronous(if unsafe_fast {
                SqliteSynchronous::Off
            } else {
                SqliteSynchronous::Full
            })
            .pragma("cache_size", LITE_READER_CACHE)
            .page_size(LITE_PAGE_BYTES)
            .pragma("wal_autocheckpoint", LITE_CHECKPOINT_PAGES)
            .pragma("temp_store", "memory");
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_WAIT)
            .connect_with(connect.clone().pragma("cache_size", LITE_WRITER_CACHE))
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(LITE_READERS)
            .acquire_timeout(ACQUIRE_WAIT)
            .connect_with(connect.pragma("mmap_size", LITE_MAPPED_BYTES))
            .await?;
        Ok(Self::Lite { write, read })
    }

    /// A connection to read with. It must not write: on SQLite it would take the lock without waiting its turn.
    ///
    /// # Errors
    /// The engine's, when no connection can be had.
    pub async fn read(&self) -> Result<Conn> {
        Ok(match self {
            Self::Lite { read, .. } => Conn::Lite(Lite::Pooled(read.acquire().await?)),
            Self::Pg(pool) => Conn::Pg(Pg::Pooled(pool.acquire().await?)),
        })
    }

    /// Begins a transaction that writes. Dropped without [`Conn::commit`], it is rolled back.
    ///
    /// # Errors
    /// The engine's, when no connection can be had.
    pub async fn write(&self) -> Result<Conn> {
        Ok(match self {
            Self::Lite { write, .. } => Conn::Lite(Lite::Tx(write.begin_with("BEGIN IMMEDIATE").await?)),
            Self::Pg(pool) => Conn::Pg(Pg::Tx(pool.begin().await?)),
        })
    }

    /// `sqlite` or `postgres`, for people.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Lite { .. } => "sqlite",
            Self::Pg(_) => "postgres",
        }
    }

    /// Closes all connections, so that a SQLite folder can be moved or deleted.
    pub async fn close(&self) {
        match self {
            Self::Lite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

/// A SQLite connection, in a transaction or not.
#[derive(Debug)]
pub enum Lite {
    /// From the readers' pool.
    Pooled(PoolConnection<Sqlite>),
    /// The writer's.
    Tx(Transaction<'static, Sqlite>),
}

/// A PostgreSQL connection, in a transaction or not.
#[derive(Debug)]
pub enum Pg {
    /// From the pool, for reading.
    Pooled(PoolConnection<Postgres>),
    /// In a transaction.
    Tx(Transaction<'static, Postgres>),
}

impl Deref for Lite {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Pooled(c) => c,
            Self::Tx(c) => c,
        }
    }
}
impl DerefMut for Lite {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Pooled(c) => c,
            Self::Tx(c) => c,
        }
    }
}
impl Deref for Pg {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        match self {
            Self::Pooled(c) => c,
            Self::Tx(c) => c,
        }
    }
}
impl DerefMut for Pg {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            Self::Pooled(c) => c,
            Self::Tx(c) => c,
        }
    }
}

/// A connection of either engine, for [`crate::on!`]. Every store function takes `&mut Conn`, so it reads the same inside
/// and outside a transaction.
#[derive(Debug)]
pub enum Conn {
    /// SQLite.
    Lite(Lite),
    /// PostgreSQL.
    Pg(Pg),
}

impl Conn {
    /// Commits the transaction; a connection that is in none is given back.
    ///
    /// # Errors
    /// The engine's; then nothing was written.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Lite(Lite::Tx(tx)) => tx.commit().await?,
            Self::Pg(Pg::Tx(tx)) => tx.commit().await?,
            _ => {}
        }
        Ok(())
    }

    /// Rolls the transaction back now rather than when the connection is dropped.
    ///
    /// # Errors
    /// The engine's.
    pub async fn roll_back(self) -> Result<()> {
        match self {
            Self::Lite(Lite::Tx(tx)) => tx.rollback().await?,
            Self::Pg(Pg::Tx(tx)) => tx.rollback().await?,
            _ => {}
        }
        Ok(())
    }
}
