//! Every mode, played to the end.

use bidding::*;

use crate::lot::{Lot, START, WAN, english, fen, with};

#[test]
fn english_from_free_period_to_title() {
    let mut lot = Lot::live(english(), 3);
    assert_eq!(lot.state().phase, Phase::Free);
    lot.bids(1, START);
    lot.wait(3000);
    lot.bids(2, START + WAN);
    // A free period runs on.
    lot.next();
    assert_eq!(lot.state().phase, Phase::Timed);
    lot.wait(299);
    lot.bids(3, START + 2 * WAN);
    lot.wait(299);
    lot.tick();
    assert_eq!(lot.state().phase, Phase::Timed, "the bid began a window of its own");
    lot.next();
    assert_eq!(lot.state().award, Some((Paddle(3), fen(START + 2 * WAN))));
    assert_eq!(lot.state().ledger.stage(Paddle(1)), Stage::Released);
    assert_eq!(lot.state().ledger.stage(Paddle(3)), Stage::Locked);
    lot.confirms();
    assert_eq!(lot.state().phase, Phase::Confirmed);
    assert_eq!(lot.state().ledger.stage(Paddle(3)), Stage::Applied);
    assert_eq!(lot.state().ledger.sum(), 0);
}

#[test]
fn english_without_bids_runs_its_window_and_fails() {
    let mut lot = Lot::live(english(), 2);
    lot.next();
    assert_eq!(
        lot.state().phase,
        Phase::Timed,
        "the window runs after a silent free period, too"
    );
    lot.next();
    assert_eq!(lot.state().phase, Phase::Failed);
    assert_eq!(lot.state().ledger.stage(Paddle(1)), Stage::Released);
}

#[test]
fn the_free_periods_high_bid_stands() {
    let mut lot = Lot::live(english(), 2);
    lot.bids(2, START + 3 * WAN);
    lot.next();
    lot.next();
    assert_eq!(lot.state().award, Some((Paddle(2), fen(START + 3 * WAN))));
}

#[test]
fn a_cap_ends_in_one_sealed_round() {
    let mode = Mode::English {
        free_secs: 60,
        window_secs: 60,
        cap_secs: Some(120),
    };
    let mut lot = Lot::live(with(mode), 3);
    lot.next();
    lot.bids(1, START);
    lot.wait(50);
    lot.bids(2, START + WAN);
    lot.wait(50);
    lot.bids(1, START + 2 * WAN);
    lot.wait(20);
    lot.tick();
    assert_eq!(lot.state().phase, Phase::Offers);
    lot.seals(3, START + 5 * WAN);
    lot.seals(2, START + 4 * WAN);
    lot.next();
    lot.good(Lot::opening(2, START + 4 * WAN));
    lot.good(Lot::opening(3, START + 5 * WAN));
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(3), fen(START + 5 * WAN))));
}

#[test]
fn a_cap_without_better_offers_leaves_the_leader() {
    let mode = Mode::English {
        free_secs: 60,
        window_secs: 60,
        cap_secs: Some(60),
    };
    let mut lot = Lot::live(with(mode), 2);
    lot.next();
    lot.wait(30);
    lot.bids(1, START);
    lot.next();
    assert_eq!(lot.state().phase, Phase::Offers);
    lot.next();
    assert_eq!(lot.state().award, Some((Paddle(1), fen(START))));
}

fn sealed() -> Rules {
    with(Mode::Sealed {
        open_secs: 3600,
        runoff_secs: 600,
    })
}

#[test]
fn sealed_offers_are_opened_together_and_may_be_changed_before() {
    let mut lot = Lot::live(sealed(), 3);
    lot.seals(1, START + WAN);
    lot.seals(2, START + 9 * WAN);
    lot.seals(2, START + 2 * WAN);
    assert_eq!(lot.bad(Lot::opening(1, START + WAN)), Why::NotNow);
    lot.next();
    assert_eq!(
        lot.bad(Lot::opening(2, START + 9 * WAN)),
        Why::BadOpening,
        "the later offer counts"
    );
    lot.good(Lot::opening(2, START + 2 * WAN));
    lot.good(Lot::opening(1, START + WAN));
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(2), fen(START + 2 * WAN))));
}

