//! Mails that wait or are dead. Nobody reads them here: address and text stay sealed.

use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Result, Shell, Subject, act};
use serde_json::json;

use super::{Pairs, id};
use crate::rules::OUTBOX;
use crate::store::desk::{self, MailRow};

/// Mails that the page shows: when more wait, the mail server is down, and the first ones say why.
const MAILS_MAX: i64 = 200;

#[derive(askama::Template)]
#[template(path = "accounts_outbox.html")]
struct Page {
    s: Shell,
    counts: Vec<(String, i64)>,
    rows: Vec<MailRow>,
}

pub(super) async fn list(cx: Cx) -> Result<Response> {
    let mut conn = cx.app.read().await?;
    let counts = desk::mail_counts(&mut conn).await?;
    let counts = counts
        .into_iter()
        .map(|(state, n)| (cx.t(&format!("accounts-mail-state-{state}")), n))
        .collect();
    let rows = desk::mails(&mut conn, MAILS_MAX).await?;
    cx.page(&Page {
        s: cx.shell(),
        counts,
        rows,
    })
}

/// Lets a dead mail try again.
pub(super) async fn again(cx: Cx, Path(mail): Path<String>, _form: Pairs) -> Result<Response> {
    let mail = id(&mail)?;
    let permit = cx.permit(OUTBOX, &Subject::NONE)?;
    act!(cx.app, permit, |act| {
        if !desk::revive(&mut act, mail).await? {
            return Err(Fault::stale());
        }
        act.note("outbox.revived", "mail", mail, json!({}));
        Ok(())
    })?;
    Ok(cx.redirect_saying("/centre/outbox", &cx.t("accounts-mail-revived")))
}
