//! `jiebang bench bids`: how many bids a second are answered, each durable and with its receipt, and how that compares with
//! one transaction a bid.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bidding::sequencer::Time as _;
use bidlog::{Bids, Figures, Store};
use db::Db;
use serde::Serialize;

use crate::bench::bids::{Answers, Clocks, Run, Tell, bidder, lot_names, open};
use crate::bench::{hall, naive};
use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::out;
use crate::settings::Settings;
use crate::voice::Voice;

/// How long bids run before they are counted.
const WARM_UP: Duration = Duration::from_millis(500);
/// Connections of the way that is compared with: the best of these counts.
const CONNECTIONS: [u32; 3] = [1, 4, 16];
/// Fewest seconds of each of them.
const COMPARED_SECS_MIN: u64 = 2;
/// The key that signs receipts of made-up bids.
const SECRET: [u8; 32] = [7; 32];
/// Most bidders of one run: each is a task with a bid under way.
const BIDDERS_MAX: u32 = 100_000;

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many lots.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    lots: u32,
    /// How many bidders, in all lots together.
    #[arg(long, default_value_t = 256, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(BIDDERS_MAX)))]
    bidders: u32,
    /// How long.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Over HTTP, through the whole site.
    #[arg(long)]
    http: bool,
    /// Also one transaction a bid.
    #[arg(long, conflicts_with = "http")]
    compare: bool,
    /// Prints each answered bid and keeps the logs in the data folder: for tests that end this process.
    #[arg(long, hide = true, conflicts_with = "http")]
    tell: bool,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Result {
    store: &'static str,
    http: bool,
    lots: u32,
    bidders: u32,
    seconds: u64,
    answered_per_s: u64,
    accepted_per_s: u64,
    answer_ms: Waits,
    commits_per_s: u64,
    /// Bids of one commit, and how long one takes from when it is sealed until it is durable.
    bids_per_commit: f64,
    commit_ms: f64,
    failed: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<Compared>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
}

/// How long answers took.
#[derive(Debug, Serialize)]
pub(crate) struct Waits {
    /// Half of them took at most this, in milliseconds.
    pub(crate) p50: f64,
    /// 99 of 100 took at most this.
    pub(crate) p99: f64,
    /// The slowest.
    pub(crate) max: f64,
}

/// One transaction a bid.
#[derive(Debug, Serialize)]
struct Compared {
    answered_per_s: u64,
    connections: u32,
}

impl Waits {
    /// From microseconds.
    pub(crate) fn of(micros: &mut [u32]) -> Self {
        micros.sort_unstable();
        let share = |percent: usize| {
            let place = (micros.len() * percent).div_ceil(100).saturating_sub(1);
            f64::from(micros.get(place).copied().unwrap_or_default()) / 1000.0
        };
        Self {
            p50: share(50),
            p99: share(99),
            max: share(100),
        }
    }
}

/// Measures.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let folder = tempfile::tempdir().map_err(|e| Failure::file(voice, &std::env::temp_dir(), &e))?;
    let data = match &global.data {
        Some(data) if args.tell => data.clone(),
        _ => folder.path().to_owned(),
    };
    let settings = Settings {
        data: data.clone(),
        database: global.database.clone(),
        ..Settings::default()
    };
    let refused = |what: String| Failure::Refused(voice.say("cli-bench-bids-failed", &[("what", what)]));
    if args.http {
        let result = over_http(voice, &settings, &args).await?;
        return report(voice, &args, &result);
    }
    let (store, url) = store(&settings, &data).await?;
    let clocks = Clocks::earlier();
    let bids = Bids::start(store, &SECRET, clocks.clone())
        .await
        .map_err(|e| refused(e.to_string()))?;
    let lots = lot_names(&clocks, usize::try_from(args.lots).unwrap_or(1));
    open(&bids, &clocks, &lots, args.bidders.div_ceil(args.lots))
        .await
        .map_err(&refused)?;
    let (mut answers, figures) = batched(&bids, &clocks, &lots, &args).await;
    if answers.broken > 0 {
        return Err(refused(format!("{} receipts", answers.broken)));
    }
    let compared = if args.compare {
        Some(compare(&url, &clocks, &lots, &args).await?)
    } else {
        None
    };
    bids.stop().await;
    let mut result = Result::of(&mut answers, figures, &args);
    result.store = if url.starts_with("sqlite:") {
        "sqlite"
    } else {
        "postgres"
    };
    result.ratio = compared
        .as_ref()
        .map(|c| ratio(result.answered_per_s, c.answered_per_s.max(1)));
    result.compared = compared;
    report(voice, &args, &result)
}

