//! The loop of a process that writes alone: the next batch is decided while one is being kept.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::core::Core;
use super::hall::Job;
use super::run::{BATCH_MAX, HEARTBEAT_MS, Log, Runner, Sent, Time, taken};
use crate::log::{At, Trouble};

/// A batch that is being kept, and whether it was.
type Keeping = Pin<Box<dyn Future<Output = (Sent, bool)> + Send>>;

enum Woken {
    Kept(Sent, bool),
    Jobs(usize),
    Time,
}

impl<L: Log, T: Time> Runner<L, T> {
    pub(super) async fn alone(mut self, mut queue: mpsc::UnboundedReceiver<Job>) -> Core {
        let mut keeping: Option<Keeping> = None;
        while !(self.is_stopping && keeping.is_none()) {
            let mut may_restore = false;
            match self.wait(&mut queue, &mut keeping).await {
                Woken::Kept(sent, is_kept) => {
                    keeping = None;
                    self.settle(sent, is_kept);
                    if !is_kept {
                        // What was decided on top of it is not known either.
                        let next = self.seal();
                        self.settle(next, false);
                        may_restore = true;
                    }
                }
                Woken::Jobs(0) => self.is_stopping = true,
                Woken::Jobs(_) => {}
                Woken::Time => may_restore = keeping.is_none(),
            }
            // With no room for more bids nothing is due either: a lot would close before those that wait. It is a gap if it lasts.
            let has_room = self.core.pending() < BATCH_MAX;
            if has_room {
                self.look();
            }
            if may_restore {
                for lot in self.core.away() {
                    self.restore(lot).await;
                }
            }
            self.work(has_room);
            if keeping.is_none() {
                self.gather(&queue).await;
                if queue.is_empty() || self.is_stopping || self.core.pending() >= BATCH_MAX {
                    keeping = self.send();
                }
            }
        }
        self.core
    }

    async fn wait(&mut self, queue: &mut mpsc::UnboundedReceiver<Job>, keeping: &mut Option<Keeping>) -> Woken {
        let room = BATCH_MAX.saturating_sub(self.core.pending());
        let wait = self.until_due();
        let kept = async {
            match keeping {
                Some(keeping) => keeping.await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            (sent, is_kept) = kept => Woken::Kept(sent, is_kept),
            n = queue.recv_many(&mut self.jobs, room), if room > 0 && !self.is_stopping => Woken::Jobs(n),
            () = tokio::time::sleep(wait) => Woken::Time,
        }
    }

    /// Until the next thing is due, or the clocks are looked at again.
    fn until_due(&self) -> Duration {
        let beat = Duration::from_millis(HEARTBEAT_MS);
        let due = self.core.next_due().map(|due| due.since(self.time.wall()).max(0));
        due.and_then(|micros| u64::try_from(micros).ok())
            .map_or(beat, |micros| Duration::from_micros(micros).min(beat))
    }

    /// Looks at the clocks; pauses what runs when something is wrong with them.
    fn look(&mut self) {
        if self.time.is_by_hand() {
            return;
        }
        let now = self.time.wall();
        if let Some(trouble) = self.health.look(now, self.time.monotonic()) {
            tracing::warn!(?trouble, "bidding stands still");
            self.core.trouble(trouble, now);
        }
    }

    /// Opens a lot again that went away when a write was lost.
    async fn restore(&mut self, lot: Arc<str>) {
        match self.log.restore(lot.clone()).await {
            Ok(Some(restored)) => match self.core.open(&restored) {
                // What the store could not log when it failed is logged first now; then a whole window runs.
                Ok(()) => self.core.trouble_one(&lot, Trouble::Storage, self.time.wall()),
                Err(error) => tracing::error!(%lot, %error, "a lot can't be read"),
            },
            Ok(None) => {}
            Err(error) => tracing::error!(%lot, %error, "a lot can't be read"),
        }
    }

    /// Decides what came, then what is due.
    fn work(&mut self, has_room: bool) {
        let now = self.time.wall();
        let mut jobs = std::mem::take(&mut self.jobs);
        for job in jobs.drain(..) {
            self.job(job, now);
        }
        self.jobs = jobs;
        if has_room {
            self.core.tick(now);
        }
    }

    fn job(&mut self, job: Job, now: At) {
        match job {
            Job::Give { queue, command, reply } => self.give(taken(&queue), command, reply, now),
            Job::Open {
                restored,
                trouble,
                done,
            } => {
                let opened = self.open(&restored);
                if let (Ok(()), Some(trouble)) = (opened, trouble) {
                    self.core.trouble_one(&restored.lot, trouble, now);
                }
                let _ = done.send(opened);
            }
            Job::Look { lot, reply } => self.peek(&lot, reply),
            Job::Nudge { lot, .. } => self.teller.news(&lot),
            Job::Forget { lot } => self.forget(&lot),
            Job::Ping { done } => self.pings.push(done),
            Job::Stop => self.is_stopping = true,
        }
    }

    /// Sends what was decided into the store; answers at once where there is nothing to be kept.
    fn send(&mut self) -> Option<Keeping> {
        if !self.core.has_pending() && self.looks.is_empty() && self.pings.is_empty() {
            self.tell_the_rest();
            return None;
        }
        let sent = self.seal();
        if sent.batch.lots.is_empty() {
            self.settle(sent, true);
            return None;
        }
        let log = self.log.clone();
        Some(Box::pin(async move {
            let kept = log.append(None, sent.batch.clone()).await;
            if let Err(error) = &kept {
                tracing::error!(%error, "a batch of bids was not kept");
            }
            (sent, kept.is_ok())
        }))
    }
}
