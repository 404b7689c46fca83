//! What must hold in any stream of commands by any clock.

use bidding::*;
use kernel::Fen;
use proptest::prelude::*;

use crate::lot::{Lot, START, WAN, english, fen, with};

/// What a stream asks, with the seconds that pass before.
#[derive(Clone, Debug)]
struct Ask {
    wait_ms: i64,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Bid {
        paddle: u32,
        steps: i64,
        odd: i64,
        confirmed: bool,
    },
    Match(u32),
    Accept(u32, u32),
    Take(u32),
    Seal(u32, i64),
    OpenAll,
    Answer(u32, bool),
    Trouble,
    Resume,
    Propose(u32, bool),
    Second(u32),
    Hammer,
    Publish,
    Confirm,
    Back,
}

fn what() -> impl Strategy<Value = What> {
    let paddle = 0_u32..6;
    prop_oneof![
        12 => (paddle.clone(), -1_i64..13, prop_oneof![9 => Just(0_i64), 1 => Just(1)], any::<bool>())
            .prop_map(|(paddle, steps, odd, confirmed)| What::Bid { paddle, steps, odd, confirmed }),
        2 => paddle.clone().prop_map(What::Match),
        2 => (paddle.clone(), 0_u32..4).prop_map(|(paddle, step)| What::Accept(paddle, step)),
        1 => paddle.clone().prop_map(What::Take),
        3 => (paddle.clone(), -1_i64..4).prop_map(|(paddle, steps)| What::Seal(paddle, steps)),
        2 => Just(What::OpenAll),
        1 => (paddle.clone(), any::<bool>()).prop_map(|(paddle, takes)| What::Answer(paddle, takes)),
        1 => Just(What::Trouble),
        2 => Just(What::Resume),
        1 => (0_u32..3, any::<bool>()).prop_map(|(officer, pause)| What::Propose(officer, pause)),
        1 => (0_u32..3).prop_map(What::Second),
        1 => Just(What::Hammer),
        1 => Just(What::Publish),
        1 => Just(What::Confirm),
        1 => Just(What::Back),
    ]
}

fn stream() -> impl Strategy<Value = Vec<Ask>> {
    let wait = prop_oneof![
        8 => 0_i64..20_000,
        3 => 200_000_i64..310_000,
        1 => 3_000_000_i64..4_000_000,
        1 => Just(6 * 86_400_000_i64),
    ];
    let ask = (wait, what()).prop_map(|(wait_ms, what)| Ask { wait_ms, what });
    prop::collection::vec(ask, 1..120)
}

fn modes() -> impl Strategy<Value = Rules> {
    let english = |cap_secs| Mode::English {
        free_secs: 600,
        window_secs: 300,
        cap_secs,
    };
    let mode = prop_oneof![
        Just(english(None)),
        Just(english(Some(900))),
        Just(Mode::Sealed {
            open_secs: 900,
            runoff_secs: 600
        }),
        Just(Mode::Dutch {
            step: fen(WAN),
            dwell_secs: 60,
            floor: fen(97 * WAN)
        }),
        Just(Mode::Listed {
            open_secs: 900,
            then: Then::English,
            round_secs: 300
        }),
        Just(Mode::Listed {
            open_secs: 900,
            then: Then::Sealed,
            round_secs: 300
        }),
    ];
    let priority = prop_oneof![
        Just(Priority::None),
        Just(Priority::Hall),
        Just(Priority::Ask { secs: 180 })
    ];
    (mode, priority, any::<bool>()).prop_map(|(mode, priority, hammer)| Rules {
        priority,
        hammer,
        ..with(mode)
    })
}

/// Plays a stream; what is sealed is remembered, so that it can be opened.
fn play(rules: &Rules, asks: &[Ask]) -> Lot {
    let mut lot = Lot::live_with(rules.clone(), &[None, Some(2), Some(1), None]);
    let mut sealed: std::collections::BTreeMap<u32, i64> = std::collections::BTreeMap::new();
    for ask in asks {
        // A clock may go back: the order does not.
        lot.now = At(lot.now.0 + ask.wait_ms * 1000);
        if let What::OpenAll = ask.what {
            let all: Vec<(u32, i64)> = sealed.iter().map(|(paddle, amount)| (*paddle, *amount)).collect();
            for (paddle, amount) in all {
                lot.give(Lot::opening(paddle, amount));
            }
            continue;
        }
        if let What::Back = ask.what {
            lot.now = At(lot.now.0 - 3_600_000_000);
        }
        let command = command(&mut lot, &ask.what);
        let steps = lot.give(command);
        if let (What::Seal(paddle, steps_up), Some(last)) = (&ask.what, steps.last())
            && last.refused().is_none()
        {
            sealed.insert(*paddle, START + steps_up * WAN);
        }
    }
    lot
}

