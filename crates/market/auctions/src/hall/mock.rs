//! Mock lots (模拟): a log of their own in memory, kept apart from every real one, signed with a key of their own. The
//! platform registers paddles and makes deposits good, so that anyone may practise.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bidding::evidence::{Draft, Head, Kept, Receipt, Sheet, Signed, Signer};
use bidding::sequencer::{Batch, Busy, Core, Fenced, Hall, Log, NoFence, Reply, Restored, Time, Update, run};
use bidding::{At, Command, Desk, Hash, Movement, Officer, Paddle, Relation, Rules, Step};
use kernel::{Clock, Fen};

/// Microseconds of a day.
const DAY_MICROS: i64 = 86_400_000_000;
/// Seconds of a minute, by which the last preparations are earlier than the start.
const MINUTE_MICROS: i64 = 60_000_000;

/// The secret of mock halls: not the one by which real lots are signed.
#[must_use]
pub(crate) fn secret_of(app: &jcore::App) -> [u8; 32] {
    app.keys.derived(b"jiebang mock halls v1")
}

/// The key by which mock lots are signed.
#[must_use]
pub(crate) fn public_key_of(app: &jcore::App) -> String {
    Signer::new(&secret_of(app)).public()
}

/// A lot that has just begun at an instant, as if it had been announced in time: approved by two, announced, bidders
/// registered with good deposits. With the steps of its log.
#[must_use]
pub(crate) fn rehearsed(lot: &str, rules: &Rules, bidders: u32, starts: At) -> (Desk, Vec<Step>) {
    let mut desk = Desk::new(lot, rules.clone());
    let mut steps = Vec::new();
    let announced = At(starts.0 - (rules.notice_days + 1) * DAY_MICROS);
    let closes = At(starts.0 - MINUTE_MICROS);
    let mut give = |command, at| steps.extend(desk.handle(command, at).steps);
    for by in [Officer(1), Officer(2)] {
        give(Command::Approve { by }, announced);
    }
    let times = Command::Announce {
        by: Officer(1),
        registers_until: closes,
        starts,
    };
    give(times, announced);
    for bidder in (1..=bidders).map(Paddle) {
        let who = Command::Register {
            bidder,
            who: Hash::of(b"jiebang.mock", &[&bidder.0.to_le_bytes()]),
            relation: Relation::None,
            rank: None,
        };
        give(who, announced);
        for movement in [Movement::BankSees, Movement::Confirm] {
            let amount = rules.deposit;
            give(
                Command::Deposit {
                    bidder,
                    movement,
                    amount,
                },
                announced,
            );
        }
    }
    steps.extend(desk.tick(closes));
    steps.extend(desk.tick(starts));
    (desk, steps)
}

/// What is kept of mock lots: the sheets of each, in order.
type Books = Arc<Mutex<BTreeMap<String, Vec<Arc<Sheet>>>>>;

struct Memory(Books);

/// Memory has no fence: one process alone writes it.
#[derive(Clone, Copy, Debug)]
struct Fenceless;

impl std::fmt::Display for Fenceless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a mock hall has no fence")
    }
}

impl Log for Memory {
    type Error = Fenceless;
    type Fence = NoFence;
    const ALONE: bool = true;

    async fn fence(&self, _lots: Vec<(Arc<str>, u64)>) -> Result<Fenced<NoFence>, Fenceless> {
        Err(Fenceless)
    }

    async fn append(&self, _fence: Option<NoFence>, batch: Arc<Batch>) -> Result<(), Fenceless> {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for sheet in &batch.lots {
            books.entry(sheet.lot().to_string()).or_default().push(sheet.clone());
        }
        Ok(())
    }

    async fn restore(&self, _lot: Arc<str>) -> Result<Option<Restored>, Fenceless> {
        Ok(None)
    }

    async fn tail(&self, _lot: Arc<str>, _after: u64) -> Result<String, Fenceless> {
        Ok(String::new())
    }

    async fn beat(&self) -> Result<At, Fenceless> {
        Err(Fenceless)
    }

    async fn others(&self) -> Result<bool, Fenceless> {
        Ok(false)
    }
}

/// A mock hall runs by the platform's clock alone: it has no money in it for which a jump would matter.
struct ByClock(Arc<dyn Clock>);

impl Time for ByClock {
    fn wall(&self) -> At {
        At(self.0.now().micros())
    }

    fn monotonic(&self) -> i64 {
        self.0.now().micros()
    }

    fn is_by_hand(&self) -> bool {
        true
    }
}

/// The log of one mock lot, running.
#[derive(Clone, Debug)]
pub(crate) struct Mock {
    /// The lot's name in its log.
    pub lot: String,
    /// Its rules.
    pub rules: Rules,
    hall: Hall,
    books: Books,
    offers: Arc<Mutex<BTreeMap<Hash, (Fen, String)>>>,
    public: String,
}

impl Mock {
    /// Begins one, with paddles up to a number. It runs until the last handle is dropped.
    #[must_use]
    pub(crate) fn begin(lot: String, rules: Rules, bidders: u32, secret: &[u8; 32], clock: Arc<dyn Clock>) -> Self {
        let (_, steps) = rehearsed(&lot, &rules, bidders, At(clock.now().micros()));
        let signer = Signer::new(secret);
        let sheet = prepared(&lot, &steps, &signer);
        let books: Books = Arc::new(Mutex::new(BTreeMap::from([(lot.clone(), vec![sheet])])));
        let public = signer.public();
        let mut core = Core::new(signer);
        // Steps that were decided just now can be read.
        let _ = core.open(&Restored::of(&lot, rules.clone(), &steps));
        let (hall, running) = run(core, Memory(books.clone()), ByClock(clock));
        tokio::spawn(running);
        Self {
            lot,
            rules,
            hall,
            books,
            offers: Arc::default(),
            public,
        }
    }

