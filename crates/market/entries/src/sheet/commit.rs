//! A good row becomes an entry, changes one, or is held.

use intake::{CommitRow, Outcome};
use jcore::{Act, Result};
use kernel::{Issue, Level};
use serde_json::json;

use accounts::Org;

use super::check::{Known, differs, is_same, known};
use super::{Owner, may_write, owner};
use crate::compose::Composed;
use crate::kind::EntryKind;
use crate::life;
use crate::model::Entry;
use crate::projection;
use crate::rules::{Move, State};
use crate::store;

type Held = Vec<(Option<&'static str>, Issue)>;

/// Writes a row.
pub(super) async fn commit(kind: &dyn EntryKind, act: &mut Act, row: CommitRow<'_>) -> Result<Outcome> {
    let app = act.app().clone();
    let key = kind.keys().uscc;
    let Some(whose) = owner(&mut act.conn, &app, kind, row.record).await? else {
        return Ok(held(Some(key), Issue::error("entries-no-org")));
    };
    if !may_write(&app, row.actor, &whose) {
        let code = whose.org(0).identity.unwrap_or_default();
        return Ok(held(Some(key), Issue::error("entries-not-yours").with("code", code)));
    }
    let org = whose.org(act.now.micros());
    let composed = life::composed(act, kind, row.draft, &org, false);
    let errors = errors(&composed);
    if !errors.is_empty() {
        return Ok(Outcome::Held(errors));
    }
    match known(&mut act.conn, kind, &composed.dup_key, &whose).await? {
        Known::Other => Ok(held(None, Issue::error("entries-duplicate"))),
        Known::Own(entry) => again(act, &entry, row, &org, &composed).await,
        Known::None => new(act, kind, row, whose, &composed).await,
    }
}

fn held(field: Option<&'static str>, issue: Issue) -> Outcome {
    Outcome::Held(vec![(field, issue)])
}

fn errors(composed: &Composed) -> Held {
    let errors = composed
        .record
        .all_issues()
        .filter(|(_, issue)| issue.level == Level::Error);
    errors.map(|(field, issue)| (field, issue.clone())).collect()
}

/// A thing that the store has not.
async fn new(
    act: &mut Act,
    kind: &dyn EntryKind,
    row: CommitRow<'_>,
    whose: Owner,
    composed: &Composed,
) -> Result<Outcome> {
    let org: Org = match whose {
        Owner::Known(org) => *org,
        Owner::New(new) => accounts::ensure_org(act, new).await?,
    };
    let state = if row.submit { State::Submitted } else { State::Draft };
    let id = life::make(
        act,
        kind,
        row.draft,
        &org,
        composed,
        Some((row.batch, row.number)),
        state,
    )
    .await?;
    let key = if row.submit { Move::Submit.note() } else { "entry.made" };
    act.note(
        key,
        "entry",
        id.uuid(),
        json!({ "kind": kind.key(), "batch": row.batch, "row": row.number }),
    );
    Ok(Outcome::New(id.uuid()))
}

/// A thing that the organisation has already.
async fn again(act: &mut Act, entry: &Entry, row: CommitRow<'_>, org: &Org, composed: &Composed) -> Result<Outcome> {
    let app = act.app().clone();
    let same = is_same(&app, entry, &composed.record)?;
    let hands_in = row.submit && entry.state() == State::Draft;
    if same && !hands_in {
        return Ok(Outcome::Same(entry.id));
    }
    if !entry.state().takes_sheets() {
        return Ok(held(None, differs(entry)));
    }
    // Kept with the row, sealed, for taking the batch back; shown to nobody here.
    let before = projection::raw_sealed(&app.keys, entry)?.unshown().clone();
    if !same {
        life::change(act, entry, row.draft, composed).await?;
        let detail = json!({ "kind": entry.kind, "batch": row.batch, "row": row.number });
        act.note("entry.saved", "entry", entry.id, detail);
    }
    // A returned entry that was changed as its reviewer asked goes back to the queue with the sheet, too.
    if row.submit && entry.state().is_open() {
        let entry = store::read::get(&mut act.conn, entry.id()).await?;
        life::step_inside(act, &entry, org, Move::Submit, &[]).await?;
    }
    Ok(Outcome::Changed(entry.id, before))
}
