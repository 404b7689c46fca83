//! The training hall: a mock lot of every mode, for anyone. A lot is begun when somebody comes, simulated bidders take part
//! while somebody watches, and another one begins a minute after it is over.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bidding::sequencer::Update;
use bidding::{Command, Key, Mode, Paddle, Phase, Rules, State, Then};
use jcore::App;
use kernel::Fen;
use tokio::sync::watch;

use super::mock::Mock;
use super::{halls, sealed};

/// Paddles of a mock lot: the simulated ones and people's.
const PADDLES: u32 = 60;
/// Paddles of simulated bidders: the first ones.
const BOTS: u32 = 2;
/// Seconds between the end of a mock lot and the next one.
pub(crate) const AGAIN_SECS: i64 = 60;
/// Steps that a mock lot's log may have; then another begins. People practise, and memory stays small.
const STEPS_MAX: u64 = 5000;
/// The start of every mock lot: 60 万元.
const START: Fen = Fen::new(60_000_000);

/// The rooms of the training hall.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    /// Ascending.
    English,
    /// Sealed offers.
    Sealed,
    /// A falling price.
    Dutch,
    /// A listed price.
    Listed,
}

impl Kind {
    /// All, in their order.
    pub(crate) const ALL: [Self; 4] = [Self::English, Self::Sealed, Self::Dutch, Self::Listed];

    /// The room's name in its address; words are `hall-mock-…-CODE`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::Sealed => "sealed",
            Self::Dutch => "dutch",
            Self::Listed => "listed",
        }
    }

    /// The mode's code.
    pub(crate) fn mode(self) -> &'static str {
        crate::model::mode_code(&self.rules().mode)
    }

    fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Short periods, so that a practice takes minutes.
    fn rules(self) -> Rules {
        let mode = match self {
            Self::English => Mode::English {
                free_secs: 60,
                window_secs: 60,
                cap_secs: None,
            },
            Self::Sealed => Mode::Sealed {
                open_secs: 180,
                runoff_secs: 60,
            },
            Self::Dutch => Mode::Dutch {
                step: Fen::new(600_000),
                dwell_secs: 15,
                floor: Fen::new(42_000_000),
            },
            Self::Listed => Mode::Listed {
                open_secs: 120,
                then: Then::English,
                round_secs: 60,
            },
        };
        Rules {
            notice_days: 1,
            resume_notice_secs: 10,
            ..Rules::of(START, mode)
        }
    }
}

struct Room {
    mock: Mock,
    /// Its latest state, as everybody hears it.
    latest: watch::Receiver<Option<Update>>,
    people: HashMap<String, Paddle>,
}

/// The rooms that somebody came to.
#[derive(Clone, Default)]
pub(crate) struct Mocks(Arc<Mutex<BTreeMap<Kind, Room>>>);

impl Mocks {
    /// Comes into a room: its kind, its lot, and the paddle of who comes.
    pub(crate) fn enter(&self, app: &App, room: &str, who: &str) -> Option<(Kind, Mock, Option<Paddle>)> {
        let kind = Kind::of(room)?;
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rooms
            .get(&kind)
            .is_none_or(|room| is_over(&room.latest, app.now().micros()))
        {
            let people = rooms.remove(&kind).map(|room| room.people).unwrap_or_default();
            let mock = begin(app, kind);
            let latest = mock.watch();
            rooms.insert(kind, Room { mock, latest, people });
        }
        let room = rooms.get(&kind)?;
        Some((kind, room.mock.clone(), room.people.get(who).copied()))
    }

    /// Where a room's lot stands; none where nobody came yet.
    pub(crate) fn standing(&self, kind: Kind) -> Option<Arc<State>> {
        let rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = rooms.get(&kind)?.latest.borrow();
        latest.as_ref().map(|update| update.state.clone())
    }

