//! `jiebang bench intake`: how long a province's whole year takes to come in, and what others feel of it meanwhile.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use intake::CommitOptions;
use jcore::{Actor, App};
use serde::Serialize;
use web::Site;

use crate::bench::{COLUMNS_MIN, HEADS, Size, Timer, ask, fill, forget_peak, peak_mb, share};
use crate::cli::Global;
use crate::commands::serve::first_programme;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::settings::Settings;
use crate::voice::Voice;
use crate::{marks, out};

/// The kind of sheet that is sent.
const KIND: &str = "achievements";
/// Offers and needs each that are published beforehand, so that the pages asked for meanwhile have something to show.
const EARLIER: usize = 100;
/// Pages that another visitor asks for meanwhile, in turn.
const VISITS: &[&str] = &["/", "/needs", "/offers"];
/// Between two requests of that visitor: some twenty a second, which feel what goes on without being a load themselves.
const PAUSE: Duration = Duration::from_millis(50);
/// How often it is looked whether the file has been read.
const WATCH: Duration = Duration::from_millis(5);
/// The reason recorded with rows that have warnings.
const REASON: &str = "bench";

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many rows.
    #[arg(long, default_value_t = 50_000, value_name = "N")]
    rows: usize,
    /// How many columns.
    #[arg(long, default_value_t = 20, value_name = "N")]
    columns: usize,
    /// How many units.
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    units: usize,
    /// Only write the workbook.
    #[arg(long, value_name = "FILE")]
    workbook: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Result {
    engine: &'static str,
    rows: usize,
    columns: usize,
    units: usize,
    faulty: usize,
    file_bytes: usize,
    new: usize,
    held: usize,
    read_s: f64,
    check_s: f64,
    commit_s: f64,
    total_s: f64,
    rows_per_s: f64,
    peak_mb: Option<f64>,
    other_ms: Other,
}

/// Times of the other visitor's requests.
#[derive(Debug, Serialize)]
struct Other {
    requests: usize,
    p50: f64,
    p99: f64,
    max: f64,
}

/// The three parts of an intake, in seconds.
pub(crate) struct Parts {
    read_s: f64,
    check_s: f64,
    commit_s: f64,
    new: usize,
    held: usize,
}

impl Parts {
    /// All three together, in seconds.
    pub(crate) fn total_s(&self) -> f64 {
        self.read_s + self.check_s + self.commit_s
    }
}

/// Measures, or writes the workbook alone.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    if !(COLUMNS_MIN..=HEADS.len()).contains(&args.columns) {
        let range = [("from", COLUMNS_MIN.to_string()), ("to", HEADS.len().to_string())];
        return Err(Failure::Usage(voice.say("cli-bench-columns", &range)));
    }
    let size = Size {
        rows: args.rows.max(1),
        columns: args.columns,
        units: args.units.max(1),
    };
    if let Some(path) = &args.workbook {
        return write(voice, path, size);
    }
    let folder = tempfile::tempdir().map_err(|e| Failure::file(voice, &std::env::temp_dir(), &e))?;
    let path = folder.path().join("achievements.xlsx");
    out::warn(&voice.say("cli-bench-writing", &[("rows", size.rows.to_string())]));
    write_elsewhere(&path, size).await?;
    let settings = Settings {
        data: folder.path().join("data"),
        database: global.database.clone(),
        ..Settings::default()
    };
    let site = Start::making(voice, &settings).site().await?;
    if marks::has_entries(&mut site.app.read().await?).await? {
        return Err(Failure::Refused(voice.word("cli-bench-not-empty")));
    }
    first_programme(voice, &site.app).await?;
    fill(&site.app, EARLIER, EARLIER, &|_| {}).await?;
    let result = measure(&site, &path, size).await?;
    site.app.db.close().await;
    if args.json {
        out::json(&result)
    } else {
        tell(voice, &result);
        Ok(())
    }
}

/// Writes the workbook.
fn write(voice: &Voice, path: &Path, size: Size) -> Done {
    let bytes =
        sheets::export_xlsx("成果", &size.heads(), &size.cells()).map_err(|e| Failure::Refused(e.to_string()))?;
    std::fs::write(path, bytes).map_err(|e| Failure::file(voice, path, &e))
}

/// Has the workbook written by a process of its own, whose memory is none of ours.
pub(crate) async fn write_elsewhere(path: &Path, size: Size) -> Done {
    let failed = |e: std::io::Error| Failure::Refused(e.to_string());
    let status = tokio::process::Command::new(std::env::current_exe().map_err(failed)?)
        .args(["bench", "intake", "--workbook"])
        .arg(path)
        .args(["--rows", &size.rows.to_string(), "--columns", &size.columns.to_string()])
        .args(["--units", &size.units.to_string()])
        .kill_on_drop(true)
        .status()
        .await
        .map_err(failed)?;
    if status.success() { Ok(()) } else { Err(Failure::Said) }
}

