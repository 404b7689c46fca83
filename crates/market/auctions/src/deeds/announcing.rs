//! Two officers approve rules and times, and the lot is announced: from then on its log decides. A change is a new notice.

use bidding::{Command, Hash, Officer, Phase};
use jcore::{Actor, App, Fault, FaultKind, Permit, Result, act};
use kernel::Issue;
use serde_json::json;
use uuid::Uuid;

use super::{following, making, not_now, said};
use crate::auctions;
use crate::model::{Lot, LotState, at};
use crate::rules::{ANNOUNCE, APPROVE};
use crate::store;

/// Officers who must approve.
const APPROVALS: usize = 2;

/// The hash of a lot's notice: what an officer approves, and nothing else.
pub(crate) async fn notice_hash(app: &App, lot: &Lot) -> Result<Hash> {
    let items = store::lots::items(&mut app.read().await?, lot.id).await?;
    Ok(lot.notice(&items)?.hash())
}

/// An officer finds rules and times right. `seen` is the hash that their page showed: what changed meanwhile is not
/// approved by accident. The second approval makes it ready to be announced.
///
/// # Errors
/// Stale; `lot-same-officer` for the second by the same; a conflict when it is no draft; denied; the store's.
pub(crate) async fn approve(app: &App, actor: &Actor, id: Uuid, seen: &str) -> Result<bool> {
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, APPROVE, &lot.subject())?;
    let user = actor.user.ok_or_else(not_now)?;
    if lot.state() != LotState::Draft {
        return Err(not_now());
    }
    check_notice(app, &lot, &lot.rules()?)?;
    let hash = notice_hash(app, &lot).await?.to_string();
    if hash != seen {
        return Err(Fault::stale());
    }
    act!(app, permit, |act| {
        let before = store::lots::approvals(&mut act.conn, id).await?;
        if before.iter().any(|approval| approval.user_id == user.uuid()) {
            return Err(Fault::new(FaultKind::Conflict, "lot-same-officer"));
        }
        store::lots::approve(&mut act, id, user.uuid(), &hash).await?;
        let reviewed = before.len() + 1 >= APPROVALS;
        if reviewed && !store::lots::go(&mut act, id, "draft", "reviewed").await? {
            return Err(not_now());
        }
        act.note("lot.approved", "lot", id, json!({ "hash": hash, "reviewed": reviewed }));
        act.changed("lot", id);
        Ok(reviewed)
    })
}

/// An officer finds something wrong: approvals go, and whoever made the lot reads why.
///
/// # Errors
/// Refused without a reason; a conflict when it is announced; denied; the store's.
pub(crate) async fn send_back(app: &App, actor: &Actor, id: Uuid, reason: &str) -> Result<()> {
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, APPROVE, &lot.subject())?;
    let reason = said("reason", reason)?;
    if !matches!(lot.state(), LotState::Draft | LotState::Reviewed) {
        return Err(not_now());
    }
    act!(app, permit, |act| {
        store::lots::unapprove(&mut act, id).await?;
        store::lots::go(&mut act, id, "reviewed", "draft").await?;
        act.note("lot.sent-back", "lot", id, json!({ "reason": reason }));
        if let Some(user) = lot.created_by {
            act.tell(jcore::notices::Notice {
                user: user.into(),
                key: "lot-sent-back",
                args: vec![("title", lot.title.clone()), ("reason", reason.clone())],
                link: Some(format!("/lots/{id}/edit")),
                mail: true,
            });
        }
        act.changed("lot", id);
        Ok(())
    })
}

/// An officer's number in the logs.
pub(crate) async fn officer(app: &App, permit: &Permit, user: Uuid) -> Result<Officer> {
    if let Some(number) = store::officers::known(&mut app.read().await?, user).await? {
        return Ok(Officer(number));
    }
    let number = act!(app, permit, |act| {
        let number = store::officers::number(&mut act, user).await?;
        act.note("lot.officer", "user", user, json!({ "number": number }));
        Ok(number)
    })?;
    Ok(Officer(number))
}

/// Who acts, as a number in the logs.
pub(crate) async fn acting(app: &App, actor: &Actor, permit: &Permit) -> Result<Officer> {
    let user = actor.user.ok_or_else(not_now)?;
    officer(app, permit, user.uuid()).await
}

