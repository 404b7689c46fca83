//! `jiebang bench match`: how many offers the engine takes in a second, and how soon it answers.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;

use crate::bench::Timer;
use crate::bench::corpus::{Corpus, Numbers};
use crate::bench::matches::{Measured, SEED, measure, needs};
use crate::fail::{Done, Failure};
use crate::out;
use crate::voice::Voice;

/// Most offers of one run: what a folder of some ten GB takes.
const OFFERS_MAX: u32 = 5_000_000;

/// The flags.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many offers.
    #[arg(long, default_value_t = 100_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(OFFERS_MAX)))]
    offers: u32,
    /// Only write the texts.
    #[arg(long, value_name = "FILE")]
    texts: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// Measures.
pub(crate) fn run(voice: &Voice, args: &Args) -> Done {
    if let Some(path) = &args.texts {
        return write_texts(path, args.offers).map_err(|error| Failure::file(voice, path, &error));
    }
    let folder = tempfile::tempdir().map_err(|e| Failure::file(voice, &std::env::temp_dir(), &e))?;
    let bar = ProgressBar::new(u64::from(args.offers));
    let timer = Timer::start();
    let result = measure(folder.path(), args.offers as usize, &|| timer.ms() / 1000.0, &|n| {
        bar.inc(n as u64)
    })
    .map_err(|error| Failure::Refused(voice.say("cli-bench-match-failed", &[("what", error.to_string())])))?;
    bar.finish_and_clear();
    if args.json {
        out::json(&result)
    } else {
        tell(voice, &result);
        Ok(())
    }
}

/// Writes the offers that are measured with, a JSON object a line, and the needs into a file beside it.
fn write_texts(path: &Path, offers: u32) -> std::io::Result<()> {
    let corpus = Corpus::new(SEED);
    let mut numbers = Numbers::new(SEED);
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    for serial in 1..=u64::from(offers) {
        let offer = corpus.offer(serial, &mut numbers);
        let line = serde_json::json!({ "id": offer.id, "title": offer.title, "body": offer.body });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    let mut file = BufWriter::new(std::fs::File::create(path.with_extension("needs.jsonl"))?);
    for (title, body) in needs(&corpus, &mut numbers) {
        writeln!(file, "{}", serde_json::json!({ "title": title, "body": body }))?;
    }
    file.flush()
}

fn tell(voice: &Voice, result: &Measured) {
    let ms = |ms: f64| format!("{ms:.2} ms");
    let mb = |mb: f64| format!("{mb:.0} MB");
    let rows = [
        ("cli-bench-match-index", format!("{:.0}", result.index_per_s)),
        ("cli-bench-match-size", mb(result.index_mb)),
        ("cli-bench-match-rss", mb(result.rss_mb)),
        ("cli-bench-match-peak", mb(result.index_peak_mb)),
        ("cli-bench-match-p50", ms(result.match_ms.p50)),
        ("cli-bench-match-p99", ms(result.match_ms.p99)),
        ("cli-bench-match-search-p50", ms(result.search_ms.p50)),
        ("cli-bench-match-search-p99", ms(result.search_ms.p99)),
        ("cli-bench-match-cross", format!("{:.2} s", result.cross_s)),
        ("cli-bench-match-open", format!("{:.2} s", result.open_s)),
    ];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(id, text)| vec![voice.word(id), text]).collect();
    let head = voice.say("cli-bench-match", &[("offers", result.offers.to_string())]);
    out::text(&out::table(&[head, String::new()], &rows));
}
