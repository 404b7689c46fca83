//! The moves of an entry's life. Each asks the pure table, then the who-may table, then writes state, event, audit note,
//! change and notices in one act.

use forms::Record;
use jcore::{Act, Actor, App, Fault, FaultKind, FieldFault, Result, act};
use kernel::{EntryId, Issue, Level};
use serde_json::json;

use accounts::Org;

use super::save::{composed, current, load};
use super::tell;
use crate::gate;
use crate::kind::kinds;
use crate::model::Entry;
use crate::projection;
use crate::rules::{Move, Reason, ReasonsFault, State, check_reasons, may_renew};
use crate::store;

/// Hands a draft in. It is read once more, and nothing that is wrong or missing may be left.
///
/// # Errors
/// Refused with the issues by field; not found, denied, stale; the store's.
pub async fn submit(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<()> {
    step(app, actor, id, version, Move::Submit, &[]).await
}

/// Takes back what was handed in, to go on writing.
///
/// # Errors
/// Not found, denied, stale, `entries-no-move`; the store's.
pub async fn recall(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<()> {
    step(app, actor, id, version, Move::Recall, &[]).await
}

/// Sends an entry back with reasons; what is published is thereby taken down.
///
/// # Errors
/// Refused where the reasons won't do; else as [`recall`].
pub async fn return_with(app: &App, actor: &Actor, id: EntryId, version: i64, reasons: &[Reason]) -> Result<()> {
    step(app, actor, id, version, Move::Return, reasons).await
}

/// Accepts an entry after its review.
///
/// # Errors
/// As [`recall`].
pub async fn accept(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<()> {
    step(app, actor, id, version, Move::Accept, &[]).await
}

/// Makes an entry public for as many days as it says.
///
/// # Errors
/// As [`recall`].
pub async fn publish(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<()> {
    step(app, actor, id, version, Move::Publish, &[]).await
}

/// Takes an entry out.
///
/// # Errors
/// As [`recall`].
pub async fn withdraw(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<()> {
    step(app, actor, id, version, Move::Withdraw, &[]).await
}

/// Confirms that an entry still holds: its days begin anew. Possible in its last weeks and after its end.
///
/// # Errors
/// As [`recall`].
pub async fn renew(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<()> {
    step(app, actor, id, version, Move::Renew, &[]).await
}

/// Takes up again what was withdrawn, as a draft.
///
/// # Errors
/// As [`recall`].
pub async fn reopen(app: &App, actor: &Actor, id: EntryId, version: i64) -> Result<()> {
    step(app, actor, id, version, Move::Reopen, &[]).await
}

/// Makes one move.
///
/// # Errors
/// As the functions above say.
pub async fn step(app: &App, actor: &Actor, id: EntryId, version: i64, by: Move, reasons: &[Reason]) -> Result<()> {
    let (entry, org) = load(app, id).await?;
    let permit = app.permit(actor, by.action(entry.state()), &entry.subject())?;
    let kinds = kinds(app);
    let kind = kinds.get(&entry.kind).ok_or_else(Fault::not_found)?.as_ref();
    if by == Move::Return
        && let Some(fault) = check_reasons(kind.form(), reasons)
    {
        return Err(Fault::issue(Some("reasons"), reasons_issue(fault)));
    }
    let done: Result<()> = act!(app, permit, |act| {
        let entry = current(&mut act, id, version).await?;
        step_inside(&mut act, &entry, &org, by, reasons).await
    });
    // A change of what is public must show at once on the node that made it.
    kinds.forget_counts();
    done
}

/// Makes one move in the act, with its note.
pub(crate) async fn step_inside(act: &mut Act, entry: &Entry, org: &Org, by: Move, reasons: &[Reason]) -> Result<()> {
    let from = entry.state();
    let to = by.target(from).ok_or_else(no_move)?;
    if by == Move::Submit {
        submit_inside(act, entry, org).await?;
    }
    if by == Move::Renew {
        let programme = programme::now(act.app());
        if !may_renew(from, entry.days_left(act.now.micros()), programme.renewal.remind_days) {
            return Err(Fault::new(FaultKind::Conflict, "entries-too-early"));
        }
    }
    store::write::step(act, entry, by, to)
        .await
        .map_err(handed_in_already)?;
    if by == Move::Publish && from == State::Submitted {
        store::events::add(act, entry.id(), Some(from), State::Accepted, &[]).await?;
        store::events::add(act, entry.id(), Some(State::Accepted), to, &[]).await?;
    } else {
        store::events::add(act, entry.id(), Some(from), to, reasons).await?;
    }
    let codes: Vec<_> = reasons
        .iter()
        .map(|r| json!({ "code": r.code, "field": r.field }))
        .collect();
    let detail = json!({ "kind": entry.kind, "from": from.code(), "to": to.code(), "reasons": codes });
    act.note(by.note(), "entry", entry.id, detail);
    tell::of_move(act, entry, by).await
}

/// That the state has no such move: somebody else was faster, or the address was typed.
fn no_move() -> Fault {
    Fault::new(FaultKind::Conflict, "entries-no-move")
}

/// The unique index found another of the same thing that was handed in meanwhile.
fn handed_in_already(fault: Fault) -> Fault {
    if fault.code == "duplicate" {
        Fault::issue(None, Issue::error("entries-duplicate"))
    } else {
        fault
    }
}

/// What stands against handing in; refused with all of it.
pub(crate) async fn submit_inside(act: &mut Act, entry: &Entry, org: &Org) -> Result<()> {
    let mut faults = refusals(&check_again(act, entry, org).await?);
    let twins = store::read::same(
        &mut act.conn,
        &entry.kind,
        &entry.dup_key,
        Some(entry.id()),
        &State::LIVE,
    )
    .await?;
    if twins.iter().any(|t| t.state().is_handed_in()) {
        faults.push(FieldFault {
            field: None,
            issue: Issue::error("entries-duplicate"),
        });
    }
    let blocks = gate::blocks(act, org, &entry.kind).await?;
    faults.extend(blocks.into_iter().map(|issue| FieldFault { field: None, issue }));
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Fault::refused(faults))
    }
}

/// What an entry reads as when nothing may be missing.
pub(crate) async fn check_again(act: &mut Act, entry: &Entry, org: &Org) -> Result<Record> {
    let kinds = kinds(act.app());
    let kind = kinds.get(&entry.kind).ok_or_else(Fault::not_found)?.as_ref();
    // Checked, not shown: only the issues leave, to who may hand it in.
    let raw = projection::raw_sealed(&act.app().keys, entry)?;
    Ok(composed(act, kind, raw.unshown(), org, false).await?.record)
}

/// The errors of a record as a fault's fields.
pub(crate) fn refusals(record: &Record) -> Vec<FieldFault> {
    let errors = record.all_issues().filter(|(_, issue)| issue.level == Level::Error);
    errors
        .map(|(key, issue)| FieldFault {
            field: key.map(str::to_owned),
            issue: issue.clone(),
        })
        .collect()
}

fn reasons_issue(fault: ReasonsFault) -> Issue {
    Issue::error(match fault {
        ReasonsFault::None => "entries-reasons-none",
        ReasonsFault::Many => "entries-reasons-many",
        ReasonsFault::Long => "entries-reasons-long",
        ReasonsFault::Silent => "entries-reasons-silent",
        ReasonsFault::Field => "entries-reasons-field",
    })
}