#[test]
fn equal_offers_run_off_once_and_then_the_earlier_wins() {
    let mut lot = Lot::live(sealed(), 3);
    for paddle in [3, 1] {
        lot.seals(paddle, START + WAN);
    }
    lot.seals(2, START);
    lot.next();
    for (paddle, amount) in [(1, START + WAN), (2, START), (3, START + WAN)] {
        lot.good(Lot::opening(paddle, amount));
    }
    lot.tick();
    assert_eq!(lot.state().phase, Phase::Offers);
    let outside = Command::Seal {
        bidder: Paddle(2),
        offer: Hash::NONE,
        key: Key(999),
    };
    assert_eq!(lot.bad(outside), Why::NotInRound);
    lot.seals(1, START + 3 * WAN);
    lot.seals(3, START + 3 * WAN);
    lot.next();
    for paddle in [3, 1] {
        lot.good(Lot::opening(paddle, START + 3 * WAN));
    }
    lot.tick();
    assert_eq!(
        lot.state().award,
        Some((Paddle(1), fen(START + 3 * WAN))),
        "who sealed first"
    );
}

#[test]
fn of_equal_offers_priority_wins() {
    let mut lot = Lot::live_with(sealed(), &[None, Some(2), Some(1)]);
    for paddle in 1..=3 {
        lot.seals(paddle, START);
    }
    lot.next();
    for paddle in 1..=3 {
        lot.good(Lot::opening(paddle, START));
    }
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(3), fen(START))));
}

#[test]
fn an_offer_below_the_start_or_unreadable_is_none() {
    let mut lot = Lot::live(sealed(), 3);
    lot.seals(1, START - 1);
    lot.seals(2, START);
    lot.seals(3, START * 2);
    lot.next();
    lot.good(Lot::opening(1, START - 1));
    lot.good(Lot::opening(2, START));
    lot.good(Command::Spoil { bidder: Paddle(3) });
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(2), fen(START))));
}

#[test]
fn scores_and_prices_are_weighed_in_whole_numbers() {
    let rules = with(Mode::Scoring {
        open_secs: 3600,
        price_weight: 40,
        criteria: vec![
            Criterion {
                key: "plan".to_owned(),
                weight: 35,
            },
            Criterion {
                key: "team".to_owned(),
                weight: 25,
            },
        ],
    });
    let mut lot = Lot::live(rules, 2);
    lot.seals(1, START);
    lot.seals(2, START * 2);
    // 1: 40·½·100 + 35·95 + 25·90 = 7575; 2: 40·100 + 35·60 + 25·58 = 7550, in points times percent.
    let scores = vec![(Paddle(1), vec![9500, 9000]), (Paddle(2), vec![6000, 5800])];
    let salt = "00ff";
    lot.next();
    assert_eq!(lot.bad(Lot::opening(1, START)), Why::ScoresFirst);
    lot.good(Command::SealScores {
        scores: commit_scores(&scores, &[0, 255]),
    });
    lot.good(Lot::opening(1, START));
    lot.good(Lot::opening(2, START * 2));
    let mut better = scores.clone();
    better[1].1[0] = 9900;
    let forged = Command::OpenScores {
        scores: better,
        salt: salt.to_owned(),
    };
    assert_eq!(lot.bad(forged), Why::BadOpening);
    lot.good(Command::OpenScores {
        scores,
        salt: salt.to_owned(),
    });
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(1), fen(START))));
}

fn dutch() -> Rules {
    with(Mode::Dutch {
        step: fen(WAN),
        dwell_secs: 60,
        floor: fen(98 * WAN),
    })
}

#[test]
fn a_falling_price_is_taken_by_the_first() {
    let mut lot = Lot::live(dutch(), 2);
    lot.next();
    let accept = |step, key| Command::Accept {
        bidder: Paddle(1),
        step,
        key: Key(key),
    };
    assert_eq!(lot.bad(accept(0, 100)), Why::StepMoved { step: 1 });
    lot.good(accept(1, 101));
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(1), fen(99 * WAN))));
    let late = Command::Accept {
        bidder: Paddle(2),
        step: 1,
        key: Key(102),
    };
    assert_eq!(lot.bad(late), Why::Late);
}

#[test]
fn a_falling_price_stops_at_its_floor() {
    let mut lot = Lot::live(dutch(), 1);
    for _ in 0..2 {
        lot.next();
    }
    assert_eq!(lot.state().asked, fen(98 * WAN));
    lot.next();
    assert_eq!(lot.state().phase, Phase::Failed);
}

fn listed(then: Then) -> Rules {
    with(Mode::Listed {
        open_secs: 86_400,
        then,
        round_secs: 300,
    })
}

fn take(paddle: u32) -> Command {
    Command::Take {
        bidder: Paddle(paddle),
        key: Key(u64::from(paddle)),
    }
}

#[test]
fn one_taker_of_a_listing_has_it() {
    let mut lot = Lot::live(listed(Then::English), 2);
    lot.good(take(2));
    lot.next();
    assert_eq!(lot.state().award, Some((Paddle(2), fen(START))));
}

