//! Failures seen on other platforms, each by its number in the design, none possible here.

use bidding::*;

use crate::lot::{Lot, START, WAN, english, fen};

fn timed(bidders: u32) -> Lot {
    let mut lot = Lot::live(english(), bidders);
    lot.next();
    lot
}

/// 1. The bidder's clock plays no part: a command has no instant of its own.
#[test]
fn fault_01_the_bidders_clock_is_off() {
    let json = serde_json::to_value(timed(1).bid(1, START)).unwrap();
    assert!(json.get("at").is_none(), "{json}");
}

fn pause(lot: &mut Lot) {
    lot.good(Command::Unhealthy {
        trouble: Trouble::Storage,
    });
}

fn resume(lot: &mut Lot) {
    lot.good(Command::Resume {
        by: Officer(1),
        reason: "the store is back".to_owned(),
    });
    lot.next();
}

/// 2. The timer stopped and seconds were lost: a resumption gives a whole window.
#[test]
fn fault_02_the_timer_stopped() {
    let mut lot = timed(2);
    lot.bids(1, START);
    lot.wait(280);
    pause(&mut lot);
    lot.wait(19);
    resume(&mut lot);
    assert_eq!(lot.state().end, lot.now.plus_secs(300));
    assert_eq!(lot.state().phase, Phase::Timed);
}

/// 3. Some bidders were cut off in the last minutes: nothing closes while a lot stands still, and everyone has a whole
///    window afterwards; not resumed in time, it ends and deposits go back.
#[test]
fn fault_03_some_were_cut_off() {
    let mut lot = timed(2);
    lot.bids(1, START);
    lot.wait(299);
    pause(&mut lot);
    lot.wait(4 * 86_400);
    lot.tick();
    assert!(lot.state().paused.is_some() && lot.state().phase == Phase::Timed);
    let mut given_up = lot.clone();
    resume(&mut lot);
    lot.wait(299);
    lot.bids(2, START + WAN);
    given_up.next();
    assert_eq!(given_up.state().phase, Phase::Terminated);
    assert_eq!(given_up.state().ledger.stage(Paddle(1)), Stage::Released);
}

/// 4. A winner was told “void” days later: an award is provisional until it is confirmed.
#[test]
fn fault_04_an_award_was_called_final_too_early() {
    let mut lot = timed(1);
    lot.bids(1, START);
    lot.next();
    assert_eq!(lot.state().phase, Phase::Provisional);
    assert_eq!(lot.bad(Command::Confirm { by: Officer(1) }), Why::NotNow);
}

/// 5. A wrong end was published: two officers approve, and what was announced is frozen by its hash.
#[test]
fn fault_05_a_wrong_time_was_published() {
    let mut lot = Lot::new(english());
    lot.good(Command::Approve { by: Officer(1) });
    assert_eq!(lot.bad(Command::Approve { by: Officer(1) }), Why::SameOfficer);
    let announce = |lot: &Lot, days: i64| Command::Announce {
        by: Officer(1),
        registers_until: lot.now.plus_secs(3600),
        starts: lot.now.plus_secs(days * 86_400),
    };
    let early = announce(&lot, 7);
    assert_eq!(lot.bad(early), Why::NotNow);
    lot.good(Command::Approve { by: Officer(2) });
    let short = announce(&lot, 6);
    assert_eq!(lot.bad(short), Why::BadTimes, "less notice than the rules promise");
    let right = announce(&lot, 7);
    lot.good(right);
    let again = announce(&lot, 8);
    assert_eq!(lot.bad(again), Why::NotNow, "announced is announced");
    let hash = lot
        .log
        .iter()
        .flat_map(|step| &step.events)
        .find_map(|event| match event {
            Event::Announced { rules, .. } => Some(*rules),
            _ => None,
        });
    assert_eq!(hash, Some(english().hash()));
}

/// 6. 1,643 万 typed as 1.65 亿: so many steps can't be bid at all.
#[test]
fn fault_06_a_zero_too_many() {
    let mut lot = timed(1);
    assert_eq!(
        lot.bids_badly(1, START * 10),
        Why::TooHigh {
            most: fen(START + 10 * WAN)
        }
    );
}

