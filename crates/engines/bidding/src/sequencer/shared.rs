//! The loop of a process among others: each batch takes its lots' fence, takes in what others wrote, and is stamped by the
//! store's clock.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::core::{Core, Reply};
use super::hall::Job;
use super::health::GAP_MICROS_MAX;
use super::run::{BATCH_MAX, BEAT_MS, Fenced, HEARTBEAT_MS, Log, Runner, Time, taken};
use crate::log::{At, Command, Trouble};

/// Shortest wait for what is due: what this process thinks of the store's clock may be a little ahead of it.
const DUE_WAIT_MIN: Duration = Duration::from_millis(1);

type Given = Vec<(Arc<str>, Command, oneshot::Sender<Reply>)>;

/// What a loop among others knows of the store.
#[derive(Default)]
struct Far {
    /// The store's instant at the last look, with the monotonic instants around it.
    seen: Option<(At, i64)>,
    /// The last sign of life, by the monotonic clock.
    beat: Option<i64>,
    /// Whether the last fence could not be had.
    is_failing: bool,
}

impl Far {
    /// What the store's clock is likely to say.
    fn now(&self, monotonic: i64) -> Option<At> {
        let (at, then) = self.seen?;
        Some(At(at.0.saturating_add(monotonic.saturating_sub(then))))
    }
}

impl<L: Log, T: Time> Runner<L, T> {
    pub(super) async fn shared(mut self, mut queue: mpsc::UnboundedReceiver<Job>) -> Core {
        let mut far = Far::default();
        while !self.is_stopping {
            let wait = self.until_next(&far);
            match tokio::time::timeout(wait, queue.recv_many(&mut self.jobs, BATCH_MAX)).await {
                Ok(0) => self.is_stopping = true,
                Ok(_) => self.gather_more(&mut queue).await,
                Err(_) => {}
            }
            // A store that gives no sign of life puts nothing in order: a lot could close over the gap.
            let is_there = self.beat(&mut far).await;
            let given = self.sort().await;
            if is_there {
                self.batch(&mut far, given).await;
            } else {
                far.is_failing = true;
                away(given);
            }
            for (sender, update) in std::mem::take(&mut self.looks) {
                let _ = sender.send(update);
            }
            for done in std::mem::take(&mut self.pings) {
                let _ = done.send(());
            }
            self.tell_the_rest();
        }
        self.core
    }

    async fn gather_more(&mut self, queue: &mut mpsc::UnboundedReceiver<Job>) {
        loop {
            self.gather(queue).await;
            let room = BATCH_MAX.saturating_sub(self.jobs.len());
            if queue.is_empty() || room == 0 {
                return;
            }
            queue.recv_many(&mut self.jobs, room).await;
        }
    }

    fn until_next(&self, far: &Far) -> Duration {
        let beat = Duration::from_millis(HEARTBEAT_MS);
        // A store that fails is not asked all the time.
        if far.is_failing {
            return beat;
        }
        let due = self.core.next_due().zip(far.now(self.time.monotonic()));
        let micros = due.and_then(|(due, now)| u64::try_from(due.since(now).max(0)).ok());
        micros.map_or(beat, |micros| Duration::from_micros(micros).clamp(DUE_WAIT_MIN, beat))
    }

    /// Gives a sign of life when one is due, and looks at the store's clock; where something is wrong, lots owe a pause. Whether
    /// the store is there.
    async fn beat(&mut self, far: &mut Far) -> bool {
        let before = self.time.monotonic();
        let since = |then: i64| before.saturating_sub(then);
        if far.beat.is_some_and(|last| since(last) < BEAT_MS * 1000) {
            return true;
        }
        // While others went on, no lot stood still: what this process missed is no gap.
        let is_gap = !self.time.is_by_hand() && far.beat.is_some_and(|last| since(last) > GAP_MICROS_MAX);
        let is_alone = is_gap && !self.log.others().await.unwrap_or(false);
        match self.log.beat().await {
            Ok(now) => {
                let after = self.time.monotonic();
                (far.seen, far.beat) = (Some((now, after)), Some(after));
                let clock = if self.time.is_by_hand() {
                    None
                } else {
                    self.health.look_between(now, before, after)
                };
                let trouble = match clock {
                    Some(Trouble::Clock) => Some(Trouble::Clock),
                    _ if is_alone => Some(Trouble::Gap),
                    _ => None,
                };
                if let Some(trouble) = trouble {
                    tracing::warn!(?trouble, "bidding stands still");
                    let running = self.core.running();
                    self.owed.extend(running.into_iter().map(|lot| (lot, trouble)));
                }
                self.restore_all().await;
                true
            }
            Err(error) => {
                tracing::error!(%error, "the store of bids does not answer");
                false
            }
        }
    }

