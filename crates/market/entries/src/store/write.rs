//! Entries as they are made, changed and moved on. Every change needs the version that its writer has seen.

use std::borrow::Cow;

use db::{Holds, Rows, on};
use jcore::{Act, Fault, Result};
use kernel::{BatchId, EntryId, OrgId};
use uuid::Uuid;

use crate::compose::{Composed, SealedParts};
use crate::model::Entry;
use crate::rules::{Move, State};
use crate::store::alike;

/// Where a new entry comes from.
pub(crate) struct Origin<'a> {
    pub kind: &'a str,
    pub org: OrgId,
    pub programme: &'a str,
    pub batch: Option<(BatchId, usize)>,
    pub state: State,
}

/// An entry that is to be made.
pub(crate) struct NewEntry<'a> {
    pub id: EntryId,
    pub origin: Origin<'a>,
    pub composed: &'a Composed,
    pub parts: Cow<'a, SealedParts>,
}

/// Makes entries.
pub(crate) async fn insert(act: &mut Act, entries: &[NewEntry<'_>]) -> Result<()> {
    let now = act.now.micros();
    let author = act.permit().user().map_or(Uuid::nil(), |u| u.uuid());
    let mut rows = Rows::of([
        ("id", Holds::Id),
        ("kind", Holds::Text),
        ("org_id", Holds::Id),
        ("programme", Holds::Text),
        ("state", Holds::Text),
        ("title", Holds::Text),
        ("summary", Holds::Text),
        ("words", Holds::Text),
        ("dup_key", Holds::Text),
        ("open", Holds::Text),
        ("sealed", Holds::Bytes),
        ("raw", Holds::Bytes),
        ("withheld", Holds::Text),
        ("sector", Holds::Text),
        ("region", Holds::Text),
        ("category", Holds::Text),
        ("trl", Holds::Int),
        ("modes", Holds::Text),
        ("plan_level", Holds::Text),
        ("price_min", Holds::Int),
        ("price_max", Holds::Int),
        ("price_kind", Holds::Text),
        ("org_name", Holds::Text),
        ("roadshow", Holds::Bool),
        ("score", Holds::Int),
        ("batch_id", Holds::Id),
        ("batch_row", Holds::Int),
        ("valid_days", Holds::Int),
        ("submitted_at", Holds::Int),
        ("marks", Holds::Bytes),
    ])
    .all("author_id", author)
    .all("created_at", now)
    .all("changed_at", now);
    let marks: Vec<Vec<u8>> = entries.iter().map(|new| alike::packed(&new.composed.marks)).collect();
    for (new, marks) in entries.iter().zip(&marks) {
        let (f, origin) = (&new.composed.facets, &new.origin);
        let number = origin.batch.map(|(_, n)| i64::try_from(n).unwrap_or(i64::MAX));
        let submitted = (origin.state == State::Submitted).then_some(now);
        rows.push([
            new.id.uuid().into(),
            origin.kind.into(),
            origin.org.uuid().into(),
            origin.programme.into(),
            origin.state.code().into(),
            f.title.as_str().into(),
            f.summary.as_str().into(),
            f.words.as_str().into(),
            new.composed.dup_key.as_str().into(),
            new.parts.open.as_str().into(),
            new.parts.sealed.as_slice().into(),
            new.parts.raw.as_slice().into(),
            new.parts.withheld.as_str().into(),
            f.sector.as_str().into(),
            f.region.as_str().into(),
            f.category.as_str().into(),
            f.trl.into(),
            f.modes.as_str().into(),
            f.plan_level.as_str().into(),
            f.price_min.into(),
            f.price_max.into(),
            f.price_kind.as_str().into(),
            f.org_name.as_deref().into(),
            f.roadshow.into(),
            new.composed.score.into(),
            origin.batch.map(|(b, _)| b.uuid()).into(),
            number.into(),
            new.composed.valid_days.into(),
            submitted.into(),
            marks.as_slice().into(),
        ]);
    }
    rows.insert(&mut act.conn, "entry", "").await?;
    for new in entries {
        act.changed("entry", new.id.uuid());
    }
    match entries {
        [new] => alike::add(act, new.id, &new.composed.marks).await,
        many => {
            let ids: Vec<EntryId> = many.iter().map(|new| new.id).collect();
            alike::add_later(act, &ids).await
        }
    }
}

/// Writes what an entry says anew.
pub(crate) async fn update(act: &mut Act, entry: &Entry, composed: &Composed, parts: &SealedParts) -> Result<()> {
    let now = act.now.micros();
    let f = &composed.facets;
    alike::take_out(act, &[entry.id]).await?;
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE entry SET title = $3, summary = $4, words = $5, dup_key = $6, open = $7, sealed = $8, raw = $9, withheld = $10, \
         sector = $11, region = $12, category = $13, trl = $14, modes = $15, plan_level = $16, price_min = $17, price_max = $18, \
         price_kind = $19, org_name = $20, roadshow = $21, score = $22, valid_days = $23, changed_at = $24, marks = $25, version = version + 1 \
         WHERE id = $1 AND version = $2")
        .bind(entry.id).bind(entry.version).bind(&f.title).bind(&f.summary).bind(&f.words).bind(&composed.dup_key)
        .bind(&parts.open).bind(&parts.sealed).bind(&parts.raw).bind(&parts.withheld).bind(&f.sector).bind(&f.region)
        .bind(&f.category).bind(f.trl).bind(&f.modes).bind(&f.plan_level).bind(f.price_min).bind(f.price_max)
        .bind(&f.price_kind).bind(&f.org_name).bind(f.roadshow).bind(composed.score).bind(composed.valid_days).bind(now)
        .bind(alike::packed(&composed.marks)).execute(c).await.map(|d| d.rows_affected()))?;
    act.changed("entry", entry.id);
    if done != 1 {
        return Err(Fault::stale());
    }
    alike::add(act, entry.id(), &composed.marks).await
}

