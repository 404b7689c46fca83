//! Decides batches of many lots, without threads, clocks or stores.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::{Answer, Desk};
use crate::evidence::{Receipt, Signer, chain, line, root};
use crate::hash::Hash;
use crate::log::{At, Command, Step, Trouble};
use crate::rules::Rules;
use crate::state::State;

/// What a command's sender is told.
#[derive(Clone, PartialEq, Debug)]
pub enum Reply {
    /// It was put in order, or had been before.
    Answered {
        /// What it came to.
        answer: Answer,
        /// The receipt; none for an answer of before, whose receipt was given then.
        receipt: Option<Box<Receipt>>,
    },
    /// It was put in order; it has no bidder.
    Done {
        /// Its place in the log.
        seq: u64,
        /// Why it was refused, if it was.
        refused: Option<crate::why::Why>,
    },
    /// Whether it was put in order is not known: ask again with the same key.
    Unknown,
    /// No such lot, or it is not to be had just now.
    Away,
}

/// The steps of one lot in a batch.
#[derive(Clone, PartialEq, Debug)]
pub struct LotSteps {
    /// The lot.
    pub lot: String,
    /// The first step's place.
    pub from: u64,
    /// The last one's.
    pub to: u64,
    /// The instant of the last.
    pub at: At,
    /// The steps' lines, each with an end.
    pub lines: String,
    /// The head of the chain after them.
    pub head: Hash,
    /// The root of their tree.
    pub root: Hash,
    /// Its signature.
    pub signature: String,
}

/// A batch: what must be kept before anybody is answered.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The lots' steps.
    pub lots: Vec<LotSteps>,
    hashes: BTreeMap<String, Placed>,
    replies: Vec<Waiting>,
}

/// The first place of a lot's steps in a batch, and the steps: place, hash, line.
type Placed = (u64, Vec<(u64, Hash, String)>);

/// A reply that waits for the batch to be kept.
#[derive(Clone, Debug)]
struct Waiting {
    lot: String,
    seq: Option<u64>,
    reply: Reply,
}

/// A lot as the store has it.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The lot.
    pub lot: String,
    /// Its rules.
    pub rules: Rules,
    /// Its log.
    pub steps: Vec<Step>,
}

struct Lot {
    desk: Desk,
    head: Hash,
}

/// All lots of this machine.
pub struct Core {
    signer: Signer,
    lots: BTreeMap<String, Lot>,
    away: BTreeSet<String>,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core")
            .field("lots", &self.lots.len())
            .finish_non_exhaustive()
    }
}

impl Core {
    /// Without lots.
    #[must_use]
    pub fn new(signer: Signer) -> Self {
        Self {
            signer,
            lots: BTreeMap::new(),
            away: BTreeSet::new(),
        }
    }

