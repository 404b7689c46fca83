//! Drives the core: queues, batches, durable writes, answers, and what everybody else hears.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use super::core::{Batch, Core, Reply, Restored};
use super::health::Health;
use crate::hash::Hash;
use crate::log::{At, Command, Trouble};
use crate::state::State;

/// Commands of a lot that wait: more are told that the hall is busy, and nothing of them was placed.
pub const QUEUE_MAX: usize = 4096;
/// Commands of one batch: one durable write serves them all, and none waits longer than it takes.
pub const BATCH_MAX: usize = 1024;
/// Milliseconds between two looks at the clocks and at what is due, while nobody bids.
pub const HEARTBEAT_MS: u64 = 200;

/// Where steps are kept.
pub trait Log: Send + 'static {
    /// What is wrong with the store.
    type Error: std::fmt::Display + Send;

    /// Keeps a batch: all of it is durable when this returns, and its places were free.
    fn append(&mut self, batch: &Batch) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// A lot as it is kept; none where it is not known.
    fn restore(&mut self, lot: &str) -> impl Future<Output = Result<Option<Restored>, Self::Error>> + Send;
}

/// Both clocks.
pub trait Time: Send + Sync + 'static {
    /// The wall's.
    fn wall(&self) -> At;
    /// Microseconds of one that never goes back.
    fn monotonic(&self) -> i64;
}

/// The queue of a lot is full; nothing was placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("busy, not placed")]
pub struct Busy;

/// What everybody hears of a lot: the latest state, not every step.
#[derive(Clone, Debug)]
pub struct Update {
    /// Where it stands.
    pub state: Arc<State>,
    /// The head of its chain.
    pub head: Hash,
}

struct Job {
    lot: String,
    command: Command,
    reply: oneshot::Sender<Reply>,
    waiting: Arc<AtomicUsize>,
}

/// The handle of a running sequencer.
#[derive(Clone)]
pub struct Hall {
    jobs: mpsc::UnboundedSender<Job>,
    lots: Arc<RwLock<BTreeMap<String, Arc<AtomicUsize>>>>,
    watched: Arc<Mutex<BTreeMap<String, watch::Sender<Option<Update>>>>>,
}

impl std::fmt::Debug for Hall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hall")
    }
}

impl Hall {
    /// Gives a command and waits for its answer, which comes when it is durable.
    ///
    /// # Errors
    /// [`Busy`] when the lot's queue is full: nothing was placed.
    pub async fn give(&self, lot: &str, command: Command) -> Result<Reply, Busy> {
        let waiting = self.queue(lot);
        if waiting.fetch_add(1, Ordering::AcqRel) >= QUEUE_MAX {
            waiting.fetch_sub(1, Ordering::AcqRel);
            return Err(Busy);
        }
        let (reply, answer) = oneshot::channel();
        let job = Job {
            lot: lot.to_owned(),
            command,
            reply,
            waiting,
        };
        if self.jobs.send(job).is_err() {
            return Ok(Reply::Away);
        }
        Ok(answer.await.unwrap_or(Reply::Unknown))
    }

    /// A lot's queue, made when it is first asked for.
    fn queue(&self, lot: &str) -> Arc<AtomicUsize> {
        let lots = self.lots.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = lots.get(lot) {
            return waiting.clone();
        }
        drop(lots);
        let mut lots = self.lots.write().unwrap_or_else(PoisonError::into_inner);
        lots.entry(lot.to_owned()).or_default().clone()
    }

    /// Hears of a lot: the latest state at each look.
    #[must_use]
    pub fn watch(&self, lot: &str) -> watch::Receiver<Option<Update>> {
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = watched.entry(lot.to_owned()).or_insert_with(|| watch::channel(None).0);
        sender.subscribe()
    }

    fn tell(&self, core: &Core, lots: &[String]) {
        let watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        for lot in lots {
            // Copying a state for nobody would cost more than the bid.
            let Some(sender) = watched.get(lot).filter(|sender| sender.receiver_count() > 0) else {
                continue;
            };
            if let (Some(state), Some(head)) = (core.state(lot), core.head(lot)) {
                let state = Arc::new(state.clone());
                sender.send_replace(Some(Update { state, head }));
            }
        }
    }
}

