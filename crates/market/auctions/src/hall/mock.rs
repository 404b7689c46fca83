//! Mock lots (模拟): a log of their own in memory, kept apart from every real one, signed with a key of their own. The
//! platform registers paddles and makes deposits good, so that anyone may practise.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bidding::evidence::{Head, Kept, Signed, Signer, chain};
use bidding::sequencer::{Batch, Busy, Core, Hall, Log, Reply, Restored, Time, Update, run};
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

/// What is kept of a mock lot.
#[derive(Clone, Default, Debug)]
pub(crate) struct Book {
    /// Its rules.
    pub rules: Option<Rules>,
    /// Its steps.
    pub steps: Vec<Kept>,
    /// The signatures of its batches.
    pub batches: Vec<Signed>,
}

type Books = Arc<Mutex<BTreeMap<String, Book>>>;

struct Memory(Books);

impl Log for Memory {
    type Error = std::convert::Infallible;

    async fn append(&mut self, batch: &Batch) -> Result<(), Self::Error> {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for lot in &batch.lots {
            let book = books.entry(lot.lot.clone()).or_default();
            extend(book, lot.lines.lines());
            book.batches.push(Signed {
                from: lot.from,
                to: lot.to,
                root: lot.root,
                signature: lot.signature.clone(),
            });
        }
        Ok(())
    }

    async fn restore(&mut self, _lot: &str) -> Result<Option<Restored>, Self::Error> {
        Ok(None)
    }
}

fn extend<'a>(book: &mut Book, lines: impl Iterator<Item = &'a str>) {
    let mut head = book.steps.last().map_or(Hash::NONE, |step| step.hash);
    for line in lines {
        head = chain(head, line);
        book.steps.push(Kept {
            hash: head,
            line: line.to_owned(),
        });
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
        let book = prepared(&lot, &rules, &steps, &signer);
        let books: Books = Arc::new(Mutex::new(BTreeMap::from([(lot.clone(), book)])));
        let public = signer.public();
        let mut core = Core::new(signer);
        core.open(&Restored {
            lot: lot.clone(),
            rules: rules.clone(),
            steps,
        });
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

    /// Where it stands, from what is kept.
    pub(crate) fn state(&self) -> Update {
        let book = self.book();
        let head = book.steps.last().map_or(Hash::NONE, |step| step.hash);
        let steps: Vec<Step> = read(&book.steps, 0).collect();
        let desk = Desk::replay(self.lot.clone(), self.rules.clone(), &steps);
        Update {
            state: Arc::new(desk.state().clone()),
            head,
        }
    }

    /// What is kept of it.
    pub(crate) fn book(&self) -> Book {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.get(&self.lot).cloned().unwrap_or_default()
    }

    /// Steps behind a place.
    pub(crate) fn steps(&self, after: u64, max: usize) -> Vec<Step> {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(book) = books.get(&self.lot) else {
            return Vec::new();
        };
        read(&book.steps, usize::try_from(after).unwrap_or(usize::MAX))
            .take(max)
            .collect()
    }

    /// Its package, as a real lot's.
    pub(crate) fn package(&self) -> String {
        let book = self.book();
        let head = Head {
            lot: self.lot.clone(),
            rules: self.rules.clone(),
            rules_hash: self.rules.hash(),
            key: self.public.clone(),
        };
        bidding::evidence::write(&head, &[], &book.steps, &book.batches)
    }
}

/// Steps from a place on; a place is the number of steps before it, since they are numbered from 1 without a gap.
fn read(steps: &[Kept], after: usize) -> impl Iterator<Item = Step> + '_ {
    let rest = steps.get(after.min(steps.len())..).unwrap_or_default();
    rest.iter().filter_map(|step| serde_json::from_str(&step.line).ok())
}

fn prepared(lot: &str, rules: &Rules, steps: &[Step], signer: &Signer) -> Book {
    let lines: Vec<String> = steps.iter().map(bidding::evidence::line).collect();
    let mut book = Book {
        rules: Some(rules.clone()),
        ..Book::default()
    };
    extend(&mut book, lines.iter().map(String::as_str));
    let hashes: Vec<Hash> = book.steps.iter().map(|step| step.hash).collect();
    let root = bidding::evidence::root(&hashes);
    book.batches.push(Signed {
        from: 1,
        to: u64::try_from(steps.len()).unwrap_or(0),
        root,
        signature: signer.sign(lot, root),
    });
    book
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
        assert_eq!(mock.state().state.phase, Phase::Free);
        let bid = Command::Bid {
            bidder: Paddle(3),
            amount: Fen::new(60_000_000),
            key: Key(1),
            auto: false,
            confirmed: false,
        };
        let Ok(Reply::Answered {
            answer,
            receipt: Some(receipt),
        }) = mock.send(bid).await
        else {
            panic!("an answer with a receipt");
        };
        assert!(answer.refused.is_none() && answer.leads);
        let verified = bidding::evidence::verify(&mock.package()).expect("it holds");
        assert_eq!((verified.bids, verified.steps), (1, answer.seq));
        assert!(receipt.holds(&verified.key));
        clock.advance_secs(1);
        let tick = mock.send(Command::Tick).await;
        assert!(matches!(tick, Ok(Reply::Done { .. })));
        assert_eq!(mock.state().state.phase, Phase::Timed);
        assert_eq!(mock.steps(answer.seq, 10).len(), 1);
    }
}
