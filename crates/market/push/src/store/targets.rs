//! The register of R128: each need with each university that should get it.

use db::{Conn, Select, on};
use jcore::{Act, Result};
use uuid::Uuid;

/// A pair of need and university.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct TargetRow {
    pub(crate) entry_id: Uuid,
    pub(crate) org_id: Uuid,
    pub(crate) state: String,
    pub(crate) reason: String,
    pub(crate) pushed_at: Option<i64>,
    pub(crate) channel: String,
    pub(crate) opened_at: Option<i64>,
    pub(crate) answer: String,
    pub(crate) title: String,
    pub(crate) org_name: String,
}

/// Puts a pair down as due; false when it is there already.
pub(crate) async fn add(act: &mut Act, entry: Uuid, org: Uuid) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "INSERT INTO push_target (entry_id, org_id, state, reason, since_at) VALUES ($1, $2, 'due', '', $3) ON CONFLICT (entry_id, org_id) DO NOTHING")
        .bind(entry).bind(org).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Where pairs of an entry stand: organisation and state.
pub(crate) async fn states_of_entry(conn: &mut Conn, entry: Uuid) -> Result<Vec<(Uuid, String)>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT org_id, state FROM push_target WHERE entry_id = $1").bind(entry).fetch_all(c).await)?,
    )
}

/// Where pairs of an organisation stand: entry and state.
pub(crate) async fn states_of_org(conn: &mut Conn, org: Uuid) -> Result<Vec<(Uuid, String)>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT entry_id, state FROM push_target WHERE org_id = $1").bind(org).fetch_all(c).await)?,
    )
}

/// Says where a pair stands, unless it was pushed: that stays so.
pub(crate) async fn set(
    act: &mut Act,
    entry: Uuid,
    org: Uuid,
    state: &str,
    reason: &str,
    recipient: Option<Uuid>,
) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_target SET state = $3, reason = $4, recipient = $5 WHERE entry_id = $1 AND org_id = $2 AND state <> 'pushed'")
        .bind(entry).bind(org).bind(state).bind(reason).bind(recipient).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// What has not gone to a university need not go any more: the entry is not public, or no longer in its fields.
pub(crate) async fn close(act: &mut Act, entry: Uuid, org: Option<Uuid>) -> Result<()> {
    match org {
        None => on!(&mut act.conn, c => sqlx::query(
            "UPDATE push_target SET state = 'over', reason = '' WHERE entry_id = $1 AND state IN ('due', 'missing')")
            .bind(entry).execute(c).await.map(|_| ()))?,
        Some(org) => on!(&mut act.conn, c => sqlx::query(
            "UPDATE push_target SET state = 'over', reason = '' WHERE entry_id = $1 AND org_id = $2 AND state IN ('due', 'missing')")
            .bind(entry).bind(org).execute(c).await.map(|_| ()))?,
    }
    Ok(())
}

