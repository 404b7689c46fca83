//! The running sequencer under everything at once, by seed: stores that are slow, fail, or keep and say that they failed,
//! processes that end at any instant, clocks that jump, bidders who ask again with the same key. Time is simulated, so an hour
//! takes a moment; alone and as two nodes among others.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bidding::evidence::{Signer, chain, line};
use bidding::sequencer::{Batch, Core, Fenced, GAP_MICROS_MAX, Hall, Log, Reply, Restored, Time, run};
use bidding::*;
use tokio::sync::OwnedMutexGuard;
use tokio::task::JoinHandle;

use crate::lot::{Lot, START, WAN, english, fen};

const LOT: &str = "lot-1";
const BIDDERS: u32 = 6;
/// Seconds in which bidders bid; then they wait for the end.
const BIDDING_SECS: u64 = 240;
/// Seconds after which the lot must have come to its end, whatever happened.
const ALL_SECS: u64 = 4_000;

fn rules() -> Rules {
    Rules {
        mode: Mode::English {
            free_secs: 20,
            window_secs: 60,
            cap_secs: None,
        },
        resume_notice_secs: 5,
        ..english()
    }
}

/// Dice that fall alike at every run.
#[derive(Clone)]
struct Dice(Arc<Mutex<u64>>);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)))
    }

    fn roll(&self, sides: u64) -> u64 {
        let mut dice = self.0.lock().unwrap();
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        (*dice >> 11) % sides
    }

    fn once_in(&self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

/// A machine's clocks, of which the wall's may jump.
#[derive(Clone)]
struct Clocks {
    since: tokio::time::Instant,
    begin: At,
    jump: Arc<AtomicI64>,
}

impl Time for Clocks {
    fn wall(&self) -> At {
        At(self.begin.0 + self.monotonic() + self.jump.load(Ordering::Relaxed))
    }
    fn monotonic(&self) -> i64 {
        i64::try_from(self.since.elapsed().as_micros()).unwrap()
    }
}

/// What all nodes share: the log, its lock, the signs of life, and the store's own clock.
#[derive(Clone)]
struct World {
    log: Arc<Mutex<Vec<Step>>>,
    lock: Arc<tokio::sync::Mutex<()>>,
    beats: Arc<Mutex<BTreeMap<u64, i64>>>,
    store: Clocks,
    dice: Dice,
    /// Whether things go wrong: not while the lot comes to its end, or it might never.
    is_calm: Arc<AtomicI64>,
}

impl World {
    fn goes_wrong(&self, sides: u64) -> bool {
        self.is_calm.load(Ordering::Relaxed) == 0 && self.dice.once_in(sides)
    }

    fn keep(&self, batch: &Batch) {
        let mut log = self.log.lock().unwrap();
        for sheet in &batch.lots {
            assert_eq!(sheet.from(), log.len() as u64 + 1, "no gap and nothing twice");
            log.extend(
                sheet
                    .lines()
                    .lines()
                    .map(|line| serde_json::from_str::<Step>(line).unwrap()),
            );
        }
    }

    fn lines(&self, after: u64) -> String {
        let log = self.log.lock().unwrap();
        log.iter()
            .skip(usize::try_from(after).unwrap())
            .map(|step| line(step) + "\n")
            .collect()
    }

    fn restored(&self) -> Restored {
        Restored {
            lines: self.lines(0),
            ..Restored::of(LOT, rules(), &[])
        }
    }
}

/// One node's way into the store.
struct Disk<const ALONE: bool> {
    world: World,
    node: u64,
}

impl<const ALONE: bool> Disk<ALONE> {
    async fn slow(&self) {
        let world = &self.world;
        let ms = if world.goes_wrong(400) {
            2_000 + world.dice.roll(3_000)
        } else {
            world.dice.roll(8)
        };
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    fn fails(&self) -> Result<(), String> {
        if self.world.goes_wrong(60) {
            Err("the store failed".to_owned())
        } else {
            Ok(())
        }
    }
}

impl<const ALONE: bool> Log for Disk<ALONE> {
    type Error = String;
    type Fence = OwnedMutexGuard<()>;
    const ALONE: bool = ALONE;

    async fn fence(&self, lots: Vec<(Arc<str>, u64)>) -> Result<Fenced<Self::Fence>, String> {
        let fence = self.world.lock.clone().lock_owned().await;
        self.slow().await;
        self.fails()?;
        let tails = lots.into_iter().map(|(lot, after)| (lot, self.world.lines(after)));
        Ok(Fenced {
            fence,
            now: self.world.store.wall(),
            tails: tails.collect(),
        })
    }

    async fn append(&self, _fence: Option<Self::Fence>, batch: Arc<Batch>) -> Result<(), String> {
        self.slow().await;
        self.fails()?;
        self.world.keep(&batch);
        // From here on it is kept, and whoever asks may not hear of it.
        self.slow().await;
        self.fails()
    }

    async fn restore(&self, _: Arc<str>) -> Result<Option<Restored>, String> {
        self.fails()?;
        Ok(Some(self.world.restored()))
    }

    async fn tail(&self, _: Arc<str>, after: u64) -> Result<String, String> {
        self.fails()?;
        Ok(self.world.lines(after))
    }

    async fn beat(&self) -> Result<At, String> {
        self.fails()?;
        let now = self.world.store.wall();
        self.world.beats.lock().unwrap().insert(self.node, now.0);
        Ok(now)
    }

    async fn others(&self) -> Result<bool, String> {
        self.fails()?;
        let since = self.world.store.wall().0 - GAP_MICROS_MAX;
        let beats = self.world.beats.lock().unwrap();
        Ok(beats.iter().any(|(node, at)| *node != self.node && *at > since))
    }
}

/// A node that is up: its handle, and its loop.
type Up = (Hall, JoinHandle<Core>);

/// A node that can be ended and started.
#[derive(Clone)]
struct Node<const ALONE: bool> {
    world: World,
    number: u64,
    clocks: Clocks,
    up: Arc<Mutex<Option<Up>>>,
}

impl<const ALONE: bool> Node<ALONE> {
    async fn start(&self) {
        let log = Disk::<ALONE> {
            world: self.world.clone(),
            node: self.number,
        };
        let others = log.world.beats.lock().unwrap().clone();
        let since = self.world.store.wall().0 - GAP_MICROS_MAX;
        let goes_on = !ALONE && others.iter().any(|(node, at)| *node != self.number && *at > since);
        let (hall, running) = run(Core::new(Signer::new(&[3; 32])), log, self.clocks.clone());
        let running = tokio::spawn(running);
        let trouble = (!goes_on).then_some(Trouble::Restart);
        hall.open(self.world.restored(), trouble).await.unwrap();
        *self.up.lock().unwrap() = Some((hall, running));
    }

    /// Ends at whatever instant it is.
    fn dies(&self) {
        if let Some((_, running)) = self.up.lock().unwrap().take() {
            running.abort();
        }
    }

    async fn give(&self, command: Command) -> Reply {
        let hall = self.up.lock().unwrap().as_ref().map(|(hall, _)| hall.clone());
        match hall {
            Some(hall) => hall.give(LOT, command).await.unwrap_or(Reply::Away),
            None => Reply::Away,
        }
    }

    /// Things that happen to a machine.
    async fn suffers(self) {
        loop {
            let wait = 1_000 + self.world.dice.roll(40_000);
            tokio::time::sleep(Duration::from_millis(wait)).await;
            if self.world.is_calm.load(Ordering::Relaxed) != 0 {
                return;
            }
            match self.world.dice.roll(3) {
                0 => {
                    let by = i64::try_from(self.world.dice.roll(4_000_000)).unwrap() - 2_000_000;
                    self.clocks.jump.fetch_add(by, Ordering::Relaxed);
                }
                _ => {
                    self.dies();
                    tokio::time::sleep(Duration::from_millis(self.world.dice.roll(6_000))).await;
                    self.start().await;
                }
            }
        }
    }
}

type Answered = Arc<Mutex<Vec<(Paddle, Key, Answer)>>>;

/// Bids, and asks again with the same key until it is answered, at any node.
async fn bids<const ALONE: bool>(nodes: Vec<Node<ALONE>>, paddle: u32, answered: Answered) {
    let begin = tokio::time::Instant::now();
    let dice = nodes[0].world.dice.clone();
    let mut price = START;
    let mut key = 0;
    while begin.elapsed() < Duration::from_secs(BIDDING_SECS) {
        key += 1;
        let bid = Command::Bid {
            bidder: Paddle(paddle),
            amount: fen(price),
            key: Key(key),
            auto: false,
            confirmed: true,
        };
        let answer = loop {
            let node = usize::try_from(dice.roll(nodes.len() as u64)).unwrap();
            let patience = Duration::from_millis(500 + dice.roll(4_000));
            match tokio::time::timeout(patience, nodes[node].give(bid.clone())).await {
                Ok(Reply::Answered { answer, slip }) => {
                    if let Some(slip) = slip {
                        let receipt = slip.receipt().unwrap();
                        assert!(receipt.holds(&Signer::new(&[3; 32]).public()));
                    }
                    break answer;
                }
                _ => tokio::time::sleep(Duration::from_millis(20 + dice.roll(200))).await,
            }
        };
        price = answer.price.map_or(START, kernel::Fen::get) + (1 + i64::try_from(dice.roll(3)).unwrap()) * WAN;
        answered.lock().unwrap().push((Paddle(paddle), Key(key), answer));
        tokio::time::sleep(Duration::from_millis(dice.roll(3_000))).await;
    }
}

/// Lets a lot that stands still go on.
async fn officer<const ALONE: bool>(nodes: Vec<Node<ALONE>>) {
    loop {
        tokio::time::sleep(Duration::from_secs(3)).await;
        let state = {
            let world = &nodes[0].world;
            let log = world.log.lock().unwrap();
            Desk::replay(LOT, rules(), log.iter()).state().clone()
        };
        if state.paused.is_some_and(|paused| paused.resumes.is_none()) {
            for node in &nodes {
                let resume = Command::Resume {
                    by: Officer(1),
                    reason: "all is well".to_owned(),
                };
                let given = tokio::time::timeout(Duration::from_secs(2), node.give(resume)).await;
                if matches!(given, Ok(Reply::Done { refused: None, .. })) {
                    break;
                }
            }
        }
    }
}

/// What must hold of a log, and of what was answered.
fn holds(log: &[Step], answered: &[(Paddle, Key, Answer)], seed: u64) {
    let mut state = State::new(LOT, rules());
    let mut head = Hash::NONE;
    let mut window_since: Option<At> = None;
    let mut awards = 0;
    for step in log {
        head = chain(head, line(step).as_bytes());
        assert_eq!(step.seq, state.seq + 1, "seed {seed}");
        assert!(step.at >= state.at, "seed {seed}");
        assert!(
            step.command.goes_before_what_is_due() || !state.is_due(step.at),
            "seed {seed}"
        );
        assert_eq!(state.decide(&step.command, step.at), step.events, "seed {seed}");
        let price = state.price();
        for event in &step.events {
            match event {
                Event::Led { .. } | Event::Timed { .. } | Event::Resumed { .. } => window_since = Some(step.at),
                Event::Paused { .. } => window_since = None,
                Event::Closing => {
                    let whole = window_since.is_some_and(|since| step.at >= since.plus_secs(rules().window_secs()));
                    assert!(whole, "seed {seed}: everyone has a complete window");
                }
                Event::Awarded { .. } => awards += 1,
                _ => {}
            }
        }
        state.apply(step);
        assert!(state.price() >= price, "seed {seed}");
    }
    assert_eq!(awards, 1, "seed {seed}: one winner; {:?}", state.phase);
    let mut desk = Desk::replay(LOT, rules(), log);
    assert_eq!(desk.tick(desk.state().at), []);
    for (bidder, key, answer) in answered {
        assert_eq!(
            desk.answered(*bidder, *key),
            Some(*answer),
            "seed {seed}: {bidder:?} {key:?}"
        );
        let placed = log.iter().filter(|step| step.command.key() == Some((*bidder, *key)));
        assert_eq!(placed.count(), 1, "seed {seed}");
    }
}

async fn simulate<const ALONE: bool>(seed: u64, nodes: u64) -> (usize, usize) {
    let mut lot = Lot::live(rules(), BIDDERS);
    lot.tick();
    let clocks = |begin| Clocks {
        since: tokio::time::Instant::now(),
        begin,
        jump: Arc::default(),
    };
    let world = World {
        log: Arc::new(Mutex::new(lot.log.clone())),
        lock: Arc::default(),
        beats: Arc::default(),
        store: clocks(lot.now),
        dice: Dice::new(seed),
        is_calm: Arc::default(),
    };
    let node = |number| Node::<ALONE> {
        world: world.clone(),
        number,
        clocks: clocks(lot.now),
        up: Arc::default(),
    };
    let nodes: Vec<Node<ALONE>> = (1..=nodes).map(node).collect();
    for node in &nodes {
        node.start().await;
        tokio::spawn(node.clone().suffers());
    }
    let answered = Answered::default();
    let bidders = (1..=BIDDERS).map(|paddle| tokio::spawn(bids(nodes.clone(), paddle, answered.clone())));
    let bidders: Vec<_> = bidders.collect();
    let officer = tokio::spawn(officer(nodes.clone()));
    let all = async {
        for bidder in bidders {
            bidder.await.unwrap();
        }
        world.is_calm.store(1, Ordering::Relaxed);
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            let log = world.log.lock().unwrap();
            let events = log.iter().rev().take(50).flat_map(|step| &step.events);
            if events.into_iter().any(|event| matches!(event, Event::Awarded { .. })) {
                return;
            }
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(ALL_SECS), all).await;
    assert!(ended.is_ok(), "seed {seed}: the lot comes to an end");
    officer.abort();
    let log = world.log.lock().unwrap().clone();
    let answered = answered.lock().unwrap();
    holds(&log, &answered, seed);
    let paused = log
        .iter()
        .flat_map(|step| &step.events)
        .filter(|event| matches!(event, Event::Paused { .. }));
    (answered.len(), paused.count())
}

async fn many<const ALONE: bool>(nodes: u64) {
    let mut sums = (0, 0);
    for seed in 1..=12 {
        let (answered, paused) = simulate::<ALONE>(seed, nodes).await;
        sums = (sums.0 + answered, sums.1 + paused);
    }
    // The seeds are worth something: much was answered, and much went wrong.
    assert!(sums.0 > 1_000 && sums.1 > 12, "{sums:?}");
}

#[tokio::test(start_paused = true)]
async fn a_process_alone_loses_nothing() {
    many::<true>(1).await;
}

#[tokio::test(start_paused = true)]
async fn two_nodes_lose_nothing() {
    many::<false>(2).await;
}
