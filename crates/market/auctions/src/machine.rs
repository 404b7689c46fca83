//! The running sequencer, as this crate reaches it: the one place that speaks to the log of bids.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bidding::evidence::{Head, Kept, Person, Signed, Signer};
use bidding::sequencer::{Core, Reply, Restored, Update};
use bidding::{At, Command, Rules, Step};
use jcore::{App, Fault, Result};
use kernel::Clock;
use tokio::sync::watch;
use uuid::Uuid;

/// All lots' logs, in `app.extras`.
#[derive(Clone)]
pub struct Auctions(Arc<Machine>);

struct Machine {
    core: Mutex<Core>,
    kept: Mutex<BTreeMap<String, (Rules, Vec<Kept>, Vec<Signed>)>>,
    watched: Mutex<BTreeMap<String, watch::Sender<Option<Update>>>>,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Auctions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Auctions")
    }
}

/// The running sequencer.
///
/// # Errors
/// Where the site was put together without one.
pub fn auctions(app: &App) -> Result<&Auctions> {
    app.extra::<Auctions>()
        .ok_or_else(|| Fault::internal("the site runs without a log of bids"))
}

impl Auctions {
    /// With a secret to sign by, and the platform's clock.
    #[must_use]
    pub fn start(secret: &[u8; 32], clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Machine {
            core: Mutex::new(Core::new(Signer::new(secret))),
            kept: Mutex::new(BTreeMap::new()),
            watched: Mutex::new(BTreeMap::new()),
            clock,
        }))
    }

    /// Opens a lot's log; one that is open stays as it is.
    ///
    /// # Errors
    /// The store's.
    pub async fn open(&self, lot: Uuid, rules: &Rules) -> Result<()> {
        let key = lot.to_string();
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.contains_key(&key) {
            kept.insert(key.clone(), (rules.clone(), Vec::new(), Vec::new()));
            let restored = Restored {
                lot: key,
                rules: rules.clone(),
                steps: Vec::new(),
            };
            self.0
                .core
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .open(&restored);
        }
        Ok(())
    }

    fn decide(&self, commands: Vec<(String, Command)>) -> Vec<Reply> {
        let mut core = self.0.core.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = core.decide(commands, At(self.0.clock.now().micros()));
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for lot in &batch.lots {
            let Some((_, steps, batches)) = kept.get_mut(&lot.lot) else {
                continue;
            };
            let mut head = steps.last().map_or(bidding::Hash::NONE, |step| step.hash);
            for line in lot.lines.lines() {
                head = bidding::evidence::chain(head, line);
                steps.push(Kept {
                    hash: head,
                    line: line.to_owned(),
                });
            }
            batches.push(Signed {
                from: lot.from,
                to: lot.to,
                root: lot.root,
                signature: lot.signature.clone(),
            });
        }
        let touched: Vec<String> = batch.lots.iter().map(|lot| lot.lot.clone()).collect();
        let replies = core.kept(batch);
        let watched = self.0.watched.lock().unwrap_or_else(PoisonError::into_inner);
        for lot in touched {
            if let (Some(sender), Some(state), Some(head)) = (watched.get(&lot), core.state(&lot), core.head(&lot)) {
                let state = Arc::new(state.clone());
                sender.send_replace(Some(Update { state, head }));
            }
        }
        replies
    }

    /// Hears of a lot: the latest state at each look.
    #[must_use]
    pub fn watch(&self, lot: Uuid) -> watch::Receiver<Option<Update>> {
        let mut watched = self.0.watched.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = watched.entry(lot.to_string()).or_insert_with(|| watch::channel(None).0);
        sender.subscribe()
    }

    /// Gives a command and waits for its answer, which comes when it is durable.
    ///
    /// # Errors
    /// A fault of kind busy when nothing was placed.
    pub async fn send(&self, lot: Uuid, command: Command) -> Result<Reply> {
        let mut replies = self.decide(vec![(lot.to_string(), command)]);
        replies.pop().ok_or_else(|| Fault::internal("no reply"))
    }

    /// Where a lot stands; none where its log is not known.
    ///
    /// # Errors
    /// The store's.
    pub async fn state(&self, lot: Uuid) -> Result<Option<Update>> {
        self.decide(Vec::new());
        let core = self.0.core.lock().unwrap_or_else(PoisonError::into_inner);
        let key = lot.to_string();
        Ok(core.state(&key).map(|state| Update {
            state: Arc::new(state.clone()),
            head: core.head(&key).unwrap_or_default(),
        }))
    }

    /// Steps of a lot behind a place, at most so many.
    ///
    /// # Errors
    /// The store's.
    pub async fn steps(&self, lot: Uuid, after: u64, max: usize) -> Result<Vec<Step>> {
        let kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((_, steps, _)) = kept.get(&lot.to_string()) else {
            return Ok(Vec::new());
        };
        let read = steps
            .iter()
            .filter_map(|step| serde_json::from_str::<Step>(&step.line).ok());
        Ok(read.filter(|step| step.seq > after).take(max).collect())
    }

    /// A lot's package; with people it is the full one.
    ///
    /// # Errors
    /// Not found; the store's.
    pub async fn package(&self, lot: Uuid, people: &[Person]) -> Result<String> {
        let kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (rules, steps, batches) = kept.get(&lot.to_string()).ok_or_else(Fault::not_found)?;
        let head = Head {
            lot: lot.to_string(),
            rules: rules.clone(),
            rules_hash: rules.hash(),
            key: self.public_key(),
        };
        Ok(bidding::evidence::write(&head, people, steps, batches))
    }

    /// The platform's public key, in hexadecimal.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.0.core.lock().unwrap_or_else(PoisonError::into_inner).public_key()
    }

    /// Gives a command that has no bidder's key, and says why it was refused.
    ///
    /// # Errors
    /// Busy, unknown or away; refused with the words of the reason.
    pub async fn order(&self, lot: Uuid, command: Command) -> Result<u64> {
        match self.send(lot, command).await? {
            Reply::Done { seq, refused: None } => Ok(seq),
            Reply::Done { refused: Some(why), .. } => Err(refusal(why)),
            Reply::Answered { answer, .. } => match answer.refused {
                None => Ok(answer.seq),
                Some(why) => Err(refusal(why)),
            },
            Reply::Unknown | Reply::Away => Err(Fault::new(jcore::FaultKind::Busy, "lot-away")),
        }
    }
}

/// Why the log refused, as a fault in words.
#[must_use]
pub fn refusal(why: bidding::Why) -> Fault {
    let mut issue = kernel::Issue::error("lot-why").with("code", why.code());
    if let Some((name, value)) = why.arg() {
        issue = issue.with(name, value);
    }
    Fault::issue(None, issue)
}