/// A message of the outbox left: its pairs are pushed.
pub(crate) async fn pushed_by(act: &mut Act, outbox: Uuid, channel: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_target SET state = 'pushed', reason = '', pushed_at = $2, channel = $3 WHERE state <> 'pushed' \
         AND EXISTS (SELECT 1 FROM push_message m WHERE m.outbox_id = $1 AND m.entry_id = push_target.entry_id AND m.org_id = push_target.org_id)")
        .bind(outbox).bind(now).bind(channel).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A message of the outbox is dead: its pairs are missing, unless another way is still open.
pub(crate) async fn failed_by(act: &mut Act, outbox: Uuid, reason: &str) -> Result<()> {
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_target SET state = 'missing', reason = $2 WHERE state = 'due' \
         AND EXISTS (SELECT 1 FROM push_message m WHERE m.outbox_id = $1 AND m.entry_id = push_target.entry_id AND m.org_id = push_target.org_id) \
         AND NOT EXISTS (SELECT 1 FROM push_message m WHERE m.entry_id = push_target.entry_id AND m.org_id = push_target.org_id \
             AND m.channel <> 'inbox' AND m.state IN ('due', 'queued'))")
        .bind(outbox).bind(reason).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Somebody opened what was pushed: it reached them, whatever became of the mail.
pub(crate) async fn opened(act: &mut Act, entry: Uuid, org: Uuid, channel: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query(
        "UPDATE push_target SET opened_at = COALESCE(opened_at, $3), state = 'pushed', reason = '', \
         pushed_at = COALESCE(pushed_at, $3), channel = CASE WHEN channel = '' THEN $4 ELSE channel END \
         WHERE entry_id = $1 AND org_id = $2")
        .bind(entry).bind(org).bind(now).bind(channel).execute(c).await.map(|_| ()))?;
    Ok(())
}

pub(crate) async fn answered(act: &mut Act, entry: Uuid, org: Uuid, answer: &str) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE push_target SET answer = $3, answered_at = $4 WHERE entry_id = $1 AND org_id = $2")
        .bind(entry).bind(org).bind(answer).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// What a coverage looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The kind of organisation: `university`, `institute`.
    pub(crate) kind: &'static str,
    /// Whether needs that are no longer public count as well.
    pub(crate) with_ended: bool,
}

fn scoped(head: &'static str, scope: Scope) -> Select {
    let mut select = Select::new(head);
    select.and("o.kind = ? AND t.state <> 'over'", &[scope.kind.into()]);
    if !scope.with_ended {
        select.and("i.state = 'public'", &[]);
    }
    select
}

/// One line of sums.
#[derive(Debug, Clone, Default, sqlx::FromRow)]
pub(crate) struct Sums {
    pub(crate) should: i64,
    pub(crate) pushed: i64,
    pub(crate) due: i64,
    pub(crate) missing: i64,
    pub(crate) opened: i64,
    pub(crate) answered: i64,
}

pub(crate) async fn sums(conn: &mut Conn, scope: Scope) -> Result<Sums> {
    let select = scoped(
        "SELECT count(*) AS should, CAST(COALESCE(sum(CASE WHEN t.state = 'pushed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS pushed, CAST(COALESCE(sum(CASE WHEN t.state = 'due' THEN 1 ELSE 0 END), 0) AS BIGINT) AS due, CAST(COALESCE(sum(CASE WHEN t.state = 'missing' THEN 1 ELSE 0 END), 0) AS BIGINT) AS missing, CAST(COALESCE(sum(CASE WHEN t.opened_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS opened, CAST(COALESCE(sum(CASE WHEN t.answer <> '' THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered \
         FROM push_target t JOIN push_item i ON i.entry_id = t.entry_id JOIN organisation o ON o.id = t.org_id",
        scope,
    );
    let rows: Vec<Sums> = select.all(conn).await?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

/// A line of the coverage: a need or a university with its sums.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Line {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) at: i64,
    pub(crate) should: i64,
    pub(crate) pushed: i64,
    pub(crate) due: i64,
    pub(crate) missing: i64,
    pub(crate) opened: i64,
    pub(crate) answered: i64,
}

