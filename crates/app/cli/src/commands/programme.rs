//! `jiebang programme`: checks, tells and puts in force a year's rules.

use std::path::{Path, PathBuf};

use jcore::Actor;
use kernel::Regions;
use rulebook::Programme;

use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::settings::{DATA_DEFAULT, Settings};
use crate::voice::Voice;
use crate::{out, told};

/// What to do with a programme.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum What {
    /// Looks for mistakes.
    Check {
        /// The file.
        file: PathBuf,
    },
    /// Tells it in words.
    Show {
        /// The file; without one, the programme in force.
        file: Option<PathBuf>,
    },
    /// Puts it in force.
    Use {
        /// The file.
        file: PathBuf,
    },
}

/// Does it.
pub(crate) async fn run(voice: &Voice, global: &Global, what: What) -> Done {
    match what {
        What::Check { file } => check(voice, &file),
        What::Show { file: Some(file) } => show(voice, &read(voice, &file)?.1),
        What::Show { file: None } => {
            let settings = Settings::load(voice, &global.flags(), DATA_DEFAULT)?;
            let site = Start::existing(voice, &settings).site().await?;
            show(voice, &programme::now(&site.app))
        }
        What::Use { file } => put_in_force(voice, global, &file).await,
    }
}

/// Reads a file; with mistakes, prints them all and fails.
fn read(voice: &Voice, file: &Path) -> Done<(String, Programme)> {
    let bytes = std::fs::read(file).map_err(|e| Failure::file(voice, file, &e))?;
    let name = file.display().to_string();
    let text = String::from_utf8(bytes).map_err(|e| {
        let good = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
        let line = good.filter(|b| **b == b'\n').count() + 1;
        Failure::Refused(format!("{name}:{line}: {}", voice.word("cli-not-utf8")))
    })?;
    match rulebook::parse(&text, Regions::builtin()) {
        Ok(programme) => Ok((text, programme)),
        Err(mistakes) => {
            let Some(words) = voice.all() else {
                return Err(Failure::Refused(format!("{mistakes:?}")));
            };
            for mistake in &mistakes {
                out::warn(&told::mistake(words, voice.lang, &name, mistake));
            }
            Err(Failure::Refused(
                voice.say("cli-programme-mistakes", &[("n", mistakes.len().to_string())]),
            ))
        }
    }
}

fn check(voice: &Voice, file: &Path) -> Done {
    let (_, programme) = read(voice, file)?;
    let days = programme.bidding_days();
    let args = [
        ("name", programme.name.get(voice.lang.code()).to_owned()),
        ("windows", programme.windows.len().to_string()),
        ("fairs", programme.fair_kinds.len().to_string()),
        ("caps", programme.caps.len().to_string()),
        ("days", days.len().to_string()),
        ("holidays", days.iter().filter(|d| d.holiday).count().to_string()),
    ];
    out::line(&voice.say("cli-programme-good", &args));
    Ok(())
}

fn show(voice: &Voice, programme: &Programme) -> Done {
    if let Some(words) = voice.all() {
        out::text(&told::programme(words, voice.lang, programme));
    }
    Ok(())
}

async fn put_in_force(voice: &Voice, global: &Global, file: &Path) -> Done {
    let (text, _) = read(voice, file)?;
    let settings = Settings::load(voice, &global.flags(), DATA_DEFAULT)?;
    let site = Start::existing(voice, &settings).site().await?;
    let now = programme::put_in_force(&site.app, &Actor::system(), voice.lang, &text).await?;
    site.app.db.close().await;
    out::line(&voice.say(
        "cli-programme-in-force",
        &[("name", now.name.get(voice.lang.code()).to_owned())],
    ));
    Ok(())
}
