//! Stores that fail while bids are being kept.

use std::time::Duration;

use bidding::*;
use bidlog::{Reply, Store};
use sqlx::Connection as _;

use crate::place::*;

/// Asks again with the same key for as long as the outcome is unknown or the lot is away.
async fn insists(bids: &bidlog::Bids, command: Command) -> Answer {
    for _ in 0..100 {
        if let Reply::Answered { answer, .. } = bids.send("lot-1", command.clone()).await.unwrap() {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no answer")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_cannot_be_written_makes_the_outcome_unknown_and_the_lot_stand_still() {
    let place = Place::lite().await.unwrap();
    let bids = place.start().await;
    place.live(&bids, "lot-1", 2).await;
    let Store::File { path, .. } = &place.store else {
        panic!()
    };
    let mut other = sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(bids.send("lot-1", bid(1, START, 1)).await.unwrap(), Reply::Unknown);
    held.rollback().await.unwrap();
    // It was not kept; asked again, it is put in order now, while the lot stands still.
    assert_eq!(insists(&bids, bid(1, START, 1)).await.refused, Some(Why::Paused));
    let steps = checked(&bids, "lot-1").await;
    let paused = |event: &Event| {
        matches!(
            event,
            Event::Paused {
                trouble: Some(Trouble::Storage),
                ..
            }
        )
    };
    assert_eq!(
        steps
            .iter()
            .flat_map(|step| &step.events)
            .filter(|event| paused(event))
            .count(),
        1
    );
    bids.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_cut_lose_no_answered_bid() {
    let Some(place) = Place::pg().await else { return };
    let bids = place.start().await;
    place.live(&bids, "lot-1", 4).await;
    let Store::Pg(pool) = &place.store else { panic!() };
    let cutter = tokio::spawn({
        let pool = pool.clone();
        async move {
            for _ in 0..12 {
                tokio::time::sleep(Duration::from_millis(70)).await;
                let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
                let _ = sqlx::query(cut).execute(&pool).await;
            }
        }
    });
    let mut answered = Vec::new();
    let mut price = START;
    for key in 0..400 {
        let paddle = u32::try_from(key % 4).unwrap() + 1;
        let answer = insists(&bids, bid(paddle, price, key)).await;
        price = answer.price.map_or(START, kernel::Fen::get) + WAN;
        answered.push((paddle, key, answer));
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    cutter.await.unwrap();
    let steps = checked(&bids, "lot-1").await;
    for (paddle, key, answer) in answered {
        let step = &steps[usize::try_from(answer.seq).unwrap() - 1];
        assert_eq!(step.command.key(), Some((Paddle(paddle), Key(key))));
        let same = steps
            .iter()
            .filter(|step| step.command.key() == Some((Paddle(paddle), Key(key))));
        assert_eq!(same.count(), 1);
    }
    bids.stop().await;
}