fn command(lot: &mut Lot, what: &What) -> Command {
    let key = lot.key();
    match what {
        What::Bid {
            paddle,
            steps,
            odd,
            confirmed,
        } => {
            let base = lot.state().price().unwrap_or(fen(START)).get();
            Command::Bid {
                bidder: Paddle(*paddle),
                amount: Fen::new(base + steps * WAN + odd),
                key,
                auto: false,
                confirmed: *confirmed,
            }
        }
        What::Match(paddle) => Command::Match {
            bidder: Paddle(*paddle),
            key,
        },
        What::Accept(paddle, step) => Command::Accept {
            bidder: Paddle(*paddle),
            step: *step,
            key,
        },
        What::Take(paddle) => Command::Take {
            bidder: Paddle(*paddle),
            key,
        },
        What::Seal(paddle, steps) => Command::Seal {
            bidder: Paddle(*paddle),
            offer: commit_offer("lot-1", *paddle, fen(START + steps * WAN), &paddle.to_be_bytes()),
            key,
        },
        What::Answer(paddle, takes) => Command::Answer {
            bidder: Paddle(*paddle),
            takes: *takes,
        },
        What::Trouble => Command::Unhealthy { trouble: Trouble::Gap },
        What::Resume => Command::Resume {
            by: Officer(1),
            reason: "well again".to_owned(),
        },
        What::Propose(officer, pause) => Command::Propose {
            by: Officer(*officer),
            grave: if *pause {
                Grave::Pause {
                    reason: "look into it".to_owned(),
                }
            } else {
                Grave::Terminate {
                    reason: "no sale".to_owned(),
                }
            },
        },
        What::Second(officer) => Command::Second { by: Officer(*officer) },
        What::Publish => Command::Publish {
            until: lot.now.plus_secs(10 * 86_400),
        },
        What::Hammer => Command::Hammer { by: Officer(1) },
        What::Confirm => Command::Confirm { by: Officer(1) },
        What::OpenAll | What::Back => Command::Tick,
    }
}

/// The states before and after each step, from the log alone.
fn each_step(rules: &Rules, log: &[Step], mut see: impl FnMut(&State, &Step, &State)) {
    let mut state = State::new("lot-1", rules.clone());
    for step in log {
        let before = state.clone();
        state.apply(step);
        see(&before, step, &state);
    }
}