/// Starts a sequencer over lots that were opened in the core. It ends when every handle is gone; the future gives the core
/// back.
pub fn run<L: Log>(core: Core, log: L, time: impl Time) -> (Hall, impl Future<Output = Core> + Send) {
    let (jobs, queue) = mpsc::unbounded_channel();
    let hall = Hall {
        jobs,
        lots: Arc::default(),
        watched: Arc::default(),
    };
    // The loop tells what it did through a handle without the queue, or it would keep itself alive.
    let (lots, watched) = (hall.lots.clone(), hall.watched.clone());
    let (closed, _) = mpsc::unbounded_channel();
    let teller = Hall {
        jobs: closed,
        lots,
        watched,
    };
    let runner = Runner {
        core,
        log,
        time,
        hall: teller,
        health: Health::default(),
    };
    (hall, runner.run(queue))
}

struct Runner<L, T> {
    core: Core,
    log: L,
    time: T,
    hall: Hall,
    health: Health,
}

impl<L: Log, T: Time> Runner<L, T> {
    async fn run(mut self, mut queue: mpsc::UnboundedReceiver<Job>) -> Core {
        let mut jobs = Vec::with_capacity(BATCH_MAX);
        loop {
            let wait = tokio::time::timeout(
                Duration::from_millis(HEARTBEAT_MS),
                queue.recv_many(&mut jobs, BATCH_MAX),
            );
            if let Ok(0) = wait.await {
                return self.core;
            }
            self.look().await;
            self.batch(std::mem::take(&mut jobs)).await;
        }
    }

    /// Looks at the clocks; pauses what runs when something is wrong with them, and opens what went away.
    async fn look(&mut self) {
        let now = self.time.wall();
        if let Some(trouble) = self.health.look(now, self.time.monotonic()) {
            tracing::warn!(?trouble, "bidding stands still");
            let batch = self.core.trouble(trouble, now);
            self.keep(batch, Vec::new()).await;
        }
        for lot in self.core.away() {
            match self.log.restore(&lot).await {
                Ok(Some(restored)) => {
                    self.core.open(&restored);
                    // What the store could not log when it failed is logged first now; then a whole window runs.
                    let paused = vec![(
                        lot.clone(),
                        Command::Unhealthy {
                            trouble: Trouble::Storage,
                        },
                    )];
                    let batch = self.core.decide(paused, self.time.wall());
                    self.keep(batch, Vec::new()).await;
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%lot, %error, "a lot can't be read"),
            }
        }
    }

    async fn batch(&mut self, jobs: Vec<Job>) {
        let mut commands = Vec::with_capacity(jobs.len());
        let mut senders = Vec::with_capacity(jobs.len());
        for job in jobs {
            job.waiting.fetch_sub(1, Ordering::AcqRel);
            commands.push((job.lot, job.command));
            senders.push(job.reply);
        }
        let batch = self.core.decide(commands, self.time.wall());
        self.keep(batch, senders).await;
    }

    /// Keeps a batch, answers, then tells everybody else.
    async fn keep(&mut self, batch: Batch, senders: Vec<oneshot::Sender<Reply>>) {
        let touched: Vec<String> = batch.lots.iter().map(|lot| lot.lot.clone()).collect();
        let replies = if batch.lots.is_empty() {
            self.core.kept(batch)
        } else {
            match self.log.append(&batch).await {
                Ok(()) => self.core.kept(batch),
                Err(error) => {
                    tracing::error!(%error, "a batch of bids was not kept");
                    self.core.lost(batch)
                }
            }
        };
        for (sender, reply) in senders.into_iter().zip(replies) {
            // Who does not wait any more asks again with the same key.
            let _ = sender.send(reply);
        }
        self.hall.tell(&self.core, &touched);
    }
}
