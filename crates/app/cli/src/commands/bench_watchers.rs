//! `jiebang bench watchers`: how soon the last of many who watch a room sees a bid, what each of them costs, and what bidders
//! feel of it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jcore::App;
use serde::Serialize;

use crate::bench::bids::{Bidder, Clocks};
use crate::bench::hall::{Line, Seat, bid, seats};
use crate::bench::lines::{Over, Watch};
use crate::bench::{HEADS, Size, resident_kb};
use crate::cli::Global;
use crate::commands::bench_bids::Waits;
use crate::commands::bench_intake::{take_in, write_elsewhere};
use crate::commands::serve::first_programme;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::out;
use crate::settings::Settings;
use crate::voice::Voice;

/// Most watchers of one run: each has two sockets or a pipe here.
const WATCHERS_MAX: u32 = 50_000;
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
/// Columns and units of the workbook that comes in meanwhile: those of `bench intake`.
const IMPORT: (usize, usize) = (HEADS.len(), 1_000);

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many watch.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(WATCHERS_MAX)))]
    watchers: u32,
    /// Then also let a workbook of so many rows come in, and time bids until it is in.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "50000")]
    while_import: Option<usize>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Result {
    watchers: u32,
    over: Over,
    last_delivery_ms: f64,
    last_delivery_p50_ms: f64,
    kb_per_watcher: f64,
    bid_answer_p99_ms: f64,
    bid_answer_ms: Waits,
    #[serde(skip_serializing_if = "Option::is_none")]
    while_import: Option<WhileImport>,
}

/// Bids while a workbook comes in and all watch.
#[derive(Debug, Serialize)]
struct WhileImport {
    rows: usize,
    import_s: f64,
    bids: usize,
    bid_answer_ms: Waits,
}

/// A workbook that waits to come in.
struct Workbook {
    rows: usize,
    bytes: Vec<u8>,
}

/// Measures.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let refused = |what: String| Failure::Refused(voice.say("cli-bench-bids-failed", &[("what", what)]));
    let over = Over::for_watchers(args.watchers);
    let folder = tempfile::tempdir().map_err(|e| Failure::file(voice, &std::env::temp_dir(), &e))?;
    let workbook = match args.while_import {
        Some(rows) => Some(workbook(voice, folder.path().join("achievements.xlsx"), rows).await?),
        None => None,
    };
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
    if workbook.is_some() {
        first_programme(voice, &site.app).await?;
    }
    let seats = seats(&site.app, &clocks, 1, 2).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .map_err(|e| refused(e.to_string()))?;
    let address = listener.local_addr().map_err(|e| refused(e.to_string()))?;
    let lot = seats.first().map(|seat| seat.lot).unwrap_or_default();
    let request = format!("GET /lots/{lot}/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
    let (watch, pipes) = Watch::new(over, address, request, clocks.clone());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let servers = [
        tokio::spawn(web::serve(listener, site.router.clone(), stopped.clone())),
        tokio::spawn(web::serve_over(pipes, site.router.clone(), address, stopped)),
    ];
    let result = measure(&site.app, address, &watch, &seats, args.watchers, over, workbook).await;
    let _ = stop.send(true);
    for server in servers {
        server.abort();
    }
    let result = result.map_err(&refused)?;
    if args.json {
        out::json(&result)
    } else {
        tell(voice, &result);
        Ok(())
    }
}

/// Has the workbook written by a process of its own.
async fn workbook(voice: &Voice, path: PathBuf, rows: usize) -> Done<Workbook> {
    let (columns, units) = IMPORT;
    let size = Size { rows, columns, units };
    out::warn(&voice.say("cli-bench-writing", &[("rows", rows.to_string())]));
    write_elsewhere(&path, size).await?;
    let bytes = std::fs::read(&path).map_err(|e| Failure::file(voice, &path, &e))?;
    Ok(Workbook { rows, bytes })
}

