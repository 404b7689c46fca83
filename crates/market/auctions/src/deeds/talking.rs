//! Public questions and answers on a lot, and watching it.

use jcore::notices::Notice;
use jcore::{Actor, App, Fault, FaultKind, Result, Subject, act};
use serde_json::json;
use uuid::Uuid;

use super::{not_now, said};
use crate::model::Lot;
use crate::rules::{ANSWER, ASK};
use crate::store;

/// Questions of one person on one lot that may wait for an answer at once.
const WAITING_MAX: i64 = 5;

async fn public(app: &App, lot: Uuid) -> Result<Lot> {
    let lot = store::lots::get(&mut app.read().await?, lot).await?;
    if lot.is_public() {
        Ok(lot)
    } else {
        Err(Fault::not_found())
    }
}

/// Asks a question; it is public once it is answered. Who asks is never shown.
///
/// # Errors
/// Refused when it is empty; too many; not found; denied; the store's.
pub(crate) async fn ask(app: &App, actor: &Actor, lot: Uuid, text: &str) -> Result<()> {
    let lot = public(app, lot).await?;
    let permit = app.permit(actor, ASK, &Subject::NONE)?;
    let user = actor.user.ok_or_else(not_now)?.uuid();
    let text = said("text", text)?;
    if store::talk::waiting_of(&mut app.read().await?, lot.id, user).await? >= WAITING_MAX {
        return Err(Fault::new(FaultKind::TooMany, "too-many"));
    }
    let id = app.ids.uuid();
    act!(app, permit, |act| {
        store::talk::ask(&mut act, id, lot.id, user, &text).await?;
        act.note("lot.asked", "lot", lot.id, json!({ "question": id }));
        act.changed("lot", lot.id);
        Ok(())
    })
}

/// Answers a question: both are public from then on.
///
/// # Errors
/// Refused when it is empty; a conflict when it is answered; denied; the store's.
pub(crate) async fn answer(app: &App, actor: &Actor, question: Uuid, text: &str) -> Result<Uuid> {
    let question = store::talk::question(&mut app.read().await?, question).await?;
    let lot = public(app, question.lot_id).await?;
    let permit = app.permit(actor, ANSWER, &lot.subject())?;
    let text = said("answer", text)?;
    act!(app, permit, |act| {
        let asked_by = store::talk::answer(&mut act, question.id, &text)
            .await?
            .ok_or_else(not_now)?;
        act.note("lot.answered", "lot", lot.id, json!({ "question": question.id }));
        act.tell(Notice {
            user: asked_by.into(),
            key: "lot-answered",
            args: vec![("title", lot.title.clone())],
            link: Some(format!("/lots/{}", lot.id)),
            mail: false,
        });
        act.changed("lot", lot.id);
        Ok(())
    })?;
    Ok(lot.id)
}

/// Begins or ends watching a lot.
///
/// # Errors
/// Not found; denied; the store's.
pub(crate) async fn watch(app: &App, actor: &Actor, lot: Uuid, on: bool) -> Result<()> {
    let lot = public(app, lot).await?;
    let permit = app.permit(actor, ASK, &Subject::NONE)?;
    let user = actor.user.ok_or_else(not_now)?.uuid();
    act!(app, permit, |act| {
        if on {
            store::talk::watch(&mut act, lot.id, user).await?;
        } else {
            store::talk::unwatch(&mut act, lot.id, user).await?;
        }
        act.note("lot.watched", "lot", lot.id, json!({ "on": on }));
        Ok(())
    })
}
