//! `jiebang`: the exchange in one binary. Serving, a demo on invented data, the store's care, people, imports and
//! templates, programmes, and what it measures of itself. One command is one file under `commands`.
//!
//! Exit codes: 0 all went well, 1 something was refused or failed, 2 the command was not used rightly.

mod bench;
mod cli;
mod commands;
mod demo;
mod fail;
mod help;
mod marks;
mod open;
mod out;
mod people;
mod settings;
mod split;
mod stop;
mod told;
mod voice;

use std::process::ExitCode;

use clap::FromArgMatches;

use crate::cli::Cli;
use crate::fail::{Failure, REFUSED};
use crate::voice::Voice;

/// Imports and matches ask for much small memory on several threads and give it back on others. The system's own keeps what
/// it was given back in pieces: an import of 50,000 rows took some 490 MB with it, and 290 to 370 with this one.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let voice = match Voice::new(voice::choose(&args, |name| std::env::var(name).ok())) {
        Ok(voice) => voice,
        Err(what) => {
            out::warn(&what);
            return ExitCode::from(REFUSED);
        }
    };
    match run(args, &voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(text) = failure.text(&voice) {
                out::warn(&text);
            }
            ExitCode::from(failure.code())
        }
    }
}

fn run(args: Vec<std::ffi::OsString>, voice: &Voice) -> Result<(), Failure> {
    let matches = match help::command(voice).try_get_matches_from(commands::parse::shield(args)) {
        Ok(matches) => matches,
        Err(error) => return help::answer(voice, &error),
    };
    let cli = Cli::from_arg_matches(&matches).map_err(|e| Failure::Usage(e.to_string()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::Refused(voice.say("cli-no-runtime", &[("what", e.to_string())])))?;
    let done = runtime.block_on(commands::run(cli, voice));
    // A blocking read of a prompt must not hold the end.
    runtime.shutdown_background();
    done
}
