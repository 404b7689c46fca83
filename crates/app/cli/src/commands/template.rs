//! `jiebang template`: the workbook to fill in.

use std::path::PathBuf;

use intake::Kinds;
use jcore::App;

use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::open::{Scratch, Start};
use crate::out;
use crate::settings::{DATA_DEFAULT, Settings};
use crate::voice::Voice;

/// The arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which sheet.
    kind: String,
    /// The file to write.
    out: PathBuf,
}

/// Writes the template of a kind. A store is used where there is one, since its programme may decide over choices.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let settings = Settings::load(voice, &global.flags(), DATA_DEFAULT)?;
    let there = settings.database.is_some() || settings.lite_path().exists();
    if there {
        let site = Start::existing(voice, &settings).site().await?;
        write(voice, &site.app, &args)
    } else {
        let scratch = Scratch::open(voice).await?;
        write(voice, &scratch.site.app, &args)
    }
}

fn write(voice: &Voice, app: &App, args: &Args) -> Done {
    let kinds = app.extra::<Kinds>().cloned().unwrap_or_default();
    let kind = kinds
        .get(&args.kind)
        .ok_or_else(|| unknown_kind(voice, &kinds, &args.kind))?;
    let bytes = intake::template_xlsx(app, kind.as_ref(), voice.lang)?;
    std::fs::write(&args.out, bytes).map_err(|e| Failure::file(voice, &args.out, &e))?;
    out::line(&voice.say("cli-template-written", &[("path", args.out.display().to_string())]));
    Ok(())
}

/// Says which kinds there are.
pub(crate) fn unknown_kind(voice: &Voice, kinds: &Kinds, found: &str) -> Failure {
    let known: Vec<String> = kinds
        .all()
        .iter()
        .map(|k| format!("  {}  {}", k.key(), voice.of_house(&format!("intake-kind-{}", k.key()))))
        .collect();
    Failure::Usage(voice.say(
        "cli-kind-unknown",
        &[("found", found.to_owned()), ("kinds", known.join("\n"))],
    ))
}