    /// Opens what went away when a write was lost. The lot stands still first, unless others went on.
    async fn restore_all(&mut self) {
        let away = self.core.away();
        let is_alone = !away.is_empty() && !self.log.others().await.unwrap_or(false);
        for lot in away {
            match self.log.restore(lot.clone()).await {
                Ok(Some(restored)) => match self.core.open(&restored) {
                    Ok(()) if is_alone => _ = self.owed.insert(lot, Trouble::Storage),
                    Ok(()) => {}
                    Err(error) => tracing::error!(%lot, %error, "a lot can't be read"),
                },
                Ok(None) => {}
                Err(error) => tracing::error!(%lot, %error, "a lot can't be read"),
            }
        }
    }

    /// Does what needs no fence; the commands remain.
    async fn sort(&mut self) -> Given {
        let mut given = Given::new();
        let mut behind = BTreeSet::new();
        let mut jobs = std::mem::take(&mut self.jobs);
        for job in jobs.drain(..) {
            match job {
                Job::Give { queue, command, reply } => given.push((taken(&queue).clone(), command, reply)),
                Job::Open {
                    restored,
                    trouble,
                    done,
                } => {
                    let opened = self.open(&restored);
                    if let (Ok(()), Some(trouble)) = (opened, trouble) {
                        self.owed.insert(restored.lot, trouble);
                    }
                    let _ = done.send(opened);
                }
                Job::Look { lot, reply } => self.peek(&lot, reply),
                Job::Nudge { lot, others } => {
                    self.teller.news(&lot);
                    if others {
                        behind.insert(lot);
                    }
                }
                Job::Forget { lot } => self.forget(&lot),
                Job::Ping { done } => self.pings.push(done),
                Job::Stop => self.is_stopping = true,
            }
        }
        self.jobs = jobs;
        for lot in behind {
            self.catch_up(&lot).await;
        }
        given
    }

    async fn catch_up(&mut self, lot: &Arc<str>) {
        let Some(after) = self.core.state(lot).map(|state| state.seq) else {
            return;
        };
        match self.log.tail(lot.clone(), after).await {
            Ok(lines) => {
                if let Err(error) = self.core.catch_up(lot, &lines) {
                    tracing::error!(%lot, %error, "a lot can't be read");
                }
            }
            Err(error) => tracing::warn!(%lot, %error, "what others wrote can't be read"),
        }
    }

    async fn batch(&mut self, far: &mut Far, given: Given) {
        let mut lots: BTreeSet<Arc<str>> = given.iter().map(|(lot, ..)| lot.clone()).collect();
        if let Some(now) = far.now(self.time.monotonic()) {
            lots.extend(self.core.due(now));
        }
        lots.extend(self.owed.keys().cloned());
        far.is_failing = !lots.is_empty() && !self.fenced(lots, given).await;
    }

    /// Takes the fence of lots, decides and keeps a batch. Whether the store did its part.
    async fn fenced(&mut self, lots: BTreeSet<Arc<str>>, given: Given) -> bool {
        let known = |lot: &Arc<str>| Some((lot.clone(), self.core.state(lot)?.seq));
        let places = lots.iter().filter_map(known).collect();
        let before = self.time.monotonic();
        let fenced = match self.log.fence(places).await {
            Ok(fenced) => fenced,
            Err(error) => {
                tracing::error!(%error, "bids could not be put in order");
                away(given);
                return false;
            }
        };
        let waited = self.time.monotonic().saturating_sub(before);
        if waited > GAP_MICROS_MAX && !self.time.is_by_hand() && !self.log.others().await.unwrap_or(false) {
            self.owed.extend(lots.iter().map(|lot| (lot.clone(), Trouble::Gap)));
        }
        let Fenced { fence, now, tails } = fenced;
        for (lot, lines) in tails {
            if let Err(error) = self.core.catch_up(&lot, &lines) {
                tracing::error!(%lot, %error, "a lot can't be read");
            }
            self.teller.news(&lot);
        }
        for lot in &lots {
            if let Some(trouble) = self.owed.get(lot) {
                self.core.trouble_one(lot, *trouble, now);
            }
        }
        for (lot, command, sender) in given {
            self.give(&lot, command, sender, now);
        }
        for lot in &lots {
            self.core.tick_one(lot, now);
        }
        let sent = self.seal();
        if sent.batch.lots.is_empty() {
            drop(fence);
            self.settle(sent, true);
            self.owed.retain(|lot, _| !lots.contains(lot));
            return true;
        }
        let kept = self.log.append(Some(fence), sent.batch.clone()).await;
        if let Err(error) = &kept {
            tracing::error!(%error, "a batch of bids was not kept");
        }
        self.settle(sent, kept.is_ok());
        if kept.is_ok() {
            // What was owed is written, or the lot stood still already.
            self.owed.retain(|lot, _| !lots.contains(lot));
        }
        kept.is_ok()
    }
}

/// Nothing of this was placed.
fn away(given: Given) {
    for (_, _, sender) in given {
        let _ = sender.send(Reply::Away);
    }
}
