//! A hot lot under bids, for a profiler: `hot_lot [SECONDS] [BIDDERS] [sqlite:PATH | postgres://…]`. The bidders are those of
//! `jiebang bench bids`, which measures.
#![allow(clippy::print_stdout, clippy::unwrap_used, dead_code, reason = "a tool for whoever profiles")]

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bidlog::{Bids, Store};

#[path = "../../../app/cli/src/bench/bids.rs"]
mod bids;

use bids::{Answers, Clocks, Run, bidder, lot_names, open};

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |at: usize, or: u64| args.get(at).and_then(|arg| arg.parse().ok()).unwrap_or(or);
    let (seconds, bidders) = (number(1, 5), u32::try_from(number(2, 256)).unwrap());
    let url = args.get(3).cloned().unwrap_or_else(|| "sqlite:hot_lot.db".to_owned());
    let store = match url.strip_prefix("sqlite:") {
        Some(path) => Store::File {
            path: path.into(),
            unsafe_fast: false,
        },
        None => {
            let db = db::Db::open(&db::Options { url, unsafe_fast: false }).await.unwrap();
            db.migrate().await.unwrap();
            Store::beside(&db, std::path::Path::new("."))
        }
    };
    let clocks = Clocks::earlier();
    let bids = Bids::start(store, &[7; 32], clocks.clone()).await.unwrap();
    let lots = lot_names(&clocks, 1);
    open(&bids, &clocks, &lots, bidders).await.unwrap();
    let run = Arc::new(Run::default());
    let one = |paddle| tokio::spawn(bidder(bids.clone(), clocks.clone(), lots[0].clone(), paddle, run.clone(), None));
    let tasks: Vec<_> = (1..=bidders).map(one).collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let before = bids.figures();
    run.counts.store(true, Ordering::Release);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    run.counts.store(false, Ordering::Release);
    let after = bids.figures();
    run.is_over.store(true, Ordering::Release);
    let mut all = Answers::default();
    for task in tasks {
        all.add(task.await.unwrap());
    }
    all.micros.sort_unstable();
    let share = |percent: usize| all.micros.get(all.micros.len() * percent / 100).copied().unwrap_or(0);
    let batches = after.batches - before.batches;
    println!(
        "answered {}/s, accepted {}/s, failed {}, broken {}; p50 {} µs, p99 {} µs, max {:?}; {} batches/s of {} steps, {} µs each",
        all.answered / seconds,
        all.accepted / seconds,
        all.failed,
        run.broken.load(Ordering::Acquire),
        share(50),
        share(99),
        all.micros.last(),
        batches / seconds,
        (after.steps - before.steps) / batches.max(1),
        (after.micros - before.micros) / batches.max(1),
    );
    bids.stop().await;
}