async fn measure(
    app: &App,
    address: SocketAddr,
    watch: &Arc<Watch>,
    seats: &[Seat],
    watchers: u32,
    over: Over,
    workbook: Option<Workbook>,
) -> std::result::Result<Result, String> {
    let [first, second, ..] = seats else {
        return Err("two bidders".to_owned());
    };
    let line = Line::open(address).await.map_err(|e| e.to_string())?;
    let mut two = Two {
        line,
        bidders: [
            (first.clone(), Bidder::new(first.paddle)),
            (second.clone(), Bidder::new(second.paddle)),
        ],
        clocks: watch.clocks.clone(),
        next: 0,
    };
    // Accounts and seats are looked up before anything is counted.
    two.bid().await?;
    let (mut seq, _) = two.bid().await?;
    let many = usize::try_from(watchers).unwrap_or(1);
    let grown = call(watch, many).await?;
    let seen = &watch.seen;
    let mut waits = Vec::new();
    for _ in 0..ROUNDS {
        tokio::time::sleep(ROUND_PAUSE).await;
        // Nobody else writes, so the bid's place is the next one.
        seen.count.store(0, Ordering::Release);
        seen.target.store(seq + 1, Ordering::Release);
        let since = watch.clocks.micros();
        (seq, _) = two.bid().await?;
        wait(|| seen.count.load(Ordering::Acquire) >= many).await?;
        waits.push(u32::try_from(seen.last.load(Ordering::Acquire) - since).unwrap_or(u32::MAX));
    }
    let mut answers = Vec::new();
    for _ in 0..BIDS {
        answers.push(two.bid().await?.1);
        tokio::time::sleep(BID_PAUSE).await;
    }
    let while_import = match workbook {
        Some(workbook) => Some(while_import(app, &mut two, workbook).await?),
        None => None,
    };
    let last = Waits::of(&mut waits);
    let answers = Waits::of(&mut answers);
    Ok(Result {
        watchers,
        over,
        last_delivery_ms: last.max,
        last_delivery_p50_ms: last.p50,
        kb_per_watcher: kilobytes(grown, watchers),
        bid_answer_p99_ms: answers.p99,
        bid_answer_ms: answers,
        while_import,
    })
}

/// Lets everybody call, some at a time; what the process grew by in kB from when all had their own ends.
async fn call(watch: &Arc<Watch>, many: usize) -> std::result::Result<u64, String> {
    let seen = &watch.seen;
    for _ in 0..many {
        tokio::spawn(watch.clone().watcher());
    }
    wait(|| seen.ready.load(Ordering::Acquire) >= many).await?;
    let before = resident_kb().unwrap_or(0);
    let mut through = 0;
    while through < many {
        let more = AT_ONCE.min(many - through);
        watch.gate.add_permits(more);
        through += more;
        wait(|| seen.begun.load(Ordering::Acquire) >= through).await?;
    }
    Ok(resident_kb().unwrap_or(before).saturating_sub(before))
}

/// Bids until a workbook is in.
async fn while_import(app: &App, two: &mut Two, workbook: Workbook) -> std::result::Result<WhileImport, String> {
    let is_in = AtomicBool::new(false);
    let import = async {
        let parts = take_in(app, &workbook.bytes).await;
        is_in.store(true, Ordering::Release);
        parts.map_err(|_| "the import failed".to_owned())
    };
    let bids = async {
        let mut answers = Vec::new();
        while !is_in.load(Ordering::Acquire) {
            answers.push(two.bid().await?.1);
            tokio::time::sleep(BID_PAUSE).await;
        }
        Ok::<_, String>(answers)
    };
    let (parts, answers) = tokio::join!(import, bids);
    let mut answers = answers?;
    Ok(WhileImport {
        rows: workbook.rows,
        import_s: (parts?.total_s() * 100.0).round() / 100.0,
        bids: answers.len(),
        bid_answer_ms: Waits::of(&mut answers),
    })
}

/// Two who bid in turn over one connection.
struct Two {
    line: Line,
    bidders: [(Seat, Bidder); 2],
    clocks: Arc<Clocks>,
    next: usize,
}

impl Two {
    /// The next bid: its place in the log, and the microseconds until its answer.
    async fn bid(&mut self) -> std::result::Result<(u64, u32), String> {
        let (seat, bidder) = &mut self.bidders[self.next % 2];
        self.next += 1;
        let since = self.clocks.micros();
        let seq = bid(&mut self.line, seat, bidder).await?;
        Ok((seq, u32::try_from(self.clocks.micros() - since).unwrap_or(u32::MAX)))
    }
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
    let mut rows: Vec<Vec<String>> = rows.into_iter().map(|(id, text)| vec![voice.word(id), text]).collect();
    if let Some(import) = &result.while_import {
        let args = [
            ("rows", import.rows.to_string()),
            ("secs", format!("{:.1}", import.import_s)),
        ];
        rows.push(vec![
            voice.say("cli-bench-watchers-import", &args),
            ms(import.bid_answer_ms.p99),
        ]);
    }
    let over = match result.over {
        Over::Sockets => "cli-bench-over-sockets",
        Over::Pipes => "cli-bench-over-pipes",
    };
    let args = [("watchers", result.watchers.to_string()), ("over", voice.word(over))];
    let head = voice.say("cli-bench-watchers", &args);
    out::text(&out::table(&[head, String::new()], &rows));
}
