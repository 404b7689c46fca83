//! The running sequencer, as this crate reaches it: the one place that speaks to the log of bids.

use std::fmt;
use std::sync::Arc;

use bidding::evidence::{Person, Receipt, Signer};
use bidding::{Command, Rules, Step};
use bidlog::{Bids, Reply, Store, Time, Update};
use jcore::{App, Fault, FaultKind, Result};
use tokio::sync::{OnceCell, watch};
use uuid::Uuid;

/// All lots' logs, in `app.extras`. They start at their first use, so that a command that has nothing to do with lots does
/// not hold their file.
#[derive(Clone)]
pub struct Auctions(Arc<Machine>);

struct Machine {
    store: Store,
    secret: [u8; 32],
    time: Arc<dyn Time>,
    bids: OnceCell<Bids>,
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

/// What the log's store says.
fn store(error: bidlog::Error) -> Fault {
    match error {
        bidlog::Error::NoLot(_) => Fault::not_found(),
        bidlog::Error::Store(error) => error.into(),
        other => Fault::internal(other.to_string()),
    }
}

impl Auctions {
    /// Over a store, with the secret that signs batches, and the clocks that stamp bids.
    #[must_use]
    pub fn new(store: Store, secret: [u8; 32], time: Arc<dyn Time>) -> Self {
        Self(Arc::new(Machine {
            store,
            secret,
            time,
            bids: OnceCell::new(),
        }))
    }

    /// Starts, if that has not happened: lots that are not over are opened, and live ones stand still where nobody kept them
    /// going.
    ///
    /// # Errors
    /// The store's; another process that has the logs open.
    pub async fn start(&self) -> Result<()> {
        self.bids().await.map(|_| ())
    }

    async fn bids(&self) -> Result<&Bids> {
        let machine = &self.0;
        machine
            .bids
            .get_or_try_init(|| async {
                Bids::start(machine.store.clone(), &machine.secret, machine.time.clone())
                    .await
                    .map_err(store)
            })
            .await
    }

    /// Ends: what was sent is kept and answered.
    pub async fn stop(&self) {
        if let Some(bids) = self.0.bids.get() {
            bids.clone().stop().await;
        }
    }

    /// Whether the logs answer and can be read; so, too, while nobody needed them.
    pub async fn is_healthy(&self) -> bool {
        match self.0.bids.get() {
            Some(bids) => {
                let health = bids.health().await;
                health.answers && health.reads
            }
            None => true,
        }
    }

    /// What the logs did since they started: batches, steps, and how long their writes took. None before they start.
    #[must_use]
    pub fn figures(&self) -> Option<bidlog::Figures> {
        self.0.bids.get().map(Bids::figures)
    }

    /// Opens a lot's log; one that is open stays as it is.
    ///
    /// # Errors
    /// The store's; a log with steps under other rules.
    pub async fn open(&self, lot: Uuid, rules: &Rules) -> Result<()> {
        self.bids().await?.open(&lot.to_string(), rules).await.map_err(store)
    }

    /// Gives a command and waits for its answer, which comes when it is durable.
    ///
    /// # Errors
    /// A fault of kind busy when nothing was placed.
    pub async fn send(&self, lot: Uuid, command: Command) -> Result<Reply> {
        let reply = self.bids().await?.send(&lot.to_string(), command).await;
        reply.map_err(|_| Fault::new(FaultKind::Busy, "lot-away"))
    }

    /// Where a lot stands; none where its log is not known.
    ///
    /// # Errors
    /// The store's.
    pub async fn state(&self, lot: Uuid) -> Result<Option<Update>> {
        Ok(self.bids().await?.state(&lot.to_string()).await)
    }

    /// Hears of a lot: the latest state at each look. Before the logs have started nothing is heard; asking where the lot
    /// stands starts them.
    #[must_use]
    pub fn watch(&self, lot: Uuid) -> watch::Receiver<Option<Update>> {
        match self.0.bids.get() {
            Some(bids) => bids.watch(&lot.to_string()),
            None => watch::channel(None).1,
        }
    }

    /// Steps of a lot behind a place, at most so many.
    ///
    /// # Errors
    /// The store's.
    pub async fn steps(&self, lot: Uuid, after: u64, max: usize) -> Result<Vec<Step>> {
        let kept = self
            .bids()
            .await?
            .steps(&lot.to_string(), after, max)
            .await
            .map_err(store)?;
        let read = |kept: &bidding::evidence::Kept| {
            serde_json::from_str(&kept.line).map_err(|e| Fault::internal(format!("a step of lot {lot}: {e}")))
        };
        kept.iter().map(read).collect()
    }

    /// The receipt of a step; none where there is no such step.
    ///
    /// # Errors
    /// The store's.
    pub async fn receipt(&self, lot: Uuid, seq: u64) -> Result<Option<Receipt>> {
        self.bids().await?.receipt(&lot.to_string(), seq).await.map_err(store)
    }

    /// A lot's package; with people it is the full one.
    ///
    /// # Errors
    /// Not found; the store's.
    pub async fn package(&self, lot: Uuid, people: &[Person]) -> Result<String> {
        self.bids()
            .await?
            .package(&lot.to_string(), people)
            .await
            .map_err(store)
    }

    /// The platform's public key, in hexadecimal.
    #[must_use]
    pub fn public_key(&self) -> String {
        Signer::new(&self.0.secret).public()
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
            Reply::Unknown | Reply::Away => Err(Fault::new(FaultKind::Busy, "lot-away")),
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
