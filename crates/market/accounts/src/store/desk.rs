//! The platform's own desk: the audit trail filtered, and mails that did not leave yet. A mail's content stays sealed.

use db::{Conn, Select, on};
use jcore::audit::Entry;
use jcore::{Act, Result};
use uuid::Uuid;

use crate::store::like;

/// What the audit trail is cut down to. Empty texts filter nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct AuditFilter {
    /// The kind of thing.
    pub(crate) kind: String,
    /// Which one.
    pub(crate) subject: Option<Uuid>,
    /// Who did it.
    pub(crate) actor: Option<Uuid>,
    /// The beginning of what happened, as in `entry.`.
    pub(crate) key: String,
    /// From this instant on.
    pub(crate) from: Option<i64>,
    /// Before this instant.
    pub(crate) until: Option<i64>,
    /// Older than this entry.
    pub(crate) before: Option<Uuid>,
}

const AUDIT_HEAD: &str = "SELECT id, at, actor, on_behalf, action, key, subject_kind, subject_id, detail, salt, commitment, batch, position FROM audit_entry";

pub(crate) async fn audit(conn: &mut Conn, filter: &AuditFilter, limit: i64) -> Result<Vec<Entry>> {
    let mut select = Select::new(AUDIT_HEAD);
    if !filter.kind.is_empty() {
        select.and("subject_kind = ?", &[filter.kind.as_str().into()]);
    }
    if let Some(id) = filter.subject {
        select.and("subject_id = ?", &[id.into()]);
    }
    if let Some(id) = filter.actor {
        select.and("(actor = ? OR on_behalf = ?)", &[id.into(), id.into()]);
    }
    if !filter.key.is_empty() {
        let text = like(&filter.key);
        select.and("key LIKE ? ESCAPE '\\'", &[text.into()]);
    }
    if let Some(from) = filter.from {
        select.and("at >= ?", &[from.into()]);
    }
    if let Some(until) = filter.until {
        select.and("at < ?", &[until.into()]);
    }
    if let Some(before) = filter.before {
        select.and("id < ?", &[before.into()]);
    }
    select.end("ORDER BY id DESC LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// The kinds of things that the trail speaks of.
pub(crate) async fn audit_kinds(conn: &mut Conn) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = on!(conn, c => sqlx::query_as("SELECT DISTINCT subject_kind FROM audit_entry ORDER BY subject_kind").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(k,)| k).collect())
}

/// A mail without its content.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct MailRow {
    pub(crate) id: Uuid,
    pub(crate) channel: String,
    pub(crate) created_at: i64,
    pub(crate) due_at: i64,
    pub(crate) attempts: i64,
    pub(crate) state: String,
    pub(crate) last_error: Option<String>,
}

/// Mails that wait or are dead: the dead first, then by when they are due.
pub(crate) async fn mails(conn: &mut Conn, limit: i64) -> Result<Vec<MailRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, channel, created_at, due_at, attempts, state, last_error FROM outbox WHERE state <> 'sent' ORDER BY state, due_at, id LIMIT $1")
        .bind(limit).fetch_all(c).await)?)
}

/// How many mails are in each state.
pub(crate) async fn mail_counts(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state").fetch_all(c).await)?,
    )
}

/// Lets a dead mail try again; false when it is not dead.
pub(crate) async fn revive(act: &mut Act, id: Uuid) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE outbox SET state = 'waiting', attempts = 0, due_at = $2 WHERE id = $1 AND state = 'dead'")
        .bind(id).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}
