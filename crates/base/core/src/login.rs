//! Sign-in sessions and machine tokens: who acts, from a cookie or a bearer token.
//!
//! Tokens are 256 random bits; the store keeps only their hashes. A session ends by signing out, after a time without use,
//! at the latest after a week, or when the person's password changes.

use db::{Conn, on};
use kernel::{OrgId, Region, SessionId, Stamp, UserId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Actor, App, Grant, Result, Role};

/// The session cookie's name.
pub const COOKIE: &str = "jb_session";
/// The cookie that ties a visitor's forms to their browser.
pub const VISITOR_COOKIE: &str = "jb_visitor";
/// A session ends after this long without use: a working day with its breaks.
pub const IDLE_SECS: i64 = 12 * 3600;
/// A session ends after this long at the latest.
pub const LIFE_SECS: i64 = 7 * 24 * 3600;
/// How old `seen_at` may get before it is written again: a write a request would be waste.
const SEEN_STEP_SECS: i64 = 300;
/// Characters of a browser's name that are kept.
const AGENT_CHARS: usize = 200;

/// The stored form of a token.
#[must_use]
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A session, as its owner sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionRow {
    /// Its id.
    pub id: Uuid,
    /// When it began.
    pub created_at: i64,
    /// When it was last used.
    pub seen_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// From which address.
    pub address: String,
    /// By which browser.
    pub agent: String,
}

#[derive(sqlx::FromRow)]
struct Found {
    session: Uuid,
    user_id: Uuid,
    name: String,
    created_at: i64,
    seen_at: i64,
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    role: String,
    org_id: Option<Uuid>,
    region: Option<String>,
    on_behalf: Option<Uuid>,
}

/// Begins a session in the caller's transaction and returns the token for the cookie.
///
/// # Errors
/// The store's.
pub async fn begin(
    conn: &mut Conn,
    app: &App,
    user: UserId,
    address: &str,
    agent: &str,
) -> Result<(SessionId, String)> {
    let (now, token, id) = (app.now(), app.ids.token(), SessionId::from(app.ids.uuid()));
    let agent: String = agent.chars().take(AGENT_CHARS).collect();
    on!(conn, c => sqlx::query(
        "INSERT INTO login_session (id, token_hash, user_id, created_at, seen_at, expires_at, address, agent) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)")
        .bind(id.uuid()).bind(token_hash(&token)).bind(user.uuid()).bind(now.micros()).bind(now.plus_secs(LIFE_SECS).micros())
        .bind(address).bind(&agent).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    Ok((id, token))
}

/// Ends one session of a person.
///
/// # Errors
/// The store's.
pub async fn end(conn: &mut Conn, user: UserId, session: SessionId) -> Result<u64> {
    Ok(
        on!(conn, c => sqlx::query("DELETE FROM login_session WHERE id = $1 AND user_id = $2")
        .bind(session.uuid()).bind(user.uuid()).execute(c).await.map(|d| d.rows_affected()))
        .map_err(db::Error::from)?,
    )
}

/// Ends all sessions of a person, but for one that is kept.
///
/// # Errors
/// The store's.
pub async fn end_all(conn: &mut Conn, user: UserId, keep: Option<SessionId>) -> Result<u64> {
    let keep = keep.map_or(Uuid::nil(), |s| s.uuid());
    Ok(
        on!(conn, c => sqlx::query("DELETE FROM login_session WHERE user_id = $1 AND id <> $2")
        .bind(user.uuid()).bind(keep).execute(c).await.map(|d| d.rows_affected()))
        .map_err(db::Error::from)?,
    )
}

/// A person's sessions, the newest first.
///
/// # Errors
/// The store's.
pub async fn list(conn: &mut Conn, user: UserId, now: Stamp) -> Result<Vec<SessionRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, created_at, seen_at, expires_at, address, agent FROM login_session WHERE user_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC")
        .bind(user.uuid()).bind(now.micros()).bind(now.plus_secs(-IDLE_SECS).micros()).fetch_all(c).await)
    .map_err(db::Error::from)?)
}

/// Who the cookie's token belongs to; a visitor when it is unknown or over.
///
/// # Errors
/// The store's.
pub async fn by_cookie(app: &App, token: &str) -> Result<Actor> {
    let now = app.now();
    let mut conn = app.read().await?;
    let found: Option<Found> = on!(&mut conn, c => sqlx::query_as(
        "SELECT s.id AS session, s.user_id, u.name, s.created_at, s.seen_at FROM login_session s JOIN user_account u ON u.id = s.user_id \
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3 AND u.state = 'active'")
        .bind(token_hash(token)).bind(now.micros()).bind(now.plus_secs(-IDLE_SECS).micros()).fetch_optional(c).await)
    .map_err(db::Error::from)?;
    let Some(found) = found else {
        return Ok(Actor::visitor());
    };
    let grants = grants(&mut conn, UserId::from(found.user_id), now).await?;
    drop(conn);
    if now.micros() - found.seen_at > SEEN_STEP_SECS * 1_000_000 {
        touch(app, found.session, now).await?;
    }
    Ok(Actor {
        user: Some(UserId::from(found.user_id)),
        name: found.name,
        grants,
        session: Some(SessionId::from(found.session)),
        signed_in_at: Some(Stamp::from_micros(found.created_at)),
        ..Actor::default()
    })
}