/// Removes entries that nobody has judged, with their history; the audit trail keeps that there were some.
pub(crate) async fn delete(act: &mut Act, ids: &[Uuid]) -> Result<()> {
    alike::take_out(act, ids).await?;
    for head in [
        "DELETE FROM entry_event WHERE entry_id IN ",
        "DELETE FROM entry WHERE id IN ",
    ] {
        db::for_ids(&mut act.conn, head, ids).await?;
    }
    for id in ids {
        act.changed("entry", *id);
    }
    Ok(())
}

/// Puts an entry back where it stood before a sheet handed it in.
pub(crate) async fn put_back(act: &mut Act, id: EntryId, to: State) -> Result<()> {
    let handed_in = to.is_handed_in();
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE entry SET state = $2, submitted_at = CASE WHEN $3 THEN submitted_at ELSE NULL END, version = version + 1 WHERE id = $1")
        .bind(id.uuid()).bind(to.code()).bind(handed_in).execute(c).await.map(|_| ()))?;
    act.changed("entry", id.uuid());
    Ok(())
}

/// Moves an entry on. The caller has asked [`Move::target`] and the who-may table.
pub(crate) async fn step(act: &mut Act, entry: &Entry, by: Move, to: State) -> Result<()> {
    let now = act.now.micros();
    let until = act.now.plus_days(entry.valid_days).micros();
    let publishes = by == Move::Publish;
    let submitted_at = if by == Move::Submit {
        Some(now)
    } else {
        entry.submitted_at
    };
    // Published straight from the queue, it was accepted in the same moment.
    let accepts = by == Move::Accept || (publishes && entry.state() == State::Submitted);
    let accepted_at = if accepts { Some(now) } else { entry.accepted_at };
    let published_at = if publishes { Some(now) } else { entry.published_at };
    let expires_at = if publishes || by == Move::Renew {
        Some(until)
    } else {
        entry.expires_at
    };
    let closed_at = matches!(to, State::Expired | State::Withdrawn).then_some(now);
    let fresh = publishes || by == Move::Renew;
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE entry SET state = $3, submitted_at = $4, accepted_at = $5, published_at = $6, expires_at = $7, closed_at = $8, \
         reminded_at = CASE WHEN $9 THEN NULL ELSE reminded_at END, changed_at = $10, version = version + 1 WHERE id = $1 AND version = $2")
        .bind(entry.id).bind(entry.version).bind(to.code()).bind(submitted_at).bind(accepted_at).bind(published_at)
        .bind(expires_at).bind(closed_at).bind(fresh).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    act.changed("entry", entry.id);
    if done == 1 { Ok(()) } else { Err(Fault::stale()) }
}

/// Keeps that an entry's owners were reminded. Changes nothing that a writer could have seen.
pub(crate) async fn reminded(act: &mut Act, entry: &Entry) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE entry SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL")
        .bind(entry.id).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}