/// 7. 104.10 typed as 140.10: an unusual climb is confirmed once more.
#[test]
fn fault_07_figures_changed_places() {
    let mut lot = timed(2);
    lot.bids(1, START);
    let typed = lot.bid(2, START + 4 * WAN);
    assert_eq!(lot.bad(typed.clone()), Why::Confirm { price: fen(START) });
    assert_eq!(lot.price(), START);
    let Command::Bid { bidder, amount, .. } = typed else {
        panic!()
    };
    let confirmed = Command::Bid {
        bidder,
        amount,
        key: Key(77),
        auto: false,
        confirmed: true,
    };
    lot.good(confirmed);
    assert_eq!(lot.price(), START + 4 * WAN);
}

/// 8. A bidder took another's number for its own: the answer says whether they lead.
#[test]
fn fault_08_whose_number_is_it() {
    let mut lot = timed(2);
    lot.bids(1, START);
    let command = lot.bid(2, START);
    let answer = lot.desk.handle(command, lot.now).answer.unwrap();
    assert!(!answer.leads && answer.refused.is_some());
    let command = lot.bid(2, START + WAN);
    let answer = lot.desk.handle(command, lot.now).answer.unwrap();
    assert!(answer.leads && answer.price == Some(fen(START + WAN)));
}

/// 9. A double click made two bids: the same key is answered as the first time, also after a restart.
#[test]
fn fault_09_a_double_click() {
    let mut lot = timed(2);
    let command = lot.bid(1, START);
    let first = lot.desk.handle(command.clone(), lot.now);
    lot.log.extend(first.steps);
    lot.bids(2, START + WAN);
    let again = lot.desk.handle(command.clone(), lot.now);
    assert!(again.steps.is_empty());
    assert_eq!(again.answer, first.answer);
    let mut restarted = Desk::replay("lot-1", english(), &lot.log);
    assert_eq!(restarted.handle(command, lot.now).answer, first.answer);
}

/// 10. An equal bid took the lead.
#[test]
fn fault_10_an_equal_bid() {
    let mut lot = timed(2);
    lot.bids(1, START);
    assert_eq!(lot.bids_badly(2, START), Why::TooLow { price: fen(START) });
    assert_eq!(lot.leader(), 1);
}

/// 11. Two winners.
#[test]
fn fault_11_two_winners() {
    let mut lot = timed(2);
    lot.bids(1, START);
    lot.bids(2, START + WAN);
    lot.next();
    lot.confirms();
    let awards = lot.log.iter().flat_map(|step| &step.events);
    let awards = awards.filter(|event| matches!(event, Event::Awarded { .. }));
    assert_eq!(awards.count(), 1);
}

/// 12. A rejected low bid extended the timer.
#[test]
fn fault_12_a_refusal_extends_nothing() {
    let mut lot = timed(2);
    lot.bids(1, START);
    let end = lot.state().end;
    lot.wait(100);
    lot.bids_badly(2, START - WAN);
    assert_eq!(lot.state().end, end);
}

/// 13. A seller bid on its own lot.
#[test]
fn fault_13_the_sellers_own_bid() {
    let mut lot = Lot::announced(english());
    let register = Command::Register {
        bidder: Paddle(9),
        who: Hash::NONE,
        relation: Relation::Affiliate,
        rank: None,
    };
    assert_eq!(lot.bad(register), Why::Affiliate);
    lot.joins(1, None);
    let mut lot = lot.begins();
    lot.next();
    assert_eq!(lot.bids_badly(9, START), Why::Unregistered);
}

/// 14. Unfunded bids inflated the price.
#[test]
fn fault_14_no_deposit_no_bid() {
    let mut lot = Lot::announced(english());
    lot.joins(1, None);
    lot.good(Command::Register {
        bidder: Paddle(2),
        who: Hash::NONE,
        relation: Relation::None,
        rank: None,
    });
    let mut lot = lot.begins();
    assert_eq!(lot.bids_badly(2, START), Why::NoDeposit);
}