fn report(voice: &Voice, args: &Args, result: &Result) -> Done {
    if args.json {
        out::json(result)
    } else {
        tell(voice, result);
        Ok(())
    }
}

impl Result {
    fn of(answers: &mut Answers, figures: Figures, args: &Args) -> Self {
        let commits = figures.batches.max(1);
        Self {
            store: "",
            http: args.http,
            lots: args.lots,
            bidders: args.bidders,
            seconds: args.seconds,
            answered_per_s: answers.answered / args.seconds,
            accepted_per_s: answers.accepted / args.seconds,
            answer_ms: Waits::of(&mut answers.micros),
            commits_per_s: figures.batches / args.seconds,
            bids_per_commit: ratio(figures.steps, commits),
            commit_ms: ratio(figures.micros, commits) / 1000.0,
            failed: answers.failed,
            compared: None,
            ratio: None,
        }
    }
}

/// The bids through the whole site, over connections that are kept.
async fn over_http(voice: &Voice, settings: &Settings, args: &Args) -> Done<Result> {
    let refused = |what: String| Failure::Refused(voice.say("cli-bench-bids-failed", &[("what", what)]));
    let clocks = Clocks::earlier();
    let site = Start {
        bid_time: Some(clocks.clone()),
        ..Start::making(voice, settings)
    }
    .site()
    .await?;
    let seats = hall::seats(&site.app, &clocks, args.lots, args.bidders.div_ceil(args.lots)).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.map_err(|e| refused(e.to_string()))?;
    let address = listener.local_addr().map_err(|e| refused(e.to_string()))?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let server = tokio::spawn(web::serve(listener, site.router.clone(), stopped));
    let log = auctions::auctions(&site.app)?.clone();
    let figures = || async { log.figures().unwrap_or_default() };
    let run = Arc::new(Run::default());
    let one = |seat| tokio::spawn(hall::bidder(address, clocks.clone(), seat, run.clone()));
    let many = usize::try_from(args.bidders).unwrap_or(1);
    let tasks = seats.into_iter().take(many).map(one).collect();
    let (before, after, mut answers) = timed(&run, args.seconds, figures(), figures(), tasks).await;
    let _ = stop.send(true);
    server.abort();
    log.stop().await;
    let broken = run.broken.load(Ordering::Acquire);
    if broken > 0 {
        return Err(refused(format!("{broken} receipts")));
    }
    let figures = Figures {
        batches: after.batches - before.batches,
        steps: after.steps - before.steps,
        micros: after.micros - before.micros,
    };
    let mut result = Result::of(&mut answers, figures, args);
    result.store = site.app.db.engine();
    Ok(result)
}

/// The store of the logs, and its address: of SQLite a file beside them, for what is compared.
async fn store(settings: &Settings, data: &Path) -> Done<(Store, String)> {
    let url = settings.database_url();
    if url.starts_with("sqlite:") {
        crate::open::make_folder(data).map_err(|e| jcore::Fault::internal(e.to_string()))?;
        let path = data.join("bids.db");
        let beside = format!("sqlite:{}", data.join("one-by-one.db").display());
        let store = Store::File {
            path,
            unsafe_fast: false,
        };
        return Ok((store, beside));
    }
    let options = db::Options {
        url: url.clone(),
        unsafe_fast: false,
    };
    let db = Db::open(&options).await?;
    db.migrate().await?;
    Ok((Store::beside(&db, data, false), url))
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn ratio(a: u64, b: u64) -> f64 {
    (a as f64 / b as f64 * 100.0).round() / 100.0
}

/// Prints a receipt: lot, place and hash.
fn print(receipt: &bidding::evidence::Receipt) {
    out::line(&format!("{} {} {}", receipt.lot, receipt.seq, receipt.hash));
}

/// The bids through the sequencer.
async fn batched(bids: &Bids, clocks: &Arc<Clocks>, lots: &[String], args: &Args) -> (Answers, Figures) {
    let run = Arc::new(Run::default());
    let print: Tell = print;
    let told = args.tell.then_some(print);
    let one = |(lot, paddle)| tokio::spawn(bidder(bids.clone(), clocks.clone(), lot, paddle, run.clone(), told));
    let tasks = places(lots, args.bidders).map(one).collect();
    let before = async { bids.figures() };
    let (before, after, mut answers) = timed(&run, args.seconds, before, async { bids.figures() }, tasks).await;
    answers.broken = run.broken.load(Ordering::Acquire);
    let figures = Figures {
        batches: after.batches - before.batches,
        steps: after.steps - before.steps,
        micros: after.micros - before.micros,
    };
    (answers, figures)
}

/// Bidders of all lots in turn: each with its lot and its paddle there.
pub(crate) fn places(lots: &[String], bidders: u32) -> impl Iterator<Item = (String, u32)> + '_ {
    let each = u32::try_from(lots.len()).unwrap_or(1).max(1);
    (0..bidders).filter_map(move |number| {
        let lot = lots.get(usize::try_from(number % each).ok()?)?;
        Some((lot.clone(), number / each + 1))
    })
}

