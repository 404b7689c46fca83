//! Judging a match: brokers and the need's own people say how well an offer fits, and the ranking follows at once (R131).

use jcore::{Actor, App, Fault, FaultKind, Result, act};
use kernel::EntryId;
use serde_json::json;

use super::opening::pair;
use crate::model::Verdict;
use crate::rules::{JUDGE, Reason, judged};
use crate::store::verdicts;

/// Keeps what somebody says of a match, in the place of what they said of it before.
///
/// # Errors
/// Refused for a level that is none, or without a reason where it does not fit; denied; not found; the store's.
pub async fn judge(
    app: &App,
    actor: &Actor,
    need: EntryId,
    offer: EntryId,
    (level, reason): (&str, &str),
) -> Result<Verdict> {
    let (need, offer) = pair(&mut app.read().await?, app, need, offer).await?;
    let permit = app.permit(actor, JUDGE, &need.subject())?;
    let user = permit.user().ok_or_else(|| Fault::new(FaultKind::SignIn, "sign-in"))?;
    let (level, reason) = judged(level, reason).map_err(|(field, issue)| Fault::issue(Some(field), issue))?;
    let code = reason.map_or("", Reason::code);
    act!(app, permit, |act| {
        let verdict = Verdict {
            need_id: need.id,
            offer_id: offer.id,
            said_by: user.uuid(),
            level,
            reason: code.to_owned(),
            said_at: act.now.micros(),
        };
        verdicts::put(&mut act, &verdict).await?;
        let detail = json!({ "offer": offer.id, "level": level, "reason": code });
        act.note("match.judged", "entry", need.id, detail);
        act.changed("verdict", need.id);
        Ok(verdict)
    })
}
