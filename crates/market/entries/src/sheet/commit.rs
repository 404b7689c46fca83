//! A good row becomes an entry, changes one, or is held.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use intake::{Before, CommitRow, Outcome};
use jcore::{Act, Result};
use kernel::{EntryId, Issue, Level};
use serde_json::json;

use accounts::{NewOrg, Org};

use super::ahead::Ahead;
use super::alike;
use super::check::{Known, differs, is_same, known, known_of};
use super::{Owner, Owners, may_write, owner};
use crate::compose::{Composed, compose_read, seal};
use crate::gate;
use crate::kind::{EntryKind, uscc};
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
    let composed = life::composed(act, kind, row.draft, &org, false).await?;
    let errors = errors(&composed);
    if !errors.is_empty() {
        return Ok(Outcome::Held(errors));
    }
    let there = known(&mut act.conn, kind, &composed.dup_key, &whose).await?;
    if let Some(id) = row.settled.merge {
        let Some(entry) = alike::target(&mut act.conn, kind, &whose, id).await? else {
            return Ok(held(None, Issue::error("entries-merge-not")));
        };
        return match there {
            Known::Own(own) if own.id != id => Ok(held(None, Issue::error("entries-duplicate"))),
            Known::Other => Ok(held(None, Issue::error("entries-duplicate"))),
            _ => again(act, &entry, row, &org, &composed).await,
        };
    }
    match there {
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

/// Writes rows by as few statements as there are kinds of writing: those of new things together, the others one by one.
pub(super) async fn commit_all(
    kind: &dyn EntryKind,
    act: &mut Act,
    rows: &[CommitRow<'_>],
) -> Result<Option<Vec<Outcome>>> {
    let Some(going) = prepare(kind, act, rows).await? else {
        return Ok(None);
    };
    let orgs = make_owners(act, &going).await?;
    let app = act.app().clone();
    let programme = programme::now(&app);
    let mut new = Vec::new();
    let mut outcomes = Vec::with_capacity(rows.len());
    for (row, one) in rows.iter().zip(&going) {
        if let Some(entry) = &one.own {
            outcomes.push(again(act, entry, *row, &one.org, &one.composed).await?);
            continue;
        }
        let org = match &one.whose {
            Owner::Known(org) => (**org).clone(),
            Owner::New(_) => match orgs.get(one.code.as_str()) {
                Some(org) => org.clone(),
                None => return Ok(None),
            },
        };
        let id: EntryId = one.ahead.map_or_else(|| act.id(), |ahead| ahead.id);
        let parts = match one.ahead {
            Some(ahead) => Cow::Borrowed(&ahead.parts),
            None => Cow::Owned(seal(&app, id, &one.composed, row.draft)?),
        };
        let state = if row.submit { State::Submitted } else { State::Draft };
        let origin = store::write::Origin {
            kind: kind.key(),
            org: org.id,
            programme: &programme.key,
            batch: Some((row.batch, row.number)),
            state,
        };
        new.push(store::write::NewEntry {
            id,
            origin,
            composed: &one.composed,
            parts,
        });
        outcomes.push(Outcome::New(id.uuid()));
        let key = if row.submit { Move::Submit.note() } else { "entry.made" };
        let detail = json!({ "kind": kind.key(), "batch": row.batch, "row": row.number });
        act.note(key, "entry", id.uuid(), detail);
    }
    store::write::insert(act, &new).await?;
    let made: Vec<(EntryId, State)> = new.iter().map(|new| (new.id, new.origin.state)).collect();
    store::events::made(act, &made).await?;
    Ok(Some(outcomes))
}

/// Makes the owners that are not known yet, each once.
async fn make_owners(act: &mut Act, going: &[Going<'_>]) -> Result<HashMap<String, Org>> {
    let mut new: BTreeMap<&str, &NewOrg> = BTreeMap::new();
    for one in going {
        if let Owner::New(made) = &one.whose {
            new.entry(&one.code).or_insert(made);
        }
    }
    let orgs = accounts::add_orgs(act, new.values().copied()).await?;
    Ok(new.into_keys().map(str::to_owned).zip(orgs).collect())
}

/// A row that may go in.
struct Going<'a> {
    code: String,
    whose: Owner,
    org: Org,
    composed: Cow<'a, Composed>,
    /// Its id and sealed parts, where it was worked out ahead.
    ahead: Option<&'a Ahead>,
    own: Option<Box<Entry>>,
}

/// What each row comes to, with the store asked once for all. None where they are to go one by one: a row would be
/// held, or two are the same thing.
async fn prepare<'a>(kind: &dyn EntryKind, act: &mut Act, rows: &[CommitRow<'a>]) -> Result<Option<Vec<Going<'a>>>> {
    let app = act.app().clone();
    let owners = Owners::of_rows(&mut act.conn, &app, kind, rows).await?;
    let mut going = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(code) = uscc(kind, row.record) else {
            return Ok(None);
        };
        let whose = owners.whose(&app, kind, row.record, code);
        if row.settled.merge.is_some() || !may_write(&app, row.actor, &whose) {
            return Ok(None);
        }
        let org = whose.org(act.now.micros());
        let under = owners.under(&org);
        let ahead = Ahead::of(row, &org, &under, act.now.date_in_cn());
        let composed = match ahead {
            Some(ahead) => Cow::Borrowed(&ahead.composed),
            None => Cow::Owned(compose_read(&app, kind, row.record.clone(), &org, &under, act.now)),
        };
        if !errors(&composed).is_empty() {
            return Ok(None);
        }
        going.push(Going {
            code: code.as_str().to_owned(),
            whose,
            org,
            composed,
            ahead,
            own: None,
        });
    }
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    for (row, one) in rows.iter().zip(&going) {
        if row.submit && asked.insert(&one.code) && !gate::blocks(act, &one.org, kind.key()).await?.is_empty() {
            return Ok(None);
        }
    }
    let keys: Vec<&str> = going
        .iter()
        .map(|one| one.composed.dup_key.as_str())
        .filter(|key| !key.is_empty())
        .collect();
    let distinct: BTreeSet<&str> = keys.iter().copied().collect();
    if distinct.len() < keys.len() {
        return Ok(None);
    }
    let same = store::read::same_many(&mut act.conn, kind.key(), &keys, &State::LIVE).await?;
    for one in &mut going {
        let same = same.get(&one.composed.dup_key).cloned().unwrap_or_default();
        match known_of(same, &one.whose) {
            Known::None => {}
            Known::Other => return Ok(None),
            Known::Own(entry) => one.own = Some(entry),
        }
    }
    Ok(Some(going))
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
    if row.submit {
        let blocks = gate::blocks(act, &org, kind.key()).await?;
        if !blocks.is_empty() {
            return Ok(Outcome::Held(
                blocks
                    .into_iter()
                    .map(|issue| (Some(kind.keys().uscc), issue))
                    .collect(),
            ));
        }
    }
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
    let before = Before {
        draft: projection::raw_sealed(&app.keys, entry)?.unshown().clone(),
        state: entry.state().code().to_owned(),
    };
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