#[test]
fn several_takers_go_on_among_themselves() {
    let mut lot = Lot::live(listed(Then::English), 3);
    lot.good(take(1));
    lot.good(take(3));
    lot.next();
    assert_eq!(lot.state().phase, Phase::Timed);
    lot.key();
    lot.key();
    lot.key();
    assert_eq!(lot.bids_badly(2, START), Why::NotInRound);
    lot.bids(3, START + WAN);
    lot.next();
    assert_eq!(lot.state().award, Some((Paddle(3), fen(START + WAN))));

    let mut lot = Lot::live(listed(Then::Sealed), 2);
    lot.good(take(1));
    lot.good(take(2));
    lot.next();
    assert_eq!(lot.state().phase, Phase::Offers);
    lot.key();
    lot.key();
    lot.seals(1, START + WAN);
    lot.next();
    lot.good(Lot::opening(1, START + WAN));
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(1), fen(START + WAN))));
}

#[test]
fn a_secret_reserve_is_opened_at_the_close() {
    for (reserve, phase) in [(START, Phase::Provisional), (START + 1, Phase::Failed)] {
        let mut rules = english();
        rules.reserve = Some(commit_reserve(fen(reserve), &[7; 16]));
        let mut lot = Lot::live(rules, 1);
        lot.bids(1, START);
        lot.next();
        lot.next();
        assert_eq!(lot.state().phase, Phase::Closing);
        let open = |amount| Command::OpenReserve {
            amount: fen(amount),
            salt: "07".repeat(16),
        };
        assert_eq!(
            lot.bad(open(START - WAN)),
            Why::BadOpening,
            "no other reserve than the one announced"
        );
        lot.good(open(reserve));
        lot.tick();
        assert_eq!(lot.state().phase, phase);
    }
}

#[test]
fn holders_of_priority_match_in_the_hall() {
    let mut rules = english();
    rules.priority = Priority::Hall;
    let mut lot = Lot::live_with(rules, &[None, Some(2), Some(1)]);
    lot.next();
    lot.bids(1, START);
    let match_by = |paddle, key| Command::Match {
        bidder: Paddle(paddle),
        key: Key(key),
    };
    assert_eq!(lot.bad(match_by(1, 100)), Why::NoPriority);
    lot.wait(200);
    lot.good(match_by(2, 101));
    assert_eq!((lot.leader(), lot.price()), (2, START));
    assert_eq!(lot.state().end, lot.now.plus_secs(300), "a match begins a window, too");
    lot.good(match_by(3, 102));
    assert_eq!(lot.bad(match_by(2, 103)), Why::NoMatch, "the higher rank stays");
    lot.bids(1, START + WAN);
    lot.good(match_by(2, 104));
    lot.next();
    assert_eq!(lot.state().award, Some((Paddle(2), fen(START + WAN))));
}

#[test]
fn holders_of_priority_are_asked_after_the_close() {
    let mut rules = english();
    rules.priority = Priority::Ask { secs: 180 };
    let mut lot = Lot::live_with(rules, &[None, Some(2), Some(1)]);
    lot.bids(1, START);
    lot.next();
    lot.next();
    assert_eq!(lot.state().asking, Some(Paddle(3)), "the first rank first");
    let answer = |paddle, takes| Command::Answer {
        bidder: Paddle(paddle),
        takes,
    };
    assert_eq!(lot.bad(answer(2, true)), Why::NotAsked);
    lot.next();
    assert_eq!(lot.state().asking, Some(Paddle(2)));
    lot.good(answer(2, true));
    assert_eq!(lot.state().award, Some((Paddle(2), fen(START))));
}

#[test]
fn an_officer_confirms_the_hammer_where_the_rules_say_so() {
    let hammer = Command::Hammer { by: Officer(1) };
    let mut rules = english();
    rules.hammer = true;
    rules.priority = Priority::Ask { secs: 180 };
    let mut lot = Lot::live_with(rules.clone(), &[None, Some(1)]);
    lot.bids(1, START);
    assert_eq!(lot.bad(hammer.clone()), Why::NotNow, "while bids are taken");
    lot.next();
    lot.next();
    assert_eq!(
        (lot.state().phase, lot.state().award),
        (Phase::Closing, None),
        "no award by itself"
    );
    lot.wait(86_400);
    lot.tick();
    assert_eq!(lot.state().phase, Phase::Closing, "time alone brings none");
    assert_eq!(
        lot.bids_badly(1, START + WAN),
        Why::Late,
        "and no bid comes in meanwhile"
    );
    lot.good(hammer.clone());
    lot.tick();
    assert_eq!(
        lot.state().asking,
        Some(Paddle(2)),
        "holders of priority are asked at the price confirmed"
    );
    assert_eq!(lot.bad(hammer.clone()), Why::NotNow, "once");
    lot.next();
    assert_eq!(lot.state().award, Some((Paddle(1), fen(START))));

    let mut lot = Lot::live(rules, 1);
    lot.next();
    lot.next();
    assert_eq!(lot.state().phase, Phase::Failed, "nobody's bid needs no hammer");

    let mut lot = Lot::live(english(), 1);
    lot.bids(1, START);
    lot.next();
    lot.next();
    assert_eq!(lot.state().phase, Phase::Provisional);
    assert_eq!(lot.bad(hammer), Why::NotNow, "not where the rules know none");
}

