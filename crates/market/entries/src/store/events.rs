//! The steps of an entry's life.

use db::{Conn, Holds, Rows, on};
use jcore::{Act, Fault, Result};
use kernel::EntryId;
use serde_json::json;
use uuid::Uuid;

use crate::model::Event;
use crate::projection;
use crate::rules::{Reason, State};

/// Keeps a step. Reasons lie open without their notes, so that they can be counted; with the notes they are sealed.
pub(crate) async fn add(
    act: &mut Act,
    entry: EntryId,
    from: Option<State>,
    to: State,
    reasons: &[Reason],
) -> Result<()> {
    let id: Uuid = act.id();
    let now = act.now.micros();
    let actor = act.permit().user().map(|u| u.uuid());
    let plain: Vec<_> = reasons
        .iter()
        .map(|r| json!({ "code": r.code, "field": r.field }))
        .collect();
    let plain = serde_json::to_string(&plain).map_err(|e| Fault::internal(e.to_string()))?;
    let note = if reasons.is_empty() {
        None
    } else {
        Some(projection::seal_reasons(&act.app().keys, id, reasons)?)
    };
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO entry_event (id, entry_id, at, actor_id, from_state, to_state, reasons, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id).bind(entry.uuid()).bind(now).bind(actor).bind(from.map_or("", State::code)).bind(to.code()).bind(&plain)
        .bind(&note).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Keeps that entries were made, each in a state.
pub(crate) async fn made(act: &mut Act, entries: &[(EntryId, State)]) -> Result<()> {
    let now = act.now.micros();
    let actor = act.permit().user().map(|u| u.uuid());
    let mut rows = Rows::of([("id", Holds::Id), ("entry_id", Holds::Id), ("to_state", Holds::Text)])
        .all("at", now)
        .all("actor_id", actor)
        .all("from_state", "")
        .all("reasons", "[]");
    for (entry, state) in entries {
        let id: Uuid = act.id();
        rows.push([id.into(), entry.uuid().into(), state.code().into()]);
    }
    rows.insert(&mut act.conn, "entry_event", "").await?;
    Ok(())
}

/// The life of an entry, newest first.
pub(crate) async fn of(conn: &mut Conn, entry: EntryId) -> Result<Vec<Event>> {
    /// An entry goes back and forth a few times; hundreds of steps would be a machine's doing.
    const MAX: i64 = 200;
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, at, actor_id, from_state, to_state, reasons, note FROM entry_event WHERE entry_id = $1 ORDER BY at DESC, id DESC LIMIT $2")
        .bind(entry.uuid()).bind(MAX).fetch_all(c).await)?)
}
