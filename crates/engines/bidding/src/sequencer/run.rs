//! What a sequencer stands on: a log, two clocks, and the parts that both loops share.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::sync::{mpsc, oneshot};

use super::core::{Batch, Core, Reply, Restored};
use super::hall::{Counts, Hall, Job, Teller, Told, Update};
use super::health::Health;
use crate::evidence::Unreadable;
use crate::log::{At, Command, Trouble};

/// Commands of one batch: one durable write serves them all, and none waits longer than it takes.
pub const BATCH_MAX: usize = 1024;
/// Milliseconds between two looks at the clocks and at what is due, while nobody bids.
pub const HEARTBEAT_MS: u64 = 200;
/// Milliseconds between two signs of life in a store that is shared: well under the gap that makes a lot stand still.
pub const BEAT_MS: i64 = 500;
/// How often a loop that could write lets others go first: who was just answered bids again, and is in the same write.
const GATHERS: usize = 3;

/// Where steps are kept.
pub trait Log: Send + Sync + 'static {
    /// What is wrong with the store.
    type Error: std::fmt::Display + Send;
    /// What keeps others out of lots until a batch is kept.
    type Fence: Send;
    /// Whether this process alone writes: its own clocks stamp, no fence is needed, and the next batch is decided while one
    /// is being kept.
    const ALONE: bool;

    /// Keeps others out of lots, each with the place up to which it is known here: what they wrote behind it, and the
    /// store's instant.
    fn fence(
        &self,
        lots: Vec<(Arc<str>, u64)>,
    ) -> impl Future<Output = Result<Fenced<Self::Fence>, Self::Error>> + Send;

    /// Keeps a batch: all of it is durable when this returns, and its places were free.
    fn append(
        &self,
        fence: Option<Self::Fence>,
        batch: Arc<Batch>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// A lot as it is kept; none where it is not known.
    fn restore(&self, lot: Arc<str>) -> impl Future<Output = Result<Option<Restored>, Self::Error>> + Send;

    /// What others wrote behind a place, without a fence: lines.
    fn tail(&self, lot: Arc<str>, after: u64) -> impl Future<Output = Result<String, Self::Error>> + Send;

    /// A sign of life of this process; the store's instant.
    fn beat(&self) -> impl Future<Output = Result<At, Self::Error>> + Send;

    /// Whether another process gave a sign of life within the gap that makes a lot stand still: then no lot stood still
    /// while this one was away.
    fn others(&self) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// A fence that holds.
#[derive(Debug)]
pub struct Fenced<F> {
    /// What keeps others out.
    pub fence: F,
    /// The store's instant.
    pub now: At,
    /// What others wrote: lines by lot.
    pub tails: Vec<(Arc<str>, String)>,
}

/// The fence of a log that needs none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoFence {}

/// Both clocks.
pub trait Time: Send + Sync + 'static {
    /// The wall's.
    fn wall(&self) -> At;
    /// Microseconds of one that never goes back.
    fn monotonic(&self) -> i64;
    /// Whether the wall's clock is set by hand, as in a test or a demo: then it jumps, and nothing is wrong with that.
    fn is_by_hand(&self) -> bool {
        false
    }
}

impl<T: Time + ?Sized> Time for Arc<T> {
    fn wall(&self) -> At {
        (**self).wall()
    }
    fn monotonic(&self) -> i64 {
        (**self).monotonic()
    }
    fn is_by_hand(&self) -> bool {
        (**self).is_by_hand()
    }
}

/// Starts a sequencer over lots that were opened in the core. It ends when every handle is gone and all is kept; the future
/// gives the core back.
pub fn run<L: Log>(core: Core, log: L, time: impl Time) -> (Hall, impl Future<Output = Core> + Send) {
    let (hall, queue, teller) = Hall::new(core.names());
    let runner = Runner {
        core,
        log: Arc::new(log),
        time,
        teller,
        health: Health::default(),
        senders: Vec::new(),
        looks: Vec::new(),
        pings: Vec::new(),
        is_stopping: false,
        figures: hall.counts(),
        owed: BTreeMap::new(),
        jobs: Vec::with_capacity(BATCH_MAX),
    };
    let running = async move {
        if L::ALONE {
            runner.alone(queue).await
        } else {
            runner.shared(queue).await
        }
    };
    (hall, running)
}

/// Who waits for the state of a lot as of a batch.
pub(super) type Looks = Vec<(oneshot::Sender<Option<Update>>, Option<Update>)>;