/// Who a machine's token belongs to; a visitor when it is unknown, ended or over.
///
/// # Errors
/// The store's.
pub async fn by_bearer(app: &App, token: &str) -> Result<Actor> {
    let now = app.now();
    let mut conn = app.read().await?;
    let found: Option<(Uuid, Uuid, String, Option<i64>)> = on!(&mut conn, c => sqlx::query_as(
        "SELECT t.id, t.user_id, u.name, t.used_at FROM api_token t JOIN user_account u ON u.id = t.user_id \
         WHERE t.token_hash = $1 AND t.ended_at IS NULL AND t.expires_at > $2 AND u.state = 'active'")
        .bind(token_hash(token)).bind(now.micros()).fetch_optional(c).await)
    .map_err(db::Error::from)?;
    let Some((id, user, name, used_at)) = found else {
        return Ok(Actor::visitor());
    };
    let user = UserId::from(user);
    let grants = grants(&mut conn, user, now).await?;
    drop(conn);
    if used_at.is_none_or(|at| now.micros() - at > SEEN_STEP_SECS * 1_000_000) {
        let mut conn = app.db.write().await?;
        on!(&mut conn, c => sqlx::query("UPDATE api_token SET used_at = $2 WHERE id = $1")
            .bind(id).bind(now.micros()).execute(c).await.map(|_| ()))
        .map_err(db::Error::from)?;
        conn.commit().await?;
    }
    Ok(Actor {
        user: Some(user),
        name,
        grants,
        machine: true,
        ..Actor::default()
    })
}

/// A person's roles now, with those of absent colleagues whom they stand in for.
///
/// # Errors
/// The store's.
pub async fn grants(conn: &mut Conn, user: UserId, now: Stamp) -> Result<Vec<Grant>> {
    let rows: Vec<GrantRow> = on!(conn, c => sqlx::query_as(
        "SELECT role, org_id, region, NULL AS on_behalf FROM role_grant WHERE user_id = $1 AND ended_at IS NULL AND (until_at IS NULL OR until_at > $2) \
         UNION ALL \
         SELECT g.role, g.org_id, g.region, d.from_user AS on_behalf FROM delegation d JOIN role_grant g ON g.user_id = d.from_user \
         WHERE d.to_user = $1 AND d.ended_at IS NULL AND d.from_at <= $2 AND d.until_at > $2 AND g.ended_at IS NULL AND (g.until_at IS NULL OR g.until_at > $2)")
        .bind(user.uuid()).bind(now.micros()).fetch_all(c).await)
    .map_err(db::Error::from)?;
    Ok(rows
        .into_iter()
        .filter_map(|r| {
            Some(Grant {
                role: Role::from_code(&r.role)?,
                org: r.org_id.map(OrgId::from),
                region: r.region.and_then(|t| t.parse::<Region>().ok()),
                on_behalf: r.on_behalf.map(UserId::from),
            })
        })
        .collect())
}

async fn touch(app: &App, session: Uuid, now: Stamp) -> Result<()> {
    let mut conn = app.db.write().await?;
    on!(&mut conn, c => sqlx::query("UPDATE login_session SET seen_at = $2 WHERE id = $1")
        .bind(session).bind(now.micros()).execute(c).await.map(|_| ()))
    .map_err(db::Error::from)?;
    conn.commit().await?;
    Ok(())
}

/// Forgets sessions and one-time links that are over.
///
/// # Errors
/// The store's.
pub async fn sweep(app: &App) -> Result<usize> {
    let now = app.now();
    let mut conn = app.db.write().await?;
    let gone = on!(&mut conn, c => sqlx::query("DELETE FROM login_session WHERE expires_at <= $1 OR seen_at <= $2")
        .bind(now.micros()).bind(now.plus_secs(-IDLE_SECS).micros()).execute(c).await.map(|d| d.rows_affected()))
    .map_err(db::Error::from)?;
    on!(&mut conn, c => sqlx::query("DELETE FROM mail_token WHERE expires_at <= $1").bind(now.micros()).execute(c).await.map(|_| ()))
        .map_err(db::Error::from)?;
    conn.commit().await?;
    Ok(usize::try_from(gone).unwrap_or(usize::MAX))
}