fn is_over_bidding(phase: Phase) -> bool {
    phase.is_over()
        || matches!(
            phase,
            Phase::Closing | Phase::Asking | Phase::Provisional | Phase::Publicity
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_log_has_no_gap_and_never_goes_back(rules in modes(), asks in stream()) {
        let lot = play(&rules, &asks);
        for (at, step) in lot.log.iter().enumerate() {
            prop_assert_eq!(step.seq, u64::try_from(at).unwrap() + 1);
            prop_assert!(!step.events.is_empty());
        }
        prop_assert!(lot.log.windows(2).all(|two| two[0].at <= two[1].at));
    }

    #[test]
    fn replaying_decides_the_same(rules in modes(), asks in stream()) {
        let lot = play(&rules, &asks);
        let mut state = State::new("lot-1", rules.clone());
        for step in &lot.log {
            if !step.command.goes_before_what_is_due() {
                prop_assert!(!state.is_due(step.at), "what is due is written first");
            }
            prop_assert_eq!(&state.decide(&step.command, step.at), &step.events);
            state.apply(step);
        }
        prop_assert_eq!(format!("{:?}", state.award), format!("{:?}", lot.state().award));
        prop_assert_eq!(state.phase, lot.state().phase);
    }

    #[test]
    fn in_the_open_the_price_only_rises(rules in modes(), asks in stream()) {
        let lot = play(&rules, &asks);
        let mut result = Ok(());
        each_step(&rules, &lot.log, |before, step, after| {
            if let (Some(a), Some(b)) = (before.lead, after.lead)
                && a != b
                && !(b.price > a.price || (b.matched && b.price == a.price && b.bidder != a.bidder))
            {
                result = Err(format!("{step:?}"));
            }
        });
        prop_assert_eq!(result, Ok(()));
    }

    #[test]
    fn a_refusal_changes_nothing_else(rules in modes(), asks in stream()) {
        let lot = play(&rules, &asks);
        let mut result = Ok(());
        each_step(&rules, &lot.log, |before, step, after| {
            if step.refused().is_some() {
                let same = (before.phase, before.end, before.lead, before.bids, before.award, &before.ledger, &before.offers)
                    == (after.phase, after.end, after.lead, after.bids, after.award, &after.ledger, &after.offers);
                if !same {
                    result = Err(format!("{step:?}"));
                }
            }
        });
        prop_assert_eq!(result, Ok(()));
    }

    #[test]
    fn there_is_one_winner_and_nothing_after_the_close(rules in modes(), asks in stream()) {
        let lot = play(&rules, &asks);
        let mut result = Ok(());
        let mut awards = 0;
        each_step(&rules, &lot.log, |before, step, _| {
            let bids = step.events.iter().any(|event| matches!(event, Event::Led { .. } | Event::Sealed { .. } | Event::Taken { .. }));
            if bids && is_over_bidding(before.phase) {
                result = Err(format!("{step:?}"));
            }
            awards += step.events.iter().filter(|event| matches!(event, Event::Awarded { .. })).count();
        });
        prop_assert_eq!(result, Ok(()));
        prop_assert!(awards <= 1);
    }

    /// After the last accepted bid, match or resumption a whole window passed while the lot was live, before it closed.
    #[test]
    fn everyone_has_a_whole_window(free_only in any::<bool>(), asks in stream()) {
        let rules = if free_only { english() } else { Rules { priority: Priority::Hall, ..english() } };
        let lot = play(&rules, &asks);
        let window = rules.window_secs() * 1_000_000;
        let mut last = At(0);
        let mut result = Ok(());
        each_step(&rules, &lot.log, |before, step, _| {
            for event in &step.events {
                match event {
                    Event::Led { .. } if before.phase == Phase::Timed => last = step.at,
                    Event::Resumed { .. } | Event::Timed { .. } => last = step.at,
                    Event::Closing | Event::Failed { .. }
                        if before.phase == Phase::Timed
                            && (step.at.since(last) < window || before.paused.is_some()) =>
                    {
                        result = Err(format!("{step:?}"));
                    }
                    _ => {}
                }
            }
        });
        prop_assert_eq!(result, Ok(()));
    }

    #[test]
    fn deposits_always_balance(rules in modes(), asks in stream()) {
        let lot = play(&rules, &asks);
        let deposit = rules.deposit.get();
        let mut result = Ok(());
        each_step(&rules, &lot.log, |_, step, after| {
            let kept_right = after.ledger.stages().all(|(bidder, stage)| {
                let held = after.ledger.balance(Account::Held(bidder));
                let holds = matches!(stage, Stage::BankSeen | Stage::Confirmed | Stage::Locked);
                held == if holds { deposit } else { 0 }
            });
            if after.ledger.sum() != 0 || !kept_right {
                result = Err(format!("{step:?}"));
            }
        });
        prop_assert_eq!(result, Ok(()));
        if lot.state().phase.is_over() {
            let held = lot.state().ledger.stages().any(|(_, stage)| stage == Stage::Locked);
            prop_assert!(!held, "nothing stays held when the lot is over");
        }
    }

    #[test]
    fn a_key_is_answered_once(asks in stream()) {
        let mut lot = play(&english(), &asks);
        let keyed: Vec<Step> = lot.log.iter().filter(|step| step.command.key().is_some()).cloned().collect();
        for step in keyed {
            let handled = lot.desk.handle(step.command.clone(), lot.now);
            prop_assert!(handled.steps.is_empty());
            prop_assert_eq!(handled.answer.unwrap().seq, step.seq);
        }
    }
}
