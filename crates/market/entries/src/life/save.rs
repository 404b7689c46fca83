//! Drafts: made, and written anew under optimistic versions.

use std::borrow::Cow;

use forms::{Draft, Record};
use jcore::{Act, Actor, App, Fault, FaultKind, Result, act};
use kernel::{BatchId, EntryId, OrgId, Stamp};
use serde_json::json;

use accounts::Org;

use crate::actions::WRITE;
use crate::compose::{Composed, Under, compose, seal};
use crate::kind::{EntryKind, kinds};
use crate::model::Entry;
use crate::rules::State;
use crate::store;

/// A draft as it was kept.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Its id.
    pub id: EntryId,
    /// Its version now.
    pub version: i64,
    /// How complete it is, 0–100.
    pub score: i64,
    /// What it reads as, with all issues; what is missing is none yet.
    pub record: Record,
    /// When it was kept.
    pub at: Stamp,
}

/// Makes a draft for an organisation.
///
/// # Errors
/// Not found for an unknown kind; denied; the store's.
pub async fn create(app: &App, actor: &Actor, kind: &str, org: OrgId, raw: &Draft) -> Result<Saved> {
    let kinds = kinds(app);
    let kind = kinds.get(kind).ok_or_else(Fault::not_found)?.as_ref();
    let owner = {
        let mut conn = app.read().await?;
        accounts::org(&mut conn, org).await?
    };
    let permit = app.permit(actor, WRITE, &owner.subject())?;
    act!(app, permit, |act| {
        let composed = composed(&mut act, kind, raw, &owner, true).await?;
        let id = make(&mut act, kind, raw, &owner, &composed, None, State::Draft).await?;
        act.note(
            "entry.made",
            "entry",
            id.uuid(),
            json!({ "kind": kind.key(), "score": composed.score }),
        );
        Ok(Saved {
            id,
            version: 1,
            score: composed.score,
            record: composed.record,
            at: act.now,
        })
    })
}

/// Writes a draft anew. Only who has seen its last version may, and only while it is a draft or was returned.
///
/// # Errors
/// Not found, denied, stale; `entries-closed` where it can't be written any more; the store's.
pub async fn save_draft(app: &App, actor: &Actor, id: EntryId, version: i64, raw: &Draft) -> Result<Saved> {
    let (entry, owner) = load(app, id).await?;
    let permit = app.permit(actor, WRITE, &entry.subject())?;
    let kinds = kinds(app);
    let kind = kinds.get(&entry.kind).ok_or_else(Fault::not_found)?.as_ref();
    act!(app, permit, |act| {
        let entry = current(&mut act, id, version).await?;
        if !entry.state().is_open() {
            return Err(closed());
        }
        let composed = composed(&mut act, kind, raw, &owner, true).await?;
        change(&mut act, &entry, raw, &composed).await?;
        act.note(
            "entry.saved",
            "entry",
            id.uuid(),
            json!({ "version": version + 1, "score": composed.score }),
        );
        Ok(Saved {
            id,
            version: version + 1,
            score: composed.score,
            record: composed.record,
            at: act.now,
        })
    })
}

/// It has left its owners' hands.
pub(crate) fn closed() -> Fault {
    Fault::new(FaultKind::Conflict, "entries-closed")
}

/// An entry with its organisation.
pub(crate) async fn load(app: &App, id: EntryId) -> Result<(Entry, Org)> {
    let mut conn = app.read().await?;
    let entry = store::read::get(&mut conn, id).await?;
    let org = accounts::org(&mut conn, entry.org()).await?;
    Ok((entry, org))
}

/// The entry as it is in the transaction, if it still has the version that the writer has seen.
pub(crate) async fn current(act: &mut Act, id: EntryId, version: i64) -> Result<Entry> {
    let entry = store::read::get(&mut act.conn, id).await?;
    if entry.version == version {
        Ok(entry)
    } else {
        Err(Fault::stale())
    }
}

/// Puts an entry together at the act's instant under the programme in force.
pub(crate) async fn composed(
    act: &mut Act,
    kind: &dyn EntryKind,
    raw: &Draft,
    org: &Org,
    draft: bool,
) -> Result<Composed> {
    let app = act.app().clone();
    let under = Under::of(&mut act.conn, &app, org.id).await?;
    Ok(compose(&app, kind, raw, org, &under, act.now, draft))
}

/// Makes an entry in the act; the caller leaves the audit note.
pub(crate) async fn make(
    act: &mut Act,
    kind: &dyn EntryKind,
    raw: &Draft,
    org: &Org,
    composed: &Composed,
    batch: Option<(BatchId, usize)>,
    state: State,
) -> Result<EntryId> {
    let id: EntryId = act.id();
    let app = act.app().clone();
    let parts = Cow::Owned(seal(&app, id, composed, raw)?);
    let programme = programme::now(&app);
    let new = store::write::NewEntry {
        id,
        origin: store::write::Origin {
            kind: kind.key(),
            org: org.id,
            programme: &programme.key,
            batch,
            state,
        },
        composed,
        parts,
    };
    store::write::insert(act, &[new]).await?;
    store::events::made(act, &[(id, state)]).await?;
    Ok(id)
}

/// Writes an entry anew in the act; the caller leaves the audit note.
pub(crate) async fn change(act: &mut Act, entry: &Entry, raw: &Draft, composed: &Composed) -> Result<()> {
    let app = act.app().clone();
    let parts = seal(&app, entry.id(), composed, raw)?;
    store::write::update(act, entry, composed, &parts).await
}
