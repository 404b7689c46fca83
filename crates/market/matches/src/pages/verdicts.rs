//! A verdict by a form, from the desk or from one's own list.

use axum::response::Response;
use jcore::{Cx, Fault, FaultKind, Form, Result};
use kernel::EntryId;
use serde::Deserialize;

use crate::deeds::judging::judge as judged;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct VerdictForm {
    need: String,
    offer: String,
    level: String,
    reason: String,
    back: String,
}

/// Where a form may lead back to: pages of this capability.
const BACK: [&str; 2] = ["/work/matches", "/my/matches"];

/// `POST /matches/verdicts`
pub(crate) async fn judge(cx: Cx, Form(form): Form<VerdictForm>) -> Result<Response> {
    let id = |text: &str| text.trim().parse::<EntryId>().map_err(|_| Fault::not_found());
    let (need, offer) = (id(&form.need)?, id(&form.offer)?);
    let known = BACK.iter().find(|path| form.back == **path).copied();
    let back = format!("{}?need={need}", known.unwrap_or("/work/matches"));
    match judged(&cx.app, &cx.actor, need, offer, (&form.level, &form.reason)).await {
        Ok(verdict) => {
            let level = cx.t(&format!("matches-level-{}", verdict.level));
            Ok(cx.redirect_saying(&back, &cx.ta("matches-said-judged", &[("level", level)])))
        }
        // Nothing is lost by going back: the form stands there still.
        Err(fault) if fault.kind == FaultKind::Refused => {
            let words = fault
                .fields
                .first()
                .map(|field| cx.app.words.issue(cx.lang, &field.issue));
            Ok(cx.redirect_saying(&back, &words.unwrap_or_default()))
        }
        Err(fault) => Err(fault),
    }
}
