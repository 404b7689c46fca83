//! `jiebang migrate`: makes the database or brings it up to date.

use crate::cli::Global;
use crate::fail::Done;
use crate::open::{Start, without_password};
use crate::out;
use crate::settings::{DATA_DEFAULT, Settings};
use crate::voice::Voice;

/// Applies the migrations that are missing, and makes folder and key where there are none.
pub(crate) async fn run(voice: &Voice, global: &Global) -> Done {
    let settings = Settings::load(voice, &global.flags(), DATA_DEFAULT)?;
    let site = Start::making(voice, &settings).site().await?;
    site.app.db.close().await;
    out::line(&voice.say(
        "cli-migrate-done",
        &[("url", without_password(&settings.database_url()))],
    ));
    Ok(())
}
