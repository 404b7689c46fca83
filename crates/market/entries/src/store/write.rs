//! Entries as they are made, changed and moved on. Every change needs the version that its writer has seen.

use std::borrow::Cow;

use db::on;
use jcore::{Act, Fault, Result};
use kernel::{BatchId, EntryId, OrgId};
use uuid::Uuid;

use crate::compose::{Composed, SealedParts};
use crate::model::Entry;
use crate::rules::{Move, State};

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

/// Entries of one statement: thirty-one values each, of which SQLite binds 32,766.
const ENTRIES_A_STATEMENT: usize = 500;

/// Makes entries.
pub(crate) async fn insert(act: &mut Act, entries: &[NewEntry<'_>]) -> Result<()> {
    let now = act.now.micros();
    let author = act.permit().user().map_or(Uuid::nil(), |u| u.uuid());
    for part in db::by_powers(entries, ENTRIES_A_STATEMENT) {
        on!(&mut act.conn, c => {
            let mut query = sqlx::QueryBuilder::new(
                "INSERT INTO entry (id, kind, org_id, author_id, programme, state, title, summary, words, dup_key, open, sealed, raw, \
                 withheld, sector, region, category, trl, modes, plan_level, price_min, price_max, price_kind, org_name, roadshow, \
                 score, batch_id, batch_row, valid_days, created_at, changed_at, submitted_at) ");
            query.push_values(part, |mut row, new| {
                let (f, origin) = (&new.composed.facets, &new.origin);
                let number = origin.batch.map(|(_, n)| i64::try_from(n).unwrap_or(i64::MAX));
                let submitted = (origin.state == State::Submitted).then_some(now);
                row.push_bind(new.id.uuid()).push_bind(origin.kind).push_bind(origin.org.uuid()).push_bind(author)
                    .push_bind(origin.programme).push_bind(origin.state.code()).push_bind(f.title.as_str())
                    .push_bind(f.summary.as_str()).push_bind(f.words.as_str()).push_bind(new.composed.dup_key.as_str())
                    .push_bind(new.parts.open.as_str()).push_bind(new.parts.sealed.as_slice())
                    .push_bind(new.parts.raw.as_slice()).push_bind(new.parts.withheld.as_str())
                    .push_bind(f.sector.as_str()).push_bind(f.region.as_str()).push_bind(f.category.as_str())
                    .push_bind(f.trl).push_bind(f.modes.as_str()).push_bind(f.plan_level.as_str())
                    .push_bind(f.price_min).push_bind(f.price_max).push_bind(f.price_kind.as_str())
                    .push_bind(f.org_name.as_deref()).push_bind(f.roadshow).push_bind(new.composed.score)
                    .push_bind(origin.batch.map(|(b, _)| b.uuid())).push_bind(number).push_bind(new.composed.valid_days)
                    .push_bind(now).push_bind(now).push_bind(submitted);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    for new in entries {
        act.changed("entry", new.id.uuid());
    }
    let marks: Vec<(EntryId, &[i64])> = entries
        .iter()
        .map(|new| (new.id, new.composed.marks.as_slice()))
        .collect();
    match marks.as_slice() {
        [(id, marks)] => super::alike::add(act, *id, marks).await,
        many => super::alike::add_later(act, many).await,
    }
}

/// Writes what an entry says anew.
pub(crate) async fn update(act: &mut Act, entry: &Entry, composed: &Composed, parts: &SealedParts) -> Result<()> {
    let now = act.now.micros();
    let f = &composed.facets;
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE entry SET title = $3, summary = $4, words = $5, dup_key = $6, open = $7, sealed = $8, raw = $9, withheld = $10, \
         sector = $11, region = $12, category = $13, trl = $14, modes = $15, plan_level = $16, price_min = $17, price_max = $18, \
         price_kind = $19, org_name = $20, roadshow = $21, score = $22, valid_days = $23, changed_at = $24, version = version + 1 \
         WHERE id = $1 AND version = $2")
        .bind(entry.id).bind(entry.version).bind(&f.title).bind(&f.summary).bind(&f.words).bind(&composed.dup_key)
        .bind(&parts.open).bind(&parts.sealed).bind(&parts.raw).bind(&parts.withheld).bind(&f.sector).bind(&f.region)
        .bind(&f.category).bind(f.trl).bind(&f.modes).bind(&f.plan_level).bind(f.price_min).bind(f.price_max)
        .bind(&f.price_kind).bind(&f.org_name).bind(f.roadshow).bind(composed.score).bind(composed.valid_days).bind(now)
        .execute(c).await.map(|d| d.rows_affected()))?;
    act.changed("entry", entry.id);
    if done != 1 {
        return Err(Fault::stale());
    }
    super::alike::replace(act, entry.id(), &composed.marks).await
}

/// Removes entries that nobody has judged, with their history; the audit trail keeps that there were some.
pub(crate) async fn delete(act: &mut Act, ids: &[Uuid]) -> Result<()> {
    for head in [
        "DELETE FROM entry_alike WHERE entry_id IN ",
        "DELETE FROM entry_alike_due WHERE entry_id IN ",
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
