//! The sequencer under stores that fail, die and lie about it, and clocks that jump: by seed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bidding::evidence::Signer;
use bidding::sequencer::{Batch, Core, Fenced, Log, NoFence, Reply, Restored, Time, run};
use bidding::*;
use proptest::prelude::*;

use crate::lot::{Lot, START, WAN, english, fen};

/// What a store does with the next batch.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mood {
    Keeps,
    /// Nothing is kept, and it says so.
    Fails,
    /// All is kept, and it says that it failed: the commit's outcome was lost.
    KeepsAndFails,
}

fn mood() -> impl Strategy<Value = Mood> {
    prop_oneof![8 => Just(Mood::Keeps), 1 => Just(Mood::Fails), 1 => Just(Mood::KeepsAndFails)]
}

/// A store in memory: what is kept is lines.
#[derive(Clone, Default)]
struct Store(Arc<Mutex<BTreeMap<String, Vec<Step>>>>);

impl Store {
    fn keep(&self, batch: &Batch) {
        let mut lots = self.0.lock().unwrap();
        for lot in &batch.lots {
            let log = lots.entry(lot.lot().to_string()).or_default();
            assert_eq!(lot.from(), log.len() as u64 + 1, "no gap and nothing twice");
            log.extend(
                lot.lines()
                    .lines()
                    .map(|line| serde_json::from_str::<Step>(line).unwrap()),
            );
            assert_eq!(lot.to(), log.len() as u64);
        }
    }

    fn lot(&self, name: &str) -> Restored {
        Restored::of(name, english(), &self.steps(name))
    }

    fn steps(&self, name: &str) -> Vec<Step> {
        self.0.lock().unwrap().get(name).cloned().unwrap_or_default()
    }
}

/// A lot in its timed window with five bidders, kept in a store.
fn hall() -> (Core, Store, At) {
    let mut lot = Lot::live(english(), 5);
    lot.next();
    let store = Store::default();
    store.0.lock().unwrap().insert("lot-1".to_owned(), lot.log.clone());
    let mut core = Core::new(Signer::new(&[3; 32]));
    core.open(&store.lot("lot-1")).unwrap();
    (core, store, lot.now)
}

#[derive(Clone, Debug)]
struct Round {
    bids: Vec<(u32, i64)>,
    wait_ms: i64,
    mood: Mood,
    dies: bool,
}

