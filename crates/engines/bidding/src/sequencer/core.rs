//! Decides batches of many lots, without threads, clocks or stores.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::desk::{Answer, Desk};
use crate::evidence::{Draft, Sheet, Signer, Slip, Unreadable, chain, line};
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
        /// The right to a receipt; none for an answer of before, whose receipt was given then.
        slip: Option<Slip>,
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
    /// No such lot, or it is not to be had just now; nothing was placed.
    Away,
}

/// A batch: what must be kept before anybody is answered.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The lots' steps.
    pub lots: Vec<Arc<Sheet>>,
    replies: Vec<Waiting>,
}

impl Batch {
    /// Replies that wait for it.
    #[must_use]
    pub fn replies(&self) -> usize {
        self.replies.len()
    }
}

/// A reply that waits for the batch to be kept.
#[derive(Clone, Debug)]
struct Waiting {
    lot: Arc<str>,
    /// Which sheet of the batch its step is on, and its place in the log.
    place: Option<(usize, u64)>,
    reply: Reply,
}

/// A lot as the store has it.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The lot.
    pub lot: Arc<str>,
    /// Its rules.
    pub rules: Rules,
    /// Its log: lines, each with an end.
    pub lines: String,
    /// The head of its chain, where the store kept it beside.
    pub head: Option<Hash>,
}

impl Restored {
    /// From steps.
    #[must_use]
    pub fn of(lot: &str, rules: Rules, steps: &[Step]) -> Self {
        Self {
            lot: lot.into(),
            rules,
            lines: steps.iter().map(|step| line(step) + "\n").collect(),
            head: None,
        }
    }
}

struct Lot {
    name: Arc<str>,
    desk: Desk,
    head: Hash,
    /// The place of the last step that is durable.
    kept: u64,
    /// What was decided since the last batch was sealed, and which of its sheets it will be.
    draft: Draft,
    place: usize,
    snapshot: Option<Arc<State>>,
}

impl Lot {
    /// Reads lines behind what is there. What was read stands, even where the rest can't be read.
    fn read(&mut self, lines: &str) -> Result<(), Unreadable> {
        for line in lines.lines() {
            let seq = self.desk.state().seq + 1;
            let step: Step = serde_json::from_str(line).map_err(|_| Unreadable { seq })?;
            if step.seq != seq {
                return Err(Unreadable { seq });
            }
            self.head = chain(self.head, line.as_bytes());
            self.desk.take(&step);
        }
        self.kept = self.desk.state().seq;
        self.snapshot = None;
        Ok(())
    }
}

