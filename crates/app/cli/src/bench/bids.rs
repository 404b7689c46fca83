//! Lots under bids: made, live, and bid for by many at once, each a step or more above the price that they last saw.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use bidding::sequencer::Time;
use bidding::{At, Command, Hash, Key, Movement, Officer, Paddle, Relation, Rules, Why};
use bidlog::{Bids, Machine, Reply};
use kernel::Fen;

/// Where every lot starts: 1,000,000 yuan, a step of 10,000.
const START: Fen = Fen::new(100_000_000);
/// Days between the announcement and the first bid, by the rules.
const NOTICE_SECS: i64 = 7 * 86_400;
/// How long before now the lots are announced, so that they are live now.
pub(crate) const EARLIER_SECS: i64 = 8 * 86_400;
/// Most steps that a bidder climbs at once: more has to be confirmed.
const STEPS: i64 = 3;

/// The machine's clocks, set back for as long as the lots are made.
pub(crate) struct Clocks {
    machine: Machine,
    back_secs: AtomicI64,
}

impl Clocks {
    /// Set back to when the lots are announced.
    pub(crate) fn earlier() -> Arc<Self> {
        Arc::new(Self {
            machine: Machine::default(),
            back_secs: AtomicI64::new(EARLIER_SECS),
        })
    }

    /// Shows the machine's own time from now on.
    pub(crate) fn now(&self) {
        self.back_secs.store(0, Ordering::Release);
    }

    /// Microseconds of the monotonic clock.
    pub(crate) fn micros(&self) -> i64 {
        self.machine.monotonic()
    }
}

impl Time for Clocks {
    fn wall(&self) -> At {
        self.machine.wall().plus_secs(-self.back_secs.load(Ordering::Acquire))
    }

    fn monotonic(&self) -> i64 {
        self.machine.monotonic()
    }

    fn is_by_hand(&self) -> bool {
        self.back_secs.load(Ordering::Acquire) != 0
    }
}

/// The names of a run's lots: unlike those of runs before, since a database may be used again.
pub(crate) fn lot_names(clocks: &Clocks, lots: usize) -> Vec<String> {
    let run = clocks.machine.wall().0;
    (1..=lots).map(|number| format!("bench-{run}-{number}")).collect()
}

/// The rules of every lot: the platform's own.
pub(crate) fn rules() -> Rules {
    Rules::english(START)
}

/// What brings a lot to the day before its first bid: announced, with bidders and confirmed deposits.
pub(crate) fn made(bidders: u32, now: At) -> Vec<Command> {
    let starts = now.plus_secs(NOTICE_SECS + 1);
    let mut out = vec![
        Command::Approve { by: Officer(1) },
        Command::Approve { by: Officer(2) },
        Command::Announce {
            by: Officer(1),
            registers_until: starts,
            starts,
        },
    ];
    for bidder in (1..=bidders).map(Paddle) {
        out.push(Command::Register {
            bidder,
            who: Hash::NONE,
            relation: Relation::None,
            rank: None,
        });
        let amount = rules().deposit;
        let moves = [Movement::BankSees, Movement::Confirm];
        out.extend(moves.map(|movement| Command::Deposit {
            bidder,
            movement,
            amount,
        }));
    }
    out
}

/// Makes the lots and brings them to their first minute.
///
/// # Errors
/// What went wrong, in words for whoever measures.
pub(crate) async fn open(bids: &Bids, clocks: &Clocks, lots: &[String], bidders: u32) -> Result<(), String> {
    for lot in lots {
        bids.open(lot, &rules()).await.map_err(|e| e.to_string())?;
        let commands = made(bidders, clocks.wall());
        // All at once: they are put in order as they come, and share their syncs.
        let replies = commands.into_iter().map(|command| bids.send(lot, command));
        for reply in futures_util::future::join_all(replies).await {
            match reply {
                Ok(Reply::Done { refused: None, .. }) => {}
                other => return Err(format!("{lot}: {other:?}")),
            }
        }
    }
    clocks.now();
    for lot in lots {
        let _ = bids.send(lot, Command::Tick).await;
        let phase = bids.state(lot).await.map(|update| update.state.phase);
        if !phase.is_some_and(bidding::Phase::is_live) {
            return Err(format!("{lot}: {phase:?}"));
        }
    }
    Ok(())
}

