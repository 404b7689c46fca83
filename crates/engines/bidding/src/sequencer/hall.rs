//! The handle of a running sequencer: bounded queues in, the latest state of each lot out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::{mpsc, oneshot, watch};

use super::core::{Batch, Core, Reply, Restored};
use crate::evidence::Unreadable;
use crate::hash::Hash;
use crate::log::{Command, Trouble};
use crate::state::State;

/// Commands of a lot that wait: more are told that the hall is busy, and nothing of them was placed.
pub const QUEUE_MAX: usize = 4096;
/// Fewest milliseconds between two updates of a lot: people see no more, and ten thousand of them are told.
pub const UPDATE_MS_MIN: i64 = 200;

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

/// A lot's queue.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) lot: Arc<str>,
    pub(super) waiting: AtomicUsize,
}

/// What is asked of the loop.
pub(super) enum Job {
    Give {
        queue: Arc<Queue>,
        command: Command,
        reply: oneshot::Sender<Reply>,
    },
    Open {
        restored: Box<Restored>,
        trouble: Option<Trouble>,
        done: oneshot::Sender<Result<(), Unreadable>>,
    },
    Look {
        lot: Arc<str>,
        reply: oneshot::Sender<Option<Update>>,
    },
    /// Somebody watches, or others wrote: what is new is told.
    Nudge {
        lot: Arc<str>,
        others: bool,
    },
    Forget {
        lot: Arc<str>,
    },
    /// Answers when everything before it is durable.
    Ping {
        done: oneshot::Sender<()>,
    },
    Stop,
}

/// What a sequencer did since it began.
#[derive(Debug, Default)]
pub(super) struct Counts {
    batches: AtomicU64,
    steps: AtomicU64,
    micros: AtomicU64,
}

impl Counts {
    pub(super) fn count(&self, batch: &Batch, micros: i64) {
        let steps = batch.lots.iter().map(|sheet| sheet.hashes().len()).sum::<usize>();
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.steps
            .fetch_add(u64::try_from(steps).unwrap_or(0), Ordering::Relaxed);
        self.micros
            .fetch_add(u64::try_from(micros).unwrap_or(0), Ordering::Relaxed);
    }
}

/// What a sequencer did since it began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Batches that went into the store: each one transaction and one sync.
    pub batches: u64,
    /// Steps in them.
    pub steps: u64,
    /// Microseconds that they took from when they were sealed until they were durable, all together.
    pub micros: u64,
}

type Watched = Arc<Mutex<HashMap<Arc<str>, watch::Sender<Option<Update>>>>>;

/// The handle of a running sequencer.
#[derive(Clone)]
pub struct Hall {
    jobs: mpsc::UnboundedSender<Job>,
    lots: Arc<RwLock<HashMap<Arc<str>, Arc<Queue>>>>,
    watched: Watched,
    counts: Arc<Counts>,
}

impl std::fmt::Debug for Hall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hall")
    }
}

impl Hall {
    /// A handle with the end of its queue, and what tells the watchers.
    pub(super) fn new(open: Vec<Arc<str>>) -> (Self, mpsc::UnboundedReceiver<Job>, Teller) {
        let (jobs, queue) = mpsc::unbounded_channel();
        let watched = Watched::default();
        let lots = open.into_iter().map(|lot| (lot.clone(), queue_of(lot))).collect();
        let teller = Teller {
            watched: watched.clone(),
            told: HashMap::new(),
            dirty: Vec::new(),
        };
        let hall = Self {
            jobs,
            lots: Arc::new(RwLock::new(lots)),
            watched,
            counts: Arc::default(),
        };
        (hall, queue, teller)
    }

    pub(super) fn counts(&self) -> Arc<Counts> {
        self.counts.clone()
    }

    /// What was done since the beginning.
    #[must_use]
    pub fn figures(&self) -> Figures {
        Figures {
            batches: self.counts.batches.load(Ordering::Relaxed),
            steps: self.counts.steps.load(Ordering::Relaxed),
            micros: self.counts.micros.load(Ordering::Relaxed),
        }
    }

    /// Opens a lot from its log; with trouble it stands still first, if it is live.
    ///
    /// # Errors
    /// The first step that can't be read as it was written.
    pub async fn open(&self, restored: Restored, trouble: Option<Trouble>) -> Result<(), Unreadable> {
        let lot = restored.lot.clone();
        let (done, answer) = oneshot::channel();
        let job = Job::Open {
            restored: Box::new(restored),
            trouble,
            done,
        };
        // A loop that has ended opens nothing; who gives a command then hears that the lot is away.
        if self.jobs.send(job).is_ok() {
            answer.await.unwrap_or(Ok(()))?;
        }
        let mut lots = self.lots.write().unwrap_or_else(PoisonError::into_inner);
        lots.entry(lot.clone()).or_insert_with(|| queue_of(lot));
        Ok(())
    }

    /// Whether a lot was opened.
    #[must_use]
    pub fn is_open(&self, lot: &str) -> bool {
        self.queue(lot).is_some()
    }

    /// All lots that are open.
    #[must_use]
    pub fn open_lots(&self) -> Vec<Arc<str>> {
        let lots = self.lots.read().unwrap_or_else(PoisonError::into_inner);
        lots.keys().cloned().collect()
    }

