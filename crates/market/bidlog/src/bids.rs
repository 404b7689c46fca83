//! The handle of the logs: starting, sending, watching, reading.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bidding::evidence::{Kept, Person, Receipt, Signer};
pub use bidding::sequencer::Figures;
use bidding::sequencer::{Busy, Core, Hall, Log, Reply, Time, Update, run};
use bidding::{Command, Rules, Trouble};
use db::Db;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::lite::Lite;
use crate::pg::{self, Pg};
use crate::rows::Opened;
use crate::{Error, Logs, Store, node, rows};

/// Lanes of a node on PostgreSQL: lots of one lane share a transaction, so a slow one holds up few others; each lane holds
/// one connection while it works.
const LANES: i64 = 4;
/// Connections besides those of the lanes: readers, signs of life, and the listener.
const MORE_CONNECTIONS: u32 = 8;
/// How long a lane may take to say that it is there.
const HEALTH_WAIT: Duration = Duration::from_secs(2);

/// The logs of all lots. Cheap to clone.
#[derive(Clone)]
pub struct Bids(Arc<Inner>);

/// A handle that keeps nothing alive.
pub(crate) struct Weak(std::sync::Weak<Inner>);

impl Weak {
    pub(crate) fn upgrade(&self) -> Option<Bids> {
        self.0.upgrade().map(Bids)
    }
}

struct Inner {
    /// For reading, and for making lots known.
    logs: Logs,
    lanes: Vec<Hall>,
    key: String,
    node: i64,
    time: Arc<dyn Time>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    /// Held as long as the file is open here.
    _lock: Option<File>,
}

/// How the logs are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Health {
    /// Whether every lane answers and what it was given before is durable.
    pub answers: bool,
    /// Whether the store can be read.
    pub reads: bool,
}

impl std::fmt::Debug for Bids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bids")
            .field("store", &self.0.logs.db.engine())
            .finish_non_exhaustive()
    }
}

impl Bids {
    /// Starts over a store: every lot that is not over is opened from its log; a live one stands still first, unless
    /// another node kept it going.
    ///
    /// # Errors
    /// The store's; [`Error::Taken`] for a file that another process has open; [`Error::Unreadable`] for a log that is not
    /// what was written.
    pub async fn start(store: Store, secret: &[u8; 32], time: Arc<dyn Time>) -> Result<Self, Error> {
        let signer = Signer::new(secret);
        let inner = match store {
            Store::File { path, unsafe_fast } => Inner::file(&path, unsafe_fast, &signer, time).await?,
            Store::Pg(pool) => Inner::pg(&pool, &signer, time).await?,
        };
        let bids = Self(Arc::new(inner));
        bids.open_unfinished().await?;
        node::start(&bids);
        Ok(bids)
    }

    /// Opens what is not over, and lets it stand still where nobody kept it going.
    async fn open_unfinished(&self) -> Result<(), Error> {
        let lots = rows::unfinished(&mut self.0.logs.db.read().await?).await?;
        for (lot, key) in lots {
            if key != self.0.key {
                return Err(Error::OtherKey(lot));
            }
            let trouble = if self.0.others(&lot).await? {
                None
            } else {
                Some(Trouble::Restart)
            };
            self.load(&lot, trouble).await?;
        }
        Ok(())
    }

    /// Opens a lot from the store; whether there is one.
    async fn load(&self, lot: &str, trouble: Option<Trouble>) -> Result<bool, Error> {
        let found = rows::restore(&mut self.0.logs.db.read().await?, &lot.into()).await?;
        let Some(restored) = found else { return Ok(false) };
        let opened = self.0.lane(lot).open(restored, trouble).await;
        opened.map_err(|broken| Error::unreadable(lot, broken))?;
        Ok(true)
    }

    /// Whether a lot is open here, opened from the store if need be.
    async fn is_here(&self, lot: &str) -> bool {
        if self.0.lane(lot).is_open(lot) {
            return true;
        }
        self.load(lot, None).await.unwrap_or_else(|error| {
            tracing::error!(%lot, %error, "a lot can't be read");
            false
        })
    }