/// All lots of this machine.
pub struct Core {
    signer: Signer,
    lots: HashMap<Arc<str>, Lot>,
    /// Lots with a draft, in the order of their sheets.
    drafts: Vec<Arc<str>>,
    replies: Vec<Waiting>,
    /// Lots whose state is not known, with the last place that was known to be kept.
    away: BTreeMap<Arc<str>, u64>,
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
            lots: HashMap::new(),
            drafts: Vec::new(),
            replies: Vec::new(),
            away: BTreeMap::new(),
        }
    }

    /// The platform's public key.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.signer.public()
    }

    /// Opens a lot, from its log where it has one.
    ///
    /// # Errors
    /// The first step that can't be read as it was written; the lot stays away.
    pub fn open(&mut self, restored: &Restored) -> Result<(), Unreadable> {
        let mut lot = Lot {
            name: restored.lot.clone(),
            desk: Desk::new(&*restored.lot, restored.rules.clone()),
            head: Hash::NONE,
            kept: 0,
            draft: Draft::default(),
            place: 0,
            snapshot: None,
        };
        lot.read(&restored.lines)?;
        if restored.head.is_some_and(|head| head != lot.head) {
            return Err(Unreadable { seq: lot.kept });
        }
        self.away.remove(&restored.lot);
        self.lots.insert(restored.lot.clone(), lot);
        Ok(())
    }

    /// Takes in what others wrote behind what this machine knows of a lot.
    ///
    /// # Errors
    /// The first step that can't be read as it was written; the lot goes away.
    pub fn catch_up(&mut self, name: &str, lines: &str) -> Result<(), Unreadable> {
        let Some(lot) = self.lots.get_mut(name) else {
            return Ok(());
        };
        let kept = lot.kept;
        lot.read(lines).inspect_err(|_| {
            if let Some((name, _)) = self.lots.remove_entry(name) {
                self.away.insert(name, kept);
            }
        })
    }

    /// Forgets a lot, as one that is over and that nobody asks for; not while something of it is still to be kept.
    pub fn forget(&mut self, lot: &str) {
        if self.lots.get(lot).is_some_and(|lot| lot.kept == lot.desk.state().seq) {
            self.lots.remove(lot);
        }
    }

    /// Where a lot stands.
    #[must_use]
    pub fn state(&self, lot: &str) -> Option<&State> {
        self.lots.get(lot).map(|lot| lot.desk.state())
    }

    /// Where a lot stands, and the head of its chain, as a copy that is made once a change.
    pub fn snapshot(&mut self, lot: &str) -> Option<(Arc<State>, Hash)> {
        let lot = self.lots.get_mut(lot)?;
        let state = lot.snapshot.get_or_insert_with(|| Arc::new(lot.desk.state().clone()));
        Some((state.clone(), lot.head))
    }

    /// The head of a lot's chain.
    #[must_use]
    pub fn head(&self, lot: &str) -> Option<Hash> {
        self.lots.get(lot).map(|lot| lot.head)
    }

    /// Lots whose state is not known since a write was lost: they are opened again from the store.
    #[must_use]
    pub fn away(&self) -> Vec<Arc<str>> {
        self.away.keys().cloned().collect()
    }

    /// The instant at which the next lot has something due.
    #[must_use]
    pub fn next_due(&self) -> Option<At> {
        self.lots.values().filter_map(|lot| lot.desk.state().next_due()).min()
    }

    /// Lots that have something due.
    #[must_use]
    pub fn due(&self, now: At) -> Vec<Arc<str>> {
        let due = |lot: &&Lot| lot.desk.state().is_due(now.max(lot.desk.state().at));
        self.lots.values().filter(due).map(|lot| lot.name.clone()).collect()
    }

    /// Lots that must stand still when something is wrong with the machine: live ones, unless they stand still already and
    /// nothing was said of going on.
    #[must_use]
    pub fn running(&self) -> Vec<Arc<str>> {
        let running = self.lots.values().filter(|lot| is_running(lot.desk.state()));
        running.map(|lot| lot.name.clone()).collect()
    }

    /// All lots that are open.
    #[must_use]
    pub fn names(&self) -> Vec<Arc<str>> {
        self.lots.keys().cloned().collect()
    }

    /// Whether something was decided, or is to be answered, since the last batch was sealed.
    #[must_use]
    pub fn has_pending(&self) -> bool {
        !self.drafts.is_empty() || !self.replies.is_empty()
    }

    /// How many replies wait to be sealed.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.replies.len()
    }

    /// Decides a command at an instant. Its reply waits in the batch.
    pub fn give(&mut self, name: &Arc<str>, command: Command, now: At) {
        let (place, reply) = self.one(name, command, now);
        self.replies.push(Waiting {
            lot: name.clone(),
            place,
            reply,
        });
    }

    /// Writes what is due in a lot.
    pub fn tick_one(&mut self, name: &str, now: At) {
        if let Some(lot) = self.lots.get_mut(name) {
            let steps = lot.desk.tick(now);
            write(&mut self.drafts, lot, &steps);
        }
    }

    /// Writes what is due in every lot.
    pub fn tick(&mut self, now: At) {
        for lot in self.lots.values_mut() {
            let steps = lot.desk.tick(now);
            write(&mut self.drafts, lot, &steps);
        }
    }

    /// A running lot stands still, since something is wrong with the machine.
    pub fn trouble_one(&mut self, name: &str, trouble: Trouble, now: At) {
        let running = |lot: &&mut Lot| is_running(lot.desk.state());
        if let Some(lot) = self.lots.get_mut(name).filter(running) {
            let handled = lot.desk.handle(Command::Unhealthy { trouble }, now);
            write(&mut self.drafts, lot, &handled.steps);
        }
    }

    /// All running lots stand still, since something is wrong with the machine.
    pub fn trouble(&mut self, trouble: Trouble, now: At) {
        for name in self.running() {
            self.trouble_one(&name, trouble, now);
        }
    }

    /// Decides commands in their order at an instant, then what is due in every lot. The replies wait in the batch.
    pub fn decide(&mut self, commands: Vec<(Arc<str>, Command)>, now: At) -> Batch {
        for (name, command) in commands {
            self.give(&name, command, now);
        }
        self.tick(now);
        self.seal()
    }

    fn one(&mut self, name: &str, command: Command, now: At) -> (Option<(usize, u64)>, Reply) {
        let Some(lot) = self.lots.get_mut(name) else {
            return (None, Reply::Away);
        };
        let handled = lot.desk.handle(command, now);
        write(&mut self.drafts, lot, &handled.steps);
        let last = handled.steps.last();
        match (handled.answer, last) {
            (Some(answer), _) => {
                // An answer of before needs no receipt; its step is not on this sheet.
                let fresh = last.is_some_and(|step| step.seq == answer.seq);
                let reply = Reply::Answered { answer, slip: None };
                (fresh.then_some((lot.place, answer.seq)), reply)
            }
            (None, last) => {
                let seq = last.map_or(lot.desk.state().seq, |step| step.seq);
                let refused = last.and_then(|step| step.refused().copied());
                (None, Reply::Done { seq, refused })
            }
        }
    }

    /// Everything that was decided since the last batch, signed.
    pub fn seal(&mut self) -> Batch {
        let mut lots = Vec::with_capacity(self.drafts.len());
        for name in std::mem::take(&mut self.drafts) {
            if let Some(lot) = self.lots.get_mut(&name) {
                let draft = std::mem::take(&mut lot.draft);
                lots.push(Arc::new(draft.seal(name, &self.signer)));
            }
        }
        Batch {
            lots,
            replies: std::mem::take(&mut self.replies),
        }
    }

    /// The batch is durable: the replies, in the order of the commands.
    pub fn kept(&mut self, batch: Batch) -> Vec<Reply> {
        for sheet in &batch.lots {
            if let Some(lot) = self.lots.get_mut(sheet.lot()) {
                lot.kept = sheet.to();
            }
        }
        let reply = |waiting: Waiting| {
            let sheet = waiting.place.and_then(|(at, seq)| Some((batch.lots.get(at)?, seq)));
            match (waiting.reply, sheet) {
                (Reply::Answered { answer, .. }, Some((sheet, seq))) => Reply::Answered {
                    answer,
                    slip: Slip::of(sheet.clone(), seq),
                },
                (reply, _) => reply,
            }
        };
        batch.replies.into_iter().map(reply).collect()
    }

    /// Whether the batch is durable is not known. Its lots go away until they are opened from the store again; who asked is
    /// told to ask again.
    pub fn lost(&mut self, batch: Batch) -> Vec<Reply> {
        for sheet in &batch.lots {
            if let Some((name, lot)) = self.lots.remove_entry(&**sheet.lot()) {
                self.away.insert(name, lot.kept);
            }
        }
        let reply = |waiting: Waiting| match (waiting.reply, self.away.get(&waiting.lot)) {
            // An answer that was kept before stands.
            (Reply::Answered { answer, slip }, Some(kept)) if answer.seq <= *kept => Reply::Answered { answer, slip },
            (Reply::Away, _) => Reply::Away,
            (_, Some(_)) => Reply::Unknown,
            (reply, None) => reply,
        };
        batch.replies.into_iter().map(reply).collect()
    }
}

fn is_running(state: &State) -> bool {
    let resumes = |paused: &crate::state::Paused| paused.resumes.is_some();
    state.phase.is_live() && state.paused.as_ref().is_none_or(resumes)
}

/// Writes a lot's steps on its draft.
fn write(drafts: &mut Vec<Arc<str>>, lot: &mut Lot, steps: &[Step]) {
    if steps.is_empty() {
        return;
    }
    if lot.draft.is_empty() {
        lot.place = drafts.len();
        drafts.push(lot.name.clone());
    }
    for step in steps {
        lot.head = lot.draft.push(lot.head, step);
    }
    lot.snapshot = None;
}