/// 15. The bank saw a deposit before the platform did: both stages are kept apart, and the bank's is not enough.
#[test]
fn fault_15_two_stages_of_a_deposit() {
    let mut lot = Lot::announced(english());
    lot.joins(1, None);
    lot.good(Command::Register {
        bidder: Paddle(2),
        who: Hash::NONE,
        relation: Relation::None,
        rank: None,
    });
    let amount = lot.state().rules.deposit;
    let moves = |movement, amount| Command::Deposit {
        bidder: Paddle(2),
        movement,
        amount,
    };
    assert_eq!(lot.bad(moves(Movement::Confirm, amount)), Why::DepositState);
    assert_eq!(
        lot.bad(moves(Movement::BankSees, fen(1))),
        Why::DepositAmount { expected: amount }
    );
    lot.good(moves(Movement::BankSees, amount));
    assert_eq!(lot.state().ledger.stage(Paddle(2)), Stage::BankSeen);
    assert_eq!(lot.state().ledger.balance(Account::Held(Paddle(2))), amount.get());
    let mut lot = lot.begins();
    assert_eq!(lot.bids_badly(2, START), Why::NoDeposit);
}

/// 17. “Absent” was read as “waived”: in the hall nobody is asked, and who does not match has said nothing.
#[test]
fn fault_17_absence_waives_nothing() {
    let mut rules = english();
    rules.priority = Priority::Hall;
    let mut lot = Lot::live_with(rules, &[None, Some(1)]);
    lot.bids(1, START);
    lot.next();
    lot.next();
    let asked = lot.log.iter().flat_map(|step| &step.events);
    assert!(!asked.into_iter().any(|event| matches!(event, Event::Asked { .. })));
    assert_eq!(
        lot.state().phase,
        Phase::Provisional,
        "a claim may still be made against a provisional award"
    );
}

/// 18. A bid was accepted and then overwritten: the log only grows, and replaying it gives the same state.
#[test]
fn fault_18_nothing_is_overwritten() {
    let mut lot = timed(2);
    lot.bids(1, START);
    let before = lot.log.clone();
    lot.bids(2, START + WAN);
    lot.next();
    assert_eq!(lot.log[..before.len()], before);
    let again = Desk::replay("lot-1", english(), &lot.log);
    assert_eq!(again.state().award, lot.state().award);
}

/// 19. Bids after the end but before the next tick were accepted.
#[test]
fn fault_19_after_the_end_before_the_tick() {
    let mut lot = timed(2);
    lot.bids(1, START);
    lot.now = lot.state().end;
    assert_eq!(lot.bids_badly(2, START + WAN), Why::Late);
    assert_eq!(lot.state().award, Some((Paddle(1), fen(START))));
}

/// 20. A late tick rescheduled the sale with its results emptied.
#[test]
fn fault_20_a_late_tick() {
    let mut lot = timed(1);
    lot.bids(1, START);
    lot.wait(30 * 86_400);
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(1), fen(START))));
    let len = lot.log.len();
    lot.tick();
    assert_eq!(lot.log.len(), len);
}

/// 21. Money in floats, and checks apart from writing: an amount off its step by one 分 is refused, and the decision is
///     made on the state that the step changes.
#[test]
fn fault_21_one_fen_off() {
    let mut lot = timed(2);
    assert_eq!(lot.bids_badly(1, START + 1), Why::OffStep { step: fen(WAN) });
    lot.bids(1, START);
    assert_eq!(lot.bids_badly(2, START + WAN + 1), Why::OffStep { step: fen(WAN) });
}

/// 22. Sealed bids were acknowledged from memory: a step is complete in the log, from which alone they come back.
#[test]
fn fault_22_sealed_offers_live_in_the_log() {
    let rules = crate::lot::with(Mode::Sealed {
        open_secs: 60,
        runoff_secs: 60,
    });
    let mut lot = Lot::live(rules.clone(), 2);
    lot.seals(1, START);
    lot.seals(2, START + WAN);
    let lines: Vec<String> = lot
        .log
        .iter()
        .map(|step| serde_json::to_string(step).unwrap())
        .collect();
    let back: Vec<Step> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, lot.log);
    lot.desk = Desk::replay("lot-1", rules, &back);
    lot.next();
    lot.good(Lot::opening(1, START));
    lot.good(Lot::opening(2, START + WAN));
    lot.tick();
    assert_eq!(lot.state().award, Some((Paddle(2), fen(START + WAN))));
}
