//! `jiebang bench watchers`: how soon the last of many who watch a room sees a bid, what each of them costs, and what bidders
//! feel of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::bench::bids::{Bidder, Clocks};
use crate::bench::hall::{Line, Seat, bid, seats};
use crate::bench::resident_kb;
use crate::cli::Global;
use crate::commands::bench_bids::Waits;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::out;
use crate::settings::Settings;
use crate::voice::Voice;

/// Most watchers of one run: each has two sockets here.
const WATCHERS_MAX: u32 = 50_000;
/// Sockets besides those of the watchers.
const MORE_FILES: u64 = 500;
/// Watchers that connect at once: fewer than a listener holds before it takes them in.
const AT_ONCE: usize = 200;
/// Bids of which it is measured when the last watcher sees them.
const ROUNDS: usize = 10;
/// Between two of them: each is an update of its own.
const ROUND_PAUSE: Duration = Duration::from_millis(600);
/// Bids one after the other while all watch, of which the answer is timed.
const BIDS: usize = 200;
/// Between two of them.
const BID_PAUSE: Duration = Duration::from_millis(20);
/// How long the last watcher may take before the run is given up.
const SEEN_WAIT: Duration = Duration::from_secs(30);

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many watch.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(WATCHERS_MAX)))]
    watchers: u32,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Result {
    watchers: u32,
    last_delivery_ms: f64,
    last_delivery_p50_ms: f64,
    kb_per_watcher: f64,
    bid_answer_p99_ms: f64,
    bid_answer_ms: Waits,
}

/// What all watchers have seen.
#[derive(Debug)]
struct Seen {
    /// The place in the log that is waited for.
    target: AtomicU64,
    /// How many saw it.
    count: AtomicUsize,
    /// When the last of them did, by the monotonic clock in microseconds.
    last: AtomicI64,
    /// How many have their first event.
    begun: AtomicUsize,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            target: AtomicU64::new(u64::MAX),
            count: AtomicUsize::new(0),
            last: AtomicI64::new(0),
            begun: AtomicUsize::new(0),
        }
    }
}

/// Measures.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let refused = |what: String| Failure::Refused(voice.say("cli-bench-bids-failed", &[("what", what)]));
    files(u64::from(args.watchers) * 2 + MORE_FILES).map_err(&refused)?;
    let folder = tempfile::tempdir().map_err(|e| Failure::file(voice, &std::env::temp_dir(), &e))?;
    let settings = Settings {
        data: folder.path().to_owned(),
        database: global.database.clone(),
        ..Settings::default()
    };
    let clocks = Clocks::earlier();
    let site = Start {
        bid_time: Some(clocks.clone()),
        ..Start::making(voice, &settings)
    }
    .site()
    .await?;
    let seats = seats(&site.app, &clocks, 1, 2).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .map_err(|e| refused(e.to_string()))?;
    let address = listener.local_addr().map_err(|e| refused(e.to_string()))?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let server = tokio::spawn(web::serve(listener, site.router.clone(), stopped));
    let result = measure(address, &clocks, &seats, args.watchers)
        .await
        .map_err(&refused)?;
    let _ = stop.send(true);
    server.abort();
    if args.json {
        out::json(&result)
    } else {
        tell(voice, &result);
        Ok(())
    }
}

async fn measure(
    address: SocketAddr,
    clocks: &Arc<Clocks>,
    seats: &[Seat],
    watchers: u32,
) -> std::result::Result<Result, String> {
    let [first, second, ..] = seats else {
        return Err("two bidders".to_owned());
    };
    let mut line = Line::open(address).await.map_err(|e| e.to_string())?;
    let mut bidders = [(first, Bidder::new(first.paddle)), (second, Bidder::new(second.paddle))];
    // Accounts and seats are looked up before anything is counted.
    let mut seq = 0;
    for (seat, bidder) in &mut bidders {
        seq = bid(&mut line, seat, bidder).await?;
    }
    let seen = Arc::new(Seen::default());
    let before = resident_kb().unwrap_or(0);
    let many = usize::try_from(watchers).unwrap_or(1);
    for part in (0..many).collect::<Vec<_>>().chunks(AT_ONCE) {
        for _ in part {
            let request = format!(
                "GET /lots/{}/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n",
                first.lot
            );
            tokio::spawn(watcher(address, request, seen.clone(), clocks.clone()));
        }
        let through = part.last().map_or(0, |last| last + 1);
        wait(|| seen.begun.load(Ordering::Acquire) >= through).await?;
    }
    let after = resident_kb().unwrap_or(before);
    let mut waits = Vec::new();
    for round in 0..ROUNDS {
        tokio::time::sleep(ROUND_PAUSE).await;
        let (seat, bidder) = &mut bidders[round % 2];
        // Nobody else writes, so the bid's place is the next one.
        seen.count.store(0, Ordering::Release);
        seen.target.store(seq + 1, Ordering::Release);
        let since = clocks.micros();
        seq = bid(&mut line, seat, bidder).await?;
        wait(|| seen.count.load(Ordering::Acquire) >= many).await?;
        waits.push(u32::try_from(seen.last.load(Ordering::Acquire) - since).unwrap_or(u32::MAX));
    }
    let mut answers = Vec::new();
    for number in 0..BIDS {
        let (seat, bidder) = &mut bidders[number % 2];
        let since = clocks.micros();
        bid(&mut line, seat, bidder).await?;
        answers.push(u32::try_from(clocks.micros() - since).unwrap_or(u32::MAX));
        tokio::time::sleep(BID_PAUSE).await;
    }
    let last = Waits::of(&mut waits);
    let answers = Waits::of(&mut answers);
    Ok(Result {
        watchers,
        last_delivery_ms: last.max,
        last_delivery_p50_ms: last.p50,
        kb_per_watcher: kilobytes(after.saturating_sub(before), watchers),
        bid_answer_p99_ms: answers.p99,
        bid_answer_ms: answers,
    })
}

