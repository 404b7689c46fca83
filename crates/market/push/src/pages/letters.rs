//! Messages that did not leave, and were given up.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jcore::{Cx, Fault, Form, Result, Shell, Subject, act};
use serde_json::json;
use uuid::Uuid;

use crate::rules::RESEND;
use crate::store::{messages, people};

/// Dead messages that a page shows: when there are more, the mail server is down, and the first ones say why.
const DEAD_MAX: i64 = 200;

struct Letter {
    id: Uuid,
    to: String,
    channel: String,
    items: i64,
    attempts: i64,
    error: String,
    at: i64,
}

#[derive(Template)]
#[template(path = "push_letters.html")]
struct Page {
    s: Shell,
    rows: Vec<Letter>,
}

/// `GET /centre/push/letters`
pub(crate) async fn list(cx: Cx) -> Result<Response> {
    cx.permit(RESEND, &Subject::NONE)?;
    let mut conn = cx.app.read().await?;
    let dead = messages::dead(&mut conn, DEAD_MAX).await?;
    let mut rows = Vec::with_capacity(dead.len());
    for row in dead {
        rows.push(Letter {
            id: row.outbox_id,
            to: name(&mut conn, row.recipient, row.is_user).await?,
            channel: cx.t(&format!("push-channel-{}", row.channel)),
            items: row.items,
            attempts: row.attempts,
            error: row.last_error.unwrap_or_default(),
            at: row.created_at,
        });
    }
    drop(conn);
    cx.page(&Page { s: cx.shell(), rows })
}

/// Who it was for: a person's name, or the organisation whose liaison it was; never an address.
async fn name(conn: &mut db::Conn, recipient: Uuid, is_user: bool) -> Result<String> {
    if is_user {
        let names = accounts::user_names(conn, &[recipient.into()]).await?;
        return Ok(names.into_values().next().unwrap_or_default());
    }
    let Some((org, _)) = people::org_of_liaison(conn, recipient).await? else {
        return Ok(String::new());
    };
    let names = accounts::org_names(conn, &[org.into()]).await?;
    Ok(names.into_values().next().unwrap_or_default())
}

/// `POST /centre/push/letters/{id}/again`: put together anew, with the address as it is now.
pub(crate) async fn again(cx: Cx, Path(path): Path<String>, _form: Form<Vec<(String, String)>>) -> Result<Response> {
    let id: Uuid = path.parse().map_err(|_| Fault::not_found())?;
    let permit = cx.permit(RESEND, &Subject::NONE)?;
    let items = act!(cx.app, permit, |act| {
        let items = messages::revive(&mut act, id).await?;
        // Or both would go, once the desk let the old one try again.
        if items == 0 || !jcore::notices::discard(&mut act.conn, id).await? {
            return Err(Fault::stale());
        }
        act.note("push.revived", "push", id, json!({ "items": items }));
        Ok(items)
    })?;
    Ok(cx.redirect_saying(
        "/centre/push/letters",
        &cx.ta("push-said-revived", &[("n", items.to_string())]),
    ))
}