#[test]
fn the_hammer_waits_for_the_reserve() {
    let mut rules = english();
    rules.hammer = true;
    rules.reserve = Some(commit_reserve(fen(START + WAN), &[7]));
    for (price, expected) in [(START, Phase::Failed), (START + WAN, Phase::Closing)] {
        let mut lot = Lot::live(rules.clone(), 1);
        lot.bids(1, price);
        lot.next();
        lot.next();
        assert_eq!(lot.bad(Command::Hammer { by: Officer(1) }), Why::NotNow);
        lot.good(Command::OpenReserve {
            amount: fen(START + WAN),
            salt: "07".to_owned(),
        });
        lot.tick();
        assert_eq!(lot.state().phase, expected);
    }
}

#[test]
fn a_default_keeps_the_deposit_and_a_void_gives_it_back() {
    let sold = || {
        let mut lot = Lot::live(english(), 1);
        lot.bids(1, START);
        lot.next();
        lot.next();
        lot
    };
    let mut lot = sold();
    let default = |reason: &str| Command::Default {
        by: Officer(1),
        reason: reason.to_owned(),
    };
    assert_eq!(lot.bad(default(" ")), Why::NoReason);
    lot.good(default("did not sign"));
    assert_eq!(lot.state().ledger.stage(Paddle(1)), Stage::Forfeited);
    assert_eq!(
        lot.state().ledger.balance(Account::Kept),
        lot.state().rules.deposit.get()
    );

    let mut lot = sold();
    lot.good(Command::Propose {
        by: Officer(1),
        grave: Grave::Void {
            reason: "title in dispute".to_owned(),
        },
    });
    assert_eq!(lot.bad(Command::Second { by: Officer(1) }), Why::SameOfficer);
    lot.good(Command::Second { by: Officer(2) });
    assert_eq!(lot.state().phase, Phase::Voided);
    assert_eq!(lot.state().ledger.stage(Paddle(1)), Stage::Released);
}

#[test]
fn rules_are_checked() {
    let codes = |rules: Rules| rules.check().iter().map(|issue| issue.code).collect::<Vec<_>>();
    assert!(codes(english()).is_empty());
    let mut rules = english();
    rules.deposit = fen(START);
    rules.steps_max = 11;
    rules.tiers.clear();
    assert_eq!(
        codes(rules),
        ["bidding-rules-tiers", "bidding-rules-steps", "bidding-rules-deposit"]
    );
    let mut rules = english();
    rules.profile = Profile::Judicial;
    assert_eq!(
        codes(rules.clone()),
        ["bidding-rules-english"],
        "a day of free period at least"
    );
    rules.mode = Mode::English {
        free_secs: JUDICIAL_FREE_SECS,
        window_secs: 300,
        cap_secs: None,
    };
    assert!(codes(rules).is_empty());
    let mut rules = english();
    rules.profile = Profile::StateOwned;
    assert_eq!(codes(rules), ["bidding-rules-notice"]);
    let rules = with(Mode::Scoring {
        open_secs: 60,
        price_weight: 50,
        criteria: vec![Criterion {
            key: "plan".to_owned(),
            weight: 40,
        }],
    });
    assert_eq!(codes(rules), ["bidding-rules-scoring"]);
}

#[test]
fn rules_hash_to_what_they_say() {
    let mut other = english();
    other.start = fen(START + 1);
    assert_ne!(english().hash(), other.hash());
    let json = serde_json::to_string(&english()).unwrap();
    let back: Rules = serde_json::from_str(&json).unwrap();
    assert_eq!(back.hash(), english().hash());
    // What was announced before the hammer was known keeps its hash.
    assert!(!json.contains("hammer"), "{json}");
    other = english();
    other.hammer = true;
    assert_ne!(english().hash(), other.hash());
}
