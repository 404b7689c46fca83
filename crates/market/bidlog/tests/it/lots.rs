//! Opening, bidding, reading, restarting.

use bidding::*;
use bidlog::{Bids, Error, Reply};
use kernel::Fen;

use crate::place::*;

both!(a_lot_is_played_to_its_award, |place| {
    let bids = place.start().await;
    place.live(&bids, "lot-1", 3).await;
    let mut seen = bids.watch("lot-1");
    assert!(answer(bids.send("lot-1", bid(1, START, 1)).await.unwrap()).leads);
    let Reply::Answered { answer: low, slip } = bids.send("lot-1", bid(2, START, 2)).await.unwrap() else {
        panic!()
    };
    assert_eq!(low.refused, Some(Why::TooLow { price: Fen::new(START) }));
    let receipt = slip.unwrap().receipt().unwrap();
    assert!(receipt.holds(&bids.public_key()));
    assert_eq!(bids.receipt("lot-1", low.seq).await.unwrap(), Some(receipt));
    assert_eq!(bids.receipt("lot-1", low.seq + 1).await.unwrap(), None);
    let led = seen
        .wait_for(|update| update.as_ref().is_some_and(|u| u.state.lead.is_some()))
        .await;
    assert_eq!(led.unwrap().as_ref().unwrap().state.price(), Some(Fen::new(START)));
    place.next(&bids, "lot-1").await;
    answer(bids.send("lot-1", bid(3, START + WAN, 3)).await.unwrap());
    place.next(&bids, "lot-1").await;
    let update = bids.state("lot-1").await.unwrap();
    assert_eq!(update.state.award, Some((Paddle(3), Fen::new(START + WAN))));
    let steps = checked(&bids, "lot-1").await;
    // Read in pieces, as a ladder that goes on where it stopped.
    let rest = bids.steps("lot-1", 5, 3).await.unwrap();
    let seqs: Vec<u64> = rest
        .iter()
        .map(|kept| serde_json::from_str::<Step>(&kept.line).unwrap().seq)
        .collect();
    assert_eq!(seqs, [6, 7, 8]);
    assert_eq!(bids.steps("lot-1", update.state.seq, 9).await.unwrap(), []);
    assert_eq!(steps.len() as u64, update.state.seq);
    assert!(bids.health().await.answers && bids.health().await.reads);
    bids.stop().await;
});

both!(a_restart_keeps_keys_and_lets_the_lot_stand_still_first, |place| {
    let bids = place.start().await;
    place.live(&bids, "lot-1", 2).await;
    let first = answer(bids.send("lot-1", bid(1, START, 7)).await.unwrap());
    bids.stop().await;

    // The whole phase went by while nobody was there: nothing closes over it.
    place.clock.advance_secs(2 * 3600);
    let bids = place.start().await;
    let again = answer(bids.send("lot-1", bid(1, START, 7)).await.unwrap());
    assert_eq!(again, first);
    let state = bids.state("lot-1").await.unwrap().state;
    assert_eq!((state.phase, state.price()), (Phase::Free, Some(Fen::new(START))));
    assert!(state.paused.is_some());
    let late = answer(bids.send("lot-1", bid(2, START + WAN, 8)).await.unwrap());
    assert_eq!(late.refused, Some(Why::Paused));

    let resume = Command::Resume {
        by: Officer(1),
        reason: "恢复".to_owned(),
    };
    good(&bids, "lot-1", resume).await;
    place.next(&bids, "lot-1").await;
    let state = bids.state("lot-1").await.unwrap().state;
    assert!(state.paused.is_none());
    assert!(
        state.end >= state.at.plus_secs(state.rules.window_secs()),
        "a complete window"
    );
    assert!(answer(bids.send("lot-1", bid(2, START + WAN, 9)).await.unwrap()).leads);
    let steps = checked(&bids, "lot-1").await;
    assert_eq!(
        steps
            .iter()
            .filter(|step| step.command.key() == Some((Paddle(1), Key(7))))
            .count(),
        1
    );
    bids.stop().await;
});

both!(rules_stay_once_there_is_a_log, |place| {
    let bids = place.start().await;
    let other = Rules {
        bidders_min: 2,
        ..rules()
    };
    bids.open("lot-1", &other).await.unwrap();
    bids.open("lot-1", &rules()).await.unwrap();
    bids.open("lot-1", &rules()).await.unwrap();
    assert_eq!(bids.state("lot-1").await.unwrap().state.rules, rules());
    good(&bids, "lot-1", Command::Approve { by: Officer(1) }).await;
    bids.open("lot-1", &rules()).await.unwrap();
    assert!(matches!(bids.open("lot-1", &other).await, Err(Error::OtherRules(_))));
    assert_eq!(bids.send("nowhere", bid(1, START, 1)).await.unwrap(), Reply::Away);
    assert!(bids.state("nowhere").await.is_none());
    assert!(matches!(bids.package("nowhere", &[]).await, Err(Error::NoLot(_))));
    bids.stop().await;
});

both!(many_lots_are_apart, |place| {
    let bids = place.start().await;
    for lot in ["lot-1", "lot-2", "lot-3"] {
        place.live(&bids, lot, 2).await;
        place.clock.advance_secs(-7 * 86_400);
    }
    place.clock.advance_secs(7 * 86_400);
    for lot in ["lot-1", "lot-2", "lot-3"] {
        assert!(answer(bids.send(lot, bid(1, START, 1)).await.unwrap()).leads);
        assert_eq!(
            checked(&bids, lot)
                .await
                .iter()
                .filter(|step| step.command.key().is_some())
                .count(),
            1
        );
    }
    bids.stop().await;
});

#[tokio::test]
async fn a_file_has_one_writer() {
    let place = Place::lite().await.unwrap();
    let bids = place.start().await;
    let second = Bids::start(place.store.clone(), &SECRET, place.time()).await;
    assert!(matches!(second, Err(Error::Taken(_))));
    bids.stop().await;
}
