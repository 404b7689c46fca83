//! The owner's word before handing in: that the public version is as they want it (R143).

use jcore::{Actor, App, Fault, Result};
use kernel::EntryId;

use super::save::load;
use crate::compose::{Under, compose, wants_word};
use crate::kind::kinds;
use crate::projection;
use crate::rules::Move;

/// Whether an entry waits for that word. Where it can't be handed in anyway it does not: handing in says why.
///
/// # Errors
/// Not found; the store's.
pub(crate) async fn awaits_word(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<bool> {
    let (entry, org) = load(app, id).await?;
    let state = entry.state();
    let can = Move::Submit.target(state).is_some() && app.may(actor, Move::Submit.action(state), &entry.subject());
    if !can || entry.version != version {
        return Ok(false);
    }
    let kinds = kinds(app);
    let kind = kinds.get(&entry.kind).ok_or_else(Fault::not_found)?.as_ref();
    let under = Under::of(&mut app.read().await?, app, org.id).await?;
    // Checked, not shown: one bit leaves, to who may hand it in.
    let raw = projection::raw_sealed(&app.keys, &entry)?;
    Ok(wants_word(&compose(
        app,
        kind,
        raw.unshown(),
        &org,
        &under,
        app.now(),
        false,
    )))
}
