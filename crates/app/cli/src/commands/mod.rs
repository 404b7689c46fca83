//! The commands, one file each.

pub(crate) mod bench;
pub(crate) mod bench_bids;
pub(crate) mod bench_intake;
pub(crate) mod bench_match;
pub(crate) mod bench_watchers;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod errors;
pub(crate) mod import;
pub(crate) mod lot;
pub(crate) mod lot_export;
pub(crate) mod match_fetch;
pub(crate) mod match_score;
pub(crate) mod migrate;
pub(crate) mod parse;
pub(crate) mod programme;
pub(crate) mod routes;
pub(crate) mod serve;
pub(crate) mod template;
pub(crate) mod user;

use crate::cli::{Cli, Command};
use crate::fail::Done;
use crate::voice::Voice;

/// Runs what the command line asks for.
pub(crate) async fn run(cli: Cli, voice: &Voice) -> Done {
    let global = cli.global;
    match cli.command {
        Command::Serve(args) => serve::run(voice, &global, args).await,
        Command::Demo(args) => demo::run(voice, &global, args).await,
        Command::Migrate => migrate::run(voice, &global).await,
        Command::User { what } => user::run(voice, &global, what).await,
        Command::Import(args) => import::run(voice, &global, args).await,
        Command::Template(args) => template::run(voice, &global, args).await,
        Command::Parse(args) => parse::run(voice, args),
        Command::Programme { what } => programme::run(voice, &global, what).await,
        Command::Lot { what } => lot::run(voice, &global, what).await,
        Command::Match { what } => match_score::run(voice, &global, what),
        Command::Doctor => doctor::run(voice, &global).await,
        Command::Errors(args) => errors::run(voice, args),
        Command::Bench { what } => bench::run(voice, &global, what).await,
        Command::Routes => routes::run(voice, &global).await,
    }
}