async fn measure(site: &Site, path: &Path, size: Size) -> Done<Result> {
    let bytes = std::fs::read(path).map_err(|e| Failure::Refused(e.to_string()))?;
    forget_peak();
    let over = AtomicBool::new(false);
    let work = async {
        let parts = take_in(&site.app, &bytes).await;
        over.store(true, Ordering::Release);
        parts
    };
    let (parts, times) = tokio::join!(work, visit_until(site, &over));
    let (parts, mut times) = (parts?, times?);
    times.sort_by(f64::total_cmp);
    let total_s = parts.total_s();
    let rows = f64::from(u32::try_from(size.rows).unwrap_or(u32::MAX));
    Ok(Result {
        engine: site.app.db.engine(),
        rows: size.rows,
        columns: size.columns,
        units: size.units,
        faulty: size.faulty(),
        file_bytes: bytes.len(),
        new: parts.new,
        held: parts.held,
        read_s: parts.read_s,
        check_s: parts.check_s,
        commit_s: parts.commit_s,
        total_s,
        rows_per_s: rows / total_s,
        peak_mb: peak_mb(),
        other_ms: Other {
            requests: times.len(),
            p50: share(&times, 50),
            p99: share(&times, 99),
            max: times.last().copied().unwrap_or_default(),
        },
    })
}

/// Uploads and commits the workbook as the pages do. Reading ends when its sheet's columns are known and a batch
/// waits for its rows; checking ends when all rows are kept.
pub(crate) async fn take_in(app: &App, bytes: &[u8]) -> Done<Parts> {
    let actor = Actor::system();
    let timer = Timer::start();
    let over = AtomicBool::new(false);
    let before = marks::batches(&mut app.read().await?).await?;
    let upload = async {
        let sent = intake::upload(app, &actor, KIND, None, "achievements.xlsx", bytes).await;
        over.store(true, Ordering::Release);
        sent
    };
    let (batches, read_ms) = tokio::join!(upload, until_read(app, before, &timer, &over));
    let (batches, read_ms) = (batches?, read_ms?);
    let uploaded_ms = timer.ms();
    let (mut new, mut held) = (0, 0);
    for batch in batches {
        let options = CommitOptions::because(true, REASON);
        let report = intake::commit(app, &actor, batch, options, &|_, _| {}).await?;
        new += report.new;
        held += report.held;
    }
    Ok(Parts {
        read_s: read_ms / 1000.0,
        check_s: (uploaded_ms - read_ms) / 1000.0,
        commit_s: (timer.ms() - uploaded_ms) / 1000.0,
        new,
        held,
    })
}

/// Waits until a further batch is there, or the upload is over. Gives the milliseconds.
async fn until_read(app: &App, before: i64, timer: &Timer, over: &AtomicBool) -> Done<f64> {
    while !over.load(Ordering::Acquire) && marks::batches(&mut app.read().await?).await? == before {
        tokio::time::sleep(WATCH).await;
    }
    Ok(timer.ms())
}

/// Asks for pages until the work is over. Gives the times in milliseconds.
async fn visit_until(site: &Site, over: &AtomicBool) -> Done<Vec<f64>> {
    let router = site.router.clone();
    let mut times = Vec::new();
    for path in VISITS.iter().cycle() {
        if over.load(Ordering::Acquire) {
            break;
        }
        let timer = Timer::start();
        ask(&router, path, true).await?;
        times.push(timer.ms());
        tokio::time::sleep(PAUSE).await;
    }
    Ok(times)
}

fn tell(voice: &Voice, result: &Result) {
    let counts = [
        ("rows", result.rows.to_string()),
        ("columns", result.columns.to_string()),
        ("units", result.units.to_string()),
        ("faulty", result.faulty.to_string()),
        ("engine", result.engine.to_owned()),
        ("mb", format!("{:.1}", result.file_bytes as f64 / 1024.0 / 1024.0)),
    ];
    out::line(&voice.say("cli-bench-intake", &counts));
    let head = ["cli-col-step", "cli-col-value"].map(|id| voice.word(id));
    let other = &result.other_ms;
    let figures = [
        ("read", format!("{:.2} s", result.read_s)),
        ("check", format!("{:.2} s", result.check_s)),
        ("commit", format!("{:.2} s", result.commit_s)),
        ("total", format!("{:.2} s", result.total_s)),
        ("rate", format!("{:.0} /s", result.rows_per_s)),
        ("new", result.new.to_string()),
        ("held", result.held.to_string()),
        (
            "peak",
            result
                .peak_mb
                .map_or_else(|| "—".to_owned(), |mb| format!("{mb:.0} MB")),
        ),
        (
            "other",
            format!(
                "p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms ({})",
                other.p50, other.p99, other.max, other.requests
            ),
        ),
    ];
    let rows: Vec<Vec<String>> = figures
        .into_iter()
        .map(|(key, value)| vec![voice.word(&format!("cli-bench-intake-{key}")), value])
        .collect();
    out::text(&out::table(&head, &rows));
}