    /// Makes the log of a lot known, with its rules. Given again, it changes nothing; as long as the log is empty, other rules
    /// take the place of the first ones.
    ///
    /// # Errors
    /// [`Error::OtherRules`] once the log has a step under other rules; the store's.
    pub async fn open(&self, lot: &str, rules: &Rules) -> Result<(), Error> {
        let mut conn = self.0.logs.db.write().await?;
        let opened = rows::open(&mut conn, lot, rules, &self.0.key, self.0.time.wall().0).await?;
        node::tell(&mut conn, self.0.node, lot).await?;
        conn.commit().await?;
        match opened {
            Opened::Same => {}
            Opened::OtherRules => return Err(Error::OtherRules(lot.to_owned())),
            Opened::OtherKey => return Err(Error::OtherKey(lot.to_owned())),
        }
        let hall = self.0.lane(lot);
        let stale = |update: Update| update.state.seq == 0 && update.state.rules != *rules;
        if hall.look(lot).await.is_some_and(stale) {
            hall.forget(lot);
        }
        if !hall.is_open(lot) {
            self.load(lot, None).await?;
        }
        Ok(())
    }

    /// Puts a command in order; the answer comes when it is durable.
    ///
    /// # Errors
    /// [`Busy`] when too many wait for this lot: nothing was placed.
    pub async fn send(&self, lot: &str, command: Command) -> Result<Reply, Busy> {
        let hall = self.0.lane(lot);
        match hall.give(lot, command.clone()).await? {
            Reply::Away if !hall.is_open(lot) && self.is_here(lot).await => hall.give(lot, command).await,
            reply => Ok(reply),
        }
    }

    /// Hears of a lot: the latest state at each look, at most five times a second. None before the first.
    #[must_use]
    pub fn watch(&self, lot: &str) -> watch::Receiver<Option<Update>> {
        self.0.lane(lot).watch(lot)
    }

    /// Where a lot stands, by what is durable; none where there is no such lot, or it can't be had just now.
    pub async fn state(&self, lot: &str) -> Option<Update> {
        if self.is_here(lot).await {
            self.0.lane(lot).look(lot).await
        } else {
            None
        }
    }

    /// What is kept, for reading.
    #[must_use]
    pub fn logs(&self) -> &Logs {
        &self.0.logs
    }

    /// Steps behind a place, in order, at most [`STEPS_MAX`](crate::STEPS_MAX).
    ///
    /// # Errors
    /// The store's; [`Error::Unreadable`] where they are not what was written.
    pub async fn steps(&self, lot: &str, after: u64, max: usize) -> Result<Vec<Kept>, Error> {
        self.0.logs.steps(lot, after, max).await
    }

    /// The receipt of a step; none where there is no such step.
    ///
    /// # Errors
    /// The store's.
    pub async fn receipt(&self, lot: &str, seq: u64) -> Result<Option<Receipt>, Error> {
        self.0.logs.receipt(lot, seq).await
    }

    /// A lot's package; with people the full one.
    ///
    /// # Errors
    /// [`Error::NoLot`]; the store's; [`Error::Unreadable`] where the log is not what was written.
    pub async fn package(&self, lot: &str, people: &[Person]) -> Result<String, Error> {
        self.0.logs.package(lot, people).await
    }

