//! What goes to one person by one channel about one item.

use db::{Arg, Conn, Select, on};
use jcore::{Act, Result};
use uuid::Uuid;

/// A message to be planned.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) recipient: Uuid,
    pub(crate) is_user: bool,
    pub(crate) entry: Uuid,
    pub(crate) edition: i64,
    pub(crate) event: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) org: Option<Uuid>,
    pub(crate) subscription: Option<Uuid>,
    pub(crate) due_at: i64,
    pub(crate) held: &'static str,
}

/// A message as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct MessageRow {
    pub(crate) id: Uuid,
    pub(crate) recipient: Uuid,
    pub(crate) is_user: bool,
    pub(crate) entry_id: Uuid,
    pub(crate) event: String,
    pub(crate) channel: String,
    pub(crate) org_id: Option<Uuid>,
    pub(crate) created_at: i64,
    pub(crate) opened_at: Option<i64>,
    pub(crate) answer: String,
}

/// The columns of [`MessageRow`].
macro_rules! select_message {
    ($tail:literal) => {
        concat!(
            "SELECT id, recipient, is_user, entry_id, event, channel, org_id, created_at, opened_at, \
             answer FROM push_message ",
            $tail
        )
    };
}

/// Plans a message. One that is there for the same edition stays as it is, so that nothing is pushed twice; but one that
/// waits for a digest or for nobody's organisation learns that it goes to a university too.
pub(crate) async fn add(act: &mut Act, new: &New) -> Result<()> {
    let id: Uuid = act.id();
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_message (id, recipient, is_user, entry_id, edition, event, channel, org_id, subscription_id, state, held, due_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'due', $10, $11, $12) \
         ON CONFLICT (recipient, entry_id, edition, event, channel) DO UPDATE SET \
         org_id = COALESCE(push_message.org_id, excluded.org_id), \
         subscription_id = COALESCE(push_message.subscription_id, excluded.subscription_id), \
         due_at = CASE WHEN push_message.due_at < excluded.due_at THEN push_message.due_at ELSE excluded.due_at END")
        .bind(id).bind(new.recipient).bind(new.is_user).bind(new.entry).bind(new.edition).bind(new.event).bind(new.channel)
        .bind(new.org).bind(new.subscription).bind(new.held).bind(new.due_at).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A message that was dropped or is dead goes again: its recipient can be reached by this way now.
pub(crate) async fn again(act: &mut Act, entry: Uuid, org: Uuid, recipient: Uuid, channel: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_message SET state = 'due', held = '', due_at = $5, outbox_id = NULL \
         WHERE entry_id = $1 AND org_id = $2 AND recipient = $3 AND channel = $4 AND state IN ('dead', 'dropped')")
        .bind(entry).bind(org).bind(recipient).bind(channel).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Messages that are due, those of one recipient and channel together.
pub(crate) async fn due(conn: &mut Conn, now: i64, limit: i64) -> Result<Vec<MessageRow>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_message!("WHERE state = 'due' AND due_at <= $1 ORDER BY recipient, channel, created_at, id LIMIT $2"))
        .bind(now).bind(limit).fetch_all(c).await)?,
    )
}

/// Moves messages from `due` on; how many still were.
pub(crate) async fn moved(act: &mut Act, ids: &[Uuid], state: &str, outbox: Option<Uuid>) -> Result<u64> {
    let now = act.now.micros();
    let sent = (state == "sent").then_some(now);
    let mut done = 0;
    for id in ids {
        done += on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET state = $2, outbox_id = $3, sent_at = $4, held = '' WHERE id = $1 AND state = 'due'")
            .bind(id).bind(state).bind(outbox).bind(sent).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(done)
}

/// Holds messages until an instant.
pub(crate) async fn hold(act: &mut Act, ids: &[Uuid], until: i64, held: &str) -> Result<()> {
    for id in ids {
        on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET due_at = $2, held = $3 WHERE id = $1 AND state = 'due'")
            .bind(id).bind(until).bind(held).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// What waits about an entry no longer goes, but the word that it was taken out.
pub(crate) async fn drop_waiting(act: &mut Act, entry: Uuid) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET state = 'dropped' WHERE entry_id = $1 AND state = 'due' AND event <> 'withdrawn'")
        .bind(entry).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// What waits for a recipient by mail no longer goes.
pub(crate) async fn drop_mails(act: &mut Act, recipient: Uuid) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET state = 'dropped' WHERE recipient = $1 AND channel = 'mail' AND state = 'due'")
        .bind(recipient).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The people who were told of an edition of an entry.
pub(crate) async fn told_users(conn: &mut Conn, entry: Uuid) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT recipient FROM push_message WHERE entry_id = $1 AND is_user AND state IN ('sent', 'queued') AND event <> 'withdrawn'")
        .bind(entry).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A message of the outbox whose outcome is not kept here yet.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Outcome {
    pub(crate) outbox_id: Uuid,
    pub(crate) channel: String,
    pub(crate) state: String,
    pub(crate) refused: bool,
}

pub(crate) async fn outcomes(conn: &mut Conn, limit: i64) -> Result<Vec<Outcome>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT o.id AS outbox_id, o.channel AS channel, o.state AS state, o.refused AS refused FROM push_message m JOIN outbox o ON o.id = m.outbox_id \
         WHERE (m.state = 'queued' AND o.state IN ('sent', 'dead')) OR (m.state = 'dead' AND o.state = 'sent') LIMIT $1")
        .bind(limit).fetch_all(c).await)?)
}

