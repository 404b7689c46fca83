//! What belongs to one account: API tokens, stand-ins, consents.

use db::{Conn, on};
use jcore::login::token_hash;
use jcore::{Act, Result};
use kernel::UserId;
use uuid::Uuid;

/// An API token as its owner sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct TokenRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

/// The tokens in force.
pub(crate) async fn tokens(conn: &mut Conn, user: UserId, now: i64) -> Result<Vec<TokenRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT id, name, created_at, expires_at FROM api_token WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY created_at DESC, id")
        .bind(user.uuid()).bind(now).fetch_all(c).await)?)
}

pub(crate) async fn add_token(act: &mut Act, user: UserId, token: &str, name: &str, until: i64) -> Result<Uuid> {
    let id: Uuid = act.id();
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("INSERT INTO api_token (id, token_hash, user_id, name, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id).bind(token_hash(token)).bind(user.uuid()).bind(name).bind(now).bind(until).execute(c).await.map(|_| ()))?;
    Ok(id)
}

pub(crate) async fn end_token(act: &mut Act, user: UserId, id: Uuid) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query("UPDATE api_token SET ended_at = $3 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL")
        .bind(id).bind(user.uuid()).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

pub(crate) async fn end_tokens(act: &mut Act, user: UserId) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE api_token SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL")
        .bind(user.uuid()).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A stand-in as pages show it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct DelegationRow {
    pub(crate) id: Uuid,
    pub(crate) from_user: Uuid,
    pub(crate) to_user: Uuid,
    pub(crate) from_name: String,
    pub(crate) to_name: String,
    pub(crate) from_at: i64,
    pub(crate) until_at: i64,
    pub(crate) reason: String,
}

/// Those that a person gave or was given and that are not over.
pub(crate) async fn delegations(conn: &mut Conn, user: UserId, now: i64) -> Result<Vec<DelegationRow>> {
    Ok(on!(conn, c => sqlx::query_as(
        "SELECT d.id, d.from_user, d.to_user, f.name AS from_name, t.name AS to_name, d.from_at, d.until_at, d.reason \
         FROM delegation d JOIN user_account f ON f.id = d.from_user JOIN user_account t ON t.id = d.to_user \
         WHERE (d.from_user = $1 OR d.to_user = $1) AND d.ended_at IS NULL AND d.until_at > $2 ORDER BY d.from_at, d.id")
        .bind(user.uuid()).bind(now).fetch_all(c).await)?)
}

pub(crate) async fn add_delegation(
    act: &mut Act,
    from: UserId,
    to: UserId,
    span: (i64, i64),
    reason: &str,
) -> Result<Uuid> {
    let id: Uuid = act.id();
    on!(&mut act.conn, c => sqlx::query("INSERT INTO delegation (id, from_user, to_user, from_at, until_at, reason) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id).bind(from.uuid()).bind(to.uuid()).bind(span.0).bind(span.1).bind(reason).execute(c).await.map(|_| ()))?;
    Ok(id)
}

/// Ends one that the person gave or was given; false when there is none such.
pub(crate) async fn end_delegation(act: &mut Act, user: UserId, id: Uuid) -> Result<bool> {
    let now = act.now.micros();
    let done = on!(&mut act.conn, c => sqlx::query(
        "UPDATE delegation SET ended_at = $3 WHERE id = $1 AND (from_user = $2 OR to_user = $2) AND ended_at IS NULL AND until_at > $3")
        .bind(id).bind(user.uuid()).bind(now).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Ends all that a person gave or was given.
pub(crate) async fn end_delegations(act: &mut Act, user: UserId) -> Result<()> {
    let now = act.now.micros();
    on!(&mut act.conn, c => sqlx::query("UPDATE delegation SET ended_at = $2 WHERE (from_user = $1 OR to_user = $1) AND ended_at IS NULL")
        .bind(user.uuid()).bind(now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The colleague with this address: an active person who shares an organisation with the given one.
pub(crate) async fn colleague(conn: &mut Conn, user: UserId, email: &str) -> Result<Option<(UserId, String)>> {
    let email = super::people::stored_email(email);
    let row: Option<(Uuid, String)> = on!(conn, c => sqlx::query_as(
        "SELECT u.id, u.name FROM user_account u WHERE u.email = $2 AND u.state = 'active' AND u.id <> $1 AND EXISTS ( \
           SELECT 1 FROM membership a JOIN membership b ON b.org_id = a.org_id \
           WHERE a.user_id = $1 AND b.user_id = u.id AND a.state = 'active' AND b.state = 'active')")
        .bind(user.uuid()).bind(&email).fetch_optional(c).await)?;
    Ok(row.map(|(id, name)| (id.into(), name)))
}

/// To which documents the person agreed: the highest version of each, and when.
pub(crate) async fn consents(conn: &mut Conn, user: UserId) -> Result<Vec<(String, i64, i64)>> {
    Ok(
        on!(conn, c => sqlx::query_as("SELECT document, version, max(at) FROM consent WHERE user_id = $1 GROUP BY document, version ORDER BY document, version DESC")
        .bind(user.uuid()).fetch_all(c).await)?,
    )
}

/// Whether the person agreed to all documents in force.
pub(crate) async fn has_consented(conn: &mut Conn, user: UserId) -> Result<bool> {
    let given = consents(conn, user).await?;
    Ok(crate::documents::current_documents()
        .iter()
        .all(|(d, v)| given.iter().any(|(document, version, _)| document == d && version >= v)))
}