/// Lets bidders run for a time, and counts after a while; looks before and after.
pub(crate) async fn timed<T>(
    run: &Run,
    seconds: u64,
    before: impl Future<Output = T>,
    after: impl Future<Output = T>,
    tasks: Vec<tokio::task::JoinHandle<Answers>>,
) -> (T, T, Answers) {
    tokio::time::sleep(WARM_UP).await;
    let before = before.await;
    run.counts.store(true, Ordering::Release);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    run.counts.store(false, Ordering::Release);
    let after = after.await;
    run.is_over.store(true, Ordering::Release);
    let mut answers = Answers::default();
    for task in tasks {
        if let Ok(of_one) = task.await {
            answers.add(of_one);
        }
    }
    (before, after, answers)
}

/// The same bids, one transaction each: the best of some numbers of connections.
async fn compare(url: &str, clocks: &Arc<Clocks>, lots: &[String], args: &Args) -> Done<Compared> {
    let mut best: Option<Compared> = None;
    let seconds = (args.seconds / 3).max(COMPARED_SECS_MIN);
    for connections in CONNECTIONS {
        let store = naive::open(url, connections).await?;
        naive::make(&store, lots).await?;
        let core = naive::lots(lots, args.bidders.div_ceil(args.lots), clocks.wall());
        let run = Arc::new(Run::default());
        let one = |(lot, paddle)| {
            let task = naive::bidder(store.clone(), core.clone(), lot, paddle, run.clone(), clocks.clone());
            tokio::spawn(task)
        };
        let tasks = places(lots, args.bidders).map(one).collect();
        let ((), (), answers) = timed(&run, seconds, async {}, async {}, tasks).await;
        store.close().await;
        let answered_per_s = answers.answered / seconds;
        if best.as_ref().is_none_or(|best| answered_per_s > best.answered_per_s) {
            best = Some(Compared {
                answered_per_s,
                connections,
            });
        }
    }
    best.ok_or_else(|| jcore::Fault::internal("nothing was compared").into())
}

fn tell(voice: &Voice, result: &Result) {
    let ms = |ms: f64| format!("{ms:.2} ms");
    let mut rows = vec![
        ("cli-bench-bids-answered", format!("{} /s", result.answered_per_s)),
        ("cli-bench-bids-accepted", format!("{} /s", result.accepted_per_s)),
        ("cli-bench-bids-p50", ms(result.answer_ms.p50)),
        ("cli-bench-bids-p99", ms(result.answer_ms.p99)),
        ("cli-bench-bids-max", ms(result.answer_ms.max)),
        ("cli-bench-bids-commits", format!("{} /s", result.commits_per_s)),
        ("cli-bench-bids-each", format!("{:.1}", result.bids_per_commit)),
        ("cli-bench-bids-commit", ms(result.commit_ms)),
    ];
    if let (Some(compared), Some(ratio)) = (&result.compared, result.ratio) {
        let text = format!("{} /s ({})", compared.answered_per_s, compared.connections);
        rows.push(("cli-bench-bids-compared", text));
        rows.push(("cli-bench-bids-ratio", format!("{ratio:.1} ×")));
    }
    let head = [
        ("lots", result.lots.to_string()),
        ("bidders", result.bidders.to_string()),
        ("seconds", result.seconds.to_string()),
        ("engine", result.store.to_owned()),
    ];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(id, text)| vec![voice.word(id), text]).collect();
    let head = [voice.say("cli-bench-bids", &head), String::new()];
    out::text(&out::table(&head, &rows));
}

#[cfg(test)]
mod tests {
    use super::{Waits, places};

    #[test]
    fn bidders_are_spread_over_lots() {
        let lots = ["a".to_owned(), "b".to_owned()];
        let found: Vec<(String, u32)> = places(&lots, 5).collect();
        let expected = [("a", 1), ("b", 1), ("a", 2), ("b", 2), ("a", 3)];
        assert_eq!(found, expected.map(|(lot, paddle)| (lot.to_owned(), paddle)));
    }

    #[test]
    fn waits_are_in_milliseconds() {
        let mut micros: Vec<u32> = (1..=1000).rev().map(|n| n * 1000).collect();
        let waits = Waits::of(&mut micros);
        assert_eq!((waits.p50, waits.p99, waits.max), (500.0, 990.0, 1000.0));
        assert!(Waits::of(&mut []).max < 0.001);
    }
}
