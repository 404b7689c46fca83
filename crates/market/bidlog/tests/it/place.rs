//! A store with a clock, and a lot that is live in it.

use std::sync::Arc;

use bidding::evidence::verify;
use bidding::*;
use bidlog::{Bids, ByHand, Reply, Store, Time};
use kernel::{Fen, ManualClock, Stamp};

pub(crate) const WAN: i64 = 1_000_000;
pub(crate) const START: i64 = 100 * WAN;
pub(crate) const SECRET: [u8; 32] = [9; 32];
const DAY: i64 = 86_400;

pub(crate) fn rules() -> Rules {
    Rules::english(Fen::new(START))
}

/// A store of either kind.
pub(crate) struct Place {
    pub(crate) store: Store,
    pub(crate) clock: Arc<ManualClock>,
    _folder: tempfile::TempDir,
}

impl Place {
    pub(crate) async fn lite() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::File {
            path: folder.path().join("bids.db"),
            unsafe_fast: true,
        };
        Some(Self::of(store, folder))
    }

    pub(crate) async fn pg() -> Option<Self> {
        let url = testkit::pg::fresh_database().await?;
        let pool = sqlx::PgPool::connect(&url).await.unwrap();
        Some(Self::of(Store::Pg(pool), tempfile::tempdir().unwrap()))
    }

    fn of(store: Store, folder: tempfile::TempDir) -> Self {
        Self {
            store,
            clock: Arc::new(ManualClock::new(Stamp::from_micros(1_681_000_000_000_000))),
            _folder: folder,
        }
    }

    pub(crate) fn time(&self) -> Arc<dyn Time> {
        Arc::new(ByHand::new(self.clock.clone()))
    }

    pub(crate) async fn start(&self) -> Bids {
        Bids::start(self.store.clone(), &SECRET, self.time()).await.unwrap()
    }

    /// A lot with bidders from 1 to `n`, live.
    pub(crate) async fn live(&self, bids: &Bids, lot: &str, n: u32) {
        bids.open(lot, &rules()).await.unwrap();
        let now = At(kernel::Clock::now(&*self.clock).micros());
        let starts = now.plus_secs(7 * DAY);
        good(bids, lot, Command::Approve { by: Officer(1) }).await;
        good(bids, lot, Command::Approve { by: Officer(2) }).await;
        let announce = Command::Announce {
            by: Officer(1),
            registers_until: starts,
            starts,
        };
        good(bids, lot, announce).await;
        for paddle in 1..=n {
            let bidder = Paddle(paddle);
            let register = Command::Register {
                bidder,
                who: Hash::NONE,
                relation: Relation::None,
                rank: None,
            };
            good(bids, lot, register).await;
            for movement in [Movement::BankSees, Movement::Confirm] {
                let amount = rules().deposit;
                let deposit = Command::Deposit {
                    bidder,
                    movement,
                    amount,
                };
                good(bids, lot, deposit).await;
            }
        }
        self.clock.set(Stamp::from_micros(starts.0));
        bids.send(lot, Command::Tick).await.unwrap();
        assert_eq!(bids.state(lot).await.unwrap().state.phase, Phase::Free);
    }

    /// Waits until the lot's phase is over, and says so to the log.
    pub(crate) async fn next(&self, bids: &Bids, lot: &str) {
        if let Some(due) = bids.state(lot).await.unwrap().state.next_due() {
            self.clock.set(Stamp::from_micros(due.0));
        }
        bids.send(lot, Command::Tick).await.unwrap();
    }
}

pub(crate) async fn good(bids: &Bids, lot: &str, command: Command) {
    match bids.send(lot, command.clone()).await.unwrap() {
        Reply::Done { refused: None, .. } => {}
        other => panic!("{command:?}: {other:?}"),
    }
}

pub(crate) fn bid(paddle: u32, amount: i64, key: u64) -> Command {
    Command::Bid {
        bidder: Paddle(paddle),
        amount: Fen::new(amount),
        key: Key(key),
        auto: false,
        confirmed: true,
    }
}

/// An answer that must be one.
#[track_caller]
pub(crate) fn answer(reply: Reply) -> Answer {
    match reply {
        Reply::Answered { answer, .. } => answer,
        other => panic!("{other:?}"),
    }
}

/// The whole log, checked as a third party would: chain, decisions, signatures.
pub(crate) async fn checked(bids: &Bids, lot: &str) -> Vec<Step> {
    let package = bids.package(lot, &[]).await.unwrap();
    let verified = verify(&package).unwrap();
    assert_eq!(verified.key, bids.public_key());
    let steps = bids.steps(lot, 0, usize::MAX).await.unwrap();
    let steps: Vec<Step> = steps
        .iter()
        .map(|kept| serde_json::from_str(&kept.line).unwrap())
        .collect();
    assert_eq!(u64::try_from(steps.len()).unwrap(), verified.steps);
    assert!(steps.iter().zip(1..).all(|(step, seq)| step.seq == seq), "no gap");
    steps
}

/// One body for both stores.
macro_rules! both {
    ($name:ident, |$place:ident| $body:block) => {
        mod $name {
            use super::*;

            async fn body($place: Place) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body(Place::lite().await.unwrap()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(place) = Place::pg().await {
                    body(place).await;
                }
            }
        }
    };
}
pub(crate) use both;
