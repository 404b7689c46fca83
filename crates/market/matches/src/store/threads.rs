//! Threads, their sides and messages.

use db::{Arg, Conn, Select, on};
use jcore::{Act, Fault, Result};
use uuid::Uuid;

use crate::model::{Message, Side, Thread};
use crate::rules::{ClosedAs, Part, SideState, State};

const THREADS: &str = "SELECT t.id, t.need_id, t.offer_id, t.opened_by, t.state, t.outcome, t.reason, t.note, t.opened_at, t.moved_at, \
     t.agreed_at, t.closed_at, t.reminders, n.title AS need_title, o.title AS offer_title, o.kind AS offer_kind, \
     n.org_id AS need_org, o.org_id AS offer_org \
     FROM match_thread t JOIN entry n ON n.id = t.need_id JOIN entry o ON o.id = t.offer_id";

/// One thread.
pub(crate) async fn get(conn: &mut Conn, id: Uuid) -> Result<Thread> {
    let mut select = Select::new(THREADS);
    select.and("t.id = ?", &[id.into()]);
    let rows: Vec<Thread> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(Fault::not_found)
}

/// The thread of a need and an offer that goes on.
pub(crate) async fn live(conn: &mut Conn, need: Uuid, offer: Uuid) -> Result<Option<Uuid>> {
    let mut select = Select::new("SELECT id FROM match_thread");
    select.and(
        "need_id = ? AND offer_id = ? AND state <> 'closed'",
        &[need.into(), offer.into()],
    );
    let rows: Vec<(Uuid,)> = select.all(conn).await?;
    Ok(rows.first().map(|(id,)| *id))
}

