//! `jiebang bench`: what the platform measures of itself.

use indicatif::ProgressBar;
use jcore::Actor;
use kernel::EntryId;
use serde::Serialize;
use web::Site;

use crate::bench::{Page, Timer, fill, fresh_start, transferred, visit};
use crate::cli::Global;
use crate::commands::serve::first_programme;
use crate::commands::{bench_bids, bench_intake, bench_match, bench_watchers};
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::settings::Settings;
use crate::voice::Voice;
use crate::{bench, marks, out};

/// Requests that are timed of each page.
const REQUESTS: usize = 500;
/// Entries whose pages are visited in turn.
const ENTRIES: i64 = 50;

/// What to measure.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum What {
    /// The main pages.
    Pages(Args),
    /// A large workbook on its way in.
    Intake(bench_intake::Args),
    /// Lots under bids.
    Bids(bench_bids::Args),
    /// A room under watchers.
    Watchers(bench_watchers::Args),
    /// Offers that are searched and matched.
    Match(bench_match::Args),
}

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many offers.
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    offers: usize,
    /// How many needs.
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    needs: usize,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Result {
    engine: &'static str,
    offers: usize,
    needs: usize,
    made_secs: f64,
    pages: Vec<Page>,
    home_bytes: usize,
    write_shows_next: bool,
    start_ms: f64,
}

/// Measures.
pub(crate) async fn run(voice: &Voice, global: &Global, what: What) -> Done {
    let args = match what {
        What::Pages(args) => args,
        What::Intake(args) => return bench_intake::run(voice, global, args).await,
        What::Bids(args) => return bench_bids::run(voice, global, args).await,
        What::Watchers(args) => return bench_watchers::run(voice, global, args).await,
        What::Match(args) => return bench_match::run(voice, &args),
    };
    let folder = tempfile::tempdir().map_err(|e| Failure::file(voice, &std::env::temp_dir(), &e))?;
    let settings = Settings {
        data: folder.path().to_owned(),
        database: global.database.clone(),
        ..Settings::default()
    };
    let site = Start {
        fast: true,
        ..Start::making(voice, &settings)
    }
    .site()
    .await?;
    if marks::has_entries(&mut site.app.read().await?).await? {
        return Err(Failure::Refused(voice.word("cli-bench-not-empty")));
    }
    let result = measure(voice, &settings, site, &args).await?;
    if args.json {
        out::json(&result)
    } else {
        tell(voice, &result)
    }
}

async fn measure(voice: &Voice, settings: &Settings, site: Site, args: &Args) -> Done<Result> {
    let (offers, needs) = (args.offers, args.needs.max(1));
    let app = site.app.clone();
    first_programme(voice, &app).await?;
    let counts = [("offers", offers.to_string()), ("needs", needs.to_string())];
    out::warn(&voice.say("cli-bench-making", &counts));
    let bar = ProgressBar::new(u64::try_from(offers + needs).unwrap_or(u64::MAX));
    let timer = Timer::start();
    let last = fill(&app, offers, needs, &|n| bar.inc(u64::try_from(n).unwrap_or(0))).await?;
    let made_secs = timer.ms() / 1000.0;
    bar.finish_and_clear();
    let mut pages = Vec::new();
    for (page, paths) in visits(&site).await? {
        pages.push(visit(&site.router, page, &paths, REQUESTS).await?);
    }
    let home_bytes = transferred(&site.router, "/").await?;
    let write_shows_next = shows(&site, last).await?;
    let engine = app.db.engine();
    app.db.close().await;
    let start_ms = fresh_start(&settings.data, settings.database.as_deref()).await?;
    Ok(Result {
        engine,
        offers,
        needs,
        made_secs,
        pages,
        home_bytes,
        write_shows_next,
        start_ms,
    })
}

/// The pages with their addresses, visited in turn.
async fn visits(site: &Site) -> Done<Vec<(&'static str, Vec<String>)>> {
    let ids = marks::some_needs(&mut site.app.read().await?, ENTRIES).await?;
    let filters = [
        "sector=NE",
        "region=320500",
        "q=传感器",
        "sector=EQ&region=320000&sort=cheapest",
        "price=50-100&page=2",
    ];
    let filters = filters.map(|f| format!("/needs?{}", f.replace("传感器", "%E4%BC%A0%E6%84%9F%E5%99%A8")));
    Ok(vec![
        ("home", vec!["/".to_owned()]),
        ("needs", vec!["/needs".to_owned()]),
        ("needs-filter", filters.to_vec()),
        ("offers", vec!["/offers".to_owned()]),
        ("entry", ids.iter().map(|id| format!("/needs/{id}")).collect()),
    ])
}

/// Publishes one more need and looks whether the very next request shows it.
async fn shows(site: &Site, (entry, title): (EntryId, String)) -> Done<bool> {
    let version = marks::version_of(&mut site.app.read().await?, entry).await?;
    let before = String::from_utf8_lossy(&bench::ask(&site.router, "/needs", false).await?).contains(&title);
    entries::publish(&site.app, &Actor::system(), entry, version).await?;
    let after = String::from_utf8_lossy(&bench::ask(&site.router, "/needs", false).await?).contains(&title);
    Ok(after && !before)
}

fn tell(voice: &Voice, result: &Result) -> Done {
    out::line(&voice.say("cli-bench-made", &[("secs", format!("{:.1}", result.made_secs))]));
    let counts = [
        ("offers", result.offers.to_string()),
        ("needs", result.needs.to_string()),
        ("n", REQUESTS.to_string()),
        ("engine", result.engine.to_owned()),
    ];
    out::line(&voice.say("cli-bench-rows", &counts));
    let head = [
        voice.word("cli-col-page"),
        "p50".to_owned(),
        "p99".to_owned(),
        "max".to_owned(),
        "gzip B".to_owned(),
    ];
    let rows: Vec<Vec<String>> = result
        .pages
        .iter()
        .map(|p| {
            let ms = |ms: f64| format!("{ms:.2}");
            let name = voice.word(&format!("cli-bench-page-{}", p.page));
            vec![name, ms(p.p50_ms), ms(p.p99_ms), ms(p.max_ms), p.bytes.to_string()]
        })
        .collect();
    out::text(&out::table(&head, &rows));
    out::line(&voice.say("cli-bench-home", &[("bytes", result.home_bytes.to_string())]));
    let shown = if result.write_shows_next { "yes" } else { "no" };
    out::line(&voice.say("cli-bench-fresh", &[("shown", shown.to_owned())]));
    out::line(&voice.say("cli-bench-start", &[("ms", format!("{:.0}", result.start_ms))]));
    Ok(())
}
