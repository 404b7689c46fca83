//! Making a lot of accepted offers, and changing it while it is a draft.

use entries::Entry;
use entries::rules::State;
use jcore::{Actor, App, Fault, Result, act};
use kernel::{EntryId, Issue};
use serde_json::json;
use uuid::Uuid;

use super::not_now;
use super::registering::representative_key;
use crate::form::{self, Against, Filled, Typed};
use crate::model::{Lot, LotState, mode_code};
use crate::rules::MAKE;
use crate::store;

/// Offers of a bundle: more are no longer one thing that anybody can value.
pub(crate) const ITEMS_MAX: usize = 20;

/// The offers of a lot to be made, checked: there, accepted or published, of one owner, not on sale already.
///
/// # Errors
/// Refused with what stands against them; not found; the store's.
pub(crate) async fn offers(app: &App, ids: &[EntryId], but: Option<Uuid>) -> Result<Vec<Entry>> {
    if ids.is_empty() || ids.len() > ITEMS_MAX {
        let issue = Issue::error("lot-items").with("max", ITEMS_MAX.to_string());
        return Err(Fault::issue(Some("entry"), issue));
    }
    let mut conn = app.read().await?;
    let mut out: Vec<Entry> = Vec::new();
    for id in ids {
        let entry = entries::entry(&mut conn, *id).await?;
        let refused = |code: &'static str| {
            let issue = Issue::error(code).with("title", entry.title.clone());
            Err(Fault::issue(Some("entry"), issue))
        };
        if entry.kind == "need" || !matches!(entry.state(), State::Accepted | State::Published) {
            return refused("lot-item-state");
        }
        if out.iter().any(|other| other.org_id != entry.org_id) {
            return refused("lot-item-owner");
        }
        if out.iter().any(|other| other.id == entry.id) {
            continue;
        }
        if !store::lots::selling(&mut conn, entry.id, but).await?.is_empty() {
            return refused("lot-item-selling");
        }
        out.push(entry);
    }
    Ok(out)
}

fn read(app: &App, typed: &Typed, has: Option<bidding::Hash>) -> Result<Filled> {
    let programme = programme::now(app);
    let against = Against {
        programme: &programme,
        now: app.now(),
        reserve: has,
        salt: app.ids.bytes(),
    };
    form::read(typed, &against).map_err(Fault::refused)
}

fn put(app: &App, lot: &mut Lot, typed: &Typed, mut filled: Filled) -> Result<()> {
    let representative = typed.get("representative").map(String::as_str).unwrap_or_default();
    filled.terms.representative_key = representative_key(app, representative);
    if filled.terms.representative_key.is_empty() && !lot.terms.is_empty() {
        filled.terms.representative_key = lot.terms()?.representative_key;
    }
    let json = |e: serde_json::Error| Fault::internal(e.to_string());
    lot.title = filled.title;
    mode_code(&filled.rules.mode).clone_into(&mut lot.mode);
    lot.start_fen = filled.rules.start.get();
    lot.rules = serde_json::to_string(&filled.rules).map_err(json)?;
    lot.terms = serde_json::to_string(&filled.terms).map_err(json)?;
    lot.registers_until = Some(filled.registers_until.micros());
    lot.starts_at = Some(filled.starts.micros());
    if let Some(reserve) = &filled.reserve {
        lot.reserve = Some(app.keys.seal_json(&Lot::reserve_place(lot.id), reserve)?);
    } else if filled.rules.reserve.is_none() {
        lot.reserve = None;
    }
    Ok(())
}

/// An exclusive or sole licence can't be given while an open licence runs (专利法 51), and a transfer would end it.
async fn check_licences(app: &App, items: &[Uuid], deal: &str) -> Result<()> {
    if deal == "ordinary" {
        return Ok(());
    }
    let mut conn = app.read().await?;
    for item in items {
        if let Some(licence) = store::licences::running(&mut conn, *item).await?.first() {
            let issue = Issue::error("lot-item-licence").with("title", licence.title.clone());
            return Err(Fault::issue(Some("deal"), issue));
        }
    }
    Ok(())
}