/// By need, newest first. A title is given only while it is public; else the page says that it was taken out.
pub(crate) async fn by_need(conn: &mut Conn, scope: Scope, limit: i64, offset: i64) -> Result<Vec<Line>> {
    let mut select = scoped(
        "SELECT t.entry_id AS id, CASE WHEN i.state = 'public' THEN e.title ELSE '' END AS name, i.published_at AS at, count(*) AS should, CAST(sum(CASE WHEN t.state = 'pushed' THEN 1 ELSE 0 END) AS BIGINT) AS pushed, CAST(sum(CASE WHEN t.state = 'due' THEN 1 ELSE 0 END) AS BIGINT) AS due, CAST(sum(CASE WHEN t.state = 'missing' THEN 1 ELSE 0 END) AS BIGINT) AS missing, CAST(sum(CASE WHEN t.opened_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS opened, CAST(sum(CASE WHEN t.answer <> '' THEN 1 ELSE 0 END) AS BIGINT) AS answered \
         FROM push_target t JOIN push_item i ON i.entry_id = t.entry_id JOIN organisation o ON o.id = t.org_id JOIN entry e ON e.id = t.entry_id",
        scope,
    );
    select.end(
        "GROUP BY t.entry_id, e.title, i.state, i.published_at ORDER BY i.published_at DESC, t.entry_id LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok(select.all(conn).await?)
}

/// By university, those with most missing first.
pub(crate) async fn by_org(conn: &mut Conn, scope: Scope, limit: i64, offset: i64) -> Result<Vec<Line>> {
    let mut select = scoped(
        "SELECT t.org_id AS id, o.name AS name, CAST(0 AS BIGINT) AS at, count(*) AS should, CAST(sum(CASE WHEN t.state = 'pushed' THEN 1 ELSE 0 END) AS BIGINT) AS pushed, CAST(sum(CASE WHEN t.state = 'due' THEN 1 ELSE 0 END) AS BIGINT) AS due, CAST(sum(CASE WHEN t.state = 'missing' THEN 1 ELSE 0 END) AS BIGINT) AS missing, CAST(sum(CASE WHEN t.opened_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS opened, CAST(sum(CASE WHEN t.answer <> '' THEN 1 ELSE 0 END) AS BIGINT) AS answered \
         FROM push_target t JOIN push_item i ON i.entry_id = t.entry_id JOIN organisation o ON o.id = t.org_id",
        scope,
    );
    select.end(
        "GROUP BY t.org_id, o.name ORDER BY missing DESC, due DESC, o.name LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok(select.all(conn).await?)
}

/// How many needs and how many universities a coverage has.
pub(crate) async fn counts(conn: &mut Conn, scope: Scope) -> Result<(i64, i64)> {
    let select = scoped(
        "SELECT count(DISTINCT t.entry_id), count(DISTINCT t.org_id) FROM push_target t JOIN push_item i ON i.entry_id = t.entry_id JOIN organisation o ON o.id = t.org_id",
        scope,
    );
    let rows: Vec<(i64, i64)> = select.all(conn).await?;
    Ok(rows.first().copied().unwrap_or_default())
}

/// How many pairs are missing for each reason.
pub(crate) async fn reasons(conn: &mut Conn, scope: Scope) -> Result<Vec<(String, i64)>> {
    let mut select = scoped(
        "SELECT t.reason, count(*) FROM push_target t JOIN push_item i ON i.entry_id = t.entry_id JOIN organisation o ON o.id = t.org_id",
        scope,
    );
    select
        .and("t.state = 'missing'", &[])
        .end("GROUP BY t.reason ORDER BY count(*) DESC, t.reason", &[]);
    Ok(select.all(conn).await?)
}

/// Which pairs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Of {
    Need(Uuid),
    Org(Uuid),
    All,
}

/// Single pairs: those that lack something first.
pub(crate) async fn pairs(conn: &mut Conn, scope: Scope, of: Of, limit: i64, offset: i64) -> Result<Vec<TargetRow>> {
    let mut select = scoped(
        "SELECT t.entry_id, t.org_id, t.state, t.reason, t.pushed_at, t.channel, t.opened_at, t.answer, \
         CASE WHEN i.state = 'public' THEN e.title ELSE '' END AS title, o.name AS org_name \
         FROM push_target t JOIN push_item i ON i.entry_id = t.entry_id JOIN organisation o ON o.id = t.org_id JOIN entry e ON e.id = t.entry_id",
        scope,
    );
    match of {
        Of::Need(id) => select.and("t.entry_id = ?", &[id.into()]),
        Of::Org(id) => select.and("t.org_id = ?", &[id.into()]),
        Of::All => &mut select,
    };
    select.end(
        "ORDER BY t.state, o.name, i.published_at DESC, t.entry_id, t.org_id LIMIT ? OFFSET ?",
        &[limit.into(), offset.into()],
    );
    Ok(select.all(conn).await?)
}