pub(crate) async fn settled(act: &mut Act, outbox: Uuid, state: &str) -> Result<()> {
    let now = act.now.micros();
    let sent = (state == "sent").then_some(now);
    on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET state = $2, sent_at = $3 WHERE outbox_id = $1")
        .bind(outbox).bind(state).bind(sent).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<MessageRow> {
    Ok(on!(conn, c => sqlx::query_as(select_message!("WHERE id = $1")).bind(id).fetch_one(c).await)?)
}

pub(crate) async fn opened(act: &mut Act, id: Uuid) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL")
        .bind(id).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Keeps an answer, once for each person and item; false when there is one.
pub(crate) async fn answer(
    act: &mut Act,
    message: &MessageRow,
    answer: &str,
    why: &str,
    note: Option<&[u8]>,
) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_message SET answer = $3, answer_why = $4, answered_at = $5, answer_note = CASE WHEN id = $6 THEN $7 ELSE answer_note END \
         WHERE recipient = $1 AND entry_id = $2 AND answer = ''")
        .bind(message.recipient).bind(message.entry_id).bind(answer).bind(why).bind(now).bind(message.id).bind(note)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done > 0)
}

/// A dead message with what it was about.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct DeadRow {
    pub(crate) outbox_id: Uuid,
    pub(crate) recipient: Uuid,
    pub(crate) is_user: bool,
    pub(crate) channel: String,
    pub(crate) items: i64,
    pub(crate) attempts: i64,
    pub(crate) last_error: Option<String>,
    pub(crate) created_at: i64,
}

pub(crate) async fn dead(conn: &mut Conn, limit: i64) -> Result<Vec<DeadRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT o.id AS outbox_id, m.recipient AS recipient, m.is_user AS is_user, m.channel AS channel, count(*) AS items, o.attempts AS attempts, \
         o.last_error AS last_error, o.created_at AS created_at FROM push_message m JOIN outbox o ON o.id = m.outbox_id \
         WHERE m.state = 'dead' AND o.state = 'dead' GROUP BY o.id, m.recipient, m.is_user, m.channel, o.attempts, o.last_error, o.created_at \
         ORDER BY o.created_at DESC, o.id LIMIT $1")
        .bind(limit).fetch_all(c).await)?)
}

/// Puts what a dead message was about together anew: with the address as it is now. How many items it was about.
pub(crate) async fn revive(act: &mut Act, outbox: Uuid) -> Result<u64> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_target SET state = 'due', reason = '' WHERE state = 'missing' \
         AND EXISTS (SELECT 1 FROM push_message m WHERE m.outbox_id = $1 AND m.entry_id = push_target.entry_id AND m.org_id = push_target.org_id)")
        .bind(outbox).execute(c).await.map(|_| ()))?;
    Ok(
        on!(&mut act.conn, c => sqlx::query("UPDATE push_message SET state = 'due', held = '', due_at = $2, outbox_id = NULL WHERE outbox_id = $1 AND state = 'dead'")
        .bind(outbox).bind(now).execute(c).await.map(|d| d.rows_affected()))?,
    )
}

/// Until when what is due for a pair is held, and why, of the ways that reach out.
pub(crate) async fn waiting(conn: &mut Conn, entries: &[Uuid]) -> Result<Vec<(Uuid, Uuid, String, String, i64)>> {
    let mut select = Select::new("SELECT entry_id, org_id, state, held, due_at FROM push_message");
    let args: Vec<Arg> = entries.iter().map(|id| (*id).into()).collect();
    select
        .and(
            "org_id IS NOT NULL AND channel <> 'inbox' AND state IN ('due', 'queued')",
            &[],
        )
        .and_in("entry_id", &args);
    Ok(select.all(conn).await?)
}

/// Messages of a person that went last: for their page.
pub(crate) async fn recent(conn: &mut Conn, recipient: Uuid, limit: i64) -> Result<Vec<MessageRow>> {
    Ok(
        on!(conn, c => sqlx::query_as(select_message!("WHERE recipient = $1 AND state IN ('sent', 'queued') ORDER BY created_at DESC, id DESC LIMIT $2"))
        .bind(recipient).bind(limit).fetch_all(c).await)?,
    )
}

/// An answer with its reason and its sealed note.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct AnswerRow {
    pub(crate) id: Uuid,
    pub(crate) org_id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) answer_why: String,
    pub(crate) answer_note: Option<Vec<u8>>,
}

/// The answers of universities about a need, or of one university about any.
pub(crate) async fn answers(conn: &mut Conn, of: crate::store::targets::Of, limit: i64) -> Result<Vec<AnswerRow>> {
    use crate::store::targets::Of;
    let mut select = Select::new("SELECT id, org_id, entry_id, answer_why, answer_note FROM push_message");
    select.and("answer <> '' AND org_id IS NOT NULL", &[]);
    match of {
        Of::Need(id) => select.and("entry_id = ?", &[id.into()]),
        Of::Org(id) => select.and("org_id = ?", &[id.into()]),
        Of::All => &mut select,
    };
    select.end("ORDER BY answered_at DESC, id LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}