/// Makes a lot of one offer or a bundle, as a draft.
///
/// # Errors
/// Refused with what is wrong, at each field; denied; the store's.
pub(crate) async fn make(app: &App, actor: &Actor, entries: &[EntryId], typed: &Typed) -> Result<Lot> {
    let offers = offers(app, entries, None).await?;
    let first = offers.first().ok_or_else(Fault::not_found)?;
    let permit = app.permit(actor, MAKE, &first.subject())?;
    let filled = read(app, typed, None)?;
    let items: Vec<Uuid> = offers.iter().map(|entry| entry.id).collect();
    check_licences(app, &items, &filled.terms.deal).await?;
    let mut lot = blank(app, first);
    lot.created_by = actor.user.map(|user| user.uuid());
    put(app, &mut lot, typed, filled)?;
    insert(app, &permit, &mut lot, &items, "lot.made").await?;
    Ok(lot)
}

/// Writes a lot with its number.
pub(crate) async fn insert(
    app: &App,
    permit: &jcore::Permit,
    lot: &mut Lot,
    items: &[Uuid],
    key: &'static str,
) -> Result<()> {
    let prefix = format!("JB{}-", programme::now(app).year);
    let number = act!(app, permit, |act| {
        let count = store::lots::count_of(&mut act.conn, &prefix).await?;
        let mut lot = lot.clone();
        lot.number = format!("{prefix}{:04}", count + 1);
        store::lots::insert(&mut act, &lot, items).await?;
        let detail = json!({ "number": lot.number, "items": items.len(), "mode": lot.mode });
        act.note(key, "lot", lot.id, detail);
        act.changed("lot", lot.id);
        Ok(lot.number)
    })?;
    lot.number = number;
    Ok(())
}

/// A lot of an offer's owner with nothing said yet.
fn blank(app: &App, entry: &Entry) -> Lot {
    Lot {
        org_id: entry.org_id,
        region: entry.region.clone(),
        programme: programme::now(app).key.clone(),
        ..Lot::draft(app.ids.uuid(), app.now().micros())
    }
}

/// A copy of a lot as a new draft that follows it: announced anew, or on sale again.
pub(crate) fn following(app: &App, lot: &Lot, round: i64) -> Lot {
    let draft = Lot::draft(app.ids.uuid(), app.now().micros());
    Lot {
        number: lot.number.clone(),
        org_id: lot.org_id,
        region: lot.region.clone(),
        programme: lot.programme.clone(),
        title: lot.title.clone(),
        mode: lot.mode.clone(),
        rules: lot.rules.clone(),
        terms: lot.terms.clone(),
        reserve: lot.reserve.clone(),
        start_fen: lot.start_fen,
        registers_until: lot.registers_until,
        starts_at: lot.starts_at,
        origin_id: Some(lot.id),
        round,
        created_by: lot.created_by,
        ..draft
    }
}

/// Changes a draft. Approvals that were given go: who approved must look again.
///
/// # Errors
/// Refused with what is wrong, at each field; stale; a conflict once it is announced; denied; the store's.
pub(crate) async fn change(app: &App, actor: &Actor, id: Uuid, version: i64, typed: &Typed) -> Result<()> {
    let mut lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, MAKE, &lot.subject())?;
    if !matches!(lot.state(), LotState::Draft | LotState::Reviewed) {
        return Err(not_now());
    }
    let filled = read(app, typed, lot.rules()?.reserve)?;
    if let Some(origin) = lot.origin_id {
        let origin = store::lots::get(&mut app.read().await?, origin).await?;
        super::after::check_cut(&origin, lot.round, filled.rules.start)?;
    }
    let items = store::lots::items(&mut app.read().await?, id).await?;
    check_licences(app, &items, &filled.terms.deal).await?;
    put(app, &mut lot, typed, filled)?;
    lot.version = version;
    act!(app, permit, |act| {
        store::lots::update(&mut act, &lot).await?;
        act.note(
            "lot.changed",
            "lot",
            lot.id,
            json!({ "version": version + 1, "mode": lot.mode }),
        );
        act.changed("lot", lot.id);
        Ok(())
    })
}

/// Gives a draft up.
///
/// # Errors
/// A conflict once it is announced; denied; the store's.
pub(crate) async fn drop(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    let lot = store::lots::get(&mut app.read().await?, id).await?;
    let permit = app.permit(actor, MAKE, &lot.subject())?;
    act!(app, permit, |act| {
        let gone = store::lots::go(&mut act, id, "draft", "dropped").await?
            || store::lots::go(&mut act, id, "reviewed", "dropped").await?;
        if !gone {
            return Err(not_now());
        }
        act.note("lot.dropped", "lot", id, json!({}));
        act.changed("lot", id);
        Ok(())
    })
}
