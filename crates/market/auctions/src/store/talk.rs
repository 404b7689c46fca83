//! Questions and answers, who watches, and what was told.

use db::{Conn, Select, on};
use jcore::{Act, Result};
use uuid::Uuid;

/// A question as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct QuestionRow {
    pub(crate) id: Uuid,
    pub(crate) lot_id: Uuid,
    pub(crate) text: String,
    pub(crate) answer: Option<String>,
    pub(crate) asked_at: i64,
}

/// A lot's questions; of those without an answer only where they are asked for.
pub(crate) async fn questions(conn: &mut Conn, lot: Uuid, open_too: bool) -> Result<Vec<QuestionRow>> {
    /// A lot has a few; more are somebody's play.
    const MAX: i64 = 200;
    let mut select = Select::new("SELECT id, lot_id, text, answer, asked_at FROM lot_question");
    select.and("lot_id = ?", &[lot.into()]);
    if !open_too {
        select.and("answer IS NOT NULL", &[]);
    }
    select.end("ORDER BY asked_at, id LIMIT ?", &[MAX.into()]);
    Ok(select.all(conn).await?)
}

/// One question.
pub(crate) async fn question(conn: &mut Conn, id: Uuid) -> Result<QuestionRow> {
    let mut select = Select::new("SELECT id, lot_id, text, answer, asked_at FROM lot_question");
    select.and("id = ?", &[id.into()]);
    let rows: Vec<QuestionRow> = select.all(conn).await?;
    rows.into_iter().next().ok_or_else(jcore::Fault::not_found)
}

/// How many questions of a person on a lot wait for an answer.
pub(crate) async fn waiting_of(conn: &mut Conn, lot: Uuid, user: Uuid) -> Result<i64> {
    let mut select = Select::new("SELECT count(*) FROM lot_question");
    select.and(
        "lot_id = ? AND asked_by = ? AND answer IS NULL",
        &[lot.into(), user.into()],
    );
    Ok(select.number(conn).await?)
}

/// Questions that wait for an answer, by lot.
pub(crate) async fn waiting(conn: &mut Conn) -> Result<Vec<(Uuid, i64)>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT lot_id, count(*) FROM lot_question WHERE answer IS NULL GROUP BY lot_id").fetch_all(c).await)?)
}

pub(crate) async fn ask(act: &mut Act, id: Uuid, lot: Uuid, user: Uuid, text: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_question (id, lot_id, text, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id).bind(lot).bind(text).bind(user).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Writes an answer; who had asked, if it still waited.
pub(crate) async fn answer(act: &mut Act, id: Uuid, text: &str) -> Result<Option<Uuid>> {
    let (now, user) = (act.now.micros(), act.permit().user().map(|u| u.uuid()));
    let asked: Option<Uuid> = on!(&mut act.conn, c => sqlx::query_scalar("SELECT asked_by FROM lot_question WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE lot_question SET answer = $2, answered_by = $3, answered_at = $4 WHERE id = $1 AND answer IS NULL")
        .bind(id).bind(text).bind(user).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(asked.filter(|_| done == 1))
}

pub(crate) async fn watch(act: &mut Act, lot: Uuid, user: Uuid) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_watch (lot_id, user_id, at) VALUES ($1, $2, $3) ON CONFLICT (lot_id, user_id) DO NOTHING")
        .bind(lot).bind(user).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub(crate) async fn unwatch(act: &mut Act, lot: Uuid, user: Uuid) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query("DELETE FROM lot_watch WHERE lot_id = $1 AND user_id = $2")
        .bind(lot).bind(user).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Whether a person watches a lot.
pub(crate) async fn watches(conn: &mut Conn, lot: Uuid, user: Uuid) -> Result<bool> {
    let mut select = Select::new("SELECT count(*) FROM lot_watch");
    select.and("lot_id = ? AND user_id = ?", &[lot.into(), user.into()]);
    Ok(select.number(conn).await? > 0)
}

/// Who watches a lot.
pub(crate) async fn watchers(conn: &mut Conn, lot: Uuid) -> Result<Vec<Uuid>> {
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT user_id FROM lot_watch WHERE lot_id = $1")
        .bind(lot).fetch_all(c).await)?,
    )
}

/// Lots that a person watches, the newest first.
pub(crate) async fn watched(conn: &mut Conn, user: Uuid) -> Result<Vec<Uuid>> {
    /// More than anyone follows.
    const MAX: i64 = 200;
    Ok(
        on!(conn, c => sqlx::query_scalar("SELECT lot_id FROM lot_watch WHERE user_id = $1 ORDER BY at DESC LIMIT $2")
        .bind(user).bind(MAX).fetch_all(c).await)?,
    )
}

/// Says that something was told; whether it had not been.
pub(crate) async fn told(act: &mut Act, lot: Uuid, what: &str) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO lot_told (lot_id, what, at) VALUES ($1, $2, $3) ON CONFLICT (lot_id, what) DO NOTHING")
        .bind(lot).bind(what).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Whether something was told.
pub(crate) async fn was_told(conn: &mut Conn, lot: Uuid, what: &str) -> Result<bool> {
    let mut select = Select::new("SELECT count(*) FROM lot_told");
    select.and("lot_id = ? AND what = ?", &[lot.into(), what.into()]);
    Ok(select.number(conn).await? > 0)
}