    /// The platform's public key.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.signer.public()
    }

    /// Opens a lot, from its log where it has one.
    pub fn open(&mut self, lot: &Restored) {
        let desk = Desk::replay(lot.lot.clone(), lot.rules.clone(), &lot.steps);
        let head = lot.steps.iter().fold(Hash::NONE, |head, step| chain(head, &line(step)));
        self.away.remove(&lot.lot);
        self.lots.insert(lot.lot.clone(), Lot { desk, head });
    }

    /// Where a lot stands.
    #[must_use]
    pub fn state(&self, lot: &str) -> Option<&State> {
        self.lots.get(lot).map(|lot| lot.desk.state())
    }

    /// The head of a lot's chain.
    #[must_use]
    pub fn head(&self, lot: &str) -> Option<Hash> {
        self.lots.get(lot).map(|lot| lot.head)
    }

    /// Lots whose state is not known since a write was lost: they are opened again from the store.
    #[must_use]
    pub fn away(&self) -> Vec<String> {
        self.away.iter().cloned().collect()
    }

    /// The instant at which the next lot has something due.
    #[must_use]
    pub fn next_due(&self) -> Option<At> {
        self.lots.values().filter_map(|lot| lot.desk.state().next_due()).min()
    }

    /// Lots that are live and do not stand still.
    #[must_use]
    pub fn running(&self) -> Vec<String> {
        let running = |lot: &&Lot| lot.desk.state().phase.is_live() && lot.desk.state().paused.is_none();
        let names = self.lots.iter().filter(|(_, lot)| running(lot));
        names.map(|(name, _)| name.clone()).collect()
    }

    /// Decides commands in their order at an instant, then what is due in every lot. The replies wait in the batch.
    pub fn decide(&mut self, commands: Vec<(String, Command)>, now: At) -> Batch {
        let mut batch = Batch::default();
        for (name, command) in commands {
            let reply = self.one(&mut batch, &name, command, now);
            batch.replies.push(reply);
        }
        for (name, lot) in &mut self.lots {
            let steps = lot.desk.tick(now);
            keep(&mut batch, name, lot, &steps);
        }
        self.seal(&mut batch);
        batch
    }

    /// All running lots stand still, since something is wrong with the machine.
    pub fn trouble(&mut self, trouble: Trouble, now: At) -> Batch {
        let commands = self
            .running()
            .into_iter()
            .map(|lot| (lot, Command::Unhealthy { trouble }));
        let mut batch = self.decide(commands.collect(), now);
        batch.replies.clear();
        batch
    }

    fn one(&mut self, batch: &mut Batch, name: &str, command: Command, now: At) -> Waiting {
        let waiting = |seq, reply| Waiting {
            lot: name.to_owned(),
            seq,
            reply,
        };
        let Some(lot) = self.lots.get_mut(name) else {
            return waiting(None, Reply::Away);
        };
        let handled = lot.desk.handle(command, now);
        keep(batch, name, lot, &handled.steps);
        let last = handled.steps.last();
        match (handled.answer, last) {
            (Some(answer), _) => {
                // An answer of before needs no receipt; its step is not in this batch.
                let fresh = handled.steps.iter().any(|step| step.seq == answer.seq);
                let reply = Reply::Answered { answer, receipt: None };
                waiting(fresh.then_some(answer.seq), reply)
            }
            (None, Some(step)) => {
                let reply = Reply::Done {
                    seq: step.seq,
                    refused: step.refused().copied(),
                };
                waiting(None, reply)
            }
            (None, None) => waiting(
                None,
                Reply::Done {
                    seq: lot.desk.state().seq,
                    refused: None,
                },
            ),
        }
    }

    /// Signs the root of each lot's steps.
    fn seal(&self, batch: &mut Batch) {
        for lot in &mut batch.lots {
            let Some((_, steps)) = batch.hashes.get(&lot.lot) else {
                continue;
            };
            let hashes: Vec<Hash> = steps.iter().map(|(_, hash, _)| *hash).collect();
            lot.root = root(&hashes);
            lot.signature = self.signer.sign(&lot.lot, lot.root);
        }
    }

    /// The batch is durable: the replies, in the order of the commands.
    #[must_use]
    pub fn kept(&self, batch: Batch) -> Vec<Reply> {
        let mut receipts: BTreeMap<&str, Vec<Receipt>> = BTreeMap::new();
        for (lot, (_, steps)) in &batch.hashes {
            receipts.insert(lot, self.signer.receipts(lot, steps));
        }
        let mut out = Vec::with_capacity(batch.replies.len());
        for waiting in &batch.replies {
            let mut reply = waiting.reply.clone();
            if let (Reply::Answered { receipt, .. }, Some(seq)) = (&mut reply, waiting.seq) {
                let first = batch.hashes.get(&waiting.lot).map_or(0, |(from, _)| *from);
                let at = usize::try_from(seq.saturating_sub(first)).ok();
                let found = at.and_then(|at| receipts.get(waiting.lot.as_str())?.get(at));
                *receipt = found.cloned().map(Box::new);
            }
            out.push(reply);
        }
        out
    }

    /// Whether the batch is durable is not known. Its lots go away until they are opened from the store again; who asked is
    /// told to ask again.
    #[must_use]
    pub fn lost(&mut self, batch: Batch) -> Vec<Reply> {
        let touched: BTreeSet<String> = batch.lots.into_iter().map(|lot| lot.lot).collect();
        for lot in &touched {
            self.lots.remove(lot);
        }
        let reply = |waiting: Waiting| match waiting.reply {
            // An answer that was kept before stands.
            Reply::Answered { .. } if waiting.seq.is_none() => waiting.reply,
            _ if touched.contains(&waiting.lot) => Reply::Unknown,
            other => other,
        };
        let replies = batch.replies.into_iter().map(reply).collect();
        self.away.extend(touched);
        replies
    }
}

/// Adds a lot's steps to a batch.
fn keep(batch: &mut Batch, name: &str, lot: &mut Lot, steps: &[Step]) {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return;
    };
    let place = match batch.lots.iter().position(|kept| kept.lot == name) {
        Some(place) => place,
        None => {
            batch.lots.push(LotSteps {
                lot: name.to_owned(),
                from: first.seq,
                to: first.seq,
                at: first.at,
                lines: String::new(),
                head: Hash::NONE,
                root: Hash::NONE,
                signature: String::new(),
            });
            batch.lots.len() - 1
        }
    };
    let (_, hashes) = batch.hashes.entry(name.to_owned()).or_insert((first.seq, Vec::new()));
    let Some(kept) = batch.lots.get_mut(place) else { return };
    for step in steps {
        let line = line(step);
        lot.head = chain(lot.head, &line);
        kept.lines.push_str(&line);
        kept.lines.push('\n');
        hashes.push((step.seq, lot.head, line));
    }
    (kept.to, kept.at, kept.head) = (last.seq, last.at, lot.head);
}
