//! After the award: its confirmation, a winner who does not buy, and a lot that is on sale again.

use bidding::{Command, Phase, RELIST_CUT_PERCENT_MAX};
use jcore::{Actor, App, Fault, Result, act};
use kernel::{Fen, Issue};
use serde_json::json;
use uuid::Uuid;

use super::{announcing, following, making, not_now, said};
use crate::auctions;
use crate::model::{Lot, LotState};
use crate::rules::{AWARD, MAKE};
use crate::store;

/// Days within which an unsold lot may be on sale again by the same papers.
const RELIST_DAYS: i64 = 30;

async fn awarded(app: &App, actor: &Actor, id: Uuid) -> Result<(Lot, jcore::Permit)> {
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, AWARD, &lot.subject())?;
    if lot.state() != LotState::Logged {
        return Err(not_now());
    }
    Ok((lot, permit))
}

/// The award is final: its publicity is over.
///
/// # Errors
/// Refused with why the log does not take it; denied; the store's.
pub(crate) async fn confirm(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    let (lot, permit) = awarded(app, actor, id).await?;
    let by = announcing::acting(app, actor, &permit).await?;
    auctions(app)?.order(id, Command::Confirm { by }).await?;
    note(app, &permit, &lot, "lot.confirmed", json!({})).await
}

/// The winner does not buy (悔拍): the deposit is kept, and the lot may be on sale again.
///
/// # Errors
/// Refused without a reason, or with why the log does not take it; denied; the store's.
pub(crate) async fn default(app: &App, actor: &Actor, id: Uuid, reason: &str) -> Result<()> {
    let (lot, permit) = awarded(app, actor, id).await?;
    let reason = said("reason", reason)?;
    let by = announcing::acting(app, actor, &permit).await?;
    let command = Command::Default {
        by,
        reason: reason.clone(),
    };
    auctions(app)?.order(id, command).await?;
    note(app, &permit, &lot, "lot.defaulted", json!({ "reason": reason })).await
}

async fn note(
    app: &App,
    permit: &jcore::Permit,
    lot: &Lot,
    key: &'static str,
    detail: serde_json::Value,
) -> Result<()> {
    act!(app, permit, |act| {
        act.note(key, "lot", lot.id, detail.clone());
        act.changed("lot", lot.id);
        Ok(())
    })?;
    following::follow_lot(app, lot.id).await.map(|_| ())
}

/// Whether a lot may be on sale again (再次上拍): without a buyer, and within thirty days of its end.
#[must_use]
pub(crate) fn may_relist(lot: &Lot, now: i64) -> bool {
    let unsold = matches!(
        lot.phase(),
        Phase::Failed | Phase::Terminated | Phase::Defaulted | Phase::Voided
    );
    let limit = kernel::Stamp::from_micros(lot.closed_at.unwrap_or(0)).plus_days(RELIST_DAYS);
    unsold && now <= limit.micros()
}

/// A lot on sale again may be cheaper by at most a fifth.
///
/// # Errors
/// Refused with the least start.
pub(crate) fn check_cut(origin: &Lot, round: i64, start: Fen) -> Result<()> {
    if round <= origin.round {
        // A new notice in an announced one's place is no further round: its start is free.
        return Ok(());
    }
    let least = origin.start().get() / 100 * (100 - RELIST_CUT_PERCENT_MAX);
    if start.get() < least {
        let issue = Issue::error("lot-cut").with("least", Fen::new(least).to_string());
        return Err(Fault::issue(Some("start"), issue));
    }
    Ok(())
}

/// Begins a draft of a lot that is on sale again, from one that found no buyer.
///
/// # Errors
/// A conflict when it has a buyer, its time is over, or it is on sale again already; denied; the store's.
pub(crate) async fn relist(app: &App, actor: &Actor, id: Uuid) -> Result<Uuid> {
    let mut conn = app.read().await?;
    let lot = store::lots::get(&mut conn, id).await?;
    let permit = app.permit(actor, MAKE, &lot.subject())?;
    let follows = store::lots::followers(&mut conn, id).await?;
    if !may_relist(&lot, app.now().micros()) || !follows.is_empty() {
        return Err(not_now());
    }
    let items = store::lots::items(&mut conn, id).await?;
    let ids: Vec<kernel::EntryId> = items.iter().map(|item| (*item).into()).collect();
    drop(conn);
    making::offers(app, &ids, Some(id)).await?;
    let mut copy = making::following(app, &lot, lot.round + 1);
    announcing::take_reserve(app, &lot, &mut copy)?;
    making::insert(app, &permit, &mut copy, &items, "lot.relisted").await?;
    Ok(copy.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lot;

    #[test]
    fn a_second_round_is_cheaper_by_a_fifth_at_most() {
        let origin = lot(Fen::new(50_000_000));
        assert!(check_cut(&origin, 2, Fen::new(40_000_000)).is_ok());
        assert!(check_cut(&origin, 2, Fen::new(39_999_999)).is_err());
        assert!(check_cut(&origin, 1, Fen::new(1)).is_ok(), "a new notice");
    }

    #[test]
    fn only_what_found_no_buyer_is_on_sale_again_within_a_month() {
        let mut one = lot(Fen::new(50_000_000));
        let day = 24 * 3600 * 1_000_000;
        one.closed_at = Some(0);
        for (phase, may) in [
            ("failed", true),
            ("defaulted", true),
            ("confirmed", false),
            ("timed", false),
        ] {
            phase.clone_into(&mut one.phase);
            assert_eq!(may_relist(&one, 10 * day), may, "{phase}");
        }
        "failed".clone_into(&mut one.phase);
        assert!(!may_relist(&one, 31 * day));
    }
}
