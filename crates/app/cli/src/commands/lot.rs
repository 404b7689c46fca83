//! `jiebang lot`: writes a lot's package, and checks one. `lot verify` checks a lot's package offline, without the platform: every line, every decision, every signature.

use std::io::Read;
use std::path::{Path, PathBuf};

use bidding::evidence::{Verified, verify};
use kernel::Stamp;
use serde::Serialize;

use crate::cli::Global;
use crate::commands::lot_export;
use crate::fail::{Done, Failure};
use crate::out;
use crate::voice::Voice;

/// The file that stands for the input.
const FROM_INPUT: &str = "-";

/// What to do with a lot.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum What {
    /// Checks a package.
    Verify {
        /// The file.
        file: PathBuf,
        /// The public key that the platform publishes.
        #[arg(long, value_name = "HEX")]
        key: Option<String>,
        /// The head that was published.
        #[arg(long, value_name = "HEX")]
        head: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes a package.
    Export(lot_export::Args),
}

/// Does it.
pub(crate) async fn run(voice: &Voice, global: &Global, what: What) -> Done {
    match what {
        What::Verify { file, key, head, json } => check(voice, &file, key.as_deref(), head.as_deref(), json),
        What::Export(args) => lot_export::run(voice, global, args).await,
    }
}

fn check(voice: &Voice, file: &Path, key: Option<&str>, head: Option<&str>, json: bool) -> Done {
    let bytes = read(voice, file)?;
    let found = std::str::from_utf8(&bytes)
        .map_err(|error| {
            // The line in which the text stops being text.
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            (before.iter().filter(|byte| **byte == b'\n').count() + 1, "line")
        })
        .and_then(|text| verify(text).map_err(|broken| (broken.line, broken.fault.code())));
    let verified = match found {
        Ok(verified) => verified,
        Err((line, code)) => return broken(voice, line, code, json),
    };
    let other_key = key.is_some_and(|key| !key.eq_ignore_ascii_case(&verified.key));
    let other_head = head.is_some_and(|head| !head.eq_ignore_ascii_case(&verified.head.to_string()));
    let report = Report::of(&verified, !other_key && !other_head);
    if json {
        out::json(&report)?;
    } else {
        tell(voice, &report);
    }
    for (differs, id) in [(other_key, "cli-lot-other-key"), (other_head, "cli-lot-other-head")] {
        if differs {
            out::warn(&voice.word(id));
        }
    }
    if report.holds { Ok(()) } else { Err(Failure::Said) }
}

fn read(voice: &Voice, file: &Path) -> Done<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new(FROM_INPUT) {
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(file).map(|read| bytes = read)
    };
    read.map_err(|error| Failure::file(voice, file, &error))?;
    Ok(bytes)
}

/// What was found.
#[derive(Debug, Serialize)]
struct Report {
    holds: bool,
    lot: String,
    phase: &'static str,
    steps: u64,
    bids: u64,
    refused: u64,
    award: Option<Award>,
    winner: Option<String>,
    last: String,
    rules: String,
    head: String,
    key: String,
}

#[derive(Debug, Serialize)]
struct Award {
    paddle: u32,
    fen: i64,
}

impl Report {
    fn of(found: &Verified, holds: bool) -> Self {
        Self {
            holds,
            lot: found.lot.clone(),
            phase: auctions::model::phase_code(found.phase),
            steps: found.steps,
            bids: found.bids,
            refused: found.refused,
            award: found.award.map(|(paddle, price)| Award {
                paddle: paddle.0,
                fen: price.get(),
            }),
            winner: found.winner.clone(),
            last: Stamp::from_micros(found.last.0).to_string(),
            rules: found.rules.to_string(),
            head: found.head.to_string(),
            key: found.key.clone(),
        }
    }
}

fn tell(voice: &Voice, report: &Report) {
    out::line(&voice.word("cli-lot-holds"));
    let award = match &report.award {
        Some(award) => format!("{:02} · {}", award.paddle, kernel::Fen::new(award.fen)),
        None => voice.word("cli-lot-none"),
    };
    let rows = [
        ("cli-lot-lot", report.lot.clone()),
        ("cli-lot-phase", voice.of_house(&format!("lot-phase-{}", report.phase))),
        ("cli-lot-steps", report.steps.to_string()),
        ("cli-lot-bids", format!("{} / {}", report.bids, report.refused)),
        ("cli-lot-award", award),
        (
            "cli-lot-winner",
            report.winner.clone().unwrap_or_else(|| voice.word("cli-lot-hidden")),
        ),
        ("cli-lot-last", report.last.clone()),
        ("cli-lot-rules", report.rules.clone()),
        ("cli-lot-head", report.head.clone()),
        ("cli-lot-key", report.key.clone()),
    ];
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|(id, text)| vec![format!("  {}", voice.word(id)), text])
        .collect();
    out::text(&out::table(&[String::new(), String::new()], &rows));
}

fn broken(voice: &Voice, line: usize, code: &str, json: bool) -> Done {
    if json {
        out::json(&serde_json::json!({ "holds": false, "line": line, "fault": code }))?;
    } else {
        let why = voice.of_house(&format!("lot-broken-{code}"));
        out::line(&voice.say("cli-lot-broken", &[("line", line.to_string()), ("why", why)]));
    }
    Err(Failure::Said)
}
