//! The process is ended without warning while bids come in: no bid that was answered is lost, the log has no gap, and there
//! is one winner.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bidding::evidence::verify;
use bidding::{Event, Step};
use bidlog::{Bids, Machine, Store};

/// The key of made-up bids' receipts.
const SECRET: [u8; 32] = [7; 32];
/// How long bids come in before the end.
const LOAD: Duration = Duration::from_secs(2);

/// Lets bidders loose in a process of their own and ends it without warning; what it told of answered bids: lot, place, hash.
fn killed(data: &Path, database: Option<&str>) -> Vec<(String, u64, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiebang"));
    command
        .args([
            "bench",
            "bids",
            "--tell",
            "--lots",
            "2",
            "--bidders",
            "48",
            "--seconds",
            "120",
            "--lang",
            "en",
        ])
        .arg("--data")
        .arg(data)
        .stdout(Stdio::piped());
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (first, begun) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut out = Vec::new();
        for line in lines {
            let line = line.unwrap();
            let words: Vec<&str> = line.split(' ').collect();
            // The last line may be cut off: its bid was not told.
            if let [lot, seq, hash] = words.as_slice()
                && hash.len() == 64
            {
                out.push((String::from(*lot), seq.parse().unwrap(), String::from(*hash)));
            }
            let _ = first.send(());
        }
        out
    });
    begun.recv_timeout(Duration::from_secs(60)).unwrap();
    std::thread::sleep(LOAD);
    // SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

async fn holds(store: Store, told: Vec<(String, u64, String)>) {
    assert!(told.len() > 100, "{}", told.len());
    let mut lots: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
    for (lot, seq, hash) in told {
        lots.entry(lot).or_default().push((seq, hash));
    }
    assert_eq!(lots.len(), 2);
    let bids = Bids::start(store, &SECRET, Arc::new(Machine::default())).await.unwrap();
    for (lot, told) in lots {
        let mut kept = Vec::new();
        loop {
            let more = bids.steps(&lot, kept.len() as u64, 10_000).await.unwrap();
            if more.is_empty() {
                break;
            }
            kept.extend(more);
        }
        for (seq, hash) in told {
            let step = &kept[usize::try_from(seq).unwrap() - 1];
            assert_eq!(step.hash.to_string(), hash, "{lot} {seq}");
        }
        let steps: Vec<Step> = kept
            .iter()
            .map(|kept| serde_json::from_str(&kept.line).unwrap())
            .collect();
        assert!(steps.iter().zip(1..).all(|(step, seq)| step.seq == seq), "no gap");
        // Chain, decisions and signatures, as a third party checks them: so nobody took a lead that was another's.
        let verified = verify(&bids.package(&lot, &[]).await.unwrap()).unwrap();
        assert_eq!(verified.steps, kept.len() as u64);
        let awards = steps
            .iter()
            .flat_map(|step| &step.events)
            .filter(|event| matches!(event, Event::Awarded { .. }));
        assert_eq!(awards.count(), 0, "nothing closes over the gap");
        let state = bids.state(&lot).await.unwrap().state;
        assert!(state.phase.is_live() && state.paused.is_some(), "{:?}", state.phase);
    }
    bids.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answered_bid_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let told = killed(folder.path(), None);
    let store = Store::File {
        path: folder.path().join("bids.db"),
        unsafe_fast: false,
    };
    holds(store, told).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answered_bid_is_lost_on_postgresql() {
    let Some(url) = testkit::pg::fresh_database().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let told = killed(folder.path(), Some(&url));
    // Longer than the gap within which another node would be taken to have gone on.
    tokio::time::sleep(Duration::from_millis(2_200)).await;
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    holds(Store::Pg(pool), told).await;
}