/// Waits until something holds.
async fn wait(holds: impl Fn() -> bool) -> std::result::Result<(), String> {
    let until = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(SEEN_WAIT, until)
        .await
        .map_err(|_| "not every watcher has seen the bid".to_owned())
}

/// One watcher: reads its line for as long as there is one.
async fn watcher(address: SocketAddr, request: String, seen: Arc<Seen>, clocks: Arc<Clocks>) {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return;
    };
    if stream.write_all(request.as_bytes()).await.is_err() {
        return;
    }
    drop(request);
    let mut places = Places::default();
    let mut counted = 0;
    let mut is_first = true;
    loop {
        // Nothing is held while nothing comes.
        if stream.readable().await.is_err() {
            return;
        }
        let mut read = [0; 2048];
        let n = match stream.try_read(&mut read) {
            Ok(0) => return,
            Ok(n) => n,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(_) => return,
        };
        for byte in read.iter().take(n) {
            let Some(place) = places.take(*byte) else { continue };
            if std::mem::take(&mut is_first) {
                seen.begun.fetch_add(1, Ordering::AcqRel);
            }
            let target = seen.target.load(Ordering::Acquire);
            if place >= target && counted != target {
                counted = target;
                seen.last.fetch_max(clocks.micros(), Ordering::AcqRel);
                seen.count.fetch_add(1, Ordering::AcqRel);
            }
        }
    }
}

/// Finds the places in a stream of events, byte by byte: lines `id: NUMBER`.
#[derive(Debug, Default)]
struct Places {
    /// How much of the head of such a line was read.
    head: usize,
    place: u64,
}

const PLACE_HEAD: &[u8] = b"\nid: ";

impl Places {
    fn take(&mut self, byte: u8) -> Option<u64> {
        if self.head == PLACE_HEAD.len() {
            if byte.is_ascii_digit() {
                self.place = self.place.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                return None;
            }
            self.head = usize::from(byte == b'\n');
            return Some(std::mem::take(&mut self.place));
        }
        if PLACE_HEAD.get(self.head) == Some(&byte) {
            self.head += 1;
        } else {
            self.head = usize::from(byte == b'\n');
        }
        None
    }
}

/// Lets this process have so many files open.
fn files(many: u64) -> std::result::Result<(), String> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current.is_some_and(|now| now < many) {
            limit.current = Some(many);
            if limit.maximum.is_some_and(|most| most < many) {
                return Err(format!("{many} open files are needed, {:?} are allowed", limit.maximum));
            }
            setrlimit(Resource::Nofile, limit).map_err(|e| format!("{many} open files: {e}"))?;
        }
    }
    #[cfg(not(unix))]
    let _ = many;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn kilobytes(all: u64, watchers: u32) -> f64 {
    (all as f64 / f64::from(watchers) * 100.0).round() / 100.0
}

fn tell(voice: &Voice, result: &Result) {
    let ms = |ms: f64| format!("{ms:.2} ms");
    let rows = [
        ("cli-bench-watchers-last", ms(result.last_delivery_ms)),
        ("cli-bench-watchers-half", ms(result.last_delivery_p50_ms)),
        ("cli-bench-watchers-kb", format!("{:.1} kB", result.kb_per_watcher)),
        ("cli-bench-watchers-bids", ms(result.bid_answer_p99_ms)),
    ];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(id, text)| vec![voice.word(id), text]).collect();
    let head = voice.say("cli-bench-watchers", &[("watchers", result.watchers.to_string())]);
    out::text(&out::table(&[head, String::new()], &rows));
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn places_are_found_however_the_bytes_come() {
        let text = b"retry: 2000\n\nid: 41\ndata: {\"id: 7\":1}\n\nevent: beat\n\nid: 42\nid: 43\n";
        let mut places = Places::default();
        let found: Vec<u64> = text.iter().filter_map(|byte| places.take(*byte)).collect();
        assert_eq!(found, [41, 42, 43]);
    }
}