/// Announces a lot: its log begins with both approvals and the notice, and its rules are frozen. Run again after a failure
/// it goes on where it stopped.
///
/// # Errors
/// Refused with why the log does not take it, a notice that became too short say; a conflict when it is not approved;
/// denied; the store's.
pub(crate) async fn announce(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, ANNOUNCE, &lot.subject())?;
    if lot.state() != LotState::Reviewed {
        return Err(not_now());
    }
    let (Some(registers_until), Some(starts)) = (lot.registers_until, lot.starts_at) else {
        return Err(not_now());
    };
    let rules = lot.rules()?;
    check_notice(app, &lot, &rules)?;
    let approvals = store::lots::approvals(&mut app.read().await?, id).await?;
    let logs = auctions(app)?;
    logs.open(id, &rules).await?;
    for approval in approvals {
        let by = officer(app, &permit, approval.user_id).await?;
        let state = logs.state(id).await?;
        let done =
            state.is_some_and(|update| update.state.phase != Phase::Draft || update.state.approvals.contains(&by));
        if !done {
            logs.order(id, Command::Approve { by }).await?;
        }
    }
    let by = acting(app, actor, &permit).await?;
    let state = logs.state(id).await?;
    if state.is_some_and(|update| update.state.phase == Phase::Reviewed) {
        let command = Command::Announce {
            by,
            registers_until: at(kernel::Stamp::from_micros(registers_until)),
            starts: at(kernel::Stamp::from_micros(starts)),
        };
        logs.order(id, command).await?;
    }
    act!(app, permit, |act| {
        if !store::lots::announced(&mut act, id, &rules.hash().to_string()).await? {
            return Err(not_now());
        }
        act.note("lot.announced", "lot", id, json!({ "rules": rules.hash().to_string() }));
        act.changed("lot", id);
        Ok(())
    })?;
    following::follow_lot(app, id).await.map(|_| ())
}

/// Time went on since the draft was written: the log would refuse, and this says how to mend it.
fn check_notice(app: &App, lot: &Lot, rules: &bidding::Rules) -> Result<()> {
    let earliest = app.now().plus_days(rules.notice_days);
    if lot.starts_at.is_some_and(|starts| starts < earliest.micros()) {
        let issue = Issue::error("lot-notice-short").with("earliest", earliest.format_cn());
        return Err(Fault::issue(Some("starts"), issue));
    }
    Ok(())
}

/// Takes a lot back before bidding begins, with a reason that everyone reads; deposits are released.
///
/// # Errors
/// Refused without a reason, or with why the log does not take it; denied; the store's.
pub(crate) async fn withdraw(app: &App, actor: &Actor, id: Uuid, reason: &str) -> Result<()> {
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, ANNOUNCE, &lot.subject())?;
    let reason = said("reason", reason)?;
    if lot.state() != LotState::Logged {
        return Err(not_now());
    }
    let by = acting(app, actor, &permit).await?;
    let command = Command::Withdraw {
        by,
        reason: reason.clone(),
    };
    auctions(app)?.order(id, command).await?;
    act!(app, permit, |act| {
        act.note("lot.withdrawn", "lot", id, json!({ "reason": reason }));
        act.changed("lot", id);
        Ok(())
    })?;
    following::follow_lot(app, id).await.map(|_| ())
}

/// Takes a lot back and begins a new notice in its place: a change after the announcement.
///
/// # Errors
/// As [`withdraw`].
pub(crate) async fn replace(app: &App, actor: &Actor, id: Uuid, reason: &str) -> Result<Uuid> {
    withdraw(app, actor, id, reason).await?;
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, ANNOUNCE, &lot.subject())?;
    let items = store::lots::items(&mut app.read().await?, id).await?;
    let mut copy = making::following(app, &lot, lot.round);
    take_reserve(app, &lot, &mut copy)?;
    making::insert(app, &permit, &mut copy, &items, "lot.replaced").await?;
    Ok(copy.id)
}

/// The reserve goes with a copy: sealed anew for its place, with the same salt, so that the commitment stays.
pub(crate) fn take_reserve(app: &App, from: &Lot, to: &mut Lot) -> Result<()> {
    to.reserve = match from.secret(app)? {
        // It is only moved from one sealed place to another.
        Some(reserve) => Some(app.keys.seal_json(&Lot::reserve_place(to.id), reserve.unshown())?),
        None => None,
    };
    Ok(())
}