/// The offers with which a need is or was brought together: thread, offer, state.
pub(crate) async fn of_need(conn: &mut Conn, need: Uuid) -> Result<Vec<(Uuid, Uuid, String)>> {
    /// More than anyone brings together.
    const MAX: i64 = 500;
    let mut select = Select::new("SELECT id, offer_id, state FROM match_thread");
    select
        .and("need_id = ?", &[need.into()])
        .end("ORDER BY opened_at DESC, id DESC LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// How many threads of a need go on.
pub(crate) async fn live_of_need(conn: &mut Conn, need: Uuid) -> Result<i64> {
    let mut select = Select::new("SELECT count(*) FROM match_thread");
    select.and("need_id = ? AND state <> 'closed'", &[need.into()]);
    Ok(select.number(conn).await?)
}

/// Whose threads a list shows.
#[derive(Debug, Clone)]
pub(crate) enum Whose {
    /// Those of organisations, on either side.
    Orgs(Vec<Uuid>),
    /// Those that a person opened.
    Opener(Uuid),
    /// All.
    All,
}

/// Threads a list shows at most: what goes on and what ended lately.
const LIST_MAX: i64 = 200;

/// Threads, last moved first.
pub(crate) async fn list(conn: &mut Conn, whose: &Whose) -> Result<Vec<Thread>> {
    let mut out: Vec<Thread> = Vec::new();
    let mut selects = Vec::new();
    match whose {
        Whose::Orgs(orgs) => {
            let ids: Vec<Arg> = orgs.iter().map(|id| (*id).into()).collect();
            for column in ["n.org_id", "o.org_id"] {
                let mut select = Select::new(THREADS);
                select.and_in(column, &ids);
                selects.push(select);
            }
        }
        Whose::Opener(user) => {
            let mut select = Select::new(THREADS);
            select.and("t.opened_by = ?", &[(*user).into()]);
            selects.push(select);
        }
        Whose::All => selects.push(Select::new(THREADS)),
    }
    for mut select in selects {
        select.end("ORDER BY t.moved_at DESC, t.id DESC LIMIT ?", &[LIST_MAX.into()]);
        out.extend(select.all::<Thread>(conn).await?);
    }
    out.sort_by_key(|thread| (std::cmp::Reverse(thread.moved_at), thread.id));
    out.dedup_by_key(|thread| thread.id);
    Ok(out)
}

/// A thread that begins.
pub(crate) struct New {
    pub(crate) id: Uuid,
    pub(crate) need: Uuid,
    pub(crate) offer: Uuid,
    pub(crate) remind_at: i64,
}

/// Begins a thread: both sides are asked.
pub(crate) async fn insert(act: &mut Act, new: &New) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO match_thread (id, need_id, offer_id, opened_by, state, opened_at, moved_at, remind_at) \
         VALUES ($1, $2, $3, $4, 'open', $5, $5, $6)")
        .bind(new.id).bind(new.need).bind(new.offer).bind(user).bind(now).bind(new.remind_at).execute(c).await.map(|_| ()))?;
    for side in [Part::Need, Part::Offer] {
        on!(&mut act.conn, c => sqlx::query("INSERT INTO match_side (thread_id, side, state) VALUES ($1, $2, 'asked')")
            .bind(new.id).bind(side.code()).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// Both sides of a thread.
pub(crate) async fn sides(conn: &mut Conn, thread: Uuid) -> Result<Vec<Side>> {
    let mut select = Select::new("SELECT side, state, reason, party, decided_at FROM match_side");
    select.and("thread_id = ?", &[thread.into()]).end("ORDER BY side", &[]);
    Ok(select.all(conn).await?)
}

/// Keeps what a side says; false when it has said something already.
pub(crate) async fn decide(
    act: &mut Act,
    thread: Uuid,
    side: Part,
    state: SideState,
    reason: &str,
    party: Option<&[u8]>,
) -> Result<bool> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE match_side SET state = $3, reason = $4, party = $5, decided_at = $6, decided_by = $7 \
         WHERE thread_id = $1 AND side = $2 AND state = 'asked'")
        .bind(thread).bind(side.code()).bind(state.code()).bind(reason).bind(party).bind(now).bind(user)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Moves a thread on while it goes on; false when it is closed. Whoever is silent from now on is reminded again.
pub(crate) async fn moved(act: &mut Act, thread: Uuid, state: State, remind_at: Option<i64>) -> Result<bool> {
    let now = act.now.micros();
    let agreed = (state == State::Both).then_some(now);
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE match_thread SET state = $2, moved_at = $3, remind_at = $4, reminders = 0, agreed_at = coalesce(agreed_at, $5) \
         WHERE id = $1 AND state <> 'closed'")
        .bind(thread).bind(state.code()).bind(now).bind(remind_at).bind(agreed).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Ends a thread; false when it is closed already.
pub(crate) async fn close(
    act: &mut Act,
    thread: Uuid,
    outcome: ClosedAs,
    reason: &str,
    note: Option<&[u8]>,
) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE match_thread SET state = 'closed', outcome = $2, reason = $3, note = $4, moved_at = $5, closed_at = $5, \
         remind_at = NULL WHERE id = $1 AND state <> 'closed'")
        .bind(thread).bind(outcome.code()).bind(reason).bind(note).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Adds a message.
pub(crate) async fn say(act: &mut Act, thread: Uuid, id: Uuid, part: Part, body: &[u8]) -> Result<()> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO match_message (id, thread_id, part, sender_id, at, body) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id).bind(thread).bind(part.code()).bind(user).bind(now).bind(body).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// How many messages a thread has.
pub(crate) async fn count_messages(conn: &mut Conn, thread: Uuid) -> Result<i64> {
    let mut select = Select::new("SELECT count(*) FROM match_message");
    select.and("thread_id = ?", &[thread.into()]);
    Ok(select.number(conn).await?)
}

/// A thread's messages, oldest first.
pub(crate) async fn messages(conn: &mut Conn, thread: Uuid, limit: i64) -> Result<Vec<Message>> {
    let mut select = Select::new("SELECT id, part, sender_id, at, body FROM match_message");
    select
        .and("thread_id = ?", &[thread.into()])
        .end("ORDER BY at, id LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// Threads of which somebody is to be reminded by now.
pub(crate) async fn due(conn: &mut Conn, now: i64, limit: i64) -> Result<Vec<Thread>> {
    let mut select = Select::new(THREADS);
    select
        .and(
            "t.state <> 'closed' AND t.remind_at IS NOT NULL AND t.remind_at <= ?",
            &[now.into()],
        )
        .end("ORDER BY t.remind_at, t.id LIMIT ?", &[limit.into()]);
    Ok(select.all(conn).await?)
}

/// Keeps that a thread was reminded of, and when next; false when another has done so meanwhile.
pub(crate) async fn reminded(act: &mut Act, thread: &Thread, next: Option<i64>) -> Result<bool> {
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE match_thread SET reminders = reminders + 1, remind_at = $3 WHERE id = $1 AND reminders = $2 AND state <> 'closed'")
        .bind(thread.id).bind(thread.reminders).bind(next).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// The needs of organisations that are public at an instant, the newest first.
pub(crate) async fn public_needs_of(conn: &mut Conn, orgs: &[Uuid], now: i64, limit: i64) -> Result<Vec<Uuid>> {
    if orgs.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Arg> = orgs.iter().map(|id| (*id).into()).collect();
    let mut select = Select::new("SELECT id FROM entry");
    select
        .and_in("org_id", &ids)
        .and(
            "kind = 'need' AND state = 'published' AND (expires_at IS NULL OR expires_at > ?)",
            &[now.into()],
        )
        .end("ORDER BY published_at DESC, id DESC LIMIT ?", &[limit.into()]);
    let rows: Vec<(Uuid,)> = select.all(conn).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