    /// The key by which its batches are signed.
    pub(crate) fn public_key(&self) -> String {
        self.public.clone()
    }

    /// Keeps what opens an offer.
    pub(crate) fn keep_offer(&self, offer: Hash, amount: Fen, nonce: String) {
        let mut offers = self.offers.lock().unwrap_or_else(PoisonError::into_inner);
        offers.insert(offer, (amount, nonce));
    }

    /// What opens an offer.
    pub(crate) fn offer(&self, offer: Hash) -> Option<(Fen, String)> {
        let offers = self.offers.lock().unwrap_or_else(PoisonError::into_inner);
        offers.get(&offer).cloned()
    }

    /// Gives a command.
    ///
    /// # Errors
    /// The queue is full.
    pub(crate) async fn send(&self, command: Command) -> Result<Reply, Busy> {
        self.hall.give(&self.lot, command).await
    }

    /// Hears of it.
    pub(crate) fn watch(&self) -> tokio::sync::watch::Receiver<Option<Update>> {
        self.hall.watch(&self.lot)
    }

    /// Where it stands.
    pub(crate) async fn state(&self) -> Option<Update> {
        self.hall.look(&self.lot).await
    }

    /// What is kept of it.
    fn sheets(&self) -> Vec<Arc<Sheet>> {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.get(&self.lot).cloned().unwrap_or_default()
    }

    /// Steps behind a place.
    pub(crate) fn steps(&self, after: u64, max: usize) -> Vec<Step> {
        let sheets = self.sheets();
        let lines = sheets
            .iter()
            .filter(|sheet| sheet.to() > after)
            .flat_map(|sheet| sheet.lines().lines());
        let steps = lines.filter_map(|line| serde_json::from_str::<Step>(line).ok());
        steps.filter(|step| step.seq > after).take(max).collect()
    }

    /// The receipt of a step.
    pub(crate) fn receipt(&self, seq: u64) -> Option<Receipt> {
        let sheets = self.sheets();
        let sheet = sheets.iter().find(|sheet| (sheet.from()..=sheet.to()).contains(&seq))?;
        sheet.receipt(seq)
    }

    /// Its package, as a real lot's.
    pub(crate) fn package(&self) -> String {
        let head = Head {
            lot: self.lot.clone(),
            rules: self.rules.clone(),
            rules_hash: self.rules.hash(),
            key: self.public.clone(),
        };
        let sheets = self.sheets();
        let steps = sheets.iter().flat_map(|sheet| {
            sheet
                .hashes()
                .iter()
                .zip(sheet.lines().lines())
                .map(|(hash, line)| Kept {
                    hash: *hash,
                    line: line.to_owned(),
                })
        });
        let batches = sheets.iter().map(|sheet| Signed {
            from: sheet.from(),
            to: sheet.to(),
            root: sheet.root(),
            signature: sheet.signature().to_owned(),
        });
        bidding::evidence::write(&head, &[], &steps.collect::<Vec<_>>(), &batches.collect::<Vec<_>>())
    }
}

/// The sheet of the preparations.
fn prepared(lot: &str, steps: &[Step], signer: &Signer) -> Arc<Sheet> {
    let mut draft = Draft::default();
    let mut head = Hash::NONE;
    for step in steps {
        head = draft.push(head, step);
    }
    Arc::new(draft.seal(lot.into(), signer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::testing::{NOW, english};
    use bidding::{Key, Phase};
    use kernel::{ManualClock, Stamp};

    #[tokio::test]
    async fn a_mock_lot_runs_by_the_real_rules_and_its_package_holds() {
        let clock = Arc::new(ManualClock::new(Stamp::from_micros(NOW.0)));
        let mut rules = english(600_000);
        rules.mode = bidding::Mode::English {
            free_secs: 1,
            window_secs: 60,
            cap_secs: None,
        };
        let mock = Mock::begin("mock-1".into(), rules, 3, &[9; 32], clock.clone());
        assert_eq!(mock.state().await.unwrap().state.phase, Phase::Free);
        let bid = Command::Bid {
            bidder: Paddle(3),
            amount: Fen::new(60_000_000),
            key: Key(1),
            auto: false,
            confirmed: false,
        };
        let Ok(Reply::Answered {
            answer,
            slip: Some(slip),
        }) = mock.send(bid).await
        else {
            panic!("an answer with a receipt");
        };
        assert!(answer.refused.is_none() && answer.leads);
        let verified = bidding::evidence::verify(&mock.package()).expect("it holds");
        assert_eq!((verified.bids, verified.steps), (1, answer.seq));
        assert_eq!(slip.receipt(), mock.receipt(answer.seq));
        assert!(slip.receipt().unwrap().holds(&verified.key));
        clock.advance_secs(1);
        let tick = mock.send(Command::Tick).await;
        assert!(matches!(tick, Ok(Reply::Done { .. })));
        assert_eq!(mock.state().await.unwrap().state.phase, Phase::Timed);
        assert_eq!(mock.steps(answer.seq, 10).len(), 1);
    }
}