/// A batch on its way into the store, with everybody who waits for it.
pub(super) struct Sent {
    pub(super) batch: Arc<Batch>,
    senders: Vec<oneshot::Sender<Reply>>,
    looks: Looks,
    pings: Vec<oneshot::Sender<()>>,
    told: Told,
    /// When it was sealed, by the monotonic clock.
    since: i64,
}

/// A loop's parts.
pub(super) struct Runner<L, T> {
    pub(super) core: Core,
    pub(super) log: Arc<L>,
    pub(super) time: T,
    pub(super) teller: Teller,
    pub(super) health: Health,
    /// Who waits for the commands that were decided and not sent yet, in their order.
    pub(super) senders: Vec<oneshot::Sender<Reply>>,
    pub(super) looks: Looks,
    /// Who waits for everything so far to be durable.
    pub(super) pings: Vec<oneshot::Sender<()>>,
    pub(super) jobs: Vec<Job>,
    /// Whether the loop was asked to end.
    pub(super) is_stopping: bool,
    pub(super) figures: Arc<Counts>,
    /// Lots that must stand still before anything else of theirs is written, with why.
    pub(super) owed: BTreeMap<Arc<str>, Trouble>,
}

impl<L: Log, T: Time> Runner<L, T> {
    /// Lets others go first for as long as that brings more to do. Costs microseconds when nobody bids, and saves a write
    /// for nearly every bidder when many do.
    pub(super) async fn gather(&self, queue: &mpsc::UnboundedReceiver<Job>) {
        for _ in 0..GATHERS {
            if !queue.is_empty() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Decides a command; its sender waits.
    pub(super) fn give(&mut self, lot: &Arc<str>, command: Command, sender: oneshot::Sender<Reply>, now: At) {
        self.core.give(lot, command, now);
        self.senders.push(sender);
    }

    /// Looks at a lot, as of what was decided so far.
    pub(super) fn peek(&mut self, lot: &str, sender: oneshot::Sender<Option<Update>>) {
        let seen = self.core.snapshot(lot);
        let update = seen.map(|(state, head)| Update { state, head });
        self.looks.push((sender, update));
    }

    /// Opens a lot; one that is open already stays as it is, since it may know more than the store had.
    pub(super) fn open(&mut self, restored: &Restored) -> Result<(), Unreadable> {
        if self.core.state(&restored.lot).is_some() {
            return Ok(());
        }
        self.core.open(restored)
    }

    pub(super) fn forget(&mut self, lot: &str) {
        self.core.forget(lot);
        self.teller.forget(lot);
    }

    /// Seals what was decided.
    pub(super) fn seal(&mut self) -> Sent {
        let batch = self.core.seal();
        let since = self.time.monotonic();
        for sheet in &batch.lots {
            self.teller.news(sheet.lot());
        }
        let told = if self.teller.has_news() {
            self.teller.take(&mut self.core, self.time.monotonic())
        } else {
            Told::new()
        };
        Sent {
            batch: Arc::new(batch),
            senders: std::mem::take(&mut self.senders),
            looks: std::mem::take(&mut self.looks),
            pings: std::mem::take(&mut self.pings),
            told,
            since,
        }
    }

    /// The batch is durable, or that is unknown: answers, then tells everybody else.
    pub(super) fn settle(&mut self, sent: Sent, is_kept: bool) {
        if !sent.batch.lots.is_empty() {
            self.figures
                .count(&sent.batch, self.time.monotonic().saturating_sub(sent.since));
        }
        let batch = Arc::unwrap_or_clone(sent.batch);
        let replies = if is_kept {
            self.core.kept(batch)
        } else {
            self.core.lost(batch)
        };
        for (sender, reply) in sent.senders.into_iter().zip(replies) {
            // Who does not wait any more asks again with the same key.
            let _ = sender.send(reply);
        }
        if !is_kept {
            return;
        }
        for (sender, update) in sent.looks {
            let _ = sender.send(update);
        }
        for done in sent.pings {
            let _ = done.send(());
        }
        self.teller.tell(sent.told);
    }

    /// What was not told yet, while nothing is on its way into the store.
    pub(super) fn tell_the_rest(&mut self) {
        if self.teller.has_news() {
            let told = self.teller.take(&mut self.core, self.time.monotonic());
            self.teller.tell(told);
        }
    }
}

/// Takes a command out of its lot's queue.
pub(super) fn taken(queue: &super::hall::Queue) -> &Arc<str> {
    queue.waiting.fetch_sub(1, Ordering::AcqRel);
    &queue.lot
}