fn rounds() -> impl Strategy<Value = Vec<Round>> {
    let bids = prop::collection::vec((1_u32..6, 0_i64..4), 0..8);
    let wait = prop_oneof![6 => 0_i64..5_000, 1 => Just(299_000_i64), 1 => Just(-60_000_i64)];
    let round = (bids, wait, mood(), prop::bool::weighted(0.1)).prop_map(|(bids, wait_ms, mood, dies)| Round {
        bids,
        wait_ms,
        mood,
        dies,
    });
    prop::collection::vec(round, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the store does and whenever the process dies: no answered bid is lost, the log has no gap, a key is placed
    /// once, and there is no second winner.
    #[test]
    fn no_answered_bid_is_lost(rounds in rounds()) {
        let (mut core, store, mut now) = hall();
        let mut answered: Vec<(Paddle, Key, Answer)> = Vec::new();
        let mut key = 0;
        let mut again: Vec<(Arc<str>, Command)> = Vec::new();
        for round in rounds {
            now = At(now.0 + round.wait_ms * 1000);
            if round.dies {
                core = Core::new(Signer::new(&[3; 32]));
                core.open(&store.lot("lot-1")).unwrap();
            }
            for lot in core.away() {
                core.open(&store.lot(&lot)).unwrap();
            }
            let price = core.state("lot-1").and_then(State::price).unwrap_or(fen(START)).get();
            let mut commands = std::mem::take(&mut again);
            for (paddle, steps) in &round.bids {
                key += 1;
                commands.push(("lot-1".into(), Command::Bid {
                    bidder: Paddle(*paddle), amount: fen(price + steps * WAN), key: Key(key), auto: false, confirmed: true,
                }));
            }
            let batch = core.decide(commands.clone(), now);
            let replies = match round.mood {
                Mood::Keeps => {
                    store.keep(&batch);
                    core.kept(batch)
                }
                Mood::Fails => core.lost(batch),
                Mood::KeepsAndFails => {
                    store.keep(&batch);
                    core.lost(batch)
                }
            };
            prop_assert_eq!(replies.len(), commands.len());
            for (command, reply) in commands.into_iter().zip(replies) {
                match reply {
                    Reply::Answered { answer, slip } => {
                        let (bidder, key) = command.1.key().unwrap();
                        if let Some(slip) = slip {
                            let receipt = slip.receipt().unwrap();
                            prop_assert!(receipt.holds(&core.public_key()));
                            prop_assert_eq!(receipt.seq, answer.seq);
                        }
                        answered.push((bidder, key, answer));
                    }
                    // “Unknown, ask again with this key.”
                    Reply::Unknown => again.push(command),
                    Reply::Done { .. } | Reply::Away => {}
                }
            }
        }
        let kept = store.steps("lot-1");
        let mut desk = Desk::replay("lot-1", english(), &kept);
        for (bidder, key, answer) in answered {
            prop_assert_eq!(desk.answered(bidder, key), Some(answer));
            prop_assert_eq!(kept.iter().filter(|step| step.command.key() == Some((bidder, key))).count(), 1);
        }
        desk.tick(At(now.0 + 86_400_000_000));
        let awards = kept.iter().flat_map(|step| &step.events).filter(|event| matches!(event, Event::Awarded { .. }));
        prop_assert!(awards.count() <= 1);
    }
}

/// A clock by hand.
#[derive(Clone)]
struct Clocks(Arc<Mutex<(At, i64)>>);

impl Time for Clocks {
    fn wall(&self) -> At {
        self.0.lock().unwrap().0
    }
    fn monotonic(&self) -> i64 {
        self.0.lock().unwrap().1
    }
}

/// A store that does what it is told.
struct Told {
    store: Store,
    moods: Arc<Mutex<Vec<Mood>>>,
}

impl Log for Told {
    type Error = String;
    type Fence = NoFence;
    const ALONE: bool = true;

    async fn fence(&self, _: Vec<(Arc<str>, u64)>) -> Result<Fenced<NoFence>, String> {
        Err("alone".to_owned())
    }

    async fn tail(&self, _: Arc<str>, _: u64) -> Result<String, String> {
        Ok(String::new())
    }

    async fn beat(&self) -> Result<At, String> {
        Err("alone".to_owned())
    }

    async fn others(&self) -> Result<bool, String> {
        Ok(false)
    }

    async fn append(&self, _: Option<NoFence>, batch: Arc<Batch>) -> Result<(), String> {
        let batch = &*batch;
        match self.moods.lock().unwrap().pop().unwrap_or(Mood::Keeps) {
            Mood::Keeps => {
                self.store.keep(batch);
                Ok(())
            }
            Mood::Fails => Err("disk full".to_owned()),
            Mood::KeepsAndFails => {
                self.store.keep(batch);
                Err("connection lost".to_owned())
            }
        }
    }

    async fn restore(&self, lot: Arc<str>) -> Result<Option<Restored>, String> {
        Ok(Some(self.store.lot(&lot)))
    }
}

fn bid(paddle: u32, amount: i64, key: u64) -> Command {
    Command::Bid {
        bidder: Paddle(paddle),
        amount: fen(amount),
        key: Key(key),
        auto: false,
        confirmed: true,
    }
}

#[tokio::test]
async fn a_lost_write_is_unknown_and_the_lot_stands_still_first() {
    let (core, store, now) = hall();
    let clocks = Clocks(Arc::new(Mutex::new((now, 0))));
    let moods = Arc::new(Mutex::new(vec![Mood::KeepsAndFails]));
    let log = Told {
        store: store.clone(),
        moods: moods.clone(),
    };
    let (hall, running) = run(core, log, clocks.clone());
    let mut seen = hall.watch("lot-1");
    let running = tokio::spawn(running);
    assert_eq!(hall.give("lot-1", bid(1, START, 1)).await.unwrap(), Reply::Unknown);
    // The same key finds the bid that was kept after all.
    let Reply::Answered { answer, .. } = hall.give("lot-1", bid(1, START, 1)).await.unwrap() else {
        panic!("it was placed")
    };
    assert_eq!((answer.refused, answer.leads), (None, true));
    let Reply::Answered { answer, .. } = hall.give("lot-1", bid(2, START + WAN, 2)).await.unwrap() else {
        panic!("it is refused with a place in the log")
    };
    assert_eq!(answer.refused, Some(Why::Paused));
    // Updates are told seldom, by a clock that stands still here until it is moved.
    *clocks.0.lock().unwrap() = (At(now.0 + 300_000), 300_000);
    seen.wait_for(|update| update.as_ref().is_some_and(|update| update.state.paused.is_some()))
        .await
        .unwrap();
    assert_eq!(hall.give("nowhere", bid(1, START, 3)).await.unwrap(), Reply::Away);
    drop(hall);
    drop(seen);
    let core = running.await.unwrap();
    assert_eq!(core.state("lot-1").unwrap().seq, store.steps("lot-1").len() as u64);
}

#[tokio::test]
async fn a_clock_that_jumps_pauses_what_runs() {
    let (core, store, now) = hall();
    let clocks = Clocks(Arc::new(Mutex::new((now, 0))));
    let log = Told {
        store: store.clone(),
        moods: Arc::default(),
    };
    let (hall, running) = run(core, log, clocks.clone());
    let running = tokio::spawn(running);
    assert!(matches!(
        hall.give("lot-1", bid(1, START, 1)).await.unwrap(),
        Reply::Answered { .. }
    ));
    *clocks.0.lock().unwrap() = (now.plus_secs(60), 500_000);
    let Reply::Answered { answer, .. } = hall.give("lot-1", bid(2, START + WAN, 2)).await.unwrap() else {
        panic!("it is refused with a place in the log")
    };
    assert_eq!(answer.refused, Some(Why::Paused));
    drop(hall);
    running.await.unwrap();
    let paused = store.steps("lot-1").into_iter().flat_map(|step| step.events);
    assert!(paused.into_iter().any(|event| matches!(
        event,
        Event::Paused {
            trouble: Some(Trouble::Clock),
            ..
        }
    )));
}