    /// Gives who comes a paddle; none where all are taken.
    pub(crate) fn join(&self, app: &App, room: &str, who: &str) -> Option<Paddle> {
        let (kind, _, known) = self.enter(app, room, who)?;
        if known.is_some() {
            return known;
        }
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = rooms.get_mut(&kind)?;
        let taken: Vec<Paddle> = room.people.values().copied().collect();
        let free = (BOTS + 1..=PADDLES)
            .map(Paddle)
            .find(|paddle| !taken.contains(paddle))?;
        room.people.insert(who.to_owned(), free);
        Some(free)
    }
}

/// Whether another lot is to begin.
fn is_over(latest: &watch::Receiver<Option<Update>>, now: i64) -> bool {
    let Some(state) = latest.borrow().as_ref().map(|update| update.state.clone()) else {
        return false;
    };
    let ended = state.phase.is_over() || matches!(state.phase, Phase::Provisional | Phase::Publicity);
    (ended && now - state.at.0 >= AGAIN_SECS * 1_000_000) || state.seq > STEPS_MAX
}

/// Begins a mock lot, with simulated bidders.
fn begin(app: &App, kind: Kind) -> Mock {
    let lot = format!("mock-{}-{}", kind.code(), app.ids.uuid());
    let secret = super::mock::secret_of(app);
    let mock = Mock::begin(lot, kind.rules(), PADDLES, &secret, app.clock.clone());
    tokio::spawn(play(app.clone(), mock.clone()));
    mock
}

/// The part of the simulated bidders, and of the platform, until the lot is over.
async fn play(app: App, mock: Mock) {
    // A lot that nobody acts on ends by itself within minutes; this is far more.
    const TURNS_MAX: usize = 2000;
    for _ in 0..TURNS_MAX {
        let [pause, mood, ..] = app.ids.bytes::<4>();
        tokio::time::sleep(Duration::from_millis(1500 + u64::from(pause) * 20)).await;
        let Some(update) = mock.state().await else { return };
        let state = update.state;
        if state.phase.is_over() || matches!(state.phase, Phase::Provisional | Phase::Publicity) {
            return;
        }
        if state.phase == Phase::Unsealing {
            for command in sealed::openings_of_mock(&mock, &state) {
                let _ = mock.send(command).await;
            }
            continue;
        }
        if !halls(&app).is_ok_and(|halls| halls.is_watched(&mock.lot)) {
            continue;
        }
        if let Some(command) = turn(&app, &mock, &state, mood) {
            // Refusals are part of the game.
            let _ = mock.send(command).await;
        }
    }
}

/// What a simulated bidder does, if it does something.
fn turn(app: &App, mock: &Mock, state: &State, mood: u8) -> Option<Command> {
    // Steps above the start that simulated bidders go at most.
    const REACH: i64 = 24;
    let key = Key(u64::from_le_bytes(app.ids.bytes::<8>()) >> 11);
    let lead = state.lead.map_or(0, |lead| lead.bidder.0);
    let bidder = if lead == 1 { Paddle(2) } else { Paddle(1) };
    match state.phase {
        Phase::Free | Phase::Timed => {
            let next = state.next_price()?;
            let most = state.rules.start.get() + REACH * state.rules.step_at(state.rules.start).get();
            // Rarely against another simulated bidder, so that people are who it is about.
            let against_person = lead > BOTS || lead == 0;
            let wants = if against_person { mood < 110 } else { mood < 25 };
            (wants && next.get() <= most && state.is_in_round(bidder)).then_some(Command::Bid {
                bidder,
                amount: next,
                key,
                auto: false,
                confirmed: false,
            })
        }
        Phase::Offers if state.offers.len() < 2 && mood < 120 => {
            let bidder = (1..=BOTS)
                .map(Paddle)
                .find(|paddle| !state.offers.contains_key(paddle))?;
            let amount = Fen::new(START.get() + i64::from(mood) * 100_000);
            let offer = sealed::of_mock(app, mock, bidder, amount);
            Some(Command::Seal { bidder, offer, key })
        }
        Phase::Falling if state.asked.get() <= 46_000_000 && mood < 90 => Some(Command::Accept {
            bidder: Paddle(1),
            step: state.fall,
            key,
        }),
        Phase::Listed if state.takers.is_empty() && mood < 60 => Some(Command::Take { bidder: Paddle(1), key }),
        _ => None,
    }
}