/// One bidder: what it last saw, and what it bids next.
pub(crate) struct Bidder {
    paddle: u32,
    seen: Option<i64>,
    key: u64,
    dice: u64,
}

impl Bidder {
    /// A bidder of a lot.
    pub(crate) fn new(paddle: u32) -> Self {
        Self {
            paddle,
            seen: None,
            key: 0,
            dice: u64::from(paddle).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
        }
    }

    /// The next bid: one to three steps above the price that it last saw, an absolute amount.
    pub(crate) fn next(&mut self) -> (Fen, Key) {
        // Xorshift: alike at every run.
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        let steps = i64::try_from(self.dice % u64::try_from(STEPS).unwrap_or(1)).unwrap_or(0) + 1;
        self.key += 1;
        let amount = match self.seen {
            Some(price) => price + steps * rules().step_at(Fen::new(price)).get(),
            None => START.get(),
        };
        (Fen::new(amount), Key(self.key))
    }

    /// The command of the next bid.
    pub(crate) fn command(&mut self) -> Command {
        let (amount, key) = self.next();
        Command::Bid {
            bidder: Paddle(self.paddle),
            amount,
            key,
            auto: false,
            confirmed: false,
        }
    }

    /// It sees a price.
    pub(crate) fn sees(&mut self, price: Option<Fen>) {
        self.seen = price.map(Fen::get).or(self.seen);
    }
}

/// What bidders were answered, and when.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// Answers: each durable.
    pub(crate) answered: u64,
    /// Bids that led.
    pub(crate) accepted: u64,
    /// Neither: unknown, away or busy.
    pub(crate) failed: u64,
    /// Answers without a receipt that is theirs.
    pub(crate) broken: u64,
    /// How long each answer took, in microseconds.
    pub(crate) micros: Vec<u32>,
}

impl Answers {
    /// Counts an answer.
    pub(crate) fn count(&mut self, is_accepted: bool, micros: i64) {
        self.answered += 1;
        self.accepted += u64::from(is_accepted);
        self.micros.push(u32::try_from(micros).unwrap_or(u32::MAX));
    }

    /// Adds another's.
    pub(crate) fn add(&mut self, other: Self) {
        self.answered += other.answered;
        self.accepted += other.accepted;
        self.failed += other.failed;
        self.micros.extend(other.micros);
    }
}

/// When to count, and when to stop.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// Whether answers are counted: not while caches and queues fill.
    pub(crate) counts: AtomicBool,
    /// Whether it is over.
    pub(crate) is_over: AtomicBool,
    /// Receipts that did not hold.
    pub(crate) broken: AtomicU64,
}

/// Called with every receipt, before its bidder bids again.
pub(crate) type Tell = fn(&bidding::evidence::Receipt);

/// One bidder bids, one bid after the other, until the run is over. Each takes its receipt with each answer.
pub(crate) async fn bidder(
    bids: Bids,
    clocks: Arc<Clocks>,
    lot: String,
    paddle: u32,
    run: Arc<Run>,
    tell: Option<Tell>,
) -> Answers {
    let mut out = Answers::default();
    let mut bidder = Bidder::new(paddle);
    while !run.is_over.load(Ordering::Acquire) {
        let command = bidder.command();
        let since = clocks.micros();
        let reply = bids.send(&lot, command).await;
        let took = clocks.micros() - since;
        let counts = run.counts.load(Ordering::Acquire);
        let Ok(Reply::Answered { answer, slip }) = reply else {
            out.failed += u64::from(counts);
            tokio::task::yield_now().await;
            continue;
        };
        match slip.and_then(|slip| slip.receipt()) {
            Some(receipt) if receipt.seq == answer.seq => {
                if let Some(tell) = tell {
                    tell(&receipt);
                }
            }
            _ => {
                run.broken.fetch_add(1, Ordering::AcqRel);
            }
        }
        let seen = match answer.refused {
            Some(Why::TooLow { price }) => Some(price),
            _ => answer.price,
        };
        bidder.sees(seen);
        if counts {
            out.count(answer.refused.is_none(), took);
        }
    }
    out
}