    /// Forgets a lot: it can be opened again from its log.
    pub fn forget(&self, lot: &str) {
        let mut lots = self.lots.write().unwrap_or_else(PoisonError::into_inner);
        if let Some((lot, _)) = lots.remove_entry(lot) {
            let _ = self.jobs.send(Job::Forget { lot });
        }
    }

    /// Gives a command and waits for its answer, which comes when it is durable.
    ///
    /// # Errors
    /// [`Busy`] when the lot's queue is full: nothing was placed.
    pub async fn give(&self, lot: &str, command: Command) -> Result<Reply, Busy> {
        let Some(queue) = self.queue(lot) else {
            return Ok(Reply::Away);
        };
        if queue.waiting.fetch_add(1, Ordering::AcqRel) >= QUEUE_MAX {
            queue.waiting.fetch_sub(1, Ordering::AcqRel);
            return Err(Busy);
        }
        let (reply, answer) = oneshot::channel();
        if self.jobs.send(Job::Give { queue, command, reply }).is_err() {
            return Ok(Reply::Away);
        }
        Ok(answer.await.unwrap_or(Reply::Unknown))
    }

    /// Where a lot stands, by what is durable; none for one that is not open or just went away.
    pub async fn look(&self, lot: &str) -> Option<Update> {
        let lot = self.queue(lot)?.lot.clone();
        let (reply, answer) = oneshot::channel();
        self.jobs.send(Job::Look { lot, reply }).ok()?;
        answer.await.ok().flatten()
    }

    /// Others may have written to a lot: it is read again before long.
    pub fn nudge(&self, lot: &str) {
        if let Some(queue) = self.queue(lot) {
            let lot = queue.lot.clone();
            let _ = self.jobs.send(Job::Nudge { lot, others: true });
        }
    }

    /// Comes back when everything that was given before is durable; none when the loop has ended.
    pub async fn ping(&self) -> Option<()> {
        let (done, answer) = oneshot::channel();
        self.jobs.send(Job::Ping { done }).ok()?;
        answer.await.ok()
    }

    /// Ends the loop: what was given before is kept and answered, what comes later is away.
    pub fn stop(&self) {
        let _ = self.jobs.send(Job::Stop);
    }

    fn queue(&self, lot: &str) -> Option<Arc<Queue>> {
        let lots = self.lots.read().unwrap_or_else(PoisonError::into_inner);
        lots.get(lot).cloned()
    }

    /// Hears of a lot: the latest state at each look, none before the first.
    #[must_use]
    pub fn watch(&self, lot: &str) -> watch::Receiver<Option<Update>> {
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = watched.get(lot) {
            let seen = sender.subscribe();
            let is_stale = sender.receiver_count() == 1;
            drop(watched);
            // Nobody watched a moment ago, so nobody was told.
            if is_stale {
                self.tell(lot);
            }
            return seen;
        }
        let (sender, seen) = watch::channel(None);
        watched.insert(lot.into(), sender);
        drop(watched);
        self.tell(lot);
        seen
    }

    fn tell(&self, lot: &str) {
        let lot = lot.into();
        let _ = self.jobs.send(Job::Nudge { lot, others: false });
    }
}

fn queue_of(lot: Arc<str>) -> Arc<Queue> {
    Arc::new(Queue {
        lot,
        waiting: AtomicUsize::new(0),
    })
}

/// Tells the watchers, seldom enough for many of them.
pub(super) struct Teller {
    watched: Watched,
    /// When each lot was told of last, by the monotonic clock in microseconds.
    told: HashMap<Arc<str>, i64>,
    /// Lots of which something is still to be told.
    dirty: Vec<Arc<str>>,
}

/// What is told when a batch is durable.
pub(super) type Told = Vec<(Arc<str>, Update)>;

impl Teller {
    /// Notes that a lot has news.
    pub(super) fn news(&mut self, lot: &Arc<str>) {
        // Copying a state for nobody would cost more than the bid.
        if self.is_watched(lot) && !self.dirty.contains(lot) {
            self.dirty.push(lot.clone());
        }
    }

    fn is_watched(&self, lot: &str) -> bool {
        let watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        watched.get(lot).is_some_and(|sender| sender.receiver_count() > 0)
    }

    pub(super) fn has_news(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// Takes the state of lots with news, of which nothing was told for long enough.
    pub(super) fn take(&mut self, core: &mut Core, monotonic: i64) -> Told {
        let mut out = Told::new();
        let told = &mut self.told;
        self.dirty.retain(|lot| {
            let last = told.get(lot).copied();
            if last.is_some_and(|last| monotonic.saturating_sub(last) < UPDATE_MS_MIN * 1000) {
                return true;
            }
            if let Some((state, head)) = core.snapshot(lot) {
                told.insert(lot.clone(), monotonic);
                out.push((lot.clone(), Update { state, head }));
            }
            false
        });
        out
    }

    /// Tells.
    pub(super) fn tell(&self, told: Told) {
        let watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        for (lot, update) in told {
            if let Some(sender) = watched.get(&lot) {
                sender.send_replace(Some(update));
            }
        }
    }

    /// Forgets a lot that nobody watches.
    pub(super) fn forget(&mut self, lot: &str) {
        self.told.remove(lot);
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        if watched.get(lot).is_some_and(|sender| sender.receiver_count() == 0) {
            watched.remove(lot);
        }
    }
}
