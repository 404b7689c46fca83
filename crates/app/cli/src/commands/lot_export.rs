//! `jiebang lot export`: writes a lot's package, from the logs as they are kept, beside a running platform or without one.

use std::path::PathBuf;

use bidlog::{Logs, Store};
use jcore::{Actor, Fault};
use uuid::Uuid;

use crate::cli::Global;
use crate::fail::{Done, Failure};
use crate::open::Start;
use crate::out;
use crate::settings::{DATA_DEFAULT, Settings};
use crate::voice::Voice;

/// What to write, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The lot's id.
    lot: String,
    /// The file.
    file: PathBuf,
    /// With the bidders' names.
    #[arg(long)]
    full: bool,
}

/// Writes it.
pub(crate) async fn run(voice: &Voice, global: &Global, args: Args) -> Done {
    let settings = Settings::load(voice, &global.flags(), DATA_DEFAULT)?;
    let site = Start::existing(voice, &settings).site().await?;
    let unknown = || Failure::Usage(voice.say("cli-lot-unknown", &[("lot", args.lot.clone())]));
    let refused = |error: bidlog::Error| match error {
        bidlog::Error::NoLot(_) | bidlog::Error::File(_) => unknown(),
        other => Fault::internal(other.to_string()).into(),
    };
    let store = Store::beside(&site.app.db, &settings.data, false);
    let logs = Logs::open(&store).await.map_err(refused)?;
    let people = if args.full {
        let id: Uuid = args.lot.parse().map_err(|_| unknown())?;
        auctions::export::people(&site.app, &Actor::system(), id).await?
    } else {
        Vec::new()
    };
    let package = logs.package(&args.lot, &people).await.map_err(refused)?;
    std::fs::write(&args.file, package).map_err(|e| Failure::file(voice, &args.file, &e))?;
    let said = [
        ("path", args.file.display().to_string()),
        ("people", people.len().to_string()),
    ];
    out::line(&voice.say("cli-lot-exported", &said));
    Ok(())
}