    /// The platform's public key, in hexadecimal.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.0.key.clone()
    }

    /// How the logs are: every lane is asked, and the store.
    pub async fn health(&self) -> Health {
        let mut answers = true;
        for lane in &self.0.lanes {
            let there = tokio::time::timeout(HEALTH_WAIT, lane.ping()).await;
            answers &= matches!(there, Ok(Some(())));
        }
        let reads = async { rows::unfinished(&mut self.0.logs.db.read().await?).await };
        let reads = tokio::time::timeout(HEALTH_WAIT, reads)
            .await
            .is_ok_and(|read| read.is_ok());
        Health { answers, reads }
    }

    /// What was done since the start, of all lanes together.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let lanes = self.0.lanes.iter().map(Hall::figures);
        lanes.fold(Figures::default(), |sum, lane| Figures {
            batches: sum.batches + lane.batches,
            steps: sum.steps + lane.steps,
            micros: sum.micros + lane.micros,
        })
    }

    /// Ends: what was sent before is kept and answered, what comes later is away.
    pub async fn stop(self) {
        for lane in &self.0.lanes {
            lane.stop();
        }
        let tasks = std::mem::take(&mut *self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            let _ = task.await;
        }
        if let Db::Pg(pool) = &self.0.logs.db
            && let Err(error) = pg::leave(pool, self.0.node).await
        {
            tracing::warn!(%error, "this node still seems to be there");
        }
        self.0.logs.db.close().await;
    }

    pub(crate) fn downgrade(&self) -> Weak {
        Weak(Arc::downgrade(&self.0))
    }

    pub(crate) fn hall(&self, lot: &str) -> &Hall {
        self.0.lane(lot)
    }

    pub(crate) fn lanes(&self) -> &[Hall] {
        &self.0.lanes
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.logs.db
    }

    pub(crate) fn node(&self) -> i64 {
        self.0.node
    }
}

impl Inner {
    async fn file(path: &Path, unsafe_fast: bool, signer: &Signer, time: Arc<dyn Time>) -> Result<Self, Error> {
        let lock = lock(path)?;
        let db = Db::open(&db::Options {
            url: format!("sqlite:{}", path.display()),
            unsafe_fast,
        })
        .await?;
        db.migrate_bids().await?;
        let log = Lite::open(db.clone(), path, unsafe_fast).await?;
        let (hall, task) = lane(signer, log, time.clone());
        Ok(Self {
            logs: Logs { db },
            lanes: vec![hall],
            key: signer.public(),
            node: 0,
            time,
            tasks: Mutex::new(vec![task]),
            _lock: Some(lock),
        })
    }

    async fn pg(pool: &PgPool, signer: &Signer, time: Arc<dyn Time>) -> Result<Self, Error> {
        let lanes = u32::try_from(LANES).unwrap_or(1);
        // A pool of its own: no page's query stands before a bid.
        let options = PgPoolOptions::new()
            .max_connections(lanes + MORE_CONNECTIONS)
            .test_before_acquire(false);
        let pool = options
            .connect_with((*pool.connect_options()).clone())
            .await
            .map_err(db::Error::from)?;
        pg::forget_nodes(&pool).await?;
        let db = Db::Pg(pool.clone());
        let node = node::number(&pool).await?;
        let mut halls = Vec::new();
        let mut tasks = Vec::new();
        for number in 0..LANES {
            let log = Pg {
                pool: pool.clone(),
                db: db.clone(),
                node,
                lane: number,
                time: time.clone(),
            };
            let (hall, task) = lane(signer, log, time.clone());
            halls.push(hall);
            tasks.push(task);
        }
        Ok(Self {
            logs: Logs { db },
            lanes: halls,
            key: signer.public(),
            node,
            time,
            tasks: Mutex::new(tasks),
            _lock: None,
        })
    }

    fn lane_number(&self, lot: &str) -> usize {
        match self.lanes.len() {
            0 | 1 => 0,
            // The same on every node.
            many => usize::try_from(pg::lock_of(lot).unsigned_abs()).unwrap_or(0) % many,
        }
    }

    fn lane(&self, lot: &str) -> &Hall {
        &self.lanes[self.lane_number(lot)]
    }

    /// Whether another node keeps a lot going.
    async fn others(&self, lot: &str) -> Result<bool, Error> {
        match &self.logs.db {
            Db::Lite { .. } => Ok(false),
            Db::Pg(pool) => {
                let lane = i64::try_from(self.lane_number(lot)).unwrap_or(0);
                pg::others(pool, self.node, lane).await
            }
        }
    }
}

fn lane<L: Log>(signer: &Signer, log: L, time: Arc<dyn Time>) -> (Hall, JoinHandle<()>) {
    let (hall, running) = run(Core::new(signer.clone()), log, time);
    let task = tokio::spawn(async move {
        running.await;
    });
    (hall, task)
}

/// Takes the file for this process: two writers would each think that they are alone.
fn lock(path: &Path) -> Result<File, Error> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path.with_extension("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Taken(path.display().to_string())),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
