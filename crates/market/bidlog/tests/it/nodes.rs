//! Several nodes on one PostgreSQL.

use std::sync::Arc;
use std::time::Duration;

use bidding::*;
use bidlog::{Bids, Reply};
use kernel::Fen;

use crate::place::*;

/// Bids as fast as it can, always a step above what it last saw; keys and answers.
async fn fights(bids: Bids, paddle: u32, rounds: u64) -> Vec<(Key, Answer)> {
    let mut price = START;
    let mut out = Vec::new();
    for key in 0..rounds {
        let Reply::Answered { answer, slip } = bids.send("lot-1", bid(paddle, price, key)).await.unwrap() else {
            panic!()
        };
        let receipt = slip.unwrap().receipt().unwrap();
        assert!(receipt.holds(&bids.public_key()));
        price = answer.price.map_or(START, Fen::get) + WAN;
        out.push((Key(key), answer));
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_fight_over_a_lot() {
    let Some(place) = Place::pg().await else { return };
    let (a, b) = (place.start().await, place.start().await);
    place.live(&a, "lot-1", 8).await;
    let mut seen = b.watch("lot-1");
    let mut tasks = Vec::new();
    for paddle in 1..=8 {
        let node = if paddle % 2 == 0 { a.clone() } else { b.clone() };
        tasks.push((paddle, tokio::spawn(fights(node, paddle, 60))));
    }
    let mut answered = Vec::new();
    for (paddle, task) in tasks {
        answered.extend(
            task.await
                .unwrap()
                .into_iter()
                .map(|(key, answer)| (paddle, key, answer)),
        );
    }
    let steps = checked(&a, "lot-1").await;
    assert_eq!(checked(&b, "lot-1").await, steps);
    for (paddle, key, answer) in answered {
        let step = &steps[usize::try_from(answer.seq).unwrap() - 1];
        assert_eq!(step.command.key(), Some((Paddle(paddle), key)));
        assert_eq!(step.refused(), answer.refused.as_ref());
    }
    // The price only rises, so nobody took a lead that another had.
    let led = steps
        .iter()
        .flat_map(|step| &step.events)
        .filter_map(|event| match event {
            Event::Led { price, .. } => Some(price.get()),
            _ => None,
        });
    let led: Vec<i64> = led.collect();
    assert!(
        led.windows(2).all(|two| two[0] < two[1]) && led.len() > 60,
        "{}",
        led.len()
    );
    // Each hears of what the other wrote, without being asked.
    let last = steps.last().unwrap().seq;
    let heard = seen.wait_for(|update| update.as_ref().is_some_and(|u| u.state.seq == last));
    tokio::time::timeout(Duration::from_secs(5), heard)
        .await
        .unwrap()
        .unwrap();
    a.stop().await;
    // The other goes on, and to the end there is one winner.
    place.next(&b, "lot-1").await;
    place.next(&b, "lot-1").await;
    let steps = checked(&b, "lot-1").await;
    let awards = steps
        .iter()
        .flat_map(|step| &step.events)
        .filter(|event| matches!(event, Event::Awarded { .. }));
    assert_eq!(awards.count(), 1);
    b.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lot_goes_on_while_one_of_two_nodes_restarts() {
    let Some(place) = Place::pg().await else { return };
    let (a, b) = (place.start().await, place.start().await);
    place.live(&a, "lot-1", 2).await;
    let first = answer(a.send("lot-1", bid(1, START, 1)).await.unwrap());
    // Long enough for a sign of life.
    tokio::time::sleep(Duration::from_millis(800)).await;
    a.stop().await;
    let a = place.start().await;
    assert!(a.state("lot-1").await.unwrap().state.paused.is_none());
    // A key that one node answered, another answers alike.
    assert_eq!(answer(b.send("lot-1", bid(1, START, 1)).await.unwrap()), first);
    assert!(answer(a.send("lot-1", bid(2, START + WAN, 1)).await.unwrap()).leads);
    a.stop().await;
    b.stop().await;
    // Nobody was there for longer than a gap: now it stands still.
    tokio::time::sleep(Duration::from_millis(2_200)).await;
    let a = place.start().await;
    assert!(a.state("lot-1").await.unwrap().state.paused.is_some());
    checked(&a, "lot-1").await;
    a.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stamps_are_the_stores() {
    let Some(place) = Place::pg().await else { return };
    // A node whose own clock is an hour ahead.
    struct Ahead(bidlog::Machine);
    impl bidlog::Time for Ahead {
        fn wall(&self) -> At {
            self.0.wall().plus_secs(3600)
        }
        fn monotonic(&self) -> i64 {
            self.0.monotonic()
        }
    }
    let ahead = Arc::new(Ahead(bidlog::Machine::default()));
    let bids = Bids::start(place.store.clone(), &SECRET, ahead.clone()).await.unwrap();
    bids.open("lot-1", &rules()).await.unwrap();
    good(&bids, "lot-1", Command::Approve { by: Officer(1) }).await;
    let at = bids.state("lot-1").await.unwrap().state.at;
    let apart = bidlog::Time::wall(&*ahead).since(at);
    assert!((3_590_000_000..3_610_000_000).contains(&apart), "{apart}");
    bids.stop().await;
}
